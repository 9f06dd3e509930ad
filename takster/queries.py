"""Reading takster and published prices."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When

from faelles.sprog import sortnoegle
from faelles.tid import Periode, idag
from takster.models import OffentliggjortPris, Takst, Takstenhed
from tilbud.fejlmeldinger.queries import med_fejl
from tilbud.models import OffentligtTilbud
from vilkaar.kilde import takstens_klausuler
from vilkaar.models import Saetstatus


@dataclass(frozen=True, slots=True)
class Takstvisning:
    """A takst as shown beside an offer. `foreloebig`: made under terms not yet adopted, and not confirmed. `flere`: others apply under other hjemler."""

    beloeb: Decimal
    enhed: str
    hjemmel: str
    foreloebig: bool
    flere: bool = False

    @property
    def enhed_navn(self) -> str:
        """The unit in words, `kr./døgn`."""
        return str(Takstenhed(self.enhed).label)


def alle_takster_paa(afdelinger: Collection[UUID], dag: date) -> Mapping[UUID, Sequence[Takstvisning]]:
    """The takster of each department on the day, one under each hjemmel it has a takst for, the lowest first. One statement.

    Those per døgn go before those per dag, whatever they cost: amounts of two units cannot be compared.
    """
    pr_dag = Case(When(enhed=Takstenhed.DOEGN, then=0), default=1)
    takster = (
        Takst.objects.paa(dag).filter(afdeling__in=afdelinger).order_by("afdeling_id", pr_dag, "beloeb", "hjemmel_id")
    )
    resultat: dict[UUID, list[Takstvisning]] = {}
    raekker = takster.values_list("afdeling_id", "beloeb", "enhed", "hjemmel_id", "vilkaarssaet__status", "bekraeftet")
    for afdeling_id, beloeb, enhed, kode, status, bekraeftet in raekker:
        foreloebig = status == Saetstatus.FORELOEBIG and bekraeftet is None
        takst = Takstvisning(beloeb, enhed, kode, foreloebig)
        resultat.setdefault(afdeling_id, []).append(takst)
    return resultat


def taksten(takster: Sequence[Takstvisning], hjemmel: str | None = None) -> Takstvisning | None:
    """Of a department's takster the one under the hjemmel, or the first (then marked `flere` when there are more)."""
    if hjemmel is not None:
        return next((takst for takst in takster if takst.hjemmel == hjemmel), None)
    return replace(takster[0], flere=len(takster) > 1) if takster else None


def takster_paa(afdelinger: Collection[UUID], dag: date, hjemmel: str | None = None) -> Mapping[UUID, Takstvisning]:
    """Each department's takst on the day, as `taksten` picks it."""
    valgte = ((afdeling, taksten(alle, hjemmel)) for afdeling, alle in alle_takster_paa(afdelinger, dag).items())
    return {afdeling: takst for afdeling, takst in valgte if takst is not None}


def takster_for_tilbud(tilbud_id: UUID) -> Iterable[Takst]:
    """All takster of an offer's departments, newest first."""
    return (
        Takst.objects.gaeldende()
        .filter(afdeling__tilbud=tilbud_id)
        .select_related("afdeling", "hjemmel", "vilkaarssaet", "bekraeftet", "takstberegning")
        .defer("takstberegning__beregning")
        .annotate(klausuler=takstens_klausuler())
        .order_by("afdeling__navn_sortering", "afdeling_id", "hjemmel__raekkefoelge", "hjemmel_id", "-periode")
    )


def takster_fra(afdeling_id: UUID, dag: date) -> Iterable[Takst]:
    """A department's takster that hold on the day or later."""
    return (
        Takst.objects.gaeldende()
        .filter(afdeling=afdeling_id, periode__overlap=Periode(dag).som_range)
        .select_related("hjemmel", "vilkaarssaet")
        .order_by("hjemmel__raekkefoelge", "hjemmel_id", "periode")
    )


def offentlige_tilbud(
    kommuner: Collection[str] = (), hjemmel: str | None = None, tekst: str = ""
) -> QuerySet[OffentligtTilbud]:
    """Offers known only from published lists, with their published prices and reports of errors; a hjemmel also finds the old codes it replaced."""
    tilbud = med_fejl(OffentligtTilbud.objects.select_related("kommune").defer("kommune__graense"), idag())
    if kommuner:
        tilbud = tilbud.filter(kommune__in=kommuner)
    if hjemmel is not None:
        tilbud = tilbud.filter(Q(hjemler=hjemmel) | Q(hjemler__erstattes_af=hjemmel)).distinct()
    if tekst.strip():
        tilbud = tilbud.filter(navn_sortering__contains=sortnoegle(tekst))
    return tilbud.prefetch_related("priser").order_by("navn_sortering", "raekke")


def priser_uden_tilbud(hjemmel: str | None = None, tekst: str = "") -> QuerySet[OffentliggjortPris]:
    """Published prices of offers that stand on no published list; a hjemmel also finds the old codes it replaced."""
    priser = OffentliggjortPris.objects.filter(tilbud=None)
    if hjemmel is not None:
        priser = priser.filter(Q(hjemler=hjemmel) | Q(hjemler__erstattes_af=hjemmel)).distinct()
    if tekst.strip():
        priser = priser.filter(tilbud_sortering__contains=sortnoegle(tekst))
    return priser.order_by("tilbud_sortering", "raekke")


def loese_priser() -> QuerySet[OffentliggjortPris]:
    """Published prices whose offer stands on no published list or could not be placed itself, and those that lack something (`mangler`)."""
    uden_tilbud = Q(tilbud=None) | ~Q(tilbud__mangler=[])
    return OffentliggjortPris.objects.filter(uden_tilbud | ~Q(mangler=[])).order_by("tilbud_sortering", "raekke")
