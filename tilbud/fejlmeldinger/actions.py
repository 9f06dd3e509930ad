"""Report an error, and answer one. The only way reports change."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.scope import saet_database_aktoer
from faelles.tid import idag, nu
from kommuner.queries import kkr_for_kommune
from tilbud.fejlmeldinger.modtager import modtager
from tilbud.fejlmeldinger.overgange import AABNE, Fejltilstand, Skridt, find
from tilbud.fejlmeldinger.queries import parter
from tilbud.fejlmeldinger.visning import vist
from tilbud.models import AFDELINGENS, Afdeling, Faktum, Fejlmelding, Fejlsag, Tilbud
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende

_HAENDELSE = {
    Skridt.BEGYND: "fejlmelding.begyndt",
    Skridt.RET: "fejlmelding.besvaret",
    Skridt.AFVIS: "fejlmelding.besvaret",
    Skridt.TRAEK: "fejlmelding.trukket",
}


def meld(
    *, aktoer: Aktoer, tilbud_id: UUID, faktum: Faktum, besked: str, afdeling_id: UUID | None = None
) -> Fejlmelding:
    """Report that something shown of an offer is wrong; the one who owns it (`modtager`) has as many days to answer as the terms say.

    The secretariat and the terms are those of the KKR the offer lies in today.

    Raises IkkeFundet, UgyldigtInput (all faults at once), and Konflikt: `fejl_allerede_meldt` while the same function of the
    organisation waits for an answer about the same, `vilkaar_mangler` when no terms give the deadline.
    """
    aktoer.kraev(Rettighed.FEJLMELDINGER_SKRIV)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        tilbud = _laas(tilbud_id)
        if tilbud is None:
            raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke.")
        afdeling = _afdeling(tilbud, faktum, afdeling_id, besked)
        _kraev_ny(aktoer, tilbud, afdeling, faktum)
        dag = idag()
        kkr = kkr_for_kommune(tilbud.beliggenhedskommune_id, dag)
        vilkaar = gaeldende(kkr.id, dag)
        ejer = modtager(faktum, har_sekretariat=kkr.sekretariat_id is not None)
        ny = Fejlmelding.objects.create(
            tilbud=tilbud,
            afdeling=afdeling,
            faktum=faktum,
            frist=dag + timedelta(days=vilkaar.heltal(Noegle.FEJLMELDING_FRIST_DAGE)),
        )
        Fejlsag.objects.create(
            fejlmelding=ny,
            tilbud=tilbud,
            organisation_id=aktoer.organisation_id,
            funktion=aktoer.funktion.value,
            driftsherre=tilbud.driftsherre,
            sekretariat=kkr.sekretariat if ejer is Funktion.SEKRETARIAT else None,
            vist=vist(tilbud, afdeling, faktum, nu()),
            besked=besked.strip(),
            meldt_af=aktoer.identitet,
            meldt_rolle=aktoer.rolle_navn,
        )
        publicer("fejlmelding.oprettet", "fejlmelding", ny.id)
        return ny


def _afdeling(tilbud: Tilbud, faktum: Faktum, afdeling_id: UUID | None, besked: str) -> Afdeling | None:
    """The department the report is about. Raises UgyldigtInput with every fault of the report."""
    felter: dict[str, list[str]] = {}
    afdeling = None
    if faktum in AFDELINGENS:
        afdeling = tilbud.afdelinger.filter(pk=afdeling_id).first() if afdeling_id else None
        if afdeling is None:
            felter["afdeling"] = ["Vælg den afdeling i tilbuddet, fejlen er i."]
    if not besked.strip():
        felter["besked"] = ["Skriv, hvad der er forkert, og hvad der er rigtigt, hvis du ved det."]
    felter |= cpr_fejl(besked=besked)
    if felter:
        raise UgyldigtInput("ugyldig_fejlmelding", "Fejlen kan ikke meldes, før felterne er rettet.", felter)
    return afdeling


def _laas(tilbud_id: UUID) -> Tilbud | None:
    """The offer, locked: of two equal reports at once the second sees the first."""
    laast = Tilbud.objects.select_for_update(no_key=True, of=("self",)).filter(pk=tilbud_id)
    return laast.select_related("driftsherre", "beliggenhedskommune").first()


def _kraev_ny(aktoer: Aktoer, tilbud: Tilbud, afdeling: Afdeling | None, faktum: Faktum) -> None:
    allerede = Fejlsag.objects.synlige_for(aktoer).filter(
        organisation=aktoer.organisation_id,
        funktion=aktoer.funktion.value,
        fejlmelding__tilbud=tilbud,
        fejlmelding__afdeling=afdeling,
        fejlmelding__faktum=faktum,
        fejlmelding__tilstand__in=sorted(AABNE),
    )
    if allerede.exists():
        raise Konflikt("fejl_allerede_meldt", "I har allerede meldt fejl i den oplysning og venter på svar.")


def behandl(*, aktoer: Aktoer, fejlmelding_id: UUID, skridt: Skridt, svar: str = "") -> Fejlmelding:
    """Take up a report, answer it, or withdraw one's own, by the table of transitions.

    Raises IkkeFundet when the actor is no party, Konflikt when the state does not allow it, and UgyldigtInput when the answer
    is missing or holds a CPR number.
    """
    aktoer.kraev(Rettighed.FEJLMELDINGER_SKRIV)
    with transaction.atomic():
        sag = Fejlsag.objects.synlige_for(aktoer).filter(pk=fejlmelding_id).first()
        if sag is None:
            raise IkkeFundet("fejlmelding_ikke_fundet", "Fejlmeldingen findes ikke.")
        fejl = Fejlmelding.objects.select_for_update(no_key=True).get(pk=fejlmelding_id)
        overgang = find(Fejltilstand(fejl.tilstand), skridt, parter(aktoer, sag))
        if overgang.med_svar:
            _svar(aktoer, sag, svar.strip())
        fejl.tilstand = overgang.til
        fejl.afsluttet = None if overgang.til in AABNE else nu()
        fejl.save(update_fields=["tilstand", "afsluttet"])
        publicer(_HAENDELSE[skridt], "fejlmelding", fejl.id)
        return fejl


def _svar(aktoer: Aktoer, sag: Fejlsag, svar: str) -> None:
    beskeder = cpr_fejl(svar=svar) or ({} if svar else {"svar": ["Skriv et svar til den, der har meldt fejlen."]})
    if beskeder:
        raise UgyldigtInput("ugyldigt_svar", "Fejlmeldingen kan ikke besvares, før feltet er rettet.", beskeder)
    sag.svar, sag.svaret_af, sag.svaret_rolle = svar, aktoer.identitet, aktoer.rolle_navn
    sag.save(update_fields=["svar", "svaret_af", "svaret_rolle"])
