"""Whatever is published, taken over or lapses in whatever order: on each day from the first set one set governs, and all who ask get the same one."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from faelles.fejl import Konflikt
from faelles.ids import uuid7
from faelles.tid import Periode
from kommuner.models import Kkr, KkrMedlemskab
from tests import fabrik
from vilkaar.actions import traek_foreloebige, udsend_saet
from vilkaar.kalender import vilkaarskalender
from vilkaar.models import Saetstatus, Vilkaarssaet
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende_pr_kommune, styrende_saet

FOERSTE, DAGE = date(2027, 1, 1), 20
VINDUE = Periode(FOERSTE, FOERSTE + timedelta(days=DAGE))
DAG, VARER = st.integers(1, DAGE - 1), st.integers(1, DAGE)
ALENE = {Noegle.INDSIGELSE_FRIST: "30"}


def dage(periode: Periode) -> list[date]:
    """Those of the period within the window."""
    alle = (FOERSTE + timedelta(days=nr) for nr in range(DAGE))
    return [dag for dag in alle if periode.indeholder(dag)]


class AltidEtSaet(RuleBasedStateMachine):
    """A KKR with one municipality and a final set from the first day on. `trukne`: the preliminary sets of agreements that lapsed."""

    def __init__(self) -> None:
        super().__init__()
        self.punkt = transaction.atomic()
        self.punkt.__enter__()
        self.kode = fabrik.kommune("Rødovre").kommunekode
        self.kkr = Kkr.objects.create(navn="KKR Nyt", slug="kkr-nyt")
        KkrMedlemskab.objects.filter(kommune=self.kode).update(kkr=self.kkr)
        self.foreloebige: list[UUID] = []
        self.trukne: set[UUID] = set()
        self._udsend(Saetstatus.ENDELIG, Periode(FOERSTE, FOERSTE + timedelta(days=5)))

    def teardown(self) -> None:
        """Forget it all."""
        transaction.set_rollback(True)
        self.punkt.__exit__(None, None, None)

    def _udsend(self, status: Saetstatus, periode: Periode, version: UUID | None = None) -> Vilkaarssaet | None:
        try:
            with transaction.atomic():
                return udsend_saet(
                    kkr=self.kkr, periode=periode, status=status, aftale="Aftalen", vaerdier=ALENE, demo=True,
                    version_id=version, afloeser=True,
                )  # fmt: skip
        except Konflikt:
            return None

    def _styrer(self, dag: date) -> Vilkaarssaet:
        fundet = styrende_saet(self.kode, dag)
        assert fundet is not None, f"no terms on {dag}"
        return fundet[0]

    @rule(fra=DAG, varer=VARER)
    def vedtag(self, fra: int, varer: int) -> None:
        """An agreement, or an allonge, is adopted: from then on its set governs each of its days."""
        periode = Periode(FOERSTE + timedelta(days=fra), FOERSTE + timedelta(days=fra + varer))
        if saet := self._udsend(Saetstatus.ENDELIG, periode):
            assert {self._styrer(dag).pk for dag in dage(periode)} == {saet.pk}

    @rule(fra=DAG, varer=VARER)
    def udsend_foreloebigt(self, fra: int, varer: int) -> None:
        """It governs the days no final set is of, and takes none from one."""
        periode, version = Periode(FOERSTE + timedelta(days=fra), FOERSTE + timedelta(days=fra + varer)), uuid7()
        foer = {dag: self._styrer(dag) for dag in dage(periode)}
        if saet := self._udsend(Saetstatus.FORELOEBIG, periode, version):
            self.foreloebige.append(version)
            for dag, den in foer.items():
                af_dagen = den.status == Saetstatus.ENDELIG and dag in den.periode
                assert self._styrer(dag).pk == (den.pk if af_dagen else saet.pk)

    @rule(nr=st.integers(0, 9))
    def bortfald(self, nr: int) -> None:
        """An agreement lapses: its preliminary sets govern no more, and what was there before goes on."""
        if self.foreloebige:
            version = self.foreloebige[nr % len(self.foreloebige)]
            traek_foreloebige([version])
            self.trukne |= set(Vilkaarssaet.objects.filter(version_id=version).values_list("pk", flat=True))

    @invariant()
    def et_saet_styrer_hver_dag_og_alle_faar_det_samme_svar(self) -> None:
        kalender = vilkaarskalender(VINDUE)
        for dag in dage(VINDUE):
            saet = self._styrer(dag)
            assert saet.pk not in self.trukne
            assert kalender.paa(self.kode, dag).saet_id == saet.pk
            assert saet.status == Saetstatus.ENDELIG or dag in saet.periode, "only a final set goes on"
        for dag in (FOERSTE, FOERSTE + timedelta(days=DAGE // 2), FOERSTE + timedelta(days=DAGE - 1)):
            assert gaeldende_pr_kommune([self.kode], dag)[self.kode].saet_id == self._styrer(dag).pk

    @invariant()
    def to_saet_af_samme_slags_deler_aldrig_en_dag(self) -> None:
        for status in Saetstatus:
            perioder = Vilkaarssaet.objects.filter(kkr=self.kkr, status=status, periode__isempty=False)
            alle = [dag for saet in perioder for dag in dage(Periode.af_range(saet.periode))]
            assert len(alle) == len(set(alle))


@pytest.mark.django_db
def test_terms_are_never_ambiguous_nor_missing_whatever_is_published_and_lapses() -> None:
    run_state_machine_as_test(AltidEtSaet, settings=settings(max_examples=10, stateful_step_count=12))


@pytest.mark.django_db
def test_before_the_first_set_there_are_no_terms() -> None:
    maskine = AltidEtSaet()
    try:
        assert styrende_saet(maskine.kode, FOERSTE - timedelta(days=1)) is None
    finally:
        maskine.teardown()
