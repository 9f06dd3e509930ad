"""The report "Kapacitet og belægning": counted day by day by other SQL, suppressed, and told the same every time."""

import io
import re
from decimal import Decimal
from pydoc import locate

import pytest
from django.db import connection
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from faelles.dokument.tjek import tjek_pdf
from faelles.fejl import Konflikt
from faelles.scope import som_systemet
from rammeaftale.rapporter import tasks  # noqa: F401 - as a worker does: makes the report types' makers known
from rammeaftale.rapporter.kanonisk import fra_json, til_json
from rammeaftale.rapporter.kapacitet import dokument
from rammeaftale.rapporter.kapacitet.data import Handel, Kapacitetsbillede
from rammeaftale.rapporter.kapacitet.samling import PRIVATE
from rammeaftale.rapporter.poster import SKJULT, vis
from rammeaftale.rapporter.register import KAPACITET, fremstiller
from tests import fabrik
from tests.rammeaftale.rapporter import facit
from tests.rammeaftale.rapporter.kapacitet import situationer
from tests.rammeaftale.rapporter.layout import fejl_paa_siderne
from tests.rammeaftale.rapporter.situationer import lav
from vilkaar.models import Vilkaarssaet

pytestmark = pytest.mark.django_db
ANTAL = 51

# A place is used on a day when a stay holds it, on one of its weekdays; it costs the price accepted for that day, and is paid by
# the municipality that paid that day (report-contents § R5, K2 and K3). Counted day by day.
DAG_FOR_DAG = """
SELECT g.navn, k.navn, count(*), coalesce(sum(r.samlet), 0)
FROM generate_series(%(fra)s::date, %(til)s::date - 1, interval '1 day') AS dagen
JOIN belaegning_optagelse o ON o.aktiv AND o.art = 'ophold' AND o.periode @> dagen::date AND extract(isodow FROM dagen)::int = ANY(o.ugedage)
JOIN tilbud_plads p ON p.id = o.plads_id AND p.periode @> dagen::date AND extract(isodow FROM dagen)::int = ANY(p.ugedage)
JOIN tilbud_afdeling a ON a.id = p.afdeling_id JOIN tilbud_tilbud t ON t.id = a.tilbud_id
JOIN kommuner_organisation g ON g.id = t.driftsherre_id
LEFT JOIN sag_opholdsplads s ON s.optagelse_id = o.id
LEFT JOIN sag_opholdsansvar v ON v.ophold_id = s.ophold_id AND v.periode @> dagen::date
LEFT JOIN kommuner_organisation k ON k.id = v.betalingskommune_id
LEFT JOIN sag_opholdspris r ON r.ophold_id = s.ophold_id AND r.accepteret IS NOT NULL AND r.periode @> dagen::date
GROUP BY g.navn, k.navn
"""


def dag_for_dag() -> dict[tuple[str, str | None], tuple[int, Decimal]]:
    fire = situationer.FIRE_KVARTALER
    with som_systemet("the test counts what the report counts"), connection.cursor() as cursor:
        cursor.execute(DAG_FOR_DAG, {"fra": fire.fra, "til": fire.til})
        return {(saelger, koeber): (dage, kr) for saelger, koeber, dage, kr in cursor.fetchall()}


def celle(billede: Kapacitetsbillede, saelger: str, koeber: str) -> Handel:
    raekke = next(s for s in billede.matrix.saelgere if s.navn == saelger)
    return raekke.celler[billede.matrix.koebere.index(koeber)]


def test_days_and_kroner_are_those_counted_day_by_day() -> None:
    billede = situationer.billede(situationer.omraade())
    matrix = billede.matrix
    talt = dag_for_dag()
    assert {(saelger, koeber) for saelger, koeber, _ in matrix.vist} == {
        ("Gladsaxe Kommune", "Gladsaxe Kommune"), ("Gladsaxe Kommune", "Rødovre Kommune"),
    }  # fmt: skip
    for saelger, koeber, handel in matrix.vist:
        assert handel.dage == talt[saelger, koeber][0]
        assert handel.kr in {None, talt[saelger, koeber][1]}
    assert celle(billede, "Gladsaxe Kommune", "Rødovre Kommune").kr == 7 * 243 * 2000
    herlev = [tal for (saelger, _), tal in talt.items() if saelger == "Herlev Kommune"]
    solgt = next(s.i_alt for s in matrix.saelgere if s.navn == "Herlev Kommune")
    assert (solgt.dage, solgt.kr) == (sum(dage for dage, _ in herlev), sum(kr for _, kr in herlev))
    assert matrix.i_alt.dage == sum(dage for dage, _ in talt.values())
    assert matrix.i_alt.kr == sum(kr for _, kr in talt.values())
    assert talt["Herlev Kommune", "Gladsaxe Kommune"][1] == 5 * 243 * 2000 + Decimal(
        "15005.00"
    )  # ten days with a price


def test_small_fields_are_hidden_and_so_is_what_would_tell_them() -> None:
    billede = situationer.billede(situationer.omraade())
    for koeber in ("Herlev Kommune", "Uden for området", "Køber ikke registreret"):
        assert celle(billede, "Gladsaxe Kommune", koeber).dage is None
    gladsaxe = next(s for s in billede.matrix.saelgere if s.navn == "Gladsaxe Kommune")
    assert gladsaxe.i_alt.dage is not None
    assert gladsaxe.i_alt.kr is None or gladsaxe.celler[0].kr is None, "two and one: three may not be told in kroner"
    assert [s.navn for s in billede.matrix.saelgere] == ["Gladsaxe Kommune", "Herlev Kommune", PRIVATE]


