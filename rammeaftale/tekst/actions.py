"""Writing the text: clauses and comments. Only a draft is written on, and nobody overwrites what she has not seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from rammeaftale.actions.faelles import laas_egen
from rammeaftale.models import (
    Klausul,
    Klausulkommentar,
    Klausuludgave,
    Klausulvilkaar,
    Rammeaftale,
    Version,
)
from rammeaftale.queries import seneste_version
from rammeaftale.tekst.dele import delen, kraev_kladde
from rammeaftale.tekst.gaeldende import kan_aendres, ophaevet
from rammeaftale.tekst.koder import kendte_koder
from rammeaftale.tekst.queries import Klausultekst, genoptages, klausul, klausuler, saettes_af_andre
from vilkaar.noegler import NOEGLER, Noegle

LAENGSTE_TEKST = 20_000  # characters of a clause


@dataclass(frozen=True, slots=True)
class Klausulindhold:
    """What a clause shall say, as somebody writes it."""

    nummer: str
    overskrift: str
    tekst: str


def opret_klausul(
    *,
    aktoer: Aktoer,
    aftale_id: UUID,
    del_id: UUID,
    indhold: Klausulindhold,
    aendrer: UUID | None = None,
) -> Klausuludgave:
    """Add a clause to the draft; in an allonge `aendrer` is the clause it amends: of the agreement, or one an earlier allonge added.

    Raises IkkeFundet, UgyldigtInput, or Konflikt when the agreement is no draft.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        aftale, version = laas_kladde(aktoer, aftale_id)
        ny = Klausul(dokumentdel=delen(aftale, del_id), forgaenger=_aendret(aftale, aendrer))
        _kraev_indhold(version, indhold, ny)
        ny.save(force_insert=True)
        return _gem(aktoer, version, ny, 1, indhold, {})


def ophaev_klausul(*, aktoer: Aktoer, aftale_id: UUID, del_id: UUID, ophaeves: UUID) -> Klausuludgave:
    """Let the draft of an allonge take a clause out of the agreement, with the terms that one sets; `lad_udgaa` undoes it.

    Raises IkkeFundet, UgyldigtInput when the allonge amends or repeals it already, or Konflikt when the allonge is no draft.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        aftale, version = laas_kladde(aktoer, aftale_id)
        ny = Klausul(dokumentdel=delen(aftale, del_id), forgaenger=_aendret(aftale, ophaeves))
        gaar = ophaevet(version, ny)
        if gaar is None:
            raise IkkeFundet("klausul_ikke_fundet", "Klausulen findes ikke i den aftale, allongen ændrer.")
        naevnt = next((t for t in klausuler(version) if t.udgave.klausul.forgaenger_id == ophaeves), None)
        if naevnt:
            hvad = "ophæver den allerede" if naevnt.udgave.ophaever else f"ændrer den i {naevnt.navn}"
            raise UgyldigtInput("ugyldig_tekst", "Klausulen kan ikke ophæves.", {"ophaeves": [f"Allongen {hvad}."]})
        ny.save(force_insert=True)
        tekst = f"{gaar.navn} ophæves. Klausulen og de vilkår, den fastsætter, er ikke længere en del af aftalen."
        indhold = Klausulindhold(gaar.nummer, gaar.udgave.overskrift, tekst)
        return _gem(aktoer, version, ny, 1, indhold, {}, ophaever=True)


def ret_klausul(
    *, aktoer: Aktoer, aftale_id: UUID, klausul_id: UUID, laest: int, indhold: Klausulindhold
) -> Klausuludgave:
    """Save what the clause shall say; that it has been looked through follows. `laest` is the `udgave` the writer began from.

    One that was let go comes back with the terms it last set, except those another clause sets now.
    Raises IkkeFundet, UgyldigtInput, or Konflikt (`rettet_af_anden`) when somebody has saved since: nothing is stored, and the
    caller shows the writer both.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        _, version = laas_kladde(aktoer, aftale_id)
        foer = _skrives(version, klausul_id)
        _kraev_laest(foer, laest)
        _kraev_indhold(version, indhold, foer.udgave.klausul)
        vilkaar = genoptages(version, foer).vilkaar if foer.udgave.udgaar else foer.vilkaar
        return _gem(aktoer, version, foer.udgave.klausul, laest + 1, indhold, vilkaar)


