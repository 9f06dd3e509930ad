"""The change log: nothing that people or systems change is left out, and nobody reads, forges or rewrites it."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import CharField
from django.db.utils import ProgrammingError

from drift.laan import ROD
from faelles.afsender import afsender, er_aktoer
from faelles.scope import saet_database_aktoer
from faelles.spor import Spor, historik, maa_rettes, slags, slags_for, synlige_spor, uden_historik
from kommuner.models import Rolle, Tilknytning
from reservationer.sag.actions import beslut
from reservationer.sag.models import Reservation
from reservationer.sag.overgange import Udfald
from tests import fabrik
from tests.tilbud.bekraeftelser.situationer import set_som_nu
from tilbud.bekraeftelser.actions import bekraeft_viste
from tilbud.models import Tilbud

pytestmark = pytest.mark.django_db

PAKKER = ("faelles", "kommuner", "vilkaar", "tilbud", "takster", "reservationer", "rammeaftale")

# Tables whose changes need no history. Nothing a person or a municipal system can change belongs here.
KILDER = (
    "læses ind af en kommando fra en offentliggjort kilde, som filen i data/ viser; ingen side og intet kald retter den"
)
MASKINERI = (
    "platformens eget maskineri: hvem der bestilte, står i rækken, når nogen gjorde, og resten er hvor langt den er"
)
LOG = "er selv en log, der kun vokser"
UDEN_HISTORIK: Mapping[str, str] = {
    "faelles_haendelse": MASKINERI,
    "faelles_idempotensnoegle": MASKINERI,
    "faelles_job": MASKINERI,
    "kommuner_folketal": KILDER,
    "kommuner_kkr": KILDER,
    "kommuner_kommune": KILDER,
    "kommuner_laesning": LOG,
    "kommuner_logrydning": LOG,
    "kommuner_postnummer": KILDER,
    "kommuner_postnummer_kommuner": KILDER,
    "kommuner_personhjaelp": LOG,
    "kommuner_region": KILDER,
    "rammeaftale_aarshjulspaamindelse": MASKINERI,
    "rammeaftale_hoeringsfilindhold": "uforanderligt og indhold i en fil, der følges",
    "rammeaftale_hoeringsnotatfil": "uforanderlig og lavet af et notat, der følges",
    "rammeaftale_udmeldingsrapportfil": "uforanderlig og lavet af en rapport, der følges",
    "rammeaftale_klausul": "kun et id, der aldrig ændres; hver udgave af klausulen følges",
    "rapporter_kapitel": MASKINERI,
    "rapporter_kapitelfil": MASKINERI,
    "rapporter_oejebliksbillede": "uforanderligt og bestilt gennem en rapport, der følges",
    "rapporter_rapportfil": "uforanderlig og bestilt gennem en rapport, der følges",
    "sag_aftaledokument": "uforanderligt og lavet af en placeringsaftale, der følges",
    "soegning_fritvalgsnotat": "uforanderligt og lavet af en prøve, der følges",
    "kommuner_brevvalg": "hvad en person selv vil have mails om; angår ingen anden",
    "kommuner_morgenbrev": MASKINERI,
    "sag_aftalebrev": MASKINERI,
    "sag_takstbesked": MASKINERI,
    "soegning_soegefund": MASKINERI,
    "soegning_valgnotat": "uforanderligt og lavet af et valg, der følges",
    "takster_offentliggjortpris": KILDER,
    "takster_takstdokument": MASKINERI,
    "takster_takstkontrol": MASKINERI,
    "takster_takstdokumentfil": "uforanderlig og lavet af en takst, der følges",
    "takster_offentliggjortpris_hjemler": KILDER,
    "tilbud_bekraeftelsespaamindelse": MASKINERI,
    "tilbud_hjemmel": KILDER,
    "tilbud_maalgruppe": KILDER,
    "tilbud_offentligttilbud": KILDER,
    "tilbud_offentligttilbud_hjemler": KILDER,
    "tilbud_ydelsestype": KILDER,
}


def test_every_table_of_ours_is_followed_or_has_a_reason_not_to_be() -> None:
    alle = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(PAKKER) and not issubclass(model, Spor)
    }
    fulgte = {en.model._meta.db_table for en in slags()}
    assert fulgte | set(UDEN_HISTORIK) == alle, "Sæt @foelges på modellen (docs/saadan/ny-migration.md)"
    assert not fulgte & set(UDEN_HISTORIK)


def test_every_history_table_is_guarded_by_the_database() -> None:
    tabeller = {en.spor._meta.db_table for en in slags()}
    alle = {model._meta.db_table for model in apps.get_models() if hasattr(model, "pgh_tracked_model")}
    assert alle == tabeller, "en historiktabel er lavet uden om faelles.spor.foelges"
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relrowsecurity and relname = any(%s)", [list(tabeller)])
        assert {navn for (navn,) in cursor.fetchall()} == tabeller
        cursor.execute(
            "select tablename, array_agg(cmd order by cmd) from pg_policies where tablename = any(%s) and permissive = 'PERMISSIVE' group by 1",
            [list(tabeller)],
        )
        assert dict(cursor.fetchall()) == {tabel: ["DELETE", "INSERT", "SELECT", "UPDATE"] for tabel in tabeller}
        cursor.execute(
            "select tgrelid::regclass::text, count(*) from pg_trigger where not tgisinternal"
            " and (tgname like 'pgtrigger_append_only%%' or tgname like 'pgtrigger_vedroerer%%') group by 1"
        )
        assert dict(cursor.fetchall()) == dict.fromkeys(tabeller, 2)


def test_no_secret_is_kept_and_no_checksum_shown() -> None:
    hemmeligt = re.compile(r"password|adgangskode|secret|hemmelig|token")
    tal = re.compile(r"sha\d|hash|fingeraftryk|kontrolsum")
    for en in slags():
        felter = {felt.name for felt in en.spor._meta.fields}
        assert not [navn for navn in felter if hemmeligt.search(navn)], en.noegle
        assert {navn for navn in felter if tal.search(navn)} <= en.skjulte, en.noegle


def test_no_identity_of_somebody_elses_employee_is_shown() -> None:
    for en in slags():
        tekster = {felt.name for felt in en.spor._meta.fields if isinstance(felt, CharField)}
        assert {navn for navn in tekster if navn == "identitet" or navn.endswith("_af")} <= en.skjulte, en.noegle


def antal(noegle: str) -> int:
    """Rows of a kind's history PostgreSQL itself shows."""
    en = slags_for(noegle)
    assert en is not None
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {en.spor._meta.db_table}")
        raekke = cursor.fetchone()
    assert raekke is not None
    return int(raekke[0])


