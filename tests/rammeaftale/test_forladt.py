"""What an organisation sees of an agreement once it has left: what it was asked about and what was adopted for its days, no later draft."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from freezegun import freeze_time

from faelles.tid import idag, midnat_efter
from kommuner.models import Rolle
from rammeaftale.actions import afslut_part, opret_allonge, tilfoej_part
from rammeaftale.hoering.actions import afslut
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Hoering, Organ, Rammeaftale
from rammeaftale.moeder.actions import opret_moede
from rammeaftale.organer.actions import afslut_medlem, opret_organ
from rammeaftale.organer.regler import Organart
from rammeaftale.rapporter.models import Rapport
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, send, tag
from tests.rammeaftale.hoering import situationer as hoeringer
from tests.rammeaftale.organer.situationer import organ
from tests.rammeaftale.test_sider import klient
from tests.rammeaftale.test_trin import ny as ny_version
from tests.sider import faerdig_rapport

pytestmark = pytest.mark.django_db


def aftalen() -> Rammeaftale:
    """A draft whose period has begun."""
    return kladde("Rødovre", "Herlev", fra=fabrik.om(-200), til=fabrik.om(500))


def forlader(aftale: Rammeaftale, dage: int) -> None:
    """Herlev is a party for the last time so many days from now."""
    afslut_part(
        aktoer=fabrik.sekretariat(),
        aftale_id=aftale.pk,
        part_id=aftale.parter.get(organisation__navn="Herlev Kommune").pk,
        sidste_dag=fabrik.om(dage),
        begrundelse="Aftalt",
    )


def ser(aftale: Rammeaftale, navn: str = "Herlev") -> bool:
    """Whether the municipality sees the agreement: the same on its pages, its lists and over REST."""
    rest, side = klienter.myndighed(navn), klient(Rolle.LAESER, fabrik.kommune(navn).organisation)
    adresser = [reverse(f"rammeaftale:{rute}", args=[aftale.slug]) for rute in ("detalje", "tekst", "parter")]
    ressourcer = [
        f"/api/v1/rammeaftaler/{aftale.pk}{under}" for under in ("", "/versioner", "/parter", "/trin", "/vilkaar")
    ]
    svar = {side.get(adresse).status_code for adresse in adresser} | {rest.get(url).status_code for url in ressourcer}
    paa_listen = str(aftale.pk) in {r["id"] for r in rest.get("/api/v1/rammeaftaler").json()["resultater"]}
    assert svar == ({200} if paa_listen else {404})
    assert (aftale.titel in side.get(reverse("rammeaftale:liste")).content.decode()) is paa_listen
    return paa_listen


def test_party_that_has_left_sees_no_draft_and_one_that_is_to_leave_still_does() -> None:
    aftale = aftalen()
    forlader(aftale, 0)
    assert ser(aftale), "its last day is today"
    with freeze_time(midnat_efter(idag())):
        assert not ser(aftale)
        assert ser(aftale, "Rødovre")


def test_party_that_has_left_sees_what_was_sent_to_it_until_it_is_written_anew() -> None:
    aftale = aftalen()
    anbefal(aftale)
    send(aftale)
    medlemskab = fabrik.kommune("Herlev").kkr_medlemskaber.get()
    medlemskab.periode = f"[2007-01-01,{idag() + timedelta(days=1)})"
    medlemskab.save()
    forlader(aftale, 0)
    with freeze_time(midnat_efter(idag())):
        assert ser(aftale), "it was asked about it"
        ny_version(aftale)
        assert not ser(aftale), "the new version is not its affair"


def test_party_that_has_left_sees_what_was_adopted_for_its_days_but_no_later_allonge() -> None:
    aftale = aftalen()
    anbefal(aftale)
    send(aftale)
    godkend(aftale)
    assert aftale.tilstand == Aftaletilstand.VEDTAGET
    forlader(aftale, 5)
    with freeze_time(midnat_efter(fabrik.om(10))):
        assert ser(aftale)
        allonge = opret_allonge(
            aktoer=fabrik.sekretariat(),
            aftale_id=aftale.pk,
            titel="Allonge om takster",
            fra=idag() + timedelta(days=30),
        )
        herlev = klient(Rolle.LAESER, fabrik.kommune("Herlev").organisation)
        side = reverse("rammeaftale:detalje", args=[aftale.slug])
        assert "Allonge om takster" not in herlev.get(side).content.decode()
        assert not ser(allonge)
        tilfoej_part(
            aktoer=fabrik.sekretariat(), aftale_id=aftale.pk, organisation_id=fabrik.kommune("Herlev").organisation_id,
            fra=idag() + timedelta(days=60),
        )  # fmt: skip
        assert ser(allonge), "it is to be a party again"


def test_hearing_still_open_and_report_made_of_a_draft_are_for_those_who_have_not_left() -> None:
    aftale = aftalen()
    slut = hoeringer.sendt(aftale=aftale)
    afslut(aktoer=fabrik.sekretariat(), hoering_id=slut.pk)
    foer, rapport = hoeringer.sendt(aftale=aftale), faerdig_rapport(aftale.pk, fabrik.sekretariat())
    forlader(aftale, 0)
    herlev = fabrik.sagsbehandler("Herlev")
    assert set(Hoering.objects.synlige_for(herlev)) == {slut, foer}, "today it is still a party"
    assert list(Rapport.objects.synlige_for(herlev)) == [rapport]
    with freeze_time(midnat_efter(idag())):
        efter = hoeringer.sendt(aftale=aftale)
        assert list(Hoering.objects.synlige_for(herlev)) == [slut], "what is answered to the other comes after it left"
        assert set(Hoering.objects.synlige_for(fabrik.sagsbehandler("Rødovre"))) == {slut, foer, efter}
        assert list(Rapport.objects.synlige_for(herlev)) == [], "it is made of a draft"


def laeste_moeder(organ: Organ, navn: str = "Herlev") -> list[date]:
    """The days of the meetings the municipality reads: the same on the body's page, in its file and over REST."""
    rest, side = klienter.myndighed(navn), klient(Rolle.LAESER, fabrik.kommune(navn).organisation)
    svar = rest.get(f"/api/v1/organer/{organ.pk}/moeder").json()["resultater"]
    html = side.get(reverse("rammeaftale:organ", args=[organ.pk])).content.decode()
    fil = side.get(reverse("rammeaftale:eksport_moeder", args=[organ.pk, "csv"]))
    indhold = b"".join(fil.streaming_content) if fil.streaming else fil.content  # type: ignore[attr-defined]
    laeste = {moede["id"] for moede in svar}
    for moede in organ.moeder.all():
        adresse = reverse("rammeaftale:moede", args=[moede.pk])
        kan = str(moede.pk) in laeste
        assert (adresse in html) is kan
        assert side.get(adresse).status_code == (200 if kan else 404)
    assert indhold.decode("utf-8-sig").count(organ.navn) == len(laeste)
    return sorted(organ.moeder.filter(pk__in=laeste).values_list("dato", flat=True))


