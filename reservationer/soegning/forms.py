"""The search form: what people type, and the shareable address it becomes."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from faelles.formularer import DatoFelt, Formular
from faelles.tid import Periode, idag
from kommuner.models import Organisationsart
from kommuner.queries import TomtKkr, kkrmedlemmer, tomt_kkr
from reservationer.soegning.kriterier import Kriterium
from reservationer.soegning.profil import Behovsprofil, Punkt, Vaegt
from reservationer.soegning.steder import Steder, egen_midte, postnummers_punkt, steder
from tilbud.models import Adfaerd, FysiskTraek, Hjemmel, Maalgruppe, Niveau, Pladsart

Valg = list[tuple[str, Any]]

UGEDAGE = ((1, "Mandag"), (2, "Tirsdag"), (3, "Onsdag"), (4, "Torsdag"), (5, "Fredag"), (6, "Lørdag"), (7, "Søndag"))
DRIFTSHERREARTER = [(art.value, art.label) for art in Organisationsart if art is not Organisationsart.SEKRETARIAT]
KKR_UDEN_KOMMUNER = "KKR'et har ingen kommuner den dag, perioden begynder. Vælg et andet."
LAENGST = 400  # km; no two municipalities lie farther apart
AELDST = 120


# The fields that show counts, and the criterion they count.
FACETFELTER: Mapping[str, Kriterium] = {
    "maalgruppe": Kriterium.MAALGRUPPE,
    "hjemmel": Kriterium.HJEMMEL,
    "kkr": Kriterium.KKR,
    "kommuner": Kriterium.KOMMUNE,
    "arter": Kriterium.ART,
    "ugedage": Kriterium.UGEDAGE,
    "driftsherrearter": Kriterium.DRIFTSHERREART,
    "niveauer": Kriterium.NIVEAU,
    "fysiske_traek": Kriterium.FYSISK,
    "adfaerd": Kriterium.ADFAERD,
    "vigtige_maalgrupper": Kriterium.MAALGRUPPE,
    "andre_maalgrupper": Kriterium.MAALGRUPPE,
}
FOLDEDE = (
    *("kommuner", "vigtige_maalgrupper", "andre_maalgrupper", "arter", "ugedage", "adfaerd", "fysiske_traek"),
    *("driftsherrearter", "niveauer"),
)
# Each field of target groups and what is in it weighs, the heaviest first: a group that stands in two counts as the heavier.
VAEGTFELTER: Mapping[str, Vaegt] = {
    "maalgruppe": Vaegt.AFGOERENDE,
    "vigtige_maalgrupper": Vaegt.MEGET,
    "andre_maalgrupper": Vaegt.NOGET,
}
MENS_DER_SKRIVES = (
    "input changed delay:600ms"  # htmx: once somebody has stopped typing, and only when it says something else
)


def _med_antal(mulighed: tuple[Any, Any], tal: Mapping[str, int], *, kun_talte: bool) -> tuple[Any, Any]:
    vaerdi, tekst = mulighed
    if isinstance(tekst, list):
        return vaerdi, [_med_antal(under, tal, kun_talte=kun_talte) for under in tekst]
    if vaerdi == "" or (kun_talte and str(vaerdi) not in tal):
        return mulighed
    return vaerdi, f"{tekst} ({tal.get(str(vaerdi), 0)})"


def hjemmelvalg(hjemler: Iterable[Hjemmel]) -> Valg:
    """Choices grouped by law; codes of old laws are found through today's."""
    grupper: dict[str, list[tuple[str, str]]] = {}
    for hjemmel in hjemler:
        grupper.setdefault(hjemmel.lov, []).append((hjemmel.kode, str(hjemmel)))
    return list(grupper.items())


def _flere(navn: str, valg: Any = (), *, tal: bool = False) -> forms.TypedMultipleChoiceField:
    """A group of check boxes."""
    return forms.TypedMultipleChoiceField(
        label=navn,
        required=False,
        choices=valg,
        coerce=int if tal else str,
        empty_value=[],
        widget=forms.CheckboxSelectMultiple,
    )


