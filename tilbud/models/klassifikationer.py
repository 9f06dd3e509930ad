"""Code lists: legal bases and target groups. Codes are dated; old ones are kept and mapped, never overwritten."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models.functions import Coalesce

from faelles.sprog import sortnoegle

# What a legal basis is called today: its own code, or that of what took its place (which is itself in force: `tests/tilbud/test_reference.py`).
DAGENS_KODE = Coalesce("erstattes_af", "kode", output_field=models.CharField())


class Hjemmel(models.Model):
    """A legal basis such as SEL-108. `erstattes_af` maps a code of an old law to today's (barnets lov from 1 January 2024).

    `lovudgave` is the version of the law the paragraph is of, empty where no source says.
    """

    kode = models.CharField("kode", primary_key=True, max_length=12)
    navn = models.CharField("navn", max_length=120)
    lov = models.CharField("lov", max_length=80)
    lovudgave = models.CharField("lovens udgave", max_length=80, blank=True, default="")
    paragraf = models.CharField("paragraf", max_length=40)
    periode = DateRangeField("gyldighed", null=True, blank=True)
    erstattes_af = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="erstatter")
    raekkefoelge = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "hjemmel"
        verbose_name_plural = "hjemler"
        ordering = ["raekkefoelge", "kode"]

    def __str__(self) -> str:
        return f"{self.paragraf} {self.navn}"


class Maalgruppe(models.Model):
    """A target group of Fælles Faglige Begreber (FFB); code, term and place in the hierarchy only."""

    kode = models.UUIDField("kode", primary_key=True)
    term = models.CharField("betegnelse", max_length=160)
    term_sortering = models.CharField(max_length=320, editable=False)
    overordnet = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="underordnede")
    gren = models.CharField("gren", max_length=120)
    valgbar = models.BooleanField("kan vælges", default=False)

    class Meta:
        verbose_name = "målgruppe"
        verbose_name_plural = "målgrupper"
        ordering = ["term_sortering", "kode"]

    def __str__(self) -> str:
        return self.term

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the sort key beside the term it is made from."""
        self.term_sortering = sortnoegle(self.term)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed through unread


class FysiskTraek(models.TextChoices):
    """What the buildings offer, as a provider can state it and a need can ask for it."""

    KOERESTOL = "koerestol", "Kørestolsvenligt"
    LOFTLIFT = "loftlift", "Loftlift"
    ELEVATOR = "elevator", "Elevator"
    EGET_BAD = "eget_bad", "Eget bad og toilet"
    EGET_KOEKKEN = "eget_koekken", "Eget køkken"
    EGEN_INDGANG = "egen_indgang", "Egen indgang"
    ENKELTVAERELSE = "enkeltvaerelse", "Enkeltværelse"
    SPRINKLER = "sprinkler", "Sprinkleranlæg"
    SKAERMET = "skaermet", "Skærmet område"
    LUKKET_HAVE = "lukket_have", "Lukket have"


class Adfaerd(models.TextChoices):
    """Behaviour an offer can or cannot take in, and a need can have. Coded, so that no case is described in words."""

    UDADREAGERENDE = "udadreagerende", "Udadreagerende adfærd"
    SELVSKADENDE = "selvskadende", "Selvskadende adfærd"
    SEKSUELT_KRAENKENDE = "seksuelt_kraenkende", "Seksuelt krænkende adfærd"
    AKTIVT_MISBRUG = "aktivt_misbrug", "Aktivt misbrug"
    DOM = "dom", "Dom til anbringelse eller tilsyn"
    PERSONFARLIG = "personfarlig", "Personfarlig kriminalitet"
    BORTGANG = "bortgang", "Går eller løber bort"
