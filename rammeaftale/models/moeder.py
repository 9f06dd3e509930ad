"""The meetings of the bodies, the cases they take up, and what they decide."""

import pgtrigger
from django.db import models

from faelles.felter import Fritekst, Link
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from faelles.uforanderlig import kun_tilfoejes
from kommuner.models import Kkr, Organisation
from rammeaftale.models.aftale import Version
from rammeaftale.models.organer import Organ
from rammeaftale.moeder.regler import UDFALD_NAVN, Organudfald

_SEKRETARIAT = (
    "SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_organ o ON o.kkr_id = k.id"
    " JOIN rammeaftale_moede m ON m.organ_id = o.id WHERE m.id = "
)


_MED_VILJE = """
    IF EXISTS (
        SELECT FROM rammeaftale_organbeslutning b WHERE b.moede_id = NEW.moede_id AND b.sag_id = NEW.sag_id
    ) THEN
        RAISE EXCEPTION 'En beslutning træder ikke i stedet for en anden uden at sige, at den retter den'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'organbeslutning_afloeses_kun_med_vilje';
    END IF;
    RETURN NEW;
"""


@foelges(
    "SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_organ o ON o.kkr_id = k.id WHERE o.id = NEW.organ_id",
    navn="organ",
    bevares=True,
)
class Moede(models.Model):
    """A meeting of a body, held or to come. The minutes are public; the platform keeps where they are."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="moeder")
    dato = models.DateField("dato")
    referat_url = Link("link til referat", max_length=500, blank=True)

    class Meta:
        verbose_name = "møde"
        verbose_name_plural = "møder"
        ordering = ["-dato", "-id"]
        constraints = [models.UniqueConstraint(fields=["organ", "dato"], name="moede_et_om_dagen_i_organ")]

    def __str__(self) -> str:
        return f"{self.organ}: {self.dato:%d.%m.%Y}"


@foelges("SELECT sekretariat_id FROM kommuner_kkr WHERE id = NEW.kkr_id", navn="titel", bevares=True)
class Organsag(models.Model):
    """A matter that one or more bodies of a KKR take up: a version of an agreement, whatever that is called, or one known by its title."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kkr = models.ForeignKey(Kkr, on_delete=models.PROTECT, related_name="organsager", verbose_name="KKR")
    titel = Fritekst("titel", max_length=180)
    version = models.OneToOneField(
        Version, null=True, blank=True, on_delete=models.PROTECT, related_name="organsag", verbose_name="version"
    )

    class Meta:
        verbose_name = "sag i organ"
        verbose_name_plural = "sager i organer"
        ordering = ["titel", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kkr", "titel"],
                condition=models.Q(version__isnull=True),
                name="organsag_titel_unik_blandt_andre_sager",
            )
        ]

    def __str__(self) -> str:
        return self.titel


@foelges(
    f"{_SEKRETARIAT}NEW.moede_id UNION ALL VALUES (NEW.registreret_af_id)",
    navn="sag",
    skjulte=["identitet"],
    kun_tilfoejes=True,
    bevares=True,
)
class Organbeslutning(models.Model):
    """What a meeting decided in a case. Append-only; the one registered last for a meeting and a case counts.

    `retter`: it was said to stand in the place of what was registered of the meeting and the case before.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    moede = models.ForeignKey(Moede, on_delete=models.PROTECT, related_name="beslutninger", verbose_name="møde")
    sag = models.ForeignKey(Organsag, on_delete=models.PROTECT, related_name="beslutninger")
    udfald = models.CharField("beslutning", max_length=16, choices=[(u.value, UDFALD_NAVN[u]) for u in Organudfald])
    tekst = Fritekst("hvad der blev besluttet", max_length=1000, blank=True)
    retter = models.BooleanField("retter", default=False)
    registreret = models.DateTimeField(default=nu)
    registreret_af = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="registrerede_organbeslutninger"
    )
    identitet = models.CharField(max_length=80)

    class Meta:
        verbose_name = "beslutning i organ"
        verbose_name_plural = "beslutninger i organer"
        ordering = ["registreret", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(udfald__in=[u.value for u in Organudfald]), name="organbeslutning_udfald_kendt"
            )
        ]
        triggers = [
            kun_tilfoejes("organbeslutning_kun_tilfoejes"),
            pgtrigger.Trigger(
                name="organbeslutning_afloeses_kun_med_vilje",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__retter=False),
                func=_MED_VILJE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sag}: {self.get_udfald_display()}"
