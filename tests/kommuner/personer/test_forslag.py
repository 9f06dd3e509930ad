"""The two-person rule: one proposes, another decides, both are stored, and the database refuses one who does both."""

from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.tid import nu
from kommuner.models import Administratorforslag, Bruger, Forslagsudfald, Invitation, Organisation, Rolle
from kommuner.personer.actions import afgoer_forslag, foreslaa_administrator, tag_imod
from kommuner.personer.maal import administratorer
from tests import fabrik

pytestmark = pytest.mark.django_db

GODKEND, AFVIS, TRAEK = Forslagsudfald.GODKENDT, Forslagsudfald.AFVIST, Forslagsudfald.TRUKKET


@pytest.fixture
def roedovre() -> Organisation:
    return fabrik.kommune("Rødovre").organisation


@pytest.fixture
def to(roedovre: Organisation) -> tuple[Aktoer, Aktoer]:
    return fabrik.administrator("Rødovre"), fabrik.administrator("Rødovre")


@pytest.fixture
def kandidat(roedovre: Organisation) -> Bruger:
    return fabrik.bruger(Rolle.LAESER, roedovre)


def foreslaa(af: Aktoer, email: str, organisation: Organisation | None = None) -> Administratorforslag:
    hvor = organisation.pk if organisation else af.organisation_id
    return foreslaa_administrator(aktoer=af, organisation_id=hvor, email=email)


def afgoer(af: Aktoer, forslag: Administratorforslag, udfald: Forslagsudfald = GODKEND) -> Administratorforslag:
    return afgoer_forslag(aktoer=af, organisation_id=forslag.organisation_id, forslag_id=forslag.pk, udfald=udfald)


def er_administrator(bruger: Bruger, organisation: Organisation) -> bool:
    return administratorer(organisation.pk, fabrik.om(0)).filter(bruger=bruger).exists()


def test_proposal_changes_nothing_before_another_administrator_approves(
    to: tuple[Aktoer, Aktoer], kandidat: Bruger, roedovre: Organisation
) -> None:
    forslag = foreslaa(to[0], kandidat.email)
    assert not er_administrator(kandidat, roedovre)
    afgoer(to[1], forslag)
    assert er_administrator(kandidat, roedovre)
    gemt = Administratorforslag.objects.synlige_for(to[0]).get()
    assert (gemt.foreslaaet_af, gemt.afgjort_af) == (to[0].identitet, to[1].identitet)
    haendelser = Haendelse.objects.exclude(entitet="vilkaarssaet").order_by("tidspunkt", "id")
    assert list(haendelser.values_list("type", flat=True)) == [
        "administrator.foreslaaet",
        "tilknytning.givet",
        "administrator.godkendt",
    ]


@pytest.mark.parametrize("udfald", [GODKEND, AFVIS])
def test_nobody_decides_about_her_own_proposal(
    to: tuple[Aktoer, Aktoer], kandidat: Bruger, roedovre: Organisation, udfald: Forslagsudfald
) -> None:
    forslag = foreslaa(to[0], kandidat.email)
    with pytest.raises(Konflikt) as fejl:
        afgoer(to[0], forslag, udfald)
    assert fejl.value.kode == "kan_ikke_afgoere"
    assert not er_administrator(kandidat, roedovre)


def test_same_person_in_another_role_is_still_the_same_person(kandidat: Bruger, roedovre: Organisation) -> None:
    foerste = fabrik.administrator("Rødovre")
    samme = Bruger.objects.get(pk=foerste.identitet.removeprefix("bruger:"))
    sekretariatet = fabrik.kkr().sekretariat
    assert sekretariatet is not None
    fabrik.tilknyt(samme, Rolle.SEKRETARIAT, sekretariatet)
    forslag = foreslaa(foerste, kandidat.email)
    with pytest.raises(Konflikt):
        afgoer(fabrik.aktoer(Rolle.SEKRETARIAT, sekretariatet, hvem=samme), forslag)
    afgoer(fabrik.sekretariat(), forslag)
    assert er_administrator(kandidat, roedovre)


def test_database_refuses_a_proposal_approved_by_the_one_who_made_it(
    to: tuple[Aktoer, Aktoer], kandidat: Bruger, roedovre: Organisation
) -> None:
    forslag = foreslaa(to[0], kandidat.email)
    afgjort = {"afgjort": nu(), "afgjort_for": roedovre, "afgjort_af": forslag.foreslaaet_af}
    egne = Administratorforslag.objects.synlige_for(to[0]).filter(pk=forslag.pk)
    with pytest.raises(IntegrityError, match="administratorforslag_to_personer"), transaction.atomic():
        egne.update(udfald=GODKEND, **afgjort)
    with pytest.raises(IntegrityError, match="administratorforslag_afgjort_helt"), transaction.atomic():
        egne.update(udfald=GODKEND, afgjort_af="bruger:en-anden")
    egne.update(udfald=TRAEK, **afgjort)


