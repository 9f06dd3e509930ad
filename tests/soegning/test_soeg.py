"""The search: what counts as free, in which order, with how many statements."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from faelles.fejl import IngenAdgang
from faelles.spor import historik
from faelles.tid import Periode, nu
from kommuner.models import Postnummer, Rolle
from reservationer.soegning.kriterier import Kriterium
from reservationer.soegning.profil import Behovsprofil, Punkt, Vaegt
from reservationer.soegning.queries import Soegesvar, fundne, offentliggjorte, soeg, udeladte
from reservationer.soegning.rangering import Resultat
from reservationer.soegning.steder import postnummers_punkt
from reservationer.soegning.viste import suppleret
from reservationer.soegning.vurdering import Udfald
from takster.models import OffentliggjortPris
from tests import fabrik
from tilbud.belaegning.models import Lukningsgrund, Optagelse, Optagelsesart, Pladslukning
from tilbud.friskhed import Friskhed
from tilbud.models import Afdeling, Hjemmel, OffentligtTilbud, Plads, Tilbud
from vilkaar.models import Saetstatus

pytestmark = pytest.mark.django_db

PERIODE = Periode(fabrik.om(10), fabrik.om(40))


def svar(**kriterier: Any) -> Soegesvar:
    """What a case worker's search in PERIODE finds."""
    return soeg(fabrik.sagsbehandler(), Behovsprofil(**{"periode": PERIODE} | kriterier), nu=nu())


def find(**kriterier: Any) -> list[Resultat]:
    """Its hits."""
    return svar(**kriterier).resultater


def test_soeg_free_place_is_found_with_who_confirmed_it_takst_and_level() -> None:
    plads = fabrik.ledig_plads()
    fabrik.bekraeftet(plads.afdeling, dage_siden=2)
    fabrik.takst(plads.afdeling, "2687.00")
    fabrik.niveau(plads.afdeling.tilbud, 2)
    fabrik.godkendelse(plads.afdeling.tilbud, 1)
    (fundet,) = find(hjemmel="SEL-107")
    assert (fundet.fakta.afdeling_id, fundet.plads.antal, fundet.plads.foerste) == (plads.afdeling_id, 1, (plads.id,))
    assert (fundet.fakta.kommune, fundet.stand.hvem) == ("Gladsaxe", "Gladsaxe Kommune (tilbudsleder)")
    assert fundet.plads.takst is not None
    assert (fundet.plads.takst.beloeb, fundet.plads.takst.enhed_navn, fundet.plads.takst.foreloebig) == (
        Decimal("2687.00"),
        "kr./døgn",
        False,
    )
    assert (fundet.fakta.niveau, fundet.stand.friskhed, fundet.er_ledig) == (2, Friskhed.FRISK, True)
    assert (fundet.opfyldte, len(fundet.krav)) == (4, 4)


@pytest.mark.parametrize("art", [Optagelsesart.OPHOLD, Optagelsesart.LUKKET, Optagelsesart.FORBEHOLDT])
@pytest.mark.parametrize(
    ("fra", "til", "ledig"), [(0, 10, True), (0, 11, False), (39, 60, False), (40, 60, True), (20, 21, False)]
)
def test_soeg_any_claim_on_any_day_of_the_period_takes_the_place(
    art: Optagelsesart, fra: int, til: int, ledig: bool
) -> None:
    fabrik.optag(fabrik.ledig_plads(), Periode(fabrik.om(fra), fabrik.om(til)), art=art)
    assert bool(find()) is ledig


def test_soeg_hold_counts_until_the_instant_it_runs_out() -> None:
    hold = fabrik.reservation(periode=PERIODE).optagelse
    assert hold.udloeber is not None
    kriterier, af = Behovsprofil(PERIODE), fabrik.sagsbehandler()
    assert not soeg(af, kriterier, nu=hold.udloeber - timedelta(seconds=1)).resultater
    assert soeg(af, kriterier, nu=hold.udloeber).resultater


def test_soeg_place_and_offer_must_be_open_the_whole_period() -> None:
    fabrik.ledig_plads(fra=fabrik.om(11))
    fabrik.ledig_plads(til=fabrik.om(39))
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(lukket_fra=fabrik.om(39))))
    assert not find()
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(lukket_fra=fabrik.om(40))), fra=fabrik.om(10), til=fabrik.om(40))
    assert len(find()) == 1


def test_soeg_open_ended_period_needs_a_place_without_an_end() -> None:
    fabrik.ledig_plads(til=fabrik.om(4000))
    fabrik.optag(fabrik.ledig_plads(), Periode(fabrik.om(3000), fabrik.om(3001)))
    assert not find(periode=Periode(fabrik.om(10)))


def test_soeg_claim_on_other_weekdays_than_the_places_own_leaves_it_free() -> None:
    plads = fabrik.ledig_plads(art="dag", ugedage=[1, 2, 3, 4, 5])
    fabrik.optag(plads, PERIODE, ugedage=[4, 5])
    assert not find()
    Plads.objects.filter(pk=plads.pk).update(ugedage=[1, 2, 3])
    assert len(find()) == 1


