"""Reading stays: always for somebody; the list, and the whole story of one on one page for the case worker who takes over."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from faelles.aktoer import Aktoer, Funktion
from faelles.ids import laes_reference
from faelles.tid import Periode
from reservationer.sag.models import (
    Akutforloeb,
    Beslutning,
    Fravaer,
    Ophold,
    Opholdsansvar,
    Opholdshjemmel,
    Opholdsplads,
    Opholdspris,
    Opsigelse,
)
from reservationer.sag.ophold.ansvar import dagens_parter
from reservationer.sag.ophold.varsel import varselsnoegle
from reservationer.sag.overgange import Grund, Tilstand, Udfald
from reservationer.sag.querysets import mit_ansvar_til
from vilkaar import kilde as vilkaarskilde
from vilkaar.kilde import Kilde
from vilkaar.noegler import Noegle

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class Vist(TypedDict):
    """What of a stay belongs to the actor's time: see `ophold`."""

    mit_ansvar_til: date | None
    vist_sidste_dag: date | None
    vist_tilstand: str


class Trukket(TypedDict):
    """As `Vist`, of a notice."""

    mit_ansvar_til: date | None
    vist_trukket: datetime | None


Sete: TypeAlias = "QuerySet[WithAnnotations[Ophold, Vist]]"
# What holds now, or came later: none of it is told to a municipality whose responsibility has ended (rules-reservation § 7).
_NU = (
    "handlekommune_id", "handlekommune_navn", "betalingskommune_id", "betalingskommune_navn", "hjemmel_kode", "pris_nu", "pris_enhed",
    "pris_periode", "plads_id", "plads_navn", "vejledende_takst", "akut_fra", "akutfrist", "tilsyn_orienteret",
)  # fmt: skip


def ophold(aktoer: Aktoer, dag: date) -> Sete:
    """The actor's stays with what holds on the day (or on the first day of one that has not begun): payer, hjemmel, price, place.

    `mit_ansvar_til` is the day a municipality's responsibility ends, empty while it goes on; `vist_sidste_dag` and `vist_tilstand`
    are the end and the state as far as they belong to its time. Filter and sort by them, and read the rows by `som_set`.
    """
    paa = Q(periode__contains=dag) | Q(periode__startswith__gt=dag)

    ansvar = Opholdsansvar.objects.synlige_for(aktoer).filter(paa, ophold=OuterRef("pk")).order_by("periode")
    hjemler = Opholdshjemmel.objects.synlige_for(aktoer).filter(paa, ophold=OuterRef("pk")).order_by("periode")
    priser = Opholdspris.objects.synlige_for(aktoer).filter(paa, ophold=OuterRef("pk")).order_by("periode")
    priser = priser.exclude(accepteret=None)
    pladser = Opholdsplads.objects.synlige_for(aktoer).filter(ophold=OuterRef("pk"), optagelse__aktiv=True)
    mine = Ophold.objects.synlige_for(aktoer)
    tidligere = mine.filter(pk=OuterRef("fortsaetter"))
    fortsat = mine.filter(fortsaetter=OuterRef("pk")).order_by("foerste_dag", "pk")
    return (
        Ophold.objects.synlige_for(aktoer)
        .select_related("tilbud", "driftsherre", "maalgruppe")
        .annotate(
            handlekommune_id=Subquery(ansvar.values("handlekommune_id")[:1]),
            handlekommune_navn=Subquery(ansvar.values("handlekommune__navn")[:1]),
            betalingskommune_id=Subquery(ansvar.values("betalingskommune_id")[:1]),
            betalingskommune_navn=Subquery(ansvar.values("betalingskommune__navn")[:1]),
            hjemmel_kode=Subquery(hjemler.values("hjemmel_id")[:1]),
            pris_nu=Subquery(priser.values("samlet")[:1]),
            pris_enhed=Subquery(priser.values("enhed")[:1]),
            pris_periode=Subquery(priser.values("periode")[:1]),
            plads_id=Subquery(pladser.order_by("-optagelse__periode").values("optagelse__plads_id")[:1]),
            plads_navn=Subquery(pladser.order_by("-optagelse__periode").values("optagelse__plads__betegnelse")[:1]),
            **_opsagt(aktoer),
            fortsaettes_i_id=Subquery(fortsat.values("pk")[:1]),
            fortsaetter_fra_id=Subquery(tidligere.values("pk")[:1]),
            mit_ansvar_til=mit_ansvar_til(aktoer),
        )
        .annotate(
            vist_sidste_dag=Case(
                When(Q(mit_ansvar_til=None) | Q(sidste_dag__lt=F("mit_ansvar_til")), then=F("sidste_dag"))
            )
        )
        .annotate(
            vist_tilstand=Case(
                When(vist_sidste_dag__isnull=False, then=Value(Tilstand.UDSKREVET.value)),
                When(opsagt_til__isnull=False, then=Value(Tilstand.OPSAGT.value)),
                default=Value(Tilstand.LOEBENDE.value),
            )
        )
    )


