"""Reading which calculations wait to be computed again by final terms, and what came of those that were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from faelles.aktoer import Aktoer
from faelles.scope import saet_database_aktoer
from takster.models import Genberegning, Takst, Takstberegning
from takster.tilstande import UNDERVEJS
from tilbud.models import Tilbud
from vilkaar.models import Saetstatus
from vilkaar.queries import GaeldendeVilkaar, gaeldende_pr_kommune

GRUND = "computed again with the terms that have become final; each operator sees its own"


def beregninger(aktoer: Aktoer | None) -> QuerySet[Takstberegning]:
    """The actor's own calculations, or the system's all."""
    return Takstberegning.objects.for_systemet(GRUND) if aktoer is None else Takstberegning.objects.egne(aktoer)


def genberegninger(aktoer: Aktoer | None) -> QuerySet[Genberegning]:
    """What came of the actor's own, or the system's all."""
    return Genberegning.objects.for_systemet(GRUND) if aktoer is None else Genberegning.objects.synlige_for(aktoer)


def foreloebige(alle: QuerySet[Takstberegning]) -> QuerySet[Takstberegning]:
    """Of these, those made with preliminary terms that are under way or whose takst is what we say now, not confirmed by a final set."""
    i_kraft = Takst.objects.gaeldende().filter(takstberegning=OuterRef("pk"), bekraeftet=None)
    return alle.filter(
        Q(tilstand__in=UNDERVEJS) | Q(Exists(i_kraft)), vilkaarssaet__status=Saetstatus.FORELOEBIG
    ).order_by("pk")


def ventende(aktoer: Aktoer | None, aar: int | None = None) -> list[UUID]:
    """Those whose first day a final set governs now, and which it has not computed yet. Two statements, and one per first day."""
    raekker = foreloebige(beregninger(aktoer)).values_list(
        "pk", "vilkaarssaet", "tilbud__beliggenhedskommune", "periode__startswith"
    )
    alle = list(raekker if aar is None else raekker.filter(aar=aar))
    koder: dict[date, set[str]] = {}
    for _, _, kode, dag in alle:
        koder.setdefault(dag, set()).add(kode)
    vilkaar = {dag: gaeldende_pr_kommune(deres, dag) for dag, deres in koder.items()}
    gjorte = set(genberegninger(aktoer).values_list("beregning", "vilkaarssaet")) if alle else set()
    return [
        pk
        for pk, saet, kode, dag in alle
        if (afloeser := endelige(vilkaar[dag].get(kode), saet)) and (pk, afloeser.saet_id) not in gjorte
    ]


def endelige(vilkaar: GaeldendeVilkaar | None, saet_id: UUID) -> GaeldendeVilkaar | None:
    """The terms when they are final and other than the set something was made with."""
    return vilkaar if vilkaar and vilkaar.endelig and vilkaar.saet_id != saet_id else None


def aabne(aktoer: Aktoer, aar: int | None = None) -> list[Genberegning]:
    """Those of the actor's that gave another takst or none and have not been acted on, by offer. One statement."""
    alle = Genberegning.objects.synlige_for(aktoer).aabne()
    fundne = alle if aar is None else alle.filter(beregning__aar=aar)
    return sorted(
        fundne.select_related("tilbud", "vilkaarssaet", "beregning"),
        key=lambda g: (g.beregning.aar, g.tilbud.navn_sortering, g.beregning.nummer),
    )


def seneste(aktoer: Aktoer, en: Takstberegning) -> Genberegning | None:
    """What final terms made last of a calculation, when it is the actor's own."""
    alle = Genberegning.objects.synlige_for(aktoer).filter(beregning=en)
    return alle.select_related("vilkaarssaet", "beregning").order_by("-beregnet", "-id").first()


@dataclass(frozen=True, slots=True)
class Omraadeudfald:
    """What came of the calculations of a year in a KKR: how many each way, and the offers that need something done."""

    antal: Mapping[str, int]
    mangler: Sequence[tuple[UUID, str, str]]

    @property
    def i_alt(self) -> int:
        """How many have been computed again."""
        return sum(self.antal.values())


def omraadets(aktoer: Aktoer, aar: int) -> Omraadeudfald:
    """What the secretariat may know: the outcomes, never an amount. Two statements."""
    saet_database_aktoer(aktoer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tilbud_id, udfald FROM takster_genberegnede(%s)", [aar])
        raekker = cursor.fetchall()
    navne = {
        pk: (sortering, navn)
        for pk, sortering, navn in Tilbud.objects.filter(
            pk__in={pk for pk, udfald in raekker if udfald != "bekraeftet"}
        ).values_list("pk", "navn_sortering", "navn")
    }
    mangler = sorted({(*navne[pk], pk, udfald) for pk, udfald in raekker if pk in navne and udfald != "bekraeftet"})
    antal = {udfald: sum(et == udfald for _, et in raekker) for udfald in ("bekraeftet", "aendret", "fejl")}
    return Omraadeudfald(antal, [(pk, navn, udfald) for _, navn, pk, udfald in mangler])
