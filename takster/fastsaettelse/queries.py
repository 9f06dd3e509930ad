"""Reading calculations, the takst they compare with, the ceiling, and an offer's history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from django.db.models import QuerySet

from faelles.aktoer import Aktoer
from faelles.fejl import DomaeneFejl, IkkeFundet
from faelles.tid import Periode
from takster import vilkaarsinddata
from takster.beregning.loft import Loftresultat, Pladsudgift, proev_loft
from takster.beregning.takst import OMKOSTNINGSBASERET, Takstresultat
from takster.budget.queries import vilkaar_for
from takster.fastsaettelse.perioder import huller
from takster.fastsaettelse.sammenligning import Sammenligning, sammenlign
from takster.models import Budget, Scenarie, Takst, Takstberegning
from vilkaar.kilde import Kilde, kilde, takstens_klausuler
from vilkaar.models import Vilkaarssaet
from vilkaar.noegler import Noegle


def beregning(aktoer: Aktoer, beregning_id: UUID) -> Takstberegning:
    """One the actor may see: her own, or a published one. Raises IkkeFundet."""
    fundet = (
        Takstberegning.objects.synlige_for(aktoer)
        .select_related("tilbud__driftsherre", "afdeling", "hjemmel", "vilkaarssaet", "driftsherre")
        .annotate(klausuler=takstens_klausuler())
        .filter(pk=beregning_id)
        .first()
    )
    if fundet is None:
        raise IkkeFundet("takstberegning_ikke_fundet", "Beregningen findes ikke.")
    return fundet


def er_egen(aktoer: Aktoer, en: Takstberegning) -> bool:
    """Whether the actor can do something with it."""
    return aktoer.driver(en.driftsherre_id, en.tilbud_id)


def bekraeftet_af(en: Takstberegning) -> Vilkaarssaet | None:
    """The final set that has confirmed what is published of it."""
    return Vilkaarssaet.objects.filter(bekraeftede_takster__takstberegning=en).first()


def foerste_takst(en: Takstberegning) -> UUID | None:
    """The takst of it that was published first; one pack documents them all."""
    return en.takster.order_by("oprettet", "pk").values_list("pk", flat=True).first()


def til_godkendelse(aktoer: Aktoer) -> QuerySet[Takstberegning]:
    """Submitted by somebody else and waiting for the actor's organisation."""
    venter = Takstberegning.objects.egne(aktoer).filter(tilstand="indsendt")
    return (
        venter.exclude(indsendt_af=aktoer.identitet)
        .exclude(beregnet_af=aktoer.identitet)
        .select_related("tilbud")
        .order_by("indsendt", "id")
    )


def for_budgetter(aktoer: Aktoer, budgetter: Sequence[Budget]) -> Mapping[UUID, Takstberegning]:
    """The newest calculation of each budget. One statement however many."""
    alle = (
        Takstberegning.objects.egne(aktoer)
        .filter(budget__in=budgetter)
        .defer("beregning")
        .order_by("budget_id", "-beregnet", "-id")
    )
    return {budget_id: next(iter(sine)) for budget_id, sine in groupby(alle, key=lambda en: en.budget_id)}


def scenarier(aktoer: Aktoer, en: Takstberegning) -> QuerySet[Scenarie]:
    """The saved what-ifs of a calculation, newest first."""
    return Scenarie.objects.synlige_for(aktoer).filter(beregning=en)


def resultat(gemt: object) -> Takstresultat | None:
    """A stored calculation read back; None for one made by another model, which compares with nothing here, or of which nothing is stored."""
    if not isinstance(gemt, Mapping) or not gemt:
        return None
    if gemt["inddata"].get("model", OMKOSTNINGSBASERET) != OMKOSTNINGSBASERET:
        return None
    return Takstresultat.af_json(gemt)


def forrige_takst(en: Takstberegning) -> Takst | None:
    """What held at the end of the year before in the same part of the offer."""
    return _i_delen(en).filter(periode__contains=date(en.aar - 1, 12, 31)).first()


def _i_delen(en: Takstberegning) -> QuerySet[Takst]:
    takster = Takst.objects.gaeldende().filter(afdeling__tilbud=en.tilbud_id, enhed=en.enhed)
    if en.afdeling_id:
        takster = takster.filter(afdeling=en.afdeling_id)
    if en.hjemmel_id:
        takster = takster.filter(hjemmel=en.hjemmel_id)
    return takster.select_related("vilkaarssaet").order_by("afdeling__navn_sortering", "hjemmel__raekkefoelge", "pk")


def mod_sidste_aar(en: Takstberegning) -> Sammenligning | None:
    """The waterfall, or None where there is nothing to compare with."""
    forrige = forrige_takst(en)
    foer, nu = resultat(forrige.beregning if forrige else None), resultat(en.beregning)
    return sammenlign(foer, nu) if foer and nu else None


