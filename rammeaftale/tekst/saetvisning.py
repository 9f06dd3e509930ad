"""The published sets as people browse them: which govern in a KKR on a day, what one says and where, and how two differ."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from faelles.aktoer import Aktoer
from faelles.fejl import Konflikt
from kommuner.models import Kkr
from rammeaftale.models import Klausulvilkaar, Rammeaftale
from rammeaftale.tekst.queries import Klausultekst
from rammeaftale.tekst.udsendelse import klausulnavn
from rammeaftale.tekst.vilkaarsvisning import Vilkaarsraekke, i_orden, raekker
from vilkaar.models import Vilkaarssaet
from vilkaar.queries import alle_gaeldende, fakta
from vilkaar.styring import styrende

Sted = tuple[str, str, str]  # key, value, and the clause's name in a set


@dataclass(frozen=True, slots=True)
class Saetvisning:
    """A set, why it is shown, and its terms with where each clause is read, when the actor may read it."""

    saet: Vilkaarssaet
    grund: str
    vilkaar: Sequence[Vilkaarsraekke]


@dataclass(frozen=True, slots=True)
class Par:
    """A term two sets say differently, as each has it; None where one lacks it."""

    foer: Vilkaarsraekke | None
    efter: Vilkaarsraekke | None

    @property
    def raekke(self) -> Vilkaarsraekke:
        """Either, for what is the same of both: the key and its name."""
        fundet = self.foer or self.efter
        if fundet is None:
            raise ValueError("Et par har mindst den ene")
        return fundet


def alle_saet() -> list[Vilkaarssaet]:
    """Every set there is, by KKR in Danish order, the newest first."""
    return i_orden(Vilkaarssaet.objects.select_related("kkr"))


def gaeldende(aktoer: Aktoer, kkr: Kkr, dag: date) -> list[Saetvisning]:
    """What governs in the KKR on the day: its own set; where it has none yet, those its municipalities bring with them; none, nothing."""
    egne = {et.pk: et for et in Vilkaarssaet.objects.filter(kkr=kkr, periode__isempty=False)}
    styring = styrende(map(fakta, egne.values()), dag)
    if styring:
        return vis(aktoer, {styring.saet.id: styring.grund})
    try:
        medbragte = alle_gaeldende(kkr.pk, dag)
    except Konflikt:
        return []
    grund = "KKR'et har intet sæt endnu. For de kommuner, der har det med fra deres tidligere KKR, fortsætter det."
    return vis(aktoer, {en.saet_id: grund for en in medbragte})


def vis(aktoer: Aktoer, grunde: Mapping[UUID, str]) -> list[Saetvisning]:
    """These sets with their terms, in that order. Four statements however many."""
    deres = Vilkaarssaet.objects.filter(pk__in=grunde).select_related("kkr").prefetch_related("vilkaar")
    fundne = {et.pk: et for et in deres}
    steder = _steder(aktoer, {et.version_id for et in fundne.values() if et.version_id})
    return [
        Saetvisning(fundne[pk], grund, [_med_sted(en, fundne[pk], steder) for en in raekker(fundne[pk])])
        for pk, grund in grunde.items()
        if pk in fundne
    ]


def med_steder(aktoer: Aktoer, saet: Vilkaarssaet) -> Sequence[Vilkaarsraekke]:
    """The terms of a set with where each clause is read, when the actor may read it."""
    (vist,) = vis(aktoer, {saet.pk: ""})
    return vist.vilkaar


def _med_sted(
    en: Vilkaarsraekke, saet: Vilkaarssaet, steder: Mapping[Sted, Mapping[UUID | None, str]]
) -> Vilkaarsraekke:
    """As the clause was in the version the set was published from; where another version wrote it, as it was there."""
    fundne = steder.get((en.noegle, en.vaerdi, en.klausul), {})
    return replace(en, url=fundne.get(saet.version_id) or next(iter(fundne.values()), "")) if fundne else en


def forskelle(foer: Saetvisning, efter: Saetvisning) -> list[Par]:
    """The terms that differ, by clause and name."""
    ene, anden = ({en.noegle: en for en in et.vilkaar} for et in (foer, efter))
    alle = [Par(ene.get(noegle), anden.get(noegle)) for noegle in {**ene, **anden}]
    return sorted((et for et in alle if _siger(et.foer) != _siger(et.efter)), key=lambda et: et.raekke.orden)


def _siger(raekke: Vilkaarsraekke | None) -> object:
    return None if raekke is None else raekke.beskrivelse.laes(raekke.vaerdi)


def _steder(aktoer: Aktoer, versioner: Collection[UUID]) -> dict[Sted, dict[UUID | None, str]]:
    """Where a clause that sets a term is read, by version: in the agreements the versions are of, what those amend, and their allonger."""
    af = Rammeaftale.objects.synlige_for(aktoer).filter(versioner__in=versioner).values_list("pk", "hovedaftale")
    hoved = {pk for par in af for pk in par if pk}
    synlige = Rammeaftale.objects.synlige_for(aktoer).filter(Q(pk__in=hoved) | Q(hovedaftale__in=hoved))
    steder: dict[Sted, dict[UUID | None, str]] = {}
    for en in (
        Klausulvilkaar.objects.filter(udgave__version__aftale__in=synlige)
        .select_related("udgave__klausul__dokumentdel", "udgave__version__aftale")
        .order_by("udgave__udgave", "pk")
    ):
        udgave = en.udgave
        sted = (en.noegle, en.vaerdi, klausulnavn(Klausultekst(udgave, {})))
        url = reverse("rammeaftale:klausuludgave", args=[udgave.version.aftale.slug, udgave.klausul_id, udgave.pk])
        steder.setdefault(sted, {})[udgave.version_id] = url
    return steder
