"""Read models of an agreement: where its parties stand."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from faelles.tid import Periode, idag
from kommuner.models import Kkr, KkrMedlemskab, Organisation, Organisationsart, RegionMedlemskab
from rammeaftale.livscyklus import FOER_AFSENDELSEN, GODKENDENDE, Aftaletilstand, Partsstatus, afgoerelsesdag
from rammeaftale.models import Genstart, Godkendelse, Offentliggoerelse, Part, Rammeaftale, Version


@dataclass(frozen=True, slots=True)
class Partsstand:
    """A party and what is registered last of it on a version (None: nothing yet)."""

    part: Part
    trin: Godkendelse | None

    @property
    def seneste(self) -> Godkendelse | None:
        """The step by which the party stands on the version; None while it has taken none about it."""
        return self.trin if self.trin and self.trin.gaelder_versionen else None

    @property
    def status(self) -> Partsstatus:
        """Where the party stands."""
        return Partsstatus(self.seneste.status) if self.seneste else Partsstatus.AFVENTER


def partsstande(version: Version) -> list[Partsstand]:
    """Every party of the day the agreement is decided (`afgoerelsesdag`), in Danish order, with its latest step on this version."""
    return partsstande_for([version])[version.id]


def partsstande_for(versioner: Collection[Version]) -> dict[UUID, list[Partsstand]]:
    """As `partsstande`, for several versions in two statements whatever their number."""
    dage = {v.id: afgoerelsesdag(v.aftale.aftaleperiode, v.aftale.vedtaget or idag()) for v in versioner}
    return {
        pk: [stand for stand in stande if Periode.af_range(stand.part.periode).indeholder(dage[pk])]
        for pk, stande in _alle_stande(versioner).items()
    }


def alle_stande(version: Version) -> list[Partsstand]:
    """As `partsstande`, with every party of the agreement on whatever days it is one."""
    return _alle_stande([version])[version.id]


def har_sagt_eller_skal_sige(version: Version) -> list[Partsstand]:
    """Where those who decide on the version stand, and those of later days who have taken a step already."""
    dag = afgoerelsesdag(version.aftale.aftaleperiode, idag())
    senere = (stand for stand in alle_stande(version) if stand.trin and Periode.af_range(stand.part.periode).fra > dag)
    return [*partsstande(version), *senere]


def _alle_stande(versioner: Collection[Version]) -> dict[UUID, list[Partsstand]]:
    parter = (
        Part.objects.filter(aftale__versioner__in=versioner, periode__overlap=F("aftale__periode"))
        .distinct()
        .select_related("organisation", "efterfoelger")
        .order_by("organisation__navn_sortering", "id")
    )
    seneste = {
        (godkendelse.version_id, godkendelse.part_id): godkendelse
        for godkendelse in Godkendelse.objects.filter(version__in=versioner)
        .select_related("registreret_af")
        .order_by("registreret", "id")
    }
    alle = list(parter)
    return {
        version.id: [
            Partsstand(part=part, trin=seneste.get((version.id, part.id)))
            for part in alle
            if part.aftale_id == version.aftale_id
        ]
        for version in versioner
    }


def beslutter(part: Part, aftale: Rammeaftale) -> bool:
    """Whether the party is one of those whose approval the agreement needs, or was adopted by."""
    dag = afgoerelsesdag(aftale.aftaleperiode, aftale.vedtaget or idag())
    return Periode.af_range(part.periode).indeholder(dag)


def tiltraeder(part: Part, aftale: Rammeaftale) -> bool:
    """Whether the party became one after the agreement was adopted, and so accedes to it."""
    if aftale.tilstand != Aftaletilstand.VEDTAGET or aftale.vedtaget is None:
        return False
    return Periode.af_range(part.periode).fra > afgoerelsesdag(aftale.aftaleperiode, aftale.vedtaget)


def kan_beslutte(part: Part, aftale: Rammeaftale) -> bool:
    """Whether the party's steps are registered: on what was sent last, also after it is called back, since the decision may be taken by
    then; and when it accedes.
    """
    if aftale.tilstand == Aftaletilstand.SENDT or tiltraeder(part, aftale):
        return True
    return aftale.tilstand in FOER_AFSENDELSEN and seneste_sendte(aftale) is not None


def mulige_parter() -> QuerySet[Organisation]:
    """Those who can be party to an agreement (serviceloven § 6), in Danish order."""
    return Organisation.objects.filter(art__in=[Organisationsart.KOMMUNE, Organisationsart.REGION]).order_by(
        "navn_sortering", "id"
    )


def i_kkr(aftale: Rammeaftale) -> QuerySet[Organisation]:
    """Those of them who by the register are in the agreement's KKR on any day of it: its municipalities, and the regions they lie in."""
    periode = aftale.aftaleperiode.som_range
    medlemmer = KkrMedlemskab.objects.filter(kkr=aftale.kkr_id, periode__overlap=periode)
    regioner = RegionMedlemskab.objects.filter(kommune__in=medlemmer.values("kommune"), periode__overlap=periode)
    return mulige_parter().filter(
        Q(pk__in=medlemmer.values("kommune__organisation")) | Q(pk__in=regioner.values("region"))
    )


