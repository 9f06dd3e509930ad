"""`POST /soegninger`: what it takes and what it answers."""

from typing import Any

import pytest
from django.test import Client

from faelles.tid import Periode
from kommuner.models import Postnummer
from tests import fabrik
from tests.api import klienter

pytestmark = pytest.mark.django_db


@pytest.fixture
def system() -> Client:
    """The case system of Rødovre."""
    return klienter.myndighed()


def soeg(system: Client, **profil: Any) -> Any:
    """The answer to a need profile."""
    krop = {"fra": fabrik.om(10).isoformat(), "til": fabrik.om(40).isoformat(), **profil}
    return system.post("/api/v1/soegninger", krop, content_type="application/json")


def test_soegninger_tells_each_hit_which_target_groups_it_is_for_and_what_is_unknown(system: Client) -> None:
    autisme, angst = fabrik.maalgruppe(), fabrik.maalgruppe("Angst")
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(maalgrupper=("Angst",))))
    grupper = [{"kode": str(autisme.kode), "vaegt": 3}, {"kode": str(angst.kode), "vaegt": 1}]
    (fundet,) = soeg(system, maalgrupper=grupper, niveauer=[1]).json()["resultater"]
    assert fundet["maalgrupper"] == [
        {"kode": str(autisme.kode), "opfyldt": False},
        {"kode": str(angst.kode), "opfyldt": True},
    ]
    assert {krav["kode"]: krav["udfald"] for krav in fundet["krav"]} == {
        "maalgruppe": "opfyldt",
        "aabent": "opfyldt",
        "niveauer": "ukendt",
        "ledig": "ukendt",
        "godkendt": "ukendt",
    }


def test_soegninger_without_hits_names_the_fewest_criteria_to_relax_and_lists_the_reasons(system: Client) -> None:
    hvor = fabrik.tilbud(i="Gladsaxe", hjemler=("SEL-108",))
    fabrik.hjemmel("SEL-107")
    fabrik.ledig_plads(fabrik.afdeling(hvor))
    herlev = fabrik.kommune("Herlev").pk
    svar = soeg(system, hjemmel="SEL-107", kommuner=[herlev], medUdeladte=True).json()
    assert svar["lempelse"] == {
        "kode": "hjemmel",
        "koder": ["hjemmel", "kommuner"],
        "navn": "Hjemmel og Kommune",
        "antal": 1,
    }
    (udeladt,) = svar["udeladte"]
    assert [grund["kode"] for grund in udeladt["grunde"]] == ["hjemmel", "kommuner"]


def test_soegninger_gives_every_hit_and_everything_left_out_a_page_at_a_time_and_says_how_many_there_are(
    system: Client,
) -> None:
    for nr in range(5):
        fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(f"Nr. {nr}")))
        fabrik.tilbud(f"Tom {nr}")
    fabrik.kommune("Odense", i="KKR Syddanmark")
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Fjordhuset", i="Odense")))
    valg: dict[str, Any] = {"kkr": fabrik.kkr().slug, "limit": 2, "medUdeladte": True}
    for ekstra, ude in (({"udeladteUdenForKkr": False}, 5), ({"udeladteUdenForKkr": True}, 6)):
        fundne: list[str] = []
        udeladte: list[str] = []
        cursorer: dict[str, str | None] = {}
        for side in range(3):
            svar = soeg(system, **valg, **ekstra, **cursorer).json()
            assert (svar["antal"], svar["antalUdeladte"], len(svar["resultater"])) == (5, ude, 1 if side == 2 else 2)
            fundne += [r["tilbudId"] for r in svar["resultater"]]
            udeladte += [u["tilbudId"] for u in svar["udeladte"]]
            cursorer = {"cursor": svar["naesteCursor"], "udeladteCursor": svar["naesteUdeladteCursor"]}
        assert cursorer == {"cursor": None, "udeladteCursor": None}
        assert len({*fundne, *udeladte}) == len(fundne) + len(udeladte) == 5 + ude
    uden = soeg(system, limit=2).json()
    assert (uden["udeladte"], uden["antalUdeladte"], uden["naesteUdeladteCursor"]) == ([], None, None)
    for felt in ("cursor", "udeladteCursor"):
        svar = soeg(system, **valg | {felt: "WyJmaW5kZXMgaWtrZSJd"})
        assert (svar.status_code, svar.json()["code"]) == (400, "ugyldig_cursor")
        assert [fejl["pointer"] for fejl in svar.json()["errors"]] == [f"/{felt}"]


def test_soegninger_names_a_kkr_as_it_is_asked_for(system: Client) -> None:
    fabrik.kommune("Odense", i="KKR Syddanmark")
    for hvor in ("Gladsaxe", "Odense"):
        fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i=hvor)))
    facetter = soeg(system).json()["facetter"]
    tal = {f["vaerdi"]: f["antal"] for f in facetter if f["kode"] == "kkr"}
    assert tal == {fabrik.kkr().slug: 1, fabrik.kkr("KKR Syddanmark").slug: 1}
    for slug, antal in tal.items():
        assert soeg(system, kkr=slug).json()["antal"] == antal


