"""The terms of every municipality's offers, or one's, through a period, read in one statement however many offers and days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from django.db import connection

from faelles.fejl import Konflikt
from faelles.tid import Periode
from vilkaar.noegler import NOEGLER, Noegle
from vilkaar.queries import GaeldendeVilkaar
from vilkaar.styring import Kkrperiode, Saetfakta, Styring, kalender

# A row per set that still holds for some day: its terms, and the municipalities of its KKR with their days there. The KKRs
# without a set are there too (set NULL): whoever belongs to one falls back on the KKR before.
SQL = """
SELECT k.id, s.id, s.nummer, s.aftale, s.status, s.demo, lower(s.periode), upper(s.periode),
  (SELECT json_agg(json_build_array(v.noegle, v.vaerdi, v.klausul)) FROM vilkaar_vilkaar v WHERE v.saet_id = s.id),
  (SELECT json_agg(json_build_array(m.kommune_id, lower(m.periode), upper(m.periode)))
   FROM kommuner_kkrmedlemskab m WHERE m.kkr_id = k.id)
FROM kommuner_kkr k LEFT JOIN vilkaar_vilkaarssaet s ON s.kkr_id = k.id AND NOT isempty(s.periode)
"""
KUN = "WHERE k.id IN (SELECT kkr_id FROM kommuner_kkrmedlemskab WHERE kommune_id = %s)"


@dataclass(frozen=True, slots=True)
class Vilkaarskalender:
    """Who is governed by what, when: by municipality code, the days of the period in order."""

    dage: Mapping[str, Sequence[tuple[Periode, Styring | None]]]
    saet: Mapping[UUID, GaeldendeVilkaar]

    def paa(self, kommunekode: str, dag: date) -> GaeldendeVilkaar:
        """The terms of the municipality's offers on a day of the period. Raises Konflikt when there are none."""
        for periode, styring in self.dage.get(kommunekode, ()):
            if periode.indeholder(dag) and styring is not None:
                return self.saet[styring.saet.id]
        raise Konflikt("vilkaar_mangler", f"Der er ingen vilkår for {dag:%d.%m.%Y}. Sekretariatet skal oprette et sæt.")

    def i_perioden(self, kommunekode: str) -> list[tuple[Periode, GaeldendeVilkaar]]:
        """The stretches of days with one set each; days without any are left out."""
        stykker = self.dage.get(kommunekode, ())
        return [(periode, self.saet[styring.saet.id]) for periode, styring in stykker if styring is not None]


def vilkaarskalender(periode: Periode, kun: str | None = None) -> Vilkaarskalender:
    """The terms in the period of the whole country, or of one municipality, from the KKRs it is or was in; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(SQL if kun is None else SQL + KUN, None if kun is None else [kun])
        raekker = cursor.fetchall()
    fakta: list[Saetfakta] = []
    saet: dict[UUID, GaeldendeVilkaar] = {}
    medlemskaber: dict[str, set[Kkrperiode]] = {}
    for kkr_id, id_, nummer, aftale, status, demo, fra, til, vilkaar, kommuner in raekker:
        for kode, m_fra, m_til in kommuner or ():
            if kun not in {None, kode}:
                continue
            dage = Periode(date.fromisoformat(m_fra), date.fromisoformat(m_til) if m_til else None)
            medlemskaber.setdefault(kode, set()).add(Kkrperiode(kkr_id, dage))
        if id_ is None:
            continue
        fakta.append(Saetfakta(id_, nummer, kkr_id, Periode(fra, til), endelig=status == "endelig"))
        saet[id_] = _vilkaar(fakta[-1], aftale, demo, vilkaar or ())
    return Vilkaarskalender(
        {kode: kalender(_i_kkr(fakta, sine), list(sine), periode) for kode, sine in medlemskaber.items()}, saet
    )


def _i_kkr(fakta: Sequence[Saetfakta], medlemskaber: set[Kkrperiode]) -> list[Saetfakta]:
    kkr_ider = {m.kkr_id for m in medlemskaber}
    return [et for et in fakta if et.kkr_id in kkr_ider]


def _vilkaar(fakta: Saetfakta, aftale: str, demo: bool, raekker: Sequence[Sequence[str]]) -> GaeldendeVilkaar:  # noqa: FBT001 - a column
    return GaeldendeVilkaar(
        saet_id=fakta.id,
        nummer=fakta.nummer,
        aftale=aftale,
        endelig=fakta.endelig,
        demo=demo,
        vaerdier=MappingProxyType(
            {Noegle(noegle): NOEGLER[Noegle(noegle)].laes(vaerdi) for noegle, vaerdi, _ in raekker}
        ),
        klausuler=MappingProxyType({Noegle(noegle): klausul for noegle, _, klausul in raekker}),
    )
