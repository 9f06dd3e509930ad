"""Waiting for an offer: the rule, who may wait, how it ends, what else was offered; nothing to others."""

from contextlib import nullcontext
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from freezegun import freeze_time

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.scope import saet_database_aktoer, som_systemet
from kommuner.models import Kkr
from reservationer.sag.actions import beslut, udloeb_reservationer
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.forespoergsler.actions import besvar
from reservationer.sag.forespoergsler.pladstilbud import afgoer_pladstilbud
from reservationer.sag.models import Henvendelse, Reservation
from reservationer.sag.overgange import Grund, Udfald
from reservationer.venteliste import queries
from reservationer.venteliste.actions import afmeld, fastsaet_regel, noter_alternativ, skriv_op
from reservationer.venteliste.begreber import Afslutning, Alternativsvar, Regel
from reservationer.venteliste.models import Alternativ, Forbigaaelse, Venteliste, Ventelistepost
from reservationer.venteliste.tildeling import springes_over
from tests import fabrik
from tests.venteliste.situationer import PASSER_IKKE, giv, laes, leder, med_venteliste, uden_plads, venter
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db


def test_fastsaet_regel_is_for_the_operator_of_the_offer_and_changes_it() -> None:
    hvor = fabrik.tilbud()
    liste = fastsaet_regel(aktoer=leder(hvor), tilbud_id=hvor.pk, regel=Regel.TUR)
    assert fastsaet_regel(aktoer=leder(hvor), tilbud_id=hvor.pk, regel=Regel.EGNE_FOERST).pk == liste.pk
    assert Venteliste.objects.get().regel == Regel.EGNE_FOERST
    with pytest.raises(IkkeFundet):
        fastsaet_regel(aktoer=fabrik.tilbudsleder("Rødovre"), tilbud_id=hvor.pk, regel=Regel.TUR)
    with pytest.raises(IkkeFundet):
        fastsaet_regel(aktoer=fabrik.tilbudsleder_for(fabrik.tilbud()), tilbud_id=hvor.pk, regel=Regel.TUR)
    with pytest.raises(IngenAdgang):
        fastsaet_regel(aktoer=fabrik.sagsbehandler("Gladsaxe"), tilbud_id=hvor.pk, regel=Regel.TUR)


def test_skriv_op_waits_from_now_and_says_when_the_municipality_is_told() -> None:
    liste = med_venteliste()
    post = venter(liste)
    assert (post.eskaleres, post.afsluttet) == (fabrik.om(30), None)
    assert queries.positioner([laes(post)]) == {post.pk: 1}
    assert Haendelse.objects.filter(type="ventelistepost.skrevet_op", entitet_id=str(post.pk)).count() == 1


def test_skriv_op_is_refused_without_a_rule_twice_or_for_an_enquiry_that_cannot_wait() -> None:
    uden = uden_plads(fabrik.tilbud())
    with pytest.raises(Konflikt, match="regel") as fejl:
        skriv_op(aktoer=fabrik.sagsbehandler(), henvendelse_id=uden.pk)
    assert fejl.value.kode == "venteliste_uden_regel"
    liste = med_venteliste()
    post = venter(liste)
    with pytest.raises(Konflikt) as fejl:
        skriv_op(aktoer=fabrik.sagsbehandler(), henvendelse_id=post.henvendelse_id)
    assert fejl.value.kode == "venter_allerede"
    afvist = fabrik.henvendelse(liste.tilbud)
    besvar(aktoer=leder(liste.tilbud), henvendelse_id=afvist.pk, udfald=Udfald.AFVIS, indhold=Indhold(Grund.KOMPETENCE))
    with pytest.raises(Konflikt) as fejl:
        skriv_op(aktoer=fabrik.sagsbehandler(), henvendelse_id=afvist.pk)
    assert fejl.value.kode == "kan_ikke_vente"


def test_skriv_op_is_for_the_municipality_of_the_enquiry_and_the_departments_of_the_offer() -> None:
    liste = med_venteliste()
    henvendelse = uden_plads(liste.tilbud)
    with pytest.raises(IkkeFundet):
        skriv_op(aktoer=fabrik.sagsbehandler("Herlev"), henvendelse_id=henvendelse.pk)
    with pytest.raises(IngenAdgang):
        skriv_op(aktoer=leder(liste.tilbud), henvendelse_id=henvendelse.pk)
    with pytest.raises(UgyldigtInput):
        skriv_op(aktoer=fabrik.sagsbehandler(), henvendelse_id=henvendelse.pk, afdeling_id=fabrik.afdeling().pk)


