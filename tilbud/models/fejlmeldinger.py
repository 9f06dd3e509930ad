"""Reports of errors. That there is one, about what, and how far it is, everybody may know; who said what is the parties' own."""

from typing import cast

from django.db import models

from faelles.felter import Fritekst, Langtekst
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from kommuner.models import Organisation
from tilbud.fejlmeldinger.overgange import AABNE, TILSTAND_NAVN, Fejltilstand
from tilbud.models.niveauer import Klynge
from tilbud.models.offentlige import OffentligtTilbud
from tilbud.models.register import DRIFTSHERRE, Afdeling, Tilbud
from tilbud.querysets import FejlmeldingQuerySet, FejlsagQuerySet
from vilkaar.models import Vilkaarssaet

Emne = Tilbud | OffentligtTilbud | Klynge  # what a report can be about
_AABNE = sorted(tilstand.value for tilstand in AABNE)


class Faktum(models.TextChoices):
    """What is shown of an offer, in the order of its page, and after that what is shown of clusters and published offers alone."""

    NAVN = "navn", "Navn"
    DRIFTSHERRE = "driftsherre", "Driftsherre"
    KOMMUNE = "kommune", "Kommune"
    ADRESSE = "adresse", "Adresse"
    NUMRE = "numre", "CVR-nummer, P-nummer og id på Tilbudsportalen"
    MAALGRUPPER = "maalgrupper", "Målgrupper"
    HJEMLER = "hjemler", "Hjemler"
    ALDER = "alder", "Alder"
    SPECIALISERING = "specialisering", "Specialisering"
    KLYNGER = "klynger", "Klynger"
    FYSISKE_FORHOLD = "fysiske_forhold", "Fysiske forhold"
    ADFAERD = "adfaerd", "Adfærd, der kan og ikke kan rummes"
    METODER = "metoder", "Metoder"
    YDELSER = "ydelser", "Ydelser"
    GRUPPE = "gruppe", "Gruppens størrelse"
    NORMERING = "normering", "Normering"
    SELVHENVENDELSE = "selvhenvendelse", "Selvhenvendelse"
    KONTAKT = "kontakt", "Kontakt og hjemmeside"
    BESKRIVELSE = "beskrivelse", "Beskrivelse"
    LUKNING = "lukning", "Lukning"
    GODKENDELSE = "godkendelse", "Godkendelse"
    TILSYN = "tilsyn", "Seneste tilsyn"
    MERPLADSER = "merplads", "Tilladelser til merpladser"
    UDEN_PLADSER = "uden_pladser", "Leveres uden pladser"
    LUKNINGER = "lukninger", "Midlertidige lukninger"
    AFDELINGSNAVN = "afdelingsnavn", "Afdelingens navn"
    BEKRAEFTELSE = "bekraeftelse", "Bekræftelse af pladserne"
    PLADSER = "pladser", "Pladser"
    TAKST = "takst", "Takst"
    FORMAAL = "formaal", "Formål"
    OMRAADE = "omraade", "Område"
    MEDLEMMER = "medlemmer", "Medlemmer"
    PRIS = "pris", "Offentliggjort pris"
    NOTE = "note", "Note"
    KILDE = "kilde", "Kilde"


# Facts of a department; the others of an offer are its own.
AFDELINGENS = frozenset({Faktum.AFDELINGSNAVN, Faktum.BEKRAEFTELSE, Faktum.PLADSER, Faktum.TAKST})
KLYNGENS = frozenset({Faktum.NAVN, Faktum.FORMAAL, Faktum.OMRAADE, Faktum.MAALGRUPPER, Faktum.MEDLEMMER})
OFFENTLIGGJORTE = frozenset(
    {
        Faktum.NAVN, Faktum.DRIFTSHERRE, Faktum.KOMMUNE, Faktum.MAALGRUPPER, Faktum.HJEMLER, Faktum.PRIS, Faktum.NOTE, Faktum.KILDE,
    }
)  # fmt: skip
TILBUDDETS = frozenset(Faktum) - {
    Faktum.FORMAAL, Faktum.OMRAADE, Faktum.MEDLEMMER, Faktum.PRIS, Faktum.NOTE, Faktum.KILDE,
}  # fmt: skip

