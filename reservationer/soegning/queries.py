"""The search: a handful of set-based statements over register, ledger and takster, whatever the number of offers."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, TrigramWordSimilarity
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from faelles.aktoer import Aktoer, Rettighed
from faelles.sprog import soegefold, sortnoegle
from faelles.tid import KOEBENHAVN
from kommuner.models import KkrMedlemskab, Kommune, Postnummer
from reservationer.soegning.facetter import Lempelse, Naesten, facetter, lempelse
from reservationer.soegning.kriterier import Kriterium
from reservationer.soegning.profil import Behovsprofil, Punkt
from reservationer.soegning.rangering import Resultat, i_orden, resultat
from reservationer.soegning.vurdering import Fakta, Krav, Plads, Tjek, Udfald, pladstjek, registertjek
from takster.models import OffentliggjortPris
from takster.queries import offentlige_tilbud, priser_uden_tilbud, takster_paa
from tilbud.belaegning.models import Optagelse
from tilbud.belaegning.querysets import er_ledig
from tilbud.models import Afdeling, Niveau, OffentligtTilbud, Tilbud
from tilbud.models import Plads as Pladsmodel
from tilbud.models.register import SOEGEVEKTOR
from tilbud.queries import stande

FOERSTE_PLADSER = 3
LIGNER = 0.45  # of 1: two letters that have changed places in a word of seven still count as the same name
# Above so many departments the ledger is asked about the whole search area instead of a list of them.
LANG_LISTE = 2_000


@dataclass(frozen=True, slots=True)
class Udeladt:
    """A department that was left out, with every criterion it fails."""

    fakta: Fakta
    krav: tuple[Krav, ...]


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


def soeg(aktoer: Aktoer, profil: Behovsprofil, *, nu: datetime) -> Soegesvar:
    """Departments with a place that is open and unclaimed on every day of the period and fail no criterion, best first.

    Takster and level are those of the period's first day.
    """
    aktoer.kraev(Rettighed.TILBUD_LAES)
    tjek = registertjek(profil)
    naesten = [(fakta, krav) for fakta, krav in _vurderede(profil, tjek) if _antal_fejl(krav) <= 1]
    pladser = _pladser(aktoer, profil, [fakta.afdeling_id for fakta, _ in naesten], nu)
    vurderet = [
        (fakta, plads, krav) for fakta, plads, krav in _fuldt(profil, naesten, pladser) if _antal_fejl(krav) <= 1
    ]
    hits = [(fakta, plads, krav) for fakta, plads, krav in vurderet if _antal_fejl(krav) == 0]
    stand = stande({fakta.afdeling_id: fakta.kommunekode for fakta, _, _ in hits}, nu, nu.astimezone(KOEBENHAVN).date())
    naer: list[Naesten] = [(fakta, _fejlede(krav)) for fakta, _, krav in vurderet]
    aarsag = None if hits else _aarsag(naer, aktoer, profil, nu)
    return Soegesvar(
        resultater=i_orden(
            resultat(profil, fakta, plads, stand[fakta.afdeling_id], krav) for fakta, plads, krav in hits
        ),
        facetter=facetter(naer),
        lempelse=aarsag,
    )


def _aarsag(naer: Sequence[Naesten], aktoer: Aktoer, profil: Behovsprofil, nu: datetime) -> Lempelse | None:
    """What stands in the way of a search that found nothing; the whole area is looked through only when no one criterion does."""
    if fundet := lempelse(fejl for _, fejl in naer):
        return fundet
    return lempelse(frozenset(krav.kriterium for krav in en.krav) for en in udeladte(aktoer, profil, nu=nu))


def udeladte(aktoer: Aktoer, profil: Behovsprofil, *, nu: datetime) -> list[Udeladt]:
    """Every department of the search area that is left out, with the reasons; those that nearly fit come first."""
    aktoer.kraev(Rettighed.TILBUD_LAES)
    alle = _vurderede(profil, registertjek(profil))
    pladser = _pladser(aktoer, profil, [fakta.afdeling_id for fakta, _ in alle], nu)
    fundne = [Udeladt(fakta, _kun_fejl(krav)) for fakta, _, krav in _fuldt(profil, alle, pladser) if _antal_fejl(krav)]
    return sorted(
        fundne,
        key=lambda u: (len(u.krav), sortnoegle(u.fakta.tilbud), sortnoegle(u.fakta.afdeling), u.fakta.afdeling_id),
    )


def offentliggjorte(profil: Behovsprofil) -> QuerySet[OffentligtTilbud]:
    """Offers known only from published lists, by municipality, hjemmel and name: target groups are free text, places unknown."""
    return offentlige_tilbud(profil.kommuner, profil.hjemmel, profil.tekst)


def offentliggjorte_priser(profil: Behovsprofil) -> QuerySet[OffentliggjortPris]:
    """Published prices of offers on no list, by hjemmel and name: none when municipalities are asked for, since theirs is unknown."""
    priser = priser_uden_tilbud(profil.hjemmel, profil.tekst)
    return priser.none() if profil.kommuner else priser


def centrum(kommunekode: str) -> Punkt | None:
    """The middle of a municipality."""
    fundet = Kommune.objects.filter(pk=kommunekode).values_list("laengdegrad", "breddegrad", "kortnavn").first()
    return None if fundet is None else Punkt(float(fundet[0]), float(fundet[1]), str(fundet[2]))


def postnummers_punkt(postnr: str) -> Punkt | None:
    """The middle of the municipalities a postcode touches: where the postcode itself lies is not known."""
    raekker = list(
        Postnummer.objects.filter(pk=postnr, kommuner__isnull=False).values_list(
            "kommuner__laengdegrad", "kommuner__breddegrad", "by"
        )
    )
    if not raekker:
        return None
    laengder, bredder = [float(laengde) for laengde, _, _ in raekker], [float(bredde) for _, bredde, _ in raekker]
    return Punkt(sum(laengder) / len(raekker), sum(bredder) / len(raekker), f"{postnr} {raekker[0][2]}", postnr)


def _antal_fejl(krav: Iterable[Krav]) -> int:
    return sum(et.udfald is Udfald.IKKE_OPFYLDT for et in krav)


def _kun_fejl(krav: Iterable[Krav]) -> tuple[Krav, ...]:
    return tuple(et for et in krav if et.udfald is Udfald.IKKE_OPFYLDT)


def _fejlede(krav: Iterable[Krav]) -> frozenset[Kriterium]:
    return frozenset(et.kriterium for et in krav if et.udfald is Udfald.IKKE_OPFYLDT)


def _vurderede(profil: Behovsprofil, tjek: Sequence[Tjek]) -> list[tuple[Fakta, list[Krav]]]:
    return [(fakta, [Krav(kriterium, svar(fakta)) for kriterium, svar in tjek]) for fakta in _fakta(profil)]


def _fuldt(
    profil: Behovsprofil, vurderede: Iterable[tuple[Fakta, list[Krav]]], pladser: Mapping[UUID, Plads]
) -> Iterable[tuple[Fakta, Plads, list[Krav]]]:
    tjek, ingen = pladstjek(profil), Plads()
    for fakta, krav in vurderede:
        plads = pladser.get(fakta.afdeling_id, ingen)
        yield fakta, plads, [*krav, *(Krav(kriterium, svar(plads)) for kriterium, svar in tjek)]


def _omraade(profil: Behovsprofil, tilbud: str) -> Q:
    """The municipalities of the KKR the search is limited to, on the period's first day."""
    if profil.kkr is None:
        return Q()
    koder = KkrMedlemskab.objects.paa(profil.periode.fra).filter(kkr=profil.kkr).values_list("kommune_id", flat=True)
    return Q(**{f"{tilbud}beliggenhedskommune__in": list(koder)})


