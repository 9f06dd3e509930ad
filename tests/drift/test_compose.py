import re
import shlex
import subprocess
import sys
from typing import Any

import pytest
import yaml

from drift import processer
from drift.laan import ROD

COMPOSE = ROD / "docker-compose.yml"
MILJOE = ROD / ".env.example"
APP = ("migrer", "web", "worker", "beat")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    indhold: dict[str, Any] = yaml.safe_load(COMPOSE.read_text())["services"]
    return indhold


def test_compose_follows_the_compose_specification() -> None:
    tjek = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(COMPOSE)]
    svar = subprocess.run(tjek, capture_output=True, text=True, check=False)
    assert svar.returncode == 0, svar.stdout


@pytest.mark.parametrize(
    ("navn", "kommando"), [("web", processer.WEB), ("worker", processer.WORKER), ("beat", processer.BEAT)]
)
def test_container_runs_the_command_of_make_run(services: dict[str, Any], navn: str, kommando: tuple[str, ...]) -> None:
    assert tuple(shlex.split(services[navn]["command"])) == kommando


def test_one_shot_container_prepares_the_database_as_make_run_does(services: dict[str, Any]) -> None:
    trin = services["migrer"]["command"][-1].split("&&")
    assert [shlex.split(kommando) for kommando in trin] == [
        ["python", "manage.py", *kommando] for _navn, kommando in processer.DATABASE
    ]


def test_image_starts_the_web_process_by_default() -> None:
    cmd = (ROD / "Dockerfile").read_text().rsplit("CMD ", maxsplit=1)[-1]
    assert tuple(yaml.safe_load(cmd)) == processer.WEB


def test_image_does_not_run_as_root() -> None:
    brugere = re.findall(r"^USER (\w+)$", (ROD / "Dockerfile").read_text(), re.MULTILINE)
    assert brugere == ["rammeaftale"]


def test_every_long_lived_container_has_a_health_check_and_starts_again(services: dict[str, Any]) -> None:
    for navn in services.keys() - {"migrer"}:
        assert "healthcheck" in services[navn], navn
        assert services[navn]["restart"] == "unless-stopped", navn


@pytest.mark.parametrize("navn", ["web", "worker", "beat"])
def test_application_waits_for_the_migrated_database(services: dict[str, Any], navn: str) -> None:
    venter = {paa: hvordan["condition"] for paa, hvordan in services[navn]["depends_on"].items()}
    assert venter == {
        "migrer": "service_completed_successfully",
        "postgres": "service_healthy",
        "redis": "service_healthy",
    }


@pytest.mark.parametrize("navn", ["web", "worker", "beat"])
def test_application_is_never_given_the_owners_password(services: dict[str, Any], navn: str) -> None:
    miljoe = services[navn]["environment"]
    assert "DATABASE_OWNER_URL" not in miljoe
    assert miljoe["EJER_ADGANGSKODE"] == miljoe["POSTGRES_PASSWORD"] == ""
    assert "rammeaftale_app:" in miljoe["DATABASE_URL"]
    assert miljoe["DEBUG"] == "0"


def test_database_container_creates_the_roles_from_the_shared_file(services: dict[str, Any]) -> None:
    fra, _til, _ro = next(v for v in services["postgres"]["volumes"] if v.startswith("./")).split(":")
    sql = (ROD / fra).read_text()
    givet = services["postgres"]["environment"]
    assert re.findall(r"\\getenv \w+ (\w+)", sql) == ["EJER_ADGANGSKODE", "APP_ADGANGSKODE"]
    assert {"EJER_ADGANGSKODE", "APP_ADGANGSKODE"} <= givet.keys()


def test_data_lies_in_named_volumes(services: dict[str, Any]) -> None:
    navne = set(yaml.safe_load(COMPOSE.read_text())["volumes"])
    brugt = {
        v.split(":")[0] for service in services.values() for v in service.get("volumes", []) if not v.startswith(".")
    }
    assert brugt == navne == {"postgres", "redis", "beat", "rapporter"}


def test_every_variable_compose_asks_for_stands_in_the_example() -> None:
    spurgt = set(re.findall(r"\$\{(\w+)", COMPOSE.read_text()))
    forklaret = {linje.split("=")[0] for linje in MILJOE.read_text().splitlines() if re.match(r"\w+=", linje)}
    assert spurgt <= forklaret
