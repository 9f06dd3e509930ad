"""A map of municipalities coloured by a figure, as SVG written by hand: a few milliseconds, and the same bytes each time.

Readable in black and white: the classes differ in lightness and in hatching. A name that does not fit inside its municipality
becomes a number that is explained beside the map. Bornholm lies in a box of its own.
"""

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

from faelles.dokument.tal import tal

BORNHOLM = "0400"
Lonlat = tuple[float, float]
Ring = list[Lonlat]
# Background, hatching (path in an 8x8 tile), its colour. From light to dark; five classes at most.
_MOENSTRE: tuple[tuple[str, str, str], ...] = (
    ("#eef4fb", "", ""),
    ("#cfe1f3", "M1 4h2", "#0059b3"),
    ("#a3c5e8", "M-1 1l2-2M0 8l8-8M7 9l2-2", "#0b4f94"),
    ("#5e97d1", "M-1 1l2-2M0 8l8-8M7 9l2-2M-1 7l2 2M0 0l8 8M7-1l2 2", "#123f70"),
    ("#0b3c70", "", ""),
)
_UDEN_TAL = ("#ffffff", "M0 4h8", "#9aa5b1")
_KLASSER = len(_MOENSTRE)
_BREDDE, _HOEJDE, _KORTBREDDE, _MARGEN = 720, 560, 470, 6
_TEKST, _SMAA = 11, 10
_SMAAOE = 0.01
_TEGNBREDDE = 0.56  # mean advance of IBM Plex Sans, as part of the font size


@dataclass(frozen=True)
class Omraade:
    """A municipality to draw: GeoJSON geometry (Polygon or MultiPolygon, WGS 84), its visual centre, and its figure if it has one."""

    kode: str
    navn: str
    geometri: Mapping[str, Any]
    centrum: Lonlat
    vaerdi: Decimal | None


@dataclass(frozen=True)
class Prik:
    """A place to mark: where it is, in which municipality, and what it is called when somebody asks."""

    kode: str
    sted: Lonlat
    navn: str


@dataclass(frozen=True)
class _Form:
    """A municipality in drawing units."""

    omraade: Omraade
    ringe: list[Ring]
    centrum: Lonlat
    klasse: int | None


def kommunekort(
    omraader: Sequence[Omraade],
    *,
    titel: str,
    beskrivelse: str,
    enhed: str,
    graenser: Sequence[Decimal] | None = None,
    decimaler: int | None = 0,
    prikker: Sequence[Prik] = (),
    prikker_er: str = "",
    navne: bool = True,
) -> bytes:
    """Draw the map. `graenser` are the lower bounds of class 2, 3 … (at most four); without them the classes are quantiles.

    Without `decimaler` the figures are counts, and the classes are written so. `prikker` are marked on top; `prikker_er` says in the legend what they are. Without `navne` the municipalities are not named.

    `enhed` names the figure in the legend ("pladser pr. 1.000 indbyggere"). Put `beskrivelse` in the image's `alt` as well.
    Raises ValueError when there is nothing to draw, or bounds are not rising or too many.
    """
    if not omraader:
        raise ValueError("Der er ingen kommuner at tegne.")
    trin = tuple(graenser) if graenser is not None else kvantiler([o.vaerdi for o in omraader if o.vaerdi is not None])
    if len(trin) >= _KLASSER or any(a >= b for a, b in pairwise(trin)):
        raise ValueError(f"Klassegrænserne skal stige, og der må højst være {_KLASSER - 1}.")
    fastland = [o for o in omraader if o.kode != BORNHOLM]
    boks = [o for o in omraader if o.kode == BORNHOLM] if fastland else []
    paa_land = _projektion(fastland or omraader, (_MARGEN, _MARGEN, _KORTBREDDE - _MARGEN, _HOEJDE - _MARGEN))
    i_boksen = _projektion(boks, (_BREDDE - 128, 14, _BREDDE - 14, 98)) if boks else paa_land
    former = _tegn(fastland or omraader, trin, paa_land)
    oe = _tegn(boks, trin, i_boksen)
    numre = _numre(former) if navne else {}
    dele = [
        *(_flade(form) for form in (*former, *oe)),
        *(
            _omrids(form, farve, bredde)
            for farve, bredde in (("#ffffff", 2.4), ("#1a2129", 0.7))
            for form in (*former, *oe)
        ),
        *(_navn(form, numre.get(form.omraade.kode)) for form in former if navne),
        *_oe_boks(oe),
        *(_prik(prik, (i_boksen if boks and prik.kode == BORNHOLM else paa_land)(prik.sted)) for prik in prikker),
        *_tegnforklaring(omraader, trin, enhed, decimaler),
        *_prikforklaring(prikker_er if prikker else ""),
        *_nummerliste(former, numre),
    ]
    return "\n".join([_hoved(titel, beskrivelse), _defs([*former, *oe]), *dele, "</svg>"]).encode()


