"""The pages of accounts as people use them."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from faelles.tid import Periode, idag
from takster.budget.indhold import Linje
from takster.models import Regnskab
from takster.regnskab import queries
from takster.regnskab.actions import afslut
from tests import fabrik
from tests.takster.budget.situationer import oekonom
from tests.takster.regnskab.situationer import AAR, EKSEMPEL, afsluttet, belagt, kladde, solgt
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    """Gladsaxe's economist has logged in."""
    klient = Client()
    klient.force_login(fabrik.bruger(fabrik.Rolle.DRIFTSHERRE_OEKONOMI, fabrik.kommune("Gladsaxe").organisation))
    return klient


def test_nyt_regnskab__leads_to_the_form_and_a_second_one_is_refused(client: Client) -> None:
    tilbud = fabrik.tilbud("Kærgården", i="Gladsaxe")
    url = reverse("takster:nyt_regnskab", args=[tilbud.pk, AAR])
    svar = client.post(url)
    et = Regnskab.objects.synlige_for(oekonom()).get()
    assert svar.headers["Location"] == reverse("takster:regnskab", args=[et.pk])
    igen = client.post(url)
    assert igen.status_code == 422
    assert f"Der er allerede et regnskab for Kærgården i {AAR}" in igen.content.decode()


def test_regnskab__form_shows_what_stands_there_and_saving_it_changes_nothing(client: Client) -> None:
    et = kladde()
    url = reverse("takster:regnskab", args=[et.pk])
    side = client.get(url)
    data = {felt.html_name: felt.value() for felt in side.context["form"] if felt.value() not in (None, False)}
    assert (data["linje_loen"], data["grundlag"]) == ("15400000", "20400000")
    assert "linje_egen_husleje" not in side.context["form"].fields
    assert client.post(url, data).status_code == 302
    assert queries.indhold(oekonom(), queries.regnskab(oekonom(), et.pk)) == EKSEMPEL


def test_regnskab__draft_shows_what_the_places_say_and_what_it_would_give(client: Client) -> None:
    et = kladde()
    html = client.get(reverse("takster:regnskab", args=[et.pk])).content.decode()
    for tekst in (
        "8.497",
        "21.072.560,00",
        "1.322.560,00",
        "-302.560,00",
        "taksten for 2026",
        "Afslut regnskabet",
    ):
        assert tekst in html.replace("−", "-"), tekst


def test_regnskab__says_what_lacks_and_which_doegn_have_no_takst(client: Client) -> None:
    tilbud = solgt(doegn=1)
    belagt(fabrik.afdeling(tilbud, navn="Sydhuset"), 4)
    et = kladde(tilbud, linjer={Linje("loen"): Decimal(1)})
    html = client.get(reverse("takster:regnskab", args=[et.pk])).content.decode()
    assert "»Pension« skal udfyldes" in html
    assert "Sydhuset, 01.01.2024 til 31.12.2024: 4 belagte døgn, men ingen takst." in html
    assert "Afslut regnskabet" not in html


def test_regnskab__is_not_closed_before_the_year_is_over(client: Client) -> None:
    tilbud = fabrik.afdeling(fabrik.tilbud(i="Gladsaxe")).tilbud
    et = kladde(tilbud, aar=idag().year)
    html = client.get(reverse("takster:regnskab", args=[et.pk])).content.decode()
    assert "Regnskabet kan afsluttes fra nytår" in html
    assert "Afslut regnskabet" not in html


def test_afslut__leads_to_every_step_and_back_again(client: Client) -> None:
    et = kladde()
    svar = client.post(reverse("takster:afslut_regnskab", args=[et.pk]), follow=True)
    html = svar.content.decode()
    assert svar.redirect_chain[-1][0] == reverse("takster:regnskabsopgoerelse", args=[et.pk])
    for tekst in (
        "Solgt til én takst",
        "8.497 × 2.480,00",
        "Tærskel",
        "Efterregulering",
        "2026",
        "Åbn igen for at rette",
    ):
        assert tekst in html, tekst
    assert client.get(reverse("takster:regnskab", args=[et.pk])).status_code == 302
    svar = client.post(reverse("takster:genaabn_regnskab", args=[et.pk]), follow=True)
    assert "Ret det, og afslut det på ny" in svar.content.decode()


def test_afslut__what_lacks_is_a_message_and_nothing_is_closed(client: Client) -> None:
    et = kladde(overhead=None)
    svar = client.post(reverse("takster:afslut_regnskab", args=[et.pk]), follow=True)
    assert "Skriv årets indirekte omkostninger" in svar.content.decode()
    assert queries.regnskab(oekonom(), et.pk).afsluttet is None


