"""What came of computing a year's published takster again from their stored inputs."""

from django.db import models
from django.db.models import F, Q

from faelles.ids import uuid7
from faelles.models import Job
from faelles.tid import nu
from faelles.uforanderlig import kun_tilfoejes


class Takstkontrol(models.Model):
    """Every takst of an `aar` that is or has been published, computed again; stored in the transaction that ends the job. Append-only.

    `antal` is how many there were, `uden` how many of them have no stored calculation, `forskelle` the rest that come out otherwise:
    `[{"takst": id, "forskel": what differs, in words}]`. Everybody who may read takster may read it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    aar = models.PositiveSmallIntegerField("år")
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="takstkontrol")
    antal = models.PositiveIntegerField("takster")
    uden = models.PositiveIntegerField("uden gemt beregning")
    forskelle = models.JSONField("forskelle", default=list)
    udfoert = models.DateTimeField("udført", default=nu)

    class Meta:
        verbose_name = "takstkontrol"
        verbose_name_plural = "takstkontroller"
        ordering = ["-udfoert", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(uden__lte=F("antal")), name="takstkontrol_uden_hoejst_antal"),
        ]
        triggers = [kun_tilfoejes("takstkontrol_kun_tilfoejes")]

    def __str__(self) -> str:
        return f"Kontrolregning af {self.aar}"

    @property
    def ens(self) -> int:
        """How many gave the very same."""
        return self.antal - self.uden - len(self.forskelle)
