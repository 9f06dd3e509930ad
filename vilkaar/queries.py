"""Reading the terms in force. For a date without a final set: the latest preliminary one, else the previous set goes on."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypedDict
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from faelles.fejl import Konflikt
from faelles.tid import Periode
from kommuner.models import KkrMedlemskab
from vilkaar.models import Saetstatus, Vilkaar, Vilkaarssaet
from vilkaar.noegler import NOEGLER, Noegle, navngivet
from vilkaar.styring import Kkrperiode, Saetfakta, Styring, styrende, styrer

if TYPE_CHECKING:  # only mypy needs it, and it is not there at run time
    from django_stubs_ext import WithAnnotations


class _Vaerdi(TypedDict):
    noegle: str
    vaerdi: str
    klausul: str


class _Vaerdier(TypedDict):
    vaerdier: list[_Vaerdi]


class _Medlem(TypedDict):
    kommune: str
    fra: str
    til: str | None


class _Kommunevaerdier(_Vaerdier):
    medlemskaber: list[_Medlem]


@dataclass(frozen=True, slots=True)
class GaeldendeVilkaar:
    """The set that governs some offers on a day. `endelig` False means every result of it is preliminary."""

    saet_id: UUID
    nummer: int
    aftale: str
    endelig: bool
    demo: bool
    vaerdier: Mapping[Noegle, Decimal | str]
    klausuler: Mapping[Noegle, str]

    def tal(self, noegle: Noegle) -> Decimal:
        """A numeric term. Raises Konflikt naming key and clause when the set does not hold it."""
        vaerdi = self._vaerdi(noegle)
        if not isinstance(vaerdi, Decimal):
            raise TypeError(f"{noegle} er ikke et tal")
        return vaerdi

    def heltal(self, noegle: Noegle) -> int:
        """A term counted in whole units, for instance days."""
        if not NOEGLER[noegle].heltal:
            raise TypeError(f"{noegle} tælles ikke i hele enheder")
        return int(self.tal(noegle))

    def ord(self, noegle: Noegle) -> str:
        """A term that is one of a few words."""
        return str(self._vaerdi(noegle))

    def tabel(self, noegle: Noegle) -> Mapping[int, Decimal]:
        """A term that is a table from whole numbers, for instance years, to numbers."""
        return NOEGLER[noegle].tabel(str(self._vaerdi(noegle)))

    def aarsdag(self, noegle: Noegle, aar: int) -> date:
        """A term that is a day of every year, in that year."""
        dag, maaned = NOEGLER[noegle].dag(str(self._vaerdi(noegle)))
        return date(aar, maaned, dag)

    def kode(self, noegle: Noegle, kode: str, efter: str = "") -> str:
        """The value of a code in a table by code, or that of all others (`*`). Raises Konflikt when the table has neither.

        `efter` is what a row may be for only, as `ferie/SEL-104` and `*/SEL-104` are: such a row goes before one for all.
        """
        tabel = NOEGLER[noegle].kodetabel(str(self._vaerdi(noegle)))
        raekker = (*((f"{kode}/{efter}", f"*/{efter}") if efter else ()), kode, "*")
        fundet = next((tabel[raekke] for raekke in raekker if raekke in tabel), None)
        if fundet is None:
            raise Konflikt(
                "vilkaar_mangler",
                f"Vilkåret »{NOEGLER[noegle].navn}« ({noegle}, klausulen {self.klausuler[noegle]}) i {self.aftale}, "
                f"sæt {self.nummer}, siger intet om {kode}. Sekretariatet skal udfylde det.",
            )
        return fundet

    def _vaerdi(self, noegle: Noegle) -> Decimal | str:
        if noegle not in self.vaerdier:
            raise Konflikt(
                "vilkaar_mangler",
                f"{navngivet(noegle)} mangler i {self.aftale}, sæt {self.nummer}. Sekretariatet skal udfylde det.",
            )
        return self.vaerdier[noegle]


def gaeldende(kkr_id: UUID, dag: date) -> GaeldendeVilkaar:
    """The terms of the KKR on the day: what holds in every municipality of it. An offer is asked about by `gaeldende_i_kommune`.

    Raises Konflikt when no set has begun, and when the KKR has none itself and its municipalities bring different ones with them.
    """
    fundne = _i_kkr([kkr_id], dag).get(kkr_id, [])
    if len(fundne) > 1:
        raise Konflikt(
            "vilkaar_mangler",
            f"KKR'et har ingen vilkår for {dag:%d.%m.%Y}, og dets kommuner har forskellige med fra deres tidligere KKR. "
            "Sekretariatet skal udsende et sæt for hele KKR'et.",
        )
    if not fundne or fundne[0] is None:
        raise _ingen(dag)
    return fundne[0]


def alle_gaeldende(kkr_id: UUID, dag: date) -> list[GaeldendeVilkaar]:
    """The terms of the KKR on the day: its own, or all those its municipalities bring with them. Raises Konflikt when there are none."""
    fundne = [vilkaar for vilkaar in _i_kkr([kkr_id], dag).get(kkr_id, []) if vilkaar is not None]
    if not fundne:
        raise _ingen(dag)
    return fundne


def gaeldende_for(kkr_ider: Collection[UUID], dag: date) -> Mapping[UUID, GaeldendeVilkaar]:
    """The terms of each KKR on the day; one that has none in all of it is left out (`gaeldende` says why). The same statements however many."""
    return {pk: fundne[0] for pk, fundne in _i_kkr(kkr_ider, dag).items() if len(fundne) == 1 and fundne[0] is not None}


def _i_kkr(kkr_ider: Collection[UUID], dag: date) -> Mapping[UUID, list[GaeldendeVilkaar | None]]:
    """The different terms in each KKR: its own; in one that has no set yet, those its municipalities bring with them, None for none."""
    alle = {saet.id: saet for saet in _med_vaerdier(_saet_for(kkr_ider))}
    resultat: dict[UUID, list[GaeldendeVilkaar | None]] = {}
    for kkr_id, sine in groupby(alle.values(), key=lambda saet: saet.kkr_id):
        if styring := styrende(map(fakta, sine), dag):
            saet = alle[styring.saet.id]
            resultat[kkr_id] = [_vilkaar(saet, saet.vaerdier)]
    if uden := set(kkr_ider) - resultat.keys():
        medlemskaber = KkrMedlemskab.objects.paa(dag).filter(kkr__in=uden).order_by("kommune")
        medlemmer = list(medlemskaber.values_list("kkr", "kommune"))
        medbragte = gaeldende_pr_kommune([kode for _, kode in medlemmer], dag)
        for kkr_id, kode in medlemmer:
            deres = resultat.setdefault(kkr_id, [])
            if (vilkaar := medbragte.get(kode)) not in deres:
                deres.append(vilkaar)
    return resultat


def gaeldende_pr_kommune(kommunekoder: Collection[str], dag: date) -> Mapping[str, GaeldendeVilkaar]:
    """The terms of each municipality's offers on the day, as `gaeldende_i_kommune`; one without is left out. One statement however many."""
    begyndte = KkrMedlemskab.objects.filter(kommune__in=set(kommunekoder), periode__startswith__lte=dag).order_by()
    deres = begyndte.filter(kkr=OuterRef("kkr")).values(
        raekke=JSONObject(kommune="kommune_id", fra="periode__startswith", til="periode__endswith")
    )
    alle = {
        saet.id: saet
        for saet in _med_vaerdier(_saet_for(begyndte.values("kkr"))).annotate(medlemskaber=ArraySubquery(deres))
    }
    medlemskaber: dict[str, set[Kkrperiode]] = {}
    for saet in alle.values():
        for raekke in saet.medlemskaber:
            til = date.fromisoformat(raekke["til"]) if raekke["til"] else None
            dage = Periode(date.fromisoformat(raekke["fra"]), til)
            medlemskaber.setdefault(raekke["kommune"], set()).add(Kkrperiode(saet.kkr_id, dage))
    kendte = [fakta(saet) for saet in alle.values()]
    styringer = {kode: styrer(kendte, sine, dag) for kode, sine in medlemskaber.items()}
    styrende_ = {styring.saet.id for styring in styringer.values() if styring}
    vilkaar = {pk: _vilkaar(alle[pk], alle[pk].vaerdier) for pk in styrende_}
    return {kode: vilkaar[styring.saet.id] for kode, styring in styringer.items() if styring}