def aaret_foer(en: Takst) -> tuple[Takst, Sammenligning] | None:
    """What held for the same department and legal basis at the end of the year before, and the waterfall from it."""
    dag = date(Periode.af_range(en.periode).fra.year - 1, 12, 31)
    forrige = Takst.objects.paa(dag).filter(afdeling=en.afdeling_id, hjemmel=en.hjemmel_id, enhed=en.enhed).first()
    foer, nu = resultat(forrige.beregning if forrige else None), resultat(en.beregning)
    return (forrige, sammenlign(foer, nu)) if forrige and foer and nu else None


@dataclass(frozen=True, slots=True)
class Loft:
    """The year against the agreement's growth ceiling, and where that is agreed; or why it cannot be told."""

    resultat: Loftresultat | None
    hvorfor_ikke: str = ""
    kilde: Kilde | None = None

    @property
    def procent_af_loft(self) -> Decimal:
        """Cost in percent of the ceiling."""
        return self.resultat.udgift * 100 / self.resultat.loft if self.resultat else Decimal(0)


def loft(en: Takstberegning) -> Loft:
    """F16 on the cost per place per day (the takstberegningsgrundlag; what is carried over from other years is no cost of this one)."""
    nu = resultat(en.beregning)
    if nu is None:
        return Loft(None, "Beregningen er lavet med en anden takstmodel.")
    try:
        vilkaar = vilkaar_for(en.tilbud, Periode.af_range(en.periode).fra)
        basisaar = vilkaar.heltal(Noegle.VAEKSTLOFT_BASISAAR)
        basis = _i_delen(en).filter(periode__contains=date(basisaar, 12, 31)).first()
        foer = resultat(basis.beregning if basis else None)
        if foer is None:
            return Loft(None, f"Der er ingen takst for loftets basisår {basisaar} at sammenligne med.")
        udgifter = [_udgift(basisaar, foer), _udgift(en.aar, nu)]
        proevet = proev_loft(vilkaarsinddata.vaekstloft(vilkaar, aar=en.aar, udgifter=udgifter))
        return Loft(proevet, kilde=kilde(vilkaar, *vilkaarsinddata.LOFTSVILKAAR))
    except DomaeneFejl as fejl:
        return Loft(None, " ".join(b for beskeder in fejl.felter.values() for b in beskeder) or fejl.besked)


def _udgift(aar: int, et: Takstresultat) -> Pladsudgift:
    return Pladsudgift(aar=aar, omkostninger=et.grundlag, pladsdage=et.inddata.pladser * et.dage)


def takst(takst_id: UUID) -> Takst:
    """A published takst, whoever asks, whether it is still what we say or not. Raises IkkeFundet."""
    fundet = (
        Takst.objects.select_related(
            "afdeling__tilbud__driftsherre", "hjemmel", "vilkaarssaet", "bekraeftet", "takstberegning", "erstatter"
        )
        .annotate(klausuler=takstens_klausuler())
        .filter(pk=takst_id)
        .first()
    )
    if fundet is None:
        raise IkkeFundet("takst_ikke_fundet", "Taksten findes ikke.")
    return fundet


@dataclass(frozen=True, slots=True)
class Takstraekke:
    """A department's takster under a legal basis: those that count, days without one, and those that were changed."""

    afdeling: str
    hjemmel: str
    gaeldende: Sequence[Takst]
    huller: Sequence[Periode]
    ophoerte: Sequence[Takst]


def historik(tilbud_id: UUID, til: date) -> list[Takstraekke]:
    """An offer's takster by department and legal basis, the newest first; days without one up to `til`. One statement."""
    alle = (
        Takst.objects.filter(afdeling__tilbud=tilbud_id)
        .select_related("afdeling", "hjemmel", "vilkaarssaet", "bekraeftet", "takstberegning")
        .annotate(klausuler=takstens_klausuler())
        .defer("beregning", "takstberegning__beregning")
        .order_by(
            "afdeling__navn_sortering", "afdeling_id", "hjemmel__raekkefoelge", "hjemmel_id", "-periode", "-oprettet"
        )
    )
    raekker = []
    for _, gruppe in groupby(alle, key=lambda en: (en.afdeling_id, en.hjemmel_id)):
        sine = list(gruppe)
        gaeldende = [en for en in sine if en.ophoert is None]
        raekker.append(
            Takstraekke(
                afdeling=str(sine[0].afdeling),
                hjemmel=str(sine[0].hjemmel),
                gaeldende=gaeldende,
                huller=huller((Periode.af_range(en.periode) for en in gaeldende), til),
                ophoerte=[en for en in sine if en.ophoert is not None],
            )
        )
    return raekker
