"""Who is party to an agreement and when: the secretariat adds one, ends one, or lets one be succeeded by another, each on a day.

What is done with an agreement is done with its allonger too, as far as they go: the parties of both are the same, and those of an
allonge are changed in no other way.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.tid import Periode
from rammeaftale.actions.faelles import laas_egen, laas_part, vedtag_hvis_enstemmig
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Part, Rammeaftale
from rammeaftale.partsregler import (
    ALLONGENS,
    FJERNES_IKKE,
    KOMMER_OG_GAAR,
    LIGGER_FAST,
    begyndelsesfejl,
    har_veto,
    kan_fjernes,
    ophoersfejl,
    tidligst,
    vetofejl,
)
from rammeaftale.queries import i_kkr, mulige_parter, ophoer_i_registret, seneste_sendte

# What can be registered about a party.
_HISTORIE = ("godkendelser", "genstarter", "udmeldingssvar", "offentliggoerelser")


def tilfoej_part(*, aktoer: Aktoer, aftale_id: UUID, organisation_id: UUID, fra: date, begrundelse: str = "") -> Part:
    """Let a municipality or region be party from the day and as long as the agreement holds; it must approve as the others.

    One outside the agreement's KKR needs a reason. Raises IkkeFundet, UgyldigtInput, or Konflikt when the agreement has lapsed or
    is an allonge, or the organisation is a party already.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        aftale = laas_egen(aktoer, aftale_id)
        _kraev_sine_egne(aftale)
        _kraev(aftale, LIGGER_FAST, at=Aftaletilstand(aftale.tilstand) in KOMMER_OG_GAAR)
        felter = cpr_fejl(begrundelse=begrundelse)
        if not mulige_parter().filter(pk=organisation_id).exists():
            felter["organisation_id"] = ["Vælg en kommune eller en region."]
        elif not begrundelse.strip() and not i_kkr(aftale).filter(pk=organisation_id).exists():
            felter["begrundelse"] = ["Organisationen er ikke i aftalens KKR. Skriv, hvorfor den skal være part."]
        if fejl := begyndelsesfejl(fra, aftale.aftaleperiode, aftale.vedtaget):
            felter["fra"] = [fejl]
        if felter:
            raise UgyldigtInput("ugyldig_part", "Parten kan ikke tilføjes, før felterne er rettet.", felter)
        periode = Periode(fra, aftale.aftaleperiode.til)
        part = _ny(aftale, organisation_id, periode, begrundelse.strip())
        for allonge in _levende_allonger(aftale):
            _ny_i(allonge, organisation_id, periode, begrundelse.strip())
        return part


def afslut_part(
    *,
    aktoer: Aktoer,
    aftale_id: UUID,
    part_id: UUID,
    sidste_dag: date,
    begrundelse: str,
    efterfoelger_id: UUID | None = None,
) -> Part:
    """Let a party be one for the last time on a day; with a successor, that one is a party in its place from the day after.

    While the party has a veto, the register alone says the day; when all the others agree, the agreement is adopted by it.
    Raises IkkeFundet, UgyldigtInput, or Konflikt when it is an allonge, or the party still has a veto on one of the agreement's.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        part = laas_part(aktoer, aftale_id, part_id)
        _kraev_sine_egne(part.aftale)
        _kraev(part.aftale, LIGGER_FAST, at=Aftaletilstand(part.aftale.tilstand) in KOMMER_OG_GAAR)
        felter = _begrundelsesfejl(begrundelse)
        if fejl := _ophoersfejl(part, sidste_dag):
            felter["sidste_dag"] = [fejl]
        if efterfoelger_id and not mulige_parter().exclude(pk=part.organisation_id).filter(pk=efterfoelger_id).exists():
            felter["efterfoelger_id"] = ["Vælg en anden kommune eller region."]
        if felter:
            raise UgyldigtInput("ugyldig_part", "Parten kan ikke afsluttes, før felterne er rettet.", felter)
        ophoer = _Ophoer(sidste_dag + timedelta(days=1), efterfoelger_id, begrundelse.strip())
        allonger = _levende_allonger(part.aftale)
        for allonge in allonger:
            dage = Periode(ophoer.til, None).som_range
            for en in allonge.parter.filter(organisation=part.organisation_id, periode__overlap=dage):
                _afslut_i(en, ophoer)
        _afslut(part, ophoer)
        for aftale in (*allonger, part.aftale):
            version = seneste_sendte(aftale)
            if version and aftale.tilstand == Aftaletilstand.SENDT:
                vedtag_hvis_enstemmig(aftale, version, aktoer)
        return part


def fjern_part(*, aktoer: Aktoer, aftale_id: UUID, part_id: UUID, begrundelse: str) -> None:
    """Take out a party that should not have been one, before the agreement is sent for the first time.

    Raises IkkeFundet, UgyldigtInput, or Konflikt when it is an allonge, it is too late, or something is registered about the party:
    then it is part of the story.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        part = laas_part(aktoer, aftale_id, part_id)
        _kraev_sine_egne(part.aftale)
        tilstand = Aftaletilstand(part.aftale.tilstand)
        sendt = seneste_sendte(part.aftale) is not None
        _kraev(part.aftale, FJERNES_IKKE, at=kan_fjernes(tilstand, sendt=sendt))
        if felter := _begrundelsesfejl(begrundelse):
            raise UgyldigtInput("ugyldig_part", "Parten kan ikke fjernes, før felterne er rettet.", felter)
        _fjern(part, begrundelse.strip())


