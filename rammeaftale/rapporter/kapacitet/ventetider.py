"""How long the area's citizens waited for answers and places, as the page of answer times counts and suppresses it."""

from collections.abc import Iterator
from datetime import date

from faelles.tid import Periode
from kommuner.models import Kkr
from rammeaftale.rapporter.kapacitet.data import Svartid, Svartider
from reservationer.svartider import figurer, queries
from reservationer.svartider.regler import TRIN_NAVN, Inddeling, Raekke


def saml(kkr: Kkr, dag: date) -> Svartider:
    """The finished half-years before the day. Raises Konflikt when the KKR has not said how small a count may be shown."""
    fundet = queries.i_kkr(kkr, dag)
    sidste = fundet.halvaar[-1]
    return Svartider(
        samlet=tuple(tid for halvaar in fundet.halvaar for tid in _tider(fundet, halvaar, fundet.samlet(halvaar))),
        hjemler=tuple(
            tid for raekke in fundet.opdelt(sidste, Inddeling.HJEMMEL) for tid in _tider(fundet, sidste, raekke)
        ),
        tekst=figurer.udvikling(fundet).tekst,
    )


def _tider(fundet: queries.Svartider, halvaar: Periode, raekke: Raekke) -> Iterator[Svartid]:
    """A figure for each step, in the order of the steps."""
    for trin, navn in TRIN_NAVN.items():
        tal = raekke.tal[trin]
        yield Svartid(
            halvaar=fundet.navn(halvaar),
            gruppe=raekke.gruppe,
            trin=navn,
            sager=tal.sager if tal else None,
            halvdelen=tal.halvdelen if tal else None,
            ni_af_ti=tal.ni_af_ti if tal else None,
        )
