"""What a hearing is called, its deadline and its recipients.

Once it is sent, its deadline can be extended, and a recipient who was forgotten, or whose mailbox was wrong, is mailed a link.
"""

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
from rammeaftale.hoering.actions.forloeb import bestil_link, kraev_frist, traek_alle
from rammeaftale.hoering.queries import egen_hoering, ubesvarede
from rammeaftale.hoering.regler import Anledning, Hoeringsstand, Modtagerart
from rammeaftale.livscyklus import SKRIVES, Aftaletilstand
from rammeaftale.models import Hoering, Hoeringslink, Hoeringsmodtager
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
    *,
    aktoer: Aktoer,
    aftale_id: UUID,
    indhold: Hoeringsindhold,
    modtagere: Sequence[Modtagerindhold] = (),
    som_i: UUID | None = None,
) -> Hoering:
    """A hearing about the version that is being written, also to those who were asked in another the secretariat has held (`som_i`).

    Raises IkkeFundet, UgyldigtInput with all faults, or Konflikt when the text is not being written any more: a hearing is about a draft.
    """
    kraev(aktoer)
    with transaction.atomic():
        aftale = laas_egen(aktoer, aftale_id)
        version = seneste_version(aftale)
        if version is None or version.sendt or Aftaletilstand(aftale.tilstand) not in SKRIVES:
            raise Konflikt("ikke_kladde", f"{aftale.titel} er ikke en kladde. Kun et udkast kan sendes i høring.")
        hoering = Hoering(version=version)
        fejl = _udfyld(hoering, indhold)
        nye, modtagerfejl = _nye(hoering, [*_spurgt_i(egen_hoering(aktoer, som_i)), *modtagere] if som_i else modtagere)
        if fejl := fejl | modtagerfejl:
            raise UgyldigtInput("ugyldig_hoering", "Høringen kan ikke oprettes, før felterne er rettet.", fejl)
        hoering.save(force_insert=True)
        Hoeringsmodtager.objects.bulk_create(nye)
        return hoering


def _spurgt_i(hoering: Hoering) -> list[Modtagerindhold]:
    return [Modtagerindhold(Modtagerart(m.art), m.navn, m.email) for m in hoering.modtagere.all()]


def ret_hoering(
    *, aktoer: Aktoer, hoering_id: UUID, indhold: Hoeringsindhold, kraev_set: Callable[[], None] = lambda: None
) -> Hoering:
    """Change a hearing that is not closed; once it is sent only the deadline, to a later day, and the reminder. Those who have not
    answered are told of the later day.

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
        if hoering.sendt and hoering.frist > frist:
            _skriv_om_fristen(hoering)
        return hoering


def _skriv_om_fristen(hoering: Hoering) -> None:
    """A link that is on its way already is mailed with the new deadline."""
    paa_vej = Hoeringslink.objects.filter(sendt=None, trukket=None).values("modtager")
    for modtager in list(ubesvarede(hoering).exclude(pk__in=paa_vej)):
        bestil_link(modtager, Anledning.FORLAENGET)


def fjern_hoering(*, aktoer: Aktoer, hoering_id: UUID, kraev_set: Callable[[], None] = lambda: None) -> None:
    """Discard a draft with its recipients: nobody has heard of it. `kraev_set` as in `ret_hoering`. Raises IkkeFundet, or Konflikt
    once it is sent.
    """
    kraev(aktoer)
    with transaction.atomic():
        hoering = laas_hoering(aktoer, hoering_id, Hoeringsstand.KLADDE)
        kraev_set()
        hoering.delete()


def tilfoej_modtagere(
    *, aktoer: Aktoer, hoering_id: UUID, modtagere: Sequence[Modtagerindhold]
) -> list[Hoeringsmodtager]:
    """Add recipients; those of a hearing that is sent are mailed a link. Raises IkkeFundet, UgyldigtInput with all faults, or Konflikt
    when the hearing is closed or its deadline has passed.
    """
    kraev(aktoer)
    with transaction.atomic():
        hoering = laas_hoering(aktoer, hoering_id, Hoeringsstand.KLADDE, Hoeringsstand.SENDT)
        if hoering.sendt:
            kraev_frist(hoering)
        nye, fejl = _nye(hoering, modtagere)
        if not nye and not fejl:
            fejl = {"modtagere": ["Skriv mindst én høringspart."]}
        if fejl:
            raise UgyldigtInput("ugyldig_modtager", "Høringsparterne kan ikke gemmes, før felterne er rettet.", fejl)
        Hoeringsmodtager.objects.bulk_create(nye)
        if hoering.sendt:
            for modtager in nye:
                bestil_link(modtager, Anledning.AFSENDELSE)
        return nye


def ret_postkasse(
    *,
    aktoer: Aktoer,
    modtager_id: UUID,
    email: str,
    hoering_id: UUID | None = None,
    kraev_set: Callable[[], None] = lambda: None,
) -> Hoeringsmodtager:
    """Give a recipient another mailbox. Once the hearing is sent, the links mailed to the old one are worth nothing, and the new one is
    mailed another. A recipient that is not of `hoering_id`, when one is given, does not exist.

    `kraev_set` as in `ret_hoering`. Raises IkkeFundet, UgyldigtInput, or Konflikt when the hearing is closed or its deadline has passed.
    """
    kraev(aktoer)
    with transaction.atomic():
        modtager = laas_modtager(aktoer, modtager_id, Hoeringsstand.KLADDE, Hoeringsstand.SENDT, i=hoering_id)
        kraev_set()
        ny = email.strip().lower()
        fejl = _modtagerfejl(modtager.navn, ny, set())
        if ny == modtager.email:
            fejl = "Det er den postkasse, der står nu."
        if fejl:
            raise UgyldigtInput("ugyldig_modtager", "Postkassen kan ikke gemmes.", {"email": [fejl]})
        modtager.email = ny
        modtager.save(update_fields=["email"])
        if modtager.hoering.sendt:
            kraev_frist(modtager.hoering)
            traek_alle(modtager)
            bestil_link(modtager, Anledning.IGEN)
        return modtager


def fjern_modtager(*, aktoer: Aktoer, modtager_id: UUID, hoering_id: UUID | None = None) -> None:
    """Take a recipient out of a draft, of this one when it is given. Raises IkkeFundet or Konflikt."""
    kraev(aktoer)
    with transaction.atomic():
        laas_modtager(aktoer, modtager_id, Hoeringsstand.KLADDE, i=hoering_id).delete()


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
