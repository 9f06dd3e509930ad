"""Protected addresses: a crisis centre's is never kept, whatever path it takes to the database."""

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from faelles.spor import historik
from tests import fabrik
from tests.database import steder_med
from tilbud import offentlige
from tilbud.beskyttelse import beskyttes
from tilbud.models import OffentligtTilbud, Tilbud

VEJ = "Hemmelig Sti 77"
STED: dict[str, Any] = {"adresse": VEJ, "laengdegrad": "12.77777", "breddegrad": "55.77777"}


@pytest.mark.parametrize(
    ("hjemler", "tekst", "beskyttet"),
    [
        ({"SEL-109"}, "", True),
        ({"SEL-107", "SEL-109"}, "", True),
        (set(), "SEL § 109 m.fl.", True),
        (set(), "§109", True),
        ({"SEL-107"}, "SEL § 107", False),
        (set(), "SEL § 1090, lov 1109", False),
        (set(), "", False),
    ],
)
def test_beskyttes_crisis_centres_and_texts_that_name_their_paragraph(
    hjemler: set[str], tekst: str, beskyttet: bool
) -> None:
    assert beskyttes(hjemler, tekst) is beskyttet


def sted(tilbud: Tilbud) -> tuple[object, ...]:
    tilbud.refresh_from_db()
    return tilbud.beskyttet_adresse, tilbud.adresse, tilbud.laengdegrad, tilbud.breddegrad


@pytest.mark.django_db
def test_offer_becomes_protected_when_it_becomes_a_crisis_centre() -> None:
    tilbud = fabrik.tilbud(hjemler=("SEL-107",), **STED)
    assert sted(tilbud)[:2] == (False, VEJ)
    tilbud.hjemler.add(fabrik.hjemmel("SEL-109"))
    assert sted(tilbud) == (True, "", None, None)
    assert steder_med(VEJ) == set()


@pytest.mark.django_db
def test_address_is_erased_in_the_history_of_the_protected_offer_alone() -> None:
    andet = fabrik.tilbud(hjemler=("SEL-107",), adresse="Aaben Vej 1")
    tilbud = fabrik.tilbud(hjemler=("SEL-107",), **STED)
    assert steder_med(VEJ) == {"tilbud_tilbud", "tilbud_tilbudevent"}
    Tilbud.objects.filter(pk=tilbud.pk).update(beskyttet_adresse=True, adresse="", laengdegrad=None, breddegrad=None)
    assert steder_med(VEJ) == steder_med("12.77777") == set()
    assert steder_med("Aaben Vej 1") == {"tilbud_tilbud", "tilbud_tilbudevent"}
    assert historik(Tilbud).objects.for_systemet("test").filter(pgh_obj=tilbud).count() == 2
    assert andet.adresse


@pytest.mark.django_db
def test_crisis_centre_stays_protected_whatever_is_written() -> None:
    tilbud = fabrik.tilbud(hjemler=("SEL-109",))
    gammelt = Tilbud.objects.get(pk=tilbud.pk)
    gammelt.adresse, gammelt.beskyttet_adresse = VEJ, False
    gammelt.save()
    assert sted(tilbud) == (True, "", None, None)
    Tilbud.objects.filter(pk=tilbud.pk).update(beskyttet_adresse=False, **STED)
    assert sted(tilbud) == (True, "", None, None)
    tilbud.adresse = VEJ
    Tilbud.objects.bulk_update([tilbud], ["adresse"])
    assert sted(tilbud) == (True, "", None, None)


@pytest.mark.django_db
def test_another_offers_protection_is_its_own_choice_and_excludes_an_address() -> None:
    tilbud = fabrik.tilbud(**STED)
    with pytest.raises(IntegrityError, match="tilbud_beskyttet_adresse_uden_sted"), transaction.atomic():
        Tilbud.objects.filter(pk=tilbud.pk).update(beskyttet_adresse=True)
    Tilbud.objects.filter(pk=tilbud.pk).update(beskyttet_adresse=True, adresse="", laengdegrad=None, breddegrad=None)
    tilbud.hjemler.clear()
    Tilbud.objects.filter(pk=tilbud.pk).update(beskyttet_adresse=False, **STED)
    assert sted(tilbud)[:2] == (False, VEJ)


@pytest.mark.django_db
def test_published_address_of_a_crisis_centre_is_not_loaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fabrik.hjemmel("SEL-109")
    fabrik.hjemmel("SEL-107")
    fabrik.kommune("Herlev")
    hoved = "tilbud,driftsherre,kommune,adresse,maalgruppe,hjemmel,pladser,kilde_url,note\n"
    raekker = [f"{navn},,Herlev,{VEJ},,{hjemmel},,https://www.example.dk," for navn, hjemmel in (("A", "SEL § 109"), ("B", "SEL § 109 m.fl."), ("C", "SEL § 107"))]  # fmt: skip
    fil = tmp_path / "offentlige.csv"
    fil.write_text(hoved + "\n".join(raekker))
    monkeypatch.setattr(offentlige, "FIL", fil)
    offentlige.indlaes()
    assert {(t.navn, t.beskyttet_adresse, t.adresse) for t in OffentligtTilbud.objects.all()} == {
        ("A", True, ""),
        ("B", True, ""),
        ("C", False, VEJ),
    }
    with pytest.raises(IntegrityError, match="offentligttilbud_beskyttet_uden_adresse"), transaction.atomic():
        OffentligtTilbud.objects.filter(navn="A").update(adresse=VEJ)
