"""The need profile as it is asked for over REST: read, checked and looked up at once, so that all its faults are told together."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, cast

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from faelles.cpr import uden_cpr
from faelles.krop import Krop
from faelles.tid import idag
from kommuner.models import Organisationsart
from reservationer.soegning.forms import DRIFTSHERREARTER, KKR_UDEN_KOMMUNER
from reservationer.soegning.kendte import Kendte, Spurgt, slaa_op
from reservationer.soegning.profil import Behovsprofil, Punkt, Vaegt
from tilbud.api import PeriodeInd
from tilbud.models import Adfaerd, FysiskTraek, Pladsart

STEDER = ("naer", "naerKommune", "naerPostnr")


class MaalgruppevaegtInd(Krop):
    """A target group and how much it matters: 1 something, 2 much, 3 decisive."""

    kode = serializers.UUIDField()
    vaegt = serializers.ChoiceField(choices=[vaegt.value for vaegt in Vaegt], default=Vaegt.MEGET.value)


class StedInd(Krop):
    """A point distances are counted from (degrees, WGS84)."""

    laengde = serializers.FloatField(min_value=-180, max_value=180)
    bredde = serializers.FloatField(min_value=-90, max_value=90)


class ProfilInd(PeriodeInd):
    """A need profile. Coded values only; a citizen is never described."""

    hjemmel = serializers.CharField(required=False, max_length=12)
    maalgrupper = MaalgruppevaegtInd(many=True, required=False, max_length=10)  # type: ignore[call-arg]  # of the list; the stubs know the row's only
    alder = serializers.IntegerField(required=False, min_value=0, max_value=120)
    ugedage = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=7), required=False, max_length=7, help_text="1 er mandag."
    )
    arter = serializers.ListField(
        child=serializers.ChoiceField(choices=Pladsart.values),
        required=False,
        max_length=4,
        help_text="Pladsen skal være af en af arterne.",
    )
    adfaerd = serializers.ListField(
        child=serializers.ChoiceField(choices=Adfaerd.values), required=False, max_length=20
    )
    fysiskeTraek = serializers.ListField(
        child=serializers.ChoiceField(choices=FysiskTraek.values), required=False, max_length=20
    )
    kkr = serializers.SlugField(
        required=False,
        max_length=80,
        help_text="Fx kkr-hovedstaden; begrænser hele søgningen: intet uden for KKR'et læses. Søg igen uden for at se resten af landet. Et KKR, der er lagt sammen med andre, når perioden begynder, læses som det, der afløser det.",
    )
    kommuner = serializers.ListField(child=serializers.RegexField(r"^\d{4}$"), required=False, max_length=98)
    naer = StedInd(required=False)
    naerKommune = serializers.RegexField(
        r"^\d{4}$", required=False, help_text="Afstanden måles fra midten af kommunen. Kun ét sted kan angives."
    )
    naerPostnr = serializers.RegexField(
        r"^\d{4}$",
        required=False,
        help_text="Afstanden måles fra midten af de kommuner, postnummeret ligger i; hvor det selv ligger, vides ikke.",
    )
    hoejstKm = serializers.IntegerField(required=False, min_value=1, max_value=400)
    driftsherrearter = serializers.ListField(
        child=serializers.ChoiceField(choices=[art for art, _ in DRIFTSHERREARTER]), required=False, max_length=5
    )
    maksTakst = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=0, required=False)
    niveauer = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=3), required=False, max_length=3
    )
    tekst = serializers.CharField(required=False, max_length=80, validators=[uden_cpr])
    med_kkr: ClassVar = False  # whether what it answers names KKRs
    limit = serializers.IntegerField(default=50, min_value=1, max_value=1000)
    medUdeladte = serializers.BooleanField(default=False)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Read it all before anything is refused: fields, codes nobody has, the point distances are counted from, and the period."""
        fejl: dict[str, Any] = {}
        try:
            attrs: dict[str, Any] = super().to_internal_value(data)
        except serializers.ValidationError as forkert:
            if not isinstance(data, Mapping):
                raise
            fejl = dict(cast("dict[str, Any]", forkert.detail))
            attrs = {
                navn: felt.run_validation(data[navn])
                for navn, felt in self.fields.items()
                if navn in data and navn not in fejl
            }
        kendte = slaa_op(replace(_spurgt(attrs), alle_kkr=self.med_kkr))
        fejl |= _ukendte(attrs, kendte) | _stedfejl(attrs, kendte)
        if "fra" in attrs:
            try:
                self.validate(attrs)
            except serializers.ValidationError as forkert:
                fejl |= cast("dict[str, Any]", forkert.detail)
        if fejl:
            raise serializers.ValidationError(fejl)
        return {**attrs, "kendte": kendte, "sted": _sted(attrs, kendte)}

    @property
    def kendte(self) -> Kendte:
        """What there is of its codes."""
        kendte: Kendte = self.validated_data["kendte"]
        return kendte

    @property
    def profil(self) -> Behovsprofil:
        """The validated profile."""
        data, kendte = self.validated_data, self.kendte
        return Behovsprofil(
            periode=self.periode,
            hjemmel=kendte.hjemmel,
            maalgrupper=tuple((et["kode"], Vaegt(et["vaegt"])) for et in data.get("maalgrupper", ())),
            alder=data.get("alder"),
            ugedage=frozenset(data.get("ugedage", ())),
            arter=frozenset(Pladsart(kode) for kode in data.get("arter", ())),
            adfaerd=frozenset(Adfaerd(kode) for kode in data.get("adfaerd", ())),
            fysiske_traek=frozenset(FysiskTraek(kode) for kode in data.get("fysiskeTraek", ())),
            kkr=kendte.kkr,
            kkr_kommuner=kendte.kkr_kommuner,
            kommuner=tuple(data.get("kommuner", ())),
            naer=data["sted"],
            hoejst_km=data.get("hoejstKm"),
            driftsherrearter=frozenset(Organisationsart(art) for art in data.get("driftsherrearter", ())),
            hoejeste_takst=data.get("maksTakst"),
            niveauer=frozenset(data.get("niveauer", ())),
            tekst=data.get("tekst", ""),
        )


