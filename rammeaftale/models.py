"""Agreements, versions, parties and their decisions."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from faelles.dateret import en_ad_gangen, rigtig_periode
from faelles.felter import Fritekst, Langtekst, Link
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import Periode, nu
from faelles.uforanderlig import kun_tilfoejes
from kommuner.models import Kkr, Organisation
from rammeaftale.livscyklus import (
    AFGOERENDE,
    AFTALETILSTAND_NAVN,
    PARTSSTATUS_NAVN,
    Aftaletilstand,
    Partsstatus,
)
from rammeaftale.querysets import RammeaftaleQuerySet

# Whose a change is (faelles.spor): the secretariat's that keeps the agreement, and the party's.
SEKRETARIAT = "SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id WHERE r.id = NEW.aftale_id"
SEKRETARIAT_FOR_VERSION = (
    "SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id"
    " JOIN rammeaftale_version v ON v.aftale_id = r.id WHERE v.id = NEW.version_id"
)


@foelges("SELECT sekretariat_id FROM kommuner_kkr WHERE id = NEW.kkr_id", navn="titel", bevares=True)
class Rammeaftale(models.Model):
    """A framework agreement of a KKR's municipalities and the region. The period is dates; the label is only text."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField("navn i webadressen", max_length=80, unique=True)
    titel = Fritekst("titel", max_length=160)
    kkr = models.ForeignKey(Kkr, on_delete=models.PROTECT, related_name="rammeaftaler", verbose_name="KKR")
    periode = DateRangeField("aftaleperiode")
    tilstand = models.CharField(
        "tilstand",
        max_length=20,
        choices=[(t.value, AFTALETILSTAND_NAVN[t]) for t in Aftaletilstand],
        default=Aftaletilstand.KLADDE,
    )
    godkendelsesfrist = models.DateField("frist for godkendelse", null=True, blank=True)
    vedtaget = models.DateField("vedtaget", null=True, blank=True)
    demo = models.BooleanField("demo", default=False)
    demo_forbehold = Fritekst("forbehold", max_length=300, blank=True, default="")

    objects = RammeaftaleQuerySet["Rammeaftale"].as_manager()

    class Meta:
        verbose_name = "rammeaftale"
        verbose_name_plural = "rammeaftaler"
        ordering = ["-periode", "titel"]
        constraints = [
            rigtig_periode("rammeaftale_periode_rigtig"),
            models.CheckConstraint(
                condition=models.Q(tilstand__in=[t.value for t in Aftaletilstand]), name="rammeaftale_tilstand_kendt"
            ),
            models.CheckConstraint(
                condition=models.Q(tilstand="vedtaget", vedtaget__isnull=False)
                | (~models.Q(tilstand="vedtaget") & models.Q(vedtaget__isnull=True)),
                name="rammeaftale_vedtaget_netop_med_dato",
            ),
        ]

    def __str__(self) -> str:
        return self.titel

    @property
    def aftaleperiode(self) -> Periode:
        """The agreement's period."""
        return Periode.af_range(self.periode)


@foelges(SEKRETARIAT, navn="aftale", bevares=True)
class Version(models.Model):
    """A version of the agreement's text that parties decide on; the PDF and every decision name it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    aftale = models.ForeignKey(Rammeaftale, on_delete=models.PROTECT, related_name="versioner")
    nummer = models.PositiveSmallIntegerField("version")
    sendt = models.DateField("sendt til godkendelse", null=True, blank=True)
    indledning = Langtekst("indledning", blank=True, default="")

    class Meta:
        verbose_name = "version"
        verbose_name_plural = "versioner"
        ordering = ["nummer"]
        constraints = [models.UniqueConstraint(fields=["aftale", "nummer"], name="version_nummer_unikt_i_aftale")]

    def __str__(self) -> str:
        return f"Version {self.nummer}"


@foelges(f"{SEKRETARIAT} UNION ALL VALUES (NEW.organisation_id)", navn="organisation", bevares=True)
class Part(models.Model):
    """That an organisation is party to an agreement in a period; a successor points at the party it follows."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    aftale = models.ForeignKey(Rammeaftale, on_delete=models.PROTECT, related_name="parter")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parter")
    periode = DateRangeField("part i perioden")
    efterfoelger = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="efterfulgt_som_part",
        verbose_name="efterfølger",
    )

    class Meta:
        verbose_name = "part"
        verbose_name_plural = "parter"
        ordering = ["organisation__navn_sortering"]
        constraints = [
            rigtig_periode("part_periode_rigtig"),
            en_ad_gangen("part_en_gang_ad_gangen", "aftale", "organisation"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


@foelges(
    f"{SEKRETARIAT_FOR_VERSION} UNION ALL VALUES (NEW.registreret_af_id)"  # noqa: S608 - our own
    " UNION ALL SELECT organisation_id FROM rammeaftale_part WHERE id = NEW.part_id",
    navn="part",
    skjulte=["identitet"],
    kun_tilfoejes=True,
    bevares=True,
)
class Godkendelse(models.Model):
    """A step a party has taken on a version. Append-only: the latest row is where the party stands.

    A decision (approved, approved with remark, rejected) always has date, body and a link to the minutes.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="godkendelser")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="godkendelser")
    status = models.CharField(
        "beslutning",
        max_length=28,
        choices=[(s.value, PARTSSTATUS_NAVN[s]) for s in Partsstatus if s is not Partsstatus.AFVENTER],
    )
    dato = models.DateField("dato")
    organ = Fritekst("besluttet af", max_length=120)
    referat_url = Link("link til referat", max_length=500, blank=True)
    bemaerkning = Fritekst("bemærkning", max_length=1000, blank=True)
    registreret = models.DateTimeField(default=nu)
    registreret_af = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="registrerede_godkendelser")
    identitet = models.CharField(max_length=80)

    class Meta:
        verbose_name = "godkendelse"
        verbose_name_plural = "godkendelser"
        ordering = ["registreret", "id"]
        indexes = [models.Index(fields=["version", "part", "-registreret", "-id"], name="godkendelse_seneste")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status__in=[s.value for s in sorted(AFGOERENDE)]) | ~models.Q(referat_url=""),
                name="godkendelse_beslutning_har_referat",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=Partsstatus.GODKENDT_MED_BEMAERKNING.value) | ~models.Q(bemaerkning=""),
                name="godkendelse_med_bemaerkning_har_den",
            ),
        ]
        triggers = [kun_tilfoejes("godkendelse_kun_tilfoejes")]

    def __str__(self) -> str:
        return f"{self.part}: {self.get_status_display()}"
