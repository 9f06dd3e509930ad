"""What the secretariat does with reports, and a municipality with those about itself."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max

from faelles import job
from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.ids import uuid7
from faelles.models import JobStatus
from kommuner.models import Kommune
from rammeaftale.models import Rammeaftale
from rammeaftale.queries import gaeldende_version
from rammeaftale.rapporter.bestilling import bestillelige, kommuner_i_aftalen, kraev_maa_bestille
from rammeaftale.rapporter.job import JOBTYPE
from rammeaftale.rapporter.models import Rapport, Tilbagetraekning, Udgivelse
from rammeaftale.rapporter.register import Rapporttype, rapporttype


def bestil_rapport(*, aktoer: Aktoer, aftale_id: UUID, type_: str, kommunekode: str = "") -> Rapport:
    """Order a report of the agreement's current version; one that is being made already is returned instead of a second.

    A type about a municipality is ordered by the secretariat, or by the municipality about itself. Raises IkkeFundet when the
    agreement is not the actor's own secretariat's (or, then, the municipality is no party), UgyldigtInput for an unknown type or a
    municipality that is missing, too much or no party, Konflikt when the agreement has no version yet.
    """
    hvilken = rapporttype(type_)
    kraev_maa_bestille(aktoer, hvilken)
    with transaction.atomic():
        aftale = _laas_aftale(aktoer, aftale_id)
        kommune = _om_kommune(aktoer, aftale, hvilken, kommunekode)
        version = gaeldende_version(aftale.id)
        if version is None:
            raise Konflikt("ingen_version", f"{aftale.titel} har ingen version, der kan laves en rapport om.")
        ejer = aktoer.organisation_id if aktoer.funktion is Funktion.MYNDIGHED else None
        rapport_id = uuid7()
        ny = Rapport(id=rapport_id, type=hvilken.noegle, version=version, kommune=kommune, ejer_id=ejer)
        i_gang = _i_gang(ny)
        if i_gang is not None:
            return i_gang
        ny.job = job.bestil(type_=JOBTYPE, parametre={"rapport_id": str(rapport_id)}, aktoer=aktoer)
        ny.save(force_insert=True)
        publicer("rapport.bestilt", "rapport", rapport_id)
        return ny


def _om_kommune(aktoer: Aktoer, aftale: Rammeaftale, type_: Rapporttype, kode: str) -> Kommune | None:
    """The municipality the report is to be about: the actor's own unless the secretariat asks."""
    if not type_.om_kommune:
        if kode:
            raise _ugyldig_kommune(f"Rapporten »{type_.navn}« er om hele aftalen. Lad kommunen være tom.")
        return None
    mulige = kommuner_i_aftalen(aftale)
    if aktoer.funktion is Funktion.MYNDIGHED:
        mulige = mulige.filter(organisation=aktoer.organisation_id)
        kode = kode or mulige.values_list("kommunekode", flat=True).first() or ""
    if not kode:
        raise _ugyldig_kommune("Vælg den kommune, rapporten skal være om.")
    kommune = mulige.filter(kommunekode=kode).first()
    if kommune is None:
        raise _ugyldig_kommune("Kommunen er ikke part i aftalen, eller det er ikke jeres egen.")
    return kommune


def _ugyldig_kommune(besked: str) -> UgyldigtInput:
    return UgyldigtInput("ugyldig_kommune", "Rapporten kan ikke bestilles.", {"kommunekode": [besked]})


def proev_igen(*, aktoer: Aktoer, rapport_id: UUID) -> Rapport:
    """Make a failed report after all: from its snapshot, and with the chapters that are finished.

    A final takes the number that is next by now. Raises IkkeFundet when it is not the actor's own, Konflikt when it has not failed
    or another of its kind is being made.
    """
    aktoer.kraev(Rettighed.RAPPORTER_BESTIL, Funktion.SEKRETARIAT, Funktion.MYNDIGHED)
    with transaction.atomic():
        rapport = _laas_rapport(aktoer, rapport_id)
        i_gang = _endelig_i_gang(rapport) if rapport.udkast else _i_gang(rapport)
        if i_gang is not None:
            raise Konflikt(
                "rapport_i_gang", "En nyere rapport af samme slags er ved at blive lavet. Vent, til den er færdig."
            )
        job.proev_igen(job_id=rapport.job_id, aktoer=aktoer)
        if rapport.udkast:
            _kraev_kan_udgives(rapport.udkast)
            rapport.nummer = _naeste_nummer(rapport)
            rapport.save(update_fields=["nummer"])
        return rapport


def goer_endelig(*, aktoer: Aktoer, rapport_id: UUID) -> Rapport:
    """Make the final of a finished draft: from the same snapshot, numbered, and published when its PDF is done.

    The same order again gives the final that is being made. Raises IkkeFundet when the draft is not the actor's own secretariat's,
    Konflikt when it is not finished, no draft, published already, or made by an older version of the platform, or when another
    draft's final is being made.
    """
    aktoer.kraev(Rettighed.RAPPORTER_BESTIL, Funktion.SEKRETARIAT)
    with transaction.atomic():
        udkast = _laas_rapport(aktoer, rapport_id)
        i_gang = _endelig_i_gang(udkast)
        if i_gang is not None and i_gang.udkast_id == udkast.pk:
            return i_gang
        if i_gang is not None:
            raise Konflikt(
                "endelig_i_gang", "En anden rapport af samme slags er ved at blive gjort endelig. Vent på den."
            )
        _kraev_kan_udgives(udkast)
        endelig_id = uuid7()
        endelig = Rapport.objects.create(
            id=endelig_id,
            type=udkast.type,
            version=udkast.version,
            udkast=udkast,
            nummer=_naeste_nummer(udkast),
            oejebliksbillede=udkast.oejebliksbillede,
            job=job.bestil(type_=JOBTYPE, parametre={"rapport_id": str(endelig_id)}, aktoer=aktoer),
        )
        publicer("rapport.bestilt", "rapport", endelig.id)
        return endelig


