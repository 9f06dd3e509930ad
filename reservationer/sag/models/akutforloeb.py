"""The times of a stay without the approval the law asks for that are over; the one that goes on stands on the stay itself."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from faelles.dateret import en_ad_gangen, rigtig_periode
from faelles.ids import uuid7
from faelles.spor import foelges
from reservationer.sag.models.ophold import Ophold
from reservationer.sag.models.spor import PERIODENS_PARTER
from reservationer.sag.querysets import UnderOpholdQuerySet
from vilkaar.models import Vilkaarssaet


@foelges(PERIODENS_PARTER, navn="ophold", sagen="ophold")
class Akutforloeb(models.Model):
    """Days of a stay on which an approval was missing, until it came, the hjemmel asked for none any more, or the stay ended.

    `frist` was the last lawful day, by the terms of `vilkaarssaet`; `overskredet` are the days after it, if there were any.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ophold = models.ForeignKey(Ophold, on_delete=models.PROTECT, related_name="akutforloeb")
    periode = DateRangeField("uden godkendelse")
    frist = models.DateField("sidste lovlige dag")
    overskredet = DateRangeField("overskredet", null=True, blank=True)
    forlaenget = models.BooleanField("forlænget", default=False)
    tilsyn_orienteret = models.DateField("socialtilsynet orienteret", null=True, blank=True)
    vilkaarssaet = models.ForeignKey(
        Vilkaarssaet, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="vilkårssæt"
    )

    objects = UnderOpholdQuerySet["Akutforloeb"].as_manager()

    class Meta:
        verbose_name = "ophold uden godkendelse"
        verbose_name_plural = "ophold uden godkendelse"
        constraints = [
            rigtig_periode("akutforloeb_periode_rigtig"),
            en_ad_gangen("akutforloeb_et_ad_gangen", "ophold"),
            models.CheckConstraint(condition=models.Q(periode__endswith__isnull=False), name="akutforloeb_er_slut"),
            models.CheckConstraint(
                condition=models.Q(overskredet__isnull=True) | models.Q(periode__contains=models.F("overskredet")),
                name="akutforloeb_overskredet_i_perioden",
            ),
            models.CheckConstraint(
                condition=models.Q(forlaenget=False) | models.Q(tilsyn_orienteret__isnull=False),
                name="akutforloeb_forlaenget_efter_orientering",
            ),
        ]

    def __str__(self) -> str:
        return f"Uden godkendelse {self.periode}"
