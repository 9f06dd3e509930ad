"""`manage.py beregn_takst`: the contract of the file, of what is printed and of the exit code."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from drift.laan import ROD
from tests.takster.beregning.eksempel import efterregulering, inddata

EKSEMPEL = ROD / "docs" / "eksempler" / "takst_2026.json"
KONTRAKT = {"takst", "takstUafrundet", "efterregulering", "belaegningsprocent", "prisdoegn", "grundlag", "trin"}


def sag(**andet: Any) -> dict[str, Any]:
    """The case of the issue with something changed; exactly its keys."""
    data = {**inddata().som_json(), **andet}
    del data["model"]
    return data


def koer(tmp_path: Path, indhold: object) -> Any:
    """What the command prints for a file, read back."""
    fil = tmp_path / "sager.json"
    fil.write_text(indhold if isinstance(indhold, str) else json.dumps(indhold), encoding="utf-8")
    ud = io.StringIO()
    call_command("beregn_takst", fil=str(fil), stdout=ud)
    return json.loads(ud.getvalue())


def fejl(tmp_path: Path, indhold: object) -> str:
    """What the command says of a file it refuses."""
    with pytest.raises(CommandError) as fundet:
        koer(tmp_path, indhold)
    assert fundet.value.returncode == 1
    return str(fundet.value)


def test_beregn_takst_prints_the_result_of_the_contract(tmp_path: Path) -> None:
    (resultat,) = koer(tmp_path, [sag()])
    assert set(resultat) >= KONTRAKT
    assert {navn: resultat[navn] for navn in KONTRAKT - {"trin", "takstUafrundet"}} == {
        "takst": "2687",
        "efterregulering": "0.00",
        "belaegningsprocent": "96.4",
        "prisdoegn": "8444.64",
        "grundlag": "22694814.12",
    }
    assert re.fullmatch(r"2687\.4815\d{4,}", resultat["takstUafrundet"])
    assert all(set(trin) == {"formel", "tekst", "udregning", "vaerdi", "enhed"} for trin in resultat["trin"])


def test_beregn_takst_keeps_the_order_of_the_cases(tmp_path: Path) -> None:
    sager = [
        sag(afrunding={"enhed": "oere", "metode": "half_up"}),
        sag(aar=2028, afrunding={"enhed": "oere", "metode": "half_up"}),
        sag(efterregulering=efterregulering("19750000").som_json()),
        sag(efterregulering=efterregulering("19750000", "alt").som_json()),
        sag(belaegning={"aftalt": "96.4"}, overhead={"metode": "konkret", "beloeb": "1284612.12"}),
    ]
    resultater = koer(tmp_path, sager)
    assert [(r["takst"], r["efterregulering"]) for r in resultater] == [
        ("2687.48", "0.00"),
        ("2680.14", "0.00"),
        ("2652", "-302560.00"),
        ("2531", "-1322560.00"),
        ("2687", "0.00"),
    ]


def test_beregn_takst_result_can_be_put_in_again(tmp_path: Path) -> None:
    resultater = koer(tmp_path, [sag(), sag(aar=2028)])
    assert koer(tmp_path, [resultat["inddata"] for resultat in resultater]) == resultater


def test_beregn_takst_takes_a_single_case_and_an_empty_list(tmp_path: Path) -> None:
    assert koer(tmp_path, sag()) == koer(tmp_path, [sag()])
    assert koer(tmp_path, []) == []


def test_beregn_takst_names_every_fault_of_every_case(tmp_path: Path) -> None:
    sager = [
        sag(),
        sag(pladser=0, overhead={"metode": "procent", "procent": "-6"}),
        sag(indtaegter=[{"art": "salg", "beloeb": "99999999"}]),
        7,
        sag(efterregulering=efterregulering("20150000").som_json() | {"regnskab": "23000000"}),
        sag() | {"model": "ny"},
    ]
    linjer = fejl(tmp_path, sager).splitlines()
    assert linjer[0].endswith("sager.json: Intet er beregnet. Ret fejlene, og prøv igen.")
    assert [linje.split(": ")[0].strip() for linje in linjer[1:]] == [
        "Sag 2 af 6 (indeks 1), pladser",
        "Sag 2 af 6 (indeks 1), overhead.procent",
        "Sag 3 af 6 (indeks 2), indtaegter",
        "Sag 4 af 6 (indeks 3)",
        "Sag 5 af 6 (indeks 4), efterregulering.underskudRegel",
        "Sag 6 af 6 (indeks 5), model",
    ]


@pytest.mark.parametrize(
    ("andet", "sted"),
    [
        ({"belaegning": {"aftalt": "0"}}, "belaegning.aftalt"),
        ({"belaegning": {"faktisk": ["0", "0"], "min": "0", "max": "0"}}, "belaegning.min"),
        ({"pladser": 0}, "pladser"),
        ({"pladser": "-24"}, "pladser"),
        ({"direkteOmkostninger": []}, "direkteOmkostninger"),
        ({"direkteOmkostninger": [{"art": "løn", "beloeb": "-1.00"}]}, "direkteOmkostninger[0].beloeb"),
        ({"indtaegter": [{"art": "salg", "beloeb": "-1.00"}]}, "indtaegter[0].beloeb"),
        ({"overhead": {"metode": "procent", "procent": 6.5}}, "overhead.procent"),
        ({"overhead": {"metode": "konkret", "beloeb": "-1"}}, "overhead.beloeb"),
        ({"dagsbasis": "360"}, "dagsbasis"),
        ({"afrunding": {"enhed": "krone", "metode": "half_even"}}, "afrunding.metode"),
        ({"afrunding": {"enhed": "krone"}}, "afrunding.metode"),
        ({"aar": 12026}, "aar"),
        ({"ukendt": 1}, "ukendt"),
    ],
)
def test_beregn_takst_says_which_field_and_prints_nothing(
    tmp_path: Path, andet: dict[str, Any], sted: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert f"(indeks 0), {sted}: " in fejl(tmp_path, [sag(**andet)])
    assert capsys.readouterr().out == ""


def test_beregn_takst_says_where_the_file_is_not_json(tmp_path: Path) -> None:
    assert "linje 2, tegn 10" in fejl(tmp_path, '[\n  {"aar" 2026}]')
    assert "flere gange" in fejl(tmp_path, '[{"aar": 2026, "aar": 2027}]')
    assert "indeks 0), aar: " in fejl(tmp_path, json.dumps([sag()]).replace("2026", "NaN"))


@pytest.mark.parametrize(("fil", "hvorfor"), [("findes-ikke.json", "den findes ikke"), (".", "det er en mappe")])
def test_beregn_takst_of_a_file_that_cannot_be_read_says_so(fil: str, hvorfor: str) -> None:
    with pytest.raises(CommandError, match=f"kan ikke læses: {hvorfor}"):
        call_command("beregn_takst", fil=fil)


def test_beregn_takst_as_people_run_it() -> None:
    """Exit code, stdout and stderr of the real process; the example of the documentation, from a file and from stdin."""
    kommando = [sys.executable, "manage.py", "beregn_takst", "--fil"]
    god = subprocess.run([*kommando, str(EKSEMPEL)], cwd=ROD, capture_output=True, check=False)
    assert (god.returncode, god.stderr) == (0, b"")
    (resultat,) = json.loads(god.stdout)
    assert (resultat["takst"], resultat["efterregulering"]) == ("2652", "-302560.00")
    daarlig = subprocess.run([*kommando, "-"], cwd=ROD, input=b'[{"aar": 2026}]', capture_output=True, check=False)
    assert (daarlig.returncode, daarlig.stdout) == (1, b"")
    assert "Sag 1 af 1 (indeks 0), pladser: Feltet mangler." in daarlig.stderr.decode()
    assert b"Traceback" not in daarlig.stderr
