"""Reports about what is no offer of the register: clusters and published offers, answered by the secretariat of the KKR."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.spor import historik
from faelles.tid import Periode, idag
from kommuner.models import Bruger, Kkr, KkrMedlemskab, Kommune
from takster.models import OffentliggjortPris
from tests import fabrik
from tests.api import klienter
from tests.api.adgang import systemer
from tilbud.fejlmeldinger import queries
from tilbud.fejlmeldinger.actions import behandl, meld, meld_andet
from tilbud.fejlmeldinger.andre import Emneslags, ansvarligt_kkr, fakta_om, vist_om
from tilbud.fejlmeldinger.overgange import Fejltilstand, Skridt
from tilbud.klynger.actions import optag_medlem
from tilbud.models import KLYNGENS, OFFENTLIGGJORTE, Faktum, Fejlmelding, Fejlsag, Klynge, OffentligtTilbud
from vilkaar.kilde import kilde
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende_i_kommune

pytestmark = pytest.mark.django_db

EMNER = ("klynge", "offentligt")


def emne(slags: str) -> Klynge | OffentligtTilbud:
    """A cluster of Gladsaxe's, or a published offer there."""
    return fabrik.klynge("Autisme", medlemmer=("Gladsaxe",)) if slags == "klynge" else fabrik.offentligt_tilbud()


def klient(aktoer: Aktoer) -> Client:
    ny = Client()
    ny.force_login(Bruger.objects.get(pk=aktoer.identitet.removeprefix("bruger:")))
    return ny