def saet_vilkaar(
    *, aktoer: Aktoer, aftale_id: UUID, klausul_id: UUID, laest: int, vilkaar: Mapping[Noegle, str]
) -> Klausuludgave:
    """Save the terms the clause sets, all of them; those left out are no longer set by it.

    Raises IkkeFundet, UgyldigtInput (each fault at its key: value out of bounds, or set by another clause), or Konflikt as `ret_klausul`.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        _, version = laas_kladde(aktoer, aftale_id)
        foer = _skrives(version, klausul_id)
        _kraev_laest(foer, laest)
        _kraev_vilkaar(version, klausul_id, vilkaar)
        indhold = Klausulindhold(foer.udgave.nummer, foer.udgave.overskrift, foer.udgave.tekst)
        tekster = {noegle.value: vaerdi for noegle, vaerdi in vilkaar.items()}
        return _gem(aktoer, version, foer.udgave.klausul, laest + 1, indhold, tekster)


def lad_udgaa(*, aktoer: Aktoer, aftale_id: UUID, klausul_id: UUID, laest: int) -> Klausuludgave:
    """Take the clause, and the terms it sets, or what it repeals, out of the version; what it said is kept. Raises as `ret_klausul`."""
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        _, version = laas_kladde(aktoer, aftale_id)
        foer = klausul(version, klausul_id)
        _kraev_laest(foer, laest)
        indhold = Klausulindhold(foer.udgave.nummer, foer.udgave.overskrift, foer.udgave.tekst)
        return _gem(
            aktoer, version, foer.udgave.klausul, laest + 1, indhold, {}, udgaar=True, ophaever=foer.udgave.ophaever
        )


def kommenter(*, aktoer: Aktoer, aftale_id: UUID, klausul_id: UUID, tekst: str) -> Klausulkommentar:
    """Say something about a clause of the draft; every party sees it. Raises IkkeFundet, UgyldigtInput, or Konflikt when it is no draft."""
    aktoer.kraev(Rettighed.KOMMENTARER_SKRIV)
    with transaction.atomic():
        aftale = Rammeaftale.objects.synlige_for(aktoer).filter(pk=aftale_id).first()
        version = seneste_version(aftale) if aftale else None
        if aftale is None or version is None:
            raise IkkeFundet("aftale_ikke_fundet", "Rammeaftalen findes ikke.")
        kraev_kladde(aftale)
        klausul(version, klausul_id)
        felter = dict(cpr_fejl(tekst=tekst))
        if not tekst.strip():
            felter["tekst"] = ["Skriv en kommentar."]
        if felter:
            raise UgyldigtInput("ugyldig_tekst", "Kommentaren kan ikke gemmes.", felter)
        return Klausulkommentar.objects.create(
            klausul_id=klausul_id,
            version=version,
            tekst=tekst.strip(),
            organisation_id=aktoer.organisation_id,
            rolle_navn=aktoer.rolle_navn,
            identitet=aktoer.identitet,
        )


def laas_kladde(aktoer: Aktoer, aftale_id: UUID) -> tuple[Rammeaftale, Version]:
    """The agreement under lock, so that two savings come one after the other, and the version that is written on."""
    aftale = laas_egen(aktoer, aftale_id)
    kraev_kladde(aftale)
    version = seneste_version(aftale)
    if version is None:
        raise Konflikt("ingen_version", f"{aftale.titel} har ingen version.")
    return aftale, version


def _kraev_laest(foer: Klausultekst, laest: int) -> None:
    if foer.udgave.udgave != laest:
        raise Konflikt(
            "rettet_af_anden",
            f"{foer.navn} er rettet af en anden, siden du åbnede den. Intet er gemt; se forskellen, og gem igen.",
        )


def _skrives(version: Version, klausul_id: UUID) -> Klausultekst:
    """The clause, which is one people write. Raises IkkeFundet, or Konflikt for a repeal, which says the same always."""
    fundet = klausul(version, klausul_id)
    if fundet.udgave.ophaever:
        raise Konflikt(
            "klausul_ophaeves",
            f"{fundet.navn} ophæves af allongen, så der er ingen tekst eller vilkår at skrive. Fortryd ophævelsen først.",
        )
    return fundet


def _aendret(aftale: Rammeaftale, aendrer: UUID | None) -> Klausul | None:
    if aendrer is None:
        return None
    fundet = next((en.klausul for en in kan_aendres(aftale) if en.klausul.pk == aendrer), None)
    if fundet is None:
        raise IkkeFundet("klausul_ikke_fundet", "Klausulen findes ikke i den aftale, allongen ændrer.")
    return fundet


def _kraev_indhold(version: Version, indhold: Klausulindhold, hvilken: Klausul) -> None:
    felter = dict(cpr_fejl(nummer=indhold.nummer, overskrift=indhold.overskrift, tekst=indhold.tekst))
    if not indhold.nummer.strip():
        felter["nummer"] = ["Skriv et nummer, f.eks. 3.2."]
    if not indhold.overskrift.strip():
        felter["overskrift"] = ["Skriv en overskrift."]
    if len(indhold.tekst) > LAENGSTE_TEKST:
        felter["tekst"] = [f"Teksten må højst være {LAENGSTE_TEKST} tegn; del den i flere klausuler."]
    if taget := _taget(version, hvilken, indhold.nummer.strip()):
        felter["nummer"] = [taget]
    if felter:
        raise UgyldigtInput("ugyldig_tekst", "Klausulen kan ikke gemmes, før felterne er rettet.", felter)


def _taget(version: Version, hvilken: Klausul, nummer: str) -> str:
    """Whose the number is already, or nothing. A clause an allonge adds gets its number in the agreement; one that amends keeps that one's."""
    egen = next((t.navn for t in klausuler(version) if t.id != hvilken.pk and t.nummer == nummer), None)
    if egen:
        return f"Nummeret bruges af {egen}."
    andres = [] if hvilken.forgaenger_id else kan_aendres(version.aftale)
    i_aftalen = next((en.tekst.navn for en in andres if en.tekst.nummer == nummer), None)
    if i_aftalen:
        return f"I aftalen bruges nummeret af {i_aftalen}. Giv klausulen et andet, eller vælg, at den ændrer den."
    return ""


