"""What the secretariat does with the wheel of its agreement: the only way its steps change."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.sprog import sortnoegle
from faelles.tid import idag
from rammeaftale.aarshjul.queries import Hjulpunkt, hjul
from rammeaftale.aarshjul.regler import Ansvar, Grundlag, Trinstand, aar_senere, paamindelsesfejl
from rammeaftale.actions.faelles import laas_egen
from rammeaftale.models import Aarshjulstrin, Aarshjulsudfoerelse, Rammeaftale


@dataclass(frozen=True, slots=True)
class Trinindhold:
    """A step as somebody writes it; `paamind_dage` is days ahead, None for no reminders."""

    opgave: str
    frist: date
    ansvar: Ansvar
    grundlag: Grundlag
    kilde: str
    paamind_dage: int | None


def opret_trin(*, aktoer: Aktoer, aftale_id: UUID, indhold: Trinindhold) -> Aarshjulstrin:
    """Add a step. Raises IkkeFundet, UgyldigtInput with all faults."""
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        aftale = laas_egen(aktoer, aftale_id)
        return _gem(Aarshjulstrin(aftale=aftale), indhold)


def ret_trin(
    *,
    aktoer: Aktoer,
    aftale_id: UUID,
    trin_id: UUID,
    indhold: Trinindhold,
    kraev_set: Callable[[], None] = lambda: None,
) -> Aarshjulstrin:
    """Change a step; one that was to be looked through has been. `kraev_set` refuses under the lock what has changed since the caller
    saw it.

    Raises IkkeFundet, UgyldigtInput with all faults, or Konflikt when it would be owed by others than those who have done it.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        trin = _laas(aktoer, aftale_id, trin_id)
        kraev_set()
        if indhold.ansvar != trin.ansvar and trin.udfoerelser.exists():
            raise Konflikt(
                "trin_er_udfoert", "Nogen har udført opgaven. Fortryd det først, hvis en anden skal have ansvaret."
            )
        trin.gennemgaas = False
        gemt = _gem(trin, indhold)
        _kraev_skyldes_stadig(gemt)
        return gemt


def _kraev_skyldes_stadig(trin: Aarshjulstrin) -> None:
    """Raise UgyldigtInput when one who has done the step does not owe it on its new day: nobody would see it, nor take it back."""
    punkt = _punkt(trin)
    andre = trin.udfoerelser.exclude(organisation__in=[s.organisation.id for s in punkt.skyldige])
    navne = sorted(andre.values_list("organisation__navn", flat=True), key=sortnoegle)
    if navne:
        besked = f"Har udført opgaven, men skylder den ikke på den dag: {', '.join(navne)}. Fortryd det først."
        raise UgyldigtInput("ugyldigt_aarshjulstrin", "Trinnet kan ikke gemmes endnu.", {"frist": [besked]})


def _punkt(trin: Aarshjulstrin) -> Hjulpunkt:
    return next(p for p in hjul(trin.aftale, idag()).punkter if p.trin and p.trin.id == trin.id)


