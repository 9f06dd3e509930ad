"""The figures behind a report: each of its tables and drawings with its id, the query it comes from, and its rows.

The same rows are the files inside the PDF, the CSV on the report's page, and what two reports are compared by. Pure.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from faelles.dokument.tal import kort_dato
from faelles.regneark.udtraek import som_csv

SKJULT = "skjult"
Vaerdi = str | int | Decimal | date | None
Raekke = tuple[Vaerdi, ...]


@dataclass(frozen=True, slots=True)
class Post:
    """A table or drawing of a report.

    `id` is printed beside its title, `kilde` is the Python name of the query that read it. The first `noegler` columns say
    which row it is. A value is SKJULT when too few citizens are behind it, None when there is none.
    """

    id: str
    titel: str
    kilde: str
    kolonner: tuple[str, ...]
    raekker: tuple[Raekke, ...]
    noegler: int = 1

    def csv(self) -> bytes:
        """The rows for a Danish spreadsheet."""
        return "".join(som_csv([self.kolonner, *self.raekker])).encode()


@dataclass(frozen=True, slots=True)
class Aendring:
    """A value that is another than before; `forskel` where both are numbers."""

    raekke: str
    kolonne: str
    foer: str
    efter: str
    forskel: Decimal | None

    @property
    def decimaler(self) -> int:
        """How many the difference is shown with."""
        return max(0, -int(self.forskel.as_tuple().exponent)) if self.forskel is not None else 0


@dataclass(frozen=True, slots=True)
class Postforskel:
    """What has changed in a table or drawing: rows by their keys, values, and columns only one of the two has."""

    post: Post
    nye: tuple[str, ...]
    udgaaede: tuple[str, ...]
    aendringer: tuple[Aendring, ...]
    kun_foer: tuple[str, ...]
    kun_efter: tuple[str, ...]

    @property
    def er_ens(self) -> bool:
        """Whether nothing has."""
        return not (self.nye or self.udgaaede or self.aendringer or self.kun_foer or self.kun_efter)


def som_tekst(vaerdi: Vaerdi) -> str:
    """A value as the pages show it: decimal comma, no thousands separator, nothing for None."""
    if vaerdi is None:
        return ""
    if isinstance(vaerdi, Decimal):
        return format(vaerdi, "f").replace(".", ",")
    if isinstance(vaerdi, date):
        return kort_dato(vaerdi)
    return str(vaerdi)


def forskelle(foer: Sequence[Post], efter: Sequence[Post]) -> tuple[Postforskel, ...]:
    """What has changed in each table and drawing that either has, in the order of the later report."""
    gamle = {post.id: post for post in foer}
    kun_gamle = [post for post in foer if post.id not in {p.id for p in efter}]
    return tuple(_forskel(gamle.get(post.id, _tom(post)), post) for post in efter) + tuple(
        _forskel(post, _tom(post)) for post in kun_gamle
    )


def _tom(post: Post) -> Post:
    return Post(post.id, post.titel, post.kilde, post.kolonner, (), post.noegler)


def _forskel(foer: Post, efter: Post) -> Postforskel:
    gamle, nye = _efter_noegle(foer), _efter_noegle(efter)
    faelles = [kolonne for kolonne in efter.kolonner[efter.noegler :] if kolonne in foer.kolonner]
    har_begge = bool(gamle and nye)
    return Postforskel(
        post=efter,
        nye=tuple(noegle for noegle in nye if noegle not in gamle),
        udgaaede=tuple(noegle for noegle in gamle if noegle not in nye),
        aendringer=tuple(
            _aendring(noegle, kolonne, gamle[noegle][kolonne], nye[noegle][kolonne])
            for noegle in nye
            if noegle in gamle
            for kolonne in faelles
            if gamle[noegle][kolonne] != nye[noegle][kolonne]
        ),
        kun_foer=tuple(k for k in foer.kolonner if har_begge and k not in efter.kolonner),
        kun_efter=tuple(k for k in efter.kolonner if har_begge and k not in foer.kolonner),
    )


def _efter_noegle(post: Post) -> Mapping[str, Mapping[str, Vaerdi]]:
    """Rows by what identifies them; the second row with the same key is told apart by its number."""
    set_: Counter[str] = Counter()
    fundne = {}
    for raekke, noegle in zip(post.raekker, _noegler(post), strict=True):
        set_[noegle] += 1
        navn = noegle if set_[noegle] == 1 else f"{noegle} ({set_[noegle]})"
        fundne[navn] = dict(zip(post.kolonner, raekke, strict=True))
    return fundne


def _noegler(post: Post) -> Iterator[str]:
    for raekke in post.raekker:
        yield ", ".join(som_tekst(vaerdi) for vaerdi in raekke[: post.noegler] if vaerdi not in {None, ""})


def _aendring(noegle: str, kolonne: str, foer: Vaerdi, efter: Vaerdi) -> Aendring:
    begge = isinstance(foer, int | Decimal) and isinstance(efter, int | Decimal)
    return Aendring(
        raekke=noegle,
        kolonne=kolonne,
        foer=som_tekst(foer) or "–",
        efter=som_tekst(efter) or "–",
        forskel=Decimal(efter) - Decimal(foer) if begge else None,  # type: ignore[arg-type]  # both are numbers then
    )


def vis(poster: Iterable[Post]) -> tuple[Post, ...]:
    """Those there is something in."""
    return tuple(post for post in poster if post.raekker)
