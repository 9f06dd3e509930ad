"""How log lines are written."""

import logging

from faelles.afsender import forespoergsel
from faelles.cpr import uden_cpr_i_linje


class UdenCpr(logging.Formatter):
    """A line, traceback and all, in which nothing looks like a CPR number: the last guard behind those that refuse them."""

    def format(self, record: logging.LogRecord) -> str:
        """As logging's own, with the number blotted out."""
        return uden_cpr_i_linje(super().format(record))


class Forespoergselsfilter(logging.Filter):
    """Puts the number of the request on every line of the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """All lines pass."""
        record.forespoergsel = forespoergsel() or "-"
        return True
