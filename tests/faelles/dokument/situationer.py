"""A report with everything in it, made without a database: cover, contents, a long table, a chart, a map, attachments."""

import hashlib
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from django.template import Context, Engine

from faelles.dokument.diagram import Punkt, linje
from faelles.dokument.kort import BORNHOLM, Omraade, kommunekort
from faelles.dokument.pdf import Dokument, Vedhaeftning, lav_pdf
from faelles.dokument.tegning import svg

DATA_TRUKKET = datetime(2026, 11, 21, 9, 15, tzinfo=UTC)
_RAPPORT = """{% extends "dokument/grundlag.html" %}{% load dansk %}
{% block forside %}<dl><dt>Data trukket</dt><dd>{{ nu|tidspunkt }}</dd></dl>{% endblock %}
{% block kapitler %}
<h2>Takster</h2><h3>Takster efter hjemmel</h3>
<table class="tabel"><caption>Takster 2026</caption><colgroup><col><col class="b20"></colgroup>
<thead><tr><th scope="col">Tilbuddets navn</th><th scope="col" class="tal">Takst pr. døgn</th></tr></thead>
<tbody>{% for nr, takst in takster %}<tr><th scope="row">Tilbud {{ nr }}</th><td class="tal">{{ takst|kr }}</td></tr>{% endfor %}</tbody>
</table><p class="kilde">Kilde: Taksterne pr. {{ nu|dato }}.</p>
<h2>Belægning</h2>
<figure class="figur"><figcaption>Belægning</figcaption><img src="billede:linje" alt="Belægningen stiger fra 80 til 84 procent."></figure>
<figure class="figur"><figcaption>Kort</figcaption><img src="billede:kort" alt="Kort over 29 kommuner."></figure>
<h2 class="uden-nummer">Metode</h2><h3>Forbehold</h3><p>Alle tal er kommunernes egne.</p>
{% endblock %}"""


def engine() -> Engine:
    """Templates without Django settings: the test's own page on top of the real base."""
    mappe = str(Path(__file__).parents[3] / "templates")
    locmem = ("django.template.loaders.locmem.Loader", {"rapport.html": _RAPPORT})
    filer = ("django.template.loaders.filesystem.Loader", [mappe])
    return Engine(libraries={"dansk": "faelles.templatetags.dansk"}, loaders=[locmem, filer])


def kommuner(antal: int = 29) -> list[Omraade]:
    """A grid of square municipalities, Bornholm last and far to the east; the third has no figure."""
    koder = [f"{101 + nr:04d}" for nr in range(antal - 1)] + [BORNHOLM]
    hjoerner = [(12.0 + nr % 6 * 0.1, 55.5 + nr // 6 * 0.05) for nr in range(antal - 1)] + [(14.9, 55.1)]
    return [
        Omraade(
            kode=kode,
            navn=f"Kommune {kode}",
            geometri={
                "type": "Polygon",
                "coordinates": [[[x, y], [x + 0.1, y], [x + 0.1, y + 0.05], [x, y + 0.05], [x, y]]],
            },
            centrum=(x + 0.05, y + 0.025),
            vaerdi=None if nr == 2 else Decimal(nr * 7 % 30),
        )
        for nr, (kode, (x, y)) in enumerate(zip(koder, hjoerner, strict=True))
    ]


def rapport() -> Dokument:
    """A document of seven pages."""
    html = (
        engine()
        .get_template("rapport.html")
        .render(
            Context(
                {
                    "titel": "Rammeaftale 2025–2026",
                    "sidefod": "Version 3 · Data trukket 21. november 2026",
                    "nu": DATA_TRUKKET,
                    "takster": [(str(nr), Decimal(2000) + nr) for nr in range(1, 61)],
                }
            )
        )
    )
    punkter = [Punkt("Autisme", str(aar), Decimal(aar - 1939)) for aar in range(2019, 2024)]
    return Dokument(
        titel="Rammeaftale 2025–2026",
        emne="Rammeaftale på det specialiserede socialområde",
        forfatter="KKR Hovedstaden",
        html=html,
        dato=DATA_TRUKKET,
        billeder={
            "linje": svg(linje(punkter, akse="Procent", beskrivelse="Belægning")),
            "kort": kommunekort(kommuner(), titel="Pladser", beskrivelse="Pladser i 29 kommuner", enhed="Pladser"),
        },
        vedhaeftninger=(
            Vedhaeftning("tal.csv", "Tallene bag tabellerne", b"takst\n2001,00\n"),
            Vedhaeftning("aftale.txt", "Aftalens tekst", b"Aftale om pladser"),
        ),
    )


if __name__ == "__main__":
    print(hashlib.sha256(lav_pdf(rapport())).hexdigest())