def _hoved(titel: str, beskrivelse: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_BREDDE} {_HOEJDE}" width="{_BREDDE}" height="{_HOEJDE}" role="img" '
        f'aria-labelledby="kort-titel kort-tekst" font-family="IBM Plex Sans" font-size="{_TEKST}" fill="#1a2129">'
        f'<title id="kort-titel">{escape(titel)}</title><desc id="kort-tekst">{escape(beskrivelse)}</desc>'
    )


def kvantiler(vaerdier: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Bounds that share the figures as evenly as possible over five classes; fewer when many figures are alike."""
    ordnet = sorted(vaerdier)
    kandidater = {ordnet[len(ordnet) * nr // _KLASSER] for nr in range(1, _KLASSER)} if ordnet else set()
    return tuple(sorted(graense for graense in kandidater if graense > ordnet[0]))


# Projection and shapes


def _projektion(omraader: Sequence[Omraade], ramme: tuple[float, float, float, float]) -> Callable[[Lonlat], Lonlat]:
    """Fit the municipalities into a frame. Longitudes are shortened by the cosine of the middle latitude, which keeps shapes right."""
    punkter = [punkt for omraade in omraader for ring in _ringe(omraade.geometri) for punkt in ring]
    vest, oest = min(p[0] for p in punkter), max(p[0] for p in punkter)
    syd, nord = min(p[1] for p in punkter), max(p[1] for p in punkter)
    krymp = math.cos(math.radians((syd + nord) / 2))
    x0, y0, x1, y1 = ramme
    skala = min((x1 - x0) / ((oest - vest) * krymp), (y1 - y0) / (nord - syd))
    luft_x = (x1 - x0 - (oest - vest) * krymp * skala) / 2
    luft_y = (y1 - y0 - (nord - syd) * skala) / 2

    def flyt(punkt: Lonlat) -> Lonlat:
        return (
            round(x0 + luft_x + (punkt[0] - vest) * krymp * skala, 1),
            round(y0 + luft_y + (nord - punkt[1]) * skala, 1),
        )

    return flyt


def _tegn(omraader: Sequence[Omraade], trin: Sequence[Decimal], flyt: Callable[[Lonlat], Lonlat]) -> list[_Form]:
    return [
        _Form(
            omraade=o,
            ringe=[[flyt(punkt) for punkt in ring] for ring in _ringe(o.geometri)],
            centrum=flyt(o.centrum),
            klasse=None if o.vaerdi is None else bisect_right(trin, o.vaerdi),
        )
        for o in sorted(omraader, key=lambda o: o.kode)
    ]


def _ringe(geometri: Mapping[str, Any]) -> list[Ring]:
    """All rings, holes too: the even-odd rule leaves the holes open.

    Islets (under one per cent of the municipality's largest ring) are left out: a speck far out at sea, such as Hesselø, would
    make everything else smaller.
    """
    polygoner = geometri["coordinates"] if geometri["type"] == "MultiPolygon" else [geometri["coordinates"]]
    ringe = [[(lon, lat) for lon, lat, *_ in ring] for polygon in polygoner for ring in polygon]
    mindst = max(_areal(ring) for ring in ringe) * _SMAAOE
    return [ring for ring in ringe if _areal(ring) >= mindst]


def _areal(ring: Ring) -> float:
    """In square degrees, without sign: only compared with its neighbours."""
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring))) / 2


def _flade(form: _Form) -> str:
    """Plain ground first, hatching on top: a pattern with a ground of its own shows seams between its tiles."""
    bund, sti, _ = _moenster(form.klasse)
    skravering = f'<use href="#k{form.omraade.kode}" fill="url(#{_moensternavn(form.klasse)})"/>' if sti else ""
    return f'<use class="kommune" href="#k{form.omraade.kode}" fill="{bund}"/>{skravering}'


def _omrids(form: _Form, farve: str, bredde: float) -> str:
    """A dark line on a wider white one can be seen between two dark neighbours as well as between two light ones."""
    return f'<use href="#k{form.omraade.kode}" fill="none" stroke="{farve}" stroke-width="{bredde}"/>'


def _sti(form: _Form) -> str:
    return "".join("M" + " ".join(f"{x:g},{y:g}" for x, y in _uden_gentagelser(ring)) + "Z" for ring in form.ringe)


def _uden_gentagelser(ring: Ring) -> Iterable[Lonlat]:
    return [punkt for punkt, foer in zip(ring, [None, *ring], strict=False) if punkt != foer]


# Patterns


def _moenster(klasse: int | None) -> tuple[str, str, str]:
    return _UDEN_TAL if klasse is None else _MOENSTRE[klasse]


def _moensternavn(klasse: int | None) -> str:
    return "uden-tal" if klasse is None else f"klasse{klasse}"


def _defs(former: Sequence[_Form]) -> str:
    """The outlines, drawn several times by reference, and the hatchings."""
    omrids = "".join(
        f'<path id="k{form.omraade.kode}" d="{_sti(form)}" fill-rule="evenodd" stroke-linejoin="round"/>\n'
        for form in former
    )
    moenstre = "".join(_skravering(klasse) for klasse in (None, *range(_KLASSER)) if _moenster(klasse)[1])
    return f"<defs>{omrids}{moenstre}</defs>"


def _skravering(klasse: int | None) -> str:
    _, sti, farve = _moenster(klasse)
    return (
        f'<pattern id="{_moensternavn(klasse)}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<path d="{sti}" stroke="{farve}" stroke-width="0.8" fill="none"/></pattern>'
    )


# Names


def _tekstbredde(tekst: str, stoerrelse: float) -> float:
    return len(tekst) * stoerrelse * _TEGNBREDDE


def _plads_til(form: _Form, tekst: str) -> bool:
    """Whether the text, centred on the visual centre, lies inside the municipality at its top and bottom edge."""
    x, y = form.centrum
    halv = _tekstbredde(tekst, _TEKST) / 2 + 2
    for hoejde in (y - _TEKST / 2, y, y + _TEKST / 2):
        kryds = sorted(
            ax + (hoejde - ay) * (bx - ax) / (by - ay)
            for ring in form.ringe
            for (ax, ay), (bx, by) in pairwise(ring)
            if (ay > hoejde) != (by > hoejde)
        )
        if not any(fra <= x - halv and x + halv <= til for fra, til in zip(kryds[::2], kryds[1::2], strict=False)):
            return False
    return True


def _numre(former: Sequence[_Form]) -> dict[str, int]:
    """Numbers from north to south for those whose name does not fit, so that neighbours are near each other in the list."""
    uden_plads = [form for form in former if not _plads_til(form, form.omraade.navn)]
    uden_plads.sort(key=lambda form: (form.centrum[1], form.centrum[0]))
    return {form.omraade.kode: nummer for nummer, form in enumerate(uden_plads, start=1)}


def _navn(form: _Form, nummer: int | None) -> str:
    x, y = form.centrum
    tekst = str(nummer) if nummer else form.omraade.navn
    bredde = _tekstbredde(tekst, _TEKST) + 5
    fed = ' font-weight="600"' if nummer else ""
    return (
        f'<rect x="{x - bredde / 2:.1f}" y="{y - 7:.1f}" width="{bredde:.1f}" height="14" rx="3" fill="#ffffff" fill-opacity="0.88"/>'
        f'<text x="{x:.1f}" y="{y + 3.9:.1f}" text-anchor="middle"{fed}>{escape(tekst)}</text>'
    )


def _nummerliste(former: Sequence[_Form], numre: Mapping[str, int]) -> list[str]:
    """Explains the numbers in columns at the foot of the right-hand side."""
    navne = {form.omraade.kode: form.omraade.navn for form in former}
    linjer = [f"{nummer}\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}{navne[kode]}" for kode, nummer in numre.items()]
    pr_spalte = math.ceil(len(linjer) / 2)
    top = _HOEJDE - 12 - pr_spalte * 15
    return [
        f'<text x="{_KORTBREDDE + 14 + nr // pr_spalte * 122}" y="{top + nr % pr_spalte * 15 + 15}" font-size="{_SMAA}">{escape(linje)}</text>'
        for nr, linje in enumerate(linjer)
    ]


def _prik(prik: Prik, punkt: Lonlat) -> str:
    """A dark dot with a white edge and a white eye: seen on every class, also in black and white."""
    return (
        f"<g><title>{escape(prik.navn)}</title>"
        f'<circle class="prik" cx="{punkt[0]:g}" cy="{punkt[1]:g}" r="4.5" fill="#8f1212" stroke="#ffffff" stroke-width="1.4"/>'
        f'<circle cx="{punkt[0]:g}" cy="{punkt[1]:g}" r="1.3" fill="#ffffff"/></g>'
    )


def _prikforklaring(prikker_er: str) -> list[str]:
    if not prikker_er:
        return []
    x, y = _KORTBREDDE + 14, 330
    prik = _prik(Prik("", (0, 0), prikker_er), (x + 14, y))
    return [f'{prik}<text x="{x + 36}" y="{y + 4}">{escape(prikker_er)}</text>']


def _oe_boks(former: Sequence[_Form]) -> list[str]:
    return [
        f'<rect x="{_BREDDE - 136}" y="6" width="130" height="112" fill="none" stroke="#7a8896" stroke-width="0.8"/>'
        f'<text x="{_BREDDE - 71}" y="111" text-anchor="middle">{escape(form.omraade.navn)}</text>'
        for form in former
    ]


# Legend


def _tegnforklaring(
    omraader: Sequence[Omraade], trin: Sequence[Decimal], enhed: str, decimaler: int | None
) -> list[str]:
    antal: dict[int | None, int] = {}
    for omraade in omraader:
        klasse = None if omraade.vaerdi is None else bisect_right(trin, omraade.vaerdi)
        antal[klasse] = antal.get(klasse, 0) + 1
    raekker: list[tuple[int | None, str]] = [(nr, _klassetekst(trin, nr, decimaler)) for nr in range(len(trin) + 1)]
    if None in antal:
        raekker.append((None, "Ingen oplysninger"))
    x, y = _KORTBREDDE + 14, 150
    ud = [
        f'<text x="{x}" y="{y}" font-weight="600">{escape(enhed)}</text>',
        f'<text x="{x}" y="{y + 15}" font-size="{_SMAA}">Antal kommuner i parentes</text>',
    ]
    for nr, (klasse, tekst) in enumerate(raekker):
        top = y + 26 + nr * 23
        bund, sti, _ = _moenster(klasse)
        felt = f'<rect x="{x}" y="{top}" width="28" height="15"'
        ud.append(
            f'{felt} fill="{bund}"/>'
            + (f'{felt} fill="url(#{_moensternavn(klasse)})"/>' if sti else "")
            + f'{felt} fill="none" stroke="#1a2129" stroke-width="0.7"/>'
            f'<text x="{x + 36}" y="{top + 11}">{escape(tekst)} ({antal.get(klasse, 0)})</text>'
        )
    return ud


def _klassetekst(trin: Sequence[Decimal], nr: int, decimaler: int | None) -> str:
    if decimaler is None:
        return _antal(trin, nr)
    if not trin:
        return "Alle"
    if nr == 0:
        return f"Under {tal(trin[0], decimaler)}"
    if nr == len(trin):
        return f"{tal(trin[-1], decimaler)} og derover"
    return f"{tal(trin[nr - 1], decimaler)} til under {tal(trin[nr], decimaler)}"


def _antal(trin: Sequence[Decimal], nr: int) -> str:
    """Counts from nought: `0`, `1`, `2–3`, `4 og derover`."""
    fra = Decimal(0) if nr == 0 else trin[nr - 1]
    if nr == len(trin):
        return f"{tal(fra)} og derover"
    sidste = trin[nr] - 1
    return tal(fra) if sidste == fra else f"{tal(fra)}–{tal(sidste)}"
