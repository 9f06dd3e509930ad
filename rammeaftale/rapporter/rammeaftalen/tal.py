"""The tables and drawings of the report "Rammeaftale" as rows. The ids stand in the templates as well; a test holds them together."""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from rammeaftale.livscyklus import PARTSSTATUS_NAVN, Partsstatus
from rammeaftale.rapporter.eksempler.poster import eksempelposter
from rammeaftale.rapporter.kanonisk import fra_json
from rammeaftale.rapporter.poster import SKJULT, Post, Raekke, Vaerdi
from rammeaftale.rapporter.rammeaftalen import saetninger
from rammeaftale.rapporter.rammeaftalen.data import Belaegning, Periodenavn, Rammeaftalebillede

_SAMLING = "rammeaftale.rapporter.rammeaftalen.samling"
_OFFENTLIGGJORTE = "rammeaftale.rapporter.rammeaftalen.offentliggjorte.saml"
_BEHOV = "rammeaftale.rapporter.rammeaftalen.behov.saml"
_TAKSTER = "rammeaftale.rapporter.rammeaftalen.takster.takster"
_NIVEAU = "rammeaftale.rapporter.rammeaftalen.niveauer"
_PLADSER = ("Tilbud", "Døgnpladser", "Dagpladser", "Aflastning", "Akut", "Pladser i alt")
_NIVEAUER = ("Niveau 1", "Niveau 2", "Niveau 3")


def poster(data: str) -> tuple[Post, ...]:
    """Every table and drawing the report can have, in order; without rows when there is nothing to show."""
    billede = fra_json(Rammeaftalebillede, data)
    return (
        *_parter(billede),
        *(post for eksempel in billede.eksempler for post in eksempelposter("R1", eksempel)),
        *_kommuner(billede),
        *_maalgrupper(billede),
        *_takster(billede),
        *_niveauer(billede),
        *_kort(billede),
        *_behov(billede),
        *_offentliggjort(billede),
        _post("R1-T13", "Vilkår på datadagen", "rammeaftale.rapporter.aftalen.om_vilkaarene", ("Vilkår", "Værdi", "Enhed", "Klausul", "Sæt", "Aftale"),
              ((v.navn, v.vaerdi, v.enhed, v.klausul, billede.vilkaar.nummer, billede.vilkaar.aftale) for v in billede.vilkaar.vaerdier)),
    )  # fmt: skip


def _post(
    id_: str, titel: str, kilde: str, kolonner: tuple[str, ...], raekker: Iterable[Raekke], noegler: int = 1
) -> Post:
    return Post(
        id_, titel, f"{_SAMLING}.{kilde}" if kilde.startswith("_") else kilde, kolonner, tuple(raekker), noegler
    )


def _parter(b: Rammeaftalebillede) -> Iterator[Post]:
    yield _post(
        "R1-T1", "Parternes beslutning", "_parter", ("Part", "Beslutning", "Dato", "Besluttet af", "Referat"),
        ((p.navn, PARTSSTATUS_NAVN[Partsstatus(p.status)], p.dato, p.organ, p.referat_url) for p in b.parter),
    )  # fmt: skip


def _kommuner(b: Rammeaftalebillede) -> Iterator[Post]:
    yield _post("R1-F1", "Pladser efter beliggenhedskommune", "_kommuner", ("Kommune", "Pladser"),
                ((k.navn, k.pladser.i_alt) for k in b.kommuner))  # fmt: skip
    yield _post(
        "R1-T2", "Åbne tilbud og pladser efter beliggenhedskommune", "_kommuner", ("Kommune", *_PLADSER),
        ((k.navn, k.tilbud, k.pladser.doegn, k.pladser.dag, k.pladser.aflastning, k.pladser.akut, k.pladser.i_alt) for k in b.kommuner),
    )  # fmt: skip
    yield _post(
        "R1-T3", "Belægning efter beliggenhedskommune", "_belaegning",
        ("Kommune", *(f"{hvad} pladsdage {p.navn}" for p in b.perioder for hvad in ("Åbne", "Belagte"))),
        [*((k.navn, *_dage(k.belaegning)) for k in b.kommuner), ("I alt", *_dage(b.belaegning_i_alt))] if b.kommuner else [],
    )  # fmt: skip


def _dage(belaegning: tuple[Belaegning, ...]) -> Iterator[Vaerdi]:
    for dage in belaegning:
        yield dage.aabne
        yield SKJULT if dage.aabne and dage.belagte is None else dage.belagte


def _maalgrupper(b: Rammeaftalebillede) -> Iterator[Post]:
    yield _post(
        "R1-F2", f"Belægning efter målgruppe, {b.perioder[0].navn}", "_maalgrupper", ("Målgruppe", "Belægning, procent"),
        ((m.navn, m.belaegning[0]) for m in b.maalgrupper if m.belaegning[0] is not None),
    )  # fmt: skip
    yield _post(
        "R1-T4", "Tilbud, pladser og belægning efter målgruppe", "_maalgrupper",
        ("Målgruppe", "Tilbud", "Døgnpladser", "Dagpladser", "Pladser i alt", *map(_procentkolonne, b.perioder)),
        (
            (m.navn, m.tilbud, m.pladser.doegn, m.pladser.dag, m.pladser.i_alt,
             *(SKJULT if andel is None and m.pladser.i_alt else andel for andel in m.belaegning))
            for m in b.maalgrupper
        ),
    )  # fmt: skip


def _procentkolonne(periode: Periodenavn) -> str:
    return f"Belægning {periode.navn}, procent"