def siger_alle(noegle: Noegle, vaerdi: str, koder: Iterable[str]) -> list[str]:
    """Those of the codes every set that holds for some day says this of; none when a set lacks the term. One statement."""
    dens = Vilkaar.objects.filter(saet=OuterRef("pk"), noegle=noegle).values("vaerdi")
    alle = Vilkaarssaet.objects.filter(periode__isempty=False).annotate(vaerdi=Subquery(dens)).order_by()
    tabeller = [NOEGLER[noegle].kodetabel(tekst or "") for tekst in alle.values_list("vaerdi", flat=True).distinct()]
    return [kode for kode in koder if all(tabel.get(kode, tabel.get("*")) == vaerdi for tabel in tabeller)]


def _vilkaar(saet: Vilkaarssaet, raekker: Iterable[_Vaerdi]) -> GaeldendeVilkaar:
    noegler = [(Noegle(raekke["noegle"]), raekke) for raekke in raekker]
    return GaeldendeVilkaar(
        saet_id=saet.id,
        nummer=saet.nummer,
        aftale=saet.aftale,
        endelig=saet.status == Saetstatus.ENDELIG,
        demo=saet.demo,
        vaerdier=MappingProxyType({noegle: NOEGLER[noegle].laes(raekke["vaerdi"]) for noegle, raekke in noegler}),
        klausuler=MappingProxyType({noegle: raekke["klausul"] for noegle, raekke in noegler}),
    )


