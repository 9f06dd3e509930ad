"""The codes of a need, looked up in one statement: whether there is such a thing, and what it is called or holds today."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast, JSONObject

from faelles.fejl import UgyldigtInput
from faelles.tid import Periode
from kommuner.kkr import Kkrmedlem, kommuner_i
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
    kkr: UUID | str | None = None  # its id, or its slug
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
    hjemler = fundne.get("hjemmel", [])
    kkr = next((UUID(svar["id"]) for _, svar in fundne.get("kkr", [])), None)
    return Kendte(
        maalgrupper=frozenset(UUID(kode) for kode, _ in fundne.get("maalgruppe", [])),
        hjemmel=hjemler[0][1]["dagens"] if hjemler else None,
        kommuner={
            kode: Punkt(svar["laengde"], svar["bredde"], svar["navn"]) for kode, svar in fundne.get("kommune", [])
        },
        kkr=kkr,
        kkr_kommuner=kommuner_i([_kkrmedlem(*en) for en in fundne["kkrmedlem"]], kkr, spurgt.dag) if kkr else None,
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
        fra, til = F("periode__startswith"), F("periode__endswith")
        valgt = {"pk" if isinstance(spurgt.kkr, UUID) else "slug": spurgt.kkr}
        yield _gren("kkr", Kkr.objects.filter(**valgt), "slug", id=F("pk"))
        yield _gren("kkrmedlem", KkrMedlemskab.objects.all(), "kommune_id", kkr=F("kkr_id"), fra=fra, til=til)
    if spurgt.alle_kkr:
        yield _gren("slug", Kkr.objects.all(), "slug", id=F("pk"))
    if spurgt.postnr:
        postnumre = Postnummer.objects.filter(pk=spurgt.postnr, kommuner__isnull=False)
        laengde, bredde = F("kommuner__laengdegrad"), F("kommuner__breddegrad")
        yield _gren("postnr", postnumre, "pk", laengde=laengde, bredde=bredde, navn=F("by"))


def _gren(slags: str, raekker: "QuerySet[Any]", kode: str, **svar: Any) -> "QuerySet[Any, Any]":
    return raekker.order_by().values_list(Value(slags), Cast(kode, TextField()), JSONObject(**svar))


def _kkrmedlem(kommune: str, svar: Mapping[str, Any]) -> Kkrmedlem:
    til = date.fromisoformat(svar["til"]) if svar["til"] else None
    return Kkrmedlem(UUID(svar["kkr"]), kommune, Periode(date.fromisoformat(svar["fra"]), til))


def med_kkrets_kommuner(profil: Behovsprofil) -> Behovsprofil:
    """The need with the municipalities of its KKR on the first day, or of what took its place. One statement, or none when they are known."""
    if profil.kkr is None or profil.kkr_kommuner is not None:
        return profil
    return med_dagens_koder(profil)


def med_dagens_koder(profil: Behovsprofil) -> Behovsprofil:
    """The need with the code its legal basis has today, and its KKR's municipalities. One statement, or none without either."""
    kendte = slaa_op(Spurgt(profil.periode.fra, hjemmel=profil.hjemmel, kkr=profil.kkr))
    i_kkr = (
        None if profil.kkr is None else kendte.kkr_kommuner or frozenset()
    )  # of an id nobody has: nowhere, not everywhere
    return replace(profil, hjemmel=kendte.hjemmel or profil.hjemmel, kkr_kommuner=i_kkr)


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