def traek_tilbage(*, aktoer: Aktoer, rapport_id: UUID, grund: str) -> Rapport:
    """Withdraw a published report: it is kept, its address says why, and the public no longer gets the PDF.

    Raises IkkeFundet when it is not the actor's own secretariat's, UgyldigtInput, Konflikt when it is not published or is withdrawn.
    """
    aktoer.kraev(Rettighed.RAPPORTER_BESTIL, Funktion.SEKRETARIAT)
    with transaction.atomic():
        rapport = _laas_rapport(aktoer, rapport_id)
        udgivelse = Udgivelse.objects.filter(pk=rapport.pk).select_related("tilbagetraekning").first()
        if udgivelse is None:
            raise Konflikt("rapport_ikke_udgivet", "Rapporten er ikke udgivet, så den kan ikke trækkes tilbage.")
        if udgivelse.er_trukket_tilbage:
            raise Konflikt("rapport_er_trukket_tilbage", "Rapporten er allerede trukket tilbage.")
        felter = dict(cpr_fejl(grund=grund))
        if not grund.strip():
            felter["grund"] = ["Skriv, hvorfor rapporten trækkes tilbage."]
        if felter:
            raise UgyldigtInput("ugyldig_grund", "Rapporten kan ikke trækkes tilbage, før grunden er rettet.", felter)
        Tilbagetraekning.objects.create(udgivelse=udgivelse, grund=grund.strip())
        publicer("rapport.trukket_tilbage", "rapport", rapport.id)
        return rapport


def _laas_rapport(aktoer: Aktoer, rapport_id: UUID) -> Rapport:
    """A report the actor's own organisation ordered, in the function it was ordered in, under its agreement's lock."""
    rapport = (
        Rapport.objects.synlige_for(aktoer)
        .bestilt_af(aktoer)
        .select_related("version", "udkast__version", "udkast__job", "job")
        .filter(pk=rapport_id)
        .first()
    )
    if rapport is None:
        raise IkkeFundet("rapport_ikke_fundet", "Rapporten findes ikke.")
    _laas_aftale(aktoer, rapport.version.aftale_id)
    return rapport


def _kraev_kan_udgives(udkast: Rapport) -> None:
    """Raises Konflikt unless the final of the draft would say what the draft says, and is not out already."""
    if udkast.udkast_id is not None:
        raise Konflikt("rapport_er_endelig", "Rapporten er endelig allerede.")
    if udkast.kommune_id is not None:
        raise Konflikt("rapport_udgives_ikke", "En rapport om én kommune er til den og sekretariatet og udgives ikke.")
    type_, billede = rapporttype(udkast.type), udkast.oejebliksbillede
    if udkast.job.status != JobStatus.FAERDIG or billede is None:
        raise Konflikt("rapport_ikke_faerdig", "Udkastet er ikke færdigt. Vent, til det er, og læs det igennem.")
    if (udkast.skabelon_version, billede.skema_version) != (type_.skabelon_version, type_.skema_version):
        raise Konflikt(
            "gammelt_oejebliksbillede",
            "Udkastet er lavet med en ældre udgave af platformen, så den endelige ville se anderledes ud. Bestil et nyt udkast.",
        )
    ude = Udgivelse.objects.filter(rapport__udkast=udkast, tilbagetraekning=None).first()
    if ude is not None:
        raise Konflikt("rapport_er_udgivet", f"Udkastet er allerede udgivet som nr. {ude.nummer}.")


def _naeste_nummer(rapport: Rapport) -> int:
    """Numbers of what is published, without gaps: only one final of a type is being made at a time."""
    udgivne = Udgivelse.objects.filter(aftale=rapport.version.aftale_id, type=rapport.type)
    return (udgivne.aggregate(hoejeste=Max("nummer"))["hoejeste"] or 0) + 1


def _laas_aftale(aktoer: Aktoer, aftale_id: UUID) -> Rammeaftale:
    """The lock makes two simultaneous orders see each other."""
    aftale = bestillelige(aktoer).filter(pk=aftale_id).select_for_update(no_key=True, of=("self",)).first()
    if aftale is None:
        raise IkkeFundet("aftale_ikke_fundet", "Rammeaftalen findes ikke.")
    return aftale


def _i_gang(som: Rapport) -> Rapport | None:
    """The report of the same thing, to the same readers, that is being made."""
    samme = Rapport.objects.filter(
        type=som.type, version=som.version, kommune=som.kommune, ejer=som.ejer_id, udkast=None
    )
    return samme.filter(job__afsluttet__isnull=True).first()


def _endelig_i_gang(rapport: Rapport) -> Rapport | None:
    """The final of the agreement and type that is being made."""
    endelige = Rapport.objects.filter(
        type=rapport.type, version__aftale=rapport.version.aftale_id, udkast__isnull=False
    )
    return endelige.filter(job__afsluttet__isnull=True).first()
