"""What a change of the register would break: claims somebody has, and what is approved and permitted."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from faelles.dokument.tal import dage_i_ord
from faelles.regneark.indlaesning import Raekkefejl
from faelles.tid import Periode
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.models import Merpladstilladelse, Plads, Tilbud, Tilsynsgodkendelse
from tilbud.pladsloft import Antal, Overskridelse, Pladsdage, overskridelser
from tilbud.registerimport.blokark import GODKENDELSER, MERPLADSER
from tilbud.registerimport.blokposter import blokke, blokpost
from tilbud.registerimport.queries import pladspost, som_uuid
from tilbud.registerimport.sammenligning import Aendring
from tilbud.registerimport.skema import PLADSER, TILBUD
from tilbud.registerimport.udenbrud import udenbrud

BEBOET = (Optagelsesart.HOLD, Optagelsesart.OPHOLD)  # what somebody has; a place closed or kept back is nobody's
_DAGE = frozenset({"aaben_fra", "sidste_dag", "ugedage", "merplads"})


def pladsbrud(aendringer: Sequence[Aendring], dag: date, nu: datetime) -> list[Raekkefejl]:
    """Changes of places, and closings of offers, that claims, approvals or the offer do not allow. Nine statements however many."""
    pladser = [a for a in aendringer if a.ark == PLADSER and _DAGE & set(a.felter)]
    lukker = [a for a in aendringer if a.ark == TILBUD and not a.ny and a.felter.get("lukket_fra", [None])[-1]]
    brud = [*(_lukkebrud(lukker, nu) if lukker else ()), *udenbrud(pladser, aendringer, dag)]
    return [*brud, *_optagelsesbrud(pladser, dag, nu), *_loftsbrud(pladser, aendringer, dag)] if pladser else brud


def _lukkebrud(aendringer: Sequence[Aendring], nu: datetime) -> Iterator[Raekkefejl]:
    """An offer cannot close while somebody has one of its places on the closing day or later; a day that is gone counts as well."""
    lukker = {UUID(a.id): a for a in aendringer}
    sidst: dict[UUID, Periode] = {}
    optagelser = Optagelse.objects.gaelder(nu).filter(plads__afdeling__tilbud__in=lukker, art__in=BEBOET)
    for tilbud_id, interval in optagelser.values_list("plads__afdeling__tilbud", "periode"):
        fra = date.fromisoformat(lukker[tilbud_id].felter["lukket_fra"][1])
        rest = Periode.af_range(interval).faelles(Periode(fra))
        if rest and (tilbud_id not in sidst or _slut(rest) > _slut(sidst[tilbud_id])):
            sidst[tilbud_id] = rest
    for tilbud_id, rest in sidst.items():
        yield Raekkefejl(
            TILBUD,
            lukker[tilbud_id].raekke,
            "Lukket fra",
            dage_i_ord(rest),
            "En plads i tilbuddet er taget den dag eller senere.",
            "Vælg en senere dag, eller flyt opholdene først.",
        )


def _slut(periode: Periode) -> date:
    return periode.til or date.max


def _optagelsesbrud(aendringer: Sequence[Aendring], dag: date, nu: datetime) -> Iterator[Raekkefejl]:
    """A place cannot be closed on days somebody has it, or had it while it was open; that it is closed for a time already is no hindrance."""
    aendrede = {UUID(a.id): a for a in aendringer if not a.ny}
    pladser = Plads.objects.in_bulk(list(aendrede))
    optagelser = Optagelse.objects.gaelder(nu).filter(plads__in=aendrede, lukning__isnull=True)
    for optagelse in optagelser.order_by("plads_id", "periode"):
        aendring, plads = aendrede[optagelse.plads_id], pladser[optagelse.plads_id]
        efter = _efter(aendring, plads)
        taget = Periode.af_range(optagelse.periode)
        rest = taget.faelles(Periode(dag))
        if optagelse.art in BEBOET and plads is not None:
            foer = taget.faelles(Periode.af_range(plads.periode))
            rest = foer if foer and not _rummer(efter.periode, foer) else rest
        if rest is None or (_rummer(efter.periode, rest) and set(optagelse.ugedage) <= efter.ugedage):
            continue
        yield Raekkefejl(
            PLADSER,
            aendring.raekke,
            "Sidste dag" if not _rummer(efter.periode, rest) else "Ugedage",
            dage_i_ord(rest),
            "Pladsen er taget eller lukket på dage, den ikke længere ville være åben.",
            "Vælg en senere dag, eller flyt opholdet først.",
        )


def _rummer(ydre: Periode, indre: Periode) -> bool:
    return ydre.fra <= indre.fra and (ydre.til is None or (indre.til is not None and indre.til <= ydre.til))


def _efter(aendring: Aendring, plads: Plads | None) -> Pladsdage:
    """A place as it would be open afterwards."""
    felter: dict[str, Any] = dict(pladspost(plads).felter) if plads else {}
    felter |= {felt: efter for felt, (_, efter) in aendring.felter.items()}
    periode = plads_periode(felter["aaben_fra"], felter["sidste_dag"])
    return Pladsdage(periode, frozenset(felter["ugedage"]), aendring.over, felter["merplads"])


def plads_periode(aaben_fra: str, sidste_dag: str | None) -> Periode:
    """The period of the sheet's two columns. Raises ValueError when it holds no day."""
    return Periode(date.fromisoformat(aaben_fra), _dagen_efter(sidste_dag))


