"""Reading the wheel: the steps the secretariat has written, and the agreement's own dates, which nobody types twice."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse

from faelles.sprog import sortnoegle
from faelles.tid import Periode
from kommuner.models import Organisation, Organisationsart
from rammeaftale.aarshjul.frister import Frister, Milepaelsfrist, Udmeldingsfrist, frister_for
from rammeaftale.aarshjul.regler import ANSVAR_NAVN, GRUNDLAG_NAVN, Ansvar, Emne, Grundlag, Trinstand, samlet, trinstand
from rammeaftale.livscyklus import AFGOERENDE, afgoerelsesdag
from rammeaftale.models import Aarshjulstrin, Aarshjulsudfoerelse, Part, Rammeaftale
from rammeaftale.queries import Partsstand
from rammeaftale.tavle import Aftalevisning, vis_alle

GODKENDELSE = "Parternes godkendelse"
AFTALEN = "Aftalen"  # what the agreement's own dates have as their source
STYRELSEN = "Fastsat af Social- og Boligstyrelsen"


@dataclass(frozen=True, slots=True)
class Skyldig:
    """One who owes a step, and where it stands. `udfoerelse` is what the secretariat has registered, and can take back."""

    organisation: Organisation
    stand: Trinstand
    udfoert: date | None = None
    udfoerelse: UUID | None = None


@dataclass(frozen=True, slots=True)
class Hjulpunkt:
    """A step of the wheel with everybody who owes it; `hver`: each for itself. `hvem` and `grundlag` are in words.

    `emne` and `emne_id` are what it belongs to; `gennemgaas`: carried over from the previous agreement and not looked at yet, so
    that nobody is reminded. `trin` is None for the agreement's own dates, which have `url`: where they are worked on.
    """

    emne: Emne
    emne_id: UUID
    aftale: Rammeaftale
    opgave: str
    frist: date
    hvem: str
    grundlag: str
    kilde: str
    skyldige: Sequence[Skyldig]
    hver: bool = False
    paamind_dage: int | None = None
    trin: Aarshjulstrin | None = None
    gennemgaas: bool = False
    url: str = ""

    @property
    def stand(self) -> Trinstand:
        """Where the step stands: as the one furthest behind."""
        return samlet([s.stand for s in self.skyldige])

    @property
    def maerke(self) -> str:
        """Its mark on the wheel."""
        return self.stand.value

    @property
    def sted(self) -> str:
        """Where people see it: its own page, or its year of the wheel."""
        return self.url or f"{reverse('rammeaftale:aarshjul', args=[self.aftale.slug])}?aar={self.frist.year}"

    @property
    def mangler(self) -> list[Skyldig]:
        """Those who have not done it."""
        return [s for s in self.skyldige if s.stand is not Trinstand.UDFOERT]

    @property
    def udfoerte(self) -> list[Skyldig]:
        """Those who have done it."""
        return [s for s in self.skyldige if s.stand is Trinstand.UDFOERT]


@dataclass(frozen=True, slots=True)
class Hjul:
    """The steps by date, and those who are party on the day to an agreement that has not run out."""

    punkter: Sequence[Hjulpunkt]
    parter: Collection[Organisation]


def hjul(aftale: Rammeaftale, dag: date) -> Hjul:
    """An agreement's wheel, as it stands on the day."""
    return hjul_for(vis_alle([aftale], dag), dag)


def hjul_for(aftaler: Collection[Aftalevisning], dag: date) -> Hjul:
    """The wheel of several agreements, in three statements whatever their number; each has its secretariat loaded.

    One statement more when somebody who has a milestone is no party any more.
    """
    ved_id = {visning.aftale.id: visning.aftale for visning in aftaler}
    parter, frister = _parter(ved_id), frister_for(ved_id, dag)
    punkter = []
    for trin in Aarshjulstrin.objects.filter(aftale__in=ved_id).annotate(udfoert_af=_udfoert_af()):
        aftale = ved_id[trin.aftale_id]
        if trin.ansvar == Ansvar.SEKRETARIAT:
            skylder = [o for o in (aftale.kkr.sekretariat,) if o]
        else:
            paa = afgoerelsesdag(aftale.aftaleperiode, trin.frist)
            skylder = [part.organisation for part in _paa(parter[aftale.id], paa)]
        punkter.append(_punkt(aftale, trin, skylder, dag))
    kendte = _organisationer(aftaler, parter, frister)
    nu_parter: set[Organisation] = set()
    for pk, aftale in ved_id.items():
        egne_frister = frister.get(pk, Frister())
        punkter += [_milepaelspunkt(aftale, m, kendte[m.ansvarlig_id], dag) for m in egne_frister.milepaele]
        dagens = list(_paa(parter[pk], afgoerelsesdag(aftale.aftaleperiode, dag)))
        if aftale.aftaleperiode.til is None or dag < aftale.aftaleperiode.til:
            nu_parter |= {part.organisation for part in dagens}
        kommuner = [part for part in dagens if part.organisation.art == Organisationsart.KOMMUNE]
        punkter += [_udmeldingspunkt(aftale, u, kommuner, dag) for u in egne_frister.udmeldinger]
    punkter += [punkt for visning in aftaler if (punkt := _godkendelse(visning, dag))]
    return Hjul(sorted(punkter, key=orden), nu_parter)


