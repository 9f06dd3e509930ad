"""People, and for whom they act. A person without a membership may do nothing."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import DateRangeField
from django.db import models

from faelles.dateret import DateretQuerySet, en_ad_gangen, rigtig_periode
from faelles.ids import uuid7
from faelles.tid import nu
from kommuner.models.organisationer import Organisation


class BrugerManager(BaseUserManager["Bruger"]):
    """Creates users; the e-mail address is the login and is compared without case."""

    def create_user(self, email: str, password: str | None = None, **felter: Any) -> "Bruger":
        """Create a user with a hashed password."""
        bruger = self.model(email=email.strip().lower(), **felter)
        bruger.set_password(password)
        bruger.full_clean(exclude=["password"])
        bruger.save()
        return bruger

    def get_by_natural_key(self, username: str | None) -> "Bruger":
        """Look up by e-mail address without case."""
        return self.get(email__iexact=username)


class Bruger(AbstractBaseUser):
    """A person who logs in. No name is stored: what others see is the function she acts in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField("e-mail", unique=True)
    is_active = models.BooleanField("aktiv", default=True)
    oprettet = models.DateTimeField(default=nu)

    objects = BrugerManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "bruger"
        verbose_name_plural = "brugere"
        constraints = [
            models.UniqueConstraint(models.functions.Lower("email"), name="bruger_email_unik_uden_store_bogstaver")
        ]

    def __str__(self) -> str:
        return self.email


class Rolle(models.TextChoices):
    """What a person does in an organisation; each role has a function and a set of rights (kommuner.roller)."""

    SAGSBEHANDLER = "sagsbehandler", "Sagsbehandler"
    VISITATOR = "visitator", "Visitator"
    OEKONOMI = "oekonomi", "Økonomimedarbejder"
    TILBUDSLEDER = "tilbudsleder", "Tilbudsleder"
    DRIFTSHERRE_OEKONOMI = "driftsherre_oekonomi", "Driftsherrens økonomimedarbejder"
    SEKRETARIAT = "sekretariat", "Sekretariatsmedarbejder"
    LAESER = "laeser", "Læser"
    ADMINISTRATOR = "administrator", "Administrator"
    DRIFT = "drift", "Driftsmedarbejder"


class Tilknytning(models.Model):
    """That a person has a role in an organisation in a period."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    bruger = models.ForeignKey(Bruger, on_delete=models.CASCADE, related_name="tilknytninger")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="tilknytninger")
    rolle = models.CharField("rolle", max_length=24, choices=Rolle.choices)
    periode = DateRangeField("periode")

    objects = DateretQuerySet["Tilknytning"].as_manager()

    class Meta:
        verbose_name = "tilknytning"
        verbose_name_plural = "tilknytninger"
        constraints = [
            rigtig_periode("tilknytning_periode_rigtig"),
            en_ad_gangen("tilknytning_en_rolle_ad_gangen", "bruger", "organisation", "rolle"),
            models.CheckConstraint(condition=models.Q(rolle__in=Rolle.values), name="tilknytning_rolle_kendt"),
        ]

    def __str__(self) -> str:
        return f"{self.get_rolle_display()} i {self.organisation_id}"
