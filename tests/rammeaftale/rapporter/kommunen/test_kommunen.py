"""The report "Kommunens køb og salg": counted day by day by other SQL, hidden from others, told the same every time."""

import io
import re
from decimal import Decimal
from pydoc import locate

import pytest
from django.db import connection
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from faelles.dokument.tjek import tjek_pdf
from faelles.scope import som_systemet
from rammeaftale.rapporter import tasks  # noqa: F401 - as a worker does: makes the report types' makers known
from rammeaftale.rapporter.kanonisk import fra_json, til_json
from rammeaftale.rapporter.kapacitet.data import Handel
from rammeaftale.rapporter.kommunen import dokument, saetninger
from rammeaftale.rapporter.kommunen.data import Kommunebillede, Raekke
from rammeaftale.rapporter.kommunen.regler import UDEN_SAG
from rammeaftale.rapporter.poster import vis
from rammeaftale.rapporter.register import KOMMUNE, Manuskript
from tests import fabrik
from tests.rammeaftale.rapporter import facit
from tests.rammeaftale.rapporter.kapacitet import situationer as kapacitet
from tests.rammeaftale.rapporter.kommunen import situationer
from tests.rammeaftale.rapporter.layout import fejl_paa_siderne
from tests.rammeaftale.rapporter.situationer import lav

pytestmark = pytest.mark.django_db
MANUSKRIPT = Manuskript(til_udgivelse=False)

# A place is bought on a day by the municipality that pays for the stay on it that day, of the operator of the offer; it costs the price
# accepted for that day and is given under the hjemmel of that day (report-contents § R6; rules-reservation). Counted day by day.
DAG_FOR_DAG = """
SELECT k.navn, g.navn, coalesce(h.hjemmel_id, ''), string_agg(DISTINCT m.term, '; ') , count(DISTINCT (dagen, o.id)), coalesce(sum(DISTINCT r.samlet), 0)
FROM generate_series(%(fra)s::date, %(til)s::date - 1, interval '1 day') AS dagen
JOIN belaegning_optagelse o ON o.aktiv AND o.art = 'ophold' AND o.periode @> dagen::date AND extract(isodow FROM dagen)::int = ANY(o.ugedage)
JOIN tilbud_plads p ON p.id = o.plads_id AND p.periode @> dagen::date AND extract(isodow FROM dagen)::int = ANY(p.ugedage)
JOIN tilbud_afdeling a ON a.id = p.afdeling_id JOIN tilbud_tilbud t ON t.id = a.tilbud_id
JOIN kommuner_organisation g ON g.id = t.driftsherre_id
LEFT JOIN tilbud_tilbud_maalgrupper tm ON tm.tilbud_id = t.id LEFT JOIN tilbud_maalgruppe m ON m.kode = tm.maalgruppe_id
LEFT JOIN sag_opholdsplads s ON s.optagelse_id = o.id
LEFT JOIN sag_opholdsansvar v ON v.ophold_id = s.ophold_id AND v.periode @> dagen::date
LEFT JOIN kommuner_organisation k ON k.id = v.betalingskommune_id
LEFT JOIN sag_opholdspris r ON r.ophold_id = s.ophold_id AND r.accepteret IS NOT NULL AND r.periode @> dagen::date
LEFT JOIN sag_opholdshjemmel h ON h.ophold_id = s.ophold_id AND h.periode @> dagen::date
GROUP BY k.navn, g.navn, h.hjemmel_id, dagen, o.id
"""


def dag_for_dag() -> dict[tuple[str | None, str, str], tuple[int, Decimal]]:
    """Days and kroner by buyer, seller and code of the hjemmel."""
    fire = kapacitet.FIRE_KVARTALER
    talt: dict[tuple[str | None, str, str], tuple[int, Decimal]] = {}
    with som_systemet("the test counts what the report counts"), connection.cursor() as cursor:
        cursor.execute(DAG_FOR_DAG, {"fra": fire.fra, "til": fire.til})
        for koeber, saelger, hjemmel, _, dage, kr in cursor.fetchall():
            foer = talt.get((koeber, saelger, hjemmel), (0, Decimal(0)))
            talt[koeber, saelger, hjemmel] = (foer[0] + dage, foer[1] + kr)
    return talt


