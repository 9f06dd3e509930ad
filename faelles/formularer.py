"""Forms in the markup of Det Fælles Designsystem, and the Danish date field.

`FORM_RENDERER = "faelles.formularer.Dkfds"` (with `django.forms` among INSTALLED_APPS) makes `{{ form }}` and
`{{ form.felt.as_field_group }}` come out with label, hint, error and ARIA references as designsystem.dk prescribes.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

from faelles.cpr import uden_cpr
from faelles.fejl import DomaeneFejl
from faelles.tid import MULIG_DAG, UDEN_SLUTDAG, er_mulig

_INPUTTYPER = ("text", "number", "email", "password", "url", "tel", "search")
_KLASSE = {
    "django/forms/widgets/checkbox.html": "form-checkbox",
    "django/forms/widgets/select.html": "form-select",
    "django/forms/widgets/textarea.html": "form-input",
    **{f"django/forms/widgets/{slags}.html": "form-input" for slags in _INPUTTYPER},
}
_ERSTATNING = {
    "django/forms/widgets/radio.html": "komponenter/widgets/valgmuligheder.html",
    "django/forms/widgets/checkbox_select.html": "komponenter/widgets/valgmuligheder.html",
}


class Dkfds(TemplatesSetting):
    """Renders fields with our templates and gives each input its DKFDS class."""

    form_template_name = "komponenter/formular.html"
    field_template_name = "komponenter/felt.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Add the input's class; placeholders are dropped, because they vanish when one types (DKFDS, "Inputfelter")."""
        if "widget" in context:
            attrs = context["widget"]["attrs"]
            attrs.pop("placeholder", None)
            if klasse := _KLASSE.get(template_name):
                attrs["class"] = f"{klasse} {attrs.get('class', '')}".strip()
        return super().render(_ERSTATNING.get(template_name, template_name), context, request)


# Text whose own validator says exactly what it may be: an id, a P-number and the like.
TYPEDE = (forms.UUIDField, forms.RegexField)


class Formular(forms.Form):
    """What every form of ours is: text that people write holds no CPR number, and no error repeats what was sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Guard the fields; a form that adds fields of its own afterwards guards them with `vogt`."""
        super().__init__(*args, **kwargs)
        for felt in self.fields.values():
            vogt(felt)


def vogt(felt: forms.Field) -> None:
    """Put the guard on a field of text; a choice says that it must be one of those offered, not what was sent instead."""
    if isinstance(felt, forms.CharField) and not isinstance(felt, TYPEDE):
        felt.validators.append(uden_cpr)
    elif isinstance(felt, forms.ChoiceField):
        felt.error_messages["invalid_choice"] = "Vælg en af mulighederne"


class DatoWidget(forms.Widget):
    """Day, month and year as three typed fields ("Datofelter" in DKFDS).

    A single value under the field's own name (`?fra=1.3.2026`) is read as well, so that links can carry a date.
    """

    template_name = "komponenter/widgets/dato.html"
    use_fieldset = True
    dele: ClassVar[tuple[tuple[str, str, int], ...]] = (("dag", "Dag", 2), ("maaned", "Måned", 2), ("aar", "År", 4))

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The template's context: one entry per part, holding exactly what was typed."""
        context = super().get_context(name, value, attrs)
        faelles_attrs = {
            k: v for k, v in context["widget"]["attrs"].items() if k in {"required", "disabled", "aria-invalid"}
        }
        context["dele"] = [
            {
                "navn": f"{name}_{del_}",
                "id": f"{context['widget']['attrs'].get('id', name)}_{del_}",
                "del": del_,
                "tekst": tekst,
                "laengde": laengde,
                "vaerdi": vaerdi,
                "attrs": faelles_attrs,
            }
            for (del_, tekst, laengde), vaerdi in zip(self.dele, self._opdel(value), strict=True)
        ]
        return context

    def _opdel(self, value: object) -> tuple[str, str, str]:
        if isinstance(value, date):
            return str(value.day), str(value.month), str(value.year)
        tekst = str(value or "").strip()
        if iso := re.fullmatch(r"(\d{4})-(\d\d?)-(\d\d?)", tekst):
            return iso[3], iso[2], iso[1]
        stykker = re.split(r"[.\-/]", tekst, maxsplit=2)
        dag, maaned, aar = (*stykker, "", "", "")[:3]
        return dag, maaned, aar

    def value_from_datadict(self, data: Mapping[str, Any], files: object, name: str) -> str | None:  # noqa: ARG002 - Django's signature
        """`d.m.yyyy` from the three fields, or what stands under the name itself, or None when nothing was typed."""
        dele = [str(data.get(f"{name}_{del_}", "")).strip() for del_, _, _ in self.dele]
        return ".".join(dele) if any(dele) else data.get(name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: object, name: str) -> bool:  # noqa: ARG002 - Django's signature
        """Whether the date was not part of the request at all."""
        return name not in data and all(f"{name}_{del_}" not in data for del_, _, _ in self.dele)

    def id_for_label(self, id_: str) -> str:
        """The day is where an error's link puts the focus."""
        return f"{id_}_dag" if id_ else id_


class DatoFelt(forms.DateField):
    """A date typed the Danish way; links may also use ISO (`2026-03-01`)."""

    widget = DatoWidget
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": "Skriv en dato",
        "invalid": "Skriv en dato, der findes, f.eks. 1 3 2026",
    }

    def __init__(
        self,
        *,
        label: str,
        help_text: str = "",
        required: bool = True,
        initial: date | Callable[[], date] | None = None,
    ) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=required,
            initial=initial,
            input_formats=["%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"],
        )

    def to_python(self, value: str | datetime | date | None) -> date | None:
        """Say which part is missing before saying that the date is wrong."""
        dele = value.split(".") if isinstance(value, str) else []
        if len(dele) == len(DatoWidget.dele):
            mangler = [tekst.lower() for (_, tekst, _), del_ in zip(DatoWidget.dele, dele, strict=True) if not del_]
            if mangler:
                raise ValidationError(f"Datoen mangler {' og '.join(mangler)}", code="invalid")
        fundet = super().to_python(value)
        if fundet is not None and not er_mulig(fundet):
            raise ValidationError(f"{MULIG_DAG} {UDEN_SLUTDAG}", code="invalid")
        return fundet


def tilfoej_fejl(form: forms.Form, fejl: DomaeneFejl) -> None:
    """Put an action's refusal at the fields it concerns, or above them all."""
    kendte = {felt: beskeder for felt, beskeder in fejl.felter.items() if felt in form.fields}
    for felt, beskeder in kendte.items():
        form.add_error(felt, ValidationError(beskeder))
    rest = [besked for felt, beskeder in fejl.felter.items() if felt not in kendte for besked in beskeder]
    if rest or not kendte:
        form.add_error(None, ValidationError(rest or [fejl.besked]))
