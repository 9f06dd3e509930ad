"""Why a party must decide on a version although it was asked about the one before."""

from django.db import models

from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.uforanderlig import kun_tilfoejes
from rammeaftale.livscyklus import GENSTARTSGRUND_NAVN, Genstartsgrund
from rammeaftale.models.aftale import SEKRETARIAT_FOR_VERSION, Part, Version


@foelges(
    f"{SEKRETARIAT_FOR_VERSION}"  # noqa: S608 - our own
    " UNION ALL SELECT organisation_id FROM rammeaftale_part WHERE id = NEW.part_id",
    navn="part",
    kun_tilfoejes=True,
    bevares=True,
)
class Genstart(models.Model):
    """That a party must decide on a new version although it was asked about the previous one, and why. Append-only.

    The latest of a party and version counts: what the party decided on the previous one may be registered only later. `beroert`: that
    the secretariat named the party as one the change touches, or that it is not known whether it would have.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="genstarter")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="genstarter")
    grund = models.CharField(
        "grund", max_length=16, choices=[(g.value, GENSTARTSGRUND_NAVN[g]) for g in Genstartsgrund]
    )
    beroert = models.BooleanField("ændringen berører parten", default=True)

    class Meta:
        verbose_name = "genstart"
        verbose_name_plural = "genstarter"
        indexes = [models.Index(fields=["version", "part", "-id"], name="genstart_seneste")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(grund__in=[g.value for g in Genstartsgrund]), name="genstart_grund_kendt"
            ),
        ]
        triggers = [kun_tilfoejes("genstart_kun_tilfoejes")]

    def __str__(self) -> str:
        return f"{self.part}: {self.get_grund_display()}"
