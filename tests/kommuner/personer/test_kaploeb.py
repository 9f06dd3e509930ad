"""Two at once: one approval, one acceptance, and an organisation is never left without an administrator."""

import pytest

from faelles.aktoer import Aktoer
from faelles.fejl import Konflikt
from faelles.models import Haendelse
from faelles.tid import idag
from kommuner.models import Bruger, Forslagsudfald, Rolle, Tilknytning
from kommuner.personer.actions import afgoer_forslag, afslut_rolle, tag_imod
from kommuner.personer.maal import administratorer
from tests import fabrik
from tests.sag.test_kaploeb import loeb

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.kaploeb]


def udfald(resultater: list[object]) -> list[str]:
    return sorted(getattr(resultat, "fejl", None) or "vandt" for resultat in resultater)


def test_two_administrators_approve_the_same_proposal_and_it_takes_effect_once() -> None:
    roedovre = fabrik.kommune("Rødovre").organisation
    kandidat = fabrik.bruger(Rolle.LAESER, roedovre)
    forslag = fabrik.forslag(kandidat.email, organisation=roedovre)
    to = [fabrik.administrator("Rødovre"), fabrik.administrator("Rødovre")]

    def forsoeg(nummer: int) -> None:
        afgoer_forslag(
            aktoer=to[nummer], organisation_id=roedovre.pk, forslag_id=forslag.pk, udfald=Forslagsudfald.GODKENDT
        )

    assert udfald([*loeb(forsoeg, 2)]) == ["forslag_afgjort", "vandt"]
    assert administratorer(roedovre.pk, idag()).filter(bruger=kandidat).count() == 1
    assert Haendelse.objects.filter(type="tilknytning.givet").count() == 1


def test_two_use_the_same_link_and_one_becomes_the_person() -> None:
    roedovre = fabrik.kommune("Rødovre").organisation
    _, noegle = fabrik.invitation("ny@example.dk", organisation=roedovre)
    koder = ["den-foerste-lange-kode", "den-anden-lange-kode"]

    def forsoeg(nummer: int) -> None:
        tag_imod(noegle=noegle, bruger=None, adgangskode=koder[nummer])

    resultater = loeb(forsoeg, 2)
    assert udfald([*resultater]) == ["invitation_lukket", "vandt"]
    vinder = next(nummer for nummer, resultat in enumerate(resultater) if resultat.fejl is None)
    assert Bruger.objects.get(email="ny@example.dk").check_password(koder[vinder])
    assert Tilknytning.objects.count() == 1


def test_two_links_to_the_same_new_person_make_one_person() -> None:
    noegler = [
        fabrik.invitation("ny@example.dk", organisation=fabrik.kommune(navn).organisation)[1]
        for navn in ("Rødovre", "Herlev")
    ]

    def forsoeg(nummer: int) -> None:
        tag_imod(noegle=noegler[nummer], bruger=None, adgangskode=fabrik.ADGANGSKODE)

    assert udfald([*loeb(forsoeg, 2)]) == ["log_paa_foerst", "vandt"]
    assert Bruger.objects.filter(email="ny@example.dk").count() == 1


def test_two_administrators_end_each_other_and_one_is_left() -> None:
    roedovre = fabrik.kommune("Rødovre").organisation
    to = [fabrik.administrator("Rødovre"), fabrik.administrator("Rødovre")]

    def rolle(aktoer: Aktoer) -> Tilknytning:
        return Tilknytning.objects.get(bruger_id=aktoer.identitet.removeprefix("bruger:"))

    roller = [rolle(aktoer) for aktoer in to]

    def forsoeg(nummer: int) -> None:
        afslut_rolle(aktoer=to[nummer], organisation_id=roedovre.pk, tilknytning_id=roller[1 - nummer].pk)

    assert udfald([*loeb(forsoeg, 2)]) == ["sidste_administrator", "vandt"]
    assert administratorer(roedovre.pk, idag()).count() == 1
    tilbage = administratorer(roedovre.pk, idag()).get()
    with pytest.raises(Konflikt):
        afslut_rolle(aktoer=to[roller.index(tilbage)], organisation_id=roedovre.pk, tilknytning_id=tilbage.pk)
