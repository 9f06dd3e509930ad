"""The document is valid, committed as it is, and true: generated requests get only the answers it describes."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from faelles.aktoer import SCOPES, Funktion
from faelles.problem import MEDIETYPE
from kommuner.roller import KLIENTRETTIGHEDER
from tests import fabrik
from tests.api import klienter
from tests.ord import engelsk, vist_tekst
from tilbud.registerimport.api import XLSX

GEMT = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


def dokument() -> dict[str, Any]:
    """As the code describes itself now."""
    generator = SchemaGenerator()  # type: ignore[no-untyped-call]  # the library has no types here
    fundet: dict[str, Any] = json.loads(json.dumps(generator.get_schema(request=None, public=True), default=str))  # type: ignore[no-untyped-call]  # as above
    return fundet


def test_document_is_valid_and_the_committed_one() -> None:
    nu = dokument()
    OpenAPIV31SpecValidator(nu).validate()
    assert nu["openapi"].startswith("3.1")
    assert nu == json.loads(GEMT.read_text()), "Dokumentet er ændret: kør `make openapi`."


def test_every_refusal_in_the_document_is_a_problem() -> None:
    for metoder in dokument()["paths"].values():
        for operation in metoder.values():
            afslag = [svar["content"] for kode, svar in operation["responses"].items() if kode[0] in "45"]
            assert afslag
            assert {medie for indhold in afslag for medie in indhold} == {MEDIETYPE}


def test_every_operation_says_which_scope_it_needs_and_has_its_own_id() -> None:
    nu = dokument()
    operationer = [operation for metoder in nu["paths"].values() for operation in metoder.values()]
    assert len({operation["operationId"] for operation in operationer}) == len(operationer)
    (ordning,) = nu["components"]["securitySchemes"].values()
    flow = ordning["flows"]["clientCredentials"]
    assert flow["tokenUrl"] == "/o/token/"
    assert set(flow["scopes"]) == set(SCOPES)
    kraevet = {
        scope for operation in operationer for krav in operation["security"] for scope in next(iter(krav.values()))
    }
    assert kraevet == set(flow["scopes"])


def objekter(skema: Any, komponenter: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every object in a schema, those it refers to included."""
    if isinstance(skema, dict):
        if ref := skema.get("$ref"):
            yield from objekter(komponenter[ref.rpartition("/")[2]], komponenter)
        if "properties" in skema:
            yield skema
    for del_ in skema.values() if isinstance(skema, dict) else skema if isinstance(skema, list) else ():
        yield from objekter(del_, komponenter)


def test_every_body_and_every_object_in_it_is_closed() -> None:
    nu, lukkede = dokument(), 0
    for sti, metoder in nu["paths"].items():
        for metode, operation in metoder.items():
            krop = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            for objekt in objekter(krop.get("schema"), nu["components"]["schemas"]):
                assert objekt.get("additionalProperties") is False, (metode, sti, objekt)
                lukkede += 1
    assert lukkede > 30


def eksempler() -> Iterator[tuple[str, dict[str, Any]]]:
    """Where in the document, and the part that holds a schema and should hold an example of it."""
    for sti, metoder in dokument()["paths"].items():
        for metode, operation in metoder.items():
            sted = f"{metode} {sti}"
            for parameter in operation.get("parameters", ()):
                yield f"{sted} {parameter['name']}", parameter
            svar = {"krop": operation.get("requestBody", {}), **operation["responses"]}
            for navn, del_ in svar.items():
                for medie, indhold in del_.get("content", {}).items():
                    if medie.endswith("json"):
                        yield f"{sted} {navn}", indhold


def test_everything_one_can_send_or_get_has_an_example_that_follows_its_schema() -> None:
    komponenter, set_ = dokument()["components"], 0
    for sted, del_ in eksempler():
        skema = {**del_["schema"], "components": komponenter}
        fejl = list(Draft202012Validator(skema, format_checker=FormatChecker()).iter_errors(del_["example"]))
        assert not fejl, (sted, fejl)
        set_ += 1
    assert set_ > 150


@pytest.mark.django_db
def test_page_of_the_document_shows_every_operation_and_every_error_without_script_or_style_of_its_own() -> None:
    svar = klienter.uden_token().get("/api/v1/docs").content.decode()
    for sti, metoder in dokument()["paths"].items():
        for metode in metoder:
            assert f"<code>{metode.upper()} {sti}</code>" in svar
    assert 'id="fejl-pladsen-er-optaget"' in svar
    assert "style=" not in svar
    assert "<style" not in svar
    assert engelsk(vist_tekst(svar), tilladt=frozenset({"delete", "if", "match"})) == {}, (
        "but the name of a method and of a header"
    )


schemathesis.serializer.alias(XLSX, "application/octet-stream")  # the library knows no workbooks
KONTROLLER: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.mark.django_db(transaction=True)
def test_generated_requests_get_only_the_answers_the_document_describes(live_server: Any) -> None:
    plads = fabrik.ledig_plads()
    fabrik.bekraeftet(plads.afdeling)
    fabrik.takst(plads.afdeling)
    kendte = {
        "plads_id": str(plads.id),
        "tilbud_id": str(plads.afdeling.tilbud_id),
        "afdeling_id": str(plads.afdeling_id),
        "reservation_id": str(fabrik.reservation(plads).id),
        "aftale_id": str(fabrik.aftale().id),
        "kommunekode": fabrik.kommune("Rødovre").kommunekode,
    }
    organisation = fabrik.kommune("Rødovre").organisation
    klient = klienter.registrer(organisation, Funktion.MYNDIGHED, *KLIENTRETTIGHEDER[Funktion.MYNDIGHED])
    hoved = {"Authorization": f"Bearer {klienter.token(klient)}"}
    statusser: Counter[int] = Counter()

    def proev(case: Any) -> None:
        case.path_parameters = {navn: kendte.get(navn, vaerdi) for navn, vaerdi in case.path_parameters.items()}
        svar = case.call_and_validate(base_url=live_server.url, headers=hoved, checks=KONTROLLER)
        statusser[svar.status_code] += 1

    faa = settings(
        max_examples=5, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    for fundet in schemathesis.openapi.from_dict(dokument()).get_all_operations():
        faa(given(case=fundet.ok().as_strategy())(proev))()  # type: ignore[union-attr]  # a broken document fails here, as it should
    assert statusser[200] > 30, statusser  # it got in, and was not merely turned away
