"""What happens to an enquiry decides what becomes of its waiting; and no place is offered past those who wait without a reason."""

from uuid import UUID

from django.db.models import Q

from faelles.fejl import Konflikt
from faelles.haendelser import ved
from faelles.scope import som_systemet
from faelles.tid import idag
from reservationer.sag.models import Beslutning, Ophold, Opholdsansvar, Opholdsplads, Pladstilbud, Reservation
from reservationer.sag.overgange import Grund, Udfald
from reservationer.venteliste.actions import afslut
from reservationer.venteliste.begreber import Afslutning
from reservationer.venteliste.models import Forbigaaelse, Venteliste, Ventelistepost
from reservationer.venteliste.tildeling import springes_over

GRUND = "the list follows from what the parties decide about the enquiry"


@ved("pladstilbud.givet")
def kraev_grunde(pladstilbud_id: str) -> None:
    """Refuse an offer of a place, whatever path it takes, while somebody who comes before has no reason for being passed over."""
    with som_systemet(GRUND):
        givet = Pladstilbud.objects.for_systemet(GRUND).select_related("henvendelse").get(pk=UUID(pladstilbud_id))
        liste = Venteliste.objects.filter(tilbud=givet.henvendelse.tilbud_id).first()
        if liste is None:
            return
        forbi = {en.id for en in springes_over(liste, givet.afdeling_id, givet.henvendelse_id)}
        begrundede = Forbigaaelse.objects.for_systemet(GRUND).filter(
            til=givet.henvendelse_id, tildeling=liste.tildelinger
        )
        if forbi - set(begrundede.values_list("post", flat=True)):
            raise Konflikt(
                "venter_foran",
                "Andre venter på en plads i afdelingen. Tilbyd den fra ventelisten, hvor du siger, hvorfor de ikke får den.",
            )


@ved("reservation.bekraeftet")
def fik_pladsen(reservation_id: str) -> None:
    """The offer confirmed a place, offered or reserved directly: the need waits no longer. A hold alone may yet come to nothing."""
    with som_systemet(GRUND):
        alle = Reservation.objects.for_systemet(GRUND).select_related("pladstilbud", "optagelse__plads")
        fik = alle.get(pk=UUID(reservation_id))
        behovet = Q(
            Q(afdeling=None) | Q(afdeling=fik.optagelse.plads.afdeling_id),
            tilbud=fik.tilbud_id,
            handlekommune=fik.handlekommune_id,
            henvendelse__forespoergsel__sagsreference=fik.sagsreference,
        )
        if fik.pladstilbud is not None:
            behovet |= Q(henvendelse=fik.pladstilbud.henvendelse_id)
        _afslut(behovet, Afslutning.PLADS)


@ved("ophold.indskrevet")
@ved("ophold.flyttet")
def bor_der(ophold_id: str) -> None:
    """The citizen lives in the offer, or in the department: whatever way she came, the case waits for it no longer."""
    with som_systemet(GRUND):
        pladser = Opholdsplads.objects.for_systemet(GRUND).filter(
            Q(optagelse__periode__endswith=None) | Q(optagelse__periode__endswith__gt=idag()),  # not one that is left
            ophold=UUID(ophold_id),
            optagelse__aktiv=True,
        )
        afdelinger = list(pladser.values_list("optagelse__plads__afdeling", flat=True))
        ophold = Ophold.objects.for_systemet(GRUND).get(pk=UUID(ophold_id))
        ansvar = Opholdsansvar.objects.for_systemet(GRUND).filter(ophold=ophold)
        behovet = Q(
            tilbud=ophold.tilbud_id,
            handlekommune__in=ansvar.values("handlekommune"),
            henvendelse__forespoergsel__sagsreference=ophold.sagsreference,
        )
        if afdelinger:
            behovet &= Q(afdeling=None) | Q(afdeling__in=afdelinger)
        _afslut(behovet, Afslutning.PLADS)


@ved("henvendelse.trukket")
def trukket(henvendelse_id: str) -> None:
    """The enquiry was withdrawn: it waits no longer."""
    with som_systemet(GRUND):
        _afslut(Q(henvendelse=UUID(henvendelse_id)), Afslutning.TRUKKET)


@ved("henvendelse.afvist")
def afvist(henvendelse_id: str) -> None:
    """The offer declined for another reason than that there is no place: it waits no longer."""
    with som_systemet(GRUND):
        afvisninger = Beslutning.objects.for_systemet(GRUND).filter(
            henvendelse=UUID(henvendelse_id), udfald=Udfald.AFVIS
        )
        sidste = afvisninger.order_by("-tidspunkt", "-pk").first()
        if sidste is not None and sidste.grund != Grund.INGEN_PLADS:
            _afslut(Q(henvendelse=UUID(henvendelse_id)), Afslutning.AFVIST)


def _afslut(hvilke: Q, afslutning: Afslutning) -> None:
    venter = Ventelistepost.objects.for_systemet(GRUND).venter().filter(hvilke)
    for post in venter.select_for_update(no_key=True, of=("self",)).order_by("pk"):
        afslut(post, afslutning)
