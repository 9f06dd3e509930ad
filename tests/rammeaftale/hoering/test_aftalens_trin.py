"""Hearings when their agreement goes on: closed when it lapses, asked about when it is sent."""

import pytest
from django.urls import reverse

from faelles.fejl import UgyldigtInput
from faelles.models import Haendelse
from faelles.tid import idag
from rammeaftale.hoering.actions import behandl, nyt_link
from rammeaftale.hoering.breve import bestil_paamindelser, send_links
from rammeaftale.hoering.queries import find_link, linkets_stand, rest
from rammeaftale.hoering.regler import Behandlingsudfald, Hoeringsrest, Linkstand
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Hoering, Rammeaftale
from tests import fabrik
from tests.rammeaftale.aftaler import anbefal, kladde, send, tag
from tests.rammeaftale.hoering import situationer
from tests.rammeaftale.hoering.situationer import ORGANISATION, besvar, noegle, sendt
from tests.rammeaftale.test_sider import sekretariat
from tests.rammeaftale.test_trin import nyeste
from tests.rammeaftale.test_trin_sider import dag

pytestmark = pytest.mark.django_db


@pytest.fixture
def aftale() -> Rammeaftale:
    """A draft that can be sent, out for hearing: one of two recipients has remarked on it."""
    udkast = kladde("Rødovre", "Herlev")
    sendt(udkast, om=5)
    besvar(noegle(), {None: "Skriv mere."})
    return udkast


def bortfald(udkast: Rammeaftale) -> None:
    tag(udkast, Aftaletilstand.BORTFALDET)


def test_agreement_that_lapses_takes_its_open_hearings_with_it(aftale: Rammeaftale) -> None:
    ubesvaret, i_kladde = noegle(ORGANISATION), situationer.kladde(aftale)
    anden = sendt(situationer.udkast())
    side = sekretariat().get(reverse("rammeaftale:trin", args=[aftale.slug, "bortfaldet"])).content.decode()
    assert "1 høring, der er åben, afsluttes samtidig" in side
    bortfald(aftale)
    link = find_link(ubesvaret)
    assert link is not None
    assert linkets_stand(link, idag()) is Linkstand.UDLOEBET
    assert set(Hoering.objects.filter(afsluttet=None)) == {i_kladde, anden}
    assert Haendelse.objects.filter(type="hoering.afsluttet").count() == 1
    Hoering.objects.filter(pk=anden.pk).update(paamind_dage=None)
    assert (bestil_paamindelser(), send_links()) == (0, 0)


def test_hearing_goes_on_when_the_agreement_only_goes_back(aftale: Rammeaftale) -> None:
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    tag(aftale, Aftaletilstand.KLADDE)
    assert rest(aftale) == Hoeringsrest(aabne=1, ubehandlede=1)
    side = sekretariat().get(reverse("rammeaftale:trin", args=[aftale.slug, "embedsmandsudvalg"]))
    assert "afsluttes samtidig" not in side.content.decode()


def test_version_is_sent_from_an_open_hearing_only_when_that_is_confirmed(aftale: Rammeaftale) -> None:
    anbefal(aftale)
    with pytest.raises(UgyldigtInput) as fejl:
        send(aftale)
    assert fejl.value.felter == {
        "trods_hoering": [
            "1 høring er åben og 1 bemærkning er ikke behandlet. Bekræft, at versionen alligevel skal sendes."
        ]
    }
    adresse = reverse("rammeaftale:send", args=[aftale.slug])
    felter = {**dag("dato"), **dag("frist", fabrik.om(60))}
    assert "1 høring er åben og 1 bemærkning er ikke behandlet" in sekretariat().get(adresse).content.decode()
    assert sekretariat().post(adresse, felter).status_code == 422
    assert sekretariat().post(adresse, {**felter, "trods_hoering": "on"}).status_code == 302
    assert nyeste(aftale).sendt == idag()


def test_only_remarks_of_the_answer_that_counts_are_waited_for_until_they_are_decided_on(aftale: Rammeaftale) -> None:
    hoering = Hoering.objects.get()
    modtager = hoering.modtagere.get(links__svar__isnull=False)
    nyt_link(aktoer=fabrik.sekretariat(), modtager_id=modtager.pk)
    send_links()
    svar = besvar(noegle(), {None: "Skriv lidt mere."})
    assert rest(aftale) == Hoeringsrest(aabne=1, ubehandlede=1)
    bemaerkning = svar.bemaerkninger.get()
    behandl(
        aktoer=fabrik.sekretariat(),
        bemaerkning_id=bemaerkning.pk,
        udfald=Behandlingsudfald.TIL_EFTERRETNING,
    )
    assert rest(aftale) == Hoeringsrest(aabne=1, ubehandlede=0)


@pytest.mark.parametrize(
    ("hvad", "tekst"),
    [
        (Hoeringsrest(0, 0), ""),
        (Hoeringsrest(2, 0), "2 høringer er åbne"),
        (Hoeringsrest(0, 3), "3 bemærkninger er ikke behandlet"),
    ],
)
def test_what_is_left_is_said_in_words(hvad: Hoeringsrest, tekst: str) -> None:
    assert hvad.tekst == tekst
