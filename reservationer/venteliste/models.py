"""The list of an offer, those who wait, who was passed over, and what else the citizen was offered."""

import pgtrigger
from django.db import models

from faelles.felter import Fritekst
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import dansk_dag, idag, nu
from faelles.uforanderlig import kun_tilfoejes
from kommuner.models import Organisation
from reservationer.sag.models import Henvendelse, Ophold, Reservation
from reservationer.venteliste.begreber import (
    AFSLUTNING_NAVN,
    ALTERNATIVSVAR_NAVN,
    REGEL_NAVN,
    SPRINGGRUND_NAVN,
    Afslutning,
    Alternativsvar,
    Regel,
    Springgrund,
)
from reservationer.venteliste.querysets import AlternativQuerySet, ForbigaaelseQuerySet, VentelistepostQuerySet
from tilbud.models import Afdeling, Tilbud
from vilkaar.models import Vilkaarssaet

REGLER = [(regel.value, navn) for regel, navn in REGEL_NAVN.items()]
AFSLUTNINGER = [(afslutning.value, navn) for afslutning, navn in AFSLUTNING_NAVN.items()]
SPRINGGRUNDE = [(grund.value, navn) for grund, navn in SPRINGGRUND_NAVN.items()]
ALTERNATIVSVAR = [(svar.value, navn) for svar, navn in ALTERNATIVSVAR_NAVN.items()]


