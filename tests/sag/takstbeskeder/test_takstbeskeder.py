"""A changed takst is told to every municipality that pays for a stay there, by mail and on its start page, and to nobody else."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from faelles.aktoer import Aktoer
from faelles.brev import adresse
from faelles.fejl import IngenAdgang
from faelles.scope import som_systemet
from faelles.tid import Periode, nu
from kommuner.models import Bruger, Rolle
from reservationer.sag.models import Ophold, Takstbesked
from reservationer.sag.takstbeskeder.actions import kvitter
from reservationer.sag.takstbeskeder.breve import send_takstbeskeder
from takster.models import Takst, Takstberegning
from tests import fabrik
from tests.takster.budget.situationer import budget
from tests.takster.fastsaettelse.situationer import offentliggjort
from tilbud.models import Plads

pytestmark = pytest.mark.django_db


def aendret(plads: Plads, *, fra: date | None = None, hjemmel: str = "SEL-107") -> Takstberegning:
    """The takst of the place's department under the legal basis is changed in the year of its stay, from the day or from New Year."""
    afdeling = plads.afdeling
    aar = (fra or fabrik.om(7)).year
    et = budget(afdeling.tilbud, aar=aar, del_={"afdeling_id": afdeling.pk, "hjemmel": hjemmel})
    return offentliggjort(et, fra=fra, begrundelse="Ny normering")


def plads() -> Plads:
    """A place of Gladsaxe's with a takst that runs over the years."""
    afdeling = fabrik.afdeling(fabrik.tilbud(i="Gladsaxe", hjemler=("SEL-107",)))
    fabrik.takst(afdeling, "2500.00", fra=fabrik.FOR_LAENGE_SIDEN, til=None)
    return fabrik.ledig_plads(afdeling)


def ophold(hvor: Plads, navn: str = "Rødovre") -> Ophold:
    return fabrik.ophold(hvor, af=fabrik.sagsbehandler(navn), reference=f"FH-{navn}")


def beskeder() -> list[tuple[str, Decimal]]:
    with transaction.atomic():
        alle = Takstbesked.objects.for_systemet("test").order_by("kommune__navn")
        return list(alle.values_list("kommune__navn", "takst__beloeb"))


def test_payer_is_told_of_a_changed_takst_in_its_transaction_and_others_are_not() -> None:
    hvor = plads()
    ophold(hvor)
    fabrik.ophold(fabrik.plads_med_takst(i="Gladsaxe"), af=fabrik.sagsbehandler("Herlev"), reference="FH-2")
    en = aendret(hvor)
    assert beskeder() == [("Rødovre Kommune", Decimal("2687.00"))]
    with transaction.atomic():
        offentliggjort(en.budget, begrundelse="Rettelse")
        assert len(beskeder()) == 2
        transaction.set_rollback(True)
    assert len(beskeder()) == 1


def test_first_takst_of_a_department_is_no_change() -> None:
    offentliggjort()
    assert not beskeder()


def test_takst_under_another_legal_basis_or_before_the_stay_concerns_no_payer() -> None:
    hvor = plads()
    et = ophold(hvor)
    fabrik.takst(hvor.afdeling, "2500.00", kode="SEL-108")
    hvor.afdeling.tilbud.hjemler.add(fabrik.hjemmel("SEL-108"))
    aendret(hvor, hjemmel="SEL-108")
    assert not beskeder()
    with som_systemet("test"):
        et.ansvar.for_systemet("test").update(periode=Periode(date(2035, 1, 1)).som_range)
    aendret(hvor)
    assert not beskeder()


def test_the_one_who_pays_is_told_and_not_the_handlekommune_that_does_not() -> None:
    hvor = plads()
    et = ophold(hvor)
    fabrik.skift_kommune(et, handle="Rødovre", betaler="Herlev", fra=et.foerste_dag)
    aendret(hvor)
    assert [navn for navn, _ in beskeder()] == ["Herlev Kommune"]


