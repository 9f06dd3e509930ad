"""A Redis of its own for each of pytest-xdist's processes, since one's queue and counters are not another's.

A plugin (`-p tests.parallel`): it is imported before the settings are read. pytest-django gives each process its database.
"""

import os
import shutil
import tempfile
from pathlib import Path

from drift import redis
from drift.laan import giv_tilbage, vent_paa_stop

_MAPPE = Path(tempfile.mkdtemp(prefix="rammeaftale-redis-")) if "PYTEST_XDIST_WORKER" in os.environ else None
_SERVER = redis.brug(_MAPPE / "redis", holdbar=False) if _MAPPE else None
if _SERVER:
    os.environ["REDIS_URL"] = _SERVER.url()


def pytest_unconfigure() -> None:
    """Stop the server and remove what it wrote."""
    if _SERVER and _MAPPE:
        giv_tilbage()
        vent_paa_stop(_SERVER)
        shutil.rmtree(_MAPPE, ignore_errors=True)
