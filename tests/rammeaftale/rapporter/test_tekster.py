"""The secretariat's texts: written beside the figures, kept, frozen with the data, and printed with the values in them."""

import io
import json
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from pypdf import PdfReader

from faelles.dokument.tjek import tjek_pdf
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from rammeaftale.models import Rammeaftale
from rammeaftale.rapporter import tekster
from rammeaftale.rapporter.fremstilling import _indsaet
from rammeaftale.rapporter.job import frys
from rammeaftale.rapporter.kanonisk import fra_json
from rammeaftale.rapporter.models import Oejebliksbillede, Rapporttekst
from rammeaftale.rapporter.rammeaftalen import dokument
from rammeaftale.rapporter.rammeaftalen.data import Rammeaftalebillede
from rammeaftale.rapporter.register import RAMMEAFTALE, RAPPORTTYPER, Manuskript
from rammeaftale.rapporter.tekster import skriv_tekst
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.rapporter import situationer
from tests.rammeaftale.rapporter.test_sider import laeser
from tests.rammeaftale.test_sider import sekretariat

pytestmark = pytest.mark.django_db


def skriv(aftale: Rammeaftale, tekst: str, kapitel: str = "resume", **andet: Any) -> None:
    felter = {"aktoer": fabrik.sekretariat(), "type_": "rammeaftale", **andet}
    skriv_tekst(aftale_id=aftale.pk, kapitel=kapitel, tekst=tekst, **felter)


def udgaver() -> list[tuple[str, int, str]]:
    return list(Rapporttekst.objects.order_by("kapitel", "udgave").values_list("kapitel", "udgave", "tekst"))


def test_each_saving_is_kept_and_the_same_text_is_not_saved_again() -> None:
    aftale = fabrik.aftale()
    for tekst in ("Første", "Første \r\n", "Anden", ""):
        skriv(aftale, tekst)
    skriv(aftale, "Et andet kapitel", "metode")
    assert udgaver() == [
        ("metode", 1, "Et andet kapitel"), ("resume", 1, "Første"), ("resume", 2, "Anden"), ("resume", 3, ""),
    ]  # fmt: skip
    assert {k: en.udgave for k, en in tekster.skrevne(aftale.pk, "rammeaftale").items()} == {"metode": 1, "resume": 3}
    with pytest.raises(DatabaseError), transaction.atomic():
        Rapporttekst.objects.update(tekst="Rettet")


def test_every_fault_is_told_at_once_and_nothing_is_saved() -> None:
    aftale = fabrik.aftale()
    with pytest.raises(UgyldigtInput) as fejl:
        skriv(aftale, "Om 010190-1234: {{ tilbut }}")
    assert [besked.split(" (")[0] for besked in fejl.value.felter["tekst"]] == [
        "Det ligner et CPR-nummer",
        "Flettefeltet »tilbut« findes ikke. Mente du »tilbud«?",
    ]
    assert udgaver() == []


def test_only_the_own_secretariat_writes_and_only_in_chapters_there_are() -> None:
    aftale = fabrik.aftale()
    with pytest.raises(IngenAdgang):
        skriv(aftale, "Nej", aktoer=fabrik.sagsbehandler())
    with pytest.raises(IkkeFundet):
        skriv(aftale, "Nej", aktoer=fabrik.sekretariat("KKR Midtjylland"))
    with pytest.raises(IkkeFundet):
        skriv(aftale, "Nej", kapitel="andet")
    assert udgaver() == []


def test_every_chapter_that_can_be_written_has_its_place_and_its_own_title() -> None:
    """Of every type: a text with no place on the pages would be lost."""
    assert RAMMEAFTALE.kapitler
    data = situationer.data(situationer.omraade())
    html = dokument.dokument(data, {}).html
    flettet = _indsaet(html, Manuskript(None, {k: f"<p>TEKST-{k}-</p>" for k in RAMMEAFTALE.kapitler}))
    for kapitel, titel in RAMMEAFTALE.kapitler.items():
        foer, efter = flettet.split(f"TEKST-{kapitel}-")
        assert foer.rsplit("<h2", 1)[1].split("</h2>")[0].endswith(titel)
        assert efter
    with pytest.raises(LookupError, match="ukendt"):
        _indsaet(html, Manuskript(None, {"ukendt": "<p></p>"}))


def test_every_placeholder_has_a_value_that_says_something() -> None:
    billede = fra_json(Rammeaftalebillede, situationer.data(situationer.omraade()))
    vaerdier = RAMMEAFTALE.vaerdier(billede)
    assert all(vaerdier.values())
    assert (vaerdier["kommuner"], vaerdier["tilbud"], vaerdier["pladser"], vaerdier["godkendt"]) == (
        "3",
        "2",
        "16",
        "0",
    )
    for type_ in RAPPORTTYPER.values():
        noegler = [felt.noegle for felt in type_.flettefelter]
        assert len(noegler) == len(set(noegler))


def test_text_is_printed_with_the_figures_as_they_were_frozen() -> None:
    aftale = situationer.omraade()
    skriv(aftale, "Der er **{{ tilbud }}** tilbud.\n\n| Hvad | Hvor mange |\n|---|---|\n| Pladser | {{ pladser }} |")
    data = situationer.data(aftale)
    billede = Oejebliksbillede(data=data, tekster=json.dumps({"resume": udgaver()[0][2]}))
    pdf = situationer.lav(data, manuskript=tekster.manuskript(RAMMEAFTALE, billede, None))
    hele = " ".join(" ".join(side.extract_text() for side in PdfReader(io.BytesIO(pdf)).pages).split())
    assert "Der er 2 tilbud." in hele
    assert "Pladser 16" in hele
    assert tjek_pdf(pdf) == ()


