"""The examples of a placement agreement: values as in `eksempelvaerdier`."""

from collections.abc import Mapping
from typing import Any

from config.eksempelider import OPHOLD, PLACERINGSAFTALE, TIDSPUNKT

_INDHOLD: Mapping[str, Any] = {
    "gaelderFra": "2027-01-01",
    "variant": "inden",
    "kommuneAfdeling": "Voksne med handicap",
    "kommuneAdresse": "Rådhuspladsen 1, 2610 Rødovre",
    "betalerKontakt": "",
    "ydelser": ["ophold"],
    "maal": "Indsatsplan 2026-1183",
    "opfoelgning": "2027-04-01",
    "moms": "fritaget",
    "regulering": "takst",
    "varighed": "varig",
    "slut": None,
    "varselKommune": "",
    "varselTilbud": "",
    "lukning": "rammeaftalen",
    "rytme": "bagud",
    "betalingsdage": 30,
    "ean": "5798000000000",
    "fakturareference": "Rekv. 4711",
}
_VARSEL = {
    "ord": "løbende måned + 1 måned",
    "klausul": "Ophold og opsigelse",
    "saet": 3,
    "aftale": "Rammeaftale 2027-2028",
    "endelig": True,
}
PLACERINGSAFTALEVAERDIER: Mapping[str, Any] = {
    **{f"{navn}.{felt}": v for navn in ("AftaleIndhold", "AftaleIndholdRequest") for felt, v in _INDHOLD.items()},
    **{
        f"{navn}.{felt}": v
        for navn in ("PlaceringsaftaleKort", "PlaceringsaftaleUd")
        for felt, v in {
            "id": PLACERINGSAFTALE,
            "reservationId": None,
            "opholdId": OPHOLD,
            "version": 1,
            "tilstand": "aftalt",
            "gaelderFra": "2027-01-01",
            "reguleret": False,
            "ophoerer": None,
            "dokument": f"/api/v1/placeringsaftaler/{PLACERINGSAFTALE}/dokument",
        }.items()
    },
    "PlaceringsaftaleUd.mangler": {},
    "AftaleslutningUd.udfald": "opsig",
    "AftaleslutningUd.sidsteDag": "2027-06-30",
    "AftaleslutningUd.grund": "behov_aendret",
    "AftaleslutningUd.dokument": "Opsigelse 2027-311",
    "AftaleslutningUd.bemaerkning": "",
    "AftaleslutningUd.tidspunkt": TIDSPUNKT,
    "AftaleslutningUd.funktion": "Sagsbehandler",
    "PlaceringsaftaleIndRequest.reservationId": None,
    "PlaceringsaftaleIndRequest.opholdId": OPHOLD,
    "AftaleskridtIndRequest.udfald": "opsig",
    "AftaleskridtIndRequest.grund": "behov_aendret",
    "AftaleskridtIndRequest.dato": "2027-05-12",
    "AftaleskridtIndRequest.dokument": "Opsigelse 2027-311",
    "AftaleskridtIndRequest.bemaerkning": "",
    "AftaleacceptUd.tidspunkt": TIDSPUNKT,
    "AftaleacceptUd.funktion": "Sagsbehandler",
    "AftalepartUd.navn": "Rødovre Kommune",
    "AftalepartUd.cvr": "65307316",
    "AftaleprisUd.fra": "2027-01-01",
    "AftaleprisUd.til": None,
    "AftaleprisUd.takst": {"beloeb": "2687.00", "valuta": "DKK"},
    "AftaleprisUd.enhed": "kr./døgn",
    "AftaleprisUd.niveau": 2,
    "AftaleprisUd.tillaeg": {"Vågen nattevagt": "250.00"},
    "AftaleprisUd.samlet": {"beloeb": "2937.00", "valuta": "DKK"},
    **{f"PlaceringsvilkaarUd.{felt}": v for felt, v in _VARSEL.items()},
    "AftalegrundlagUd.reference": "K7QF-X0M2-P9RT",
    **{
        f"AftalegrundlagUd.{part}": {"navn": navn, "cvr": cvr}
        for part, navn, cvr in (
            ("handlekommune", "Rødovre Kommune", "65307316"),
            ("betalingskommune", "Rødovre Kommune", "65307316"),
            ("driftsherre", "Gladsaxe Kommune", "62761113"),
        )
    },
    "AftalegrundlagUd.tilbud": "Botilbuddet Kernen",
    "AftalegrundlagUd.afdeling": "Hovedhuset",
    "AftalegrundlagUd.pNummer": "1003312345",
    "AftalegrundlagUd.tilbudsportalId": "12345",
    "AftalegrundlagUd.pladsart": "Døgnplads",
    "AftalegrundlagUd.plads": "Plads 3",
    "AftalegrundlagUd.ugedage": "alle ugedage",
    "AftalegrundlagUd.hjemmel": "Serviceloven § 107",
    "AftalegrundlagUd.begynder": "2027-01-01",
}
