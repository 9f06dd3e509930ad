"""Reading unmet needs: one's own row by row, everybody's as suppressed counts."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, Q, QuerySet
from django.db.models.functions import TruncQuarter

from faelles.aktoer import Aktoer
from faelles.scope import som_systemet
from faelles.tid import Periode, idag
from kommuner.kkr import fandtes, forgaengere
from kommuner.models import KkrMedlemskab
from kommuner.queries import kkrmedlemmer
from reservationer.soegning.behov.kodning import KodetBehov
from reservationer.soegning.behov.optaelling import Behovsopgoerelse, kvartal_om, kvartaler_foer, opgoer
from reservationer.soegning.models import UdaekketBehov
from vilkaar.kilde import hoejeste
from vilkaar.noegler import Noegle

UDEN_MAALGRUPPE = "Målgruppe ikke angivet"
OPTAELLING = "counted across municipalities, and suppressed before anybody sees it"
KVARTALER = 8  # two years: as long as an agreement holds


def egne(aktoer: Aktoer) -> QuerySet[UdaekketBehov]:
    """The needs the actor's own municipality has logged, the latest first; those withdrawn too."""
    return UdaekketBehov.objects.synlige_for(aktoer).select_related("maalgruppe", "hjemmel")


def samme_i_kvartalet(aktoer: Aktoer, kodet: KodetBehov, dag: date) -> QuerySet[UdaekketBehov]:
    """The same need as the actor's municipality has logged it in the day's quarter, the last citizen's first."""
    kvartal = kvartal_om(dag)
    ens = UdaekketBehov.objects.synlige_for(aktoer).filter(fingeraftryk=kodet.fingeraftryk, trukket=None)
    return ens.filter(dato__gte=kvartal.fra, dato__lt=kvartal.til).order_by("-nummer")


def opgoerelse(kkr_id: UUID, kvartaler: Sequence[Periode] = (), *, dag: date | None = None) -> Behovsopgoerelse:
    """What the KKR's municipalities have lacked, by target group and finished quarter (the last eight before `dag` unless others are given).

    The KKRs that have become this one by `dag` are counted with it. For the secretariat's page, the API, and the development part of an agreement, on its page and in its report. The limit is the
    term `diskretion_graense` of `dag`, which is today unless said: the highest of them while the KKR has no terms of its own and
    its municipalities bring different ones with them. Raises Konflikt when it is not set.
    """
    paa = dag or idag()
    valgte = tuple(kvartaler) or kvartaler_foer(paa, KVARTALER)
    graense, kilde = hoejeste(kkr_id, paa, Noegle.DISKRETION_GRAENSE)
    nu = KkrMedlemskab.objects.paa(paa).filter(kkr=kkr_id).values("kommune")
    andre = KkrMedlemskab.objects.filter(kommune__in=nu).exclude(
        kkr=kkr_id
    )  # where its municipalities have been before
    with som_systemet(OPTAELLING):
        raekker = list(
            UdaekketBehov.objects.for_systemet(OPTAELLING)
            .filter(
                Q(kkr=kkr_id) | Q(kkr__in=andre.values("kkr")),
                trukket=None,
                dato__gte=valgte[0].fra,
                dato__lt=valgte[-1].til,
            )
            .order_by("maalgruppe__term_sortering", "maalgruppe_id")
            .annotate(kvartal=TruncQuarter("dato"), flyttet=Exists(andre))
            .values_list("maalgruppe__term", "kvartal", "kkr", "flyttet")
            .annotate(Count("pk"))
        )
    medlemmer = kkrmedlemmer() if any(flyttet for *_, flyttet, _ in raekker) else []
    foer = forgaengere(medlemmer, kkr_id, paa)
    dele = (kkr_id, *foer)
    antal: dict[tuple[date, UUID], Counter[str]] = defaultdict(
        Counter
    )  # some groups of the code list have the same name
    for term, kvartal, kkr, _, tal in raekker:
        antal[kvartal, kkr][term or UDEN_MAALGRUPPE] += tal
    grupper = dict.fromkeys(term or UDEN_MAALGRUPPE for term, *_ in raekker)
    return opgoer(
        grupper,
        {k: [antal[k.fra, kkr] for kkr in dele if not foer or fandtes(medlemmer, kkr, k)] for k in valgte},
        graense,
        kilde,
    )
