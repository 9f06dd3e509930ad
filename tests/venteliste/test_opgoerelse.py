"""The monthly extract: each citizen once, finished months that never change, and small counts for the parties alone."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

from faelles.tid import Periode
from kommuner.models import Rolle
from reservationer.venteliste import optaelling
from reservationer.venteliste.actions import afmeld
from reservationer.venteliste.begreber import Afslutning
from reservationer.venteliste.models import Venteliste
from reservationer.venteliste.opgoerelse import Inddeling, Ventetid, borgere, maaneder_foer, tael
from tests import fabrik
from tests.venteliste.situationer import med_venteliste, venter
from vilkaar.noegler import NOEGLER, Noegle

MARTS = Periode(date(2026, 3, 1), date(2026, 4, 1))
SLUT = date(2026, 3, 31)


def en(nummer: int, fra: date, til: date | None = None, *, tilbud: str = "Kilden", kommune: str = "Herlev") -> Ventetid:
    return Ventetid((UUID(int=1), f"sag {nummer}"), "0163", kommune, tilbud, "Autismespektrum", fra, til)


def test_citizen_who_waits_for_several_offers_is_counted_once_where_it_waited_longest() -> None:
    alle = [en(1, date(2026, 2, 1), tilbud="Åhuset"), en(1, date(2026, 1, 1)), en(2, date(2026, 3, 31))]
    assert [(v.borger[1], v.tilbud) for v in borgere(alle, SLUT)] == [("sag 1", "Kilden"), ("sag 2", "Kilden")]


def test_month_counts_those_who_waited_at_the_end_of_its_last_day() -> None:
    alle = [en(1, SLUT, date(2026, 4, 1)), en(2, date(2026, 1, 1), SLUT), en(3, date(2026, 4, 1))]
    assert [v.borger[1] for v in borgere(alle, SLUT)] == ["sag 1"]


@pytest.mark.parametrize(
    ("fra", "gruppe"),
    [
        (date(2026, 3, 1), "Under 1 måned"),
        (date(2026, 2, 28), "1 til 3 måneder"),
        (date(2025, 12, 31), "3 til 6 måneder"),
        (date(2025, 9, 30), "6 til 12 måneder"),
        (date(2025, 3, 31), "12 måneder eller mere"),
    ],
)
def test_time_waited_is_counted_in_whole_months(fra: date, gruppe: str) -> None:
    assert en(1, fra).gruppe(Inddeling.VENTETID, SLUT) == gruppe


def test_small_counts_are_left_out_with_what_would_give_them_away() -> None:
    ventende = [en(nr, SLUT, tilbud="Kilden" if nr < 6 else "Åhuset" if nr < 12 else "Solbakken") for nr in range(14)]
    opgjort = tael(Inddeling.TILBUD, {MARTS: [ventende]}, 5)
    assert {r.maalgruppe: r.antal for r in opgjort.raekker} == {"Øvrige målgrupper": (14,)}, (
        "2 would follow from 14 - 12"
    )
    assert tael(Inddeling.TILBUD, {MARTS: [ventende[:4]]}, 5).summer == (None,)


def test_offers_and_municipalities_stand_in_danish_order() -> None:
    steder = ("Ålholm", "Ærø", "Aalborg", "Zebraen", "Øster")
    ventende = [en(nr, SLUT, tilbud=sted, kommune=sted) for nr, sted in enumerate(steder)]
    for inddeling in (Inddeling.TILBUD, Inddeling.KOMMUNE):
        raekker = tael(inddeling, {MARTS: [ventende]}, 0).raekker
        assert [r.maalgruppe for r in raekker] == ["Zebraen", "Ærø", "Øster", "Aalborg", "Ålholm"]


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(0, 120), st.sampled_from("ABC")), max_size=25))
def test_every_way_of_counting_adds_up_to_the_same_citizens(valg: list[tuple[int, int, str]]) -> None:
    alle = [en(nr, SLUT - timedelta(days=dage), tilbud=sted) for nr, dage, sted in valg]
    ventende = borgere(alle, SLUT)
    assert len(ventende) == len({nr for nr, *_ in valg})
    for inddeling in Inddeling:
        opgjort = tael(inddeling, {MARTS: [ventende]}, 0)
        assert opgjort.summer == (len(ventende),)
        assert sum(r.antal[0] or 0 for r in opgjort.raekker) == len(ventende)


def test_months_are_the_finished_ones() -> None:
    assert [m.fra for m in maaneder_foer(date(2026, 3, 1), 2)] == [date(2026, 1, 1), date(2026, 2, 1)]


@pytest.fixture
def liste(db: None) -> Venteliste:
    with freeze_time("2026-01-05 09:00"):
        return med_venteliste(fabrik.tilbud("Kilden"))


def skriv(liste: Venteliste, navn: str, antal: int, naar: date) -> None:
    """So many of the municipality's citizens begin to wait on the day."""
    with freeze_time(f"{naar} 09:00"):
        for nr in range(antal):
            venter(liste, navn, reference=f"{navn}-{nr}")


