"""The access table: every page and what each role gets. A new URL that is not in it fails."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from tests.sider import LUKKET, OFFENTLIGE, Raekke, adresse, argumenter, brugere, raekker, sider

RAEKKER = raekker()
SIDER = dict(sider(get_resolver()))


def udfald(svar_status: int, videre: str) -> str:
    """The table's word for an answer."""
    return "log" if svar_status == 302 and videre.startswith("/konto/login/?") else str(svar_status)


@pytest.mark.django_db
@pytest.mark.parametrize("raekke", RAEKKER, ids=lambda raekke: f"{raekke.metode}-{raekke.rute}")
def test_page_gives_each_role_what_the_table_says(raekke: Raekke) -> None:
    folk, args = brugere(), argumenter()
    url = adresse(raekke.rute, SIDER[raekke.rute], args)
    data = {"plads": args["plads_id"], "aftale": args["slug"], "type": "rammeaftale"} if raekke.metode == "POST" else {}
    fundet = {}
    for rolle, bruger in folk.items():
        client = Client()
        if bruger is not None:
            client.force_login(bruger)
        with transaction.atomic():  # what one role changes, the next does not see
            svar = client.post(url, data) if raekke.metode == "POST" else client.get(url)
            transaction.set_rollback(True)
        fundet[rolle] = udfald(svar.status_code, svar.headers.get("Location", ""))
    assert fundet == dict(raekke.udfald)


def test_every_page_is_in_the_table() -> None:
    assert set(SIDER) == {raekke.rute for raekke in RAEKKER} | {LUKKET}


def test_every_page_names_the_right_it_needs_or_is_public() -> None:
    uden = {navn for navn, moenster in SIDER.items() if not hasattr(moenster.callback, "kraever")}
    assert {navn for navn in uden if not navn.startswith("account_")} == {*OFFENTLIGE, LUKKET}


@pytest.mark.django_db
def test_page_that_only_writes_cannot_be_opened_by_a_link() -> None:
    folk, args = brugere(), argumenter()
    metoder: dict[str, set[str]] = {}
    for raekke in RAEKKER:
        metoder.setdefault(raekke.rute, set()).add(raekke.metode)
    client = Client()
    for bruger in (folk["sagsbehandler"], folk["tilbudsleder"], folk["sekretariat"]):
        assert bruger is not None
        client.force_login(bruger)
        svar = [client.get(adresse(r, SIDER[r], args)).status_code for r, m in metoder.items() if m == {"POST"}]
        assert set(svar) == {405}
