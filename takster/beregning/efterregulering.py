"""F4, F5 and F6: what the accounts of a year gave, and what of it enters a later takst (rules-takst § 3).

How a *deficit* beyond the threshold is treated in the current order is not settled (rules-takst § 8). It is therefore never
guessed: the agreement says it (`underskud_regel`), or the calculation is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from takster.beregning.tal import (
    HUNDREDE,
    NUL,
    Aarstal,
    AntalAar,
    Doegn,
    Kroner,
    KronerOverNul,
    Pris,
    Procent,
    laesbar,
    regnekontekst,
    uden_nuller,
)
from takster.beregning.trin import Trin, Vilkaarsreference
from takster.beregning.vaerdiobjekt import Inddata, Vaerdiobjekt


@dataclass(frozen=True, slots=True, kw_only=True)
class Takstdoegn(Inddata):
    """Occupied døgn sold at one takst (kr./døgn); a year has several when the takst changed in it."""

    belagte_doegn: Doegn
    takst: Pris


@dataclass(frozen=True, slots=True, kw_only=True)
class Regnskab(Inddata):
    """A year's sales and its cost-based accounts (kr.). `oevrigt` was sold by no takst per døgn that is known here."""

    solgt: tuple[Takstdoegn, ...]
    regnskab: Kroner
    oevrigt: Kroner | None = None
    vilkaarssaet: Vilkaarsreference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Regnskabsresultat(Vaerdiobjekt):
    """Provenu and result in kr.; a surplus is positive. Not a budget deviation: that is mer- or mindreforbrug."""

    provenu: Decimal
    resultat: Decimal
    trin: tuple[Trin, ...]
    inddata: Regnskab


@regnekontekst()
def regnskabsresultat(regnskab: Regnskab) -> Regnskabsresultat:
    """F4: provenu is occupied døgn times takst; the result is provenu minus the cost-based accounts."""
    linjer = tuple(
        Trin(
            "F4",
            "Solgt til én takst",
            f"{laesbar(linje.belagte_doegn)} × {laesbar(linje.takst, 2)}",
            uden_nuller(linje.belagte_doegn * linje.takst, 2),
            "kr.",
        )
        for linje in regnskab.solgt
    )
    if regnskab.oevrigt is not None:
        linjer += (Trin("F4", "Øvrigt provenu", "oplyst af driftsherren", uden_nuller(regnskab.oevrigt, 2), "kr."),)
    provenu = uden_nuller(sum((linje.vaerdi for linje in linjer), NUL), 2)
    resultat = _resultat(provenu, regnskab.regnskab)
    antal = f"{len(linjer)} {'beløb' if regnskab.oevrigt is not None else 'takster'}"
    return Regnskabsresultat(
        provenu=provenu,
        resultat=resultat.vaerdi,
        trin=(*linjer, Trin("F4", "Provenu", f"sum af {antal}", provenu, "kr."), resultat),
        inddata=regnskab,
    )


def _resultat(provenu: Decimal, regnskab: Decimal) -> Trin:
    resultat = uden_nuller(provenu - regnskab, 2)
    tekst = "Underskud" if resultat < 0 else "Overskud"
    return Trin("F4", tekst, f"provenu {laesbar(provenu, 2)} − regnskab {laesbar(regnskab, 2)}", resultat, "kr.")


class Efterreguleringsmetode(StrEnum):
    """What enters the takst of a result beyond the threshold.

    `overskydende`: only what exceeds it. `alt`: the whole result once it exceeds it, else nothing. `hensaettelse` (F6): a
    surplus up to it is set aside for some years, what exceeds it enters.
    """

    OVERSKYDENDE = "overskydende"
    ALT = "alt"
    HENSAETTELSE = "hensaettelse"


class Underskudsregel(StrEnum):
    """Whether a deficit beyond the threshold enters the takst as a surplus would, or the operator bears it."""

    INDREGNES = "indregnes"
    BAERES = "baeres"


