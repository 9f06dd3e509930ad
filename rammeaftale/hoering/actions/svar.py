"""Answering by a link, without an account: whoever has the key may answer for its recipient, once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction

from faelles.afsender import praeciser
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.tid import idag
from kommuner.personer.noegle import fingeraftryk
from rammeaftale.hoering.filer import Fil, undersoeg
from rammeaftale.hoering.queries import linkets_stand, udkast
from rammeaftale.hoering.regler import Linkstand
from rammeaftale.hoering.soegning import Gennemsoegning, gennemsoeg
from rammeaftale.models import (
    Hoering,
    Hoeringsbemaerkning,
    Hoeringsfil,
    Hoeringsfilindhold,
    Hoeringslink,
    Hoeringssvar,
)

LAENGSTE_BEMAERKNING = 10_000  # characters
FLEST_FILER = 3


@dataclass(frozen=True, slots=True)
class Afgivet:
    """A file as it was sent: `om` is the wording it is about (a Klausuludgave), None the draft as a whole."""

    om: UUID | None
    navn: str
    indhold: bytes


@dataclass(frozen=True, slots=True)
class Besvarelse:
    """An answer as it was sent: text by wording (None: the draft as a whole), files, or that there is nothing to remark."""

    tekster: Mapping[UUID | None, str]
    filer: Sequence[Afgivet] = ()
    ingen_bemaerkninger: bool = False


def afgiv_svar(*, noegle: str, besvarelse: Besvarelse) -> Hoeringssvar:
    """Give the recipient's answer. Raises IkkeFundet for a key nobody has, Konflikt when the link takes no answer (any more),
    and UgyldigtInput with all faults.
    """
    _kraev_aabent(_find(noegle))  # reading files through takes its time: nobody gets to use it with a key that is none
    afgivne = [_laest(afgivet) for afgivet in besvarelse.filer[:FLEST_FILER]]
    with transaction.atomic():
        link = _laas(noegle)
        _kraev_aabent(link)
        praeciser(identitet=f"hoeringslink:{link.pk}")
        hoering = link.modtager.hoering
        if felter := _fejl(hoering, besvarelse, afgivne):
            raise UgyldigtInput("ugyldigt_hoeringssvar", "Svaret er ikke sendt endnu. Ret felterne først.", felter)
        filer = [(afgivet.om, afgivet.fil, afgivet.gennemsoegt) for afgivet in afgivne if afgivet.fil]
        svar = Hoeringssvar.objects.create(link=link, ingen_bemaerkninger=besvarelse.ingen_bemaerkninger)
        _gem(svar, besvarelse, filer)
        publicer("hoering.besvaret", "hoering", hoering.id)
        return svar


def svarets_fejl(hoering: Hoering, besvarelse: Besvarelse) -> dict[str, list[str]]:
    """Everything `afgiv_svar` would refuse an answer for, by the names of its fields; of one that is not ready to be given."""
    return _fejl(hoering, besvarelse, [_laest(afgivet) for afgivet in besvarelse.filer[:FLEST_FILER]])


def _kraev_aabent(link: Hoeringslink) -> None:
    if linkets_stand(link, idag()) is not Linkstand.AABENT:
        raise Konflikt("hoeringslink_lukket", "Linket kan ikke bruges til at svare med længere.")


def _find(noegle: str) -> Hoeringslink:
    fundet = Hoeringslink.objects.filter(noegle_hash=fingeraftryk(noegle)).select_related("modtager__hoering").first()
    if fundet is None or fundet.noteret is None:
        raise IkkeFundet("hoeringslink_ikke_fundet", "Linket findes ikke.")
    return fundet


def _laas(noegle: str) -> Hoeringslink:
    """The link of the key, under its hearing's lock: nobody closes it, nobody withdraws the link and nobody else answers meanwhile."""
    fundet = _find(noegle)
    Hoering.objects.select_for_update(no_key=True).get(pk=fundet.modtager.hoering_id)
    return Hoeringslink.objects.select_related("modtager__hoering__version").get(pk=fundet.pk)


