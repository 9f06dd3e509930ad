"""The hearings' pages: from a draft to answers beside the clauses, and files that are only handed out."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faelles.dokument.tal import tidspunkt
from faelles.tid import idag, nu
from kommuner.models import Bruger, Rolle
from rammeaftale.hoering.actions import Modtagerindhold, afslut, behandl, send_hoering
from rammeaftale.hoering.actions.svar import Afgivet
from rammeaftale.hoering.breve import send_links
from rammeaftale.hoering.regler import Behandlingsudfald, Modtagerart
from rammeaftale.models import Hoering, Hoeringsfil
from tests import fabrik
from tests.rammeaftale.hoering.situationer import (
    HANDICAPRAAD,
    ORGANISATION,
    PDF,
    besvar,
    frist_gik,
    kladde,
    klausuler,
    med_svar,
    noegle,
    sendt,
    skrevet_om,
    udkast,
)
from tests.rammeaftale.tekst.test_markdown import FJENDTLIGE
from tests.samtidig import aabnet
from tests.test_eksport import tabel

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    ny = Client()
    ny.force_login(Bruger.objects.get(pk=fabrik.sekretariat().identitet.removeprefix("bruger:")))
    return ny


def part(navn: str = "Herlev") -> Client:
    ny = Client()
    ny.force_login(fabrik.bruger(Rolle.LAESER, fabrik.kommune(navn).organisation))
    return ny


def html(svar: Any) -> str:
    return str(svar.content.decode())


def test_hearing_is_made_given_recipients_and_sent(client: Client) -> None:
    aftale = udkast()
    liste = reverse("rammeaftale:hoeringer", args=[aftale.slug])
    assert "Ingen høringer" in html(client.get(liste))
    frist = {"frist": f"{fabrik.om(20):%d.%m.%Y}"}
    svar = client.post(
        reverse("rammeaftale:ny_hoering", args=[aftale.slug]), {"titel": "Udkastet", **frist}, follow=True
    )
    hoering = Hoering.objects.get()
    assert svar.redirect_chain[-1][0] == reverse("rammeaftale:nye_hoeringsparter", args=[hoering.pk])
    parter = {
        "art": "handicapraad",
        "modtagere": "Rådet i Herlev; raad@herlev.example\n\nRådet; i Rødovre; raad@roedovre.example",
    }
    side = html(client.post(svar.redirect_chain[-1][0], parter, follow=True))
    assert "Rådet; i Rødovre" in side
    assert "Send i høring" in side
    uden = client.post(
        reverse("rammeaftale:nye_hoeringsparter", args=[hoering.pk]), {**parter, "modtagere": "Uden adresse"}
    )
    assert (uden.status_code, "e-mailadresse til Uden adresse" in html(uden)) == (422, True)
    afsend = reverse("rammeaftale:send_hoering", args=[hoering.pk])
    side = html(client.post(afsend, aabnet(client, afsend), follow=True))
    assert "Høringen er sendt" in side
    assert "Linket er på vej" in side
    send_links()
    assert "0 af 2" in html(client.get(liste))


def test_recipients_stand_in_danish_order(client: Client) -> None:
    navne = ["Århus Råd", "Ærø Råd", "aalborg Råd", "Øst Råd", "Ballerup Råd"]
    hoering = kladde(None, *(Modtagerindhold(Modtagerart.REGION, n, f"r{i}@x.example") for i, n in enumerate(navne)))
    side = html(client.get(reverse("rammeaftale:hoering", args=[hoering.pk])))
    orden = ["Ballerup Råd", "Ærø Råd", "Øst Råd", "aalborg Råd", "Århus Råd"]
    assert sorted(navne, key=side.index) == orden


def test_deadline_is_extended_and_the_hearing_closed(client: Client) -> None:
    hoering = sendt()
    ret = reverse("rammeaftale:ret_hoering", args=[hoering.pk])
    felter = {"paamind_dage": "3", **aabnet(client, ret)}
    assert client.post(ret, {**felter, "frist": f"{idag():%d.%m.%Y}"}).status_code == 422
    assert client.post(ret, {**felter, "frist": f"{fabrik.om(40):%d.%m.%Y}"}).status_code == 302
    luk = reverse("rammeaftale:afslut_hoering", args=[hoering.pk])
    side = html(client.post(luk, aabnet(client, luk), follow=True))
    assert "Høringen er afsluttet." in side
    assert "Send nyt link" not in side
    assert client.post(ret, {**felter, "frist": f"{fabrik.om(50):%d.%m.%Y}"}).status_code == 422


def test_deadline_is_extended_on_the_page_whatever_line_breaks_the_letter_has(client: Client) -> None:
    hoering = kladde()
    Hoering.objects.filter(pk=hoering.pk).update(foelgebrev="Kære alle\n\nSvar venligst.")
    ret = reverse("rammeaftale:ret_hoering", args=[hoering.pk])
    assert "disabled" not in html(client.get(ret)).split("<main")[1]
    send_hoering(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk)
    laaste = re.findall(r'name="(\w+)"[^>]* disabled', html(client.get(ret)))
    assert laaste == ["titel", "foelgebrev"]
    felter = {"paamind_dage": "3", "frist": f"{fabrik.om(40):%d.%m.%Y}", **aabnet(client, ret)}
    assert client.post(ret, felter).status_code == 302
    felter = {"titel": hoering.titel, "foelgebrev": "Kære alle\r\n\r\nSvar venligst.", **felter, **aabnet(client, ret)}
    assert client.post(ret, felter).status_code == 302
    efter = Hoering.objects.get()
    assert (efter.titel, efter.foelgebrev, efter.frist) == (hoering.titel, "Kære alle\n\nSvar venligst.", fabrik.om(40))


def test_link_is_sent_again_and_withdrawn(client: Client) -> None:
    hoering = sendt()
    modtager = hoering.modtagere.all()[0]
    assert "Linket er på vej" in html(
        client.post(reverse("rammeaftale:nyt_hoeringslink", args=[modtager.pk]), follow=True)
    )
    assert "Intet link" in html(client.post(reverse("rammeaftale:traek_hoeringslink", args=[modtager.pk]), follow=True))


def test_wrong_mailbox_is_seen_and_corrected_and_a_forgotten_party_added(client: Client) -> None:
    hoering = sendt()
    modtager = hoering.modtagere.get(navn=HANDICAPRAAD.navn)
    adresse = reverse("rammeaftale:hoering", args=[hoering.pk])
    modtager.links.update(sendt=None, forsoeg=1, sidst_fejlet=nu())
    assert "Kunne ikke sendes, prøvet 1 gang; ret postkassen" in html(client.get(adresse))
    partens = html(part().get(adresse))
    assert "prøvet 1 gang" in partens
    assert "ret postkassen" not in partens.lower()
    ret = reverse("rammeaftale:ret_hoeringspostkasse", args=[modtager.pk])
    aabnede = aabnet(client, ret)
    uaendret = client.post(ret, {"email": HANDICAPRAAD.email, **aabnede})
    assert (uaendret.status_code, "Det er den postkasse, der står nu." in html(uaendret)) == (422, True)
    side = html(client.post(ret, {"email": "raad@herlev.example", **aabnede}, follow=True))
    assert "raad@herlev.example" in side
    assert "Linket er på vej" in side
    parter = reverse("rammeaftale:nye_hoeringsparter", args=[hoering.pk])
    assert parter in side
    assert "de får et brev med et link med det samme" in html(client.get(parter))
    frist_gik(hoering)
    side = html(client.get(adresse))
    assert parter not in side
    assert ret not in side


def test_answers_stand_beside_the_clause_and_are_handled(client: Client) -> None:
    hoering, bemaerkning = med_svar(udkast())
    side = html(client.get(reverse("rammeaftale:hoering", args=[hoering.pk])))
    for ord_ in (
        "Skriv mere.",
        "Ikke behandlet",
        "1 af 2",
        "Har ikke svaret",
        "<strong>samarbejder</strong>",
        ORGANISATION.email,
    ):
        assert ord_ in side
    behandling = reverse("rammeaftale:behandl_bemaerkning", args=[bemaerkning.pk])
    assert client.post(behandling, {"udfald": "ikke_imoedekommet"}).status_code == 422
    side = html(
        client.post(behandling, {"udfald": "indarbejdet", "version": "1", "begrundelse": "Skrevet ind"}, follow=True)
    )
    assert "Indarbejdet i version 1" in side
    assert "Skrevet ind" in side
    gjort = bemaerkning.behandlinger.get()
    assert f"{gjort.registreret_af}, {tidspunkt(gjort.registreret)}" in unescape(side)


def test_clause_in_hostile_markdown_is_harmless_on_every_page_that_shows_it(client: Client) -> None:
    aftale = udkast()
    udgave = skrevet_om(aftale, "\n\n".join(FJENDTLIGE).replace("\0", ""))  # the database keeps no zero byte
    hoering, _ = med_svar(aftale)
    med = (aftale.slug, udgave.klausul_id)
    sider = {
        "klausul": reverse("rammeaftale:klausul", args=med),
        "udgave": reverse("rammeaftale:klausuludgave", args=[*med, udgave.pk]),
        "tekst": reverse("rammeaftale:tekst", args=[aftale.slug]),
        "forskelle": reverse("rammeaftale:sammenlign", args=[aftale.slug]),
        "høring": reverse("rammeaftale:hoering", args=[hoering.pk]),
        "svar": f"{reverse('hoeringssvar')}?noegle={noegle(ORGANISATION)}",
    }
    for navn, url in sider.items():
        krop = html(client.get(url)).split("<main")[1].split("</main>")[0]
        assert "alert(1)" in krop, navn
        for maerke in re.findall(r"<[a-z][^>]*>", krop):
            assert not re.search(r"^<(script|img|iframe|style)|\son\w+=|javascript:|data:|=\"//|logud", maerke), (
                navn,
                maerke,
            )


def test_party_reads_the_answers_but_not_the_mailboxes_and_sees_no_draft() -> None:
    hoering, _ = med_svar(udkast())
    side = html(part().get(reverse("rammeaftale:hoering", args=[hoering.pk])))
    assert "Skriv mere." in side
    assert not any(ord_ in side for ord_ in (HANDICAPRAAD.email, "Behandl", "Send nyt link"))
    ikke_sendt = kladde(hoering.version.aftale)
    assert part().get(reverse("rammeaftale:hoering", args=[ikke_sendt.pk])).status_code == 404
    assert ikke_sendt.titel not in html(part("Gladsaxe").get(reverse("rammeaftale:liste")))


def test_file_is_handed_out_to_be_kept_and_never_opened_here() -> None:
    hoering, bemaerkning = med_svar(udkast())
    fil = Hoeringsfil.objects.get(bemaerkning=bemaerkning)
    url = reverse("rammeaftale:hoeringsfil", args=[fil.pk])
    svar = part().get(url)
    assert svar.content == PDF
    assert svar["Content-Disposition"] == f'attachment; filename="hoeringssvar-{fil.pk}.pdf"'
    assert (svar["Content-Type"], svar["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert (svar["Content-Security-Policy"], svar["Cache-Control"]) == (
        "default-src 'none'; sandbox",
        "private, no-store",
    )
    assert part("Gladsaxe").get(url).status_code == 404
    assert Client().get(url).status_code == 302
    assert hoering.sendt


def test_hostile_file_of_text_is_handed_out_as_text() -> None:
    hoering = sendt()
    besvar(noegle(), {}, [Afgivet(None, "svar.txt", b"<script>alert(1)</script>")])
    svar = part().get(reverse("rammeaftale:hoeringsfil", args=[Hoeringsfil.objects.get().pk]))
    assert svar["Content-Type"] == "text/plain; charset=utf-8"
    assert svar["Content-Disposition"].startswith("attachment")
    assert hoering.sendt


def test_answers_are_taken_out_with_what_was_done_and_nothing_in_them_runs() -> None:
    hoering = sendt()
    svaret = besvar(noegle(), {klausuler(hoering)[0]: "=HYPERLINK(1)"}, [Afgivet(None, "bilag.pdf", PDF)])
    bemaerkning = svaret.bemaerkninger.get(udgave=None)
    behandl(aktoer=fabrik.sekretariat(), bemaerkning_id=bemaerkning.pk, udfald=Behandlingsudfald.TIL_EFTERRETNING)
    raekker = tabel(part(), "rammeaftale:eksport_hoeringssvar", hoering.pk)
    assert [(r["Høringspart"], r["Om"], r["Bemærkning"], r["Filer"], r["Behandling"]) for r in raekker] == [
        (HANDICAPRAAD.navn, "Udkastet som helhed", "", "bilag.pdf", "Taget til efterretning"),
        (HANDICAPRAAD.navn, "2.1 Emne 1", "'=HYPERLINK(1)", "", ""),
        (ORGANISATION.navn, "", "Har ikke svaret", "", ""),
    ]
    (linje,) = tabel(part(), "rammeaftale:eksport_hoeringer", hoering.version.aftale.slug)
    assert (linje["Hørte"], linje["Har svaret"], linje["Stand"]) == ("2", "1", "Sendt i høring")


def test_start_page_of_the_secretariat_shows_open_hearings_by_deadline_in_no_statement_more(client: Client) -> None:
    def forespoergsler() -> int:
        with CaptureQueriesContext(connection) as fangede:
            client.get("/")
        return len(fangede)

    aftale = udkast()
    uden = [forespoergsler() for _ in range(2)][-1]
    for om in (30, 20):
        sendt(aftale, om=om)
    besvar(noegle(ORGANISATION))
    lukket = sendt(aftale, om=25)
    afslut(aktoer=fabrik.sekretariat(), hoering_id=lukket.pk)
    assert forespoergsler() == uden
    panel = html(client.get("/")).split('id="panel-hoeringer"')[1].split("</section>")[0]
    assert re.findall(r"(\d) af 2 har svaret", panel) == ["1", "0"]
    frister = [f"{fabrik.om(om):%d.%m.%Y}" for om in (20, 30)]
    assert re.findall(r"frist ([\d.]+)", panel) == frister
    assert "Åbne høringer" not in html(part().get("/"))


def test_pages_cost_the_same_for_one_and_a_hundred(client: Client) -> None:
    def mange(antal: int) -> list[Modtagerindhold]:
        return [Modtagerindhold(Modtagerart.ANDEN, f"Organisation {n:03}", f"o{n}@example.org") for n in range(antal)]

    lille = sendt(udkast(slug="lille"), *mange(1))
    besvar(noegle(mange(1)[0]))
    stor = sendt(udkast(slug="stor"), *mange(100))
    for modtager in mange(100):
        besvar(noegle(modtager), {None: "Enig.", klausuler(stor)[0]: "Skriv mere."})
    for rute in ("rammeaftale:hoering", "rammeaftale:hoeringer"):
        antal = []
        for hoering in (lille, stor):
            url = reverse(rute, args=[hoering.pk if rute.endswith("hoering") else hoering.version.aftale.slug])
            client.get(url)
            with CaptureQueriesContext(connection) as fangede:
                assert client.get(url).status_code == 200
            antal.append(len(fangede))
        assert antal[0] == antal[1], rute
        assert antal[0] <= 20, rute
