"""A term a set does not hold is named with its key and its clause wherever something reads it: to a system, on a page, in the log."""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import count
from typing import Any, Protocol

import pytest
from django.test import Client
from django.urls import reverse

from faelles.aktoer import Funktion, Rettighed
from faelles.tid import Periode, idag
from kommuner.models import Rolle
from reservationer.sag.overgange import Grund
from takster.budget.actions import gem
from takster.models import Takstenhed
from tests import fabrik
from tests.api import klienter
from tests.sag.ophold.test_sider import dato
from tests.soegning.fritvalg.test_actions import krop as fritvalg
from tests.takster.budget.situationer import EKSEMPEL, budget, oekonom
from tests.takster.fastsaettelse.situationer import godkendt, offentliggjort
from tests.takster.fastsaettelse.test_views import logget_ind
from tests.takster.regnskab.situationer import kladde
from tests.takster.vaekst.situationer import LOFT, afdeling
from tests.venteliste.situationer import med_venteliste, uden_plads
from tests.vilkaar.test_kilde import leder, sagsbehandler
from tests.vilkaar.test_udtraek import sekretariat
from vilkaar.noegler import NOEGLER, Noegle, navngivet

pytestmark = pytest.mark.django_db
_nr = count(1)


class Mist(Protocol):
    """Makes the set of every day from 2008 on lack the term, with other values where given."""

    def __call__(self, andre: dict[Noegle, str] | None = None) -> None: ...


def send(system: Client, sti: str, krop: dict[str, Any]) -> Any:
    hoved = {"idempotency-key": f"mangler-{next(_nr)}"}
    return system.post(f"/api/v1/{sti}", krop, content_type="application/json", headers=hoved)


def sag(**felter: Any) -> dict[str, Any]:
    periode = {"fra": fabrik.om(7).isoformat(), "til": fabrik.om(97).isoformat()}
    return {"hjemmel": "SEL-107", "sagsreference": "A-1", **periode, **felter}


def reserveret(mist: Mist) -> Any:
    plads, system = fabrik.ledig_plads(), klienter.myndighed()
    mist()
    return send(system, "reservationer", sag(pladsId=str(plads.pk)))


def forlaenget(mist: Mist) -> Any:
    reservation, system = fabrik.reservation(), klienter.myndighed()
    mist()
    return send(system, f"reservationer/{reservation.pk}/beslutninger", {"udfald": "forlaeng"})


def forespurgt(mist: Mist) -> Any:
    tilbud, system = fabrik.tilbud(), klienter.myndighed()
    mist()
    return send(system, "forespoergsler", sag(tilbudIder=[str(tilbud.pk)]))


def tilbudt(mist: Mist) -> Any:
    plads = fabrik.plads_med_takst()
    hos, gladsaxe = fabrik.henvendelse(plads.afdeling.tilbud), leder()
    mist()
    felter = {"sted": f"{plads.afdeling_id}/{plads.pk}", "takst": "2.500,00", **dato("fra", fabrik.om(7))}
    return gladsaxe.post(reverse("forespoergsler:giv_pladstilbud", args=[hos.pk]), felter)


def skrevet_op(mist: Mist) -> Any:
    hos, roedovre = uden_plads(med_venteliste().tilbud), sagsbehandler()
    mist()
    return roedovre.post(reverse("venteliste:skriv_op", args=[hos.pk]), {"afdeling": ""}, follow=True)


def indskrevet(mist: Mist) -> Any:
    reservation, system = fabrik.bekraeftet_reservation(), klienter.driftsherre()
    mist()
    return send(system, f"reservationer/{reservation.pk}/ophold", {"dato": fabrik.om(7).isoformat()})


def skridt(mist: Mist, *, koeber: bool = False, **krop: str) -> Any:
    """Decided today, about today and the three days after."""
    ophold = fabrik.ophold(periode=Periode(idag()))
    system = klienter.myndighed() if koeber else klienter.driftsherre()
    mist()
    return send(system, f"ophold/{ophold.pk}/beslutninger", {"dato": fabrik.om(0).isoformat(), **krop})


def fejlmeldt(mist: Mist) -> Any:
    tilbud, roedovre = fabrik.tilbud(), fabrik.kommune("Rødovre").organisation
    system = klienter.client(klienter.registrer(roedovre, Funktion.MYNDIGHED, Rettighed.FEJLMELDINGER_SKRIV))
    mist()
    return send(system, "fejlmeldinger", {"tilbudId": str(tilbud.pk), "faktum": "kontakt", "besked": "Forkert"})


