"""Reading what decides whether one more place of an offer may be taken; the rule itself is `tilbud.pladsloft.Loft`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce, JSONObject
from django.db.models.lookups import GreaterThan, IsNull

from faelles.tid import Periode
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.belaegning.querysets import OptagelseQuerySet
from tilbud.models import Merpladstilladelse, Plads, Tilsynsgodkendelse
from tilbud.pladsloft import Antal, Loft, Pladsdage

TAGET = (Optagelsesart.HOLD, Optagelsesart.OPHOLD)  # what somebody has; a place closed or kept back is nobody's
_DAGE = {"fra": "periode__startswith", "til": "periode__endswith"}


def loft(tilbud_id: UUID, nu: datetime) -> Loft:
    """What decides it in an offer. Three statements."""
    return lofter([tilbud_id], nu)[tilbud_id]


def lofter(tilbud: Collection[UUID], nu: datetime, dage: Periode | None = None) -> Mapping[UUID, Loft]:
    """The same for several offers; with `dage` what is taken on those days only. Three statements however many."""
    taget: dict[UUID, list[Pladsdage]] = defaultdict(list)
    optagelser = _taget(nu) if dage is None else _taget(nu).i_perioden(dage)
    for o in optagelser.filter(plads__afdeling__tilbud__in=tilbud).select_related("plads__afdeling"):
        taget[o.plads.afdeling.tilbud_id].append(pladsdage(o.plads, Periode.af_range(o.periode), o.ugedage))
    tilladte: dict[UUID, dict[str, list[Antal]]] = defaultdict(dict)
    for tilladelse in Merpladstilladelse.objects.filter(afdeling__tilbud__in=tilbud).select_related("afdeling"):
        afdelingens = tilladte[tilladelse.afdeling.tilbud_id].setdefault(str(tilladelse.afdeling_id), [])
        afdelingens.append((Periode.af_range(tilladelse.periode), tilladelse.pladser))
    godkendte: dict[UUID, list[Antal]] = defaultdict(list)
    raekker = Tilsynsgodkendelse.objects.filter(tilbud__in=tilbud).values_list("tilbud", "periode", "pladser")
    for tilbud_id, gyldig, antal in raekker:
        godkendte[tilbud_id].append((Periode.af_range(gyldig), antal))
    return {pk: Loft(taget=taget[pk], godkendte=godkendte[pk], tilladte=tilladte[pk]) for pk in tilbud}


def pladsdage(plads: Plads, periode: Periode, ugedage: Iterable[int] = ()) -> Pladsdage:
    """A claim on a place as the rule counts it; with no weekdays named, on all the place has."""
    dage = frozenset(ugedage) or frozenset(plads.ugedage)
    return Pladsdage(periode, dage, str(plads.afdeling_id), plads.merplads)


def _taget(nu: datetime) -> OptagelseQuerySet[Optagelse]:
    return Optagelse.objects.gaelder(nu).filter(art__in=TAGET)


@dataclass(frozen=True, slots=True)
class Afdelingsloft:
    """What decides how many of a department's places may be taken: of each place whether it is a merplads, and its weekdays."""

    afdeling: UUID
    pladser: Mapping[UUID, tuple[bool, frozenset[int]]]
    loft: Loft

    def plads_til(self, pladser: Sequence[UUID], dage: Periode, ugedage: frozenset[int]) -> list[UUID]:
        """Which of these may be taken one after another on days none of which is gone; with no weekdays, on all each has."""
        nye = [
            Pladsdage(dage, ugedage or egne, str(self.afdeling), merplads)
            for merplads, egne in (self.pladser[plads] for plads in pladser)
        ]
        return [pladser[nummer] for nummer in self.loft.plads_til(nye, dage.fra)]


def afdelingsloft(afdeling: UUID, laest: Mapping[str, Any]) -> Afdelingsloft:
    """What `loft_som_json` gave of a department."""
    tilladte: dict[str, list[Antal]] = {}
    for en in laest["tilladte"]:
        tilladte.setdefault(en["afdeling"], []).append((_periode(en), en["antal"]))
    taget = [Pladsdage(_periode(en), frozenset(en["ugedage"]), en["afdeling"], en["merplads"]) for en in laest["taget"]]
    godkendte = [(_periode(en), en["antal"]) for en in laest["godkendte"]]
    pladser = {UUID(en["id"]): (en["merplads"], frozenset(en["ugedage"])) for en in laest["pladser"]}
    return Afdelingsloft(afdeling, pladser, Loft(taget, godkendte, tilladte))


def _periode(laest: Mapping[str, Any]) -> Periode:
    return Periode(date.fromisoformat(laest["fra"]), date.fromisoformat(laest["til"]) if laest["til"] else None)


def loft_som_json(afdeling: OuterRef, dage: Periode, nu: datetime) -> Case:
    """The same, of an offer's department over some days: an expression on offers, null where no place can be too many there.

    That is where no merpladser of the department are open then, and nothing is approved yet, or on all of the days no fewer are
    approved than the offer has places that are open on any of them: nearly everywhere, so that nearly no claims are read.
    """
    egne = Tilsynsgodkendelse.objects.filter(tilbud=OuterRef("pk")).order_by()
    begyndt = egne.filter(pladser__gt=0, **({"periode__startswith__lt": dage.til} if dage.til else {}))
    hele = Sum("pladser", filter=Q(periode__contains=dage.som_range))
    aabne = Plads.objects.filter(afdeling__tilbud=OuterRef("pk"), periode__overlap=dage.som_range)
    pladser = Plads.objects.filter(afdeling=afdeling).order_by()
    # Not »exists«, for which the planner may find all merpladser there are, of whatever department.
    merplads = Subquery(pladser.filter(merplads=True, periode__overlap=dage.som_range).values("pk")[:1])
    tilladelser = Merpladstilladelse.objects.filter(afdeling__tilbud=OuterRef("pk")).order_by()
    taget = _taget(nu).i_perioden(dage).filter(plads__afdeling__tilbud=OuterRef("pk")).order_by()
    kan_blive_for_mange = GreaterThan(
        Subquery(aabne.order_by().values("afdeling__tilbud").annotate(antal=Count("pk")).values("antal")),
        Subquery(begyndt.values("tilbud").annotate(antal=Coalesce(hele, 0)).values("antal")),
    )
    return Case(
        When(
            Q(kan_blive_for_mange) | Q(IsNull(merplads, False)),  # noqa: FBT003 - the lookup's own signature
            then=JSONObject(
                godkendte=_liste(egne, **_DAGE, antal="pladser"),
                tilladte=_liste(tilladelser, **_DAGE, antal="pladser", afdeling="afdeling_id"),
                taget=_liste(
                    taget, **_DAGE, ugedage="ugedage", afdeling="plads__afdeling_id", merplads="plads__merplads"
                ),
                pladser=_liste(pladser, id="id", ugedage="ugedage", merplads="merplads"),
            ),
        )
    )


def _liste(raekker: "QuerySet[Any]", **felter: str) -> ArraySubquery:
    return ArraySubquery(raekker.values(raekke=JSONObject(**felter)))
