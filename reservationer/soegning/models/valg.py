"""The choice among offers that were compared, kept as a note: what stood side by side, which was chosen, and why."""

from typing import ClassVar

from django.db import models

from faelles.felter import Langtekst
from faelles.ids import uuid7
from faelles.models import Job
from faelles.spor import foelges
from faelles.tid import nu
from faelles.uforanderlig import kun_tilfoejes
from kommuner.models import Organisation
from reservationer.soegning.querysets import EgneQuerySet, ValgnotatQuerySet
from tilbud.models import Afdeling


@foelges("VALUES (NEW.organisation_id)", navn="navn", kun_tilfoejes=True)
class Tilbudsvalg(models.Model):
    """That a municipality chose a department among those it compared. Never changed.

    `sammenligning` is the table as it stood (`sammenlign.indhold`), prices and names included; `dato` is the day they hold.
    `navn` is what was chosen, and `kommune_navn` the municipality, as they were called then. No citizen: the criteria are kept as met or not, not what was asked for.
    """

    NAVN_LAENGST: ClassVar = 300

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="tilbudsvalg")
    afdeling = models.ForeignKey(
        Afdeling, on_delete=models.PROTECT, related_name="tilbudsvalg", verbose_name="valgt afdeling"
    )
    navn = models.CharField("valgt", max_length=NAVN_LAENGST)
    antal = models.PositiveSmallIntegerField("sammenlignede afdelinger")
    dato = models.DateField("priser pr.")
    sammenligning = models.JSONField("sammenligning")
    begrundelse = Langtekst("begrundelse", max_length=2000)
    kommune_navn = models.CharField("kommune", max_length=NAVN_LAENGST)
    rolle_navn = models.CharField("funktion", max_length=60)
    oprettet = models.DateTimeField("valgt den", default=nu)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="tilbudsvalg", editable=False)

    objects = EgneQuerySet["Tilbudsvalg"].as_manager()

    class Meta:
        verbose_name = "valg af tilbud"
        verbose_name_plural = "valg af tilbud"
        ordering = ["-oprettet", "-id"]
        indexes = [models.Index(fields=["organisation", "-oprettet", "-id"], name="tilbudsvalg_liste")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(begrundelse=""), name="tilbudsvalg_har_begrundelse"),
            models.CheckConstraint(condition=models.Q(antal__range=(2, 4)), name="tilbudsvalg_mellem_to_til_fire"),
        ]
        triggers = [kun_tilfoejes("tilbudsvalg_uforanderligt")]

    def __str__(self) -> str:
        return self.navn


class Valgnotat(models.Model):
    """The note as PDF, kept apart so that lists never read it; stored in the transaction that ends the job."""

    valget = models.OneToOneField(Tilbudsvalg, on_delete=models.PROTECT, related_name="notat", primary_key=True)
    pdf = models.BinaryField()
    sha256 = models.CharField("kontrolsum", max_length=64)

    objects = ValgnotatQuerySet["Valgnotat"].as_manager()

    class Meta:
        verbose_name = "notat om valg af tilbud"
        verbose_name_plural = "notater om valg af tilbud"
        triggers = [kun_tilfoejes("valgnotat_uforanderligt")]

    def __str__(self) -> str:
        return str(self.valget_id)
