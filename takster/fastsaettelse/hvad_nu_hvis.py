"""What if: the engine on other figures than those a calculation was made of. Pure; nothing is stored by asking."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from faelles.dokument.tal import kr
from faelles.penge import Enhed, afrund
from takster.beregning.belaegning import Belaegning
from takster.beregning.takst import Budgetpost, Takstinddata, Takstresultat, beregn_takst
from takster.beregning.tal import HUNDREDE, laesbar, regnekontekst, uden_nuller


@dataclass(frozen=True, slots=True, kw_only=True)
class Aendringer:
    """What to change; None leaves it. Occupancy and PL in percent; PL is on every cost and income, overhead in kr. among them, after `linjer` (art → kr.)."""

    pladser: Decimal | None = None
    belaegning: Decimal | None = None
    pl: Decimal | None = None
    linjer: Mapping[str, Decimal] | None = None

    @property
    def i_ord(self) -> str:
        """What is changed, as people read it."""
        enkelte = ((self.pladser, "pladser {}"), (self.belaegning, "belægning {} procent"), (self.pl, "PL {} procent"))
        ord_ = [tekst.format(laesbar(tal)) for tal, tekst in enkelte if tal is not None]
        return ", ".join([*ord_, *(f"{art} {kr(beloeb)}" for art, beloeb in (self.linjer or {}).items())])

    def som_json(self) -> dict[str, object]:
        """As it is stored with a scenario."""
        enkelte = {"pladser": self.pladser, "belaegning": self.belaegning, "pl": self.pl}
        ud: dict[str, object] = {navn: f"{tal:f}" for navn, tal in enkelte.items() if tal is not None}
        if self.linjer:
            ud["linjer"] = {art: f"{tal:f}" for art, tal in self.linjer.items()}
        return ud

    @classmethod
    def af_json(cls, data: Mapping[str, Any]) -> "Aendringer":
        """What `som_json` wrote."""
        enkelte = {navn: Decimal(tal) for navn, tal in data.items() if navn != "linjer"}
        linjer = {art: Decimal(tal) for art, tal in data.get("linjer", {}).items()}
        return cls(**enkelte, linjer=linjer or None)


@regnekontekst()
def med(inddata: Takstinddata, aendringer: Aendringer) -> Takstresultat:
    """The takst of the changed inputs. Raises UgyldigtInput as the engine does."""
    linjer, overhead = aendringer.linjer or {}, inddata.overhead.beloeb

    def poster(alle: tuple[Budgetpost, ...]) -> tuple[Budgetpost, ...]:
        return tuple(
            Budgetpost(art=post.art, beloeb=_op(linjer.get(post.art, post.beloeb), aendringer.pl)) for post in alle
        )

    return beregn_takst(
        replace(
            inddata,
            pladser=inddata.pladser if aendringer.pladser is None else uden_nuller(aendringer.pladser),
            belaegning=inddata.belaegning
            if aendringer.belaegning is None
            else Belaegning(aftalt=aendringer.belaegning),
            overhead=replace(inddata.overhead, beloeb=_op(overhead, aendringer.pl)) if overhead else inddata.overhead,
            direkte_omkostninger=poster(inddata.direkte_omkostninger),
            indtaegter=poster(inddata.indtaegter),
        )
    )


def _op(beloeb: Decimal, pl: Decimal | None) -> Decimal:
    return beloeb if pl is None else afrund(beloeb * (HUNDREDE + pl) / HUNDREDE, Enhed.OERE)
