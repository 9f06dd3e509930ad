"""Logging unmet needs and counting them: who may, what is kept, and that nobody else sees it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import reverse

from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.scope import saet_database_aktoer
from faelles.spor import historik
from faelles.tid import Periode, idag, nu
from kommuner.models import Kkr, Rolle
from reservationer.soegning.behov import actions
from reservationer.soegning.behov.actions import log_behov, traek_behov
from reservationer.soegning.behov.optaelling import kvartal_om, kvartaler_foer
from reservationer.soegning.behov.queries import UDEN_MAALGRUPPE, egne, opgoerelse
from reservationer.soegning.models import UdaekketBehov
from reservationer.soegning.profil import Behovsprofil, Vaegt
from tests import fabrik
from tests.api import klienter
from tilbud.models import Maalgruppe
from vilkaar.noegler import NOEGLER, Noegle

pytestmark = pytest.mark.django_db

PERIODE = Periode(fabrik.om(10), fabrik.om(40))
SOEGNING = {"fra": fabrik.om(10).isoformat(), "til": fabrik.om(39).isoformat()}


def profil(**andet: Any) -> Behovsprofil:
    """A need for autism in PERIODE."""
    return Behovsprofil(PERIODE, maalgrupper=((fabrik.maalgruppe().kode, Vaegt.AFGOERENDE),), **andet)


def test_log_behov_keeps_the_need_in_codes_and_what_stood_in_the_way() -> None:
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(hjemler=("SEL-108",))))
    af = fabrik.sagsbehandler()
    fabrik.hjemmel("SEL-107")
    haendelser = Haendelse.objects.count()
    behov = log_behov(aktoer=af, profil=profil(hjemmel="SEL-107", alder=70, tekst=""))
    assert (behov.organisation_id, behov.kkr, behov.hjemmel_id) == (af.organisation_id, fabrik.kkr(), "SEL-107")
    assert (behov.aldersgruppe, behov.hindringer, behov.begynder.day) == ("67_plus", ["hjemmel"], 1)
    assert Haendelse.objects.count() == haendelser, "its time would tell what the suppressed counts do not"


def test_log_behov_where_nobody_vouches_for_the_places_lacks_a_free_one() -> None:
    fabrik.ledig_plads()
    assert log_behov(aktoer=fabrik.sagsbehandler(), profil=profil()).hindringer == ["ledig"]


def test_a_citizens_need_is_one_in_a_quarter_however_often_it_is_logged_and_another_citizens_is_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is counted is what the limit is held against: four of one citizen's searches and one more stay below five."""
    kvartal = kvartal_om(idag())
    assert kvartal.sidste_dag is not None

    def paa(dag: date) -> None:
        monkeypatch.setattr(actions, "idag", lambda: dag)

    af, ens = fabrik.sagsbehandler(), set()
    for dag in (kvartal.fra, kvartal.fra + timedelta(days=40), kvartal.sidste_dag):
        paa(dag)
        ens.add(log_behov(aktoer=fabrik.sagsbehandler(), profil=profil()).pk)
        ens.add(log_behov(aktoer=af, profil=replace(profil(), periode=Periode(fabrik.om(50)))).pk)
    assert len(ens) == 1
    anden = log_behov(aktoer=af, profil=profil(), nummer=2)
    assert log_behov(aktoer=af, profil=profil(), nummer=2).pk == anden.pk
    log_behov(aktoer=af, profil=profil(alder=30))
    assert egne(af).count() == 3
    assert not opgoerelse(fabrik.kkr().pk, [kvartal]).viser_noget
    assert kvartal.til is not None
    paa(kvartal.til)
    assert log_behov(aktoer=af, profil=profil()).pk not in ens
    log_behov(aktoer=fabrik.sagsbehandler("Herlev"), profil=profil())
    assert egne(af).count() == 4


