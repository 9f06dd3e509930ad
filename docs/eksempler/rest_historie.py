"""The whole way over REST, from a free place to the agreement's report, knowing only the OpenAPI document and client ids.

    python manage.py demoadgang --json > adgang.json
    python docs/eksempler/rest_historie.py http://localhost:8000 adgang.json rapport.pdf

The addresses of the operations and of the token come from the document; nothing here is imported from the platform.
"""

import json
import sys
import time
import uuid
from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx

I_DAG = date.today()  # noqa: DTZ011, TID251 - the example runs outside the platform, on the client's own clock
TAALMODIGHED = 180  # seconds to wait for the report


class System:
    """A municipal system: fetches a token and calls operations by the ids of the document."""

    def __init__(self, vaert: str, dokument: dict[str, Any], klient: dict[str, Any]) -> None:
        """Read where tokens come from, and fetch one."""
        self.navn = f"{klient['organisation']} ({klient['funktion']})"
        self._operationer = {
            operation["operationId"]: (metode, sti)
            for sti, metoder in dokument["paths"].items()
            for metode, operation in metoder.items()
        }
        (ordning,) = dokument["components"]["securitySchemes"].values()
        self._http = httpx.Client(base_url=vaert, timeout=30)
        svar = self._http.post(
            ordning["flows"]["clientCredentials"]["tokenUrl"],
            data={"grant_type": "client_credentials"},
            auth=(klient["clientId"], klient["clientSecret"]),
        ).raise_for_status()
        self._http.headers["Authorization"] = f"Bearer {svar.json()['access_token']}"

    def kald(self, operation: str, sti: dict[str, str] | None = None, **valg: Any) -> httpx.Response:
        """Call an operation; the names of the path are those of the document."""
        metode, skabelon = self._operationer[operation]
        svar = self._http.request(metode, skabelon.format(**(sti or {})), **valg)
        sys.stdout.write(f"{self.navn}: {metode.upper()} {svar.request.url.path} → {svar.status_code}\n")
        return svar

    def hent(self, adresse: str) -> httpx.Response:
        """Follow an address a response gave."""
        return self._http.get(adresse).raise_for_status()


def reserver(koeber: System, saelger: System, tredje: System, saelgers_organisation: str) -> None:
    """Find a free place of the seller's, hold it twice with one key, let the seller confirm, and look with strange eyes."""
    kommuner = koeber.kald("hent_kommuner", params={"limit": 1000}).raise_for_status().json()["resultater"]
    grupper = koeber.kald("hent_klassifikationer_maalgrupper").raise_for_status().json()["resultater"]
    sys.stdout.write(f"  {len(kommuner)} kommuner, første side af målgrupperne har {len(grupper)}\n")
    fra = I_DAG + timedelta(days=30)
    periode = {"fra": fra.isoformat(), "til": (fra + timedelta(days=90)).isoformat()}
    fundne = koeber.kald("hent_ledige_pladser", params={**periode, "limit": 1000}).raise_for_status().json()
    ledig = next(r for r in fundne["resultater"] if r["ledig"] and r["driftsherre"] == saelgers_organisation)
    tilbud = koeber.kald("hent_tilbud_tilbud_id", {"tilbud_id": ledig["tilbudId"]}).raise_for_status().json()
    oensket = {
        **periode,
        "pladsId": ledig["pladser"][0],
        "hjemmel": tilbud["hjemler"][0],
        "maalgruppe": tilbud["maalgrupper"][0],
        "sagsreference": f"API-{uuid.uuid4().hex[:8]}",
    }
    noegle = {"Idempotency-Key": str(uuid.uuid4())}
    foerste = koeber.kald("opret_reservationer", json=oensket, headers=noegle).raise_for_status()
    anden = koeber.kald("opret_reservationer", json=oensket, headers=noegle).raise_for_status()
    kraev(foerste.json() == anden.json(), "Samme nøgle skal give samme svar.")
    kraev(anden.headers["Idempotent-Replayed"] == "true", "Gentagelsen skal sige, at den er en gentagelse.")
    sag = {"reservation_id": foerste.json()["id"]}
    noegle = {"Idempotency-Key": str(uuid.uuid4())}
    beslutning = {"udfald": "bekraeft", "forbigaaede": forbigaaede(saelger, ledig["tilbudId"], ledig["afdelingId"])}
    bekraeftet = saelger.kald("opret_reservationer_reservation_id_beslutninger", sag, json=beslutning, headers=noegle)
    kraev(bekraeftet.raise_for_status().json()["tilstand"] == "bekraeftet", "Reservationen skal være bekræftet.")
    plads = tredje.kald("hent_pladser_plads_id", {"plads_id": oensket["pladsId"]}, params=periode).raise_for_status()
    kraev(plads.json()["optaget"] is True, "Pladsen skal være optaget.")
    kraev("handlekommune" not in plads.text, "Ingen må se hvem.")
    skjult = tredje.kald("hent_reservationer_reservation_id", sag)
    kraev(skjult.status_code == HTTPStatus.NOT_FOUND, "Sagen findes ikke for andre.")


