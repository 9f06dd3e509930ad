"""The containers' own commands and health checks, run as in production over throw-away servers."""

import os
import re
import shlex
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from drift.laan import ROD
from drift.redis import Redis
from tests.drift.conftest import Start, vent_til

StartProces = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def miljoe(tmp_path: Path, start_bruger: Start) -> dict[str, str]:
    """As docker-compose.yml gives it; a Redis of its own, since another test's task is none of this worker's business."""
    koe = Redis(tmp_path / "redis", holdbar=False)
    start_bruger(koe)
    with socket.create_server(("127.0.0.1", 0)) as ledig:
        port = ledig.getsockname()[1]
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROD),
        "DEBUG": "0",
        "SECRET_KEY": "x" * 50,
        "ALLOWED_HOSTS": "rammeaftale.example.dk",
        "EMAIL_URL": "dummymail://",
        "RAPPORTLAGER": str(tmp_path / "rapporter"),
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "REDIS_URL": koe.url(),
        "PORT": str(port),
        "HOSTNAME": socket.gethostname(),
    }


@pytest.fixture
def start(miljoe: dict[str, str], tmp_path: Path) -> Iterator[StartProces]:
    """Starts a service's command; its working directory has a `.data/` as in the image."""
    (tmp_path / ".data").mkdir()
    startet: list[subprocess.Popen[bytes]] = []

    def start(kommando: str) -> subprocess.Popen[bytes]:
        startet.append(subprocess.Popen(shlex.split(kommando), cwd=tmp_path, env=miljoe, start_new_session=True))
        return startet[-1]

    yield start
    for proces in startet:
        proces.terminate()
        proces.wait(20)


@pytest.mark.parametrize("navn", ["web", "worker", "beat"])
def test_service_becomes_healthy_as_in_production(
    navn: str, start: StartProces, miljoe: dict[str, str], tmp_path: Path
) -> None:
    service: dict[str, Any] = yaml.safe_load((ROD / "docker-compose.yml").read_text())["services"][navn]
    slags, *tjek = service["healthcheck"]["test"]
    kommando: Sequence[str] = tjek if slags == "CMD" else ["sh", "-c", tjek[0].replace("$$", "$")]

    def sund() -> bool:
        return subprocess.run(kommando, cwd=tmp_path, env=miljoe, capture_output=True, check=False).returncode == 0

    assert not sund()
    proces = start(service["command"])
    assert vent_til(sund)
    assert proces.poll() is None


def test_image_can_collect_its_static_files_with_the_variables_it_names() -> None:
    trin = re.search(
        r"^RUN (SECRET_KEY=.*?) python manage.py collectstatic",
        (ROD / "Dockerfile").read_text(),
        re.DOTALL | re.MULTILINE,
    )
    assert trin
    variabler = dict(del_.split("=", maxsplit=1) for del_ in shlex.split(trin[1].replace("\\\n", " ")))
    svar = subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--dry-run"],
        cwd=ROD,
        env={"PATH": os.environ["PATH"], "DEBUG": "0", **variabler},
        capture_output=True,
        text=True,
        check=False,
    )
    assert svar.returncode == 0, svar.stderr
    assert "static files" in svar.stdout
