"""Hearings: what was asked of whom, by which link it was answered, and what became of the answers.

A hearing's text is what its version's clauses said when it was sent (`Klausuludgave.tidspunkt`), so a clause may be written on
meanwhile; every remark points at the very wording it is about. What somebody has answered is never changed or deleted.
"""

from django.db import models

from faelles.felter import Email, Fritekst, Langtekst
from faelles.ids import uuid7
from faelles.models import Job
from faelles.spor import foelges
from faelles.tid import nu
from faelles.uforanderlig import kun_tilfoejes
from kommuner.models import Organisation
from rammeaftale.hoering.filer import FILART_NAVN, Filart
from rammeaftale.hoering.regler import (
    ANLEDNING_NAVN,
    BEHANDLING_NAVN,
    FILUDFALD_NAVN,
    MODTAGERART_NAVN,
    Anledning,
    Behandlingsudfald,
    Filadgang,
    Filudfald,
    Modtagerart,
    filadgang,
)
from rammeaftale.hoering.soegning import GENNEMSOEGNING_NAVN, Gennemsoegning
from rammeaftale.models import hoeringsvaern as vaern
from rammeaftale.models.aftale import SEKRETARIAT_FOR_VERSION, Version
from rammeaftale.models.tekst import Klausuludgave
from rammeaftale.querysets import HoeringQuerySet

_HOERING = (
    "SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id"
    " JOIN rammeaftale_version v ON v.aftale_id = r.id JOIN rammeaftale_hoering h ON h.version_id = v.id"
)
_MODTAGER = f"{_HOERING} JOIN rammeaftale_hoeringsmodtager m ON m.hoering_id = h.id"
_LINK = f"{_MODTAGER} JOIN rammeaftale_hoeringslink l ON l.modtager_id = m.id"
_SVAR = f"{_LINK} JOIN rammeaftale_hoeringssvar s ON s.link_id = l.id"
_BEMAERKNINGER = f"{_SVAR} JOIN rammeaftale_hoeringsbemaerkning b ON b.svar_id = s.id"
_BEMAERKNING = f"{_BEMAERKNINGER} WHERE b.id = NEW.bemaerkning_id"
_FIL = f"{_BEMAERKNINGER} JOIN rammeaftale_hoeringsfil f ON f.bemaerkning_id = b.id WHERE f.id = NEW.fil_id"


@foelges(SEKRETARIAT_FOR_VERSION, navn="titel", bevares=True)
class Hoering(models.Model):
    """A round: a version's draft text, sent to recipients who can answer until the end of the deadline's day.

    `paamind_dage`: how many days before the deadline those who have not answered are reminded; empty for no reminder.
    `indledning`: the version's as it was when the hearing was sent; nothing before.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="hoeringer")
    titel = Fritekst("titel", max_length=160)
    foelgebrev = Langtekst("følgebrev", blank=True, default="")
    indledning = Langtekst("indledning", blank=True, default="")
    frist = models.DateField("frist")
    paamind_dage = models.PositiveSmallIntegerField("påmind, dage før", null=True, blank=True)
    oprettet = models.DateTimeField("oprettet", default=nu)
    sendt = models.DateTimeField("sendt", null=True, blank=True)
    afsluttet = models.DateTimeField("afsluttet", null=True, blank=True)

    objects = HoeringQuerySet["Hoering"].as_manager()

    class Meta:
        verbose_name = "høring"
        verbose_name_plural = "høringer"
        ordering = ["-oprettet", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(afsluttet=None) | models.Q(afsluttet__gte=models.F("sendt"), sendt__isnull=False),
                name="hoering_sendt_foer_den_afsluttes",
            ),
            models.CheckConstraint(condition=~models.Q(titel=""), name="hoering_har_titel"),
        ]
        triggers = [
            vaern.staar_fast(
                "hoering_sendt_staar_fast",
                naar="sendt",
                felter=("sendt", "version", "titel", "foelgebrev", "indledning"),
            ),
            vaern.staar_fast("hoering_afsluttet_staar_fast", naar="afsluttet"),
            vaern.KUN_KLADDE,
        ]

    def __str__(self) -> str:
        return self.titel


@foelges(f"{_HOERING} WHERE h.id = NEW.hoering_id", navn="navn", bevares=True)
class Hoeringsmodtager(models.Model):
    """Who is asked: an organisation or a function in one, and its shared mailbox; never a person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hoering = models.ForeignKey(Hoering, on_delete=models.CASCADE, related_name="modtagere")
    art = models.CharField("art", max_length=24, choices=[(a.value, MODTAGERART_NAVN[a]) for a in Modtagerart])
    navn = Fritekst("organisation eller funktion", max_length=160)
    email = Email("fælles postkasse")

    class Meta:
        verbose_name = "høringspart"
        verbose_name_plural = "høringsparter"
        ordering = ["navn", "id"]
        constraints = [
            models.UniqueConstraint(fields=["hoering", "navn"], name="hoeringsmodtager_en_gang_i_hoering"),
            models.CheckConstraint(
                condition=models.Q(art__in=[a.value for a in Modtagerart]), name="hoeringsmodtager_art_kendt"
            ),
        ]
        triggers = [vaern.staar_fast("hoeringsmodtager_bliver_i_hoeringen", felter=("hoering",))]

    def __str__(self) -> str:
        return self.navn


