"""The secretariat sets focus areas, work and milestones; whoever has a milestone reports of it. The only way they change."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.tid import idag
from rammeaftale.aarshjul.regler import paamindelsesfejl
from rammeaftale.actions.faelles import laas_egen, linkfejl
from rammeaftale.fokus.overtagelse import kan_overtages, kopier
from rammeaftale.fokus.queries import mulige_ansvarlige
from rammeaftale.fokus.regler import Felter, Melding, Ophav, gennemsynsfejl, meldingsfejl, naeste_nummer
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Fokusomraade, Indsats, Klausul, Milepael, Milepaelsmelding, Rammeaftale

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Omraadeindhold:
    """A focus area as somebody writes it."""

    navn: str
    beskrivelse: str
    ophav: Ophav
    klausul_id: UUID | None


@dataclass(frozen=True, slots=True)
class Milepaelsindhold:
    """A milestone as somebody writes it; `paamind_dage` is days ahead, None for no reminders."""

    navn: str
    frist: date
    ansvarlig_id: UUID
    paamind_dage: int | None = None


def opret_omraade(*, aktoer: Aktoer, aftale_id: UUID, indhold: Omraadeindhold) -> Fokusomraade:
    """Add a focus area, as the last one. Raises IkkeFundet, Konflikt when the agreement has lapsed, UgyldigtInput with all faults."""
    _kraev(aktoer)
    with transaction.atomic():
        aftale = _laas(aktoer, aftale_id)
        nummer = naeste_nummer(aftale.fokusomraader.values_list("nummer", flat=True))
        return _gem_omraade(Fokusomraade(aftale=aftale, nummer=nummer), indhold)


def ret_omraade(
    *, aktoer: Aktoer, omraade_id: UUID, indhold: Omraadeindhold, kraev_set: Callable[[], None] = lambda: None
) -> Fokusomraade:
    """Change a focus area; `kraev_set` refuses under the lock what has changed since the caller saw it. Raises as `opret_omraade`."""
    _kraev(aktoer)
    with transaction.atomic():
        omraade = _egen(aktoer, Fokusomraade.objects.select_related("aftale"), omraade_id, _OMRAADE)
        kraev_set()
        return _gem_omraade(omraade, indhold)


def overtag(*, aktoer: Aktoer, aftale_id: UUID, omraade_ider: Collection[UUID]) -> list[Fokusomraade]:
    """Carry these areas of the previous agreement on, with the work still open, to be looked through. Raises as `opret_omraade`."""
    _kraev(aktoer)
    with transaction.atomic():
        aftale = _laas(aktoer, aftale_id)
        mulige = {visning.omraade.pk: visning for visning in kan_overtages(aftale, idag())}
        valgte = [visning for pk, visning in mulige.items() if pk in omraade_ider]
        felter: Felter = {}
        if not valgte or len(valgte) != len(set(omraade_ider)):
            felter["omraader"] = ["Vælg blandt den forrige aftales fokusområder, der har åbne indsatser."]
        taget = set(aftale.fokusomraader.values_list("navn", flat=True))
        if navne := [v.omraade.navn for v in valgte if v.omraade.navn in taget]:
            felter["omraader"] = [f"Aftalen har allerede et fokusområde, der hedder {' og '.join(navne)}."]
        _kraev_ingen(felter, "ugyldigt_fokusomraade", "Fokusområderne kan ikke tages med endnu.")
        nummer = naeste_nummer(aftale.fokusomraader.values_list("nummer", flat=True))
        return kopier(valgte, aftale, nummer, aktoer.organisation_id)


def gennemse(
    *,
    aktoer: Aktoer,
    omraade_id: UUID,
    frister: Mapping[UUID, date],
    kraev_set: Callable[[], None] = lambda: None,
) -> Fokusomraade:
    """Say that an area carried over is looked through, with the day each of its milestones is due; from then on they are reminded of.

    As `ret_omraade`; UgyldigtInput also unless `frister` has every milestone of the area and no other, and Konflikt when it is already.
    """
    _kraev(aktoer)
    with transaction.atomic():
        omraade = _egen(aktoer, Fokusomraade.objects.select_related("aftale"), omraade_id, _OMRAADE)
        if not omraade.gennemgaa:
            raise Konflikt("fokus_er_set_igennem", "Fokusområdet er set igennem. Ret en frist på dens milepæl.")
        kraev_set()
        milepaele = list(Milepael.objects.filter(indsats__fokusomraade=omraade).select_for_update(no_key=True))
        if fejl := gennemsynsfejl({m.pk: m.navn for m in milepaele}, frister):
            raise UgyldigtInput("ugyldigt_gennemsyn", "Fokusområdet er ikke set igennem endnu.", {"frister": fejl})
        for milepael in milepaele:
            if milepael.frist != frister[milepael.pk]:
                milepael.frist = frister[milepael.pk]
                milepael.save(update_fields=["frist"])
        omraade.gennemgaa = False
        omraade.save(update_fields=["gennemgaa"])
        return omraade


def slet_omraade(*, aktoer: Aktoer, omraade_id: UUID) -> None:
    """Take away a focus area nothing is done about yet. Raises IkkeFundet, Konflikt."""
    _kraev(aktoer)
    with transaction.atomic():
        omraade = _egen(aktoer, Fokusomraade.objects.select_related("aftale"), omraade_id, _OMRAADE)
        if omraade.indsatser.exists() or omraade.fortsat_i.exists():
            raise Konflikt(
                "fokus_er_i_brug", "Fokusområdet har indsatser, eller den næste aftale fortsætter det. Fjern det først."
            )
        omraade.delete()


def opret_indsats(*, aktoer: Aktoer, omraade_id: UUID, navn: str, beskrivelse: str) -> Indsats:
    """Add work on a focus area. Raises as `opret_omraade`."""
    _kraev(aktoer)
    with transaction.atomic():
        omraade = _egen(aktoer, Fokusomraade.objects.select_related("aftale"), omraade_id, _OMRAADE)
        return _gem_indsats(Indsats(fokusomraade=omraade), navn, beskrivelse)


def ret_indsats(
    *,
    aktoer: Aktoer,
    indsats_id: UUID,
    navn: str,
    beskrivelse: str,
    kraev_set: Callable[[], None] = lambda: None,
) -> Indsats:
    """Change what the work is called and is about. As `ret_omraade`."""
    _kraev(aktoer)
    with transaction.atomic():
        indsats = _egen(aktoer, _INDSATSER.all(), indsats_id, _INDSATS)
        kraev_set()
        return _gem_indsats(indsats, navn, beskrivelse)


def slet_indsats(*, aktoer: Aktoer, indsats_id: UUID) -> None:
    """Take away work that has no milestones. Raises IkkeFundet, Konflikt."""
    _kraev(aktoer)
    with transaction.atomic():
        indsats = _egen(aktoer, _INDSATSER.all(), indsats_id, _INDSATS)
        if indsats.milepaele.exists():
            raise Konflikt("fokus_er_i_brug", "Indsatsen har milepæle. Fjern dem først.")
        indsats.delete()


def opret_milepael(*, aktoer: Aktoer, indsats_id: UUID, indhold: Milepaelsindhold) -> Milepael:
    """Add a milestone. Raises as `opret_omraade`."""
    _kraev(aktoer)
    with transaction.atomic():
        indsats = _egen(aktoer, _INDSATSER.all(), indsats_id, _INDSATS)
        return _gem_milepael(Milepael(indsats=indsats), indhold)


def ret_milepael(
    *, aktoer: Aktoer, milepael_id: UUID, indhold: Milepaelsindhold, kraev_set: Callable[[], None] = lambda: None
) -> Milepael:
    """Change a milestone; once it has been reported of, it stays with the one who did. As `ret_omraade`."""
    _kraev(aktoer)
    with transaction.atomic():
        milepael = _egen(aktoer, _MILEPAELE.all(), milepael_id, _MILEPAEL)
        kraev_set()
        if milepael.ansvarlig_id != indhold.ansvarlig_id and milepael.meldinger.exists():
            raise Konflikt("fokus_er_i_brug", "Milepælen er meldt om, så den ansvarlige ligger fast. Opret en ny.")
        return _gem_milepael(milepael, indhold)


def slet_milepael(*, aktoer: Aktoer, milepael_id: UUID) -> None:
    """Take away a milestone nobody has reported of. Raises IkkeFundet, Konflikt."""
    _kraev(aktoer)
    with transaction.atomic():
        milepael = _egen(aktoer, _MILEPAELE.all(), milepael_id, _MILEPAEL)
        if milepael.meldinger.exists():
            raise Konflikt("fokus_er_i_brug", "Milepælen er meldt om. Meld den opgivet i stedet.")
        milepael.delete()


def meld(*, aktoer: Aktoer, milepael_id: UUID, melding: Melding) -> Milepaelsmelding:
    """Report of a milestone: the secretariat, or officials of the party that has it. Rows are only added; the last one counts.

    Raises IkkeFundet, IngenAdgang, Konflikt when the agreement has lapsed, UgyldigtInput with all faults.
    """
    aktoer.kraev(Rettighed.FOKUS_SKRIV)
    with transaction.atomic():
        milepael = _meldbar(aktoer, milepael_id)
        _kraev_levende(milepael.indsats.fokusomraade.aftale)
        skrevet = Melding(melding.stand, melding.dato, melding.bemaerkning.strip(), melding.dokumentation_url.strip())
        felter = meldingsfejl(skrevet, idag())
        if skrevet.dokumentation_url and (fejl := linkfejl(skrevet.dokumentation_url)):
            felter["dokumentation_url"] = [fejl]
        felter |= cpr_fejl(bemaerkning=skrevet.bemaerkning, dokumentation_url=skrevet.dokumentation_url)
        if felter:
            raise UgyldigtInput("ugyldig_milepaelsmelding", "Meldingen kan ikke gemmes endnu.", felter)
        publicer("milepael.meldt", "milepael", milepael.pk)
        return Milepaelsmelding.objects.create(
            milepael=milepael,
            stand=skrevet.stand,
            dato=skrevet.dato,
            tekst=skrevet.bemaerkning,
            dokumentation_url=skrevet.dokumentation_url,
            registreret_af_id=aktoer.organisation_id,
            identitet=aktoer.identitet,
        )


def _meldbar(aktoer: Aktoer, milepael_id: UUID) -> Milepael:
    """The milestone, locked, if the actor may report of it. Raises IkkeFundet, the same for one that is somebody else's."""
    milepael = _MILEPAELE.select_for_update(no_key=True, of=("self",)).filter(pk=milepael_id).first()
    if milepael is None or not maa_melde(aktoer, milepael):
        raise _ikke_fundet(_MILEPAEL)
    return milepael


