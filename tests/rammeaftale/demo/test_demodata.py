"""The demo data: the same for the same seed, true to every invariant, and what the demonstration needs is there."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F

from faelles.fejl import UgyldigtInput
from faelles.spor import slags
from faelles.tid import Periode, idag, nu
from kommuner.models import Organisation
from rammeaftale.demo.indlaes import GENERERET
from rammeaftale.demo.skala import SKALAER
from rammeaftale.livscyklus import optael
from rammeaftale.models import Godkendelse, Part, Rammeaftale
from rammeaftale.queries import gaeldende_version, partsstande
from reservationer.sag.models import Opholdspris, Reservation
from takster.beregning.modeller import beregn
from takster.models import Finansiering, Prisblad, Regnskab, Takst, Takstberegning
from tests import fabrik
from tilbud.belaegning.models import Optagelse
from tilbud.belaegning.querysets import er_ledig
from tilbud.models import Afdeling, Bekraeftelse, Niveau, Plads, Tilbud, Tilsynsgodkendelse

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def udvikling(settings: Any) -> None:
    """The commands work in development only."""
    settings.DEBUG = True


def lav(*valg: str) -> str:
    """Reference and small demo data; what the command said."""
    ud = StringIO()
    call_command("indlaes_reference", stdout=StringIO())
    call_command("demodata", "--skala", "lille", *valg, stdout=ud)
    return ud.getvalue()


@transaction.atomic
def indhold() -> list[Any]:
    """Everything but ids and the instants of making."""
    return [
        list(
            Tilbud.objects.order_by("navn").values_list(
                "navn", "driftsherre__navn", "adresse", "lukket_fra", "alder_fra"
            )
        ),
        list(Afdeling.objects.order_by("tilbud__navn", "navn").values_list("tilbud__navn", "navn")),
        sorted(
            (str(o.periode), o.ugedage, o.art, o.plads.betegnelse, o.plads.afdeling.tilbud.navn)
            for o in Optagelse.objects.select_related("plads__afdeling__tilbud")
        ),
        sorted(Takst.objects.values_list("afdeling__tilbud__navn", "afdeling__navn", "periode", "beloeb")),
        _beregninger(),
        sorted(Niveau.objects.values_list("tilbud__navn", "niveau", "grund")),
        sorted(Godkendelse.objects.values_list("part__organisation__navn", "version__aftale__slug", "dato", "status")),
        sorted(Organisation.objects.values_list("navn", "ean")),
        sorted(Prisblad.objects.for_systemet("test").values_list("tilbud__navn", "afdeling__navn", "navn")),
        sorted(Finansiering.objects.for_systemet("test").values_list("tilbud__navn", "navn", "beloeb")),
        sorted(Regnskab.objects.for_systemet("test").values_list("tilbud__navn", "aar")),
        sorted(Opholdspris.objects.for_systemet("test").values_list("ophold__tilbud__navn", "periode", "takst")),
    ]


def _beregninger() -> list[Any]:
    with transaction.atomic():
        alle = Takstberegning.objects.for_systemet("test")
        return sorted(alle.values_list("tilbud__navn", "nummer", "tilstand", "beloeb"))


def test_generated_rows_have_no_history_and_what_people_do_has() -> None:
    lav()
    antal = {en.noegle: en.spor.objects.for_systemet("test").count() for en in slags()}
    brugt = {Optagelse, Takst, Tilsynsgodkendelse}
    assert {antal[str(model._meta.model_name)] for model in GENERERET if model not in brugt} == {0}
    assert antal["optagelse"] < 100  # those of the reservations alone
    assert antal["takst"] < 50  # those of the budgets alone
    assert antal["tilsynsgodkendelse"] == 1  # the emergency places alone: they were approved afterwards
    assert Reservation.objects.for_systemet("test").count() <= antal["reservation"]
    assert antal["beslutning"]
    assert antal["tilknytning"]


def ryd() -> None:
    """Empty the database of everything the demo data made, as the tests' own clean-up may."""
    with connection.cursor() as cursor:
        cursor.execute("truncate kommuner_organisation, kommuner_bruger, oauth2_provider_application cascade")


@pytest.mark.django_db(transaction=True)
def test_demodata_the_same_seed_and_day_give_the_same_content() -> None:
    lav("--seed", "7", "--dag", idag().isoformat())
    foerste = indhold()
    ryd()
    lav("--seed", "7", "--dag", idag().isoformat())
    assert indhold() == foerste
    ryd()
    lav("--seed", "8", "--dag", idag().isoformat())
    assert indhold() != foerste


@pytest.mark.stress  # minutes
@pytest.mark.parametrize("skala", ["hovedstaden", "landet"])
def test_demodata_of_the_larger_scales_can_be_made(skala: str) -> None:
    call_command("indlaes_reference", stdout=StringIO())
    call_command("demodata", "--skala", skala, "--seed", "1", stdout=StringIO())
    assert Tilbud.objects.count() == SKALAER[skala].tilbud


def test_demodata_leaves_the_database_knowing_how_much_is_in_it() -> None:
    lav()
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [Plads._meta.db_table])
        assert cursor.fetchone() == (Plads.objects.count(),)


def test_demodata_says_which_fields_of_what_it_makes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def afvis(*_hvad: object) -> bool:
        raise UgyldigtInput(
            "ugyldig_indskrivning", "Indskrivningen kan ikke gemmes.", {"takst": ["Prisen er ikke kendt."]}
        )

    monkeypatch.setattr("rammeaftale.management.commands.demodata.indlaes", afvis)
    with pytest.raises(CommandError, match=r"kan ikke gemmes\.\n  takst: Prisen er ikke kendt"):
        call_command("demodata", stdout=StringIO())


