"""Beginning an agreement or an allonge: its period and its parties, whose dates follow the register."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.sprog import soegefold
from faelles.tid import Periode, idag
from kommuner.models import Kkr, KkrMedlemskab, Region, RegionMedlemskab
from rammeaftale.actions.faelles import kraev_vedtaget, laas_egen, overlapsfejl
from rammeaftale.livscyklus import Aftaletilstand, afgoerelsesdag
from rammeaftale.models import Part, Rammeaftale, Version
from rammeaftale.partsregler import uden_part
from rammeaftale.queries import begyndes_fra, mulige_parter, seneste_sendte
from rammeaftale.tekst.gaeldende import vedtagne_allonger
from rammeaftale.tekst.kopi import til_ny_aftale


def opret_aftale(*, aktoer: Aktoer, titel: str, fra: date, til: date, forrige_id: UUID | None = None) -> Rammeaftale:
    """Begin an agreement of the secretariat's KKR for [fra, til), with version 1 as a draft.

    The parties are the KKR's municipalities and their regions, each on the days it is so by the register. From the previous
    agreement (`forrige_id`, see `begyndes_fra`) come its clauses and terms as its adopted allonger have made them, each marked to
    be looked through. Raises IkkeFundet, or UgyldigtInput, also when the previous agreement has no text to begin from.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        kkr = Kkr.objects.filter(sekretariat=aktoer.organisation_id).first()
        if kkr is None:
            raise IkkeFundet("kkr_ikke_fundet", "Sekretariatet hører ikke til et KKR.")
        forrige = _laas_forrige(kkr, forrige_id) if forrige_id else None
        Kkr.objects.select_for_update(no_key=True).get(pk=kkr.pk)
        gammel = seneste_sendte(forrige) if forrige else None
        kraev_titel_og_periode(titel, fra, til)
        if fejl := overlapsfejl(kkr, Periode(fra, til), {Aftaletilstand.VEDTAGET}):
            raise UgyldigtInput("ugyldig_aftale", fejl, {"fra": [fejl]})
        if forrige and gammel is None:
            besked = f"{forrige.titel} er aldrig sendt til godkendelse, så der er ingen tekst at begynde fra."
            raise UgyldigtInput("ugyldig_aftale", besked, {"forrige": [besked]})
        periode = Periode(fra, til)
        aftale = _ny(kkr, titel, periode, forrige=forrige)
        Part.objects.bulk_create(parter_efter_registret(aftale, periode))
        if forrige and gammel:
            til_ny_aftale(aktoer, gammel, vedtagne_allonger(forrige), aftale.versioner.get())
        return aftale


def _laas_forrige(kkr: Kkr, forrige_id: UUID) -> Rammeaftale:
    forrige = begyndes_fra(kkr).filter(pk=forrige_id).select_for_update(no_key=True, of=("self",)).first()
    if forrige is None:
        raise IkkeFundet("aftale_ikke_fundet", "Rammeaftalen findes ikke.")
    return forrige


def opret_allonge(*, aktoer: Aktoer, aftale_id: UUID, titel: str, fra: date) -> Rammeaftale:
    """Begin an amendment of an adopted agreement that shall hold from `fra` until the agreement ends; its parties are the agreement's.

    Raises IkkeFundet, UgyldigtInput, or Konflikt when the agreement is not adopted or is an allonge itself.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        hoved = laas_egen(aktoer, aftale_id)
        kraev_vedtaget(hoved)
        if hoved.hovedaftale_id:
            raise Konflikt("allonge_til_allonge", "En allonge ændrer rammeaftalen, ikke en anden allonge.")
        periode = allongens_periode(hoved, titel, fra)
        allonge = _ny(hoved.kkr, titel, periode, hovedaftale=hoved)
        Part.objects.bulk_create(parter_efter_hovedaftalen(allonge, hoved, periode))
        return allonge


def allongens_periode(hoved: Rammeaftale, titel: str, fra: date) -> Periode:
    """From the day until the agreement ends. Raises UgyldigtInput when the title is missing or the day is not one of the agreement's."""
    slut = hoved.aftaleperiode.til or date.max
    kraev_titel_og_periode(titel, fra, slut)
    if not hoved.aftaleperiode.indeholder(fra):
        besked = "Allongen skal begynde i aftalens periode."
        raise UgyldigtInput("ugyldig_aftale", besked, {"fra": [besked]})
    return Periode(fra, slut)


