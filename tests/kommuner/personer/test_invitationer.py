"""Invitations: one link, once, in time, for the one who was invited; and guessed, used, old and withdrawn ones are worth nothing."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time
from pytest_django import DjangoCaptureOnCommitCallbacks

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.scope import saet_database_aktoer
from faelles.tid import nu
from kommuner.models import Bruger, Invitation, Organisation, Rolle, Tilknytning
from kommuner.personer.actions import inviter, send_igen, tag_imod, traek_tilbage
from tests import fabrik
from tests.faelles.test_raekkesikkerhed import antal_i_databasen

pytestmark = pytest.mark.django_db

EMAIL = "ny@roedovre.example.dk"


@pytest.fixture
def admin() -> Aktoer:
    return fabrik.administrator("Rødovre")


@pytest.fixture
def roedovre(admin: Aktoer) -> Organisation:
    return fabrik.kommune("Rødovre").organisation


def invitation(af: Aktoer, **felter: Any) -> Invitation:
    return inviter(
        **{"aktoer": af, "organisation_id": af.organisation_id, "email": EMAIL, "roller": [Rolle.VISITATOR], **felter}
    )


def side(noegle: str, klient: Client | None = None, **post: str) -> Any:
    url = reverse("personer:invitation", args=[noegle])
    klient = klient or Client()
    return klient.post(url, post) if post else klient.get(url)


def vaelg(noegle: str, adgangskode: str = fabrik.ADGANGSKODE) -> Any:
    return side(noegle, adgangskode=adgangskode, gentag=adgangskode)


def roller(email: str = EMAIL) -> set[tuple[str, str]]:
    return set(Tilknytning.objects.filter(bruger__email=email).values_list("organisation__navn", "rolle"))


def test_inviter_mails_a_link_that_makes_the_person_with_her_roles(
    admin: Aktoer, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ny = invitation(admin, email=" Ny@Roedovre.example.dk ", roller=[Rolle.OEKONOMI, Rolle.VISITATOR])
    (brev,) = mail.outbox
    assert brev.to == [EMAIL]
    assert "visitator, økonomimedarbejder" in brev.body
    (noegle,) = re.findall(r"http://localhost:8000/personer/invitation/(\S+)", str(brev.body))
    assert noegle not in str(Invitation.objects.synlige_for(admin).values().get(pk=ny.pk))  # only its hash is stored
    svar = vaelg(noegle)
    assert svar.headers["Location"] == reverse("account_login")
    assert roller() == {("Rødovre Kommune", "visitator"), ("Rødovre Kommune", "oekonomi")}
    log_paa = Client().post(reverse("account_login"), {"login": EMAIL, "password": fabrik.ADGANGSKODE})
    assert log_paa.status_code == 302


def test_inviter_sends_nothing_when_the_change_is_rolled_back(
    admin: Aktoer, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        invitation(admin)
        transaction.set_rollback(True)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("felter", "felt"),
    [
        ({"email": "ikke en adresse"}, "email"),
        ({"email": ""}, "email"),
        ({"roller": []}, "roller"),
        ({"roller": [Rolle.ADMINISTRATOR]}, "roller"),
        ({"roller": [Rolle.VISITATOR, Rolle.DRIFT]}, "roller"),
        ({"roller": [Rolle.VISITATOR], "kun_tilbud": [uuid4()]}, "kun_tilbud"),
        ({"roller": [Rolle.TILBUDSLEDER], "kun_tilbud": [uuid4()]}, "kun_tilbud"),
    ],
)
def test_inviter_with_a_fault_is_refused_at_its_field(admin: Aktoer, felter: dict[str, Any], felt: str) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        invitation(admin, **felter)
    assert list(fejl.value.felter) == [felt]
    assert not Invitation.objects.synlige_for(admin).exists()


def test_inviter_somebody_who_is_here_or_invited_already_is_refused(admin: Aktoer, roedovre: Organisation) -> None:
    her = fabrik.bruger(Rolle.LAESER, roedovre)
    invitation(admin)
    for email in (her.email, EMAIL):
        with pytest.raises(UgyldigtInput) as fejl:
            invitation(admin, email=email)
        assert list(fejl.value.felter) == ["email"]


def test_inviter_is_for_administrators_and_own_organisation_only(roedovre: Organisation) -> None:
    with pytest.raises(IngenAdgang):
        invitation(fabrik.sagsbehandler("Rødovre"))
    with pytest.raises(IkkeFundet):
        invitation(fabrik.administrator("Herlev"), organisation_id=roedovre.pk)


@pytest.mark.parametrize("kode", ["for kort", "password12345", EMAIL])
def test_weak_password_is_refused_and_leaves_the_link_as_it_was(roedovre: Organisation, kode: str) -> None:
    _, noegle = fabrik.invitation(EMAIL, organisation=roedovre)
    assert vaelg(noegle, kode).status_code == 400
    assert not Bruger.objects.filter(email=EMAIL).exists()
    assert vaelg(noegle).status_code == 302


def test_two_different_passwords_are_refused(roedovre: Organisation) -> None:
    _, noegle = fabrik.invitation(EMAIL, organisation=roedovre)
    svar = side(noegle, adgangskode=fabrik.ADGANGSKODE, gentag="noget-helt-andet")
    assert svar.status_code == 400
    assert "ikke ens" in svar.content.decode()


def test_link_works_once(roedovre: Organisation) -> None:
    _, noegle = fabrik.invitation(EMAIL, organisation=roedovre)
    assert vaelg(noegle).status_code == 302
    igen = vaelg(noegle, "en-anden-lang-adgangskode")
    assert igen.status_code == 410
    assert "brugt" in igen.content.decode()
    assert Bruger.objects.get(email=EMAIL).check_password(fabrik.ADGANGSKODE)
    with pytest.raises(Konflikt):
        tag_imod(noegle=noegle, bruger=None, adgangskode=fabrik.ADGANGSKODE)


def test_link_that_is_old_withdrawn_or_replaced_is_worth_nothing(admin: Aktoer, roedovre: Organisation) -> None:
    gammel, noegle = fabrik.invitation(EMAIL, organisation=roedovre)
    with freeze_time(fabrik.samme_tid(8)):
        assert "udløbet" in vaelg(noegle).content.decode()
    send_igen(aktoer=admin, organisation_id=roedovre.pk, invitation_id=gammel.pk)
    assert vaelg(noegle).status_code == 404
    traek_tilbage(aktoer=admin, organisation_id=roedovre.pk, invitation_id=gammel.pk)
    with pytest.raises(Konflikt):
        send_igen(aktoer=admin, organisation_id=roedovre.pk, invitation_id=gammel.pk)
    assert not Bruger.objects.filter(email=EMAIL).exists()


def test_withdrawn_link_says_so(admin: Aktoer, roedovre: Organisation) -> None:
    trukket, noegle = fabrik.invitation(EMAIL, organisation=roedovre)
    traek_tilbage(aktoer=admin, organisation_id=roedovre.pk, invitation_id=trukket.pk)
    svar = vaelg(noegle)
    assert (svar.status_code, "trukket tilbage" in svar.content.decode()) == (410, True)
    assert invitation(admin).trukket is None  # and one can invite again


@pytest.mark.parametrize("gaet", ["x", "a" * 43, "%00", "..", "' or 1=1"])
def test_guessed_link_is_not_found(roedovre: Organisation, gaet: str) -> None:
    fabrik.invitation(EMAIL, organisation=roedovre)
    assert Client().get(f"/personer/invitation/{gaet}").status_code == 404
    assert Client().post(f"/personer/invitation/{gaet}", {"adgangskode": "x"}).status_code == 404


def test_stored_hash_is_no_key(roedovre: Organisation) -> None:
    ny, _ = fabrik.invitation(EMAIL, organisation=roedovre)
    assert side(ny.noegle_hash).status_code == 404


def test_invitations_of_another_organisation_are_not_found(admin: Aktoer) -> None:
    fremmed, _ = fabrik.invitation(EMAIL, organisation=fabrik.kommune("Herlev").organisation)
    for handling in (send_igen, traek_tilbage):
        with pytest.raises(IkkeFundet):
            handling(aktoer=admin, organisation_id=admin.organisation_id, invitation_id=fremmed.pk)


def test_person_with_a_login_must_use_it_and_gets_the_role_as_well(roedovre: Organisation) -> None:
    kendt = fabrik.bruger(Rolle.LAESER, fabrik.kommune("Herlev").organisation, email=EMAIL)
    _, noegle = fabrik.invitation(EMAIL, organisation=roedovre, roller=(Rolle.VISITATOR,))
    assert "Log på" in side(noegle).content.decode()
    assert vaelg(noegle, "overtaget-af-en-fremmed").status_code == 302
    kendt.refresh_from_db()
    assert kendt.check_password(fabrik.ADGANGSKODE)
    with pytest.raises(Konflikt, match="Log på"):
        tag_imod(noegle=noegle, bruger=None, adgangskode="overtaget-af-en-fremmed")
    klient = Client()
    klient.force_login(kendt)
    assert "Tag imod" in side(noegle, klient).content.decode()
    assert side(noegle, klient, ja="1").status_code == 302
    assert roller() == {("Herlev Kommune", "laeser"), ("Rødovre Kommune", "visitator")}


def test_somebody_else_who_has_logged_in_cannot_take_it(roedovre: Organisation) -> None:
    anden = fabrik.bruger(Rolle.LAESER, roedovre)
    _, noegle = fabrik.invitation(EMAIL, organisation=roedovre)
    klient = Client()
    klient.force_login(anden)
    assert "til en anden" in side(noegle, klient, ja="1").content.decode()
    with pytest.raises(Konflikt):
        tag_imod(noegle=noegle, bruger=anden)
    assert roller(anden.email) == {("Rødovre Kommune", "laeser")}


def test_person_whose_login_is_closed_chooses_a_new_password(roedovre: Organisation) -> None:
    kendt = fabrik.bruger(Rolle.LAESER, roedovre, email=EMAIL)
    kendt.tilknytninger.update(afsluttet=nu())
    Bruger.objects.filter(pk=kendt.pk).update(is_active=False)
    _, noegle = fabrik.invitation(EMAIL, organisation=roedovre)
    assert vaelg(noegle, "en-helt-ny-adgangskode").status_code == 302
    kendt.refresh_from_db()
    assert (kendt.is_active, kendt.check_password("en-helt-ny-adgangskode")) == (True, True)


def test_role_she_has_already_is_not_given_twice(roedovre: Organisation) -> None:
    kendt = fabrik.bruger(Rolle.VISITATOR, roedovre, email=EMAIL)
    _, noegle = fabrik.invitation(EMAIL, organisation=roedovre, roller=(Rolle.VISITATOR, Rolle.LAESER))
    tag_imod(noegle=noegle, bruger=kendt)
    assert sorted(kendt.tilknytninger.values_list("rolle", flat=True)) == ["laeser", "visitator"]


def test_limited_leader_gets_her_offers_and_the_other_role_has_no_limit(admin: Aktoer, roedovre: Organisation) -> None:
    tilbud = fabrik.tilbud(i="Rødovre")
    _, noegle = fabrik.invitation(EMAIL, organisation=roedovre, roller=(Rolle.LAESER,))
    Invitation.objects.for_systemet("test").update(roller=[Rolle.TILBUDSLEDER, Rolle.LAESER], kun_tilbud=[tilbud.pk])
    tag_imod(noegle=noegle, bruger=None, adgangskode=fabrik.ADGANGSKODE)
    kun = dict(Tilknytning.objects.filter(bruger__email=EMAIL).values_list("rolle", "kun_tilbud"))
    assert kun == {"tilbudsleder": [tilbud.pk], "laeser": []}


@pytest.mark.parametrize(
    ("felter", "regel"),
    [
        ({"roller": [Rolle.ADMINISTRATOR]}, "invitation_administrator_efter_forslag"),
        ({"roller": []}, "invitation_roller_kendte"),
        ({"roller": ["konge"]}, "invitation_roller_kendte"),
        ({"kun_tilbud": [uuid4()]}, "invitation_kun_tilbudsleder_har_kun_tilbud"),
        ({"email": "Stor@example.dk"}, "invitation_email_med_smaat"),
        ({"brugt": nu()}, "invitation_brugt_af_en_og_ikke_trukket"),
    ],
)
def test_database_refuses_an_invitation_that_breaks_a_rule(
    roedovre: Organisation, felter: dict[str, Any], regel: str
) -> None:
    ny, _ = fabrik.invitation(EMAIL, organisation=roedovre)
    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        Invitation.objects.for_systemet("test").filter(pk=ny.pk).update(**felter)


def test_database_refuses_a_second_open_invitation_to_the_same_address(roedovre: Organisation) -> None:
    fabrik.invitation(EMAIL, organisation=roedovre)
    with pytest.raises(IntegrityError, match="invitation_en_aaben_pr_adresse"):
        fabrik.invitation(EMAIL, organisation=roedovre)


def test_row_level_security_hides_invitations_from_everybody_but_those_who_manage_people(
    admin: Aktoer, roedovre: Organisation
) -> None:
    fabrik.invitation(EMAIL, organisation=roedovre)
    ser = {
        "egen": (admin, 1),
        "anden administrator": (fabrik.administrator("Herlev"), 0),
        "sagsbehandler": (fabrik.sagsbehandler("Rødovre"), 0),
        "sekretariat": (fabrik.sekretariat(), 1),
    }
    for navn, (aktoer, antal) in ser.items():
        saet_database_aktoer(aktoer)
        assert antal_i_databasen("kommuner_invitation") == antal, navn
