"""The secretariat registers central calls and what happens with them, and each municipality answers: the only way they change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from faelles import job
from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.ids import uuid7
from faelles.scope import saet_database_aktoer
from faelles.tid import idag, nu
from rammeaftale.aarshjul.regler import paamindelsesfejl
from rammeaftale.actions.faelles import laas_egen, linkfejl
from rammeaftale.models import (
    Part,
    Rammeaftale,
    Udmelding,
    Udmeldingsannullering,
    Udmeldingsantal,
    Udmeldingsfaktum,
    Udmeldingsrapport,
    Udmeldingssvar,
)
from rammeaftale.udmeldinger.job import JOBTYPE
from rammeaftale.udmeldinger.queries import er_afsendt, i_brug, kommune_i, maa_svare, sket_med, som_faktum, synlige
from rammeaftale.udmeldinger.rapporter import mangel_ved_rapporten, sendt_foer_bestilt
from rammeaftale.udmeldinger.regler import Felter, Udmeldingsart, annulleringsfejl, faktumfejl, svarfristfejl
from rammeaftale.videndeling.queries import pligtdag, tilbud_i
from tilbud.models import Maalgruppe

FLEST_BORGERE = 100_000  # more than any municipality counts; a slip of the keyboard is caught


@dataclass(frozen=True, slots=True)
class Udmeldingsindhold:
    """A call as somebody writes it; `paamind_dage` is days ahead, None for no reminders."""

    titel: str
    beskrivelse: str
    maalgruppe_id: UUID | None
    modtaget: date
    svarfrist: date
    kilde_url: str
    paamind_dage: int | None = None


@dataclass(frozen=True, slots=True)
class Svarindhold:
    """A municipality's answer as somebody writes it; `antal_borgere` is None when they have not been counted."""

    antal_borgere: int | None
    tilbud: str
    viden: str
    mangler: str
    plan: str


@dataclass(frozen=True, slots=True)
class Faktumindhold:
    """Something that happened with a call, as somebody writes it.

    `tilbud_id` and `sidste_dag` belong to an order only, and `svarfrist` to a renewed treatment.
    """

    art: Udmeldingsart
    dato: date
    tilbud_id: UUID | None
    sidste_dag: date | None
    tekst: str
    url: str
    svarfrist: date | None = None


