"""How an agreement looks to people: its stand on a day, and the board of its parties. No rules of its own."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from faelles.dokument.tal import dato, kort_dato
from rammeaftale.livscyklus import (
    GODKENDENDE,
    PARTSSTATUS_NAVN,
    Aftaletilstand,
    Optaelling,
    Partsstatus,
    optael,
    stand,
)
from rammeaftale.models import Rammeaftale, Version
from rammeaftale.queries import Partsstand, gaeldende_versioner, partsstande_for

_FELT: Mapping[Partsstatus, str] = {
    Partsstatus.AFVENTER: "afventer",
    Partsstatus.UDVALG: "i_gang",
    Partsstatus.GODKENDT: "godkendt",
    Partsstatus.GODKENDT_MED_BEMAERKNING: "godkendt",
    Partsstatus.AFVIST: "afvist",
}
_BADGE: Mapping[str, str] = {
    "I kraft": "success",
    "Sendt til godkendelse": "info",
    "Vedtaget": "success",
    "Bortfaldet": "error",
}


@dataclass(frozen=True, slots=True)
class Aftalevisning:
    """An agreement on a day. `forfaldne`: parties that have not decided although the deadline has passed."""

    aftale: Rammeaftale
    version: Version | None
    stand: str
    variant: str
    periode: str
    optaelling: Optaelling
    partsstande: Sequence[Partsstand]
    forfaldne: int

    @property
    def til_godkendelse(self) -> bool:
        """Whether decisions may be registered."""
        return self.aftale.tilstand == Aftaletilstand.SENDT


def vis_alle(aftaler: Collection[Rammeaftale], dag: date) -> list[Aftalevisning]:
    """Agreements as they are on the day, in three statements whatever their number."""
    versioner = gaeldende_versioner([aftale.id for aftale in aftaler])
    stande = partsstande_for(versioner.values())
    return [
        _vis(aftale, version, stande[version.id] if version else [], dag)
        for aftale in aftaler
        for version in (versioner.get(aftale.id),)
    ]


def _vis(aftale: Rammeaftale, version: Version | None, stande: Sequence[Partsstand], dag: date) -> Aftalevisning:
    hvor = stand(Aftaletilstand(aftale.tilstand), aftale.aftaleperiode, dag)
    periode = aftale.aftaleperiode
    til = f" til {dato(periode.sidste_dag)}" if periode.sidste_dag else ""
    return Aftalevisning(
        aftale=aftale,
        version=version,
        stand=hvor,
        variant=_BADGE.get(hvor, "stille"),
        periode=f"{dato(periode.fra)}{til}",
        optaelling=optael(stand_.status for stand_ in stande),
        partsstande=stande,
        forfaldne=sum(_forfalden(aftale, stand_, dag) for stand_ in stande),
    )


def partsfelter(visning: Aftalevisning, dag: date, url: Mapping[UUID, str]) -> list[dict[str, str]]:
    """The cells of `komponenter/partstavle.html`; `url` by party id."""
    return [
        {
            "navn": stand_.part.organisation.navn,
            "status": "forfalden" if _forfalden(visning.aftale, stand_, dag) else _FELT[stand_.status],
            "tekst": PARTSSTATUS_NAVN[stand_.status],
            "detalje": _detalje(visning.aftale, stand_),
            "url": url[stand_.part.id],
        }
        for stand_ in visning.partsstande
    ]


def _forfalden(aftale: Rammeaftale, stand_: Partsstand, dag: date) -> bool:
    frist = aftale.godkendelsesfrist
    sendt = aftale.tilstand == Aftaletilstand.SENDT
    return sendt and frist is not None and frist < dag and stand_.status not in {*GODKENDENDE, Partsstatus.AFVIST}


def _detalje(aftale: Rammeaftale, stand_: Partsstand) -> str:
    if stand_.seneste:
        return f"{kort_dato(stand_.seneste.dato)}, {stand_.seneste.organ}"
    frist = aftale.godkendelsesfrist
    return f"Frist {kort_dato(frist)}" if frist and aftale.tilstand == Aftaletilstand.SENDT else ""