def test_opgoerelse__secretariat_reads_it_but_can_do_nothing_with_it() -> None:
    et, aabent = afsluttet(oevrigt_provenu=Decimal(5), oevrigt_grund="Døgn fra før platformen"), kladde()
    klient = Client()
    klient.force_login(fabrik.bruger(fabrik.Rolle.SEKRETARIAT, fabrik.hjemsted(fabrik.Rolle.SEKRETARIAT)))
    html = klient.get(reverse("takster:regnskabsopgoerelse", args=[et.pk])).content.decode()
    assert "oplyst af driftsherren: Døgn fra før platformen" in html
    assert "Åbn igen" not in html
    assert klient.get(reverse("takster:regnskabsopgoerelse", args=[aabent.pk])).status_code == 404


def test_regnskab__cpr_number_is_stopped_at_its_field(client: Client) -> None:
    et = kladde()
    svar = client.post(
        reverse("takster:regnskab", args=[et.pk]), {"ejendom_0": "010203-1234", "oevrigt_grund": "Vedr. 010203-1234"}
    )
    assert set(svar.context["form"].errors) == {"ejendom_0", "oevrigt_grund"}


def test_slet__throws_a_draft_away(client: Client) -> None:
    et = kladde()
    assert client.post(reverse("takster:slet_regnskab", args=[et.pk])).status_code == 302
    assert not Regnskab.objects.for_systemet("test").exists()


@pytest.mark.parametrize("antal", [1, 40])
def test_liste__asks_as_much_of_one_offer_as_of_many(
    client: Client, antal: int, django_assert_max_num_queries: object
) -> None:
    for nummer in range(antal):
        tilbud = fabrik.tilbud(f"Nr. {nummer}", i="Gladsaxe")
        if nummer % 2 == 0:
            kladde(tilbud)
    with django_assert_max_num_queries(12):  # type: ignore[operator]  # pytest-django's fixture
        html = client.get(f"{reverse('takster:regnskaber')}?aar={AAR}").content.decode()
    assert html.count("Begynd<span") == antal // 2
    assert html.count(">Kladde<") == (antal + 1) // 2


def test_opgoerelse__names_the_terms_of_the_years_first_day(client: Client) -> None:
    et = afsluttet()
    html = client.get(reverse("takster:regnskabsopgoerelse", args=[et.pk])).content.decode()
    assert f"dag_aar={date(AAR, 1, 1).year}" in html
    assert ">sæt 1</a> i Testaftale</span>" in html


def test_accounts_say_when_the_takst_they_enter_is_made_under_another_set(client: Client) -> None:
    et = kladde()
    url = reverse("takster:regnskab", args=[et.pk])
    assert "efterreguleres efter vilkårene for sit eget år" not in client.get(url).content.decode(), "one and the same"
    saet = et.tilbud.beliggenhedskommune.kkr_medlemskaber.get().kkr.vilkaarssaet.get()
    saet.periode = Periode(saet.periode.lower, date(AAR + 2, 1, 1)).som_range
    saet.save()
    nyt = fabrik.vilkaar(saet.kkr, fra=date(AAR + 2, 1, 1), andre={Noegle.EFTERREGULERING_TAERSKEL_PROCENT: "2"})
    kladdens = client.get(url).content.decode()
    afsluttedes = client.post(reverse("takster:afslut_regnskab", args=[et.pk]), follow=True).content.decode()
    for html in (kladdens, afsluttedes):
        assert "-302.560,00" in html.replace("−", "-"), "by 5 percent still"
        assert f"Taksten for {AAR + 2} beregnes efter" in html
        assert f"#saet-{nyt.pk}" in html
        assert "efterreguleres efter vilkårene for sit eget år" in html


def test_part_time_sales_name_the_term_their_share_of_the_takst_follows_from(client: Client) -> None:
    afdeling = fabrik.afdeling(fabrik.tilbud(i="Gladsaxe"))
    fabrik.takst(afdeling, "600.00", fra=date(AAR, 1, 1), enhed="dag")  # type: ignore[arg-type]  # by value
    plads = fabrik.ledig_plads(afdeling, art="dag", ugedage=[1, 2, 3, 4, 5])
    fabrik.optag(plads, Periode(date(AAR, 1, 1), date(AAR, 7, 1)), ugedage=[1, 2, 3])
    et = kladde(afdeling.tilbud)
    ventet = '3 dage om ugen</span> <span class="sekundaer linje">Efter Takstberegning, sæt 1 i Testaftale'
    assert ventet in " ".join(client.get(reverse("takster:regnskab", args=[et.pk])).content.decode().split())
    afslut(aktoer=oekonom(), regnskab_id=et.pk)
    lukket = client.get(reverse("takster:regnskabsopgoerelse", args=[et.pk])).content.decode()
    assert ventet in " ".join(lukket.split())
