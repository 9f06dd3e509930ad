"""Budgets from workbooks: 29 municipalities with 12 offers each, and one of them with ten kinds of mistakes."""

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from faelles.aktoer import Aktoer
from faelles.fejl import Konflikt, UgyldigtInput
from faelles.regneark.fil import laes_fil
from faelles.regneark.skabelon import skabelon
from takster.budget import queries
from takster.budget.indhold import Linje
from takster.budget.indlaesning import indlaes, proev_fil
from takster.budget.regneark import SKEMA, Budgetraekke
from takster.models import Budget
from tests import fabrik
from tests.takster.budget.situationer import EKSEMPEL, budget, oekonom

pytestmark = pytest.mark.django_db

BUDGETHOVED = ("Tilbud", "År", "Pladser", "Belægning tre år før", "Belægning to år før")
LINJEHOVED = ("Tilbud", "År", "Post", "Ejendom", "Beløb")
EN_AF_HVER = (
    ("Løn", "", 17_850_000), ("Pension", "", 96_000), ("Husleje eller ejendomsudgift", "Nord", 1_000_000),
    ("Husleje eller ejendomsudgift", "Syd", 480_000), ("Materialer og aktiviteter", "", "620.000,50"),
    ("Socialtilsynets takst", "", 49_202), ("Egenbetaling: Husleje", "", 4_500),
)  # fmt: skip