def tekst(svar: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", svar.content.decode()))


def sag(fejl: Fejlmelding, aktoer: Aktoer) -> Fejlsag | None:
    return Fejlsag.objects.synlige_for(aktoer).filter(pk=fejl.pk).first()


@pytest.mark.parametrize("slags", EMNER)
def test_meld_goes_to_the_secretariat_of_the_kkr_with_the_deadline_of_its_terms_and_back(slags: str) -> None:
    melder, sekretariat, om = fabrik.sagsbehandler(), fabrik.sekretariat(), emne(slags)
    fejl = fabrik.fejl_i_andet(om, af=melder)
    fundet = sag(fejl, sekretariat)
    assert fundet is not None
    assert (fejl.om, fejl.frist, fundet.modtager.pk) == (om, fabrik.om(14), sekretariat.organisation_id)
    assert (fundet.vist, fundet.driftsherre, fundet.tilbud) == (om.navn, None, None)
    assert Haendelse.objects.get(type="fejlmelding.oprettet").entitet_id == str(fejl.pk)
    assert queries.til_startsiden(sekretariat, idag(), 5) == ([fundet], [])
    besvaret = behandl(aktoer=sekretariat, fejlmelding_id=fejl.pk, skridt=Skridt.RET, svar="Navnet er rettet")
    assert besvaret.tilstand == Fejltilstand.RETTET
    assert queries.til_startsiden(melder, idag(), 5)[1] == [fundet]


@pytest.mark.parametrize("slags", EMNER)
def test_case_is_the_reporters_and_the_secretariats_alone(slags: str) -> None:
    fejl = fabrik.fejl_i_andet(emne(slags))
    for fremmed in (
        fabrik.sagsbehandler("Herlev"),
        fabrik.tilbudsleder(),  # of the municipality it lies in
        fabrik.tilbudsleder("Rødovre"),  # the reporter's municipality, in another function
        fabrik.sekretariat("KKR Syddanmark"),
    ):
        assert sag(fejl, fremmed) is None
        with pytest.raises(IkkeFundet):
            behandl(aktoer=fremmed, fejlmelding_id=fejl.pk, skridt=Skridt.RET, svar="Rettet")


@pytest.mark.parametrize("slags", EMNER)
def test_change_of_a_report_concerns_the_secretariat_that_answers(slags: str) -> None:
    fejl, sekretariat = fabrik.fejl_i_andet(emne(slags)), fabrik.sekretariat()
    (spor,) = historik(Fejlmelding).objects.for_systemet("whom it concerns").filter(pgh_obj=fejl.pk)
    assert sekretariat.organisation_id in spor.vedroerer


@pytest.mark.parametrize("slags", EMNER)
def test_meld_the_same_twice_is_refused_and_another_fact_function_or_thing_is_not(slags: str) -> None:
    om, melder = emne(slags), fabrik.sagsbehandler()
    fabrik.fejl_i_andet(om, af=melder)
    with pytest.raises(Konflikt, match="allerede meldt"):
        fabrik.fejl_i_andet(om, af=melder)
    fabrik.fejl_i_andet(om, af=melder, faktum=Faktum.MAALGRUPPER)
    fabrik.fejl_i_andet(om, af=fabrik.sagsbehandler("Herlev"))
    anden = fabrik.klynge("En anden") if slags == "klynge" else fabrik.offentligt_tilbud("En anden")
    fabrik.fejl_i_andet(anden, af=melder)
    fabrik.fejlmelding(fabrik.tilbud(), af=melder, faktum=Faktum.NAVN)


@pytest.mark.parametrize(
    ("faktum", "besked", "felt"),
    [
        (Faktum.MEDLEMMER, " ", "besked"),
        (Faktum.MEDLEMMER, "Ring om 010203-1234", "besked"),
        (Faktum.ADRESSE, "Nr. 5", "faktum"),
        (Faktum.PRIS, "10 kr.", "faktum"),
    ],
)
def test_meld_says_what_is_wrong_at_its_field_and_keeps_nothing(faktum: Faktum, besked: str, felt: str) -> None:
    klynge = fabrik.klynge()
    with pytest.raises(UgyldigtInput) as fejl:
        fabrik.fejl_i_andet(klynge, faktum=faktum, besked=besked)
    assert list(fejl.value.felter) == [felt]
    assert not Fejlmelding.objects.exists()


def test_meld_about_an_offer_takes_its_own_facts_only() -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        meld(aktoer=fabrik.sagsbehandler(), tilbud_id=fabrik.tilbud().pk, faktum=Faktum.MEDLEMMER, besked="Forkert")
    assert list(fejl.value.felter) == ["faktum"]


def test_meld_where_nobody_would_answer_is_refused_in_words() -> None:
    uden = Kkr.objects.create(navn="KKR Uden", slug="kkr-uden")
    klynge = Klynge.objects.create(kkr=uden, navn="Uden sekretariat")
    ukendt = fabrik.offentligt_tilbud(i=None)
    fabrik.kommune("Prøveby", i="KKR Uden")
    der = fabrik.offentligt_tilbud("Dér", i="Prøveby")
    for om in (klynge, ukendt, der):
        assert ansvarligt_kkr(om, idag()) is None
        with pytest.raises(Konflikt) as fejl:
            fabrik.fejl_i_andet(om)
        assert fejl.value.kode == "fejl_uden_modtager"


def test_published_offer_is_answered_by_the_secretariat_its_municipality_belongs_to_that_day() -> None:
    tilbud, melder, gladsaxe = fabrik.offentligt_tilbud(), fabrik.sagsbehandler(), fabrik.kommune("Gladsaxe")
    i_gaar = Periode(fabrik.FOR_LAENGE_SIDEN, idag()).som_range
    KkrMedlemskab.objects.filter(kommune=gladsaxe).update(periode=i_gaar)
    syd = fabrik.kkr("KKR Syddanmark")
    KkrMedlemskab.objects.create(kkr=syd, kommune=gladsaxe, periode=Periode(idag()).som_range)
    fundet = sag(fabrik.fejl_i_andet(tilbud, af=melder), melder)
    assert fundet is not None
    assert fundet.modtager == syd.sekretariat


def test_every_fact_is_kept_in_words() -> None:
    klynge = fabrik.klynge("Autisme", medlemmer=("Gladsaxe", "Herlev"), maalgrupper=("Autismespektrum",))
    ord_ = {faktum: vist_om(klynge, faktum, idag()) for faktum in fakta_om(Emneslags.KLYNGE)}
    assert set(ord_) == KLYNGENS
    assert (ord_[Faktum.MEDLEMMER], ord_[Faktum.MAALGRUPPER]) == ("Gladsaxe, Herlev", "Autismespektrum")
    assert ord_[Faktum.OMRAADE] == "KKR Hovedstaden"
    tilbud = fabrik.offentligt_tilbud(raekke=2, maalgruppe="Unge", hjemmel_tekst="§ 107", note="Kun piger")
    OffentliggjortPris.objects.create(
        raekke=9, tilbud=tilbud, tilbud_navn="Kilden", ydelse="Døgn", beloeb="2500.50", enhed="døgn", aar=2026,
        kilde_url="https://example.dk/pris",
    )  # fmt: skip
    ord_ = {faktum: vist_om(tilbud, faktum, idag()) for faktum in fakta_om(Emneslags.OFFENTLIGT)}
    assert set(ord_) == OFFENTLIGGJORTE
    assert ord_[Faktum.PRIS] == "Døgn: 2.500,50 kr. pr. døgn, 2026"
    assert (ord_[Faktum.MAALGRUPPER], ord_[Faktum.HJEMLER], ord_[Faktum.NOTE]) == ("Unge", "§ 107", "Kun piger")
    assert ord_[Faktum.KILDE] == "https://example.dk/liste, række 2"


def test_report_of_a_cluster_goes_from_its_page_to_the_secretariat_and_is_seen_open_by_all() -> None:
    klynge = fabrik.klynge("Autisme", medlemmer=("Gladsaxe",))  # it shares no offer
    melder, sekretariat = klient(fabrik.sagsbehandler()), klient(fabrik.sekretariat())
    siden, adresse = reverse("tilbud:klynge", args=[klynge.pk]), reverse("tilbud:meld_fejl_i_klynge", args=[klynge.pk])
    assert f'href="{adresse}"' in melder.get(siden).content.decode()
    formular = melder.get(adresse)
    valg = re.findall(r"<option[^>]*>([^<]+)</option>", formular.content.decode())
    assert valg == [
        "Vælg",
        "Navn: Autisme",
        "Målgrupper: Alle",
        "Formål: Ikke oplyst",
        "Område: KKR Hovedstaden",
        "Medlemmer: Gladsaxe",
    ]
    assert "Sekretariatet for KKR Hovedstaden får besked" in tekst(formular)
    assert melder.post(adresse, {"faktum": "adresse", "besked": "Nr. 5"}).status_code == 422
    svar = melder.post(adresse, {"faktum": "medlemmer", "besked": "Herlev mangler"}, follow=True)
    assert f"Sekretariatet for KKR Hovedstaden har frist til {fabrik.om(14):%d.%m.%Y}" in tekst(svar)
    assert "Klynge Autisme" in tekst(svar)
    igen = melder.post(adresse, {"faktum": "medlemmer", "besked": "Herlev mangler"})
    assert "I har allerede meldt fejl" in tekst(igen)
    vist = tekst(klient(fabrik.sagsbehandler("Herlev")).get(siden))
    assert "Åbne fejlmeldinger" in vist
    assert "Herlev mangler" not in vist
    assert "Medlemmer i Autisme" in tekst(sekretariat.get(reverse("start")))
    assert "Medlemmer" in tekst(sekretariat.get(reverse("tilbud:fejlmeldinger")))
    fejl = Fejlmelding.objects.get()
    optag_medlem(aktoer=fabrik.sekretariat(), klynge_id=klynge.pk, kommune=fabrik.kommune("Herlev").pk, fra=idag())
    sekretariat.post(reverse("tilbud:behandl_fejl", args=[fejl.pk]), {"skridt": "ret", "svar": "Herlev er med nu"})
    besvaret = tekst(melder.get(reverse("tilbud:fejlmelding", args=[fejl.pk])))
    for ventet in ("Herlev er med nu", "Det stod der Gladsaxe", "Det står der nu Gladsaxe, Herlev"):
        assert ventet in besvaret
    assert "Åbne fejlmeldinger" not in tekst(melder.get(siden))


def test_report_of_a_published_offer_is_made_at_its_row_where_somebody_answers() -> None:
    tilbud = fabrik.offentligt_tilbud()
    ukendt = fabrik.offentligt_tilbud("Uden kommune", i=None, mangler=["kommunen er ikke angivet"])
    melder, laeser = (
        klient(fabrik.sagsbehandler()),
        klient(fabrik.aktoer(fabrik.Rolle.LAESER, fabrik.kommune("Rødovre").organisation)),
    )
    listen, adresse = reverse("tilbud:offentliggjorte"), reverse("tilbud:meld_fejl_i_offentliggjort", args=[tilbud.pk])
    html = melder.get(listen).content.decode()
    assert f'href="{adresse}"' in html
    assert reverse("tilbud:meld_fejl_i_offentliggjort", args=[ukendt.pk]) not in html
    assert "I de øvrige, og i priser uden et tilbud, svarer ingen her" in html
    assert adresse not in laeser.get(listen).content.decode()
    assert melder.get(reverse("tilbud:meld_fejl_i_offentliggjort", args=[ukendt.pk])).status_code == 409
    melder.post(adresse, {"faktum": "driftsherre", "besked": "Det er fonden Bakken"})
    assert Fejlmelding.objects.get().offentligt == tilbud
    assert "1 åben fejlmelding" in tekst(laeser.get(listen))
    soegt = melder.get(reverse("soegning:soeg"), {"fra": fabrik.om(10).isoformat(), "kommune": str(tilbud.kommune_id)})
    assert f'href="{adresse}"' in soegt.content.decode()
    assert "1 åben fejlmelding" in tekst(soegt)


def test_report_of_an_offer_whose_municipality_is_not_told_goes_to_its_operators_when_that_is_a_municipality() -> None:
    hos_kommunen = fabrik.offentligt_tilbud("Sofieskolen", i=None, driftsherre="Gladsaxe Kommune")
    fabrik.kommune("Odense", i="KKR Syddanmark")
    hos_en_anden = fabrik.offentligt_tilbud("Fyn", i="Gladsaxe", driftsherre="Odense Kommune")
    delvist = fabrik.offentligt_tilbud("Delvist", i=None, driftsherre="Gladsaxe Kommune (Afdeling Øst)")
    ingen = fabrik.offentligt_tilbud("Ingen", i=None, driftsherre="")
    html = klient(fabrik.sagsbehandler()).get(reverse("tilbud:offentliggjorte")).content.decode()
    for tilbud, kkr in (
        (hos_kommunen, "KKR Hovedstaden"),
        (hos_en_anden, "KKR Hovedstaden"),
        (delvist, ""),
        (ingen, ""),
    ):
        fundet = ansvarligt_kkr(tilbud, idag())
        assert (fundet.navn if fundet else "") == kkr
        assert (reverse("tilbud:meld_fejl_i_offentliggjort", args=[tilbud.pk]) in html) is bool(kkr)
    fejl = fabrik.fejl_i_andet(hos_kommunen)
    assert fejl.frist == fabrik.om(14)
    vilkaar = gaeldende_i_kommune(Kommune.objects.get(kortnavn="Gladsaxe").pk, idag())
    assert queries.fristens_kilde(fejl) == kilde(vilkaar, Noegle.FEJLMELDING_FRIST_DAGE)


def test_lists_of_published_offers_take_as_many_statements_for_many(django_assert_max_num_queries: Any) -> None:
    melder = klient(fabrik.sagsbehandler())
    fabrik.fejl_i_andet(fabrik.offentligt_tilbud())

    def kald() -> int:
        with django_assert_max_num_queries(30) as maalt:
            assert melder.get(reverse("tilbud:offentliggjorte")).status_code == 200
        return len(maalt)

    foer = kald()
    for nummer in range(10, 60):
        fabrik.fejl_i_andet(fabrik.offentligt_tilbud(f"Tilbud {nummer}"))
    assert kald() == foer


@pytest.mark.parametrize(("slags", "felt"), [("klynge", "klyngeId"), ("offentligt", "offentligtTilbudId")])
def test_report_over_rest_names_what_it_is_about_and_the_secretariat_answers(slags: str, felt: str) -> None:
    alle, adresse, om = systemer(), "/api/v1/fejlmeldinger", emne(slags)
    melder, sekretariat, driftsherre = (
        klienter.client(alle[navn]) for navn in ("myndighed@egen", "sekretariat@egen", "driftsherre@egen")
    )
    krop = {felt: str(om.pk), "faktum": "navn", "besked": "Det hedder noget andet"}
    sendt = melder.post(adresse, krop, content_type="application/json").json()
    assert (sendt[felt], sendt["tilbudId"], sendt["driftsherreId"]) == (str(om.pk), None, None)
    assert sendt["sekretariatId"] == str(alle["sekretariat@egen"].organisation_id)
    assert driftsherre.get(f"{adresse}/{sendt['id']}").status_code == 404
    svar = sekretariat.post(
        f"{adresse}/{sendt['id']}/svar", {"skridt": "afvis", "svar": "Nej"}, content_type="application/json"
    )
    assert svar.status_code == 201
    assert melder.get(f"{adresse}/{sendt['id']}").json()["tilstand"] == "afvist"


@pytest.mark.parametrize("naevnt", [(), ("tilbudId", "klyngeId"), ("klyngeId", "afdelingId")])
def test_report_over_rest_is_about_exactly_one_thing(naevnt: tuple[str, ...]) -> None:
    afdeling = fabrik.afdeling()
    id_er = {"tilbudId": afdeling.tilbud_id, "afdelingId": afdeling.pk, "klyngeId": fabrik.klynge().pk}
    krop = {"faktum": "navn", "besked": "Forkert"} | {felt: str(id_er[felt]) for felt in naevnt}
    melder = klienter.client(systemer()["myndighed@egen"])
    svar = melder.post("/api/v1/fejlmeldinger", krop, content_type="application/json")
    assert (svar.status_code, svar.json()["code"]) == (400, "ugyldig_fejlmelding")
    assert not Fejlmelding.objects.exists()


@pytest.mark.parametrize(
    ("slags", "kode"), [(Emneslags.KLYNGE, "klynge_ikke_fundet"), (Emneslags.OFFENTLIGT, "tilbud_ikke_fundet")]
)
def test_meld_what_is_not_there_is_not_found(slags: Emneslags, kode: str) -> None:
    with pytest.raises(IkkeFundet) as fejl:
        meld_andet(
            aktoer=fabrik.sagsbehandler(), slags=slags, emne_id=fabrik.tilbud().pk, faktum=Faktum.NAVN, besked="Nej"
        )
    assert fejl.value.kode == kode
