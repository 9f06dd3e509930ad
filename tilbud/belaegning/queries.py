"""Reading the ledger for the place calendar."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from faelles.tid import KOEBENHAVN, Periode
from tilbud.belaegning.kalender import Krav, bjaelker, overskrifter, uger
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.models import Plads


def kalendere(tilbud_id: UUID, kendte: Mapping[UUID, bool], nu: datetime) -> Mapping[UUID, dict[str, Any]]:
    """The calendar of each department in `kendte` (department → whether its free weeks may be called free). Two statements."""
    idag = nu.astimezone(KOEBENHAVN).date()
    perioder = uger(idag)
    vindue = Periode(perioder[0].fra, perioder[-1].til)
    krav: dict[UUID, list[Krav]] = {}
    optagelser = Optagelse.objects.gaelder(nu).i_perioden(vindue).filter(plads__afdeling__tilbud=tilbud_id)
    for optagelse in optagelser.select_related("lukning"):
        krav.setdefault(optagelse.plads_id, []).append(
            Krav(
                Periode.af_range(optagelse.periode),
                frozenset(optagelse.ugedage),
                Optagelsesart(optagelse.art),
                optagelse.lukning.get_grund_display() if optagelse.lukning else "",
            )
        )
    resultat: dict[UUID, dict[str, Any]] = {
        afdeling_id: {"titel": "Pladskalender", "raekker": [], **overskrifter(perioder, idag)} for afdeling_id in kendte
    }
    pladser = Plads.objects.filter(afdeling__tilbud=tilbud_id, periode__overlap=vindue.som_range)
    for plads in pladser.select_related("afdeling__tilbud").order_by("afdeling_id", "betegnelse_sortering", "pk"):
        felter = bjaelker(
            plads.aaben,
            frozenset(plads.ugedage),
            krav.get(plads.pk, []),
            perioder,
            kendt=kendte[plads.afdeling_id],
        )
        resultat[plads.afdeling_id]["titel"] = f"Pladskalender for {plads.afdeling}"
        resultat[plads.afdeling_id]["raekker"].append({"id": plads.pk, "navn": plads.betegnelse, "felter": felter})
    return resultat
