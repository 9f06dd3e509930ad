"""Offers side by side: what the rows say, which are marked, and what cannot be compared."""

import json
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faelles.dokument.tal import kort_dato
from faelles.fejl import IkkeFundet
from faelles.tid import Periode, nu
from kommuner.models import Rolle
from reservationer.soegning.profil import Behovsprofil, Vaegt
from reservationer.soegning.sammenlign.indhold import Raekke, Sammenligning
from reservationer.soegning.sammenlign.queries import sammenlignede, sammenligning
from reservationer.soegning.sammenlign.tabel import sammenlign
from tests import fabrik
from tests.api import klienter
from tests.soegning.fritvalg.situationer import botilbud, proeve
from tilbud.models import Afdeling, Tilbud

pytestmark = pytest.mark.django_db

PERIODE = Periode(fabrik.om(10), fabrik.om(40))


def raekker(*afdelinger: Afdeling, **kriterier: Any) -> dict[str, Raekke]:
    """The rows of the comparison by name."""
    profil = Behovsprofil(**{"periode": PERIODE} | kriterier)
    valgte = sammenlignede(fabrik.sagsbehandler(), profil, [afdeling.pk for afdeling in afdelinger], nu=nu())
    grupper = {kode: f"Gruppe {nr}" for nr, kode in enumerate(profil.vaegte)}
    fundet = sammenlign(PERIODE.fra, valgte, grupper)
    return {raekke.navn: raekke for afsnit in fundet.afsnit for raekke in afsnit.raekker}


def test_rows_say_how_each_stands_to_the_need_and_mark_what_differs() -> None:
    autisme = fabrik.maalgruppe()
    passer = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Passer", metoder=["KRAP"]))).afdeling
    fabrik.bekraeftet(passer, dage_siden=1)
    fabrik.takst(passer, "2687.00")
    anden = fabrik.afdeling(fabrik.tilbud("Anden", hjemler=("SEL-108",), maalgrupper=("Angst",), i="Herlev"))
    fundet = raekker(passer, anden, hjemmel="SEL-107", alder=30, maalgrupper=((autisme.kode, Vaegt.AFGOERENDE),))
    assert fundet["Hjemmel"].celler == (("Opfyldt",), ("Ikke opfyldt",))
    assert fundet["Alder"].celler[0] == ("Fra 18 år",)
    assert fundet["Gruppe 0"].celler == (("Opfyldt",), ("Ikke opfyldt",))
    assert fundet["Ledig i hele perioden"].celler == (("Opfyldt",), ("Ikke opfyldt",))
    assert fundet["Takst"].celler == (("2.687,00 kr./døgn", "SEL-107"), ("Ikke kendt",))
    assert fundet["Metoder"].celler == (("KRAP",), ("Ikke oplyst",))
    assert fundet["Ledige pladser"].celler[0] == ("1 ledig",)
    assert {navn for navn, raekke in fundet.items() if not raekke.forskellig} >= {
        "Alder",
        "Normering",
        "Seneste tilsyn",
    }
    assert {navn for navn, raekke in fundet.items() if raekke.forskellig} >= {"Hjemmel", "Kommune", "Takst", "Gruppe 0"}


def test_place_nobody_vouches_for_is_unknown_here_too() -> None:
    a, b = fabrik.ledig_plads().afdeling, fabrik.ledig_plads().afdeling
    fundet = raekker(a, b)
    assert fundet["Ledige pladser"].celler == (("Ukendt; 1 uden reservation",),) * 2
    assert fundet["Ledig i hele perioden"].celler == (("Ukendt",),) * 2


def test_what_is_told_of_freshness_and_open_reports_is_what_the_hit_says() -> None:
    frisk, forfalden, ukendt = (fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(navn))).afdeling for navn in "ABC")
    for afdeling, dage in ((frisk, 0), (forfalden, 8), (ukendt, 31)):
        fabrik.bekraeftet(afdeling, dage_siden=dage)
    fabrik.fejlmelding(frisk.tilbud)
    fundet = raekker(frisk, forfalden, ukendt)
    assert [celle[0] for celle in fundet["Bekræftet"].celler] == [
        kort_dato(fabrik.om(0)), "Forfalden", f"Ukendt siden {kort_dato(fabrik.om(-1))}",
    ]  # fmt: skip
    assert fundet["Bekræftet"].celler[2][1] == f"Sidst bekræftet {kort_dato(fabrik.om(-31))}"
    assert fundet["Tillid"].celler == (("Nedsat tillid", "1 åben fejlmelding"), ("Nedsat tillid",), ("Lav tillid",))


