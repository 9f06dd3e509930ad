"""Reading for confirmations: an operator's departments, what their places are today, and what was shown of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from faelles.aktoer import Aktoer
from faelles.tid import KOEBENHAVN, Periode
from tilbud.bekraeftelser.tryk import Pladsbillede, tal, tryk
from tilbud.belaegning.kalender import Krav
from tilbud.belaegning.loft import lofter, pladsdage
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.friskhed import Friskhed
from tilbud.models import Afdeling, Plads, Tilbud
from tilbud.pladsloft import Loft
from tilbud.queries import Stand, stande


@dataclass(frozen=True, slots=True)
class Afdelingsstand:
    """A department as its operator sees it before confirming: how fresh, its places today by state, and their fingerprint."""

    afdeling: Afdeling
    stand: Stand
    tryk: str
    tal: Mapping[str, int] = field(default_factory=dict)

    @property
    def er_forfalden(self) -> bool:
        """Whether it waits for a confirmation."""
        return self.stand.friskhed is not Friskhed.FRISK


def egne_afdelinger(aktoer: Aktoer, dag: date) -> QuerySet[Afdeling]:
    """Departments with places to confirm: of the open offers the actor acts as the operator of."""
    return Afdeling.objects.filter(tilbud__in=Tilbud.objects.aabne(dag).med_pladser().drevet_af(aktoer).order_by())


def afdelingsstande(aktoer: Aktoer, nu: datetime) -> list[Afdelingsstand]:
    """All of them: those that wait first, the oldest confirmation in front, then the others by name. Ten statements."""
    dag = nu.astimezone(KOEBENHAVN).date()
    afdelinger = {a.pk: a for a in egne_afdelinger(aktoer, dag).select_related("tilbud")}
    stand = stande({pk: a.tilbud.beliggenhedskommune_id for pk, a in afdelinger.items()}, nu, dag)
    viste = vises({pk: a.tilbud_id for pk, a in afdelinger.items()}, nu)
    fundne = [Afdelingsstand(a, stand[pk], viste[pk].tryk, viste[pk].tal) for pk, a in afdelinger.items()]
    return sorted(fundne, key=lambda fundet: _orden(fundet, nu))


def _orden(fundet: Afdelingsstand, nu: datetime) -> tuple[object, ...]:
    navne = (fundet.afdeling.tilbud.navn_sortering, fundet.afdeling.navn_sortering, fundet.afdeling.pk)
    if not fundet.er_forfalden:
        return (1, *navne)
    return (0, fundet.stand.tidspunkt is not None, fundet.stand.tidspunkt or nu, *navne)


@dataclass(frozen=True, slots=True)
class Vist:
    """What a page shows of a department's places: how many are in each state today, and the fingerprint of it all."""

    tal: Mapping[str, int]
    tryk: str


def vises(
    afdelinger: Mapping[UUID, UUID], nu: datetime, loft: Mapping[UUID, Loft] | None = None
) -> Mapping[UUID, Vist]:
    """What is shown of the departments at this instant, each of which is given with its offer. Two statements, and three more unless
    the page has read already what decides whether a place may be taken (`loft`, by offer).
    """
    dag = nu.astimezone(KOEBENHAVN).date()
    billeder = pladsbilleder(afdelinger, nu)
    loft = lofter(set(afdelinger.values()), nu, Periode.dag(dag)) if loft is None else loft
    return {
        pk: Vist(tal(billeder[pk], dag, loft[tilbud]), tryk(billeder[pk], dag, loft[tilbud]))
        for pk, tilbud in afdelinger.items()
    }


def pladsbilleder(afdelinger: Collection[UUID], nu: datetime) -> Mapping[UUID, list[Pladsbillede]]:
    """The places of the departments that are or will be open, with the claims that count from today on. Two statements."""
    dag = nu.astimezone(KOEBENHAVN).date()
    endnu = Q(periode__endswith__isnull=True) | Q(periode__endswith__gt=dag)
    optagelser: dict[UUID, list[Krav]] = defaultdict(list)
    for o in Optagelse.objects.gaelder(nu).filter(endnu, plads__afdeling__in=list(afdelinger)):
        krav = Krav(Periode.af_range(o.periode), frozenset(o.ugedage), Optagelsesart(o.art))
        optagelser[o.plads_id].append(krav)
    resultat: dict[UUID, list[Pladsbillede]] = defaultdict(list)
    for p in Plads.objects.filter(endnu, afdeling__in=list(afdelinger)):
        forbeholdt = (str(p.forbeholdt_egne), str(p.forbeholdt_beboere))
        data = (p.betegnelse, p.art, str(p.ugedage), str(p.merplads), *forbeholdt)
        billede = Pladsbillede(p.pk, data, pladsdage(p, Periode.af_range(p.periode)), tuple(optagelser[p.pk]))
        resultat[p.afdeling_id].append(billede)
    return resultat
