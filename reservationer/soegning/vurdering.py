"""How an offer stands to a need: criterion by criterion, met, not met or unknown. Pure rules; no database.

A criterion that is not met excludes, whatever else fits. What is not known never excludes; it is said and ranks lower.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from reservationer.soegning.kriterier import BESKRIVELSER, Kriterium
from reservationer.soegning.profil import Behovsprofil, Punkt
from takster.queries import Takstvisning, taksten
from tilbud.belaegning.loft import Afdelingsloft

JORDENS_RADIUS = 6371.0  # km
LUFT = 0.001  # degrees; more than any rounding
UDEN_AFDELING = "Tilbuddet har ingen afdelinger med pladser"
IKKE_BEGGE = "Ingen ledig plads er både af den art og har åbent på alle ugedagene"
LUKKET_FOER = "Tilbuddet var lukket, før perioden begynder"


class Udfald(StrEnum):
    """How an offer stands to a criterion."""

    OPFYLDT = "opfyldt"
    UKENDT = "ukendt"
    IKKE_OPFYLDT = "ikke_opfyldt"


@dataclass(frozen=True, slots=True)
class Krav:
    """A criterion of the need and how the offer stands to it."""

    kriterium: Kriterium
    udfald: Udfald
    saerlig_grund: str = ""  # more than the criterion itself can say

    @property
    def navn(self) -> str:
        """The criterion in words."""
        return BESKRIVELSER[self.kriterium].navn

    @property
    def grund(self) -> str:
        """Why the offer is left out, for a criterion that is not met."""
        return self.saerlig_grund or BESKRIVELSER[self.kriterium].grund


@dataclass(frozen=True, slots=True)
class Fakta:
    """What the register says of a department and its offer on the period's first day; what has no departments, because it is delivered without places, stands alone.

    `godkendt`: socialtilsyn has approved it on all the days, under the legal basis asked for where one is.
    `uden_pladser`: delivered where the citizen is, so that there is no place to be free. `punkt` is None where no address may be told. `kkr` is where its municipality belongs. `tekst_fundet` is about the need's text, and true without.
    """

    afdeling_id: UUID | None
    afdeling: str | None
    tilbud_id: UUID
    tilbud: str
    driftsherre_id: UUID
    driftsherre: str
    driftsherreart: str
    kommunekode: str
    kommune: str
    alder_fra: int
    alder_til: int | None
    lukket_fra: date | None
    uden_pladser: bool
    godkendt: bool
    rummer: Sequence[str]
    rummer_ikke: Sequence[str]
    fysiske_traek: Sequence[str]
    niveau: int | None
    hjemler: Sequence[str]
    maalgrupper: Sequence[UUID]
    godkendt_til: date | None  # the first day without approval; None when it has no last day, or none is registered
    kkr: UUID | None
    punkt: Punkt | None
    tekst_fundet: bool

    @property
    def noegle(self) -> UUID:
        """What it is known by among others: the department's id, and the offer's where there are no departments."""
        return self.afdeling_id or self.tilbud_id

    @property
    def navn(self) -> str:
        """As people name it."""
        return f"{self.tilbud}, {self.afdeling}" if self.afdeling else self.tilbud


@dataclass(frozen=True, slots=True)
class Plads:
    """What the ledger and the takster say of the same department: free places, the first of them and them all, the takst.

    `kun_egne`: there are free ones that are kept for the operator's own citizens; they are not counted for others. `kun_beboere`:
    there are free day places that are kept for those who live there; they are counted for nobody. Nor are
    the `ikke_godkendte`: nobody has them, but they are more than socialtilsyn has approved and permissions allow. `i_vejen`: each of the smallest
    sets of kind of place and weekdays without which there would be one. `arter`: the kinds of which there is one, whatever kinds are asked for; `ugedage`: the
    weekdays on which there is one beside those asked for. `loft`: what decides how many may be let from today until the period ends; None when all may.
    `for_dyr`: the legal bases under which its takst is higher than asked for; None is one of them when its lowest is, whatever the legal basis.
    """

    antal: int = 0
    foerste: tuple[UUID, ...] = ()
    takst: Takstvisning | None = None
    kun_egne: bool = False
    kun_beboere: bool = False
    ikke_godkendte: int = 0
    alle: tuple[UUID, ...] = ()
    i_vejen: tuple[frozenset[Kriterium], ...] = ()
    arter: frozenset[str] = frozenset()
    ugedage: frozenset[int] = frozenset()
    loft: Afdelingsloft | None = None
    for_dyr: frozenset[str | None] = frozenset()


FOR_EGNE = Krav(Kriterium.FORBEHOLDT, Udfald.IKKE_OPFYLDT)
FOR_BEBOERE = Krav(Kriterium.FORBEHOLDT, Udfald.IKKE_OPFYLDT, "Dagpladserne er forbeholdt beboerne i botilbuddet")
Tjek: TypeAlias = tuple[Kriterium, Callable[[Fakta], Udfald]]


def _ja(svar: bool) -> Udfald:  # noqa: FBT001 - the answer is all it is about
    return Udfald.OPFYLDT if svar else Udfald.IKKE_OPFYLDT


def registertjek(profil: Behovsprofil) -> list[Tjek]:
    """The criteria asked for that the register alone can answer, ready to be tried on any number of departments."""
    grupper, kommuner, i_kkr = frozenset(profil.vaegte), frozenset(profil.kommuner), profil.kkr_kommuner or frozenset()
    mulige: list[tuple[object, Kriterium, Callable[[Fakta], Udfald]]] = [
        (grupper, Kriterium.MAALGRUPPE, lambda f: _ja(not grupper.isdisjoint(f.maalgrupper))),
        (profil.hjemmel, Kriterium.HJEMMEL, lambda f: _ja(profil.hjemmel in f.hjemler)),
        (profil.alder is not None, Kriterium.ALDER, lambda f: _alder(f, profil.alder or 0)),
        (True, Kriterium.AABENT, lambda f: _aabent(f, profil)),
        (profil.adfaerd, Kriterium.ADFAERD, lambda f: _adfaerd(f, profil)),
        (profil.fysiske_traek, Kriterium.FYSISK, lambda f: _fysisk(f, profil)),
        (profil.kkr, Kriterium.KKR, lambda f: _ja(f.kommunekode in i_kkr)),
        (kommuner, Kriterium.KOMMUNE, lambda f: _ja(f.kommunekode in kommuner)),
        (profil.hoejst_km is not None and profil.naer, Kriterium.AFSTAND, lambda f: _afstand(f, profil)),
        (
            profil.driftsherrearter,
            Kriterium.DRIFTSHERREART,
            lambda f: _ja(f.driftsherreart in profil.driftsherrearter),
        ),
        (profil.niveauer, Kriterium.NIVEAU, lambda f: _niveau(f, profil)),
        (profil.tekst.strip(), Kriterium.TEKST, lambda f: _ja(f.tekst_fundet)),
    ]
    return [(kriterium, tjek) for stillet, kriterium, tjek in mulige if stillet]


def pladskrav(profil: Behovsprofil, fakta: Fakta, plads: Plads) -> list[Krav]:
    """The criteria that ledger and takster answer. A free place is always asked for."""
    pladsen = _om_pladsen(profil, fakta, plads)
    krav = [*pladsen, *_godkendelse(fakta, pladsen)]
    return krav if profil.hoejeste_takst is None else med_takstkrav(profil, plads, krav)


def med_takstkrav(profil: Behovsprofil, plads: Plads, krav: Iterable[Krav]) -> list[Krav]:
    """The criteria with how the takst stands to the highest asked for, whatever it stood like before it was read."""
    andre = (et for et in krav if et.kriterium is not Kriterium.TAKST)
    return [*andre, Krav(Kriterium.TAKST, _takst(plads.takst, profil))]


def _godkendelse(fakta: Fakta, pladsen: Iterable[Krav]) -> list[Krav]:
    """An offer may be used only when it is approved, if it is under supervision (tilbudsportalen.md, section 1: SEL § 14).

    An approval that is not registered may exist, or not be needed: that is unknown, and excludes nobody. Places beyond what is
    approved are known to be, and have a criterion of their own.
    """
    if any(krav.kriterium is Kriterium.IKKE_GODKENDT for krav in pladsen):
        return []
    return [Krav(Kriterium.GODKENDT, Udfald.OPFYLDT if fakta.godkendt else Udfald.UKENDT)]


def med_takster(profil: Behovsprofil, plads: Plads, takster: Sequence[Takstvisning]) -> Plads:
    """What is known of the places with the takster of their department, the lowest first."""
    takst = taksten(takster, profil.hjemmel)
    if profil.hoejeste_takst is None:
        return replace(plads, takst=takst)
    efter = {hjemmel: taksten(takster, hjemmel) for hjemmel in (None, *(en.hjemmel for en in takster))}
    dyre = (hjemmel for hjemmel, en in efter.items() if _takst(en, profil) is Udfald.IKKE_OPFYLDT)
    return replace(plads, takst=takst, for_dyr=frozenset(dyre))


def _om_pladsen(profil: Behovsprofil, fakta: Fakta, plads: Plads) -> list[Krav]:
    """Where no place is free whatever its kind and weekdays are, these are not the reason and are not answered.

    Where either of them can be done without, it fails the one: so it is counted as one criterion away (`facetter.veje`).
    """
    spurgt = [
        kriterium
        for kriterium, stillet in ((Kriterium.ART, profil.arter), (Kriterium.UGEDAGE, profil.ugedage))
        if stillet
    ]
    if fakta.uden_pladser:
        # What is delivered where the citizen is, is no place of any kind.
        kun_sted = {Kriterium.ART: Udfald.IKKE_OPFYLDT}
        return [_ledig(profil, fakta, plads), *(Krav(et, kun_sted.get(et, Udfald.UKENDT)) for et in spurgt)]
    if plads.antal or plads.i_vejen:
        i_vejen = plads.i_vejen[0] if plads.i_vejen else frozenset()
        grund = IKKE_BEGGE if len(plads.i_vejen) > 1 else ""
        sted = (Krav(et, Udfald.IKKE_OPFYLDT, grund) if et in i_vejen else Krav(et, Udfald.OPFYLDT) for et in spurgt)
        return [Krav(Kriterium.LEDIG, Udfald.OPFYLDT), *sted]
    return [_ledig(profil, fakta, plads)]


def _ledig(profil: Behovsprofil, fakta: Fakta, plads: Plads) -> Krav:
    """Whether what is delivered without places has room is known to nobody but those who deliver it."""
    if fakta.uden_pladser:
        return Krav(Kriterium.LEDIG, Udfald.UKENDT)
    if plads.ikke_godkendte and not plads.antal:
        return Krav(Kriterium.IKKE_GODKENDT, Udfald.IKKE_OPFYLDT, _udloeb(profil, fakta))
    if plads.kun_egne and not plads.antal:
        return FOR_EGNE
    if plads.kun_beboere and not plads.antal:
        return FOR_BEBOERE
    return Krav(Kriterium.LEDIG, _ja(plads.antal > 0), UDEN_AFDELING if fakta.afdeling_id is None else "")


def begrundet(profil: Behovsprofil, fakta: Fakta, krav: Krav) -> Krav:
    """A criterion that is not met, with the reason in this very case where it is another than the criterion's own."""
    lukket_foer = krav.kriterium is Kriterium.AABENT and (fakta.lukket_fra or date.max) <= profil.periode.fra
    return replace(krav, saerlig_grund=LUKKET_FOER) if lukket_foer else krav


