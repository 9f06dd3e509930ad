"""An offer as an HSDS 3.1 `service`. Pure: read models in, plain values out. The keys are the standard's own.

What is not here on purpose: free places (the ledger is for those who log in), P-numbers (they lead to an address), persons
(the platform knows none), and everything that could tell where an offer with a protected address lies beyond its municipality:
a website, a telephone, a mail address and a description may, and so may an operator that is no authority, by its own address.
When it was changed is told by the day, and its id is none of the register's: to the millisecond, which those ids hold as well, it
would be that of the others its operator made or changed with it.
Ids of things the register has no row for are made from the offer's own, so they stay the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

VERSION = "3.1"
NAVNERUM = UUID("5d0c4a8e-2f0b-4c7e-9d55-3a1f6a2b7c10")  # ours: what made ids are made from
_ADRESSE = re.compile(r"(.+), (\d{4}) ([^,]+)")


@dataclass(frozen=True, slots=True)
class Kode:
    """A term of a code list an offer is marked with. `id` is the list's own where it has one."""

    liste: str
    kode: str
    navn: str
    beskrivelse: str
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class AabentTilbud:
    """What the register says of an offer to the public. `id` is its `offentligt_id`; `region` the one its municipality lies in today."""

    id: UUID
    navn: str
    beskrivelse: str
    driftsherre_id: UUID
    driftsherre: str
    driftsherreart: str
    driftsherre_er_myndighed: bool
    driftsherre_cvr: str
    kommune: str
    kommunekode: str
    region: str
    adresse: str
    laengdegrad: Decimal | None
    breddegrad: Decimal | None
    beskyttet: bool
    hjemmeside: str
    email: str
    telefon: str
    alder_fra: int
    alder_til: int | None
    selvhenvendelse: bool
    lukket_fra: date | None
    demo: bool
    aendret: datetime
    maalgrupper: Sequence[str] = ()
    godkendelser: Sequence[str] = ()
    koder: Sequence[Kode] = field(default_factory=tuple)


def offentligt_id(tilbud_id: UUID, *, beskyttet: bool) -> UUID:
    """The id an offer has here."""
    return uuid5(NAVNERUM, f"tilbud/{tilbud_id}") if beskyttet else tilbud_id


def service(tilbud: AabentTilbud, *, fuld: bool) -> dict[str, Any]:
    """The service; `fuld` nests what there can be several of. What the register does not say is left out."""
    alder = f"{tilbud.alder_fra}–{tilbud.alder_til} år" if tilbud.alder_til else f"fra {tilbud.alder_fra} år"
    grupper = f"{', '.join(tilbud.maalgrupper)}. " if tilbud.maalgrupper else ""
    fundet: dict[str, Any] = {
        "id": str(tilbud.id),
        "name": tilbud.navn,
        **({} if tilbud.beskyttet else _hvor_man_spoerger(tilbud)),
        "status": "active",
        "application_process": "Borgeren kan henvende sig selv." if tilbud.selvhenvendelse else "",
        "accreditations": "; ".join(tilbud.godkendelser),
        "eligibility_description": f"{grupper}Alder: {alder}.",
        "minimum_age": tilbud.alder_fra,
        "maximum_age": tilbud.alder_til,
        "alert": " ".join(_varsler(tilbud)),
        "last_modified": _tidspunkt(tilbud.aendret),
    }
    if tilbud.driftsherre_er_myndighed or not tilbud.beskyttet:
        fundet["organization"] = _organisation(tilbud, fuld=fuld)
    if fuld:
        fundet |= {
            "phones": list(_telefoner(tilbud)),
            "service_at_locations": list(_steder(tilbud)),
            "attributes": [_maerke(tilbud, kode) for kode in tilbud.koder],
        }
    return {noegle: vaerdi for noegle, vaerdi in fundet.items() if vaerdi not in ("", None)}


def _hvor_man_spoerger(tilbud: AabentTilbud) -> dict[str, str]:
    return {"description": tilbud.beskrivelse, "url": tilbud.hjemmeside, "email": tilbud.email}


def _telefoner(tilbud: AabentTilbud) -> Iterator[dict[str, str]]:
    if tilbud.telefon and not tilbud.beskyttet:
        yield {"id": _id(tilbud, "phone"), "number": tilbud.telefon, "type": "voice"}


