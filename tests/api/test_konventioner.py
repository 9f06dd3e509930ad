"""What every resource has in common: one shape of refusal, versions, tags, paging. Each failure stands beside its success."""

import ast
import base64
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.kald import taeller
from config.fejlkatalog import FEJLKATALOG
from faelles.fejl import _SQLSTATES
from faelles.problem import _BESKEDER, _IKKE_FUNDET
from kommuner.models import Laesning, Rolle
from rammeaftale.models import Godkendelse
from tests import fabrik
from tests.api import klienter
from tests.api.adgang import RAEKKER_MED_LISTER, argumenter, krop, naar_frem, raekker, systemer
from tests.ord import ENGELSKE

ROD = Path(__file__).resolve().parents[2]
ETAGER = ("faelles", "kommuner", "vilkaar", "tilbud", "takster", "reservationer", "rammeaftale")


def problem(svar: Any) -> dict[str, Any]:
    """The refusal, with its shape checked."""
    assert svar.headers["Content-Type"] == "application/problem+json"
    fundet: dict[str, Any] = svar.json()
    assert set(fundet) == {"type", "title", "status", "detail", "instance", "code", "errors"}
    assert fundet["status"] == svar.status_code
    assert fundet["instance"].startswith("urn:uuid:")
    assert FEJLKATALOG[fundet["code"]][0] == svar.status_code
    ord_ = set(re.findall(r"[a-zæøå]+", f"{fundet['title']} {fundet['detail']}".lower()))
    assert ord_ & ENGELSKE <= {"accept", "cursor", "limit", "errors", "instance"}
    return fundet


def send(client: Client, data: Any, *, noegle: str = "n-1") -> Any:
    """Ask for a reservation."""
    hoveder = {"idempotency-key": noegle} if noegle else {}
    return client.post("/api/v1/reservationer", data, content_type="application/json", headers=hoveder)


@pytest.mark.django_db
def test_all_faults_of_a_body_come_together_with_pointers() -> None:
    client, plads = klienter.myndighed(), fabrik.ledig_plads()
    god = krop("reservationer", {"plads_id": str(plads.id)})
    daarlig = problem(send(client, {**god, "pladsId": "x", "fra": "i morgen", "hjemmel": ""}))
    assert {fejl["pointer"] for fejl in daarlig["errors"]} == {"/pladsId", "/fra", "/hjemmel"}
    assert send(client, god).status_code == 201


@pytest.mark.django_db
def test_faults_the_action_finds_point_at_camel_case_fields() -> None:
    client, plads = klienter.myndighed(), fabrik.ledig_plads()
    god = krop("reservationer", {"plads_id": str(plads.id)})
    daarlig = problem(send(client, {**god, "hjemmel": "SEL-999", "fra": fabrik.om(-1).isoformat()}))
    assert daarlig["code"] == "ugyldig_reservation"
    assert {fejl["pointer"] for fejl in daarlig["errors"]} == {"/hjemmel", "/fra"}


@pytest.mark.django_db
def test_refusals_before_any_work_are_problems_too() -> None:
    client, uden = klienter.myndighed(), klienter.uden_token()
    afvist = uden.get("/api/v1/tilbud")
    assert problem(afvist)["status"] == 401
    assert afvist.headers["WWW-Authenticate"].startswith("Bearer")
    assert problem(uden.post("/api/v1/reservationer", "{", content_type="application/json"))["status"] == 401
    metode = client.delete("/api/v1/tilbud")
    assert problem(metode)["status"] == 405
    assert metode.headers["Allow"] == "GET, HEAD"
    assert problem(client.get("/api/v1/tilbud", headers={"accept": "text/html"}))["status"] == 406
    form = client.post("/api/v1/reservationer", "a=1", content_type="text/plain", headers={"idempotency-key": "a"})
    assert problem(form)["status"] == 415
    assert problem(send(client, "{"))["code"] == "json_ugyldig"
    assert problem(client.get("/api/v1/findes-ikke"))["status"] == 404
    assert client.get("/api/v1/tilbud").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("foresp", ["kommune=%00", "q=%00", "hjemmel=%00", "cursor=WyJcdTAwMDAiLCAiXHUwMDAwIl0"])
def test_characters_no_column_can_hold_are_the_clients_fault(foresp: str) -> None:
    svar = klienter.myndighed().get(f"/api/v1/tilbud?{foresp}")
    assert svar.status_code in {200, 400}
    if svar.status_code == 400:
        problem(svar)