class Hjemmelfelt(forms.TypedChoiceField):
    """A legal basis of today; the code of an old law, as a saved address may hold, is read as the one that took its place."""

    dagens: Callable[[], Mapping[str, str]]

    def to_python(self, value: Any) -> Any:
        """Read an old code as today's."""
        return super().to_python(self.prepare_value(value))

    def prepare_value(self, value: Any) -> Any:
        """Show an old code as today's."""
        return self.dagens().get(value, value)


class SoegeForm(Formular):
    """`til` is the last day, as people name it; the profile's period is half-open."""

    maalgruppe = forms.TypedChoiceField(
        label="Målgruppe",
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text="Den vigtigste (vægt 3). Fælles Faglige Begreber (FFB)",
    )
    hjemmel = Hjemmelfelt(label="Hjemmel", required=False, empty_value=None)
    fra = DatoFelt(label="Fra")
    til = DatoFelt(label="Til og med", required=False, help_text="Lad stå tomt, hvis slutdatoen ikke kendes")
    tekst = forms.CharField(
        label="Navn eller beskrivelse", required=False, max_length=80, help_text="Også afdelingernes navne"
    )
    alder = forms.IntegerField(
        label="Borgerens alder",
        required=False,
        min_value=0,
        max_value=AELDST,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    hoejeste_takst = forms.DecimalField(
        label="Højeste takst i kr. pr. døgn",
        required=False,
        min_value=Decimal(1),
        max_digits=9,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    kkr = forms.TypedChoiceField(label="Søg i", required=False, coerce=UUID, empty_value=None)
    postnr = forms.RegexField(
        r"^\d{4}$",
        label="Afstand fra postnummer",
        required=False,
        help_text="Regnes fra midten af de kommuner, postnummeret ligger i. Tomt betyder midten af jeres egen kommune",
        error_messages={"invalid": "Skriv et postnummer med fire cifre"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    punkt = forms.RegexField(
        r"^-?\d{1,3}(\.\d{1,17})?,-?\d{1,2}(\.\d{1,17})?$", required=False, widget=forms.HiddenInput
    )
    fortsaetter = forms.UUIDField(
        required=False, widget=forms.HiddenInput
    )  # the stay a place is looked for to go on in
    hoejst_km = forms.IntegerField(
        label="Højst så mange km",
        required=False,
        min_value=1,
        max_value=LAENGST,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    kommuner = _flere("Kommuner, hvor tilbuddet ligger")
    vigtige_maalgrupper = _flere("Andre målgrupper, der betyder meget (vægt 2)")
    andre_maalgrupper = _flere("Andre målgrupper, der betyder noget (vægt 1)")
    arter = _flere("Pladsens art", Pladsart.choices)
    ugedage = _flere("Ugedage", UGEDAGE, tal=True)
    adfaerd = _flere("Adfærd, der skal kunne rummes", Adfaerd.choices)
    fysiske_traek = _flere("Fysiske behov", FysiskTraek.choices)
    driftsherrearter = _flere("Driftsherre", DRIFTSHERREARTER)
    niveauer = _flere("Specialisering", Niveau.NAVNE, tal=True)

    def __init__(self, *args: Any, organisation: UUID | None = None, **kwargs: Any) -> None:
        """Fill in the choices of today, and KKRs of the period's first day, read when they are used.

        `organisation`: whose KKR a search begins in, and whose municipality distances are counted from unless a postcode says otherwise.
        """
        super().__init__(*args, **kwargs)
        self._organisation = organisation
        self._postnummer: Punkt | None = None
        self.fields["fra"].initial = idag
        self.fields["kkr"].initial = lambda: self._steder.eget_kkr
        self.fields["kkr"].error_messages["invalid_choice"] = "KKR'et findes ikke. Vælg et andet."
        self.fields["maalgruppe"].widget.attrs |= {"data-genvej": "/", "data-genvej-navn": "Gå til søgefelterne"}
        self._valg("maalgruppe").choices = lambda: [("", "Alle målgrupper"), *self._maalgrupper]
        cast(Hjemmelfelt, self.fields["hjemmel"]).dagens = lambda: {
            hjemmel.kode: hjemmel.erstattes_af_id for hjemmel in self._alle_hjemler if hjemmel.erstattes_af_id
        }
        for navn in ("vigtige_maalgrupper", "andre_maalgrupper"):
            self._valg(navn).choices = lambda: self._maalgrupper
        self._valg("hjemmel").choices = lambda: [("", "Alle hjemler"), *self._hjemler]
        self._valg("kommuner").choices = lambda: self._steder.kommuner
        self._valg("kkr").choices = lambda: [("", "Hele landet"), *self._kkrvalg]

    @cached_property
    def maalgruppenavne(self) -> Mapping[UUID, str]:
        """The target groups that can be chosen."""
        return dict(Maalgruppe.objects.filter(valgbar=True).values_list("kode", "term"))

    @property
    def _maalgrupper(self) -> Valg:
        return [(str(kode), term) for kode, term in self.maalgruppenavne.items()]

    @cached_property
    def _hjemler(self) -> Valg:
        return hjemmelvalg(hjemmel for hjemmel in self._alle_hjemler if hjemmel.erstattes_af_id is None)

    @cached_property
    def _alle_hjemler(self) -> list[Hjemmel]:
        return list(Hjemmel.objects.all())

    @cached_property
    def _steder(self) -> Steder:
        return steder(self._organisation, self._dag)

    @property
    def _dag(self) -> date:
        """The period's first day, where one that can be is written; else today."""
        try:
            fra: date = self.fields["fra"].clean(self["fra"].value())
        except ValidationError:
            return idag()
        return max(fra, idag())

    @property
    def _kkrvalg(self) -> Valg:
        """Those of the day, and the one chosen, which stays chosen while another day is typed."""
        tomt = [(str(self["kkr"].value()), self._tomt_kkr.tekst)] if self._tomt_kkr else []
        return [*self._steder.kkr, *tomt]

    @cached_property
    def _tomt_kkr(self) -> TomtKkr | None:
        """The KKR chosen when no municipality belongs to it on the day: it is over, or has not begun."""
        valgt = str(self["kkr"].value() or "")
        if not valgt or valgt in dict(self._steder.kkr):
            return None
        try:
            return tomt_kkr(kkrmedlemmer(), UUID(valgt), self._dag)
        except ValueError:  # no id at all
            return None

    @property
    def _fra_punkt(self) -> Punkt | None:
        return self._postnummer or self._givet_punkt or self._steder.centrum

    @property
    def _givet_punkt(self) -> Punkt | None:
        """Where the address of a saved search says that distances are counted from, in degrees east and north."""
        givet: str = self.cleaned_data.get("punkt", "")
        if not givet:
            return None
        laengde, bredde = map(float, givet.split(","))
        return Punkt(laengde, bredde)

    @property
    def _vaegte(self) -> Mapping[UUID, Vaegt]:
        """The target groups chosen, the heaviest first."""
        vaegte: dict[UUID, Vaegt] = {}
        for felt, vaegt in VAEGTFELTER.items():
            valgt = self.cleaned_data[felt]
            for kode in valgt if isinstance(valgt, list) else [valgt] if valgt else []:
                vaegte.setdefault(UUID(str(kode)), vaegt)
        return vaegte

    def _valg(self, navn: str) -> forms.ChoiceField:
        return cast(forms.ChoiceField, self.fields[navn])

    def tro_paa_stederne(self) -> None:
        """Take hjemmel, KKR and municipalities as they stand, without reading the lists to choose among.

        For an address that comes from a search, where they have been tried. A code there is not is met by nothing.
        """
        for navn in ("hjemmel", "kkr", "kommuner"):
            skrevet = self[navn].data or ()
            vaerdier = [skrevet] if isinstance(skrevet, str) else skrevet
            self._valg(navn).choices = [(vaerdi, vaerdi) for vaerdi in vaerdier]
        cast(
            Hjemmelfelt, self.fields["hjemmel"]
        ).dagens = dict  # a search leads on with today's code (views.soegefelter)
        self._steder = Steder((), (), "", egen_midte(self._organisation))
        self._tomt_kkr = None

    def opdater_straks(self, url: str) -> None:
        """Let every choice, and what is typed, update the page; without JavaScript the button does it (the form says where, templates/soegning).

        A date is three numbers that only mean something together, so it is asked for when one has moved on from a part.
        """
        for felt in self.fields.values():
            felt.widget.attrs["hx-get"] = url
            if not isinstance(felt, forms.ChoiceField | DatoFelt):
                felt.widget.attrs["hx-trigger"] = MENS_DER_SKRIVES

    def vis_antal(self, facetter: Mapping[Kriterium, Mapping[Any, int]]) -> None:
        """Write beside each choice how many departments one would see with it.

        A search in one KKR reads nothing outside it (`queries.soeg`), so beside the others there is no number to write.
        """
        eget = self.cleaned_data["kkr"]
        if eget is not None:
            facetter = {**facetter, Kriterium.KKR: {eget: sum(facetter[Kriterium.KKR].values())}}
        for felt, kriterium in FACETFELTER.items():
            tal = {str(vaerdi): antal for vaerdi, antal in facetter[kriterium].items()}
            valg = self._valg(felt)
            valg.choices = [
                _med_antal(mulighed, tal, kun_talte=felt == "kkr" and eget is not None)
                for mulighed in cast("Valg", valg.choices)
            ]

    def valgte(self) -> dict[str, int]:
        """How many choices are made in each group of check boxes; for the headings of the folded ones."""
        return {navn: len(self[navn].data or ()) for navn in FOLDEDE if self.is_bound}

    def clean(self) -> dict[str, Any]:
        """The last day may not lie before the first, nobody can be placed yesterday, and postcode and KKR must be somewhere."""
        data = super().clean() or {}
        fra, til = data.get("fra"), data.get("til")
        if fra and fra < idag():
            self.add_error("fra", "Perioden kan tidligst begynde i dag")
        if fra and til and til < fra:
            self.add_error("til", "Sidste dag skal ligge efter første dag")
        if data.get("fra") and data.get("kkr") and self._tomt_kkr and not self._tomt_kkr.afloest:
            self.add_error("kkr", KKR_UDEN_KOMMUNER)
        if data.get("postnr") and (punkt := postnummers_punkt(data["postnr"])) is None:
            self.add_error("postnr", "Postnummeret kendes ikke")
        elif data.get("postnr"):
            self._postnummer = punkt
        if data.get("hoejst_km") and self._fra_punkt is None:
            self.add_error("postnr", "Skriv det postnummer, afstanden skal måles fra")
        return data

    @property
    def profil(self) -> Behovsprofil:
        """What a valid form asks for."""
        data = self.cleaned_data
        til = data["til"]
        return Behovsprofil(
            periode=Periode(data["fra"], til + timedelta(days=1) if til else None),
            hjemmel=data["hjemmel"],
            maalgrupper=tuple(self._vaegte.items()),
            alder=data["alder"],
            ugedage=frozenset(data["ugedage"]),
            arter=frozenset(Pladsart(kode) for kode in data["arter"]),
            adfaerd=frozenset(Adfaerd(kode) for kode in data["adfaerd"]),
            fysiske_traek=frozenset(FysiskTraek(kode) for kode in data["fysiske_traek"]),
            kkr=data["kkr"],
            kommuner=tuple(data["kommuner"]),
            naer=self._fra_punkt,
            hoejst_km=data["hoejst_km"],
            driftsherrearter=frozenset(Organisationsart(kode) for kode in data["driftsherrearter"]),
            hoejeste_takst=data["hoejeste_takst"],
            niveauer=frozenset(data["niveauer"]),
            tekst=data["tekst"],
        )