def sum_(talt: dict[tuple[str | None, str, str], tuple[int, Decimal]], **hvad: str | None) -> Handel:
    plads = {"koeber": 0, "saelger": 1, "hjemmel": 2}
    fundne = [tal for noegle, tal in talt.items() if all(noegle[plads[felt]] == v for felt, v in hvad.items())]
    return Handel(sum(dage for dage, _ in fundne), sum((kr for _, kr in fundne), Decimal(0)))


def raekke(raekker: tuple[Raekke, ...], navn: str) -> Raekke:
    return next(r for r in raekker if r.navn == navn)


GLADSAXE, HERLEV, ROEDOVRE, AARHUS = (f"{navn} Kommune" for navn in ("Gladsaxe", "Herlev", "Rødovre", "Aarhus"))


def test_own_report_is_what_is_counted_day_by_day() -> None:
    b = situationer.billede(situationer.omraade(), egen=True)
    talt = dag_for_dag()
    assert b.koeb.i_alt == sum_(talt, koeber=GLADSAXE)
    assert b.salg.i_alt == sum_(talt, saelger=GLADSAXE)
    for parter, hvem, hvis in ((b.koeb.parter, "koeber", "saelger"), (b.salg.parter, "saelger", "koeber")):
        for en in parter:
            navn = None if en.navn == "Køber ikke registreret" else en.navn
            assert en.handel == sum_(talt, **{hvem: GLADSAXE, hvis: navn}), en.navn
    assert [en.navn for en in b.koeb.parter] == [GLADSAXE, HERLEV, AARHUS]
    assert [en.navn for en in b.salg.parter] == [GLADSAXE, HERLEV, "Køber ikke registreret", ROEDOVRE, AARHUS]
    assert raekke(b.salg.parter, HERLEV).handel.dage == 2 * 243, "two stays: hidden from others"


def test_days_are_counted_under_the_hjemmel_of_the_day() -> None:
    b = situationer.billede(situationer.omraade(), egen=True)
    talt = dag_for_dag()
    dage = {en.navn.split()[2] if en.navn.startswith("SEL") else en.navn: en.handel for en in b.koeb.hjemler}
    assert dage["107"] == sum_(talt, koeber=GLADSAXE, hjemmel="SEL-107") == Handel(92, Decimal(92_000))
    assert dage["108"] == Handel(243, Decimal(243_000))
    assert dage["Hjemmel ikke registreret"] == sum_(talt, koeber=GLADSAXE, hjemmel="")
    assert raekke(b.salg.hjemler, UDEN_SAG).uden_pris


def test_each_way_of_dividing_adds_up() -> None:
    b = situationer.billede(situationer.omraade(), egen=True)
    for side in (b.koeb, b.salg):
        for raekker in (side.hjemler, side.maalgrupper, side.parter):
            assert sum(r.handel.dage or 0 for r in raekker) == side.i_alt.dage
            assert sum(r.handel.kr or 0 for r in raekker) == side.i_alt.kr


def test_secretariat_sees_of_with_whom_what_the_matrix_shows_and_no_more() -> None:
    aftale = situationer.omraade()
    matrix = kapacitet.billede(aftale).matrix
    for navn in kapacitet.KOMMUNER:
        b = situationer.billede(aftale, navn, egen=False)
        hele = f"{navn} Kommune"
        assert b.koeb.i_alt == matrix.koebt[matrix.koebere.index(hele)]
        assert {(r.navn, r.handel) for r in b.koeb.parter} == {(s, h) for s, k, h in matrix.vist if k == hele}
        assert {(r.navn, r.handel) for r in b.salg.parter} == {(k, h) for s, k, h in matrix.vist if s == hele}


def test_small_figures_are_neither_in_the_secretariats_snapshot_nor_in_what_goes_with_it() -> None:
    aftale = situationer.omraade()
    talt = dag_for_dag()
    smaa = [sum_(talt, koeber=HERLEV, saelger=GLADSAXE).dage, sum_(talt, koeber=AARHUS, saelger=GLADSAXE).dage, 92]
    for navn in kapacitet.KOMMUNER:
        data = situationer.data(aftale, navn, egen=False)
        alt_der_foelger_med = data + "".join(post.csv().decode() for post in KOMMUNE.poster(data))
        for dage in smaa:
            assert not re.search(rf"\b{dage}\b", alt_der_foelger_med)
        assert "Aarhus" not in data, "the area only"
    egne = situationer.data(aftale, egen=True)
    assert all(re.search(rf"\b{dage}\b", egne) for dage in smaa), "the control: they are there to be seen"