@pytest.mark.django_db
def test_what_another_party_owns_and_what_does_not_exist_look_the_same() -> None:
    plads = fabrik.ledig_plads()
    egen = fabrik.reservation(plads)
    klient, fremmed = klienter.myndighed("Rødovre"), klienter.myndighed("Herlev")
    skjult = problem(fremmed.get(f"/api/v1/reservationer/{egen.id}"))
    ukendt = problem(fremmed.get(f"/api/v1/reservationer/{plads.id}"))
    assert {**skjult, "instance": ""} == {**ukendt, "instance": ""}
    assert klient.get(f"/api/v1/reservationer/{egen.id}").status_code == 200


@pytest.mark.django_db
def test_third_municipality_sees_the_place_taken_and_never_by_whom() -> None:
    plads = fabrik.ledig_plads()
    fremmed, adresse = klienter.myndighed("Herlev"), f"/api/v1/pladser/{plads.id}?fra={fabrik.om(8)}&til={fabrik.om(9)}"
    assert fremmed.get(adresse).json()["optaget"] is False
    fabrik.reservation(plads, reference="RK-HEMMELIG")
    efter = fremmed.get(adresse)
    assert efter.json()["optaget"] is True
    assert "Rødovre" not in efter.content.decode()
    assert "RK-HEMMELIG" not in efter.content.decode()
    assert fremmed.get("/api/v1/reservationer").json()["resultater"] == []


@pytest.mark.django_db
def test_unexpected_error_tells_nothing_of_the_inside_and_saves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fejl(**_kwargs: Any) -> None:
        raise DatabaseError("hemmelig tabel")

    client, plads = klienter.myndighed(), fabrik.ledig_plads()
    god = krop("reservationer", {"plads_id": str(plads.id)})
    with monkeypatch.context() as lap:
        lap.setattr("reservationer.sag.api.reserver", fejl)
        svar = send(client, god)
    assert problem(svar)["code"] == "intern_fejl"
    assert "hemmelig" not in svar.content.decode()
    assert send(client, god).status_code == 201


@pytest.mark.django_db
def test_error_after_the_work_takes_the_work_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def fejl(_raekke: Any) -> None:
        raise RuntimeError

    client, aftale = klienter.sekretariat(), fabrik.aftale()
    part = aftale.parter.all()[0]
    adresse = f"/api/v1/rammeaftaler/{aftale.id}/parter/{part.id}/godkendelser"
    god = krop(adresse, {})
    with monkeypatch.context() as lap:
        lap.setattr("rammeaftale.api.vis_godkendelse", fejl)
        assert klienter.send_set(client, adresse, god).status_code == 500
    assert Godkendelse.objects.count() == 0
    assert klienter.send_set(client, adresse, god).status_code == 201
    assert Godkendelse.objects.count() == 1


@pytest.mark.django_db
def test_single_resource_has_a_tag_and_says_when_it_is_unchanged() -> None:
    client, afdeling = klienter.myndighed(), fabrik.afdeling()
    adresse = f"/api/v1/tilbud/{afdeling.tilbud_id}"
    svar = client.get(adresse)
    assert svar.headers["ETag"].startswith('"')
    uaendret = client.get(adresse, headers={"if-none-match": svar.headers["ETag"]})
    assert (uaendret.status_code, uaendret.content) == (304, b"")
    afdeling.tilbud.navn = "Nyt navn"
    afdeling.tilbud.save()
    assert client.get(adresse, headers={"if-none-match": svar.headers["ETag"]}).status_code == 200


@pytest.mark.django_db
def test_list_that_is_added_to_by_who_has_seen_it_has_one_tag_on_every_page() -> None:
    client, aftale = klienter.sekretariat(), fabrik.aftale()
    part = aftale.parter.all()[0]
    adresse = f"/api/v1/rammeaftaler/{aftale.id}/parter/{part.id}/godkendelser"
    for _ in range(2):
        assert klienter.send_set(client, adresse, krop(adresse, {})).status_code == 201
    hele, side = client.get(adresse), client.get(f"{adresse}?limit=1")
    assert (len(hele.json()["resultater"]), len(side.json()["resultater"])) == (2, 1)
    assert hele.headers["ETag"] == side.headers["ETag"] == client.get(side.json()["naeste"]).headers["ETag"]
    uaendret = client.get(adresse, headers={"if-none-match": hele.headers["ETag"]})
    assert (uaendret.status_code, uaendret.content) == (304, b"")


