"""Value objects of the engine: checked when they are made, written as JSON, and read back strictly with all faults at once.

The dataclasses of the formulas are the schema. A field annotated with a `Tal` has bounds; a field with a default may be left
out; every other must be there, for no term has a default. Names are camelCase in JSON unless the field says otherwise
(`metadata={"json": …}`). Money, percents and the like are text (`"96.4"`), or whole JSON numbers; a JSON number with a
fraction is refused, because most readers would have rounded it to a float before anybody saw it.
"""

import re
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, NamedTuple, Self, Union, get_args, get_origin, get_type_hints

from faelles.fejl import UgyldigtInput
from takster.beregning.strengjson import Kommatal
from takster.beregning.tal import Tal, regnekontekst, vis

KODE = "ugyldigt_takstinput"
BESKED = "Beregningen kan ikke laves, før felterne er rettet."
HOEJST_TEGN = 200
HOEJST_LINJER = 10_000
_TAL = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")
_DATO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FRIT_TAL = Tal("", mindst=Decimal("-1e30"), hoejst=Decimal("1e30"), decimaler=20)


class _Felt(NamedTuple):
    navn: str
    json: str
    type_: Any
    standard: Any


class Vaerdiobjekt:
    """Base of the engine's frozen dataclasses. Two are equal when their figures are."""

    __slots__ = ()

    def som_json(self) -> dict[str, Any]:
        """The value as JSON: exact, and `af_json` gives an equal object back. A field left at None is left out."""
        data = {}
        for felt in _felter_i(self):
            vaerdi = getattr(self, felt.navn)
            if not (vaerdi is None and felt.standard is None):
                data[felt.json] = _ud(vaerdi)
        return data

    @classmethod
    @regnekontekst()
    def af_json(cls, data: object) -> Self:
        """Read strictly. Raises UgyldigtInput whose `felter` name each fault by its path, `direkteOmkostninger[2].beloeb`."""
        fundet: Self = _objekt(cls, data)
        return fundet


class Inddata(Vaerdiobjekt):
    """What is put in: checked when it is made, from JSON or from code."""

    __slots__ = ()

    @regnekontekst()
    def __post_init__(self) -> None:
        """Refuse what cannot be calculated with. Raises UgyldigtInput with every faulty field."""
        fejl: dict[str, list[str]] = {}
        for felt in _felter_i(self):
            for sti, besked in _fejl_i(felt.type_, getattr(self, felt.navn)):
                fejl.setdefault(felt.json + sti, []).append(besked)
        if not fejl:
            json_navne = {felt.navn: felt.json for felt in _felter_i(self)}
            fejl = {json_navne[navn]: [besked] for navn, besked in self.krydstjek().items()}
        if fejl:
            raise UgyldigtInput(KODE, BESKED, fejl)

    def krydstjek(self) -> Mapping[str, str]:
        """Rules across fields, asked when each is in order by itself: the field's name → what is wrong and what to do."""
        return {}

    def kun_med(self, metode: str, *, skal: Sequence[str] = (), ikke: Sequence[str] = ()) -> dict[str, str]:
        """For `krydstjek`: which optional fields a method needs and which it has no use for."""
        mangler = {navn: f"Feltet mangler ved {metode}. Tilføj det." for navn in skal if getattr(self, navn) is None}
        overfloedige = {
            navn: f"Feltet bruges ikke ved {metode}. Slet det." for navn in ikke if getattr(self, navn) is not None
        }
        return mangler | overfloedige


@cache
def _felter(klasse: type) -> tuple[_Felt, ...]:
    typer = get_type_hints(klasse, include_extras=True)
    return tuple(
        _Felt(felt.name, str(felt.metadata.get("json", _kamel(felt.name))), typer[felt.name], felt.default)
        for felt in fields(klasse)
    )


def _felter_i(objekt: Vaerdiobjekt) -> tuple[_Felt, ...]:
    klasse: type = type(objekt)
    return _felter(klasse)


def _kamel(navn: str) -> str:
    foerste, *resten = navn.split("_")
    return foerste + "".join(ord_.capitalize() for ord_ in resten)


def _ud(vaerdi: object) -> object:
    if isinstance(vaerdi, Vaerdiobjekt):
        return vaerdi.som_json()
    if isinstance(vaerdi, tuple):
        return [_ud(del_) for del_ in vaerdi]
    if isinstance(vaerdi, Decimal):
        return f"{vaerdi:f}"
    if isinstance(vaerdi, StrEnum):
        return vaerdi.value
    return vaerdi.isoformat() if isinstance(vaerdi, date) else vaerdi


def _uden_none(type_: Any) -> Any:
    """The type of a field that may also be null."""
    if get_origin(type_) in {Union, types.UnionType}:
        return next(mulig for mulig in get_args(type_) if mulig is not types.NoneType)
    return type_


def _fejl_i(type_: Any, vaerdi: Any) -> Iterator[tuple[str, str]]:
    """Faults of a value that has the right type: path below the field, message."""
    if vaerdi is None:
        return
    type_ = _uden_none(type_)
    if get_origin(type_) is tuple:
        for nummer, del_ in enumerate(vaerdi):
            yield from ((f"[{nummer}]{sti}", besked) for sti, besked in _fejl_i(get_args(type_)[0], del_))
    elif get_origin(type_) is Annotated:
        besked = get_args(type_)[1].fejl(vaerdi)
        if besked:
            yield "", besked
    elif type_ is str and not (vaerdi.strip() and vaerdi.isprintable() and len(vaerdi) <= HOEJST_TEGN):
        yield "", f"Skal være en tekst på 1 til {HOEJST_TEGN} tegn uden linjeskift. Ret teksten."


