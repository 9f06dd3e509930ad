"""Reminders the secretariat has ordered of a year's takster."""

from django.db import models

from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from kommuner.models import Kkr, Organisation
from takster.models.budget import FOERSTE_AAR, SIDSTE_AAR
from takster.querysets import TakstpaamindelseQuerySet


@foelges(
    "SELECT sekretariat_id FROM kommuner_kkr WHERE id = NEW.kkr_id UNION ALL VALUES (NEW.driftsherre_id)",
    navn="driftsherre",
    skjulte=["bestilt_af"],
    undtagen=["noteret"],
)
class Takstpaamindelse(models.Model):
    """That an operator is to be reminded of the takster of a year that its offers in the KKR lack.

    `noteret` is when a run took it on, `sendt` when its mails had gone out: one that stays noted is of a run that was cut off.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kkr = models.ForeignKey(Kkr, on_delete=models.PROTECT, related_name="takstpaamindelser", verbose_name="KKR")
    driftsherre = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="takstpaamindelser", verbose_name="driftsherre"
    )
    aar = models.PositiveSmallIntegerField("år")
    bestilt = models.DateTimeField("bestilt", default=nu)
    bestilt_af = models.CharField("bestilt af", max_length=80)
    noteret = models.DateTimeField("noteret", null=True, blank=True)
    sendt = models.DateTimeField("sendt", null=True, blank=True)

    objects = TakstpaamindelseQuerySet["Takstpaamindelse"].as_manager()

    class Meta:
        verbose_name = "påmindelse om takster"
        verbose_name_plural = "påmindelser om takster"
        ordering = ["-bestilt", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kkr", "driftsherre", "aar"],
                condition=models.Q(sendt__isnull=True),
                name="takstpaamindelse_en_venter",
            ),
            models.CheckConstraint(
                condition=models.Q(aar__gte=FOERSTE_AAR, aar__lte=SIDSTE_AAR), name="takstpaamindelse_aar_rimeligt"
            ),
            models.CheckConstraint(
                condition=models.Q(sendt__isnull=True) | models.Q(noteret__isnull=False),
                name="takstpaamindelse_sendt_af_en_koersel",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.driftsherre}, {self.aar}"
