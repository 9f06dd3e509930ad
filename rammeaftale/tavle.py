"""How an agreement looks to people: its stand on a day, and the board of its parties. No rules of its own."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from faelles.dokument.tal import dato, kort_dato
from faelles.tid import Periode
from kommuner.models import Organisationsart
from rammeaftale.livscyklus import (
    GODKENDENDE,
    OVERGANGE,
    PARTSSTATUS_NAVN,
    Aftaletilstand,
    Optaelling,
    Partsstatus,
    optael,
    stand,
)
from rammeaftale.models import Offentliggoerelse, Part, Rammeaftale, Version
from rammeaftale.queries import (
    Partsstand,
    beslutter,
    gaeldende_versioner,
    offentliggoerelser,
    partsstande_for,
    tiltraeder,
)

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
        """Whether it is out for approval."""
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


@dataclass(frozen=True, slots=True)
class Trinvalg:
    """A step the secretariat can take from here: where it leads, in words, and whether it is the way forward."""

    navn: str
    url: str
    frem: bool


_TRINVALG: Mapping[Aftaletilstand, str] = {
    Aftaletilstand.EMBEDSMANDSUDVALG: "Forelæg for embedsmandsudvalget",
    Aftaletilstand.KKR_ANBEFALET: "Registrér et organs beslutning",
    Aftaletilstand.SENDT: "Send til godkendelse",
    Aftaletilstand.KLADDE: "Tag tilbage til kladde",
    Aftaletilstand.BORTFALDET: "Lad bortfalde",
}
_TILBAGE = frozenset({Aftaletilstand.KLADDE, Aftaletilstand.BORTFALDET})


def naeste_trin(visning: Aftalevisning) -> list[Trinvalg]:
    """What the table of steps lets the secretariat do now, the way forward first."""
    aftale = visning.aftale
    fra = Aftaletilstand(aftale.tilstand)
    if fra is Aftaletilstand.VEDTAGET:
        return _efter_vedtagelsen(aftale)
    valg = [_trinvalg(aftale, fra, til) for til in _TRINVALG if til in OVERGANGE[fra]]
    if fra is Aftaletilstand.KLADDE:
        url = reverse("rammeaftale:ret_aftale", args=[aftale.slug])
        valg.append(Trinvalg("Ret titel og periode", url, frem=False))
    return sorted(valg, key=lambda et: not et.frem)


def _trinvalg(aftale: Rammeaftale, fra: Aftaletilstand, til: Aftaletilstand) -> Trinvalg:
    if fra is Aftaletilstand.SENDT and til is Aftaletilstand.KLADDE:
        return Trinvalg("Ny version", reverse("rammeaftale:ny_version", args=[aftale.slug]), frem=False)
    if til is Aftaletilstand.SENDT:
        return Trinvalg(_TRINVALG[til], reverse("rammeaftale:send", args=[aftale.slug]), frem=True)
    if til is Aftaletilstand.KKR_ANBEFALET:
        return Trinvalg(_TRINVALG[til], reverse("rammeaftale:organbeslutning", args=[aftale.slug]), frem=True)
    url = reverse("rammeaftale:trin", args=[aftale.slug, til.value])
    return Trinvalg(_TRINVALG[til], url, frem=til not in _TILBAGE)


def _efter_vedtagelsen(aftale: Rammeaftale) -> list[Trinvalg]:
    fakta = {"offentliggjort": "Registrér offentliggørelse", "sendt_til_styrelsen": "Registrér, at aftalen er sendt"}
    valg = [
        Trinvalg(navn, reverse("rammeaftale:faktum", args=[aftale.slug, faktum]), frem=True)
        for faktum, navn in fakta.items()
        if getattr(aftale, faktum) is None
    ]
    if aftale.hovedaftale_id is None:
        valg.append(Trinvalg("Ny allonge", reverse("rammeaftale:allonge", args=[aftale.slug]), frem=False))
    return valg


@dataclass(frozen=True, slots=True)
class Publicering:
    """Whether a municipality has done its duty to publish the adopted agreement."""

    part: Part
    sket: Offentliggoerelse | None


def publiceringer(visning: Aftalevisning, dag: date) -> list[Publicering]:
    """The duty of publication of each municipality that adopted the agreement, or has acceded to it by the day, those that have not
    done it first; none before the agreement is adopted.
    """
    aftale = visning.aftale
    if aftale.tilstand != Aftaletilstand.VEDTAGET:
        return []
    sket = offentliggoerelser(aftale)
    kommuner = [
        part
        for part in aftale.parter.filter(organisation__art=Organisationsart.KOMMUNE).select_related("organisation")
        if beslutter(part, aftale) or (tiltraeder(part, aftale) and Periode.af_range(part.periode).fra <= dag)
    ]
    return sorted((Publicering(part, sket.get(part.id)) for part in kommuner), key=lambda en: en.sket is not None)