@pytest.mark.parametrize("egen", [True, False])
def test_document_is_the_one_read_and_approved(*, egen: bool) -> None:
    data = situationer.data(situationer.omraade(), egen=egen)
    facit.holder("kommune_egen" if egen else "kommune", dokument.dokument(data, {}).html)


@pytest.mark.parametrize("egen", [True, False])
def test_pdf_is_accessible_the_same_again_and_carries_its_figures(*, egen: bool) -> None:
    data = situationer.data(situationer.omraade(), egen=egen)
    assert til_json(fra_json(Kommunebillede, data)) == data
    pdf = lav(data, "kommune", MANUSKRIPT)
    assert lav(data, "kommune", MANUSKRIPT) == pdf
    assert tjek_pdf(pdf) == ()
    assert fejl_paa_siderne(data, "kommune") == []
    laeser = PdfReader(io.BytesIO(pdf))
    titler = [" ".join(str(post.title).split()) for post in laeser.outline if not isinstance(post, list)]
    assert titler == [
        "Indhold",
        "1 Resumé",
        "2 Hvad kommunen køber",
        "3 Hvad kommunen sælger",
        "4 Metode og datagrundlag",
    ]
    tekst = " ".join(side.extract_text() for side in laeser.pages)
    assert "Ikke til udgivelse" in tekst
    assert "Udkast" not in tekst
    for post in vis(KOMMUNE.poster(data)):
        assert laeser.attachments[f"{post.id}.csv"] == [post.csv()]


def test_every_table_has_its_rows_and_a_query_that_exists() -> None:
    aftale = situationer.omraade()
    for egen in (True, False):
        data = situationer.data(aftale, egen=egen)
        paa_siderne = re.findall(r'<caption data-id="([^"]+)"', dokument.dokument(data, {}).html)
        poster = KOMMUNE.poster(data)
        assert len(paa_siderne) == len(set(paa_siderne))
        assert {post.id for post in vis(poster)} == set(paa_siderne)
        for post in poster:
            assert callable(locate(post.kilde)), post.kilde


@pytest.mark.parametrize("egen", [True, False])
def test_municipality_that_trades_nothing_still_gets_a_report(*, egen: bool) -> None:
    data = situationer.data(fabrik.aftale(parter=("Gladsaxe",)), egen=egen)
    html = dokument.dokument(data, {}).html
    assert ("ingen ophold at gøre op som køb" if egen else "for få ophold til, at kommunens køb kan vises") in html
    assert tjek_pdf(lav(data, "kommune", MANUSKRIPT)) == ()


def test_table_with_nothing_but_its_sum_says_why() -> None:
    assert "for få ophold" in saetninger.stoerste(())


def test_long_names_keep_inside_their_cells() -> None:
    langt = "Foreningen for bosteder til voksne med erhvervet hjerneskade og særligt komplekse behov i Øresundsregionen"
    aftale = fabrik.aftale(parter=("Gladsaxe",))
    hvor = fabrik.afdeling(fabrik.tilbud(langt, maalgrupper=(langt, f"{langt} 2")))
    for _ in range(40):
        kapacitet.ophold(hvor, "Gladsaxe", kapacitet.FIRE_KVARTALER, "123456789.00")
    data = situationer.data(aftale, egen=True)
    assert langt in data
    assert fejl_paa_siderne(data, "kommune") == []


@pytest.mark.parametrize("egen", [True, False])
def test_number_of_statements_does_not_follow_the_amount_of_data(
    django_assert_num_queries: DjangoAssertNumQueries, *, egen: bool
) -> None:
    aftale = situationer.omraade()
    antal = 14 if egen else 26
    with django_assert_num_queries(antal):
        situationer.billede(aftale, egen=egen)
    flere = fabrik.afdeling(fabrik.tilbud("Flere"))
    for _ in range(10):
        kapacitet.ophold(flere, "Gladsaxe", kapacitet.FIRE_KVARTALER)
    with django_assert_num_queries(antal):
        situationer.billede(aftale, egen=egen)
