"""The secretariat's two figures: takster against the ceiling and occupancy, the reasons when there are none, and their price."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from faelles.tid import Periode, idag
from kommuner.models import Rolle
from rammeaftale.rapporter.omraadetal import omraadetal
from takster.vaekst.queries import vaekst
from tests import fabrik
from tests.rammeaftale.test_sider import klient
from tests.takster.vaekst.situationer import afdeling, omraade, vilkaar
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db
DAG = date(2026, 7, 2)


def med_pladser(*takster: tuple[int, int], antal: int = 10) -> Any:
    """A department with these takster and so many places to put somebody in."""
    hvor = afdeling(*takster)
    for _ in range(antal):
        fabrik.ledig_plads(hvor)
    return hvor


def under_loftet_og_naesten_fuldt() -> None:
    """Takster of this year 2 percent under the ceiling, and nine of ten places taken since last year."""
    aar = idag().year
    vilkaar(andre={Noegle.VAEKSTLOFT_BASISAAR: str(aar - 1), Noegle.VAEKSTLOFT: f"{aar}=2"})
    for plads in med_pladser((aar - 1, 1000), (aar, 990)).pladser.all()[:9]:
        fabrik.optag(plads, Periode(date(aar - 1, 1, 1)))


def test_takster_are_told_as_the_page_of_their_growth_tells_them() -> None:
    omraade()
    fundet, siden = omraadetal(fabrik.kkr(), DAG).vaekst, vaekst(fabrik.kkr(), DAG.year)
    assert siden.alle is not None
    assert fundet.resultat == siden.alle.resultat


def test_takster_over_the_ceiling_are_said_to_be() -> None:
    vilkaar()
    afdeling((2024, 1000), (2026, 1100))
    fundet = omraadetal(fabrik.kkr(), DAG).vaekst
    assert fundet.resultat is not None
    assert not fundet.resultat.overholdt
    assert (f"{fundet.procent_af_loft:.1f}", f"{fundet.afstand:.1f}") == ("106.8", "6.8")  # 1,100 / 1,030.00


def test_occupancy_is_of_the_year_so_far_and_on_new_years_day_of_the_year_before() -> None:
    vilkaar()
    pladser = list(med_pladser().pladser.all())
    for plads in pladser[:5]:
        fabrik.optag(plads, Periode(date(2025, 1, 1), date(2026, 1, 1)))
    for plads in pladser[:9]:
        fabrik.optag(plads, Periode(date(2026, 1, 1)))
    i_aar, sidste_aar = (omraadetal(fabrik.kkr(), dag).belaegning for dag in (DAG, date(2026, 1, 1)))
    assert (i_aar.periode, i_aar.procent) == (Periode(date(2026, 1, 1), DAG), Decimal(90))
    assert (sidste_aar.periode, sidste_aar.procent) == (Periode.aar(2025), Decimal(50))


def test_occupancy_of_few_stays_is_hidden() -> None:
    vilkaar()
    (foerste, *_) = med_pladser().pladser.all()
    fabrik.optag(foerste, Periode(date(2026, 1, 1)))
    fundet = omraadetal(fabrik.kkr(), DAG).belaegning
    assert (fundet.procent, "få ophold" in fundet.hvorfor_ikke) == (None, True)
    assert fundet.kilde
    assert fundet.kilde.i_ord.startswith("Data og rapporter, sæt ")


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
    for plads in med_pladser((2024, 1000), (2026, 1000)).pladser.all():
        fabrik.optag(plads, Periode(date(2026, 1, 1)))
    fundet = omraadetal(fabrik.kkr(), DAG)
    assert vaekst in fundet.vaekst.hvorfor_ikke
    assert belaegning in fundet.belaegning.hvorfor_ikke
    assert (fundet.vaekst.resultat is None, fundet.belaegning.procent is None) == (bool(vaekst), bool(belaegning))


def test_area_without_terms_takster_or_places_says_so() -> None:
    vilkaar()
    fundet = omraadetal(fabrik.kkr(), DAG)
    assert "Udgiften mangler for 2024 og 2026" in fundet.vaekst.hvorfor_ikke
    assert "ingen pladser" in fundet.belaegning.hvorfor_ikke
    fundet = omraadetal(fabrik.kkr(), date(2001, 1, 1))
    assert "havde ingen kommuner den 1. januar 2001" in fundet.vaekst.hvorfor_ikke
    assert "Der er ingen vilkår for 01.01.2001" in fundet.belaegning.hvorfor_ikke


def test_figures_cost_the_same_for_one_and_a_hundred_offers(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    vilkaar()
    med_pladser((2024, 1000), (2026, 1000))
    kkr = fabrik.kkr()
    with django_assert_num_queries(5):
        omraadetal(kkr, DAG)
    for _ in range(99):
        med_pladser((2024, 1000), (2026, 1000), antal=1)
    with django_assert_num_queries(5):
        assert omraadetal(kkr, DAG).vaekst.resultat


def test_start_page_has_the_figures_in_words_for_the_secretariat_alone() -> None:
    under_loftet_og_naesten_fuldt()
    sekretariat = fabrik.kkr().sekretariat
    assert sekretariat is not None
    side = start(klient(Rolle.SEKRETARIAT, sekretariat))
    assert "Taksterne ligger 2,0 procent under loftet." in side
    assert "Efter Udgiftsudvikling, sæt " in side
    assert "90,0 procent af de åbne pladsdage er belagt." in side
    assert reverse("rapporter:liste") in side
    assert reverse("takster:vaekst", args=[idag().year]) in side
    assert "mod vækstloftet" not in start(klient(Rolle.OEKONOMI, fabrik.kommune("Gladsaxe").organisation))


def start(hvem: Any) -> str:
    return str(hvem.get(reverse("start")).content.decode())
