"""The form of an agreement: what the case does not say by itself. Gaps are allowed until it is put forward."""

from typing import Any

from django import forms

from faelles.formularer import DatoFelt, Formular
from reservationer.sag import deling
from reservationer.sag.aftaler.felter import SKRIVES, VALG, Ydelse
from reservationer.sag.models import Placeringsaftale
from reservationer.sag.models.placeringsaftale import EAN, VARSEL

VARSEL_HJAELP = (
    "3m er løbende måned + 3 måneder, 14d er 14 dage. Kun uden for rammeaftalen; ellers gælder rammeaftalens"
)
LABELS = {
    "variant": "Er aftalen inden for rammeaftalen?",
    "moms": "Moms",
    "regulering": "Hvordan reguleres prisen?",
    "varighed": "Er opholdet midlertidigt eller varigt?",
    "lukning": "Efterregulering ved lukning af pladser eller tilbud",
    "rytme": "Hvornår afregnes der?",
}


def _tekst(label: str, laengst: int, hjaelp: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=laengst, help_text=hjaelp)


def _varsel(label: str) -> forms.RegexField:
    return forms.RegexField(
        VARSEL,
        label=label,
        required=False,
        help_text=VARSEL_HJAELP,
        error_messages={"invalid": "Skriv varslet som 3m eller 14d"},
    )


class PlaceringsaftaleForm(Formular):
    """What the parties write; the rest is read from the case."""

    gaelder_fra = DatoFelt(label="Gælder fra")
    kommune_afdeling = _tekst("Kommunens afdeling", 120, f"Ikke en person. {deling.PARTERNE}")
    kommune_adresse = _tekst("Kommunens adresse", 200, f"Afdelingens postadresse. {deling.PARTERNE}")
    betaler_kontakt = _tekst(
        "Betalingskommunens kontakt", 120, "En funktion eller postkasse, når en anden kommune betaler. Aldrig et navn"
    )
    ydelser = forms.MultipleChoiceField(
        label="Ydelser", required=False, choices=Ydelse.choices, widget=forms.CheckboxSelectMultiple
    )
    maal = _tekst(
        "Reference til målene", 120, f"Dokument i jeres egen sag; skriv ikke selve målene. {deling.UDEN_NAVNE}"
    )
    opfoelgning = DatoFelt(label="Første opfølgning", required=False)
    slut = DatoFelt(label="Sidste dag", required=False, help_text="Når opholdet er midlertidigt")
    varsel_kommune = _varsel("Kommunens opsigelsesvarsel")
    varsel_tilbud = _varsel("Tilbuddets opsigelsesvarsel")
    betalingsdage = forms.IntegerField(label="Betalingsfrist i dage", required=False, min_value=0, max_value=365)
    ean = forms.RegexField(
        EAN,
        label="EAN-nummer",
        required=False,
        help_text="13 cifre: hvor fakturaen sendes til",
        error_messages={"invalid": "Skriv 13 cifre"},
    )
    fakturareference = _tekst("Reference på fakturaen", 60, f"Rekvisitionsnummer eller lignende. {deling.UDEN_NAVNE}")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The choices, each with one that says it is not decided yet; in the order of the contract."""
        super().__init__(*args, **kwargs)
        for navn, valg in VALG.items():
            self.fields[navn] = forms.ChoiceField(
                label=LABELS[navn], required=False, choices=[("", "Ikke aftalt endnu"), *valg.choices]
            )
        self.order_fields(RAEKKEFOELGE)

    @classmethod
    def af(cls, aftale: Placeringsaftale) -> "PlaceringsaftaleForm":
        """What the draft says now."""
        return cls(initial=aftale.som_felter)

    @property
    def sagt(self) -> dict[str, Any]:
        """What a valid form says, by the names of the action."""
        return {navn: self.cleaned_data[navn] for navn in SKRIVES}


RAEKKEFOELGE = (
    "gaelder_fra", "variant", "kommune_afdeling", "kommune_adresse", "betaler_kontakt", "ydelser", "maal", "opfoelgning", "moms",
    "regulering", "varighed", "slut", "varsel_kommune", "varsel_tilbud", "lukning", "rytme", "betalingsdage", "ean", "fakturareference",
)  # fmt: skip
