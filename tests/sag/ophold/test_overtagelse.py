"""What the one who takes a stay over is told: every deadline in its order with the way to what is to be done, and contacts by role."""

from typing import Any

import pytest
from django.urls import reverse
from freezegun import freeze_time

from faelles.tid import Periode
from kommuner.models import Rolle
from reservationer.sag.aftaler.queries import aftaler
from reservationer.sag.models import Ophold
from reservationer.sag.overgange import Grund, Udfald
from tests import fabrik
from tests.sag.aftaler.situationer import aftalt
from tests.sag.aftaler.test_slut import UDEN, slut
from tests.sag.ophold.test_forloeb import goer
from tests.sag.ophold.test_overflytning import overflyt
from tests.sag.test_sider import klient, leder, tekst

pytestmark = pytest.mark.django_db

IDAG = fabrik.om(0)


def side(ophold: Ophold, hvem: Any = None) -> Any:
    return (hvem or klient()).get(reverse("ophold:detalje", args=[ophold.pk]))


def frister(ophold: Ophold, hvem: Any = None) -> list[tuple[str, Any, str]]:
    return [(en.hvad, en.dag, en.url.rpartition("/")[2]) for en in side(ophold, hvem).context["frister"]]


def test_deadlines_stand_in_order_and_lead_to_what_the_actor_can_do() -> None:
    ophold = fabrik.ophold(periode=Periode(IDAG, fabrik.om(90)))
    assert ophold.akutfrist is not None
    frist = "Sidste lovlige dag uden socialtilsynets godkendelse"
    orienter, plads = ("Socialtilsynet skal orienteres", IDAG), ("Pladsen er aftalt til og med", fabrik.om(89))
    assert frister(ophold) == [(*orienter, "orienter_tilsyn"), (frist, ophold.akutfrist, ""), (*plads, "")]
    assert frister(ophold, leder()) == [(*orienter, ""), (frist, ophold.akutfrist, ""), (*plads, "flyt")]
    goer(fabrik.sagsbehandler(), ophold, Udfald.ORIENTER_TILSYN, dato=IDAG, dokument="Brev 1")
    goer(fabrik.tilbudsleder(), ophold, Udfald.FORESLAA_PRIS, dato=fabrik.om(5), takst="3000.00")
    goer(fabrik.sagsbehandler(), ophold, Udfald.MELD_FRAVAER, art="ferie", dato=fabrik.om(1), til=fabrik.om(2))
    assert frister(ophold) == [
        ("Fraværet slutter (ferie)", fabrik.om(2), ""),
        ("Prisforslaget gælder fra", fabrik.om(5), "accepter_pris"),
        (frist, ophold.akutfrist, "forlaeng_akut"),
        (*plads, ""),
    ]
    assert [url for _, _, url in frister(ophold, klient(Rolle.OEKONOMI))] == [""] * 4, "readers are led nowhere"


def test_notice_leads_the_operator_to_the_end_and_after_it_only_the_payment_is_left() -> None:
    ophold = fabrik.ophold(periode=Periode(IDAG))
    goer(fabrik.sagsbehandler(), ophold, Udfald.OPSIG, Grund.BEHOV_BORTFALDET, dato=IDAG)
    (opsagt,) = [en for en in frister(ophold, leder()) if en[0] == "Opsigelsens sidste dag"]
    assert opsagt[2] == "udskriv"
    ude = goer(fabrik.tilbudsleder(), ophold, Udfald.UDSKRIV, Grund.FRAFLYTTET, dato=IDAG)
    assert ("Der betales til og med", ude.betales_til, "") in frister(ophold)
    assert "Sidste lovlige dag" not in str(frister(ophold))


def test_move_to_another_offer_and_a_move_within_it_stand_with_their_days() -> None:
    ophold = fabrik.ophold(periode=Periode(IDAG))
    (her,) = ophold.pladser.for_systemet("test").select_related("optagelse__plads")
    ny = fabrik.ledig_plads(her.optagelse.plads.afdeling, betegnelse="Bolig 9")
    goer(fabrik.tilbudsleder(), ophold, Udfald.FLYT, plads=ny.pk, dato=fabrik.om(3))
    reservation = overflyt(ophold, fabrik.om(8))
    dage = {hvad: dag for hvad, dag, _ in frister(ophold)}
    assert dage["Flytter til Bolig 9"] == fabrik.om(3)
    assert dage[f"Flytter til {reservation.tilbud}"] == fabrik.om(8)
    assert f"Pladsen i {reservation.tilbud} holdes til" in dage
    assert str(reservation.tilbud) not in str(frister(ophold, leder())), "the old offer sees nothing of the new one"


