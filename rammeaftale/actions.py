"""What the secretariat does with an agreement."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.tid import idag
from rammeaftale.livscyklus import AFGOERENDE, Aftaletilstand, Partsstatus, optael
from rammeaftale.models import Godkendelse, Part, Rammeaftale, Version
from rammeaftale.queries import partsstande


def registrer_godkendelse(
    *,
    aktoer: Aktoer,
    aftale_id: UUID,
    part_id: UUID,
    status: Partsstatus,
    dato: date,
    organ: str,
    referat_url: str = "",
    bemaerkning: str = "",
) -> Godkendelse:
    """Register a party's step on the version sent for approval; when all have approved, the agreement is adopted.

    A later step replaces an earlier one (rows are only added). Late approvals are possible (rules-rammeaftale § 3).
    Raises IkkeFundet, UgyldigtInput (all faults at once), or Konflikt when the agreement is not out for approval.
    """
    aktoer.kraev(Rettighed.GODKENDELSER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        aftale = (
            Rammeaftale.objects.filter(pk=aftale_id, kkr__sekretariat=aktoer.organisation_id)
            .select_for_update(no_key=True, of=("self",))
            .first()
        )
        part = Part.objects.filter(pk=part_id, aftale=aftale).first() if aftale else None
        if aftale is None or part is None:
            raise IkkeFundet("part_ikke_fundet", "Parten findes ikke i aftalen.")
        if aftale.tilstand != Aftaletilstand.SENDT:
            raise Konflikt(
                "aftale_ikke_sendt",
                f"{aftale.titel} er »{aftale.get_tilstand_display().lower()}«; godkendelser registreres, mens den er sendt til godkendelse.",
            )
        version = _sendt_version(aftale)
        _valider(version, status, dato, organ, referat_url, bemaerkning)
        godkendelse = Godkendelse.objects.create(
            version=version,
            part=part,
            status=status,
            dato=dato,
            organ=organ.strip(),
            referat_url=referat_url.strip(),
            bemaerkning=bemaerkning.strip(),
            registreret_af_id=aktoer.organisation_id,
            identitet=aktoer.identitet,
        )
        publicer("godkendelse.registreret", "rammeaftale", aftale.id)
        _vedtag_hvis_enstemmig(aftale, version)
        return godkendelse


def _sendt_version(aftale: Rammeaftale) -> Version:
    version = aftale.versioner.select_related("aftale").filter(sendt__isnull=False).order_by("-nummer").first()
    if version is None:
        raise Konflikt("ingen_sendt_version", f"{aftale.titel} har ingen version, der er sendt til godkendelse.")
    return version


def _valider(version: Version, status: Partsstatus, dato: date, organ: str, referat_url: str, bemaerkning: str) -> None:
    felter: dict[str, list[str]] = {}
    if status is Partsstatus.AFVENTER:
        felter["status"] = ["Vælg den beslutning, parten har truffet."]
    if datofejl := _datofejl(version, dato):
        felter["dato"] = [datofejl]
    if not organ.strip():
        felter["organ"] = ["Skriv hvem der besluttede, fx kommunalbestyrelsen eller socialudvalget."]
    if referatfejl := _referatfejl(status, referat_url.strip()):
        felter["referat_url"] = [referatfejl]
    if status is Partsstatus.GODKENDT_MED_BEMAERKNING and not bemaerkning.strip():
        felter["bemaerkning"] = ["Skriv partens bemærkning."]
    felter |= cpr_fejl(organ=organ, referat_url=referat_url, bemaerkning=bemaerkning)
    if felter:
        raise UgyldigtInput("ugyldig_godkendelse", "Beslutningen kan ikke registreres, før felterne er rettet.", felter)


def _datofejl(version: Version, dato: date) -> str:
    """What is wrong with the day of a decision about the version, or nothing."""
    if dato > idag():
        return "Datoen ligger i fremtiden; registrér beslutningen, når den er truffet."
    if version.sendt is not None and dato < version.sendt:
        return (
            f"Datoen ligger før den {version.sendt:%d.%m.%Y}, hvor version {version.nummer} blev sendt til godkendelse."
        )
    return ""


def _referatfejl(status: Partsstatus, url: str) -> str:
    """What is wrong with the link to the minutes of such a decision, or nothing."""
    if not url:
        return "Indsæt et link til referatet; en beslutning skal kunne efterses." if status in AFGOERENDE else ""
    try:
        URLValidator(schemes=["https", "http"])(url)
    except ValidationError:
        return "Linket skal være en hel webadresse, der begynder med https://."
    return ""


def _vedtag_hvis_enstemmig(aftale: Rammeaftale, version: Version) -> None:
    if optael(stand.status for stand in partsstande(version)).enstemmig:
        aftale.tilstand, aftale.vedtaget = Aftaletilstand.VEDTAGET, idag()
        aftale.save(update_fields=["tilstand", "vedtaget"])
        publicer("rammeaftale.vedtaget", "rammeaftale", aftale.id)
