"""Giving and ending roles."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.scope import saet_database_aktoer
from faelles.tid import Periode, idag, nu
from kommuner.models import (
    Administratorforslag,
    Bruger,
    Forslagsudfald,
    Hjaelp,
    Invitation,
    Organisation,
    Organisationsart,
    Rolle,
    Tilknytning,
)
from kommuner.personer.actions.hjaelp import noter_hjaelp
from kommuner.personer.maal import Maal, administratorer, find_maal
from kommuner.personer.regler import rollefejl
from kommuner.tilbudsregister import tilbud_hos


def giv_rolle(
    *,
    aktoer: Aktoer,
    organisation_id: UUID,
    bruger_id: UUID,
    rolle: str,
    periode: Periode,
    kun_tilbud: Collection[UUID] = (),
) -> Tilknytning:
    """Give a person of the organisation a role in a period, for all of its offers or for these only.

    Raises IkkeFundet for somebody who has never had a role there (she is invited), UgyldigtInput with all faults at once.
    """
    maal = find_maal(aktoer, organisation_id)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        bruger = find_person(maal, bruger_id)
        art = Organisationsart(maal.organisation.art)
        fejl = dict(rollefejl(art, {rolle}, kun_tilbud, tilbud_hos(organisation_id)))
        if "roller" in fejl:
            fejl["rolle"] = fejl.pop("roller")
        if periode.fra < idag():
            fejl["fra"] = ["Rollen kan tidligst begynde i dag."]
        samme = Tilknytning.objects.uafsluttede().filter(bruger=bruger, organisation=organisation_id, rolle=rolle)
        if samme.filter(periode__overlap=periode.som_range).exists():
            fejl.setdefault("rolle", ["Personen har allerede rollen i perioden. Afslut den først, eller ret datoerne."])
        if fejl:
            raise UgyldigtInput("ugyldig_rolle", "Rollen kan ikke gives, før felterne er rettet.", fejl)
        ny = opret_tilknytning(bruger, maal.organisation, rolle, periode, kun_tilbud)
        noter_hjaelp(maal, aktoer, Hjaelp.ROLLE_GIVET, bruger.email, [rolle])
        return ny


def opret_tilknytning(
    bruger: Bruger, organisation: Organisation, rolle: str, periode: Periode, kun_tilbud: Collection[UUID] = ()
) -> Tilknytning:
    """The row and its event. A person whose log-in was closed can use it again: she has something to do here now."""
    bruger = Bruger.objects.select_for_update(no_key=True).get(
        pk=bruger.pk
    )  # `fjern_person` may be closing it elsewhere
    if not bruger.is_active:
        bruger.is_active = True
        bruger.save(update_fields=["is_active"])
    ny = Tilknytning.objects.create(
        bruger=bruger,
        organisation=organisation,
        rolle=rolle,
        periode=periode.som_range,
        kun_tilbud=sorted(kun_tilbud) if rolle == Rolle.TILBUDSLEDER else [],
    )
    publicer("tilknytning.givet", "tilknytning", ny.id)
    return ny


def afslut_rolle(
    *, aktoer: Aktoer, organisation_id: UUID, tilknytning_id: UUID, sidste_dag: date | None = None
) -> Tilknytning:
    """End a role at once, or after a last day that is still to come.

    Raises IkkeFundet, Konflikt `rolle_afsluttet` when it has ended already and `sidste_administrator` when nobody would be
    left to manage the organisation (a secretariat may do that all the same), and UgyldigtInput for a day that is no use.
    """
    maal = find_maal(aktoer, organisation_id)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        laas_organisation(maal)
        tilknytning = (
            Tilknytning.objects.select_for_update(no_key=True, of=("self",))
            .select_related("bruger")
            .filter(pk=tilknytning_id, organisation=organisation_id)
            .first()
        )
        if tilknytning is None:
            raise IkkeFundet("rolle_ikke_fundet", "Rollen findes ikke i organisationen.")
        periode = Periode.af_range(tilknytning.periode)
        if tilknytning.afsluttet is not None or (periode.til is not None and periode.til <= idag()):
            raise Konflikt("rolle_afsluttet", "Rollen er allerede afsluttet.")
        if sidste_dag is not None:
            _kraev_brugbar(periode, sidste_dag)
        _kraev_en_administrator(maal, [tilknytning], sidste_dag)
        if sidste_dag is None:
            tilknytning.afsluttet = nu()
        else:
            tilknytning.periode = Periode(periode.fra, sidste_dag + timedelta(days=1)).som_range
        tilknytning.save(update_fields=["afsluttet", "periode"])
        publicer("tilknytning.afsluttet", "tilknytning", tilknytning.id)
        noter_hjaelp(maal, aktoer, Hjaelp.ROLLE_AFSLUTTET, tilknytning.bruger.email, [tilknytning.rolle])
        return tilknytning


def fjern_person(*, aktoer: Aktoer, organisation_id: UUID, bruger_id: UUID) -> Bruger:
    """End all of a person's roles in the organisation at once, and what was on its way to her.

    A person who then has no role anywhere cannot log in any more. Raises as `afslut_rolle`.
    """
    maal = find_maal(aktoer, organisation_id)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        laas_organisation(maal)
        bruger = find_person(maal, bruger_id)
        _traek_ventende(aktoer, organisation_id, bruger.email)
        bruger = Bruger.objects.select_for_update(no_key=True).get(pk=bruger.pk)
        roller = list(
            Tilknytning.objects.aktive(idag())
            .select_for_update(no_key=True, of=("self",))
            .filter(bruger=bruger, organisation=organisation_id)
        )
        _kraev_en_administrator(maal, roller, None)
        for tilknytning in roller:
            tilknytning.afsluttet = nu()
            tilknytning.save(update_fields=["afsluttet"])
            publicer("tilknytning.afsluttet", "tilknytning", tilknytning.id)
        if not Tilknytning.objects.aktive(idag()).filter(bruger=bruger).exists():
            bruger.is_active = False
            bruger.save(update_fields=["is_active"])
            publicer("person.deaktiveret", "bruger", bruger.id)
        noter_hjaelp(maal, aktoer, Hjaelp.FJERNET, bruger.email, [tilknytning.rolle for tilknytning in roller])
        return bruger


def _traek_ventende(aktoer: Aktoer, organisation_id: UUID, email: str) -> None:
    """Withdraw the invitations and proposals that are on their way to the address."""
    ventende = {"organisation": organisation_id, "email": email}
    Administratorforslag.objects.synlige_for(aktoer).filter(udfald="", **ventende).update(
        udfald=Forslagsudfald.TRUKKET,
        afgjort=nu(),
        afgjort_af=aktoer.identitet,
        afgjort_for_id=aktoer.organisation_id,
    )
    Invitation.objects.synlige_for(aktoer).filter(brugt__isnull=True, trukket__isnull=True, **ventende).update(
        trukket=nu()
    )


def find_person(maal: Maal, bruger_id: UUID) -> Bruger:
    """Somebody who has or has had a role in the organisation. Raises IkkeFundet for everybody else."""
    her = Tilknytning.objects.filter(organisation=maal.organisation).values("bruger")
    bruger = Bruger.objects.filter(pk=bruger_id, pk__in=her).first()
    if bruger is None:
        raise IkkeFundet("person_ikke_fundet", "Personen findes ikke i organisationen.")
    return bruger


def laas_organisation(maal: Maal) -> None:
    """One change of administrators at a time, so that two cannot end each other."""
    Organisation.objects.select_for_update(no_key=True).get(pk=maal.organisation.pk)


def _kraev_brugbar(periode: Periode, sidste_dag: date) -> None:
    if sidste_dag < idag():
        fejl = "Dagen er gået. Vælg »Med det samme«, eller skriv en dag fra i dag."
    elif not periode.indeholder(sidste_dag):
        fejl = "Vælg en dag i den periode, rollen er givet for."
    else:
        return
    raise UgyldigtInput("ugyldig_sidste_dag", "Rollen kan ikke afsluttes sådan.", {"sidste_dag": [fejl]})


def _kraev_en_administrator(maal: Maal, slutter: Collection[Tilknytning], sidste_dag: date | None) -> None:
    """Somebody else must be administrator today and on the day after; a secretariat may leave an organisation without."""
    if maal.hjaelp or not any(t.rolle == Rolle.ADMINISTRATOR for t in slutter):
        return
    dagen_efter = (sidste_dag or idag()) + timedelta(days=1)
    andre = administratorer(maal.organisation.pk, idag()).exclude(pk__in=[t.pk for t in slutter])
    if not andre.filter(Q(periode__endswith__gt=dagen_efter) | Q(periode__endswith__isnull=True)).exists():
        raise Konflikt(
            "sidste_administrator",
            "Organisationen ville stå uden administrator. Foreslå først en anden administrator, og få forslaget godkendt; "
            "eller bed sekretariatet for jeres KKR om at afslutte rollen.",
        )
