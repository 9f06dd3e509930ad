"""Examples in the OpenAPI document, made of the values in `eksempelvaerdier`.

A test holds every example against its schema, and `make openapi` fails on a name that has none.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from drf_spectacular.drainage import warn

from config.eksempelider import (
    AFDELING,
    AFTALE,
    BEMAERKNING,
    FINANSIERING,
    FORESPOERGSEL,
    GEMT_SOEGNING,
    GLADSAXE,
    HOERING,
    HOERINGSPART,
    IMPORT,
    NOEGLE,
    OFFENTLIGT_TILBUD,
    OPHOLD,
    ORGAN,
    ORGANMEDLEM,
    PART,
    PLACERINGSAFTALE,
    PLADS,
    PRISBLAD,
    RAPPORT,
    RESERVATION,
    SCENARIE,
    TAKST,
    TAKSTBEREGNING,
    TAKSTDOKUMENT,
    TAKSTKONTROL,
    TIDSPUNKT,
    TILBUD,
    TILBUDSVALG,
    UDAEKKET_BEHOV,
    VENTELISTE,
    eksempel_id,
)
from config.eksempelvaerdier import VAERDIER
from config.fejlkatalog import FEJLKATALOG
from faelles.problem import MEDIETYPE, TITLER, kamel

Json = dict[str, Any]

# By the name of a parameter, in the path, the query or the headers.
PARAMETRE: Mapping[str, Any] = {
    "afdeling": [AFDELING],
    "aar": 2027,
    "afdeling_id": AFDELING,
    "behov_id": UDAEKKET_BEHOV,
    "beregning_id": TAKSTBEREGNING,
    "prisblad_id": PRISBLAD,
    "finansiering_id": FINANSIERING,
    "registreretFoer": TIDSPUNKT,
    "aftale_id": AFTALE,
    "udkast_id": AFTALE,
    "udkastpart_id": PART,
    "antal": "true",
    "API-Version": "0.1.0",
    "cursor": "WyJCb3RpbGJ1ZGRldCIsIDFd",
    "dokument_id": TAKSTDOKUMENT,
    "driftsherre": [GLADSAXE],
    "aaben_forespoergsel_id": FORESPOERGSEL,
    "bekraeftet_reservation_id": RESERVATION,
    "forespoergsel_id": FORESPOERGSEL,
    "hoering_id": HOERING,
    "bemaerkning_id": BEMAERKNING,
    "modtager_id": HOERINGSPART,
    "ophold_id": OPHOLD,
    "placeringsaftale_id": PLACERINGSAFTALE,
    "godkendt_aftale_id": PLACERINGSAFTALE,
    "offentligt_id": OFFENTLIGT_TILBUD,
    "udenGodkendelse": "overskredet",
    "gyldigPaa": "2027-01-01",
    "Idempotency-Key": NOEGLE,
    "If-Match": '"9b2f6c1d0e4a47d8b1c35f7e2a6094bd"',
    "import_id": IMPORT,
    "valg_id": TILBUDSVALG,
    "venteliste_id": VENTELISTE,
    "kommune": ["0159", "0175"],
    "limit": 50,
    "maksTakst": "3000.00",
    "organ_id": ORGAN,
    "organmedlem_id": ORGANMEDLEM,
    "part_id": PART,
    "plads_id": PLADS,
    "proeve_id": eksempel_id(15),
    "q": "kærgården",
    "rammeaftaleId": AFTALE,
    "rapport_id": RAPPORT,
    "type": "rammeaftale",
    "kapitel": "resume",
    "reference": "K7QF-X0M2-P9RT",
    "reservation_id": RESERVATION,
    "scenarie_id": SCENARIE,
    "kontrol_id": TAKSTKONTROL,
    "soegning_id": GEMT_SOEGNING,
    "takst_id": TAKST,
    "tilbud": [TILBUD],
    "tilbud_id": TILBUD,
}


def tilfoej(result: Json, generator: Any, request: Any, public: bool) -> Json:  # noqa: ARG001, FBT001 - the library's signature
    """drf-spectacular's hook: an example at every parameter, body and answer that is JSON."""
    skemaer = result["components"]["schemas"]
    for metoder in result["paths"].values():
        for operation in metoder.values():
            for parameter in operation.get("parameters", ()):
                parameter["example"] = _parameter(parameter)
            for status, indhold in _indhold(operation):
                if MEDIETYPE in indhold:
                    indhold[MEDIETYPE]["example"] = _afslag(int(status))
                elif "application/json" in indhold:
                    indhold["application/json"]["example"] = _byg(indhold["application/json"]["schema"], skemaer)
    return result


def _indhold(operation: Json) -> Iterator[tuple[str, Json]]:
    """The content of the request (status 0) and of each answer that has any."""
    yield "0", operation.get("requestBody", {}).get("content", {})
    for status, svar in operation["responses"].items():
        yield status, svar.get("content", {})


def _parameter(parameter: Json) -> Any:
    navn, er_liste = parameter["name"], parameter["schema"].get("type") == "array"
    if mulige := parameter["schema"].get("items", {}).get("enum"):
        return mulige[:1]
    if navn in PARAMETRE:
        return PARAMETRE[navn]
    vaerdi = _vaerdi("", kamel(navn))
    return [vaerdi] if er_liste else vaerdi


def _afslag(status: int) -> Json:
    """The first refusal of the catalogue with this status."""
    kode, (_, tekst) = next((kode, fundet) for kode, fundet in FEJLKATALOG.items() if fundet[0] == status)
    felt = {"pointer": "/fra", "code": kode, "detail": "Perioden kan tidligst begynde i dag."}
    return {
        "type": f"/api/v1/docs#fejl-{kode.replace('_', '-')}",
        "title": TITLER[status],
        "status": status,
        "detail": tekst,
        "instance": f"urn:uuid:{NOEGLE}",
        "code": kode,
        "errors": [felt] if status == 400 else [],  # noqa: PLR2004 - invalid input
    }


def _byg(skema: Json, skemaer: Json, navn: str = "") -> Any:
    """An example of a schema: of an object all properties, of a list one element."""
    if "$ref" in skema:
        navn = skema["$ref"].rsplit("/", 1)[-1]
        return _byg(skemaer[navn], skemaer, navn)
    if "oneOf" in skema:
        return _byg(skema["oneOf"][0], skemaer, navn)
    if skema.get("type") == "array":
        return [_byg(skema["items"], skemaer, navn)]
    if "enum" in skema:
        return skema["enum"][0]
    felter = skema["properties"]
    if navn.endswith("Liste"):  # it says its total only when asked
        felter = {felt: felter[felt] for felt in felter if felt in skema["required"]}
    return {felt: _felt(navn, felt, del_, skemaer) for felt, del_ in felter.items()}


def _felt(komponent: str, felt: str, skema: Json, skemaer: Json) -> Any:
    if any(navn in VAERDIER for navn in (f"{komponent}.{felt}", felt)) and "items" not in skema:
        return _vaerdi(komponent, felt)
    indre = skema.get("items", skema)
    er_objekt = any("$ref" in del_ for del_ in (indre, *indre.get("oneOf", ())))
    return _byg(skema, skemaer, komponent) if er_objekt else _vaerdi(komponent, felt)


def _vaerdi(komponent: str, felt: str) -> Any:
    for navn in (f"{komponent}.{felt}", felt):
        if navn in VAERDIER:
            return VAERDIER[navn]
    warn(f"Skriv et eksempel på {komponent}.{felt} i config/eksempelvaerdier.py.")
    return None