def _opsagt(aktoer: Aktoer) -> dict[str, Subquery]:
    """What the notice that stands says, by what the stays call it."""
    staar = _opsigelser(aktoer).filter(ophold=OuterRef("pk"), vist_trukket=None).order_by("-givet", "-id")
    felter = {
        "opsagt_til": "ophoer", "opsagt_som": "funktion", "opsagt_vilkaarssaet_id": "vilkaarssaet", "opsagt_aftale_id": "aftale",
        "opsagt_aftale_nummer": "aftale__nummer",
    }  # fmt: skip
    return {navn: Subquery(staar.values(felt)[:1]) for navn, felt in felter.items()}


def _opsigelser(aktoer: Aktoer) -> "QuerySet[WithAnnotations[Opsigelse, Trukket]]":
    """Notices with `vist_trukket`: one withdrawn after a municipality's time was not in it."""
    fortrudt_i_tide = Q(mit_ansvar_til=None) | Q(trukket__date__lt=F("mit_ansvar_til"))
    return (
        Opsigelse.objects.synlige_for(aktoer)
        .annotate(mit_ansvar_til=mit_ansvar_til(aktoer, "ophold__"))
        .annotate(vist_trukket=Case(When(fortrudt_i_tide, then=F("trukket"))))
    )


def som_set(fundne: Iterable[Ophold], dag: date) -> list[Ophold]:
    """Stays of `ophold` as the actor may see them on the day: what came after a municipality's responsibility is taken out of them."""
    alle = list(fundne)
    for et in alle:
        _skjul(et, dag)
    return alle


def _skjul(et: Any, dag: date) -> None:
    if et.mit_ansvar_til is None or et.mit_ansvar_til > dag:
        return
    for navn in _NU:
        setattr(et, navn, None)
    et.tilstand, et.akut_forlaenget = et.vist_tilstand, False
    if et.vist_sidste_dag is None:
        et.sidste_dag = et.betales_til = None
        et.udskrivningsgrund = ""


def med_reference(fundne: Sete, tekst: str) -> Sete:
    """Those whose reference somebody has typed: the platform's own, or a piece of the municipality's."""
    return fundne.filter(Q(reference=laes_reference(tekst)) | Q(sagsreference__icontains=tekst.strip()))


def find(aktoer: Aktoer, ophold_id: UUID, dag: date) -> Ophold | None:
    """One stay, or None when it does not exist or the actor is no party."""
    return next(iter(som_set(ophold(aktoer, dag).filter(pk=ophold_id), dag)), None)


def laeste(fundne: Iterable[Ophold]) -> Mapping[UUID, list[UUID]]:
    """Which stays have been seen and whose they are today, for the read log."""
    return dagens_parter({et.pk: et.driftsherre_id for et in fundne})


def overskredne(aktoer: Aktoer, dag: date) -> Sete:
    """Stays that are past their last lawful day without approval, or were so before it came or they ended; the oldest first."""
    return akutte(aktoer, dag).filter(Q(akutfrist__lt=dag) | _var_for_laenge(aktoer))


def akutte(aktoer: Aktoer, dag: date) -> Sete:
    """All stays with the clock running, the first to run out first; then those that were without approval for too long before."""
    mine = ophold(aktoer, dag).filter(Q(mit_ansvar_til=None) | Q(mit_ansvar_til__gt=dag))
    loeber = Q(akutfrist__isnull=False) & ~Q(tilstand=Tilstand.UDSKREVET)
    return mine.filter(loeber | _var_for_laenge(aktoer)).order_by(F("akutfrist").asc(nulls_last=True), "pk")


def _var_for_laenge(aktoer: Aktoer) -> Exists:
    var = Akutforloeb.objects.synlige_for(aktoer).filter(ophold=OuterRef("pk"), overskredet__isnull=False)
    return Exists(var)


