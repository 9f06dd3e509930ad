"""Documents about takster as PDF: what was ordered, and the file a worker makes of it."""

from django.db import models
from django.db.models import Q

from faelles.ids import uuid7
from faelles.models import Job
from faelles.tid import nu
from faelles.uforanderlig import kun_tilfoejes
from kommuner.models import Kkr
from takster.models.takst import Takst
from tilbud.models import Hjemmel


class Takstdokument(models.Model):
    """That a document was ordered: the evidence pack of a `takst`, or the takst list of an `aar`, narrowed to a KKR or a legal basis. Append-only.

    It says what the platform said when it was made, so that two of the same takst or year may differ. Everybody who may read
    takster may read it; who ordered it stands on the job.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    takst = models.ForeignKey(Takst, null=True, blank=True, on_delete=models.PROTECT, related_name="dokumenter")
    aar = models.PositiveSmallIntegerField("år", null=True, blank=True)
    kkr = models.ForeignKey(
        Kkr, null=True, blank=True, on_delete=models.PROTECT, related_name="takstlister", verbose_name="KKR"
    )
    hjemmel = models.ForeignKey(Hjemmel, null=True, blank=True, on_delete=models.PROTECT, related_name="takstlister")
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="takstdokument")
    bestilt = models.DateTimeField("bestilt", default=nu)

    class Meta:
        verbose_name = "takstdokument"
        verbose_name_plural = "takstdokumenter"
        ordering = ["-bestilt", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(takst__isnull=False, aar__isnull=True, kkr__isnull=True, hjemmel__isnull=True)
                | Q(takst__isnull=True, aar__isnull=False),
                name="takstdokument_om_en_takst_eller_et_aar",
            )
        ]
        triggers = [kun_tilfoejes("takstdokument_kun_tilfoejes")]

    def __str__(self) -> str:
        return f"Dokument {self.pk}"


class Takstdokumentfil(models.Model):
    """The document as PDF, stored in the transaction that ends the job."""

    dokument = models.OneToOneField(Takstdokument, primary_key=True, on_delete=models.PROTECT, related_name="fil")
    pdf = models.BinaryField()
    sha256 = models.CharField("kontrolsum", max_length=64)

    class Meta:
        verbose_name = "takstdokuments fil"
        verbose_name_plural = "takstdokumenters filer"
        triggers = [kun_tilfoejes("takstdokumentfil_uforanderlig")]

    def __str__(self) -> str:
        return f"Fil {self.pk}"
