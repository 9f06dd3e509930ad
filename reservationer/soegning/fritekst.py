"""Free text: the departments whose name holds every word together with their offer's name and description, as the beginning of a word, by stem, or with a slip in it.

Words are taken as they are typed; only when no department holds them so are slips allowed: the database picks what shares enough
trigrams with each word, and which of them are no more than a slip away is decided here, because trigrams alone cannot tell a
slip from another word that begins alike. Both are looked up in the index `tilbud_trigrammer`.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, reduce
from operator import and_
from typing import TypeAlias
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, transaction
from django.db.models import BooleanField, Case, Func, JSONField, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat, JSONObject
from django.db.models.lookups import IsNull
from rapidfuzz.distance import OSA

from faelles.sprog import soegefold
from tilbud.models import Afdeling, Tilbud
from tilbud.models.register import SOEGETEKST, TILBUDSTEKST

NAER = 0.3  # of 1: what a word of five letters keeps when two of them have changed places
ORD = re.compile(r"[a-z0-9]+")
SMUTTERE = ((8, 2), (5, 1))  # letters from which a word may have so many slips; a shorter one must be right
Tjek: TypeAlias = Callable[[str], bool]  # whether a folded text holds a word
Tekstfund: TypeAlias = Mapping[
    UUID, Collection[UUID] | None
]  # by offer: the departments that hold the words; None is all of them


def tekstfund(tekst: str, blandt: QuerySet[Tilbud], *, kun_dem: bool) -> Tekstfund | None:
    """Which of the offers hold all the words, and in which departments; None when none are asked for. One statement, for the words as typed and for slips.

    `kun_dem`: no other offers may be read, as they would be if the words were looked up first.
    """
    soegte = list(dict.fromkeys(ORD.findall(soegefold(tekst))))
    if not soegte:
        return {} if tekst.strip() else None
    i_tilbuddet = reduce(and_, (_staar_som_skrevet(ord_, "tilbudstekst") for ord_ in soegte))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(NAER)])
        laest = list(
            _naere(blandt, soegte, kun_dem=kun_dem)
            .alias(tilbudstekst=TILBUDSTEKST)
            .values_list("pk", TILBUDSTEKST, Case(When(~i_tilbuddet, then=_afdelinger())), *map(_stamme, soegte))
        )
    raekker = [(pk, fundet, afdelinger) for pk, fundet, afdelinger, *_ in laest]
    stammer = laest[0][3:] if laest else ()
    return _holder(raekker, list(map(_staar, stammer))) or _holder(raekker, list(map(_ligner_nok, soegte, stammer)))


def _afdelinger() -> Func:
    """An offer's departments with their names, as JSON: looked up only for those that do not hold the words themselves."""
    egne = Afdeling.objects.filter(tilbud=OuterRef("pk")).order_by()
    fundne = ArraySubquery(egne.values(raekke=JSONObject(id="pk", navn="navn")))
    return Func(fundne, function="to_jsonb", output_field=JSONField())


def _holder(raekker: Iterable[tuple[UUID, str, Sequence[Mapping[str, str]] | None]], tjek: Sequence[Tjek]) -> Tekstfund:
    """Which of the offers hold every word: all departments of one whose own text does, else those whose names hold what it lacks."""
    fold, fundne = cache(soegefold), dict[UUID, Collection[UUID] | None]()
    for pk, tekst, afdelinger in raekker:
        mangler = [] if afdelinger is None else [holder for holder in tjek if not holder(tekst)]
        if not mangler:
            fundne[pk] = None
        elif her := [UUID(en["id"]) for en in afdelinger or () if all(holder(fold(en["navn"])) for holder in mangler)]:
            fundne[pk] = frozenset(her)
    return fundne


def _staar(stamme: str | None) -> Tjek:
    """Whether a word of a folded text begins with the stem. A word without one says nothing, and stands everywhere."""
    begynder = re.compile(rf"\b{stamme or ''}")
    return lambda tekst: stamme is None or begynder.search(tekst) is not None


def _ligner_nok(ord_: str, stamme: str | None) -> Tjek:
    """Whether a folded text holds the word as it is or with a slip."""
    staar, smutter = _staar(stamme), _smutter(ord_)
    return lambda tekst: staar(tekst) or any(map(smutter, tekst.split()))


def _naere(blandt: QuerySet[Tilbud], soegte: Sequence[str], *, kun_dem: bool) -> QuerySet[Tilbud]:
    """The offers each word stands in or may stand in with a slip. An index cannot look up what is hidden in a CASE."""
    blandt = blandt.alias(soegetekst=SOEGETEKST)
    for ord_ in soegte:
        her = _staar_som_skrevet(ord_) | _ligner(ord_)
        blandt = blandt.filter(
            Case(When(her, then=True), default=False, output_field=BooleanField()) if kun_dem else her
        )
    return blandt.order_by()


def _staar_som_skrevet(ord_: str, hvor: str = "soegetekst") -> Q:
    """A word of the text begins as the word's stem does. A word that says nothing (»og«) has no stem, and stands everywhere."""
    begynder = Concat(Value(r"\m"), _stamme(ord_))
    return Q(**{f"{hvor}__regex": begynder})


def _ligner(ord_: str) -> Q:
    """The text shares enough trigrams with the word, if the word says anything and is long enough to have a slip in it."""
    if not _smuttere(ord_):
        return _staar_som_skrevet(ord_)
    return Q(soegetekst__trigram_word_similar=ord_) | Q(IsNull(_stamme(ord_), True))  # noqa: FBT003 - the lookup's own signature


def _stamme(ord_: str) -> Func:
    """The word's stem by the database's Danish dictionary, which knows words that say nothing; they have none."""
    return Func(Value(ord_), template="(ts_lexize('danish_stem', %(expressions)s))[1]", output_field=TextField())


def _smutter(ord_: str) -> Callable[[str], bool]:
    """Whether a piece of a folded text holds the word or a slip of it; remembered, because texts use the same words."""
    hoejst = _smuttere(ord_)

    @cache
    def smutter(stykke: str) -> bool:
        return any(OSA.distance(ord_, et, score_cutoff=hoejst) <= hoejst for et in ORD.findall(stykke))

    return smutter


def _smuttere(ord_: str) -> int:
    """How many slips a word may have and still be the same."""
    return next((antal for laengde, antal in SMUTTERE if len(ord_) >= laengde), 0)
