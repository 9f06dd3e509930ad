"""The read log."""

from django.db import models

from faelles.ids import uuid7
from faelles.tid import nu
from faelles.uforanderlig import kun_tilfoejes
from kommuner.models.organisationer import Organisation


class Laesning(models.Model):
    """The read log of stay-level data: who (identity and organisation) saw which case, and when. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    identitet = models.CharField(max_length=80)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="laesninger")
    entitet = models.CharField(max_length=60)
    entitet_id = models.UUIDField()
    tidspunkt = models.DateTimeField(default=nu)

    class Meta:
        verbose_name = "læsning"
        verbose_name_plural = "læsninger"
        indexes = [models.Index(fields=["entitet", "entitet_id", "tidspunkt"], name="laesning_opslag")]
        triggers = [kun_tilfoejes("laesning_kun_tilfoejes")]

    def __str__(self) -> str:
        return f"{self.identitet} så {self.entitet} {self.entitet_id}"
