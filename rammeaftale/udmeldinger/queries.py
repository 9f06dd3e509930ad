"""Reading central calls: where each stands, what the municipalities have answered, and what may be shown of their counts."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import DomaeneFejl
from faelles.models import Job, JobStatus
from faelles.scope import som_systemet
from kommuner.models import Organisationsart
from rammeaftale.livscyklus import afgoerelsesdag
from rammeaftale.models import (
    Part,
    Rammeaftale,
    Udmelding,
    Udmeldingsantal,
    Udmeldingsfaktum,
    Udmeldingsrapport,
    Udmeldingsrapportfil,
    Udmeldingssvar,
)
from rammeaftale.udmeldinger.regler import (
    UDMELDINGSSTAND_NAVN,
    Faktum,
    Runde,
    Udmeldingsart,
    Udmeldingsstand,
    gaelder,
    runde,
    skjulte,
    stand,
)
from vilkaar.kilde import KILDEHOVED, Kilde, kilde, kildeceller
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende


@dataclass(frozen=True, slots=True)
class Udmeldingsvisning:
    """A call as it stands on a day; `svaret` of `parter` municipalities have answered in its `runde`. `gaeldende` are the facts that are not annulled, with
    the call or for themselves.
    """

    udmelding: Udmelding
    stand: Udmeldingsstand
    runde: Runde
    svaret: int
    parter: int
    fakta: Sequence[Udmeldingsfaktum]
    gaeldende: Sequence[Udmeldingsfaktum]
    paalaeg: Sequence[Udmeldingsfaktum]

    @property
    def navn(self) -> str:
        """Where it stands, in words."""
        return UDMELDINGSSTAND_NAVN[self.stand]


@dataclass(frozen=True, slots=True)
class Svarvisning:
    """A municipality and what it answered last. `antal` is its count in words, hidden where it must be.

    `fra_foer`: given before renewed treatment was asked for, and so no answer to it.
    """

    part: Part
    svar: Udmeldingssvar | None
    antal: str
    fra_foer: bool


@dataclass(frozen=True, slots=True)
class Svaroversigt:
    """Every municipality's answer, and how many citizens there are in all, in words; `kilde`: what small counts are hidden after."""

    svar: Sequence[Svarvisning]
    i_alt: str
    skjult: bool
    kilde: Kilde | None = None

    @property
    def gamle_med(self) -> bool:
        """Whether counts from before renewed treatment was asked for are in the sum."""
        return any(s.fra_foer and s.svar is not None and s.svar.antal_id is not None for s in self.svar)

    @property
    def tekst(self) -> str:
        """The total and what is hidden, as sentences."""
        total = {
            IKKE_OPGJORT: "Ingen kommune har opgjort antallet af borgere.",
            SKJULT: "Det samlede antal borgere er skjult.",
        }.get(self.i_alt, f"I alt {self.i_alt} borgere i de kommuner, der har opgjort det.")
        return f"{total} Små antal er skjult, så ingen kan kendes på dem." if self.skjult else total


@dataclass(frozen=True, slots=True)
class _Viste:
    """The counts a reader may see by party, and their sum; None for one she may not. `skjult`: whether anything is hidden."""

    antal: Mapping[UUID, int]
    i_alt: int | None
    skjult: bool
    kilde: Kilde | None = None


OPTAELLING = "counts of a call are suppressed before anybody sees them"
SKJULT = "Skjult"
IKKE_OPGJORT = "Ikke opgjort"


def synlige(aktoer: Aktoer) -> QuerySet[Udmelding]:
    """The calls of the agreements the actor's organisation is party to or keeps."""
    return Udmelding.objects.filter(aftale__in=Rammeaftale.objects.synlige_for(aktoer).order_by().values("pk"))


def i_brug(udmelding: Udmelding) -> bool:
    """Whether anything rests on the call: an answer, something that happened, a report or a reminder. One statement."""
    haenger_ved = ("svar", "fakta", "rapporter", "paamindelser")
    noget = reduce(or_, (Q(**{f"{navn}__isnull": False}) for navn in haenger_ved))
    return Udmelding.objects.filter(noget, pk=udmelding.pk).exists()


