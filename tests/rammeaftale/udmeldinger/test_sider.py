"""Central calls on their pages and as files."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from freezegun import freeze_time

from faelles.tid import idag
from kommuner.models import Rolle
from rammeaftale.models import Rammeaftale, Udmelding, Udmeldingsfaktum
from rammeaftale.udmeldinger.regler import Udmeldingsart
from tests import fabrik
from tests.rammeaftale.test_sider import klient, sekretariat
from tests.rammeaftale.udmeldinger.situationer import med_rapport, part, sket, svaret, udmelding
from tests.samtidig import aabnet
from vilkaar.noegler import NOEGLER, Noegle

pytestmark = pytest.mark.django_db


@pytest.fixture
def aftale() -> Rammeaftale:
    return fabrik.aftale()


def html(svar: Any) -> str:
    return str(svar.content.decode())


def dag(dato: Any) -> str:
    return f"{dato:%d.%m.%Y}"


def test_call_is_registered_answered_by_a_municipality_and_closed_by_the_report(aftale: Rammeaftale) -> None:
    client, siden = sekretariat(), reverse("rammeaftale:udmeldinger", args=[aftale.slug])
    assert "Ingen udmeldinger" in html(client.get(siden))
    ny = reverse("rammeaftale:ny_udmelding", args=[aftale.slug])
    felter = {"titel": "Gravide med <misbrug>", "modtaget": dag(fabrik.om(-30)), "svarfrist": dag(fabrik.om(-1))}
    assert client.post(ny, {**felter, "svarfrist": dag(fabrik.om(-31))}).status_code == 422
    assert "Svarfrist overskredet" in html(client.post(ny, felter, follow=True))
    hvad = Udmelding.objects.get()
    assert "0 af 3" in html(client.get(siden))
    detaljen = reverse("rammeaftale:udmelding", args=[hvad.pk])
    herlev = klient(Rolle.OEKONOMI, fabrik.kommune("Herlev").organisation)
    svarside = reverse("rammeaftale:udmeldingssvar", args=[hvad.pk, part(hvad, "Herlev").pk])
    assert svarside in html(herlev.get(detaljen))
    assert herlev.post(svarside, {}).status_code == 422
    svar = html(herlev.post(svarside, {"antal_borgere": "3", "mangler": "Akutte <pladser>"}, follow=True))
    assert "Svaret er gemt." in svar
    assert "Akutte &lt;pladser&gt;" in svar
    assert "Ret jeres svar" in svar
    assert 'value="3"' in html(herlev.get(svarside))
    roedovre = klient(Rolle.LAESER, fabrik.kommune().organisation)
    assert "vises, når den fælles rapport er sendt" in html(roedovre.get(detaljen))
    assert svarside not in html(roedovre.get(detaljen))
    faktum = reverse("rammeaftale:udmeldingsfaktum", args=[hvad.pk])
    sendt = {"art": "rapport_sendt", "dato": dag(idag()), "url": "https://www.example.dk/rapport"}
    afvist = client.post(faktum, sendt)
    assert (afvist.status_code, "Den fælles rapport er ikke lavet endnu" in html(afvist)) == (422, True)
    med_rapport(hvad)
    client.post(faktum, sendt)
    kilden = f"Efter {NOEGLER[Noegle.DISKRETION_GRAENSE].klausul}, sæt 1 i "
    skjult = html(roedovre.get(detaljen))
    assert "Små antal er skjult" in skjult
    assert kilden in skjult
    assert kilden not in html(client.get(detaljen)), "the secretariat sees all"
    assert svarside not in html(herlev.get(detaljen))
    assert herlev.post(svarside, {"antal_borgere": "4"}).status_code == 422
    assert "Gravide med &lt;misbrug&gt;" in html(client.get(siden))


def test_order_is_about_an_offer_by_its_name_and_municipality(aftale: Rammeaftale) -> None:
    client, hvad = sekretariat(), udmelding(aftale)
    fabrik.tilbud("Kærgården", i="Herlev")
    gladsaxes = fabrik.tilbud("Kærgården", i="Gladsaxe")
    faktum = reverse("rammeaftale:udmeldingsfaktum", args=[hvad.pk])
    felter = {"art": "midlertidigt_paalaeg", "dato": dag(idag())}
    for navn, besked in (("", "Skriv navnet"), ("Findes ikke", "Intet tilbud"), ("kærgården", "Flere tilbud")):
        assert besked in html(client.post(faktum, {**felter, "tilbud_id": navn}))
    svar = html(client.post(faktum, {**felter, "tilbud_id": "Kærgården, Gladsaxe"}, follow=True))
    assert "Pålæg gælder" in svar
    assert Udmeldingsfaktum.objects.get().tilbud == gladsaxes


def test_call_is_changed_by_a_form_that_begins_with_what_it_says(aftale: Rammeaftale) -> None:
    hvad = udmelding(aftale)
    url = reverse("rammeaftale:ret_udmelding", args=[hvad.pk])
    assert f'value="{hvad.titel}"' in html(sekretariat().get(url))
    felter = {"titel": "Nyt navn", "modtaget": dag(hvad.modtaget), "svarfrist": dag(hvad.svarfrist)}
    client = sekretariat()
    assert "Nyt navn" in html(client.post(url, {**felter, **aabnet(client, url)}, follow=True))


def test_files_hide_what_the_page_hides(aftale: Rammeaftale) -> None:
    hvad = udmelding(aftale)
    for navn, tal in (("Gladsaxe", 2), ("Herlev", 3), ("Rødovre", 40)):
        svaret(hvad, navn, tal)
    laeser = klient(Rolle.LAESER, fabrik.kommune().organisation)

    def celler(client: Any) -> list[list[str]]:
        svar = client.get(reverse("rammeaftale:eksport_udmeldingssvar", args=[hvad.pk, "csv"]))
        return [linje.split(";") for linje in b"".join(svar).decode("utf-8-sig").splitlines()[1:]]

    def linjer(client: Any) -> list[str]:
        return [linje[2] for linje in celler(client)]

    def efter(client: Any) -> list[list[str]]:
        return [linje[-3:] for linje in celler(client)]

    assert linjer(sekretariat()) == ["2", "3", "40", "45"]
    assert linjer(laeser) == ["Skjult", "Skjult", "40", "Skjult"]
    side = reverse("rammeaftale:udmelding", args=[hvad.pk])
    assert "vises, når den fælles rapport er sendt" in html(laeser.get(side))
    assert "I alt 45 borgere" in html(sekretariat().get(side))
    sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    assert linjer(laeser) == ["Skjult", "Skjult", "40", "45"]
    klausul = NOEGLER[Noegle.DISKRETION_GRAENSE].klausul
    assert [(c[0].rsplit(", ")[-1], c[2]) for c in efter(laeser)] == [("sæt 1", klausul)] * 4
    assert efter(sekretariat()) == [["", "", ""]] * 4, "nothing is hidden from it"
    assert "I alt 45 borgere" in html(laeser.get(side))
    alle = sekretariat().get(reverse("rammeaftale:eksport_udmeldinger", args=[aftale.slug, "csv"]))
    assert ";3;3;" in b"".join(alle).decode("utf-8-sig")


def test_pages_read_many_calls_and_answers_with_as_many_statements_as_few(aftale: Rammeaftale) -> None:
    client, hvad = sekretariat(), udmelding(aftale)

    def laest(url: str) -> int:
        with CaptureQueriesContext(connection) as fangst:
            client.get(url)
        return len(fangst)

    sider = [reverse("rammeaftale:udmeldinger", args=[aftale.slug]), reverse("rammeaftale:udmelding", args=[hvad.pk])]
    svaret(hvad, "Herlev", 5)
    sket(hvad, Udmeldingsart.MIDLERTIDIGT_PAALAEG, tilbud=fabrik.tilbud())
    [laest(side) for side in sider]
    faa = [laest(side) for side in sider]
    for nr in range(12):
        svaret(udmelding(aftale, f"Udmelding {nr}"), "Herlev", nr)
        svaret(hvad, "Gladsaxe", nr)
        sket(hvad, Udmeldingsart.MIDLERTIDIGT_PAALAEG, tilbud=fabrik.tilbud())
    assert [laest(side) for side in sider] == faa


def test_renewed_treatment_shows_its_deadline_and_which_answers_are_from_before_it(aftale: Rammeaftale) -> None:
    with freeze_time(fabrik.samme_tid(-9)):
        hvad = udmelding(aftale)
        svaret(hvad, "Herlev", 5)
        sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    client, faktum = sekretariat(), reverse("rammeaftale:udmeldingsfaktum", args=[hvad.pk])
    felter = {"art": "fornyet_behandling", "dato": dag(idag())}
    assert "skal have svaret igen" in html(client.post(faktum, felter))
    svar = html(client.post(faktum, {**felter, "svarfrist": dag(fabrik.om(14))}, follow=True))
    assert "Fornyet behandling; den første frist var" in svar
    assert "0 af 3 kommuner har svaret igen" in svar
    assert "Fra før fornyet behandling" in svar

    def i_filen() -> dict[str, str]:
        fil: Any = client.get(reverse("rammeaftale:eksport_udmeldingssvar", args=[hvad.pk, "csv"]))
        hoved, *linjer = [linje.split(";") for linje in b"".join(fil).decode("utf-8-sig").splitlines()]
        kolonne = hoved.index("Fra før fornyet behandling")
        return {linje[0]: linje[kolonne] for linje in linjer}

    assert i_filen() == {"Gladsaxe Kommune": "", "Herlev Kommune": "Ja", "Rødovre Kommune": "", "I alt": "Regnet med"}
    svaret(hvad, "Herlev", 5)
    assert i_filen() == {"Gladsaxe Kommune": "", "Herlev Kommune": "Nej", "Rødovre Kommune": "", "I alt": ""}
    side = html(client.get(reverse("rammeaftale:udmelding", args=[hvad.pk])))
    assert ("1 af 3 kommuner har svaret igen" in side, "Fra før fornyet behandling" in side) == (True, False)


def test_fact_is_annulled_by_the_form_and_stands_with_why() -> None:
    hvad = udmelding(fabrik.aftale())
    faktum = sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    client, sti = sekretariat(), reverse("rammeaftale:annuller_udmeldingsfaktum", args=[faktum.pk])
    assert sti in client.get(reverse("rammeaftale:udmelding", args=[hvad.pk])).content.decode()
    assert client.post(sti, {"begrundelse": ""}).status_code == 422
    html = client.post(sti, {"begrundelse": "Det var en anden"}, follow=True).content.decode()
    assert "Hændelsen er annulleret." in html
    assert "af Sekretariatet for KKR Hovedstaden: Det var en anden" in html
    assert sti not in html
