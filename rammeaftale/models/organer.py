"""The bodies of a KKR and their members: organisations and functions, never persons."""

from typing import Self, TypeVar

import pgtrigger
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Model, Q

from faelles.aktoer import Aktoer
from faelles.dateret import DateretQuerySet, en_ad_gangen, rigtig_periode
from faelles.felter import Fritekst
from faelles.ids import uuid7
from faelles.spor import foelges
from kommuner.models import Kkr, Organisation
from rammeaftale.organer.regler import HVERV_NAVN, ORGANART_NAVN, Hverv, Organart
from rammeaftale.partsregler import KOMMER_OG_GAAR
from rammeaftale.querysets import var_med

M = TypeVar("M", bound=Model)

# A member was one of those who decided: it can be ended, but not taken out.
_VAR_MED = """
    IF EXISTS (
        SELECT FROM rammeaftale_organbeslutning b
        JOIN rammeaftale_moede m ON m.id = b.moede_id
        WHERE m.organ_id = OLD.organ_id AND OLD.periode @> m.dato
    ) THEN
        RAISE EXCEPTION 'organmedlem_var_med' USING ERRCODE = 'check_violation', CONSTRAINT = 'organmedlem_var_med';
    END IF;
    RETURN OLD;
"""


class OrganQuerySet(DateretQuerySet[M]):
    """Bodies."""

    def synlige_for(self, aktoer: Aktoer) -> Self:
        """Those of a KKR whose agreements the actor's organisation is party to or keeps, and those it is a member of.

        One that has left sees those that were there before it did.
        """
        return self.filter(med_i_organet(aktoer, "", "periode__startswith")).distinct()


def med_i_organet(aktoer: Aktoer, organ: str, dag: str) -> Q:
    """That the actor's organisation keeps the KKR of the body (the path to it), or had not left its agreements or the body on the day."""
    aftaler = f"{organ}kkr__rammeaftaler__"
    part = Q(**{f"{aftaler}hovedaftale": None, f"{aftaler}tilstand__in": [t.value for t in KOMMER_OG_GAAR]})
    return (
        Q(**{f"{organ}kkr__sekretariat": aktoer.organisation_id})
        | (part & var_med(aktoer, f"{aftaler}parter__", dag))
        | var_med(aktoer, f"{organ}medlemmer__", dag)
    )


@foelges("SELECT sekretariat_id FROM kommuner_kkr WHERE id = NEW.kkr_id", navn="navn")
class Organ(models.Model):
    """A body of a KKR in the period it exists."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kkr = models.ForeignKey(Kkr, on_delete=models.PROTECT, related_name="organer", verbose_name="KKR")
    art = models.CharField("art", max_length=20, choices=[(a.value, ORGANART_NAVN[a]) for a in Organart])
    navn = Fritekst("navn", max_length=120)
    opgave = Fritekst("opgave", max_length=300, blank=True, default="")
    periode = DateRangeField("periode")
    begrundelse = Fritekst("hvorfor det er fjernet", max_length=300, blank=True, default="")
    demo = models.BooleanField("demo", default=False)

    objects = OrganQuerySet["Organ"].as_manager()

    class Meta:
        verbose_name = "organ"
        verbose_name_plural = "organer"
        ordering = ["navn", "id"]
        constraints = [
            rigtig_periode("organ_periode_rigtig"),
            models.CheckConstraint(condition=Q(art__in=[a.value for a in Organart]), name="organ_art_kendt"),
            models.UniqueConstraint(fields=["kkr", "navn"], name="organ_navn_unikt_i_kkr"),
            en_ad_gangen(
                "organ_et_af_slagsen_ad_gangen", "kkr", "art", betingelse=~Q(art=Organart.ARBEJDSGRUPPE.value)
            ),
        ]

    def __str__(self) -> str:
        return self.navn


@foelges(
    "SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_organ o ON o.kkr_id = k.id WHERE o.id = NEW.organ_id"
    " UNION ALL VALUES (NEW.organisation_id)",
    navn="organisation",
)
class Organmedlem(models.Model):
    """What an organisation is in a body in a period."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="medlemmer")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="organmedlemskaber")
    hverv = models.CharField("hverv", max_length=12, choices=[(h.value, HVERV_NAVN[h]) for h in Hverv])
    periode = DateRangeField("medlem i perioden")
    begrundelse = Fritekst("hvorfor det er fjernet", max_length=300, blank=True, default="")

    objects = DateretQuerySet["Organmedlem"].as_manager()

    class Meta:
        verbose_name = "medlem af organ"
        verbose_name_plural = "medlemmer af organer"
        ordering = ["organisation__navn_sortering", "periode"]
        constraints = [
            rigtig_periode("organmedlem_periode_rigtig"),
            models.CheckConstraint(condition=Q(hverv__in=[h.value for h in Hverv]), name="organmedlem_hverv_kendt"),
            en_ad_gangen("organmedlem_et_hverv_ad_gangen", "organ", "organisation"),
            en_ad_gangen("organ_en_formand_ad_gangen", "organ", betingelse=Q(hverv=Hverv.FORMAND.value)),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="organmedlem_var_med", when=pgtrigger.Before, operation=pgtrigger.Delete, func=_VAR_MED
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_hverv_display()}"
