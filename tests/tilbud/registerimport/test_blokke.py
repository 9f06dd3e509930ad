"""Approvals, reports, services and permissions from a workbook: all or nothing, again by their own ids, and each rule told."""

from datetime import date

import pytest

from faelles.tid import Periode
from tests import fabrik
from tests.tilbud.registerimport.situationer import (
    AFDELING,
    GODKENDELSE,
    MERPLADS,
    PLADS,
    RAPPORT,
    TILBUD,
    YDELSE,
    Raekker,
    bog,
    kladde,
    ventende_import,
)
from tilbud.models import Merpladstilladelse, Registerimport, Tilsynsgodkendelse, Tilsynsrapport, Ydelse
from tilbud.registerimport.actions import godkend

pytestmark = pytest.mark.django_db


def hele(**andre: Raekker) -> bytes:
    """An offer with a row of each kind; `andre` are other rows of a sheet."""
    ark: dict[str, Raekker] = {
        "Godkendelser": [GODKENDELSE],
        "Tilsynsrapporter": [RAPPORT],
        "Ydelser": [YDELSE],
        "Merpladser": [MERPLADS],
    }
    return bog([TILBUD], [AFDELING], [PLADS], **{**ark, **andre})


@pytest.fixture(autouse=True)
def _ydelsestype() -> None:
    fabrik.ydelsestype("Ophold")


def gennemfoert(fil: bytes) -> Registerimport:
    return godkend(aktoer=fabrik.tilbudsleder(), import_id=ventende_import(fil).pk)


def test_all_four_kinds_are_made_with_their_offer_and_only_after_approval() -> None:
    ventende = ventende_import(hele())
    assert (ventende.nye, Tilsynsgodkendelse.objects.count()) == (7, 0)
    godkend(aktoer=fabrik.tilbudsleder(), import_id=ventende.pk)
    g, r = Tilsynsgodkendelse.objects.get(), Tilsynsrapport.objects.get()
    y, m = Ydelse.objects.get(), Merpladstilladelse.objects.get()
    assert (g.tilbud.ekstern_id, g.ekstern_id, g.hjemmel_id, g.pladser, g.socialtilsyn) == (
        "T1", "G1", "SEL-107", 8, "Socialtilsyn Øst",
    )  # fmt: skip
    assert Periode.af_range(g.periode) == Periode(date(2027, 1, 1))
    assert (r.dato, r.vurdering, r.rapport_url) == (date(2026, 10, 1), "vilkaar", "https://tilsyn.example.dk/r1")
    assert (str(y.type), y.leveringsform) == ("Ophold", "udgaaende")
    assert (m.afdeling.ekstern_id, m.pladser, m.grund) == ("A1", 2, "Brand i nabotilbuddet")
    assert Periode.af_range(m.periode) == Periode(date(2027, 1, 1), date(2027, 7, 1))


def test_again_there_is_nothing_to_do_and_a_changed_row_is_told_by_column() -> None:
    gennemfoert(hele())
    igen = kladde(hele())
    assert (igen.nye, igen.aendrede, igen.uaendrede, igen.fejl) == (0, 0, 7, [])
    sluttet = bog(Godkendelser=[{**GODKENDELSE, "Godkendte pladser": 6, "Sidste dag": "2027-12-31"}])
    aendret = ventende_import(sluttet)
    assert [a["felter"] for a in aendret.indhold["aendringer"]] == [
        {"pladser": [8, 6], "sidste_dag": [None, "2027-12-31"]}
    ]
    godkend(aktoer=fabrik.tilbudsleder(), import_id=aendret.pk)
    g = Tilsynsgodkendelse.objects.get()
    assert (g.pladser, Periode.af_range(g.periode)) == (6, Periode(date(2027, 1, 1), date(2028, 1, 1)))


@pytest.mark.parametrize(
    ("fil", "ventet"),
    [
        (hele(Godkendelser=[{**GODKENDELSE, "Hjemmel": "SEL-999"}]), ("Godkendelser", 2, "Hjemmel")),
        (hele(Godkendelser=[{**GODKENDELSE, "Godkendte pladser": -1}]), ("Godkendelser", 2, "Godkendte pladser")),
        (hele(Godkendelser=[{**GODKENDELSE, "Sidste dag": "2026-12-31"}]), ("Godkendelser", 2, "Sidste dag")),
        (hele(Godkendelser=[{**GODKENDELSE, "Tilbud": "T9"}]), ("Godkendelser", 2, "Tilbud")),
        (hele(Godkendelser=[GODKENDELSE, {**GODKENDELSE, "Id": "G2"}]), ("Godkendelser", 3, "Gælder fra")),
        (hele(Tilsynsrapporter=[RAPPORT, {**RAPPORT, "Id": "R2"}]), ("Tilsynsrapporter", 3, "Dato")),
        (
            hele(Tilsynsrapporter=[{**RAPPORT, "Link til rapporten": "http://tilsyn.example.dk"}]),
            ("Tilsynsrapporter", 2, "Link til rapporten"),
        ),
        (
            hele(Tilsynsrapporter=[{**RAPPORT, "Link til rapporten": "javascript:alert(1)"}]),
            ("Tilsynsrapporter", 2, "Link til rapporten"),
        ),
        (hele(Tilsynsrapporter=[{**RAPPORT, "Vurdering": "Fin"}]), ("Tilsynsrapporter", 2, "Vurdering")),
        (hele(Ydelser=[YDELSE, {**YDELSE, "Id": "Y2"}]), ("Ydelser", 3, "Gælder fra")),
        (hele(Ydelser=[{**YDELSE, "Leveringsform": "Pr. brev"}]), ("Ydelser", 2, "Leveringsform")),
        (hele(Merpladser=[MERPLADS, {**MERPLADS, "Id": "M2"}]), ("Merpladser", 3, "Gælder fra")),
        (hele(Merpladser=[{**MERPLADS, "Ekstra pladser": 0}]), ("Merpladser", 2, "Ekstra pladser")),
        (hele(Merpladser=[{**MERPLADS, "Begrundelse": "Bo 010190-1234"}]), ("Merpladser", 2, "Begrundelse")),
        (hele(Merpladser=[{**MERPLADS, "Afdeling": "A9"}]), ("Merpladser", 2, "Afdeling")),
    ],
    ids=lambda vaerdi: " ".join(map(str, vaerdi)) if isinstance(vaerdi, tuple) else "",
)
def test_broken_rule_is_told_with_sheet_row_and_column_and_nothing_is_kept(
    fil: bytes, ventet: tuple[str, int, str]
) -> None:
    proeve = kladde(fil)
    assert [(ark, raekke, kolonne) for ark, raekke, kolonne, *_ in proeve.fejl] == [ventet]
    assert not proeve.kan_sendes


def test_row_that_follows_the_day_after_another_is_no_overlap() -> None:
    gennemfoert(hele(Godkendelser=[{**GODKENDELSE, "Sidste dag": "2027-12-31"}]))
    naeste = {**GODKENDELSE, "Id": "G2", "Gælder fra": "2028-01-01"}
    assert kladde(bog(Godkendelser=[naeste])).fejl == []
    assert kladde(bog(Godkendelser=[{**naeste, "Gælder fra": "2027-12-31"}])).fejl[0][2] == "Gælder fra"


def test_anothers_row_is_not_touched_by_its_id() -> None:
    fremmed = fabrik.godkendelse(fabrik.tilbud("Andres", i="Herlev"), 4)
    proeve = kladde(hele(Godkendelser=[{**GODKENDELSE, "Id": str(fremmed.pk)}]))
    assert [fejl[2] for fejl in proeve.fejl] == ["Id"]