@pytest.mark.parametrize("medlem", [False, True])
def test_party_or_member_that_has_left_reads_the_meetings_before_it_did_and_no_later_one(medlem: bool) -> None:
    aftale = aftalen()
    udvalg = organ("Herlev") if medlem else organ()
    opret_moede(aktoer=fabrik.sekretariat(), organ_id=udvalg.pk, dato=fabrik.om(-5))
    opret_moede(aktoer=fabrik.sekretariat(), organ_id=udvalg.pk, dato=fabrik.om(1))
    foer, efter = fabrik.om(-5), fabrik.om(1)
    forlader(aftale, 0)
    assert laeste_moeder(udvalg) == [foer, efter], "its last day is today"
    with freeze_time(midnat_efter(idag())):
        assert laeste_moeder(udvalg) == ([foer, efter] if medlem else [foer])
        assert laeste_moeder(udvalg, "Rødovre") == [foer, efter]
        if medlem:
            afslut_medlem(
                aktoer=fabrik.sekretariat(), organmedlem_id=udvalg.medlemmer.get().pk, sidste_dag=fabrik.om(-1)
            )
            assert laeste_moeder(udvalg) == [foer]


def test_party_that_has_left_sees_no_body_formed_later() -> None:
    aftale = aftalen()
    forlader(aftale, 0)
    gammelt = organ()
    with freeze_time(midnat_efter(idag())):
        nyt = opret_organ(
            aktoer=fabrik.sekretariat(), art=Organart.ARBEJDSGRUPPE, navn="Gruppen", opgave="", fra=idag()
        )
        assert list(Organ.objects.synlige_for(fabrik.sagsbehandler("Herlev"))) == [gammelt]
        assert set(Organ.objects.synlige_for(fabrik.sagsbehandler("Rødovre"))) == {gammelt, nyt}


def test_party_of_an_agreement_that_has_lapsed_has_nothing_to_do_with_the_bodies() -> None:
    aftale = aftalen()
    organ()
    assert Organ.objects.synlige_for(fabrik.sagsbehandler("Herlev")).exists()
    tag(aftale, Aftaletilstand.BORTFALDET)
    assert not Organ.objects.synlige_for(fabrik.sagsbehandler("Herlev")).exists()
