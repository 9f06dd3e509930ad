"""A stay that goes on in another offer: begun by the handlekommune from its page, without a day between, told as one story."""

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from faelles.aktoer import Aktoer
from faelles.fejl import DomaeneFejl, UgyldigtInput
from faelles.tid import Periode
from kommuner.models import Laesning, Rolle
from reservationer.sag.actions import beslut, reserver
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Ophold, Reservation
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.ophold.frister import EN_DAG, har_hul
from reservationer.sag.ophold.indskrivning import indskriv
from reservationer.sag.overgange import Data, Grund, Udfald
from tests import fabrik
from tests.api import klienter
from tests.sag.ophold.test_forloeb import goer
from tests.sag.test_sider import klient, leder, tekst
from tilbud.belaegning.models import Optagelse
from tilbud.models import Plads

IDAG = fabrik.om(0)
DAGE = st.dates(date(2000, 1, 1), date(2099, 12, 30))


def nyt_sted() -> Plads:
    return fabrik.plads_med_takst(i="Herlev", betegnelse="Ny bolig")


def overflyt(ophold: Ophold, fra: date, sted: Plads | None = None, hvem: Aktoer | None = None) -> Reservation:
    """The handlekommune reserves a place in Herlev for the stay to go on in."""
    return reserver(
        aktoer=hvem or fabrik.sagsbehandler(), plads_id=(sted or nyt_sted()).pk, periode=Periode(fra), hjemmel="SEL-107",
        sagsreference="RK-2026-1", fortsaetter=ophold.pk,
    )  # fmt: skip


def indskrevet(reservation: Reservation, dag: date) -> Ophold:
    """Confirmed and begun on the day by Herlev."""
    herlev = fabrik.tilbudsleder("Herlev")
    beslut(aktoer=herlev, reservation_id=reservation.pk, udfald=Udfald.BEKRAEFT)
    return indskriv(aktoer=herlev, reservation_id=reservation.pk, indhold=Indhold(data={Data.DATO: dag}))


@given(sidste=DAGE, foerste=DAGE)
def test_gap_is_a_day_that_lies_after_the_one_and_before_the_other(sidste: date, foerste: date) -> None:
    assert har_hul(sidste, foerste) == (sidste + EN_DAG < foerste)
    assert not har_hul(sidste, sidste + EN_DAG)
    assert not har_hul(None, foerste)


@pytest.mark.django_db
def test_new_place_may_follow_the_day_after_the_old_one_and_not_later_nor_before_it_began() -> None:
    ophold, sted = fabrik.ophold(periode=Periode(fabrik.om(1), fabrik.om(11))), nyt_sted()
    for fra, ventet in ((fabrik.om(12), "til og med den"), (fabrik.om(1), "begynder den")):
        with pytest.raises(UgyldigtInput) as fejl:
            overflyt(ophold, fra, sted)
        assert ventet in fejl.value.felter["fra"][0]
    assert not Optagelse.objects.filter(plads=sted).exists(), "a refusal takes no place"
    assert overflyt(ophold, fabrik.om(11), sted).fortsaetter_id == ophold.pk


@pytest.mark.django_db
def test_neither_the_new_stay_nor_the_end_of_the_old_one_leaves_a_day_between() -> None:
    ophold = fabrik.ophold(periode=Periode(IDAG))
    goer(fabrik.sagsbehandler(), ophold, Udfald.OPSIG, Grund.ANDET_TILBUD_VALGT, dato=IDAG)
    reservation = overflyt(ophold, fabrik.om(3))
    beslut(aktoer=fabrik.tilbudsleder("Herlev"), reservation_id=reservation.pk, udfald=Udfald.BEKRAEFT)
    with pytest.raises(UgyldigtInput) as fejl:
        goer(fabrik.tilbudsleder(), ophold, Udfald.UDSKRIV, Grund.OVERFLYTTET, dato=IDAG)
    assert "senere ind i det nye tilbud" in fejl.value.felter["dato"][0]
    goer(fabrik.tilbudsleder(), ophold, Udfald.UDSKRIV, Grund.FRAFLYTTET, dato=IDAG)  # moved out is not moved over
    with pytest.raises(UgyldigtInput) as fejl:
        indskriv(aktoer=fabrik.tilbudsleder("Herlev"), reservation_id=reservation.pk, indhold=Indhold(data={Data.DATO: fabrik.om(3)}))  # fmt: skip
    assert "uden plads" in fejl.value.felter["dato"][0]
    assert f"{IDAG:%d.%m.%Y}" not in fejl.value.felter["dato"][0], "the new offer is told nothing of the old stay"
    assert not Ophold.objects.for_systemet("test").filter(fortsaetter=ophold).exists()


@pytest.mark.django_db
def test_old_stay_ends_with_the_day_before_the_new_one() -> None:
    ophold = fabrik.ophold(periode=Periode(IDAG))
    goer(fabrik.sagsbehandler(), ophold, Udfald.OPSIG, Grund.ANDET_TILBUD_VALGT, dato=IDAG)
    nyt = indskrevet(overflyt(ophold, fabrik.om(1)), fabrik.om(1))
    udskrevet = goer(fabrik.tilbudsleder(), ophold, Udfald.UDSKRIV, Grund.OVERFLYTTET, dato=IDAG)
    assert (udskrevet.sidste_dag, nyt.foerste_dag, nyt.fortsaetter_id) == (IDAG, fabrik.om(1), ophold.pk)


