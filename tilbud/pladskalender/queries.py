"""Reading for the operator's place calendar: its offers, the calendar of one, and what is known of a chosen place on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from faelles.aktoer import Aktoer
from faelles.tid import KOEBENHAVN
from tilbud.bekraeftelser.queries import vises
from tilbud.belaegning.kalender import STATUS, Straekning
from tilbud.belaegning.loft import loft
from tilbud.belaegning.models import Optagelsesart, Pladslukning
from tilbud.belaegning.queries import kalendere, straekninger_for
from tilbud.friskhed import Friskhed
from tilbud.models import Afdeling, Plads, Tilbud
from tilbud.queries import Stand, stande, udloebne_godkendelser

LEDIGE = frozenset({"ledig", "ukendt"})
FRIE = LEDIGE | {"ikke_godkendt"}
TAGNE = frozenset({STATUS[Optagelsesart.OPHOLD], STATUS[Optagelsesart.HOLD]})


@dataclass(frozen=True, slots=True)
class Afdelingskalender:
    """A department with how fresh it is, its place calendar, and the fingerprint of its places as they are shown."""

    afdeling: Afdeling
    stand: Stand
    kalender: Mapping[str, Any]
    tryk: str


@dataclass(frozen=True, slots=True)
class Valgt:
    """A chosen place: the stretch of days in one state that holds the chosen day, and the closure it is due to, if any."""

    plads: Plads
    dag: date
    straekning: Straekning
    lukning: Pladslukning | None
    idag: date

    @property
    def luk_fra(self) -> date:
        """The first day of the stretch that can still be closed."""
        return max(self.straekning.periode.fra, self.idag)

    @property
    def kan_lukkes(self) -> bool:
        """Whether nothing lies on it, and it is not over."""
        til = self.straekning.periode.til
        return self.straekning.status in FRIE and (til is None or til > self.idag)

    @property
    def kan_indskrives(self) -> bool:
        """Whether somebody can move in today: a stay is registered once it has begun."""
        return self.straekning.status in LEDIGE and self.straekning.periode.indeholder(self.idag)

    @property
    def er_taget(self) -> bool:
        """Whether a stay or a reservation has it."""
        return self.straekning.status in TAGNE


def egne_tilbud(aktoer: Aktoer, dag: date) -> QuerySet[Tilbud]:
    """The open offers with places the actor acts as the operator of, in Danish order."""
    return Tilbud.objects.aabne(dag).med_pladser().drevet_af(aktoer)


def afdelingskalendere(tilbud: Tilbud, nu: datetime, fra: date) -> list[Afdelingskalender]:
    """The departments of an offer from the week of a day on. Thirteen statements however many places."""
    afdelinger = list(tilbud.afdelinger.all())
    stand = stande({a.pk: tilbud.beliggenhedskommune_id for a in afdelinger}, nu, nu.astimezone(KOEBENHAVN).date())
    taget = loft(tilbud.pk, nu)
    kalender = kalendere(tilbud.pk, _kendte(stand), nu, taget, fra=fra)
    udloebne = udloebne_godkendelser(tilbud.pk, nu.astimezone(KOEBENHAVN).date())
    for en in kalender.values():
        en["udloebne"] = udloebne
    viste = vises(dict.fromkeys(stand, tilbud.pk), nu, {tilbud.pk: taget})
    return [Afdelingskalender(a, stand[a.pk], kalender[a.pk], viste[a.pk].tryk) for a in afdelinger]


def _kendte(stand: Mapping[UUID, Stand]) -> Mapping[UUID, bool]:
    return {pk: s.friskhed is not Friskhed.UKENDT for pk, s in stand.items()}


def valgt(plads: Plads, dag: date, nu: datetime, fra: date) -> Valgt | None:
    """What is known of a place on a day; None when the day is not in the weeks shown from that of `fra` on. Nine statements."""
    idag = nu.astimezone(KOEBENHAVN).date()
    stand = stande({plads.afdeling_id: plads.afdeling.tilbud.beliggenhedskommune_id}, nu, idag)
    alle = straekninger_for(plads, nu, fra, kendt=_kendte(stand)[plads.afdeling_id])
    fundet = next((s for s in alle if s.periode.indeholder(dag)), None)
    if fundet is None:
        return None
    lukninger = Pladslukning.objects.fra(idag).filter(optagelser__plads=plads, optagelser__aktiv=True)
    return Valgt(plads, dag, fundet, lukninger.filter(periode__contains=dag).first(), idag)
