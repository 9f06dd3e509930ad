"""The two-person rule: one proposes an administrator, another decides, and both are stored."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from faelles.aktoer import Aktoer
from faelles.brev import adresse
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.scope import saet_database_aktoer
from faelles.tid import Periode, idag, nu
from kommuner.models import Administratorforslag, Bruger, Forslagsudfald, Hjaelp, Invitation, Rolle
from kommuner.personer import breve
from kommuner.personer.actions.hjaelp import noter_hjaelp
from kommuner.personer.actions.invitationer import er_i_organisationen, send_ny, traek
from kommuner.personer.actions.roller import laas_organisation, opret_tilknytning
from kommuner.personer.maal import Maal, administratorer, find_maal
from kommuner.personer.regler import hindring

_HJAELP = {
    Forslagsudfald.GODKENDT: Hjaelp.FORSLAG_GODKENDT,
    Forslagsudfald.AFVIST: Hjaelp.FORSLAG_AFVIST,
    Forslagsudfald.TRUKKET: Hjaelp.FORSLAG_TRUKKET,
}


def foreslaa_administrator(*, aktoer: Aktoer, organisation_id: UUID, email: str) -> Administratorforslag:
    """Propose that the address becomes administrator; nothing changes before somebody else has approved.

    Raises UgyldigtInput for an address that is none, is administrator already or has been proposed already.
    """
    maal = find_maal(aktoer, organisation_id)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        laas_organisation(maal)
        email = email.strip().lower()
        if fejl := _emailfejl(aktoer, maal, email):
            raise UgyldigtInput("ugyldigt_forslag", "Forslaget kan ikke stilles.", {"email": [fejl]})
        forslag = Administratorforslag.objects.create(
            organisation=maal.organisation,
            email=email,
            foreslaaet_af=aktoer.identitet,
            foreslaaet_for_id=aktoer.organisation_id,
        )
        publicer("administrator.foreslaaet", "administratorforslag", forslag.id)
        noter_hjaelp(maal, aktoer, Hjaelp.FORESLAAET, email)
        _skriv_til_dem_der_kan_godkende(aktoer, maal, forslag)
        return forslag


def _emailfejl(aktoer: Aktoer, maal: Maal, email: str) -> str:
    try:
        validate_email(email)
    except ValidationError:
        return "Skriv en e-mailadresse, der findes, f.eks. navn@kommune.dk"
    if administratorer(maal.organisation.pk, idag()).filter(bruger__email=email).exists():
        return "Personen er allerede administrator."
    aabne = Administratorforslag.objects.synlige_for(aktoer).filter(organisation=maal.organisation, udfald="")
    if aabne.filter(email=email).exists():
        return "Personen er allerede foreslået. Forslaget venter på en anden administrator."
    return ""


def _skriv_til_dem_der_kan_godkende(aktoer: Aktoer, maal: Maal, forslag: Administratorforslag) -> None:
    andre = administratorer(maal.organisation.pk, idag()).exclude(bruger=_bruger_id(aktoer.identitet))
    breve.send(
        "forslag",
        andre.values_list("bruger__email", flat=True),
        forslag=forslag,
        foreslaaet_for=aktoer.organisation_navn,
        link=adresse(reverse("personer:liste", args=[maal.organisation.pk])),
    )


def _bruger_id(identitet: str) -> UUID:
    """The person behind an identity; only people manage people."""
    return UUID(identitet.removeprefix("bruger:"))


def afgoer_forslag(
    *, aktoer: Aktoer, organisation_id: UUID, forslag_id: UUID, udfald: Forslagsudfald
) -> Administratorforslag:
    """Approve or reject somebody else's proposal, or withdraw one's own.

    Approval gives the role to a person of the organisation, and sends everybody else an invitation. Raises IkkeFundet, and
    Konflikt when it has been decided already (`forslag_afgjort`) or the actor may not decide (`kan_ikke_afgoere`).
    """
    maal = find_maal(aktoer, organisation_id)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        laas_organisation(maal)
        forslag = (
            Administratorforslag.objects.synlige_for(aktoer)
            .select_for_update(no_key=True, of=("self",))
            .filter(pk=forslag_id, organisation=organisation_id)
            .first()
        )
        if forslag is None:
            raise IkkeFundet("forslag_ikke_fundet", "Forslaget findes ikke.")
        if forslag.udfald:
            raise Konflikt("forslag_afgjort", f"Forslaget er allerede {forslag.get_udfald_display().lower()}.")
        if grund := find_stilling(aktoer, maal).hindring(forslag, udfald):
            raise Konflikt("kan_ikke_afgoere", grund)
        forslag.udfald, forslag.afgjort = udfald, nu()
        forslag.afgjort_af, forslag.afgjort_for_id = aktoer.identitet, aktoer.organisation_id
        forslag.save(update_fields=["udfald", "afgjort", "afgjort_af", "afgjort_for"])
        if udfald is Forslagsudfald.GODKENDT:
            _goer_til_administrator(aktoer, maal, forslag)
        publicer(f"administrator.{udfald.value}", "administratorforslag", forslag.id)
        noter_hjaelp(maal, aktoer, _HJAELP[udfald], forslag.email)
        return forslag


@dataclass(frozen=True, slots=True)
class Stilling:
    """What decides which proposals of an organisation somebody may decide about."""

    identitet: str
    email: str
    hjaelp: bool
    administratorer: int

    def hindring(self, forslag: Administratorforslag, udfald: Forslagsudfald) -> str:
        """Why she may not give the proposal this outcome, in words; empty when she may."""
        eget = forslag.foreslaaet_af == self.identitet
        if udfald is Forslagsudfald.TRUKKET:
            return "" if eget else "Kun den, der har stillet forslaget, kan trække det tilbage."
        return hindring(
            eget_forslag=eget,
            er_kandidaten=forslag.email == self.email,
            hjaelp=self.hjaelp,
            administratorer=self.administratorer,
        )


def find_stilling(aktoer: Aktoer, maal: Maal) -> Stilling:
    """The actor's, at this moment."""
    return Stilling(
        identitet=aktoer.identitet,
        email=Bruger.objects.values_list("email", flat=True).get(pk=_bruger_id(aktoer.identitet)),
        hjaelp=maal.hjaelp,
        administratorer=administratorer(maal.organisation.pk, idag()).count(),
    )


def _goer_til_administrator(aktoer: Aktoer, maal: Maal, forslag: Administratorforslag) -> None:
    if er_i_organisationen(maal.organisation.pk, forslag.email):
        bruger = Bruger.objects.get(email=forslag.email)
        if not administratorer(maal.organisation.pk, idag()).filter(bruger=bruger).exists():
            opret_tilknytning(bruger, maal.organisation, Rolle.ADMINISTRATOR, Periode(idag()))
        return
    roller, kun_tilbud = {Rolle.ADMINISTRATOR.value}, []
    aaben = (
        Invitation.objects.synlige_for(aktoer)
        .select_for_update(no_key=True)
        .filter(organisation=maal.organisation, email=forslag.email, brugt__isnull=True, trukket__isnull=True)
        .first()
    )
    if aaben is not None:  # one mail with everything she is invited to
        roller, kun_tilbud = roller | set(aaben.roller), aaben.kun_tilbud
        traek(aaben)
    send_ny(
        maal.organisation,
        forslag.email,
        sorted(roller),
        kun_tilbud,
        af=aktoer.identitet,
        for_id=aktoer.organisation_id,
        forslag=forslag,
    )
