"""Whatever comes after a municipality's time, no page, list, file, tag or refusal of the platform tells it: all of them answer the same as if nothing had."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from difflib import ndiff
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from freezegun import freeze_time

from faelles.tid import nu
from kommuner.models import Rolle
from reservationer.sag.models import Ophold, Placeringsaftale
from reservationer.sag.ophold.api import TILSTANDE
from reservationer.sag.ophold.apiformer import SKRIDT
from reservationer.sag.ophold.opgaver import Slags
from reservationer.sag.overgange import Emne, udfald_for
from tests import fabrik
from tests.api import klienter
from tests.api.adgang import raekker as operationer
from tests.kommuner.spor.situationer import administrator, klient
from tests.sag.ophold.situationer import i_roedovres_tid, siden
from tests.sider import raekker as siderne

pytestmark = pytest.mark.django_db

SENERE = timedelta(days=20)  # when somebody looks
Svar = tuple[int, str, str]
# What differs from one answer to the next for reasons of its own.
EGET = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|"x-csrftoken": "[^"]*"|"(instance|traceId)":"[^"]*"')
Sag = tuple[Ophold, Placeringsaftale, Placeringsaftale]


PLADSENS_DAGE = (5, 12, 19)  # Rødovre's, Herlev's, and after the end
MODULER = ("ophold:", "sag:", "aftaler:", "spor:")
RESSOURCER = ("ophold", "reservationer", "placeringsaftaler")


@pytest.fixture
def sag() -> Sag:
    """Rødovre's stay, which is Herlev's from the tenth day."""
    return i_roedovres_tid()


def sider(sag: Sag) -> Iterator[tuple[str, str]]:
    """Every page about stays, reservations and agreements, with its filters and orders: its name and where it is."""
    ophold, *aftaler = sag
    for noegle, vaerdier in {
        "tilstand": TILSTANDE,
        "sorter": ("til", "-til", "fra"),
        "tekst": ("RK-2026-1",),
        "venter": Slags,
    }.items():
        for vaerdi in vaerdier:
            yield "ophold:liste", f"{reverse('ophold:liste')}?{noegle}={vaerdi}"
            yield "ophold:eksport", f"{reverse('ophold:eksport', args=['csv'])}?{noegle}={vaerdi}"
    for sorter in ("fra", "-fra", "udloeber"):
        yield "sag:liste", f"{reverse('sag:liste')}?sorter={sorter}"
    yield "sag:eksport", reverse("sag:eksport", args=["csv"])
    yield "ophold:eksport_akutte", reverse("ophold:eksport_akutte", args=["csv"])
    for dag in PLADSENS_DAGE:  # told from the day somebody looks
        yield (
            "sag:paa_plads",
            reverse("sag:paa_plads", args=[pladsen(ophold), fabrik.om(dag - SENERE.days).isoformat()]),
        )
    for navn in ("start", "ophold:akutte", "forespoergsler:liste", "venteliste:liste", "svartider:egne", "sag:ny"):
        yield navn, reverse(navn)
    yield from sagens_sider(ophold, aftaler)


def sagens_sider(ophold: Ophold, aftaler: Sequence[Placeringsaftale]) -> Iterator[tuple[str, str]]:
    """The pages of the stay, its reservation and its agreements, and the page of every step of each."""
    yield "ophold:detalje", reverse("ophold:detalje", args=[ophold.pk])
    for navn in ("sag:detalje", "sag:kvittering"):
        yield navn, reverse(navn, args=[ophold.reservation_id])
    for skridt in udfald_for(Emne.OPHOLD):
        yield "ophold:beslut", reverse("ophold:beslut", args=[ophold.pk, skridt.value])
    for udfald in udfald_for(Emne.RESERVATION):
        yield "sag:beslut", reverse("sag:beslut", args=[ophold.reservation_id, udfald.value])
    for aftale in aftaler:
        for navn in ("aftaler:detalje", "aftaler:ret", "aftaler:dokument"):
            yield navn, reverse(navn, args=[aftale.pk])
        for trin in udfald_for(Emne.PLACERINGSAFTALE):
            yield "aftaler:beslut", reverse("aftaler:beslut", args=[aftale.pk, trin.value])


def logge(ophold: Ophold) -> Iterator[tuple[str, str]]:
    """The logs of what others have read and of every change of the stay, as pages and files."""
    for navn, foresp in (("aendringer", f"?objekt={ophold.pk}"), ("laesninger", "?hvem=andre")):
        yield f"spor:{navn}", reverse(f"spor:{navn}") + foresp
        yield f"spor:{navn}_fil", reverse(f"spor:{navn}_fil", args=["csv"]) + foresp


def laeses(sag: Sag) -> Iterator[tuple[str, str]]:
    """Everything the API reads of them, with its filters."""
    ophold, *aftaler = sag
    for tilstand in TILSTANDE:
        yield "ophold", f"ophold?tilstand={tilstand}&antal=true"
    yield "ophold", "ophold?udenGodkendelse=overskredet"
    yield "reservationer", "reservationer"
    yield "placeringsaftaler", "placeringsaftaler"
    yield "ophold/{ophold_id}", f"ophold/{ophold.pk}"
    yield "ophold/{ophold_id}/beslutninger", f"ophold/{ophold.pk}/beslutninger"
    yield "ophold/{ophold_id}/fravaer", f"ophold/{ophold.pk}/fravaer"
    yield "reservationer/{reservation_id}", f"reservationer/{ophold.reservation_id}"
    yield "reservationer/{reservation_id}/beslutninger", f"reservationer/{ophold.reservation_id}/beslutninger"
    for aftale in aftaler:
        yield "placeringsaftaler/{placeringsaftale_id}", f"placeringsaftaler/{aftale.pk}"
        yield "placeringsaftaler/{godkendt_aftale_id}/dokument", f"placeringsaftaler/{aftale.pk}/dokument"


def skrives(sag: Sag) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Everything somebody could try to do to them; a former party is refused, and must not learn why it would be too late."""
    ophold, aftale, foraeldet = sag
    data = {
        "dato": fabrik.om(-1), "til": fabrik.om(0), "fravaersart": "ferie", "hjemmel": "SEL-107", "dokument": "AST 1", "bemaerkning": "x",
        "takst": "1.00", "pladsId": pladsen(ophold), "handlekommune": "175", "betalingskommune": "175", "ugedage": [1],
        "fravaerId": fravaeret(ophold), "grund": "fejlregistreret",
    }  # fmt: skip
    for skridt in SKRIDT:
        yield "ophold/{ophold_id}/beslutninger", f"ophold/{ophold.pk}/beslutninger", {"udfald": skridt, **data}
    yield "placeringsaftaler", "placeringsaftaler", {"opholdId": ophold.pk}
    for en in (aftale, foraeldet):
        for udfald in udfald_for(Emne.PLACERINGSAFTALE):
            sti = f"placeringsaftaler/{en.pk}/beslutninger"
            yield "placeringsaftaler/{placeringsaftale_id}/beslutninger", sti, {"udfald": udfald, "bemaerkning": "x"}
    flyt = {"pladsId": pladsen(ophold), "fra": fabrik.om(1), "hjemmel": "SEL-107", "sagsreference": "RK-2026-1"}
    yield "reservationer", "reservationer", {**flyt, "fortsaetterOpholdId": ophold.pk}
    sti = f"reservationer/{ophold.reservation_id}/beslutninger"
    for skridt in ("annuller", "forlaeng"):
        yield "reservationer/{reservation_id}/beslutninger", sti, {"udfald": skridt}


