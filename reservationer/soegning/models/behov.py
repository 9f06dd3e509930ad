"""Needs nobody could meet. Coded values only: no citizen is described, and nothing points at a case."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import ExtractQuarter, ExtractYear

from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import idag
from kommuner.models import Kkr, Organisation
from reservationer.soegning.kriterier import Kriterium
from reservationer.soegning.querysets import EgneQuerySet
from tilbud.models import Adfaerd, FysiskTraek, Hjemmel, Maalgruppe, Pladsart


class Aldersgruppe(models.TextChoices):
    """The age of a need, as coarse as the figures it is used for."""

    UNDER_18 = "under_18", "0–17 år"
    VOKSEN = "18_66", "18–66 år"
    AELDRE = "67_plus", "67 år og derover"


@foelges("VALUES (NEW.organisation_id)", navn="maalgruppe", skjulte=["fingeraftryk"])
class UdaekketBehov(models.Model):
    """A search without a usable hit, logged as a need (domain/glossary: UnmetNeed). Seen by the municipality itself.

    Everybody else sees counts, suppressed (`behov.queries`). `maalgruppe` is the most important one; the need is counted
    under it alone. `begynder` is the first day of the month the place was wanted from, `hindringer` the criteria that stood
    in the way. A row is what is counted and what the suppression limit is held against: one citizen's need in a quarter. The
    same need (`fingeraftryk`) of a municipality in a quarter is one row, however often it is logged, until somebody says that
    it is another citizen's: it then has the next `nummer`. One that was logged by mistake is `trukket`, which is the only
    thing that can happen to it; it is then not counted.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="udaekkede_behov")
    kkr = models.ForeignKey(Kkr, on_delete=models.PROTECT, related_name="udaekkede_behov", verbose_name="KKR")
    dato = models.DateField("logget", default=idag)
    maalgruppe = models.ForeignKey(
        Maalgruppe,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="udaekkede_behov",
        verbose_name="målgruppe",
    )
    andre_maalgrupper = ArrayField(models.UUIDField(), verbose_name="andre målgrupper", default=list, blank=True)
    hjemmel = models.ForeignKey(
        Hjemmel, null=True, blank=True, on_delete=models.PROTECT, related_name="udaekkede_behov"
    )
    aldersgruppe = models.CharField("alder", max_length=8, choices=Aldersgruppe.choices, blank=True, default="")
    adfaerd = ArrayField(
        models.CharField(max_length=20, choices=Adfaerd.choices), verbose_name="adfærd", default=list, blank=True
    )
    fysiske_traek = ArrayField(
        models.CharField(max_length=20, choices=FysiskTraek.choices),
        verbose_name="fysiske behov",
        default=list,
        blank=True,
    )
    niveauer = ArrayField(models.IntegerField(), verbose_name="niveauer", default=list, blank=True)
    arter = ArrayField(
        models.CharField(max_length=10, choices=Pladsart.choices),
        verbose_name="pladsens art",
        default=list,
        blank=True,
    )
    ugedage = ArrayField(models.IntegerField(), verbose_name="ugedage", default=list, blank=True)
    begynder = models.DateField("ønsket fra")
    hindringer = ArrayField(
        models.CharField(max_length=20), verbose_name="det, der stod i vejen", default=list, blank=True
    )
    trukket = models.DateTimeField("trukket tilbage", null=True, blank=True)
    fingeraftryk = models.CharField("fingeraftryk", max_length=64, editable=False)
    nummer = models.PositiveSmallIntegerField("nummer blandt ens behov i kvartalet", default=1)

    objects = EgneQuerySet["UdaekketBehov"].as_manager()

    class Meta:
        verbose_name = "udækket behov"
        verbose_name_plural = "udækkede behov"
        ordering = ["-dato", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-dato", "-id"], name="udaekketbehov_liste"),
            models.Index(fields=["kkr", "dato"], name="udaekketbehov_optaelling"),
        ]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                ExtractYear("dato"),
                ExtractQuarter("dato"),
                "fingeraftryk",
                "nummer",
                condition=models.Q(trukket__isnull=True),
                name="udaekketbehov_et_i_kvartalet",
            ),
            models.CheckConstraint(condition=models.Q(nummer__gte=1), name="udaekketbehov_nummer_fra_en"),
            models.CheckConstraint(
                condition=models.Q(aldersgruppe__in=["", *Aldersgruppe.values]), name="udaekketbehov_alder_kendt"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    adfaerd__contained_by=Adfaerd.values,
                    fysiske_traek__contained_by=FysiskTraek.values,
                    niveauer__contained_by=[1, 2, 3],
                    arter__contained_by=Pladsart.values,
                    ugedage__contained_by=[1, 2, 3, 4, 5, 6, 7],
                    hindringer__contained_by=[kriterium.value for kriterium in Kriterium],
                ),
                name="udaekketbehov_kun_koder",
            ),
            models.CheckConstraint(condition=models.Q(begynder__day=1), name="udaekketbehov_kun_maaned"),
        ]
        triggers = [
            pgtrigger.Protect(name="udaekketbehov_slettes_ikke", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="udaekketbehov_kan_kun_traekkes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["trukket"]),
            ),
            pgtrigger.Protect(
                name="udaekketbehov_trukket_er_trukket",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__trukket__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Behov logget {self.dato:%d.%m.%Y}"
