"""Giving and ending roles: by the organisation's own administrator, dated, with its event, and never to the last administrator."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.tid import Periode, idag
from kommuner.models import Administratorforslag, Bruger, Forslagsudfald, Invitation, Rolle, Tilknytning
from kommuner.personer.actions import afslut_rolle, fjern_person, giv_rolle
from kommuner.queries import tilknytninger_for
from tests import fabrik

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Aktoer:
    return fabrik.administrator("Rødovre")


@pytest.fixture
def laeser(admin: Aktoer) -> Bruger:
    return fabrik.bruger(Rolle.LAESER, fabrik.kommune("Rødovre").organisation)


def giv(af: Aktoer, bruger: Bruger, rolle: str = Rolle.VISITATOR, **felter: Any) -> Tilknytning:
    felter.setdefault("periode", Periode(idag()))
    felter.setdefault("organisation_id", af.organisation_id)
    return giv_rolle(aktoer=af, bruger_id=bruger.pk, rolle=rolle, **felter)


def afslut(af: Aktoer, tilknytning: Tilknytning, **felter: Any) -> Tilknytning:
    return afslut_rolle(aktoer=af, organisation_id=af.organisation_id, tilknytning_id=tilknytning.pk, **felter)


def haendelser() -> list[str]:
    """What has happened to people; making the situation itself publishes its terms."""
    return list(Haendelse.objects.exclude(entitet="vilkaarssaet").order_by("id").values_list("type", flat=True))


def egen(aktoer: Aktoer) -> Bruger:
    return Bruger.objects.get(pk=aktoer.identitet.removeprefix("bruger:"))


def test_giv_rolle_gives_it_in_the_period_with_an_event(admin: Aktoer, laeser: Bruger) -> None:
    periode = Periode(idag() + timedelta(days=3), idag() + timedelta(days=30))
    ny = giv(admin, laeser, periode=periode)
    assert Periode.af_range(Tilknytning.objects.get(pk=ny.pk).periode) == periode
    assert [t.rolle for t in tilknytninger_for(laeser, idag() + timedelta(days=3))] == [Rolle.LAESER, Rolle.VISITATOR]
    assert haendelser() == ["tilknytning.givet"]


@pytest.mark.parametrize(
    ("rolle", "felter", "felt"),
    [
        (Rolle.SEKRETARIAT, {}, "rolle"),
        (Rolle.ADMINISTRATOR, {}, "rolle"),
        ("findes_ikke", {}, "rolle"),
        (Rolle.LAESER, {}, "rolle"),  # she has it
        (Rolle.VISITATOR, {"periode": Periode(fabrik.om(-1))}, "fra"),
        (Rolle.VISITATOR, {"kun_tilbud": [UUID(int=1)]}, "kun_tilbud"),
        (Rolle.TILBUDSLEDER, {"kun_tilbud": [UUID(int=1)]}, "kun_tilbud"),
    ],
)
def test_giv_rolle_with_a_fault_is_refused_at_its_field_and_gives_nothing(
    admin: Aktoer, laeser: Bruger, rolle: str, felter: dict[str, Any], felt: str
) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        giv(admin, laeser, rolle, **felter)
    assert list(fejl.value.felter) == [felt]
    assert Tilknytning.objects.filter(bruger=laeser).count() == 1
    assert haendelser() == []


def test_giv_rolle_for_single_offers_takes_the_organisations_own_only(laeser: Bruger, admin: Aktoer) -> None:
    eget, andres = fabrik.tilbud(i="Rødovre"), fabrik.tilbud(i="Herlev")
    with pytest.raises(UgyldigtInput):
        giv(admin, laeser, Rolle.TILBUDSLEDER, kun_tilbud=[eget.pk, andres.pk])
    assert giv(admin, laeser, Rolle.TILBUDSLEDER, kun_tilbud=[eget.pk]).kun_tilbud == [eget.pk]


def test_giv_rolle_is_for_administrators_of_the_organisation_only(laeser: Bruger) -> None:
    roedovre = fabrik.kommune("Rødovre").organisation
    with pytest.raises(IngenAdgang):
        giv(fabrik.sagsbehandler("Rødovre"), laeser)
    for fremmed in (fabrik.administrator("Herlev"), fabrik.sekretariat("KKR Syddanmark")):
        with pytest.raises(IkkeFundet):
            giv(fremmed, laeser, organisation_id=roedovre.pk)
        with pytest.raises(IkkeFundet):
            giv(fremmed, laeser)  # in her own organisation, where the person is nobody


def test_afslut_rolle_at_once_stops_it_today_and_keeps_what_was_given(admin: Aktoer, laeser: Bruger) -> None:
    tilknytning = laeser.tilknytninger.get()
    foer = tilknytning.periode
    afslut(admin, tilknytning)
    assert tilknytninger_for(laeser, idag()) == []
    assert Tilknytning.objects.get(pk=tilknytning.pk).periode == foer
    assert haendelser() == ["tilknytning.afsluttet"]


def test_afslut_rolle_given_today_can_end_today_and_be_given_again(admin: Aktoer, laeser: Bruger) -> None:
    afslut(admin, giv(admin, laeser))
    assert giv(admin, laeser).afsluttet is None


def test_afslut_rolle_after_a_last_day_holds_on_that_day_and_not_on_the_next(admin: Aktoer, laeser: Bruger) -> None:
    sidste = idag() + timedelta(days=4)
    afslut(admin, laeser.tilknytninger.get(), sidste_dag=sidste)
    assert len(tilknytninger_for(laeser, sidste)) == 1
    assert tilknytninger_for(laeser, sidste + timedelta(days=1)) == []


def test_afslut_rolle_on_a_day_that_is_no_use_is_refused(admin: Aktoer, laeser: Bruger) -> None:
    tilknytning = giv(admin, laeser, periode=Periode(idag(), idag() + timedelta(days=5)))
    for dag in (idag() - timedelta(days=1), idag() + timedelta(days=5)):
        with pytest.raises(UgyldigtInput) as fejl:
            afslut(admin, tilknytning, sidste_dag=dag)
        assert list(fejl.value.felter) == ["sidste_dag"]


def test_afslut_rolle_twice_or_of_another_organisation_is_refused(admin: Aktoer, laeser: Bruger) -> None:
    tilknytning = laeser.tilknytninger.get()
    with pytest.raises(IkkeFundet):
        afslut(fabrik.administrator("Herlev"), tilknytning)
    afslut(admin, tilknytning)
    with pytest.raises(Konflikt, match="allerede afsluttet"):
        afslut(admin, tilknytning)


def test_last_administrator_cannot_be_ended_by_an_administrator_and_the_last_but_one_can(admin: Aktoer) -> None:
    egen_rolle = egen(admin).tilknytninger.get()
    for sidste_dag in (None, idag() + timedelta(days=9)):
        with pytest.raises(Konflikt) as fejl:
            afslut(admin, egen_rolle, sidste_dag=sidste_dag)
        assert fejl.value.kode == "sidste_administrator"
    with pytest.raises(Konflikt):
        fjern_person(aktoer=admin, organisation_id=admin.organisation_id, bruger_id=egen(admin).pk)
    fabrik.administrator("Rødovre")
    afslut(admin, egen_rolle)


def test_administrator_whose_role_ends_first_does_not_count_as_the_other_one(admin: Aktoer) -> None:
    anden = egen(fabrik.administrator("Rødovre")).tilknytninger.get()
    afslut(admin, anden, sidste_dag=idag() + timedelta(days=2))
    with pytest.raises(Konflikt):
        afslut(admin, egen(admin).tilknytninger.get(), sidste_dag=idag() + timedelta(days=9))


def test_administrator_who_cannot_log_in_does_not_count_as_the_other_one(admin: Aktoer) -> None:
    anden = egen(fabrik.administrator("Rødovre"))
    Bruger.objects.filter(pk=anden.pk).update(is_active=False)
    with pytest.raises(Konflikt):
        afslut(admin, egen(admin).tilknytninger.get())


def test_fjern_person_ends_everything_here_and_closes_the_login_of_somebody_with_nothing_else(
    admin: Aktoer, laeser: Bruger
) -> None:
    giv(admin, laeser, periode=Periode(idag() + timedelta(days=3)))
    roedovre = fabrik.kommune("Rødovre").organisation
    fabrik.invitation(laeser.email, organisation=roedovre, roller=(Rolle.VISITATOR,))
    fabrik.forslag(laeser.email, organisation=roedovre)
    fjern_person(aktoer=admin, organisation_id=admin.organisation_id, bruger_id=laeser.pk)
    assert not Tilknytning.objects.aktive(idag()).filter(bruger=laeser).exists()
    assert Invitation.objects.synlige_for(admin).get().trukket is not None
    assert Administratorforslag.objects.synlige_for(admin).get().udfald == Forslagsudfald.TRUKKET
    laeser.refresh_from_db()
    assert not laeser.is_active
    assert haendelser()[-1] == "person.deaktiveret"


def test_fjern_person_who_works_for_others_too_leaves_her_login_and_her_other_roles(
    admin: Aktoer, laeser: Bruger
) -> None:
    andetsteds = fabrik.tilknyt(laeser, Rolle.LAESER, fabrik.kommune("Herlev").organisation)
    fjern_person(aktoer=admin, organisation_id=admin.organisation_id, bruger_id=laeser.pk)
    laeser.refresh_from_db()
    assert laeser.is_active
    assert tilknytninger_for(laeser, idag()) == [andetsteds]


def test_role_given_again_to_a_removed_person_opens_her_login(admin: Aktoer, laeser: Bruger) -> None:
    fjern_person(aktoer=admin, organisation_id=admin.organisation_id, bruger_id=laeser.pk)
    giv(admin, laeser)
    laeser.refresh_from_db()
    assert laeser.is_active
