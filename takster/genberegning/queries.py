"""Reading what waits to be computed again by final terms, and what came of what was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import DateField, Exists, F, Func, OuterRef, Q, QuerySet, Value

from faelles.aktoer import Aktoer
from faelles.scope import saet_database_aktoer
from faelles.tid import Periode
from takster.models import Bladtilstand, Finansiering, Genberegning, Prisblad, Takst, Takstberegning
from takster.models.forloeb import I_KRAFT
from takster.tilstande import UNDERVEJS
from tilbud.models import Tilbud
from vilkaar.models import Saetstatus
from vilkaar.queries import GaeldendeVilkaar, gaeldende_pr_kommune

GRUND = "computed again with the terms that have become final; each operator sees its own"
Genberegnes = Takstberegning | Prisblad | Finansiering


class Slags(NamedTuple):
    """What is computed again, its first day, and how it is of a year."""

    model: type[Genberegnes]
    dag: Any
    i_aaret: Any


_AARETS_FOERSTE = Func("aar", 1, 1, function="make_date", output_field=DateField())
# By the name `Genberegning` points at each with.
SLAGS: Mapping[str, Slags] = {
    "beregning": Slags(Takstberegning, F("periode__startswith"), lambda aar: Q(aar=aar)),
    "prisblad": Slags(Prisblad, F("periode__startswith"), lambda aar: Q(periode__overlap=Periode.aar(aar).som_range)),
    "finansiering": Slags(Finansiering, _AARETS_FOERSTE, lambda aar: Q(aar=aar)),
}


def navn_paa(et: Genberegnes) -> str:
    """What `Genberegning` points at it with."""
    return next(navn for navn, slags in SLAGS.items() if isinstance(et, slags.model))


def genberegninger(aktoer: Aktoer | None) -> QuerySet[Genberegning]:
    """What came of the actor's own, or the system's all."""
    return Genberegning.objects.for_systemet(GRUND) if aktoer is None else Genberegning.objects.synlige_for(aktoer)


def foreloebige(navn: str, aktoer: Aktoer | None) -> QuerySet[Any]:
    """Of the actor's own, or the system's all, those made with preliminary terms that are under way or what we say now, not confirmed by a final set.

    The database has been told already who asks, unless it is the system.
    """
    objekter = SLAGS[navn].model.objects
    alle: QuerySet[Any] = objekter.for_systemet(GRUND) if aktoer is None else objekter.egne_aabnet(aktoer)
    if navn == "beregning":
        i_kraft = Takst.objects.gaeldende().filter(takstberegning=OuterRef("pk"), bekraeftet=None)
        alle = alle.filter(Q(tilstand__in=UNDERVEJS) | Q(Exists(i_kraft)))
    else:
        alle = alle.filter(Q(tilstand=Bladtilstand.INDSENDT) | I_KRAFT & Q(bekraeftet=None))
    return alle.filter(vilkaarssaet__status=Saetstatus.FORELOEBIG).order_by("pk")


def ventende(aktoer: Aktoer | None, aar: int | None = None) -> list[tuple[str, UUID]]:
    """Those whose first day a final set governs now, and which it has not computed yet, with what they are.

    One statement for all they can be, one more, and one per first day.
    """
    saet_database_aktoer(aktoer)
    foerste, *andre = (_raekker(navn, aktoer, aar) for navn in SLAGS)
    alle = list(foerste.union(*andre, all=True))
    koder: dict[date, set[str]] = {}
    for *_, kode, dag in alle:
        koder.setdefault(dag, set()).add(kode)
    vilkaar = {dag: gaeldende_pr_kommune(deres, dag) for dag, deres in koder.items()}
    gjorte: set[tuple[UUID | None, UUID]] = set()
    for *af, saet in genberegninger(aktoer).values_list(*SLAGS, "vilkaarssaet") if alle else ():
        gjorte.update((pk, saet) for pk in af if pk)
    return [
        (navn, pk)
        for navn, pk, saet, kode, dag in alle
        if (afloeser := endelige(vilkaar[dag].get(kode), saet)) and (pk, afloeser.saet_id) not in gjorte
    ]


def _raekker(navn: str, aktoer: Aktoer | None, aar: int | None) -> QuerySet[Any, tuple[str, UUID, UUID, str, date]]:
    slags, alle = SLAGS[navn], foreloebige(navn, aktoer).order_by()
    if aar is not None:
        alle = alle.filter(slags.i_aaret(aar))
    med = alle.annotate(slags=Value(navn), foerste=slags.dag)
    fundne: QuerySet[Any, tuple[str, UUID, UUID, str, date]] = med.values_list(
        "slags", "pk", "vilkaarssaet", "tilbud__beliggenhedskommune", "foerste"
    )
    return fundne


def endelige(vilkaar: GaeldendeVilkaar | None, saet_id: UUID) -> GaeldendeVilkaar | None:
    """The terms when they are final and other than the set something was made with."""
    return vilkaar if vilkaar and vilkaar.endelig and vilkaar.saet_id != saet_id else None


def aabne(aktoer: Aktoer, aar: int | None = None) -> list[Genberegning]:
    """Those of the actor's that gave something else or nothing and have not been acted on, by year and offer. One statement."""
    fundne = Genberegning.objects.synlige_for(aktoer).aabne()
    if aar is not None:
        fundne = fundne.filter(
            Q(beregning__aar=aar) | Q(finansiering__aar=aar) | Q(prisblad__periode__overlap=Periode.aar(aar).som_range)
        )
    med = fundne.select_related("tilbud", "vilkaarssaet", "beregning", "prisblad__hjemmel", "finansiering")
    return sorted(
        (g for g in med if not g.bekraefter),
        key=lambda g: (g.af.foerste_dag.year, g.tilbud.navn_sortering, g.beregning.nummer if g.beregning else 0, g.pk),
    )


