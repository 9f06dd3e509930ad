"""Knowledge that was passed on, and to whom."""

from django.db import models
from django.db.models import Q

from faelles.felter import Fritekst, Link
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from kommuner.models import Organisation
from rammeaftale.videndeling.regler import VIDENFORM_NAVN, Videnform
from tilbud.models import Tilbud

_DRIFTSHERRE = "SELECT driftsherre_id FROM tilbud_tilbud WHERE id = "


@foelges(f"{_DRIFTSHERRE}NEW.tilbud_id UNION ALL VALUES (NEW.registreret_af_id)", navn="emne", skjulte=["identitet"])
class Videndeling(models.Model):
    """That an offer passed knowledge on. A mistake is taken back by deleting the row; the change log keeps it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="videndelinger", verbose_name="tilbud")
    emne = Fritekst("emne", max_length=160)
    form = models.CharField("form", max_length=12, choices=[(f.value, VIDENFORM_NAVN[f]) for f in Videnform])
    dato = models.DateField("dato")
    url = Link("link", max_length=500, blank=True, default="")
    registreret = models.DateTimeField(default=nu)
    registreret_af = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="registrerede_videndelinger"
    )
    identitet = models.CharField(max_length=80)

    class Meta:
        verbose_name = "vidensdeling"
        verbose_name_plural = "vidensdelinger"
        ordering = ["-dato", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(form__in=[f.value for f in Videnform]), name="videndeling_form_kendt"),
            models.CheckConstraint(condition=~Q(emne=""), name="videndeling_har_emne"),
        ]

    def __str__(self) -> str:
        return self.emne


@foelges(
    f"{_DRIFTSHERRE}(SELECT tilbud_id FROM rammeaftale_videndeling WHERE id = NEW.videndeling_id)"  # noqa: S608 - our own
    " UNION ALL VALUES (NEW.organisation_id)",
    navn="organisation",
)
class Videnmodtager(models.Model):
    """That an organisation had the knowledge."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    videndeling = models.ForeignKey(
        Videndeling, on_delete=models.CASCADE, related_name="modtagere", verbose_name="vidensdeling"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="modtaget_viden", verbose_name="organisation"
    )

    class Meta:
        verbose_name = "modtager af viden"
        verbose_name_plural = "modtagere af viden"
        constraints = [
            models.UniqueConstraint(fields=["videndeling", "organisation"], name="videnmodtager_en_gang_pr_deling")
        ]

    def __str__(self) -> str:
        return str(self.organisation)
