"""Municipalities, regions, KKRs and other organisations; who belonged where is always a dated fact."""

from django.contrib.postgres.fields import DateRangeField
from django.core.validators import RegexValidator
from django.db import models

from faelles.dateret import DateretQuerySet, en_ad_gangen, rigtig_periode
from faelles.felter import Fritekst
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.sprog import sortnoegle


class Organisationsart(models.TextChoices):
    """Kinds of organisation that act on the platform."""

    KOMMUNE = "kommune", "Kommune"
    REGION = "region", "Region"
    PRIVAT = "privat", "Privat"
    SELVEJENDE = "selvejende", "Selvejende"
    SEKRETARIAT = "sekretariat", "Sekretariat"


@foelges("VALUES (NEW.id)", navn="navn", undtagen=["navn_sortering"])
class Organisation(models.Model):
    """Anybody who can be party, buyer, operator or secretariat. `navn_sortering` gives Danish order in the C locale."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    art = models.CharField("art", max_length=12, choices=Organisationsart.choices)
    navn = Fritekst("navn", max_length=200)
    navn_sortering = models.CharField(max_length=400, editable=False, db_index=True)
    cvr = models.CharField("CVR-nummer", max_length=8, blank=True, default="", validators=[RegexValidator(r"^\d{8}$")])
    ean = models.CharField(
        "EAN-nummer", max_length=13, blank=True, default="", validators=[RegexValidator(r"^\d{13}$")]
    )
    demo = models.BooleanField("demo", default=False)

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        ordering = ["navn_sortering", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(art__in=Organisationsart.values), name="organisation_art_kendt"),
            models.CheckConstraint(
                condition=models.Q(cvr="") | models.Q(cvr__regex=r"^[0-9]{8}$"), name="organisation_cvr_otte_cifre"
            ),
            models.CheckConstraint(
                condition=models.Q(ean="") | models.Q(ean__regex=r"^[0-9]{13}$"), name="organisation_ean_tretten_cifre"
            ),
        ]

    def __str__(self) -> str:
        return self.navn

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the sort key beside the name it is made from."""
        self.navn_sortering = sortnoegle(self.navn)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed through unread


class Kommune(models.Model):
    """A municipality: the organisation plus what only municipalities have. The code keeps its leading zero."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="kommune")
    kommunekode = models.CharField(primary_key=True, max_length=4, validators=[RegexValidator(r"^\d{4}$")])
    kortnavn = models.CharField("navn", max_length=60)
    kortnavn_sortering = models.CharField(max_length=120, editable=False, db_index=True)
    areal_km2 = models.DecimalField(max_digits=8, decimal_places=1)
    laengdegrad = models.DecimalField(max_digits=8, decimal_places=5)
    breddegrad = models.DecimalField(max_digits=8, decimal_places=5)
    graense = models.JSONField("grænse (GeoJSON, WGS84)")

    class Meta:
        verbose_name = "kommune"
        verbose_name_plural = "kommuner"
        ordering = ["kortnavn_sortering"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kommunekode__regex=r"^[0-9]{4}$"), name="kommune_kode_fire_cifre"
            ),
        ]

    def __str__(self) -> str:
        return self.kortnavn

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the sort key beside the name it is made from."""
        self.kortnavn_sortering = sortnoegle(self.kortnavn)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed through unread


class Region(models.Model):
    """A region in the days it exists; one may succeed another (Region Østdanmark from 1 January 2027)."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="region", primary_key=True)
    regionskode = models.CharField("regionskode", max_length=4, blank=True, default="")
    periode = DateRangeField("gyldighed")
    afloeses_af = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="afloeser")

    class Meta:
        verbose_name = "region"
        verbose_name_plural = "regioner"
        constraints = [rigtig_periode("region_periode_rigtig")]

    def __str__(self) -> str:
        return self.organisation.navn


class Kkr(models.Model):
    """A kommunekontaktråd; its secretariat is an organisation of its own."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    navn = models.CharField("navn", max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    sekretariat = models.OneToOneField(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="kkr"
    )

    class Meta:
        verbose_name = "KKR"
        verbose_name_plural = "KKR"
        ordering = ["navn"]

    def __str__(self) -> str:
        return self.navn