@dataclass(frozen=True, slots=True)
class _Laest:
    """A file that was sent: as it may be kept, with how much of it was searched, or what is wrong with it."""

    om: UUID | None
    fil: Fil | None
    gennemsoegt: Gennemsoegning
    fejl: Sequence[str] = ()


def _laest(afgivet: Afgivet) -> _Laest:
    try:
        fil = undersoeg(afgivet.navn, afgivet.indhold, settings.HOERINGSFIL_MAKS)
        if fejl := cpr_fejl(fil=fil.navn):
            return _Laest(afgivet.om, None, Gennemsoegning.IKKE, fejl["fil"])
        return _Laest(afgivet.om, fil, gennemsoeg(fil))
    except UgyldigtInput as afvist:
        return _Laest(afgivet.om, None, Gennemsoegning.IKKE, afvist.felter["fil"])


def _fejl(hoering: Hoering, besvarelse: Besvarelse, afgivne: Sequence[_Laest]) -> dict[str, list[str]]:
    kendte = {tekst.udgave.pk for tekst in udkast(hoering)}
    felter = _tekstfejl(besvarelse.tekster, kendte)
    for nummer, afgivet in enumerate(afgivne, start=1):
        if afgivet.fejl:
            felter[f"fil_{nummer}"] = list(afgivet.fejl)
        if afgivet.om is not None and afgivet.om not in kendte:
            felter[f"fil_{nummer}"] = ["Filen handler om en klausul, der ikke er i udkastet."]
    if len(besvarelse.filer) > FLEST_FILER:
        felter["fil_1"] = [f"Der kan sendes højst {FLEST_FILER} filer."]
    indhold = bool(besvarelse.filer or any(tekst.strip() for tekst in besvarelse.tekster.values()))
    if besvarelse.ingen_bemaerkninger == indhold:
        besked = "Skriv en bemærkning, vælg en fil, eller sæt kryds ved, at I ingen bemærkninger har."
        felter["ingen_bemaerkninger"] = ["I har også skrevet eller vedlagt noget. Vælg det ene." if indhold else besked]
    return felter


def _tekstfejl(tekster: Mapping[UUID | None, str], kendte: Collection[UUID]) -> dict[str, list[str]]:
    felter: dict[str, list[str]] = {}
    for om, tekst in tekster.items():
        felt = feltnavn(om)
        felter |= cpr_fejl(**{felt: tekst})
        if len(tekst) > LAENGSTE_BEMAERKNING:
            felter[felt] = [f"Skriv højst {LAENGSTE_BEMAERKNING} tegn, eller vedlæg en fil."]
        if om is not None and om not in kendte:
            felter[felt] = ["Klausulen er ikke i udkastet."]
    return felter


def feltnavn(om: UUID | None) -> str:
    """What the remark about a wording is called where it is written."""
    return "generelt" if om is None else f"k_{om.hex}"


def _gem(svar: Hoeringssvar, besvarelse: Besvarelse, filer: Sequence[tuple[UUID | None, Fil, Gennemsoegning]]) -> None:
    """The remarks, one for each wording that something is said or sent about, and the files."""
    tekster = {om: tekst.strip() for om, tekst in besvarelse.tekster.items() if tekst.strip()}
    om_dem = dict.fromkeys([*tekster, *(om for om, *_ in filer)])
    bemaerkninger = {
        om: Hoeringsbemaerkning(svar=svar, udgave_id=om, tekst=tekster.get(om, "").replace("\r\n", "\n"))
        for om in om_dem
    }
    Hoeringsbemaerkning.objects.bulk_create(bemaerkninger.values())
    for om, fil, gennemsoegt in filer:
        raekke = Hoeringsfil.objects.create(
            bemaerkning=bemaerkninger[om],
            navn=fil.navn,
            art=fil.art,
            stoerrelse=len(fil.indhold),
            sha256=fil.sha256,
            gennemsoegt=gennemsoegt,
        )
        Hoeringsfilindhold.objects.create(fil=raekke, indhold=fil.indhold)
