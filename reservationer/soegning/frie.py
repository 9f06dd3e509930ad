"""The free places of a department: read from the ledger weekday by weekday, and which of them somebody with the need could be given."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, Func, IntegerField, JSONField, OuterRef, Q, Value, When
from django.db.models.functions import JSONObject
from django.db.models.lookups import Exact

from faelles.aktoer import Aktoer
from faelles.tid import KOEBENHAVN, Periode
from reservationer.soegning.kriterier import Kriterium
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.vurdering import Plads
from tilbud.belaegning.loft import Afdelingsloft, afdelingsloft, loft_som_json
from tilbud.belaegning.models import Optagelse
from tilbud.belaegning.querysets import er_ledig
from tilbud.models import Plads as Pladsmodel
from tilbud.querysets import PladsQuerySet

FOERSTE_PLADSER = 3


@dataclass(frozen=True, slots=True)
class Friplads:
    """A place that is open in the whole period, and the weekdays it is free on throughout; `hele`: those are all its own.

    `kun_egne`: it is kept for the operator's own citizens, and who asks is not the operator. `kun_beboere`: for those who live
    in the offer, which a need without a citizen cannot say.
    """

    id: UUID
    art: str
    fri: frozenset[int]
    hele: bool
    kun_egne: bool
    kun_beboere: bool

    @property
    def for_alle(self) -> bool:
        """Whether it is kept for nobody else than who asks."""
        return not (self.kun_egne or self.kun_beboere)

    def passer(self, ugedage: AbstractSet[int], arter: AbstractSet[str]) -> bool:
        """Whether it is free on these weekdays, or on all its own, and is of one of the kinds, if any are named."""
        return (ugedage <= self.fri if ugedage else self.hele) and (not arter or self.art in arter)


@dataclass(frozen=True, slots=True)
class Frie:
    """A department's places with a free weekday, in order.

    `loft` is what decides how many of them may be let on days that are not gone (`rest`); None when all may.
    """

    pladser: Sequence[Friplads]
    loft: Afdelingsloft | None = None
    rest: Periode | None = None

    def til(self, ugedage: AbstractSet[int], arter: AbstractSet[str]) -> list[UUID]:
        """Those that fit, and that the actor could be given, were there no limit."""
        return [plads.id for plads in self.pladser if plads.for_alle and plads.passer(ugedage, arter)]

    def kan_faas(self, ugedage: AbstractSet[int], arter: AbstractSet[str]) -> Sequence[UUID]:
        """Those of them that may be let, one after another."""
        fundne = self.til(ugedage, arter)
        if not fundne or self.loft is None or self.rest is None:
            return fundne
        return self.loft.plads_til(fundne, self.rest, frozenset(ugedage))

    def arter(self, ugedage: AbstractSet[int]) -> frozenset[str]:
        """The kinds of which one of these may be had on these weekdays."""
        fundne = {plads.art for plads in self.pladser if plads.for_alle and plads.passer(ugedage, INTET)}
        return frozenset(fundne if self.loft is None else (art for art in fundne if self.kan_faas(ugedage, {art})))

    def dage(self, ugedage: AbstractSet[int], arter: AbstractSet[str]) -> frozenset[int]:
        """The weekdays on which one of these of the kinds may be had beside these weekdays."""
        frie = (p.fri for p in self.pladser if p.for_alle and ugedage <= p.fri and (not arter or p.art in arter))
        fundne = INTET.union(*frie)
        return fundne if self.loft is None else frozenset(d for d in fundne if self.kan_faas(ugedage | {d}, arter))


INTET: frozenset[Any] = frozenset()
INGEN = Frie(())
UDEN = Plads()


def laes_frie(aktoer: Aktoer, profil: Behovsprofil, nu: datetime) -> Func:
    """A department's places with a free weekday, in order: an expression on offers, for `som_frie`.

    Those taken on all their weekdays by one claim, which are nearly all, stay in the database.
    """
    i_vejen = Optagelse.objects.gaelder(nu).i_perioden(profil.periode).filter(plads=OuterRef("pk")).order_by()
    taget = i_vejen.values(dag=Func(F("ugedage"), function="unnest", output_field=IntegerField()))
    pladser = (
        Pladsmodel.objects.aabne_i_hele(profil.periode)
        .filter(~Exists(i_vejen.filter(ugedage__contains=OuterRef("ugedage"))), afdeling=OuterRef("afdelinger__pk"))
        .order_by("betegnelse_sortering", "pk")
    )
    kun_egne = Q(forbeholdt_egne=True) & ~Q(_er(aktoer, OuterRef("driftsherre")))
    fundne = ArraySubquery(
        pladser.values(
            raekke=JSONObject(
                id="id", art="art", ugedage="ugedage", taget=ArraySubquery(taget),
                kunEgne=Case(When(kun_egne, then=True), default=False), kunBeboere="forbeholdt_beboere",
            )
        )
    )  # fmt: skip
    return Func(fundne, function="to_jsonb", output_field=JSONField())  # read at once, not place by place


def som_frie(
    afdeling: UUID, laest: Iterable[Mapping[str, Any]], loft: Mapping[str, Any] | None, rest: Periode | None
) -> Frie:
    """What `laes_frie` and `laes_loft` gave of a department."""
    pladser = [_friplads(en) for en in laest]
    return Frie(pladser, None if loft is None or not pladser else afdelingsloft(afdeling, loft), rest)


def _friplads(en: Mapping[str, Any]) -> Friplads:
    egne = frozenset(en["ugedage"])
    fri = egne.difference(en["taget"])
    return Friplads(UUID(en["id"]), en["art"], fri, fri == egne, en["kunEgne"], en["kunBeboere"])


def laes_loft(profil: Behovsprofil, nu: datetime) -> Case | Value:
    """What decides how many of a department's free places may be let from today until the period ends; null when it has.

    The days before the period are those a place may be free from already (`ledigfra`).
    """
    if tilbage_af(profil, nu) is None:
        return Value(None, output_field=JSONField())
    return loft_som_json(OuterRef("afdelinger__pk"), Periode(_dagen(nu), profil.periode.til), nu)


def tilbage_af(profil: Behovsprofil, nu: datetime) -> Periode | None:
    """The days of the period that are not gone."""
    return profil.periode.faelles(Periode(_dagen(nu)))


def _dagen(nu: datetime) -> date:
    return nu.astimezone(KOEBENHAVN).date()


def uden_lukninger(aktoer: Aktoer, profil: Behovsprofil, nu: datetime) -> PladsQuerySet[Pladsmodel]:
    """Places the actor could be given, were none closed for a time."""
    ugedage = sorted(profil.ugedage) or None
    frie = Pladsmodel.objects.aabne_i_hele(profil.periode).filter(
        er_ledig(Optagelse.objects.filter(lukning=None), profil.periode, nu, ugedage),
        Q(forbeholdt_egne=False) | Q(_er(aktoer, F("afdeling__tilbud__driftsherre"))),
        forbeholdt_beboere=False,
    )
    frie = frie.filter(ugedage__contains=ugedage) if ugedage else frie
    return frie.filter(art__in=profil.arter) if profil.arter else frie


def _er(aktoer: Aktoer, driftsherre: F | OuterRef) -> Exact:
    """Whether the actor is the operator: places kept for its own citizens are others' to no use."""
    return Exact(driftsherre, aktoer.organisation_id)