@pytest.mark.django_db
def test_every_answer_names_the_version_and_stays_out_of_shared_caches() -> None:
    svar = klienter.myndighed().get("/api/v1/tilbud")
    assert re.fullmatch(r"\d+\.\d+\.\d+", svar.headers["API-Version"])
    assert svar.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.django_db
def test_answer_follows_the_token_and_never_a_persons_session() -> None:
    for client in (klienter.myndighed(), klienter.uden_token()):
        client.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation))
        assert client.get("/api/v1/tilbud").headers["Vary"] == "Authorization"
    assert client.get("/api/v1/tilbud").status_code == 401
    assert "sagsbehandler" in client.get("/api/v1/docs").content.decode()


@pytest.mark.django_db
def test_pages_by_cursor_give_every_row_once_also_when_names_are_equal() -> None:
    client = klienter.myndighed()
    ventet = {str(fabrik.tilbud("Samme navn").id) for _ in range(5)} | {str(fabrik.tilbud("Andet").id)}
    set_, adresse = [], "/api/v1/tilbud?limit=2&antal=true"
    while adresse:
        svar = client.get(adresse)
        data = svar.json()
        assert data["antal"] == len(ventet)
        set_ += [raekke["id"] for raekke in data["resultater"]]
        assert ("Link" in svar.headers) == (data["naeste"] is not None)
        adresse = data["naeste"] and f"{urlsplit(data['naeste']).path}?{urlsplit(data['naeste']).query}"
    assert sorted(set_) == sorted(ventet)
    assert "antal" not in client.get("/api/v1/tilbud").json()


@pytest.mark.django_db
@pytest.mark.parametrize("sti", ["tilbud", "reservationer", "pladser", "klassifikationer/hjemler", "rapporter"])
@pytest.mark.parametrize(
    "foresp", ["limit=0", "limit=1001", "limit=x", "cursor=x", "cursor=e30", "cursor=WyJhIiwiYiIsImMiXQ"]
)
def test_limit_or_cursor_that_is_not_ours_is_refused(sti: str, foresp: str) -> None:
    client = klienter.myndighed()
    assert problem(client.get(f"/api/v1/{sti}?{foresp}"))["status"] == 400
    assert client.get(f"/api/v1/{sti}?limit=1000").status_code == 200


@pytest.mark.django_db
def test_query_parameter_a_resource_does_not_have_is_refused_with_those_it_has() -> None:
    alle = systemer()
    args, kendte = argumenter(alle), {navn: klienter.client(klient) for navn, klient in alle.items()}
    for raekke in raekker():
        adresse = f"/api/v1/{raekke.rute.format(**args)}?findesIkke=1"
        svar = kendte[naar_frem(raekke)].generic(raekke.metode, adresse, headers={"idempotency-key": "k"})
        fundet = problem(svar)
        assert (svar.status_code, fundet["code"]) == (400, "ugyldigt_soegeord"), adresse
        assert [fejl["pointer"] for fejl in fundet["errors"]] == ["/findesIkke"]
    svar = klienter.myndighed().get("/api/v1/takster?tilbudId=x")
    assert "gyldigPaa, registreretFoer, tilbud, afdeling, hjemmel, limit, cursor, antal" in problem(svar)["detail"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("adresse", "ventet"),
    [
        ("reservationer?tilstand=findesikke", "Vælg blandt: afventer, bekraeftet, afvist, annulleret, udloebet, indskrevet, udeblevet."),
        ("tilbud?hjemmel=FINDES-IKKE", "/klassifikationer/hjemler"),
        ("tilbud?hjemmel=SEL-107&hjemmel=FINDES-IKKE", "FINDES-IKKE findes ikke."),
        ("tilbud?driftsherre=0197f3a0-0000-7000-8000-000000000000", "/tilbud"),
        ("ledige-pladser?fra=2027-01-01&hjemmel=FINDES-IKKE", "/klassifikationer/hjemler"),
        ("ledige-pladser?fra=2027-01-01&kommune=9999", "/kommuner"),
        ("ledige-pladser?fra=2027-01-01&maalgruppe=0197f3a0-0000-7000-8000-000000000000", "/klassifikationer/maalgrupper"),
        ("pladser?tilbud=0197f3a0-0000-7000-8000-000000000000", "/tilbud"),
        ("pladser?afdeling=0197f3a0-0000-7000-8000-000000000000", "/tilbud/{id}/afdelinger"),
        ("takster?hjemmel=FINDES-IKKE", "/klassifikationer/hjemler"),
        ("takster?afdeling=x", "Ikke et UUID."),
    ],
)  # fmt: skip
def test_value_nobody_has_is_refused_with_what_is_possible(adresse: str, ventet: str) -> None:
    fabrik.hjemmel("SEL-107")
    assert ventet in str(problem(klienter.myndighed().get(f"/api/v1/{adresse}")))


