"""Agreements, versions, parties and their decisions."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models

from faelles.dateret import en_ad_gangen, rigtig_periode
from faelles.felter import Fritekst, Langtekst, Link
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import Periode, nu
from faelles.uforanderlig import kun_tilfoejes
from kommuner.models import Kkr, Organisation
from rammeaftale.livscyklus import (
    AENDRINGSART_NAVN,
    AFGOERENDE,
    AFTALETILSTAND_NAVN,
    GODKENDENDE,
    PARTSSTATUS_NAVN,
    REGISTRERES,
    Aendringsart,
    Aftaletilstand,
    Partsstatus,
)
from rammeaftale.models.enighed import (
    af_aftalens_parter,
    afsendelse_rettes_tilbage,
    enighed,
    i_raekkefoelge,
    laast,
    paa_sidste_beslutning,
    samme_vilkaar,
    som_den_blev_truffet,
    staar_fast,
)
from rammeaftale.querysets import PartQuerySet, RammeaftaleQuerySet

# Whose a change is (faelles.spor): the secretariat's that keeps the agreement, and the party's.
SEKRETARIAT = "SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id WHERE r.id = NEW.aftale_id"
SEKRETARIAT_FOR_VERSION = (
    "SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id"
    " JOIN rammeaftale_version v ON v.aftale_id = r.id WHERE v.id = NEW.version_id"
)

# An agreement is recommended by nobody but its own KKR, and in the very version that is moved on.
ANBEFALING = """
    IF NOT EXISTS (
        SELECT FROM rammeaftale_organbeslutning b
        JOIN rammeaftale_organsag s ON s.id = b.sag_id
        JOIN rammeaftale_moede m ON m.id = b.moede_id
        JOIN rammeaftale_organ o ON o.id = m.organ_id
        JOIN rammeaftale_rammeaftale r ON r.kkr_id = o.kkr_id
        WHERE b.id = NEW.beslutning_id AND b.udfald = 'anbefalet' AND o.art = 'kkr'
            AND r.id = NEW.aftale_id AND s.version_id = NEW.version_id
    ) THEN
        RAISE EXCEPTION 'aftaletrin_anbefales_af_kkr' USING ERRCODE = 'check_violation', CONSTRAINT = 'aftaletrin_anbefales_af_kkr';
    END IF;
    RETURN NEW;
"""


def _efter_vedtagelsen(dato: str) -> models.CheckConstraint:
    """The day is that of an adopted agreement. An unknown adoption is asked for by name: a comparison with NULL refuses nothing."""
    vedtaget = {"vedtaget__isnull": False, f"{dato}__gte": models.F("vedtaget")}
    return models.CheckConstraint(
        condition=models.Q(**{f"{dato}__isnull": True}) | models.Q(**vedtaget),
        name=f"rammeaftale_{dato}_efter_vedtagelsen",
    )


@foelges(
    "SELECT sekretariat_id FROM kommuner_kkr WHERE id = NEW.kkr_id", navn="titel", skjulte=["haandsatte"], bevares=True
)
class Rammeaftale(models.Model):
    """A framework agreement of a KKR's municipalities and the region, or an allonge that amends one (`hovedaftale`).

    The period is dates; the label is only text. `paamind_dage`: as in the wheel, of the deadline for approval. An allonge lives the life of an agreement: versions, parties, approvals.
    `haandsatte`: the organisations whose days as a party, or that they are none, the secretariat has set; the others follow the register.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField("navn i webadressen", max_length=80, unique=True)
    titel = Fritekst("titel", max_length=160)
    kkr = models.ForeignKey(Kkr, on_delete=models.PROTECT, related_name="rammeaftaler", verbose_name="KKR")
    periode = DateRangeField("aftaleperiode")
    tilstand = models.CharField(
        "tilstand",
        max_length=20,
        choices=[(t.value, AFTALETILSTAND_NAVN[t]) for t in Aftaletilstand],
        default=Aftaletilstand.KLADDE,
    )
    godkendelsesfrist = models.DateField("frist for godkendelse", null=True, blank=True)
    paamind_dage = models.PositiveSmallIntegerField("påmind om godkendelse, dage før", null=True, blank=True)
    vedtaget = models.DateField("vedtaget", null=True, blank=True)
    offentliggjort = models.DateField("offentliggjort", null=True, blank=True)
    sendt_til_styrelsen = models.DateField("sendt til Social- og Boligstyrelsen", null=True, blank=True)
    hovedaftale = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="allonger",
        verbose_name="allonge til",
    )
    forrige = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="efterfulgt_af",
        verbose_name="begyndt fra",
    )
    haandsatte = ArrayField(models.UUIDField(), default=list, blank=True)
    demo = models.BooleanField("demo", default=False)
    demo_forbehold = Fritekst("forbehold", max_length=300, blank=True, default="")

    objects = RammeaftaleQuerySet["Rammeaftale"].as_manager()

    class Meta:
        verbose_name = "rammeaftale"
        verbose_name_plural = "rammeaftaler"
        ordering = ["-periode", "titel"]
        constraints = [
            rigtig_periode("rammeaftale_periode_rigtig"),
            models.CheckConstraint(
                condition=models.Q(tilstand__in=[t.value for t in Aftaletilstand]), name="rammeaftale_tilstand_kendt"
            ),
            models.CheckConstraint(
                condition=models.Q(tilstand="vedtaget", vedtaget__isnull=False)
                | (~models.Q(tilstand="vedtaget") & models.Q(vedtaget__isnull=True)),
                name="rammeaftale_vedtaget_netop_med_dato",
            ),
            _efter_vedtagelsen("offentliggjort"),
            _efter_vedtagelsen("sendt_til_styrelsen"),
            en_ad_gangen(
                "rammeaftale_en_i_kraft_ad_gangen",
                "kkr",
                betingelse=models.Q(tilstand="vedtaget", hovedaftale__isnull=True),
            ),
        ]
        triggers = [
            enighed("rammeaftale_vedtaget_af_alle", "NEW.id", pgtrigger.Q(new__tilstand="vedtaget")),
            paa_sidste_beslutning(),
            af_aftalens_parter(),
        ]

    def __str__(self) -> str:
        return self.titel

    @property
    def aftaleperiode(self) -> Periode:
        """The agreement's period."""
        return Periode.af_range(self.periode)