def parter_efter_hovedaftalen(allonge: Rammeaftale, hoved: Rammeaftale, periode: Periode) -> list[Part]:
    """The parties of the agreement that are still to be when the allonge is decided, each in the days it is one."""
    dag = afgoerelsesdag(periode, idag())
    return [
        Part(
            aftale=allonge,
            organisation_id=part.organisation_id,
            periode=faelles.som_range,
            efterfoelger_id=part.efterfoelger_id,
            begrundelse=part.begrundelse,
        )
        for part in hoved.parter.filter(periode__endswith__gt=dag).order_by("id")
        if (faelles := Periode.af_range(part.periode).faelles(periode))
    ]


def kraev_titel_og_periode(titel: str, fra: date, til: date) -> None:
    """Raise UgyldigtInput with what is wrong with either."""
    felter = dict(cpr_fejl(titel=titel))
    if not titel.strip():
        felter["titel"] = ["Skriv en titel."]
    if til <= fra:
        felter["til"] = ["Perioden skal have mindst én dag."]
    if felter:
        raise UgyldigtInput("ugyldig_aftale", "Aftalen kan ikke gemmes, før felterne er rettet.", felter)


def _ny(
    kkr: Kkr,
    titel: str,
    periode: Periode,
    *,
    hovedaftale: Rammeaftale | None = None,
    forrige: Rammeaftale | None = None,
) -> Rammeaftale:
    aftale = Rammeaftale.objects.create(
        slug=_slug(titel),
        titel=titel.strip(),
        kkr=kkr,
        periode=periode.som_range,
        hovedaftale=hovedaftale,
        forrige=forrige,
    )
    Version.objects.create(aftale=aftale, nummer=1)
    return aftale


def _slug(titel: str) -> str:
    """The title as an address, with a number when it is taken."""
    stamme = slugify(soegefold(titel.replace("–", "-")))[:70] or "aftale"
    taget = set(Rammeaftale.objects.filter(slug__startswith=stamme).values_list("slug", flat=True))
    return next(navn for navn in (stamme, *(f"{stamme}-{nr}" for nr in range(2, len(taget) + 3))) if navn not in taget)


def parter_efter_registret(aftale: Rammeaftale, periode: Periode) -> list[Part]:
    """The KKR's municipalities, and the regions they lie in meanwhile, each in the days it is there."""
    medlemskaber = KkrMedlemskab.objects.filter(kkr=aftale.kkr_id, periode__overlap=periode.som_range).select_related(
        "kommune"
    )
    kommuner = [(m.kommune.organisation_id, Periode.af_range(m.periode).faelles(periode)) for m in medlemskaber]
    regioner = _regioner(medlemskaber, periode)
    efterfoelgere: dict[UUID, UUID | None] = {
        region.pk: region.afloeses_af_id for region in Region.objects.filter(pk__in=[pk for pk, _ in regioner])
    }
    return [
        Part(
            aftale=aftale,
            organisation_id=organisation_id,
            periode=dage.som_range,
            efterfoelger_id=efterfoelgere.get(organisation_id),
        )
        for organisation_id, dage in (*kommuner, *regioner)
        if dage
    ]


def mangler_som_part(aftale: Rammeaftale) -> str:
    """The names of those that the register has in the KKR on a day of the agreement still to be decided on, and that are no party then."""
    rest = Periode(afgoerelsesdag(aftale.aftaleperiode, idag()), aftale.aftaleperiode.til)
    er: dict[UUID, list[Periode]] = {}
    for part in aftale.parter.all():
        er.setdefault(part.organisation_id, []).append(Periode.af_range(part.periode))
    skal = parter_efter_registret(aftale, rest)
    uden = {p.organisation_id for p in skal if uden_part(Periode.af_range(p.periode), er.get(p.organisation_id, ()))}
    return ", ".join(mulige_parter().filter(pk__in=uden).values_list("navn", flat=True))


def _regioner(medlemskaber: Iterable[KkrMedlemskab], periode: Periode) -> list[tuple[UUID, Periode]]:
    """Each region any of the municipalities lies in while it is in the KKR, from the first such day of the period to the last."""
    i_kkr: dict[str, list[Periode]] = {}
    for m in medlemskaber:
        i_kkr.setdefault(m.kommune_id, []).append(Periode.af_range(m.periode))
    dage: dict[UUID, Periode] = {}
    for i_region in RegionMedlemskab.objects.filter(kommune__in=i_kkr, periode__overlap=periode.som_range):
        for medlem in i_kkr[i_region.kommune_id]:
            faelles = Periode.af_range(i_region.periode).faelles(periode)
            if faelles is None or (faelles := faelles.faelles(medlem)) is None:
                continue
            kendt = dage.get(i_region.region_id, faelles)
            til = None if kendt.til is None or faelles.til is None else max(kendt.til, faelles.til)
            dage[i_region.region_id] = Periode(min(kendt.fra, faelles.fra), til)
    return sorted(dage.items(), key=lambda par: (par[1].fra, str(par[0])))
