import ast
import ctypes
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from drift import klargoer, opsaetning
from drift.fejl import Driftsfejl
from drift.laan import ROD


@pytest.mark.parametrize("modul", ["__init__", "klargoer", "fejl"])
def test_what_a_too_old_python_reads_has_its_syntax(modul: str) -> None:
    assert ast.parse((ROD / "drift" / f"{modul}.py").read_text(), feature_version=(3, 6)).body


@pytest.mark.parametrize(
    ("version", "findes", "forventet"),
    [((3, 11), set(), "egen"), ((3, 9), {"python3.12"}, "/bin/python3.12"), ((3, 9), set(), None)],
)
def test_klargoer_finds_a_python_that_is_new_enough(
    version: tuple[int, int], findes: set[str], forventet: str | None
) -> None:
    assert klargoer.find_python(version, "egen", lambda navn: f"/bin/{navn}" if navn in findes else None) == forventet


def test_too_old_python_gives_one_line_with_the_command(tmp_path: Path) -> None:
    """Also where nothing says which letters the terminal knows, as Python 3.6 meets it under `env -i`."""
    kode = "import sys; sys.version_info = (3, 9, 2); from drift import klargoer; klargoer.main()"
    svar = subprocess.run(
        [sys.executable, "-c", kode, "opsaetning"],
        cwd=ROD,
        env={"PATH": str(tmp_path), "PYTHONIOENCODING": "ascii:backslashreplace"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert svar.returncode == 1
    assert svar.stderr.strip() == (
        "Python 3.9 er for gammel: der skal bruges mindst 3.11. Kør: sudo apt-get install python3.11 python3.11-venv"
    )


@pytest.fixture
def uden_rettigheder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An ordinary user without sudo; nothing may be installed in these tests."""
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda _navn: None)
    monkeypatch.setattr(opsaetning, "LOG", tmp_path / "log")


@pytest.mark.usefixtures("uden_rettigheder")
def test_missing_pango_without_rights_gives_the_exact_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def findes_ikke(_navn: str) -> None:
        raise OSError

    monkeypatch.setattr(ctypes, "CDLL", findes_ikke)
    with pytest.raises(Driftsfejl) as fejl:
        opsaetning.pango()
    assert "Pango mangler" in str(fejl.value)
    assert str(fejl.value).endswith("Kør: sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")


def test_apt_fetches_its_lists_only_when_the_installation_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    koert: list[str] = []

    def koer(kommando: list[str]) -> None:
        koert.append(" ".join(kommando[kommando.index("apt-get") :]))
        if len(koert) == 1:
            raise Driftsfejl("gamle lister")

    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda navn: f"/usr/bin/{navn}")
    monkeypatch.setattr(opsaetning, "koer", koer)
    opsaetning.apt(["pakke"], "")
    installer = "apt-get install -y --no-install-recommends pakke"
    assert koert == [installer, "apt-get update", installer]


@pytest.mark.parametrize(
    ("udskrift", "forventet"),
    [
        ("Temporary failure in name resolution", "Ingen forbindelse til pakkerne (uv)"),
        ("npm error code EAI_AGAIN", "Ingen forbindelse til pakkerne (uv)"),
        ("OSError: [Errno 28] No space left on device", "Disken er fuld"),
        ("invalid peer certificate: UnknownIssuer", "certifikat"),
        ("noget andet\nden sidste linje", "uv mislykkedes: den sidste linje"),
    ],
)
def test_failed_tool_is_explained_in_one_line(udskrift: str, forventet: str) -> None:
    besked = opsaetning.forklar(["/x/.venv/bin/uv", "sync"], udskrift)
    assert forventet in besked
    assert "\n" not in besked


def test_failing_tool_is_an_error_and_its_output_is_logged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(opsaetning, "LOG", tmp_path / "log")
    with pytest.raises(Driftsfejl, match="sh mislykkedes: av"):
        opsaetning.koer(["sh", "-c", "echo av; exit 3"])
    assert "av" in (tmp_path / "log").read_text()


def test_too_little_disk_gives_one_line_with_both_figures(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _mappe: shutil._ntuple_diskusage(10**10, 0, 449_000_000))
    opsaetning.kraev_plads(tmp_path, 449_000_000)
    with pytest.raises(Driftsfejl, match="Der er kun 0,4 GB ledig på disken; der skal bruges mindst 0,5 GB"):
        opsaetning.kraev_plads(tmp_path, opsaetning.PLADS_TIL_DATA)


@pytest.mark.parametrize(("sat_op", "kraevet"), [(False, "2,0 GB"), (True, "0,5 GB")])
def test_disk_asked_for_is_what_is_left_to_do(monkeypatch: pytest.MonkeyPatch, sat_op: bool, kraevet: str) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _mappe: shutil._ntuple_diskusage(10**10, 0, 0))
    monkeypatch.setattr(opsaetning, "er_sat_op", lambda **_valg: sat_op)
    with pytest.raises(Driftsfejl, match=f"mindst {kraevet}"):
        opsaetning.opsaet(browser=False)


def test_set_up_is_known_by_its_stamps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for navn in ("VENV", "MODULER"):
        monkeypatch.setattr(opsaetning, navn, tmp_path / navn)
        (tmp_path / navn).mkdir()
    assert not opsaetning.er_sat_op(egen_node=True)
    opsaetning._stempl(tmp_path / "VENV", opsaetning._pythonmaerke(egen_node=True))
    assert not opsaetning.er_sat_op(egen_node=True)
    opsaetning._stempl(tmp_path / "MODULER", opsaetning._frontendmaerke())
    assert opsaetning.er_sat_op(egen_node=True)
    assert not opsaetning.er_sat_op(egen_node=False)


def test_ctrl_c_during_the_set_up_gives_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def afbryd(*, browser: bool) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(opsaetning, "opsaet", afbryd)
    monkeypatch.setattr(sys, "argv", ["opsaetning"])
    with pytest.raises(SystemExit) as slut:
        opsaetning.main()
    assert slut.value.code == "\nOpsætningen er afbrudt. Næste gang springes det over, der er på plads."


def test_stamp_covers_the_content_of_what_it_was_made_from(tmp_path: Path) -> None:
    laas = tmp_path / "uv.lock"
    laas.write_text("1")
    opsaetning._stempl(tmp_path, opsaetning._maerke(laas, "3.11"))
    assert opsaetning._er_stemplet(tmp_path, opsaetning._maerke(laas, "3.11"))
    assert not opsaetning._er_stemplet(tmp_path, opsaetning._maerke(laas, "3.12"))
    laas.write_text("2")
    assert not opsaetning._er_stemplet(tmp_path, opsaetning._maerke(laas, "3.11"))
