"""The day a version was sent, registered too late, is dated back, so that what was decided meanwhile counts."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from faelles.fejl import Konflikt, UgyldigtInput
from faelles.tid import idag
from rammeaftale.actions import ret_afsendelse
from rammeaftale.livscyklus import Aendringsart, Aftaletilstand
from rammeaftale.models import Aftaletrin, Part, Rammeaftale
from rammeaftale.vejen import vejen
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, send, sendt
from tests.rammeaftale.rapporter.situationer import beslut
from tests.rammeaftale.test_beslutning_om_tidligere_version import ny
from tests.rammeaftale.test_sider import sekretariat
from tests.rammeaftale.test_trin import nyeste
from tests.rammeaftale.test_trin_sider import dag
from tests.rammeaftale.ur import Ur, stillet
from tests.samtidig import aabnet

pytestmark = pytest.mark.django_db

ANBEFALET, AFSENDT, RAADET, REGISTRERET = date(2026, 6, 15), date(2026, 6, 19), date(2026, 6, 23), date(2026, 6, 25)
GRUND = "Registreret ved ferien"


@pytest.fixture
def ur() -> Iterator[Ur]:
    with stillet(ANBEFALET) as uret:
        yield uret


def sendt_for_sent(ur: Ur) -> Rammeaftale:
    """Recommended on 15 June, sent on the 19th, and registered with the 25th."""
    aftale = kladde("Rødovre", "Herlev")
    anbefal(aftale)
    ur.move_to(REGISTRERET)
    send(aftale)
    aftale.refresh_from_db()
    return aftale


def ret(aftale: Rammeaftale, dato: date = AFSENDT, begrundelse: str = GRUND) -> None:
    ret_afsendelse(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, dato=dato, begrundelse=begrundelse)


def herlev(aftale: Rammeaftale) -> Part:
    return aftale.parter.get(organisation__navn="Herlev Kommune")


def test_decision_taken_since_the_version_was_really_sent_is_registered_when_its_day_is_right(ur: Ur) -> None:
    aftale = sendt_for_sent(ur)
    with pytest.raises(UgyldigtInput):
        beslut(aftale, herlev(aftale), dato=RAADET)
    ret(aftale)
    assert nyeste(aftale).sendt == AFSENDT
    assert beslut(aftale, herlev(aftale), dato=RAADET).dato == RAADET
    for part in aftale.parter.exclude(pk=herlev(aftale).pk):
        beslut(aftale, part, dato=RAADET)
    aftale.refresh_from_db()
    assert (aftale.tilstand, aftale.vedtaget) == (Aftaletilstand.VEDTAGET, RAADET)


def test_way_tells_of_the_right_day_in_the_place_of_the_wrong_and_the_step_is_kept(ur: Ur) -> None:
    aftale = sendt_for_sent(ur)
    ret(aftale, AFSENDT + timedelta(days=2))
    ret(aftale)
    sidst = [(skridt.art, skridt.dato, skridt.retter) for skridt in vejen(aftale)][-2:]
    assert (sidst, vejen(aftale)[-1].naermere) == (
        [("kkr_anbefalet", ANBEFALET, False), ("sendt", AFSENDT, True)],
        GRUND,
    )
    registreret = Aftaletrin.objects.filter(aftale=aftale, til=Aftaletilstand.SENDT).order_by("registreret", "id")
    assert list(registreret.values_list("fra", "dato"))[-3:] == [
        ("kkr_anbefalet", REGISTRERET),
        ("sendt", AFSENDT + timedelta(days=2)),
        ("sendt", AFSENDT),
    ]
    svar = klienter.sekretariat().get(f"/api/v1/rammeaftaler/{aftale.id}/trin").json()["resultater"]
    assert [(t["dato"], t["retter"]) for t in svar if t["art"] == "sendt"] == [("2026-06-19", True)]


def test_step_dated_back_still_says_whom_it_was_sent_without(ur: Ur) -> None:
    aftale = kladde("Rødovre", "Herlev")
    fabrik.kommune("Ishøj")
    anbefal(aftale)
    ur.move_to(REGISTRERET)
    send(aftale)
    ret(aftale, AFSENDT + timedelta(days=2), "Forkert")
    ret(aftale)
    assert vejen(aftale)[-1].naermere == f"Sendt uden Ishøj Kommune: i KKR'et, men ikke part. {GRUND}"


@pytest.mark.parametrize(
    ("felter", "felt", "besked"),
    [
        ({"dato": REGISTRERET}, "dato", "kun tilbage"),
        ({"dato": REGISTRERET + timedelta(days=1)}, "dato", "kun tilbage"),
        ({"dato": ANBEFALET - timedelta(days=1)}, "dato", "hvor KKR anbefalede"),
        ({"begrundelse": " "}, "begrundelse", "Skriv"),
        ({"begrundelse": "010190-1234"}, "begrundelse", "CPR"),
    ],
)
def test_day_goes_only_back_and_not_before_the_recommendation(
    ur: Ur, felter: dict[str, Any], felt: str, besked: str
) -> None:
    aftale = sendt_for_sent(ur)
    with pytest.raises(UgyldigtInput) as fejl:
        ret(aftale, **felter)
    assert besked in fejl.value.felter[felt][0]
    assert nyeste(aftale).sendt == REGISTRERET


def test_day_does_not_go_before_a_decision_on_the_version_that_was_out_then(ur: Ur) -> None:
    aftale = sendt("Rødovre", "Herlev")
    ur.tick(timedelta(days=10))
    beslut(aftale, herlev(aftale), dato=idag())
    ny(aftale, ur, Aendringsart.REDAKTIONEL)
    assert nyeste(aftale).sendt == ANBEFALET + timedelta(days=20)
    with pytest.raises(UgyldigtInput) as fejl:
        ret(aftale, ANBEFALET + timedelta(days=9))
    assert set(fejl.value.felter) == {"dato"}


def test_day_stands_when_nothing_is_out_for_approval(ur: Ur) -> None:
    aftale = sendt_for_sent(ur)
    godkend(aftale)
    with pytest.raises(Konflikt) as fejl:
        ret(aftale)
    assert fejl.value.kode == "aftale_ikke_sendt"


@pytest.mark.parametrize(
    ("dato", "vedtaget"),
    [(REGISTRERET + timedelta(days=1), False), (ANBEFALET - timedelta(days=1), False), (AFSENDT, True)],
)
def test_database_itself_lets_the_day_go_only_back_while_it_is_out(ur: Ur, dato: date, *, vedtaget: bool) -> None:
    aftale = sendt_for_sent(ur)
    aftale.versioner.update(sendt=REGISTRERET - timedelta(days=1))  # a control
    if vedtaget:
        godkend(aftale)
    with pytest.raises(IntegrityError) as fejl, transaction.atomic():
        aftale.versioner.update(sendt=dato)
    assert "version_afsendelse_rettes_tilbage" in str(fejl.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]


def test_page_asks_and_says_what_it_does_and_shows_what_another_has_corrected(ur: Ur) -> None:
    aftale = sendt_for_sent(ur)
    client, adresse = sekretariat(), reverse("rammeaftale:afsendelse", args=[aftale.slug])
    hos = reverse("rammeaftale:detalje", args=[aftale.slug])
    assert adresse in client.get(hos).content.decode()
    felter = {**dag("dato", AFSENDT), "begrundelse": GRUND, **aabnet(client, adresse)}
    ret(aftale, RAADET)
    imens = client.post(adresse, felter)
    assert (imens.status_code, "En anden har rettet" in imens.content.decode()) == (422, True)
    assert nyeste(aftale).sendt == RAADET
    svar = client.post(adresse, {**felter, **aabnet(client, adresse)}, follow=True).content.decode()
    assert "Afsendelsesdagen er rettet" in svar
    assert nyeste(aftale).sendt == AFSENDT
    godkend(aftale)
    assert adresse not in client.get(hos).content.decode()
