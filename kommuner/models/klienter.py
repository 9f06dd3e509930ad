"""Municipal systems: for whom they act, and the credentials they prove it with."""

from functools import reduce
from operator import or_

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from faelles.aktoer import RETTIGHED_TEKST, Funktion, Rettighed
from faelles.felter import Fritekst
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from kommuner.klienter.querysets import ApiKlientQuerySet, ApiNoegleQuerySet
from kommuner.models.organisationer import Organisation
from kommuner.rettigheder import KLIENTRETTIGHEDER

HOEJST_NOEGLER = 2  # active at the same time, so that a system can change from the old to the new without a pause


def _funktion_og_adgange() -> Q:
    """One of the functions systems have, with no other rights than a system may have in it."""
    mulige = (
        Q(funktion=funktion.value, scopes__contained_by=sorted(rettighed.value for rettighed in rettigheder))
        for funktion, rettigheder in KLIENTRETTIGHEDER.items()
    )
    return reduce(or_, mulige)


@foelges("VALUES (NEW.organisation_id)", navn="navn")
class ApiKlient(models.Model):
    """A municipal system. It belongs to one organisation and one function; the actor comes from here, never from a parameter.

    Its id is the system's identity in history, logs and idempotency keys, and stays when its credentials are changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    navn = Fritekst("navn", max_length=80)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="apiklienter")
    funktion = models.CharField(
        "funktion", max_length=16, choices=[(f.value, f.value.capitalize()) for f in KLIENTRETTIGHEDER]
    )
    scopes = ArrayField(
        models.CharField(max_length=40, choices=[(r.value, RETTIGHED_TEKST[r]) for r in Rettighed]),
        verbose_name="adgange",
        default=list,
    )
    oprettet = models.DateTimeField(default=nu)
    lukket = models.DateTimeField(null=True, blank=True)

    objects = ApiKlientQuerySet["ApiKlient"].as_manager()

    class Meta:
        verbose_name = "API-klient"
        verbose_name_plural = "API-klienter"
        constraints = [
            models.CheckConstraint(condition=_funktion_og_adgange(), name="apiklient_funktion_og_adgange"),
            models.CheckConstraint(condition=~Q(navn=""), name="apiklient_har_navn"),
            models.UniqueConstraint(
                "organisation",
                Lower("navn"),
                condition=Q(lukket__isnull=True),
                name="apiklient_navn_unikt_blandt_aabne",
            ),
        ]

    def __str__(self) -> str:
        return self.navn

    @property
    def rettigheder(self) -> frozenset[Rettighed]:
        """The rights the client may ask a token for."""
        return frozenset(Rettighed(scope) for scope in self.scopes)

    @property
    def som(self) -> Funktion:
        """The function it acts in."""
        return Funktion(self.funktion)


@foelges(
    "SELECT organisation_id FROM kommuner_apiklient WHERE id = NEW.klient_id", navn="klient", undtagen=["sidst_brugt"]
)
class ApiNoegle(models.Model):
    """A client's credential: the OAuth application holds its client id and the hash of its secret, nobody the secret itself.

    At most HOEJST_NOEGLER are active at once, each in a numbered place. `sidst_brugt` is when it last got a token.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    application = models.OneToOneField(
        "oauth2_provider.Application", on_delete=models.PROTECT, related_name="apinoegle", verbose_name="klient-id"
    )
    klient = models.ForeignKey(ApiKlient, on_delete=models.PROTECT, related_name="noegler")
    plads = models.PositiveSmallIntegerField()
    oprettet = models.DateTimeField(default=nu)
    ophoert = models.DateTimeField(null=True, blank=True)
    sidst_brugt = models.DateTimeField(null=True, blank=True)

    objects = ApiNoegleQuerySet["ApiNoegle"].as_manager()

    class Meta:
        verbose_name = "API-nøgle"
        verbose_name_plural = "API-nøgler"
        constraints = [
            models.CheckConstraint(
                condition=Q(plads__in=list(range(1, HOEJST_NOEGLER + 1))), name="apinoegle_plads_kendt"
            ),
            models.UniqueConstraint(
                fields=["klient", "plads"], condition=Q(ophoert__isnull=True), name="apinoegle_en_aktiv_pr_plads"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.klient_id} {self.plads}"

    @property
    def gyldig(self) -> bool:
        """Whether it, and the client it belongs to, still count; as the queryset's `gyldige`."""
        return self.ophoert is None and self.klient.lukket is None
