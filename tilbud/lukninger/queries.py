"""Reading temporary closures."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from faelles.dokument.tal import dage_i_ord
from faelles.fejl import Konflikt
from faelles.tid import Periode
from tilbud.belaegning.models import Optagelse, Pladslukning
from tilbud.belaegning.querysets import PladslukningQuerySet
from tilbud.models import Afdeling, Plads
from vilkaar.kilde import Kilde, fra_felt, kilde
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende_i_kommune

PR_BID = 500  # rows fetched at a time while a file is streamed
LUKNINGSHOVED = (
    "Afdeling", "Plads", "Lukket fra", "Sidste lukkede dag", "Alene efter", "Grund", "Bemærkning", "Ophævet", "Platformens id",
)  # fmt: skip


def lukninger(tilbud_id: UUID) -> PladslukningQuerySet[Pladslukning]:
    """Those of an offer, the first to begin in front; departments, places and `kilde` come along."""
    fundne = Pladslukning.objects.filter(afdeling__tilbud=tilbud_id).select_related("afdeling", "plads")
    return fundne.med_kilde().order_by("periode", "afdeling__navn_sortering", "plads__betegnelse_sortering", "pk")


def kommende(tilbud_id: UUID, dag: date) -> list[Pladslukning]:
    """Those of an offer that close something on the day or later."""
    return list(lukninger(tilbud_id).fra(dag))


def graense_alene(afdeling: Afdeling, dag: date) -> tuple[int | None, Kilde | None, str]:
    """How many days one person alone may have a place closed, by the terms where the offer lies, with the clause and set that
    say it; None where they do not, and what is missing.
    """
    try:
        vilkaar = gaeldende_i_kommune(afdeling.tilbud.beliggenhedskommune_id, dag)
        return vilkaar.heltal(Noegle.LUKNING_ALENE_DAGE), kilde(vilkaar, Noegle.LUKNING_ALENE_DAGE), ""
    except Konflikt as fejl:
        return None, None, fejl.besked


def lukket(afdeling_id: UUID, plads_id: UUID | None) -> list[list[Periode]]:
    """The days the place is or has been closed on; with None, for each place of the department that is closed for itself."""
    alle: list[Periode] = []
    egne: dict[UUID, list[Periode]] = {}
    for lukning in Pladslukning.objects.gaelder().filter(afdeling=afdeling_id):
        if lukning.plads_id is None:
            alle.append(lukning.dage)
        elif plads_id in {None, lukning.plads_id}:
            egne.setdefault(lukning.plads_id, []).append(lukning.dage)
    return [alle, *([*alle, *dage] for dage in egne.values())]


def i_brug(pladser: Collection[Plads], periode: Periode, nu: datetime) -> list[str]:
    """What lies on the places in the period, in words."""
    optagelser = Optagelse.objects.gaelder(nu).i_perioden(periode).filter(plads__in=pladser).select_related("plads")
    return [
        f"{o.plads}: {o.get_art_display().lower()} {dage_i_ord(Periode.af_range(o.periode))}"
        for o in optagelser.order_by("plads__betegnelse_sortering", "plads_id", "periode")
    ]


def raekker(tilbud_id: UUID) -> Iterator[Sequence[Any]]:
    """A row for each closure of an offer, the past and the lifted ones too."""
    for lukning in lukninger(tilbud_id).iterator(chunk_size=PR_BID):
        periode, alene = Periode.af_range(lukning.periode), fra_felt(vars(lukning)["kilde"])
        yield (
            lukning.afdeling.navn,
            lukning.plads.betegnelse if lukning.plads else "Hele afdelingen",
            periode.fra,
            periode.sidste_dag,
            alene.i_ord if alene else "",
            lukning.get_grund_display(),
            lukning.bemaerkning,
            lukning.ophaevet is not None,
            str(lukning.pk),
        )
