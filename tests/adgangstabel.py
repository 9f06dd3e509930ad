"""The language of the access tables: one row per address and method, with what every actor gets of it.

    sag:detalje    GET    log    403    403    404: sagsfolk    200: sagsfolk@egen

After the address and the method stand the fixed columns (what somebody without a role gets), then what everybody with a
role gets, then the exceptions, where the last one wins. An exception names roles, or groups of roles, wherever they are;
`@egen`, `@nabo` or `@fremmed` after the name (or alone) picks those of one place:

- egen: the organisation the thing belongs to, as buyer or as operator; for a secretariat the agreement's own
- nabo: another party to the same agreement, with no part in the thing
- fremmed: outside the agreement and its KKR
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Raekke:
    """An address, a method and what each actor gets."""

    rute: str
    metode: str
    udfald: Mapping[str, str]


@dataclass(frozen=True)
class Sprog:
    """Who a table speaks of: its fixed columns, its actors (`rolle@sted`), and names for several roles at once."""

    faste: Sequence[str]
    aktoerer: Collection[str]
    grupper: Mapping[str, str]

    def laes(self, tabel: str) -> list[Raekke]:
        """The table, read. Raises ValueError for a row that names somebody unknown."""
        linjer = (linje.split("#")[0].split() for linje in tabel.splitlines())
        return [self._raekke(ord_) for ord_ in linjer if ord_]

    def _raekke(self, ord_: list[str]) -> Raekke:
        rute, metode, *resten = ord_
        antal = len(self.faste)
        udfald = dict(zip(self.faste, resten[:antal], strict=True))
        udfald |= dict.fromkeys(self.aktoerer, resten[antal])
        gaelder = ""
        for navn in resten[antal + 1 :]:
            if navn.endswith(":"):
                gaelder = navn[:-1]
            elif fundne := list(self._find(navn)):
                udfald |= dict.fromkeys(fundne, gaelder)
            else:
                raise ValueError(f"{metode} {rute}: ingen hedder {navn}")
        return Raekke(rute, metode, udfald)

    def _find(self, navn: str) -> Iterator[str]:
        hvem, _, sted = navn.partition("@")
        roller = self.grupper.get(hvem, hvem).split()
        for aktoer in self.aktoerer:
            rolle, _, hvor = aktoer.partition("@")
            if (rolle in roller or not hvem) and sted in {"", hvor}:
                yield aktoer
