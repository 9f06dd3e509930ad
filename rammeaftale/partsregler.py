"""When the parties of an agreement may be changed: pure rules. Every party has a veto, so nobody leaves while it decides."""

from datetime import date, timedelta

from faelles.tid import Periode
from rammeaftale.livscyklus import Aftaletilstand, afgoerelsesdag

# Before it is sent anybody may come or go; what is sent can only get more who must say yes.
KOMMER_TIL = frozenset(Aftaletilstand) - {Aftaletilstand.BORTFALDET}
HOLDER_OP = KOMMER_TIL - {Aftaletilstand.SENDT}
FJERNES = HOLDER_OP - {Aftaletilstand.VEDTAGET}

STAAR_FAST = "Mens aftalen er sendt til godkendelse, kan ingen part holde op; åbn en ny version først."


def tidligst(periode: Periode, vedtaget: date | None) -> date:
    """The first day whose parties may still be others: those who decided on an adopted agreement did so."""
    return afgoerelsesdag(periode, vedtaget) + timedelta(days=1) if vedtaget else periode.fra


def begyndelsesfejl(fra: date, periode: Periode, vedtaget: date | None) -> str:
    """What is wrong with the day somebody becomes a party of an agreement of the period, or nothing."""
    if not periode.indeholder(fra):
        return "Vælg en dag i aftalens periode."
    if fra < tidligst(periode, vedtaget):
        return f"Aftalen er vedtaget af de parter, den havde; vælg den {tidligst(periode, vedtaget):%d.%m.%Y} eller senere."
    return ""


def ophoersfejl(sidste_dag: date, part: Periode, periode: Periode, vedtaget: date | None) -> str:
    """What is wrong with the last day of a party that is one in `part`, or nothing."""
    if sidste_dag < part.fra or (part.til and sidste_dag >= part.til - timedelta(days=1)):
        return "Vælg en dag i den periode, organisationen er part, før den sidste."
    if sidste_dag + timedelta(days=1) < tidligst(periode, vedtaget):
        return f"Parten var med til at vedtage aftalen; vælg den {tidligst(periode, vedtaget) - timedelta(days=1):%d.%m.%Y} eller senere."
    return ""
