"""The access table of the API: every operation and what each kind of system gets. A new address that is not in it fails."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from faelles.aktoer import Rettighed
from kommuner.models import ApiKlient
from kommuner.roller import KLIENTRETTIGHEDER
from tests.adgangstabel import Raekke
from tests.api import klienter
from tests.api.adgang import (
    FORESPOERGSLER,
    OFFENTLIGE,
    SYSTEMER,
    argumenter,
    kald,
    krop,
    operationer,
    raekker,
    systemer,
)

RAEKKER = raekker()
KRAEVET = {(sti, metode): rettighed for sti, metode, rettighed in operationer()}
Tokens = Callable[[ApiKlient, frozenset[Rettighed]], str]
Situation = tuple[Mapping[str, ApiKlient], Mapping[str, str], Tokens]


@pytest.fixture(scope="module")
def situation(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Situation]:
    """The systems, the things, and a token for each set of scopes, made once; nothing of what a row does to them is kept."""
    hurtig = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with django_db_blocker.unblock(), hurtig, transaction.atomic():
        alle = systemer()
        yield alle, argumenter(alle), cache(token)
        transaction.set_rollback(True)


def udfald(raekke: Raekke, client: Client, args: Mapping[str, str]) -> Any:
    """The operation called once; what it changes is not kept."""
    url = f"/api/v1/{raekke.rute.format(**args)}"
    with transaction.atomic():
        soeg = FORESPOERGSLER.get(raekke.rute, {})
        svar = kald(client, raekke.metode, raekke.rute, url, krop(raekke.rute, args), soeg)
        transaction.set_rollback(True)
    assert svar.status_code < 400 or svar.headers["Content-Type"] == "application/problem+json"
    return str(svar.status_code)


def token(klient: ApiKlient, rettigheder: frozenset[Rettighed]) -> str:
    """One that has just these scopes."""
    return klienter.token(klient, " ".join(sorted(rettigheder)))


def med_token(vaerdi: str) -> Client:
    """A client that sends it."""
    return Client(headers={"authorization": f"Bearer {vaerdi}"}, raise_request_exception=False)


@pytest.mark.parametrize("raekke", RAEKKER, ids=lambda raekke: f"{raekke.metode}-{raekke.rute}")
def test_operation_gives_each_system_what_the_table_says(raekke: Raekke, situation: Situation) -> None:
    fundne, args, tokens = situation
    kraevet = KRAEVET[raekke.rute, raekke.metode]
    fundet = {"intet": udfald(raekke, klienter.uden_token(), args), "ukendt": udfald(raekke, klienter.ukendt(), args)}
    uden = set()
    for navn, klient in fundne.items():
        alle = klient.rettigheder
        fundet[navn] = udfald(raekke, med_token(tokens(klient, alle)), args)
        uden.add(udfald(raekke, med_token(tokens(klient, alle - {kraevet})), args))
    fundet["scope"] = ", ".join(sorted(uden))
    assert fundet == raekke.udfald


def test_every_operation_is_in_the_table_once() -> None:
    assert set(KRAEVET) == {(r.rute, r.metode) for r in RAEKKER} | {(sti, "GET") for sti in OFFENTLIGE}
    assert len({(raekke.rute, raekke.metode) for raekke in RAEKKER}) == len(RAEKKER)


def test_every_function_a_system_can_have_is_tried_for_its_own_and_a_foreign_organisation() -> None:
    assert set(SYSTEMER) >= {
        f"{funktion.value}@{sted}" for funktion in KLIENTRETTIGHEDER for sted in ("egen", "fremmed")
    }


@pytest.mark.django_db
def test_document_and_page_are_open_to_everybody() -> None:
    client = klienter.uden_token()
    assert {client.get(f"/api/v1/{sti}").status_code for sti in OFFENTLIGE} == {200}
