"""The comparison as rows of words, one cell for each department. Pure: everything it says is given."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from faelles.dokument.tal import kort_dato, tal
from reservationer.soegning.kriterier import BESKRIVELSER, Kriterium
from reservationer.soegning.rangering import Resultat
from reservationer.soegning.vurdering import Udfald
from tilbud.models import Tilbud
from tilbud.queries import Bloklister

UDFALD_NAVN: Mapping[Udfald, str] = {
    Udfald.OPFYLDT: "Opfyldt",
    Udfald.UKENDT: "Ukendt",
    Udfald.IKKE_OPFYLDT: "Ikke opfyldt",
}
IKKE_OPLYST = "Ikke oplyst"
UDEN_PLADSER = "Leveres uden pladser"
Celle = tuple[str, ...]  # lines


@dataclass(frozen=True, slots=True)
class Sammenlignet:
    """A department to compare: how it stands to the need, its offer, and what is known of that."""

    resultat: Resultat
    tilbud: Tilbud
    bloklister: Bloklister


@dataclass(frozen=True, slots=True)
class Raekke:
    """What is compared, and what it is for each department in their order."""

    navn: str
    celler: tuple[Celle, ...]

    @property
    def forskellig(self) -> bool:
        """Whether the departments differ in it."""
        return len(set(self.celler)) > 1


@dataclass(frozen=True, slots=True)
class Afsnit:
    """Rows that belong together."""

    titel: str
    raekker: tuple[Raekke, ...]


def sammenlign(valgte: Sequence[Sammenlignet], grupper: Mapping[UUID, str]) -> list[Afsnit]:
    """The comparison: the need first, quality before price. `grupper` names the target groups asked for."""
    return [
        afsnit
        for afsnit in (
            Afsnit("Krav fra søgningen", (*_krav(valgte), *_maalgrupper(valgte, grupper))),
            Afsnit("Kvalitet", _raekker(valgte, KVALITET)),
            Afsnit("Plads og pris", _raekker(valgte, PLADS_OG_PRIS)),
            Afsnit("Om tilbuddet", _raekker(valgte, OM_TILBUDDET)),
        )
        if afsnit.raekker
    ]


def _krav(valgte: Sequence[Sammenlignet]) -> Iterable[Raekke]:
    udfald = [{krav.kriterium: krav.udfald for krav in en.resultat.krav} for en in valgte]
    for kriterium in Kriterium:
        if any(kriterium in et for et in udfald):
            # Places kept for others answer in the place of free ones, so that a column may lack either.
            celler = (UDFALD_NAVN[et[kriterium]] if kriterium in et else "–" for et in udfald)
            yield Raekke(BESKRIVELSER[kriterium].navn, tuple((celle,) for celle in celler))


def _maalgrupper(valgte: Sequence[Sammenlignet], grupper: Mapping[UUID, str]) -> Iterable[Raekke]:
    for kode, navn in grupper.items():
        udfald = (Udfald.OPFYLDT if dict(en.resultat.maalgrupper)[kode] else Udfald.IKKE_OPFYLDT for en in valgte)
        yield Raekke(navn, tuple((UDFALD_NAVN[et],) for et in udfald))


def _raekker(
    valgte: Sequence[Sammenlignet], kolonner: Mapping[str, Callable[[Sammenlignet], Iterable[str]]]
) -> tuple[Raekke, ...]:
    return tuple(
        Raekke(navn, tuple(tuple(linje for linje in hent(en) if linje) or (IKKE_OPLYST,) for en in valgte))
        for navn, hent in kolonner.items()
    )


def _tilsyn(en: Sammenlignet) -> Iterable[str]:
    rapport = en.bloklister.rapport
    return (rapport.get_vurdering_display(), kort_dato(rapport.dato)) if rapport else ()


def _godkendt(en: Sammenlignet) -> Iterable[str]:
    antal = en.bloklister.godkendte_pladser
    return (f"{tal(antal)} pladser",) if antal else ()


def _ledige(en: Sammenlignet) -> Iterable[str]:
    if en.tilbud.uden_pladser:
        return (UDEN_PLADSER,)
    antal = en.resultat.plads.antal
    if not en.resultat.er_ledig:
        return (f"Ukendt; {tal(antal)} uden reservation",)
    return (f"{tal(antal)} {'ledig' if antal == 1 else 'ledige'}",)


def _bekraeftet(en: Sammenlignet) -> Iterable[str]:
    if en.tilbud.uden_pladser:
        return (UDEN_PLADSER,)
    stand = en.resultat.stand
    return (kort_dato(stand.tidspunkt), stand.hvem) if stand.tidspunkt else ("Aldrig",)


def _takst(en: Sammenlignet) -> Iterable[str]:
    takst = en.resultat.plads.takst
    if takst is None:
        return ("Ikke kendt",)
    fra, foreloebig = "fra " if takst.flere else "", ", foreløbig" if takst.foreloebig else ""
    return (f"{fra}{tal(takst.beloeb, 2)} {takst.enhed_navn}", f"{takst.hjemmel}{foreloebig}")


def _afstand(en: Sammenlignet) -> Iterable[str]:
    afstand = en.resultat.afstand
    return () if afstand is None else (f"{afstand:.0f} km",)


def _alder(en: Sammenlignet) -> Iterable[str]:
    fra, til = en.tilbud.alder_fra, en.tilbud.alder_til
    return (f"{fra}–{til} år" if til else f"Fra {fra} år",)


def _adresse(en: Sammenlignet) -> Iterable[str]:
    return ("Beskyttet",) if en.tilbud.beskyttet_adresse else (en.tilbud.adresse,)


KVALITET: Mapping[str, Callable[[Sammenlignet], Iterable[str]]] = {
    "Seneste tilsyn": _tilsyn,
    "Godkendt til": _godkendt,
    "Specialisering": lambda en: (str(en.bloklister.niveau),) if en.bloklister.niveau else (),
    "Normering": lambda en: (f"{tal(en.tilbud.normering, 2)} pr. plads",) if en.tilbud.normering else (),
    "Gruppens størrelse": lambda en: (f"Højst {en.tilbud.gruppe_hoejst}",) if en.tilbud.gruppe_hoejst else (),
    "Metoder": lambda en: en.tilbud.metoder,
}
PLADS_OG_PRIS: Mapping[str, Callable[[Sammenlignet], Iterable[str]]] = {
    "Ledige pladser": _ledige,
    "Bekræftet": _bekraeftet,
    "Takst": _takst,
    "Afstand": _afstand,
}
OM_TILBUDDET: Mapping[str, Callable[[Sammenlignet], Iterable[str]]] = {
    "Driftsherre": lambda en: (en.resultat.fakta.driftsherre,),
    "Kommune": lambda en: (en.resultat.fakta.kommune,),
    "Adresse": _adresse,
    "Målgrupper": lambda en: (gruppe.term for gruppe in en.tilbud.maalgrupper.all()),
    "Hjemler": lambda en: (str(hjemmel) for hjemmel in en.tilbud.hjemler.all()),
    "Alder": _alder,
    "Fysiske forhold": lambda en: en.tilbud.fysiske,
    "Kan rumme": lambda en: en.tilbud.adfaerd,
    "Kan ikke rumme": lambda en: en.tilbud.adfaerd_ikke,
    "Ydelser": lambda en: (
        f"{ydelse.type} ({ydelse.get_leveringsform_display().lower()})" for ydelse in en.bloklister.ydelser
    ),
}
