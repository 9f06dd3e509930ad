"""Immutable numbered sets of terms and their values."""

import pgtrigger
from django.contrib.postgres.fields import DateRangeField
from django.db import models

from faelles.dateret import DateretQuerySet, en_ad_gangen
from faelles.felter import Fritekst
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from faelles.uforanderlig import kun_tilfoejes
from kommuner.models import Kkr


class Saetstatus(models.TextChoices):
    """A preliminary set belongs to an agreement not yet adopted; results made with it say so."""

    FORELOEBIG = "foreloebig", "Foreløbig"
    ENDELIG = "endelig", "Endelig"


@foelges("SELECT sekretariat_id FROM kommuner_kkr WHERE id = NEW.kkr_id", navn="aftale", bevares=True)
class Vilkaarssaet(models.Model):
    """A set of terms of one KKR in one period. Never edited: a change of terms is a new set, which takes its days from the old one.

    `udsendt_periode` are the days it was published for; `periode` those a later set has not taken (it only shrinks, and is
    empty when all are). `version_id` is the version of the agreement it was published from (rammeaftale's, above this floor).

    The set follows the offer's situation, not the buyer's (serviceloven § 6: offers situated in the region).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    nummer = models.PositiveIntegerField("nummer")
    kkr = models.ForeignKey(Kkr, on_delete=models.PROTECT, related_name="vilkaarssaet", verbose_name="KKR")
    periode = DateRangeField("gyldighed")
    udsendt_periode = DateRangeField("udsendt for")
    version_id = models.UUIDField("version", null=True, blank=True)
    status = models.CharField("status", max_length=12, choices=Saetstatus.choices)
    aftale = Fritekst("aftale", max_length=120)
    demo = models.BooleanField("demo", default=False)
    oprettet = models.DateTimeField(default=nu)

    objects = DateretQuerySet["Vilkaarssaet"].as_manager()

    class Meta:
        verbose_name = "vilkårssæt"
        verbose_name_plural = "vilkårssæt"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(periode__isempty=True) | models.Q(periode__startswith__isnull=False),
                name="vilkaarssaet_periode_rigtig",
            ),
            models.CheckConstraint(
                condition=models.Q(udsendt_periode__isempty=False, udsendt_periode__startswith__isnull=False),
                name="vilkaarssaet_udsendt_periode_rigtig",
            ),
            en_ad_gangen("vilkaarssaet_et_ad_gangen", "kkr", "status"),
            models.UniqueConstraint(fields=["kkr", "nummer"], name="vilkaarssaet_nummer_unikt_i_kkr"),
            models.CheckConstraint(condition=models.Q(status__in=Saetstatus.values), name="vilkaarssaet_status_kendt"),
        ]
        triggers = [
            pgtrigger.Protect(name="vilkaarssaet_slettes_ikke", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="vilkaarssaet_uforanderligt",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=(
                    "IF NOT NEW.periode <@ OLD.periode OR (NOT isempty(NEW.periode) AND lower(NEW.periode) <> lower(OLD.periode))"
                    " OR to_jsonb(NEW) - 'periode' <> to_jsonb(OLD) - 'periode' THEN"
                    " RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;"
                    " END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Sæt {self.nummer} ({self.get_status_display().lower()})"


@foelges(
    "SELECT k.sekretariat_id FROM kommuner_kkr k JOIN vilkaar_vilkaarssaet s ON s.kkr_id = k.id WHERE s.id = NEW.saet_id",
    navn="noegle",
    kun_tilfoejes=True,
    bevares=True,
)
class Vilkaar(models.Model):
    """One value in a set, with the clause of the agreement it comes from."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    saet = models.ForeignKey(Vilkaarssaet, on_delete=models.CASCADE, related_name="vilkaar", verbose_name="sæt")
    noegle = models.CharField("nøgle", max_length=60)
    vaerdi = Fritekst("værdi", max_length=200)
    klausul = Fritekst("klausul", max_length=120)

    class Meta:
        verbose_name = "vilkår"
        verbose_name_plural = "vilkår"
        constraints = [models.UniqueConstraint(fields=["saet", "noegle"], name="vilkaar_en_vaerdi_pr_noegle")]
        triggers = [kun_tilfoejes("vilkaar_uforanderligt")]

    def __str__(self) -> str:
        return f"{self.noegle} = {self.vaerdi}"
