"""Next year's takster of some of the demo data's offers, on their way: each as far as another, and taken there as people do it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from faelles.aktoer import Aktoer
from faelles.penge import Enhed, afrund, fordel
from kommuner.models import Organisation, Organisationsart, Rolle
from rammeaftale.demo.register import FOERSTE
from rammeaftale.demo.sager import aktoer
from takster.beregning.takst import Takstinddata
from takster.budget import actions as budgetter
from takster.budget.indhold import Budgetindhold, Linje
from takster.fastsaettelse import actions, scenarier
from takster.fastsaettelse.hvad_nu_hvis import Aendringer
from takster.models import Budget, Takst, Takstberegning, Takstenhed
from tilbud.models import Tilbud

HOEJST = 49
EN_AF = 7  # of the offers whose takster are computed here
DEMONSTRATIONENS = "Gladsaxe Kommune"
ANDELE = {"loen": 66, "pension": 10, "husleje": 9, "aktivitet": 8, "tilsyn": 1, "oevrig_drift": 6}
EGENBETALING = {Linje("egen_husleje"): Decimal(4_850), Linje("egen_kost"): Decimal(3_100)}
STIGNING = Decimal("1.027")
FEJL = Decimal("1.09")  # what the one that is declined has been raised by instead
SCENARIER = {
    "To pladser færre": Aendringer(pladser=Decimal(-2)),
    "Belægning på 92 procent": Aendringer(belaegning=Decimal(92)),
    "PL på 3,2 procent": Aendringer(pl=Decimal("3.2")),
}


@dataclass(frozen=True, slots=True)
class Driftsherren:
    """Two of the operator's people, and the offer and year they work on."""

    tilbud: Tilbud
    aar: int
    en: Aktoer
    anden: Aktoer

    def budget(self, stigning: Decimal = STIGNING) -> Budget:
        """Last year's costs raised and written in."""
        nyt = budgetter.opret(aktoer=self.en, tilbud_id=self.tilbud.pk, aar=self.aar)
        return self.ret(nyt, stigning)

    def ret(self, budget: Budget, stigning: Decimal) -> Budget:
        """Other costs in place of those that stand there."""
        enhed, indhold = Takstenhed(budget.enhed), _indhold(self.tilbud, self.aar - 1, stigning)
        return budgetter.gem(aktoer=self.en, budget_id=budget.pk, enhed=enhed, indhold=indhold)

    def beregnet(self, budget: Budget, begrundelse: str = "") -> Takstberegning:
        """A draft."""
        return actions.beregn(aktoer=self.en, budget_id=budget.pk, begrundelse=begrundelse)

    def indsendt(self, budget: Budget, begrundelse: str = "") -> Takstberegning:
        """One that waits for the second person."""
        return actions.indsend(aktoer=self.en, beregning_id=self.beregnet(budget, begrundelse).pk)

    def godkendt(self, budget: Budget, begrundelse: str = "") -> Takstberegning:
        """One the second person has approved."""
        return actions.godkend(aktoer=self.anden, beregning_id=self.indsendt(budget, begrundelse).pk)

    def offentliggjort(self, budget: Budget, begrundelse: str = "") -> Takstberegning:
        """The offer's takst."""
        return actions.offentliggoer(aktoer=self.anden, beregning_id=self.godkendt(budget, begrundelse).pk)


def _indsendt(d: Driftsherren) -> None:
    d.indsendt(d.budget())


def _beregnet(d: Driftsherren) -> None:
    """Nobody has sent it in: they still ask what if."""
    en = d.beregnet(d.budget())
    pladser = Takstinddata.af_json(en.beregning["inddata"]).pladser
    for navn, aendringer in SCENARIER.items():
        hvis = replace(aendringer, pladser=pladser + aendringer.pladser) if aendringer.pladser else aendringer
        scenarier.gem(aktoer=d.en, beregning=en, navn=navn, aendringer=hvis)


def _rettet(d: Driftsherren) -> None:
    """Published, and then corrected by a new one with a reason."""
    budget = d.budget(FEJL)
    d.offentliggjort(budget)
    d.offentliggjort(d.ret(budget, STIGNING), "Lønnen var fremskrevet to gange")


