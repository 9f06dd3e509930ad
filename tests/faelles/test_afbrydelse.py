"""Long work is stopped in the middle, where it said it can be, and nowhere else."""

import threading
import time
from contextlib import suppress

import pytest

from faelles.afbrydelse import Afbrudt, Afbryder


def om_lidt(afbryder: Afbryder) -> None:
    threading.Timer(0.05, afbryder.afbryd).start()


def test_sleeping_work_is_stopped_at_once() -> None:
    afbryder, start = Afbryder(), time.monotonic()
    om_lidt(afbryder)
    with pytest.raises(Afbrudt), afbryder.kan_afbrydes():
        time.sleep(30)
    assert time.monotonic() - start < 5


def test_no_library_takes_it_for_a_failure_of_its_own() -> None:
    afbryder = Afbryder()
    om_lidt(afbryder)
    with pytest.raises(Afbrudt), afbryder.kan_afbrydes(), suppress(Exception):  # what a library does
        time.sleep(30)


def test_outside_the_stretch_nothing_is_stopped_but_the_next_stretch_is() -> None:
    afbryder = Afbryder()
    with afbryder.kan_afbrydes():
        pass
    afbryder.afbryd()
    time.sleep(0.05)
    with pytest.raises(Afbrudt), afbryder.kan_afbrydes():
        pytest.fail("begyndte alligevel")


def test_stop_that_comes_late_ends_nothing() -> None:
    sen, naeste = Afbryder(), Afbryder()
    with sen.kan_afbrydes():
        pass
    sen.afbryd()
    with naeste.kan_afbrydes():
        time.sleep(0.05)


def test_another_thread_is_stopped_at_the_end_of_its_stretch() -> None:
    afbryder, set_ = Afbryder(), []

    def arbejd() -> None:
        try:
            with afbryder.kan_afbrydes():
                afbryder.afbryd()
                set_.append("fortsatte")
        except Afbrudt:
            set_.append("afbrudt")

    traad = threading.Thread(target=arbejd)
    traad.start()
    traad.join()
    assert set_ == ["fortsatte", "afbrudt"]
