"""Two of the secretariat who register where the same municipality has published the agreement: the second sees the first's."""

import pytest
from django.test import Client
from django.urls import reverse

from faelles.tid import idag
from rammeaftale.actions import registrer_offentliggoerelse
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Offentliggoerelse, Part
from tests import fabrik
from tests.rammeaftale.aarshjul.test_samtidig import imens
from tests.rammeaftale.test_sider import sekretariat
from tests.samtidig import aabnet

pytestmark = pytest.mark.django_db

MIN, DENS, GAMMEL = (f"https://www.herlev.example/{hvor}" for hvor in ("min", "dens", "gammel"))


@pytest.fixture
def part() -> Part:
    """A municipality of an adopted agreement."""
    return fabrik.aftale(tilstand=Aftaletilstand.VEDTAGET).parter.get(organisation__navn="Herlev Kommune")


def registreret(part: Part, url: str) -> None:
    """Another of the secretariat says where."""
    hvem = fabrik.sekretariat()
    registrer_offentliggoerelse(aktoer=hvem, aftale_id=part.aftale_id, part_id=part.pk, dato=idag(), url=url)


def adresse(part: Part) -> str:
    return reverse("rammeaftale:offentliggoerelse", args=[part.aftale.slug, part.pk])


def skrevet(client: Client, part: Part) -> dict[str, str]:
    """What one writes on the page as it is now."""
    maerker = aabnet(client, adresse(part)) if Offentliggoerelse.objects.exists() else {}
    return {"dato": f"{idag():%d.%m.%Y}", "url": MIN, **maerker}


def adresser() -> list[str]:
    return list(Offentliggoerelse.objects.values_list("url", flat=True))


@pytest.mark.parametrize("foer", [(), (GAMMEL,)])
def test_publication_another_has_registered_meanwhile_is_seen_before_mine_counts(
    part: Part, foer: tuple[str, ...]
) -> None:
    client = sekretariat()
    for url in foer:
        registreret(part, url)
    mit = skrevet(client, part)
    registreret(part, DENS)
    svar = client.post(adresse(part), mit)
    assert all(ord_ in imens(svar) for ord_ in ("Webadresse", DENS, "</ins>"))
    assert adresser() == [*foer, DENS]
    assert f'value="{MIN}"' in svar.content.decode()
    client.post(adresse(part), skrevet(client, part))
    assert adresser() == [*foer, DENS, MIN]


def test_publication_nobody_else_has_touched_is_registered(part: Part) -> None:
    client = sekretariat()
    client.post(adresse(part), skrevet(client, part))
    assert adresser() == [MIN]
