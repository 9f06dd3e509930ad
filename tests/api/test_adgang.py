"""The access table of the API: every operation, every kind of client. A new address that is not in it fails."""

import pytest
from django.db import transaction

from tests.api.adgang import OFFENTLIGE, Raekke, argumenter, klienterne, krop, operationer, raekker

RAEKKER = raekker()


@pytest.mark.django_db
@pytest.mark.parametrize("raekke", RAEKKER, ids=lambda raekke: f"{raekke.metode}-{raekke.sti}")
def test_operation_gives_each_client_what_the_table_says(raekke: Raekke) -> None:
    clienter, args = klienterne(), argumenter()
    url = f"/api/v1/{raekke.sti.format(**args)}" + ("?fra=2027-01-01" if raekke.sti == "ledige-pladser" else "")
    fundet, uden_problem = {}, []
    for rolle, client in clienter.items():
        with transaction.atomic():  # what one client changes, the next does not see
            if raekke.metode == "POST":
                noegle = {"idempotency-key": f"{rolle}-1"}
                svar = client.post(url, krop(raekke.sti, args), content_type="application/json", headers=noegle)
            else:
                svar = client.get(url)
            transaction.set_rollback(True)
        fundet[rolle] = svar.status_code
        if svar.status_code >= 400 and svar.headers["Content-Type"] != "application/problem+json":
            uden_problem.append(rolle)
    assert fundet == dict(raekke.udfald)
    assert uden_problem == []


def test_every_operation_is_in_the_table() -> None:
    assert set(operationer()) == {(r.sti, r.metode) for r in RAEKKER} | {(sti, "GET") for sti in OFFENTLIGE}


@pytest.mark.django_db
def test_document_and_page_are_open_to_everybody() -> None:
    client = klienterne()["uden_token"]
    assert {client.get(f"/api/v1/{sti}").status_code for sti in OFFENTLIGE} == {200}