def alt_om_gladsaxe() -> None:
    """A change of every kind that is Gladsaxe's: its offer, its people, its place reserved by Rødovre, its approval."""
    plads = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe")))
    fabrik.niveau(plads.afdeling.tilbud, 2)
    fabrik.takst(plads.afdeling)
    leder = fabrik.tilbudsleder("Gladsaxe")
    bekraeft_viste(aktoer=leder, viste=set_som_nu(plads.afdeling))
    reservation = fabrik.reservation(plads)
    beslut(aktoer=leder, reservation_id=reservation.id, udfald=Udfald.BEKRAEFT)
    fabrik.aftale(parter=("Gladsaxe",))


GLADSAXES = (
    "organisation",
    "kkrmedlemskab",
    "regionmedlemskab",
    "tilknytning",
    "tilbud",
    "tilbudshjemmel",
    "tilbudsmaalgruppe",
    "afdeling",
    "plads",
    "niveau",
    "bekraeftelse",
    "takst",
    "optagelse",
    "reservation",
    "beslutning",
    "part",
)


@pytest.mark.parametrize("noegle", GLADSAXES)
def test_history_is_shown_to_the_administration_it_concerns_and_to_no_other(noegle: str) -> None:
    alt_om_gladsaxe()
    egen, fremmed = fabrik.administrator("Gladsaxe"), fabrik.administrator("Herlev")
    andre_funktioner = [
        fabrik.tilbudsleder("Gladsaxe"),
        fabrik.sagsbehandler("Gladsaxe"),
        fabrik.sekretariat(),
    ]
    saet_database_aktoer(egen)
    gladsaxes = antal(noegle)
    assert gladsaxes > 0
    saet_database_aktoer(None)
    assert antal(noegle) >= gladsaxes
    for aktoer in andre_funktioner:
        saet_database_aktoer(aktoer)
        assert antal(noegle) == 0
    saet_database_aktoer(fremmed)
    with connection.cursor() as cursor:
        en = slags_for(noegle)
        assert en is not None
        cursor.execute(
            f"select count(*) from {en.spor._meta.db_table} where %s = any(vedroerer)", [egen.organisation_id]
        )
        assert cursor.fetchone() == (0,)


def test_buyer_and_seller_both_see_the_history_of_their_reservation() -> None:
    alt_om_gladsaxe()
    for navn in ("Rødovre", "Gladsaxe"):
        saet_database_aktoer(fabrik.administrator(navn))
        assert (antal("reservation"), antal("beslutning")) == (2, 1)
    saet_database_aktoer(fabrik.administrator("Herlev"))
    assert (antal("reservation"), antal("beslutning")) == (0, 0)


def test_nobody_sees_history_before_it_is_said_who_asks() -> None:
    alt_om_gladsaxe()
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.funktion', '', true), set_config('app.organisation', '', true)")
    assert [en.noegle for en in slags() if antal(en.noegle)] == []


