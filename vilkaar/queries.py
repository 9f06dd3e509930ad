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
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from faelles.fejl import Konflikt
from faelles.tid import Periode
from kommuner.models import KkrMedlemskab
from vilkaar.models import Saetstatus, Vilkaar, Vilkaarssaet
from vilkaar.noegler import NOEGLER, Noegle
from vilkaar.styring import Kkrperiode, Saetfakta, Styring, styrende, styrer

if TYPE_CHECKING:  # only mypy needs it, and it is not there at run time
    from django_stubs_ext import WithAnnotations


class _Vaerdi(TypedDict):
    noegle: str
    vaerdi: str
    klausul: str


class _Vaerdier(TypedDict):
    vaerdier: list[_Vaerdi]


class _Kommunevaerdier(_Vaerdier):
    medlemmer: list[str]


@dataclass(frozen=True, slots=True)
class GaeldendeVilkaar:
    """The set that governs a KKR's offers on a day. `endelig` False means every result of it is preliminary."""

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
        return int(self.tal(noegle))

    def ord(self, noegle: Noegle) -> str:
        """A term that is one of a few words."""
        return str(self._vaerdi(noegle))

    def tabel(self, noegle: Noegle) -> Mapping[int, Decimal]:
        """A term that is a table from whole numbers, for instance years, to numbers."""
        return NOEGLER[noegle].tabel(noegle, str(self._vaerdi(noegle)))

    def aarsdag(self, noegle: Noegle, aar: int) -> date:
        """A term that is a day of every year, in that year."""
        dag, maaned = NOEGLER[noegle].dag(noegle, str(self._vaerdi(noegle)))
        return date(aar, maaned, dag)

    def kode(self, noegle: Noegle, kode: str) -> str:
        """The value of a code in a table by code, or that of all others (`*`). Raises Konflikt when the table has neither."""
        tabel = NOEGLER[noegle].kodetabel(noegle, str(self._vaerdi(noegle)))
        fundet = tabel.get(kode, tabel.get("*"))
        if fundet is None:
            raise Konflikt(
                "vilkaar_mangler",
                f"Vilkåret »{NOEGLER[noegle].navn}« ({noegle}) i {self.aftale}, sæt {self.nummer}, siger intet om {kode}. "
                "Sekretariatet skal udfylde det.",
            )
        return fundet

    def _vaerdi(self, noegle: Noegle) -> Decimal | str:
        if noegle not in self.vaerdier:
            beskrivelse = NOEGLER[noegle]
            raise Konflikt(
                "vilkaar_mangler",
                f"Vilkåret »{beskrivelse.navn}« ({noegle}, klausulen {beskrivelse.klausul}) mangler i {self.aftale}, "
                f"sæt {self.nummer}. Sekretariatet skal udfylde det.",
            )
        return self.vaerdier[noegle]


def gaeldende(kkr_id: UUID, dag: date) -> GaeldendeVilkaar:
    """The terms of the KKR on the day. Raises Konflikt when the KKR has no set that has begun."""
    fundet = gaeldende_for([kkr_id], dag).get(kkr_id)
    if fundet is None:
        raise Konflikt("vilkaar_mangler", f"Der er ingen vilkår for {dag:%d.%m.%Y}. Sekretariatet skal oprette et sæt.")
    return fundet


def gaeldende_for(kkr_ider: Collection[UUID], dag: date) -> Mapping[UUID, GaeldendeVilkaar]:
    """The terms of each KKR on the day; one without a set that has begun is left out. One statement however many."""
    return _gaeldende(_med_vaerdier(_saet_for(kkr_ider)), dag)