def test_ledige_pladser_takes_kinds_and_tells_them_and_the_day_a_place_is_free_from(system: Client) -> None:
    for navn, art in (("Dag", "dag"), ("Døgn", "doegn")):
        plads = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(navn)), art=art)
        fabrik.bekraeftet(plads.afdeling)
        fabrik.optag(plads, Periode(fabrik.om(-10), fabrik.om(5)))
        fabrik.ledig_plads(plads.afdeling, art="akut", forbeholdt_egne=True)
    sti = f"/api/v1/ledige-pladser?fra={fabrik.om(10)}&til={fabrik.om(40)}"
    for arter, ventet in (("", {"Dag": ["dag"], "Døgn": ["doegn"]}), ("&arter=dag&arter=akut", {"Dag": ["dag"]})):
        raekker = system.get(sti + arter).json()["resultater"]
        assert {r["tilbud"]: r["arter"] for r in raekker} == ventet
        assert {r["ledigFra"] for r in raekker} == {fabrik.om(5).isoformat()}
    svar = system.get(f"{sti}&arter=hotel")
    assert (svar.status_code, [fejl["pointer"] for fejl in svar.json()["errors"]]) == (400, ["/arter"])
    (hit,) = soeg(system, arter=["dag"], fra=fabrik.om(10).isoformat(), til=fabrik.om(40).isoformat()).json()[
        "resultater"
    ]
    assert (hit["arter"], hit["ledigFra"]) == (["dag"], fabrik.om(5).isoformat())


def test_soegninger_counts_the_distance_from_a_municipality_or_a_postcode(system: Client) -> None:
    rodovre = fabrik.kommune("Rødovre")
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(laengdegrad="12.45000", breddegrad="55.78000")))
    Postnummer.objects.create(postnr="2610", by="Rødovre").kommuner.set([rodovre])
    for sted in ({"naerKommune": rodovre.pk}, {"naerPostnr": "2610"}, {"naer": {"laengde": 12.45, "bredde": 55.68}}):
        (fundet,) = soeg(system, **sted, hoejstKm=12).json()["resultater"]
        assert fundet["afstandKm"] == 11.1
        assert not soeg(system, **sted, hoejstKm=11).json()["resultater"]


def test_old_code_finds_what_carries_the_one_that_took_its_place_wherever_one_can_search(system: Client) -> None:
    ny, gammel = fabrik.hjemmel("BL-43"), fabrik.hjemmel("SEL-66")
    gammel.erstattes_af = ny
    gammel.save()
    afdeling = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(hjemler=("BL-43",)))).afdeling
    fabrik.takst(afdeling, "2000.00", kode="BL-43")
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Andet", hjemler=("SEL-107",))))
    (fundet,) = soeg(system, hjemmel="SEL-66").json()["resultater"]
    assert (fundet["tilbudId"], fundet["takst"]["hjemmel"]) == (str(afdeling.tilbud_id), "BL-43")
    for sti in (f"ledige-pladser?fra={fabrik.om(10)}&", "tilbud?", "takster?"):
        (raekke,) = system.get(f"/api/v1/{sti}hjemmel=SEL-66").json()["resultater"]
        assert (
            str(afdeling.tilbud_id) in {raekke.get("tilbudId"), raekke["id"]} if "id" in raekke else raekke["tilbudId"]
        )
    koder = {h["kode"]: h for h in system.get("/api/v1/klassifikationer/hjemler").json()["resultater"]}
    assert (koder["SEL-66"]["erstattesAf"], koder["BL-43"]["erstatter"]) == ("BL-43", ["SEL-66"])


def test_soegninger_refuses_every_code_nobody_has_and_every_other_fault_at_once(system: Client) -> None:
    kendt, ukendt = str(fabrik.maalgruppe().kode), "0197f3a0-0000-7000-8000-000000000000"
    svar = soeg(
        system, til=fabrik.om(5).isoformat(), hjemmel="FINDES-IKKE", maalgrupper=[{"kode": kendt}, {"kode": ukendt}],
        kommuner=[fabrik.kommune("Herlev").pk, "9999"], kkr="kkr-atlantis", naerKommune="9998", alder=-1,
    )  # fmt: skip
    assert (svar.status_code, svar["Content-Type"]) == (400, "application/problem+json")
    fejl = {et["pointer"]: et for et in svar.json()["errors"]}
    assert {felt: et["code"] for felt, et in fejl.items()} == {
        "/alder": "min_value",
        "/maalgrupper/1/kode": "ukendt_kode",
        "/kommuner/1": "ukendt_kode",
        "/hjemmel": "ukendt_kode",
        "/kkr": "ukendt_kkr",
        "/naerKommune": "ukendt_sted",
        "/til": "tom_periode",
    }
    assert fejl["/hjemmel"]["detail"] == "Hjemlen FINDES-IKKE findes ikke. De mulige står i /klassifikationer/hjemler."


