"""Use cases of an enquiry. Permission, lock, rule, row, event: in one transaction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.scope import saet_database_aktoer
from faelles.tid import idag, midnat_efter, nu
from reservationer.sag.beslutninger import Indhold, kraev, noter
from reservationer.sag.forespoergsler.behov import Behov
from reservationer.sag.forespoergsler.pladstilbud import lad_bortfalde
from reservationer.sag.models import Aldersgruppe, Besked, Forespoergsel, Henvendelse
from reservationer.sag.models.besked import LAENGST
from reservationer.sag.overgange import Data, Emne, Grund, Tilstand, Udfald, find
from tilbud.models import Maalgruppe, Tilbud
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende_i_kommune

# Where an enquiry goes from which an offer of a place falls with it. What has been reserved by it lives on by itself.
FALDER_MED: Mapping[Tilstand, Grund] = {
    Tilstand.TRUKKET: Grund.FORESPOERGSEL_TRUKKET,
    Tilstand.AFVIST: Grund.FORESPOERGSEL_AFVIST,
}
HOEJST = 20  # offers at once: an enquiry to everybody is none, and each of them spends time on an answer


def send_forespoergsel(
    *, aktoer: Aktoer, behov: Behov, tilbud: Collection[UUID], sagsreference: str, bemaerkning: str = ""
) -> Forespoergsel:
    """Ask these offers about the need. Each must answer within the term `forespoergsel_svarfrist` of the KKR it lies in.

    Raises UgyldigtInput (all faults at once), IkkeFundet for an offer there is not, and Konflikt when a term is missing.
    """
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        spurgte = _tilbud(tilbud)
        _valider(behov, spurgte, sagsreference, bemaerkning)
        forespoergsel = Forespoergsel.objects.create(
            handlekommune_id=aktoer.organisation_id,
            sagsreference=sagsreference.strip(),
            hjemmel_id=behov.hjemmel,
            maalgruppe_id=behov.maalgruppe,
            aldersgruppe=behov.aldersgruppe,
            fra=behov.periode.fra,
            til=behov.periode.til,
            ugedage=sorted(behov.ugedage),
            adfaerd=sorted(behov.adfaerd),
            fysiske_traek=sorted(behov.fysiske_traek),
            bemaerkning=bemaerkning.strip(),
            oprettet_af=aktoer.identitet,
        )
        for et in spurgte:
            frist, saet_id = _svarfrist(et)
            henvendelse = Henvendelse.objects.create(
                forespoergsel=forespoergsel,
                tilbud=et,
                handlekommune_id=aktoer.organisation_id,
                driftsherre_id=et.driftsherre_id,
                tilstand=Tilstand.AFVENTER,
                svarfrist=frist,
                vilkaarssaet_id=saet_id,
            )
            publicer("henvendelse.sendt", "henvendelse", henvendelse.pk)
        return forespoergsel


def _svarfrist(tilbud: Tilbud) -> tuple[datetime, UUID]:
    """When an offer that is asked today must have answered, the end of the last day, and by which set. Raises Konflikt without the term."""
    vilkaar = gaeldende_i_kommune(tilbud.beliggenhedskommune_id, idag())
    return midnat_efter(idag() + timedelta(days=vilkaar.heltal(Noegle.FORESPOERGSEL_SVARFRIST))), vilkaar.saet_id


def _tilbud(ider: Collection[UUID]) -> Sequence[Tilbud]:
    fundne = Tilbud.objects.filter(pk__in=ider).prefetch_related("hjemler").order_by("navn_sortering", "pk")
    if len(fundne) != len(set(ider)):
        raise IkkeFundet("tilbud_ikke_fundet", "Et af tilbuddene findes ikke.")
    return list(fundne)


def _valider(behov: Behov, spurgte: Sequence[Tilbud], sagsreference: str, bemaerkning: str) -> None:
    felter: dict[str, list[str]] = {}
    if not 1 <= len(spurgte) <= HOEJST:
        felter["tilbud"] = [f"Vælg fra et til {HOEJST} tilbud at spørge."]
    elif hindringer := [besked for et in spurgte if (besked := _hindring(et, behov))]:
        felter["tilbud"] = hindringer
    if behov.periode.fra < idag():
        felter["fra"] = ["Perioden kan tidligst begynde i dag."]
    if behov.maalgruppe is not None and not Maalgruppe.objects.filter(pk=behov.maalgruppe, valgbar=True).exists():
        felter["maalgruppe"] = ["Målgruppen findes ikke i listen."]
    if behov.aldersgruppe not in {"", *Aldersgruppe.values}:
        felter["aldersgruppe"] = ["Vælg en af aldersgrupperne."]
    if not sagsreference.strip():
        felter["sagsreference"] = ["Skriv jeres egen sagsreference, så I kan genkende sagen."]
    felter |= cpr_fejl(sagsreference=sagsreference, bemaerkning=bemaerkning)
    if felter:
        raise UgyldigtInput("ugyldig_forespoergsel", "Forespørgslen kan ikke sendes, før felterne er rettet.", felter)


def _hindring(tilbud: Tilbud, behov: Behov) -> str:
    """Why this offer cannot be asked about the need; empty when it can."""
    if tilbud.lukket_fra is not None and tilbud.lukket_fra <= behov.periode.fra:
        return f"{tilbud} er lukket fra {tilbud.lukket_fra:%d.%m.%Y}."
    if behov.hjemmel not in {hjemmel.pk for hjemmel in tilbud.hjemler.all()}:
        return f"{tilbud} leverer ikke efter hjemlen {behov.hjemmel}."
    return ""


def besvar(*, aktoer: Aktoer, henvendelse_id: UUID, udfald: Udfald, indhold: Indhold) -> Henvendelse:
    """Take a decision about an enquiry at one offer, by the table of transitions: the offer's answers and the buyer's steps.

    When it is withdrawn or declined, an open offer of a place falls with it; a reservation that was made by one does not.
    Raises IkkeFundet when the actor is no party, Konflikt when the state does not allow it or it is too early to escalate,
    and UgyldigtInput when something the table asks for is missing.
    """
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV)
    with transaction.atomic():
        henvendelse = _laast(aktoer, henvendelse_id)
        overgang = find(Emne.HENVENDELSE, Tilstand(henvendelse.tilstand), udfald, aktoer.funktion)
        kan_fra = indhold.data.get(Data.KAN_FRA)
        for_tidligt = {"kan_fra": ["Datoen kan tidligst være i dag."]} if kan_fra and kan_fra < idag() else {}
        kraev(overgang, indhold, for_tidligt)
        if udfald is Udfald.ACCEPTER:
            henvendelse.kan_fra = kan_fra
        if grund := FALDER_MED.get(overgang.til):
            lad_bortfalde(aktoer, henvendelse, grund)
        _saet_tid(henvendelse, udfald)
        henvendelse.tilstand = overgang.til
        henvendelse.save()
        noter(overgang, henvendelse, aktoer, indhold)
        return henvendelse


def _saet_tid(henvendelse: Henvendelse, udfald: Udfald) -> None:
    """What is measured: when it was answered, reminded of and escalated; and the new deadline when the buyer has said more."""
    match udfald:
        case Udfald.ACCEPTER | Udfald.AFVIS:
            henvendelse.besvaret = henvendelse.besvaret or nu()
        case Udfald.UDDYB:
            henvendelse.svarfrist, henvendelse.vilkaarssaet_id = _svarfrist(henvendelse.tilbud)
        case Udfald.PAAMIND:
            henvendelse.paamindet = nu()
        case Udfald.ESKALER:
            if henvendelse.svarfrist > nu():
                raise Konflikt("svarfrist_ikke_udloebet", "Fristen for at svare er ikke gået. I kan påminde om den.")
            henvendelse.eskaleret = henvendelse.eskaleret or nu()


def _laast(aktoer: Aktoer, henvendelse_id: UUID) -> Henvendelse:
    synlige = Henvendelse.objects.synlige_for(aktoer).select_related("tilbud")
    henvendelse = synlige.select_for_update(no_key=True, of=("self",)).filter(pk=henvendelse_id).first()
    if henvendelse is None:
        raise IkkeFundet("henvendelse_ikke_fundet", "Forespørgslen findes ikke.")
    return henvendelse


def eskaler_ubesvarede(portion: int = 500) -> int:
    """Escalate the enquiries nobody has answered in time, once each. Returns how many. Safe to run at any time, again and again."""
    with transaction.atomic():
        alle = Henvendelse.objects.for_systemet("deadlines pass by the clock, whoever they bind")
        ubesvarede = alle.filter(tilstand=Tilstand.AFVENTER, eskaleret=None, svarfrist__lte=nu())
        laaste = list(
            ubesvarede.select_for_update(no_key=True, skip_locked=True, of=("self",)).order_by("pk")[:portion]
        )
        overgang = find(Emne.HENVENDELSE, Tilstand.AFVENTER, Udfald.ESKALER, None)
        for henvendelse in laaste:
            henvendelse.eskaleret = nu()
            henvendelse.save(update_fields=["eskaleret"])
            noter(overgang, henvendelse, None)
        return len(laaste)


def skriv_besked(*, aktoer: Aktoer, henvendelse_id: UUID, tekst: str) -> Besked:
    """Write to the other party. Raises UgyldigtInput for an empty or too long text or one with a CPR number."""
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV)
    felter: dict[str, list[str]] = {}
    if not tekst.strip():
        felter["tekst"] = ["Skriv en besked."]
    if len(tekst) > LAENGST:
        felter["tekst"] = [f"Skriv højst {LAENGST} tegn."]
    felter |= cpr_fejl(tekst=tekst)
    if felter:
        raise UgyldigtInput("ugyldig_besked", "Beskeden kan ikke sendes, før den er rettet.", felter)
    with transaction.atomic():
        henvendelse = _laast(aktoer, henvendelse_id)
        besked = Besked.objects.create(
            henvendelse=henvendelse,
            organisation_id=aktoer.organisation_id,
            funktion=aktoer.funktion,
            rolle_navn=aktoer.rolle_navn,
            identitet=aktoer.identitet,
            tekst=tekst.strip(),
        )
        publicer("besked.sendt", "henvendelse", henvendelse.pk)
        return besked


def aabn(*, aktoer: Aktoer, henvendelse_id: UUID) -> None:
    """Note that somebody who can answer has opened it: when the offer first saw it, and that the other's messages are read."""
    if not aktoer.maa(Rettighed.RESERVATIONER_SKRIV):
        return
    with transaction.atomic():
        mine = Henvendelse.objects.synlige_for(aktoer).filter(pk=henvendelse_id)
        if aktoer.funktion is Funktion.DRIFTSHERRE:
            mine.filter(foerst_set=None).update(foerst_set=nu())
        ulaeste = Besked.objects.synlige_for(aktoer).filter(henvendelse=henvendelse_id, laest=None)
        ulaeste.exclude(funktion=aktoer.funktion).update(laest=nu())
