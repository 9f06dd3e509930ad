"""The change log and the read log as an administration sees them, and as a file."""

import csv
import html
import io
import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from freezegun import freeze_time

from faelles.afsender import afsender, er_aktoer
from faelles.spor import historik, maa_rettes, slags
from faelles.tid import nu
from kommuner.models import Laesning, Rolle
from kommuner.spor import queries
from kommuner.spor.udvalg import Markoer, Udvalg
from tests import fabrik
from tests.kommuner.spor.situationer import REFERENCE, administrator, forloeb, klient

pytestmark = pytest.mark.django_db

AENDRINGER, LAESNINGER = "spor:aendringer", "spor:laesninger"


def raekker(client: Client, side: str, **foresp: str) -> list[str]:
    """The rows of the page's table as text."""
    svar = client.get(reverse(side), foresp)
    assert svar.status_code == 200, svar.content.decode()
    krop = re.search(r"<tbody>(.*)</tbody>", svar.content.decode(), re.DOTALL)
    if krop is None:
        return []
    return [
        re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", raekke))).strip()
        for raekke in re.findall(r"<tr.*?</tr>", krop[1], re.DOTALL)
    ]


def fil(client: Client, side: str, **foresp: str) -> list[list[str]]:
    """The rows of the file."""
    svar = client.get(reverse(f"{side}_fil", args=["csv"]), foresp)
    raa = b"".join(svar.streaming_content)  # type: ignore[attr-defined]  # a streamed answer
    assert raa.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raa.decode("utf-8-sig")), delimiter=";"))[1:]


# --- What the change log shows -------------------------------------------------------------------------------------------


def test_change_shows_before_and_after_in_danish_and_the_own_person_by_email() -> None:
    sag = forloeb()
    (raekke,) = (r for r in raekker(administrator("Gladsaxe"), AENDRINGER, slags="reservation") if "Ændret" in r)
    assert f"Reservation {REFERENCE}" in raekke
    assert "Tilstand: fra »Afventer svar« til »Bekræftet«" in raekke
    assert sag.saelger.email in raekke
    assert "Gladsaxe Kommune, driftsherre" in raekke


def test_people_of_others_are_shown_as_organisation_and_function_only() -> None:
    sag = forloeb()
    side = " ".join(raekker(administrator("Gladsaxe"), AENDRINGER))
    assert "Rødovre Kommune, myndighed" in side
    assert sag.koeber.email not in side
    assert str(sag.koeber.id) not in side
    laest = " ".join(raekker(administrator("Rødovre"), LAESNINGER))
    assert "Gladsaxe Kommune, tilbudsleder" in laest
    assert sag.saelger.email not in laest
    assert str(sag.saelger.id) not in laest


def test_relations_are_named_and_keys_and_checksums_left_out() -> None:
    forloeb()
    side = raekker(administrator("Gladsaxe"), AENDRINGER, slags="reservation")[-1]
    assert "Handlekommune: »Rødovre Kommune«" in side
    assert "Hjemmel: »Midlertidigt botilbud«" in side
    assert "Oprettet af" not in side
    assert "Id:" not in side


def test_change_of_a_thing_older_than_the_log_says_that_before_is_not_known() -> None:
    tilbud = fabrik.tilbud(i="Gladsaxe")
    spor = historik(type(tilbud))
    with maa_rettes(spor):
        spor.objects.for_systemet("test").delete()
    tilbud.navn = "Nyt navn"
    tilbud.save()
    (raekke,) = raekker(administrator("Gladsaxe"), AENDRINGER, slags="tilbud")
    assert "Hvad der stod før, er fra før loggen" in raekke
    assert "Navn: »Nyt navn«" in raekke


def test_platform_command_and_nobody_are_named() -> None:
    egen = administrator("Gladsaxe")
    for identitet in ("opgave:sag.udloeb_reservationer", "kommando:demodata", "anonym", "demo"):
        with afsender(identitet, kilde="test"):
            fabrik.tilbud(identitet, i="Gladsaxe")
    alle = raekker(egen, AENDRINGER, slags="tilbud")
    for ventet, raekke in zip(
        ("Ukendt", "Ikke logget på", "Driften kommando demodata", "Platformen opgave sag.udloeb_reservationer"),
        alle,
        strict=True,
    ):
        assert ventet in raekke