@foelges(f"{_MODTAGER} WHERE m.id = NEW.modtager_id", navn="modtager", undtagen=["noegle_hash"])
class Hoeringslink(models.Model):
    """A link a recipient can answer by. Its key is in the mail only; here stands its SHA-256.

    Made when it is ordered, with the hash of a key nobody has. `noteret`: given the key that is being mailed; `sendt`: mailed.
    One that stays noted and unsent is of a run that was cut off: it is withdrawn, and another is made. `forsoeg`: how many times its
    mail was refused, the last time `sidst_fejlet`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    modtager = models.ForeignKey(Hoeringsmodtager, on_delete=models.PROTECT, related_name="links")
    anledning = models.CharField("anledning", max_length=12, choices=[(a.value, ANLEDNING_NAVN[a]) for a in Anledning])
    noegle_hash = models.CharField(max_length=64, unique=True)
    bestilt = models.DateTimeField("bestilt", default=nu)
    noteret = models.DateTimeField("noteret", null=True, blank=True)
    sendt = models.DateTimeField("sendt", null=True, blank=True)
    trukket = models.DateTimeField("trukket tilbage", null=True, blank=True)
    forsoeg = models.PositiveSmallIntegerField("fejlede forsøg", default=0)
    sidst_fejlet = models.DateTimeField("sidst fejlet", null=True, blank=True)

    class Meta:
        verbose_name = "høringslink"
        verbose_name_plural = "høringslinks"
        ordering = ["bestilt", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sendt=None) | models.Q(noteret__isnull=False),
                name="hoeringslink_noteres_foer_det_sendes",
            ),
            models.CheckConstraint(
                condition=models.Q(forsoeg=0, sidst_fejlet=None) | models.Q(forsoeg__gt=0, sidst_fejlet__isnull=False),
                name="hoeringslink_fejlede_forsoeg_har_tid",
            ),
            models.UniqueConstraint(
                fields=["modtager"],
                condition=models.Q(sendt=None, trukket=None),
                name="hoeringslink_et_paa_vej_ad_gangen",
            ),
            models.CheckConstraint(
                condition=models.Q(anledning__in=[a.value for a in Anledning]), name="hoeringslink_anledning_kendt"
            ),
        ]
        triggers = [vaern.LINK, vaern.staar_fast("hoeringslink_bliver_hos_modtageren", felter=("modtager",))]

    def __str__(self) -> str:
        return f"{self.get_anledning_display()}: {self.modtager}"


@foelges(f"{_LINK} WHERE l.id = NEW.link_id", navn="link", kun_tilfoejes=True, bevares=True)
class Hoeringssvar(models.Model):
    """That a recipient has answered, once by each link. The one given last counts. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    link = models.OneToOneField(Hoeringslink, on_delete=models.PROTECT, related_name="svar")
    afgivet = models.DateTimeField("afgivet", default=nu)
    ingen_bemaerkninger = models.BooleanField("ingen bemærkninger", default=False)

    class Meta:
        verbose_name = "høringssvar"
        verbose_name_plural = "høringssvar"
        ordering = ["afgivet", "id"]
        triggers = [kun_tilfoejes("hoeringssvar_kun_tilfoejes"), vaern.SVAR]

    def __str__(self) -> str:
        return f"Svar {self.pk}"


