"""Carrying a text on: into the next version of the agreement, or into the next period's agreement to be looked through there."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from faelles.aktoer import Aktoer
from rammeaftale.models import Dokumentdel, Klausul, Klausuludgave, Klausulvilkaar, Version
from rammeaftale.tekst.queries import Klausultekst, klausuler


def til_ny_version(aktoer: Aktoer, fra: Version, til: Version) -> None:
    """The same clauses, saying the same, ready to be edited in the next version of the same agreement."""
    tekster = klausuler(fra)
    _gem(aktoer, til, [(t, t.udgave.klausul) for t in tekster], gennemgaa={t.id: t.udgave.gennemgaa for t in tekster})


def til_ny_aftale(aktoer: Aktoer, fra: Version, til: Version) -> None:
    """Parts and clauses of the previous period, each marked to be looked through before the new agreement can be sent."""
    dele = {
        gammel.id: Dokumentdel.objects.create(
            aftale=til.aftale, art=gammel.art, titel=gammel.titel, nummer=gammel.nummer
        )
        for gammel in Dokumentdel.objects.filter(aftale=fra.aftale_id)
    }
    tekster = klausuler(fra)
    nye = [
        (tekst, Klausul(dokumentdel=dele[tekst.udgave.klausul.dokumentdel_id], forgaenger=tekst.udgave.klausul))
        for tekst in tekster
    ]
    Klausul.objects.bulk_create(klausul for _, klausul in nye)
    _gem(aktoer, til, nye, gennemgaa={t.id: True for t in tekster})


def _gem(
    aktoer: Aktoer, til: Version, par: Iterable[tuple[Klausultekst, Klausul]], *, gennemgaa: Mapping[UUID, bool]
) -> None:
    udgaver = [
        (
            tekst,
            Klausuludgave(
                klausul=klausul,
                version=til,
                udgave=1,
                nummer=tekst.udgave.nummer,
                overskrift=tekst.udgave.overskrift,
                tekst=tekst.udgave.tekst,
                gennemgaa=gennemgaa[tekst.id],
                organisation_id=aktoer.organisation_id,
                identitet=aktoer.identitet,
            ),
        )
        for tekst, klausul in par
    ]
    Klausuludgave.objects.bulk_create(udgave for _, udgave in udgaver)
    Klausulvilkaar.objects.bulk_create(
        Klausulvilkaar(udgave=udgave, noegle=noegle, vaerdi=vaerdi)
        for tekst, udgave in udgaver
        for noegle, vaerdi in tekst.vilkaar.items()
    )
