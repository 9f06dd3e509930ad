"""Two walls: with the first torn down on purpose, the second still shows nobody what is not theirs, on any page or in the API.

And a control, without which the test could be blind: as the owner of the tables, whom row-level security does not bind, the
same questions do show it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import environ
import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver

from faelles.scope import ScopedQuerySet
from reservationer.sag.actions import beslut
from reservationer.sag.forespoergsler.actions import skriv_besked
from reservationer.sag.overgange import Grund, Udfald
from takster.kontrol.actions import bestil as bestil_kontrol
from tests import fabrik
from tests.api import klienter
from tests.api.adgang import FORESPOERGSLER, SYSTEMER, systemer
from tests.api.adgang import raekker as operationer
from tests.sider import FOLK, adresse, argumenter, brugere, raekker, sider

SIDER = dict(sider(get_resolver()))
HEMMELIGT = ("HEMMELIG-SAG-7281", "HEMMELIG-GRUND-7281")
FEJL = "HEMMELIG-FEJL-7281"  # in a report about what the secretariat decides
PARTER = {
    *(f"{rolle}@egen" for rolle in ("sagsbehandler", "visitator", "oekonomi", "tilbudsleder", "driftsherre_oekonomi")),
    *("myndighed@egen", "driftsherre@egen"),
    "administrator@egen",  # in the log of changes
}
FEJLENS_PARTER = {
    *(f"{rolle}@egen" for rolle in ("sagsbehandler", "visitator", "oekonomi", "laeser", "sekretariat")),
    *("myndighed@egen", "administrator@egen"),
}
Set = set[tuple[str, str, str]]


@pytest.fixture
def uden_foerste_mur(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every scoped model believes that everybody may see everything."""
    klasser: list[Any] = [ScopedQuerySet]
    for klasse in klasser:  # grows while it is gone through
        klasser += klasse.__subclasses__()
        monkeypatch.setattr(klasse, "_synlige", lambda self, _aktoer: self)
    assert len(klasser) > 2


@contextmanager
def som_ejer() -> Iterator[None]:
    """Connect as the owner of the tables."""
    ejer = environ.Env().db("DATABASE_OWNER_URL")
    app = {navn: connection.settings_dict[navn] for navn in ("USER", "PASSWORD")}
    connection.close()
    connection.settings_dict.update({navn: ejer[navn] for navn in app})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(app)


def bliver_set(klienterne: dict[str, Client], adresser: dict[str, str]) -> Set:
    """Who is shown which secret where."""
    return {
        (hvem, navn, ord_)
        for hvem, client in klienterne.items()
        for navn, url in adresser.items()
        for ord_ in vist(client, url)
    }


def vist(client: Client, url: str) -> set[str]:
    """The secrets on a page."""
    svar = client.get(url).getvalue().decode(errors="ignore")
    return {ord_ for ord_ in (*HEMMELIGT, FEJL) if ord_ in svar}


