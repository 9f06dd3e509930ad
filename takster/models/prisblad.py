"""What an offer is paid beside its takst: the levels the takst is the average of, supplements to it, and packages of several."""

import pgtrigger
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from faelles.dateret import en_ad_gangen, rigtig_periode
from faelles.dokument.tal import tal
from faelles.felter import Fritekst
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from kommuner.models import Organisation
from takster.beregning.trin import Trin
from takster.models.takst import Takstenhed
from takster.prisarter import AFGJORTE, Bladtilstand, Prisart
from takster.prisblade.linjer import Prislinje, linjer
from takster.querysets import PrisbladQuerySet
from tilbud.models import Afdeling, Hjemmel, Tilbud
from vilkaar.models import Saetstatus, Vilkaarssaet

# What may still change once it is sent in: how it went, and the day it stopped being what we say.
FORLOEB = ("tilstand", "afgjort", "afgjort_af", "afgjort_rolle", "afvist_grund", "erstatter", "ophoert")
I_KRAFT = Q(tilstand=Bladtilstand.OFFENTLIGGJORT, ophoert__isnull=True)


@foelges(
    "VALUES (NEW.driftsherre_id)",
    navn="tilbud",
    skjulte=["indsendt_af", "afgjort_af"],
    undtagen=["beregning", "grundtakst"],
    bevares=True,
)
class Prisblad(models.Model):
    """Prices of one art under a legal basis in a department, with the calculation behind them; sent in by one person, published by another.

    A row never changes but for its way through the house. A correction ends it (`ophoert`) and puts others in its place
    (`erstatter`), and so does another takst for its levels: they are the takst split, so `grundtakst` is what they were split from.
    `navn` is which supplement or package; a package is of several legal bases, and has none of its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
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
    beregning = models.JSONField("beregning")
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
    begrundelse = Fritekst("begrundelse", max_length=300, blank=True, default="")
    tilstand = models.CharField("tilstand", max_length=16, choices=Bladtilstand.choices, default=Bladtilstand.INDSENDT)
    indsendt = models.DateTimeField("indsendt", default=nu)
    indsendt_af = models.CharField("indsendt af", max_length=80)
    indsendt_rolle = Fritekst("indsendt som", max_length=60)
    afgjort = models.DateTimeField("afgjort", null=True, blank=True)
    afgjort_af = models.CharField("afgjort af", max_length=80, blank=True, default="")
    afgjort_rolle = Fritekst("afgjort som", max_length=60, blank=True, default="")
    afvist_grund = Fritekst("hvorfor afvist", max_length=300, blank=True, default="")
    erstatter = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="erstattet_af", verbose_name="erstatter"
    )
    oprettet = models.DateTimeField(default=nu)
    ophoert = models.DateTimeField("ophørt", null=True, blank=True)

    objects = PrisbladQuerySet["Prisblad"].as_manager()

    class Meta:
        verbose_name = "prisblad"
        verbose_name_plural = "prisblade"
        ordering = ["art", "navn", "-periode", "id"]
        constraints = [
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
            models.CheckConstraint(condition=Q(tilstand__in=Bladtilstand.values), name="prisblad_tilstand_kendt"),
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
            models.CheckConstraint(condition=Q(beregning__has_key="inddata"), name="prisblad_kan_regnes_efter"),
            models.CheckConstraint(
                condition=Q(tilstand__in=AFGJORTE, afgjort__isnull=False) & ~Q(afgjort_af="")
                | ~Q(tilstand__in=AFGJORTE) & Q(afgjort__isnull=True, afgjort_af=""),
                name="prisblad_afgjort_naar_det_er",
            ),
            models.CheckConstraint(condition=~Q(afgjort_af=F("indsendt_af")), name="prisblad_to_personer"),
            models.CheckConstraint(
                condition=Q(tilstand=Bladtilstand.AFVIST) & ~Q(afvist_grund="")
                | ~Q(tilstand=Bladtilstand.AFVIST) & Q(afvist_grund=""),
                name="prisblad_afvist_med_grund",
            ),
            models.CheckConstraint(
                condition=Q(ophoert__isnull=True) | Q(tilstand=Bladtilstand.OFFENTLIGGJORT, ophoert__gte=F("oprettet")),
                name="prisblad_kun_offentliggjorte_ophoerer",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="prisblad_uforanderligt",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=[*FORLOEB, "grundtakst"]),
            ),
            pgtrigger.Protect(
                name="prisblad_afgoeres_en_gang",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.tilstand <> 'indsendt' AND (OLD.tilstand, OLD.afgjort, OLD.afgjort_af, OLD.afgjort_rolle, OLD.afvist_grund, OLD.erstatter_id)"
                    " IS DISTINCT FROM (NEW.tilstand, NEW.afgjort, NEW.afgjort_af, NEW.afgjort_rolle, NEW.afvist_grund, NEW.erstatter_id)"
                ),
            ),
            pgtrigger.Protect(
                name="prisblad_ophoerer_en_gang",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ophoert__isnull=False),
            ),
            pgtrigger.Protect(name="prisblad_slettes_ikke", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.navn or str(self.get_art_display())

    @property
    def hjemmel_i_ord(self) -> str:
        """What it is under: one legal basis, or those of the package."""
        if self.hjemmel_id:
            return self.hjemmel_id
        return " og ".join(et["paragraf"] for et in self.beregning["inddata"]["dele"])

    @property
    def linjer(self) -> tuple[Prislinje, ...]:
        """The prices, in their order."""
        return linjer(Prisart(self.art), self.navn, self.beregning)

    @property
    def i_ord(self) -> str:
        """The prices as one text."""
        enhed = self.get_enhed_display()
        return "; ".join(f"{linje.navn}: {tal(linje.beloeb, 2)} {enhed}" for linje in self.linjer)

    @property
    def trin(self) -> tuple[Trin, ...]:
        """The steps of its calculation."""
        return tuple(Trin.af_json(et) for et in self.beregning["trin"])

    @property
    def foreloebig(self) -> bool:
        """Whether it was made under terms not yet adopted."""
        return bool(self.vilkaarssaet.status == Saetstatus.FORELOEBIG)
