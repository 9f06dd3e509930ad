"""Reading accounts, and what the platform itself knows of the year they are of."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet
from faelles.tid import Periode, idag, nu
from takster import vilkaarsinddata
from takster.beregning.finansiering import Deltidsplads, deltidstakst
from takster.budget.indhold import Linje
from takster.budget.queries import aarets_vilkaar, vilkaar_for
from takster.models import Regnskab, Regnskabslinje, Takst, Takstenhed
from takster.regnskab.belagt import Delstakst, Pladstid, aarets_grundlag, pr_afdeling, solgte
from takster.regnskab.indhold import Regnskabsindhold
from takster.regnskab.opgoerelse import Aaret, Afdelingsaar
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.models import Afdeling, Plads, Tilbud
from vilkaar.kilde import takstens_klausuler
from vilkaar.queries import GaeldendeVilkaar, gaeldende_pr_kommune

# Columns that stand under the same name in the accounts and in their content.
FELTER = ("overhead", "oevrigt_provenu", "oevrigt_grund", "grundlag", "overfoert")


def regnskab(aktoer: Aktoer, regnskab_id: UUID) -> Regnskab:
    """One the actor may see: her own, or a closed one in her KKR. Raises IkkeFundet."""
    fundet = (
        Regnskab.objects.synlige_for(aktoer)
        .select_related("tilbud__driftsherre", "afdeling", "hjemmel", "vilkaarssaet")
        .annotate(klausuler=takstens_klausuler())
        .filter(pk=regnskab_id)
        .first()
    )
    if fundet is None:
        raise IkkeFundet("regnskab_ikke_fundet", "Regnskabet findes ikke.")
    return fundet


def indhold(aktoer: Aktoer, et: Regnskab) -> Regnskabsindhold:
    """What the accounts hold. One statement."""
    linjer = Regnskabslinje.objects.synlige_for(aktoer).filter(regnskab=et).values_list("post", "ejendom", "beloeb")
    return Regnskabsindhold(
        **{felt: getattr(et, felt) for felt in FELTER},
        linjer={Linje(post, ejendom): beloeb for post, ejendom, beloeb in linjer},
    )


@dataclass(frozen=True, slots=True)
class Aarsraekke:
    """An offer the actor runs, and its accounts of the year."""

    tilbud: Tilbud
    regnskaber: Sequence[Regnskab]


def aarets(aktoer: Aktoer, aar: int) -> list[Aarsraekke]:
    """Every offer that was open at some time in the year or has accounts of it. Two statements however many."""
    alle: dict[UUID, list[Regnskab]] = {}
    egne = Regnskab.objects.synlige_for(aktoer).filter(aar=aar).select_related("tilbud", "afdeling", "hjemmel")
    for et in egne.order_by(F("afdeling__navn_sortering").asc(nulls_first=True), "hjemmel_id", "id"):
        alle.setdefault(et.tilbud_id, []).append(et)
    return [
        Aarsraekke(tilbud, alle.get(tilbud.pk, []))
        for tilbud in Tilbud.objects.drevet_af(aktoer)
        if tilbud.pk in alle or tilbud.lukket_fra is None or tilbud.lukket_fra > date(aar, 1, 1)
    ]


def vilkaar(et: Regnskab) -> GaeldendeVilkaar:
    """The terms of the accounts' first day; where none here are so old, those of today."""
    return aarets_vilkaar(et.tilbud, et.aar, ellers=vilkaar_for(et.tilbud, idag()))


def takstens_vilkaar(et: Regnskab, indgaar_aar: int | None, egne: UUID) -> GaeldendeVilkaar | None:
    """The terms of the takst the accounts enter, where they are another set than the accounts' own. None also while there are none yet."""
    if indgaar_aar is None:
        return None
    kode = et.tilbud.beliggenhedskommune_id
    fundet = gaeldende_pr_kommune([kode], date(indgaar_aar, 1, 1)).get(kode)
    return fundet if fundet and fundet.saet_id != egne else None


