"""The secretariat forms clusters, and lets municipalities in and out."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import uden_cpr
from faelles.fejl import IkkeFundet, UgyldigtInput
from faelles.haendelser import publicer
from faelles.tid import Periode, idag
from kommuner.kkr import kommuner_i
from kommuner.models import Kkr
from kommuner.queries import kkrmedlemmer
from tilbud.klynger.queries import i_sekretariatets_kkr
from tilbud.models import Klynge, KlyngeMedlemskab, Maalgruppe


def _kraev(aktoer: Aktoer) -> None:
    aktoer.kraev(Rettighed.NIVEAUER_SKRIV, Funktion.SEKRETARIAT)


def opret_klynge(*, aktoer: Aktoer, navn: str, formaal: str, maalgrupper: Collection[UUID]) -> Klynge:
    """Form a cluster in the secretariat's KKR. Raises IkkeFundet without a KKR, UgyldigtInput with all faults."""
    _kraev(aktoer)
    with transaction.atomic():
        kkr = Kkr.objects.select_for_update(no_key=True).filter(sekretariat=aktoer.organisation_id).first()
        if kkr is None:
            raise IkkeFundet("kkr_ikke_fundet", "Sekretariatet hører ikke til noget KKR.")
        return _gem(Klynge(kkr=kkr), navn, formaal, maalgrupper)


def ret_klynge(*, aktoer: Aktoer, klynge_id: UUID, navn: str, formaal: str, maalgrupper: Collection[UUID]) -> Klynge:
    """Change what a cluster is called and is for. Raises IkkeFundet, UgyldigtInput with all faults."""
    _kraev(aktoer)
    with transaction.atomic():
        klynge = _laas(aktoer, klynge_id)
        Kkr.objects.select_for_update(no_key=True).get(pk=klynge.kkr_id)
        return _gem(klynge, navn, formaal, maalgrupper)


def _laas(aktoer: Aktoer, klynge_id: UUID) -> Klynge:
    klynge = (
        i_sekretariatets_kkr(aktoer, idag()).select_for_update(no_key=True, of=("self",)).filter(pk=klynge_id).first()
    )
    if klynge is None:
        raise IkkeFundet("klynge_ikke_fundet", "Klyngen findes ikke i sekretariatets KKR.")
    return klynge


def _gem(klynge: Klynge, navn: str, formaal: str, maalgrupper: Collection[UUID]) -> Klynge:
    """Under the KKR's lock, which names are unique in."""
    navn, formaal = navn.strip(), formaal.strip()
    felter: dict[str, list[str]] = {}
    if not navn:
        felter["navn"] = ["Skriv klyngens navn."]
    elif Klynge.objects.filter(kkr=klynge.kkr_id, navn=navn).exclude(pk=klynge.pk).exists():
        felter["navn"] = ["En anden klynge i området har navnet. Vælg et andet."]
    for felt, tekst in (("navn", navn), ("formaal", formaal)):
        try:
            uden_cpr(tekst)
        except ValidationError as fejl:
            felter[felt] = list(fejl.messages)
    kendte = Maalgruppe.objects.filter(pk__in=maalgrupper, valgbar=True)
    if {gruppe.pk for gruppe in kendte} != set(maalgrupper):
        felter["maalgrupper"] = ["Vælg målgrupper fra listen."]
    if felter:
        raise UgyldigtInput("ugyldig_klynge", "Klyngen kan ikke gemmes endnu.", felter)
    klynge.navn, klynge.formaal = navn, formaal
    klynge.save()
    klynge.maalgrupper.set(kendte)
    publicer("klynge.aendret", "klynge", klynge.id)
    return klynge


