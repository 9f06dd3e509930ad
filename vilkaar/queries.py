"""Reading the terms in force. For a date without a final set: the latest preliminary one, else the previous set goes on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from types import MappingProxyType
from uuid import UUID

from django.db.models import QuerySet

from faelles.fejl import Konflikt
from faelles.tid import Periode
from vilkaar.models import Saetstatus, Vilkaar, Vilkaarssaet
from vilkaar.noegler import NOEGLER, Noegle


@dataclass(frozen=True, slots=True)
class GaeldendeVilkaar:
    """The set that governs a KKR's offers on a day. `endelig` False means every result of it is preliminary."""

    saet_id: UUID
    nummer: int
    aftale: str
    endelig: bool
    demo: bool
    vaerdier: Mapping[Noegle, Decimal | str]
    klausuler: Mapping[Noegle, str]

    def tal(self, noegle: Noegle) -> Decimal:
        """A numeric term. Raises Konflikt naming key and clause when the set does not hold it."""
        vaerdi = self._vaerdi(noegle)
        if not isinstance(vaerdi, Decimal):
            raise TypeError(f"{noegle} er ikke et tal")
        return vaerdi

    def heltal(self, noegle: Noegle) -> int:
        """A term counted in whole units, for instance days."""
        return int(self.tal(noegle))

    def ord(self, noegle: Noegle) -> str:
        """A term that is one of a few words."""
        return str(self._vaerdi(noegle))

    def tabel(self, noegle: Noegle) -> Mapping[int, Decimal]:
        """A term that is a table from whole numbers, for instance years, to numbers."""
        return NOEGLER[noegle].tabel(noegle, str(self._vaerdi(noegle)))

    def _vaerdi(self, noegle: Noegle) -> Decimal | str:
        if noegle not in self.vaerdier:
            beskrivelse = NOEGLER[noegle]
            raise Konflikt(
                "vilkaar_mangler",
                f"Vilkåret »{beskrivelse.navn}« ({noegle}, klausulen {beskrivelse.klausul}) mangler i {self.aftale}, "
                f"sæt {self.nummer}. Sekretariatet skal udfylde det.",
            )
        return self.vaerdier[noegle]


def gaeldende(kkr_id: UUID, dag: date) -> GaeldendeVilkaar:
    """The terms of the KKR on the day. Raises Konflikt when the KKR has no set that has begun."""
    fundet = gaeldende_for([kkr_id], dag).get(kkr_id)
    if fundet is None:
        raise Konflikt("vilkaar_mangler", f"Der er ingen vilkår for {dag:%d.%m.%Y}. Sekretariatet skal oprette et sæt.")
    return fundet


def gaeldende_for(kkr_ider: Collection[UUID], dag: date) -> Mapping[UUID, GaeldendeVilkaar]:
    """The terms of each KKR on the day; one without a set that has begun is left out. Two statements however many."""
    saet = {
        kkr_id: fundet
        for kkr_id, sine in groupby(_begyndte(kkr_ider, dag), key=lambda saet: saet.kkr_id)
        if (fundet := _styrende(list(sine), dag)) is not None
    }
    raekker = Vilkaar.objects.filter(saet__in=[fundet.pk for fundet in saet.values()]).order_by("saet_id", "noegle")
    vilkaar = {saet_id: list(sine) for saet_id, sine in groupby(raekker, key=lambda raekke: raekke.saet_id)}
    return {kkr_id: _vilkaar(fundet, vilkaar.get(fundet.pk, ())) for kkr_id, fundet in saet.items()}


def _vilkaar(saet: Vilkaarssaet, raekker: Sequence[Vilkaar]) -> GaeldendeVilkaar:
    noegler = {raekke.noegle: Noegle(raekke.noegle) for raekke in raekker}
    return GaeldendeVilkaar(
        saet_id=saet.id,
        nummer=saet.nummer,
        aftale=saet.aftale,
        endelig=saet.status == Saetstatus.ENDELIG,
        demo=saet.demo,
        vaerdier=MappingProxyType(
            {noegler[r.noegle]: NOEGLER[noegler[r.noegle]].laes(noegler[r.noegle], r.vaerdi) for r in raekker}
        ),
        klausuler=MappingProxyType({noegler[r.noegle]: r.klausul for r in raekker}),
    )


def _begyndte(kkr_ider: Collection[UUID], dag: date) -> QuerySet[Vilkaarssaet]:
    """The sets that have begun by the day, the latest first within each KKR."""
    return Vilkaarssaet.objects.filter(kkr__in=kkr_ider, periode__startswith__lte=dag).order_by(
        "kkr_id", "-periode", "-nummer"
    )


def _styrende(saet: Sequence[Vilkaarssaet], dag: date) -> Vilkaarssaet | None:
    """Of a KKR's sets, the latest first: the final one of the day, else the preliminary one, else the last final one goes on."""
    paa_dagen = [et for et in saet if Periode.af_range(et.periode).indeholder(dag)]
    endelige = [et for et in saet if et.status == Saetstatus.ENDELIG]
    for mulige in ([et for et in paa_dagen if et in endelige], paa_dagen, endelige):
        if mulige:
            return mulige[0]
    return None
