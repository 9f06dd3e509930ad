"""The secretariat's pages for taking an agreement on: from nothing to adopted, published and amended, by the forms people fill in."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from faelles.tid import Periode, idag
from kommuner.models import Rolle
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Aftaletrin, Rammeaftale
from rammeaftale.organer.regler import Organart
from rammeaftale.queries import genstarter
from rammeaftale.tekst.queries import klausuler
from tests import fabrik
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, klausul, saet, send, sendt, udvikling
from tests.rammeaftale.moeder.situationer import REFERAT, organ_i
from tests.rammeaftale.rapporter.situationer import beslut
from tests.rammeaftale.test_sider import klient, sekretariat
from tests.rammeaftale.test_trin import ny, nyeste, ret
from tests.samtidig import aabnet
from vilkaar.models import Vilkaarssaet
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db


def dag(navn: str, dato: Any = None) -> dict[str, Any]:
    """A date in its three fields; today unless another is given."""
    dato = dato or idag()
    return {f"{navn}_dag": dato.day, f"{navn}_maaned": dato.month, f"{navn}_aar": dato.year}


def post(client: Client, rute: str, args: list[Any], felter: dict[str, Any]) -> str:
    """Send the form and follow it to the agreement's page."""
    svar = client.post(reverse(f"rammeaftale:{rute}", args=args), felter, follow=True)
    assert svar.redirect_chain, svar.content.decode()
    return svar.content.decode()


def test_agreement_is_taken_from_nothing_to_amended_by_forms_alone() -> None:
    for navn in ("Rødovre", "Herlev"):
        fabrik.kommune(navn)
    client = sekretariat()
    html = post(client, "ny", [], {"titel": "Rammeaftale 2027–2028", "fra": "1.1.2027", "sidste_dag": "31.12.2028"})
    assert "Aftalen er oprettet som kladde." in html
    slug = "rammeaftale-2027-2028"
    aftale = Rammeaftale.objects.get()
    saet(aftale, klausul(aftale), fabrik.VAERDIER)
    udvikling(aftale)
    udvalg, kkr = organ_i(aftale, Organart.EMBEDSMANDSUDVALG), organ_i(aftale, Organart.KKR)
    post(client, "trin", [slug, "embedsmandsudvalg"], dag("dato"))
    post(client, "trin", [slug, "kladde"], {**dag("dato"), "begrundelse": "Afsnit 2 mangler"})
    post(client, "trin", [slug, "embedsmandsudvalg"], dag("dato"))
    for organ, udfald in ((udvalg, "tiltraadt"), (kkr, "anbefalet")):
        besluttet = {**dag("dato"), "organ_id": str(organ.pk), "udfald": udfald, "referat_url": REFERAT}
        set_ = aabnet(client, reverse("rammeaftale:organbeslutning", args=[slug]))
        html = post(client, "organbeslutning", [slug], {**besluttet, **set_})
    assert "Anbefalet til kommunerne" in html
    html = post(client, "send", [slug], {**dag("dato"), **dag("frist", fabrik.om(60))})
    assert "0 af 3 har godkendt" in html
    herlev, region, _ = aftale.parter.all()
    beslut(aftale, herlev, dato=idag())
    post(client, "ny_version", [slug], {**dag("dato"), "begrundelse": "Regionens ønske om afsnit 3"})
    post(client, "trin", [slug, "embedsmandsudvalg"], dag("dato"))
    for organ, udfald in ((udvalg, "tiltraadt"), (kkr, "anbefalet")):
        besluttet = {**dag("dato"), "organ_id": str(organ.pk), "udfald": udfald, "referat_url": REFERAT}
        set_ = aabnet(client, reverse("rammeaftale:organbeslutning", args=[slug]))
        html = post(client, "organbeslutning", [slug], {**besluttet, **set_})
    assert "Anbefalet til kommunerne" in html
    sendes = {**dag("dato"), **dag("frist", fabrik.om(60)), "aendring": "nogle_parter", "beroerte": [str(region.id)]}
    html = post(client, "send", [slug], sendes)
    assert "1 af 3 har godkendt" in html
    assert "Region Hovedstaden: parten havde ikke godkendt den forrige version." in html
    assert "Herlev Kommune: " not in html
    godkend(aftale, "Herlev Kommune")
    assert aftale.tilstand == Aftaletilstand.VEDTAGET
    for faktum in ("offentliggjort", "sendt_til_styrelsen"):
        html = post(client, "faktum", [slug, faktum], dag("dato"))
    assert "Ikke endnu" not in html
    assert html.count("Mangler") == 2
    html = post(
        client, "offentliggoerelse", [slug, herlev.id], {**dag("dato"), "url": "https://www.herlev.example/aftale"}
    )
    assert html.count("Mangler") == 1
    assert 'href="https://www.herlev.example/aftale"' in html
    adresse = reverse("rammeaftale:offentliggoerelse", args=[slug, herlev.id])
    assert f'<a href="{adresse}">Ret<' in html
    assert 'value="https://www.herlev.example/aftale"' in client.get(adresse).content.decode()
    rettet = {**dag("dato"), "url": "https://www.herlev.example/ny", **aabnet(client, adresse)}
    html = post(client, "offentliggoerelse", [slug, herlev.id], rettet)
    assert 'href="https://www.herlev.example/ny"' in html
    html = post(client, "allonge", [slug], {"titel": "Allonge 1", "fra": "1.7.2027"})
    assert "Allonge til" in html
    assert "Allonge 1" in client.get(reverse("rammeaftale:detalje", args=[slug])).content.decode()
    assert Aftaletrin.objects.count() == 10


