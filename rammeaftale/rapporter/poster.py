"""The figures behind a report: each of its tables and drawings with its id, the query it comes from, and its rows.

The same rows are the files inside the PDF, the CSV on the report's page, and what two reports are compared by. Pure.
"""

from collections.abc import Iterable
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


def som_tekst(vaerdi: Vaerdi) -> str:
    """A value as the pages show it: decimal comma, no thousands separator, nothing for None."""
    if vaerdi is None:
        return ""
    if isinstance(vaerdi, Decimal):
        return format(vaerdi, "f").replace(".", ",")
    if isinstance(vaerdi, date):
        return kort_dato(vaerdi)
    return str(vaerdi)


def vis(poster: Iterable[Post]) -> tuple[Post, ...]:
    """Those there is something in."""
    return tuple(post for post in poster if post.raekker)
