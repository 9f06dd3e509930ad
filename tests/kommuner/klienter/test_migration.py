"""The step from a client that was its application to a client with credentials: nobody loses access or an answer."""

import os
from collections.abc import Iterator

import environ
import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from psycopg.rows import dict_row
from pytest_django import DjangoDbBlocker

ALIAS = "migrering"
FOER, EFTER = "0003_roller", "0004_klienter"
GAMMEL = """
insert into kommuner_organisation (id, art, navn, navn_sortering, cvr, ean, demo)
values ('01900000-0000-7000-8000-000000000001', 'kommune', 'Rødovre Kommune', 'rødovre kommune', '', '', true);
insert into oauth2_provider_application
    (id, client_id, client_secret, name, client_type, authorization_grant_type, hash_client_secret, skip_authorization,
     redirect_uris, post_logout_redirect_uris, allowed_origins, algorithm, registration_source, created, updated)
select nummer, 'id-' || nummer, 'hash-' || nummer, navn, 'confidential', 'client-credentials', true, false,
       '', '', '', '', 'manual', '2026-01-02', '2026-01-02'
from (values (7, 'Rødovres fagsystem'), (8, '')) as system(nummer, navn);
insert into kommuner_apiklient (application_id, organisation_id, funktion, scopes)
values (7, '01900000-0000-7000-8000-000000000001', 'myndighed', '["tilbud:read", "reservationer:write"]'),
       (8, '01900000-0000-7000-8000-000000000001', 'driftsherre', '[]');
insert into faelles_idempotensnoegle (id, klient, noegle, fingeraftryk, status, svar, hoveder, oprettet)
values ('01900000-0000-7000-8000-000000000002', 'klient:7', 'n-1', 'x', 201, '{}', '{}', '2026-01-02');
"""


@pytest.fixture
def ejer(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[psycopg.Connection[dict[str, object]]]:
    """A database of its own at the step before, seen by its owner."""
    felles = connections["default"].settings_dict
    som_ejer = {navn: environ.Env().db("DATABASE_OWNER_URL")[navn] for navn in ("USER", "PASSWORD")}
    navn = f"{felles['NAME']}_{ALIAS}"
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as server:
        server.execute(f"create database {navn}")
        connections.databases[ALIAS] = {**felles, **som_ejer, "NAME": navn}
        try:
            with django_db_blocker.unblock():
                call_command("migrate", "kommuner", FOER, database=ALIAS, verbosity=0)
                url = os.environ["DATABASE_OWNER_URL"]
                with psycopg.connect(url, dbname=navn, autocommit=True, row_factory=dict_row) as forbindelse:
                    forbindelse.execute(GAMMEL)
                    yield forbindelse
        finally:
            connections[ALIAS].close()
            del connections[ALIAS], connections.databases[ALIAS]
            server.execute(f"drop database {navn} with (force)")


def migrer(trin: str) -> None:
    call_command("migrate", "kommuner", trin, database=ALIAS, verbosity=0)


NU = """
select k.id, k.navn, k.funktion, k.scopes, k.lukket, n.plads, n.ophoert, a.client_id, a.client_secret
from kommuner_apiklient k join kommuner_apinoegle n on n.klient_id = k.id
join oauth2_provider_application a on a.id = n.application_id order by a.id
"""


def test_clients_keep_id_secret_rights_and_answers_both_ways(ejer: psycopg.Connection[dict[str, object]]) -> None:
    foer = ejer.execute("select * from kommuner_apiklient order by application_id").fetchall()
    migrer(EFTER)
    myndighed, driftsherre = ejer.execute(NU).fetchall()
    assert (myndighed["client_id"], myndighed["client_secret"], myndighed["plads"]) == ("id-7", "hash-7", 1)
    assert (myndighed["navn"], myndighed["funktion"]) == ("Rødovres fagsystem", "myndighed")
    assert myndighed["scopes"] == ["tilbud:read", "reservationer:write"]
    assert (myndighed["lukket"], myndighed["ophoert"]) == (None, None)
    assert (driftsherre["navn"], driftsherre["scopes"]) == ("id-8", [])
    svar = ejer.execute("select klient from faelles_idempotensnoegle").fetchall()
    assert svar == [{"klient": f"klient:{myndighed['id']}"}]

    ejer.execute("update kommuner_apinoegle set ophoert = now() where klient_id = %s", [driftsherre["id"]])
    migrer(FOER)
    assert ejer.execute("select * from kommuner_apiklient").fetchall() == foer[:1]  # what was revoked stays so
