"""The open data: HSDS 3.1, for anybody, in pages, limited, and never where a protected offer lies."""

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError
from pytest_django import DjangoAssertNumQueries

from faelles.graenser import Graense
from faelles.tid import KOEBENHAVN, Periode, midnat_efter, nu
from kommuner.models import RegionMedlemskab
from tests import fabrik
from tests.tilbud.aabnedata.skema import FLERTAL, OM, SERVICE, SIDE
from tests.tilbud.registerimport.situationer import GODKENDELSE, TILBUD, YDELSE, bog, ventende_import
from tilbud.aabnedata.hsds import AabentTilbud, Kode, offentligt_id, service, side
from tilbud.aabnedata.queries import aabne, laes
from tilbud.models import FysiskTraek, Leveringsform, Tilbud, Tilsynsgodkendelse, Ydelse, Ydelsestype
from tilbud.niveauer.actions import registrer_niveau
from tilbud.registerimport.actions import godkend

LISTE = "/aabne-data/tilbud"
HEMMELIGT = "Hemmelig Gade 7"


def gyldig(svar: Any, skema: dict[str, Any]) -> None:
    """The answer is valid. Raises ValidationError."""
    Draft202012Validator(skema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(svar)


def helt(navn: str = "Kærgården", **felter: Any) -> Tilbud:
    """An offer about which everything is said."""
    tilbud = fabrik.tilbud(
        navn,
        adresse=felter.pop("adresse", "Kærgårdsvej 4, 2. sal, 2880 Bagsværd"),
        laengdegrad=felter.pop("laengdegrad", Decimal("12.45")),
        breddegrad=felter.pop("breddegrad", Decimal("55.76")),
        **{
            "beskrivelse": "Et roligt sted",
            "hjemmeside": "https://www.example.dk",
            "kontakt_email": "visitation@example.dk",
            "kontakt_telefon": "12 34 56 78",
            "p_nummer": "1012345678",
            "cvr": "12345678",
            "alder_til": 65,
            "fysiske_traek": ["koerestol"],
            **felter,
        },
    )
    fabrik.niveau(tilbud, 2)
    type_ = Ydelsestype.objects.create(kode=uuid4(), term="Ophold")
    altid = Periode(fabrik.FOR_LAENGE_SIDEN).som_range
    Ydelse.objects.create(tilbud=tilbud, type=type_, leveringsform=Leveringsform.MATRIKELBUNDET, periode=altid)
    Tilsynsgodkendelse.objects.create(
        tilbud=tilbud, hjemmel=fabrik.hjemmel(), pladser=12, periode=altid, socialtilsyn="Socialtilsyn Øst"
    )
    return tilbud


def hent(sti: str = LISTE, **valg: Any) -> Any:
    svar = Client().get(sti, valg)
    assert (svar.status_code, svar["Content-Type"]) == (200, "application/json"), svar.content
    return svar.json()


# --- The standard ----------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_everything_about_an_offer_is_valid_and_without_anything_empty() -> None:
    tilbud = helt()
    fundet = hent(f"{LISTE}/{tilbud.pk}")
    gyldig(fundet, SERVICE)
    assert fundet == hent(f"/aabne-data/services/{tilbud.pk}")
    (sted,) = fundet["service_at_locations"]
    (adresse,) = sted["location"]["addresses"]
    assert (adresse["address_1"], adresse["postal_code"], adresse["city"]) == (
        "Kærgårdsvej 4, 2. sal",
        "2880",
        "Bagsværd",
    )
    assert (adresse["region"], adresse["state_province"]) == ("Gladsaxe", "Region Hovedstaden")
    assert fundet["accreditations"] == "Godkendt af Socialtilsyn Øst efter Serviceloven § 107: 12 pladser"
    termer = {(a["link_type"], a["taxonomy_term"]["name"]) for a in fundet["attributes"]}
    assert {("maalgruppe", "Autismespektrum"), ("ydelse", "Ophold"), ("kommune", "Gladsaxe")} <= termer
    assert "" not in fundet.values()


@pytest.mark.django_db
def test_offer_about_which_nothing_is_said_is_valid_too() -> None:
    gyldig(hent(f"{LISTE}/{fabrik.tilbud(maalgrupper=()).pk}"), SERVICE)


@pytest.mark.django_db
def test_page_is_valid_short_or_full() -> None:
    helt()
    for fuld in ("false", "true"):
        fundet = hent(full=fuld)
        gyldig(fundet, SIDE)
        assert bool(FLERTAL & set(fundet["contents"][0])) is (fuld == "true")


def test_schema_finds_what_the_standard_does_not_allow() -> None:
    godt = {"id": str(uuid4()), "name": "Navn", "status": "active"}
    gyldig(godt, SERVICE)
    for daarligt in ({"status": "open"}, {"id": "1"}, {"minimum_age": "18"}, {"navn": "x"}, {"last_modified": "i går"}):
        with pytest.raises(ValidationError):
            gyldig({**godt, **daarligt}, SERVICE)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("art", "vises"), [("kommune", True), ("region", True), ("privat", False), ("selvejende", False)]
)
def test_operator_of_a_protected_offer_is_told_only_when_it_is_an_authority(art: str, vises: bool) -> None:
    driftsherre = fabrik.Organisation.objects.create(art=art, navn="Huset ved Åen")
    for nr, beskyttet in enumerate((True, False)):
        fabrik.tilbud(
            f"Tilbud {nr}", driftsherre=driftsherre, beskyttet_adresse=beskyttet, hjemmeside="https://huset.example.dk"
        )
    fundne = {en["name"]: en for en in hent(full="true")["contents"]}
    assert [("organization" in fundne[navn]) for navn in ("Tilbud 0", "Tilbud 1")] == [vises, True]
    assert ["url" in fundne[navn] for navn in ("Tilbud 0", "Tilbud 1")] == [False, True]
    assert "Spørg kommunen" in fundne["Tilbud 0"]["alert"]
    hendes = {en["name"] for en in hent(organization_id=str(driftsherre.pk))["contents"]}
    assert hendes == ({"Tilbud 0", "Tilbud 1"} if vises else {"Tilbud 1"})


