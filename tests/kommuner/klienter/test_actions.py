"""What an administrator can do with the organisation's clients, and what the actions and the database refuse."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import check_password
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from oauth2_provider.models import Application

from faelles.aktoer import KUN_PERSONER, Funktion, Rettighed
from faelles.fejl import DomaeneFejl, IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.scope import UdenScope, saet_database_aktoer
from kommuner.klienter.actions import aendr_adgange, luk_klient, ny_noegle, spaer_noegle
from kommuner.klienter.noegler import gem, hemmelighed, ny_hemmelighed
from kommuner.models import ApiKlient, ApiNoegle, Organisation, Organisationsart, Rolle
from kommuner.roller import KLIENTRETTIGHEDER, ROLLEINDHOLD, klientmuligheder
from tests import fabrik
from tests.kommuner.klienter.situationer import LAES, administrator, gem_klient, klient, noegler

pytestmark = pytest.mark.django_db


def haendelser() -> list[str]:
    return list(
        Haendelse.objects.filter(type__startswith="api").order_by("tidspunkt", "id").values_list("type", flat=True)
    )


def organisation(art: str) -> Organisation:
    return Organisation.objects.create(art=art, navn=f"Det {art}e")


# --- Create -------------------------------------------------------------------------------------------------------


def test_opret_klient_belongs_to_the_administrators_organisation_and_has_one_key() -> None:
    af = administrator()
    udstedt = klient(af, navn="  Fagsystemet ")
    ny = udstedt.noegle.klient
    assert (ny.navn, ny.organisation_id, ny.funktion) == ("Fagsystemet", af.organisation_id, "myndighed")
    assert ny.rettigheder == LAES
    (noegle,) = noegler(ny)
    assert (noegle.plads, noegle.ophoert, noegle.sidst_brugt) == (1, None, None)
    assert haendelser() == ["apiklient.oprettet", "apinoegle.oprettet"]


def test_secret_is_long_random_and_stored_as_a_hash_only() -> None:
    udstedt = klient()
    application = Application.objects.get(client_id=udstedt.hemmelighed.klient_id)
    assert len(udstedt.hemmelighed.klartekst) >= 43
    assert udstedt.hemmelighed.klartekst not in application.client_secret
    assert check_password(udstedt.hemmelighed.klartekst, application.client_secret)
    assert application.hash_client_secret
    assert len({ny_hemmelighed().klartekst for _ in range(20)}) == 20


def test_secret_does_not_show_in_what_a_log_or_a_traceback_prints() -> None:
    udstedt = klient()
    for udskrift in (repr(udstedt), str(udstedt), repr(udstedt.noegle.application)):
        assert udstedt.hemmelighed.klartekst not in udskrift


def test_opret_klient_says_all_faults_at_once() -> None:
    af = administrator()
    with pytest.raises(UgyldigtInput) as fejl:
        klient(af, navn=" ", scopes=frozenset())
    assert set(fejl.value.felter) == {"navn", "scopes"}
    with pytest.raises(UgyldigtInput) as fejl:
        klient(af, navn="Borger 010190-1234", funktion=Funktion.SEKRETARIAT)
    assert set(fejl.value.felter) == {"navn", "funktion"}
    assert "010190" not in str(fejl.value.felter)
    assert haendelser() == []


def test_name_of_an_open_client_is_taken_whatever_the_case_and_free_again_when_it_is_closed() -> None:
    af = administrator()
    foerste = klient(af, navn="Årsplan").noegle.klient
    with pytest.raises(UgyldigtInput, match="felterne er rettet") as fejl:
        klient(af, navn="årsplan")
    assert "allerede" in fejl.value.felter["navn"][0]
    klient(administrator(fabrik.kommune("Herlev").organisation), navn="Årsplan")
    luk_klient(aktoer=af, klient_id=foerste.pk)
    klient(af, navn="årsplan")


@pytest.mark.parametrize("rolle", [rolle for rolle in Rolle if rolle is not Rolle.ADMINISTRATOR])
def test_only_administrators_manage_clients(rolle: Rolle) -> None:
    udstedt = klient()
    anden = fabrik.aktoer(rolle, fabrik.hjemsted(rolle))
    kald: list[Callable[[], Any]] = [
        lambda: klient(anden, navn="Andet"),
        lambda: ny_noegle(aktoer=anden, klient_id=udstedt.noegle.klient_id),
        lambda: spaer_noegle(aktoer=anden, klient_id=udstedt.noegle.klient_id, noegle_id=udstedt.noegle.pk),
        lambda: luk_klient(aktoer=anden, klient_id=udstedt.noegle.klient_id),
        lambda: aendr_adgange(aktoer=anden, klient_id=udstedt.noegle.klient_id, scopes=LAES),
    ]
    for proev in kald:
        with pytest.raises(IngenAdgang):
            proev()


# --- What a kind of organisation can give ---------------------------------------------------------------------------


def test_function_and_rights_follow_what_the_kind_of_organisation_has_roles_for() -> None:
    assert klientmuligheder(Organisationsart.KOMMUNE) == {
        Funktion.MYNDIGHED: KLIENTRETTIGHEDER[Funktion.MYNDIGHED],
        Funktion.DRIFTSHERRE: KLIENTRETTIGHEDER[Funktion.DRIFTSHERRE],
    }
    assert set(klientmuligheder(Organisationsart.PRIVAT)) == {Funktion.DRIFTSHERRE}
    assert set(klientmuligheder(Organisationsart.SEKRETARIAT)) == {Funktion.SEKRETARIAT}
    # A region's people only read as authority, so its systems do too.
    assert Rettighed.RESERVATIONER_SKRIV not in klientmuligheder(Organisationsart.REGION)[Funktion.MYNDIGHED]


@pytest.mark.parametrize("art", list(Organisationsart))
def test_no_system_can_be_given_what_no_person_of_the_organisation_could_have(art: Organisationsart) -> None:
    for funktion, rettigheder in klientmuligheder(art).items():
        roller = [i for i in ROLLEINDHOLD.values() if i.funktion is funktion and art in i.arter]
        assert roller
        assert all(any(r in i.rettigheder for i in roller) for r in rettigheder)
        assert not rettigheder & KUN_PERSONER


@given(
    art=st.sampled_from(list(Organisationsart)),
    funktion=st.sampled_from(list(Funktion)),
    scopes=st.frozensets(st.sampled_from(list(Rettighed)), min_size=1),
)
def test_opret_klient_makes_exactly_what_the_kind_allows(
    art: Organisationsart, funktion: Funktion, scopes: frozenset[Rettighed]
) -> None:
    maa = scopes <= klientmuligheder(art).get(funktion, frozenset())
    with transaction.atomic():
        af = administrator(organisation(art))
        try:
            lavet = klient(af, funktion=funktion, scopes=scopes).noegle.klient.rettigheder
        except UgyldigtInput:
            lavet = None
        transaction.set_rollback(True)
    assert lavet == (scopes if maa else None)


# --- Keys -----------------------------------------------------------------------------------------------------------


def test_ny_noegle_stands_beside_the_old_one_and_a_third_is_refused() -> None:
    af, foerste = administrator(), klient()
    anden = ny_noegle(aktoer=af, klient_id=foerste.noegle.klient_id)
    assert [(n.plads, n.gyldig) for n in noegler(foerste.noegle.klient)] == [(1, True), (2, True)]
    assert anden.hemmelighed.klient_id != foerste.hemmelighed.klient_id
    assert anden.hemmelighed.klartekst != foerste.hemmelighed.klartekst
    with pytest.raises(Konflikt, match="allerede 2 gældende nøgler") as fejl:
        ny_noegle(aktoer=af, klient_id=foerste.noegle.klient_id)
    assert fejl.value.kode == "noegler_i_brug"


def test_spaerret_noegle_gives_its_place_to_the_next_one() -> None:
    af, foerste = administrator(), klient()
    ny_noegle(aktoer=af, klient_id=foerste.noegle.klient_id)
    spaer_noegle(aktoer=af, klient_id=foerste.noegle.klient_id, noegle_id=foerste.noegle.pk)
    ny_noegle(aktoer=af, klient_id=foerste.noegle.klient_id)
    assert [(n.plads, n.gyldig) for n in noegler(foerste.noegle.klient)] == [(1, False), (2, True), (1, True)]
    assert haendelser()[-3:] == ["apinoegle.oprettet", "apinoegle.spaerret", "apinoegle.oprettet"]


def test_spaer_noegle_twice_is_a_conflict_and_another_clients_key_is_not_found() -> None:
    af, foerste = administrator(), klient()
    anden = klient(af, navn="Et andet")
    with pytest.raises(IkkeFundet):
        spaer_noegle(aktoer=af, klient_id=foerste.noegle.klient_id, noegle_id=anden.noegle.pk)
    spaer_noegle(aktoer=af, klient_id=foerste.noegle.klient_id, noegle_id=foerste.noegle.pk)
    with pytest.raises(Konflikt, match="allerede spærret"):
        spaer_noegle(aktoer=af, klient_id=foerste.noegle.klient_id, noegle_id=foerste.noegle.pk)


def test_luk_klient_ends_its_keys_and_everything_else_is_a_conflict_from_then_on() -> None:
    af, foerste = administrator(), klient()
    klient_id = foerste.noegle.klient_id
    ny_noegle(aktoer=af, klient_id=klient_id)
    assert luk_klient(aktoer=af, klient_id=klient_id).lukket is not None
    assert [n.gyldig for n in noegler(foerste.noegle.klient)] == [False, False]
    assert haendelser()[-3:] == ["apinoegle.spaerret", "apinoegle.spaerret", "apiklient.lukket"]
    kald: list[Callable[[], Any]] = [
        lambda: luk_klient(aktoer=af, klient_id=klient_id),
        lambda: ny_noegle(aktoer=af, klient_id=klient_id),
        lambda: aendr_adgange(aktoer=af, klient_id=klient_id, scopes=LAES),
    ]
    for proev in kald:
        with pytest.raises(Konflikt, match="lukket"):
            proev()


def test_aendr_adgange_says_what_changed_once_and_nothing_when_nothing_did() -> None:
    af, foerste = administrator(), klient()
    klient_id = foerste.noegle.klient_id
    for scopes in ({Rettighed.TILBUD_LAES}, {Rettighed.TILBUD_LAES}):
        assert aendr_adgange(aktoer=af, klient_id=klient_id, scopes=scopes).rettigheder == scopes
    assert haendelser().count("apiklient.aendret") == 1
    with pytest.raises(UgyldigtInput) as fejl:
        aendr_adgange(aktoer=af, klient_id=klient_id, scopes={Rettighed.PLADSER_BEKRAEFT})
    assert "bekræfte at en afdelings pladser er rigtige" in fejl.value.felter["scopes"][0]
    with pytest.raises(UgyldigtInput):
        aendr_adgange(aktoer=af, klient_id=klient_id, scopes=set())


def test_another_organisations_client_is_as_unknown_as_one_that_does_not_exist() -> None:
    foerste, fremmed = klient(), administrator(fabrik.kommune("Herlev").organisation)

    def fejl(kald: Callable[[Any], Any], klient_id: Any) -> tuple[str, str]:
        with pytest.raises(DomaeneFejl) as fundet:
            kald(klient_id)
        return fundet.value.kode, fundet.value.besked

    kald: list[Callable[[Any], Any]] = [
        lambda k: ny_noegle(aktoer=fremmed, klient_id=k),
        lambda k: spaer_noegle(aktoer=fremmed, klient_id=k, noegle_id=foerste.noegle.pk),
        lambda k: luk_klient(aktoer=fremmed, klient_id=k),
        lambda k: aendr_adgange(aktoer=fremmed, klient_id=k, scopes=LAES),
    ]
    for proev in kald:
        assert (
            fejl(proev, foerste.noegle.klient_id)
            == fejl(proev, uuid4())
            == (
                "klient_ikke_fundet",
                "API-klienten findes ikke.",
            )
        )
    assert all(noegle.gyldig for noegle in noegler(foerste.noegle.klient))


# --- What the database itself refuses -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("felter", "regel"),
    [
        ({"funktion": "administration"}, "apiklient_funktion_og_adgange"),
        ({"funktion": "drift"}, "apiklient_funktion_og_adgange"),
        ({"scopes": ["pladser:confirm"]}, "apiklient_funktion_og_adgange"),
        ({"scopes": ["admin:klienter"]}, "apiklient_funktion_og_adgange"),
        ({"funktion": "sekretariat", "scopes": ["reservationer:write"]}, "apiklient_funktion_og_adgange"),
        ({"navn": ""}, "apiklient_har_navn"),
        ({"navn": "FAGSYSTEMET"}, "apiklient_navn_unikt_blandt_aabne"),
    ],
)
def test_database_refuses_a_client_that_no_action_would_make(felter: dict[str, Any], regel: str) -> None:
    hvem = fabrik.kommune().organisation
    saet_database_aktoer(None)
    gem_klient(hvem)
    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        gem_klient(hvem, **{"navn": "Et andet", **felter})


@pytest.mark.parametrize("plads", [1, 2, 3, 0])
def test_database_holds_two_active_keys_and_never_a_third(plads: int) -> None:
    saet_database_aktoer(None)
    ny = gem_klient(fabrik.kommune().organisation)
    for brugt in (1, 2):
        gem(ny, brugt, hemmelighed(f"id-{brugt}", "x"))
    regel = "apinoegle_en_aktiv_pr_plads" if plads in {1, 2} else "apinoegle_plads_kendt"
    with pytest.raises(IntegrityError, match=regel), transaction.atomic():
        gem(ny, plads, hemmelighed("id-3", "x"))


def test_clients_and_keys_are_never_read_without_saying_for_whom() -> None:
    foerste = klient()
    for model in (ApiKlient, ApiNoegle):
        with pytest.raises(UdenScope):
            model.objects.count()
    with pytest.raises(UdenScope):
        list(foerste.noegle.klient.noegler.all())
    assert ApiKlient.objects.synlige_for(administrator()).count() == 1
