"""Temporary closures in the search and when one reserves: a closed place is never free, and never to be had."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from faelles.fejl import Konflikt, UgyldigtInput
from faelles.tid import Periode, nu
from reservationer.sag.actions import reserver
from reservationer.soegning.kriterier import Kriterium
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.queries import soeg, udeladte
from tests import fabrik
from tilbud.belaegning.models import Pladslukning
from tilbud.lukninger.actions import aabn
from tilbud.models import Afdeling, Plads

pytestmark = pytest.mark.django_db

DAGE = st.tuples(st.integers(0, 20), st.integers(1, 8))
HVAD = st.sampled_from(["afdeling", "plads", "plads"])
LUKNINGER = st.lists(st.tuples(HVAD, DAGE, st.none() | st.integers(0, 20)), max_size=5)


def periode(dage: tuple[int, int]) -> Periode:
    fra, antal = dage
    return Periode(fabrik.om(fra), fabrik.om(fra + antal))


def fundne(oensket: Periode) -> int:
    return sum(fundet.plads.antal for fundet in soeg(fabrik.sagsbehandler(), Behovsprofil(oensket), nu=nu()).resultater)


class ClosedIsNeverFree(TestCase):
    """Against a model of days: whatever is closed, refused, shortened and lifted, the search agrees day for day."""

    @hypothesis_settings(max_examples=25)
    @given(lukninger=LUKNINGER, oensket=DAGE, ugedage=st.sampled_from([[1, 2, 3, 4, 5, 6, 7], [3]]))
    def test_search_shows_exactly_the_places_with_no_closed_day(
        self, lukninger: list[tuple[str, tuple[int, int], int | None]], oensket: tuple[int, int], ugedage: list[int]
    ) -> None:
        huset = fabrik.afdeling()
        pladser = [fabrik.ledig_plads(huset, ugedage=ugedage), fabrik.ledig_plads(huset)]
        lukkede: list[tuple[set[int], Periode]] = []
        for hvad, dage, aabnes in lukninger:
            beroerte = {0, 1} if hvad == "afdeling" else {0}
            if any(beroerte & andre and periode(dage).overlapper(p) for andre, p in lukkede):
                with pytest.raises(Konflikt):
                    self._luk(huset, pladser, hvad, dage)
                continue
            lukket = self._luk(huset, pladser, hvad, dage)
            tilbage = self._aabn(lukket, aabnes) if aabnes is not None else lukket.dage
            lukkede += [(beroerte, tilbage)] if tilbage else []
        oensket_ = periode(oensket)
        frie = [n for n in (0, 1) if not any(n in hvem and oensket_.overlapper(p) for hvem, p in lukkede)]
        assert fundne(oensket_) == len(frie)

    def _luk(self, huset: Afdeling, pladser: list[Plads], hvad: str, dage: tuple[int, int]) -> Pladslukning:
        fra, antal = dage
        return fabrik.lukning(huset, pladser[0] if hvad == "plads" else None, fra=fra, til=fra + antal)

    def _aabn(self, lukket: Pladslukning, fra: int) -> Periode | None:
        """What is left of it, also when the opening is refused."""
        try:
            igen = aabn(aktoer=fabrik.tilbudsleder(), lukning_id=lukket.pk, fra=fabrik.om(fra))
        except UgyldigtInput:
            return lukket.dage
        return None if igen.ophaevet else igen.dage


def test_excluded_for_a_closure_alone_says_so_and_a_taken_one_does_not() -> None:
    lukket, taget = fabrik.ledig_plads(), fabrik.ledig_plads()
    fabrik.lukning(lukket.afdeling, fra=5, til=10)
    fabrik.optag(taget, Periode(fabrik.om(5), fabrik.om(10)))
    fabrik.ledig_plads(lukket.afdeling, forbeholdt_egne=True)
    fabrik.ledig_plads(taget.afdeling, art="dag", forbeholdt_beboere=True, til=fabrik.om(20))
    profil = Behovsprofil(Periode(fabrik.om(9), fabrik.om(30)))
    fundne = udeladte(fabrik.sagsbehandler(), profil, nu=nu())
    grunde = {en.fakta.afdeling_id: [(krav.kriterium, krav.grund) for krav in en.krav] for en in fundne}
    assert grunde == {
        lukket.afdeling_id: [(Kriterium.LEDIG, "Midlertidigt lukket på dage i perioden")],
        taget.afdeling_id: [(Kriterium.LEDIG, "Ingen plads er ledig i hele perioden på ugedagene")],
    }
    assert fundet_ledig(Periode(fabrik.om(10), fabrik.om(30))) == {lukket.afdeling_id, taget.afdeling_id}


def fundet_ledig(oensket: Periode) -> set[UUID]:
    svar = soeg(fabrik.sagsbehandler(), Behovsprofil(oensket), nu=nu())
    return {fundet.fakta.noegle for fundet in svar.resultater}


def test_closed_place_cannot_be_reserved_and_the_refusal_says_why_and_until_when() -> None:
    plads, koeber = fabrik.ledig_plads(), fabrik.sagsbehandler()
    lukket = fabrik.lukning(plads.afdeling, plads, fra=5, til=10, grund="smitte")

    def forsoeg(fra: int, til: int) -> None:
        dage = Periode(fabrik.om(fra), fabrik.om(til))
        reserver(aktoer=koeber, plads_id=plads.pk, periode=dage, hjemmel="SEL-107", sagsreference="sag")

    with pytest.raises(Konflikt, match=f"til {lukket.dage.sidste_dag:%d.%m.%Y}: smitte") as afslag:
        forsoeg(9, 12)
    assert afslag.value.kode == "plads_midlertidigt_lukket"
    forsoeg(10, 12)
    forsoeg(3, 5)
