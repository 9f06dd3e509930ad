"""Free text: the offers whose name, description and departments' names hold every word, as the beginning of a word, by stem, or with a slip in it.

Words are taken as they are typed; only when no offer holds them so are slips allowed: the database picks what shares enough
trigrams with each word, and which of them are no more than a slip away is decided here, because trigrams alone cannot tell a
slip from another word that begins alike. Both are looked up in the index `tilbud_trigrammer`.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache, reduce
from operator import and_
from uuid import UUID

from django.db import connection, transaction
from django.db.models import BooleanField, Case, Func, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat
from django.db.models.lookups import IsNull
from rapidfuzz.distance import OSA

from faelles.sprog import soegefold
from tilbud.models import Tilbud
from tilbud.models.register import SOEGETEKST

NAER = 0.3  # of 1: what a word of five letters keeps when two of them have changed places
ORD = re.compile(r"[a-z0-9]+")
SMUTTERE = ((8, 2), (5, 1))  # letters from which a word may have so many slips; a shorter one must be right


def tekstfund(tekst: str, blandt: QuerySet[Tilbud], *, kun_dem: bool) -> set[UUID] | None:
    """Which of the offers hold all the words; None when none are asked for. One statement, for the words as typed and for slips.

    `kun_dem`: no other offers may be read, as they would be if the words were looked up first.
    """
    soegte = list(dict.fromkeys(ORD.findall(soegefold(tekst))))
    if not soegte:
        return set() if tekst.strip() else None
    som_skrevet = Case(When(reduce(and_, map(_staar_som_skrevet, soegte)), then=True), default=False)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(NAER)])
        raekker = list(
            _naere(blandt, soegte, kun_dem=kun_dem).values_list("pk", som_skrevet, SOEGETEKST, *map(_stamme, soegte))
        )
    if fundne := {pk for pk, staar, *_ in raekker if staar}:
        return fundne
    tjek = [_smutter(en) for en in soegte]
    return {pk for pk, _, fundet, *stammer in raekker if _holder(fundet, tjek, stammer)}


def _holder(tekst: str, tjek: Sequence[Callable[[str], bool]], stammer: Sequence[str | None]) -> bool:
    """Whether a folded text holds every word, as it is or with a slip. A word without a stem says nothing."""
    return all(
        stamme is None or re.search(rf"\b{stamme}", tekst) or any(map(smutter, tekst.split()))
        for smutter, stamme in zip(tjek, stammer, strict=True)
    )


def _naere(blandt: QuerySet[Tilbud], soegte: Sequence[str], *, kun_dem: bool) -> QuerySet[Tilbud]:
    """The offers each word stands in or may stand in with a slip. An index cannot look up what is hidden in a CASE."""
    blandt = blandt.alias(soegetekst=SOEGETEKST)
    for ord_ in soegte:
        her = _staar_som_skrevet(ord_) | _ligner(ord_)
        blandt = blandt.filter(
            Case(When(her, then=True), default=False, output_field=BooleanField()) if kun_dem else her
        )
    return blandt.order_by()


def _staar_som_skrevet(ord_: str) -> Q:
    """A word of the text begins as the word's stem does. A word that says nothing (»og«) has no stem, and stands everywhere."""
    begynder = Concat(Value(r"\m"), _stamme(ord_))
    return Q(soegetekst__regex=begynder)


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
