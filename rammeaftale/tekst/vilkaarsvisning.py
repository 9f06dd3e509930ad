"""How terms look to people: every key with what a version sets it to, and why a set does or does not govern a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet

from faelles.dokument.tal import kort_dato
from faelles.sprog import sortnoegle
from faelles.tid import Periode
from kommuner.models import Kkr, KkrMedlemskab
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Rammeaftale, Version
from rammeaftale.tekst.gaeldende import vedtagne_allonger
from rammeaftale.tekst.queries import klausuler
from rammeaftale.tekst.udsendelse import Sat, saettes
from vilkaar.beskrivelse import Noeglebeskrivelse
from vilkaar.kalender import vilkaarskalender
from vilkaar.models import Saetstatus, Vilkaarssaet
from vilkaar.noegler import NOEGLER, Noegle
from vilkaar.queries import GaeldendeVilkaar, styrende_saet

OMKRING = 2  # years each way that are compared: the accounts of two years before are what a takst takes up


@dataclass(frozen=True, slots=True)
class Noeglevisning:
    """A key, and what the version sets it to (None: it is missing)."""

    noegle: Noegle
    beskrivelse: Noeglebeskrivelse
    sat: Sat | None

    @property
    def i_ord(self) -> str:
        """Its value with its unit; nothing when it is missing."""
        return self.beskrivelse.i_ord(self.sat.vaerdi) if self.sat else ""


@dataclass(frozen=True, slots=True)
class Gruppe:
    """The keys that belong in one kind of clause."""

    klausul: str
    noegler: Sequence[Noeglevisning]

    @property
    def mangler(self) -> int:
        """How many are not set."""
        return sum(en.sat is None for en in self.noegler)


def grupper(version: Version) -> list[Gruppe]:
    """All keys of the registry by the clause they belong in."""
    sat = saettes(version)
    alle = sorted(NOEGLER.items(), key=lambda par: _orden(par[1]))
    return [
        Gruppe(klausul, [Noeglevisning(noegle, beskrivelse, sat.get(noegle)) for noegle, beskrivelse in par])
        for klausul, par in groupby(alle, key=lambda par: par[1].klausul)
    ]


def _orden(beskrivelse: Noeglebeskrivelse) -> tuple[str, str]:
    """By the clause a key belongs in, then by name."""
    return sortnoegle(beskrivelse.klausul), sortnoegle(beskrivelse.navn)


def udsendte(aftale: Rammeaftale) -> QuerySet[Vilkaarssaet]:
    """The sets published from the agreement, by number."""
    return Vilkaarssaet.objects.filter(version_id__in=aftale.versioner.values("pk")).order_by("nummer")


def saetnumre(saet: Iterable[Vilkaarssaet]) -> str:
    """`3`, or `3 og 4`."""
    return " og ".join(str(et.nummer) for et in saet)


@dataclass(frozen=True, slots=True)
class Vilkaarsraekke:
    """A term of a set, with the clause that sets it. `url`: where the clause is read as it was, when the reader may."""

    beskrivelse: Noeglebeskrivelse
    noegle: str
    vaerdi: str
    klausul: str
    url: str = ""

    @property
    def i_ord(self) -> str:
        """Its value with its unit."""
        return self.beskrivelse.i_ord(self.vaerdi)

    @property
    def orden(self) -> tuple[str, str]:
        """By the clause that sets it (3.10 after 3.9), then by name."""
        return sortnoegle(self.klausul), sortnoegle(self.beskrivelse.navn)


def raekker(saet: Vilkaarssaet) -> list[Vilkaarsraekke]:
    """The terms of a set by the clause that sets them."""
    alle = [Vilkaarsraekke(NOEGLER[Noegle(v.noegle)], v.noegle, v.vaerdi, v.klausul) for v in saet.vilkaar.all()]
    return sorted(alle, key=lambda raekke: raekke.orden)


@dataclass(frozen=True, slots=True)
class Udspring:
    """What a set was published from: a version of an agreement, or of an allonge to the agreement `allonge_til` (None: it is none).

    `bortfaldet`: whether that agreement or allonge has lapsed.
    """

    version: int
    allonge_til: str | None
    bortfaldet: bool


def udspring(saet: Iterable[Vilkaarssaet]) -> Mapping[UUID | None, Udspring]:
    """Of each set by its version; one that no version was published as is left out. One statement however many."""
    versioner = Version.objects.filter(pk__in={et.version_id for et in saet if et.version_id})
    raekker_ = versioner.values_list("pk", "nummer", "aftale__hovedaftale__titel", "aftale__tilstand")
    return {
        pk: Udspring(nummer, hovedaftale, tilstand == Aftaletilstand.BORTFALDET)
        for pk, nummer, hovedaftale, tilstand in raekker_
    }


@dataclass(frozen=True, slots=True)
class Saetgrund:
    """A set that does not govern the day, why, and its terms: what was decided while it did follows from them."""

    saet: Vilkaarssaet
    grund: str
    vilkaar: Sequence[Vilkaarsraekke]
    udspring: Udspring | None

    @property
    def navn(self) -> str:
        """What its table is called."""
        return f"Vilkår i sæt {self.saet.nummer}, {self.saet.kkr}"


@dataclass(frozen=True, slots=True)
class Ophaevet:
    """A clause an allonge that has begun took out of the agreement, with the terms it set."""

    klausul: str
    allonge: str


@dataclass(frozen=True, slots=True)
class Dagsvilkaar:
    """What governs the offers of a municipality on a day: the set and why it does (None, and why none does), its terms, what it lacks, and
    the other sets. `kkr` is the one the municipality belongs to that day; `ophaevede`: what is repealed in the agreement the set follows.
    """

    kkr: Kkr | None
    saet: Vilkaarssaet | None
    udspring: Udspring | None
    grund: str
    vilkaar: Sequence[Vilkaarsraekke]
    andre: Sequence[Saetgrund]
    ophaevede: Sequence[Ophaevet] = ()

    @property
    def mangler(self) -> list[tuple[Noegle, Noeglebeskrivelse]]:
        """The terms the set does not say: whoever needs one of them is told so."""
        satte = {raekke.noegle for raekke in self.vilkaar}
        return [(noegle, hvad) for noegle, hvad in NOEGLER.items() if self.saet and noegle not in satte]


def dagsvilkaar(kommunekode: str, dag: date) -> Dagsvilkaar:
    """Which terms govern the municipality's offers on the day, and why."""
    medlemskaber = list(KkrMedlemskab.objects.filter(kommune=kommunekode).select_related("kkr"))
    dagens = next((m.kkr for m in medlemskaber if dag in m.periode), None)
    fundet = styrende_saet(kommunekode, dag)
    saet = fundet[0] if fundet else None
    andre = _saetgrunde(medlemskaber, dag, saet)
    return Dagsvilkaar(
        kkr=dagens,
        saet=saet,
        udspring=udspring([saet]).get(saet.version_id) if saet else None,
        grund=fundet[1].grund if fundet else _hvorfor_intet(dagens, andre, dag),
        vilkaar=raekker(saet) if saet else (),
        andre=andre,
        ophaevede=_ophaevede(saet, dag) if saet else (),
    )


