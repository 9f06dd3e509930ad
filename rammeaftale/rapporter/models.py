"""Snapshots and the reports made from them."""

from django.db import models

from faelles.ids import uuid7
from faelles.models import Job
from faelles.spor import foelges
from faelles.tid import nu
from faelles.uforanderlig import kun_tilfoejes
from rammeaftale.models import SEKRETARIAT_FOR_VERSION, Version
from rammeaftale.rapporter.querysets import RapportQuerySet
from rammeaftale.rapporter.register import typenavn


class Oejebliksbillede(models.Model):
    """Frozen data a report is made from: canonical JSON with its hash. Never edited.

    `data` is text, not jsonb: the bytes that were hashed are the bytes that are kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    type = models.CharField("rapporttype", max_length=40)
    skema_version = models.PositiveSmallIntegerField("skemaversion")
    data = models.TextField("data")
    sha256 = models.CharField("kontrolsum", max_length=64)
    datatidspunkt = models.DateTimeField("data pr.")

    class Meta:
        verbose_name = "øjebliksbillede"
        verbose_name_plural = "øjebliksbilleder"
        triggers = [kun_tilfoejes("oejebliksbillede_uforanderligt")]

    def __str__(self) -> str:
        return f"{self.type} {self.datatidspunkt:%d.%m.%Y}"


@foelges(SEKRETARIAT_FOR_VERSION, navn="version", skjulte=["sha256", "biblioteker"])
class Rapport(models.Model):
    """An ordered report of a version of an agreement; it has a snapshot and a PDF when its job is done.

    `skabelon_version` and `biblioteker` say what rendered it: the same snapshot with the same gives the same bytes.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    type = models.CharField("rapporttype", max_length=40)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="rapporter")
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="rapport")
    oejebliksbillede = models.ForeignKey(
        Oejebliksbillede,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rapporter",
        verbose_name="øjebliksbillede",
    )
    skabelon_version = models.CharField("skabelonens version", max_length=40, blank=True, default="")
    biblioteker = models.JSONField(default=dict)
    sider = models.PositiveIntegerField("sider", null=True, blank=True)
    sha256 = models.CharField("kontrolsum", max_length=64, blank=True, default="")
    bestilt = models.DateTimeField("bestilt", default=nu)

    objects = RapportQuerySet["Rapport"].as_manager()

    class Meta:
        verbose_name = "rapport"
        verbose_name_plural = "rapporter"
        ordering = ["-bestilt", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256="") | models.Q(oejebliksbillede__isnull=False),
                name="rapport_faerdig_har_oejebliksbillede",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.version_id}"

    @property
    def typenavn(self) -> str:
        """The report type's name for people."""
        return typenavn(self.type)


class Rapportfil(models.Model):
    """The PDF itself, kept apart so that lists never read it. In the database: stored in the transaction that ends the job."""

    rapport = models.OneToOneField(Rapport, on_delete=models.PROTECT, related_name="fil", primary_key=True)
    pdf = models.BinaryField()

    class Meta:
        verbose_name = "rapportfil"
        verbose_name_plural = "rapportfiler"
        triggers = [kun_tilfoejes("rapportfil_uforanderlig")]

    def __str__(self) -> str:
        return str(self.rapport_id)


class Kapitel(models.Model):
    """A chapter of a report that is being made: what it is made from, and who is at it. Gone when the report is done.

    It is finished when there is a Kapitelfil of its `sha256`, the hash of `kilde`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rapport = models.ForeignKey(Rapport, on_delete=models.CASCADE, related_name="kapitler")
    nummer = models.PositiveSmallIntegerField()
    titel = models.CharField(max_length=200)
    kilde = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    taget = models.DateTimeField(null=True, blank=True)
    fejl = models.TextField(blank=True, default="")

    class Meta:
        verbose_name = "kapitel"
        verbose_name_plural = "kapitler"
        ordering = ["rapport", "nummer"]
        constraints = [models.UniqueConstraint(fields=["rapport", "nummer"], name="kapitel_nummer_unikt_i_rapport")]

    def __str__(self) -> str:
        return self.titel


class Kapitelfil(models.Model):
    """The PDF of a finished chapter, by what it was made from: any report with the same chapter uses it again."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    pdf = models.BinaryField()
    brugt = models.DateTimeField(default=nu)

    class Meta:
        verbose_name = "kapitelfil"
        verbose_name_plural = "kapitelfiler"

    def __str__(self) -> str:
        return self.sha256
