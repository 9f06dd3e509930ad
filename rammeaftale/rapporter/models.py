"""Snapshots and the reports made from them."""

import pgtrigger
from django.db import models

from faelles.dokument.tal import tidspunkt
from faelles.felter import Fritekst, Langtekst
from faelles.ids import uuid7
from faelles.models import Job
from faelles.spor import foelges
from faelles.tid import nu
from faelles.uforanderlig import kun_tilfoejes
from kommuner.models import Kommune, Organisation
from rammeaftale.models import SEKRETARIAT, SEKRETARIAT_FOR_VERSION, Rammeaftale, Version
from rammeaftale.rapporter.emne import Emne
from rammeaftale.rapporter.planer.regler import Hver
from rammeaftale.rapporter.querysets import RapportQuerySet
from rammeaftale.rapporter.register import IKKE_TIL_UDGIVELSE, typenavn


class Oejebliksbillede(models.Model):
    """Frozen data a report is made from: canonical JSON with its hash. Never edited.

    `tekster` is what the secretariat had written in the chapters then, in Markdown, as JSON by chapter. `data` is text, not jsonb: the bytes that were hashed are the bytes that are kept.
    One with an `ejer` hides none of that organisation's own figures: row-level security shows it to nobody else.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    type = models.CharField("rapporttype", max_length=40)
    skema_version = models.PositiveSmallIntegerField("skemaversion")
    data = models.TextField("data")
    tekster = models.TextField("tekster", default="{}")
    sha256 = models.CharField("kontrolsum", max_length=64)
    datatidspunkt = models.DateTimeField("data pr.")
    ejer = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

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
    It is a draft, or the final of the draft `udkast`, printed with its `nummer`. Finished, it is never changed.
    One about a `kommune` is never published; one that has an `ejer`, the municipality that ordered it about itself, is its own.
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
    kommune = models.ForeignKey(
        Kommune, null=True, blank=True, on_delete=models.PROTECT, related_name="rapporter", db_index=False
    )
    ejer = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="egne_rapporter"
    )
    udkast = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="endelige", verbose_name="udkast"
    )
    nummer = models.PositiveSmallIntegerField("nummer", null=True, blank=True)
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
            models.CheckConstraint(
                condition=models.Q(udkast=None, nummer=None)
                | models.Q(udkast__isnull=False, nummer__isnull=False, nummer__gte=1),
                name="rapport_endelig_har_udkast_og_nummer",
            ),
            models.CheckConstraint(
                condition=models.Q(kommune=None) | models.Q(udkast=None), name="rapport_om_kommune_udgives_ikke"
            ),
            models.CheckConstraint(
                condition=models.Q(ejer=None) | models.Q(kommune__isnull=False), name="rapport_med_ejer_er_om_kommune"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="rapport_faerdig_ligger_fast",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__sha256__gt=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.version_id}"

    @property
    def typenavn(self) -> str:
        """The report type's name for people, and which municipality it is about."""
        navn = typenavn(self.type)
        return f"{navn}, {self.kommune}" if self.kommune else navn

    @property
    def emne(self) -> Emne:
        """What it is about."""
        return Emne(self.version, self.kommune, egen=self.ejer_id is not None)

    @property
    def udgave(self) -> str:
        """Draft, or which number it is or will be, and whether it is withdrawn."""
        if self.kommune_id is not None:
            return IKKE_TIL_UDGIVELSE
        if self.nummer is None:
            return "Udkast"
        trukket = hasattr(self, "udgivelse") and self.udgivelse.er_trukket_tilbage
        return f"Nr. {self.nummer}, trukket tilbage" if trukket else f"Nr. {self.nummer}"

    @property
    def i_ord(self) -> str:
        """Which of an agreement's reports of a type it is; the day first, which is what tells them apart."""
        fra = tidspunkt(self.oejebliksbillede.datatidspunkt) if self.oejebliksbillede else "Uden data endnu"
        om = f" om {self.kommune}" if self.kommune else ""
        return f"{fra}{om}: {self.version.aftale.titel}, version {self.version.nummer}. {self.udgave}"


