"""What a sheet looks like: its columns, and how a cell of each is read. Pure: no file and no database."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from django.core.exceptions import ValidationError

from faelles.cpr import uden_cpr
from faelles.dokument.tal import kort_dato, tal
from faelles.tid import MULIG_DAG, UDEN_SLUTDAG, er_mulig

Celle: TypeAlias = str | int | float | bool | date | datetime | None


class Ulaeselig(Exception):
    """A cell that cannot be read. `regel` is what a cell of the column must be, `rettelse` what to do."""

    def __init__(self, regel: str, rettelse: str) -> None:
        """Keep the two sentences apart: a report has a column for each."""
        super().__init__(regel)
        self.regel, self.rettelse = regel, rettelse


Laeser: TypeAlias = Callable[[Celle], Any]


@dataclass(frozen=True, slots=True)
class Kolonne:
    """A column. `navn` is its heading, `felt` the key of the value; an empty cell gives `tom`, or is a fault when required.

    `valg` are the words a cell may hold (a list in the template); with `flere` several of them, separated by semicolons.
    """

    navn: str
    felt: str
    laes: Laeser
    hjaelp: str
    paakraevet: bool = False
    tom: Any = None
    valg: tuple[str, ...] = ()
    flere: bool = False
    bredde: int = 18


@dataclass(frozen=True, slots=True)
class Ark:
    """A sheet. `noegle`: the columns (by `felt`) that together may stand only once."""

    navn: str
    kolonner: tuple[Kolonne, ...]
    noegle: tuple[str, ...] = ()
    forklaring: str = ""
    _ved_navn: dict[str, Kolonne] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Headings are compared without case and surplus space."""
        self._ved_navn.update({overskrift(kolonne.navn): kolonne for kolonne in self.kolonner})

    def kolonne(self, navn: str) -> Kolonne | None:
        """The column with this heading."""
        return self._ved_navn.get(overskrift(navn))


def overskrift(tekst: str) -> str:
    """A heading as it is compared; the template marks required columns with a star."""
    return " ".join(tekst.replace("*", " ").split()).casefold()


def som_tekst(celle: Celle) -> str:
    """A cell as it is read. A whole number keeps no decimals, for Excel stores 1 as 1.0.

    Of others it is the fifteen digits Excel shows: nobody has seen the rest, which is what a formula left behind (18403349.999999996).
    """
    if celle is None:
        return ""
    if isinstance(celle, bool):
        return "ja" if celle else "nej"
    if isinstance(celle, float):
        return str(int(celle)) if celle.is_integer() else f"{celle:.15g}"
    if isinstance(celle, datetime):
        return celle.date().isoformat() if celle.time() == datetime.min.time() else celle.isoformat(" ")
    return str(celle).strip()


def vist(celle: Celle | Decimal) -> str:
    """A cell, or a value read from one, as a report repeats it to people: a decimal comma, and a day as 31.01.2027."""
    if isinstance(celle, float | Decimal):
        return (som_tekst(celle) if isinstance(celle, float) else f"{celle:f}").replace(".", ",")
    if isinstance(celle, date) and not isinstance(celle, datetime):
        return kort_dato(celle)
    if isinstance(celle, datetime) and celle.time() == datetime.min.time():
        return kort_dato(celle.date())
    return som_tekst(celle)


def tekst(hoejst: int) -> Laeser:
    """Text of at most so many characters, without a CPR number."""

    def laes(celle: Celle) -> str:
        fundet = som_tekst(celle)
        if len(fundet) > hoejst:
            raise Ulaeselig(f"Højst {hoejst} tegn; her er {len(fundet)}.", "Forkort teksten.")
        try:
            uden_cpr(fundet)
        except ValidationError as fejl:
            raise Ulaeselig("Et CPR-nummer må ikke stå her.", " ".join(fejl.messages)) from None
        return fundet

    return laes


def moenster(udtryk: str, regel: str, rettelse: str) -> Laeser:
    """Text that is exactly of a form, such as eight digits."""
    form = re.compile(udtryk)

    def laes(celle: Celle) -> str:
        fundet = som_tekst(celle).replace(" ", "")
        if not form.fullmatch(fundet):
            raise Ulaeselig(regel, rettelse)
        return fundet

    return laes


def godkendt_af(godkend: Callable[[str], None], hoejst: int, regel: str, rettelse: str) -> Laeser:
    """Text that one of Django's validators lets through, such as a web address; without a CPR number."""
    laes_tekst = tekst(hoejst)

    def laes(celle: Celle) -> str:
        fundet: str = laes_tekst(celle)
        try:
            godkend(fundet)
        except ValidationError:
            raise Ulaeselig(regel, rettelse) from None
        return fundet

    return laes


