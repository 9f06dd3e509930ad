"""The socialtilsyn's schema as a form: a field for every line, for each property where it is specified on several."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from faelles.formularer import Formular, vogt
from faelles.regneark.kolonner import Ulaeselig, decimaltal
from takster.beregning.tal import HOEJSTE_BELOEB, laesbar
from takster.budget.indhold import Linje
from takster.budget.poster import GRUPPENAVN, POSTER, PR_EJENDOM, Gruppe, Post

FLEST_EJENDOMME = 20


def viste_ejendomme(ejendomme: tuple[str, ...], *, en_til: bool) -> tuple[str, ...]:
    """The columns of a form that is opened: one for each property, one at least, and one more when it is asked for."""
    ekstra = ("",) if en_til and len(ejendomme) < FLEST_EJENDOMME else ()
    return (*(ejendomme or ("",)), *ekstra)


def sendte_ejendomme(post: Mapping[str, object]) -> tuple[str, ...]:
    """As many columns as were sent; the names are read with the form."""
    return ("",) * sum(f"ejendom_{nummer}" in post for nummer in range(FLEST_EJENDOMME))


class TalFelt(forms.Field):
    """A number typed the Danish way, `1.234,50`; its own reading says exactly what it may be."""

    def __init__(
        self,
        *,
        label: str,
        mindst: str = "0",
        hoejst: str,
        decimaler: int,
        help_text: str = "",
        required: bool = False,
    ) -> None:
        """Bounds and decimals. `required` is only how it is shown: a budget may be saved half done (see `validate`)."""
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "talfelt", "autocomplete": "off"})
        super().__init__(label=label, required=required, help_text=help_text, widget=widget)
        self._laes = decimaltal(Decimal(mindst), Decimal(hoejst), decimaler)
        self._krav = f"Skriv et tal fra {laesbar(Decimal(mindst))} til {laesbar(Decimal(hoejst))} med højst {decimaler} decimaler, fx 1.234,50"

    def to_python(self, value: object) -> Decimal | None:
        """The number, or None where nothing is typed."""
        tekst = str(value or "").strip()
        if not tekst:
            return None
        try:
            fundet: Decimal = self._laes(tekst)
        except Ulaeselig:
            raise ValidationError(self._krav, code="invalid") from None
        return fundet

    def validate(self, value: object) -> None:
        """Nothing is missing yet: what is, is told where the takst is computed."""

    def prepare_value(self, value: object) -> object:
        """As it is typed: only the decimals it has, and no dots, so that it is easy to change."""
        if isinstance(value, Decimal):
            kort = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
            return f"{kort:f}".replace(".", ",")
        return value


def beloeb(label: str, help_text: str = "", *, required: bool = False) -> TalFelt:
    """A field of kr."""
    return TalFelt(label=label, hoejst=str(HOEJSTE_BELOEB), decimaler=2, help_text=help_text, required=required)


class Skemaform(Formular):
    """`ejendomme` are the columns of the property lines; the only one may be without a name."""

    poster: Iterable[Post] = POSTER.values()

    def __init__(self, *args: Any, ejendomme: tuple[str, ...], **kwargs: Any) -> None:
        """Add the lines' fields."""
        super().__init__(*args, **kwargs)
        self.antal_ejendomme = max(1, len(ejendomme))
        for nummer in range(self.antal_ejendomme):
            self.fields[f"ejendom_{nummer}"] = forms.CharField(
                label=f"Ejendom {nummer + 1}", required=False, max_length=60, initial=(*ejendomme, "")[nummer]
            )
            vogt(self.fields[f"ejendom_{nummer}"])
        for post in self.poster:
            for nummer in range(self.antal_ejendomme if post.pr_ejendom else 1):
                self.fields[_felt(post.kode, nummer)] = beloeb(post.navn, post.hjaelp, required=post.obligatorisk)

    @classmethod
    def initial_linjer(cls, linjer: Mapping[Linje, Decimal], ejendomme: tuple[str, ...]) -> dict[str, Any]:
        """What stands in the lines' fields when the form is opened."""
        return {
            _felt(linje.post, ejendomme.index(linje.ejendom) if linje.ejendom in ejendomme else 0): vaerdi
            for linje, vaerdi in linjer.items()
        }

    def clean(self) -> dict[str, Any]:
        """Properties with amounts have names of their own when there are several."""
        data = super().clean() or {}
        navne = [str(data.get(f"ejendom_{nummer}") or "").strip() for nummer in range(self.antal_ejendomme)]
        for nummer, navn in enumerate(navne):
            brugt = any(data.get(_felt(post, nummer)) is not None for post in PR_EJENDOM)
            if brugt and not navn and self.antal_ejendomme > 1:
                self.add_error(f"ejendom_{nummer}", "Skriv ejendommens navn, når der er flere")
            elif navn and navn in navne[:nummer]:
                self.add_error(f"ejendom_{nummer}", "Navnet står der to gange")
        return data

    @property
    def grupper(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The groups but that of the properties: name, and their fields."""
        return [
            (GRUPPENAVN[gruppe], felter)
            for gruppe in Gruppe
            if gruppe is not Gruppe.EJENDOM
            and (felter := [self[_felt(post.kode, 0)] for post in self.poster if post.gruppe is gruppe])
        ]

    @property
    def ejendomsfelter(self) -> list[tuple[forms.BoundField, list[forms.BoundField]]]:
        """Each property: its name, and its lines."""
        return [
            (self[f"ejendom_{nummer}"], [self[_felt(post, nummer)] for post in PR_EJENDOM])
            for nummer in range(self.antal_ejendomme)
        ]

    def linjer(self) -> dict[Linje, Decimal]:
        """The amounts that were typed, once it is valid."""
        data = self.cleaned_data
        return {
            Linje(post.kode, str(data[f"ejendom_{nummer}"]).strip() if post.pr_ejendom else ""): data[
                _felt(post.kode, nummer)
            ]
            for post in self.poster
            for nummer in range(self.antal_ejendomme if post.pr_ejendom else 1)
            if data[_felt(post.kode, nummer)] is not None
        }


def _felt(kode: str, nummer: int) -> str:
    """The field of a line: `linje_loen`, and of a further property `linje_husleje_1`."""
    return f"linje_{kode}_{nummer}" if nummer else f"linje_{kode}"
