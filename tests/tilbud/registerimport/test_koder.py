"""Codes nobody can choose any longer: a row keeps the one it has, and no other row gets it."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from faelles.aktoer import Aktoer
from faelles.regneark.skabelon import skabelon
from faelles.tid import Periode, idag
from kommuner.models import Rolle
from tests import fabrik
from tests.tilbud.registerimport.situationer import GODKENDELSE, TILBUD, bog, hele, kladde
from tilbud.models import Hjemmel, Maalgruppe, Tilbud, Tilsynsgodkendelse, Ydelsestype
from tilbud.registerimport.actions import godkend, proev_fil, send
from tilbud.registerimport.queries import eksisterende, skema_paa

pytestmark = pytest.mark.django_db

GAMMEL, UDGAAET = "SEL-66", "SEL-52"
BARNETS_LOV = date(2024, 1, 1)


@pytest.fixture(autouse=True)
def _lister() -> None:
    """SEL-66 has become BL-43, SEL-52 has become nothing; a target group and a word have gone out of use."""
    fabrik.hjemmel("BL-43")
    foer = Periode(date(2000, 1, 1), BARNETS_LOV).som_range
    for kode, afloeser in ((GAMMEL, "BL-43"), (UDGAAET, None)):
        fabrik.hjemmel(kode)
        Hjemmel.objects.filter(pk=kode).update(periode=foer, erstattes_af=afloeser)
    fabrik.maalgruppe("Hjerneskade")
    Maalgruppe.objects.filter(term="Hjerneskade").update(valgbar=False)


def gammelt_tilbud() -> Tilbud:
    """An offer with an approval, a target group and a service by old codes."""
    tilbud = fabrik.tilbud(
        i="Gladsaxe",
        ekstern_id="T1",
        hjemler=(GAMMEL, UDGAAET, "SEL-107"),
        maalgrupper=("Hjerneskade", "Autismespektrum"),
    )
    for kode in (GAMMEL, UDGAAET):
        fabrik.godkendelse(tilbud, 4, kode=kode)
    fabrik.ydelse(tilbud, "Ophold")
    Tilsynsgodkendelse.objects.filter(hjemmel=GAMMEL).update(ekstern_id="G1")
    return tilbud


def uaendret(leder: Aktoer) -> bytes:
    """The template as it is fetched."""
    skema = skema_paa(idag())
    return skabelon(skema.ark, "Tilbud", eksisterende(leder, skema))


def test_template_of_an_offer_with_old_codes_reads_back_as_nothing_to_do() -> None:
    gammelt_tilbud()
    leder = Client()
    leder.force_login(fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation))
    fil = leder.get(reverse("tilbud:importskabelon")).content
    proeve = proev_fil(aktoer=fabrik.tilbudsleder(), fil=fil, filnavn="fil.xlsx")
    assert (proeve.fejl, proeve.nye, proeve.aendrede, proeve.uaendrede) == ([], 0, 0, 4)


def test_each_sheet_as_csv_reads_back_as_nothing_to_do() -> None:
    gammelt_tilbud()
    leder, skema = fabrik.tilbudsleder(), skema_paa(idag())
    for ark in skema.ark:
        raekker = eksisterende(leder, skema)[ark.navn]
        ud = io.StringIO()
        csv.writer(ud, delimiter=";").writerows([[kolonne.navn for kolonne in ark.kolonner], *raekker])
        if raekker:
            proeve = proev_fil(aktoer=leder, fil=ud.getvalue().encode("utf-8-sig"), filnavn="fil.csv")
            assert (ark.navn, proeve.fejl, proeve.aendrede, proeve.uaendrede) == (ark.navn, [], 0, len(raekker))


def test_word_two_codes_have_is_the_one_the_row_has() -> None:
    tilbud = gammelt_tilbud()
    for model in (Maalgruppe, Ydelsestype):
        gammel = model._default_manager.get(term="Hjerneskade" if model is Maalgruppe else "Ophold")
        ny = {"valgbar": True} if model is Maalgruppe else {}
        type(gammel)._default_manager.create(pk="ffffffff-ffff-4fff-bfff-ffffffffffff", term=gammel.term, **ny)
    foer = set(tilbud.maalgrupper.all())
    leder = fabrik.tilbudsleder()
    proeve = proev_fil(aktoer=leder, fil=uaendret(leder), filnavn="fil.xlsx")
    assert (proeve.fejl, proeve.aendrede) == ([], 0)
    assert set(tilbud.maalgrupper.all()) == foer


def test_old_code_becomes_todays_only_in_a_row_that_does_not_have_it() -> None:
    gammelt_tilbud()
    nyt = {**GODKENDELSE, "Id": "G2", "Hjemmel": GAMMEL, "Gælder fra": "2050-01-01"}
    beholdt = {**GODKENDELSE, "Hjemmel": GAMMEL, "Godkendte pladser": 5, "Gælder fra": f"{fabrik.FOR_LAENGE_SIDEN}"}
    proeve = kladde(bog(Godkendelser=[beholdt, nyt]))
    assert proeve.fejl == []
    foerste, andet = (a["felter"] for a in proeve.indhold["aendringer"])
    assert ("hjemmel" in foerste, foerste["pladser"]) == (False, [4, 5])
    assert andet["hjemmel"] == [None, "BL-43"]


def test_row_moves_to_todays_code_when_its_cell_says_so_and_stays_as_the_second_person_saw_it() -> None:
    tilbud = gammelt_tilbud()
    leder = fabrik.tilbudsleder()
    fil = bog([{**TILBUD, "Navn": tilbud.navn, "Hjemler": f"{GAMMEL}; BL-43", "Målgrupper": "Hjerneskade"}])
    sendt = send(aktoer=leder, import_id=kladde(fil, af=leder).pk)
    godkend(aktoer=fabrik.tilbudsleder(), import_id=sendt.pk)
    assert {h.pk for h in tilbud.hjemler.all()} == {GAMMEL, "BL-43"}
    assert [m.term for m in tilbud.maalgrupper.all()] == ["Hjerneskade"]


@pytest.mark.parametrize(
    ("fil", "ventet"),
    [
        (hele(Hjemler=f"SEL-107; {UDGAAET}"), ("Tilbud", 2, "Hjemler", UDGAAET)),
        (hele(Målgrupper="Hjerneskade"), ("Tilbud", 2, "Målgrupper", "Hjerneskade")),
        (bog([TILBUD], Godkendelser=[{**GODKENDELSE, "Hjemmel": UDGAAET}]), ("Godkendelser", 2, "Hjemmel", UDGAAET)),
    ],
    ids=["Hjemler", "Målgrupper", "Godkendelser"],
)
def test_code_nothing_has_replaced_is_a_fault_in_a_row_that_does_not_have_it(
    fil: bytes, ventet: tuple[str, int, str, str]
) -> None:
    (fejl,) = kladde(fil).fejl
    assert (*fejl[:3], ventet[3] in fejl[5]) == (*ventet[:3], True)
