"""At each field of what is shared stands who sees it, on the page and in the API's document."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.test import Client

from kommuner.models import Rolle
from rammeaftale.forms import BeslutningForm as Partsbeslutning
from rammeaftale.models import Version
from reservationer.sag.forms import BeslutningForm, ReservationForm
from reservationer.sag.overgange import OVERGANGE
from tests import fabrik

DOKUMENT = Path(__file__).resolve().parents[1] / "docs" / "openapi.json"
SES = re.compile(r"\bse[rs]\b", re.IGNORECASE)
SENDT = date(2026, 10, 1)
AFVIS = next(overgang for overgang in OVERGANGE if overgang.grunde)


@pytest.mark.parametrize(
    "form",
    [
        ReservationForm(ugedage=[], hjemler=[]),
        BeslutningForm(overgang=AFVIS),
        Partsbeslutning(versioner=[Version(nummer=nr, sendt=SENDT) for nr in (2, 1)]),
    ],
    ids=["reservation", "beslutning", "godkendelse"],
)
def test_every_field_of_a_shared_form_says_who_sees_it(form: forms.Form) -> None:
    uden = [felt.name for felt in form.visible_fields() if not SES.search(str(felt.help_text))]
    assert uden == []


@pytest.mark.parametrize("krop", ["ReservationIndRequest", "BeslutningIndRequest", "GodkendelseIndRequest"])
def test_every_text_of_a_shared_body_says_who_sees_it(krop: str) -> None:
    skema = json.loads(DOKUMENT.read_text())["components"]["schemas"][krop]["properties"]
    uden = [navn for navn, felt in skema.items() if not SES.search(felt.get("description", ""))]
    assert set(uden) <= {"pladsId", "udfald", "grund", "status"}  # a reference to a list has its own description


@pytest.mark.django_db
def test_target_group_of_the_search_is_shown_before_it_is_shared() -> None:
    plads, gruppe = fabrik.ledig_plads(), fabrik.maalgruppe()
    client = Client()
    client.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation))
    med = client.get("/reservationer/ny", {"plads": str(plads.pk), "maalgruppe": str(gruppe.pk)}).content.decode()
    assert f"Målgruppen fra jeres søgning, {gruppe.term}, følger med" in med
    assert "Ses kun af kommunen og driftsherren" in med
    andre: list[dict[str, str]] = [{}, {"maalgruppe": "x"}]
    for andet in andre:
        assert "følger med" not in client.get("/reservationer/ny", {"plads": str(plads.pk), **andet}).content.decode()
