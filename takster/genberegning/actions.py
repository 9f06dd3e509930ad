"""Computing again what was made with preliminary terms, when final ones govern its first day: because the agreement was adopted, or lapsed.

What is stored of it never changes. The same amount confirms the takst; another becomes a draft, which takes the usual two persons.
"""

import logging
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Model, QuerySet

from faelles.aktoer import Aktoer
from faelles.dokument.tal import kr
from faelles.fejl import DomaeneFejl, Konflikt
from faelles.haendelser import publicer
from faelles.tid import Periode
from takster.beregning.takst import Takstresultat, beregn_takst
from takster.budget.queries import aarets_vilkaar
from takster.fastsaettelse.kladde import ny_kladde
from takster.genberegning.inddata import med_vilkaar
from takster.genberegning.queries import GRUND, beregninger, endelige, foreloebige, genberegninger, ventende
from takster.genberegning.saetskift import hindringer
from takster.models import Beregningstilstand, Budget, Genberegning, Takst, Takstberegning, Takstenhed
from takster.tilstande import UNDERVEJS
from tilbud.models import Tilbud
from vilkaar.laas import hold_vilkaar
from vilkaar.models import Vilkaar
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar, gaeldende_pr_kommune

log = logging.getLogger(__name__)
M = TypeVar("M", bound=Model)
AF = ("opgave:takster.genberegn", "Platformen")


def genberegn_ventende() -> int:
    """Compute again every calculation that waits, each in a transaction of its own. Safe to run twice, and to be killed.

    Returns how many. One that somebody is at is left to the next run; one that goes wrong stops none of the others.
    """
    with transaction.atomic():
        venter = ventende(None)
    antal = 0
    for pk in venter:
        try:
            with transaction.atomic():
                antal += _genberegn_i_fred(pk)
        except Exception:  # whatever is wrong with one is told, and the others are computed
            log.exception("genberegning_fejlet", extra={"beregning": str(pk)})
    return antal


def _genberegn_i_fred(beregning_id: UUID) -> bool:
    """Compute it again unless somebody holds what it needs: waiting could cross those who lock in another order."""
    en = _laast(foreloebige(beregninger(None)).select_related("tilbud", "budget"), beregning_id)
    if en is None:
        return False
    budget, tilbud = (
        _laast(Budget.objects.for_systemet(GRUND), en.budget_id),
        _laast(Tilbud.objects.all(), en.tilbud_id),
    )
    if budget is None or tilbud is None:
        return False
    vilkaar = _afloeser(en)
    if vilkaar is None or genberegninger(None).filter(beregning=en, vilkaarssaet=vilkaar.saet_id).exists():
        return False
    _, resultat = _genberegn(en, vilkaar)
    if en.tilstand not in UNDERVEJS and resultat is not None and resultat.takst != en.beloeb:
        _ny_kladde(en, budget, tilbud, vilkaar, resultat)
    return True


def _laast(alle: QuerySet[M], pk: UUID) -> M | None:
    return alle.select_for_update(no_key=True, skip_locked=True, of=("self",)).filter(pk=pk).first()


def kraev_gaeldende_vilkaar(aktoer: Aktoer, en: Takstberegning) -> Genberegning | None:
    """Called under the calculation's lock before it is taken further: None when the sets it was made with govern now.

    One whose preliminary terms have become final is computed again; what it gives confirms it. No set is published or recalled until
    the transaction ends. Raises Konflikt `vilkaar_aendret` when other sets govern, and `vilkaar_blevet_endelige` when the final
    terms give another takst, or none.
    """
    hold_vilkaar(en.tilbud.beliggenhedskommune_id)
    igen = "Beregn" if en.tilstand == Beregningstilstand.KLADDE else "Afvis beregningen, og beregn"
    if hindret := hindringer(en):
        raise Konflikt("vilkaar_aendret", f"{' '.join(et.i_ord for et in hindret)} {igen} budgettet igen.")
    vilkaar = _afloeser(en)
    if vilkaar is None:
        return None
    fundet = genberegninger(aktoer).filter(beregning=en, vilkaarssaet=vilkaar.saet_id).first()
    genberegning = fundet or _genberegn(en, vilkaar)[0]
    if genberegning.beloeb != en.beloeb:
        hvad = genberegning.fejl
        if genberegning.beloeb is not None:
            hvad = f"Vilkårene giver {kr(genberegning.beloeb)} i stedet for {kr(en.beloeb)}"
        raise Konflikt(
            "vilkaar_blevet_endelige",
            f"Beregningen er lavet med foreløbige vilkår, og nu gælder {vilkaar.aftale}, sæt {vilkaar.nummer}. {hvad} {igen} budgettet igen.",
        )
    return genberegning