def opret(*, aktoer: Aktoer, aftale_id: UUID, indhold: Udmeldingsindhold) -> Udmelding:
    """Register a call that the agreement's municipalities answer together. Raises IkkeFundet, UgyldigtInput with all faults."""
    aktoer.kraev(Rettighed.UDMELDINGER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        return _sket("registreret", _gem(Udmelding(aftale=laas_egen(aktoer, aftale_id)), indhold))


def ret(
    *, aktoer: Aktoer, udmelding_id: UUID, indhold: Udmeldingsindhold, kraev_set: Callable[[], None] = lambda: None
) -> Udmelding:
    """Change what a call says; `kraev_set` refuses under the lock what has changed since the caller saw it.

    Raises IkkeFundet, UgyldigtInput with all faults.
    """
    aktoer.kraev(Rettighed.UDMELDINGER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        udmelding, _ = _laas(aktoer, udmelding_id)
        kraev_set()
        foerste = min((f.dato for f in udmelding.fakta.gaeldende()), default=None)
        if foerste is not None and foerste < indhold.modtaget:
            besked = f"Noget er sket med udmeldingen den {foerste:%d.%m.%Y}. Vælg den dag eller en tidligere."
            raise UgyldigtInput("ugyldig_udmelding", _KAN_IKKE, {"modtaget": [besked]})
        return _sket("rettet", _gem(udmelding, indhold))


def slet(*, aktoer: Aktoer, udmelding_id: UUID) -> None:
    """Take away a call nothing rests on. Raises IkkeFundet, Konflikt."""
    aktoer.kraev(Rettighed.UDMELDINGER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        udmelding, _ = _laas(aktoer, udmelding_id)
        if i_brug(udmelding):
            raise Konflikt(
                "udmelding_er_i_brug",
                "Der er svaret på udmeldingen, mindet om den, bestilt rapport om den, eller noget er sket med den. Annullér den i stedet.",
            )
        _sket("fjernet", udmelding).delete()


def annuller(*, aktoer: Aktoer, udmelding_id: UUID, begrundelse: str) -> Udmelding:
    """Take back a call that was registered by mistake: it stands with why, with what was answered, and nobody owes it anything.

    Raises IkkeFundet, UgyldigtInput, or Konflikt when it is annulled already.
    """
    aktoer.kraev(Rettighed.UDMELDINGER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        udmelding, _ = _laas(aktoer, udmelding_id)
        udmelding.annulleringsgrund = _begrundelse(begrundelse, "udmeldingen")
        udmelding.annulleret = nu()
        udmelding.save(update_fields=["annulleret", "annulleringsgrund"])
        return _sket("annulleret", udmelding)


def registrer_faktum(*, aktoer: Aktoer, udmelding_id: UUID, indhold: Faktumindhold) -> Udmeldingsfaktum:
    """Register something that happened with a call.

    Raises IkkeFundet, UgyldigtInput with all faults, or Konflikt when it is said to be sent, and no report has every answer in it.
    """
    aktoer.kraev(Rettighed.UDMELDINGER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        udmelding, _ = _laas(aktoer, udmelding_id)
        tekst, url = indhold.tekst.strip(), indhold.url.strip()
        felter = faktumfejl(indhold.art, sket_med(udmelding), indhold.dato, udmelding.modtaget, idag())
        felter |= svarfristfejl(indhold.art, indhold.dato, indhold.svarfrist)
        felter |= cpr_fejl(tekst=tekst, url=url) | _paalaegsfejl(udmelding, indhold)
        if url and (fejl := linkfejl(url)):
            felter["url"] = [fejl]
        sendt = indhold.art is Udmeldingsart.RAPPORT_SENDT
        mangel = mangel_ved_rapporten(udmelding) if sendt else ""
        if sendt and not mangel:
            felter = sendt_foer_bestilt(udmelding, indhold.dato) | felter
        if felter:
            raise UgyldigtInput("ugyldigt_udmeldingsfaktum", "Hændelsen kan ikke gemmes endnu.", felter)
        if mangel:
            raise Konflikt("rapport_daekker_ikke_svarene", mangel)
        paalaeg = indhold.art is Udmeldingsart.MIDLERTIDIGT_PAALAEG
        _sket(indhold.art.value, udmelding)
        return Udmeldingsfaktum.objects.create(
            udmelding=udmelding,
            art=indhold.art,
            dato=indhold.dato,
            tilbud_id=indhold.tilbud_id if paalaeg else None,
            sidste_dag=indhold.sidste_dag if paalaeg else None,
            svarfrist=indhold.svarfrist if indhold.art is Udmeldingsart.FORNYET_BEHANDLING else None,
            tekst=tekst,
            url=url,
            registreret_af_id=aktoer.organisation_id,
            identitet=aktoer.identitet,
        )


def annuller_faktum(*, aktoer: Aktoer, faktum_id: UUID, begrundelse: str) -> Udmeldingsannullering:
    """Take back something that was registered by mistake; it is kept with why, and counts no more.

    Raises IkkeFundet, UgyldigtInput, or Konflikt when it is annulled already or something else rests on it.
    """
    aktoer.kraev(Rettighed.UDMELDINGER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        faktum = Udmeldingsfaktum.objects.filter(
            pk=faktum_id, udmelding__aftale__kkr__sekretariat=aktoer.organisation_id
        ).first()
        if faktum is None:
            raise IkkeFundet("udmeldingsfaktum_ikke_fundet", "Hændelsen findes ikke.")
        udmelding, _ = _laas(aktoer, faktum.udmelding_id)
        gaeldende = udmelding.fakta.gaeldende()
        if not gaeldende.filter(pk=faktum_id).exists():
            raise Konflikt("faktum_er_annulleret", "Hændelsen er allerede annulleret.")
        if fejl := annulleringsfejl(som_faktum(faktum), [som_faktum(f) for f in gaeldende.exclude(pk=faktum_id)]):
            raise Konflikt("faktum_bruges", fejl)
        _sket("haendelse_annulleret", udmelding)
        return Udmeldingsannullering.objects.create(
            faktum=faktum,
            begrundelse=_begrundelse(begrundelse, "hændelsen"),
            registreret_af_id=aktoer.organisation_id,
            identitet=aktoer.identitet,
        )


def svar(
    *,
    aktoer: Aktoer,
    udmelding_id: UUID,
    part_id: UUID,
    indhold: Svarindhold,
    kraev_set: Callable[[], None] = lambda: None,
) -> Udmeldingssvar:
    """Answer a call for a municipality; rows are only added, and the last one counts.

    Officials answer for their own, the secretariat for any, having been sent the answer otherwise. Once the joint report has
    been sent nothing more is answered, until the board asks for renewed treatment. `kraev_set` as in `ret`.
    Raises IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput with all faults.
    """
    aktoer.kraev(Rettighed.UDMELDINGER_SKRIV)
    with transaction.atomic():
        laast = Udmelding.objects.select_for_update(no_key=True, of=("self",)).select_related("aftale__kkr")
        udmelding = laast.filter(pk=udmelding_id, pk__in=synlige(aktoer).order_by().values("pk")).first()
        part = kommune_i(udmelding.aftale, part_id, idag()) if udmelding else None
        if udmelding is None or part is None or not maa_svare(aktoer, udmelding.aftale, part):
            raise _ikke_fundet()
        _kraev_gaeldende(udmelding)
        kraev_set()
        if er_afsendt(udmelding, idag()):
            raise Konflikt("rapport_er_sendt", "Den fælles rapport er sendt, så der kan ikke svares mere.")
        tekster = {navn: getattr(indhold, navn).strip() for navn in ("tilbud", "viden", "mangler", "plan")}
        felter: Felter = {f: list(b) for f, b in cpr_fejl(**tekster).items()}
        antal = indhold.antal_borgere
        if antal is not None and not 0 <= antal <= FLEST_BORGERE:
            felter["antal_borgere"] = ["Skriv et helt tal, som kommunens borgere kan tælles i."]
        if antal is None and not any(tekster.values()):
            felter["antal_borgere"] = ["Skriv, hvor mange borgere det er, eller udfyld et af de andre felter."]
        if felter:
            raise UgyldigtInput("ugyldigt_udmeldingssvar", "Svaret kan ikke gemmes endnu.", felter)
        _sket("besvaret", udmelding)
        return Udmeldingssvar.objects.create(
            udmelding=udmelding,
            part=part,
            antal=_gem_antal(aktoer, part, antal),
            registreret_af_id=aktoer.organisation_id,
            identitet=aktoer.identitet,
            **tekster,
        )


def bestil_rapport(*, aktoer: Aktoer, udmelding_id: UUID) -> Udmeldingsrapport:
    """Order the joint report of what has been answered by now. Raises IkkeFundet."""
    aktoer.kraev(Rettighed.UDMELDINGER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        udmelding, _ = _laas(aktoer, udmelding_id)
        rapport_id = uuid7()
        bestilt = job.bestil(type_=JOBTYPE, parametre={"rapport_id": str(rapport_id)}, aktoer=aktoer)
        return Udmeldingsrapport.objects.create(id=rapport_id, udmelding=udmelding, job=bestilt)


def _sket(hvad: str, udmelding: Udmelding) -> Udmelding:
    """The call, with what happened to it in the outbox."""
    publicer(f"udmelding.{hvad}", "udmelding", udmelding.pk)
    return udmelding


def _gem_antal(aktoer: Aktoer, part: Part, antal: int | None) -> Udmeldingsantal | None:
    """The count for itself, under row security as the one who answers."""
    if antal is None:
        return None
    saet_database_aktoer(aktoer)
    return Udmeldingsantal.objects.create(part=part, antal_borgere=antal)


_KAN_IKKE = "Udmeldingen kan ikke gemmes endnu."


def _ikke_fundet() -> IkkeFundet:
    return IkkeFundet("udmelding_ikke_fundet", "Udmeldingen findes ikke.")


def _laas(aktoer: Aktoer, udmelding_id: UUID) -> tuple[Udmelding, Rammeaftale]:
    """A call of an agreement the actor's secretariat keeps, and that agreement, both locked: the call is answered under its own.

    Raises IkkeFundet, or Konflikt when it is annulled.
    """
    udmelding = Udmelding.objects.filter(pk=udmelding_id, aftale__kkr__sekretariat=aktoer.organisation_id).first()
    if udmelding is None:
        raise _ikke_fundet()
    aftale = laas_egen(aktoer, udmelding.aftale_id)
    udmelding = Udmelding.objects.select_for_update(no_key=True).filter(pk=udmelding_id).first()
    if udmelding is None:
        raise _ikke_fundet()
    _kraev_gaeldende(udmelding)
    return udmelding, aftale


def _kraev_gaeldende(udmelding: Udmelding) -> None:
    if udmelding.annulleret:
        raise Konflikt("udmelding_er_annulleret", "Udmeldingen er annulleret, så der gøres ikke mere ved den.")


def _begrundelse(begrundelse: str, hvad: str) -> str:
    """Why something is taken back. Raises UgyldigtInput."""
    begrundelse = begrundelse.strip()
    felter: Felter = {f: list(b) for f, b in cpr_fejl(begrundelse=begrundelse).items()}
    if not begrundelse:
        felter["begrundelse"] = [f"Skriv, hvorfor {hvad} annulleres."]
    if felter:
        raise UgyldigtInput("ugyldig_annullering", f"{hvad.capitalize()} kan ikke annulleres endnu.", felter)
    return begrundelse


def _gem(udmelding: Udmelding, indhold: Udmeldingsindhold) -> Udmelding:
    titel, beskrivelse, url = indhold.titel.strip(), indhold.beskrivelse.strip(), indhold.kilde_url.strip()
    felter: Felter = {f: list(b) for f, b in cpr_fejl(titel=titel, beskrivelse=beskrivelse, kilde_url=url).items()}
    andre = Udmelding.objects.filter(aftale=udmelding.aftale_id, titel=titel, annulleret=None).exclude(pk=udmelding.pk)
    if not titel:
        felter["titel"] = ["Skriv, hvad udmeldingen hedder."]
    elif andre.exists():
        felter["titel"] = ["Aftalen har allerede en udmelding, der hedder det."]
    if indhold.modtaget > idag():
        felter["modtaget"] = ["Datoen ligger i fremtiden."]
    if indhold.svarfrist < indhold.modtaget:
        felter["svarfrist"] = ["Svarfristen ligger før udmeldingen blev modtaget."]
    if indhold.maalgruppe_id is not None and not Maalgruppe.objects.filter(pk=indhold.maalgruppe_id).exists():
        felter["maalgruppe_id"] = ["Vælg en målgruppe på listen."]
    if url and (fejl := linkfejl(url)):
        felter["kilde_url"] = [fejl]
    if dagefejl := paamindelsesfejl(indhold.paamind_dage):
        felter["paamind_dage"] = dagefejl
    if felter:
        raise UgyldigtInput("ugyldig_udmelding", _KAN_IKKE, felter)
    udmelding.titel, udmelding.beskrivelse, udmelding.kilde_url = titel, beskrivelse, url
    udmelding.maalgruppe_id = indhold.maalgruppe_id
    udmelding.modtaget, udmelding.svarfrist = indhold.modtaget, indhold.svarfrist
    udmelding.paamind_dage = indhold.paamind_dage
    udmelding.save()
    return udmelding


def _paalaegsfejl(udmelding: Udmelding, indhold: Faktumindhold) -> Felter:
    """What is wrong with which offer an order is about and how long it holds; a fact of another kind has neither."""
    if indhold.art is not Udmeldingsart.MIDLERTIDIGT_PAALAEG:
        return {}
    felter: Felter = {}
    mulige = tilbud_i(udmelding.aftale, pligtdag(udmelding.aftale, indhold.dato))
    if indhold.tilbud_id is None or not mulige.filter(pk=indhold.tilbud_id).exists():
        felter["tilbud_id"] = ["Skriv navnet på det tilbud, pålægget handler om, som det står i registret."]
    if indhold.sidste_dag is not None and indhold.sidste_dag < indhold.dato:
        felter["sidste_dag"] = ["Pålægget slutter, før det begynder."]
    return felter