def test_soeg_each_criterion_removes_what_fails_it() -> None:
    plads = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Ålholm", i="Gladsaxe")))
    fabrik.takst(plads.afdeling, "2000.00")
    gruppe, anden = fabrik.maalgruppe(), fabrik.maalgruppe("Blindhed")
    gladsaxe, herlev = fabrik.kommune("Gladsaxe"), fabrik.kommune("Herlev")
    for traeffer, fejler in (
        ({"maalgrupper": ((gruppe.kode, Vaegt.NOGET),)}, {"maalgrupper": ((anden.kode, Vaegt.NOGET),)}),
        ({"hjemmel": "SEL-107"}, {"hjemmel": "SEL-108"}),
        ({"kommuner": (gladsaxe.pk, herlev.pk)}, {"kommuner": (herlev.pk,)}),
        ({"driftsherrearter": frozenset({"kommune", "region"})}, {"driftsherrearter": frozenset({"privat"})}),
        ({"alder": 18}, {"alder": 17}),
        ({"hoejeste_takst": Decimal(2000)}, {"hoejeste_takst": Decimal("1999.99")}),
        ({"tekst": "aalHOLM"}, {"tekst": "lindely"}),
    ):
        assert len(find(**traeffer)) == 1
        assert not find(**fejler)


def test_soeg_unknown_takst_is_kept_and_said_to_be_unknown() -> None:
    fabrik.bekraeftet(fabrik.ledig_plads().afdeling)
    (fundet,) = find(hoejeste_takst=Decimal(1000))
    assert (fundet.plads.takst, fundet.opfyldte, len(fundet.krav)) == (None, 2, 4)
    assert [krav.navn for krav in fundet.krav if krav.udfald == "ukendt"] == [
        "Godkendt af socialtilsynet",
        "Højeste takst",
    ]


def test_soeg_takst_made_under_preliminary_terms_is_marked() -> None:
    afdeling = fabrik.ledig_plads().afdeling
    foreloebig = fabrik.vilkaar(fabrik.kkr("KKR Sjælland"), fra=date(2026, 1, 1), status=Saetstatus.FORELOEBIG)
    fabrik.takst(afdeling, vilkaarssaet=foreloebig)
    (fundet,) = find()
    assert fundet.plads.takst is not None
    assert fundet.plads.takst.foreloebig


def test_soeg_order_is_freshness_before_price_and_danish_name_last() -> None:
    for navn, dage, pris in (
        ("Billig ukendt", 30, "100.00"),
        ("Billig forfalden", 7, "200.00"),
        ("Ærø", 0, "900.00"),
        ("Århus", 0, "900.00"),
        ("Zebra", 0, "900.00"),
        ("Dyr", 6, "999.00"),
    ):
        afdeling = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(navn))).afdeling
        fabrik.bekraeftet(afdeling, dage_siden=dage)
        fabrik.takst(afdeling, pris)
    assert [fundet.fakta.tilbud for fundet in find()] == [
        "Zebra",
        "Ærø",
        "Århus",
        "Dyr",
        "Billig forfalden",
        "Billig ukendt",
    ]


def test_soeg_never_confirmed_is_not_called_free() -> None:
    fabrik.ledig_plads()
    (fundet,) = find()
    assert (fundet.stand.friskhed, fundet.er_ledig, fundet.stand.hvem) == (Friskhed.UKENDT, False, "")


def test_soeg_without_the_right_is_refused() -> None:
    uden = fabrik.aktoer(Rolle.LAESER, fabrik.kommune().organisation)
    uden = type(uden)(**{felt: getattr(uden, felt) for felt in uden.__slots__} | {"rettigheder": frozenset()})
    with pytest.raises(IngenAdgang):
        soeg(uden, Behovsprofil(PERIODE), nu=nu())


def _antal_kald(kriterier: Behovsprofil) -> int:
    af = fabrik.sagsbehandler()
    with CaptureQueriesContext(
        connection,
    ) as kald:
        soeg(af, kriterier, nu=nu())
    return len(kald)


def test_soeg_sends_the_same_number_of_statements_for_1_and_100_offers() -> None:
    kriterier = Behovsprofil(PERIODE, hjemmel="SEL-107", hoejeste_takst=Decimal(3000))
    fabrik.takst(fabrik.ledig_plads().afdeling)
    en = _antal_kald(kriterier)
    for _ in range(99):
        plads = fabrik.ledig_plads()
        fabrik.bekraeftet(plads.afdeling)
        fabrik.takst(plads.afdeling)
    assert _antal_kald(kriterier) == en
    assert en <= 8


def test_soeg_without_hits_names_the_criterion_that_removes_most() -> None:
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe", hjemler=("SEL-108",))))
    for _ in range(2):
        fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Herlev")))
    fundet = svar(hjemmel="SEL-107", kommuner=(fabrik.kommune("Gladsaxe").pk,)).lempelse
    assert fundet is not None
    assert (fundet.kriterier, fundet.navn, fundet.antal) == ((Kriterium.KOMMUNE,), "Kommune", 2)