def test_offer_without_places_and_one_with_places_for_its_own_citizens_are_told_for_what_they_are() -> None:
    udgaaende = fabrik.afdeling(fabrik.tilbud(uden_pladser=True))
    egne = fabrik.ledig_plads(forbeholdt_egne=True).afdeling
    fundet = raekker(udgaaende, egne)
    assert fundet["Ledige pladser"].celler[0] == fundet["Bekræftet"].celler[0] == ("Leveres uden pladser",)
    assert fundet["Ledig i hele perioden"].celler == (("Ukendt",), ("–",))
    assert fundet["Ikke forbeholdt andre"].celler == (("–",), ("Ikke opfyldt",))


def test_protected_address_is_never_told() -> None:
    a = fabrik.afdeling(fabrik.tilbud(beskyttet_adresse=True))
    b = fabrik.afdeling(fabrik.tilbud(adresse="Kærgårdsvej 4"))
    assert raekker(a, b)["Adresse"].celler == (("Beskyttet",), ("Kærgårdsvej 4",))


def test_closed_and_far_away_are_compared_all_the_same_and_what_is_not_there_is_not() -> None:
    lukket = fabrik.afdeling(fabrik.tilbud(lukket_fra=fabrik.om(-1)))
    langt_vaek = fabrik.afdeling(fabrik.tilbud(i="Herlev"))
    assert raekker(lukket, langt_vaek, kkr=uuid4())["Åbent i hele perioden"].celler == (("Ikke opfyldt",), ("Opfyldt",))
    with pytest.raises(IkkeFundet):
        sammenlignede(fabrik.sagsbehandler(), Behovsprofil(PERIODE), [lukket.pk, uuid4()], nu=nu())


@pytest.fixture
def client_(client: Client) -> Client:
    """A case worker's browser."""
    client.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation))
    return client


def test_page_compares_what_was_chosen_and_keeps_the_search(client_: Client) -> None:
    a, b = (fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(navn))).afdeling for navn in ("Kernen", "Bakken"))
    svar = client_.get(reverse("soegning:soeg"), {"fra": fabrik.om(10).isoformat(), "alder": "30"})
    assert 'name="afdeling"' in svar.content.decode()
    valg = [("afdeling", str(a.pk)), ("afdeling", str(b.pk)), *svar.context["soegefelter"]]
    side = client_.get(f"{reverse('soegning:sammenlign')}?{urlencode(valg)}")
    html = side.content.decode()
    assert side.status_code == 200
    assert "Kernen" in html
    assert "Vælg og begrund" in html
    assert "alder=30" in side.context["tilbage"]
    assert "afdeling=" not in side.context["tilbage"]


@pytest.mark.parametrize("rute", ["soegning:sammenlign", "soegning:nyt_valg"])
def test_search_that_cannot_be_made_any_more_is_mended_before_anything_is_held_against_it(
    client_: Client, rute: str
) -> None:
    valg = [("afdeling", str(fabrik.afdeling(navn=navn).pk)) for navn in ("Kernen", "Bakken")]
    assert client_.get(f"{reverse(rute)}?{urlencode(valg)}").status_code == 200
    i_gaar = [("fra", fabrik.om(-1).isoformat()), ("hjemmel", "SEL-107")]
    svar = client_.get(f"{reverse(rute)}?{urlencode([*valg, *i_gaar])}", follow=True)
    assert svar.redirect_chain == [(f"{reverse('soegning:soeg')}?{urlencode(i_gaar)}", 302)]
    html = svar.content.decode()
    assert "Søgningen skal rettes" in html
    assert "Perioden kan tidligst begynde i dag" in html