def akutforloeb(aktoer: Aktoer, fundne: Iterable[Any], dag: date) -> Mapping[UUID, list[Akutforloeb]]:
    """The times without approval that are over, of the stays of `ophold` that are the actor's still. One statement however many."""
    egne = [et.pk for et in fundne if et.mit_ansvar_til is None or et.mit_ansvar_til > dag]
    pr_ophold: dict[UUID, list[Akutforloeb]] = {}
    for en in Akutforloeb.objects.synlige_for(aktoer).filter(ophold__in=egne).order_by("periode"):
        pr_ophold.setdefault(en.ophold_id, []).append(en)
    return pr_ophold


@dataclass(frozen=True, slots=True)
class Historie:
    """Everything about a stay: dated facts oldest first, and what was decided."""

    pladser: Sequence[Opholdsplads]
    priser: Sequence[Opholdspris]
    prisforslag: Opholdspris | None
    hjemler: Sequence[Opholdshjemmel]
    ansvar: Sequence[Opholdsansvar]
    fravaer: Sequence[Fravaer]
    opsigelser: Sequence[Opsigelse]
    akutforloeb: Sequence[Akutforloeb]
    beslutninger: Sequence[Beslutning]


def historie(aktoer: Aktoer, et: Ophold) -> Historie:
    """Eight statements, whatever the length of the story. What goes on after a municipality's responsibility is told until then."""
    priser = _afkortet(aktoer, et.priser.synlige_for(aktoer).order_by("periode", "foreslaaet"))
    beslutninger = Beslutning.objects.synlige_for(aktoer).select_related("organisation")
    return Historie(
        pladser=_afkortet(
            aktoer,
            et.pladser.synlige_for(aktoer)
            .filter(optagelse__aktiv=True)
            .select_related("optagelse__plads__afdeling")
            .order_by("optagelse__periode"),
        ),
        priser=[pris for pris in priser if pris.accepteret],
        prisforslag=next((pris for pris in priser if not pris.accepteret), None),
        hjemler=_afkortet(aktoer, et.hjemler.synlige_for(aktoer).select_related("hjemmel").order_by("periode")),
        ansvar=_afkortet(
            aktoer,
            et.ansvar.synlige_for(aktoer).select_related("handlekommune", "betalingskommune").order_by("periode"),
        ),
        fravaer=_afkortet(aktoer, et.fravaer.synlige_for(aktoer).order_by("periode")),
        opsigelser=_som_de_stod(_opsigelser(aktoer).filter(ophold=et).select_related("organisation", "aftale")),
        akutforloeb=_i_sin_tid(aktoer, et),
        beslutninger=list(
            beslutninger.filter(Q(ophold=et) | Q(reservation=et.reservation_id, reservation__isnull=False))
        ),
    )


def _i_sin_tid(aktoer: Aktoer, et: Ophold) -> list[Akutforloeb]:
    """The times without approval that were over before a municipality's responsibility was."""
    alle = et.akutforloeb.synlige_for(aktoer).annotate(mit_ansvar_til=mit_ansvar_til(aktoer, "ophold__"))
    return [en for en in alle.order_by("periode") if not en.mit_ansvar_til or en.periode.upper <= en.mit_ansvar_til]


def _afkortet(aktoer: Aktoer, raekker: QuerySet[Any]) -> list[Any]:
    """Dated facts of a stay, none of them longer than the municipality's responsibility for it."""
    alle = list(raekker.annotate(mit_ansvar_til=mit_ansvar_til(aktoer, "ophold__")))
    for raekke in alle:
        dateret = raekke.optagelse if isinstance(raekke, Opholdsplads) else raekke
        if til := raekke.mit_ansvar_til:
            dateret.periode = DateRange(dateret.periode.lower, min(dateret.periode.upper or til, til))
    return alle


def _som_de_stod(opsigelser: "Iterable[WithAnnotations[Opsigelse, Trukket]]") -> list[Opsigelse]:
    alle: list[Opsigelse] = []
    for en in opsigelser:
        en.trukket = en.vist_trukket
        alle.append(en)
    return alle


