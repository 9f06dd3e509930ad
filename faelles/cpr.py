"""The guard that keeps CPR numbers out of all that people and systems write (invariant of architecture.md; rules-reservation § 7).

The rule: ten digits whose first six are a date, grouped as a CPR number is: ddmmyyxxxx, ddmmyy xxxx or dd mm yy xxxx.
Between the groups may stand white space, a dot, dash, slash, underscore or middle dot. Digits of every script count, and
characters one cannot see do not. Modulus 11 is not asked: it has not been binding for new numbers since 2007.

Passes: UUIDs, ten digits in one piece with decimals (an amount), and a P-number in one piece that is registered here.
Refused though it may be none: any other ten digits in one piece that begin with a date, and dd.mm.yy before four digits.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from urllib.parse import unquote_plus

from django.core.exceptions import ValidationError

BESKED = (
    "Det ligner et CPR-nummer (ti cifre, der begynder med en dato). Platformen gemmer aldrig CPR-numre, for oplysningerne "
    "deles mellem myndigheder. Brug jeres egen sagsreference. Er det et andet tal, så sæt bindestregen et andet sted, f.eks. efter årstallet."
)
SKJULT = "[skjult]"

_TEGN = r"[-./_·•]"
_MELLEM = rf"(?: ?{_TEGN}{{1,2}} ?| )"
_TI_CIFRE = re.compile(
    rf"(?<!\d)(?=(?P<alt>(?:(?P<d>\d\d)(?P<m>\d\d)\d\d|(?P<d2>\d\d){_MELLEM}(?P<m2>\d\d){_MELLEM}\d\d)"
    rf" ?{_TEGN}{{0,2}} ?\d{{4}})(?!\d))"
)
_BELOEB = re.compile(r"[.,]\d{1,2}(?!\d)")
_UUID = re.compile(r"(?<![0-9a-z])[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}(?![0-9a-z])", re.IGNORECASE)
_STREGER = frozenset("−⁃˗")  # dashes that Unicode does not count among the dashes
_ERSTATNING = 60  # replacement numbers add it to the day

Register = Callable[[str], bool]
_registre: list[Register] = []


def p_nummer_register(register: Register) -> Register:
    """Say who knows the registered P-numre (a floor above, in AppConfig.ready). Asked only about what looks like a CPR number."""
    _registre.append(register)
    return register


def er_registreret(ti_cifre: str) -> bool:
    """Whether the ten digits are a P-number registered on the platform."""
    return any(register(ti_cifre) for register in _registre)


def ligner_cpr(tekst: str, er_p_nummer: Register = er_registreret) -> bool:
    """Whether the text holds what the rule above refuses, as it stands or with its percent-escapes read."""
    return any(
        _er_dato(int(fund["d"] or fund["d2"]), int(fund["m"] or fund["m2"])) and not _er_andet(fund, er_p_nummer)
        for laest in {_laesbar(tekst), _laesbar(unquote_plus(tekst))}
        for fund in _TI_CIFRE.finditer(_UUID.sub("§", laest))
    )


def _laesbar(tekst: str) -> str:
    """The text as an eye reads it: digits of every script as 0-9, every dash as -, any white space as one space, nothing invisible."""
    if not (tekst.isascii() and tekst.isprintable()):
        tekst = "".join(_som_set(tegn) for tegn in unicodedata.normalize("NFKC", tekst))
    return re.sub(r"\s+", " ", tekst)


def _som_set(tegn: str) -> str:
    art = unicodedata.category(tegn)
    if art == "Nd":
        return str(unicodedata.decimal(tegn))
    if art == "Pd" or tegn in _STREGER:
        return "-"
    return "" if art[0] in "CM" and not tegn.isspace() else tegn  # controls, formats and combining marks take no room


def _er_dato(dag: int, maaned: int) -> bool:
    """A leap year stands for the century the number does not tell."""
    try:
        date(2000, maaned, dag - _ERSTATNING if dag > _ERSTATNING else dag)
    except ValueError:
        return False
    return True


def _er_andet(fund: re.Match[str], er_p_nummer: Register) -> bool:
    """An amount or a registered P-number; both are written in one piece."""
    tal = fund["alt"]
    return tal.isdigit() and (bool(_BELOEB.match(fund.string, fund.end("alt"))) or er_p_nummer(tal))


def uden_cpr(tekst: str) -> None:
    """Validator of free text. Raises ValidationError that says why and what to use instead, without repeating the value."""
    if ligner_cpr(tekst):
        raise ValidationError(BESKED, code="cpr_nummer")


def cpr_fejl(**tekster: str) -> dict[str, list[str]]:
    """The fields whose text is refused, with the message: what an action adds to its other faults."""
    return {felt: [BESKED] for felt, tekst in tekster.items() if ligner_cpr(tekst)}


def find_cpr(vaerdi: object, typede: Collection[str] = (), sti: str = "") -> Iterator[str]:
    """Where in untyped data (JSON) something is refused, as paths like `sager/0/reference`; a refused key is named by its parent.

    `typede` are keys whose values have a type and a validator of their own.
    """
    if isinstance(vaerdi, Mapping):
        for noegle, indhold in vaerdi.items():
            if ligner_cpr(str(noegle)):
                yield sti
            elif noegle not in typede:
                yield from find_cpr(indhold, typede, f"{sti}/{noegle}".lstrip("/"))
    elif isinstance(vaerdi, list | tuple):
        for nummer, indhold in enumerate(vaerdi):
            yield from find_cpr(indhold, typede, f"{sti}/{nummer}".lstrip("/"))
    elif isinstance(vaerdi, str | int) and ligner_cpr(str(vaerdi)):
        yield sti


def uden_cpr_i_linje(tekst: str) -> str:
    """A line for a log with what looks like a CPR number blotted out. Asks no register: a log line may not read the database."""

    def altid_cpr(_ti_cifre: str) -> bool:
        return False

    if not ligner_cpr(tekst, altid_cpr):
        return tekst
    ud, slut = [], 0
    for fund in _TI_CIFRE.finditer(tekst):
        if fund.start() >= slut:
            ud += [tekst[slut : fund.start()], SKJULT]
            slut = fund.end("alt")
    linje = "".join([*ud, tekst[slut:]])
    return SKJULT if ligner_cpr(linje, altid_cpr) else linje
