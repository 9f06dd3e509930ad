"""The read log, and what has been pruned from the logs."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from faelles.felter import Fritekst
from faelles.ids import uuid7
from faelles.spor import LogQuerySet
from faelles.tid import nu
from faelles.uforanderlig import kun_tilfoejes
from kommuner.models.organisationer import Organisation


class Laesning(models.Model):
    """Who (identity, organisation, function) saw which piece of stay-level data, when, in which request. Append-only.

    `vedroerer` is the organisations whose data it is, and the one that read: their administrators see the row and nobody
    else does (row-level security). Looking into a log is a reading too: it has no thing, but says what was asked.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    identitet = models.CharField(max_length=80)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="laesninger")
    funktion = models.CharField(max_length=16)
    rolle_navn = models.CharField(max_length=60)
    entitet = models.CharField(max_length=60)
    entitet_id = models.UUIDField(null=True)
    spoergsmaal = Fritekst(max_length=300, blank=True, default="")
    vedroerer = ArrayField(models.UUIDField())
    forespoergsel = models.UUIDField()
    tidspunkt = models.DateTimeField(default=nu)

    objects = LogQuerySet["Laesning"].as_manager()

    class Meta:
        verbose_name = "læsning"
        verbose_name_plural = "læsninger"
        indexes = [
            # the log's questions: the newest, those of one organisation, those of one thing
            models.Index(fields=["tidspunkt", "id"], name="laesning_spor_tid"),
            GinIndex(fields=["vedroerer"], name="laesning_spor_hvem"),
            models.Index(fields=["entitet_id", "tidspunkt"], name="laesning_opslag"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(entitet_id__isnull=False, spoergsmaal="")
                | (models.Q(entitet_id__isnull=True) & ~models.Q(spoergsmaal="")),
                name="laesning_af_en_ting_eller_et_spoergsmaal",
            )
        ]
        triggers = [kun_tilfoejes("laesning_kun_tilfoejes")]

    def __str__(self) -> str:
        return f"{self.identitet} så {self.entitet} {self.entitet_id}"


class Logrydning(models.Model):
    """The trace of pruning: how many rows from before an instant were deleted from a log. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    log = models.CharField(max_length=60)
    foer = models.DateTimeField()
    antal = models.PositiveIntegerField()
    tidspunkt = models.DateTimeField(default=nu)

    class Meta:
        verbose_name = "logrydning"
        verbose_name_plural = "logrydninger"
        indexes = [models.Index(fields=["log", "-tidspunkt"], name="logrydning_seneste")]
        triggers = [kun_tilfoejes("logrydning_kun_tilfoejes")]

    def __str__(self) -> str:
        return f"{self.log}: {self.antal}"
