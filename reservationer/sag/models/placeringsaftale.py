"""The placement agreement: the contract of one citizen's place between the municipality that buys and the operator that sells.

It ends by itself: neither the decision to the citizen, the stay nor the tenancy is part of it (rules-reservation §§ 1 and 6). What ends
one of the four ends none of the others.
"""

from datetime import date
from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models

from faelles.felter import Fritekst
from faelles.ids import uuid7
from faelles.models import Job
from faelles.spor import foelges
from faelles.tid import nu
from faelles.uforanderlig import kun_tilfoejes
from kommuner.models import Organisation
from reservationer.sag.aftaler.felter import (
    ALTID,
    SKRIVES,
    VALG,
    Lukning,
    Moms,
    Regulering,
    Rytme,
    Variant,
    Varighed,
    Ydelse,
)
from reservationer.sag.models.ophold import Ophold
from reservationer.sag.models.reservation import Reservation
from reservationer.sag.overgange import TILSTAND_NAVN, Emne, Tilstand, tilstande
from reservationer.sag.querysets import AftaledokumentQuerySet, PlaceringsaftaleQuerySet
from tilbud.models import Tilbud
from vilkaar.models import Vilkaarssaet

TILSTANDE = tilstande(Emne.PLACERINGSAFTALE)
VARSEL = r"^[0-9]{1,3}[md]$"
EAN = r"^[0-9]{13}$"
AABNE = (Tilstand.KLADDE.value, Tilstand.HOS_KOMMUNEN.value, Tilstand.HOS_TILBUDDET.value)
SLUTTET = (Tilstand.OPSAGT.value, Tilstand.OPHOERT.value, Tilstand.AFLOEST.value)  # or about to: it has a last day
INDGAAEDE = (Tilstand.AFTALT.value, *SLUTTET)
ENDELIGE = (Tilstand.OPHOERT.value, Tilstand.AFLOEST.value)


def gaelder_paa(dag: date) -> models.Q:
    """The versions in force on the day, as `Placeringsaftale.gaelder` says it of one."""
    slutter = models.Q(ophoerer=None) | models.Q(ophoerer__gte=dag)
    return slutter & models.Q(tilstand__in=INDGAAEDE, gaelder_fra__lte=dag)


def _har_alt() -> models.Q:
    """Everything a complete agreement has in its own columns (`aftaler.regler.mangler` says it politely)."""
    tomt = models.Q(ydelser=[]) | models.Q(opfoelgning=None) | models.Q(betalingsdage=None)
    for felt in sorted(ALTID - {"ydelser", "opfoelgning", "betalingsdage"}):
        tomt |= models.Q(**{felt: ""})
    midlertidig = models.Q(varighed=Varighed.MIDLERTIDIG, slut=None)
    udenfor = models.Q(variant=Variant.UDEN) & (models.Q(varsel_kommune="") | models.Q(varsel_tilbud=""))
    return ~(tomt | midlertidig | udenfor)


def _accepter() -> models.Q:
    """Which party has accepted in which state; what it accepted is frozen from the first of them."""

    def i(*tilstand: Tilstand, kommune: bool, driftsherre: bool) -> models.Q:
        return models.Q(
            tilstand__in=[t.value for t in tilstand],
            kommune_accepteret__isnull=not kommune,
            driftsherre_accepteret__isnull=not driftsherre,
            grundlag__isnull=not (kommune or driftsherre),
            job__isnull=not (kommune and driftsherre),
        )

    return (
        i(Tilstand.KLADDE, Tilstand.BORTFALDET, kommune=False, driftsherre=False)
        | i(Tilstand.HOS_TILBUDDET, kommune=True, driftsherre=False)
        | i(Tilstand.HOS_KOMMUNEN, kommune=False, driftsherre=True)
        | i(*map(Tilstand, INDGAAEDE), kommune=True, driftsherre=True)
    )


def _andet_end_slut() -> pgtrigger.Condition:
    """Of a version both have accepted: something other than its end changes, or the end of one that has ended; a tuple of codes is written as SQL does."""
    slut = "ARRAY['tilstand', 'ophoerer', 'opsagt_som', 'ophoer_vilkaarssaet_id']"
    return pgtrigger.Condition(
        f"OLD.tilstand IN {INDGAAEDE} AND (OLD.tilstand IN {ENDELIGE} OR NEW.tilstand NOT IN {SLUTTET}"
        f" OR to_jsonb(OLD) - {slut} <> to_jsonb(NEW) - {slut})"
    )


