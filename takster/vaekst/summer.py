"""The sums behind the growth, read in two statements however many offers there are.

An offer's takst is measured in a year when the ones that hold make up all of its days. A calculation of several departments or
legal bases is shared between their takster, so that it counts once; two takster of a year count by their days.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from faelles.tid import Periode
from kommuner.models import Kkr
from takster.frister.queries import TAKSTBEREGNENDE
from takster.models import Takstenhed
from takster.vaekst.regler import Aarsudgift, Grund, Gruppe, Gruppetal, grund, gruppe

# The KKR's area is the one of the year asked for, also in the years before: else a municipality that moves would look like growth.
_OMRAADE = """
    SELECT t.id, t.navn, t.navn_sortering, t.driftsherre_id AS driftsherre, t.lukket_fra, g.art = ANY(%(arter)s) AS beregnende
    FROM tilbud_tilbud t JOIN kommuner_organisation g ON g.id = t.driftsherre_id
    WHERE t.beliggenhedskommune_id = ANY(ARRAY(
        SELECT kommune_id FROM kommuner_kkrmedlemskab WHERE kkr_id = %(kkr)s AND periode @> %(dag)s::date))
"""
_DELE = f"""
WITH omraade AS ({_OMRAADE}), raekker AS (
    SELECT y.aar, make_date(y.aar + 1, 1, 1) - make_date(y.aar, 1, 1) AS aarets_dage, o.id AS tilbud, o.driftsherre,
           a.id AS afdeling, k.hjemmel_id AS hjemmel, k.enhed = %(enhed)s AS i_enheden,
           k.grundlag / k.delt_paa AS omkostninger, k.overhead / k.delt_paa AS overhead,
           k.pladser * k.dage / k.delt_paa AS pladsdage, k.pladser / k.delt_paa AS pladser,
           least(upper(k.periode), make_date(y.aar + 1, 1, 1)) - greatest(lower(k.periode), make_date(y.aar, 1, 1)) AS i_kraft
    FROM omraade o JOIN tilbud_afdeling a ON a.tilbud_id = o.id
    JOIN takster_takst k ON k.afdeling_id = a.id AND k.ophoert IS NULL AND k.periode && %(periode)s::daterange
    CROSS JOIN LATERAL generate_series(
        greatest(extract(year FROM lower(k.periode))::int, %(fra)s), least(extract(year FROM upper(k.periode) - 1)::int, %(til)s)
    ) AS y (aar)
    WHERE o.beregnende
), dele AS MATERIALIZED (
    SELECT aar, tilbud, driftsherre, afdeling, hjemmel, bool_and(i_enheden) AS i_enheden,
           bool_and(omkostninger IS NOT NULL) AS beregnet, sum(i_kraft) = aarets_dage AS hele_aaret,
           sum(omkostninger * i_kraft) / aarets_dage AS omkostninger, sum(overhead * i_kraft) / aarets_dage AS overhead,
           sum(pladsdage * i_kraft) / aarets_dage AS pladsdage, sum(pladser * i_kraft) / aarets_dage AS pladser
    FROM raekker GROUP BY aar, aarets_dage, tilbud, driftsherre, afdeling, hjemmel
)"""  # noqa: S608 - put together from the constants above only
_MAALT = "d.i_enheden AND d.beregnet AND d.hele_aaret"
_SUMMER = f"""{_DELE}, tilbuddene AS (
    SELECT tilbud, bool_or(d.aar = %(fra)s) AS findes_foer, bool_or(d.aar = %(til)s) AS findes_nu,
           coalesce(bool_or(d.aar = %(fra)s AND {_MAALT}), false) AS maalt_foer,
           coalesce(bool_or(d.aar = %(til)s AND {_MAALT}), false) AS maalt_nu,
           round(sum(d.pladser) FILTER (WHERE d.aar = %(fra)s AND {_MAALT}), 2) IS NOT DISTINCT FROM
           round(sum(d.pladser) FILTER (WHERE d.aar = %(til)s AND {_MAALT}), 2)
           AND array_agg(DISTINCT d.hjemmel) FILTER (WHERE d.aar = %(fra)s AND {_MAALT}) IS NOT DISTINCT FROM
               array_agg(DISTINCT d.hjemmel) FILTER (WHERE d.aar = %(til)s AND {_MAALT}) AS uaendret
    FROM dele d GROUP BY tilbud
)
SELECT d.aar, d.driftsherre, d.hjemmel, d.i_enheden, d.beregnet, d.hele_aaret, t.maalt_foer, t.maalt_nu, t.findes_foer, t.findes_nu,
       t.uaendret, grouping(d.driftsherre, d.hjemmel, d.beregnet, t.uaendret), count(*),
       sum(d.omkostninger) FILTER (WHERE {_MAALT}), sum(d.overhead) FILTER (WHERE {_MAALT}),
       sum(d.pladsdage) FILTER (WHERE {_MAALT}), sum(d.pladser) FILTER (WHERE {_MAALT}),
       count(DISTINCT d.tilbud) FILTER (WHERE {_MAALT})