def _dagen_efter(sidste_dag: str | None) -> date | None:
    return Periode.dag(date.fromisoformat(sidste_dag)).til if sidste_dag else None


@dataclass(slots=True)
class _Loft:
    """What is to be compared in one offer, as it would be afterwards."""

    pladser: list[Pladsdage]
    godkendte: list[Antal]
    tilladte: dict[str, list[Antal]]

    def brud(self, dag: date) -> Iterator[Overskridelse]:
        return overskridelser(self.pladser, self.godkendte, self.tilladte, dag)


def _loftsbrud(pladser: Sequence[Aendring], alle: Sequence[Aendring], dag: date) -> Iterator[Raekkefejl]:
    """More places open than socialtilsyn has approved and permissions allow; approvals may be changed by the same rows."""
    lofter = _lofter({a.tilbud for a in pladser}, alle)
    for aendring in {a.tilbud: a for a in reversed(pladser)}.values():
        for brud in lofter[aendring.tilbud].brud(dag):
            hoejst = brud.godkendte + brud.ekstra
            yield Raekkefejl(
                PLADSER,
                aendring.raekke,
                "Åben fra",
                dage_i_ord(brud.periode),
                f"Højst {hoejst} {'åben plads' if hoejst == 1 else 'åbne pladser'} i tilbuddet {aendring.sti[0]}: {brud.godkendte} godkendte"
                f" og {brud.ekstra} merpladser, deres egen afdeling har tilladelse til. Her er {brud.antal}.",
                "Luk pladser i perioden, eller få godkendelsen eller tilladelsen registreret først.",
            )


def _lofter(tilbud: set[str], aendringer: Sequence[Aendring]) -> Mapping[str, _Loft]:
    """By offer (its id, or the key of a new one). Three statements."""
    lofter: dict[str, _Loft] = defaultdict(lambda: _Loft([], [], defaultdict(list)))
    aendrede = {(a.ark, a.noegle): a for a in aendringer if a.tilbud in tilbud}
    registrerede = Tilbud.objects.filter(pk__in=[pk for ord_ in tilbud if (pk := som_uuid(ord_))])
    for plads in Plads.objects.filter(afdeling__tilbud__in=registrerede.order_by()).select_related("afdeling"):
        aendring = aendrede.pop((PLADSER, str(plads.pk)), None)
        lofter[str(plads.afdeling.tilbud_id)].pladser.append(_efter(aendring, plads) if aendring else _nu(plads))
    for blok in blokke(GODKENDELSER, registrerede):
        _laeg_til(lofter[str(blok.tilbud_id)], GODKENDELSER, aendrede, blok)
    for blok in blokke(MERPLADSER, registrerede):
        _laeg_til(lofter[str(blok.afdeling.tilbud_id)], MERPLADSER, aendrede, blok)
    for (ark, _), ny in aendrede.items():
        if ark == PLADSER:
            lofter[ny.tilbud].pladser.append(_efter(ny, None))
        elif ark in {GODKENDELSER, MERPLADSER}:
            _tael(lofter[ny.tilbud], ark, ny.over, {felt: par[1] for felt, par in ny.felter.items()})
    return lofter


def _nu(plads: Plads) -> Pladsdage:
    """A place as it is open now."""
    ugedage = frozenset(plads.ugedage)
    return Pladsdage(Periode.af_range(plads.periode), ugedage, str(plads.afdeling_id), plads.merplads)


def _laeg_til(
    loft: _Loft, ark: str, aendrede: dict[tuple[str, str], Aendring], blok: Tilsynsgodkendelse | Merpladstilladelse
) -> None:
    """A registered approval or permission, with what the rows change of it."""
    post = blokpost(ark, blok)
    aendring = aendrede.pop((ark, post.id), None)
    _tael(
        loft, ark, post.over, {**post.felter, **({f: par[1] for f, par in aendring.felter.items()} if aendring else {})}
    )


def _tael(loft: _Loft, ark: str, over: str, felter: Mapping[str, Any]) -> None:
    antal = (plads_periode(felter["fra"], felter["sidste_dag"]), felter["pladser"])
    (loft.godkendte if ark == GODKENDELSER else loft.tilladte[over]).append(antal)
