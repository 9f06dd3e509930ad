"""Answering by the link: what each link shows, what an answer may hold, and that nothing in it comes to life."""

import re
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as indstillinger
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faelles.fejl import UgyldigtInput
from faelles.spor import historik
from rammeaftale.hoering.actions import afslut, nyt_link, svar, traek_link
from rammeaftale.hoering.actions.svar import Afgivet
from rammeaftale.hoering.breve import send_links
from rammeaftale.hoering.queries import vis
from rammeaftale.models import Hoeringsfil, Hoeringssvar
from tests import fabrik
from tests.rammeaftale.hoering.situationer import (
    HANDICAPRAAD,
    PDF,
    besvar,
    docx,
    frist_gik,
    klausuler,
    noegle,
    sendt,
    udkast,
)

pytestmark = pytest.mark.django_db
URL = reverse("hoeringssvar")
FJENDTLIG = "<script>alert(1)</script>\n\n# Overskrift\n\n[klik](javascript:alert(1)) ![x](https://example.dk/x.png) <b>fed</b> **fed**"


def aabn(med: str) -> Any:
    return Client().get(URL, {"noegle": med})


def send(med: str, data: dict[str, Any] | None = None, **hoveder: str) -> Any:
    return Client().post(f"{URL}?noegle={med}", data or {"generelt": "Enig."}, headers=hoveder)


def html(svaret: Any) -> str:
    return str(svaret.content.decode())


def uden_nummer(svaret: Any) -> str:
    """The page without the tokens that are new each time."""
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "", html(svaret))


def tabt(svaret: Any) -> list[str]:
    """What the page gives back of what was written and not received."""
    felter = re.findall(r'<textarea[^>]*id="tabt-\d+"[^>]*readonly>\n(.*?)</textarea>', html(svaret), re.DOTALL)
    return [unescape(tekst) for tekst in felter]


def test_draft_is_read_and_answered_clause_by_clause_without_an_account() -> None:
    hoering = sendt(udkast("Parterne **samarbejder**.", "Viden deles."))
    foerste, anden = klausuler(hoering)
    side = html(aabn(noegle()))
    assert "<strong>samarbejder</strong>" in side
    assert HANDICAPRAAD.navn in side
    data = {
        "generelt": "Godt udkast.",
        f"k_{anden.hex}": "Skriv\r\nmere.",
        "fil_1": SimpleUploadedFile("bilag.pdf", PDF),
        "fil_1_om": foerste.hex,
    }
    svaret = send(noegle(), data)
    assert (svaret.status_code, svaret.headers["Location"]) == (302, f"{URL}?noegle={noegle()}")
    assert [
        (a.navn, b.bemaerkning.tekst, [f.navn for f in b.bemaerkning.filer.all()])
        for a in vis(hoering).med_bemaerkninger
        for b in a.bemaerkninger
    ] == [
        ("Udkastet som helhed", "Godt udkast.", []),
        ("2.1 Emne 1", "", ["bilag.pdf"]),
        ("2.2 Emne 2", "Skriv\nmere.", []),
    ]
    kvittering = html(aabn(noegle()))
    assert all(ord_ in kvittering for ord_ in ("Svaret er modtaget", "Godt udkast.", "bilag.pdf", "2.2 Emne 2"))
    assert "<form" not in kvittering.split("<main")[1].split("</main>")[0]


def test_answer_that_there_is_nothing_to_remark() -> None:
    hoering = sendt()
    assert send(noegle(), {"ingen_bemaerkninger": "on"}).status_code == 302
    assert (vis(hoering).svaret, vis(hoering).med_bemaerkninger) == (1, [])
    assert "Ingen bemærkninger." in html(aabn(noegle()))


def test_page_keeps_itself_to_itself() -> None:
    sendt()
    for svaret in (aabn(noegle()), aabn("gættet")):
        hoveder = svaret.headers
        assert hoveder["Referrer-Policy"] == "no-referrer"
        assert "noindex" in hoveder["X-Robots-Tag"]
        assert "no-store" in hoveder["Cache-Control"]
        assert indstillinger.SESSION_COOKIE_NAME not in svaret.cookies
        assert '<meta name="robots" content="noindex, nofollow">' in html(svaret)


# --- What each link shows ------------------------------------------------------------------------------------------------------


