"""Use cases of a budget: begun empty or from last year's, written in, and thrown away."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.scope import saet_database_aktoer
from faelles.tid import nu
from takster.budget import queries
from takster.budget.indhold import Budgetindhold, Linje, naeste_aar
from takster.budget.regler import fejl_i
from takster.models import Budget, Budgetlinje, Regnskabslinje, Takstberegning, Takstenhed
from takster.vilkaarsinddata import pl
from tilbud.models import Pladsart, Tilbud


def kraev(aktoer: Aktoer) -> None:
    """Budgets and takster are the operator's."""
    aktoer.kraev(Rettighed.TAKSTER_SKRIV, Funktion.DRIFTSHERRE)


def kraev_kladde(aktoer: Aktoer) -> None:
    """Drafts of budgets and accounts the operator's systems may write too; what comes of them is for people."""
    aktoer.kraev(Rettighed.TAKSTER_INDLAES, Funktion.DRIFTSHERRE)


def opret(
    *, aktoer: Aktoer, tilbud_id: UUID, aar: int, afdeling_id: UUID | None = None, hjemmel: str | None = None
) -> Budget:
    """Begin an empty budget for the year, of the whole offer or of one department or legal basis.

    Raises IkkeFundet, UgyldigtInput for a part the offer does not have, Konflikt `budget_findes` or `tilbud_lukket`.
    """
    kraev_kladde(aktoer)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        tilbud = queries.eget_tilbud(aktoer, tilbud_id)
        kraev_del(tilbud, afdeling_id, hjemmel)
        return _opret(aktoer, tilbud, aar, afdeling_id, hjemmel, _enhed(tilbud))


def kopier(*, aktoer: Aktoer, budget_id: UUID, aar: int) -> Budget:
    """Begin a year's budget from that of an earlier year, raised by the agreed PL of every year between.

    Raises IkkeFundet, UgyldigtInput when the year is not later, Konflikt `vilkaar_mangler`, `budget_findes` or
    `tilbud_lukket`.
    """
    kraev(aktoer)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        fra = queries.budget(aktoer, budget_id)
        if aar <= fra.aar:
            besked = f"Et budget kan kun kopieres til et senere år end {fra.aar}."
            raise UgyldigtInput("ugyldigt_budget", besked, {"aar": [besked]})
        ny_indhold = queries.indhold(aktoer, fra)
        vilkaar = queries.vilkaar_for(fra.tilbud, date(aar, 1, 1))
        for et_aar in range(fra.aar + 1, aar + 1):
            ny_indhold = naeste_aar(ny_indhold, pl(vilkaar, et_aar))
        ny = _opret(aktoer, fra.tilbud, aar, fra.afdeling_id, fra.hjemmel_id, Takstenhed(fra.enhed))
        _skriv(ny, ny_indhold, {})
        return ny


def gem(*, aktoer: Aktoer, budget_id: UUID, enhed: Takstenhed, indhold: Budgetindhold) -> Budget:
    """Write the whole content in place of what stood there. Raises IkkeFundet, and UgyldigtInput with every faulty field."""
    kraev_kladde(aktoer)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        budget = _laast(aktoer, budget_id)
        if fejl := fejl_i(indhold):
            raise UgyldigtInput("ugyldigt_budget", "Budgettet kan ikke gemmes, før felterne er rettet.", fejl)
        budget.enhed = enhed
        gamle = {
            Linje(linje.post, linje.ejendom): linje
            for linje in Budgetlinje.objects.synlige_for(aktoer).filter(budget=budget)
        }
        _skriv(budget, indhold, gamle)
        return budget


def slet(*, aktoer: Aktoer, budget_id: UUID) -> None:
    """Throw a budget away that nothing has been computed of. Raises IkkeFundet or Konflikt `budget_i_brug`."""
    kraev(aktoer)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        budget = _laast(aktoer, budget_id)
        if Takstberegning.objects.egne(aktoer).filter(budget=budget).exists():
            raise Konflikt(
                "budget_i_brug", "Der er beregnet en takst af budgettet, så det kan ikke slettes. Ret det i stedet."
            )
        Budgetlinje.objects.synlige_for(aktoer).filter(budget=budget).delete()
        Budget.objects.synlige_for(aktoer).filter(pk=budget.pk).delete()


