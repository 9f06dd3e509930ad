"""Enquiries: a need without a citizen, asked of one or several offers at once."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from faelles.felter import Fritekst
from faelles.ids import REFERENCE, REFERENCE_LAENGDE, ny_reference, uuid7
from faelles.spor import foelges
from faelles.tid import Periode, dansk_dag, idag, nu
from kommuner.models import Organisation
from reservationer.sag.models.efter_et_ja import HENVENDELSE_SLUTTER
from reservationer.sag.overgange import TILSTAND_NAVN, Emne, tilstande
from reservationer.sag.querysets import ForespoergselQuerySet, HenvendelseQuerySet
from tilbud.models import Adfaerd, FysiskTraek, Hjemmel, Maalgruppe, Tilbud
from tilbud.models.register import ALLE_UGEDAGE
from vilkaar.models import Vilkaarssaet

UGEDAGSNAVNE = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
TILSTANDE = tilstande(Emne.HENVENDELSE)


class Aldersgruppe(models.TextChoices):
    """The citizen's age as far as an offer needs it; an exact age would help to recognise somebody."""

    BARN = "0-12", "0–12 år"
    UNG = "13-17", "13–17 år"
    UNG_VOKSEN = "18-24", "18–24 år"
    VOKSEN = "25-39", "25–39 år"
    MIDALDRENDE = "40-64", "40–64 år"
    AELDRE = "65-", "65 år og derover"

    @classmethod
    def for_alder(cls, alder: int) -> "Aldersgruppe":
        """The group an age in whole years belongs to."""
        return next(gruppe for gruppe in reversed(cls) if alder >= int(gruppe.value.split("-")[0]))


