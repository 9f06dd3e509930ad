"""`make bench`: throw-away servers, the data, every measurement; exit code 1 when a hard limit breaks."""

import os
import sys
from collections.abc import Iterator
from importlib import import_module

import django

from bench import landet, landsdata, rapport
from bench.processer import webserver
from bench.resultat import Tal, gem, tabel
from drift.fejl import Driftsfejl
from drift.koer import DEMODATA
from drift.laan import ROD
from drift.opsaetning import trin
from drift.processer import DATABASE
from drift.udvikling import engangsmiljoe
from faelles.afsender import afsender

UD = ROD / ".data" / "bench.json"


def main() -> None:
    """Measure, show, keep."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    alle: list[Tal] = []
    try:
        with engangsmiljoe():
            _goer_data_klar()
            django.setup()  # the modules below need it before they can be imported
            with afsender("kommando:bench", kilde="kommando bench"):
                for tal in _maal():
                    alle += tal
    except Driftsfejl as fejl:
        sys.exit(
            "\n".join([tabel(alle), str(fejl)]) if alle else str(fejl)
        )  # what was measured before it stopped holds
    print(tabel(alle))
    gem(alle, UD)
    print(f"  Tallene er gemt i {UD.relative_to(ROD)}. Sådan læses de: docs/maaling.md")
    sys.exit(0 if all(tal.holder for tal in alle) else 1)


def _goer_data_klar() -> None:
    """The data of `make run`; raises Driftsfejl with what a command printed when it fails."""
    for navn, kommando in (*DATABASE, DEMODATA):
        with trin(navn):
            landsdata.manage(kommando)


def _maal() -> Iterator[list[Tal]]:
    soegning, reservation, rivaler, mure = (
        import_module(f"bench.{navn}") for navn in ("soegning", "reservation", "rivaler", "mure")
    )
    with trin("Rapporten"):
        yield rapport.maal()
    with webserver(os.environ["DATABASE_URL"]) as web:
        with trin("Søgningen"):
            yield soegning.maal(web)
        with trin("Reservationen"):
            yield reservation.maal(web)
        with trin("Kapløbet om en plads"):
            yield rivaler.maal(web)
    with trin("De to mure"):
        yield mure.maal()
    miljoe = landsdata.klargoer()
    with trin("Hele landet"):
        yield landet.maal(miljoe)


if __name__ == "__main__":
    main()
