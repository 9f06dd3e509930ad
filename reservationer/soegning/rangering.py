"""The order of hits: a tuple read from left to right, never a sum, so that a price can only part equals."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from faelles.sprog import sortnoegle
from reservationer.soegning.kriterier import Kriterium
from reservationer.soegning.profil import Behovsprofil, Vaegt
from reservationer.soegning.vurdering import Fakta, Krav, Plads, Udfald, afstand_km, udloeber
from tilbud.fejlmeldinger.tillid import INGEN_FEJL, Fejltal, Tillid, tillid
from tilbud.friskhed import Friskhed
from tilbud.queries import Stand

AFSTANDSTRIN = 10  # km; nearer than this is no nearer to anybody


@dataclass(frozen=True, slots=True)
class Resultat:
    """A department where no criterion fails.

    Whether its places may be called free depends on `stand`: with unknown freshness they may not (`er_ledig`).
    `fejl` are the offer's open reports of errors, filled in for those that are shown (`viste.suppleret`).
    `maalgrupper` are the need's target groups and whether the offer is for them, `maalgruppetal` how many of them by
    weight, the heaviest first; `afstand` is km, None when unknown. `godkendelse_udloeber` is the last day of socialtilsyn's approval, when
    that is before the last of the period. `ledig_fra`: see `viste.suppleret`, which fills it in as well.
    """

    fakta: Fakta
    plads: Plads
    stand: Stand
    krav: tuple[Krav, ...]
    maalgrupper: tuple[tuple[UUID, bool], ...]
    maalgruppetal: tuple[int, ...]
    afstand: float | None
    fejl: Fejltal = INGEN_FEJL
    godkendelse_udloeber: date | None = None
    ledig_fra: date | None = None

    @property
    def tillid(self) -> Tillid:
        """How far it can be relied on; says nothing of how well it fits, and does not rank."""
        return tillid(self.stand.friskhed, self.fejl)

    @property
    def er_ledig(self) -> bool:
        """Whether there are places, and somebody vouches for them recently enough to call them free."""
        return self.stand.friskhed is not Friskhed.UKENDT and not self.fakta.uden_pladser

    @property
    def opfyldte(self) -> int:
        """How many criteria are known to be met."""
        return sum(krav.udfald is Udfald.OPFYLDT for krav in self.krav)

    @property
    def ukendte(self) -> int:
        """How many criteria nobody can answer. An unknown price is none of them: a price only parts equals."""
        return sum(krav.udfald is Udfald.UKENDT and krav.kriterium is not Kriterium.TAKST for krav in self.krav)


def resultat(profil: Behovsprofil, fakta: Fakta, plads: Plads, stand: Stand, krav: Iterable[Krav]) -> Resultat:
    """Put the parts together. A free place nobody vouches for is an unknown one."""
    ubekraeftet = Krav(Kriterium.LEDIG, Udfald.OPFYLDT) if stand.friskhed is Friskhed.UKENDT else None
    vaegte = profil.vaegte
    return Resultat(
        fakta=fakta,
        plads=plads,
        stand=stand,
        krav=tuple(Krav(Kriterium.LEDIG, Udfald.UKENDT) if et == ubekraeftet else et for et in krav),
        maalgrupper=tuple((kode, kode in fakta.maalgrupper) for kode in vaegte),
        maalgruppetal=_efter_vaegt(vaegte[gruppe] for gruppe in fakta.maalgrupper if gruppe in vaegte),
        godkendelse_udloeber=udloeber(profil, fakta),
        afstand=None if profil.naer is None or fakta.punkt is None else afstand_km(profil.naer, fakta.punkt),
    )


def _efter_vaegt(fundne: Iterable[Vaegt]) -> tuple[int, ...]:
    """How many of each weight, the heaviest first: no number of lesser ones makes up for one that matters more."""
    antal = Counter(fundne)
    return tuple(antal[vaegt] for vaegt in sorted(Vaegt, reverse=True))


def rang(fundet: Resultat) -> tuple[Any, ...]:
    """What decides before the price does: vouched for, fit to the target groups, what is known, freshness, distance in steps."""
    return (
        not fundet.er_ledig,
        tuple(-antal for antal in fundet.maalgruppetal),
        fundet.ukendte,
        fundet.stand.friskhed.rang,
        (fundet.afstand is None, int((fundet.afstand or 0) // AFSTANDSTRIN)),
    )


def i_orden(resultater: Iterable[Resultat]) -> list[Resultat]:
    """Need first; the price, and then the Danish name, only among those that stand alike. Prices per døgn and per dag are not compared."""
    return sorted(
        resultater,
        key=lambda r: (
            *rang(r),
            (r.plads.takst is None, *((r.plads.takst.enhed, r.plads.takst.beloeb) if r.plads.takst else ())),
            sortnoegle(r.fakta.tilbud),
            sortnoegle(r.fakta.afdeling or ""),
            r.fakta.noegle,
        ),
    )
