"""Typed rows from a file, or every fault in it: row, column, value, rule and fix."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from faelles.cpr import ligner_cpr
from faelles.regneark.kolonner import Ark, Celle, Kolonne, Ulaeselig, kort, overskrift, som_tekst, vist
from faelles.regneark.raa import Raaark
from faelles.regneark.skabelon import LISTEARK, VEJLEDNING

CPR_REGEL, CPR_RETTELSE = "Et CPR-nummer må ikke stå her.", "Slet tallet. Platformen gemmer aldrig CPR-numre."
EN_FOR_HVER = "Kopiér cellerne, og indsæt dem som værdier, én celle for hver."
PORTION = 500  # rows between two words of how far it is
FLEST_FEJL = 1_000  # more than anybody would mend one by one; the report says that there are more


@dataclass(frozen=True, slots=True, order=True)
class Raekkefejl:
    """A fault. `raekke` is the row's number in the file (headings are row 1), 0 where the sheet as a whole is meant."""

    ark: str
    raekke: int
    kolonne: str
    vaerdi: str
    regel: str
    rettelse: str

    def __post_init__(self) -> None:
        """A fault is kept and shown, so it never repeats a CPR number, not even a part of one, nor one typed as a number with decimals; `vaerdi` is cut to what fits a report."""
        som_tal = self.vaerdi.replace(",", ".")
        if any(ligner_cpr(tekst) for tekst in (self.kolonne, self.vaerdi, som_tal, self.regel, self.rettelse)):
            uden = {"kolonne": "" if ligner_cpr(self.kolonne) else self.kolonne, "vaerdi": ""}
            for felt, tekst in {**uden, "regel": CPR_REGEL, "rettelse": CPR_RETTELSE}.items():
                object.__setattr__(self, felt, tekst)
        object.__setattr__(self, "vaerdi", kort(self.vaerdi))


@dataclass(frozen=True, slots=True)
class Raekke:
    """A row's number in the file and its values by `felt`."""

    nummer: int
    felter: Mapping[str, Any]


@dataclass(slots=True)
class Indlaest:
    """What a file holds: rows by sheet, and its faults. With faults nothing may be written.

    `ulaeste`: sheet and number of every row with a fault, those beyond the first FLEST_FEJL faults too; such a row's values may be missing.
    """

    ark: dict[str, list[Raekke]] = field(default_factory=dict)
    fejl: list[Raekkefejl] = field(default_factory=list)
    ulaeste: set[tuple[str, int]] = field(default_factory=set)

    @property
    def i_orden(self) -> bool:
        """Whether it can be carried out."""
        return not self.fejl


def indlaes(
    raa: Sequence[Raaark], skema: Sequence[Ark], naaet: Callable[[int], object] = lambda _antal: None
) -> Indlaest:
    """Read every sheet of the schema. A CSV file is the schema's first sheet, or the one whose headings it has.

    `naaet` is told every PORTION rows how many of the file have been read; what it raises ends the reading.
    """
    resultat = Indlaest()
    laeste = 0
    fundne = _find_ark(raa, skema)
    if fundne:
        resultat.fejl += _ukendte_ark(raa, skema, fundne)
    for ark in skema:
        kilde = fundne.get(ark.navn)
        if kilde is None:
            if len(fundne) == 0:
                resultat.fejl.append(
                    Raekkefejl(ark.navn, 0, "", "", f"Arket »{ark.navn}« mangler.", "Begynd med platformens skabelon.")
                )
            continue
        resultat.ark[ark.navn] = _laes_ark(kilde, ark, resultat.fejl, laeste, naaet)
        laeste += len(kilde.raekker[1:])
    resultat.ulaeste = {(fejl.ark, fejl.raekke) for fejl in resultat.fejl}
    del resultat.fejl[FLEST_FEJL:]
    return resultat