def forbigaaede(saelger: System, tilbud_id: str, afdeling_id: str) -> list[dict[str, str]]:
    """Why those who wait for a place in the department do not get this one: the seller says it of each."""
    lister = saelger.kald("hent_ventelister", params={"tilbud": tilbud_id}).raise_for_status().json()["resultater"]
    poster = [
        post
        for liste in lister
        for post in saelger.kald("hent_ventelister_venteliste_id_poster", {"venteliste_id": liste["id"]})
        .raise_for_status()
        .json()["resultater"]
    ]
    venter = [p for p in poster if p["afsluttet"] is None and p["afdelingId"] in {None, afdeling_id}]
    return [{"postId": post["id"], "grund": "kan_ikke_nu"} for post in venter]


def rapport(sekretariat: System, fil: Path) -> None:
    """Register a party's approval where one is awaited, order the report, follow it and fetch the file."""
    aftaler = sekretariat.kald("hent_rammeaftaler").raise_for_status().json()["resultater"]
    sendt = next(aftale for aftale in aftaler if aftale["tilstand"] == "sendt")
    sti = {"aftale_id": sendt["id"]}
    parter = sekretariat.kald("hent_rammeaftaler_aftale_id_parter", sti).raise_for_status().json()["resultater"]
    afventer = next((part for part in parter if part["status"] == "afventer"), None)
    if afventer:
        beslutning = {
            "status": "godkendt",
            "dato": I_DAG.isoformat(),
            "organ": "Kommunalbestyrelsen",
            "referatUrl": "https://referater.example.dk/rammeaftale",
        }
        partens = {**sti, "part_id": afventer["id"]}
        trin = sekretariat.kald("hent_rammeaftaler_aftale_id_parter_part_id_godkendelser", partens).raise_for_status()
        sekretariat.kald(
            "opret_rammeaftaler_aftale_id_parter_part_id_godkendelser",
            partens,
            json=beslutning,
            headers={"If-Match": trin.headers["ETag"]},  # nobody has registered another step meanwhile
        ).raise_for_status()
    stand = sekretariat.kald("hent_rammeaftaler_aftale_id", sti).raise_for_status().json()
    sys.stdout.write(f"  {stand['titel']}: {stand['optaelling']['tekst']}\n")
    bestilt = sekretariat.kald("opret_rapporter", json={"type": "rammeaftale", "rammeaftaleId": sendt["id"]})
    adresse = bestilt.raise_for_status().headers["Location"]
    fil.write_bytes(sekretariat.hent(vent(sekretariat, adresse)).content)
    kraev(fil.read_bytes().startswith(b"%PDF-"), "Rapporten skal være en PDF.")


def vent(sekretariat: System, adresse: str) -> str:
    """Follow the report's stages. Returns the address of the PDF."""
    frist, vist = time.monotonic() + TAALMODIGHED, ""
    while time.monotonic() < frist:
        stand = sekretariat.hent(adresse).json()
        linje = f"  {stand['status']}: {stand['trin']} ({stand['naaet']} af {stand['iAlt']})\n"
        if linje != vist:
            sys.stdout.write(vist := linje)
        if stand["pdf"]:
            return str(stand["pdf"])
        kraev(stand["status"] in {"i_koe", "i_gang"}, stand["fejl"])
        time.sleep(1)
    raise SystemExit("Rapporten blev ikke færdig i tide; kører der en worker?")


def kraev(sandt: bool, besked: str) -> None:  # noqa: FBT001 - reads as a sentence
    """Stop with the message unless it is so."""
    if not sandt:
        raise SystemExit(besked)


def main() -> None:
    """Tell the story."""
    vaert, adgang, fil = sys.argv[1], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")), Path(sys.argv[3])
    dokument = httpx.get(f"{vaert}/api/v1/openapi.json").raise_for_status().json()
    alle = adgang["klienter"]
    klient = {navn: [k for k in alle if k["funktion"] == navn] for navn in ("myndighed", "driftsherre", "sekretariat")}
    koeber, tredje = (System(vaert, dokument, k) for k in klient["myndighed"][:2])
    (saelgers, *_), (sekretariatets, *_) = klient["driftsherre"], klient["sekretariat"]
    reserver(koeber, System(vaert, dokument, saelgers), tredje, saelgers["organisation"])
    rapport(System(vaert, dokument, sekretariatets), fil)
    sys.stdout.write(f"Rapporten ligger i {fil}\n")


if __name__ == "__main__":
    main()