def test_soeg_names_the_fewest_criteria_when_no_single_one_is_enough() -> None:
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe", hjemler=("SEL-108",), alder_fra=40)))
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe", hjemler=("SEL-108",))))
    fundet = svar(hjemmel="SEL-107", kommuner=(fabrik.kommune("Herlev").pk,), alder=30).lempelse
    assert fundet is not None
    assert (fundet.kriterier, fundet.navn, fundet.antal) == (
        (Kriterium.HJEMMEL, Kriterium.KOMMUNE),
        "Hjemmel og Kommune",
        1,
    )
    assert len(find(alder=30)) == 1


def test_soeg_in_an_area_without_offers_names_no_criterion() -> None:
    assert svar(hjemmel="SEL-107").lempelse is None


def test_soeg_counts_beside_each_filter_what_choosing_it_would_show() -> None:
    herlev, gladsaxe = fabrik.kommune("Herlev"), fabrik.kommune("Gladsaxe")
    for hvor, hjemmel in (("Gladsaxe", "SEL-107"), ("Herlev", "SEL-107"), ("Herlev", "SEL-108")):
        fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i=hvor, hjemler=(hjemmel,))))
    fabrik.optag(fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe"))), PERIODE)
    tal = svar(hjemmel="SEL-107", kommuner=(gladsaxe.pk,)).facetter
    assert tal[Kriterium.KOMMUNE] == {gladsaxe.pk: 1, herlev.pk: 1}
    assert tal[Kriterium.HJEMMEL] == {"SEL-107": 1}
    for kode, antal in svar(hjemmel="SEL-107").facetter[Kriterium.KOMMUNE].items():
        assert len(find(hjemmel="SEL-107", kommuner=(kode,))) == antal


def test_soeg_ranks_fit_to_the_target_groups_before_freshness_and_price() -> None:
    autisme, angst = fabrik.maalgruppe("Autismespektrum"), fabrik.maalgruppe("Angst")
    for navn, grupper, pris in (
        ("Kun angst", ("Angst",), "100"),
        ("Kun autisme", ("Autismespektrum",), "300"),
        ("Begge", ("Autismespektrum", "Angst"), "900"),
    ):
        afdeling = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(navn, maalgrupper=grupper))).afdeling
        fabrik.bekraeftet(afdeling)
        fabrik.takst(afdeling, pris)
    ordnet = find(maalgrupper=((autisme.kode, Vaegt.AFGOERENDE), (angst.kode, Vaegt.NOGET)))
    assert [(fundet.fakta.tilbud, fundet.maalgruppetal) for fundet in ordnet] == [
        ("Begge", (1, 0, 1)),
        ("Kun autisme", (1, 0, 0)),
        ("Kun angst", (0, 0, 1)),
    ]
    assert [dict(fundet.maalgrupper) for fundet in ordnet] == [
        {autisme.kode: True, angst.kode: True},
        {autisme.kode: True, angst.kode: False},
        {autisme.kode: False, angst.kode: True},
    ]


def test_soeg_behaviour_excludes_what_cannot_take_it_in_and_says_what_is_unknown() -> None:
    for navn, rummer, rummer_ikke in (
        ("Rummer", ["udadreagerende"], []),
        ("Rummer ikke", [], ["udadreagerende"]),
        ("Siger intet", [], []),
    ):
        hvor = fabrik.tilbud(navn, rummer=rummer, rummer_ikke=rummer_ikke)
        fabrik.godkendelse(hvor, 1)
        fabrik.bekraeftet(fabrik.ledig_plads(fabrik.afdeling(hvor)).afdeling)
    fundne = find(adfaerd=frozenset({"udadreagerende"}))
    assert [(fundet.fakta.tilbud, fundet.ukendte) for fundet in fundne] == [("Rummer", 0), ("Siger intet", 1)]


def test_soeg_physical_needs_exclude_an_offer_that_states_others_and_not_one_that_states_none() -> None:
    for navn, traek in (("Har", ["koerestol", "eget_bad"]), ("Har andet", ["eget_bad"]), ("Siger intet", [])):
        fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(navn, fysiske_traek=traek)))
    assert {fundet.fakta.tilbud for fundet in find(fysiske_traek=frozenset({"koerestol"}))} == {"Har", "Siger intet"}


def test_soeg_distance_is_counted_from_the_point_and_a_protected_address_has_none() -> None:
    for navn, laengde, bredde in (("Nær", "12.46", "55.68"), ("Fjern", "14.90", "55.10")):
        hvor = fabrik.tilbud(navn, laengdegrad=Decimal(laengde), breddegrad=Decimal(bredde))
        fabrik.ledig_plads(fabrik.afdeling(hvor))
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Beskyttet", beskyttet_adresse=True)))
    fundne = find(naer=Punkt(12.45, 55.68), hoejst_km=20)
    assert {(fundet.fakta.tilbud, fundet.afstand is None) for fundet in fundne} == {("Nær", False), ("Beskyttet", True)}
    assert next(fundet.afstand for fundet in fundne if fundet.afstand is not None) < 1