def kilder(et: Ophold, fundet: Historie) -> list[tuple[str, date, Kilde]]:
    """What in the stay follows from terms, of which day, and the clause and set it was made under. One statement however long the story."""
    spurgt: list[tuple[str, date, vilkaarskilde.Term]] = [
        ("Første betalingsdag", et.foerste_dag, (et.vilkaarssaet_id, Noegle.FOERSTE_BETALINGSDAG))
    ]
    if et.akutfrist:
        frist = (et.akut_vilkaarssaet_id, akutnoegle(forlaenget=et.akut_forlaenget))
        spurgt.append(("Sidste lovlige dag uden socialtilsynets godkendelse", et.akut_fra or et.foerste_dag, frist))
        kraeves = (et.akut_vilkaarssaet_id, Noegle.GODKENDELSE_KRAEVES)
        spurgt.append(("Om socialtilsynets godkendelse kræves", et.akut_fra or et.foerste_dag, kraeves))
    spurgt += [
        ("Tidligere uden socialtilsynets godkendelse", _foerste(en.periode), akutterm(en)) for en in fundet.akutforloeb
    ]
    spurgt += [
        ("Betaling under fravær", _foerste(f.periode), (f.vilkaarssaet_id, Noegle.FRAVAER_PROCENT))
        for f in fundet.fravaer
        if f.rettet is None
    ]
    spurgt += [
        ("Varsel ved opsigelse", o.givet, (o.vilkaarssaet_id, varselsnoegle(o.funktion))) for o in fundet.opsigelser
    ]
    if et.sidste_dag:
        betaling = (et.betaling_vilkaarssaet_id, betalingsnoegle(et))
        spurgt.append(("Betaling efter udskrivning", et.sidste_dag, betaling))
    fundne = vilkaarskilde.kilder(term for _, _, term in spurgt)
    return [(hvad, dag, fundne[term]) for hvad, dag, term in spurgt if term in fundne]


def foelger(o: Any) -> Iterator[tuple[str, vilkaarskilde.Term]]:
    """Which day of a stay of `ophold` follows from which term, of the set it was decided under: by its name in the API."""
    yield "betalesFra", (o.vilkaarssaet_id, Noegle.FOERSTE_BETALINGSDAG)
    if o.akutfrist:
        yield "akutfrist", (o.akut_vilkaarssaet_id, akutnoegle(forlaenget=o.akut_forlaenget))
        yield "akutfrist", (o.akut_vilkaarssaet_id, Noegle.GODKENDELSE_KRAEVES)
    if o.opsagt_til:
        yield "opsagtTil", (o.opsagt_vilkaarssaet_id, varselsnoegle(o.opsagt_som))
    if o.betales_til:
        yield "betalesTil", (o.betaling_vilkaarssaet_id, betalingsnoegle(o))


def akutnoegle(*, forlaenget: bool) -> Noegle:
    """The term the last lawful day without approval follows from."""
    return Noegle.AKUT_FORLAENGELSE_UGER if forlaenget else Noegle.AKUT_UGER


def akutterm(et: Akutforloeb) -> vilkaarskilde.Term:
    """The same of a time that is over, in the set it was decided under."""
    return et.vilkaarssaet_id, akutnoegle(forlaenget=et.forlaenget)


def akuttermer(fundne: Iterable[Any], tidligere: Mapping[UUID, Sequence[Akutforloeb]]) -> Iterator[vilkaarskilde.Term]:
    """The terms the last lawful days of these stays follow from, now and before."""
    for o in fundne:
        if o.akutfrist:
            yield o.akut_vilkaarssaet_id, akutnoegle(forlaenget=o.akut_forlaenget)
        yield from map(akutterm, tidligere.get(o.pk, ()))


def betalingsnoegle(et: Ophold) -> Noegle:
    """The term the last payable day follows from, besides the notice."""
    return Noegle.DOED_BETALES_DAGE if et.udskrivningsgrund == Grund.DOED else Noegle.GENBELAEGNING_STOPPER


def skridtets_kilde(et: Ophold, udfald: Udfald, funktion: Funktion, dag: date) -> Kilde | None:
    """Where it is said, on the day, what a notice or an absence gives; None for the steps no term decides."""
    noegle = {
        Udfald.OPSIG: varselsnoegle(funktion),
        Udfald.MELD_FRAVAER: Noegle.FRAVAER_PROCENT,
        Udfald.RET_FRAVAER: Noegle.FRAVAER_PROCENT,
    }.get(udfald)
    return vilkaarskilde.i_kommune(et.tilbud.beliggenhedskommune_id, dag, noegle) if noegle else None


def _foerste(dage: DateRange) -> date:
    return Periode.af_range(dage).fra
