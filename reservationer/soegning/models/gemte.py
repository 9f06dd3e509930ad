"""Searches that go on until something fits, and what has been told of them. Coded values only, and no word anybody wrote."""

from django.db import models

from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from kommuner.models import ApiKlient, Bruger, Organisation
from reservationer.soegning.querysets import EgneQuerySet, SoegefundQuerySet
from tilbud.models import Afdeling


@foelges("VALUES (NEW.organisation_id)", navn="navn", undtagen=["profil", "proevet"])
class GemtSoegning(models.Model):
    """A search a person or a system wants to hear of. Seen by its municipality; a person gets a mail, a system asks.

    `profil` is the need (`gemte.koder`), `navn` is made of its codes. One that is over or given up is deleted, not kept.
    `proevet` is when it was last tried again. `ulaeselig_meldt` is when its owner was told that its codes can no longer be read.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="gemte_soegninger")
    bruger = models.ForeignKey(Bruger, on_delete=models.PROTECT, related_name="gemte_soegninger", null=True, blank=True)
    klient = models.ForeignKey(
        ApiKlient,
        on_delete=models.PROTECT,
        related_name="gemte_soegninger",
        null=True,
        blank=True,
        verbose_name="system",
    )
    navn = models.CharField("søgning", max_length=300)
    profil = models.JSONField("profil")
    oprettet = models.DateTimeField("gemt", default=nu)
    proevet = models.DateTimeField("prøvet", null=True, blank=True, editable=False)
    ulaeselig_meldt = models.DateTimeField("meldt, at den ikke kan læses", null=True, blank=True, editable=False)

    objects = EgneQuerySet["GemtSoegning"].as_manager()

    class Meta:
        verbose_name = "gemt søgning"
        verbose_name_plural = "gemte søgninger"
        ordering = ["-oprettet", "-id"]
        indexes = [models.Index(fields=["organisation", "-oprettet", "-id"], name="gemtsoegning_liste")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(bruger__isnull=True) ^ models.Q(klient__isnull=True), name="gemtsoegning_en_ejer"
            )
        ]

    def __str__(self) -> str:
        return self.navn

    @property
    def identitet(self) -> str:
        """Who saved it, as `Aktoer.identitet` says it."""
        return f"bruger:{self.bruger_id}" if self.bruger_id else f"klient:{self.klient_id}"


class Soegefund(models.Model):
    """That a department fits a saved search, from one instant to another; it is told once for each time it begins to.

    `meldt` is when it was told; what fitted already when the search was saved is not. `kvitteret` is when somebody of the
    municipality had seen it: its saved searches are one work list, so what one has seen is news to none of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    soegning = models.ForeignKey(
        GemtSoegning,
        on_delete=models.DO_NOTHING,  # the action deletes them first: Django would look for them without a scope
        related_name="fund",
    )
    afdeling = models.ForeignKey(Afdeling, on_delete=models.PROTECT, related_name="soegefund")
    fundet = models.DateTimeField("fundet", default=nu)
    meldt = models.DateTimeField("meldt", null=True, blank=True)
    kvitteret = models.DateTimeField("set", null=True, blank=True)
    ophoert = models.DateTimeField("passer ikke længere siden", null=True, blank=True)

    objects = SoegefundQuerySet["Soegefund"].as_manager()

    class Meta:
        verbose_name = "fund til en gemt søgning"
        verbose_name_plural = "fund til gemte søgninger"
        ordering = ["-fundet", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["soegning", "afdeling"],
                condition=models.Q(ophoert__isnull=True),
                name="soegefund_et_ad_gangen",
            )
        ]

    def __str__(self) -> str:
        return f"{self.afdeling_id} til {self.soegning_id}"