def test_frozen_text_with_a_placeholder_there_no_longer_is_names_its_chapter() -> None:
    billede = Oejebliksbillede(
        data=situationer.data(situationer.omraade()), tekster=json.dumps({"metode": "{{ gammel }}"})
    )
    with pytest.raises(Konflikt, match="»Metode og datagrundlag« kan ikke bruges: Flettefeltet »gammel« findes ikke"):
        tekster.manuskript(RAMMEAFTALE, billede, None)


@pytest.mark.django_db(transaction=True)
def test_report_keeps_the_text_that_was_written_when_its_data_were_read() -> None:
    aftale = situationer.omraade()
    skriv(aftale, "Skrevet før")
    skriv(aftale, "Taget ud igen", "metode")
    skriv(aftale, "", "metode")
    rapport = situationer.bestil(aftale)
    frys(rapport)
    skriv(aftale, "Skrevet efter")
    rapport.refresh_from_db()
    assert json.loads(frys(rapport).tekster) == {"resume": "Skrevet før"}


def test_secretariat_writes_beside_the_figures_and_sees_the_text_as_it_will_stand() -> None:
    aftale, hvem = situationer.omraade(), sekretariat()
    side = reverse("rapporter:tekst", args=[aftale.slug, "rammeaftale", "resume"])
    assert side in hvem.get(reverse("rapporter:tekster", args=[aftale.slug, "rammeaftale"])).content.decode()
    html = hvem.get(side).content.decode()
    assert "{{ tilbud }}" in html
    assert '<dd>2<span class="sekundaer">Åbne tilbud (R1-T2)</span></dd>' in html
    vist = hvem.post(side, {"tekst": "Der er **{{ tilbud }}**.", "vis": "1"})
    assert (vist.status_code, "Der er <strong>2</strong>." in vist.content.decode()) == (200, True)
    stykke = hvem.post(side, {"tekst": "{{ tilbut }}", "vis": "1"}, headers={"hx-request": "true"}).content.decode()
    assert ("Mente du »tilbud«?" in stykke, "<html" in stykke) == (True, False)
    assert udgaver() == [], "seeing is not saving"
    assert hvem.post(side, {"tekst": "{{ tilbut }}"}).status_code == 422
    svar = hvem.post(side, {"tekst": "Der er <b>{{ tilbud }}</b>."}, follow=True)
    assert "er gemt" in svar.content.decode()
    assert "Der er &lt;b&gt;2&lt;/b&gt;." in hvem.get(side).content.decode()


def test_second_writer_sees_the_firsts_text_and_keeps_her_own() -> None:
    aftale, hvem = fabrik.aftale(), sekretariat()
    side = reverse("rapporter:tekst", args=[aftale.slug, "rammeaftale", "metode"])
    aabnet = hvem.get(side).context["form"].aabnet
    skriv(aftale, "Kollegaens", "metode")
    svar = hvem.post(side, {"tekst": "Mine egne ord", "aabnet": aabnet})
    html = svar.content.decode()
    assert svar.status_code == 422
    assert "Rettet af en anden" in html
    assert "Kollegaens" in html
    assert "Mine egne ord" in html
    assert [tekst for *_, tekst in udgaver()] == ["Kollegaens"]
    hvem.post(side, {"tekst": "Mine egne ord", "aabnet": svar.context["form"].aabnet})
    assert [tekst for *_, tekst in udgaver()] == ["Kollegaens", "Mine egne ord"]


def test_texts_are_the_secretariats_own() -> None:
    aftale = fabrik.aftale()
    for adresse in (["rammeaftale"], ["rammeaftale", "resume"]):
        navn = "rapporter:tekst" if len(adresse) > 1 else "rapporter:tekster"
        assert laeser().get(reverse(navn, args=[aftale.slug, *adresse])).status_code == 403
    for type_, kapitel in (("andet", "resume"), ("rammeaftale", "andet")):
        assert sekretariat().get(reverse("rapporter:tekst", args=[aftale.slug, type_, kapitel])).status_code == 404


def test_system_of_the_secretariat_writes_what_it_has_seen() -> None:
    aftale, client = fabrik.aftale(), klienter.sekretariat()
    sti = f"/api/v1/rammeaftaler/{aftale.pk}/rapporttekster"
    alle = client.get(sti).json()["resultater"]
    assert [(en["type"], en["kapitel"]) for en in alle][:2] == [("rammeaftale", "resume"), ("rammeaftale", "parter")]
    en = client.get(f"{sti}/rammeaftale/resume")
    assert (en.json()["udgave"], en.json()["gemt"], "tilbud" in en.json()["flettefelter"]) == (0, None, True)
    put: Any = {"content_type": "application/json"}
    assert client.put(f"{sti}/rammeaftale/resume", {"tekst": "Nej"}, **put).status_code == 428
    set_: Any = {"headers": {"if-match": en["ETag"]}, **put}
    daarlig = client.put(f"{sti}/rammeaftale/resume", {"tekst": "{{ tilbut }}"}, **set_)
    assert (daarlig.status_code, daarlig.json()["code"]) == (400, "ugyldig_rapporttekst")
    skrevet = client.put(f"{sti}/rammeaftale/resume", {"tekst": "{{ tilbud }}"}, **set_)
    assert (skrevet.status_code, skrevet.json()["udgave"]) == (200, 1)
    assert client.put(f"{sti}/rammeaftale/resume", {"tekst": "Igen"}, **set_).status_code == 412
    assert klienter.myndighed().get(sti).status_code == 404
