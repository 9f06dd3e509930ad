"""Published takster with their stored calculation."""

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import DateRangeField
from django.db import models

from faelles.dateret import en_ad_gangen, rigtig_periode
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from takster.beregning.takst import OMKOSTNINGSBASERET
from takster.querysets import TakstQuerySet
from tilbud.models import Afdeling, Hjemmel
from tilbud.models.register import DRIFTSHERRE_FOR_AFDELING
from vilkaar.models import Saetstatus, Vilkaarssaet


class Takstenhed(models.TextChoices):
    """What one unit of price covers."""

    DOEGN = "doegn", "kr./døgn"
    DAG = "dag", "kr./dag"


def _af_beregningen(navn: str, udtraek: str, felt: "models.DecimalField[Any, Any]") -> models.GeneratedField:
    """A figure of the stored calculation as a column of its own; empty where none is stored, or another model made it."""
    return models.GeneratedField(
        verbose_name=navn,
        expression=models.Func(
            "beregning",
            template=(
                f"CASE WHEN coalesce(%(expressions)s #>> '{{inddata,model}}', '{OMKOSTNINGSBASERET}') = '{OMKOSTNINGSBASERET}'"
                f" THEN ({udtraek})::numeric END"
            ),
            output_field=felt,
        ),
        output_field=felt,
        db_persist=True,
    )


# Made of `beregning` by the database itself, so that sums over thousands of takster need not open their calculations.
AF_BEREGNINGEN = ("grundlag", "overhead", "pladser", "dage")


@foelges(DRIFTSHERRE_FOR_AFDELING, navn="afdeling", undtagen=AF_BEREGNINGEN, bevares=True)
class Takst(models.Model):
    """The published takst of a department under a legal basis in a period, in kr. per døgn or dag.

    `beregning` holds the inputs, steps and unrounded result it was computed from (serviceloven § 174; LOV 747/2025 lets
    the competition authority examine it), so that anyone can compute it again. A row never changes. A correction ends it
    (`ophoert`: from then on it is no longer what we say) and puts other rows in its place, which point at it (`erstatter`): so
    what was known when can always be told. One made under preliminary terms is confirmed once (`bekraeftet`) by the final set that gives the
    same amount. `takstberegning` is empty for one that was loaded and not decided here.

    `grundlag` and `overhead` (kr. of the year), `pladser` and `dage` are figures of `beregning`. A calculation of more departments
    or legal bases is the same in the takst of each; `delt_paa` is how many they are.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    afdeling = models.ForeignKey(Afdeling, on_delete=models.PROTECT, related_name="takster")
    hjemmel = models.ForeignKey(Hjemmel, on_delete=models.PROTECT, related_name="takster")
    beloeb = models.DecimalField("takst", max_digits=14, decimal_places=2)
    enhed = models.CharField("enhed", max_length=8, choices=Takstenhed.choices, default=Takstenhed.DOEGN)
    periode = DateRangeField("gyldighed")
    belaegningsprocent = models.DecimalField("budgetteret belægning i procent", max_digits=5, decimal_places=2)
    beregning = models.JSONField("beregning")
    grundlag = _af_beregningen(
        "takstberegningsgrundlag",
        "%(expressions)s ->> 'grundlag'",
        models.DecimalField(max_digits=14, decimal_places=2, null=True),
    )
    overhead = _af_beregningen(
        "overhead",
        """jsonb_path_query_first(%(expressions)s, '$.trin[*] ? (@.tekst == "Overhead").vaerdi') #>> '{}'""",
        models.DecimalField(max_digits=14, decimal_places=2, null=True),
    )
    pladser = _af_beregningen(
        "pladser",
        "%(expressions)s #>> '{inddata,pladser}'",
        models.DecimalField(max_digits=8, decimal_places=2, null=True),
    )
    dage = _af_beregningen(
        "dage i året", "%(expressions)s ->> 'dage'", models.DecimalField(max_digits=3, decimal_places=0, null=True)
    )
    delt_paa = models.PositiveSmallIntegerField("dele af tilbuddet, beregningen er for", default=1)
    vilkaarssaet = models.ForeignKey(
        Vilkaarssaet, on_delete=models.PROTECT, related_name="takster", verbose_name="vilkårssæt"
    )
    bekraeftet = models.ForeignKey(
        Vilkaarssaet,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bekraeftede_takster",
        verbose_name="bekræftet af vilkårssæt",
    )
    takstberegning = models.ForeignKey(
        "takster.Takstberegning",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="takster",
        verbose_name="takstberegning",
    )
    erstatter = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="erstattet_af", verbose_name="erstatter"
    )
    oprettet = models.DateTimeField(default=nu)
    ophoert = models.DateTimeField("ophørt", null=True, blank=True)

    objects = TakstQuerySet["Takst"].as_manager()

    class Meta:
        verbose_name = "takst"
        verbose_name_plural = "takster"
        constraints = [
            rigtig_periode("takst_periode_rigtig"),
            en_ad_gangen("takst_en_ad_gangen", "afdeling", "hjemmel", betingelse=models.Q(ophoert__isnull=True)),
            models.CheckConstraint(
                condition=models.Q(ophoert__isnull=True) | models.Q(ophoert__gte=models.F("oprettet")),
                name="takst_ophoerer_efter_den_er_oprettet",
            ),
            models.CheckConstraint(condition=models.Q(beloeb__gt=0), name="takst_stoerre_end_nul"),
            models.CheckConstraint(
                condition=models.Q(belaegningsprocent__gt=0, belaegningsprocent__lte=100),
                name="takst_belaegning_over_0_til_100",
            ),
            models.CheckConstraint(condition=models.Q(enhed__in=Takstenhed.values), name="takst_enhed_kendt"),
            models.CheckConstraint(condition=models.Q(delt_paa__gte=1), name="takst_er_for_mindst_en_del"),
            models.CheckConstraint(
                condition=models.Q(bekraeftet__isnull=True) | ~models.Q(bekraeftet=models.F("vilkaarssaet")),
                name="takst_bekraeftet_af_et_andet_saet",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="takst_uforanderlig",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["ophoert", "bekraeftet", *AF_BEREGNINGEN]),
            ),
            pgtrigger.Protect(
                name="takst_ophoerer_en_gang",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ophoert__isnull=False),
            ),
            pgtrigger.Protect(
                name="takst_bekraeftes_en_gang",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(
                    old__bekraeftet__isnull=False, old__bekraeftet__df=pgtrigger.F("new__bekraeftet")
                ),
            ),
            pgtrigger.Protect(name="takst_slettes_ikke", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.beloeb} {self.get_enhed_display()}"

    @property
    def foreloebig(self) -> bool:
        """Whether it was made under terms not yet adopted, and no final set has confirmed it."""
        return self.vilkaarssaet.status == Saetstatus.FORELOEBIG and self.bekraeftet_id is None

    @property
    def vilkaarsstatus(self) -> str:
        """In words how firm the terms behind it are."""
        if self.bekraeftet is not None:
            return f"Endelig, efter sæt {self.bekraeftet.nummer}"
        return str(self.vilkaarssaet.get_status_display())
