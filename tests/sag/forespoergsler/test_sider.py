"""The enquiry in the browser's language: chosen in the search, sent, answered, written about. Requests through the whole stack."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time

from faelles.tid import Periode
from kommuner.models import Laesning, Rolle
from reservationer.sag.forespoergsler.actions import skriv_besked
from reservationer.sag.models import Forespoergsel, Henvendelse
from tests import fabrik
from tests.sag.test_sider import klient, leder, tekst

pytestmark = pytest.mark.django_db

FRA, SIDSTE = fabrik.om(10), fabrik.om(39)


def test_offers_chosen_in_the_search_are_asked_with_the_need_that_was_searched_for() -> None:
    hus, andet = fabrik.tilbud("Solbakken"), fabrik.tilbud("Åhuset", i="Herlev")
    afdelinger = {str(fabrik.ledig_plads(fabrik.afdeling(et)).afdeling_id) for et in (hus, andet)}
    gruppe = fabrik.maalgruppe()
    soegning = {"fra": FRA.isoformat(), "til": SIDSTE.isoformat(), "hjemmel": "SEL-107", "maalgruppe": str(gruppe.pk)}
    soegning |= {"alder": "34", "adfaerd": "bortgang"}
    roedovre = klient()
    side = roedovre.get(reverse("soegning:soeg"), soegning).content.decode()
    valgte = re.findall(r'name="afdeling" value="([^"]+)"', side)
    assert set(valgte) == afdelinger
    formular = side[side.index('<form method="get" action="/soeg/sammenlign') :].partition("</form>")[0]
    skjulte = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)">', formular))
    tjek = roedovre.get(reverse("forespoergsler:ny"), {**skjulte, "afdeling": valgte})
    form, valg = tjek.context["form"], tjek.context["form"]["tilbud"].value()
    assert set(valg) == {str(hus.pk), str(andet.pk)}
    assert QueryDict(tjek.context["soegning"].partition("?")[2]).dict() == soegning
    assert (form["aldersgruppe"].value(), form["hjemmel"].value()) == ("25-39", "SEL-107")
    data = {**soegning, "aldersgruppe": "25-39", "tilbud": valg, "sagsreference": "RK-7"}
    svar = roedovre.post(reverse("forespoergsler:ny"), data, follow=True)
    assert "Forespørgslen er sendt." in tekst(svar)
    assert "til 2 tilbud" in tekst(svar)
    (sendt,) = Forespoergsel.objects.for_systemet("test")
    assert (sendt.fra, sendt.til, sendt.maalgruppe_id) == (FRA, SIDSTE + timedelta(days=1), gruppe.pk)
    assert (sendt.adfaerd, sendt.aldersgruppe) == (["bortgang"], "25-39")


def test_ny_shows_every_fault_at_its_field_and_sends_nothing() -> None:
    hus = fabrik.tilbud()
    data = {"fra": FRA.isoformat(), "til": fabrik.om(1).isoformat(), "tilbud": str(hus.pk), "sagsreference": "010203-1234"}  # fmt: skip
    svar = klient().post(reverse("forespoergsler:ny"), data)
    assert svar.status_code == 400
    assert set(svar.context["form"].errors) == {"til", "hjemmel", "sagsreference"}
    assert klient().post(reverse("forespoergsler:ny"), {}).context["form"].errors["tilbud"]
    assert Forespoergsel.objects.for_systemet("test").count() == 0


@pytest.mark.parametrize("ukendt", ["noget", "00000000-0000-0000-0000-000000000000"])
@pytest.mark.parametrize("navn", ["tilbud", "afdeling"])
def test_ny_unknown_offer_or_department_is_not_found_and_none_at_all_says_how(navn: str, ukendt: str) -> None:
    assert klient().get(reverse("forespoergsler:ny"), {navn: ukendt}).status_code == 404
    assert "Der er ikke valgt noget tilbud" in tekst(klient().get(reverse("forespoergsler:ny")))


def test_the_offer_answers_and_the_buyer_sees_it_but_never_the_municipalitys_own_reference() -> None:
    henvendelse = fabrik.henvendelse(fabrik.tilbud("Solbakken"), reference="EGEN-SAG-17", bemaerkning="Haster")
    roedovre, gladsaxe = klient(), leder()
    url = reverse("forespoergsler:henvendelse", args=[henvendelse.pk])
    sider = [url, reverse("forespoergsler:liste"), reverse("start"), reverse("forespoergsler:detalje", args=[henvendelse.forespoergsel_id])]  # fmt: skip
    for side in sider:
        assert "EGEN-SAG-17" not in tekst(gladsaxe.get(side)), side
        assert str(henvendelse.forespoergsel.reference) in tekst(gladsaxe.get(side))
    assert "Haster" in tekst(gladsaxe.get(url))
    assert f"til og med {fabrik.om(96):%d.%m.%Y}" in tekst(gladsaxe.get(url))
    afvis = reverse("forespoergsler:beslut", args=[henvendelse.pk, "afvis"])
    assert afvis in gladsaxe.get(url).content.decode()
    uden = gladsaxe.post(afvis, {})
    assert (uden.status_code, set(uden.context["form"].errors)) == (400, {"grund"})
    assert "Forespørgslen er nu: afvist." in tekst(gladsaxe.post(afvis, {"grund": "kompetence"}, follow=True))
    assert "Tilbuddet har ikke de kompetencer" in tekst(roedovre.get(url))
    assert "EGEN-SAG-17" in tekst(roedovre.get(reverse("forespoergsler:liste")))


def test_accept_needs_the_date_and_then_says_it() -> None:
    henvendelse, gladsaxe = fabrik.henvendelse(), leder()
    url = reverse("forespoergsler:beslut", args=[henvendelse.pk, "accepter"])
    assert set(gladsaxe.post(url, {}).context["form"].errors) == {"kan_fra"}
    dag = fabrik.om(12)
    felter = {"kan_fra_dag": dag.day, "kan_fra_maaned": dag.month, "kan_fra_aar": dag.year}
    assert "Kan tage imod fra" in tekst(gladsaxe.post(url, felter, follow=True))


def test_messages_with_read_marks_and_the_guard() -> None:
    henvendelse, roedovre, gladsaxe = fabrik.henvendelse(), klient(), leder()
    url, skriv = (reverse(f"forespoergsler:{navn}", args=[henvendelse.pk]) for navn in ("henvendelse", "besked"))
    svar = roedovre.post(skriv, {"tekst": "Borger 010203-1234"})
    assert svar.status_code == 400
    assert "CPR-nummer" in tekst(svar)
    assert "Ikke læst endnu" in tekst(roedovre.post(skriv, {"tekst": "Kan I svare i dag?"}, follow=True))
    assert "1 ulæst besked" in tekst(gladsaxe.get(reverse("forespoergsler:liste")))
    assert "Kan I svare i dag?" in tekst(gladsaxe.get(url))
    assert "Ikke læst endnu" not in tekst(roedovre.get(url))
    assert "ulæst" not in tekst(gladsaxe.get(reverse("forespoergsler:liste")))


def test_step_that_is_not_possible_leads_back_with_the_possible_ones() -> None:
    henvendelse = fabrik.henvendelse()
    svar = klient().get(reverse("forespoergsler:beslut", args=[henvendelse.pk, "accepter"]), follow=True)
    assert "Du kan påminde om eller eskalere eller tilbagekalde den." in tekst(svar)
    assert klient().get(reverse("forespoergsler:beslut", args=[henvendelse.pk, "bekraeft"])).status_code == 404


def test_reader_sees_no_buttons_and_no_message_form() -> None:
    henvendelse = fabrik.henvendelse()
    oekonomi = klient(Rolle.OEKONOMI)
    side = oekonomi.get(reverse("forespoergsler:henvendelse", args=[henvendelse.pk])).content.decode()
    assert "/traek" not in side
    assert "Send besked" not in side
    assert Henvendelse.objects.for_systemet("test").get().foerst_set is None


def test_overdue_enquiry_stands_on_both_start_pages_and_can_be_escalated() -> None:
    henvendelse = fabrik.henvendelse(fabrik.tilbud("Solbakken"), periode=Periode(fabrik.om(60)))
    with freeze_time(fabrik.samme_tid(12)):
        assert "Spurgt for 12 dage siden" in tekst(leder().get(reverse("start")))
        assert "Fristen er gået" in tekst(leder().get(reverse("start")))
        roedovre = klient()
        assert "Forespørgsler uden svar i tide" in tekst(roedovre.get(reverse("start")))
        assert "/eskaler" in roedovre.get(reverse("forespoergsler:henvendelse", args=[henvendelse.pk])).content.decode()
        url = reverse("forespoergsler:beslut", args=[henvendelse.pk, "eskaler"])
        assert "Sendt videre til driftsherren" in tekst(roedovre.post(url, {}, follow=True))


def test_reading_is_logged_for_both_parties() -> None:
    henvendelse = fabrik.henvendelse()
    leder().get(reverse("forespoergsler:henvendelse", args=[henvendelse.pk]))
    (laesning,) = Laesning.objects.for_systemet("test")
    assert (laesning.entitet, laesning.entitet_id) == ("henvendelse", henvendelse.pk)
    assert henvendelse.handlekommune_id in laesning.vedroerer


def test_lists_send_a_constant_number_of_statements(django_assert_max_num_queries: Any) -> None:
    def kald(hvem: Client, url: str) -> int:
        with django_assert_max_num_queries(45) as maalt:
            hvem.get(url)
        return len(maalt)

    henvendelse, af = fabrik.henvendelse(), fabrik.sagsbehandler()
    roedovre, gladsaxe = klient(), leder()
    alle = [(hvem, reverse(navn)) for hvem in (roedovre, gladsaxe) for navn in ("forespoergsler:liste", "start")]
    foer = [kald(*et) for et in alle]
    for nummer in range(20):
        ny = fabrik.henvendelse(henvendelse.tilbud, af=af, reference=f"RK-{nummer}")
        skriv_besked(aktoer=af, henvendelse_id=ny.pk, tekst="Hej")
    assert [kald(*et) for et in alle] == foer
