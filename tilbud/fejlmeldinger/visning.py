"""What is shown of an offer, fact by fact, in words: kept with a report, and set beside what stands there when it is answered."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime

from faelles.dokument.tal import dage_i_ord, kort_dato, tal
from faelles.tid import KOEBENHAVN
from tilbud.bekraeftelser.queries import pladsbilleder
from tilbud.bekraeftelser.tryk import tal as pladstal
from tilbud.belaegning.loft import loft
from tilbud.friskhed import Friskhed
from tilbud.klynger.queries import klynger_om
from tilbud.lukninger.queries import kommende
from tilbud.models import Afdeling, Faktum, Tilbud
from tilbud.queries import Bloklister, Stand, bloklister, stande

INTET = "Ikke oplyst"


def vist(tilbud: Tilbud, afdeling: Afdeling | None, faktum: Faktum, nu: datetime) -> str:
    """The fact as it is shown at this instant; empty when it is a department's and none is named."""
    return viste(tilbud, afdeling, [faktum], nu)[faktum]


def viste(tilbud: Tilbud, afdeling: Afdeling | None, fakta: Collection[Faktum], nu: datetime) -> Mapping[Faktum, str]:
    """Each fact as `vist`; the lists are read once for all of them."""
    dag = nu.astimezone(KOEBENHAVN).date()
    lister = None if _LISTERNE.keys().isdisjoint(fakta) else bloklister(tilbud.pk, dag)
    ord_ = {}
    for faktum in fakta:
        if faktum in _REGISTRET:
            ord_[faktum] = _REGISTRET[faktum](tilbud) or INTET
        elif faktum in _LISTERNE and lister is not None:
            ord_[faktum] = _LISTERNE[faktum](lister) or INTET
        elif faktum is Faktum.LUKNINGER:
            ord_[faktum] = _lukninger(tilbud, dag) or "Ingen"
        elif faktum is Faktum.KLYNGER:
            ord_[faktum] = _liste(klynger_om(tilbud.pk, tilbud.beliggenhedskommune_id, dag)) or "Ingen"
        elif faktum in _AFDELINGENS and afdeling is not None:
            ord_[faktum] = _AFDELINGENS[faktum](afdeling, nu)
        else:
            ord_[faktum] = ""
    return ord_


def _liste(ord_: Iterable[object]) -> str:
    return ", ".join(map(str, ord_))


def _alder(t: Tilbud) -> str:
    return f"Fra {t.alder_fra} år" if t.alder_til is None else f"{t.alder_fra}–{t.alder_til} år"


def _adfaerd(t: Tilbud) -> str:
    return f"Kan rumme: {_liste(t.adfaerd) or INTET}. Kan ikke rumme: {_liste(t.adfaerd_ikke) or INTET}."


def _numre(t: Tilbud) -> Iterator[str]:
    for navn, vaerdi in (("CVR", t.cvr), ("P-nummer", t.p_nummer), ("Tilbudsportalen", t.tilbudsportal_id)):
        if vaerdi:
            yield f"{navn} {vaerdi}"


def _kontakt(t: Tilbud) -> str:
    return _liste(filter(None, [t.kontakt_funktion, t.kontakt_email, t.kontakt_telefon, t.hjemmeside]))


_REGISTRET: Mapping[Faktum, Callable[[Tilbud], str]] = {
    Faktum.NAVN: lambda t: t.navn,
    Faktum.DRIFTSHERRE: lambda t: f"{t.driftsherre} ({t.driftsherre.get_art_display()})",
    Faktum.KOMMUNE: lambda t: str(t.beliggenhedskommune),
    Faktum.ADRESSE: lambda t: "Beskyttet" if t.beskyttet_adresse else t.adresse,
    Faktum.NUMRE: lambda t: "Beskyttet" if t.beskyttet_adresse else _liste(_numre(t)),
    Faktum.MAALGRUPPER: lambda t: _liste(t.maalgrupper.all()),
    Faktum.HJEMLER: lambda t: _liste(t.hjemler.all()),
    Faktum.ALDER: _alder,
    Faktum.FYSISKE_FORHOLD: lambda t: _liste(t.fysiske),
    Faktum.ADFAERD: _adfaerd,
    Faktum.METODER: lambda t: _liste(t.metoder),
    Faktum.GRUPPE: lambda t: (
        f"Højst {t.gruppe_hoejst} {'borger' if t.gruppe_hoejst == 1 else 'borgere'}" if t.gruppe_hoejst else ""
    ),
    Faktum.NORMERING: lambda t: f"{tal(t.normering, 2)} fuldtidsstillinger pr. plads" if t.normering else "",
    Faktum.SELVHENVENDELSE: lambda t: "Ja" if t.selvhenvendelse else "Nej",
    Faktum.KONTAKT: _kontakt,
    Faktum.BESKRIVELSE: lambda t: t.beskrivelse,
    Faktum.UDEN_PLADSER: lambda t: "Ja" if t.uden_pladser else "Nej",
    Faktum.LUKNING: lambda t: f"Lukkedato {kort_dato(t.lukket_fra)}" if t.lukket_fra else "Ingen lukkedato",
}


