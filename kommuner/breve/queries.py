"""Reading how people want to be told."""

from collections.abc import Sequence
from uuid import UUID

from faelles.aktoer import Aktoer
from faelles.brevslags import Brevslags, FastBrev, Maade, alle, faste
from kommuner.models import Brevvalg, Bruger


def valgte(bruger: Bruger) -> dict[str, Maade]:
    """What the person has said of each kind."""
    return {
        slags: Maade(maade) for slags, maade in Brevvalg.objects.filter(bruger=bruger).values_list("slags", "maade")
    }


def maade(bruger_id: UUID, kode: str) -> Maade:
    """How the person is told of a kind: as she has said, else as is usual."""
    valgt = Brevvalg.objects.filter(bruger=bruger_id, slags=kode).values_list("maade", flat=True).first()
    return Maade(valgt) if valgt else alle()[kode].maader[0]


def slags_for(aktoerer: Sequence[Aktoer]) -> list[Brevslags]:
    """The kinds somebody who is one of these actors can choose."""
    return [en for en in alle().values() if not en.altid and any(map(en.er_for, aktoerer))]


def faste_for(aktoerer: Sequence[Aktoer]) -> list[FastBrev | Brevslags]:
    """The mails that come to her whatever she chooses."""
    altid: list[FastBrev | Brevslags] = [*faste(), *(en for en in alle().values() if en.altid)]
    return [et for et in altid if any(map(et.er_for, aktoerer))]
