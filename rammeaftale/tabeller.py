"""The agreements and the parties of one as tables to take out."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from faelles.tid import Periode
from rammeaftale.livscyklus import PARTSSTATUS_NAVN
from rammeaftale.queries import alle_stande
from rammeaftale.tavle import Aftalevisning
from rammeaftale.tekst.vilkaarsvisning import Gruppe

AFTALEHOVED = (
    "Aftale", "KKR", "Fra", "Sidste dag", "Stand", "Version", "Frist for godkendelse", "Godkendt", "Parter", "Vedtaget", "Demo",
)  # fmt: skip
PARTSHOVED = (
    "Part", "Beslutning", "Dato", "Besluttet af", "Link til referat", "Bemærkning", "Version", "Frist for godkendelse",
    "Registreret af", "Part fra", "Sidste dag som part", "Efterfølges af", "Begrundelse",
)  # fmt: skip
VILKAARSHOVED = ("Hører til i", "Vilkår", "Nøgle", "Værdi", "Enhed", "Klausul", "Skal være", "Kilde", "Ændres af")


def aftaleraekker(visninger: Iterable[Aftalevisning]) -> Iterator[Sequence[Any]]:
    """A row for each agreement."""
    for v in visninger:
        periode = v.aftale.aftaleperiode
        yield (
            v.aftale.titel,
            v.aftale.kkr.navn,
            periode.fra,
            periode.sidste_dag,
            v.stand,
            v.version.nummer if v.version else None,
            v.aftale.godkendelsesfrist,
            v.optaelling.godkendt,
            v.optaelling.i_alt,
            v.aftale.vedtaget,
            v.aftale.demo,
        )


def partsraekker(visning: Aftalevisning) -> Iterator[Sequence[Any]]:
    """A row for everybody who is a party on any day, with its latest step on the version shown."""
    for stand in alle_stande(visning.version) if visning.version else ():
        trin, dage = stand.seneste, Periode.af_range(stand.part.periode)
        yield (
            stand.part.organisation.navn,
            PARTSSTATUS_NAVN[stand.status],
            trin and trin.dato,
            trin.organ if trin else "",
            trin.referat_url if trin else "",
            trin.bemaerkning if trin else "",
            visning.version.nummer if visning.version else None,
            visning.aftale.godkendelsesfrist,
            str(trin.registreret_af) if trin else "",
            dage.fra,
            dage.sidste_dag,
            stand.part.efterfoelger.navn if stand.part.efterfoelger else "",
            stand.part.begrundelse,
        )


def vilkaarsraekker(grupper: Iterable[Gruppe]) -> Iterator[Sequence[Any]]:
    """A row for each key; one the version does not set has no value."""
    for gruppe in grupper:
        for en in gruppe.noegler:
            yield (
                gruppe.klausul,
                en.beskrivelse.navn,
                str(en.noegle),
                en.beskrivelse.som_skrevet(en.sat.vaerdi) if en.sat else "",
                en.beskrivelse.enhed,
                en.sat.klausul if en.sat else "",
                en.beskrivelse.krav,
                en.beskrivelse.kilde,
                en.beskrivelse.aendres_af.navn,
            )