def test_skriv_op_names_the_term_that_is_missing() -> None:
    fabrik.vilkaar(
        Kkr.objects.create(navn="KKR Sjælland", slug="kkr-sjaelland"), uden=Noegle.VENTELISTE_ESKALERING_DAGE
    )
    fabrik.kommune("Roskilde", i="KKR Sjælland")
    henvendelse = uden_plads(med_venteliste(fabrik.tilbud(i="Roskilde")).tilbud)
    with pytest.raises(Konflikt, match="venteliste_eskalering_dage"):
        skriv_op(aktoer=fabrik.sagsbehandler(), henvendelse_id=henvendelse.pk)


def slut(post: Ventelistepost) -> str:
    return laes(post).afslutning


def tag_imod(liste: Venteliste, post: Ventelistepost) -> Reservation:
    """The place is offered to the one who waits, and the municipality takes it."""
    tilbudt = giv(liste, post)
    hvem = fabrik.sagsbehandler()
    afgoer_pladstilbud(aktoer=hvem, pladstilbud_id=tilbudt.pk, udfald=Udfald.TAG_IMOD, indhold=Indhold())
    return Reservation.objects.synlige_for(hvem).get(pladstilbud=tilbudt.pk)


def bekraeft(liste: Venteliste, reservation: Reservation, *forbi: Ventelistepost) -> None:
    grunde = {post.pk: PASSER_IKKE for post in forbi}
    beslut(aktoer=leder(liste.tilbud), reservation_id=reservation.pk, udfald=Udfald.BEKRAEFT, forbi=grunde)


def test_declining_an_offered_place_does_not_end_the_waiting() -> None:
    liste = med_venteliste()
    post = venter(liste, dage=40)
    siden = laes(post).skrevet_op
    tilbudt = giv(liste, post)
    afgoer_pladstilbud(
        aktoer=fabrik.sagsbehandler(), pladstilbud_id=tilbudt.pk, udfald=Udfald.AFVIS, indhold=Indhold(Grund.PRISEN)
    )
    assert (slut(post), laes(post).skrevet_op) == ("", siden), "it keeps its age"


@pytest.mark.parametrize("slutter", [Udfald.AFVIS, Udfald.ANNULLER, Udfald.UDLOEB])
def test_a_hold_that_comes_to_nothing_leaves_the_need_waiting_with_its_age(slutter: Udfald) -> None:
    liste = med_venteliste()
    post = venter(liste, dage=40)
    siden = laes(post).skrevet_op
    fabrik.ledig_plads(liste.tilbud.afdelinger.get())
    taget = tag_imod(liste, post)
    assert slut(post) == "", "the offer has not confirmed it"
    if slutter is Udfald.UDLOEB:
        with freeze_time(fabrik.samme_tid(60)):
            assert udloeb_reservationer() == 1
    else:
        hvem = leder(liste.tilbud) if slutter is Udfald.AFVIS else fabrik.sagsbehandler()
        beslut(aktoer=hvem, reservation_id=taget.pk, udfald=slutter, grund=Grund.ANDET, bemaerkning="Alligevel ikke")
    assert (slut(post), laes(post).skrevet_op) == ("", siden)
    bekraeft(liste, tag_imod(liste, post))
    assert slut(post) == Afslutning.PLADS


def test_a_place_reserved_directly_ends_the_waiting_of_the_same_need_and_no_other() -> None:
    liste = med_venteliste()
    hvor, andet_sted = liste.tilbud.afdelinger.get(), fabrik.afdeling(liste.tilbud, navn="Andet hus")
    post = venter(liste, dage=40)
    anden_sag = venter(liste, reference="RK-2026-2")
    anden_kommune = venter(liste, "Herlev")
    sted = venter(liste, afdeling=andet_sted.pk, reference="RK-2026-3")
    direkte = fabrik.reservation(fabrik.ledig_plads(hvor))
    assert slut(post) == ""
    bekraeft(liste, direkte)
    bekraeft(liste, fabrik.reservation(fabrik.ledig_plads(hvor), reference="RK-2026-3"), anden_sag, anden_kommune)
    assert [slut(en) for en in (post, anden_sag, anden_kommune, sted)] == [Afslutning.PLADS, "", "", ""]
    foran = (anden_sag, anden_kommune)
    bekraeft(liste, fabrik.reservation(fabrik.ledig_plads(andet_sted), reference="RK-2026-3"), *foran)
    assert slut(sted) == Afslutning.PLADS, "it waited for that department"