def test_soeg_in_one_kkr_shows_nothing_of_another() -> None:
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe")))
    fabrik.kommune("Odense", i="KKR Syddanmark")
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Odense")))
    assert [fundet.fakta.kommune for fundet in find(kkr=fabrik.kkr().id)] == ["Gladsaxe"]
    assert len(find()) == 2


def _i_syddanmark(**felter: Any) -> Plads:
    """A free place outside KKR Hovedstaden."""
    fabrik.kommune("Odense", i="KKR Syddanmark")
    return fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Odense", **felter)))


def test_soeg_that_finds_nothing_in_the_kkr_says_what_removes_most_of_what_lies_in_it() -> None:
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(hjemler=("SEL-108",), alder_fra=40)))
    for _ in range(2):
        _i_syddanmark()
    fundet = svar(kkr=fabrik.kkr().id, hjemmel="SEL-107", alder=30).lempelse
    assert fundet is not None
    assert (fundet.kriterier, fundet.antal) == ((Kriterium.HJEMMEL, Kriterium.ALDER), 1)
    assert svar(kkr=fabrik.kkr("KKR Sjælland").id).lempelse is None
    assert len(find(hjemmel="SEL-107")) == 2


def test_soeg_that_finds_something_in_the_kkr_counts_the_kkr_as_met_and_no_reason() -> None:
    fabrik.ledig_plads()
    _i_syddanmark()
    fundet = svar(kkr=fabrik.kkr().id)
    assert [krav.kriterium for krav in fundet.resultater[0].krav] == [
        Kriterium.AABENT,
        Kriterium.KKR,
        Kriterium.LEDIG,
        Kriterium.GODKENDT,
    ]
    assert fundet.lempelse is None


def test_udeladte_of_a_search_in_a_kkr_are_those_in_it_and_when_asked_for_those_outside_with_the_code() -> None:
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Indenfor", alder_fra=40)))
    _i_syddanmark(navn="Udenfor")
    profil = Behovsprofil(PERIODE, alder=30, kkr=fabrik.kkr().id)
    for uden_for, mere in ((False, {}), (True, {"Udenfor": [Kriterium.KKR]})):
        fundne = udeladte(fabrik.sagsbehandler(), profil, nu=nu(), uden_for_kkr=uden_for)
        grunde = {u.fakta.tilbud: [krav.kriterium for krav in u.krav] for u in fundne}
        assert grunde == {"Indenfor": [Kriterium.ALDER]} | mere


def test_hits_and_what_is_left_out_are_together_the_whole_register_whatever_state_an_offer_is_in() -> None:
    fabrik.kommune("Odense", i="KKR Syddanmark")
    for nr, (hvor, afdelinger, uden_pladser, lukket, hjemmel) in enumerate(
        product(
            ("Gladsaxe", "Odense"), (0, 2), (False, True), (None, fabrik.om(-5), fabrik.om(10), fabrik.om(20)),
            ("SEL-107", "SEL-108"),
        )
    ):  # fmt: skip
        tilbud = fabrik.tilbud(f"Nr. {nr}", i=hvor, uden_pladser=uden_pladser, lukket_fra=lukket, hjemler=(hjemmel,))
        for afdeling in [fabrik.afdeling(tilbud, navn=str(n)) for n in range(afdelinger)][:1]:
            if not uden_pladser:
                fabrik.ledig_plads(afdeling)
    i_kkr = Tilbud.objects.filter(beliggenhedskommune=fabrik.kommune("Gladsaxe"))
    hvem, kkr = fabrik.sagsbehandler(), fabrik.kkr().pk
    soegninger: list[tuple[dict[str, Any], Any, bool]] = [
        ({}, Tilbud.objects.all(), False),
        ({"hjemmel": "SEL-107"}, Tilbud.objects.all(), False),
        ({"hjemmel": "SEL-107", "tekst": "Nr"}, Tilbud.objects.all(), False),
        ({"hjemmel": "SEL-107", "kkr": kkr}, i_kkr, False),
        ({"hjemmel": "SEL-107", "kkr": kkr}, Tilbud.objects.all(), True),
    ]
    for felter, blandt, uden_for in soegninger:
        profil = Behovsprofil(PERIODE, **felter)
        hits = [r.fakta.noegle for r in soeg(hvem, profil, nu=nu()).resultater]
        ude = udeladte(hvem, profil, nu=nu(), uden_for_kkr=uden_for)
        alle = [raekke[1] or raekke[0] for raekke in blandt.order_by().values_list("pk", "afdelinger")]
        assert hits
        assert sorted([*hits, *(u.fakta.noegle for u in ude)]) == sorted(alle)
        assert all(u.krav for u in ude)
    grunde = {
        (u.fakta.afdeling_id is None, u.fakta.lukket_fra): {krav.grund for krav in u.krav}
        for u in udeladte(hvem, Behovsprofil(PERIODE), nu=nu())
        if not u.fakta.uden_pladser
    }
    assert grunde[True, None] == {"Tilbuddet har ingen afdelinger med pladser"}
    for dag in (-5, 10):
        assert "Tilbuddet var lukket, før perioden begynder" in grunde[False, fabrik.om(dag)]
    assert "Tilbuddet lukker, før perioden er slut" in grunde[False, fabrik.om(20)]