def test_log_behov_is_refused_when_there_is_a_free_place() -> None:
    fabrik.bekraeftet(fabrik.ledig_plads().afdeling)
    with pytest.raises(Konflikt) as fejl:
        log_behov(aktoer=fabrik.sagsbehandler(), profil=profil())
    assert fejl.value.kode == "soegning_har_fund"
    assert not egne(fabrik.sagsbehandler()).exists()


def test_log_behov_of_codes_that_do_not_exist_is_refused_with_both_named() -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        log_behov(
            aktoer=fabrik.sagsbehandler(),
            profil=Behovsprofil(PERIODE, hjemmel="SEL-999", maalgrupper=((uuid4(), Vaegt.NOGET),)),
        )
    assert set(fejl.value.felter) == {"maalgrupper", "hjemmel"}


def test_log_behov_of_a_target_group_the_form_does_not_offer_is_refused_over_rest_too() -> None:
    gren = Maalgruppe.objects.create(kode=uuid4(), term="Målgruppe", gren="Målgruppe", valgbar=False)
    with pytest.raises(UgyldigtInput) as fejl:
        log_behov(aktoer=fabrik.sagsbehandler(), profil=Behovsprofil(PERIODE, maalgrupper=((gren.pk, Vaegt.NOGET),)))
    assert set(fejl.value.felter) == {"maalgrupper"}
    krop = {"fra": fabrik.om(10).isoformat(), "maalgrupper": [{"kode": str(gren.pk)}]}
    svar = klienter.myndighed().post("/api/v1/udaekkede-behov", krop, content_type="application/json")
    assert [fejl["pointer"] for fejl in svar.json()["errors"]] == ["/maalgrupper/0/kode"]


@pytest.mark.parametrize("rolle", [Rolle.LAESER, Rolle.OEKONOMI, Rolle.TILBUDSLEDER])
def test_log_behov_takes_somebody_who_may_reserve(rolle: Rolle) -> None:
    with pytest.raises(IngenAdgang):
        log_behov(aktoer=fabrik.aktoer(rolle, fabrik.kommune().organisation), profil=profil())


def test_behov_is_seen_by_its_own_municipality_and_by_nobody_else_in_the_database_too() -> None:
    log_behov(aktoer=fabrik.sagsbehandler(), profil=profil())
    for aktoer, ser in (
        (fabrik.sagsbehandler(), 1),
        (fabrik.sagsbehandler("Herlev"), 0),
        (fabrik.tilbudsleder("Rødovre"), 0),
        (fabrik.sekretariat(), 0),
    ):
        saet_database_aktoer(aktoer)
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from soegning_udaekketbehov")
            assert cursor.fetchone() == (ser,)


def test_behov_is_never_changed() -> None:
    behov = log_behov(aktoer=fabrik.sagsbehandler(), profil=profil())
    mit = egne(fabrik.sagsbehandler()).filter(pk=behov.pk)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        mit.update(aldersgruppe="18_66", trukket=nu())
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        mit.delete()
    traek_behov(aktoer=fabrik.sagsbehandler(), behov_id=behov.pk)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        mit.update(trukket=None)


def test_withdrawn_behov_is_kept_with_who_did_it_but_neither_counted_nor_in_the_way_of_the_next() -> None:
    af = fabrik.sagsbehandler()
    behov = log_behov(aktoer=af, profil=profil())
    fabrik.loggede_behov(5, fra=kvartal_om(idag()).fra)
    foer = opgoerelse(fabrik.kkr().pk, [kvartal_om(idag())]).i_alt
    traek_behov(aktoer=fabrik.sagsbehandler(), behov_id=behov.pk)
    assert (foer, opgoerelse(fabrik.kkr().pk, [kvartal_om(idag())]).i_alt) == (6, 5)
    assert egne(af).get(pk=behov.pk).trukket is not None
    admin = fabrik.aktoer(Rolle.ADMINISTRATOR, fabrik.kommune().organisation)
    spor = historik(UdaekketBehov).objects.synlige_for(admin).filter(id=behov.pk).order_by("pgh_id")
    assert [raekke.pgh_label for raekke in spor] == ["insert", "update"]
    igen = log_behov(aktoer=af, profil=profil())
    assert igen.pk != behov.pk
    assert igen.trukket is None
    with pytest.raises(Konflikt) as fejl:
        traek_behov(aktoer=af, behov_id=behov.pk)
    assert fejl.value.kode == "behov_trukket"


