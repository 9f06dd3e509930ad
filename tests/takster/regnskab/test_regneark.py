"""Accounts from workbooks: what stands in the file is what is stored, all of it or none, and every fault is told at once."""

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

from faelles.fejl import Konflikt, UgyldigtInput
from faelles.regneark.fil import laes_fil
from faelles.regneark.skabelon import skabelon
from takster.budget.indhold import Linje
from takster.models import Regnskab
from takster.regnskab import actions, queries
from takster.regnskab.indlaesning import indlaes, proev_fil
from takster.regnskab.regneark import SKEMA, Regnskabsraekke
from tests import fabrik
from tests.takster.budget.situationer import oekonom
from tests.takster.regnskab.situationer import AAR, EKSEMPEL, afsluttet, kladde, solgt

pytestmark = pytest.mark.django_db

HOVED = ("Tilbud", "År", "Indirekte omkostninger", "Øvrigt provenu", "Hvad er øvrigt provenu", "Grundlag for tærsklen")
LINJEHOVED = ("Tilbud", "År", "Post", "Ejendom", "Beløb")
EN_AF_HVER = (
    ("Løn", "", 15_400_000), ("Pension", "", 1_300_000), ("Husleje eller ejendomsudgift", "Nordhuset", 900_000),
    ("Husleje eller ejendomsudgift", "Sydhuset", 500_000), ("Materialer og aktiviteter", "", "600.000,00"),
    ("Socialtilsynets takst", "", 50_000), ("Salg", "", 150_000),
)  # fmt: skip