@pytest.mark.django_db
def test_handlekommune_goes_from_the_stay_through_the_search_to_the_new_place() -> None:
    ophold = fabrik.ophold(periode=Periode(IDAG), reference="RK-88")
    sted = nyt_sted()
    fabrik.bekraeftet(sted.afdeling)
    roedovre = klient()
    side = roedovre.get(reverse("ophold:detalje", args=[ophold.pk])).content.decode().replace("&amp;", "&")
    (vej,) = re.findall(r'href="([^"]+)"[^>]*>Overflyt til et andet tilbud', side)
    assert "der skal overflyttes" in tekst(roedovre.get(vej))
    soegning = roedovre.get(vej, {"fra": fabrik.om(5).isoformat(), "hjemmel": "SEL-107", "fortsaetter": str(ophold.pk)})
    links = re.findall(r'href="(/reservationer/ny\?[^"]+)"', soegning.content.decode())
    (link,) = [fundet.replace("&amp;", "&") for fundet in links if str(sted.pk) in fundet]
    foer = laesninger(ophold)
    tjek = roedovre.get(link)
    assert "Overflytning fra et andet tilbud" in tekst(tjek)
    assert tjek.context["form"]["sagsreference"].value() == "RK-88", "nothing is typed twice"
    assert laesninger(ophold) == foer + 1, "the reading of the old stay is logged"
    svar = roedovre.post(reverse("sag:ny"), felter(tjek.context["form"]), follow=True)
    assert svar.redirect_chain, tekst(svar)
    (ny,) = Reservation.objects.for_systemet("test").filter(fortsaetter=ophold)
    assert ny.optagelse.plads_id == sted.pk
    assert "Skal fortsætte i pladsen, der er reserveret i" in tekst(roedovre.get(reverse("ophold:detalje", args=[ophold.pk])))  # fmt: skip


def laesninger(ophold: Ophold) -> int:
    """How often the stay has been seen."""
    return Laesning.objects.for_systemet("test").filter(entitet="ophold", entitet_id=ophold.pk).count()


def felter(form: Any) -> dict[str, Any]:
    """What the browser would send of the form as it is shown."""
    dag = form["fra"].value()
    dag = dag if isinstance(dag, date) else date.fromisoformat(dag)
    sendt = {navn: form[navn].value() or "" for navn in ("plads", "hjemmel", "sagsreference", "fortsaetter", "tilbage")}
    return {**sendt, "fra_dag": dag.day, "fra_maaned": dag.month, "fra_aar": dag.year}


@pytest.mark.django_db
def test_both_stays_tell_of_each_other_to_the_municipality_and_to_no_offer() -> None:
    ophold = fabrik.ophold(periode=Periode(IDAG))
    nyt = indskrevet(overflyt(ophold, fabrik.om(2)), fabrik.om(2))
    roedovre, gladsaxe = klient(), leder()
    herlev = klient(Rolle.TILBUDSLEDER, fabrik.kommune("Herlev").organisation)
    gammel_side, ny_side = (reverse("ophold:detalje", args=[et.pk]) for et in (ophold, nyt))
    assert "Fortsætter i opholdet i" in tekst(roedovre.get(gammel_side))
    assert ny_side in roedovre.get(gammel_side).content.decode()
    assert gammel_side in roedovre.get(ny_side).content.decode()
    for hvem, side, andens in ((gladsaxe, gammel_side, nyt), (herlev, ny_side, ophold)):
        indhold = hvem.get(side).content.decode()
        assert "overflytning-titel" not in indhold
        assert str(andens.pk) not in indhold
    en, to = (klienter.myndighed().get(f"/api/v1/ophold/{et.pk}").json() for et in (ophold, nyt))
    assert (en["fortsaettesIOpholdId"], to["fortsaetterOpholdId"]) == (str(nyt.pk), str(ophold.pk))
    assert (en["fortsaetterOpholdId"], to["fortsaettesIOpholdId"]) == (None, None)
    hos_andre = klienter.driftsherre().get(f"/api/v1/ophold/{ophold.pk}").json()
    assert hos_andre["fortsaettesIOpholdId"] is None


@pytest.mark.django_db
def test_nobody_else_sees_or_moves_the_stay_by_the_address() -> None:
    ophold, sted = fabrik.ophold(periode=Periode(IDAG)), nyt_sted()
    herlev = klient(organisation=fabrik.kommune("Herlev").organisation)
    for valgt in (str(ophold.pk), "ikke-et-id"):
        assert herlev.get(reverse("sag:ny"), {"plads": str(sted.pk), "fortsaetter": valgt}).status_code == 404
    with pytest.raises(DomaeneFejl) as fejl:
        overflyt(ophold, fabrik.om(1), sted, fabrik.sagsbehandler("Herlev"))
    assert fejl.value.kode == "ophold_ikke_fundet"
    fabrik.skift_kommune(ophold, handle="Rødovre", betaler="Herlev", fra=IDAG)
    side = herlev.get(reverse("ophold:detalje", args=[ophold.pk]))
    assert "Overflyt til et andet tilbud" not in tekst(side), "who only pays moves nobody"
    assert "Overflyt til et andet tilbud" not in tekst(leder().get(reverse("ophold:detalje", args=[ophold.pk])))


@pytest.mark.django_db
def test_stay_that_has_ended_with_its_own_day_before_can_still_be_followed() -> None:
    ophold = fabrik.ophold(periode=Periode(IDAG))
    afgoer_ophold(
        aktoer=fabrik.tilbudsleder(), ophold_id=ophold.pk, udfald=Udfald.UDSKRIV,
        indhold=Indhold(Grund.ENIGE, data={Data.DATO: IDAG}),
    )  # fmt: skip
    with pytest.raises(UgyldigtInput):
        overflyt(ophold, fabrik.om(2))
    assert overflyt(ophold, fabrik.om(1)).fortsaetter_id == ophold.pk
