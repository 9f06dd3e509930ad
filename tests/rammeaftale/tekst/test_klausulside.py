"""The page of a clause: also one that was sent and has been let go since."""

import pytest
from django.urls import reverse

from kommuner.models import Rolle
from rammeaftale.livscyklus import Aendringsart
from rammeaftale.models import Klausuludgave, Rammeaftale
from rammeaftale.tekst.actions import Klausulindhold, kommenter, lad_udgaa, ret_klausul
from tests import fabrik
from tests.rammeaftale.aftaler import anbefal, kladde, klausul, send
from tests.rammeaftale.test_sider import klient, sekretariat
from tests.rammeaftale.test_trin import ny, nyeste

pytestmark = pytest.mark.django_db


def klausulsiden(aftale: Rammeaftale, udgave: Klausuludgave) -> str:
    return reverse("rammeaftale:klausul", args=[aftale.slug, udgave.klausul_id])


@pytest.fixture
def udgaaet() -> tuple[Rammeaftale, Klausuludgave]:
    """A clause sent and commented in version 1, let go in version 2, and not in version 3, which is being written."""
    aftale = kladde("Rødovre")
    udgave = klausul(aftale, "4", "Parterne mødes to gange om året.")
    kommenter(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, klausul_id=udgave.klausul_id, tekst="Én gang er nok.")
    anbefal(aftale)
    send(aftale)
    ny(aftale)
    lad_udgaa(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, klausul_id=udgave.klausul_id, laest=2)
    anbefal(aftale)
    send(aftale, Aendringsart.ALLE_PARTER)
    ny(aftale)
    return aftale, udgave


def test_clause_of_a_sent_text_that_has_gone_is_read_as_it_stood_last_and_not_written(
    udgaaet: tuple[Rammeaftale, Klausuludgave],
) -> None:
    aftale, udgave = udgaaet
    url = klausulsiden(aftale, udgave)
    sendt_tekst = reverse("rammeaftale:tekst", args=[aftale.slug])
    for laeser in (sekretariat(), klient(Rolle.LAESER, fabrik.kommune("Rødovre").organisation)):
        assert f'href="{url}"' in laeser.get(sendt_tekst, {"version": "1"}).content.decode()
        svar = laeser.get(url)
        html = svar.content.decode()
        assert (svar.status_code, svar.context["version"].nummer, nyeste(aftale).nummer) == (200, 2, 3)
        assert "Klausulen er ikke med i version 3." in html
        assert "Én gang er nok." in html
        assert reverse("rammeaftale:klausuludgave", args=[aftale.slug, udgave.klausul_id, udgave.pk]) in html
        assert ("Ret teksten" in html, "Gem kommentar" in html) == (False, False)


def test_comment_on_a_clause_that_has_gone_is_refused(udgaaet: tuple[Rammeaftale, Klausuludgave]) -> None:
    aftale, udgave = udgaaet
    svar = sekretariat().post(klausulsiden(aftale, udgave), {"tekst": "For sent."})
    assert (svar.status_code, "findes ikke i versionen" in svar.content.decode()) == (422, True)
    ret = reverse("rammeaftale:ret_klausul", args=[aftale.slug, udgave.klausul_id])
    assert sekretariat().get(ret).status_code == 404


def test_clause_of_the_latest_version_says_nothing_of_having_gone() -> None:
    aftale = kladde("Rødovre")
    html = sekretariat().get(klausulsiden(aftale, klausul(aftale, "4"))).content.decode()
    assert ("Klausulen er ikke med" in html, "Ret teksten" in html) == (False, True)


def test_clause_of_another_agreement_is_not_found() -> None:
    aftale, anden = kladde("Rødovre"), fabrik.aftale(slug="anden")
    assert sekretariat().get(klausulsiden(anden, klausul(aftale, "4"))).status_code == 404


@pytest.fixture
def gemt() -> tuple[Rammeaftale, list[str]]:
    """A clause saved three times, and the page of each saving."""
    aftale = kladde("Rødovre")
    udgave = klausul(aftale, "4", "En gang om året.")
    for laest, tekst in enumerate(("To gange om året.", "Tre gange om året."), 1):
        ret_klausul(
            aktoer=fabrik.sekretariat(),
            aftale_id=aftale.id,
            klausul_id=udgave.klausul_id,
            laest=laest,
            indhold=Klausulindhold("4", "Møder", tekst),
        )
    alle = Klausuludgave.objects.filter(klausul=udgave.klausul_id).order_by("udgave")
    return aftale, [reverse("rammeaftale:klausuludgave", args=[aftale.slug, udgave.klausul_id, en.pk]) for en in alle]


@pytest.mark.parametrize(
    ("vist", "mod", "overskrift", "aendret"),
    [
        (3, None, "Ændret siden udgave 2", ["To gange", "Tre gange"]),
        (3, "1", "Ændret siden udgave 1", ["En gang", "Tre gange"]),
        (1, "3", "Ændret frem til udgave 3", ["En gang", "Tre gange"]),
        (1, None, None, []),
    ],
)
def test_saving_of_a_clause_is_held_against_any_other(
    gemt: tuple[Rammeaftale, list[str]], vist: int, mod: str | None, overskrift: str | None, aendret: list[str]
) -> None:
    _, sider = gemt
    svar = sekretariat().get(sider[vist - 1], {"mod": mod} if mod else {})
    html = svar.content.decode()
    assert (f"<h2>{overskrift}</h2>" in html) == (overskrift is not None)
    assert html.count("<option") == 2
    assert (f'<option value="{mod}" selected>' in html) == (mod is not None)
    forskel = svar.context["forskel"]
    assert (
        [en.udgave.tekst[: -len(" om året.")] for en in (forskel.foer, forskel.efter)] == aendret
        if forskel
        else not aendret
    )


@pytest.mark.parametrize("mod", ["4", "0", "x", "-1"])
def test_saving_that_is_none_is_not_found(gemt: tuple[Rammeaftale, list[str]], mod: str) -> None:
    assert sekretariat().get(gemt[1][0], {"mod": mod}).status_code == 404


def test_clause_saved_once_has_nothing_to_be_held_against() -> None:
    aftale = kladde("Rødovre")
    udgave = klausul(aftale, "4")
    url = reverse("rammeaftale:klausuludgave", args=[aftale.slug, udgave.klausul_id, udgave.pk])
    assert "Sammenlign med" not in sekretariat().get(url).content.decode()
