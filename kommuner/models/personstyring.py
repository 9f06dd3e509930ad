"""How people get their roles: invitations, proposals of administrators, and the help a secretariat has given."""

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from faelles.felter import Email
from faelles.ids import uuid7
from faelles.spor import foelges
from faelles.tid import nu
from faelles.uforanderlig import kun_tilfoejes
from kommuner.models.brugere import Bruger, Rolle
from kommuner.models.organisationer import Organisation
from kommuner.querysets import PersonstyringQuerySet

if TYPE_CHECKING:
    from datetime import datetime

SYSTEM = "system"  # the identity of the platform's own upkeep


class Forslagsudfald(models.TextChoices):
    """What became of a proposal."""

    GODKENDT = "godkendt", "Godkendt"
    AFVIST = "afvist", "Afvist"
    TRUKKET = "trukket", "Trukket tilbage"


@foelges("VALUES (NEW.organisation_id)", navn="email", skjulte=["foreslaaet_af", "afgjort_af"])
class Administratorforslag(models.Model):
    """That somebody should be administrator of an organisation. It takes two: the one who proposes never approves.

    `foreslaaet_af` and `afgjort_af` are identities (`bruger:<uuid>`), `…_for` the organisations they acted for.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="administratorforslag")
    email = Email("e-mail")
    foreslaaet_af = models.CharField(max_length=80)
    foreslaaet_for = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="foreslået for"
    )
    foreslaaet = models.DateTimeField("foreslået", default=nu)
    udfald = models.CharField("udfald", max_length=12, choices=Forslagsudfald.choices, blank=True, default="")
    afgjort_af = models.CharField(max_length=80, blank=True, default="")
    afgjort_for = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    afgjort = models.DateTimeField(null=True, blank=True)

    objects = PersonstyringQuerySet["Administratorforslag"].as_manager()

    class Meta:
        verbose_name = "administratorforslag"
        verbose_name_plural = "administratorforslag"
        ordering = ["foreslaaet", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(udfald=Forslagsudfald.GODKENDT.value)
                | ~models.Q(afgjort_af=models.F("foreslaaet_af")),
                name="administratorforslag_to_personer",
            ),
            models.CheckConstraint(
                condition=models.Q(udfald="", afgjort_af="", afgjort_for__isnull=True, afgjort__isnull=True)
                | (
                    models.Q(udfald__in=Forslagsudfald.values, afgjort_for__isnull=False, afgjort__isnull=False)
                    & ~models.Q(afgjort_af="")
                ),
                name="administratorforslag_afgjort_helt_eller_slet_ikke",
            ),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="administratorforslag_email_med_smaat"
            ),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(udfald=""),
                name="administratorforslag_et_aabent_pr_adresse",
            ),
        ]

    def __str__(self) -> str:
        return f"Administratorforslag {self.pk}"


@foelges("VALUES (NEW.organisation_id)", navn="email", undtagen=["noegle_hash"], skjulte=["inviteret_af"])
class Invitation(models.Model):
    """That an address may become a person with these roles in an organisation, once and before it expires.

    The link's key is known to the mail only; here stands its SHA-256. `inviteret_af` is an identity, `inviteret_for` the
    organisation it acted for (empty when the platform itself has invited: `opret_administrator`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitationer")
    email = Email("e-mail")
    roller = ArrayField(models.CharField(max_length=24, choices=Rolle.choices), verbose_name="roller")
    kun_tilbud = ArrayField(models.UUIDField(), verbose_name="kun disse tilbud", default=list, blank=True)
    forslag = models.OneToOneField(
        Administratorforslag, null=True, blank=True, on_delete=models.PROTECT, related_name="invitation"
    )
    noegle_hash = models.CharField(max_length=64, unique=True)
    inviteret_af = models.CharField(max_length=80)
    inviteret_for = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    oprettet = models.DateTimeField(default=nu)
    udloeber = models.DateTimeField("udløber")
    brugt = models.DateTimeField(null=True, blank=True)
    brugt_af = models.ForeignKey(Bruger, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    trukket = models.DateTimeField(null=True, blank=True)

    objects = PersonstyringQuerySet["Invitation"].as_manager()

    class Meta:
        verbose_name = "invitation"
        verbose_name_plural = "invitationer"
        ordering = ["oprettet", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(roller__contained_by=Rolle.values, roller__len__gt=0),
                name="invitation_roller_kendte",
            ),
            models.CheckConstraint(
                condition=models.Q(kun_tilbud=[]) | models.Q(roller__contains=[Rolle.TILBUDSLEDER.value]),
                name="invitation_kun_tilbudsleder_har_kun_tilbud",
            ),
            models.CheckConstraint(
                condition=~models.Q(roller__contains=[Rolle.ADMINISTRATOR.value])
                | models.Q(forslag__isnull=False)
                | models.Q(inviteret_af=SYSTEM),
                name="invitation_administrator_efter_forslag",
            ),
            models.CheckConstraint(
                condition=models.Q(brugt__isnull=True, brugt_af__isnull=True)
                | models.Q(brugt__isnull=False, brugt_af__isnull=False, trukket__isnull=True),
                name="invitation_brugt_af_en_og_ikke_trukket",
            ),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="invitation_email_med_smaat"),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(brugt__isnull=True, trukket__isnull=True),
                name="invitation_en_aaben_pr_adresse",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"

    def kan_bruges(self, nu: "datetime") -> bool:
        """Whether the link works at the instant."""
        return self.brugt is None and self.trukket is None and nu < self.udloeber

    @property
    def rollenavne(self) -> str:
        """The roles in words."""
        return ", ".join(str(Rolle(rolle).label) for rolle in self.roller)


class Hjaelp(models.TextChoices):
    """What a secretariat can do for an organisation's people, as the end of "the secretariat has …"."""

    INVITERET = "inviteret", "inviteret"
    SENDT_IGEN = "sendt_igen", "sendt en ny invitation til"
    TRUKKET = "trukket", "trukket invitationen tilbage til"
    ROLLE_GIVET = "rolle_givet", "givet en rolle til"
    ROLLE_AFSLUTTET = "rolle_afsluttet", "afsluttet en rolle for"
    FJERNET = "fjernet", "afsluttet alle roller for"
    FORESLAAET = "foreslaaet", "foreslået som administrator"
    FORSLAG_GODKENDT = "forslag_godkendt", "godkendt som administrator"
    FORSLAG_AFVIST = "forslag_afvist", "afvist som administrator"
    FORSLAG_TRUKKET = "forslag_trukket", "trukket sit forslag tilbage om"


class Personhjaelp(models.Model):
    """That a secretariat has helped an organisation with its people: what, about whom, when. Append-only, shown to its administrators."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="personhjaelp")
    sekretariat = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    handling = models.CharField("handling", max_length=20, choices=Hjaelp.choices)
    email = Email("e-mail")
    roller = ArrayField(models.CharField(max_length=24, choices=Rolle.choices), default=list)
    identitet = models.CharField(max_length=80)
    tidspunkt = models.DateTimeField(default=nu)

    objects = PersonstyringQuerySet["Personhjaelp"].as_manager()

    class Meta:
        verbose_name = "hjælp med personer"
        verbose_name_plural = "hjælp med personer"
        ordering = ["-tidspunkt", "-id"]
        indexes = [models.Index(fields=["organisation", "-tidspunkt"], name="personhjaelp_seneste")]
        triggers = [kun_tilfoejes("personhjaelp_kun_tilfoejes")]

    def __str__(self) -> str:
        return f"{self.handling} {self.tidspunkt:%d.%m.%Y}"

    @property
    def rollenavne(self) -> str:
        """The roles in words; empty when none were concerned."""
        return ", ".join(str(Rolle(rolle).label) for rolle in self.roller)
