"""The snapshot of the report "Udviklingsdel": figures that agree with the ledger, and nothing in it that must not be published."""

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.db import connection

from rammeaftale.rapporter.kanonisk import fra_json
from rammeaftale.rapporter.udviklingsdel import saetninger
from rammeaftale.rapporter.udviklingsdel.data import Udviklingsdelbillede
from tests import fabrik
from tests.rammeaftale.rapporter.udviklingsdel import situationer
from tilbud.models import Hjemmel, Tilbud

pytestmark = pytest.mark.django_db
# Day by day, from the words of the domain text: open places on their weekdays, and those somebody had.
_DAGE = """
WITH aaben AS (
    SELECT p.id, d::date AS dag, t.id AS tilbud FROM generate_series(%s::date, %s::date - 1, '1 day') d
    JOIN tilbud_plads p ON p.periode @> d::date AND extract(isodow FROM d)::int = ANY(p.ugedage)
    JOIN tilbud_afdeling a ON a.id = p.afdeling_id JOIN tilbud_tilbud t ON t.id = a.tilbud_id
    WHERE (t.lukket_fra IS NULL OR d < t.lukket_fra) AND t.navn = ANY(%s)
      AND NOT EXISTS (SELECT FROM belaegning_optagelse o WHERE o.plads_id = p.id AND o.aktiv AND o.art = 'lukket'
                      AND o.periode @> d::date AND extract(isodow FROM d)::int = ANY(o.ugedage))
)
SELECT count(*), count(*) FILTER (WHERE EXISTS (
    SELECT FROM belaegning_optagelse o WHERE o.plads_id = aaben.id AND o.aktiv AND o.art = 'ophold' AND o.periode @> aaben.dag
      AND extract(isodow FROM aaben.dag)::int = ANY(o.ugedage)))
FROM aaben
"""
ALLE = ["Storegården", "Lillebo"]


def talt(fra: date, til: date, *tilbud: str) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(_DAGE, [fra, til, list(tilbud)])
        aabne, belagte = cursor.fetchone()
    return aabne, belagte


def gennemsnit(aabne: int, dage: int) -> Decimal:
    return halve_op(Decimal(aabne) / dage, "0.1")


def halve_op(vaerdi: Decimal, til: str) -> Decimal:
    return vaerdi.quantize(Decimal(til), rounding=ROUND_HALF_UP)


def test_snapshot_is_the_same_text_again_and_reads_back_as_it_was() -> None:
    aftale = situationer.omraade()
    data = situationer.data(aftale)
    assert situationer.data(aftale) == data
    assert fra_json(Udviklingsdelbillede, data) == situationer.billede(aftale)


def test_capacity_and_occupancy_of_the_area_are_those_counted_day_by_day() -> None:
    billede = situationer.billede(situationer.omraade())
    assert [p.navn for p in billede.perioder] == ["2022", "2023", "2024", "2025", "2026 til dato"]
    for periode, pladser, dage in zip(billede.perioder, billede.aabne_pladser, billede.belaegning_i_alt, strict=True):
        aabne, belagte = talt(periode.fra, periode.til, *ALLE)
        assert dage.aabne == aabne
        assert pladser == gennemsnit(aabne, (periode.til - periode.fra).days)
        assert dage.belagte in {None, belagte}
    assert [dage.belagte is None for dage in billede.belaegning_i_alt] == [True, True, True, False, False]


def test_target_group_and_offer_type_are_those_counted_day_by_day_and_hidden_with_few_stays() -> None:
    billede = situationer.billede(situationer.omraade())
    fundne = {(t.maalgruppe, t.tilbudstype): t for t in (*billede.maalgrupper, *billede.tilbudstyper)}
    botilbud, samvaer = (next(type_ for _, type_ in fundne if paragraf in type_) for paragraf in ("§ 107", "§ 104"))
    for gruppe, type_, tilbud in (
        ("Autismespektrum", "", "Storegården"), ("Autismespektrum", botilbud, "Storegården"),
        ("Psykisk sygdom", "", "Lillebo"), ("Psykisk sygdom", samvaer, "Lillebo"),
    ):  # fmt: skip
        tendens = fundne[gruppe, type_]
        for periode, pladser, andel in zip(billede.perioder, tendens.pladser, tendens.belaegning, strict=True):
            aabne, belagte = talt(periode.fra, periode.til, tilbud)
            assert pladser == gennemsnit(aabne, (periode.til - periode.fra).days)
            assert andel in {None, int(halve_op(Decimal(belagte * 100) / aabne, "1"))}
    assert fundne["Psykisk sygdom", samvaer].belaegning == (None,) * 5
    assert fundne["Psykisk sygdom", ""].belaegning == (None,) * 5


