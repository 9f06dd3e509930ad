"""Claims on places."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import OpClass
from django.db import models

from faelles.dateret import en_ad_gangen, rigtig_periode
from faelles.felter import Fritekst
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import Periode, nu
from tilbud.belaegning.querysets import SLUT, OptagelseQuerySet, PladslukningQuerySet
from tilbud.belaegning.vaern import inden_for_godkendelsen
from tilbud.models import Afdeling, Plads
from tilbud.models.register import DRIFTSHERRE_FOR_AFDELING, alle_ugedage
from vilkaar.models import Vilkaarssaet


class Optagelsesart(models.TextChoices):
    """Why a place is taken, as far as everybody may know."""

    HOLD = "hold", "Reserveret"
    OPHOLD = "ophold", "Optaget"
    LUKKET = "lukket", "Lukket"
    FORBEHOLDT = "forbeholdt", "Forbeholdt"


class Lukningsgrund(models.TextChoices):
    """Why a place is closed for a time; a closed list of ours, for no public one is known."""

    RENOVERING = "renovering", "Renovering eller ombygning"
    SKADE = "skade", "Brand, vand eller anden skade"
    SMITTE = "smitte", "Smitte"
    PERSONALE = "personale", "Mangel på personale"
    PAABUD = "paabud", "Påbud fra en myndighed"
    FERIE = "ferie", "Ferielukning"
    ANDET = "andet", "Andet"


@foelges(DRIFTSHERRE_FOR_AFDELING, navn="afdeling")
class Pladslukning(models.Model):
    """That a place, or every place of a department (`plads` empty), is closed for a time, and why. Everybody may know it.

    What closes the places is their claims, one each, for the same days on all weekdays: a closed place is never free in
    anybody's eyes, and the ledger's own constraint keeps stays and closures apart. `vilkaarssaet` is the set whose limit let one person
    decide it alone; none where a second person did.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    afdeling = models.ForeignKey(Afdeling, on_delete=models.PROTECT, related_name="lukninger")
    plads = models.ForeignKey(Plads, on_delete=models.PROTECT, related_name="lukninger", null=True, blank=True)
    periode = DateRangeField("lukket")
    grund = models.CharField("grund", max_length=12, choices=Lukningsgrund.choices)
    bemaerkning = Fritekst("bemærkning", max_length=200, blank=True, default="")
    ophaevet = models.DateTimeField("ophævet", null=True, blank=True)
    vilkaarssaet = models.ForeignKey(
        Vilkaarssaet,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name="vilkårssæt",
    )
    oprettet = models.DateTimeField(default=nu)

    objects = PladslukningQuerySet["Pladslukning"].as_manager()

    class Meta:
        verbose_name = "midlertidig lukning"
        verbose_name_plural = "midlertidige lukninger"
        constraints = [
            rigtig_periode("pladslukning_periode_rigtig"),
            models.CheckConstraint(
                condition=models.Q(periode__endswith__isnull=False), name="pladslukning_har_sidste_dag"
            ),
            models.CheckConstraint(condition=models.Q(grund__in=Lukningsgrund.values), name="pladslukning_grund_kendt"),
            models.CheckConstraint(
                condition=~models.Q(grund="andet") | ~models.Q(bemaerkning=""), name="pladslukning_andet_er_forklaret"
            ),
            # That of single places is the ledger's; a department without places has no claims.
            en_ad_gangen(
                "pladslukning_en_ad_gangen_i_afdelingen",
                "afdeling",
                betingelse=models.Q(plads__isnull=True, ophaevet__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_grund_display()} {self.periode}"

    @property
    def dage(self) -> Periode:
        """The days it is closed."""
        return Periode.af_range(self.periode)


@foelges(
    "SELECT t.driftsherre_id FROM tilbud_tilbud t JOIN tilbud_afdeling a ON a.tilbud_id = t.id"
    " JOIN tilbud_plads p ON p.afdeling_id = a.id WHERE p.id = NEW.plads_id",
    navn="plads",
)
class Optagelse(models.Model):
    """A claim on a place for a period on certain weekdays. Two active claims never share a day of one place.

    A place is reserved (`hold`) until somebody has moved in: only then it is occupied (`ophold`), and only those days count as
    occupancy. A hold expires at `udloeber`, until the offer has confirmed it; whether it still counts is asked with `.gaelder(nu)` and nowhere else.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # no index of its own: optagelse_pr_plads below serves it
    plads = models.ForeignKey(Plads, on_delete=models.PROTECT, related_name="optagelser", db_index=False)
    periode = DateRangeField("periode")
    ugedage = ArrayField(models.IntegerField(), verbose_name="ugedage", default=alle_ugedage)
    art = models.CharField("art", max_length=12, choices=Optagelsesart.choices)
    # no index of its own: optagelse_pr_lukning below holds the few there are
    lukning = models.ForeignKey(
        Pladslukning, on_delete=models.PROTECT, related_name="optagelser", null=True, blank=True, db_index=False
    )
    udloeber = models.DateTimeField("udløber", null=True, blank=True)
    aktiv = models.BooleanField("aktiv", default=True)
    oprettet = models.DateTimeField(default=nu)

    objects = OptagelseQuerySet["Optagelse"].as_manager()

    class Meta:
        verbose_name = "optagelse"
        verbose_name_plural = "optagelser"
        constraints = [
            ExclusionConstraint(
                name="optagelse_ingen_overlap",
                expressions=[
                    ("plads", RangeOperators.EQUAL),
                    ("periode", RangeOperators.OVERLAPS),
                    (OpClass("ugedage", name="gist__int_ops"), RangeOperators.OVERLAPS),
                ],
                condition=models.Q(aktiv=True),
            ),
            rigtig_periode("optagelse_periode_rigtig"),
            models.CheckConstraint(
                condition=models.Q(ugedage__contained_by=alle_ugedage(), ugedage__len__gt=0),
                name="optagelse_ugedage_mandag_til_soendag",
            ),
            models.CheckConstraint(
                condition=models.Q(art="hold") | models.Q(udloeber__isnull=True), name="optagelse_kun_hold_udloeber"
            ),
            models.CheckConstraint(condition=models.Q(art__in=Optagelsesart.values), name="optagelse_art_kendt"),
            models.CheckConstraint(
                condition=models.Q(lukning__isnull=True) | models.Q(art="lukket"), name="optagelse_lukning_er_lukket"
            ),
        ]
        triggers = [inden_for_godkendelsen()]
        indexes = [
            # the clean-up's question: active holds that have run out
            models.Index(fields=["udloeber"], name="optagelse_aktive_hold", condition=models.Q(aktiv=True, art="hold")),
            models.Index(fields=["lukning"], name="optagelse_pr_lukning", condition=models.Q(lukning__isnull=False)),
            # the search's question: is anything in the way on this place; answered without reading the rows themselves
            models.Index("plads", SLUT, include=["periode", "ugedage", "udloeber", "aktiv"], name="optagelse_pr_plads"),
        ]

    def __str__(self) -> str:
        return f"{self.get_art_display()} {self.periode}"
