"""Forms of the pages."""

from django import forms

from faelles.formularer import Formular
from faelles.models import JobStatus
from rammeaftale.rapporter.register import RAPPORTTYPER
from rammeaftale.samtidig import Retteform
from rammeaftale.tekst.actions import LAENGSTE_TEKST


class Arkivfilter(Formular):
    """Which reports are listed."""

    tekst = forms.CharField(label="Aftale eller KKR", required=False, max_length=100)
    type = forms.ChoiceField(
        label="Rapporttype",
        required=False,
        choices=[("", "Alle"), *((type_.noegle, type_.navn) for type_ in RAPPORTTYPER.values())],
    )
    stand = forms.ChoiceField(label="Stand", required=False, choices=[("", "Alle"), *JobStatus.choices])


class TekstForm(Retteform):
    """What stands in a chapter."""

    tekst = forms.CharField(
        label="Tekst",
        required=False,
        max_length=LAENGSTE_TEKST,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=(
            "Skriv **fed**, *kursiv*, lister med - og tabeller med | (Markdown), og {{ felt }}, hvor et tal skal stå. "
            "Ses af alle, der læser rapporten. Skriv aldrig borgeres navne eller CPR-numre."
        ),
    )


class TilbagetraekForm(Formular):
    """Why a published report is withdrawn."""

    grund = forms.CharField(
        label="Hvorfor trækkes rapporten tilbage?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ses af alle, der åbner rapportens adresse. Skriv aldrig navne eller CPR-numre.",
        error_messages={"required": "Skriv, hvorfor rapporten trækkes tilbage"},
    )
