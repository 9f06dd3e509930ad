"""The free-choice check as people and systems make it: the boundary, what is kept, who sees it, and the note."""

from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import reverse

from faelles.aktoer import Aktoer
from faelles.dokument.tjek import tjek_pdf
from faelles.fejl import IngenAdgang, Konflikt, UgyldigtInput
from faelles.job import koer
from faelles.models import JobStatus
from faelles.scope import saet_database_aktoer
from kommuner.models import Organisation, Rolle
from reservationer.soegning.fritvalg import notat, queries
from reservationer.soegning.models import Fritvalgsproeve
from takster.beregning.sammenligning import Fritvalgsresultat
from tests import fabrik
from tests.api import klienter
from tests.soegning.fritvalg.situationer import botilbud, med_notat, proeve
from tilbud.models import Tilbud
from vilkaar.models import Saetstatus
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("udgift", "pris", "tilladt"),
    [
        ("2000.00", "2200.00", True),  # exactly 10.00 %
        ("2000.00", "2200.01", False),
        ("2000.00", "1500.00", True),
        ("1999.99", "2199.99", False),  # 10.0001 %, which two decimals would call 10.00
        ("1999.99", "2199.98", True),
    ],
)
def test_proev_exactly_on_the_limit_is_allowed_and_an_oere_over_is_not(udgift: str, pris: str, tilladt: bool) -> None:
    af = fabrik.sagsbehandler()
    ny = queries.find(af, proeve(af, udgift=udgift, pris=pris).pk)
    assert ny.tilladt is tilladt
    assert (ny.visiteret_udgift, ny.forhandlet_pris) == (Decimal(udgift), Decimal(pris))
    resultat = Fritvalgsresultat.af_json(ny.beregning)
    assert (resultat.tilladt, resultat.inddata.graense_procent) == (tilladt, Decimal(10))
    assert resultat.inddata.vilkaarssaet is not None
    assert resultat.inddata.vilkaarssaet.endelig


def test_proev_takes_the_limit_of_the_day_where_the_visited_offer_lies() -> None:
    kkr = fabrik.Kkr.objects.create(navn="KKR Stram", slug="kkr-stram")
    fabrik.vilkaar(kkr, andre={Noegle.FRIT_VALG_GRAENSE_PROCENT: "5"}, status=Saetstatus.FORELOEBIG)
    fabrik.kommune("Strammerup", i="KKR Stram")
    ny = proeve(visiteret_id=botilbud("Kernen i Strammerup", i="Strammerup").pk, pris="2100.01")
    inddata = Fritvalgsresultat.af_json(ny.beregning).inddata
    assert (ny.tilladt, inddata.graense_procent) == (False, Decimal(5))
    assert inddata.vilkaarssaet is not None
    assert not inddata.vilkaarssaet.endelig


def test_proev_without_the_term_names_it() -> None:
    kkr = fabrik.Kkr.objects.create(navn="KKR Ny", slug="kkr-ny")
    fabrik.vilkaar(kkr, uden=Noegle.FRIT_VALG_GRAENSE_PROCENT)
    fabrik.kommune("Nyby", i="KKR Ny")
    with pytest.raises(Konflikt) as fejl:
        proeve(visiteret_id=botilbud("I Nyby", i="Nyby").pk)
    assert fejl.value.kode == "vilkaar_mangler"
    assert "frit_valg_graense_procent" in fejl.value.besked


def test_proev_refuses_other_hjemler_the_same_offer_and_no_price_all_at_once() -> None:
    uden = fabrik.tilbud(hjemler=("SEL-107",))
    with pytest.raises(UgyldigtInput) as fejl:
        proeve(visiteret_id=uden.pk, oensket_id=uden.pk)
    assert set(fejl.value.felter) == {"visiteret", "oensket"}
    with pytest.raises(UgyldigtInput) as fejl:
        proeve(udgift="0")
    assert set(fejl.value.felter) == {"visiteret_udgift"}


@pytest.mark.parametrize("rolle", [Rolle.LAESER, Rolle.OEKONOMI, Rolle.TILBUDSLEDER])
def test_proev_takes_somebody_who_may_reserve(rolle: Rolle) -> None:
    with pytest.raises(IngenAdgang):
        proeve(fabrik.aktoer(rolle, fabrik.kommune().organisation))