def test_municipality_sees_its_own_as_they_are_and_the_secretariat_no_small_count(liste: Venteliste) -> None:
    skriv(liste, "Rødovre", 2, date(2026, 1, 10))
    skriv(liste, "Herlev", 5, date(2026, 2, 10))
    dag = date(2026, 3, 5)
    egne = optaelling.egen(fabrik.sagsbehandler("Rødovre"), dag)
    assert set(egne) == {Inddeling.TILBUD, Inddeling.MAALGRUPPE, Inddeling.VENTETID}
    assert egne[Inddeling.TILBUD].raekker[0].antal[-2:] == (2, 2)
    assert {r.maalgruppe: r.antal[-1] for r in egne[Inddeling.VENTETID].raekker} == {
        "Under 1 måned": 0,
        "1 til 3 måneder": 2,
    }
    kkr = optaelling.i_kkr(fabrik.kkr().pk, dag)
    assert kkr[Inddeling.TILBUD].summer[-2:] == (None, 7), "two alone are not shown"
    assert {r.maalgruppe: r.antal[-1] for r in kkr[Inddeling.KOMMUNE].raekker} == {"Øvrige målgrupper": 7}
    fabrik.kommune("Odense", i="KKR Syddanmark")
    assert not optaelling.i_kkr(fabrik.kkr("KKR Syddanmark").pk, dag)[Inddeling.TILBUD].viser_noget


def test_finished_month_says_the_same_when_one_leaves_later(liste: Venteliste) -> None:
    with freeze_time("2026-01-10 09:00"):
        post = venter(liste)
    hvem = fabrik.sagsbehandler()
    foer = optaelling.egen(hvem, date(2026, 2, 5))[Inddeling.TILBUD].raekker
    with freeze_time("2026-02-05 10:00"):
        afmeld(aktoer=hvem, post_id=post.pk, grund=Afslutning.ANDET_TILBUD)
    assert optaelling.egen(hvem, date(2026, 2, 20))[Inddeling.TILBUD].raekker == foer
    assert optaelling.egen(hvem, date(2026, 3, 5))[Inddeling.TILBUD].raekker[0].antal[-2:] == (1, 0)


def som(rolle: Rolle, navn: str = "") -> Client:
    client = Client()
    hvor = fabrik.kommune(navn).organisation if navn else fabrik.kkr().sekretariat
    assert hvor is not None
    client.force_login(fabrik.bruger(rolle, hvor))
    return client


@pytest.mark.django_db
def test_pages_and_tables_say_the_same() -> None:
    liste, sidste_maaned = med_venteliste(fabrik.tilbud("Kilden")), 45
    for nr in range(3):
        venter(liste, dage=sidste_maaned, reference=f"RK-{nr}")
    for nr in range(5):
        venter(liste, "Herlev", dage=sidste_maaned, reference=f"HK-{nr}")
    for client, side, rute, ventet, graense in [
        (som(Rolle.SAGSBEHANDLER, "Rødovre"), "opgoerelse", "eksport_opgoerelse", "3", False),
        (som(Rolle.SEKRETARIAT), "tal", "eksport_tal", "8", True),
    ]:
        tekst = client.get(reverse(f"venteliste:{side}")).content.decode()
        assert "opfylder ikke kommunens pligt" in tekst
        assert f'<td class="tal">{ventet}</td>' in tekst
        assert (f"{NOEGLER[Noegle.DISKRETION_GRAENSE].klausul}, sæt 1 i " in tekst) is graense
        linjer = client.get(reverse(f"venteliste:{rute}", args=["csv"])).getvalue().decode("utf-8-sig").splitlines()
        sidst = [linje.split(";") for linje in linjer if ";Tilbud;Kilden;" in linje][-1]
        klausul = NOEGLER[Noegle.DISKRETION_GRAENSE].klausul
        assert sidst[4] == ventet
        assert [celle.rsplit(", ")[-1] for celle in sidst[5:]] == (["sæt 1", "Endelig", klausul] if graense else [])
    assert "Rødovre" not in som(Rolle.SEKRETARIAT).get(reverse("venteliste:tal")).content.decode().split("<main")[1]