def fravaeret(ophold: Ophold) -> str:
    """The first absence of it."""
    with transaction.atomic():
        return str(ophold.fravaer.synlige_for(fabrik.tilbudsleder()).earliest("periode").pk)


def pladsen(ophold: Ophold) -> str:
    """The place it began on."""
    with transaction.atomic():
        return str(ophold.pladser.synlige_for(fabrik.tilbudsleder()).earliest("optagelse__periode").optagelse.plads_id)


class Seer:
    """A municipality: its case worker's and its administrator's browsers, and its system."""

    def __init__(self, navn: str) -> None:
        self.sagsbehandler = klient(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune(navn).organisation))
        self.administrator, self.system = administrator(navn), klienter.myndighed(navn)

    def ser(self, sag: Sag, *, skriver: bool) -> dict[str, Svar]:
        """Every answer, by address; `skriver`: also to what is tried and refused."""
        sidernes, apiets, forsoeg = [url for _, url in sider(sag)], [url for _, url in laeses(sag)], list(skrives(sag))
        self.sagsbehandler.get("/")  # what the last of the pages before left to be said on the next
        svar = {url: _svar(self.sagsbehandler.get(url)) for url in sidernes}
        svar |= {url: _svar(self.system.get(f"/api/v1/{url}")) for url in apiets}
        for _, url, krop in forsoeg if skriver else ():
            hoveder = {"idempotency-key": str(uuid4())}
            fik = self.system.post(f"/api/v1/{url}", krop, content_type="application/json", headers=hoveder)
            svar[f"POST {url} {krop.get('udfald')}"] = _svar(fik)
        return svar | {url: _svar(self.administrator.get(url)) for _, url in logge(sag[0])}