def slet_trin(
    *,
    aktoer: Aktoer,
    aftale_id: UUID,
    trin_id: UUID,
    kraev_set: Callable[[], None] = lambda: None,
) -> None:
    """Take a step out of the wheel. `kraev_set` as in `ret_trin`.

    Raises IkkeFundet, or Konflikt when somebody has done it: then it is part of the story.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        trin = _laas(aktoer, aftale_id, trin_id)
        kraev_set()
        if trin.udfoerelser.exists():
            raise Konflikt("trin_er_udfoert", "Nogen har udført opgaven, så den bliver stående i årshjulet.")
        trin.delete()


def udfoer(
    *, aktoer: Aktoer, aftale_id: UUID, trin_id: UUID, organisationer: Collection[UUID], dato: date
) -> list[Aarshjulsudfoerelse]:
    """Register that some of those who owe the step did it on a day. Raises IkkeFundet, UgyldigtInput with all faults."""
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        trin = _laas(aktoer, aftale_id, trin_id)
        mangler = {s.organisation.id for s in _punkt(trin).skyldige if s.stand is not Trinstand.UDFOERT}
        felter: dict[str, list[str]] = {}
        if not organisationer or not set(organisationer) <= mangler:
            felter["organisationer"] = ["Vælg blandt dem, der mangler at udføre opgaven."]
        if dato > idag():
            felter["dato"] = ["Datoen ligger i fremtiden; registrér opgaven, når den er udført."]
        if felter:
            raise UgyldigtInput("ugyldig_udfoerelse", "Opgaven kan ikke registreres som udført endnu.", felter)
        return Aarshjulsudfoerelse.objects.bulk_create(
            Aarshjulsudfoerelse(trin=trin, organisation_id=organisation, dato=dato, identitet=aktoer.identitet)
            for organisation in sorted(set(organisationer))
        )


def fortryd(*, aktoer: Aktoer, aftale_id: UUID, udfoerelse_id: UUID) -> None:
    """Take back that a step was done. Raises IkkeFundet."""
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        aftale = laas_egen(aktoer, aftale_id)
        fundet = Aarshjulsudfoerelse.objects.filter(pk=udfoerelse_id, trin__aftale=aftale).first()
        if fundet is None:
            raise IkkeFundet("udfoerelse_ikke_fundet", "Opgaven er ikke registreret som udført.")
        fundet.delete()


def hent_fra_forrige(*, aktoer: Aktoer, aftale_id: UUID) -> list[Aarshjulstrin]:
    """Begin the wheel from that of the agreement this one was begun from, as many years later, each step to be looked through.

    Raises IkkeFundet, or Konflikt when there is none to begin from or this one has steps already.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        aftale = laas_egen(aktoer, aftale_id)
        if aftale.aarshjul.exists():
            raise Konflikt("aarshjul_er_begyndt", "Aftalens årshjul har allerede trin.")
        gamle = list(Aarshjulstrin.objects.filter(aftale=aftale.forrige_id)) if aftale.forrige_id else []
        if not gamle:
            raise Konflikt("intet_aarshjul_at_hente", "Den forrige aftale har intet årshjul at begynde fra.")
        aar = _aar_imellem(aftale)
        return Aarshjulstrin.objects.bulk_create(
            Aarshjulstrin(
                aftale=aftale,
                opgave=trin.opgave,
                frist=aar_senere(trin.frist, aar),
                ansvar=trin.ansvar,
                grundlag=trin.grundlag,
                kilde=trin.kilde,
                paamind_dage=trin.paamind_dage,
                gennemgaas=True,
            )
            for trin in gamle
        )


def _aar_imellem(aftale: Rammeaftale) -> int:
    forrige = aftale.forrige
    return aftale.aftaleperiode.fra.year - forrige.aftaleperiode.fra.year if forrige else 0


def _laas(aktoer: Aktoer, aftale_id: UUID, trin_id: UUID) -> Aarshjulstrin:
    """The step, under the agreement's lock."""
    aftale = laas_egen(aktoer, aftale_id)
    trin = aftale.aarshjul.filter(pk=trin_id).first()
    if trin is None:
        raise IkkeFundet("trin_ikke_fundet", "Trinnet findes ikke i aftalens årshjul.")
    trin.aftale = aftale
    return trin


def _gem(trin: Aarshjulstrin, indhold: Trinindhold) -> Aarshjulstrin:
    opgave, kilde = indhold.opgave.strip(), indhold.kilde.strip()
    felter: dict[str, list[str]] = {f: list(b) for f, b in cpr_fejl(opgave=opgave, kilde=kilde).items()}
    _kraev_udfyldt(
        felter, opgave=(opgave, "Skriv hvad der skal gøres."), kilde=(kilde, "Skriv hvor datoen kommer fra.")
    )
    dage = indhold.paamind_dage
    if fejl := paamindelsesfejl(dage):
        felter["paamind_dage"] = fejl
    samme = Aarshjulstrin.objects.filter(aftale=trin.aftale_id, opgave=opgave, frist=indhold.frist)
    if samme.exclude(pk=trin.pk).exists():
        felter["opgave"] = ["Årshjulet har allerede opgaven med den frist."]
    if felter:
        raise UgyldigtInput("ugyldigt_aarshjulstrin", "Trinnet kan ikke gemmes, før felterne er rettet.", felter)
    trin.opgave, trin.kilde, trin.frist, trin.paamind_dage = opgave, kilde, indhold.frist, dage
    trin.ansvar, trin.grundlag = indhold.ansvar, indhold.grundlag
    trin.save()
    return trin


def _kraev_udfyldt(felter: dict[str, list[str]], **vaerdier: tuple[str, str]) -> None:
    for felt, (vaerdi, besked) in vaerdier.items():
        if not vaerdi:
            felter[felt] = [besked]