def kommuner_i(aftale: Rammeaftale, dag: date) -> list[Part]:
    """The municipalities that are to answer: the agreement's own of the day, in Danish order."""
    paa = afgoerelsesdag(aftale.aftaleperiode, dag)
    parter = Part.objects.filter(aftale=aftale, periode__contains=paa, organisation__art=Organisationsart.KOMMUNE)
    return list(parter.select_related("organisation").order_by("organisation__navn_sortering", "id"))


def vis(aftale: Rammeaftale, udmeldinger: QuerySet[Udmelding], dag: date) -> list[Udmeldingsvisning]:
    """Calls of one agreement as they stand on the day, in four statements."""
    parter = {part.pk for part in kommuner_i(aftale, dag)}
    fakta = Udmeldingsfaktum.objects.select_related("tilbud", "annullering__registreret_af")
    svar = Udmeldingssvar.objects.order_by().only("udmelding", "part", "registreret")
    alle = udmeldinger.select_related("maalgruppe").prefetch_related(
        Prefetch("fakta", queryset=fakta.order_by("registreret", "id")), Prefetch("svar", queryset=svar)
    )
    return [_vis(udmelding, parter, dag) for udmelding in alle]


def _vis(udmelding: Udmelding, parter: set[UUID], dag: date) -> Udmeldingsvisning:
    fakta = list(udmelding.fakta.all())
    gaeldende_fakta = [f for f in fakta if not (udmelding.annulleret or hasattr(f, "annullering"))]
    sket = [som_faktum(f) for f in gaeldende_fakta]
    nu, om_svar = stand(sket, udmelding.svarfrist, dag), runde(sket, udmelding.svarfrist, dag)
    svaret = {svar.part_id for svar in udmelding.svar.all() if om_svar.besvaret(dagen(svar))}
    return Udmeldingsvisning(
        udmelding=udmelding,
        stand=Udmeldingsstand.ANNULLERET if udmelding.annulleret else nu,
        runde=om_svar,
        svaret=len(parter & svaret),
        parter=len(parter),
        fakta=fakta,
        gaeldende=gaeldende_fakta,
        paalaeg=[f for f in gaeldende_fakta if gaelder(som_faktum(f), dag)],
    )


def som_faktum(faktum: Udmeldingsfaktum) -> Faktum:
    """The row as the rules know it."""
    return Faktum(Udmeldingsart(faktum.art), faktum.dato, faktum.sidste_dag, faktum.svarfrist)


def dagen(svar: Udmeldingssvar) -> date:
    """The day an answer was given."""
    return localtime(svar.registreret).date()


def kommune_i(aftale: Rammeaftale, part_id: UUID, dag: date) -> Part | None:
    """One of those that are to answer."""
    return next((part for part in kommuner_i(aftale, dag) if part.pk == part_id), None)


def er_sekretariat(aktoer: Aktoer, aftale: Rammeaftale) -> bool:
    """Whether the actor is the agreement's secretariat. Needs `kkr` loaded."""
    return aktoer.funktion is Funktion.SEKRETARIAT and aftale.kkr.sekretariat_id == aktoer.organisation_id


def maa_svare(aktoer: Aktoer, aftale: Rammeaftale, part: Part) -> bool:
    """Whether the actor speaks for the municipality as authority, or is the agreement's secretariat, which may write what it was sent."""
    egen = aktoer.funktion is Funktion.MYNDIGHED and part.organisation_id == aktoer.organisation_id
    return (egen or er_sekretariat(aktoer, aftale)) and aktoer.maa(Rettighed.UDMELDINGER_SKRIV)


def seneste_svar(udmelding: Udmelding) -> dict[UUID, Udmeldingssvar]:
    """What each municipality answered last, by party."""
    alle = udmelding.svar.select_related("registreret_af").order_by("registreret", "id")
    return {svar.part_id: svar for svar in alle}


def eget_antal(aktoer: Aktoer, svar: Udmeldingssvar | None) -> int | None:
    """The count in an answer of the actor's own municipality, or any for the agreement's secretariat."""
    if svar is None or svar.antal_id is None:
        return None
    return (
        Udmeldingsantal.objects.synlige_for(aktoer)
        .filter(pk=svar.antal_id)
        .values_list("antal_borgere", flat=True)
        .get()
    )


