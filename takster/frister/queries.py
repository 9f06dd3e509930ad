"""Reading how far a year's takster are: offer by offer, gathered by operator, beside the agreement's deadline."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, JSONObject

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import DomaeneFejl, IkkeFundet
from faelles.scope import saet_database_aktoer
from faelles.sprog import sortnoegle
from faelles.tid import KOEBENHAVN, Periode, idag
from kommuner.models import Kkr, KkrMedlemskab, Organisationsart, Tilknytning
from kommuner.roller import roller_med
from takster.frister.regler import (
    STADE_AF_TILSTAND,
    Aaben,
    Budgetstade,
    Del,
    Stade,
    aabne_dage,
    naermeste_aar,
    tilbuddets_stade,
)
from takster.models import Takst, Takstpaamindelse
from tilbud.models import Afdeling, Tilbud
from vilkaar.kilde import kilde_i_ord
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar, gaeldende_for

# Those who make an operator's takster, and are written to about them.
ROLLER = roller_med(Rettighed.TAKSTER_SKRIV, Funktion.DRIFTSHERRE)
# Whose takster are computed here: the parties an agreement can have (serviceloven § 174). Others' prices are their own.
TAKSTBEREGNENDE = (Organisationsart.KOMMUNE, Organisationsart.REGION)


@dataclass(frozen=True, slots=True)
class Frist:
    """The day a year's takster are due, and the clause that says so; without a day, why there is none."""

    dag: date | None
    kilde: str = ""
    hvorfor_ikke: str = ""


@dataclass(frozen=True, slots=True)
class Tilbudsstade:
    """An offer and how far its takst is; None when it has no part to put a price on in the year."""

    tilbud_id: UUID
    navn: str
    driftsherre_id: UUID
    driftsherre: str
    stade: Stade | None


@dataclass(frozen=True, slots=True)
class Driftsherrestade:
    """An operator and its offers, in Danish order. `paamindet` is when it was reminded last; `venter` that a reminder is on its way.

    `har_modtager`: there is somebody who can be written to.
    """

    id: UUID
    navn: str
    tilbud: Sequence[Tilbudsstade]
    paamindet: datetime | None = None
    venter: bool = False
    har_modtager: bool = False

    def antal(self, stade: Stade) -> int:
        """How many of its offers are exactly so far."""
        return sum(et.stade is stade for et in self.tilbud)

    @property
    def mangler(self) -> list[Tilbudsstade]:
        """Those without a published takst for all their parts, all the year."""
        return [et for et in self.tilbud if et.stade is not Stade.OFFENTLIGGJORT]

    def kan_paamindes(self, dag: date) -> bool:
        """Whether it lacks something, can be written to, and has not been today."""
        nylig = self.venter or (self.paamindet is not None and self.paamindet.astimezone(KOEBENHAVN).date() == dag)
        return bool(self.mangler) and self.har_modtager and not nylig


@dataclass(frozen=True, slots=True)
class Fristtavle:
    """A KKR's board of a year. `uden_dele` are offers without legal bases or departments open in the year: there is nothing to put a price on.

    `uden_kommuner`: no municipality is in the KKR on the year's first day, others have taken its place, or it is to begin later.
    """

    kkr: Kkr
    aar: int
    frist: Frist
    driftsherrer: Sequence[Driftsherrestade]
    uden_dele: Sequence[Tilbudsstade]
    uden_kommuner: bool = False

    @property
    def i_alt(self) -> int:
        """How many offers are to have a takst."""
        return sum(len(d.tilbud) for d in self.driftsherrer)

    @property
    def bagud(self) -> list[Driftsherrestade]:
        """The operators that lack something."""
        return [d for d in self.driftsherrer if d.mangler]

    @property
    def mangler(self) -> int:
        """How many offers lack something."""
        return sum(len(d.mangler) for d in self.driftsherrer)

    def antal(self, stade: Stade) -> int:
        """How many offers are exactly so far."""
        return sum(d.antal(stade) for d in self.driftsherrer)


def eget_kkr(aktoer: Aktoer) -> Kkr:
    """The KKR the actor is the secretariat of. Raises IkkeFundet."""
    fundet = Kkr.objects.filter(sekretariat=aktoer.organisation_id).first()
    if fundet is None:
        raise IkkeFundet("kkr_ikke_fundet", "Jeres organisation er ikke sekretariat for et KKR.")
    return fundet


