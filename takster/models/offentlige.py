"""Prices others have published: never takster of ours."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from faelles.felter import Fritekst, Link
from faelles.ids import uuid7
from faelles.sprog import sortnoegle
from tilbud.models import Hjemmel, OffentligtTilbud


class OffentliggjortPris(models.Model):
    """A price somebody has published, kept as written with source and year. Never a takst of ours, never converted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    raekke = models.PositiveIntegerField("række i kilden", unique=True)
    tilbud = models.ForeignKey(OffentligtTilbud, null=True, blank=True, on_delete=models.PROTECT, related_name="priser")
    tilbud_navn = Fritekst("tilbud", max_length=160)
    tilbud_sortering = models.CharField(max_length=320, editable=False)
    driftsherre = Fritekst("driftsherre", max_length=160, blank=True)
    region = Fritekst("region", max_length=40, blank=True)
    ydelse = Fritekst("ydelse", max_length=200)
    hjemmel_tekst = Fritekst("hjemmel som skrevet", max_length=200, blank=True)
    hjemler = models.ManyToManyField(Hjemmel, related_name="offentliggjorte_priser")
    beloeb = models.DecimalField("pris i kr.", max_digits=14, decimal_places=2)
    enhed = Fritekst("enhed", max_length=20, blank=True)
    aar = models.PositiveSmallIntegerField("år", null=True, blank=True)
    moms = Fritekst("moms", max_length=60, blank=True)
    kilde_url = Link("kilde", max_length=500)
    note = Fritekst("note", max_length=400, blank=True)
    mangler = ArrayField(
        models.CharField(max_length=120), verbose_name="kunne ikke placeres fordi", default=list, blank=True
    )

    class Meta:
        verbose_name = "offentliggjort pris"
        verbose_name_plural = "offentliggjorte priser"
        ordering = ["tilbud_sortering", "raekke"]

    def __str__(self) -> str:
        return f"{self.tilbud_navn}: {self.ydelse}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the sort key beside the name it is made from."""
        self.tilbud_sortering = sortnoegle(self.tilbud_navn)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed through unread
