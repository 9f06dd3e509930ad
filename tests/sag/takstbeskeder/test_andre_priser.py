"""Changed prices beside the takst, and changed shares of a financing, are told to those who pay them, as a changed takst is."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faelles.brev import adresse
from faelles.dokument.tal import kr
from faelles.scope import som_systemet
from faelles.tid import Periode, idag
from kommuner.models import Rolle
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Ophold, Takstbesked
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.overgange import Data, Grund, Udfald
from reservationer.sag.takstbeskeder.breve import send_takstbeskeder
from takster.models import Finansiering, Prisblad, Takst
from tests import fabrik
from tests.takster.finansiering import situationer as finansieringer
from tests.takster.prisblade import situationer as priser

pytestmark = pytest.mark.django_db

NORMERING = "Ny normering"
AENDRES = fabrik.om(20)
DYRERE = priser.Tillaegsbudget(navn="Vågen nattevagt", omkostning=Decimal(900_000), pladser=Decimal(2))


def takst(*, hjemler: tuple[str, ...] = ("SEL-107",)) -> Takst:
    """The takst of a department of Gladsaxe's that holds for years; with more legal bases, one under each."""
    afdeling = fabrik.afdeling(fabrik.tilbud(i="Gladsaxe", hjemler=hjemler))
    fra, til = idag() - timedelta(days=400), idag() + timedelta(days=800)
    takster = [fabrik.takst(afdeling, "2500.00", kode=kode, fra=fra, til=til) for kode in hjemler]
    return takster[0]


def ophold(hos: Takst, navn: str) -> Ophold:
    plads, hvem = fabrik.ledig_plads(hos.afdeling), fabrik.sagsbehandler(navn)
    return fabrik.ophold(plads, af=hvem, reference=f"FH-{navn}", periode=Periode(idag()))


def forlad(et: Ophold) -> None:
    """The citizen dies today, and is paid for the days of the term; before the prices are changed nobody pays any more."""
    doed = Indhold(Grund.DOED, data={Data.DATO: idag()})
    leder = fabrik.aktoer(Rolle.TILBUDSLEDER, et.driftsherre)
    forladt = afgoer_ophold(aktoer=leder, ophold_id=et.pk, udfald=Udfald.UDSKRIV, indhold=doed)
    assert forladt.betales_til is not None
    assert forladt.betales_til < AENDRES


def besked() -> list[str]:
    """Who has been told."""
    with transaction.atomic():
        alle = Takstbesked.objects.for_systemet("test").order_by("kommune__navn")
        return list(alle.values_list("kommune__navn", flat=True))


def niveauer_aendret(hos: Takst) -> Prisblad:
    priser.udgivet(priser.niveauer(hos))
    nye = priser.actions.foreslaa_niveauer(
        aktoer=priser.oekonom(),
        hvor=priser.ved(hos, AENDRES, NORMERING),
        niveauer=priser.delt("1", "1.3", "1.6"),
    )
    return priser.udgivet(nye)


def tillaeg_aendret(hos: Takst) -> Prisblad:
    priser.udgivet(priser.tillaeg(hos))
    return priser.udgivet(priser.tillaeg(hos, fra=AENDRES, begrundelse=NORMERING, budget=DYRERE))


def pakke_aendret(hos: Takst) -> Prisblad:
    anden = Takst.objects.gaeldende().get(afdeling=hos.afdeling_id, hjemmel="SEL-103")
    priser.udgivet(priser.pakke(hos, anden))
    nye = priser.actions.foreslaa_pakke(
        aktoer=priser.oekonom(),
        hvor=priser.ved(hos, AENDRES, NORMERING),
        navn="Bolig og beskæftigelse",
        andre=[anden.pk],
    )
    return priser.udgivet(nye)


@pytest.mark.parametrize(
    ("aendr", "hjemler"),
    [
        (niveauer_aendret, ("SEL-107",)),
        (tillaeg_aendret, ("SEL-107",)),
        (pakke_aendret, ("SEL-107", "SEL-103")),
    ],
)
def test_payers_of_stays_are_told_of_changed_prices_and_one_who_has_left_is_not(
    aendr: Callable[[Takst], Prisblad], hjemler: tuple[str, ...]
) -> None:
    hos = takst(hjemler=hjemler)
    for navn in ("Herlev", "Rødovre"):
        ophold(hos, navn)
    forlad(ophold(hos, "Ballerup"))
    ophold(takst(), "Glostrup")
    blad = aendr(hos)
    gammelt = blad.forgaenger
    assert gammelt is not None
    assert besked() == ["Herlev Kommune", "Rødovre Kommune"]
    assert send_takstbeskeder() == 2
    assert send_takstbeskeder() == 0
    for brev in mail.outbox:
        assert brev.subject == "En pris, I betaler, er ændret"
        for ord_ in (
            hos.afdeling.tilbud.navn,
            blad.i_ord,
            f"Før: {gammelt.i_ord}",
            NORMERING,
        ):
            assert ord_ in brev.body
        assert adresse(reverse("takster:prisblad", args=[blad.pk])) in brev.body
        assert "FH-" not in brev.body


