"""A hearing that is still a draft is discarded, by page and over REST; one that is sent never is, whoever asks."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from faelles.aktoer import Funktion
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt
from kommuner.models import Bruger
from kommuner.roller import KLIENTRETTIGHEDER
from rammeaftale.hoering.actions import afslut, fjern_hoering, ret_hoering
from rammeaftale.models import Hoering, Hoeringsmodtager
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.hoering.situationer import indhold, kladde, sendt, udkast
from tests.samtidig import aabnet

pytestmark = pytest.mark.django_db


def test_draft_goes_with_its_recipients_and_a_hearing_that_is_sent_stays() -> None:
    aftale = udkast()
    ude = sendt(aftale)
    fjern_hoering(aktoer=fabrik.sekretariat(), hoering_id=kladde(aftale).pk)
    assert list(Hoering.objects.all()) == [ude]
    assert {m.hoering_id for m in Hoeringsmodtager.objects.all()} == {ude.pk}
    for stand in ("Sendt i høring", "Afsluttet"):
        with pytest.raises(Konflikt, match=stand):
            fjern_hoering(aktoer=fabrik.sekretariat(), hoering_id=ude.pk)
        if stand != "Afsluttet":
            afslut(aktoer=fabrik.sekretariat(), hoering_id=ude.pk)
    assert ude.modtagere.count() == 2


def test_only_the_own_secretariat_discards() -> None:
    hoering = kladde()
    fabrik.kommune("Odense", i="KKR Syddanmark")
    for hvem, fejl in ((fabrik.sagsbehandler(), IngenAdgang), (fabrik.sekretariat("KKR Syddanmark"), IkkeFundet)):
        with pytest.raises(fejl):
            fjern_hoering(aktoer=hvem, hoering_id=hoering.pk)
    fjern_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk)
    assert not Hoering.objects.exists()


def test_draft_another_has_written_on_since_is_not_discarded_unseen() -> None:
    client, hoering = Client(), kladde()
    client.force_login(Bruger.objects.get(pk=fabrik.sekretariat().identitet.removeprefix("bruger:")))
    fjern = reverse("rammeaftale:fjern_hoering", args=[hoering.pk])
    felter = aabnet(client, fjern)
    ret_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk, indhold=indhold(foelgebrev="Kære alle"))
    svar = client.post(fjern, felter)
    assert (svar.status_code, "Kære alle" in svar.content.decode()) == (422, True)
    assert Hoering.objects.filter(pk=hoering.pk).exists()
    assert client.post(fjern, aabnet(client, fjern)).status_code == 302


def test_database_lets_only_a_draft_go() -> None:
    aftale = udkast()
    udkastet, ude = kladde(aftale), sendt(aftale)

    def slet(hoering: Hoering) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM rammeaftale_hoeringsmodtager WHERE hoering_id = %s", [udkastet.pk])
            cursor.execute("DELETE FROM rammeaftale_hoering WHERE id = %s", [hoering.pk])

    with pytest.raises(IntegrityError) as fejl:
        slet(ude)
    assert fejl.value.__cause__.diag.constraint_name == "hoering_kun_kladde_fjernes"  # type: ignore[union-attr]  # psycopg's own
    slet(udkastet)
    assert list(Hoering.objects.all()) == [ude]


def test_page_asks_before_a_draft_is_discarded_and_does_not_offer_it_of_one_that_is_sent() -> None:
    client, aftale = Client(), udkast()
    client.force_login(Bruger.objects.get(pk=fabrik.sekretariat().identitet.removeprefix("bruger:")))
    udkastet, ude = kladde(aftale), sendt(aftale)

    def siden(hoering: Hoering) -> tuple[str, str]:
        fjern = reverse("rammeaftale:fjern_hoering", args=[hoering.pk])
        return fjern, client.get(reverse("rammeaftale:hoering", args=[hoering.pk])).content.decode()

    fjern, side = siden(udkastet)
    assert fjern in side
    assert "Ingen af dem har hørt om den" in client.get(fjern).content.decode()
    assert Hoering.objects.filter(pk=udkastet.pk).exists(), "asked only"
    svar = client.post(fjern, aabnet(client, fjern), follow=True)
    assert svar.redirect_chain[-1][0] == reverse("rammeaftale:hoeringer", args=[aftale.slug])
    assert "Kladden er fjernet." in svar.content.decode()
    fjern, side = siden(ude)
    assert fjern not in side
    afvist = client.post(fjern)
    assert (afvist.status_code, "Sendt i høring" in afvist.content.decode()) == (422, True)
    assert list(Hoering.objects.all()) == [ude]


def test_rest_discards_a_draft_and_no_other() -> None:
    aftale, hvem = udkast(), fabrik.kkr().sekretariat
    assert hvem is not None
    klient = klienter.registrer(hvem, Funktion.SEKRETARIAT, *KLIENTRETTIGHEDER[Funktion.SEKRETARIAT])
    client: Any = klienter.client(klient)
    udkastet, ude = kladde(aftale), sendt(aftale)
    assert client.delete(f"/api/v1/hoeringer/{ude.pk}").json()["code"] == "hoering_forkert_stand"
    sti = f"/api/v1/hoeringer/{udkastet.pk}"
    set_ = {"if-match": client.get(sti).headers["ETag"]}
    assert [client.delete(sti, headers=set_).status_code for _ in range(2)] == [204, 404]
    assert list(Hoering.objects.all()) == [ude]