def _find_ark(raa: Sequence[Raaark], skema: Sequence[Ark]) -> dict[str, Raaark]:
    ved_navn = {kilde.navn.strip().casefold(): kilde for kilde in raa}
    fundne = {ark.navn: ved_navn[ark.navn.casefold()] for ark in skema if ark.navn.casefold() in ved_navn}
    if fundne or len(raa) != 1:
        return fundne
    overskrifter = {overskrift(som_tekst(celle)) for celle in (raa[0].raekker or [[]])[0]}
    passer = max(skema, key=lambda ark: sum(overskrift(kolonne.navn) in overskrifter for kolonne in ark.kolonner))
    return {passer.navn: raa[0]}


def _ukendte_ark(raa: Sequence[Raaark], skema: Sequence[Ark], fundne: Mapping[str, Raaark]) -> Iterator[Raekkefejl]:
    """A sheet that is nothing of ours and not empty: what stands in it would be lost without anybody seeing it."""
    laeste = {id(kilde) for kilde in fundne.values()}
    navne = ", ".join(f"»{ark.navn}«" for ark in skema)
    for kilde in raa:
        tomt = not any(som_tekst(celle) for raekke in kilde.raekker for celle in raekke)
        if id(kilde) not in laeste and kilde.navn not in {VEJLEDNING, LISTEARK} and not tomt:
            rettelse = f"Skemaets ark er {navne}. Ret navnet, eller slet arket."
            yield Raekkefejl(kort(kilde.navn), 0, "", "", "Arket kendes ikke.", rettelse)


def _laes_ark(
    kilde: Raaark, ark: Ark, fejl: list[Raekkefejl], foer: int, naaet: Callable[[int], object]
) -> list[Raekke]:
    kolonner = _kolonner(kilde, ark, fejl)
    uden_overskrift = _uden_overskrift(kilde)
    raekker: list[Raekke] = []
    formler = set(kilde.formler)
    fejl += _flettede(kilde, ark)
    set_foer: dict[tuple[Any, ...], int] = {}
    for nummer, celler in enumerate(kilde.raekker[1:], start=2):
        if (nummer - 1) % PORTION == 0:
            naaet(foer + nummer - 1)
        if all(som_tekst(celle) == "" for celle in celler):
            continue
        felter: dict[str, Any] = {}
        for indeks, kolonne in kolonner.items():
            celle = celler[indeks] if indeks < len(celler) else None
            if (nummer, indeks + 1) in formler:
                regel = "En formel kan ikke læses; dens værdi kan være gammel."
                fejl.append(Raekkefejl(ark.navn, nummer, kolonne.navn, vist(celle), regel, EN_FOR_HVER))
                continue
            _laes_celle(celle, kolonne, Raekkefejl(ark.navn, nummer, kolonne.navn, "", "", ""), felter, fejl)
        fejl += _loese(celler, nummer, ark, uden_overskrift)
        raekker.append(Raekke(nummer, felter))
        _tjek_noegle(ark, nummer, felter, set_foer, fejl)
    return raekker


def _uden_overskrift(kilde: Raaark) -> set[int]:
    """The columns with an empty heading, up to the widest row."""
    hoved = kilde.raekker[0] if kilde.raekker else []
    bredest = max(map(len, kilde.raekker), default=0)
    return {indeks for indeks in range(bredest) if indeks >= len(hoved) or som_tekst(hoved[indeks]) == ""}


def _loese(celler: Sequence[Celle], nummer: int, ark: Ark, uden_overskrift: set[int]) -> Iterator[Raekkefejl]:
    """The cells under no heading, the first of each column: nobody can tell what they are, and they would be lost."""
    for indeks in sorted(uden_overskrift):
        if indeks < len(celler) and (tekst := vist(celler[indeks])):
            uden_overskrift.discard(indeks)
            rettelse = "Giv kolonnen en af skemaets overskrifter, eller slet det, der står i den."
            yield Raekkefejl(ark.navn, nummer, f"Kolonne {indeks + 1}", tekst, "Cellen har ingen overskrift.", rettelse)


