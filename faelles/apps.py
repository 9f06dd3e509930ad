"""App configuration of the shared kernel."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate
from psycopg import sql

from faelles import drf_dansk


def giv_app_rollen_adgang(using: str, **_kwargs: Any) -> None:
    """Let the application role use (never own) every table, after each migration and in every test database."""
    rolle = settings.DATABASE_APP_ROLLE
    if (
        connections[using].settings_dict["USER"] == rolle
    ):  # a flush by the application itself, which owns nothing to give
        return
    rettigheder = (
        "GRANT USAGE ON SCHEMA public TO {rolle}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {rolle}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {rolle}",
    )
    with connections[using].cursor() as cursor:
        for saetning in rettigheder:
            cursor.execute(sql.SQL(saetning).format(rolle=sql.Identifier(rolle)).as_string())


class FaellesConfig(AppConfig):
    """The shared kernel."""

    name = "faelles"
    verbose_name = "Fælles"

    def ready(self) -> None:
        """Grant once per migrate run: the signal comes per app, and this app is migrated in every run."""
        import_module("faelles.driftspanel")
        import_module("faelles.tasks")  # gives faelles.job its sender, in the web process too
        drf_dansk.brug()
        post_migrate.connect(giv_app_rollen_adgang, dispatch_uid="faelles.giv_app_rollen_adgang")
