"""What the demo data hold at the small scale: nothing at odds with the register, and every planted trouble."""

from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import F, Q
from django.test import Client
from django.urls import reverse

from faelles.tid import Periode, idag, nu
from kommuner.models import Bruger, Kommune, Organisation, Rolle
from rammeaftale.aarshjul.queries import hjul_for, stillinger
from rammeaftale.aarshjul.regler import Trinstand
from rammeaftale.demo import akut
from rammeaftale.demo.sager import aktoer
from rammeaftale.demo.sammenlaegning import OESTDANMARK
from rammeaftale.demo.skala import SKALAER
from rammeaftale.demo.takster import FOERSTE_AAR
from rammeaftale.hoering.queries import vis as vis_hoering
from rammeaftale.hoering.regler import Behandlingsudfald, Hoeringsstand
from rammeaftale.livscyklus import Partsstatus
from rammeaftale.models import (
    Aarshjulstrin,
    Aarshjulsudfoerelse,
    Aftaletrin,
    Godkendelse,
    Hoering,
    Klausuludgave,
    Organ,
    Rammeaftale,
    Version,
)
from rammeaftale.organer.queries import med_medlemmer, vis
from rammeaftale.queries import partsstande
from rammeaftale.rapporter.omraadetal import omraadetal
from rammeaftale.tavle import vis_alle
from rammeaftale.vejen import vejen
from reservationer.sag.models import Ophold, Opholdspris, Placeringsaftale, Reservation
from reservationer.sag.ophold import queries as opholdsqueries
from reservationer.sag.queries import SNART
from reservationer.venteliste.models import Ventelistepost
from takster.models import Finansiering, Prisart, Prisblad, Regnskab, Takst
from takster.prisblade.inddata import genberegn as blade_genberegn
from tests import fabrik
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.belaegning.querysets import er_ledig
from tilbud.models import Bekraeftelse, Merpladstilladelse, Plads, Pladsart, Tilbud, Tilsynsgodkendelse
from tilbud.pladsloft import Pladsdage, overskridelser
from tilbud.queries import bloklister
from vilkaar.models import Vilkaarssaet
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende_i_kommune

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lille")]


def test_everything_is_marked_demo() -> None:
    assert not Tilbud.objects.filter(demo=False).exists()
    assert not Rammeaftale.objects.filter(demo=False).exists()
    assert not Vilkaarssaet.objects.filter(demo=False).exists()
    kendte = {"kommune", "region"}
    assert not Organisation.objects.filter(demo=False).exclude(art__in=kendte).exists()


def test_areas_takster_can_be_held_up_against_the_ceiling() -> None:
    fundet = omraadetal(fabrik.kkr(), idag()).vaekst
    assert fundet.resultat is not None, fundet.hvorfor_ikke
    assert fundet.resultat.inddata.basis.aar == FOERSTE_AAR


def test_demo_hearing_says_that_it_is_one_and_has_every_kind_of_answer() -> None:
    v = vis_hoering(Hoering.objects.get(afsluttet__isnull=False))
    assert v.hoering.titel.startswith("Demo")
    assert all(m.modtager.navn.startswith("Demo: ") for m in v.modtagere)
    assert (v.svaret, len(v.uden_bemaerkninger), len(v.mangler), v.ubehandlede) == (4, 1, 1, 0)
    assert {b.behandling.udfald for a in v.afsnit for b in a.bemaerkninger if b.behandling} == set(Behandlingsudfald)
    assert {a.navn for a in v.med_bemaerkninger} >= {"Udkastet som helhed", "1 Formål", "3 Udvikling af tilbud"}


def test_demo_hearings_are_about_the_introduction_their_version_has() -> None:
    indledninger = Hoering.objects.values_list("indledning", "version__indledning")
    assert any(fundet for fundet, _ in indledninger)
    assert all(fundet == versionens for fundet, versionens in indledninger)


