"""Tokens of systems: only the client's own scopes, not for long, and never after the credential has ended."""

import logging
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from freezegun import freeze_time
from oauth2_provider.models import AccessToken

from faelles.aktoer import Funktion, Rettighed
from faelles.models import Idempotensnoegle
from faelles.spor import historik
from faelles.tid import nu
from kommuner.klienter.actions import aendr_adgange, luk_klient, ny_noegle, spaer_noegle
from kommuner.klienter.noegler import Udstedt
from kommuner.models import ApiNoegle
from kommuner.tasks import ryd_tokens
from tests import fabrik
from tests.api import klienter
from tests.api.adgang import krop
from tests.kommuner.klienter.situationer import administrator, klient, noegler
from tilbud.bekraeftelser.tryk import tryk
from tilbud.belaegning.models import Optagelse
from tilbud.pladsloft import Loft

pytestmark = pytest.mark.django_db
ALT = frozenset({*klienter.LAES, *klienter.SAGER})


def bed_om(scope: str | None, hemmelighed: str = klienter.HEMMELIGHED) -> "tuple[int, dict[str, object]]":
    """Ask for a token for a client that may read offers only."""
    klient = klienter.registrer(fabrik.kommune().organisation, Funktion.MYNDIGHED, Rettighed.TILBUD_LAES)
    klient_id = klienter.noegle(klient).application.client_id
    svar = klienter.hent_token(klient_id, hemmelighed, **({} if scope is None else {"scope": scope}))
    return svar.status_code, svar.json()


def hent(udstedt: Udstedt, **mere: str) -> Any:
    """The answer of the token address to somebody who holds the secret."""
    return klienter.hent_token(udstedt.hemmelighed.klient_id, udstedt.hemmelighed.klartekst, **mere)


def med_token(udstedt: Udstedt, **mere: str) -> Client:
    """An HTTP client with a token just fetched."""
    svar = hent(udstedt, **mere)
    assert svar.status_code == 200, svar.content
    return Client(headers={"authorization": f"Bearer {svar.json()['access_token']}"}, raise_request_exception=False)


def reserver(client: Client, data: Any) -> Any:
    """Ask for a place, always with the same key."""
    return client.post(
        "/api/v1/reservationer", data, content_type="application/json", headers={"idempotency-key": "n-1"}
    )


def test_token_lasts_at_most_fifteen_minutes_and_has_the_clients_own_scopes() -> None:
    status, svar = bed_om(None)
    assert status == 200
    assert svar["scope"] == "tilbud:read"
    assert svar["expires_in"] == 900


def test_token_stops_after_fifteen_minutes_and_says_that_it_is_no_good() -> None:
    client = med_token(klient())
    assert client.get("/api/v1/tilbud").status_code == 200
    with freeze_time(nu() + timedelta(minutes=15, seconds=1)):
        svar = client.get("/api/v1/tilbud")
    assert (svar.status_code, svar.json()["code"]) == (401, "token_afvist")
    assert "invalid_token" in svar.headers["WWW-Authenticate"]


def test_no_token_and_a_made_up_one_are_told_apart() -> None:
    uden = klienter.uden_token().get("/api/v1/tilbud")
    opfundet = Client(headers={"authorization": "Bearer opfundet"}).get("/api/v1/tilbud")
    assert (uden.status_code, uden.json()["code"]) == (401, "ikke_logget_ind")
    assert (opfundet.status_code, opfundet.json()["code"]) == (401, "token_afvist")


def test_scope_the_client_does_not_own_is_refused() -> None:
    assert bed_om("reservationer:write")[0] == 400
    assert bed_om("tilbud:read reservationer:write")[1]["error"] == "invalid_scope"
    assert bed_om("admin:klienter")[0] == 400
    assert bed_om("tilbud:read")[0] == 200


def test_wrong_secret_gets_no_token() -> None:
    status, svar = bed_om(None, "forkert")
    assert (status, svar["error"]) == (401, "invalid_client")


@pytest.mark.parametrize("type_", ["password", "authorization_code", "refresh_token", "implicit"])
def test_no_other_grant_gives_a_token(type_: str) -> None:
    udstedt = klient()
    svar = hent(udstedt, grant_type=type_, username="a", password="b", code="c", refresh_token="d")
    assert svar.status_code == 400
    assert "access_token" not in svar.json()
    assert hent(udstedt).status_code == 200


