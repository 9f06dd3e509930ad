"""What an offer is paid beside its takst: the levels the takst is the average of, supplements to it, and packages of several."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from faelles.dateret import en_ad_gangen, rigtig_periode
from faelles.dokument.tal import tal
from faelles.felter import Fritekst
from faelles.spor import foelges
from faelles.tid import Periode
from kommuner.models import Organisation
from takster.models.forloeb import I_KRAFT, Forloeb, forloebsvaern
from takster.models.takst import Takstenhed
from takster.prisarter import Bladtilstand, Prisart
from takster.prisblade.linjer import Prislinje, linjer
from takster.querysets import ForloebQuerySet
from tilbud.models import Afdeling, Hjemmel, Tilbud
from vilkaar.models import Vilkaarssaet


@foelges(
    "VALUES (NEW.driftsherre_id)",
    navn="tilbud",
    skjulte=["indsendt_af", "afgjort_af"],
    undtagen=["beregning", "grundtakst"],
    bevares=True,
)
class Prisblad(Forloeb):
    """Prices of one art under a legal basis in a department, with the calculation behind them; sent in by one person, published by another.

    A row never changes but for its way through the house. A correction ends it (`ophoert`) and puts others in its place
    (`erstatter`), and so does another takst for its levels: they are the takst split, so `grundtakst` is what they were split from.
    `navn` is which supplement or package; a package is of several legal bases, and has none of its own.
    """

    driftsherre = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="prisblade")
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="prisblade")
    afdeling = models.ForeignKey(Afdeling, on_delete=models.PROTECT, related_name="prisblade", verbose_name="afdeling")
    hjemmel = models.ForeignKey(
        Hjemmel, null=True, blank=True, on_delete=models.PROTECT, related_name="prisblade", verbose_name="hjemmel"
    )
    art = models.CharField("art", max_length=12, choices=Prisart.choices)
    navn = Fritekst("navn", max_length=60, blank=True, default="")
    enhed = models.CharField("enhed", max_length=8, choices=Takstenhed.choices)
    periode = DateRangeField("gyldighed")
    grundtakst = models.GeneratedField(
        verbose_name="taksten, niveauerne deler",
        expression=models.Func(
            "art",
            "beregning",
            template=f"CASE WHEN art = '{Prisart.NIVEAUER}' THEN (beregning #>> '{{inddata,takst}}')::numeric END",
        ),
        output_field=models.DecimalField(max_digits=14, decimal_places=2, null=True),
        db_persist=True,
    )
    vilkaarssaet = models.ForeignKey(
        Vilkaarssaet, on_delete=models.PROTECT, related_name="prisblade", verbose_name="vilkårssæt"
    )

    objects = ForloebQuerySet["Prisblad"].as_manager()

    class Meta(Forloeb.Meta):
        verbose_name = "prisblad"
        verbose_name_plural = "prisblade"
        ordering = ["art", "navn", "-periode", "id"]
        constraints = [
            *Forloeb.Meta.constraints,
            rigtig_periode("prisblad_periode_rigtig"),
            en_ad_gangen("prisblad_et_ad_gangen", "afdeling", "hjemmel", "art", "navn", betingelse=I_KRAFT),
            en_ad_gangen("prisblad_pakke_en_ad_gangen", "afdeling", "navn", betingelse=I_KRAFT & Q(art=Prisart.PAKKE)),
            models.UniqueConstraint(
                fields=["afdeling", "hjemmel", "art", "navn"],
                nulls_distinct=False,
                condition=Q(tilstand=Bladtilstand.INDSENDT),
                name="prisblad_et_undervejs",
            ),
            models.CheckConstraint(condition=Q(art__in=Prisart.values), name="prisblad_art_kendt"),
            models.CheckConstraint(condition=Q(enhed__in=Takstenhed.values), name="prisblad_enhed_kendt"),
            models.CheckConstraint(
                condition=Q(art=Prisart.NIVEAUER, navn="") | ~Q(art=Prisart.NIVEAUER) & ~Q(navn=""),
                name="prisblad_navn_undtagen_niveauer",
            ),
            models.CheckConstraint(
                condition=Q(grundtakst__isnull=False) | ~Q(art=Prisart.NIVEAUER),
                name="prisblad_niveauer_deler_en_takst",
            ),
            models.CheckConstraint(
                condition=Q(art=Prisart.PAKKE, hjemmel__isnull=True) | ~Q(art=Prisart.PAKKE) & Q(hjemmel__isnull=False),
                name="prisblad_hjemmel_undtagen_pakker",
            ),
        ]
        triggers = forloebsvaern("prisblad", undtagen=["grundtakst"])

    def __str__(self) -> str:
        return self.navn or str(self.get_art_display())

    @property
    def hjemmel_i_ord(self) -> str:
        """What it is under: one legal basis, or those of the package."""
        return " og ".join(self.hjemler)

    @property
    def hjemler(self) -> tuple[str, ...]:
        """The legal bases of what it is the price of: its own, or those of the package."""
        if self.hjemmel_id:
            return (self.hjemmel_id,)
        return tuple(et["paragraf"] for et in self.beregning["inddata"]["dele"])

    @property
    def linjer(self) -> tuple[Prislinje, ...]:
        """The prices, in their order."""
        return linjer(Prisart(self.art), self.navn, self.beregning)

    def priser_i(self, beregning: Mapping[str, Any]) -> tuple[tuple[str, Decimal], ...]:
        """The prices of a calculation of this art."""
        return linjer(Prisart(self.art), self.navn, beregning)

    @property
    def foerste_dag(self) -> date:
        """The day whose terms it is computed under."""
        return Periode.af_range(self.periode).fra

    @property
    def i_ord(self) -> str:
        """The prices as one text."""
        enhed = self.get_enhed_display()
        return "; ".join(f"{linje.navn}: {tal(linje.beloeb, 2)} {enhed}" for linje in self.linjer)
