"""The pages of reports, the badge on offer and hits, and the start pages' work lists."""

import re
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.test import Client
from django.urls import reverse

from faelles.aktoer import Aktoer
from faelles.tid import nu
from kommuner.models import Bruger
from tests import fabrik
from tests.api import klienter
from tests.api.adgang import systemer
from tilbud.fejlmeldinger.actions import meld
from tilbud.fejlmeldinger.afsnit import Afsnit, afsnit_for, fakta_i
from tilbud.fejlmeldinger.views import _fakta
from tilbud.fejlmeldinger.visning import viste
from tilbud.models import AFDELINGENS, TILBUDDETS, Faktum, Fejlmelding, Fejlsag, Tilbud

pytestmark = pytest.mark.django_db


def klient(aktoer: Aktoer) -> Client:
    ny = Client()
    ny.force_login(Bruger.objects.get(pk=aktoer.identitet.removeprefix("bruger:")))
    return ny


def tekst(svar: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", svar.content.decode()))


@pytest.fixture
def tilbud() -> Tilbud:
    fundet = fabrik.tilbud("Solbakken", adresse="Solvej 1")
    fabrik.bekraeftet(fabrik.ledig_plads(fabrik.afdeling(fundet)).afdeling)
    return fundet


def test_report_goes_from_the_offers_page_to_its_operator_and_the_answer_back(tilbud: Tilbud) -> None:
    melder, ejer = klient(fabrik.sagsbehandler()), klient(fabrik.tilbudsleder())
    detalje = reverse("tilbud:detalje", args=[tilbud.pk])
    assert "Bekræftet" in tekst(melder.get(detalje))
    adresse = reverse("tilbud:meld_fejl", args=[tilbud.pk])
    assert adresse in melder.get(detalje).content.decode()
    assert "Det står der nu Solvej 1" in tekst(melder.get(adresse, {"faktum": "adresse"}))
    tom = melder.post(adresse, {"faktum": "", "besked": ""})
    assert tom.status_code == 422
    assert "Vælg den oplysning, der er forkert" in tekst(tom)
    svar = melder.post(adresse, {"faktum": "adresse", "besked": "Det er nr. 5"}, follow=True)
    assert f"Gladsaxe Kommune har frist til {fabrik.om(14):%d.%m.%Y}" in tekst(svar)
    fejl = Fejlmelding.objects.get()
    igen = melder.post(adresse, {"faktum": "adresse", "besked": "Det er nr. 5"})
    assert "I har allerede meldt fejl" in tekst(igen)
    for hvem in (melder, ejer, klient(fabrik.sagsbehandler("Herlev"))):
        side = tekst(hvem.get(detalje))
        assert "Åbne fejlmeldinger" in side
        assert "Nedsat tillid 1 åben fejlmelding" in side
        assert "nr. 5" not in side
    assert "Adresse i Solbakken" in tekst(ejer.get(reverse("start")))
    sag = reverse("tilbud:fejlmelding", args=[fejl.pk])
    behandl = reverse("tilbud:behandl_fejl", args=[fejl.pk])
    assert "Undersøges" in tekst(ejer.post(behandl, {"skridt": "begynd"}, follow=True))
    assert ejer.post(behandl, {"skridt": "ret", "svar": ""}).status_code == 422
    Tilbud.objects.filter(pk=tilbud.pk).update(adresse="Solvej 5")
    ejer.post(behandl, {"skridt": "ret", "svar": "Rettet, tak"})
    besvaret = tekst(melder.get(sag))
    for ventet in ("Rettet, tak", "Det stod der Solvej 1", "Det står der nu Solvej 5"):
        assert ventet in besvaret
    assert "Adresse i Solbakken" in tekst(melder.get(reverse("start")))
    assert "Adresse i Solbakken" not in tekst(ejer.get(reverse("start")))
    assert "Åbne fejlmeldinger" not in tekst(melder.get(detalje))


def valg(svar: Any) -> list[str]:
    """The facts one can choose, in words."""
    html = svar.content.decode().split('name="faktum"')[1].split("</select>")[0]
    return re.findall(r"<option[^>]*>([^<]+)</option>", html)[1:]


def test_link_of_a_section_offers_just_its_facts_with_what_is_shown_of_each(tilbud: Tilbud) -> None:
    melder, ejer = klient(fabrik.sagsbehandler()), klient(fabrik.tilbudsleder())
    detalje = melder.get(reverse("tilbud:detalje", args=[tilbud.pk])).content.decode()
    adresse, afdeling = reverse("tilbud:meld_fejl", args=[tilbud.pk]), tilbud.afdelinger.get()
    links = {link.replace("&amp;", "&") for link in re.findall(rf'{adresse}\?([^"]+)"', detalje)}
    assert links == {
        "afsnit=oplysninger",
        "afsnit=godkendelse",
        f"faktum=pladser&afdeling={afdeling.pk}",
        f"faktum=bekraeftelse&afdeling={afdeling.pk}",
        "faktum=takst",
    }
    oplysninger = melder.get(adresse, {"afsnit": "oplysninger"})
    assert {"Adresse: Solvej 1", "Lukning: Ingen lukkedato"} <= set(valg(oplysninger))
    assert [ord_.partition(":")[0] for ord_ in valg(oplysninger)] == [f.label for f in fakta_i(Afsnit.OPLYSNINGER)]
    assert "Afdeling" not in tekst(oplysninger).split("Hvilken oplysning")[1]
    assert valg(melder.get(adresse, {"afsnit": "godkendelse"})) == [
        "Godkendelse: Ikke oplyst",
        "Seneste tilsyn: Ikke oplyst",
        "Tilladelser til merpladser: Ikke oplyst",
    ]
    pladser = melder.get(adresse, {"faktum": "pladser", "afdeling": str(afdeling.pk)})
    assert [ord_.partition(":")[0] for ord_ in valg(pladser)] == [f.label for f in fakta_i(Afsnit.PLADSER)]
    bekraeftet = f"Bekræftelse af pladserne: Bekræftet {fabrik.om(0):%d.%m.%Y} af Gladsaxe"
    assert any(ord_.startswith(bekraeftet) for ord_ in valg(pladser))
    assert "Afdelingens navn: Hovedhuset" in valg(pladser)
    assert len(valg(melder.get(adresse))) == len(valg(melder.get(adresse, {"afsnit": "ukendt"}))) == len(TILBUDDETS)
    assert melder.post(f"{adresse}?afsnit=godkendelse", {"faktum": "adresse", "besked": "Nr. 5"}).status_code == 422
    melder.post(f"{adresse}?afsnit=oplysninger", {"faktum": "lukning", "besked": "Det lukker til maj"})
    assert "Lukning i Solbakken" in tekst(ejer.get(reverse("start")))


def test_hit_over_rest_says_how_many_reports_are_open(tilbud: Tilbud) -> None:
    fabrik.fejlmelding(tilbud)
    fabrik.fejlmelding(tilbud, af=fabrik.sagsbehandler("Herlev"), faktum=Faktum.KONTAKT)
    system, krop = klienter.myndighed(), {"fra": fabrik.om(7).isoformat()}
    fundne = system.post("/api/v1/soegninger", krop, content_type="application/json").json()["resultater"]
    ledige = system.get("/api/v1/ledige-pladser", krop).json()["resultater"]
    assert [r["aabneFejlmeldinger"] for r in (*fundne, *ledige)] == [2, 2]
    Fejlmelding.objects.update(tilstand="rettet", afsluttet=nu())
    (hit,) = system.post("/api/v1/soegninger", krop, content_type="application/json").json()["resultater"]
    assert hit["aabneFejlmeldinger"] == 0


def test_every_fact_is_shown_in_a_section() -> None:
    assert [faktum for faktum in TILBUDDETS if fakta_i(afsnit_for(faktum)).count(faktum) != 1] == []
    assert (
        sorted(fakta_i(*Afsnit))
        == sorted(faktum for afsnit in Afsnit for faktum in fakta_i(afsnit))
        == sorted(TILBUDDETS)
    )


VISER = ("h1", "dt", "h3", "table", "figure")  # what tells something of an offer on its page; and these classes
KLASSER = {"alert", "friskhed", "tillid"}
UDEN_SLUT = {"input", "img", "br", "col", "link", "meta", "use", "path"}


class Sidens(HTMLParser):
    """The facts a page says it shows, and what it shows without saying which fact it is."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fakta: set[str] = set()
        self.uden: list[str] = []
        self._inde: list[tuple[str, str | None]] = []
        self.feed(html.split("<main", 1)[1].split("</main", 1)[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        felter = dict(attrs)
        if (faktum := felter.get("data-faktum")) is not None:
            self.fakta.add(faktum)
        inde = faktum or (self._inde[-1][1] if self._inde else None)
        klasser = set((felter.get("class") or "").split())
        if inde is None and (tag in VISER or klasser & KLASSER) and felter.get("id") != "lukninger-titel":
            self.uden.append(self.get_starttag_text() or tag)
        if tag not in UDEN_SLUT:
            self._inde.append((tag, inde))

    def handle_endtag(self, tag: str) -> None:
        while tag not in UDEN_SLUT and self._inde.pop()[0] != tag:
            pass


def kan_meldes(side: Any, tilbud: Tilbud) -> set[str]:
    """The facts the links of a page offer to report."""
    adresse = reverse("tilbud:meld_fejl", args=[tilbud.pk])
    links = (dict(parse_qsl(unescape(link))) for link in re.findall(rf'{adresse}\?([^"]+)"', side.content.decode()))
    return {str(f) for link in links for f in _fakta(link.get("faktum", ""), link.get("afsnit", ""))}


def om_alt(**felter: Any) -> Tilbud:
    """An offer about which everything there can be is shown."""
    fundet = fabrik.tilbud(
        adresse="Solvej 1", beskrivelse="Et roligt sted", gruppe_hoejst=8, normering=Decimal(2), selvhenvendelse=True,
        lukket_fra=fabrik.om(500), **felter,
    )  # fmt: skip
    huset = fabrik.afdeling(fundet)
    fabrik.niveau(fundet, 2)
    fabrik.godkendelse(fundet, 20)
    fabrik.godkendelse(fundet, 3, kode="SEL-108", til=fabrik.om(-1))
    fundet.hjemler.add(fabrik.hjemmel("SEL-108"))
    fabrik.tilsynsrapport(fundet)
    fabrik.ydelse(fundet)
    fabrik.merpladstilladelse(huset)
    fabrik.takst(huset)
    if not fundet.uden_pladser:
        fabrik.lukning(huset, fabrik.ledig_plads(huset))
    return fundet


def test_every_fact_shown_of_an_offer_can_be_reported_where_it_is_shown() -> None:
    melder, viste = klient(fabrik.sagsbehandler()), set()
    fabrik.klynge(medlemmer=("Gladsaxe",), maalgrupper=("Autismespektrum",))
    for tilbud in (om_alt(), om_alt(uden_pladser=True)):
        svar = melder.get(reverse("tilbud:detalje", args=[tilbud.pk]))
        side = Sidens(svar.content.decode())
        assert side.uden == []
        assert side.fakta - kan_meldes(svar, tilbud) == set()
        viste |= side.fakta
    assert viste == TILBUDDETS


def test_leader_reports_from_the_calendar_what_only_another_can_mend(tilbud: Tilbud) -> None:
    svar = klient(fabrik.tilbudsleder()).get(reverse("tilbud:belaegning"))
    side = Sidens(svar.content.decode())
    assert side.uden == ["<h1>"]  # what the page is
    assert side.fakta == {"afdelingsnavn", "pladser", "bekraeftelse"}
    assert side.fakta <= kan_meldes(svar, tilbud)


def test_report_keeps_the_price_and_the_confirmation_as_they_stood() -> None:
    tilbud, melder = om_alt(), fabrik.sagsbehandler()
    huset = tilbud.afdelinger.get()
    fabrik.bekraeftet(huset)
    fabrik.klynge(medlemmer=("Gladsaxe",))
    fabrik.klynge("Autisme", medlemmer=("Gladsaxe",), maalgrupper=("Autismespektrum", "Demens"))
    fabrik.klynge("Demens", medlemmer=("Gladsaxe",), maalgrupper=("Demens",))
    fabrik.klynge("De andre", medlemmer=("Herlev",))
    for faktum, ventet in (
        (Faktum.TAKST, "SEL-107: 2.687,00 kr./døgn, 01.01.2026 til 31.12.2027"),
        (Faktum.BEKRAEFTELSE, f"Bekræftet {fabrik.om(0):%d.%m.%Y} af Gladsaxe Kommune (tilbudsleder)"),
        (Faktum.KLYNGER, "Autisme, Hjerneskade"),
    ):
        afdeling_id = huset.pk if faktum in AFDELINGENS else None
        fejl = meld(aktoer=melder, tilbud_id=tilbud.pk, faktum=faktum, besked="Forkert", afdeling_id=afdeling_id)
        assert Fejlsag.objects.synlige_for(melder).get(pk=fejl.pk).vist == ventet


def test_reporter_can_withdraw_and_nobody_can_answer_after(tilbud: Tilbud) -> None:
    fejl = fabrik.fejlmelding(tilbud)
    melder, ejer = klient(fabrik.sagsbehandler()), klient(fabrik.tilbudsleder())
    behandl = reverse("tilbud:behandl_fejl", args=[fejl.pk])
    assert "trukket tilbage" in tekst(melder.post(behandl, {"skridt": "traek"}, follow=True))
    assert "Der kan ikke svares" in tekst(ejer.post(behandl, {"skridt": "ret", "svar": "Ja"}, follow=True))


def test_hit_of_the_search_carries_the_lowered_badge_and_stays_where_it_was(tilbud: Tilbud) -> None:
    soeg = klient(fabrik.sagsbehandler())
    data = {"fra": fabrik.om(7).isoformat(), "til": fabrik.om(30).isoformat()}
    andet = fabrik.tilbud("Zebra")
    fabrik.bekraeftet(fabrik.ledig_plads(fabrik.afdeling(andet)).afdeling)

    def fundne() -> list[str]:
        return [r.fakta.tilbud for r in soeg.get(reverse("soegning:soeg"), data).context["side"]]

    foer = fundne()
    fejl = fabrik.fejlmelding(tilbud)
    side = tekst(soeg.get(reverse("soegning:soeg"), data))
    assert side.count("Nedsat tillid 1 åben fejlmelding") == 1
    assert fundne() == foer, "a report is no proof, and must not move anybody down"
    Fejlmelding.objects.filter(pk=fejl.pk).update(frist=fabrik.om(-1))
    assert "Lav tillid 1 åben fejlmelding, 1 over fristen" in tekst(soeg.get(reverse("soegning:soeg"), data))


def test_secretariat_sees_what_is_past_its_deadline_in_its_own_municipalities(tilbud: Tilbud) -> None:
    fabrik.kommune("Odense", i="KKR Syddanmark")
    for hvor in (tilbud, fabrik.tilbud("Fynsk", i="Odense")):
        fabrik.fejlmelding(hvor)
    hovedstaden = klient(fabrik.sekretariat())
    assert "Fejlmeldinger over fristen" not in tekst(hovedstaden.get(reverse("start")))
    Fejlmelding.objects.update(frist=fabrik.om(-1))
    side = tekst(hovedstaden.get(reverse("start")))
    assert "1 fejlmelding i KKR'ets kommuner" in side.replace("&#x27;", "'")
    assert "Adresse i Solbakken" in side
    assert "Fynsk" not in side


def test_report_of_a_level_goes_to_the_secretariat_and_back_and_the_operator_sees_only_that_it_is_open(
    tilbud: Tilbud,
) -> None:
    melder, sekretariat, ejer = map(klient, (fabrik.sagsbehandler(), fabrik.sekretariat(), fabrik.tilbudsleder()))
    adresse = reverse("tilbud:meld_fejl", args=[tilbud.pk])
    ventet = "om specialisering eller klynger er det Sekretariatet for KKR Hovedstaden."
    assert ventet in tekst(melder.get(adresse, {"faktum": "specialisering"}))
    assert "er det Sekretariatet" not in tekst(melder.get(adresse, {"afsnit": "godkendelse"}))
    svar = melder.post(adresse, {"faktum": "specialisering", "besked": "Det er niveau 3"}, follow=True)
    assert f"Sekretariatet for KKR Hovedstaden har frist til {fabrik.om(14):%d.%m.%Y}" in tekst(svar)
    fejl = Fejlmelding.objects.get()
    detalje, start = reverse("tilbud:fejlmelding", args=[fejl.pk]), reverse("start")
    behandl = reverse("tilbud:behandl_fejl", args=[fejl.pk])
    assert "Specialisering i Solbakken" in tekst(sekretariat.get(start))
    assert "Solbakken" in tekst(sekretariat.get(reverse("tilbud:fejlmeldinger")))
    for post in ({"skridt": "begynd"}, {"skridt": "ret", "svar": "Rettet"}):
        assert ejer.post(behandl, post).status_code == ejer.get(detalje).status_code == 404
    assert "Specialisering i Solbakken" not in tekst(ejer.get(start))
    assert "Nedsat tillid 1 åben fejlmelding" in tekst(ejer.get(reverse("tilbud:detalje", args=[tilbud.pk])))
    Fejlmelding.objects.update(frist=fabrik.om(-1))
    forside = tekst(sekretariat.get(start))
    assert "Frist overskredet:" in forside
    assert "Fejlmeldinger over fristen" not in forside, "those are what operators have not answered"
    assert "Undersøges" in tekst(sekretariat.post(behandl, {"skridt": "begynd"}, follow=True))
    sekretariat.post(behandl, {"skridt": "afvis", "svar": "Niveau 2 er vedtaget"})
    besvaret = tekst(melder.get(detalje))
    for ord_ in (
        "Ikke en fejl",
        "Niveau 2 er vedtaget",
        "af Sekretariatet for KKR Hovedstaden (sekretariatsmedarbejder)",
    ):
        assert ord_ in besvaret
    assert "Specialisering i Solbakken" in tekst(melder.get(start))


def test_secretariats_system_answers_what_is_the_secretariats(tilbud: Tilbud) -> None:
    alle, adresse = systemer(), "/api/v1/fejlmeldinger"
    melder, sekretariat, andet, driftsherre = (
        klienter.client(alle[navn])
        for navn in ("myndighed@egen", "sekretariat@egen", "sekretariat@fremmed", "driftsherre@egen")
    )
    krop = {"tilbudId": str(tilbud.pk), "faktum": "klynger", "besked": "Der mangler en klynge"}
    sendt = melder.post(adresse, krop, content_type="application/json").json()
    assert (sendt["sekretariatId"], sendt["driftsherreId"]) == (
        str(alle["sekretariat@egen"].organisation_id),
        str(tilbud.driftsherre_id),
    )
    assert [r["id"] for r in sekretariat.get(adresse).json()["resultater"]] == [sendt["id"]]
    svar, krop = f"{adresse}/{sendt['id']}/svar", {"skridt": "ret", "svar": "Den er tilføjet"}
    for fremmed in (andet, driftsherre):
        assert fremmed.get(adresse).json()["resultater"] == []
        assert fremmed.get(f"{adresse}/{sendt['id']}").status_code == 404
        assert fremmed.post(svar, krop, content_type="application/json").status_code == 404
    assert sekretariat.post(svar, krop, content_type="application/json").status_code == 201
    besvaret = melder.get(f"{adresse}/{sendt['id']}").json()
    assert (besvaret["tilstand"], besvaret["svar"]) == ("rettet", "Den er tilføjet")
    fabrik.fejlmelding(tilbud)
    (driftsherrens,) = driftsherre.get(adresse).json()["resultater"]
    assert driftsherrens["sekretariatId"] is None


def test_list_shows_open_ones_first_in_a_constant_number_of_statements(
    tilbud: Tilbud, django_assert_max_num_queries: Any
) -> None:
    ejer, sekretariat = klient(fabrik.tilbudsleder()), klient(fabrik.sekretariat())

    def kald(url: str, hvem: Client) -> int:
        with django_assert_max_num_queries(30) as maalt:
            assert hvem.get(url).status_code == 200
        return len(maalt)

    adresser = [reverse("tilbud:fejlmeldinger"), reverse("start"), reverse("tilbud:detalje", args=[tilbud.pk])]
    kaldene = [*((url, ejer) for url in adresser), *((url, sekretariat) for url in adresser[:2])]
    assert "Ingen fejlmeldinger" in tekst(ejer.get(adresser[0]))
    fabrik.fejlmelding(tilbud)
    fabrik.fejlmelding(tilbud, faktum=Faktum.SPECIALISERING)
    foer = [kald(*et) for et in kaldene]
    for nummer in range(20):
        melder = fabrik.sagsbehandler(f"Kommune {nummer}")
        for faktum in (Faktum.NAVN, Faktum.ALDER, Faktum.HJEMLER, Faktum.KONTAKT, Faktum.SPECIALISERING):
            fabrik.fejlmelding(tilbud, af=melder, faktum=faktum)
    assert [kald(*et) for et in kaldene] == foer
    Fejlmelding.objects.filter(faktum=Faktum.NAVN).update(frist=fabrik.om(-3))
    foerste = ejer.get(adresser[0]).context["side"].object_list[0]
    assert foerste.fejlmelding.faktum == Faktum.NAVN


def test_lists_levels_prices_hits_and_comparisons_lead_to_a_report_too(tilbud: Tilbud) -> None:
    melder, afdeling = klient(fabrik.sagsbehandler()), tilbud.afdelinger.get()
    fabrik.merpladstilladelse(afdeling)
    adresse = reverse("tilbud:meld_fejl", args=[tilbud.pk])
    valg = {"fra": fabrik.om(10).isoformat(), "til": fabrik.om(40).isoformat()}
    lister = melder.get(reverse("tilbud:bloklister", args=[tilbud.pk]))
    niveau = melder.get(reverse("tilbud:niveau", args=[tilbud.pk]))
    priser = melder.get(reverse("takster:historik", args=[tilbud.pk]))
    for svar, fakta in (
        (lister, ("godkendelse", "tilsyn", "ydelser", "merplads")),
        (niveau, ("specialisering",)),
        (priser, ("takst",)),
    ):
        assert tuple(re.findall(rf"{adresse}\?faktum=(\w+)", svar.content.decode())) == fakta
    for url, data in (
        (reverse("soegning:soeg"), valg),
        (reverse("soegning:sammenlign"), valg | {"afdeling": str(afdeling.pk)}),
    ):
        assert f'href="{adresse}"' in melder.get(url, data).content.decode()


def test_report_keeps_what_was_shown_of_closures_and_permissions(tilbud: Tilbud) -> None:
    afdeling = tilbud.afdelinger.get()
    ord_ = viste(tilbud, None, [Faktum.LUKNINGER, Faktum.MERPLADSER, Faktum.UDEN_PLADSER], nu())
    assert ord_ == {Faktum.LUKNINGER: "Ingen", Faktum.MERPLADSER: "Ikke oplyst", Faktum.UDEN_PLADSER: "Nej"}
    fabrik.lukning(afdeling, fra=5, til=9)
    fabrik.merpladstilladelse(afdeling, 2)
    ord_ = viste(tilbud, None, [Faktum.LUKNINGER, Faktum.MERPLADSER], nu())
    assert ord_[Faktum.LUKNINGER].startswith("Hovedhuset ")
    assert ord_[Faktum.LUKNINGER].endswith(": Renovering eller ombygning")
    assert ord_[Faktum.MERPLADSER] == "Hovedhuset: 2"