@dataclass(frozen=True, slots=True)
class _Ophoer:
    """That somebody is no party from `til`, who is one instead, and why."""

    til: date
    efterfoelger_id: UUID | None
    begrundelse: str


def _begrundelsesfejl(begrundelse: str) -> dict[str, list[str]]:
    tom = {} if begrundelse.strip() else {"begrundelse": ["Skriv hvorfor."]}
    return tom | cpr_fejl(begrundelse=begrundelse)


def _ophoersfejl(part: Part, sidste_dag: date) -> str:
    periode, aftale = Periode.af_range(part.periode), part.aftale
    if _har_veto(aftale):
        return vetofejl(sidste_dag + timedelta(days=1), periode, ophoer_i_registret(part))
    return ophoersfejl(sidste_dag, periode, aftale.aftaleperiode, aftale.vedtaget)


def _har_veto(aftale: Rammeaftale) -> bool:
    return har_veto(Aftaletilstand(aftale.tilstand), sendt=seneste_sendte(aftale) is not None)


def _har_historie(part: Part) -> bool:
    return any(getattr(part, navn).exists() for navn in _HISTORIE)


def _fjern(part: Part, begrundelse: str) -> None:
    if _har_historie(part):
        besked = f"Der er registreret noget om parten i {part.aftale.titel}, så den bliver stående. Giv den i stedet en sidste dag."
        raise Konflikt("part_har_historie", besked)
    _haandsat(part.aftale, part.organisation_id)
    Part.objects.filter(pk=part.pk).update(begrundelse=begrundelse)  # the trail keeps what the row said when it went
    Part.objects.filter(pk=part.pk).fjern()
    publicer("part.fjernet", "rammeaftale", part.aftale_id)


def _haandsat(aftale: Rammeaftale, organisation_id: UUID) -> None:
    """Let the organisation's days stand when the agreement's period is corrected (`ret`)."""
    if organisation_id not in aftale.haandsatte:
        aftale.haandsatte = [*aftale.haandsatte, organisation_id]
        aftale.save(update_fields=["haandsatte"])


def _kraev(aftale: Rammeaftale, besked: str, *, at: bool) -> None:
    if not at:
        raise Konflikt("parter_ligger_fast", f"{aftale.titel}: {besked}")


def _kraev_sine_egne(aftale: Rammeaftale) -> None:
    _kraev(aftale, ALLONGENS, at=aftale.hovedaftale_id is None)


def _levende_allonger(aftale: Rammeaftale) -> list[Rammeaftale]:
    """The agreement's allonger that have not lapsed, locked."""
    allonger = aftale.allonger.exclude(tilstand=Aftaletilstand.BORTFALDET).select_for_update(no_key=True)
    return list(allonger.order_by("id"))


def _ny(aftale: Rammeaftale, organisation_id: UUID, periode: Periode, begrundelse: str = "") -> Part:
    if aftale.parter.filter(organisation=organisation_id, periode__overlap=periode.som_range).exists():
        raise Konflikt("part_findes", f"Organisationen er allerede part i {aftale.titel} i perioden.")
    _haandsat(aftale, organisation_id)
    publicer("part.tilfoejet", "rammeaftale", aftale.id)
    return Part.objects.create(
        aftale=aftale, organisation_id=organisation_id, periode=periode.som_range, begrundelse=begrundelse
    )


def _ny_i(allonge: Rammeaftale, organisation_id: UUID, periode: Periode, begrundelse: str) -> None:
    """As far as the allonge goes, and of one that is adopted from the first day its parties may be others."""
    fra = max(periode.fra, tidligst(allonge.aftaleperiode, allonge.vedtaget))
    if (periode.til is None or fra < periode.til) and (
        faelles := Periode(fra, periode.til).faelles(allonge.aftaleperiode)
    ):
        _ny(allonge, organisation_id, faelles, begrundelse)


def _afslut(part: Part, ophoer: _Ophoer) -> None:
    """One that would not be a party on any day keeps its row, with the last day before the agreement it was one outside it."""
    gammel, til = Periode.af_range(part.periode), ophoer.til
    part.periode = Periode(min(gammel.fra, til - timedelta(days=1)), til).som_range
    part.efterfoelger_id, part.begrundelse = ophoer.efterfoelger_id, ophoer.begrundelse
    _haandsat(part.aftale, part.organisation_id)
    part.save(update_fields=["periode", "efterfoelger", "begrundelse"])
    publicer("part.efterfulgt" if ophoer.efterfoelger_id else "part.afsluttet", "rammeaftale", part.aftale_id)
    if ophoer.efterfoelger_id:
        _ny(part.aftale, ophoer.efterfoelger_id, Periode(max(gammel.fra, til), gammel.til))


def _afslut_i(part: Part, ophoer: _Ophoer) -> None:
    """A party of an allonge: ended as early as the allonge allows, or taken out when it would not be one on any day of it."""
    allonge, gammel = part.aftale, Periode.af_range(part.periode)
    if _har_veto(allonge):
        fejl = vetofejl(ophoer.til, gammel, ophoer_i_registret(part))
        _kraev(allonge, fejl, at=not fejl)
    naar = max(ophoer.til, tidligst(allonge.aftaleperiode, allonge.vedtaget))
    if naar > gammel.fra:
        if gammel.til is None or naar < gammel.til:
            _afslut(part, replace(ophoer, til=naar))
    elif _har_veto(allonge) or (allonge.vedtaget is None and _har_historie(part)):
        _afslut(part, ophoer)
    else:
        _fjern(part, ophoer.begrundelse)
        if ophoer.efterfoelger_id:
            _ny(allonge, ophoer.efterfoelger_id, gammel)
