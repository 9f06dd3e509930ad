"""The search: a handful of set-based statements over register, ledger and takster, whatever the number of offers."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from operator import add
from typing import Any, TypeAlias
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, FilteredRelation, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.lookups import Exact

from faelles.aktoer import Aktoer, Rettighed
from faelles.sprog import sortnoegle
from faelles.tid import KOEBENHAVN
from reservationer.soegning.facetter import Lempelse, Naesten, facetter, lempelse, taeller_med
from reservationer.soegning.frie import INGEN, Frie, bedoem, laes_frie, laes_loft, som_frie, tilbage_af, uden_lukninger
from reservationer.soegning.fritekst import Tekstfund, tekstfund
from reservationer.soegning.kendte import med_kkrets_kommuner
from reservationer.soegning.kriterier import Kriterium
from reservationer.soegning.plan import kun_egne_raekker
from reservationer.soegning.profil import Behovsprofil, Punkt
from reservationer.soegning.rangering import Resultat, i_orden, resultat
from reservationer.soegning.vurdering import (
    FOR_BEBOERE,
    FOR_EGNE,
    Fakta,
    Krav,
    Plads,
    Udfald,
    begrundet,
    kasse_om,
    med_takster,
    med_takstkrav,
    pladskrav,
    registertjek,
)
from takster.models import OffentliggjortPris
from takster.queries import alle_takster_paa, offentlige_tilbud, priser_uden_tilbud
from tilbud.friskhed import Friskhed
from tilbud.models import Niveau, OffentligtTilbud, Tilbud
from tilbud.queries import Stand, godkendt_i_hele, godkendt_til, stande

FAA = 1000  # offers; to name more of them in a statement costs more than it spares
_MEDLEMSKABER = "beliggenhedskommune__kkr_medlemskaber"
MIDLERTIDIGT_LUKKET = "Midlertidigt lukket på dage i perioden"

Kommuner: TypeAlias = frozenset[str] | None  # codes; None is all
Halvt: TypeAlias = tuple[Fakta, list[Krav]]  # what the register answers
Vurderet: TypeAlias = tuple[Fakta, Plads, list[Krav]]


@dataclass(frozen=True, slots=True)
class Slaaetop:
    """What is looked up once for a search: the municipalities nothing is read outside of, and what holds its words; None is all."""

    kkr: Kommuner
    med_ordene: Tekstfund | None

    def har_ordene(self, tilbud: UUID, afdeling: UUID | None) -> bool:
        """Whether a department holds them, or its offer does; an offer without departments holds its own."""
        if self.med_ordene is None or tilbud not in self.med_ordene:
            return self.med_ordene is None
        afdelinger = self.med_ordene[tilbud]
        return afdelinger is None or afdeling in afdelinger


@dataclass(frozen=True, slots=True)
class Udeladt:
    """A department that was left out, with every criterion it fails."""

    fakta: Fakta
    krav: tuple[Krav, ...]

    @property
    def mangler_kun_plads(self) -> bool:
        """Whether one could wait for it: all it lacks is a place that is free and approved."""
        return {krav.kriterium for krav in self.krav} <= {Kriterium.LEDIG, Kriterium.IKKE_GODKENDT}


@dataclass(frozen=True, slots=True)
class Soegesvar:
    """What a search found: hits in order, counts beside each filter, and, when there are no hits, what stands in the way."""

    resultater: list[Resultat]
    facetter: Mapping[Kriterium, Mapping[Any, int]]
    lempelse: Lempelse | None

    @property
    def ledige(self) -> int:
        """Departments whose places may be called free."""
        return sum(fundet.er_ledig for fundet in self.resultater)

    @property
    def uden_pladser(self) -> int:
        """Departments that fit and deliver without places."""
        return sum(fundet.fakta.uden_pladser for fundet in self.resultater)


def soeg(aktoer: Aktoer, profil: Behovsprofil, *, nu: datetime) -> Soegesvar:
    """Departments with a place that is open and unclaimed on every day of the period and fail no criterion, best first.

    What is delivered without places is found when all else fits; whether there is room is then unknown, never "free".

    Takster and level are those of the period's first day. A search limited to a KKR reads nothing outside it, whatever it finds.
    """
    aktoer.kraev(Rettighed.TILBUD_LAES)
    profil = med_kkrets_kommuner(profil)
    fundet = _slaa_op(profil)
    vurderet = _naesten(aktoer, profil, nu, fundet)
    resultater = _resultater(profil, vurderet, nu)
    fejlede, aarsag = _fejlede(vurderet), None
    if not resultater:
        fejlede, aarsag = _aarsag(aktoer, profil, nu, fundet, fejlede)
    return Soegesvar(resultater, facetter(fejlede), aarsag)


def fundne(aktoer: Aktoer, profil: Behovsprofil, *, nu: datetime) -> list[Resultat]:
    """The hits of `soeg` and nothing else: for whoever asks neither for counts nor for what stands in the way."""
    aktoer.kraev(Rettighed.TILBUD_LAES)
    profil = med_kkrets_kommuner(profil)
    return _resultater(profil, _naesten(aktoer, profil, nu, _slaa_op(profil)), nu)


def _resultater(profil: Behovsprofil, vurderet: Iterable[Vurderet], nu: datetime) -> list[Resultat]:
    """Those that fail nothing, best first."""
    hits = [(fakta, plads, krav) for fakta, plads, krav in vurderet if not _kun_fejl(krav)]
    stand = _stande((fakta for fakta, _, _ in hits), nu)
    return i_orden(resultat(profil, fakta, plads, stand[fakta.noegle], krav) for fakta, plads, krav in hits)


def _naesten(aktoer: Aktoer, profil: Behovsprofil, nu: datetime, fundet: Slaaetop) -> list[Vurderet]:
    """The departments that are found, or would be with one criterion chosen otherwise."""
    fakta, frie = _fakta(aktoer, profil, nu, fundet, _naer(profil, fundet).filter(_mulige(profil)))
    naesten = [(en, krav) for en, krav in _vurderede(profil, fakta) if _antal_fejl(krav) <= 1]
    spurgt = profil.hoejeste_takst is not None
    fuldt = _fuldt(profil, naesten, frie, prises=lambda fejl: fejl <= spurgt)
    return [(en, plads, krav) for en, plads, krav in fuldt if taeller_med(_fejl(krav))]


def _alle(
    aktoer: Aktoer, profil: Behovsprofil, nu: datetime, fundet: Slaaetop, blandt: QuerySet[Tilbud]
) -> list[Vurderet]:
    """All departments of these offers in the KKR searched in, whatever they fail."""
    fakta, frie = _fakta(aktoer, profil, nu, fundet, blandt)
    spurgt = profil.hoejeste_takst is not None
    return list(_fuldt(profil, _vurderede(profil, fakta), frie, prises=lambda _: spurgt))


def _aarsag(
    aktoer: Aktoer, profil: Behovsprofil, nu: datetime, fundet: Slaaetop, naer: list[Naesten]
) -> tuple[list[Naesten], Lempelse | None]:
    """What stands in the way of a search that found nothing, and what the departments that were looked through for it fail.

    When no one criterion does, and only then, all are looked through.
    """
    aarsag = lempelse(naer)
    if aarsag is not None and len(aarsag.kriterier) == 1:
        return naer, aarsag
    alle = _fejlede(_alle(aktoer, profil, nu, fundet, Tilbud.objects.filter(_mulige(profil))))
    return alle, lempelse(alle)


def udeladte(aktoer: Aktoer, profil: Behovsprofil, *, nu: datetime, uden_for_kkr: bool = False) -> list[Udeladt]:
    """Every department that is left out, and every offer that has none, with the reasons; those that nearly fit come first.

    Together with the hits they are the whole register, or what of it lies in the KKR searched in; with `uden_for_kkr` the rest
    of the country is read as well.
    """
    aktoer.kraev(Rettighed.TILBUD_LAES)
    profil = med_kkrets_kommuner(profil)
    alle = _alle(aktoer, profil, nu, _slaa_op(profil, uden_for_kkr=uden_for_kkr), Tilbud.objects.all())
    ude = [
        Udeladt(en, tuple([begrundet(profil, en, et) for et in fejl]))
        for en, _, krav in alle
        if (fejl := _kun_fejl(krav))
    ]
    return sorted(
        _med_lukninger(aktoer, profil, ude, nu),
        key=lambda u: (len(u.krav), sortnoegle(u.fakta.tilbud), sortnoegle(u.fakta.afdeling or ""), u.fakta.noegle),
    )


def _med_lukninger(aktoer: Aktoer, profil: Behovsprofil, fundne: Sequence[Udeladt], nu: datetime) -> list[Udeladt]:
    """Say so where a place would be free, were it not closed for a time. One statement."""
    ikke_ledig = Krav(Kriterium.LEDIG, Udfald.IKKE_OPFYLDT)
    ingen_plads = {ikke_ledig, FOR_EGNE, FOR_BEBOERE}
    uden_plads = [en.fakta.noegle for en in fundne if not ingen_plads.isdisjoint(en.krav)]
    ellers_frie = uden_lukninger(aktoer, profil, nu).filter(afdeling__in=uden_plads)
    lukkede = set(ellers_frie.order_by().values_list("afdeling_id", flat=True).distinct())
    midlertidigt = replace(ikke_ledig, saerlig_grund=MIDLERTIDIGT_LUKKET)
    return [
        replace(en, krav=tuple(midlertidigt if et in ingen_plads else et for et in en.krav))
        if en.fakta.noegle in lukkede
        else en
        for en in fundne
    ]


def vurder(aktoer: Aktoer, profil: Behovsprofil, afdelinger: Collection[UUID], *, nu: datetime) -> list[Resultat]:
    """How these departments stand to the need, whatever they fail and wherever they lie; in no particular order."""
    aktoer.kraev(Rettighed.TILBUD_LAES)
    profil = med_kkrets_kommuner(profil)
    blandt = Tilbud.objects.filter(afdelinger__in=list(afdelinger))
    fakta, frie = _fakta(aktoer, profil, nu, _slaa_op(profil, uden_for_kkr=True), blandt)
    stand = _stande(fakta, nu)
    return [
        resultat(profil, en, plads, stand[en.noegle], krav)
        for en, plads, krav in _fuldt(profil, _vurderede(profil, fakta), frie, prises=lambda _: True)
    ]


def offentliggjorte(profil: Behovsprofil) -> QuerySet[OffentligtTilbud]:
    """Offers known only from published lists, by where they lie, hjemmel and name: target groups are free text, places unknown."""
    omraade = _omraade(profil)
    tilbud = offentlige_tilbud(omraade or (), profil.hjemmel, profil.tekst)
    return tilbud if omraade is None or omraade else tilbud.none()


def offentliggjorte_priser(profil: Behovsprofil) -> QuerySet[OffentliggjortPris]:
    """Published prices of offers on no list, by hjemmel and name: none when a place is asked for, since theirs is unknown."""
    priser = priser_uden_tilbud(profil.hjemmel, profil.tekst)
    return priser.none() if profil.kommuner or profil.kkr else priser


def _omraade(profil: Behovsprofil) -> Kommuner:
    """The municipalities both KKR and need let it lie in; None is all. One statement for a KKR."""
    kkr = med_kkrets_kommuner(profil).kkr_kommuner
    valgte = frozenset(profil.kommuner) or None
    return valgte if kkr is None else kkr if valgte is None else kkr & valgte


def _antal_fejl(krav: Iterable[Krav]) -> int:
    return len(_kun_fejl(krav))


def _kun_fejl(krav: Iterable[Krav]) -> tuple[Krav, ...]:
    return tuple([et for et in krav if et.udfald is Udfald.IKKE_OPFYLDT])  # a list is quicker, and there are many


def _fejl(krav: Iterable[Krav]) -> frozenset[Kriterium]:
    return frozenset([et.kriterium for et in _kun_fejl(krav)])


def _fejlede(vurderede: Iterable[Vurderet]) -> list[Naesten]:
    """The departments with what they fail of the need."""
    return [(fakta, plads, _fejl(krav)) for fakta, plads, krav in vurderede]


def _vurderede(profil: Behovsprofil, alle: Iterable[Fakta]) -> list[Halvt]:
    tjek = registertjek(profil)
    return [(fakta, [Krav(kriterium, svar(fakta)) for kriterium, svar in tjek]) for fakta in alle]


def _fuldt(
    profil: Behovsprofil, vurderede: Iterable[Halvt], frie: Mapping[UUID, Frie], *, prises: Callable[[int], bool]
) -> Iterator[Vurderet]:
    """The departments with what ledger and takster answer; `prises` says by how many criteria one fails whether its takster are read."""
    domme: list[Vurderet] = []
    for fakta, krav in vurderede:
        plads = bedoem(profil, frie.get(fakta.noegle, INGEN))
        domme.append((fakta, plads, [*krav, *pladskrav(profil, fakta, plads)]))
    priset = [fakta.noegle for fakta, _, krav in domme if prises(_antal_fejl(krav))]
    takster = alle_takster_paa(priset, profil.periode.fra) if priset else {}
    for fakta, plads, krav in domme:
        egne = takster.get(fakta.noegle)
        if egne is None:
            yield fakta, plads, krav
            continue
        prissat = med_takster(profil, plads, egne)
        yield fakta, prissat, krav if profil.hoejeste_takst is None else med_takstkrav(profil, prissat, krav)


def _slaa_op(profil: Behovsprofil, *, uden_for_kkr: bool = False) -> Slaaetop:
    """One statement for words, which are looked for in the KKR alone, unless all the country is read."""
    kkr = None if uden_for_kkr else profil.kkr_kommuner
    return Slaaetop(kkr, tekstfund(profil.tekst, Tilbud.objects.filter(_i(kkr)), kun_dem=kkr is not None))


def _i(kkr: Kommuner) -> Q:
    """Offers that lie in the KKR. A list, not a subquery: the planner then knows how few they are, and looks them up."""
    return Q() if kkr is None else Q(beliggenhedskommune__in=sorted(kkr))


def _fakta(
    aktoer: Aktoer,
    profil: Behovsprofil,
    nu: datetime,
    fundet: Slaaetop,
    blandt: QuerySet[Tilbud],
) -> tuple[list[Fakta], Mapping[UUID, Frie]]:
    """The departments of these offers in the KKR searched in, and the free places of those that have any, or need none.

    An offer without departments stands alone. A protected address gives no point. One statement, which for each department
    looks up what is its own, so that nothing of other offers is read.
    """
    dag = profil.periode.fra
    kkr = FilteredRelation(_MEDLEMSKABER, condition=Q(**{f"{_MEDLEMSKABER}__periode__contains": dag}))
    niveau = Niveau.objects.paa(dag).filter(tilbud=OuterRef("pk")).values("niveau")
    hjemler = Tilbud.hjemler.through.objects.filter(tilbud=OuterRef("pk")).values("hjemmel_id")
    grupper = Tilbud.maalgrupper.through.objects.filter(tilbud=OuterRef("pk")).values("maalgruppe_id")
    raekker = (
        blandt.filter(_i(fundet.kkr))
        .annotate(medlemskab=kkr)
        .order_by()
        .values_list(
            "afdelinger__id", "afdelinger__navn", "id", "navn", "driftsherre_id", "driftsherre__navn", "driftsherre__art",
            "beliggenhedskommune_id", "beliggenhedskommune__kortnavn", "alder_fra", "alder_til", "lukket_fra", "uden_pladser", godkendt_i_hele(profil.periode, profil.hjemmel), "rummer",
            "rummer_ikke", "fysiske_traek", Subquery(niveau[:1]), ArraySubquery(hjemler), ArraySubquery(grupper), Subquery(godkendt_til()),
            "medlemskab__kkr_id", "laengdegrad", "breddegrad", laes_frie(aktoer, profil, nu), laes_loft(profil, nu),
        )
    )  # fmt: skip
    with kun_egne_raekker() if fundet.kkr is not None else nullcontext():
        laest = list(raekker)
    alle, fundne, rest = [], {}, tilbage_af(profil, nu)
    for *faste, laengde, bredde, pladser, loft in laest:
        punkt = None if laengde is None or bredde is None else Punkt(float(laengde), float(bredde))
        fakta = Fakta(  # type: ignore[misc]  # mypy takes the star for any number of fields
            *faste,
            punkt=punkt,
            tekst_fundet=fundet.har_ordene(faste[2], faste[0]),
        )
        alle.append(fakta)
        if pladser or fakta.uden_pladser:
            fundne[fakta.noegle] = som_frie(fakta.noegle, pladser, loft, rest)
    return alle, fundne


def _stande(fakta: Iterable[Fakta], nu: datetime) -> Mapping[UUID, Stand]:
    """How fresh what is known of their places is; without departments there is nothing to confirm."""
    alle = list(fakta)
    uden = {en.noegle: Stand(Friskhed.UKENDT) for en in alle if en.afdeling_id is None}
    kommuner = {en.afdeling_id: en.kommunekode for en in alle if en.afdeling_id is not None}
    return {**uden, **stande(kommuner, nu, nu.astimezone(KOEBENHAVN).date())}


def _naer(profil: Behovsprofil, fundet: Slaaetop) -> QuerySet[Tilbud]:
    """Offers that fail at most one of the criteria most searches ask for, and all that fail fewer.

    The rules are those of `vurdering`, which has the last word; here they only spare the country from being read.
    """
    fejl: list[Q] = []
    ingen = _ingen if fundet.kkr is None else _ingen_egne
    if profil.hjemmel is not None:
        fejl.append(ingen(Tilbud.hjemler.through.objects.filter(tilbud=OuterRef("pk"), hjemmel=profil.hjemmel)))
    if profil.maalgrupper:
        grupper = Tilbud.maalgrupper.through.objects.filter(tilbud=OuterRef("pk"), maalgruppe__in=profil.vaegte)
        fejl.append(ingen(grupper))
    if fundet.med_ordene is not None and len(fundet.med_ordene) <= FAA:
        fejl.append(~Q(pk__in=fundet.med_ordene))
    if profil.kommuner:
        fejl.append(~Q(beliggenhedskommune__in=profil.kommuner))
    if profil.naer is not None and profil.hoejst_km is not None:
        kasse = kasse_om(profil.naer, profil.hoejst_km)
        inden_for = Q(laengdegrad__range=kasse.laengder, breddegrad__range=kasse.bredder)
        fejl.append(Q(laengdegrad__isnull=False, breddegrad__isnull=False) & ~inden_for)
    if len(fejl) <= 1:
        return Tilbud.objects.all()
    return Tilbud.objects.alias(fejl=reduce(add, (Case(When(et, then=1), default=0) for et in fejl))).filter(
        fejl__lte=1
    )


def _ingen(raekker: QuerySet[Any]) -> Q:
    """Whether there are none of an offer's; the planner may find all there are of any offer's first, which is quickest for them all."""
    return Q(~Exists(raekker))


def _ingen_egne(raekker: QuerySet[Any]) -> Q:
    """The same, looked up offer by offer."""
    antal = Func(ArraySubquery(raekker.values("pk")), function="cardinality", output_field=IntegerField())
    return Q(Exact(antal, 0))


def _mulige(profil: Behovsprofil) -> Q:
    """Offers somebody could be given something in: not closed before the period began, and with departments, or none needed.

    The others are left out of every search of the period, and no criterion one could relax is to blame.
    """
    aabent = Q(lukket_fra__isnull=True) | Q(lukket_fra__gt=profil.periode.fra)
    return aabent & (Q(afdelinger__isnull=False) | Q(uden_pladser=True))
