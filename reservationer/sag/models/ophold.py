"""Stays. Which place and which days stand in the ledger; what is paid, under which hjemmel and by whom are dated facts here."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models

from faelles.dateret import en_ad_gangen, rigtig_periode
from faelles.felter import Fritekst
from faelles.ids import REFERENCE, REFERENCE_LAENGDE, uuid7
from faelles.spor import foelges
from faelles.tid import nu
from kommuner.models import Organisation
from reservationer.sag.models.pladstilbud import Pris, prisregler
from reservationer.sag.models.reservation import Reservation
from reservationer.sag.models.spor import PERIODENS_PARTER, parter_den_dag
from reservationer.sag.overgange import GRUND_NAVN, TILSTAND_NAVN, Emne, tilstande
from reservationer.sag.querysets import OpholdQuerySet, OpholdspladsQuerySet, OpsigelseQuerySet, UnderOpholdQuerySet
from tilbud.belaegning.models import Optagelse
from tilbud.models import Hjemmel, Maalgruppe, Tilbud
from vilkaar.models import Vilkaarssaet

TILSTANDE = tilstande(Emne.OPHOLD)


def _netop_med(felt: str, saet: str, *, navn: str) -> models.CheckConstraint:
    """That a computed day and what it was computed with are there together or not at all."""
    begge = {f"{felt}__isnull": False, f"{saet}__isnull": False}
    ingen = {f"{felt}__isnull": True, f"{saet}__isnull": True}
    return models.CheckConstraint(condition=models.Q(**begge) | models.Q(**ingen), name=navn)


class Indgang(models.TextChoices):
    """How a stay began."""

    RESERVATION = "reservation", "Efter reservation"
    SELVHENVENDELSE = "selvhenvendelse", "Borgeren henvendte sig selv"
    AKUT = "akut", "Akut"
    OVERFLYTNING = "overflytning", "Overflyttet fra et andet tilbud"


# `parter` names those to come too; who is responsible when, the stay's ansvar tells each of them.
@foelges(
    parter_den_dag("NEW.id"), navn="sagsreference", skjulte=["oprettet_af", "parter"], laeses=True, sagen="pgh_obj"
)
class Ophold(models.Model):
    """One citizen's stay at one offer, from indskrivning to udskrivning.

    `parter` are the municipalities that are or were responsible or pay: they and the operator see it, those that were only what
    was there in their time (`ophold.queries`). `foerste_dag` and
    `sidste_dag` are days there; `betales_fra` and `betales_til` the first and last payable day. While the approval the law
    asks for is missing, `akut_fra` is the first day without it and `akutfrist` the last lawful one (`Akutforloeb` when it is over). The sets of terms are those it was begun under, and those `akutfrist`
    and `betales_til` were last computed with.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reservation = models.OneToOneField(
        Reservation, null=True, blank=True, on_delete=models.PROTECT, related_name="ophold"
    )
    fortsaetter = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="fortsat_i", verbose_name="fortsætter"
    )
    indgang = models.CharField("indgang", max_length=16, choices=Indgang.choices)
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="ophold")
    driftsherre = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ophold_som_saelger")
    parter = ArrayField(models.UUIDField(), verbose_name="kommuner, der er parter")
    maalgruppe = models.ForeignKey(
        Maalgruppe, null=True, blank=True, on_delete=models.PROTECT, related_name="ophold", verbose_name="målgruppe"
    )
    reference = models.CharField(  # noqa: DJ001 - unique, and NULL once it has been erased
        "reference", max_length=REFERENCE_LAENGDE, null=True, editable=False
    )
    sagsreference = Fritekst("sagsreference", max_length=60)
    tilstand = models.CharField("tilstand", max_length=12, choices=[(t.value, TILSTAND_NAVN[t]) for t in TILSTANDE])
    foerste_dag = models.DateField("første dag")
    betales_fra = models.DateField("betales fra")
    sidste_dag = models.DateField("sidste dag", null=True, blank=True)
    betales_til = models.DateField("betales til og med", null=True, blank=True)
    udskrivningsgrund = models.CharField(
        "grund til udskrivning", max_length=30, blank=True, choices=[(g.value, n) for g, n in GRUND_NAVN.items()]
    )
    akut_fra = models.DateField("uden godkendelse fra", null=True, blank=True)
    akutfrist = models.DateField("sidste lovlige dag uden godkendelse", null=True, blank=True)
    tilsyn_orienteret = models.DateField("socialtilsynet orienteret", null=True, blank=True)
    akut_forlaenget = models.BooleanField("akut ophold forlænget", default=False)
    vilkaarssaet = models.ForeignKey(
        Vilkaarssaet, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="vilkårssæt"
    )
    akut_vilkaarssaet = models.ForeignKey(
        Vilkaarssaet,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name="vilkårssæt for fristen",
    )
    betaling_vilkaarssaet = models.ForeignKey(
        Vilkaarssaet,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name="vilkårssæt for den sidste betaling",
    )
    oprettet = models.DateTimeField("oprettet", default=nu)
    oprettet_af = models.CharField(max_length=80, blank=True)
    anonymiseret = models.DateTimeField(null=True, editable=False)

    objects = OpholdQuerySet["Ophold"].as_manager()

    class Meta:
        verbose_name = "ophold"
        verbose_name_plural = "ophold"
        indexes = [
            models.Index(fields=["driftsherre", "-foerste_dag", "-id"], name="ophold_saelgers_liste"),
            models.Index(fields=["akutfrist"], name="ophold_akutte", condition=models.Q(akutfrist__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="ophold_reference_unik"),
            models.CheckConstraint(
                condition=models.Q(tilstand__in=[t.value for t in TILSTANDE]), name="ophold_tilstand_kendt"
            ),
            models.CheckConstraint(
                condition=models.Q(anonymiseret__isnull=False)
                | models.Q(~models.Q(sagsreference=""), reference__isnull=False, reference__regex=REFERENCE),
                name="ophold_har_referencer",
            ),
            models.CheckConstraint(
                condition=models.Q(anonymiseret__isnull=True)
                | models.Q(
                    tilstand="udskrevet", sagsreference="", reference__isnull=True, maalgruppe__isnull=True, oprettet_af=""
                ),
                name="ophold_anonymiseret_uden_spor",
            ),
            models.CheckConstraint(condition=models.Q(parter__len__gt=0), name="ophold_har_parter"),
            models.CheckConstraint(
                condition=models.Q(tilstand="udskrevet", sidste_dag__isnull=False, betales_til__isnull=False)
                | (~models.Q(tilstand="udskrevet") & models.Q(sidste_dag__isnull=True, betales_til__isnull=True)),
                name="ophold_udskrevet_netop_med_dage",
            ),
            models.CheckConstraint(
                condition=models.Q(sidste_dag__isnull=True)
                | models.Q(sidste_dag__gte=models.F("foerste_dag"), betales_til__gte=models.F("sidste_dag")),
                name="ophold_dage_i_orden",
            ),
            models.CheckConstraint(
                condition=models.Q(akut_forlaenget=False) | models.Q(akutfrist__isnull=False, tilsyn_orienteret__isnull=False),
                name="ophold_akut_forlaenget_efter_orientering",
            ),
            _netop_med("akutfrist", "akut_fra", navn="ophold_akutfrist_netop_med_fra"),
            _netop_med("akutfrist", "akut_vilkaarssaet", navn="ophold_akutfrist_netop_med_vilkaar"),
            _netop_med("betales_til", "betaling_vilkaarssaet", navn="ophold_betales_til_netop_med_vilkaar"),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Protect(
                name="ophold_anonymiseret_er_endelig",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__anonymiseret__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.sagsreference


@foelges(
    parter_den_dag(
        "NEW.ophold_id", "(SELECT lower(o.periode) FROM belaegning_optagelse o WHERE o.id = NEW.optagelse_id)"
    ),
    navn="ophold",
    sagen="ophold",
)
class Opholdsplads(models.Model):
    """That a claim in the ledger is this stay's. A stay has one at a time; a move ends one and begins the next."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ophold = models.ForeignKey(Ophold, on_delete=models.PROTECT, related_name="pladser")
    optagelse = models.OneToOneField(Optagelse, on_delete=models.PROTECT, related_name="opholdsplads")

    objects = OpholdspladsQuerySet["Opholdsplads"].as_manager()

    class Meta:
        verbose_name = "opholdets plads"
        verbose_name_plural = "opholdets pladser"

    def __str__(self) -> str:
        return str(self.optagelse_id)


@foelges(PERIODENS_PARTER, navn="ophold", sagen="ophold")
class Opholdspris(Pris):
    """The agreed price in a period. One that is proposed and not yet accepted has `accepteret` empty and counts for nothing."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ophold = models.ForeignKey(Ophold, on_delete=models.PROTECT, related_name="priser")
    periode = DateRangeField("gyldighed")
    foreslaaet = models.DateTimeField("foreslået", default=nu)
    accepteret = models.DateTimeField("accepteret", null=True, blank=True)

    objects = UnderOpholdQuerySet["Opholdspris"].as_manager()

    class Meta:
        verbose_name = "opholdets pris"
        verbose_name_plural = "opholdets priser"
        constraints = [
            rigtig_periode("opholdspris_periode_rigtig"),
            en_ad_gangen("opholdspris_en_ad_gangen", "ophold", betingelse=models.Q(accepteret__isnull=False)),
            models.UniqueConstraint(
                fields=["ophold"], condition=models.Q(accepteret__isnull=True), name="opholdspris_et_forslag_ad_gangen"
            ),
            *prisregler("opholdspris"),
        ]

    def __str__(self) -> str:
        return f"{self.samlet} {self.get_enhed_display()}"


@foelges(PERIODENS_PARTER, navn="ophold", sagen="ophold")
class Opholdshjemmel(models.Model):
    """The hjemmel a stay is given under in a period."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ophold = models.ForeignKey(Ophold, on_delete=models.PROTECT, related_name="hjemler")
    hjemmel = models.ForeignKey(Hjemmel, on_delete=models.PROTECT, related_name="ophold")
    periode = DateRangeField("gyldighed")

    objects = UnderOpholdQuerySet["Opholdshjemmel"].as_manager()

    class Meta:
        verbose_name = "opholdets hjemmel"
        verbose_name_plural = "opholdets hjemler"
        constraints = [
            rigtig_periode("opholdshjemmel_periode_rigtig"),
            en_ad_gangen("opholdshjemmel_en_ad_gangen", "ophold"),
        ]

    def __str__(self) -> str:
        return self.hjemmel_id


# Those it makes responsible are told so, whenever that is.
@foelges(
    f"{PERIODENS_PARTER} UNION ALL VALUES (NEW.handlekommune_id), (NEW.betalingskommune_id)",
    navn="ophold",
    sagen="ophold",
)
class Opholdsansvar(models.Model):
    """Who is handlekommune and who pays in a period (retssikkerhedsloven § 9). A citizen's change of address changes neither;
    a decision or an agreement does, and `dokument` is the reference to it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ophold = models.ForeignKey(Ophold, on_delete=models.PROTECT, related_name="ansvar")
    handlekommune = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ansvar_som_handlekommune")
    betalingskommune = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="ansvar_som_betalingskommune"
    )
    periode = DateRangeField("gyldighed")
    grund = models.CharField(
        "grund", max_length=30, blank=True, choices=[(g.value, navn) for g, navn in GRUND_NAVN.items()]
    )
    dokument = Fritekst("reference til dokumentet", max_length=120, blank=True)

    objects = UnderOpholdQuerySet["Opholdsansvar"].as_manager()

    class Meta:
        verbose_name = "ansvar for opholdet"
        verbose_name_plural = "ansvar for opholdet"
        constraints = [
            rigtig_periode("opholdsansvar_periode_rigtig"),
            en_ad_gangen("opholdsansvar_en_ad_gangen", "ophold"),
        ]

    def __str__(self) -> str:
        return f"{self.handlekommune_id}"


class Fravaersart(models.TextChoices):
    """Kinds of absence; what is paid meanwhile is a term per kind."""

    HOSPITAL = "hospital", "Indlagt"
    FERIE = "ferie", "Ferie"
    FAENGSEL = "faengsel", "Fængslet eller varetægtsfængslet"
    ANDET = "andet", "Andet fravær"


@foelges(PERIODENS_PARTER, navn="ophold", sagen="ophold")
class Fravaer(models.Model):
    """Days away while the place is kept, and the per cent of the price that is paid for them by the terms of that time.

    One that was wrong is kept with when it was put right (`rettet`), and counts for nothing; what was right instead points at it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ophold = models.ForeignKey(Ophold, on_delete=models.PROTECT, related_name="fravaer")
    art = models.CharField("art", max_length=12, choices=Fravaersart.choices)
    periode = DateRangeField("periode")
    betalingsprocent = models.DecimalField("betales i procent", max_digits=5, decimal_places=2)
    vilkaarssaet = models.ForeignKey(
        Vilkaarssaet, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="vilkårssæt"
    )

    erstatter = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="rettet_til", verbose_name="erstatter"
    )
    rettet = models.DateTimeField("rettet", null=True, blank=True)

    objects = UnderOpholdQuerySet["Fravaer"].as_manager()

    class Meta:
        verbose_name = "fravær"
        verbose_name_plural = "fravær"
        constraints = [
            rigtig_periode("fravaer_periode_rigtig"),
            en_ad_gangen("fravaer_et_ad_gangen", "ophold", betingelse=models.Q(rettet__isnull=True)),
            models.CheckConstraint(condition=models.Q(art__in=Fravaersart.values), name="fravaer_art_kendt"),
            models.CheckConstraint(
                condition=models.Q(betalingsprocent__gte=0, betalingsprocent__lte=100), name="fravaer_procent_0_til_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_art_display()} {self.periode}"


@foelges(parter_den_dag("NEW.ophold_id", "NEW.givet"), navn="ophold", sagen="ophold")
class Opsigelse(models.Model):
    """A notice by either side: when it was given, and its last day. It may be withdrawn, once.

    `varsel` is what the parties wrote in `aftale`, the version of their agreement outside the rammeaftale, or else the term of
    `vilkaarssaet`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ophold = models.ForeignKey(Ophold, on_delete=models.PROTECT, related_name="opsigelser")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="opsigelser")
    funktion = models.CharField("som", max_length=16, choices=[("myndighed", "kommune"), ("driftsherre", "tilbud")])
    givet = models.DateField("givet")
    varsel = Fritekst("varsel", max_length=60)
    ophoer = models.DateField("sidste dag i varslet")
    vilkaarssaet = models.ForeignKey(
        Vilkaarssaet,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name="vilkårssæt",
    )
    aftale = models.ForeignKey(
        "sag.Placeringsaftale",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name="placeringsaftale",
    )
    trukket = models.DateTimeField("trukket tilbage", null=True, blank=True)

    objects = OpsigelseQuerySet["Opsigelse"].as_manager()

    class Meta:
        verbose_name = "opsigelse"
        verbose_name_plural = "opsigelser"
        ordering = ["givet", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ophold"], condition=models.Q(trukket__isnull=True), name="opsigelse_en_gaeldende"
            ),
            models.CheckConstraint(condition=models.Q(ophoer__gte=models.F("givet")), name="opsigelse_ophoer_efter_givet"),
            models.CheckConstraint(
                condition=models.Q(vilkaarssaet__isnull=False, aftale__isnull=True)
                | models.Q(vilkaarssaet__isnull=True, aftale__isnull=False),
                name="opsigelse_efter_netop_en_kilde",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Opsagt til {self.ophoer:%d.%m.%Y}"
