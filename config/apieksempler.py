"""Examples in the OpenAPI document: one value per name, since a name means the same thing in the whole API.

A test holds every example against its schema, and `make openapi` fails on a name that has none.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from drf_spectacular.drainage import warn

from config.fejlkatalog import FEJLKATALOG
from faelles.problem import MEDIETYPE, TITLER, kamel

Json = dict[str, Any]


def _id(nummer: int) -> str:
    return f"0197f3a0-6f1e-7c21-9a40-{nummer:012}"


OPHOLD, OPHOLDSSKRIDT = map(_id, range(18, 20))
FORESPOERGSEL, HENVENDELSE, SVAR, BESKED = map(_id, range(14, 18))
TILBUD, AFDELING, PLADS, TAKST, BEKRAEFTELSE, RESERVATION, BESLUTNING = map(_id, range(1, 8))
AFTALE, PART, GODKENDELSE, RAPPORT, ROEDOVRE, GLADSAXE = map(_id, range(8, 14))
FEJLMELDING = _id(14)
GEMT_SOEGNING = _id(20)
UDAEKKET_BEHOV = _id(21)
VERSION, KLAUSUL = map(_id, range(40, 42))
TAKSTBEREGNING = _id(15)
MAALGRUPPE = "7c1d6f1e-92a5-4e3c-8a58-2f0f5b6f1a11"
NOEGLE = "c1a2f0b4-4f0d-4c11-9d3a-6f3f8f1f2b77"
TIDSPUNKT = "2026-11-24T08:30:00Z"

_FORLOEB = {
    f"{komponent}.{felt}": vaerdi
    for komponent in ("TakstberegningUd", "EnTakstberegningUd")
    for felt, vaerdi in {
        **dict.fromkeys(("beregnet", "indsendt", "afgjort", "offentliggjort"), TIDSPUNKT),
        "begrundelse": "",
        "tilstand": "offentliggjort",
    }.items()
}
_TAKSTBEREGNING: Mapping[str, Any] = {
    "aar": 2027,
    "beregning": {
        "takst": "2687",
        "takstUafrundet": "2687.481542280500",
        "grundlag": "22694814.12",
        "trin": [],
        "inddata": {},
    },
    **_FORLOEB,
    "egenbetaling": [{"art": "Husleje", "beloeb": "4500.00"}],
    "erstattet": None,
    "forloeb": [{"trin": "godkendt", "tidspunkt": TIDSPUNKT, "rolle": "Økonomi", "organisation": "Gladsaxe Kommune"}],
    "gaelderFor": [{"afdeling": "Hovedhuset", "hjemmel": "SEL-107"}],
    "genberegnet": True,
    "nummer": 1,
    "sammenligning": {"forskel": "37.00", "skridt": [{"navn": "Personale", "virkning": "31.250000000000"}]},
    "skemaVersion": 1,
    "DokumentationUd.begrundelse": "",
    "DokumentationUd.takst": {
        "tilbud": "Botilbuddet Kærgården",
        "hjemmel": "SEL-107",
        "pris": {"beloeb": "2687.00", "valuta": "DKK"},
    },
    "takstberegningId": TAKSTBEREGNING,
    "TakstberegningUd.afdelingId": None,
    "EnTakstberegningUd.afdelingId": None,
    "TakstberegningUd.id": TAKSTBEREGNING,
    "EnTakstberegningUd.id": TAKSTBEREGNING,
    "vaekstloft": {"overholdt": True, "dom": "Udgiften ligger 412 øre under loftet."},
    "DokumentationUd.vilkaar": {"aftale": "Rammeaftale 2027–2028", "nummer": 3, "status": "endelig", "vilkaar": []},
}

# By the name of a property, or of a component and its property where the name alone is not enough.
VAERDIER: Mapping[str, Any] = {
    "akutfrist": None,
    "betalesFra": "2027-01-01",
    "betalesTil": None,
    "betalingskommune": "Rødovre Kommune",
    "betalingskommuneId": ROEDOVRE,
    "dokument": None,
    "foersteDag": "2027-01-01",
    "fortsaetterOpholdId": None,
    "fravaersart": None,
    "IndskrivningIndRequest.dato": "2027-01-01",
    "IndskrivningIndRequest.niveau": None,
    "IndskrivningIndRequest.takst": None,
    "indgang": "reservation",
    "OpholdIndRequest.dato": "2026-11-20",
    "OpholdIndRequest.handlekommune": "0175",
    "OpholdIndRequest.hjemmel": "SEL-110",
    "OpholdIndRequest.indgang": "selvhenvendelse",
    "OpholdIndRequest.niveau": None,
    "OpholdIndRequest.takst": "1850.00",
    "OpholdsskridtIndRequest.betalingskommune": None,
    "OpholdsskridtIndRequest.dato": "2026-11-20",
    "OpholdsskridtIndRequest.grund": "behov_aendret",
    "OpholdsskridtIndRequest.handlekommune": None,
    "OpholdsskridtIndRequest.hjemmel": None,
    "OpholdsskridtIndRequest.niveau": None,
    "OpholdsskridtIndRequest.pladsId": None,
    "OpholdsskridtIndRequest.takst": None,
    "OpholdsskridtIndRequest.til": None,
    "OpholdsskridtIndRequest.tillaeg": {},
    "OpholdsskridtIndRequest.udfald": "opsig",
    "OpholdsskridtUd.grund": "behov_aendret",
    "OpholdsskridtUd.id": OPHOLDSSKRIDT,
    "OpholdsskridtUd.organisation": "Rødovre Kommune",
    "OpholdsskridtUd.udfald": "opsig",
    "OpholdUd.id": OPHOLD,
    "OpholdUd.tilstand": "loebende",
    "opsagtTil": None,
    "prisEnhed": "doegn",
    "reservationId": RESERVATION,
    "ReservationIndRequest.afdelingId": None,
    "ReservationIndRequest.ugedage": [],
    "sidsteDag": None,
    "ForespoergselIndRequest.aldersgruppe": "25-39",
    "ForespoergselUd.aldersgruppe": "25-39",
    "besvaret": None,
    "BeskedUd.id": BESKED,
    "BeskedUd.tekst": "Kan I svare i dag?",
    "BeskedIndRequest.tekst": "Kan I svare i dag?",
    "eskaleret": None,
    "ForespoergselIndRequest.ugedage": [],
    "ForespoergselUd.id": FORESPOERGSEL,
    "ForespoergselUd.ugedage": [],
    "henvendelseId": HENVENDELSE,
    "HenvendelseUd.id": HENVENDELSE,
    "HenvendelseUd.tilstand": "afventer",
    "kanFra": None,
    "laest": None,
    "paamindet": None,
    "sendt": TIDSPUNKT,
    "SvarIndRequest.grund": None,
    "SvarIndRequest.kanFra": "2027-01-01",
    "SvarIndRequest.udfald": "accepter",
    "SvarUd.grund": "",
    "SvarUd.id": SVAR,
    "SvarUd.udfald": "accepter",
    "svarfrist": "2026-12-08T23:00:00Z",
    "tilbudIder": [TILBUD],
    "aabenFra": "2020-01-01",
    "adfaerd": ["udadreagerende"],
    "afstandKm": 8.4,
    "aldersgruppe": "18_66",
    "andreMaalgrupper": [MAALGRUPPE],
    "begynder": "2027-01-01",
    "BehovsopgoerelseUd.iAlt": 62,
    "BehovsopgoerelseUd.kkr": "kkr-hovedstaden",
    "BehovsraekkeUd.antal": [12, None],
    "BehovsraekkeUd.iAlt": 41,
    "BehovsraekkeUd.maalgruppe": "Autismespektrum",
    "graense": 5,
    "begrundelse": "Tættere på familien",
    "forskelProcent": "7.00",
    "graenseProcent": "10",
    "FritvalgsproeveUd.id": _id(15),
    "notat": f"/api/v1/fritvalgsproever/{_id(15)}/notat",
    "oensketId": _id(17),
    "tilladt": True,
    "visiteretId": _id(16),
    "FritvalgsproeveIndRequest.forhandletPris": "2140.00",
    "FritvalgsproeveIndRequest.visiteretUdgift": "2000.00",
    "hindringer": ["ledig"],
    "antalFund": 3,
    "egen": True,
    "fundet": TIDSPUNKT,
    "senesteFund": TIDSPUNKT,
    **{
        f"{komponent}.{felt}": vaerdi
        for komponent in ("GemtSoegningUd", "EnGemtSoegningUd")
        for felt, vaerdi in {"id": GEMT_SOEGNING, "navn": "Autismespektrum, SEL-107, fra 01.01.2027"}.items()
    },
    **{
        f"GemtProfilUd.{felt}": vaerdi
        for felt, vaerdi in {"kkr": "kkr-hovedstaden", "tekst": "heste", "ugedage": [1, 2, 3]}.items()
    },
    "KvartalUd.fra": "2026-07-01",
    "KvartalUd.til": "2026-10-01",
    "summer": [21, None],
    "trukket": None,
    "UdaekketBehovUd.id": UDAEKKET_BEHOV,
    "alder": 34,
    "bredde": 55.68,
    "driftsherrearter": ["kommune", "region"],
    "FacetUd.kode": "hjemmel",
    "fysiskeTraek": ["koerestol"],
    "grund": "Tilbuddet leverer ikke efter hjemlen",
    "GrundUd.kode": "hjemmel",
    "hoejstKm": 30,
    "AftalevilkaarUd.enhed": "3m eller 14d",
    "AftalevilkaarUd.klausul": "Styringsdel 3.1 Opsigelse",
    "AftalevilkaarUd.navn": "Kommunens opsigelsesvarsel",
    "AftalevilkaarUd.noegle": "opsigelse_varsel_kommune",
    "AftalevilkaarUd.vaerdi": "*=30d",
    "KlausulUd.dokumentdel": "Styringsdel",
    "KlausulUd.id": KLAUSUL,
    "KlausulUd.nummer": "3.1",
    "KlausulUd.overskrift": "Opsigelse",
    "KlausulUd.tekst": "Varslet er **30 dage**.",
    "KlausulUd.udgave": 2,
    "KlausulUd.vilkaar": {"opsigelse_varsel_kommune": "*=30d"},
    "VersionUd.aendring": "redaktionel",
    "VersionUd.begrundelse": "Rettet efter parternes bemærkninger",
    "VersionUd.id": VERSION,
    "VersionUd.nummer": 2,
    "VersionUd.sendt": "2026-09-07",
    "versionId": VERSION,
    "hovedaftaleId": None,
    "offentliggjort": None,
    "sendtTilStyrelsen": None,
    "kommuner": ["0159", "0175"],
    "KravUd.kode": "maalgruppe",
    "laengde": 12.45,
    "LempelseUd.kode": "kommuner",
    "LempelseUd.koder": ["kommuner"],
    "LempelseUd.navn": "Kommune",
    "MaalgruppeopfyldelseUd.kode": MAALGRUPPE,
    "naerKommune": "0175",
    "naerPostnr": "2610",
    "opfyldt": True,
    "limit": 50,
    "maalgruppevaegt": 3,
    "maksTakst": "3000.00",
    "medUdeladte": True,
    "niveauer": [1, 2],
    "ProfilIndRequest.kkr": "kkr-hovedstaden",
    "ProfilIndRequest.tekst": "heste",
    "ProfilIndRequest.ugedage": [1, 2, 3],
    "reference": "K7QF-X0M2-P9RT",
    "vaegt": 3,
    "vaerdi": "SEL-107",
    "aabenTil": None,
    "aabneFejlmeldinger": 1,
    "afsluttet": None,
    "besked": "Huset er nr. 5.",
    "faktum": "adresse",
    "FejlmeldingIndRequest.afdelingId": None,
    "FejlmeldingUd.afdelingId": None,
    "fejlmeldingId": FEJLMELDING,
    "FejlmeldingUd.id": FEJLMELDING,
    "FejlmeldingUd.tilstand": "modtaget",
    "FejlsvarIndRequest.svar": "Rettet, tak.",
    "frist": "2026-12-08",
    "melderId": ROEDOVRE,
    "meldt": TIDSPUNKT,
    "skridt": "ret",
    "svar": "",
    "vist": "Kærgårdsvej 4, 2880 Bagsværd",
    "adresse": "Kærgårdsvej 4, 2880 Bagsværd",
    "afdeling": "Hovedhuset",
    "afdelingId": AFDELING,
    "AfdelingUd.id": AFDELING,
    "AfdelingUd.navn": "Hovedhuset",
    "afvist": 0,
    "alderDage": 3,
    "alderFra": 18,
    "alderTil": None,
    "antal": 2,
    "udenPladser": False,
    "art": "doegn",
    "belaegningsprocent": "96.40",
    "beloeb": "2687.00",
    "bemaerkning": "",
    "beskyttetAdresse": False,
    "bestilt": TIDSPUNKT,
    "betegnelse": "Plads 3",
    "BekraeftelseUd.id": BEKRAEFTELSE,
    "BeslutningIndRequest.grund": None,
    "BeslutningUd.grund": "",
    "BeslutningUd.id": BESLUTNING,
    "BeslutningUd.organisation": "Gladsaxe Kommune",
    "cvr": "62761113",
    "dato": "2026-11-11",
    "demo": False,
    "driftsherre": "Gladsaxe Kommune",
    "driftsherreId": GLADSAXE,
    "efterfoelger": None,
    "enhed": "doegn",
    "EnRammeaftaleUd.id": AFTALE,
    "EnRammeaftaleUd.til": "2029-01-01",
    "EnRammeaftaleUd.tilstand": "sendt",
    "erstattesAf": None,
    "fejl": "",
    "folketal": 71185,
    "forbehold": "",
    "foreloebig": False,
    "fra": "2027-01-01",
    "friskhed": "frisk",
    "funktion": "Tilbudsleder",
    "godkendelsesfrist": "2026-12-15",
    "godkendt": 27,
    "GodkendelseUd.id": GODKENDELSE,
    "gyldigFra": "2027-01-01",
    "gyldigTil": "2028-01-01",
    "handlekommune": "Rødovre Kommune",
    "handlekommuneId": ROEDOVRE,
    "hjemler": ["SEL-107"],
    "hjemmel": "SEL-107",
    "HjemmelUd.kode": "SEL-107",
    "HjemmelUd.navn": "Midlertidigt botilbud",
    "iAlt": 4,
    "id": TILBUD,
    "kkr": "KKR Hovedstaden",
    "kode": MAALGRUPPE,
    "kommune": "Gladsaxe",
    "kommunekode": "0159",
    "KommuneUd.navn": "Gladsaxe",
    "KravUd.navn": "Målgruppe",
    "ledig": True,
    "lov": "Serviceloven",
    "lukketFra": None,
    "LukningUd.bemaerkning": "Gulvene slibes",
    "LukningUd.grund": "renovering",
    "maalgruppe": MAALGRUPPE,
    "maalgrupper": [MAALGRUPPE],
    "merplads": False,
    "naaet": 4,
    "naeste": None,
    "navn": "Botilbuddet Kærgården",
    "niveau": 2,
    "oprettet": TIDSPUNKT,
    "optaget": False,
    "organ": "Kommunalbestyrelsen",
    "organisation": "Gladsaxe Kommune",
    "organisationId": GLADSAXE,
    "overordnet": None,
    "paragraf": "§ 107",
    "parter": 30,
    "PartUd.id": PART,
    "PartUd.til": "2029-01-01",
    "pdf": f"/api/v1/rapporter/{RAPPORT}/pdf",
    "pladser": [PLADS],
    "pladsId": PLADS,
    "PladsUd.id": PLADS,
    "rammeaftaleId": AFTALE,
    "RammeaftaleUd.id": AFTALE,
    "RammeaftaleUd.til": "2029-01-01",
    "RammeaftaleUd.tilstand": "sendt",
    "RapportUd.id": RAPPORT,
    "RapportUd.status": "faerdig",
    "referatUrl": "https://gladsaxe.example.dk/referat/2026-11-11",
    "region": "Region Hovedstaden",
    "registreret": TIDSPUNKT,
    "ReservationUd.id": RESERVATION,
    "sagsreference": "2026-11482",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "sider": 25,
    "slug": "hovedstaden-2027-2028",
    "stand": "Sendt til godkendelse",
    "status": "godkendt",
    "TakstUd.id": TAKST,
    **_TAKSTBEREGNING,
    "tekst": "27 af 30 har godkendt",
    "term": "Autismespektrum",
    "tidspunkt": TIDSPUNKT,
    "til": "2027-07-01",
    "tilbud": "Botilbuddet Kærgården",
    "tilbudId": TILBUD,
    "tilstand": "afventer",
    "titel": "Rammeaftale 2027–2028, KKR Hovedstaden",
    "trin": "Kontrollerer PDF",
    "type": "rammeaftale",
    "udfald": "bekraeft",
    "KravUd.udfald": "opfyldt",
    "udloeber": "2026-12-08T08:30:00Z",
    "ugedage": [1, 2, 3, 4, 5, 6, 7],
    "valuta": "DKK",
    "vedtaget": None,
    "version": 1,
    "vilkaarssaet": 3,
}
# By the name of a parameter, in the path, the query or the headers.
PARAMETRE: Mapping[str, Any] = {
    "afdeling": [AFDELING],
    "aar": 2027,
    "afdeling_id": AFDELING,
    "behov_id": UDAEKKET_BEHOV,
    "beregning_id": TAKSTBEREGNING,
    "registreretFoer": TIDSPUNKT,
    "aftale_id": AFTALE,
    "antal": "true",
    "API-Version": "0.1.0",
    "cursor": "WyJCb3RpbGJ1ZGRldCIsIDFd",
    "driftsherre": [GLADSAXE],
    "bekraeftet_reservation_id": RESERVATION,
    "forespoergsel_id": FORESPOERGSEL,
    "ophold_id": OPHOLD,
    "udenGodkendelse": "overskredet",
    "gyldigPaa": "2027-01-01",
    "Idempotency-Key": NOEGLE,
    "kommune": ["0159", "0175"],
    "limit": 50,
    "maksTakst": "3000.00",
    "part_id": PART,
    "plads_id": PLADS,
    "proeve_id": _id(15),
    "q": "kærgården",
    "rapport_id": RAPPORT,
    "reference": "K7QF-X0M2-P9RT",
    "reservation_id": RESERVATION,
    "soegning_id": GEMT_SOEGNING,
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
    warn(f"Skriv et eksempel på {komponent}.{felt} i config/apieksempler.py.")
    return None