def test_party_of_later_days_that_has_said_yes_can_be_chosen_as_touched_by_the_change() -> None:
    aftale = kladde()
    gladsaxe = aftale.parter.get(organisation__navn="Gladsaxe Kommune")
    gladsaxe.periode = Periode(date(2028, 1, 1), date(2029, 1, 1)).som_range
    gladsaxe.save()
    anbefal(aftale)
    send(aftale)
    beslut(aftale, gladsaxe, dato=idag())
    ny(aftale)
    anbefal(aftale)
    sendes = {**dag("dato"), **dag("frist", fabrik.om(60)), "aendring": "nogle_parter", "beroerte": [str(gladsaxe.id)]}
    post(sekretariat(), "send", [aftale.slug], {**sendes, "uden_parter": "on"})  # it is none of the first days
    assert genstarter(nyeste(aftale)).get(part=gladsaxe).grund == "beroert"
    assert not nyeste(aftale).godkendelser.exists()


def test_page_takes_a_decision_on_the_version_called_back_and_says_which_it_is_about() -> None:
    aftale = sendt()
    (herlev, *_), client = aftale.parter.all(), sekretariat()
    adresser = [reverse(f"rammeaftale:{rute}", args=[aftale.slug, herlev.id]) for rute in ("part", "beslutning")]
    assert "Versionen er trukket tilbage" not in client.get(adresser[1]).content.decode()
    ny(aftale)
    assert adresser[1] in client.get(adresser[0]).content.decode()
    html = client.get(adresser[1]).content.decode()
    assert "version 1" in html
    assert "Versionen er trukket tilbage" in html


@pytest.mark.parametrize(
    ("rute", "mere", "felter", "besked"),
    [
        ("organbeslutning", [], {}, "Skriv en dato"),
        ("trin", ["bortfaldet"], {"dato": "1.1.2199", "begrundelse": "x"}, "Datoen ligger i fremtiden"),
        (
            "trin",
            ["embedsmandsudvalg"],
            {"dato": "1.11.2026", "begrundelse": "x"},
            "er »sendt til godkendelse« og kan ikke",
        ),
        ("send", [], {"dato": "1.11.2026", "frist": "1.12.2026", "aendring": "redaktionel"}, "kan ikke blive »sendt"),
        ("ny_version", [], {"dato": "1.11.2026"}, "Dette felt er påkrævet"),
        ("allonge", [], {"titel": "Allonge", "fra": "1.7.2027"}, "er ikke vedtaget endnu"),
        ("faktum", ["offentliggjort"], {"dato": "1.11.2026"}, "er ikke vedtaget endnu"),
    ],
)
def test_refused_step_says_why_and_changes_nothing(
    rute: str, mere: list[str], felter: dict[str, str], besked: str
) -> None:
    aftale = sendt()
    svar = sekretariat().post(reverse(f"rammeaftale:{rute}", args=[aftale.slug, *mere]), felter)
    assert svar.status_code == 422
    assert besked in svar.content.decode()
    assert Aftaletrin.objects.count() == 3