def _varsler(tilbud: AabentTilbud) -> Iterator[str]:
    if tilbud.demo:
        yield "Demonstrationsdata: tilbuddet er opdigtet."
    if tilbud.beskyttet:
        yield "Adressen er beskyttet, og kontakten står derfor ikke her. Spørg kommunen, tilbuddet ligger i."
    if tilbud.lukket_fra:
        yield f"Tilbuddet lukker den {tilbud.lukket_fra:%d.%m.%Y}."


def _organisation(tilbud: AabentTilbud, *, fuld: bool) -> dict[str, Any]:
    fundet: dict[str, Any] = {
        "id": str(tilbud.driftsherre_id),
        "name": tilbud.driftsherre,
        "description": f"Driftsherre for sociale tilbud. Art: {tilbud.driftsherreart.lower()}.",
        "legal_status": tilbud.driftsherreart,
    }
    if fuld and tilbud.driftsherre_cvr and not tilbud.beskyttet:
        fundet["organization_identifiers"] = [
            {
                "id": str(uuid5(NAVNERUM, f"{tilbud.driftsherre_id}/cvr")),
                "identifier_scheme": "DK-CVR",
                "identifier_type": "CVR-nummer",
                "identifier": tilbud.driftsherre_cvr,
            }
        ]
    return fundet


def _steder(tilbud: AabentTilbud) -> Iterator[dict[str, Any]]:
    """Where the offer is; nothing at all when its address is protected."""
    if tilbud.beskyttet or not (tilbud.adresse or tilbud.laengdegrad is not None):
        return
    sted: dict[str, Any] = {"id": _id(tilbud, "location"), "location_type": "physical", "name": tilbud.navn}
    if tilbud.laengdegrad is not None and tilbud.breddegrad is not None:
        sted |= {"latitude": float(tilbud.breddegrad), "longitude": float(tilbud.laengdegrad)}
    sted["addresses"] = list(_adresser(tilbud))
    yield {"id": _id(tilbud, "service_at_location"), "location": sted}


def _adresser(tilbud: AabentTilbud) -> Iterator[dict[str, str]]:
    """An address the standard's parts can be read out of; another is not guessed at."""
    fundet = _ADRESSE.fullmatch(tilbud.adresse)
    if fundet and tilbud.region:
        yield {
            "id": _id(tilbud, "address"),
            "address_1": fundet[1],
            "city": fundet[3],
            "region": tilbud.kommune,
            "state_province": tilbud.region,
            "postal_code": fundet[2],
            "country": "DK",
            "address_type": "physical",
        }


def term_id(liste: str, kode: str) -> UUID:
    """The id of a term whose list gives none."""
    return uuid5(NAVNERUM, f"{liste}/{kode}")


def _maerke(tilbud: AabentTilbud, kode: Kode) -> dict[str, Any]:
    return {
        "id": _id(tilbud, f"{kode.liste}/{kode.kode}"),
        "link_id": str(tilbud.id),
        "link_entity": "service",
        "link_type": kode.liste,
        "taxonomy_term": {
            "id": str(kode.id or term_id(kode.liste, kode.kode)),
            "code": kode.kode,
            "name": kode.navn,
            "description": kode.beskrivelse,
            "taxonomy": kode.liste,
            "language": "dan",
        },
    }


def _id(tilbud: AabentTilbud, hvad: str) -> str:
    return str(uuid5(tilbud.id, hvad))


def _tidspunkt(oejeblik: datetime) -> str:
    """As the standard asks: with milliseconds."""
    return oejeblik.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def side(indhold: Sequence[Mapping[str, Any]], *, nummer: int, pr_side: int, i_alt: int) -> dict[str, Any]:
    """A page of the standard's; `nummer` counts from 1. Without anything there is one page, which is empty."""
    sider = max(1, -(-i_alt // pr_side))
    return {
        "total_items": i_alt,
        "total_pages": sider,
        "page_number": nummer,
        "size": len(indhold),
        "first_page": nummer == 1,
        "last_page": nummer >= sider,
        "empty": not indhold,
        "contents": list(indhold),
    }
