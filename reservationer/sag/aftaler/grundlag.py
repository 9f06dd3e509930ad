"""Reading what an agreement is made of out of its case, so that nothing is typed twice."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from faelles.aktoer import Aktoer
from faelles.dokument.tal import ugedage
from faelles.fejl import IkkeFundet, Konflikt
from faelles.tid import Periode, idag
from kommuner.models import Organisation
from reservationer.sag.aftaler.regler import Aftalevilkaar, Grundlag, Part, Prislinje
from reservationer.sag.models import Ophold, Placeringsaftale, Reservation
from reservationer.sag.ophold.ansvar import reservationens_ansvar, sluttede
from reservationer.sag.ophold.frister import EN_DAG, Varsel
from reservationer.sag.ophold.pris import offentliggjort_pris
from reservationer.sag.overgange import Tilstand
from reservationer.sag.priser import TILLAEG_NAVN, Prisaftale
from tilbud.belaegning.models import Optagelse
from tilbud.models import Hjemmel
from vilkaar.kilde import kilde
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar, gaeldende_i_kommune

BEGGE = "a version that follows the takst is written by the platform, for both parties"


@dataclass(frozen=True, slots=True)
class Sag:
    """What an agreement is about: the stay, or the reservation as long as there is none. `noegle` is the relation it is kept under."""

    ting: Reservation | Ophold

    @property
    def noegle(self) -> dict[str, Any]:
        """A reservation keeps its agreements when it becomes a stay."""
        if isinstance(self.ting, Reservation):
            return {"reservation_id": self.ting.pk}
        return {"reservation_id": self.ting.reservation_id} if self.ting.reservation_id else {"ophold_id": self.ting.pk}

    @property
    def er_i_gang(self) -> bool:
        """Whether there is still something to agree on."""
        return self.ting.tilstand in {Tilstand.BEKRAEFTET, Tilstand.LOEBENDE, Tilstand.OPSAGT}


def find_sag(aktoer: Aktoer, *, reservation_id: UUID | None, ophold_id: UUID | None, laas: bool = False) -> Sag:
    """The case as the actor sees it. Raises IkkeFundet when she is no party."""
    hvilket = Q(pk=ophold_id) if ophold_id else Q(reservation=reservation_id, reservation__isnull=False)
    alle_ophold = Ophold.objects.synlige_for(aktoer).select_related("tilbud")
    reservationer = Reservation.objects.synlige_for(aktoer).select_related("tilbud", "optagelse__plads", "pladstilbud")
    if laas:
        alle_ophold = alle_ophold.select_for_update(no_key=True, of=("self",))
        reservationer = reservationer.select_for_update(no_key=True, of=("self",))
    ting: Reservation | Ophold | None = alle_ophold.filter(hvilket).first()
    if ting is None and reservation_id is not None:
        ting = reservationer.filter(pk=reservation_id).first()
    if ting is None:
        raise IkkeFundet("sag_ikke_fundet", "Reservationen eller opholdet findes ikke.")
    return Sag(ting)


def sagen(aktoer: Aktoer, aftale: Placeringsaftale, *, laas: bool = False) -> Sag:
    """The case of an agreement."""
    return find_sag(aktoer, reservation_id=aftale.reservation_id, ophold_id=aftale.ophold_id, laas=laas)


def _for(raekker: Any, aktoer: Aktoer | None) -> Any:
    """Rows of a case as the actor sees them; None is the platform itself, that writes for both parties."""
    return raekker.for_systemet(BEGGE) if aktoer is None else raekker.synlige_for(aktoer)


def laes(aktoer: Aktoer | None, sag: Sag, fra: date) -> Grundlag:
    """What the case says of the agreement's days from `fra` on: as it is today, or on that day when it lies ahead.

    `aktoer` None: as the platform itself reads it.
    """
    ting, dag = sag.ting, max(idag(), fra)
    hvad = _om_ophold(aktoer, ting, dag) if isinstance(ting, Ophold) else _om_reservation(ting)
    vilkaar, kode = _vilkaar(ting.tilbud.beliggenhedskommune_id, dag), hvad.pop("hjemmel_id")
    koeber, betaler = hvad.pop("ansvar")
    return Grundlag(
        reference=ting.reference or "",
        sagsreference=ting.sagsreference,
        handlekommune=_part(koeber),
        betalingskommune=_part(betaler),
        driftsherre=_part(ting.driftsherre_id),
        tilbud=ting.tilbud.navn,
        p_nummer=ting.tilbud.p_nummer,
        tilbudsportal_id=ting.tilbud.tilbudsportal_id,
        hjemmel=str(Hjemmel.objects.get(pk=kode)),
        varsel_kommune=_varsel(vilkaar, Noegle.OPSIGELSE_VARSEL_KOMMUNE, kode),
        varsel_tilbud=_varsel(vilkaar, Noegle.OPSIGELSE_VARSEL_TILBUD, kode),
        **hvad,
    )


def hjemmel_paa(aktoer: Aktoer | None, sag: Sag, dag: date) -> str:
    """The hjemmel of the case on the day, or on the first day of one that has not begun."""
    if not isinstance(sag.ting, Ophold):
        return sag.ting.hjemmel_id
    paa = Q(periode__startswith__lte=max(dag, sag.ting.foerste_dag))
    fundet: str = _for(sag.ting.hjemler, aktoer).filter(paa).latest("periode").hjemmel_id
    return fundet


def _om_ophold(aktoer: Aktoer | None, ophold: Ophold, dag: date) -> dict[str, Any]:
    """As it is on the day, or was the last day the actor had a part in it; of prices, no longer than until then."""
    paa = Q(periode__startswith__lte=max(dag, ophold.foerste_dag))
    ansvar = _for(ophold.ansvar, aktoer).filter(paa).latest("periode")
    pladser = _for(ophold.pladser, aktoer).filter(optagelse__aktiv=True).order_by("-optagelse__periode")
    plads = pladser.select_related("optagelse__plads__afdeling").first()
    priser = _for(ophold.priser, aktoer).exclude(accepteret=None).order_by("periode")
    slut = sluttede(aktoer, ophold.pk) if aktoer else None
    return {
        "ansvar": (ansvar.handlekommune_id, ansvar.betalingskommune_id),
        "hjemmel_id": hjemmel_paa(aktoer, Sag(ophold), dag),
        **_hvor(plads.optagelse if plads else None),
        "begynder": ophold.foerste_dag,
        "priser": tuple(_linje(pris.prisaftale, _til(Periode.af_range(pris.periode), slut)) for pris in priser),
    }


def _til(periode: Periode, slut: date | None) -> Periode:
    return periode if slut is None else Periode(periode.fra, min(periode.til or slut, slut))


def _om_reservation(reservation: Reservation) -> dict[str, Any]:
    plads, periode = reservation.optagelse.plads, Periode.af_range(reservation.optagelse.periode)
    tilbudt = reservation.pladstilbud
    pris = (
        tilbudt.prisaftale if tilbudt else offentliggjort_pris(plads.afdeling_id, reservation.hjemmel_id, periode.fra)
    )
    return {
        "ansvar": reservationens_ansvar(reservation, max(idag(), periode.fra)),
        "hjemmel_id": reservation.hjemmel_id,
        **_hvor(reservation.optagelse),
        "begynder": periode.fra,
        "priser": (_linje(pris, Periode(periode.fra)),) if pris else (),
    }


def _hvor(optagelse: Optagelse | None) -> dict[str, str]:
    if optagelse is None:
        return {"afdeling": "", "pladsart": "Uden plads"}
    plads = optagelse.plads
    return {
        "afdeling": plads.afdeling.navn,
        "pladsart": plads.get_art_display(),
        "plads": plads.betegnelse,
        "ugedage": ugedage(optagelse.ugedage),
    }


def _linje(pris: Prisaftale, periode: Periode) -> Prislinje:
    return Prislinje(
        fra=periode.fra,
        til=periode.til - EN_DAG if periode.til else None,
        takst=pris.takst,
        enhed=pris.enhed.label,
        niveau=pris.niveau,
        tillaeg=tuple((TILLAEG_NAVN[art], beloeb) for art, beloeb in sorted(pris.tillaeg.items())),
        samlet=pris.samlet,
    )


def _part(organisation_id: UUID) -> Part:
    navn, cvr = Organisation.objects.values_list("navn", "cvr").get(pk=organisation_id)
    return Part(navn, cvr)


def _vilkaar(kommunekode: str, dag: date) -> GaeldendeVilkaar | None:
    """None where nothing says any terms: that is a gap of the agreement, not a fault."""
    try:
        return gaeldende_i_kommune(kommunekode, dag)
    except Konflikt:
        return None


def _varsel(vilkaar: GaeldendeVilkaar | None, noegle: Noegle, hjemmel: str) -> Aftalevilkaar | None:
    fundet = kilde(vilkaar, noegle) if vilkaar else None
    try:
        varsel = vilkaar.kode(noegle, hjemmel) if vilkaar else ""
    except Konflikt:
        return None
    if fundet is None:
        return None
    return Aftalevilkaar(str(Varsel.laes(varsel)), fundet.klausul, fundet.nummer, fundet.aftale, fundet.endelig)
