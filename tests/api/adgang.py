"""Every operation of the API and what each kind of client gets; the addresses are filled from one situation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.test import Client
from django.urls import URLPattern

from config import api
from rammeaftale.models import Part
from tests import fabrik
from tests.api import klienter
from tests.sider import _faerdig_rapport

ROLLER = ("uden_token", "uden_scope", "myndighed", "tredje", "driftsherre", "anden_driftsherre", "sekretariat", "andet")

# myndighed: Rødovre, which has reserved; tredje: Odense, outside the agreement; driftsherre: Gladsaxe, whose place it is;
# anden_driftsherre: Herlev; sekretariat: of the agreement's KKR; andet: of another.
# sti                                                     metode token scope mynd tredj drift anden sekr andet
TABEL = """
kommuner                                                   GET   401   403   200  200   200   200   200  200
kommuner/{kommunekode}                                     GET   401   403   200  200   200   200   200  200
klassifikationer/maalgrupper                               GET   401   403   200  200   200   200   200  200
klassifikationer/hjemler                                   GET   401   403   200  200   200   200   200  200
tilbud                                                     GET   401   403   200  200   200   200   200  200
tilbud/{tilbud_id}                                         GET   401   403   200  200   200   200   200  200
tilbud/{tilbud_id}/afdelinger                              GET   401   403   200  200   200   200   200  200
afdelinger/{afdeling_id}/bekraeftelser                     POST  401   403   403  403   201   404   403  403
pladser                                                    GET   401   403   200  200   200   200   200  200
pladser/{plads_id}                                         GET   401   403   200  200   200   200   200  200
takster                                                    GET   401   403   200  200   200   200   200  200
ledige-pladser                                             GET   401   403   200  200   200   200   200  200
reservationer                                              GET   401   403   200  200   200   200   403  403
reservationer                                              POST  401   403   201  201   403   403   403  403
reservationer/{reservation_id}                             GET   401   403   200  404   200   404   403  403
reservationer/{reservation_id}/beslutninger                GET   401   403   200  404   200   404   403  403
reservationer/{reservation_id}/beslutninger                POST  401   403   409  404   201   404   403  403
rammeaftaler                                               GET   401   403   200  200   200   200   200  200
rammeaftaler/{aftale_id}                                   GET   401   403   200  404   200   200   200  404
rammeaftaler/{aftale_id}/parter                            GET   401   403   200  404   200   200   200  404
rammeaftaler/{aftale_id}/parter/{part_id}/godkendelser     GET   401   403   200  404   200   200   200  404
rammeaftaler/{aftale_id}/parter/{part_id}/godkendelser     POST  401   403   403  403   403   403   201  404
rapporter                                                  GET   401   403   200  200   200   200   200  200
rapporter                                                  POST  401   403   403  403   403   403   202  404
rapporter/{rapport_id}                                     GET   401   403   200  404   200   200   200  404
rapporter/{rapport_id}/pdf                                 GET   401   403   200  404   200   200   200  404
"""
OFFENTLIGE = {"openapi.json", "docs"}


@dataclass(frozen=True)
class Raekke:
    """An operation and what each client gets."""

    sti: str
    metode: str
    udfald: Mapping[str, int]


def raekker() -> list[Raekke]:
    """The table, read."""
    delt = [linje.split() for linje in TABEL.strip().splitlines()]
    return [Raekke(sti, metode, dict(zip(ROLLER, map(int, udfald), strict=True))) for sti, metode, *udfald in delt]


def operationer() -> Iterator[tuple[str, str]]:
    """Path and method of every operation that is routed, with the names of the path's parts in braces."""
    for moenster in api.urlpatterns:
        assert isinstance(moenster, URLPattern)
        klasse = getattr(moenster.callback, "cls", None)
        if klasse is api.FindesIkke:
            continue
        sti = "/".join(
            f"{{{del_.strip('<>').split(':')[1]}}}" if del_.startswith("<") else del_
            for del_ in str(moenster.pattern).split("/")
        )
        for metode in klasse().allowed_methods if klasse and sti not in OFFENTLIGE else ["GET"]:
            if metode != "HEAD":
                yield sti, metode


def klienterne() -> dict[str, Client]:
    """One client of each kind."""
    fabrik.kommune("Odense", i="KKR Syddanmark")
    return {
        "uden_token": klienter.uden_token(),
        "uden_scope": klienter.uden_scope(),
        "myndighed": klienter.myndighed("Rødovre"),
        "tredje": klienter.myndighed("Odense"),
        "driftsherre": klienter.driftsherre("Gladsaxe"),
        "anden_driftsherre": klienter.driftsherre("Herlev"),
        "sekretariat": klienter.sekretariat(),
        "andet": klienter.sekretariat("KKR Syddanmark"),
    }


def argumenter() -> dict[str, str]:
    """A reserved place of Gladsaxe's, a free one beside it, an agreement and a finished report of it."""
    afdeling = fabrik.afdeling(fabrik.tilbud(i="Gladsaxe"))
    reserveret, ledig = fabrik.ledig_plads(afdeling), fabrik.ledig_plads(afdeling)
    aftale = fabrik.aftale()
    return {
        "kommunekode": fabrik.kommune("Rødovre").kommunekode,
        "tilbud_id": str(afdeling.tilbud_id),
        "afdeling_id": str(afdeling.id),
        "plads_id": str(ledig.id),
        "reservation_id": str(fabrik.reservation(reserveret).id),
        "aftale_id": str(aftale.id),
        "part_id": str(Part.objects.get(aftale=aftale, organisation=fabrik.kommune("Herlev").organisation).id),
        "rapport_id": str(_faerdig_rapport(aftale.id).id),
    }


def krop(sti: str, args: Mapping[str, str]) -> dict[str, str]:
    """A body that would go through for the right client."""
    if sti == "reservationer":
        periode = {"fra": fabrik.om(7).isoformat(), "til": fabrik.om(97).isoformat()}
        return {"pladsId": args["plads_id"], "hjemmel": "SEL-107", "sagsreference": "A-1", **periode}
    if sti.endswith("beslutninger"):
        return {"udfald": "bekraeft"}
    if sti.endswith("godkendelser"):
        beslutning = {"status": "godkendt", "dato": fabrik.om(-1).isoformat(), "organ": "Kommunalbestyrelsen"}
        return {**beslutning, "referatUrl": "https://herlev.example.dk/referat"}
    return {"rammeaftaleId": args["aftale_id"], "type": "rammeaftale"} if sti == "rapporter" else {}


# Lists that grow with the number of offers, places and cases; with the one question each must be asked.
RAEKKER_MED_LISTER = [
    "/api/v1/kommuner",
    "/api/v1/tilbud",
    "/api/v1/pladser?fra=2027-01-01&til=2027-02-01",
    "/api/v1/takster",
    "/api/v1/ledige-pladser?fra=2027-01-01",
    "/api/v1/reservationer",
    "/api/v1/rammeaftaler",
    "/api/v1/rapporter",
]
