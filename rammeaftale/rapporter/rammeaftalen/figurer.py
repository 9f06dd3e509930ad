"""The report's drawings. Only the worker imports this: the chart converter is large."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from faelles.dokument.diagram import Del, Soejle, soejler, stablet
from faelles.dokument.kort import Omraade, kommunekort
from faelles.dokument.tal import kort_dato
from faelles.dokument.tegning import svg
from rammeaftale.rapporter.rammeaftalen import saetninger
from rammeaftale.rapporter.rammeaftalen.data import Niveautal, Rammeaftalebillede, UdaekkedeBehov

NIVEAUNAVNE = ("Niveau 1: meget specialiseret", "Niveau 2: specialiseret", "Niveau 3: mere almen")


def tegn(billede: Rammeaftalebillede) -> dict[str, bytes]:
    """Every drawing there is something to show in, by the name the pages use."""
    tegninger: dict[str, bytes] = {}
    if billede.kommuner:
        tegninger["kort"] = _kort(billede)
        tegninger["pladser"] = _pladser(billede)
    if any(gruppe.belaegning[0] is not None for gruppe in billede.maalgrupper):
        tegninger["maalgrupper"] = _maalgrupper(billede)
    if any(takst.vejet for takst in billede.takster):
        tegninger["takster"] = _takster(billede)
    if billede.behov.flest:
        tegninger["behov"] = behov(billede.behov, alt_tekster(billede)["behov"])
    if any(paa.niveau1 + paa.niveau2 + paa.niveau3 for paa in billede.niveauer):
        tegninger["niveauer"] = niveauer(billede.niveauer, alt_tekster(billede)["niveauer"])
    return tegninger


def alt_tekster(billede: Rammeaftalebillede) -> Mapping[str, str]:
    """What each drawing shows, for those who cannot see it; the figures stand in the table beside it."""
    dyrest = max(billede.takster, key=lambda takst: takst.vejet or 0, default=None)
    return {
        "kort": f"Kort over {len(billede.kommuner)} kommuner, farvet efter pladser pr. 10.000 indbyggere. {saetninger.kort(billede)}",
        "pladser": f"Søjlediagram over pladser i hver kommune. {saetninger.flest_pladser(billede)}",
        "maalgrupper": (
            f"Søjlediagram over belægningen i {billede.perioder[0].navn} for hver målgruppe. "
            f"{saetninger.hoejest_belagte(billede)}"
        ),
        "takster": (
            f"Søjlediagram over den vejede gennemsnitstakst for hver hjemmel. Højest ligger {dyrest.hjemmel}."
            if dyrest
            else ""
        ),
        "behov": f"Søjlediagram over udækkede behov for hver målgruppe. {saetninger.behov(billede)}",
        "niveauer": f"Stablet søjlediagram over antal tilbud på hvert niveau år for år. {saetninger.niveauer(billede)}",
    }


def _kort(billede: Rammeaftalebillede) -> bytes:
    return kommunekort(
        [
            Omraade(
                kode=kommune.kode,
                navn=kommune.navn,
                geometri=kommune.graense,
                centrum=(float(kommune.laengdegrad), float(kommune.breddegrad)),
                vaerdi=kommune.pladser_pr_10000,
            )
            for kommune in billede.kommuner
        ],
        titel="Pladser pr. 10.000 indbyggere",
        beskrivelse=alt_tekster(billede)["kort"],
        enhed="Pladser pr. 10.000 indbyggere",
        decimaler=1,
    )


def _pladser(billede: Rammeaftalebillede) -> bytes:
    orden = sorted(billede.kommuner, key=lambda kommune: (-kommune.pladser.i_alt, kommune.kode))
    data = [Soejle(navn=kommune.navn, vaerdi=Decimal(kommune.pladser.i_alt)) for kommune in orden]
    return svg(soejler(data, akse="Pladser", beskrivelse=alt_tekster(billede)["pladser"]))


def _maalgrupper(billede: Rammeaftalebillede) -> bytes:
    vist = [(gruppe.navn, andel) for gruppe in billede.maalgrupper if (andel := gruppe.belaegning[0]) is not None]
    data = [Soejle(navn=navn, vaerdi=Decimal(andel)) for navn, andel in sorted(vist, key=lambda par: -par[1])]
    return svg(
        soejler(
            data,
            akse=f"Belægning i {billede.perioder[0].navn}, procent",
            beskrivelse=alt_tekster(billede)["maalgrupper"],
        )
    )


def behov(fundet: UdaekkedeBehov, beskrivelse: str) -> bytes:
    """The target groups that may be named, by needs logged."""
    data = [Soejle(navn=raekke.maalgruppe, vaerdi=Decimal(raekke.i_alt or 0)) for raekke in fundet.flest]
    return svg(soejler(data, akse="Udækkede behov", beskrivelse=beskrivelse))


def _takster(billede: Rammeaftalebillede) -> bytes:
    data = [
        Soejle(navn=f"{takst.paragraf} ({saetninger.enhedsord(takst)})", vaerdi=takst.vejet)
        for takst in billede.takster
        if takst.vejet is not None
    ]
    return svg(soejler(data, akse="Vejet gennemsnitstakst, kr.", beskrivelse=alt_tekster(billede)["takster"]))


def niveauer(tal: Sequence[Niveautal], beskrivelse: str) -> bytes:
    """Offers on each level, day by day."""
    data = [
        Del(navn=kort_dato(paa.dag), kategori=navn, vaerdi=Decimal(antal))
        for paa in tal
        for navn, antal in zip(NIVEAUNAVNE, (paa.niveau1, paa.niveau2, paa.niveau3), strict=True)
    ]
    return svg(stablet(data, akse="Tilbud", beskrivelse=beskrivelse))
