"""The stays a municipality pays for, and those in the offers it operates, counted in the database across municipalities."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import connection

from faelles.scope import som_systemet
from faelles.tid import Periode
from rammeaftale.rapporter.rammeaftalen.pladsdage import AABEN_I_PERIODEN, DAGE
from tilbud.belaegning.models import Optagelsesart

OPTAELLING = "counted across municipalities; suppressed before others than the municipality itself see it"
# As the matrix of buyers and sellers counts (kapacitet.handler), and by the hjemmel of each day; days without one are a row of their own.
_SPOERG = f"""
WITH brug AS (
    SELECT t.id AS tilbud, t.driftsherre_id AS saelger, v.betalingskommune_id AS koeber, s.ophold_id AS sag, coalesce(s.ophold_id, o.id) AS ophold,
           o.periode * {AABEN_I_PERIODEN} * coalesce(v.periode, daterange(NULL, NULL)) AS dage, o.ugedage & p.ugedage AS ugedage
    FROM belaegning_optagelse o JOIN tilbud_plads p ON p.id = o.plads_id
    JOIN tilbud_afdeling a ON a.id = p.afdeling_id JOIN tilbud_tilbud t ON t.id = a.tilbud_id
    LEFT JOIN sag_opholdsplads s ON s.optagelse_id = o.id
    LEFT JOIN sag_opholdsansvar v ON v.ophold_id = s.ophold_id AND v.periode && o.periode
    WHERE o.aktiv AND o.art = %(ophold)s AND o.periode && %(periode)s::daterange
      AND %(hvem)s IN (v.betalingskommune_id, t.driftsherre_id) AND (%(tilbud)s::uuid[] IS NULL OR t.id = ANY(%(tilbud)s))
), delt AS (
    SELECT brug.tilbud, brug.saelger, brug.koeber, brug.sag, brug.ophold, brug.ugedage, d.hjemmel, d.dage
    FROM brug CROSS JOIN LATERAL (
        SELECT h.hjemmel_id AS hjemmel, h.periode * brug.dage AS dage
        FROM sag_opholdshjemmel h WHERE h.ophold_id = brug.sag AND h.periode && brug.dage
        UNION ALL
        SELECT NULL, rest FROM unnest(datemultirange(brug.dage) - coalesce(
            (SELECT range_agg(h.periode) FROM sag_opholdshjemmel h WHERE h.ophold_id = brug.sag), '{{}}'::datemultirange
        )) AS rest
    ) AS d
), talt AS (
    SELECT *, {DAGE.format(d="dage", u="ugedage")} AS antal, (
        SELECT coalesce(sum({DAGE.format(d="(delt.dage * r.periode)", u="delt.ugedage")} * r.samlet), 0)
        FROM sag_opholdspris r WHERE delt.sag IS NOT NULL AND r.ophold_id = delt.ophold AND r.accepteret IS NOT NULL
    ) AS kr
    FROM delt
)
SELECT tilbud, g.id, g.art, g.navn, k.id, k.navn, hjemmel, sag IS NOT NULL, array_agg(DISTINCT ophold), sum(antal), sum(kr)
FROM talt JOIN kommuner_organisation g ON g.id = saelger LEFT JOIN kommuner_organisation k ON k.id = koeber
WHERE antal > 0 GROUP BY tilbud, g.id, g.art, g.navn, k.id, k.navn, hjemmel, sag IS NOT NULL
"""  # noqa: S608 - put together from the constants above only


@dataclass(frozen=True, slots=True)
class Talt:
    """Stays in an offer under a hjemmel (its code) for a buyer; no buyer, hjemmel or price where there is no case."""

    tilbud: UUID
    saelger: UUID
    saelger_art: str
    saelger_navn: str
    koeber: UUID | None
    koeber_navn: str | None
    hjemmel: str | None
    har_sag: bool
    ophold: frozenset[UUID]
    dage: int
    kr: Decimal


def talt(organisation: UUID, periode: Periode, tilbud: Collection[UUID] | None) -> list[Talt]:
    """Bought or sold by the organisation in the period, in these offers; None is everywhere."""
    with som_systemet(OPTAELLING), connection.cursor() as cursor:
        cursor.execute(
            _SPOERG,
            {
                "hvem": organisation,
                "tilbud": None if tilbud is None else list(tilbud),
                "periode": periode.som_range,
                "ophold": Optagelsesart.OPHOLD.value,
            },
        )
        return [
            Talt(tilbud_, saelger, art, saelgernavn, koeber, koebernavn, hjemmel, sag, frozenset(ophold), int(dage), kr)
            for tilbud_, saelger, art, saelgernavn, koeber, koebernavn, hjemmel, sag, ophold, dage, kr in cursor.fetchall()
        ]