@foelges(
    "SELECT organisation_id FROM kommuner_kommune WHERE kommunekode = NEW.kommune_id"
    " UNION ALL SELECT sekretariat_id FROM kommuner_kkr WHERE id = NEW.kkr_id",
    navn="kommune",
    bevares=True,
)
class KkrMedlemskab(models.Model):
    """That a municipality belongs to a KKR in a period."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kkr = models.ForeignKey(Kkr, on_delete=models.PROTECT, related_name="medlemskaber", verbose_name="KKR")
    kommune = models.ForeignKey(Kommune, on_delete=models.PROTECT, related_name="kkr_medlemskaber")
    periode = DateRangeField("periode")

    objects = DateretQuerySet["KkrMedlemskab"].as_manager()

    class Meta:
        verbose_name = "KKR-medlemskab"
        verbose_name_plural = "KKR-medlemskaber"
        constraints = [
            rigtig_periode("kkrmedlemskab_periode_rigtig"),
            en_ad_gangen("kkrmedlemskab_en_kkr_ad_gangen", "kommune"),
        ]

    def __str__(self) -> str:
        return f"{self.kommune_id} i {self.kkr_id}"


@foelges(
    "SELECT organisation_id FROM kommuner_kommune WHERE kommunekode = NEW.kommune_id UNION ALL VALUES (NEW.region_id)",
    navn="kommune",
    bevares=True,
)
class RegionMedlemskab(models.Model):
    """That a municipality lies in a region in a period."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="medlemskaber")
    kommune = models.ForeignKey(Kommune, on_delete=models.PROTECT, related_name="region_medlemskaber")
    periode = DateRangeField("periode")

    objects = DateretQuerySet["RegionMedlemskab"].as_manager()

    class Meta:
        verbose_name = "regionsmedlemskab"
        verbose_name_plural = "regionsmedlemskaber"
        constraints = [
            rigtig_periode("regionmedlemskab_periode_rigtig"),
            en_ad_gangen("regionmedlemskab_en_region_ad_gangen", "kommune"),
        ]

    def __str__(self) -> str:
        return f"{self.kommune_id} i {self.region_id}"


class Folketal(models.Model):
    """Inhabitants on 1 January of a year (Danmarks Statistik, FOLK1A); age groups are empty where they were not found."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kommune = models.ForeignKey(Kommune, on_delete=models.PROTECT, related_name="folketal")
    aar = models.PositiveSmallIntegerField("år")
    antal = models.PositiveIntegerField("personer")
    alder_0_17 = models.PositiveIntegerField("0-17 år", null=True, blank=True)
    alder_18_66 = models.PositiveIntegerField("18-66 år", null=True, blank=True)
    alder_67_plus = models.PositiveIntegerField("67 år og derover", null=True, blank=True)
    kilde = models.CharField("kilde", max_length=10)

    class Meta:
        verbose_name = "folketal"
        verbose_name_plural = "folketal"
        constraints = [models.UniqueConstraint(fields=["kommune", "aar"], name="folketal_et_pr_kommune_og_aar")]

    def __str__(self) -> str:
        return f"{self.kommune_id} {self.aar}: {self.antal}"


class Postnummer(models.Model):
    """A postcode and the municipalities it touches."""

    postnr = models.CharField(primary_key=True, max_length=4)
    by = models.CharField("by", max_length=80)
    kommuner = models.ManyToManyField(Kommune, related_name="postnumre")

    class Meta:
        verbose_name = "postnummer"
        verbose_name_plural = "postnumre"

    def __str__(self) -> str:
        return f"{self.postnr} {self.by}"
