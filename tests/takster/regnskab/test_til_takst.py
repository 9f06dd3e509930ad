"""The accounts as the only source of a takst's efterregulering, from closing to the published takst."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from faelles.fejl import Konflikt
from takster.fastsaettelse.actions import godkend, indsend, offentliggoer
from takster.models import Takstberegning
from takster.regnskab import actions, queries
from tests import fabrik
from tests.takster.budget.situationer import budget, oekonom
from tests.takster.fastsaettelse.situationer import anden, beregnet, beregning, godkendt, offentliggjort
from tests.takster.regnskab.situationer import AAR, EKSEMPEL, afsluttet, kladde, solgt
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db


def test_beregn__closed_accounts_of_two_years_before_lower_the_takst_by_what_exceeds_the_threshold() -> None:
    et = afsluttet()
    en = beregnet(budget(et.tilbud))
    assert (en.beloeb, en.beregning["efterregulering"]) == (Decimal(2652), "-302560.00")
    efter = en.beregning["inddata"]["efterregulering"]
    assert (efter["regnskabsaar"], efter["provenu"], efter["budget"]) == (AAR, "21072560.00", "20400000.00")


def test_beregn__drafts_other_years_and_other_parts_do_not_enter() -> None:
    tilbud = solgt()
    kladde(tilbud)
    afsluttet(tilbud, del_={"afdeling_id": tilbud.afdelinger.get().pk})
    for aar in (2026, 2027):
        assert beregnet(budget(tilbud, aar=aar)).beregning["inddata"]["efterregulering"] is None


def test_beregn__part_of_the_offer_is_adjusted_by_its_own_accounts() -> None:
    tilbud = solgt()
    del_ = {"afdeling_id": tilbud.afdelinger.get().pk}
    afsluttet(tilbud, del_=del_)
    assert beregnet(budget(tilbud, del_=del_)).beregning["efterregulering"] == "-302560.00"


def test_beregn__takst_that_takes_the_whole_surplus() -> None:
    tilbud = solgt()
    kkr = fabrik.kkr()
    kkr.vilkaarssaet.update(periode=f"[2007-01-01,{AAR}-01-01)")
    fabrik.vilkaar(kkr, fra=date(AAR, 1, 1), andre={Noegle.EFTERREGULERING_METODE: "alt"})
    afsluttet(tilbud)
    assert beregnet(budget(tilbud)).beloeb == Decimal(2531)


def test_beregn__years_between_are_those_of_the_accounts_terms() -> None:
    tilbud, kkr = solgt(), fabrik.kkr()
    kkr.vilkaarssaet.update(periode="[2007-01-01,2026-01-01)")
    fabrik.vilkaar(kkr, fra=date(2026, 1, 1), andre={Noegle.EFTERREGULERING_AARSFORSKYDNING: "1"})
    afsluttet(tilbud)
    assert beregnet(budget(tilbud)).beregning["efterregulering"] == "-302560.00"


def test_beregn__two_accounts_that_enter_at_once_are_told() -> None:
    oekonomen, tilbud, kkr = oekonom(), solgt(), fabrik.kkr()
    kkr.vilkaarssaet.update(periode=f"[2007-01-01,{AAR + 1}-01-01)")
    fabrik.vilkaar(kkr, fra=date(AAR + 1, 1, 1), andre={Noegle.EFTERREGULERING_AARSFORSKYDNING: "1"})
    afsluttet(tilbud, af=oekonomen)
    afsluttet(tilbud, af=oekonomen, aar=AAR + 1, oevrigt_provenu=Decimal(1), oevrigt_grund="Uden takst")
    with pytest.raises(Konflikt) as fejl:
        beregnet(budget(tilbud), af=oekonomen)
    assert fejl.value.kode == "flere_regnskaber"
    assert f"{AAR} og {AAR + 1}" in fejl.value.besked


@pytest.mark.parametrize("skridt", ["indsend", "godkend", "offentliggoer"])
def test_takst__goes_no_further_once_its_accounts_are_closed_after_it_was_computed(skridt: str) -> None:
    oekonomen, tilbud = oekonom(), solgt()
    lav = {"indsend": beregnet, "godkend": beregning, "offentliggoer": godkendt}[skridt]
    en: Takstberegning = lav(budget(tilbud, af=oekonomen))
    afsluttet(tilbud, af=oekonomen)
    tag = {"indsend": indsend, "godkend": godkend, "offentliggoer": offentliggoer}[skridt]
    with pytest.raises(Konflikt) as fejl:
        tag(aktoer=oekonomen if skridt == "indsend" else anden(en), beregning_id=en.pk)
    assert fejl.value.kode == "regnskab_aendret"
    assert fejl.value.besked.endswith("beregn budgettet igen." if skridt != "indsend" else "Beregn budgettet igen.")


def test_genaabn__corrected_accounts_ask_for_a_new_calculation() -> None:
    oekonomen = oekonom()
    et = afsluttet(af=oekonomen)
    en = beregnet(budget(et.tilbud, af=oekonomen), af=oekonomen)
    actions.genaabn(aktoer=oekonomen, regnskab_id=et.pk)
    rettet = replace(EKSEMPEL, overhead=Decimal(1_150_001))
    actions.gem(aktoer=oekonomen, regnskab_id=et.pk, indhold=rettet)
    actions.afslut(aktoer=oekonomen, regnskab_id=et.pk)
    with pytest.raises(Konflikt) as fejl:
        indsend(aktoer=oekonomen, beregning_id=en.pk)
    assert fejl.value.kode == "regnskab_aendret"
    igen = beregnet(en.budget, af=oekonomen)
    assert igen.beregning["efterregulering"] == "-302559.00"
    indsend(aktoer=oekonomen, beregning_id=igen.pk)


@pytest.mark.parametrize("lav", [beregning, godkendt, offentliggjort])
def test_genaabn__not_while_a_calculation_rests_on_it(lav: object) -> None:
    oekonomen = oekonom()
    et = afsluttet(af=oekonomen)
    lav(budget(et.tilbud, af=oekonomen))  # type: ignore[operator]  # a situation
    with pytest.raises(Konflikt) as fejl:
        actions.genaabn(aktoer=oekonomen, regnskab_id=et.pk)
    assert fejl.value.kode == "regnskab_i_brug"
    assert queries.regnskab(oekonomen, et.pk).afsluttet is not None


def test_budget__page_leads_to_the_accounts_that_enter_its_takst() -> None:
    et = afsluttet()
    klient = Client()
    klient.force_login(fabrik.bruger(fabrik.Rolle.DRIFTSHERRE_OEKONOMI, fabrik.kommune("Gladsaxe").organisation))
    for aar, ventet in ((2026, reverse("takster:regnskabsopgoerelse", args=[et.pk])), (2027, "Intet afsluttet")):
        side = klient.get(reverse("takster:budget", args=[budget(et.tilbud, aar=aar).pk])).content.decode()
        assert ventet in side
