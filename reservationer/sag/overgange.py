"""The life of a place as one table: which decision is allowed when, by whom, with which data and reasons, and what it leads to.

Every thing that lives (`Emne`) has its states; the table is read by actions, pages and API alike, so nothing else says what is
possible. Imports no models, so that the settings and the models can read the codes.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from faelles.aktoer import Funktion
from faelles.fejl import Konflikt


class Emne(StrEnum):
    """What has a life of its own; each ends by itself (rules-reservation § 1)."""

    HENVENDELSE = "henvendelse"
    RESERVATION = "reservation"


# As a sentence begins with it, and the pronoun that follows.
EMNE_NAVN: Mapping[Emne, tuple[str, str]] = {
    Emne.HENVENDELSE: ("Forespørgslen", "den"),
    Emne.RESERVATION: ("Reservationen", "den"),
}


class Tilstand(StrEnum):
    """States. An expired hold is `udloebet` from the instant it runs out, whether or not it is tidied up."""

    AFVENTER = "afventer"
    MERE_OENSKES = "mere_oenskes"
    ACCEPTERET = "accepteret"
    TRUKKET = "trukket"
    BEKRAEFTET = "bekraeftet"
    AFVIST = "afvist"
    ANNULLERET = "annulleret"
    UDLOEBET = "udloebet"


TILSTAND_NAVN: Mapping[Tilstand, str] = {
    Tilstand.AFVENTER: "Afventer svar",
    Tilstand.MERE_OENSKES: "Mere ønskes oplyst",
    Tilstand.ACCEPTERET: "Kan tage imod",
    Tilstand.TRUKKET: "Trukket tilbage",
    Tilstand.BEKRAEFTET: "Bekræftet",
    Tilstand.AFVIST: "Afvist",
    Tilstand.ANNULLERET: "Annulleret",
    Tilstand.UDLOEBET: "Udløbet",
}


class Udfald(StrEnum):
    """Decisions. `eskaler` and `udloeb` may also be the clock's."""

    ACCEPTER = "accepter"
    BED_OM_MERE = "bed_om_mere"
    UDDYB = "uddyb"
    PAAMIND = "paamind"
    ESKALER = "eskaler"
    TRAEK = "traek"
    BEKRAEFT = "bekraeft"
    AFVIS = "afvis"
    ANNULLER = "annuller"
    UDLOEB = "udloeb"


UDFALD_NAVN: Mapping[Udfald, str] = {
    Udfald.ACCEPTER: "Svar ja",
    Udfald.BED_OM_MERE: "Bed om mere",
    Udfald.UDDYB: "Uddyb",
    Udfald.PAAMIND: "Påmind",
    Udfald.ESKALER: "Send videre til driftsherren",
    Udfald.TRAEK: "Træk tilbage",
    Udfald.BEKRAEFT: "Bekræft",
    Udfald.AFVIS: "Afvis",
    Udfald.ANNULLER: "Annullér",
    Udfald.UDLOEB: "Lad udløbe",
}
# As one says what one can do ("Du kan afvise den").
UDFALD_KAN: Mapping[Udfald, str] = {
    Udfald.ACCEPTER: "svare ja til",
    Udfald.BED_OM_MERE: "bede om flere oplysninger til",
    Udfald.UDDYB: "uddybe",
    Udfald.PAAMIND: "påminde om",
    Udfald.ESKALER: "eskalere",
    Udfald.TRAEK: "tilbagekalde",
    Udfald.BEKRAEFT: "bekræfte",
    Udfald.AFVIS: "afvise",
    Udfald.ANNULLER: "annullere",
    Udfald.UDLOEB: "lade udløbe",
}
# As one says that it has happened.
UDFALD_SKETE: Mapping[Udfald, str] = {
    Udfald.ACCEPTER: "Svaret ja",
    Udfald.BED_OM_MERE: "Bedt om mere",
    Udfald.UDDYB: "Uddybet",
    Udfald.PAAMIND: "Påmindet",
    Udfald.ESKALER: "Sendt videre til driftsherren",
    Udfald.TRAEK: "Trukket tilbage",
    Udfald.BEKRAEFT: "Bekræftet",
    Udfald.AFVIS: "Afvist",
    Udfald.ANNULLER: "Annulleret",
    Udfald.UDLOEB: "Udløbet",
}


