"""A notice follows what the parties agreed outside the rammeaftale, else its terms; and it names which, to those who may see it."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from faelles.aktoer import Aktoer
from faelles.tid import Periode
from reservationer.sag.models import Ophold, Opsigelse
from reservationer.sag.ophold import queries
from reservationer.sag.ophold.frister import Varsel
from reservationer.sag.ophold.tabeller import raekker
from reservationer.sag.overgange import Grund, Udfald
from tests import fabrik
from tests.api import klienter
from tests.sag.aftaler.situationer import aftalt, kladde
from tests.sag.ophold.test_forloeb import goer
from tests.sag.test_sider import klient, tekst

pytestmark = pytest.mark.django_db

IDAG = fabrik.om(0)
AFTALT: dict[str, Any] = {"variant": "uden", "varsel_kommune": "14d", "varsel_tilbud": "1m", "gaelder_fra": IDAG}


def nyt(reference: str = "RK-2026-1") -> Ophold:
    return fabrik.ophold(periode=Periode(IDAG), reference=reference)


def opsig(hvem: Aktoer, ophold: Ophold) -> Opsigelse:
    """The notice, given today."""
    goer(hvem, ophold, Udfald.OPSIG, Grund.ANDET, tekst="Aftalt", dato=IDAG)
    (opsigelse,) = queries.historie(hvem, ophold).opsigelser
    return opsigelse


def efter(varsel: str) -> date:
    return Varsel.laes(varsel).ophoer(IDAG)


def test_notice_agreed_outside_the_rammeaftale_is_the_one_that_runs_for_each_side() -> None:
    for nummer, (hvem, varsel) in enumerate([(fabrik.sagsbehandler(), "14d"), (fabrik.tilbudsleder(), "1m")]):
        ophold = nyt(f"RK-{nummer}")
        aftale = aftalt(ophold, **AFTALT)
        opsigelse = opsig(hvem, ophold)
        assert (opsigelse.ophoer, opsigelse.varsel) == (efter(varsel), str(Varsel.laes(varsel)))
        assert (opsigelse.aftale_id, opsigelse.vilkaarssaet_id) == (aftale.pk, None)
        assert efter(varsel) != efter("1m" if nummer == 0 else "3m"), "the terms say another"


def test_without_an_agreement_in_force_outside_the_rammeaftale_the_terms_say_it() -> None:
    uden, kun_kladde, inden, ikke_endnu = (nyt(f"RK-{nummer}") for nummer in range(4))
    kladde(kun_kladde, **AFTALT)
    aftalt(inden, **AFTALT)
    aftalt(inden, gaelder_fra=IDAG)  # the latest goes back inside
    aftalt(ikke_endnu, **AFTALT | {"gaelder_fra": fabrik.om(1)})
    for ophold in (uden, kun_kladde, inden, ikke_endnu):
        opsigelse = opsig(fabrik.tilbudsleder(), ophold)
        assert (opsigelse.ophoer, opsigelse.aftale_id) == (efter("3m"), None)
        assert opsigelse.vilkaarssaet_id is not None


def test_the_latest_version_in_force_says_it() -> None:
    ophold = nyt()
    aftalt(ophold, **AFTALT)
    anden = aftalt(ophold, **AFTALT | {"varsel_tilbud": "2m"})
    aftalt(ophold, **AFTALT | {"varsel_tilbud": "6m", "gaelder_fra": fabrik.om(1)})
    opsigelse = opsig(fabrik.tilbudsleder(), ophold)
    assert (opsigelse.ophoer, opsigelse.aftale_id) == (efter("2m"), anden.pk)


def test_an_agreement_with_a_municipality_that_is_no_longer_responsible_binds_nobody() -> None:
    ophold = nyt()
    aftalt(ophold, **AFTALT)
    herlev = fabrik.kommune("Herlev").pk
    goer(
        fabrik.sagsbehandler(),
        ophold,
        Udfald.SKIFT_KOMMUNE,
        Grund.AFGOERELSE,
        dato=IDAG,
        handlekommune=herlev,
        betalingskommune=herlev,
        dokument="Afgørelse 12",
    )
    assert opsig(fabrik.tilbudsleder(), ophold).ophoer == efter("3m")


def test_notice_has_exactly_one_source() -> None:
    ophold = nyt()
    aftale = aftalt(ophold, **AFTALT)
    opsigelse = opsig(fabrik.sagsbehandler(), ophold)
    for kilde in ({"aftale": None}, {"aftale": aftale.pk, "vilkaarssaet": ophold.vilkaarssaet_id}):
        with pytest.raises(IntegrityError, match="opsigelse_efter_netop_en_kilde"), transaction.atomic():
            Opsigelse.objects.for_systemet("test").filter(pk=opsigelse.pk).update(**kilde)


def test_page_names_the_version_before_and_after_the_notice_is_given() -> None:
    ophold = nyt()
    aftale = aftalt(ophold, **AFTALT)
    til_aftalen = reverse("aftaler:detalje", args=[aftale.pk])
    side = klient().get(reverse("ophold:beslut", args=[ophold.pk, "opsig"])).content.decode()
    assert "Varslet er aftalt mellem parterne i" in side
    assert til_aftalen in side
    assert "Efter Ophold og opsigelse" not in side
    opsig(fabrik.sagsbehandler(), ophold)
    side = tekst(klient().get(reverse("ophold:detalje", args=[ophold.pk])))
    assert "varsel 14 dage" in side
    assert "Varslet er aftalt mellem parterne i placeringsaftalens version 1" in side


def test_rest_and_the_table_name_the_version_and_else_the_clause_and_set() -> None:
    ophold, andet = nyt(), nyt("RK-2")
    aftale = aftalt(ophold, **AFTALT)
    hvem = fabrik.sagsbehandler()
    opsig(hvem, ophold)
    opsig(hvem, andet)
    svar, efter_vilkaar = (klienter.myndighed().get(f"/api/v1/ophold/{et.pk}").json() for et in (ophold, andet))
    assert svar["opsagtTil"] == efter("14d").isoformat()
    assert svar["opsagtEfterAftale"] == {"placeringsaftaleId": str(aftale.pk), "version": 1}
    assert "opsagtTil" not in {et["felt"] for et in svar["efterVilkaar"]}
    assert efter_vilkaar["opsagtEfterAftale"] is None
    assert "opsagtTil" in {et["felt"] for et in efter_vilkaar["efterVilkaar"]}
    with transaction.atomic():
        (i_filen, andet_i_filen) = ("; ".join(map(str, en)) for en in raekker(hvem, [ophold.pk, andet.pk], IDAG))
    assert "opsagt til: placeringsaftalen, version 1" in i_filen
    assert "placeringsaftalen" not in andet_i_filen