class SoegningInd(ProfilInd):
    """A need profile, and which page of what it finds and leaves out."""

    med_kkr: ClassVar = True
    cursor = serializers.CharField(required=False, max_length=200, help_text="`naesteCursor` fra det forrige svar.")
    udeladteCursor = serializers.CharField(
        required=False, max_length=200, help_text="`naesteUdeladteCursor` fra det forrige svar."
    )
    udeladteUdenForKkr = serializers.BooleanField(
        default=False, help_text="Tag også det uden for KKR'et med blandt de udeladte; grunden er da kkr."
    )


def _spurgt(attrs: Mapping[str, Any]) -> Spurgt:
    """The codes of the need, those of places with them."""
    kommuner = {*attrs.get("kommuner", ()), *filter(None, [attrs.get("naerKommune")])}
    return Spurgt(
        dag=attrs.get("fra") or idag(),
        maalgrupper={gruppe["kode"] for gruppe in attrs.get("maalgrupper", ())},
        hjemmel=attrs.get("hjemmel"),
        kommuner=kommuner,
        kkr=attrs.get("kkr"),
        postnr=attrs.get("naerPostnr", ""),
    )


def _ukendt(hvad: str, mulige: str, kode: str = "ukendt_kode") -> list[ErrorDetail]:
    return [ErrorDetail(f"{hvad} findes ikke. De mulige står i {mulige}.", kode)]


def _ukendte(attrs: Mapping[str, Any], kendte: Kendte) -> dict[str, Any]:
    """Faults by field: the codes that nobody has, each with where those there are can be read."""
    grupper = {
        str(nummer): {"kode": _ukendt(f"Målgruppen {gruppe['kode']}", "/klassifikationer/maalgrupper")}
        for nummer, gruppe in enumerate(attrs.get("maalgrupper", ()))
        if gruppe["kode"] not in kendte.maalgrupper
    }
    kommuner = {
        str(nummer): _ukendt(f"Kommunen {kode}", "/kommuner")
        for nummer, kode in enumerate(attrs.get("kommuner", ()))
        if kode not in kendte.kommuner
    }
    fejl: dict[str, Any] = {
        navn: fundne for navn, fundne in (("maalgrupper", grupper), ("kommuner", kommuner)) if fundne
    }
    if "hjemmel" in attrs and kendte.hjemmel is None:
        fejl["hjemmel"] = _ukendt(f"Hjemlen {attrs['hjemmel']}", "/klassifikationer/hjemler")
    if "kkr" in attrs and kendte.kkr is None:
        fejl["kkr"] = _ukendt(f"KKR'et {attrs['kkr']}", "/kommuner", "ukendt_kkr")
    elif "kkr" in attrs and not kendte.kkr_kommuner:
        fejl["kkr"] = [ErrorDetail(KKR_UDEN_KOMMUNER, "kkr_uden_kommuner")]
    return fejl


def _stedfejl(attrs: Mapping[str, Any], kendte: Kendte) -> dict[str, Any]:
    """Faults by field of the one point distances are counted from."""
    givne = [navn for navn in STEDER if attrs.get(navn)]
    if len(givne) > 1:
        return {navn: [ErrorDetail("Angiv kun ét sted.", "flere_steder")] for navn in givne[1:]}
    if attrs.get("hoejstKm") and not givne:
        return {"naer": [ErrorDetail("Angiv det sted, afstanden måles fra.", "mangler_sted")]}
    if givne and _sted(attrs, kendte) is None:
        raad = "Vælg et fra /kommuner." if givne == ["naerKommune"] else "Angiv et andet, eller et punkt i naer."
        return {givne[0]: [ErrorDetail(f"Stedet kendes ikke. {raad}", "ukendt_sted")]}
    return {}


def _sted(attrs: Mapping[str, Any], kendte: Kendte) -> Punkt | None:
    """The one point distances are counted from, if any is given and known."""
    if naer := attrs.get("naer"):
        return Punkt(naer["laengde"], naer["bredde"])
    return kendte.postnummer or kendte.kommuner.get(attrs.get("naerKommune", ""))


class KriterierInd(PeriodeInd):
    """What is looked for."""

    maalgruppe = serializers.UUIDField(required=False)
    hjemmel = serializers.CharField(required=False, max_length=12)
    kommune = serializers.ListField(child=serializers.RegexField(r"^\d{4}$"), required=False)
    arter = serializers.ListField(child=serializers.ChoiceField(choices=Pladsart.values), required=False)
    maksTakst = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=0, required=False)

    @property
    def profil(self) -> Behovsprofil:
        """The validated criteria."""
        data = self.validated_data
        return Behovsprofil(
            periode=self.periode,
            maalgrupper=((data["maalgruppe"], Vaegt.AFGOERENDE),) if data.get("maalgruppe") else (),
            hjemmel=data.get("hjemmel"),
            kommuner=tuple(data.get("kommune", ())),
            arter=frozenset(Pladsart(kode) for kode in data.get("arter", ())),
            hoejeste_takst=data.get("maksTakst"),
        )
