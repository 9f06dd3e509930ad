"""The pages of waiting lists: the words at each, and the ways through them."""

import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time

from faelles.fejl import Konflikt
from kommuner.models import Rolle
from reservationer.venteliste.actions import afmeld
from reservationer.venteliste.begreber import ANSVAR, Afslutning, Regel
from reservationer.venteliste.models import Forbigaaelse, Venteliste, Ventelistepost
from tests import fabrik
from tests.venteliste.situationer import PASSER_IKKE, giv, laes, med_venteliste, uden_plads, venter

pytestmark = pytest.mark.django_db


def som(rolle: Rolle, navn: str) -> Client:
    client = Client()
    client.force_login(fabrik.bruger(rolle, fabrik.kommune(navn).organisation))
    return client


def koeber(navn: str = "Rødovre") -> Client:
    return som(Rolle.SAGSBEHANDLER, navn)


def leder() -> Client:
    return som(Rolle.TILBUDSLEDER, "Gladsaxe")


def vis(client: Client, side: str, *args: object) -> str:
    svar = client.get(reverse(f"venteliste:{side}", args=args))
    assert svar.status_code == 200
    return re.sub(r"\s+", " ", svar.content.decode())


def test_every_page_of_a_list_says_that_it_is_no_fulfilment_of_the_duty() -> None:
    liste = med_venteliste()
    post, henvendelse = venter(liste), uden_plads(liste.tilbud, reference="RK-2")
    koeberens = [
        ("liste", None),
        ("listen", liste.pk),
        ("post", post.pk),
        ("afmeld", post.pk),
        ("alternativ", post.pk),
    ]
    saelgerens = [("liste", None), ("regel", liste.tilbud_id), ("tilbyd", post.henvendelse_id), ("ingen", liste.pk)]
    sider = [(koeber(), [*koeberens, ("skriv_op", henvendelse.pk)]), (leder(), saelgerens)]
    for client, side, arg in [(client, *en) for client, sine in sider for en in sine]:
        assert ANSVAR in vis(client, side, *([arg] if arg else []))


def test_need_is_written_on_from_the_enquiry_that_was_declined_and_leaves_again() -> None:
    liste = med_venteliste()
    henvendelse, client = uden_plads(liste.tilbud), koeber()
    side = client.get(reverse("forespoergsler:henvendelse", args=[henvendelse.pk])).content.decode()
    sti = reverse("venteliste:skriv_op", args=[henvendelse.pk])
    assert sti in side
    svar = client.post(sti, {"afdeling": ""}, follow=True)
    tekst = re.sub(r"\s+", " ", svar.content.decode())
    assert "Nr. 1 i køen. Har ventet i 0 dage." in tekst
    with transaction.atomic():
        post = Ventelistepost.objects.for_systemet("test").get()
    ud = reverse("venteliste:afmeld", args=[post.pk])
    assert client.post(ud, {"grund": "andet"}).status_code == 422
    svar = client.post(ud, {"grund": "andet_tilbud"}, follow=True)
    assert "Venter ikke længere: har fået plads i et andet tilbud" in svar.content.decode()


def test_writing_on_without_a_rule_says_so_and_changes_nothing() -> None:
    henvendelse, client = uden_plads(fabrik.tilbud()), koeber()
    assert "har ikke fastsat en regel" in vis(client, "skriv_op", henvendelse.pk)
    svar = client.post(reverse("venteliste:skriv_op", args=[henvendelse.pk]), {"afdeling": ""}, follow=True)
    assert "så ingen kan skrives op" in svar.content.decode()


