"""What `make bench` keeps."""

import json
from pathlib import Path

from bench.kald import taeller
from bench.resultat import Tal, gem


def test_every_figure_is_kept_and_those_with_a_limit_say_whether_it_holds(tmp_path: Path) -> None:
    fil = tmp_path / "data" / "bench.json"
    alle = [Tal("Søgning: p95", 41.236, "ms"), Tal("Sætninger", 19, "pr. søgning", hoejst=18)]
    gem([*alle, Tal("Vindere", 1, "af 32", praecis=1)], fil)
    assert json.loads(fil.read_text()) == {
        "Søgning: p95": {"maalt": 41.24, "enhed": "ms", "graense": "", "holder": True},
        "Sætninger": {"maalt": 19, "enhed": "pr. søgning", "graense": "højst 18", "holder": False},
        "Vindere": {"maalt": 1, "enhed": "af 32", "graense": "netop 1", "holder": True},
    }


def test_statements_that_only_frame_the_work_do_not_count() -> None:
    afsender = (
        "SELECT set_config('pghistory.context_id', 'a', true), set_config('pghistory.context_metadata', '{}', true); "
    )
    for saetning in (
        "BEGIN",
        "COMMIT",
        "select set_config('app.funktion', '', true)",
        afsender + "RELEASE SAVEPOINT s",
    ):
        assert not taeller(saetning)
    for saetning in ("SELECT 1", "INSERT INTO t VALUES (1)", afsender + "INSERT INTO t VALUES (1)"):
        assert taeller(saetning)
