"""gunicorn's settings, from the environment.

WEB_ADRESSE      address to listen on; 127.0.0.1, so that a developer's machine shows nothing to its network
PORT             8000
WEB_CONCURRENCY  processes; 2
WEB_THREADS      threads per process; 8. Each holds a database connection: keep the product under max_connections
"""

import gc
import os
from typing import Any

bind = f"{os.environ.get('WEB_ADRESSE', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
NYE_OBJEKTER = 20_000
worker_class = "gthread"
worker_tmp_dir = "/dev/shm"  # noqa: S108 - heartbeat files; a disk under load would make workers look dead
keepalive = 5  # seconds
timeout = 60  # seconds
graceful_timeout = 3  # seconds; less than the supervisor's four
accesslog = "-"
# The path without the query, and no referer: what people search for is not for a log.
access_log_format = '%(h)s %(t)s "%(m)s %(U)s %(H)s" %(s)s %(b)s "%(a)s"'


def post_worker_init(_worker: Any) -> None:
    """Exempt what the loaded application consists of from garbage collection: it stays, and searching it doubles a search's time.

    And look for garbage less often than after every 700 new objects: a search of the whole country makes some hundred thousand
    that all are still in use, and looking through them again and again took a third of its time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NYE_OBJEKTER, *gc.get_threshold()[1:])
