"""The steps of an agreement's yearly wheel, who has done them, and who has been reminded."""

from functools import reduce
from operator import or_

from django.db import models

from faelles.felter import Fritekst
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from kommuner.models import Organisation
from rammeaftale.aarshjul.regler import (
    ANLEDNING_NAVN,
    ANSVAR_NAVN,
    GRUNDLAG_NAVN,
    Anledning,
    Ansvar,
    Emne,
    Grundlag,
)
from rammeaftale.models.aftale import SEKRETARIAT, Rammeaftale, Version
from rammeaftale.models.fokus import Milepael
from rammeaftale.models.udmeldinger import Udmelding

_EMNER = [emne.value for emne in Emne]


def _om(fyldt: str) -> models.Q:
    """That this column is filled in, and none of the others."""
    return models.Q(**{f"{emne}__isnull": emne != fyldt for emne in _EMNER})


_SEKRETARIAT_FOR_TRIN = (
    "SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id"
    " JOIN rammeaftale_aarshjulstrin t ON t.aftale_id = r.id WHERE t.id = NEW.trin_id"
)


@foelges(SEKRETARIAT, navn="opgave")
class Aarshjulstrin(models.Model):
    """Something that must be done for an agreement by a day, with who owes it and who has set the day.

    `paamind_dage` is how many days ahead those who owe it are reminded (0: on the day itself); empty for no reminders.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    aftale = models.ForeignKey(Rammeaftale, on_delete=models.PROTECT, related_name="aarshjul")
    opgave = Fritekst("opgave", max_length=160)
    frist = models.DateField("frist")
    ansvar = models.CharField("ansvar", max_length=12, choices=[(a.value, ANSVAR_NAVN[a]) for a in Ansvar])
    grundlag = models.CharField("grundlag", max_length=8, choices=[(g.value, GRUNDLAG_NAVN[g]) for g in Grundlag])
    kilde = Fritekst("kilde", max_length=200)
    paamind_dage = models.PositiveSmallIntegerField("påmind, dage før", null=True, blank=True)
    gennemgaas = models.BooleanField("skal gennemgås", default=False)

    class Meta:
        verbose_name = "trin i årshjulet"
        verbose_name_plural = "trin i årshjulet"
        ordering = ["frist", "opgave", "id"]
        constraints = [
            models.UniqueConstraint(fields=["aftale", "opgave", "frist"], name="aarshjulstrin_en_gang_pr_frist"),
            models.CheckConstraint(
                condition=models.Q(ansvar__in=[a.value for a in Ansvar]), name="aarshjulstrin_ansvar_kendt"
            ),
            models.CheckConstraint(
                condition=models.Q(grundlag__in=[g.value for g in Grundlag]), name="aarshjulstrin_grundlag_kendt"
            ),
            models.CheckConstraint(
                condition=~models.Q(opgave="") & ~models.Q(kilde=""), name="aarshjulstrin_har_opgave_og_kilde"
            ),
        ]

    def __str__(self) -> str:
        return self.opgave


@foelges(
    f"{_SEKRETARIAT_FOR_TRIN} UNION ALL VALUES (NEW.organisation_id)",
    navn="trin",
    skjulte=["identitet"],
)
class Aarshjulsudfoerelse(models.Model):
    """That one who owed a step has done it. A mistake is taken back by deleting the row; the change log keeps it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    trin = models.ForeignKey(Aarshjulstrin, on_delete=models.PROTECT, related_name="udfoerelser")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="udfoerte_trin")
    dato = models.DateField("udført")
    registreret = models.DateTimeField(default=nu)
    identitet = models.CharField(max_length=80)

    class Meta:
        verbose_name = "udført trin"
        verbose_name_plural = "udførte trin"
        constraints = [
            models.UniqueConstraint(fields=["trin", "organisation"], name="aarshjulsudfoerelse_en_pr_organisation")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.trin}"


class Aarshjulspaamindelse(models.Model):
    """That an organisation has been reminded of one of the wheel's dates, so that nobody is twice. A moved deadline is a new occasion.

    Noted before the mails go out, and `sendt` when they have: a note that stays unsent is of a run that was cut off.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    trin = models.ForeignKey(
        Aarshjulstrin, null=True, blank=True, on_delete=models.CASCADE, related_name="paamindelser"
    )
    milepael = models.ForeignKey(
        Milepael, null=True, blank=True, on_delete=models.CASCADE, related_name="paamindelser", verbose_name="milepæl"
    )
    version = models.ForeignKey(Version, null=True, blank=True, on_delete=models.CASCADE, related_name="paamindelser")
    udmelding = models.ForeignKey(
        Udmelding, null=True, blank=True, on_delete=models.CASCADE, related_name="paamindelser"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="aarshjulspaamindelser")
    frist = models.DateField("frist")
    anledning = models.CharField("anledning", max_length=8, choices=[(a.value, ANLEDNING_NAVN[a]) for a in Anledning])
    noteret = models.DateTimeField("noteret", default=nu)
    sendt = models.DateTimeField("sendt", null=True, blank=True)

    class Meta:
        verbose_name = "påmindelse om årshjulet"
        verbose_name_plural = "påmindelser om årshjulet"
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=[emne, "organisation", "frist", "anledning"],
                    name="aarshjulspaamindelse_en_pr_anledning" + (f"_om_{emne}" if emne != Emne.TRIN else ""),
                )
                for emne in _EMNER
            ),
            models.CheckConstraint(condition=reduce(or_, map(_om, _EMNER)), name="aarshjulspaamindelse_om_netop_et"),
            models.CheckConstraint(
                condition=models.Q(anledning__in=[a.value for a in Anledning]),
                name="aarshjulspaamindelse_anledning_kendt",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_anledning_display()}"
