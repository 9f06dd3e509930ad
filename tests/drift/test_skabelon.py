"""The migrated database of the tests: made once, copied for each run, made anew when what it follows from has changed."""

import os
from pathlib import Path

import pytest

from drift import skabelon


@pytest.fixture
def lavede(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Where a database has been made: a file stands for it."""
    steder: list[Path] = []

    def migrer(data: Path) -> None:
        data.mkdir()
        (data / "PG_VERSION").write_text(str(len(steder)))
        steder.append(data)

    monkeypatch.setattr(skabelon, "_migrer", migrer)
    monkeypatch.delenv(skabelon.VARIABEL, raising=False)
    return steder


def test_second_run_copies_what_the_first_one_made(lavede: list[Path], tmp_path: Path) -> None:
    for nummer in (1, 2):
        skabelon.kopier(tmp_path / str(nummer) / "postgres", tmp_path / "proeve")
        assert (tmp_path / str(nummer) / "postgres" / "PG_VERSION").read_text() == "0"
    assert len(lavede) == 1
    assert os.environ[skabelon.VARIABEL] == skabelon.NAVN


def test_changed_migration_makes_a_new_one_and_removes_the_old(
    lavede: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for maerke in ("gammel", "ny"):
        monkeypatch.setattr(skabelon, "maerke", lambda maerke=maerke: maerke)
        skabelon.kopier(tmp_path / maerke, tmp_path / "proeve")
    assert [mappe.name for mappe in (tmp_path / "proeve").iterdir()] == ["ny"]
    assert len(lavede) == 2


def test_failed_migration_leaves_nothing_to_copy(
    lavede: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fejl(data: Path) -> None:
        data.mkdir()
        raise RuntimeError

    with monkeypatch.context() as midlertidigt:
        midlertidigt.setattr(skabelon, "_migrer", fejl)
        with pytest.raises(RuntimeError):
            skabelon.kopier(tmp_path / "data", tmp_path / "proeve")
    assert list((tmp_path / "proeve").iterdir()) == []
    skabelon.kopier(tmp_path / "data", tmp_path / "proeve")
    assert len(lavede) == 1


def test_mark_follows_the_migrations_and_nothing_beside_them(tmp_path: Path) -> None:
    (tmp_path / "sag" / "migrations").mkdir(parents=True)
    migration = tmp_path / "sag" / "migrations" / "0001_initial.py"
    migration.write_text("1")
    foer = skabelon.maerke(tmp_path)
    (tmp_path / "sag" / "models.py").write_text("1")
    assert skabelon.maerke(tmp_path) == foer
    migration.write_text("2")
    assert skabelon.maerke(tmp_path) != foer