def test_secret_in_the_address_is_refused() -> None:
    udstedt = klient()
    svar = Client().post(
        f"/o/token/?client_id={udstedt.hemmelighed.klient_id}&client_secret={udstedt.hemmelighed.klartekst}",
        {"grant_type": "client_credentials"},
    )
    assert svar.status_code in {400, 401}
    assert hent(udstedt).status_code == 200


def test_right_taken_from_the_client_ends_at_once_also_in_tokens_already_given() -> None:
    udstedt, af = klient(scopes={Rettighed.TILBUD_LAES, Rettighed.RAMMEAFTALER_LAES}), administrator()
    client = med_token(udstedt)
    assert client.get("/api/v1/rammeaftaler").status_code == 200
    aendr_adgange(aktoer=af, klient_id=udstedt.noegle.klient_id, scopes={Rettighed.TILBUD_LAES})
    assert client.get("/api/v1/rammeaftaler").status_code == 403
    assert client.get("/api/v1/tilbud").status_code == 200
    assert hent(udstedt, scope="rammeaftaler:read").status_code == 400


def test_right_given_later_is_not_in_a_token_given_before() -> None:
    udstedt, af = klient(scopes={Rettighed.TILBUD_LAES}), administrator()
    client = med_token(udstedt)
    aendr_adgange(
        aktoer=af, klient_id=udstedt.noegle.klient_id, scopes={Rettighed.TILBUD_LAES, Rettighed.RAMMEAFTALER_LAES}
    )
    assert client.get("/api/v1/rammeaftaler").status_code == 403
    assert med_token(udstedt).get("/api/v1/rammeaftaler").status_code == 200


def test_leaked_token_does_not_work_for_a_scope_it_was_not_asked_for() -> None:
    udstedt = klient(scopes=ALT)
    laekket, plads = med_token(udstedt, scope="tilbud:read"), fabrik.ledig_plads()
    assert laekket.get("/api/v1/tilbud").status_code == 200
    for sti in ("/api/v1/rammeaftaler", "/api/v1/reservationer", "/api/v1/rapporter"):
        assert laekket.get(sti).status_code == 403
    data = krop("reservationer", {"plads_id": str(plads.id)})
    assert reserver(laekket, data).status_code == 403
    assert reserver(med_token(udstedt), data).status_code == 201


def test_both_keys_work_side_by_side_and_a_revoked_one_stops_at_once_with_its_tokens() -> None:
    gammel, af = klient(), administrator()
    ny = ny_noegle(aktoer=af, klient_id=gammel.noegle.klient_id)
    gammelt_token, nyt_token = med_token(gammel), med_token(ny)
    assert [c.get("/api/v1/tilbud").status_code for c in (gammelt_token, nyt_token)] == [200, 200]
    spaer_noegle(aktoer=af, klient_id=gammel.noegle.klient_id, noegle_id=gammel.noegle.pk)
    svar = gammelt_token.get("/api/v1/tilbud")
    assert (svar.status_code, svar.json()["code"]) == (401, "token_afvist")
    assert "invalid_token" in svar.headers["WWW-Authenticate"]
    assert (hent(gammel).status_code, hent(gammel).json()) == (401, {"error": "invalid_client"})
    assert nyt_token.get("/api/v1/tilbud").status_code == 200
    assert hent(ny).status_code == 200


def test_closed_client_gets_no_token_and_its_tokens_stop_at_once() -> None:
    foerste, af = klient(), administrator()
    anden = ny_noegle(aktoer=af, klient_id=foerste.noegle.klient_id)
    tokens = [med_token(foerste), med_token(anden)]
    luk_klient(aktoer=af, klient_id=foerste.noegle.klient_id)
    assert [token.get("/api/v1/tilbud").status_code for token in tokens] == [401, 401]
    for udstedt in (foerste, anden):
        assert (hent(udstedt).status_code, hent(udstedt).json()) == (401, {"error": "invalid_client"})


def test_key_that_says_it_is_active_on_a_closed_client_counts_for_nothing() -> None:
    udstedt, af = klient(), administrator()
    client = med_token(udstedt)
    luk_klient(aktoer=af, klient_id=udstedt.noegle.klient_id)
    ApiNoegle.objects.for_systemet("test").filter(pk=udstedt.noegle.pk).update(ophoert=None)
    assert client.get("/api/v1/tilbud").status_code == 401
    assert hent(udstedt).status_code == 401


