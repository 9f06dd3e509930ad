import os
import signal
import time
from pathlib import Path

import psycopg
import pytest

from drift.fejl import Driftsfejl
from drift.laan import FOERSTE_KIG, KIG, LAENGSTE_SOKKELSTI, Server, egen_mappe
from drift.postgres import APP, EJER, PostgreSQL
from drift.redis import Redis
from tests.drift.conftest import Start, vent_til


def pid(server: Server) -> int:
    return int(server.pidfil.read_text().split()[0])


def test_server_outlives_its_killed_starter_and_stops_after_the_last_user(server: Server, start_bruger: Start) -> None:
    foerste = start_bruger(server)
    anden = start_bruger(server)
    nummer = pid(server)

    foerste.kill()
    foerste.wait()
    time.sleep(FOERSTE_KIG + 2 * KIG)  # the guardian has looked at least once
    assert server.lever()
    assert server.svarer()
    assert pid(server) == nummer

    anden.kill()
    anden.wait()
    assert vent_til(lambda: not server.lever())


def test_server_starts_again_after_everything_was_killed(server: Server, start_bruger: Start) -> None:
    bruger = start_bruger(server)
    os.kill(pid(server), signal.SIGKILL)
    bruger.kill()
    bruger.wait()
    assert vent_til(lambda: not server.lever())

    start_bruger(server)
    assert server.svarer()


def test_server_with_a_path_over_the_socket_limit_answers(server: Server, tmp_path: Path, start_bruger: Start) -> None:
    dyb = type(server)(tmp_path / ("lang" * 25) / "data", holdbar=False)
    start_bruger(dyb)
    assert len(os.fsencode(dyb.data / "redis.sock")) > LAENGSTE_SOKKELSTI
    assert dyb.svarer()
    assert dyb.sokkelmappe.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("servertype", [PostgreSQL, Redis])
def test_recycled_pid_of_a_stranger_is_not_taken_for_the_server(servertype: type[Server], tmp_path: Path) -> None:
    server = servertype(tmp_path / "data")
    server.data.mkdir()
    server.pidfil.write_text(f"{os.getpid()}\n")
    assert not server.lever()


def test_database_has_an_owner_and_an_application_role_without_power(tmp_path: Path, start_bruger: Start) -> None:
    server = PostgreSQL(tmp_path / "data", holdbar=False)
    start_bruger(server)
    sql = "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"
    with psycopg.connect(server.url(APP)) as som_app, psycopg.connect(server.url(EJER)) as som_ejer:
        assert som_app.execute(sql).fetchone() == (False, False, False, False)
        assert som_ejer.execute(sql).fetchone() == (False, False, False, True)
        for udvidelse in ("btree_gist", "intarray", "pg_trgm", "unaccent"):
            som_ejer.execute(f'CREATE EXTENSION "{udvidelse}"'.encode())
        som_ejer.execute("CREATE TABLE t ()")
        assert som_ejer.execute("SELECT count(*) FROM pg_stat_statements").fetchone() is not None
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            som_app.execute("CREATE TABLE u ()")


def test_directory_of_another_user_is_refused_and_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    givet: list[int] = []
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    monkeypatch.setattr(os, "chown", lambda _mappe, bruger, _gruppe: givet.append(bruger))
    with pytest.raises(Driftsfejl, match="ejes af en anden bruger"):
        egen_mappe(tmp_path, 65534)
    assert givet == []
