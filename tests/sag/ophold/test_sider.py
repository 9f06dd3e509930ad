"""Stays in the browser's language: begin, follow, decide, end. Requests through the whole stack."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from faelles.tid import Periode, nu
from kommuner.models import Laesning, Rolle
from reservationer.sag.models import Ophold
from takster.models import Takst
from tests import fabrik
from tests.api import klienter
from tests.sag.test_sider import klient, leder, tekst

pytestmark = pytest.mark.django_db


def dato(navn: str, dag: date) -> dict[str, int]:
    """A date as the three fields send it."""
    return {f"{navn}_dag": dag.day, f"{navn}_maaned": dag.month, f"{navn}_aar": dag.year}


def url(ophold: Ophold, skridt: str = "") -> str:
    """The stay's page, or that of a step."""
    return reverse("ophold:beslut", args=[ophold.pk, skridt]) if skridt else reverse("ophold:detalje", args=[ophold.pk])


def test_operator_begins_the_stay_of_a_confirmed_reservation() -> None:
    reservation = fabrik.bekraeftet_reservation()
    gladsaxe, side = leder(), reverse("sag:beslut", args=[reservation.pk, "indskriv"])
    assert side in gladsaxe.get(reverse("sag:detalje", args=[reservation.pk])).content.decode()
    assert set(gladsaxe.post(side, {}).context["form"].errors) == {"dato"}
    svar = gladsaxe.post(side, dato("dato", fabrik.om(7)), follow=True)
    assert "Reservationen er nu indskrevet." in tekst(svar)
    assert "2.687,00" in tekst(svar)
    assert "Se opholdet" in tekst(klient().get(reverse("sag:detalje", args=[reservation.pk])))


def test_whole_story_stands_on_one_page_for_the_one_who_takes_over() -> None:
    ophold = fabrik.ophold(periode=Periode(fabrik.om(0)), reference="RK-77")
    gladsaxe, roedovre = leder(), klient()
    gladsaxe.post(url(ophold, "foreslaa_pris"), {**dato("dato", fabrik.om(5)), "takst": "3.000,00", "tillaeg_nattevagt": "250"})  # fmt: skip
    side = tekst(roedovre.get(url(ophold)))
    for ventet in ("RK-77", "Foreslået pris", "3.250,00", "Godkend ny pris", "§ 107", "Sidste lovlige dag uden", "Socialtilsynet skal orienteres"):  # fmt: skip
        assert ventet in side
    assert "Ny pris godkendt." in tekst(roedovre.post(url(ophold, "accepter_pris"), {}, follow=True))
    roedovre.post(url(ophold, "opsig"), {**dato("dato", fabrik.om(0)), "grund": "behov_bortfaldet"})
    side = tekst(gladsaxe.get(url(ophold)))
    assert "varsel løbende måned + 1 måned" in side
    assert "Opsigelsens sidste dag" in side
    assert "Fortryd opsigelsen" not in side, "it is not theirs to take back"
    svar = gladsaxe.post(url(ophold, "udskriv"), {**dato("dato", fabrik.om(0)), "grund": "fraflyttet"}, follow=True)
    assert "Udskrevet" in tekst(svar)
    assert "der betales til og med" in tekst(svar)


def test_page_shows_every_fault_at_its_field() -> None:
    ophold, gladsaxe = fabrik.ophold(periode=Periode(fabrik.om(0))), leder()
    svar = gladsaxe.post(url(ophold, "meld_fravaer"), {"art": "ferie"})
    assert (svar.status_code, set(svar.context["form"].errors)) == (400, {"dato", "til"})
    svar = gladsaxe.post(url(ophold, "flyt"), {})
    assert set(svar.context["form"].errors) == {"plads", "dato"}
    svar = klient().post(url(ophold, "skift_kommune"), {**dato("dato", fabrik.om(1)), "dokument": "010203-1234"})
    assert set(svar.context["form"].errors) == {"grund", "handlekommune", "betalingskommune", "dokument"}