def _takster(b: Rammeaftalebillede) -> Iterator[Post]:
    titel = f"Takster efter hjemmel, {b.takstaar}"
    yield _post("R1-F3", f"Vejet gennemsnitstakst efter hjemmel, {b.takstaar}", _TAKSTER, ("Hjemmel", "Enhed", "Vejet gennemsnit, kr."),
                ((t.hjemmel, t.enhed, t.vejet) for t in b.takster if t.vejet is not None), 2)  # fmt: skip
    yield _post(
        "R1-T5", titel, _TAKSTER, ("Hjemmel", "Enhed", "Antal", "Mindste, kr.", "Median, kr.", "Største, kr.", "Vejet gennemsnit, kr."),
        ((t.hjemmel, t.enhed, t.antal, t.mindste, t.median, t.stoerste, t.vejet) for t in b.takster), 2,
    )  # fmt: skip


def _niveauer(b: Rammeaftalebillede) -> Iterator[Post]:
    aar = tuple((n.dag, n.niveau1, n.niveau2, n.niveau3) for n in b.niveauer)
    indplacerede = any(n.niveau1 + n.niveau2 + n.niveau3 for n in b.niveauer)
    yield _post(
        "R1-F4",
        "Indplacerede tilbud på hvert niveau",
        f"{_NIVEAU}.niveauer",
        ("Dag", *_NIVEAUER),
        aar if indplacerede else (),
    )
    nu = b.niveauer[-1]
    yield _post(
        "R1-T6", "Tilbud og pladser på hvert niveau", f"{_NIVEAU}.niveau_pladser", ("Niveau", "Tilbud", "Pladser"),
        zip((*_NIVEAUER, "Ikke indplaceret"), (nu.niveau1, nu.niveau2, nu.niveau3, nu.uden), b.niveau_pladser, strict=True),
    )  # fmt: skip
    yield _post(
        "R1-T7", "Indplacerede tilbud på hvert niveau år for år", f"{_NIVEAU}.niveauer", ("Dag", *_NIVEAUER), aar
    )
    yield _post("R1-T8", "Tilbud, der har skiftet niveau", f"{_NIVEAU}.flytninger", ("Dato", "Tilbud", "Fra niveau", "Til niveau", "Begrundelse"),
                ((f.dag, f.tilbud, f.fra, f.til, f.grund) for f in b.flytninger), 2)  # fmt: skip


def _kort(b: Rammeaftalebillede) -> Iterator[Post]:
    kolonner = ("Kommune", "Pladser", "Indbyggere", "Folketal fra", "Pladser pr. 10.000 indbyggere")
    yield _post(
        "R1-F5", "Pladser pr. 10.000 indbyggere efter beliggenhedskommune", "_kommuner", kolonner,
        ((k.navn, k.pladser.i_alt, k.folketal, k.folketal_aar, _rundet(k.pladser_pr_10000)) for k in b.kommuner),
    )  # fmt: skip
    yield _post(
        "R1-T9", "Pladser i forhold til indbyggerne", "_kommuner", kolonner,
        ((k.navn, k.pladser.i_alt, k.folketal, k.folketal_aar, _rundet(k.pladser_pr_10000)) for k in saetninger.rangfoelge(b)),
    )  # fmt: skip


def _behov(b: Rammeaftalebillede) -> Iterator[Post]:
    behov = b.behov
    yield _post("R1-F6", "Udækkede behov efter målgruppe", _BEHOV, ("Målgruppe", "Udækkede behov"),
                ((r.maalgruppe, r.i_alt) for r in behov.flest))  # fmt: skip
    raekker = [(r.maalgruppe, *map(_tal, r.antal), _tal(r.i_alt)) for r in behov.raekker]
    sum_ = ("I alt", *map(_tal, behov.summer), _tal(behov.i_alt))
    yield _post(
        "R1-T14", "Udækkede behov efter målgruppe og kvartal", _BEHOV, ("Målgruppe", *(k.navn for k in behov.kvartaler), "Vist i alt"),
        [*raekker, sum_] if behov.viser_noget else [],
    )  # fmt: skip


def _tal(antal: int | None) -> Vaerdi:
    return SKJULT if antal is None else antal


def _rundet(vaerdi: Decimal | None) -> Decimal | None:
    return None if vaerdi is None else vaerdi.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _offentliggjort(b: Rammeaftalebillede) -> Iterator[Post]:
    o = b.offentliggjort
    yield _post("R1-T10", "Offentliggjorte priser efter kilde og år", _OFFENTLIGGJORTE, ("Kilde", "År", "Priser"),
                ((k.sted, k.aar, k.priser) for k in o.kilder), 2)  # fmt: skip
    yield _post("R1-T11", "Offentliggjorte tilbud uden placering", _OFFENTLIGGJORTE, ("Række", "Tilbud", "Årsag"),
                ((u.raekke, u.navn, "; ".join(u.aarsager)) for u in o.uplacerede_tilbud))  # fmt: skip
    yield _post(
        "R1-T12", "Offentliggjorte priser, som de er skrevet", _OFFENTLIGGJORTE,
        ("Række", "Tilbud", "Ydelse", "Hjemmel", "Pris, kr.", "Enhed", "År", "Moms", "Note", "Kilde", "Ikke placeret"),
        ((p.raekke, p.tilbud, p.ydelse, p.hjemmel, p.beloeb, p.enhed, p.aar, p.moms, p.note, p.sted, "; ".join(p.aarsager)) for p in o.priser),
    )  # fmt: skip
