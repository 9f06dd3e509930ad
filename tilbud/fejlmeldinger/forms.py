"""Forms of the report pages."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django import forms

from faelles.formularer import Formular
from tilbud.fejlmeldinger.overgange import Overgang, Skridt
from tilbud.models import AFDELINGENS, Afdeling, Faktum

SES_AF = "Ses af jer og af tilbuddets driftsherre. Skriv aldrig navne eller CPR-numre."
_SVAR = {Skridt.RET: "Fejlen er rettet", Skridt.AFVIS: "Det er ikke en fejl"}


class MeldForm(Formular):
    """What is wrong, and with which fact."""

    faktum = forms.ChoiceField(
        label="Hvilken oplysning er forkert?",
        choices=[("", "Vælg"), *Faktum.choices],
        error_messages={"required": "Vælg den oplysning, der er forkert"},
    )
    afdeling = forms.TypedChoiceField(
        label="Afdeling",
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text=f"Kun når det handler om {' eller '.join(sorted(f.label.lower() for f in AFDELINGENS))}",
    )
    besked = forms.CharField(
        label="Hvad er forkert?",
        max_length=1000,
        help_text=f"Skriv også det rigtige, hvis du ved det. {SES_AF}",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Skriv, hvad der er forkert"},
    )

    def __init__(self, *args: Any, afdelinger: Iterable[Afdeling], **kwargs: Any) -> None:
        """The departments of the offer to choose among."""
        super().__init__(*args, **kwargs)
        valg = [("", "Hele tilbuddet"), *((str(a.pk), a.navn) for a in afdelinger)]
        cast(forms.ChoiceField, self.fields["afdeling"]).choices = valg


class SvarForm(Formular):
    """The operator's answer."""

    skridt = forms.ChoiceField(
        label="Svar", widget=forms.RadioSelect, error_messages={"required": "Vælg, om fejlen er rettet"}
    )
    svar = forms.CharField(
        label="Begrundelse",
        max_length=1000,
        help_text="Ses af den, der meldte fejlen, og af jer. Skriv aldrig navne eller CPR-numre.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv et svar til den, der har meldt fejlen"},
    )

    def __init__(self, *args: Any, skridt: Iterable[Overgang], **kwargs: Any) -> None:
        """The answers the state allows."""
        super().__init__(*args, **kwargs)
        valg = [(o.skridt.value, _SVAR[o.skridt]) for o in skridt if o.med_svar]
        cast(forms.ChoiceField, self.fields["skridt"]).choices = valg
