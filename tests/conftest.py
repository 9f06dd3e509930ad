"""Real PostgreSQL and Redis: the owner creates the test database, the tests run as the application role.

`make test` starts throw-away servers and names them in the environment.
"""

import gc
import os
from collections.abc import Iterator
from typing import Any

import environ
import pytest
from django.contrib.contenttypes.management import create_contenttypes
from django.core.cache import cache
from django.db import connections
from django.db.models.signals import post_migrate
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from config.celery import app as celery_app
from drift.skabelon import VARIABEL

TESTENS_AFSENDER = '{"identitet":"test"}'

hypothesis_settings.register_profile(
    "projekt",
    deadline=None,  # two shared cores: time is measured in `make bench`, not here
    derandomize=True,  # the same examples on every machine
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("projekt")


def pytest_collection_finish() -> None:
    """Exempt what stays for the whole run from garbage collection, as the web processes do (drift.gunicorn_conf)."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Let the owner create and drop the test database."""
    ejer = environ.Env().db("DATABASE_OWNER_URL")
    forbindelse = connections["default"]
    app = {navn: forbindelse.settings_dict[navn] for navn in ("USER", "PASSWORD")}
    forbindelse.settings_dict.update({navn: ejer[navn] for navn in app})
    forbindelse.settings_dict["TEST"]["TEMPLATE"] = os.environ.get(VARIABEL)  # tables already migrated, when there are
    # What the factories make has a sender, on every connection of this process; what the platform does must bring its own.
    forbindelse.settings_dict["OPTIONS"]["options"] += f" -c pghistory.context_metadata={TESTENS_AFSENDER}"
    yield
    forbindelse.close()
    forbindelse.settings_dict.update({navn: ejer[navn] for navn in app})


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Become the application role once the tables are there; TRUNCATE is for the tests' own clean-up only."""
    app = environ.Env().db("DATABASE_URL")
    forbindelse = connections["default"]
    ejer = {navn: forbindelse.settings_dict[navn] for navn in ("USER", "PASSWORD")}
    with django_db_blocker.unblock(), forbindelse.cursor() as cursor:
        cursor.execute(f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {app['USER']}")
        forbindelse.close()
    forbindelse.settings_dict.update({navn: app[navn] for navn in ejer})
    # Django would fill in its own permissions, which nothing here reads, after each test that empties the tables.
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    post_migrate.disconnect(create_contenttypes)
    yield
    with django_db_blocker.unblock():
        forbindelse.close()
    forbindelse.settings_dict.update(ejer)


@pytest.fixture(autouse=True)
def faste_indstillinger(settings: Any) -> None:
    """What a test run does not need: the manifest, slow password hashing, and a broker that somebody might hear."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.STATIC_ROOT = None
    settings.WHITENOISE_USE_FINDERS = False  # every test client would read every static file; live_server serves them
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = False
    settings.CSRF_COOKIE_SECURE = False


@pytest.fixture(autouse=True)
def ingen_koe(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Nothing is sent to a worker by accident; tests that want a real worker ask for `rigtig_koe`."""
    if "rigtig_koe" not in request.fixturenames:
        monkeypatch.setattr(celery_app, "send_task", lambda *_args, **_kwargs: None)
        monkeypatch.setattr("faelles.tasks.koer_job.apply_async", lambda *_args, **_kwargs: None)


@pytest.fixture
def rigtig_koe() -> None:
    """The test runs its own worker."""


@pytest.fixture(autouse=True)
def tom_cache() -> Iterator[None]:
    """Log-in limits and the like do not follow from one test to the next."""
    yield
    cache.clear()