def opdelt(hoejst: int) -> Laeser:
    """Several texts of at most so many characters each, separated by semicolons; each once, in the order written."""
    laes_del = tekst(hoejst)

    def laes(celle: Celle) -> list[str]:
        dele = [del_.strip() for del_ in som_tekst(celle).split(";") if del_.strip()]
        return list(dict.fromkeys(laes_del(del_) for del_ in dele))

    return laes


def heltal(mindst: int, hoejst: int) -> Laeser:
    """A whole number within bounds."""
    regel = f"Et helt tal fra {mindst} til {hoejst}."

    def laes(celle: Celle) -> int:
        if isinstance(celle, bool) or (isinstance(celle, float) and not celle.is_integer()):
            raise Ulaeselig(regel, "Skriv et helt tal.")
        fundet = som_tekst(celle)
        if not re.fullmatch(r"-?\d{1,12}", fundet) or not mindst <= int(fundet) <= hoejst:
            raise Ulaeselig(regel, "Skriv et helt tal inden for grænserne.")
        return int(fundet)

    return laes


def _graense(vaerdi: Decimal) -> str:
    """A bound as people write it, with the decimals it is given with."""
    return tal(vaerdi, max(-int(vaerdi.as_tuple().exponent), 0))


def decimaltal(mindst: Decimal, hoejst: Decimal, decimaler: int) -> Laeser:
    """A number with a bounded number of decimals; text may use Danish separators (1.234,50)."""
    regel = f"Et tal fra {_graense(mindst)} til {_graense(hoejst)} med højst {decimaler} decimaler."

    def laes(celle: Celle) -> Decimal:
        if isinstance(celle, bool):
            raise Ulaeselig(regel, "Skriv et tal.")
        fundet = som_tekst(celle)
        if isinstance(celle, str):
            if not re.fullmatch(r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?", fundet):
                raise Ulaeselig(regel, "Skriv tallet med komma som decimaltegn, fx 1.234,50.")
            fundet = fundet.replace(".", "").replace(",", ".")
        try:
            laest = Decimal(fundet)
        except InvalidOperation:
            raise Ulaeselig(regel, "Skriv tallet med komma som decimaltegn, fx 1.234,50.") from None
        eksponent = laest.as_tuple().exponent
        if not isinstance(eksponent, int) or not mindst <= laest <= hoejst:
            raise Ulaeselig(regel, "Ret tallet, så det ligger inden for grænserne.")
        if -eksponent > decimaler:
            raise Ulaeselig(regel, f"Afrund tallet til {decimaler} decimaler.")
        return laest

    return laes


def dato(celle: Celle) -> date:
    """A day: a date cell, or text as 2027-01-31 or 31.01.2027. Anything else could be read in more than one way."""
    fundet = _dag(celle)
    if not er_mulig(fundet):
        raise Ulaeselig(MULIG_DAG, UDEN_SLUTDAG)
    return fundet


def _dag(celle: Celle) -> date:
    if isinstance(celle, datetime):
        if celle.time() != datetime.min.time():
            raise Ulaeselig("En dato uden klokkeslæt.", "Fjern klokkeslættet.")
        return celle.date()
    if isinstance(celle, date):
        return celle
    fundet = som_tekst(celle)
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(fundet, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    raise Ulaeselig("En dato.", "Formatér cellen som dato, eller skriv den som 31.01.2027.")


_SAND, _FALSK = {"ja", "j", "x", "1"}, {"nej", "n", "0", ""}


def ja_nej(celle: Celle) -> bool:
    """Yes or no."""
    fundet = som_tekst(celle).casefold()
    if fundet not in _SAND | _FALSK:
        raise Ulaeselig("Ja eller nej.", "Skriv »ja« eller »nej«.")
    return fundet in _SAND


def et_af(valg: Sequence[tuple[str, Any]]) -> Laeser:
    """One of the words of a list; gives what the word stands for. A word is compared without case."""
    opslag = {ord_.casefold(): vaerdi for ord_, vaerdi in valg}

    def laes(celle: Celle) -> Any:
        fundet = som_tekst(celle)
        if fundet.casefold() not in opslag:
            raise Ulaeselig("En værdi fra listen.", f"»{kort(fundet)}« står ikke på listen. Vælg en, der gør.")
        return opslag[fundet.casefold()]

    return laes


def flere_af(valg: Sequence[tuple[str, Any]]) -> Laeser:
    """Several words of a list, separated by semicolons; gives what they stand for, each once, in the order written."""
    et = et_af(valg)

    def laes(celle: Celle) -> list[Any]:
        dele = [del_.strip() for del_ in som_tekst(celle).split(";") if del_.strip()]
        return list(dict.fromkeys(et(del_) for del_ in dele))

    return laes


def kort(tekst_: str, hoejst: int = 60) -> str:
    """A value as a report repeats it."""
    return tekst_ if len(tekst_) <= hoejst else f"{tekst_[:hoejst]}…"
