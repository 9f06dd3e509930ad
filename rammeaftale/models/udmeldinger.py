"""Central calls, the municipalities' answers, and what happens with a call."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from faelles.felter import Fritekst, Langtekst, Link
from faelles.ids import uuid7
from faelles.models import Job
from faelles.spor import foelges
from faelles.tid import nu
from faelles.uforanderlig import kun_tilfoejes
from kommuner.models import Organisation
from rammeaftale.models.aftale import SEKRETARIAT, Part, Rammeaftale
from rammeaftale.querysets import UdmeldingsantalQuerySet, UdmeldingsfaktumQuerySet
from rammeaftale.udmeldinger.regler import FAKTUM_NAVN, Udmeldingsart
from tilbud.models import Maalgruppe, Tilbud

_SEKRETARIATET = (
    "SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id"
    " JOIN rammeaftale_udmelding u ON u.aftale_id = r.id WHERE u.id = NEW.udmelding_id"
)
_SEKRETARIAT = f"{_SEKRETARIATET} UNION ALL VALUES (NEW.registreret_af_id)"


def _afvis(regel: str) -> str:
    return (
        "RAISE EXCEPTION 'En udmelding, der er annulleret, bliver, som den er'"
        f" USING ERRCODE = 'check_violation', CONSTRAINT = '{regel}';"
    )


def _ikke_til_annulleret(regel: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=regel,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=(
            "IF EXISTS (SELECT FROM rammeaftale_udmelding WHERE id = NEW.udmelding_id AND annulleret IS NOT NULL) THEN "
            f"{_afvis(regel)} END IF; RETURN NEW;"
        ),
    )


@foelges(SEKRETARIAT, navn="titel")
class Udmelding(models.Model):
    """A central call: the board names a target group or an effort, and the agreement's municipalities report together.

    `paamind_dage` as in the wheel: days ahead of the reminder to those who have not answered, empty for none. One that was registered
    by mistake is `annulleret`, with why: it stands, and nobody owes it anything.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    aftale = models.ForeignKey(Rammeaftale, on_delete=models.PROTECT, related_name="udmeldinger")
    titel = Fritekst("titel", max_length=160)
    beskrivelse = Fritekst("hvad der spørges om", max_length=1000, blank=True, default="")
    maalgruppe = models.ForeignKey(
        Maalgruppe,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="udmeldinger",
        verbose_name="målgruppe",
    )
    modtaget = models.DateField("modtaget")
    svarfrist = models.DateField("svarfrist")
    paamind_dage = models.PositiveSmallIntegerField("påmind, dage før", null=True, blank=True)
    kilde_url = Link("link til udmeldingen", max_length=500, blank=True, default="")
    annulleret = models.DateTimeField("annulleret", null=True, blank=True)
    annulleringsgrund = Fritekst("hvorfor den er annulleret", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "central udmelding"
        verbose_name_plural = "centrale udmeldinger"
        ordering = ["-modtaget", "titel", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["aftale", "titel"], condition=Q(annulleret=None), name="udmelding_titel_unik_i_aftale"
            ),
            models.CheckConstraint(
                condition=Q(annulleret=None, annulleringsgrund="")
                | (Q(annulleret__isnull=False) & ~Q(annulleringsgrund="")),
                name="udmelding_annulleret_med_grund",
            ),
            models.CheckConstraint(condition=~Q(titel=""), name="udmelding_har_titel"),
            models.CheckConstraint(condition=Q(svarfrist__gte=F("modtaget")), name="udmelding_frist_efter_modtagelsen"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="udmelding_annulleret_er_endelig",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__annulleret__isnull=False),
                func=_afvis("udmelding_annulleret_er_endelig"),
            )
        ]

    def __str__(self) -> str:
        return self.titel


_PARTEN = "SELECT organisation_id FROM rammeaftale_part WHERE id = NEW.part_id"


