"""Preparing a hearing: what it is called, its deadline and its recipients. Everything but the deadline stands once it is sent."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from faelles.aktoer import Aktoer
from faelles.cpr import BESKED, cpr_fejl, ligner_cpr
from faelles.fejl import Konflikt, UgyldigtInput
from faelles.tid import idag
from rammeaftale.actions.faelles import laas_egen
from rammeaftale.hoering.actions.faelles import kraev, laas_hoering, laas_modtager
from rammeaftale.hoering.regler import Hoeringsstand, Modtagerart
from rammeaftale.livscyklus import SKRIVES, Aftaletilstand
from rammeaftale.models import Hoering, Hoeringsmodtager
from rammeaftale.queries import seneste_version

LAENGSTE_FOELGEBREV = 5_000  # characters
LAENGSTE_PAAMINDELSE = 365  # days ahead
FLEST_MODTAGERE = 200


@dataclass(frozen=True, slots=True)
class Hoeringsindhold:
    """A hearing as somebody writes it; `paamind_dage` is days before the deadline, None for no reminder."""

    titel: str
    foelgebrev: str
    frist: date
    paamind_dage: int | None


@dataclass(frozen=True, slots=True)
class Modtagerindhold:
    """A recipient as somebody writes it."""

    art: Modtagerart
    navn: str
    email: str


def opret_hoering(
    *, aktoer: Aktoer, aftale_id: UUID, indhold: Hoeringsindhold, modtagere: Sequence[Modtagerindhold] = ()
) -> Hoering:
    """A hearing about the version that is being written. Raises IkkeFundet, UgyldigtInput with all faults, or Konflikt
    when the text is not being written any more: a hearing is about a draft.
    """
    kraev(aktoer)
    with transaction.atomic():
        aftale = laas_egen(aktoer, aftale_id)
        version = seneste_version(aftale)
        if version is None or version.sendt or Aftaletilstand(aftale.tilstand) not in SKRIVES:
            raise Konflikt("ikke_kladde", f"{aftale.titel} er ikke en kladde. Kun et udkast kan sendes i høring.")
        hoering = Hoering(version=version)
        fejl = _udfyld(hoering, indhold)
        nye, modtagerfejl = _nye(hoering, modtagere)
        if fejl := fejl | modtagerfejl:
            raise UgyldigtInput("ugyldig_hoering", "Høringen kan ikke oprettes, før felterne er rettet.", fejl)
        hoering.save(force_insert=True)
        Hoeringsmodtager.objects.bulk_create(nye)
        return hoering


def ret_hoering(
    *, aktoer: Aktoer, hoering_id: UUID, indhold: Hoeringsindhold, kraev_set: Callable[[], None] = lambda: None
) -> Hoering:
    """Change a hearing that is not closed; once it is sent only the deadline, to a later day, and the reminder.

    `kraev_set` refuses under the lock what has changed since the caller saw it. Raises IkkeFundet, UgyldigtInput with all faults,
    or Konflikt.
    """
    kraev(aktoer)
    with transaction.atomic():
        hoering = laas_hoering(aktoer, hoering_id, Hoeringsstand.KLADDE, Hoeringsstand.SENDT)
        kraev_set()
        titel, brev, frist = hoering.titel, _linjer(hoering.foelgebrev), hoering.frist
        fejl = _udfyld(hoering, indhold)
        if hoering.sendt:
            if (hoering.titel, hoering.foelgebrev) != (titel, brev):
                fejl["titel"] = ["Høringen er sendt, så titel og følgebrev ligger fast."]
            if hoering.frist < frist:
                fejl["frist"] = ["Høringen er sendt, så fristen kan kun forlænges."]
        if fejl:
            raise UgyldigtInput("ugyldig_hoering", "Høringen kan ikke gemmes, før felterne er rettet.", fejl)
        hoering.save(update_fields=["frist", "paamind_dage", *([] if hoering.sendt else ["titel", "foelgebrev"])])
        return hoering


def tilfoej_modtagere(
    *, aktoer: Aktoer, hoering_id: UUID, modtagere: Sequence[Modtagerindhold]
) -> list[Hoeringsmodtager]:
    """Add recipients to a draft. Raises IkkeFundet, UgyldigtInput with all faults, or Konflikt."""
    kraev(aktoer)
    with transaction.atomic():
        hoering = laas_hoering(aktoer, hoering_id, Hoeringsstand.KLADDE)
        nye, fejl = _nye(hoering, modtagere)
        if not nye and not fejl:
            fejl = {"modtagere": ["Skriv mindst én høringspart."]}
        if fejl:
            raise UgyldigtInput("ugyldig_modtager", "Høringsparterne kan ikke gemmes, før felterne er rettet.", fejl)
        return Hoeringsmodtager.objects.bulk_create(nye)


def fjern_modtager(*, aktoer: Aktoer, modtager_id: UUID) -> None:
    """Take a recipient out of a draft. Raises IkkeFundet or Konflikt."""
    kraev(aktoer)
    with transaction.atomic():
        laas_modtager(aktoer, modtager_id, Hoeringsstand.KLADDE).delete()


def _udfyld(hoering: Hoering, indhold: Hoeringsindhold) -> dict[str, list[str]]:
    """Write what is asked into the hearing, and what is wrong with it."""
    titel, brev, dage = indhold.titel.strip(), _linjer(indhold.foelgebrev), indhold.paamind_dage
    felter: dict[str, list[str]] = dict(cpr_fejl(titel=titel, foelgebrev=brev))
    if not titel:
        felter["titel"] = ["Skriv, hvad høringen hedder."]
    if len(brev) > LAENGSTE_FOELGEBREV:
        felter["foelgebrev"] = [f"Følgebrevet må højst være {LAENGSTE_FOELGEBREV} tegn."]
    if indhold.frist < idag():
        felter["frist"] = ["Fristen ligger før i dag."]
    if dage is not None and not 0 <= dage <= LAENGSTE_PAAMINDELSE:
        felter["paamind_dage"] = [f"Skriv et tal fra 0 til {LAENGSTE_PAAMINDELSE}."]
    hoering.titel, hoering.foelgebrev, hoering.frist, hoering.paamind_dage = titel, brev, indhold.frist, dage
    return felter


def _linjer(brev: str) -> str:
    """The letter with one kind of line break: a form sends another than a system, and the letter is the same."""
    return brev.replace("\r\n", "\n").strip()


def _nye(hoering: Hoering, modtagere: Iterable[Modtagerindhold]) -> tuple[list[Hoeringsmodtager], dict[str, list[str]]]:
    """The recipients to add, and what is wrong with them."""
    kendte = set(Hoeringsmodtager.objects.filter(hoering=hoering.pk).values_list("navn", flat=True))
    nye, fejl = [], []
    for skrevet in modtagere:
        navn, email = skrevet.navn.strip(), skrevet.email.strip().lower()
        if besked := _modtagerfejl(navn, email, kendte):
            fejl.append(besked)
        kendte.add(navn)
        nye.append(Hoeringsmodtager(hoering=hoering, art=skrevet.art, navn=navn, email=email))
    if len(kendte) > FLEST_MODTAGERE:
        fejl.append(f"En høring har højst {FLEST_MODTAGERE} høringsparter.")
    return nye, {"modtagere": list(dict.fromkeys(fejl))} if fejl else {}


def _modtagerfejl(navn: str, email: str, kendte: set[str]) -> str:
    if ligner_cpr(navn) or ligner_cpr(email):
        return BESKED
    if not navn or len(navn) > 160:  # noqa: PLR2004 - the column's
        return "Skriv, hvad høringsparten hedder, med højst 160 tegn."
    try:
        validate_email(email)
    except ValidationError:
        return f"Skriv en e-mailadresse til {navn}, f.eks. postkasse@organisation.dk."
    return f"{navn} står der allerede." if navn in kendte else ""
