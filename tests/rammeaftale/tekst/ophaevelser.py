"""A machine that lets allonger repeal, amend and add clauses at random, and keeps its own count of which terms are set on each day, and by what."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from faelles.fejl import UgyldigtInput
from faelles.tid import Periode
from rammeaftale.actions import opret_allonge, vedtag_enstemmige
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Delart, Rammeaftale
from rammeaftale.tekst.actions import Klausulindhold, ophaev_klausul, opret_klausul
from rammeaftale.tekst.dele import opret_del
from rammeaftale.tekst.gaeldende import som_aendret
from tests import fabrik
from tests.rammeaftale.aftaler import anbefal, godkend, klausul, saet, send, tag, tom_kladde, udvikling
from tests.rammeaftale.test_trin import nyeste
from vilkaar.kalender import vilkaarskalender
from vilkaar.noegler import NOEGLER, Noegle
from vilkaar.queries import gaeldende, gaeldende_i_kommune_paa

FRIST, SVARFRIST, GYLDIGHED = Noegle.INDSIGELSE_FRIST, Noegle.FORESPOERGSEL_SVARFRIST, Noegle.PLADSTILBUD_GYLDIGHED
FLYTTES = {"5": (SVARFRIST,), "6": (FRIST, GYLDIGHED)}  # the clauses that can be repealed; 3.1 sets all the rest
AARENE = Periode(date(2027, 1, 1), date(2029, 1, 1))
DAGE = [date(aar, maaned, 1) for aar in (2027, 2028) for maaned in (1, 5, 9)]
HVILKEN, DAG = st.integers(0, 5), st.sampled_from(DAGE)
NOEGLE = st.sampled_from([FRIST, SVARFRIST, GYLDIGHED])
MANGLER = re.compile(r"(\S+) til (\S+): Vilkåret »(.+)« \((\w+)\) mangler; det hører til klausulen (.+)\.")
BORTE = re.compile(r"\S+ til \S+: (.+) Takster og frister (?:ændrer|ophæver) en klausul, som (.+) har ophævet\.")


class Sat(NamedTuple):
    """A term as it is set: its value, the clause of the agreement it goes with, and the name of the one that says it."""

    vaerdi: str
    ejer: UUID
    navn: str


@dataclass(eq=False)
class Allonge:
    """What one does from a day on: the clause it takes out, the one it amends, and what it sets."""

    aftale: Rammeaftale
    fra: date
    ophaever: UUID | None
    aendrer: UUID | None
    saetter: Mapping[Noegle, Sat]
    ny: UUID | None
    sagt_ja: bool = False

    @property
    def naevner(self) -> set[UUID]:
        """The clauses of the agreement it is about."""
        return {en for en in (self.ophaever, self.aendrer) if en}


@dataclass(frozen=True)
class Vedtaget:
    """The agreement all begin with: what it sets, and the clauses that can be repealed."""

    aftale: Rammeaftale
    saetter: Mapping[Noegle, Sat]
    klausuler: Collection[UUID]
    kode: str


def vedtaget() -> Vedtaget:
    """Adopted by a municipality and the region."""
    aftale = tom_kladde("Rødovre")
    flyttes = {noegle for noegler in FLYTTES.values() for noegle in noegler}
    satte = {"3.1": [noegle for noegle in fabrik.VAERDIER if noegle not in flyttes], **FLYTTES}
    saetter, klausuler = {}, []
    for nummer, noegler in satte.items():
        udgave = saet(aftale, klausul(aftale, nummer), {noegle: fabrik.VAERDIER[noegle] for noegle in noegler})
        klausuler.append(udgave.klausul_id)
        saetter.update({noegle: Sat(fabrik.VAERDIER[noegle], udgave.klausul_id, _navn(nummer)) for noegle in noegler})
    udvikling(aftale)
    anbefal(aftale)
    send(aftale)
    godkend(aftale)
    return Vedtaget(aftale, saetter, klausuler[1:], fabrik.kommune("Rødovre").kommunekode)


class Ophaevelser(RuleBasedStateMachine):
    """`undervejs`: the allonger that are not decided; `vedtagne`: those that are, in that order."""

    def __init__(self, hoved: Vedtaget) -> None:
        super().__init__()
        self.punkt = transaction.atomic()
        self.punkt.__enter__()
        self.hoved = hoved
        self.undervejs: list[Allonge] = []
        self.vedtagne: list[Allonge] = []
        self.numre = count(1)

    def teardown(self) -> None:
        """Forget it all."""
        transaction.set_rollback(True)
        self.punkt.__exit__(None, None, None)

    # --- Its own count ---------------------------------------------------------------------------------------------------------

    def saettes(self, dag: date, *mere: Allonge) -> dict[Noegle, Sat]:
        """What is set on the day when the allonger adopted have had their way, and these after them."""
        satte = dict(self.hoved.saetter)
        for en in [*self.vedtagne, *mere]:
            if en.fra <= dag:
                satte = {noegle: sat for noegle, sat in satte.items() if sat.ejer != en.ophaever} | dict(en.saetter)
        return satte

    def findes(self) -> list[UUID]:
        """The clauses that can be amended and repealed now."""
        alle = [*self.hoved.klausuler, *(en.ny for en in self.vedtagne if en.ny)]
        return [pk for pk in alle if pk not in {en.ophaever for en in self.vedtagne}]

    def mangler(self, en: Allonge) -> set[tuple[date, Noegle]]:
        """The terms nothing would set, on each day, if it was adopted now."""
        return {(dag, noegle) for dag in DAGE if dag >= en.fra for noegle in set(Noegle) - self.saettes(dag, en).keys()}

    def kan_vedtages(self, en: Allonge) -> bool:
        return not self.mangler(en) and en.naevner <= set(self.findes())

    # --- What is done ----------------------------------------------------------------------------------------------------------

    @rule(fra=DAG, ophaever=st.none() | HVILKEN, aendrer=st.none() | HVILKEN, noegle=st.none() | NOEGLE)
    def begynd(self, fra: date, ophaever: int | None, aendrer: int | None, noegle: Noegle | None) -> None:
        """A draft that takes out one clause or none, and sets one term or none: in a clause it amends, or in a new one."""
        ude, rettes = self._en(ophaever), self._en(aendrer)
        self._begynd(fra, ude, None if rettes == ude else rettes, noegle)

    def _en(self, nr: int | None) -> UUID | None:
        """One of the clauses there are."""
        mulige = self.findes()
        return mulige[nr % len(mulige)] if mulige and nr is not None else None

    def _begynd(self, fra: date, ude: UUID | None, rettes: UUID | None, noegle: Noegle | None) -> Allonge:
        nr = next(self.numre)
        af: dict[str, Any] = {"aktoer": fabrik.sekretariat()}
        ny = opret_allonge(**af, aftale_id=self.hoved.aftale.pk, titel=f"Allonge {nr}", fra=fra)
        af |= {"aftale_id": ny.pk}
        af["del_id"] = opret_del(**af, art=Delart.STYRINGSDEL, titel="Styringsdel").pk
        nummer = f"{1 if nr % 2 else 9}.{nr}"
        skrevet = opret_klausul(
            **af, indhold=Klausulindhold(nummer, "Takster og frister", "Som aftalt."), aendrer=rettes
        )
        if ude:
            ophaev_klausul(**af, ophaeves=ude)
        egen = None if rettes else skrevet.klausul_id
        saetter = {noegle: Sat(str(20 + nr), rettes or skrevet.klausul_id, _navn(nummer))} if noegle else {}
        if saetter:
            saet(ny, skrevet, {noegle: sat.vaerdi for noegle, sat in saetter.items()})
        self.undervejs.append(Allonge(ny, fra, ude, rettes, saetter, egen))
        return self.undervejs[-1]

    @precondition(lambda maskine: maskine.undervejs)
    @rule(nr=HVILKEN)
    def send(self, nr: int) -> None:
        """One that would leave a term unset, or names a clause that is gone, is not sent; and it is said which, and on what days."""
        self._send(self.undervejs[nr % len(self.undervejs)])

    def _send(self, en: Allonge) -> None:
        if en.aftale.tilstand == Aftaletilstand.KLADDE:
            Rammeaftale.objects.filter(pk=en.aftale.pk).update(tilstand=Aftaletilstand.KKR_ANBEFALET)
            en.aftale.refresh_from_db()
        if en.aftale.tilstand != Aftaletilstand.KKR_ANBEFALET:
            return
        try:
            with transaction.atomic():
                send(en.aftale)
        except UgyldigtInput as fejl:
            self._siger_hvad(en, fejl.felter["version"])
        else:
            assert self.kan_vedtages(en)
        en.aftale.refresh_from_db()

    def _siger_hvad(self, en: Allonge, fejl: Collection[str]) -> None:
        """Each term and clause by name, on the very days, and nothing else."""
        mangler = [fundet.groups() for besked in fejl if (fundet := MANGLER.fullmatch(besked))]
        borte = [fundet.groups() for besked in fejl if (fundet := BORTE.fullmatch(besked))]
        assert len(fejl) == len(mangler) + len(borte) > 0
        for _, _, navn, noegle, klausulen in mangler:
            assert (navn, klausulen) == (NOEGLER[Noegle(noegle)].navn, NOEGLER[Noegle(noegle)].klausul)
        dage = [
            (dag, Noegle(noegle)) for fra, til, _, noegle, _ in mangler for dag in DAGE if _dag(fra) <= dag <= _dag(til)
        ]
        assert len(dage) == len(set(dage))
        assert set(dage) == self.mangler(en)
        ophaevede_af = {foer.ophaever: str(foer.aftale) for foer in self.vedtagne if foer.ophaever}
        assert sorted(af for _, af in borte) == sorted(ophaevede_af[pk] for pk in en.naevner if pk not in self.findes())

    @precondition(lambda maskine: maskine.undervejs)
    @rule(nr=HVILKEN)
    def alle_siger_ja(self, nr: int) -> None:
        """It is adopted, unless others adopted since it was sent have left it in the wrong."""
        self._vedtag(self.undervejs[nr % len(self.undervejs)])

    def _vedtag(self, en: Allonge) -> None:
        self._send(en)
        if en.aftale.tilstand == Aftaletilstand.SENDT and not en.sagt_ja:
            godkend(en.aftale)
            en.sagt_ja = True
            self._afgjort(en)

    def _afgjort(self, en: Allonge) -> None:
        ventet = Aftaletilstand.VEDTAGET if self.kan_vedtages(en) else Aftaletilstand.SENDT
        en.aftale.refresh_from_db()
        assert en.aftale.tilstand == ventet
        if ventet is Aftaletilstand.VEDTAGET:
            self.undervejs.remove(en)
            self.vedtagne.append(en)

    @rule(dage=st.tuples(DAG, DAG), noegle=NOEGLE, den_nye=st.booleans(), igen=st.booleans())
    def flyt_et_vilkaar_og_ophaev(self, dage: tuple[date, date], noegle: Noegle, den_nye: bool, igen: bool) -> None:
        """Many steps as one, so that the machine gets to take out the clause that set a term, or the one that sets it now, on days
        before and after the term moved. `igen`: what takes it out sets the term itself.
        """
        foer = self.saettes(DAGE[-1])[noegle].ejer
        flytter = self._begynd(dage[0], None, None, noegle)
        self._vedtag(flytter)
        ude = flytter.ny if den_nye else foer
        if ude in self.findes():
            self._vedtag(self._begynd(dage[1], ude, None, noegle if igen else None))

    @rule(dage=st.tuples(DAG, DAG), hvilken=HVILKEN, noegle=NOEGLE, igen=st.booleans(), ophaever_foerst=st.booleans())
    def ophaev_og_aendr_paa_en_gang(
        self, dage: tuple[date, date], hvilken: int, noegle: Noegle, igen: bool, ophaever_foerst: bool
    ) -> None:
        """Many steps as one: two are sent about the same clause, and the one that is adopted first leaves the other in the wrong."""
        om = self._en(hvilken)
        ophaever = self._begynd(dage[0], om, None, noegle if igen else None)
        aendrer = self._begynd(dage[1], None, om, noegle)
        begge = (ophaever, aendrer) if ophaever_foerst else (aendrer, ophaever)
        for en in reversed(begge):
            self._send(en)
        for en in begge:
            self._vedtag(en)

    @precondition(lambda maskine: any(en.sagt_ja for en in maskine.undervejs))
    @rule()
    def natten_gaar(self) -> None:
        """What all have approved is looked at again: another may have set the term since."""
        vedtag_enstemmige()
        for en in sorted((en for en in self.undervejs if en.sagt_ja), key=lambda en: en.aftale.pk):
            self._afgjort(en)

    @precondition(lambda maskine: maskine.undervejs)
    @rule(nr=HVILKEN)
    def bortfald(self, nr: int) -> None:
        tag(self.undervejs.pop(nr % len(self.undervejs)).aftale, Aftaletilstand.BORTFALDET)

    # --- What always holds -----------------------------------------------------------------------------------------------------

    @invariant()
    def hvert_vilkaar_er_sat_hver_dag_som_talt_og_alle_faar_det_samme_svar(self) -> None:
        paa, kalender = gaeldende_i_kommune_paa(self.hoved.kode, DAGE), vilkaarskalender(AARENE)
        for dag in DAGE:
            ventet = self.saettes(dag)
            assert ventet.keys() == set(Noegle), "adopted with a term nobody sets"
            assert paa[dag].vaerdier == {noegle: NOEGLER[noegle].laes(sat.vaerdi) for noegle, sat in ventet.items()}
            assert paa[dag].klausuler == {noegle: sat.navn for noegle, sat in ventet.items()}
            assert kalender.paa(self.hoved.kode, dag).saet_id == paa[dag].saet_id
        assert gaeldende(self.hoved.aftale.kkr_id, DAGE[-1]) == paa[DAGE[-1]]

    @invariant()
    def teksten_saetter_hvert_vilkaar_en_gang_og_har_ingen_ophaevet_klausul(self) -> None:
        klausuler = som_aendret(nyeste(self.hoved.aftale))
        satte = [(noegle, vaerdi) for en in klausuler for noegle, vaerdi in en.tekst.vilkaar.items()]
        assert sorted(satte) == sorted((noegle, sat.vaerdi) for noegle, sat in self.saettes(DAGE[-1]).items())
        assert set(self.findes()) <= {en.klausul.pk for en in klausuler}
        assert not {en.ophaever for en in self.vedtagne} & {en.klausul.pk for en in klausuler}


def _navn(nummer: str) -> str:
    return f"Styringsdel {nummer} Takster og frister"


def _dag(skrevet: str) -> date:
    dag, maaned, aar = map(int, skrevet.split("."))
    return date(aar, maaned, dag)
