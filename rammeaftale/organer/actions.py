"""The secretariat forms the bodies of its KKR, and lets members in and out: the only way they change."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, UgyldigtInput
from faelles.tid import Periode
from kommuner.models import Kkr, KkrMedlemskab, Organisation, RegionMedlemskab
from rammeaftale.models import Organ, Organmedlem
from rammeaftale.organer.regler import HVERV_NAVN, ORGANART_NAVN, Hverv, Organart


def opret_organ(*, aktoer: Aktoer, art: Organart, navn: str, opgave: str, fra: date) -> Organ:
    """Form a body of the secretariat's KKR from a day on. Raises IkkeFundet without a KKR, UgyldigtInput with all faults."""
    kraev(aktoer)
    with transaction.atomic():
        kkr = Kkr.objects.select_for_update(no_key=True).filter(sekretariat=aktoer.organisation_id).first()
        if kkr is None:
            raise IkkeFundet("kkr_ikke_fundet", "Sekretariatet hører ikke til noget KKR.")
        organ = Organ(kkr=kkr, art=art, periode=Periode(fra).som_range)
        felter = _tekstfejl(organ, navn, opgave)
        ens = Organ.objects.filter(kkr=kkr, art=art, periode__overlap=organ.periode)
        if art is not Organart.ARBEJDSGRUPPE and ens.exists():
            felter["art"] = [f"Der er allerede et {ORGANART_NAVN[art]} den dag eller senere. Nedlæg det først."]
        return _gem(organ, navn, opgave, felter)


def laas_kkr(kkr_id: UUID) -> None:
    """Hold the KKR until the transaction ends: one of its bodies at a time."""
    Kkr.objects.select_for_update(no_key=True).order_by("id").get(pk=kkr_id)


def ret_organ(
    *, aktoer: Aktoer, organ_id: UUID, navn: str, opgave: str, kraev_set: Callable[[], None] = lambda: None
) -> Organ:
    """Change what a body is called and does; `kraev_set` refuses under the lock what has changed since the caller saw it.

    Raises IkkeFundet, UgyldigtInput with all faults.
    """
    kraev(aktoer)
    with transaction.atomic():
        organ = laas_organ(aktoer, organ_id)
        kraev_set()
        return _gem(organ, navn, opgave, _tekstfejl(organ, navn, opgave))


def nedlaeg_organ(*, aktoer: Aktoer, organ_id: UUID, sidste_dag: date) -> Organ:
    """End a body after a day, and with it every membership that would go on. Raises IkkeFundet, or UgyldigtInput for a day
    before it began, before a member comes in, or before a meeting it has held or shall hold.
    """
    kraev(aktoer)
    with transaction.atomic():
        organ = laas_organ(aktoer, organ_id)
        fra, til = Periode.af_range(organ.periode).fra, Periode.dag(sidste_dag).til
        if sidste_dag < fra:
            raise _fejl("sidste_dag", f"Organet blev oprettet den {fra:%d.%m.%Y}. Vælg den dag eller en senere.")
        if organ.medlemmer.filter(periode__startswith__gt=sidste_dag).exists():
            raise _fejl("sidste_dag", "Organet får et medlem efter den dag. Vælg en senere dag.")
        if moede := organ.moeder.filter(dato__gt=sidste_dag).order_by("-dato").first():
            raise _fejl(
                "sidste_dag",
                f"Organet har et møde den {moede.dato:%d.%m.%Y}. Vælg den dag eller en senere; et møde uden beslutninger kan også fjernes.",
            )
        organ.periode = Periode(fra, til).som_range
        organ.save(update_fields=["periode"])
        for medlem in organ.medlemmer.filter(Q(periode__endswith=None) | Q(periode__endswith__gt=til)):
            medlem.periode = Periode(Periode.af_range(medlem.periode).fra, til).som_range
            medlem.save(update_fields=["periode"])
        return organ


def optag_medlem(*, aktoer: Aktoer, organ_id: UUID, organisation_id: UUID, hverv: Hverv, fra: date) -> Organmedlem:
    """Let an organisation in from a day on, until the body ends. Raises IkkeFundet, UgyldigtInput with all faults."""
    kraev(aktoer)
    with transaction.atomic():
        organ = laas_organ(aktoer, organ_id)
        felter: dict[str, list[str]] = {}
        if not mulige_medlemmer(organ.kkr).filter(pk=organisation_id).exists():
            felter["organisation_id"] = ["Vælg en kommune i KKR'et eller en region."]
        elif not mulige_medlemmer(organ.kkr, fra).filter(pk=organisation_id).exists():
            felter["fra"] = ["Efter registret er organisationen ikke i KKR'et den dag."]
        bestaar = Periode.af_range(organ.periode)
        if not bestaar.indeholder(fra):
            felter["fra"] = ["Organet findes ikke den dag."]
        samtidige = organ.medlemmer.filter(periode__overlap=Periode(fra).som_range)
        if samtidige.filter(organisation=organisation_id).exists():
            felter["organisation_id"] = ["Organisationen er medlem den dag eller senere. Afslut det medlemskab først."]
        if hverv is Hverv.FORMAND and samtidige.filter(hverv=hverv).exists():
            felter["hverv"] = [f"Der er en {HVERV_NAVN[hverv].lower()} den dag eller senere. Afslut det hverv først."]
        if felter:
            raise UgyldigtInput("ugyldigt_organmedlem", "Medlemmet kan ikke gemmes endnu.", felter)
        return Organmedlem.objects.create(
            organ=organ, organisation_id=organisation_id, hverv=hverv, periode=Periode(fra, bestaar.til).som_range
        )