def _udfoert_af() -> ArraySubquery:
    """Of each step, who has done it and when."""
    return ArraySubquery(
        Aarshjulsudfoerelse.objects.filter(trin=OuterRef("pk")).values(
            json=JSONObject(id="id", organisation="organisation_id", dato="dato")
        )
    )


def _organisationer(
    aftaler: Iterable[Aftalevisning], parter: Mapping[UUID, Iterable[Part]], frister: Mapping[UUID, Frister]
) -> dict[UUID, Organisation]:
    """Everybody who has a milestone: parties and secretariats, which are read already, and any that has stopped being one."""
    kendte = {part.organisation_id: part.organisation for deres in parter.values() for part in deres}
    kendte |= {o.id: o for visning in aftaler if (o := visning.aftale.kkr.sekretariat)}
    ukendte = {m.ansvarlig_id for deres in frister.values() for m in deres.milepaele} - set(kendte)
    return kendte | Organisation.objects.in_bulk(ukendte) if ukendte else kendte


def _parter(aftaler: Collection[UUID]) -> Mapping[UUID, list[Part]]:
    parter: dict[UUID, list[Part]] = {nr: [] for nr in aftaler}
    for part in (
        Part.objects.filter(aftale__in=aftaler)
        .select_related("organisation")
        .order_by("organisation__navn_sortering", "id")
    ):
        parter[part.aftale_id].append(part)
    return parter


def _paa(parter: Iterable[Part], dag: date) -> Iterator[Part]:
    return (p for p in parter if Periode.af_range(p.periode).indeholder(dag))


def _punkt(
    aftale: Rammeaftale,
    trin: Aarshjulstrin,
    skylder: Iterable[Organisation],
    dag: date,
) -> Hjulpunkt:
    udfoert: dict[UUID, Mapping[str, Any]] = {UUID(u["organisation"]): u for u in vars(trin)["udfoert_af"]}

    def skyldig(organisation: Organisation) -> Skyldig:
        u = udfoert.get(organisation.id)
        stand = trinstand(trin.frist, trin.paamind_dage or 0, dag, udfoert=u is not None)
        return (
            Skyldig(organisation, stand, date.fromisoformat(u["dato"]), UUID(u["id"]))
            if u
            else Skyldig(organisation, stand)
        )

    return Hjulpunkt(
        emne=Emne.TRIN,
        emne_id=trin.pk,
        aftale=aftale,
        opgave=trin.opgave,
        frist=trin.frist,
        hvem=ANSVAR_NAVN[Ansvar(trin.ansvar)],
        grundlag=GRUNDLAG_NAVN[Grundlag(trin.grundlag)],
        kilde=trin.kilde,
        skyldige=[skyldig(organisation) for organisation in skylder],
        hver=trin.ansvar == Ansvar.HVER_PART,
        paamind_dage=trin.paamind_dage,
        trin=trin,
        gennemgaas=trin.gennemgaas,
    )


def _milepaelspunkt(aftale: Rammeaftale, m: Milepaelsfrist, ansvarlig: Organisation, dag: date) -> Hjulpunkt:
    stand = trinstand(m.frist, m.paamind_dage or 0, dag, udfoert=m.naaet is not None)
    return Hjulpunkt(
        emne=Emne.MILEPAEL,
        emne_id=m.id,
        aftale=aftale,
        opgave=f"Milepæl: {m.navn}",
        frist=m.frist,
        hvem=ansvarlig.navn,
        grundlag=GRUNDLAG_NAVN[Grundlag.AFTALT],
        kilde=f"Fokusområdet {m.omraade}",
        skyldige=[Skyldig(ansvarlig, stand, m.naaet)],
        paamind_dage=m.paamind_dage,
        gennemgaas=m.gennemgaas,
        url=reverse("rammeaftale:milepael", args=[m.id]),
    )


