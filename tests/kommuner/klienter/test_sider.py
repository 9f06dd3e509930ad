"""Pages of the API clients as whole requests: the way from a new client to a changed key, and who may go it."""

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core.signing import loads
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time

from faelles.aktoer import Funktion, Rettighed
from faelles.models import Haendelse
from faelles.scope import saet_database_aktoer
from faelles.tid import nu
from kommuner.klienter.actions import luk_klient, ny_noegle, spaer_noegle
from kommuner.klienter.noegler import Udstedt, gem
from kommuner.klienter.noegler import hemmelighed as ny_hemmelighed
from kommuner.models import ApiKlient, ApiNoegle, Rolle
from tests import fabrik
from tests.api.klienter import hent_token
from tests.kommuner.klienter.situationer import administrator, browser, gem_klient, klient, noegler

pytestmark = pytest.mark.django_db
LISTE = "/klienter/"
FELTER = {"navn": "Fagsystemet", "funktion": "myndighed", "scopes": ["tilbud:read", "rapporter:read"]}


def tekst(svar: Any) -> str:
    return str(svar.content.decode())


def hemmelighed(svar: Any) -> str:
    """The secret on the page."""
    vist: str = svar.context["hemmelighed"].klartekst
    assert vist in tekst(svar)
    return vist


def side(navn: str, udstedt: Udstedt) -> str:
    klient_id = udstedt.noegle.klient_id
    return reverse(f"klienter:{navn}", args=[klient_id, udstedt.noegle.pk] if navn == "spaer" else [klient_id])


def test_liste_is_empty_until_somebody_makes_a_client() -> None:
    admin = browser()
    assert "Ingen API-klienter" in tekst(admin.get(LISTE))
    klient()
    assert "Fagsystemet" in tekst(admin.get(LISTE))
    assert "Ingen API-klienter" in tekst(browser(fabrik.kommune("Herlev").organisation).get(LISTE))


def test_navigation_leads_administrators_there_and_nobody_else() -> None:
    assert 'href="/klienter/"' in tekst(browser().get("/"))
    assert 'href="/klienter/"' not in tekst(browser(rolle=Rolle.SAGSBEHANDLER).get("/"))


def test_ny_offers_what_the_kind_of_organisation_can_have() -> None:
    kommunens = tekst(browser().get(reverse("klienter:ny")))
    assert "Myndighed: " in kommunens
    assert "Driftsherre: " in kommunens
    assert "(kun som driftsherre) <code>pladser:confirm</code>" in kommunens
    assert "godkendelser:write" not in kommunens
    sekretariat = fabrik.kkr().sekretariat
    sekretariatets = tekst(browser(sekretariat).get(reverse("klienter:ny")))
    assert "godkendelser:write" in sekretariatets
    assert "Myndighed: " not in sekretariatets
    assert "(kun som" not in sekretariatets


def test_ny_shows_the_secret_once_and_it_works() -> None:
    admin = browser()
    svar = admin.post(reverse("klienter:ny"), FELTER)
    assert svar.status_code == 200
    assert "no-store" in svar.headers["Cache-Control"]
    klient_id, vist = svar.context["hemmelighed"].klient_id, hemmelighed(svar)
    token = hent_token(klient_id, vist)
    assert (token.status_code, token.json()["scope"]) == (200, "rapporter:read tilbud:read")
    for sti in (LISTE, reverse("klienter:detalje", args=[svar.context["klient"].pk]), "/"):
        assert vist not in tekst(admin.get(sti))


def test_secret_is_nowhere_in_the_database_but_as_a_hash(django_assert_max_num_queries: Any) -> None:
    admin = browser()
    vist = hemmelighed(admin.post(reverse("klienter:ny"), FELTER))
    for session in Session.objects.all():
        assert vist not in str(session.get_decoded())
    assert "messages" not in admin.cookies or vist not in str(loads(admin.cookies["messages"].value))
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.funktion', 'system', true)")
        cursor.execute("select table_name from information_schema.tables where table_schema = 'public'")
        tabeller = [navn for (navn,) in cursor.fetchall()]
        assert {"django_session", "kommuner_apinoegleevent", "pghistory_context", "faelles_haendelse"} <= set(tabeller)
        for tabel in tabeller:
            cursor.execute(f"select count(*) from {tabel} as t where to_jsonb(t)::text like %s", [f"%{vist}%"])
            assert cursor.fetchone() == (0,), tabel


