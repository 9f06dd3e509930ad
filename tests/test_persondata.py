"""The data map names every table, and those with people in them with purpose, basis, readers and removal."""

import re

import pytest
from django.apps import apps
from django.db import models

from drift.laan import ROD
from kommuner.models import Bruger
from reservationer.sag.models import Reservation

SIDE = (ROD / "docs" / "persondata.md").read_text(encoding="utf-8")
# Columns that tell of a person: who did something, how to reach her, whose case it is.
PERSONKOLONNER = {"identitet", "email", "oprettet_af", "sagsreference", "bemaerkning", "ip_address", "session_data", "user_agent"}  # fmt: skip


def afsnit(overskrift: str) -> str:
    """What stands under a heading."""
    return re.split(r"^## ", SIDE.split(f"\n## {overskrift}\n")[1], flags=re.MULTILINE)[0]


def tabeller() -> list[type[models.Model]]:
    """Every table; a history table follows the one it is of, a table between two follows one of them."""
    return [
        model
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy and not hasattr(model, "pgh_tracked_model")
    ]


def har_personer(model: type[models.Model]) -> bool:
    """Whether a column tells of a person, or points at one or at a case."""
    felter = model._meta.concrete_fields
    peger = {felt.related_model for felt in felter if felt.is_relation}
    return bool(peger & {Bruger, Reservation}) or bool({felt.name for felt in felter} & PERSONKOLONNER)


def naevnt(model: type[models.Model], tekst: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(model._meta.label)}(?!\w)", tekst) is not None


@pytest.mark.parametrize("model", tabeller(), ids=lambda model: model._meta.label)
def test_every_table_is_in_the_map_or_known_to_be_without_people(model: type[models.Model]) -> None:
    i_kortet, uden = naevnt(model, afsnit("Datakort")), naevnt(model, afsnit("Uden oplysninger om personer"))
    assert i_kortet != uden
    assert i_kortet or not har_personer(model)


def test_every_row_of_the_map_is_filled_in() -> None:
    raekker = [linje.strip("|").split("|") for linje in afsnit("Datakort").splitlines() if linje.startswith("|")]
    assert len(raekker) > 10
    assert {len(raekke) for raekke in raekker} == {7}
    assert all(felt.strip() for raekke in raekker for felt in raekke)


def test_records_of_both_roles_answer_what_the_regulation_asks() -> None:
    for overskrift in (
        "Udkast til kommunens fortegnelse (art. 30, stk. 1)",
        "Udkast til platformens fortegnelse (art. 30, stk. 2)",
    ):
        tekst = afsnit(overskrift)
        assert {"Tredjelande", "Sikkerhed"} <= set(re.findall(r"^\| (\w+)", tekst, re.MULTILINE))
