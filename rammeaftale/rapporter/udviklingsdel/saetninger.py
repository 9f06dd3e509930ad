"""The sentences of the report "Udviklingsdel", computed from the snapshot: pure, so that no sentence can say anything else than the tables."""

from collections import Counter
from decimal import Decimal

from faelles.dokument.tal import procent, tal
from rammeaftale.rapporter.rammeaftalen.saetninger import flertal
from rammeaftale.rapporter.udviklingsdel.data import Milepaelsstatus, Tendens, Udviklingsdelbillede

HELE = "Hele området"
MEST_VISTE = 5  # target groups drawn beside the whole area


def kapacitet(billede: Udviklingsdelbillede) -> str:
    """How the open places have changed from the first period to the last."""
    foerst, sidst = billede.aabne_pladser[0], billede.aabne_pladser[-1]
    fra, til = billede.perioder[0].navn, billede.perioder[-1].navn
    if not sidst:
        return f"Der var ingen åbne pladser i området i {til}."
    if not foerst:
        return f"Der var i gennemsnit {tal(sidst, 1)} åbne pladser i {til} og ingen i {fra}."
    aendring = (sidst - foerst) / foerst
    retning = "flere" if sidst > foerst else "færre" if sidst < foerst else "lige så mange"
    hvor_mange = f"{procent(abs(aendring))} {retning} end" if aendring else "lige så mange som"
    return f"Der var i gennemsnit {tal(sidst, 1)} åbne pladser i {til}, {hvor_mange} i {fra}, hvor der var {tal(foerst, 1)}."


def belaegning(billede: Udviklingsdelbillede) -> str:
    """The occupancy of the area, first and last of the periods it may be shown in."""
    kendte = [
        (periode.navn, dage.andel)
        for periode, dage in zip(billede.perioder, billede.belaegning_i_alt, strict=True)
        if dage.andel is not None
    ]
    if not kendte:
        return "Belægningen kan ikke vises: der er ingen åbne pladsdage, eller den hviler på for få ophold."
    (fra, foerst), (til, sidst) = kendte[0], kendte[-1]
    mod = f" mod {procent(foerst)} i {fra}" if fra != til else ""
    return f"{procent(sidst)} af de åbne pladsdage var belagt i {til}{mod}."


def flytninger(billede: Udviklingsdelbillede) -> str:
    """How many offers moved, and which way."""
    if not billede.flytninger:
        return "Ingen tilbud har skiftet niveau i årene."
    op = sum(f.til < f.fra for f in billede.flytninger)
    ned = len(billede.flytninger) - op
    return (
        f"{flertal(op, 'flytning', 'flytninger')} er til et mere specialiseret niveau og {tal(ned)} til et mere alment."
    )


def viste_maalgrupper(billede: Udviklingsdelbillede) -> list[Tendens]:
    """The largest target groups whose occupancy may be shown in every period."""
    hele = [t for t in billede.maalgrupper if None not in t.belaegning]
    return sorted(hele, key=lambda t: (-t.pladser[-1], t.maalgruppe))[:MEST_VISTE]


def milepaele(billede: Udviklingsdelbillede) -> list[tuple[str, str, Milepaelsstatus]]:
    """Every milestone, with the names of its focus area and of the work it belongs to."""
    return [
        (omraade.navn, indsats.navn, milepael)
        for omraade in billede.fokus
        for indsats in omraade.indsatser
        for milepael in indsats.milepaele
    ]


def fokus(billede: Udviklingsdelbillede) -> str:
    """How many focus areas, and how far they have come."""
    if not billede.fokus:
        return "Aftalen har ingen fokusområder på platformen."
    antal = flertal(len(billede.fokus), "fokusområde", "fokusområder")
    temaer = sum(omraade.ministertema for omraade in billede.fokus)
    heraf = f", heraf {tal(temaer)} sat af ministeren," if temaer else ""
    return f"Aftalen har {antal}{heraf} og {flertal(len(milepaele(billede)), 'milepæl', 'milepæle')}."


def temaer(billede: Udviklingsdelbillede) -> str:
    """How many central calls, and how many of them are answered."""
    if not billede.temaer:
        return "Der er ingen centrale udmeldinger til aftalens kommuner."
    besvaret = sum(tema.svaret == tema.parter for tema in billede.temaer)
    return (
        f"Aftalens kommuner har fået {flertal(len(billede.temaer), 'central udmelding', 'centrale udmeldinger')}. "
        f"{tal(besvaret)} af {tal(len(billede.temaer))} er besvaret af alle."
    )


def bevaegelser(billede: Udviklingsdelbillede) -> str:
    """The target group with the largest rise in places from the first period to the last, and the one with the largest fall.

    Less than a place is no movement: a place that is open on weekdays counts a little more in one year than in another.
    """
    stigning = {t.maalgruppe: t.pladser[-1] - t.pladser[0] for t in billede.maalgrupper}
    op = max(stigning, key=stigning.__getitem__, default="")
    ned = min(stigning, key=stigning.__getitem__, default="")
    dele = []
    if op and stigning[op] >= 1:
        dele.append(f"flest nye pladser er der til {op} ({tal(stigning[op])} flere)")
    if ned and stigning[ned] <= -1:
        dele.append(f"størst er faldet for {ned} ({tal(-stigning[ned])} færre)")
    tekst = ", og ".join(dele) or "ingen målgruppe har fået en hel plads flere eller færre i årene"
    return f"{tekst[0].upper()}{tekst[1:]}."


def kurver(billede: Udviklingsdelbillede) -> list[tuple[str, str, Decimal]]:
    """Series, period and occupancy in per cent: the area where it may be shown, and the largest target groups."""
    hele = [
        (HELE, periode.navn, (dage.andel * 100).quantize(Decimal("0.1")))
        for periode, dage in zip(billede.perioder, billede.belaegning_i_alt, strict=True)
        if dage.andel is not None
    ]
    return hele + [
        (tendens.maalgruppe, periode.navn, Decimal(andel or 0))
        for tendens in viste_maalgrupper(billede)
        for periode, andel in zip(billede.perioder, tendens.belaegning, strict=True)
    ]


def flyttet_pr_aar(billede: Udviklingsdelbillede) -> list[tuple[str, int, int]]:
    """Each year shown, with the offers that moved to a more specialised level and to a more general one."""
    op = Counter(f.dag.year for f in billede.flytninger if f.til < f.fra)
    ned = Counter(f.dag.year for f in billede.flytninger if f.til > f.fra)
    return [(str(aar), op[aar], ned[aar]) for aar in sorted({paa.dag.year for paa in billede.niveauer})]
