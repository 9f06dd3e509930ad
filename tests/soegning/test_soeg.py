"""The search: what counts as free, in which order, with how many statements."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from faelles.fejl import IngenAdgang
from faelles.tid import Periode, nu
from kommuner.models import Rolle
from reservationer.soegning.queries import lempelse, offentliggjorte, soeg
from reservationer.soegning.sammenfatning import Resultat, Soegekriterier
from takster.models import OffentliggjortPris
from tests import fabrik
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.friskhed import Friskhed
from tilbud.models import Hjemmel, OffentligtTilbud, Plads
from vilkaar.models import Saetstatus

pytestmark = pytest.mark.django_db

PERIODE = Periode(fabrik.om(10), fabrik.om(40))


def find(**kriterier: object) -> list[Resultat]:
    """The hits of a case worker's search in PERIODE."""
    return soeg(fabrik.sagsbehandler(), Soegekriterier(**{"periode": PERIODE} | kriterier), nu=nu())  # type: ignore[arg-type]  # test shorthand


def test_soeg_free_place_is_found_with_who_confirmed_it_takst_and_level() -> None:
    plads = fabrik.ledig_plads()
    fabrik.bekraeftet(plads.afdeling, dage_siden=2)
    fabrik.takst(plads.afdeling, "2687.00")
    fabrik.niveau(plads.afdeling.tilbud, 2)
    (fundet,) = find(hjemmel="SEL-107")
    assert (fundet.afdeling_id, fundet.antal_ledige, fundet.pladser) == (plads.afdeling_id, 1, (plads.id,))
    assert (fundet.kommune, fundet.stand.hvem) == ("Gladsaxe", "Gladsaxe Kommune (tilbudsleder)")
    assert fundet.takst is not None
    assert (fundet.takst.beloeb, fundet.takst.enhed_navn, fundet.takst.foreloebig) == (
        Decimal("2687.00"),
        "kr./døgn",
        False,
    )
    assert (fundet.niveau, fundet.stand.friskhed, fundet.er_ledig) == (2, Friskhed.FRISK, True)
    assert (fundet.opfyldte, len(fundet.krav)) == (2, 2)


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
    kriterier, af = Soegekriterier(PERIODE), fabrik.sagsbehandler()
    assert not soeg(af, kriterier, nu=hold.udloeber - timedelta(seconds=1))
    assert soeg(af, kriterier, nu=hold.udloeber)


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
        ({"maalgruppe": gruppe.kode}, {"maalgruppe": anden.kode}),
        ({"hjemmel": "SEL-107"}, {"hjemmel": "SEL-108"}),
        ({"kommuner": (gladsaxe.pk, herlev.pk)}, {"kommuner": (herlev.pk,)}),
        ({"driftsherre": gladsaxe.organisation_id}, {"driftsherre": herlev.organisation_id}),
        ({"hoejeste_takst": Decimal(2000)}, {"hoejeste_takst": Decimal("1999.99")}),
        ({"tekst": "aalHOLM"}, {"tekst": "ølholm"}),
    ):
        assert len(find(**traeffer)) == 1
        assert not find(**fejler)


def test_soeg_unknown_takst_is_kept_and_said_to_be_unknown() -> None:
    fabrik.bekraeftet(fabrik.ledig_plads().afdeling)
    (fundet,) = find(hoejeste_takst=Decimal(1000))
    assert (fundet.takst, fundet.opfyldte, len(fundet.krav)) == (None, 1, 2)
    assert [krav.navn for krav in fundet.krav if krav.udfald == "ukendt"] == ["Højeste takst"]


