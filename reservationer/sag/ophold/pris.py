"""Where a stay's price comes from: what somebody says, or the published takst; and the takst that stands beside it.

What is agreed for a stay and what is published are different data (rules-takst F8): the price follows the takst only where the parties
have agreed that it does (`aftaler.takstfoelger`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from faelles.tid import Periode
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Ophold, Opholdshjemmel, Opholdsplads, Opholdspris
from reservationer.sag.overgange import Data
from reservationer.sag.priser import Prisaftale, er_beloeb, laes_tillaeg
from takster.models import Takst, Takstenhed
from tilbud.models import Niveau, Plads, Pladsart


def laes_pris(indhold: Indhold) -> tuple[Prisaftale | None, dict[str, list[str]]]:
    """The price somebody says, or None when none is said; and what is wrong with it, by field. Nobody says what it is per."""
    takst, niveau = indhold.data.get(Data.TAKST), indhold.data.get(Data.NIVEAU)
    tillaeg: Mapping[str, str] = indhold.data.get(Data.TILLAEG) or {}
    if takst is None:
        return None, ({"takst": ["Skriv taksten, når der er tillæg eller niveau."]} if tillaeg or niveau else {})
    felter: dict[str, list[str]] = {}
    if not er_beloeb(Decimal(takst)):
        felter["takst"] = ["Skriv et beløb i hele ører over nul."]
    if niveau is not None and niveau not in dict(Niveau.NAVNE):
        felter["niveau"] = ["Vælg et af niveauerne."]
    try:
        pris = Prisaftale(Decimal(takst), niveau=niveau, tillaeg=laes_tillaeg(tillaeg))
    except ValueError as fejl:
        return None, {**felter, "tillaeg": [f"{fejl}, og arten skal være en af listens."]}
    return (None, felter) if felter else (pris, {})


def offentliggjort_pris(afdeling_id: UUID, hjemmel: str, dag: date) -> Prisaftale | None:
    """The department's published takst under the hjemmel on the day, with the offer's level; None when there is none."""
    takst = Takst.objects.paa(dag).filter(afdeling=afdeling_id, hjemmel=hjemmel).select_related("afdeling").first()
    if takst is None:
        return None
    niveau = Niveau.objects.paa(dag).filter(tilbud=takst.afdeling.tilbud_id).values_list("niveau", flat=True).first()
    return Prisaftale(takst.beloeb, Takstenhed(takst.enhed), niveau)


def i_enheden(pris: Prisaftale, afdeling_id: UUID | None, plads_id: UUID | None, hjemmel: str, dag: date) -> Prisaftale:
    """The price per what the department's published takst under the hjemmel is per on the day.

    Without one it is per dag where the place, or every place in the department, is for days alone.
    """
    offentliggjort = offentliggjort_pris(afdeling_id, hjemmel, dag) if afdeling_id else None
    if offentliggjort is not None:
        return replace(pris, enhed=offentliggjort.enhed)
    hvilke = Plads.objects.filter(pk=plads_id) if plads_id else Plads.objects.filter(afdeling=afdeling_id)
    arter = set(hvilke.values_list("art", flat=True))
    return replace(pris, enhed=Takstenhed.DAG if arter == {Pladsart.DAG} else Takstenhed.DOEGN)


def med_vejledende_takst(fundne: "QuerySet[Ophold]", dag: date) -> "QuerySet[Ophold]":
    """Stays of `queries.ophold` with the takst published for their place and hjemmel on the day."""
    pladser = Plads.objects.filter(pk=OuterRef("plads_id")).values("afdeling_id")
    takster = Takst.objects.paa(dag).filter(afdeling=OuterRef("afdeling_id"), hjemmel=OuterRef("hjemmel_kode"))
    return fundne.annotate(afdeling_id=Subquery(pladser)).annotate(
        vejledende_takst=Subquery(takster.values("beloeb")[:1])
    )


def vejledende(
    priser: Sequence[Opholdspris], pladser: Sequence[Opholdsplads], hjemler: Sequence[Opholdshjemmel]
) -> list[tuple[Opholdspris, Takst | None]]:
    """Each price and the takst published for the stay's place and hjemmel on the first day of it. One statement."""
    takster = list(
        Takst.objects.gaeldende()
        .filter(
            afdeling__in={p.optagelse.plads.afdeling_id for p in pladser}, hjemmel__in={h.hjemmel_id for h in hjemler}
        )
        .defer("beregning")
    )
    return [(pris, takst_paa(takster, pladser, hjemler, pris.periode.lower)) for pris in priser]


def takst_paa(
    takster: Sequence[Takst], pladser: Sequence[Opholdsplads], hjemler: Sequence[Opholdshjemmel], dag: date
) -> Takst | None:
    """Which of the takster is the one for the stay's place and hjemmel on the day."""
    afdelinger = {
        p.optagelse.plads.afdeling_id for p in pladser if Periode.af_range(p.optagelse.periode).indeholder(dag)
    }
    koder = {h.hjemmel_id for h in hjemler if Periode.af_range(h.periode).indeholder(dag)}
    fundne = (
        takst
        for takst in takster
        if takst.afdeling_id in afdelinger
        and takst.hjemmel_id in koder
        and Periode.af_range(takst.periode).indeholder(dag)
    )
    return next(fundne, None)
