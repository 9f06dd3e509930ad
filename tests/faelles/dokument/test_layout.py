"""The measure itself: each fault of the layout is found where it is planted, and nothing else is."""

import pytest

from faelles.dokument.pdf import Dokument, lav_pdf
from tests.faelles.dokument.layout import fejl, lagte
from tests.faelles.dokument.situationer import DATA_TRUKKET, rapport

TABEL = '<table class="tabel"><thead><tr><th scope="col">Navn</th><th scope="col">Tal</th></tr></thead><tbody>{}</tbody></table>'
RAEKKE = '<tr><th scope="row">{}</th><td>{}</td></tr>'


def fundet(krop: str) -> list[str]:
    html = f'<!DOCTYPE html><html lang="da"><body><h2>Kapitel</h2>{krop}</body></html>'
    return fejl(lagte(lambda: lav_pdf(Dokument("Prøve", "Prøve", "KKR", html, DATA_TRUKKET))))


def test_report_with_everything_in_it_is_without_fault() -> None:
    assert fejl(lagte(lambda: lav_pdf(rapport()))) == []


@pytest.mark.parametrize(
    ("krop", "fejlen"),
    [
        (
            TABEL.format(RAEKKE.format("Tilbud", f"<span style='white-space: nowrap'>{'9' * 90}</span>")),
            "stikker ud: 999",
        ),
        (f"<p style='white-space: nowrap'>{'Ord og ' * 40}</p>", "stikker ud: Ord"),
        ("<p>Først</p><p style='margin-top: -7mm'>Ovenpå</p>", "oven i hinanden: Først / Ovenpå"),
        ("<p style='color: #8a8a8a'>Grå</p>", "for svag: Grå"),
        ("<p style='color: #747474'>Grå over vandmærket</p>", "for svag: Grå over vandmærket"),
        ("<p style='background: #0059b3; color: #00305f'>Blå</p>", "for svag: Blå"),
        ("<p style='position: relative; top: 40mm'>Sidst</p><p>Først</p>", "læses i utide: Først"),
        ("<p>Tekst</p><h3>Efterladt</h3>", "efterladt: 1.1"),
        (TABEL.format('<tr class="gruppe"><th scope="rowgroup">Gruppe</th></tr>'), "efterladt: Gruppe"),
        (f"<table class='tabel'>{''.join(RAEKKE.format(nr, nr) for nr in range(60))}</table>", "tabel uden hoved"),
    ],
)
def test_planted_fault_is_found(krop: str, fejlen: str) -> None:
    assert fejlen in "\n".join(fundet(krop))


@pytest.mark.parametrize(
    "krop",
    [
        "<p style='color: #767676; font-size: 18pt'>Stor og grå</p>",
        "<p style='background: #0059b3; color: #fff'>Hvid på blåt</p>",
        TABEL.format("".join(RAEKKE.format(nr, f"{nr}<br>{nr}") for nr in range(60))),
        '<ul class="noegletal"><li><strong>9</strong> to<br>linjer</li><li><strong>7</strong> en</li></ul><p>Slut</p>',
    ],
)
def test_what_only_looks_like_a_fault_is_none(krop: str) -> None:
    assert fundet(krop) == []