def test_agreements_follow_up_and_end_lead_to_it() -> None:
    ophold = fabrik.ophold(periode=Periode(IDAG))
    aftale = aftalt(ophold, gaelder_fra=IDAG)
    (opfoelgning,) = [en for en in frister(ophold) if en[0] == "Første opfølgning"]
    assert (opfoelgning[1], opfoelgning[2]) == (aftale.opfoelgning, str(aftale.pk))
    assert aftale.opfoelgning is not None
    with freeze_time(fabrik.samme_tid((aftale.opfoelgning - IDAG).days + 1)):
        assert not [en for en in frister(ophold) if en[0] == "Første opfølgning"], "what has been is not due"


def om_aftalen(ophold: Ophold) -> tuple[set[tuple[str, Any, str]], list[str]]:
    """The deadlines that lead to an agreement, and what is said of the municipality's own department and mailbox."""
    siden = side(ophold)
    fundne = {(en.hvad, en.dag, en.url.rpartition("/")[2]) for en in siden.context["frister"] if "aftaler" in en.url}
    return fundne, list(siden.context["kontakter"][0].hvordan)


def test_agreement_under_notice_holds_until_its_last_day() -> None:
    ophold, koeber = fabrik.ophold(periode=Periode(IDAG)), fabrik.sagsbehandler()
    aftale = aftalt(ophold, gaelder_fra=IDAG, opfoelgning=fabrik.om(9), **UDEN)
    opsagt = slut(fabrik.tilbudsleder(), aftale, Udfald.OPSIG, Grund.KOMPETENCE, IDAG)
    sidste = ("Placeringsaftalen slutter", fabrik.om(14), str(aftale.pk))
    assert opsagt.ophoerer == sidste[1]
    hvem = [aftale.kommune_afdeling, aftale.kommune_adresse]
    assert om_aftalen(ophold) == ({("Første opfølgning", fabrik.om(9), str(aftale.pk)), sidste}, hvem)
    with freeze_time(fabrik.samme_tid(14)):
        assert om_aftalen(ophold) == ({sidste}, hvem)
    with freeze_time(fabrik.samme_tid(15)):
        assert om_aftalen(ophold) == (set(), [])
    slut(koeber, opsagt, Udfald.AFSLUT, Grund.ENIGE, fabrik.om(5))
    assert om_aftalen(ophold) == ({("Placeringsaftalen slutter", fabrik.om(5), str(aftale.pk))}, hvem), (
        "there is no follow-up after its last day"
    )


def test_version_of_a_later_day_says_nothing_before_it() -> None:
    ophold, koeber = fabrik.ophold(periode=Periode(IDAG)), fabrik.sagsbehandler()
    foerste = aftalt(ophold, gaelder_fra=IDAG, opfoelgning=fabrik.om(10))
    ny = aftalt(ophold, gaelder_fra=fabrik.om(20), opfoelgning=fabrik.om(50), kommune_afdeling="Unge", slut=fabrik.om(90), varighed="midlertidig")  # fmt: skip
    assert [et.tilstand for et in aftaler(koeber).order_by("nummer")] == ["afloest", "aftalt"]
    nye_frister = {("Første opfølgning", fabrik.om(50), str(ny.pk)), ("Placeringsaftalen slutter", fabrik.om(90), str(ny.pk))}  # fmt: skip
    foer, hvem = om_aftalen(ophold)
    assert foer == {
        ("Første opfølgning", fabrik.om(10), str(foerste.pk)),
        ("Placeringsaftalens version 2 gælder fra", fabrik.om(20), str(ny.pk)),
    }
    assert hvem == [foerste.kommune_afdeling, foerste.kommune_adresse]
    with freeze_time(fabrik.samme_tid(20)):
        assert om_aftalen(ophold) == (nye_frister, ["Unge", ny.kommune_adresse])


def test_contacts_are_roles_and_functions_and_never_persons() -> None:
    ophold = fabrik.ophold(periode=Periode(IDAG))
    aftale = aftalt(ophold, gaelder_fra=IDAG)
    fundne = {en.rolle: (en.hvem, list(en.hvordan)) for en in side(ophold).context["kontakter"]}
    assert list(fundne) == ["Handlekommune", "Betalingskommune", "Driftsherre", "Tilbud"]
    assert fundne["Handlekommune"] == ("Rødovre Kommune", [aftale.kommune_afdeling, aftale.kommune_adresse])
    assert fundne["Betalingskommune"] == fundne["Handlekommune"]
    assert aftale.kommune_afdeling in tekst(side(ophold, leder()))
    fabrik.skift_kommune(ophold, handle="Herlev", betaler="Herlev", fra=IDAG)
    herlev = klient(organisation=fabrik.kommune("Herlev").organisation)
    assert aftale.kommune_afdeling not in tekst(side(ophold, herlev)), "the department of another municipality"
