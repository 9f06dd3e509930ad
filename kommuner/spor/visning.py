"""Rows of the logs as people read them: Danish words for fields and values, before and after, and nothing secret."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Field, ForeignKey, Model
from django.utils.text import capfirst

from faelles.aktoer import Aktoer
from faelles.dokument import tal
from faelles.spor import AENDRET, HANDLING_NAVN, SLETTET, Slags, Spor, slags_for
from faelles.templatetags.dansk import periode
from kommuner.models import Laesning
from kommuner.spor.navne import Afsender, Afsendere, Ting, slaa_op
from kommuner.spor.queries import AENDRINGSLOG, LAESELOG, Haendt

LOG_NAVN = {AENDRINGSLOG: "Ændringsloggen", LAESELOG: "Læseloggen"}


@dataclass(frozen=True, slots=True)
class Feltaendring:
    """One field of a change; "" is nothing."""

    navn: str
    foer: str
    efter: str


@dataclass(frozen=True, slots=True)
class Aendring:
    """A change in words. `foer_kendes` is False when the log began after the thing did: then `felter` is how it is now."""

    tidspunkt: datetime
    afsender: Afsender
    handling: str
    slags: str
    navn: str
    objekt: str
    kan_soeges: bool
    felter: Sequence[Feltaendring]
    foer_kendes: bool
    kilde: str
    forespoergsel: str


@dataclass(frozen=True, slots=True)
class Laest:
    """A reading in words. A log that was looked into has what was asked as its name, and no id."""

    tidspunkt: datetime
    afsender: Afsender
    slags: str
    navn: str
    objekt: str
    forespoergsel: str


def vis_aendringer(aktoer: Aktoer, haendte: Sequence[Haendt], egne: Mapping[str, str]) -> list[Aendring]:
    """The changes in words; `egne` names the organisation's own people and systems."""
    afsendere = Afsendere(aktoer, egne, (haendt.spor.pgh_context.get("organisation") for haendt in haendte))
    navne = slaa_op(aktoer, (ting for haendt in haendte for ting in _ting(haendt)), egne)
    return [_vis(haendt, afsendere, navne) for haendt in haendte]


def _vis(haendt: Haendt, afsendere: Afsendere, navne: Mapping[Ting, str]) -> Aendring:
    spor, kontekst = haendt.spor, haendt.spor.pgh_context
    return Aendring(
        tidspunkt=spor.pgh_created_at,
        afsender=afsendere.af_spor(spor),
        handling=HANDLING_NAVN[spor.pgh_label],
        slags=slagsnavn(haendt.slags.noegle),
        navn=_navn(haendt, navne),
        objekt=str(spor.pgh_obj_id),
        kan_soeges=isinstance(spor.pgh_obj_id, UUID),
        felter=_felter(haendt, navne),
        foer_kendes=spor.pgh_label != AENDRET or haendt.foer is not None,
        kilde=kontekst.get("kilde", ""),
        forespoergsel=kontekst.get("forespoergsel", ""),
    )


def _navn(haendt: Haendt, navne: Mapping[Ting, str]) -> str:
    felt = next((felt for felt in haendt.spor._meta.fields if felt.name == haendt.slags.navn), None)
    return _vaerdi(haendt.spor, felt, navne) if felt else ""


def slagsnavn(noegle: str) -> str:
    """What a kind of thing is called."""
    slags = slags_for(noegle)
    return LOG_NAVN.get(noegle) or capfirst(str(slags.model._meta.verbose_name) if slags else noegle)


def _viste_felter(slags: Slags) -> "Iterable[Field[Any, Any]]":
    """The followed columns people are shown: not the log's own, not the key, not what is hidden."""
    noegle = slags.model._meta.pk.name
    for felt in slags.spor._meta.fields:
        egen = felt.name.startswith("pgh_") or felt.name in {"vedroerer", noegle}
        if not egen and felt.name not in slags.skjulte:
            yield felt


def _felter(haendt: Haendt, navne: Mapping[Ting, str]) -> list[Feltaendring]:
    slettet = haendt.spor.pgh_label == SLETTET
    felter = []
    for felt in _viste_felter(haendt.slags):
        nu = _vaerdi(haendt.spor, felt, navne)
        foer = _vaerdi(haendt.foer, felt, navne) if haendt.foer else ""
        if slettet:
            foer, nu = nu, ""
        if foer != nu:
            felter.append(Feltaendring(capfirst(str(felt.verbose_name)), foer, nu))
    return felter


def _ting(haendt: Haendt) -> Iterable[Ting]:
    """Everything a change points at."""
    for spor in filter(None, (haendt.spor, haendt.foer)):
        for felt in spor._meta.fields:
            if isinstance(felt, ForeignKey) and felt.name != "pgh_obj":
                yield felt.related_model, getattr(spor, felt.attname)


def _vaerdi(spor: Spor, felt: "Field[Any, Any]", navne: Mapping[Ting, str]) -> str:
    raa = getattr(spor, felt.attname)
    if raa is None or raa in ("", []):
        return ""
    if isinstance(felt, ForeignKey):
        return navne.get((felt.related_model, raa), str(raa))
    if isinstance(felt, ArrayField):
        return ", ".join(_valgt(felt.base_field, del_) for del_ in raa)
    return _valgt(felt, raa)


def _valgt(felt: "Field[Any, Any]", raa: Any) -> str:
    return str(dict(felt.flatchoices)[raa]) if felt.choices and raa in dict(felt.flatchoices) else _i_ord(raa)


# By class, the narrower first: a moment is a day too, and a yes is a number.
_SKRIVEMAADER: tuple[tuple[type[Any], Callable[[Any], str]], ...] = (
    (bool, lambda raa: "Ja" if raa else "Nej"),
    (Decimal, lambda raa: tal.tal(raa, max(0, -int(raa.as_tuple().exponent)))),
    (datetime, tal.tidspunkt),
    (date, tal.kort_dato),
    (DateRange, periode),
    (list, lambda raa: ", ".join(map(str, raa))),
    (dict, lambda raa: json.dumps(raa, ensure_ascii=False, sort_keys=True)),
)


def _i_ord(raa: Any) -> str:
    return next((skriv(raa) for klasse, skriv in _SKRIVEMAADER if isinstance(raa, klasse)), str(raa))


def vis_laesninger(aktoer: Aktoer, laesninger: Sequence[Laesning], egne: Mapping[str, str]) -> list[Laest]:
    """The readings in words; `egne` as above."""
    afsendere = Afsendere(aktoer, egne, (laesning.organisation_id for laesning in laesninger))
    navne = slaa_op(aktoer, filter(None, map(_laest_ting, laesninger)), egne)
    return [
        Laest(
            tidspunkt=laesning.tidspunkt,
            afsender=afsendere.find(laesning.identitet, str(laesning.organisation_id), laesning.rolle_navn.lower()),
            slags=slagsnavn(laesning.entitet),
            navn=laesning.spoergsmaal or navne.get(_laest_ting(laesning) or (Model, None), ""),
            objekt=str(laesning.entitet_id or ""),
            forespoergsel=str(laesning.forespoergsel),
        )
        for laesning in laesninger
    ]


def _laest_ting(laesning: Laesning) -> Ting | None:
    slags = slags_for(laesning.entitet)
    return (slags.model, laesning.entitet_id) if slags and laesning.entitet_id else None
