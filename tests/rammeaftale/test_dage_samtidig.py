"""Two of the secretariat with the same day of an agreement open: the second sees what the first saved."""

import pytest
from django.urls import reverse
from freezegun import freeze_time

from faelles.dokument.tal import dato as dansk
from faelles.tid import idag
from rammeaftale.actions import registrer_faktum, ret_frist
from rammeaftale.actions.trin import Faktum
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Rammeaftale
from tests import fabrik
from tests.rammeaftale.aarshjul.test_samtidig import imens
from tests.rammeaftale.aftaler import sendt
from tests.rammeaftale.test_sider import sekretariat
from tests.samtidig import aabnet

pytestmark = pytest.mark.django_db


@pytest.fixture
def vedtaget() -> Rammeaftale:
    """Adopted long enough ago for its days to be corrected."""
    with freeze_time(fabrik.samme_tid(-10)):
        return fabrik.aftale(tilstand=Aftaletilstand.VEDTAGET)


@pytest.mark.parametrize("faktum", list(Faktum))
@pytest.mark.parametrize("foer", [None, -5])
def test_day_another_has_registered_meanwhile_is_seen_before_mine_counts(
    vedtaget: Rammeaftale, faktum: Faktum, foer: int | None
) -> None:
    def registreret(om: int) -> None:
        hvem = fabrik.sekretariat()
        registrer_faktum(aktoer=hvem, aftale_id=vedtaget.pk, faktum=faktum, dato=fabrik.om(om))

    def staar() -> object:
        vedtaget.refresh_from_db()
        return getattr(vedtaget, faktum.value)

    client, adresse = sekretariat(), reverse("rammeaftale:faktum", args=[vedtaget.slug, faktum])
    if foer:
        registreret(foer)
    mit = {"dato": f"{idag():%d.%m.%Y}", **(aabnet(client, adresse) if foer else {})}
    registreret(-3)
    side = imens(client.post(adresse, mit))
    assert all(ord_ in side for ord_ in ("Dato", "</ins>"))
    assert staar() == fabrik.om(-3)
    assert client.post(adresse, {**mit, **aabnet(client, adresse)}).status_code == 302
    assert staar() == idag()


def test_page_begins_with_the_day_that_is_registered(vedtaget: Rammeaftale) -> None:
    hvem, faktum = fabrik.sekretariat(), Faktum.OFFENTLIGGJORT
    registrer_faktum(aktoer=hvem, aftale_id=vedtaget.pk, faktum=faktum, dato=fabrik.om(-3))
    client, adresse = sekretariat(), reverse("rammeaftale:faktum", args=[vedtaget.slug, faktum])
    mit = {"dato": f"{idag():%d.%m.%Y}", **aabnet(client, adresse)}
    assert client.post(adresse, mit).status_code == 302, "nobody else has touched it"
    side = client.get(reverse("rammeaftale:faktum", args=[vedtaget.slug, faktum])).content.decode()
    assert f'value="{idag().day}"' in side


def test_deadline_another_has_moved_is_not_moved_back_by_one_who_turns_the_reminder_off() -> None:
    aftale = sendt()
    client, adresse = sekretariat(), reverse("rammeaftale:frist", args=[aftale.slug])
    gammel = aftale.godkendelsesfrist
    assert gammel is not None
    mit = {"frist": f"{gammel:%d.%m.%Y}", "paamind_dage": "9", **aabnet(client, adresse)}
    ret_frist(aktoer=fabrik.sekretariat(), aftale_id=aftale.pk, frist=fabrik.om(77), paamind_dage=aftale.paamind_dage)
    svar = client.post(adresse, mit)
    assert dansk(fabrik.om(77)) in imens(svar)
    aftale.refresh_from_db()
    assert aftale.godkendelsesfrist == fabrik.om(77)
    assert 'value="9"' in svar.content.decode(), "what she wrote stands"
    nyt = {"frist": f"{fabrik.om(77):%d.%m.%Y}", "paamind_dage": "9", **aabnet(client, adresse)}
    assert client.post(adresse, nyt).status_code == 302
    aftale.refresh_from_db()
    assert (aftale.godkendelsesfrist, aftale.paamind_dage) == (fabrik.om(77), 9)