def proevet(mist: Mist) -> Any:
    krop, system = fritvalg(), klienter.myndighed()
    mist()
    return send(system, "fritvalgsproever", krop)


def tilbuddets_side(mist: Mist) -> Any:
    afdelingen = fabrik.bekraeftet(fabrik.afdeling()).afdeling
    mist()
    return sagsbehandler().get(reverse("tilbud:detalje", args=[afdelingen.tilbud_id]))


def lukket(mist: Mist) -> Any:
    afdelingen = fabrik.afdeling()
    mist()
    return leder().get(reverse("tilbud:luk", args=[afdelingen.pk]))


def beregnet(mist: Mist, *, enhed: Takstenhed = Takstenhed.DOEGN, kort: bool = False) -> Any:
    et = budget()
    gem(aktoer=oekonom(), budget_id=et.pk, enhed=enhed, indhold=replace(EKSEMPEL, kort=kort))
    mist()
    return logget_ind().post(reverse("takster:beregn", args=[et.pk]), follow=True)


def aendret_midt_i_aaret(mist: Mist) -> Any:
    mist()
    et = budget()
    offentliggjort(et)
    ny = godkendt(et, fra=date(2026, 7, 1), begrundelse="Færre pladser")
    return logget_ind(Rolle.TILBUDSLEDER).post(reverse("takster:offentliggoer", args=[ny.pk]), follow=True)


def regnskabet(mist: Mist, *, andre: dict[Noegle, str] | None = None, overhead: int = 1_150_000) -> Any:
    et = kladde(overhead=Decimal(overhead))
    mist(andre)
    return logget_ind().get(reverse("takster:regnskab", args=[et.pk]))


def solgt_paa_deltid(mist: Mist) -> Any:
    hvor, hele = fabrik.afdeling(fabrik.tilbud(i="Gladsaxe")), Periode.aar(2024)
    fabrik.takst(hvor, "500.00", enhed=Takstenhed.DAG, fra=date(2024, 1, 1), til=date(2025, 1, 1))
    fabrik.optag(fabrik.ledig_plads(hvor), hele, ugedage=[1, 2])
    et = kladde(hvor.tilbud)
    mist()
    return logget_ind().get(reverse("takster:regnskab", args=[et.pk]))


def vaeksten(mist: Mist) -> Any:
    afdeling((2024, 1000), (2026, 1020))
    mist(LOFT)
    return sekretariat().get(reverse("takster:vaekst", args=[2026]))


def takstfristen(mist: Mist) -> Any:
    fabrik.afdeling()
    mist()
    return logget_ind().get(reverse("takster:liste"))


def behovene(mist: Mist) -> Any:
    fabrik.kommune()
    mist()
    return sekretariat().get(reverse("soegning:behovstal"))


def fravaer(mist: Mist) -> Any:
    return skridt(mist, udfald="meld_fravaer", fravaersart="ferie", til=fabrik.om(3).isoformat())


