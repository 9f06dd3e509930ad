"""What stays cost with supplements against the published takster, as its own page counts, suppresses and tells it."""

from collections.abc import Iterable, Iterator
from datetime import date

from faelles.penge import Enhed, afrund
from kommuner.models import Kkr
from rammeaftale.rapporter.takstanalyse.data import Prisaar, Priser
from reservationer.sag.prisudvikling import tekst
from reservationer.sag.prisudvikling.queries import Raekke, prisudvikling
from reservationer.sag.prisudvikling.regler import Aarspris
from takster.beregning.tal import afkortet
from takster.models import Takstenhed


def saml(kkr: Kkr, dag: date, enhed: Takstenhed) -> Priser:
    """The day's year and those before it, of whole months before the day."""
    fundet = prisudvikling(kkr, dag.year, enhed, dag=dag)
    return Priser(
        dom=tekst.dom(fundet),
        udvikling=tekst.udvikling(fundet),
        graensekilde=fundet.ramme.graensekilde.i_ord if fundet.ramme.graensekilde else "",
        alle=tuple(_pris(fundet.alle.navn, et) for et in fundet.alle.aarene),
        ejere=tuple(_i_aaret(fundet.ejere, dag.year)),
        driftsherrer=tuple(_i_aaret(fundet.driftsherrer, dag.year)),
    )


def _i_aaret(raekker: Iterable[Raekke], aar: int) -> Iterator[Prisaar]:
    for raekke in raekker:
        if et := raekke.aaret(aar):
            yield _pris(raekke.navn, et)


def _pris(navn: str, et: Aarspris) -> Prisaar:
    tal = et.tal
    takst, samlet, tillaeg = (
        afrund(tal.pr_dag(beloeb), Enhed.OERE) for beloeb in (tal.vejledende, tal.samlet, tal.tillaeg)
    )
    return Prisaar(
        navn=navn,
        aar=et.aar,
        dage=tal.dage,
        takst=takst,
        samlet=samlet,
        tillaeg=tillaeg,
        forskel_procent=afkortet(tal.forskel_procent),
        takstens_indeks=None if et.vejledende_indeks is None else afkortet(et.vejledende_indeks),
        prisens_indeks=None if et.samlet_indeks is None else afkortet(et.samlet_indeks),
    )
