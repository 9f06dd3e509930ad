"""Filters of the API's lists by codes and ids. A value nobody has is refused: an empty answer would hide the mistake."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.request import Request

from faelles.fejl import UgyldigtInput
from faelles.openapi import soegeord
from kommuner.models import Kommune, Organisation
from tilbud.models import Afdeling, Hjemmel, Maalgruppe, Tilbud
from tilbud.models.klassifikationer import DAGENS_KODE

T = TypeVar("T", UUID, str)

MAALGRUPPE = soegeord("maalgruppe", "Målgruppens kode; flere betyder en af dem.", UUID, flere=True)
HJEMMEL = soegeord(
    "hjemmel",
    "Hjemlens kode, fx SEL-107; flere betyder en af dem. En gammel kode finder også det, den er blevet til.",
    flere=True,
)
KOMMUNE = soegeord("kommune", "Kommunekode for beliggenheden; flere betyder en af dem.", flere=True)
DRIFTSHERRE = soegeord("driftsherre", "Driftsherrens id; flere betyder en af dem.", UUID, flere=True)
TILBUD = soegeord("tilbud", "Tilbuddets id; flere betyder en af dem.", UUID, flere=True)
AFDELING = soegeord("afdeling", "Afdelingens id; flere betyder en af dem.", UUID, flere=True)


def valgte(request: Request, **filtre: Callable[[Request], Collection[Any]]) -> dict[str, Any]:
    """What the request says by these filters, without those it says nothing of. Raises UgyldigtInput with the faults of them all."""
    fundne: dict[str, Any] = {}
    fejl: list[UgyldigtInput] = []
    for navn, laes in filtre.items():
        try:
            fundne[navn] = laes(request)
        except UgyldigtInput as en:
            fejl.append(en)
    if fejl:
        felter = {felt: beskeder for en in fejl for felt, beskeder in en.felter.items()}
        raise UgyldigtInput(fejl[0].kode, " ".join(en.besked for en in fejl), felter)
    return {navn: vaerdier for navn, vaerdier in fundne.items() if vaerdier}


def maalgrupper(request: Request) -> list[UUID]:
    """Codes of target groups."""
    return _vaerdier(request, "maalgruppe", UUID, Maalgruppe.objects.all(), "/klassifikationer/maalgrupper")


def hjemler(request: Request) -> list[str]:
    """Codes of legal bases, and those that took the place of the old ones among them."""
    dagens = dagens_hjemler(request)
    return list({*dagens, *dagens.values()})


def dagens_hjemler(request: Request) -> Mapping[str, str]:
    """What each code of a legal basis is called today."""
    koder = request.query_params.getlist("hjemmel")
    dagens = dict(Hjemmel.objects.filter(pk__in=koder).order_by().values_list("pk", DAGENS_KODE)) if koder else {}
    _kraev("hjemmel", [kode for kode in koder if kode not in dagens], "/klassifikationer/hjemler")
    return dagens


def kommuner(request: Request) -> list[str]:
    """Codes of municipalities."""
    return _vaerdier(request, "kommune", str, Kommune.objects.all(), "/kommuner")


def driftsherrer(request: Request) -> list[UUID]:
    """Ids of operators."""
    return _vaerdier(request, "driftsherre", UUID, Organisation.objects.all(), "/tilbud")


def tilbud(request: Request) -> list[UUID]:
    """Ids of offers."""
    return _vaerdier(request, "tilbud", UUID, Tilbud.objects.all(), "/tilbud")


def afdelinger(request: Request) -> list[UUID]:
    """Ids of departments."""
    return _vaerdier(request, "afdeling", UUID, Afdeling.objects.all(), "/tilbud/{id}/afdelinger")


def _vaerdier(request: Request, navn: str, laes: Callable[[str], T], raekker: "QuerySet[Any]", mulige: str) -> list[T]:
    """The values of a parameter that may be repeated. Raises UgyldigtInput when one is no id, or no row has it.

    `mulige`: the resource that lists those there are.
    """
    tekster = request.query_params.getlist(navn)
    if not tekster:
        return []
    try:
        vaerdier = [laes(tekst) for tekst in tekster]
    except ValueError:
        raise UgyldigtInput("ugyldig_id", f"{navn} skal være et UUID.", {navn: ["Ikke et UUID."]}) from None
    kendte = set(raekker.filter(pk__in=vaerdier).values_list("pk", flat=True))
    _kraev(navn, [tekst for tekst, vaerdi in zip(tekster, vaerdier, strict=True) if vaerdi not in kendte], mulige)
    return vaerdier


def _kraev(navn: str, ukendte: Sequence[str], mulige: str) -> None:
    if ukendte:
        besked = f"{navn}: værdien kendes ikke. De mulige står i {mulige}."
        raise UgyldigtInput("ugyldigt_soegeord", besked, {navn: [f"{tekst} findes ikke." for tekst in ukendte]})
