"""The model's two figures as specifications, with what they say in words. The tables beside them hold the same figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from faelles.dokument import diagram
from faelles.dokument.diagram import OpOgNed, Prik, Trappetrin
from faelles.dokument.spec import Spec
from faelles.dokument.tal import kort_dato, tal
from tilbud.models import Niveau
from tilbud.niveauer.queries import Omraade
from tilbud.niveauer.specialisering import Gruppepunkt, Indplacering, gruppepunkter, niveausnit
from tilbud.niveauer.udvikling import Aarstal, Niveauperiode, aarstal

AAR = 10  # years of movements shown
NAVNE = tuple(navn for _, navn in Niveau.NAVNE)
KORTE = ("Niveau 1", "Niveau 2", "Niveau 3")


@dataclass(frozen=True, slots=True)
class Specialiseringsfigur:
    """Figure 1: level × size of target group × knowledge. `spec` is None when there is nothing to draw."""

    punkter: Sequence[Gruppepunkt]
    spec: Spec | None
    tekst: str


@dataclass(frozen=True, slots=True)
class Bevaegelsesfigur:
    """Figure 2 for a KKR: movements between levels, year by year."""

    aar: Sequence[Aarstal]
    spec: Spec | None
    tekst: str


@dataclass(frozen=True, slots=True)
class Historikfigur:
    """Figure 2 for one offer: its level over time."""

    spec: Spec | None
    tekst: str


def specialisering(indplaceringer: Sequence[Indplacering], tilbud: UUID | None = None) -> Specialiseringsfigur:
    """Figure 1 for a KKR; with an offer, the points it stands behind are marked."""
    punkter = gruppepunkter(indplaceringer, tilbud)
    tekst = _snit_i_ord(punkter)
    if not punkter:
        return Specialiseringsfigur(punkter, None, tekst)
    spec = diagram.prikker(
        [Prik(p.maalgruppe, NAVNE[p.niveau - 1], Decimal(p.stoerrelse), p.viden, p.fremhaevet) for p in punkter],
        akse_x="Målgruppens størrelse: åbne pladser i området",
        akse_y="Viden: metoder og ydelser pr. tilbud",
        beskrivelse=f"Punktdiagram over målgrupper. {tekst}",
        bredde="container",
    )
    return Specialiseringsfigur(punkter, spec, tekst)


def _snit_i_ord(punkter: Sequence[Gruppepunkt]) -> str:
    if not punkter:
        return "Ingen tilbud med målgrupper er indplaceret endnu."
    dele = [
        f"niveau {snit.niveau}: {tal(snit.stoerrelse)} pladser i området og {tal(snit.viden, 1)} metoder og ydelser pr. tilbud"
        for snit in niveausnit(punkter)
    ]
    return f"Gennemsnit for målgrupperne på {'; '.join(dele)}."


def _opremset(dele: Sequence[str]) -> str:
    return dele[0] if len(dele) == 1 else f"{', '.join(dele[:-1])} og {dele[-1]}"


def bevaegelser(omraade: Omraade) -> Bevaegelsesfigur:
    """Figure 2 for a KKR."""
    aar = aarstal(omraade.historik, omraade.dag, AAR)
    op, ned = sum(a.mere_specialiserede for a in aar), sum(a.mere_almene for a in aar)
    tekst = (
        f"Fra {aar[0].aar} til {aar[-1].aar} er {tal(op)} gange et tilbud blevet mere specialiseret, "
        f"og {tal(ned)} gange er et blevet mere alment."
    )
    if not op + ned:
        return Bevaegelsesfigur(aar, None, f"Ingen tilbud har skiftet niveau fra {aar[0].aar} til {aar[-1].aar}.")
    spec = diagram.op_og_ned(
        [OpOgNed(str(a.aar), a.mere_specialiserede, a.mere_almene) for a in aar],
        op="Mod mere specialiseret",
        ned="Mod mere alment",
        akse="Tilbud, der skiftede niveau",
        beskrivelse=f"Søjlediagram over skift af niveau år for år. {tekst}",
        bredde="container",
    )
    return Bevaegelsesfigur(aar, spec, tekst)


def historik(perioder: Sequence[Niveauperiode], dag: date) -> Historikfigur:
    """Figure 2 for one offer; `perioder` in the order of their days."""
    hidtil = [periode for periode in perioder if periode.periode.fra <= dag]
    if not hidtil:
        return Historikfigur(None, "Tilbuddets niveau er ikke fastlagt.")
    dele = [f"{KORTE[p.niveau - 1].lower()} fra {kort_dato(p.periode.fra)}" for p in hidtil]
    tekst = f"Tilbuddet er indplaceret på {_opremset(dele)}."
    spec = diagram.trappe(
        [Trappetrin(p.periode.fra.isoformat(), p.niveau) for p in hidtil],
        navne=KORTE,
        slut=dag.isoformat(),
        akse="",
        beskrivelse=f"Trappediagram over tilbuddets niveau. {tekst}",
        bredde="container",
    )
    return Historikfigur(spec, tekst)
