"""Rows of an extract beside the operator's offers: what differs, whose rows they are, what is missing. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from faelles.regneark.indlaesning import Raekke
from tilbud.portal.skema import NOEGLE, SAMMENLIGNES, STED
from tilbud.registerimport.koder import koder
from tilbud.registerimport.sammenligning import Post, kanonisk
from tilbud.registerimport.skema import Skema

FELTER = (NOEGLE, *SAMMENLIGNES)


@dataclass(frozen=True, slots=True)
class Afvigelse:
    """A field of an offer with both values in canonical form."""

    tilbud: str
    felt: str
    vores: Any
    portalens: Any


@dataclass(slots=True)
class Fund:
    """The differences, the ids of the offers found, of those missing, and how many rows are somebody else's."""

    afvigelser: list[Afvigelse] = field(default_factory=list)
    tilbud: list[str] = field(default_factory=list)
    mangler: list[str] = field(default_factory=list)
    ukendte: int = 0


def sammenlign(raekker: Iterable[Raekke], egne: Sequence[Post], skema: Skema) -> Fund:
    """Each row is an own offer by its id on the portal; else by its P-number, where only one own offer has it and no id.

    An old code is what `registerimport.koder` makes of it: the offer's own when it has it, else the one in use today.
    """
    fund, fundne = Fund(), set[str]()
    efter_id = {post.felter[NOEGLE]: post for post in egne if post.felter[NOEGLE]}
    efter_p_nummer = _entydige(post for post in egne if not post.felter[NOEGLE])
    for raekke in raekker:
        felter = {felt: kanonisk(felt, vaerdi) for felt, vaerdi in raekke.felter.items() if vaerdi is not None}
        post = efter_id.get(felter.get(NOEGLE)) or efter_p_nummer.get(felter.get("p_nummer", ""))
        if post is None or post.id in fundne:
            fund.ukendte += 1
            continue
        fundne.add(post.id)
        fund.tilbud.append(post.id)
        portalens = {felt: koder(skema, felt, felter[felt], post.felter[felt]) for felt in FELTER if felt in felter}
        fund.afvigelser += [
            Afvigelse(post.id, felt, post.felter[felt], vaerdi)
            for felt, vaerdi in portalens.items()
            if vaerdi != post.felter[felt] and not _skjult(post, felt)
        ]
    fund.mangler = [
        post.id for post in efter_id.values() if post.id not in fundne and post.felter["lukket_fra"] is None
    ]
    return fund


def _skjult(post: Post, felt: str) -> bool:
    return felt in STED and bool(post.felter["beskyttet_adresse"])


def _entydige(poster: Iterable[Post]) -> Mapping[str, Post]:
    """Offers by P-number, those numbers left out that several share."""
    fundne: dict[str, list[Post]] = {}
    for post in poster:
        if post.felter["p_nummer"]:
            fundne.setdefault(post.felter["p_nummer"], []).append(post)
    return {nummer: poster_[0] for nummer, poster_ in fundne.items() if len(poster_) == 1}
