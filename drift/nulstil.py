"""`make reset`: empty `.data/` after asking; it stops nothing and refuses while somebody uses the data.

Uses the standard library only and asks for no free disk: it is what one runs when the disk is full.
"""

import shutil
import sys

from drift import postgres, redis
from drift.fejl import Driftsfejl
from drift.koer import laas_koersel
from drift.laan import vent_paa_stop
from drift.udvikling import DATA, POSTGRES, REDIS

ADVARSEL = f"Sletter alt i {DATA}: database, kø, rapporter og logge. Skriv ja for at fortsætte: "


def nulstil() -> None:
    """Raises `Driftsfejl` while a run, or any other process, uses the embedded servers."""
    with laas_koersel():
        servere = (postgres.PostgreSQL(DATA / POSTGRES), redis.Redis(DATA / REDIS))
        if not all(vent_paa_stop(server) for server in servere):
            raise Driftsfejl("Databasen er i brug af en anden proces. Stop den først.")
        if input(ADVARSEL).strip().lower() != "ja":
            print("Intet er slettet.")
            return
        for sti in DATA.iterdir():
            if sti.is_dir():
                shutil.rmtree(sti)
            else:
                sti.unlink()
    print("Slettet. `make run` begynder forfra.")


if __name__ == "__main__":
    try:
        nulstil()
    except Driftsfejl as fejl:
        sys.exit(str(fejl))
    except (EOFError, KeyboardInterrupt):
        sys.exit("\nIntet er slettet.")
