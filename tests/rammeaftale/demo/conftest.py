"""What the tests of the demo data stand on."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker


@pytest.fixture
def udvikling(settings: Any) -> None:
    """Demo data exist in development only."""
    settings.DEBUG = True


@pytest.fixture(scope="module")
def lille(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Reference and small demo data, made once for the module: what the command said."""
    ud = StringIO()
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as miljoe:
        miljoe.setattr("django.conf.settings.DEBUG", True)
        miljoe.setattr("django.conf.settings.PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
        call_command("indlaes_reference", stdout=StringIO())
        call_command("demodata", "--skala", "lille", stdout=ud)
        yield ud.getvalue()
        transaction.set_rollback(True)
