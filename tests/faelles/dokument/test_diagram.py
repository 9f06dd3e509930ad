import json
from decimal import Decimal

import pytest

from faelles.dokument.diagram import Del, Punkt, Soejle, linje, soejler, stablet
from faelles.dokument.tegning import svg

SOEJLER = [Soejle("Botilbud, § 107", Decimal(1234)), Soejle("Aflastning", Decimal("421.5"), fremhaevet=True)]
PUNKTER = [Punkt(serie, str(aar), Decimal(aar - 1940)) for serie in ("Autisme", "Hjerneskade") for aar in (2024, 2025)]
DELE = [
    Del(navn, kategori, Decimal(antal))
    for navn in ("Herlev", "Rødovre")
    for kategori, antal in (("Ledig", 12), ("Optaget", 34))
]


@pytest.mark.parametrize(
    ("spec", "tekster"),
    [
        (
            soejler(SOEJLER, akse="Antal pladser", beskrivelse="x", decimaler=1),
            ["Botilbud, § 107", "1.234,0", "421,5", "Antal pladser"],
        ),
        (linje(PUNKTER, akse="Procent", beskrivelse="x"), ["Autisme", "Hjerneskade", "2024", "2025", "Procent"]),
        (stablet(DELE, akse="Antal", beskrivelse="x"), ["Herlev", "Rødovre", "Ledig", "Optaget", ">12<", ">34<"]),
    ],
)
def test_chart_shows_names_and_danish_figures(spec: dict[str, object], tekster: list[str]) -> None:
    tegnet = svg(spec).decode()
    for tekst in tekster:
        assert tekst in tegnet
    assert "IBM Plex Sans" in tegnet


def test_axis_of_a_few_things_counts_them_one_by_one() -> None:
    tegnet = svg(stablet([Del("a", "x", Decimal(3))], akse="Antal", beskrivelse="x")).decode()
    assert [tegnet.count(f">{tal}<") for tal in (0, 1, 2)] == [1, 1, 1]


def test_chart_is_the_same_bytes_each_time_and_plain_json() -> None:
    spec = linje(PUNKTER, akse="Procent", beskrivelse="x")
    assert svg(spec) == svg(spec)
    assert svg(json.loads(json.dumps(spec))) == svg(spec)


def test_generated_ids_start_over_in_each_drawing() -> None:
    spec = soejler(SOEJLER, akse="Antal", beskrivelse="x")
    spec["layer"][0]["mark"]["clip"] = True
    spec["layer"][0]["mark"]["color"] = {
        "gradient": "linear",
        "stops": [{"offset": 0, "color": "red"}, {"offset": 1, "color": "blue"}],
    }
    spec["layer"][0]["encoding"] = {}
    foerste = svg(spec).decode()
    assert 'id="d0"' in foerste
    assert "url(#d" in foerste
    assert svg(spec).decode() == foerste


def test_lines_differ_in_marker_and_dash() -> None:
    kodning = linje(PUNKTER, akse="Procent", beskrivelse="x")["encoding"]
    for kanal in ("shape", "strokeDash", "color"):
        assert len({str(v) for v in kodning[kanal]["scale"]["range"]}) == 2


def test_chart_that_fetches_its_data_is_refused() -> None:
    spec = soejler(SOEJLER, akse="Antal", beskrivelse="x") | {"data": {"url": "https://example.org/tal.json"}}
    with pytest.raises(ValueError, match="adresse"):
        svg(spec)


def test_seventh_series_is_refused() -> None:
    with pytest.raises(ValueError, match="højst 6"):
        linje([Punkt(str(nr), "2026", Decimal(nr)) for nr in range(7)], akse="x", beskrivelse="x")
    with pytest.raises(ValueError, match="højst 6"):
        stablet([Del("a", str(nr), Decimal(nr)) for nr in range(7)], akse="x", beskrivelse="x")