def _fakta(profil: Behovsprofil) -> Iterable[Fakta]:
    """One row a department of the search area. A protected address gives no point, so it has no distance to anywhere."""
    dag = profil.periode.fra
    fundne = _tekstfund(profil.tekst)
    niveau = Niveau.objects.paa(dag).filter(tilbud=OuterRef("tilbud")).values("niveau")
    hjemler = Tilbud.hjemler.through.objects.filter(tilbud=OuterRef("tilbud")).values("hjemmel_id")
    grupper = Tilbud.maalgrupper.through.objects.filter(tilbud=OuterRef("tilbud")).values("maalgruppe_id")
    raekker = (
        Afdeling.objects.filter(_omraade(profil, "tilbud__"), _muligvis_aabent(dag))
        .order_by()
        .values_list(
            "id", "navn", "tilbud_id", "tilbud__navn", "tilbud__driftsherre_id", "tilbud__driftsherre__navn",
            "tilbud__driftsherre__art", "tilbud__beliggenhedskommune_id", "tilbud__beliggenhedskommune__kortnavn",
            "tilbud__alder_fra", "tilbud__alder_til", "tilbud__lukket_fra", "tilbud__rummer", "tilbud__rummer_ikke",
            "tilbud__fysiske_traek", Subquery(niveau[:1]), ArraySubquery(hjemler), ArraySubquery(grupper),
            "tilbud__laengdegrad", "tilbud__breddegrad",
        )
    )  # fmt: skip
    for *faste, laengde, bredde in raekker:
        punkt = None if laengde is None or bredde is None else Punkt(float(laengde), float(bredde))
        yield Fakta(*faste, punkt=punkt, tekst_fundet=fundne is None or faste[2] in fundne)  # type: ignore[misc]  # mypy takes the star for any number of fields