def _ophaevede(saet: Vilkaarssaet, dag: date) -> list[Ophaevet]:
    """What adopted allonger that have begun by the day have repealed in the agreement the set follows."""
    versioner = Version.objects.select_related("aftale__hovedaftale")
    fra = versioner.filter(pk=saet.version_id).first() if saet.version_id else None
    if fra is None:
        return []
    aftale = fra.aftale.hovedaftale or fra.aftale
    return [
        Ophaevet(tekst.navn, version.aftale.titel)
        for version in vedtagne_allonger(aftale, dag=dag)
        for tekst in klausuler(version)
        if tekst.udgave.ophaever
    ]


def _hvorfor_intet(kkr: Kkr | None, andre: Sequence[Saetgrund], dag: date) -> str:
    """Why no set governs the day: nothing agreed, or nothing yet."""
    if kkr is None:
        return "Kommunen hører ikke til noget KKR den dag, så ingen rammeaftale omfatter dens tilbud."
    begynder = min(
        (Periode.af_range(et.saet.udsendt_periode).fra for et in andre if et.saet.kkr_id == kkr.pk), default=None
    )
    if begynder is not None and dag < begynder:
        return f"{kkr} har ingen vilkår så tidligt: det første sæt gælder fra {kort_dato(begynder)}."
    return f"Intet vilkårssæt er begyndt i {kkr}. Sekretariatet udsender det, når aftalen er anbefalet eller vedtaget."


def i_orden(saet: Iterable[Vilkaarssaet]) -> list[Vilkaarssaet]:
    """By KKR in Danish order, the newest of each first. Needs `kkr` loaded."""
    return sorted(saet, key=lambda et: (sortnoegle(et.kkr.navn), -et.nummer))