def test_ny_sent_again_makes_no_second_client() -> None:
    admin = browser()
    foerste = hemmelighed(admin.post(reverse("klienter:ny"), FELTER))
    igen = admin.post(reverse("klienter:ny"), FELTER)
    assert igen.status_code == 400
    assert foerste not in tekst(igen)
    assert "allerede en API-klient med det navn" in tekst(igen)


@pytest.mark.parametrize(
    ("fejl", "felter"),
    [
        ({"navn": ""}, {"navn"}),
        ({"navn": "x" * 81}, {"navn"}),
        ({"navn": "Sag 010190-1234"}, {"navn"}),
        ({"funktion": ""}, {"funktion"}),
        ({"funktion": "sekretariat"}, {"funktion"}),
        ({"scopes": []}, {"scopes"}),
        ({"scopes": ["admin:klienter"]}, {"scopes"}),
        ({"scopes": ["tilbud:read", "pladser:confirm"]}, {"scopes"}),
        ({"navn": "", "funktion": "", "scopes": []}, {"navn", "funktion", "scopes"}),
    ],
)
def test_ny_says_what_is_wrong_at_its_field(fejl: dict[str, Any], felter: set[str]) -> None:
    svar = browser().post(reverse("klienter:ny"), {**FELTER, **fejl})
    assert (svar.status_code, set(svar.context["form"].errors)) == (400, felter)
    assert not Haendelse.objects.filter(type__startswith="api").exists()


def test_whom_the_client_acts_for_cannot_be_chosen_in_the_form() -> None:
    herlev = fabrik.kommune("Herlev").organisation
    svar = browser().post(reverse("klienter:ny"), {**FELTER, "organisation": str(herlev.pk), "klient_id": "valgt"})
    assert svar.context["klient"].organisation == fabrik.kommune("Rødovre").organisation
    assert svar.context["hemmelighed"].klient_id != "valgt"


def test_detalje_shows_what_the_client_is_and_what_has_happened_to_it() -> None:
    admin = browser()
    admin.post(reverse("klienter:ny"), FELTER)
    with transaction.atomic():
        ny = ApiKlient.objects.for_systemet("test").get()
    (noegle,) = noegler(ny)
    admin.post(reverse("klienter:adgange", args=[ny.pk]), {"scopes": ["tilbud:read", "reservationer:read"]})
    admin.post(reverse("klienter:ny_noegle", args=[ny.pk]))
    admin.post(reverse("klienter:spaer", args=[ny.pk, noegle.pk]))
    html = tekst(admin.get(reverse("klienter:detalje", args=[ny.pk])))
    for linje in (
        "Myndighed: finder og reserverer pladser",
        "Klienten oprettet som myndighed",
        "Adgang givet: Se egne reservationer",
        "Adgang taget: Se og hente rapporter",
        f"Nøgle oprettet: {noegle.application.client_id}",
        f"Nøgle spærret: {noegle.application.client_id}",
        "Administrator",
    ):
        assert linje in html
    assert "Platformen" not in html
    admin.post(reverse("klienter:luk", args=[ny.pk]))
    lukket = tekst(admin.get(reverse("klienter:detalje", args=[ny.pk])))
    assert "Klienten lukket" in lukket
    for handling in ("adgange", "luk", "ny_noegle"):
        assert reverse(f"klienter:{handling}", args=[ny.pk]) not in lukket


def test_ny_noegle_is_shown_once_and_the_third_is_refused_with_a_word_about_what_to_do() -> None:
    udstedt, admin = klient(), browser()
    assert "den gamle virker" in tekst(admin.get(side("ny_noegle", udstedt))).lower()
    svar = admin.post(side("ny_noegle", udstedt))
    vist = hemmelighed(svar)
    assert hent_token(svar.context["hemmelighed"].klient_id, vist).status_code == 200
    igen = admin.post(side("ny_noegle", udstedt), follow=True)
    assert "Klienten har allerede 2 gældende nøgler" in tekst(igen)
    assert vist not in tekst(igen)
    assert reverse("klienter:ny_noegle", args=[udstedt.noegle.klient_id]) not in tekst(igen)