def test_soegninger_finds_what_has_neither_places_nor_departments_and_never_calls_it_free(system: Client) -> None:
    team = [fabrik.tilbud(navn, uden_pladser=True) for navn in ("Bostøtten", "Aktivitetsteamet")]
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Huset")))
    svar = soeg(system, ugedage=[1]).json()
    fundne = {hit["tilbudId"]: hit for hit in svar["resultater"]}
    assert len(fundne) == 3
    for tilbud in team:
        hit = fundne[str(tilbud.pk)]
        assert (hit["afdelingId"], hit["afdeling"], hit["ledig"], hit["antal"], hit["udenPladser"]) == (
            None,
            None,
            False,
            0,
            True,
        )
        assert {krav["kode"]: krav["udfald"] for krav in hit["krav"]}["ledig"] == "ukendt"
    udeladt = soeg(system, arter=["doegn"], medUdeladte=True).json()["udeladte"]
    assert {(et["afdelingId"], et["grunde"][0]["kode"]) for et in udeladt} == {(None, "arter")}
    assert len(system.get(f"/api/v1/ledige-pladser?fra={fabrik.om(10)}").json()["resultater"]) == 1


def test_lists_refuse_all_the_codes_nobody_has_at_once(system: Client) -> None:
    ukendt = "0197f3a0-0000-7000-8000-000000000000"
    foresp = f"maalgruppe={ukendt}&hjemmel=SEL-999&kommune=9999&kommune=9998"
    for sti in (f"ledige-pladser?fra={fabrik.om(10)}&", "tilbud?"):
        svar = system.get(f"/api/v1/{sti}{foresp}")
        assert (svar.status_code, svar.json()["code"]) == (400, "ugyldigt_soegeord")
        fejl = [(et["pointer"], et["detail"]) for et in svar.json()["errors"]]
        assert sorted(fejl) == [
            ("/hjemmel", "SEL-999 findes ikke."),
            ("/kommune", "9998 findes ikke."),
            ("/kommune", "9999 findes ikke."),
            ("/maalgruppe", f"{ukendt} findes ikke."),
        ]
    for sti in ("pladser", "takster", "lukninger"):
        svar = system.get(f"/api/v1/{sti}?tilbud=x&afdeling={ukendt}")
        assert {et["pointer"] for et in svar.json()["errors"]} == {"/tilbud", "/afdeling"}, sti


def test_name_with_an_aa_of_two_signs_is_found_however_it_is_written(system: Client) -> None:
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("A\u030alholm")))
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Ålholm Ny")))
    for skrevet in ("Ålholm", "A\u030alholm", "Aalholm", "aalhol", "a\u030aLHOLM"):
        assert len(soeg(system, tekst=skrevet).json()["resultater"]) == 2, skrevet
        assert len(system.get("/api/v1/tilbud", {"q": skrevet}).json()["resultater"]) == 2, skrevet


@pytest.mark.parametrize("krop", ["[]", '"x"', "null", '{"maalgrupper": [1], "kommuner": {"a": 1}, "naer": 3}'])
def test_soegninger_refuses_what_is_no_profile(system: Client, krop: str) -> None:
    svar = system.post("/api/v1/soegninger", krop, content_type="application/json")
    assert (svar.status_code, svar.json()["code"]) == (400, "ugyldigt_input")


@pytest.mark.parametrize(
    ("sted", "felt", "kode"),
    [
        ({"naerPostnr": "9999"}, "/naerPostnr", "ukendt_sted"),
        ({"naerKommune": "9999"}, "/naerKommune", "ukendt_sted"),
        ({"naerKommune": "0001", "naer": {"laengde": 12, "bredde": 55}}, "/naerKommune", "flere_steder"),
        ({"hoejstKm": 10}, "/naer", "mangler_sted"),
    ],
)
def test_soegninger_refuses_a_place_that_is_unknown_or_given_twice(
    system: Client, sted: dict[str, Any], felt: str, kode: str
) -> None:
    svar = soeg(system, **sted)
    assert svar.status_code == 400
    assert [(fejl["pointer"], fejl["code"]) for fejl in svar.json()["errors"]] == [(felt, kode)]


def test_soegninger_refuses_a_misspelt_criterion_instead_of_finding_too_much(system: Client) -> None:
    svar = soeg(system, hjemel="SEL-107", naer={"laengde": 12, "bredde": 55, "hoejde": 3}, alder=-1, helt_andet=1)
    assert svar.status_code == 400
    fejl = {fejl["pointer"]: (fejl["code"], fejl["detail"]) for fejl in svar.json()["errors"]}
    assert fejl["/hjemel"] == ("ukendt_felt", "Feltet findes ikke her. Mente du hjemmel?")
    assert fejl["/naer/hoejde"] == ("ukendt_felt", "Feltet findes ikke her: laengde, bredde.")
    assert set(fejl) == {"/hjemel", "/naer/hoejde", "/alder", "/helt_andet"}, "all at once"


def test_soegninger_names_a_few_of_a_hostile_body_with_many_unknown_fields(system: Client) -> None:
    svar = soeg(system, **{f"felt{nr}": nr for nr in range(5000)}, **{"x" * 5000: 1})
    assert svar.status_code == 400
    assert len(svar.json()["errors"]) == 20
