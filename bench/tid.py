"""Taking the time of things that are to be compared."""

import time
from collections.abc import Callable

RUNDER = 60
VARM_OP = 5


def tag_tid(*arbejder: Callable[[], object], runder: int = RUNDER) -> list[list[float]]:
    """Seconds of each, taken in turns: neighbours on the machine slow all of them alike."""
    tider: list[list[float]] = [[] for _ in arbejder]
    for runde in range(runder + VARM_OP):
        for arbejde, tid in zip(arbejder, tider, strict=True):
            start = time.perf_counter()
            arbejde()
            if runde >= VARM_OP:
                tid.append(time.perf_counter() - start)
    return tider
