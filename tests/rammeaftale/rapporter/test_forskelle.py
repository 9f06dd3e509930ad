"""What has changed between two reports: the rule itself, the pages where two are chosen and compared, and the same over REST."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from rammeaftale.rapporter.forskelle import Aendring, forskelle, i_ord, vist
from rammeaftale.rapporter.models import Rapport
from rammeaftale.rapporter.poster import SKJULT, Post, Raekke, Vaerdi
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.rapporter import situationer
from tests.rammeaftale.rapporter.test_sider import faerdig, laeser
from tests.rammeaftale.test_sider import sekretariat

KOLONNER = ("Kommune", "Tilbud", "Gennemsnit")
SAMMENLIGN = reverse("rapporter:sammenlign")


def post(*raekker: Raekke, kolonner: tuple[str, ...] = KOLONNER, id_: str = "R1-T1") -> Post:
    return Post(id_, "Kommuner", "samling.kommuner", kolonner, raekker)


def test_difference_is_told_row_by_row_and_value_by_value() -> None:
    (fundet,) = forskelle(
        [post(("Herlev", 4, Decimal("1.5")), ("Rødovre", 2, None), ("Ærø", 1, Decimal(1)))],
        [post(("Gladsaxe", 1, None), ("Herlev", 6, Decimal("1.25")), ("Ærø", 1, Decimal("1.0")))],
    )
    assert [(enlig.raekke, enlig.vaerdier) for enlig in fundet.nye] == [("Gladsaxe", (("Tilbud", 1),))]
    assert [(enlig.raekke, enlig.vist) for enlig in fundet.udgaaede] == [("Rødovre", "Tilbud: 2")]
    assert [(a.raekke, a.kolonne, a.foer, a.efter, a.forskel) for a in fundet.aendringer] == [
        ("Herlev", "Tilbud", 4, 6, Decimal(2)),
        ("Herlev", "Gennemsnit", Decimal("1.5"), Decimal("1.25"), Decimal("-0.25")),
    ]
    assert i_ord([fundet]) == (
        "1 af 1 tabeller og figurer er anderledes: 2 værdier er ændret, 1 række er ny og 1 række er udgået."
    )


@pytest.mark.parametrize(
    ("vaerdi", "ventet"),
    [
        (2026, "2026"), (212345, "212.345"), (Decimal("-0.25"), "−0,25"), (Decimal("-12345.50"), "−12.345,50"),
        (None, "–"), ("", "–"), (SKJULT, "skjult"), (date(2026, 11, 1), "01.11.2026"),
    ],
)  # fmt: skip
def test_value_is_written_the_danish_way(vaerdi: Vaerdi, ventet: str) -> None:
    assert vist(vaerdi) == ventet


def test_growth_carries_its_sign() -> None:
    assert [Aendring("Herlev", "Kr.", foer, efter).vist_forskel for foer, efter in ((1, 20001), (2, 1), (None, 1))] == [
        "+20.000", "−1", "–",
    ]  # fmt: skip


@pytest.mark.parametrize(("foer", "efter"), [(SKJULT, 7), (7, SKJULT), (None, 7), (7, None)])
def test_no_difference_is_computed_from_what_is_hidden_or_missing(foer: Vaerdi, efter: Vaerdi) -> None:
    (fundet,) = forskelle([post(("Herlev", foer, None))], [post(("Herlev", efter, None))])
    assert [aendring.forskel for aendring in fundet.aendringer] == [None]


def test_rows_with_the_same_name_are_told_apart_and_other_columns_named() -> None:
    (fundet,) = forskelle(
        [post(("Bofællesskabet", 1), ("Bofællesskabet", 2), kolonner=("Tilbud", "Belagte 2025"))],
        [post(("Bofællesskabet", 1), ("Bofællesskabet", 2), kolonner=("Tilbud", "Belagte 2026"))],
    )
    assert (fundet.kun_foer, fundet.kun_efter) == (("Belagte 2025",), ("Belagte 2026",))
    assert (fundet.nye, fundet.udgaaede, fundet.aendringer) == ((), (), ())
    assert i_ord([fundet]) == "1 af 1 tabeller og figurer er anderledes: 2 kolonner er kun i den ene."


def test_table_that_one_report_lacks_is_all_new_or_all_gone() -> None:
    (ny,), (vaek,) = forskelle([], [post(("Herlev", 1, None))]), forskelle([post(("Herlev", 1, None))], [])
    assert ([enlig.raekke for enlig in ny.nye], [enlig.raekke for enlig in vaek.udgaaede]) == (["Herlev"], ["Herlev"])


def test_same_figures_have_no_difference() -> None:
    alle = forskelle([post(("Herlev", 1, None))], [post(("Herlev", 1, None))])
    assert [forskel.er_ens for forskel in alle] == [True]
    assert i_ord(alle) == "Alle 1 tabeller og figurer er ens i de to rapporter."


VAERDIER = st.one_of(st.none(), st.just(SKJULT), st.integers(-9, 9), st.decimals("-9", "9", places=1))
TABELLER = st.dictionaries(st.sampled_from("ABCDE"), st.tuples(VAERDIER, VAERDIER), max_size=5).map(
    lambda raekker: post(*((navn, *vaerdier) for navn, vaerdier in raekker.items()))
)


@given(TABELLER, TABELLER)
def test_the_old_figures_with_the_differences_are_the_new_ones(foer: Post, efter: Post) -> None:
    (fundet,) = forskelle([foer], [efter])
    tabel = {str(raekke[0]): dict(zip(KOLONNER[1:], raekke[1:], strict=True)) for raekke in foer.raekker}
    for enlig in fundet.udgaaede:
        assert tabel.pop(enlig.raekke) == dict.fromkeys(KOLONNER[1:]) | dict(enlig.vaerdier)
    for aendring in fundet.aendringer:
        assert tabel[aendring.raekke][aendring.kolonne] == aendring.foer
        tabel[aendring.raekke][aendring.kolonne] = aendring.efter
        if aendring.forskel is not None:
            assert aendring.foer + aendring.forskel == aendring.efter  # type: ignore[operator]  # both are numbers then
    for enlig in fundet.nye:
        tabel[enlig.raekke] = dict.fromkeys(KOLONNER[1:]) | dict(enlig.vaerdier)
    assert tabel == {str(raekke[0]): dict(zip(KOLONNER[1:], raekke[1:], strict=True)) for raekke in efter.raekker}


@given(TABELLER, TABELLER)
def test_the_other_way_round_is_the_same_with_old_and_new_exchanged(foer: Post, efter: Post) -> None:
    (frem,), (tilbage,) = forskelle([foer], [efter]), forskelle([efter], [foer])
    assert {e.raekke for e in frem.nye} == {e.raekke for e in tilbage.udgaaede}
    assert {(a.raekke, a.kolonne, a.foer, a.efter) for a in frem.aendringer} == {
        (a.raekke, a.kolonne, a.efter, a.foer) for a in tilbage.aendringer
    }
    assert frem.er_ens == tilbage.er_ens


def to_rapporter() -> tuple[Rapport, Rapport]:
    """Between them Rødovre has got an offer with a place."""
    aftale = situationer.omraade()
    foer = faerdig(situationer.bestil(aftale))
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Nybo", i="Rødovre")))
    return foer, faerdig(situationer.bestil(aftale))


@pytest.mark.django_db
class TestSider:
    """Choosing two, and what is different."""

    def test_two_newest_stand_chosen_and_lead_to_their_differences(self) -> None:
        foer, efter = to_rapporter()
        hvem = laeser()
        assert SAMMENLIGN in hvem.get(reverse("rapporter:liste")).content.decode()
        form = hvem.get(SAMMENLIGN, {"type": "rammeaftale"}).context["form"]
        assert (form["foer"].initial, form["efter"].initial) == (str(foer.pk), str(efter.pk))
        svar = hvem.get(SAMMENLIGN, {"type": "rammeaftale", "foer": str(foer.pk), "efter": str(efter.pk)})
        assert (svar.status_code, svar["Location"]) == (302, reverse("rapporter:forskel", args=[efter.pk, foer.pk]))
        html = hvem.get(svar["Location"]).content.decode()
        assert "tabeller og figurer er anderledes: " in html

    def test_same_report_twice_and_one_of_others_are_refused_at_the_field(self) -> None:
        foer, efter = to_rapporter()
        fremmed = fabrik.aftale(parter=(), slug="midt", i="KKR Midtjylland")
        deres = faerdig(situationer.bestil(fremmed, fabrik.sekretariat("KKR Midtjylland")))
        for valg, besked in (
            ({"foer": str(efter.pk), "efter": str(efter.pk)}, "Vælg en anden rapport end den, der står under Før"),
            ({"foer": str(deres.pk), "efter": str(efter.pk)}, "Vælg en af mulighederne"),
            ({"efter": str(foer.pk)}, "Vælg den rapport, der er før"),
        ):
            svar = laeser().get(SAMMENLIGN, {"type": "rammeaftale", **valg})
            assert svar.status_code == 422, valg
            assert besked in svar.content.decode(), valg

    def test_only_types_with_reports_are_offered_and_one_report_is_too_few(self) -> None:
        faerdig(situationer.bestil(fabrik.aftale()))
        for type_ in ("", "rammeaftale", "kapacitet", "findes-ikke"):
            html = laeser().get(SAMMENLIGN, {"type": type_} if type_ else {}).content.decode()
            assert "Der er ikke to rapporter at sammenligne" in html, type_
            assert '<option value="rammeaftale"' in html
            assert '<option value="kapacitet"' not in html

    def test_report_of_an_older_shape_is_not_offered(self) -> None:
        aftale = situationer.omraade()
        faerdig(situationer.bestil(aftale), skema_version=1)
        ny = faerdig(situationer.bestil(aftale))
        html = laeser().get(SAMMENLIGN).content.decode()
        assert "Der er ikke to rapporter at sammenligne" in html
        foer, efter = faerdig(situationer.bestil(aftale)), ny
        assert laeser().get(reverse("rapporter:forskel", args=[efter.pk, foer.pk])).status_code == 200

    def test_choice_costs_the_same_with_many_reports(self, django_assert_num_queries: Any) -> None:
        aftale = fabrik.aftale()
        hvem = sekretariat()
        faerdig(situationer.bestil(aftale))
        hvem.get(SAMMENLIGN)
        for _ in range(2):
            with django_assert_num_queries(8):
                assert hvem.get(SAMMENLIGN).status_code == 200
            for _ in range(20):
                faerdig(situationer.bestil(aftale))


@pytest.mark.django_db
class TestRest:
    """The same over REST."""

    def test_differences_and_figures_are_those_of_the_page(self) -> None:
        foer, efter = to_rapporter()
        client = klienter.myndighed()
        svar = client.get(f"/api/v1/rapporter/{efter.pk}/forskelle/{foer.pk}").json()["resultater"]
        (tabel,) = [en for en in svar if en["kode"] == "R1-T2"]
        assert {
            "raekke": "Rødovre", "kolonne": "Pladser i alt", "foer": "0", "efter": "1", "forskel": "1",
        } in tabel["aendringer"]  # fmt: skip
        assert tabel["kilde"] == "rammeaftale.rapporter.rammeaftalen.samling._kommuner"
        assert "R1-T1" not in {en["kode"] for en in svar}
        assert client.get(f"/api/v1/rapporter/{efter.pk}/forskelle/{efter.pk}").json()["resultater"] == []
        tal = client.get(f"/api/v1/rapporter/{efter.pk}/tal?limit=3").json()
        assert [en["kode"] for en in tal["resultater"]][:1] == ["R1-T1"]
        assert tal["naeste"]
        alle = client.get(f"/api/v1/rapporter/{efter.pk}/tal").json()["resultater"]
        (kommuner,) = [en for en in alle if en["kode"] == "R1-T2"]
        assert kommuner["raekker"][0] == ["Gladsaxe", "1", "12", "0", "0", "0", "12"]
        (belaegning,) = [en for en in alle if en["kode"] == "R1-T3"]
        assert SKJULT in {vaerdi for raekke in belaegning["raekker"] for vaerdi in raekke}

    def test_report_without_data_and_of_another_type_is_a_conflict(self) -> None:
        aftale = situationer.omraade()
        efter = faerdig(situationer.bestil(aftale))
        uden = situationer.bestil(aftale)
        client = klienter.sekretariat()
        svar = client.get(f"/api/v1/rapporter/{efter.pk}/forskelle/{uden.pk}")
        assert (svar.status_code, svar.json()["code"]) == (409, "intet_oejebliksbillede")
        Rapport.objects.filter(pk=uden.pk).update(type="kapacitet")
        svar = client.get(f"/api/v1/rapporter/{efter.pk}/forskelle/{uden.pk}")
        assert (svar.status_code, svar.json()["code"]) == (409, "forskellige_rapporttyper")

    def test_report_of_others_is_not_found(self) -> None:
        foer, efter = to_rapporter()
        fremmed = klienter.myndighed("Aarhus")
        for sti in (f"{efter.pk}/forskelle/{foer.pk}", f"{efter.pk}/tal"):
            assert fremmed.get(f"/api/v1/rapporter/{sti}").status_code == 404