def gaeldende_pr_kommune(kommunekoder: Collection[str], dag: date) -> Mapping[str, GaeldendeVilkaar]:
    """The terms of each municipality's KKR of the day; one whose KKR has none is left out. One statement however many."""
    medlemskaber = KkrMedlemskab.objects.paa(dag).filter(kommune__in=set(kommunekoder))
    medlemmer = ArraySubquery(medlemskaber.filter(kkr=OuterRef("kkr")).order_by().values("kommune"))
    saet = list(_med_vaerdier(_saet_for(medlemskaber.values("kkr"))).annotate(medlemmer=medlemmer))
    koder: dict[UUID, list[str]] = {et.kkr_id: et.medlemmer for et in saet}
    return {kode: vilkaar for kkr_id, vilkaar in _gaeldende(saet, dag).items() for kode in koder[kkr_id]}


def _gaeldende(
    alle: "Iterable[WithAnnotations[Vilkaarssaet, _Vaerdier]]", dag: date
) -> Mapping[UUID, GaeldendeVilkaar]:
    """The terms of each KKR on the day, of its sets."""
    fundne = {}
    for kkr_id, sine in groupby(alle, key=lambda saet: saet.kkr_id):
        mulige = {et.id: et for et in sine}
        if styring := styrende(map(fakta, mulige.values()), dag):
            saet = mulige[styring.saet.id]
            fundne[kkr_id] = _vilkaar(saet, saet.vaerdier)
    return fundne


def _vilkaar(saet: Vilkaarssaet, raekker: Iterable[_Vaerdi]) -> GaeldendeVilkaar:
    noegler = [(Noegle(raekke["noegle"]), raekke) for raekke in raekker]
    return GaeldendeVilkaar(
        saet_id=saet.id,
        nummer=saet.nummer,
        aftale=saet.aftale,
        endelig=saet.status == Saetstatus.ENDELIG,
        demo=saet.demo,
        vaerdier=MappingProxyType(
            {noegle: NOEGLER[noegle].laes(noegle, raekke["vaerdi"]) for noegle, raekke in noegler}
        ),
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


def til_genberegning() -> QuerySet[Vilkaarssaet]:
    """The preliminary sets for whose days a final set has been published since: results stored with one of them shall be computed again.

    One is listed whether or not its days are taken by now, since a result names the set it was computed with.
    """
    endelige = Vilkaarssaet.objects.filter(
        kkr=OuterRef("kkr"), status=Saetstatus.ENDELIG, udsendt_periode__overlap=OuterRef("udsendt_periode")
    ).filter(nummer__gt=OuterRef("nummer"))
    return Vilkaarssaet.objects.filter(Exists(endelige), status=Saetstatus.FORELOEBIG).order_by("kkr_id", "nummer")


def styrende_saet(kommunekode: str, dag: date) -> tuple[Vilkaarssaet, Styring] | None:
    """The set that governs the municipality's offers on the day, and why; None when none has begun.

    Unlike `gaeldende` it knows the KKRs the municipality belonged to before: a price of 2026 keeps its terms whatever KKR its
    municipality belongs to when it is adjusted in 2028.
    """
    medlemskaber = [
        Kkrperiode(m.kkr_id, Periode.af_range(m.periode)) for m in KkrMedlemskab.objects.filter(kommune=kommunekode)
    ]
    alle = {saet.id: saet for saet in _saet_for({m.kkr_id for m in medlemskaber})}
    styring = styrer([fakta(saet) for saet in alle.values()], medlemskaber, dag)
    return (alle[styring.saet.id], styring) if styring else None


def gaeldende_i_kommune(kommunekode: str, dag: date) -> GaeldendeVilkaar:
    """The terms of the municipality's offers on the day. Raises Konflikt when no set has begun."""
    fundet = styrende_saet(kommunekode, dag)
    if fundet is None:
        raise Konflikt("vilkaar_mangler", f"Der er ingen vilkår for {dag:%d.%m.%Y}. Sekretariatet skal oprette et sæt.")
    return _vilkaar(
        fundet[0], Vilkaar.objects.filter(saet=fundet[0]).order_by("noegle").values(*_Vaerdi.__annotations__)
    )