def test_first_prices_and_what_is_left_of_the_old_ones_are_no_change() -> None:
    hos = takst()
    ophold(hos, "Rødovre")
    priser.offentliggjort(hos)
    assert not besked()
    priser.udgivet(priser.tillaeg(hos, fra=AENDRES, begrundelse=NORMERING, budget=DYRERE))
    assert besked() == ["Rødovre Kommune"], "the days before the change go on as a row of their own, told of to nobody"


def test_change_that_is_not_committed_tells_nobody() -> None:
    hos = takst()
    ophold(hos, "Rødovre")
    with transaction.atomic():
        tillaeg_aendret(hos)
        assert besked() == ["Rødovre Kommune"]
        transaction.set_rollback(True)
    assert not besked()


def finansiering_aendret() -> Finansiering:
    finansieringer.offentliggjort()
    en = Finansiering.objects.offentlige(priser.oekonom()).get()
    uden_herlev = finansieringer.noegle(Gladsaxe="15000", Rødovre="9000", Ballerup="6000")
    return finansieringer.offentliggjort(en.tilbud, noegle=uden_herlev, begrundelse="Herlev er trådt ud")


def test_those_with_a_share_of_a_changed_financing_or_of_the_one_before_are_told_their_own() -> None:
    for navn in ("Ballerup", "Herlev", "Gladsaxe"):
        fabrik.bruger(Rolle.OEKONOMI, fabrik.kommune(navn).organisation, email=f"{navn.lower()}@kommune.example")
    with transaction.atomic():
        en = finansiering_aendret()
    assert besked() == ["Ballerup Kommune", "Gladsaxe Kommune", "Herlev Kommune", "Rødovre Kommune"]
    send_takstbeskeder()
    breve = {brev.to[0]: brev for brev in mail.outbox}
    andel = {tal: kr(Decimal(tal)) for tal in (200_000, 500_000)}
    for navn, ny, foer in (
        ("Ballerup", andel[200_000], "ingen andel"),
        ("Herlev", "ingen andel", andel[200_000]),
        ("Gladsaxe", andel[500_000], andel[500_000]),
    ):
        brev = breve[f"{navn.lower()}@kommune.example"]
        assert brev.subject == "En andel, I betaler, er ændret"
        assert f"{ny} 01.01.2026 til og med 31.12.2026. Før: {foer}." in brev.body
        assert "Herlev er trådt ud" in brev.body
        assert adresse(reverse("takster:finansiering", args=[en.pk])) in brev.body


def test_several_changes_are_one_mail_and_the_start_page_leads_to_each() -> None:
    hos = takst()
    ophold(hos, "Rødovre")
    blad = tillaeg_aendret(hos)
    en = finansiering_aendret()
    klient = Client()
    klient.force_login(fabrik.bruger(Rolle.OEKONOMI, fabrik.kommune("Rødovre").organisation))
    side = klient.get("/").content.decode()
    assert "Ændrede takster og priser, I betaler" in side
    for sti in (reverse("takster:prisblad", args=[blad.pk]), reverse("takster:finansiering", args=[en.pk])):
        assert re.search(f'href="{sti}"', side)
        assert klient.get(sti).status_code == 200
    send_takstbeskeder()
    assert {brev.subject for brev in mail.outbox} == {"2 priser, I betaler, er ændret"}


def test_prices_changed_again_are_told_of_by_the_newest_alone() -> None:
    hos = takst()
    ophold(hos, "Rødovre")
    tillaeg_aendret(hos)
    nyest = priser.udgivet(priser.tillaeg(hos, fra=AENDRES, begrundelse="Rettelse"))
    assert send_takstbeskeder() == 1
    assert nyest.i_ord in mail.outbox[0].body
    assert "Rettelse" in mail.outbox[0].body
    assert NORMERING not in mail.outbox[0].body


def test_start_page_asks_as_much_of_one_change_as_of_many() -> None:
    klient = Client()
    klient.force_login(fabrik.bruger(Rolle.OEKONOMI, fabrik.kommune("Rødovre").organisation))

    def saetninger() -> int:
        with CaptureQueriesContext(
            connection,
        ) as fanget:
            assert "Ændrede takster" in klient.get("/").content.decode()
        return len(fanget)

    hos = takst()
    ophold(hos, "Rødovre")
    tillaeg_aendret(hos)
    saetninger()
    en = saetninger()
    for nummer in range(5):
        navn = priser.Tillaegsbudget(navn=f"Tillæg {nummer}", omkostning=Decimal(730_000), pladser=Decimal(2))
        priser.udgivet(priser.tillaeg(hos, budget=navn))
        priser.udgivet(priser.tillaeg(hos, fra=AENDRES, begrundelse=NORMERING, budget=navn))
    finansiering_aendret()
    assert saetninger() == en


def test_database_wants_each_told_of_one_thing_and_once() -> None:
    hos = takst()
    ophold(hos, "Rødovre")
    blad = tillaeg_aendret(hos)
    kommune = fabrik.kommune("Rødovre").organisation
    med: list[tuple[dict[str, Any], str]] = [
        ({}, "takstbesked_om_netop_en"),
        ({"takst": hos, "prisblad": blad}, "takstbesked_om_netop_en"),
        ({"prisblad": blad}, "takstbesked_en_pr_prisblad_og_kommune"),
    ]
    for felter, navn in med:
        with pytest.raises(IntegrityError, match=navn), som_systemet("test"):
            Takstbesked.objects.create(kommune=kommune, **felter)
