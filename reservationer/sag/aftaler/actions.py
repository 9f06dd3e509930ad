"""Use cases of a placement agreement: draft it, write it, put it forward, accept or refuse it, and end it. One transaction each."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from faelles import job
from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.scope import som_systemet
from faelles.tid import idag, nu
from kommuner.models import Organisation
from reservationer.sag.aftaler.felter import SKRIVES
from reservationer.sag.aftaler.grundlag import Sag, find_sag, laes, sagen
from reservationer.sag.aftaler.job import JOBTYPE
from reservationer.sag.aftaler.regler import Grundlag, aendret, mangler
from reservationer.sag.aftaler.slut import afloes, afslut, datofejl, opsig
from reservationer.sag.beslutninger import Indhold, kraev, noter
from reservationer.sag.models import Ophold, Placeringsaftale
from reservationer.sag.models.placeringsaftale import AABNE, INDGAAEDE
from reservationer.sag.ophold.ansvar import reservationens_ansvar
from reservationer.sag.overgange import Emne, Tilstand, Udfald, find

_KUN_HANDLEKOMMUNEN = "Kun sagens handlekommune kan lave aftalen."
NUMRE = "version numbers run on through every party's versions of a case"


def opret(*, aktoer: Aktoer, reservation_id: UUID | None = None, ophold_id: UUID | None = None) -> Placeringsaftale:
    """Draft the next version for a case, with what the latest one said.

    Raises IkkeFundet when the actor is no party, IngenAdgang for a municipality that is not handlekommune now, and Konflikt
    when the case has ended or a version is open already.
    """
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV)
    with transaction.atomic():
        sag = find_sag(aktoer, reservation_id=reservation_id, ophold_id=ophold_id, laas=True)
        koeber, betaler = _ansvar(aktoer, sag)
        if aktoer.funktion is Funktion.MYNDIGHED and koeber != aktoer.organisation_id:
            raise IngenAdgang("ikke_handlekommune", _KUN_HANDLEKOMMUNEN)
        if not sag.er_i_gang:  # whether it still goes on, only those hear whose case it is
            raise Konflikt(
                "sag_ikke_i_gang", "Der kan kun laves en aftale for en bekræftet reservation eller et ophold."
            )
        tidligere = Placeringsaftale.objects.synlige_for(aktoer).filter(**sag.noegle)
        if tidligere.filter(tilstand__in=AABNE).exists():
            raise Konflikt(
                "aftale_i_gang", "Sagen har allerede en version, der ikke er godkendt. Gør den færdig først."
            )
        seneste = tidligere.filter(tilstand__in=INDGAAEDE, handlekommune=koeber).order_by("-nummer").first()
        return ny_version(sag, koeber, betaler, seneste)


def ny_version(
    sag: Sag, koeber: UUID, betaler: UUID, seneste: Placeringsaftale | None, fra: date | None = None
) -> Placeringsaftale:
    """The next version of a case as a draft: what the latest one says, from `fra` where that is another day."""
    sagt = {navn: getattr(seneste, navn) for navn in SKRIVES} if seneste else _foerste(sag, betaler)
    ny = Placeringsaftale.objects.create(
        **sag.noegle,
        tilbud=sag.ting.tilbud,
        handlekommune_id=koeber,
        driftsherre_id=sag.ting.driftsherre_id,
        nummer=_naeste_nummer(sag),
        tilstand=Tilstand.KLADDE,
        **{**sagt, **({"gaelder_fra": fra} if fra else {})},
    )
    publicer("placeringsaftale.oprettet", "placeringsaftale", ny.pk)
    return ny


def _foerste(sag: Sag, betaler: UUID) -> dict[str, Any]:
    """What a first draft can say by itself."""
    ting = sag.ting
    fra = ting.foerste_dag if isinstance(ting, Ophold) else ting.optagelse.periode.lower
    ean = Organisation.objects.values_list("ean", flat=True).get(pk=betaler)
    return {"gaelder_fra": fra, "ean": ean}


def _naeste_nummer(sag: Sag) -> int:
    with som_systemet(NUMRE):
        alle = Placeringsaftale.objects.for_systemet(NUMRE).filter(**sag.noegle)
        return (alle.order_by("-nummer").values_list("nummer", flat=True).first() or 0) + 1


def _ansvar(aktoer: Aktoer, sag: Sag) -> tuple[UUID, UUID]:
    if not isinstance(sag.ting, Ophold):
        return reservationens_ansvar(sag.ting, max(idag(), sag.ting.optagelse.periode.lower))
    dag = max(idag(), sag.ting.foerste_dag)
    ansvar = sag.ting.ansvar.synlige_for(aktoer).filter(periode__contains=dag).first()
    if ansvar is None:
        raise IngenAdgang("ikke_handlekommune", _KUN_HANDLEKOMMUNEN)
    return ansvar.handlekommune_id, ansvar.betalingskommune_id


def skriv(*, aktoer: Aktoer, aftale_id: UUID, sagt: Mapping[str, Any]) -> Placeringsaftale:
    """Write a draft; either party may, and gaps are allowed until it is put forward. `sagt` has every field of `SKRIVES`.

    Raises IkkeFundet, Konflikt when it is no draft, and UgyldigtInput with all faults at once.
    """
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV)
    with transaction.atomic():
        aftale = laas(aktoer, aftale_id)
        if aftale.tilstand != Tilstand.KLADDE:
            raise Konflikt("placeringsaftale_ikke_kladde", "Aftalen er sendt eller godkendt og kan ikke rettes.")
        felter = cpr_fejl(**{navn: vaerdi for navn, vaerdi in sagt.items() if isinstance(vaerdi, str)})
        if sagt["slut"] and sagt["slut"] < sagt["gaelder_fra"]:
            felter["slut"] = ["Sidste dag skal ligge efter den dag, aftalen gælder fra."]
        if felter:
            raise UgyldigtInput("ugyldig_placeringsaftale", "Aftalen kan ikke gemmes, før felterne er rettet.", felter)
        for navn in SKRIVES:
            setattr(aftale, navn, sagt[navn])
        aftale.save(update_fields=list(SKRIVES))
        publicer("placeringsaftale.skrevet", "placeringsaftale", aftale.pk)
        return aftale


def afgoer(*, aktoer: Aktoer, aftale_id: UUID, udfald: Udfald, indhold: Indhold) -> Placeringsaftale:
    """Take a decision about a version, by the table of transitions.

    Raises IkkeFundet when the actor is no party, Konflikt when the state does not allow it or the case no longer says what
    was put forward, and UgyldigtInput with every gap when an agreement is put forward unfinished, or every fault of its end.
    """
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV)
    with transaction.atomic():
        aftale = laas(aktoer, aftale_id)
        overgang = find(Emne.PLACERINGSAFTALE, Tilstand(aftale.tilstand), udfald, aktoer.funktion)
        kraev(overgang, indhold, datofejl(aftale, udfald, indhold))
        _GOER[udfald](aktoer, aftale, indhold)
        aftale.tilstand = overgang.til
        aftale.save()
        noter(overgang, aftale, aktoer, indhold)
        return aftale


def laas(aktoer: Aktoer, aftale_id: UUID) -> Placeringsaftale:
    """The version under its lock. Raises IkkeFundet when the actor is no party of it."""
    synlige = Placeringsaftale.objects.synlige_for(aktoer)
    aftale = synlige.select_for_update(no_key=True, of=("self",)).filter(pk=aftale_id).first()
    if aftale is None:
        raise IkkeFundet("placeringsaftale_ikke_fundet", "Placeringsaftalen findes ikke.")
    return aftale


def _fremsaet(aktoer: Aktoer, aftale: Placeringsaftale, _indhold: Indhold) -> None:
    """What the case says is frozen, and who puts it forward has accepted it."""
    sag = sagen(aktoer, aftale)
    if not sag.er_i_gang:
        raise Konflikt("sag_ikke_i_gang", "Reservationen eller opholdet er slut, så der er intet at aftale.")
    grundlag = laes(aktoer, sag, aftale.gaelder_fra)
    if huller := mangler(aftale.som_felter, grundlag):
        raise UgyldigtInput("aftale_har_huller", f"Aftalen mangler {len(huller)} oplysninger.", huller)
    aftale.grundlag = grundlag.som_json()
    _accepter(aktoer, aftale)


def _godkend(aktoer: Aktoer, aftale: Placeringsaftale, _indhold: Indhold) -> None:
    """Only what was put forward, and only while the case still says it. It replaces the one before, and the document is ordered."""
    sag = sagen(aktoer, aftale)
    nu_ = laes(aktoer, sag, aftale.gaelder_fra)
    if andet := aendret(Grundlag.af_json(aftale.grundlag), nu_):
        raise Konflikt(
            "aftale_foraeldet",
            f"Siden aftalen blev sendt, er det her ændret: {', '.join(andet)}. Afvis den, så den kan sendes, som det er nu.",
        )
    _accepter(aktoer, aftale)
    afloes(aftale, sag)
    aftale.job = job.bestil(type_=JOBTYPE, parametre={"aftale_id": str(aftale.pk)}, aktoer=aktoer)


def _accepter(aktoer: Aktoer, aftale: Placeringsaftale) -> None:
    part = "kommune" if aktoer.funktion is Funktion.MYNDIGHED else "driftsherre"
    setattr(aftale, f"{part}_accepteret", nu())
    setattr(aftale, f"{part}_rolle", aktoer.rolle_navn)


def aabn(aftale: Placeringsaftale) -> None:
    """Nobody has accepted anything, and nothing is frozen."""
    aftale.grundlag = aftale.kommune_accepteret = aftale.driftsherre_accepteret = None
    aftale.kommune_rolle = aftale.driftsherre_rolle = ""


def _aabn(_aktoer: Aktoer, aftale: Placeringsaftale, _indhold: Indhold) -> None:
    aabn(aftale)


_GOER: Mapping[Udfald, Callable[[Aktoer, Placeringsaftale, Indhold], None]] = {
    Udfald.FREMSAET: _fremsaet,
    Udfald.GODKEND: _godkend,
    Udfald.AFVIS: _aabn,
    Udfald.TRAEK: _aabn,
    Udfald.BORTFALD: _aabn,
    Udfald.OPSIG: opsig,
    Udfald.AFSLUT: afslut,
}
