"""The clock of a stay without approval: it begins, stops and is put right by approvals, hjemmel and days (rules-reservation § 4).

`stil_uret` may be asked at any time and any number of times: what it finds follows from the register and the stay alone. It is
asked when a stay begins, moves, changes hjemmel or ends, and every night, for an approval may lapse or come on any day.
"""

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from faelles.fejl import Konflikt
from faelles.haendelser import publicer
from faelles.scope import som_systemet
from faelles.tid import Periode, idag
from reservationer.sag.models import Akutforloeb, Ophold, Opholdshjemmel, Opholdsplads
from reservationer.sag.ophold.frister import EN_DAG, Akutregler, uden_godkendelse
from reservationer.sag.overgange import Tilstand
from tilbud.models import Hjemmel, Pladsart, Tilsynsgodkendelse
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar, gaeldende_i_kommune, siger_alle

log = logging.getLogger(__name__)
GRUND = "the clock follows from approvals and hjemmel, whoever was responsible meanwhile"
UR = ("akut_fra", "akutfrist", "akut_vilkaarssaet", "akut_forlaenget", "tilsyn_orienteret")


@dataclass(frozen=True, slots=True)
class Ur:
    """A clock: the day it began, its last lawful day and the set of terms that says so, and what has been done about it."""

    fra: date
    frist: date
    vilkaarssaet_id: UUID
    forlaenget: bool = False
    orienteret: date | None = None


def akutregler(vilkaar: GaeldendeVilkaar) -> Akutregler:
    """The clock of stays without approval, by the terms."""
    return Akutregler(vilkaar.heltal(Noegle.AKUT_UGER), vilkaar.heltal(Noegle.AKUT_FORLAENGELSE_UGER))


def stil_uret(ophold: Ophold) -> bool:
    """Let the clock of a locked stay say what approvals, hjemmel and places give today. Returns whether it did not; the caller saves the stay.

    Raises Konflikt when a term is missing.
    """
    dag = max(idag(), ophold.foerste_dag) if ophold.sidste_dag is None else ophold.sidste_dag
    foer = _paa_opholdet(ophold)
    with som_systemet(GRUND):
        gemte = list(Akutforloeb.objects.for_systemet(GRUND).filter(ophold=ophold).order_by("periode"))
        kendte = [*map(_var, gemte), *([foer] if foer else [])]
        loeb = _loeb(ophold, Periode(ophold.foerste_dag, dag + EN_DAG))
        gaar = loeb.pop() if loeb and loeb[-1].indeholder(dag) and ophold.sidste_dag is None else None
        ur = None if gaar is None else _ur(ophold, gaar, kendte)
        _gem_slut(ophold, [(periode, _ur(ophold, periode, kendte)) for periode in loeb], gemte)
    if ur == foer:
        return False
    ophold.akut_fra, ophold.akutfrist = (ur.fra, ur.frist) if ur else (None, None)
    ophold.akut_vilkaarssaet_id = ur.vilkaarssaet_id if ur else None
    ophold.akut_forlaenget, ophold.tilsyn_orienteret = (ur.forlaenget, ur.orienteret) if ur else (False, None)
    publicer("ophold.akut_begyndt" if ur else "ophold.akut_slut", "ophold", ophold.pk)
    return True


def stil_ure() -> int:
    """Put every clock right that may have to be. Returns how many were not. Safe to run at any time and twice at once."""
    with transaction.atomic():
        noegler = list(_maaske(idag()).order_by("pk").values_list("pk", flat=True))
    return sum(map(_stil, noegler))


def _stil(ophold_id: UUID) -> bool:
    try:
        with transaction.atomic():
            alle = Ophold.objects.for_systemet(GRUND).filter(tilstand__in=(Tilstand.LOEBENDE, Tilstand.OPSAGT))
            laast = alle.select_related("tilbud").select_for_update(no_key=True, of=("self",))
            ophold = laast.filter(pk=ophold_id).first()
            if ophold is None or not stil_uret(ophold):
                return False
            ophold.save(update_fields=UR)
            return True
    except Konflikt as fejl:  # a missing term stops one stay's clock, not the others'
        log.warning("akutur_ikke_stillet ophold=%s grund=%s", ophold_id, fejl.kode)
        return False