@foelges(SEKRETARIAT, navn="aftale", bevares=True)
class Version(models.Model):
    """A version of the agreement's text that parties decide on; the PDF and every decision name it. `indledning` is Markdown.

    `dele_rettet`: when a part was added, changed or taken away last, while this was the version written on.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    aftale = models.ForeignKey(Rammeaftale, on_delete=models.PROTECT, related_name="versioner")
    nummer = models.PositiveSmallIntegerField("version")
    sendt = models.DateField("sendt til godkendelse", null=True, blank=True)
    indledning = Langtekst("indledning", blank=True, default="")
    indledning_rettet = models.DateTimeField("indledning rettet", null=True, blank=True)
    dele_rettet = models.DateTimeField("dele rettet", null=True, blank=True)
    aendring = models.CharField(
        "ændring siden den forrige",
        max_length=12,
        blank=True,
        default="",
        choices=[(a.value, AENDRINGSART_NAVN[a]) for a in Aendringsart],
    )
    begrundelse = Fritekst("begrundelse", max_length=1000, blank=True, default="")

    class Meta:
        verbose_name = "version"
        verbose_name_plural = "versioner"
        ordering = ["nummer"]
        constraints = [
            models.UniqueConstraint(fields=["aftale", "nummer"], name="version_nummer_unikt_i_aftale"),
            models.CheckConstraint(
                condition=models.Q(aendring__in=["", *(a.value for a in Aendringsart)]), name="version_aendring_kendt"
            ),
        ]
        triggers = [
            enighed("version_ingen_uden_om_vedtagelsen", "NEW.aftale_id", pgtrigger.Q(new__sendt__isnull=False)),
            laast(),
            afsendelse_rettes_tilbage(),
        ]

    def __str__(self) -> str:
        return f"Version {self.nummer}"


@foelges(f"{SEKRETARIAT} UNION ALL VALUES (NEW.organisation_id)", navn="organisation", bevares=True)
class Part(models.Model):
    """That an organisation is party to an agreement in a period; a successor points at the party it follows."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    aftale = models.ForeignKey(Rammeaftale, on_delete=models.PROTECT, related_name="parter")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parter")
    periode = DateRangeField("part i perioden")
    efterfoelger = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="efterfulgt_som_part",
        verbose_name="efterfølger",
    )
    begrundelse = Fritekst("hvorfor parten eller dens dage er ændret", max_length=300, blank=True, default="")

    objects = PartQuerySet["Part"].as_manager()

    class Meta:
        verbose_name = "part"
        verbose_name_plural = "parter"
        ordering = ["organisation__navn_sortering"]
        constraints = [
            rigtig_periode("part_periode_rigtig"),
            en_ad_gangen("part_en_gang_ad_gangen", "aftale", "organisation"),
        ]
        triggers = [enighed("part_ingen_uden_om_vedtagelsen", "NEW.aftale_id"), staar_fast()]

    def __str__(self) -> str:
        return str(self.organisation)


