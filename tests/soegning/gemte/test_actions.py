"""Saved searches: what is told, to whom, once; what ends them; and who sees them."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from faelles.aktoer import Aktoer
from faelles.brevslags import Maade
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.scope import saet_database_aktoer
from faelles.tid import Periode, idag, nu
from kommuner.breve.actions import send_morgenbreve, vaelg
from kommuner.models import Bruger, Rolle, Tilknytning
from reservationer.soegning.gemte import actions, views
from reservationer.soegning.gemte.actions import kvitter, proev_alle, slet
from reservationer.soegning.gemte.morgenbrev import FUND
from reservationer.soegning.gemte.queries import GemtVisning, gemte, nye_fund, vist
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.queries import fundne
from reservationer.soegning.tasks import proev_gemte
from tests import fabrik
from tests.ord import engelsk
from tilbud.models import Plads

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _straks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mails are sent when the work is done; here that is at once."""
    monkeypatch.setattr(transaction, "on_commit", lambda arbejde, robust=False: arbejde())  # noqa: ARG005 - Django's signature


def passende(navn: str = "Solbakken") -> Plads:
    """A confirmed free place."""
    plads = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(navn)))
    fabrik.bekraeftet(plads.afdeling)
    return plads


def viste(af: Aktoer) -> list[GemtVisning]:
    """The municipality's saved searches with all that fits them."""
    return vist(af, gemte(af), idag())


def antal(raekker: Sequence[Any]) -> int:
    """How many."""
    return len(raekker)


def test_what_begins_to_fit_is_told_once_by_mail_and_on_the_work_list() -> None:
    hvem = fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation, email="anna@example.dk")
    af = fabrik.aktoer(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation, hvem=hvem)
    fabrik.gemt_soegning(af)
    assert proev_alle() == 0
    passende()
    assert proev_alle() == 1
    assert proev_alle() == 0
    (brev,) = mail.outbox
    assert brev.to == ["anna@example.dk"]
    assert "Solbakken, Hovedhuset, i Gladsaxe" in brev.body
    assert engelsk([str(brev.subject), str(brev.body)]) == {}
    assert [fund.afdeling.tilbud.navn for fund in nye_fund(af)] == ["Solbakken"]


def test_search_saved_with_a_code_that_is_replaced_finds_what_carries_the_new_one() -> None:
    gammel = fabrik.hjemmel("SEL-66")
    fabrik.gemt_soegning(fabrik.sagsbehandler(), hjemmel="SEL-66")
    gammel.erstattes_af = fabrik.hjemmel("BL-43")
    gammel.save()
    fabrik.bekraeftet(fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(hjemler=("BL-43",)))).afdeling)
    assert proev_alle() == 1


def test_what_fitted_when_it_was_saved_is_not_news() -> None:
    passende()
    af = fabrik.sagsbehandler()
    fabrik.gemt_soegning(af)
    assert proev_alle() == 0
    assert not nye_fund(af)
    (visning,) = viste(af)
    assert (antal(visning.fund), visning.nye, visning.min) == (1, 0, True)


def test_what_fits_again_after_it_was_taken_is_told_again() -> None:
    af, plads = fabrik.sagsbehandler(), passende()
    fabrik.gemt_soegning(af)
    claim = fabrik.optag(plads, Periode(fabrik.om(20), fabrik.om(30)))
    assert proev_alle() == 0
    assert not viste(af)[0].fund
    type(claim).objects.filter(pk=claim.pk).update(aktiv=False)
    assert proev_alle() == 1


def test_place_nobody_vouches_for_is_not_told() -> None:
    fabrik.gemt_soegning()
    fabrik.ledig_plads()
    assert proev_alle() == 0


def test_only_what_meets_the_need_is_told() -> None:
    fabrik.hjemmel("SEL-108")
    fabrik.gemt_soegning(hjemmel="SEL-108")
    passende()
    assert proev_alle() == 0