def test_guessed_link_gets_the_very_answer_of_any_other_after_the_same_work() -> None:
    sendt()
    rigtig = noegle()
    svarene, arbejde = [], []
    for gaet in ("x", "", rigtig[:-1], rigtig.swapcase(), "æ" * 500, "a\x00b"):
        with CaptureQueriesContext(
            connection,
        ) as fangede:
            svarene.append(aabn(gaet))
        arbejde.append(len(fangede))
    assert {s.status_code for s in svarene} == {404}
    assert len({uden_nummer(s) for s in svarene}) == 1
    assert len(set(arbejde)) == 1
    assert uden_nummer(send("x")) == uden_nummer(svarene[0])
    assert "Linket findes ikke" in html(svarene[0])


def test_links_that_are_over_say_what_to_do_and_nothing_of_the_hearing() -> None:
    hoering = sendt()
    modtager = hoering.modtagere.get(navn=HANDICAPRAAD.navn)
    traek_link(aktoer=fabrik.sekretariat(), modtager_id=modtager.pk)
    trukket = aabn(noegle())
    nyt_link(aktoer=fabrik.sekretariat(), modtager_id=modtager.pk)
    send_links()
    frist_gik(hoering)
    udloebet = aabn(noegle())
    for svaret, overskrift in ((trukket, "Linket gælder ikke længere"), (udloebet, "Høringen er slut")):
        assert svaret.status_code == 410
        assert overskrift in html(svaret)
        assert not any(ord_ in html(svaret) for ord_ in (hoering.titel, HANDICAPRAAD.navn, "KKR", "Rammeaftale 2027"))
    assert send(noegle()).status_code == 410
    assert not Hoeringssvar.objects.exists()


@pytest.mark.parametrize("hvorfor", ["et nyere link", "fristen"])
def test_answer_sent_when_the_link_has_closed_is_given_back_word_for_word(hvorfor: str) -> None:
    hoering = sendt()
    gammelt = noegle()
    if hvorfor == "fristen":
        frist_gik(hoering)
    else:
        nyt_link(aktoer=fabrik.sekretariat(), modtager_id=hoering.modtagere.get(navn=HANDICAPRAAD.navn).pk)
        send_links()
    skrevet = {"generelt": "Linje et\nlinje to", f"k_{'0' * 32}": "</textarea><script>x</script>", "fremmed": "nej"}
    svaret = send(gammelt, skrevet)
    assert svaret.status_code == 410
    assert tabt(svaret) == ["Linje et\nlinje to", "</textarea><script>x</script>"]
    assert "<script>x" not in html(svaret)
    assert not Hoeringssvar.objects.exists()


def test_answer_to_a_link_nobody_has_is_not_repeated() -> None:
    assert tabt(send("x", {"generelt": "Hvem er I?"})) == []


def test_answer_that_meets_another_by_the_same_link_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    sendt()
    med = noegle()
    rigtig = svar.afgiv_svar

    def en_anden_foerst(**hvad: Any) -> Any:
        besvar(med, {None: "Den hurtige."})
        return rigtig(**hvad)

    monkeypatch.setattr("rammeaftale.hoering.svarside.afgiv_svar", en_anden_foerst)
    svaret = send(med, {"generelt": "Den langsomme."})
    assert (svaret.status_code, tabt(svaret)) == (409, ["Den langsomme."])
    assert "Den hurtige." in html(svaret)


def test_answered_link_shows_the_answer_and_cannot_change_it() -> None:
    sendt()
    send(noegle(), {"generelt": "Det første."})
    igen = send(noegle(), {"generelt": "Det andet."})
    assert (igen.status_code, "Det første." in html(igen)) == (409, True)
    assert "Det andet." in tabt(igen), "it is not received, and not lost"
    assert (aabn(noegle()).status_code, "Det andet." in html(aabn(noegle()))) == (200, False)
    assert Hoeringssvar.objects.count() == 1


def test_receipt_is_over_with_the_hearing() -> None:
    hoering = sendt()
    send(noegle(), {"generelt": "Hemmeligt."})
    frist_gik(hoering)
    assert "Hemmeligt." in html(aabn(noegle()))
    afslut(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk)
    svaret = aabn(noegle())
    assert (svaret.status_code, "Hemmeligt." in html(svaret)) == (410, False)


def test_new_link_takes_a_new_answer_which_counts_instead_and_both_are_kept() -> None:
    hoering = sendt()
    send(noegle(), {"generelt": "Det første."})
    nyt_link(aktoer=fabrik.sekretariat(), modtager_id=hoering.modtagere.get(navn=HANDICAPRAAD.navn).pk)
    send_links()
    assert "I har svaret før" in html(aabn(noegle()))
    send(noegle(), {"generelt": "Det andet."})
    (afsnit,) = vis(hoering).med_bemaerkninger
    assert [b.bemaerkning.tekst for b in afsnit.bemaerkninger] == ["Det andet."]
    assert Hoeringssvar.objects.count() == 2


