"""The autumn of an agreement: next year's takster with preliminary terms, and what becomes of them when the agreement is adopted, or lapses."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt
from faelles.tid import idag
from rammeaftale.actions import traek_vilkaar, udsend_foreloebigt
from rammeaftale.livscyklus import Aendringsart, Aftaletilstand, Partsstatus
from rammeaftale.models import Rammeaftale
from rammeaftale.tekst.queries import klausuler
from rammeaftale.tekst.udsendelse import foreloebige
from rammeaftale.tekst.vilkaarsvisning import dagsvilkaar
from takster.fastsaettelse.actions import afvis, indsend, offentliggoer
from takster.fastsaettelse.actions import godkend as godkend_takst
from takster.genberegning.queries import aabne, ventende
from takster.models import Takst
from takster.tasks import genberegn_takster
from tests import fabrik
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, saet, send, tag
from tests.rammeaftale.rapporter.situationer import beslut
from tests.rammeaftale.test_sider import sekretariat
from tests.rammeaftale.test_trin import ny as aabn_ny_version
from tests.rammeaftale.test_trin import nyeste
from tests.takster.budget.situationer import oekonom
from tests.takster.fastsaettelse.situationer import anden, godkendt
from tests.takster.fastsaettelse.situationer import offentliggjort as udgiv_igen
from tests.takster.genberegning.situationer import (
    FOERSTE,
    LAVERE_LOFT,
    ens,
    fyldt,
    fyldt_budget,
    indtil_aaret,
    kladder,
    taksten,
)
from tests.takster.genberegning.test_sider import liste
from vilkaar.queries import gaeldende

pytestmark = pytest.mark.django_db


def foreloebig_aftale() -> Rammeaftale:
    """Of 2027 and 2028, recommended by KKR, its terms published as preliminary."""
    aftale = kladde("Gladsaxe", "Rødovre")
    indtil_aaret()
    anbefal(aftale)
    udsend_foreloebigt(aktoer=fabrik.sekretariat(), aftale_id=aftale.id)
    return aftale


def test_takster_of_the_autumn_are_confirmed_or_made_anew_when_the_agreement_is_adopted() -> None:
    aftale = foreloebig_aftale()
    uaendret, aendret = ens(), fyldt()
    assert (taksten(uaendret).foreloebig, taksten(aendret).foreloebig) == (True, True)
    send(aftale)
    beslut(aftale, aftale.parter.get(organisation__navn="Rødovre Kommune"), Partsstatus.AFVIST, dato=idag())
    aabn_ny_version(aftale)
    tekst, *_ = klausuler(nyeste(aftale))
    saet(aftale, tekst.udgave, {**fabrik.VAERDIER, **LAVERE_LOFT})
    anbefal(aftale)
    send(aftale, Aendringsart.ALLE_PARTER)
    genberegn_takster()
    assert taksten(uaendret).foreloebig, "sent is not adopted"
    assert not ventende(oekonom())
    godkend(aftale)
    assert set(ventende(oekonom())) == {("beregning", uaendret.pk), ("beregning", aendret.pk)}
    assert "2 beregninger med foreløbige vilkår bliver genberegnet" in liste()
    genberegn_takster()
    genberegn_takster()
    assert "bliver genberegnet" not in liste()
    endelig = taksten(uaendret)
    assert (endelig.foreloebig, endelig.vilkaarsstatus.startswith("Endelig, efter sæt")) == (False, True)
    (ny,) = kladder()
    assert [g.beregning_id for g in aabne(oekonom())] == [aendret.pk]
    assert ny.begrundelse.startswith("Genberegnet: vilkårene er blevet endelige (Rammeaftale 2027, version")
    indsend(aktoer=oekonom(), beregning_id=ny.pk)
    for skridt in (godkend_takst, offentliggoer):
        skridt(aktoer=anden(ny), beregning_id=ny.pk)
    (nu,) = Takst.objects.gaeldende().filter(afdeling__tilbud=aendret.tilbud_id, periode__contains=date(2027, 1, 1))
    assert (nu.takstberegning_id, nu.beloeb > aendret.beloeb, nu.foreloebig) == (ny.pk, True, False)
    assert not aabne(oekonom())


def test_takster_of_an_agreement_that_lapses_follow_the_previous_terms_again() -> None:
    aftale = foreloebig_aftale()
    uaendret = ens()
    tag(aftale, Aftaletilstand.BORTFALDET)
    genberegn_takster()
    assert taksten(uaendret).vilkaarsstatus == "Endelig, efter sæt 1"


def test_previous_set_goes_on_when_there_is_no_preliminary_one_until_the_agreement_is_adopted() -> None:
    aftale = kladde("Gladsaxe", "Rødovre")
    forrige = indtil_aaret()
    tekst, *_ = klausuler(nyeste(aftale))
    saet(aftale, tekst.udgave, {**fabrik.VAERDIER, **LAVERE_LOFT})
    anbefal(aftale)
    offentliggjort, budget = fyldt("Offentliggjort"), fyldt_budget("Undervejs")
    undervejs = godkendt(budget)
    takst = taksten(offentliggjort)
    assert (takst.vilkaarssaet_id, takst.vilkaarsstatus) == (forrige.pk, "Endelig")
    grund = dagsvilkaar(fabrik.kommune("Gladsaxe").kommunekode, FOERSTE).grund
    assert grund == "Intet sæt er udsendt for dagen, så det seneste endelige fortsætter."
    send(aftale)
    godkend(aftale)
    assert not ventende(oekonom())
    genberegn_takster()
    assert (taksten(offentliggjort).pk, kladder()) == (takst.pk, []), "what is published of final terms stands"
    with pytest.raises(Konflikt, match="gælder nu sæt 2 i Rammeaftale 2027, version 1") as fejl:
        offentliggoer(aktoer=anden(undervejs), beregning_id=undervejs.pk)
    assert fejl.value.kode == "vilkaar_aendret"
    afvis(aktoer=anden(undervejs), beregning_id=undervejs.pk, grund="Nye vilkår")
    ny = udgiv_igen(budget)
    assert ny.beloeb > undervejs.beloeb
    assert taksten(ny).vilkaarssaet.nummer == 2


def skridt_tilbage(aftale: Rammeaftale) -> None:
    """Back to draft from KKR's recommendation, and from the parties."""
    tag(aftale, Aftaletilstand.KLADDE)
    anbefal(aftale)
    send(aftale)
    aabn_ny_version(aftale)


