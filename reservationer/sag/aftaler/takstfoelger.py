"""The price of a stay follows the published takst where its agreement says so: a new dated price, and a version from that day.

Both parties accepted the rule, so neither is asked again; supplements and level stay as they are, for those need agreement.
"""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from faelles import job
from faelles.scope import som_systemet
from faelles.tid import Periode, idag, nu
from reservationer.sag.aftaler.actions import ny_version
from reservationer.sag.aftaler.aendringer import tilbage
from reservationer.sag.aftaler.felter import Regulering
from reservationer.sag.aftaler.grundlag import Sag, laes
from reservationer.sag.aftaler.regulering import Nytakst, foelger_fra, overtager
from reservationer.sag.aftaler.slut import afloes
from reservationer.sag.beslutninger import noter
from reservationer.sag.models import (
    Ophold,
    Opholdsansvar,
    Opholdshjemmel,
    Opholdsplads,
    Opholdspris,
    Placeringsaftale,
)
from reservationer.sag.models.placeringsaftale import AABNE, INDGAAEDE
from reservationer.sag.ophold.frister import EN_DAG
from reservationer.sag.ophold.pris import takst_paa
from reservationer.sag.overgange import Emne, Tilstand, Udfald, find
from takster.models import Takst, Takstenhed
from tilbud.models import Niveau

log = logging.getLogger(__name__)
GRUND = "the price follows the takst by what both have accepted, whoever published it"
I_GANG = (Tilstand.LOEBENDE, Tilstand.OPSAGT)


def foelg_takster() -> int:
    """Change every price that is to follow a takst published since its agreement was made; gives how many stays.

    Safe to run twice at once. What goes wrong with one stay stops none of the others; the next run tries it again.
    """
    with som_systemet(GRUND):
        ider = list(_kandidater())
    return sum(map(_foelg_for_sig, ider))


def _foelg_for_sig(ophold_id: UUID) -> int:
    try:
        return _foelg(ophold_id)
    except Exception:  # whatever is wrong with one is told, and the others follow
        log.exception("takst_ikke_fulgt", extra={"ophold": str(ophold_id)})
        return 0


def _kandidater() -> QuerySet[Placeringsaftale, UUID]:
    """The stays with an agreed price that was a takst of theirs once, on days another has been published for since."""
    pladser = Opholdsplads.objects.for_systemet(GRUND).filter(ophold=OuterRef(OuterRef("opholdet")))
    hjemler = Opholdshjemmel.objects.for_systemet(GRUND).filter(ophold=OuterRef(OuterRef("opholdet")))
    var_taksten = Takst.objects.filter(
        afdeling=OuterRef(OuterRef("afdeling")), hjemmel=OuterRef(OuterRef("hjemmel")), beloeb=OuterRef("takst")
    )
    priser = Opholdspris.objects.for_systemet(GRUND).filter(
        Exists(var_taksten),
        ophold=OuterRef(OuterRef("opholdet")),
        periode__overlap=OuterRef("periode"),
        accepteret__isnull=False,
    )
    nye = Takst.objects.gaeldende().filter(
        Exists(priser.exclude(takst=OuterRef("beloeb"))),
        afdeling__in=pladser.values("optagelse__plads__afdeling"),
        hjemmel__in=hjemler.values("hjemmel"),
        oprettet__gt=OuterRef("oprettet"),
    )
    loebende = Q(ophold__tilstand__in=I_GANG) | Q(reservation__ophold__tilstand__in=I_GANG)
    alle = Placeringsaftale.objects.for_systemet(GRUND).filter(
        loebende, tilstand=Tilstand.AFTALT, regulering=Regulering.TAKST
    )
    fundne = alle.annotate(opholdet=Coalesce("ophold", "reservation__ophold")).filter(Exists(nye))
    return fundne.order_by("oprettet", "pk").values_list("opholdet", flat=True)


