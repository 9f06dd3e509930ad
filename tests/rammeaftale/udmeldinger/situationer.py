"""Central calls the way the secretariat registers them, and answers the way municipalities give them."""

from datetime import date

from freezegun import freeze_time

from faelles.aktoer import Aktoer
from faelles.tid import idag, nu
from rammeaftale.models import (
    Part,
    Rammeaftale,
    Udmelding,
    Udmeldingsfaktum,
    Udmeldingsrapport,
    Udmeldingsrapportfil,
    Udmeldingssvar,
)
from rammeaftale.udmeldinger import actions
from rammeaftale.udmeldinger.actions import Faktumindhold, Svarindhold, Udmeldingsindhold
from rammeaftale.udmeldinger.rapporter import mangel_ved_rapporten
from rammeaftale.udmeldinger.regler import Udmeldingsart
from tests import fabrik
from tilbud.models import Tilbud


def indhold(
    titel: str = "Udviklingshæmmede med dom",
    *,
    modtaget: date | None = None,
    svarfrist: date | None = None,
    url: str = "",
    paamind_dage: int | None = None,
) -> Udmeldingsindhold:
    """What is written of a call, received ten days ago and to be answered in a month."""
    frist = svarfrist or fabrik.om(30)
    return Udmeldingsindhold(titel, "", None, modtaget or fabrik.om(-10), frist, url, paamind_dage)


def udmelding(
    aftale: Rammeaftale,
    titel: str = "Udviklingshæmmede med dom",
    *,
    svarfrist: date | None = None,
    paamind_dage: int | None = None,
) -> Udmelding:
    """A call the agreement's municipalities are to answer."""
    hvem = fabrik.sekretariat(aftale.kkr.navn)
    skrevet = indhold(titel, svarfrist=svarfrist, paamind_dage=paamind_dage)
    return actions.opret(aktoer=hvem, aftale_id=aftale.pk, indhold=skrevet)


def svarindhold(antal: int | None = None, *, plan: str = "Vi køber pladser i fællesskab") -> Svarindhold:
    """What a municipality answers."""
    return Svarindhold(antal, "", "", "", plan)


def part(hvad: Udmelding, navn: str) -> Part:
    """The municipality as party to the call's agreement."""
    return hvad.aftale.parter.get(organisation=fabrik.kommune(navn, i=hvad.aftale.kkr.navn).organisation)


def svaret(hvad: Udmelding, navn: str, antal: int | None = None, *, af: Aktoer | None = None) -> Udmeldingssvar:
    """The secretariat, or somebody else, answers for the municipality."""
    hvem = af or fabrik.sekretariat(hvad.aftale.kkr.navn)
    return actions.svar(aktoer=hvem, udmelding_id=hvad.pk, part_id=part(hvad, navn).pk, indhold=svarindhold(antal))


def sket(
    hvad: Udmelding,
    art: Udmeldingsart,
    *,
    dato: date | None = None,
    tilbud: Tilbud | None = None,
    sidste_dag: date | None = None,
    svarfrist: date | None = None,
) -> Udmeldingsfaktum:
    """Something happened with the call today, or on the day; a report that is sent is ordered that day and made first if none has every answer. A renewed treatment is to be answered in a month unless a day is given."""
    ny_frist = (svarfrist or fabrik.om(30)) if art is Udmeldingsart.FORNYET_BEHANDLING else None
    indholdet = Faktumindhold(art, dato or idag(), tilbud.pk if tilbud else None, sidste_dag, "", "", ny_frist)
    hvem = fabrik.sekretariat(hvad.aftale.kkr.navn)
    if art is Udmeldingsart.RAPPORT_SENDT and mangel_ved_rapporten(hvad):
        with freeze_time(nu() - (idag() - indholdet.dato)):
            med_rapport(hvad)
    return actions.registrer_faktum(aktoer=hvem, udmelding_id=hvad.pk, indhold=indholdet)


def med_rapport(hvad: Udmelding) -> Udmeldingsrapport:
    """A joint report that is made, for its page; what is in it is other tests' business."""
    rapport = actions.bestil_rapport(aktoer=fabrik.sekretariat(hvad.aftale.kkr.navn), udmelding_id=hvad.pk)
    Udmeldingsrapportfil.objects.create(rapport=rapport, pdf=b"%PDF-1.7", sha256="0" * 64)
    return rapport