@foelges(
    "SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id"  # noqa: S608 - our own
    f" JOIN rammeaftale_part p ON p.aftale_id = r.id WHERE p.id = NEW.part_id UNION ALL {_PARTEN}",
    navn="part",
    kun_tilfoejes=True,
)
class Udmeldingsantal(models.Model):
    """How many citizens a municipality answers a call about. Append-only; one for each answer that says it.

    In a table of its own because the rest of an answer is for every party: the database shows a count to the municipality itself
    and the agreement's secretariat alone. Everybody else sees what `udmeldinger.svarene` makes of them, with small ones hidden.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="udmeldingsantal")
    antal_borgere = models.PositiveIntegerField("antal borgere")

    objects = UdmeldingsantalQuerySet["Udmeldingsantal"].as_manager()

    class Meta:
        verbose_name = "antal borgere i udmelding"
        verbose_name_plural = "antal borgere i udmeldinger"
        triggers = [kun_tilfoejes("udmeldingsantal_kun_tilfoejes")]

    def __str__(self) -> str:
        return f"Antal {self.pk}"


@foelges(
    f"{_SEKRETARIAT} UNION ALL {_PARTEN}",
    navn="part",
    skjulte=["identitet"],
    kun_tilfoejes=True,
)
class Udmeldingssvar(models.Model):
    """What a municipality answers a call. Append-only; the one registered last counts.

    `antal` is empty when the citizens have not been counted.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    udmelding = models.ForeignKey(Udmelding, on_delete=models.PROTECT, related_name="svar")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="udmeldingssvar")
    antal = models.OneToOneField(
        Udmeldingsantal,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="svar",
        verbose_name="antal borgere",
    )
    tilbud = Langtekst("tilbud, der bruges", blank=True, default="")
    viden = Langtekst("viden og erfaringer", blank=True, default="")
    mangler = Langtekst("det, der mangler", blank=True, default="")
    plan = Langtekst("plan", blank=True, default="")
    registreret = models.DateTimeField(default=nu)
    registreret_af = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="registrerede_udmeldingssvar"
    )
    identitet = models.CharField(max_length=80)

    class Meta:
        verbose_name = "svar på udmelding"
        verbose_name_plural = "svar på udmeldinger"
        ordering = ["registreret", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(antal=None, tilbud="", viden="", mangler="", plan=""),
                name="udmeldingssvar_siger_noget",
            )
        ]
        triggers = [
            kun_tilfoejes("udmeldingssvar_kun_tilfoejes"),
            _ikke_til_annulleret("udmeldingssvar_ikke_til_annulleret"),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.udmelding}"


