"""Rivals for one place over HTTP, with a control that shows what the database stops; and everything at once, at random."""

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import F

from bench.kaploeb import Loeb, Rival, koer, rival
from bench.klienter import token
from bench.processer import webserver
from faelles.aktoer import Aktoer
from faelles.fejl import DomaeneFejl
from faelles.tid import Periode
from reservationer.sag.actions import beslut, reserver, udloeb_reservationer
from reservationer.sag.overgange import Grund, Udfald
from tests import fabrik
from tests.database import database_url
from tests.kill.situation import ejer
from tilbud.belaegning.models import Optagelse

pytestmark = [pytest.mark.stress, pytest.mark.django_db(transaction=True)]

PERIODE = Periode(fabrik.om(10), fabrik.om(40))
SAMTIDIGE = 32


def rivaler(antal: int, plads_id: UUID) -> list[Rival]:
    """So many municipalities that want the place, each with its own client and key."""
    return [
        rival(token(fabrik.kommune(f"Kommune {n}").organisation), plads_id, PERIODE, "SEL-107") for n in range(antal)
    ]


def loeb(antal: int) -> Loeb:
    plads = fabrik.ledig_plads()
    with webserver(database_url()) as web:
        return koer(web.adresse, rivaler(antal, plads.id), plads.id, database_url("DATABASE_OWNER_URL"))


@pytest.mark.parametrize("antal", [32, 64])
def test_exactly_one_of_many_rivals_over_http_gets_the_place(antal: int) -> None:
    resultat = loeb(antal)
    assert resultat.ventede >= SAMTIDIGE
    assert resultat.status == {201: 1, 409: antal - 1}
    assert Optagelse.objects.filter(aktiv=True).count() == 1


def test_control_without_the_constraint_the_same_race_gives_the_place_away_many_times(uden_udelukkelse: None) -> None:
    resultat = loeb(32)
    assert resultat.ventede >= SAMTIDIGE
    assert resultat.status == {201: 32}


# --- Everything at once -------------------------------------------------------------------------------------------------

TRAADE, TRAEK, PLADSER = 8, 150, 20
PERIODER = (
    Periode(fabrik.om(1), fabrik.om(5)),
    Periode(fabrik.om(3), fabrik.om(9)),
    Periode(fabrik.om(9), fabrik.om(20)),
)

# Whatever happened, none of these finds a row.
BRUD = {
    "to optagelser af samme plads samme dag": """
        select 1 from belaegning_optagelse a join belaegning_optagelse b
        on a.plads_id = b.plads_id and a.id < b.id and a.aktiv and b.aktiv and a.periode && b.periode""",
    "optagelse uden sag": """
        select 1 from belaegning_optagelse o left join sag_reservation r on r.optagelse_id = o.id where r.id is null""",
    "sag, der har pladsen, uden aktiv optagelse": """
        select 1 from sag_reservation r join belaegning_optagelse o on o.id = r.optagelse_id
        where r.tilstand = 'bekraeftet' and not (o.aktiv and o.udloeber is null)""",
    "sluttet sag, der stadig optager pladsen": """
        select 1 from sag_reservation r join belaegning_optagelse o on o.id = r.optagelse_id
        where r.tilstand in ('afvist', 'annulleret', 'udloebet') and o.aktiv""",
    "beslutning, der ikke er sagens tilstand": """
        select 1 from sag_reservation r left join lateral (
            select udfald from sag_beslutning b where b.reservation_id = r.id order by tidspunkt desc, id desc limit 1
        ) sidste on true
        where r.tilstand <> case sidste.udfald when 'bekraeft' then 'bekraeftet' when 'afvis' then 'afvist'
            when 'annuller' then 'annulleret' else r.tilstand end
        or (sidste.udfald is null and r.tilstand not in ('afventer', 'udloebet'))""",
    "sag uden netop en oprettelse i hændelserne": """
        select 1 from sag_reservation r where 1 <> (
            select count(*) from faelles_haendelse h where h.type = 'reservation.oprettet' and h.entitet_id = r.id::text)""",
    "tilstand uden hændelse": """
        select 1 from sag_reservation r where r.tilstand <> 'afventer' and not exists (
            select 1 from faelles_haendelse h where h.entitet_id = r.id::text and h.type = 'reservation.' || r.tilstand)""",
}


class Deltager:
    """One thread that reserves, decides and tidies up at random, and remembers which refusals it met."""

    def __init__(
        self, saed: int, koeber: Aktoer, saelger: Aktoer, pladser: Sequence[UUID], sager: list[tuple[Aktoer, UUID]]
    ) -> None:
        self.tilfaeldig = random.Random(saed)  # noqa: S311 - a game, not a secret
        self.koeber, self.saelger, self.pladser, self.sager = koeber, saelger, pladser, sager
        self.afslag: list[str] = []

    def koer(self) -> None:
        """All draws; a refusal in the platform's own words is part of the game, anything else is not."""
        try:
            for _ in range(TRAEK):
                try:
                    self.tilfaeldig.choices([self.reserver, self.beslut, self.udloeb], [5, 5, 1])[0]()
                except DomaeneFejl as fejl:
                    self.afslag.append(fejl.kode)
        finally:
            connection.close()

    def reserver(self) -> None:
        sag = reserver(
            aktoer=self.koeber,
            plads_id=self.tilfaeldig.choice(self.pladser),
            periode=self.tilfaeldig.choice(PERIODER),
            hjemmel="SEL-107",
            sagsreference="sag",
        )
        self.sager.append((self.koeber, sag.id))

    def beslut(self) -> None:
        if not self.sager:
            return
        koeber, sag = self.tilfaeldig.choice(self.sager)
        aktoer, udfald, grund = self.tilfaeldig.choice(
            [
                (self.saelger, Udfald.BEKRAEFT, None),
                (self.saelger, Udfald.AFVIS, Grund.PLADS_IKKE_KLAR),
                (koeber, Udfald.ANNULLER, Grund.BEHOV_BORTFALDET),
            ]
        )
        beslut(aktoer=aktoer, reservation_id=sag, udfald=udfald, grund=grund)

    def udloeb(self) -> None:
        """Let time pass for the holds of one place, and tidy up."""
        plads = self.tilfaeldig.choice(self.pladser)
        Optagelse.objects.filter(plads=plads, aktiv=True, udloeber__isnull=False).update(
            udloeber=F("udloeber") - timedelta(days=20)
        )
        udloeb_reservationer()


@pytest.mark.parametrize("saed", range(3))
def test_everything_at_once_breaks_no_invariant(saed: int) -> None:
    afdeling = fabrik.afdeling()
    sager: list[tuple[Aktoer, UUID]] = []
    pladser = [fabrik.ledig_plads(afdeling).id for _ in range(PLADSER)]
    saelger = fabrik.tilbudsleder()
    deltagere = [
        Deltager(saed * TRAADE + n, fabrik.sagsbehandler(f"Kommune {n}"), saelger, pladser, sager)
        for n in range(TRAADE)
    ]
    with ThreadPoolExecutor(TRAADE) as traade:
        for faerdig in [traade.submit(deltager.koer) for deltager in deltagere]:
            faerdig.result()
    with ejer() as forbindelse:
        brudte = [navn for navn, sql in BRUD.items() if forbindelse.execute(sql).fetchone()]
        tilstande = dict(forbindelse.execute("select tilstand, count(*) from sag_reservation group by 1").fetchall())
    assert brudte == []
    assert set(tilstande) >= {"bekraeftet", "afvist", "annulleret", "udloebet"}, tilstande
    assert "pladsen_er_optaget" in {kode for deltager in deltagere for kode in deltager.afslag}
