"""Imports of the register: a change set that takes effect when a second person of the operator's has approved it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from faelles.felter import Fritekst
from faelles.ids import uuid7
from faelles.models import Job
from faelles.spor import foelges
from faelles.tid import nu
from kommuner.models import Organisation
from tilbud.querysets import RegisterimportQuerySet


class Importkilde(models.TextChoices):
    """Where a change set came from."""

    FIL = "fil", "Regneark"
    SIDE = "side", "Rettet på siden"
    SYSTEM = "system", "Rettet af et fagsystem"


class Importtilstand(models.TextChoices):
    """Where an import is. What is read, and the draft (`kladde`) it becomes, is one person's; nobody else sees it."""

    LAESES = "laeses", "Filen læses"
    KLADDE = "kladde", "Kladde"
    AFVENTER = "afventer", "Venter på godkendelse"
    GENNEMFOERT = "gennemfoert", "Gennemført"
    AFVIST = "afvist", "Afvist"
    TRUKKET = "trukket", "Trukket tilbage"


EGNE = (Importtilstand.LAESES.value, Importtilstand.KLADDE.value)
AFGJORTE = (Importtilstand.GENNEMFOERT.value, Importtilstand.AFVIST.value, Importtilstand.TRUKKET.value)


@foelges(
    "VALUES (NEW.organisation_id)",
    navn="bestilt",
    undtagen=["indhold", "fejl", "fil", "er_csv", "job"],
    skjulte=["sha256", "tilbud", "bestilt_af", "afgjort_af"],
)
class Registerimport(models.Model):
    """What a file, somebody on a page, or a system (`kilde`), would change in an operator's register. The file itself is not kept.

    A large file is read by a job (`registerimport.job`): `fil` is then its bytes, from it was sent until it has been read.
    `indhold` holds the rows read and the change set they gave (`registerimport.indhold`), `sha256` its fingerprint; `fejl`
    the faults of a draft. `bestilt_af` and `afgjort_af` are identities that two stand behind: a person or a system (`bruger:<uuid>`, `klient:<id>`), and another person.
    `tilbud` are the registered offers it touches; `opretter_tilbud` that it makes new ones. Both decide who may see it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="registerimporter")
    kilde = models.CharField("kilde", max_length=8, choices=Importkilde.choices, default=Importkilde.FIL)
    tilstand = models.CharField(
        "tilstand", max_length=12, choices=Importtilstand.choices, default=Importtilstand.KLADDE
    )
    indhold = models.JSONField("indhold")
    sha256 = models.CharField("fingeraftryk", max_length=64)
    fejl = models.JSONField("fejl", default=list)
    tilbud = ArrayField(models.UUIDField(), verbose_name="tilbud", default=list)
    opretter_tilbud = models.BooleanField("opretter tilbud", default=False)
    nye = models.PositiveIntegerField("nye", default=0)
    aendrede = models.PositiveIntegerField("ændrede", default=0)
    uaendrede = models.PositiveIntegerField("uændrede", default=0)
    job = models.OneToOneField(
        Job, on_delete=models.PROTECT, related_name="registerimport", null=True, blank=True, verbose_name="læsning"
    )
    fil = models.BinaryField("fil", null=True, blank=True)
    er_csv = models.BooleanField("CSV-fil", default=False)
    bestilt_af = models.CharField("bestilt af", max_length=80)
    bestilt_rolle = Fritekst("bestilt som", max_length=60)
    bestilt = models.DateTimeField("bestilt", default=nu)
    afgjort_af = models.CharField("afgjort af", max_length=80, blank=True, default="")
    afgjort_rolle = Fritekst("afgjort som", max_length=60, blank=True, default="")
    afgjort = models.DateTimeField("afgjort", null=True, blank=True)
    grund = Fritekst("begrundelse", max_length=300, blank=True, default="")

    objects = RegisterimportQuerySet["Registerimport"].as_manager()

    class Meta:
        verbose_name = "import af tilbud og pladser"
        verbose_name_plural = "importer af tilbud og pladser"
        ordering = ["-bestilt", "-id"]
        indexes = [models.Index(fields=["organisation", "-bestilt", "-id"], name="registerimport_liste")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tilstand__in=Importtilstand.values), name="registerimport_tilstand_kendt"
            ),
            models.CheckConstraint(condition=models.Q(kilde__in=Importkilde.values), name="registerimport_kilde_kendt"),
            models.CheckConstraint(
                condition=~models.Q(tilstand__in=["gennemfoert", "afvist"])
                | ~models.Q(afgjort_af=models.F("bestilt_af")),
                name="registerimport_to_personer",
            ),
            models.CheckConstraint(
                condition=~models.Q(tilstand="gennemfoert") | models.Q(afgjort_af__startswith="bruger:"),
                name="registerimport_godkendes_af_en_person",
            ),
            models.CheckConstraint(
                condition=~models.Q(tilstand="trukket") | models.Q(afgjort_af=models.F("bestilt_af")),
                name="registerimport_traekkes_af_bestilleren",
            ),
            models.CheckConstraint(
                condition=(~models.Q(tilstand__in=AFGJORTE) & models.Q(afgjort_af="", afgjort__isnull=True))
                | (models.Q(tilstand__in=AFGJORTE, afgjort__isnull=False) & ~models.Q(afgjort_af="")),
                name="registerimport_afgjort_helt_eller_slet_ikke",
            ),
            models.CheckConstraint(
                condition=models.Q(tilstand__in=EGNE)
                | (models.Q(fejl=[]) & (models.Q(nye__gt=0) | models.Q(aendrede__gt=0))),
                name="registerimport_kun_kladder_har_fejl",
            ),
            models.CheckConstraint(
                condition=~models.Q(tilstand="afvist") | ~models.Q(grund=""), name="registerimport_afvist_med_grund"
            ),
            models.UniqueConstraint(
                fields=["organisation", "bestilt_af"],
                condition=models.Q(tilstand__in=EGNE),
                name="registerimport_en_kladde_pr_person",
            ),
            models.CheckConstraint(
                condition=models.Q(tilstand="laeses", job__isnull=False) | models.Q(fil__isnull=True),
                name="registerimport_fil_kun_mens_den_laeses",
            ),
        ]

    def __str__(self) -> str:
        return f"Import {self.pk}"

    @property
    def kan_sendes(self) -> bool:
        """Whether a second person can be asked."""
        return self.tilstand == Importtilstand.KLADDE and not self.fejl and bool(self.nye or self.aendrede)
