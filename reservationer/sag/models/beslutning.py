"""Decisions: one table for everything that lives (`reservationer.sag.overgange`)."""

from django.db import models

from faelles.felter import Fritekst
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from faelles.uforanderlig import kun_tilfoejes
from kommuner.models import Organisation
from reservationer.sag.models.forespoergsel import Henvendelse
from reservationer.sag.models.ophold import Ophold
from reservationer.sag.models.placeringsaftale import Placeringsaftale
from reservationer.sag.models.pladstilbud import Pladstilbud
from reservationer.sag.models.reservation import Reservation
from reservationer.sag.models.spor import parter_den_dag
from reservationer.sag.overgange import GRUND_NAVN, UDFALD_SKETE
from reservationer.sag.querysets import BeslutningQuerySet

# What a decision is about: exactly one of these relations is set.
OM = ("reservation", "henvendelse", "pladstilbud", "ophold", "placeringsaftale")


def netop_en(navn: str, felter: tuple[str, ...]) -> models.CheckConstraint:
    """Exactly one of the relations is set."""
    muligheder = models.Q()
    for valgt in felter:
        muligheder |= models.Q(**{f"{felt}__isnull": felt != valgt for felt in felter})
    return models.CheckConstraint(condition=muligheder, name=navn)


# The parties are read from the case as the one who decides sees it (she is one of them, or the system), of a stay by the day.
_PARTER = " UNION ALL ".join((
    "SELECT unnest(ARRAY[handlekommune_id, driftsherre_id]) FROM sag_reservation WHERE id = NEW.reservation_id",
    "SELECT unnest(ARRAY[handlekommune_id, driftsherre_id]) FROM sag_henvendelse WHERE id = NEW.henvendelse_id",
    (
        "SELECT unnest(ARRAY[h.handlekommune_id, h.driftsherre_id]) FROM sag_henvendelse h"
        " JOIN sag_pladstilbud p ON p.henvendelse_id = h.id WHERE p.id = NEW.pladstilbud_id"
    ),
    parter_den_dag("NEW.ophold_id", "(NEW.tidspunkt AT TIME ZONE 'Europe/Copenhagen')::date"),
    "SELECT unnest(ARRAY[handlekommune_id, driftsherre_id]) FROM sag_placeringsaftale WHERE id = NEW.placeringsaftale_id",
))  # fmt: skip


@foelges(
    _PARTER,
    navn="udfald",
    skjulte=["identitet"],
    kun_tilfoejes=True,
    sagen="ophold",
)
class Beslutning(models.Model):
    """A decision taken about one thing: what, why, by which organisation in which function. Append-only.

    One taken by the clock has neither organisation nor identity.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reservation = models.ForeignKey(
        Reservation, null=True, blank=True, on_delete=models.PROTECT, related_name="beslutninger"
    )
    henvendelse = models.ForeignKey(
        Henvendelse, null=True, blank=True, on_delete=models.PROTECT, related_name="beslutninger"
    )
    pladstilbud = models.ForeignKey(
        Pladstilbud, null=True, blank=True, on_delete=models.PROTECT, related_name="beslutninger"
    )
    ophold = models.ForeignKey(Ophold, null=True, blank=True, on_delete=models.PROTECT, related_name="beslutninger")
    placeringsaftale = models.ForeignKey(
        Placeringsaftale, null=True, blank=True, on_delete=models.PROTECT, related_name="beslutninger"
    )
    udfald = models.CharField("beslutning", max_length=20, choices=[(u.value, n) for u, n in UDFALD_SKETE.items()])
    grund = models.CharField(
        "grund", max_length=30, blank=True, choices=[(g.value, navn) for g, navn in GRUND_NAVN.items()]
    )
    bemaerkning = Fritekst("bemærkning", max_length=500, blank=True)
    dokument = Fritekst("reference til dokumentet", max_length=120, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="beslutninger"
    )
    rolle_navn = models.CharField("funktion", max_length=60, blank=True)
    identitet = models.CharField(max_length=80, blank=True)
    tidspunkt = models.DateTimeField(default=nu)

    objects = BeslutningQuerySet["Beslutning"].as_manager()

    class Meta:
        verbose_name = "beslutning"
        verbose_name_plural = "beslutninger"
        ordering = ["tidspunkt", "id"]
        constraints = [netop_en("beslutning_om_netop_en", OM)]
        triggers = [kun_tilfoejes("beslutning_kun_tilfoejes")]

    def __str__(self) -> str:
        return f"{self.get_udfald_display()} {self.tidspunkt:%d.%m.%Y}"
