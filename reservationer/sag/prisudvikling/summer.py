"""The sums behind the prices, read in one statement however many stays there are, and those of the days that are not in them in another.

A day is one a stay has its place in the ledger, on the weekdays it has it. Absence is not taken off: it is the price that is
measured, not the bill. Which days are a stay's is told by its claims, hjemmel and price by their own periods, and the takst is
the one in force on the day at the department the place belongs to. Days of one weekday are counted as in
`rammeaftale.rapporter.rammeaftalen.pladsdage`: by whole-number division, no day is ever enumerated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from faelles.scope import som_systemet
from faelles.tid import Periode
from kommuner.models import Kkr, Organisationsart
from reservationer.sag.prisudvikling.regler import Celle, Ejer, Grund, Prissum
from takster.models import Takstenhed
from tilbud.belaegning.models import Optagelsesart

OPTAELLING = "summed across municipalities, and suppressed before anybody sees it"
EJERE = {
    Organisationsart.KOMMUNE.value: Ejer.KOMMUNE,
    Organisationsart.REGION.value: Ejer.REGION,
    Organisationsart.PRIVAT.value: Ejer.PRIVAT,
    Organisationsart.SELVEJENDE.value: Ejer.PRIVAT,
}
_DAGE = """CASE WHEN isempty({d}) THEN 0 WHEN cardinality({u}) = 7 THEN upper({d}) - lower({d}) ELSE (
    SELECT sum((upper({d}) - date '0001-01-01' + 7 - w) / 7 - (lower({d}) - date '0001-01-01' + 7 - w) / 7) FROM unnest({u}) AS w) END"""
# The area is the one of the year asked for, also in the years before, as in the growth of the takster.
_TID = """
WITH tid AS (
    SELECT y.aar, o.id AS ophold, o.driftsherre_id AS driftsherre, h.hjemmel_id AS hjemmel, p.afdeling_id AS afdeling, g.ugedage,
           g.periode * h.periode * daterange(make_date(y.aar, 1, 1), make_date(y.aar + 1, 1, 1)) * %(periode)s::daterange AS tid
    FROM tilbud_tilbud t JOIN sag_ophold o ON o.tilbud_id = t.id
    JOIN sag_opholdsplads op ON op.ophold_id = o.id
    JOIN belaegning_optagelse g ON g.id = op.optagelse_id AND g.aktiv AND g.art = %(ophold)s AND g.periode && %(periode)s::daterange
    JOIN tilbud_plads p ON p.id = g.plads_id
    JOIN sag_opholdshjemmel h ON h.ophold_id = o.id AND h.periode && g.periode * %(periode)s::daterange
    JOIN generate_series(%(fra)s, %(til)s) AS y (aar)
        ON g.periode * h.periode && daterange(make_date(y.aar, 1, 1), make_date(y.aar + 1, 1, 1)) * %(periode)s::daterange
    WHERE t.beliggenhedskommune_id = ANY(ARRAY(
        SELECT kommune_id FROM kommuner_kkrmedlemskab WHERE kkr_id = %(kkr)s AND periode @> %(dag)s::date))
), priset AS (
    SELECT t.*, pris.enhed, pris.takst, pris.samlet - pris.takst AS tillaeg, t.tid * pris.periode AS betalt
    FROM tid t JOIN sag_opholdspris pris ON pris.ophold_id = t.ophold AND pris.accepteret IS NOT NULL AND pris.periode && t.tid
    WHERE pris.enhed = %(enhed)s
)"""
_TAKSERET = f"""{_TID}, takseret AS (
    SELECT p.*, k.beloeb, k.enhed = p.enhed AS i_enheden, {_DAGE.format(d="(p.betalt * k.periode)", u="p.ugedage")} AS dage
    FROM priset p JOIN takster_takst k
        ON k.afdeling_id = p.afdeling AND k.hjemmel_id = p.hjemmel AND k.ophoert IS NULL AND k.periode && p.betalt
)"""  # noqa: S608 - put together from the constants above only
_SUMMER = f"""{_TAKSERET}
SELECT t.aar, g.art, t.driftsherre, t.hjemmel, sum(t.dage), sum(t.dage * t.beloeb), sum(t.dage * t.takst), sum(t.dage * t.tillaeg),
       count(DISTINCT t.ophold)