# Whom a report of something else than a registered offer concerns: the secretariat that answers for it.
_SEKRETARIATET = (
    "SELECT k.sekretariat_id FROM kommuner_kkr k JOIN tilbud_klynge t ON t.kkr_id = k.id WHERE t.id = NEW.klynge_id"
    " UNION ALL SELECT k.sekretariat_id FROM kommuner_kkr k JOIN kommuner_kkrmedlemskab m ON m.kkr_id = k.id"
    " JOIN tilbud_offentligttilbud o ON o.kommune_id = m.kommune_id WHERE o.id = NEW.offentligt_id"
    " AND m.periode @> (now() AT TIME ZONE 'Europe/Copenhagen')::date"
)


def _om(**felter: bool) -> models.Q:
    """Condition: which of what a report can be about is named, and which is not."""
    return models.Q(**{f"{felt}__isnull": not er_naevnt for felt, er_naevnt in felter.items()})


@foelges(f"{DRIFTSHERRE} UNION ALL {_SEKRETARIATET}", navn="tilbud")
class Fejlmelding(models.Model):
    """That something shown has been reported to be wrong, and until when, by which set of terms, there has to be an answer.

    It is about exactly one of an offer of the register, an offer known from a published list, and a cluster. Nothing here tells
    who reported it: that is `Fejlsag`, one to one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="fejlmeldinger", null=True, blank=True)
    offentligt = models.ForeignKey(
        OffentligtTilbud,
        on_delete=models.PROTECT,
        related_name="fejlmeldinger",
        null=True,
        blank=True,
        verbose_name="offentliggjort tilbud",
    )
    klynge = models.ForeignKey(Klynge, on_delete=models.PROTECT, related_name="fejlmeldinger", null=True, blank=True)
    afdeling = models.ForeignKey(
        Afdeling, on_delete=models.PROTECT, related_name="fejlmeldinger", null=True, blank=True
    )
    faktum = models.CharField("oplysning", max_length=20, choices=Faktum.choices)
    tilstand = models.CharField(
        "tilstand",
        max_length=12,
        choices=[(tilstand.value, navn) for tilstand, navn in TILSTAND_NAVN.items()],
        default=Fejltilstand.MODTAGET.value,
    )
    meldt = models.DateTimeField("meldt", default=nu)
    frist = models.DateField("frist")
    vilkaarssaet = models.ForeignKey(
        Vilkaarssaet, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="vilkårssæt"
    )
    afsluttet = models.DateTimeField("afsluttet", null=True, blank=True)

    objects = FejlmeldingQuerySet["Fejlmelding"].as_manager()

    class Meta:
        verbose_name = "fejlmelding"
        verbose_name_plural = "fejlmeldinger"
        ordering = ["-meldt", "-id"]
        indexes = [
            # the question of every list of offers: open reports
            models.Index(fields=["tilbud", "frist"], name="fejlmelding_aabne", condition=models.Q(tilstand__in=_AABNE))
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tilstand__in=[tilstand.value for tilstand in Fejltilstand]),
                name="fejlmelding_tilstand_kendt",
            ),
            models.CheckConstraint(condition=models.Q(faktum__in=Faktum.values), name="fejlmelding_faktum_kendt"),
            models.CheckConstraint(
                condition=_om(tilbud=True, offentligt=False, klynge=False)
                | _om(tilbud=False, offentligt=True, klynge=False)
                | _om(tilbud=False, offentligt=False, klynge=True),
                name="fejlmelding_om_netop_en",
            ),
            models.CheckConstraint(
                condition=(_om(tilbud=False) | models.Q(faktum__in=sorted(f.value for f in TILBUDDETS)))
                & (_om(offentligt=False) | models.Q(faktum__in=sorted(f.value for f in OFFENTLIGGJORTE)))
                & (_om(klynge=False) | models.Q(faktum__in=sorted(f.value for f in KLYNGENS))),
                name="fejlmelding_faktum_vises_om_det",
            ),
            models.CheckConstraint(
                condition=models.Q(tilstand__in=_AABNE, afsluttet__isnull=True)
                | (~models.Q(tilstand__in=_AABNE) & models.Q(afsluttet__isnull=False)),
                name="fejlmelding_aaben_til_den_er_afsluttet",
            ),
            models.CheckConstraint(
                condition=models.Q(afdeling__isnull=True)
                | models.Q(faktum__in=sorted(faktum.value for faktum in AFDELINGENS)),
                name="fejlmelding_afdeling_kun_om_dens_egne",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_faktum_display()} i {self.tilbud_id or self.offentligt_id or self.klynge_id}"

    @property
    def om(self) -> Emne:
        """What it is about."""
        return cast("Emne", self.tilbud or self.offentligt or self.klynge)  # fejlmelding_om_netop_en

    @property
    def er_aaben(self) -> bool:
        """Whether it waits for an answer."""
        return self.tilstand in AABNE


@foelges(
    "VALUES (NEW.organisation_id), (coalesce(NEW.sekretariat_id, NEW.driftsherre_id))",
    navn="fejlmelding",
    skjulte=["meldt_af", "svaret_af"],
)
class Fejlsag(models.Model):
    """Who reported an error, in which function and what they wrote, and what the one who owns the fact answered: for the two alone.

    `driftsherre` is the offer's operator of that day, and `sekretariat` the KKR's when the fact is the secretariat's
    (`fejlmeldinger.modtager`), otherwise None; about what is no offer of the register there is a secretariat alone. `vist` is what stood there at that moment, in words. `meldt_af` and
    `svaret_af` are identities; neither party sees the other's.
    """

    fejlmelding = models.OneToOneField(Fejlmelding, on_delete=models.PROTECT, primary_key=True, related_name="sag")
    tilbud = models.ForeignKey(Tilbud, on_delete=models.PROTECT, related_name="fejlsager", null=True, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="meldte_fejl")
    funktion = models.CharField("funktion", max_length=20)
    driftsherre = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="modtagne_fejl", null=True, blank=True
    )
    sekretariat = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="fejl_i_afgoerelser", null=True, blank=True
    )
    vist = Langtekst("stod som", max_length=2000, blank=True, default="")
    besked = Langtekst("hvad er forkert", max_length=1000)
    meldt_af = models.CharField("meldt af", max_length=80)
    meldt_rolle = Fritekst("meldt som", max_length=60)
    svar = Langtekst("svar", max_length=1000, blank=True, default="")
    svaret_af = models.CharField("svaret af", max_length=80, blank=True, default="")
    svaret_rolle = Fritekst("svaret som", max_length=60, blank=True, default="")

    objects = FejlsagQuerySet["Fejlsag"].as_manager()

    class Meta:
        verbose_name = "fejlmelding, sagen"
        verbose_name_plural = "fejlmeldinger, sagerne"
        constraints = [
            models.CheckConstraint(condition=~models.Q(besked=""), name="fejlsag_siger_hvad"),
            models.CheckConstraint(
                condition=models.Q(svar="", svaret_af="") | (~models.Q(svar="") & ~models.Q(svaret_af="")),
                name="fejlsag_svar_har_afsender",
            ),
            models.CheckConstraint(
                condition=_om(tilbud=True, driftsherre=True) | _om(tilbud=False, driftsherre=False, sekretariat=True),
                name="fejlsag_har_modtager",
            ),
        ]

    def __str__(self) -> str:
        return str(self.fejlmelding_id)

    @property
    def modtager(self) -> Organisation:
        """The organisation that answers."""
        return cast(Organisation, self.sekretariat or self.driftsherre)  # fejlsag_har_modtager