def test_behov_is_withdrawn_by_its_own_municipality_and_only_until_its_quarter_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    behov = log_behov(aktoer=fabrik.sagsbehandler(), profil=profil())
    with pytest.raises(IkkeFundet):
        traek_behov(aktoer=fabrik.sagsbehandler("Herlev"), behov_id=behov.pk)
    for rolle in (Rolle.LAESER, Rolle.TILBUDSLEDER):
        with pytest.raises(IngenAdgang):
            traek_behov(aktoer=fabrik.aktoer(rolle, fabrik.kommune().organisation), behov_id=behov.pk)
    slut = kvartal_om(idag()).til
    assert slut is not None
    monkeypatch.setattr(actions, "idag", lambda: slut)
    with pytest.raises(Konflikt) as fejl:
        traek_behov(aktoer=fabrik.sagsbehandler(), behov_id=behov.pk)
    assert fejl.value.kode == "behov_optalt"
    monkeypatch.setattr(actions, "idag", lambda: slut - timedelta(days=1))
    traek_behov(aktoer=fabrik.sagsbehandler(), behov_id=behov.pk)


def test_page_withdraws_after_showing_what_and_says_so_in_the_list_and_the_table() -> None:
    behov = log_behov(aktoer=fabrik.sagsbehandler(), profil=profil())
    url = reverse("soegning:traek_behov", args=[behov.pk])
    client = klient(Rolle.SAGSBEHANDLER)
    assert url in client.get(reverse("soegning:behov")).content.decode()
    assert url not in klient(Rolle.LAESER).get(reverse("soegning:behov")).content.decode()
    assert "Autismespektrum" in client.get(url).content.decode()
    client.post(url)
    html = client.get(reverse("soegning:behov")).content.decode()
    assert f"Trukket tilbage {idag():%d.%m.%Y}" in html
    assert url not in html
    assert "allerede trukket tilbage" in client.post(url, follow=True).content.decode()
    csv = client.get(reverse("soegning:eksport_behov", args=["csv"])).getvalue().decode()
    assert csv.splitlines()[1].endswith(f";{idag().isoformat()};{idag().isoformat()}"), "logged and withdrawn today"


@pytest.mark.parametrize(
    ("felter", "regel"),
    [
        ({"hindringer": ["Hans Hansen"]}, "udaekketbehov_kun_koder"),
        ({"adfaerd": ["noget andet"]}, "udaekketbehov_kun_koder"),
        ({"aldersgruppe": "34"}, "udaekketbehov_alder_kendt"),
        ({"begynder": date(2027, 3, 17)}, "udaekketbehov_kun_maaned"),
    ],
)
def test_behov_holds_nothing_but_codes(felter: dict[str, Any], regel: str) -> None:
    saet_database_aktoer(af := fabrik.sagsbehandler())
    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        UdaekketBehov.objects.create(
            organisation_id=af.organisation_id,
            kkr=fabrik.kkr(),
            fingeraftryk="x",
            **{"begynder": date(2027, 3, 1)} | felter,
        )


def test_opgoerelse_counts_across_municipalities_within_the_kkr_and_its_quarters() -> None:
    fabrik.loggede_behov(3)
    fabrik.loggede_behov(4, navn="Herlev")
    fabrik.loggede_behov(6, term="")
    fabrik.loggede_behov(9, fra=fabrik.om(0))
    kvartal = Periode(date(2025, 1, 1), date(2025, 4, 1))
    opgjort = opgoerelse(fabrik.kkr().pk, [kvartal])
    assert [(r.maalgruppe, r.i_alt) for r in opgjort.raekker] == [("Autismespektrum", 7), (UDEN_MAALGRUPPE, 6)]
    assert opgoerelse(fabrik.kkr("KKR Sjælland").pk, [kvartal]).raekker == ()


