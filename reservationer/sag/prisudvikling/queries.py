"""What stays in a KKR's area cost with supplements against the published takster, year by year, with small counts left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from faelles.fejl import DomaeneFejl
from faelles.tid import idag
from kommuner.models import Kkr, Organisation
from reservationer.sag.prisudvikling.regler import Aarspris, Ejer, serier
from reservationer.sag.prisudvikling.summer import Summer, Udeladt
from takster.models import Takstenhed
from takster.vaekst.queries import Faste, faste
from takster.vaekst.regler import Prisniveau
from tilbud.models import Hjemmel
from vilkaar.kilde import Kilde, hoejeste, kilde
from vilkaar.noegler import Noegle

PL_VILKAAR = (Noegle.VAEKSTLOFT_BASISAAR, Noegle.VAEKSTLOFT)
I_ALT = "I alt"
EJERNAVN: Mapping[Ejer, str] = {
    Ejer.KOMMUNE: "Kommunale tilbud",
    Ejer.REGION: "Regionale tilbud",
    Ejer.PRIVAT: "Private og selvejende tilbud",
}


@dataclass(frozen=True, slots=True)
class Raekke:
    """An operator, or a kind of offer, and the years of it that may be shown."""

    navn: str
    aarene: Sequence[Aarspris]
    noegle: UUID | str = ""

    def aaret(self, aar: int) -> Aarspris | None:
        """The year's, where it is shown."""
        return next((et for et in self.aarene if et.aar == aar), None)


@dataclass(frozen=True, slots=True)
class Ramme:
    """A year of a KKR's area, and what its prices are told by. `slut` is the first day that is not counted.

    Without `graense` nothing may be shown, and `hvorfor_intet` says why. Without `niveau` there are neither earlier years, fixed
    prices nor index, and `faste` says why.
    """

    kkr: Kkr
    aar: int
    enhed: Takstenhed
    slut: date
    graense: int | None
    graensekilde: Kilde | None
    hvorfor_intet: str
    faste: Faste

    @property
    def niveau(self) -> Prisniveau | None:
        """The prices of the year, where the terms say how to tell other years' in them."""
        return self.faste.niveau

    @property
    def pl_kilde(self) -> Kilde | None:
        """Where the base year and the PL are agreed; None without fixed prices."""
        return kilde(self.faste.vilkaar, *PL_VILKAAR) if self.faste.vilkaar and self.faste.niveau else None

    @property
    def tom(self) -> bool:
        """Whether no month of the year is over."""
        return self.slut <= date(self.aar, 1, 1)


@dataclass(frozen=True, slots=True)
class Prisudvikling:
    """The years of the area, as far as they may be shown: all of it, by kind of owner, by operator and by legal basis in Danish order."""

    ramme: Ramme
    alle: Raekke
    ejere: Sequence[Raekke] = ()
    driftsherrer: Sequence[Raekke] = ()
    hjemler: Sequence[Raekke] = ()
    udeladte: Sequence[Udeladt] = ()

    @property
    def aaret(self) -> Aarspris | None:
        """All of the year asked for, where it is shown."""
        return self.alle.aaret(self.ramme.aar)


def prisudvikling(
    kkr: Kkr, aar: int, enhed: Takstenhed = Takstenhed.DOEGN, *, dag: date | None = None
) -> Prisudvikling:
    """The years from the ceiling's base year to this one, of whole months before `dag` (today).

    A month that is not over would tell, day by day, who has moved in. The same statements however many stays.
    """
    ramme = _ramme(kkr, aar, enhed, dag or idag())
    if ramme.graense is None or ramme.tom:
        return Prisudvikling(ramme, Raekke(I_ALT, ()))
    fra = ramme.niveau.basisaar if ramme.niveau else aar
    summer = Summer.hent(kkr, fra, aar, enhed, ramme.slut)
    fundne = serier(summer.celler, ramme.graense, ramme.niveau)
    return Prisudvikling(
        ramme,
        alle=Raekke(I_ALT, fundne.alle),
        ejere=[Raekke(EJERNAVN[ejer], aarene, ejer.value) for ejer, aarene in fundne.ejere.items()],
        driftsherrer=[
            Raekke(navn, fundne.driftsherrer[pk], pk) for pk, navn in _driftsherrer(fundne.driftsherrer).items()
        ],
        hjemler=[
            Raekke(str(hjemmel), fundne.hjemler[hjemmel.pk], hjemmel.pk)
            for hjemmel in Hjemmel.objects.filter(pk__in=list(fundne.hjemler))
        ],
        udeladte=[et for et in summer.udeladte if et.ophold >= ramme.graense],
    )


def _ramme(kkr: Kkr, aar: int, enhed: Takstenhed, dag: date) -> Ramme:
    graense, graensekilde, hvorfor_intet = None, None, ""
    try:
        graense, graensekilde = hoejeste(kkr.pk, dag, Noegle.DISKRETION_GRAENSE)
    except DomaeneFejl as fejl:
        hvorfor_intet = fejl.besked
    return Ramme(
        kkr=kkr,
        aar=aar,
        enhed=enhed,
        slut=min(date(aar + 1, 1, 1), dag.replace(day=1)),
        graense=graense,
        graensekilde=graensekilde,
        hvorfor_intet=hvorfor_intet,
        faste=faste(kkr, aar),
    )


def _driftsherrer(noegler: Iterable[UUID]) -> Mapping[UUID, str]:
    fundne = Organisation.objects.filter(pk__in=list(noegler)).order_by("navn_sortering", "pk")
    return dict(fundne.values_list("pk", "navn"))