def test_demodata_every_takst_can_be_recomputed_from_what_is_stored() -> None:
    lav()
    takster = list(Takst.objects.all())
    assert takster
    for takst in takster:
        resultat = beregn(takst.beregning["inddata"])
        assert resultat.som_json() == takst.beregning
        assert Decimal(takst.beregning["takst"]) == takst.beloeb
        assert takst.beregning["inddata"]["vilkaarssaet"]["saet"] == str(takst.vilkaarssaet_id)


def test_demodata_has_accounts_with_surplus_and_deficit_and_some_drafts() -> None:
    lav()
    regnskaber = list(Regnskab.objects.for_systemet("test"))
    assert {et.afsluttet is None for et in regnskaber} == {True, False}
    assert {et.resultat > 0 for et in regnskaber if et.resultat} == {True, False}
    assert any(et.efterregulering for et in regnskaber)


def test_demodata_claims_lie_within_their_places_and_occupancy_is_believable() -> None:
    lav()
    assert not Optagelse.objects.exclude(plads__periode__contains=F("periode")).exists()
    aar = Periode.aar(idag().year - 1)
    pladsdage = sum(
        faelles.dage
        for plads in Plads.objects.exclude(art="dag")
        if (faelles := Periode.af_range(plads.periode).faelles(aar))
    )
    optagne = sum(
        faelles.dage
        for optagelse in Optagelse.objects.exclude(plads__art="dag")
        if (faelles := Periode.af_range(optagelse.periode).faelles(aar))
    )
    # A few dozen places: one that stands empty is a percent or more.
    assert Decimal("0.70") < Decimal(optagne) / pladsdage < Decimal(1)


def test_demodata_the_demonstration_finds_free_confirmed_places_in_gladsaxe() -> None:
    lav()
    periode = Periode(fabrik.om(20), fabrik.om(200))
    ledige = Plads.objects.aabne_i_hele(periode).filter(
        er_ledig(Optagelse.objects.all(), periode, nu()),
        afdeling__tilbud__beliggenhedskommune__kortnavn="Gladsaxe",
        afdeling__tilbud__driftsherre__navn="Gladsaxe Kommune",
        afdeling__tilbud__hjemler="SEL-107",
        afdeling__tilbud__maalgrupper__term="Autismespektrum",
    )
    assert ledige.count() >= 3
    assert Bekraeftelse.objects.filter(afdeling__pladser__in=ledige).exists()


def test_demodata_agreements_have_thirty_parties_and_the_region_of_their_time() -> None:
    lav()
    i_kraft, sendt = (Rammeaftale.objects.get(slug=f"hovedstaden-{aar}") for aar in ("2025-2026", "2027-2028"))
    optaellinger = []
    for aftale in (i_kraft, sendt):
        version = gaeldende_version(aftale.id)
        assert version is not None
        optaellinger.append(optael(stand.status for stand in partsstande(version)).tekst)
        assert aftale.demo
    assert optaellinger == ["30 af 30 har godkendt", "26 af 30 har godkendt"]
    hovedstaden = Part.objects.get(aftale=i_kraft, organisation__art="region")
    assert hovedstaden.organisation.navn == "Region Hovedstaden"
    assert Periode.af_range(hovedstaden.periode).sidste_dag == date(2026, 12, 31)
    assert str(hovedstaden.efterfoelger) == "Region Østdanmark"
    assert [part.organisation.navn for part in Part.objects.filter(aftale=sendt, organisation__art="region")] == [
        "Region Østdanmark"
    ]
    assert "vides ikke" in sendt.demo_forbehold


def test_demodata_makes_reservations_in_every_state() -> None:
    lav()
    alle = Reservation.objects.for_systemet("the test counts what was made")
    assert {reservation.tilstand for reservation in alle} == {
        "afventer",
        "bekraeftet",
        "afvist",
        "annulleret",
        "udloebet",
    }


def test_demodata_again_leaves_everything_as_it_is() -> None:
    lav()
    foer = indhold()
    assert "findes allerede" in lav("--seed", "2")
    assert indhold() == foer


def test_demodata_never_lies_on_top_of_real_offers() -> None:
    call_command("indlaes_reference", stdout=StringIO())
    fabrik.tilbud(i="Gladsaxe")
    with pytest.raises(CommandError, match="rigtige tilbud"):
        call_command("demodata", "--skala", "lille")


def test_demodata_without_reference_data_says_which_command_is_missing() -> None:
    with pytest.raises(CommandError, match="indlaes_reference"):
        call_command("demodata", "--skala", "lille")


@pytest.mark.parametrize("kommando", ["demodata", "demoadgang"])
def test_demo_commands_refuse_outside_development(kommando: str, settings: Any) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        call_command(kommando)


def test_demoadgang_gives_logins_and_clients_that_work() -> None:
    lav()
    ud = StringIO()
    call_command("demoadgang", "--json", stdout=ud)
    adgang = json.loads(ud.getvalue())
    assert set(adgang) == {"brugere", "klienter", "tokenUrl", "apiUrl"}
    assert {frozenset(bruger) for bruger in adgang["brugere"]} == {
        frozenset({"email", "adgangskode", "rolle", "organisation"})
    }
    assert {frozenset(klient) for klient in adgang["klienter"]} == {
        frozenset({"clientId", "clientSecret", "organisation", "funktion", "scopes"})
    }
    assert {bruger["rolle"] for bruger in adgang["brugere"]} >= {"sagsbehandler", "tilbudsleder", "sekretariat"}
