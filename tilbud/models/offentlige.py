"""Offers known only from what operators have published; not in the ledger, and shown with their source."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from faelles.felter import Fritekst, Link
from faelles.ids import uuid7
from faelles.sprog import sortnoegle
from kommuner.models import Kommune
from tilbud.models.klassifikationer import Hjemmel


class OffentligtTilbud(models.Model):
    """A row of a published list, kept as written but for an address that is protected. `mangler` says why it could not be placed (nothing is guessed)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    raekke = models.PositiveIntegerField("række i kilden", unique=True)
    navn = Fritekst("navn", max_length=160)
    navn_sortering = models.CharField(max_length=320, editable=False)
    driftsherre = Fritekst("driftsherre", max_length=160, blank=True)
    kommune = models.ForeignKey(
        Kommune, null=True, blank=True, on_delete=models.PROTECT, related_name="offentlige_tilbud"
    )
    adresse = Fritekst("adresse", max_length=200, blank=True)
    beskyttet_adresse = models.BooleanField("beskyttet adresse", default=False)
    maalgruppe = Fritekst("målgruppe som skrevet", max_length=300, blank=True)
    hjemmel_tekst = Fritekst("hjemmel som skrevet", max_length=200, blank=True)
    hjemler = models.ManyToManyField(Hjemmel, related_name="offentlige_tilbud")
    pladser = models.PositiveIntegerField("pladser", null=True, blank=True)
    kilde_url = Link("kilde", max_length=500)
    note = Fritekst("note", max_length=400, blank=True)
    mangler = ArrayField(
        models.CharField(max_length=120), verbose_name="kunne ikke placeres fordi", default=list, blank=True
    )

    class Meta:
        verbose_name = "offentliggjort tilbud"
        verbose_name_plural = "offentliggjorte tilbud"
        ordering = ["navn_sortering", "raekke"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(beskyttet_adresse=False) | models.Q(adresse=""),
                name="offentligttilbud_beskyttet_uden_adresse",
            ),
        ]

    def __str__(self) -> str:
        return self.navn

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the sort key beside the name it is made from."""
        self.navn_sortering = sortnoegle(self.navn)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed through unread
