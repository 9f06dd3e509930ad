"""The accounts of an offer for a year: what it cost, and once they are closed what it sold and what of the result is adjusted."""

from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import Q

from faelles.felter import Fritekst
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from kommuner.models import Organisation
from takster.budget.poster import PR_EJENDOM, REGNSKABSPOSTER
from takster.models.budget import FOERSTE_AAR, SIDSTE_AAR
from takster.querysets import RegnskabQuerySet, RegnskabslinjeQuerySet
from tilbud.models import Afdeling, Hjemmel, Tilbud
from vilkaar.models import Vilkaarssaet

# What stands in accounts that are closed, and in no others.
OPGJORT = (
    "belagte_doegn", "provenu", "omkostninger", "taerskelgrundlag", "resultat", "beholdt", "efterregulering", "indgaar_aar",
    "vilkaarssaet", "opgoerelse", "afsluttet",
)  # fmt: skip


# Lines of accounts that are closed stand fast with them: their sum does.
_IKKE_I_AFSLUTTET = """
    IF EXISTS (SELECT FROM takster_regnskab r
               WHERE r.id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.regnskab_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.regnskab_id END)
               AND r.afsluttet IS NOT NULL) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'regnskabslinje_ikke_i_afsluttet',
            MESSAGE = 'regnskabslinje_ikke_i_afsluttet: the accounts are closed';
    END IF;
    RETURN coalesce(NEW, OLD);
"""


def _beloeb(navn: str) -> "models.DecimalField[Decimal | None, Decimal | None]":
    return models.DecimalField(navn, max_digits=14, decimal_places=2, null=True, blank=True)


def _alle(felter: tuple[str, ...], *, tomme: bool) -> Q:
    samlet = Q()
    for felt in felter:
        samlet &= Q(**{f"{felt}__isnull": tomme})
    return samlet


def _tom_eller(**krav: object) -> Q:
    ((felt, vaerdi),) = krav.items()
    return Q(**{f"{felt.rpartition('__')[0]}__isnull": True}) | Q(**{felt: vaerdi})


