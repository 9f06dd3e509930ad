"""A place offered over REST after an enquiry, and stays begun over REST with level and supplements."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from reservationer.sag.models import Henvendelse, Pladstilbud
from tests import fabrik
from tests.api import klienter
from tests.sag.test_sider import klient, leder, tekst
from tilbud.models import Plads

pytestmark = pytest.mark.django_db

PRIS = {"takst": "2500.00", "niveau": 2, "tillaeg": {"nattevagt": "250.50"}}


def send(client: Client, sti: str, krop: Any) -> Any:
    hoveder = {"idempotency-key": str(uuid4())}
    return client.post(f"/api/v1/{sti}", krop, content_type="application/json", headers=hoveder)


def spurgt() -> tuple[Henvendelse, Plads]:
    plads = fabrik.plads_med_takst()
    return fabrik.henvendelse(plads.afdeling.tilbud), plads


def krop(om: Henvendelse, plads: Plads, **andet: Any) -> dict[str, Any]:
    sted = {"henvendelseId": str(om.pk), "afdelingId": str(plads.afdeling_id), "pladsId": str(plads.pk)}
    return {**sted, "fra": fabrik.om(7).isoformat(), **PRIS, **andet}


def test_operator_offers_a_place_after_an_enquiry_and_the_buyer_takes_it() -> None:
    om, plads = spurgt()
    svar = send(klienter.driftsherre(), f"forespoergsler/{om.forespoergsel_id}/pladstilbud", krop(om, plads))
    assert svar.status_code == 201, svar.json()
    vist = svar.json()
    assert svar.headers["Location"] == f"/api/v1/pladstilbud/{vist['id']}"
    assert (vist["niveau"], vist["tillaeg"], vist["samlet"]["beloeb"]) == (2, {"nattevagt": "250.50"}, "2750.50")
    assert (vist["pladsId"], vist["fra"], vist["til"]) == (str(plads.pk), fabrik.om(7).isoformat(), None)
    om = Henvendelse.objects.for_systemet("test").get(pk=om.pk)
    assert (om.tilstand, om.kan_fra) == ("accepteret", fabrik.om(7)), "offering a place is a yes"
    taget = send(klienter.myndighed(), f"pladstilbud/{vist['id']}/beslutninger", {"udfald": "tag_imod"})
    assert (taget.status_code, taget.json()["tilstand"]) == (201, "taget")


def test_one_offer_of_a_place_is_open_at_a_time_and_every_fault_is_told() -> None:
    om, plads = spurgt()
    saelger, sti = klienter.driftsherre(), f"forespoergsler/{om.forespoergsel_id}/pladstilbud"
    forkert = send(saelger, sti, krop(om, plads, takst="0.00", tillaeg={"gulddrager": "1.00"}))
    assert forkert.status_code == 400
    assert {fejl["pointer"] for fejl in forkert.json()["errors"]} == {"/takst", "/tillaeg"}
    assert send(saelger, sti, krop(om, plads, til=fabrik.om(7).isoformat())).status_code == 400
    assert send(saelger, sti, krop(om, plads)).status_code == 201
    igen = send(saelger, sti, krop(om, plads))
    assert (igen.status_code, igen.json()["code"]) == (409, "pladstilbud_findes")
    assert Pladstilbud.objects.for_systemet("test").count() == 1


def test_only_the_operator_that_is_asked_offers_and_only_to_that_enquiry() -> None:
    om, plads = spurgt()
    andet, _ = spurgt()
    assert send(klienter.myndighed(), f"forespoergsler/{om.forespoergsel_id}/pladstilbud", krop(om, plads)).status_code == 403  # fmt: skip
    for hvem, forespoergsel in ((klienter.driftsherre("Herlev"), om), (klienter.driftsherre(), andet)):
        svar = send(hvem, f"forespoergsler/{forespoergsel.forespoergsel_id}/pladstilbud", krop(om, plads))
        assert svar.status_code == 404
    assert not Pladstilbud.objects.for_systemet("test").exists()


def test_enquiry_that_needs_more_can_be_declined_with_a_reason_over_rest_and_page() -> None:
    for sidste in ("rest", "side"):
        om, _ = spurgt()
        sti, saelger = f"forespoergsler/{om.forespoergsel_id}/svar", klienter.driftsherre()
        mere = {"henvendelseId": str(om.pk), "udfald": "bed_om_mere", "bemaerkning": "Hvilken støtte om natten?"}
        assert send(saelger, sti, mere).status_code == 201
        if sidste == "rest":
            uden = send(saelger, sti, {"henvendelseId": str(om.pk), "udfald": "afvis"})
            assert (uden.status_code, uden.json()["errors"][0]["pointer"]) == (400, "/grund")
            afvist = {"henvendelseId": str(om.pk), "udfald": "afvis", "grund": "kompetence"}
            assert send(saelger, sti, afvist).status_code == 201
        else:
            svar = leder().post(f"/forespoergsler/tilbud/{om.pk}/afvis", {"grund": "kompetence"}, follow=True)
            assert "afvist" in tekst(svar)
        assert Henvendelse.objects.for_systemet("test").get(pk=om.pk).tilstand == "afvist"
        assert "Tilbuddet har ikke de kompetencer" in tekst(klient().get(f"/forespoergsler/tilbud/{om.pk}"))


def test_stay_begins_over_rest_with_level_and_supplements() -> None:
    reservation = fabrik.bekraeftet_reservation()
    krop_ = {"dato": fabrik.om(7).isoformat(), **PRIS}
    svar = send(klienter.driftsherre(), f"reservationer/{reservation.pk}/ophold", krop_)
    assert (svar.status_code, svar.json()["pris"]["beloeb"]) == (201, "2750.50")
    sted = fabrik.plads_med_takst(selvhenvendelse=True, kode="SEL-110")
    selv = {
        "tilbudId": str(sted.afdeling.tilbud_id), "pladsId": str(sted.pk), "indgang": "selvhenvendelse",
        "handlekommune": fabrik.kommune("Rødovre").kommunekode, "hjemmel": "SEL-110", "sagsreference": "FH-7",
        "dato": fabrik.om(-1).isoformat(), **PRIS,
    }  # fmt: skip
    svar = send(klienter.driftsherre(), "ophold", selv)
    assert (svar.status_code, svar.json()["pris"]["beloeb"]) == (201, "2750.50")
    uden_takst = send(klienter.driftsherre(), "ophold", {**selv, "takst": None})
    assert uden_takst.status_code == 400, "supplements without a takst are no price"
