"""What socialtilsyn has approved and reported, and the permissions to exceed it."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from faelles.dateret import DateretQuerySet, en_ad_gangen, rigtig_periode
from faelles.felter import Fritekst, Link
from faelles.ids import uuid7
from faelles.spor import foelges
from tilbud.models.egne_ider import eget_id_indeks, eget_id_unikt
from tilbud.models.klassifikationer import Hjemmel
from tilbud.models.register import (
    DRIFTSHERRE,
    DRIFTSHERRE_FOR_AFDELING,
    Afdeling,
    Tilbud,
)


@foelges(DRIFTSHERRE, navn="tilbud")
class Tilsynsgodkendelse(models.Model):
    """That socialtilsyn has approved an offer under a legal basis, for so many places, in a period (SEL § 14 stk. 2)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="tilsynsgodkendelser")
    hjemmel = models.ForeignKey(Hjemmel, on_delete=models.PROTECT, related_name="tilsynsgodkendelser")
    pladser = models.PositiveSmallIntegerField("godkendte pladser")
    periode = DateRangeField("gyldighed")
    socialtilsyn = Fritekst("socialtilsyn", max_length=80)
    ekstern_id = Fritekst("driftsherrens eget id", max_length=60, blank=True, default="")

    objects = DateretQuerySet["Tilsynsgodkendelse"].as_manager()

    class Meta:
        verbose_name = "godkendelse fra socialtilsynet"
        verbose_name_plural = "godkendelser fra socialtilsynet"
        constraints = [
            rigtig_periode("tilsynsgodkendelse_periode_rigtig"),
            en_ad_gangen("tilsynsgodkendelse_en_ad_gangen", "tilbud", "hjemmel"),
        ]
        indexes = [eget_id_indeks("tilsynsgodkendelse")]
        triggers = [eget_id_unikt("tilsynsgodkendelse", "tilbud")]

    def __str__(self) -> str:
        return f"{self.hjemmel_id}: {self.pladser} pladser"


# What stands on a page as a link to a report that people follow.
LINK = r"^https://[^\s<>\"']+$"


class Tilsynsvurdering(models.TextChoices):
    """The verdict of a supervision report."""

    GODKENDT = "godkendt", "Fortsat godkendt"
    VILKAAR = "vilkaar", "Fortsat godkendt på vilkår"
    PAABUD = "paabud", "Påbud"
    SKAERPET = "skaerpet", "Skærpet tilsyn"
    OPHOERT = "ophoert", "Godkendelsen ophører"


@foelges(DRIFTSHERRE, navn="tilbud")
class Tilsynsrapport(models.Model):
    """A supervision report: its date, where it can be read, and its verdict. The latest stands on the offer's page, before the price."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="tilsynsrapporter")
    dato = models.DateField("dato")
    vurdering = models.CharField("vurdering", max_length=12, choices=Tilsynsvurdering.choices)
    rapport_url = Link("link til rapporten", max_length=500)
    ekstern_id = Fritekst("driftsherrens eget id", max_length=60, blank=True, default="")

    class Meta:
        verbose_name = "tilsynsrapport"
        verbose_name_plural = "tilsynsrapporter"
        ordering = ["-dato", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["tilbud", "dato"], name="tilsynsrapport_en_pr_dag"),
            models.CheckConstraint(
                condition=models.Q(vurdering__in=Tilsynsvurdering.values), name="tilsynsrapport_vurdering_kendt"
            ),
            # The page shows it as a link that people follow: never anything but a web address that is encrypted.
            models.CheckConstraint(condition=models.Q(rapport_url__regex=LINK), name="tilsynsrapport_link_er_https"),
        ]
        indexes = [eget_id_indeks("tilsynsrapport")]
        triggers = [eget_id_unikt("tilsynsrapport", "tilbud")]

    def __str__(self) -> str:
        return f"{self.dato:%d.%m.%Y}: {self.get_vurdering_display()}"


@foelges(DRIFTSHERRE_FOR_AFDELING, navn="afdeling")
class Merpladstilladelse(models.Model):
    """A dated permission to have more places open in a department than socialtilsyn has approved."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    afdeling = models.ForeignKey(Afdeling, on_delete=models.PROTECT, related_name="merpladstilladelser")
    pladser = models.PositiveSmallIntegerField("ekstra pladser")
    periode = DateRangeField("gyldighed")
    grund = Fritekst("begrundelse", max_length=300)
    ekstern_id = Fritekst("driftsherrens eget id", max_length=60, blank=True, default="")

    objects = DateretQuerySet["Merpladstilladelse"].as_manager()

    class Meta:
        verbose_name = "tilladelse til merpladser"
        verbose_name_plural = "tilladelser til merpladser"
        constraints = [
            rigtig_periode("merpladstilladelse_periode_rigtig"),
            en_ad_gangen("merpladstilladelse_en_ad_gangen", "afdeling"),
            models.CheckConstraint(condition=models.Q(pladser__gt=0), name="merpladstilladelse_mindst_en"),
        ]
        indexes = [eget_id_indeks("merpladstilladelse")]
        triggers = [eget_id_unikt("merpladstilladelse", "afdeling")]

    def __str__(self) -> str:
        return f"{self.pladser} ekstra pladser i {self.afdeling_id}"