def test_client_revokes_its_own_token_and_nobody_elses() -> None:
    egen, anden = klient(), klient(administrator(), navn="Et andet")
    token = hent(egen).json()["access_token"]
    client = Client(headers={"authorization": f"Bearer {token}"})

    def tilbagekald(hvem: Udstedt) -> int:
        data = {"token": token, "client_id": hvem.hemmelighed.klient_id, "client_secret": hvem.hemmelighed.klartekst}
        return Client().post("/o/revoke_token/", data).status_code

    assert tilbagekald(anden) == 200  # it does not say whether there is such a token
    assert client.get("/api/v1/tilbud").status_code == 200
    assert tilbagekald(egen) == 200
    assert client.get("/api/v1/tilbud").status_code == 401


def test_last_use_is_noted_when_a_token_is_fetched_at_most_once_a_minute_and_never_by_a_request() -> None:
    udstedt = klient()
    assert noegler(udstedt.noegle.klient)[0].sidst_brugt is None
    assert hent(udstedt, client_secret="forkert").status_code == 401
    assert noegler(udstedt.noegle.klient)[0].sidst_brugt is None
    foerst = nu()
    with freeze_time(foerst):
        client = med_token(udstedt)
    set_ = []
    for sekunder in (30, 61):
        with freeze_time(foerst + timedelta(seconds=sekunder)):
            assert client.get("/api/v1/tilbud").status_code == 200
            set_.append(noegler(udstedt.noegle.klient)[0].sidst_brugt)
            hent(udstedt)
            set_.append(noegler(udstedt.noegle.klient)[0].sidst_brugt)
    assert set_ == [foerst, foerst, foerst, foerst + timedelta(seconds=61)]


def test_use_of_a_key_is_no_change_of_it_in_the_history() -> None:
    udstedt = klient()

    def antal() -> int:
        return int(historik(ApiNoegle).objects.for_systemet("test").filter(pgh_obj=udstedt.noegle.pk).count())

    assert antal() == 1
    hent(udstedt)
    assert noegler(udstedt.noegle.klient)[0].sidst_brugt is not None
    assert antal() == 1


def test_authentication_asks_the_database_once() -> None:
    client = med_token(klient())
    client.get("/api/v1/klassifikationer/hjemler")
    with CaptureQueriesContext(connection) as fangst:
        assert client.get("/api/v1/klassifikationer/hjemler").status_code == 200
    spurgt = [f["sql"] for f in fangst if "oauth2_provider" in f["sql"] or "kommuner_api" in f["sql"]]
    assert len(spurgt) == 1
    aktoerer = [f for f in fangst if f["sql"].startswith("select set_config")]
    assert len(aktoerer) == 2  # before it is known who asks, and after


def test_identity_and_idempotency_key_survive_the_change_of_a_key() -> None:
    gammel, af = klient(scopes=ALT), administrator()
    data = krop("reservationer", {"plads_id": str(fabrik.ledig_plads().id)})
    foerste = reserver(med_token(gammel), data)
    ny = ny_noegle(aktoer=af, klient_id=gammel.noegle.klient_id)
    spaer_noegle(aktoer=af, klient_id=gammel.noegle.klient_id, noegle_id=gammel.noegle.pk)
    igen = reserver(med_token(ny), data)
    assert (foerste.status_code, igen.status_code) == (201, 201)
    assert igen.json() == foerste.json()
    assert igen.headers["Idempotent-Replayed"] == "true"
    assert Optagelse.objects.count() == 1
    assert Idempotensnoegle.objects.get().klient == f"klient:{gammel.noegle.klient_id}"


def test_neither_secret_nor_token_stands_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        udstedt = klient()
        token = hent(udstedt).json()["access_token"]
        Client(headers={"authorization": f"Bearer {token}"}).get("/api/v1/tilbud")
        hent(udstedt, scope="findes:ikke")
        hent(udstedt, client_secret=udstedt.hemmelighed.klartekst + "x")
    assert caplog.text
    assert udstedt.hemmelighed.klartekst not in caplog.text
    assert token not in caplog.text


