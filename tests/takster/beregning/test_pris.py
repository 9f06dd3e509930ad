"""F7 and F8: packages and individual prices."""

from datetime import date
from decimal import Decimal

import pytest

from faelles.fejl import UgyldigtInput
from takster.beregning.pris import (
    Individuelpris,
    Individuelprisresultat,
    Pakke,
    Paragraftakst,
    Prislinje,
    individuel_pris,
    pakketakst,
)


def linje(navn: str, beloeb: str, fra: str, til: str | None = None) -> Prislinje:
    """A dated price."""
    return Prislinje(
        navn=navn,
        beloeb=Decimal(beloeb),
        fra=date.fromisoformat(fra),
        til=date.fromisoformat(til) if til else None,
    )


def pris(hoved: list[Prislinje], tillaeg: list[Prislinje]) -> Individuelpris:
    """An agreed price."""
    return Individuelpris(hovedtakster=tuple(hoved), tillaeg=tuple(tillaeg))


NIVEAU_2 = linje("Niveau 2", "3234", "2026-01-01", "2027-01-01")


def test_pakketakst_is_the_sum_and_keeps_the_split_per_paragraph() -> None:
    dele = (
        Paragraftakst(paragraf="SEL-107", takst=Decimal("2103.50")),
        Paragraftakst(paragraf="SEL-104", takst=Decimal(584)),
    )
    resultat = pakketakst(Pakke(dele=dele))
    assert str(resultat.takst) == "2687.50"
    assert [(trin.tekst, str(trin.vaerdi)) for trin in resultat.trin] == [
        ("SEL-107", "2103.50"),
        ("SEL-104", "584.00"),
        ("Pakketakst", "2687.50"),
    ]


@pytest.mark.parametrize("paragraffer", [[], ["SEL-107", "SEL-107"]])
def test_pakke_without_parts_or_with_one_twice_is_refused(paragraffer: list[str]) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        Pakke(dele=tuple(Paragraftakst(paragraf=navn, takst=Decimal(1)) for navn in paragraffer))
    assert set(fejl.value.felter) == {"dele"}


def test_individuel_pris_changes_on_the_days_something_begins_or_ends() -> None:
    aftale = pris(
        [NIVEAU_2, linje("Niveau 2", "3300", "2027-01-01")],
        [
            linje("Nattevagt", "412.50", "2026-03-01", "2026-06-01"),
            linje("Støtte ved måltider", "100", "2026-05-01", "2026-06-01"),
            linje("Nattevagt", "400", "2027-01-01"),
        ],
    )
    perioder = individuel_pris(aftale).perioder
    assert [(str(p.fra), str(p.til), str(p.pris)) for p in perioder] == [
        ("2026-01-01", "2026-03-01", "3234.00"),
        ("2026-03-01", "2026-05-01", "3646.50"),
        ("2026-05-01", "2026-06-01", "3746.50"),
        ("2026-06-01", "2027-01-01", "3234.00"),
        ("2027-01-01", "None", "3700.00"),
    ]
    assert [trin.tekst for trin in perioder[2].trin] == ["Niveau 2", "Nattevagt", "Støtte ved måltider", "Aftalt pris"]
    assert perioder[2].trin[-1].udregning == "3.234,00 + 412,50 + 100,00"


def test_individuel_pris_supplement_without_end_follows_the_main_price_to_its_end() -> None:
    perioder = individuel_pris(pris([NIVEAU_2], [linje("Nattevagt", "400", "2026-03-01")])).perioder
    assert [(str(p.fra), str(p.til), str(p.pris)) for p in perioder] == [
        ("2026-01-01", "2026-03-01", "3234.00"),
        ("2026-03-01", "2027-01-01", "3634.00"),
    ]


def test_individuel_pris_survives_a_json_round_trip() -> None:
    resultat = individuel_pris(pris([NIVEAU_2], [linje("Nattevagt", "400", "2026-03-01")]))
    assert Individuelprisresultat.af_json(resultat.som_json()) == resultat
    assert individuel_pris(Individuelpris.af_json(resultat.som_json()["inddata"])) == resultat


@pytest.mark.parametrize(
    ("hoved", "tillaeg", "felt", "hvad"),
    [
        ([], [], "hovedtakster", "mindst én hovedtakst"),
        ([NIVEAU_2, linje("Niveau 3", "3636", "2026-12-31")], [], "hovedtakster", "overlapper eller har huller"),
        ([NIVEAU_2, linje("Niveau 3", "3636", "2027-01-02")], [], "hovedtakster", "overlapper eller har huller"),
        ([linje("N", "1", "2026-01-01"), linje("N", "2", "2027-01-01")], [], "hovedtakster", "uden slutdato"),
        (
            [NIVEAU_2],
            [linje("Nat", "1", "2026-01-01", "2026-02-02"), linje("Nat", "2", "2026-02-01")],
            "tillaeg",
            "»Nat« fra 2026-02-01 overlapper",
        ),
        ([NIVEAU_2], [linje("Nat", "1", "2025-12-31", "2026-02-01")], "tillaeg", "dage uden hovedtakst"),
        ([NIVEAU_2], [linje("Nat", "1", "2026-12-01", "2027-01-02")], "tillaeg", "dage uden hovedtakst"),
        ([NIVEAU_2], [linje("Nat", "1", "2027-01-01")], "tillaeg", "dage uden hovedtakst"),
    ],
)
def test_individuelpris_with_overlap_or_gap_is_refused(
    hoved: list[Prislinje], tillaeg: list[Prislinje], felt: str, hvad: str
) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        pris(hoved, tillaeg)
    assert hvad in fejl.value.felter[felt][0]


def test_individuelpris_supplements_of_one_kind_may_follow_on_each_other() -> None:
    aftale = pris([NIVEAU_2], [linje("Nat", "1", "2026-01-01", "2026-02-01"), linje("Nat", "2", "2026-02-01")])
    assert [str(p.pris) for p in individuel_pris(aftale).perioder] == ["3235.00", "3236.00"]


def test_prislinje_without_days_is_refused() -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        linje("Nat", "1", "2026-02-01", "2026-02-01")
    assert set(fejl.value.felter) == {"til"}