def test_open_demo_hearing_can_be_answered_today_by_the_link_that_is_shown(settings: Any) -> None:
    settings.DEBUG = True
    v = vis_hoering(Hoering.objects.get(afsluttet=None))
    assert "demohøring" in v.hoering.titel
    assert all(m.modtager.navn.startswith("Demo: ") for m in v.modtagere)
    assert (v.stand, v.svaret, len(v.mangler), v.hoering.paamind_dage) == (Hoeringsstand.SENDT, 1, 1, None)
    (linje,) = [linje for linje in _demoadgang() if "/hoering/svar" in linje]
    assert v.mangler[0].modtager.navn in linje
    sti = linje[linje.index("/hoering/svar") :]
    client = Client()
    side = client.get(sti)
    assert (side.status_code, "Demonstrationsdata" in side.content.decode()) == (200, True)
    assert client.post(sti, {"generelt": "Enig."}).status_code == 302
    assert vis_hoering(v.hoering).svaret == 2
    assert not any("/hoering/svar" in linje for linje in _demoadgang()), "it is answered"


def _demoadgang() -> list[str]:
    ud = StringIO()
    call_command("demoadgang", stdout=ud)
    return ud.getvalue().splitlines()


def test_claims_keep_within_places_and_places_within_offers() -> None:
    assert not Optagelse.objects.exclude(plads__periode__contains=F("periode")).exists()
    assert not Optagelse.objects.exclude(plads__ugedage__contains=F("ugedage")).exists()
    lukker = Q(afdeling__tilbud__lukket_fra__isnull=False)
    efter = Q(periode__endswith=None) | Q(periode__endswith__gt=F("afdeling__tilbud__lukket_fra"))
    assert not Plads.objects.filter(lukker & efter).exists()


def test_approvals_hold_what_is_taken_except_where_one_has_run_out() -> None:
    udloebet = [t.pk for t in Tilbud.objects.all() if bloklister(t.pk, idag()).udloebne]
    assert len(udloebet) == 1
    tilladelser = Merpladstilladelse.objects.all()
    assert tilladelser
    assert all("demo" in ord_ for ord_ in [*tilladelser.values_list("grund", flat=True)])
    assert all("demo" in g.socialtilsyn for g in Tilsynsgodkendelse.objects.all())
    for tilbud in Tilbud.objects.exclude(pk__in=udloebet):
        pladser = Plads.objects.filter(afdeling__tilbud=tilbud)
        godkendte = [(Periode.af_range(g.periode), g.pladser) for g in tilbud.tilsynsgodkendelser.all()]
        tilladte: dict[str, list[tuple[Periode, int]]] = {}
        for m in tilladelser.filter(afdeling__tilbud=tilbud):
            tilladte.setdefault(str(m.afdeling_id), []).append((Periode.af_range(m.periode), m.pladser))
        aabne = [
            Pladsdage(Periode.af_range(p.periode), frozenset(p.ugedage), str(p.afdeling_id), p.merplads)
            for p in pladser
        ]
        assert list(overskridelser(aabne, godkendte, tilladte, idag(), udloebne=True)) == []


def test_first_offer_has_confirmed_free_places_for_the_demonstration() -> None:
    tilbud = Tilbud.objects.get(navn="Botilbuddet Kærgården")
    assert str(tilbud.beliggenhedskommune) == "Gladsaxe"
    assert tilbud.driftsherre.navn == "Gladsaxe Kommune"
    assert list(tilbud.hjemler.values_list("kode", flat=True)) == ["SEL-107"]
    assert [gruppe.term for gruppe in tilbud.maalgrupper.all()] == ["Autismespektrum"]
    assert (nu() - tilbud.afdelinger.get().bekraeftelser.latest("tidspunkt").tidspunkt) < timedelta(days=7)
    for dag in (idag(), idag() + timedelta(days=30), idag() + timedelta(days=400)):
        ledige = Plads.objects.filter(afdeling__tilbud=tilbud).exclude(optagelser__periode__contains=dag)
        assert ledige.count() >= 6


