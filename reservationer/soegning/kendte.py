"""The codes of a need, looked up in one statement: whether there is such a thing, and what it is called or holds today."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast, JSONObject

from faelles.fejl import UgyldigtInput
from kommuner.models import Kkr, KkrMedlemskab, Kommune, Postnummer
from reservationer.soegning.profil import Behovsprofil, Punkt
from reservationer.soegning.steder import midten
from tilbud.models import Hjemmel, Maalgruppe
from tilbud.models.klassifikationer import DAGENS_KODE


@dataclass(frozen=True, slots=True)
class Spurgt:
    """The codes to look up. `dag`: when the KKR must have the municipalities it is told to have."""

    dag: date
    maalgrupper: Collection[UUID] = ()
    hjemmel: str | None = None
    kommuner: Collection[str] = ()
    kkr: str = ""
    postnr: str = ""
    alle_kkr: bool = False


@dataclass(frozen=True, slots=True)
class Kendte:
    """What there is of what was asked for: of target groups those that can be chosen. `hjemmel` is today's code, `kommuner` have their middle; None is what there is not.

    `slugs`: what each KKR is called in the API, when all were asked for.
    """

    maalgrupper: frozenset[UUID]
    hjemmel: str | None
    kommuner: Mapping[str, Punkt]
    kkr: UUID | None
    kkr_kommuner: frozenset[str] | None
    postnummer: Punkt | None
    slugs: Mapping[UUID, str]


def slaa_op(spurgt: Spurgt) -> Kendte:
    """Look the codes up. One statement, or none when there are none."""
    grene = list(_grene(spurgt))
    fundne: dict[str, list[tuple[str, Any]]] = {}
    for slags, kode, svar in grene[0].union(*grene[1:], all=True) if grene else ():
        fundne.setdefault(slags, []).append((kode, svar))
    hjemler, kkr = fundne.get("hjemmel", []), fundne.get("kkr", [])
    return Kendte(
        maalgrupper=frozenset(UUID(kode) for kode, _ in fundne.get("maalgruppe", [])),
        hjemmel=hjemler[0][1]["dagens"] if hjemler else None,
        kommuner={
            kode: Punkt(svar["laengde"], svar["bredde"], svar["navn"]) for kode, svar in fundne.get("kommune", [])
        },
        kkr=UUID(kkr[0][1]["id"]) if kkr else None,
        kkr_kommuner=frozenset(kkr[0][1]["kommuner"]) if kkr else None,
        postnummer=midten(
            spurgt.postnr, [(svar["laengde"], svar["bredde"], svar["navn"]) for _, svar in fundne.get("postnr", [])]
        ),
        slugs={UUID(svar["id"]): slug for slug, svar in fundne.get("slug", [])},
    )


def _grene(spurgt: Spurgt) -> Iterator["QuerySet[Any, Any]"]:
    """A branch of the statement for each kind of code asked for: its kind, the code and what is told of it."""
    if spurgt.maalgrupper:
        yield _gren("maalgruppe", Maalgruppe.objects.filter(pk__in=spurgt.maalgrupper, valgbar=True), "pk")
    if spurgt.hjemmel is not None:
        yield _gren("hjemmel", Hjemmel.objects.filter(pk=spurgt.hjemmel), "pk", dagens=DAGENS_KODE)
    if spurgt.kommuner:
        kommuner = Kommune.objects.filter(pk__in=spurgt.kommuner)
        yield _gren("kommune", kommuner, "pk", laengde=F("laengdegrad"), bredde=F("breddegrad"), navn=F("kortnavn"))
    if spurgt.kkr:
        medlemmer = KkrMedlemskab.objects.paa(spurgt.dag).filter(kkr=OuterRef("pk")).order_by().values("kommune_id")
        yield _gren("kkr", Kkr.objects.filter(slug=spurgt.kkr), "slug", id=F("pk"), kommuner=ArraySubquery(medlemmer))
    if spurgt.alle_kkr:
        yield _gren("slug", Kkr.objects.all(), "slug", id=F("pk"))
    if spurgt.postnr:
        postnumre = Postnummer.objects.filter(pk=spurgt.postnr, kommuner__isnull=False)
        laengde, bredde = F("kommuner__laengdegrad"), F("kommuner__breddegrad")
        yield _gren("postnr", postnumre, "pk", laengde=laengde, bredde=bredde, navn=F("by"))


def _gren(slags: str, raekker: "QuerySet[Any]", kode: str, **svar: Any) -> "QuerySet[Any, Any]":
    return raekker.order_by().values_list(Value(slags), Cast(kode, TextField()), JSONObject(**svar))


def med_dagens_hjemmel(profil: Behovsprofil) -> Behovsprofil:
    """The need with the code its legal basis has today. One statement, or none without a legal basis."""
    dagens = slaa_op(Spurgt(profil.periode.fra, hjemmel=profil.hjemmel)).hjemmel
    return profil if dagens is None else replace(profil, hjemmel=dagens)


def kraev_kendte(profil: Behovsprofil, besked: str) -> None:
    """Raise UgyldigtInput, with what to do about it, for target groups nobody can choose, and a legal basis or municipalities nobody has."""
    spurgt = Spurgt(profil.periode.fra, maalgrupper=profil.vaegte, hjemmel=profil.hjemmel, kommuner=profil.kommuner)
    fundet, fejl = slaa_op(spurgt), {}
    if not fundet.maalgrupper.issuperset(profil.vaegte):
        fejl["maalgrupper"] = ["En af målgrupperne kendes ikke eller kan ikke vælges."]
    if profil.hjemmel is not None and fundet.hjemmel is None:
        fejl["hjemmel"] = ["Hjemlen kendes ikke."]
    if not set(profil.kommuner) <= fundet.kommuner.keys():
        fejl["kommuner"] = ["En af kommunerne kendes ikke."]
    if fejl:
        raise UgyldigtInput("ugyldigt_input", besked, fejl)