def maa_melde(aktoer: Aktoer, milepael: Milepael) -> bool:
    """Whether the actor speaks for the one who has the milestone, or is the agreement's secretariat. Needs `aftale.kkr` loaded."""
    sekretariat = milepael.indsats.fokusomraade.aftale.kkr.sekretariat_id
    egen = aktoer.organisation_id
    hvem = egen == milepael.ansvarlig_id or (aktoer.funktion is Funktion.SEKRETARIAT and egen == sekretariat)
    return hvem and aktoer.maa(Rettighed.FOKUS_SKRIV)


_OMRAADE = ("fokusomraade_ikke_fundet", "Fokusområdet findes ikke.", "aftale")
_INDSATS = ("indsats_ikke_fundet", "Indsatsen findes ikke.", "fokusomraade__aftale")
_MILEPAEL = ("milepael_ikke_fundet", "Milepælen findes ikke.", "indsats__fokusomraade__aftale")
_INDSATSER = Indsats.objects.select_related("fokusomraade__aftale__kkr")
_MILEPAELE = Milepael.objects.select_related("indsats__fokusomraade__aftale__kkr")


def _kraev(aktoer: Aktoer) -> None:
    aktoer.kraev(Rettighed.FOKUS_SKRIV, Funktion.SEKRETARIAT)


