"""The budget of an offer for a year, in the form of socialtilsynet's budgetskema: amounts are positive, lines have a place."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models

from faelles.felter import Fritekst, Langtekst
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from kommuner.models import Organisation
from takster.budget.poster import POSTER, PR_EJENDOM
from takster.models.takst import Takstenhed
from takster.querysets import BudgetlinjeQuerySet, BudgetQuerySet
from tilbud.models import Afdeling, Hjemmel, Tilbud

FOERSTE_AAR, SIDSTE_AAR = 2000, 2100


def _procent(navn: str) -> "models.DecimalField[Decimal | None, Decimal | None]":
    return models.DecimalField(navn, max_digits=9, decimal_places=6, null=True, blank=True)


@foelges("VALUES (NEW.driftsherre_id)", navn="tilbud", skjulte=["oprettet_af"])
class Budget(models.Model):
    """What an offer's year costs, before anything is computed of it. The operator's own until its takst is published.

    With `afdeling` or `hjemmel` the budget is for that part of the offer alone, whose takst then differs from the rest's. What
    the columns mean stands in `takster.budget.indhold.Budgetindhold`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    driftsherre = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="budgetter")
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="budgetter")
    aar = models.PositiveSmallIntegerField("år")
    afdeling = models.ForeignKey(
        Afdeling, null=True, blank=True, on_delete=models.PROTECT, related_name="budgetter", verbose_name="afdeling"
    )
    hjemmel = models.ForeignKey(
        Hjemmel, null=True, blank=True, on_delete=models.PROTECT, related_name="budgetter", verbose_name="hjemmel"
    )
    enhed = models.CharField("enhed", max_length=8, choices=Takstenhed.choices, default=Takstenhed.DOEGN)
    pladser = models.DecimalField(
        "pladser", max_digits=8, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    kort = models.BooleanField("akutte eller korte ophold", default=False)
    belaegning_foer = _procent("faktisk belægning tre år før")
    belaegning_sidst = _procent("faktisk belægning to år før")
    aftalt_belaegning = _procent("godkendt afvigende belægning")
    aftalt_grund = Fritekst("hvem har godkendt afvigelsen", max_length=200, blank=True, default="")
    overhead = models.DecimalField("konkret beregnet overhead", max_digits=14, decimal_places=2, null=True, blank=True)
    koncernnote = Langtekst("koncernnote", max_length=2000, blank=True, default="")
    oprettet = models.DateTimeField("oprettet", default=nu)
    oprettet_af = models.CharField("oprettet af", max_length=80)
    aendret = models.DateTimeField("ændret", default=nu)

    objects = BudgetQuerySet["Budget"].as_manager()

    class Meta:
        verbose_name = "budget"
        verbose_name_plural = "budgetter"
        ordering = ["-aar", "tilbud__navn_sortering", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tilbud", "aar", "afdeling", "hjemmel"], nulls_distinct=False, name="budget_et_pr_aar_og_del"
            ),
            models.CheckConstraint(
                condition=models.Q(aar__gte=FOERSTE_AAR, aar__lte=SIDSTE_AAR), name="budget_aar_rimeligt"
            ),
            models.CheckConstraint(condition=models.Q(enhed__in=Takstenhed.values), name="budget_enhed_kendt"),
            models.CheckConstraint(
                condition=models.Q(pladser__isnull=True) | models.Q(pladser__gt=0), name="budget_pladser_over_nul"
            ),
            models.CheckConstraint(
                condition=models.Q(overhead__isnull=True) | models.Q(overhead__gte=0), name="budget_beloeb_uden_minus"
            ),
            models.CheckConstraint(
                condition=models.Q(belaegning_foer__isnull=True)
                | models.Q(belaegning_foer__gt=0, belaegning_foer__lte=200),
                name="budget_belaegning_foer_rimelig",
            ),
            models.CheckConstraint(
                condition=models.Q(belaegning_sidst__isnull=True)
                | models.Q(belaegning_sidst__gt=0, belaegning_sidst__lte=200),
                name="budget_belaegning_sidst_rimelig",
            ),
            models.CheckConstraint(
                condition=models.Q(aftalt_belaegning__isnull=True, aftalt_grund="")
                | (
                    models.Q(aftalt_belaegning__isnull=False, aftalt_belaegning__gt=0, aftalt_belaegning__lte=100)
                    & ~models.Q(aftalt_grund="")
                ),
                name="budget_afvigelse_har_godkender",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tilbud}, {self.aar}"


@foelges("SELECT driftsherre_id FROM takster_budget WHERE id = NEW.budget_id", navn="budget")
class Budgetlinje(models.Model):
    """One amount: kr. per year, for the resident's own payment per month. Lines of a property group stand once per property."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # Not CASCADE: Django would read the lines to delete them, and nobody would have said for whom.
    budget = models.ForeignKey(Budget, on_delete=models.DO_NOTHING, related_name="linjer")
    post = models.CharField("post", max_length=40, choices=[(post.kode, post.navn) for post in POSTER.values()])
    ejendom = Fritekst("ejendom", max_length=60, blank=True, default="")
    beloeb = models.DecimalField("beløb", max_digits=14, decimal_places=2)

    objects = BudgetlinjeQuerySet["Budgetlinje"].as_manager()

    class Meta:
        verbose_name = "budgetlinje"
        verbose_name_plural = "budgetlinjer"
        constraints = [
            models.UniqueConstraint(fields=["budget", "post", "ejendom"], name="budgetlinje_en_pr_post_og_ejendom"),
            models.CheckConstraint(condition=models.Q(beloeb__gte=0), name="budgetlinje_uden_minus"),
            models.CheckConstraint(condition=models.Q(post__in=list(POSTER)), name="budgetlinje_post_kendt"),
            models.CheckConstraint(
                condition=models.Q(ejendom="") | models.Q(post__in=PR_EJENDOM),
                name="budgetlinje_ejendom_kun_paa_ejendomsposter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_post_display()}: {self.beloeb}"
