"""Reading focus areas with the work on them and where its milestones stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from faelles.aktoer import Aktoer
from kommuner.models import Organisation
from rammeaftale.fokus.regler import MILEPAELSSTAND_NAVN, Fremdrift, Milepaelsstand, fremdrift, stand
from rammeaftale.models import Fokusomraade, Indsats, Milepael, Milepaelsmelding, Rammeaftale
from rammeaftale.queries import seneste_version
from rammeaftale.tekst.queries import Klausultekst, klausuler, som_gemt


@dataclass(frozen=True, slots=True)
class Milepaelsvisning:
    """A milestone as it stands on a day, with what was reported of it last."""

    milepael: Milepael
    stand: Milepaelsstand
    sidste: Milepaelsmelding | None

    @property
    def navn(self) -> str:
        """Where it stands, in words."""
        return MILEPAELSSTAND_NAVN[self.stand]


@dataclass(frozen=True, slots=True)
class Indsatsvisning:
    """Work on a focus area with its milestones by date."""

    indsats: Indsats
    milepaele: Sequence[Milepaelsvisning]


@dataclass(frozen=True, slots=True)
class Omraadevisning:
    """A focus area as it stands on a day."""

    omraade: Fokusomraade
    indsatser: Sequence[Indsatsvisning]

    @property
    def milepaele(self) -> list[Milepaelsvisning]:
        """Every milestone of the area."""
        return [m for indsats in self.indsatser for m in indsats.milepaele]

    @property
    def fremdrift(self) -> Fremdrift:
        """How far it has come."""
        return fremdrift(m.stand for m in self.milepaele)


def mulige_klausuler(aftale: Rammeaftale, valgt: UUID | None = None) -> list[Klausultekst]:
    """The clauses an area can stand in: those of the latest version, and the one it stands in already, also when that has gone."""
    version = seneste_version(aftale)
    fundne = klausuler(version) if version else []
    if valgt is None or any(k.id == valgt for k in fundne):
        return fundne
    gaaet = som_gemt(aftale, valgt)
    return [*fundne, gaaet] if gaaet else fundne


def synlige(aktoer: Aktoer) -> QuerySet[Fokusomraade]:
    """The focus areas of the agreements the actor's organisation is party to or keeps."""
    return Fokusomraade.objects.filter(aftale__in=Rammeaftale.objects.synlige_for(aktoer).order_by().values("pk"))


def med_indhold(omraader: QuerySet[Fokusomraade]) -> QuerySet[Fokusomraade]:
    """With their work, milestones and reports, in three statements more."""
    return omraader.select_related("aftale", "fortsaetter__aftale").prefetch_related(
        Prefetch("indsatser", queryset=_indsatser())
    )


def _indsatser() -> QuerySet[Indsats]:
    meldinger = Milepaelsmelding.objects.order_by("registreret", "id")
    milepaele = Milepael.objects.select_related("ansvarlig").prefetch_related(Prefetch("meldinger", queryset=meldinger))
    return Indsats.objects.prefetch_related(Prefetch("milepaele", queryset=milepaele))


def vis(omraader: Iterable[Fokusomraade], dag: date) -> list[Omraadevisning]:
    """Areas loaded by `med_indhold` as they stand on the day."""
    return [
        Omraadevisning(
            omraade,
            [_vis_indsats(i, dag) for i in omraade.indsatser.all()],
        )
        for omraade in omraader
    ]


def _vis_indsats(indsats: Indsats, dag: date) -> Indsatsvisning:
    return Indsatsvisning(indsats, [vis_milepael(m, dag) for m in indsats.milepaele.all()])


def vis_milepael(milepael: Milepael, dag: date) -> Milepaelsvisning:
    """One whose reports are loaded in the order they were registered, those dated later than the day left out."""
    meldt = [m for m in milepael.meldinger.all() if m.dato <= dag]
    sidste = meldt[-1] if meldt else None
    return Milepaelsvisning(
        milepael, stand(Milepaelsstand(sidste.stand) if sidste else None, milepael.frist, dag), sidste
    )


