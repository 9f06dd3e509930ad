"""Reading how long the steps took: a party's own cases as they are, and a KKR's with small counts left out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Min, Q

from faelles.aktoer import Aktoer, Funktion
from faelles.scope import som_systemet
from faelles.tid import KOEBENHAVN, Periode, idag
from kommuner.models import Kkr
from kommuner.queries import kkrmedlemmer
from reservationer.sag.models import Henvendelse
from reservationer.sag.querysets import HenvendelseQuerySet
from reservationer.svartider.regler import (
    Inddeling,
    Maaling,
    Raekke,
    Trin,
    halvaar_foer,
    halvaar_navn,
    halvaar_om,
    opdelt,
    samlet,
)
from reservationer.venteliste.models import Ventelistepost
from reservationer.venteliste.querysets import VentelistepostQuerySet
from vilkaar.kilde import Kilde, hoejeste
from vilkaar.noegler import Noegle

HALVAAR = 4  # two years: as long as an agreement holds
OPTAELLING = "counted across municipalities, and suppressed before anybody sees it"
EGNE = {
    Funktion.MYNDIGHED: (Inddeling.HJEMMEL, Inddeling.DRIFTSHERRE),
    Funktion.DRIFTSHERRE: (Inddeling.TILBUD, Inddeling.HJEMMEL, Inddeling.KOMMUNE),
}
OMRAADETS = (Inddeling.HJEMMEL, Inddeling.DRIFTSHERRE, Inddeling.KOMMUNE)
# Who a case is of, and what it is told apart by.
_OM = (
    "handlekommune", "handlekommune__kommune", "handlekommune__kommune__kortnavn", "driftsherre__navn", "tilbud__navn",
)  # fmt: skip
# When each step of an enquiry was first reached.
_NAAET = {
    Trin.SVAR: "besvaret",
    Trin.TILBUD: "tilbudt",
    Trin.RESERVATION: "reserveret",
    Trin.INDFLYTNING: "indskrevet",
}


@dataclass(frozen=True, slots=True)
class Svartider:
    """What was noted in each of the half-years, the oldest first. `graense`: the fewest citizens a figure may be shown of, and `kilde` who says it."""

    hvis: str
    halvaar: tuple[Periode, ...]
    inddelinger: tuple[Inddeling, ...]
    maalinger: Mapping[Periode, Sequence[Maaling]]
    dag: date
    graense: int = 0
    kilde: Kilde | None = None

    def navn(self, halvaar: Periode) -> str:
        """What it is called; that it is not over, when it was not on the day it was counted."""
        return halvaar_navn(halvaar) + (" indtil nu" if halvaar.indeholder(self.dag) else "")

    def samlet(self, halvaar: Periode) -> Raekke:
        """All cases of the half-year, fit to be shown."""
        return samlet(self.maalinger[halvaar], self.graense)

    def opdelt(self, halvaar: Periode, inddeling: Inddeling) -> list[Raekke]:
        """The cases of the half-year by group, fit to be shown."""
        return opdelt(self.maalinger[halvaar], inddeling, self.graense)


def egne(aktoer: Aktoer, dag: date | None = None) -> Svartider:
    """The actor's own cases, the half-year that is not over too: a party sees its figures as they are. Two statements."""
    paa = dag or idag()
    halvaar = (*halvaar_foer(paa, HALVAAR), halvaar_om(paa))
    henvendelser = Henvendelse.objects.synlige_for(aktoer)
    poster = Ventelistepost.objects.synlige_for(aktoer)
    fundne = _pr_halvaar(halvaar, _maalinger(henvendelser, poster, halvaar))
    return Svartider(aktoer.organisation_navn, halvaar, EGNE[aktoer.funktion], fundne, paa)


def i_kkr(kkr: Kkr, dag: date | None = None) -> Svartider:
    """The cases of citizens of the KKR's municipalities, wherever the offers are; for its secretariat and its reports.

    A case is the KKR's whose municipality belonged to it when the step was noted: what was noted before KKRs became one is
    theirs. The limit is the term `diskretion_graense`. Raises Konflikt when it is not set.
    """
    paa = dag or idag()
    halvaar = halvaar_foer(paa, HALVAAR)
    graense, kilde = hoejeste(kkr.pk, paa, Noegle.DISKRETION_GRAENSE)
    sine = [m for m in kkrmedlemmer() if m.kkr == kkr.pk]
    with som_systemet(OPTAELLING):
        henvendelser = Henvendelse.objects.for_systemet(OPTAELLING)
        poster = Ventelistepost.objects.for_systemet(OPTAELLING)
        deres = {"handlekommune__kommune__in": {m.kommune for m in sine}}
        alle = list(_maalinger(henvendelser.filter(**deres), poster.filter(**deres), halvaar))
    fundne = (en for en in alle if any(m.kommune == en.kommunekode and m.periode.indeholder(en.noteret) for m in sine))
    return Svartider(kkr.navn, halvaar, OMRAADETS, _pr_halvaar(halvaar, fundne), paa, graense, kilde)


