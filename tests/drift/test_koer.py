import os
import shutil
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from drift import koer, nulstil, proev
from drift.fejl import Driftsfejl
from drift.laan import ROD
from drift.postgres import PostgreSQL
from drift.sundhed import svarer, vaertsnavn
from drift.supervisor import Supervisor
from drift.udvikling import saet_miljoe


@pytest.fixture(autouse=True)
def data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(koer, "DATA", tmp_path)
    monkeypatch.setattr(nulstil, "DATA", tmp_path)
    return tmp_path


def test_taken_port_gives_one_line_with_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as optaget:
        port = optaget.getsockname()[1]
        with pytest.raises(Driftsfejl, match=f"Port {port} er optaget. Vælg en anden: make run PORT={port + 1}"):
            koer.kraev_ledig_port(str(port))


@pytest.mark.parametrize("oensket", ["", "otte", "-1", "65536"])
def test_port_that_is_no_number_gives_one_line(oensket: str) -> None:
    with pytest.raises(Driftsfejl, match="er ikke et portnummer"):
        koer.kraev_ledig_port(oensket)


def test_full_disk_stops_the_run_before_it_starts_anything(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    monkeypatch.setattr(koer, "PLADS_TIL_DATA", 10**18)
    with pytest.raises(Driftsfejl, match="GB ledig"):
        koer.koer()
    assert list(data.iterdir()) == []


def test_second_run_over_the_same_data_is_refused() -> None:
    with koer.laas_koersel(), pytest.raises(Driftsfejl, match="kører allerede"):
        koer.laas_koersel()


@pytest.mark.parametrize(("svar", "tom"), [("ja", True), ("nej", False), ("", False)])
def test_reset_empties_only_after_yes(monkeypatch: pytest.MonkeyPatch, data: Path, svar: str, tom: bool) -> None:
    (data / "rapporter").mkdir()
    (data / "secret_key").touch()
    monkeypatch.setattr("builtins.input", lambda _spoergsmaal: svar)
    nulstil.nulstil()
    assert (not any(data.iterdir())) is tom


def test_reset_needs_no_set_up(tmp_path: Path) -> None:
    """So it asks for no free disk either. Run with a Python that has none of our packages."""
    shutil.copytree(ROD / "drift", tmp_path / "drift")
    shutil.copy(ROD / "Makefile", tmp_path)
    (tmp_path / ".data").mkdir()
    (tmp_path / ".data" / "secret_key").touch()
    svar = subprocess.run(
        ["make", "reset", f"PYTHON={Path(sys.base_prefix) / 'bin' / 'python3'}"],
        cwd=tmp_path,
        input="ja\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert svar.returncode == 0, svar.stderr
    assert list((tmp_path / ".data").iterdir()) == []


def test_reset_refuses_while_a_run_is_active(data: Path) -> None:
    (data / "secret_key").touch()
    with koer.laas_koersel(), pytest.raises(Driftsfejl, match="kører allerede"):
        nulstil.nulstil()
    assert (data / "secret_key").exists()


def test_reset_refuses_while_somebody_uses_the_database(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    monkeypatch.setattr("drift.laan.STOPFRIST", 0.1)
    monkeypatch.setattr(PostgreSQL, "lever", lambda _self: True)
    with pytest.raises(Driftsfejl, match="i brug"):
        nulstil.nulstil()


def test_other_commands_know_the_port_while_the_run_lasts(data: Path) -> None:
    def set_port() -> str:
        miljoe = {"DATABASE_URL": "x", "REDIS_URL": "x", "SECRET_KEY": "x"}
        saet_miljoe(miljoe, data)
        return miljoe["PORT"]

    with koer.noter_port(8123):
        assert set_port() == "8123"
    assert set_port() == "8000"


def test_rows_that_could_not_be_placed_go_into_a_log(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    koert: list[tuple[str, ...]] = []
    monkeypatch.setattr(koer, "_een_gang", lambda _s, _navn, kommando, _inddata: koert.append(tuple(kommando)))
    koer.goer_data_klar(Supervisor(data))
    (indlaes,) = [kommando for kommando in koert if kommando[0] == "indlaes_offentlige"]
    assert indlaes[1] == "--log"
    assert indlaes[2].endswith("/log/offentlige.log")


@pytest.mark.parametrize("aendring", ["inddata", "DATABASE_URL"])
def test_step_is_run_once_per_database_and_input(monkeypatch: pytest.MonkeyPatch, data: Path, aendring: str) -> None:
    koert: list[tuple[str, ...]] = []
    monkeypatch.setattr(koer, "_manage", lambda _supervisor, *kommando: koert.append(kommando))
    monkeypatch.setenv("DATABASE_URL", "en")
    supervisor = Supervisor(data)
    koer._een_gang(supervisor, "Data", ("indlaes",), ["a"])
    koer._een_gang(supervisor, "Data", ("indlaes",), ["a"])
    assert koert == [("indlaes",)]
    if aendring == "DATABASE_URL":
        monkeypatch.setenv("DATABASE_URL", "en anden")
    koer._een_gang(supervisor, "Data", ("indlaes",), ["b" if aendring == "inddata" else "a"])
    assert len(koert) == 2


def test_failed_step_stops_the_run_and_is_tried_again(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    koder = iter([1, 0])
    monkeypatch.setattr(koer, "_manage", lambda _supervisor, *_kommando: next(koder))
    monkeypatch.setenv("DATABASE_URL", "en")
    with pytest.raises(Driftsfejl, match=r"`manage.py indlaes` mislykkedes"):
        koer._een_gang(Supervisor(data), "Data", ("indlaes",), [])
    koer._een_gang(Supervisor(data), "Data", ("indlaes",), [])
    assert next(koder, None) is None


@pytest.mark.parametrize(("status", "forventet"), [(200, True), (503, False), (400, False)])
def test_only_a_200_counts_as_ready(monkeypatch: pytest.MonkeyPatch, status: int, forventet: bool) -> None:
    class Web(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            rigtig = self.path == "/sundhed" and self.headers["Host"] == "kommune.dk"
            self.send_response(status if rigtig else 404)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    monkeypatch.setenv("ALLOWED_HOSTS", ".kommune.dk,andet.dk")
    with HTTPServer(("127.0.0.1", 0), Web) as web:
        threading.Thread(target=web.handle_request).start()
        assert svarer(web.server_port) is forventet


def test_nobody_listening_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "localhost")
    with socket.create_server(("127.0.0.1", 0)) as ledig:
        port = ledig.getsockname()[1]
    assert svarer(port) is False


@pytest.mark.parametrize(
    ("tilladte", "navn"), [("*", "localhost"), ("a.dk,b.dk", "a.dk"), (".a.dk", "a.dk"), ("", "localhost")]
)
def test_health_check_uses_a_host_django_accepts(tilladte: str, navn: str) -> None:
    assert vaertsnavn(tilladte) == navn


@pytest.mark.parametrize(
    ("stress", "browser", "maerke"),
    [(False, True, "not stress"), (False, False, "not stress and not browser"), (True, True, "stress")],
)
def test_markers_follow_what_was_asked_for(stress: bool, browser: bool, maerke: str) -> None:
    assert proev.vaelg(stress=stress, browser=browser) == maerke


def test_make_alone_lists_the_targets() -> None:
    svar = subprocess.run(
        ["make"], cwd=ROD, capture_output=True, text=True, check=True, env={"PATH": os.environ["PATH"]}
    )
    for maal in ("run", "test", "stress", "check", "bench", "reset"):
        assert f"make {maal} " in svar.stdout
