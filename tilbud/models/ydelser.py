"""What an offer delivers, and where: on its own premises or in the citizen's own surroundings."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from faelles.dateret import DateretQuerySet, en_ad_gangen, rigtig_periode
from faelles.felter import Fritekst
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.sprog import sortnoegle
from tilbud.models.egne_ider import eget_id_indeks, eget_id_unikt
from tilbud.models.register import DRIFTSHERRE, Tilbud


class Ydelsestype(models.Model):
    """A kind of service of Fælles Faglige Begreber (FFB): code, term and place in the hierarchy only."""

    kode = models.UUIDField("kode", primary_key=True)
    term = models.CharField("betegnelse", max_length=160)
    term_sortering = models.CharField(max_length=320, editable=False)
    overordnet = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="underordnede")

    class Meta:
        verbose_name = "ydelsestype"
        verbose_name_plural = "ydelsestyper"
        ordering = ["term_sortering", "kode"]

    def __str__(self) -> str:
        return self.term

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the sort key beside the term it is made from."""
        self.term_sortering = sortnoegle(self.term)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed through unread


class Leveringsform(models.TextChoices):
    """Where a service is delivered; specialised help in the citizen's own surroundings is what is called nyspecialisering."""

    MATRIKELBUNDET = "matrikelbundet", "På tilbuddets adresse"
    UDGAAENDE = "udgaaende", "I borgerens egne omgivelser"


@foelges(DRIFTSHERRE, navn="tilbud")
class Ydelse(models.Model):
    """That an offer delivers a kind of service in one form in a period."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="ydelser")
    type = models.ForeignKey(Ydelsestype, on_delete=models.PROTECT, related_name="ydelser")
    leveringsform = models.CharField("leveringsform", max_length=16, choices=Leveringsform.choices)
    periode = DateRangeField("periode")
    ekstern_id = Fritekst("driftsherrens eget id", max_length=60, blank=True, default="")

    objects = DateretQuerySet["Ydelse"].as_manager()

    class Meta:
        verbose_name = "ydelse"
        verbose_name_plural = "ydelser"
        constraints = [
            rigtig_periode("ydelse_periode_rigtig"),
            en_ad_gangen("ydelse_en_ad_gangen", "tilbud", "type", "leveringsform"),
            models.CheckConstraint(
                condition=models.Q(leveringsform__in=Leveringsform.values), name="ydelse_leveringsform_kendt"
            ),
        ]
        indexes = [eget_id_indeks("ydelse")]
        triggers = [eget_id_unikt("ydelse", "tilbud")]

    def __str__(self) -> str:
        return f"{self.type} ({self.get_leveringsform_display().lower()})"
