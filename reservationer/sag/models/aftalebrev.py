"""That a party of a placement agreement is mailed about a decision."""

from django.db import models

from faelles.ids import uuid7
from faelles.tid import nu
from reservationer.sag.models.beslutning import Beslutning
from reservationer.sag.querysets import AftalebrevQuerySet


class Aftalebrev(models.Model):
    """The mail to one party's people about one decision; the platform's own, seen by nobody.

    `noteret` is when a run took the mail on, `sendt` when it had gone out: one that stays noted is of a run that was cut off, or
    nobody is there to write to.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    beslutning = models.ForeignKey(Beslutning, on_delete=models.PROTECT, related_name="aftalebreve")
    til = models.CharField("til", max_length=16, choices=[("myndighed", "kommunen"), ("driftsherre", "tilbuddet")])
    oprettet = models.DateTimeField("oprettet", default=nu)
    noteret = models.DateTimeField("noteret", null=True, blank=True)
    sendt = models.DateTimeField("sendt", null=True, blank=True)

    objects = AftalebrevQuerySet["Aftalebrev"].as_manager()

    class Meta:
        verbose_name = "brev om placeringsaftale"
        verbose_name_plural = "breve om placeringsaftaler"
        ordering = ["oprettet", "id"]
        constraints = [
            models.UniqueConstraint(fields=["beslutning", "til"], name="aftalebrev_et_pr_beslutning_og_part"),
            models.CheckConstraint(
                condition=models.Q(til__in=["myndighed", "driftsherre"]), name="aftalebrev_til_en_part"
            ),
            models.CheckConstraint(
                condition=models.Q(sendt__isnull=True) | models.Q(noteret__isnull=False),
                name="aftalebrev_sendt_af_en_koersel",
            ),
        ]
        indexes = [models.Index(fields=["oprettet"], name="aftalebrev_venter", condition=models.Q(sendt__isnull=True))]

    def __str__(self) -> str:
        return f"{self.beslutning_id} til {self.get_til_display()}"
