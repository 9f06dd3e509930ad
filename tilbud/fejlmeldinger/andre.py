"""Reports about what is no offer of the register: offers known from published lists, and clusters.

Nobody here runs a published offer, whose operator is only a text, and nobody but the secretariat decides about a cluster. So the
secretariat answers: of the KKR the cluster is in, or that the published offer's municipality is in that day; where the source tells
none, that of its operator, when this is named exactly as a municipality. Where that is not known either, nobody would answer, and
nothing can be reported; the page says so and points at the source.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from uuid import UUID

from faelles.fejl import IkkeFundet
from kommuner.models import Kkr, KkrMedlemskab, Kommune
from tilbud.fejlmeldinger.visning import INTET
from tilbud.klynger.queries import ansvarligt_kkr as klyngens_kkr
from tilbud.klynger.queries import medlemmer_paa
from tilbud.models import KLYNGENS, OFFENTLIGGJORTE, Emne, Faktum, Klynge, OffentligtTilbud

INGEN_SVARER = "Ingen i platformen svarer for det, så der kan ikke meldes fejl. Er det forkert, rettes det ved kilden."


class Emneslags(StrEnum):
    """What a report can be about besides an offer of the register; also the name of the report's relation to it."""

    OFFENTLIGT = "offentligt"
    KLYNGE = "klynge"


Andet = OffentligtTilbud | Klynge
_FAKTA: Mapping[Emneslags, frozenset[Faktum]] = {
    Emneslags.OFFENTLIGT: OFFENTLIGGJORTE,
    Emneslags.KLYNGE: KLYNGENS,
}


def fakta_om(slags: Emneslags) -> list[Faktum]:
    """The facts that are shown of it, in the order of `Faktum`."""
    return [faktum for faktum in Faktum if faktum in _FAKTA[slags]]


def hent(slags: Emneslags, emne_id: UUID, *, laas: bool = False) -> Andet:
    """What is asked about, `laas`: locked until the transaction ends. Raises IkkeFundet."""
    alle = OffentligtTilbud.objects if slags is Emneslags.OFFENTLIGT else Klynge.objects
    raekker = alle.select_for_update(no_key=True) if laas else alle.all()
    fundet = raekker.filter(pk=emne_id).first()
    if fundet is None:
        if slags is Emneslags.KLYNGE:
            raise IkkeFundet("klynge_ikke_fundet", "Klyngen findes ikke.")
        raise IkkeFundet("tilbud_ikke_fundet", "Det offentliggjorte tilbud findes ikke.")
    return fundet


def ansvarligt_kkr(emne: Andet, dag: date) -> Kkr | None:
    """The KKR whose secretariat answers on the day; None where nobody does."""
    if isinstance(emne, Klynge):
        kkr = klyngens_kkr(emne, dag)
        return kkr if kkr.sekretariat_id else None
    medlemskab = KkrMedlemskab.objects.paa(dag).filter(kommune=kommunen(emne), kkr__sekretariat__isnull=False)
    fundet = medlemskab.select_related("kkr__sekretariat").first()
    return fundet.kkr if fundet else None


def kommunen(tilbud: OffentligtTilbud) -> str | None:
    """The municipality that decides who answers: its own, or else the one its operator is; None where neither is known."""
    hos_driftsherren = Kommune.objects.filter(organisation__navn=tilbud.driftsherre).values_list("pk", flat=True)
    return tilbud.kommune_id or hos_driftsherren.first()


def vist_om(emne: Emne, faktum: Faktum, dag: date) -> str:
    """The fact as it is shown on the day, in words."""
    if isinstance(emne, Klynge):
        return _KLYNGENS[faktum](emne, dag) or INTET
    if isinstance(emne, OffentligtTilbud):
        return _OFFENTLIGGJORTE[faktum](emne) or INTET
    raise TypeError(emne)


def _maalgrupper(klynge: Klynge) -> str:
    return ", ".join(map(str, klynge.maalgrupper.all())) or "Alle"


_KLYNGENS: Mapping[Faktum, Callable[[Klynge, date], str]] = {
    Faktum.NAVN: lambda k, _dag: k.navn,
    Faktum.FORMAAL: lambda k, _dag: k.formaal,
    Faktum.OMRAADE: lambda k, dag: str(klyngens_kkr(k, dag)),
    Faktum.MAALGRUPPER: lambda k, _dag: _maalgrupper(k),
    Faktum.MEDLEMMER: lambda k, dag: ", ".join(medlemmer_paa(k, dag)),
}
AfOffentligt = Callable[[OffentligtTilbud], str]
_OFFENTLIGGJORTE: dict[Faktum, AfOffentligt] = {
    Faktum.NAVN: lambda t: t.navn,
    Faktum.DRIFTSHERRE: lambda t: t.driftsherre,
    Faktum.KOMMUNE: lambda t: str(t.kommune or ""),
    Faktum.MAALGRUPPER: lambda t: t.maalgruppe,
    Faktum.HJEMLER: lambda t: t.hjemmel_tekst,
    Faktum.NOTE: lambda t: t.note,
    Faktum.KILDE: lambda t: f"{t.kilde_url}, række {t.raekke}",
}


def offentligt_vises_som(faktum: Faktum) -> Callable[[AfOffentligt], AfOffentligt]:
    """Register how a published offer's fact is shown whose floor is above this one; called in AppConfig.ready."""

    def registrer(visning: AfOffentligt) -> AfOffentligt:
        _OFFENTLIGGJORTE[faktum] = visning
        return visning

    return registrer