def _udmeldingspunkt(aftale: Rammeaftale, u: Udmeldingsfrist, kommuner: Iterable[Part], dag: date) -> Hjulpunkt:
    """The municipalities' answers to a call. When the joint report is sent, only those who answered are left: nobody can any more."""
    skylder = [part for part in kommuner if not u.afsendt or part.id in u.svar]
    return Hjulpunkt(
        emne=Emne.UDMELDING,
        emne_id=u.id,
        aftale=aftale,
        opgave=f"Svar på udmelding: {u.titel}",
        frist=u.frist,
        hvem="Hver kommune",
        grundlag=STYRELSEN,
        kilde="Central udmelding",
        skyldige=[
            Skyldig(
                part.organisation,
                trinstand(u.frist, u.paamind_dage or 0, dag, udfoert=part.id in u.svar),
                u.svar.get(part.id),
            )
            for part in skylder
        ],
        hver=True,
        paamind_dage=u.paamind_dage,
        url=reverse("rammeaftale:udmelding", args=[u.id]),
    )


def _godkendelse(visning: Aftalevisning, dag: date) -> Hjulpunkt | None:
    """The deadline for the parties' decisions on what was sent last; a decision of either kind is an answer.

    Nobody is reminded of a version that is called back or is adopted.
    """
    aftale, version = visning.aftale, visning.version
    frist = aftale.godkendelsesfrist
    if frist is None or version is None or version.sendt is None:
        return None
    paamind_dage = aftale.paamind_dage if visning.til_godkendelse else None
    return Hjulpunkt(
        emne=Emne.VERSION,
        emne_id=version.id,
        aftale=aftale,
        opgave=GODKENDELSE,
        frist=frist,
        hvem=ANSVAR_NAVN[Ansvar.HVER_PART],
        grundlag=GRUNDLAG_NAVN[Grundlag.AFTALT],
        kilde=f"{AFTALEN}, version {version.nummer}",
        skyldige=[_besluttet(stand, frist, paamind_dage or 0, dag) for stand in visning.partsstande],
        hver=True,
        paamind_dage=paamind_dage,
        url=reverse("rammeaftale:detalje", args=[aftale.slug]),
    )


def _besluttet(stand: Partsstand, frist: date, dage_foer: int, dag: date) -> Skyldig:
    svaret = stand.status in AFGOERENDE
    dato = stand.seneste.dato if svaret and stand.seneste else None
    return Skyldig(stand.part.organisation, trinstand(frist, dage_foer, dag, udfoert=svaret), dato)


@dataclass(frozen=True, slots=True)
class Stilling:
    """One who owes something, and the deadlines it has let pass, if any."""

    organisation: Organisation
    overskredne: Sequence[Hjulpunkt]


def stillinger(hjul: Hjul) -> list[Stilling]:
    """Every party, and whoever else is behind, in Danish order."""
    overskredne: dict[Organisation, list[Hjulpunkt]] = {part: [] for part in hjul.parter}
    for punkt in hjul.punkter:
        for skyldig in punkt.skyldige:
            if skyldig.stand is Trinstand.OVERSKREDET:
                overskredne.setdefault(skyldig.organisation, []).append(punkt)
    alle = [Stilling(organisation, opgaver) for organisation, opgaver in overskredne.items()]
    return sorted(alle, key=lambda s: (s.organisation.navn_sortering, s.organisation.id))


def egne(punkter: Iterable[Hjulpunkt], organisation: UUID) -> list[Hjulpunkt]:
    """The steps an organisation owes, with itself as the only one."""
    return [
        replace(p, skyldige=sine)
        for p in punkter
        if (sine := [s for s in p.skyldige if s.organisation.id == organisation])
    ]


class Dateret(Protocol):
    """What has a day and a name."""

    @property
    def frist(self) -> date:
        """The day."""

    @property
    def opgave(self) -> str:
        """What people call it."""


def orden(punkt: Dateret) -> tuple[date, str]:
    """The order of the list: by day, then Danish."""
    return punkt.frist, sortnoegle(punkt.opgave)


def omkring(punkter: Iterable[Hjulpunkt], dag: date, flest: int) -> tuple[list[Hjulpunkt], list[Hjulpunkt]]:
    """What is not done: everything overdue on the day, and the next few steps, by date."""
    mangler = sorted((p for p in punkter if p.mangler), key=orden)
    return [p for p in mangler if p.frist < dag], [p for p in mangler if p.frist >= dag][:flest]