FROM dele d JOIN tilbuddene t USING (tilbud)
GROUP BY GROUPING SETS ((d.aar), (d.aar, d.driftsherre), (d.aar, d.hjemmel), (d.aar, d.i_enheden, d.beregnet, d.hele_aaret),
    (d.aar, t.maalt_foer, t.maalt_nu, t.findes_foer, t.findes_nu, t.uaendret))
ORDER BY d.aar
"""  # noqa: S608 - as above
_UDELADTE = f"""{_DELE}
SELECT g.navn, o.id, o.navn, a.id, a.navn, d.hjemmel, d.i_enheden, d.beregnet, d.hele_aaret
FROM dele d JOIN kommuner_organisation g ON g.id = d.driftsherre JOIN tilbud_afdeling a ON a.id = d.afdeling JOIN omraade o ON o.id = d.tilbud
WHERE NOT ({_MAALT})
ORDER BY g.navn_sortering, o.navn_sortering, o.id, a.navn_sortering, a.id, d.hjemmel
"""  # noqa: S608 - as above
# Why a whole offer is left out, by whether its takster are computed here.
_TILBUDSGRUND = {True: Grund.UDEN_TAKST, False: Grund.PRIVAT}
# What `grouping` says of each set: a bit for every column that is summed over.
I_ALT, PR_DRIFTSHERRE, PR_HJEMMEL, PR_FLAG, PR_GRUPPE = 0b1111, 0b0111, 0b1011, 0b1101, 0b1110
_HELE_TILBUD = f"""
FROM ({_OMRAADE}) o JOIN kommuner_organisation g ON g.id = o.driftsherre
WHERE (o.lukket_fra IS NULL OR o.lukket_fra > %(dag)s) AND NOT (o.beregnende AND EXISTS (
    SELECT FROM tilbud_afdeling a JOIN takster_takst k ON k.afdeling_id = a.id AND k.ophoert IS NULL AND k.periode && %(aaret)s::daterange
    WHERE a.tilbud_id = o.id))
"""
_ANTAL_TILBUD = f"SELECT o.beregnende, count(*) {_HELE_TILBUD} GROUP BY o.beregnende"
_TILBUDDENE = f"SELECT o.beregnende, g.navn, o.id, o.navn {_HELE_TILBUD} ORDER BY o.beregnende DESC, g.navn_sortering, o.navn_sortering, o.id"


@dataclass(frozen=True, slots=True)
class Udeladelse:
    """A takst, or without department and legal basis a whole offer, that is not in a year's figures."""

    grund: Grund
    driftsherre: str
    tilbud_id: UUID
    tilbud: str
    afdeling_id: UUID | None = None
    afdeling: str = ""
    hjemmel: str = ""