def udloeber(profil: Behovsprofil, fakta: Fakta) -> date | None:
    """The last day of socialtilsyn's approval, when that is before the last of the period."""
    uden, til = fakta.godkendt_til, profil.periode.til
    return None if uden is None or (til is not None and til <= uden) else uden - timedelta(days=1)


def _udloeb(profil: Behovsprofil, fakta: Fakta) -> str:
    sidste_dag = udloeber(profil, fakta)
    return f"Socialtilsynets godkendelse gælder kun til og med {sidste_dag:%d.%m.%Y}" if sidste_dag else ""


def _alder(fakta: Fakta, alder: int) -> Udfald:
    return _ja(fakta.alder_fra <= alder and (fakta.alder_til is None or alder <= fakta.alder_til))


def _aabent(fakta: Fakta, profil: Behovsprofil) -> Udfald:
    til = profil.periode.til
    return _ja(fakta.lukket_fra is None or (til is not None and fakta.lukket_fra >= til))


def _adfaerd(fakta: Fakta, profil: Behovsprofil) -> Udfald:
    if not profil.adfaerd.isdisjoint(fakta.rummer_ikke):
        return Udfald.IKKE_OPFYLDT
    return Udfald.OPFYLDT if profil.adfaerd.issubset(fakta.rummer) else Udfald.UKENDT


