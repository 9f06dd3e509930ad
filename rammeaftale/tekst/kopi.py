"""Carrying a text on: into the next version of the agreement, or into the next period's agreement to be looked through there."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from faelles.aktoer import Aktoer
from rammeaftale.models import Delart, Dokumentdel, Klausul, Klausuludgave, Klausulvilkaar, Rammeaftale, Version
from rammeaftale.tekst.queries import Klausultekst, klausuler
from rammeaftale.tekst.samlet import samlet


def til_ny_version(aktoer: Aktoer, fra: Version, til: Version) -> None:
    """The same clauses, saying the same, ready to be edited in the next version of the same agreement; the numbers of their savings go on."""
    tekster = klausuler(fra)
    _gem(aktoer, til, [(t, t.udgave.klausul, t.udgave.udgave + 1, t.udgave.gennemgaa) for t in tekster])


def til_ny_aftale(aktoer: Aktoer, fra: Version, allonger: Sequence[Version], til: Version) -> None:
    """The introduction of the previous period, and its parts and clauses as its allonger (in the order they took effect) have made them.

    Each clause is marked to be looked through before the new agreement can be sent; the introduction is, until it is saved.
    """
    til.indledning = fra.indledning
    til.save(update_fields=["indledning"])
    dele = _Dele(til.aftale, fra.aftale_id)
    nye = [
        (en.tekst, Klausul(dokumentdel=dele.til(en.klausul.dokumentdel), forgaenger=en.klausul))
        for en in samlet(klausuler(fra), map(klausuler, allonger))
    ]
    Klausul.objects.bulk_create(klausul for _, klausul in nye)
    _gem(aktoer, til, [(tekst, klausul, 1, True) for tekst, klausul in nye])


class _Dele:
    """The new agreement's parts: those of the previous one, and those only an allonge has, when a clause stands in them."""

    def __init__(self, aftale: Rammeaftale, forrige: UUID) -> None:
        self.aftale = aftale
        self.efter_gammel: dict[UUID, Dokumentdel] = {}
        for gammel in Dokumentdel.objects.filter(aftale=forrige).order_by("nummer"):
            self._opret(gammel, gammel.nummer)

    def til(self, gammel: Dokumentdel) -> Dokumentdel:
        """The part that takes over from an old one."""
        if gammel.pk not in self.efter_gammel:
            self._tag_med(gammel)
        return self.efter_gammel[gammel.pk]

    def _tag_med(self, gammel: Dokumentdel) -> None:
        """A part of an allonge is the agreement's own of the kind; an annex, that of the same title."""
        for ny in self.efter_gammel.values():
            if ny.art == gammel.art and (ny.art != Delart.BILAG or ny.titel == gammel.titel):
                self.efter_gammel[gammel.pk] = ny
                return
        self._opret(gammel, max((ny.nummer for ny in self.efter_gammel.values()), default=0) + 1)

    def _opret(self, gammel: Dokumentdel, nummer: int) -> None:
        self.efter_gammel[gammel.pk] = Dokumentdel.objects.create(
            aftale=self.aftale, art=gammel.art, titel=gammel.titel, nummer=nummer
        )


def _gem(aktoer: Aktoer, til: Version, nye: Iterable[tuple[Klausultekst, Klausul, int, bool]]) -> None:
    """Each: what it says, the clause that shall say it, the number of its saving, and whether it is to be looked through."""
    udgaver = [
        (
            tekst,
            Klausuludgave(
                klausul=klausul,
                version=til,
                udgave=udgave,
                nummer=tekst.nummer,
                overskrift=tekst.udgave.overskrift,
                tekst=tekst.udgave.tekst,
                ophaever=tekst.udgave.ophaever,
                gennemgaa=gennemgaa,
                organisation_id=aktoer.organisation_id,
                identitet=aktoer.identitet,
            ),
        )
        for tekst, klausul, udgave, gennemgaa in nye
    ]
    Klausuludgave.objects.bulk_create(udgave for _, udgave in udgaver)
    Klausulvilkaar.objects.bulk_create(
        Klausulvilkaar(udgave=udgave, noegle=noegle, vaerdi=vaerdi)
        for tekst, udgave in udgaver
        for noegle, vaerdi in tekst.vilkaar.items()
    )
