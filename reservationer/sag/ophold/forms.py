"""Forms of the stay pages. What is right is decided by the actions; the forms only ask."""

from collections.abc import Iterable, Mapping
from typing import Any, cast
from uuid import UUID

from django import forms

from faelles.dokument.tal import dage_i_ord
from faelles.formularer import DatoFelt, Formular
from faelles.tid import Periode
from kommuner.models import Kommune
from reservationer.sag import deling
from reservationer.sag.foranform import Springgrunde
from reservationer.sag.forms import KRONER
from reservationer.sag.models import Fravaer, Fravaersart, Indgang
from reservationer.sag.ophold.opgaver import SLAGS_NAVN
from reservationer.sag.overgange import TILSTAND_NAVN, Emne, tilstande
from reservationer.soegning.forms import Valg, hjemmelvalg
from tilbud.models import Niveau, Plads, Tilbud


def kommunevalg() -> Valg:
    """All municipalities, in Danish order."""
    kommuner = Kommune.objects.order_by("kortnavn_sortering").values_list("kommunekode", "kortnavn")
    return [("", "Vælg kommune"), *kommuner]


def pladsvalg(tilbud: Tilbud) -> Valg:
    """The places of an offer with their departments."""
    pladser = Plads.objects.filter(afdeling__tilbud=tilbud).select_related("afdeling")
    ordnede = pladser.order_by("afdeling__navn_sortering", "betegnelse_sortering", "pk")
    return [("", "Vælg plads"), *((str(plads.pk), f"{plads.afdeling}, {plads}") for plads in ordnede)]


def fravaersvalg(alle: Iterable[Fravaer]) -> Valg:
    """The absences that count, to choose the one that is wrong."""
    gaeldende = [
        (str(et.pk), f"{et.get_art_display()}, {dage_i_ord(Periode.af_range(et.periode))}")
        for et in alle
        if et.rettet is None
    ]
    return [("", "Vælg fravær"), *gaeldende]


def beslutningsvalg(tilbud: Tilbud, fravaer: Iterable[Fravaer] = ()) -> dict[str, Valg]:
    """The choices of a decision about something at this offer, or about a stay with these absences."""
    return {
        "fravaer": fravaersvalg(fravaer),
        "plads": pladsvalg(tilbud),
        "art": [("", "Vælg art"), *Fravaersart.choices],
        "niveau": [("", "Ikke oplyst"), *((str(tal), navn) for tal, navn in Niveau.NAVNE)],
        "handlekommune": kommunevalg(),
        "betalingskommune": kommunevalg(),
        "hjemmel": [("", "Vælg hjemmel"), *hjemmelvalg(tilbud.hjemler.all())],
    }


class OpholdsfilterForm(Formular):
    """Which stays the list shows."""

    tekst = forms.CharField(label="Reference eller sagsreference", required=False, max_length=60)
    tilstand = forms.ChoiceField(
        label="Tilstand",
        required=False,
        choices=[("", "Alle"), *((t.value, TILSTAND_NAVN[t]) for t in tilstande(Emne.OPHOLD))],
    )
    venter = forms.ChoiceField(
        label="Venter på noget",
        required=False,
        choices=[("", "Alle"), *((slags.value, navn) for slags, navn in SLAGS_NAVN.items())],
    )


class IndskrivningForm(Springgrunde):
    """A stay nobody has reserved."""

    indgang = forms.ChoiceField(
        label="Hvordan begyndte opholdet?",
        choices=[(et.value, et.label) for et in (Indgang.SELVHENVENDELSE, Indgang.AKUT)],
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg, hvordan opholdet begyndte"},
    )
    plads = forms.ChoiceField(label="Plads", required=False, help_text="Lad stå tomt i et tilbud uden pladser")
    fra = DatoFelt(label="Første dag")
    hjemmel = forms.ChoiceField(label="Hjemmel", error_messages={"required": "Vælg hjemlen"})
    handlekommune = forms.ChoiceField(label="Handlekommune", error_messages={"required": "Vælg handlekommunen"})
    sagsreference = forms.CharField(
        label="Jeres reference til sagen",
        max_length=60,
        help_text=f"{deling.PARTERNE}. {deling.UDEN_NAVNE}",
        error_messages={"required": "Skriv jeres egen reference til sagen"},
    )
    takst = forms.DecimalField(
        label="Aftalt takst i kr. pr. døgn",
        required=False,
        help_text=f"Kun når tilbuddet ikke har offentliggjort en takst efter hjemlen. {deling.PR_DAG}",
        **KRONER,
    )

    def __init__(self, *args: Any, tilbud: Tilbud, venter: Mapping[UUID, str], **kwargs: Any) -> None:
        """Offer what the offer has; `venter`: those who wait for it."""
        super().__init__(*args, **kwargs)
        valg = beslutningsvalg(tilbud)
        for navn in ("plads", "hjemmel", "handlekommune"):
            cast(forms.ChoiceField, self.fields[navn]).choices = valg[navn]
        self.spoerg(venter, "Kun for dem, der venter foran på en plads i den afdeling, pladsen er i")

    @property
    def plads_id(self) -> UUID | None:
        """The chosen place of a valid form."""
        valgt = self.cleaned_data["plads"]
        return UUID(valgt) if valgt else None
