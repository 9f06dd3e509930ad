"""The secretariat's pages of the year's deadline, and its panel on the start page."""

from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from kommuner.models import Rolle
from takster.frister.paamindelse import send_paamindelser
from takster.models import Takstpaamindelse
from tests import fabrik
from tests.takster.frister.situationer import AAR, alle_stader, oekonom, tilbud

pytestmark = pytest.mark.django_db


@pytest.fixture
def sekretaer() -> Client:
    klient = Client()
    sekretariat = fabrik.kkr().sekretariat
    assert sekretariat is not None
    klient.force_login(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat))
    return klient


def tekst(svar: Any) -> str:
    return " ".join(svar.content.decode().split())


def tavlen() -> str:
    return reverse("takster:frist", args=[AAR])


def test_board_shows_every_stage_in_numbers_words_and_a_figure(sekretaer: Client) -> None:
    alle_stader()
    svar = sekretaer.get(tavlen())
    side = tekst(svar)
    assert "skal være klar 10. december 2026" in side
    assert "1 af 7 tilbud har en offentliggjort takst, og 1 er ikke begyndt." in side
    assert [antal for _, antal in svar.context["stader"]] == [1] * 7
    assert sorted(raekke["vaerdi"] for raekke in svar.context["spec"]["data"]["values"]) == [1, 1, 1, 1, 1, 2]
    assert "Delvis</a>: kun en del af året" in side
    assert "Indsendt</a>: venter på godkendelse" in side
    assert reverse("takster:vaekst", args=[AAR]) in side


@pytest.mark.parametrize(
    ("sorter", "ventet"),
    [
        ("", ["Ballerup", "Gladsaxe", "Herlev"]),
        ("-navn", ["Herlev", "Gladsaxe", "Ballerup"]),
        ("mangler", ["Ballerup", "Herlev", "Gladsaxe"]),
        ("-mangler", ["Gladsaxe", "Ballerup", "Herlev"]),
        ("ukendt", ["Ballerup", "Gladsaxe", "Herlev"]),
    ],
)
def test_board_is_sorted_by_name_or_by_what_lacks(sekretaer: Client, sorter: str, ventet: list[str]) -> None:
    for i in ("Ballerup", "Gladsaxe", "Gladsaxe", "Herlev"):
        tilbud("Et", i=i)
    svar = sekretaer.get(tavlen(), {"sorter": sorter} if sorter else {})
    assert [r["driftsherre"].navn.removesuffix(" Kommune") for r in svar.context["raekker"]] == ventet
    assert (svar.context["kolonner"], [r["antal"] for r in svar.context["raekker"]]) == (
        ["Ikke begyndt"],
        [[2 if navn == "Gladsaxe" else 1] for navn in ventet],
    )


def test_address_without_a_year_leads_to_that_of_the_nearest_deadline(sekretaer: Client) -> None:
    svar = sekretaer.get(reverse("takster:frister"))
    assert svar.status_code == 302
    assert sekretaer.get(svar.headers["Location"]).status_code == 200


@pytest.mark.parametrize("aar", [0, 1999, 2101, 99999])
def test_year_no_budget_can_be_of_is_not_found(sekretaer: Client, aar: int) -> None:
    for rute, mere in (("frist", ()), ("paamind_takster", ()), ("eksport_frist", ("csv",))):
        assert sekretaer.get(reverse(f"takster:{rute}", args=[aar, *mere])).status_code == 404


def test_board_without_offers_says_what_would_stand_there(sekretaer: Client) -> None:
    fabrik.kommune("Gladsaxe")
    side = tekst(sekretaer.get(tavlen()))
    assert "Her står kommuners og regioners tilbud" in side
    assert "Påmind dem, der mangler" not in side


def test_board_of_a_year_the_kkr_has_no_municipality_in_says_so(sekretaer: Client) -> None:
    tilbud("Et")
    fabrik.flyt_til_kkr("KKR Østdanmark", "Gladsaxe", fra=date(AAR, 1, 1))
    side = tekst(sekretaer.get(tavlen()))
    assert f"Ingen takster for {AAR} hører under" in side
    assert "KKR'et har ingen kommuner den 1. januar det år" in side
    assert ("skal være klar" in side, "Ingen af dem er åbne i året" in side) == (False, False)


def test_reminder_is_sent_to_those_that_are_chosen(sekretaer: Client) -> None:
    tilbud("Et")
    tilbud("Andet", i="Herlev")
    oekonom()
    oekonom("herlev@example.dk", i="Herlev")
    url = reverse("takster:paamind_takster", args=[AAR])
    valg = sekretaer.get(url).context["form"]
    assert len(valg.fields["driftsherrer"].initial) == 2
    herlev = str(fabrik.kommune("Herlev").organisation_id)
    assert sekretaer.get(url, {"valgt": herlev}).context["form"].fields["driftsherrer"].initial == [herlev]
    svar = sekretaer.post(url, {"driftsherrer": [herlev]}, follow=True)
    assert "1 driftsherre får en påmindelse" in tekst(svar)
    assert "På vej" in tekst(svar)
    send_paamindelser()
    assert [brev.to for brev in mail.outbox] == [["herlev@example.dk"]]


@pytest.mark.parametrize("sendt", [[], ["ikke-et-id"], ["01890000-0000-7000-8000-000000000000"]])
def test_reminder_to_nobody_or_to_others_is_refused_at_the_field(sekretaer: Client, sendt: list[str]) -> None:
    tilbud("Et")
    oekonom()
    svar = sekretaer.post(reverse("takster:paamind_takster", args=[AAR]), {"driftsherrer": sendt})
    assert svar.status_code == 422
    assert set(svar.context["form"].errors) == {"driftsherrer"}
    assert not Takstpaamindelse.objects.for_systemet("the test looks at all of them").exists()


def test_nobody_to_remind_leads_back_to_the_board(sekretaer: Client) -> None:
    svar = sekretaer.get(reverse("takster:paamind_takster", args=[AAR]), follow=True)
    assert "Der er ingen at påminde" in tekst(svar)


def test_table_taken_out_holds_every_offer_with_its_stage(sekretaer: Client) -> None:
    alle_stader()
    fabrik.tilbud("Uden afdelinger", i="Gladsaxe")
    svar = sekretaer.get(reverse("takster:eksport_frist", args=[AAR, "csv"]))
    linjer = svar.getvalue().decode("utf-8-sig").splitlines()
    assert len(linjer) == 9
    assert any("Godkendt" in linje and "2026-12-10" in linje for linje in linjer), linjer
    assert "Ingen åbne afdelinger" in linjer[-1]


def test_start_page_tells_the_secretariat_what_lacks(sekretaer: Client) -> None:
    assert "har en offentliggjort takst" not in tekst(sekretaer.get("/"))
    for navn in ("Et", "To"):
        tilbud(navn)
    side = tekst(sekretaer.get("/"))
    assert "0 af 2 tilbud har en offentliggjort takst. 1 driftsherre mangler nogen." in side


@pytest.mark.parametrize("antal", [1, 100])
def test_board_asks_as_much_of_one_offer_as_of_a_hundred(
    sekretaer: Client, antal: int, django_assert_max_num_queries: Any
) -> None:
    for nummer in range(antal):
        tilbud(f"Nr. {nummer}", i=("Gladsaxe", "Herlev")[nummer % 2])
    with django_assert_max_num_queries(16):
        svar = sekretaer.get(tavlen())
    assert svar.context["tavle"].i_alt == antal
