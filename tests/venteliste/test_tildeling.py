"""Giving a place: every one passed over has a reason, on every path, and of two who give at once one wins."""

from uuid import UUID

import pytest
from django.db import transaction

from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Haendelse
from reservationer.sag.foran import Spring
from reservationer.sag.models import Pladstilbud
from reservationer.venteliste.begreber import Regel, Springgrund
from reservationer.venteliste.models import Forbigaaelse, Venteliste, Ventelistepost
from reservationer.venteliste.tildeling import giv_til_ingen, tilbyd
from tests import fabrik
from tests.kaploeb import loeb, overlappede
from tests.venteliste.situationer import PASSER_IKKE, giv, laes, leder, med_venteliste, plads_i, venter

pytestmark = pytest.mark.django_db


def forbi(post: Ventelistepost) -> list[tuple[str, UUID | None]]:
    with transaction.atomic():
        alle = Forbigaaelse.objects.for_systemet("test").filter(post=post.pk)
        return list(alle.values_list("grund", "til"))


def test_tilbyd_the_first_needs_no_reason_and_gives_a_place() -> None:
    liste = med_venteliste()
    foerst, sidst = venter(liste, dage=9), venter(liste, "Herlev")
    tilbudt = giv(liste, foerst)
    assert (tilbudt.henvendelse_id, forbi(sidst)) == (foerst.henvendelse_id, [])
    assert giv(liste, sidst).henvendelse_id == sidst.henvendelse_id, "the first has been offered a place already"


def test_tilbyd_another_asks_a_reason_for_each_before_and_nobody_loses_age() -> None:
    liste = med_venteliste()
    en, to, tre = venter(liste, dage=9), venter(liste, "Herlev", dage=5), venter(liste, "Rødovre", reference="RK-2")
    siden = laes(en).skrevet_op
    with pytest.raises(UgyldigtInput) as fejl:
        giv(liste, tre, **{str(en.pk): PASSER_IKKE})
    assert set(fejl.value.felter) == {f"grund_{to.pk}"}
    with pytest.raises(UgyldigtInput) as fejl:
        giv(liste, tre, **{str(en.pk): Spring(Springgrund.ANDET), str(to.pk): Spring(Springgrund.AKUT, "010203-1234")})
    assert set(fejl.value.felter) == {f"bemaerkning_{en.pk}", f"bemaerkning_{to.pk}"}
    assert forbi(en) == []
    giv(liste, tre, **{str(en.pk): PASSER_IKKE, str(to.pk): Spring(Springgrund.AKUT)})
    assert (forbi(en), forbi(to), forbi(tre)) == (
        [("passer_ikke", tre.henvendelse_id)],
        [("akut", tre.henvendelse_id)],
        [],
    )
    assert laes(en).skrevet_op == siden
    assert Haendelse.objects.filter(type="ventelistepost.forbigaaet").count() == 2


def test_tilbyd_refuses_a_reason_for_one_who_is_not_passed_over() -> None:
    liste = med_venteliste()
    foerst, sidst = venter(liste, dage=9), venter(liste, "Herlev")
    with pytest.raises(UgyldigtInput) as fejl:
        giv(liste, foerst, **{str(sidst.pk): PASSER_IKKE})
    assert set(fejl.value.felter) == {f"grund_{sidst.pk}"}


def test_own_citizens_come_first_only_where_the_offer_has_said_so() -> None:
    liste = med_venteliste(regel=Regel.EGNE_FOERST)
    fremmed, egen = venter(liste, "Rødovre", dage=90), venter(liste, "Gladsaxe")
    with pytest.raises(UgyldigtInput):
        giv(liste, fremmed)
    giv(liste, egen)
    assert forbi(fremmed) == []


def test_place_is_offered_past_those_who_wait_on_no_other_path_either() -> None:
    liste = med_venteliste()
    venter(liste, dage=9)
    uden_for = fabrik.henvendelse(liste.tilbud, af=fabrik.sagsbehandler("Herlev"))
    with pytest.raises(Konflikt) as fejl, transaction.atomic():
        fabrik.pladstilbud(uden_for)
    assert fejl.value.kode == "venter_foran"
    with transaction.atomic():
        assert not Pladstilbud.objects.for_systemet("test").exists()


def test_place_goes_to_one_who_is_not_on_the_list_with_a_reason_for_all_who_are() -> None:
    liste = med_venteliste()
    foerst = venter(liste, dage=9)
    akut = fabrik.henvendelse(liste.tilbud, af=fabrik.sagsbehandler("Herlev"))
    tilbyd(
        aktoer=leder(liste.tilbud),
        venteliste_id=liste.pk,
        henvendelse_id=akut.pk,
        set_=0,
        plads=plads_i(liste),
        grunde={foerst.pk: Spring(Springgrund.AKUT)},
    )
    assert forbi(foerst) == [("akut", akut.pk)]


