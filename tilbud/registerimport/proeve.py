"""The dry run: rows beside the register of this moment, with every fault. Writes nothing."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from faelles.aktoer import Aktoer
from faelles.fejl import UgyldigtInput
from faelles.regneark.indlaesning import FLEST_FEJL, Indlaest, Raekke, Raekkefejl
from faelles.tid import idag, nu
from tilbud.registerimport.indhold import fingeraftryk, pak
from tilbud.registerimport.lukningsbrud import lukningsbrud
from tilbud.registerimport.pladsbrud import pladsbrud
from tilbud.registerimport.queries import rammer, register_for, skema_paa
from tilbud.registerimport.sammenligning import Sammenligning, sammenlign


def proev(
    aktoer: Aktoer,
    raekker: Mapping[str, Sequence[Raekke]],
    laesefejl: Sequence[Raekkefejl] = (),
    ulaeste: AbstractSet[tuple[str, int]] = frozenset(),
) -> Sammenligning:
    """What the rows would change, and every rule they break, those of reading among them."""
    skema = skema_paa(idag())
    resultat = sammenlign(raekker, skema, register_for(aktoer, raekker), ulaeste)
    fejlramte = {(fejl.ark, fejl.raekke) for fejl in resultat.fejl}
    hele = [a for a in resultat.aendringer if (a.ark, a.raekke) not in fejlramte]
    arkenes = [ark.navn for ark in skema.alle]
    alle = [*laesefejl, *resultat.fejl, *pladsbrud(hele, idag(), nu()), *lukningsbrud(hele, idag(), nu())]
    resultat.fejl = sorted(alle, key=lambda fejl: (arkenes.index(fejl.ark), fejl.raekke))
    return resultat


def kraev_raekker(indlaest: Indlaest) -> Indlaest:
    """Raise UgyldigtInput `fil_ulaeselig` for a file without rows."""
    if indlaest.i_orden and not any(indlaest.ark.values()):
        besked = "Der er ingen rækker i filen. Udfyld skabelonen, og prøv igen."
        raise UgyldigtInput("fil_ulaeselig", besked, {"fil": [besked]})
    return indlaest


def proevet(aktoer: Aktoer, indlaest: Indlaest) -> dict[str, Any]:
    """The fields of the draft a file makes."""
    resultat = proev(aktoer, indlaest.ark, indlaest.fejl, indlaest.ulaeste)
    return indhold_af(resultat, {} if resultat.fejl else pak(indlaest.ark, resultat.aendringer))


def indhold_af(resultat: Sammenligning, indhold: dict[str, Any]) -> dict[str, Any]:
    """The fields of a change set. With faults the rows are not kept: the file must be mended and read again."""
    indhold = indhold or pak({}, resultat.aendringer)
    tilbud, opretter = rammer(resultat.aendringer)
    nye = sum(aendring.ny for aendring in resultat.aendringer)
    return {
        "indhold": indhold,
        "sha256": fingeraftryk(indhold),
        "fejl": [[f.ark, f.raekke, f.kolonne, f.vaerdi, f.regel, f.rettelse] for f in resultat.fejl[:FLEST_FEJL]],
        "tilbud": tilbud,
        "opretter_tilbud": opretter,
        "nye": nye,
        "aendrede": len(resultat.aendringer) - nye,
        "uaendrede": resultat.uaendrede,
    }
