"""Offers side by side: what the rows say, which are marked, and what cannot be compared."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from faelles.fejl import IkkeFundet
from faelles.tid import Periode, nu
from kommuner.models import Rolle
from reservationer.soegning.profil import Behovsprofil, Vaegt
from reservationer.soegning.sammenlign.queries import sammenlignede
from reservationer.soegning.sammenlign.tabel import Raekke, sammenlign
from tests import fabrik
from tilbud.models import Afdeling

pytestmark = pytest.mark.django_db

PERIODE = Periode(fabrik.om(10), fabrik.om(40))


def raekker(*afdelinger: Afdeling, **kriterier: Any) -> dict[str, Raekke]:
    """The rows of the comparison by name."""
    profil = Behovsprofil(**{"periode": PERIODE} | kriterier)
    valgte = sammenlignede(fabrik.sagsbehandler(), profil, [afdeling.pk for afdeling in afdelinger], nu=nu())
    grupper = {kode: f"Gruppe {nr}" for nr, kode in enumerate(profil.vaegte)}
    return {raekke.navn: raekke for afsnit in sammenlign(valgte, grupper) for raekke in afsnit.raekker}


def test_rows_say_how_each_stands_to_the_need_and_mark_what_differs() -> None:
    autisme = fabrik.maalgruppe()
    passer = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud("Passer", metoder=["KRAP"]))).afdeling
    fabrik.bekraeftet(passer, dage_siden=1)
    fabrik.takst(passer, "2687.00")
    anden = fabrik.afdeling(fabrik.tilbud("Anden", hjemler=("SEL-108",), maalgrupper=("Angst",), i="Herlev"))
    fundet = raekker(passer, anden, hjemmel="SEL-107", alder=30, maalgrupper=((autisme.kode, Vaegt.AFGOERENDE),))
    assert fundet["Hjemmel"].celler == (("Opfyldt",), ("Ikke opfyldt",))
    assert fundet["Alder"].celler[0] == ("Fra 18 år",)
    assert fundet["Gruppe 0"].celler == (("Opfyldt",), ("Ikke opfyldt",))
    assert fundet["Ledig i hele perioden"].celler == (("Opfyldt",), ("Ikke opfyldt",))
    assert fundet["Takst"].celler == (("2.687,00 kr./døgn", "SEL-107"), ("Ikke kendt",))
    assert fundet["Metoder"].celler == (("KRAP",), ("Ikke oplyst",))
    assert fundet["Ledige pladser"].celler[0] == ("1 ledig",)
    assert {navn for navn, raekke in fundet.items() if not raekke.forskellig} >= {
        "Alder",
        "Normering",
        "Seneste tilsyn",
    }
    assert {navn for navn, raekke in fundet.items() if raekke.forskellig} >= {"Hjemmel", "Kommune", "Takst", "Gruppe 0"}


def test_place_nobody_vouches_for_is_unknown_here_too() -> None:
    a, b = fabrik.ledig_plads().afdeling, fabrik.ledig_plads().afdeling
    fundet = raekker(a, b)
    assert fundet["Ledige pladser"].celler == (("Ukendt; 1 uden reservation",),) * 2
    assert fundet["Ledig i hele perioden"].celler == (("Ukendt",),) * 2


def test_offer_without_places_and_one_with_places_for_its_own_citizens_are_told_for_what_they_are() -> None:
    udgaaende = fabrik.afdeling(fabrik.tilbud(uden_pladser=True))
    egne = fabrik.ledig_plads(forbeholdt_egne=True).afdeling
    fundet = raekker(udgaaende, egne)
    assert fundet["Ledige pladser"].celler[0] == fundet["Bekræftet"].celler[0] == ("Leveres uden pladser",)
    assert fundet["Ledig i hele perioden"].celler == (("Ukendt",), ("–",))
    assert fundet["Ikke kun for egne borgere"].celler == (("–",), ("Ikke opfyldt",))


def test_protected_address_is_never_told() -> None:
    a = fabrik.afdeling(fabrik.tilbud(beskyttet_adresse=True))
    b = fabrik.afdeling(fabrik.tilbud(adresse="Kærgårdsvej 4"))
    assert raekker(a, b)["Adresse"].celler == (("Beskyttet",), ("Kærgårdsvej 4",))


def test_closed_and_far_away_are_compared_all_the_same_and_what_is_not_there_is_not() -> None:
    lukket = fabrik.afdeling(fabrik.tilbud(lukket_fra=fabrik.om(-1)))
    langt_vaek = fabrik.afdeling(fabrik.tilbud(i="Herlev"))
    assert raekker(lukket, langt_vaek, kkr=uuid4())["Åbent i hele perioden"].celler == (("Ikke opfyldt",), ("Opfyldt",))
    with pytest.raises(IkkeFundet):
        sammenlignede(fabrik.sagsbehandler(), Behovsprofil(PERIODE), [lukket.pk, uuid4()], nu=nu())


@pytest.fixture
def client_(client: Client) -> Client:
    """A case worker's browser."""
    client.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation))
    return client


def test_page_compares_what_was_chosen_and_keeps_the_search(client_: Client) -> None:
    a, b = (fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(navn))).afdeling for navn in ("Kernen", "Bakken"))
    svar = client_.get(reverse("soegning:soeg"), {"fra": fabrik.om(10).isoformat(), "alder": "30"})
    assert 'name="afdeling"' in svar.content.decode()
    valg = [("afdeling", str(a.pk)), ("afdeling", str(b.pk)), *svar.context["soegefelter"]]
    side = client_.get(f"{reverse('soegning:sammenlign')}?{urlencode(valg)}")
    html = side.content.decode()
    assert side.status_code == 200
    assert "Kernen" in html
    assert "Prøv frit valg" in html
    assert "alder=30" in side.context["tilbage"]
    assert "afdeling=" not in side.context["tilbage"]


@pytest.mark.parametrize("antal", [0, 5])
def test_page_asks_for_two_to_four(client_: Client, antal: int) -> None:
    valg = [("afdeling", str(fabrik.afdeling(navn=f"Hus {nr}").pk)) for nr in range(antal)]
    svar = client_.get(f"{reverse('soegning:sammenlign')}?{urlencode(valg)}", follow=True)
    assert f"Du har valgt {antal}." in svar.content.decode()


def test_page_of_one_says_what_is_missing_and_of_what_is_no_id_is_not_found(client_: Client) -> None:
    en = client_.get(reverse("soegning:sammenlign"), {"afdeling": str(fabrik.afdeling().pk)})
    assert "Vælg mindst to afdelinger" in en.content.decode()
    assert "Prøv frit valg" not in en.content.decode()
    for ukendt in ("nej", str(uuid4())):
        assert client_.get(reverse("soegning:sammenlign"), {"afdeling": ukendt}).status_code == 404


def test_page_asks_a_bounded_number_of_statements(client_: Client, django_assert_max_num_queries: Any) -> None:
    afdelinger = [fabrik.ledig_plads().afdeling for _ in range(4)]
    for afdeling in afdelinger:
        fabrik.bekraeftet(afdeling)
        fabrik.takst(afdeling)
    with django_assert_max_num_queries(50):
        client_.get(f"{reverse('soegning:sammenlign')}?{urlencode([('afdeling', str(a.pk)) for a in afdelinger])}")