def takstaarets_vilkaar(hvor: Collection[tuple[str, int]]) -> Mapping[tuple[str, int], GaeldendeVilkaar]:
    """The terms of takster by where the offer lies (kommunekode) and their year; one that has none yet is left out. A statement per year."""
    koder: dict[int, set[str]] = {}
    for kode, aar in hvor:
        koder.setdefault(aar, set()).add(kode)
    return {
        (kode, aar): vilkaar
        for aar, deres in koder.items()
        for kode, vilkaar in gaeldende_pr_kommune(deres, date(aar, 1, 1)).items()
    }


def aaret(et: Regnskab, terms: GaeldendeVilkaar) -> Aaret:
    """What the ledger and the published takster say of the accounts' year, of their part of the offer."""
    periode = Periode.aar(et.aar)
    if et.tilbud.lukket_fra is not None and periode.indeholder(et.tilbud.lukket_fra):
        periode = Periode(periode.fra, et.tilbud.lukket_fra)
    afdelinger = Afdeling.objects.filter(tilbud=et.tilbud_id)
    if et.afdeling_id:
        afdelinger = afdelinger.filter(pk=et.afdeling_id)
    navne = dict(afdelinger.values_list("pk", "navn"))
    ophold, aabne = list(_ophold(navne, periode)), list(_pladser(navne, periode))
    takster = list(_takster(et, navne, periode))
    solgt, usolgt = solgte(ophold, takster, periode, lambda takst, dage: _deltid(terms, takst, dage))
    pladsdage, belagte = pr_afdeling(aabne, periode), pr_afdeling(ophold, periode)
    return Aaret(
        afdelinger={pk: Afdelingsaar(navn, pladsdage.get(pk, 0), belagte.get(pk, 0)) for pk, navn in navne.items()},
        solgt=solgt,
        usolgt=usolgt,
        grundlag=aarets_grundlag(takster, list(navne), periode),
    )


def _ophold(afdelinger: Mapping[UUID, str], periode: Periode) -> Iterator[Pladstid]:
    raekker = (
        Optagelse.objects.gaelder(nu())
        .i_perioden(periode)
        .filter(art=Optagelsesart.OPHOLD, plads__afdeling__in=list(afdelinger))
        .values_list("plads__afdeling_id", "periode", "ugedage")
    )
    return (Pladstid(afdeling, Periode.af_range(dage), frozenset(ugedage)) for afdeling, dage, ugedage in raekker)


def _pladser(afdelinger: Mapping[UUID, str], periode: Periode) -> Iterator[Pladstid]:
    raekker = Plads.objects.filter(afdeling__in=list(afdelinger), periode__overlap=periode.som_range)
    return (
        Pladstid(afdeling, Periode.af_range(dage), frozenset(ugedage))
        for afdeling, dage, ugedage in raekker.values_list("afdeling_id", "periode", "ugedage")
    )


def _takster(et: Regnskab, afdelinger: Mapping[UUID, str], periode: Periode) -> Iterator[Delstakst]:
    raekker = Takst.objects.gaeldende().filter(afdeling__in=list(afdelinger), periode__overlap=periode.som_range)
    for afdeling, hjemmel, dage, beloeb, enhed, grundlag, delt_paa in raekker.values_list(
        "afdeling_id", "hjemmel_id", "periode", "beloeb", "enhed", "grundlag", "delt_paa"
    ):
        yield Delstakst(
            afdeling,
            Periode.af_range(dage),
            beloeb,
            pr_dag=enhed == Takstenhed.DAG,
            i_delen=et.hjemmel_id in {None, hjemmel},
            grundlag=grundlag,
            delt_paa=delt_paa,
        )


def _deltid(terms: GaeldendeVilkaar, takst: Decimal, dage_om_ugen: int) -> Decimal:
    """F14 by the agreement's table."""
    plads = Deltidsplads(
        takst=takst,
        dage_om_ugen=dage_om_ugen,
        faktorer=vilkaarsinddata.deltidsfaktorer(terms),
        afrunding=vilkaarsinddata.afrunding(terms),
    )
    return deltidstakst(plads).takst