def test_alternative_is_found_by_its_name_and_seen_by_the_municipality_alone() -> None:
    liste = med_venteliste()
    post, client = venter(liste), koeber()
    for sted in ("Gladsaxe", "Herlev"):
        fabrik.tilbud("Kilden", i=sted)
    felter = {"dato": fabrik.om(0).strftime("%d.%m.%Y"), "svar": "afslaaet"}
    sti = reverse("venteliste:alternativ", args=[post.pk])
    for navn in ("Findes ikke", "Kilden"):
        assert client.post(sti, {**felter, "tilbud": navn}).status_code == 422
    svar = client.post(sti, {**felter, "tilbud": "kilden, herlev"}, follow=True)
    assert "Sagt nej" in svar.content.decode()
    assert "Kilden" not in vis(leder(), "post", post.pk)


def tilbyd(client: Client, post: Ventelistepost, liste: Venteliste, **mere: Any) -> Any:
    sted = str(liste.tilbud.afdelinger.get().pk)
    felter = {"tildelinger": liste.tildelinger, "sted": sted, "fra": fabrik.om(7).isoformat(), "takst": "2500"}
    return client.post(reverse("venteliste:tilbyd", args=[post.henvendelse_id]), {**felter, **mere})


def test_offering_past_one_who_waits_longer_asks_why_and_shows_the_reason_to_that_one() -> None:
    liste = med_venteliste()
    foran, valgt, client = venter(liste, dage=9), venter(liste, "Herlev"), leder()
    svar = tilbyd(client, valgt, liste)
    assert svar.status_code == 422
    assert "Vælg, hvorfor den, der venter, ikke får pladsen." in svar.content.decode()
    assert tilbyd(client, valgt, liste, **{f"grund_{foran.pk}": "akut"}).status_code == 302
    side = vis(koeber(), "post", foran.pk)
    assert "En anden har akut brug for pladsen" in side
    assert "Herlev" not in side


def test_place_given_meanwhile_is_told_on_the_form_with_all_that_was_written_in_it() -> None:
    liste = med_venteliste()
    foran, valgt, client = venter(liste, dage=9), venter(liste, "Herlev"), leder()
    Venteliste.objects.filter(pk=liste.pk).update(tildelinger=liste.tildelinger + 1)
    bemaerkning = "Står for enden af gangen"
    sagt = {f"grund_{foran.pk}": "andet", f"bemaerkning_{foran.pk}": bemaerkning}
    afdeling = str(liste.tilbud.afdelinger.get().pk)
    for giv_den, felter in (
        (lambda **mere: tilbyd(client, valgt, liste, **mere), sagt),
        (
            lambda **mere: client.post(
                reverse("venteliste:ingen", args=[liste.pk]), {"tildelinger": 0, "afdeling": afdeling, **mere}
            ),
            {**sagt, f"grund_{valgt.pk}": "plads_ikke_klar"},
        ),
    ):
        svar = giv_den(**felter)
        assert svar.status_code == 422
        form = svar.context["form"]
        assert "En anden har netop givet en plads" in str(form.non_field_errors())
        assert bemaerkning in svar.content.decode()
        set_ = form["tildelinger"].value()
        assert giv_den(**{**felter, "tildelinger": set_}).status_code == 302
        assert giv_den(**{**felter, "tildelinger": set_}).status_code == 422


def test_ending_that_has_ended_meanwhile_keeps_what_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def afvist(**_: Any) -> None:
        raise Konflikt("ventelistepost_afsluttet", "Behovet venter ikke længere.")

    post, client = venter(med_venteliste()), koeber()
    fabrik.tilbud("Kilden", i="Herlev")
    for navn in ("afmeld", "noter_alternativ"):
        monkeypatch.setattr(f"reservationer.venteliste.actions.{navn}", afvist)
    dato = fabrik.om(0).strftime("%d.%m.%Y")
    for side, felter in (
        ("afmeld", {"grund": "andet"}),
        ("alternativ", {"tilbud": "Kilden", "dato": dato, "svar": "afslaaet"}),
    ):
        svar = client.post(reverse(f"venteliste:{side}", args=[post.pk]), {**felter, "bemaerkning": "Flyttet"})
        assert (svar.status_code, "Flyttet" in svar.content.decode()) == (422, True)
        assert "Behovet venter ikke længere." in svar.content.decode()


