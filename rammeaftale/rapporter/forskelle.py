"""What has changed between the figures of two reports of one type: table by table, row by row, value by value. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from faelles.dokument.tal import tal
from rammeaftale.rapporter.poster import Post, Vaerdi, som_tekst

_UDEN_PUNKTUM = 10_000  # a number below may be a year, which is written without


@dataclass(frozen=True, slots=True)
class Aendring:
    """A value that is another than before, in a row both have. None is no value, and SKJULT one that may not be told."""

    raekke: str
    kolonne: str
    foer: Vaerdi
    efter: Vaerdi

    @property
    def forskel(self) -> Decimal | None:
        """How much it has grown, where both are numbers."""
        if not isinstance(self.foer, int | Decimal) or not isinstance(self.efter, int | Decimal):
            return None
        return Decimal(self.efter) - Decimal(self.foer)

    @property
    def vist_foer(self) -> str:
        """For people."""
        return vist(self.foer)

    @property
    def vist_efter(self) -> str:
        """For people."""
        return vist(self.efter)

    @property
    def vist_forskel(self) -> str:
        """For people, with its sign."""
        forskel = self.forskel
        return f"{'+' if forskel and forskel > 0 else ''}{vist(forskel)}"


@dataclass(frozen=True, slots=True)
class Enlig:
    """A row that only one of the two reports has, with its other columns that hold anything."""

    raekke: str
    vaerdier: tuple[tuple[str, Vaerdi], ...]

    @property
    def vist(self) -> str:
        """Its values for people."""
        return ", ".join(f"{kolonne}: {vist(vaerdi)}" for kolonne, vaerdi in self.vaerdier)


@dataclass(frozen=True, slots=True)
class Postforskel:
    """What has changed in a table or drawing: rows by their keys, values, and columns only one of the two has."""

    post: Post
    nye: tuple[Enlig, ...]
    udgaaede: tuple[Enlig, ...]
    aendringer: tuple[Aendring, ...]
    kun_foer: tuple[str, ...]
    kun_efter: tuple[str, ...]

    @property
    def er_ens(self) -> bool:
        """Whether nothing has."""
        return not (self.nye or self.udgaaede or self.aendringer or self.kun_foer or self.kun_efter)


def forskelle(foer: Sequence[Post], efter: Sequence[Post]) -> tuple[Postforskel, ...]:
    """What has changed in each table and drawing that either has, in the order of the later report."""
    gamle, nye = {post.id: post for post in foer}, {post.id for post in efter}
    return tuple(_forskel(gamle.get(post.id, _tom(post)), post) for post in efter) + tuple(
        replace(_forskel(post, _tom(post)), post=post) for post in foer if post.id not in nye
    )


def i_ord(alle: Sequence[Postforskel]) -> str:
    """The whole of it in a sentence."""
    med_indhold = [forskel for forskel in alle if forskel.post.raekker or not forskel.er_ens]
    andre = [forskel for forskel in med_indhold if not forskel.er_ens]
    if not andre:
        return f"Alle {tal(len(med_indhold))} tabeller og figurer er ens i de to rapporter."
    dele = (
        (sum(len(f.aendringer) for f in andre), "værdi er ændret", "værdier er ændret"),
        (sum(len(f.nye) for f in andre), "række er ny", "rækker er nye"),
        (sum(len(f.udgaaede) for f in andre), "række er udgået", "rækker er udgået"),
        (sum(len(f.kun_foer) + len(f.kun_efter) for f in andre), "kolonne er kun i den ene", "kolonner er kun i den ene"),
    )  # fmt: skip
    hvad = [f"{tal(antal)} {en if antal == 1 else flere}" for antal, en, flere in dele if antal]
    hvor_mange = f"{tal(len(andre))} af {tal(len(med_indhold))} tabeller og figurer er anderledes"
    return f"{hvor_mange}: {hvad[0] if len(hvad) == 1 else ', '.join(hvad[:-1]) + ' og ' + hvad[-1]}."


def vist(vaerdi: Vaerdi) -> str:
    """A value for people; a dash where there is none."""
    if not isinstance(vaerdi, int | Decimal):
        return som_tekst(vaerdi) or "–"
    antal = Decimal(vaerdi)
    tekst = tal(antal, max(0, -int(antal.as_tuple().exponent)))
    return tekst if abs(antal) >= _UDEN_PUNKTUM else tekst.replace(".", "")


def _tom(post: Post) -> Post:
    return replace(post, raekker=())


def _forskel(foer: Post, efter: Post) -> Postforskel:
    gamle, nye = _efter_noegle(foer), _efter_noegle(efter)
    faelles = [kolonne for kolonne in efter.kolonner[efter.noegler :] if kolonne in foer.kolonner]
    har_begge = bool(gamle and nye)
    return Postforskel(
        post=efter,
        nye=tuple(_enlig(noegle, nye[noegle], efter) for noegle in nye if noegle not in gamle),
        udgaaede=tuple(_enlig(noegle, gamle[noegle], foer) for noegle in gamle if noegle not in nye),
        aendringer=tuple(
            Aendring(noegle, kolonne, gamle[noegle][kolonne], nye[noegle][kolonne])
            for noegle in nye
            if noegle in gamle
            for kolonne in faelles
            if gamle[noegle][kolonne] != nye[noegle][kolonne]
        ),
        kun_foer=tuple(k for k in foer.kolonner if har_begge and k not in efter.kolonner),
        kun_efter=tuple(k for k in efter.kolonner if har_begge and k not in foer.kolonner),
    )


def _enlig(noegle: str, raekke: Mapping[str, Vaerdi], post: Post) -> Enlig:
    andre = ((kolonne, raekke[kolonne]) for kolonne in post.kolonner[post.noegler :])
    return Enlig(noegle, tuple((kolonne, vaerdi) for kolonne, vaerdi in andre if vaerdi not in {None, ""}))


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
