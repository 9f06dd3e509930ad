"""Reading central calls: where each stands, what the municipalities have answered, and what may be shown of their counts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.diskretion import skjul_raekker
from faelles.fejl import DomaeneFejl
from kommuner.models import Organisationsart
from rammeaftale.livscyklus import afgoerelsesdag
from rammeaftale.models import Part, Rammeaftale, Udmelding, Udmeldingsfaktum, Udmeldingssvar
from rammeaftale.udmeldinger.regler import (
    UDMELDINGSSTAND_NAVN,
    Faktum,
    Udmeldingsart,
    Udmeldingsstand,
    gaelder,
    stand,
)
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende


@dataclass(frozen=True, slots=True)
class Udmeldingsvisning:
    """A call as it stands on a day; `svaret` of `parter` municipalities have answered."""

    udmelding: Udmelding
    stand: Udmeldingsstand
    svaret: int
    parter: int
    fakta: Sequence[Udmeldingsfaktum]
    paalaeg: Sequence[Udmeldingsfaktum]

    @property
    def navn(self) -> str:
        """Where it stands, in words."""
        return UDMELDINGSSTAND_NAVN[self.stand]


@dataclass(frozen=True, slots=True)
class Svarvisning:
    """A municipality and what it answered last. `antal` is its count in words, hidden where it must be."""

    part: Part
    svar: Udmeldingssvar | None
    antal: str


@dataclass(frozen=True, slots=True)
class Svaroversigt:
    """Every municipality's answer, and how many citizens there are in all, in words."""

    svar: Sequence[Svarvisning]
    i_alt: str
    skjult: bool

    @property
    def tekst(self) -> str:
        """The total and what is hidden, as sentences."""
        total = {
            IKKE_OPGJORT: "Ingen kommune har opgjort antallet af borgere.",
            SKJULT: "Det samlede antal borgere er skjult.",
        }.get(self.i_alt, f"I alt {self.i_alt} borgere i de kommuner, der har opgjort det.")
        return f"{total} Små antal er skjult, så ingen kan kendes på dem." if self.skjult else total


SKJULT = "Skjult"
IKKE_OPGJORT = "Ikke opgjort"


def synlige(aktoer: Aktoer) -> QuerySet[Udmelding]:
    """The calls of the agreements the actor's organisation is party to or keeps."""
    return Udmelding.objects.filter(aftale__in=Rammeaftale.objects.synlige_for(aktoer).order_by().values("pk"))


def kommuner_i(aftale: Rammeaftale, dag: date) -> list[Part]:
    """The municipalities that are to answer: the agreement's own of the day, in Danish order."""
    paa = afgoerelsesdag(aftale.aftaleperiode, dag)
    parter = Part.objects.filter(aftale=aftale, periode__contains=paa, organisation__art=Organisationsart.KOMMUNE)
    return list(parter.select_related("organisation").order_by("organisation__navn_sortering", "id"))


def vis(aftale: Rammeaftale, udmeldinger: QuerySet[Udmelding], dag: date) -> list[Udmeldingsvisning]:
    """Calls of one agreement as they stand on the day, in four statements."""
    parter = {part.pk for part in kommuner_i(aftale, dag)}
    fakta = Udmeldingsfaktum.objects.select_related("tilbud", "registreret_af").order_by("registreret", "id")
    svar = Udmeldingssvar.objects.order_by().only("udmelding", "part")
    alle = udmeldinger.select_related("maalgruppe").prefetch_related(
        Prefetch("fakta", queryset=fakta), Prefetch("svar", queryset=svar)
    )
    return [_vis(udmelding, parter, dag) for udmelding in alle]


def _vis(udmelding: Udmelding, parter: set[UUID], dag: date) -> Udmeldingsvisning:
    fakta = list(udmelding.fakta.all())
    return Udmeldingsvisning(
        udmelding=udmelding,
        stand=stand([som_faktum(f) for f in fakta], udmelding.svarfrist, dag),
        svaret=len(parter & {svar.part_id for svar in udmelding.svar.all()}),
        parter=len(parter),
        fakta=fakta,
        paalaeg=[f for f in fakta if gaelder(som_faktum(f), dag)],
    )


def som_faktum(faktum: Udmeldingsfaktum) -> Faktum:
    """The row as the rules know it."""
    return Faktum(Udmeldingsart(faktum.art), faktum.dato, faktum.sidste_dag)