@foelges(SEKRETARIAT, navn="kapitel", kun_tilfoejes=True, bevares=True)
class Rapporttekst(models.Model):
    """A saving of what the secretariat writes in a chapter of the agreement's reports of a type. The latest one counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    aftale = models.ForeignKey(Rammeaftale, on_delete=models.PROTECT, related_name="rapporttekster")
    type = models.CharField("rapporttype", max_length=40)
    kapitel = models.CharField("kapitel", max_length=40)
    udgave = models.PositiveIntegerField("udgave")
    tekst = Langtekst("tekst", blank=True, default="")
    gemt = models.DateTimeField("gemt", default=nu)

    class Meta:
        verbose_name = "rapporttekst"
        verbose_name_plural = "rapporttekster"
        constraints = [
            models.UniqueConstraint(
                fields=["aftale", "type", "kapitel", "udgave"], name="rapporttekst_en_udgave_ad_gangen"
            )
        ]
        triggers = [kun_tilfoejes("rapporttekst_kun_tilfoejes")]

    def __str__(self) -> str:
        return f"{self.kapitel}, udgave {self.udgave}"


@foelges(SEKRETARIAT, navn="type", skjulte=["identitet"])
class Rapportplan(models.Model):
    """That a report of an agreement is ordered again and again, counted from its first day; `identitet` is who planned it and is told.

    `fejl` is why the last one could not be ordered; empty when it was.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    aftale = models.ForeignKey(Rammeaftale, on_delete=models.PROTECT, related_name="rapportplaner")
    type = models.CharField("rapporttype", max_length=40)
    hver = models.CharField("hvor tit", max_length=10, choices=Hver.choices)
    foerste = models.DateField("første gang")
    naeste = models.DateField("næste gang")
    identitet = models.CharField(max_length=60)
    fejl = models.TextField("blev ikke bestilt", blank=True, default="")

    class Meta:
        verbose_name = "fast rapport"
        verbose_name_plural = "faste rapporter"
        constraints = [
            models.UniqueConstraint(fields=["aftale", "type"], name="rapportplan_en_pr_aftale_og_type"),
            models.CheckConstraint(condition=models.Q(hver__in=Hver.values), name="rapportplan_hver_kendes"),
            models.CheckConstraint(
                condition=models.Q(naeste__gte=models.F("foerste")), name="rapportplan_naeste_ikke_foer_foerste"
            ),
        ]

    def __str__(self) -> str:
        return typenavn(self.type)

    @property
    def typenavn(self) -> str:
        """The report type's name for people."""
        return typenavn(self.type)


class Rapportfil(models.Model):
    """What the PDF is called in the storage (`filer`): made in the transaction that ends the job, when the PDF is stored already."""

    rapport = models.OneToOneField(Rapport, on_delete=models.PROTECT, related_name="fil", primary_key=True)
    navn = models.CharField(max_length=100, unique=True)

    class Meta:
        verbose_name = "rapportfil"
        verbose_name_plural = "rapportfiler"
        triggers = [kun_tilfoejes("rapportfil_uforanderlig")]

    def __str__(self) -> str:
        return str(self.rapport_id)


SEKRETARIAT_FOR_UDGIVELSE = (
    "SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id"
    " JOIN rapporter_udgivelse u ON u.aftale_id = r.id WHERE u.rapport_id = NEW.udgivelse_id"
)


@foelges(SEKRETARIAT, navn="rapport", kun_tilfoejes=True, bevares=True)
class Udgivelse(models.Model):
    """That a final report is published: anybody may read it at an address that does not change. Numbered per agreement and type."""

    rapport = models.OneToOneField(Rapport, on_delete=models.PROTECT, related_name="udgivelse", primary_key=True)
    aftale = models.ForeignKey(Rammeaftale, on_delete=models.PROTECT, related_name="udgivne_rapporter")
    type = models.CharField("rapporttype", max_length=40)
    nummer = models.PositiveSmallIntegerField("nummer")
    tidspunkt = models.DateTimeField("udgivet", default=nu)

    class Meta:
        verbose_name = "udgivelse"
        verbose_name_plural = "udgivelser"
        constraints = [
            models.UniqueConstraint(fields=["aftale", "type", "nummer"], name="udgivelse_nummer_unikt_i_aftale_og_type")
        ]
        triggers = [kun_tilfoejes("udgivelse_kun_tilfoejes")]

    def __str__(self) -> str:
        return f"{typenavn(self.type)} nr. {self.nummer}"

    @property
    def er_trukket_tilbage(self) -> bool:
        """Whether it is withdrawn."""
        return hasattr(self, "tilbagetraekning")


@foelges(SEKRETARIAT_FOR_UDGIVELSE, navn="udgivelse", kun_tilfoejes=True, bevares=True)
class Tilbagetraekning(models.Model):
    """That a published report is withdrawn, and why. It is kept, and its address says so."""

    udgivelse = models.OneToOneField(
        Udgivelse, on_delete=models.PROTECT, related_name="tilbagetraekning", primary_key=True
    )
    grund = Fritekst("grund", max_length=500)
    tidspunkt = models.DateTimeField("trukket tilbage", default=nu)

    class Meta:
        verbose_name = "tilbagetrækning"
        verbose_name_plural = "tilbagetrækninger"
        constraints = [models.CheckConstraint(condition=~models.Q(grund=""), name="tilbagetraekning_har_grund")]
        triggers = [kun_tilfoejes("tilbagetraekning_kun_tilfoejes")]

    def __str__(self) -> str:
        return str(self.udgivelse_id)


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
