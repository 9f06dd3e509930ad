"""The report's sentences, computed from the snapshot: pure, so that no sentence can say anything else than the tables."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Protocol

from faelles.dokument.tal import dato, kr, procent, tal
from rammeaftale.livscyklus import Optaelling, Partsstatus, optael
from rammeaftale.rapporter.rammeaftalen.data import (
    Belaegning,
    Kommune,
    Niveauflytning,
    Niveautal,
    Rammeaftalebillede,
    Takster,
    UdaekkedeBehov,
)
from vilkaar.noegler import Noegle


def flertal(antal: int, ental: str, flere: str) -> str:
    """`1 tilbud`, `1.234 pladser`."""
    return f"{tal(antal)} {ental if antal == 1 else flere}"


def optaelling(billede: Rammeaftalebillede) -> Optaelling:
    """How many parties have approved."""
    return optael(Partsstatus(part.status) for part in billede.parter)


def godkendelser(billede: Rammeaftalebillede) -> str:
    """Whether the parties agree, and what that means for the agreement."""
    stemmer, aftale = optaelling(billede), billede.aftale
    if stemmer.enstemmig:
        vedtaget = f", og den blev vedtaget {dato(aftale.vedtaget)}" if aftale.vedtaget else ""
        return f"Alle {stemmer.i_alt} parter har godkendt version {aftale.versionsnummer}{vedtaget}."
    mangler = stemmer.i_alt - stemmer.godkendt - stemmer.afvist
    rester = [f"{mangler} mangler endnu at beslutte sig"] if mangler else []
    if stemmer.afvist:
        rester.append(f"{stemmer.afvist} har afvist")
    krav = " Aftalen kan kun vedtages, når alle parter har godkendt." if aftale.sendt_til_godkendelse else ""
    return f"{stemmer.tekst} version {aftale.versionsnummer}; {' og '.join(rester)}.{krav}"


def stand(billede: Rammeaftalebillede) -> str:
    """Where the agreement is on the data date."""
    aftale = billede.aftale
    if aftale.stand == "I kraft":
        return f"{aftale.titel} er i kraft og gælder {aftale.periode_i_ord}."
    frist = ""
    if aftale.sendt_til_godkendelse and aftale.godkendelsesfrist:
        frist = f" Fristen for parternes godkendelse er {dato(aftale.godkendelsesfrist)}."
    return f"{aftale.titel} er på datadagen »{aftale.stand.lower()}«.{frist}"


def omfang(billede: Rammeaftalebillede) -> str:
    """How much lies in the area."""
    pladser = billede.pladser_i_alt
    return (
        f"De {len(billede.kommuner)} kommuner rummer {flertal(billede.tilbud_i_alt, 'tilbud', 'tilbud')} "
        f"med {flertal(pladser.i_alt, 'plads', 'pladser')}, heraf {flertal(pladser.doegn, 'døgnplads', 'døgnpladser')} "
        f"og {flertal(pladser.dag, 'dagplads', 'dagpladser')}."
    )


def belaegning(billede: Rammeaftalebillede) -> str:
    """Occupancy of the whole area against what the takster assume."""
    dele = []
    for periode, tal_ in zip(billede.perioder, billede.belaegning_i_alt, strict=True):
        if tal_.andel is not None:
            dele.append(f"{procent(tal_.andel)} i {periode.navn}")
    if not dele:
        return "Belægningen kan ikke vises: der er ingen åbne pladsdage, eller den hviler på for få ophold."
    return f"Af de åbne pladsdage var {' og '.join(dele)} belagt.{_mod_forudsat(billede)}"


def _mod_forudsat(billede: Rammeaftalebillede) -> str:
    graenser = {v.noegle: v.vaerdi for v in billede.vilkaar.vaerdier}
    andel = billede.belaegning_i_alt[0].andel
    if andel is None or Noegle.BELAEGNING_MIN not in graenser or Noegle.BELAEGNING_MAKS not in graenser:
        return ""
    mindst, hoejst = Decimal(graenser[Noegle.BELAEGNING_MIN]) / 100, Decimal(graenser[Noegle.BELAEGNING_MAKS]) / 100
    dom = "under" if andel < mindst else "over" if andel > hoejst else "inden for"
    return (
        f" Taksterne forudsætter en belægning fra {procent(mindst, 0)} til {procent(hoejst, 0)} "
        f"({billede.vilkaar.kilde(Noegle.BELAEGNING_MIN, Noegle.BELAEGNING_MAKS)}); "
        f"belægningen i {billede.perioder[0].navn} ligger {dom} det forudsatte."
    )


def flest_pladser(billede: Rammeaftalebillede) -> str:
    """The municipality with most places, or how many share the first place."""
    hoejest, navne = _foerstepladsen((k.navn, k.pladser.i_alt) for k in billede.kommuner)
    return f"Flest, {tal(hoejest)}, er der i {_navne(navne, 'kommuner')}." if navne else ""


def hoejest_belagte(billede: Rammeaftalebillede) -> str:
    """The target group with the highest occupancy of the first period, or how many share it."""
    kendte = ((m.navn, m.belaegning[0]) for m in billede.maalgrupper)
    hoejest, navne = _foerstepladsen((navn, andel) for navn, andel in kendte if andel is not None)
    return f"Højest, {hoejest} procent, ligger {_navne(navne, 'målgrupper')}." if navne else ""


def _foerstepladsen(par: Iterable[tuple[str, int]]) -> tuple[int, list[str]]:
    """The highest figure and everybody who has it."""
    alle = list(par)
    hoejest = max((vaerdi for _, vaerdi in alle), default=0)
    return hoejest, [navn for navn, vaerdi in alle if vaerdi == hoejest]


def _navne(navne: Sequence[str], flere: str) -> str:
    """One name, two joined, or how many there are."""
    return " og ".join(navne) if len(navne) <= 2 else f"{tal(len(navne))} {flere}"  # noqa: PLR2004 - more would be a list


def takster(billede: Rammeaftalebillede) -> str:
    """How many takster, and the legal basis most of them stand under."""
    if not billede.takster:
        return f"Der er ingen takster for {billede.takstaar}."
    antal = sum(takst.antal for takst in billede.takster)
    hoejest = max(billede.takster, key=lambda takst: takst.antal)
    vejet = (
        f" Den vejede gennemsnitstakst er her {kr(hoejest.vejet, 0)} pr. {enhedsord(hoejest)}." if hoejest.vejet else ""
    )
    return (
        f"Der er {flertal(antal, 'takst', 'takster')} for {billede.takstaar}. "
        f"Flest, {tal(hoejest.antal)}, er efter {hoejest.hjemmel}.{vejet}"
    )


def enhedsord(takst: Takster) -> str:
    """`døgn` or `dag`."""
    return takst.enhed.removeprefix("kr./")


class MedNiveauer(Protocol):
    """A snapshot that holds the levels year by year, and what has moved."""

    @property
    def niveauer(self) -> Sequence[Niveautal]:
        """By day, the data date last."""

    @property
    def flytninger(self) -> Sequence[Niveauflytning]:
        """In the years shown."""


class MedBehov(Protocol):
    """A snapshot that holds the unmet needs."""

    @property
    def behov(self) -> UdaekkedeBehov:
        """Of finished quarters."""


def niveauer(billede: MedNiveauer) -> str:
    """How the offers are shared among the levels, and whether any moved."""
    nu = billede.niveauer[-1]
    uden = f" {flertal(nu.uden, 'tilbud er', 'tilbud er')} ikke indplaceret." if nu.uden else ""
    foerste = billede.niveauer[0].dag.year
    flyttet = (
        f"Siden {foerste} er der registreret {flertal(len(billede.flytninger), 'flytning', 'flytninger')} mellem niveauerne."
        if billede.flytninger
        else f"Der er ikke registreret flytninger mellem niveauerne siden {foerste}."
    )
    return (
        f"{tal(nu.niveau1)} tilbud er meget specialiserede (niveau 1), {tal(nu.niveau2)} specialiserede (niveau 2) "
        f"og {tal(nu.niveau3)} mere almene (niveau 3).{uden} {flyttet}"
    )


def behov(billede: MedBehov) -> str:
    """How many needs were logged, and the target group with most of those that may be shown."""
    fundet = billede.behov
    kvartaler = f"de {len(fundet.kvartaler)} kvartaler før datadagen"
    if not fundet.viser_noget:
        return f"Der er ikke logget så mange udækkede behov i {kvartaler}, at tallene kan vises."
    mindst = "mindst " if None in fundet.summer else ""
    i_alt = mindst + flertal(fundet.i_alt or 0, "søgning", "søgninger")
    hoejest, navne = _foerstepladsen((r.maalgruppe, r.i_alt or 0) for r in fundet.flest)
    flest = f" Flest, {tal(hoejest)}, er for {_navne(navne, 'målgrupper')}." if navne else ""
    return f"Kommunerne har i {kvartaler} logget {i_alt} uden et brugbart tilbud.{flest}"


def rangfoelge(billede: Rammeaftalebillede) -> list[Kommune]:
    """Municipalities with a population figure, most places per inhabitant first."""
    med_tal = [kommune for kommune in billede.kommuner if kommune.pladser_pr_10000 is not None]
    return sorted(med_tal, key=lambda kommune: (-(kommune.pladser_pr_10000 or 0), kommune.kode))


def kort(billede: Rammeaftalebillede) -> str:
    """What the map shows."""
    orden = rangfoelge(billede)
    if not orden:
        return "Der er ingen folketal, så pladserne kan ikke ses i forhold til indbyggerne."
    flest, faerrest = orden[0], orden[-1]
    return (
        f"{flest.navn} har flest pladser i forhold til indbyggerne, {tal(flest.pladser_pr_10000 or 0, 1)} pr. 10.000, "
        f"og {faerrest.navn} færrest, {tal(faerrest.pladser_pr_10000 or 0, 1)}."
    )


def offentliggjort(billede: Rammeaftalebillede) -> str:
    """How much others have published, and how much of it could be placed."""
    fundet = billede.offentliggjort
    if not fundet.priser and not fundet.tilbud:
        return "Der er ikke indlæst offentliggjorte priser eller tilbud."
    return (
        f"Driftsherrer har selv offentliggjort {flertal(len(fundet.priser), 'pris', 'priser')} og {flertal(fundet.tilbud, 'tilbud', 'tilbud')}, "
        f"som er indlæst med kilde. {flertal(fundet.uplacerede, 'række', 'rækker')} kunne ikke placeres og er vist med årsag."
    )


def andelstekst(tal_: Belaegning) -> str:
    """A table cell: the share, `skjult` when it may not be shown, a dash when there is nothing to share."""
    if not tal_.aabne:
        return "–"
    return "skjult" if tal_.andel is None else procent(tal_.andel)
