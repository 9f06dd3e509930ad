"""The small charts of the overview: a specification, a sentence and a table of each key figure, all of the same measurements. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from faelles.dokument import diagram
from faelles.dokument.diagram import Punkt
from faelles.dokument.spec import Spec
from faelles.dokument.tal import tal
from rammeaftale.rapporter.overblik.noegletal import Maaling, Noegletal
from rammeaftale.rapporter.poster import SKJULT, Post, som_tekst

HOEJDE = 160  # pixels


@dataclass(frozen=True, slots=True)
class Tabel:
    """A row for each step, and a column for each series, as people read them."""

    serier: tuple[str, ...]
    raekker: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Figur:
    """`spec` is None, and the table may be empty, where there is nothing that may be told; `tekst` says so then."""

    noegletal: Noegletal
    spec: Spec | None
    tekst: str
    tabel: Tabel


def figur(noegletal: Noegletal, post: Post | None) -> Figur:
    """Of the key figure's table in the report; None when the report has none."""
    maalinger = list(noegletal.laes(post)) if post else []
    punkter = [Punkt(en.serie, en.trin, vaerdi) for en in maalinger if (vaerdi := en.tal) is not None]
    hele = _tabel(noegletal, maalinger)
    if not punkter:
        return Figur(noegletal, None, "Rapporten har ingen tal om det, der kan vises.", hele)
    skjulte = sum(en.vaerdi == SKJULT for en in maalinger)
    forbehold = [f"{tal(skjulte)} tal vises ikke, fordi de hviler på for få."] if skjulte else []
    tekst = " ".join([*_saetninger(noegletal, punkter), *forbehold])
    spec = diagram.linje(
        punkter,
        akse=noegletal.enhed.removeprefix("i ").capitalize(),
        beskrivelse=f"Kurve over {noegletal.navn[0].lower()}{noegletal.navn[1:]}. {tekst}",
        decimaler=noegletal.decimaler,
        bredde="container",
        hoejde=HOEJDE,
        fra_nul=noegletal.fra_nul,
    )
    return Figur(noegletal, spec, tekst, hele)


def _saetninger(noegletal: Noegletal, punkter: Sequence[Punkt]) -> Iterator[str]:
    """What each series has gone from and to."""
    for serie in dict.fromkeys(punkt.serie for punkt in punkter):
        foerste, *_, sidste = [punkt for punkt in punkter if punkt.serie == serie] * 2
        naaet = f"{tal(sidste.vaerdi, noegletal.decimaler)} {noegletal.enhed} ({sidste.trin})"
        if foerste.trin == sidste.trin:
            yield f"{serie}: {naaet}."
        else:
            yield f"{serie}: fra {tal(foerste.vaerdi, noegletal.decimaler)} ({foerste.trin}) til {naaet}."


def _tabel(noegletal: Noegletal, maalinger: Sequence[Maaling]) -> Tabel:
    """In the order of the report; a dash where a series has nothing at a step."""
    fundne = {(en.serie, en.trin): _i_tabel(noegletal, en) for en in maalinger}
    serier = tuple(dict.fromkeys(en.serie for en in maalinger))
    trin = dict.fromkeys(en.trin for en in maalinger)
    return Tabel(serier, tuple((et, tuple(fundne.get((serie, et), "–") for serie in serier)) for et in trin))


def _i_tabel(noegletal: Noegletal, maaling: Maaling) -> str:
    return som_tekst(maaling.vaerdi) or "–" if maaling.tal is None else tal(maaling.tal, noegletal.decimaler)
