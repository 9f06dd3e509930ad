"""What differs between two versions, clause by clause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from rammeaftale.livscyklus import Omfang
from rammeaftale.models import Version
from rammeaftale.tekst.forskel import Stykke, Vilkaarsforskel, forskel, vilkaarsforskelle
from rammeaftale.tekst.gaeldende import som_aendret
from rammeaftale.tekst.queries import Klausultekst, klausuler


@dataclass(frozen=True, slots=True)
class Klausulforskel:
    """How a clause differs between two versions; None where it does not stand in one of them."""

    foer: Klausultekst | None
    efter: Klausultekst | None
    tekst: Sequence[Stykke]
    vilkaar: Sequence[Vilkaarsforskel]

    @property
    def navn(self) -> str:
        """The clause as the new version calls it, else as the old did."""
        kendt = self.efter or self.foer
        return kendt.navn if kendt else ""

    @property
    def art(self) -> str:
        """What happened to it, in a word."""
        if self.foer is None:
            return "Ophæver" if self.ophaevelse else "Ny"
        return "Udgået" if self.efter is None else "Ændret"

    @property
    def ophaevelse(self) -> bool:
        """Whether it is in one of them only, and takes a clause out of the agreement there."""
        ene = (self.foer, self.efter)
        return None in ene and any(tekst.udgave.ophaever for tekst in ene if tekst)


def sammenlign(foer: Version, efter: Version) -> list[Klausulforskel]:
    """The clauses that differ between two versions: of one agreement, of an agreement and the one it began from, or of an allonge and what it amends.

    What an allonge amends is the agreement as the allonger adopted before it have made it (`som_aendret`).
    """
    if efter.aftale.hovedaftale_id == foer.aftale_id:
        return _allongens(foer, efter)
    gamle = {t.id: t for t in klausuler(foer)}
    nye = {_samme(t, gamle): t for t in klausuler(efter)}
    par = [(gamle.get(id_), nye.get(id_)) for id_ in [*nye, *(id_ for id_ in gamle if id_ not in nye)]]
    forskelle = (klausulforskel(gammel, ny, gammel.vilkaar if gammel else {}) for gammel, ny in par)
    return [en for en in forskelle if en.foer is None or en.efter is None or _aendret(en)]


def indledningsforskel(foer: Version, efter: Version) -> list[Stykke]:
    """How the introduction differs between two versions; empty when it does not. That of an allonge is its own."""
    if efter.aftale.hovedaftale_id == foer.aftale_id or foer.indledning == efter.indledning:
        return []
    return forskel(foer.indledning, efter.indledning)


def omfang(forskelle: Sequence[Klausulforskel], indledning: Sequence[Stykke]) -> Omfang:
    """How far a version goes from another that it differs so from."""
    if any(en.vilkaar or en.ophaevelse for en in forskelle):
        return Omfang.VILKAAR
    if any(en.foer is None or en.efter is None for en in forskelle):
        return Omfang.KLAUSULER
    return Omfang.ORDLYD if forskelle or indledning else Omfang.UAENDRET


def _allongens(hoved: Version, allonge: Version) -> list[Klausulforskel]:
    """What an allonge changes: its own clauses against those they amend or repeal, and the terms it sets against what they were, whichever clause set them."""
    gamle = {en.klausul.pk: en.tekst for en in som_aendret(hoved, foer=allonge.aftale)}
    saettes = {noegle: vaerdi for t in gamle.values() for noegle, vaerdi in t.vilkaar.items()}
    egne = klausuler(allonge)
    sat = {noegle for ny in egne for noegle in ny.vilkaar}
    forskelle = []
    for ny in egne:
        forgaenger = ny.udgave.klausul.forgaenger_id
        aendret = gamle.get(forgaenger) if forgaenger else None
        if ny.udgave.ophaever:
            gaar = (
                {noegle: vaerdi for noegle, vaerdi in aendret.vilkaar.items() if noegle not in sat} if aendret else {}
            )
            forskelle.append(klausulforskel(aendret, None, gaar))
            continue
        foer = {noegle: saettes[noegle] for noegle in ny.vilkaar if noegle in saettes}
        forskelle.append(klausulforskel(aendret, replace(ny, kaldes=aendret.nummer) if aendret else ny, foer))
    return [en for en in forskelle if en.foer is None or _aendret(en)]


def _samme(tekst: Klausultekst, gamle: Mapping[UUID, Klausultekst]) -> UUID:
    """The id it is found by in the old version: its own, or that of the clause it was begun from."""
    forgaenger = tekst.udgave.klausul.forgaenger_id
    return forgaenger if forgaenger is not None and tekst.id not in gamle and forgaenger in gamle else tekst.id


def klausulforskel(foer: Klausultekst | None, efter: Klausultekst | None, vilkaar: Mapping[str, str]) -> Klausulforskel:
    """How one clause differs from another, and its terms from what they were (`vilkaar`)."""
    return Klausulforskel(
        foer=foer,
        efter=efter,
        tekst=forskel(*(_hele(tekst) if tekst else "" for tekst in (foer, efter))),
        vilkaar=vilkaarsforskelle(vilkaar, efter.vilkaar if efter else {}),
    )


def _hele(tekst: Klausultekst) -> str:
    return hele(tekst.navn, tekst.udgave.tekst)


def hele(navn: str, tekst: str) -> str:
    """All that a clause says, as two of them are held against each other: number and heading, then the text."""
    return f"{navn}\n\n{tekst}"


def _aendret(en: Klausulforskel) -> bool:
    return bool(en.vilkaar) or any(stykke.art != "ens" for stykke in en.tekst)
