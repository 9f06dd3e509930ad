"""What happens while a stay runs, and how it ends. One transaction each, by the table of transitions."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.scope import som_systemet
from faelles.spor import afgoer_igen
from faelles.tid import Periode, idag, nu
from kommuner.models import Kommune
from reservationer.sag.aftaler.aendringer import ved_aendring, ved_flytning
from reservationer.sag.beslutninger import Indhold, kraev, noter
from reservationer.sag.models import (
    Ophold,
    Opholdsansvar,
    Opholdshjemmel,
    Opholdsplads,
    Opholdspris,
    Opsigelse,
)
from reservationer.sag.ophold import fravaer
from reservationer.sag.ophold.akut import akutregler, stil_uret
from reservationer.sag.ophold.ansvar import kraev_handlekommune
from reservationer.sag.ophold.frister import EN_DAG, Betalingsregler, sidste_betalingsdag
from reservationer.sag.ophold.genbelaegning import genbelagt_fra
from reservationer.sag.ophold.overflytning import hul_efter
from reservationer.sag.ophold.pris import laes_pris
from reservationer.sag.ophold.varsel import varsel_for
from reservationer.sag.overgange import Data, Emne, Grund, Tilstand, Udfald, find
from tilbud.belaegning.actions import afslut_optagelse, flyt_optagelse
from tilbud.models import Hjemmel, Plads
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar, gaeldende_i_kommune

AFLOESES = "what begins later is replaced too, also where the one who decides may no longer see it"
AENDRER_AFTALEN = frozenset({Udfald.ACCEPTER_PRIS, Udfald.SKIFT_HJEMMEL, Udfald.SKIFT_KOMMUNE})
FLYTTER = frozenset({Udfald.FLYT, Udfald.SKIFT_UGEDAGE})
STILLER_URET = FLYTTER | {Udfald.SKIFT_HJEMMEL, Udfald.UDSKRIV}
Felter = dict[str, list[str]]


def afgoer_ophold(*, aktoer: Aktoer, ophold_id: UUID, udfald: Udfald, indhold: Indhold) -> Ophold:
    """Take a decision about a stay, by the table of transitions.

    Raises IkkeFundet when the actor is no party, IngenAdgang for a municipality that pays or was responsible but is not
    now, Konflikt when the state, the ledger or a term does not allow it, and UgyldigtInput with all faults.
    """
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV)
    with transaction.atomic():
        synlige = Ophold.objects.synlige_for(aktoer).select_related("tilbud")
        ophold = synlige.select_for_update(no_key=True, of=("self",)).filter(pk=ophold_id).first()
        if ophold is None:
            raise IkkeFundet("ophold_ikke_fundet", "Opholdet findes ikke.")
        if aktoer.funktion is Funktion.MYNDIGHED:
            kraev_handlekommune(aktoer, ophold.pk)
        overgang = find(Emne.OPHOLD, Tilstand(ophold.tilstand), udfald, aktoer.funktion)
        dag = indhold.data.get(Data.DATO)
        fejl = _DATOFEJL.get(udfald, _ingen_fejl)(ophold, dag) | _efter_ansvaret(aktoer, ophold, dag)
        kraev(overgang, indhold, hul_efter(ophold, indhold, dag) | _tilbagedateret(udfald, indhold, dag) | fejl)
        _GOER[udfald](ophold, aktoer, indhold)
        ophold.tilstand = overgang.til
        if udfald in STILLER_URET:
            stil_uret(ophold)
        ophold.save()
        noter(overgang, ophold, aktoer, indhold)
        if udfald in AENDRER_AFTALEN:
            ved_aendring(ophold, _aendret_fra(ophold, aktoer, indhold))
        elif udfald in FLYTTER:
            ved_flytning(aktoer, ophold, indhold.data[Data.DATO])
        return ophold


def _aendret_fra(ophold: Ophold, aktoer: Aktoer, indhold: Indhold) -> date:
    """The day what is agreed is another from: what was said, or the first day of the price that was accepted."""
    if indhold.har(Data.DATO):
        return date.fromisoformat(str(indhold.data[Data.DATO]))
    seneste = ophold.priser.synlige_for(aktoer).exclude(accepteret=None).order_by("-periode")[0]
    return Periode.af_range(seneste.periode).fra


def _efter_ansvaret(aktoer: Aktoer, ophold: Ophold, dag: date | None) -> Felter:
    """A municipality decides for its own time only; who comes after it decides for theirs."""
    if aktoer.funktion is not Funktion.MYNDIGHED or dag is None:
        return {}
    ansvar = ophold.ansvar.synlige_for(aktoer).filter(handlekommune=aktoer.organisation_id).order_by("-periode")
    slut = ansvar.values_list("periode__endswith", flat=True)[0]
    if slut is None or dag < slut:
        return {}
    return {"dato": [f"Jeres ansvar for opholdet slutter før den {slut:%d.%m.%Y}. Vælg en tidligere dag."]}


def _tilbagedateret(udfald: Udfald, indhold: Indhold, dag: date | None) -> Felter:
    """A notice of a day that is gone was given in writing then: it says where that is."""
    if udfald is not Udfald.OPSIG or dag is None or dag >= idag() or indhold.har(Data.DOKUMENT):
        return {}
    return {"dokument": ["Opsigelsen er givet før i dag. Skriv referencen til det brev, den blev givet i."]}


def _ingen_fejl(_ophold: Ophold, _dag: date | None) -> Felter:
    return {}


def _i_opholdet(ophold: Ophold, dag: date | None) -> Felter:
    if dag is not None and dag < ophold.foerste_dag:
        return {"dato": [f"Opholdet begyndte den {ophold.foerste_dag:%d.%m.%Y}. Vælg den dag eller en senere."]}
    return {}


def _er_sket(ophold: Ophold, dag: date | None) -> Felter:
    if dag is not None and dag > idag():
        return {"dato": ["Dagen kan ikke ligge efter i dag."]}
    return _i_opholdet(ophold, dag)


_DATOFEJL: Mapping[Udfald, Callable[[Ophold, date | None], Felter]] = {
    Udfald.FLYT: _i_opholdet,
    Udfald.MELD_FRAVAER: _i_opholdet,
    Udfald.RET_FRAVAER: _i_opholdet,
    Udfald.SKIFT_UGEDAGE: _i_opholdet,
    Udfald.FORESLAA_PRIS: _i_opholdet,
    Udfald.SKIFT_KOMMUNE: _i_opholdet,
    Udfald.SKIFT_HJEMMEL: _i_opholdet,
    Udfald.ORIENTER_TILSYN: _er_sket,
    Udfald.OPSIG: _er_sket,
    Udfald.UDSKRIV: _er_sket,
}


def _vilkaar(ophold: Ophold, dag: date) -> GaeldendeVilkaar:
    return gaeldende_i_kommune(ophold.tilbud.beliggenhedskommune_id, dag)


def _ugyldig(felt: str, besked: str) -> UgyldigtInput:
    return UgyldigtInput(
        "ugyldig_beslutning", "Beslutningen kan ikke registreres, før felterne er rettet.", {felt: [besked]}
    )


def _flyt(ophold: Ophold, aktoer: Aktoer, indhold: Indhold) -> None:
    """Another place in the same offer from the day on, or the same one for longer; never a day without a place between."""
    plads_id, fra, sidste = indhold.data[Data.PLADS], indhold.data[Data.DATO], indhold.data.get(Data.TIL)
    _kraev_i_tilbuddet(ophold, plads_id)
    if sidste is not None and sidste < fra:
        raise _ugyldig("til", "Sidste dag skal ligge efter første dag.")
    periode = Periode(fra, sidste + EN_DAG if sidste else None)
    nuvaerende = _sidste_plads(ophold, aktoer)
    ny = flyt_optagelse(optagelse_id=nuvaerende, plads_id=plads_id, periode=periode, egne=_egne(ophold, aktoer, fra))
    Opholdsplads.objects.create(ophold=ophold, optagelse=ny)


def _sidste_plads(ophold: Ophold, aktoer: Aktoer) -> UUID:
    """The claim the stay has now. Raises Konflikt for a stay without places."""
    pladser = ophold.pladser.synlige_for(aktoer).filter(optagelse__aktiv=True).order_by("-optagelse__periode")
    fundet = pladser.values_list("optagelse_id", flat=True).first()
    if fundet is None:
        raise Konflikt("ophold_uden_plads", "Opholdet har ingen plads, der kan ændres.")
    return fundet


def _skift_ugedage(ophold: Ophold, aktoer: Aktoer, indhold: Indhold) -> None:
    """Other weekdays from the day on, at the same place or another in the offer; never a day the stay has that is without a place."""
    dage, fra = sorted(set(indhold.data[Data.UGEDAGE])), indhold.data[Data.DATO]
    alle = ophold.pladser.synlige_for(aktoer).select_related("optagelse")
    nuvaerende = alle.get(optagelse=_sidste_plads(ophold, aktoer)).optagelse
    plads_id = indhold.data.get(Data.PLADS) or nuvaerende.plads_id
    _kraev_i_tilbuddet(ophold, plads_id)
    if dage == sorted(nuvaerende.ugedage):
        raise _ugyldig("ugedage", "Det er de ugedage, opholdet har.")
    til = Periode.af_range(nuvaerende.periode).til
    if til is not None and fra >= til:
        raise _ugyldig(
            "dato", f"Pladsen er aftalt til og med den {til - EN_DAG:%d.%m.%Y}. Vælg den dag eller en tidligere."
        )
    periode = Periode(fra, til)
    ny = flyt_optagelse(
        optagelse_id=nuvaerende.pk, plads_id=plads_id, periode=periode, egne=_egne(ophold, aktoer, fra), ugedage=dage
    )
    Opholdsplads.objects.create(ophold=ophold, optagelse=ny)


def _egne(ophold: Ophold, aktoer: Aktoer, dag: date) -> bool:
    ansvar = ophold.ansvar.synlige_for(aktoer).filter(periode__contains=dag)
    return ansvar.filter(handlekommune=ophold.driftsherre_id).exists()


def _kraev_i_tilbuddet(ophold: Ophold, plads_id: UUID) -> None:
    if not Plads.objects.filter(pk=plads_id, afdeling__tilbud=ophold.tilbud_id).exists():
        raise _ugyldig("plads", "Vælg en plads i det samme tilbud. Til et andet tilbud overflyttes opholdet.")


def _foreslaa_pris(ophold: Ophold, aktoer: Aktoer, indhold: Indhold) -> None:
    """A price from a day on, per what the agreed one is per; it counts once the municipality has accepted it.

    A new proposal takes the place of an open one.
    """
    pris, felter = laes_pris(indhold)
    if pris is None:
        raise UgyldigtInput("ugyldig_beslutning", "Prisen kan ikke foreslås, før felterne er rettet.", felter)
    dag, priser = indhold.data[Data.DATO], ophold.priser.synlige_for(aktoer)
    aftalt = priser.exclude(accepteret=None).filter(periode__startswith__lte=dag).latest("periode")
    priser.filter(accepteret=None).delete()
    Opholdspris.objects.create(
        ophold=ophold,
        periode=Periode(dag).som_range,
        **Opholdspris.kolonner(replace(pris, enhed=aftalt.prisaftale.enhed)),
    )


def _accepter_pris(ophold: Ophold, aktoer: Aktoer, _indhold: Indhold) -> None:
    forslag = _forslag(ophold, aktoer)
    _afloes(ophold.priser, forslag.periode.lower, accepteret__isnull=False)
    forslag.accepteret = nu()
    forslag.save(update_fields=["accepteret"])


def _afslaa_pris(ophold: Ophold, aktoer: Aktoer, _indhold: Indhold) -> None:
    _forslag(ophold, aktoer).delete()


def _forslag(ophold: Ophold, aktoer: Aktoer) -> Opholdspris:
    fundet = ophold.priser.synlige_for(aktoer).filter(accepteret=None).first()
    if fundet is None:
        raise Konflikt("intet_prisforslag", "Tilbuddet har ikke foreslået nogen ny pris.")
    return fundet


def _afloes(opholdets: Any, fra: date, **kun: bool) -> None:
    """End what holds on the day the day before, and remove what would only have begun later."""
    with som_systemet(AFLOESES):
        raekker = opholdets.for_systemet(AFLOESES).filter(**kun)
        raekker.filter(periode__startswith__gte=fra).delete()
        for gaeldende_ in raekker.filter(periode__contains=fra):
            gaeldende_.periode = Periode(gaeldende_.periode.lower, fra).som_range
            gaeldende_.save(update_fields=["periode"])


def _skift_kommune(ophold: Ophold, _aktoer: Aktoer, indhold: Indhold) -> None:
    """A change of who is responsible or pays: by decision or agreement, with the document that says so; never by an address."""
    koder = {navn.value: indhold.data[navn] for navn in (Data.HANDLEKOMMUNE, Data.BETALINGSKOMMUNE)}
    fundne = dict(Kommune.objects.filter(pk__in=koder.values()).values_list("pk", "organisation_id"))
    if felter := {navn: ["Kommunen findes ikke."] for navn, kode in koder.items() if kode not in fundne}:
        raise UgyldigtInput("ugyldig_beslutning", "Kommunen kan ikke skiftes, før felterne er rettet.", felter)
    handle, betaler = fundne[koder["handlekommune"]], fundne[koder["betalingskommune"]]
    fra = indhold.data[Data.DATO]
    _afloes(ophold.ansvar, fra)
    with som_systemet("the one who gives the responsibility away does not see who has it afterwards"):
        Opholdsansvar.objects.create(
            ophold=ophold,
            handlekommune_id=handle,
            betalingskommune_id=betaler,
            periode=Periode(fra).som_range,
            grund=indhold.grund or "",
            dokument=str(indhold.data[Data.DOKUMENT]).strip(),
        )
    afgoer_igen(ophold)
    ophold.parter = sorted({*ophold.parter, handle, betaler})


def _skift_hjemmel(ophold: Ophold, _aktoer: Aktoer, indhold: Indhold) -> None:
    kode, fra = indhold.data[Data.HJEMMEL], indhold.data[Data.DATO]
    if not Hjemmel.objects.filter(pk=kode, tilbud=ophold.tilbud_id).exists():
        raise _ugyldig("hjemmel", f"Tilbuddet leverer ikke efter hjemlen {kode}.")
    _afloes(ophold.hjemler, fra)
    Opholdshjemmel.objects.create(ophold=ophold, hjemmel_id=kode, periode=Periode(fra).som_range)


def _orienter_tilsyn(ophold: Ophold, _aktoer: Aktoer, indhold: Indhold) -> None:
    _kraev_akut(ophold)
    ophold.tilsyn_orienteret = indhold.data[Data.DATO]


def _forlaeng_akut(ophold: Ophold, _aktoer: Aktoer, _indhold: Indhold) -> None:
    """Once, and only after socialtilsyn has been told: its permission is the document (rules-reservation § 4)."""
    _kraev_akut(ophold)
    if ophold.tilsyn_orienteret is None:
        raise Konflikt("tilsyn_ikke_orienteret", "Socialtilsynet skal være orienteret, før fristen kan forlænges.")
    if ophold.akut_forlaenget:
        raise Konflikt("akut_allerede_forlaenget", "Fristen er forlænget og kan ikke forlænges igen.")
    ophold.akut_forlaenget = True
    fra = ophold.akut_fra or ophold.foerste_dag
    vilkaar = _vilkaar(ophold, fra)
    ophold.akutfrist = akutregler(vilkaar).frist(fra, forlaenget=True)
    ophold.akut_vilkaarssaet_id = vilkaar.saet_id


def _kraev_akut(ophold: Ophold) -> None:
    if ophold.akutfrist is None:
        raise Konflikt(
            "ophold_ikke_akut", "Opholdet har ingen akut frist: tilbuddet er godkendt, eller det kræves ikke."
        )


def _opsig(ophold: Ophold, aktoer: Aktoer, indhold: Indhold) -> None:
    """By the notice of the actor's side, as it was agreed or under the terms of the day it is given."""
    givet = indhold.data[Data.DATO]
    fundet = varsel_for(aktoer, ophold, givet)
    Opsigelse.objects.create(
        ophold=ophold,
        organisation_id=aktoer.organisation_id,
        funktion=aktoer.funktion,
        givet=givet,
        varsel=str(fundet.varsel),
        ophoer=fundet.varsel.ophoer(givet),
        aftale_id=fundet.aftale_id,
        vilkaarssaet_id=fundet.vilkaarssaet_id,
    )


