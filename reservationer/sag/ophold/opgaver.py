"""What of running stays waits for somebody: the work list of the start page and the mails (screen 1).

A stay may wait for several things; each is an item of its own with its day.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Least

from faelles.aktoer import Aktoer, Funktion
from reservationer.sag.models import Ophold, Opholdsansvar, Opholdsplads, Opholdspris, Opsigelse
from reservationer.sag.ophold import queries
from reservationer.sag.overgange import UDFALD_NAVN, Tilstand, Udfald


class Slags(StrEnum):
    """What a stay waits for; the value is the annotation with its day."""

    PRISFORSLAG = "prisforslag_fra"
    OPSAGT = "opsagt_af_anden_til"
    UDEN_GODKENDELSE = "uden_godkendelse_til"
    FLYTTER = "flytter_den"
    BETALES_EFTER = "betales_efter_til"


SLAGS_NAVN = {
    Slags.PRISFORSLAG: "Prisforslag, der skal tages stilling til",
    Slags.OPSAGT: "Opsagt af den anden part",
    Slags.UDEN_GODKENDELSE: "Uden socialtilsynets godkendelse",
    Slags.FLYTTER: "Flytter til en anden plads",
    Slags.BETALES_EFTER: "Pladsen er forladt og betales stadig",
}


# What the day of each is, as one says it before the date.
DAG_I_ORD = {
    Slags.PRISFORSLAG: "Fra",
    Slags.OPSAGT: "Til og med",
    Slags.UDEN_GODKENDELSE: "Sidste lovlige dag",
    Slags.FLYTTER: "Den",
    Slags.BETALES_EFTER: "Til og med",
}


@dataclass(frozen=True, slots=True)
class Opgave:
    """That a stay waits for something with a day; `udfald` is the step that does it, where there is one for the actor."""

    slags: Slags
    dag: date
    ophold: Ophold
    udfald: Udfald | None
    er_overskredet: bool
    mangler_orientering: bool

    @property
    def navn(self) -> str:
        """What it is, as a colleague would say it."""
        return SLAGS_NAVN[self.slags]

    @property
    def dag_i_ord(self) -> str:
        """What happens on the day."""
        return DAG_I_ORD[self.slags]

    @property
    def handling(self) -> str:
        """What the step is called; empty without one."""
        return UDFALD_NAVN[self.udfald] if self.udfald else ""


def ventende(aktoer: Aktoer, dag: date) -> QuerySet[Ophold]:
    """The actor's stays that wait for something on the day, the first day first, each annotated by `Slags`.

    A municipality's are those it is handlekommune of today: who only pays has nothing to do.
    """
    levende = Q(tilstand__in=(Tilstand.LOEBENDE, Tilstand.OPSAGT))
    mine = Ophold.objects.synlige_for(aktoer).filter(levende | Q(betales_til__gte=dag, sidste_dag__lt=F("betales_til")))
    if aktoer.funktion is Funktion.MYNDIGHED:
        mine = mine.filter(pk__in=_ansvarlig_for(aktoer, dag))
    return (
        mine.annotate(**_dage(aktoer, dag)).annotate(naeste=Least(*Slags)).exclude(naeste=None).order_by("naeste", "pk")
    )


def _ansvarlig_for(aktoer: Aktoer, dag: date) -> QuerySet[Any]:
    """The stays the municipality is handlekommune of on the day, or will be of one that has not begun."""
    ansvar = Opholdsansvar.objects.synlige_for(aktoer)
    senere = Q(periode__startswith__gt=dag) & ~Exists(
        ansvar.filter(ophold=OuterRef("ophold"), periode__startswith__lte=dag)
    )
    return ansvar.filter(Q(periode__contains=dag) | senere, handlekommune=aktoer.organisation_id).values("ophold")


def _dage(aktoer: Aktoer, dag: date) -> dict[str, Any]:
    """The day of each kind, empty where the stay does not wait for it."""
    om = {"ophold": OuterRef("pk")}
    priser = Opholdspris.objects.synlige_for(aktoer).filter(**om, accepteret=None)
    opsigelser = Opsigelse.objects.synlige_for(aktoer).filter(**om, trukket=None).exclude(funktion=aktoer.funktion)
    flytninger = Opholdsplads.objects.synlige_for(aktoer).filter(
        **om, optagelse__aktiv=True, optagelse__periode__startswith__gt=dag, ophold__foerste_dag__lt=F("optagelse__periode__startswith")
    )  # fmt: skip
    samme = Opholdsplads.objects.synlige_for(aktoer).filter(
        ophold=OuterRef("ophold"), optagelse__aktiv=True, optagelse__plads=OuterRef("optagelse__plads"),
        optagelse__periode__endswith=OuterRef("optagelse__periode__startswith"),
    )  # fmt: skip
    mangler = Q(akutfrist__lt=dag) | Q(tilsyn_orienteret=None, akutfrist__isnull=False)
    til_en_anden = flytninger.exclude(Exists(samme))  # the same for longer, or on other weekdays, is no move
    forslag = Subquery(priser.values("periode__startswith")[:1])
    ingen = Value(None, output_field=DateField())
    return {
        Slags.PRISFORSLAG: forslag if aktoer.funktion is Funktion.MYNDIGHED else ingen,
        Slags.OPSAGT: Case(When(tilstand=Tilstand.OPSAGT, then=Subquery(opsigelser.values("ophoer")[:1]))),
        Slags.UDEN_GODKENDELSE: Case(When(mangler & ~Q(tilstand=Tilstand.UDSKREVET), then="akutfrist")),
        Slags.FLYTTER: Subquery(
            til_en_anden.order_by("optagelse__periode").values("optagelse__periode__startswith")[:1]
        ),
        Slags.BETALES_EFTER: Case(When(tilstand=Tilstand.UDSKREVET, then="betales_til")),
    }


def opgaver(aktoer: Aktoer, dag: date, antal: int) -> Sequence[Opgave]:
    """Of the first so many stays, the first day first. Two statements."""
    fundne = list(ventende(aktoer, dag).values("pk", *Slags)[:antal])
    viste = {
        et.pk: et for et in queries.som_set(queries.ophold(aktoer, dag).filter(pk__in=[r["pk"] for r in fundne]), dag)
    }
    alle = [en for raekke in fundne if raekke["pk"] in viste for en in _af(raekke, viste[raekke["pk"]], aktoer, dag)]
    return sorted(alle, key=lambda en: (en.dag, str(en.ophold.pk)))


def _af(raekke: Mapping[str, Any], et: Ophold, aktoer: Aktoer, idag: date) -> Iterator[Opgave]:
    koeber = aktoer.funktion is Funktion.MYNDIGHED
    for slags in Slags:
        if (dag := raekke[slags]) is not None:
            uden = slags is Slags.UDEN_GODKENDELSE
            mangler = uden and et.tilsyn_orienteret is None
            yield Opgave(slags, dag, et, _skridt(slags, koeber=koeber, mangler=mangler), uden and dag < idag, mangler)


def _skridt(slags: Slags, *, koeber: bool, mangler: bool) -> Udfald | None:
    """What the actor can do about it here; the rest is done with the other party, or by itself."""
    if koeber:
        orienter = Udfald.ORIENTER_TILSYN if mangler else None
        return Udfald.ACCEPTER_PRIS if slags is Slags.PRISFORSLAG else orienter
    return Udfald.UDSKRIV if slags is Slags.OPSAGT else None