def test_payer_who_is_not_handlekommune_sees_the_stay_and_no_buttons() -> None:
    ophold = fabrik.ophold(periode=Periode(fabrik.om(0)))
    fabrik.skift_kommune(ophold, handle="Rødovre", betaler="Herlev", fra=fabrik.om(0))
    herlev = klient(organisation=fabrik.kommune("Herlev").organisation)
    side = herlev.get(url(ophold))
    assert "betales af Herlev Kommune" in tekst(side)
    assert url(ophold, "opsig") not in side.content.decode()
    svar = herlev.post(url(ophold, "opsig"), {**dato("dato", fabrik.om(0)), "grund": "behov_bortfaldet"}, follow=True)
    assert "Kun opholdets handlekommune kan gøre det." in tekst(svar)
    oekonomi = klient(Rolle.OEKONOMI).get(url(ophold))
    assert (oekonomi.status_code, url(ophold, "opsig") in oekonomi.content.decode()) == (200, False)


def test_agreed_price_is_dated_and_never_shown_as_the_takst_that_stands_beside_it() -> None:
    ophold = fabrik.ophold(fabrik.plads_med_takst(), periode=Periode(fabrik.om(0)))
    aftalt = {**dato("dato", fabrik.om(0)), "takst": "3.000,00", "tillaeg_nattevagt": "250"}
    leder().post(url(ophold, "foreslaa_pris"), aftalt)
    klient().post(url(ophold, "accepter_pris"))
    side = " ".join(tekst(klient().get(url(ophold))).split())
    assert "Aftalt pris" in side
    assert "3.250,00 kr./døgn" in side
    assert "Hovedtakst 3.000,00" in side
    assert "Vejledende takst den første dag: 2.687,00 kr./døgn" in side
    (en,) = klienter.myndighed().get("/api/v1/ophold").json()["resultater"]
    assert (en["pris"]["beloeb"], en["prisFra"], en["prisTil"]) == ("3250.00", fabrik.om(0).isoformat(), None)
    assert en["vejledendeTakst"]["beloeb"] == "2687.00"


def test_agreed_price_where_nothing_is_published_says_so() -> None:
    ophold = fabrik.ophold(fabrik.plads_med_takst(), periode=Periode(fabrik.om(0)))
    Takst.objects.update(ophoert=nu())
    assert "Vejledende takst den første dag: ingen offentliggjort" in " ".join(tekst(klient().get(url(ophold))).split())
    assert klienter.myndighed().get(f"/api/v1/ophold/{ophold.pk}").json()["vejledendeTakst"] is None


def test_self_referral_is_written_on_its_own_page() -> None:
    plads = fabrik.plads_med_takst(selvhenvendelse=True, kode="SEL-110")
    gladsaxe, side = leder(), f"{reverse('ophold:ny')}?tilbud={plads.afdeling.tilbud_id}"
    assert set(gladsaxe.post(side, {}).context["form"].errors) == {"indgang", "fra", "hjemmel", "handlekommune", "sagsreference"}  # fmt: skip
    data: dict[str, Any] = {
        "indgang": "selvhenvendelse",
        "plads": str(plads.pk),
        "hjemmel": "SEL-110",
        "sagsreference": "FH-1",
    }
    data |= {"handlekommune": fabrik.kommune("Rødovre").kommunekode, **dato("fra", fabrik.om(0))}
    assert "Opholdet er begyndt." in tekst(gladsaxe.post(side, data, follow=True))
    assert "FH-1" in tekst(klient().get(reverse("ophold:liste")))


def test_stays_without_approval_are_listed_with_their_clock() -> None:
    ophold = fabrik.ophold(periode=Periode(fabrik.om(0)), reference="RK-88")
    Ophold.objects.for_systemet("test").filter(pk=ophold.pk).update(akutfrist=fabrik.om(-1))
    side = tekst(klient().get(reverse("ophold:akutte")))
    assert "RK-88" in side
    assert "Overskredet" in side
    assert "Ingen ophold uden godkendelse" in tekst(klient(organisation=fabrik.kommune("Herlev").organisation).get(reverse("ophold:akutte")))  # fmt: skip


