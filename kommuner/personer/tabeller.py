"""An organisation's people as a table to take out."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from faelles.tid import Periode
from kommuner.personer.queries import Personvisning

PERSONHOVED = ("E-mail", "Rolle", "Kun tilbud", "Fra", "Sidste dag", "Stand")


def rolleraekker(personer: Iterable[Personvisning]) -> Iterator[Sequence[Any]]:
    """A row for each role of each person, those that have ended too."""
    for person in personer:
        for rolle in person.roller:
            periode = Periode.af_range(rolle.tilknytning.periode)
            yield (
                person.bruger.email,
                rolle.tilknytning.get_rolle_display(),
                "; ".join(rolle.tilbud),
                periode.fra,
                periode.sidste_dag,
                rolle.stand.value,
            )
