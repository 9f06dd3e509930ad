"""A decision taken on an earlier version and registered only later counts for what was sent since as if it had been known."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from faelles.fejl import UgyldigtInput
from faelles.tid import idag
from rammeaftale.aarshjul.queries import GODKENDELSE, hjul
from rammeaftale.aarshjul.regler import Trinstand
from rammeaftale.actions import ny_version
from rammeaftale.livscyklus import Aendringsart, Aftaletilstand, Optaelling, Partsstatus
from rammeaftale.models import Godkendelse, Part, Rammeaftale
from rammeaftale.queries import genstarter, partsstande
from rammeaftale.tavle import partsfelter, vis_alle
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.aftaler import anbefal, godkend, send, sendt
from tests.rammeaftale.rapporter.situationer import beslut
from tests.rammeaftale.test_sider import sekretariat
from tests.rammeaftale.test_trin import nyeste, ret
from tests.rammeaftale.ur import Ur, stillet

pytestmark = pytest.mark.django_db

FOERST, ANDEN = date(2026, 11, 2), date(2026, 11, 12)  # the days versions 1 and 2 are sent
RAADET = date(2026, 11, 5)  # the day the council decided on version 1


@pytest.fixture
def ur() -> Iterator[Ur]:
    with stillet(FOERST) as uret:
        yield uret


def ny(aftale: Rammeaftale, ur: Ur, aendring: Aendringsart, *beroerte: Part) -> None:
    """Send the next version ten days later, with a clause said otherwise, and let a week go."""
    ur.tick(timedelta(days=10))
    ny_version(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, dato=idag(), begrundelse="Rettet")
    ret(aftale, f"Parterne følger vilkårene, som de siges i version {nyeste(aftale).nummer}.")
    anbefal(aftale)
    send(aftale, aendring, [part.id for part in beroerte], kun_sprog=True)
    ur.tick(timedelta(days=7))
    aftale.refresh_from_db()


def herlev(aftale: Rammeaftale) -> Part:
    return aftale.parter.get(organisation__navn="Herlev Kommune")


def staar(aftale: Rammeaftale) -> tuple[str, str | None]:
    """Where Herlev stands on what was sent last, and why it must decide on it."""
    status = next(str(en.status) for en in partsstande(nyeste(aftale)) if en.part == herlev(aftale))
    return status, genstarter(nyeste(aftale)).filter(part=herlev(aftale)).values_list("grund", flat=True).first()


def om_den_foerste(aftale: Rammeaftale, status: Partsstatus = Partsstatus.GODKENDT, **andet: Any) -> Godkendelse:
    """Herlev's decision on version 1."""
    return beslut(aftale, herlev(aftale), status, **{"dato": RAADET, "version_nummer": 1, **andet})


@pytest.mark.parametrize(
    ("aendring", "beroert", "status", "venter"),
    [
        (Aendringsart.REDAKTIONEL, False, Partsstatus.GODKENDT, ("godkendt", None)),
        (Aendringsart.NOGLE_PARTER, False, Partsstatus.GODKENDT, ("godkendt", None)),
        (Aendringsart.NOGLE_PARTER, True, Partsstatus.GODKENDT, ("afventer", "beroert")),
        (Aendringsart.ALLE_PARTER, False, Partsstatus.GODKENDT, ("afventer", "beroert")),
        (Aendringsart.REDAKTIONEL, False, Partsstatus.AFVIST, ("afventer", "afvist")),
        (Aendringsart.ALLE_PARTER, False, Partsstatus.AFVIST, ("afventer", "afvist")),
        (Aendringsart.REDAKTIONEL, False, Partsstatus.UDVALG, ("afventer", "ikke_godkendt")),
    ],
)
def test_decision_on_an_earlier_version_counts_for_the_later_as_if_it_had_been_known(
    ur: Ur, aendring: Aendringsart, beroert: bool, status: Partsstatus, venter: tuple[str, str | None]
) -> None:
    aftale = sendt("Rødovre", "Herlev")
    godkend(aftale, "Herlev Kommune")
    roedovre = aftale.parter.get(organisation__navn="Rødovre Kommune")
    ny(aftale, ur, aendring, herlev(aftale) if beroert else roedovre)
    assert staar(aftale) == ("afventer", "ikke_godkendt")
    trin = om_den_foerste(aftale, status)
    assert (trin.version.nummer, trin.viderefoert_fra) == (1, None)
    assert staar(aftale) == venter
    if venter == ("godkendt", None):
        fulgt_med = Godkendelse.objects.get(version=nyeste(aftale), part=herlev(aftale))
        assert (fulgt_med.viderefoert_fra, fulgt_med.dato, fulgt_med.retter) == (trin, RAADET, False)


