"""The growth read from the published takster: what is measured, shared and left out, and what it costs to ask."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from kommuner.models import Organisation
from takster.models import Takst, Takstenhed
from takster.vaekst.queries import Vaekst, vaekst
from takster.vaekst.regler import Grund, Gruppe
from takster.vilkaarsinddata import LOFTSVILKAAR
from tests import fabrik
from tests.takster.budget.situationer import budget
from tests.takster.fastsaettelse.situationer import offentliggjort
from tests.takster.vaekst.situationer import afdeling, beregning, takst, vilkaar
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db
AAR = 2026


def hent(enhed: Takstenhed = Takstenhed.DOEGN) -> Vaekst:
    return vaekst(fabrik.kkr(), AAR, enhed)


def udgift(fundet: Vaekst) -> Decimal:
    assert fundet.alle is not None, fundet.hvorfor_ikke
    assert fundet.alle.resultat is not None
    return fundet.alle.resultat.udgift


def udeladte(fundet: Vaekst) -> dict[Grund, tuple[int | None, int]]:
    return {et.grund: (et.foer, et.nu) for et in fundet.udeladte}


def grupper(fundet: Vaekst) -> dict[Gruppe, int]:
    assert fundet.sammensaetning is not None
    return {v.gruppe: v.tilbud for v in fundet.sammensaetning.virkninger}


def test_area_is_weighed_by_place_days_and_held_up_against_the_ceiling() -> None:
    vilkaar()
    afdeling((2024, 1000), (2025, 1010), (2026, 1000), pladser=3)
    afdeling((2024, 2000), (2025, 2000), (2026, 2100), pladser=1)
    fabrik.kommune("Odense", i="KKR Syddanmark")
    afdeling((2024, 1), (2026, 9999), i="Odense")
    fundet = hent()
    assert udgift(fundet) == Decimal("1275.00")
    assert fundet.alle is not None
    assert fundet.alle.resultat is not None
    assert fundet.alle.resultat.dom == "Udgiften ligger 1.250 øre under loftet."  # 1,250 × 1.029996 = 1,287.50 (øre)
    assert [(p.aar, p.udgift) for p in fundet.alle.punkter] == [
        (2024, Decimal("1300.50")),  # 1,250 × 1.02 × 1.02
        (2025, Decimal("1282.65")),  # 1,257.50 × 1.02
        (2026, Decimal("1275.00")),
    ]
    assert [k.noegle for k in fundet.kilder] == [*LOFTSVILKAAR, Noegle.OVERHEAD_PROCENT]
    assert all(k.klausul for k in fundet.kilder)


def test_operators_and_legal_bases_have_their_own_years_and_verdict() -> None:
    vilkaar()
    fabrik.kommune("Rødovre")
    fabrik.hjemmel("SEL-108")
    afdeling((2024, 1000), (2026, 1010))
    dyr = afdeling((2026, 3000), i="Rødovre")
    takst(dyr, 2024, 1000, kode="SEL-108")
    takst(dyr, 2026, 1100, kode="SEL-108", overhead=100)
    fundet = hent()
    gladsaxe, roedovre = fundet.driftsherrer
    assert (gladsaxe.navn, roedovre.navn) == ("Gladsaxe Kommune", "Rødovre Kommune")
    assert gladsaxe.maaling.resultat is not None
    assert gladsaxe.maaling.resultat.afstand_oere == 2000  # 1,030.00 − 1,010
    assert roedovre.maaling.aaret is not None
    assert (roedovre.maaling.aaret.tilbud, roedovre.maaling.aaret.udgift) == (1, Decimal(2050))
    par = {r.navn.split()[1]: r.maaling for r in fundet.hjemler}
    assert par["108"].aaret is not None
    assert par["108"].aaret.overheadprocent == 10
    assert par["108"].resultat is not None
    assert par["108"].resultat.afstand_oere == -7000
    assert fundet.norm == 6


def test_two_takster_of_a_year_count_by_their_days() -> None:
    vilkaar()
    hvor = afdeling((2024, 1000))
    midt = date(2026, 7, 2)  # after 182 days
    takst(hvor, 2026, 1000, til=midt)
    takst(hvor, 2026, 2000, fra=midt)
    assert udgift(hent()) == Decimal("1501.37")  # (182 × 1,000 + 183 × 2,000) / 365
    assert grupper(hent()) == {Gruppe.SAMME: 1}


def test_calculation_of_several_parts_counts_once() -> None:
    vilkaar()
    fabrik.hjemmel("SEL-108")
    hvor = fabrik.afdeling(fabrik.tilbud(hjemler=("SEL-107", "SEL-108")))
    offentliggjort(budget(hvor.tilbud, aar=AAR))
    foer = vaekst(fabrik.kkr(), AAR)
    takst(hvor, 2024, 1)
    (raekke,) = hent().driftsherrer
    assert foer.hvorfor_ikke
    assert raekke.maaling.aaret is not None
    gemt = Takst.objects.filter(periode__contains=date(AAR, 1, 1))[0]
    assert gemt.grundlag is not None
    assert (raekke.maaling.aaret.omkostninger, raekke.maaling.aaret.pladser) == (gemt.grundlag, gemt.pladser)


def test_what_is_left_out_is_counted_with_its_reason() -> None:
    vilkaar()
    afdeling((2024, 1000), (2026, 1000))
    fabrik.takst(afdeling(), "1.00", enhed=Takstenhed.DAG)
    fabrik.takst(afdeling(), "2.00", fra=date(2024, 1, 1))
    takst(afdeling(), 2026, 5000, fra=date(2026, 3, 1))
    afdeling(driftsherre=Organisation.objects.create(art="privat", navn="Fonden"), navn="Privat")
    afdeling((2024, 1000), navn="Lukket", lukket_fra=date(2025, 1, 1))
    fabrik.afdeling()
    fundet = hent()
    assert udgift(fundet) == 1000
    assert udeladte(fundet) == {
        Grund.UDEN_BEREGNING: (1, 1),
        Grund.DEL_AF_AARET: (0, 1),
        Grund.ANDEN_ENHED: (0, 1),
        Grund.UDEN_TAKST: (None, 1),
        Grund.PRIVAT: (None, 1),
    }
    assert udeladte(hent(Takstenhed.DAG))[Grund.ANDEN_ENHED] == (3, 3)


def test_new_closed_and_changed_offers_are_told_from_the_same() -> None:
    vilkaar()
    fabrik.hjemmel("SEL-108")
    afdeling((2024, 1000), (2026, 1040))
    stoerre = afdeling((2024, 1000))
    takst(stoerre, 2026, 1000, pladser=11)
    anden_hjemmel = afdeling((2024, 1000))
    takst(anden_hjemmel, 2026, 1000, kode="SEL-108")
    afdeling((2026, 1000))
    afdeling((2024, 1000))
    afdeling((2025, 1000))
    fabrik.takst(afdeling((2026, 1000)), fra=date(2024, 1, 1), til=date(2025, 1, 1))
    assert grupper(hent()) == {
        Gruppe.SAMME: 1, Gruppe.AENDRET: 2, Gruppe.NY: 1, Gruppe.UMAALT: 1, Gruppe.LUKKET: 1
    }  # fmt: skip


@pytest.mark.parametrize(
    ("uden", "andre", "hvorfor"),
    [
        (Noegle.VAEKSTLOFT_BASISAAR, {}, "Vækstloftets basisår« (vaekstloft_basisaar"),
        (Noegle.VAEKSTLOFT_METODE, {}, "(vaekstloft_metode"),
        (None, {Noegle.VAEKSTLOFT_BASISAAR: "2026"}, "efter basisåret 2026"),
        (None, {Noegle.VAEKSTLOFT_BASISAAR: "2023"}, "Udgiften mangler for 2023"),
        (None, {Noegle.VAEKSTLOFT: "2026=2"}, "mangler PL for 2025"),
    ],
)
def test_what_lacks_is_told_and_the_rest_stands(uden: Noegle | None, andre: dict[Noegle, str], hvorfor: str) -> None:
    vilkaar(uden=uden, andre=andre)
    afdeling((2024, 1000), (2026, 1000))
    fabrik.takst(afdeling(), "1.00", enhed=Takstenhed.DAG)
    fundet = hent()
    assert hvorfor in fundet.hvorfor_ikke
    assert (fundet.alle, fundet.driftsherrer) == (None, ())
    assert udeladte(fundet)[Grund.ANDEN_ENHED][1] == 1


def test_year_before_any_terms_says_so() -> None:
    assert "ingen vilkår" in vaekst(fabrik.kkr(), 2001).hvorfor_ikke


def test_growth_costs_the_same_for_one_and_a_hundred_offers(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    vilkaar()
    afdeling((2024, 1000), (2026, 1000))
    kkr = fabrik.kkr()
    with django_assert_num_queries(5):
        vaekst(kkr, AAR)
    for _ in range(99):
        afdeling((2024, 1000), (2026, 1000), pladser=1)
    with django_assert_num_queries(5):
        assert vaekst(kkr, AAR).alle


def test_offer_open_ended_takst_counts_in_every_year() -> None:
    vilkaar()
    fabrik.takst(fabrik.afdeling(), fra=date(2023, 7, 1), til=None, beregning=beregning(1000))
    fundet = hent()
    assert fundet.alle is not None
    assert [p.aar for p in fundet.alle.punkter] == [2024, 2025, 2026]