def test_hidden_figures_are_in_neither_snapshot_nor_attachments() -> None:
    data = situationer.data(situationer.omraade())
    talt = {par: dage for par, (dage, _) in dag_for_dag().items()}
    smaa = [talt["Gladsaxe Kommune", "Herlev Kommune"], talt["Gladsaxe Kommune", "Aarhus Kommune"]]
    alt_der_foelger_med = data + "".join(post.csv().decode() for post in KAPACITET.poster(data))
    for dage in smaa:
        assert not re.search(rf"\b{dage}\b", alt_der_foelger_med)


def test_quarters_and_municipalities_are_those_of_the_ledger() -> None:
    billede = situationer.billede(situationer.omraade())
    assert [k.navn for k in billede.kvartaler][::11] == ["4. kvartal 2023", "3. kvartal 2026"]
    foerste_2026 = billede.over_tid[[k.navn for k in billede.kvartaler].index("1. kvartal 2026")]
    assert foerste_2026.belagte == (35 + 5) * 90
    assert foerste_2026.aabne == 41 * 90 + 9 * 64  # weekdays of the quarter: 64
    assert billede.i_alt.belagte == 35 * 306 + 5 * 365


def test_type_is_told_in_whole_per_cent_and_against_the_year_before() -> None:
    typer = {(t.hjemmel, t.maalgruppe): t for t in situationer.billede(situationer.omraade()).typer}
    assert len(typer) == 3
    hjerneskade = typer["SEL § 107 Midlertidigt botilbud", "Erhvervet hjerneskade"]
    assert (hjerneskade.tilbud, hjerneskade.pladser) == (1, 30)
    assert (hjerneskade.procent, hjerneskade.procent_foer, hjerneskade.aendring) == (67, 18, 49)
    assert hjerneskade.belagte == 10014 * 67 // 100


def test_answers_are_told_as_days_within_which_half_and_nine_of_ten_came() -> None:
    svartider = situationer.billede(situationer.omraade()).svartider
    svar = [tid for tid in svartider.samlet if tid.trin == "Svar"]
    assert [(t.halvaar, t.sager, t.halvdelen, t.ni_af_ti) for t in svar[-2:]] == [
        ("2. halvår 2025", None, None, None), ("1. halvår 2026", 6, 3, 6),
    ]  # fmt: skip
    assert svartider.tekst == "I 1. halvår 2026 kom 6 svar: halvdelen inden for 3 dage og 9 ud af 10 inden for 6 dage."
    assert {t.gruppe for t in svartider.hjemler} == {"§ 107 Midlertidigt botilbud"}


def test_document_is_the_one_read_and_approved() -> None:
    data = situationer.data(situationer.omraade())
    facit.holder("kapacitet", dokument.dokument(data, fremstiller("kapacitet").tegn(data)).html)


def test_same_data_give_the_same_text_which_reads_back() -> None:
    aftale = situationer.omraade()
    billede = situationer.billede(aftale)
    assert situationer.data(aftale) == til_json(billede)
    assert fra_json(Kapacitetsbillede, til_json(billede)) == billede


def test_pdf_is_accessible_the_same_again_and_carries_its_figures() -> None:
    data = situationer.data(situationer.omraade())
    pdf = lav(data, "kapacitet")
    assert lav(data, "kapacitet") == pdf
    assert tjek_pdf(pdf) == ()
    assert fejl_paa_siderne(data, "kapacitet") == []
    laeser = PdfReader(io.BytesIO(pdf))
    titler = [" ".join(str(post.title).split()) for post in laeser.outline if not isinstance(post, list)]
    assert titler == [
        "Indhold", "1 Resumé", "2 Belægning", "3 Hjemmel og målgruppe", "4 Køb og salg",
        "5 De mest specialiserede tilbud", "6 Behov", "7 Svar- og ventetider", "8 Metode og datagrundlag",
    ]  # fmt: skip
    for post in vis(KAPACITET.poster(data)):
        assert laeser.attachments[f"{post.id}.csv"] == [post.csv()]


def test_every_table_and_drawing_has_its_rows_and_a_query_that_exists() -> None:
    data = situationer.data(situationer.omraade())
    html = dokument.dokument(data, fremstiller("kapacitet").tegn(data)).html
    paa_siderne = re.findall(r'<(?:fig)?caption data-id="([^"]+)"', html)
    poster = KAPACITET.poster(data)
    assert len(re.findall(r"<(?:fig)?caption", html)) == len(paa_siderne) == len(set(paa_siderne))
    assert {post.id for post in vis(poster)} == set(paa_siderne)
    for post in poster:
        assert callable(locate(post.kilde)), post.kilde
    assert SKJULT in {vaerdi for post in poster for raekke in post.raekker for vaerdi in raekke}


def test_empty_area_still_becomes_a_report() -> None:
    aftale = fabrik.aftale(parter=())
    data = situationer.data(aftale)
    assert "var der for få ophold til, at køb og salg kan vises" in dokument.dokument(data, {}).html
    assert tjek_pdf(lav(data, "kapacitet")) == ()


def test_area_whose_limit_is_not_agreed_gets_no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    aftale = fabrik.aftale()
    monkeypatch.setattr(Vilkaarssaet, "objects", Vilkaarssaet.objects.filter(aftale="ukendt"))
    with pytest.raises(Konflikt, match="Sekretariatet"):
        situationer.billede(aftale)


def test_number_of_statements_does_not_follow_the_amount_of_data(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    aftale = situationer.omraade()
    with django_assert_num_queries(ANTAL):
        situationer.billede(aftale)
    for _ in range(10):
        fabrik.ledig_plads()
    with django_assert_num_queries(ANTAL):
        situationer.billede(aftale)
