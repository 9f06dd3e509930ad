"""An offer that is delivered without places has none that is open: said of the row that would make it so."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.db.models import Q

from faelles.regneark.indlaesning import Raekkefejl
from tilbud.models import Plads, Tilbud
from tilbud.registerimport.queries import som_uuid
from tilbud.registerimport.sammenligning import Aendring
from tilbud.registerimport.skema import PLADSER, TILBUD

REGEL = "Tilbuddet leveres uden pladser."
FLEST_NAEVNTE = 3  # open places told in a fault; the rest is a number


def udenbrud(pladser: Sequence[Aendring], aendringer: Sequence[Aendring], dag: date) -> Iterator[Raekkefejl]:
    """The faults; `pladser` are the places whose days would change. Two statements when there is anything to ask."""
    siger = {a.noegle: a for a in aendringer if a.ark == TILBUD and "uden_pladser" in a.felter}
    uden = {noegle for noegle, a in siger.items() if a.felter["uden_pladser"][1]}
    spoerges = {pk for a in pladser if a.tilbud not in siger and (pk := som_uuid(a.tilbud))}
    if spoerges:
        registrerede = Tilbud.objects.filter(pk__in=spoerges, uden_pladser=True).order_by()
        uden |= {str(pk) for pk in registrerede.values_list("pk", flat=True)}
    berort = [a for a in pladser if a.tilbud in uden]
    if not uden:
        return
    aabne = _aabne(uden, dag)
    for aendring in berort:
        plads = aabne.get(aendring.tilbud, {}).pop(aendring.id, None)
        if aendring.ny or _aaben_efter(aendring, plads, dag):
            rettelse = "Giv pladsen en sidste dag, der er gået, eller ret det på tilbuddet."
            ny = "Slet rækken, eller ret det på tilbuddet."
            yield Raekkefejl(
                PLADSER, aendring.raekke, "Tilbud", aendring.sti[0], REGEL, ny if aendring.ny else rettelse
            )
    for noegle, pladserne in aabne.items():
        if noegle in siger and pladserne:
            yield _brud(siger[noegle], [plads.betegnelse for plads in pladserne.values()])


def _aabne(tilbud: set[str], dag: date) -> Mapping[str, dict[str, Plads]]:
    """The registered places of the offers that are or will be open, by offer and then by id."""
    endnu = Q(periode__endswith__isnull=True) | Q(periode__endswith__gt=dag)
    ider = [pk for noegle in tilbud if (pk := som_uuid(noegle))]
    fundne: dict[str, dict[str, Plads]] = defaultdict(dict)
    for plads in Plads.objects.filter(endnu, afdeling__tilbud__in=ider).select_related("afdeling"):
        fundne[str(plads.afdeling.tilbud_id)][str(plads.pk)] = plads
    return fundne


def _aaben_efter(aendring: Aendring, plads: Plads | None, dag: date) -> bool:
    """Whether a registered place is open on the day or later, as it would be afterwards."""
    if "sidste_dag" in aendring.felter:
        sidste = aendring.felter["sidste_dag"][1]
        return sidste is None or date.fromisoformat(sidste) >= dag
    return plads is not None


def _brud(aendring: Aendring, aabne: Sequence[str]) -> Raekkefejl:
    flere = len(aabne) - FLEST_NAEVNTE
    navne = ", ".join(aabne[:FLEST_NAEVNTE]) + (f" og {flere} til" if flere > 0 else "")
    return Raekkefejl(
        TILBUD,
        aendring.raekke,
        "Uden pladser",
        "ja",
        f"Et tilbud, der leveres uden pladser, har ingen, der er åben; det har {navne}.",
        "Giv pladserne en sidste dag, der er gået, eller skriv nej.",
    )
