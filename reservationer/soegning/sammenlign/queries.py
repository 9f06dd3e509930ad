"""What is compared: departments by id, however they stand to the need."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.queries import vurder
from reservationer.soegning.sammenlign.tabel import Sammenlignet
from tilbud.models import Tilbud
from tilbud.queries import bloklister


def sammenlignede(
    aktoer: Aktoer, profil: Behovsprofil, afdelinger: Sequence[UUID], *, nu: datetime
) -> list[Sammenlignet]:
    """The departments in the order given, each once. Raises IkkeFundet when one of them is not there."""
    fundne = {fundet.fakta.afdeling_id: fundet for fundet in vurder(aktoer, profil, afdelinger, nu=nu)}
    if set(fundne) != set(afdelinger):
        raise IkkeFundet("afdeling_ikke_fundet", "En af afdelingerne findes ikke.")
    tilbud = Tilbud.objects.prefetch_related("hjemler", "maalgrupper").in_bulk(
        [fundet.fakta.tilbud_id for fundet in fundne.values()]
    )
    lister = {tilbud_id: bloklister(tilbud_id, profil.periode.fra) for tilbud_id in tilbud}
    return [
        Sammenlignet(fundet, tilbud[fundet.fakta.tilbud_id], lister[fundet.fakta.tilbud_id])
        for fundet in (fundne[afdeling] for afdeling in dict.fromkeys(afdelinger))
    ]