def _ikke_fundet(art: tuple[str, str, str]) -> IkkeFundet:
    kode, besked, _ = art
    return IkkeFundet(kode, besked)


def _egen(aktoer: Aktoer, fra: QuerySet[M], pk: UUID, art: tuple[str, str, str]) -> M:
    """A row of an agreement the actor's secretariat keeps, locked under that agreement's lock: it may be reported of at this moment."""
    sti = art[2]
    aftale_id = fra.filter(pk=pk, **{f"{sti}__kkr__sekretariat": aktoer.organisation_id}).values_list(sti, flat=True)
    fundet = aftale_id.first()
    if fundet is None:
        raise _ikke_fundet(art)
    _laas(aktoer, fundet)
    raekke = fra.filter(pk=pk).select_for_update(no_key=True, of=("self",)).first()
    if raekke is None:
        raise _ikke_fundet(art)
    return raekke


def _laas(aktoer: Aktoer, aftale_id: UUID) -> Rammeaftale:
    aftale = laas_egen(aktoer, aftale_id)
    _kraev_levende(aftale)
    return aftale


def _kraev_levende(aftale: Rammeaftale) -> None:
    if aftale.tilstand == Aftaletilstand.BORTFALDET:
        raise Konflikt("aftale_bortfaldet", f"{aftale.titel} er bortfaldet, så der arbejdes ikke mere med den.")


