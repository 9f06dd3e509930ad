"""The free-choice check of serviceloven § 108 stk. 2, kept as a note: what was held against what, and what came of it."""

from typing import ClassVar

from django.db import models

from faelles.felter import Langtekst
from faelles.ids import uuid7
from faelles.models import Job
from faelles.spor import foelges
from faelles.tid import nu
from faelles.uforanderlig import kun_tilfoejes
from kommuner.models import Organisation
from reservationer.soegning.querysets import EgneQuerySet, NotatQuerySet
from tilbud.models import Tilbud


@foelges("VALUES (NEW.organisation_id)", navn="oensket", kun_tilfoejes=True)
class Fritvalgsproeve(models.Model):
    """Whether the offer the citizen wants is within the limit of the cost of the visited one. Never changed.

    Prices are kr. per døgn, as negotiated. `beregning` holds inputs, steps and terms (`takster.beregning.sammenligning`). The
    names are those of the municipality, and of the offers with their operators, when it was made.
    """

    NAVN_LAENGST: ClassVar = 300

    HJEMMEL: ClassVar = "SEL-108"  # both offers must deliver under it

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="fritvalgsproever")
    visiteret = models.ForeignKey(
        Tilbud, on_delete=models.PROTECT, related_name="fritvalg_fra", verbose_name="visiteret tilbud"
    )
    oensket = models.ForeignKey(
        Tilbud, on_delete=models.PROTECT, related_name="fritvalg_til", verbose_name="ønsket tilbud"
    )
    dato = models.DateField("priser pr.")
    visiteret_udgift = models.DecimalField("udgift til det visiterede tilbud", max_digits=14, decimal_places=2)
    forhandlet_pris = models.DecimalField("forhandlet pris for det ønskede tilbud", max_digits=14, decimal_places=2)
    tilladt = models.BooleanField("inden for grænsen")
    begrundelse = Langtekst("begrundelse", max_length=1000, blank=True, default="")
    beregning = models.JSONField("beregning")
    kommune_navn = models.CharField("kommune", max_length=NAVN_LAENGST)
    visiteret_navn = models.CharField("visiteret tilbud, som det hed", max_length=NAVN_LAENGST)
    oensket_navn = models.CharField("ønsket tilbud, som det hed", max_length=NAVN_LAENGST)
    rolle_navn = models.CharField("funktion", max_length=60)
    oprettet = models.DateTimeField("prøvet", default=nu)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="fritvalgsproeve", editable=False)

    objects = EgneQuerySet["Fritvalgsproeve"].as_manager()

    class Meta:
        verbose_name = "prøve af frit valg"
        verbose_name_plural = "prøver af frit valg"
        ordering = ["-oprettet", "-id"]
        indexes = [models.Index(fields=["organisation", "-oprettet", "-id"], name="fritvalgsproeve_liste")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(visiteret_udgift__gt=0, forhandlet_pris__gt=0),
                name="fritvalgsproeve_priser_over_nul",
            ),
            models.CheckConstraint(
                condition=~models.Q(visiteret=models.F("oensket")), name="fritvalgsproeve_to_forskellige_tilbud"
            ),
        ]
        triggers = [kun_tilfoejes("fritvalgsproeve_uforanderlig")]

    def __str__(self) -> str:
        return f"Frit valg {self.dato:%d.%m.%Y}"


class Fritvalgsnotat(models.Model):
    """The note as PDF, kept apart so that lists never read it; stored in the transaction that ends the job."""

    proeve = models.OneToOneField(Fritvalgsproeve, on_delete=models.PROTECT, related_name="notat", primary_key=True)
    pdf = models.BinaryField()
    sha256 = models.CharField("kontrolsum", max_length=64)

    objects = NotatQuerySet["Fritvalgsnotat"].as_manager()

    class Meta:
        verbose_name = "notat om frit valg"
        verbose_name_plural = "notater om frit valg"
        triggers = [kun_tilfoejes("fritvalgsnotat_uforanderligt")]

    def __str__(self) -> str:
        return str(self.proeve_id)
