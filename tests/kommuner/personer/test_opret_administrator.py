"""`manage.py opret_administrator`: an organisation's first two administrators, and no more."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from drift.udvikling import EJERKOMMANDOER
from faelles.fejl import UgyldigtInput
from faelles.tid import idag
from kommuner.models import Organisation
from kommuner.personer.actions import inviter
from kommuner.personer.maal import administratorer
from tests import fabrik

pytestmark = pytest.mark.django_db


def koer(email: str = "chef@example.dk", organisation: str = "Rødovre Kommune") -> str:
    ud = StringIO()
    call_command("opret_administrator", "--email", email, "--organisation", organisation, stdout=ud)
    return ud.getvalue()


def brug(udskrift: str) -> None:
    link = udskrift.rsplit(maxsplit=1)[-1]
    assert link.startswith("http://localhost:8000/personer/invitation/")
    felter = {"adgangskode": fabrik.ADGANGSKODE, "gentag": fabrik.ADGANGSKODE}
    assert Client().post(link.removeprefix("http://localhost:8000"), felter).status_code == 302


def test_prints_and_mails_a_link_that_makes_the_first_administrator(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    organisation = fabrik.kommune("Rødovre").organisation
    with django_capture_on_commit_callbacks(execute=True):
        udskrift = koer()
    assert [brev.to for brev in mail.outbox] == [["chef@example.dk"]]
    brug(udskrift)
    assert administratorer(organisation.pk, idag()).get().bruger.email == "chef@example.dk"


def test_finds_the_organisation_by_cvr_number_and_says_so_when_there_are_two() -> None:
    Organisation.objects.create(art="privat", navn="Fonden A", cvr="12345678")
    assert "Fonden A" in koer(organisation="12345678")
    Organisation.objects.create(art="privat", navn="Fonden B", cvr="12345678")
    with pytest.raises(CommandError, match=r"Fonden A.*Fonden B"):
        koer(organisation="12345678")


@pytest.mark.parametrize(("email", "organisation"), [("x", "Rødovre Kommune"), ("a@b.dk", "Ingen"), ("a@b.dk", "")])
def test_unknown_address_or_organisation_is_refused(email: str, organisation: str) -> None:
    fabrik.kommune("Rødovre")
    with pytest.raises(CommandError):
        koer(email, organisation)


def test_again_replaces_the_link_and_stops_when_there_are_two_administrators() -> None:
    fabrik.kommune("Rødovre")
    foerste, anden = koer(), koer()
    assert Client().get(foerste.split()[-1].removeprefix("http://localhost:8000")).status_code == 410
    brug(anden)
    brug(koer("naeste@example.dk"))
    with pytest.raises(CommandError, match="de første 2"):
        koer("tredje@example.dk")


def test_only_the_platform_invites_administrators_without_a_proposal() -> None:
    with pytest.raises(UgyldigtInput):
        inviter(
            aktoer=fabrik.administrator("Rødovre"),
            organisation_id=fabrik.kommune("Rødovre").organisation.pk,
            email="ny@example.dk",
            roller=["administrator"],
        )
    assert "opret_administrator" in EJERKOMMANDOER