def bog(
    budgetter: Sequence[Sequence[Any]], linjer: Sequence[Sequence[Any]], hoved: Sequence[str] = BUDGETHOVED
) -> bytes:
    """A workbook with the two sheets."""
    ud = io.BytesIO()
    with xlsxwriter.Workbook(ud, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        for navn, raekker in (("Budgetter", (hoved, *budgetter)), ("Linjer", (LINJEHOVED, *linjer))):
            blad = workbook.add_worksheet(navn)
            for nummer, raekke in enumerate(raekker):
                blad.write_row(nummer, 0, raekke)
    return ud.getvalue()


def hele(ider: Sequence[str], aar: int = 2027) -> tuple[list[list[Any]], list[list[Any]]]:
    """Rows of a budget for each offer."""
    budgetter = [[id_, aar, 24, "97,2", "95,6"] for id_ in ider]
    linjer = [[id_, aar, *linje] for id_ in ider for linje in EN_AF_HVER]
    return budgetter, linjer


def driftsherre(navn: str, antal: int) -> tuple[Aktoer, list[str]]:
    """An economist of a municipality, and the ids of its offers."""
    fabrik.kommune(navn)
    ider = [f"{navn}-{nummer}" for nummer in range(antal)]
    for id_ in ider:
        fabrik.tilbud(id_, i=navn, ekstern_id=id_)
    return oekonom(navn), ider


def test_29_workbooks_of_12_budgets__28_are_stored_and_the_one_with_mistakes_not_at_all() -> None:
    for nummer in range(28):
        aktoer, ider = driftsherre(f"Kommune {nummer}", 12)
        proeve = proev_fil(aktoer=aktoer, fil=bog(*hele(ider)), filnavn="budget.xlsx")
        assert not proeve.fejl
        indlaes(aktoer=aktoer, raekker=proeve.raekker)
    aktoer, ider = driftsherre("Fejlkommunen", 12)
    lukket = fabrik.tilbud("Lukket", i="Fejlkommunen", ekstern_id="lukket", lukket_fra=date(2026, 1, 1))
    budgetter, linjer = hele(ider)
    budgetter[0][2] = "mange"  # 1: no number
    budgetter[1][1] = 1850  # 2: a year out of bounds
    budgetter[2][3] = 250  # 3: more than can be occupied
    budgetter.append(budgetter[3])  # 4: the same budget twice
    budgetter.append(["findes-ikke", 2027, 24, "97,2", "95,6"])  # 5: an offer nobody has
    budgetter.append([lukket.ekstern_id, 2027, 24, "97,2", "95,6"])  # 6: a closed offer
    linjer = [linje for linje in linjer if linje[0] != ider[1]]
    linjer[0][4] = -5  # 7: a minus
    linjer[1][2] = "Slik"  # 8: no line of the schema
    linjer[7][3] = "Nord"  # 9: a property where there is none
    linjer.append(linjer[8])  # 10: the same line twice
    proeve = proev_fil(aktoer=aktoer, fil=bog(budgetter, linjer), filnavn="budget.xlsx")
    assert not proeve.raekker
    assert [(f.ark, f.raekke, f.kolonne, f.vaerdi) for f in proeve.fejl] == [
        ("Budgetter", 2, "Pladser", "mange"),
        ("Budgetter", 3, "År", "1850"),
        ("Budgetter", 4, "Belægning tre år før", "250"),
        ("Budgetter", 14, "Tilbud, År", "Fejlkommunen-3 / 2027"),
        ("Budgetter", 15, "Tilbud", "findes-ikke"),
        ("Budgetter", 16, "År", "2027"),
        ("Linjer", 2, "Beløb", "-5"),
        ("Linjer", 3, "Post", "Slik"),
        ("Linjer", 9, "Ejendom", "Nord"),
        ("Linjer", 79, "Post", "Pension"),
    ]
    assert all(f.regel and f.rettelse for f in proeve.fejl)
    assert Budget.objects.for_systemet("test").count() == 28 * 12


def test_indlaes__what_stands_in_the_file_is_what_is_stored_and_again_changes_nothing() -> None:
    aktoer, ider = driftsherre("Gladsaxe", 2)
    fil = bog(*hele(ider))
    for _ in range(2):
        indlaes(aktoer=aktoer, raekker=proev_fil(aktoer=aktoer, fil=fil, filnavn="b.xlsx").raekker)
        fundne = list(Budget.objects.synlige_for(aktoer).order_by("tilbud__ekstern_id"))
        assert [et.aar for et in fundne] == [2027, 2027]
        indhold = queries.indhold(aktoer, fundne[0])
        assert indhold.linjer[Linje("aktivitet")] == Decimal("620000.50")
        assert indhold.linjer[Linje("egen_husleje")] == Decimal(4_500)
        assert (indhold.ejendomme, indhold.belaegning_foer) == (("Nord", "Syd"), Decimal("97.2"))


def test_indlaes__all_or_nothing_when_the_register_has_changed_since_the_dry_run() -> None:
    aktoer, ider = driftsherre("Gladsaxe", 2)
    proeve = proev_fil(aktoer=aktoer, fil=bog(*hele(ider)), filnavn="b.xlsx")
    fabrik.Tilbud.objects.filter(ekstern_id=ider[1]).update(lukket_fra=date(2026, 1, 1))
    with pytest.raises(Konflikt):
        indlaes(aktoer=aktoer, raekker=proeve.raekker)
    assert not Budget.objects.for_systemet("test").exists()


def test_budgetraekke__signed_and_read_back_is_the_same() -> None:
    aktoer, ider = driftsherre("Gladsaxe", 1)
    (raekke,) = proev_fil(aktoer=aktoer, fil=bog(*hele(ider)), filnavn="b.xlsx").raekker
    assert Budgetraekke.af_json(raekke.som_json()) == raekke


def test_proev__somebody_elses_offer_is_one_that_does_not_exist() -> None:
    aktoer, _ = driftsherre("Gladsaxe", 1)
    _, andres = driftsherre("Herlev", 1)
    leder = fabrik.tilbudsleder_for(fabrik.tilbud(i="Gladsaxe"))
    for hvem, ider in ((aktoer, andres), (leder, ["Gladsaxe-0"])):
        proeve = proev_fil(aktoer=hvem, fil=bog(*hele(ider)), filnavn="b.xlsx")
        assert [f.regel for f in proeve.fejl] == ["Tilbuddet findes ikke hos jer."]


def test_proev__a_cell_that_cannot_be_read_is_not_called_missing_too() -> None:
    aktoer, (id_,) = driftsherre("Gladsaxe", 1)
    _, linjer = hele([id_])
    hoved = (*BUDGETHOVED, "Afvigende belægning", "Afvigelse godkendt af")
    fil = bog([[id_, 2027, 24, "", "", "mange", "Styregruppen"]], linjer, hoved=hoved)
    proeve = proev_fil(aktoer=aktoer, fil=fil, filnavn="b.xlsx")
    assert [(f.raekke, f.kolonne) for f in proeve.fejl] == [(2, "Afvigende belægning")]
    fil = bog([[id_, 2027, 24, "", "", "", "Styregruppen"]], linjer, hoved=hoved)
    proeve = proev_fil(aktoer=aktoer, fil=fil, filnavn="b.xlsx")
    assert [(f.raekke, f.kolonne) for f in proeve.fejl] == [(2, "Afvigelse godkendt af")]


def test_proev__empty_file_and_file_that_is_none() -> None:
    aktoer, _ = driftsherre("Gladsaxe", 1)
    assert [f.regel for f in proev_fil(aktoer=aktoer, fil=bog([], []), filnavn="b.xlsx").fejl] == [
        "Der er ingen budgetter i filen."
    ]
    with pytest.raises(UgyldigtInput):
        proev_fil(aktoer=aktoer, fil=b"ikke en fil", filnavn="b.xlsx")


def test_template_is_read_as_the_sheets_it_is_made_of() -> None:
    ark = {
        raa.navn: raa.raekker[0]
        for raa in laes_fil(skabelon(SKEMA.alle, "Budgetter"), "b.xlsx")
        if raa.navn in {"Budgetter", "Linjer"}
    }
    assert [str(celle).removesuffix(" *") for celle in ark["Linjer"]] == list(LINJEHOVED)


def test_pages__dry_run_stores_nothing_and_only_ones_own_is_stored() -> None:
    _, ider = driftsherre("Gladsaxe", 1)
    klient, anden = Client(), Client()
    for en in (klient, anden):
        en.force_login(fabrik.bruger(fabrik.Rolle.DRIFTSHERRE_OEKONOMI, fabrik.kommune("Gladsaxe").organisation))
    fil = SimpleUploadedFile("budget.xlsx", bog(*hele(ider)))
    svar = klient.post(reverse("takster:budgetimport"), {"fil": fil})
    assert "Filen er i orden" in svar.content.decode()
    assert not Budget.objects.for_systemet("test").exists()
    data = {"indhold": svar.context["indhold"]}
    assert "for gammel" in anden.post(reverse("takster:indlaes_budgetter"), data, follow=True).content.decode()
    assert not Budget.objects.for_systemet("test").exists()
    assert (
        "1 budget er indlæst" in klient.post(reverse("takster:indlaes_budgetter"), data, follow=True).content.decode()
    )
    assert Budget.objects.for_systemet("test").count() == 1
    daarlig = SimpleUploadedFile("budget.xlsx", bog(*hele(["findes-ikke"])))
    svar = klient.post(reverse("takster:budgetimport"), {"fil": daarlig})
    assert (svar.status_code, "Budgetter, række 2" in svar.content.decode()) == (422, True)


def test_import__leaves_budgets_of_parts_alone() -> None:
    aktoer, ider = driftsherre("Gladsaxe", 1)
    tilbud = fabrik.Tilbud.objects.get(ekstern_id=ider[0])
    delen = budget(tilbud, af=aktoer, aar=2027, del_={"hjemmel": "SEL-107"})
    indlaes(aktoer=aktoer, raekker=proev_fil(aktoer=aktoer, fil=bog(*hele(ider)), filnavn="b.xlsx").raekker)
    assert queries.indhold(aktoer, queries.budget(aktoer, delen.pk)) == EKSEMPEL
    assert Budget.objects.synlige_for(aktoer).count() == 2