def test_decided_proposal_stays_decided(to: tuple[Aktoer, Aktoer], kandidat: Bruger, roedovre: Organisation) -> None:
    forslag = foreslaa(to[0], kandidat.email)
    afgoer(to[1], forslag, AFVIS)
    for udfald in (GODKEND, AFVIS):
        with pytest.raises(Konflikt) as fejl:
            afgoer(to[1], forslag, udfald)
        assert fejl.value.kode == "forslag_afgjort"
    assert not er_administrator(kandidat, roedovre)
    foreslaa(to[0], kandidat.email)  # and it can be made again


def test_only_the_one_who_proposed_withdraws(to: tuple[Aktoer, Aktoer], kandidat: Bruger) -> None:
    forslag = foreslaa(to[0], kandidat.email)
    with pytest.raises(Konflikt):
        afgoer(to[1], forslag, TRAEK)
    afgoer(to[0], forslag, TRAEK)


def test_secretariat_approves_while_there_are_fewer_than_two_and_not_after(
    kandidat: Bruger, roedovre: Organisation
) -> None:
    eneste = fabrik.administrator("Rødovre")
    forslag = foreslaa(eneste, kandidat.email)
    afgoer(fabrik.sekretariat(), forslag)
    assert er_administrator(kandidat, roedovre)
    tredje = fabrik.bruger(Rolle.LAESER, roedovre)
    with pytest.raises(Konflikt, match="to administratorer"):
        afgoer(fabrik.sekretariat(), foreslaa(eneste, tredje.email))


def test_organisation_without_administrators_gets_one_from_two_people_of_the_secretariat(
    kandidat: Bruger, roedovre: Organisation
) -> None:
    forslag = foreslaa(fabrik.sekretariat(), kandidat.email, roedovre)
    afgoer(fabrik.sekretariat(), forslag)
    assert er_administrator(kandidat, roedovre)


def test_candidate_does_not_approve_herself(roedovre: Organisation) -> None:
    kandidat = fabrik.sekretariat()
    email = Bruger.objects.get(pk=kandidat.identitet.removeprefix("bruger:")).email
    forslag = foreslaa(fabrik.administrator("Rødovre"), email)
    with pytest.raises(Konflikt, match="dig selv"):
        afgoer(kandidat, forslag)


@pytest.mark.parametrize("hvem", ["fremmed", "fremmed_sekretariat", "uden_ret"])
def test_proposal_is_for_those_who_manage_the_organisations_people(
    kandidat: Bruger, to: tuple[Aktoer, Aktoer], hvem: str
) -> None:
    forslag = foreslaa(to[0], kandidat.email)
    aktoer, fejl = {
        "fremmed": (fabrik.administrator("Herlev"), IkkeFundet),
        "fremmed_sekretariat": (fabrik.sekretariat("KKR Syddanmark"), IkkeFundet),
        "uden_ret": (fabrik.sagsbehandler("Rødovre"), IngenAdgang),
    }[hvem]
    with pytest.raises(fejl):
        afgoer(aktoer, forslag)
    with pytest.raises(fejl):
        foreslaa_administrator(aktoer=aktoer, organisation_id=forslag.organisation_id, email="en@example.dk")


def test_somebody_outside_is_invited_when_the_proposal_is_approved(
    to: tuple[Aktoer, Aktoer],
    roedovre: Organisation,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    _, gammel_noegle = fabrik.invitation("ny@example.dk", organisation=roedovre, roller=(Rolle.VISITATOR,))
    forslag = foreslaa(to[0], "ny@example.dk")
    with django_capture_on_commit_callbacks(execute=True):
        afgoer(to[1], forslag)
    (brev,) = mail.outbox
    assert brev.to == ["ny@example.dk"]
    noegle = str(brev.body).split("/personer/invitation/")[1].split()[0]
    with pytest.raises(Konflikt):  # one link for everything
        tag_imod(noegle=gammel_noegle, bruger=None, adgangskode=fabrik.ADGANGSKODE)
    tag_imod(noegle=noegle, bruger=None, adgangskode=fabrik.ADGANGSKODE)
    ny = Bruger.objects.get(email="ny@example.dk")
    assert er_administrator(ny, roedovre)
    assert set(ny.tilknytninger.values_list("rolle", flat=True)) == {"administrator", "visitator"}
    assert Invitation.objects.synlige_for(to[0]).get(brugt_af=ny).forslag_id == forslag.pk


def test_proposal_is_mailed_to_the_other_administrators_only(
    to: tuple[Aktoer, Aktoer],
    kandidat: Bruger,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        foreslaa(to[0], kandidat.email)
    anden = Bruger.objects.get(pk=to[1].identitet.removeprefix("bruger:"))
    assert [brev.to for brev in mail.outbox] == [[anden.email]]


@pytest.mark.parametrize("email", ["ikke en adresse", "", "administrator", "foreslaaet"])
def test_proposal_of_nobody_an_administrator_or_somebody_proposed_is_refused(
    to: tuple[Aktoer, Aktoer], kandidat: Bruger, email: str
) -> None:
    foreslaa(to[0], kandidat.email)
    anden = Bruger.objects.get(pk=to[1].identitet.removeprefix("bruger:"))
    kendte: dict[str, Any] = {"administrator": anden.email, "foreslaaet": kandidat.email}
    with pytest.raises(UgyldigtInput) as fejl:
        foreslaa(to[0], kendte.get(email, email))
    assert list(fejl.value.felter) == ["email"]
