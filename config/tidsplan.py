"""What Celery beat starts, and how often; a number is seconds. A task nobody has begun `expires` seconds later is dropped."""

from typing import Any

from celery.schedules import crontab

TIDSPLAN: dict[str, dict[str, Any]] = {
    "fej-job": {"task": "faelles.fej_job", "schedule": 30.0, "options": {"queue": "haendelser", "expires": 30}},
    "nummerer-haendelser": {
        "task": "faelles.nummerer_haendelser",
        "schedule": 5.0,
        "options": {"queue": "haendelser", "expires": 5},
    },
    "ryd-sessioner": {
        "task": "kommuner.ryd_sessioner",
        "schedule": 24 * 3600.0,
        "options": {"queue": "haendelser", "expires": 3600},
    },
    "ryd-idempotensnoegler": {
        "task": "faelles.ryd_idempotensnoegler",
        "schedule": 24 * 3600.0,
        "options": {"queue": "haendelser", "expires": 3600},
    },
    "ryd-tokens": {
        "task": "kommuner.ryd_tokens",
        "schedule": 24 * 3600.0,
        "options": {"queue": "haendelser", "expires": 3600},
    },
    "anonymiser-ophold": {
        "task": "sag.anonymiser_ophold",
        "schedule": crontab(hour=2, minute=30),  # at night, also when beat has lost its note of what ran last
        "options": {"queue": "haendelser", "expires": 3600},
    },
    "anonymiser-forespoergsler": {
        "task": "venteliste.anonymiser_forespoergsler",
        "schedule": crontab(hour=2, minute=50),  # after the stays, whose reservations an enquiry waits for
        "options": {"queue": "haendelser", "expires": 3600},
    },
    "stil-akutte-ure": {
        "task": "sag.stil_akutte_ure",
        "schedule": crontab(hour="0,6", minute=20),  # the day has new approvals from midnight; again at 6 if beat slept
        "options": {"queue": "haendelser", "expires": 3600},
    },
    "vedtag-enstemmige": {
        "task": "rammeaftale.vedtag_enstemmige",
        "schedule": crontab(hour="0,6", minute=10),  # the day has new parties from midnight; again at 6 if beat slept
        "options": {"queue": "haendelser", "expires": 3600},
    },
    "paamind-bekraeftelser": {
        "task": "tilbud.paamind_bekraeftelser",
        "schedule": crontab(hour=7, minute=0),  # before the working day; each due date is reminded of once
        "options": {"queue": "haendelser", "expires": 3600},
    },
    "paamind-aarshjul": {
        "task": "rammeaftale.paamind_aarshjul",
        "schedule": crontab(hour="7,11", minute=10),  # again at 11 for what was being written, or not sent, at 7
        "options": {"queue": "haendelser", "expires": 3600},
    },
    "send-takstpaamindelser": {
        "task": "takster.send_paamindelser",
        "schedule": 60.0,
        "options": {"queue": "haendelser", "expires": 60},
    },
    "send-aftalebreve": {
        "task": "sag.send_aftalebreve",
        "schedule": 60.0,
        "options": {"queue": "haendelser", "expires": 60},
    },
    "send-takstbeskeder": {
        "task": "sag.send_takstbeskeder",
        "schedule": 60.0,
        "options": {"queue": "haendelser", "expires": 60},
    },
    "foelg-takster": {
        "task": "sag.foelg_takster",
        "schedule": 60.0,
        "options": {"queue": "haendelser", "expires": 60},
    },
    "genberegn-takster": {
        "task": "takster.genberegn",
        "schedule": 120.0,
        "options": {"queue": "haendelser", "expires": 120},
    },
    "send-hoeringslinks": {
        "task": "rammeaftale.send_hoeringslinks",
        "schedule": 60.0,
        "options": {"queue": "haendelser", "expires": 60},
    },
    "paamind-hoeringer": {
        "task": "rammeaftale.paamind_hoeringer",
        "schedule": crontab(hour="7,11", minute=20),  # again at 11 for what was being written at 7; each deadline once
        "options": {"queue": "haendelser", "expires": 3600},
    },
    "send-morgenbreve": {
        "task": "kommuner.send_morgenbreve",
        # before the working day, and again for those whose mail was cut off or refused: each has one a day
        "schedule": crontab(hour="6,7,8", minute="0,20,40", day_of_week="1-5"),
        "options": {"queue": "haendelser", "expires": 1200},
    },
    "ryd-kapitler": {
        "task": "rapporter.ryd_kapitler",
        "schedule": crontab(hour=3, minute=15),
        "options": {"queue": "rapport", "expires": 3600},
    },
    "bestil-faste-rapporter": {
        "task": "rapporter.bestil_faste",
        "schedule": crontab(hour="4,8", minute=30),  # before the working day; again at 8 if beat slept
        "options": {"queue": "haendelser", "expires": 3600},
    },
    "ryd-rapportfiler": {
        "task": "rapporter.ryd_filer",
        "schedule": crontab(hour=3, minute=20),
        "options": {"queue": "rapport", "expires": 3600},
    },
    "ryd-logge": {
        "task": "kommuner.ryd_logge",
        "schedule": 24 * 3600.0,
        "options": {"queue": "haendelser", "expires": 3600},
    },
    "proev-gemte-soegninger": {
        "task": "soegning.proev_gemte",
        "schedule": 600.0,
        "options": {"queue": "haendelser", "expires": 600},
    },
    "eskaler-ubesvarede": {
        "task": "sag.eskaler_ubesvarede",
        "schedule": 300.0,
        "options": {"queue": "haendelser", "expires": 300},
    },
    "eskaler-ventende": {
        "task": "venteliste.eskaler",
        "schedule": crontab(hour="7,11", minute=30),  # again at 11 for what was not sent at 7; each is told of once
        "options": {"queue": "haendelser", "expires": 3600},
    },
    "udloeb-reservationer": {
        "task": "sag.udloeb_reservationer",
        "schedule": 60.0,
        "options": {"queue": "haendelser", "expires": 60},
    },
}
