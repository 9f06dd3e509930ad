"""The secretariat's two figures: takster against the ceiling and occupancy, the reasons when there are none, and their price."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from faelles.tid import Periode, idag
from kommuner.models import Rolle
from rammeaftale.rapporter.omraadetal import omraadetal
from takster.models import Takstenhed
from tests import fabrik
from tests.rammeaftale.test_sider import klient
from vilkaar.models import Vilkaarssaet
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db
DAG = date(2026, 7, 2)
# PL of 2 percent a year for two years, and 1 percent off: 102 × 1.02 × 0.99 = 102.9996.
LOFT = {
    Noegle.VAEKSTLOFT_BASISAAR: "2024", Noegle.VAEKSTLOFT: "2025=2; 2026=2", Noegle.VAEKSTLOFT_FRADRAG_PROCENT: "1",
}  # fmt: skip


def vilkaar(uden: Noegle | None = None, andre: Mapping[Noegle, str] = LOFT) -> None:
    fabrik.kommune("Gladsaxe")
    Vilkaarssaet.objects.filter(kkr=fabrik.kkr()).update(periode=Periode(date(2007, 1, 1), date(2020, 1, 1)).som_range)
    fabrik.vilkaar(fabrik.kkr(), fra=date(2020, 1, 1), andre=andre, uden=uden)


def afdeling(*takster: tuple[int, str], pladser: int = 2, i: str = "Gladsaxe") -> Any:
    hvor = fabrik.afdeling(fabrik.tilbud(i=i))
    for _ in range(pladser):
        fabrik.ledig_plads(hvor)
    for aar, beloeb in takster:
        fabrik.takst(hvor, beloeb, fra=date(aar, 1, 1), til=date(aar + 1, 1, 1))
    return hvor


def test_takster_of_the_area_are_weighed_and_held_up_against_the_ceiling() -> None:
    vilkaar()
    afdeling((2024, "1000.00"), (2026, "1000.00"), pladser=3)
    afdeling((2024, "2000.00"), (2026, "2100.00"), pladser=1)
    fabrik.takst(afdeling(pladser=9), "1.00", enhed=Takstenhed.DAG)
    fabrik.kommune("Odense", i="KKR Syddanmark")
    afdeling((2026, "9999.00"), i="Odense")
    fundet = omraadetal(fabrik.kkr(), DAG).vaekst
    assert fundet.resultat is not None
    assert fundet.resultat.udgift == Decimal("1275.00")
    assert fundet.resultat.loft == Decimal("1287.50")  # 1250 × 1.02 × 1.02 × 0.99, to the øre
    assert fundet.resultat.overholdt
    assert f"{fundet.afstand:.1f}" == "1.0"


def test_takster_over_the_ceiling_are_said_to_be() -> None:
    vilkaar()
    afdeling((2024, "1000.00"), (2026, "1100.00"))
    fundet = omraadetal(fabrik.kkr(), DAG).vaekst
    assert fundet.resultat is not None
    assert not fundet.resultat.overholdt
    assert f"{fundet.procent_af_loft:.1f}" == "106.8"


def test_occupancy_is_of_the_year_so_far_and_on_new_years_day_of_the_year_before() -> None:
    vilkaar()
    pladser = list(afdeling(pladser=10).pladser.all())
    for plads in pladser[:5]:
        fabrik.optag(plads, Periode(date(2025, 1, 1), date(2026, 1, 1)))
    for plads in pladser[:9]:
        fabrik.optag(plads, Periode(date(2026, 1, 1)))
    i_aar, sidste_aar = (omraadetal(fabrik.kkr(), dag).belaegning for dag in (DAG, date(2026, 1, 1)))
    assert (i_aar.periode, i_aar.procent) == (Periode(date(2026, 1, 1), DAG), Decimal(90))
    assert (sidste_aar.periode, sidste_aar.procent) == (Periode.aar(2025), Decimal(50))


def test_occupancy_of_few_stays_is_hidden() -> None:
    vilkaar()
    (foerste, *_) = afdeling(pladser=10).pladser.all()
    fabrik.optag(foerste, Periode(date(2026, 1, 1)))
    fundet = omraadetal(fabrik.kkr(), DAG).belaegning
    assert (fundet.procent, "få ophold" in fundet.hvorfor_ikke) == (None, True)


@pytest.mark.parametrize(
    ("uden", "vaekst", "belaegning"),
    [
        (Noegle.VAEKSTLOFT_BASISAAR, "Vækstloftets basisår« (vaekstloft_basisaar", ""),
        (Noegle.VAEKSTLOFT_METODE, "(vaekstloft_metode", ""),
        (Noegle.DISKRETION_GRAENSE, "", "(diskretion_graense"),
    ],
)
def test_missing_term_is_named_and_only_its_figure_is_left_out(uden: Noegle, vaekst: str, belaegning: str) -> None:
    vilkaar(uden=uden)
    for plads in afdeling((2024, "1000.00"), (2026, "1000.00"), pladser=9).pladser.all():
        fabrik.optag(plads, Periode(date(2026, 1, 1)))
    fundet = omraadetal(fabrik.kkr(), DAG)
    assert vaekst in fundet.vaekst.hvorfor_ikke
    assert belaegning in fundet.belaegning.hvorfor_ikke
    assert (fundet.vaekst.resultat is None, fundet.belaegning.procent is None) == (bool(vaekst), bool(belaegning))


def test_area_without_terms_takster_or_places_says_so() -> None:
    vilkaar()
    fundet = omraadetal(fabrik.kkr(), DAG)
    assert "ingen døgntakster for 2024" in fundet.vaekst.hvorfor_ikke
    assert "ingen pladser" in fundet.belaegning.hvorfor_ikke
    fundet = omraadetal(fabrik.kkr(), date(2001, 1, 1))
    assert "Der er ingen vilkår for 01.01.2001" in fundet.vaekst.hvorfor_ikke
    assert fundet.belaegning.hvorfor_ikke == fundet.vaekst.hvorfor_ikke


def test_figures_cost_the_same_for_one_and_a_hundred_offers(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    vilkaar()
    afdeling((2024, "1000.00"), (2026, "1000.00"))
    kkr = fabrik.kkr()
    with django_assert_num_queries(5):
        omraadetal(kkr, DAG)
    for _ in range(99):
        afdeling((2024, "1000.00"), (2026, "1000.00"), pladser=1)
    with django_assert_num_queries(5):
        assert omraadetal(kkr, DAG).vaekst.resultat


def test_start_page_has_the_figures_in_words_for_the_secretariat_alone() -> None:
    aar = idag().year
    vilkaar(andre={**LOFT, Noegle.VAEKSTLOFT_BASISAAR: str(aar - 1), Noegle.VAEKSTLOFT: f"{aar}=2"})
    hvor = afdeling((aar - 1, "1000.00"), (aar, "990.00"), pladser=10)
    for plads in hvor.pladser.all()[:9]:
        fabrik.optag(plads, Periode(date(aar - 1, 1, 1)))
    sekretariat = fabrik.kkr().sekretariat
    assert sekretariat is not None
    side = start(klient(Rolle.SEKRETARIAT, sekretariat))
    assert "Taksterne ligger 2,0 procent under loftet." in side
    assert "90,0 procent af de åbne pladsdage er belagt." in side
    assert reverse("rapporter:liste") in side
    assert reverse("takster:vaekst", args=[aar]) in side
    assert "mod vækstloftet" not in start(klient(Rolle.OEKONOMI, fabrik.kommune("Gladsaxe").organisation))


def start(hvem: Any) -> str:
    return str(hvem.get(reverse("start")).content.decode())
