"""The shipped data as they are: everything is loaded, nothing is guessed, and a second run changes nothing."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from kommuner.models import Folketal, Kkr, Kommune, Region, RegionMedlemskab, Rolle
from kommuner.reference import raekker
from takster import offentlige
from takster.models import OffentliggjortPris
from tests import fabrik
from tilbud.models import Hjemmel, Maalgruppe, OffentligtTilbud

pytestmark = pytest.mark.django_db


@pytest.fixture
def indlaest() -> str:
    """Reference data and published rows; what the commands said."""
    ud = StringIO()
    call_command("indlaes_reference", stdout=ud)
    call_command("indlaes_offentlige", stdout=ud)
    return ud.getvalue()


def test_reference_gives_the_real_municipalities_regions_and_kkrs(indlaest: str) -> None:
    assert Kommune.objects.count() == 98
    assert Kommune.objects.filter(kkr_medlemskaber__kkr__navn="KKR Hovedstaden").count() == 29
    assert Kommune.objects.filter(kkr_medlemskaber__kkr__navn="KKR Sjælland").count() == 17
    assert Kkr.objects.count() == 5
    assert Folketal.objects.filter(aar=2026).count() == 98
    gladsaxe = Kommune.objects.get(kommunekode="0159")
    assert (gladsaxe.kortnavn, gladsaxe.organisation.cvr) == ("Gladsaxe", "62761113")
    assert gladsaxe.graense["type"] in {"Polygon", "MultiPolygon"}


@pytest.mark.parametrize(
    ("dag", "antal"),
    [
        (date(2026, 12, 31), {"Region Hovedstaden": 29, "Region Sjælland": 17}),
        (date(2027, 1, 1), {"Region Østdanmark": 46}),
    ],
)
def test_reference_the_regions_change_on_the_first_of_january_2027(
    indlaest: str, dag: date, antal: dict[str, int]
) -> None:
    for navn, kommuner in antal.items():
        assert RegionMedlemskab.objects.paa(dag).filter(region__organisation__navn=navn).count() == kommuner
    assert RegionMedlemskab.objects.paa(dag).count() == 98


def test_reference_region_oestdanmark_succeeds_two_and_has_no_invented_code(indlaest: str) -> None:
    oest = Region.objects.get(organisation__navn="Region Østdanmark")
    assert oest.regionskode == ""
    assert sorted(region.organisation.navn for region in oest.afloeser.all()) == [
        "Region Hovedstaden",
        "Region Sjælland",
    ]


def test_reference_code_lists_hold_the_codes_of_the_domain(indlaest: str) -> None:
    autisme = Maalgruppe.objects.get(term="Autismespektrum")
    assert str(autisme.kode) == "9b3fd322-a75a-4ed8-9b74-425fa1e01c95"
    assert autisme.valgbar
    gammel = Hjemmel.objects.get(kode="SEL-66")
    assert gammel.erstattes_af_id == "BL-43"
    assert gammel.periode is not None
    assert gammel.periode.upper == date(2024, 1, 1)


def test_offentlige_every_row_is_loaded_as_written(indlaest: str) -> None:
    with offentlige.FIL.open(encoding="utf-8", newline="") as fil:
        kilde = list(csv.DictReader(fil))
    priser = {pris.raekke: pris for pris in OffentliggjortPris.objects.all()}
    assert len(priser) == len(kilde) == 130
    for nummer, raekke in enumerate(kilde, start=2):
        pris = priser[nummer]
        assert (pris.tilbud_navn, pris.beloeb) == (raekke["tilbud"], Decimal(raekke["takst_kr"]))
        assert (pris.kilde_url, pris.note) == (raekke["kilde_url"], raekke["note"])
        assert pris.aar == (int(raekke["aar"]) if raekke["aar"] else None)


def test_offentlige_unplaced_rows_are_kept_and_listed_with_row_and_reason(indlaest: str) -> None:
    for model in (OffentligtTilbud, OffentliggjortPris):
        for raekke in model.objects.exclude(mangler=[]):
            assert f"række {raekke.raekke}, " in indlaest
    assert (
        "offentlige_tilbud.csv række 16, Holme: hjemlen er ikke angivet; kommunen »uden for København« kan ikke genkendes"
        in indlaest
    )
    holme = OffentligtTilbud.objects.get(navn="Holme")
    assert holme.kommune is None


def test_offentlige_old_paragraphs_keep_their_own_code(indlaest: str) -> None:
    gamle = OffentliggjortPris.objects.filter(hjemler="SEL-66")
    assert gamle
    assert all("§ 66" in pris.hjemmel_tekst for pris in gamle)


def test_loading_again_changes_nothing(indlaest: str) -> None:
    foer = [
        list(model.objects.order_by("pk").values())
        for model in (Kommune, OffentligtTilbud, OffentliggjortPris, RegionMedlemskab)
    ]
    call_command("indlaes_reference", stdout=StringIO())
    call_command("indlaes_offentlige", stdout=StringIO())
    efter = [
        list(model.objects.order_by("pk").values())
        for model in (Kommune, OffentligtTilbud, OffentliggjortPris, RegionMedlemskab)
    ]
    assert efter == foer


def test_page_leaves_no_published_offer_or_price_out(indlaest: str, client: Client) -> None:
    client.force_login(fabrik.bruger(Rolle.LAESER, Kommune.objects.get(kommunekode="0175").organisation))
    vist = client.get(reverse("tilbud:offentliggjorte")).context
    tilbud = [*vist["tilbud"], *vist["uplacerede"]]
    assert sorted(t.raekke for t in tilbud) == sorted(OffentligtTilbud.objects.values_list("raekke", flat=True))
    priser = {
        *(pris.raekke for t in vist["tilbud"] for pris in t.priser.all()),
        *(pris.raekke for pris in [*vist["priser"], *vist["uplacerede_priser"]]),
    }
    assert priser == set(OffentliggjortPris.objects.values_list("raekke", flat=True))


def test_rows_that_could_not_be_placed_can_be_written_to_a_file(indlaest: str, tmp_path: Path) -> None:
    ud, log = StringIO(), tmp_path / "offentlige.log"
    call_command("indlaes_offentlige", "--log", str(log), stdout=ud)
    linjer = log.read_text().splitlines()
    antal = sum(
        1 for model in (OffentligtTilbud, OffentliggjortPris) for raekke in model.objects.all() if raekke.mangler
    )
    assert len(linjer) == antal > 0
    assert all(linje in indlaest for linje in linjer)
    assert f"De {antal} rækker, der ikke kunne placeres, står med årsag i {log}" in ud.getvalue()
    assert len(ud.getvalue().splitlines()) == 3


def test_loading_again_leaves_memberships_people_have_registered(indlaest: str) -> None:
    medlemskab = RegionMedlemskab.objects.filter(kommune="0159").first()
    assert medlemskab is not None
    RegionMedlemskab.objects.filter(kommune="0159").exclude(pk=medlemskab.pk).delete()
    call_command("indlaes_reference", stdout=StringIO())
    assert RegionMedlemskab.objects.filter(kommune="0159").count() == 1


def test_raekker_of_every_shipped_file_can_be_read() -> None:
    assert sum(1 for _ in raekker(offentlige.FIL)) == 130


def test_offentlige_the_municipality_is_never_guessed(indlaest: str) -> None:
    hoejsletten = OffentligtTilbud.objects.get(navn="Botilbuddet Højsletten")
    assert str(hoejsletten.kommune) == "Herlev"
    sofieskolen = OffentligtTilbud.objects.get(navn="Sofieskolen")  # run by Gladsaxe Kommune; where it lies is not said
    assert sofieskolen.kommune is None
    assert "kommunen er ikke angivet" in sofieskolen.mangler


def test_offentlige_counts_and_reasons_are_those_of_the_files(indlaest: str) -> None:
    assert "Offentliggjorte tilbud: 27 indlæst, 5 placeret, 22 ikke placeret" in indlaest
    assert "Offentliggjorte priser: 130 indlæst, 50 placeret, 80 ikke placeret" in indlaest
    assert any(
        linje.startswith("    offentlige_takster.csv række 2, Solgaven: ")
        and linje.endswith("enheden er ikke angivet; året er ikke angivet")
        for linje in indlaest.splitlines()
    )


def test_offentlige_prices_point_at_the_offer_of_exactly_the_same_name(indlaest: str) -> None:
    navne = {tilbud.navn: tilbud.pk for tilbud in OffentligtTilbud.objects.all()}
    for pris in OffentliggjortPris.objects.all():
        assert pris.tilbud_id == navne.get(pris.tilbud_navn)