def test_mail_names_offer_old_and_new_takst_and_reason_once_to_each_who_reads_stays() -> None:
    hvor = plads()
    ophold(hvor)
    roedovre = fabrik.kommune("Rødovre").organisation
    for rolle in (Rolle.OEKONOMI, Rolle.VISITATOR, Rolle.LAESER):
        fabrik.bruger(rolle, roedovre, email=f"{rolle.value}@roedovre.example")
    en = aendret(hvor)
    assert send_takstbeskeder() == 3
    assert send_takstbeskeder() == 0
    (sagsbehandler,) = set(Bruger.objects.filter(tilknytninger__rolle="sagsbehandler").values_list("email", flat=True))
    skal = {sagsbehandler, "oekonomi@roedovre.example", "visitator@roedovre.example"}
    assert {brev.to[0] for brev in mail.outbox} == skal
    brev = mail.outbox[0]
    assert brev.subject == "En takst, I betaler, er ændret"
    for ord_ in (
        hvor.afdeling.tilbud.navn,
        "2.687,00 kr./døgn",
        "Før: 2.500,00 kr./døgn",
        "Ny normering",
        "Efter Takstberegning",
        "sæt 1 i Testaftale.",
        adresse(reverse("takster:dokumentation", args=[Takst.objects.gaeldende().get(takstberegning=en).pk])),
    ):
        assert ord_ in brev.body
    assert "FH-" not in brev.body


def test_mail_waits_for_somebody_to_write_to_and_a_run_that_was_cut_off_is_taken_up() -> None:
    hvor = plads()
    ophold(hvor)
    aendret(hvor)
    Bruger.objects.update(is_active=False)
    assert send_takstbeskeder() == 0
    fabrik.bruger(Rolle.OEKONOMI, fabrik.kommune("Rødovre").organisation)
    assert send_takstbeskeder() == 0, "taken on less than ten minutes ago"
    with som_systemet("test"):
        Takstbesked.objects.for_systemet("test").update(noteret=nu() - timedelta(minutes=11))
    assert send_takstbeskeder() == 1


def test_start_page_lists_the_change_until_it_is_seen_for_the_payer_alone() -> None:
    hvor = plads()
    ophold(hvor)
    aendret(hvor)
    egen, fremmed = Client(), Client()
    egen.force_login(fabrik.bruger(Rolle.OEKONOMI, fabrik.kommune("Rødovre").organisation))
    fremmed.force_login(fabrik.bruger(Rolle.OEKONOMI, fabrik.kommune("Herlev").organisation))
    side = egen.get("/").content.decode()
    assert "Ændrede takster og priser, I betaler" in side
    assert "2.687,00" in side
    assert re.search(r"Efter Takstberegning.*sæt 1</a> i Testaftale", side)
    assert "Ændrede takster" not in fremmed.get("/").content.decode()
    url, senest = reverse("sag:kvitter_takster"), {"senest": nu().isoformat()}
    assert fremmed.post(url, senest).status_code == 302
    assert "Ændrede takster" in egen.get("/").content.decode()
    assert egen.post(url, {"senest": (nu() - timedelta(days=1)).isoformat()}).status_code == 302
    assert "Ændrede takster" in egen.get("/").content.decode(), "what came later has not been seen"
    assert egen.post(url, senest).status_code == 302
    assert "Ændrede takster" not in egen.get("/").content.decode()


def test_change_of_a_change_is_told_by_the_newest_alone() -> None:
    hvor = plads()
    ophold(hvor)
    en = aendret(hvor)
    offentliggjort(en.budget, begrundelse="Rettelse")
    klient = Client()
    klient.force_login(fabrik.bruger(Rolle.OEKONOMI, fabrik.kommune("Rødovre").organisation))
    side = klient.get("/").content.decode()
    assert ("Rettelse" in side, "Ny normering" in side) == (True, False)
    send_takstbeskeder()
    assert "Ny normering" not in mail.outbox[0].body


def test_database_shows_it_to_the_payer_alone_and_only_authorities_say_they_have_seen_it() -> None:
    hvor = plads()
    ophold(hvor)
    aendret(hvor)
    for aktoer, antal in ((fabrik.sagsbehandler(), 1), (fabrik.sagsbehandler("Herlev"), 0), (leder(), 0)):
        assert Takstbesked.objects.synlige_for(aktoer).count() == antal
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from sag_takstbesked")
            assert cursor.fetchone()[0] == antal
    with pytest.raises(IngenAdgang):
        kvitter(aktoer=leder(), senest=nu())


def leder() -> Aktoer:
    return fabrik.aktoer(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)