def test_opgoerelse_adds_up_groups_that_have_the_same_name() -> None:
    fabrik.loggede_behov(8)
    fabrik.loggede_behov(6, term="Et andet navn")
    Maalgruppe.objects.filter(term="Et andet navn").update(term="Autismespektrum")
    opgjort = opgoerelse(fabrik.kkr().pk, [Periode(date(2025, 1, 1), date(2025, 4, 1))])
    assert [(r.maalgruppe, r.i_alt) for r in opgjort.raekker] == [("Autismespektrum", 14)]


def test_opgoerelse_follows_the_term_and_names_it_when_it_is_missing() -> None:
    kvartal = [Periode(date(2025, 1, 1), date(2025, 4, 1))]
    for navn, graense, vises in (("A", "3", True), ("B", "5", False)):
        kkr = Kkr.objects.create(navn=f"KKR {navn}", slug=f"kkr-{navn.lower()}")
        saet = fabrik.vilkaar(kkr, andre={Noegle.DISKRETION_GRAENSE: graense})
        fabrik.loggede_behov(3, hvor=kkr)
        opgjort = opgoerelse(kkr.pk, kvartal)
        assert opgjort.viser_noget is vises
        assert opgjort.kilde
        assert (opgjort.kilde.saet_id, opgjort.kilde.nummer) == (saet.pk, saet.nummer)
    uden = Kkr.objects.create(navn="KKR C", slug="kkr-c")
    fabrik.vilkaar(uden, uden=Noegle.DISKRETION_GRAENSE)
    with pytest.raises(Konflikt) as fejl:
        opgoerelse(uden.pk, kvartal)
    assert fejl.value.kode == "vilkaar_mangler"


def test_opgoerelse_leaves_the_database_with_the_one_who_asked() -> None:
    fabrik.loggede_behov(6)
    saet_database_aktoer(fabrik.sekretariat())
    opgoerelse(fabrik.kkr().pk)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from soegning_udaekketbehov")
        assert cursor.fetchone() == (0,)


def klient(rolle: Rolle, navn: str = "Rødovre") -> Client:
    """A browser of somebody."""
    client = Client()
    hvem = fabrik.kkr().sekretariat if rolle is Rolle.SEKRETARIAT else fabrik.kommune(navn).organisation
    assert hvem is not None
    client.force_login(fabrik.bruger(rolle, hvem))
    return client


def test_page_offers_to_log_a_search_without_a_free_place_and_shows_what_is_kept() -> None:
    gruppe = fabrik.maalgruppe()
    client = klient(Rolle.SAGSBEHANDLER)
    soegning = {**SOEGNING, "maalgruppe": str(gruppe.pk), "alder": "34", "arter": "dag", "ugedage": ["1", "2"]}
    svar = client.get(reverse("soegning:soeg"), soegning)
    assert "Log behovet som udækket" in svar.content.decode()
    side = client.get(svar.context["log_url"])
    linjer = dict(side.context["linjer"])
    assert (linjer["Alder"], linjer["Pladsens art"], linjer["Ugedage"]) == ("18–66 år", "Dagplads", "mandag og tirsdag")
    assert client.post(svar.context["log_url"], {"nummer": "1"})["Location"] == reverse("soegning:behov")
    assert "Autismespektrum" in client.get(reverse("soegning:behov")).content.decode()
    igen = client.get(svar.context["log_url"])
    assert "Log for en anden borger" in igen.content.decode()
    client.post(svar.context["log_url"], {"nummer": igen.context["nummer"]})
    assert "(nr. 2)" in client.get(reverse("soegning:behov")).content.decode()
    assert client.post(svar.context["log_url"], {"nummer": "0"}).status_code == 200, "shown again, and nothing kept"