def _laes(type_: Any, data: object) -> Any:
    """A value of the type, or UgyldigtInput with paths below this point."""
    if data is None and _uden_none(type_) is not type_:
        return None
    type_ = _uden_none(type_)
    if get_origin(type_) is tuple:
        return _liste(get_args(type_)[0], data)
    if get_origin(type_) is Annotated or type_ in {Decimal, int}:
        grundtype, tal = get_args(type_) or (type_, _FRIT_TAL)
        return _tal(grundtype, tal, data)
    if issubclass(type_, Vaerdiobjekt):
        return _objekt(type_, data)
    return _enkel(type_, data)


def _afvis(besked: str) -> UgyldigtInput:
    return UgyldigtInput(KODE, BESKED, {"": [besked]})


def _under(sti: str, fejl: UgyldigtInput) -> dict[str, list[str]]:
    """The faults of a part, with their paths seen from the whole."""
    return {
        (sti + navn if not navn or navn.startswith("[") else f"{sti}.{navn}"): beskeder
        for navn, beskeder in fejl.felter.items()
    }


def _art(data: object) -> str:
    """What the JSON holds, in words."""
    if data is None:
        return "null"
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, Mapping):
        return "et objekt"
    if isinstance(data, list):
        return "en liste"
    return f"»{vis(data)}«" if isinstance(data, str) else f"tallet {vis(_taltekst(data))}"


def _taltekst(data: object) -> str:
    return data.tekst if isinstance(data, Kommatal) else str(data)


def _tal(grundtype: type, tal: Tal, data: object) -> Decimal | int:
    if isinstance(data, (float, Kommatal)):
        raise _afvis(
            f'Tallet {vis(_taltekst(data))} står uden anførselstegn. Skriv det som tekst, fx "{tal.eksempel}".'
        )
    if grundtype is int and (not isinstance(data, int) or isinstance(data, bool)):
        raise _afvis(f"Skal være et helt tal uden anførselstegn, fx {tal.eksempel}; der står {_art(data)}.")
    if isinstance(data, str) and _TAL.fullmatch(data):
        laest: Decimal | int = Decimal(data)
    elif isinstance(data, int) and not isinstance(data, bool):
        laest = data if grundtype is int else Decimal(data)
    else:
        raise _afvis(
            f"Skal være et tal med cifre og højst ét punktum (uden tusindtegn, komma og e), "
            f'fx "{tal.eksempel}"; der står {_art(data)}.'
        )
    besked = tal.fejl(laest)
    if besked:
        raise _afvis(besked)
    return laest


def _enkel(type_: type, data: object) -> Any:
    """Yes and no, one of a few words, dates and text."""
    if type_ is bool:
        if not isinstance(data, bool):
            raise _afvis(f"Skal være true eller false uden anførselstegn; der står {_art(data)}.")
        return data
    if issubclass(type_, StrEnum):
        ordene = [medlem.value for medlem in type_]
        if not isinstance(data, str) or data not in ordene:
            raise _afvis(
                f"Skal være {' eller '.join(f'»{ord_}«' for ord_ in ordene)} som tekst; der står {_art(data)}."
            )
        return type_(data)
    if type_ is date:
        if not isinstance(data, str) or not _DATO.fullmatch(data):
            raise _afvis(f"Skal være en dato, ÅÅÅÅ-MM-DD; der står {_art(data)}.")
        try:
            return date.fromisoformat(data)
        except ValueError:
            raise _afvis(f"Datoen {_art(data)} findes ikke. Ret den.") from None
    if not isinstance(data, str):
        raise _afvis(f"Skal være en tekst; der står {_art(data)}.")
    for _, besked in _fejl_i(type_, data):
        raise _afvis(besked)
    return data


def _liste(type_: Any, data: object) -> tuple[Any, ...]:
    if not isinstance(data, (list, tuple)):
        raise _afvis(f"Skal være en liste; der står {_art(data)}.")
    if len(data) > HOEJST_LINJER:
        raise _afvis(f"Må højst have {HOEJST_LINJER} linjer; der er {len(data)}.")
    laest, fejl = [], {}
    for nummer, del_ in enumerate(data):
        try:
            laest.append(_laes(type_, del_))
        except UgyldigtInput as fundet:
            fejl.update(_under(f"[{nummer}]", fundet))
    if fejl:
        raise UgyldigtInput(KODE, BESKED, fejl)
    return tuple(laest)


def _objekt(klasse: type, data: object) -> Any:
    if not isinstance(data, Mapping):
        raise _afvis(f"Skal være et objekt; der står {_art(data)}.")
    felter = _felter(klasse)
    kendte = [felt.json for felt in felter]
    fejl: dict[str, list[str]] = {
        vis(str(navn)): [f"Feltet kendes ikke her. Slet det, eller ret stavemåden; kendte felter: {', '.join(kendte)}."]
        for navn in data
        if navn not in kendte
    }
    fejl |= {
        vis(navn): ["Feltet står der flere gange. Lad kun det rigtige stå."] for navn in getattr(data, "gentagne", ())
    }
    laest = {}
    for felt in felter:
        if felt.json not in data:
            if felt.standard is MISSING:
                fejl[felt.json] = ["Feltet mangler. Tilføj det; det har ingen standardværdi."]
            continue
        try:
            laest[felt.navn] = _laes(felt.type_, data[felt.json])
        except UgyldigtInput as fundet:
            fejl.update(_under(felt.json, fundet))
    if fejl:
        raise UgyldigtInput(KODE, BESKED, fejl)
    return klasse(**laest)
