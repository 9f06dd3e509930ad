"""The snapshot: figures that agree with each other and with the register, and nothing in it that must not be published."""

import dataclasses
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from faelles.fejl import Konflikt
from faelles.tid import Periode
from rammeaftale.rapporter.kanonisk import fra_json, til_json
from rammeaftale.rapporter.rammeaftalen import data, saetninger
from rammeaftale.rapporter.rammeaftalen.data import Rammeaftalebillede
from tests import fabrik
from tests.rammeaftale.rapporter import situationer
from tilbud.models import OffentligtTilbud, Tilbud
from vilkaar.models import Vilkaarssaet

pytestmark = pytest.mark.django_db


def test_snapshot_of_the_same_data_and_instant_is_the_same_text() -> None:
    aftale = situationer.omraade()
    assert situationer.data(aftale) == situationer.data(aftale)


def test_snapshot_reads_back_as_it_was() -> None:
    billede = situationer.billede(situationer.omraade())
    assert fra_json(Rammeaftalebillede, til_json(billede)) == billede


def test_rows_sum_to_the_totals() -> None:
    billede = situationer.billede(situationer.omraade())
    assert billede.tilbud_i_alt == Tilbud.objects.count() == 2
    assert billede.pladser_i_alt.i_alt == sum(kommune.pladser.i_alt for kommune in billede.kommuner) == 16
    nu = billede.niveauer[-1]
    assert nu.niveau1 + nu.niveau2 + nu.niveau3 + nu.uden == billede.tilbud_i_alt
    assert sum(billede.niveau_pladser) == billede.pladser_i_alt.i_alt
    for nr, i_alt in enumerate(billede.belaegning_i_alt):
        assert sum(kommune.belaegning[nr].aabne for kommune in billede.kommuner) == i_alt.aabne


def test_visible_and_hidden_rows_together_are_the_total_when_nothing_is_hidden() -> None:
    aftale = situationer.omraade()
    lille = Tilbud.objects.get(navn="Lillebo").afdelinger.get()
    for _ in range(6):
        fabrik.optag(fabrik.ledig_plads(lille), Periode(date(2025, 6, 1), date(2026, 3, 1)))
    billede = situationer.billede(aftale)
    for nr, i_alt in enumerate(billede.belaegning_i_alt):
        assert sum(kommune.belaegning[nr].belagte or 0 for kommune in billede.kommuner) == i_alt.belagte


def test_municipality_with_few_stays_is_hidden_and_cannot_be_worked_out() -> None:
    """Herlev has two stays; Gladsaxe, the only other one with places, must go too, or the total would tell."""
    billede = situationer.billede(situationer.omraade())
    kommuner = {kommune.navn: kommune for kommune in billede.kommuner}
    assert kommuner["Herlev"].belaegning[0].belagte is None
    assert kommuner["Gladsaxe"].belaegning[0].belagte is None
    assert billede.belaegning_i_alt[0].belagte == 9 * 306 + 2 * 261
    assert kommuner["Rødovre"].belaegning[0] == type(billede.belaegning_i_alt[0])(aabne=0, belagte=0)
    assert {gruppe.navn: gruppe.belaegning[0] for gruppe in billede.maalgrupper} == {
        "Autismespektrum": None,
        "Erhvervet hjerneskade": 63,
        "Psykisk sygdom": None,
    }


def test_closed_days_of_a_place_are_not_open() -> None:
    billede = situationer.billede(situationer.omraade())
    gladsaxe = next(kommune for kommune in billede.kommuner if kommune.navn == "Gladsaxe")
    assert gladsaxe.belaegning[1].aabne == 12 * 327 - 31