# --- Whose -----------------------------------------------------------------------------------------------------------------


def test_administrator_of_another_organisation_sees_nothing_of_ours() -> None:
    herlev = administrator("Herlev")
    sag = forloeb()
    for side in (AENDRINGER, LAESNINGER):
        fremmed = " ".join([*raekker(herlev, side), *(" ".join(celler) for celler in fil(herlev, side))])
        for ord_ in (REFERENCE, "Gladsaxe", "Rødovre", sag.koeber.email, str(sag.reservation.id)):
            assert ord_ not in fremmed
    for side in (AENDRINGER, LAESNINGER):  # and what she asks for by its id is not there
        assert raekker(herlev, side, objekt=str(sag.reservation.id)) == []


def test_identity_of_a_foreign_person_is_no_choice() -> None:
    sag = forloeb()
    svar = administrator("Herlev").get(reverse(AENDRINGER), {"hvem": f"bruger:{sag.koeber.id}"})
    assert svar.status_code == 400
    assert REFERENCE not in svar.content.decode()


def test_reading_is_found_by_the_readers_own_and_by_both_parties() -> None:
    sag = forloeb()
    for navn in ("Gladsaxe", "Rødovre"):
        fundne = raekker(administrator(navn), LAESNINGER, slags="reservation", objekt=str(sag.reservation.id))
        assert any("Gladsaxe Kommune, tilbudsleder" in raekke for raekke in fundne)
        assert all(f"Reservation {REFERENCE}" in raekke for raekke in fundne)
    assert raekker(administrator("Rødovre"), LAESNINGER, slags="reservation", hvem="andre") != []


def test_reading_log_is_row_secured_in_the_database_too() -> None:
    sag = forloeb()
    for aktoer, ser in (
        (fabrik.administrator("Gladsaxe"), True),
        (fabrik.administrator("Rødovre"), True),
        (fabrik.administrator("Herlev"), False),
        (fabrik.tilbudsleder("Gladsaxe"), False),
        (fabrik.sagsbehandler("Rødovre"), False),
    ):
        with connection.cursor() as cursor:
            cursor.execute(
                "select set_config('app.organisation', %s, true), set_config('app.funktion', %s, true)",
                [str(aktoer.organisation_id), aktoer.funktion.value],
            )
            cursor.execute("select count(*) from kommuner_laesning where entitet_id = %s", [sag.reservation.id])
            assert (cursor.fetchone() != (0,)) is ser


# --- Narrowing -------------------------------------------------------------------------------------------------------------


def test_narrowing_by_person_kind_reference_and_period() -> None:
    sag = forloeb()
    forloeb("ANDEN-1")
    gladsaxe = administrator("Gladsaxe")
    af_leder = raekker(gladsaxe, AENDRINGER, hvem=f"bruger:{sag.saelger.id}")
    assert af_leder
    assert all(sag.saelger.email in raekke for raekke in af_leder)
    assert {r.split()[0] for r in raekker(gladsaxe, AENDRINGER, slags="beslutning")} == {"Beslutning"}
    fundne = raekker(gladsaxe, AENDRINGER, objekt=REFERENCE.lower())
    assert {r.split()[0] for r in fundne} == {"Reservation", "Beslutning"}
    assert all("ANDEN-1" not in raekke for raekke in fundne)
    assert raekker(gladsaxe, AENDRINGER, objekt=str(sag.reservation.id)) == fundne
    assert raekker(gladsaxe, AENDRINGER, objekt="findes ikke") == []
    i_gaar = (fabrik.om(-1)).isoformat()
    assert raekker(gladsaxe, AENDRINGER, fra=i_gaar, til=i_gaar) == []
    assert raekker(gladsaxe, AENDRINGER, fra=i_gaar, til=fabrik.om(0).isoformat()) != []


