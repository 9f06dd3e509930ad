"""A body or a member entered by mistake is taken out while nothing builds on it, and the trail says why."""

import pytest
from django.db import IntegrityError, transaction

from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.spor import historik
from rammeaftale.models import Organ, Organmedlem
from rammeaftale.moeder.actions import Sagsvalg, opret_moede, registrer_beslutning
from rammeaftale.moeder.regler import Organudfald
from rammeaftale.organer.actions import afslut_medlem
from rammeaftale.organer.fjernelse import fjern_medlem, fjern_organ
from rammeaftale.organer.regler import Organart
from tests import fabrik
from tests.rammeaftale.organer.situationer import organ

pytestmark = pytest.mark.django_db
FEJL = "Oprettet ved en fejl"


def fjern(medlem: Organmedlem, begrundelse: str = FEJL) -> None:
    fjern_medlem(
        aktoer=fabrik.sekretariat(), organ_id=medlem.organ_id, organmedlem_id=medlem.pk, begrundelse=begrundelse
    )


def besluttet(udvalg: Organ) -> None:
    registrer_beslutning(
        aktoer=fabrik.sekretariat(), organ_id=udvalg.pk, dato=fabrik.om(-1), sag=Sagsvalg(titel="Befordring"),
        udfald=Organudfald.TIL_EFTERRETNING,
    )  # fmt: skip


def test_body_without_meetings_goes_with_its_members_and_the_trail_says_why() -> None:
    udvalg = organ("Herlev", "Gladsaxe")
    fjern_organ(aktoer=fabrik.sekretariat(), organ_id=udvalg.pk, begrundelse=f" {FEJL} ")
    assert (Organ.objects.count(), Organmedlem.objects.count()) == (0, 0)
    for model, antal in ((Organ, 1), (Organmedlem, 2)):
        slettede = [et.begrundelse for et in historik(model).objects.for_systemet("test").filter(pgh_label="delete")]
        assert slettede == [FEJL] * antal


def test_body_with_a_meeting_stands_and_says_what_to_do() -> None:
    udvalg = organ("Herlev")
    opret_moede(aktoer=fabrik.sekretariat(), organ_id=udvalg.pk, dato=fabrik.om(30))
    with pytest.raises(Konflikt, match="nedlæg det") as fejl:
        fjern_organ(aktoer=fabrik.sekretariat(), organ_id=udvalg.pk, begrundelse=FEJL)
    assert fejl.value.kode == "organ_har_moeder"
    assert udvalg.medlemmer.count() == 1


def test_member_is_taken_out_until_the_body_has_decided_something_in_its_days() -> None:
    udvalg = organ("Herlev", "Gladsaxe", "Rødovre")
    herlev, gladsaxe, roedovre = (
        udvalg.medlemmer.get(organisation__navn=f"{n} Kommune") for n in ("Herlev", "Gladsaxe", "Rødovre")
    )
    opret_moede(aktoer=fabrik.sekretariat(), organ_id=udvalg.pk, dato=fabrik.om(30))
    fjern(gladsaxe)
    assert set(udvalg.medlemmer.all()) == {herlev, roedovre}
    afslut_medlem(aktoer=fabrik.sekretariat(), organmedlem_id=roedovre.pk, sidste_dag=fabrik.om(-2))
    besluttet(udvalg)
    with pytest.raises(Konflikt, match="Afslut det i stedet") as fejl:
        fjern(herlev)
    assert fejl.value.kode == "organmedlem_var_med"
    with pytest.raises(IntegrityError, match="organmedlem_var_med"), transaction.atomic():
        herlev.delete()
    fjern(roedovre)
    assert set(udvalg.medlemmer.all()) == {herlev}


def test_reason_is_needed_and_only_the_kkrs_own_secretariat_takes_out() -> None:
    udvalg = organ("Herlev")
    herlev = udvalg.medlemmer.get()
    for begrundelse in (" ", "CPR 010190-1234"):
        with pytest.raises(UgyldigtInput) as fejl:
            fjern(herlev, begrundelse)
        assert set(fejl.value.felter) == {"begrundelse"}
    for aktoer, hvad in ((fabrik.sagsbehandler(), IngenAdgang), (fabrik.sekretariat("KKR Syddanmark"), IkkeFundet)):
        with pytest.raises(hvad):
            fjern_organ(aktoer=aktoer, organ_id=udvalg.pk, begrundelse=FEJL)
    andet = organ("Rødovre", art=Organart.ARBEJDSGRUPPE, navn="Gruppen")
    with pytest.raises(IkkeFundet):
        fjern_medlem(aktoer=fabrik.sekretariat(), organ_id=andet.pk, organmedlem_id=herlev.pk, begrundelse=FEJL)