def _fortryd(ophold: Ophold, aktoer: Aktoer, _indhold: Indhold) -> None:
    opsigelse = _opsigelse(ophold, aktoer)
    if opsigelse is None or opsigelse.funktion != aktoer.funktion:
        raise Konflikt("anden_parts_opsigelse", "Kun den part, der har opsagt, kan fortryde opsigelsen.")
    opsigelse.trukket = nu()
    opsigelse.save(update_fields=["trukket"])


def _opsigelse(ophold: Ophold, aktoer: Aktoer) -> Opsigelse | None:
    return ophold.opsigelser.synlige_for(aktoer).filter(trukket=None).first()


def _udskriv(ophold: Ophold, aktoer: Aktoer, indhold: Indhold) -> None:
    """The last day there and the last payable day. The place is free from the day after, and may be taken again."""
    dag, opsigelse = indhold.data[Data.DATO], _opsigelse(ophold, aktoer)
    for optagelse_id in ophold.pladser.synlige_for(aktoer).values_list("optagelse_id", flat=True):
        afslut_optagelse(optagelse_id=optagelse_id, sidste_dag=dag)
    vilkaar = _vilkaar(ophold, dag)
    ophold.sidste_dag = dag
    ophold.udskrivningsgrund = indhold.grund or ""
    ophold.betaling_vilkaarssaet_id = vilkaar.saet_id
    ophold.betales_til = sidste_betalingsdag(
        sidste_dag=dag,
        opsagt_til=None if opsigelse is None or indhold.grund is Grund.ENIGE else opsigelse.ophoer,
        doed=indhold.grund is Grund.DOED,
        genbelagt_fra=genbelagt_fra(ophold, dag),  # one that is registered later tells itself
        regler=Betalingsregler(
            genbelaegning_stopper=vilkaar.ord(Noegle.GENBELAEGNING_STOPPER) == "ja",
            dage_efter_doed=vilkaar.heltal(Noegle.DOED_BETALES_DAGE),
        ),
    )


_GOER: Mapping[Udfald, Callable[[Ophold, Aktoer, Indhold], None]] = {
    Udfald.FLYT: _flyt,
    Udfald.MELD_FRAVAER: fravaer.meld,
    Udfald.RET_FRAVAER: fravaer.ret,
    Udfald.ANNULLER_FRAVAER: fravaer.annuller,
    Udfald.SKIFT_UGEDAGE: _skift_ugedage,
    Udfald.FORESLAA_PRIS: _foreslaa_pris,
    Udfald.ACCEPTER_PRIS: _accepter_pris,
    Udfald.AFSLAA_PRIS: _afslaa_pris,
    Udfald.SKIFT_KOMMUNE: _skift_kommune,
    Udfald.SKIFT_HJEMMEL: _skift_hjemmel,
    Udfald.ORIENTER_TILSYN: _orienter_tilsyn,
    Udfald.FORLAENG_AKUT: _forlaeng_akut,
    Udfald.OPSIG: _opsig,
    Udfald.FORTRYD_OPSIGELSE: _fortryd,
    Udfald.UDSKRIV: _udskriv,
}
