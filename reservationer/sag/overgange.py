"""The life of a place as one table: which decision is allowed when, by whom, with which data and reasons, and what it leads to.

Every thing that lives (`Emne`) has its states; the table is read by actions, pages and API alike, so nothing else says what is
possible. Imports no models, so that the settings and the models can read the codes.
"""

from collections.abc import Collection
from dataclasses import dataclass

from faelles.aktoer import Funktion
from faelles.fejl import Konflikt
from reservationer.sag.begreber import (
    EMNE_NAVN,
    GRUND_NAVN,
    TILSTAND_NAVN,
    UDFALD_KAN,
    UDFALD_NAVN,
    UDFALD_SKETE,
    Data,
    Emne,
    Grund,
    Tilstand,
    Udfald,
)

__all__ = [
    "EMNE_NAVN",
    "GRUND_NAVN",
    "OVERGANGE",
    "TILSTAND_NAVN",
    "UDFALD_KAN",
    "UDFALD_NAVN",
    "UDFALD_SKETE",
    "Data",
    "Emne",
    "Grund",
    "Overgang",
    "Tilstand",
    "Udfald",
    "find",
    "grunde_for",
    "mulige",
    "slutter",
    "tilstande",
    "udfald_for",
]


@dataclass(frozen=True, slots=True)
class Overgang:
    """An allowed decision: from which state to which, by which function (None: by the clock), with which reasons and data.

    No `grunde` means that no reason is asked. `kraever` must be said, `kan` may be. `haendelse` is the event it is published as.
    """

    emne: Emne
    fra: Tilstand
    udfald: Udfald
    til: Tilstand
    funktion: Funktion | None
    haendelse: str
    grunde: frozenset[Grund] = frozenset()
    kraever: frozenset[Data] = frozenset()
    kan: frozenset[Data] = frozenset()


