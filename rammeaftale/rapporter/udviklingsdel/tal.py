"""The tables and drawings of the report "Udviklingsdel" as rows. The ids stand in the templates as well; a test holds them together."""

from collections.abc import Iterable, Iterator

from rammeaftale.rapporter.kanonisk import fra_json
from rammeaftale.rapporter.poster import SKJULT, Post, Raekke, Vaerdi
from rammeaftale.rapporter.udviklingsdel import saetninger
from rammeaftale.rapporter.udviklingsdel.data import Tendens, Udviklingsdelbillede

_SAMLING = "rammeaftale.rapporter.udviklingsdel.samling"
_TENDENSER = "rammeaftale.rapporter.udviklingsdel.tendenser.tendenser"
_NIVEAU = "rammeaftale.rapporter.rammeaftalen.niveauer"
_BEHOV = "rammeaftale.rapporter.rammeaftalen.behov.saml"
_NIVEAUER = ("Niveau 1", "Niveau 2", "Niveau 3")


def poster(data: str) -> tuple[Post, ...]:
    """Every table and drawing the report can have, in order; without rows when there is nothing to show."""
    billede = fra_json(Udviklingsdelbillede, data)
    return (
        *_bevaegelser(billede),
        *_samarbejde(billede),
        *_tendenser(billede),
        *_behov(billede),
        *_undervisning(billede),
        *_fokus(billede),
        Post(
            "R3-T14", "Vilkår på datadagen", "rammeaftale.rapporter.aftalen.om_vilkaarene",
            ("Vilkår", "Værdi", "Enhed", "Klausul", "Sæt", "Aftale"),
            tuple(
                (v.navn, v.vaerdi, v.enhed, v.klausul, billede.vilkaar.nummer, billede.vilkaar.aftale)
                for v in billede.vilkaar.vaerdier
            ),
        ),
    )  # fmt: skip


def _post(
    id_: str, titel: str, kilde: str, kolonner: Iterable[str], raekker: Iterable[Raekke], noegler: int = 1
) -> Post:
    return Post(id_, titel, kilde, tuple(kolonner), tuple(raekker), noegler)


def _bevaegelser(b: Udviklingsdelbillede) -> Iterator[Post]:
    niveauer = [(n.dag, n.niveau1, n.niveau2, n.niveau3) for n in b.niveauer]
    yield _post("R3-F1", "Indplacerede tilbud på hvert niveau", f"{_NIVEAU}.niveauer", ("Dag", *_NIVEAUER),
                niveauer if any(n.niveau1 + n.niveau2 + n.niveau3 for n in b.niveauer) else ())  # fmt: skip
    yield _post(
        "R3-T1", "Indplacerede tilbud på hvert niveau år for år", f"{_NIVEAU}.niveauer", ("Dag", *_NIVEAUER), niveauer
    )
    pr_aar = saetninger.flyttet_pr_aar(b) if b.flytninger else []
    kolonner = ("År", "Til et mere specialiseret niveau", "Til et mere alment niveau")
    yield _post("R3-F2", "Tilbud, der har skiftet niveau, år for år", f"{_NIVEAU}.flytninger", kolonner, pr_aar)
    yield _post(
        "R3-T2", "Tilbud, der har skiftet niveau", f"{_NIVEAU}.flytninger",
        ("Dato", "Tilbud", "Fra niveau", "Til niveau", "Begrundelse"),
        ((f.dag, f.tilbud, f.fra, f.til, f.grund) for f in b.flytninger), 2,
    )  # fmt: skip


def _samarbejde(b: Udviklingsdelbillede) -> Iterator[Post]:
    yield _post("R3-T3", "Frister i aftalens årshjul", f"{_SAMLING}.frister", ("Dag", "Opgave", "Hvem"),
                ((f.dag, f.opgave, f.hvem) for f in b.frister), 2)  # fmt: skip
    yield _post("R3-T4", "Arbejdsgrupper", f"{_SAMLING}.grupper", ("Arbejdsgruppe", "Opgave", "Medlemmer"),
                ((g.navn, g.opgave, g.sammensaetning) for g in b.grupper))  # fmt: skip
    yield _post(
        "R3-T5", "Centrale udmeldinger", f"{_SAMLING}.temaer",
        ("Udmelding", "Målgruppe", "Modtaget", "Svarfrist", "Stand", "Har svaret", "Kommuner"),
        ((t.titel, t.maalgruppe, t.modtaget, t.frist, t.stand, t.svaret, t.parter) for t in b.temaer),
    )  # fmt: skip