def _afloeser(en: Takstberegning) -> GaeldendeVilkaar | None:
    """The final terms that govern its first day now, when it was made with others."""
    dag, kode = Periode.af_range(en.periode).fra, en.tilbud.beliggenhedskommune_id
    return endelige(gaeldende_pr_kommune([kode], dag).get(kode), en.vilkaarssaet_id)


def _genberegn(en: Takstberegning, vilkaar: GaeldendeVilkaar) -> tuple[Genberegning, Takstresultat | None]:
    """Compute and keep it; the same amount confirms what is published of it."""
    resultat, fejl = None, ""
    try:
        resultat = _resultat(en, vilkaar)
    except DomaeneFejl as hvorfor:
        fejl = " ".join(b for beskeder in hvorfor.felter.values() for b in beskeder) or hvorfor.besked
    genberegning = Genberegning.objects.create(
        beregning=en,
        driftsherre_id=en.driftsherre_id,
        tilbud_id=en.tilbud_id,
        vilkaarssaet_id=vilkaar.saet_id,
        beloeb=resultat.takst if resultat else None,
        fejl=fejl[:1000],
    )
    if genberegning.bekraefter:
        for takst in Takst.objects.gaeldende().filter(takstberegning=en, bekraeftet=None).order_by("pk"):
            takst.bekraeftet_id = vilkaar.saet_id
            takst.save(update_fields=["bekraeftet"])
            publicer("takst.bekraeftet", "takst", takst.pk)
    return genberegning, resultat


def _resultat(en: Takstberegning, vilkaar: GaeldendeVilkaar) -> Takstresultat:
    foer = Takstresultat.af_json(en.beregning)
    inddata = med_vilkaar(
        foer.inddata,
        enhed=Takstenhed(en.enhed),
        kort=_kort(en, foer.inddata.belaegning.mindst),
        vilkaar=vilkaar,
        aarets_vilkaar=lambda aar: aarets_vilkaar(en.tilbud, aar, ellers=vilkaar),
    )
    return beregn_takst(inddata)


def _kort(en: Takstberegning, mindst: Decimal | None) -> bool:
    """Whether its lower bound was that of short stays; where the set had the same for both, the budget tells."""
    raekker = Vilkaar.objects.filter(
        saet=en.vilkaarssaet_id, noegle__in=(Noegle.BELAEGNING_MIN, Noegle.BELAEGNING_MIN_KORT)
    )
    graenser = {noegle: Decimal(vaerdi) for noegle, vaerdi in raekker.order_by().values_list("noegle", "vaerdi")}
    lang, kort = graenser.get(Noegle.BELAEGNING_MIN), graenser.get(Noegle.BELAEGNING_MIN_KORT)
    return bool(en.budget.kort) if lang == kort else mindst == kort


def _ny_kladde(
    en: Takstberegning, budget: Budget, tilbud: Tilbud, vilkaar: GaeldendeVilkaar, resultat: Takstresultat
) -> None:
    """For the days its takst still holds; none where the budget has another on its way, or the offer is closed by then."""
    alle = beregninger(None)
    fra, til = Periode.af_range(en.periode).fra, Takst.objects.gaeldende().filter(takstberegning=en)
    sidste = til.aggregate(til=Max("periode__endswith"))["til"]
    slut = min((dag for dag in (sidste, tilbud.lukket_fra) if dag is not None), default=None)
    if (slut is not None and slut <= fra) or alle.filter(budget=budget, tilstand__in=UNDERVEJS).exists():
        return
    ny_kladde(
        alle,
        budget=budget,
        periode=Periode(fra, slut),
        resultat=resultat,
        vilkaar=vilkaar,
        egenbetaling=en.egenbetaling,
        begrundelse=f"Genberegnet: vilkårene er blevet endelige ({vilkaar.aftale}, sæt {vilkaar.nummer}).",
        af=AF,
    )