@pytest.mark.django_db
def test_takster_are_found_by_offer_department_and_legal_basis() -> None:
    client, afdeling = klienter.myndighed(), fabrik.afdeling(fabrik.tilbud(hjemler=("SEL-107", "SEL-108")))
    anden = fabrik.afdeling(afdeling.tilbud, navn="Nabohuset")
    egne = [fabrik.takst(afdeling), fabrik.takst(afdeling, kode="SEL-108")]
    naboens = fabrik.takst(anden)
    fabrik.takst(fabrik.afdeling(fabrik.tilbud()))
    for foresp, ventet in (
        (f"tilbud={afdeling.tilbud_id}", [*egne, naboens]),
        (f"afdeling={afdeling.id}", egne),
        (f"afdeling={afdeling.id}&afdeling={anden.id}&hjemmel=SEL-107", [egne[0], naboens]),
    ):
        fundne = client.get(f"/api/v1/takster?{foresp}").json()["resultater"]
        assert {raekke["id"] for raekke in fundne} == {str(takst.id) for takst in ventet}


@pytest.mark.django_db
def test_cursor_of_another_list_is_refused_where_its_values_mean_nothing() -> None:
    """["x", "y"]: two texts, where the list is ordered by an instant and an id."""
    assert problem(klienter.myndighed().get("/api/v1/reservationer?cursor=WyJ4IiwieSJd"))["code"] == "ugyldig_cursor"


@pytest.mark.django_db
def test_reservation_is_found_by_its_random_reference_by_its_parties_only() -> None:
    sag, anden = fabrik.reservation(reference="RK-1"), fabrik.reservation(reference="RK-2")
    for client in (klienter.myndighed("Rødovre"), klienter.driftsherre("Gladsaxe")):
        for skrevet in (str(sag.reference).lower(), "rk-1"):
            fundet = client.get("/api/v1/reservationer", {"reference": skrevet}).json()["resultater"]
            assert [(r["id"], r["reference"]) for r in fundet] == [(str(sag.id), sag.reference)]
    assert sag.reference != anden.reference
    fremmed = klienter.myndighed("Herlev").get("/api/v1/reservationer", {"reference": str(sag.reference)})
    assert fremmed.json()["resultater"] == []


@pytest.mark.django_db
def test_reading_a_reservation_is_logged_and_being_refused_is_not() -> None:
    egen = fabrik.reservation()
    assert klienter.myndighed("Herlev").get(f"/api/v1/reservationer/{egen.id}").status_code == 404
    assert Laesning.objects.for_systemet("test").count() == 0
    klient = klienter.myndighed("Rødovre")
    klient.get(f"/api/v1/reservationer/{egen.id}")
    klient.get("/api/v1/reservationer")
    assert list(Laesning.objects.for_systemet("test").order_by("tidspunkt").values_list("entitet_id", flat=True)) == [
        egen.id,
        egen.id,
    ]


def arbejde(client: Client, adresse: str) -> list[str]:
    """The statements of a request, without transaction control and set_config."""
    with CaptureQueriesContext(connection) as fangst:
        assert client.get(adresse).status_code == 200
    saetninger = [f["sql"] for f in fangst.captured_queries]
    return [s for s in saetninger if not re.match(r"(SAVEPOINT|RELEASE|BEGIN|COMMIT|ROLLBACK|select set_config)", s)]


@pytest.mark.django_db
@pytest.mark.parametrize("adresse", RAEKKER_MED_LISTER)
def test_list_takes_as_many_statements_for_many_rows_as_for_one(adresse: str) -> None:
    client, koeber = klienter.myndighed(), fabrik.sagsbehandler()

    def flere(antal: int) -> None:
        for _ in range(antal):
            afdeling = fabrik.afdeling(fabrik.tilbud())
            fabrik.bekraeftet(afdeling)
            fabrik.takst(afdeling)
            fabrik.ledig_plads(afdeling)
            fabrik.reservation(fabrik.ledig_plads(afdeling), af=koeber)

    flere(1)
    en = arbejde(client, adresse)
    flere(24)
    mange = arbejde(client, adresse)
    assert len(mange) == len(en), mange
    assert len(en) <= 12


