import dataclasses
import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from faelles.dokument.kort import BORNHOLM, Omraade, Prik, kommunekort, kvantiler
from tests.faelles.dokument.situationer import kommuner

SVG = "{http://www.w3.org/2000/svg}"


def _tegn(omraader: list[Omraade], graenser: list[Decimal] | None = None) -> str:
    return kommunekort(
        omraader, titel="Pladser & takster", beskrivelse="Beskrivelse", enhed="Pladser", graenser=graenser
    ).decode()


def _trae(tegnet: str) -> ET.Element:
    return ET.fromstring(tegnet)  # noqa: S314 - our own drawing


def _fyld(tegnet: str, kode: str) -> str:
    fund = re.search(rf'class="kommune" href="#k{kode}" fill="([^"]+)"', tegnet)
    assert fund
    return fund[1]


def test_map_draws_every_municipality_once() -> None:
    tegnet = _trae(_tegn(kommuner()))
    assert len(tegnet.findall(f".//{SVG}use[@class='kommune']")) == 29
    assert len(tegnet.findall(f".//{SVG}defs/{SVG}path")) == 29


def test_map_is_the_same_whatever_the_order_of_the_rows() -> None:
    assert _tegn(kommuner()) == _tegn(kommuner()[::-1])


def test_map_says_what_it_shows() -> None:
    tegnet = _trae(_tegn(kommuner()))
    assert tegnet.findtext(f"{SVG}title") == "Pladser & takster"
    assert tegnet.findtext(f"{SVG}desc") == "Beskrivelse"
    assert tegnet.get("role") == "img"


def test_bornholm_lies_in_the_box_at_the_top_right() -> None:
    tegnet = _trae(_tegn(kommuner()))
    sti = tegnet.find(f".//{SVG}path[@id='k{BORNHOLM}']")
    assert sti is not None
    punkter = [tuple(map(float, par.split(","))) for par in re.findall(r"[\d.]+,[\d.]+", sti.get("d", ""))]
    assert all(720 - 136 <= x <= 720 and 0 <= y <= 118 for x, y in punkter)


def test_squares_keep_their_shape() -> None:
    """0.1° × 0.05° at 55.6° north is 0.113 of the height too wide: 6.28 km × 5.56 km."""
    tegnet = _trae(_tegn(kommuner(28)))
    sti = tegnet.find(f".//{SVG}path[@id='k0101']")
    assert sti is not None
    punkter = [tuple(map(float, par.split(","))) for par in re.findall(r"[\d.]+,[\d.]+", sti.get("d", ""))]
    bredde = max(x for x, _ in punkter) - min(x for x, _ in punkter)
    hoejde = max(y for _, y in punkter) - min(y for _, y in punkter)
    assert bredde / hoejde == pytest.approx(1.13, abs=0.02)


def test_classes_follow_the_bounds_and_a_missing_figure_has_its_own() -> None:
    omraader = [
        dataclasses.replace(o, vaerdi=v)
        for o, v in zip(kommuner(4), [Decimal(9), Decimal(10), Decimal(20), None], strict=True)
    ]
    tegnet = _tegn(omraader, [Decimal(10), Decimal(20)])
    farver = [_fyld(tegnet, o.kode) for o in omraader]
    assert len(set(farver)) == 4
    for tekst in ("Under 10 (1)", "10 til under 20 (1)", "20 og derover (1)", "Ingen oplysninger (1)"):
        assert f">{tekst}<" in tegnet


def test_name_that_does_not_fit_becomes_a_number_in_the_list() -> None:
    lang, kort, *resten = kommuner()
    tegnet = _tegn(
        [dataclasses.replace(lang, navn="Et meget langt kommunenavn"), dataclasses.replace(kort, navn="Ø"), *resten]
    )
    assert re.search(
        r">\d+\N{NO-BREAK SPACE}{2}Et meget langt kommunenavn<".replace(r"\N{NO-BREAK SPACE}", "\xa0"), tegnet
    )
    assert ">Ø<" in tegnet


def test_islet_far_out_does_not_shrink_the_rest() -> None:
    foerste, *resten = kommuner()
    skaer = [[[11.0, 57.0], [11.001, 57.0], [11.001, 57.001], [11.0, 57.0]]]
    med_skaer = {"type": "MultiPolygon", "coordinates": [foerste.geometri["coordinates"], skaer]}
    assert _tegn([dataclasses.replace(foerste, geometri=med_skaer), *resten]) == _tegn(kommuner())


@pytest.mark.parametrize("graenser", [[3, 3], [5, 4], [1, 2, 3, 4, 5]])
def test_bounds_that_do_not_rise_or_are_too_many_are_refused(graenser: list[int]) -> None:
    with pytest.raises(ValueError, match="Klassegrænserne"):
        _tegn(kommuner(), [Decimal(g) for g in graenser])


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="ingen kommuner"):
        _tegn([])


def test_quantiles_share_the_figures_and_survive_equal_ones() -> None:
    assert kvantiler([Decimal(n) for n in range(10)]) == tuple(map(Decimal, (2, 4, 6, 8)))
    assert kvantiler([Decimal(5)] * 9) == ()
    assert kvantiler([]) == ()


def _med_prikker(prikker: list[Prik], *, navne: bool = True) -> str:
    return kommunekort(
        kommuner(), titel="T", beskrivelse="B", enhed="E", prikker=prikker, prikker_er="Et tilbud", navne=navne
    ).decode()


def test_dot_lies_in_its_municipality_and_one_on_bornholm_in_the_box() -> None:
    valgt, oe = (next(o for o in kommuner() if o.kode == kode) for kode in ("0101", BORNHOLM))
    tegnet = _trae(_med_prikker([Prik(valgt.kode, valgt.centrum, "Huset & haven"), Prik(BORNHOLM, oe.centrum, "Rø")]))
    land, boks, forklaring = tegnet.findall(f".//{SVG}circle[@class='prik']")
    sti = tegnet.find(f".//{SVG}path[@id='k0101']")
    assert sti is not None
    punkter = [tuple(map(float, par.split(","))) for par in re.findall(r"[\d.]+,[\d.]+", sti.get("d", ""))]
    assert min(x for x, _ in punkter) < float(land.get("cx", 0)) < max(x for x, _ in punkter)
    assert min(y for _, y in punkter) < float(land.get("cy", 0)) < max(y for _, y in punkter)
    assert float(boks.get("cx", 0)) >= 720 - 136
    assert float(boks.get("cy", 0)) <= 118
    assert float(forklaring.get("cx", 0)) < float(boks.get("cx", 0))
    assert "Huset &amp; haven" in _med_prikker([Prik(valgt.kode, valgt.centrum, "Huset & haven")])


def test_map_without_dots_says_nothing_of_them_and_one_without_names_names_none() -> None:
    uden = _med_prikker([])
    assert "Et tilbud" not in uden
    assert uden == _tegn(kommuner()).replace("Pladser &amp; takster", "T").replace("Beskrivelse", "B").replace(
        ">Pladser<", ">E<"
    )
    navn = kommuner()[0].navn
    assert f">{navn}<" in uden or navn in uden
    assert navn not in _med_prikker([], navne=False)