def test_tokens_that_have_run_out_are_tidied_up_and_the_others_kept() -> None:
    udstedt = klient()
    with freeze_time(nu() - timedelta(hours=1)):
        med_token(udstedt)
    gaelder = med_token(udstedt)
    assert AccessToken.objects.count() == 2
    ryd_tokens()
    assert AccessToken.objects.count() == 1
    assert gaelder.get("/api/v1/tilbud").status_code == 200


# --- The actor comes from the client --------------------------------------------------------------------------------

SET = {"fingeraftryk": tryk((), date(2027, 1, 1), Loft((), (), {}))}  # of a department without places
PAASTANDE = {
    "funktion": "driftsherre",
    "organisation": "Gladsaxe Kommune",
    "driftsherre": "Rødovre Kommune",
    "handlekommune": "Herlev Kommune",
    "scope": "pladser:confirm",
    **SET,
}


def test_case_system_cannot_confirm_its_own_municipalitys_places_whatever_it_says_it_is() -> None:
    roedovre = fabrik.kommune("Rødovre").organisation
    afdeling = fabrik.afdeling(fabrik.tilbud(i="Rødovre", driftsherre=roedovre))
    sagssystem, af = med_token(klient(scopes=ALT)), administrator(roedovre)
    sti = f"/api/v1/afdelinger/{afdeling.id}/bekraeftelser"
    for adresse, data in ((sti, SET), (f"{sti}?funktion=driftsherre&organisation={roedovre.id}", PAASTANDE)):
        svar = sagssystem.post(adresse, data, content_type="application/json", headers={"x-funktion": "driftsherre"})
        assert (svar.status_code, svar.json()["code"]) == (403, "ingen_adgang")
    udfoerer = klient(af, navn="Udførersystemet", funktion=Funktion.DRIFTSHERRE, scopes={Rettighed.PLADSER_BEKRAEFT})
    assert med_token(udfoerer).post(sti, SET, content_type="application/json").status_code == 201


def test_organisation_and_function_are_refused_in_the_query_and_in_the_body() -> None:
    gladsaxes = fabrik.reservation(fabrik.ledig_plads(), af=fabrik.sagsbehandler("Gladsaxe"))
    client, plads = med_token(klient(scopes=ALT)), fabrik.ledig_plads()
    gladsaxe = fabrik.kommune("Gladsaxe").organisation
    for foresp in (f"organisation={gladsaxe.id}", f"handlekommune={gladsaxe.id}", "funktion=driftsherre"):
        assert client.get(f"/api/v1/reservationer?{foresp}").status_code == 400
        assert client.get(f"/api/v1/reservationer/{gladsaxes.id}?{foresp}").status_code == 400
    data = krop("reservationer", {"plads_id": str(plads.id)})
    paastande = {**PAASTANDE, "organisationId": str(gladsaxe.id)}
    svar = reserver(client, {**data, **paastande})
    assert svar.status_code == 400
    fejl = {fejl["pointer"]: fejl["code"] for fejl in svar.json()["errors"]}
    assert fejl == {f"/{navn}": "ukendt_felt" for navn in paastande}
    svar = reserver(client, data)
    assert svar.status_code == 201, "a control: without them"
    assert client.get(svar.headers["Location"]).json()["handlekommune"] == "Rødovre Kommune"


def test_parameters_of_the_token_address_cannot_choose_for_whom() -> None:
    token = hent(klient(scopes=ALT), **{k: v for k, v in PAASTANDE.items() if k != "scope"}).json()["access_token"]
    fabrik.reservation(fabrik.ledig_plads(), af=fabrik.sagsbehandler("Gladsaxe"))
    egen = fabrik.reservation(fabrik.ledig_plads(), reference="RK-EGEN")
    fundne = Client(headers={"authorization": f"Bearer {token}"}).get("/api/v1/reservationer").json()["resultater"]
    assert [raekke["id"] for raekke in fundne] == [str(egen.id)]


@pytest.mark.django_db(transaction=True)
def test_revocation_holds_from_its_commit() -> None:
    udstedt = klient()
    client = med_token(udstedt)
    assert client.get("/api/v1/tilbud").status_code == 200
    with transaction.atomic():
        spaer_noegle(aktoer=administrator(), klient_id=udstedt.noegle.klient_id, noegle_id=udstedt.noegle.pk)
    assert client.get("/api/v1/tilbud").status_code == 401