def test_page_asks_why_there_is_no_committee_and_only_then() -> None:
    aftale = kladde()
    client, adresse = sekretariat(), reverse("rammeaftale:trin", args=[aftale.slug, "embedsmandsudvalg"])
    hvorfor = "Hvorfor tager KKR stilling uden et embedsmandsudvalg?"
    assert hvorfor in client.get(adresse).content.decode()
    svar = client.post(adresse, dag("dato"))
    assert (svar.status_code, "Skriv hvorfor, eller opret udvalget under Organer" in svar.content.decode()) == (
        422,
        True,
    )
    assert not Aftaletrin.objects.exists()
    html = post(client, "trin", [aftale.slug, "embedsmandsudvalg"], {**dag("dato"), "begrundelse": "Ikke nedsat endnu"})
    assert "så kun KKR tager stilling. Ikke nedsat endnu" in html
    organ_i(aftale, Organart.EMBEDSMANDSUDVALG)
    assert hvorfor not in client.get(adresse).content.decode()


def test_unknown_step_and_unknown_fact_are_not_found() -> None:
    aftale = kladde()
    for rute, hvad in (
        ("trin", "vedtaget"),
        ("trin", "kkr_anbefalet"),
        ("trin", "sendt"),
        ("trin", "x"),
        ("faktum", "x"),
    ):
        assert sekretariat().get(reverse(f"rammeaftale:{rute}", args=[aftale.slug, hvad])).status_code == 404


@pytest.mark.parametrize(
    ("tilstand", "kan"),
    [
        (Aftaletilstand.KLADDE, ["Forelæg for embedsmandsudvalget", "Lad bortfalde"]),
        (Aftaletilstand.KKR_ANBEFALET, ["Send til godkendelse", "Tag tilbage til kladde", "Lad bortfalde"]),
        (Aftaletilstand.SENDT, ["Ny version", "Lad bortfalde"]),
        (Aftaletilstand.VEDTAGET, ["Registrér offentliggørelse", "Ny allonge"]),
        (Aftaletilstand.BORTFALDET, []),
    ],
)
def test_page_offers_the_secretariat_the_steps_of_the_table_and_others_none(
    tilstand: Aftaletilstand, kan: list[str]
) -> None:
    side = reverse("rammeaftale:detalje", args=[fabrik.aftale(tilstand=tilstand).slug])
    html = sekretariat().get(side).content.decode()
    alle = {
        "Forelæg for embedsmandsudvalget",
        "Send til godkendelse",
        "Tag tilbage til kladde",
        "Lad bortfalde",
        "Ny version",
        "Ny allonge",
    }
    assert [navn for navn in kan if f">{navn}</a>" not in html] == []
    assert [navn for navn in alle - set(kan) if f">{navn}</a>" in html] == []
    andre = klient(Rolle.LAESER, fabrik.kommune("Rødovre").organisation).get(side).content.decode()
    assert [navn for navn in alle if f">{navn}</a>" in andre] == []