def test_who_holds_a_place_is_not_passed_over_until_the_hold_runs_out() -> None:
    liste = med_venteliste()
    foerst, sidst = venter(liste, dage=9), venter(liste, "Herlev")
    direkte = fabrik.reservation(fabrik.ledig_plads(liste.tilbud.afdelinger.get()))
    assert springes_over(liste, None, sidst.henvendelse_id) == []
    with freeze_time(fabrik.samme_tid(60)):
        assert [en.id for en in springes_over(liste, None, sidst.henvendelse_id)] == [foerst.pk]
    bekraeft(liste, direkte)
    assert springes_over(liste, None, sidst.henvendelse_id) == [], "it waits no longer"


@pytest.mark.parametrize(("grund", "ventet"), [(Grund.INGEN_PLADS, ""), (Grund.IKKE_MAALGRUPPE, Afslutning.AFVIST)])
def test_declining_ends_the_waiting_unless_it_is_for_lack_of_a_place(grund: Grund, ventet: str) -> None:
    liste = med_venteliste()
    henvendelse = fabrik.henvendelse(liste.tilbud)
    post = skriv_op(aktoer=fabrik.sagsbehandler(), henvendelse_id=henvendelse.pk)
    besvar(aktoer=leder(liste.tilbud), henvendelse_id=henvendelse.pk, udfald=Udfald.AFVIS, indhold=Indhold(grund))
    assert slut(post) == ventet


def test_withdrawing_the_enquiry_ends_the_waiting() -> None:
    liste = med_venteliste()
    henvendelse = fabrik.henvendelse(liste.tilbud)
    post = skriv_op(aktoer=fabrik.sagsbehandler(), henvendelse_id=henvendelse.pk)
    besvar(
        aktoer=fabrik.sagsbehandler(),
        henvendelse_id=henvendelse.pk,
        udfald=Udfald.TRAEK,
        indhold=Indhold(Grund.BEHOV_BORTFALDET),
    )
    assert slut(post) == Afslutning.TRUKKET


def test_afmeld_asks_for_a_reason_and_is_done_once() -> None:
    post = venter(med_venteliste())
    hvem = fabrik.sagsbehandler()
    for grund, bemaerkning in [(Afslutning.PLADS, ""), (Afslutning.ANDET, " "), (Afslutning.ANDET, "010203-1234")]:
        with pytest.raises(UgyldigtInput):
            afmeld(aktoer=hvem, post_id=post.pk, grund=grund, bemaerkning=bemaerkning)
    with pytest.raises(IkkeFundet):
        afmeld(aktoer=fabrik.sagsbehandler("Herlev"), post_id=post.pk, grund=Afslutning.ANDET_TILBUD)
    afmeld(aktoer=hvem, post_id=post.pk, grund=Afslutning.ANDET_TILBUD)
    assert slut(post) == Afslutning.ANDET_TILBUD
    with pytest.raises(Konflikt):
        afmeld(aktoer=hvem, post_id=post.pk, grund=Afslutning.ANDET_TILBUD)


def test_noter_alternativ_is_the_municipality_s_own() -> None:
    liste = med_venteliste()
    post, hvem, andet = venter(liste, dage=5), fabrik.sagsbehandler(), fabrik.tilbud()
    ja: dict[str, Any] = {"tilbud_id": andet.pk, "dato": fabrik.om(-2), "svar": Alternativsvar.AFSLAAET}
    for forkert in ({"tilbud_id": liste.tilbud_id}, {"dato": fabrik.om(1)}, {"dato": fabrik.om(-9)}):
        with pytest.raises(UgyldigtInput):
            noter_alternativ(aktoer=hvem, post_id=post.pk, **{**ja, **forkert})
    noter_alternativ(aktoer=hvem, post_id=post.pk, **ja)
    assert [a.svar for a in queries.alternativer(hvem, [post.pk])] == [Alternativsvar.AFSLAAET]
    assert not queries.alternativer(leder(liste.tilbud), [post.pk])


