"""Our `migrate` makes the very tables Django's own does: columns, rules, indexes, triggers, functions and policies."""

import os
import subprocess
import sys
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from drift.laan import ROD

pytestmark = pytest.mark.stress

VORES = "from django.core.management import call_command; call_command('migrate', interactive=False, verbosity=0)"
DJANGOS = (
    "from django.core.management import call_command; from django.core.management.commands.migrate import Command;"
    " call_command(Command(), interactive=False, verbosity=0)"
)
INDHOLD = {
    "kolonner": (
        "SELECT table_name, column_name, udt_name, character_maximum_length, is_nullable, column_default, generation_expression"
        " FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
    ),
    "regler": (
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
    ),
    "indekser": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
    "triggere": (
        "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2"
    ),
    "funktioner": (
        "SELECT p.oid::regprocedure::text, p.prosrc FROM pg_proc p"
        " WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f' ORDER BY 1"
    ),
    "politikker": "SELECT tablename, policyname, cmd, roles, qual, with_check FROM pg_policies ORDER BY 1, 2",
}


def med_navn(url: str, navn: str) -> str:
    """The same server's database of this name."""
    dele = urlsplit(url)
    return urlunsplit(dele._replace(path=f"/{navn}"))


def migreret(navn: str, program: str) -> Mapping[str, list[tuple[object, ...]]]:
    """What a new database holds when the program has migrated it."""
    ejer = os.environ["DATABASE_OWNER_URL"]
    with psycopg.connect(ejer, autocommit=True) as forbindelse:
        forbindelse.execute(f"DROP DATABASE IF EXISTS {navn}")
        forbindelse.execute(f"CREATE DATABASE {navn}")
    url = med_navn(ejer, navn)
    try:
        subprocess.run(
            [sys.executable, "-c", f"import django; django.setup(); {program}"],
            cwd=ROD,
            env={
                **os.environ,
                "DATABASE_URL": url,
                "DATABASE_OWNER_URL": url,
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "DEBUG": "1",
            },
            check=True,
        )
        with psycopg.connect(url) as ny:
            return {hvad: ny.execute(sql).fetchall() for hvad, sql in INDHOLD.items()}
    finally:
        with psycopg.connect(ejer, autocommit=True) as forbindelse:
            forbindelse.execute(f"DROP DATABASE {navn} WITH (FORCE)")


def test_our_migrate_makes_the_very_tables_djangos_own_does() -> None:
    hurtig, hel = migreret("migreret_vores", VORES), migreret("migreret_djangos", DJANGOS)
    for hvad, raekker in hel.items():
        assert raekker, f"a control: there are {hvad}"
        assert hurtig[hvad] == raekker