def _muligvis_aabent(dag: date) -> Q:
    """Offers that had closed before the period began are history, not something that was left out."""
    return Q(tilbud__lukket_fra__isnull=True) | Q(tilbud__lukket_fra__gt=dag)


def _tekstfund(tekst: str) -> set[UUID] | None:
    """Offers whose name or description has all the words, by stem or as the beginning of a word, or a name much like them."""
    ord_ = re.findall(r"[a-z0-9]+", soegefold(tekst))
    if not ord_:
        return None if not tekst.strip() else set()
    forespoergsel = SearchQuery(" & ".join(f"{et}:*" for et in ord_), config="danish", search_type="raw")
    lighed = TrigramWordSimilarity(soegefold(tekst), "navn_soegning")
    fundne = Tilbud.objects.annotate(vektor=SOEGEVEKTOR, lighed=lighed).filter(
        Q(vektor=forespoergsel) | Q(lighed__gte=LIGNER)
    )
    return set(fundne.values_list("pk", flat=True))


def _pladser(aktoer: Aktoer, profil: Behovsprofil, afdelinger: Collection[UUID], nu: datetime) -> Mapping[UUID, Plads]:
    """Free places and takst of each department that has any; those kept for the operator's own citizens are others' to no use."""
    ugedage = sorted(profil.ugedage) or None
    pladser = Pladsmodel.objects.aabne_i_hele(profil.periode).filter(
        er_ledig(Optagelse.objects.all(), profil.periode, nu, ugedage),
        Q(forbeholdt_egne=False) | Q(afdeling__tilbud__driftsherre=aktoer.organisation_id),
    )
    if ugedage:
        pladser = pladser.filter(ugedage__contains=ugedage)
    if len(afdelinger) <= LANG_LISTE:
        pladser = pladser.filter(afdeling__in=list(afdelinger))
    else:
        pladser = pladser.filter(_omraade(profil, "afdeling__tilbud__"))
    raekker = (
        pladser.order_by()
        .values("afdeling")
        .annotate(antal=Count("pk"), ids=ArrayAgg("pk", order_by=["betegnelse_sortering", "pk"]))
        .values_list("afdeling", "antal", "ids")
    )
    ledige = {afdeling: (antal, tuple(ider[:FOERSTE_PLADSER])) for afdeling, antal, ider in raekker}
    takster = takster_paa(list(ledige), profil.periode.fra, profil.hjemmel)
    return {afdeling: Plads(antal, foerste, takster.get(afdeling)) for afdeling, (antal, foerste) in ledige.items()}
