"""Tables of the kernel: the outbox, long jobs and idempotency keys. None of them knows a domain above."""

from django.db import models

from faelles.felter import Fritekst
from faelles.ids import uuid7
from faelles.tid import nu


class Haendelse(models.Model):
    """A committed change: ids only, never data about a person. Written in the transaction of the change itself (outbox).

    `nummer` is given after commit by one relay: strictly rising, gaps allowed, none ever missed by a reader who asks
    for what comes after the last number seen.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    type = models.CharField(max_length=80)
    entitet = models.CharField(max_length=60)
    entitet_id = models.CharField(max_length=60)
    tidspunkt = models.DateTimeField(default=nu)
    nummer = models.BigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = "hændelse"
        verbose_name_plural = "hændelser"
        constraints = [models.UniqueConstraint(fields=["nummer"], name="haendelse_nummer_unikt")]
        indexes = [
            # the relay's question: what has committed and has no number yet
            models.Index(fields=["id"], name="haendelse_uden_nummer", condition=models.Q(nummer__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.entitet_id}"


class JobStatus(models.TextChoices):
    """Life of a job. `i_koe` → `i_gang` → one of the three last."""

    I_KOE = "i_koe", "I kø"
    I_GANG = "i_gang", "I gang"
    FAERDIG = "faerdig", "Færdig"
    FEJLET = "fejlet", "Fejlet"
    ANNULLERET = "annulleret", "Annulleret"


JOB_SLUT = frozenset({JobStatus.FAERDIG, JobStatus.FEJLET, JobStatus.ANNULLERET})


class Job(models.Model):
    """Long work with stage and progress. The row is the truth; the queue is only a nudge.

    `forsoeg` counts starts: a worker that was thought dead and wakes up again finds another number and lets go.
    `organisation_id`, `funktion` and `identitet` are the orderer's, kept as values because the kernel knows no organisations.
    Row-level security shows a job to its organisation, and to those an upper floor's policy names. It holds ids and
    progress only: what a job makes is stored in a table of its own.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    type = models.CharField(max_length=60)
    parametre = models.JSONField(default=dict)
    organisation_id = models.UUIDField()
    funktion = models.CharField(max_length=16)
    identitet = models.CharField(max_length=80)
    status = models.CharField(max_length=12, choices=JobStatus.choices, default=JobStatus.I_KOE)
    trin = models.CharField(max_length=80, blank=True, default="")
    naaet = models.PositiveIntegerField(default=0)
    i_alt = models.PositiveIntegerField(default=0)
    forsoeg = models.PositiveSmallIntegerField(default=0)
    hjerteslag = models.DateTimeField(default=nu)
    fejl = models.TextField(blank=True, default="")
    oprettet = models.DateTimeField(default=nu)
    afsluttet = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "job"
        verbose_name_plural = "job"
        constraints = [
            models.CheckConstraint(condition=models.Q(naaet__lte=models.F("i_alt")), name="job_naaet_hoejst_i_alt"),
            models.CheckConstraint(
                condition=models.Q(status__in=sorted(JOB_SLUT), afsluttet__isnull=False)
                | (~models.Q(status__in=sorted(JOB_SLUT)) & models.Q(afsluttet__isnull=True)),
                name="job_afsluttet_netop_ved_slut",
            ),
            models.CheckConstraint(condition=models.Q(status__in=JobStatus.values), name="job_status_kendt"),
        ]
        indexes = [
            # the sweep's question: which jobs should be running but show no sign of life
            models.Index(fields=["hjerteslag"], name="job_uafsluttede", condition=models.Q(afsluttet__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.type} ({self.get_status_display()})"

    @property
    def er_slut(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.status in JOB_SLUT


class Idempotensnoegle(models.Model):
    """The stored answer to a POST that made money or a hold, so that the same key gives the same answer and does nothing twice.

    The answer is about a case: row-level security shows it to the client it was given to, and to nobody else.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    klient = models.CharField(max_length=80)
    noegle = Fritekst(max_length=255)
    fingeraftryk = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    svar = models.TextField()  # as it was sent: jsonb would give the same data in another order
    hoveder = models.JSONField(default=dict)
    oprettet = models.DateTimeField(default=nu)

    class Meta:
        verbose_name = "idempotensnøgle"
        verbose_name_plural = "idempotensnøgler"
        constraints = [
            models.UniqueConstraint(fields=["klient", "noegle"], name="idempotensnoegle_en_pr_klient"),
            models.CheckConstraint(
                condition=models.Q(status__gte=200, status__lt=300), name="idempotensnoegle_kun_gennemfoerte"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.klient}: {self.noegle}"
