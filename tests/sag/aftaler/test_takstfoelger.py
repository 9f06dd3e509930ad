"""A price that follows the takst: pure rules on examples and any days, and stays whose takst is published anew."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from faelles.aktoer import Aktoer
from faelles.fejl import Konflikt
from faelles.models import Haendelse, Job
from faelles.scope import som_systemet
from faelles.tid import Periode, nu
from reservationer.sag.aftaler import grundlag, takstfoelger
from reservationer.sag.aftaler.actions import opret, skriv
from reservationer.sag.aftaler.dokument import dokument
from reservationer.sag.aftaler.grundlag import Sag
from reservationer.sag.aftaler.queries import aftaler
from reservationer.sag.aftaler.regler import Grundlag
from reservationer.sag.aftaler.regulering import Nytakst, foelger_fra, overtager
from reservationer.sag.aftaler.takstfoelger import foelg_takster
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Beslutning, Ophold, Placeringsaftale
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.overgange import Data, Udfald
from reservationer.sag.priser import Prisaftale, Tillaegsart
from reservationer.sag.tasks import lad_priser_foelge_takster, send_beskeder_om_takster
from takster.models import Takst, Takstenhed
from tests import fabrik
from tests.sag.aftaler.situationer import aftalt, goer, indhold, kladde
from tests.sag.aftaler.test_sider import system
from tests.sag.takstbeskeder.test_takstbeskeder import aendret, plads
from tests.sag.test_sider import klient, tekst
from tilbud.models import Plads

NYTAAR = date(2028, 1, 1)
NY = Nytakst(Decimal(2800), Takstenhed.DOEGN, 2, Periode(NYTAAR, date(2029, 1, 1)), frozenset({Decimal(2687)}))
PRIS = Prisaftale(Decimal(2687), niveau=2, tillaeg={Tillaegsart.NATTEVAGT: Decimal(250)})


@pytest.mark.parametrize(
    ("pris", "dage", "fra", "over"),
    [
        (PRIS, Periode(date(2027, 3, 1)), date(2027, 3, 1), Periode(NYTAAR)),
        (PRIS, Periode(date(2027, 3, 1)), date(2028, 5, 1), Periode(date(2028, 5, 1))),
        (PRIS, Periode(date(2028, 2, 1), date(2028, 6, 1)), date(2027, 3, 1), Periode(date(2028, 2, 1), date(2028, 6, 1))),
        (PRIS, Periode(date(2029, 1, 1)), date(2027, 3, 1), None),  # after the takst's own days
        (PRIS, Periode(date(2027, 3, 1), NYTAAR), date(2027, 3, 1), None),  # has ended before
        (Prisaftale(Decimal(2500)), Periode(date(2027, 3, 1)), date(2027, 3, 1), None),  # agreed to something else
        (Prisaftale(Decimal(2687), niveau=3), Periode(date(2027, 3, 1)), date(2027, 3, 1), None),
        (Prisaftale(Decimal(2687), Takstenhed.DAG), Periode(date(2027, 3, 1)), date(2027, 3, 1), None),
        (Prisaftale(Decimal(2800)), Periode(date(2027, 3, 1)), date(2027, 3, 1), None),  # is it already
    ],
)  # fmt: skip
def test_price_that_was_the_takst_follows_it_over_its_own_days(
    pris: Prisaftale, dage: Periode, fra: date, over: Periode | None
) -> None:
    assert overtager(pris, dage, NY, fra) == over


dage = st.dates(date(2027, 1, 1), date(2030, 1, 1))


@given(dage, dage, st.integers(1, 900))
def test_what_is_taken_over_lies_within_the_price_the_takst_and_the_agreement(foerste: date, fra: date, antal: int) -> None:  # fmt: skip
    hele = Periode(foerste, foerste + timedelta(days=antal))
    over = overtager(PRIS, hele, NY, fra)
    rammer = max(hele.fra, NY.periode.fra, fra) < min(hele.til or date.max, NY.periode.til or date.max)
    assert (over is not None) is rammer
    if over is not None:
        assert (over.fra >= fra, over.fra >= NYTAAR, over.til) == (True, True, hele.til)


def test_agreement_follows_from_the_first_version_in_a_row_that_says_so() -> None:
    jan, maj = date(2027, 1, 1), date(2027, 5, 1)
    assert foelger_fra([("takst", jan), ("takst", maj)]) == jan
    assert foelger_fra([("aftale", jan), ("takst", maj)]) == maj
    assert foelger_fra([("takst", jan), ("fast", maj)]) is None
    assert foelger_fra([]) is None


@pytest.fixture
def hvor() -> Plads:
    return fabrik.plads_med_takst()


def ophold_med_aftale(hvor: Plads, **andet: Any) -> tuple[Ophold, Placeringsaftale]:
    """A stay since today at the published takst, 2687.00, with an agreement."""
    ophold = fabrik.ophold(hvor, periode=Periode(fabrik.om(0)))
    return ophold, aftalt(ophold, gaelder_fra=fabrik.om(0), **andet)


def ny_takst(hvor: Plads, beloeb: str, fra: date) -> Takst:
    """Published from the day on; what is left of the old one goes on until then, as a row of its own."""
    with transaction.atomic():
        gammel = Takst.objects.paa(fra).get(afdeling=hvor.afdeling)
        gammel.ophoert = nu()
        gammel.save(update_fields=["ophoert"])
        fabrik.takst(hvor.afdeling, str(gammel.beloeb), fra=gammel.periode.lower, til=fra)
        return fabrik.takst(hvor.afdeling, beloeb, fra=fra, til=None)


def priser(ophold: Ophold) -> list[tuple[date, date | None, Decimal]]:
    with transaction.atomic():
        alle = ophold.priser.for_systemet("test").exclude(accepteret=None).order_by("periode")
        return [(et.periode.lower, et.periode.upper, et.samlet) for et in alle]


def versioner(hvem: Aktoer) -> list[tuple[int, str, date, date | None]]:
    with transaction.atomic():
        return list(aftaler(hvem).order_by("nummer").values_list("nummer", "tilstand", "gaelder_fra", "ophoerer"))


@pytest.mark.django_db
def test_new_takst_gives_the_stay_a_dated_price_and_the_agreement_a_version_nobody_accepts_again(hvor: Plads) -> None:
    ophold, foerste = ophold_med_aftale(hvor)
    ny_takst(hvor, "2800.00", fabrik.om(30))
    assert (foelg_takster(), foelg_takster()) == (1, 0)
    assert priser(ophold) == [(fabrik.om(0), fabrik.om(30), Decimal("2687.00")), (fabrik.om(30), None, Decimal("2800.00"))]  # fmt: skip
    koeber = fabrik.sagsbehandler()
    assert versioner(koeber) == [(1, "afloest", fabrik.om(0), fabrik.om(29)), (2, "aftalt", fabrik.om(30), None)]
    ny = aftaler(koeber).get(nummer=2)
    assert (ny.er_reguleret, ny.kommune_accepteret, ny.driftsherre_rolle) == (True, foerste.kommune_accepteret, foerste.driftsherre_rolle)  # fmt: skip
    assert [linje["samlet"] for linje in (ny.grundlag or {})["priser"]] == ["2687.00", "2800.00"]
    with som_systemet("test"):
        jobbet = Job.objects.get(parametre={"aftale_id": str(ny.pk)})
    assert (jobbet.type, jobbet.pk) == ("placeringsaftale", ny.job_id)
    for haendelse, om in (("ophold.pris_reguleret", ophold.pk), ("placeringsaftale.reguleret", ny.pk)):
        assert Haendelse.objects.filter(type=haendelse, entitet_id=str(om)).count() == 1
    with transaction.atomic():
        beslutninger = Beslutning.objects.for_systemet("test").filter(udfald=Udfald.REGULER)
        assert {(et.organisation_id, et.identitet) for et in beslutninger} == {(None, "")}
    vist = tekst(klient().get(reverse("aftaler:detalje", args=[ny.pk])))
    for ventet in ("2.800,00", "2.687,00", "skal ikke godkende igen", "som parterne har aftalt"):
        assert ventet in vist
    html = dokument(ny).html
    for ventet in ("2.800,00", "2.687,00", "skal ikke godkende igen"):
        assert ventet in html
    krop = system("myndighed").get(f"/api/v1/placeringsaftaler/{ny.pk}").json()
    assert (krop["reguleret"], [pris["samlet"]["beloeb"] for pris in krop["grundlag"]["priser"]]) == (True, ["2687.00", "2800.00"])  # fmt: skip


@pytest.mark.django_db
def test_stay_that_cannot_follow_is_logged_left_as_it_was_and_stops_no_other(
    hvor: Plads, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    foerste, _ = ophold_med_aftale(hvor)
    anden, _ = ophold_med_aftale(fabrik.ledig_plads(hvor.afdeling))
    ny_takst(hvor, "2800.00", fabrik.om(30))

    def laes(aktoer: Aktoer | None, sag: Sag, dag: date) -> Grundlag:
        if sag.ting == foerste:
            raise Konflikt("vilkaar_mangler", "Vilkåret mangler.")
        return grundlag.laes(aktoer, sag, dag)

    monkeypatch.setattr(takstfoelger, "laes", laes)
    assert (foelg_takster(), foelg_takster()) == (1, 0)
    assert [beloeb for *_, beloeb in priser(foerste)] == [Decimal("2687.00")], "nothing of it is changed"
    assert [beloeb for *_, beloeb in priser(anden)] == [Decimal("2687.00"), Decimal("2800.00")]
    assert {(fejl.message, getattr(fejl, "ophold", "")) for fejl in caplog.records if fejl.exc_info} == {
        ("takst_ikke_fulgt", str(foerste.pk))
    }
    monkeypatch.undo()
    assert foelg_takster() == 1, "it is tried again"


@pytest.mark.django_db
def test_published_takst_is_followed_and_told_to_the_payers_by_tasks_of_their_own() -> None:
    hvor = plads()
    ophold, _ = ophold_med_aftale(hvor)
    aendret(hvor, fra=fabrik.om(0))
    send_beskeder_om_takster()
    assert [beloeb for *_, beloeb in priser(ophold)] == [Decimal("2500.00")]
    lad_priser_foelge_takster()
    nytaar = date(fabrik.om(0).year + 1, 1, 1)
    assert priser(ophold) == [
        (fabrik.om(0), nytaar, Decimal("2687.00")),
        (nytaar, None, Decimal("2500.00")),  # what was published for the days after is still said
    ]
    assert "En takst, I betaler, er ændret" in [brev.subject for brev in mail.outbox]
    assert [tilstand for _, tilstand, *_ in versioner(fabrik.sagsbehandler())] == ["afloest", "aftalt"]


@pytest.mark.django_db
@pytest.mark.parametrize("regulering", ["aftale", "fast"])
def test_price_follows_only_where_the_agreement_says_so(hvor: Plads, regulering: str) -> None:
    ophold, _ = ophold_med_aftale(hvor, regulering=regulering)
    ny_takst(hvor, "2800.00", fabrik.om(30))
    assert foelg_takster() == 0
    assert [beloeb for *_, beloeb in priser(ophold)] == [Decimal("2687.00")]


@pytest.mark.django_db
def test_version_that_is_not_accepted_by_both_moves_no_price(hvor: Plads) -> None:
    ophold = fabrik.ophold(hvor, periode=Periode(fabrik.om(0)))
    goer(fabrik.sagsbehandler(), kladde(ophold, gaelder_fra=fabrik.om(0)), Udfald.FREMSAET)
    ny_takst(hvor, "2800.00", fabrik.om(30))
    assert foelg_takster() == 0


def ny_aftalt_pris(ophold: Ophold, dag: date, takst: str, **tillaeg: str) -> None:
    data = {Data.DATO: dag, Data.TAKST: Decimal(takst), Data.TILLAEG: tillaeg}
    afgoer_ophold(aktoer=fabrik.tilbudsleder(), ophold_id=ophold.pk, udfald=Udfald.FORESLAA_PRIS, indhold=Indhold(data=data))  # fmt: skip
    afgoer_ophold(aktoer=fabrik.sagsbehandler(), ophold_id=ophold.pk, udfald=Udfald.ACCEPTER_PRIS, indhold=Indhold())


def godkend_den_aabne() -> None:
    koeber = fabrik.sagsbehandler()
    goer(koeber, aftaler(koeber).get(tilstand="kladde"), Udfald.FREMSAET)
    goer(fabrik.tilbudsleder(), aftaler(koeber).get(tilstand="hos_tilbuddet"), Udfald.GODKEND)


@pytest.mark.django_db
def test_supplements_stay_as_agreed_and_later_prices_follow_too(hvor: Plads) -> None:
    ophold, _ = ophold_med_aftale(hvor)
    ny_aftalt_pris(ophold, fabrik.om(40), "2687.00", nattevagt="250.00")
    godkend_den_aabne()
    ny_takst(hvor, "2800.00", fabrik.om(30))
    assert foelg_takster() == 1
    assert priser(ophold) == [
        (fabrik.om(0), fabrik.om(30), Decimal("2687.00")),
        (fabrik.om(30), fabrik.om(40), Decimal("2800.00")),
        (fabrik.om(40), None, Decimal("3050.00")),
    ]


@pytest.mark.django_db
def test_price_agreed_to_something_else_than_the_takst_stays(hvor: Plads) -> None:
    ophold, _ = ophold_med_aftale(hvor)
    ny_aftalt_pris(ophold, fabrik.om(10), "2500.00")
    godkend_den_aabne()
    ny_takst(hvor, "2800.00", fabrik.om(30))
    assert foelg_takster() == 0
    assert priser(ophold)[-1] == (fabrik.om(10), None, Decimal("2500.00"))


@pytest.mark.django_db
def test_version_on_its_way_is_written_anew_after_the_regulated_one(hvor: Plads) -> None:
    ophold, _ = ophold_med_aftale(hvor)
    koeber = fabrik.sagsbehandler()
    paa_vej = opret(aktoer=koeber, ophold_id=ophold.pk)
    skriv(aktoer=koeber, aftale_id=paa_vej.pk, sagt=indhold(gaelder_fra=fabrik.om(5), maal="Indsatsplan 13"))
    goer(koeber, paa_vej, Udfald.FREMSAET)
    ny_takst(hvor, "2800.00", fabrik.om(30))
    assert foelg_takster() == 1
    assert [tilstand for _, tilstand, *_ in versioner(koeber)] == ["afloest", "bortfaldet", "aftalt", "kladde"]
    assert aftaler(koeber).get(nummer=4).maal == "Indsatsplan 13"


@pytest.mark.django_db
def test_move_to_a_place_the_agreement_does_not_say_makes_a_draft_and_a_longer_stay_does_not(hvor: Plads) -> None:
    ophold, foerste = ophold_med_aftale(hvor)
    anden, leder = fabrik.ledig_plads(hvor.afdeling, betegnelse="Plads 9"), fabrik.tilbudsleder()
    assert (foerste.grundlag or {})["ugedage"] == "alle ugedage"

    def flyt(til: Plads, dag: date) -> None:
        data = {Data.PLADS: til.pk, Data.DATO: dag}
        afgoer_ophold(aktoer=leder, ophold_id=ophold.pk, udfald=Udfald.FLYT, indhold=Indhold(data=data))

    flyt(hvor, fabrik.om(3))
    assert len(versioner(leder)) == 1, "the same place for longer is nothing new"
    flyt(anden, fabrik.om(7))
    assert versioner(leder)[1:] == [(2, "kladde", fabrik.om(7), None)]
    assert "Plads 9" in tekst(klient().get(reverse("aftaler:detalje", args=[aftaler(leder).get(nummer=2).pk])))
