"""Weekdays in words. Pure."""

from collections.abc import Collection

ALLE = frozenset(range(1, 8))
_DAGE = ("man", "tir", "ons", "tor", "fre", "lør", "søn")


def ugedagstekst(ugedage: Collection[int]) -> str:
    """`man, tir`; "alle" for all seven, of which 1 is Monday."""
    return "alle" if set(ugedage) == ALLE else ", ".join(_DAGE[dag - 1] for dag in sorted(ugedage))
