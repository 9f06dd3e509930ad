"""A takst on its way: computed of a budget, submitted by one person, approved by another, published."""

from datetime import date

import pgtrigger
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from faelles.dateret import rigtig_periode
from faelles.felter import Fritekst
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import Periode, nu
from kommuner.models import Organisation
from takster.beregning.takst import Budgetpost
from takster.fastsaettelse.hvad_nu_hvis import Aendringer
from takster.models.budget import Budget
from takster.models.takst import Takstenhed
from takster.querysets import ScenarieQuerySet, TakstberegningQuerySet
from takster.tilstande import AFGJORTE, UNDERVEJS, Beregningstilstand
from tilbud.models import Afdeling, Hjemmel, Tilbud
from vilkaar.models import Vilkaarssaet

# What may still change once a calculation is made: where it is, and who took it there.
FORLOEB = (
    "tilstand", "indsendt", "indsendt_af", "indsendt_rolle", "afgjort", "afgjort_af", "afgjort_rolle", "afvist_grund",
    "offentliggjort", "offentliggjort_af", "offentliggjort_rolle",
)  # fmt: skip


def _skridt(navn: str, *, tilstande: tuple[str, ...]) -> Q:
    """The step has a time and an identity in these states, and neither in the others."""
    taget = Q(**{f"{navn}__isnull": False}) & ~Q(**{f"{navn}_af": ""})
    return Q(tilstand__in=tilstande) & taget | ~Q(tilstand__in=tilstande) & Q(
        **{f"{navn}__isnull": True, f"{navn}_af": ""}
    )