@foelges(_SEKRETARIAT, navn="udmelding", skjulte=["identitet"], kun_tilfoejes=True)
class Udmeldingsfaktum(models.Model):
    """Something that happened with a call. Append-only; one that is annulled counts no more (`gaeldende`). `tilbud` is the offer an order is about, `sidste_dag` the order's
    last, `svarfrist` by when a renewed treatment is to be answered.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    udmelding = models.ForeignKey(Udmelding, on_delete=models.PROTECT, related_name="fakta")
    art = models.CharField("hvad", max_length=20, choices=[(a.value, FAKTUM_NAVN[a]) for a in Udmeldingsart])
    dato = models.DateField("dato")
    tilbud = models.ForeignKey(
        Tilbud, null=True, blank=True, on_delete=models.PROTECT, related_name="paalaeg", verbose_name="tilbud"
    )
    sidste_dag = models.DateField("pålægget gælder til og med", null=True, blank=True)
    svarfrist = models.DateField("ny svarfrist", null=True, blank=True)
    tekst = Fritekst("bemærkning", max_length=1000, blank=True, default="")
    url = Link("link", max_length=500, blank=True, default="")
    registreret = models.DateTimeField(default=nu)
    registreret_af = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="registrerede_udmeldingsfakta"
    )
    identitet = models.CharField(max_length=80)

    objects = UdmeldingsfaktumQuerySet["Udmeldingsfaktum"].as_manager()

    class Meta:
        verbose_name = "hændelse i udmelding"
        verbose_name_plural = "hændelser i udmeldinger"
        ordering = ["registreret", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(art__in=[a.value for a in Udmeldingsart]), name="udmeldingsfaktum_art_kendt"
            ),
            models.CheckConstraint(
                condition=Q(art="midlertidigt_paalaeg", tilbud__isnull=False)
                | (~Q(art="midlertidigt_paalaeg") & Q(tilbud__isnull=True, sidste_dag__isnull=True)),
                name="udmeldingsfaktum_netop_paalaeg_om_tilbud",
            ),
            models.CheckConstraint(
                condition=Q(sidste_dag__isnull=True) | Q(sidste_dag__gte=F("dato")),
                name="udmeldingsfaktum_paalaeg_slutter_efter_det_begynder",
            ),
            models.CheckConstraint(
                condition=Q(svarfrist=None) | Q(art="fornyet_behandling", svarfrist__gte=F("dato")),
                name="udmeldingsfaktum_kun_fornyet_har_ny_svarfrist",
            ),
        ]
        triggers = [
            kun_tilfoejes("udmeldingsfaktum_kun_tilfoejes"),
            _ikke_til_annulleret("udmeldingsfaktum_ikke_til_annulleret"),
        ]

    def __str__(self) -> str:
        return f"{self.get_art_display()}: {self.udmelding}"


@foelges(
    "SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id"
    " JOIN rammeaftale_udmelding u ON u.aftale_id = r.id JOIN rammeaftale_udmeldingsfaktum f ON f.udmelding_id = u.id"
    " WHERE f.id = NEW.faktum_id UNION ALL VALUES (NEW.registreret_af_id)",
    navn="faktum",
    skjulte=["identitet"],
    kun_tilfoejes=True,
)
class Udmeldingsannullering(models.Model):
    """That something registered about a call did not happen, and why. Append-only; the fact is kept, and counts no more."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    faktum = models.OneToOneField(
        Udmeldingsfaktum, on_delete=models.PROTECT, related_name="annullering", verbose_name="hændelse"
    )
    begrundelse = Fritekst("begrundelse", max_length=500)
    registreret = models.DateTimeField(default=nu)
    registreret_af = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="registrerede_udmeldingsannulleringer"
    )
    identitet = models.CharField(max_length=80)

    class Meta:
        verbose_name = "annullering af hændelse i udmelding"
        verbose_name_plural = "annulleringer af hændelser i udmeldinger"
        constraints = [
            models.CheckConstraint(condition=~Q(begrundelse=""), name="udmeldingsannullering_har_begrundelse")
        ]
        triggers = [kun_tilfoejes("udmeldingsannullering_kun_tilfoejes")]

    def __str__(self) -> str:
        return f"Annulleret: {self.faktum_id}"


@foelges(_SEKRETARIATET, navn="udmelding", kun_tilfoejes=True, bevares=True)
class Udmeldingsrapport(models.Model):
    """That the joint report on a call was ordered; each says what was answered then, however late it is made. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    udmelding = models.ForeignKey(Udmelding, on_delete=models.PROTECT, related_name="rapporter")
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="udmeldingsrapport")
    bestilt = models.DateTimeField("bestilt", default=nu)

    class Meta:
        verbose_name = "fælles rapport"
        verbose_name_plural = "fælles rapporter"
        ordering = ["-bestilt", "-id"]
        triggers = [kun_tilfoejes("udmeldingsrapport_kun_tilfoejes")]

    def __str__(self) -> str:
        return f"Rapport om {self.udmelding_id}"


class Udmeldingsrapportfil(models.Model):
    """The report as PDF, stored in the transaction that ends the job. Its counts are those everybody may see."""

    rapport = models.OneToOneField(Udmeldingsrapport, primary_key=True, on_delete=models.PROTECT, related_name="fil")
    pdf = models.BinaryField()
    sha256 = models.CharField("kontrolsum", max_length=64)

    class Meta:
        verbose_name = "fælles rapports fil"
        verbose_name_plural = "fælles rapporters filer"
        triggers = [kun_tilfoejes("udmeldingsrapportfil_uforanderlig")]

    def __str__(self) -> str:
        return f"Fil {self.pk}"