def test_takster_are_weighed_with_open_place_days() -> None:
    aftale = situationer.omraade()
    stor = Tilbud.objects.get(navn="Storegården")
    nabo = fabrik.afdeling(stor, navn="Nabohuset")
    for _ in range(4):
        fabrik.ledig_plads(nabo)
    fabrik.takst(nabo, "4000.00")
    takster = {takst.hjemmel: takst for takst in situationer.billede(aftale).takster}
    botilbud = takster["SEL § 107 Midlertidigt botilbud"]
    assert botilbud.antal == 2
    assert (botilbud.mindste, botilbud.median, botilbud.stoerste) == (Decimal(2400), Decimal(3200), Decimal(4000))
    dage = 12 * 365  # closing in the ledger is occupancy, not capacity, and does not count here
    assert botilbud.vejet == ((2400 * dage + Decimal(4000) * 4 * 365) / (dage + 4 * 365)).quantize(Decimal("0.01"))


def test_movement_between_levels_is_listed_with_its_reason() -> None:
    flytninger = situationer.billede(situationer.omraade()).flytninger
    assert [(f.dag, f.tilbud, f.fra, f.til, f.grund) for f in flytninger] == [
        (date(2024, 5, 1), "Storegården", 2, 1, "Test")
    ]


def test_closed_offer_counts_in_the_past_but_not_on_the_data_date() -> None:
    aftale = situationer.omraade()
    Tilbud.objects.filter(navn="Storegården").update(lukket_fra=date(2026, 1, 1))
    billede = situationer.billede(aftale)
    assert billede.tilbud_i_alt == 1
    assert billede.pladser_i_alt.doegn == 0
    assert billede.belaegning_i_alt[0].aabne == 12 * 365 + 4 * 261
    assert billede.niveauer[-1].niveau1 == 0


def test_unmet_needs_stand_by_target_group_and_finished_quarter_with_small_ones_left_out() -> None:
    behov = situationer.billede(situationer.omraade()).behov
    assert [k.navn for k in behov.kvartaler][::7] == ["4. kvartal 2024", "3. kvartal 2026"]
    raekker = {r.maalgruppe: r for r in behov.raekker}
    assert list(raekker) == ["Autismespektrum", "Øvrige målgrupper"]
    assert (raekker["Autismespektrum"].i_alt, behov.summer[3], behov.i_alt) == (9, 10, 19)
    assert raekker["Øvrige målgrupper"].antal[3] == 10, (
        "three of a group nobody may know of, with the seven beside them"
    )
    assert [r.maalgruppe for r in behov.flest] == ["Autismespektrum"]
    assert "Erhvervet hjerneskade" not in til_json(behov), "with the sum of the quarter it would tell the three"
    assert "Psykisk sygdom" not in til_json(behov)


def test_needs_logged_later_or_elsewhere_are_not_in_the_snapshot() -> None:
    aftale = situationer.omraade()
    foer = situationer.data(aftale)
    fabrik.loggede_behov(9, fra=date(2026, 10, 1))
    fabrik.loggede_behov(9, fra=date(2022, 10, 1))
    fabrik.kommune("Aarhus", i="KKR Midtjylland")
    fabrik.loggede_behov(9, navn="Aarhus", hvor=fabrik.kkr("KKR Midtjylland"))
    assert situationer.data(aftale) == foer


def test_offer_outside_the_kkr_is_left_out() -> None:
    aftale = situationer.omraade()
    fabrik.ledig_plads(
        fabrik.afdeling(
            fabrik.tilbud(i="Aarhus", driftsherre=fabrik.kommune("Aarhus", i="KKR Midtjylland").organisation)
        )
    )
    billede = situationer.billede(aftale)
    assert billede.tilbud_i_alt == 2
    assert "Aarhus" not in [kommune.navn for kommune in billede.kommuner]


@pytest.mark.parametrize(
    ("oejeblik", "perioder"),
    [
        (datetime(2026, 1, 1, 8, tzinfo=UTC), ["2025"]),
        (datetime(2025, 12, 31, 23, 30, tzinfo=UTC), ["2025"]),  # half past midnight in Copenhagen
        (datetime(2026, 1, 2, 8, tzinfo=UTC), ["2025", "2026 til dato"]),
    ],
)
def test_year_to_date_has_the_days_before_the_data_date(oejeblik: datetime, perioder: list[str]) -> None:
    assert [periode.navn for periode in situationer.billede(fabrik.aftale(), oejeblik).perioder] == perioder


