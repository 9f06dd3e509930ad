"""The mails people choose: the page, and the mail of the morning, once a day whatever happens to the run."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from freezegun import freeze_time

from config.tidsplan import TIDSPLAN
from faelles.aktoer import Aktoer
from faelles.brev import adresse
from faelles.brevslags import Maade, alle
from faelles.fejl import UgyldigtInput
from faelles.tid import nu
from kommuner.breve.actions import send_morgenbreve, vaelg
from kommuner.breve.queries import maade
from kommuner.models import Brevvalg, Bruger, Morgenbrev, Rolle
from reservationer.sag.forespoergsler.queries import til_svar
from reservationer.sag.models import Henvendelse
from reservationer.venteliste.eskalering import eskaler
from tests import fabrik
from tests.venteliste.situationer import med_venteliste, venter

pytestmark = pytest.mark.django_db


def sagsbehandler(**valg: Maade) -> Bruger:
    """A case worker of Rødovre who has chosen so."""
    hvem = fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation)
    vaelg(bruger=hvem, valg=valg)
    return hvem


def leder(**valg: Maade) -> Bruger:
    """A leader of Gladsaxe's offers who has chosen so."""
    hvem = fabrik.bruger(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)
    vaelg(bruger=hvem, valg=valg)
    return hvem


def test_morning_mail_counts_what_waits_and_leads_there() -> None:
    hvem = leder(forespoergsler=Maade.DAGLIGT, reservationer=Maade.INGEN)
    hvor = fabrik.tilbud("Kilden")
    for nr in range(2):
        fabrik.henvendelse(hvor, reference=f"RK-{nr}")
    fabrik.reservation()
    assert send_morgenbreve() == 1
    (brev,) = mail.outbox
    assert (brev.to, brev.subject) == ([hvem.email], "Det venter på dig i dag")
    assert "Tilbudsleder i Gladsaxe Kommune" in brev.body
    sti = reverse("forespoergsler:liste")
    assert f"- 2 forespørgsler venter på jeres svar: {adresse(sti)}?tilstand=afventer" in brev.body
    assert reverse("breve") in brev.body
    assert "reservation" not in brev.body, "that is not what she has chosen"
    assert "RK-" not in brev.body, "whose they are stays on the platform"
    assert [post.afsluttet is not None for post in Morgenbrev.objects.filter(bruger=hvem)] == [True]


def test_it_comes_once_a_day_and_again_the_next() -> None:
    leder(forespoergsler=Maade.DAGLIGT)
    fabrik.henvendelse(fabrik.tilbud("Kilden"))
    assert (send_morgenbreve(), send_morgenbreve()) == (1, 0)
    with freeze_time(fabrik.samme_tid(1)):
        assert send_morgenbreve() == 1
    assert len(mail.outbox) == 2


def test_nothing_waiting_is_no_mail_and_is_not_asked_about_again() -> None:
    leder(forespoergsler=Maade.DAGLIGT)
    assert send_morgenbreve() == 0
    fabrik.henvendelse(fabrik.tilbud("Kilden"))
    assert send_morgenbreve() == 0
    assert not mail.outbox


@pytest.mark.parametrize("valg", [Maade.INGEN, None])
def test_who_has_not_chosen_it_gets_none(valg: Maade | None) -> None:
    leder(**({"forespoergsler": valg} if valg else {}))
    fabrik.henvendelse(fabrik.tilbud("Kilden"))
    assert send_morgenbreve() == 0
    assert not mail.outbox


def test_who_has_no_role_any_more_or_may_not_log_in_gets_none() -> None:
    uden_rolle, lukket = leder(forespoergsler=Maade.DAGLIGT), leder(forespoergsler=Maade.DAGLIGT)
    uden_rolle.tilknytninger.update(afsluttet=nu())
    lukket.is_active = False
    lukket.save()
    fabrik.henvendelse(fabrik.tilbud("Kilden"))
    assert send_morgenbreve() == 0


def test_each_role_has_its_own_part_with_what_it_may_see() -> None:
    hvem = leder(forespoergsler=Maade.DAGLIGT, ubesvarede=Maade.DAGLIGT)
    fabrik.tilknyt(hvem, Rolle.SAGSBEHANDLER, fabrik.kommune("Rødovre").organisation)
    fabrik.henvendelse(fabrik.tilbud("Kilden"))
    with freeze_time(fabrik.samme_tid(20)):
        send_morgenbreve()
    (brev,) = mail.outbox
    dele = brev.body.split("Sagsbehandler i Rødovre Kommune:")
    assert "1 forespørgsel venter på jeres svar" in dele[0]
    assert "1 forespørgsel er ikke besvaret i tide" in dele[1]


