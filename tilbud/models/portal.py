"""Comparisons of an operator's offers with an extract from Tilbudsportalen, and what the operator decided about each difference."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from faelles.felter import Fritekst
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from kommuner.models import Organisation
from tilbud.models.importer import Registerimport
from tilbud.models.register import DRIFTSHERRE, Tilbud
from tilbud.querysets import PortalafvigelseQuerySet, PortalsammenligningQuerySet


@foelges("VALUES (NEW.organisation_id)", navn="lavet", skjulte=["tilbud", "mangler", "lavet_af"])
class Portalsammenligning(models.Model):
    """That an extract was held against the register. The file itself is not kept, only the differences.

    `tilbud` are the offers that were found in it, `mangler` the open ones with an id on the portal that were not, `ukendte`
    how many of its rows are none of the operator's.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="portalsammenligninger")
    tilbud = ArrayField(models.UUIDField(), verbose_name="tilbud", default=list)
    mangler = ArrayField(models.UUIDField(), verbose_name="mangler i udtrækket", default=list)
    raekker = models.PositiveIntegerField("rækker i udtrækket")
    ukendte = models.PositiveIntegerField("andres rækker", default=0)
    lavet = models.DateTimeField("lavet", default=nu)
    lavet_af = models.CharField("lavet af", max_length=80)
    lavet_rolle = Fritekst("lavet som", max_length=60)

    objects = PortalsammenligningQuerySet["Portalsammenligning"].as_manager()

    class Meta:
        verbose_name = "sammenligning med Tilbudsportalen"
        verbose_name_plural = "sammenligninger med Tilbudsportalen"
        ordering = ["-lavet", "-id"]
        indexes = [models.Index(fields=["organisation", "-lavet", "-id"], name="portalsammenligning_liste")]

    def __str__(self) -> str:
        return f"Sammenligning {self.pk}"


class Portalbeslutning(models.TextChoices):
    """What the owner does about a difference. To take over is a change like any other: a second person approves it."""

    AFVENTER = "afventer", "Ikke afgjort"
    OVERTAG = "overtag", "Overtag portalens"
    BEHOLD = "behold", "Behold vores"
    FEJL = "fejl", "Fejl på portalen"


@foelges(DRIFTSHERRE, navn="felt", skjulte=["afgjort_af"])
class Portalafvigelse(models.Model):
    """A field of an offer that is one thing here and another in the extract; both values in canonical form.

    A protected address is never compared, and one that becomes protected is deleted (`tilbud_glem_adresse_andre_steder`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sammenligning = models.ForeignKey(Portalsammenligning, on_delete=models.PROTECT, related_name="afvigelser")
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="portalafvigelser")
    felt = models.CharField("felt", max_length=30)
    vores = models.JSONField("her", null=True)
    portalens = models.JSONField("på portalen")
    beslutning = models.CharField(
        "beslutning", max_length=10, choices=Portalbeslutning.choices, default=Portalbeslutning.AFVENTER
    )
    grund = Fritekst("bemærkning", max_length=300, blank=True, default="")
    afgjort = models.DateTimeField("afgjort", null=True, blank=True)
    afgjort_af = models.CharField("afgjort af", max_length=80, blank=True, default="")
    afgjort_rolle = Fritekst("afgjort som", max_length=60, blank=True, default="")
    registerimport = models.ForeignKey(
        Registerimport,
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,  # the database refuses; Django would have to read what nobody asked to see to find out
        related_name="portalafvigelser",
        verbose_name="import",
    )

    objects = PortalafvigelseQuerySet["Portalafvigelse"].as_manager()

    class Meta:
        verbose_name = "afvigelse fra Tilbudsportalen"
        verbose_name_plural = "afvigelser fra Tilbudsportalen"
        ordering = ["tilbud__navn_sortering", "tilbud", "felt"]
        constraints = [
            models.UniqueConstraint(fields=["sammenligning", "tilbud", "felt"], name="portalafvigelse_en_pr_felt"),
            models.CheckConstraint(
                condition=models.Q(beslutning__in=Portalbeslutning.values), name="portalafvigelse_beslutning_kendt"
            ),
            models.CheckConstraint(
                condition=models.Q(beslutning="afventer", afgjort__isnull=True, afgjort_af="")
                | (~models.Q(beslutning="afventer") & models.Q(afgjort__isnull=False) & ~models.Q(afgjort_af="")),
                name="portalafvigelse_afgjort_helt_eller_slet_ikke",
            ),
            models.CheckConstraint(
                condition=models.Q(beslutning="overtag", registerimport__isnull=False)
                | (~models.Q(beslutning="overtag") & models.Q(registerimport__isnull=True)),
                name="portalafvigelse_overtages_gennem_en_import",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.felt} i {self.tilbud_id}"