def test_place_in_one_department_passes_over_nobody_who_waits_for_another() -> None:
    hvor = fabrik.tilbud()
    syd, nord = fabrik.afdeling(hvor, navn="Syd"), fabrik.afdeling(hvor, navn="Nord")
    liste = med_venteliste(hvor)
    mod_syd = venter(liste, dage=9, afdeling=syd.pk)
    mod_nord = venter(liste, "Herlev", afdeling=nord.pk)
    tilbyd(
        aktoer=leder(hvor),
        venteliste_id=liste.pk,
        henvendelse_id=mod_nord.henvendelse_id,
        set_=0,
        plads=plads_i(liste, nord.pk),
        grunde={},
    )
    assert forbi(mod_syd) == []


def test_giv_til_ingen_notes_why_nobody_got_the_place() -> None:
    liste = med_venteliste()
    post, afdeling = venter(liste, dage=9), plads_i(liste).afdeling_id
    hvem = leder(liste.tilbud)

    def ingen(grunde: dict[UUID, Spring], set_: int = 0) -> Venteliste:
        return giv_til_ingen(aktoer=hvem, venteliste_id=liste.pk, set_=set_, afdeling_id=afdeling, grunde=grunde)

    with pytest.raises(UgyldigtInput):
        ingen({})
    ingen({post.pk: Spring(Springgrund.PLADS_IKKE_KLAR)})
    assert forbi(post) == [("plads_ikke_klar", None)]
    with pytest.raises(Konflikt) as fejl:
        ingen({post.pk: PASSER_IKKE})
    assert fejl.value.kode == "venteliste_aendret"
    with pytest.raises(UgyldigtInput):
        giv_til_ingen(aktoer=hvem, venteliste_id=liste.pk, set_=1, afdeling_id=fabrik.afdeling().pk, grunde={})


def test_giv_til_ingen_is_refused_when_nobody_waits() -> None:
    liste = med_venteliste()
    with pytest.raises(Konflikt) as fejl:
        giv_til_ingen(
            aktoer=leder(liste.tilbud),
            venteliste_id=liste.pk,
            set_=0,
            afdeling_id=plads_i(liste).afdeling_id,
            grunde={},
        )
    assert fejl.value.kode == "ingen_venter"


def test_giving_is_the_operator_s_alone() -> None:
    liste = med_venteliste()
    post, afdeling = venter(liste), plads_i(liste).afdeling_id
    for hvem, fejlen in [(fabrik.sagsbehandler(), IngenAdgang), (fabrik.tilbudsleder("Rødovre"), IkkeFundet)]:
        with pytest.raises(fejlen):
            tilbyd(
                aktoer=hvem,
                venteliste_id=liste.pk,
                henvendelse_id=post.henvendelse_id,
                set_=0,
                plads=plads_i(liste),
                grunde={},
            )
        with pytest.raises(fejlen):
            giv_til_ingen(
                aktoer=hvem, venteliste_id=liste.pk, set_=0, afdeling_id=afdeling, grunde={post.pk: PASSER_IKKE}
            )


@pytest.mark.kaploeb
@pytest.mark.django_db(transaction=True)
def test_of_two_who_give_from_the_same_list_at_once_exactly_one_wins() -> None:
    liste = med_venteliste()
    poster = [venter(liste, "Rødovre", dage=9), venter(liste, "Herlev")]
    grunde = [{}, {poster[0].pk: PASSER_IKKE}]
    ledere, plads = [leder(liste.tilbud) for _ in poster], plads_i(liste)

    def forsoeg(nummer: int) -> None:
        tilbyd(
            aktoer=ledere[nummer],
            venteliste_id=liste.pk,
            henvendelse_id=poster[nummer].henvendelse_id,
            set_=0,
            plads=plads,
            grunde=grunde[nummer],
        )

    resultater = loeb(forsoeg, 2)
    assert overlappede(resultater)
    assert sorted(resultat.fejl or "vandt" for resultat in resultater) == ["vandt", "venteliste_aendret"]
    with transaction.atomic():
        assert Pladstilbud.objects.for_systemet("test").count() == 1


@pytest.mark.kaploeb
@pytest.mark.django_db(transaction=True)
def test_of_one_who_gives_and_one_who_gives_to_nobody_exactly_one_wins() -> None:
    liste = med_venteliste()
    post = venter(liste, dage=9)
    ledere, plads = [leder(liste.tilbud) for _ in range(2)], plads_i(liste)

    def forsoeg(nummer: int) -> None:
        if nummer:
            tilbyd(
                aktoer=ledere[1],
                venteliste_id=liste.pk,
                henvendelse_id=post.henvendelse_id,
                set_=0,
                plads=plads,
                grunde={},
            )
        else:
            giv_til_ingen(
                aktoer=ledere[0],
                venteliste_id=liste.pk,
                set_=0,
                afdeling_id=plads.afdeling_id,
                grunde={post.pk: PASSER_IKKE},
            )

    resultater = loeb(forsoeg, 2)
    assert overlappede(resultater)
    assert sorted(resultat.fejl or "vandt" for resultat in resultater) == ["vandt", "venteliste_aendret"]
    assert Venteliste.objects.get().tildelinger == 1