@foelges(
    f"{SEKRETARIAT_FOR_VERSION} UNION ALL VALUES (NEW.registreret_af_id)"  # noqa: S608 - our own
    " UNION ALL SELECT organisation_id FROM rammeaftale_part WHERE id = NEW.part_id",
    navn="part",
    skjulte=["identitet"],
    kun_tilfoejes=True,
    bevares=True,
)
class Godkendelse(models.Model):
    """A step a party has taken on a version. Append-only: the row registered last is where the party stands.

    It is the step taken last, too, unless it says that the one before was wrong (`retter`).

    A decision (approved, approved with remark, rejected) always has date, body and a link to the minutes. An approval that
    counts for a later version too stands there again, with the row it was carried from; when it does not count after all, what it
    was changed to stands there so, and the party has not decided on that version (`gaelder_versionen`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="godkendelser")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="godkendelser")
    status = models.CharField(
        "beslutning",
        max_length=28,
        choices=[(s.value, PARTSSTATUS_NAVN[s]) for s in REGISTRERES],
    )
    dato = models.DateField("dato")
    organ = Fritekst("besluttet af", max_length=120)
    referat_url = Link("link til referat", max_length=500, blank=True)
    bemaerkning = Fritekst("bemærkning", max_length=1000, blank=True)
    viderefoert_fra = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="viderefoert_til",
        verbose_name="videreført fra",
    )
    retter = models.BooleanField("retter partens forrige trin", default=False)
    registreret = models.DateTimeField(default=nu)
    registreret_af = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="registrerede_godkendelser")
    identitet = models.CharField(max_length=80)

    class Meta:
        verbose_name = "godkendelse"
        verbose_name_plural = "godkendelser"
        ordering = ["registreret", "id"]
        indexes = [models.Index(fields=["version", "part", "-registreret", "-id"], name="godkendelse_seneste")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=[s.value for s in REGISTRERES]), name="godkendelse_status_kendt"
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=[s.value for s in sorted(AFGOERENDE)]) | ~models.Q(referat_url=""),
                name="godkendelse_beslutning_har_referat",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=Partsstatus.GODKENDT_MED_BEMAERKNING.value) | ~models.Q(bemaerkning=""),
                name="godkendelse_med_bemaerkning_har_den",
            ),
        ]
        triggers = [
            kun_tilfoejes("godkendelse_kun_tilfoejes"),
            enighed(
                "godkendelse_ikke_efter_vedtagelsen",
                "(SELECT aftale_id FROM rammeaftale_version WHERE id = NEW.version_id)",
            ),
            samme_vilkaar(),
            som_den_blev_truffet(),
            i_raekkefoelge(),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.get_status_display()}"

    @property
    def gaelder_versionen(self) -> bool:
        """Whether the party stands so on the version: a step on an earlier one that does not approve only takes back an approval carried over."""
        return self.viderefoert_fra_id is None or self.status in GODKENDENDE


@foelges(SEKRETARIAT, navn="aftale", skjulte=["identitet"], kun_tilfoejes=True, bevares=True)
class Aftaletrin(models.Model):
    """A step of the agreement's life: from which state to which, on what day, decided by whom. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    aftale = models.ForeignKey(Rammeaftale, on_delete=models.PROTECT, related_name="trin")
    version = models.ForeignKey(Version, null=True, blank=True, on_delete=models.PROTECT, related_name="trin")
    fra = models.CharField("fra", max_length=20, choices=[(t.value, AFTALETILSTAND_NAVN[t]) for t in Aftaletilstand])
    til = models.CharField("til", max_length=20, choices=[(t.value, AFTALETILSTAND_NAVN[t]) for t in Aftaletilstand])
    dato = models.DateField("dato")
    organ = Fritekst("besluttet af", max_length=120, blank=True)
    referat_url = Link("link til referat", max_length=500, blank=True)
    begrundelse = Fritekst("begrundelse", max_length=1000, blank=True)
    beslutning = models.ForeignKey(
        "rammeaftale.Organbeslutning",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="trin",
        verbose_name="organets beslutning",
    )
    registreret = models.DateTimeField(default=nu)
    registreret_af = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="registrerede_trin")
    identitet = models.CharField(max_length=80)

    class Meta:
        verbose_name = "trin"
        verbose_name_plural = "trin"
        ordering = ["registreret", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(**{f"{felt}__in": [t.value for t in Aftaletilstand]}),
                name=f"aftaletrin_{felt}_kendt",
            )
            for felt in ("fra", "til")
        ]
        triggers = [
            kun_tilfoejes("aftaletrin_kun_tilfoejes"),
            pgtrigger.Trigger(
                name="aftaletrin_anbefales_af_kkr",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__til="kkr_anbefalet"),
                func=ANBEFALING,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_fra_display()} → {self.get_til_display()}"


@foelges(
    "SELECT organisation_id FROM rammeaftale_part WHERE id = NEW.part_id UNION ALL VALUES (NEW.registreret_af_id)",
    navn="part",
    skjulte=["identitet"],
    kun_tilfoejes=True,
    bevares=True,
)
class Offentliggoerelse(models.Model):
    """That a municipality has published the adopted agreement on its own website, as it must. Append-only; the latest counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="offentliggoerelser")
    dato = models.DateField("dato")
    url = Link("webadresse", max_length=500)
    registreret = models.DateTimeField(default=nu)
    registreret_af = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="registrerede_offentliggoerelser"
    )
    identitet = models.CharField(max_length=80)

    class Meta:
        verbose_name = "offentliggørelse"
        verbose_name_plural = "offentliggørelser"
        ordering = ["registreret", "id"]
        triggers = [kun_tilfoejes("offentliggoerelse_kun_tilfoejes")]

    def __str__(self) -> str:
        return f"{self.part}: {self.dato}"
