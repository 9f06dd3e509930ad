"""What municipalities pay for an offer by a key and not by use: objective financing, by law or agreement, and subscriptions."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import ExtractYear

from faelles.felter import Fritekst
from faelles.spor import foelges
from kommuner.models import Organisation
from takster.finansiering.andele import Andel, andele
from takster.models.budget import FOERSTE_AAR, SIDSTE_AAR
from takster.models.forloeb import I_KRAFT, Forloeb, forloebsvaern
from takster.prisarter import Bladtilstand, Finansieringsart
from takster.querysets import ForloebQuerySet
from tilbud.models import Tilbud
from vilkaar.models import Vilkaarssaet


def _kraev(navn: str, besked: str, brud: str) -> pgtrigger.Trigger:
    """Refuse a new row for which `brud` (SQL on NEW) holds; what a CHECK could not ask, because it is about several rows."""
    return pgtrigger.Trigger(
        name=navn,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            IF {brud} THEN
                RAISE EXCEPTION '{besked}' USING ERRCODE = 'check_violation', CONSTRAINT = '{navn}';
            END IF;
            RETURN NEW;
        """,
    )


@foelges(
    "VALUES (NEW.driftsherre_id)",
    navn="navn",
    skjulte=["indsendt_af", "afgjort_af"],
    undtagen=["beregning"],
    bevares=True,
)
class Finansiering(Forloeb):
    """A year's cost (`beloeb`, kr.) shared by a dated key with its source; sent in by one person, published by another.

    `tilbud` is the offer whose terms it is computed under, `omfatter` all of the operator's offers it pays for. The shares stand in
    `beregning` alone, by kommunekode: the database lets no row in whose shares are not its amount.
    """

    driftsherre = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="finansieringer")
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="finansieringer")
    omfatter = ArrayField(models.UUIDField(), verbose_name="tilbud, den dækker")
    art = models.CharField("art", max_length=12, choices=Finansieringsart.choices)
    navn = Fritekst("navn", max_length=80)
    aar = models.PositiveSmallIntegerField("år")
    beloeb = models.DecimalField("beløb", max_digits=14, decimal_places=2)
    noegle = Fritekst("nøgle", max_length=80)
    noegle_dag = models.DateField("nøglens dag")
    noegle_kilde = Fritekst("nøglens kilde", max_length=200)
    vilkaarssaet = models.ForeignKey(
        Vilkaarssaet, on_delete=models.PROTECT, related_name="finansieringer", verbose_name="vilkårssæt"
    )

    objects = ForloebQuerySet["Finansiering"].as_manager()

    class Meta(Forloeb.Meta):
        verbose_name = "finansiering efter nøgle"
        verbose_name_plural = "finansieringer efter nøgle"
        ordering = ["-aar", "navn", "id"]
        constraints = [
            *Forloeb.Meta.constraints,
            models.UniqueConstraint(
                fields=["tilbud", "navn", "aar"], condition=I_KRAFT, name="finansiering_en_om_aaret"
            ),
            models.UniqueConstraint(
                fields=["tilbud", "navn", "aar"],
                condition=Q(tilstand=Bladtilstand.INDSENDT),
                name="finansiering_en_undervejs",
            ),
            models.CheckConstraint(condition=Q(art__in=Finansieringsart.values), name="finansiering_art_kendt"),
            models.CheckConstraint(
                condition=Q(aar__gte=FOERSTE_AAR, aar__lte=SIDSTE_AAR), name="finansiering_aar_muligt"
            ),
            models.CheckConstraint(condition=Q(beloeb__gt=0), name="finansiering_beloeb_over_nul"),
            models.CheckConstraint(
                condition=~Q(navn="") & ~Q(noegle="") & ~Q(noegle_kilde=""), name="finansiering_noegle_har_kilde"
            ),
            models.CheckConstraint(
                condition=Q(aar__gte=ExtractYear("noegle_dag")), name="finansiering_noegle_ikke_efter_aaret"
            ),
        ]
        triggers = [
            *forloebsvaern("finansiering"),
            _kraev(
                "finansiering_omfatter_egne_tilbud",
                "En finansiering dækker tilbud, driftsherren selv har",
                "NEW.tilbud_id <> ALL (NEW.omfatter) OR EXISTS (SELECT FROM unnest(NEW.omfatter) AS et LEFT JOIN tilbud_tilbud t ON t.id = et"
                " WHERE t.driftsherre_id IS DISTINCT FROM NEW.driftsherre_id)",
            ),
            _kraev(
                "finansiering_andele_giver_beloebet",
                "Andelene er beløbet, og hver er en kommunes",
                "(SELECT sum((t ->> 'vaerdi')::numeric) FROM jsonb_array_elements(NEW.beregning -> 'trin') AS t) IS DISTINCT FROM NEW.beloeb"
                " OR EXISTS (SELECT FROM jsonb_array_elements(NEW.beregning -> 'trin') AS t LEFT JOIN kommuner_kommune k ON k.kommunekode = t ->> 'tekst'"
                " WHERE k.kommunekode IS NULL)",
            ),
        ]

    def __str__(self) -> str:
        return self.navn

    @property
    def foerste_dag(self) -> date:
        """The year's first day, whose terms it is computed under."""
        return date(self.aar, 1, 1)

    def priser_i(self, beregning: Mapping[str, Any]) -> tuple[tuple[str, Decimal], ...]:
        """The shares of a calculation, by kommunekode."""
        return tuple((andel.kommunekode, andel.beloeb) for andel in andele(beregning))

    @property
    def andele(self) -> tuple[Andel, ...]:
        """What each municipality pays."""
        return andele(self.beregning)
