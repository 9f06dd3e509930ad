"""Prices beside the takst and costs shared by a key, made with preliminary terms, when those become final: confirmed, or sent in again for two persons."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from faelles.afsender import afsender
from faelles.aktoer import Aktoer
from faelles.fejl import Konflikt
from faelles.ids import uuid7
from faelles.models import Haendelse
from faelles.tid import Periode
from kommuner.models import Rolle
from takster.finansiering import actions as finansiering
from takster.genberegning import actions
from takster.genberegning.actions import genberegn_ventende
from takster.genberegning.queries import aabne, omraadets, ventende
from takster.models import Finansiering, Genberegning, Prisblad
from takster.models.forloeb import Forloeb
from takster.prisblade import actions as prisblade
from tests import fabrik
from tests.api import klienter
from tests.kaploeb import loeb
from tests.takster.budget.situationer import oekonom
from tests.takster.fastsaettelse.test_views import logget_ind, tekst
from tests.takster.finansiering import situationer as delt
from tests.takster.genberegning.situationer import AAR, FOERSTE, SLUT, endeligt, foreloebigt, indtil_aaret
from tests.takster.prisblade import situationer as ved_taksten
from vilkaar.actions import traek_foreloebige, udsend_saet
from vilkaar.models import Saetstatus
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db
I_OERE: dict[Noegle, str] = {Noegle.AFRUNDING: "oere"}  # changes levels, and shares that do not come out in kroner
MERE_OVERHEAD: dict[Noegle, str] = {Noegle.OVERHEAD_PROCENT: "7"}  # changes supplements


def tillaeg() -> Prisblad:
    return ved_taksten.tillaeg(ved_taksten.gladsaxes(fra=FOERSTE, til=SLUT))


def niveauer() -> Prisblad:
    return ved_taksten.niveauer(ved_taksten.gladsaxes(fra=FOERSTE, til=SLUT))


def andele(**andet: Any) -> Finansiering:
    noegle = delt.noegle(Gladsaxe="15000", Herlev="6000", Rødovre="9001")
    return delt.indsendt(aar=AAR, noegle=noegle, **andet)


def udgivet(en: Any) -> Any:
    return ved_taksten.udgivet(en) if isinstance(en, Prisblad) else delt.udgivet(en)


def frisk(en: Any) -> Any:
    return type(en).objects.synlige_for(oekonom()).select_related("vilkaarssaet").get(pk=en.pk)


def send_genberegnet(en: Any, af: Aktoer | None = None) -> Any:
    if isinstance(en, Prisblad):
        return prisblade.foreslaa_genberegnet(aktoer=af or oekonom(), prisblad_id=en.pk)
    return finansiering.foreslaa_genberegnet(aktoer=af or oekonom(), finansiering_id=en.pk)


def fundet(en: Any) -> Genberegning:
    felt = "prisblad" if isinstance(en, Prisblad) else "finansiering"
    return Genberegning.objects.synlige_for(oekonom()).select_related(felt).get(**{felt: en})


SLAGS = [
    pytest.param(tillaeg, MERE_OVERHEAD, id="tillaeg"),
    pytest.param(niveauer, I_OERE, id="niveauer"),
    pytest.param(andele, I_OERE, id="andele"),
]


@pytest.mark.parametrize(("lav", "andre"), SLAGS)
def test_same_amounts_confirm_what_is_published(lav: Callable[[], Forloeb], andre: dict[Noegle, str]) -> None:
    del andre
    foreloebigt()
    en = udgivet(lav())
    navn = en._meta.model_name
    assert (en.foreloebig, genberegn_ventende()) == (True, 0)
    saet = endeligt()
    assert ventende(oekonom()) == [(navn, en.pk)]
    assert genberegn_ventende() == 1
    nu = frisk(en)
    assert (nu.foreloebig, nu.vilkaarsstatus) == (False, f"Endelig, efter sæt {saet.nummer}")
    assert (nu.beregning, nu.vilkaarssaet_id, nu.ophoert) == (en.beregning, en.vilkaarssaet_id, None)
    assert Haendelse.objects.get(type=f"{navn}.bekraeftet").entitet_id == str(en.pk)
    assert (ventende(oekonom()), aabne(oekonom()), genberegn_ventende()) == ([], [], 0)
    with pytest.raises(Konflikt, match="intet genberegnet"):
        send_genberegnet(en)


@pytest.mark.parametrize("sendt_ind_alene", [False, True])
@pytest.mark.parametrize("ens", [True, False])
@pytest.mark.parametrize(("lav", "andre"), SLAGS)
def test_secretariat_is_told_the_outcome_as_the_operator_is_and_no_amount(
    lav: Callable[[], Forloeb],
    andre: dict[Noegle, str],
    ens: bool,
    sendt_ind_alene: bool,
) -> None:
    foreloebigt()
    en = lav() if sendt_ind_alene else udgivet(lav())
    endeligt({} if ens else andre)
    assert omraadets(fabrik.sekretariat(), AAR).i_alt == 0
    assert genberegn_ventende() == 1
    g = fundet(en)
    assert g.bekraefter is ens
    omraadet = omraadets(fabrik.sekretariat(), AAR)
    assert omraadet.antal == {"bekraeftet": int(ens), "aendret": int(not ens), "fejl": 0}
    assert omraadet.mangler == ([] if ens else [(g.tilbud_id, g.tilbud.navn, en._meta.model_name, "aendret")])
    assert omraadets(fabrik.sekretariat(), AAR + 5).i_alt == 0
    fabrik.kommune("Roskilde", i="KKR Sjælland")
    assert omraadets(fabrik.sekretariat("KKR Sjælland"), AAR).i_alt == 0


def test_secretariats_page_names_prices_and_shares_that_wait() -> None:
    foreloebigt()
    for lav in (tillaeg, andele):
        udgivet(lav())
    endeligt({**MERE_OVERHEAD, **I_OERE})
    genberegn_ventende()
    sekretaer, sekretariat = Client(), fabrik.kkr().sekretariat
    assert sekretariat is not None
    sekretaer.force_login(fabrik.bruger(Rolle.SEKRETARIAT, sekretariat))
    side = " ".join(tekst(sekretaer.get(reverse("takster:frist", args=[AAR]))).split())
    assert "2 gav en anden takst, andre priser eller en anden deling" in side
    assert "</a>: andre priser ved siden af taksten venter hos driftsherren" in side
    assert "</a>: en anden deling efter nøgle venter hos driftsherren" in side


@pytest.mark.parametrize(("lav", "andre"), SLAGS)
def test_other_amounts_wait_to_be_sent_in_and_take_the_place_by_two_persons(
    lav: Callable[[], Forloeb], andre: dict[Noegle, str]
) -> None:
    foreloebigt()
    en = udgivet(lav())
    navn = en._meta.model_name
    saet = endeligt(andre)
    assert genberegn_ventende() == 1
    assert (frisk(en).foreloebig, [g.af.pk for g in aabne(oekonom(), AAR)]) == (True, [en.pk])
    assert not aabne(oekonom(), AAR - 1)
    selv = oekonom()
    ny = send_genberegnet(en, selv)
    assert (ny.vilkaarssaet_id, ny.tilstand, ny.beregning) == (saet.pk, "indsendt", fundet(en).resultat)
    assert f"sæt {saet.nummer}" in ny.begrundelse
    with pytest.raises(Konflikt, match="selv sendt ind"):
        type_actions(ny).godkend(aktoer=selv, **{f"{navn}_id": ny.pk})
    with pytest.raises(Konflikt, match="venter allerede"):
        send_genberegnet(en)
    ny = udgivet(ny)
    foer = frisk(en)
    assert (foer.beregning, foer.vilkaarssaet_id, foer.ophoert is None) == (en.beregning, en.vilkaarssaet_id, False)
    assert (ny.erstatter_id, ny.foreloebig, ny.i_kraft) == (en.pk, False, True)
    assert ny.priser_i(ny.beregning) != foer.priser_i(foer.beregning)
    assert Haendelse.objects.get(type=f"{navn}.aendret").entitet_id == str(ny.pk)
    assert (aabne(oekonom()), genberegn_ventende()) == ([], 0)
    with pytest.raises(Konflikt, match="intet genberegnet"):
        send_genberegnet(en)


def type_actions(en: Any) -> Any:
    return prisblade if isinstance(en, Prisblad) else finansiering


@pytest.mark.parametrize(("lav", "andre"), SLAGS)
def test_one_that_waits_is_published_as_final_only_when_it_is_the_same(
    lav: Callable[[], Forloeb], andre: dict[Noegle, str]
) -> None:
    foreloebigt()
    en = lav()
    endeligt(andre)
    for _ in range(2):  # before it is computed again, and after
        with pytest.raises(Konflikt, match="foreløbige vilkår") as fejl:
            udgivet(en)
        assert fejl.value.kode == "vilkaar_blevet_endelige"
        genberegn_ventende()
    assert [g.af.pk for g in aabne(oekonom())] == [en.pk]


@pytest.mark.parametrize("genberegnet_foerst", [False, True])
def test_one_that_waits_and_stays_the_same_is_published_as_final(genberegnet_foerst: bool) -> None:
    foreloebigt()
    blade = [tillaeg(), andele()]
    saet = endeligt()
    if genberegnet_foerst:
        assert genberegn_ventende() == 2
    assert [udgivet(en).bekraeftet_id for en in blade] == [saet.pk] * 2
    assert (genberegn_ventende(), aabne(oekonom())) == (0, [])


def test_package_is_the_sum_of_its_takster_whatever_the_rounding() -> None:
    foreloebigt()
    takst = ved_taksten.gladsaxes(fra=FOERSTE, til=SLUT)
    anden = fabrik.takst(takst.afdeling, "500.00", fra=FOERSTE, til=SLUT, kode="SEL-103")
    pakke = udgivet(ved_taksten.pakke(takst, anden))
    saet = endeligt(I_OERE)
    genberegn_ventende()
    assert frisk(pakke).bekraeftet_id == saet.pk


def test_set_that_is_recalled_leaves_them_standing_on_the_previous_final_one() -> None:
    version, foer = uuid7(), indtil_aaret()
    udsend_saet(
        kkr=fabrik.kkr(),
        periode=Periode(FOERSTE),
        status=Saetstatus.FORELOEBIG,
        aftale="Bortfalder",
        vaerdier={**fabrik.VAERDIER, **MERE_OVERHEAD},
        demo=True,
        version_id=version,
    )
    blad, en = udgivet(tillaeg()), udgivet(andele())
    traek_foreloebige([version])
    assert genberegn_ventende() == 2
    assert (frisk(en).bekraeftet_id, frisk(en).vilkaarsstatus) == (foer.pk, f"Endelig, efter sæt {foer.nummer}")
    assert [g.af.pk for g in aabne(oekonom())] == [blad.pk]
    assert send_genberegnet(blad).vilkaarssaet_id == foer.pk


def test_term_that_is_missing_is_told_and_there_is_nothing_to_send_in() -> None:
    foreloebigt()
    blad = udgivet(tillaeg())
    endeligt(uden=Noegle.OVERHEAD_PROCENT)
    genberegn_ventende()
    assert "overhead_procent" in fundet(blad).fejl
    assert frisk(blad).foreloebig
    with pytest.raises(Konflikt, match="intet genberegnet"):
        send_genberegnet(blad)
    side = tekst(logget_ind().get(reverse("takster:prisblad", args=[blad.pk])))
    assert "overhead_procent" in side
    assert "Send de genberegnede ind" not in side


def test_days_that_go_on_after_a_cut_keep_what_confirmed_them() -> None:
    foreloebigt({Noegle.MIDTAARSAENDRING: "ja"})
    takst = ved_taksten.gladsaxes(fra=FOERSTE, til=SLUT)
    udgivet(ved_taksten.tillaeg(takst))
    saet = endeligt({Noegle.MIDTAARSAENDRING: "ja"})
    genberegn_ventende()
    udgivet(ved_taksten.tillaeg(takst, fra=date(AAR, 7, 1), begrundelse="Ny normering"))
    foerste, nyt = Prisblad.objects.offentlige(oekonom()).order_by("periode")
    assert (foerste.bekraeftet_id, nyt.vilkaarssaet_id, nyt.bekraeftet_id) == (saet.pk, saet.pk, None)
    assert genberegn_ventende() == 0


def test_one_cut_off_in_the_middle_is_done_whole_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    foreloebigt()
    en = udgivet(andele())
    endeligt()

    def draebt(*_args: Any, **_kwargs: Any) -> None:
        raise SystemExit  # the worker is told to stop between the two writings

    with monkeypatch.context() as patch:
        patch.setattr(actions, "_bekraeft", draebt)
        with pytest.raises(SystemExit):
            genberegn_ventende()
    assert not Genberegning.objects.for_systemet("test").exists()
    assert (genberegn_ventende(), genberegn_ventende()) == (1, 0)
    assert (frisk(en).foreloebig, Genberegning.objects.for_systemet("test").count()) == (False, 1)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_give_one_result() -> None:
    foreloebigt()
    en = udgivet(tillaeg())
    endeligt(MERE_OVERHEAD)
    resultater = loeb(lambda _: _koer(), 4)
    assert [r.fejl for r in resultater] == [None] * 4
    with transaction.atomic():
        assert Genberegning.objects.for_systemet("test").filter(prisblad=en).count() == 1


def _koer() -> None:
    with afsender("opgave:test", kilde="test"):
        genberegn_ventende()


def test_operator_sees_them_on_the_start_page_the_list_and_their_page_and_sends_them_in() -> None:
    foreloebigt()
    blad, en = udgivet(tillaeg()), udgivet(andele())
    endeligt(MERE_OVERHEAD | I_OERE)
    liste = reverse("takster:liste") + f"?aar={AAR}"
    assert "2 beregninger med foreløbige vilkår bliver genberegnet" in " ".join(tekst(logget_ind().get(liste)).split())
    genberegn_ventende()
    sider = {
        "prisblad": (blad, "1.060,00 kr. bliver 1.070,00 kr."),
        "finansiering": (en, "Gladsaxe: 499.984,00 kr. bliver 499.983,34 kr."),
    }
    klient = logget_ind()
    for navn, (hvad, forskel) in sider.items():
        adresse = reverse(f"takster:{navn}", args=[hvad.pk])
        for side in ("/", liste):
            assert f'href="{adresse}"' in tekst(klient.get(side))
        side = tekst(klient.get(adresse))
        assert forskel in side.replace("\xa0", " ")
        assert "Send de genberegnede ind" in side
        klient.post(reverse(f"takster:genberegnet_{navn}", args=[hvad.pk]))
        fremmed = tekst(logget_ind(Rolle.LAESER, "Herlev").get(adresse))
        assert "Vilkårene er blevet endelige" not in fremmed
    for model in (Prisblad, Finansiering):
        (ny,) = model.objects.egne(oekonom()).filter(tilstand="indsendt")
        assert ny.begrundelse.startswith("Genberegnet")


def test_rest__says_which_set_confirmed_them() -> None:
    foreloebigt()
    blad, en = udgivet(tillaeg()), udgivet(andele())
    klient = klienter.myndighed("Herlev")
    for navn, hvad in (("prisblade", blad), ("finansieringer", en)):
        svar = klient.get(f"/api/v1/{navn}/{hvad.pk}").json()
        assert (svar["foreloebig"], svar["bekraeftetAf"]) == (True, None)
    saet = endeligt()
    genberegn_ventende()
    for navn, hvad in (("prisblade", blad), ("finansieringer", en)):
        svar = klient.get(f"/api/v1/{navn}/{hvad.pk}").json()
        assert (svar["foreloebig"], svar["bekraeftetAf"]) == (False, saet.nummer)


def test_another_operator_sees_nothing() -> None:
    foreloebigt()
    for lav in (tillaeg, andele):
        udgivet(lav())
    endeligt(MERE_OVERHEAD | I_OERE)
    genberegn_ventende()
    for hvem in (oekonom("Herlev"), fabrik.sagsbehandler(), fabrik.sekretariat()):
        assert (Genberegning.objects.synlige_for(hvem).exists(), aabne(hvem)) == (False, [])


def test_database_keeps_what_came_of_them() -> None:
    foreloebigt()
    blad, en = udgivet(tillaeg()), udgivet(andele())
    saet = endeligt()
    genberegn_ventende()
    faste = {"driftsherre": en.driftsherre, "tilbud": en.tilbud}
    for andre, navn in (
        ({"finansiering": en, "vilkaarssaet": saet, "resultat": {}}, "genberegning_en_pr_finansiering_og_saet"),
        ({"prisblad": blad, "vilkaarssaet": saet, "resultat": {}}, "genberegning_en_pr_prisblad_og_saet"),
        ({"prisblad": blad, "vilkaarssaet": en.vilkaarssaet, "beloeb": 1}, "genberegning_beloeb_eller_fejl"),
        ({"vilkaarssaet": saet, "fejl": "x"}, "genberegning_af_netop_en"),
        ({"prisblad": blad, "finansiering": en, "vilkaarssaet": saet, "fejl": "x"}, "genberegning_af_netop_en"),
    ):
        with pytest.raises(IntegrityError, match=navn), transaction.atomic():
            Genberegning.objects.create(**faste, **andre)
    for hvad in (blad, en):
        navn = hvad._meta.model_name
        egne = type(hvad).objects.egne(oekonom())
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            egne.filter(pk=hvad.pk).update(bekraeftet=None)
        vent = tillaeg() if navn == "prisblad" else andele(navn="Anden")
        with pytest.raises(IntegrityError, match=f"{navn}_bekraeftet_af_et_andet_saet"), transaction.atomic():
            egne.filter(pk=vent.pk).update(bekraeftet=en.vilkaarssaet)


def test_amount_is_never_changed_in_place() -> None:
    foreloebigt()
    en = udgivet(andele())
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Finansiering.objects.egne(oekonom()).filter(pk=en.pk).update(beloeb=Decimal(1))