def milepaele_i(omraade: Fokusomraade) -> QuerySet[Milepael]:
    """Every milestone of the area by date, with the work it belongs to and who has it."""
    return Milepael.objects.filter(indsats__fokusomraade=omraade).select_related("indsats", "ansvarlig")


def synlig_indsats(aktoer: Aktoer, indsats_id: UUID, dag: date) -> Indsatsvisning | None:
    """Work of an agreement the actor sees, as it stands on the day."""
    fundne = _indsatser().filter(pk=indsats_id, fokusomraade__in=synlige(aktoer).order_by().values("pk"))
    indsats = fundne.first()
    return _vis_indsats(indsats, dag) if indsats else None


def synlig_milepael(aktoer: Aktoer, milepael_id: UUID) -> Milepael | None:
    """One of an agreement the actor sees, with its reports in the order they were registered."""
    meldinger = Milepaelsmelding.objects.select_related("registreret_af").order_by("registreret", "id")
    fundne = Milepael.objects.select_related("ansvarlig", "indsats__fokusomraade__aftale__kkr")
    fundne = fundne.prefetch_related(Prefetch("meldinger", queryset=meldinger))
    return fundne.filter(pk=milepael_id, indsats__fokusomraade__in=synlige(aktoer).order_by().values("pk")).first()


def mulige_ansvarlige(aftale: Rammeaftale) -> QuerySet[Organisation]:
    """The agreement's parties of any day and its secretariat, in Danish order."""
    hvem = Q(parter__aftale=aftale) | Q(pk=aftale.kkr.sekretariat_id)
    return Organisation.objects.filter(pk__in=Organisation.objects.filter(hvem).order_by().values("pk")).order_by(
        "navn_sortering", "pk"
    )


@dataclass(frozen=True, slots=True)
class Forsinket:
    """One who has let milestones pass, and which."""

    organisation: Organisation
    milepaele: Sequence[Milepaelsvisning]


def forsinkede(visninger: Iterable[Omraadevisning]) -> list[Forsinket]:
    """Everybody with a milestone that is late, by how many and then in Danish order."""
    hos: dict[UUID, list[Milepaelsvisning]] = {}
    for visning in visninger:
        for m in visning.milepaele:
            if m.stand is Milepaelsstand.OVERSKREDET:
                hos.setdefault(m.milepael.ansvarlig_id, []).append(m)
    fundne = [Forsinket(sene[0].milepael.ansvarlig, sene) for sene in hos.values()]
    return sorted(fundne, key=lambda f: (-len(f.milepaele), f.organisation.navn_sortering))


HOVED = (
    "Nr.",
    "Fokusområde",
    "Sat af",
    "Fortsætter fra",
    "Indsats",
    "Milepæl",
    "Frist",
    "Ansvarlig",
    "Stand",
    "Senest meldt",
    "Bemærkning",
    "Dokumentation",
)


def raekker_ud(visninger: Iterable[Omraadevisning]) -> Iterator[Sequence[Any]]:
    """A row for each milestone; an area or work without any has one."""
    for visning in visninger:
        omraade = visning.omraade
        fra = omraade.fortsaetter.aftale.titel if omraade.fortsaetter else ""
        fast = (omraade.nummer, omraade.navn, omraade.get_ophav_display(), fra)
        for i in visning.indsatser:
            for m in i.milepaele:
                sidst = m.sidste
                meldt = (sidst.dato, sidst.tekst, sidst.dokumentation_url) if sidst else (None, "", "")
                hvad = (m.milepael.navn, m.milepael.frist, m.milepael.ansvarlig.navn, m.navn)
                yield (*fast, i.indsats.navn, *hvad, *meldt)
            if not i.milepaele:
                yield (*fast, i.indsats.navn, *_TOM)
        if not visning.indsatser:
            yield (*fast, "", *_TOM)


_TOM = ("", None, "", "", None, "", "")
