"""The dry run: rows beside the register of this moment, with every fault. Writes nothing."""

from collections.abc import Mapping, Sequence

from faelles.aktoer import Aktoer
from faelles.regneark.indlaesning import Raekke, Raekkefejl
from faelles.tid import idag, nu
from tilbud.registerimport.queries import pladsbrud, register_for, skema_paa
from tilbud.registerimport.sammenligning import Sammenligning, sammenlign


def proev(
    aktoer: Aktoer, raekker: Mapping[str, Sequence[Raekke]], laesefejl: Sequence[Raekkefejl] = ()
) -> Sammenligning:
    """What the rows would change, and every rule they break, those of reading among them."""
    skema = skema_paa(idag())
    resultat = sammenlign(raekker, skema, register_for(aktoer, raekker), laesefejl)
    fejlramte = {(fejl.ark, fejl.raekke) for fejl in resultat.fejl}
    hele = [a for a in resultat.aendringer if (a.ark, a.raekke) not in fejlramte]
    arkenes = [ark.navn for ark in skema.ark]
    alle = [*laesefejl, *resultat.fejl, *pladsbrud(hele, idag(), nu())]
    resultat.fejl = sorted(alle, key=lambda fejl: (arkenes.index(fejl.ark), fejl.raekke))
    return resultat
