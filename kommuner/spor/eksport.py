"""A log as a file: the very rows of the page, read piece by piece while they are sent."""

from collections.abc import Callable, Iterator, Sequence

from django.db import transaction
from django.http import HttpResponseBase

from faelles.aktoer import Aktoer
from faelles.dokument.tal import kort_dato
from faelles.regneark.svar import tabel
from faelles.tid import KOEBENHAVN, rfc3339
from kommuner.queries import identiteter
from kommuner.spor import queries
from kommuner.spor.udvalg import Markoer, Udvalg
from kommuner.spor.visning import Aendring, Laest, vis_aendringer, vis_laesninger

STYKKE = 500  # rows read at a time

Celler = Sequence[str]
AENDRINGER = (
    "Tidspunkt (UTC)",
    "Dato",
    "Klokken",
    "Hvem",
    "For hvem",
    "Handling",
    "Slags",
    "Navn",
    "Id",
    "Hvad",
    "Kilde",
    "Forespørgsel",
)
LAESNINGER = ("Tidspunkt (UTC)", "Dato", "Klokken", "Hvem", "For hvem", "Slags", "Navn", "Id", "Forespørgsel")


def aendringer(form: str, aktoer: Aktoer, udvalg: Udvalg) -> HttpResponseBase:
    """The change log as a table."""
    egne = identiteter(aktoer)

    def blad(efter: Markoer | None) -> tuple[list[Celler], Markoer | None]:
        fundet = queries.aendringer(aktoer, udvalg, efter, STYKKE)
        return [_aendring(en) for en in vis_aendringer(aktoer, fundet.raekker, egne)], fundet.naeste

    return _fil(form, "aendringer", udvalg, AENDRINGER, blad)


def laesninger(form: str, aktoer: Aktoer, udvalg: Udvalg) -> HttpResponseBase:
    """The read log as a table."""
    egne = identiteter(aktoer)

    def blad(efter: Markoer | None) -> tuple[list[Celler], Markoer | None]:
        fundet = queries.laesninger(aktoer, udvalg, efter, STYKKE)
        return [_laest(en) for en in vis_laesninger(aktoer, fundet.raekker, egne)], fundet.naeste

    return _fil(form, "laesninger", udvalg, LAESNINGER, blad)


def _fil(
    form: str,
    navn: str,
    udvalg: Udvalg,
    hoved: Celler,
    blad: Callable[[Markoer | None], tuple[list[Celler], Markoer | None]],
) -> HttpResponseBase:
    return tabel(form, f"{navn}-{udvalg.fra:%Y-%m-%d}-{udvalg.til:%Y-%m-%d}", hoved, _alle(blad))


def _alle(blad: Callable[[Markoer | None], tuple[list[Celler], Markoer | None]]) -> Iterator[Celler]:
    """Every row. The view's transaction is over when they are sent, so each piece has one of its own, in which it is said who asks."""
    efter: Markoer | None = None
    while True:
        with transaction.atomic():
            raekker, efter = blad(efter)
        yield from raekker
        if efter is None:
            return


def _aendring(en: Aendring) -> Celler:
    felter = "; ".join(f"{felt.navn}: {felt.foer or '–'} → {felt.efter or '–'}" for felt in en.felter)
    hvad = felter if en.foer_kendes else f"(før kendes ikke) {felter}"
    return (
        *_hvornaar(en),
        en.afsender.hvem,
        en.afsender.for_hvem,
        en.handling,
        en.slags,
        en.navn,
        en.objekt,
        hvad,
        en.kilde,
        en.forespoergsel,
    )


def _laest(en: Laest) -> Celler:
    return (*_hvornaar(en), en.afsender.hvem, en.afsender.for_hvem, en.slags, en.navn, en.objekt, en.forespoergsel)


def _hvornaar(en: Aendring | Laest) -> Celler:
    return rfc3339(en.tidspunkt), kort_dato(en.tidspunkt), f"{en.tidspunkt.astimezone(KOEBENHAVN):%H.%M.%S}"