def _pr_halvaar(halvaar: Sequence[Periode], maalinger: Iterable[Maaling]) -> Mapping[Periode, Sequence[Maaling]]:
    fundne: dict[Periode, list[Maaling]] = {et: [] for et in halvaar}
    for en in maalinger:
        fundne[halvaar_om(en.noteret)].append(en)
    return fundne


def _maalinger(
    henvendelser: HenvendelseQuerySet[Henvendelse],
    poster: VentelistepostQuerySet[Ventelistepost],
    halvaar: Sequence[Periode],
) -> Iterator[Maaling]:
    hele = Periode(halvaar[0].fra, halvaar[-1].til)
    yield from _fra_henvendelser(henvendelser, hele)
    yield from _fra_ventelister(poster, hele)


def _fra_henvendelser(henvendelser: HenvendelseQuerySet[Henvendelse], hele: Periode) -> Iterator[Maaling]:
    med_trin = henvendelser.annotate(
        tilbudt=Min("pladstilbud__givet"),
        reserveret=Min("pladstilbud__reservation__oprettet"),
        indskrevet=Min("pladstilbud__reservation__ophold__oprettet"),
        flyttet_ind=Min("pladstilbud__reservation__ophold__foerste_dag"),
    )
    naaede = Q()
    for felt in _NAAET.values():
        naaede |= _i(hele, felt)
    felter = (*_felter("forespoergsel"), "sendt", "flyttet_ind", *_NAAET.values())
    for raekke in med_trin.filter(naaede).order_by().values(*felter):
        spurgt = _dag(raekke["sendt"])
        for trin, felt in _NAAET.items():
            if raekke[felt] and hele.indeholder(noteret := _dag(raekke[felt])):
                naaet = raekke["flyttet_ind"] if trin is Trin.INDFLYTNING else noteret
                yield _maaling(trin, raekke, "forespoergsel", spurgt, naaet, noteret)


def _fra_ventelister(poster: VentelistepostQuerySet[Ventelistepost], hele: Periode) -> Iterator[Maaling]:
    sti = "henvendelse__forespoergsel"
    for raekke in poster.filter(_i(hele, "afsluttet")).order_by().values(*_felter(sti), "skrevet_op", "afsluttet"):
        slut = _dag(raekke["afsluttet"])
        yield _maaling(Trin.VENTELISTE, raekke, sti, _dag(raekke["skrevet_op"]), slut, slut)


def _i(hele: Periode, felt: str) -> Q:
    return Q(**{f"{felt}__date__gte": hele.fra, f"{felt}__date__lt": hele.til})


def _felter(forespoergsel: str) -> tuple[str, ...]:
    om_behovet = ("sagsreference", "hjemmel__paragraf", "hjemmel__navn")
    return (*_OM, *(f"{forespoergsel}__{felt}" for felt in om_behovet))


def _maaling(trin: Trin, raekke: Mapping[str, Any], forespoergsel: str, fra: date, til: date, noteret: date) -> Maaling:
    return Maaling(
        trin=trin,
        borger=(raekke["handlekommune"], raekke[f"{forespoergsel}__sagsreference"]),
        dage=max((til - fra).days, 0),  # a stay may have begun before anybody asked in writing
        noteret=noteret,
        kommunekode=raekke["handlekommune__kommune"],
        kommune=raekke["handlekommune__kommune__kortnavn"],
        driftsherre=raekke["driftsherre__navn"],
        tilbud=raekke["tilbud__navn"],
        hjemmel=f"{raekke[f'{forespoergsel}__hjemmel__paragraf']} {raekke[f'{forespoergsel}__hjemmel__navn']}",
    )


def _dag(tidspunkt: datetime) -> date:
    return tidspunkt.astimezone(KOEBENHAVN).date()
