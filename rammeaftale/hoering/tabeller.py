"""Hearings and their answers as tables to take out."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rammeaftale.hoering.queries import Hoeringslinje, Hoeringsvisning, Modtagervisning
from rammeaftale.hoering.soegning import Gennemsoegning
from rammeaftale.models import Hoeringsfil

HOERINGSHOVED = ("Høring", "Version", "Stand", "Sendt", "Frist", "Hørte", "Har svaret", "Afsluttet", "Platformens id")
SVARHOVED = (
    "Høringspart",
    "Art",
    "Svaret",
    "Om",
    "Bemærkning",
    "Filer",
    "Behandling",
    "Indarbejdet i version",
    "Begrundelse",
)


def hoeringsraekker(linjer: Iterable[Hoeringslinje]) -> Iterator[Sequence[Any]]:
    """A row for each hearing."""
    for linje in linjer:
        h = linje.hoering
        antal = (linje.modtagere, linje.besvaret)
        yield h.titel, h.version.nummer, linje.standnavn, h.sendt, h.frist, *antal, h.afsluttet, str(h.pk)


def svarraekker(v: Hoeringsvisning) -> Iterator[Sequence[Any]]:
    """A row for each remark by clause; then one for each recipient that has made none, answered or not."""
    svar = {m.modtager.pk: m for m in v.modtagere}
    for afsnit in v.afsnit:
        for b in afsnit.bemaerkninger:
            filer = ", ".join(_fil(fil) for fil in b.bemaerkning.filer.all())
            behandling = b.behandling
            gjort = (
                (
                    behandling.get_udfald_display(),
                    behandling.version.nummer if behandling.version else "",
                    behandling.begrundelse,
                )
                if behandling
                else ("", "", "")
            )
            yield *_hvem(svar[b.modtager.pk]), afsnit.navn, b.bemaerkning.tekst, filer, *gjort
    for m in v.modtagere:
        if m.svar is None or m.svar.ingen_bemaerkninger:
            yield *_hvem(m), "", m.tekst, "", "", "", ""


def _fil(fil: Hoeringsfil) -> str:
    """What it is called, and whether somebody has to look in it for CPR numbers."""
    return fil.navn if fil.gennemsoegt == Gennemsoegning.HELT else f"{fil.navn} ({fil.get_gennemsoegt_display()})"


def _hvem(m: Modtagervisning) -> Sequence[Any]:
    return m.modtager.navn, m.modtager.get_art_display(), m.svar.afgivet if m.svar else None