@pytest.mark.parametrize(("dato", "kan"), [("2026-03-10", False), ("2026-03-11", True), ("2026-03-12", False)])
def test_noter_alternativ_goes_by_the_danish_day_soon_after_midnight(dato: str, *, kan: bool) -> None:
    with freeze_time("2026-03-10 23:30"):  # 00:30 of the 11th in Copenhagen
        post = venter(med_venteliste())
        felter: dict[str, Any] = {"tilbud_id": fabrik.tilbud().pk, "dato": date.fromisoformat(dato)}
        forventet = nullcontext() if kan else pytest.raises(UgyldigtInput)
        with forventet:
            noter_alternativ(aktoer=fabrik.sagsbehandler(), post_id=post.pk, svar=Alternativsvar.AFSLAAET, **felter)


def test_entry_is_seen_by_its_two_parties_only_whatever_python_asks_for() -> None:
    liste = med_venteliste()
    foran, post = venter(liste, "Herlev", dage=3), venter(liste)
    giv(liste, post, **{str(foran.pk): PASSER_IKKE})
    noter_alternativ(
        aktoer=fabrik.sagsbehandler("Herlev"),
        post_id=foran.pk,
        tilbud_id=fabrik.tilbud().pk,
        dato=fabrik.om(0),
        svar=Alternativsvar.INTET_SVAR,
    )
    for aktoer, ventet in [
        (fabrik.sagsbehandler(), (1, 0, 0)),
        (fabrik.sagsbehandler("Herlev"), (1, 1, 1)),
        (leder(liste.tilbud), (2, 1, 0)),
        (fabrik.tilbudsleder_for(liste.tilbud), (2, 1, 0)),
        (fabrik.tilbudsleder_for(fabrik.tilbud()), (0, 0, 0)),
        (fabrik.sagsbehandler("Gladsaxe"), (0, 0, 0)),
        (fabrik.tilbudsleder("Rødovre"), (0, 0, 0)),
        (fabrik.sekretariat(), (0, 0, 0)),
    ]:
        assert i_python(aktoer) == ventet
        assert i_databasen(aktoer) == ventet


def i_python(aktoer: Aktoer) -> tuple[int, int, int]:
    tal = [m.objects.synlige_for(aktoer).count() for m in (Ventelistepost, Forbigaaelse, Alternativ)]
    return (tal[0], tal[1], tal[2])


def i_databasen(aktoer: Aktoer) -> tuple[int, int, int]:
    saet_database_aktoer(aktoer)
    with connection.cursor() as cursor:
        cursor.execute(
            "select (select count(*) from venteliste_ventelistepost), (select count(*) from venteliste_forbigaaelse),"
            " (select count(*) from venteliste_alternativ)"
        )
        raekke = cursor.fetchone()
    assert raekke is not None
    return (raekke[0], raekke[1], raekke[2])


def udfoer(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    ("aendring", "regel"),
    [
        ("skrevet_op = skrevet_op + interval '1 day'", "mister_aldrig_alder"),
        ("afdeling_id = null", "mister_aldrig_alder"),
        ("afslutning = 'plads'", "ventelistepost_afsluttet_siger_hvorfor"),
        ("brev_sendt = now()", "ventelistepost_brev_efter_eskalering"),
    ],
)
def test_database_keeps_age_and_says_why_it_ended(aendring: str, regel: str) -> None:
    liste = med_venteliste()
    venter(liste, afdeling=liste.tilbud.afdelinger.get().pk)
    with pytest.raises((IntegrityError, ProgrammingError)) as fejl, transaction.atomic(), som_systemet("test"):
        udfoer(f"update venteliste_ventelistepost set {aendring}")
    assert regel in str(fejl.value)


def test_database_changes_no_ended_entry_and_deletes_none() -> None:
    post = venter(med_venteliste())
    afmeld(aktoer=fabrik.sagsbehandler(), post_id=post.pk, grund=Afslutning.ANDET_TILBUD)
    for sql in ("update venteliste_ventelistepost set afslutning = 'plads'", "delete from venteliste_ventelistepost"):
        with pytest.raises(ProgrammingError), transaction.atomic(), som_systemet("test"):
            udfoer(sql)


def test_a_declined_enquiry_can_be_accepted_when_a_place_comes_free() -> None:
    henvendelse = uden_plads(fabrik.tilbud())
    fabrik.pladstilbud(henvendelse)
    with transaction.atomic():
        aktuel = Henvendelse.objects.synlige_for(fabrik.sagsbehandler()).get(pk=henvendelse.pk)
    assert aktuel.tilstand == "accepteret"
