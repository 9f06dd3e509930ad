"""Reading the wheel: the steps the secretariat has written, and the agreement's own dates, which nobody types twice."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from faelles.tid import Periode
from kommuner.models import Organisation
from rammeaftale.aarshjul.regler import Ansvar, Grundlag, Trinstand, samlet, trinstand
from rammeaftale.livscyklus import AFGOERENDE, afgoerelsesdag
from rammeaftale.models import Aarshjulstrin, Aarshjulsudfoerelse, Part, Rammeaftale
from rammeaftale.queries import Partsstand
from rammeaftale.tavle import Aftalevisning, vis_alle

GODKENDELSE = "Parternes godkendelse"
AFTALEN = "Aftalen"  # what the agreement's own dates have as their source


@dataclass(frozen=True, slots=True)
class Skyldig:
    """One who owes a step, and where it stands. `udfoerelse` is what the secretariat has registered, and can take back."""

    organisation: Organisation
    stand: Trinstand
    udfoert: date | None = None
    udfoerelse: UUID | None = None


@dataclass(frozen=True, slots=True)
class Hjulpunkt:
    """A step of the wheel with everybody who owes it. `trin` is None for the agreement's own dates."""

    aftale: Rammeaftale
    opgave: str
    frist: date
    ansvar: Ansvar
    grundlag: Grundlag
    kilde: str
    skyldige: Sequence[Skyldig]
    trin: Aarshjulstrin | None = None

    @property
    def stand(self) -> Trinstand:
        """Where the step stands: as the one furthest behind."""
        return samlet([s.stand for s in self.skyldige])

    @property
    def mangler(self) -> list[Skyldig]:
        """Those who have not done it."""
        return [s for s in self.skyldige if s.stand is not Trinstand.UDFOERT]

    @property
    def udfoerte(self) -> list[Skyldig]:
        """Those who have done it."""
        return [s for s in self.skyldige if s.stand is Trinstand.UDFOERT]


def hjul(aftale: Rammeaftale, dag: date) -> list[Hjulpunkt]:
    """An agreement's steps by date, as they stand on the day."""
    return hjul_for(vis_alle([aftale], dag), dag)


def hjul_for(aftaler: Collection[Aftalevisning], dag: date) -> list[Hjulpunkt]:
    """The steps of several agreements by date, in at most three statements whatever their number; each has its secretariat loaded."""
    ved_id = {visning.aftale.id: visning.aftale for visning in aftaler}
    alle = list(Aarshjulstrin.objects.filter(aftale__in=ved_id))
    parter = _parter({trin.aftale_id for trin in alle})
    udfoert = {(u.trin_id, u.organisation_id): u for u in Aarshjulsudfoerelse.objects.filter(trin__in=alle)}
    punkter = []
    for trin in alle:
        aftale = ved_id[trin.aftale_id]
        if trin.ansvar == Ansvar.SEKRETARIAT:
            skylder = [o for o in (aftale.kkr.sekretariat,) if o]
        else:
            skylder = list(_paa(parter[aftale.id], afgoerelsesdag(aftale.aftaleperiode, trin.frist)))
        punkter.append(_punkt(aftale, trin, skylder, udfoert, dag))
    punkter += [punkt for visning in aftaler if (punkt := _godkendelse(visning, dag))]
    return sorted(punkter, key=lambda p: (p.frist, p.opgave))


def _parter(aftaler: Collection[UUID]) -> Mapping[UUID, list[Part]]:
    parter: dict[UUID, list[Part]] = {nr: [] for nr in aftaler}
    for part in (
        Part.objects.filter(aftale__in=aftaler)
        .select_related("organisation")
        .order_by("organisation__navn_sortering", "id")
    ):
        parter[part.aftale_id].append(part)
    return parter


def _paa(parter: Iterable[Part], dag: date) -> Iterator[Organisation]:
    return (p.organisation for p in parter if Periode.af_range(p.periode).indeholder(dag))


def _punkt(
    aftale: Rammeaftale,
    trin: Aarshjulstrin,
    skylder: Iterable[Organisation],
    udfoert: Mapping[tuple[UUID, UUID], Aarshjulsudfoerelse],
    dag: date,
) -> Hjulpunkt:
    def skyldig(organisation: Organisation) -> Skyldig:
        u = udfoert.get((trin.id, organisation.id))
        stand = trinstand(trin.frist, trin.paamind_dage or 0, dag, udfoert=u is not None)
        return Skyldig(organisation, stand, u.dato if u else None, u.id if u else None)

    return Hjulpunkt(
        aftale=aftale,
        opgave=trin.opgave,
        frist=trin.frist,
        ansvar=Ansvar(trin.ansvar),
        grundlag=Grundlag(trin.grundlag),
        kilde=trin.kilde,
        skyldige=[skyldig(organisation) for organisation in skylder],
        trin=trin,
    )


def _godkendelse(visning: Aftalevisning, dag: date) -> Hjulpunkt | None:
    """The deadline for the parties' decisions on what was sent last; a decision of either kind is an answer."""
    aftale, version = visning.aftale, visning.version
    frist = aftale.godkendelsesfrist
    if frist is None or version is None or version.sendt is None:
        return None
    return Hjulpunkt(
        aftale=aftale,
        opgave=GODKENDELSE,
        frist=frist,
        ansvar=Ansvar.HVER_PART,
        grundlag=Grundlag.AFTALT,
        kilde=f"{AFTALEN}, version {version.nummer}",
        skyldige=[_besluttet(stand, frist, dag) for stand in visning.partsstande],
    )


def _besluttet(stand: Partsstand, frist: date, dag: date) -> Skyldig:
    svaret = stand.status in AFGOERENDE
    dato = stand.seneste.dato if svaret and stand.seneste else None
    return Skyldig(stand.part.organisation, trinstand(frist, 0, dag, udfoert=svaret), dato)


@dataclass(frozen=True, slots=True)
class Bagud:
    """One who is behind, and with what."""

    organisation: Organisation
    opgaver: Sequence[Hjulpunkt]


def bagud(punkter: Iterable[Hjulpunkt]) -> list[Bagud]:
    """Everybody who has let a deadline pass, by number of steps and then in Danish order."""
    skyldnere: dict[UUID, tuple[Organisation, list[Hjulpunkt]]] = {}
    for punkt in punkter:
        for skyldig in punkt.skyldige:
            if skyldig.stand is Trinstand.OVERSKREDET:
                org = skyldig.organisation
                skyldnere.setdefault(org.id, (org, []))[1].append(punkt)
    return sorted(
        (Bagud(org, opgaver) for org, opgaver in skyldnere.values()),
        key=lambda b: (-len(b.opgaver), b.organisation.navn_sortering),
    )


def egne(punkter: Iterable[Hjulpunkt], organisation: UUID) -> list[Hjulpunkt]:
    """The steps an organisation owes, with itself as the only one."""
    return [
        replace(p, skyldige=sine)
        for p in punkter
        if (sine := [s for s in p.skyldige if s.organisation.id == organisation])
    ]


def aarene(punkter: Iterable[Hjulpunkt]) -> list[int]:
    """The years the steps are due in."""
    return sorted({punkt.frist.year for punkt in punkter})


def omkring(punkter: Iterable[Hjulpunkt], dag: date, flest: int) -> tuple[list[Hjulpunkt], list[Hjulpunkt]]:
    """What is not done: everything overdue on the day, and the next few steps, by date."""
    mangler = sorted((p for p in punkter if p.mangler), key=lambda p: (p.frist, p.opgave))
    return [p for p in mangler if p.frist < dag], [p for p in mangler if p.frist >= dag][:flest]