@foelges("VALUES (NEW.handlekommune_id), (NEW.driftsherre_id)", navn="tilbud", laeses=True)
class Placeringsaftale(models.Model):
    """One version of the agreement of one case: a reservation with the stay it becomes, or a stay nobody had reserved.

    What the case says by itself (parties, hjemmel, price, notice) is read from it while this is a draft and frozen in
    `grundlag` (`aftaler.grundlag.Grundlag`) from the first accept. The rest stands in the columns. Seen by the two parties
    only. What both have accepted never changes again; a change is a new version. `ophoerer` is its last day once it is known,
    `opsagt_som` in which function a notice that ends it was given, and `ophoer_vilkaarssaet` the set that notice follows from when
    it is not agreed in the version.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reservation = models.ForeignKey(
        Reservation, null=True, blank=True, on_delete=models.PROTECT, related_name="placeringsaftaler"
    )
    ophold = models.ForeignKey(
        Ophold, null=True, blank=True, on_delete=models.PROTECT, related_name="placeringsaftaler"
    )
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="placeringsaftaler")
    handlekommune = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="placeringsaftaler_som_koeber"
    )
    driftsherre = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="placeringsaftaler_som_saelger"
    )
    nummer = models.PositiveSmallIntegerField("version")
    tilstand = models.CharField("tilstand", max_length=16, choices=[(t.value, TILSTAND_NAVN[t]) for t in TILSTANDE])
    gaelder_fra = models.DateField("gælder fra")
    variant = models.CharField("variant", max_length=8, choices=Variant.choices, blank=True)
    kommune_afdeling = Fritekst("kommunens afdeling", max_length=120, blank=True)
    kommune_adresse = Fritekst("kommunens adresse", max_length=200, blank=True)
    betaler_kontakt = Fritekst("betalingskommunens kontakt", max_length=120, blank=True)
    ydelser = ArrayField(
        models.CharField(max_length=16, choices=Ydelse.choices), verbose_name="ydelser", default=list, blank=True
    )
    maal = Fritekst("reference til målene", max_length=120, blank=True)
    opfoelgning = models.DateField("første opfølgning", null=True, blank=True)
    moms = models.CharField("moms", max_length=16, choices=Moms.choices, blank=True)
    regulering = models.CharField("regulering af prisen", max_length=16, choices=Regulering.choices, blank=True)
    varighed = models.CharField("varighed", max_length=16, choices=Varighed.choices, blank=True)
    slut = models.DateField("sidste dag", null=True, blank=True)
    varsel_kommune = models.CharField(
        "kommunens opsigelsesvarsel", max_length=4, blank=True, validators=[RegexValidator(VARSEL)]
    )
    varsel_tilbud = models.CharField(
        "tilbuddets opsigelsesvarsel", max_length=4, blank=True, validators=[RegexValidator(VARSEL)]
    )
    lukning = models.CharField("efterregulering ved lukning", max_length=16, choices=Lukning.choices, blank=True)
    rytme = models.CharField("afregning", max_length=16, choices=Rytme.choices, blank=True)
    betalingsdage = models.PositiveSmallIntegerField("betalingsfrist i dage", null=True, blank=True)
    ean = models.CharField("EAN-nummer", max_length=13, blank=True, validators=[RegexValidator(EAN)])
    fakturareference = Fritekst("reference på fakturaen", max_length=60, blank=True)
    grundlag = models.JSONField("det aftalte, som sagen sagde det", null=True, blank=True)
    kommune_accepteret = models.DateTimeField("godkendt af kommunen", null=True, blank=True)
    kommune_rolle = models.CharField("kommunens funktion", max_length=60, blank=True)
    driftsherre_accepteret = models.DateTimeField("godkendt af driftsherren", null=True, blank=True)
    driftsherre_rolle = models.CharField("driftsherrens funktion", max_length=60, blank=True)
    ophoerer = models.DateField("aftalens sidste dag", null=True, blank=True)
    opsagt_som = models.CharField(
        "opsagt af", max_length=16, blank=True, choices=[("myndighed", "kommune"), ("driftsherre", "tilbud")]
    )
    ophoer_vilkaarssaet = models.ForeignKey(
        Vilkaarssaet,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name="vilkårssæt for varslet",
    )
    job = models.OneToOneField(
        Job, null=True, blank=True, on_delete=models.PROTECT, related_name="placeringsaftale", editable=False
    )
    oprettet = models.DateTimeField("oprettet", default=nu)
    anonymiseret = models.DateTimeField(null=True, editable=False)

    objects = PlaceringsaftaleQuerySet["Placeringsaftale"].as_manager()

    class Meta:
        verbose_name = "placeringsaftale"
        verbose_name_plural = "placeringsaftaler"
        ordering = ["-oprettet", "-id"]
        indexes = [
            models.Index(fields=["handlekommune", "-oprettet", "-id"], name="aftale_koebers_liste"),
            models.Index(fields=["driftsherre", "-oprettet", "-id"], name="aftale_saelgers_liste"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reservation__isnull=False, ophold__isnull=True)
                | models.Q(reservation__isnull=True, ophold__isnull=False),
                name="aftale_om_netop_en_sag",
            ),
            *(
                models.UniqueConstraint(fields=[sag, "nummer"], name=f"aftale_version_unik_{sag}")
                for sag in ("reservation", "ophold")
            ),
            *(
                models.UniqueConstraint(
                    fields=[sag], condition=models.Q(tilstand__in=AABNE), name=f"aftale_en_aaben_{sag}"
                )
                for sag in ("reservation", "ophold")
            ),
            models.CheckConstraint(condition=models.Q(nummer__gte=1), name="aftale_version_fra_en"),
            models.CheckConstraint(
                condition=models.Q(tilstand__in=[t.value for t in TILSTANDE]), name="aftale_tilstand_kendt"
            ),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{felt: ""}) | models.Q(**{f"{felt}__in": valg.values}),
                    name=f"aftale_{felt}_kendt",
                )
                for felt, valg in VALG.items()
            ),
            models.CheckConstraint(
                condition=models.Q(ydelser__contained_by=Ydelse.values), name="aftale_ydelser_kendte"
            ),
            models.CheckConstraint(
                condition=models.Q(varsel_kommune="") | models.Q(varsel_kommune__regex=VARSEL),
                name="aftale_varsel_kommune_rigtigt",
            ),
            models.CheckConstraint(
                condition=models.Q(varsel_tilbud="") | models.Q(varsel_tilbud__regex=VARSEL),
                name="aftale_varsel_tilbud_rigtigt",
            ),
            models.CheckConstraint(
                condition=models.Q(ean="") | models.Q(ean__regex=EAN), name="aftale_ean_tretten_cifre"
            ),
            models.CheckConstraint(
                condition=models.Q(slut__isnull=True) | models.Q(slut__gte=models.F("gaelder_fra")),
                name="aftale_slut_efter_begyndelsen",
            ),
            models.CheckConstraint(condition=_accepter(), name="aftale_accepter_efter_tilstanden"),
            models.CheckConstraint(
                condition=models.Q(tilstand__in=[Tilstand.KLADDE.value, Tilstand.BORTFALDET.value])
                | models.Q(anonymiseret__isnull=False)
                | _har_alt(),
                name="aftale_fremsat_uden_huller",
            ),
            models.CheckConstraint(
                condition=models.Q(tilstand__in=SLUTTET, ophoerer__isnull=False)
                | (~models.Q(tilstand__in=SLUTTET) & models.Q(ophoerer__isnull=True)),
                name="aftale_sluttet_netop_med_dag",
            ),
            models.CheckConstraint(
                condition=models.Q(opsagt_som="", ophoer_vilkaarssaet__isnull=True)
                | models.Q(opsagt_som__in=["myndighed", "driftsherre"], tilstand__in=SLUTTET),
                name="aftale_varsel_kun_opsagt",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="aftale_aftalt_slettes_ikke",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__tilstand__in=INDGAAEDE),
            ),
            # It can end, and nothing else happens to it; what has ended has.
            pgtrigger.Protect(
                name="aftale_aftalt_aendres_ikke",
                operation=pgtrigger.Update,
                condition=_andet_end_slut(),
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.nummer}"

    @property
    def som_felter(self) -> dict[str, Any]:
        """The columns people write, by name."""
        return {navn: getattr(self, navn) for navn in SKRIVES}

    def gaelder(self, dag: date) -> bool:
        """Whether it is in force on the day, which it still is under notice and until another takes over (`gaelder_paa` asks for them)."""
        slutter = self.ophoerer is None or self.ophoerer >= dag
        return slutter and self.tilstand in INDGAAEDE and self.gaelder_fra <= dag

    @property
    def sidste_dag(self) -> date | None:
        """The day it was agreed until or has been ended on, the first of them; None while it is open-ended."""
        return min(filter(None, (self.slut, self.ophoerer)), default=None)

    @property
    def er_reguleret(self) -> bool:
        """Whether it follows from a new takst: both accepted that it would before it was made."""
        accepter = (self.kommune_accepteret, self.driftsherre_accepteret)
        return all(et is not None and et < self.oprettet for et in accepter)

    @property
    def ydelser_i_ord(self) -> list[str]:
        """The services in words."""
        return [str(Ydelse(kode).label) for kode in self.ydelser]


class Aftaledokument(models.Model):
    """The agreement as PDF, kept apart so that lists never read it; stored in the transaction that ends the job."""

    aftale = models.OneToOneField(Placeringsaftale, on_delete=models.PROTECT, related_name="dokument", primary_key=True)
    pdf = models.BinaryField()
    sha256 = models.CharField("kontrolsum", max_length=64)

    objects = AftaledokumentQuerySet["Aftaledokument"].as_manager()

    class Meta:
        verbose_name = "placeringsaftale som dokument"
        verbose_name_plural = "placeringsaftaler som dokumenter"
        triggers = [kun_tilfoejes("aftaledokument_uforanderligt")]

    def __str__(self) -> str:
        return str(self.aftale_id)
