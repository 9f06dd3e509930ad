"""The report's own sentences, computed from the snapshot: pure, so that no sentence can say anything else than the tables."""

from decimal import Decimal

from faelles.dokument.tal import kr, tal, tal_mod
from rammeaftale.rapporter.rammeaftalen.saetninger import flertal
from rammeaftale.rapporter.takstanalyse.data import Serie, Takstanalysebillede, Takstart
from takster.vilkaarsinddata import LOFTSVILKAAR
from vilkaar.noegler import Noegle

HUNDREDE = Decimal(100)


def aendring(billede: Takstanalysebillede, art: Takstart) -> str:
    """How many per cent the cost has changed since the base year, in fixed prices; empty when that is not known."""
    if art.alle is None or art.basisaar is None:
        return ""
    foer, nu = art.alle.punkt(art.basisaar), art.alle.punkt(billede.aar)
    if foer is None or nu is None or nu.indeks is None:
        return ""
    procent = nu.indeks - HUNDREDE
    hvor_meget = f"{tal_mod(abs(procent), Decimal(0), 1)} procent"
    hvordan = f"steget {hvor_meget}" if procent > 0 else f"faldet {hvor_meget}" if procent else "uændret"
    return (
        f"Udgiften {art.pr_dag} er {hvordan} i faste priser fra {foer.aar} til {nu.aar}: "
        f"fra {kr(foer.udgift)} til {kr(nu.udgift)} i {billede.aar}-priser."
    )


def loftets_kilde(billede: Takstanalysebillede) -> str:
    """Where the ceiling is agreed; empty without terms."""
    kilde = _kilde(billede, *LOFTSVILKAAR)
    return f"Loftet er aftalt i {kilde}." if kilde else ""


def paa_rette_spor(art: Takstart) -> str:
    """How many operators keep the ceiling each by itself, and whether that is most of them."""
    domme = [serie.dom.overholdt for serie in art.driftsherrer if serie.dom]
    if not domme:
        return "Ingen driftsherre kan måles i både basisåret og året."
    holder, alle = sum(domme), len(domme)
    andel = "over halvdelen" if holder * 2 > alle else "halvdelen" if holder * 2 == alle else "under halvdelen"
    hvor_mange = "alle" if holder == alle else "ingen" if not holder else andel
    umaalte = len(art.driftsherrer) - alle
    uden = f" {flertal(umaalte, 'driftsherre', 'driftsherrer')} har ikke målte takster i begge år." if umaalte else ""
    return f"{tal(holder)} af {flertal(alle, 'driftsherre', 'driftsherrer')} ({hvor_mange}) ligger hver for sig på eller under loftet.{uden}"


def overhead(billede: Takstanalysebillede, art: Takstart) -> str:
    """The average overhead against the agreed norm, and how many operators are over it."""
    gennemsnit = overheadprocent(art.alle, billede.aar) if art.alle else None
    if gennemsnit is None:
        return f"Overhead kan ikke opgøres for {billede.aar}."
    if billede.norm is None:
        return f"{_gennemsnit(billede, tal(gennemsnit, 1))} Aftalen har ingen norm for overhead."
    procenter = [overheadprocent(serie, billede.aar) for serie in art.driftsherrer]
    over = sum(procent is not None and procent > billede.norm for procent in procenter)
    return (
        f"{_gennemsnit(billede, tal_mod(gennemsnit, billede.norm, 1))} Aftalens norm er {tal(billede.norm, 1)} procent ({_kilde(billede, Noegle.OVERHEAD_PROCENT)}); "
        f"{flertal(over, 'driftsherre', 'driftsherrer') if over else 'ingen driftsherrer'} ligger over."
    )


def _gennemsnit(billede: Takstanalysebillede, procent: str) -> str:
    return f"Overhead er i gennemsnit {procent} procent af de direkte omkostninger i {billede.aar}."


def overheadprocent(serie: Serie, aar: int) -> Decimal | None:
    """The overhead of a year in percent of the direct costs; None when there is none."""
    punkt = serie.punkt(aar)
    return punkt.overheadprocent if punkt else None


def prisniveau(billede: Takstanalysebillede, art: Takstart) -> str:
    """Whose prices, by which PL, and where that is agreed."""
    if not art.pl:
        return f"Beløb er i {billede.aar}-priser."
    satser = ", ".join(f"{pl.aar}: {_procenttal(pl.procent)}" for pl in art.pl)
    return (
        f"Faste priser er {billede.aar}-priser. Beløb fra tidligere år er regnet op med den aftalte PL i procent: {satser} "
        f"({_kilde(billede, *LOFTSVILKAAR)})."
    )


def omfang(billede: Takstanalysebillede, art: Takstart) -> str:
    """How many offers, places, days and kroner the year's figures are of."""
    punkt = art.alle.punkt(billede.aar) if art.alle else None
    if punkt is None:
        return f"Der er ingen målte takster i {billede.aar}."
    return (
        f"Målingen for {billede.aar} omfatter {flertal(punkt.tilbud, 'tilbud', 'tilbud')} med {tal(punkt.pladser)} pladser, "
        f"{tal(punkt.pladsdage)} pladsdage og et budget på {kr(punkt.omkostninger, 0)}"
    )


def private(billede: Takstanalysebillede) -> str:
    """How many offers set their own price, and that they are not measured."""
    if not billede.private_tilbud:
        return "Der er ingen private eller selvejende tilbud i området."
    takster = sum(takst.antal for takst in billede.private)
    priser = (
        f"De har {flertal(takster, 'takst', 'takster')}, der gælder i {billede.aar}."
        if takster
        else f"Platformen kender ingen takster for dem i {billede.aar}."
    )
    return (
        f"{flertal(billede.private_tilbud, 'privat eller selvejende tilbud', 'private og selvejende tilbud')} ligger i området. "
        f"Prisen er deres egen, så de indgår ikke i målingen mod loftet. {priser}"
    )


def udeladt(art: Takstart) -> str:
    """How many takster and whole offers are not in the year's figures."""
    antal = sum(et.nu for et in art.udeladte)
    return (
        f"{flertal(antal, 'takst eller tilbud', 'takster og tilbud')} er ikke med i årets tal."
        if antal
        else "Alle takster og tilbud i området er med."
    )


def _kilde(billede: Takstanalysebillede, *noegler: Noegle) -> str:
    return billede.vilkaar.kilde(*noegler) if billede.vilkaar else ""


def _procenttal(procent: Decimal) -> str:
    return format(procent.normalize(), "f").replace(".", ",")