@pytest.mark.parametrize("antal", [0, 5])
def test_page_asks_for_two_to_four(client_: Client, antal: int) -> None:
    valg = [("afdeling", str(fabrik.afdeling(navn=f"Hus {nr}").pk)) for nr in range(antal)]
    svar = client_.get(f"{reverse('soegning:sammenlign')}?{urlencode(valg)}", follow=True)
    assert f"Du har valgt {antal}." in svar.content.decode()


def test_page_of_one_says_what_is_missing_and_of_what_is_no_id_is_not_found(client_: Client) -> None:
    en = client_.get(reverse("soegning:sammenlign"), {"afdeling": str(fabrik.afdeling().pk)})
    assert "Vælg mindst to afdelinger" in en.content.decode()
    assert "Vælg og begrund" not in en.content.decode()
    for ukendt in ("nej", str(uuid4())):
        assert client_.get(reverse("soegning:sammenlign"), {"afdeling": ukendt}).status_code == 404


IKKE_TALT = ("SAVEPOINT", "RELEASE", "SELECT set_config", "select set_config")
KENDER_PERSONEN = ("django_session", "kommuner_bruger", "kommuner_tilknytning")  # the same on every page


@pytest.mark.parametrize("antal", [2, 4])
def test_page_asks_at_most_four_statements_for_each_compared(client_: Client, antal: int) -> None:
    afdelinger = [
        fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(hjemler=("SEL-108",)))).afdeling for _ in range(antal)
    ]
    for afdeling in afdelinger:
        fabrik.bekraeftet(afdeling)
        fabrik.takst(afdeling, kode="SEL-108")
    valg = [("afdeling", str(afdeling.pk)) for afdeling in afdelinger]
    soegning = {
        "fra": fabrik.om(10), "alder": 30, "hjemmel": "SEL-108", "maalgruppe": fabrik.maalgruppe().pk, "kkr": fabrik.kkr().pk,
    }  # fmt: skip
    with CaptureQueriesContext(connection) as fangede:
        svar = client_.get(f"{reverse('soegning:sammenlign')}?{urlencode([*valg, *soegning.items()])}")
    assert "Frit valg (serviceloven § 108, stk. 2)" in svar.content.decode()
    talte = [
        saetning["sql"]
        for saetning in fangede.captured_queries
        if not saetning["sql"].startswith(IKKE_TALT)
        and not any(f'FROM "{tabel}"' in saetning["sql"] for tabel in KENDER_PERSONEN)
    ]
    assert len(talte) <= 4 * antal, talte


def proevede(pris: str) -> dict[str, Raekke]:
    """The rows about free choice after Rødovre has checked the second of three, the last of which is not under § 108."""
    kernen, bakken = (fabrik.afdeling(botilbud(navn)) for navn in ("Kernen", "Bakken"))
    af = fabrik.sagsbehandler()
    proeve(af, visiteret_id=kernen.tilbud_id, oensket_id=bakken.tilbud_id, udgift="2000.00", pris="1000.00")
    proeve(af, visiteret_id=kernen.tilbud_id, oensket_id=bakken.tilbud_id, udgift="2000.00", pris=pris)
    andre = fabrik.afdeling(fabrik.tilbud("Uden for"))
    fundet = sammenligning(af, Behovsprofil(PERIODE), [kernen.pk, bakken.pk, andre.pk], {}, nu=nu())
    (afsnit,) = (afsnit for afsnit in fundet.afsnit if afsnit.frit_valg)
    return {raekke.navn: raekke for raekke in afsnit.raekker}


