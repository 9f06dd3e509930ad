"""Every party has a veto, whatever happens in whatever order: a machine that takes steps at random and keeps its own count."""

import pytest
from django.db import connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from faelles.fejl import DomaeneFejl
from faelles.tid import idag
from rammeaftale.actions import ny_version
from rammeaftale.livscyklus import OVERGANGE, Aendringsart, Aftaletilstand, Partsstatus, afgoerelsesdag
from rammeaftale.models import Aftaletrin, Rammeaftale
from rammeaftale.queries import seneste_version
from rammeaftale.tekst.queries import klausuler
from tests import fabrik
from tests.rammeaftale.aftaler import kladde, saet, send, tag
from tests.rammeaftale.rapporter.situationer import beslut
from vilkaar.noegler import Noegle

NR = st.integers(0, 3)
SVAR = st.sampled_from([s for s in Partsstatus if s is not Partsstatus.AFVENTER])

UNDERVEJS = {Aftaletilstand.KLADDE, Aftaletilstand.EMBEDSMANDSUDVALG, Aftaletilstand.KKR_ANBEFALET}


class Vetoret(RuleBasedStateMachine):
    """One agreement of three municipalities and a region. `ja`: who has, by what this machine saw, said yes to the text that is out,
    and to which deadline in it: the term `frist` is what the machine writes.
    """

    def __init__(self) -> None:
        super().__init__()
        self.punkt = transaction.atomic()
        self.punkt.__enter__()
        self.aftale = kladde()
        self.parter = list(self.aftale.parter.select_related("organisation"))
        self.ja: dict[int, str] = {}
        self.frist = fabrik.VAERDIER[Noegle.INDSIGELSE_FRIST]
        self.gange = 0

    def teardown(self) -> None:
        """Forget it all."""
        transaction.set_rollback(True)
        self.punkt.__exit__(None, None, None)

    def _proev(self, gerning: object) -> bool:
        try:
            with transaction.atomic():
                gerning()  # type: ignore[operator]  # a function without arguments
        except DomaeneFejl:
            return False
        finally:
            self.aftale = Rammeaftale.objects.get(pk=self.aftale.pk)
        return True

    @rule(til=st.sampled_from(Aftaletilstand))
    def tag_et_trin(self, til: Aftaletilstand) -> None:
        self._proev(lambda: tag(self.aftale, til))

    @rule()
    def gaa_frem(self) -> None:
        """The next step of the way, so that the machine gets far enough to find something."""
        naeste = {"kladde": Aftaletilstand.EMBEDSMANDSUDVALG, "embedsmandsudvalg": Aftaletilstand.KKR_ANBEFALET}
        if til := naeste.get(self.aftale.tilstand):
            self._proev(lambda: tag(self.aftale, til))
        elif self.aftale.tilstand == Aftaletilstand.KKR_ANBEFALET:
            self.send_versionen(Aendringsart.ALLE_PARTER, 0)

    @rule(aendring=st.sampled_from(Aendringsart), nr=NR)
    def send_versionen(self, aendring: Aendringsart, nr: int) -> None:
        foerste = not self.gange
        beroerte = {self.parter[nr].id} if aendring is Aendringsart.NOGLE_PARTER else set()
        if self._proev(lambda: send(self.aftale, None if foerste else aendring, beroerte)):
            self.gange += 1
            if aendring is Aendringsart.ALLE_PARTER:
                self.ja = {}
            elif aendring is Aendringsart.NOGLE_PARTER and not foerste:
                self.ja.pop(nr, None)

    @rule(frist=st.sampled_from(["30", "45"]))
    def skriv_vilkaaret(self, frist: str) -> None:
        version = seneste_version(self.aftale)
        assert version is not None
        (tekst,) = klausuler(version)
        vilkaar = {**fabrik.VAERDIER, Noegle.INDSIGELSE_FRIST: frist}
        if self._proev(lambda: saet(self.aftale, tekst.udgave, vilkaar)):
            self.frist = frist

    @precondition(lambda self: self.aftale.tilstand == Aftaletilstand.SENDT)
    @rule()
    def aabn_ny_version(self) -> None:
        self._proev(
            lambda: ny_version(aktoer=fabrik.sekretariat(), aftale_id=self.aftale.id, dato=idag(), begrundelse="Rettet")
        )

    @rule(nr=NR, frist=st.sampled_from(["30", "45"]), aendring=st.sampled_from(Aendringsart))
    def send_en_rettet_version_efter_et_ja(self, nr: int, frist: str, aendring: Aendringsart) -> None:
        """Many steps as one, so that the machine gets to call a changed term what it is not, while somebody has said yes."""
        while self.aftale.tilstand in UNDERVEJS:
            self.gaa_frem()
        self.part_svarer(nr, Partsstatus.GODKENDT)
        if self.aftale.tilstand != Aftaletilstand.SENDT:
            return
        self.aabn_ny_version()
        self.skriv_vilkaaret(frist)
        self.gaa_frem()
        self.gaa_frem()
        self.send_versionen(aendring, nr)

    @rule(nr=NR, svar=SVAR)
    def part_svarer(self, nr: int, svar: Partsstatus) -> None:
        if self._proev(lambda: beslut(self.aftale, self.parter[nr], svar, dato=idag(), bemaerkning="Som drøftet")):
            self.ja.pop(nr, None)
            if svar.value.startswith("godkendt"):
                self.ja[nr] = self.frist

    @precondition(lambda self: self.aftale.tilstand == Aftaletilstand.SENDT)
    @rule()
    def resten_siger_ja(self) -> None:
        for nr in sorted({0, 1, 2} - set(self.ja)):
            self.part_svarer(nr, Partsstatus.GODKENDT)

    @invariant()
    def vedtaget_netop_naar_alle_dagens_parter_har_sagt_ja(self) -> None:
        dag = afgoerelsesdag(self.aftale.aftaleperiode, idag())
        alle = {nr for nr, part in enumerate(self.parter) if dag in part.periode}
        assert alle
        if self.aftale.tilstand == Aftaletilstand.VEDTAGET:
            assert alle <= set(self.ja)
            assert {self.ja[nr] for nr in alle} == {self.frist}, "everyone has said yes to the term itself"
        if self.aftale.tilstand == Aftaletilstand.SENDT:
            assert not alle <= set(self.ja)

    @invariant()
    def databasen_er_enig_og_trinene_foelger_tabellen(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        her = Aftaletilstand.KLADDE
        for trin in Aftaletrin.objects.filter(aftale=self.aftale).order_by("registreret", "id"):
            assert trin.fra == her
            assert trin.til in OVERGANGE[her]
            her = Aftaletilstand(trin.til)
        assert self.aftale.tilstand == her


@pytest.mark.django_db
def test_agreement_is_adopted_by_every_party_of_the_day_and_never_without_one() -> None:
    run_state_machine_as_test(Vetoret, settings=settings(max_examples=25, stateful_step_count=25))