def test_spaer_asks_first_and_warns_of_the_last_key() -> None:
    udstedt, admin = klient(), browser()
    sidste = tekst(admin.get(side("spaer", udstedt)))
    assert "kan ikke fortrydes" in sidste
    assert "eneste gældende nøgle" in sidste
    ny_noegle(aktoer=administrator(), klient_id=udstedt.noegle.klient_id)
    assert "eneste gældende nøgle" not in tekst(admin.get(side("spaer", udstedt)))
    assert "er spærret" in tekst(admin.post(side("spaer", udstedt), follow=True))
    assert hent_token(udstedt.hemmelighed.klient_id, udstedt.hemmelighed.klartekst).status_code == 401
    assert "allerede spærret" in tekst(admin.post(side("spaer", udstedt), follow=True))


def test_client_without_a_key_is_marked_and_can_get_a_new_one() -> None:
    udstedt, admin = klient(), browser()
    spaer_noegle(aktoer=administrator(), klient_id=udstedt.noegle.klient_id, noegle_id=udstedt.noegle.pk)
    assert "Ingen nøgle" in tekst(admin.get(LISTE))
    assert "ingen gældende nøgle" in tekst(admin.get(side("detalje", udstedt)))
    assert hemmelighed(admin.post(side("ny_noegle", udstedt)))


def test_luk_asks_first_and_a_closed_client_can_be_read_and_not_changed() -> None:
    udstedt, admin = klient(), browser()
    assert "kan ikke fortrydes" in tekst(admin.get(side("luk", udstedt)))
    assert "Fagsystemet er lukket" in tekst(admin.post(side("luk", udstedt), follow=True))
    assert "Lukket" in tekst(admin.get(LISTE))
    for navn in ("luk", "ny_noegle", "adgange"):
        svar = admin.post(side(navn, udstedt), {"scopes": ["tilbud:read"]}, follow=True)
        assert "lukket og kan ikke ændres" in tekst(svar)


def test_adgange_is_refused_at_the_field_and_saved_with_a_word_about_when() -> None:
    udstedt, admin = klient(), browser()
    forkert = admin.post(side("adgange", udstedt), {"scopes": ["pladser:confirm"]})
    assert (forkert.status_code, set(forkert.context["form"].errors)) == (400, {"scopes"})
    assert admin.post(side("adgange", udstedt), {}).status_code == 400
    assert "gælder fra nu" in tekst(admin.post(side("adgange", udstedt), {"scopes": ["tilbud:read"]}, follow=True))


def test_old_and_unused_keys_are_marked_in_the_list_and_on_the_client(settings: Any) -> None:
    settings.KLIENTNOEGLE_DAGE = 90
    udstedt, admin = klient(), browser()
    assert "Aldrig brugt</span>" in tekst(admin.get(LISTE))
    hent_token(udstedt.hemmelighed.klient_id, udstedt.hemmelighed.klartekst)
    unge = tekst(admin.get(LISTE))
    assert "Aldrig brugt</span>" not in unge
    assert "Bør skiftes</span>" not in unge
    for dage, gammel in ((89, False), (91, True)):
        with freeze_time(fabrik.samme_tid(dage)):
            senere = browser()
            for sti in (LISTE, side("detalje", udstedt)):
                assert ("Bør skiftes</span>" in tekst(senere.get(sti))) is gammel
    with freeze_time(fabrik.samme_tid(91)):
        luk_klient(aktoer=administrator(), klient_id=udstedt.noegle.klient_id)
        assert "Bør skiftes</span>" not in tekst(browser().get(LISTE))