FROM takseret t JOIN kommuner_organisation g ON g.id = t.driftsherre
WHERE t.i_enheden AND t.dage > 0
GROUP BY t.aar, g.art, t.driftsherre, t.hjemmel
"""  # noqa: S608 - as above
_UDELADTE = f"""{_TAKSERET}, rest AS (
    SELECT %(uden_pris)s AS grund, t.ophold, t.driftsherre, NULL::numeric AS samlet, {_DAGE.format(d="t.tid", u="t.ugedage")} - coalesce((
        SELECT sum({_DAGE.format(d="(t.tid * pris.periode)", u="t.ugedage")}) FROM sag_opholdspris pris
        WHERE pris.ophold_id = t.ophold AND pris.accepteret IS NOT NULL AND pris.periode && t.tid), 0) AS dage
    FROM tid t
    UNION ALL
    SELECT %(uden_takst)s, p.ophold, p.driftsherre, p.takst + p.tillaeg, {_DAGE.format(d="p.betalt", u="p.ugedage")} - coalesce((
        SELECT sum({_DAGE.format(d="(p.betalt * k.periode)", u="p.ugedage")}) FROM takster_takst k
        WHERE k.afdeling_id = p.afdeling AND k.hjemmel_id = p.hjemmel AND k.ophoert IS NULL AND k.periode && p.betalt), 0)
    FROM priset p
    UNION ALL
    SELECT %(anden_enhed)s, ophold, driftsherre, takst + tillaeg, dage FROM takseret WHERE NOT i_enheden
)
SELECT r.grund, g.art, sum(r.dage), sum(r.dage * r.samlet), count(DISTINCT r.ophold)
FROM rest r JOIN kommuner_organisation g ON g.id = r.driftsherre
WHERE r.dage > 0
GROUP BY r.grund, g.art
"""  # noqa: S608 - as above


@dataclass(frozen=True, slots=True)
class Udeladt:
    """Days of a kind of owner that are not in a year's sums, and kr. agreed for them; None where nothing is agreed."""

    grund: Grund
    ejer: Ejer
    dage: int
    samlet: Decimal | None
    ophold: int

    def __add__(self, anden: "Udeladt") -> "Udeladt":
        """Those of others too, for the same reason."""
        samlet = None if self.samlet is None or anden.samlet is None else self.samlet + anden.samlet
        return Udeladt(self.grund, self.ejer, self.dage + anden.dage, samlet, self.ophold + anden.ophold)


@dataclass(frozen=True, slots=True)
class Summer:
    """The sums of years, and what is not in those of the last one by reason and kind of owner in their order."""

    celler: Sequence[Celle]
    udeladte: Sequence[Udeladt]

    @classmethod
    def hent(cls, kkr: Kkr, fra: int, til: int, enhed: Takstenhed, slut: date) -> "Summer":
        """Read the years `fra` to `til`, both included, of days before `slut`."""
        with som_systemet(OPTAELLING):
            return cls(_celler(kkr, fra, til, enhed, slut), _udeladte(kkr, til, enhed, slut))


def _celler(kkr: Kkr, fra: int, til: int, enhed: Takstenhed, slut: date) -> list[Celle]:
    raekker = _hent(_SUMMER, kkr, Periode(date(fra, 1, 1), slut), til, enhed)
    return [
        Celle(aar, EJERE[art], driftsherre, hjemmel, Prissum(int(dage), vejledende, takst, tillaeg, ophold))
        for aar, art, driftsherre, hjemmel, dage, vejledende, takst, tillaeg, ophold in raekker
    ]


def _udeladte(kkr: Kkr, aar: int, enhed: Takstenhed, slut: date) -> list[Udeladt]:
    fundne: dict[tuple[Grund, Ejer], Udeladt] = {}
    for grund, art, dage, samlet, ophold in _hent(_UDELADTE, kkr, Periode(date(aar, 1, 1), slut), aar, enhed):
        et = Udeladt(Grund(grund), EJERE[art], int(dage), samlet, ophold)
        noegle = et.grund, et.ejer
        fundne[noegle] = fundne[noegle] + et if noegle in fundne else et
    return [fundne[grund, ejer] for grund in Grund for ejer in Ejer if (grund, ejer) in fundne]


def _hent(sql: str, kkr: Kkr, periode: Periode, aar: int, enhed: Takstenhed) -> list[tuple[Any, ...]]:
    """Run a statement on the days of the period, in the KKR's area on the first day of the year; the caller is the system."""
    vaerdier = {
        "kkr": kkr.pk, "dag": date(aar, 1, 1), "periode": periode.som_range, "fra": periode.fra.year, "til": aar,
        "enhed": enhed.value, "ophold": Optagelsesart.OPHOLD.value, **{grund.value: grund.value for grund in Grund},
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, vaerdier)
        raekker: list[tuple[Any, ...]] = cursor.fetchall()
    return raekker