def test_hidden_count_does_not_follow_from_the_sums() -> None:
    """Two stays are hidden; another figure in the same sum must go as well, or the total would tell."""
    billede = situationer.billede(situationer.omraade())
    sidste_aar = 3
    assert billede.belaegning_i_alt[sidste_aar].belagte is not None
    skjulte = [t.maalgruppe for t in billede.maalgrupper if t.belaegning[sidste_aar] is None]
    assert "Psykisk sygdom" in skjulte
    assert len(skjulte) >= 2


def test_closed_offer_was_part_of_the_years_it_was_open() -> None:
    aftale = situationer.omraade()
    Tilbud.objects.filter(navn="Storegården").update(lukket_fra=date(2026, 1, 1))
    billede = situationer.billede(aftale)
    *foer, til_dato = billede.belaegning_i_alt
    assert foer[-1].aabne == talt(date(2025, 1, 1), date(2026, 1, 1), *ALLE)[0]
    assert til_dato.aabne == talt(date(2026, 1, 1), date(2026, 11, 24), "Lillebo")[0]


def test_focus_areas_stand_with_their_milestones_on_the_data_date() -> None:
    billede = situationer.billede(situationer.omraade())
    assert [(f.navn, f.ministertema, f.fremdrift) for f in billede.fokus] == [
        ("Overgange", False, "0 af 2 milepæle er nået, 1 har overskredet fristen"),
        ("Særforanstaltninger", True, "Ingen milepæle"),
    ]
    assert [(m.navn, m.stand) for _, _, m in saetninger.milepaele(billede)] == [
        ("Evalueret", "Frist overskredet"), ("Skabelonen er afprøvet", "Ikke begyndt"),
    ]  # fmt: skip


def test_calls_groups_and_deadlines_are_those_of_the_day() -> None:
    billede = situationer.billede(situationer.omraade())
    assert [(t.titel, t.svaret, t.parter) for t in billede.temaer] == [("Udviklingshæmmede med dom", 0, 3)]
    assert [(g.navn, g.sammensaetning) for g in billede.grupper] == [("Taskforce", "1 kommune")]
    assert [f.dag for f in billede.frister] == [date(2026, 12, 1), date(2027, 3, 1)]


def test_special_education_and_large_offers_are_counted_on_the_data_date() -> None:
    aftale = situationer.omraade()
    stor = Tilbud.objects.get(navn="Storegården")
    stor.hjemler.add(Hjemmel.objects.get(pk="LSV"))
    billede = situationer.billede(aftale)
    assert [(u.tilbud, u.pladser) for u in billede.undervisning] == [(1, 12)]
    assert billede.store_tilbud == ()
    for _ in range(89):
        fabrik.ledig_plads(stor.afdelinger.get())
    assert [(t.navn, t.kommune, t.pladser) for t in situationer.billede(aftale).store_tilbud] == [
        ("Storegården", "Gladsaxe", 101)
    ]
    Tilbud.objects.filter(pk=stor.pk).update(beskyttet_adresse=True)
    assert [t.kommune for t in situationer.billede(aftale).store_tilbud] == ["Adressen er beskyttet"]


def test_sentences_say_what_the_figures_do() -> None:
    billede = situationer.billede(situationer.omraade())
    assert saetninger.flytninger(billede) == "1 flytning er til et mere specialiseret niveau og 0 til et mere alment."
    assert saetninger.flytninger(replace(billede, flytninger=())) == "Ingen tilbud har skiftet niveau i årene."
    assert saetninger.belaegning(billede).startswith("37,8")
    assert saetninger.temaer(billede).endswith("0 af 1 er besvaret af alle.")


@pytest.mark.parametrize(
    ("foerst", "sidst", "ventet"),
    [
        (10, 12, "i gennemsnit 12,0 åbne pladser i 2026 til dato, 20,0\N{NO-BREAK SPACE}% flere end i 2022, hvor der var 10,0."),
        (10, 9, "9,0 åbne pladser i 2026 til dato, 10,0\N{NO-BREAK SPACE}% færre end i 2022"),
        (10, 10, "10,0 åbne pladser i 2026 til dato, lige så mange som i 2022"),
        (0, 3, "3,0 åbne pladser i 2026 til dato og ingen i 2022."),
        (3, 0, "Der var ingen åbne pladser i området i 2026 til dato."),
    ],
)  # fmt: skip
def test_change_of_capacity_is_told_from_the_first_year(foerst: int, sidst: int, ventet: str) -> None:
    billede = situationer.billede(fabrik.aftale(parter=()))
    aabne = (Decimal(foerst), *billede.aabne_pladser[1:-1], Decimal(sidst))
    assert ventet in saetninger.kapacitet(replace(billede, aabne_pladser=aabne))
