"""The newest reports of an agreement, and the key figures in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q

from faelles.aktoer import Aktoer
from faelles.models import JobStatus
from rammeaftale.models import Rammeaftale
from rammeaftale.rapporter.models import Rapport
from rammeaftale.rapporter.overblik.figurer import Figur, figur
from rammeaftale.rapporter.overblik.noegletal import NOEGLETAL, TYPER, Noegletal
from rammeaftale.rapporter.queries import poster
from rammeaftale.rapporter.register import RAPPORTTYPER, typenavn


@dataclass(frozen=True, slots=True)
class Rude:
    """A key figure with the report it is from; without, there is none of its type whose figures can be read."""

    noegletal: Noegletal
    rapport: Rapport | None
    figur: Figur | None

    @property
    def typenavn(self) -> str:
        """The type of report it is read from, for people."""
        return typenavn(self.noegletal.type)


def ruder(aktoer: Aktoer, aftale: Rammeaftale) -> Iterator[Rude]:
    """Each key figure. As many statements however many reports there are."""
    nyeste = _nyeste(aktoer, aftale)
    tabeller = {type_: {post.id: post for post in poster(rapport)} for type_, rapport in nyeste.items()}
    for noegletal in NOEGLETAL:
        rapport = nyeste.get(noegletal.type)
        vist = figur(noegletal, tabeller[noegletal.type].get(noegletal.post)) if rapport else None
        yield Rude(noegletal, rapport, vist)


def _nyeste(aktoer: Aktoer, aftale: Rammeaftale) -> Mapping[str, Rapport]:
    """The newest finished report of each type, by its data; none whose data were withdrawn as wrong, or are of an older shape."""
    laeselige = Q()
    for type_ in TYPER:
        laeselige |= Q(type=type_, oejebliksbillede__skema_version=RAPPORTTYPER[type_].skema_version)
    nyeste = (
        Rapport.objects.synlige_for(aktoer)
        .filter(laeselige, version__aftale=aftale, job__status=JobStatus.FAERDIG)
        .exclude(oejebliksbillede__rapporter__udgivelse__tilbagetraekning__isnull=False)
        .select_related("oejebliksbillede")
        .order_by("type", "-oejebliksbillede__datatidspunkt", "-id")
        .distinct("type")
    )
    return {rapport.type: rapport for rapport in nyeste}