class Grund(StrEnum):
    """Coded reasons. A decision that takes a place away from somebody always has one."""

    IKKE_MAALGRUPPE = "ikke_maalgruppe"
    INGEN_PLADS = "ingen_plads"
    KOMPETENCE = "kompetence"
    FYSISKE_RAMMER = "fysiske_rammer"
    PLADS_IKKE_KLAR = "plads_ikke_klar"
    GRUPPEN_PASSER_IKKE = "gruppen_passer_ikke"
    ANDET_TILBUD_VALGT = "andet_tilbud_valgt"
    BEHOV_AENDRET = "behov_aendret"
    BEHOV_BORTFALDET = "behov_bortfaldet"
    ANDET = "andet"


GRUND_NAVN: Mapping[Grund, str] = {
    Grund.IKKE_MAALGRUPPE: "Behovet ligger uden for målgruppen",
    Grund.INGEN_PLADS: "Der er ingen plads i perioden",
    Grund.KOMPETENCE: "Tilbuddet har ikke de kompetencer, behovet kræver",
    Grund.FYSISKE_RAMMER: "De fysiske rammer passer ikke til behovet",
    Grund.PLADS_IKKE_KLAR: "Pladsen er ikke klar i perioden",
    Grund.GRUPPEN_PASSER_IKKE: "Passer ikke til den nuværende beboergruppe",
    Grund.ANDET_TILBUD_VALGT: "Et andet tilbud er valgt",
    Grund.BEHOV_AENDRET: "Behovet har ændret sig",
    Grund.BEHOV_BORTFALDET: "Behovet er bortfaldet",
    Grund.ANDET: "Andet (beskriv)",
}


class Data(StrEnum):
    """What a decision must say besides its reason; the names of the form's fields and of the API's keys."""

    BEMAERKNING = "bemaerkning"
    KAN_FRA = "kan_fra"


@dataclass(frozen=True, slots=True)
class Overgang:
    """An allowed decision: from which state to which, by which function (None: by the clock), with which reasons and data.

    No `grunde` means that no reason is asked. `haendelse` is the event it is published as.
    """

    emne: Emne
    fra: Tilstand
    udfald: Udfald
    til: Tilstand
    funktion: Funktion | None
    haendelse: str
    grunde: frozenset[Grund] = frozenset()
    kraever: frozenset[Data] = frozenset()


_ANDEN = Funktion.DRIFTSHERRE
_EGEN = Funktion.MYNDIGHED
_AFSLAG = frozenset(
    {
        Grund.IKKE_MAALGRUPPE, Grund.INGEN_PLADS, Grund.KOMPETENCE, Grund.FYSISKE_RAMMER, Grund.GRUPPEN_PASSER_IKKE,
        Grund.ANDET,
    }
)  # fmt: skip
_FORTRUDT = frozenset({Grund.ANDET_TILBUD_VALGT, Grund.BEHOV_AENDRET, Grund.BEHOV_BORTFALDET, Grund.ANDET})
_T, _U, _H, _R = Tilstand, Udfald, Emne.HENVENDELSE, Emne.RESERVATION
_TEKST = frozenset({Data.BEMAERKNING})