def test_what_a_colleague_has_seen_is_news_to_nobody_but_still_fits() -> None:
    af = fabrik.sagsbehandler()
    soegning = fabrik.gemt_soegning(af)
    passende()
    proev_alle()
    kvitter(aktoer=fabrik.sagsbehandler(), soegning_id=soegning.pk, senest=nu())
    assert not nye_fund(af)
    assert antal(viste(af)[0].fund) == 1


def test_search_whose_days_are_over_or_whose_person_has_left_is_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    hvem = fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation)
    fabrik.gemt_soegning(fabrik.aktoer(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation, hvem=hvem))
    af = fabrik.sagsbehandler()
    fabrik.gemt_soegning(af)
    Tilknytning.objects.filter(bruger=hvem).update(afsluttet=nu())
    passende()
    assert proev_alle() == 1
    assert antal(viste(af)) == 1
    monkeypatch.setattr(actions, "idag", lambda: fabrik.om(40))
    proev_alle()
    assert not viste(af)


def test_task_does_the_same_and_a_refusing_mail_server_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def naegt(*_args: object, **_kwargs: object) -> None:
        raise OSError

    monkeypatch.setattr("faelles.brev.send_mail", naegt)
    af = fabrik.sagsbehandler()
    fabrik.gemt_soegning(af)
    passende()
    proev_gemte()
    assert antal(list(nye_fund(af))) == 1


@pytest.mark.parametrize("maade", [Maade.DAGLIGT, Maade.INGEN])
def test_who_wants_it_in_the_morning_or_not_at_all_has_no_mail_at_once(maade: Maade) -> None:
    hvem = fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation)
    af = fabrik.aktoer(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation, hvem=hvem)
    vaelg(bruger=hvem, valg={FUND: maade})
    fabrik.gemt_soegning(af)
    passende()
    assert proev_alle() == 1
    assert antal(list(nye_fund(af))) == 1, "it stands on the platform all the same"
    assert not mail.outbox
    assert send_morgenbreve() == (maade is Maade.DAGLIGT)
    assert ["1 nyt fund passer jeres gemte søgninger" in brev.body for brev in mail.outbox] == [True] * len(mail.outbox)


def test_search_that_cannot_be_read_stops_no_other_and_its_owner_is_told_once() -> None:
    hvem = fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation, email="anna@example.dk")
    af = fabrik.aktoer(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation, hvem=hvem)
    fabrik.oedelagt(fabrik.gemt_soegning(af).pk)
    fabrik.gemt_soegning(fabrik.sagsbehandler())
    passende()
    assert proev_alle() == 1
    assert proev_alle() == 0
    (brev,) = [brev for brev in mail.outbox if brev.to == ["anna@example.dk"]]
    assert "kan ikke læses" in brev.subject
    assert engelsk([str(brev.subject), str(brev.body)]) == {}
    assert sorted(visning.forespoergsel is None for visning in viste(af)) == [False, True]
    assert "kan ikke længere læses" in klient(hvem).get(reverse("soegning:gemte")).content.decode()


def test_search_that_fails_for_any_reason_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    foerste, _ = fabrik.gemt_soegning(alder=30), fabrik.gemt_soegning(alder=40)
    passende()

    def fundne_uden_30(aktoer: Any, profil: Behovsprofil, **andet: Any) -> Any:
        if profil.alder == 30:
            raise ZeroDivisionError
        return fundne(aktoer, profil, **andet)

    monkeypatch.setattr(actions, "fundne", fundne_uden_30)
    assert proev_alle() == 1
    monkeypatch.undo()
    assert [fund.soegning_id for fund in nye_fund(fabrik.sagsbehandler())] != [foerste.pk]


def test_words_are_not_saved_and_the_page_says_so() -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        fabrik.gemt_soegning(tekst="Anders And")
    assert set(fejl.value.felter) == {"tekst"}
    client = klient(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation))
    svar = client.post(f"{reverse('soegning:gem')}?fra={fabrik.om(10)}&tekst=heste", follow=True)
    assert "ordene kan ikke gemmes" in svar.content.decode()
    assert svar.context["form"]["tekst"].value() == "heste"
    assert not viste(fabrik.sagsbehandler())


