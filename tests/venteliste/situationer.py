"""Waiting lists as tests need them, made the way people make them."""

from decimal import Decimal
from uuid import UUID

from django.db import transaction
from freezegun import freeze_time

from faelles.aktoer import Aktoer
from faelles.scope import som_systemet
from faelles.tid import Periode
from kommuner.models import Rolle
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.foran import Spring
from reservationer.sag.forespoergsler.actions import besvar
from reservationer.sag.models import Henvendelse, Pladstilbud
from reservationer.sag.overgange import Grund, Udfald
from reservationer.sag.priser import Prisaftale
from reservationer.venteliste.actions import fastsaet_regel, skriv_op
from reservationer.venteliste.begreber import Regel, Springgrund
from reservationer.venteliste.models import Venteliste, Ventelistepost
from reservationer.venteliste.tildeling import Plads, tilbyd
from tests import fabrik
from tilbud.models import Tilbud


def leder(hvor: Tilbud) -> Aktoer:
    """A leader of the offer."""
    return fabrik.aktoer(Rolle.TILBUDSLEDER, hvor.driftsherre)


def med_venteliste(hvor: Tilbud | None = None, regel: Regel = Regel.TUR) -> Venteliste:
    """The list of an offer of Gladsaxe's with one department, with a rule."""
    hvor = hvor or fabrik.tilbud()
    if not hvor.afdelinger.exists():
        fabrik.afdeling(hvor)
    return fastsaet_regel(aktoer=leder(hvor), tilbud_id=hvor.pk, regel=regel)


def uden_plads(hvor: Tilbud, navn: str = "Rødovre", *, reference: str = "RK-2026-1") -> Henvendelse:
    """An enquiry of the municipality's that the offer has declined because it has no place."""
    henvendelse = fabrik.henvendelse(hvor, af=fabrik.sagsbehandler(navn), reference=reference)
    besvar(aktoer=leder(hvor), henvendelse_id=henvendelse.pk, udfald=Udfald.AFVIS, indhold=Indhold(Grund.INGEN_PLADS))
    return henvendelse


def venter(
    liste: Venteliste,
    navn: str = "Rødovre",
    *,
    dage: int = 0,
    afdeling: UUID | None = None,
    reference: str = "RK-2026-1",
) -> Ventelistepost:
    """A need of the municipality's that has waited so many days."""
    with freeze_time(fabrik.samme_tid(-dage)):
        henvendelse = uden_plads(liste.tilbud, navn, reference=reference)
        return skriv_op(aktoer=fabrik.sagsbehandler(navn), henvendelse_id=henvendelse.pk, afdeling_id=afdeling)


def laes(post: Ventelistepost) -> Ventelistepost:
    """The entry as it is now."""
    with transaction.atomic(), som_systemet("test"):
        return Ventelistepost.objects.for_systemet("test").get(pk=post.pk)


def plads_i(liste: Venteliste, afdeling: UUID | None = None) -> Plads:
    """Any place of the department, or of the offer's first, at 2500.00."""
    hvor = afdeling or liste.tilbud.afdelinger.order_by("pk").values_list("pk", flat=True)[0]
    return Plads(hvor, Periode(fabrik.om(7)), Prisaftale(Decimal("2500.00")))


def giv(liste: Venteliste, til: Ventelistepost, **grunde: Spring) -> Pladstilbud:
    """Offer a place to the one who waits; `grunde` by the entry's id."""
    liste.refresh_from_db()
    return tilbyd(
        aktoer=leder(liste.tilbud),
        venteliste_id=liste.pk,
        henvendelse_id=til.henvendelse_id,
        set_=liste.tildelinger,
        plads=plads_i(liste),
        grunde={UUID(post): spring for post, spring in grunde.items()},
    )


PASSER_IKKE = Spring(Springgrund.PASSER_IKKE)
