"""Everything of the four kinds that hangs on an offer, over time, as rows for a page and a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from faelles.tid import Periode
from tilbud.models import Merpladstilladelse, Tilbud, Tilsynsgodkendelse, Tilsynsrapport, Ydelse
from tilbud.registerimport.blokark import GODKENDELSER, YDELSER
from tilbud.registerimport.blokposter import SLAGS, Blok, blokke

_MED = {GODKENDELSER: ("hjemmel",), YDELSER: ("type",)}
BLOKHOVED = (
    "Slags", "Hvad", "Nærmere", "Pladser", "Gælder fra eller dateret", "Sidste dag", "Gælder i dag", "Link", "Platformens id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Blokraekke:
    """A row of any kind. `gaelder`: it holds on the day asked about; a report always does. `periode` is a report's one day."""

    ark: str
    id: UUID
    hvad: str
    naermere: str
    periode: Periode
    gaelder: bool
    pladser: int | None = None
    link: str = ""

    @property
    def celler(self) -> Sequence[Any]:
        """As a row of BLOKHOVED."""
        slut = self.periode.sidste_dag
        return (
            self.ark,
            self.hvad,
            self.naermere,
            self.pladser,
            self.periode.fra,
            slut,
            self.gaelder,
            self.link,
            str(self.id),
        )


def blokraekker(tilbud_id: UUID, dag: date) -> list[Blokraekke]:
    """The rows by kind, the newest of each first. Four statements."""
    return [raekke for ark in SLAGS for raekke in sorted(_raekker(ark, tilbud_id, dag), key=_nyeste, reverse=True)]


def _nyeste(raekke: Blokraekke) -> tuple[date, str, UUID]:
    return raekke.periode.fra, raekke.hvad, raekke.id


def _raekker(ark: str, tilbud_id: UUID, dag: date) -> Iterator[Blokraekke]:
    blok: Blok
    for blok in blokke(ark, Tilbud.objects.filter(pk=tilbud_id)).select_related(*_MED.get(ark, ())):
        match blok:
            case Tilsynsrapport():
                yield Blokraekke(
                    ark,
                    blok.pk,
                    blok.get_vurdering_display(),
                    "",
                    Periode.dag(blok.dato),
                    gaelder=True,
                    link=blok.rapport_url,
                )
            case Tilsynsgodkendelse():
                periode = Periode.af_range(blok.periode)
                gaelder = periode.indeholder(dag)
                yield Blokraekke(ark, blok.pk, str(blok.hjemmel), blok.socialtilsyn, periode, gaelder, blok.pladser)
            case Ydelse():
                periode = Periode.af_range(blok.periode)
                form = blok.get_leveringsform_display()
                yield Blokraekke(ark, blok.pk, str(blok.type), form, periode, periode.indeholder(dag))
            case Merpladstilladelse():
                periode = Periode.af_range(blok.periode)
                gaelder = periode.indeholder(dag)
                yield Blokraekke(ark, blok.pk, str(blok.afdeling), blok.grund, periode, gaelder, blok.pladser)
