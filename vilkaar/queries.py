"""Reading the terms in force. For a date without a final set: the latest preliminary one, else the previous set goes on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from uuid import UUID

from django.db.models import QuerySet

from faelles.fejl import Konflikt
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
    saet = _saet(Vilkaarssaet.objects.filter(kkr_id=kkr_id), dag)
    if saet is None:
        raise Konflikt("vilkaar_mangler", f"Der er ingen vilkår for {dag:%d.%m.%Y}. Sekretariatet skal oprette et sæt.")
    vaerdier: dict[Noegle, Decimal | str] = {}
    klausuler: dict[Noegle, str] = {}
    for vilkaar in Vilkaar.objects.filter(saet=saet).order_by("noegle"):
        noegle = Noegle(vilkaar.noegle)
        vaerdier[noegle] = NOEGLER[noegle].laes(noegle, vilkaar.vaerdi)
        klausuler[noegle] = vilkaar.klausul
    return GaeldendeVilkaar(
        saet_id=saet.id,
        nummer=saet.nummer,
        aftale=saet.aftale,
        endelig=saet.status == Saetstatus.ENDELIG,
        demo=saet.demo,
        vaerdier=MappingProxyType(vaerdier),
        klausuler=MappingProxyType(klausuler),
    )


def _saet(saet: QuerySet[Vilkaarssaet], dag: date) -> Vilkaarssaet | None:
    paa_dagen = saet.filter(periode__contains=dag)
    return (
        paa_dagen.filter(status=Saetstatus.ENDELIG).first()
        or paa_dagen.filter(status=Saetstatus.FORELOEBIG).first()
        or saet.filter(status=Saetstatus.ENDELIG, periode__startswith__lte=dag).order_by("-periode", "-nummer").first()
    )
