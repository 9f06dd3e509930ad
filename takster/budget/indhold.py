"""What a budget holds, apart from what it is of, and the pure rules on it: what is missing, and next year's from this year's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from faelles.penge import Enhed, afrund
from takster.beregning.takst import Budgetpost
from takster.budget.poster import OMKOSTNINGER, POSTER, Gruppe


class Linje(NamedTuple):
    """Which line: its post, and the property it is of where it is specified per property ("" for the only one)."""

    post: str
    ejendom: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budgetindhold:
    """Amounts in kr. per year, all positive (egenbetaling: per month); occupancy in percent 0-100, of t-3 (`foer`) and t-2 (`sidst`).

    `aftalt_belaegning` is an approved departure, with its reason. `overhead` is for agreements that have it computed concretely.
    """

    pladser: Decimal | None = None
    kort: bool = False
    belaegning_foer: Decimal | None = None
    belaegning_sidst: Decimal | None = None
    aftalt_belaegning: Decimal | None = None
    aftalt_grund: str = ""
    overhead: Decimal | None = None
    koncernnote: str = ""
    linjer: Mapping[Linje, Decimal] = field(default_factory=dict)

    @property
    def ejendomme(self) -> tuple[str, ...]:
        """The properties with a name, in order."""
        return tuple(sorted({linje.ejendom for linje in self.linjer} - {""}))

    def omkostninger(self) -> tuple[Budgetpost, ...]:
        """The direct costs as the engine reads them, in the order of the schema."""
        return tuple(poster(self.linjer, OMKOSTNINGER))

    def indtaegter(self) -> tuple[Budgetpost, ...]:
        """The incomes as the engine reads them."""
        return tuple(poster(self.linjer, (Gruppe.INDTAEGT,)))

    def egenbetaling(self) -> tuple[Budgetpost, ...]:
        """What the resident pays herself, kr. per month: beside the takst, never in it."""
        return tuple(poster(self.linjer, (Gruppe.EGENBETALING,)))

    def mangler(self) -> dict[str, str]:
        """What must be filled in before a takst can be computed: the form's field → what to do."""
        fejl = {}
        if self.pladser is None:
            fejl["pladser"] = "Skriv, hvor mange pladser budgettet er lagt for."
        for post in POSTER.values():
            if post.obligatorisk and not any(linje.post == post.kode for linje in self.linjer):
                fejl[f"linje_{post.kode}"] = f"»{post.navn}« skal udfyldes. Skriv 0, hvis der ingen udgift er."
        return fejl


def poster(linjer: Mapping[Linje, Decimal], grupper: Iterable[Gruppe]) -> Iterable[Budgetpost]:
    """The amounts of these groups as the engine reads them, in the order of the schema."""
    for gruppe in grupper:
        for kode, post in POSTER.items():
            if post.gruppe is gruppe:
                for linje in sorted(linje for linje in linjer if linje.post == kode):
                    navn = f"{post.navn}: {linje.ejendom}" if linje.ejendom else post.navn
                    yield Budgetpost(art=navn, beloeb=linjer[linje])


def naeste_aar(indhold: Budgetindhold, pl_procent: Decimal) -> Budgetindhold:
    """Next year's budget: every amount raised by the year's PL (percent) and rounded to the øre.

    The newest known occupancy becomes the older one; a departure needs a new approval.
    """
    faktor = (100 + pl_procent) / 100

    def op(beloeb: Decimal) -> Decimal:
        return afrund(beloeb * faktor, Enhed.OERE)

    return replace(
        indhold,
        belaegning_foer=indhold.belaegning_sidst,
        belaegning_sidst=None,
        aftalt_belaegning=None,
        aftalt_grund="",
        overhead=None if indhold.overhead is None else op(indhold.overhead),
        linjer={linje: op(beloeb) for linje, beloeb in indhold.linjer.items()},
    )