def afslut_medlem(*, aktoer: Aktoer, organmedlem_id: UUID, sidste_dag: date) -> Organmedlem:
    """End a membership after a day. Raises IkkeFundet, and UgyldigtInput for a day it does not hold."""
    kraev(aktoer)
    with transaction.atomic():
        medlem = laas_medlem(aktoer, organmedlem_id)
        periode = Periode.af_range(medlem.periode)
        if not periode.indeholder(sidste_dag):
            raise _fejl("sidste_dag", f"Vælg en dag i medlemskabet, der begyndte den {periode.fra:%d.%m.%Y}.")
        medlem.periode = Periode(periode.fra, Periode.dag(sidste_dag).til).som_range
        medlem.save(update_fields=["periode"])
        return medlem


def mulige_medlemmer(kkr: Kkr, dag: date | None = None) -> QuerySet[Organisation]:
    """The municipalities the KKR has by the register on the day, or on any day, and the regions they lie in."""
    i_kkr, i_region = KkrMedlemskab.objects.filter(kkr=kkr), RegionMedlemskab.objects.all()
    if dag:
        i_kkr, i_region = i_kkr.paa(dag), i_region.paa(dag)
    regioner = i_region.filter(kommune__in=i_kkr.values("kommune")).values("region")
    egne = Q(pk__in=i_kkr.values("kommune__organisation")) | Q(pk__in=regioner)
    return Organisation.objects.filter(egne).order_by("navn_sortering", "pk")


def kraev(aktoer: Aktoer) -> None:
    """Raise IngenAdgang unless the actor is a secretariat that writes agreements."""
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)


def _egne(aktoer: Aktoer) -> QuerySet[Organ]:
    return Organ.objects.filter(kkr__sekretariat=aktoer.organisation_id)


def laas_organ(aktoer: Aktoer, organ_id: UUID) -> Organ:
    """The body of the secretariat's own KKR, locked until the transaction ends. Raises IkkeFundet."""
    egne = _egne(aktoer).select_related("kkr").select_for_update(no_key=True, of=("self",))
    organ = egne.filter(pk=organ_id).first()
    if organ is None:
        raise IkkeFundet("organ_ikke_fundet", "Organet findes ikke.")
    return organ


def laas_medlem(aktoer: Aktoer, organmedlem_id: UUID) -> Organmedlem:
    """The membership of a body of the secretariat's own KKR, whose body is locked (`medlem.organ`). Raises IkkeFundet."""
    fundet = Organmedlem.objects.filter(pk=organmedlem_id, organ__in=_egne(aktoer)).select_related("organisation")
    for organ_id in fundet.values_list("organ_id", flat=True):
        organ = laas_organ(aktoer, organ_id)
        if medlem := fundet.first():  # it may have been taken out meanwhile
            medlem.organ = organ
            return medlem
    raise IkkeFundet("organmedlem_ikke_fundet", "Medlemskabet findes ikke.")


def _tekstfejl(organ: Organ, navn: str, opgave: str) -> dict[str, list[str]]:
    felter = dict(cpr_fejl(navn=navn, opgave=opgave))
    if not navn.strip():
        felter["navn"] = ["Skriv organets navn."]
    elif Organ.objects.filter(kkr=organ.kkr_id, navn=navn.strip()).exclude(pk=organ.pk).exists():
        felter["navn"] = ["Et andet organ i KKR'et har navnet. Vælg et andet."]
    return felter


def _gem(organ: Organ, navn: str, opgave: str, felter: dict[str, list[str]]) -> Organ:
    if felter:
        raise UgyldigtInput("ugyldigt_organ", "Organet kan ikke gemmes endnu.", felter)
    organ.navn, organ.opgave = navn.strip(), opgave.strip()
    organ.save()
    return organ


def _fejl(felt: str, besked: str) -> UgyldigtInput:
    return UgyldigtInput("ugyldig_sidste_dag", besked, {felt: [besked]})