def test_preliminary_terms_stand_while_the_agreement_is_corrected_and_no_takst_is_confirmed_by_the_previous_ones() -> (
    None
):
    aftale = foreloebig_aftale()
    en = ens()
    tilbage = reverse("rammeaftale:trin", args=[aftale.slug, "kladde"])
    html = sekretariat().get(tilbage).content.decode()
    assert "De foreløbige vilkår (sæt 2) gælder stadig som foreløbige, til nye udsendes" in html
    skridt_tilbage(aftale)
    genberegn_takster()
    assert (taksten(en).foreloebig, gaeldende(fabrik.kkr().pk, date(2027, 1, 1)).nummer) == (True, 2)
    anbefal(aftale)
    udsend_foreloebigt(aktoer=fabrik.sekretariat(), aftale_id=aftale.id)
    assert [et.nummer for et in foreloebige(aftale)] == [3], "the new ones take the days"


def test_previous_terms_go_on_when_the_preliminary_ones_are_taken_back() -> None:
    aftale = foreloebig_aftale()
    en = ens()
    tag(aftale, Aftaletilstand.KLADDE)
    client, adresse = sekretariat(), reverse("rammeaftale:traek_vilkaar", args=[aftale.slug])
    liste = reverse("rammeaftale:vilkaar", args=[aftale.slug])
    assert f'href="{adresse}"' in client.get(liste).content.decode()
    assert "regnes de takster, der er blevet endelige, ikke om af sig selv" in client.get(adresse).content.decode()
    html = client.post(adresse, follow=True).content.decode()
    assert "De foreløbige vilkår er trukket tilbage: sæt 2." in html
    assert f'href="{adresse}"' not in html
    assert gaeldende(fabrik.kkr().pk, date(2027, 1, 1)).nummer == 1
    genberegn_takster()
    assert taksten(en).vilkaarsstatus == "Endelig, efter sæt 1"
    with pytest.raises(Konflikt, match="ingen foreløbige vilkår"):
        traek_vilkaar(aktoer=fabrik.sekretariat(), aftale_id=aftale.id)


def test_preliminary_terms_are_refused_while_another_undecided_agreement_has_the_days() -> None:
    foerste = foreloebig_aftale()
    anden = kladde("Rødovre", fra=date(2028, 1, 1), til=date(2030, 1, 1))
    anbefal(anden)
    kald: dict[str, Any] = {"aktoer": fabrik.sekretariat(), "aftale_id": anden.id}
    with pytest.raises(Konflikt, match=rf"{foerste.titel}, version 1 har foreløbige vilkår \(sæt 2\)"):
        udsend_foreloebigt(**kald)
    assert [et.nummer for et in foreloebige(foerste)] == [2]
    tag(foerste, Aftaletilstand.BORTFALDET)
    assert [et.nummer for et in udsend_foreloebigt(**kald)] == [3]


def test_preliminary_terms_are_taken_back_only_by_the_secretariat_before_the_adoption() -> None:
    aftale = foreloebig_aftale()
    for aktoer, fejl in ((fabrik.sagsbehandler(), IngenAdgang), (fabrik.sekretariat("KKR Syddanmark"), IkkeFundet)):
        with pytest.raises(fejl):
            traek_vilkaar(aktoer=aktoer, aftale_id=aftale.id)
    send(aftale)
    godkend(aftale)
    with pytest.raises(Konflikt):
        traek_vilkaar(aktoer=fabrik.sekretariat(), aftale_id=aftale.id)
    assert [et.nummer for et in foreloebige(aftale)] == [2]
