"""People, and for whom they act. A person without a membership may do nothing."""

from collections.abc import Mapping
from typing import Any, ClassVar

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models

from faelles.dateret import en_ad_gangen, rigtig_periode
from faelles.felter import Email
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from kommuner.models.organisationer import Organisation, Organisationsart
from kommuner.querysets import TilknytningQuerySet


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


@foelges(
    "SELECT organisation_id FROM kommuner_tilknytning WHERE bruger_id = NEW.id",
    navn="email",
    undtagen=["password", "last_login"],
)
class Bruger(AbstractBaseUser):
    """A person who logs in. No name is stored: what others see is the function she acts in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = Email("e-mail", unique=True)
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


_KOMMUNE = frozenset({Organisationsart.KOMMUNE})
_SEKRETARIAT = frozenset({Organisationsart.SEKRETARIAT})
_OFFENTLIGE = frozenset({Organisationsart.KOMMUNE, Organisationsart.REGION})
_DRIFTSHERRER = _OFFENTLIGE | {Organisationsart.PRIVAT, Organisationsart.SELVEJENDE}

# The kinds of organisation in which somebody can have the role; the database refuses the others.
ROLLE_ARTER: Mapping[Rolle, frozenset[Organisationsart]] = {
    Rolle.SAGSBEHANDLER: _KOMMUNE,
    Rolle.VISITATOR: _KOMMUNE,
    Rolle.OEKONOMI: _KOMMUNE,
    Rolle.TILBUDSLEDER: _DRIFTSHERRER,
    Rolle.DRIFTSHERRE_OEKONOMI: _DRIFTSHERRER,
    Rolle.SEKRETARIAT: _SEKRETARIAT,
    Rolle.LAESER: _OFFENTLIGE,
    Rolle.ADMINISTRATOR: _DRIFTSHERRER | _SEKRETARIAT,
    Rolle.DRIFT: _SEKRETARIAT,
}


def _rolle_passer_til_arten(navn: str) -> pgtrigger.Trigger:
    """A check across two tables, which no CHECK constraint can make; it fails as one, under its name."""
    par = ", ".join(sorted(f"('{rolle.value}', '{art.value}')" for rolle in ROLLE_ARTER for art in ROLLE_ARTER[rolle]))
    return pgtrigger.Trigger(
        name=navn,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("rolle", "organisation_id"),  # type: ignore[no-untyped-call]  # the library's
        func=f"""
            IF NOT EXISTS (
                SELECT 1 FROM kommuner_organisation o
                WHERE o.id = NEW.organisation_id AND (NEW.rolle, o.art) IN ({par})
            ) THEN
                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{navn}',
                    MESSAGE = '{navn}: the organisation is not of a kind that has the role';
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - names and values of our own enums, no input
    )


@foelges("VALUES (NEW.organisation_id)", navn="bruger")
class Tilknytning(models.Model):
    """That a person has a role in an organisation in a period, for all of its offers or for those in `kun_tilbud`.

    `periode` is what was given; `afsluttet` is set when somebody has ended it at once, and then it holds no more. The
    offers are ids as values, because the floor that knows them lies above (kommuner.tilbudsregister). `kilde` is empty
    when an administrator gave it, else the log-in provider whose claims did (kommuner.oidc).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    bruger = models.ForeignKey(Bruger, on_delete=models.CASCADE, related_name="tilknytninger")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="tilknytninger")
    rolle = models.CharField("rolle", max_length=24, choices=Rolle.choices)
    periode = DateRangeField("periode")
    afsluttet = models.DateTimeField("afsluttet", null=True, blank=True)
    kun_tilbud = ArrayField(models.UUIDField(), verbose_name="kun disse tilbud", default=list, blank=True)
    kilde = models.CharField("kilde", max_length=40, blank=True, default="")

    objects = TilknytningQuerySet["Tilknytning"].as_manager()

    class Meta:
        verbose_name = "tilknytning"
        verbose_name_plural = "tilknytninger"
        constraints = [
            rigtig_periode("tilknytning_periode_rigtig"),
            en_ad_gangen(
                "tilknytning_en_rolle_ad_gangen",
                "bruger",
                "organisation",
                "rolle",
                betingelse=models.Q(afsluttet__isnull=True),
            ),
            models.CheckConstraint(condition=models.Q(rolle__in=Rolle.values), name="tilknytning_rolle_kendt"),
            models.CheckConstraint(
                condition=models.Q(kun_tilbud=[]) | models.Q(rolle=Rolle.TILBUDSLEDER.value),
                name="tilknytning_kun_tilbudsleder_har_kun_tilbud",
            ),
        ]
        triggers = [_rolle_passer_til_arten("tilknytning_rolle_passer_til_arten")]

    def __str__(self) -> str:
        return f"{self.get_rolle_display()} i {self.organisation_id}"
