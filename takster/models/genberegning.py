"""What a calculation made with preliminary terms gives when they have become final."""

import pgtrigger
from django.db import models
from django.db.models import Q

from faelles.felter import Fritekst
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from kommuner.models import Organisation
from takster.models.beregning import Takstberegning
from takster.querysets import GenberegningQuerySet
from tilbud.models import Tilbud
from vilkaar.models import Vilkaarssaet


@foelges("VALUES (NEW.driftsherre_id)", navn="tilbud")
class Genberegning(models.Model):
    """A calculation's stored inputs computed again by the final set that governs its first day: what they give, or why they give nothing.

    One per calculation and set, and never changed: the same inputs and terms give the same. It goes with a draft that gives way to another.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    beregning = models.ForeignKey(
        Takstberegning, on_delete=models.DO_NOTHING, related_name="genberegninger", verbose_name="takstberegning"
    )
    driftsherre = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="genberegninger")
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="genberegninger")
    vilkaarssaet = models.ForeignKey(
        Vilkaarssaet, on_delete=models.PROTECT, related_name="genberegninger", verbose_name="vilkårssæt"
    )
    beloeb = models.DecimalField("takst efter sættet", max_digits=14, decimal_places=2, null=True, blank=True)
    fejl = Fritekst("hvorfor taksten ikke kan beregnes", max_length=1000, blank=True, default="")
    beregnet = models.DateTimeField("beregnet", default=nu)

    objects = GenberegningQuerySet["Genberegning"].as_manager()

    class Meta:
        verbose_name = "genberegning"
        verbose_name_plural = "genberegninger"
        ordering = ["-beregnet", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["beregning", "vilkaarssaet"], name="genberegning_en_pr_beregning_og_saet"),
            models.CheckConstraint(
                condition=Q(beloeb__isnull=False, fejl="") | Q(beloeb__isnull=True) & ~Q(fejl=""),
                name="genberegning_beloeb_eller_fejl",
            ),
            models.CheckConstraint(condition=Q(beloeb__isnull=True) | Q(beloeb__gt=0), name="genberegning_over_nul"),
        ]
        triggers = [pgtrigger.Protect(name="genberegning_uforanderlig", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.beregning}, {self.vilkaarssaet}"

    @property
    def bekraefter(self) -> bool:
        """Whether the final terms give the same takst."""
        return self.beloeb == self.beregning.beloeb