def test_last_approval_adopts_the_later_version_when_it_counts_for_it_and_only_then(ur: Ur) -> None:
    for aendring, tilstand in (
        (Aendringsart.ALLE_PARTER, Aftaletilstand.SENDT),
        (Aendringsart.REDAKTIONEL, Aftaletilstand.VEDTAGET),
    ):
        ur.move_to(FOERST)
        with transaction.atomic():
            aftale = sendt("Rødovre", "Herlev")
            ny(aftale, ur, aendring)
            godkend(aftale, "Herlev Kommune")
            om_den_foerste(aftale)
            aftale.refresh_from_db()
            assert aftale.tilstand == tilstand
            if tilstand == Aftaletilstand.VEDTAGET:
                assert aftale.vedtaget == date(2026, 11, 19), "when the others approved version 2"
            transaction.set_rollback(True)


def test_decision_counts_through_every_version_sent_since(ur: Ur) -> None:
    aftale = sendt("Rødovre", "Herlev")
    ny(aftale, ur, Aendringsart.REDAKTIONEL)
    ny(aftale, ur, Aendringsart.NOGLE_PARTER, herlev(aftale))
    om_den_foerste(aftale)
    assert staar(aftale) == ("afventer", "beroert"), "it has approved version 2, and version 3 touches it"
    om_den_foerste(aftale, Partsstatus.AFVIST)
    assert staar(aftale) == ("afventer", "afvist")
    anden = Godkendelse.objects.filter(version__nummer=2, part=herlev(aftale)).values_list("status", flat=True)
    assert list(anden) == ["godkendt", "afvist"]


def test_what_the_party_decided_on_the_later_version_stands(ur: Ur) -> None:
    aftale = sendt("Rødovre", "Herlev")
    ny(aftale, ur, Aendringsart.REDAKTIONEL)
    egen = beslut(aftale, herlev(aftale), Partsstatus.AFVIST, dato=idag())
    om_den_foerste(aftale)
    assert staar(aftale)[0] == "afvist"
    assert Godkendelse.objects.filter(version=nyeste(aftale), part=herlev(aftale)).get() == egen


@pytest.mark.parametrize("retter", [False, True])
def test_approval_carried_over_counts_no_more_when_the_party_had_changed_its_mind_or_never_given_it(
    ur: Ur, *, retter: bool
) -> None:
    aftale = sendt("Rødovre", "Herlev")
    ur.tick(timedelta(days=3))
    beslut(aftale, herlev(aftale), dato=RAADET)
    ny(aftale, ur, Aendringsart.REDAKTIONEL)
    assert staar(aftale) == ("godkendt", None)
    godkend(aftale, "Rødovre Kommune")
    nej = om_den_foerste(aftale, Partsstatus.AFVIST, dato=FOERST if retter else RAADET, retter=retter)
    assert staar(aftale) == ("afventer", "afvist"), "it has never decided on version 2"
    fulgt_med = Godkendelse.objects.filter(version=nyeste(aftale), part=herlev(aftale)).latest("registreret")
    assert (fulgt_med.viderefoert_fra, fulgt_med.retter) == (nej, retter)
    godkend(aftale, "Herlev Kommune")
    assert aftale.tilstand == Aftaletilstand.SENDT, "nobody adopts with a party that has rejected"
    om_den_foerste(aftale, dato=RAADET)
    assert staar(aftale) == ("godkendt", None)
    aftale.refresh_from_db()
    assert aftale.tilstand == Aftaletilstand.VEDTAGET


def afvist_siden(ur: Ur) -> Rammeaftale:
    """Herlev's approval of version 1 was carried over to version 2; then it is registered that it rejected version 1."""
    aftale = sendt("Rødovre", "Herlev")
    ur.tick(timedelta(days=3))
    om_den_foerste(aftale)
    ny(aftale, ur, Aendringsart.REDAKTIONEL)
    om_den_foerste(aftale, Partsstatus.AFVIST)
    return aftale


