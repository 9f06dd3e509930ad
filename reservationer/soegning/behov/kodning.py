"""What is kept of a need that could not be met, and what is not: neither words, place, price nor exact age or day. Pure."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from reservationer.soegning.kriterier import Kriterium
from reservationer.soegning.profil import Behovsprofil

VOKSEN, AELDRE = 18, 67


@dataclass(frozen=True, slots=True)
class KodetBehov:
    """A need in the codes it is logged by; the names are those of `UdaekketBehov`."""

    maalgruppe_id: UUID | None
    andre_maalgrupper: tuple[UUID, ...]
    hjemmel_id: str | None
    aldersgruppe: str
    adfaerd: tuple[str, ...]
    fysiske_traek: tuple[str, ...]
    niveauer: tuple[int, ...]
    arter: tuple[str, ...]
    ugedage: tuple[int, ...]
    begynder: date
    hindringer: tuple[str, ...]

    @property
    def fingeraftryk(self) -> str:
        """The same for the same need, whatever order it was written in.

        Neither what stood in the way nor the wanted month is part of it: who searches again next month has the same need.
        """
        dele = {navn: vaerdi for navn, vaerdi in asdict(self).items() if navn not in {"hindringer", "begynder"}}
        return hashlib.sha256(json.dumps(dele, sort_keys=True, default=str).encode()).hexdigest()


def kod(profil: Behovsprofil, hindringer: Iterable[Kriterium]) -> KodetBehov:
    """The need in codes. Of target groups the one with the greatest weight comes first, and among equals the one named first."""
    grupper = [kode for kode, _ in sorted(profil.maalgrupper, key=lambda par: -par[1])]
    return KodetBehov(
        maalgruppe_id=grupper[0] if grupper else None,
        andre_maalgrupper=tuple(sorted(grupper[1:])),
        hjemmel_id=profil.hjemmel,
        aldersgruppe=aldersgruppe(profil.alder),
        adfaerd=tuple(sorted(kode.value for kode in profil.adfaerd)),
        fysiske_traek=tuple(sorted(kode.value for kode in profil.fysiske_traek)),
        niveauer=tuple(sorted(profil.niveauer)),
        arter=tuple(sorted(kode.value for kode in profil.arter)),
        ugedage=tuple(sorted(profil.ugedage)),
        begynder=profil.periode.fra.replace(day=1),
        hindringer=tuple(kriterium.value for kriterium in hindringer),
    )


def aldersgruppe(alder: int | None) -> str:
    """The age group (`models.Aldersgruppe`), or nothing when no age was asked for."""
    if alder is None:
        return ""
    return "under_18" if alder < VOKSEN else "18_66" if alder < AELDRE else "67_plus"
