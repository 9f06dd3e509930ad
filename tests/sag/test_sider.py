"""The story in the browser's language: search, reserve, see, decide. Requests through the whole stack."""

import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time

from faelles.templatetags.dansk import tidspunkt
from faelles.tid import Periode, nu
from kommuner.models import Kkr, KkrMedlemskab, Laesning, Organisation, Rolle
from reservationer.sag.actions import beslut
from reservationer.sag.models import Reservation
from reservationer.sag.overgange import Grund, Tilstand, Udfald
from tests import fabrik
from tilbud.belaegning.models import Optagelse
from tilbud.models import Plads
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db

FRA, SIDSTE = fabrik.om(10), fabrik.om(39)
SOEGNING = {"fra": FRA.isoformat(), "til": SIDSTE.isoformat(), "hjemmel": "SEL-107"}


def klient(rolle: Rolle = Rolle.SAGSBEHANDLER, organisation: Organisation | None = None) -> Client:
    """A browser in which a person with the role has logged in."""
    ny = Client()
    ny.force_login(fabrik.bruger(rolle, organisation or fabrik.hjemsted(rolle)))
    return ny


def leder() -> Client:
    """The leader of Gladsaxe's offers."""
    return klient(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)


def tekst(svar: Any) -> str:
    """What stands on the page, tags and runs of white space removed."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", svar.content.decode()))


@pytest.fixture
def plads() -> Plads:
    """A confirmed free place in Gladsaxe with a takst."""
    afdeling = fabrik.afdeling(fabrik.tilbud("Solbakken"))
    fabrik.bekraeftet(afdeling)
    fabrik.takst(afdeling, "2687.50")
    return fabrik.ledig_plads(afdeling, betegnelse="Bolig 1")


def test_case_worker_finds_reserves_and_sees_the_hold(plads: Plads) -> None:
    rodovre = klient()
    fundet = rodovre.get(reverse("soegning:soeg"), SOEGNING)
    assert "1 afdeling med ledig plads" in tekst(fundet)
    assert "2.687,50" in tekst(fundet)
    (link,) = re.findall(r'href="(/reservationer/ny\?[^"]+)"', fundet.content.decode())
    link = link.replace("&amp;", "&")
    tjek = rodovre.get(link)
    assert "Reservationen holder til" in tekst(tjek)
    assert "Efter Reservation, sæt 1 i Testaftale" in tekst(tjek)
    data = {navn: vaerdier[0] for navn, vaerdier in parse_qs(urlsplit(link).query).items()}
    svar = rodovre.post(reverse("sag:ny"), data | {"sagsreference": "RK-7"}, follow=True)
    (sag,) = Reservation.objects.for_systemet("test")
    assert svar.redirect_chain == [(reverse("sag:kvittering", args=[sag.pk]), 302)]
    for ventet in ("Pladsen er reserveret", "RK-7", "Bolig 1", "Gladsaxe Kommune svarer", "13 dage og 23 timer tilbage", "2.687,50 kr./døgn", "Efter Reservation, sæt 1 i Testaftale", "Hvad sker der nu?"):  # fmt: skip
        assert ventet in tekst(svar), ventet
    (optagelse,) = Optagelse.objects.filter(plads=plads)
    assert Periode.af_range(optagelse.periode) == Periode(FRA, SIDSTE + timedelta(days=1))
    assert "RK-7" in tekst(rodovre.get(reverse("start")))
    assert "RK-7" in tekst(rodovre.get(reverse("sag:liste")))
    assert "Ingen ledige pladser passer" in tekst(rodovre.get(reverse("soegning:soeg"), SOEGNING))


def test_receipt_is_the_buyers_while_an_answer_is_awaited_and_says_how_often_the_hold_can_be_extended(
    plads: Plads,
) -> None:
    sag = fabrik.reservation(plads)
    side = reverse("sag:kvittering", args=[sag.pk])
    assert "I kan forlænge reservationen" in tekst(klient().get(side))
    assert leder().get(side).status_code == 403
    assert klient(organisation=fabrik.kommune("Herlev").organisation).get(side).status_code == 404
    anden = fabrik.reservation(fabrik.ledig_plads(plads.afdeling))
    beslut(aktoer=fabrik.sagsbehandler(), reservation_id=anden.pk, udfald=Udfald.FORLAENG)
    beslut(aktoer=fabrik.tilbudsleder(), reservation_id=sag.pk, udfald=Udfald.BEKRAEFT)
    for besluttet in (sag, anden):
        svar = klient().get(reverse("sag:kvittering", args=[besluttet.pk]))
        assert svar.headers["Location"] == reverse("sag:detalje", args=[besluttet.pk])


@pytest.mark.parametrize(
    ("vilkaar", "sagt"),
    [({"andre": {Noegle.RESERVATION_FORLAENGELSER: "0"}}, True), ({"uden": Noegle.RESERVATION_FORLAENGELSER}, False)],
)
def test_receipt_says_that_a_hold_cannot_be_extended_and_nothing_where_the_terms_say_nothing(
    vilkaar: dict[str, Any], sagt: bool
) -> None:
    fabrik.vilkaar(Kkr.objects.create(navn="KKR Andet", slug="kkr-andet"), **vilkaar)
    fabrik.kommune("Ishøj", i="KKR Andet")
    sag = fabrik.reservation(fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Ishøj"))))
    svar = klient().get(reverse("sag:kvittering", args=[sag.pk]))
    assert (svar.status_code, "Reservationen kan ikke forlænges" in tekst(svar)) == (200, sagt)
    assert "I kan forlænge" not in tekst(svar)


def test_steps_lead_back_to_what_is_done_and_the_receipt_stands_outside_them(plads: Plads) -> None:
    link = f"{reverse('sag:ny')}?{urlencode({'plads': str(plads.pk), 'tilbage': urlencode(SOEGNING)})}"
    side = klient().get(link).content.decode()
    (trin,) = re.findall(r'<nav class="trin".*?</nav>', side, re.DOTALL)
    soegning = f"{reverse('soegning:soeg')}?{urlencode(SOEGNING)}".replace("&", "&amp;")
    assert re.findall(r'href="([^"]+)"', trin) == [soegning, f"{soegning}#resultat-titel"]
    assert re.findall(r'aria-current="step">.*?</span>(\w+)', trin) == ["Tjek"]
    assert 'class="trin"' not in klient().get(reverse("sag:kvittering", args=[fabrik.reservation(plads).pk])).content.decode()  # fmt: skip


def test_ny_shows_every_fault_at_its_field_and_keeps_what_was_typed(plads: Plads) -> None:
    data = {"plads": plads.pk, "fra": FRA.isoformat(), "til": fabrik.om(1).isoformat(), "sagsreference": "010203-1234"}
    svar = klient().post(reverse("sag:ny"), data)
    assert svar.status_code == 400
    assert set(svar.context["form"].errors) == {"til", "hjemmel", "sagsreference"}
    assert not Optagelse.objects.exists()


def test_ny_conflict_tells_why_and_leads_back_to_the_same_search(plads: Plads) -> None:
    fabrik.optag(plads, Periode(fabrik.om(12), fabrik.om(14)))
    data = SOEGNING | {"plads": plads.pk, "sagsreference": "RK-7", "tilbage": "fra=2026-12-24&kommuner=0159"}
    svar = klient().post(reverse("sag:ny"), data)
    assert svar.status_code == 409
    assert "Pladsen er netop blevet optaget" in tekst(svar)
    assert f'href="{reverse("soegning:soeg")}?fra=2026-12-24&amp;kommuner=0159"' in svar.content.decode()


def test_ny_sent_twice_leads_to_the_same_reservation_and_a_colleagues_other_case_does_not(plads: Plads) -> None:
    rodovre, data = klient(), SOEGNING | {"plads": str(plads.pk), "sagsreference": "RK-7"}
    foerste, anden = (rodovre.post(reverse("sag:ny"), data) for _ in range(2))
    assert (anden.status_code, anden["Location"]) == (302, foerste["Location"])
    assert Optagelse.objects.count() == 1
    assert rodovre.post(reverse("sag:ny"), data | {"sagsreference": "RK-8"}).status_code == 409
    assert klient(organisation=fabrik.kommune("Herlev").organisation).post(reverse("sag:ny"), data).status_code == 409


def test_ny_without_the_term_for_holds_is_a_page_that_names_it(plads: Plads) -> None:
    uden = Kkr.objects.create(navn="KKR Uden", slug="kkr-uden")
    fabrik.vilkaar(uden, uden=Noegle.RESERVATION_VARIGHED)
    KkrMedlemskab.objects.filter(kommune__kortnavn="Gladsaxe").update(kkr=uden)
    svar = klient().get(reverse("sag:ny"), {"plads": str(plads.pk)})
    assert svar.status_code == 409
    assert "reservation_varighed, klausulen Reservation" in tekst(svar)
    assert "Der er ikke gemt noget." in tekst(svar)


@pytest.mark.parametrize("ukendt", ["", "noget", "00000000-0000-0000-0000-000000000000"])
def test_ny_unknown_place_is_not_found(ukendt: str) -> None:
    assert klient().get(reverse("sag:ny"), {"plads": ukendt}).status_code == 404


def test_operator_sees_the_hold_on_the_start_page_and_confirms_it(plads: Plads) -> None:
    reservation = fabrik.reservation(plads)
    gladsaxe = leder()
    assert "Solbakken, Hovedhuset, Bolig 1" in tekst(gladsaxe.get(reverse("start")))
    side = gladsaxe.get(reverse("sag:detalje", args=[reservation.pk]))
    assert "Rødovre Kommune" in tekst(side)
    url = reverse("sag:beslut", args=[reservation.pk, "bekraeft"])
    assert url in side.content.decode()
    assert reverse("sag:beslut", args=[reservation.pk, "annuller"]) not in side.content.decode()
    assert "kan ikke fortrydes" in tekst(gladsaxe.get(url))
    svar = gladsaxe.post(url, {}, follow=True)
    assert "Reservationen er nu bekræftet." in tekst(svar)
    assert "Reserveret" in tekst(gladsaxe.get(reverse("tilbud:detalje", args=[reservation.tilbud_id])))
    assert "Ingen reservationer venter på svar" in tekst(gladsaxe.get(reverse("start")))


def test_operator_cannot_decline_without_a_reason_and_then_does(plads: Plads) -> None:
    reservation = fabrik.reservation(plads)
    gladsaxe, url = leder(), reverse("sag:beslut", args=[reservation.pk, "afvis"])
    uden = gladsaxe.post(url, {})
    assert (uden.status_code, set(uden.context["form"].errors)) == (400, {"grund"})
    andet = gladsaxe.post(url, {"grund": "andet"})
    assert (andet.status_code, set(andet.context["form"].errors)) == (400, {"bemaerkning"})
    svar = gladsaxe.post(url, {"grund": "plads_ikke_klar"}, follow=True)
    assert "Pladsen er ikke klar i perioden" in tekst(svar)
    assert not Optagelse.objects.filter(aktiv=True).exists()


def test_authority_cancels_with_a_reason(plads: Plads) -> None:
    reservation = fabrik.reservation(plads)
    rodovre = klient()
    url = reverse("sag:beslut", args=[reservation.pk, "annuller"])
    svar = rodovre.post(url, {"grund": "behov_bortfaldet"}, follow=True)
    assert "Annulleret" in tekst(svar)
    igen = rodovre.post(url, {"grund": "behov_bortfaldet"}, follow=True)
    assert "kan ikke annullérs" not in tekst(igen) or "Reservationen er »annulleret«" in tekst(igen)
    assert igen.redirect_chain


def test_third_municipality_sees_the_place_taken_but_never_by_whom(plads: Plads) -> None:
    reservation = fabrik.reservation(plads, reference="HEMMELIG-1")
    tredje = klient(organisation=fabrik.kommune("Herlev").organisation)
    side = tredje.get(reverse("tilbud:detalje", args=[reservation.tilbud_id]))
    assert "Reserveret" in tekst(side)
    for adresse in ("tilbud:liste", "sag:liste", "start"):
        assert "HEMMELIG-1" not in tekst(tredje.get(reverse(adresse)))
    assert "Rødovre" not in tekst(side)
    for navn, argumenter in (("detalje", []), ("beslut", ["annuller"])):
        url = reverse(f"sag:{navn}", args=[reservation.pk, *argumenter])
        assert tredje.get(url).status_code == 404
        assert tredje.post(url, {"grund": "andet"}).status_code in {404, 405}
    assert Laesning.objects.for_systemet("test").count() == 0


def test_detalje_logs_who_read_the_case(plads: Plads) -> None:
    reservation = fabrik.reservation(plads)
    leder().get(reverse("sag:detalje", args=[reservation.pk]))
    (laesning,) = Laesning.objects.for_systemet("test")
    assert (laesning.entitet, laesning.entitet_id) == ("reservation", reservation.pk)
    assert laesning.organisation == fabrik.kommune("Gladsaxe").organisation


def test_expired_hold_is_shown_expired_before_it_is_tidied_up(plads: Plads) -> None:
    reservation = fabrik.reservation(plads)
    with freeze_time(nu() + timedelta(days=14, minutes=1)):
        gladsaxe = leder()
        side = gladsaxe.get(reverse("sag:detalje", args=[reservation.pk]))
        assert "Udløbet uden svar" in tekst(side)
        assert "/bekraeft" not in side.content.decode()
        assert "Ingen reservationer venter på svar" in tekst(gladsaxe.get(reverse("start")))
        svar = gladsaxe.get(reverse("sag:beslut", args=[reservation.pk, "bekraeft"]), follow=True)
        assert "Reservationen er »udløbet«" in tekst(svar)


def test_start_warns_of_holds_that_run_out_within_three_days(plads: Plads) -> None:
    fabrik.reservation(plads)
    for dage, varsles in ((10, False), (12, True)):
        with freeze_time(fabrik.samme_tid(dage)):
            assert ("Udløber snart" in tekst(klient().get(reverse("start")))) is varsles


def test_start_says_when_a_hold_among_the_latest_runs_out(plads: Plads) -> None:
    udloeber = fabrik.reservation(plads).optagelse.udloeber
    assert udloeber is not None
    ventet = f"Udløber {tidspunkt(udloeber)}".replace("\xa0", " ")
    assert ventet in tekst(klient().get(reverse("start")))
    with freeze_time(udloeber):
        assert ventet not in tekst(klient().get(reverse("start")))


def test_liste_filters_by_the_state_that_holds_now(plads: Plads) -> None:
    reservation = fabrik.reservation(plads, reference="RK-1")
    af = fabrik.sagsbehandler()
    beslut(aktoer=af, reservation_id=reservation.pk, udfald=Udfald.ANNULLER, grund=Grund.BEHOV_BORTFALDET)
    fabrik.reservation(plads, af=af, reference="RK-2")
    side = tekst(klient().get(reverse("sag:liste"), {"tilstand": Tilstand.AFVENTER.value}))
    assert "RK-2" in side
    assert "RK-1" not in side


@pytest.mark.parametrize("side_af", ["koeber", "saelger"])
def test_liste_finds_a_case_by_either_reference(plads: Plads, side_af: str) -> None:
    af = fabrik.sagsbehandler()
    sag, _anden = (fabrik.reservation(fabrik.ledig_plads(plads.afdeling), af=af, reference=r) for r in ("RK-1", "RK-2"))
    hvem = klient() if side_af == "koeber" else leder()
    for skrevet in ("rk-1", str(sag.reference), str(sag.reference).lower().replace("-", " ")):
        side = tekst(hvem.get(reverse("sag:liste"), {"tekst": skrevet}))
        assert "1 reservation" in side
        assert str(sag.reference) in side
    assert "Ingen reservationer passer" in tekst(hvem.get(reverse("sag:liste"), {"tekst": "RK-9"}))
    assert str(sag.reference) in tekst(hvem.get(reverse("sag:detalje", args=[sag.pk])))


@pytest.mark.parametrize("rolle", [Rolle.TILBUDSLEDER, Rolle.SEKRETARIAT, Rolle.LAESER])
def test_ny_is_for_case_workers_only(plads: Plads, rolle: Rolle) -> None:
    hvem = klient(rolle)
    assert hvem.get(reverse("sag:ny"), {"plads": str(plads.pk)}).status_code == 403
    assert not re.findall(r"/reservationer/ny", hvem.get(reverse("soegning:soeg"), SOEGNING).content.decode())


@pytest.mark.parametrize("rolle", list(Rolle))
def test_start_opens_for_every_role(rolle: Rolle) -> None:
    assert klient(rolle).get(reverse("start")).status_code == 200


def test_pages_without_log_in_lead_to_the_log_in_page() -> None:
    for navn in ("sag:liste", "sag:ny", "soegning:soeg", "tilbud:liste", "tilbud:offentliggjorte"):
        assert Client().get(reverse(navn)).url.startswith(reverse("account_login"))  # type: ignore[attr-defined]  # a redirect


def test_liste_and_start_send_a_constant_number_of_statements(django_assert_max_num_queries: Any) -> None:
    def kald(hvem: Client, navn: str) -> int:
        with django_assert_max_num_queries(40) as maalt:
            hvem.get(reverse(navn))
        return len(maalt)

    af, rodovre = fabrik.sagsbehandler(), klient()
    fabrik.reservation(af=af)
    foer = [kald(rodovre, "sag:liste"), kald(rodovre, "start")]
    for nummer in range(30):
        fabrik.reservation(af=af, reference=f"RK-{nummer}")
    assert [kald(rodovre, "sag:liste"), kald(rodovre, "start")] == foer
    assert Reservation.objects.for_systemet("count").count() == 31


def test_weekdays_of_the_search_follow_to_the_reservation_and_are_shown() -> None:
    plads = fabrik.ledig_plads(art="dag", ugedage=[1, 2, 3, 4, 5])
    fabrik.optag(plads, Periode(FRA), ugedage=[4, 5])
    rodovre = klient()
    fundet = rodovre.get(f"/soeg/?{urlencode(SOEGNING)}&ugedage=1&ugedage=2").content.decode()
    link = re.search(r'href="(/reservationer/ny[^"]*)"', fundet)
    assert link
    form = rodovre.get(link[1].replace("&amp;", "&")).context["form"]
    assert form["ugedage"].value() == ["1", "2"]
    assert [dag for dag, _ in form.fields["ugedage"].choices] == [1, 2, 3, 4, 5]
    data = {"plads": str(plads.pk), **SOEGNING, "ugedage": ["1", "2"], "sagsreference": "RK-2026-18"}
    for felt in ("fra", "til"):
        dag = date.fromisoformat(str(data.pop(felt)))
        data |= {f"{felt}_dag": str(dag.day), f"{felt}_maaned": str(dag.month), f"{felt}_aar": str(dag.year)}
    svar = rodovre.post("/reservationer/ny", data, follow=True)
    assert "mandag og tirsdag" in svar.content.decode()


def test_forlaeng_names_the_terms_that_allow_it_and_another_step_names_none() -> None:
    reservation = fabrik.reservation()
    side = klient().get(reverse("sag:beslut", args=[reservation.pk, "forlaeng"])).content.decode()
    assert "Efter Reservation" in side
    assert "sæt 1</a> i Testaftale" in side
    assert (
        "Efter Reservation" not in leder().get(reverse("sag:beslut", args=[reservation.pk, "afvis"])).content.decode()
    )
