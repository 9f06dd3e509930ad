"""What the waiting lists answer when a place is given on another path than from a list: who waits before, and why each is passed over."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Q

from faelles.aktoer import Aktoer
from faelles.scope import som_systemet
from kommuner.adgang import log_laesning
from reservationer.sag import foran
from reservationer.sag.foran import Modtager, Spring
from reservationer.sag.models import Ophold, Reservation
from reservationer.venteliste import queries
from reservationer.venteliste.models import Venteliste, Ventelistepost
from reservationer.venteliste.tildeling import noter_forbigaaede, springes_over

GRUND = "who waits before follows from everybody who waits"


class Listerne:
    """The waiting lists, as `sag.foran` asks them."""

    def alle(self, aktoer: Aktoer, tilbud_id: UUID) -> Mapping[UUID, str]:
        """Those who wait at the offer, in the order of its rule."""
        liste = Venteliste.objects.filter(tilbud=tilbud_id).first()
        return {} if liste is None else kaldt(aktoer, [en.id for en in springes_over(liste, None, None)])

    def kaldt(self, aktoer: Aktoer, poster: Sequence[UUID]) -> Mapping[UUID, str]:
        """As the pages of the lists call them."""
        return kaldt(aktoer, poster)

    def foran(self, modtager: Modtager) -> Sequence[UUID]:
        """Those who would be passed over by the case."""
        liste = Venteliste.objects.filter(tilbud=modtager.tilbud_id).first()
        return [] if liste is None else [en.id for en in springes_over(liste, *_som(liste, modtager))]

    def forbigaa(
        self, aktoer: Aktoer, modtager: Modtager, til: Reservation | Ophold, grunde: Mapping[UUID, Spring]
    ) -> None:
        """Under the list's lock, so that nobody gives from it meanwhile."""
        liste = Venteliste.objects.select_for_update(no_key=True).filter(tilbud=modtager.tilbud_id).first()
        forbi = [] if liste is None else springes_over(liste, *_som(liste, modtager))
        hvem = "til_reservation" if isinstance(til, Reservation) else "til_ophold"
        if forbi or grunde:
            noter_forbigaaede(aktoer, liste, modtager.afdeling_id, forbi, grunde, **{hvem: til})


def kaldt(aktoer: Aktoer, forbi: Sequence[UUID]) -> Mapping[UUID, str]:
    """Entries by what a page calls them, in the order given; the reading is logged."""
    poster = queries.poster(aktoer).in_bulk(forbi)
    log_laesning(aktoer, "ventelistepost", queries.laeste(poster.values()))
    positioner = queries.positioner(list(poster.values()))
    return {
        pk: f"nr. {positioner[pk]} ({poster[pk].henvendelse.forespoergsel.reference})" for pk in forbi if pk in poster
    }


def _som(liste: Venteliste, modtager: Modtager) -> tuple[UUID, UUID | None]:
    """The department, and the enquiry by which the case itself waits for it."""
    with som_systemet(GRUND):
        egne = (
            Ventelistepost.objects.for_systemet(GRUND)
            .venter()
            .filter(
                Q(afdeling=None) | Q(afdeling=modtager.afdeling_id),
                venteliste=liste.pk,
                handlekommune=modtager.handlekommune_id,
                henvendelse__forespoergsel__sagsreference=modtager.sagsreference,
            )
        )
        return modtager.afdeling_id, egne.values_list("henvendelse", flat=True).first()


foran.brug(Listerne())