def test_fundne_are_the_hits_alone_and_cost_no_more_when_there_are_none() -> None:
    for _ in range(2):
        fabrik.ledig_plads()
    hvem = fabrik.sagsbehandler()
    for hjemmel in ("SEL-107", "SEL-108"):
        profil = Behovsprofil(PERIODE, hjemmel=hjemmel, kommuner=("0101",) if hjemmel == "SEL-108" else ())
        with CaptureQueriesContext(connection) as kald:
            alle = fundne(hvem, profil, nu=nu())
        assert alle == soeg(hvem, profil, nu=nu()).resultater
        assert sum('FROM "tilbud_tilbud"' in et["sql"] for et in kald) == 1


@pytest.mark.parametrize(
    "tekst",
    [
        "ålholm", "Aalholm", "aalhol", "heste", "hestene", "heste ålholm", "ridning med hest", "og ålholm",
        "aalhlom", "ålhom", "ålholmm", "bosetdet", "ridnign", "hetse", "Alholm ridnnig", "hestene aalhlom",
    ],
)  # fmt: skip
def test_soeg_text_finds_name_and_description_by_stem_beginning_and_with_a_slip_in_any_word(tekst: str) -> None:
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Bostedet Ålholm", beskrivelse="Ridning med heste hver dag")))
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Lindetoften", beskrivelse="Have og værksted")))
    assert [fundet.fakta.tilbud for fundet in find(tekst=tekst)] == ["Bostedet Ålholm"]


@pytest.mark.parametrize(
    "tekst", ["lindely", "lindeholm", "hund", "hylde", "heste lindely", "!", "bostedet lindetoften"]
)
def test_soeg_text_does_not_find_other_words_that_begin_alike_nor_some_of_the_words(tekst: str) -> None:
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Bostedet Ålholm", beskrivelse="Ridning med heste i store huse")))
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Lindetoften", beskrivelse="Have og værksted")))
    assert not find(tekst=tekst)


@pytest.mark.parametrize(
    "tekst", ["skovfløjen", "Skovfloej", "skovflojen", "skovfløjne", "bostedet skovfløjen", "ridning skovfløj"]
)
def test_soeg_text_finds_the_names_of_departments_too_and_together_with_the_offers_own(tekst: str) -> None:
    fabrik.tilbud("Lindetoften", beskrivelse="Ridning")
    tilbud = fabrik.tilbud("Bostedet Ålholm", beskrivelse="Ridning med heste")
    fabrik.ledig_plads(fabrik.afdeling(tilbud, navn="Nord"))
    skov = fabrik.ledig_plads(fabrik.afdeling(tilbud, navn="Skoven")).afdeling
    assert not find(tekst=tekst)
    skov.navn = "Skovfløjen"
    skov.save()
    assert [fundet.fakta.afdeling for fundet in find(tekst=tekst)] == ["Skovfløjen"]
    tilbud.save()  # read before the departments were
    assert find(tekst=tekst)


def test_word_in_the_name_of_a_department_is_no_other_departments_and_a_slip_is_one_where_none_holds_all_words() -> (
    None
):
    tilbud = fabrik.tilbud("Bostedet Ålholm", beskrivelse="Ridning")
    for navn in ("Skovfløjen", "Havefløjen"):
        fabrik.ledig_plads(fabrik.afdeling(tilbud, navn=navn))
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Skovly"), navn="Engen"))
    for tekst, ventet in (
        ("skovfløjen", ["Skovfløjen"]), ("havefløjen ålholm", ["Havefløjen"]), ("ridning", ["Havefløjen", "Skovfløjen"]),
        ("skov", ["Engen", "Skovfløjen"]), ("engen skov", ["Engen"]), ("skovfløjen havefløjen", []), ("havefløjne ridnign", ["Havefløjen"]),
    ):  # fmt: skip
        assert sorted(fundet.fakta.afdeling or "" for fundet in find(tekst=tekst)) == ventet, tekst
    grunde = {
        u.fakta.afdeling: [k.kriterium for k in u.krav]
        for u in udeladte(fabrik.sagsbehandler(), Behovsprofil(PERIODE, tekst="skovfløjen"), nu=nu())
    }
    assert grunde == {"Havefløjen": [Kriterium.TEKST], "Engen": [Kriterium.TEKST]}
    assert svar(tekst="skovfløjen").facetter[Kriterium.KOMMUNE] == {fabrik.kommune("Gladsaxe").pk: 1}


