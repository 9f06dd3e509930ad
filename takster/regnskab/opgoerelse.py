"""From what was sold, what it cost and the terms of the year to the result and what of it is adjusted (F4 to F6). Reads nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from faelles.dokument.tal import dage_i_ord
from faelles.fejl import UgyldigtInput
from faelles.tid import Periode
from takster import vilkaarsinddata
from takster.beregning.efterregulering import (
    Efterregulering,
    Efterreguleringsresultat,
    Regnskab,
    Regnskabsresultat,
    Takstdoegn,
    efterreguler,
    regnskabsresultat,
)
from takster.regnskab.belagt import Solgt, Usolgt, Uvist
from takster.regnskab.indhold import Regnskabsindhold
from vilkaar.queries import GaeldendeVilkaar

HVORFOR = {
    Uvist.INGEN_TAKST: "men ingen takst.",
    Uvist.FLERE_TAKSTER: "men forskellige takster efter flere hjemler, og pladserne siger ikke, hvilken borgeren er der efter.",
}


@dataclass(frozen=True, slots=True)
class Afdelingsaar:
    """A department's year in the ledger: days its places were open, and days they were occupied."""

    navn: str
    pladsdage: int
    belagte: int

    @property
    def procent(self) -> Decimal | None:
        """Actual occupancy (F3); None where no place was open."""
        return Decimal(self.belagte) * 100 / self.pladsdage if self.pladsdage else None

    def som_json(self) -> dict[str, Any]:
        """As stored with closed accounts; the constructor takes it back."""
        return {"navn": self.navn, "pladsdage": self.pladsdage, "belagte": self.belagte}


@dataclass(frozen=True, slots=True)
class Salg:
    """A department's døgn or days at one takst (kr.), as people read them. `dage_om_ugen` is below seven for a part-time day place."""

    afdeling: str
    periode: Periode
    dage_om_ugen: int
    takst: Decimal
    doegn: int

    @property
    def provenu(self) -> Decimal:
        """What they gave, kr."""
        return self.takst * self.doegn

    def som_json(self) -> dict[str, Any]:
        """As stored with closed accounts."""
        return {
            "afdeling": self.afdeling,
            "fra": self.periode.fra.isoformat(),
            "til": (self.periode.fra + timedelta(days=self.periode.dage)).isoformat(),
            "dageOmUgen": self.dage_om_ugen,
            "takst": f"{self.takst:f}",
            "doegn": self.doegn,
            "provenu": f"{self.provenu:f}",
        }

    @classmethod
    def af_json(cls, data: Mapping[str, Any]) -> "Salg":
        """What `som_json` wrote."""
        periode = Periode(date.fromisoformat(data["fra"]), date.fromisoformat(data["til"]))
        return cls(data["afdeling"], periode, data["dageOmUgen"], Decimal(data["takst"]), data["doegn"])


@dataclass(frozen=True, slots=True)
class Aaret:
    """What the platform knows of the year: the ledger's døgn, what they were sold at, and what the takster were computed of (kr., None: unknown)."""

    afdelinger: Mapping[UUID, Afdelingsaar]
    solgt: Sequence[Solgt]
    usolgt: Sequence[Usolgt]
    grundlag: Decimal | None

    @property
    def belagte_doegn(self) -> int:
        """Occupied døgn or days that were sold by a takst known here."""
        return sum(et.doegn for et in self.solgt)

    @property
    def salg(self) -> list[Salg]:
        """What was sold, in the order of the departments."""
        return [
            Salg(afdeling.navn, et.periode, et.dage_om_ugen, et.takst, et.doegn)
            for pk, afdeling in self.afdelinger.items()
            for et in self.solgt
            if et.afdeling == pk
        ]

    @property
    def usolgt_i_ord(self) -> list[str]:
        """Each stretch of occupied døgn without one takst, in a sentence."""
        return [
            f"{self.afdelinger[et.afdeling].navn}, {dage_i_ord(et.periode)}: {et.doegn} belagte døgn, {HVORFOR[et.hvorfor]}"
            for et in self.usolgt
        ]


@dataclass(frozen=True, slots=True)
class Opgoerelse:
    """The year's result, and what of it enters a later takst."""

    grundlag: Decimal
    resultat: Regnskabsresultat
    efterregulering: Efterreguleringsresultat

    def som_json(self, aaret: Aaret) -> dict[str, Any]:
        """What is stored with closed accounts, so that they can be told and computed again."""
        return {
            "afdelinger": [et.som_json() for et in aaret.afdelinger.values()],
            "salg": [et.som_json() for et in aaret.salg],
            "resultat": self.resultat.som_json(),
            "efterregulering": self.efterregulering.som_json(),
        }


def opgoer(indhold: Regnskabsindhold, aaret: Aaret, vilkaar: GaeldendeVilkaar, aar: int) -> Opgoerelse:
    """By the terms of 1 January of the accounts' year.

    Raises UgyldigtInput `regnskab_ufuldstaendigt` with everything that lacks, and as the engine; Konflikt `vilkaar_mangler`.
    """
    if mangler := {**indhold.mangler(), **_mangler_om_aaret(indhold, aaret)}:
        raise UgyldigtInput(
            "regnskab_ufuldstaendigt",
            "Regnskabet kan ikke gøres op, før det er udfyldt.",
            {felt: [besked] for felt, besked in mangler.items()},
        )
    grundlag = aaret.grundlag or indhold.grundlag or Decimal(0)
    saet = vilkaarsinddata.reference(vilkaar)
    resultat: Regnskabsresultat = regnskabsresultat(
        Regnskab(
            solgt=tuple(Takstdoegn(belagte_doegn=Decimal(et.doegn), takst=et.takst) for et in aaret.solgt),
            oevrigt=indhold.oevrigt_provenu,
            regnskab=indhold.omkostninger,
            vilkaarssaet=saet,
        )
    )
    regel: Efterregulering = vilkaarsinddata.efterregulering(
        vilkaar,
        regnskabsaar=aar,
        provenu=resultat.provenu,
        regnskab=indhold.omkostninger,
        budget=grundlag,
        takstgrundlag=grundlag,
        overfoert=indhold.overfoert,
    )
    return Opgoerelse(grundlag, resultat, efterreguler(regel))


def _mangler_om_aaret(indhold: Regnskabsindhold, aaret: Aaret) -> dict[str, str]:
    fejl = {}
    if indhold.omkostninger < 0:
        fejl["linje_indtaegt_oevrig"] = "Indtægterne er større end omkostningerne. Ret beløbene."
    if aaret.usolgt and indhold.oevrigt_provenu is None:
        antal = sum(et.doegn for et in aaret.usolgt)
        fejl["oevrigt_provenu"] = (
            f"{antal} belagte døgn har ikke netop én takst. Skriv, hvad de er solgt for, og hvad beløbet er."
        )
    if aaret.grundlag is None and indhold.grundlag is None:
        fejl["grundlag"] = "Årets takst er ikke beregnet her. Skriv det, tærsklen er en procent af."
    if aaret.grundlag is not None and indhold.grundlag is not None:
        fejl["grundlag"] = "Årets takst siger allerede grundlaget. Slet beløbet."
    return fejl