def _laast(aktoer: Aktoer, budget_id: UUID) -> Budget:
    budget = Budget.objects.synlige_for(aktoer).select_for_update(no_key=True).filter(pk=budget_id).first()
    if budget is None:
        raise IkkeFundet("budget_ikke_fundet", "Budgettet findes ikke.")
    return budget


def _enhed(tilbud: Tilbud) -> Takstenhed:
    """A day offer is one whose places are all day places."""
    arter = set(tilbud.afdelinger.values_list("pladser__art", flat=True)) - {None}
    return Takstenhed.DAG if arter == {Pladsart.DAG.value} else Takstenhed.DOEGN


def kraev_del(tilbud: Tilbud, afdeling_id: UUID | None, hjemmel: str | None, *, kode: str = "ugyldigt_budget") -> None:
    """The part is one the offer has. Raises UgyldigtInput `kode`."""
    fejl = {}
    if afdeling_id is not None and not tilbud.afdelinger.filter(pk=afdeling_id).exists():
        fejl["afdeling"] = ["Afdelingen hører ikke til tilbuddet. Vælg en anden."]
    if hjemmel is not None and not tilbud.hjemler.filter(pk=hjemmel).exists():
        fejl["hjemmel"] = ["Tilbuddet leverer ikke efter hjemlen. Vælg en anden."]
    if fejl:
        raise UgyldigtInput(kode, "Tilbuddet har ikke den del. Vælg en anden.", fejl)


def _opret(
    aktoer: Aktoer, tilbud: Tilbud, aar: int, afdeling_id: UUID | None, hjemmel: str | None, enhed: Takstenhed
) -> Budget:
    if tilbud.lukket_fra is not None and tilbud.lukket_fra <= date(aar, 1, 1):
        raise Konflikt("tilbud_lukket", f"Tilbuddet er lukket fra {tilbud.lukket_fra:%d.%m.%Y}. Vælg et tidligere år.")
    noegle = {"tilbud": tilbud, "aar": aar, "afdeling_id": afdeling_id, "hjemmel_id": hjemmel}
    try:
        with transaction.atomic():
            return Budget.objects.create(
                driftsherre_id=tilbud.driftsherre_id, enhed=enhed, oprettet_af=aktoer.identitet, **noegle
            )
    except IntegrityError as fejl:
        if "budget_et_pr_aar_og_del" not in str(fejl):
            raise
        raise Konflikt("budget_findes", f"Der er allerede et budget for {tilbud} i {aar}. Ret det i stedet.") from fejl


def _skriv(budget: Budget, indhold: Budgetindhold, gamle: Mapping[Linje, Budgetlinje]) -> None:
    """Only lines that differ are touched, so that the history says what changed."""
    for felt in queries.FELTER:
        setattr(budget, felt, getattr(indhold, felt))
    budget.aendret = nu()
    budget.save(update_fields=["enhed", "aendret", *queries.FELTER])
    Budgetlinje.objects.bulk_create(
        Budgetlinje(budget=budget, post=linje.post, ejendom=linje.ejendom, beloeb=beloeb)
        for linje, beloeb in ret_linjer(gamle, indhold.linjer).items()
    )


def ret_linjer(
    gamle: Mapping[Linje, Budgetlinje | Regnskabslinje], nye: Mapping[Linje, Decimal]
) -> Mapping[Linje, Decimal]:
    """Delete and change the stored lines that differ; gives those that are new."""
    for linje, raekke in gamle.items():
        if linje not in nye:
            raekke.delete()
        elif raekke.beloeb != nye[linje]:
            raekke.beloeb = nye[linje]
            raekke.save(update_fields=["beloeb"])
    return {linje: beloeb for linje, beloeb in nye.items() if linje not in gamle}