def _godkendelser(b: Bloklister) -> str:
    return "; ".join(f"{g.hjemmel_id}: {g.pladser} pladser, {g.socialtilsyn}" for g in b.godkendelser)


def _tilsyn(b: Bloklister) -> str:
    return f"{b.rapport.get_vurdering_display()}, {kort_dato(b.rapport.dato)}" if b.rapport else ""


_LISTERNE: Mapping[Faktum, Callable[[Bloklister], str]] = {
    Faktum.SPECIALISERING: lambda b: str(b.niveau or ""),
    Faktum.YDELSER: lambda b: _liste(b.ydelser),
    Faktum.GODKENDELSE: _godkendelser,
    Faktum.TILSYN: _tilsyn,
    Faktum.MERPLADSER: lambda b: "; ".join(f"{m.afdeling}: {m.pladser}" for m in b.merpladser),
}


def _lukninger(tilbud: Tilbud, dag: date) -> str:
    fundne = kommende(tilbud.pk, dag)
    return "; ".join(f"{en.plads or en.afdeling} {dage_i_ord(en.dage)}: {en.get_grund_display()}" for en in fundne)


def _pladser(afdeling: Afdeling, nu: datetime) -> str:
    dag = nu.astimezone(KOEBENHAVN).date()
    stand = stande({afdeling.pk: afdeling.tilbud.beliggenhedskommune_id}, nu, dag)[afdeling.pk]
    antal = pladstal(pladsbilleder([afdeling.pk], nu)[afdeling.pk], dag, loft(afdeling.tilbud_id, nu))
    ord_ = {"ledig": _ledig(stand)} | {status: status for status in ("reserveret", "optaget", "lukket")}
    ord_["ikke_godkendt"] = "ikke godkendt"
    dele = [f"{antal[status]} {ordet}" for status, ordet in ord_.items() if antal.get(status)]
    return f"Pladser den {kort_dato(dag)}: {_liste(dele) or 'ingen'}"


def _bekraeftelse(afdeling: Afdeling, nu: datetime) -> str:
    dag = nu.astimezone(KOEBENHAVN).date()
    stand = stande({afdeling.pk: afdeling.tilbud.beliggenhedskommune_id}, nu, dag)[afdeling.pk]
    if stand.tidspunkt is None:
        return "Aldrig bekræftet"
    mere = "; pladser, der er kommet til siden, er ikke bekræftet" if stand.nye_pladser else ""
    return f"Bekræftet {kort_dato(stand.tidspunkt.astimezone(KOEBENHAVN).date())} af {stand.hvem}{mere}"


def _ledig(stand: Stand) -> str:
    """What is said of a place nobody has: free only while somebody vouches for it."""
    if stand.friskhed is not Friskhed.UKENDT:
        return "ledig"
    siden = stand.frister.ukendt if stand.frister else stand.tidspunkt
    return f"ukendt siden {kort_dato(siden)}" if siden else "ukendt, aldrig bekræftet"


AfAfdeling = Callable[[Afdeling, datetime], str]
_AFDELINGENS: dict[Faktum, AfAfdeling] = {
    Faktum.AFDELINGSNAVN: lambda afdeling, _nu: afdeling.navn,
    Faktum.BEKRAEFTELSE: _bekraeftelse,
    Faktum.PLADSER: _pladser,
}


def vises_som(faktum: Faktum) -> Callable[[AfAfdeling], AfAfdeling]:
    """Register how a department's fact is shown whose floor is above this one; called in AppConfig.ready."""

    def registrer(visning: AfAfdeling) -> AfAfdeling:
        _AFDELINGENS[faktum] = visning
        return visning

    return registrer