def test_name_of_a_department_kept_beside_the_offers_is_no_change_of_the_offer() -> None:
    tilbud = fabrik.tilbud()
    alle = historik(Tilbud).objects.for_systemet("test").filter(pgh_obj=tilbud.pk)
    foer = alle.count()
    fabrik.afdeling(tilbud, navn="Skovfløjen")
    assert alle.count() == foer > 0
    tilbud.refresh_from_db()
    assert tilbud.afdelinger_soegning.split() == ["skovfloejen"]


def test_soeg_text_is_looked_for_in_the_kkr_alone() -> None:
    _i_syddanmark(navn="Ålholm")
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Lindetoften")))
    fundet = svar(kkr=fabrik.kkr().id, tekst="aalhlom").lempelse
    assert fundet is not None
    assert (fundet.kriterier, fundet.antal) == ((Kriterium.TEKST,), 1)


def test_soeg_wanted_weekdays_need_a_place_open_and_free_on_just_those() -> None:
    plads = fabrik.ledig_plads(art="dag", ugedage=[1, 2, 3, 4, 5])
    fabrik.optag(plads, PERIODE, ugedage=[4, 5])
    assert find(ugedage=frozenset({1, 2, 3}))
    assert not find(ugedage=frozenset({3, 4}))
    assert not find(ugedage=frozenset({1, 6}))


def test_soeg_place_kept_for_own_citizens_is_shown_to_its_operator_only() -> None:
    egen = fabrik.ledig_plads(forbeholdt_egne=True)
    fundet = svar()
    assert not fundet.resultater
    assert fundet.lempelse is not None
    assert fundet.lempelse.kriterier == (Kriterium.FORBEHOLDT,)
    grunde = {u.fakta.afdeling_id: u.krav for u in udeladte(fabrik.sagsbehandler(), Behovsprofil(PERIODE), nu=nu())}
    (krav,) = grunde[egen.afdeling_id]
    assert (krav.kriterium, krav.grund) == ("forbeholdt_egne", "Pladserne er forbeholdt driftsherrens egne borgere")
    assert soeg(fabrik.sagsbehandler("Gladsaxe"), Behovsprofil(PERIODE), nu=nu()).resultater


def test_soeg_place_kept_for_own_citizens_is_no_reason_when_it_is_taken_or_another_is_free() -> None:
    egen = fabrik.ledig_plads(forbeholdt_egne=True)
    fabrik.optag(egen, PERIODE)
    (udeladt,) = udeladte(fabrik.sagsbehandler(), Behovsprofil(PERIODE), nu=nu())
    assert [krav.kriterium for krav in udeladt.krav] == [Kriterium.LEDIG]
    fri = fabrik.ledig_plads(egen.afdeling)
    fabrik.ledig_plads(egen.afdeling, forbeholdt_egne=True)
    (fundet,) = find()
    assert fundet.plads.foerste == (fri.pk,)


def test_soeg_day_place_kept_for_the_residents_is_nobodys_and_the_reason_says_whose_it_is() -> None:
    intern = fabrik.ledig_plads(art="dag", forbeholdt_beboere=True)
    for hvem in (fabrik.sagsbehandler(), fabrik.sagsbehandler("Gladsaxe")):
        assert not soeg(hvem, Behovsprofil(PERIODE), nu=nu()).resultater
        (udeladt,) = udeladte(hvem, Behovsprofil(PERIODE), nu=nu())
        grunde = [(krav.kriterium, krav.grund) for krav in udeladt.krav]
        assert grunde == [(Kriterium.FORBEHOLDT, "Dagpladserne er forbeholdt beboerne i botilbuddet")]
    fri = fabrik.ledig_plads(intern.afdeling, art="dag")
    (fundet,) = find()
    assert (fundet.plads.antal, fundet.plads.foerste) == (1, (fri.pk,))


def _udgaaende(navn: str = "Hjemmevejledningen", **felter: Any) -> Afdeling:
    """The team of an offer that is delivered where the citizen lives."""
    return fabrik.afdeling(fabrik.tilbud(navn, uden_pladser=True, **felter), navn="Teamet")


def test_soeg_finds_what_is_delivered_without_places_and_never_calls_it_free() -> None:
    fabrik.bekraeftet(fabrik.ledig_plads().afdeling)
    team = _udgaaende()
    fabrik.bekraeftet(team)
    med, uden = find()
    assert (med.fakta.uden_pladser, med.er_ledig) == (False, True)
    assert (uden.fakta.afdeling_id, uden.er_ledig, uden.plads.antal) == (team.pk, False, 0)
    assert [(krav.kriterium, krav.udfald) for krav in uden.krav if krav.udfald is not Udfald.OPFYLDT] == [
        (Kriterium.LEDIG, Udfald.UKENDT),
        (Kriterium.GODKENDT, Udfald.UKENDT),
    ]
    assert (svar().ledige, svar().uden_pladser) == (1, 1)


@pytest.mark.parametrize("fejler", [{"alder": 12}, {"hjemmel": "SEL-108"}, {"tekst": "bosted"}])
def test_soeg_what_is_delivered_without_places_is_left_out_for_what_it_fails(fejler: dict[str, Any]) -> None:
    fabrik.hjemmel("SEL-108")
    _udgaaende()
    assert not find(**fejler)