def frist(kkr_id: UUID, aar: int) -> Frist:
    """The day of the year before, by the terms that govern the year's first day; a term that is missing is told, not guessed."""
    return frister([kkr_id], aar)[kkr_id]


def frister(kkr_ider: Collection[UUID], aar: int) -> Mapping[UUID, Frist]:
    """The deadline of each KKR. One statement however many, two more where a KKR has no set itself."""
    vilkaar = gaeldende_for(kkr_ider, date(aar, 1, 1))
    return {pk: _frist(vilkaar.get(pk), aar) for pk in kkr_ider}


def _frist(vilkaar: GaeldendeVilkaar | None, aar: int) -> Frist:
    if vilkaar is None:
        return Frist(
            None,
            hvorfor_ikke=f"Der er ingen vilkår for {aar}, der gælder i hele KKR'et, så fristen for taksterne kendes ikke.",
        )
    try:
        dag = vilkaar.aarsdag(Noegle.TAKST_FRIST, aar - 1)
    except DomaeneFejl as fejl:
        return Frist(None, hvorfor_ikke=fejl.besked)
    return Frist(dag, kilde_i_ord(vilkaar, Noegle.TAKST_FRIST))


def egne_frister(aktoer: Aktoer, aar: int) -> list[tuple[Kkr, Frist]]:
    """The deadline of each KKR an operator's offers lie in, in Danish order. Two statements."""
    kommuner = Tilbud.objects.drevet_af(aktoer).order_by().values("beliggenhedskommune")
    medlemskaber = KkrMedlemskab.objects.paa(date(aar, 1, 1)).filter(kommune__in=kommuner)
    fundne = list(Kkr.objects.filter(pk__in=medlemskaber.order_by().values("kkr")))
    alle = frister([kkr.pk for kkr in fundne], aar)
    return [(kkr, alle[kkr.pk]) for kkr in sorted(fundne, key=lambda kkr: sortnoegle(kkr.navn))]


def aktuel(kkr_id: UUID, dag: date) -> tuple[int, Frist]:
    """The year whose deadline is nearest, and it; without deadlines next year. Two statements."""
    mulige = {aar: frist(kkr_id, aar) for aar in (dag.year, dag.year + 1)}
    frister_ = {aar: et.dag for aar, et in mulige.items() if et.dag}
    aar = naermeste_aar(dag, frister_) if frister_ else dag.year + 1
    return aar, mulige[aar]


def i_omraadet(kkr: Kkr, aar: int) -> QuerySet[Tilbud]:
    """The offers whose takster are computed here and that lie in the KKR on the year's first day."""
    medlemmer = KkrMedlemskab.objects.paa(date(aar, 1, 1)).filter(kkr=kkr).order_by().values("kommune")
    return Tilbud.objects.filter(beliggenhedskommune__in=medlemmer, driftsherre__art__in=TAKSTBEREGNENDE)


def tavle(aktoer: Aktoer, kkr: Kkr, aar: int) -> Fristtavle:
    """Every municipality and region with offers in the KKR, and how far each offer is. The same statements however many."""
    alle = stader(aktoer, i_omraadet(kkr, aar), aar)
    paamindelser = _paamindelser(aktoer, kkr, aar)
    med_modtager = _med_modtager({et.driftsherre_id for et in alle})
    med_dele = [et for et in alle if et.stade is not None]
    return Fristtavle(
        kkr=kkr,
        aar=aar,
        frist=frist(kkr.pk, aar),
        driftsherrer=[
            Driftsherrestade(pk, navn, list(sine), *paamindelser.get(pk, (None, False)), pk in med_modtager)
            for (pk, navn), sine in groupby(med_dele, key=lambda et: (et.driftsherre_id, et.driftsherre))
        ],
        uden_dele=[et for et in alle if et.stade is None],
        uden_kommuner=not alle and not KkrMedlemskab.objects.paa(date(aar, 1, 1)).filter(kkr=kkr).exists(),
    )


