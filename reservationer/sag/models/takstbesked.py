"""That a municipality is told of a changed price it pays."""

from django.db import models
from django.db.models import Q

from faelles.ids import uuid7
from faelles.tid import nu
from kommuner.models import Organisation
from reservationer.sag.querysets import TakstbeskedQuerySet
from takster.models import Finansiering, Prisblad, Takst

OM = ("takst", "prisblad", "finansiering")


def _netop_en() -> Q:
    """Of one of the kinds."""
    betingelse = Q()
    for en in OM:
        betingelse |= Q(**{f"{felt}__isnull": felt != en for felt in OM})
    return betingelse


class Takstbesked(models.Model):
    """That the municipality pays for a stay on days the changed takst, or the changed prices beside it, hold, or a share of a changed
    financing. It says nothing of which stay, or how many.

    `noteret` is when a run took the mail on, `sendt` when it had gone out: one that stays noted is of a run that was cut off, or
    nobody is there to write to. `kvitteret` is when somebody in the municipality had seen it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    takst = models.ForeignKey(Takst, null=True, blank=True, on_delete=models.PROTECT, related_name="beskeder")
    prisblad = models.ForeignKey(Prisblad, null=True, blank=True, on_delete=models.PROTECT, related_name="beskeder")
    finansiering = models.ForeignKey(
        Finansiering, null=True, blank=True, on_delete=models.PROTECT, related_name="beskeder"
    )
    kommune = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="takstbeskeder")
    oprettet = models.DateTimeField("oprettet", default=nu)
    noteret = models.DateTimeField("noteret", null=True, blank=True)
    sendt = models.DateTimeField("sendt", null=True, blank=True)
    kvitteret = models.DateTimeField("set", null=True, blank=True)

    objects = TakstbeskedQuerySet["Takstbesked"].as_manager()

    class Meta:
        verbose_name = "besked om takst"
        verbose_name_plural = "beskeder om takster"
        ordering = ["-oprettet", "-id"]
        constraints = [
            *(
                models.UniqueConstraint(fields=[felt, "kommune"], name=f"takstbesked_en_pr_{felt}_og_kommune")
                for felt in OM
            ),
            models.CheckConstraint(condition=_netop_en(), name="takstbesked_om_netop_en"),
            models.CheckConstraint(
                condition=Q(sendt__isnull=True) | Q(noteret__isnull=False), name="takstbesked_sendt_af_en_koersel"
            ),
        ]
        indexes = [
            models.Index(fields=["oprettet"], name="takstbesked_venter", condition=Q(sendt__isnull=True)),
            models.Index(fields=["kommune", "-oprettet"], name="takstbesked_nye", condition=Q(kvitteret__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kommune}: {self.takst or self.prisblad or self.finansiering}"
