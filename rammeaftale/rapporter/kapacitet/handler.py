"""The stays of an area by operator and paying municipality, counted in the database across municipalities."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import connection

from faelles.scope import som_systemet
from faelles.tid import Periode
from rammeaftale.rapporter.kapacitet.matrix import INTET, UDEN_FOR, UDEN_KOEBER, Forbrug
from rammeaftale.rapporter.rammeaftalen.pladsdage import AABEN_I_PERIODEN, DAGE
from tilbud.belaegning.models import Optagelsesart

OPTAELLING = "counted across municipalities, and suppressed before anybody sees it"
# A stay that changes payer inside the period is counted with each. Only accepted prices count; days without one cost nothing here.
_SPOERG = f"""
WITH brug AS (
    SELECT t.driftsherre_id AS saelger, v.betalingskommune_id AS koeber, coalesce(s.ophold_id, o.id) AS ophold, s.id AS sag,
           o.periode * {AABEN_I_PERIODEN} * coalesce(v.periode, daterange(NULL, NULL)) AS dage, o.ugedage & p.ugedage AS ugedage
    FROM belaegning_optagelse o JOIN tilbud_plads p ON p.id = o.plads_id
    JOIN tilbud_afdeling a ON a.id = p.afdeling_id JOIN tilbud_tilbud t ON t.id = a.tilbud_id
    LEFT JOIN sag_opholdsplads s ON s.optagelse_id = o.id
    LEFT JOIN sag_opholdsansvar v ON v.ophold_id = s.ophold_id AND v.periode && o.periode
    WHERE a.tilbud_id = ANY(%(tilbud)s) AND o.aktiv AND o.art = %(ophold)s AND o.periode && %(periode)s::daterange
), talt AS (
    SELECT saelger, koeber, ophold, {DAGE.format(d="dage", u="ugedage")} AS dage, (
        SELECT coalesce(sum({DAGE.format(d="(brug.dage * r.periode)", u="brug.ugedage")} * r.samlet), 0)
        FROM sag_opholdspris r WHERE brug.sag IS NOT NULL AND r.ophold_id = brug.ophold AND r.accepteret IS NOT NULL
    ) AS kr
    FROM brug
)
SELECT g.art, g.navn, k.navn, count(DISTINCT ophold), sum(dage), sum(kr)
FROM talt JOIN kommuner_organisation g ON g.id = saelger LEFT JOIN kommuner_organisation k ON k.id = koeber
WHERE dage > 0 GROUP BY g.art, g.navn, k.navn
"""  # noqa: S608 - put together from the constants above only


def forbrug(
    tilbud: Collection[UUID], periode: Periode, saelgernavn: Mapping[tuple[str, str], str], koebere: Collection[str]
) -> dict[tuple[str, str], Forbrug]:
    """By seller and buyer. `saelgernavn`: what an operator of that kind and name is called; `koebere`: the area's municipalities."""
    fundne: dict[tuple[str, str], Forbrug] = defaultdict(lambda: INTET)
    with som_systemet(OPTAELLING), connection.cursor() as cursor:
        cursor.execute(
            _SPOERG,
            {"tilbud": list(tilbud), "periode": periode.som_range, "ophold": Optagelsesart.OPHOLD.value},
        )
        for art, navn, koeber, ophold, dage, kr in cursor.fetchall():
            hvem = UDEN_KOEBER if koeber is None else koeber if koeber in koebere else UDEN_FOR
            fundne[saelgernavn[art, navn], hvem] += Forbrug(ophold, int(dage), kr)
    return dict(fundne)
