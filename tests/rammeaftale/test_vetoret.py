"""Every party has a veto, whatever happens in whatever order, to the agreement and to its allonger; and on each day the terms are those adopted last.

A machine that takes steps at random and keeps its own count.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from faelles.fejl import DomaeneFejl
from faelles.tid import Periode, idag
from rammeaftale.actions import ny_version, opret_allonge, traek_vilkaar, udsend_foreloebigt
from rammeaftale.livscyklus import OVERGANGE, Aendringsart, Aftaletilstand, Partsstatus, afgoerelsesdag
from rammeaftale.models import Aftaletrin, Part, Rammeaftale
from rammeaftale.tekst.queries import klausuler
from tests import fabrik
from tests.rammeaftale.aftaler import kladde, klausul, saet, send, tag
from tests.rammeaftale.rapporter.situationer import beslut
from tests.rammeaftale.test_trin import nyeste
from tests.takster.genberegning.situationer import indtil_aaret
from vilkaar.kalender import vilkaarskalender
from vilkaar.models import Saetstatus, Vilkaarssaet
from vilkaar.noegler import Noegle
from vilkaar.queries import styrende_saet

NR, HVILKEN = st.integers(0, 3), st.integers(0, 2)
FRIST = st.sampled_from(["30", "45", "60"])
SVAR = st.sampled_from([s for s in Partsstatus if s is not Partsstatus.AFVENTER])

UNDERVEJS = {Aftaletilstand.KLADDE, Aftaletilstand.EMBEDSMANDSUDVALG, Aftaletilstand.KKR_ANBEFALET}
FLEST = 3  # the agreement and two allonger
AARENE = Periode(date(2027, 1, 1), date(2029, 1, 1))
DAGE = [date(aar, maaned, 1) for aar in (2027, 2028) for maaned in (1, 4, 7, 10)] + [date(2028, 12, 31)]


@dataclass
class Fulgt:
    """An agreement or an allonge. `ja`: who has, by what the machine saw, said yes to the text that is out, and to which deadline in it:
    the term is what the machine writes.
    """

    aftale: Rammeaftale
    frist: str
    parter: list[Part] = field(init=False)
    ja: dict[int, str] = field(default_factory=dict)
    gange: int = 0

    def __post_init__(self) -> None:
        self.parter = list(self.aftale.parter.select_related("organisation"))

    def proev(self, gerning: Callable[[], object]) -> bool:
        """Whether it could be done."""
        try:
            with transaction.atomic():
                gerning()
        except DomaeneFejl:
            return False
        finally:
            self.aftale = Rammeaftale.objects.get(pk=self.aftale.pk)
        return True

    def alle(self) -> set[int]:
        """Those who decide."""
        dag = afgoerelsesdag(self.aftale.aftaleperiode, idag())
        return {nr for nr, part in enumerate(self.parter) if dag in part.periode}


class Vetoret(RuleBasedStateMachine):
    """An agreement of three municipalities and a region, and its allonger. `vedtagne`: the days and the deadline of what was adopted,
    in that order; `foreloebig`: the deadline of the preliminary terms.
    """

    def __init__(self) -> None:
        super().__init__()
        self.punkt = transaction.atomic()
        self.punkt.__enter__()
        hoved = kladde()
        indtil_aaret()
        self.fulgte = [Fulgt(hoved, fabrik.VAERDIER[Noegle.INDSIGELSE_FRIST])]
        self.vedtagne: list[tuple[Fulgt, Periode, str]] = []
        self.foreloebig = ""
        self.kode = fabrik.kommune("Rødovre").kommunekode

    def teardown(self) -> None:
        """Forget it all."""
        transaction.set_rollback(True)
        self.punkt.__exit__(None, None, None)

    def _hvilken(self, nr: int) -> Fulgt:
        return self.fulgte[nr % len(self.fulgte)]

    @rule(hvilken=HVILKEN, til=st.sampled_from([t for t in Aftaletilstand if t is not Aftaletilstand.BORTFALDET]))
    def tag_et_trin(self, hvilken: int, til: Aftaletilstand) -> None:
        en = self._hvilken(hvilken)
        en.proev(lambda: tag(en.aftale, til))

    @rule(hvilken=HVILKEN, alvor=st.integers(0, 1))
    def bortfald(self, hvilken: int, alvor: int) -> None:
        """An allonge, or more seldom the agreement and its preliminary terms with it."""
        en = self._hvilken(hvilken)
        if (en is not self.fulgte[0] or not alvor) and en.proev(lambda: tag(en.aftale, Aftaletilstand.BORTFALDET)):
            self.foreloebig = "" if en is self.fulgte[0] else self.foreloebig

    @rule(hvilken=HVILKEN)
    def gaa_frem(self, hvilken: int) -> None:
        """The next step of the way, so that the machine gets far enough to find something."""
        self._frem(self._hvilken(hvilken))

    def _frem(self, en: Fulgt) -> None:
        naeste = {"kladde": Aftaletilstand.EMBEDSMANDSUDVALG, "embedsmandsudvalg": Aftaletilstand.KKR_ANBEFALET}
        if til := naeste.get(en.aftale.tilstand):
            en.proev(lambda: tag(en.aftale, til))
        elif en.aftale.tilstand == Aftaletilstand.KKR_ANBEFALET:
            self._send(en, Aendringsart.ALLE_PARTER, 0)

    @rule(hvilken=HVILKEN, aendring=st.sampled_from(Aendringsart), nr=NR)
    def send_versionen(self, hvilken: int, aendring: Aendringsart, nr: int) -> None:
        self._send(self._hvilken(hvilken), aendring, nr)

    def _send(self, en: Fulgt, aendring: Aendringsart, nr: int) -> None:
        foerste, hvem = not en.gange, nr % len(en.parter)
        beroerte = {en.parter[hvem].id} if aendring is Aendringsart.NOGLE_PARTER else set()
        if en.proev(lambda: send(en.aftale, None if foerste else aendring, beroerte)):
            en.gange += 1
            if aendring is Aendringsart.ALLE_PARTER:
                en.ja = {}
            elif aendring is Aendringsart.NOGLE_PARTER and not foerste:
                en.ja.pop(hvem, None)

    @rule(hvilken=HVILKEN, frist=FRIST)
    def skriv_vilkaaret(self, hvilken: int, frist: str) -> None:
        self._skriv(self._hvilken(hvilken), frist)

    def _skriv(self, en: Fulgt, frist: str) -> None:
        (tekst,) = klausuler(nyeste(en.aftale))
        andre = {} if en.aftale.hovedaftale_id else fabrik.VAERDIER
        if en.proev(lambda: saet(en.aftale, tekst.udgave, {**andre, Noegle.INDSIGELSE_FRIST: frist})):
            en.frist = frist

    @rule(hvilken=HVILKEN)
    def aabn_ny_version(self, hvilken: int) -> None:
        self._aabn(self._hvilken(hvilken))

    def _aabn(self, en: Fulgt) -> None:
        kald: dict[str, Any] = {
            "aktoer": fabrik.sekretariat(),
            "aftale_id": en.aftale.id,
            "dato": idag(),
            "begrundelse": "Rettet",
        }
        en.proev(lambda: ny_version(**kald))

    @rule(hvilken=HVILKEN, nr=NR, frist=FRIST, aendring=st.sampled_from(Aendringsart))
    def send_en_rettet_version_efter_et_ja(self, hvilken: int, nr: int, frist: str, aendring: Aendringsart) -> None:
        """Many steps as one, so that the machine gets to call a changed term what it is not, while somebody has said yes."""
        en = self._hvilken(hvilken)
        while en.aftale.tilstand in UNDERVEJS:
            self._frem(en)
        self._svar(en, nr, Partsstatus.GODKENDT)
        if en.aftale.tilstand != Aftaletilstand.SENDT:
            return
        self._aabn(en)
        self._skriv(en, frist)
        self._frem(en)
        self._frem(en)
        self._send(en, aendring, nr)

    @rule(hvilken=HVILKEN, nr=NR, svar=SVAR)
    def part_svarer(self, hvilken: int, nr: int, svar: Partsstatus) -> None:
        self._svar(self._hvilken(hvilken), nr, svar)

    def _svar(self, en: Fulgt, nr: int, svar: Partsstatus) -> None:
        hvem = nr % len(en.parter)
        if en.proev(lambda: beslut(en.aftale, en.parter[hvem], svar, dato=idag(), bemaerkning="Som drøftet")):
            en.ja.pop(hvem, None)
            if svar.value.startswith("godkendt"):
                en.ja[hvem] = en.frist

    @rule(hvilken=HVILKEN)
    def resten_siger_ja(self, hvilken: int) -> None:
        self._resten(self._hvilken(hvilken))

    def _resten(self, en: Fulgt) -> None:
        for nr in sorted(en.alle() - set(en.ja)):
            self._svar(en, nr, Partsstatus.GODKENDT)

    @rule(frist=FRIST, fra=st.sampled_from(DAGE))
    def begynd_en_allonge(self, frist: str, fra: date) -> None:
        """To the agreement, which is taken all the way to its adoption first."""
        hoved = self.fulgte[0]
        while hoved.aftale.tilstand in UNDERVEJS:
            self._frem(hoved)
        self._resten(hoved)
        self.et_ja_fra_alle_vedtager_og_intet_andet()
        if hoved.aftale.tilstand == Aftaletilstand.VEDTAGET and len(self.fulgte) < FLEST:
            titel = f"Allonge {len(self.fulgte)}"
            ny = opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=hoved.aftale.id, titel=titel, fra=fra)
            saet(ny, klausul(ny, f"9.{len(self.fulgte)}"), {Noegle.INDSIGELSE_FRIST: frist})
            self.fulgte.append(Fulgt(ny, frist))

    @rule(hvilken=HVILKEN)
    def udsend_foreloebigt(self, hvilken: int) -> None:
        """What is on its way to KKR gets there first."""
        en = self._hvilken(hvilken)
        while en.aftale.tilstand in UNDERVEJS - {Aftaletilstand.KKR_ANBEFALET}:
            self._frem(en)
        kald: dict[str, Any] = {"aktoer": fabrik.sekretariat(), "aftale_id": en.aftale.id}
        if en.proev(lambda: udsend_foreloebigt(**kald)):
            assert en is self.fulgte[0]
            self.foreloebig = en.frist

    @rule()
    def traek_foreloebige(self) -> None:
        hoved = self.fulgte[0]
        if hoved.proev(lambda: traek_vilkaar(aktoer=fabrik.sekretariat(), aftale_id=hoved.aftale.id)):
            assert self.foreloebig
            self.foreloebig = ""

    @invariant()
    def et_ja_fra_alle_vedtager_og_intet_andet(self) -> None:
        for en in self.fulgte:
            alle = en.alle()
            assert alle
            if en.aftale.tilstand == Aftaletilstand.VEDTAGET:
                assert alle <= set(en.ja)
                assert {en.ja[nr] for nr in alle} == {en.frist}, "everyone has said yes to the term itself"
                if not any(kendt is en for kendt, _, _ in self.vedtagne):
                    self.vedtagne.append((en, en.aftale.aftaleperiode, en.frist))
            if en.aftale.tilstand == Aftaletilstand.SENDT:
                assert not alle <= set(en.ja)

    @invariant()
    def et_saet_styrer_hver_dag_og_det_er_det_sidst_vedtagne(self) -> None:
        """As the agreements' own way of writing the sets makes it, whoever asks."""
        self.et_ja_fra_alle_vedtager_og_intet_andet()
        kalender = vilkaarskalender(AARENE)
        for dag in DAGE:
            fundet = styrende_saet(self.kode, dag)
            assert fundet is not None
            vedtaget = next((frist for _, dage, frist in reversed(self.vedtagne) if dage.indeholder(dag)), None)
            venter = vedtaget or self.foreloebig or fabrik.VAERDIER[Noegle.INDSIGELSE_FRIST]
            assert fundet[0].vilkaar.get(noegle=Noegle.INDSIGELSE_FRIST).vaerdi == venter
            assert fundet[0].status == (
                Saetstatus.FORELOEBIG if self.foreloebig and not vedtaget else Saetstatus.ENDELIG
            )
            assert kalender.paa(self.kode, dag).saet_id == fundet[0].pk
        for status in Saetstatus:
            perioder = Vilkaarssaet.objects.filter(status=status, kkr=fabrik.kkr(), periode__isempty=False)
            alle = [dag for dage in perioder.values_list("periode", flat=True) for dag in DAGE if dag in dage]
            assert len(alle) == len(set(alle))

    @invariant()
    def databasen_er_enig_og_trinene_foelger_tabellen(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for en in self.fulgte:
            her = Aftaletilstand.KLADDE
            for trin in Aftaletrin.objects.filter(aftale=en.aftale).order_by("registreret", "id"):
                assert trin.fra == her
                assert trin.til in OVERGANGE[her]
                her = Aftaletilstand(trin.til)
            assert en.aftale.tilstand == her


@pytest.mark.django_db
def test_agreement_and_allonge_are_adopted_by_every_party_of_the_day_and_never_without_one() -> None:
    run_state_machine_as_test(Vetoret, settings=settings(max_examples=20, stateful_step_count=20))


@pytest.mark.django_db
def test_preliminary_terms_lapse_with_the_agreement_and_stand_when_it_goes_back() -> None:
    """The same count, by a way of its own."""
    maskine = Vetoret()
    try:
        maskine.skriv_vilkaaret(0, "45")
        maskine.udsend_foreloebigt(0)
        maskine.tag_et_trin(0, Aftaletilstand.KLADDE)
        maskine.et_saet_styrer_hver_dag_og_det_er_det_sidst_vedtagne()
        assert maskine.foreloebig == "45"
        maskine.bortfald(0, 0)
        maskine.et_saet_styrer_hver_dag_og_det_er_det_sidst_vedtagne()
        assert maskine.foreloebig == ""
    finally:
        maskine.teardown()


@pytest.mark.django_db
def test_machine_reaches_two_adopted_allonger_and_one_that_lapses() -> None:
    """A control: what the machine is for is within its reach."""
    maskine = Vetoret()
    try:
        maskine.udsend_foreloebigt(0)
        maskine.begynd_en_allonge("45", date(2027, 7, 1))
        maskine.begynd_en_allonge("60", date(2028, 1, 1))
        maskine.send_en_rettet_version_efter_et_ja(1, 0, "60", Aendringsart.ALLE_PARTER)
        maskine.resten_siger_ja(1)
        maskine.bortfald(2, 0)
        maskine.et_saet_styrer_hver_dag_og_det_er_det_sidst_vedtagne()
        tilstande = [en.aftale.tilstand for en in maskine.fulgte]
        assert tilstande == [Aftaletilstand.VEDTAGET, Aftaletilstand.VEDTAGET, Aftaletilstand.BORTFALDET]
        assert [frist for _, _, frist in maskine.vedtagne] == ["30", "60"]
    finally:
        maskine.teardown()
