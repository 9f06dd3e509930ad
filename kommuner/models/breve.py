"""What each person has chosen to be told by mail, and which mornings she has been."""

from django.db import models

from faelles.brevslags import MAADE_NAVN, Maade
from faelles.ids import uuid7
from faelles.tid import nu
from kommuner.models.brugere import Bruger


class Brevvalg(models.Model):
    """How a person wants to be told of one kind; without a row it is the kind's usual way (`faelles.brevslags`)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    bruger = models.ForeignKey(Bruger, on_delete=models.CASCADE, related_name="brevvalg")
    slags = models.CharField("slags", max_length=40)
    maade = models.CharField("måde", max_length=8, choices=[(m.value, MAADE_NAVN[m]) for m in Maade])

    class Meta:
        verbose_name = "valg af breve"
        verbose_name_plural = "valg af breve"
        constraints = [
            models.UniqueConstraint(fields=["bruger", "slags"], name="brevvalg_et_pr_slags"),
            models.CheckConstraint(condition=models.Q(maade__in=[m.value for m in Maade]), name="brevvalg_maade_kendt"),
        ]

    def __str__(self) -> str:
        return f"{self.slags}: {self.get_maade_display()}"


class Morgenbrev(models.Model):
    """That a person's morning mail has been taken on; `afsluttet` when it had gone out, or there was nothing to say."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    bruger = models.ForeignKey(Bruger, on_delete=models.CASCADE, related_name="morgenbreve")
    dag = models.DateField("dag")
    noteret = models.DateTimeField("noteret", default=nu)
    afsluttet = models.DateTimeField("afsluttet", null=True, blank=True)

    class Meta:
        verbose_name = "morgenbrev"
        verbose_name_plural = "morgenbreve"
        constraints = [models.UniqueConstraint(fields=["bruger", "dag"], name="morgenbrev_et_om_dagen")]

    def __str__(self) -> str:
        return f"{self.dag:%d.%m.%Y}"