def _afvist(d: Driftsherren) -> None:
    """Sent back."""
    grund = "Udgifterne stiger 9 procent. Ret dem, eller skriv, hvad der er nyt."
    actions.afvis(aktoer=d.anden, beregning_id=d.indsendt(d.budget(FEJL)).pk, grund=grund)


def _godkendt(d: Driftsherren) -> None:
    d.godkendt(d.budget())


def _lagt(d: Driftsherren) -> None:
    d.budget()


def _ikke_begyndt(_d: Driftsherren) -> None:
    """Nobody has looked at it."""


VEJE: Sequence[Callable[[Driftsherren], None]] = (
    _indsendt, _rettet, _beregnet, _afvist, _godkendt, _lagt, _ikke_begyndt,
)  # fmt: skip


def valgte() -> list[UUID]:
    """The offers that go the way of a budget next year, so that nothing else is to give them a takst: the demonstration's municipality's first.

    The first offer of all is left alone: the demonstration itself reserves there.
    """
    mulige = Tilbud.objects.filter(
        lukket_fra=None,
        uden_pladser=False,
        driftsherre__art__in=(Organisationsart.KOMMUNE, Organisationsart.REGION),
    ).exclude(navn=FOERSTE.navn)
    alle = list(mulige.order_by("navn_sortering", "beliggenhedskommune").values_list("pk", "driftsherre__navn"))
    egne = [pk for pk, navn in alle if navn == DEMONSTRATIONENS][: len(VEJE)]
    andre = [pk for pk, _ in alle if pk not in egne]
    antal = min(HOEJST, max(len(VEJE), len(alle) // EN_AF))
    return [*egne, *andre[:: max(1, len(andre) // antal)]][:antal]


def indlaes(tilbud: Sequence[UUID], dag: date) -> int:
    """Take each of the offers (see `valgte`) as far as its place says, all ways in turn. Returns how many."""
    fundne = Tilbud.objects.select_related("driftsherre").in_bulk(tilbud)
    for nummer, pk in enumerate(tilbud):
        et = fundne[pk]
        VEJE[nummer % len(VEJE)](Driftsherren(et, dag.year + 1, *_folk(et.driftsherre)))
    return len(tilbud)


def _folk(driftsherre: Organisation) -> tuple[Aktoer, Aktoer]:
    """One who computes, and another who decides."""
    roller = {"demo": Rolle.DRIFTSHERRE_OEKONOMI, "demo:en anden": Rolle.TILBUDSLEDER}
    en, anden = (replace(aktoer(rolle, driftsherre), identitet=navn) for navn, rolle in roller.items())
    return en, anden


def _indhold(tilbud: Tilbud, aar: int, stigning: Decimal) -> Budgetindhold:
    """What the offer cost in the year, department by department, raised and shared between the lines of the schema."""
    takster = (
        Takst.objects.paa(date(aar, 12, 31))
        .filter(afdeling__tilbud=tilbud)
        .select_related("afdeling")
        .order_by("afdeling_id", "hjemmel_id")
        .distinct("afdeling_id")
    )
    i_orden = sorted(takster, key=lambda takst: takst.afdeling.navn)  # ids are never the same twice
    aarets = [Takstinddata.af_json(takst.beregning["inddata"]) for takst in i_orden]
    udgift = sum((post.beloeb for data in aarets for post in data.direkte_omkostninger), Decimal(0))
    noegler = {post: Decimal(andel) for post, andel in ANDELE.items()}
    dele = fordel(afrund(udgift * stigning, Enhed.KRONE), noegler, Enhed.KRONE)
    foer, sidst = aarets[0].belaegning.faktisk or (None, None)
    return Budgetindhold(
        pladser=sum((data.pladser for data in aarets), Decimal(0)),
        belaegning_foer=foer,
        belaegning_sidst=sidst,
        linjer={**{Linje(post): beloeb for post, beloeb in dele.items()}, **EGENBETALING},
    )