@pytest.mark.django_db
def test_front_page_says_which_standard() -> None:
    gyldig(hent("/aabne-data/"), OM)


TEKST, NAVN = st.text(max_size=12), st.text(min_size=1, max_size=12)
NAIV = datetime(2000, 1, 1)  # noqa: DTZ001 - the strategy adds the zone
AABNE = st.builds(
    AabentTilbud,
    id=st.uuids(), navn=NAVN, beskrivelse=TEKST, driftsherre_id=st.uuids(), driftsherre=NAVN, driftsherreart=TEKST,
    driftsherre_er_myndighed=st.booleans(),
    driftsherre_cvr=st.sampled_from(["", "12345678"]), kommune=TEKST, kommunekode=TEKST, region=TEKST, adresse=TEKST,
    laengdegrad=st.none() | st.decimals(7, 16, places=5), breddegrad=st.none() | st.decimals(54, 58, places=5),
    beskyttet=st.booleans(), hjemmeside=st.sampled_from(["", "https://example.dk/a"]),
    email=st.sampled_from(["", "a@example.dk"]), telefon=st.sampled_from(["", "12345678"]), alder_fra=st.integers(0, 99),
    alder_til=st.none() | st.integers(1, 120), selvhenvendelse=st.booleans(), lukket_fra=st.none() | st.dates(),
    demo=st.booleans(), aendret=st.datetimes(min_value=NAIV, timezones=st.just(UTC)),
    koder=st.lists(st.builds(Kode, liste=TEKST, kode=TEKST, navn=TEKST, beskrivelse=TEKST), max_size=2),
)  # fmt: skip


@given(AABNE, st.booleans())
def test_any_offer_is_valid_and_a_protected_one_has_no_place(tilbud: AabentTilbud, fuld: bool) -> None:
    fundet = json.loads(json.dumps(service(tilbud, fuld=fuld)))
    gyldig(fundet, SERVICE)
    if tilbud.beskyttet:
        assert fundet.get("service_at_locations", []) == []
        assert "organization_identifiers" not in fundet.get("organization", {})
        assert ("organization" in fundet) is tilbud.driftsherre_er_myndighed
        assert not {"url", "email", "description"} & set(fundet)
        assert fundet.get("phones", []) == []