@pytest.mark.django_db
def test_page_of_fifty_offers_with_token_and_two_filters_takes_five_statements_at_most() -> None:
    for _ in range(60):
        fabrik.tilbud(maalgrupper=("Autismespektrum", "Angst"))
    client, gruppe = klienter.myndighed(), fabrik.maalgruppe().kode
    adresse = f"/api/v1/tilbud?hjemmel=SEL-107&maalgruppe={gruppe}&limit=50"
    sat = [saetning for saetning in arbejde(client, adresse) if taeller(saetning)]
    assert len(sat) <= 5, sat
    svar = client.get(adresse).json()
    assert (len(svar["resultater"]), bool(svar["naeste"])) == (50, True)
    assert {len(et["maalgrupper"]) for et in svar["resultater"]} == {2}
    assert not client.get(adresse.replace(str(gruppe), str(fabrik.maalgruppe("Depression").kode))).json()["resultater"]


# Pages, calculations and sub-packages that no resource of the API calls, or that refuse a system less than they refuse people; a name, or
# a name within its package.
UDEN_KLIENTER = {
    "aarshjul", "adgang.py", "frister", "aendringer", "beregning", "budget", "demo", "forms.py", "gemte", "job.py", "klienter", "klynger/actions.py", "niveauer", "notatjob.py", "oidc.py",
    "penge.py", "personer", "portal", "pladstilbud_views.py", "profil.py", "registerimport", "reservering.py", "svar.py", "views.py",
    "fastsaettelse/actions.py", "fastsaettelse/scenarier.py", "fastsaettelse/udgivelse.py", "fastsaettelse/regnskab.py", "finansiering/actions.py", "finansiering/folketal.py", "topersoner.py", "prisblade/actions.py", "prisblade/udgivelse.py",
    "kontrol/actions.py", "regnskab/actions.py", "regnskab/indlaesning.py", "regnskab/opgoerelse.py", "regnskab/til_takst.py", "fritvalg/queries.py", "valg/queries.py",
    "genberegning/actions.py", "rapporter/kapitler.py", "lukninger/actions.py", "moeder/actions.py",
    "organer/actions.py", "videndeling/actions.py", "hoering/filer.py", "hoering/svarside.py",
}  # fmt: skip


def koder() -> set[str]:
    """Every code the source of the floors can raise towards a client; pages and calculations no resource calls are left out."""
    fundne = set()
    for fil in ROD.glob("*/**/*.py"):
        if fil.relative_to(ROD).parts[0] not in ETAGER:
            continue
        if UDEN_KLIENTER & {*fil.relative_to(ROD).parts, f"{fil.parent.name}/{fil.name}"}:
            continue
        for knude in ast.walk(ast.parse(fil.read_text())):
            if isinstance(knude, ast.Call) and isinstance(knude.func, ast.Name) and knude.args:
                kendt = knude.func.id in {"UgyldigtInput", "IkkeFundet", "Konflikt", "NoeglenErBrugt", "IngenAdgang"}
                if kendt and isinstance(knude.args[0], ast.Constant):
                    fundne.add(str(knude.args[0].value))
    return fundne


def test_every_code_the_source_gives_stands_in_the_catalogue() -> None:
    assert len(koder()) > 15
    rammens = {kode for kode, _ in (*_SQLSTATES.values(), *_BESKEDER.values(), _IKKE_FUNDET)}
    assert (koder() | rammens) - set(FEJLKATALOG) == set()


def test_every_code_in_the_catalogue_stands_in_the_source() -> None:
    kilde = "".join(fil.read_text() for etage in ETAGER for fil in (ROD / etage).rglob("*.py"))
    assert {kode for kode in FEJLKATALOG if f'"{kode}"' not in kilde} == set()


def test_the_catalogue_in_the_documentation_is_the_one_in_the_code() -> None:
    tekst = (ROD / "docs" / "api.md").read_text()
    assert set(re.findall(r"^\| `(\w+)` \| (\d+) \| (.+) \|$", tekst, re.MULTILINE)) == {
        (kode, str(status), forklaring) for kode, (status, forklaring) in FEJLKATALOG.items()
    }


@pytest.mark.django_db
@pytest.mark.parametrize("valg", [{"limit": "9" * 5000}, {"cursor": base64.urlsafe_b64encode(b"[" * 20_000).decode()}])
def test_absurd_paging_is_refused_not_a_fault_of_ours(valg: dict[str, str]) -> None:
    client = klienter.myndighed()
    assert client.get("/api/v1/kommuner", {"limit": "2"}).status_code == 200
    assert client.get("/api/v1/kommuner", valg).status_code == 400