def test_period_holds_whole_danish_days() -> None:
    with freeze_time("2026-07-01 22:30:00"):  # 0.30 on the second of July in Denmark
        forloeb()
        gladsaxe = administrator("Gladsaxe")
        antal = {dag: len(raekker(gladsaxe, LAESNINGER, fra=dag, til=dag)) for dag in ("2026-07-01", "2026-07-02")}
    assert antal["2026-07-01"] == 0
    assert antal["2026-07-02"] > 0


@pytest.mark.parametrize(
    ("foresp", "besked"),
    [
        ({"fra": "2026-02-01", "til": "2026-01-01"}, "Sidste dag skal ligge efter første dag"),
        ({"fra": "32.1.2026", "til": "2026-01-01"}, "Skriv en dato, der findes"),
        ({"objekt": "010190-1234"}, "ligner et CPR-nummer"),
        ({"slags": "hemmelig"}, "Vælg en af mulighederne"),
    ],
)
def test_question_that_cannot_be_asked_is_explained_and_not_answered(foresp: dict[str, str], besked: str) -> None:
    forloeb()
    gladsaxe = administrator("Gladsaxe")
    svar = gladsaxe.get(reverse(AENDRINGER), foresp)
    assert svar.status_code == 400
    assert besked in html.unescape(svar.content.decode())
    assert "<tbody>" not in svar.content.decode()
    hentet = gladsaxe.get(reverse("spor:aendringer_fil", args=["csv"]), foresp)
    assert hentet.status_code == 302
    assert not Laesning.objects.for_systemet("test").filter(entitet="aendringslog").exists()


@pytest.mark.parametrize("sted", ["x", "2026-01-01~reservation~1~2", "2026-01-01T00:00:00+00:00~reservation~x", "~~"])
def test_place_in_the_log_that_is_not_ours_is_refused(sted: str) -> None:
    svar = administrator("Gladsaxe").get(reverse(AENDRINGER), {"efter": sted})
    assert svar.status_code == 400
    assert "peger ikke på et sted i loggen" in svar.content.decode()


def test_older_rows_follow_by_a_link_that_keeps_the_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kommuner.spor.views.PR_SIDE", 1)
    forloeb()
    gladsaxe = administrator("Gladsaxe")
    for side in (AENDRINGER, LAESNINGER):
        foerste = gladsaxe.get(reverse(side), {"slags": "reservation"}).content.decode()
        videre = re.search(r'href="([^"]*efter=[^"]*)">Ældre', foerste)
        assert videre
        anden = gladsaxe.get(reverse(side) + html.unescape(videre[1]))
        assert anden.status_code == 200
        assert "Reservation" in anden.content.decode()
        assert ">Nyeste<" in anden.content.decode()


@pytest.mark.parametrize("antal", [1, 3, 7])
def test_pages_together_hold_every_row_once_and_in_order(antal: int) -> None:
    forloeb()
    aktoer = fabrik.administrator("Gladsaxe")
    udvalg = Udvalg(fabrik.om(-1), fabrik.om(0))
    for laes, noegle in (
        (queries.aendringer, lambda haendt: (haendt.slags.noegle, haendt.spor.pgh_id)),
        (queries.laesninger, lambda laesning: laesning.pk),
    ):
        alle = [noegle(raekke) for raekke in laes(aktoer, udvalg, None, 1000).raekker]
        fundne, efter = [], None
        while True:
            blad = laes(aktoer, udvalg, efter, antal)
            fundne += [noegle(raekke) for raekke in blad.raekker]
            if blad.naeste is None:
                break
            efter = Markoer.laes(str(blad.naeste), int if laes is queries.aendringer else UUID)
        assert fundne == alle
        assert len(set(alle)) == len(alle) > 1


