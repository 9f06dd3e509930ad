"""What an agreement lacks, and what has changed since it was accepted: pure rules (rules-reservation § 6)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from reservationer.sag.aftaler.felter import MANGLER, Variant, Varighed
from vilkaar.noegler import Noegle, navngivet


@dataclass(frozen=True, slots=True)
class Part:
    """A party as it is called and numbered."""

    navn: str
    cvr: str


@dataclass(frozen=True, slots=True)
class Prislinje:
    """What is paid in some days: takst of a level + supplements, kr. per unit. `til` is the last day; None is without an end."""

    fra: date
    til: date | None
    takst: Decimal
    enhed: str
    niveau: int | None
    tillaeg: tuple[tuple[str, Decimal], ...]
    samlet: Decimal


@dataclass(frozen=True, slots=True)
class Aftalevilkaar:
    """A term of the framework agreement as the placement agreement repeats it, with the clause and the set that say it."""

    ord: str
    klausul: str
    saet: int
    aftale: str
    endelig: bool


@dataclass(frozen=True, slots=True)
class Grundlag:
    """What the case says by itself, so that nobody types it again. `hjemmel` bears the whole price: a stay has one at a time.

    `plads` and `ugedage` are empty without a place, and in the oldest versions, which say neither.
    """

    reference: str
    sagsreference: str
    handlekommune: Part
    betalingskommune: Part
    driftsherre: Part
    tilbud: str
    p_nummer: str
    tilbudsportal_id: str
    afdeling: str
    pladsart: str
    hjemmel: str
    begynder: date
    priser: tuple[Prislinje, ...]
    varsel_kommune: Aftalevilkaar | None
    varsel_tilbud: Aftalevilkaar | None
    plads: str = ""
    ugedage: str = ""

    def som_json(self) -> dict[str, Any]:
        """As it is stored: dates in ISO, amounts as text."""
        return _json(asdict(self))  # type: ignore[no-any-return]  # a dict stays one

    @classmethod
    def af_json(cls, raa: Mapping[str, Any] | None) -> "Grundlag":
        """What `som_json` stored. Raises ValueError for a draft, which has nothing frozen."""
        if raa is None:
            raise ValueError("En kladde har intet frosset grundlag")
        parter = {navn: Part(**raa[navn]) for navn in ("handlekommune", "betalingskommune", "driftsherre")}
        varsler = {
            navn: Aftalevilkaar(**raa[navn]) if raa[navn] else None for navn in ("varsel_kommune", "varsel_tilbud")
        }
        begynder = date.fromisoformat(raa["begynder"])
        return cls(
            **{**raa, **parter, **varsler, "begynder": begynder, "priser": tuple(map(_prislinje, raa["priser"]))}
        )


def _json(vaerdi: Any) -> Any:
    if isinstance(vaerdi, dict):
        return {navn: _json(under) for navn, under in vaerdi.items()}
    if isinstance(vaerdi, list | tuple):
        return [_json(under) for under in vaerdi]
    return vaerdi.isoformat() if isinstance(vaerdi, date) else str(vaerdi) if isinstance(vaerdi, Decimal) else vaerdi


def _prislinje(raa: Mapping[str, Any]) -> Prislinje:
    return Prislinje(
        fra=date.fromisoformat(raa["fra"]),
        til=date.fromisoformat(raa["til"]) if raa["til"] else None,
        takst=Decimal(raa["takst"]),
        enhed=raa["enhed"],
        niveau=raa["niveau"],
        tillaeg=tuple((navn, Decimal(kr)) for navn, kr in raa["tillaeg"]),
        samlet=Decimal(raa["samlet"]),
    )


VARSLER = (
    ("varsel_kommune", "kommunens", Noegle.OPSIGELSE_VARSEL_KOMMUNE),
    ("varsel_tilbud", "tilbuddets", Noegle.OPSIGELSE_VARSEL_TILBUD),
)


def mangler(sagt: Mapping[str, Any], grundlag: Grundlag) -> dict[str, list[str]]:
    """Every gap of an agreement, by field: what people write in it (`sagt`), and what the case should have said by itself."""
    huller = {felt: ord_ for felt, ord_ in MANGLER.items() if sagt[felt] in (None, "", [])}
    if sagt["varighed"] == Varighed.MIDLERTIDIG and sagt["slut"] is None:
        huller["slut"] = "Skriv den sidste dag, når opholdet er midlertidigt."
    if grundlag.betalingskommune != grundlag.handlekommune and not sagt["betaler_kontakt"]:
        huller["betaler_kontakt"] = "Skriv betalingskommunens kontakt: en funktion eller postkasse, aldrig et navn."
    for felt, hvem, noegle in VARSLER:
        if sagt["variant"] == Variant.UDEN and not sagt[felt]:
            huller[felt] = f"Skriv {hvem} opsigelsesvarsel, når aftalen er uden for rammeaftalen."
        if sagt["variant"] == Variant.INDEN and getattr(grundlag, felt) is None:
            huller[felt] = (
                f"Rammeaftalen siger ikke {hvem} varsel efter hjemlen. {navngivet(noegle)} skal udfyldes af sekretariatet."
            )
    if not grundlag.priser:
        huller["pris"] = "Prisen er ikke kendt. Tilbuddet skal tilbyde pladsen til en pris eller offentliggøre taksten."
    for felt, part in (("handlekommune", grundlag.handlekommune), ("driftsherre", grundlag.driftsherre)):
        if not part.cvr:
            huller[felt] = f"{part.navn} står uden CVR-nummer i registret."
    return {felt: [ord_] for felt, ord_ in huller.items()}


_AENDRET = {
    "handlekommune": "handlekommunen",
    "betalingskommune": "betalingskommunen",
    "driftsherre": "driftsherren",
    "tilbud": "tilbuddets navn",
    "afdeling": "afdelingen",
    "pladsart": "pladsens art",
    "plads": "pladsen",
    "ugedage": "ugedagene",
    "hjemmel": "hjemlen",
    "begynder": "den første dag",
    "priser": "prisen",
    "varsel_kommune": "kommunens varsel",
    "varsel_tilbud": "tilbuddets varsel",
}


_KAN_MANGLE = frozenset({"plads", "ugedage"})


def aendret(foer: Grundlag, nu: Grundlag) -> list[str]:
    """What of the agreed is no longer as the case says it, in words.

    The same term in a newer set has not changed, and what a version does not say cannot have.
    """
    sagt = [felt for felt in _AENDRET if felt not in _KAN_MANGLE or getattr(foer, felt)]
    return [_AENDRET[felt] for felt in sagt if _uden_saet(getattr(foer, felt)) != _uden_saet(getattr(nu, felt))]


def _uden_saet(vaerdi: Any) -> Any:
    return vaerdi.ord if isinstance(vaerdi, Aftalevilkaar) else vaerdi
