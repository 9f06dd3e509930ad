"""The report, made in a process of its own so that its memory can be told: `python -m bench.rapport` prints figures as JSON."""

import json
import subprocess
import sys
from importlib import import_module

import django

from bench.resultat import Tal
from drift.laan import ROD

HOEJESTE_MB = 500  # a worker with two children then fits in 1.5 GB


def maal() -> list[Tal]:
    """Make the report once; raises CalledProcessError when it cannot be made."""
    kommando = [sys.executable, "-m", "bench.rapport"]
    svar = subprocess.run(kommando, cwd=ROD, check=True, stdout=subprocess.PIPE, text=True)
    tal: dict[str, float] = json.loads(svar.stdout)
    return [
        Tal("Rapport: sider", tal["sider"], ""),
        Tal("Rapport: samle data", tal["saml"], "s"),
        Tal("Rapport: tegne figurer", tal["tegn"], "s"),
        Tal("Rapport: sætte sider", tal["saet"], "s"),
        Tal("Rapport: sider i sekundet", tal["sider"] / (tal["saml"] + tal["tegn"] + tal["saet"]), "sider/s"),
        Tal("Rapport: hukommelse, højeste", tal["mb"], "MB", hoejst=HOEJESTE_MB),
    ]


if __name__ == "__main__":
    django.setup()  # the module needs it before it can be imported
    print(json.dumps(import_module("bench.rapportarbejde").lav()))
