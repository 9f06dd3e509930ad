"""The test database, for processes of their own."""

import os
from urllib.parse import urlsplit, urlunsplit

from django.db import connection


def database_url(rolle: str = "DATABASE_URL") -> str:
    """The environment's URL (DATABASE_URL, or DATABASE_OWNER_URL) with the test database in its place."""
    return urlunsplit(urlsplit(os.environ[rolle])._replace(path=f"/{connection.settings_dict['NAME']}"))
