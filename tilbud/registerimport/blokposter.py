"""The registered approvals, reports, services and permissions, as rows of their sheets are compared."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from faelles.tid import Periode
from tilbud.models import Merpladstilladelse, Tilbud, Tilsynsgodkendelse, Tilsynsrapport, Ydelse
from tilbud.registerimport.blokark import GODKENDELSER, MERPLADSER, TILSYNSRAPPORTER, YDELSER
from tilbud.registerimport.sammenligning import Post, kanonisk

Blok = Tilsynsgodkendelse | Tilsynsrapport | Ydelse | Merpladstilladelse


@dataclass(frozen=True, slots=True)
class Blokslags:
    """How a sheet's rows are kept: the table, its columns by the sheet's `felt`, and whether it is dated.

    `i_afdeling`: it belongs to a department, and not to the offer itself.
    """

    model: type[Blok]
    felter: Mapping[str, str]
    dateret: bool = True
    i_afdeling: bool = False


SLAGS: Mapping[str, Blokslags] = {
    GODKENDELSER: Blokslags(
        Tilsynsgodkendelse, {"hjemmel": "hjemmel_id", "pladser": "pladser", "socialtilsyn": "socialtilsyn"}
    ),
    TILSYNSRAPPORTER: Blokslags(
        Tilsynsrapport, {"dato": "dato", "vurdering": "vurdering", "rapport_url": "rapport_url"}, dateret=False
    ),
    YDELSER: Blokslags(Ydelse, {"type": "type_id", "leveringsform": "leveringsform"}),
    MERPLADSER: Blokslags(Merpladstilladelse, {"pladser": "pladser", "grund": "grund"}, i_afdeling=True),
}


def blokke(ark: str, tilbud: QuerySet[Any]) -> QuerySet[Any]:
    """The rows of a sheet that belong to the offers, in a fixed order."""
    slags = SLAGS[ark]
    led = "afdeling__tilbud" if slags.i_afdeling else "tilbud"
    raekker: QuerySet[Any] = slags.model._default_manager.filter(**{f"{led}__in": tilbud.order_by()})
    return raekker.select_related(led).order_by(f"{led}__navn_sortering", "periode" if slags.dateret else "dato", "pk")


def over(blok: Blok) -> UUID:
    """The id of the offer or department it belongs to."""
    return blok.afdeling_id if isinstance(blok, Merpladstilladelse) else blok.tilbud_id


def blokpost(ark: str, blok: Blok) -> Post:
    """A registered row as it is compared."""
    slags = SLAGS[ark]
    felter = {felt: _tekst(felt, getattr(blok, navn)) for felt, navn in slags.felter.items()}
    if not isinstance(blok, Tilsynsrapport):
        periode = Periode.af_range(blok.periode)
        felter |= {"fra": kanonisk("fra", periode.fra), "sidste_dag": kanonisk("sidste_dag", periode.sidste_dag)}
    return Post(str(blok.pk), str(over(blok)), felter)


def _tekst(felt: str, vaerdi: Any) -> Any:
    return str(vaerdi) if isinstance(vaerdi, UUID) else kanonisk(felt, vaerdi)


def blokregister(
    ark: Collection[str], tilbud: QuerySet[Any], ider: Callable[[Any], Iterator[str]]
) -> dict[str, dict[str, Post]]:
    """What is registered for those of the four sheets that are asked for. A statement each."""
    return {
        navn: {ord_: blokpost(navn, blok) for blok in blokke(navn, tilbud) for ord_ in ider(blok)}
        for navn in SLAGS
        if navn in ark
    }


def blokkens_sted(blok: Blok) -> tuple[Tilbud, dict[str, str]]:
    """The offer it belongs to, and the columns of its sheet that say where it stands."""
    if isinstance(blok, Merpladstilladelse):
        return blok.afdeling.tilbud, {"tilbud": str(blok.afdeling.tilbud_id), "afdeling": str(blok.afdeling_id)}
    return blok.tilbud, {"tilbud": str(blok.tilbud_id)}
