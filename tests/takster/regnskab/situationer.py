"""Accounts, made the way people make them: those of the worked example of rules-takst § 4, whose døgn stand in the ledger."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import patch

from faelles.aktoer import Aktoer
from faelles.tid import Periode, idag
from takster.budget.indhold import Linje
from takster.models import Budget, Regnskab
from takster.regnskab import actions
from takster.regnskab.indhold import Regnskabsindhold
from tests import fabrik
from tests.takster.budget.situationer import oekonom
from tilbud.models import Afdeling, Tilbud

AAR = 2024
BELAGT, TAKST, GRUNDLAG = 8_497, "2480.00", Decimal(20_400_000)
EKSEMPEL = Regnskabsindhold(
    overhead=Decimal(1_150_000),
    grundlag=GRUNDLAG,
    linjer={
        Linje("loen"): Decimal(15_400_000),
        Linje("pension"): Decimal(1_300_000),
        Linje("husleje", "Nordhuset"): Decimal(900_000),
        Linje("husleje", "Sydhuset"): Decimal(500_000),
        Linje("aktivitet"): Decimal(600_000),
        Linje("tilsyn"): Decimal(50_000),
        Linje("salg"): Decimal(150_000),
    },
)  # 19,750,000 in all


def belagt(hvor: Afdeling, doegn: int = BELAGT, *, aar: int = AAR) -> None:
    """So many occupied døgn in the year, on as many places as it takes."""
    hele = Periode.aar(aar)
    while doegn > 0:
        dage = min(doegn, hele.dage)
        fabrik.optag(fabrik.ledig_plads(hvor), Periode(hele.fra, hele.fra + timedelta(days=dage)))
        doegn -= dage


def solgt(tilbud: Tilbud | None = None, *, aar: int = AAR, doegn: int = BELAGT) -> Tilbud:
    """An offer of Gladsaxe's whose year the ledger and its takst know all of."""
    afdeling = fabrik.afdeling(tilbud or fabrik.tilbud(i="Gladsaxe"))
    fabrik.takst(afdeling, TAKST, fra=date(aar, 1, 1), til=date(aar + 1, 1, 1))
    belagt(afdeling, doegn, aar=aar)
    return afdeling.tilbud


def kladde(
    tilbud: Tilbud | None = None,
    *,
    af: Aktoer | None = None,
    aar: int = AAR,
    del_: dict[str, Any] | None = None,
    **andet: Any,
) -> Regnskab:
    """The example's accounts, of a new offer unless one is given; `andet` is other content."""
    af = af or oekonom()
    ny = actions.opret(aktoer=af, tilbud_id=(tilbud or solgt(aar=aar)).pk, aar=aar, **(del_ or {}))
    return actions.gem(aktoer=af, regnskab_id=ny.pk, indhold=replace(EKSEMPEL, **andet))


def afsluttet(tilbud: Tilbud | None = None, *, af: Aktoer | None = None, **andet: Any) -> Regnskab:
    """Closed ones: a surplus of 1,322,560 kr., of which 302,560 are adjusted for in 2026."""
    af = af or oekonom()
    return actions.afslut(aktoer=af, regnskab_id=kladde(tilbud, af=af, **andet).pk)


def overskud(et_budget: Budget, *, af: Aktoer | None = None, grundlag: Decimal | None = GRUNDLAG) -> Budget:
    """The budget, whose takst is adjusted for the example's surplus two years before; that year need not be over yet.

    `grundlag` is left out where the accounts' year has a takst that says it.
    """
    af = af or oekonom()
    aar = et_budget.aar - 2
    regnskab = kladde(
        et_budget.tilbud,
        af=af,
        aar=aar,
        del_={"afdeling_id": et_budget.afdeling_id, "hjemmel": et_budget.hjemmel_id},
        oevrigt_provenu=Decimal(21_072_560),
        oevrigt_grund="Solgt før platformen",
        grundlag=grundlag,
    )
    with patch("takster.regnskab.actions.idag", return_value=max(idag(), date(aar + 1, 1, 1))):
        actions.afslut(aktoer=af, regnskab_id=regnskab.pk)
    return et_budget