@pytest.mark.parametrize(
    ("pris", "udfald", "procent"),
    [("2200.00", "Inden for grænsen", "10,00"), ("2200.01", "Over grænsen", "10,001")],
)
def test_free_choice_is_rows_with_both_prices_the_date_and_the_latest_verdict(
    pris: str, udfald: str, procent: str
) -> None:
    fundet = proevede(pris)
    visiteret, oensket, uden_for = fundet["Prøve af prisen"].celler
    assert visiteret == ("Det visiterede tilbud",)
    assert oensket == (
        udfald,
        f"{procent} procent dyrere end Kernen",
        "Højst 2.200,00 kr./døgn; det visiterede koster 2.000,00",
    )
    assert uden_for == ("Leverer ikke efter § 108",)
    kroner = pris.replace(".", ",").replace("2", "2.", 1)
    assert fundet["Forhandlet pris"].celler == (("2.000,00 kr./døgn",), (f"{kroner} kr./døgn",), ("–",))
    assert fundet["Priserne gælder"].celler[1] == (kort_dato(fabrik.om(0)),)


def test_check_against_an_offer_that_has_left_the_paragraph_since_keeps_its_name() -> None:
    kernen, bakken, lunden = (fabrik.afdeling(botilbud(navn)) for navn in ("Kernen", "Bakken", "Lunden"))
    af = fabrik.sagsbehandler()
    proeve(af, visiteret_id=kernen.tilbud_id, oensket_id=bakken.tilbud_id)
    kernen.tilbud.hjemler.clear()
    fundet = sammenligning(af, Behovsprofil(PERIODE), [kernen.pk, bakken.pk, lunden.pk], {}, nu=nu())
    (afsnit,) = (afsnit for afsnit in fundet.afsnit if afsnit.frit_valg)
    (raekke,) = (raekke for raekke in afsnit.raekker if raekke.navn == "Prøve af prisen")
    assert raekke.celler[0] == ("Leverer ikke efter § 108",)
    assert raekke.celler[1][1] == "10,00 procent dyrere end Kernen"


def test_free_choice_has_no_rows_for_other_municipalities_checks_or_where_it_does_not_apply() -> None:
    a, b = (fabrik.afdeling(botilbud(navn)) for navn in ("Kernen", "Bakken"))
    proeve(fabrik.sagsbehandler("Herlev"), visiteret_id=a.tilbud_id, oensket_id=b.tilbud_id)
    fundet = sammenligning(fabrik.sagsbehandler(), Behovsprofil(PERIODE), [a.pk, b.pk], {}, nu=nu())
    (afsnit,) = (afsnit for afsnit in fundet.afsnit if afsnit.frit_valg)
    assert afsnit.raekker[0].celler == (("Ikke prøvet",),) * 2
    andre = Behovsprofil(PERIODE, hjemmel="SEL-107")
    assert not sammenligning(fabrik.sagsbehandler(), andre, [a.pk, b.pk], {}, nu=nu()).frit_valg
    assert not sammenligning(fabrik.tilbudsleder(), Behovsprofil(PERIODE), [a.pk, b.pk], {}, nu=nu()).frit_valg


def test_comparison_is_the_same_when_it_is_read_back() -> None:
    a, b = (fabrik.afdeling(botilbud(navn)) for navn in ("Kernen", "Bakken"))
    fundet = sammenligning(fabrik.sagsbehandler(), Behovsprofil(PERIODE), [a.pk, b.pk], {}, nu=nu())
    assert Sammenligning.af_json(json.loads(json.dumps(fundet.som_json()))) == fundet


def test_fingerprint_is_of_all_that_may_be_kept_and_of_nothing_else() -> None:
    a, b = (fabrik.afdeling(fabrik.tilbud(navn, adresse=f"{navn}vej 4")) for navn in ("Kernen", "Bakken"))

    def tryk() -> str:
        return sammenligning(fabrik.sagsbehandler(), Behovsprofil(PERIODE), [a.pk, b.pk], {}, nu=nu()).tryk

    foerste = tryk()
    Tilbud.objects.filter(pk=a.tilbud_id).update(adresse="En anden vej 5")
    assert tryk() == foerste, "an address is not kept"
    fabrik.takst(b, "2100.00")
    assert tryk() != foerste


def krop(*afdelinger: Afdeling, **andet: Any) -> dict[str, Any]:
    """What a system sends."""
    return {"fra": fabrik.om(10).isoformat(), "afdelinger": [str(en.pk) for en in afdelinger], **andet}


