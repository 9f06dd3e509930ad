import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from drift import udvikling
from drift.fejl import Driftsfejl
from drift.laan import ROD

SERVERE = {
    "DATABASE_URL": "postgresql://app@db/r",
    "DATABASE_OWNER_URL": "postgresql://ejer@db/r",
    "REDIS_URL": "redis://r",
}


@pytest.mark.parametrize(
    ("miljoe", "forventet"),
    [
        ({}, True),
        ({"DATABASE_URL": "x"}, False),
        ({"DATABASE_URL": "x", "DEBUG": "1"}, True),
        ({"DEBUG": "0"}, False),
        ({"DEBUG": "false"}, False),
        ({"DATABASE_URL": "x", "DEBUG": ""}, False),
    ],
)
def test_debug_decides_and_otherwise_a_missing_database(miljoe: dict[str, str], forventet: bool) -> None:
    assert udvikling.er_udvikling(miljoe) is forventet


def test_development_fills_only_what_is_absent(tmp_path: Path) -> None:
    miljoe = {**SERVERE, "PORT": "9000"}
    udvikling.saet_miljoe(miljoe, tmp_path)
    assert miljoe.items() >= {**SERVERE, "PORT": "9000", "DEBUG": "1", "ALLOWED_HOSTS": "localhost,127.0.0.1"}.items()


def test_secret_key_is_private_and_the_same_next_time(tmp_path: Path) -> None:
    foerst, igen = dict(SERVERE), dict(SERVERE)
    udvikling.saet_miljoe(foerst, tmp_path)
    udvikling.saet_miljoe(igen, tmp_path)
    assert foerst["SECRET_KEY"] == igen["SECRET_KEY"]
    assert len(foerst["SECRET_KEY"]) >= 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [fil.name for fil in tmp_path.iterdir()] == ["secret_key"]


@pytest.mark.parametrize(
    ("argumenter", "rolle"),
    [
        (["migrate"], "ejer"),
        (["demodata", "--seed", "1"], "ejer"),
        (["shell"], "app"),
        (["bestil_rapport"], "app"),
        ([], "app"),
    ],
)
def test_owner_commands_and_only_those_connect_as_the_owner(argumenter: list[str], rolle: str) -> None:
    miljoe = dict(SERVERE)
    udvikling.vaelg_rolle(["manage.py", *argumenter], miljoe)
    assert miljoe["DATABASE_URL"] == f"postgresql://{rolle}@db/r"


def test_owner_command_without_the_owners_url_says_so() -> None:
    with pytest.raises(Driftsfejl, match="DATABASE_OWNER_URL"):
        udvikling.vaelg_rolle(["manage.py", "migrate"], {"DATABASE_URL": "x"})


def test_manage_in_production_fails_loudly_on_a_missing_variable() -> None:
    miljoe = {"PATH": os.environ["PATH"], "DEBUG": "0", "SECRET_KEY": "x", "ALLOWED_HOSTS": "x"}
    svar = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROD, env=miljoe, capture_output=True, text=True, check=False
    )
    assert svar.returncode != 0
    assert "DATABASE_URL" in svar.stderr or "REDIS_URL" in svar.stderr


@pytest.mark.parametrize("fil", ["config/settings.py", "drift/gunicorn_conf.py", "drift/proev.py", "drift/koer.py"])
def test_every_variable_that_is_read_is_explained(fil: str) -> None:
    laest = re.findall(r"""env(?:iron)?\.\w+\(\s*"([A-Z_]+)\"""", (ROD / fil).read_text())
    forklaret = (ROD / "docs" / "drift.md").read_text()
    assert laest
    assert [navn for navn in laest if f"`{navn}`" not in forklaret] == []
