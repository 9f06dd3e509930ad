"""Messages between the two parties about one thing."""

import pgtrigger
from django.db import models

from faelles.aktoer import Funktion
from faelles.felter import Langtekst
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from kommuner.models import Organisation
from reservationer.sag.models.forespoergsel import Henvendelse
from reservationer.sag.querysets import UnderHenvendelseQuerySet

LAENGST = 2000


@foelges(
    "SELECT unnest(ARRAY[handlekommune_id, driftsherre_id]) FROM sag_henvendelse WHERE id = NEW.henvendelse_id",
    navn="henvendelse",
    skjulte=["identitet"],
)
class Besked(models.Model):
    """What one party wrote to the other about an enquiry, and when the other first opened it. Never edited."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    henvendelse = models.ForeignKey(Henvendelse, on_delete=models.PROTECT, related_name="beskeder")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="beskeder")
    funktion = models.CharField("som", max_length=16, choices=[(f.value, f.value) for f in Funktion])
    rolle_navn = models.CharField("funktion", max_length=60)
    identitet = models.CharField(max_length=80)
    tekst = Langtekst("besked", max_length=LAENGST)
    sendt = models.DateTimeField("sendt", default=nu)
    laest = models.DateTimeField("læst af modparten", null=True, blank=True)

    objects = UnderHenvendelseQuerySet["Besked"].as_manager()

    class Meta:
        verbose_name = "besked"
        verbose_name_plural = "beskeder"
        ordering = ["sendt", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(tekst=""), name="besked_har_tekst"),
            models.CheckConstraint(
                condition=models.Q(laest__isnull=True) | models.Q(laest__gte=models.F("sendt")),
                name="besked_laest_efter_sendt",
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="besked_rettes_ikke", exclude=["laest"])]

    def __str__(self) -> str:
        return f"Besked {self.sendt:%d.%m.%Y}"
