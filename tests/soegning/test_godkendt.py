"""What socialtilsyn has approved in the search: no more places are called free than may be taken, and it says why."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from faelles.fejl import Konflikt
from faelles.tid import Periode, idag, nu
from kommuner.models import Bruger
from reservationer.soegning.gemte.actions import proev_alle
from reservationer.soegning.kriterier import Kriterium
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.queries import soeg, udeladte
from tests import fabrik
from tests.api import klienter
from tilbud.belaegning.actions import tag_plads
from tilbud.belaegning.loft import loft
from tilbud.belaegning.models import Optagelsesart
from tilbud.belaegning.queries import kalendere
from tilbud.models import Afdeling, Plads

pytestmark = pytest.mark.django_db

DAGE = Periode(fabrik.om(10), fabrik.om(40))
INTERVAL = st.tuples(st.integers(-3, 12), st.one_of(st.none(), st.integers(1, 15)))
UGEDAGE = st.lists(st.integers(1, 7), min_size=1, max_size=7, unique=True).map(sorted)
PLADSER = st.lists(
    st.tuples(st.booleans(), st.booleans(), UGEDAGE), min_size=1, max_size=4
)  # in Syd, merplads, weekdays
TAGET = st.lists(st.tuples(st.integers(0, 3), INTERVAL), max_size=3)
GODKENDT = st.lists(st.tuples(INTERVAL, st.integers(0, 3)), max_size=2)


def _periode(interval: tuple[int, int | None]) -> Periode:
    fra, dage = interval
    return Periode(fabrik.om(fra), None if dage is None else fabrik.om(fra + dage))


class FreeCanBeTaken(TestCase):
    """Against the database's own guard: what is called free is taken, one after another, and no other place could be as well."""

    @hypothesis_settings(max_examples=60)
    @given(
        pladser=PLADSER, taget=TAGET, godkendt=GODKENDT, tilladt=st.none() | INTERVAL, oensket=INTERVAL,
        ugedage=st.just([]) | UGEDAGE,
    )  # fmt: skip
    def test_search_calls_exactly_those_places_free_that_can_be_taken(
        self, pladser: Any, taget: Any, godkendt: Any, tilladt: Any, oensket: Any, ugedage: list[int]
    ) -> None:
        tilbud = fabrik.tilbud()
        afdelinger = [fabrik.afdeling(tilbud, navn=navn) for navn in ("Nord", "Syd")]
        alle = [fabrik.ledig_plads(afdelinger[syd], merplads=mer, ugedage=dage) for syd, mer, dage in pladser]
        for nummer, interval in taget:  # before there are approvals, so that there may be too many
            self._tag(alle[nummer % len(alle)], _periode(interval), [])
        for kode, (interval, antal) in zip(("SEL-107", "SEL-108"), godkendt, strict=False):
            fabrik.godkendelse(tilbud, antal, kode=kode, fra=_periode(interval).fra, til=_periode(interval).til)
        if tilladt:
            fabrik.merpladstilladelse(afdelinger[0], fra=_periode(tilladt).fra, til=_periode(tilladt).til)
        periode = _periode(oensket)
        fundne = soeg(fabrik.sagsbehandler(), Behovsprofil(periode, ugedage=frozenset(ugedage)), nu=nu()).resultater
        antal = {fundet.fakta.afdeling_id: fundet.plads.antal for fundet in fundne}
        for afdeling in afdelinger:
            with transaction.atomic():
                egne = [plads for plads in alle if plads.afdeling_id == afdeling.pk]
                kan = [plads.pk for plads in egne if self._tag(plads, periode, ugedage)]
                vist = next((f.plads.foerste for f in fundne if f.fakta.afdeling_id == afdeling.pk), ())
                assert (antal.get(afdeling.pk, 0), vist) == (len(kan), tuple(kan[:3]))
                transaction.set_rollback(True)

    def _tag(self, plads: Plads, periode: Periode, ugedage: list[int]) -> bool:
        try:
            tag_plads(
                plads_id=plads.pk, periode=periode, art=Optagelsesart.OPHOLD, egne=False, beboer=False, ugedage=ugedage
            )
        except Konflikt:
            return False
        return True


@pytest.fixture
def afdeling() -> Afdeling:
    """Eleven free places; ten are approved under a legal basis that ends, one under one that does not."""
    hvor = fabrik.afdeling(fabrik.tilbud("Solbakken", hjemler=("SEL-107", "SEL-108")))
    for nummer in range(11):
        fabrik.ledig_plads(hvor, betegnelse=f"{nummer:02}")
    fabrik.bekraeftet(hvor)
    fabrik.godkendelse(hvor.tilbud, 10, til=fabrik.om(20))
    fabrik.godkendelse(hvor.tilbud, 1, kode="SEL-108")
    return hvor


