"""Report an error, and answer one. The only way reports change."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.scope import saet_database_aktoer
from faelles.tid import idag, nu
from kommuner.models import Organisation
from kommuner.queries import kkr_for_kommune
from tilbud.fejlmeldinger.andre import INGEN_SVARER, Emneslags, ansvarligt_kkr, fakta_om, hent, kommunen, vist_om
from tilbud.fejlmeldinger.modtager import modtager
from tilbud.fejlmeldinger.overgange import AABNE, Fejltilstand, Skridt, find
from tilbud.fejlmeldinger.queries import parter
from tilbud.fejlmeldinger.visning import vist
from tilbud.klynger.queries import ansvarligt_kkr as klyngens_kkr
from tilbud.models import AFDELINGENS, TILBUDDETS, Afdeling, Faktum, Fejlmelding, Fejlsag, Tilbud
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar, gaeldende, gaeldende_for, gaeldende_i_kommune

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

    The secretariat is that of the KKR the offer lies in today, and the terms are those that govern the offer.

    Raises IkkeFundet, UgyldigtInput (all faults at once), and Konflikt: `fejl_allerede_meldt` while the same function of the
    organisation waits for an answer about the same, `vilkaar_mangler` when no terms give the deadline.
    """
    aktoer.kraev(Rettighed.FEJLMELDINGER_SKRIV)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        tilbud = _laas(tilbud_id)
        if tilbud is None:
            raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke.")
        afdeling = _afdeling(tilbud, faktum, afdeling_id)
        _kraev_gyldig(besked, vises=faktum in TILBUDDETS, afdeling_mangler=faktum in AFDELINGENS and afdeling is None)
        kkr = kkr_for_kommune(tilbud.beliggenhedskommune_id, idag())
        ejer = modtager(faktum, har_sekretariat=kkr.sekretariat_id is not None)
        sekretariat = kkr.sekretariat if ejer is Funktion.SEKRETARIAT else None
        om = {"tilbud": tilbud, "afdeling": afdeling, "offentligt": None, "klynge": None}
        return _gem(aktoer, om, faktum, besked, sekretariat, vist(tilbud, afdeling, faktum, nu()))


def meld_andet(*, aktoer: Aktoer, slags: Emneslags, emne_id: UUID, faktum: Faktum, besked: str) -> Fejlmelding:
    """Report that something shown of a published offer or a cluster is wrong: to the secretariat that answers for it.

    Raises as `meld`, and Konflikt `fejl_uden_modtager` where nobody answers (`andre.ansvarligt_kkr`).
    """
    aktoer.kraev(Rettighed.FEJLMELDINGER_SKRIV)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        emne = hent(slags, emne_id, laas=True)
        _kraev_gyldig(besked, vises=faktum in fakta_om(slags))
        kkr = ansvarligt_kkr(emne, idag())
        if kkr is None:
            raise Konflikt("fejl_uden_modtager", INGEN_SVARER)
        om = {"tilbud": None, "afdeling": None, "offentligt": None, "klynge": None} | {slags.value: emne}
        return _gem(aktoer, om, faktum, besked, kkr.sekretariat, vist_om(emne, faktum, idag()))


def _gem(
    aktoer: Aktoer,
    om: Mapping[str, Any],
    faktum: Faktum,
    besked: str,
    sekretariat: Organisation | None,
    vist: str,
) -> Fejlmelding:
    """Keep the report; `om` is what it is about, locked, by the names of its relations."""
    _kraev_ny(aktoer, om, faktum)
    tilbud = om["tilbud"]
    vilkaar = _vilkaar(om, idag())
    frist = idag() + timedelta(days=vilkaar.heltal(Noegle.FEJLMELDING_FRIST_DAGE))
    ny = Fejlmelding.objects.create(**om, faktum=faktum, frist=frist, vilkaarssaet_id=vilkaar.saet_id)
    Fejlsag.objects.create(
        fejlmelding=ny,
        tilbud=tilbud,
        organisation_id=aktoer.organisation_id,
        funktion=aktoer.funktion.value,
        driftsherre=tilbud and tilbud.driftsherre,
        sekretariat=sekretariat,
        vist=vist,
        besked=besked.strip(),
        meldt_af=aktoer.identitet,
        meldt_rolle=aktoer.rolle_navn,
    )
    publicer("fejlmelding.oprettet", "fejlmelding", ny.id)
    return ny


def _vilkaar(om: Mapping[str, Any], dag: date) -> GaeldendeVilkaar:
    """Those that govern where the offer lies, or what decides who answers for a published one, or of the KKR the cluster belongs to.

    Until a KKR made of others has terms that hold in all of it, the cluster keeps those of the KKR it was made in.
    """
    if klynge := om["klynge"]:
        kkr = klyngens_kkr(klynge, dag).pk
        return gaeldende_for([kkr], dag).get(kkr) or gaeldende(klynge.kkr_id, dag)
    tilbud, offentligt = om["tilbud"], om["offentligt"]
    return gaeldende_i_kommune(tilbud.beliggenhedskommune_id if tilbud else kommunen(offentligt) or "", dag)


def _afdeling(tilbud: Tilbud, faktum: Faktum, afdeling_id: UUID | None) -> Afdeling | None:
    """The department of the offer the report is about; None too when the fact is not a department's."""
    if afdeling_id is None or faktum not in AFDELINGENS:
        return None
    return tilbud.afdelinger.filter(pk=afdeling_id).first()


def _kraev_gyldig(besked: str, *, vises: bool, afdeling_mangler: bool = False) -> None:
    """Raises UgyldigtInput with every fault of the report."""
    felter: dict[str, list[str]] = {}
    if not vises:
        felter["faktum"] = ["Vælg en oplysning, der vises om det, fejlen er i."]
    if afdeling_mangler:
        felter["afdeling"] = ["Vælg den afdeling i tilbuddet, fejlen er i."]
    if not besked.strip():
        felter["besked"] = ["Skriv, hvad der er forkert, og hvad der er rigtigt, hvis du ved det."]
    felter |= cpr_fejl(besked=besked)
    if felter:
        raise UgyldigtInput("ugyldig_fejlmelding", "Fejlen kan ikke meldes, før felterne er rettet.", felter)


def _laas(tilbud_id: UUID) -> Tilbud | None:
    """The offer, locked: of two equal reports at once the second sees the first."""
    laast = Tilbud.objects.select_for_update(no_key=True, of=("self",)).filter(pk=tilbud_id)
    return laast.select_related("driftsherre", "beliggenhedskommune").first()


def _kraev_ny(aktoer: Aktoer, om: Mapping[str, Any], faktum: Faktum) -> None:
    allerede = Fejlsag.objects.synlige_for(aktoer).filter(
        organisation=aktoer.organisation_id,
        funktion=aktoer.funktion.value,
        fejlmelding__faktum=faktum,
        fejlmelding__tilstand__in=sorted(AABNE),
        **{f"fejlmelding__{relation}": emne for relation, emne in om.items()},
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