def test_party_that_rejected_an_earlier_version_still_owes_its_decision_on_the_later(ur: Ur) -> None:
    aftale = afvist_siden(ur)
    ur.move_to(ANDEN + timedelta(days=100))
    (visning,) = vis_alle([aftale], idag())
    felt = next(en for en in partsfelter(visning, idag(), defaultdict(str)) if en["navn"] == "Herlev Kommune")
    assert (visning.optaelling, visning.forfaldne) == (Optaelling(i_alt=3, godkendt=0, afvist=0), 3)
    assert (felt["status"], felt["tekst"]) == ("forfalden", "Afventer")
    assert "12." not in felt["detalje"]
    punkt = next(en for en in hjul(aftale, idag()).punkter if en.opgave == GODKENDELSE)
    assert {str(en.organisation): en.stand for en in punkt.skyldige}["Herlev Kommune"] is Trinstand.OVERSKREDET
    svar = klienter.sekretariat().get(f"/api/v1/rammeaftaler/{aftale.id}/parter").json()
    hos = next(en for en in svar["resultater"] if en["organisation"] == "Herlev Kommune")
    assert (hos["status"], hos["dato"], hos["organ"], hos["genstart"]) == ("afventer", None, "", "afvist")
    side = sekretariat().get(reverse("rammeaftale:part", args=[aftale.slug, herlev(aftale).pk])).content.decode()
    assert "om version 1; parten har ikke besluttet sig om denne" in side


def test_party_that_rejected_an_earlier_version_takes_the_later_from_the_beginning(ur: Ur) -> None:
    aftale = afvist_siden(ur)
    assert beslut(aftale, herlev(aftale), Partsstatus.UDVALG, dato=idag()).retter is False
    assert staar(aftale)[0] == "udvalg"
    beslut(aftale, herlev(aftale), Partsstatus.AFVIST, dato=idag())
    with pytest.raises(UgyldigtInput) as fejl:
        beslut(aftale, herlev(aftale), Partsstatus.UDVALG, dato=idag())
    assert set(fejl.value.felter) == {"status"}


@pytest.mark.parametrize(
    ("felter", "fejl"),
    [
        ({"dato": FOERST - timedelta(days=1)}, {"dato": "hvor version 1 blev sendt"}),
        ({"dato": ANDEN + timedelta(days=1)}, {"dato": "hvor version 2 blev sendt til godkendelse i stedet"}),
        ({"version_nummer": 3}, {"version": "Version 3"}),
        ({"version_nummer": None}, {"dato": "om en tidligere version, så vælg den"}),
        ({"dato": ANDEN}, {}),
        ({"dato": FOERST}, {}),
    ],
)
def test_decision_on_an_earlier_version_was_taken_while_that_was_out(
    ur: Ur, felter: dict[str, Any], fejl: dict[str, str]
) -> None:
    aftale = sendt("Rødovre", "Herlev")
    ny(aftale, ur, Aendringsart.REDAKTIONEL)
    ny_version(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, dato=idag(), begrundelse="Endnu en, der ikke er sendt")
    if not fejl:
        om_den_foerste(aftale, **felter)
        return
    with pytest.raises(UgyldigtInput) as afvist:
        om_den_foerste(aftale, **felter)
    for felt, besked in fejl.items():
        assert besked in afvist.value.felter[felt][0]
    assert not Godkendelse.objects.filter(part=herlev(aftale)).exists()


def test_who_accedes_does_it_to_what_was_adopted(ur: Ur) -> None:
    aftale = sendt("Rødovre", "Herlev")
    ny(aftale, ur, Aendringsart.REDAKTIONEL)
    godkend(aftale)
    ishoej = fabrik.kommune("Ishøj").organisation
    ny_part = Part.objects.create(aftale=aftale, organisation=ishoej, periode=(date(2028, 1, 1), date(2029, 1, 1)))
    with pytest.raises(UgyldigtInput) as fejl:
        beslut(aftale, ny_part, dato=idag(), version_nummer=1)
    assert set(fejl.value.felter) == {"version"}
    assert beslut(aftale, ny_part, dato=idag(), version_nummer=2).version.nummer == 2


