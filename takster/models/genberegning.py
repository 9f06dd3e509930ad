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
from takster.models.finansiering import Finansiering
from takster.models.forloeb import Forloeb
from takster.models.prisblad import Prisblad
from takster.querysets import GenberegningQuerySet
from tilbud.models import Tilbud
from vilkaar.models import Vilkaarssaet

GENBEREGNES = ("beregning", "prisblad", "finansiering")


def _netop_en() -> Q:
    """One of the three it can be of, and neither of the others."""
    netop = Q()
    for en in GENBEREGNES:
        netop |= Q(**{f"{felt}__isnull": felt != en for felt in GENBEREGNES})
    return netop


@foelges("VALUES (NEW.driftsherre_id)", navn="tilbud", undtagen=["resultat"])
class Genberegning(models.Model):
    """A calculation's stored inputs computed again by the final set that governs its first day: what they give, or why they give nothing.

    Of a takst, of prices beside it, or of a cost shared by a key; those have several amounts, so `resultat` holds the whole calculation.
    One of each and set, and never changed: the same inputs and terms give the same. It goes with a draft that gives way to another.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    beregning = models.ForeignKey(
        Takstberegning,
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        related_name="genberegninger",
        verbose_name="takstberegning",
    )
    prisblad = models.ForeignKey(
        Prisblad,
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        related_name="genberegninger",
        verbose_name="prisblad",
    )
    finansiering = models.ForeignKey(
        Finansiering,
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        related_name="genberegninger",
        verbose_name="finansiering",
    )
    driftsherre = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="genberegninger")
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="genberegninger")
    vilkaarssaet = models.ForeignKey(
        Vilkaarssaet, on_delete=models.PROTECT, related_name="genberegninger", verbose_name="vilkårssæt"
    )
    beloeb = models.DecimalField("takst efter sættet", max_digits=14, decimal_places=2, null=True, blank=True)
    resultat = models.JSONField("beregning efter sættet", null=True, blank=True)
    fejl = Fritekst("hvorfor det ikke kan beregnes", max_length=1000, blank=True, default="")
    beregnet = models.DateTimeField("beregnet", default=nu)

    objects = GenberegningQuerySet["Genberegning"].as_manager()

    class Meta:
        verbose_name = "genberegning"
        verbose_name_plural = "genberegninger"
        ordering = ["-beregnet", "-id"]
        constraints = [
            *(
                models.UniqueConstraint(fields=[felt, "vilkaarssaet"], name=f"genberegning_en_pr_{felt}_og_saet")
                for felt in GENBEREGNES
            ),
            models.CheckConstraint(condition=_netop_en(), name="genberegning_af_netop_en"),
            models.CheckConstraint(
                condition=Q(beloeb__isnull=True, resultat__isnull=True) & ~Q(fejl="")
                | Q(beregning__isnull=False, beloeb__isnull=False, resultat__isnull=True, fejl="")
                | Q(beregning__isnull=True, beloeb__isnull=True, resultat__isnull=False, fejl=""),
                name="genberegning_beloeb_eller_fejl",
            ),
            models.CheckConstraint(condition=Q(beloeb__isnull=True) | Q(beloeb__gt=0), name="genberegning_over_nul"),
        ]
        triggers = [pgtrigger.Protect(name="genberegning_uforanderlig", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.af}, {self.vilkaarssaet}"

    @property
    def af(self) -> Takstberegning | Forloeb:
        """What it is made of."""
        fundet = self.beregning or self.prisblad or self.finansiering
        if fundet is None:
            raise TypeError("genberegning_af_netop_en")
        return fundet

    @property
    def bekraefter(self) -> bool:
        """Whether the final terms give the same."""
        af = self.af
        if isinstance(af, Takstberegning):
            return self.beloeb == af.beloeb
        return self.resultat is not None and af.priser_i(self.resultat) == af.priser_i(af.beregning)