def svaroversigt(aktoer: Aktoer | None, udmelding: Udmelding, dag: date) -> Svaroversigt:
    """Every municipality's answer as the actor may see it: counts are hidden as the term `diskretion_graense` of the day says.

    The secretariat sees all, and a municipality its own. Others see none until the joint report is sent: of two totals with an
    answer between them anybody could compute that answer's count. Of a call that is annulled no report counts as sent. Without the
    term nobody else sees any. None is what may be published: the joint report's own figures.
    """
    aftale, sket = udmelding.aftale, _sket(udmelding)
    om_svar = runde(sket, udmelding.svarfrist, dag)
    parter, svar = kommuner_i(aftale, dag), seneste_svar(udmelding)
    opgjorte = {part.pk: nr for part in parter if part.pk in svar and (nr := svar[part.pk].antal_id)}
    egne: Mapping[UUID, int] = {}
    if aktoer is not None:
        synlige_antal = Udmeldingsantal.objects.synlige_for(aktoer).filter(pk__in=opgjorte.values())
        egne = dict(synlige_antal.values_list("part_id", "antal_borgere"))
    if aktoer is not None and er_sekretariat(aktoer, aftale):
        viste = _Viste(egne, sum(egne.values()), skjult=False)
    elif aktoer is not None and stand(sket, udmelding.svarfrist, dag) is not Udmeldingsstand.AFSENDT:
        viste = _Viste({}, None, skjult=bool(opgjorte))
    else:
        viste = _offentlige(aftale, list(opgjorte.values()), dag)

    def antal(part: Part) -> str:
        if part.pk not in svar:
            return ""
        if part.pk not in opgjorte:
            return IKKE_OPGJORT
        tal = egne.get(part.pk, viste.antal.get(part.pk))
        return SKJULT if tal is None else str(tal)

    def fra_foer(givet: Udmeldingssvar | None) -> bool:
        return givet is not None and not om_svar.besvaret(dagen(givet))

    i_alt = SKJULT if viste.i_alt is None else str(viste.i_alt)
    return Svaroversigt(
        [Svarvisning(part, givet := svar.get(part.pk), antal(part), fra_foer(givet)) for part in parter],
        i_alt if opgjorte else IKKE_OPGJORT,
        viste.skjult,
        viste.kilde,
    )


def er_afsendt(udmelding: Udmelding, dag: date) -> bool:
    """Whether the joint report on the call is sent, so that no answer changes any more. One statement."""
    return stand(_sket(udmelding), udmelding.svarfrist, dag) is Udmeldingsstand.AFSENDT


def _sket(udmelding: Udmelding) -> list[Faktum]:
    """What counts of what has happened; nothing of a call that is annulled."""
    if udmelding.annulleret:
        return []
    return [som_faktum(f) for f in udmelding.fakta.gaeldende().order_by("registreret", "id")]


def _offentlige(aftale: Rammeaftale, antal: Collection[UUID], dag: date) -> _Viste:
    """What everybody may see. The counts are read as the system here, and leave with the hidden ones taken out."""
    try:
        vilkaar = gaeldende(aftale.kkr_id, dag)
        graense = vilkaar.heltal(Noegle.DISKRETION_GRAENSE)
    except DomaeneFejl:
        return _Viste({}, None, skjult=bool(antal))
    with som_systemet(OPTAELLING):
        alle = Udmeldingsantal.objects.for_systemet(OPTAELLING).filter(pk__in=antal).order_by("part_id")
        kendte = dict(alle.values_list("part_id", "antal_borgere"))
    skjult = skjulte(kendte, graense)
    return _Viste(
        {pk: tal for pk, tal in kendte.items() if pk not in skjult.raekker},
        None if skjult.i_alt else sum(kendte.values()),
        skjult=bool(skjult.raekker) or skjult.i_alt,
        kilde=kilde(vilkaar, Noegle.DISKRETION_GRAENSE),
    )


def seneste_rapport(aktoer: Aktoer, udmelding: Udmelding, dag: date) -> Udmeldingsrapport | None:
    """The report the actor may open, with whether it is made; the file is not read. Needs the call's agreement and KKR loaded.

    The secretariat's is the one ordered last. Others' is the one that is sent, also while it is taken up again: the last ordered
    before that was asked for. Earlier ones and drafts would tell what changed between them.
    """
    fil = Udmeldingsrapportfil.objects.filter(rapport=OuterRef("pk"))
    rapporter = udmelding.rapporter.annotate(faerdig=Exists(fil)).order_by("-bestilt", "-id")
    if er_sekretariat(aktoer, udmelding.aftale):
        return rapporter.first()
    fakta = udmelding.fakta.gaeldende().exclude(art=Udmeldingsart.MIDLERTIDIGT_PAALAEG).filter(dato__lte=dag)
    sket = list(fakta.order_by("dato", "registreret", "id"))
    sendt = [nr for nr, f in enumerate(sket) if f.art == Udmeldingsart.RAPPORT_SENDT]
    if udmelding.annulleret or not sendt:
        return None
    genoptaget = sket[sendt[-1] + 1 :]
    return (rapporter.filter(bestilt__lt=genoptaget[0].registreret) if genoptaget else rapporter).first()