def test_page_does_not_offer_it_when_there_is_a_free_place_or_to_a_reader() -> None:
    tom = klient(Rolle.LAESER).get(reverse("soegning:soeg"), SOEGNING)
    assert not tom.context["log_url"]
    fabrik.bekraeftet(fabrik.ledig_plads().afdeling)
    client = klient(Rolle.SAGSBEHANDLER)
    assert not client.get(reverse("soegning:soeg"), SOEGNING).context["log_url"]
    svar = client.post(f"{reverse('soegning:log_behov')}?fra={SOEGNING['fra']}", {"nummer": "1"}, follow=True)
    assert "er ikke udækket" in svar.content.decode()


def test_secretariat_page_shows_counts_and_hides_small_ones(django_assert_max_num_queries: Any) -> None:
    client, kvartal = klient(Rolle.SEKRETARIAT), kvartaler_foer(fabrik.om(0), 2)[0]
    assert "Ingen tal at vise" in client.get(reverse("soegning:behovstal")).content.decode()
    fabrik.loggede_behov(8, fra=kvartal.fra)
    assert "Autismespektrum" in client.get(reverse("soegning:behovstal")).content.decode()
    fabrik.loggede_behov(2, fra=kvartal.fra, term="Sjælden målgruppe")
    with django_assert_max_num_queries(25):
        html = client.get(reverse("soegning:behovstal")).content.decode()
    assert "Øvrige målgrupper" in html
    assert f"{NOEGLER[Noegle.DISKRETION_GRAENSE].klausul}, sæt 1 i " in html
    assert "Sjælden" not in html
    fil = client.get(reverse("soegning:eksport_behovstal", args=["csv"])).getvalue().decode("utf-8-sig")
    assert "Sjælden" not in fil
    hoved, *linjer = [linje.split(";") for linje in fil.splitlines()]
    assert hoved[-3:] == ["Vilkår", "Vilkårssættets status", "Klausul"]
    efter = {(linje[4].rsplit(", ")[-1], linje[6]) for linje in linjer}
    assert efter == {("sæt 1", NOEGLER[Noegle.DISKRETION_GRAENSE].klausul)}


def test_api_logs_reads_own_and_counts() -> None:
    system = klienter.myndighed()
    gruppe = fabrik.maalgruppe()
    krop = {"fra": fabrik.om(10).isoformat(), "maalgrupper": [{"kode": str(gruppe.kode)}], "alder": 12, "ugedage": [3]}
    svar = system.post("/api/v1/udaekkede-behov", krop, content_type="application/json")
    assert svar.status_code == 201
    assert svar.json()["maalgruppe"] == str(gruppe.kode)
    assert (svar.json()["aldersgruppe"], svar.json()["ugedage"], svar.json()["nummer"]) == ("under_18", [3], 1)
    anden = system.post("/api/v1/udaekkede-behov", {**krop, "nummer": 2}, content_type="application/json").json()
    assert system.post(f"/api/v1/udaekkede-behov/{anden['id']}/tilbagetraekninger").status_code == 201
    raekker = system.get("/api/v1/udaekkede-behov").json()["resultater"]
    assert [r["id"] for r in raekker if r["trukket"] is None] == [svar.json()["id"]]
    assert klienter.myndighed("Herlev").get("/api/v1/udaekkede-behov").json()["resultater"] == []
    sti = f"/api/v1/udaekkede-behov/{svar.json()['id']}/tilbagetraekninger"
    assert (svar.json()["trukket"], system.post(sti).json()["trukket"] is None) == (None, False)
    assert system.post(sti).json()["code"] == "behov_trukket"
    fabrik.loggede_behov(8, fra=kvartaler_foer(fabrik.om(0), 2)[0].fra)
    (opgjort,) = klienter.sekretariat().get("/api/v1/behovsopgoerelser").json()["resultater"]
    assert opgjort["graense"] == 5
    (fra,) = opgjort["efterVilkaar"]
    assert (fra["felt"], fra["noegle"], fra["saet"]) == ("graense", "diskretion_graense", 1)
    assert len(opgjort["kvartaler"]) == 8
    assert [raekke["maalgruppe"] for raekke in opgjort["raekker"]] == ["Autismespektrum"]
