"""Stopping long work in the middle of a step: a watching thread asks, and the main thread stops where it has said it can.

A signal does it, since nothing else reaches a thread that sleeps or sits in a C library. Not in a transaction or a query:
there the work stops by itself at the next `Fremdrift.meld`.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNAL = signal.SIGUSR2


class Afbrudt(BaseException):
    """Not an error: the job was cancelled or another attempt has taken over, and this one must let go without storing anything.

    Like KeyboardInterrupt no `Exception`, so that no library takes it for a failure of its own and goes on.
    """


class Afbryder:
    """One for each piece of work. `afbryd` may be called from any thread, `kan_afbrydes` by the one that works."""

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self._oensket = False
        self._aaben = False

    def afbryd(self) -> None:
        """Stop the work now if it can be stopped, else at the next stretch where it can."""
        self._oensket = True
        if self._aaben:
            signal.pthread_kill(threading.main_thread().ident or 0, _SIGNAL)

    @contextmanager
    def kan_afbrydes(self) -> Iterator[None]:
        """A stretch that may end anywhere with Afbrudt. Outside the main thread only at its beginning and its end."""
        i_hovedtraaden = threading.current_thread() is threading.main_thread()
        if i_hovedtraaden:
            signal.signal(_SIGNAL, self._modtag)  # stays: a signal that comes late must find somebody who ignores it
            self._aaben = True
        try:
            self._tjek()
            yield
        finally:
            self._aaben = False
        self._tjek()

    def _tjek(self) -> None:
        if self._oensket:
            raise Afbrudt

    def _modtag(self, _nummer: int, _ramme: FrameType | None) -> None:
        if self._aaben:
            self._aaben = False
            raise Afbrudt