def _tendenser(b: Udviklingsdelbillede) -> Iterator[Post]:
    aar = [periode.navn for periode in b.perioder]
    yield _post(
        "R3-F3", "Belægning år for år", _TENDENSER, ("Hvem", "Periode", "Belægning, procent"), saetninger.kurver(b), 2
    )
    yield _post(
        "R3-T6", "Åbne pladser og belægning i området", _TENDENSER,
        ("Periode", "Åbne pladser", "Åbne pladsdage", "Belagte pladsdage"),
        (
            (periode.navn, pladser, dage.aabne, SKJULT if dage.aabne and dage.belagte is None else dage.belagte)
            for periode, pladser, dage in zip(b.perioder, b.aabne_pladser, b.belaegning_i_alt, strict=True)
        ),
    )  # fmt: skip
    yield _post("R3-T7", "Åbne pladser efter målgruppe", _TENDENSER, ("Målgruppe", *aar),
                ((t.maalgruppe, *t.pladser) for t in b.maalgrupper))  # fmt: skip
    yield _post("R3-T8", "Belægning efter målgruppe, procent", _TENDENSER, ("Målgruppe", *aar),
                ((t.maalgruppe, *_andele(t)) for t in b.maalgrupper))  # fmt: skip
    yield _post("R3-T9", "Åbne pladser efter målgruppe og tilbudstype", _TENDENSER, ("Målgruppe", "Tilbudstype", *aar),
                ((t.maalgruppe, t.tilbudstype, *t.pladser) for t in b.tilbudstyper), 2)  # fmt: skip
    yield _post("R3-T10", "Belægning efter målgruppe og tilbudstype, procent", _TENDENSER, ("Målgruppe", "Tilbudstype", *aar),
                ((t.maalgruppe, t.tilbudstype, *_andele(t)) for t in b.tilbudstyper), 2)  # fmt: skip


def _andele(tendens: Tendens) -> Iterator[Vaerdi]:
    """Nothing is hidden of a period in which no place was open."""
    for pladser, andel in zip(tendens.pladser, tendens.belaegning, strict=True):
        yield SKJULT if andel is None and pladser else andel


def _behov(b: Udviklingsdelbillede) -> Iterator[Post]:
    flest = [(r.maalgruppe, r.i_alt) for r in b.behov.flest]
    yield _post("R3-F4", "Udækkede behov efter målgruppe", _BEHOV, ("Målgruppe", "Udækkede behov"), flest)
    raekker = [*((r.maalgruppe, r.antal, r.i_alt) for r in b.behov.raekker), ("I alt", b.behov.summer, b.behov.i_alt)]
    yield _post(
        "R3-T11", "Udækkede behov efter målgruppe og kvartal", _BEHOV,
        ("Målgruppe", *(k.navn for k in b.behov.kvartaler), "Vist i alt"),
        (
            (navn, *(SKJULT if et is None else et for et in (*antal, i_alt)))
            for navn, antal, i_alt in (raekker if b.behov.viser_noget else ())
        ),
    )  # fmt: skip


def _undervisning(b: Udviklingsdelbillede) -> Iterator[Post]:
    yield _post("R3-T12", "Specialundervisning", f"{_SAMLING}.undervisning", ("Tilbudstype", "Tilbud", "Pladser"),
                ((u.navn, u.tilbud, u.pladser) for u in b.undervisning))  # fmt: skip
    yield _post("R3-T15", "Tilbud med mere end 100 pladser", f"{_SAMLING}.store_tilbud", ("Tilbud", "Kommune", "Pladser"),
                ((t.navn, t.kommune, t.pladser) for t in b.store_tilbud), 2)  # fmt: skip


def _fokus(b: Udviklingsdelbillede) -> Iterator[Post]:
    yield _post(
        "R3-T13", "Fokusområder, indsatser og milepæle", f"{_SAMLING}.fokusomraader",
        ("Fokusområde", "Indsats", "Milepæl", "Frist", "Ansvarlig", "Stand"),
        (
            (omraade, indsats, m.navn, m.frist, m.ansvarlig, m.stand)
            for omraade, indsats, m in saetninger.milepaele(b)
        ), 3,
    )  # fmt: skip