@foelges(
    "VALUES (NEW.driftsherre_id)",
    navn="tilbud",
    skjulte=["oprettet_af", "afsluttet_af"],
    undtagen=["opgoerelse"],
)
class Regnskab(models.Model):
    """A year's accounts of an offer, or of the part of it that has a takst of its own: see `takster.regnskab.indhold`.

    As long as they are a draft they are the operator's alone, and what was sold is read in the ledger each time. Closing freezes it: `opgoerelse`
    holds every step, and the columns beside it what is asked for most. `efterregulering` (kr.) enters the takst of `indgaar_aar`, a surplus with a minus;
    `beholdt` does not.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    driftsherre = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="regnskaber")
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="regnskaber")
    aar = models.PositiveSmallIntegerField("år")
    afdeling = models.ForeignKey(
        Afdeling, null=True, blank=True, on_delete=models.PROTECT, related_name="regnskaber", verbose_name="afdeling"
    )
    hjemmel = models.ForeignKey(
        Hjemmel, null=True, blank=True, on_delete=models.PROTECT, related_name="regnskaber", verbose_name="hjemmel"
    )
    overhead = _beloeb("overhead")
    oevrigt_provenu = _beloeb("øvrigt provenu")
    oevrigt_grund = Fritekst("hvad øvrigt provenu er", max_length=200, blank=True, default="")
    grundlag = _beloeb("oplyst grundlag for tærsklen")
    overfoert = _beloeb("overført eller hensat")
    belagte_doegn = models.PositiveIntegerField("belagte døgn", null=True, blank=True)
    provenu = _beloeb("provenu")
    omkostninger = _beloeb("omkostningsbaseret regnskab")
    taerskelgrundlag = _beloeb("det, tærsklen er en procent af")
    resultat = _beloeb("resultat")
    beholdt = _beloeb("overført, hensat eller båret")
    efterregulering = _beloeb("efterregulering")
    indgaar_aar = models.PositiveSmallIntegerField("indgår i taksten for", null=True, blank=True)
    anvendes_senest = models.PositiveSmallIntegerField("hensat anvendes senest", null=True, blank=True)
    vilkaarssaet = models.ForeignKey(
        Vilkaarssaet,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="regnskaber",
        verbose_name="vilkårssæt",
    )
    opgoerelse = models.JSONField("opgørelse", null=True, blank=True)
    afsluttet = models.DateTimeField("afsluttet", null=True, blank=True)
    afsluttet_af = models.CharField("afsluttet af", max_length=80, blank=True, default="")
    afsluttet_rolle = Fritekst("afsluttet som", max_length=60, blank=True, default="")
    oprettet = models.DateTimeField("oprettet", default=nu)
    oprettet_af = models.CharField("oprettet af", max_length=80)
    aendret = models.DateTimeField("ændret", default=nu)

    objects = RegnskabQuerySet["Regnskab"].as_manager()

    class Meta:
        verbose_name = "regnskab"
        verbose_name_plural = "regnskaber"
        ordering = ["-aar", "tilbud__navn_sortering", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tilbud", "aar", "afdeling", "hjemmel"], nulls_distinct=False, name="regnskab_et_pr_aar_og_del"
            ),
            models.CheckConstraint(
                condition=Q(aar__gte=FOERSTE_AAR, aar__lte=SIDSTE_AAR), name="regnskab_aar_rimeligt"
            ),
            models.CheckConstraint(
                condition=_tom_eller(overhead__gte=0)
                & _tom_eller(oevrigt_provenu__gte=0)
                & _tom_eller(overfoert__gte=0),
                name="regnskab_beloeb_uden_minus",
            ),
            models.CheckConstraint(condition=_tom_eller(grundlag__gt=0), name="regnskab_grundlag_over_nul"),
            models.CheckConstraint(
                condition=Q(oevrigt_provenu__isnull=True, oevrigt_grund="")
                | Q(oevrigt_provenu__isnull=False) & ~Q(oevrigt_grund=""),
                name="regnskab_oevrigt_provenu_er_forklaret",
            ),
            models.CheckConstraint(
                condition=Q(anvendes_senest__isnull=True, afsluttet_af="") & _alle(OPGJORT, tomme=True)
                | ~Q(afsluttet_af="") & _alle(OPGJORT, tomme=False),
                name="regnskab_opgjort_naar_det_er_afsluttet",
            ),
            models.CheckConstraint(
                condition=Q(indgaar_aar__isnull=True) | Q(indgaar_aar__gt=models.F("aar")),
                name="regnskab_indgaar_i_et_senere_aar",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="regnskab_afsluttet_staar_fast",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__afsluttet__isnull=False, new__afsluttet__isnull=False),
            ),
            pgtrigger.Protect(
                name="regnskab_afsluttet_slettes_ikke",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__afsluttet__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tilbud}, regnskab {self.aar}"

    @property
    def delen(self) -> str:
        """The part of the offer it is of, in words."""
        return ", ".join(str(del_) for del_ in (self.afdeling, self.hjemmel) if del_) or "Hele tilbuddet"


@foelges("SELECT driftsherre_id FROM takster_regnskab WHERE id = NEW.regnskab_id", navn="regnskab")
class Regnskabslinje(models.Model):
    """One amount of the year, kr.; lines of a property group stand once per property. What is closed is in its accounts' steps too."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # Not CASCADE: Django would read the lines to delete them, and nobody would have said for whom.
    regnskab = models.ForeignKey(Regnskab, on_delete=models.DO_NOTHING, related_name="linjer")
    post = models.CharField(
        "post", max_length=40, choices=[(post.kode, post.navn) for post in REGNSKABSPOSTER.values()]
    )
    ejendom = Fritekst("ejendom", max_length=60, blank=True, default="")
    beloeb = models.DecimalField("beløb", max_digits=14, decimal_places=2)

    objects = RegnskabslinjeQuerySet["Regnskabslinje"].as_manager()

    class Meta:
        verbose_name = "regnskabslinje"
        verbose_name_plural = "regnskabslinjer"
        constraints = [
            models.UniqueConstraint(
                fields=["regnskab", "post", "ejendom"], name="regnskabslinje_en_pr_post_og_ejendom"
            ),
            models.CheckConstraint(condition=Q(beloeb__gte=0), name="regnskabslinje_uden_minus"),
            models.CheckConstraint(condition=Q(post__in=list(REGNSKABSPOSTER)), name="regnskabslinje_post_kendt"),
            models.CheckConstraint(
                condition=Q(ejendom="") | Q(post__in=PR_EJENDOM), name="regnskabslinje_ejendom_kun_paa_ejendomsposter"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="regnskabslinje_ikke_i_afsluttet",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_IKKE_I_AFSLUTTET,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_post_display()}: {self.beloeb}"