LAESERE: dict[Noegle, Callable[[Mist], Any]] = {
    Noegle.RESERVATION_VARIGHED: reserveret,
    Noegle.RESERVATION_BETALES: reserveret,
    Noegle.RESERVATION_FORLAENGELSER: forlaenget,
    Noegle.FORESPOERGSEL_SVARFRIST: forespurgt,
    Noegle.PLADSTILBUD_GYLDIGHED: tilbudt,
    Noegle.VENTELISTE_ESKALERING_DAGE: skrevet_op,
    Noegle.FOERSTE_BETALINGSDAG: indskrevet,
    Noegle.GODKENDELSE_KRAEVES: indskrevet,
    Noegle.AKUT_UGER: indskrevet,
    Noegle.AKUT_FORLAENGELSE_UGER: indskrevet,
    Noegle.GENBELAEGNING_STOPPER: indskrevet,
    Noegle.DOED_BETALES_DAGE: partial(skridt, udfald="udskriv", grund=Grund.DOED.value),
    Noegle.FRAVAER_PROCENT: fravaer,
    Noegle.OPSIGELSE_VARSEL_KOMMUNE: partial(skridt, koeber=True, udfald="opsig", grund=Grund.ANDET_TILBUD_VALGT.value),
    Noegle.OPSIGELSE_VARSEL_TILBUD: partial(skridt, udfald="opsig", grund=Grund.IKKE_MAALGRUPPE.value),
    Noegle.BEKRAEFTELSE_FORFALD_DAGE: tilbuddets_side,
    Noegle.BEKRAEFTELSE_FORAELDET_DAGE: tilbuddets_side,
    Noegle.FEJLMELDING_FRIST_DAGE: fejlmeldt,
    Noegle.LUKNING_ALENE_DAGE: lukket,
    Noegle.BELAEGNING_METODE: beregnet,
    Noegle.BELAEGNING_MIN: beregnet,
    Noegle.BELAEGNING_MIN_KORT: partial(beregnet, kort=True),
    Noegle.BELAEGNING_MAKS: beregnet,
    Noegle.OVERHEAD_METODE: beregnet,
    Noegle.OVERHEAD_PROCENT: beregnet,
    Noegle.DAGSBASIS: beregnet,
    Noegle.DAGSBASIS_DAGTILBUD: partial(beregnet, enhed=Takstenhed.DAG),
    Noegle.AFRUNDING: beregnet,
    Noegle.EFTERREGULERING_METODE: regnskabet,
    Noegle.EFTERREGULERING_GRUNDLAG: regnskabet,
    Noegle.EFTERREGULERING_TAERSKEL_PROCENT: regnskabet,
    Noegle.EFTERREGULERING_AARSFORSKYDNING: regnskabet,
    Noegle.HENSAETTELSE_AAR: partial(regnskabet, andre={Noegle.EFTERREGULERING_METODE: "hensaettelse"}),
    Noegle.UNDERSKUD_REGEL: partial(regnskabet, overhead=5_000_000),
    Noegle.DELTIDSFAKTORER: solgt_paa_deltid,
    Noegle.VAEKSTLOFT: vaeksten,
    Noegle.VAEKSTLOFT_BASISAAR: vaeksten,
    Noegle.VAEKSTLOFT_FRADRAG_PROCENT: vaeksten,
    Noegle.VAEKSTLOFT_METODE: vaeksten,
    Noegle.DISKRETION_GRAENSE: behovene,
    Noegle.FRIT_VALG_GRAENSE_PROCENT: proevet,
    Noegle.TAKST_FRIST: takstfristen,
    Noegle.MIDTAARSAENDRING: aendret_midt_i_aaret,
}
# Read by the clock alone: tests/tilbud/bekraeftelser/test_paamindelse.py, tests/sag/test_anonymiser.py and tests/venteliste/test_anonymiser.py see them named in the log.
I_LOGGEN = {
    Noegle.BEKRAEFTELSE_PAAMINDELSE_DAGE, Noegle.OPBEVARING_REGNSKAB_MAANEDER, Noegle.OPBEVARING_KRAV_MAANEDER,
    Noegle.OPBEVARING_FORESPOERGSEL_MAANEDER,
}  # fmt: skip
# What nothing here is computed by yet: closures and guarantees, claims, and the bill of a month.
UDEN_LAESER = {
    Noegle.FOERSTE_DAG_TAELLER, Noegle.SIDSTE_DAG_TAELLER, Noegle.LUKNING_NOEGLE, Noegle.LUKNING_AAR, Noegle.LUKNING_VARSEL,
    Noegle.GARANTI_ANDEL_PROCENT, Noegle.GARANTI_MAKS_AAR, Noegle.GARANTI_NOEGLE, Noegle.INDSIGELSE_FRIST, Noegle.KRAV_FRIST_PRIVATE,
}  # fmt: skip


def mist(noegle: Noegle, andre: dict[Noegle, str] | None = None) -> None:
    kkr = fabrik.kkr()
    kkr.vilkaarssaet.update(periode="[2007-01-01,2008-01-01)")
    fabrik.vilkaar(kkr, fra=date(2008, 1, 1), uden=noegle, andre=andre)


def sagt(svar: Any) -> str:
    """What the answer tells people, or a system, without markup."""
    if svar["Content-Type"].startswith("application/"):
        return str(svar.json()["detail"])
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", svar.content.decode())).split())


def test_every_key_of_the_register_has_a_reader_here_or_none_at_all() -> None:
    assert [et for et in NOEGLER if [et in LAESERE, et in I_LOGGEN, et in UDEN_LAESER].count(True) != 1] == []


@pytest.mark.parametrize("noegle", LAESERE)
def test_missing_term_is_named_with_key_and_clause_where_it_is_read(noegle: Noegle) -> None:
    svar = LAESERE[noegle](partial(mist, noegle))
    assert svar.status_code < 500
    if svar["Content-Type"].startswith("application/"):
        assert (svar.status_code, svar.json()["code"]) == (409, "vilkaar_mangler"), svar.content
    assert f"{navngivet(noegle)} mangler i Testaftale, sæt 2." in sagt(svar)