def test_seen_by_the_municipality_alone_in_the_database_too() -> None:
    soegning = fabrik.gemt_soegning()
    passende()
    proev_alle()
    for aktoer, ser in (
        (fabrik.sagsbehandler(), 1),
        (fabrik.sagsbehandler("Herlev"), 0),
        (fabrik.tilbudsleder("Rødovre"), 0),
        (fabrik.sekretariat(), 0),
    ):
        saet_database_aktoer(aktoer)
        with connection.cursor() as cursor:
            for tabel in ("soegning_gemtsoegning", "soegning_soegefund"):
                cursor.execute(f"select count(*) from {tabel}")
                assert cursor.fetchone() == (ser,)
    with pytest.raises(IkkeFundet):
        slet(aktoer=fabrik.sagsbehandler("Herlev"), soegning_id=soegning.pk)
    slet(aktoer=fabrik.sagsbehandler(), soegning_id=soegning.pk)
    assert not viste(fabrik.sagsbehandler())


def test_saving_takes_an_authority_and_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(IngenAdgang):
        fabrik.gemt_soegning(fabrik.tilbudsleder())
    monkeypatch.setattr(actions, "HOEJST", 1)
    af = fabrik.sagsbehandler()
    fabrik.gemt_soegning(af)
    with pytest.raises(Konflikt) as fejl:
        fabrik.gemt_soegning(af)
    assert fejl.value.kode == "for_mange_gemte"
    fabrik.gemt_soegning(fabrik.sagsbehandler())


def test_name_is_made_of_codes() -> None:
    soegning = fabrik.gemt_soegning(hjemmel=fabrik.hjemmel().kode)
    assert soegning.navn == f"Alle målgrupper, SEL-107, fra {fabrik.om(10):%d.%m.%Y} til {fabrik.om(39):%d.%m.%Y}"


def test_list_and_task_ask_as_much_for_1_as_for_20(django_assert_max_num_queries: Any) -> None:
    af = fabrik.sagsbehandler()
    fabrik.gemt_soegning(af)
    with django_assert_max_num_queries(20) as en:
        viste(af)
    for _ in range(19):
        fabrik.gemt_soegning(af)
    with django_assert_max_num_queries(len(en)):
        assert antal(viste(af)) == 20


def test_run_that_has_no_more_time_leaves_the_rest_and_the_next_begins_with_them(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    alle = [fabrik.gemt_soegning(alder=alder) for alder in (30, 40, 50)]
    passende()
    proevede: list[int | None] = []
    tid = iter(range(100))

    def noteret(aktoer: Any, profil: Behovsprofil, **andet: Any) -> Any:
        proevede.append(profil.alder)
        if profil.alder == 30:
            raise ZeroDivisionError
        return fundne(aktoer, profil, **andet)

    monkeypatch.setattr(actions, "fundne", noteret)
    start = nu()
    monkeypatch.setattr(actions, "nu", lambda: start + timedelta(minutes=next(tid)))
    monkeypatch.setattr(actions, "LAENGST", timedelta(minutes=4))
    for _ in range(3):
        proev_alle()
    assert proevede == [30, 40, 50, 30, 40, 50], "one that fails waits for its turn like the others"
    assert len(alle) == 3
    assert [post.rest for post in caplog.records if post.message == "gemte_soegninger_ikke_naaet"] == [1, 1, 1]  # type: ignore[attr-defined]


def klient(hvem: Bruger) -> Client:
    """Her browser."""
    client = Client()
    client.force_login(hvem)
    return client


def set_(client: Client, visning: GemtVisning) -> None:
    """Press the button below what the page showed of a search."""
    client.post(reverse("soegning:kvitter", args=[visning.soegning.pk]), {"senest": visning.senest})


def ord_(svar: Any) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", svar.content.decode()))


def test_lists_show_the_latest_of_many_and_all_that_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "FUND", 2)
    hvem = fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation)
    fabrik.gemt_soegning(fabrik.aktoer(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation, hvem=hvem))
    for nummer in range(6):
        passende(f"Hus {nummer}")
    proev_alle()
    client = klient(hvem)
    (visning,) = (side := client.get(reverse("soegning:gemte"))).context["side"]
    assert (antal(visning.fund), visning.antal, visning.nye) == (6, 6, 6)
    assert ord_(side).count("Nyt ") == 6
    start = client.get("/").content.decode()
    assert (start.count("#s-"), "Se dem alle blandt jeres gemte søgninger" in start) == (5, True)
    set_(client, visning)
    (visning,) = (side := client.get(reverse("soegning:gemte"))).context["side"]
    assert (antal(visning.fund), visning.antal, visning.nye) == (2, 6, 0)
    assert "De seneste 2 af 6." in ord_(side)


