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
    stands, whichever clause of an allonge
    sets it; what no allonge mentions stands.
    """
    fundne: dict[UUID, Samlet] = {tekst.id: Samlet(tekst.udgave.klausul, tekst) for tekst in hoved}
    for ny in (tekst for allonge in allonger for tekst in allonge):
        forgaenger = ny.udgave.klausul.forgaenger_id
        foer = fundne.get(forgaenger) if forgaenger else None
        klausul, vilkaar = (foer.klausul, foer.tekst.vilkaar) if foer else (ny.udgave.klausul, {})
        fundne[klausul.pk] = Samlet(klausul, Klausultekst(ny.udgave, vilkaar, foer.tekst.nummer if foer else None))
        for noegle, vaerdi in ny.vilkaar.items():
            sted = next((pk for pk, en in fundne.items() if noegle in en.tekst.vilkaar), klausul.pk)
            tekst = fundne[sted].tekst
            fundne[sted] = Samlet(fundne[sted].klausul, replace(tekst, vilkaar={**tekst.vilkaar, noegle: vaerdi}))
    return list(fundne.values())
