"""What `make test` decides before pytest begins."""

from pathlib import Path

import pytest

from drift import proev


def test_servers_lie_in_memory_only_where_there_is_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proev, "PLADS", 1)
    assert proev.hukommelse(tmp_path) == tmp_path
    assert proev.hukommelse(tmp_path / "findes-ikke") is None
    monkeypatch.setattr(proev, "PLADS", 1024**6)
    assert proev.hukommelse(tmp_path) is None


@pytest.mark.parametrize(
    ("stress", "browser", "forventet"),
    [
        (False, True, "not stress"),
        (False, False, "not stress and not browser"),
        (True, True, "stress"),
        (True, False, "stress and not browser"),
    ],
)
def test_marks_say_which_tests_run(stress: bool, browser: bool, forventet: str) -> None:
    assert proev.vaelg(stress=stress, browser=browser) == forventet