def _flettede(kilde: Raaark, ark: Ark) -> Iterator[Raekkefejl]:
    """The merged areas that reach into what is read: only their first cell has what people see in all of them."""
    hoved = kilde.raekker[0] if kilde.raekker else []
    for (raekke, kolonne), (_, sidste) in kilde.flettede:
        if raekke <= len(kilde.raekker) and kolonne <= len(hoved):
            navne = [
                k.navn if (k := ark.kolonne(navn)) else navn for navn in map(som_tekst, hoved[kolonne - 1 : sidste])
            ]
            regel = "Flettede celler kan ikke læses."
            yield Raekkefejl(
                ark.navn,
                raekke,
                ", ".join(filter(None, navne)),
                vist(kilde.raekker[raekke - 1][kolonne - 1]),
                regel,
                EN_FOR_HVER,
            )


def _kolonner(kilde: Raaark, ark: Ark, fejl: list[Raekkefejl]) -> dict[int, Kolonne]:
    fundne: dict[int, Kolonne] = {}
    for indeks, celle in enumerate(kilde.raekker[0] if kilde.raekker else []):
        navn = som_tekst(celle)
        kolonne = ark.kolonne(navn)
        if kolonne is None and navn:
            fejl.append(Raekkefejl(ark.navn, 1, navn, "", "Kolonnen kendes ikke.", "Slet den, eller ret overskriften."))
        elif kolonne is not None and kolonne in fundne.values():
            fejl.append(Raekkefejl(ark.navn, 1, navn, "", "Kolonnen står der to gange.", "Slet den ene."))
        elif kolonne is not None:
            fundne[indeks] = kolonne
    fejl += [
        Raekkefejl(ark.navn, 1, kolonne.navn, "", "Kolonnen mangler.", "Tilføj den fra platformens skabelon.")
        for kolonne in ark.kolonner
        if kolonne.paakraevet and kolonne not in fundne.values()
    ]
    return fundne


def _laes_celle(
    celle: Celle, kolonne: Kolonne, sted: Raekkefejl, felter: dict[str, Any], fejl: list[Raekkefejl]
) -> None:
    if som_tekst(celle) == "":
        felter[kolonne.felt] = kolonne.tom
        if kolonne.paakraevet:
            fejl.append(_paa(sted, "", "Skal udfyldes.", kolonne.hjaelp))
        return
    try:
        felter[kolonne.felt] = kolonne.laes(celle)
    except Ulaeselig as ulaeselig:
        fejl.append(_paa(sted, vist(celle), ulaeselig.regel, ulaeselig.rettelse))


def _paa(sted: Raekkefejl, vaerdi: str, regel: str, rettelse: str) -> Raekkefejl:
    """The fault at a place."""
    return Raekkefejl(sted.ark, sted.raekke, sted.kolonne, vaerdi, regel, rettelse)


def _tjek_noegle(
    ark: Ark, nummer: int, felter: Mapping[str, Any], set_foer: dict[tuple[Any, ...], int], fejl: list[Raekkefejl]
) -> None:
    if not ark.noegle or any(felter.get(felt) in {None, ""} for felt in ark.noegle):
        return
    noegle = tuple(felter[felt] for felt in ark.noegle)
    if (foer := set_foer.setdefault(noegle, nummer)) != nummer:
        navne = ", ".join(kolonne.navn for kolonne in ark.kolonner if kolonne.felt in ark.noegle)
        vaerdi = " / ".join(vist(del_) for del_ in noegle)
        fejl.append(
            Raekkefejl(
                ark.navn, nummer, navne, vaerdi, f"Står allerede i række {foer}.", "Slet den ene række, eller ret den."
            )
        )


def fejltabel(fejl: Iterable[Raekkefejl]) -> list[list[str]]:
    """The faults as a table with headings, ready to be taken out."""
    hoved = ["Ark", "Række", "Kolonne", "Værdi", "Regel", "Sådan retter du"]
    return [hoved, *([f.ark, str(f.raekke or ""), f.kolonne, f.vaerdi, f.regel, f.rettelse] for f in fejl)]