def test_troubles_are_planted_even_at_the_small_scale() -> None:
    assert Tilbud.objects.filter(lukket_fra__isnull=False).exists()
    assert Tilbud.objects.filter(beskyttet_adresse=True).exists()
    assert max(len(navn) for navn in Tilbud.objects.values_list("navn", flat=True)) > 100
    assert Tilbud.objects.filter(driftsherre__art__in=("privat", "selvejende")).exists()
    udgaaende = Tilbud.objects.get(uden_pladser=True)
    assert (udgaaende.afdelinger.count(), udgaaende.hjemler.get().pk) == (1, "SEL-85")
    assert not udgaaende.ydelser.exclude(leveringsform="udgaaende").exists()
    assert not Plads.objects.filter(afdeling__tilbud=udgaaende).exists()
    assert Optagelse.objects.filter(art=Optagelsesart.LUKKET).exists()
    assert Plads.objects.filter(merplads=True).exists()
    assert set(Plads.objects.values_list("art", flat=True)) == set(Pladsart.values)
    assert not Plads.objects.filter(afdeling__tilbud__navn="Botilbuddet Kærgården").exclude(art="doegn").exists()
    delte = Optagelse.objects.filter(plads__art="dag", ugedage__len__lt=5)
    assert {tuple(ugedage) for ugedage in delte.values_list("ugedage", flat=True)} == {(1, 2, 3), (4, 5)}
    skiftende = Takst.objects.exclude(periode__startswith__month=1)
    assert skiftende.exists()
    assert not skiftende.filter(periode__startswith__day=1).exists()
    dage = [(nu() - tidspunkt).days for tidspunkt in Bekraeftelse.objects.values_list("tidspunkt", flat=True)]
    assert min(dage) < 7 <= max(dage)


def test_agreements_stand_as_the_demonstration_needs() -> None:
    i_kraft = Rammeaftale.objects.get(slug="hovedstaden-2025-2026")
    sendt = Rammeaftale.objects.get(slug="hovedstaden-2027-2028")
    assert (i_kraft.tilstand, sendt.tilstand) == ("vedtaget", "sendt")
    assert "Det vides ikke" in sendt.demo_forbehold
    for aftale, region, status in (
        (i_kraft, "Region Hovedstaden", {Partsstatus.GODKENDT: 29, Partsstatus.GODKENDT_MED_BEMAERKNING: 1}),
        (
            sendt,
            "Region Østdanmark",
            {
                Partsstatus.GODKENDT: 25,
                Partsstatus.GODKENDT_MED_BEMAERKNING: 1,
                Partsstatus.UDVALG: 1,
                Partsstatus.AFVENTER: 3,
            },
        ),
    ):
        assert [part.organisation.navn for part in aftale.parter.filter(organisation__art="region")] == [region]
        stande = [stand.status for stand in partsstande(aftale.versioner.get())]
        assert {hver: stande.count(hver) for hver in set(stande)} == status
    assert not Godkendelse.objects.filter(dato__gt=idag()).exists()


def test_wheels_have_something_done_something_late_and_something_to_come() -> None:
    dag = date(2026, 11, 29)
    hjul = hjul_for(vis_alle(list(Rammeaftale.objects.select_related("kkr")), dag), dag)
    assert {punkt.stand for punkt in hjul.punkter} >= {Trinstand.UDFOERT, Trinstand.OVERSKREDET, Trinstand.KOMMENDE}
    assert {s.organisation.navn for s in stillinger(hjul) if s.overskredne} == {
        "Gladsaxe Kommune",
        "Rødovre Kommune",
        "Herlev Kommune",
    }
    trin = Aarshjulstrin.objects.all()
    assert all(t.aftale.demo and t.kilde.startswith("Demo") and t.grundlag == "aftalt" for t in trin)
    assert not Aarshjulsudfoerelse.objects.filter(dato__gt=idag()).exists()


def test_embedsmandsudvalg_is_seven_municipalities_and_the_region() -> None:
    visninger = {v.organ.art: v for v in vis(med_medlemmer(Organ.objects.filter(kkr=fabrik.kkr())), idag())}
    assert {v.organ.demo for v in visninger.values()} == {True}
    assert visninger["embedsmandsudvalg"].sammensaetning == "7 kommuner og 1 region"
    assert visninger["kkr"].sammensaetning == "29 kommuner"


def test_reservations_are_in_every_state_and_nothing_is_held_without_a_case() -> None:
    sager = Reservation.objects.for_systemet("the test looks at all of them")
    antal = min(30, sager.count())
    assert antal >= 5
    tilstande = set(sager.values_list("tilstand", flat=True))
    assert tilstande >= {"afventer", "bekraeftet", "afvist", "annulleret"}
    hold = Optagelse.objects.filter(art=Optagelsesart.HOLD)
    snart = hold.filter(aktiv=True, udloeber__range=(nu(), nu() + SNART), reservation__tilstand="afventer")
    assert snart.filter(reservation__handlekommune__navn="Rødovre Kommune").exists()
    assert hold.count() == sager.filter(optagelse__art=Optagelsesart.HOLD).count()
    assert sager.filter(driftsherre__navn="Gladsaxe Kommune").exists()


