"""Inviting an address, and becoming a person with it. The key of the link is in the mail only; here stands its hash."""

import secrets
from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from faelles.afsender import praeciser
from faelles.aktoer import Aktoer, Funktion
from faelles.brev import adresse
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.scope import saet_database_aktoer
from faelles.tid import Periode, idag, nu
from kommuner.models import (
    Administratorforslag,
    Bruger,
    Hjaelp,
    Invitation,
    Organisation,
    Organisationsart,
    Rolle,
    Tilknytning,
)
from kommuner.models.personstyring import SYSTEM
from kommuner.personer import breve
from kommuner.personer.actions.hjaelp import noter_hjaelp
from kommuner.personer.actions.roller import opret_tilknytning
from kommuner.personer.maal import Maal, administratorer, find_maal
from kommuner.personer.noegle import fingeraftryk
from kommuner.personer.regler import MINDST_TO, rollefejl
from kommuner.tilbudsregister import tilbud_hos


def inviter(
    *,
    aktoer: Aktoer,
    organisation_id: UUID,
    email: str,
    roller: Sequence[str],
    kun_tilbud: Collection[UUID] = (),
) -> Invitation:
    """Invite an address to one or more roles, and mail the link. Raises UgyldigtInput with all faults at once."""
    maal = find_maal(aktoer, organisation_id)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        email = email.strip().lower()
        fejl = dict(rollefejl(Organisationsart(maal.organisation.art), roller, kun_tilbud, tilbud_hos(organisation_id)))
        if emailfejl := _emailfejl(aktoer, maal, email):
            fejl["email"] = [emailfejl]
        if fejl:
            raise UgyldigtInput("ugyldig_invitation", "Invitationen kan ikke sendes, før felterne er rettet.", fejl)
        invitation, _ = send_ny(
            maal.organisation, email, roller, kun_tilbud, af=aktoer.identitet, for_id=aktoer.organisation_id
        )
        noter_hjaelp(maal, aktoer, Hjaelp.INVITERET, email, invitation.roller)
        return invitation


def er_i_organisationen(organisation_id: UUID, email: str) -> bool:
    """Whether the address belongs to somebody with a role there, now or later."""
    return (
        Tilknytning.objects.aktive(idag())
        .filter(organisation=organisation_id, bruger__email=email, bruger__is_active=True)
        .exists()
    )


def _emailfejl(aktoer: Aktoer, maal: Maal, email: str) -> str:
    try:
        validate_email(email)
    except ValidationError:
        return "Skriv en e-mailadresse, der findes, f.eks. navn@kommune.dk"
    if er_i_organisationen(maal.organisation.pk, email):
        return "Personen findes allerede i organisationen. Giv rollen på personens egen side."
    aabne = Invitation.objects.synlige_for(aktoer).filter(brugt__isnull=True, trukket__isnull=True)
    if aabne.filter(organisation=maal.organisation, email=email).exists():
        return "Adressen er allerede inviteret. Send invitationen igen, eller træk den tilbage først."
    return ""


def send_ny(
    organisation: Organisation,
    email: str,
    roller: Sequence[str],
    kun_tilbud: Collection[UUID] = (),
    *,
    af: str,
    for_id: UUID | None,
    forslag: Administratorforslag | None = None,
) -> tuple[Invitation, str]:
    """Store the invitation and mail it; returns it with the address of its link. The caller has checked everything."""
    noegle = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        roller=[rolle.value for rolle in Rolle if rolle in roller],
        kun_tilbud=sorted(kun_tilbud),
        forslag=forslag,
        noegle_hash=fingeraftryk(noegle),
        inviteret_af=af,
        inviteret_for_id=for_id,
        udloeber=nu() + timedelta(days=settings.INVITATION_DAGE),
    )
    publicer("person.inviteret", "invitation", invitation.id)
    return invitation, _send(invitation, noegle)


def _send(invitation: Invitation, noegle: str) -> str:
    link = adresse(reverse("personer:invitation", args=[noegle]))
    breve.send("invitation", [invitation.email], invitation=invitation, link=link)
    return link


def send_igen(*, aktoer: Aktoer, organisation_id: UUID, invitation_id: UUID) -> Invitation:
    """Mail a new link with a new time limit; the old link is worth nothing from now on."""
    maal = find_maal(aktoer, organisation_id)
    with transaction.atomic():
        invitation = _aaben(aktoer, maal, invitation_id)
        noegle = secrets.token_urlsafe(32)
        invitation.noegle_hash = fingeraftryk(noegle)
        invitation.udloeber = nu() + timedelta(days=settings.INVITATION_DAGE)
        invitation.save(update_fields=["noegle_hash", "udloeber"])
        publicer("person.inviteret", "invitation", invitation.id)
        _send(invitation, noegle)
        noter_hjaelp(maal, aktoer, Hjaelp.SENDT_IGEN, invitation.email, invitation.roller)
        return invitation