def test_published_prices_are_taken_in_as_written_and_unplaced_ones_with_their_reason() -> None:
    aftale = situationer.omraade()
    OffentligtTilbud.objects.create(
        raekke=7, navn="Sofieskolen", mangler=["kommunen er ikke angivet"], kilde_url="https://example.dk"
    )
    offentliggjort = situationer.billede(aftale).offentliggjort
    (pris,) = offentliggjort.priser
    assert (pris.raekke, pris.tilbud, pris.ydelse, pris.beloeb) == (1, "Solgaven", "Dagtilbud", Decimal("971.00"))
    assert (pris.enhed, pris.aar, pris.moms, pris.note) == ("", None, "inkl. moms", "365 d/å")
    assert (pris.sted, pris.aarsager) == ("example.dk", ("Enheden er ikke angivet",))
    assert [(t.raekke, t.navn, t.aarsager) for t in offentliggjort.uplacerede_tilbud] == [
        (7, "Sofieskolen", ("kommunen er ikke angivet",))
    ]
    assert offentliggjort.uplacerede == 2
    assert [(k.sted, k.aar, k.priser) for k in offentliggjort.kilder] == [("example.dk", None, 1)]


def test_missing_terms_stop_the_snapshot_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    aftale = fabrik.aftale()
    monkeypatch.setattr(Vilkaarssaet, "objects", Vilkaarssaet.objects.filter(aftale="ukendt"))
    with pytest.raises(Konflikt, match="Sekretariatet"):
        situationer.billede(aftale)


def test_sentences_say_what_the_tables_say() -> None:
    billede = situationer.billede(situationer.omraade())
    assert saetninger.godkendelser(billede) == (
        "0 af 3 har godkendt version 1; 3 mangler endnu at beslutte sig. Aftalen kan kun vedtages, når alle parter har godkendt."
    )
    assert (
        saetninger.omfang(billede)
        == "De 3 kommuner rummer 2 tilbud med 16 pladser, heraf 12 døgnpladser og 4 dagpladser."
    )
    assert "ligger under det forudsatte" in saetninger.belaegning(billede)
    assert "1 flytning" in saetninger.niveauer(billede)


def test_sentences_never_name_one_of_many_that_share_the_first_place() -> None:
    billede = situationer.billede(situationer.omraade())
    assert saetninger.flest_pladser(billede) == "Flest, 12, er der i Gladsaxe."
    autisme = next(m for m in billede.maalgrupper if m.belaegning[0] is not None)
    for antal, ventet in ((1, "A"), (2, "A og B"), (3, "3 målgrupper")):
        grupper = tuple(dataclasses.replace(autisme, navn=navn, belaegning=(95, 95)) for navn in "ABC"[:antal])
        lavere = dataclasses.replace(autisme, navn="Lavere", belaegning=(94, 95))
        fundet = saetninger.hoejest_belagte(dataclasses.replace(billede, maalgrupper=(lavere, *grupper)))
        assert fundet == f"Højest, 95 procent, ligger {ventet}."
    assert saetninger.hoejest_belagte(dataclasses.replace(billede, maalgrupper=())) == ""


def test_sentences_write_large_figures_as_the_tables_do() -> None:
    billede = situationer.billede(situationer.omraade())
    stor = dataclasses.replace(billede.kommuner[0], navn="København", pladser=data.Pladstal(1385, 0, 0, 0, 0))
    assert (
        saetninger.flest_pladser(dataclasses.replace(billede, kommuner=(stor,))) == "Flest, 1.385, er der i København."
    )


def test_number_of_statements_does_not_follow_the_amount_of_data(django_assert_max_num_queries: Any) -> None:
    aftale = situationer.omraade()
    fabrik.ledig_plads()
    with django_assert_max_num_queries(40) as foer:  # the figures, and the agreement's own text
        situationer.billede(aftale)
    for _ in range(5):
        fabrik.ledig_plads()
    with django_assert_max_num_queries(len(foer)):
        situationer.billede(aftale)
