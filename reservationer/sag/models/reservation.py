"""The reservation. Whose and why stand here; which place and which days stand in the ledger only."""

import pgtrigger
from django.db import models

from faelles.felter import Fritekst
from faelles.ids import REFERENCE, REFERENCE_LAENGDE, ny_reference, uuid7
from faelles.spor import foelges
from faelles.tid import nu
from kommuner.models import Organisation
from reservationer.sag.models.pladstilbud import Pladstilbud
from reservationer.sag.overgange import TILSTAND_NAVN, Emne, Tilstand, tilstande
from reservationer.sag.querysets import ReservationQuerySet
from tilbud.belaegning.models import Optagelse
from tilbud.models import Hjemmel, Maalgruppe, Tilbud
from vilkaar.models import Vilkaarssaet

TILSTANDE = tilstande(Emne.RESERVATION)


@foelges(
    "VALUES (NEW.handlekommune_id), (NEW.driftsherre_id)", navn="sagsreference", skjulte=["oprettet_af"], laeses=True
)
class Reservation(models.Model):
    """A hold on a place for one municipality, one-to-one with its claim in the ledger.

    Seen by the handlekommune as authority and by the driftsherre as operator, by nobody else (row-level security).
    `sagsreference` is the municipality's own reference, `reference` a random one that both parties can use; no CPR number
    and no name ever stands here. `vilkaarssaet` is what the length of the hold follows from: of the last time it was extended. An anonymised row holds neither, is seen by nobody and never changes again.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    optagelse = models.OneToOneField(Optagelse, on_delete=models.PROTECT, related_name="reservation")
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="reservationer")
    handlekommune = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reservationer_som_koeber")
    driftsherre = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reservationer_som_saelger")
    hjemmel = models.ForeignKey(Hjemmel, on_delete=models.PROTECT, related_name="reservationer")
    maalgruppe = models.ForeignKey(
        Maalgruppe,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reservationer",
        verbose_name="målgruppe",
    )
    reference = models.CharField(  # noqa: DJ001 - unique, and NULL once it has been erased
        "reference", max_length=REFERENCE_LAENGDE, null=True, default=ny_reference, editable=False
    )
    pladstilbud = models.OneToOneField(
        Pladstilbud, null=True, blank=True, on_delete=models.PROTECT, related_name="reservation"
    )
    fortsaetter = models.ForeignKey(
        "sag.Ophold", null=True, blank=True, on_delete=models.PROTECT, related_name="fortsaettes_af"
    )
    forlaengelser = models.PositiveSmallIntegerField("gange forlænget", default=0)
    betales = models.BooleanField("reservationen betales", default=False)
    vilkaarssaet = models.ForeignKey(
        Vilkaarssaet, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="vilkårssæt"
    )
    sagsreference = Fritekst("sagsreference", max_length=60)
    tilstand = models.CharField("tilstand", max_length=12, choices=[(t.value, TILSTAND_NAVN[t]) for t in TILSTANDE])
    oprettet = models.DateTimeField(default=nu)
    oprettet_af = models.CharField(max_length=80)
    anonymiseret = models.DateTimeField(null=True, editable=False)

    objects = ReservationQuerySet["Reservation"].as_manager()

    class Meta:
        verbose_name = "reservation"
        verbose_name_plural = "reservationer"
        indexes = [
            # the two work lists: a buyer's and a seller's, newest first
            models.Index(fields=["handlekommune", "-oprettet", "-id"], name="reservation_koebers_liste"),
            models.Index(fields=["driftsherre", "-oprettet", "-id"], name="reservation_saelgers_liste"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tilstand__in=[t.value for t in TILSTANDE]), name="reservation_tilstand_kendt"
            ),
            models.UniqueConstraint(fields=["reference"], name="reservation_reference_unik"),
            models.CheckConstraint(
                condition=models.Q(anonymiseret__isnull=False)
                | models.Q(~models.Q(sagsreference=""), reference__isnull=False, reference__regex=REFERENCE),
                name="reservation_har_referencer",
            ),
            models.CheckConstraint(
                condition=models.Q(anonymiseret__isnull=True)
                | models.Q(
                    ~models.Q(tilstand=Tilstand.AFVENTER.value),
                    sagsreference="",
                    reference__isnull=True,
                    maalgruppe__isnull=True,
                    oprettet_af="",
                ),
                name="reservation_anonymiseret_uden_spor",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="reservation_anonymiseret_er_endelig",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__anonymiseret__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.sagsreference