def situation() -> tuple[dict[str, str], dict[str, str]]:
    """The addresses of every page and of everything the API reads, of Rødovre's case at Gladsaxe's offer among the rest."""
    side_id, api_id = argumenter(), {}
    reservation = fabrik.reservation(reference=HEMMELIGT[0])
    beslut(
        aktoer=fabrik.tilbudsleder(),
        reservation_id=reservation.id,
        udfald=Udfald.AFVIS,
        grund=Grund.ANDET,
        bemaerkning=HEMMELIGT[1],
    )
    ophold = fabrik.ophold(reference=HEMMELIGT[0])
    henvendelse = fabrik.henvendelse(reference=HEMMELIGT[0], bemaerkning=HEMMELIGT[1])
    skriv_besked(aktoer=fabrik.sagsbehandler(), henvendelse_id=henvendelse.pk, tekst=HEMMELIGT[1])
    fejl = fabrik.fejlmelding(besked=FEJL, faktum=fabrik.Faktum.SPECIALISERING)
    fabrik.reservation(reference=HEMMELIGT[0])  # one that still waits, for the start page
    api_id = {**side_id, "kommunekode": fabrik.kommune("Rødovre").kommunekode, "reservation_id": str(reservation.id)}
    aftale = fabrik.Rammeaftale.objects.get(slug=side_id["slug"])
    api_id |= {"aftale_id": str(aftale.id), "version_id": str(aftale.versioner.latest("nummer").id)}
    api_id |= {"fokusomraade_id": side_id["omraade_id"], "godkendt_aftale_id": side_id["placeringsaftale_id"]}
    api_id |= {"type": side_id["type_"], "kontrol_id": str(bestil_kontrol(aktoer=fabrik.sagsbehandler(), aar=2026).pk)}
    for ider in (side_id, api_id):
        ider |= {
            "forespoergsel_id": str(henvendelse.forespoergsel_id),
            "henvendelse_id": str(henvendelse.pk),
            "ophold_id": str(ophold.pk),
            "fejlmelding_id": str(fejl.pk),
        }
    side_id["reservation_id"] = str(reservation.id)
    sider_ = {r.rute: adresse(r.rute, SIDER[r.rute], side_id) for r in raekker() if r.metode == "GET"}
    api = {
        r.rute: f"/api/v1/{r.rute.format(**api_id)}?{'&'.join(f'{n}={v}' for n, v in FORESPOERGSLER.get(r.rute, {}).items())}"
        for r in operationer()
        if r.metode == "GET"
    }
    return sider_, api


@pytest.mark.django_db
def test_situation_names_address_of_every_page_and_of_everything_api_reads() -> None:
    sider_, api = situation()
    assert {*sider_} == {r.rute for r in raekker() if r.metode == "GET"}
    assert {*api} == {r.rute for r in operationer() if r.metode == "GET"}


@pytest.mark.stress  # every page as every person, twice
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("uden_foerste_mur")
def test_second_wall_alone_shows_nothing_foreign_on_any_page_or_in_the_api() -> None:
    with transaction.atomic():
        folk = {navn: bruger for navn, bruger in brugere().items() if navn in FOLK}
        sider_, api = situation()
        systemerne = {navn: klienter.client(klient) for navn, klient in systemer().items()}
    personer = {}
    for navn, bruger in folk.items():
        assert bruger is not None
        personer[navn] = Client(raise_request_exception=False)
        personer[navn].force_login(bruger)
    ser = bliver_set(personer, sider_) | bliver_set(systemerne, api)
    for hemmeligheder, parter in ((HEMMELIGT, PARTER), ((FEJL,), FEJLENS_PARTER)):
        fundne = {hvem for hvem, _, ord_ in ser if ord_ in hemmeligheder}
        assert fundne == parter, "the parties see their own, and nobody else sees anything"
    fremmede = [navn for navn in (*FOLK, *SYSTEMER) if navn.endswith("@fremmed")]
    with som_ejer():
        ejer_ser = bliver_set({navn: personer[navn] for navn in fremmede if navn in personer}, sider_)
        ejer_ser |= bliver_set({navn: systemerne[navn] for navn in fremmede if navn in systemerne}, api)
    assert {navn for _, navn, _ in ejer_ser} >= {
        "start",
        "sag:liste",
        "sag:detalje",
        "reservationer",
        "reservationer/{reservation_id}",
        "reservationer/{reservation_id}/beslutninger",
        "tilbud:fejlmelding",
        "fejlmeldinger",
        "fejlmeldinger/{fejlmelding_id}",
        "ophold:liste",
        "ophold:detalje",
        "ophold:akutte",
        "ophold",
        "ophold/{ophold_id}",
        "forespoergsler:liste",
        "forespoergsler:detalje",
        "forespoergsler:henvendelse",
        "forespoergsler",
        "forespoergsler/{forespoergsel_id}",
        "forespoergsler/{forespoergsel_id}/beskeder",
        "spor:aendringer",
        "spor:aendringer_fil",
    }, "a control: without the second wall the first one's absence is seen"