def test_offered_place_is_given_and_taken_on_pages() -> None:
    plads = fabrik.plads_med_takst(betegnelse="Bolig 7")
    henvendelse = fabrik.henvendelse(plads.afdeling.tilbud)
    gladsaxe, roedovre = leder(), klient()
    giv, side = (
        reverse(f"forespoergsler:{navn}", args=[henvendelse.pk]) for navn in ("giv_pladstilbud", "henvendelse")
    )
    assert set(gladsaxe.post(giv, {}).context["form"].errors) == {"sted", "fra", "takst"}
    data = {
        "sted": f"{plads.afdeling_id}/{plads.pk}",
        "takst": "2.500,00",
        "tillaeg_andet": "100",
        **dato("fra", fabrik.om(7)),
    }
    assert "Pladsen er tilbudt." in tekst(gladsaxe.post(giv, data, follow=True))
    assert "2.600,00" in tekst(roedovre.get(side))
    (tilbudt,) = henvendelse.pladstilbud.for_systemet("test")
    svar = roedovre.post(reverse("forespoergsler:pladstilbud", args=[tilbudt.pk, "tag_imod"]), {}, follow=True)
    assert "Tilbuddet om plads: taget imod." in tekst(svar)
    assert "Bolig 7" in tekst(roedovre.get(reverse("sag:liste")))


def test_reading_is_logged_for_every_party() -> None:
    ophold = fabrik.ophold()
    leder().get(url(ophold))
    (laesning,) = Laesning.objects.for_systemet("test").filter(entitet="ophold")
    assert set(laesning.vedroerer) == {ophold.driftsherre_id, *ophold.parter}


def test_list_sends_a_constant_number_of_statements(django_assert_max_num_queries: Any) -> None:
    def kald(hvem: Client) -> int:
        with django_assert_max_num_queries(40) as maalt:
            hvem.get(reverse("ophold:liste"))
        return len(maalt)

    af, gladsaxe = fabrik.sagsbehandler(), leder()
    plads = fabrik.plads_med_takst()
    fabrik.ophold(plads, af=af)
    foer = kald(gladsaxe)
    for nummer in range(12):
        fabrik.ophold(fabrik.ledig_plads(plads.afdeling), af=af, reference=f"RK-{nummer}")
    assert kald(gladsaxe) == foer


@pytest.mark.parametrize("skridt", ["opsig", "meld_fravaer"])
def test_step_a_term_decides_names_it_and_one_no_term_decides_names_none(skridt: str) -> None:
    ophold = fabrik.ophold()
    side = klient().get(url(ophold, skridt)).content.decode()
    assert "Efter Ophold og opsigelse" in side
    assert "sæt 1</a> i Testaftale" in side
    assert "Efter Ophold" not in klient().get(url(ophold, "flyt")).content.decode()


def test_reference_to_the_letter_to_socialtilsynet_is_on_the_page_and_in_the_api() -> None:
    ophold = fabrik.ophold(periode=Periode(fabrik.om(0)))
    hos = klienter.myndighed()
    beslutninger = f"/api/v1/ophold/{ophold.pk}/beslutninger"
    krop = {"udfald": "orienter_tilsyn", "dato": fabrik.om(0).isoformat(), "dokument": "Brev 3"}
    svar = hos.post(beslutninger, krop, content_type="application/json", headers={"idempotency-key": "brev-3-til-tilsynet"})  # fmt: skip
    assert svar.status_code == 201, svar.content
    (skridt,) = hos.get(beslutninger).json()["resultater"]
    assert (skridt["udfald"], skridt["dokument"]) == ("orienter_tilsyn", "Brev 3")
    assert "Dokument: Brev 3" in tekst(klient().get(f"/ophold/{ophold.pk}"))