def test_soeg_takst_made_under_preliminary_terms_is_marked() -> None:
    afdeling = fabrik.ledig_plads().afdeling
    foreloebig = fabrik.vilkaar(fabrik.kkr("KKR Sjælland"), fra=date(2026, 1, 1), status=Saetstatus.FORELOEBIG)
    takst = fabrik.takst(afdeling)
    type(takst).objects.filter(pk=takst.pk).update(vilkaarssaet=foreloebig)
    (fundet,) = find()
    assert fundet.takst is not None
    assert fundet.takst.foreloebig


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
    assert [fundet.tilbud for fundet in find()] == [
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
        soeg(uden, Soegekriterier(PERIODE), nu=nu())


def _antal_kald(kriterier: Soegekriterier) -> int:
    af = fabrik.sagsbehandler()
    with CaptureQueriesContext(
        connection,
    ) as kald:
        soeg(af, kriterier, nu=nu())
    return len(kald)


def test_soeg_sends_the_same_number_of_statements_for_1_and_100_offers() -> None:
    kriterier = Soegekriterier(PERIODE, hjemmel="SEL-107", hoejeste_takst=Decimal(3000))
    fabrik.takst(fabrik.ledig_plads().afdeling)
    en = _antal_kald(kriterier)
    for _ in range(99):
        plads = fabrik.ledig_plads()
        fabrik.bekraeftet(plads.afdeling)
        fabrik.takst(plads.afdeling)
    assert _antal_kald(kriterier) == en
    assert en <= 8


def test_lempelse_names_the_criterion_that_removes_most() -> None:
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe", hjemler=("SEL-108",))))
    for _ in range(2):
        fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Herlev")))
    kriterier = Soegekriterier(PERIODE, hjemmel="SEL-107", kommuner=(fabrik.kommune("Gladsaxe").pk,))
    fundet = lempelse(kriterier, nu=nu())
    assert fundet is not None
    assert (fundet.navn, fundet.felt, fundet.antal) == ("Kommune", "kommuner", 2)


def test_lempelse_is_none_when_no_single_criterion_is_enough() -> None:
    fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe", hjemler=("SEL-108",))))
    kriterier = Soegekriterier(PERIODE, hjemmel="SEL-107", kommuner=(fabrik.kommune("Herlev").pk,))
    assert lempelse(kriterier, nu=nu()) is None


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
    assert list(offentliggjorte(Soegekriterier(PERIODE, hjemmel="BL-46"))) == [tilbud]
    assert list(offentliggjorte(Soegekriterier(PERIODE, tekst="kendt FRA"))) == [tilbud]
    assert not offentliggjorte(Soegekriterier(PERIODE, tekst="ukendt fra"))
    assert not offentliggjorte(Soegekriterier(PERIODE, kommuner=(fabrik.kommune("Gladsaxe").pk,)))


UGEDAGE = st.lists(st.integers(1, 7), min_size=1, max_size=7, unique=True).map(sorted)
INTERVAL = st.tuples(st.integers(0, 30), st.integers(1, 15), st.booleans())


def _periode(interval: tuple[int, int, bool]) -> Periode:
    fra, dage, uden_slut = interval
    return Periode(fabrik.om(fra), None if uden_slut else fabrik.om(fra + dage))


class NeverShownAsFree(TestCase):
    """Against brute force: what the search shows has no claim that counts on any of its weekdays, and it shows all such places."""

    @hypothesis_settings(max_examples=60)
    @given(
        ugedage=UGEDAGE,
        optagelser=st.lists(
            st.tuples(INTERVAL, UGEDAGE, st.booleans(), st.sampled_from([None, -1, 1])), min_size=1, max_size=5
        ),
        oensket=INTERVAL,
    )
    def test_soeg_agrees_with_brute_force(
        self,
        ugedage: list[int],
        optagelser: list[tuple[tuple[int, int, bool], list[int], bool, int | None]],
        oensket: tuple[int, int, bool],
    ) -> None:
        plads, nu_, periode = fabrik.ledig_plads(ugedage=ugedage), nu(), _periode(oensket)
        optaget = False
        lagt: list[tuple[Periode, list[int]]] = []
        for interval, dage, aktiv, timer in optagelser:
            krav = _periode(interval)
            if aktiv and any(krav.overlapper(p) and set(dage) & set(u) for p, u in lagt):
                continue  # the exclusion constraint would refuse it
            if aktiv:
                lagt.append((krav, dage))
            Optagelse.objects.create(
                plads=plads,
                periode=krav.som_range,
                ugedage=dage,
                aktiv=aktiv,
                art=Optagelsesart.HOLD if timer else Optagelsesart.OPHOLD,
                udloeber=nu_ + timedelta(hours=timer) if timer else None,
            )
            taeller = aktiv and timer != -1
            optaget = optaget or bool(taeller and krav.overlapper(periode) and set(dage) & set(ugedage))
        fundne = soeg(fabrik.sagsbehandler(), Soegekriterier(periode), nu=nu_)
        assert [fundet.pladser for fundet in fundne] == ([] if optaget else [(plads.id,)])