def traek_tilbage(*, aktoer: Aktoer, organisation_id: UUID, invitation_id: UUID) -> Invitation:
    """Make the link worthless. Raises IkkeFundet, and Konflikt when it has been used or withdrawn already."""
    maal = find_maal(aktoer, organisation_id)
    with transaction.atomic():
        invitation = _aaben(aktoer, maal, invitation_id)
        traek(invitation)
        noter_hjaelp(maal, aktoer, Hjaelp.TRUKKET, invitation.email, invitation.roller)
        return invitation


def traek(invitation: Invitation) -> None:
    """Withdraw an invitation that is locked and open."""
    invitation.trukket = nu()
    invitation.save(update_fields=["trukket"])
    publicer("person.invitation_trukket", "invitation", invitation.id)


def _aaben(aktoer: Aktoer, maal: Maal, invitation_id: UUID) -> Invitation:
    invitation = (
        Invitation.objects.synlige_for(aktoer)
        .select_for_update(no_key=True, of=("self",))
        .select_related("organisation")
        .filter(pk=invitation_id, organisation=maal.organisation)
        .first()
    )
    if invitation is None:
        raise IkkeFundet("invitation_ikke_fundet", "Invitationen findes ikke.")
    if invitation.brugt is not None or invitation.trukket is not None:
        raise Konflikt("invitation_lukket", "Invitationen er allerede brugt eller trukket tilbage.")
    return invitation


def tag_imod(*, noegle: str, bruger: Bruger | None, adgangskode: str = "") -> Invitation:
    """Use an invitation once: `bruger` is who has logged in; a new person chooses her password instead.

    Raises IkkeFundet for a key nobody has given, Konflikt when it is used, withdrawn, expired, for another person or for
    somebody who must log in first, and UgyldigtInput for a password that is no good.
    """
    with transaction.atomic():
        invitation = (
            Invitation.objects.for_systemet("whoever holds the key acts for nobody yet")
            .select_for_update(no_key=True, of=("self",))
            .select_related("organisation")
            .filter(noegle_hash=fingeraftryk(noegle))
            .first()
        )
        if invitation is None:
            raise IkkeFundet("invitation_ikke_fundet", "Invitationen findes ikke.")
        if not invitation.kan_bruges(nu()):
            raise Konflikt("invitation_lukket", "Invitationen er brugt, trukket tilbage eller udløbet.")
        praeciser(
            identitet=f"bruger:{bruger.pk}" if bruger else f"invitation:{invitation.pk}",
            organisation=str(invitation.organisation_id),
            funktion=Funktion.ADMINISTRATION.value,
        )
        _brug(invitation, _modtager(invitation, bruger, adgangskode))
        return invitation


def _brug(invitation: Invitation, hvem: Bruger) -> None:
    """Give the roles she does not have already, and use the invitation up."""
    her = Tilknytning.objects.aktive(idag()).filter(bruger=hvem, organisation=invitation.organisation)
    har = set(her.values_list("rolle", flat=True))
    for rolle in invitation.roller:
        if rolle not in har:
            opret_tilknytning(hvem, invitation.organisation, rolle, Periode(idag()), invitation.kun_tilbud)
    invitation.brugt, invitation.brugt_af = nu(), hvem
    invitation.save(update_fields=["brugt", "brugt_af"])
    publicer("person.invitation_brugt", "invitation", invitation.id)


def _modtager(invitation: Invitation, bruger: Bruger | None, adgangskode: str) -> Bruger:
    """The person the invitation makes, wakes up or already is."""
    if bruger is not None:
        if bruger.email != invitation.email:
            raise Konflikt("invitation_til_en_anden", f"Du er logget på som {bruger.email}, men en anden er inviteret.")
        return bruger
    try:
        validate_password(adgangskode, Bruger(email=invitation.email))
    except ValidationError as fejl:
        raise UgyldigtInput(
            "ugyldig_adgangskode", "Vælg en anden adgangskode.", {"adgangskode": list(fejl.messages)}
        ) from fejl
    # waits for somebody who makes the same person from another invitation, and then finds her
    hvem, _ = Bruger.objects.get_or_create(email=invitation.email, defaults={"is_active": False})
    if hvem.is_active:
        raise Konflikt("log_paa_foerst", "Du er allerede bruger. Log på, og tag imod invitationen derefter.")
    hvem.set_password(adgangskode)
    hvem.is_active = True
    hvem.save(update_fields=["password", "is_active"])
    return hvem


def inviter_foerste_administrator(*, organisation: Organisation, email: str) -> tuple[Invitation, str]:
    """The platform's own invitation of one of an organisation's first two administrators; returns it and its link.

    For `opret_administrator` only, which runs as the owner of the database. Raises Konflikt when there are two already,
    or when the address has an open invitation.
    """
    with transaction.atomic():
        if administratorer(organisation.pk, idag()).count() >= MINDST_TO:
            raise Konflikt("har_administratorer", f"{organisation} har selv administratorer, der kan invitere flere.")
        aabne = Invitation.objects.for_systemet("the platform looks before it invites").filter(
            organisation=organisation, email=email, brugt__isnull=True, trukket__isnull=True
        )
        for gammel in aabne.select_for_update(no_key=True):
            traek(gammel)
        return send_ny(organisation, email, [Rolle.ADMINISTRATOR], af=SYSTEM, for_id=None)
