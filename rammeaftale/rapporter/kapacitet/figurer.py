"""The report's drawings. Only the worker imports this: the chart converter is large."""

from collections.abc import Mapping
from decimal import Decimal

from faelles.dokument.diagram import Punkt, linje
from faelles.dokument.kort import Omraade, kommunekort
from faelles.dokument.matrix import Felt, bobler
from faelles.dokument.tegning import svg
from rammeaftale.rapporter.kapacitet import saetninger
from rammeaftale.rapporter.kapacitet.data import Kapacitetsbillede
from reservationer.svartider.regler import TRIN_NAVN

HUNDREDE = Decimal(100)
TRIN = list(TRIN_NAVN.values())


def tegn(billede: Kapacitetsbillede) -> dict[str, bytes]:
    """Every drawing there is something to show in, by the name the pages use."""
    tegninger = {}
    if any(b.andel is not None for b in billede.over_tid):
        tegninger["over_tid"] = _over_tid(billede)
    if billede.matrix.vist:
        tegninger["matrix"] = _matrix(billede)
    if any(tid.halvdelen is not None for tid in billede.svartider.samlet):
        tegninger["svartider"] = _svartider(billede)
    if billede.kommuner:
        tegninger["kort"] = _kort(billede)
    return tegninger


def alt_tekster(billede: Kapacitetsbillede) -> Mapping[str, str]:
    """What each drawing shows, for those who cannot see it; the figures stand in the table beside it."""
    return {
        "over_tid": f"Kurve over belægningen kvartal for kvartal. {saetninger.over_tid(billede)}",
        "matrix": f"Matrix med en cirkel for de pladsdage, hver køber bruger hos hver driftsherre. {saetninger.vist_handel(billede)}",
        "svartider": f"Kurver over, hvor mange dage halvdelen af sagerne tog til hvert trin. {billede.svartider.tekst}",
        "kort": f"Kort over {len(billede.kommuner)} kommuner, farvet efter belægning. {saetninger.kort(billede)}",
    }


def _over_tid(billede: Kapacitetsbillede) -> bytes:
    punkter = [
        Punkt("Belægning", kvartal.navn.replace(". kvartal ", ". kv. "), belaegning.andel * HUNDREDE)
        for kvartal, belaegning in zip(billede.kvartaler, billede.over_tid, strict=True)
        if belaegning.andel is not None
    ]
    return svg(
        linje(
            punkter,
            akse="procent af åbne pladsdage",
            beskrivelse=alt_tekster(billede)["over_tid"],
            decimaler=1,
            fra_nul=False,
        )
    )


def _matrix(billede: Kapacitetsbillede) -> bytes:
    matrix = billede.matrix
    return svg(
        bobler(
            [Felt(saelger, koeber, Decimal(handel.dage or 0)) for saelger, koeber, handel in matrix.vist],
            [saelger.navn for saelger in matrix.saelgere],
            matrix.koebere,
            akse="Pladsdage",
            beskrivelse=alt_tekster(billede)["matrix"],
        )
    )


def _svartider(billede: Kapacitetsbillede) -> bytes:
    punkter = [
        Punkt(tid.trin, tid.halvaar, Decimal(tid.halvdelen))
        for tid in billede.svartider.samlet
        if tid.halvdelen is not None
    ]
    return svg(
        linje(
            sorted(punkter, key=lambda punkt: TRIN.index(punkt.serie)),
            akse="dage, inden for hvilke halvdelen var nået",
            beskrivelse=alt_tekster(billede)["svartider"],
        )
    )


def _kort(billede: Kapacitetsbillede) -> bytes:
    return kommunekort(
        [
            Omraade(
                kode=kommune.kode,
                navn=kommune.navn,
                geometri=kommune.graense,
                centrum=(float(kommune.laengdegrad), float(kommune.breddegrad)),
                vaerdi=None if kommune.belaegning.andel is None else kommune.belaegning.andel * HUNDREDE,
            )
            for kommune in billede.kommuner
        ],
        titel=f"Belægning i {billede.aaret.navn}",
        beskrivelse=alt_tekster(billede)["kort"],
        enhed=f"Belægning i {billede.aaret.navn}, procent",
        decimaler=1,
    )
