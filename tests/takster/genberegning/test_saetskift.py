"""A calculation goes no further than the terms it was made with: whatever set has come in its place, on the page, in the action, and in a race."""

import threading
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from faelles.afsender import afsender
from faelles.aktoer import Aktoer
from faelles.fejl import Konflikt
from faelles.ids import uuid7
from faelles.tid import Periode
from kommuner.models import Rolle
from takster.fastsaettelse import actions as fastsaettelse
from takster.genberegning import actions as genberegning
from takster.genberegning.saetskift import hindringer
from takster.models import Beregningstilstand, Takst, Takstberegning
from tests import fabrik
from tests.api import klienter
from tests.kaploeb import loeb, til_en_venter
from tests.takster.budget.situationer import budget, oekonom
from tests.takster.fastsaettelse.situationer import anden, beregnet, beregning, godkendt
from tests.takster.fastsaettelse.test_views import logget_ind, tekst
from tests.takster.genberegning.situationer import (
    AAR,
    FOERSTE,
    LAVERE_LOFT,
    SLUT,
    endeligt,
    foreloebigt,
    fyldt_budget,
    indtil_aaret,
    taksten,
    tilbud,
)
from tests.takster.regnskab.situationer import overskud
from vilkaar.actions import traek_foreloebige, udsend_saet
from vilkaar.models import Saetstatus, Vilkaarssaet
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db
TRIN: Mapping[str, Callable[..., Takstberegning]] = {
    "kladde": fastsaettelse.indsend, "indsendt": fastsaettelse.godkend, "godkendt": fastsaettelse.offentliggoer,
}  # fmt: skip


def videre(en: Takstberegning) -> Takstberegning:
    """The next step, by whoever may take it."""
    hvem = oekonom() if en.tilstand == Beregningstilstand.KLADDE else anden(en)
    return TRIN[en.tilstand](aktoer=hvem, beregning_id=en.pk)


def afvist(en: Takstberegning) -> str:
    """Why the next step is refused because of the terms; nothing of it is stored."""
    foer = en.tilstand
    with pytest.raises(Konflikt) as fejl:
        videre(en)
    assert fejl.value.kode == "vilkaar_aendret"
    assert Takstberegning.objects.egne(oekonom()).get(pk=en.pk).tilstand == foer
    assert not Takst.objects.filter(takstberegning=en).exists()
    return fejl.value.besked


def afloesende(fra: date, til: date | None, andre: Mapping[Noegle, str]) -> Vilkaarssaet:
    """An allonge's set, or that of an agreement adopted late: it takes its days from the final set before."""
    return udsend_saet(
        kkr=fabrik.kkr(),
        periode=Periode(fra, til),
        status=Saetstatus.ENDELIG,
        aftale="Allonge",
        vaerdier={**fabrik.VAERDIER, **andre},
        demo=True,
        afloeser=True,
    )


@pytest.mark.parametrize("skridt", [beregnet, beregning, godkendt])
def test_one_made_with_the_previous_final_set_is_not_taken_further_when_a_new_one_governs(skridt: Any) -> None:
    foer = indtil_aaret()
    en = skridt(fyldt_budget())
    assert en.vilkaarssaet_id == foer.pk
    saet = endeligt(LAVERE_LOFT)
    besked = afvist(en)
    assert f"efter sæt {foer.nummer} i Testaftale" in besked
    assert f"for 01.01.2027 gælder nu sæt {saet.nummer} i Testaftale" in besked
    assert "Budgetteret belægning, højst fra 98 procent til 97 procent (klausulen Takstberegning)" in besked
    assert besked.endswith(("Beregn budgettet igen.", "Afvis beregningen, og beregn budgettet igen."))


def test_one_computed_again_with_the_new_set_is_published() -> None:
    indtil_aaret()
    et = fyldt_budget()
    beregnet(et)
    saet = endeligt(LAVERE_LOFT)
    en = beregnet(et)
    for _ in range(3):
        en = videre(en)
    assert (taksten(en).vilkaarssaet_id, taksten(en).bekraeftet_id) == (saet.pk, None)