# --- As a file -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", [AENDRINGER, LAESNINGER])
def test_file_holds_the_rows_of_the_page(side: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kommuner.spor.eksport.STYKKE", 3)
    forloeb()
    gladsaxe = administrator("Gladsaxe")
    paa_siden = raekker(gladsaxe, side, slags="reservation")
    i_filen = fil(gladsaxe, side, slags="reservation")
    assert len(i_filen) == len(paa_siden) > 1
    for celler, raekke in zip(i_filen, paa_siden, strict=True):
        assert all(del_ in raekke for del_ in (celler[3], celler[4], celler[-1]))
        assert REFERENCE in celler[7 if side == AENDRINGER else 6]


def test_cell_that_a_spreadsheet_would_calculate_is_text() -> None:
    forloeb("=1+1")
    gladsaxe = administrator("Gladsaxe")
    assert {raekke[7] for raekke in fil(gladsaxe, AENDRINGER, slags="reservation")} == {"'=1+1"}
    assert {raekke[6] for raekke in fil(gladsaxe, LAESNINGER, slags="reservation")} == {"'=1+1"}


# --- The log of the log ----------------------------------------------------------------------------------------------------


def test_opening_searching_and_fetching_a_log_is_itself_logged_and_shown() -> None:
    forloeb()
    bruger = fabrik.bruger(Rolle.ADMINISTRATOR, fabrik.kommune("Gladsaxe").organisation)
    gladsaxe = klient(bruger)
    gladsaxe.get(reverse(AENDRINGER))
    gladsaxe.get(reverse(AENDRINGER), {"objekt": REFERENCE, "slags": "reservation", "hvem": "andre"})
    fil(gladsaxe, LAESNINGER, objekt=REFERENCE)
    om_loggen = [r for r in raekker(gladsaxe, LAESNINGER) if "loggen" in r]
    assert len(om_loggen) == 3
    assert all(bruger.email in raekke for raekke in om_loggen)
    assert f"Læseloggen Hentet: {dage()}; søgt: {REFERENCE}" in om_loggen[0]
    assert f"Ændringsloggen Set: {dage()}; hvem: andre; slags: reservation; søgt: {REFERENCE}" in om_loggen[1]
    assert f"Ændringsloggen Set: {dage()}" in om_loggen[2]
    assert [r for r in raekker(administrator("Rødovre"), LAESNINGER) if "loggen" in r] == []


def dage() -> str:
    return f"{fabrik.om(-30):%d.%m.%Y} til og med {fabrik.om(0):%d.%m.%Y}"


def test_refused_visit_leaves_no_trace_of_data() -> None:
    forloeb()
    client = klient(fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation))
    filer = [reverse(f"{navn}_fil", args=["csv"]) for navn in (AENDRINGER, LAESNINGER)]
    for adresse in (reverse(AENDRINGER), reverse(LAESNINGER), *filer):
        assert client.get(adresse).status_code == 403


# --- Speed -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", [AENDRINGER, LAESNINGER])
def test_page_sends_as_many_statements_for_a_hundred_rows_as_for_one(side: str) -> None:
    gladsaxe = administrator("Gladsaxe")
    leder = fabrik.tilbudsleder("Gladsaxe")
    afdeling = fabrik.afdeling(fabrik.tilbud(i="Gladsaxe"))
    fabrik.merpladstilladelse(afdeling, 100)

    def arbejd(gange: int) -> None:
        for _ in range(gange):
            with afsender(leder.identitet, kilde="test"):
                er_aktoer(leder)
                plads = fabrik.ledig_plads(afdeling)
                plads.merplads = True
                plads.save()
                sag = fabrik.reservation(plads)
            klient(fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)).get(
                reverse("sag:detalje", args=[sag.pk])
            )

    def maal() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as fangst:
            antal = len(raekker(gladsaxe, side, slags="plads" if side == AENDRINGER else "reservation"))
        return antal, len(fangst)

    arbejd(1)
    faa, faa_saetninger = maal()
    arbejd(60)
    mange, mange_saetninger = maal()
    assert faa < 3
    assert mange == 50
    assert mange_saetninger == faa_saetninger <= 20


def test_whole_change_log_sends_two_statements_a_kind_at_most() -> None:
    forloeb()
    gladsaxe = administrator("Gladsaxe")
    with CaptureQueriesContext(connection) as fangst:
        raekker(gladsaxe, AENDRINGER)
    assert len(fangst) < 2 * len(slags()) + 15


def test_rows_are_newest_first_across_kinds() -> None:
    forloeb()
    with freeze_time(nu() + timedelta(seconds=5)):
        tider = [raekke[0] for raekke in fil(administrator("Gladsaxe"), AENDRINGER)]
    assert tider == sorted(tider, reverse=True)