@dataclass(frozen=True, slots=True, kw_only=True)
class Efterregulering(Inddata):
    """A year's result against the agreement's threshold. Money in kr., all typed positive.

    `budget` is what the threshold is a percent of: the cost-based budget, or the takstberegningsgrundlag (F6). `overfoert` is
    how much of a result within the threshold is carried on (method `alt`) or set aside (`hensaettelse`); left out, all of it.
    `regnskabsaar` and `aarsforskydning` say which takst the rest enters. `vilkaarssaet` is the set the threshold and its rule are
    of: that of the accounts' own year, which may be another than the takst's.
    """

    metode: Efterreguleringsmetode
    taerskel_procent: Procent
    provenu: Kroner
    regnskab: Kroner
    budget: KronerOverNul
    underskud_regel: Underskudsregel | None = None
    overfoert: Kroner | None = None
    regnskabsaar: Aarstal | None = None
    aarsforskydning: AntalAar | None = None
    hensaettelse_aar: AntalAar | None = None
    vilkaarssaet: Vilkaarsreference | None = None

    @property
    @regnekontekst()
    def resultat(self) -> Decimal:
        """Surplus positive, deficit negative."""
        return self.provenu - self.regnskab

    @property
    @regnekontekst()
    def taerskel(self) -> Decimal:
        """The threshold in kr.; exactly on it is within it."""
        return self.budget * self.taerskel_procent / HUNDREDE

    @property
    @regnekontekst()
    def kan_beholdes(self) -> Decimal:
        """The most of the result, as a positive amount, that need not enter the takst."""
        stoerrelse = abs(self.resultat)
        if self.metode is Efterreguleringsmetode.ALT and stoerrelse > self.taerskel:
            return NUL
        return min(stoerrelse, self.taerskel)

    @property
    @regnekontekst()
    def indgaar_aar(self) -> int | None:
        """The year whose takst the rest enters, when the years are given."""
        if self.regnskabsaar is None or self.aarsforskydning is None:
            return None
        return self.regnskabsaar + self.aarsforskydning

    def krydstjek(self) -> Mapping[str, str]:
        """An unsettled deficit, and fields that belong to another method."""
        fejl = {}
        if (self.regnskabsaar is None) != (self.aarsforskydning is None):
            mangler = "regnskabsaar" if self.regnskabsaar is None else "aarsforskydning"
            fejl[mangler] = "Regnskabsår og årsforskydning skrives begge eller ingen af dem. Tilføj feltet."
        if self.metode is Efterreguleringsmetode.HENSAETTELSE:
            fejl |= self.kun_med("hensættelse", skal=("regnskabsaar", "hensaettelse_aar"))
        else:
            fejl |= self.kun_med(f"metoden {self.metode}", ikke=("hensaettelse_aar",))
        if self.metode is Efterreguleringsmetode.OVERSKYDENDE:
            fejl |= self.kun_med("metoden overskydende", ikke=("overfoert",))
        elif self.overfoert is not None and self.overfoert > self.kan_beholdes:
            fejl["overfoert"] = (
                f"Der kan højst overføres eller hensættes {laesbar(self.kan_beholdes, 2)} kr.; der står {laesbar(self.overfoert, 2)}. Ret beløbet."
            )
        if -self.resultat > self.taerskel and self.underskud_regel is None:
            fejl["underskud_regel"] = (
                f"Underskuddet på {laesbar(-self.resultat, 2)} kr. er over tærsklen på {laesbar(self.taerskel, 2)} kr., og det er ikke fastlagt, om det "
                f"må indregnes. Skriv aftalens regel: »{Underskudsregel.INDREGNES}« eller »{Underskudsregel.BAERES}«."
            )
        return fejl


@dataclass(frozen=True, slots=True, kw_only=True)
class Efterreguleringsresultat(Vaerdiobjekt):
    """`beloeb` (kr.) is added to the takst's base: a surplus makes it negative. `beholdt` does not enter it.

    `anvendes_senest` is the last year an amount set aside may be used in (F6).
    """

    beloeb: Decimal
    beholdt: Decimal
    indgaar_aar: int | None
    anvendes_senest: int | None
    trin: tuple[Trin, ...]
    inddata: Efterregulering


@regnekontekst()
def efterreguler(regel: Efterregulering) -> Efterreguleringsresultat:
    """F5 and F6: what of the result enters the takst, with the sign it enters with."""
    resultat = regel.resultat
    if resultat < 0 and regel.underskud_regel is Underskudsregel.BAERES:
        beholdt, hvorfor = -resultat, "underskuddet bæres af driftsherren"
    else:
        beholdt = regel.kan_beholdes if regel.overfoert is None else regel.overfoert
        hvorfor = _hvorfor(regel)
    rest = abs(resultat) - beholdt
    beloeb = uden_nuller(-rest if resultat > 0 else rest, 2)
    beholdt = uden_nuller(beholdt, 2)
    hensat = regel.metode is Efterreguleringsmetode.HENSAETTELSE and resultat > 0
    formel = "F6" if hensat else "F5"
    return Efterreguleringsresultat(
        beloeb=beloeb,
        beholdt=beholdt,
        indgaar_aar=regel.indgaar_aar,
        anvendes_senest=_anvendes_senest(regel) if hensat else None,
        trin=(
            _resultat(regel.provenu, regel.regnskab),
            Trin(
                "F5",
                "Tærskel",
                f"{laesbar(regel.budget, 2)} × {laesbar(regel.taerskel_procent)} / 100{_hvis_vilkaar(regel)}",
                uden_nuller(regel.taerskel, 2),
                "kr.",
            ),
            Trin(formel, "Hensættes" if hensat else "Indgår ikke i taksten", hvorfor, beholdt, "kr."),
            Trin("F5", "Efterregulering", _hvornaar(regel), beloeb, "kr."),
        ),
        inddata=regel,
    )


def _hvis_vilkaar(regel: Efterregulering) -> str:
    """Whose threshold it is, where that is known: not always that of the takst's own set."""
    saet = regel.vilkaarssaet
    return f"; {saet.aftale}, sæt {saet.nummer}" if saet else ""


def _hvorfor(regel: Efterregulering) -> str:
    """Why so much of the result is kept out of the takst."""
    if regel.metode is Efterreguleringsmetode.ALT and abs(regel.resultat) > regel.taerskel:
        return "over tærsklen: hele resultatet indgår"
    if regel.overfoert is not None:
        return "besluttet inden for tærsklen"
    return "op til tærsklen" if abs(regel.resultat) > regel.taerskel else "inden for tærsklen"


def _hvornaar(regel: Efterregulering) -> str:
    if regel.indgaar_aar is None:
        return "underskud lægges til grundlaget, overskud trækkes fra"
    return f"regnskab {regel.regnskabsaar} indgår i {regel.indgaar_aar}; underskud lægges til, overskud trækkes fra"


def _anvendes_senest(regel: Efterregulering) -> int | None:
    if regel.regnskabsaar is None or regel.hensaettelse_aar is None:
        return None
    return regel.regnskabsaar + regel.hensaettelse_aar