def test_guessers_are_slowed_down(settings: Any) -> None:
    cache.clear()
    settings.GRAENSER = {**settings.GRAENSER, "aaben": (3, 60)}
    assert [aabn("x").status_code for _ in range(5)] == [404, 404, 404, 429, 429]


def test_form_sent_from_another_site_is_refused() -> None:
    """Control: the browser's own word for a form on the page, and a browser that has none."""
    sendt()
    for fremmed in ("cross-site", "same-site", "none"):
        assert send(noegle(), None, **{"Sec-Fetch-Site": fremmed}).status_code == 403
    assert not Hoeringssvar.objects.exists()
    streng = Client(enforce_csrf_checks=True)
    hoveder = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    assert streng.post(f"{URL}?noegle={noegle()}", {"generelt": "Enig."}, headers=hoveder).status_code == 302


# --- What an answer may hold ---------------------------------------------------------------------------------------------------


def test_hostile_text_is_kept_as_text_everywhere_it_is_shown() -> None:
    hoering = sendt()
    send(noegle(), {"generelt": FJENDTLIG, f"k_{klausuler(hoering)[0].hex}": FJENDTLIG})
    client = Client()
    client.force_login(fabrik.bruger(fabrik.Rolle.SEKRETARIAT, fabrik.kkr().sekretariat))  # type: ignore[arg-type]
    for side in (html(aabn(noegle())), html(client.get(reverse("rammeaftale:hoering", args=[hoering.pk])))):
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in side
        assert (side.count("# Overskrift"), side.count("**fed**")) == (2, 2)
        krop = side.split("<main")[1].split("</main>")[0]
        assert not re.search(r"<script|<img|href=\"javascript|<b>", krop)


def test_cpr_number_is_refused_at_its_field_and_not_repeated() -> None:
    sendt()
    svaret = send(noegle(), {"generelt": "Om 010203-1234"})
    assert svaret.status_code == 422
    assert "ligner et CPR-nummer" in html(svaret)
    assert not Hoeringssvar.objects.exists()


@pytest.mark.parametrize(
    ("data", "hvorfor"),
    [
        ({"generelt": ""}, "sæt kryds ved, at I ingen bemærkninger har"),
        ({"generelt": "Nej.", "ingen_bemaerkninger": "on"}, "Vælg det ene"),
        ({"generelt": "x" * 10_001}, "højst"),
        ({"fil_1": SimpleUploadedFile("svar.exe", b"MZ")}, "skal være PDF"),
        ({"fil_1": SimpleUploadedFile("svar.pdf", b"<html>")}, "hedder PDF"),
        ({"fil_1": SimpleUploadedFile("svar.pdf", b"")}, "Filen er tom"),
        ({"fil_2": SimpleUploadedFile("svar.docx", docx({"word/x": b"\0" * 60_000_000}))}, "fylder for meget"),
        ({"fil_1": SimpleUploadedFile("svar.pdf", PDF), "fil_1_om": "f" * 32}, "Vælg en af mulighederne"),
    ],
    ids=["intet", "begge", "langt", "art", "indhold", "tom", "bombe", "om"],
)
def test_answer_that_cannot_be_taken_says_why_and_keeps_nothing(data: dict[str, Any], hvorfor: str) -> None:
    sendt()
    svaret = send(noegle(), data)
    assert (svaret.status_code, hvorfor in html(svaret)) == (422, True)
    assert not Hoeringssvar.objects.exists()


