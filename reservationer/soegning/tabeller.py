"""What a search found, and what it left out, as tables to take out."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reservationer.soegning.queries import Udeladt
from reservationer.soegning.rangering import Resultat
from reservationer.soegning.vurdering import Udfald
from tilbud.models import Pladsart

FUNDHOVED = (
    "Nr.", "Tilbud", "Afdeling", "Kommune", "Driftsherre", "Niveau", "Ledige pladser", "Ledig fra", "Arter", "Uden reservation", "Leveres uden pladser", "Friskhed", "Friskheden efter", "Bekræftet",
    "Bekræftet af", "Åbne fejlmeldinger", "Takst", "Enhed", "Foreløbig takst", "Afstand i km", "Krav opfyldt", "Krav i alt", "Ukendte krav",
    "Tilbuddets id", "Afdelingens id",
)  # fmt: skip
UDELADTHOVED = (
    "Tilbud",
    "Afdeling",
    "Kommune",
    "Driftsherre",
    "Udeladt fordi",
    "Koder",
    "Tilbuddets id",
    "Afdelingens id",
)


def fundraekker(resultater: Iterable[Resultat]) -> Iterator[Sequence[Any]]:
    """A row for each hit in the order of the page. Free places nobody vouches for are unknown, so their cell is empty.

    The day each is free from, and the reports, are those of `viste.suppleret`.
    """
    for nummer, r in enumerate(resultater, start=1):
        takst = r.plads.takst
        yield (
            nummer,
            r.fakta.tilbud,
            r.fakta.afdeling,
            r.fakta.kommune,
            r.fakta.driftsherre,
            r.fakta.niveau,
            r.plads.antal if r.er_ledig else None,
            r.ledig_fra,
            "; ".join(art.label for art in Pladsart if art in r.plads.arter),
            None if r.fakta.uden_pladser else r.plads.antal,
            r.fakta.uden_pladser,
            None if r.fakta.uden_pladser else r.stand.friskhed.value,
            r.stand.kilde.i_ord if r.stand.kilde and not r.fakta.uden_pladser else "",
            r.stand.tidspunkt,
            r.stand.hvem,
            r.fejl.aabne,
            takst and takst.beloeb,
            takst and takst.enhed_navn,
            takst and takst.foreloebig,
            None if r.afstand is None else round(r.afstand, 1),
            r.opfyldte,
            len(r.krav),
            "; ".join(krav.navn for krav in r.krav if krav.udfald is Udfald.UKENDT),
            str(r.fakta.tilbud_id),
            r.fakta.afdeling_id and str(r.fakta.afdeling_id),
        )


def udeladtraekker(fundne: Iterable[Udeladt]) -> Iterator[Sequence[Any]]:
    """A row for each department that was left out, with every reason and its code, in the same order."""
    for u in fundne:
        grunde = "; ".join(krav.grund for krav in u.krav)
        yield (
            u.fakta.tilbud,
            u.fakta.afdeling,
            u.fakta.kommune,
            u.fakta.driftsherre,
            grunde,
            "; ".join(krav.kriterium for krav in u.krav),
            str(u.fakta.tilbud_id),
            u.fakta.afdeling_id and str(u.fakta.afdeling_id),
        )
