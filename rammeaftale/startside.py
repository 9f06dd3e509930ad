"""Start page: the wheel around today, and the agreements: those under approval for the secretariat, a line each for everybody else."""

from collections.abc import Mapping
from typing import Any

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.brevslags import altid
from faelles.startside import Panel, panel
from faelles.tid import idag
from rammeaftale.aarshjul.queries import egne, hjul_for, omkring, stillinger
from rammeaftale.aarshjul.visning import tavle
from rammeaftale.hoering.aabne import aabne_hoeringer, med_aabne_hoeringer
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Rammeaftale
from rammeaftale.tavle import Aftalevisning, vis_alle

FLEST = 4  # how many of the wheel's next steps

altid("En frist i årshjulet nærmer sig eller er overskredet", Rettighed.KOMMENTARER_SKRIV, *Funktion)


@panel(30)
def aftaler(aktoer: Aktoer) -> Panel | None:
    """The actor's agreements and what comes next in them; the secretariat sees what is missing, others where they stand."""
    if not aktoer.maa(Rettighed.RAMMEAFTALER_LAES):
        return None
    sekretariat = aktoer.funktion is Funktion.SEKRETARIAT
    fundne = list(med_aabne_hoeringer(Rammeaftale.objects.synlige_for(aktoer).select_related("kkr__sekretariat")))
    visninger = vis_alle(fundne, idag())
    if not visninger and not sekretariat:
        return None
    data = {
        "visninger": visninger,
        "sekretariat": sekretariat,
        "aarshjul": _aarshjul(aktoer, visninger),
        "hoeringer": aabne_hoeringer(fundne, idag()) if sekretariat else [],
    }
    return Panel("rammeaftale/panel.html", data)


def _aarshjul(aktoer: Aktoer, visninger: list[Aftalevisning]) -> Mapping[str, Any] | None:
    """What is late and what comes next: everybody's for the secretariat, one's own for the others; None for nothing."""
    sekretariat, dag = aktoer.funktion is Funktion.SEKRETARIAT, idag()
    hjul = hjul_for([v for v in visninger if v.aftale.tilstand != Aftaletilstand.BORTFALDET], dag)
    foer, efter = omkring(hjul.punkter if sekretariat else egne(hjul.punkter, aktoer.organisation_id), dag, FLEST)
    if not foer and not efter and not (sekretariat and hjul.punkter):
        return None
    return {
        "dag": dag,
        "foer": foer,
        "efter": efter,
        "flere": len({punkt.aftale.id for punkt in (*foer, *efter)}) > 1,
        "tavle": tavle(stillinger(hjul)) if sekretariat else None,
    }
