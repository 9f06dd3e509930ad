"""Forms of the pages of API clients. What is right is decided by the actions; the forms only ask."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from faelles.aktoer import RETTIGHED_TEKST, Funktion, Rettighed
from faelles.cpr import uden_cpr
from faelles.formularer import Formular
from kommuner.klienter.actions import NAVN_LAENGST

FUNKTION_TEKST: Mapping[Funktion, str] = {
    Funktion.MYNDIGHED: "Myndighed: finder og reserverer pladser til kommunens egne borgere",
    Funktion.DRIFTSHERRE: "Driftsherre: svarer på reservationer af jeres egne pladser",
    Funktion.SEKRETARIAT: "Sekretariat: fører rammeaftalen og dens rapporter",
}


def adgangstekst(rettighed: Rettighed, mere: str = "") -> SafeString:
    """A right in words, with its name in the API."""
    return format_html("{}{} <code>{}</code>", RETTIGHED_TEKST[rettighed], mere, rettighed.value)


class AdgangeForm(Formular):
    """What a client may do, among what a system of its function can be given."""

    scopes = forms.MultipleChoiceField(
        label="Adgange",
        help_text="Giv kun det, systemet bruger. En adgang kan altid gives senere.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Vælg mindst én adgang"},
    )

    def __init__(self, *args: Any, muligheder: Mapping[Funktion, frozenset[Rettighed]], **kwargs: Any) -> None:
        """Offer the rights of these functions; one that not all of them have says which do."""
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]  # a MultipleChoiceField
            (rettighed.value, adgangstekst(rettighed, _kun_som(rettighed, muligheder)))
            for rettighed in Rettighed
            if any(rettighed in rettigheder for rettigheder in muligheder.values())
        ]

    @property
    def rettigheder(self) -> frozenset[Rettighed]:
        """The rights of a valid form."""
        return frozenset(map(Rettighed, self.cleaned_data["scopes"]))


class KlientForm(AdgangeForm):
    """A new system: what it is called, what it acts as, what it may do."""

    navn = forms.CharField(
        label="Navn",
        max_length=NAVN_LAENGST,
        help_text="Det, I kalder fagsystemet. Skriv aldrig navne på personer.",
        validators=[uden_cpr],
        error_messages={"required": "Skriv et navn, så I kan kende systemet igen"},
    )
    funktion = forms.ChoiceField(
        label="Systemet handler som",
        help_text="Kan ikke ændres bagefter. Et system, der skal begge dele, får to klienter.",
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg, hvad systemet handler som"},
    )
    field_order = ("navn", "funktion", "scopes")

    def __init__(self, *args: Any, muligheder: Mapping[Funktion, frozenset[Rettighed]], **kwargs: Any) -> None:
        """Offer the functions of the organisation's kind, and choose for her when there is only one."""
        super().__init__(*args, muligheder=muligheder, **kwargs)
        self.fields["funktion"].choices = [(f.value, FUNKTION_TEKST[f]) for f in muligheder]  # type: ignore[attr-defined]  # a ChoiceField
        if len(muligheder) == 1:
            self.fields["funktion"].initial = next(iter(muligheder))
            self.fields["funktion"].help_text = ""
        self.fields["navn"].widget.attrs["autocomplete"] = "off"


def _kun_som(rettighed: Rettighed, muligheder: Mapping[Funktion, frozenset[Rettighed]]) -> str:
    har = [funktion for funktion, rettigheder in muligheder.items() if rettighed in rettigheder]
    return "" if len(har) == len(muligheder) else f" (kun som {' eller '.join(har)})"
