"""What a statement's plan says it looked at."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from bench.kald import AFSENDER, taeller


@dataclass(frozen=True, slots=True)
class Opslag:
    """A scan of a table, how many of its rows were looked at, also those thrown away, and what they were looked up by; nothing when all were read."""

    tabel: str
    raekker: float
    efter: str

    def gaar_efter(self, kolonne: str) -> bool:
        """Whether the rows were looked up by a column, or by their own id."""
        return bool(re.search(rf"\b({kolonne}|id)\)?(::text)? = ", self.efter))


def alle_opslag(saetninger: Iterable[str]) -> list[Opslag]:
    """Every scan of a table in the plans of these statements, one after another; what is set for the planner in between is set again."""
    fundne: list[Opslag] = []
    with transaction.atomic(), connection.cursor() as cursor:
        for saetning in saetninger:
            if taeller(saetning):
                fundne += opslag(saetning)
            elif "set_config" in saetning:
                cursor.execute(saetning)
    return fundne


def opslag(saetning: str) -> list[Opslag]:
    """Every scan of a table in the plan the statement is run by."""
    with connection.cursor() as cursor:
        # Who asks is set in front of what does not begin with SELECT, as a union; the plan is of the statement alone. It has its
        # values already: a per cent sign in it (the trigrams' `%>`) is no placeholder.
        alene = AFSENDER.sub("", saetning, count=1)
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + alene.replace("%", "%%"), [])
        (svar,) = cursor.fetchone() or ([],)
    plan = json.loads(svar) if isinstance(svar, str) else svar
    return [
        Opslag(knude["Relation Name"], _set(knude), knude.get("Index Cond") or knude.get("Recheck Cond", ""))
        for knude in _knuder(plan[0]["Plan"])
        if "Relation Name" in knude
    ]


def _knuder(knude: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield knude
    for under in knude.get("Plans", ()):
        yield from _knuder(under)


def _set(knude: dict[str, Any]) -> float:
    """At least so many: the rows thrown away are given per loop, rounded to whole ones."""
    smidt = knude.get("Rows Removed by Filter", 0) + knude.get("Rows Removed by Index Recheck", 0)
    return float(
        knude["Actual Loops"] * (knude["Actual Rows"] + (max(0, smidt - 0.5) if knude["Actual Loops"] > 1 else smidt))
    )