def test_sets_that_say_the_same_are_told_apart_all_the_same() -> None:
    """A takst names the set it was made with, so it must be the one that governs."""
    indtil_aaret()
    en = godkendt(fyldt_budget())
    endeligt()
    assert "De siger det samme om det, der regnes med." in afvist(en)


def test_set_that_begins_inside_the_year_stops_only_what_begins_on_its_days() -> None:
    indtil_aaret()
    endeligt()
    hele, halve = budget(tilbud("Hele året"), aar=AAR), budget(tilbud("Fra juli"), aar=AAR)
    aaret = godkendt(hele)
    fra_juli = godkendt(halve, fra=date(2027, 7, 1), begrundelse="Ny normering")
    afloesende(date(2027, 7, 1), SLUT, {Noegle.OVERHEAD_PROCENT: "7"})
    assert "for 01.07.2027 gælder nu" in afvist(fra_juli)
    videre(aaret)
    assert not taksten(aaret).foreloebig


def test_set_of_the_accounts_year_counts_as_well() -> None:
    indtil_aaret()
    endeligt()
    med = godkendt(overskud(budget(tilbud("Med regnskab"), aar=AAR)))
    uden = godkendt(budget(tilbud("Uden regnskab"), aar=AAR))
    afloesende(date(2025, 1, 1), FOERSTE, {Noegle.EFTERREGULERING_TAERSKEL_PROCENT: "4.5"})
    besked = afvist(med)
    assert "Regnskabet for 2025 er efterreguleret efter sæt" in besked
    assert "Tærskel for efterregulering fra 5 procent til 4,5 procent" in besked
    assert "Beregningen er lavet efter" not in besked
    videre(uden)
    assert taksten(uden).beloeb == uden.beloeb


def test_set_in_the_middle_of_the_accounts_year_changes_nothing() -> None:
    indtil_aaret()
    endeligt()
    en = godkendt(overskud(budget(tilbud("Med regnskab"), aar=AAR)))
    afloesende(date(2025, 7, 1), FOERSTE, {Noegle.EFTERREGULERING_TAERSKEL_PROCENT: "4"})
    videre(en)
    assert taksten(en).beloeb == en.beloeb


def test_preliminary_set_in_place_of_another_or_of_the_one_that_went_on_stops_it() -> None:
    indtil_aaret()
    fortsat = godkendt(budget(tilbud("Fortsat"), aar=AAR))
    foerste = uuid7()
    felter: dict[str, Any] = {
        "kkr": fabrik.kkr(), "periode": Periode(FOERSTE), "status": Saetstatus.FORELOEBIG, "aftale": "Ny aftale",
        "vaerdier": fabrik.VAERDIER, "demo": True,
    }  # fmt: skip
    udsend_saet(**felter, version_id=foerste)
    assert "gælder nu det foreløbige sæt" in afvist(fortsat)
    foreloebig = godkendt(budget(tilbud("Foreløbig"), aar=AAR))
    udsend_saet(**felter, version_id=uuid7(), afloeser=True)
    assert "efter det foreløbige sæt" in afvist(foreloebig)


def test_preliminary_set_that_is_recalled_leaves_its_calculations_to_the_previous_one() -> None:
    """As when it becomes final: the same takst is confirmed by what governs."""
    foer, version = indtil_aaret(), uuid7()
    udsend_saet(
        kkr=fabrik.kkr(), periode=Periode(FOERSTE), status=Saetstatus.FORELOEBIG, aftale="Bortfalder",
        vaerdier=fabrik.VAERDIER, demo=True, version_id=version,
    )  # fmt: skip
    en = godkendt(budget(tilbud("Uændret"), aar=AAR))
    traek_foreloebige([version])
    videre(en)
    assert taksten(en).bekraeftet_id == foer.pk