def bog(regnskaber: Sequence[Sequence[Any]], linjer: Sequence[Sequence[Any]]) -> bytes:
    """A workbook with the two sheets."""
    ud = io.BytesIO()
    with xlsxwriter.Workbook(ud, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        for navn, hoved, raekker in (("Regnskaber", HOVED, regnskaber), ("Linjer", LINJEHOVED, linjer)):
            blad = workbook.add_worksheet(navn)
            for nummer, raekke in enumerate((hoved, *raekker)):
                blad.write_row(nummer, 0, raekke)
    return ud.getvalue()


def hele(ider: Sequence[str], aar: int = AAR) -> tuple[list[list[Any]], list[list[Any]]]:
    """Rows of the example's accounts for each offer."""
    regnskaber = [[id_, aar, 1_150_000, None, None, 20_400_000] for id_ in ider]
    return regnskaber, [[id_, aar, *linje] for id_ in ider for linje in EN_AF_HVER]


def tilbud(antal: int, navn: str = "Gladsaxe") -> list[str]:
    """The ids of so many offers of a municipality's."""
    fabrik.kommune(navn)
    ider = [f"{navn}-{nummer}" for nummer in range(antal)]
    for id_ in ider:
        fabrik.tilbud(id_, i=navn, ekstern_id=id_)
    return ider


def alle() -> int:
    return Regnskab.objects.for_systemet("test").count()


def test_import_stores_what_stands_in_the_file_and_the_same_file_again_changes_nothing() -> None:
    aktoer, ider = oekonom(), tilbud(2)
    for _ in range(2):
        proeve = proev_fil(aktoer=aktoer, fil=bog(*hele(ider)), filnavn="r.xlsx")
        assert not proeve.fejl
        indlaes(aktoer=aktoer, raekker=proeve.raekker)
        fundne = list(Regnskab.objects.egne(aktoer).order_by("tilbud__ekstern_id"))
        assert [(et.aar, et.afsluttet) for et in fundne] == [(AAR, None)] * 2
        assert [queries.indhold(aktoer, et) for et in fundne] == [EKSEMPEL] * 2


def test_import_tells_every_fault_with_row_column_and_rule_and_stores_nothing() -> None:
    aktoer, ider = oekonom(), tilbud(6)
    lukket = fabrik.tilbud("Lukket", i="Gladsaxe", ekstern_id="lukket", lukket_fra=date(2020, 1, 1))
    faerdigt = afsluttet()
    regnskaber, linjer = hele(ider)
    regnskaber[0][2] = None  # the indirect costs are missing
    regnskaber[1][1] = 1850  # a year out of bounds
    regnskaber[2][3] = 5_000  # income nobody explains
    regnskaber[3][5] = 0  # a threshold of nothing
    regnskaber += [
        ["findes-ikke", AAR, 0],
        [lukket.ekstern_id, AAR, 0],
        [str(faerdigt.tilbud_id), AAR, 0],
        [str(fabrik.Tilbud.objects.get(ekstern_id=ider[4]).pk), AAR, 0],  # the same offer by its other id
    ]
    linjer = [linje for linje in linjer if linje[0] != ider[1]]
    linjer[0][4] = -5
    linjer[1][2] = "Egenbetaling: Kost"  # no cost of the offer's
    linjer[7][3] = "Nord"
    linjer.append(linjer[8])
    proeve = proev_fil(aktoer=aktoer, fil=bog(regnskaber, linjer), filnavn="r.xlsx")
    assert not proeve.raekker
    assert [(f.ark, f.raekke, f.kolonne) for f in proeve.fejl] == [
        ("Linjer", 2, "Beløb"),
        ("Linjer", 3, "Post"),
        ("Linjer", 9, "Ejendom"),
        ("Linjer", 37, "Post"),
        ("Regnskaber", 2, "Indirekte omkostninger"),
        ("Regnskaber", 3, "År"),
        ("Regnskaber", 4, "Hvad er øvrigt provenu"),
        ("Regnskaber", 5, "Grundlag for tærsklen"),
        ("Regnskaber", 8, "Tilbud"),
        ("Regnskaber", 9, "År"),
        ("Regnskaber", 10, "År"),
        ("Regnskaber", 11, "Tilbud"),
    ]
    assert all(f.regel and f.rettelse for f in proeve.fejl)
    assert alle() == 1


def test_import_is_all_or_nothing_when_accounts_are_closed_after_the_dry_run() -> None:
    aktoer, (foerste,), sidste = oekonom(), tilbud(1), solgt()
    proeve = proev_fil(aktoer=aktoer, fil=bog(*hele([foerste, str(sidste.pk)])), filnavn="r.xlsx")
    assert not proeve.fejl
    actions.afslut(aktoer=aktoer, regnskab_id=kladde(sidste, af=aktoer).pk)
    with pytest.raises(Konflikt, match="afsluttet"):
        indlaes(aktoer=aktoer, raekker=proeve.raekker)
    assert alle() == 1


def test_import_leaves_accounts_of_parts_alone() -> None:
    aktoer, (id_,) = oekonom(), tilbud(1)
    delen = kladde(
        fabrik.Tilbud.objects.get(ekstern_id=id_), af=aktoer, del_={"hjemmel": "SEL-107"}, overhead=Decimal(7)
    )
    indlaes(aktoer=aktoer, raekker=proev_fil(aktoer=aktoer, fil=bog(*hele([id_])), filnavn="r.xlsx").raekker)
    assert (queries.indhold(aktoer, delen).overhead, alle()) == (Decimal(7), 2)


def test_import_of_somebody_elses_offer_is_of_one_that_does_not_exist() -> None:
    andres = tilbud(1, "Herlev")
    fabrik.kommune("Gladsaxe")
    proeve = proev_fil(aktoer=oekonom(), fil=bog(*hele(andres)), filnavn="r.xlsx")
    assert [f.regel for f in proeve.fejl] == ["Tilbuddet findes ikke hos jer."]


def test_empty_file_and_file_that_is_none_are_refused() -> None:
    fabrik.kommune("Gladsaxe")
    tom = proev_fil(aktoer=oekonom(), fil=bog([], []), filnavn="r.xlsx")
    assert [f.regel for f in tom.fejl] == ["Der er ingen regnskaber i filen."]
    with pytest.raises(UgyldigtInput):
        proev_fil(aktoer=oekonom(), fil=b"ikke en fil", filnavn="r.xlsx")
    with pytest.raises(Konflikt, match="ingen regnskaber"):
        indlaes(aktoer=oekonom(), raekker=())


def test_row_signed_and_read_back_is_the_same_and_the_template_has_its_columns() -> None:
    aktoer, ider = oekonom(), tilbud(1)
    (raekke,) = proev_fil(aktoer=aktoer, fil=bog(*hele(ider)), filnavn="r.xlsx").raekker
    assert Regnskabsraekke.af_json(raekke.som_json()) == raekke
    assert raekke.indhold.linjer[Linje("salg")] == Decimal(150_000)
    ark = {raa.navn: raa.raekker[0] for raa in laes_fil(skabelon(SKEMA.alle, SKEMA.ark), "r.xlsx") if raa.raekker}
    assert [str(celle).removesuffix(" *") for celle in ark["Regnskaber"]][: len(HOVED)] == list(HOVED)


def test_pages_show_a_dry_run_and_store_only_ones_own_and_only_as_what_it_was() -> None:
    ider = tilbud(1)
    klient, anden = Client(), Client()
    for en in (klient, anden):
        en.force_login(fabrik.bruger(fabrik.Rolle.DRIFTSHERRE_OEKONOMI, fabrik.kommune("Gladsaxe").organisation))
    side, gem = reverse("takster:regnskabsimport"), reverse("takster:indlaes_regnskaber")
    svar = klient.post(side, {"fil": SimpleUploadedFile("r.xlsx", bog(*hele(ider)))})
    assert "Filen er i orden" in svar.content.decode()
    assert "19.750.000,00" in svar.content.decode()
    data = {"indhold": svar.context["indhold"]}
    for hvem, hvor in ((anden, gem), (klient, reverse("takster:indlaes_budgetter"))):
        assert "for gammel" in hvem.post(hvor, data, follow=True).content.decode()
    assert alle() == 0
    assert "1 regnskab er indlæst" in klient.post(gem, data, follow=True).content.decode()
    assert alle() == 1
    svar = klient.post(side, {"fil": SimpleUploadedFile("r.xlsx", bog(*hele(["findes-ikke"])))})
    assert (svar.status_code, "Regnskaber, række 2" in svar.content.decode()) == (422, True)
