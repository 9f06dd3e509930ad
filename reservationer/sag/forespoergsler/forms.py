"""Forms of the enquiry pages. What is right is decided by the actions; the forms only ask."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django import forms

from faelles.formularer import DatoFelt, Formular
from faelles.tid import Periode
from reservationer.sag import deling
from reservationer.sag.forespoergsler.behov import Behov
from reservationer.sag.forms import KRONER, tillaegsfelt
from reservationer.sag.models import Aldersgruppe, Henvendelse
from reservationer.sag.models.besked import LAENGST
from reservationer.sag.overgange import TILSTAND_NAVN, Emne, tilstande
from reservationer.sag.priser import TILLAEG_NAVN, Prisaftale, Tillaegsart
from reservationer.soegning.forms import UGEDAGE, Valg, hjemmelvalg
from tilbud.models import Adfaerd, FysiskTraek, Hjemmel, Maalgruppe, Niveau, Tilbud


def _kryds(navn: str, valg: Any, *, required: bool = False, **mere: Any) -> forms.TypedMultipleChoiceField:
    """A group of check boxes."""
    return forms.TypedMultipleChoiceField(
        label=navn, required=required, choices=valg, empty_value=[], widget=forms.CheckboxSelectMultiple, **mere
    )


class ForespoergselForm(Formular):
    """A need and the offers to ask. `til` is the last day. What the offers see is said at each field."""

    tilbud = _kryds(
        "Tilbud, der spørges", (), required=True, error_messages={"required": "Vælg mindst ét tilbud at spørge"}
    )
    hjemmel = forms.ChoiceField(
        label="Hjemmel",
        help_text=deling.SES_AF_SPURGTE,
        error_messages={"required": "Vælg den hjemmel, der søges efter"},
    )
    maalgruppe = forms.TypedChoiceField(
        label="Målgruppe",
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text=deling.MAALGRUPPE_SPURGTE,
    )
    aldersgruppe = forms.ChoiceField(
        label="Aldersgruppe", required=False, choices=[("", "Ikke oplyst"), *Aldersgruppe.choices],
        help_text=deling.SES_AF_SPURGTE,
    )  # fmt: skip
    fra = DatoFelt(label="Ønsket fra", help_text=deling.SES_AF_SPURGTE)
    til = DatoFelt(label="Til og med", required=False, help_text="Lad stå tomt, hvis slutdatoen ikke kendes")
    ugedage = _kryds("Ugedage (ingen valgt betyder alle)", UGEDAGE, coerce=int)
    adfaerd = _kryds("Adfærd, der skal kunne rummes", Adfaerd.choices, coerce=Adfaerd)
    fysiske_traek = _kryds("Fysiske behov", FysiskTraek.choices, coerce=FysiskTraek)
    bemaerkning = forms.CharField(
        label="Bemærkning",
        required=False,
        max_length=500,
        help_text=deling.BEMAERKNING_SPURGTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sagsreference = forms.CharField(
        label="Jeres sagsreference",
        max_length=60,
        help_text=deling.SAGSREFERENCE_EGEN,
        error_messages={"required": "Skriv jeres egen sagsreference, så I kan genkende sagen"},
    )

    def __init__(self, *args: Any, spurgte: Iterable[Tilbud], **kwargs: Any) -> None:
        """`spurgte`: the offers one came with; each can be left out again."""
        super().__init__(*args, **kwargs)
        self._valg("tilbud").choices = [(str(et.pk), str(et)) for et in spurgte]
        grupper = Maalgruppe.objects.filter(valgbar=True).values_list("kode", "term")
        self._valg("maalgruppe").choices = [("", "Ikke oplyst"), *((str(kode), term) for kode, term in grupper)]
        hjemler: Valg = hjemmelvalg(Hjemmel.objects.filter(erstattes_af=None))
        self._valg("hjemmel").choices = [("", "Vælg hjemmel"), *hjemler]
        self.fields["sagsreference"].widget.attrs["autocomplete"] = "off"

    def _valg(self, navn: str) -> forms.ChoiceField:
        return cast(forms.ChoiceField, self.fields[navn])

    def clean(self) -> dict[str, Any]:
        """The last day may not lie before the first."""
        data = super().clean() or {}
        if data.get("fra") and data.get("til") and data["til"] < data["fra"]:
            self.add_error("til", "Sidste dag skal ligge efter første dag")
        return data

    @property
    def behov(self) -> Behov:
        """The need of a valid form."""
        data = self.cleaned_data
        til = data["til"]
        return Behov(
            hjemmel=data["hjemmel"],
            periode=Periode(data["fra"], til + timedelta(days=1) if til else None),
            maalgruppe=data["maalgruppe"],
            aldersgruppe=data["aldersgruppe"],
            ugedage=frozenset(data["ugedage"]),
            adfaerd=frozenset(data["adfaerd"]),
            fysiske_traek=frozenset(data["fysiske_traek"]),
        )


class PladstilbudForm(Formular):
    """A place, or any place of a department, at a price. `til` is the last day."""

    sted = forms.ChoiceField(label="Plads", error_messages={"required": "Vælg en plads eller en afdeling"})
    fra = DatoFelt(label="Fra")
    til = DatoFelt(label="Til og med", required=False, help_text="Lad stå tomt, hvis slutdatoen ikke kendes")
    takst = forms.DecimalField(label="Takst i kr. pr. døgn", help_text=deling.PR_DAG, **KRONER)
    niveau = forms.TypedChoiceField(label="Niveau", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, henvendelse: Henvendelse, **kwargs: Any) -> None:
        """Offer the places of the offer; the period is the one that was asked for."""
        super().__init__(*args, **kwargs)
        foresp = henvendelse.forespoergsel
        self.fields["sted"].choices = [("", "Vælg plads"), *_steder(henvendelse.tilbud)]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["niveau"].choices = [("", "Ikke oplyst"), *((str(tal), navn) for tal, navn in Niveau.NAVNE)]  # type: ignore[attr-defined]  # as above
        self.fields["fra"].initial = foresp.fra
        self.fields["til"].initial = foresp.til and foresp.til - timedelta(days=1)
        self.fields |= {f"tillaeg_{art}": tillaegsfelt(navn) for art, navn in TILLAEG_NAVN.items()}

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
    def afdeling_id(self) -> UUID:
        """The department of the place that is chosen."""
        return UUID(self.cleaned_data["sted"].split("/")[0])

    @property
    def plads_id(self) -> UUID | None:
        """The place, or None for any of the department."""
        _, _, plads = self.cleaned_data["sted"].partition("/")
        return UUID(plads) if plads else None

    @property
    def pris(self) -> Prisaftale:
        """The price of a valid form."""
        data = self.cleaned_data
        tillaeg = {art: kr for art in Tillaegsart if (kr := data[f"tillaeg_{art}"]) is not None}
        return Prisaftale(data["takst"], niveau=data["niveau"], tillaeg=tillaeg)


def _steder(tilbud: Tilbud) -> Valg:
    """Each department with `any place` first: the values are `afdeling` or `afdeling/plads`."""
    return [
        (
            str(afdeling),
            [
                (str(afdeling.pk), "En hvilken som helst ledig plads"),
                *((f"{afdeling.pk}/{plads.pk}", str(plads)) for plads in afdeling.pladser.all()),
            ],
        )
        for afdeling in tilbud.afdelinger.prefetch_related("pladser")
    ]


class BeskedForm(Formular):
    """A message to the other party."""

    tekst = forms.CharField(
        label="Skriv en besked",
        max_length=LAENGST,
        help_text=deling.BESKED,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Skriv en besked"},
    )


class HenvendelsesfilterForm(Formular):
    """Which enquiries the list shows."""

    tekst = forms.CharField(label="Reference", required=False, max_length=60)
    tilstand = forms.ChoiceField(
        label="Tilstand",
        required=False,
        choices=[("", "Alle"), *((t.value, TILSTAND_NAVN[t]) for t in tilstande(Emne.HENVENDELSE))],
    )