@foelges("VALUES (NEW.handlekommune_id)", navn="reference", skjulte=["oprettet_af"], laeses=True)
class Forespoergsel(models.Model):
    """A coded need of one municipality. The offers that are asked see it under its random reference.

    `sagsreference` is the municipality's own and is never shown to the offers. No CPR number and no name stands here. An
    anonymised row holds neither need nor reference anybody knows, is seen by nobody and never changes again.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    handlekommune = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="forespoergsler")
    reference = models.CharField("reference", max_length=REFERENCE_LAENGDE, default=ny_reference, editable=False)
    sagsreference = Fritekst("sagsreference", max_length=60)
    hjemmel = models.ForeignKey(Hjemmel, on_delete=models.PROTECT, related_name="forespoergsler")
    maalgruppe = models.ForeignKey(
        Maalgruppe,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="forespoergsler",
        verbose_name="målgruppe",
    )
    aldersgruppe = models.CharField("aldersgruppe", max_length=8, choices=Aldersgruppe.choices, blank=True)
    fra = models.DateField("ønsket fra")
    til = models.DateField("ønsket til (første dag uden)", null=True, blank=True)
    ugedage = ArrayField(models.IntegerField(), verbose_name="ugedage", default=list, blank=True)
    adfaerd = ArrayField(
        models.CharField(max_length=20, choices=Adfaerd.choices), verbose_name="adfærd", default=list, blank=True
    )
    fysiske_traek = ArrayField(
        models.CharField(max_length=20, choices=FysiskTraek.choices),
        verbose_name="fysiske behov",
        default=list,
        blank=True,
    )
    bemaerkning = Fritekst("bemærkning", max_length=500, blank=True)
    oprettet = models.DateTimeField("oprettet", default=nu)
    oprettet_af = models.CharField(max_length=80)
    anonymiseret = models.DateTimeField(null=True, editable=False)

    objects = ForespoergselQuerySet["Forespoergsel"].as_manager()

    class Meta:
        verbose_name = "forespørgsel"
        verbose_name_plural = "forespørgsler"
        indexes = [
            # the buyer's list, newest first
            models.Index(fields=["handlekommune", "-oprettet", "-id"], name="forespoergsel_koebers_liste")
        ]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="forespoergsel_reference_unik"),
            models.CheckConstraint(
                condition=models.Q(reference__regex=REFERENCE)
                & (models.Q(anonymiseret__isnull=False) | ~models.Q(sagsreference="")),
                name="forespoergsel_har_referencer",
            ),
            models.CheckConstraint(
                condition=models.Q(anonymiseret__isnull=True)
                | models.Q(
                    sagsreference="",
                    bemaerkning="",
                    maalgruppe__isnull=True,
                    aldersgruppe="",
                    adfaerd=[],
                    fysiske_traek=[],
                    oprettet_af="",
                ),
                name="forespoergsel_anonymiseret_uden_spor",
            ),
            models.CheckConstraint(
                condition=models.Q(til__isnull=True) | models.Q(til__gt=models.F("fra")),
                name="forespoergsel_mindst_en_dag",
            ),
            models.CheckConstraint(
                condition=models.Q(ugedage__contained_by=list(ALLE_UGEDAGE)), name="forespoergsel_ugedage_kendte"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    adfaerd__contained_by=Adfaerd.values, fysiske_traek__contained_by=FysiskTraek.values
                ),
                name="forespoergsel_behov_kendt",
            ),
            models.CheckConstraint(
                condition=models.Q(aldersgruppe="") | models.Q(aldersgruppe__in=Aldersgruppe.values),
                name="forespoergsel_aldersgruppe_kendt",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="forespoergsel_anonymiseret_er_endelig",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__anonymiseret__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def periode(self) -> Periode:
        """The days wanted; open at the end when the last is not known."""
        return Periode(self.fra, self.til)

    @property
    def dage(self) -> str:
        """The weekdays in words; empty when every day is asked for."""
        return ", ".join(UGEDAGSNAVNE[dag - 1] for dag in self.ugedage)

    @property
    def behov(self) -> list[str]:
        """The coded behaviour and physical needs in words."""
        return [
            *(str(Adfaerd(kode).label) for kode in self.adfaerd),
            *(str(FysiskTraek(kode).label) for kode in self.fysiske_traek),
        ]


@foelges("VALUES (NEW.handlekommune_id), (NEW.driftsherre_id)", navn="tilbud", laeses=True)
class Henvendelse(models.Model):
    """An enquiry at one offer: what it has answered, and when it should have, by which set of terms.

    Seen by the handlekommune as authority and by the driftsherre as operator. `foerst_set`, `besvaret`, `paamindet` and
    `eskaleret` are when each first happened; how long citizens wait is counted from them. `brev_noteret` is when a run took the
    mail to the operator on, `brev_sendt` when it had gone out.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    forespoergsel = models.ForeignKey(
        Forespoergsel, on_delete=models.PROTECT, related_name="henvendelser", verbose_name="forespørgsel"
    )
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="henvendelser")
    handlekommune = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="henvendelser_som_koeber")
    driftsherre = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="henvendelser_som_saelger")
    tilstand = models.CharField("tilstand", max_length=12, choices=[(t.value, TILSTAND_NAVN[t]) for t in TILSTANDE])
    svarfrist = models.DateTimeField("svarfrist")
    vilkaarssaet = models.ForeignKey(
        Vilkaarssaet, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="vilkårssæt"
    )
    kan_fra = models.DateField("kan tage imod fra", null=True, blank=True)
    sendt = models.DateTimeField("sendt", default=nu)
    foerst_set = models.DateTimeField("først set", null=True, blank=True)
    besvaret = models.DateTimeField("besvaret", null=True, blank=True)
    paamindet = models.DateTimeField("påmindet", null=True, blank=True)
    eskaleret = models.DateTimeField("eskaleret", null=True, blank=True)
    brev_noteret = models.DateTimeField("brev noteret", null=True, blank=True)
    brev_sendt = models.DateTimeField("brev sendt", null=True, blank=True)

    objects = HenvendelseQuerySet["Henvendelse"].as_manager()

    class Meta:
        verbose_name = "henvendelse"
        verbose_name_plural = "henvendelser"
        indexes = [
            # the seller's list, the first to answer first
            models.Index(fields=["driftsherre", "svarfrist", "id"], name="henvendelse_saelgers_liste"),
            # the clock's question: unanswered and overdue
            models.Index(
                fields=["svarfrist"],
                name="henvendelse_ubesvarede",
                condition=models.Q(tilstand="afventer", eskaleret__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["forespoergsel", "tilbud"], name="henvendelse_en_gang_pr_tilbud"),
            models.CheckConstraint(
                condition=models.Q(tilstand__in=[t.value for t in TILSTANDE]), name="henvendelse_tilstand_kendt"
            ),
            models.CheckConstraint(
                condition=~models.Q(tilstand="accepteret") | models.Q(kan_fra__isnull=False, besvaret__isnull=False),
                name="henvendelse_accepteret_siger_hvornaar",
            ),
            models.CheckConstraint(
                condition=models.Q(brev_sendt__isnull=True) | models.Q(eskaleret__isnull=False),
                name="henvendelse_brev_efter_eskalering",
            ),
        ]
        triggers = [HENVENDELSE_SLUTTER]

    def __str__(self) -> str:
        return str(self.tilbud)

    @property
    def dage(self) -> int:
        """Days by the calendar since it was sent."""
        return (idag() - dansk_dag(self.sendt)).days