@dataclass(frozen=True, slots=True)
class Summer:
    """The rows of `_SUMMER`, each kind by itself. `flag` counts the takster left out of a year, by reason."""

    alle: Sequence[Aarsudgift]
    driftsherrer: Mapping[UUID, Sequence[Aarsudgift]]
    hjemler: Mapping[str, Sequence[Aarsudgift]]
    grupper: Mapping[tuple[Gruppe, int], Aarsudgift]
    flag: Mapping[tuple[int, Grund], int]

    @classmethod
    def hent(cls, kkr: Kkr, fra: int, til: int, enhed: Takstenhed) -> "Summer":
        """Read the years `fra` to `til`, both included."""
        alle = []
        grupper: dict[tuple[Gruppe, int], Aarsudgift] = {}
        flag: dict[tuple[int, Grund], int] = defaultdict(int)
        driftsherrer: dict[UUID, list[Aarsudgift]] = defaultdict(list)
        hjemler: dict[str, list[Aarsudgift]] = defaultdict(list)
        for raekke in _hent(_SUMMER, kkr, fra, til, enhed):
            aar, driftsherre, hjemmel, i_enheden, beregnet, hele, *flagene, slags, dele = raekke[:13]
            if slags == PR_FLAG:
                if hvorfor := grund(i_enheden=i_enheden, beregnet=beregnet, hele_aaret=hele):
                    flag[aar, hvorfor] += dele
                continue
            if not raekke[-1]:
                continue
            udgift = Aarsudgift(aar, *raekke[13:])
            if slags == I_ALT:
                alle.append(udgift)
            elif slags == PR_DRIFTSHERRE:
                driftsherrer[driftsherre].append(udgift)
            elif slags == PR_HJEMMEL:
                hjemler[hjemmel].append(udgift)
            elif aar in {fra, til}:
                noegle = gruppe(*flagene), aar
                grupper[noegle] = grupper[noegle] + udgift if noegle in grupper else udgift
        return cls(alle, driftsherrer, hjemler, grupper, flag)

    def gruppetal(self, foer: int, nu: int) -> list[Gruppetal]:
        """The groups of the comparison of the first and the last year."""
        fundne = {hvad for hvad, _ in self.grupper}
        return [
            Gruppetal(hvad, self.grupper.get((hvad, foer)), self.grupper.get((hvad, nu)))
            for hvad in Gruppe
            if hvad in fundne
        ]


def udeladte_tilbud(kkr: Kkr, aar: int) -> Mapping[Grund, int]:
    """How many whole offers are not in the year's figures: others' own prices, and those without any takst."""
    antal = dict(_hent(_ANTAL_TILBUD, kkr, aar, aar, Takstenhed.DOEGN))
    return {hvorfor: antal.get(beregnende, 0) for beregnende, hvorfor in _TILBUDSGRUND.items()}


def udeladelser(kkr: Kkr, aar: int, enhed: Takstenhed) -> list[Udeladelse]:
    """Each of what is counted as left out of the year, by operator and offer in Danish order, whole offers last."""
    takster = [
        Udeladelse(hvorfor, *hvad)
        for *hvad, i_enheden, beregnet, hele in _hent(_UDELADTE, kkr, aar, aar, enhed)
        if (hvorfor := grund(i_enheden=i_enheden, beregnet=beregnet, hele_aaret=hele))
    ]
    hele_tilbud = _hent(_TILBUDDENE, kkr, aar, aar, enhed)
    return takster + [Udeladelse(_TILBUDSGRUND[beregnende], *hvad) for beregnende, *hvad in hele_tilbud]


def _hent(sql: str, kkr: Kkr, fra: int, til: int, enhed: Takstenhed) -> list[tuple[Any, ...]]:
    """Run a statement on the years `fra` to `til` of the KKR's area on the last one's first day."""
    aaret = Periode.aar(til)
    vaerdier = {
        "kkr": kkr.pk, "dag": aaret.fra, "aaret": aaret.som_range, "arter": [art.value for art in TAKSTBEREGNENDE],
        "enhed": enhed.value, "fra": fra, "til": til, "periode": Periode(date(fra, 1, 1), date(til + 1, 1, 1)).som_range,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, vaerdier)
        raekker: list[tuple[Any, ...]] = cursor.fetchall()
    return raekker