def _maaske(dag: date) -> QuerySet[Ophold]:
    """Stays that go on whose clock runs, or may have to: no one approval covers all their days, or they have been on an emergency place.

    A hjemmel no terms ask an approval for starts no clock, whichever of them a stay goes by.
    """
    fri = siger_alle(Noegle.GODKENDELSE_KRAEVES, "nej", Hjemmel.objects.values_list("pk", flat=True))
    godkendt = Tilsynsgodkendelse.objects.paa(dag).filter(
        tilbud=OuterRef("ophold__tilbud"),
        hjemmel=OuterRef("hjemmel"),
        periode__startswith__lte=OuterRef("ophold__foerste_dag"),
    )
    egne = {"ophold": OuterRef("pk")}
    hjemler = (
        Opholdshjemmel.objects.for_systemet(GRUND).filter(**egne, periode__startswith__lte=dag).exclude(hjemmel__in=fri)
    )
    akut = {"optagelse__aktiv": True, "optagelse__plads__art": Pladsart.AKUT}
    return Ophold.objects.for_systemet(GRUND).filter(
        Q(akutfrist__isnull=False)
        | Exists(hjemler.filter(~Exists(godkendt)))
        | Exists(Opholdsplads.objects.for_systemet(GRUND).filter(**egne, **akut)),
        tilstand__in=(Tilstand.LOEBENDE, Tilstand.OPSAGT),
        anonymiseret=None,
    )


def _loeb(ophold: Ophold, dage: Periode) -> list[Periode]:
    """The times without approval among these days, in order, by the terms of the first day of each hjemmel."""
    alle = Opholdshjemmel.objects.for_systemet(GRUND).filter(ophold=ophold, periode__overlap=dage.som_range)
    hjemler = alle.order_by("periode")
    kraevet = [
        (periode, kode)
        for periode, kode in ((Periode.af_range(p), kode) for p, kode in hjemler.values_list("periode", "hjemmel"))
        if _vilkaar(ophold, max(periode.fra, dage.fra)).kode(Noegle.GODKENDELSE_KRAEVES, kode) != "nej"
    ]
    godkendt: dict[str, list[Periode]] = defaultdict(list)
    godkendelser = Tilsynsgodkendelse.objects.filter(tilbud=ophold.tilbud_id, hjemmel__in=[kode for _, kode in kraevet])
    for kode, periode in godkendelser.values_list("hjemmel", "periode"):
        godkendt[kode].append(Periode.af_range(periode))
    paa_akutplads = Opholdsplads.objects.for_systemet(GRUND).filter(
        ophold=ophold, optagelse__aktiv=True, optagelse__plads__art=Pladsart.AKUT
    )
    akut = [Periode.af_range(periode) for periode in paa_akutplads.values_list("optagelse__periode", flat=True)]
    return uden_godkendelse(dage, kraevet, godkendt, akut)


def _ur(ophold: Ophold, periode: Periode, kendte: Sequence[Ur]) -> Ur:
    """The clock of a time without approval: the one that is known, or a new one by the terms of its first day."""
    kendt = next((ur for ur in kendte if periode.indeholder(ur.fra)), None)
    if kendt is not None and kendt.fra == periode.fra:
        return kendt
    vilkaar = _vilkaar(ophold, periode.fra)
    forlaenget = kendt is not None and kendt.forlaenget
    frist = akutregler(vilkaar).frist(periode.fra, forlaenget=forlaenget)
    if kendt is None:
        return Ur(periode.fra, frist, vilkaar.saet_id)
    return replace(kendt, fra=periode.fra, frist=frist, vilkaarssaet_id=vilkaar.saet_id)


def _paa_opholdet(ophold: Ophold) -> Ur | None:
    if ophold.akut_fra is None or ophold.akutfrist is None or ophold.akut_vilkaarssaet_id is None:
        return None
    return Ur(
        ophold.akut_fra,
        ophold.akutfrist,
        ophold.akut_vilkaarssaet_id,
        ophold.akut_forlaenget,
        ophold.tilsyn_orienteret,
    )


def _var(gemt: Akutforloeb) -> Ur:
    fra = Periode.af_range(gemt.periode).fra
    return Ur(fra, gemt.frist, gemt.vilkaarssaet_id, gemt.forlaenget, gemt.tilsyn_orienteret)


def _gem_slut(ophold: Ophold, slut: Sequence[tuple[Periode, Ur]], gemte: Sequence[Akutforloeb]) -> None:
    """Keep the times that are over, in place of those kept before, where they are others."""
    if slut == [(Periode.af_range(gemt.periode), _var(gemt)) for gemt in gemte]:
        return
    Akutforloeb.objects.for_systemet(GRUND).filter(ophold=ophold).delete()
    for periode, ur in slut:
        for_laenge = periode.faelles(Periode(ur.frist + EN_DAG))
        Akutforloeb.objects.create(
            ophold=ophold,
            periode=periode.som_range,
            frist=ur.frist,
            overskredet=for_laenge and for_laenge.som_range,
            forlaenget=ur.forlaenget,
            tilsyn_orienteret=ur.orienteret,
            vilkaarssaet_id=ur.vilkaarssaet_id,
        )


def _vilkaar(ophold: Ophold, dag: date) -> GaeldendeVilkaar:
    return gaeldende_i_kommune(ophold.tilbud.beliggenhedskommune_id, dag)