def test_needs_that_wait_come_before_those_that_have_ended() -> None:
    liste = med_venteliste()
    slut, staar = venter(liste, dage=9), venter(liste, reference="RK-2")
    afmeld(aktoer=fabrik.sagsbehandler(), post_id=slut.pk, grund=Afslutning.ANDET_TILBUD, bemaerkning="")
    side = koeber().get(reverse("venteliste:liste"))
    assert [post.pk for post, *_ in side.context["raekker"]] == [staar.pk, slut.pk]


def test_days_waited_are_the_calendars() -> None:
    with freeze_time("2026-11-29T22:30:00Z"):
        post = laes(venter(med_venteliste()))
        assert post.ventet == 0
    with freeze_time("2026-11-29T23:30:00Z"):
        assert post.ventet == 1


def test_nobody_gets_the_place_with_a_reason_for_each() -> None:
    liste = med_venteliste()
    post, client = venter(liste), leder()
    sti = reverse("venteliste:ingen", args=[liste.pk])
    felter = {"tildelinger": 0, "afdeling": str(liste.tilbud.afdelinger.get().pk)}
    assert client.post(sti, felter).status_code == 422
    assert client.post(sti, {**felter, f"grund_{post.pk}": "plads_ikke_klar"}).status_code == 302
    assert "Pladsen er ikke klar (ingen fik pladsen)" in vis(client, "listen", liste.pk)


def test_list_stands_in_the_order_of_its_rule_without_municipalities() -> None:
    liste = med_venteliste(regel=Regel.EGNE_FOERST)
    fremmed, egen = venter(liste, "Rødovre", dage=30), venter(liste, "Gladsaxe")
    side = vis(leder(), "listen", liste.pk)
    referencer = [laes(post).henvendelse_id for post in (egen, fremmed)]
    steder = [side.index(reverse("venteliste:tilbyd", args=[henvendelse])) for henvendelse in referencer]
    assert steder == sorted(steder)
    assert "Rødovre" not in side.split("<main")[1]
    assert "Egen borger" in side


def test_rule_is_set_by_the_operator() -> None:
    hvor, client = fabrik.tilbud(), leder()
    assert "Ikke fastsat" in vis(client, "liste")
    sti = reverse("venteliste:regel", args=[hvor.pk])
    assert client.post(sti, {"regel": "lodtraekning"}).status_code == 422
    assert (
        "Driftsherrens egne borgere er først"
        in client.post(sti, {"regel": "egne_foerst"}, follow=True).content.decode()
    )


def test_cpr_number_in_a_reason_is_refused_at_its_field() -> None:
    liste = med_venteliste()
    foran, valgt = venter(liste, dage=9), venter(liste, "Herlev")
    felter = {f"grund_{foran.pk}": "andet", f"bemaerkning_{foran.pk}": "010203-1234"}
    assert tilbyd(leder(), valgt, liste, **felter).status_code == 422
    with transaction.atomic():
        assert not Forbigaaelse.objects.for_systemet("test").exists()


def test_table_holds_what_the_page_says() -> None:
    liste = med_venteliste()
    foran, valgt = venter(liste, dage=9), venter(liste, "Herlev")
    giv(liste, valgt, **{str(foran.pk): PASSER_IKKE})
    tekst = koeber().get(reverse("venteliste:eksport", args=["csv"])).getvalue().decode("utf-8-sig")
    hoved, raekke = tekst.splitlines()
    fundet = dict(zip(hoved.split(";"), raekke.split(";"), strict=True))
    assert (fundet["Jeres sagsreference"], fundet["Dage ventet"], fundet["Nummer i køen"]) == ("RK-2026-1", "9", "1")
    assert (fundet["Sprunget over"], fundet["Seneste grund"]) == ("1", "Pladsen passer ikke til behovet")