def test_offer_without_places_gets_no_place_and_one_with_a_place_is_not_without() -> None:
    team, plads = _udgaaende(), fabrik.ledig_plads()
    with pytest.raises(IntegrityError, match="plads_ikke_i_tilbud_uden_pladser"), transaction.atomic():
        fabrik.ledig_plads(team)
    with pytest.raises(IntegrityError, match="tilbud_uden_pladser_har_ingen"), transaction.atomic():
        Tilbud.objects.filter(pk=plads.afdeling.tilbud_id).update(uden_pladser=True)
    Plads.objects.filter(pk=plads.pk).update(periode=Periode(fabrik.om(-9), fabrik.om(0)).som_range)
    Tilbud.objects.filter(pk=plads.afdeling.tilbud_id).update(uden_pladser=True)
    with pytest.raises(IntegrityError, match="plads_ikke_i_tilbud_uden_pladser"), transaction.atomic():
        Plads.objects.filter(pk=plads.pk).update(periode=Periode(fabrik.om(-9)).som_range)


def test_udeladte_names_every_reason_and_together_with_the_hits_is_everything() -> None:
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Passer")))
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Forkert hjemmel", hjemler=("SEL-108",))))
    fabrik.optag(
        fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Optaget og ung", alder_fra=6, alder_til=17))), PERIODE
    )
    profil = Behovsprofil(PERIODE, hjemmel="SEL-107", alder=30)
    fundne = udeladte(fabrik.sagsbehandler(), profil, nu=nu())
    assert [(u.fakta.tilbud, [krav.kriterium for krav in u.krav]) for u in fundne] == [
        ("Forkert hjemmel", [Kriterium.HJEMMEL]),
        ("Optaget og ung", [Kriterium.ALDER, Kriterium.LEDIG]),
    ]
    assert len(fundne) + len(find(hjemmel="SEL-107", alder=30)) == 3


def test_postcode_stands_in_the_middle_of_the_municipalities_it_touches() -> None:
    postnr = Postnummer.objects.create(postnr="2610", by="Rødovre")
    postnr.kommuner.set([fabrik.kommune("Rødovre"), fabrik.kommune("Gladsaxe")])
    punkt = postnummers_punkt("2610")
    assert punkt is not None
    assert (round(punkt.laengde, 2), round(punkt.bredde, 2), punkt.navn) == (12.45, 55.68, "2610 Rødovre")
    assert postnummers_punkt("9999") is None


def test_offentliggjorte_are_found_by_municipality_and_by_the_old_code_of_a_hjemmel() -> None:
    ny = fabrik.hjemmel("BL-46")
    gammel = Hjemmel.objects.create(
        kode="SEL-66", navn="Anbringelse", lov="Serviceloven", paragraf="§ 66", erstattes_af=ny
    )
    tilbud = OffentligtTilbud.objects.create(
        raekke=1, navn="Kendt fra nettet", kommune=fabrik.kommune("Herlev"), kilde_url="https://example.dk/liste"
    )
    tilbud.hjemler.set([gammel])
    OffentliggjortPris.objects.create(
        raekke=1,
        tilbud=tilbud,
        tilbud_navn=tilbud.navn,
        ydelse="Døgn",
        beloeb=Decimal(3000),
        kilde_url="https://example.dk",
    )
    assert list(offentliggjorte(Behovsprofil(PERIODE, hjemmel="BL-46"))) == [tilbud]
    assert list(offentliggjorte(Behovsprofil(PERIODE, tekst="kendt FRA"))) == [tilbud]
    assert not offentliggjorte(Behovsprofil(PERIODE, tekst="ukendt fra"))
    assert not offentliggjorte(Behovsprofil(PERIODE, kommuner=(fabrik.kommune("Gladsaxe").pk,)))
    herlev = fabrik.kommune("Herlev").pk
    syddanmark, odense = fabrik.kkr("KKR Syddanmark").pk, fabrik.kommune("Odense", i="KKR Syddanmark").pk
    assert list(offentliggjorte(Behovsprofil(PERIODE, kkr=fabrik.kkr().pk))) == [tilbud]
    for valgte in ((), (herlev,), (odense,)):
        assert not offentliggjorte(Behovsprofil(PERIODE, kkr=syddanmark, kommuner=valgte))


UGEDAGE = st.lists(st.integers(1, 7), min_size=1, max_size=7, unique=True).map(sorted)
INTERVAL = st.tuples(st.integers(0, 30), st.integers(1, 15), st.booleans())


def _periode(interval: tuple[int, int, bool]) -> Periode:
    fra, dage, uden_slut = interval
    return Periode(fabrik.om(fra), None if uden_slut else fabrik.om(fra + dage))