def test_needs_of_the_buyers_wait_for_an_offer_of_gladsaxes_some_for_too_long() -> None:
    ventende = Ventelistepost.objects.for_systemet("the test looks at all of them").venter()
    assert {post.tilbud.driftsherre.navn for post in ventende} == {"Gladsaxe Kommune"}
    assert {post.handlekommune.navn for post in ventende} == {"Rødovre Kommune", "Herlev Kommune"}
    assert [post.eskaleres < idag() for post in ventende.order_by("skrevet_op")] == [True, True, False]


def test_skalaer_are_those_of_the_architecture() -> None:
    assert {navn: (skala.tilbud, skala.pladser, skala.ophold) for navn, skala in SKALAER.items()} == {
        "lille": (12, 120, 700),
        "hovedstaden": (350, 5_000, 60_000),
        "landet": (6_500, 60_000, 750_000),
    }


def test_every_crisis_centre_is_protected() -> None:
    krisecentre = Tilbud.objects.filter(hjemler="SEL-109")
    assert not krisecentre.filter(beskyttet_adresse=False).exists()
    assert not Tilbud.objects.filter(beskyttet_adresse=True).exclude(adresse="", laengdegrad=None).exists()


def test_every_set_of_an_agreement_names_its_version_and_its_clauses() -> None:
    saet = list(Vilkaarssaet.objects.filter(kkr=fabrik.kkr()).order_by("nummer"))
    assert [(et.nummer, et.status) for et in saet] == [(1, "endelig"), (2, "endelig"), (3, "foreloebig")]
    versioner = Version.objects.in_bulk([et.version_id for et in Vilkaarssaet.objects.all()])
    for et in Vilkaarssaet.objects.all():
        assert versioner[et.version_id].aftale.periode == et.periode
        assert et.vilkaar.filter(klausul__startswith="Bilag 1: Styringsdel 2.").count() == len(Noegle)


def test_agreements_have_the_way_they_came() -> None:
    veje = {a.slug: [skridt.navn for skridt in vejen(a)] for a in Rammeaftale.objects.filter(kkr=fabrik.kkr())}
    til_parterne = [
        "I embedsmandsudvalget",
        "Tiltrådt af embedsmandsudvalget",
        "Anbefalet af KKR",
        "Sendt til godkendelse",
    ]
    assert veje == {
        "hovedstaden-2023-2024": [*til_parterne, "Vedtaget"],
        "hovedstaden-2025-2026": [*til_parterne, "Vedtaget"],
        "hovedstaden-2027-2028": til_parterne,
    }
    assert not Aftaletrin.objects.filter(Q(dato__gt=idag()) | Q(registreret__gt=nu())).exists()
    assert not Klausuludgave.objects.filter(tidspunkt__gt=nu()).exists()


def test_merger_is_marked_demo_and_shows_both_terms_and_what_they_become() -> None:
    faelles = Rammeaftale.objects.get(kkr__navn=OESTDANMARK)
    assert faelles.demo
    assert "Det vides ikke" in faelles.demo_forbehold
    assert faelles.parter.count() == 29 + 17 + 1
    roedovre, roskilde = (Kommune.objects.get(kortnavn=navn).kommunekode for navn in ("Rødovre", "Roskilde"))
    noegle = Noegle.EFTERREGULERING_TAERSKEL_PROCENT

    def taerskler(kode: str) -> list[Decimal]:
        return [
            gaeldende_i_kommune(kode, dag).tal(noegle)
            for dag in (date(2026, 6, 1), date(2027, 12, 31), date(2028, 1, 1))
        ]

    assert taerskler(roedovre) == [5, 5, 2]
    assert taerskler(roskilde) == [10, 10, 2], "what was priced before keeps the terms it was priced under"
    client = Client()
    client.force_login(Bruger.objects.get(email="sagsbehandler@roedovre.example.dk"))
    assert faelles.titel in client.get(reverse("rammeaftale:liste")).content.decode()
    tilbud = Tilbud.objects.get(navn="Botilbuddet Kærgården")
    dagen = {"dag_dag": "1", "dag_maaned": "1", "dag_aar": "2028"}
    svar = client.get(reverse("rammeaftale:tilbudsvilkaar", args=[tilbud.pk]), dagen)
    forskelle = {en.noegle: set(en.vaerdier) for en in svar.context["side_om_side"].forskelle}
    assert forskelle[noegle] == {"5 procent", "2 procent"}
    assert "side om side" in svar.content.decode()