@foelges(
    "VALUES (NEW.driftsherre_id)",
    navn="tilbud",
    skjulte=["beregnet_af", "indsendt_af", "afgjort_af", "offentliggjort_af"],
    undtagen=["beregning", "egenbetaling"],
    bevares=True,
)
class Takstberegning(models.Model):
    """An immutable calculation: inputs, steps, terms, and what the resident pays beside it. Only its way through the house changes.

    `nummer` counts the calculations of the offer and year. `begrundelse` is why, when it changes what is published; `periode`
    the days its takst is to hold. The part of the offer it is for is that of its budget.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # Not PROTECT: Django would look whether there are any, and nobody would have said for whom; the database minds it.
    budget = models.ForeignKey(Budget, on_delete=models.DO_NOTHING, related_name="beregninger")
    driftsherre = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="takstberegninger")
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="takstberegninger")
    afdeling = models.ForeignKey(
        Afdeling,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="takstberegninger",
        verbose_name="afdeling",
    )
    hjemmel = models.ForeignKey(
        Hjemmel,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="takstberegninger",
        verbose_name="hjemmel",
    )
    aar = models.PositiveSmallIntegerField("år")
    nummer = models.PositiveIntegerField("nummer")
    enhed = models.CharField("enhed", max_length=8, choices=Takstenhed.choices)
    periode = DateRangeField("gyldighed")
    beloeb = models.DecimalField("takst", max_digits=14, decimal_places=2)
    belaegningsprocent = models.DecimalField("budgetteret belægning i procent", max_digits=5, decimal_places=2)
    beregning = models.JSONField("beregning")
    egenbetaling = models.JSONField("beboerens egen betaling", default=list)
    vilkaarssaet = models.ForeignKey(
        Vilkaarssaet, on_delete=models.PROTECT, related_name="takstberegninger", verbose_name="vilkårssæt"
    )
    begrundelse = Fritekst("begrundelse", max_length=300, blank=True, default="")
    tilstand = models.CharField(
        "tilstand", max_length=16, choices=Beregningstilstand.choices, default=Beregningstilstand.KLADDE
    )
    beregnet = models.DateTimeField("beregnet", default=nu)
    beregnet_af = models.CharField("beregnet af", max_length=80)
    beregnet_rolle = Fritekst("beregnet som", max_length=60)
    indsendt = models.DateTimeField("indsendt", null=True, blank=True)
    indsendt_af = models.CharField("indsendt af", max_length=80, blank=True, default="")
    indsendt_rolle = Fritekst("indsendt som", max_length=60, blank=True, default="")
    afgjort = models.DateTimeField("afgjort", null=True, blank=True)
    afgjort_af = models.CharField("afgjort af", max_length=80, blank=True, default="")
    afgjort_rolle = Fritekst("afgjort som", max_length=60, blank=True, default="")
    afvist_grund = Fritekst("hvorfor afvist", max_length=300, blank=True, default="")
    offentliggjort = models.DateTimeField("offentliggjort", null=True, blank=True)
    offentliggjort_af = models.CharField("offentliggjort af", max_length=80, blank=True, default="")
    offentliggjort_rolle = Fritekst("offentliggjort som", max_length=60, blank=True, default="")

    objects = TakstberegningQuerySet["Takstberegning"].as_manager()

    class Meta:
        verbose_name = "takstberegning"
        verbose_name_plural = "takstberegninger"
        ordering = ["-aar", "-nummer", "id"]
        constraints = [
            rigtig_periode("takstberegning_periode_rigtig"),
            models.UniqueConstraint(fields=["tilbud", "aar", "nummer"], name="takstberegning_nummer_unikt_i_aaret"),
            models.UniqueConstraint(
                fields=["budget"], condition=Q(tilstand__in=UNDERVEJS), name="takstberegning_en_undervejs_pr_budget"
            ),
            models.CheckConstraint(condition=Q(beloeb__gt=0), name="takstberegning_stoerre_end_nul"),
            models.CheckConstraint(condition=Q(enhed__in=Takstenhed.values), name="takstberegning_enhed_kendt"),
            models.CheckConstraint(
                condition=Q(belaegningsprocent__gt=0, belaegningsprocent__lte=100),
                name="takstberegning_belaegning_over_0_til_100",
            ),
            models.CheckConstraint(
                condition=Q(tilstand__in=Beregningstilstand.values), name="takstberegning_tilstand_kendt"
            ),
            models.CheckConstraint(
                condition=~Q(tilstand__in=AFGJORTE)
                | (~Q(afgjort_af=F("indsendt_af")) & ~Q(afgjort_af=F("beregnet_af"))),
                name="takstberegning_to_personer",
            ),
            models.CheckConstraint(
                condition=_skridt("indsendt", tilstande=(*UNDERVEJS[1:], "offentliggjort", "afvist", "trukket")),
                name="takstberegning_indsendt_naar_den_er",
            ),
            models.CheckConstraint(
                condition=_skridt("afgjort", tilstande=AFGJORTE), name="takstberegning_afgjort_naar_den_er"
            ),
            models.CheckConstraint(
                condition=_skridt("offentliggjort", tilstande=("offentliggjort",)),
                name="takstberegning_offentliggjort_naar_den_er",
            ),
            models.CheckConstraint(
                condition=~Q(tilstand="afvist") | ~Q(afvist_grund=""), name="takstberegning_afvist_med_grund"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="takstberegning_uforanderlig",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=list(FORLOEB)),
            ),
            pgtrigger.Protect(
                name="takstberegning_bliver",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__tilstand__df="kladde"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tilbud}, {self.aar}, beregning {self.nummer}"

    @property
    def foerste_dag(self) -> date:
        """The day whose terms it is computed under."""
        return Periode.af_range(self.periode).fra

    @property
    def egenbetalinger(self) -> list[Budgetpost]:
        """What the resident pays herself, kr. per month."""
        return [Budgetpost.af_json(post) for post in self.egenbetaling]


@foelges("VALUES (NEW.driftsherre_id)", navn="navn", skjulte=["oprettet_af"])
class Scenarie(models.Model):
    """What if: other figures than the calculation's, kept as a draft. Never submitted; the budget is changed instead."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    beregning = models.ForeignKey(Takstberegning, on_delete=models.DO_NOTHING, related_name="scenarier")
    driftsherre = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="scenarier")
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="scenarier")
    navn = Fritekst("navn", max_length=80)
    aendringer = models.JSONField("ændringer")
    beloeb = models.DecimalField("takst", max_digits=14, decimal_places=2)
    oprettet = models.DateTimeField("oprettet", default=nu)
    oprettet_af = models.CharField("oprettet af", max_length=80)

    objects = ScenarieQuerySet["Scenarie"].as_manager()

    class Meta:
        verbose_name = "scenarie"
        verbose_name_plural = "scenarier"
        ordering = ["-oprettet", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["beregning", "navn"], name="scenarie_navn_unikt"),
            models.CheckConstraint(condition=Q(beloeb__gt=0), name="scenarie_takst_over_nul"),
        ]

    def __str__(self) -> str:
        return self.navn

    @property
    def aendringer_i_ord(self) -> str:
        """What is changed, as people read it."""
        return Aendringer.af_json(self.aendringer).i_ord