def er_sekretariat(aktoer: Aktoer, aftale: Rammeaftale) -> bool:
    """Whether the actor is the agreement's secretariat. Needs `kkr` loaded."""
    return aktoer.funktion is Funktion.SEKRETARIAT and aftale.kkr.sekretariat_id == aktoer.organisation_id


def maa_svare(aktoer: Aktoer, aftale: Rammeaftale, part: Part) -> bool:
    """Whether the actor speaks for the municipality, or is the agreement's secretariat, which may write what it was sent."""
    hvem = part.organisation_id == aktoer.organisation_id or er_sekretariat(aktoer, aftale)
    return hvem and aktoer.maa(Rettighed.KOMMENTARER_SKRIV)


def seneste_svar(udmelding: Udmelding) -> dict[UUID, Udmeldingssvar]:
    """What each municipality answered last, by party."""
    alle = udmelding.svar.select_related("registreret_af").order_by("registreret", "id")
    return {svar.part_id: svar for svar in alle}


def svaroversigt(aktoer: Aktoer, udmelding: Udmelding, dag: date) -> Svaroversigt:
    """Every municipality's answer as the actor may see it: counts are hidden as the term `diskretion_graense` of the day says.

    The secretariat, which writes the joint report, sees all, and a municipality its own. Without the term nobody else sees any.
    """
    aftale = udmelding.aftale
    parter, svar = kommuner_i(aftale, dag), seneste_svar(udmelding)
    talte = {part.pk: svar[part.pk].antal_borgere for part in parter if part.pk in svar}
    kendte = {pk: antal for pk, antal in talte.items() if antal is not None}
    alt = er_sekretariat(aktoer, aftale)
    skjulte, uden_sum = (frozenset[UUID](), False) if alt else _skjulte(aftale, kendte, dag)

    def antal(part: Part) -> str:
        if part.pk not in talte:
            return ""
        if part.pk not in kendte:
            return IKKE_OPGJORT
        return SKJULT if part.pk in skjulte and part.organisation_id != aktoer.organisation_id else str(kendte[part.pk])

    i_alt = SKJULT if uden_sum else str(sum(kendte.values()))
    return Svaroversigt(
        [Svarvisning(part, svar.get(part.pk), antal(part)) for part in parter],
        i_alt if kendte else IKKE_OPGJORT,
        bool(skjulte) or uden_sum,
    )


def _skjulte(aftale: Rammeaftale, kendte: Mapping[UUID, int], dag: date) -> tuple[frozenset[UUID], bool]:
    """Which counts are hidden, and whether their sum is."""
    try:
        graense = gaeldende(aftale.kkr_id, dag).heltal(Noegle.DISKRETION_GRAENSE)
    except DomaeneFejl:
        return frozenset(kendte), True
    skjult = skjul_raekker(kendte, graense)
    return skjult.raekker, skjult.i_alt


HOVED = ("Udmelding", "Målgruppe", "Modtaget", "Svarfrist", "Stand", "Har svaret", "Skal svare", "Gældende pålæg")


def raekker_ud(visninger: Iterable[Udmeldingsvisning]) -> Iterator[Sequence[Any]]:
    """A row for each call."""
    for v in visninger:
        u = v.udmelding
        paalaeg = "; ".join(str(f.tilbud) for f in v.paalaeg)
        gruppe = u.maalgruppe.term if u.maalgruppe else ""
        yield (u.titel, gruppe, u.modtaget, u.svarfrist, v.navn, v.svaret, v.parter, paalaeg)


SVARHOVED = (
    "Kommune",
    "Svaret",
    "Antal borgere",
    "Tilbud, der bruges",
    "Viden og erfaringer",
    "Det, der mangler",
    "Plan",
)


def svarraekker_ud(oversigt: Svaroversigt) -> Iterator[Sequence[Any]]:
    """A row for each municipality, with its count as the actor may see it, and the total."""
    for v in oversigt.svar:
        svar = v.svar
        tekst = (svar.tilbud, svar.viden, svar.mangler, svar.plan) if svar else ("", "", "", "")
        yield (v.part.organisation.navn, svar.registreret.date() if svar else None, v.antal, *tekst)
    yield ("I alt", None, oversigt.i_alt, "", "", "", "")
