"""Focus areas, the work on them, its milestones, and what is reported of these."""

from django.db import models
from django.db.models import Q

from faelles.felter import Fritekst, Link
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from faelles.uforanderlig import kun_tilfoejes
from kommuner.models import Organisation
from rammeaftale.fokus.regler import MELDBARE, MILEPAELSSTAND_NAVN, OPHAV_NAVN, Ophav
from rammeaftale.models.aftale import SEKRETARIAT, Rammeaftale
from rammeaftale.models.tekst import Klausul

_FOR_OMRAADE = (
    "SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id"
    " JOIN rammeaftale_fokusomraade f ON f.aftale_id = r.id"
)
_FOR_INDSATS = f"{_FOR_OMRAADE} JOIN rammeaftale_indsats i ON i.fokusomraade_id = f.id"


@foelges(SEKRETARIAT, navn="navn")
class Fokusomraade(models.Model):
    """A theme the agreement gives priority in its period; `klausul` is where the agreement says so.

    `fortsaetter`: the area of the previous agreement it carries on; `gennemgaa`: carried on, and not looked through yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    aftale = models.ForeignKey(Rammeaftale, on_delete=models.PROTECT, related_name="fokusomraader")
    nummer = models.PositiveSmallIntegerField("nummer")
    navn = Fritekst("navn", max_length=120)
    beskrivelse = Fritekst("beskrivelse", max_length=1000, blank=True, default="")
    ophav = models.CharField("sat af", max_length=12, choices=[(o.value, OPHAV_NAVN[o]) for o in Ophav])
    klausul = models.ForeignKey(
        Klausul, null=True, blank=True, on_delete=models.PROTECT, related_name="fokusomraader", verbose_name="klausul"
    )
    fortsaetter = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="fortsat_i", verbose_name="fortsætter"
    )
    gennemgaa = models.BooleanField("til gennemsyn", default=False)

    class Meta:
        verbose_name = "fokusområde"
        verbose_name_plural = "fokusområder"
        ordering = ["nummer", "id"]
        constraints = [
            models.UniqueConstraint(fields=["aftale", "nummer"], name="fokusomraade_nummer_unikt_i_aftale"),
            models.UniqueConstraint(fields=["aftale", "navn"], name="fokusomraade_navn_unikt_i_aftale"),
            models.UniqueConstraint(fields=["aftale", "fortsaetter"], name="fokusomraade_fortsaettes_en_gang_i_aftale"),
            models.CheckConstraint(
                condition=Q(gennemgaa=False) | Q(fortsaetter__isnull=False),
                name="fokusomraade_gennemgaas_naar_det_fortsaetter",
            ),
            models.CheckConstraint(condition=Q(ophav__in=[o.value for o in Ophav]), name="fokusomraade_ophav_kendt"),
            models.CheckConstraint(condition=~Q(navn=""), name="fokusomraade_har_navn"),
        ]

    def __str__(self) -> str:
        return self.navn


@foelges(f"{_FOR_OMRAADE} WHERE f.id = NEW.fokusomraade_id", navn="navn")
class Indsats(models.Model):
    """Something that is done about a focus area."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fokusomraade = models.ForeignKey(
        Fokusomraade, on_delete=models.PROTECT, related_name="indsatser", verbose_name="fokusområde"
    )
    navn = Fritekst("navn", max_length=160)
    beskrivelse = Fritekst("beskrivelse", max_length=1000, blank=True, default="")

    class Meta:
        verbose_name = "indsats"
        verbose_name_plural = "indsatser"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["fokusomraade", "navn"], name="indsats_navn_unikt_i_fokusomraade"),
            models.CheckConstraint(condition=~Q(navn=""), name="indsats_har_navn"),
        ]

    def __str__(self) -> str:
        return self.navn


@foelges(f"{_FOR_INDSATS} WHERE i.id = NEW.indsats_id UNION ALL VALUES (NEW.ansvarlig_id)", navn="navn")
class Milepael(models.Model):
    """What one party is to have reached by a day; `paamind_dage` as in the wheel: days ahead of the reminder, empty for none."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    indsats = models.ForeignKey(Indsats, on_delete=models.PROTECT, related_name="milepaele")
    navn = Fritekst("navn", max_length=160)
    frist = models.DateField("frist")
    paamind_dage = models.PositiveSmallIntegerField("påmind, dage før", null=True, blank=True)
    ansvarlig = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="milepaele", verbose_name="ansvarlig"
    )

    class Meta:
        verbose_name = "milepæl"
        verbose_name_plural = "milepæle"
        ordering = ["frist", "navn", "id"]
        constraints = [
            models.UniqueConstraint(fields=["indsats", "navn"], name="milepael_navn_unikt_i_indsats"),
            models.CheckConstraint(condition=~Q(navn=""), name="milepael_har_navn"),
        ]

    def __str__(self) -> str:
        return self.navn


@foelges(
    f"{_FOR_INDSATS} JOIN rammeaftale_milepael m ON m.indsats_id = i.id WHERE m.id = NEW.milepael_id"
    " UNION ALL VALUES (NEW.registreret_af_id)",
    navn="milepael",
    skjulte=["identitet"],
    kun_tilfoejes=True,
)
class Milepaelsmelding(models.Model):
    """What was reported of a milestone. Append-only; the one reported last counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    milepael = models.ForeignKey(Milepael, on_delete=models.PROTECT, related_name="meldinger", verbose_name="milepæl")
    stand = models.CharField("stand", max_length=12, choices=[(s.value, MILEPAELSSTAND_NAVN[s]) for s in MELDBARE])
    dato = models.DateField("dato")
    tekst = Fritekst("bemærkning", max_length=1000, blank=True, default="")
    dokumentation_url = Link("link til dokumentation", max_length=500, blank=True, default="")
    registreret = models.DateTimeField(default=nu)
    registreret_af = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="milepaelsmeldinger")
    identitet = models.CharField(max_length=80)

    class Meta:
        verbose_name = "melding om milepæl"
        verbose_name_plural = "meldinger om milepæle"
        ordering = ["registreret", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stand__in=[s.value for s in MELDBARE]), name="milepaelsmelding_stand_meldbar"
            ),
            models.CheckConstraint(
                condition=~Q(stand="naaet", tekst="", dokumentation_url="") & ~Q(stand="opgivet", tekst=""),
                name="milepaelsmelding_afsluttes_med_dokumentation",
            ),
        ]
        triggers = [kun_tilfoejes("milepaelsmelding_kun_tilfoejes")]

    def __str__(self) -> str:
        return f"{self.milepael}: {self.get_stand_display()}"