def _saetgrunde(medlemskaber: Iterable[KkrMedlemskab], dag: date, styrende: Vilkaarssaet | None) -> list[Saetgrund]:
    """Every other set of the KKRs the municipality belongs or belonged to, the latest first, with why it does not govern the day."""
    i_kkr: dict[UUID, list[Periode]] = {}
    for m in medlemskaber:
        i_kkr.setdefault(m.kkr_id, []).append(Periode.af_range(m.periode))
    raekkefoelge = i_orden(Vilkaarssaet.objects.filter(kkr__in=i_kkr).select_related("kkr").prefetch_related("vilkaar"))
    udspringene = udspring(raekkefoelge)
    fra = {saet.pk: udspringene.get(saet.version_id) for saet in raekkefoelge}
    return [
        Saetgrund(saet, _grund(saet, fra[saet.pk], raekkefoelge, i_kkr[saet.kkr_id], dag), raekker(saet), fra[saet.pk])
        for saet in raekkefoelge
        if saet != styrende
    ]


def _grund(
    saet: Vilkaarssaet, fra: Udspring | None, alle: Sequence[Vilkaarssaet], i_kkr: Sequence[Periode], dag: date
) -> str:
    udsendt = Periode.af_range(saet.udsendt_periode)
    if not any(periode.indeholder(dag) for periode in i_kkr):
        return f"Kommunen hører ikke til {saet.kkr} den dag."
    if dag < udsendt.fra:
        return f"Sættet gælder først fra {kort_dato(udsendt.fra)}."
    foreloebig = saet.status == Saetstatus.FORELOEBIG
    if dag in saet.periode:
        return "Sættet er foreløbigt; et endeligt sæt går forud." if foreloebig else "Et andet sæt går forud."
    return _forbi(saet, fra, alle, dag) if foreloebig else _overtaget(udsendt, dag)


def _forbi(saet: Vilkaarssaet, fra: Udspring | None, alle: Sequence[Vilkaarssaet], dag: date) -> str:
    """Why a preliminary set does not hold for a day it was once published for, or for one after that."""
    udsendt = Periode.af_range(saet.udsendt_periode)
    if not udsendt.indeholder(dag):
        return "Sættets periode er gået, og et foreløbigt sæt fortsætter ikke efter den."
    if any(_tager_dagen(et, saet, dag) for et in alle):
        return _overtaget(udsendt, dag)
    if fra and fra.bortfaldet:
        return "Sættet er trukket tilbage, fordi aftalen er bortfaldet."
    return "Sekretariatet har trukket sættet tilbage."


def _overtaget(udsendt: Periode, dag: date) -> str:
    if udsendt.indeholder(dag):
        return "Et senere sæt har overtaget dagen."
    return "Sættets periode er gået, og et senere sæt er trådt til."


def _tager_dagen(senere: Vilkaarssaet, saet: Vilkaarssaet, dag: date) -> bool:
    """Whether a later set of the same kind was published for the day."""
    af_samme_slags = (senere.kkr_id, senere.status) == (saet.kkr_id, saet.status)
    return af_samme_slags and senere.nummer > saet.nummer and dag in senere.udsendt_periode


@dataclass(frozen=True, slots=True)
class Stykke:
    """Days in a row that one set governs."""

    periode: Periode
    vilkaar: GaeldendeVilkaar


@dataclass(frozen=True, slots=True)
class Forskel:
    """A term that is not the same in all of the sets: its value in each, in words; None where a set lacks it."""

    noegle: Noegle
    beskrivelse: Noeglebeskrivelse
    vaerdier: Sequence[str | None]


@dataclass(frozen=True, slots=True)
class SideOmSide:
    """The sets that govern the years around a day, in order, and where they differ."""

    stykker: Sequence[Stykke]
    forskelle: Sequence[Forskel]


def side_om_side(kommunekode: str, dag: date) -> SideOmSide:
    """What governs the municipality's offers before, on and after the day, also across a merger of KKRs. One statement."""
    aarene = Periode(date(dag.year - OMKRING, 1, 1), date(dag.year + OMKRING + 1, 1, 1))
    stykker: list[Stykke] = []
    for periode, vilkaar in vilkaarskalender(aarene, kommunekode).i_perioden(kommunekode):
        if stykker and stykker[-1].vilkaar.saet_id == vilkaar.saet_id:
            stykker[-1] = Stykke(Periode(stykker[-1].periode.fra, periode.til), vilkaar)
        else:
            stykker.append(Stykke(periode, vilkaar))
    alle = [(noegle, [_vaerdi(et.vilkaar, noegle) for et in stykker]) for noegle in NOEGLER]
    forskelle = [Forskel(noegle, NOEGLER[noegle], vaerdier) for noegle, vaerdier in alle if len(set(vaerdier)) > 1]
    return SideOmSide(stykker, sorted(forskelle, key=lambda en: _orden(en.beskrivelse)))


def _vaerdi(vilkaar: GaeldendeVilkaar, noegle: Noegle) -> str | None:
    vaerdi = vilkaar.vaerdier.get(noegle)
    return None if vaerdi is None else NOEGLER[noegle].i_ord(vaerdi)
