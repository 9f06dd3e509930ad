"""Forms of the case pages. What is right is decided by the actions; the forms only ask."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from faelles.dokument.tal import UGEDAGE
from faelles.formularer import DatoFelt, Formular
from faelles.tid import Periode
from reservationer.sag import deling
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.foranform import Springgrunde
from reservationer.sag.overgange import GRUND_NAVN, TILSTAND_NAVN, Data, Emne, Grund, Overgang, tilstande
from reservationer.sag.priser import TILLAEG_NAVN
from reservationer.soegning.forms import Valg, hjemmelvalg
from tilbud.models import Hjemmel

KRONER: dict[str, Any] = {
    "min_value": Decimal("0.01"),
    "max_digits": 9,
    "decimal_places": 2,
    "localize": True,
    "widget": forms.TextInput(attrs={"inputmode": "decimal"}),
}


class ReservationForm(Formular):
    """What a reservation needs. `til` is the last day; `fortsaetter` the stay that is moved here; `tilbage` the query of the search it came from."""

    plads = forms.UUIDField(widget=forms.HiddenInput)
    maalgruppe = forms.UUIDField(widget=forms.HiddenInput, required=False)
    fortsaetter = forms.UUIDField(widget=forms.HiddenInput, required=False)
    tilbage = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4000)
    fra = DatoFelt(label="Fra", help_text=deling.PERIODE)
    til = DatoFelt(label="Til og med", required=False, help_text=deling.TIL)
    ugedage = forms.TypedMultipleChoiceField(
        label="Ugedage",
        required=False,
        coerce=int,
        empty_value=[],
        help_text=deling.UGEDAGE,
        widget=forms.CheckboxSelectMultiple,
    )
    hjemmel = forms.ChoiceField(
        label="Hjemmel",
        help_text=deling.HJEMMEL,
        error_messages={"required": "Vælg den hjemmel, pladsen gives efter"},
    )
    sagsreference = forms.CharField(
        label="Jeres sagsreference",
        max_length=60,
        help_text=deling.SAGSREFERENCE,
        error_messages={"required": "Skriv jeres egen sagsreference, så I kan genkende sagen"},
    )

    def __init__(self, *args: Any, hjemler: Iterable[Hjemmel], ugedage: Iterable[int], **kwargs: Any) -> None:
        """Offer the hjemler of the offer and the weekdays of the place only."""
        super().__init__(*args, **kwargs)
        self.fields["ugedage"].choices = [(dag, UGEDAGE[dag - 1].capitalize()) for dag in sorted(ugedage)]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["hjemmel"].choices = [("", "Vælg hjemmel"), *hjemmelvalg(hjemler)]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["sagsreference"].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        """The last day may not lie before the first."""
        data = super().clean() or {}
        if data.get("fra") and data.get("til") and data["til"] < data["fra"]:
            self.add_error("til", "Sidste dag skal ligge efter første dag")
        return data

    @property
    def periode(self) -> Periode:
        """The period of a valid form."""
        til = self.cleaned_data["til"]
        return Periode(self.cleaned_data["fra"], til + timedelta(days=1) if til else None)

    @property
    def maalgruppe_id(self) -> UUID | None:
        """The target group carried over from the search."""
        fundet: UUID | None = self.cleaned_data["maalgruppe"]
        return fundet


class BeslutningForm(Springgrunde):
    """A decision: its reason, chosen among those the transition allows, what else the table asks for, and a remark."""

    _tillaeg = False
    grund = forms.ChoiceField(
        label="Grund",
        help_text=deling.GRUND,
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg en grund"},
    )
    fravaer = forms.TypedChoiceField(
        label="Fravær, der er forkert",
        coerce=UUID,
        empty_value=None,
        error_messages={"required": "Vælg det fravær, der er forkert"},
    )
    kan_fra = DatoFelt(label="Kan tage imod fra", help_text=deling.KAN_FRA)
    dato = DatoFelt(label="Dato")
    til = DatoFelt(label="Til og med")
    plads = forms.TypedChoiceField(label="Plads", coerce=UUID, empty_value=None)
    ugedage = forms.TypedMultipleChoiceField(
        label="Ugedage",
        coerce=int,
        empty_value=[],
        choices=[(nr, navn.capitalize()) for nr, navn in enumerate(UGEDAGE, start=1)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Vælg mindst én ugedag"},
    )
    art = forms.ChoiceField(label="Art")
    takst = forms.DecimalField(label="Takst i kr. pr. døgn", help_text=deling.PR_DAG, **KRONER)
    niveau = forms.TypedChoiceField(label="Niveau", coerce=int, empty_value=None)
    handlekommune = forms.ChoiceField(label="Handlekommune")
    betalingskommune = forms.ChoiceField(label="Betalingskommune")
    hjemmel = forms.ChoiceField(label="Hjemmel")
    dokument = forms.CharField(label="Reference til dokumentet", max_length=120, help_text=deling.DOKUMENT)
    bemaerkning = forms.CharField(
        label="Bemærkning",
        required=False,
        max_length=500,
        help_text=deling.BEMAERKNING,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, overgang: Overgang, valg: Mapping[str, Valg] | None = None, **kwargs: Any) -> None:
        """Ask for what the transition asks for, and for nothing else; `valg` are the choices of the fields that have any."""
        super().__init__(*args, **kwargs)
        for navn, muligheder in (valg or {}).items():
            self.fields[navn].choices = muligheder  # type: ignore[attr-defined]  # a ChoiceField
        if overgang.grunde:
            self.fields["grund"].choices = [(g.value, GRUND_NAVN[g]) for g in Grund if g in overgang.grunde]  # type: ignore[attr-defined]  # a ChoiceField
        else:
            del self.fields["grund"]
        for navn in Data:
            if navn is Data.TILLAEG:
                self._tillaeg = navn in overgang.kan
            elif navn in overgang.kraever | overgang.kan:
                self.fields[navn].required = navn in overgang.kraever
            elif navn is not Data.BEMAERKNING:
                del self.fields[navn]
        if self._tillaeg:
            self.fields |= {f"tillaeg_{art}": tillaegsfelt(navn) for art, navn in TILLAEG_NAVN.items()}
        self.order_fields([navn for navn in self.fields if navn != "bemaerkning"])

    @property
    def indhold(self) -> Indhold:
        """What a valid form says."""
        sagt = self.cleaned_data
        return Indhold(
            grund=Grund(sagt["grund"]) if "grund" in sagt else None,
            bemaerkning=sagt["bemaerkning"],
            data={navn: sagt[navn] for navn in Data if navn is not Data.BEMAERKNING and navn in sagt}
            | self._sagte_tillaeg,
        )

    @property
    def _sagte_tillaeg(self) -> dict[Data, Any]:
        beloeb = {art.value: self.cleaned_data.get(f"tillaeg_{art}") for art in TILLAEG_NAVN}
        return {Data.TILLAEG: {art: str(kr) for art, kr in beloeb.items() if kr is not None}}


def tillaegsfelt(navn: str) -> forms.DecimalField:
    """A field for one kind of supplement."""
    return forms.DecimalField(label=f"Tillæg: {navn.lower()}, kr. pr. døgn", required=False, **KRONER)


class FilterForm(Formular):
    """Which reservations the list shows."""

    tekst = forms.CharField(label="Reference eller sagsreference", required=False, max_length=60)
    tilstand = forms.ChoiceField(
        label="Tilstand",
        required=False,
        choices=[
            ("", "Alle"),
            *((tilstand.value, TILSTAND_NAVN[tilstand]) for tilstand in tilstande(Emne.RESERVATION)),
        ],
    )