def _foelg(ophold_id: UUID) -> int:
    """One stay, under its lock; 1 when its price was changed."""
    with som_systemet(GRUND):
        alle = Ophold.objects.for_systemet(GRUND).select_related("tilbud").filter(pk=ophold_id, tilstand__in=I_GANG)
        ophold = alle.select_for_update(no_key=True, of=("self",), skip_locked=True).first()
        if ophold is None:
            return 0
        dag = max(idag(), ophold.foerste_dag)
        ansvar = ophold.ansvar.for_systemet(GRUND).get(periode__contains=dag)
        aftaler = Placeringsaftale.objects.for_systemet(GRUND).filter(
            **Sag(ophold).noegle, handlekommune=ansvar.handlekommune_id, tilstand__in=INDGAAEDE
        )
        versioner = list(aftaler.select_for_update(no_key=True, of=("self",)).order_by("nummer"))
        fra = foelger_fra([(et.regulering, et.gaelder_fra) for et in versioner])
        if fra is None or versioner[-1].tilstand != Tilstand.AFTALT:
            return 0
        dage = [dag for ny in _nye(ophold, versioner[-1].oprettet, fra) for dag in _reguler(ophold, ny, fra)]
        if not dage:
            return 0
        noter(find(Emne.OPHOLD, Tilstand(ophold.tilstand), Udfald.REGULER, None), ophold, None)
        _ny_version(ophold, ansvar, versioner[-1], min(dage))
        return 1


def _nye(ophold: Ophold, siden: datetime, fra: date) -> Iterator[Nytakst]:
    """The takster published since for the stay's place and hjemmel on their first day in it, the first first."""
    pladser = list(ophold.pladser.for_systemet(GRUND).select_related("optagelse__plads"))
    hjemler = list(ophold.hjemler.for_systemet(GRUND))
    takster = Takst.objects.gaeldende().filter(
        afdeling__in={et.optagelse.plads.afdeling_id for et in pladser},
        hjemmel__in={et.hjemmel_id for et in hjemler},
    )
    for ny in takster.filter(oprettet__gt=siden).select_related("erstatter").order_by("periode", "oprettet"):
        periode = Periode.af_range(ny.periode)
        foerste = max(periode.fra, fra, ophold.foerste_dag)
        if takst_paa([ny], pladser, hjemler, foerste) is None:
            continue
        dagen_foer = takster.filter(
            afdeling=ny.afdeling_id, hjemmel=ny.hjemmel_id, periode__contains=periode.fra - EN_DAG
        )
        foer = set(dagen_foer.values_list("beloeb", flat=True)) | ({ny.erstatter.beloeb} if ny.erstatter else set())
        niveauer = Niveau.objects.paa(foerste).filter(tilbud=ophold.tilbud_id).values_list("niveau", flat=True)
        yield Nytakst(ny.beloeb, Takstenhed(ny.enhed), niveauer.first(), periode, frozenset(foer))


def _reguler(ophold: Ophold, ny: Nytakst, fra: date) -> Iterator[date]:
    """Give every price that follows the takst its new amount; the first day of each."""
    for gammel in ophold.priser.for_systemet(GRUND).exclude(accepteret=None).order_by("periode"):
        dage = Periode.af_range(gammel.periode)
        over = overtager(gammel.prisaftale, dage, ny, fra)
        if over is None:
            continue
        if over.fra == dage.fra:
            gammel.delete()
        else:
            gammel.periode = Periode(dage.fra, over.fra).som_range
            gammel.save(update_fields=["periode"])
        pris = Opholdspris.kolonner(replace(gammel.prisaftale, takst=ny.beloeb))
        Opholdspris.objects.create(ophold=ophold, periode=over.som_range, accepteret=nu(), **pris)
        yield over.fra


def _ny_version(ophold: Ophold, ansvar: Opholdsansvar, seneste: Placeringsaftale, dag: date) -> None:
    """What the latest says, at the new price and accepted as it was. A version on its way is written anew after it."""
    sag, parter = Sag(ophold), (ansvar.handlekommune_id, ansvar.betalingskommune_id)
    aabne = Placeringsaftale.objects.for_systemet(GRUND).filter(**sag.noegle, tilstand__in=AABNE)
    aaben = aabne.select_for_update(no_key=True, of=("self",)).first()
    if aaben is not None:
        tilbage(aaben, Udfald.BORTFALD)
    ny = ny_version(sag, *parter, seneste, max(dag, seneste.gaelder_fra))
    overgang = find(Emne.PLACERINGSAFTALE, Tilstand(ny.tilstand), Udfald.REGULER, None)
    for navn in ("kommune_accepteret", "kommune_rolle", "driftsherre_accepteret", "driftsherre_rolle"):
        setattr(ny, navn, getattr(seneste, navn))
    ny.grundlag = laes(None, sag, ny.gaelder_fra).som_json()
    ny.tilstand = overgang.til
    if seneste.job is not None:
        ny.job = job.bestil_igen(foer=seneste.job, parametre={"aftale_id": str(ny.pk)})
    afloes(ny, sag)
    ny.save()
    noter(overgang, ny, None)
    if aaben is not None:
        ny_version(sag, *parter, aaben)
