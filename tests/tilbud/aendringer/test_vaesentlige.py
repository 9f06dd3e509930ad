"""Which changes wait for a second person: a pure rule."""

from dataclasses import replace

import pytest

from faelles.regneark.indlaesning import Raekke
from tilbud.aendringer.vaesentlige import VAERN, VAESENTLIGE, del_op, kun
from tilbud.registerimport.blokark import GODKENDELSER, MERPLADSER, TILSYNSRAPPORTER, YDELSER
from tilbud.registerimport.sammenligning import Aendring
from tilbud.registerimport.skema import AFDELINGER, PLADSER, TILBUD, Kodelister, byg_skema


def aendring(ark: str, *felter: str, ny: bool = False) -> Aendring:
    return Aendring(ark, 1, ["T"], "Navn", "" if ny else "id", "id", "", "t", {felt: [None, "x"] for felt in felter})


@pytest.mark.parametrize(
    ("ark", "felt", "venter"),
    [
        (TILBUD, "hjemler", True),
        (TILBUD, "maalgrupper", True),
        (TILBUD, "lukket_fra", True),
        (TILBUD, "beskrivelse", False),
        (TILBUD, "kontakt_email", False),
        (TILBUD, "rummer", True),
        (TILBUD, "rummer_ikke", True),
        (TILBUD, "gruppe_hoejst", True),
        (TILBUD, "fysiske_traek", True),
        (AFDELINGER, "navn", False),
        (PLADSER, "sidste_dag", True),
        (PLADSER, "ugedage", True),
        (PLADSER, "betegnelse", False),
        (PLADSER, "forbeholdt_egne", True),
        (PLADSER, "forbeholdt_beboere", True),
        (GODKENDELSER, "pladser", True),
        (GODKENDELSER, "sidste_dag", True),
        (MERPLADSER, "grund", True),
        (TILBUD, "selvhenvendelse", True),
        (TILSYNSRAPPORTER, "dato", True),
        (TILSYNSRAPPORTER, "vurdering", True),
        (TILSYNSRAPPORTER, "rapport_url", True),
        (YDELSER, "leveringsform", False),
    ],
)
def test_change_of_a_column_waits_when_it_matters_to_others(ark: str, felt: str, venter: bool) -> None:
    straks, senere = del_op([aendring(ark, felt)])
    assert (len(straks), len(senere)) == ((0, 1) if venter else (1, 0))


@pytest.mark.parametrize("beskyttet", [True, False])
def test_protecting_an_address_takes_effect_at_once_and_lifting_it_waits(beskyttet: bool) -> None:
    en = replace(aendring(TILBUD), felter={"beskyttet_adresse": [not beskyttet, beskyttet]})
    assert del_op([en]) == (([en], []) if beskyttet else ([], [en]))


def test_new_place_waits_as_a_whole_and_a_new_department_for_nobody() -> None:
    ny_plads, ny_afdeling = aendring(PLADSER, "betegnelse", "aaben_fra", ny=True), aendring(AFDELINGER, "navn", ny=True)
    assert del_op([ny_afdeling, ny_plads]) == ([ny_afdeling], [ny_plads])


def test_row_with_both_is_parted_and_its_rows_with_it() -> None:
    straks, senere = del_op([aendring(TILBUD, "beskrivelse", "hjemler")])
    raekker = {TILBUD: [Raekke(1, {"id": "T", "beskrivelse": "ny", "hjemler": ["SEL-108"], "navn": "uændret"})]}
    assert kun(raekker, straks) == {TILBUD: [Raekke(1, {"id": "T", "beskrivelse": "ny"})]}
    assert kun(raekker, senere) == {TILBUD: [Raekke(1, {"id": "T", "hjemler": ["SEL-108"]})]}


def test_every_column_that_waits_is_a_column() -> None:
    skema = byg_skema(Kodelister((), (), ()))
    for ark, felter in (*VAESENTLIGE.items(), *VAERN.items()):
        assert felter <= {kolonne.felt for kolonne in skema.ark_med(ark).kolonner}
