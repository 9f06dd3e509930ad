"""From a search that finds no free place straight to the waiting list: the need goes along, and only the reference is written."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from faelles.scope import som_systemet
from faelles.tid import Periode
from kommuner.models import Rolle
from reservationer.sag.forespoergsler.behov import Behov
from reservationer.sag.models import Forespoergsel, Henvendelse
from reservationer.sag.overgange import Tilstand
from reservationer.venteliste.actions import spoerg_og_skriv_op
from reservationer.venteliste.models import Ventelistepost
from tests import fabrik
from tests.kaploeb import loeb
from tests.sag.test_sider import klient, tekst
from tests.venteliste.situationer import med_venteliste, venter
from tilbud.models import Afdeling

pytestmark = pytest.mark.django_db

FRA, SIDSTE = fabrik.om(10), fabrik.om(39)


def optaget(navn: str = "Solbakken", **felter: Any) -> Afdeling:
    """A department whose one place somebody has."""
    afdeling = fabrik.afdeling(fabrik.tilbud(navn, **felter))
    fabrik.optag(fabrik.ledig_plads(afdeling), Periode(fabrik.om(0)))
    return afdeling


def soegning(**mere: str) -> dict[str, str]:
    return {"fra": FRA.isoformat(), "til": SIDSTE.isoformat(), "hjemmel": "SEL-107", "alder": "34", **mere}


def links(client: Client, **mere: str) -> list[str]:
    """The ways to a waiting list among what the search left out."""
    side = client.get(reverse("soegning:udeladte"), soegning(**mere)).content.decode()
    return [unescape(url) for url in re.findall(r'href="(/ventelister/ny/[^"]+)"', side)]


def gemt() -> tuple[list[Forespoergsel], list[Ventelistepost]]:
    with transaction.atomic(), som_systemet("test"):
        return list(Forespoergsel.objects.for_systemet("test")), list(Ventelistepost.objects.for_systemet("test"))


def test_need_that_was_searched_for_waits_with_nothing_but_the_reference_written() -> None:
    afdeling, gruppe = optaget(), fabrik.maalgruppe()
    med_venteliste(afdeling.tilbud)
    roedovre = klient()
    tom = roedovre.get(reverse("soegning:soeg"), soegning(maalgruppe=str(gruppe.pk), adfaerd="bortgang"))
    assert "kan behovet skrives på dets venteliste" in tekst(tom)
    (url,) = links(roedovre, maalgruppe=str(gruppe.pk), adfaerd="bortgang")
    side = roedovre.get(url)
    assert "Den, der har ventet længst, er først" in tekst(side)
    assert "opfylder ikke kommunens pligt" in tekst(side)
    form = side.context["form"]
    sagt = {navn: form[navn].value() for navn in form.fields}
    assert (sagt["afdeling"], sagt["hjemmel"], sagt["aldersgruppe"]) == (str(afdeling.pk), "SEL-107", "25-39")
    data = {navn: vaerdi for navn, vaerdi in sagt.items() if vaerdi} | soegning() | {"sagsreference": "RK-7"}
    svar = roedovre.post(url, data, follow=True)
    assert "behovet står nu på ventelisten" in tekst(svar)
    assert "Nr. 1 i køen" in tekst(svar)
    (sendt,), (post,) = gemt()
    assert (sendt.fra, sendt.til, sendt.maalgruppe_id) == (FRA, SIDSTE + timedelta(days=1), gruppe.pk)
    assert (sendt.adfaerd, sendt.sagsreference) == (["bortgang"], "RK-7")
    assert (post.tilbud_id, post.afdeling_id) == (afdeling.tilbud_id, afdeling.pk)
    with transaction.atomic(), som_systemet("test"):
        assert Henvendelse.objects.for_systemet("test").get().tilstand == Tilstand.AFVENTER, "the offer still answers"


def test_only_what_lacks_a_place_alone_can_be_waited_for_and_only_by_who_may_write() -> None:
    afdeling = optaget()
    optaget("Engen", hjemler=("SEL-108",))
    (url,) = links(klient())
    assert f"/ny/{afdeling.tilbud_id}?" in url
    assert links(klient(Rolle.OEKONOMI)) == []
    assert "kan behovet skrives på" not in tekst(klient(Rolle.OEKONOMI).get(reverse("soegning:soeg"), soegning()))


def test_offer_without_a_list_is_asked_instead_with_the_same_need() -> None:
    afdeling, roedovre = optaget(), klient()
    (url,) = links(roedovre)
    svar = roedovre.get(url, follow=True)
    assert "Solbakken har ingen venteliste endnu. Spørg tilbuddet i stedet." in tekst(svar)
    form = svar.context["form"]
    assert (form["tilbud"].value(), form["aldersgruppe"].value()) == ([str(afdeling.tilbud_id)], "25-39")
    assert form["hjemmel"].value() == "SEL-107"


def test_citizen_waits_once_for_an_offer_and_a_refusal_sends_nothing() -> None:
    liste = med_venteliste(optaget().tilbud)
    venter(liste, reference="RK-7")
    roedovre, url = klient(), reverse("venteliste:ny", args=[liste.tilbud_id])
    igen = roedovre.post(url, {**soegning(), "sagsreference": " RK-7 "})
    assert igen.status_code == 422
    assert "Behovet står allerede på tilbuddets venteliste." in tekst(igen)
    forkert = roedovre.post(url, {**soegning(til=fabrik.om(1).isoformat()), "sagsreference": "010203-1234"})
    assert set(forkert.context["form"].errors) == {"til", "sagsreference"}
    assert [len(alle) for alle in gemt()] == [1, 1]
    assert roedovre.post(url, {**soegning(), "sagsreference": "RK-8"}).status_code == 302
    assert [len(alle) for alle in gemt()] == [2, 2]


@pytest.mark.django_db(transaction=True)
@pytest.mark.kaploeb
def test_the_same_need_sent_by_two_at_once_waits_once() -> None:
    liste, hvem = med_venteliste(), fabrik.sagsbehandler()
    behov = Behov("SEL-107", Periode(FRA))

    def forsoeg(_nummer: int) -> None:
        spoerg_og_skriv_op(aktoer=hvem, behov=behov, tilbud_id=liste.tilbud_id, sagsreference="RK-9")

    assert sorted(en.fejl or "" for en in loeb(forsoeg, 2)) == ["", "venter_allerede"]
    assert [len(alle) for alle in gemt()] == [1, 1]
