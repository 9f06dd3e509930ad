"""An allonge repeals a clause: it goes with the terms it sets, unless another clause sets them, and no other allonge amends it after that."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.tid import Periode, idag, nu
from rammeaftale.actions import opret_aftale, opret_allonge
from rammeaftale.livscyklus import Aendringsart, Aftaletilstand
from rammeaftale.models import Delart, Godkendelse, Klausul, Klausuludgave, Klausulvilkaar, Rammeaftale
from rammeaftale.tekst.actions import (
    Klausulindhold,
    lad_udgaa,
    ophaev_klausul,
    opret_klausul,
    ret_klausul,
    saet_vilkaar,
)
from rammeaftale.tekst.dele import opret_del
from rammeaftale.tekst.gaeldende import som_aendret
from rammeaftale.tekst.queries import klausuler
from rammeaftale.tekst.sammenligning import sammenlign
from rammeaftale.tekst.udsendelse import modstrid
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.aftaler import anbefal, godkend, klausul, saet, send, tom_kladde, udvikling
from tests.rammeaftale.tekst.test_dagens_vilkaar import rest, side
from tests.rammeaftale.test_sider import sekretariat
from tests.rammeaftale.test_trin import ny, nyeste
from vilkaar.actions import udsend_saet
from vilkaar.models import Saetstatus, Vilkaar
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende

pytestmark = pytest.mark.django_db
FRIST, SVARFRIST = Noegle.INDSIGELSE_FRIST, Noegle.FORESPOERGSEL_SVARFRIST
TIDLIG, SEN = date(2027, 7, 1), date(2028, 1, 1)


@pytest.fixture
def aftale() -> Rammeaftale:
    """Adopted: clause 5 sets one term, 4 none, and 3.1 the rest."""
    aftale = tom_kladde("Rødovre")
    saet(aftale, klausul(aftale), {n: v for n, v in fabrik.VAERDIER.items() if n != FRIST})
    klausul(aftale, "4", "Intet fastsættes her.")
    saet(aftale, klausul(aftale, "5", "Indsigelser."), {FRIST: "30"})
    udvikling(aftale)
    vedtag(aftale)
    return aftale


def vedtag(aftale: Rammeaftale) -> None:
    """All the way."""
    anbefal(aftale)
    send(aftale)
    godkend(aftale)
    assert aftale.tilstand == Aftaletilstand.VEDTAGET


def allonge(aftale: Rammeaftale, fra: date = SEN) -> Rammeaftale:
    return opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, titel=f"Allonge fra {fra}", fra=fra)


def i_aftalen(aftale: Rammeaftale, nummer: str) -> Klausul:
    return next(en.klausul for en in som_aendret(nyeste(aftale)) if en.tekst.nummer == nummer)


def _del(allonge: Rammeaftale) -> dict[str, Any]:
    af: dict[str, Any] = {"aktoer": fabrik.sekretariat(), "aftale_id": allonge.id}
    del_ = allonge.dele.first() or opret_del(art=Delart.STYRINGSDEL, titel="Styringsdel", **af)
    return {**af, "del_id": del_.id}


def ophaev(allonge: Rammeaftale, aftale: Rammeaftale, nummer: str) -> Klausuludgave:
    return ophaev_klausul(ophaeves=i_aftalen(aftale, nummer).pk, **_del(allonge))


def aendr(allonge: Rammeaftale, aftale: Rammeaftale, nummer: str) -> Klausuludgave:
    indhold = Klausulindhold(nummer, "Takster og frister", "Skrevet om.")
    return opret_klausul(indhold=indhold, aendrer=i_aftalen(aftale, nummer).pk, **_del(allonge))


def fejl_ved_afsendelse(allonge: Rammeaftale) -> list[str]:
    anbefal(allonge)
    with pytest.raises(UgyldigtInput) as fejl:
        send(allonge)
    return list(fejl.value.felter["version"])


def test_term_of_a_repealed_clause_is_missing_until_another_clause_sets_it(aftale: Rammeaftale) -> None:
    ny_ = allonge(aftale)
    ophaev(ny_, aftale, "5")
    (besked,) = fejl_ved_afsendelse(ny_)
    assert besked.startswith(
        "01.01.2028 til 31.12.2028: Vilkåret »Frist for indsigelse mod et krav« (indsigelse_frist) mangler"
    )
    ny_ = allonge(aftale)
    ophaev(ny_, aftale, "5")
    saet(ny_, klausul(ny_, "2", "Indsigelser, nu her."), {FRIST: "45"})
    assert [(f.navn, f.art, [(v.noegle, v.foer, v.efter) for v in f.vilkaar]) for f in sammenlign(nyeste(aftale), nyeste(ny_))] == [
        ("2 Takster og frister", "Ny", [(FRIST, "30", "45")]), ("5 Takster og frister", "Udgået", []),
    ]  # fmt: skip
    vedtag(ny_)
    foer, efter = (gaeldende(fabrik.kkr().pk, dag) for dag in (date(2027, 12, 31), SEN))
    assert [sat.tal(FRIST) for sat in (foer, efter)] == [30, 45]
    assert Vilkaar.objects.get(saet=efter.saet_id, noegle=FRIST).klausul == "Styringsdel 2 Takster og frister"
    tekster = {en.tekst.nummer: dict(en.tekst.vilkaar) for en in som_aendret(nyeste(aftale))}
    assert (set(tekster), tekster["2"]) == ({"2", "3.1", "4", "U"}, {FRIST: "45"})


def test_offers_terms_name_the_allonge_that_repealed_a_clause_and_what_lacks_if_no_other_sets_it(
    aftale: Rammeaftale,
) -> None:
    tilbud, ny_ = fabrik.tilbud(), allonge(aftale)
    ophaev(ny_, aftale, "5")
    saet(ny_, klausul(ny_, "2", "Indsigelser, nu her."), {FRIST: "45"})
    vedtag(ny_)
    foer, efter = rest(tilbud, date(2027, 12, 31)), rest(tilbud, SEN)
    ophaevede = [{"klausul": "5 Takster og frister", "allonge": ny_.titel}]
    assert (foer["ophaevede"], efter["ophaevede"], efter["mangler"]) == ([], ophaevede, [])
    assert f"5 Takster og frister, ophævet af {ny_.titel}." in side(tilbud, SEN)
    assert "ophævet af" not in side(tilbud, date(2027, 12, 31))
    udsend_saet(
        kkr=fabrik.kkr(),
        periode=Periode(SEN, date(2029, 1, 1)),
        status=Saetstatus.ENDELIG,
        aftale=ny_.titel,
        vaerdier={n: v for n, v in fabrik.VAERDIER.items() if n != FRIST},
        version_id=nyeste(ny_).id,
        demo=True,
        afloeser=True,
    )
    uden = rest(tilbud, SEN)
    assert uden["ophaevede"] == ophaevede
    assert [et["noegle"] for et in uden["mangler"]] == [FRIST]  # type: ignore[attr-defined]  # JSON
    assert "Frist for indsigelse mod et krav (indsigelse_frist); hører til klausulen" in side(tilbud, SEN)


def test_next_period_begins_without_the_clause(aftale: Rammeaftale) -> None:
    ny_ = allonge(aftale)
    ophaev(ny_, aftale, "4")
    vedtag(ny_)
    naeste = opret_aftale(
        aktoer=fabrik.sekretariat(), titel="Næste", fra=date(2029, 1, 1), til=date(2031, 1, 1), forrige_id=aftale.id
    )
    assert [t.nummer for t in klausuler(nyeste(naeste))] == ["3.1", "5", "U"]


def test_term_another_allonge_has_set_since_is_that_ones_and_goes_with_it(aftale: Rammeaftale) -> None:
    foerste, anden = allonge(aftale, TIDLIG), allonge(aftale)
    saet(foerste, klausul(foerste, "9", "Fristen er længere."), {FRIST: "60"})
    vedtag(foerste)
    ophaev(anden, aftale, "5")
    vedtag(anden)
    assert {en.tekst.nummer: dict(en.tekst.vilkaar) for en in som_aendret(nyeste(aftale))}["9"] == {FRIST: "60"}
    tredje = allonge(aftale)
    ophaev(tredje, aftale, "9")
    assert "(indsigelse_frist) mangler" in fejl_ved_afsendelse(tredje)[0]


def test_term_set_later_by_another_is_missing_on_the_days_before_that(aftale: Rammeaftale) -> None:
    senere, tidlig = allonge(aftale), allonge(aftale, TIDLIG)
    saet(senere, klausul(senere, "9", "Fristen er længere."), {FRIST: "60"})
    vedtag(senere)
    ophaev(tidlig, aftale, "5")
    (besked,) = fejl_ved_afsendelse(tidlig)
    assert besked.startswith("01.07.2027 til 31.12.2027: Vilkåret »Frist for indsigelse mod et krav«")


def test_clause_amended_from_before_its_own_first_day_goes_with_what_the_amendment_set(aftale: Rammeaftale) -> None:
    for fra, nummer, frist in ((SEN, "9", "60"), (TIDLIG, "9", "45"), (SEN, "10", "50")):
        ny_ = allonge(aftale, fra)
        saet(ny_, aendr(ny_, aftale, nummer) if fra == TIDLIG else klausul(ny_, nummer), {FRIST: frist})
        vedtag(ny_)
    ude = allonge(aftale, TIDLIG)
    ophaev(ude, aftale, "9")
    (besked,) = fejl_ved_afsendelse(ude)
    assert besked.startswith("01.07.2027 til 31.12.2027: Vilkåret »Frist for indsigelse mod et krav«")


@pytest.mark.parametrize("hvordan", [aendr, ophaev])
def test_allonge_that_names_a_clause_another_has_repealed_is_neither_sent_nor_adopted(
    aftale: Rammeaftale, hvordan: Any
) -> None:
    ude, kladde_, ophaever = allonge(aftale, TIDLIG), allonge(aftale, TIDLIG), allonge(aftale)
    for en in (ude, kladde_):
        hvordan(en, aftale, "4")
    anbefal(ude)
    send(ude)
    ophaev(ophaever, aftale, "4")
    vedtag(ophaever)
    sket = "ændrer" if hvordan is aendr else "ophæver"
    besked = (
        f"01.01.2028 til 31.12.2028: 4 Takster og frister {sket} en klausul, som Allonge fra 2028-01-01 har ophævet."
    )
    godkend(ude)
    assert (ude.tilstand, modstrid(nyeste(ude))) == (Aftaletilstand.SENDT, [besked])
    assert fejl_ved_afsendelse(kladde_)[0] == besked
    with pytest.raises(IkkeFundet):
        ophaev_klausul(
            ophaeves=klausuler(nyeste(ude))[0].udgave.klausul.forgaenger_id or uuid4(), **_del(allonge(aftale))
        )


def test_clause_is_named_once_by_an_allonge(aftale: Rammeaftale) -> None:
    ny_ = allonge(aftale)
    aendr(ny_, aftale, "4")
    ophaev(ny_, aftale, "5")
    for nummer, besked in (("4", "ændrer den i 4 Takster"), ("5", "ophæver den allerede")):
        with pytest.raises(UgyldigtInput) as fejl:
            ophaev(ny_, aftale, nummer)
        assert besked in fejl.value.felter["ophaeves"][0]


def test_repeal_is_undone_in_the_draft_and_says_the_same_always(aftale: Rammeaftale) -> None:
    ny_ = allonge(aftale)
    udgave = ophaev(ny_, aftale, "5")
    af: dict[str, Any] = {
        "aktoer": fabrik.sekretariat(),
        "aftale_id": ny_.id,
        "klausul_id": udgave.klausul_id,
        "laest": 1,
    }
    for skriv in (ret_klausul, saet_vilkaar):
        mere = {"indhold": Klausulindhold("5", "Alligevel", "")} if skriv is ret_klausul else {"vilkaar": {FRIST: "9"}}
        with pytest.raises(Konflikt, match="Fortryd ophævelsen"):
            skriv(**af, **mere)
    lad_udgaa(**af)
    assert sammenlign(nyeste(aftale), nyeste(ny_)) == []
    ophaev(ny_, aftale, "5")
    assert [f.art for f in sammenlign(nyeste(aftale), nyeste(ny_))] == ["Udgået"]


def test_only_the_agreements_own_secretariat_repeals_and_only_in_an_allonge(aftale: Rammeaftale) -> None:
    ny_ = allonge(aftale)
    felter = _del(ny_)
    for aktoer, fejl in ((fabrik.sagsbehandler(), IngenAdgang), (fabrik.sekretariat("KKR Syddanmark"), IkkeFundet)):
        with pytest.raises(fejl):
            ophaev_klausul(ophaeves=i_aftalen(aftale, "4").pk, **{**felter, "aktoer": aktoer})
    anden = tom_kladde("Rødovre", fra=date(2031, 1, 1), til=date(2033, 1, 1))
    egen = klausul(anden, "1")
    with pytest.raises(IkkeFundet):
        ophaev_klausul(ophaeves=egen.klausul_id, **_del(anden))


def test_repeal_in_a_new_version_asks_every_party_again(aftale: Rammeaftale) -> None:
    ny_ = allonge(aftale)
    klausul(ny_, "9", "Noget andet.")
    anbefal(ny_)
    send(ny_)
    godkend(ny_, "Region Hovedstaden")
    gammel = nyeste(ny_)
    ny(ny_)
    ophaev(ny_, aftale, "4")
    assert [(f.navn, f.art) for f in sammenlign(gammel, nyeste(ny_))] == [("4 Takster og frister", "Ophæver")]
    anbefal(ny_)
    with pytest.raises(UgyldigtInput) as fejl:
        send(ny_, Aendringsart.NOGLE_PARTER)
    assert "ophævelser" in fejl.value.felter["aendring"][0]
    fra = Godkendelse.objects.get(version=gammel)
    with pytest.raises(DatabaseError, match="føres ikke videre"), transaction.atomic():
        Godkendelse.objects.create(
            version=nyeste(ny_), part=fra.part, status=fra.status, dato=idag(), organ="x", referat_url=fra.referat_url,
            viderefoert_fra=fra, registreret=nu(), registreret_af=fra.registreret_af, identitet="x",
        )  # fmt: skip
    send(ny_, Aendringsart.ALLE_PARTER)
    godkend(ny_)
    assert [en.tekst.nummer for en in som_aendret(nyeste(aftale))] == ["3.1", "5", "U", "9"]


def test_repeal_follows_into_the_next_version(aftale: Rammeaftale) -> None:
    ny_ = allonge(aftale)
    ophaev(ny_, aftale, "4")
    anbefal(ny_)
    send(ny_)
    ny(ny_)
    (tekst,) = klausuler(nyeste(ny_))
    assert (tekst.udgave.ophaever, tekst.udgave.udgave) == (True, 2)


def test_database_repeals_only_what_the_allonge_amends_and_sets_no_term_by_it(aftale: Rammeaftale) -> None:
    ny_ = allonge(aftale)
    udgave = ophaev(ny_, aftale, "4")
    with pytest.raises(DatabaseError, match="En ophævelse fastsætter ingen vilkår"), transaction.atomic():
        Klausulvilkaar.objects.create(udgave=udgave, noegle=FRIST, vaerdi="30")
    anden = tom_kladde("Rødovre", fra=date(2031, 1, 1), til=date(2033, 1, 1))
    egen = klausul(anden, "1")
    egen.pk, egen.udgave, egen.ophaever = uuid4(), 2, True
    with pytest.raises(DatabaseError, match="ophæver kun en klausul i den aftale"), transaction.atomic():
        egen.save(force_insert=True)


def test_page_repeals_when_it_is_confirmed_and_shows_what_goes(aftale: Rammeaftale) -> None:
    client, ny_ = sekretariat(), allonge(aftale)
    del_id = _del(ny_)["del_id"]
    adresse = reverse("rammeaftale:ophaev_klausul", args=[ny_.slug, del_id])
    assert f'href="{adresse}"' in client.get(reverse("rammeaftale:tekst", args=[ny_.slug])).content.decode()
    assert ">5 Takster og frister (fastsætter 1 vilkår)<" in client.get(adresse).content.decode()
    valgt = {"ophaeves": str(i_aftalen(aftale, "5").pk)}
    uden = client.post(adresse, valgt)
    assert (uden.status_code, Klausul.objects.filter(dokumentdel=del_id).exists()) == (422, False)
    html = client.post(adresse, {**valgt, "bekraeft": "on"}, follow=True).content.decode()
    assert "5 Takster og frister ophæves, når allongen er vedtaget." in html
    assert "når den er ophævet: Frist for indsigelse mod et krav." in html
    assert "Indsigelser." in html, "the text that goes"
    assert "Ret teksten" not in html
    udgave = Klausuludgave.objects.get(ophaever=True)
    fortryd = reverse("rammeaftale:udgaa_klausul", args=[ny_.slug, udgave.klausul_id])
    assert "Fortryd ophævelsen" in client.get(fortryd).content.decode()
    html = client.post(fortryd, {"udgave": "1"}, follow=True).content.decode()
    assert "Ophævelsen af 5 Takster og frister er fortrudt." in html
    i_aftale = reverse("rammeaftale:ophaev_klausul", args=[aftale.slug, aftale.dele.all()[0].pk])
    assert client.post(i_aftale, {**valgt, "bekraeft": "on"}).status_code == 422, "an agreement repeals nothing"


def test_rest_says_which_clause_is_repealed(aftale: Rammeaftale) -> None:
    ny_ = allonge(aftale)
    ophaev(ny_, aftale, "4")
    sti = f"/api/v1/rammeaftaler/{ny_.pk}/versioner/{nyeste(ny_).pk}/klausuler"
    (fundet,) = klienter.myndighed().get(sti).json()["resultater"]
    assert (fundet["ophaever"], fundet["byggerPaaId"]) == (True, str(i_aftalen(aftale, "4").pk))
    assert fundet["tekst"].startswith("4 Takster og frister ophæves.")
