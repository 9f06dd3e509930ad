"""The open balance: the rule, what published takster take up of it, and its pages."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from takster.regnskab.oversigt import Raekke, afsluttede, pr_driftsherre
from takster.regnskab.saldo import Aarssaldo, Tilgodehavende, aarssaldi
from tests import fabrik
from tests.takster.budget.situationer import budget, oekonom
from tests.takster.fastsaettelse.situationer import godkendt, offentliggjort
from tests.takster.regnskab.situationer import AAR, afsluttet, kladde, solgt


def til(aar: int, beloeb: int, *, taget_op: bool = False) -> Tilgodehavende:
    return Tilgodehavende(aar, Decimal(beloeb), aar + 2, taget_op)


def test_aarssaldi__what_a_takst_takes_up_leaves_the_balance_in_its_year() -> None:
    saldi = aarssaldi([til(2022, 300, taget_op=True), til(2023, -100), til(2024, 50)], 2025)
    assert saldi == (
        Aarssaldo(2022, Decimal(300), Decimal(0), Decimal(300)),
        Aarssaldo(2023, Decimal(-100), Decimal(0), Decimal(200)),
        Aarssaldo(2024, Decimal(50), Decimal(300), Decimal(-50)),
        Aarssaldo(2025, Decimal(0), Decimal(0), Decimal(-50)),
    )
    assert aarssaldi([], 2025) == ()


@given(
    st.lists(
        st.builds(
            Tilgodehavende,
            aar=st.integers(2015, 2026),
            beloeb=st.decimals(-(10**9), 10**9, places=2),
            indgaar_aar=st.integers(2027, 2031),
            taget_op=st.booleans(),
        )
    ),
    st.integers(2020, 2030),
)
def test_aarssaldi__ends_with_what_no_takst_has_taken_up(alle: list[Tilgodehavende], senest: int) -> None:
    saldi = aarssaldi(alle, senest)
    assert (saldi[-1].saldo if saldi else 0) == sum(et.aaben for et in alle)
    assert sum(et.til for et in saldi) == sum(et.beloeb for et in alle)


@pytest.fixture
def client() -> Client:
    """Gladsaxe's economist has logged in."""
    klient = Client()
    klient.force_login(fabrik.bruger(fabrik.Rolle.DRIFTSHERRE_OEKONOMI, fabrik.kommune("Gladsaxe").organisation))
    return klient


@pytest.mark.django_db
def test_afsluttede__are_taken_up_by_the_published_takst_of_their_part_alone() -> None:
    et, andet = afsluttet(), afsluttet()
    kladde()
    godkendt(budget(andet.tilbud))
    offentliggjort(budget(et.tilbud))
    fundne = {raekke.regnskab.pk: raekke for raekke in afsluttede(oekonom())}
    assert {pk: raekke.taget_op for pk, raekke in fundne.items()} == {et.pk: True, andet.pk: False}
    assert fundne[et.pk].tilgode.aaben == 0
    assert fundne[andet.pk].tilgode.aaben == Decimal(302_560)


@pytest.mark.django_db
def test_afsluttede__takst_published_before_the_accounts_were_closed_has_not_taken_them_up() -> None:
    tilbud = solgt()
    offentliggjort(budget(tilbud))
    afsluttet(tilbud)
    (raekke,) = afsluttede(oekonom())
    assert not raekke.taget_op
    assert raekke.stand(2026) == "Venter på taksten for 2026"
    assert raekke.stand(2027) == "Ikke med i taksten for 2026"


@pytest.mark.django_db
def test_stand__surplus_within_the_threshold_waits_for_nothing() -> None:
    et = afsluttet(overhead=Decimal(1_550_000))
    assert Raekke(et, taget_op=False).stand(2027) == "Intet at efterregulere"


@pytest.mark.django_db
def test_saldo__page_tells_each_accounts_and_the_balance_year_by_year(client: Client) -> None:
    afsluttet(solgt(fabrik.tilbud("Kærgården", i="Gladsaxe")))
    offentliggjort(budget(afsluttet(solgt(fabrik.tilbud("Åstedet", i="Gladsaxe"))).tilbud))
    side = client.get(reverse("takster:saldo"))
    html = side.content.decode()
    assert [(et.aar, et.til, et.saldo) for et in side.context["saldi"]][:2] == [
        (AAR, Decimal(605_120), Decimal(605_120)),
        (AAR + 1, Decimal(0), Decimal(605_120)),
    ]
    assert side.context["alle"].aaben == Decimal(302_560)
    for tekst in ("Kærgården", "Åstedet", "I taksten for 2026", "1.322.560,00"):
        assert tekst in html
    assert client.get(reverse("takster:omraadets_saldo")).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("antal", [1, 6])
def test_omraade__lists_operators_and_asks_as_much_of_one_as_of_many(
    antal: int, django_assert_max_num_queries: Any
) -> None:
    for nummer in range(antal):
        navn = ("Gladsaxe", "Herlev")[nummer % 2]
        afsluttet(solgt(fabrik.tilbud(i=navn), doegn=10), af=oekonom(navn))
    sekretariat = fabrik.sekretariat()
    assert {gruppe.navn for gruppe in pr_driftsherre(afsluttede(sekretariat))} <= {"Gladsaxe Kommune", "Herlev Kommune"}
    klient = Client()
    klient.force_login(fabrik.bruger(fabrik.Rolle.SEKRETARIAT, fabrik.hjemsted(fabrik.Rolle.SEKRETARIAT)))
    with django_assert_max_num_queries(14):
        side = klient.get(reverse("takster:omraadets_saldo"))
    assert len(side.context["raekker"]) == antal
    assert len(side.context["driftsherrer"]) == min(antal, 2)


@pytest.mark.django_db
def test_saldo__nothing_closed_says_what_would_stand_there(client: Client) -> None:
    kladde()
    assert "Ingen afsluttede regnskaber" in client.get(reverse("takster:saldo")).content.decode()


@pytest.mark.django_db
def test_eksport__has_a_row_for_each_accounts(client: Client) -> None:
    afsluttet()
    svar: Any = client.get(reverse("takster:eksport_saldo", args=["csv"]))
    linjer = b"".join(svar.streaming_content).decode("utf-8-sig").splitlines()
    assert len(linjer) == 2
    assert "302560" in linjer[1].replace(".", "").replace(",", "")
    assert linjer[0].endswith("Vilkår;Vilkårssættets status;Klausul")
    assert linjer[1].endswith("Testaftale, sæt 1;Endelig;Takstberegning")


@pytest.mark.django_db
def test_saldo__page_names_the_terms_each_accounts_are_adjusted_by(client: Client) -> None:
    afsluttet()
    assert "Efter Takstberegning, sæt 1 i Testaftale" in client.get(reverse("takster:saldo")).content.decode()