def test_what_is_found_after_the_list_was_shown_stays_new() -> None:
    hvem = fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation)
    af = fabrik.aktoer(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation, hvem=hvem)
    fabrik.gemt_soegning(af)
    passende("Set")
    proev_alle()
    client = klient(hvem)
    (visning,) = client.get(reverse("soegning:gemte")).context["side"]
    passende("Imens")
    proev_alle()
    set_(client, visning)
    assert [fund.afdeling.tilbud.navn for fund in nye_fund(af)] == ["Imens"]
    assert client.post(reverse("soegning:kvitter", args=[visning.soegning.pk])).status_code == 400
    assert antal(list(nye_fund(af))) == 1


def test_link_from_the_start_page_lands_where_its_search_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PR_SIDE", 2)
    hvem = fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation)
    af = fabrik.aktoer(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation, hvem=hvem)
    foerste = fabrik.gemt_soegning(af)
    passende()
    proev_alle()
    for _ in range(4):
        fabrik.gemt_soegning(af)
    client = klient(hvem)
    (link,) = re.findall(r'href="([^"]*)#s-', client.get("/").content.decode())
    assert f'id="s-{foerste.pk}"' in client.get(link).content.decode()
    assert client.get(f"{link}&side=1").context["side"].number == 1
    assert client.get(reverse("soegning:gemte"), {"soegning": "ukendt"}).context["side"].number == 1


def test_mail_names_the_first_of_many_and_says_how_many_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "I_BREVET", 2)
    fabrik.gemt_soegning()
    for nummer in range(5):
        passende(f"Hus {nummer}")
    proev_alle()
    (brev,) = mail.outbox
    assert (brev.body.count("- Hus"), "5 steder" in brev.body, "og 3 mere." in brev.body) == (2, True, True)
    passende("Alene")
    proev_alle()
    assert "\nog " not in mail.outbox[1].body


def test_page_saves_shows_marks_and_deletes() -> None:
    hvem = fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation)
    client = klient(hvem)
    svar = client.get(reverse("soegning:soeg"), {"fra": fabrik.om(10).isoformat(), "alder": "34"})
    assert client.post(svar.context["gem_url"])["Location"] == reverse("soegning:gemte")
    passende()
    proev_alle()
    assert "Nyt, der passer til jeres gemte søgninger" in client.get("/").content.decode()
    side = client.get(reverse("soegning:gemte"))
    html = side.content.decode()
    assert "Solbakken, Hovedhuset" in html
    (visning,) = side.context["side"]
    igen = client.get(f"{reverse('soegning:soeg')}?{visning.forespoergsel}")
    assert igen.context["profil"].alder == 34
    assert len(igen.context["side"]) == 1
    set_(client, visning)
    assert "Nyt, der passer" not in client.get("/").content.decode()
    slet_url = reverse("soegning:slet_gemt", args=[visning.soegning.pk])
    assert f'href="{slet_url}"' in html
    assert "Passer nu 1 afdeling" in ord_(client.get(slet_url))
    assert "Ingen gemte søgninger" not in client.get(reverse("soegning:gemte")).content.decode(), (
        "looked at, not deleted"
    )
    client.post(slet_url)
    assert "Ingen gemte søgninger" in client.get(reverse("soegning:gemte")).content.decode()