def ophoer_i_registret(part: Part) -> date | None:
    """The day from which the party, by the register, is in the agreement's KKR no more; None when it is, or never was.

    A region is there as long as one of the KKR's municipalities lies in it. The trigger `part_staar_fast` asks the same.
    """
    kkr = part.aftale.kkr_id
    i_kkr = KkrMedlemskab.objects.filter(kkr=kkr, kommune=OuterRef("kommune"), periode__overlap=OuterRef("periode"))
    dage = [
        Periode.af_range(periode)
        for raekker in (
            KkrMedlemskab.objects.filter(kkr=kkr, kommune__organisation=part.organisation_id),
            RegionMedlemskab.objects.filter(Exists(i_kkr), region=part.organisation_id),
        )
        for periode in raekker.values_list("periode", flat=True)
    ]
    til = [en.til for en in dage if en.til]
    return max(til) if til and len(til) == len(dage) else None


def begyndes_fra(kkr: Kkr) -> QuerySet[Rammeaftale]:
    """The agreements a new one of the KKR's can be begun from: its own, and the adopted ones of KKRs its municipalities came from."""
    senere = KkrMedlemskab.objects.filter(kkr=kkr, kommune=OuterRef("kommune"), periode__fully_gt=OuterRef("periode"))
    tidligere = KkrMedlemskab.objects.filter(Exists(senere)).exclude(kkr=kkr)
    andres = Q(kkr__in=tidligere.values("kkr"), tilstand=Aftaletilstand.VEDTAGET)
    return Rammeaftale.objects.filter(Q(kkr=kkr) | andres, hovedaftale=None).select_related("kkr")


def seneste_version(aftale: Rammeaftale) -> Version | None:
    """The version with the highest number: the one that is written on, or that was sent last."""
    return aftale.versioner.order_by("-nummer").first()


def seneste_sendte(aftale: Rammeaftale) -> Version | None:
    """The version that was sent last."""
    return aftale.versioner.filter(sendt__isnull=False).order_by("-nummer").first()


def sendte_versioner(part: Part, aftale: Rammeaftale) -> list[Version]:
    """The versions a step of the party's can be about, the latest first: every one that was sent, but who accedes does it to what is adopted."""
    sendte = list(aftale.versioner.select_related("aftale").filter(sendt__isnull=False).order_by("-nummer"))
    return sendte[:1] if tiltraeder(part, aftale) else sendte


def genstarter(version: Version) -> QuerySet[Genstart]:
    """The parties that must decide on this version although they were asked about the one before, with why."""
    return genstarter_i(version.aftale_id).filter(version=version)


def genstarter_i(aftale_id: UUID) -> QuerySet[Genstart]:
    """As `genstarter`, of every version of the agreement."""
    return (
        _som_det_vides(Genstart.objects.filter(version__aftale=aftale_id))
        .select_related("version", "part__organisation")
        .order_by("part__organisation__navn_sortering", "id")
    )


def _som_det_vides(alle: QuerySet[Genstart]) -> QuerySet[Genstart]:
    """The last that is said of each party and version, and only while no approval of the party has been carried over since."""
    senere = {"version": OuterRef("version"), "part": OuterRef("part"), "pk__gt": OuterRef("pk")}
    foelger_med = Godkendelse.objects.filter(viderefoert_fra__isnull=False, status__in=GODKENDENDE, **senere)
    return alle.filter(~Exists(Genstart.objects.filter(**senere)), ~Exists(foelger_med))


def offentliggoerelser(aftale: Rammeaftale) -> dict[UUID, Offentliggoerelse]:
    """By party: where the municipality has published the agreement; a party that has not is left out."""
    raekker = Offentliggoerelse.objects.filter(part__aftale=aftale).order_by("registreret", "id")
    return {raekke.part_id: raekke for raekke in raekker}


def gaeldende_versioner(aftaler: Collection[UUID]) -> dict[UUID, Version]:
    """By agreement: the latest version sent for approval, else the latest of all. Agreements without a version are left out."""
    versioner = (
        Version.objects.filter(aftale__in=aftaler)
        .select_related("aftale__kkr")
        .annotate(usendt=ExpressionWrapper(Q(sendt__isnull=True), output_field=BooleanField()))
        .order_by("aftale_id", "usendt", "-nummer")
        .distinct("aftale_id")
    )
    return {version.aftale_id: version for version in versioner}


def gaeldende_version(aftale_id: UUID) -> Version | None:
    """The latest version sent for approval, else the latest of all."""
    return gaeldende_versioner([aftale_id]).get(aftale_id)


def trin_for(part: Part) -> QuerySet[Godkendelse]:
    """Every step the party has taken, latest first."""
    trin = Godkendelse.objects.filter(part=part)
    return trin.select_related("version", "viderefoert_fra__version", "registreret_af").order_by("-registreret", "-id")


def seneste_trin(version: Version, part: Part) -> Godkendelse | None:
    """What is registered last of the party on the version."""
    return Godkendelse.objects.filter(version=version, part=part).order_by("-registreret", "-id").first()


def genstarter_for(part: Part) -> QuerySet[Genstart]:
    """Every version the party had to decide on anew, the latest first, with why."""
    return _som_det_vides(Genstart.objects.filter(part=part)).select_related("version").order_by("-version__nummer")