def test_page_asks_as_often_for_many_parties_as_for_few(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    faa = fabrik.aftale(parter=("Rødovre",), tilstand=Aftaletilstand.VEDTAGET)
    mange = fabrik.aftale(
        parter=tuple(f"Kommune {nr}" for nr in range(30)), tilstand=Aftaletilstand.VEDTAGET, slug="mange",
        fra=fabrik.om(2000), til=fabrik.om(2500),
    )  # fmt: skip
    client = sekretariat()
    client.get(reverse("rammeaftale:detalje", args=[faa.slug]))
    for aftale in (faa, mange):
        with django_assert_max_num_queries(22):
            client.get(reverse("rammeaftale:detalje", args=[aftale.slug]))


def test_form_shows_what_has_changed_and_offers_no_way_around_the_parties() -> None:
    aftale = sendt()
    ny(aftale)
    saet(aftale, klausuler(nyeste(aftale))[0].udgave, {**fabrik.VAERDIER, Noegle.INDSIGELSE_FRIST: "45"})
    anbefal(aftale)
    adresse = reverse("rammeaftale:send", args=[aftale.slug])
    html = sekretariat().get(adresse).content.decode()
    assert "Ændret siden version 1" in html
    assert "30 dage → 45 dage" in html
    assert 'value="alle_parter"' in html
    assert 'value="redaktionel"' not in html
    assert 'value="nogle_parter"' not in html
    assert "Vilkår eller ophævelser er ændret, og de binder alle parter" in html
    omgaaet = {**dag("dato"), **dag("frist", fabrik.om(60)), "aendring": "redaktionel", "kun_sprog": "on"}
    assert sekretariat().post(adresse, omgaaet).status_code == 422
    assert nyeste(aftale).sendt is None


def test_form_asks_for_confirmation_that_only_the_language_has_changed() -> None:
    aftale = sendt()
    ny(aftale)
    ret(aftale, "Parterne følger de vilkår, der er aftalt.")
    anbefal(aftale)
    adresse = reverse("rammeaftale:send", args=[aftale.slug])
    felter = {**dag("dato"), **dag("frist", fabrik.om(60)), "aendring": "redaktionel"}
    svar = sekretariat().post(adresse, felter)
    assert svar.status_code == 422
    assert "bekræft, at de kun er sproglige" in svar.content.decode()
    post(sekretariat(), "send", [aftale.slug], {**felter, "kun_sprog": "on"})
    assert nyeste(aftale).aendring == "redaktionel"


def test_terms_are_published_as_preliminary_by_the_form_and_the_page_says_which_set() -> None:
    aftale = kladde("Rødovre")
    anbefal(aftale)
    client, sti = sekretariat(), reverse("rammeaftale:udsend_vilkaar", args=[aftale.slug])
    assert "Udsend" in client.get(sti).content.decode()
    svar = client.post(sti, follow=True)
    assert svar.redirect_chain == [(reverse("rammeaftale:vilkaar", args=[aftale.slug]), 302)]
    saet = Vilkaarssaet.objects.get(version_id=aftale.versioner.get().pk)
    html = svar.content.decode()
    assert f"Vilkårene er udsendt som foreløbige: sæt {saet.nummer}." in html
    assert "Foreløbigt" in html
    assert (saet.status, saet.periode.lower) == ("foreloebig", date(2027, 1, 1))


def test_decision_that_would_adopt_is_told_before_it_is_registered_and_no_other() -> None:
    aftale = sendt()
    adresser = {
        part.organisation.navn: reverse("rammeaftale:beslutning", args=[aftale.slug, part.id])
        for part in aftale.parter.all()
    }
    godkend(aftale, "Herlev Kommune", "Rødovre Kommune")
    client = sekretariat()
    assert all("Dette er den sidste" not in client.get(adresse).content.decode() for adresse in adresser.values())
    godkend(aftale, "Herlev Kommune")
    med = [
        navn for navn, adresse in adresser.items() if "bliver aftalen vedtaget" in client.get(adresse).content.decode()
    ]
    assert med == ["Herlev Kommune"]


def test_deadline_and_its_reminder_are_changed_by_the_form_while_it_is_sent() -> None:
    aftale = kladde("Rødovre")
    anbefal(aftale)
    client, sti = sekretariat(), reverse("rammeaftale:frist", args=[aftale.slug])
    assert (
        'name="paamind_dage" value="14"' in client.get(reverse("rammeaftale:send", args=[aftale.slug])).content.decode()
    )
    ny_frist = {**dag("frist", fabrik.om(60)), "paamind_dage": "7"}
    assert client.post(sti, ny_frist).status_code == 422, "it is not sent"
    html = post(client, "send", [aftale.slug], {**dag("dato"), **dag("frist", fabrik.om(30)), "paamind_dage": ""})
    assert "Ingen påmindelse" in html
    for felter in ({**ny_frist, "paamind_dage": "400"}, {**ny_frist, **dag("frist", fabrik.om(-1))}):
        assert client.post(sti, {**felter, **aabnet(client, sti)}).status_code == 422
    assert "påmindes 7 dage før" in post(client, "frist", [aftale.slug], {**ny_frist, **aabnet(client, sti)})
    aftale.refresh_from_db()
    assert (aftale.godkendelsesfrist, aftale.paamind_dage) == (fabrik.om(60), 7)