_ANDEN = Funktion.DRIFTSHERRE
_EGEN = Funktion.MYNDIGHED
_AFSLAG = frozenset(
    {
        Grund.IKKE_MAALGRUPPE, Grund.INGEN_PLADS, Grund.KOMPETENCE, Grund.FYSISKE_RAMMER, Grund.GRUPPEN_PASSER_IKKE,
        Grund.ANDET,
    }
)  # fmt: skip
_FORTRUDT = frozenset({Grund.ANDET_TILBUD_VALGT, Grund.BEHOV_AENDRET, Grund.BEHOV_BORTFALDET, Grund.ANDET})
_KOMMUNEN_OPSIGER = frozenset({Grund.BEHOV_AENDRET, Grund.BEHOV_BORTFALDET, Grund.ANDET_TILBUD_VALGT, Grund.ANDET})
_TILBUDDET_OPSIGER = frozenset(
    {Grund.IKKE_MAALGRUPPE, Grund.KOMPETENCE, Grund.GRUPPEN_PASSER_IKKE, Grund.TILBUD_LUKKER, Grund.ANDET}
)
_AFTALEN_SLUT = frozenset(
    {
        Grund.ENIGE, Grund.FRAFLYTTET, Grund.OVERFLYTTET, Grund.DOED, Grund.TILBUD_LUKKER, Grund.KOMMUNE_SKIFTET,
        Grund.IKKE_BEGYNDT, Grund.ANDET,
    }
)  # fmt: skip
_T, _U, _H, _P, _R, _O = Tilstand, Udfald, Emne.HENVENDELSE, Emne.PLADSTILBUD, Emne.RESERVATION, Emne.OPHOLD
_A = Emne.PLACERINGSAFTALE
_RETTET = frozenset({Grund.FEJLREGISTRERET, Grund.AENDRET_UNDERVEJS, Grund.ANDET})
_TEKST = frozenset({Data.BEMAERKNING})
_DOKUMENT = frozenset({Data.DOKUMENT})
_PRIS = frozenset({Data.TAKST, Data.NIVEAU, Data.TILLAEG})
_TIL = frozenset({Data.TIL})

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
    # A no is not for ever: a place may come free for one who still waits.
    Overgang(_H, _T.AFVIST, _U.ACCEPTER, _T.ACCEPTERET, _ANDEN, "henvendelse.accepteret", kraever=frozenset({Data.KAN_FRA})),
    # An offer of a place: taken by reserving it. It stands no longer than the yes to the enquiry it was given after.
    Overgang(_P, _T.TILBUDT, _U.TAG_IMOD, _T.TAGET, _EGEN, "pladstilbud.taget"),
    Overgang(_P, _T.TILBUDT, _U.AFVIS, _T.AFVIST, _EGEN, "pladstilbud.afvist", _FORTRUDT | {Grund.PRISEN}),
    Overgang(
        _P, _T.TILBUDT, _U.TRAEK, _T.TRUKKET, _ANDEN, "pladstilbud.trukket",
        frozenset({Grund.INGEN_PLADS, Grund.PLADS_IKKE_KLAR, Grund.GRUPPEN_PASSER_IKKE, Grund.ANDET}),
    ),
    Overgang(_P, _T.TILBUDT, _U.UDLOEB, _T.UDLOEBET, None, "pladstilbud.udloebet"),
    Overgang(
        _P, _T.TILBUDT, _U.BORTFALD, _T.BORTFALDET, None, "pladstilbud.bortfaldet",
        frozenset({Grund.FORESPOERGSEL_TRUKKET, Grund.FORESPOERGSEL_AFVIST}),
    ),
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
    Overgang(_R, _T.AFVENTER, _U.FORLAENG, _T.AFVENTER, _EGEN, "reservation.forlaenget"),
    Overgang(_R, _T.AFVENTER, _U.UDLOEB, _T.UDLOEBET, None, "reservation.udloebet"),
    Overgang(
        _R, _T.BEKRAEFTET, _U.INDSKRIV, _T.INDSKREVET, _ANDEN, "reservation.indskrevet",
        kraever=frozenset({Data.DATO}), kan=_PRIS,
    ),
    Overgang(
        _R, _T.BEKRAEFTET, _U.ANNULLER, _T.ANNULLERET, _EGEN, "reservation.annulleret",
        frozenset({Grund.ANDET_TILBUD_VALGT, Grund.BEHOV_BORTFALDET, Grund.ANDET}),
    ),
    # Nobody came: the offer gives the place free, from the agreed first day on.
    Overgang(
        _R, _T.BEKRAEFTET, _U.MELD_UDEBLEVET, _T.UDEBLEVET, _ANDEN, "reservation.udeblevet",
        frozenset({Grund.IKKE_MOEDT, Grund.BEHOV_BORTFALDET, Grund.ANDET}),
    ),
    # A stay. What changes while it runs leaves its state as it is; the notice ends nothing, udskrivning does.
    *(
        overgang
        for fra in (_T.LOEBENDE, _T.OPSAGT)
        for overgang in (
            Overgang(_O, fra, _U.FLYT, fra, _ANDEN, "ophold.flyttet", kraever=frozenset({Data.PLADS, Data.DATO}), kan=_TIL),
            *(
                Overgang(
                    _O, fra, _U.MELD_FRAVAER, fra, hvem, "ophold.fravaer",
                    kraever=frozenset({Data.ART, Data.DATO, Data.TIL}),
                )
                for hvem in (_ANDEN, _EGEN)
            ),
            *(
                overgang
                for hvem in (_ANDEN, _EGEN)
                for overgang in (
                    Overgang(
                        _O, fra, _U.RET_FRAVAER, fra, hvem, "ophold.fravaer_rettet", _RETTET,
                        kraever=frozenset({Data.FRAVAER, Data.ART, Data.DATO, Data.TIL}),
                    ),
                    Overgang(
                        _O, fra, _U.ANNULLER_FRAVAER, fra, hvem, "ophold.fravaer_slettet", _RETTET,
                        kraever=frozenset({Data.FRAVAER}),
                    ),
                )
            ),
            Overgang(
                _O, fra, _U.SKIFT_UGEDAGE, fra, _ANDEN, "ophold.ugedage_skiftet",
                kraever=frozenset({Data.UGEDAGE, Data.DATO}), kan=frozenset({Data.PLADS}),
            ),
            Overgang(
                _O, fra, _U.FORESLAA_PRIS, fra, _ANDEN, "ophold.pris_foreslaaet",
                kraever=frozenset({Data.DATO, Data.TAKST}), kan=_PRIS,
            ),
            Overgang(_O, fra, _U.ACCEPTER_PRIS, fra, _EGEN, "ophold.pris_accepteret"),
            Overgang(_O, fra, _U.AFSLAA_PRIS, fra, _EGEN, "ophold.pris_afslaaet", frozenset({Grund.PRISEN, Grund.ANDET})),
            Overgang(
                _O, fra, _U.SKIFT_KOMMUNE, fra, _EGEN, "ophold.kommune_skiftet",
                frozenset({Grund.AFGOERELSE, Grund.AFTALE, Grund.ANDET}),
                kraever=frozenset({Data.DATO, Data.HANDLEKOMMUNE, Data.BETALINGSKOMMUNE, Data.DOKUMENT}),
            ),
            Overgang(
                _O, fra, _U.SKIFT_HJEMMEL, fra, _EGEN, "ophold.hjemmel_skiftet",
                kraever=frozenset({Data.DATO, Data.HJEMMEL}),
            ),
            Overgang(
                _O, fra, _U.ORIENTER_TILSYN, fra, _EGEN, "ophold.tilsyn_orienteret",
                kraever=frozenset({Data.DATO, Data.DOKUMENT}),
            ),
            # The price follows the published takst, as both have agreed it does.
            Overgang(_O, fra, _U.REGULER, fra, None, "ophold.pris_reguleret"),
            Overgang(
                _O, fra, _U.FORLAENG_AKUT, fra, _EGEN, "ophold.akut_forlaenget", kraever=frozenset({Data.DOKUMENT})
            ),
        )
    ),
    Overgang(
        _O, _T.LOEBENDE, _U.OPSIG, _T.OPSAGT, _EGEN, "ophold.opsagt",
        _KOMMUNEN_OPSIGER, kraever=frozenset({Data.DATO}), kan=_DOKUMENT,
    ),
    Overgang(
        _O, _T.LOEBENDE, _U.OPSIG, _T.OPSAGT, _ANDEN, "ophold.opsagt",
        _TILBUDDET_OPSIGER, kraever=frozenset({Data.DATO}), kan=_DOKUMENT,
    ),
    Overgang(_O, _T.OPSAGT, _U.FORTRYD_OPSIGELSE, _T.LOEBENDE, _EGEN, "ophold.opsigelse_fortrudt", kraever=_TEKST),
    Overgang(_O, _T.OPSAGT, _U.FORTRYD_OPSIGELSE, _T.LOEBENDE, _ANDEN, "ophold.opsigelse_fortrudt", kraever=_TEKST),
    Overgang(
        _O, _T.LOEBENDE, _U.UDSKRIV, _T.UDSKREVET, _ANDEN, "ophold.udskrevet",
        frozenset({Grund.DOED, Grund.ENIGE}), kraever=frozenset({Data.DATO}),
    ),
    Overgang(
        _O, _T.OPSAGT, _U.UDSKRIV, _T.UDSKREVET, _ANDEN, "ophold.udskrevet",
        frozenset({Grund.FRAFLYTTET, Grund.OVERFLYTTET, Grund.DOED, Grund.ENIGE}), kraever=frozenset({Data.DATO}),
    ),
    # A version of a placement agreement. Who puts it forward has accepted it; it then lies with the other.
    *(
        overgang
        for hvem, modpart, hos in ((_EGEN, _ANDEN, _T.HOS_TILBUDDET), (_ANDEN, _EGEN, _T.HOS_KOMMUNEN))
        for overgang in (
            Overgang(_A, _T.KLADDE, _U.FREMSAET, hos, hvem, "placeringsaftale.fremsat"),
            Overgang(_A, _T.KLADDE, _U.BORTFALD, _T.BORTFALDET, hvem, "placeringsaftale.bortfaldet"),
            Overgang(_A, hos, _U.TRAEK, _T.KLADDE, hvem, "placeringsaftale.trukket"),
            Overgang(_A, hos, _U.GODKEND, _T.AFTALT, modpart, "placeringsaftale.godkendt"),
            Overgang(_A, hos, _U.AFVIS, _T.KLADDE, modpart, "placeringsaftale.afvist", kraever=_TEKST),
            *(
                Overgang(
                    _A, fra, _U.AFSLUT, _T.OPHOERT, hvem, "placeringsaftale.afsluttet", _AFTALEN_SLUT,
                    kraever=frozenset({Data.DATO}), kan=frozenset({Data.DOKUMENT}),
                )
                for fra in (_T.AFTALT, _T.OPSAGT)
            ),
        )
    ),
    # It ends by itself: by either party's notice, or on a day, and where the next version takes over. The stay ends nothing here.
    *(
        Overgang(
            _A, _T.AFTALT, _U.OPSIG, _T.OPSAGT, hvem, "placeringsaftale.opsagt", grunde, kraever=frozenset({Data.DATO}),
            kan=frozenset({Data.DOKUMENT}),
        )
        for hvem, grunde in ((_EGEN, _KOMMUNEN_OPSIGER), (_ANDEN, _TILBUDDET_OPSIGER))
    ),
    *(
        Overgang(_A, fra, _U.AFLOES, _T.AFLOEST, None, "placeringsaftale.afloest")
        for fra in (_T.AFTALT, _T.OPSAGT)
    ),
    # The price follows the takst by what both have accepted: that needs no second accept.
    Overgang(_A, _T.KLADDE, _U.REGULER, _T.AFTALT, None, "placeringsaftale.reguleret"),
    # What was put forward is no longer what holds in the case: it is written anew, or another municipality takes over.
    Overgang(_A, _T.HOS_TILBUDDET, _U.TRAEK, _T.KLADDE, None, "placeringsaftale.trukket"),
    Overgang(_A, _T.HOS_KOMMUNEN, _U.TRAEK, _T.KLADDE, None, "placeringsaftale.trukket"),
    *(
        Overgang(_A, fra, _U.BORTFALD, _T.BORTFALDET, None, "placeringsaftale.bortfaldet")
        for fra in (_T.KLADDE, _T.HOS_TILBUDDET, _T.HOS_KOMMUNEN)
    ),
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
