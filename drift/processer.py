"""The commands the platform consists of: the same under `make run` and in the containers (a test compares them)."""

WEB = ("python", "-m", "gunicorn", "--config", "python:drift.gunicorn_conf", "config.wsgi:application")
WORKER = (
    "python",
    "-m",
    "celery",
    "-A",
    "config",
    "worker",
    "--queues",
    "standard,haendelser,rapport",
    "--concurrency",
    "2",
    # KiB: a process that has grown beyond it ends after its task and another takes its place.
    "--max-memory-per-child",
    "350000",
    "--loglevel",
    "INFO",
)
# No pid file: it would survive a kill and stop the next start. The schedule is only a note of what ran last.
BEAT = (
    "python",
    "-m",
    "celery",
    "-A",
    "config",
    "beat",
    "--pidfile=",
    "--schedule",
    ".data/beat",
    "--loglevel",
    "INFO",
)
# What the database needs before the first request: manage.py commands, run as its owner.
DATABASE = (
    ("Databasens tabeller", ("migrate", "--noinput", "--verbosity", "0")),
    ("Referencedata", ("indlaes_reference",)),
    ("Offentliggjorte tilbud og priser", ("indlaes_offentlige",)),
)
