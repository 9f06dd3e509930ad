"""Computing again what was made with preliminary terms, when final ones govern its first day: because the agreement was adopted, or lapsed.

What is stored of it never changes. The same amounts confirm it. Another takst becomes a draft, and other prices and shares wait to be sent
in by one of the operator's own; both take the usual two persons.
"""

import logging
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Model, QuerySet

from faelles.aktoer import Aktoer
from faelles.dokument.tal import kr
from faelles.fejl import DomaeneFejl, Konflikt
from faelles.haendelser import publicer
from faelles.tid import Periode
from takster.beregning.finansiering import objektiv_fordeling
from takster.beregning.takst import Takstresultat, beregn_takst
from takster.beregning.vaerdiobjekt import Vaerdiobjekt
from takster.budget.queries import aarets_vilkaar, vilkaar_for
from takster.fastsaettelse.kladde import ny_kladde
from takster.genberegning.inddata import finansieringens, med_vilkaar, prisbladets
from takster.genberegning.queries import (
    GRUND,
    Genberegnes,
    endelige,
    foreloebige,
    genberegninger,
    navn_paa,
    seneste,
    ventende,
)
from takster.genberegning.saetskift import hindringer
from takster.models import (
    Beregningstilstand,
    Budget,
    Finansiering,
    Genberegning,
    Prisart,
    Prisblad,
    Takst,
    Takstberegning,
    Takstenhed,
)
from takster.prisblade.inddata import REGNESTYKKER
from takster.tilstande import UNDERVEJS
from tilbud.models import Tilbud
from vilkaar.laas import hold_vilkaar
from vilkaar.models import Saetstatus, Vilkaar
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar, gaeldende_pr_kommune

log = logging.getLogger(__name__)
M = TypeVar("M", bound=Model)
AF = ("opgave:takster.genberegn", "Platformen")


def genberegn_ventende() -> int:
    """Compute again everything that waits, each in a transaction of its own. Safe to run twice, and to be killed.

    Returns how many. One that somebody is at is left to the next run; one that goes wrong stops none of the others.
    """
    with transaction.atomic():
        venter = ventende(None)
    antal = 0
    for navn, pk in venter:
        try:
            with transaction.atomic():
                antal += _genberegn_i_fred(navn, pk)
        except Exception:  # whatever is wrong with one is told, and the others are computed
            log.exception("genberegning_fejlet", extra={navn: str(pk)})
    return antal


def _genberegn_i_fred(navn: str, pk: UUID) -> bool:
    """Compute it again unless somebody holds what it needs: waiting could cross those who lock in another order."""
    med = ("tilbud", "budget") if navn == "beregning" else ("tilbud",)
    et: Genberegnes | None = _laast(foreloebige(navn, None).select_related(*med), pk)
    tilbud = _laast(Tilbud.objects.all(), et.tilbud_id) if et else None
    if et is None or tilbud is None:
        return False
    budget = _laast(Budget.objects.for_systemet(GRUND), et.budget_id) if isinstance(et, Takstberegning) else None
    vilkaar = _afloeser(et)
    if vilkaar is None or (isinstance(et, Takstberegning) and budget is None) or _fundet(None, et, vilkaar):
        return False
    genberegning, resultat = _genberegn(et, vilkaar)
    if (
        not genberegning.bekraefter
        and budget
        and isinstance(et, Takstberegning)
        and isinstance(resultat, Takstresultat)
    ):
        _ny_kladde(et, budget, tilbud, vilkaar, resultat)
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
    genberegning = _fundet(aktoer, en, vilkaar) or _genberegn(en, vilkaar)[0]
    if not genberegning.bekraefter:
        hvad = genberegning.fejl
        if genberegning.beloeb is not None:
            hvad = f"Vilkårene giver {kr(genberegning.beloeb)} i stedet for {kr(en.beloeb)}"
        raise Konflikt(
            "vilkaar_blevet_endelige",
            f"Beregningen er lavet med foreløbige vilkår, og nu gælder {vilkaar.aftale}, sæt {vilkaar.nummer}. {hvad} {igen} budgettet igen.",
        )
    return genberegning


def kraev_samme_priser(aktoer: Aktoer, et: Prisblad | Finansiering, hvad: str) -> UUID | None:
    """As `kraev_gaeldende_vilkaar`, of what is published beside a takst, called `hvad`: the final set that confirms it, or None.

    Raises Konflikt `vilkaar_mangler` when none govern its first day, and as that one.
    """
    hold_vilkaar(et.tilbud.beliggenhedskommune_id)
    vilkaar = vilkaar_for(et.tilbud, et.foerste_dag)
    if vilkaar.saet_id == et.vilkaarssaet_id:
        return None
    nu_gaelder = f"Nu gælder {vilkaar.aftale}, sæt {vilkaar.nummer}"
    if et.vilkaarssaet.status != Saetstatus.FORELOEBIG or not vilkaar.endelig:
        raise Konflikt(
            "vilkaar_aendret",
            f"{nu_gaelder}, og {hvad} er beregnet efter andre vilkår. Afvis dem, og send nye ind.",
        )
    genberegning = _fundet(aktoer, et, vilkaar) or _genberegn(et, vilkaar)[0]
    if not genberegning.bekraefter:
        raise Konflikt(
            "vilkaar_blevet_endelige",
            f"{nu_gaelder}, og {hvad} er beregnet efter foreløbige vilkår. {genberegning.fejl or 'De endelige giver noget andet.'} Afvis dem, og send nye ind.",
        )
    return vilkaar.saet_id


