"""Claims on places."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import OpClass
from django.db import models

from faelles.dateret import rigtig_periode
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from tilbud.belaegning.querysets import OptagelseQuerySet
from tilbud.models import Plads
from tilbud.models.register import alle_ugedage


class Optagelsesart(models.TextChoices):
    """Why a place is taken, as far as everybody may know."""

    HOLD = "hold", "Reserveret"
    OPHOLD = "ophold", "Optaget"
    LUKKET = "lukket", "Lukket"
    FORBEHOLDT = "forbeholdt", "Forbeholdt"


@foelges(
    "SELECT t.driftsherre_id FROM tilbud_tilbud t JOIN tilbud_afdeling a ON a.tilbud_id = t.id"
    " JOIN tilbud_plads p ON p.afdeling_id = a.id WHERE p.id = NEW.plads_id",
    navn="plads",
)
class Optagelse(models.Model):
    """A claim on a place for a period on certain weekdays. Two active claims never share a day of one place.

    A hold expires at `udloeber`; whether it still counts is asked with `.gaelder(nu)` and nowhere else.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # no index of its own: optagelse_pr_plads below serves it
    plads = models.ForeignKey(Plads, on_delete=models.PROTECT, related_name="optagelser", db_index=False)
    periode = DateRangeField("periode")
    ugedage = ArrayField(models.IntegerField(), verbose_name="ugedage", default=alle_ugedage)
    art = models.CharField("art", max_length=12, choices=Optagelsesart.choices)
    udloeber = models.DateTimeField("udløber", null=True, blank=True)
    aktiv = models.BooleanField("aktiv", default=True)
    oprettet = models.DateTimeField(default=nu)

    objects = OptagelseQuerySet["Optagelse"].as_manager()

    class Meta:
        verbose_name = "optagelse"
        verbose_name_plural = "optagelser"
        constraints = [
            ExclusionConstraint(
                name="optagelse_ingen_overlap",
                expressions=[
                    ("plads", RangeOperators.EQUAL),
                    ("periode", RangeOperators.OVERLAPS),
                    (OpClass("ugedage", name="gist__int_ops"), RangeOperators.OVERLAPS),
                ],
                condition=models.Q(aktiv=True),
            ),
            rigtig_periode("optagelse_periode_rigtig"),
            models.CheckConstraint(
                condition=models.Q(ugedage__contained_by=alle_ugedage(), ugedage__len__gt=0),
                name="optagelse_ugedage_mandag_til_soendag",
            ),
            models.CheckConstraint(
                condition=models.Q(art="hold", udloeber__isnull=False)
                | (~models.Q(art="hold") & models.Q(udloeber__isnull=True)),
                name="optagelse_netop_hold_udloeber",
            ),
            models.CheckConstraint(condition=models.Q(art__in=Optagelsesart.values), name="optagelse_art_kendt"),
        ]
        indexes = [
            # the clean-up's question: active holds that have run out
            models.Index(fields=["udloeber"], name="optagelse_aktive_hold", condition=models.Q(aktiv=True, art="hold")),
            # the search's question: is anything in the way on this place; answered without reading the rows themselves
            models.Index(
                fields=["plads"], include=["periode", "ugedage", "udloeber", "aktiv"], name="optagelse_pr_plads"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_art_display()} {self.periode}"