def test_final_terms_do_not_make_up_for_another_set_of_the_accounts_year() -> None:
    foreloebigt()
    en = godkendt(overskud(budget(tilbud("Med regnskab"), aar=AAR)))
    endeligt()
    assert not hindringer(en)
    afloesende(date(2025, 1, 1), FOERSTE, {})
    assert "Regnskabet for 2025" in afvist(en)


def test_page_says_what_has_changed_and_offers_only_to_decline_and_compute_again() -> None:
    indtil_aaret()
    en = beregning(fyldt_budget())
    leder, url = logget_ind(Rolle.TILBUDSLEDER), reverse("takster:beregning", args=[en.pk])
    godkend, afvis = reverse("takster:godkend", args=[en.pk]), reverse("takster:afvis", args=[en.pk])
    foer = tekst(leder.get(url))
    assert (godkend in foer, "Andre vilkår gælder nu" in foer) == (True, False)
    endeligt(LAVERE_LOFT)
    efter = tekst(leder.get(url))
    assert (godkend in efter, afvis in efter) == (False, True)
    assert "Andre vilkår gælder nu" in efter
    assert "Budgetteret belægning, højst fra 98 procent til 97 procent" in efter
    assert reverse("takster:budget", args=[en.budget_id]) in efter
    assert "Andre vilkår gælder nu" in tekst(leder.post(godkend, follow=True))
    assert klienter.driftsherre().get(f"/api/v1/takstberegninger/{en.pk}").json()["tilstand"] == "indsendt"


def offentliggoer(en: Takstberegning, leder: Aktoer) -> None:
    fastsaettelse.offentliggoer(aktoer=leder, beregning_id=en.pk)


@pytest.mark.django_db(transaction=True)
def test_publication_waits_for_a_set_that_is_being_published_and_is_then_refused() -> None:
    indtil_aaret()
    en = godkendt(fyldt_budget())
    leder, udsendt = anden(en), threading.Event()

    def forsoeg(nummer: int) -> None:
        if nummer:
            udsendt.wait(timeout=10)
            offentliggoer(en, leder)
            return
        with afsender("opgave:test", kilde="test"), transaction.atomic():
            endeligt(LAVERE_LOFT)
            udsendt.set()
            til_en_venter()

    assert [r.fejl for r in loeb(forsoeg, 2)] == [None, "vilkaar_aendret"]
    assert not Takst.objects.filter(takstberegning=en).exists()


@pytest.mark.django_db(transaction=True)
def test_set_waits_for_the_publication_that_rests_on_those_before_it() -> None:
    indtil_aaret()
    en = godkendt(fyldt_budget())
    leder, offentliggjort = anden(en), threading.Event()

    def forsoeg(nummer: int) -> None:
        if nummer:
            offentliggjort.wait(timeout=10)
            with afsender("opgave:test", kilde="test"):
                endeligt(LAVERE_LOFT)
            return
        with transaction.atomic():
            offentliggoer(en, leder)
            offentliggjort.set()
            til_en_venter()

    assert [r.fejl for r in loeb(forsoeg, 2)] == [None, None]
    assert taksten(en).vilkaarssaet_id == en.vilkaarssaet_id


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_it_is_published_with_terms_that_no_longer_govern(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the race is lost when the lock is taken away."""
    indtil_aaret()
    en = godkendt(fyldt_budget())
    leder = anden(en)
    monkeypatch.setattr(genberegning, "hold_vilkaar", lambda _kode: None)
    with transaction.atomic():
        endeligt(LAVERE_LOFT)
        (loebet,) = loeb(lambda _nummer: offentliggoer(en, leder), 1)
    assert loebet.fejl is None
    assert taksten(en).vilkaarssaet_id == en.vilkaarssaet_id
    with transaction.atomic():
        assert hindringer(Takstberegning.objects.egne(oekonom()).get(pk=en.pk))
