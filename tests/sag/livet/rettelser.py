"""What is put right while a stay runs: an absence that was wrong."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from faelles.tid import idag
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Fravaer
from reservationer.sag.overgange import Data, Grund, Udfald
from tests import fabrik
from tests.sag.livet.bogen import PROCENT, Liv, dage
from tests.sag.livet.ophold import LEVENDE, SIDE, UGYLDIG, UMULIG, Livet
from tests.sag.livet.reservationer import HVILKEN


class Rettelser(Livet):
    """The stays of `Livet`, put right."""

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
