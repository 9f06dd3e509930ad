"""Reading central calls: where each stands, now or as it was at an instant."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.timezone import localtime

from faelles.aktoer import Aktoer, Funktion, Rettighed
from kommuner.models import Organisationsart
from rammeaftale.livscyklus import afgoerelsesdag
from rammeaftale.models import (
    Part,
    Rammeaftale,
    Udmelding,
    Udmeldingsfaktum,
    Udmeldingssvar,
)
from rammeaftale.udmeldinger.regler import (
    UDMELDINGSSTAND_NAVN,
    Faktum,
    Runde,
    Udmeldingsart,
    Udmeldingsstand,
    gaelder,
    runde,
    stand,
)


@dataclass(frozen=True, slots=True)
class Udmeldingsvisning:
    """A call as it stands on a day; `svaret` of `parter` municipalities have answered in its `runde`. `gaeldende` are the facts that are not annulled, with
    the call or for themselves.
    """

    udmelding: Udmelding
    stand: Udmeldingsstand
    runde: Runde
    svaret: int
    parter: int
    fakta: Sequence[Udmeldingsfaktum]
    gaeldende: Sequence[Udmeldingsfaktum]
    paalaeg: Sequence[Udmeldingsfaktum]

    @property
    def navn(self) -> str:
        """Where it stands, in words."""
        return UDMELDINGSSTAND_NAVN[self.stand]


def synlige(aktoer: Aktoer) -> QuerySet[Udmelding]:
    """The calls of the agreements the actor's organisation is party to or keeps."""
    return Udmelding.objects.filter(aftale__in=Rammeaftale.objects.synlige_for(aktoer).order_by().values("pk"))


def i_brug(udmelding: Udmelding) -> bool:
    """Whether anything rests on the call: an answer, something that happened, a report or a reminder. One statement."""
    haenger_ved = ("svar", "fakta", "rapporter", "paamindelser")
    noget = reduce(or_, (Q(**{f"{navn}__isnull": False}) for navn in haenger_ved))
    return Udmelding.objects.filter(noget, pk=udmelding.pk).exists()


def kommuner_i(aftale: Rammeaftale, dag: date) -> list[Part]:
    """The municipalities that are to answer: the agreement's own of the day, in Danish order."""
    paa = afgoerelsesdag(aftale.aftaleperiode, dag)
    parter = Part.objects.filter(aftale=aftale, periode__contains=paa, organisation__art=Organisationsart.KOMMUNE)
    return list(parter.select_related("organisation").order_by("organisation__navn_sortering", "id"))


def vis(
    aftale: Rammeaftale, udmeldinger: QuerySet[Udmelding], dag: date, indtil: datetime | None = None
) -> list[Udmeldingsvisning]:
    """Calls of one agreement as they stand on the day, in four statements; `indtil` as in `talte`."""
    parter = {part.pk for part in kommuner_i(aftale, dag)}
    fakta = Udmeldingsfaktum.objects.select_related("tilbud", "annullering__registreret_af")
    svar = Udmeldingssvar.objects.order_by().only("udmelding", "part", "registreret")
    alle = udmeldinger.select_related("maalgruppe").prefetch_related(
        Prefetch("fakta", queryset=fakta.order_by("registreret", "id")), Prefetch("svar", queryset=svar)
    )
    return [_vis(udmelding, parter, dag, indtil) for udmelding in alle]


def _vis(udmelding: Udmelding, parter: set[UUID], dag: date, indtil: datetime | None) -> Udmeldingsvisning:
    fakta = list(udmelding.fakta.all())
    gaeldende_fakta = [] if udmelding.annulleret else talte(fakta, indtil)
    sket = [som_faktum(f) for f in gaeldende_fakta]
    nu, om_svar = stand(sket, udmelding.svarfrist, dag), runde(sket, udmelding.svarfrist, dag)
    givet = [svar for svar in udmelding.svar.all() if indtil is None or svar.registreret <= indtil]
    svaret = {svar.part_id for svar in givet if om_svar.besvaret(dagen(svar))}
    return Udmeldingsvisning(
        udmelding=udmelding,
        stand=Udmeldingsstand.ANNULLERET if udmelding.annulleret else nu,
        runde=om_svar,
        svaret=len(parter & svaret),
        parter=len(parter),
        fakta=fakta,
        gaeldende=gaeldende_fakta,
        paalaeg=[f for f in gaeldende_fakta if gaelder(som_faktum(f), dag)],
    )


def talte(fakta: Iterable[Udmeldingsfaktum], indtil: datetime | None) -> list[Udmeldingsfaktum]:
    """Those that count, or counted at the instant `indtil`. Needs `annullering` loaded."""
    if indtil is None:
        return [f for f in fakta if not hasattr(f, "annullering")]
    sket = [f for f in fakta if f.registreret <= indtil]
    return [f for f in sket if not hasattr(f, "annullering") or f.annullering.registreret > indtil]


def som_faktum(faktum: Udmeldingsfaktum) -> Faktum:
    """The row as the rules know it."""
    return Faktum(Udmeldingsart(faktum.art), faktum.dato, faktum.sidste_dag, faktum.svarfrist)


def dagen(svar: Udmeldingssvar) -> date:
    """The day an answer was given."""
    return localtime(svar.registreret).date()


def kommune_i(aftale: Rammeaftale, part_id: UUID, dag: date) -> Part | None:
    """One of those that are to answer."""
    return next((part for part in kommuner_i(aftale, dag) if part.pk == part_id), None)


def er_sekretariat(aktoer: Aktoer, aftale: Rammeaftale) -> bool:
    """Whether the actor is the agreement's secretariat. Needs `kkr` loaded."""
    return aktoer.funktion is Funktion.SEKRETARIAT and aftale.kkr.sekretariat_id == aktoer.organisation_id


def maa_svare(aktoer: Aktoer, aftale: Rammeaftale, part: Part) -> bool:
    """Whether the actor speaks for the municipality as authority, or is the agreement's secretariat, which may write what it was sent."""
    egen = aktoer.funktion is Funktion.MYNDIGHED and part.organisation_id == aktoer.organisation_id
    return (egen or er_sekretariat(aktoer, aftale)) and aktoer.maa(Rettighed.UDMELDINGER_SKRIV)


def er_afsendt(udmelding: Udmelding, dag: date) -> bool:
    """Whether the joint report on the call is sent, so that no answer changes any more. One statement."""
    return stand(sket_med(udmelding), udmelding.svarfrist, dag) is Udmeldingsstand.AFSENDT


def sket_med(udmelding: Udmelding, indtil: datetime | None = None) -> list[Faktum]:
    """What has happened with the call, in the order it was registered, and nothing of one that is annulled; `indtil` as in `talte`. One statement."""
    if udmelding.annulleret:
        return []
    fakta = udmelding.fakta.select_related("annullering").order_by("registreret", "id")
    return [som_faktum(f) for f in talte(fakta, indtil)]


HOVED = ("Udmelding", "Målgruppe", "Modtaget", "Svarfrist", "Stand", "Har svaret", "Skal svare", "Gældende pålæg")


def raekker_ud(visninger: Iterable[Udmeldingsvisning]) -> Iterator[Sequence[Any]]:
    """A row for each call."""
    for v in visninger:
        u = v.udmelding
        paalaeg = "; ".join(str(f.tilbud) for f in v.paalaeg)
        gruppe = u.maalgruppe.term if u.maalgruppe else ""
        yield (u.titel, gruppe, u.modtaget, v.runde.frist, v.navn, v.svaret, v.parter, paalaeg)
