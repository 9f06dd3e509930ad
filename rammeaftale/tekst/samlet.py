"""An agreement as its adopted allonger have made it: pure, on what the clauses say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from rammeaftale.models import Klausul
from rammeaftale.tekst.queries import Klausultekst


@dataclass(frozen=True, slots=True)
class Samlet:
    """A clause of the agreement, or one an allonge added, and what it says when every allonge has had its way."""

    klausul: Klausul
    tekst: Klausultekst


def samlet(hoved: Iterable[Klausultekst], allonger: Iterable[Sequence[Klausultekst]]) -> list[Samlet]:
    """The agreement's clauses in their order, then those the allonger (in the order they were adopted) added.

    A text is taken from the last allonge that amends the clause, which keeps its number in the agreement. A term is changed where it
    stands, whichever clause of an allonge sets it; what no allonge mentions stands. A clause that is repealed goes, with the terms it
    was the last to set; one that another clause has set since is that one's.
    """
    alle = _Samling()
    for tekst in hoved:
        alle.tag(tekst)
    for ny in (tekst for allonge in allonger for tekst in allonge):
        if ny.udgave.ophaever:
            alle.ophaev(ny.udgave.klausul.forgaenger_id)
        else:
            alle.tag(ny, ny.udgave.klausul.forgaenger_id)
    return list(alle.fundne.values())


class _Samling:
    """The clauses found so far by id, and the id of the one that was the last to set each term."""

    def __init__(self) -> None:
        self.fundne: dict[UUID, Samlet] = {}
        self.sat_af: dict[str, UUID] = {}

    def tag(self, ny: Klausultekst, aendrer: UUID | None = None) -> None:
        """Add the clause, or let it amend one, also one that has not begun by then, and change the terms it sets where they stand."""
        id_ = aendrer or ny.id
        foer = self.fundne.get(id_)
        klausul, vilkaar = (foer.klausul, foer.tekst.vilkaar) if foer else (ny.udgave.klausul, {})
        self.fundne[id_] = Samlet(klausul, Klausultekst(ny.udgave, vilkaar, foer.tekst.nummer if foer else None))
        for noegle, vaerdi in ny.vilkaar.items():
            self._saet(self._stedet(noegle) or id_, noegle, vaerdi)
            self.sat_af[noegle] = id_

    def ophaev(self, id_: UUID | None) -> None:
        """Take the clause out; the terms that are another's by now stand with that one."""
        gaaet = self.fundne.pop(id_, None) if id_ else None
        if gaaet is None:
            return
        for noegle, vaerdi in gaaet.tekst.vilkaar.items():
            if self.sat_af[noegle] in self.fundne:
                self._saet(self.sat_af[noegle], noegle, vaerdi)
        for noegle, hvem in self.sat_af.items():
            if hvem == id_ and (sted := self._stedet(noegle)):
                self._fjern(sted, noegle)

    def _stedet(self, noegle: str) -> UUID | None:
        return next((pk for pk, en in self.fundne.items() if noegle in en.tekst.vilkaar), None)

    def _saet(self, sted: UUID, noegle: str, vaerdi: str) -> None:
        en = self.fundne[sted]
        self.fundne[sted] = replace(en, tekst=replace(en.tekst, vilkaar={**en.tekst.vilkaar, noegle: vaerdi}))

    def _fjern(self, sted: UUID, noegle: str) -> None:
        en = self.fundne[sted]
        andre = {kendt: vaerdi for kendt, vaerdi in en.tekst.vilkaar.items() if kendt != noegle}
        self.fundne[sted] = replace(en, tekst=replace(en.tekst, vilkaar=andre))