def test_check_is_never_changed_and_seen_by_its_municipality_alone_in_the_database_too() -> None:
    af: Aktoer = fabrik.sagsbehandler()
    ny = med_notat(proeve(af))
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Fritvalgsproeve.objects.synlige_for(af).filter(pk=ny.pk).update(tilladt=False)
    for aktoer, ser in ((af, 1), (fabrik.sagsbehandler("Herlev"), 0), (fabrik.tilbudsleder("Rødovre"), 0)):
        saet_database_aktoer(aktoer)
        with connection.cursor() as cursor:
            for tabel in ("soegning_fritvalgsproeve", "soegning_fritvalgsnotat"):
                cursor.execute(f"select count(*) from {tabel}")
                assert cursor.fetchone() == (ser,)


@pytest.mark.parametrize(
    ("udgift", "pris", "skrevet"),
    [
        ("2000.00", "2200.00", ("Forskellen er 10,00 procent",)),
        ("1999.99", "2199.99", ("Forskellen er 10,0001 procent", "over grænsen med 0,01", "2.199,98", "2.199,989")),
        ("2000.05", "2200.06", ("Forskellen er 10,0002 procent", "over grænsen med 0,01", "2.200,05", "2.200,055")),
    ],
)
def test_no_figure_of_a_check_says_the_opposite_of_its_verdict(
    udgift: str, pris: str, skrevet: tuple[str, ...]
) -> None:
    """Two decimals would call 10.00005 the limit, and round 2,199.989 and 2,200.055 up to the price that is over it."""
    af = fabrik.sagsbehandler()
    html = notat.dokument(queries.find(af, proeve(af, udgift=udgift, pris=pris).pk), "").html
    for tekst in skrevet:
        assert tekst in html
    assert ("Inden for grænsen" in html) is (pris == "2200.00")


@pytest.mark.parametrize("pris", ["2200.00", "2500.00"])
def test_note_is_accessible_says_what_was_held_against_what_and_comes_out_the_same(
    pris: str, django_assert_num_queries: Any
) -> None:
    af = fabrik.sagsbehandler()
    ny = queries.find(af, proeve(af, pris=pris, begrundelse="Tættere på familien").pk)
    Tilbud.objects.update(navn="Et andet navn")
    Organisation.objects.update(navn="En anden kommune")
    with django_assert_num_queries(0):
        html = notat.dokument(ny, "4.2.1").html
    assert "4.2.1" in html
    for tekst in ("Kernen, Gladsaxe Kommune", "Bakken, Herlev Kommune", "2.000,00", "10,00 procent", "Rødovre Kommune"):
        assert tekst in html
    assert "Tættere på familien" in html
    assert " anden" not in html
    assert ("Inden for grænsen" in html) is (pris == "2200.00")
    pdf = notat.saet((ny, queries.klausul(ny)))
    assert tjek_pdf(pdf) == ()
    assert notat.saet((ny, queries.klausul(ny))) == pdf


@pytest.mark.django_db(transaction=True)
def test_job_stores_the_note_once() -> None:
    import_module("reservationer.soegning.tasks")  # as the worker does: it says how notes are made
    with transaction.atomic():
        af = fabrik.sagsbehandler()
        ny = proeve(af)
        assert queries.notat(af, ny.pk) is None
    koer(ny.job_id)
    koer(ny.job_id)
    with transaction.atomic():
        fundet = queries.find(af, ny.pk)
        assert fundet.job.status == JobStatus.FAERDIG
        pdf = queries.notat(af, ny.pk)
        assert pdf is not None
        assert pdf.startswith(b"%PDF")


def klient(navn: str = "Rødovre") -> Client:
    """A case worker's browser."""
    client = Client()
    client.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune(navn).organisation))
    return client


def test_page_checks_keeps_and_shows_with_what_was_typed_the_danish_way() -> None:
    a, b = (fabrik.afdeling(botilbud(navn)) for navn in ("Kernen", "Bakken"))
    fabrik.takst(a, "1950.00", kode="SEL-108")
    adresse = f"{reverse('soegning:ny_proeve')}?afdeling={a.pk}&afdeling={b.pk}"
    client = klient()
    assert "1.950,00" in client.get(adresse).content.decode()
    data = {
        "visiteret": str(a.tilbud_id),
        "oensket": str(b.tilbud_id),
        "visiteret_udgift": "2.000,00",
        "forhandlet_pris": "2.200,01",
        "dato_dag": "1",
        "dato_maaned": "12",
        "dato_aar": "2026",
    }
    svar = client.post(adresse, data)
    html = client.get(svar["Location"]).content.decode()
    assert "Over grænsen" in html
    assert "over grænsen med 0,01\N{NO-BREAK SPACE}kr." in html
    assert "Bakken" in client.get(reverse("soegning:proever")).content.decode()
    assert client.get(f"{svar['Location']}/notat").status_code == 404
    assert klient("Herlev").get(svar["Location"]).status_code == 404