def seneste(aktoer: Aktoer, et: Genberegnes) -> Genberegning | None:
    """What final terms made last of it, when it is the actor's own."""
    alle = Genberegning.objects.synlige_for(aktoer).filter(**{navn_paa(et): et})
    return alle.select_related("vilkaarssaet", navn_paa(et)).order_by("-beregnet", "-id").first()


def aaben(aktoer: Aktoer, et: Prisblad | Finansiering) -> Genberegning | None:
    """What final terms make of prices or shares that wait or are what we say now, when it is not the same and they are the actor's own."""
    if not ((et.i_kraft and et.bekraeftet_id is None) or et.tilstand == Bladtilstand.INDSENDT):
        return None
    fundet = seneste(aktoer, et)
    return fundet if fundet and not fundet.bekraefter else None


def aendringer(en: Genberegning) -> list[tuple[str, Decimal, Decimal]]:
    """Of prices or shares, those that final terms change: what is paid for, before and after (kr.)."""
    af = en.af
    if isinstance(af, Takstberegning) or en.resultat is None:
        return []
    par = zip(af.priser_i(af.beregning), af.priser_i(en.resultat), strict=True)
    return [(navn, foer, efter) for (navn, foer), (_, efter) in par if foer != efter]


@dataclass(frozen=True, slots=True)
class Omraadeudfald:
    """What came of the calculations of a year in a KKR, of takster, of prices beside them and of shares by a key: how many each way.

    `mangler`: the offers that need something done, each with its name, what was computed (`beregning`, `prisblad` or `finansiering`)
    and the outcome.
    """

    antal: Mapping[str, int]
    mangler: Sequence[tuple[UUID, str, str, str]]

    @property
    def i_alt(self) -> int:
        """How many have been computed again."""
        return sum(self.antal.values())


def omraadets(aktoer: Aktoer, aar: int) -> Omraadeudfald:
    """What the secretariat may know: the outcomes, never an amount. Two statements."""
    saet_database_aktoer(aktoer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tilbud_id, art, udfald FROM takster_genberegnede(%s)", [aar])
        raekker = cursor.fetchall()
    navne = {
        pk: (sortering, navn)
        for pk, sortering, navn in Tilbud.objects.filter(
            pk__in={pk for pk, _, udfald in raekker if udfald != "bekraeftet"}
        ).values_list("pk", "navn_sortering", "navn")
    }
    mangler = sorted({(*navne[pk], pk, art, udfald) for pk, art, udfald in raekker if udfald != "bekraeftet"})
    antal = {udfald: sum(et == udfald for *_, et in raekker) for udfald in ("bekraeftet", "aendret", "fejl")}
    return Omraadeudfald(antal, [(pk, navn, art, udfald) for _, navn, pk, art, udfald in mangler])