def _kraev_vilkaar(version: Version, klausul_id: UUID, vilkaar: Mapping[Noegle, str]) -> None:
    andre = saettes_af_andre(version, klausul_id)
    kendte = kendte_koder()
    felter: dict[str, list[str]] = {}
    for noegle, vaerdi in vilkaar.items():
        if noegle in andre:
            felter[noegle] = [f"{NOEGLER[noegle].navn} er fastsat i {andre[noegle]}; et vilkår står ét sted."]
            continue
        try:
            NOEGLER[noegle].kraev(noegle, vaerdi, kendte)
        except UgyldigtInput as fejl:
            felter[noegle] = [fejl.besked]
    if felter:
        raise UgyldigtInput("ugyldig_tekst", "Vilkårene kan ikke gemmes, før felterne er rettet.", felter)


def _gem(
    aktoer: Aktoer,
    version: Version,
    hvilken: Klausul,
    udgave: int,
    indhold: Klausulindhold,
    vilkaar: Mapping[str, str],
    *,
    udgaar: bool = False,
    ophaever: bool = False,
) -> Klausuludgave:
    ny = Klausuludgave.objects.create(
        klausul=hvilken,
        version=version,
        udgave=udgave,
        nummer=indhold.nummer.strip(),
        overskrift=indhold.overskrift.strip(),
        tekst=indhold.tekst.replace("\r\n", "\n").strip(),
        udgaar=udgaar,
        ophaever=ophaever,
        organisation_id=aktoer.organisation_id,
        identitet=aktoer.identitet,
    )
    Klausulvilkaar.objects.bulk_create(
        Klausulvilkaar(udgave=ny, noegle=noegle, vaerdi=vaerdi.strip()) for noegle, vaerdi in vilkaar.items()
    )
    publicer("klausul.rettet", "klausul", hvilken.id)
    return ny
