"""The takst list: what is published for a year, beside the year before, narrowed, sorted and taken out."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from faelles.tid import Periode
from kommuner.models import Rolle
from takster.models import Takst
from tests import fabrik
from tests.takster.budget.situationer import budget
from tests.takster.fastsaettelse.situationer import beregning, offentliggjort

pytestmark = pytest.mark.django_db
AAR = 2027


@pytest.fixture
def laeser() -> Client:
    klient = Client()
    klient.force_login(fabrik.bruger(Rolle.LAESER, fabrik.kommune("Herlev").organisation))
    return klient


def takst(navn: str, beloeb: int, *, aar: int = AAR, i: str = "Gladsaxe", **felter: Any) -> Takst:
    """A published takst of a whole year, of the offer of that name."""
    tilbud = fabrik.Tilbud.objects.filter(navn=navn).first() or fabrik.tilbud(navn, i=i)
    afdeling = tilbud.afdelinger.first() or fabrik.afdeling(tilbud)
    hele = Periode.aar(aar)
    return fabrik.takst(afdeling, str(beloeb), fra=hele.fra, til=hele.til, **felter)


def raekker(klient: Client, **valg: str) -> list[tuple[str, Decimal, Decimal | None, str | None]]:
    """Offer, takst, last year's, and the change in percent, as the page lists them."""
    side = klient.get(reverse("takster:aarsliste", args=[AAR]), valg).context["side"]
    return [
        (str(t.afdeling.tilbud), t.beloeb, t.sidste, None if t.aendring is None else f"{t.aendring * 100:.2f}")
        for t in side
    ]


def test_list_holds_the_years_takster_beside_last_years(laeser: Client) -> None:
    takst("Engen", 2000, aar=AAR - 1)
    takst("Engen", 2050)
    takst("Ny", 3000)
    takst("Kun før", 1000, aar=AAR - 1)
    assert raekker(laeser) == [
        ("Engen", Decimal(2050), Decimal(2000), "2.50"),
        ("Ny", Decimal(3000), None, None),
    ]


def test_last_years_takst_is_that_of_its_last_day_for_the_same_part(laeser: Client) -> None:
    ny = takst("Engen", 2200)
    foer = Periode.aar(AAR - 1)
    skift = date(AAR - 1, 6, 1)
    fabrik.takst(ny.afdeling, "1000", fra=foer.fra, til=skift)
    fabrik.takst(ny.afdeling, "2000", fra=skift, til=foer.til)
    andet = fabrik.afdeling(ny.afdeling.tilbud, navn="Anneks")
    fabrik.takst(andet, "500", fra=foer.fra, til=foer.til)
    assert raekker(laeser) == [("Engen", Decimal(2200), Decimal(2000), "10.00")]


def test_change_inside_the_year_is_two_lines_and_what_was_replaced_is_none(laeser: Client) -> None:
    hvor = fabrik.afdeling(fabrik.tilbud("Skifter", i="Gladsaxe")).tilbud
    det = budget(hvor, aar=AAR)
    offentliggjort(det)
    offentliggjort(det, fra=date(AAR, 7, 1), begrundelse="Flere pladser")
    assert [navn for navn, *_ in raekker(laeser)] == ["Skifter", "Skifter"]
    side = laeser.get(reverse("takster:aarsliste", args=[AAR])).context["side"]
    assert [Periode.af_range(t.periode).fra for t in side] == [date(AAR, 1, 1), date(AAR, 7, 1)]


def test_draft_is_not_on_the_list(laeser: Client) -> None:
    beregning(budget(aar=AAR))
    assert raekker(laeser) == []
    assert "Ingen takster for året" in laeser.get(reverse("takster:aarsliste", args=[AAR])).content.decode()


@pytest.mark.parametrize(
    ("sorter", "ventet"),
    [
        ("tilbud", ["Bakken", "Engen", "Åen"]),
        ("-tilbud", ["Åen", "Engen", "Bakken"]),
        ("takst", ["Åen", "Bakken", "Engen"]),
        ("-aendring", ["Engen", "Bakken", "Åen"]),
        ("aendring", ["Bakken", "Engen", "Åen"]),
        ("findes-ikke", ["Bakken", "Engen", "Åen"]),
    ],
)
def test_list_is_sorted_with_unknown_changes_last(laeser: Client, sorter: str, ventet: list[str]) -> None:
    takst("Engen", 3000)
    takst("Engen", 2000, aar=AAR - 1)
    takst("Bakken", 2000)
    takst("Bakken", 2000, aar=AAR - 1)
    takst("Åen", 1000)
    assert [navn for navn, *_ in raekker(laeser, sorter=sorter)] == ventet


def test_list_is_narrowed_by_name_kkr_and_legal_basis(laeser: Client) -> None:
    takst("Engen", 2000)
    takst("Skoven", 2100, kode="SEL-108")
    takst("Fjorden", 2200, i="Odense")
    fabrik.KkrMedlemskab.objects.filter(kommune__kortnavn="Odense").update(kkr=fabrik.kkr("KKR Syddanmark"))
    assert [navn for navn, *_ in raekker(laeser, tekst="eng")] == ["Engen"]
    assert [navn for navn, *_ in raekker(laeser, kkr="kkr-syddanmark")] == ["Fjorden"]
    assert [navn for navn, *_ in raekker(laeser, hjemmel="SEL-108")] == ["Skoven"]
    assert raekker(laeser, hjemmel="SEL-108", tekst="eng") == []
    svar = laeser.get(reverse("takster:aarsliste", args=[AAR]), {"kkr": "findes-ikke"})
    assert "Vælg en af mulighederne" in svar.content.decode()


def test_list_taken_out_follows_the_pages_filters(laeser: Client) -> None:
    takst("Engen", 2050)
    takst("Engen", 2000, aar=AAR - 1)
    takst("Skoven", 2100)
    svar: Any = laeser.get(reverse("takster:eksport_aarsliste", args=[AAR, "csv"]), {"tekst": "engen"})
    hoved, linje = svar.getvalue().decode("utf-8-sig").splitlines()
    assert hoved.startswith("Tilbud;Afdeling;Driftsherre")
    assert linje.startswith("Engen;Hovedhuset;Gladsaxe Kommune;Gladsaxe;SEL-107;2050")
    assert ";2,5" in linje


@pytest.mark.parametrize("aar", [0, 1999, 2101, 99999])
def test_year_no_takst_can_be_of_is_not_found(laeser: Client, aar: int) -> None:
    assert laeser.get(reverse("takster:aarsliste", args=[aar])).status_code == 404
    assert laeser.get(reverse("takster:eksport_aarsliste", args=[aar, "csv"])).status_code == 404


@pytest.mark.parametrize("antal", [1, 100])
def test_list_asks_as_much_of_one_takst_as_of_a_hundred(
    laeser: Client, antal: int, django_assert_max_num_queries: Any
) -> None:
    for nummer in range(antal):
        takst(f"Nr. {nummer}", 1000 + nummer)
    with django_assert_max_num_queries(12):
        svar = laeser.get(reverse("takster:aarsliste", args=[AAR]))
    assert svar.context["side"].paginator.count == antal
