"""An offer of a place: where, at which agreed price, from when, and until when it can be taken."""

from decimal import Decimal

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from faelles.dateret import rigtig_periode
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from reservationer.sag.models.efter_et_ja import PLADSTILBUD_AABENT
from reservationer.sag.models.forespoergsel import Henvendelse
from reservationer.sag.overgange import TILSTAND_NAVN, Emne, tilstande
from reservationer.sag.priser import TILLAEG_NAVN, Prisaftale, laes_tillaeg
from reservationer.sag.querysets import UnderHenvendelseQuerySet
from takster.models import Takstenhed
from tilbud.models import Afdeling, Plads
from vilkaar.models import Vilkaarssaet

TILSTANDE = tilstande(Emne.PLADSTILBUD)


class Pris(models.Model):
    """The columns of an agreed price (reservationer.sag.priser.Prisaftale)."""

    takst = models.DecimalField("takst", max_digits=14, decimal_places=2)
    enhed = models.CharField("enhed", max_length=8, choices=Takstenhed.choices, default=Takstenhed.DOEGN)
    niveau = models.PositiveSmallIntegerField("niveau", null=True, blank=True)
    tillaeg = models.JSONField("tillæg", default=dict, blank=True)
    samlet = models.DecimalField("samlet pris", max_digits=14, decimal_places=2)

    class Meta:
        abstract = True

    @property
    def prisaftale(self) -> Prisaftale:
        """The price as a value."""
        return Prisaftale(self.takst, Takstenhed(self.enhed), self.niveau, laes_tillaeg(self.tillaeg))

    @property
    def tillaeg_i_ord(self) -> list[tuple[str, Decimal]]:
        """Each supplement in words with its kroner."""
        return [(TILLAEG_NAVN[art], beloeb) for art, beloeb in sorted(laes_tillaeg(self.tillaeg).items())]

    @staticmethod
    def kolonner(pris: Prisaftale) -> dict[str, object]:
        """The columns of a price."""
        return {
            "takst": pris.takst,
            "enhed": pris.enhed,
            "niveau": pris.niveau,
            "tillaeg": pris.tillaeg_json,
            "samlet": pris.samlet,
        }


def prisregler(navn: str) -> list[models.CheckConstraint]:
    """What holds for every stored price."""
    return [
        models.CheckConstraint(condition=models.Q(takst__gt=0, samlet__gte=models.F("takst")), name=f"{navn}_over_nul"),
        models.CheckConstraint(condition=models.Q(enhed__in=Takstenhed.values), name=f"{navn}_enhed_kendt"),
    ]


@foelges(
    "SELECT unnest(ARRAY[handlekommune_id, driftsherre_id]) FROM sag_henvendelse WHERE id = NEW.henvendelse_id",
    navn="henvendelse",
)
class Pladstilbud(Pris):
    """What an offer proposes after an enquiry. It holds no place: a reservation does, for the buyer who takes it in time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    henvendelse = models.ForeignKey(Henvendelse, on_delete=models.PROTECT, related_name="pladstilbud")
    afdeling = models.ForeignKey(Afdeling, on_delete=models.PROTECT, related_name="pladstilbud")
    plads = models.ForeignKey(Plads, null=True, blank=True, on_delete=models.PROTECT, related_name="pladstilbud")
    periode = DateRangeField("periode")
    gyldig_til = models.DateTimeField("gælder til")
    vilkaarssaet = models.ForeignKey(
        Vilkaarssaet, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="vilkårssæt"
    )
    tilstand = models.CharField("tilstand", max_length=12, choices=[(t.value, TILSTAND_NAVN[t]) for t in TILSTANDE])
    givet = models.DateTimeField("givet", default=nu)

    objects = UnderHenvendelseQuerySet["Pladstilbud"].as_manager()

    class Meta:
        verbose_name = "tilbud om plads"
        verbose_name_plural = "tilbud om plads"
        ordering = ["-givet", "-id"]
        constraints = [
            rigtig_periode("pladstilbud_periode_rigtig"),
            *prisregler("pladstilbud_pris"),
            models.UniqueConstraint(
                fields=["henvendelse"], condition=models.Q(tilstand="tilbudt"), name="pladstilbud_et_aabent_ad_gangen"
            ),
            models.CheckConstraint(
                condition=models.Q(tilstand__in=[t.value for t in TILSTANDE]), name="pladstilbud_tilstand_kendt"
            ),
        ]
        triggers = [PLADSTILBUD_AABENT]

    def __str__(self) -> str:
        return f"{self.afdeling}{f', {self.plads}' if self.plads else ''}"