def test_run_that_was_cut_off_is_taken_up_by_a_later_one(monkeypatch: pytest.MonkeyPatch) -> None:
    leder(forespoergsler=Maade.DAGLIGT)
    fabrik.henvendelse(fabrik.tilbud("Kilden"))
    monkeypatch.setattr("kommuner.breve.actions.forsoeg", lambda *_args, **_kwargs: False)
    assert send_morgenbreve() == 0
    monkeypatch.undo()
    assert send_morgenbreve() == 0, "still in the first run's hands"
    with freeze_time(nu() + timedelta(minutes=11)):
        assert send_morgenbreve() == 1


def test_one_who_fails_does_not_keep_the_others_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    leder(forespoergsler=Maade.DAGLIGT)
    leder(forespoergsler=Maade.DAGLIGT)
    fabrik.henvendelse(fabrik.tilbud("Kilden"))
    foerste = Bruger.objects.filter(brevvalg__maade=Maade.DAGLIGT).order_by("pk")[0]

    def fejler(aktoer: Aktoer) -> QuerySet[Henvendelse]:
        if aktoer.identitet == f"bruger:{foerste.pk}":
            raise RuntimeError("as a bug would")
        return til_svar(aktoer)

    monkeypatch.setattr("reservationer.sag.forespoergsler.queries.til_svar", fejler)
    assert send_morgenbreve() == 1
    assert [brev.to for brev in mail.outbox] != [[foerste.email]]


def test_mandatory_mail_comes_whatever_is_chosen() -> None:
    hvem = sagsbehandler(**{en.kode: Maade.INGEN for en in alle().values() if not en.altid})
    venter(med_venteliste(), dage=30)
    eskaler()
    assert [brev.to for brev in mail.outbox if hvem.email in brev.to]


def test_beat_asks_every_working_morning_in_denmark() -> None:
    plan = TIDSPLAN["send-morgenbreve"]
    assert plan["task"] == "kommuner.send_morgenbreve"
    assert (plan["schedule"].hour, plan["schedule"].day_of_week) == ({6, 7, 8}, {1, 2, 3, 4, 5})


def test_choice_is_made_on_the_page_and_shows_what_always_comes() -> None:
    hvem, client = sagsbehandler(), Client()
    client.force_login(hvem)
    html = client.get(reverse("breve")).content.decode()
    assert "Forespørgsler, der venter på jer" in html
    assert "En borger har ventet for længe på en plads" in html.split("Mails, der altid kommer")[1]
    data = {en.kode: en.maader[0].value for en in alle().values() if not en.altid} | {
        "gemte_soegninger": "dagligt",
        "ubesvarede": "dagligt",
    }
    assert client.post(reverse("breve"), data).status_code == 302
    assert dict(Brevvalg.objects.filter(bruger=hvem, maade="dagligt").values_list("slags", "maade")) == {
        "gemte_soegninger": "dagligt",
        "ubesvarede": "dagligt",
    }
    assert client.post(reverse("breve"), {**data, "ubesvarede": "straks"}).status_code == 422
    assert reverse("breve") in client.get(reverse("profil")).content.decode()


def test_kinds_follow_the_roles() -> None:
    client = Client()
    client.force_login(leder())
    html = client.get(reverse("breve")).content.decode()
    assert "Reservationer, der skal bekræftes" in html
    assert "gemte søgninger" not in html
    uden, anden = fabrik.bruger(Rolle.ADMINISTRATOR, fabrik.kommune("Herlev").organisation), Client()
    anden.force_login(uden)
    assert "Ingen mails at vælge" in anden.get(reverse("breve")).content.decode()


def test_unknown_kind_or_way_is_refused_and_nothing_kept() -> None:
    hvem = leder()
    for valg in ({"findes_ikke": Maade.DAGLIGT}, {"forespoergsler": Maade.STRAKS, "reservationer": Maade.DAGLIGT}):
        with pytest.raises(UgyldigtInput):
            vaelg(bruger=hvem, valg=valg)
    assert not Brevvalg.objects.exists()
    assert maade(hvem.pk, "forespoergsler") is Maade.INGEN
    assert maade(hvem.pk, "gemte_soegninger") is Maade.STRAKS