OVERGANGE: tuple[Overgang, ...] = (
    # An enquiry at one offer. It is never over by itself: an unanswered one is reminded of and escalated.
    Overgang(_H, _T.AFVENTER, _U.ACCEPTER, _T.ACCEPTERET, _ANDEN, "henvendelse.accepteret", kraever=frozenset({Data.KAN_FRA})),
    Overgang(_H, _T.AFVENTER, _U.BED_OM_MERE, _T.MERE_OENSKES, _ANDEN, "henvendelse.mere_oenskes", kraever=_TEKST),
    Overgang(_H, _T.AFVENTER, _U.AFVIS, _T.AFVIST, _ANDEN, "henvendelse.afvist", _AFSLAG),
    Overgang(_H, _T.AFVENTER, _U.PAAMIND, _T.AFVENTER, _EGEN, "henvendelse.paamindet"),
    Overgang(_H, _T.AFVENTER, _U.ESKALER, _T.AFVENTER, _EGEN, "henvendelse.eskaleret"),
    Overgang(_H, _T.AFVENTER, _U.ESKALER, _T.AFVENTER, None, "henvendelse.eskaleret"),
    Overgang(_H, _T.AFVENTER, _U.TRAEK, _T.TRUKKET, _EGEN, "henvendelse.trukket", _FORTRUDT),
    Overgang(_H, _T.MERE_OENSKES, _U.UDDYB, _T.AFVENTER, _EGEN, "henvendelse.uddybet", kraever=_TEKST),
    Overgang(_H, _T.MERE_OENSKES, _U.TRAEK, _T.TRUKKET, _EGEN, "henvendelse.trukket", _FORTRUDT),
    Overgang(_H, _T.MERE_OENSKES, _U.AFVIS, _T.AFVIST, _ANDEN, "henvendelse.afvist", _AFSLAG),
    Overgang(_H, _T.ACCEPTERET, _U.TRAEK, _T.TRUKKET, _EGEN, "henvendelse.trukket", _FORTRUDT),
    Overgang(_H, _T.ACCEPTERET, _U.AFVIS, _T.AFVIST, _ANDEN, "henvendelse.afvist", _AFSLAG),
    # A reservation: a hold that the offer confirms before it runs out.
    Overgang(_R, _T.AFVENTER, _U.BEKRAEFT, _T.BEKRAEFTET, _ANDEN, "reservation.bekraeftet"),
    Overgang(
        _R, _T.AFVENTER, _U.AFVIS, _T.AFVIST, _ANDEN, "reservation.afvist",
        frozenset({Grund.IKKE_MAALGRUPPE, Grund.PLADS_IKKE_KLAR, Grund.GRUPPEN_PASSER_IKKE, Grund.ANDET}),
    ),
    Overgang(
        _R, _T.AFVENTER, _U.ANNULLER, _T.ANNULLERET, _EGEN, "reservation.annulleret",
        frozenset({Grund.ANDET_TILBUD_VALGT, Grund.BEHOV_BORTFALDET, Grund.ANDET}),
    ),
    Overgang(_R, _T.AFVENTER, _U.UDLOEB, _T.UDLOEBET, None, "reservation.udloebet"),
)  # fmt: skip


def tilstande(emne: Emne) -> tuple[Tilstand, ...]:
    """The states the thing can be in, in the order of its life."""
    brugte = {tilstand for et in OVERGANGE if et.emne is emne for tilstand in (et.fra, et.til)}
    return tuple(tilstand for tilstand in Tilstand if tilstand in brugte)


def udfald_for(emne: Emne) -> tuple[Udfald, ...]:
    """The decisions people can take about the thing."""
    brugte = {et.udfald for et in OVERGANGE if et.emne is emne and et.funktion is not None}
    return tuple(udfald for udfald in Udfald if udfald in brugte)


def grunde_for(emne: Emne) -> tuple[Grund, ...]:
    """The reasons a decision about the thing can have."""
    brugte = frozenset[Grund]().union(*(et.grunde for et in OVERGANGE if et.emne is emne))
    return tuple(grund for grund in Grund if grund in brugte)


def slutter(emne: Emne, tilstand: Tilstand) -> bool:
    """Whether nothing more can happen to it."""
    return not any(et.emne is emne and et.fra is tilstand for et in OVERGANGE)


def mulige(emne: Emne, tilstand: Tilstand, funktion: Funktion | None) -> tuple[Overgang, ...]:
    """What somebody in this function (None: the clock) may decide in this state."""
    return tuple(et for et in OVERGANGE if (et.emne, et.fra, et.funktion) == (emne, tilstand, funktion))


def find(emne: Emne, tilstand: Tilstand, udfald: Udfald, funktion: Funktion | None) -> Overgang:
    """The transition, or Konflikt that lists the possible ones."""
    muligheder = mulige(emne, tilstand, funktion)
    for overgang in muligheder:
        if overgang.udfald is udfald:
            return overgang
    raise Konflikt("overgang_ikke_mulig", _umulig(emne, tilstand, udfald, [et.udfald for et in muligheder]))


def _umulig(emne: Emne, tilstand: Tilstand, udfald: Udfald, muligheder: Collection[Udfald]) -> str:
    navn, den = EMNE_NAVN[emne]
    kan = " eller ".join(UDFALD_KAN[mulig] for mulig in muligheder)
    rest = f"Du kan {kan} {den}." if kan else f"Der kan ikke ændres mere på {den}."
    return f"{navn} er »{TILSTAND_NAVN[tilstand].lower()}«, og du kan ikke {UDFALD_KAN[udfald]} {den}. {rest}"
