"""A secretariat helps the organisations of its own KKR, and never unseen."""

from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet
from faelles.tid import Periode, idag
from kommuner.models import Bruger, Hjaelp, KkrMedlemskab, Organisation, Personhjaelp, Rolle
from kommuner.personer.actions import (
    afslut_rolle,
    fjern_person,
    foreslaa_administrator,
    giv_rolle,
    inviter,
    send_igen,
    traek_tilbage,
)
from kommuner.personer.maal import find_maal, hjaelpes_af
from tests import fabrik

pytestmark = pytest.mark.django_db


@pytest.fixture
def roedovre() -> Organisation:
    return fabrik.kommune("Rødovre").organisation


@pytest.fixture
def sekretariat(roedovre: Organisation) -> Aktoer:
    return fabrik.sekretariat()


def privat(navn: str, *, i: str | None, kkr: str = "KKR Hovedstaden", **felter: Any) -> Organisation:
    organisation = Organisation.objects.create(art="privat", navn=navn)
    if i:
        fabrik.kommune(i, i=kkr)
        fabrik.tilbud(i=i, driftsherre=organisation, **felter)
    return organisation


def test_secretariat_helps_municipalities_their_region_and_private_operators_there(sekretariat: Aktoer) -> None:
    fremmed = fabrik.kommune("Odense", i="KKR Syddanmark")
    driver_her = privat("Driver her", i="Rødovre")
    privat("Driver i Odense", i="Odense", kkr="KKR Syddanmark")
    privat("Har lukket", i="Rødovre", lukket_fra=idag())
    privat("Driver intet", i=None)
    fabrik.tilbud(i="Rødovre", driftsherre=fremmed.organisation)  # a municipality with its own secretariat
    navne = set(hjaelpes_af(sekretariat.organisation_id, idag()).values_list("navn", flat=True))
    assert navne == {"Rødovre Kommune", "Region Hovedstaden", driver_her.navn}


def test_municipality_that_has_left_the_kkr_is_not_found_any_more(sekretariat: Aktoer, roedovre: Organisation) -> None:
    assert find_maal(sekretariat, roedovre.pk).hjaelp
    KkrMedlemskab.objects.update(periode=Periode(fabrik.FOR_LAENGE_SIDEN, idag()).som_range)
    with pytest.raises(IkkeFundet):
        find_maal(sekretariat, roedovre.pk)


def test_secretariat_does_not_manage_itself_by_helping(sekretariat: Aktoer) -> None:
    with pytest.raises(IkkeFundet):
        find_maal(sekretariat, sekretariat.organisation_id)


def test_every_kind_of_help_is_stored_shown_and_mailed_to_the_administrators(
    sekretariat: Aktoer, roedovre: Organisation, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    admin = fabrik.bruger(Rolle.ADMINISTRATOR, roedovre)
    laeser = fabrik.bruger(Rolle.LAESER, roedovre)
    hos: dict[str, Any] = {"aktoer": sekretariat, "organisation_id": roedovre.pk}
    with django_capture_on_commit_callbacks(execute=True):
        ny = inviter(**hos, email="ny@example.dk", roller=[Rolle.VISITATOR])
        send_igen(**hos, invitation_id=ny.pk)
        traek_tilbage(**hos, invitation_id=ny.pk)
        given = giv_rolle(**hos, bruger_id=laeser.pk, rolle=Rolle.VISITATOR, periode=Periode(idag()))
        afslut_rolle(**hos, tilknytning_id=given.pk)
        fjern_person(**hos, bruger_id=laeser.pk)
        foreslaa_administrator(**hos, email="to@example.dk")
    handlinger = list(Personhjaelp.objects.synlige_for(sekretariat).order_by("id").values_list("handling", flat=True))
    assert handlinger == [
        Hjaelp.INVITERET,
        Hjaelp.SENDT_IGEN,
        Hjaelp.TRUKKET,
        Hjaelp.ROLLE_GIVET,
        Hjaelp.ROLLE_AFSLUTTET,
        Hjaelp.FJERNET,
        Hjaelp.FORESLAAET,
    ]
    breve = [brev for brev in mail.outbox if "har hjulpet" in brev.subject]
    assert [brev.to for brev in breve] == [[admin.email]] * 7
    assert "Sekretariatet for KKR Hovedstaden har inviteret ny@example.dk (visitator)" in str(breve[0].body)
    klient = Client()
    klient.force_login(admin)
    side = klient.get(reverse("personer:liste", args=[roedovre.pk])).content.decode()
    assert "Sekretariatet for KKR Hovedstaden har inviteret ny@example.dk (visitator)" in side
    assert side.count("Sekretariatet for KKR Hovedstaden har") == 7


def test_what_an_administrator_does_is_no_help(
    roedovre: Organisation, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    admin = fabrik.administrator("Rødovre")
    with django_capture_on_commit_callbacks(execute=True):
        inviter(aktoer=admin, organisation_id=roedovre.pk, email="ny@example.dk", roller=[Rolle.VISITATOR])
    assert not Personhjaelp.objects.synlige_for(admin).exists()
    assert [brev.to for brev in mail.outbox] == [["ny@example.dk"]]


def test_secretariat_may_end_the_last_administrator(sekretariat: Aktoer, roedovre: Organisation) -> None:
    admin = fabrik.bruger(Rolle.ADMINISTRATOR, roedovre)
    afslut_rolle(aktoer=sekretariat, organisation_id=roedovre.pk, tilknytning_id=admin.tilknytninger.get().pk)
    assert not Bruger.objects.get(pk=admin.pk).tilknytninger.aktive(idag()).exists()


def test_help_cannot_be_changed_or_removed(sekretariat: Aktoer, roedovre: Organisation) -> None:
    inviter(aktoer=sekretariat, organisation_id=roedovre.pk, email="ny@example.dk", roller=[Rolle.VISITATOR])
    hjaelp = Personhjaelp.objects.synlige_for(sekretariat)
    for proev in (lambda: hjaelp.update(email="x@example.dk"), hjaelp.delete):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            proev()
