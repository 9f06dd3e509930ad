"""Which counts about citizens must not be published: pure rules (rules-reservation § 7, term `diskretion_graense`).

A table is published with the totals of its rows, of its columns and of everything; each of these figures is an entry. Read an
entry as a flow (from its row to its column, on through the column's total and the grand total to the rows' totals, and
through them back to the rows) and the sums of the table say one thing only: what flows in flows out. So a hidden entry can be
something else than it is exactly when there is a ring through it of hidden entries round which one citizen more can flow. An
entry on no such ring can be computed from what is published, together with its being no negative number.

1. An entry below the limit is hidden, totals too; nought is below the limit.
2. Every hidden entry lies on a ring. Otherwise the cheapest ring is hidden, the loss being the citizens counted in it.
3. What is hidden in a row or column whose total is shown makes up at least the limit. Otherwise its smallest is hidden too.

Where rows stand in groups, what flows to a row passes its group's total, and what flows to a column the group's share of it.

Ties go by the order of the table, so the same numbers hide the same entries. Nothing is known here of other tables or of other
years (docs/persondata.md).
"""

import heapq
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Generic, TypeVar

G = TypeVar("G", bound=Hashable)
R = TypeVar("R", bound=Hashable)
K = TypeVar("K", bound=Hashable)
N = TypeVar("N", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Skjult(Generic[R, K]):
    """What to leave out of a table: cells, totals of rows, totals of columns, and whether the grand total too."""

    celler: frozenset[tuple[R, K]]
    raekkesummer: frozenset[R]
    soejlesummer: frozenset[K]
    i_alt: bool


@dataclass(frozen=True, slots=True)
class SkjulteRaekker(Generic[R]):
    """What to leave out of a list with a total."""

    raekker: frozenset[R]
    i_alt: bool


@dataclass(frozen=True, slots=True)
class SkjulteSummer(Generic[G, R, K]):
    """Which totals to leave out of a table whose rows stand in groups."""

    grupper: frozenset[G]
    raekker: frozenset[R]
    soejler: frozenset[K]
    i_alt: bool


class _Knude:
    """A row, a column, or one of the two lines of totals: where entries meet. `veje`: where one citizen more can flow from it."""

    def __init__(self) -> None:
        self.veje: list[tuple[_Post, _Knude]] = []


@dataclass(eq=False, slots=True)
class _Post:
    """An entry: the citizens it counts, and the flow it is. One more can flow along it, one less only if it counts somebody."""

    antal: int
    fra: _Knude
    til: _Knude
    skjult: bool

    def __post_init__(self) -> None:
        self.fra.veje.append((self, self.til))
        if self.antal:
            self.til.veje.append((self, self.fra))

    @property
    def tab(self) -> int:
        """What hiding it would cost."""
        return 0 if self.skjult else self.antal

    def ring(self) -> list["_Post"]:
        """The rest of the cheapest ring through it, whether it is to count one more or one less."""
        mulige = [_billigst(self.til, self.fra, self)]
        if self.antal:
            mulige.append(_billigst(self.fra, self.til, self))
        return min(mulige, key=lambda vej: (sum(post.tab for post in vej), len(vej)))


Linje = tuple[Sequence[_Post], _Post]  # the parts of a total, and the total


def _billigst(fra: _Knude, til: _Knude, uden: _Post) -> list[_Post]:
    """The way with the least loss, then the fewest entries (Dijkstra). There always is one round the totals."""
    nummer = count()  # ties in the order they were met
    koe = [((0, 0), next(nummer), fra)]
    bedst: dict[_Knude, tuple[int, int]] = {fra: (0, 0)}
    kom_af: dict[_Knude, tuple[_Post, _Knude]] = {}
    while koe:
        (tab, skridt), _, knude = heapq.heappop(koe)
        if knude is til:
            break
        for post, naeste in knude.veje:
            pris = (tab + post.tab, skridt + 1)
            if post is not uden and (naeste not in bedst or pris < bedst[naeste]):
                bedst[naeste], kom_af[naeste] = pris, (post, knude)
                heapq.heappush(koe, (pris, next(nummer), naeste))
    vej = []
    while til is not fra:
        post, til = kom_af[til]
        vej.append(post)
    return vej


def skjul(celler: Mapping[tuple[R, K], int], graense: int) -> Skjult[R, K]:
    """Decide what to hide in a table by row and column. `celler`: how many citizens (0 or more) each cell rests on.

    A cell that is left out is one everybody knows to be empty (no places, say); nothing is hidden about it.
    """
    if not celler:
        return Skjult(frozenset(), frozenset(), frozenset(), i_alt=False)
    raekker = {raekke: _Knude() for raekke, _ in celler}
    soejler = {soejle: _Knude() for _, soejle in celler}
    alle_raekker, alle_soejler = _Knude(), _Knude()

    def post(antal: int, fra: _Knude, til: _Knude) -> _Post:
        return _Post(antal, fra, til, skjult=antal < graense)

    inde = {(r, k): post(antal, raekker[r], soejler[k]) for (r, k), antal in celler.items()}
    i_raekken = {raekke: [p for (r, _), p in inde.items() if r == raekke] for raekke in raekker}
    i_soejlen = {soejle: [p for (_, k), p in inde.items() if k == soejle] for soejle in soejler}
    raekkesum = {r: post(_sum(dele), alle_raekker, raekker[r]) for r, dele in i_raekken.items()}
    soejlesum = {k: post(_sum(dele), soejler[k], alle_soejler) for k, dele in i_soejlen.items()}
    i_alt = post(_sum(inde.values()), alle_soejler, alle_raekker)
    _skjul_mere(
        [*inde.values(), *raekkesum.values(), *soejlesum.values(), i_alt],
        [
            *((dele, raekkesum[r]) for r, dele in i_raekken.items()),
            *((dele, soejlesum[k]) for k, dele in i_soejlen.items()),
            (list(raekkesum.values()), i_alt),
            (list(soejlesum.values()), i_alt),
        ],
        graense,
    )
    return Skjult(_skjulte(inde), _skjulte(raekkesum), _skjulte(soejlesum), i_alt.skjult)


def skjul_raekker(antal: Mapping[R, int], graense: int) -> SkjulteRaekker[R]:
    """Decide what to hide in a list with a total: a table of one column."""
    skjult = skjul({(raekke, None): borgere for raekke, borgere in antal.items()}, graense)
    return SkjulteRaekker(raekker=frozenset(raekke for raekke, _ in skjult.celler), i_alt=skjult.i_alt)


def skjul_summer(celler: Mapping[tuple[G, R, K], int], graense: int) -> SkjulteSummer[G, R, K]:
    """Decide which totals to hide of a table by group, row and column, of which only the totals are published.

    A row stands in one group. No cell is published, nor a group's share of a column; but where one of them is below the limit, it
    does not follow from the totals either.
    """
    if not celler:
        return SkjulteSummer(frozenset(), frozenset(), frozenset(), i_alt=False)
    grupper, raekker = {gruppe: _Knude() for gruppe, _, _ in celler}, {raekke: _Knude() for _, raekke, _ in celler}
    soejler, andelene = {k: _Knude() for *_, k in celler}, {(g, k): _Knude() for g, _, k in celler}
    alle_grupper, alle_soejler = _Knude(), _Knude()
    i_gruppe = {raekke: gruppe for gruppe, raekke, _ in celler}
    inde = {(g, r, k): _Post(antal, raekker[r], andelene[g, k], skjult=True) for (g, r, k), antal in celler.items()}
    andel = {
        (g, k): _Post(_sum(p for (h, _, m), p in inde.items() if (h, m) == (g, k)), knude, soejler[k], skjult=True)
        for (g, k), knude in andelene.items()
    }

    def total(dele: Iterable[_Post], fra: _Knude, til: _Knude) -> _Post:
        antal = _sum(dele)
        return _Post(antal, fra, til, skjult=antal < graense)

    raekkesum = {
        r: total([p for (_, s, _), p in inde.items() if s == r], grupper[i_gruppe[r]], knude)
        for r, knude in raekker.items()
    }
    soejlesum = {
        k: total([p for (_, m), p in andel.items() if m == k], knude, alle_soejler) for k, knude in soejler.items()
    }
    i_gruppen = {g: [p for r, p in raekkesum.items() if i_gruppe[r] == g] for g in grupper}
    gruppesum = {g: total(dele, alle_grupper, grupper[g]) for g, dele in i_gruppen.items()}
    i_alt = total(gruppesum.values(), alle_soejler, alle_grupper)
    smaa = [post for post in [*inde.values(), *andel.values()] if post.antal < graense]
    _skjul_mere(
        [*smaa, *raekkesum.values(), *soejlesum.values(), *gruppesum.values(), i_alt],
        [
            *((dele, gruppesum[g]) for g, dele in i_gruppen.items()),
            (list(gruppesum.values()), i_alt),
            (list(soejlesum.values()), i_alt),
        ],
        graense,
    )
    return SkjulteSummer(_skjulte(gruppesum), _skjulte(raekkesum), _skjulte(soejlesum), i_alt.skjult)


def _skjulte(poster: Mapping[N, _Post]) -> frozenset[N]:
    return frozenset(noegle for noegle, post in poster.items() if post.skjult)


def _skjul_mere(poster: Sequence[_Post], linjer: Sequence[Linje], graense: int) -> None:
    """Hide until rules 2 and 3 hold. What has a ring keeps it, since nothing is ever shown again."""
    paa_ring: set[_Post] = set()
    while nye := [post for post in poster if post.skjult and post not in paa_ring]:
        for post in nye:
            for anden in post.ring():
                anden.skjult = True
        paa_ring.update(nye)
        for dele, total in linjer:
            skjulte = [post for post in dele if post.skjult]
            if skjulte and not total.skjult and _sum(skjulte) < graense:
                min((post for post in dele if not post.skjult), key=lambda post: post.antal).skjult = True


def _sum(poster: Iterable[_Post]) -> int:
    return sum(post.antal for post in poster)