def _gem_omraade(omraade: Fokusomraade, indhold: Omraadeindhold) -> Fokusomraade:
    navn, beskrivelse = indhold.navn.strip(), indhold.beskrivelse.strip()
    felter: Felter = {f: list(b) for f, b in cpr_fejl(navn=navn, beskrivelse=beskrivelse).items()}
    andre = Fokusomraade.objects.filter(aftale=omraade.aftale_id).exclude(pk=omraade.pk)
    _navnefejl(felter, navn, andre.filter(navn=navn), "Aftalen har allerede et fokusområde med det navn.")
    egne = Klausul.objects.filter(dokumentdel__aftale=omraade.aftale_id)
    if indhold.klausul_id is not None and not egne.filter(pk=indhold.klausul_id).exists():
        felter["klausul_id"] = ["Vælg en af aftalens klausuler."]
    _kraev_ingen(felter, "ugyldigt_fokusomraade", "Fokusområdet kan ikke gemmes endnu.")
    omraade.navn, omraade.beskrivelse, omraade.ophav = navn, beskrivelse, indhold.ophav
    omraade.klausul_id = indhold.klausul_id
    omraade.save()
    return omraade


def _gem_indsats(indsats: Indsats, navn: str, beskrivelse: str) -> Indsats:
    navn, beskrivelse = navn.strip(), beskrivelse.strip()
    felter: Felter = {f: list(b) for f, b in cpr_fejl(navn=navn, beskrivelse=beskrivelse).items()}
    andre = Indsats.objects.filter(fokusomraade=indsats.fokusomraade_id).exclude(pk=indsats.pk)
    _navnefejl(felter, navn, andre.filter(navn=navn), "Fokusområdet har allerede en indsats med det navn.")
    _kraev_ingen(felter, "ugyldig_indsats", "Indsatsen kan ikke gemmes endnu.")
    indsats.navn, indsats.beskrivelse = navn, beskrivelse
    indsats.save()
    return indsats


def _gem_milepael(milepael: Milepael, indhold: Milepaelsindhold) -> Milepael:
    navn = indhold.navn.strip()
    felter: Felter = {f: list(b) for f, b in cpr_fejl(navn=navn).items()}
    andre = Milepael.objects.filter(indsats=milepael.indsats_id).exclude(pk=milepael.pk)
    _navnefejl(felter, navn, andre.filter(navn=navn), "Indsatsen har allerede en milepæl med det navn.")
    aftale = milepael.indsats.fokusomraade.aftale
    if not mulige_ansvarlige(aftale).filter(pk=indhold.ansvarlig_id).exists():
        felter["ansvarlig_id"] = ["Vælg en af aftalens parter eller sekretariatet."]
    if fejl := paamindelsesfejl(indhold.paamind_dage):
        felter["paamind_dage"] = fejl
    _kraev_ingen(felter, "ugyldig_milepael", "Milepælen kan ikke gemmes endnu.")
    milepael.navn, milepael.frist, milepael.ansvarlig_id = navn, indhold.frist, indhold.ansvarlig_id
    milepael.paamind_dage = indhold.paamind_dage
    milepael.save()
    return milepael


def _navnefejl(felter: Felter, navn: str, samme: QuerySet[M], besked: str) -> None:
    if not navn:
        felter["navn"] = ["Skriv et navn."]
    elif samme.exists():
        felter["navn"] = [besked]


def _kraev_ingen(felter: Mapping[str, list[str]], kode: str, besked: str) -> None:
    if felter:
        raise UgyldigtInput(kode, besked, felter)