@foelges(f"{_SVAR} WHERE s.id = NEW.svar_id", navn="svar", kun_tilfoejes=True, bevares=True)
class Hoeringsbemaerkning(models.Model):
    """What an answer says about a clause as it was worded, or, without one, about the draft as a whole. Plain text. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    svar = models.ForeignKey(Hoeringssvar, on_delete=models.PROTECT, related_name="bemaerkninger")
    udgave = models.ForeignKey(
        Klausuludgave,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bemaerkninger",
        verbose_name="klausul",
    )
    tekst = Langtekst("bemærkning", blank=True, default="")

    class Meta:
        verbose_name = "bemærkning i høringssvar"
        verbose_name_plural = "bemærkninger i høringssvar"
        constraints = [
            models.UniqueConstraint(
                fields=["svar", "udgave"], nulls_distinct=False, name="hoeringsbemaerkning_en_om_hver_klausul"
            ),
        ]
        triggers = [kun_tilfoejes("hoeringsbemaerkning_kun_tilfoejes"), vaern.BEMAERKNING]

    def __str__(self) -> str:
        return f"Bemærkning {self.pk}"


@foelges(_BEMAERKNING, navn="navn", skjulte=["sha256"], kun_tilfoejes=True, bevares=True)
class Hoeringsfil(models.Model):
    """A file that goes with a remark: what it is called and is. Its bytes stand apart, so that no list reads them. Append-only.

    `gennemsoegt`: how much of its text was asked for CPR numbers when it came; of those that came before any was, nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    bemaerkning = models.ForeignKey(Hoeringsbemaerkning, on_delete=models.PROTECT, related_name="filer")
    navn = Fritekst("filnavn", max_length=120)
    art = models.CharField("art", max_length=4, choices=[(a.value, FILART_NAVN[a]) for a in Filart])
    stoerrelse = models.PositiveIntegerField("størrelse i bytes")
    sha256 = models.CharField(max_length=64)
    gennemsoegt = models.CharField(
        "gennemsøgt", max_length=7, choices=[(g.value, GENNEMSOEGNING_NAVN[g]) for g in Gennemsoegning]
    )

    class Meta:
        verbose_name = "fil i høringssvar"
        verbose_name_plural = "filer i høringssvar"
        ordering = ["navn", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(art__in=[a.value for a in Filart]), name="hoeringsfil_art_kendt"),
            models.CheckConstraint(
                condition=models.Q(gennemsoegt__in=[g.value for g in Gennemsoegning]),
                name="hoeringsfil_gennemsoegt_kendt",
            ),
        ]
        triggers = [kun_tilfoejes("hoeringsfil_kun_tilfoejes"), vaern.FIL]

    def __str__(self) -> str:
        return self.navn

    @property
    def vurdering(self) -> "Hoeringsfilvurdering | None":
        """What the secretariat decided about it last."""
        alle = list(self.vurderinger.all())
        return alle[-1] if alle else None

    @property
    def adgang(self) -> Filadgang:
        """To whom its content is handed out."""
        vurdering = self.vurdering
        udfald = Filudfald(vurdering.udfald) if vurdering else None
        return filadgang(udfald, gennemsoegt=self.gennemsoegt == Gennemsoegning.HELT)