@pytest.mark.parametrize(
    ("rettet", "felt"),
    [
        ({"visiteret_udgift": ""}, "visiteret_udgift"),
        ({"forhandlet_pris": "mange"}, "forhandlet_pris"),
        ({"oensket": ""}, "oensket"),
        ({"begrundelse": "010190-1234"}, "begrundelse"),
    ],
)
def test_page_shows_a_fault_at_its_field_and_keeps_nothing(rettet: dict[str, str], felt: str) -> None:
    a, b = (fabrik.afdeling(botilbud(navn)) for navn in ("Kernen", "Bakken"))
    data = {
        "visiteret": str(a.tilbud_id), "oensket": str(b.tilbud_id), "visiteret_udgift": "2000", "forhandlet_pris": "2100",
        "dato": fabrik.om(0).isoformat(), **rettet,
    }  # fmt: skip
    client = klient()
    svar = client.post(f"{reverse('soegning:ny_proeve')}?afdeling={a.pk}&afdeling={b.pk}", data)
    assert svar.status_code == 400
    assert list(svar.context["form"].errors) == [felt]
    assert "Ingen prøver endnu" in client.get(reverse("soegning:proever")).content.decode()


def krop(**andet: Any) -> dict[str, Any]:
    """What a system sends."""
    return {
        "visiteretId": str(botilbud("Kernen").pk), "oensketId": str(botilbud("Bakken").pk),
        "visiteretUdgift": "2000.00", "forhandletPris": "2200.00", "dato": "2026-12-01", **andet,
    }  # fmt: skip


def test_api_checks_lists_and_gives_the_note_when_it_is_made() -> None:
    system = klienter.myndighed()
    svar = system.post("/api/v1/fritvalgsproever", krop(), content_type="application/json")
    assert svar.status_code == 201, svar.content
    fundet = svar.json()
    assert (fundet["tilladt"], fundet["hoejestePris"]["beloeb"]) == (True, "2200.00")
    assert fundet["visiteretNavn"].startswith("Kernen, ")
    krapt = krop(visiteretUdgift="2000.05", forhandletPris="2200.06")
    over = klienter.myndighed("Herlev").post("/api/v1/fritvalgsproever", krapt, content_type="application/json").json()
    assert (over["tilladt"], over["hoejestePris"]["beloeb"]) == (False, "2200.05"), "not 2200.06, which is refused"
    assert (fundet["graenseProcent"], fundet["forskelProcent"], fundet["foreloebig"]) == ("10", "10.00", False)
    assert (fundet["notat"], svar["Location"]) == (None, f"/api/v1/fritvalgsproever/{fundet['id']}")
    assert system.get(f"{svar['Location']}/notat").status_code == 409
    with transaction.atomic():
        saet_database_aktoer(None)
        med_notat(Fritvalgsproeve.objects.for_systemet("tests").get(pk=fundet["id"]))
    (raekke,) = system.get("/api/v1/fritvalgsproever").json()["resultater"]
    assert raekke["notat"] == f"{svar['Location']}/notat"
    assert system.get(raekke["notat"])["Content-Type"] == "application/pdf"
    fremmed = klienter.myndighed("Herlev")
    assert [raekke["id"] for raekke in fremmed.get("/api/v1/fritvalgsproever").json()["resultater"]] == [over["id"]]
    assert fremmed.get(svar["Location"]).status_code == 404


def test_api_refuses_with_a_pointer_to_each_field() -> None:
    svar = klienter.myndighed().post("/api/v1/fritvalgsproever", {"dato": "x"}, content_type="application/json")
    assert svar.status_code == 400
    assert {fejl["pointer"] for fejl in svar.json()["errors"]} == {
        "/visiteretId", "/oensketId", "/visiteretUdgift", "/forhandletPris", "/dato",
    }  # fmt: skip


def test_lists_ask_as_much_for_1_as_for_20(django_assert_max_num_queries: Any) -> None:
    af = fabrik.sagsbehandler()
    proeve(af)
    with django_assert_max_num_queries(5) as en:
        list(queries.proever(af))
    for nummer in range(19):
        proeve(af, visiteret_id=botilbud(f"K{nummer}").pk, oensket_id=botilbud(f"B{nummer}").pk)
    with django_assert_max_num_queries(len(en)):
        assert len(queries.proever(af)) == 20