def til_forslag(aktoer: Aktoer, et: Prisblad | Finansiering) -> Genberegning:
    """What final terms make of something published, when they still govern it and it is to be sent in. Raises Konflikt `intet_genberegnet`."""
    fundet, vilkaar = seneste(aktoer, et), _afloeser(et)
    if (
        not et.i_kraft
        or et.bekraeftet_id is not None
        or fundet is None
        or fundet.resultat is None
        or fundet.bekraefter
        or vilkaar is None
        or vilkaar.saet_id != fundet.vilkaarssaet_id
    ):
        raise Konflikt("intet_genberegnet", "Der er intet genberegnet at sende ind. Se siden igen om lidt.")
    return fundet


def begrundelse(aftale: str, nummer: int) -> str:
    """Why something computed again takes the place of what was published."""
    return f"Genberegnet: vilkårene er blevet endelige ({aftale}, sæt {nummer})."


def _afloeser(et: Genberegnes) -> GaeldendeVilkaar | None:
    """The final terms that govern its first day now, when it was made with others."""
    kode = et.tilbud.beliggenhedskommune_id
    return endelige(gaeldende_pr_kommune([kode], et.foerste_dag).get(kode), et.vilkaarssaet_id)


def _fundet(aktoer: Aktoer | None, et: Genberegnes, vilkaar: GaeldendeVilkaar) -> Genberegning | None:
    """What the terms have made of it already."""
    alle = genberegninger(aktoer).select_related(navn_paa(et))
    return alle.filter(**{navn_paa(et): et}, vilkaarssaet=vilkaar.saet_id).first()


def _genberegn(et: Genberegnes, vilkaar: GaeldendeVilkaar) -> tuple[Genberegning, Vaerdiobjekt | None]:
    """Compute and keep it; the same amounts confirm what is published of it."""
    resultat, fejl, udfald = None, "", dict[str, Any]()
    try:
        resultat = _resultat(et, vilkaar)
    except DomaeneFejl as hvorfor:
        fejl = " ".join(b for beskeder in hvorfor.felter.values() for b in beskeder) or hvorfor.besked
    if isinstance(et, Takstberegning) and isinstance(resultat, Takstresultat):
        udfald = {"beloeb": resultat.takst}
    elif resultat is not None:
        udfald = {"resultat": resultat.som_json()}
    genberegning = Genberegning.objects.create(
        **{navn_paa(et): et},
        driftsherre_id=et.driftsherre_id,
        tilbud_id=et.tilbud_id,
        vilkaarssaet_id=vilkaar.saet_id,
        fejl=fejl[:1000],
        **udfald,
    )
    if genberegning.bekraefter:
        _bekraeft(et, vilkaar.saet_id)
    return genberegning, resultat


def _bekraeft(et: Genberegnes, saet_id: UUID) -> None:
    """Note the final set on what is said of it now."""
    siges: list[Takst | Prisblad | Finansiering] = []
    if isinstance(et, Takstberegning):
        siges.extend(Takst.objects.gaeldende().filter(takstberegning=et, bekraeftet=None).order_by("pk"))
    elif et.i_kraft:
        siges.append(et)
    for hvad in siges:
        hvad.bekraeftet_id = saet_id
        hvad.save(update_fields=["bekraeftet"])
        navn = str(hvad._meta.model_name)
        publicer(f"{navn}.bekraeftet", navn, hvad.pk)


def _resultat(et: Genberegnes, vilkaar: GaeldendeVilkaar) -> Takstresultat | Vaerdiobjekt:
    if isinstance(et, Prisblad):
        return REGNESTYKKER[Prisart(et.art)].beregn(prisbladets(et, vilkaar))
    if isinstance(et, Finansiering):
        return objektiv_fordeling(finansieringens(et, vilkaar))
    return _takstens(et, vilkaar)


def _takstens(en: Takstberegning, vilkaar: GaeldendeVilkaar) -> Takstresultat:
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
    """For the days its takst still holds; none where it or another of the budget is on its way, or the offer is closed by then."""
    alle = Takstberegning.objects.for_systemet(GRUND)
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
        begrundelse=begrundelse(vilkaar.aftale, vilkaar.nummer),
        af=AF,
    )