@foelges(
    "SELECT driftsherre_id FROM tilbud_tilbud WHERE id = NEW.tilbud_id",
    navn="tilbud",
    skjulte=["fastsat_af"],
    bevares=True,
)
class Venteliste(models.Model):
    """The rule by which an offer gives its places to those who wait. Everybody who may see the offer sees it; its history is kept.

    `tildelinger` counts how often a place has been given from the list, or to nobody. It is what two who do so at once are held
    against, and the row is what they wait for.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tilbud = models.OneToOneField(Tilbud, on_delete=models.PROTECT, related_name="venteliste")
    regel = models.CharField("regel", max_length=16, choices=REGLER)
    fastsat = models.DateTimeField("fastsat", default=nu)
    fastsat_af = models.CharField(max_length=80)
    tildelinger = models.PositiveIntegerField("tildelinger", default=0)

    class Meta:
        verbose_name = "venteliste"
        verbose_name_plural = "ventelister"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(regel__in=[r.value for r in Regel]), name="venteliste_regel_kendt"
            )
        ]

    def __str__(self) -> str:
        return f"Ventelisten til {self.tilbud}"


@foelges("VALUES (NEW.handlekommune_id), (NEW.driftsherre_id)", navn="tilbud", laeses=True)
class Ventelistepost(models.Model):
    """A need that waits for an offer, or for one of its departments. It began at `skrevet_op`, and that never changes.

    Seen by the municipality and the operator, by nobody else (row-level security). `eskaleres` is the day the municipality is
    told that it has waited too long, by the terms of `vilkaarssaet`; `eskaleret` is when that was noted, `brev_noteret` when a
    run took the mail on, `brev_sendt` when it had gone out.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    venteliste = models.ForeignKey(Venteliste, on_delete=models.PROTECT, related_name="poster")
    henvendelse = models.ForeignKey(Henvendelse, on_delete=models.PROTECT, related_name="ventelisteposter")
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="ventelisteposter")
    afdeling = models.ForeignKey(
        Afdeling, null=True, blank=True, on_delete=models.PROTECT, related_name="ventelisteposter"
    )
    handlekommune = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="ventelisteposter_som_koeber"
    )
    driftsherre = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ventelisteposter_som_saelger")
    skrevet_op = models.DateTimeField("skrevet op", default=nu)
    eskaleres = models.DateField("eskaleres")
    vilkaarssaet = models.ForeignKey(
        Vilkaarssaet, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="vilkårssæt"
    )
    eskaleret = models.DateTimeField("eskaleret", null=True, blank=True)
    brev_noteret = models.DateTimeField("brev noteret", null=True, blank=True)
    brev_sendt = models.DateTimeField("brev sendt", null=True, blank=True)
    afsluttet = models.DateTimeField("afsluttet", null=True, blank=True)
    afslutning = models.CharField("afslutning", max_length=20, blank=True, choices=AFSLUTNINGER)
    bemaerkning = Fritekst("bemærkning", max_length=500, blank=True)

    objects = VentelistepostQuerySet["Ventelistepost"].as_manager()

    class Meta:
        verbose_name = "ventelistepost"
        verbose_name_plural = "ventelisteposter"
        ordering = ["skrevet_op", "id"]
        indexes = [
            # the municipality's own entries, and the clock's question
            models.Index(fields=["handlekommune", "skrevet_op", "id"], name="ventelistepost_egne"),
            models.Index(
                fields=["eskaleres"], name="ventelistepost_forfaldne", condition=models.Q(afsluttet__isnull=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["henvendelse"],
                condition=models.Q(afsluttet__isnull=True),
                name="ventelistepost_en_aaben_pr_henvendelse",
            ),
            models.CheckConstraint(
                condition=models.Q(afslutning__in=["", *(a.value for a in Afslutning)]),
                name="ventelistepost_afslutning_kendt",
            ),
            models.CheckConstraint(
                condition=models.Q(afsluttet__isnull=True, afslutning="")
                | (models.Q(afsluttet__isnull=False) & ~models.Q(afslutning="")),
                name="ventelistepost_afsluttet_siger_hvorfor",
            ),
            models.CheckConstraint(
                condition=models.Q(brev_sendt__isnull=True) | models.Q(eskaleret__isnull=False),
                name="ventelistepost_brev_efter_eskalering",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="ventelistepost_slettes_ikke", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="ventelistepost_mister_aldrig_alder",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "skrevet_op", "venteliste", "henvendelse", "tilbud", "handlekommune", "afdeling"
                ),
            ),
            pgtrigger.Protect(
                name="ventelistepost_afsluttet_er_afsluttet",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__afsluttet__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.tilbud)

    @property
    def ventet(self) -> int:
        """Days by the calendar it has waited, or waited until it ended."""
        return (dansk_dag(self.afsluttet or nu()) - dansk_dag(self.skrevet_op)).days


class Noteret(models.Model):
    """Who noted something about an entry, and when."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    rolle_navn = models.CharField("funktion", max_length=60)
    identitet = models.CharField(max_length=80)
    tidspunkt = models.DateTimeField(default=nu)

    class Meta:
        abstract = True


@foelges(
    "SELECT unnest(ARRAY[handlekommune_id, driftsherre_id]) FROM venteliste_ventelistepost WHERE id = NEW.post_id",
    navn="grund",
    skjulte=["identitet", "til", "til_reservation", "til_ophold"],
    kun_tilfoejes=True,
)
class Forbigaaelse(Noteret):
    """That one who waited was passed over when a place was given, and why. Append-only.

    `til` is the enquiry that got the place, or `til_reservation` or `til_ophold` the case that got it without being offered it;
    seen by the operator alone, and without any of them nobody got it. `tildeling` is the number of
    the list's giving, so that one giving passes nobody over twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    post = models.ForeignKey(Ventelistepost, on_delete=models.PROTECT, related_name="forbigaaelser")
    til = models.ForeignKey(Henvendelse, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    til_reservation = models.ForeignKey(
        Reservation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    til_ophold = models.ForeignKey(
        Ophold, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    afdeling = models.ForeignKey(Afdeling, on_delete=models.PROTECT, related_name="+")
    tildeling = models.PositiveIntegerField("tildeling")
    grund = models.CharField("grund", max_length=20, choices=SPRINGGRUNDE)
    bemaerkning = Fritekst("bemærkning", max_length=500, blank=True)

    objects = ForbigaaelseQuerySet["Forbigaaelse"].as_manager()

    class Meta:
        verbose_name = "forbigåelse"
        verbose_name_plural = "forbigåelser"
        ordering = ["tidspunkt", "id"]
        constraints = [
            models.UniqueConstraint(fields=["post", "tildeling"], name="forbigaaelse_en_gang_pr_tildeling"),
            models.CheckConstraint(
                condition=models.Q(grund__in=[g.value for g in Springgrund]), name="forbigaaelse_grund_kendt"
            ),
            models.CheckConstraint(
                condition=~models.Q(grund=Springgrund.ANDET.value)
                | ~models.Q(bemaerkning="")
                | models.Q(identitet=""),  # anonymised
                name="forbigaaelse_andet_er_forklaret",
            ),
            models.CheckConstraint(
                condition=models.Q(til__isnull=True, til_reservation__isnull=True)
                | models.Q(til__isnull=True, til_ophold__isnull=True)
                | models.Q(til_reservation__isnull=True, til_ophold__isnull=True),
                name="forbigaaelse_til_hoejst_en",
            ),
        ]
        triggers = [kun_tilfoejes("forbigaaelse_kun_tilfoejes")]

    def __str__(self) -> str:
        return self.get_grund_display()

    @property
    def til_en_anden(self) -> bool:
        """Whether somebody got the place."""
        return any((self.til_id, self.til_reservation_id, self.til_ophold_id))


@foelges(
    "SELECT handlekommune_id FROM venteliste_ventelistepost WHERE id = NEW.post_id",
    navn="tilbud",
    skjulte=["identitet"],
    kun_tilfoejes=True,
)
class Alternativ(Noteret):
    """Another offer the citizen was offered meanwhile, the day and the answer. Append-only: a later answer is a row of its own."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    post = models.ForeignKey(Ventelistepost, on_delete=models.PROTECT, related_name="alternativer")
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="+")
    dato = models.DateField("tilbudt den", default=idag)
    svar = models.CharField("svar", max_length=12, choices=ALTERNATIVSVAR)
    bemaerkning = Fritekst("bemærkning", max_length=500, blank=True)

    objects = AlternativQuerySet["Alternativ"].as_manager()

    class Meta:
        verbose_name = "alternativ"
        verbose_name_plural = "alternativer"
        ordering = ["dato", "tidspunkt", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(svar__in=[s.value for s in Alternativsvar]), name="alternativ_svar_kendt"
            )
        ]
        triggers = [kun_tilfoejes("alternativ_kun_tilfoejes")]

    def __str__(self) -> str:
        return str(self.tilbud)
