"""The tables and drawings of the report "Kapacitet og belægning" as rows."""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from rammeaftale.rapporter.kanonisk import fra_json
from rammeaftale.rapporter.kapacitet.data import Handel, Kapacitetsbillede, Svartid, Svartider
from rammeaftale.rapporter.kapacitet.matrix import UDEN_KOEBER
from rammeaftale.rapporter.poster import SKJULT, Post, Raekke, Vaerdi
from rammeaftale.rapporter.rammeaftalen.data import Belaegning

_PLADSDAGE = "rammeaftale.rapporter.rammeaftalen.pladsdage.pladsdage"
_HANDLER = "rammeaftale.rapporter.kapacitet.handler.forbrug"
_BEHOV = "rammeaftale.rapporter.rammeaftalen.behov.saml"
_SVARTIDER = "reservationer.svartider.queries.i_kkr"
_VILKAAR = "rammeaftale.rapporter.aftalen.om_vilkaarene"
_DAGE = ("Egne borgere", "Andre kommuner i området", "Uden for området", "Køber ikke registreret", "I alt")


def poster(data: str) -> tuple[Post, ...]:
    """Every table and drawing the report can have, in order; without rows when there is nothing to show."""
    b = fra_json(Kapacitetsbillede, data)
    return (
        *_belaegning(b),
        *_typer(b),
        *_handel(b),
        _post("R5-K5", "Tilbud efter niveau", _PLADSDAGE, ("Niveau", "Tilbud", "Pladser", f"Belægning {b.aaret.navn}, procent", f"Belægning {b.aaret_foer.navn}, procent"),
              ((n.niveau or "Uden", n.tilbud, n.pladser, _andel(n.pladser, n.procent), _andel(n.pladser, n.procent_foer)) for n in b.niveauer)),
        _post("R5-K4", "Udækkede behov efter målgruppe", _BEHOV, ("Målgruppe", *(k.navn for k in b.behov.kvartaler), "Vist i alt"),
              ((r.maalgruppe, *map(_tal, r.antal), _tal(r.i_alt)) for r in b.behov.raekker) if b.behov.viser_noget else ()),
        *_svartider(b.svartider),
        _post("R5-T3", "Vilkår på datadagen", _VILKAAR, ("Vilkår", "Værdi", "Enhed", "Klausul", "Sæt", "Aftale"),
              ((v.navn, v.vaerdi, v.enhed, v.klausul, b.vilkaar.nummer, b.vilkaar.aftale) for v in b.vilkaar.vaerdier)),
    )  # fmt: skip


def _belaegning(b: Kapacitetsbillede) -> Iterator[Post]:
    kolonner = ("Åbne pladsdage", "Belagte pladsdage", "Procent")
    kvartaler = list(zip(b.kvartaler, b.over_tid, strict=True))
    yield _post("R5-F1", "Belægning kvartal for kvartal", _PLADSDAGE, ("Kvartal", "Procent"),
                ((k.navn, _procent(tal)) for k, tal in kvartaler if tal.andel is not None))  # fmt: skip
    yield _post("R5-T1", "Belægning kvartal for kvartal", _PLADSDAGE, ("Kvartal", *kolonner),
                ((k.navn, *_dage(tal), _procent(tal)) for k, tal in kvartaler))  # fmt: skip
    kommuner = [(k.navn, k.tilbud, k.pladser, *_dage(k.belaegning), _procent(k.belaegning)) for k in b.kommuner]
    i_alt = ("I alt", b.tilbud_i_alt, b.pladser_i_alt.i_alt, *_dage(b.i_alt), _procent(b.i_alt))
    titel = f"Belægning efter beliggenhedskommune, {b.aaret.navn}"
    yield _post("R5-F3", titel, _PLADSDAGE, ("Kommune", "Procent"),
                ((k.navn, _procent(k.belaegning)) for k in b.kommuner))  # fmt: skip
    yield _post("R5-T2", titel, _PLADSDAGE, ("Kommune", "Tilbud", "Pladser", *kolonner), [*kommuner, i_alt] if kommuner else [])  # fmt: skip


