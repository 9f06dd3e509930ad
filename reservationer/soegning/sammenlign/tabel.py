"""The comparison as rows of words, one cell for each department. Pure: everything it says is given."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from faelles.dokument.tal import kort_dato, tal
from reservationer.soegning.kriterier import BESKRIVELSER, Kriterium
from reservationer.soegning.rangering import Resultat
from reservationer.soegning.sammenlign.fritvalgsraekker import Fritvalg, fritvalgsraekker
from reservationer.soegning.sammenlign.indhold import ADRESSE, Afsnit, Kolonne, Raekke, Sammenligning
from reservationer.soegning.vurdering import Udfald
from tilbud.friskhed import Friskhed
from tilbud.models import Tilbud

UDFALD_NAVN: Mapping[Udfald, str] = {
    Udfald.OPFYLDT: "Opfyldt",
    Udfald.UKENDT: "Ukendt",
    Udfald.IKKE_OPFYLDT: "Ikke opfyldt",
}
IKKE_OPLYST = "Ikke oplyst"
UDEN_PLADSER = "Leveres uden pladser"


@dataclass(frozen=True, slots=True)
class Sammenlignet:
    """A department to compare: how it stands to the need, its offer, and what is known of that on the period's first day.

    `godkendte_pladser`: places socialtilsyn has approved, under all legal bases. `tilsyn`: the latest report's verdict and date.
    """

    resultat: Resultat
    tilbud: Tilbud
    hjemler: tuple[str, ...]
    maalgrupper: tuple[str, ...]
    ydelser: tuple[str, ...]
    godkendte_pladser: int
    niveau: str
    tilsyn: tuple[str, date] | None
    frit_valg: Fritvalg

    @property
    def kolonne(self) -> Kolonne:
        """Its head in the table."""
        fakta = self.resultat.fakta
        return Kolonne(fakta.noegle, fakta.tilbud_id, fakta.tilbud, fakta.afdeling or "")


def sammenlign(
    dato: date, valgte: Sequence[Sammenlignet], grupper: Mapping[UUID, str], *, frit_valg: bool = False
) -> Sammenligning:
    """The comparison: the need first, quality before price. `grupper` names the target groups asked for.

    With `frit_valg` the checks of § 108 have a section, where there are two offers to check.
    """
    afsnit = (
        Afsnit("Krav fra søgningen", (*_krav(valgte), *_maalgrupper(valgte, grupper))),
        Afsnit("Kvalitet", _raekker(valgte, KVALITET)),
        Afsnit("Plads og pris", _raekker(valgte, PLADS_OG_PRIS)),
        Afsnit(
            "Frit valg (serviceloven § 108, stk. 2)",
            fritvalgsraekker([en.frit_valg for en in valgte]) if frit_valg else (),
            frit_valg=True,
        ),
        Afsnit("Om tilbuddet", _raekker(valgte, OM_TILBUDDET)),
    )
    return Sammenligning(dato, tuple(en.kolonne for en in valgte), tuple(et for et in afsnit if et.raekker))


def _krav(valgte: Sequence[Sammenlignet]) -> Iterable[Raekke]:
    udfald = [{krav.kriterium: krav.udfald for krav in en.resultat.krav} for en in valgte]
    for kriterium in Kriterium:
        if any(kriterium in et for et in udfald):
            # Places kept for others answer in the place of free ones, so that a column may lack either.
            celler = (UDFALD_NAVN[et[kriterium]] if kriterium in et else "–" for et in udfald)
            yield Raekke(BESKRIVELSER[kriterium].navn, tuple((celle,) for celle in celler), kriterium.value)


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
    return (en.tilsyn[0], kort_dato(en.tilsyn[1])) if en.tilsyn else ()


def _godkendt(en: Sammenlignet) -> Iterable[str]:
    antal = en.godkendte_pladser
    return (f"{tal(antal)} {'plads' if antal == 1 else 'pladser'}",) if antal else ()


def _ledige(en: Sammenlignet) -> Iterable[str]:
    if en.tilbud.uden_pladser:
        return (UDEN_PLADSER,)
    antal, ikke_godkendte = en.resultat.plads.antal, en.resultat.plads.ikke_godkendte
    mere = f"{tal(ikke_godkendte)} ikke godkendt i perioden" if ikke_godkendte else ""
    if not en.resultat.er_ledig:
        return (f"Ukendt; {tal(antal)} uden reservation", mere)
    return (f"{tal(antal)} {'ledig' if antal == 1 else 'ledige'}", mere)


def _bekraeftet(en: Sammenlignet) -> Iterable[str]:
    if en.tilbud.uden_pladser:
        return (UDEN_PLADSER,)
    stand = en.resultat.stand
    if stand.tidspunkt is None:
        return ("Aldrig",)
    sidst = kort_dato(stand.tidspunkt)
    linjer: tuple[str, ...] = (sidst,)
    efter = (
        f"Efter {stand.kilde.i_ord}" if stand.kilde and stand.frister and stand.friskhed is not Friskhed.FRISK else ""
    )
    if stand.friskhed is Friskhed.UKENDT:
        siden = kort_dato(stand.frister.ukendt) if stand.frister else sidst
        linjer = (f"Ukendt siden {siden}", f"Sidst bekræftet {sidst}")
    elif stand.friskhed is Friskhed.FORFALDEN:
        linjer = ("Forfalden", f"Sidst bekræftet {sidst}")
    return (*linjer, efter, stand.hvem, "Pladser siden er ikke bekræftet" if stand.nye_pladser else "")


def _tillid(en: Sammenlignet) -> Iterable[str]:
    tillid, fejl = en.resultat.tillid, en.resultat.fejl
    if en.tilbud.uden_pladser:  # there is nothing to confirm, so only reports say anything
        return (str(fejl) or "Ingen åbne fejlmeldinger",)
    return (tillid.navn, str(fejl))


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
    "Specialisering": lambda en: (en.niveau,),
    "Normering": lambda en: (f"{tal(en.tilbud.normering, 2)} pr. plads",) if en.tilbud.normering else (),
    "Gruppens størrelse": lambda en: (f"Højst {en.tilbud.gruppe_hoejst}",) if en.tilbud.gruppe_hoejst else (),
    "Metoder": lambda en: en.tilbud.metoder,
}
PLADS_OG_PRIS: Mapping[str, Callable[[Sammenlignet], Iterable[str]]] = {
    "Ledige pladser": _ledige,
    "Bekræftet": _bekraeftet,
    "Tillid": _tillid,
    "Takst": _takst,
    "Afstand": _afstand,
}
OM_TILBUDDET: Mapping[str, Callable[[Sammenlignet], Iterable[str]]] = {
    "Driftsherre": lambda en: (en.resultat.fakta.driftsherre,),
    "Kommune": lambda en: (en.resultat.fakta.kommune,),
    ADRESSE: _adresse,
    "Målgrupper": lambda en: en.maalgrupper,
    "Hjemler": lambda en: en.hjemler,
    "Alder": _alder,
    "Fysiske forhold": lambda en: en.tilbud.fysiske,
    "Kan rumme": lambda en: en.tilbud.adfaerd,
    "Kan ikke rumme": lambda en: en.tilbud.adfaerd_ikke,
    "Ydelser": lambda en: en.ydelser,
}