UDEN_UDLOEB = (Optagelsesart.OPHOLD, Optagelsesart.LUKKET, Optagelsesart.FORBEHOLDT)
# Days, weekdays, whether it is active, and what it is: a hold that ends so many hours from now, or a claim of another kind.
KRAV = st.lists(st.tuples(INTERVAL, UGEDAGE, st.booleans(), st.sampled_from([-1, 1, *UDEN_UDLOEB])), max_size=5)
LUKNINGER = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 15), st.just(False)), max_size=2)
PLADSER = st.lists(st.tuples(UGEDAGE, KRAV, LUKNINGER), min_size=1, max_size=3)
Optagelser = list[tuple[tuple[int, int, bool], list[int], bool, int | Optagelsesart]]
Krav = list[tuple[Periode, list[int]]]


class NeverShownAsFree(TestCase):
    """Against brute force: what the search shows has no claim that counts on any of its weekdays, is closed on none of the days, and it shows all such places.

    So have those it calls free from an earlier day: none from that day on, and none that could be had the day before.
    """

    @hypothesis_settings(max_examples=60)
    @given(
        pladser=PLADSER, oensket=INTERVAL, ugedage=st.just([]) | UGEDAGE, tilbud_lukker=st.none() | st.integers(1, 50)
    )
    def test_soeg_agrees_with_brute_force(
        self,
        pladser: list[tuple[list[int], Optagelser, list[tuple[int, int, bool]]]],
        oensket: tuple[int, int, bool],
        ugedage: list[int],
        tilbud_lukker: int | None,
    ) -> None:
        hvor, nu_, periode = fabrik.afdeling(), nu(), _periode(oensket)
        lukket_fra = None if tilbud_lukker is None else fabrik.om(tilbud_lukker)
        Tilbud.objects.filter(pk=hvor.tilbud_id).update(lukket_fra=lukket_fra)
        aabent = lukket_fra is None or (periode.til is not None and periode.til <= lukket_fra)
        forventet: dict[UUID, date] = {}
        for egne, optagelser, lukninger in pladser:
            plads = fabrik.ledig_plads(hvor, ugedage=egne)
            taget = self._optag(plads, optagelser, lukninger)
            i_brug = {dag for krav, dage in taget if krav.overlapper(periode) for dag in dage}
            if aabent and set(ugedage) <= set(egne) and not i_brug & set(ugedage or egne):
                forventet[plads.pk] = self._fri_fra(taget, set(ugedage or egne), periode.fra)
        fabrik.bekraeftet(hvor)
        profil = Behovsprofil(periode, ugedage=frozenset(ugedage))
        fundne = suppleret(profil, soeg(fabrik.sagsbehandler(), profil, nu=nu_).resultater, nu_)
        assert [(fundet.er_ledig, fundet.ledig_fra) for fundet in fundne] == (
            [(True, min(forventet.values()))] if forventet else []
        )
        assert {plads for fundet in fundne for plads in fundet.plads.foerste} == forventet.keys()
        assert sum(fundet.plads.antal for fundet in fundne) == len(forventet)

    def _fri_fra(self, taget: Krav, ugedage: set[int], foerste: date) -> date:
        """The first of the days up to the period's, from today, since which nothing has been in the way."""
        dag = foerste
        while dag > fabrik.om(0) and not any(
            krav.indeholder(dag - timedelta(days=1)) and ugedage & set(dage) for krav, dage in taget
        ):
            dag -= timedelta(days=1)
        return dag

    def _optag(self, plads: Plads, optagelser: Optagelser, lukninger: list[tuple[int, int, bool]]) -> Krav:
        """Write the claims the ledger would take, and say which of them count now."""
        lagt: Krav = []
        taeller: Krav = []
        for interval, dage, aktiv, hvad in optagelser:
            krav = _periode(interval)
            if aktiv and _overlapper(krav, dage, lagt):
                continue  # the exclusion constraint would refuse it
            if aktiv:
                lagt.append((krav, dage))
            er_hold = not isinstance(hvad, Optagelsesart)
            Optagelse.objects.create(
                plads=plads,
                periode=krav.som_range,
                ugedage=dage,
                aktiv=aktiv,
                art=Optagelsesart.HOLD if er_hold else hvad,
                udloeber=nu() + timedelta(hours=int(hvad)) if er_hold else None,
            )
            if aktiv and hvad != -1:
                taeller.append((krav, dage))
        for interval in lukninger:
            dage, krav = list(range(1, 8)), _periode(interval)
            if _overlapper(krav, dage, lagt):
                continue
            lukning = Pladslukning.objects.create(
                afdeling=plads.afdeling, plads=plads, periode=krav.som_range, grund=Lukningsgrund.FERIE
            )
            Optagelse.objects.create(
                plads=plads, periode=krav.som_range, ugedage=dage, art=Optagelsesart.LUKKET, lukning=lukning
            )
            lagt.append((krav, dage))
            taeller.append((krav, dage))
        return taeller


def _overlapper(krav: Periode, dage: list[int], lagt: Krav) -> bool:
    return any(krav.overlapper(periode) and set(dage) & set(andre) for periode, andre in lagt)
