"""Forms of the pages."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from faelles.formularer import Formular
from faelles.models import JobStatus
from rammeaftale.rapporter.models import Rapport
from rammeaftale.rapporter.queries import Arkivvalg
from rammeaftale.rapporter.register import RAPPORTTYPER
from rammeaftale.rapporter.udgaver import UDGAVE_NAVN
from rammeaftale.samtidig import Retteform
from rammeaftale.tekst.actions import LAENGSTE_TEKST


class Arkivfilter(Formular):
    """Which reports are listed. The agreements and years are those there are reports of."""

    tekst = forms.CharField(label="Ord i aftale, KKR eller kapitlernes tekster", required=False, max_length=100)
    aftale = forms.ChoiceField(label="Aftale", required=False)
    type = forms.ChoiceField(
        label="Rapporttype",
        required=False,
        choices=[("", "Alle"), *((type_.noegle, type_.navn) for type_ in RAPPORTTYPER.values())],
    )
    aar = forms.ChoiceField(label="Data fra", required=False)
    udgave = forms.ChoiceField(label="Udgave", required=False, choices=[("", "Alle"), *UDGAVE_NAVN.items()])
    stand = forms.ChoiceField(label="Stand", required=False, choices=[("", "Alle"), *JobStatus.choices])

    def __init__(self, *args: Any, valg: Arkivvalg, **kwargs: Any) -> None:
        """Offer what there is."""
        super().__init__(*args, **kwargs)
        self.valg = valg
        for felt, mulige in (("aftale", valg.aftaler.items()), ("aar", ((str(aar), str(aar)) for aar in valg.aar))):
            cast(forms.ChoiceField, self.fields[felt]).choices = [("", "Alle"), *mulige]


class Sammenligningsform(Formular):
    """Two of these reports, all of one type and the newest first."""

    foer = forms.ChoiceField(label="Før", error_messages={"required": "Vælg den rapport, der er før"})
    efter = forms.ChoiceField(label="Efter", error_messages={"required": "Vælg den rapport, der er efter"})

    def __init__(self, *args: Any, rapporter: Sequence[Rapport], **kwargs: Any) -> None:
        """The two newest stand chosen."""
        super().__init__(*args, **kwargs)
        for nr, felt in enumerate(("efter", "foer")):
            valgfelt = cast(forms.ChoiceField, self.fields[felt])
            valgfelt.choices = [(str(rapport.pk), rapport.i_ord) for rapport in rapporter]
            valgfelt.initial = str(rapporter[nr].pk) if len(rapporter) > nr else None

    def clean_efter(self) -> str:
        """Another than the first."""
        efter: str = self.cleaned_data["efter"]
        if efter == self.cleaned_data.get("foer"):
            raise ValidationError("Vælg en anden rapport end den, der står under Før")
        return efter


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
