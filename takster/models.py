"""Takster with their stored calculation, and published prices that are never takster of ours."""

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models

from faelles.dateret import DateretQuerySet, en_ad_gangen, rigtig_periode
from faelles.felter import Fritekst, Link
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.sprog import sortnoegle
from faelles.tid import nu
from tilbud.models import Afdeling, Hjemmel, OffentligtTilbud
from tilbud.models.register import DRIFTSHERRE_FOR_AFDELING
from vilkaar.models import Vilkaarssaet


class Takstenhed(models.TextChoices):
    """What one unit of price covers."""

    DOEGN = "doegn", "kr./døgn"
    DAG = "dag", "kr./dag"


@foelges(DRIFTSHERRE_FOR_AFDELING, navn="afdeling", bevares=True)
class Takst(models.Model):
    """The published takst of a department under a legal basis in a period, in kr. per døgn or dag.

    `beregning` holds the inputs, steps and unrounded result it was computed from (serviceloven § 174; LOV 747/2025 lets
    the competition authority examine it), so that anyone can compute it again. Nothing of a row is ever edited but its last day.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    afdeling = models.ForeignKey(Afdeling, on_delete=models.PROTECT, related_name="takster")
    hjemmel = models.ForeignKey(Hjemmel, on_delete=models.PROTECT, related_name="takster")
    beloeb = models.DecimalField("takst", max_digits=14, decimal_places=2)
    enhed = models.CharField("enhed", max_length=8, choices=Takstenhed.choices, default=Takstenhed.DOEGN)
    periode = DateRangeField("gyldighed")
    belaegningsprocent = models.DecimalField("budgetteret belægning i procent", max_digits=5, decimal_places=2)
    beregning = models.JSONField("beregning")
    vilkaarssaet = models.ForeignKey(
        Vilkaarssaet, on_delete=models.PROTECT, related_name="takster", verbose_name="vilkårssæt"
    )
    oprettet = models.DateTimeField(default=nu)

    objects = DateretQuerySet["Takst"].as_manager()

    class Meta:
        verbose_name = "takst"
        verbose_name_plural = "takster"
        constraints = [
            rigtig_periode("takst_periode_rigtig"),
            en_ad_gangen("takst_en_ad_gangen", "afdeling", "hjemmel"),
            models.CheckConstraint(condition=models.Q(beloeb__gt=0), name="takst_stoerre_end_nul"),
            models.CheckConstraint(
                condition=models.Q(belaegningsprocent__gt=0, belaegningsprocent__lte=100),
                name="takst_belaegning_over_0_til_100",
            ),
            models.CheckConstraint(condition=models.Q(enhed__in=Takstenhed.values), name="takst_enhed_kendt"),
        ]

    def __str__(self) -> str:
        return f"{self.beloeb} {self.get_enhed_display()}"


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
