"""Open and occupied place-days per offer, counted in the database: no day is ever enumerated.

A place is open on its weekdays while its period runs, its offer is not closed, and the ledger does not hold it `lukket`. It
is occupied on the days of a stay (`ophold`) among those. Days of one weekday in `[fra, til)` are counted by whole-number
division from a Monday far back: `(til + 7 - w) / 7 - (fra + 7 - w) / 7`, where fra and til count days since 1 January 0001.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import connection

from faelles.tid import Periode
from tilbud.belaegning.models import Optagelsesart


@dataclass(frozen=True, slots=True)
class Pladsdage:
    """Place-days of an offer in a period; `ophold` is how many stays the occupied ones rest on."""

    aabne: int
    belagte: int
    ophold: int


@dataclass(frozen=True, slots=True)
class Taksttal:
    """A takst (kr. per `enhed`) and the open place-days of its department while it holds in the period."""

    paragraf: str
    hjemmel: str
    enhed: str
    beloeb: Decimal
    pladsdage: int


DAGE = """(SELECT coalesce(sum((upper({d}) - date '0001-01-01' + 7 - w) / 7 - (lower({d}) - date '0001-01-01' + 7 - w) / 7), 0)
            FROM unnest({u}) AS w WHERE NOT isempty({d}))"""
AABEN_I_PERIODEN = "p.periode * daterange(NULL, t.lukket_fra) * %(periode)s::daterange"
_SPOERG = f"""
WITH aaben AS (
    SELECT p.id, a.tilbud_id, a.id AS afdeling_id, p.ugedage, {AABEN_I_PERIODEN} AS dage
    FROM tilbud_plads p JOIN tilbud_afdeling a ON a.id = p.afdeling_id JOIN tilbud_tilbud t ON t.id = a.tilbud_id
    WHERE a.tilbud_id = ANY(%(tilbud)s) AND p.periode && %(periode)s::daterange
), optaget AS (
    SELECT aaben.tilbud_id, o.art, {DAGE.format(d="(o.periode * aaben.dage)", u="(o.ugedage & aaben.ugedage)")} AS dage
    FROM aaben JOIN belaegning_optagelse o ON o.plads_id = aaben.id
    WHERE o.aktiv AND o.art = ANY(%(arter)s) AND o.periode && %(periode)s::daterange
), kapacitet AS (
    SELECT tilbud_id, sum({DAGE.format(d="dage", u="ugedage")}) AS dage FROM aaben GROUP BY tilbud_id
), brug AS (
    SELECT tilbud_id,
           coalesce(sum(dage) FILTER (WHERE art = %(lukket)s), 0) AS lukket,
           coalesce(sum(dage) FILTER (WHERE art = %(ophold)s), 0) AS belagte,
           count(*) FILTER (WHERE art = %(ophold)s AND dage > 0) AS ophold
    FROM optaget GROUP BY tilbud_id
)
SELECT k.tilbud_id, k.dage - coalesce(b.lukket, 0), coalesce(b.belagte, 0), coalesce(b.ophold, 0)
FROM kapacitet k LEFT JOIN brug b USING (tilbud_id)
"""  # noqa: S608 - put together from the constants above only
_PR_TAKST = f"""
SELECT k.id, split_part(h.kode, '-', 1) || ' ' || h.paragraf, h.navn, k.enhed, k.beloeb, coalesce(sum({DAGE.format(d=f"({AABEN_I_PERIODEN} * k.periode)", u="p.ugedage")}), 0)
FROM takster_takst k
JOIN tilbud_hjemmel h ON h.kode = k.hjemmel_id
JOIN tilbud_afdeling a ON a.id = k.afdeling_id JOIN tilbud_tilbud t ON t.id = a.tilbud_id
LEFT JOIN tilbud_plads p ON p.afdeling_id = a.id AND p.periode && %(periode)s::daterange
WHERE a.tilbud_id = ANY(%(tilbud)s) AND k.periode && %(periode)s::daterange AND k.ophoert IS NULL
GROUP BY k.id, h.raekkefoelge, h.kode
ORDER BY h.raekkefoelge, h.kode, k.enhed, k.beloeb, k.id
"""  # noqa: S608 - as above


def pladsdage(tilbud: Collection[UUID], periode: Periode) -> dict[UUID, Pladsdage]:
    """Per offer that had a place open in the period (which must have a last day)."""
    with connection.cursor() as cursor:
        cursor.execute(
            _SPOERG,
            {
                "tilbud": list(tilbud),
                "periode": periode.som_range,
                "arter": [Optagelsesart.LUKKET.value, Optagelsesart.OPHOLD.value],
                "lukket": Optagelsesart.LUKKET.value,
                "ophold": Optagelsesart.OPHOLD.value,
            },
        )
        return {
            tilbud_id: Pladsdage(aabne=int(aabne), belagte=int(belagte), ophold=ophold)
            for tilbud_id, aabne, belagte, ophold in cursor.fetchall()
        }


def taksttal(tilbud: Collection[UUID], periode: Periode) -> list[Taksttal]:
    """Every takst that holds on a day of the period, in the order of the legal bases, unit and amount."""
    with connection.cursor() as cursor:
        cursor.execute(_PR_TAKST, {"tilbud": list(tilbud), "periode": periode.som_range})
        return [
            Taksttal(paragraf=paragraf, hjemmel=f"{paragraf} {navn}", enhed=enhed, beloeb=beloeb, pladsdage=int(dage))
            for _, paragraf, navn, enhed, beloeb, dage in cursor.fetchall()
        ]