@pytest.mark.parametrize(
    ("skriv", "hvorfor"),
    [
        (lambda trin: {"part": trin.part.aftale.parter.exclude(pk=trin.part_id)[0]}, "som_den_blev_truffet"),
        (lambda _: {"status": "afvist"}, "som_den_blev_truffet"),
        (lambda _: {"dato": ANDEN}, "som_den_blev_truffet"),
        (lambda trin: {"version": trin.version}, "godkendelse_viderefoeres"),
        (lambda _: {}, "ikke_til_beroert"),
    ],
)
@pytest.mark.parametrize("aendring", [Aendringsart.NOGLE_PARTER, Aendringsart.ALLE_PARTER, Aendringsart.REDAKTIONEL])
def test_database_itself_carries_over_only_what_was_decided_and_not_to_those_a_change_touches(
    ur: Ur, aendring: Aendringsart, skriv: Callable[[Godkendelse], dict[str, Any]], hvorfor: str
) -> None:
    aftale = sendt("Rødovre", "Herlev")
    trin = om_den_foerste(aftale, dato=FOERST)
    ny(aftale, ur, aendring, herlev(aftale))
    felter = ("part", "status", "dato", "organ", "referat_url", "registreret_af", "identitet")
    videre = {felt: getattr(trin, felt) for felt in felter} | {"version": nyeste(aftale), "viderefoert_fra": trin}

    def foer_videre() -> None:
        with transaction.atomic():
            Godkendelse.objects.create(**videre | skriv(trin))

    if not skriv(trin) and aendring is Aendringsart.REDAKTIONEL:
        foer_videre()  # a control
        return
    with pytest.raises(IntegrityError) as fejl:
        foer_videre()
    assert hvorfor in fejl.value.__cause__.diag.constraint_name  # type: ignore[union-attr]  # psycopg's


def test_page_offers_the_versions_that_were_sent_and_registers_on_the_one_chosen(ur: Ur) -> None:
    aftale = sendt("Rødovre", "Herlev")
    url = reverse("rammeaftale:beslutning", args=[aftale.slug, herlev(aftale).pk])
    assert "Hvilken version" not in sekretariat().get(url).content.decode()
    ny(aftale, ur, Aendringsart.REDAKTIONEL)
    client = sekretariat()
    side = client.get(url).content.decode()
    assert "Version 2, sendt 12.\xa0november 2026" in side
    assert "Version 1, sendt 2.\xa0november 2026" in side
    felter = {
        "status": "godkendt", "organ": "Kommunalbestyrelsen", "referat_url": "https://herlev.example/1", "bemaerkning": "",
        "dato_dag": "5", "dato_maaned": "11", "dato_aar": "2026",
    }  # fmt: skip
    forkert = client.post(url, {**felter, "version": "2"})
    assert (forkert.status_code, "så vælg den" in forkert.content.decode()) == (422, True)
    assert client.post(url, {**felter, "version": "1"}).status_code == 302
    assert staar(aftale) == ("godkendt", None)
    assert "videreført fra version 1" in client.get(url.removesuffix("beslutning")).content.decode()


def test_system_of_the_secretariat_registers_on_the_version_it_names(ur: Ur) -> None:
    aftale = sendt("Rødovre", "Herlev")
    ny(aftale, ur, Aendringsart.REDAKTIONEL)
    url = f"/api/v1/rammeaftaler/{aftale.id}/parter/{herlev(aftale).id}/godkendelser"
    krop = {
        "status": "godkendt",
        "dato": "2026-11-05",
        "organ": "Kommunalbestyrelsen",
        "referatUrl": "https://a.example",
    }

    def send_den(version: int | None) -> Any:
        return klienter.send_set(klienter.sekretariat(), url, {**krop, "version": version})

    for version, felt in ((None, "/dato"), (7, "/version")):
        forkert = send_den(version)
        assert (forkert.status_code, felt in {f["pointer"] for f in forkert.json()["errors"]}) == (400, True)
    svar = send_den(1)
    assert (svar.status_code, svar.json()["version"]) == (201, 1)
    assert staar(aftale) == ("godkendt", None)
