"""Every list that shows deadlines says beneath it in which clause and set they are agreed."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from faelles.scope import som_systemet
from faelles.tid import Periode
from reservationer.sag.actions import beslut
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Ophold, Reservation
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.overgange import Data, Grund, Udfald
from tests import fabrik
from tests.venteliste.situationer import med_venteliste, venter
from tests.vilkaar.test_kilde import leder, sagsbehandler
from tests.vilkaar.test_udtraek import akut
from vilkaar.models import Saetstatus
from vilkaar.noegler import NOEGLER, Noegle

pytestmark = pytest.mark.django_db


def opsagt() -> Ophold:
    ophold = fabrik.ophold(periode=Periode(fabrik.om(0)))
    indhold = Indhold(grund=Grund.BEHOV_BORTFALDET, data={Data.DATO: fabrik.om(0)})
    return afgoer_ophold(aktoer=fabrik.sagsbehandler(), ophold_id=ophold.pk, udfald=Udfald.OPSIG, indhold=indhold)


LISTER = [
    (fabrik.reservation, sagsbehandler, "sag:liste", Noegle.RESERVATION_VARIGHED),
    (fabrik.henvendelse, sagsbehandler, "forespoergsler:liste", Noegle.FORESPOERGSEL_SVARFRIST),
    (lambda: venter(med_venteliste()), sagsbehandler, "venteliste:liste", Noegle.VENTELISTE_ESKALERING_DAGE),
    (opsagt, sagsbehandler, "ophold:liste", Noegle.OPSIGELSE_VARSEL_KOMMUNE),
    (akut, sagsbehandler, "ophold:akutte", Noegle.AKUT_UGER),
    (fabrik.fejlmelding, leder, "tilbud:fejlmeldinger", Noegle.FEJLMELDING_FRIST_DAGE),
]


@pytest.mark.parametrize(("situation", "hvem", "rute", "noegle"), LISTER)
def test_list_names_clause_and_set_beneath_the_deadlines(
    situation: Callable[[], object], hvem: Callable[[], Client], rute: str, noegle: Noegle
) -> None:
    situation()
    side = hvem().get(reverse(rute)).content.decode()
    assert f"følger {NOEGLER[noegle].klausul}, sæt 1 i Testaftale." in side


def test_list_of_what_waits_no_longer_names_no_term() -> None:
    beslut(aktoer=fabrik.tilbudsleder(), reservation_id=fabrik.reservation().pk, udfald=Udfald.BEKRAEFT)
    fabrik.ophold()
    assert "Testaftale" not in sagsbehandler().get(reverse("sag:liste")).content.decode()
    assert "Testaftale" not in sagsbehandler().get(reverse("ophold:liste")).content.decode()


def test_list_of_deadlines_under_different_sets_names_both_and_says_where_each_is() -> None:
    aeldre = fabrik.reservation()
    fabrik.reservation(reference="RK-2026-2")
    senere = fabrik.vilkaar(fabrik.kkr(), fra=fabrik.om(400), status=Saetstatus.FORELOEBIG)
    with som_systemet("test"):
        Reservation.objects.for_systemet("test").exclude(pk=aeldre.pk).update(vilkaarssaet=senere)
    side = sagsbehandler().get(reverse("sag:liste")).content.decode()
    assert (
        "følger Reservation, sæt 1 i Testaftale; Reservation, sæt 2 i Testaftale (foreløbigt). Hvilket af dem" in side
    )