@foelges(_FIL, navn="udfald", skjulte=["identitet"], kun_tilfoejes=True, bevares=True)
class Hoeringsfilvurdering(models.Model):
    """That the secretariat has released a file to the agreement's parties, or closed it. Append-only; the one registered last counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fil = models.ForeignKey(Hoeringsfil, on_delete=models.PROTECT, related_name="vurderinger")
    udfald = models.CharField("vurdering", max_length=8, choices=[(u.value, FILUDFALD_NAVN[u]) for u in Filudfald])
    begrundelse = Fritekst("begrundelse", max_length=500, blank=True)
    registreret = models.DateTimeField(default=nu)
    registreret_af = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="registrerede_hoeringsfilvurderinger"
    )
    identitet = models.CharField(max_length=80)

    class Meta:
        verbose_name = "vurdering af fil i høringssvar"
        verbose_name_plural = "vurderinger af filer i høringssvar"
        ordering = ["registreret", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(udfald__in=[u.value for u in Filudfald]), name="hoeringsfilvurdering_udfald_kendt"
            ),
            models.CheckConstraint(
                condition=~models.Q(udfald=Filudfald.LUKKET.value, begrundelse=""),
                name="hoeringsfilvurdering_lukning_har_begrundelse",
            ),
        ]
        triggers = [kun_tilfoejes("hoeringsfilvurdering_kun_tilfoejes")]

    def __str__(self) -> str:
        return str(self.get_udfald_display())


class Hoeringsfilindhold(models.Model):
    """The bytes of a file (docs/adr/0007). Handed out after an access check, never rendered. Append-only."""

    fil = models.OneToOneField(Hoeringsfil, primary_key=True, on_delete=models.PROTECT, related_name="indhold")
    indhold = models.BinaryField()

    class Meta:
        verbose_name = "en fils indhold"
        verbose_name_plural = "filers indhold"
        triggers = [kun_tilfoejes("hoeringsfilindhold_kun_tilfoejes")]

    def __str__(self) -> str:
        return f"Indhold {self.pk}"


@foelges(_BEMAERKNING, navn="udfald", skjulte=["identitet"], kun_tilfoejes=True, bevares=True)
class Hoeringsbehandling(models.Model):
    """What the secretariat has done with a remark. Append-only; the one registered last counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    bemaerkning = models.ForeignKey(Hoeringsbemaerkning, on_delete=models.PROTECT, related_name="behandlinger")
    udfald = models.CharField(
        "behandling", max_length=20, choices=[(u.value, BEHANDLING_NAVN[u]) for u in Behandlingsudfald]
    )
    version = models.ForeignKey(
        Version, null=True, blank=True, on_delete=models.PROTECT, related_name="indarbejdede", verbose_name="version"
    )
    begrundelse = Fritekst("begrundelse", max_length=2000, blank=True)
    registreret = models.DateTimeField(default=nu)
    registreret_af = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="registrerede_hoeringsbehandlinger"
    )
    identitet = models.CharField(max_length=80)

    class Meta:
        verbose_name = "behandling af bemærkning"
        verbose_name_plural = "behandlinger af bemærkninger"
        ordering = ["registreret", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(udfald__in=[u.value for u in Behandlingsudfald]),
                name="hoeringsbehandling_udfald_kendt",
            ),
            models.CheckConstraint(
                condition=models.Q(udfald=Behandlingsudfald.INDARBEJDET.value, version__isnull=False)
                | (~models.Q(udfald=Behandlingsudfald.INDARBEJDET.value) & models.Q(version=None)),
                name="hoeringsbehandling_indarbejdet_har_version",
            ),
            models.CheckConstraint(
                condition=~models.Q(udfald=Behandlingsudfald.IKKE_IMOEDEKOMMET.value, begrundelse=""),
                name="hoeringsbehandling_afslag_har_begrundelse",
            ),
        ]
        triggers = [kun_tilfoejes("hoeringsbehandling_kun_tilfoejes")]

    def __str__(self) -> str:
        return str(self.get_udfald_display())


@foelges(f"{_HOERING} WHERE h.id = NEW.hoering_id", navn="hoering", kun_tilfoejes=True, bevares=True)
class Hoeringsnotat(models.Model):
    """That a note on the hearing was ordered; each says what was known then, however late it is made. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    hoering = models.ForeignKey(Hoering, on_delete=models.PROTECT, related_name="notater", verbose_name="høring")
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="hoeringsnotat")
    bestilt = models.DateTimeField("bestilt", default=nu)

    class Meta:
        verbose_name = "høringsnotat"
        verbose_name_plural = "høringsnotater"
        ordering = ["-bestilt", "-id"]
        triggers = [kun_tilfoejes("hoeringsnotat_kun_tilfoejes")]

    def __str__(self) -> str:
        return f"Notat om {self.hoering_id}"


class Hoeringsnotatfil(models.Model):
    """The note as PDF (docs/adr/0007), stored in the transaction that ends the job."""

    notat = models.OneToOneField(Hoeringsnotat, primary_key=True, on_delete=models.PROTECT, related_name="fil")
    pdf = models.BinaryField()
    sha256 = models.CharField("kontrolsum", max_length=64)

    class Meta:
        verbose_name = "høringsnotats fil"
        verbose_name_plural = "høringsnotaters filer"
        triggers = [kun_tilfoejes("hoeringsnotatfil_uforanderlig")]

    def __str__(self) -> str:
        return f"Fil {self.pk}"
