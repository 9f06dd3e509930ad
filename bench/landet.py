"""The whole country, measured in a process of its own: `python -m bench.landet` prints figures as JSON.

The environment names the database (bench.landsdata).
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from importlib import import_module

import django

from bench.resultat import Tal
from drift.laan import ROD


def maal(miljoe: Mapping[str, str]) -> list[Tal]:
    """All figures; raises CalledProcessError when one cannot be measured."""
    kommando = [sys.executable, "-m", "bench.landet"]
    svar = subprocess.run(
        kommando, cwd=ROD, env={**os.environ, **miljoe}, check=True, stdout=subprocess.PIPE, text=True
    )
    return [Tal(**tal) for tal in json.loads(svar.stdout)]


if __name__ == "__main__":
    django.setup()  # the module needs it before it can be imported
    print(json.dumps([asdict(tal) for tal in import_module("bench.landsarbejde").lav()]))