def test_system_compares_with_coded_criteria_and_differences() -> None:
    autisme = fabrik.maalgruppe()
    a = fabrik.afdeling(fabrik.tilbud("Kernen"))
    b = fabrik.afdeling(fabrik.tilbud("Bakken", hjemler=("SEL-108",), maalgrupper=("Angst",)))
    behov = {"hjemmel": "SEL-107", "maalgrupper": [{"kode": str(autisme.pk)}]}
    svar = klienter.myndighed().post("/api/v1/sammenligninger", krop(b, a, **behov), content_type="application/json")
    assert svar.status_code == 200, svar.content
    assert [en["tilbud"] for en in svar.json()["afdelinger"]] == ["Bakken", "Kernen"], "in the order they were sent"
    raekker = {raekke["navn"]: raekke for afsnit in svar.json()["afsnit"] for raekke in afsnit["raekker"]}
    assert raekker["Hjemmel"] == {
        "kode": "hjemmel", "navn": "Hjemmel", "celler": [["Ikke opfyldt"], ["Opfyldt"]], "forskellig": True,
    }  # fmt: skip
    assert (raekker["Autismespektrum"]["kode"], raekker["Autismespektrum"]["celler"]) == (
        None,
        [["Ikke opfyldt"], ["Opfyldt"]],
    )
    assert raekker["Normering"]["forskellig"] is False


def test_system_is_refused_one_five_the_same_twice_and_what_is_not_there() -> None:
    system, en = klienter.myndighed(), fabrik.afdeling()

    def send(*afdelinger: Any) -> Any:
        data = krop() | {"afdelinger": [str(afdeling) for afdeling in afdelinger]}
        return system.post("/api/v1/sammenligninger", data, content_type="application/json")

    for forkerte in ([en.pk], [en.pk] * 2, [uuid4() for _ in range(5)]):
        svar = send(*forkerte)
        assert (svar.status_code, svar.json()["errors"][0]["pointer"].split("/")[1]) == (400, "afdelinger")
    assert send(en.pk, uuid4()).json()["code"] == "afdeling_ikke_fundet"


def test_system_asks_as_much_for_four_as_for_two() -> None:
    system, maalt = klienter.myndighed(), []
    for antal in (2, 4):
        afdelinger = [fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud())).afdeling for _ in range(antal)]
        with CaptureQueriesContext(connection) as fangede:
            svar = system.post("/api/v1/sammenligninger", krop(*afdelinger), content_type="application/json")
        assert len(svar.json()["afdelinger"]) == antal
        maalt.append(len(fangede))
    assert maalt[0] == maalt[1]


def test_search_with_an_old_code_leads_on_to_the_comparison_with_todays(client_: Client) -> None:
    gammel, ny = fabrik.hjemmel("SEL-66"), fabrik.hjemmel("BL-43")
    gammel.erstattes_af = ny
    gammel.save()
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(hjemler=("BL-43",))))
    svar = client_.get(reverse("soegning:soeg"), {"fra": fabrik.om(10).isoformat(), "hjemmel": "SEL-66"})
    assert ("hjemmel", "BL-43") in svar.context["soegefelter"]


def test_address_of_a_comparison_with_an_old_code_is_read_as_todays(client_: Client) -> None:
    gammel, ny = fabrik.hjemmel("SEL-66"), fabrik.hjemmel("BL-43")
    gammel.erstattes_af = ny
    gammel.save()
    afdelinger = [fabrik.afdeling(fabrik.tilbud(hjemler=(kode,))) for kode in ("BL-43", "SEL-107")]
    fabrik.takst(afdelinger[0], "2150.00", kode="BL-43")
    valg = {"afdeling": [str(en.pk) for en in afdelinger], "fra": fabrik.om(10).isoformat(), "hjemmel": "SEL-66"}
    fundet = client_.get(reverse("soegning:sammenlign"), valg).context["sammenligning"]
    raekker = {raekke.navn: raekke.celler for afsnit in fundet.afsnit for raekke in afsnit.raekker}
    assert raekker["Hjemmel"] == (("Opfyldt",), ("Ikke opfyldt",))
    assert raekker["Takst"][0][0] == "2.150,00 kr./døgn"
