"""Placement agreements, made the way people make them."""

from typing import Any

from django.db import transaction

from faelles.aktoer import Aktoer
from faelles.scope import saet_database_aktoer
from kommuner.models import Organisation
from reservationer.sag.aftaler.actions import afgoer, opret, skriv
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Aftaledokument, Ophold, Placeringsaftale, Reservation
from reservationer.sag.overgange import Udfald
from tests import fabrik


def indhold(**andet: Any) -> dict[str, Any]:
    """Everything the parties write, without gaps."""
    return {
        "gaelder_fra": fabrik.om(7),
        "variant": "inden",
        "kommune_afdeling": "Voksne med handicap",
        "kommune_adresse": "Rådhuspladsen 1",
        "betaler_kontakt": "",
        "ydelser": ["ophold"],
        "maal": "Indsatsplan 12",
        "opfoelgning": fabrik.om(100),
        "moms": "fritaget",
        "regulering": "takst",
        "varighed": "varig",
        "slut": None,
        "varsel_kommune": "",
        "varsel_tilbud": "",
        "lukning": "rammeaftalen",
        "rytme": "bagud",
        "betalingsdage": 30,
        "ean": "5798000000000",
        "fakturareference": "Rekv. 4711",
        **andet,
    }


def med_cvr(*organisationer: Any) -> None:
    """CVR numbers, which a complete agreement names."""
    for nr, organisation in enumerate(organisationer):
        organisation.cvr = f"1234567{nr}"
        organisation.save(update_fields=["cvr"])


def kladde(om: Ophold | Reservation | None = None, *, af: Aktoer | None = None, **andet: Any) -> Placeringsaftale:
    """A draft of Rødovre's without gaps."""
    sag = om or fabrik.bekraeftet_reservation()
    af = af or fabrik.sagsbehandler()
    med_cvr(sag.driftsherre, Organisation.objects.get(pk=af.organisation_id))
    hvilken = {"ophold_id": sag.pk} if isinstance(sag, Ophold) else {"reservation_id": sag.pk}
    ny = opret(aktoer=af, **hvilken)
    return skriv(aktoer=af, aftale_id=ny.pk, sagt=indhold(**andet))


def goer(hvem: Aktoer, aftale: Placeringsaftale, udfald: Udfald, tekst: str = "") -> Placeringsaftale:
    """One step."""
    return afgoer(aktoer=hvem, aftale_id=aftale.pk, udfald=udfald, indhold=Indhold(bemaerkning=tekst))


def aftalt(om: Ophold | Reservation | None = None, *, kommune: str = "Gladsaxe", **andet: Any) -> Placeringsaftale:
    """A version both have accepted, put forward by the buyer."""
    fremsat = goer(andet.get("af") or fabrik.sagsbehandler(), kladde(om, **andet), Udfald.FREMSAET)
    return goer(fabrik.tilbudsleder(kommune), fremsat, Udfald.GODKEND)


def med_dokument(aftale: Placeringsaftale) -> Placeringsaftale:
    """The version with a document; what is in it is another test's business."""
    with transaction.atomic():
        saet_database_aktoer(None)
        Aftaledokument.objects.create(aftale=aftale, pdf=b"%PDF-1.7", sha256="0" * 64)
    return aftale
