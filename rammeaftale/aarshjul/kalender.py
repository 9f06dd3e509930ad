"""The days of the wheel nobody is reminded of: meetings of the KKR's bodies and the deadlines of hearings, for the one who looks.

They are read from where they live, and nobody owes them here: what a party is behind with is the wheel's own (`queries`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from faelles.aktoer import Aktoer
from rammeaftale.aarshjul.queries import Hjul, Hjulpunkt, orden
from rammeaftale.aarshjul.regler import GRUNDLAG_NAVN, Dagart, Grundlag
from rammeaftale.hoering.queries import linjer
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Hoering, Moede, Organbeslutning, Rammeaftale
from rammeaftale.moeder.queries import synlige

if TYPE_CHECKING:  # only mypy needs it, and it is not there at run time
    from django_stubs_ext import WithAnnotations


class _Stand(TypedDict):
    besluttet: bool


@dataclass(frozen=True, slots=True)
class Kalenderdag:
    """A day that is nobody's duty. `opgave`, `hvem`, `grundlag`, `kilde` and `stand` are in words, `variant` is the badge's colour."""

    art: Dagart
    opgave: str
    frist: date
    hvem: str
    grundlag: str
    kilde: str
    stand: str
    variant: str
    url: str

    @property
    def maerke(self) -> str:
        """Its mark on the wheel."""
        return self.art.value


def alle_dage(hjul: Hjul, aftale: Rammeaftale, laeser: Aktoer, dag: date) -> list[Hjulpunkt | Kalenderdag]:
    """The steps of an agreement's wheel among the days the reader may see, in the order of the list; two statements."""
    dage: list[Hjulpunkt | Kalenderdag] = [
        *hjul.punkter,
        *_moeder(aftale, laeser, dag),
        *_hoeringsfrister(aftale, laeser, dag),
    ]
    return sorted(dage, key=orden)


def _moeder(aftale: Rammeaftale, laeser: Aktoer, dag: date) -> Iterator[Kalenderdag]:
    for moede in _om_aftalen(aftale, synlige(laeser), dag):
        holdt = moede.dato < dag or moede.besluttet
        yield Kalenderdag(
            art=Dagart.MOEDE,
            opgave=f"Møde: {moede.organ.navn}",
            frist=moede.dato,
            hvem="Organets medlemmer",
            grundlag=GRUNDLAG_NAVN[Grundlag.AFTALT],
            kilde="Organets møder",
            stand="Holdt" if holdt else "Kommende møde",
            variant="success" if holdt else "stille",
            url=reverse("rammeaftale:moede", args=[moede.pk]),
        )


def _om_aftalen(aftale: Rammeaftale, moeder: QuerySet[Moede], dag: date) -> "QuerySet[WithAnnotations[Moede, _Stand]]":
    """Those that have decided about the agreement, those of its period, and those that still can: planned for a day before it ends; each
    with whether it has decided anything.
    """
    hvilke = Q(pk__in=Organbeslutning.objects.filter(sag__version__aftale=aftale).order_by().values("moede"))
    if aftale.tilstand != Aftaletilstand.BORTFALDET:
        periode = aftale.aftaleperiode
        fra = min(periode.fra, dag)
        hvilke |= Q(dato__gte=fra, dato__lt=periode.til) if periode.til else Q(dato__gte=fra)
    besluttet = Exists(Organbeslutning.objects.filter(moede=OuterRef("pk")))
    egne = moeder.filter(hvilke, organ__kkr=aftale.kkr_id).select_related("organ")
    return egne.annotate(besluttet=besluttet)


def _hoeringsfrister(aftale: Rammeaftale, laeser: Aktoer, dag: date) -> Iterator[Kalenderdag]:
    for linje in linjer(Hoering.objects.synlige_for(laeser).filter(version__aftale=aftale), dag):
        yield Kalenderdag(
            art=Dagart.HOERING,
            opgave=f"Høring: {linje.hoering.titel}",
            frist=linje.hoering.frist,
            hvem="Høringsparterne",
            grundlag="Fastsat af sekretariatet",
            kilde=f"Høring over version {linje.hoering.version.nummer}",
            stand="Fristen er gået" if linje.overskredet else linje.standnavn,
            variant=linje.variant,
            url=reverse("rammeaftale:hoering", args=[linje.hoering.pk]),
        )
