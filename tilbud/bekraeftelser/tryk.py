"""What is shown of a department's places before they are confirmed: how many are in which state, and a fingerprint, so that a
confirmation of something that has changed since is refused. Pure.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from faelles.tid import Periode
from faelles.tryk import tryk as fingeraftryk
from tilbud.belaegning.kalender import Krav, straekninger
from tilbud.pladsloft import Antal, Loft, Pladsdage


@dataclass(frozen=True, slots=True)
class Pladsbillede:
    """A place as it is shown: its own data, the days it is open, and the claims that count from the day on."""

    id: UUID
    data: tuple[str, ...]
    dage: Pladsdage
    optagelser: tuple[Krav, ...]

    def status(self, dag: date) -> str | None:
        """The word of the place calendar on the day; None when it is not open then and nobody has it."""
        aaben, ugedage = self.dage.periode, self.dage.ugedage
        (fundet,) = straekninger(aaben, ugedage, self.optagelser, Periode.dag(dag), kendt=True)
        taget = any(krav.periode.indeholder(dag) for krav in self.optagelser)
        return fundet.status if taget or aaben.indeholder(dag) else None


def tal(pladser: Sequence[Pladsbillede], dag: date, loft: Loft) -> Mapping[str, int]:
    """How many places of a department are in each state on the day, in the words of the place calendar; as many are free as the
    search says, and those nobody has beyond what is approved and permitted (`loft`) are not.
    """
    status = {plads: plads.status(dag) for plads in pladser}
    frie = [replace(plads.dage, periode=Periode.dag(dag)) for plads, fundet in status.items() if fundet == "ledig"]
    antal = Counter(fundet for fundet in status.values() if fundet is not None)
    antal["ledig"] = len(loft.plads_til(frie, dag))
    antal["ikke_godkendt"] = len(frie) - antal["ledig"]
    return antal


def tryk(pladser: Sequence[Pladsbillede], dag: date, loft: Loft) -> str:
    """The fingerprint of what is shown on the day: the places, how many are in which state, and what of them may be taken today and
    later by approvals and permissions. The order of the places does not count.
    """
    billeder = sorted(
        [
            str(plads.id),
            *plads.data,
            _dage(plads.dage.periode),
            *sorted(f"{_dage(krav.periode)} {sorted(krav.ugedage)} {krav.art}" for krav in plads.optagelser),
        ]
        for plads in pladser
    )
    tilladte = {afdeling: _antal(alle, dag) for afdeling, alle in loft.tilladte.items()}
    set_ = [billeder, tal(pladser, dag, loft), _antal(loft.godkendte, dag), tilladte]
    return fingeraftryk(json.dumps(set_, ensure_ascii=False, sort_keys=True))


def _antal(alle: Iterable[Antal], dag: date) -> list[str]:
    """The approved or permitted numbers that hold on the day or later."""
    return sorted(f"{_dage(periode)} {antal}" for periode, antal in alle if periode.til is None or periode.til > dag)


def _dage(periode: Periode) -> str:
    return f"[{periode.fra},{periode.til})"