def test_of_two_legal_bases_that_which_runs_out_lets_only_the_other_count(afdeling: Afdeling) -> None:
    hele = {"fra": DAGE.fra.isoformat(), "til": fabrik.om(40).isoformat()}
    for til, antal, over in ((fabrik.om(20), 11, 0), (fabrik.om(21), 1, 10)):
        (fundet,) = soeg(fabrik.sagsbehandler(), Behovsprofil(Periode(DAGE.fra, til)), nu=nu()).resultater
        assert (fundet.plads.antal, fundet.plads.ikke_godkendte, fundet.er_ledig) == (antal, over, True)
    svar = klienter.myndighed().post("/api/v1/soegninger", hele, content_type="application/json").json()
    (hit,) = svar["resultater"]
    assert (hit["antal"], hit["ikkeGodkendte"], len(hit["pladser"]), hit["godkendelseUdloeber"]) == (1, 10, 1, None)
    client = Client()
    client.force_login(Bruger.objects.get(pk=fabrik.sagsbehandler().identitet.removeprefix("bruger:")))
    assert "10 flere, der ikke er godkendt i perioden" in client.get(reverse("soegning:soeg"), hele).content.decode()


def test_days_gone_are_not_asked_about(afdeling: Afdeling) -> None:
    fabrik.godkendelse(afdeling.tilbud, 1, kode="SEL-109", fra=fabrik.om(-500), til=fabrik.om(-400))
    for fra in (-40, -5):
        (fundet,) = soeg(
            fabrik.sagsbehandler(), Behovsprofil(Periode(fabrik.om(fra), fabrik.om(fra + 10))), nu=nu()
        ).resultater
        assert fundet.plads.antal == 11


def test_when_nothing_is_left_the_department_is_left_out_with_its_own_code_and_fits_no_saved_search(
    afdeling: Afdeling,
) -> None:
    fabrik.optag(afdeling.pladser.earliest("betegnelse"), Periode(fabrik.om(-100)))
    hvem, profil = fabrik.sagsbehandler(), Behovsprofil(DAGE)
    fabrik.gemt_soegning(hvem)
    svar = soeg(hvem, profil, nu=nu())
    assert svar.resultater == []
    assert svar.lempelse
    assert svar.lempelse.kriterier == (Kriterium.IKKE_GODKENDT,)
    (udeladt,) = udeladte(hvem, profil, nu=nu())
    assert [(krav.kriterium, krav.grund) for krav in udeladt.krav] == [
        (
            Kriterium.IKKE_GODKENDT,
            "Der er ingen ledig plads inden for socialtilsynets godkendelse i hele perioden",
        )
    ]
    assert proev_alle() == 0


def test_calendar_says_how_many_of_the_places_nobody_has_may_be_let_where_not_all_may(client: Client) -> None:
    tilbud = fabrik.tilbud("Solbakken")
    nord, syd = (fabrik.afdeling(tilbud, navn=navn) for navn in ("Nord", "Syd"))
    fabrik.optag(fabrik.ledig_plads(nord), Periode(fabrik.om(-100)))
    for hvor, fra in ((nord, 0), (syd, 0), (syd, 30)):
        fabrik.ledig_plads(hvor, fra=fabrik.om(fra))
    fabrik.godkendelse(tilbud, 4, til=fabrik.om(10))
    fabrik.godkendelse(tilbud, 2, fra=fabrik.om(10))
    hos = kalendere(tilbud.pk, {nord.pk: True, syd.pk: True}, nu(), loft(tilbud.pk, nu()))
    ventet = [(fabrik.om(10), fabrik.om(30), 1, 2), (fabrik.om(30), hos[nord.pk]["perioder"][-1].til, 1, 3)]
    for afdeling in (nord, syd):
        assert [(h.periode.fra, h.periode.til, h.antal, h.frie) for h in hos[afdeling.pk]["hoejst"]] == ventet
    fabrik.optag(
        Plads.objects.get(afdeling=nord, periode__startswith=fabrik.om(0)), Periode(fabrik.om(0), fabrik.om(40))
    )
    efter = kalendere(tilbud.pk, {nord.pk: True, syd.pk: True}, nu(), loft(tilbud.pk, nu()))
    # On the days the last is taken, nothing is free; thereafter one of three is.
    assert [h.periode.fra for h in efter[syd.pk]["hoejst"]] == [fabrik.om(40)]
    client.force_login(Bruger.objects.get(pk=fabrik.sagsbehandler().identitet.removeprefix("bruger:")))
    side = client.get(reverse("tilbud:detalje", args=[tilbud.pk])).content.decode()
    assert "kan højst 1 af tilbuddets 3 pladser uden beboer eller reservation tages" in side