def _typer(b: Kapacitetsbillede) -> Iterator[Post]:
    yield _post(
        "R5-K1", "Kapacitet og belægning efter hjemmel og målgruppe", _PLADSDAGE,
        ("Hjemmel", "Målgruppe", "Tilbud", "Pladser", f"Åbne pladsdage {b.aaret.navn}", "Belagte, afrundet", "Belægning, procent", "Ændring, procentpoint"),
        ((t.hjemmel, t.maalgruppe, t.tilbud, t.pladser, t.aabne, _andel(t.aabne, t.belagte), _andel(t.aabne, t.procent), t.aendring) for t in b.typer), 2,
    )  # fmt: skip


def _handel(b: Kapacitetsbillede) -> Iterator[Post]:
    m = b.matrix
    yield _post("R5-K2", "Pladser og pladsdage efter driftsherre", _HANDLER, ("Driftsherre", "Pladser", *_DAGE),
                ((r.navn, r.pladser, *map(_tal, (r.egne, r.i_omraadet, r.uden_for, r.uden_koeber, r.i_alt))) for r in m.brug))  # fmt: skip
    yield _post("R5-F2", "Pladsdage efter driftsherre og køber", _HANDLER, ("Driftsherre", "Køber", "Pladsdage"),
                ((saelger, koeber, handel.dage) for saelger, koeber, handel in m.vist), 2)  # fmt: skip
    raekker: list[Raekke] = [(saelger, koeber, *_handlet(koeber, handel)) for saelger, koeber, handel in m.vist]
    raekker += [(s.navn, "I alt", *_handlet("", s.i_alt)) for s in m.saelgere]
    raekker += [("I alt", koeber, *_handlet(koeber, koebt)) for koeber, koebt in zip(m.koebere, m.koebt, strict=True)]
    raekker.append(("I alt", "I alt", *_handlet("", m.i_alt)))
    yield _post("R5-K3", "Køb og salg: de felter, der kan vises, og summerne", _HANDLER, ("Driftsherre", "Køber", "Pladsdage", "Kr."), raekker if m.saelgere else [], 2)  # fmt: skip


def _svartider(s: Svartider) -> Iterator[Post]:
    kolonner = ("Trin", "Sager", "Halvdelen inden for dage", "9 ud af 10 inden for dage")
    vist = [tid for tid in s.samlet if tid.halvdelen is not None]
    yield _post("R5-F4", "Svar- og ventetider, halvdelen af sagerne", _SVARTIDER, ("Halvår", "Trin", "Dage"),
                ((t.halvaar, t.trin, t.halvdelen) for t in vist), 2)  # fmt: skip
    yield _post("R5-T4", "Svar- og ventetider halvår for halvår", _SVARTIDER, ("Halvår", *kolonner),
                ((t.halvaar, *_svartid(t)) for t in s.samlet), 2)  # fmt: skip
    yield _post("R5-T5", "Svar- og ventetider efter hjemmel", _SVARTIDER, ("Hjemmel", *kolonner),
                ((t.gruppe, *_svartid(t)) for t in s.hjemler), 2)  # fmt: skip


def _svartid(tid: Svartid) -> tuple[Vaerdi, ...]:
    """Without days where there are no cases to have taken any."""
    dage = (SKJULT, SKJULT) if tid.sager is None else (tid.halvdelen, tid.ni_af_ti)
    return (tid.trin, _tal(tid.sager), *dage)


def _handlet(koeber: str, handel: Handel) -> tuple[Vaerdi, Vaerdi]:
    """Days and kroner; stays without a buyer have no price to hide."""
    kr = None if koeber == UDEN_KOEBER else handel.kr
    return _tal(handel.dage), SKJULT if kr is None and koeber != UDEN_KOEBER else kr


def _dage(belaegning: Belaegning) -> tuple[Vaerdi, Vaerdi]:
    return belaegning.aabne, SKJULT if belaegning.aabne and belaegning.belagte is None else belaegning.belagte


def _procent(belaegning: Belaegning) -> Vaerdi:
    if belaegning.andel is None:
        return SKJULT if belaegning.aabne else None
    return (belaegning.andel * 100).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _andel(hele: int, del_: int | None) -> Vaerdi:
    """Hidden, unless there was nothing to have a part of."""
    return SKJULT if hele and del_ is None else del_


def _tal(antal: int | None) -> Vaerdi:
    return SKJULT if antal is None else antal


def _post(
    id_: str, titel: str, kilde: str, kolonner: tuple[str, ...], raekker: Iterable[Raekke], noegler: int = 1
) -> Post:
    return Post(id_, titel, kilde, kolonner, tuple(raekker), noegler)
