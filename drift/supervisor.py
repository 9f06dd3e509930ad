"""Child processes of one run: started in order, stopped in reverse, none left behind even when we are killed with -9.

Every child is asked by the kernel to die with its parent (PR_SET_PDEATHSIG); the signal follows the *thread* that
started it, so children are started from the main thread. Each has its own session: Ctrl-C reaches only us, and we stop them.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import FrameType

PR_SET_PDEATHSIG = 1
STOPFRIST = 4.0  # seconds in all from TERM to KILL
KIG = 0.1  # seconds
SIDSTE_LINJER = 20
_libc = ctypes.CDLL(None)  # loaded before any fork


class Afbrudt(Exception):
    """The run is to stop; `kode` is the exit code."""

    def __init__(self, kode: int) -> None:
        """Keep the exit code."""
        super().__init__(kode)
        self.kode = kode


@dataclass
class Barn:
    """One child and where it writes."""

    navn: str
    proces: subprocess.Popen[bytes]
    log: Path


@dataclass
class Supervisor:
    """Starts children and watches them; use as a context manager, which stops them all."""

    logmappe: Path
    boern: list[Barn] = field(default_factory=list)
    _stop: int | None = None

    def __enter__(self) -> Self:
        """Take over Ctrl-C and TERM: they are acted on between two looks, never in the middle of a step."""
        self.logmappe.mkdir(parents=True, exist_ok=True)
        signal.signal(signal.SIGINT, self._bed_om_stop)
        signal.signal(signal.SIGTERM, self._bed_om_stop)
        return self

    def __exit__(self, *_fejl: object) -> None:
        """Stop in reverse order: TERM, four seconds in all, then KILL."""
        for barn in reversed(self.boern):
            _signal(barn, signal.SIGTERM)
        frist = time.monotonic() + STOPFRIST
        while any(barn.proces.poll() is None for barn in self.boern) and time.monotonic() < frist:
            time.sleep(KIG)
        for barn in reversed(self.boern):
            _signal(barn, signal.SIGKILL)  # the group: a child that ended may have left its own children
            barn.proces.wait()

    def start(
        self,
        navn: str,
        kommando: Sequence[str],
        klar: Callable[[], bool] = lambda: True,
        miljoe: Mapping[str, str] | None = None,
    ) -> None:
        """Start a child that is to live as long as the run, and wait until it is ready.

        Raises `Afbrudt` when it, or another child, ends meanwhile, or when the run is to stop.
        """
        log = self.logmappe / f"{navn}.log"
        with log.open("wb") as ud:
            self.boern.append(Barn(navn, _start(kommando, ud.fileno(), miljoe), log))
        while not klar():
            self._kig()

    def koer(self, kommando: Sequence[str]) -> int:
        """Run a command to its end, watching the children meanwhile; returns its exit code."""
        proces = _start(kommando)
        try:
            while proces.poll() is None:
                self._kig()
        finally:
            if proces.poll() is None:
                proces.terminate()
                proces.wait()
        return proces.returncode

    def vent(self) -> None:
        """Watch until the run is to stop; always ends by raising `Afbrudt`."""
        while True:
            self._kig()

    def _kig(self) -> None:
        """One look: is the run to stop, has a child ended?"""
        if self._stop is not None:
            raise Afbrudt(self._stop)
        for barn in self.boern:
            kode = barn.proces.poll()
            if kode is not None:
                hale = "\n".join(barn.log.read_text(errors="replace").splitlines()[-SIDSTE_LINJER:])
                print(
                    f"\n{barn.navn} stoppede af sig selv (kode {kode}). Sidste linjer i {barn.log}:\n{hale}",
                    file=sys.stderr,
                )
                raise Afbrudt(kode if kode > 0 else 1)
        time.sleep(KIG)

    def _bed_om_stop(self, signalnummer: int, _ramme: FrameType | None) -> None:
        self._stop = 0 if signalnummer == signal.SIGINT else 128 + signalnummer


def _start(
    kommando: Sequence[str], log: int | None = None, miljoe: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        kommando,
        env={**os.environ, **(miljoe or {})},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
        preexec_fn=_doe_med_foraelder,  # noqa: PLW1509 - one system call, and we have no other threads
    )


def _doe_med_foraelder() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _signal(barn: Barn, signalnummer: signal.Signals) -> None:
    try:
        os.killpg(barn.proces.pid, signalnummer)
    except ProcessLookupError:
        return
