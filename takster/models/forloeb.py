"""The way of what is published beside the takst: sent in by one person, published or declined by another, never changed, replaced by a new row."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Self, cast

import pgtrigger
from django.db import models
from django.db.models import F, Q

from faelles.felter import Fritekst
from faelles.ids import uuid7
from faelles.tid import nu
from takster.beregning.trin import Trin
from takster.prisarter import AFGJORTE, Bladtilstand
from vilkaar.models import Saetstatus, Vilkaarssaet

# What may still change once it is sent in: how it went, and the day it stopped being what we say.
FORLOEB = ("tilstand", "afgjort", "afgjort_af", "afgjort_rolle", "afvist_grund", "erstatter", "ophoert", "bekraeftet")
I_KRAFT = Q(tilstand=Bladtilstand.OFFENTLIGGJORT, ophoert__isnull=True)


class Forloeb(models.Model):
    """A calculation and how it went. A correction ends what is published (`ophoert`) and stands in its place (`erstatter`).

    One made under preliminary terms is confirmed once (`bekraeftet`) by the final set that gives the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    beregning = models.JSONField("beregning")
    begrundelse = Fritekst("begrundelse", max_length=300, blank=True, default="")
    tilstand = models.CharField("tilstand", max_length=16, choices=Bladtilstand.choices, default=Bladtilstand.INDSENDT)
    indsendt = models.DateTimeField("indsendt", default=nu)
    indsendt_af = models.CharField("indsendt af", max_length=80)
    indsendt_rolle = Fritekst("indsendt som", max_length=60)
    afgjort = models.DateTimeField("afgjort", null=True, blank=True)
    afgjort_af = models.CharField("afgjort af", max_length=80, blank=True, default="")
    afgjort_rolle = Fritekst("afgjort som", max_length=60, blank=True, default="")
    afvist_grund = Fritekst("hvorfor afvist", max_length=300, blank=True, default="")
    erstatter = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="erstattet_af", verbose_name="erstatter"
    )
    bekraeftet = models.ForeignKey(
        Vilkaarssaet,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bekraeftede_%(class)s",
        verbose_name="bekræftet af vilkårssæt",
    )
    oprettet = models.DateTimeField(default=nu)
    ophoert = models.DateTimeField("ophørt", null=True, blank=True)
    vilkaarssaet: Any

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(tilstand__in=Bladtilstand.values), name="%(class)s_tilstand_kendt"),
            models.CheckConstraint(condition=Q(beregning__has_key="inddata"), name="%(class)s_kan_regnes_efter"),
            models.CheckConstraint(
                condition=Q(tilstand__in=AFGJORTE, afgjort__isnull=False) & ~Q(afgjort_af="")
                | ~Q(tilstand__in=AFGJORTE) & Q(afgjort__isnull=True, afgjort_af=""),
                name="%(class)s_afgjort_naar_det_er",
            ),
            models.CheckConstraint(condition=~Q(afgjort_af=F("indsendt_af")), name="%(class)s_to_personer"),
            models.CheckConstraint(
                condition=Q(tilstand=Bladtilstand.AFVIST) & ~Q(afvist_grund="")
                | ~Q(tilstand=Bladtilstand.AFVIST) & Q(afvist_grund=""),
                name="%(class)s_afvist_med_grund",
            ),
            models.CheckConstraint(
                condition=Q(ophoert__isnull=True) | Q(tilstand=Bladtilstand.OFFENTLIGGJORT, ophoert__gte=F("oprettet")),
                name="%(class)s_kun_offentliggjorte_ophoerer",
            ),
            models.CheckConstraint(
                condition=Q(bekraeftet__isnull=True)
                | Q(tilstand=Bladtilstand.OFFENTLIGGJORT) & ~Q(bekraeftet=F("vilkaarssaet")),
                name="%(class)s_bekraeftet_af_et_andet_saet",
            ),
        ]

    @property
    def trin(self) -> tuple[Trin, ...]:
        """The steps of its calculation."""
        return tuple(Trin.af_json(et) for et in self.beregning["trin"])

    @property
    def forgaenger(self) -> Self | None:
        """What it stands in the place of: one of its own kind."""
        return cast("Self | None", self.erstatter)

    @property
    def i_kraft(self) -> bool:
        """Whether it is published and what we say now."""
        return self.tilstand == Bladtilstand.OFFENTLIGGJORT and self.ophoert is None

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

    @property
    def foerste_dag(self) -> date:
        """The day whose terms it is computed under."""
        raise NotImplementedError

    def priser_i(self, beregning: Mapping[str, Any]) -> tuple[tuple[str, Decimal], ...]:
        """What a calculation of this kind says is paid (kr.), each by what it is for."""
        raise NotImplementedError


def forloebsvaern(navn: str, *, undtagen: Iterable[str] = ()) -> list[pgtrigger.Trigger]:
    """Triggers of a table of these: a row changes but for its way, is decided once, ends once and is never deleted."""
    return [
        pgtrigger.Protect(
            name=f"{navn}_uforanderligt",
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange(exclude=[*FORLOEB, *undtagen]),
        ),
        pgtrigger.Protect(
            name=f"{navn}_afgoeres_en_gang",
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition(
                "OLD.tilstand <> 'indsendt' AND (OLD.tilstand, OLD.afgjort, OLD.afgjort_af, OLD.afgjort_rolle, OLD.afvist_grund, OLD.erstatter_id)"
                " IS DISTINCT FROM (NEW.tilstand, NEW.afgjort, NEW.afgjort_af, NEW.afgjort_rolle, NEW.afvist_grund, NEW.erstatter_id)"
            ),
        ),
        pgtrigger.Protect(
            name=f"{navn}_ophoerer_en_gang",
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__ophoert__isnull=False),
        ),
        pgtrigger.Protect(
            name=f"{navn}_bekraeftes_en_gang",
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__bekraeftet__isnull=False, old__bekraeftet__df=pgtrigger.F("new__bekraeftet")),
        ),
        pgtrigger.Protect(name=f"{navn}_slettes_ikke", operation=pgtrigger.Delete),
    ]
