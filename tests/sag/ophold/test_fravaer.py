"""Absence put right, weekdays changed, and a notice of a day that is gone: on the page and over REST, with what was before kept."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from faelles.aktoer import Aktoer
from faelles.fejl import Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.tid import Periode
from reservationer.sag.aftaler.queries import aftaler, grundlaget
from reservationer.sag.models import Beslutning, Fravaer, Ophold
from reservationer.sag.overgange import Grund, Udfald
from tests import fabrik
from tests.api import klienter
from tests.sag.aftaler.situationer import aftalt
from tests.sag.ophold.test_forloeb import goer
from tests.sag.ophold.test_opgaver import slags
from tests.sag.ophold.test_sider import dato, url
from tests.sag.test_sider import klient, leder, tekst
from tilbud.models import Pladsart
from vilkaar.models import Vilkaarssaet
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db

IDAG = fabrik.om(0)


@pytest.fixture
def koeber() -> Aktoer:
    return fabrik.sagsbehandler()


def med_fravaer(art: str = "ferie") -> tuple[Ophold, Fravaer]:
    """A stay that began today, away from tomorrow for three days."""
    ophold = fabrik.ophold(periode=Periode(IDAG))
    goer(fabrik.tilbudsleder(), ophold, Udfald.MELD_FRAVAER, art=art, dato=fabrik.om(1), til=fabrik.om(3))
    return ophold, alle(ophold)[0]


def alle(ophold: Ophold) -> list[Fravaer]:
    return list(Fravaer.objects.for_systemet("test").filter(ophold=ophold).order_by("periode", "pk"))


def test_wrong_absence_is_put_right_and_kept_in_the_story_with_its_reason(koeber: Aktoer) -> None:
    ophold, forkert = med_fravaer()
    ny: dict[str, Any] = {"fravaer": forkert.pk, "art": "faengsel", "dato": fabrik.om(2), "til": fabrik.om(9)}
    goer(koeber, ophold, Udfald.RET_FRAVAER, Grund.FEJLREGISTRERET, **ny)
    gammelt, nyt = alle(ophold)
    assert (gammelt.pk, gammelt.rettet is not None, gammelt.art) == (forkert.pk, True, "ferie")
    assert (nyt.erstatter_id, nyt.art, int(nyt.betalingsprocent), nyt.rettet) == (forkert.pk, "faengsel", 0, None)
    (beslutning,) = Beslutning.objects.for_systemet("test").filter(ophold=ophold, udfald="ret_fravaer")
    assert (beslutning.grund, beslutning.organisation_id) == ("fejlregistreret", koeber.organisation_id)
    assert Haendelse.objects.filter(type="ophold.fravaer_rettet").count() == 1
    with pytest.raises(UgyldigtInput) as fejl:
        goer(koeber, ophold, Udfald.RET_FRAVAER, Grund.FEJLREGISTRERET, **ny)
    assert set(fejl.value.felter) == {"fravaer"}, "what was put right is not put right again"


def test_absence_is_refused_beside_one_that_counts_and_not_beside_one_that_was_wrong(koeber: Aktoer) -> None:
    ophold, fravaer = med_fravaer()
    igen: dict[str, Any] = {"art": "andet", "dato": fabrik.om(1), "til": fabrik.om(3)}
    with pytest.raises(UgyldigtInput):
        goer(koeber, ophold, Udfald.MELD_FRAVAER, **igen)
    with pytest.raises(UgyldigtInput) as fejl:
        goer(koeber, ophold, Udfald.ANNULLER_FRAVAER, fravaer=fravaer.pk)
    assert set(fejl.value.felter) == {"grund"}
    goer(koeber, ophold, Udfald.ANNULLER_FRAVAER, Grund.FEJLREGISTRERET, fravaer=fravaer.pk)
    goer(koeber, ophold, Udfald.MELD_FRAVAER, **igen)
    assert [et.rettet is None for et in alle(ophold)].count(True) == 1


def test_absence_of_another_stay_cannot_be_put_right(koeber: Aktoer) -> None:
    ophold, _ = med_fravaer()
    andet, andets = med_fravaer()
    for hvilket in (andets.pk, uuid4()):
        with pytest.raises(UgyldigtInput) as fejl:
            goer(koeber, ophold, Udfald.ANNULLER_FRAVAER, Grund.FEJLREGISTRERET, fravaer=hvilket)
        assert str(hvilket) not in str(fejl.value.felter)
    assert alle(andet)[0].rettet is None


def test_page_and_rest_put_right_and_show_both() -> None:
    ophold, fravaer = med_fravaer()
    side = leder().get(url(ophold, "ret_fravaer")).content.decode()
    assert str(fravaer.pk) in side
    svar = leder().post(
        url(ophold, "ret_fravaer"),
        {"grund": "fejlregistreret", "fravaer": str(fravaer.pk), "art": "hospital", **dato("dato", fabrik.om(1)), **dato("til", fabrik.om(2))},
        follow=True,
    )  # fmt: skip
    assert "Fravær rettet." in tekst(svar)
    assert "gælder ikke" in tekst(svar)
    assert "sat i stedet for et, der var forkert" in tekst(svar)
    nyt = next(et for et in alle(ophold) if et.rettet is None)
    krop = {"udfald": "annuller_fravaer", "grund": "aendret_undervejs", "fravaerId": str(nyt.pk)}
    hoveder = {"idempotency-key": str(uuid4())}
    client = klienter.myndighed()
    svar = client.post(
        f"/api/v1/ophold/{ophold.pk}/beslutninger", krop, content_type="application/json", headers=hoveder
    )
    assert svar.status_code == 201, svar.json()
    viste = client.get(f"/api/v1/ophold/{ophold.pk}/fravaer").json()["resultater"]
    assert [et["rettet"] is not None for et in viste] == [True, True]
    assert {et["erstatterId"] for et in viste} == {None, str(fravaer.pk)}
    assert klienter.myndighed("Herlev").get(f"/api/v1/ophold/{ophold.pk}/fravaer").status_code == 404
    assert "Ret et fravær" not in tekst(klient().get(url(ophold))), "nothing is left to put right"


def test_absence_is_told_a_municipality_until_its_responsibility_ends() -> None:
    ophold, _ = med_fravaer()
    fabrik.skift_kommune(ophold, handle="Herlev", betaler="Herlev", fra=fabrik.om(2))

    def vist(kommune: str) -> list[tuple[str, str]]:
        svar = klienter.myndighed(kommune).get(f"/api/v1/ophold/{ophold.pk}/fravaer").json()
        return [(et["fra"], et["til"]) for et in svar["resultater"]]

    assert vist("Rødovre") == [(fabrik.om(1).isoformat(), fabrik.om(1).isoformat())]
    assert vist("Herlev") == [(fabrik.om(1).isoformat(), fabrik.om(3).isoformat())]


def test_absence_is_paid_by_what_is_agreed_for_the_hjemmel_of_its_first_day() -> None:
    Vilkaarssaet.objects.filter(kkr=fabrik.kkr()).update(periode=Periode(fabrik.FOR_LAENGE_SIDEN, IDAG).som_range)
    fabrik.vilkaar(fabrik.kkr(), fra=IDAG, andre={Noegle.FRAVAER_PROCENT: "ferie/SEL-104=25; *=100"})
    dagtilbud = fabrik.ophold(fabrik.plads_med_takst(kode="SEL-104"), hjemmel="SEL-104", periode=Periode(IDAG))
    for ophold, ventet in ((dagtilbud, 25), (fabrik.ophold(periode=Periode(IDAG), reference="RK-2"), 100)):
        goer(fabrik.tilbudsleder(), ophold, Udfald.MELD_FRAVAER, art="ferie", dato=IDAG, til=IDAG)
        assert [int(et.betalingsprocent) for et in alle(ophold)] == [ventet]


def deltid() -> tuple[Ophold, Any]:
    """Monday and Tuesday at a day place from today."""
    plads = fabrik.plads_med_takst(art=Pladsart.DAG, betegnelse="Dagplads 1")
    return fabrik.ophold(plads, periode=Periode(IDAG), ugedage=[1, 2]), plads


def test_weekdays_change_from_a_day_and_the_days_given_up_are_free_at_once() -> None:
    ophold, plads = deltid()
    goer(fabrik.tilbudsleder(), ophold, Udfald.SKIFT_UGEDAGE, ugedage=[3, 4], dato=fabrik.om(7))
    pladser = ophold.pladser.for_systemet("test").select_related("optagelse").order_by("optagelse__periode")
    assert [(p.optagelse.ugedage, p.optagelse.periode.lower, p.optagelse.periode.upper) for p in pladser] == [
        ([1, 2], IDAG, fabrik.om(7)),
        ([3, 4], fabrik.om(7), None),
    ]
    frister = leder().get(url(ophold)).context["frister"]
    assert ("Skifter ugedage til onsdag og torsdag", fabrik.om(7)) in [(en.hvad, en.dag) for en in frister]
    assert "FLYTTER" not in [hvad for hvad, _ in slags(fabrik.tilbudsleder())], "it is the same place"
    anden = fabrik.ophold(plads, periode=Periode(fabrik.om(7)), ugedage=[1, 2], reference="RK-2")
    with pytest.raises(Konflikt):
        goer(fabrik.tilbudsleder(), anden, Udfald.SKIFT_UGEDAGE, ugedage=[2, 3], dato=fabrik.om(14))
    assert "Onsdag og torsdag" in tekst(leder().get(url(ophold)))


def test_weekdays_change_on_the_days_there_is_a_place_and_the_agreement_follows() -> None:
    plads = fabrik.plads_med_takst(art=Pladsart.DAG, betegnelse="Dagplads 1")
    ophold = fabrik.ophold(plads, periode=Periode(IDAG, fabrik.om(30)), ugedage=[1, 2])
    aftale = aftalt(ophold, gaelder_fra=IDAG)
    for dag, fejl in ((fabrik.om(30), UgyldigtInput), (IDAG, Konflikt)):
        with pytest.raises(fejl):
            goer(fabrik.tilbudsleder(), ophold, Udfald.SKIFT_UGEDAGE, ugedage=[3], dato=dag)
    goer(fabrik.tilbudsleder(), ophold, Udfald.SKIFT_UGEDAGE, ugedage=[3], dato=fabrik.om(29))
    ny = aftaler(fabrik.sagsbehandler()).get(tilstand="kladde")
    assert (ny.gaelder_fra, ny.nummer) == (fabrik.om(29), aftale.nummer + 1)
    assert grundlaget(fabrik.sagsbehandler(), ny).ugedage == "onsdag"
    doegn = fabrik.ophold(periode=Periode(IDAG), reference="RK-3")
    assert "Skift ugedage" in tekst(leder().get(url(ophold)))
    assert "Skift ugedage" not in tekst(leder().get(url(doegn))), "who lives there is there every day"


def test_weekdays_are_changed_on_the_page_and_over_rest_and_only_to_others() -> None:
    ophold, _ = deltid()
    svar = leder().post(url(ophold, "skift_ugedage"), {"ugedage": ["1", "2"], **dato("dato", fabrik.om(7))})
    assert set(svar.context["form"].errors) == {"ugedage"}
    svar = leder().post(url(ophold, "skift_ugedage"), {"ugedage": ["5"], **dato("dato", fabrik.om(7))}, follow=True)
    assert "Ugedage skiftet." in tekst(svar)
    krop = {"udfald": "skift_ugedage", "ugedage": [], "dato": fabrik.om(14).isoformat()}
    sti, hoveder = f"/api/v1/ophold/{ophold.pk}/beslutninger", {"idempotency-key": str(uuid4())}
    tom = klienter.driftsherre().post(sti, krop, content_type="application/json", headers=hoveder)
    assert (tom.status_code, tom.json()["errors"][0]["pointer"]) == (400, "/ugedage")
    hoveder = {"idempotency-key": str(uuid4())}
    svar = klienter.driftsherre().post(
        sti, {**krop, "ugedage": [1, 5]}, content_type="application/json", headers=hoveder
    )
    assert svar.status_code == 201, svar.json()
    assert klient().get(reverse("ophold:beslut", args=[ophold.pk, "skift_ugedage"])).status_code == 302


def test_notice_of_a_day_that_is_gone_says_where_it_was_given(koeber: Aktoer) -> None:
    plads = fabrik.plads_med_takst(selvhenvendelse=True, kode="SEL-110")
    ophold = fabrik.ophold_uden_reservation(plads, fra=fabrik.om(-9))
    with pytest.raises(UgyldigtInput) as fejl:
        goer(koeber, ophold, Udfald.OPSIG, Grund.BEHOV_BORTFALDET, dato=fabrik.om(-1))
    assert set(fejl.value.felter) == {"dokument"}
    goer(koeber, ophold, Udfald.OPSIG, Grund.BEHOV_BORTFALDET, dato=fabrik.om(-1), dokument="Brev 12")
    assert Beslutning.objects.for_systemet("test").get(ophold=ophold, udfald="opsig").dokument == "Brev 12"