def _nyt(foer: Svar, efter: Svar) -> list[str]:
    """What there is in one of the answers only."""
    linjer = ["\n".join(map(str, svar)).splitlines() for svar in (foer, efter)]
    return [linje for linje in ndiff(linjer[0], linjer[1]) if linje[0] in "-+"]


def _svar(svar: Any) -> Svar:
    hoveder = f"{svar.headers.get('ETag')} {svar.headers.get('Location')}"
    return svar.status_code, hoveder, EGET.sub("", svar.getvalue().decode())


def test_every_page_and_operation_is_tried(sag: Sag) -> None:
    sidernes = {r.rute for r in siderne() if r.metode == "GET" and r.rute.startswith(MODULER)}
    assert sidernes - {navn for navn, _ in (*sider(sag), *logge(sag[0]))} == {"ophold:ny"}, "the operator's alone"
    ressourcer = {(r.metode, r.rute) for r in operationer() if r.rute.split("/")[0] in RESSOURCER}
    proevet = {("GET", navn) for navn, _ in laeses(sag)} | {("POST", navn) for navn, *_ in skrives(sag)}
    assert ressourcer - proevet == {
        ("POST", "ophold"),  # the operator's alone
        ("POST", "reservationer/{bekraeftet_reservation_id}/ophold"),
        ("PUT", "placeringsaftaler/{placeringsaftale_id}"),  # of a draft, and a former party has none
    }


def test_former_party_gets_the_same_answers_as_if_nothing_had_come_after(sag: Sag) -> None:
    da = nu() + SENERE
    with freeze_time(da):
        roedovre, herlev = Seer("Rødovre"), Seer("Herlev")
        foer = roedovre.ser(sag, skriver=True), herlev.ser(sag, skriver=False)
    siden(sag[0])
    with freeze_time(da):
        efter = roedovre.ser(sag, skriver=True), herlev.ser(sag, skriver=False)
    assert {url: nyt for url, svar in foer[0].items() if (nyt := _nyt(svar, efter[0][url]))} == {}
    assert {status for url, (status, *_) in efter[0].items() if url.startswith("POST")} <= {400, 403, 409}
    # A control: to the one whose time it was, the answers are others.
    aendret = {url for url, svar in foer[1].items() if svar != efter[1][url]}
    ophold, *_ = sag
    plads = reverse("sag:paa_plads", args=[pladsen(ophold), fabrik.om(12).isoformat()])
    assert aendret >= {
        reverse("ophold:detalje", args=[ophold.pk]),
        f"{reverse('ophold:liste')}?tilstand=loebende",
        f"ophold/{ophold.pk}",
        f"ophold/{ophold.pk}/beslutninger",
        f"ophold/{ophold.pk}/fravaer",
        "ophold?tilstand=opsagt&antal=true",
        *(url for _, url in logge(ophold)),
    }
    assert plads not in aendret, "it was its citizen's that day, before and after"