def _saet_for(kkr_ider: "Collection[UUID] | QuerySet[KkrMedlemskab, Any]") -> QuerySet[Vilkaarssaet]:
    """The sets of the KKRs that still hold for some day, by KKR."""
    return Vilkaarssaet.objects.filter(kkr__in=kkr_ider, periode__isempty=False).order_by("kkr_id", "nummer")


def _med_vaerdier(saet: QuerySet[Vilkaarssaet]) -> "QuerySet[WithAnnotations[Vilkaarssaet, _Vaerdier]]":
    """The sets with what is in them, read in the same statement."""
    sine = Vilkaar.objects.filter(saet=OuterRef("pk")).order_by("noegle")
    return saet.annotate(
        vaerdier=ArraySubquery(sine.values(raekke=JSONObject(noegle="noegle", vaerdi="vaerdi", klausul="klausul")))
    )


def fakta(saet: Vilkaarssaet) -> Saetfakta:
    """What decides about a set that still holds for some day."""
    periode = Periode.af_range(saet.periode)
    return Saetfakta(saet.id, saet.nummer, saet.kkr_id, periode, endelig=saet.status == Saetstatus.ENDELIG)


def styrende_saet(kommunekode: str, dag: date) -> tuple[Vilkaarssaet, Styring] | None:
    """The set that governs the municipality's offers on the day, and why; None when none has begun.

    The KKR is that of the day, and the ones before are known: a price of 2026 keeps its terms whatever KKR its municipality
    belongs to when it is adjusted in 2028.
    """
    medlemskaber = [
        Kkrperiode(m.kkr_id, Periode.af_range(m.periode)) for m in KkrMedlemskab.objects.filter(kommune=kommunekode)
    ]
    alle = {saet.id: saet for saet in _saet_for({m.kkr_id for m in medlemskaber})}
    styring = styrer([fakta(saet) for saet in alle.values()], medlemskaber, dag)
    return (alle[styring.saet.id], styring) if styring else None


def gaeldende_i_kommune(kommunekode: str, dag: date) -> GaeldendeVilkaar:
    """The terms of the municipality's offers on the day. Raises Konflikt when no set has begun."""
    fundet = gaeldende_pr_kommune([kommunekode], dag).get(kommunekode)
    if fundet is None:
        raise _ingen(dag)
    return fundet


def gaeldende_i_kommune_paa(kommunekode: str, dage: Collection[date]) -> Mapping[date, GaeldendeVilkaar]:
    """The terms of the municipality's offers on each of the days, as `gaeldende_i_kommune`; a day without is left out. Two statements however many."""
    medlemskaber = [
        Kkrperiode(m.kkr_id, Periode.af_range(m.periode)) for m in KkrMedlemskab.objects.filter(kommune=kommunekode)
    ]
    alle = {saet.id: saet for saet in _med_vaerdier(_saet_for({m.kkr_id for m in medlemskaber}))}
    kendte = [fakta(saet) for saet in alle.values()]
    styringer = {dag: styring for dag in dage if (styring := styrer(kendte, medlemskaber, dag))}
    vilkaar = {pk: _vilkaar(alle[pk], alle[pk].vaerdier) for pk in {styring.saet.id for styring in styringer.values()}}
    return {dag: vilkaar[styring.saet.id] for dag, styring in styringer.items()}


def i_saet(saet_ider: Collection[UUID]) -> Mapping[UUID, GaeldendeVilkaar]:
    """The terms of these sets, whether they hold for any day or not. One statement."""
    return {
        saet.id: _vilkaar(saet, saet.vaerdier) for saet in _med_vaerdier(Vilkaarssaet.objects.filter(pk__in=saet_ider))
    }


def _ingen(dag: date) -> Konflikt:
    return Konflikt("vilkaar_mangler", f"Der er ingen vilkår for {dag:%d.%m.%Y}. Sekretariatet skal oprette et sæt.")
