"""Dated facts about how specialised an offer is, and the clusters of municipalities that share offers (rules-rammeaftale § 6)."""

from collections.abc import Mapping
from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import DateRangeField
from django.db import models

from faelles.dateret import DateretQuerySet, en_ad_gangen, rigtig_periode
from faelles.felter import Fritekst
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.sprog import sortnoegle
from kommuner.models import Kkr, Kommune
from tilbud.models.register import DRIFTSHERRE, Tilbud


@foelges(DRIFTSHERRE, navn="tilbud")
class Niveau(models.Model):
    """The level of specialisation as a dated fact with its reason (rules-rammeaftale § 6); never a column on the offer."""

    MEGET_SPECIALISERET, SPECIALISERET, ALMEN = 1, 2, 3
    # What the level obliges to (rules-rammeaftale § 6).
    PLIGTER: ClassVar[Mapping[int, str]] = {
        1: "Gensidig pligt til at samarbejde om udbuddet og til at give viden videre til de andre kommuner.",
        2: "Kommuner i en klynge deles om tilbuddet og udvikler det sammen.",
        3: "Kommunen sørger selv for tilbuddet og kan købe og sælge pladser.",
    }
    NAVNE = ((1, "Niveau 1: meget specialiseret"), (2, "Niveau 2: specialiseret"), (3, "Niveau 3: mere almen"))

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="niveauer")
    niveau = models.PositiveSmallIntegerField("niveau", choices=NAVNE)
    periode = DateRangeField("periode")
    grund = Fritekst("begrundelse", max_length=300)

    objects = DateretQuerySet["Niveau"].as_manager()

    class Meta:
        verbose_name = "niveau"
        verbose_name_plural = "niveauer"
        constraints = [
            rigtig_periode("niveau_periode_rigtig"),
            en_ad_gangen("niveau_et_ad_gangen", "tilbud"),
            models.CheckConstraint(condition=models.Q(niveau__in=(1, 2, 3)), name="niveau_et_af_tre"),
            models.CheckConstraint(condition=~models.Q(grund=""), name="niveau_har_begrundelse"),
        ]

    def __str__(self) -> str:
        return self.get_niveau_display()

    @property
    def pligt(self) -> str:
        """What the level obliges to."""
        return self.PLIGTER[self.niveau]


_LAAS = "SELECT til INTO slut FROM tilbud_klynge WHERE id = NEW.klynge_id FOR SHARE;"


def _medlem_efter(klynge: str, til: str, navn: str, foerst: str = "") -> str:
    """Refuse a cluster that has a member when it is no more; said of the cluster and of the membership, whichever is written last."""
    return f"""
        {foerst}
        IF EXISTS (
            SELECT 1 FROM tilbud_klyngemedlemskab m
            WHERE m.klynge_id = {klynge} AND NOT m.periode <@ daterange(NULL, {til})
        ) THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{navn}', MESSAGE = '{navn}';
        END IF;
        RETURN NEW;
    """  # noqa: S608 - our own


@foelges("SELECT sekretariat_id FROM kommuner_kkr WHERE id = NEW.kkr_id", navn="navn", undtagen=["navn_sortering"])
class Klynge(models.Model):
    """Municipalities that share medium-specialised offers and knowledge; its members are dated.

    `til` is the first day it is no more, and nobody is a member then; None while it has not been ended.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kkr = models.ForeignKey(Kkr, on_delete=models.PROTECT, related_name="klynger", verbose_name="KKR")
    navn = Fritekst("navn", max_length=120)
    navn_sortering = models.CharField(max_length=320, editable=False)
    formaal = Fritekst("formål", max_length=300, blank=True, default="")
    maalgrupper = models.ManyToManyField("tilbud.Maalgruppe", related_name="klynger", blank=True)
    til = models.DateField("afsluttet fra", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "klynge"
        verbose_name_plural = "klynger"
        ordering = ["navn_sortering", "id"]
        constraints = [models.UniqueConstraint(fields=["kkr", "navn"], name="klynge_navn_unikt_i_kkr")]
        triggers = [
            pgtrigger.Trigger(
                name="klynge_slutter_med_medlemmerne",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("til"),  # type: ignore[no-untyped-call]  # the library's
                func=_medlem_efter("NEW.id", "NEW.til", "klynge_slutter_med_medlemmerne"),
            )
        ]

    def __str__(self) -> str:
        return self.navn

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the sort key beside the name it is made from."""
        self.navn_sortering = sortnoegle(self.navn)
        super().save(*args, **kwargs)


# Django names the column after the model, which the log would show people.
Klynge.maalgrupper.through._meta.get_field("maalgruppe").verbose_name = "målgruppe"
_SEKRETARIAT = (
    "SELECT k.sekretariat_id FROM kommuner_kkr k JOIN tilbud_klynge t ON t.kkr_id = k.id WHERE t.id = NEW.klynge_id"
)


@foelges(_SEKRETARIAT, navn="klynge")
class Klyngemaalgruppe(Klynge.maalgrupper.through):  # type: ignore[name-defined,misc]  # made by Django
    """That a cluster works together about a target group."""

    class Meta:
        proxy = True
        verbose_name = "klyngens målgruppe"
        verbose_name_plural = "klyngernes målgrupper"


@foelges(
    f"{_SEKRETARIAT} UNION ALL SELECT organisation_id FROM kommuner_kommune WHERE kommunekode = NEW.kommune_id",  # noqa: S608 - our own
    navn="klynge",
)
class KlyngeMedlemskab(models.Model):
    """That a municipality belongs to a cluster in a period; it may belong to several clusters at once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    klynge = models.ForeignKey(Klynge, on_delete=models.PROTECT, related_name="medlemskaber")
    kommune = models.ForeignKey(Kommune, on_delete=models.PROTECT, related_name="klyngemedlemskaber")
    periode = DateRangeField("periode")

    objects = DateretQuerySet["KlyngeMedlemskab"].as_manager()

    class Meta:
        verbose_name = "klyngemedlemskab"
        verbose_name_plural = "klyngemedlemskaber"
        constraints = [
            rigtig_periode("klyngemedlemskab_periode_rigtig"),
            en_ad_gangen("klyngemedlemskab_et_ad_gangen", "klynge", "kommune"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="klyngemedlemskab_slutter_med_klyngen",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("klynge_id", "periode"),  # type: ignore[no-untyped-call]  # as above
                declare=[("slut", "date")],
                func=_medlem_efter("NEW.klynge_id", "slut", "klyngemedlemskab_slutter_med_klyngen", foerst=_LAAS),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kommune_id} i {self.klynge_id}"