def _fysisk(fakta: Fakta, profil: Behovsprofil) -> Udfald:
    """An offer that has stated some traits has stated them all; one that has stated none says nothing."""
    if not fakta.fysiske_traek:
        return Udfald.UKENDT
    return _ja(profil.fysiske_traek.issubset(fakta.fysiske_traek))


def _afstand(fakta: Fakta, profil: Behovsprofil) -> Udfald:
    if fakta.punkt is None or profil.naer is None or profil.hoejst_km is None:
        return Udfald.UKENDT
    return _ja(afstand_km(profil.naer, fakta.punkt) <= profil.hoejst_km)


def _niveau(fakta: Fakta, profil: Behovsprofil) -> Udfald:
    return Udfald.UKENDT if fakta.niveau is None else _ja(fakta.niveau in profil.niveauer)


def _takst(takst: Takstvisning | None, profil: Behovsprofil) -> Udfald:
    """Only a takst per døgn can be held against a highest takst per døgn."""
    if takst is None or takst.enhed != "doegn" or profil.hoejeste_takst is None:
        return Udfald.UKENDT
    return _ja(takst.beloeb <= profil.hoejeste_takst)


def afstand_km(fra: Punkt, til: Punkt) -> float:
    """Great-circle distance in km (haversine)."""
    bredde = math.radians(til.bredde - fra.bredde)
    laengde = math.radians(til.laengde - fra.laengde)
    halv = (
        math.sin(bredde / 2) ** 2
        + math.cos(math.radians(fra.bredde)) * math.cos(math.radians(til.bredde)) * math.sin(laengde / 2) ** 2
    )
    return 2 * JORDENS_RADIUS * math.asin(min(1.0, math.sqrt(halv)))


@dataclass(frozen=True, slots=True)
class Kasse:
    """Degrees west and east, south and north."""

    laengder: tuple[float, float]
    bredder: tuple[float, float]


def kasse_om(punkt: Punkt, km: float) -> Kasse:
    """A box that holds every point `afstand_km` counts as at most so far away, and some that are farther."""
    bredde = math.degrees(km / JORDENS_RADIUS) + LUFT
    # The meridians lie closest where the box is farthest from the equator.
    naermest_polen = math.cos(math.radians(min(abs(punkt.bredde) + bredde, 90.0)))
    laengde = bredde / naermest_polen if naermest_polen * 180 > bredde else 180.0
    return Kasse((punkt.laengde - laengde, punkt.laengde + laengde), (punkt.bredde - bredde, punkt.bredde + bredde))