def test_accounts_of_this_year_are_adjusted_by_its_own_terms_in_a_takst_of_the_merged_ones() -> None:
    aar = idag().year
    et = Regnskab.objects.for_systemet("the test is nobody's").get(tilbud__navn="Botilbuddet Kærgården", aar=aar)
    client = Client()
    client.force_login(Bruger.objects.get(email="oekonomi@gladsaxe.example.dk"))
    svar = client.get(reverse("takster:regnskab", args=[et.pk]))
    html = " ".join(svar.content.decode().split())
    assert f"i taksten for {aar + 2}" in html
    assert svar.context["kilde"].aftale.startswith("Rammeaftale 2025–2026, KKR Hovedstaden")
    assert f"Taksten for {aar + 2} beregnes efter" in html
    assert f"i Rammeaftale 2028–2029, {OESTDANMARK}, version 1 (foreløbigt); et regnskab efterreguleres efter" in html
    grundlag, taerskel = (
        svar.context["grundlag"],
        gaeldende_i_kommune(et.tilbud.beliggenhedskommune_id, date(aar, 1, 1)),
    )
    beholdt = svar.context["opgoerelse"].efterregulering.beholdt
    assert beholdt == grundlag * taerskel.tal(Noegle.EFTERREGULERING_TAERSKEL_PROCENT) / 100, "5 percent, not 2"


def test_stays_with_cases_stand_at_every_stage_for_the_demonstrations_buyers() -> None:
    alle = Ophold.objects.for_systemet("the test looks at all of them").filter(sagsreference__startswith="DEMO-OPHOLD")
    assert {ophold.tilstand for ophold in alle} == {"loebende", "opsagt", "udskrevet"}
    parter = {fabrik.kommune(navn).organisation.pk for navn in ("Rødovre", "Herlev")}
    assert all(parter & set(ophold.parter) for ophold in alle)
    assert Opholdspris.objects.for_systemet("as above").filter(accepteret=None, ophold__in=alle).exists()
    tilstande = [aftale.tilstand for aftale in Placeringsaftale.objects.for_systemet("as above")]
    assert sorted(tilstande) in (["aftalt"], ["aftalt", "kladde"]), "a draft too on days with a place for the last stay"


def test_emergency_stays_run_within_their_weeks_and_past_them_and_a_place_is_free() -> None:
    leder = aktoer(Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)
    akutte = list(opholdsqueries.akutte(leder, idag()))
    assert len(akutte) >= len(akut.BEGYNDT)
    (over,) = opholdsqueries.overskredne(leder, idag())
    assert (over.sagsreference, over.akut_forlaenget, over.tilsyn_orienteret is not None) == ("DEMO-AKUT-2", True, True)
    (inden,) = [et for et in akutte if et.sagsreference == "DEMO-AKUT-1"]
    assert inden.akutfrist is not None
    assert inden.akutfrist >= idag()
    assert not inden.akut_forlaenget
    afsnit = Plads.objects.filter(afdeling__navn="Akutafsnittet", art=Pladsart.AKUT)
    fri = afsnit.filter(er_ledig(Optagelse.objects.all(), Periode(idag()), nu()))
    assert (afsnit.count(), fri.count()) == (akut.PLADSER, akut.PLADSER - len(akut.BEGYNDT))


def test_stays_have_prices_whose_supplements_grow_from_the_first_takst_on() -> None:
    andele = []
    for aar in range(FOERSTE_AAR, idag().year):
        with transaction.atomic():
            priser = list(Opholdspris.objects.for_systemet("test").filter(periode__contains=date(aar, 7, 1)))
        andele.append(sum(pris.samlet - pris.takst for pris in priser) / sum(pris.takst for pris in priser))
    assert andele == sorted(andele)
    assert andele[0] > 0


def test_prices_beside_the_takst_and_shares_by_a_key_can_be_computed_again() -> None:
    """Of every kind, and none that contradicts the published takst."""
    with transaction.atomic():
        blade = list(Prisblad.objects.for_systemet("test"))
        delte = list(Finansiering.objects.for_systemet("test"))
    assert {blad.art for blad in blade} == set(Prisart.values)
    assert delte
    assert all(blade_genberegn(Prisart(blad.art), blad.beregning) == blad.beregning for blad in blade)
    assert all(sum(andel.beloeb for andel in en.andele) == en.beloeb for en in delte)
