"""Forms of the levels' pages."""

from typing import Any, cast

from django import forms
from django.db.models import Q

from faelles.formularer import DatoFelt, Formular
from faelles.tid import idag
from kommuner.models import Kkr, KkrMedlemskab
from tilbud.models import Niveau

_UDEN = "uden"


class OmraadeForm(Formular):
    """Which KKR, and which level the list below shows."""

    kkr = forms.ChoiceField(label="Område", required=False)
    niveau = forms.ChoiceField(
        label="Niveau",
        required=False,
        choices=[("", "Alle tilbud"), *((str(tal), navn) for tal, navn in Niveau.NAVNE), (_UDEN, "Ikke fastlagt")],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill in the KKRs municipalities belong to today, and the one asked for."""
        super().__init__(*args, **kwargs)
        dagens = Q(pk__in=KkrMedlemskab.objects.paa(idag()).values("kkr"))
        kkrer = Kkr.objects.filter(dagens | Q(slug=self.data.get("kkr", ""))).values_list("slug", "navn")
        cast(forms.ChoiceField, self.fields["kkr"]).choices = [("", "Jeres eget KKR"), *kkrer]

    def viser(self, niveau: int | None) -> bool:
        """Whether an offer on the level is in the list."""
        valgt = self.cleaned_data.get("niveau", "") if self.is_valid() else ""
        return valgt in {"", _UDEN if niveau is None else str(niveau)}


class NiveauForm(Formular):
    """A level from a day on."""

    niveau = forms.TypedChoiceField(
        label="Niveau",
        coerce=int,
        choices=[(tal, f"{navn}. {Niveau.PLIGTER[tal]}") for tal, navn in Niveau.NAVNE],
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg et af de tre niveauer"},
    )
    fra = DatoFelt(
        label="Gælder fra",
        help_text="Niveauet gælder, til det næste begynder. Er der allerede et fra samme dag, erstattes det.",
        initial=idag,
    )
    grund = forms.CharField(
        label="Begrundelse",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ses af alle, der kan se tilbuddet. Skriv aldrig navne eller CPR-numre.",
        error_messages={"required": "Skriv, hvorfor tilbuddet er på niveauet"},
    )