def test_calendar_parts_the_days_where_somebody_leaves_though_as_many_are_taken_and_free_in_all() -> None:
    afdeling = fabrik.afdeling()
    for _ in range(3):
        fabrik.ledig_plads(afdeling)
    fabrik.optag(fabrik.ledig_plads(afdeling), Periode(fabrik.om(-9), fabrik.om(10)))
    fabrik.godkendelse(afdeling.tilbud, 2)
    hoejst = kalendere(afdeling.tilbud_id, {afdeling.pk: True}, nu(), loft(afdeling.tilbud_id, nu()))[afdeling.pk][
        "hoejst"
    ]
    assert [(h.periode.fra, h.antal, h.frie) for h in hoejst] == [(idag(), 1, 3), (fabrik.om(10), 2, 4)]


def test_calendar_says_not_approved_where_a_place_may_not_be_let(afdeling: Afdeling) -> None:
    pladser = list(afdeling.pladser.order_by("betegnelse"))
    fabrik.optag(pladser[0], Periode(fabrik.om(-100)))
    raekker = kalendere(afdeling.tilbud_id, {afdeling.pk: True}, nu(), loft(afdeling.tilbud_id, nu()))[afdeling.pk][
        "raekker"
    ]
    assert [s.status for s in raekker[0]["straekninger"]] == ["optaget"]
    for raekke in raekker[1:]:
        stande = [(s.status, max(s.periode.fra, idag())) for s in raekke["straekninger"]]
        assert stande == [("ledig", idag()), ("ikke_godkendt", fabrik.om(20))]
        assert raekke["felter"][-1].tekst == "Ikke godkendt"


@pytest.mark.parametrize(
    ("godkendelser", "ventet"),
    [
        ([], {None: "ukendt", "SEL-107": "ukendt"}),
        ([("SEL-107", -400, None)], {None: "opfyldt", "SEL-107": "opfyldt"}),
        ([("SEL-108", -400, None)], {None: "opfyldt", "SEL-107": "ukendt"}),
        ([("SEL-107", -400, 20), ("SEL-107", 20, 40)], {None: "opfyldt", "SEL-107": "opfyldt"}),
        ([("SEL-107", -400, 20), ("SEL-107", 21, 90)], {}),
        ([("SEL-107", 11, None)], {None: "ukendt", "SEL-107": "ukendt"}),
    ],
    ids=["none", "all days", "another basis", "one after the other", "a day between", "begins later"],
)
def test_approval_that_is_not_registered_is_unknown_and_never_met_nor_a_reason(
    godkendelser: list[tuple[str, int, int | None]], ventet: dict[str | None, str]
) -> None:
    afdeling = fabrik.afdeling(fabrik.tilbud(hjemler=("SEL-107", "SEL-108")))
    fabrik.ledig_plads(afdeling)
    for kode, fra, til in godkendelser:
        fabrik.godkendelse(
            afdeling.tilbud, 1, kode=kode, fra=fabrik.om(fra), til=None if til is None else fabrik.om(til)
        )
    for hjemmel in (None, "SEL-107"):
        svar = soeg(fabrik.sagsbehandler(), Behovsprofil(DAGE, hjemmel=hjemmel), nu=nu())
        fundet = {k.udfald.value for r in svar.resultater for k in r.krav if k.kriterium is Kriterium.GODKENDT}
        assert fundet == ({ventet[hjemmel]} if ventet else set())


def test_known_approval_ranks_before_an_unknown_one_whatever_the_price() -> None:
    for navn, pris in (("Godkendt", "3000"), ("Ukendt", "1000")):
        afdeling = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(navn))).afdeling
        fabrik.bekraeftet(afdeling)
        fabrik.takst(afdeling, pris)
        if navn == "Godkendt":
            fabrik.godkendelse(afdeling.tilbud, 1)
    fundne = soeg(fabrik.sagsbehandler(), Behovsprofil(DAGE), nu=nu()).resultater
    assert [(r.fakta.tilbud, r.ukendte) for r in fundne] == [("Godkendt", 0), ("Ukendt", 1)]