def bedoem(profil: Behovsprofil, frie: Frie) -> Plads:
    """What the need gets of these places; those that may not be let are only counted."""
    if not frie.pladser:
        return UDEN
    ugedage, arter = profil.ugedage, profil.arter
    ledige = frie.til(ugedage, arter)
    kan_faas = ledige if frie.loft is None else frie.kan_faas(ugedage, arter)
    return Plads(
        antal=len(kan_faas),
        foerste=tuple(kan_faas[:FOERSTE_PLADSER]),
        kun_egne=any(plads.kun_egne and plads.passer(ugedage, arter) for plads in frie.pladser),
        kun_beboere=any(plads.kun_beboere and plads.passer(ugedage, arter) for plads in frie.pladser),
        ikke_godkendte=len(ledige) - len(kan_faas),
        alle=tuple(kan_faas),
        i_vejen=() if kan_faas else _i_vejen(profil, frie),
        arter=frie.arter(ugedage),
        ugedage=frie.dage(ugedage, arter),
        loft=frie.loft,
    )


def _i_vejen(profil: Behovsprofil, frie: Frie) -> tuple[frozenset[Kriterium], ...]:
    """Each of the smallest sets of kind and weekdays to do without to get a place; none when no such set is enough."""
    ugedage, arter = profil.ugedage, profil.arter
    hver = [
        frozenset({kriterium})
        for kriterium, stillet, ellers in (
            (Kriterium.ART, arter, (ugedage, INTET)),
            (Kriterium.UGEDAGE, ugedage, (INTET, arter)),
        )
        if stillet and frie.kan_faas(*ellers)
    ]
    if hver:
        return tuple(hver)
    begge = ugedage and arter and frie.kan_faas(INTET, INTET)
    return (frozenset({Kriterium.ART, Kriterium.UGEDAGE}),) if begge else ()
