"""The terms browser: a KKR and a day, a set, two side by side with their clauses; and why a set does not govern an offer's day."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faelles.ids import uuid7
from faelles.tid import Periode
from kommuner.models import KkrMedlemskab, Rolle
from rammeaftale.actions import traek_vilkaar, udsend_foreloebigt
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.tekst.queries import klausuler
from rammeaftale.tekst.saetvisning import alle_saet, forskelle
from rammeaftale.tekst.saetvisning import vis as viste_saet
from rammeaftale.tekst.vilkaarsvisning import dagsvilkaar, grupper, raekker, side_om_side
from tests import fabrik
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, send, tag
from tests.rammeaftale.tekst.test_modstrid import allonge
from tests.rammeaftale.test_sider import sekretariat
from tests.rammeaftale.test_trin import nyeste
from tests.takster.genberegning.situationer import indtil_aaret
from vilkaar.actions import traek_foreloebige, udsend_saet
from vilkaar.kalender import vilkaarskalender
from vilkaar.models import Saetstatus, Vilkaarssaet
from vilkaar.noegler import NOEGLER, Noegle

pytestmark = pytest.mark.django_db
FOERSTE = date(2027, 1, 1)


def vis(klient: Client, **valg: str) -> str:
    svar = klient.get(reverse("rammeaftale:vilkaarssaet"), valg)
    assert svar.status_code == 200
    return " ".join(svar.content.decode().split())


def laeser(navn: str = "Rødovre") -> Client:
    klient = Client()
    klient.force_login(fabrik.bruger(Rolle.LAESER, fabrik.kommune(navn).organisation))
    return klient


def paa(dag: str, kkr: str = "") -> dict[str, str]:
    return {"kkr": kkr or fabrik.kkr().slug, "dag": dag}


def test_kkr_and_a_day_give_the_set_that_governs_and_why() -> None:
    klient = laeser()
    foer = indtil_aaret()
    ny = fabrik.vilkaar(fabrik.kkr(), fra=FOERSTE, status=Saetstatus.FORELOEBIG, andre={Noegle.OVERHEAD_PROCENT: "6.5"})
    assert f">Sæt {foer.nummer}, KKR Hovedstaden</h2>" in vis(klient), "the actor's own KKR, today"
    side = vis(klient, **paa("2027-03-01"))
    assert f">Sæt {ny.nummer}, KKR Hovedstaden</h2>" in side
    assert "det er det foreløbige sæt for dagen" in side
    assert "6,5 procent" in side
    assert "Ingen vilkår den dag" in vis(klient, **paa("2006-12-31"))


def test_two_sets_are_compared_side_by_side_also_across_kkrs() -> None:
    klient = laeser()
    foer = indtil_aaret()
    fabrik.kommune("Roskilde", i="KKR Sjælland")
    vaerdier: dict[Noegle, str] = {
        noegle: v for noegle, v in fabrik.VAERDIER.items() if noegle is not Noegle.TAKST_FRIST
    }
    anden = udsend_saet(
        kkr=fabrik.kkr("KKR Sjælland"),
        periode=Periode(FOERSTE),
        status=Saetstatus.ENDELIG,
        aftale="Sjællands",
        vaerdier={**vaerdier, Noegle.OVERHEAD_PROCENT: "7.25"},
        demo=True,
        afloeser=True,
    )
    side = vis(klient, **paa("2027-03-01"), saet=str(anden.pk), mod=str(foer.pk))
    assert f"Sammenlignet med sæt {foer.nummer}, KKR Hovedstaden" in side
    forskelle = side[side.index('aria-label="Forskelle') : side.index("De øvrige vilkår er ens")]
    assert forskelle.count('<th scope="row">') == 2
    assert '<td>6 procent<span class="sekundaer">Takstberegning</span></td> <td>7,25 procent' in forskelle
    assert "<td>10.12<" in forskelle
    assert "<td>mangler</td>" in forskelle
    assert "Vilkårene er ens i de to sæt." in vis(klient, **paa("2027-03-01"), saet=str(foer.pk), mod=str(foer.pk))


def test_clause_is_read_as_it_was_in_the_set_by_those_who_may() -> None:
    aftale = kladde("Rødovre")
    indtil_aaret()
    anbefal(aftale)
    (foreloebigt,) = udsend_foreloebigt(aktoer=fabrik.sekretariat(), aftale_id=aftale.id)
    tekst, *_ = klausuler(nyeste(aftale))
    url = reverse("rammeaftale:klausuludgave", args=[aftale.slug, tekst.id, tekst.udgave.pk])
    valg = {**paa("2027-03-01"), "saet": str(foreloebigt.pk)}
    klient = laeser()
    assert f'<a href="{url}">Styringsdel 3.1 Takster og frister</a>' in vis(klient, **valg)
    assert klient.get(url).status_code == 200
    fabrik.kommune("Odense", i="KKR Syddanmark")
    fremmed = vis(laeser("Odense"), **valg)
    assert ("Styringsdel 3.1 Takster og frister" in fremmed, url in fremmed) == (True, False)


def test_term_an_allonge_lets_stand_leads_to_the_agreements_clause() -> None:
    aftale = kladde("Rødovre")
    indtil_aaret()
    anbefal(aftale)
    send(aftale)
    godkend(aftale)
    hovedtekst, *_ = klausuler(nyeste(aftale))
    ny = allonge(aftale, date(2028, 1, 1), "9", {Noegle.OVERHEAD_PROCENT: "7"})
    send(ny)
    godkend(ny)
    (egen,) = klausuler(nyeste(ny))
    side = vis(sekretariat(), **paa("2028-03-01"))
    for slug, tekst in ((aftale.slug, hovedtekst), (ny.slug, egen)):
        assert reverse("rammeaftale:klausuludgave", args=[slug, tekst.id, tekst.udgave.pk]) in side


def test_kkr_made_of_others_shows_every_set_its_municipalities_bring_with_them() -> None:
    klient = laeser()
    fabrik.kommune("Roskilde", i="KKR Sjælland")
    nyt = fabrik.flyt_til_kkr("KKR Østdanmark", "Rødovre", "Roskilde", fra=date(2028, 1, 1))
    side = vis(klient, **paa("2028-03-01", nyt.slug))
    assert "KKR Hovedstaden</h2>" in side
    assert "KKR Sjælland</h2>" in side
    assert "har det med fra deres tidligere KKR, fortsætter det." in side


def test_choice_that_is_none_is_told_at_its_field() -> None:
    for valg in ({"saet": str(uuid7())}, {"mod": "x"}, {"kkr": "kkr-maanen"}, {"dag": "31.2.2027"}):
        svar = laeser().get(reverse("rammeaftale:vilkaarssaet"), {**paa("2027-03-01"), **valg})
        assert svar.status_code == 422
        assert set(svar.context["form"].errors) == set(valg)


def grunde(kode: str, dag: date) -> dict[int, str]:
    return {en.saet.nummer: en.grund for en in dagsvilkaar(kode, dag).andre}


def test_municipality_that_comes_back_to_a_kkr_has_its_sets_again() -> None:
    """One that is in a KKR twice: the days of both count."""
    gladsaxe = fabrik.kommune("Gladsaxe")
    indtil_aaret()
    ny = fabrik.vilkaar(fabrik.kkr(), fra=FOERSTE, status=Saetstatus.FORELOEBIG)
    (foerste,) = KkrMedlemskab.objects.filter(kommune=gladsaxe)
    syd, hovedstaden = fabrik.kkr("KKR Syddanmark"), fabrik.kkr()
    foerste.periode = Periode(date(2007, 1, 1), date(2020, 1, 1)).som_range
    foerste.save()
    for kkr, periode in ((syd, Periode(date(2020, 1, 1), date(2024, 1, 1))), (hovedstaden, Periode(date(2024, 1, 1)))):
        KkrMedlemskab.objects.create(kkr=kkr, kommune=gladsaxe, periode=periode.som_range)
    for dag, grund in (
        (date(2010, 1, 1), "Sættet gælder først fra 01.01.2027."),
        (date(2022, 1, 1), "Kommunen hører ikke til KKR Hovedstaden den dag."),
        (date(2026, 1, 1), "Sættet gælder først fra 01.01.2027."),
    ):
        andre = [en.grund for en in dagsvilkaar(gladsaxe.kommunekode, dag).andre if en.saet.pk == ny.pk]
        assert andre == [grund]


def foreloebigt(nummer_af: str, til: date | None = None) -> Vilkaarssaet:
    return udsend_saet(
        kkr=fabrik.kkr(), periode=Periode(FOERSTE, til), status=Saetstatus.FORELOEBIG, aftale=nummer_af,
        vaerdier=fabrik.VAERDIER, demo=True, version_id=uuid7(), afloeser=True,
    )  # fmt: skip


def test_preliminary_set_that_ran_out_or_was_taken_over_says_which() -> None:
    kode = fabrik.kommune("Gladsaxe").kommunekode
    indtil_aaret()
    foerste = foreloebigt("Første", date(2029, 1, 1))
    assert grunde(kode, date(2030, 1, 1))[foerste.nummer] == (
        "Sættets periode er gået, og et foreløbigt sæt fortsætter ikke efter den."
    )
    andet = foreloebigt("Andet", date(2029, 1, 1))
    assert grunde(kode, FOERSTE)[foerste.nummer] == "Et senere sæt har overtaget dagen."
    assert andet.version_id
    traek_foreloebige([andet.version_id])
    efter = grunde(kode, FOERSTE)
    assert efter[foerste.nummer] == "Et senere sæt har overtaget dagen."


def test_preliminary_set_that_was_taken_back_says_by_whom_or_that_its_agreement_lapsed() -> None:
    kode = fabrik.kommune("Gladsaxe").kommunekode
    indtil_aaret()
    aftale = kladde("Rødovre")
    anbefal(aftale)
    (saet,) = udsend_foreloebigt(aktoer=fabrik.sekretariat(), aftale_id=aftale.id)
    traek_vilkaar(aktoer=fabrik.sekretariat(), aftale_id=aftale.id)
    assert grunde(kode, FOERSTE)[saet.nummer] == "Sekretariatet har trukket sættet tilbage."
    (nyt,) = udsend_foreloebigt(aktoer=fabrik.sekretariat(), aftale_id=aftale.id)
    tag(aftale, Aftaletilstand.BORTFALDET)
    assert grunde(kode, FOERSTE)[nyt.nummer] == "Sættet er trukket tilbage, fordi aftalen er bortfaldet."


def test_sets_stand_by_their_kkr_in_danish_order_the_newest_first() -> None:
    for navn in ("KKR Aarhus", "KKR Ærø", "KKR Zealand", "KKR Øst"):
        fabrik.vilkaar(fabrik.kkr(navn), fra=FOERSTE, status=Saetstatus.FORELOEBIG)
    orden = ["KKR Zealand", "KKR Ærø", "KKR Øst", "KKR Aarhus"]
    assert [(et.kkr.navn, et.nummer) for et in alle_saet()] == [(navn, nummer) for navn in orden for nummer in (2, 1)]
    side = vis(laeser())
    assert sorted(orden, key=lambda navn: side.index(f">{navn}</option>")) == orden


def test_number_of_statements_does_not_grow_with_the_sets_taken_back() -> None:
    kode = fabrik.kommune("Gladsaxe").kommunekode
    indtil_aaret()
    aftale = kladde("Rødovre")
    anbefal(aftale)
    antal = []
    for _ in range(3):
        udsend_foreloebigt(aktoer=fabrik.sekretariat(), aftale_id=aftale.id)
        traek_vilkaar(aktoer=fabrik.sekretariat(), aftale_id=aftale.id)
        with CaptureQueriesContext(connection) as sendt:
            dagsvilkaar(kode, FOERSTE)
        antal.append(len(sendt))
    assert len(set(antal)) == 1


def test_terms_stand_by_the_number_of_their_clause_and_not_by_its_signs() -> None:
    indtil_aaret()
    klausuler_ = {
        Noegle.INDSIGELSE_FRIST: "Styringsdel 3.10 Sent",
        Noegle.OVERHEAD_PROCENT: "Styringsdel 3.2 Tidligt",
        Noegle.FORESPOERGSEL_SVARFRIST: "Ændringer",
        Noegle.TAKST_FRIST: "Årets frister",
    }
    foer, efter = (
        udsend_saet(
            kkr=fabrik.kkr(), periode=Periode(FOERSTE), status=Saetstatus.FORELOEBIG, aftale="Aftalen", demo=True,
            vaerdier={noegle: fabrik.VAERDIER[noegle] for noegle in klausuler_} | andre, klausuler=klausuler_,
            version_id=uuid7(), afloeser=True,
        )
        for andre in ({}, {Noegle.INDSIGELSE_FRIST: "45", Noegle.OVERHEAD_PROCENT: "7"})
    )  # fmt: skip
    numrene = [Noegle.OVERHEAD_PROCENT, Noegle.INDSIGELSE_FRIST]
    assert [en.noegle for en in raekker(foer)] == [*numrene, Noegle.FORESPOERGSEL_SVARFRIST, Noegle.TAKST_FRIST]
    par = forskelle(*viste_saet(fabrik.sekretariat(), {foer.pk: "", efter.pk: ""}))
    assert [et.raekke.noegle for et in par] == numrene


def test_keys_stand_by_their_clause_in_danish_order(monkeypatch: pytest.MonkeyPatch) -> None:
    navne = {Noegle.TAKST_FRIST: "Årets frister", Noegle.OVERHEAD_PROCENT: "Ændringer", Noegle.BELAEGNING_MIN: "Drift"}
    andre = {noegle: replace(NOEGLER[noegle], klausul=navn) for noegle, navn in navne.items()}
    monkeypatch.setattr("rammeaftale.tekst.vilkaarsvisning.NOEGLER", andre)
    version = nyeste(kladde("Rødovre"))
    assert [gruppe.klausul for gruppe in grupper(version)] == ["Drift", "Ændringer", "Årets frister"]
    indtil_aaret()
    fabrik.vilkaar(
        fabrik.kkr(), fra=FOERSTE, status=Saetstatus.FORELOEBIG,
        andre={Noegle.TAKST_FRIST: "10.11", Noegle.OVERHEAD_PROCENT: "7", Noegle.BELAEGNING_MIN: "90"},
    )  # fmt: skip
    begge = side_om_side(fabrik.kommune("Gladsaxe").kommunekode, FOERSTE)
    assert [en.beskrivelse.klausul for en in begge.forskelle] == ["Drift", "Ændringer", "Årets frister"]


def test_years_side_by_side_read_the_municipalitys_own_kkrs_alone() -> None:
    kode = fabrik.kommune("Gladsaxe").kommunekode
    fabrik.kommune("Odense", i="KKR Syddanmark")
    indtil_aaret()
    fabrik.vilkaar(fabrik.kkr(), fra=FOERSTE, status=Saetstatus.FORELOEBIG)
    aarene = Periode(date(2025, 1, 1), date(2030, 1, 1))
    landet, egen = vilkaarskalender(aarene), vilkaarskalender(aarene, kode)
    assert egen.i_perioden(kode) == landet.i_perioden(kode)
    assert len(egen.i_perioden(kode)) == 2
    assert (set(egen.dage), set(egen.saet) < set(landet.saet)) == ({kode}, True)
    with CaptureQueriesContext(connection) as sendt:
        side_om_side(kode, FOERSTE)
    assert [f"'{kode}'" in en["sql"] for en in sendt] == [True]