def bilag(navn: str = "bilag.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(navn, PDF)


def foer(svaret: Any) -> dict[str, str]:
    """What the page sends with the form the next time of the files it did not keep."""
    felter = re.findall(r'<input type="hidden" name="(fil_\d_foer)" value="([^"]*)">', html(svaret))
    return {navn: unescape(vaerdi) for navn, vaerdi in felter}


def test_file_of_a_refused_answer_is_asked_for_again_before_the_answer_is_final() -> None:
    sendt()
    svaret = send(noegle(), {"generelt": "Om 010203-1234", "fil_1": bilag("a.pdf"), "fil_3": bilag("b & c.pdf")})
    assert svaret.status_code == 422
    assert all(f"»{navn}« er ikke sendt; vælg den igen" in unescape(html(svaret)) for navn in ("a.pdf", "b & c.pdf"))
    assert foer(svaret) == {"fil_1_foer": "a.pdf", "fil_3_foer": "b & c.pdf"}
    for filer in ({}, {"fil_2": bilag()}):
        svaret = send(noegle(), {"generelt": "Enig.", **foer(svaret), **filer})
        assert (svaret.status_code, "Vælg filerne igen, eller sæt kryds" in html(svaret)) == (422, True)
    assert not Hoeringssvar.objects.exists()
    igen = {"fil_1": bilag("a.pdf"), "fil_2": bilag("b & c.pdf"), "fil_3": bilag()}
    assert send(noegle(), {"generelt": "Enig.", **foer(svaret), **igen}).status_code == 302
    assert sorted(fil.navn for fil in Hoeringsfil.objects.all()) == ["a.pdf", "b & c.pdf", "bilag.pdf"]


def test_answer_is_sent_without_its_files_when_that_is_said_of_them() -> None:
    sendt()
    uden = {"generelt": "Enig.", "uden_filer": "on"}
    svaret = send(noegle(), {**uden, "generelt": "Om 010203-1234", "fil_1": bilag()})
    assert (foer(svaret), 'name="uden_filer"' in html(svaret)) == ({"fil_1_foer": "bilag.pdf"}, True)
    assert not re.search(r'name="uden_filer"[^>]*checked', html(svaret))
    afvist = send(noegle(), {**uden, **foer(svaret), "generelt": "Om 010203-1234"})
    assert (afvist.status_code, foer(afvist)) == (422, {})
    assert send(noegle(), {**uden, **foer(svaret)}).status_code == 302
    assert not Hoeringsfil.objects.exists()


def test_refused_file_says_why_and_a_name_with_a_cpr_number_is_not_repeated() -> None:
    sendt()
    svaret = send(noegle(), {"fil_1": SimpleUploadedFile("svar.exe", b"MZ"), "fil_2": bilag("010203-1234.pdf")})
    assert "skal være PDF" in html(svaret)
    assert "»svar.exe« er ikke sendt" not in html(svaret)
    assert foer(svaret) == {"fil_1_foer": "svar.exe", "fil_2_foer": "filen"}
    assert "010203" not in html(svaret)
    assert "uden_filer" not in html(aabn(noegle()))


def test_too_large_a_file_is_refused_before_it_is_kept(settings: Any) -> None:
    settings.HOERINGSFIL_MAKS = 1_000_000
    sendt()
    svaret = send(noegle(), {"fil_1": SimpleUploadedFile("svar.pdf", PDF + b"x" * 1_000_000)})
    assert (svaret.status_code, "større end 1 MB" in html(svaret)) == (422, True)


def test_action_takes_no_more_files_than_the_form_offers_and_no_foreign_clause() -> None:
    hoering = sendt()
    fremmed = klausuler(sendt(udkast(slug="en-anden")))[0]
    assert fremmed not in klausuler(hoering)
    med = noegle(brev=0)
    tilfaelde: list[tuple[dict[UUID | None, str], list[Afgivet]]] = [
        ({None: "Enig."}, [Afgivet(None, f"{n}.pdf", PDF) for n in range(4)]),
        ({fremmed: "Forkert."}, []),
        ({None: "Enig."}, [Afgivet(fremmed, "a.pdf", PDF)]),
    ]
    for tekster, filer in tilfaelde:
        with pytest.raises(UgyldigtInput):
            besvar(med, tekster, filer)
    assert not Hoeringssvar.objects.exists()


def test_name_with_a_path_is_kept_without_it() -> None:
    hoering = sendt()
    besvar(noegle(), {}, [Afgivet(klausuler(hoering)[0], "../../etc/passwd.pdf", PDF)])
    assert Hoeringsfil.objects.get().navn == "passwd.pdf"


def test_change_log_says_which_link_answered_and_never_the_key() -> None:
    sendt()
    med = noegle()
    send(med)
    link_id = Hoeringssvar.objects.get().link_id
    (spor,) = historik(Hoeringssvar).objects.for_systemet("a test")
    assert spor.pgh_context["identitet"] == f"hoeringslink:{link_id}"
    assert med not in str(spor.pgh_context)


def test_key_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    hoering = sendt()
    med = noegle()
    aabn(med)
    send(med, {"generelt": ""})
    send(med)
    afslut(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk)
    aabn(med)
    assert len(mail.outbox) == 2
    assert not any(med in post.getMessage() for post in caplog.records if post.name != "django.db.backends")
