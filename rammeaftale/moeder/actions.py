"""The secretariat registers meetings of its KKR's bodies and what they decide: the only way they change.

A decision about an agreement is a step of its life: KKR's recommendation takes it on, a refusal takes it back to draft.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from faelles.aktoer import Aktoer
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.tid import KOEBENHAVN, idag
from rammeaftale.actions.faelles import datofejl, laas_egen, linkfejl, noter_trin
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Aftaletrin, Moede, Organ, Organbeslutning, Organsag, Rammeaftale, Version
from rammeaftale.moeder.queries import foerst_forelagt, har_udvalg
from rammeaftale.moeder.regler import UDFALD_NAVN, Organudfald, Truffet, foelge, mangler_udvalget, mulige_udfald
from rammeaftale.organer.actions import kraev, laas_kkr, laas_organ
from rammeaftale.organer.regler import Organart
from rammeaftale.queries import seneste_version


@dataclass(frozen=True, slots=True)
class Sagsvalg:
    """The case a decision is about: an agreement under way (its latest version), a case there is, or a new one called `titel`."""

    aftale_id: UUID | None = None
    sag_id: UUID | None = None
    titel: str = ""


def opret_moede(*, aktoer: Aktoer, organ_id: UUID, dato: date, referat_url: str = "") -> Moede:
    """A meeting of the body, held or to come. Raises IkkeFundet, UgyldigtInput with all faults."""
    kraev(aktoer)
    with transaction.atomic():
        organ = laas_organ(aktoer, organ_id)
        moede = Moede(organ=organ, dato=dato)
        return _gem(moede, referat_url, _datoen(moede))


def ret_moede(
    *, aktoer: Aktoer, moede_id: UUID, dato: date, referat_url: str, kraev_set: Callable[[], None] = lambda: None
) -> Moede:
    """Another day for a meeting where nothing is decided yet, or where the minutes are. `kraev_set` refuses under the lock what has
    changed since the caller saw it. Raises IkkeFundet, UgyldigtInput.
    """
    kraev(aktoer)
    with transaction.atomic():
        moede = _laas(aktoer, moede_id)
        kraev_set()
        felter: dict[str, list[str]] = {}
        if dato != moede.dato:
            moede.dato = dato
            besluttet = moede.beslutninger.exists()
            felter = (
                {"dato": ["Mødet har truffet beslutninger, så dagen ligger fast."]} if besluttet else _datoen(moede)
            )
        return _gem(moede, referat_url, felter)


def fjern_moede(*, aktoer: Aktoer, moede_id: UUID, kraev_set: Callable[[], None] = lambda: None) -> None:
    """Take out a meeting that was not held; the trail keeps it. `kraev_set` as in `ret_moede`. Raises IkkeFundet, or Konflikt when it has
    decided something.
    """
    kraev(aktoer)
    with transaction.atomic():
        moede = _laas(aktoer, moede_id)
        kraev_set()
        if moede.beslutninger.exists():
            raise Konflikt("moede_har_beslutninger", "Mødet har truffet beslutninger og kan ikke fjernes.")
        moede.delete()


def registrer_beslutning(
    *,
    aktoer: Aktoer,
    organ_id: UUID,
    dato: date,
    sag: Sagsvalg,
    udfald: Organudfald,
    tekst: str = "",
    referat_url: str = "",
    retter: bool = False,
    kraev_set: Callable[[], None] = lambda: None,
) -> Organbeslutning:
    """What the body decided on the day, and what follows for an agreement; the meeting is registered with it if it is not.

    Of what the meeting has decided in the case, the last counts: another must say that it stands in its place (`retter`), and
    `kraev_set` refuses under the lock what the caller has not seen. Raises IkkeFundet, UgyldigtInput with all faults, or Konflikt when
    the agreement is not where the decision can take it on.
    """
    kraev(aktoer)
    with transaction.atomic():
        organ = laas_organ(aktoer, organ_id)
        kraev_set()
        kendt = Moede.objects.filter(organ=organ, dato=dato).first()
        moede = kendt or Moede(organ=organ, dato=dato)
        art = Organart(organ.art)
        aftale = laas_egen(aktoer, sag.aftale_id) if sag.aftale_id else None
        felter = ({} if kendt else _datoen(moede)) | cpr_fejl(tekst=tekst) | _udfaldsfejl(art, udfald, tekst)
        if dato > idag():
            felter["dato"] = ["Mødet ligger i fremtiden; registrér beslutningen, når den er truffet."]
        if not (referat_url.strip() or moede.referat_url) and aftale is not None:
            felter["referat_url"] = ["Skriv, hvor referatet kan læses; beslutningen er et trin i aftalens liv."]
        version = seneste_version(aftale) if aftale else None
        fundet = None if aftale else _findes(organ, sag, felter)
        if aftale is not None:
            felter |= _aftalefejl(aftale, version, organ, dato, udfald)
        if (sidste := _sidste(kendt, fundet, version)) and not retter:
            felter["retter"] = [f"Mødet har besluttet »{sidste.get_udfald_display()}« i sagen. {_I_STEDET}"]
        _gem(moede, referat_url or moede.referat_url, felter)
        beslutning = Organbeslutning.objects.create(
            moede=moede,
            sag=_sagen(organ, fundet, version, sag.titel),
            udfald=udfald,
            tekst=tekst.strip(),
            retter=sidste is not None,
            registreret_af_id=aktoer.organisation_id,
            identitet=aktoer.identitet,
        )
        if aftale is not None and (til := foelge(art, udfald)):
            _flyt(aktoer, aftale, version, til, beslutning)
        return beslutning


_I_STEDET = "Sæt kryds, hvis denne beslutning skal gælde i stedet; den forrige bevares."


def _sidste(moede: Moede | None, sag: Organsag | None, version: Version | None) -> Organbeslutning | None:
    """What is registered last of the meeting in the case, which is that of a version or another; None for nothing."""
    om = {"sag__version": version} if version else {"sag": sag}
    if moede is None or not (version or sag):
        return None
    return moede.beslutninger.filter(**om).order_by("registreret", "id").last()


def _flyt(
    aktoer: Aktoer, aftale: Rammeaftale, version: Version | None, til: Aftaletilstand, b: Organbeslutning
) -> None:
    noter_trin(
        aktoer,
        aftale,
        til,
        version=version,
        dato=b.moede.dato,
        organ=b.moede.organ.navn,
        referat_url=b.moede.referat_url,
        begrundelse=b.tekst,
        beslutning=b,
    )


def _laas(aktoer: Aktoer, moede_id: UUID) -> Moede:
    egne = Moede.objects.select_related("organ").filter(pk=moede_id, organ__kkr__sekretariat=aktoer.organisation_id)
    for organ_id in egne.values_list("organ_id", flat=True):
        laas_organ(aktoer, organ_id)
        if moede := egne.first():  # it may have been taken out meanwhile
            return moede
    raise IkkeFundet("moede_ikke_fundet", "Mødet findes ikke.")


def _datoen(moede: Moede) -> dict[str, list[str]]:
    if moede.dato not in moede.organ.periode:
        return {"dato": ["Organet findes ikke den dag."]}
    if Moede.objects.filter(organ=moede.organ, dato=moede.dato).exclude(pk=moede.pk).exists():
        return {"dato": ["Organet har allerede et møde den dag."]}
    return {}


def _udfaldsfejl(art: Organart, udfald: Organudfald, tekst: str) -> dict[str, list[str]]:
    if udfald not in mulige_udfald(art):
        return {"udfald": [f"»{UDFALD_NAVN[udfald]}« er ikke noget, organet kan beslutte."]}
    if udfald is Organudfald.AFVIST and not tekst.strip():
        return {"tekst": ["Skriv, hvorfor sagen blev afvist."]}
    return {}


def _aftalefejl(
    aftale: Rammeaftale, version: Version | None, organ: Organ, dato: date, udfald: Organudfald
) -> dict[str, list[str]]:
    """What stands in the way of a step that comes too early. Raises Konflikt when the agreement does not lie before the body."""
    if version is None or organ.kkr_id != aftale.kkr_id or aftale.tilstand != Aftaletilstand.EMBEDSMANDSUDVALG:
        raise Konflikt(
            "overgang_ikke_mulig", f"{aftale.titel} er ikke forelagt. Forelæg den for embedsmandsudvalget først."
        )
    til = foelge(Organart(organ.art), udfald)
    felter = datofejl(aftale, dato) if til is Aftaletilstand.KLADDE else _forelaeggelsesfejl(version, dato)
    if til is not Aftaletilstand.KKR_ANBEFALET:
        return felter
    rettet = _sidst_rettet(version)
    if rettet and dato < rettet.date():
        felter = {
            "dato": [f"Teksten er rettet den {rettet:%d.%m.%Y}, efter mødet; KKR har ikke taget stilling til den."]
        }
    dag = idag() if felter else dato  # of a wrong day is told what stands in the way of any
    forelagt = aftale.trin.filter(til=Aftaletilstand.EMBEDSMANDSUDVALG).order_by("registreret", "id").last()
    truffet = _om_teksten_nu(version, forelagt, rettet).filter(moede__dato__lte=dag)
    raekker = truffet.order_by("moede__dato", "registreret", "id").values_list("moede__organ__art", "udfald")
    truffet_af = [Truffet(Organart(a), Organudfald(u)) for a, u in raekker]
    dage = (dag, forelagt.dato) if forelagt else (dag,)
    if mangler_udvalget(truffet_af, udvalg_findes=har_udvalg(aftale, *dage)):
        besked = "Embedsmandsudvalget har ikke tiltrådt versionen, siden den sidst blev forelagt og rettet."
        ophoert = "" if har_udvalg(aftale, dag) else f" {_OPHOERT}"
        felter = {**felter, "udfald": [f"{besked} {_hvad_der_mangler(version, rettet)}{ophoert}"]}
    return felter


_OPHOERT = "Findes udvalget ikke længere, så tag udkastet tilbage til kladde, og forelæg det igen med grunden til, at KKR tager stilling uden."


def _forelaeggelsesfejl(version: Version, dato: date) -> dict[str, list[str]]:
    """What is wrong with the day of a decision that takes nothing back, and so may be older than the last step; nothing when it is not.

    A step may have been taken back since. Whether what was decided is of the text as it is, is asked when KKR recommends it.
    """
    foerst = foerst_forelagt(version)
    if foerst and dato < foerst:
        return {
            "dato": [f"Versionen blev først forelagt den {foerst:%d.%m.%Y}; før den dag er intet besluttet om den."]
        }
    return {}


def _hvad_der_mangler(version: Version, rettet: datetime | None) -> str:
    """Why an accession there is does not count, and what the secretariat does."""
    udvalgets = Organbeslutning.objects.filter(
        sag__version=version, moede__organ__art=Organart.EMBEDSMANDSUDVALG, udfald=Organudfald.TILTRAADT
    )
    sidst = udvalgets.select_related("moede").order_by("moede__dato", "registreret", "id").last()
    if sidst is None:
        return "Registrér dets beslutning først."
    dag = f"{sidst.moede.dato:%d.%m.%Y}"
    if rettet and (sidst.moede.dato < rettet.date() or sidst.registreret < rettet):
        return f"Det tiltrådte den den {dag}, før teksten sidst blev rettet den {rettet:%d.%m.%Y}; det skal tiltræde den, som den er."
    return (
        f"Det tiltrådte den den {dag}. Er det registreret, før versionen blev forelagt igen, og er teksten den samme, så registrér det "
        "igen med mødets egen dag."
    )


def _sidst_rettet(version: Version) -> datetime | None:
    """When a clause, its introduction or its parts were saved last, in Danish time."""
    sidst: datetime | None = version.klausuludgaver.aggregate(sidst=Max("tidspunkt"))["sidst"]
    gemt = [hvornaar for hvornaar in (sidst, version.indledning_rettet, version.dele_rettet) if hvornaar]
    return max(gemt).astimezone(KOEBENHAVN) if gemt else None


def _om_teksten_nu(version: Version, forelagt: Aftaletrin | None, rettet: datetime | None) -> QuerySet[Organbeslutning]:
    """The decisions about the version as it is: registered after it was last laid before the bodies, of meetings after its last saving.

    What was decided before the saving may be registered after it, so the meeting's day decides; on the same day, which came first.
    """
    beslutninger = Organbeslutning.objects.filter(sag__version=version)
    if forelagt:
        beslutninger = beslutninger.filter(registreret__gte=forelagt.registreret)
    if rettet:
        beslutninger = beslutninger.filter(moede__dato__gte=rettet.date(), registreret__gte=rettet)
    return beslutninger


def _findes(organ: Organ, sag: Sagsvalg, felter: dict[str, list[str]]) -> Organsag | None:
    """The case there is; a new one must be called something no other of the KKR's cases on the list is, also not one another body
    takes up at the same moment.
    """
    egne = Organsag.objects.filter(kkr=organ.kkr_id, version=None)
    if sag.sag_id is not None:
        fundet = egne.filter(pk=sag.sag_id).first()
        if fundet is None:
            felter["sag"] = ["Vælg en af KKR'ets sager."]
        return fundet
    felter |= cpr_fejl(titel=sag.titel)
    if not sag.titel.strip():
        felter["titel"] = ["Skriv, hvad sagen hedder."]
        return None
    laas_kkr(organ.kkr_id)
    if egne.filter(titel=sag.titel.strip()).exists():
        felter["titel"] = ["KKR'et har en sag, der hedder det. Vælg den på listen."]
    return None


def _sagen(organ: Organ, fundet: Organsag | None, version: Version | None, titel: str) -> Organsag:
    if fundet is not None:
        return fundet
    if version is None:
        return Organsag.objects.create(kkr=organ.kkr, titel=titel.strip())
    navn = f"{version.aftale.titel}, version {version.nummer}"
    return Organsag.objects.get_or_create(version=version, defaults={"kkr": organ.kkr, "titel": navn})[0]


def _gem(moede: Moede, referat_url: str, felter: dict[str, list[str]]) -> Moede:
    url = referat_url.strip()
    if url and (fejl := linkfejl(url)):
        felter["referat_url"] = [fejl]
    felter |= cpr_fejl(referat_url=url)
    if felter:
        raise UgyldigtInput("ugyldigt_moede", "Mødet og beslutningen kan ikke gemmes endnu.", felter)
    moede.referat_url = url
    moede.save()
    return moede
