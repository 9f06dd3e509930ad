"""Rows of a file beside the register: what is new, what changes from what to what, and every rule that is broken. Pure.

Values are compared and kept in canonical form: dates and numbers as text, sets as sorted lists. The same rows over the same
register give the same changes, so that an approval can see whether the register has moved since the dry run.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from faelles.regneark.indlaesning import Raekke, Raekkefejl
from faelles.regneark.kolonner import Ark
from tilbud.registerimport.blokark import GODKENDELSER, LUKNINGER, MERPLADSER, TILSYNSRAPPORTER, YDELSER
from tilbud.registerimport.koder import koder, udgaaede
from tilbud.registerimport.regler import Brud, overlap, periodregler, pladsregler, tilbudsregler
from tilbud.registerimport.skema import AFDELINGER, PLADSER, TILBUD, Skema

# Columns that say which row it is, and not what is in it.
_STED = dict.fromkeys((AFDELINGER, GODKENDELSER, TILSYNSRAPPORTER, YDELSER), ("tilbud", "id")) | {
    TILBUD: ("id",),
    PLADSER: ("tilbud", "afdeling", "id"),
    MERPLADSER: ("tilbud", "afdeling", "id"),
    LUKNINGER: ("tilbud", "afdeling", "plads", "id"),
}
# The column a row is called by, and where it must be different within the same parent.
_NAVN = {
    TILBUD: "navn", AFDELINGER: "navn", PLADSER: "betegnelse", GODKENDELSER: "hjemmel", TILSYNSRAPPORTER: "dato",
    YDELSER: "type", MERPLADSER: "grund", LUKNINGER: "hvad",
}  # fmt: skip
_NAVN_ER_ENESTE = (AFDELINGER, PLADSER, TILSYNSRAPPORTER)
# Dated facts, and the columns with whose values there is one at a time within the same parent.
_EN_AD_GANGEN = {GODKENDELSER: ("hjemmel",), YDELSER: ("type", "leveringsform"), MERPLADSER: ()}
_I_ORDEN = {"metoder"}  # lists whose order is meant


@dataclass(frozen=True, slots=True)
class Post:
    """A registered row: its id, the id of what it belongs to (empty for an offer), and its canonical values by `felt`."""

    id: str
    over: str
    felter: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Register:
    """What is registered, by sheet and then by id (the operator's own id and the platform's both lead there).

    `andres`: ids the file mentions that belong elsewhere; `uden_for`: those, with their sheet, of offers of the operator's own the
    actor does not work with. `portal`: the offer each Tilbudsportal id belongs to.
    """

    poster: Mapping[str, Mapping[str, Post]]
    andres: frozenset[str] = frozenset()
    uden_for: frozenset[tuple[str, str]] = frozenset()
    portal: Mapping[str, str] = field(default_factory=dict)
    maa_oprette_tilbud: bool = True


@dataclass(frozen=True, slots=True)
class Aendring:
    """A row that is new (`id` empty) or changed: `felter` are the values before and after by `felt`.

    `noegle` is the registered id, or one made of `sti` (the file's ids from the offer down) for what is new; `over` is the
    parent's and `tilbud` the offer's.
    """

    ark: str
    raekke: int
    sti: list[str]
    navn: str
    id: str
    noegle: str
    over: str
    tilbud: str
    felter: dict[str, list[Any]]

    @property
    def ny(self) -> bool:
        """Whether it makes something that is not registered."""
        return not self.id


@dataclass(slots=True)
class Sammenligning:
    """The changes in the order of the file, how many rows change nothing, and the faults."""

    aendringer: list[Aendring] = field(default_factory=list)
    uaendrede: int = 0
    fejl: list[Raekkefejl] = field(default_factory=list)


def kanonisk(felt: str, vaerdi: Any) -> Any:
    """A value in canonical form."""
    if isinstance(vaerdi, date):
        return vaerdi.isoformat()
    if isinstance(vaerdi, Decimal):
        return format(vaerdi.normalize(), "f")
    if isinstance(vaerdi, (list, tuple)):
        return list(vaerdi) if felt in _I_ORDEN else sorted(vaerdi)
    return vaerdi


def sammenlign(
    raekker: Mapping[str, Sequence[Raekke]],
    skema: Skema,
    register: Register,
    ulaeste: AbstractSet[tuple[str, int]] = frozenset(),
) -> Sammenligning:
    """Compare every row that could be read. Rows with a fault of reading only count as known to those below them."""
    gang = _Gang(skema, register, ulaeste)
    for ark in skema.alle:
        for raekke in raekker.get(ark.navn, ()):
            gang.tag(ark, raekke)
    gang.tjek_navne()
    gang.tjek_perioder()
    return gang.resultat


class _Gang:
    """One walk through the rows."""

    def __init__(self, skema: Skema, register: Register, ulaeste: AbstractSet[tuple[str, int]]) -> None:
        self.skema, self.register, self.ulaeste = skema, register, ulaeste
        self.resultat = Sammenligning()
        self.noegler: dict[str, dict[tuple[str, str], str]] = {ark: {} for ark in _STED}
        self.set_foer: dict[str, int] = {}
        self.portal: dict[str, str] = dict(register.portal)

    def tag(self, ark: Ark, raekke: Raekke) -> None:
        """One row: find its parent and itself, and compare."""
        felter = {felt: kanonisk(felt, vaerdi) for felt, vaerdi in raekke.felter.items()}
        if any(felter.get(felt) in {None, ""} for felt in _STED[ark.navn]):
            return
        sti = [str(felter.pop(felt)) for felt in _STED[ark.navn]]
        over = self._over(ark, raekke, sti)
        if over is None:
            return
        post = self._poster(ark.navn).get(sti[-1])
        noegle = post.id if post else "/".join(("ny", *sti))
        self.noegler[ark.navn][over, sti[-1]] = noegle
        if (ark.navn, raekke.nummer) in self.ulaeste or (ark.navn, 1) in self.ulaeste:
            return
        if (brud := self._ukendt(ark, sti, post)) or (brud := self._gentaget(noegle, raekke.nummer)):
            self._fejl(ark, raekke.nummer, brud, sti[-1])
            return
        if post and post.over != over:
            self._fejl(ark, raekke.nummer, self._flyttet(ark, post), sti[-2])
            return
        self._sammenlign(ark, raekke.nummer, sti, post, over, noegle, felter)

    def _over(self, ark: Ark, raekke: Raekke, sti: Sequence[str]) -> str | None:
        """The key of what the row belongs to; empty for an offer, None when it is known neither here nor there."""
        over = ""
        for led, (navn, ord_) in enumerate(zip((TILBUD, AFDELINGER), sti[:-1], strict=False)):
            post = self.register.poster[navn].get(ord_)
            fundet = post.id if post and post.over == over else self.noegler[navn].get((over, ord_))
            if fundet is None:
                brud = Brud(
                    _STED[ark.navn][led],
                    f"Står i arket {navn} eller i registret som jeres eget.",
                    f"Ret id'et, eller tilføj rækken i arket {navn}.",
                )
                self._fejl(ark, raekke.nummer, brud, ord_)
                return None
            over = fundet
        return over

    def _ukendt(self, ark: Ark, sti: Sequence[str], post: Post | None) -> Brud | None:
        if post is not None:
            return None
        if sti[-1] in self.register.andres or (ark.navn, sti[-1]) in self.register.uden_for:
            return Brud("id", "Id'et hører til noget andet i registret.", "Ret id'et; kun jeres eget kan ændres her.")
        if ark.navn == TILBUD and not self.register.maa_oprette_tilbud:
            return Brud(
                "id",
                "Er et af de tilbud, du arbejder med.",
                "Ret id'et, eller bed en leder, der arbejder med alle jeres tilbud, om at oprette det.",
            )
        return None

    def _flyttet(self, ark: Ark, post: Post) -> Brud:
        """A registered row the file puts somewhere else: days, prices and what was confirmed are counted where it is."""
        hvor = next(p for navn in (AFDELINGER, TILBUD) for p in self._poster(navn).values() if p.id == post.over)
        tilbud = next((p for p in self._poster(TILBUD).values() if p.id == hvor.over), None)
        sted = f"{hvor.felter['navn']} i {tilbud.felter['navn']}" if tilbud else hvor.felter["navn"]
        ny = "opret rækken her med et nyt id"
        slut = f"giv pladsen en sidste dag dér, og {ny}; opholdene flyttes for sig" if ark.navn == PLADSER else ny
        return Brud(
            _STED[ark.navn][-2],
            f"Id'et er registreret i {sted} og kan ikke flyttes: det, der er sket, hører til dér.",
            f"Ret det tilbage, eller {slut}.",
        )

    def _gentaget(self, noegle: str, nummer: int) -> Brud | None:
        """The same row by two ids: the operator's own and the platform's."""
        foer = self.set_foer.setdefault(noegle, nummer)
        return (
            None
            if foer == nummer
            else Brud("id", f"Står allerede i række {foer}.", "Slet den ene række, eller ret den.")
        )

    def _sammenlign(
        self, ark: Ark, nummer: int, sti: list[str], post: Post | None, over: str, noegle: str, felter: dict[str, Any]
    ) -> None:
        kolonner = [kolonne for kolonne in ark.kolonner if kolonne.felt not in _STED[ark.navn]]
        foer = post.felter if post else {k.felt: kanonisk(k.felt, k.tom) for k in kolonner}
        efter = {**foer, **{felt: koder(self.skema, felt, v, post and foer.get(felt)) for felt, v in felter.items()}}
        aendret = {
            k.felt: [foer[k.felt] if post else None, efter[k.felt]]
            for k in kolonner
            if post is None or foer[k.felt] != efter[k.felt]
        }
        if not aendret:
            self.resultat.uaendrede += 1
            return
        for brud in (*udgaaede(self.skema, foer, efter), *self._brud(ark, noegle, efter)):
            vaerdi = efter.get(brud.felt)
            self._fejl(ark, nummer, brud, "" if isinstance(vaerdi, (bool, list)) or vaerdi is None else str(vaerdi))
        tilbud = noegle if ark.navn == TILBUD else self._tilbud(sti[0])
        navn = self._ord(_NAVN[ark.navn], efter[_NAVN[ark.navn]])
        self.resultat.aendringer.append(
            Aendring(ark.navn, nummer, sti, navn, post.id if post else "", noegle, over, tilbud, aendret)
        )

    def _poster(self, ark: str) -> Mapping[str, Post]:
        """The registered rows; those of a sheet that is not in the file have not been read."""
        return self.register.poster.get(ark, {})

    def _ord(self, felt: str, vaerdi: Any) -> str:
        return str(self.skema.ord.get(felt, {}).get(vaerdi, vaerdi))

    def _tilbud(self, ord_: str) -> str:
        post = self.register.poster[TILBUD].get(ord_)
        return post.id if post else self.noegler[TILBUD]["", ord_]

    def _brud(self, ark: Ark, noegle: str, efter: Mapping[str, Any]) -> Iterator[Brud]:
        if ark.navn == TILBUD:
            yield from tilbudsregler(efter)
            if efter["tilbudsportal_id"] and self.portal.setdefault(efter["tilbudsportal_id"], noegle) != noegle:
                yield Brud("tilbudsportal_id", "Hører kun til ét tilbud.", "Ret id'et; et andet tilbud har det.")
        elif ark.navn == PLADSER:
            yield from pladsregler(efter)
        elif ark.navn in _EN_AD_GANGEN:
            yield from periodregler(efter)

    def tjek_navne(self) -> None:
        """Two departments of an offer, two places of a department, and two reports' dates are different afterwards."""
        for navn in _NAVN_ER_ENESTE:
            felt = _NAVN[navn]
            navne = {post.id: (post.over, post.felter[felt]) for post in self._poster(navn).values()}
            raekker = {a.noegle: a for a in self.resultat.aendringer if a.ark == navn and felt in a.felter}
            navne |= {noegle: (a.over, a.felter[felt][1]) for noegle, a in raekker.items()}
            optaget: dict[tuple[str, str], str] = {}
            for noegle in sorted(navne, key=lambda noegle: noegle in raekker):
                if optaget.setdefault(navne[noegle], noegle) != noegle and noegle in raekker:
                    brud = Brud(felt, "Er ikke brugt i forvejen samme sted.", "Vælg et andet navn.")
                    self._fejl(self.skema.ark_med(navn), raekker[noegle].raekke, brud, navne[noegle][1])

    def tjek_perioder(self) -> None:
        """A dated fact never has two values on one day: said of the row that makes it so."""
        for navn, felter in _EN_AD_GANGEN.items():
            aendrede = {a.noegle: a for a in self.resultat.aendringer if a.ark == navn}
            efter = {post.id: (post.over, dict(post.felter)) for post in self._poster(navn).values()}
            for noegle, a in aendrede.items():
                foer = efter[noegle][1] if noegle in efter else {}
                efter[noegle] = (a.over, foer | {felt: par[1] for felt, par in a.felter.items()})
            ens: dict[tuple[str, ...], list[str]] = {}
            for noegle in sorted(efter, key=lambda noegle: noegle in aendrede):
                over, vaerdier = efter[noegle]
                andre = ens.setdefault((over, *(vaerdier[felt] for felt in felter)), [])
                if noegle in aendrede and any(overlap(vaerdier, efter[anden][1]) for anden in andre):
                    brud = Brud("fra", "Gælder ikke på dage, en anden række med det samme gælder.", "Ret datoerne.")
                    self._fejl(self.skema.ark_med(navn), aendrede[noegle].raekke, brud, vaerdier["fra"])
                andre.append(noegle)

    def _fejl(self, ark: Ark, nummer: int, brud: Brud, vaerdi: str) -> None:
        kolonne = next(k.navn for k in ark.kolonner if k.felt == brud.felt)
        self.resultat.fejl.append(Raekkefejl(ark.navn, nummer, kolonne, vaerdi, brud.regel, brud.rettelse))