def rapporter(aktoer: Aktoer, udmelding: Udmelding, dag: date) -> QuerySet[Udmeldingsrapport]:
    """The reports the actor may know of, with `status`, and `fejl` of what failed: the secretariat's every one it ordered, others'
    the one that is sent, once it is made. The job is its own organisation's, so nobody else reads of it. Needs as `seneste_rapport`.
    """
    job = Job.objects.filter(pk=OuterRef("job"))
    alle = udmelding.rapporter.annotate(
        faerdig=Exists(Udmeldingsrapportfil.objects.filter(rapport=OuterRef("pk"))),
        status=Case(
            When(faerdig=True, then=Value(JobStatus.FAERDIG.value)), default=Subquery(job.values("status")[:1])
        ),
        fejl=Coalesce(Subquery(job.values("fejl")[:1]), Value(""), output_field=TextField()),
    )
    if er_sekretariat(aktoer, udmelding.aftale):
        return alle
    sendt = seneste_rapport(aktoer, udmelding, dag)
    return alle.filter(pk=sendt.pk, faerdig=True) if sendt else alle.none()


def synlig_rapport(aktoer: Aktoer, rapport_id: UUID, dag: date) -> bytes | None:
    """The report as PDF, for those who may see its call; None for nothing to see, also while it is being made."""
    egne = synlige(aktoer).order_by().values("pk")
    fundne = Udmeldingsrapportfil.objects.select_related("rapport__udmelding__aftale__kkr")
    fil = fundne.filter(pk=rapport_id, rapport__udmelding__in=egne).first()
    if fil is None or not maa_se_rapporten(aktoer, fil.rapport, dag):
        return None
    return bytes(fil.pdf)


def maa_se_rapporten(aktoer: Aktoer, rapport: Udmeldingsrapport, dag: date) -> bool:
    """Whether somebody who may see the call may open this report of it: the secretariat any. Needs its call, agreement and KKR loaded."""
    udmelding = rapport.udmelding
    return er_sekretariat(aktoer, udmelding.aftale) or seneste_rapport(aktoer, udmelding, dag) == rapport


HOVED = ("Udmelding", "Målgruppe", "Modtaget", "Svarfrist", "Stand", "Har svaret", "Skal svare", "Gældende pålæg")


def raekker_ud(visninger: Iterable[Udmeldingsvisning]) -> Iterator[Sequence[Any]]:
    """A row for each call."""
    for v in visninger:
        u = v.udmelding
        paalaeg = "; ".join(str(f.tilbud) for f in v.paalaeg)
        gruppe = u.maalgruppe.term if u.maalgruppe else ""
        yield (u.titel, gruppe, u.modtaget, v.runde.frist, v.navn, v.svaret, v.parter, paalaeg)


SVARHOVED = (
    "Kommune",
    "Svaret",
    "Antal borgere",
    "Tilbud, der bruges",
    "Viden og erfaringer",
    "Det, der mangler",
    "Plan",
    "Fra før fornyet behandling",
    *KILDEHOVED,
)


def svarraekker_ud(oversigt: Svaroversigt) -> Iterator[Sequence[Any]]:
    """A row for each municipality, with its count as the actor may see it, and the total; each with what small counts are hidden after."""
    efter = kildeceller(oversigt.kilde)
    for v in oversigt.svar:
        svar = v.svar
        tekst = (svar.tilbud, svar.viden, svar.mangler, svar.plan) if svar else ("", "", "", "")
        foer = ("Ja" if v.fra_foer else "Nej") if svar else ""
        yield (v.part.organisation.navn, dagen(svar) if svar else None, v.antal, *tekst, foer, *efter)
    yield ("I alt", None, oversigt.i_alt, "", "", "", "", "Regnet med" if oversigt.gamle_med else "", *efter)