def test_history_cannot_be_forged_rewritten_or_deleted() -> None:
    alt_om_gladsaxe()
    saet_database_aktoer(fabrik.administrator("Gladsaxe"))
    with connection.cursor() as cursor:
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            cursor.execute(
                "insert into kommuner_organisationevent"
                " (pgh_created_at, pgh_label, pgh_context, vedroerer, id, art, navn, cvr, ean, demo, pgh_obj_id)"
                " select pgh_created_at, pgh_label, pgh_context, vedroerer, id, art, 'falsk', cvr, ean, demo, pgh_obj_id"
                " from kommuner_organisationevent"
            )
        for sql in ("update sag_reservationevent set sagsreference = 'x'", "delete from sag_reservationevent"):
            cursor.execute(sql)
            assert cursor.rowcount == 0  # not the rows one can see either
    saet_database_aktoer(None)
    for sql in ("update sag_reservationevent set sagsreference = 'x'", "delete from sag_reservationevent"):
        with (
            pytest.raises(ProgrammingError, match="Cannot update or delete"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    spor = historik(Reservation)
    with maa_rettes(spor):
        assert spor.objects.for_systemet("test").update(sagsreference="anonym") == 2


def test_deletion_and_relations_are_changes_too() -> None:
    tilbud = fabrik.tilbud()
    niveau = fabrik.niveau(tilbud, 2)
    niveau.delete()
    tilbud.maalgrupper.clear()
    handlinger = {
        en.noegle: [spor.pgh_label for spor in en.spor.objects.for_systemet("test").order_by("pgh_id")]
        for en in slags()
    }
    assert handlinger["niveau"] == ["insert", "delete"]
    assert handlinger["tilbudsmaalgruppe"] == ["insert", "delete"]


def test_what_is_not_kept_is_no_change() -> None:
    bruger = fabrik.bruger(Rolle.LAESER, fabrik.kommune().organisation)
    bruger.set_password("et-nyt-langt-kodeord")
    bruger.last_login = fabrik.nu()
    bruger.save()
    spor = historik(type(bruger)).objects.for_systemet("test")
    assert [en.pgh_label for en in spor.filter(pgh_obj=bruger)] == ["insert"]


def test_persons_history_is_shown_where_she_has_worked() -> None:
    bruger = fabrik.bruger(Rolle.LAESER, fabrik.kommune("Rødovre").organisation)
    Tilknytning.objects.create(
        bruger=bruger,
        organisation=fabrik.kommune("Herlev").organisation,
        rolle=Rolle.LAESER,
        periode=fabrik.PERIODE_FREMME.som_range,
    )
    bruger.is_active = False
    bruger.save()
    for navn, ser in (("Rødovre", 1), ("Herlev", 1), ("Gladsaxe", 0)):
        aktoer = fabrik.administrator(navn)
        alle = {en.noegle: spor for en, spor in synlige_spor(aktoer)}
        assert alle["bruger"].filter(pgh_obj=bruger, pgh_label="update").count() == ser


def test_history_is_off_inside_uden_historik_and_on_again_after() -> None:
    with uden_historik(Tilbud):
        uden = fabrik.tilbud()
    med = fabrik.tilbud()
    spor = historik(Tilbud).objects.for_systemet("test")
    assert list(spor.values_list("pgh_obj", flat=True)) == [med.id]
    assert uden.id != med.id


def test_only_demo_data_are_made_without_history() -> None:
    brugt = {
        fil.relative_to(ROD).as_posix()
        for pakke in PAKKER
        for fil in Path(ROD / pakke).rglob("*.py")
        if "uden_historik" in fil.read_text()
    }
    assert {fil for fil in brugt if not fil.startswith("rammeaftale/demo/")} == {"faelles/spor.py"}


def test_no_context_is_kept_outside_the_guarded_rows() -> None:
    alt_om_gladsaxe()
    with connection.cursor() as cursor:
        cursor.execute(
            "select relrowsecurity, (select count(*) from pghistory_context) from pg_class where relname = 'pghistory_context'"
        )
        assert cursor.fetchone() == (True, 0)


def test_organisation_that_acts_on_the_things_of_another_sees_what_it_did() -> None:
    handlende = fabrik.administrator("Herlev")
    fabrik.kommune("Gladsaxe")
    with afsender(handlende.identitet, kilde="test"):
        er_aktoer(handlende)
        fabrik.tilbud(i="Gladsaxe")
    for navn in ("Herlev", "Gladsaxe"):
        saet_database_aktoer(fabrik.administrator(navn))
        assert antal("tilbud") == 1
    saet_database_aktoer(fabrik.administrator("Rødovre"))
    assert antal("tilbud") == 0