def optag_medlem(*, aktoer: Aktoer, klynge_id: UUID, kommune: str, fra: date) -> KlyngeMedlemskab:
    """Let a municipality of the KKR, or of what it has become by then, in from a day on. Raises IkkeFundet, UgyldigtInput with all faults."""
    _kraev(aktoer)
    with transaction.atomic():
        klynge = _laas(aktoer, klynge_id)
        if klynge.til is not None:
            besked = f"Klyngen er afsluttet fra {klynge.til:%d.%m.%Y} og optager ingen."
            raise UgyldigtInput("ugyldigt_medlem", besked, {"fra": [besked]})
        periode = Periode(fra)
        if kommune not in kommuner_i(kkrmedlemmer(), klynge.kkr_id, fra):
            besked = f"Kommunen hører ikke til klyngens KKR den {fra:%d.%m.%Y}."
            raise UgyldigtInput("ugyldigt_medlem", besked, {"kommune": [besked]})
        optaget = KlyngeMedlemskab.objects.filter(klynge=klynge, kommune=kommune, periode__overlap=periode.som_range)
        if optaget.exists():
            besked = "Kommunen er allerede medlem den dag eller senere. Afslut det medlemskab først."
            raise UgyldigtInput("ugyldigt_medlem", besked, {"kommune": [besked]})
        nyt = KlyngeMedlemskab.objects.create(klynge=klynge, kommune_id=kommune, periode=periode.som_range)
        publicer("klynge.aendret", "klynge", klynge.id)
        return nyt


def afslut_medlem(*, aktoer: Aktoer, medlemskab_id: UUID, sidste_dag: date) -> KlyngeMedlemskab:
    """End a membership after a day. Raises IkkeFundet, and UgyldigtInput for a day before it began."""
    _kraev(aktoer)
    with transaction.atomic():
        medlemskab = KlyngeMedlemskab.objects.filter(pk=medlemskab_id).first()
        klynge = _laas(aktoer, medlemskab.klynge_id) if medlemskab else None
        if medlemskab is None or klynge is None:
            raise IkkeFundet("medlemskab_ikke_fundet", "Medlemskabet findes ikke.")
        fra = Periode.af_range(medlemskab.periode).fra
        senere = KlyngeMedlemskab.objects.filter(
            klynge=klynge,
            kommune=medlemskab.kommune_id,
            periode__startswith__gt=fra,
            periode__startswith__lte=sidste_dag,
        )
        besked = ""
        if sidste_dag < fra:
            besked = f"Kommunen blev medlem den {fra:%d.%m.%Y}. Vælg den dag eller en senere."
        elif klynge.til is not None and sidste_dag >= klynge.til:
            besked = f"Klyngen er afsluttet fra {klynge.til:%d.%m.%Y}. Vælg en tidligere dag."
        elif senere.exists():
            besked = "Kommunen er medlem igen inden da. Vælg en tidligere dag."
        if besked:
            raise UgyldigtInput("ugyldigt_medlem", besked, {"sidste_dag": [besked]})
        medlemskab.periode = Periode(fra, Periode.dag(sidste_dag).til).som_range
        medlemskab.save(update_fields=["periode"])
        publicer("klynge.aendret", "klynge", klynge.id)
        return medlemskab


def afslut_klynge(*, aktoer: Aktoer, klynge_id: UUID, sidste_dag: date) -> Klynge:
    """End a cluster after a day, and with it the memberships that would go on. It cannot be begun again.

    Raises IkkeFundet, and UgyldigtInput when it is ended already, or a municipality becomes a member later.
    """
    _kraev(aktoer)
    with transaction.atomic():
        klynge, til = _laas(aktoer, klynge_id), sidste_dag + timedelta(days=1)
        senere = KlyngeMedlemskab.objects.filter(klynge=klynge, periode__startswith__gt=sidste_dag)
        seneste = senere.select_related("kommune").order_by("periode__startswith").last()
        besked = ""
        if klynge.til is not None:
            besked = f"Klyngen er allerede afsluttet fra {klynge.til:%d.%m.%Y}."
        elif seneste is not None:
            fra = Periode.af_range(seneste.periode).fra
            besked = f"{seneste.kommune} bliver først medlem den {fra:%d.%m.%Y}. Vælg den dag eller en senere."
        if besked:
            raise UgyldigtInput("ugyldig_klynge", besked, {"sidste_dag": [besked]})
        for medlemskab in KlyngeMedlemskab.objects.paa(til).filter(klynge=klynge):
            medlemskab.periode = Periode(Periode.af_range(medlemskab.periode).fra, til).som_range
            medlemskab.save(update_fields=["periode"])
        klynge.til = til
        klynge.save(update_fields=["til"])
        publicer("klynge.aendret", "klynge", klynge.id)
        return klynge