def stader(aktoer: Aktoer | None, blandt: QuerySet[Tilbud], aar: int) -> list[Tilbudsstade]:
    """How far each of these offers is that is open in the year, by operator and name in Danish order. Two statements.

    The database tells an operator of its own budgets, a secretariat of those in its KKR, and the system (None) of all.
    """
    aaret = Periode.aar(aar)
    afdelinger = Afdeling.objects.filter(tilbud=OuterRef("pk")).annotate(
        fra=Min("pladser__periode__startswith"), til=Max(Coalesce("pladser__periode__endswith", aaret.til))
    )
    hjemler = Tilbud.hjemler.through.objects.filter(tilbud=OuterRef("pk")).order_by().values("hjemmel_id")
    takster = Takst.objects.gaeldende().filter(afdeling__tilbud=OuterRef("pk"), periode__overlap=aaret.som_range)
    raekker = list(
        blandt.filter(Q(lukket_fra=None) | Q(lukket_fra__gt=aaret.fra))
        .order_by("driftsherre__navn_sortering", "driftsherre", "navn_sortering", "pk")
        .values_list(
            "pk", "navn", "driftsherre", "driftsherre__navn", "lukket_fra",
            ArraySubquery(afdelinger.order_by().values(par=JSONObject(afdeling="pk", fra="fra", til="til"))),
            ArraySubquery(hjemler),
            ArraySubquery(takster.order_by().values(par=JSONObject(
                afdeling="afdeling", hjemmel="hjemmel", fra="periode__startswith", til="periode__endswith"
            ))),
        )
    )  # fmt: skip
    budgetter = _budgetstader(aktoer, aar) if raekker else {}
    return [
        Tilbudsstade(
            pk, navn, driftsherre, driftsherrenavn,
            tilbuddets_stade(
                _dele(aaret, lukket_fra, afdelinger_, hjemler_), _prissatte(takster_), budgetter.get(pk, ())
            ),
        )
        for pk, navn, driftsherre, driftsherrenavn, lukket_fra, afdelinger_, hjemler_, takster_ in raekker
    ]  # fmt: skip


def _dele(
    aaret: Periode, lukket_fra: date | None, afdelinger: Iterable[Mapping[str, str]], hjemler: Sequence[str]
) -> Mapping[Del, Aaben]:
    """The parts that are open in the year, from the departments as the database tells them."""
    dele: dict[Del, Aaben] = {}
    for par in afdelinger:
        pladser = (date.fromisoformat(par["fra"]), date.fromisoformat(par["til"])) if par["fra"] else None
        if aaben := aabne_dage(aaret, lukket_fra, pladser):
            dele |= {Del(UUID(par["afdeling"]), hjemmel): aaben for hjemmel in hjemler}
    return dele


def _prissatte(takster: Iterable[Mapping[str, str]]) -> Mapping[Del, list[Periode]]:
    """The days of the published takster, by part."""
    fundne: dict[Del, list[Periode]] = {}
    for par in takster:
        periode = Periode(date.fromisoformat(par["fra"]), date.fromisoformat(par["til"]) if par["til"] else None)
        fundne.setdefault(Del(UUID(par["afdeling"]), par["hjemmel"]), []).append(periode)
    return fundne


def _budgetstader(aktoer: Aktoer | None, aar: int) -> Mapping[UUID, list[Budgetstade]]:
    """How far each budget of the year is, by offer: of drafts, which are their operator's own, only the state."""
    saet_database_aktoer(aktoer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tilbud_id, afdeling_id, hjemmel_id, tilstand FROM takster_stader(%s)", [aar])
        raekker = cursor.fetchall()
    budgetter: dict[UUID, list[Budgetstade]] = {}
    for tilbud, afdeling, hjemmel, tilstand in raekker:
        stade = STADE_AF_TILSTAND.get(tilstand, Stade.BUDGET)
        budgetter.setdefault(tilbud, []).append(Budgetstade(afdeling, hjemmel, stade))
    return budgetter


def _paamindelser(aktoer: Aktoer, kkr: Kkr, aar: int) -> Mapping[UUID, tuple[datetime | None, bool]]:
    """When each operator was reminded last, and whether a reminder is on its way."""
    sendte = Takstpaamindelse.objects.synlige_for(aktoer).filter(kkr=kkr, aar=aar).order_by()
    fundne = sendte.values_list("driftsherre").annotate(Max("sendt"), venter=Max("bestilt", filter=Q(sendt=None)))
    return {pk: (sendt, venter is not None) for pk, sendt, venter in fundne}


def _med_modtager(driftsherrer: Iterable[UUID]) -> set[UUID]:
    """The operators somebody makes takster for."""
    folk = Tilknytning.objects.paa(idag()).filter(
        organisation__in=list(driftsherrer), rolle__in=ROLLER, bruger__is_active=True
    )
    return set(folk.order_by().values_list("organisation", flat=True))