@pytest.mark.parametrize("navn", ["detalje", "adgange", "ny_noegle", "spaer", "luk"])
def test_foreign_client_looks_exactly_like_one_that_does_not_exist(navn: str) -> None:
    udstedt, fremmed = klient(), browser(fabrik.kommune("Herlev").organisation)
    egen = klient(administrator(fabrik.kommune("Herlev").organisation), navn="Herlevs")
    ukendt = side(navn, udstedt).replace(str(udstedt.noegle.klient_id), str(uuid4()))
    blandet = reverse("klienter:spaer", args=[egen.noegle.klient_id, udstedt.noegle.pk])
    for sti in (side(navn, udstedt), ukendt, *([blandet] if navn == "spaer" else [])):
        for svar in (fremmed.get(sti), fremmed.post(sti, {"scopes": ["tilbud:read"]})):
            assert svar.status_code == (405 if navn == "detalje" and svar.request["REQUEST_METHOD"] == "POST" else 404)
    assert uden_token(fremmed.get(side(navn, udstedt))) == uden_token(fremmed.get(ukendt))
    assert browser().get(side(navn, udstedt)).status_code == 200
    assert noegler(udstedt.noegle.klient)[0].gyldig


def uden_token(svar: Any) -> str:
    """The page without the token against forged requests, which is new each time."""
    html = tekst(svar)
    return html.replace(str(svar.context["csrf_token"]), "") if svar.context else html


def test_client_is_told_from_the_other_by_name_in_danish_order_and_closed_ones_come_last() -> None:
    af = administrator()
    for navn in ("Årssystem", "Ældre", "Zone", "Alfa"):
        klient(af, navn=navn)
    luk_klient(aktoer=af, klient_id=klient(af, navn="Aaa").noegle.klient_id)
    html = tekst(browser().get(LISTE))
    fundet = sorted(("Årssystem", "Ældre", "Zone", "Alfa", "Aaa"), key=lambda navn: html.index(f">{navn}</a>"))
    assert fundet == ["Alfa", "Zone", "Ældre", "Årssystem", "Aaa"]


def test_liste_and_detalje_send_a_constant_number_of_statements(django_assert_max_num_queries: Any) -> None:
    hvem, admin, udstedt = fabrik.kommune().organisation, browser(), klient()

    def kald(sti: str) -> int:
        with django_assert_max_num_queries(14) as maalt:
            assert admin.get(sti).status_code == 200
        return len(maalt)

    stier = [LISTE, f"{LISTE}?side=2", side("detalje", udstedt)]
    foer = [kald(sti) for sti in stier]
    saet_database_aktoer(None)
    for nummer in range(100):
        ny = gem_klient(hvem, f"Klient {nummer}", funktion=Funktion.DRIFTSHERRE)
        for plads in (1, 2):
            gem(ny, plads, ny_hemmelighed(f"id-{nummer}-{plads}", "x"))
        gem(udstedt.noegle.klient, 2, ny_hemmelighed(f"gammel-{nummer}", "x"))
        ApiNoegle.objects.for_systemet("test").filter(klient=udstedt.noegle.klient, plads=2).update(ophoert=nu())
    assert [kald(sti) for sti in stier] == foer
    assert ApiKlient.objects.for_systemet("test").count() == 101


@pytest.mark.parametrize("rolle", [rolle for rolle in Rolle if rolle is not Rolle.ADMINISTRATOR])
def test_other_roles_are_refused(rolle: Rolle) -> None:
    udstedt, anden = klient(), browser(fabrik.hjemsted(rolle), rolle=rolle)
    assert anden.get(LISTE).status_code == 403
    assert anden.post(reverse("klienter:ny"), FELTER).status_code == 403
    assert anden.post(side("luk", udstedt)).status_code == 403


def test_without_log_in_the_way_leads_to_the_log_in_page() -> None:
    assert Client().get(LISTE).url.startswith(reverse("account_login"))  # type: ignore[attr-defined]  # a redirect


def test_rights_that_are_for_people_are_offered_to_no_system() -> None:
    for organisation in (fabrik.kommune().organisation, fabrik.kkr().sekretariat):
        html = tekst(browser(organisation).get(reverse("klienter:ny")))
        assert Rettighed.TILBUD_LAES.value in html
        assert "admin:" not in html
        assert "drift:" not in html
