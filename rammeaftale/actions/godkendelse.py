"""Registering what the parties decide; the last approval adopts."""

import logging
from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import DomaeneFejl, IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.tid import idag
from kommuner.models import Kkr, Organisationsart
from rammeaftale.actions.faelles import (
    efter_vedtagelsen,
    kraev_vedtaget,
    laas_part,
    linkfejl,
    vedtag_hvis_enstemmig,
)
from rammeaftale.actions.viderefoerelse import lad_virke_senere
from rammeaftale.livscyklus import AFGOERENDE, GODKENDENDE, Aftaletilstand, Partsstatus, raekkefoelgefejl
from rammeaftale.models import Godkendelse, Offentliggoerelse, Part, Rammeaftale, Version
from rammeaftale.queries import Partsstand, kan_beslutte, sendte_versioner, seneste_sendte, seneste_trin, tiltraeder

log = logging.getLogger(__name__)

_IKKE_ENDNU = "Beslutningen kan ikke registreres, før felterne er rettet."


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
    retter: bool = False,
    version_nummer: int | None = None,
    kraev_set: Callable[[], None] = lambda: None,
) -> Godkendelse:
    """Register a party's step on the version sent for approval; when all have approved, the agreement is adopted, unless
    its terms cannot govern by then (`vedtag_hvis_enstemmig`): the decision was taken whatever they say.

    `version_nummer` is of an earlier version it was taken on (`lad_virke_senere`). A later step replaces an earlier one (rows are only
    added), and so does one that corrects it (`retter`), whatever its day; `kraev_set` refuses under the lock what the caller has not seen.
    A version called back is decided on until the next is sent. Late approvals are possible (rules-rammeaftale § 3), and later parties accede.
    Raises IkkeFundet, UgyldigtInput (all faults at once), or Konflikt when the agreement has not been out, or has lapsed.
    """
    aktoer.kraev(Rettighed.GODKENDELSER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        part = laas_part(aktoer, aftale_id, part_id)
        versioner = _kraev_kan_beslutte(part)
        kraev_set()
        version = next((en for en in versioner if en.nummer == version_nummer), versioner[0])
        sidste = Partsstand(part, seneste_trin(version, part)).seneste
        om = _foerst_om(sidste) if sidste and retter else version
        felter = _raekkefoelgefejl(sidste, status, dato) if sidste and not retter else {}
        felter |= _stedfejl(om, version, versioner, dato, version_nummer)
        if felter := felter | _feltfejl(status, organ, referat_url, bemaerkning):
            raise UgyldigtInput("ugyldig_godkendelse", _IKKE_ENDNU, felter)
        godkendelse = Godkendelse.objects.create(
            version=version,
            part=part,
            status=status,
            dato=dato,
            organ=organ.strip(),
            referat_url=referat_url.strip(),
            bemaerkning=bemaerkning.strip(),
            retter=retter and sidste is not None,
            registreret_af_id=aktoer.organisation_id,
            identitet=aktoer.identitet,
        )
        publicer("godkendelse.registreret", "rammeaftale", part.aftale_id)
        lad_virke_senere(aktoer, godkendelse)
        _foelg_op(godkendelse, versioner[0], aktoer, sidste)
        return godkendelse


def _foelg_op(trin: Godkendelse, sendt: Version, aktoer: Aktoer, sidste: Godkendelse | None) -> None:
    """What follows from a step: the version sent last may be adopted by it, or the party has acceded to one that is."""
    aftale = trin.part.aftale
    if aftale.tilstand == Aftaletilstand.SENDT:
        vedtag_hvis_enstemmig(aftale, sendt, aktoer)
    elif tiltraeder(trin.part, aftale) and trin.status in GODKENDENDE and not (sidste and sidste.status in GODKENDENDE):
        publicer("rammeaftale.tiltraadt", "rammeaftale", aftale.id)


def _foerst_om(trin: Godkendelse) -> Version:
    """The version the step was taken on, or what it corrects: an approval may have been carried over from one that was sent earlier."""
    while True:
        foer = trin.viderefoert_fra
        if foer is None and trin.retter:
            foer = (
                Godkendelse.objects.filter(
                    version=trin.version_id, part=trin.part_id, registreret__lte=trin.registreret
                )
                .exclude(pk=trin.pk)
                .order_by("-registreret", "-id")
                .first()
            )
        if foer is None:
            return trin.version
        trin = foer


def _raekkefoelgefejl(sidste: Godkendelse, status: Partsstatus, dato: date) -> dict[str, list[str]]:
    fejl = raekkefoelgefejl(status, dato, Partsstatus(sidste.status), sidste.dato)
    return {felt: [besked] for felt, besked in fejl.items()}


def vedtag_enstemmige() -> int:
    """Adopt what every party of the day has approved; gives how many. The calendar alone may change who the parties are, so nobody
    registers anything that day. Safe to run at any time and twice at once: an agreement is looked at under its own lock.

    The day it is adopted is the first on which all agreed, also when a run is late. One whose terms cannot be final stays where it is,
    and so does one the database refuses; the others do not wait for it.
    """
    sendte = Rammeaftale.objects.filter(tilstand=Aftaletilstand.SENDT, kkr__sekretariat__isnull=False)
    return sum(_vedtag(aftale_id) for aftale_id in sendte.order_by("id").values_list("id", flat=True))


def _vedtag(aftale_id: UUID) -> bool:
    try:
        with transaction.atomic():
            aftale = (
                Rammeaftale.objects.filter(pk=aftale_id, tilstand=Aftaletilstand.SENDT)
                .select_related("kkr__sekretariat")
                .select_for_update(no_key=True, of=("self",))
                .first()
            )
            version = seneste_sendte(aftale) if aftale else None
            if aftale is None or version is None:
                return False
            vedtag_hvis_enstemmig(aftale, version, _systemet(aftale.kkr))
            return aftale.tilstand == Aftaletilstand.VEDTAGET
    except DomaeneFejl as fejl:
        log.warning("aftale_ikke_vedtaget %s: %s", aftale_id, fejl.kode)
        return False
    except IntegrityError:
        log.exception("aftale_ikke_vedtaget %s", aftale_id)
        return False


def _systemet(kkr: Kkr) -> Aktoer:
    """The platform itself, for the secretariat that keeps the agreement."""
    sekretariat = kkr.sekretariat
    if sekretariat is None:
        raise LookupError(f"{kkr} har intet sekretariat")
    return Aktoer(
        organisation_id=sekretariat.pk,
        organisation_navn=sekretariat.navn,
        funktion=Funktion.SEKRETARIAT,
        rettigheder=frozenset(),
        identitet="system:vedtag_enstemmige",
        rolle_navn="System",
    )


def _kraev_kan_beslutte(part: Part) -> list[Version]:
    """The versions the party's step can be about, with the one it decides on now first."""
    aftale = part.aftale
    if not kan_beslutte(part, aftale):
        raise Konflikt(
            "aftale_ikke_sendt",
            f"{aftale.titel} er »{aftale.get_tilstand_display().lower()}«; godkendelser registreres, når den er sendt til godkendelse.",
        )
    if versioner := sendte_versioner(part, aftale):
        return versioner
    raise Konflikt("ingen_sendt_version", f"{aftale.titel} har ingen version, der er sendt til godkendelse.")


def _feltfejl(status: Partsstatus, organ: str, referat_url: str, bemaerkning: str) -> dict[str, list[str]]:
    """What is wrong with a step by itself, all of it at once."""
    felter: dict[str, list[str]] = {}
    if status is Partsstatus.AFVENTER:
        felter["status"] = ["Vælg den beslutning, parten har truffet."]
    if not organ.strip():
        felter["organ"] = ["Skriv hvem der besluttede, fx kommunalbestyrelsen eller socialudvalget."]
    if referatfejl := _referatfejl(status, referat_url.strip()):
        felter["referat_url"] = [referatfejl]
    if status is Partsstatus.GODKENDT_MED_BEMAERKNING and not bemaerkning.strip():
        felter["bemaerkning"] = ["Skriv partens bemærkning."]
    return felter | cpr_fejl(organ=organ, referat_url=referat_url, bemaerkning=bemaerkning)


def _stedfejl(
    om: Version, version: Version, versioner: Sequence[Version], dato: date, nummer: int | None
) -> dict[str, list[str]]:
    """What is wrong with the day, and with the number the version was asked for by."""
    felter: dict[str, list[str]] = {}
    if datofejl := _datofejl(om, version, versioner, dato):
        felter["dato"] = [datofejl]
    if nummer not in {None, version.nummer}:
        felter["version"] = [f"Version {nummer} er ikke en, parten kan have besluttet om."]
    return felter


def _datofejl(om: Version, version: Version, versioner: Sequence[Version], dato: date) -> str:
    """What is wrong with the day of a decision that is about the version, and taken since this one (`om`) was sent, or nothing."""
    if dato > idag():
        return "Datoen ligger i fremtiden; registrér beslutningen, når den er truffet."
    if om.sendt is not None and dato < om.sendt:
        anden = " Er beslutningen truffet om en tidligere version, så vælg den." if om != versioner[-1] else ""
        return f"Datoen ligger før den {om.sendt:%d.%m.%Y}, hvor version {om.nummer} blev sendt til godkendelse.{anden}"
    senere = [en for en in versioner if en.nummer > version.nummer and en.sendt and en.sendt < dato]
    if senere:
        foerst = senere[-1]
        return f"Datoen ligger efter den {foerst.sendt:%d.%m.%Y}, hvor version {foerst.nummer} blev sendt til godkendelse i stedet."
    return ""


def _referatfejl(status: Partsstatus, url: str) -> str:
    """What is wrong with the link to the minutes of such a decision, or nothing."""
    if not url:
        return "Indsæt et link til referatet; en beslutning skal kunne efterses." if status in AFGOERENDE else ""
    return linkfejl(url)


def registrer_offentliggoerelse(
    *,
    aktoer: Aktoer,
    aftale_id: UUID,
    part_id: UUID,
    dato: date,
    url: str,
    kraev_set: Callable[[], None] = lambda: None,
) -> Offentliggoerelse:
    """Register where a municipality has published the adopted agreement, as each must (rules-rammeaftale § 1).

    It stands instead of what was registered before; `kraev_set` refuses under the lock when the caller has not seen that.
    Raises IkkeFundet, UgyldigtInput, or Konflikt when the agreement is not adopted.
    """
    aktoer.kraev(Rettighed.GODKENDELSER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        part = laas_part(aktoer, aftale_id, part_id)
        aftale = part.aftale
        if part.organisation.art != Organisationsart.KOMMUNE:
            raise IkkeFundet("part_ikke_fundet", "Parten findes ikke i aftalen.")
        kraev_vedtaget(aftale)
        kraev_set()
        felter: dict[str, list[str]] = {}
        if fejl := efter_vedtagelsen(aftale, dato):
            felter["dato"] = [fejl]
        if fejl := linkfejl(url.strip()):
            felter["url"] = [fejl]
        felter |= cpr_fejl(url=url)
        if felter:
            raise UgyldigtInput("ugyldig_offentliggoerelse", "Offentliggørelsen kan ikke registreres endnu.", felter)
        return Offentliggoerelse.objects.create(
            part=part,
            dato=dato,
            url=url.strip(),
            registreret_af_id=aktoer.organisation_id,
            identitet=aktoer.identitet,
        )
