"""What is measured as the cases go: each step from its own instants, for the parties as it is and for the secretariat suppressed."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from freezegun import freeze_time

from kommuner.models import KkrMedlemskab
from reservationer.svartider import queries
from reservationer.svartider.regler import OEVRIGE, Inddeling, Tal, Trin, halvaar_om
from reservationer.venteliste.actions import afmeld
from reservationer.venteliste.begreber import Afslutning
from tests import fabrik
from tests.svartider.situationer import afvist, flyttet_ind, kl_ni
from tests.venteliste.situationer import med_venteliste, venter
from vilkaar.noegler import NOEGLER, Noegle

pytestmark = pytest.mark.django_db

SPURGT = date(2026, 2, 2)
FOERSTE = halvaar_om(SPURGT)
EFTER = date(2026, 7, 2)  # the half-year is over


def test_each_step_is_counted_from_when_the_offer_was_asked() -> None:
    hvor = fabrik.tilbud("Kilden")
    fabrik.ledig_plads(fabrik.afdeling(hvor))
    flyttet_ind(hvor, SPURGT, tilbudt=3, reserveret=5, indskrevet=12)
    for aktoer in (fabrik.sagsbehandler(), fabrik.tilbudsleder()):
        tal = queries.egne(aktoer, EFTER).samlet(FOERSTE).tal
        assert tal == {
            Trin.SVAR: Tal(1, 3, 3),
            Trin.TILBUD: Tal(1, 3, 3),
            Trin.RESERVATION: Tal(1, 5, 5),
            Trin.INDFLYTNING: Tal(1, 12, 12),
            Trin.VENTELISTE: Tal(0),
        }
    assert not queries.egne(fabrik.sagsbehandler("Herlev"), EFTER).samlet(FOERSTE).viser_noget


def test_waiting_on_a_list_is_counted_to_its_end_whichever_it_was() -> None:
    with freeze_time(kl_ni(SPURGT)):
        post = venter(med_venteliste())
    with freeze_time(kl_ni(SPURGT, 41)):
        afmeld(aktoer=fabrik.sagsbehandler(), post_id=post.pk, grund=Afslutning.BEHOV_BORTFALDET)
    tal = queries.egne(fabrik.tilbudsleder(), EFTER).samlet(FOERSTE).tal
    assert tal[Trin.VENTELISTE] == Tal(1, 41, 41)


def test_step_counts_in_the_half_year_it_was_noted_in_by_danish_days() -> None:
    hvor = fabrik.tilbud("Kilden")
    afvist(hvor, "Rødovre", date(2026, 6, 28), 2, reference="i-juni")
    with freeze_time("2026-06-30T21:30:00Z"):
        henvendelse = fabrik.henvendelse(hvor, reference="sidst-i-juni")
    with freeze_time("2026-06-30T22:30:00Z"):  # half past midnight, 1 July, in Denmark
        fabrik.pladstilbud(henvendelse)
    fundet = queries.egne(fabrik.sagsbehandler(), EFTER)
    assert fundet.samlet(FOERSTE).tal[Trin.SVAR] == Tal(1, 2, 2)
    assert fundet.samlet(halvaar_om(EFTER)).tal[Trin.SVAR] == Tal(1, 1, 1)


def test_unanswered_and_asked_for_more_are_no_answers() -> None:
    with freeze_time(kl_ni(SPURGT)):
        fabrik.henvendelse(fabrik.tilbud("Kilden"))
    assert queries.egne(fabrik.sagsbehandler(), EFTER).samlet(FOERSTE).tal[Trin.SVAR] == Tal(0)


def test_limited_operator_sees_the_cases_of_its_offers_only() -> None:
    kilden, aahuset = fabrik.tilbud("Kilden"), fabrik.tilbud("Åhuset")
    for hvor in (kilden, aahuset):
        afvist(hvor, "Rødovre", SPURGT, 4, reference=f"om {hvor}")
    alle = queries.egne(fabrik.tilbudsleder(), EFTER).opdelt(FOERSTE, Inddeling.TILBUD)
    assert [r.gruppe for r in alle] == ["Kilden", "Åhuset"]
    kun = queries.egne(fabrik.tilbudsleder_for(aahuset), EFTER).opdelt(FOERSTE, Inddeling.TILBUD)
    assert [r.gruppe for r in kun] == ["Åhuset"]


def test_secretariat_sees_its_municipalities_and_no_small_count() -> None:
    hvor = fabrik.tilbud("Kilden")
    for nr in range(5):
        afvist(hvor, "Rødovre", SPURGT, nr, reference=f"RK-{nr}")
    for nr in range(2):
        afvist(hvor, "Herlev", SPURGT, 30, reference=f"HK-{nr}")
    fabrik.kommune("Odense", i="KKR Syddanmark")
    for nr in range(9):
        afvist(hvor, "Odense", SPURGT, 90, reference=f"OK-{nr}")
    fundet = queries.i_kkr(fabrik.kkr(), EFTER)
    assert (fundet.graense, fundet.kilde and fundet.kilde.klausul) == (5, NOEGLER[Noegle.DISKRETION_GRAENSE].klausul)
    assert fundet.halvaar[-1] == FOERSTE, "the one that is not over would tell who was added"
    assert fundet.samlet(FOERSTE).tal[Trin.SVAR] == Tal(7, 3, 30)
    (raekke,) = fundet.opdelt(FOERSTE, Inddeling.KOMMUNE)
    assert (raekke.gruppe, raekke.tal[Trin.SVAR]) == (OEVRIGE, Tal(7, 3, 30))


def test_case_belongs_to_the_kkr_the_municipality_was_in_when_it_was_noted() -> None:
    hvor = fabrik.tilbud("Kilden")
    for nr in range(5):
        afvist(hvor, "Rødovre", SPURGT, 4, reference=f"RK-{nr}")
    nyt = fabrik.flyt_til_kkr("KKR Østdanmark", "Rødovre", fra=date(2026, 3, 1))
    fabrik.vilkaar(nyt)
    for nr in range(6):
        afvist(hvor, "Rødovre", date(2026, 3, 2), 8, reference=f"RK-ny-{nr}")
    assert queries.i_kkr(nyt, EFTER).samlet(FOERSTE).tal[Trin.SVAR] == Tal(6, 8, 8)
    assert queries.i_kkr(fabrik.kkr(), EFTER).samlet(FOERSTE).tal[Trin.SVAR] == Tal(5, 4, 4)
    assert KkrMedlemskab.objects.filter(kkr=nyt).count() == 1


def test_as_many_statements_for_many_cases_as_for_one() -> None:
    hvor, hvem, antal = fabrik.tilbud("Kilden"), fabrik.sagsbehandler(), []
    for nr in range(12):
        afvist(hvor, "Rødovre", SPURGT + timedelta(days=nr), 4, reference=f"RK-{nr}")
        if nr in {0, 11}:
            with CaptureQueriesContext(connection) as egne:
                queries.egne(hvem, EFTER)
            with CaptureQueriesContext(connection) as omraadets:
                queries.i_kkr(fabrik.kkr(), EFTER)
            antal.append((len(egne), len(omraadets)))
    assert antal[0] == antal[1]
    assert antal[0][0] <= 4, "two of them, and who asks"
