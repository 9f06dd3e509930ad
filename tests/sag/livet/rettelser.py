"""What is put right or changed while a stay runs: an absence that was wrong, and the weekdays of one who is there part of the week."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from faelles.tid import idag, nu
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Fravaer
from reservationer.sag.overgange import Data, Grund, Udfald
from tests import fabrik
from tests.sag.livet.bogen import PROCENT, Krav, Liv, dage
from tests.sag.livet.ophold import LEVENDE, SIDE, UGYLDIG, UMULIG, Livet
from tests.sag.livet.reservationer import HVILKEN, UGEDAGE


class Rettelser(Livet):
    """The stays of `Livet`, put right."""

    @rule(hvilken=HVILKEN, plads=st.none() | st.integers(0, 6), fra=st.integers(-5, 30), ugedage=UGEDAGE)
    def skift_ugedage(self, hvilken: int, plads: int | None, fra: int, ugedage: tuple[int, ...]) -> None:
        dag = fabrik.om(fra)
        nye: list[Krav] = []

        def ventet(liv: Liv) -> str:
            if liv.tilstand not in LEVENDE:
                return UMULIG
            nu_ = liv.sidste
            den = nu_.plads if plads is None else self.bog.pladser[plads]
            forbi = nu_.til is not None and dag >= nu_.til
            if not ugedage or dag < liv.foerste_dag or forbi or den.sted != liv.sted or set(ugedage) == nu_.ugedage:
                return UGYLDIG
            if dag <= nu_.fra:
                return "hul_i_opholdet"
            hidtil, nu_.til = nu_.til, dag
            nye.append(Krav(den, dag, hidtil, frozenset(ugedage), optaget=True))
            grund = self.bog.hindring(nye[0], nu(), idag(), egen=den is nu_.plads or liv.ansvarlig(dag) == den.sted)
            nu_.til = hidtil
            return grund

        valgt = None if plads is None else self.bog.pladser[plads].id
        data = {Data.UGEDAGE: list(ugedage), Data.DATO: dag, Data.PLADS: valgt}
        if liv := self.afgoer(hvilken, None, Udfald.SKIFT_UGEDAGE, ventet, Indhold(data=data)):
            liv.sidste.til = dag
            liv.krav += nye
            self.bog.krav += nye
            liv.flyttet(dag, idag())

    @rule(
        hvilken=HVILKEN, hvem=SIDE, fra=st.integers(-5, 10), laengde=st.integers(1, 10), art=st.none() | st.sampled_from(sorted(PROCENT))
    )  # fmt: skip
    def ret_fravaer(self, hvilken: int, hvem: int | None, fra: int, laengde: int, art: str | None) -> None:
        """The first absence that counts was another, or (`art` None) none at all."""
        dag = fabrik.om(fra)
        vaek = dage(dag, dag + timedelta(days=laengde)) if art else frozenset()
        data: dict[Data, Any] = {Data.ART: art, Data.DATO: dag, Data.TIL: max(vaek)} if art else {}
        udgaar: set[date] = set()

        def ventet(liv: Liv) -> str:
            pk = next(pk for pk, et in self.bog.liv.items() if et is liv)
            forkert = self._alle(Fravaer).filter(ophold=pk, rettet=None).order_by("periode").first()
            if liv.tilstand not in LEVENDE:
                return UMULIG
            if forkert is None or (hvem is not None and not liv.ses(forkert.periode.lower, idag())):
                return UGYLDIG
            data[Data.FRAVAER] = forkert.pk
            udgaar.update(dage(forkert.periode.lower, forkert.periode.upper))
            for_sent = bool(vaek) and hvem is not None and liv.er_andres(dag, idag())
            for_tidligt = bool(vaek) and dag < liv.foerste_dag
            return UGYLDIG if for_sent or for_tidligt or (liv.fravaer.keys() - udgaar) & vaek else ""

        udfald = Udfald.RET_FRAVAER if art else Udfald.ANNULLER_FRAVAER
        if liv := self.afgoer(hvilken, hvem, udfald, ventet, Indhold(Grund.FEJLREGISTRERET, data=data)):
            liv.fravaer = {den: procent for den, procent in liv.fravaer.items() if den not in udgaar}
            liv.fravaer |= dict.fromkeys(vaek, PROCENT[art] if art else 0)
