"""The matrix chart: every row and column is there, also the empty ones, and the discs say how much."""

from decimal import Decimal

from faelles.dokument.matrix import Felt, bobler
from faelles.dokument.tegning import svg

FELTER = [Felt("Gladsaxe", "Herlev", Decimal(1234)), Felt("Herlev", "Rødovre", Decimal(10))]


def test_empty_rows_and_columns_keep_their_place_and_figures_are_danish() -> None:
    tegnet = svg(
        bobler(
            FELTER, ["Gladsaxe", "Herlev", "Tom"], ["Herlev", "Rødovre", "Ingen"], akse="Pladsdage", beskrivelse="Hvem"
        )
    ).decode()
    for navn in ("Gladsaxe", "Tom", "Rødovre", "Ingen", "Pladsdage"):
        assert f">{navn}<" in tegnet
    assert "1.000" in tegnet


def test_matrix_of_nothing_can_be_drawn() -> None:
    assert svg(bobler([], ["A"], ["B"], akse="Pladsdage", beskrivelse="Tom"))
