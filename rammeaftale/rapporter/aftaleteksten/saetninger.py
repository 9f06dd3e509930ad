"""What a report says of the terms it prints: pure."""

from datetime import date

from faelles.dokument.tal import dato
from rammeaftale.rapporter.aftaleteksten.data import Saet


def vilkaarene(saet: Saet | None, dag: date) -> str:
    """Whether the terms are final on the day the text is read, and where they stand."""
    if saet is None:
        return (
            f"Vilkårene er dem, klausulerne siger. De er ikke udsendt som et sæt, der gælder {dato(dag)}, så intet beregnes "
            "efter dem."
        )
    hvor = f"sæt {saet.nummer} i {saet.aftale}, som de gælder {dato(dag)}"
    if saet.endelig:
        return f"Vilkårene er endelige: {hvor}."
    return (
        f"Vilkårene er foreløbige: {hvor}. De kan blive andre, indtil alle parter har godkendt aftalen, og det, der beregnes "
        "efter dem, regnes så om."
    )