@given(st.integers(0, 500), st.integers(1, 100), st.integers(1, 60))
def test_pages_follow_each_other_and_hold_everything_once(i_alt: int, pr_side: int, nummer: int) -> None:
    her = max(0, min(pr_side, i_alt - (nummer - 1) * pr_side))
    fundet = side([{}] * her, nummer=nummer, pr_side=pr_side, i_alt=i_alt)
    assert (fundet["size"], fundet["empty"]) == (her, her == 0)
    assert fundet["first_page"] is (nummer == 1)
    assert fundet["last_page"] is (nummer * pr_side >= i_alt)
    assert fundet["total_pages"] == max(1, -(-i_alt // pr_side))


# --- What is not shown ---------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_protected_offer_tells_its_municipality_and_nothing_nearer() -> None:
    tilbud = helt(beskyttet_adresse=True, adresse="", laengdegrad=None, breddegrad=None)
    krise = helt("Krisecentret", hjemler=("SEL-109",), adresse=HEMMELIGT)
    for nr, fundet in enumerate(
        [hent(full="true"), *(hent(f"{LISTE}/{offentligt_id(t.pk, beskyttet=True)}") for t in (tilbud, krise))]
    ):
        tekst = json.dumps(fundet, ensure_ascii=False)
        assert HEMMELIGT not in tekst, nr
        assert "addresses" not in tekst
        assert "latitude" not in tekst
        assert "Gladsaxe" in tekst


@pytest.mark.django_db
def test_numbers_that_lead_to_an_address_places_and_cases_are_not_told() -> None:
    tilbud = helt()
    plads = fabrik.ledig_plads(fabrik.afdeling(tilbud), betegnelse="Bolig 4711")
    fabrik.bekraeftet(plads.afdeling)
    fabrik.reservation(plads, reference="SAG-4711")
    tekst = json.dumps(hent(full="true"))
    for hemmeligt in ("1012345678", "4711", "capacit", "available"):
        assert hemmeligt not in tekst


@pytest.mark.django_db
def test_closed_offer_is_gone_and_one_that_will_close_says_so() -> None:
    lukket = fabrik.tilbud("Lukket", lukket_fra=fabrik.om(0))
    fabrik.tilbud("Lukker", lukket_fra=fabrik.om(30))
    (fundet,) = hent()["contents"]
    assert fundet["alert"] == f"Tilbuddet lukker den {fabrik.om(30):%d.%m.%Y}."
    assert Client().get(f"{LISTE}/{lukket.pk}").status_code == 404


# --- Questions ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_pages_and_filters() -> None:
    for navn in ("Æblehaven", "Ålholm", "Solbakken"):
        fabrik.tilbud(navn)
    andens = fabrik.tilbud("Zebra", i="Herlev", maalgrupper=("Medfødt døvblindhed",))

    def navne(**valg: Any) -> list[str]:
        return [fundet["name"] for fundet in hent(**valg)["contents"]]

    assert navne(per_page=2) == ["Solbakken", "Zebra"]
    assert navne(per_page=2, page=2) == ["Æblehaven", "Ålholm"]
    assert hent(per_page=2, page=3)["empty"] is True
    assert navne(search="aalholm") == ["Ålholm"]
    assert navne(organization_id=andens.driftsherre_id) == ["Zebra"]
    assert navne(taxonomy_term_id=fabrik.maalgruppe("Medfødt døvblindhed").pk) == ["Zebra"]
    Tilbud.objects.exclude(pk=andens.pk).update(aendret=datetime(2020, 1, 1, tzinfo=UTC))
    assert navne(modified_after="2026-01-01T00:00:00Z") == ["Zebra"]


GAMMEL_YDELSE = {**YDELSE, "Id": "Y0", "Ydelse": "Træning", "Gælder fra": fabrik.om(-30).isoformat()}
LAENGE_SIDEN = datetime(2020, 1, 1, tzinfo=UTC)
FOER = {"Gælder fra": fabrik.om(-20).isoformat()}
# What is changed, and the part of the document it changes. Everything dated or marked in it stands here.
AENDRINGER: list[tuple[str, bytes | int, str]] = [
    ("stamdata", bog([{**TILBUD, "Beskrivelse": "Et nyt sted"}]), "description"),
    ("hjemmel", bog([{**TILBUD, "Hjemler": "SEL-107; SEL-108"}]), "attributes"),
    ("maalgruppe", bog([{**TILBUD, "Målgrupper": "Demens"}]), "attributes"),
    ("fysisk", bog([{**TILBUD, "Fysiske forhold": FysiskTraek.KOERESTOL.label}]), "attributes"),
    ("kommune", bog([{**TILBUD, "Kommune": "Herlev"}]), "attributes"),
    ("ydelse", bog(Ydelser=[{**YDELSE, **FOER}]), "attributes"),
    ("ydelse ophører", bog(Ydelser=[{**GAMMEL_YDELSE, "Sidste dag": fabrik.om(-1).isoformat()}]), "attributes"),
    ("godkendelse", bog(Godkendelser=[{**GODKENDELSE, **FOER}]), "accreditations"),
    ("niveau", 1, "attributes"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("hvad", "aendring", "del_"), AENDRINGER, ids=[hvad for hvad, *_ in AENDRINGER])
def test_changing_anything_in_the_document_moves_modified_after(hvad: str, aendring: bytes | int, del_: str) -> None:
    for kode in ("SEL-107", "SEL-108"):
        fabrik.hjemmel(kode)
    for navn in ("Gladsaxe", "Herlev"):
        fabrik.kommune(navn)
    fabrik.maalgruppe("Demens")
    for type_ in ("Ophold", "Træning"):
        fabrik.ydelsestype(type_)

    def importer(fil: bytes) -> None:
        godkend(aktoer=fabrik.tilbudsleder(), import_id=ventende_import(fil).pk)

    importer(bog([TILBUD], Ydelser=[GAMMEL_YDELSE]))
    Tilbud.objects.update(aendret=LAENGE_SIDEN)
    tilbud = Tilbud.objects.get()
    foer, siden = hent(f"{LISTE}/{tilbud.pk}"), nu().isoformat()
    assert hent(modified_after=siden)["empty"] is True
    if isinstance(aendring, bytes):
        importer(aendring)
    else:
        registrer_niveau(
            aktoer=fabrik.sekretariat(), tilbud_id=tilbud.pk, niveau=aendring, fra=fabrik.om(-1), grund="Få steder"
        )
    efter = hent(f"{LISTE}/{tilbud.pk}")
    assert foer.get(del_) != efter.get(del_), hvad
    assert [t["id"] for t in hent(modified_after=siden)["contents"]] == [str(tilbud.pk)]
    assert efter["last_modified"] > foer["last_modified"]


@pytest.mark.django_db
@pytest.mark.parametrize("slutter", [False, True])
@pytest.mark.parametrize("slags", ["ydelse", "godkendelse", "niveau", "region"])
def test_what_begins_or_ends_today_is_a_change_at_midnight(slags: str, slutter: bool) -> None:
    tilbud = fabrik.tilbud()
    RegionMedlemskab.objects.update(periode=Periode(fabrik.FOR_LAENGE_SIDEN, fabrik.om(900)).som_range)
    Tilbud.objects.update(aendret=LAENGE_SIDEN)
    midnat = midnat_efter(fabrik.om(-1))
    i_gaar, skabt = (midnat - timedelta(seconds=1)).isoformat(), midnat.isoformat()
    assert hent(modified_after=i_gaar)["empty"] is True
    periode = Periode(fabrik.om(-99), fabrik.om(0)) if slutter else Periode(fabrik.om(0), fabrik.om(9))
    match slags:
        case "ydelse":
            fabrik.ydelse(tilbud)
            Ydelse.objects.update(periode=periode.som_range)
        case "godkendelse":
            fabrik.godkendt(tilbud)
            Tilsynsgodkendelse.objects.update(periode=periode.som_range)
        case "niveau":
            fabrik.niveau(tilbud, 2, fra=periode.fra, til=periode.til)
        case _:
            RegionMedlemskab.objects.update(periode=periode.som_range)
    (fundet,) = hent(modified_after=skabt)["contents"]
    assert datetime.fromisoformat(fundet["last_modified"]) == midnat
    assert hent(modified_after=(midnat + timedelta(seconds=1)).isoformat())["empty"] is True


@pytest.mark.django_db
def test_protected_offers_of_one_import_are_not_known_by_when_they_were_made_or_changed() -> None:
    skjult, aabent = fabrik.tilbud("Skjult", beskyttet_adresse=True), fabrik.tilbud("Åbent")
    middag = datetime.combine(fabrik.om(0), time(12, 30, 15, 123_000), KOEBENHAVN)
    Tilbud.objects.update(aendret=middag)
    (af_den_ene,) = hent(search="Skjult")["contents"]
    (af_den_anden,) = hent(search="Åbent")["contents"]
    assert datetime.fromisoformat(af_den_anden["last_modified"]) == middag
    assert datetime.fromisoformat(af_den_ene["last_modified"]) == midnat_efter(fabrik.om(0))
    assert (af_den_anden["id"], str(skjult.pk) in json.dumps(hent(full="true"))) == (str(aabent.pk), False)
    assert hent(f"{LISTE}/{af_den_ene['id']}")["name"] == "Skjult"
    assert Client().get(f"{LISTE}/{skjult.pk}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("beskyttet", [True, False])
def test_offer_is_found_by_modified_after_just_when_its_document_says_so(beskyttet: bool) -> None:
    tilbud = fabrik.tilbud(beskyttet_adresse=beskyttet)
    midnat = midnat_efter(fabrik.om(-1))
    instants = [midnat + timedelta(seconds=s) for s in (-86_400, -1, 0, 1, 43_200, 86_399, 86_400, 86_401)]
    for aendret in instants:
        Tilbud.objects.filter(pk=tilbud.pk).update(aendret=aendret)
        (sidst,) = (fundet.aendret for fundet in laes(aabne(fabrik.om(0)), fabrik.om(0)))
        assert sidst >= aendret
        for siden in instants:
            assert aabne(fabrik.om(0), aendret=siden).exists() is (sidst >= siden), (aendret, siden)


@pytest.mark.django_db
def test_every_term_in_the_document_finds_the_offer_and_no_other() -> None:
    tilbud = helt()
    fabrik.tilbud("Zebra", i="Herlev", hjemler=("SEL-108",), maalgrupper=("Demens",))
    maerker = hent(f"{LISTE}/{tilbud.pk}")["attributes"]
    assert {m["link_type"] for m in maerker} == {"hjemmel", "maalgruppe", "ydelse", "niveau", "fysisk", "kommune"}
    for maerke in maerker:
        fundne = hent(taxonomy_term_id=maerke["taxonomy_term"]["id"])["contents"]
        assert [t["id"] for t in fundne] == [str(tilbud.pk)], maerke["link_type"]
    assert hent(taxonomy_term_id=uuid4())["empty"] is True


@pytest.mark.django_db
@pytest.mark.parametrize(
    "valg",
    [
        {"page": "0"}, {"per_page": "101"}, {"page": "x"}, {"full": "måske"}, {"organization_id": "1"},
        {"modified_after": "i går"}, {"format": "ndjson"}, {"minimal": "true"}, {"search": "010203-1234"},
    ],
)  # fmt: skip
def test_question_that_cannot_be_asked_is_refused_with_the_reason(valg: dict[str, str]) -> None:
    svar = Client().get(LISTE, valg)
    assert (svar.status_code, svar["Content-Type"]) == (400, "application/problem+json")
    assert svar.headers["Cache-Control"] == "private, no-store"
    assert "010203" not in svar.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("sti", [f"{LISTE}/{UUID(int=1)}", "/aabne-data/findes-ikke", f"{LISTE}/ikke-et-id"])
def test_what_is_not_there_is_said_as_json(sti: str) -> None:
    svar = Client().get(sti)
    assert (svar.status_code, svar["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.django_db
def test_nothing_can_be_written() -> None:
    assert Client().post(LISTE, {}).status_code == 405


@pytest.mark.django_db
def test_calls_are_counted_by_address(settings: Any) -> None:
    settings.GRAENSER = {**settings.GRAENSER, Graense.AABEN: (2, 86_400)}
    cache.clear()
    svar = [Client().get(sti, REMOTE_ADDR="192.0.2.7") for sti in (LISTE, "/aabne-data/", LISTE)]
    assert [s.status_code for s in svar] == [200, 200, 429]
    assert svar[-1]["Content-Type"] == "application/problem+json"
    assert int(svar[-1]["Retry-After"]) > 0
    assert Client().get(LISTE, REMOTE_ADDR="192.0.2.8").status_code == 200


@pytest.mark.django_db
def test_answer_may_be_kept_for_a_while_and_used_from_anywhere() -> None:
    svar = Client().get(LISTE)
    assert svar["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in svar.headers


@pytest.mark.django_db
def test_page_costs_the_same_for_one_and_a_hundred(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    helt()
    hent(full="true")
    with django_assert_num_queries(10) as foer:
        hent(full="true", per_page=100)
    for nummer in range(60):
        fabrik.niveau(fabrik.tilbud(f"Tilbud {nummer}"), 2, fra=date(2020, 1, 1))
    with django_assert_num_queries(len(foer.captured_queries)):
        assert hent(full="true", per_page=100)["size"] == 61
