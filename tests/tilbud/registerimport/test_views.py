"""The import's pages: the file, its dry run, every bad file, and the second person."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kommuner.models import Rolle
from tests import fabrik
from tests.faelles.regneark.filer import xlsx
from tests.tilbud.registerimport.situationer import (
    AFDELING,
    PLADS,
    TILBUD,
    bog,
    forudsaetninger,
    hele,
    kladde,
    ventende_import,
)
from tilbud.models import Registerimport, Tilbud

pytestmark = pytest.mark.django_db

HOVED = list(TILBUD)
RAEKKE = list(TILBUD.values())


@pytest.fixture
def leder() -> Client:
    """A leader of Gladsaxe's offers."""
    return ny_leder()


def ny_leder(navn: str = "Gladsaxe") -> Client:
    forudsaetninger()
    ny = Client()
    ny.force_login(fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune(navn).organisation))
    return ny


def tekst(svar: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", svar.content.decode()))


def indsend(klient: Client, fil: bytes, navn: str = "fil.xlsx", art: str = "text/html") -> Any:
    """Send the file; what it says it is counts for nothing."""
    return klient.post(reverse("tilbud:ny_import"), {"fil": SimpleUploadedFile(navn, fil, art)}, follow=True)


def test_template_with_the_register_reads_back_as_nothing_to_do(leder: Client) -> None:
    tilbud = fabrik.tilbud(
        i="Gladsaxe", adresse="Kærvej 1", normering="1.50", metoder=["ABA", "Neuropædagogik"], rummer=["dom"],
        fysiske_traek=["sprinkler", "eget_bad"], alder_til=65, laengdegrad="12.45600", breddegrad="55.7",
        lukket_fra=fabrik.om(900),
    )  # fmt: skip
    plads = fabrik.ledig_plads(fabrik.afdeling(tilbud), ugedage=[1, 3], til=fabrik.om(400))
    fabrik.ledig_plads(plads.afdeling, art="dag", merplads=True)
    fabrik.godkendelse(tilbud, 4, til=fabrik.om(100))
    fabrik.tilsynsrapport(tilbud)
    fabrik.ydelse(tilbud)
    fabrik.merpladstilladelse(plads.afdeling)
    fil = leder.get(reverse("tilbud:importskabelon")).content
    proeve = indsend(leder, fil)
    assert "Der er intet at ændre" in tekst(proeve)
    assert Registerimport.objects.for_systemet("test").get().uaendrede == 8


def test_good_file_is_shown_and_sent_and_approved_by_another(leder: Client) -> None:
    proeve = indsend(leder, hele(Adresse="=1+1"))
    assert "Filen er i orden" in tekst(proeve)
    assert "Kærgården" in tekst(proeve)
    url = proeve.redirect_chain[0][0]
    sendt = leder.post(f"{url}/send", follow=True)
    assert "Venter på en anden" in tekst(sendt)
    assert "Venter på din godkendelse" not in tekst(leder.get(reverse("start")))
    anden = ny_leder()
    assert "Venter på din godkendelse" in tekst(anden.get(reverse("start")))
    assert "Kærgården" in tekst(anden.get(url))
    assert "Importen er gennemført" in tekst(anden.post(f"{url}/godkend", follow=True))
    assert Tilbud.objects.get().navn == "Kærgården"
    assert "Venter på din godkendelse" not in tekst(anden.get(reverse("start")))


def test_declined_import_tells_the_orderer_why(leder: Client) -> None:
    url = indsend(leder, hele()).redirect_chain[0][0]
    leder.post(f"{url}/send")
    anden = ny_leder()
    assert anden.post(f"{url}/afvis", {"grund": ""}).status_code == 422
    anden.post(f"{url}/afvis", {"grund": "Forkert år"})
    assert "Forkert år" in tekst(leder.get(url))


def test_own_import_is_not_approved_on_the_page_either(leder: Client) -> None:
    url = indsend(leder, hele()).redirect_chain[0][0]
    leder.post(f"{url}/send")
    assert "Du har selv sendt importen" in tekst(leder.post(f"{url}/godkend", follow=True))
    assert not Tilbud.objects.exists()


def kolonner(aendr: Callable[[Any, Any], None]) -> bytes:
    return xlsx(RAEKKE, ark="Tilbud", hoved=HOVED, mere=aendr)


@pytest.mark.parametrize(
    ("fil", "navn", "ventet"),
    [
        (";".join(HOVED).encode("cp1252"), "fil.csv", "ikke gemt som UTF-8"),
        (b"PK\x03\x04ikke en zip", "fil.xlsx", "beskadiget"),
        (b"%PDF-1.7", "fil.xlsx", "hverken en Excel-fil"),
        (b"", "fil.xlsx", "Filen er tom"),
        (b"x" * (9 * 2**20 + 1), "fil.xlsx", "større end 9 MB"),
    ],
    ids=["kodning", "beskadiget", "pdf", "tom", "for stor"],
)
def test_file_that_cannot_be_taken_gives_the_error_summary(leder: Client, fil: bytes, navn: str, ventet: str) -> None:
    svar = indsend(leder, fil, navn)
    assert svar.status_code == 422
    assert "Der er en fejl, du skal rette" in tekst(svar)
    assert ventet in tekst(svar)
    assert not Registerimport.objects.for_systemet("test").exists()


@pytest.mark.parametrize(
    ("fil", "ventet"),
    [
        (kolonner(lambda _, blad: blad.merge_range("B2:C2", "x")), "Flettede celler"),
        (kolonner(lambda _, blad: blad.write_formula("B2", "=1+1")), "En formel kan ikke læses"),
        (bog([{**TILBUD, "Lukket fra": "1/2/27"}]), "Formatér cellen som dato"),
        (bog([TILBUD, TILBUD]), "Står allerede i række 2"),
        (bog([{**TILBUD, "Målgrupper": "Findes ikke"}]), "står ikke på listen"),
        (bog([{**TILBUD, "Hjemler": "SEL-0"}]), "står ikke på listen"),
    ],
    ids=["flettede celler", "formler", "dato som tekst", "gentaget id", "ukendt målgruppe", "ukendt hjemmel"],
)
def test_fault_in_the_file_stands_in_the_table_and_in_the_csv(leder: Client, fil: bytes, ventet: str) -> None:
    svar = indsend(leder, fil)
    assert "Filen har fejl" in tekst(svar)
    assert ventet in tekst(svar)
    assert "Send til godkendelse" not in tekst(svar)
    hentet = leder.get(f"{svar.redirect_chain[0][0]}/fejl/csv")
    csv = b"".join(hentet.streaming_content).decode()  # type: ignore[attr-defined]  # a StreamingHttpResponse
    assert csv.startswith("\ufeffArk;Række;Kolonne;Værdi;Regel;Sådan retter du\r\nTilbud;")
    assert ventet in csv


def test_csv_file_holds_one_of_the_sheets(leder: Client) -> None:
    linjer = [";".join(raekke) for raekke in (PLADS, PLADS.values())]
    svar = indsend(leder, "\r\n".join(linjer).encode(), "pladser.csv", "application/zip")
    assert "Ret id&#x27;et, eller tilføj rækken i arket Tilbud" in tekst(svar)


def test_foreign_operator_finds_nothing(leder: Client) -> None:
    url = indsend(leder, hele()).redirect_chain[0][0]
    leder.post(f"{url}/send")
    fremmed = ny_leder("Herlev")
    assert [fremmed.get(url + sti).status_code for sti in ("", "/fejl", "/godkend", "/afvis")] == [404] * 4
    assert fremmed.post(f"{url}/godkend").status_code == 404
    assert "Ingen importer endnu" in tekst(fremmed.get(reverse("tilbud:importer")))


@pytest.mark.parametrize("antal", [1, 100])
def test_list_costs_the_same_however_many(
    antal: int, leder: Client, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    skabelon = ventende_import()
    for nummer in range(1, antal):
        skabelon.pk, skabelon.bestilt_af = None, f"bruger:{nummer}"
        skabelon.id = Registerimport._meta.get_field("id").get_default()
        skabelon._state.adding = True
        skabelon.save()
    with django_assert_max_num_queries(9):
        side = leder.get(reverse("tilbud:importer"))
    assert side.context["side"].paginator.count == antal


def test_page_of_one_import_costs_the_same_however_many_rows(
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    pladser = [{**PLADS, "Id": f"P{n}", "Betegnelse": f"Bolig {n}"} for n in range(100)]
    ventende, anden = ventende_import(bog([TILBUD], [AFDELING], pladser)), ny_leder()
    with django_assert_max_num_queries(13):
        side = anden.get(reverse("tilbud:import", args=[ventende.pk]))
    assert side.context["side"].paginator.count == 102


def test_dry_run_costs_the_same_however_many_rows(django_assert_num_queries: Callable[[int], Any]) -> None:
    forudsaetninger()
    hvem, tilbud = fabrik.tilbudsleder(), fabrik.tilbud(i="Gladsaxe", ekstern_id="T1")
    afdeling = fabrik.afdeling(tilbud)
    afdeling.ekstern_id = "A1"
    afdeling.save()

    def fil(antal: int) -> bytes:
        return bog([], [], [{**PLADS, "Id": f"P{n}", "Betegnelse": f"Bolig {n}"} for n in range(antal)])

    kladde(fil(1), af=hvem)
    for antal in (1, 100):
        with django_assert_num_queries(26):
            kladde(fil(antal), af=hvem)
