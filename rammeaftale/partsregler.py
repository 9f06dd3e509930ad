"""When the parties of an agreement may be changed: pure rules.

Every party has a veto from the first version is sent until the agreement is adopted, also while a new version is written. Till then
nobody is taken out, and the secretariat does not choose who leaves: only the register does.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from faelles.tid import Periode
from rammeaftale.livscyklus import Aftaletilstand, afgoerelsesdag

KOMMER_OG_GAAR = frozenset(Aftaletilstand) - {Aftaletilstand.BORTFALDET}

ALLONGENS = "En allonges parter er rammeaftalens. Ret dem på rammeaftalen; så følger allongen med."
LIGGER_FAST = "En bortfaldet aftales parter ligger fast."
FJERNES_IKKE = (
    "En part fjernes kun, før aftalen første gang er sendt til godkendelse; siden har den veto. Holder den op efter registret, så giv "
    "den sin sidste dag. Er den part ved en fejl, så lad aftalen bortfalde, og begynd en ny."
)


def har_veto(tilstand: Aftaletilstand, *, sendt: bool) -> bool:
    """Whether the parties decide on the agreement; `sendt`: whether any version of it ever was."""
    return sendt and tilstand is not Aftaletilstand.VEDTAGET


def kan_fjernes(tilstand: Aftaletilstand, *, sendt: bool) -> bool:
    """Whether a party that should not have been one can be taken out."""
    return not sendt and tilstand in KOMMER_OG_GAAR - {Aftaletilstand.VEDTAGET}


def tidligst(periode: Periode, vedtaget: date | None) -> date:
    """The first day whose parties may still be others: those who decided on an adopted agreement did so."""
    return afgoerelsesdag(periode, vedtaget) + timedelta(days=1) if vedtaget else periode.fra


def uden_part(skal: Periode, er: Iterable[Periode]) -> bool:
    """Whether an organisation that should be a party in the one period is none on some day of it, when it is in the others."""
    dag: date | None = skal.fra
    for periode in sorted(er, key=lambda periode: periode.fra):
        if dag and periode.fra <= dag:
            dag = max(dag, periode.til) if periode.til else None
    return dag is not None and (skal.til is None or dag < skal.til)


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


def vetofejl(til: date, part: Periode, registret: date | None) -> str:
    """What is wrong with one that has a veto not being a party from `til`, or nothing; `registret`: when it ceases by the register."""
    if registret is None or (part.til and registret >= part.til):
        return (
            "Parten har veto, til aftalen er vedtaget, og efter registret holder den ikke op. Vent, til aftalen er vedtaget, eller lad "
            "den bortfalde, og begynd en ny."
        )
    if til != registret:
        sidste = registret - timedelta(days=1)
        return f"Parten har veto, til aftalen er vedtaget; efter registret er dens sidste dag den {sidste:%d.%m.%Y}. Vælg den."
    return ""
