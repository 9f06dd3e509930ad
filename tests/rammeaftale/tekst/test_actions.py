"""Writing the text: a draft only, one place for each term, and nobody overwrites what she has not seen."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from kommuner.models import Rolle
from rammeaftale.actions import opret_aftale
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Delart, Klausuludgave, Rammeaftale, Version
from rammeaftale.queries import seneste_version
from rammeaftale.tekst.actions import (
    Klausulindhold,
    kommenter,
    lad_udgaa,
    opret_klausul,
    ret_klausul,
)
from rammeaftale.tekst.dele import opret_del
from rammeaftale.tekst.koder import kendte_koder
from rammeaftale.tekst.queries import dokument, klausuler, kommentarer
from rammeaftale.tekst.sammenligning import sammenlign
from tests import fabrik
from tests.kaploeb import loeb
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, klausul, saet, send, sendt, tag, tom_kladde, udvikling
from tests.rammeaftale.test_sider import sekretariat
from tests.rammeaftale.test_trin import ny
from vilkaar.beskrivelse import Aendrer
from vilkaar.noegler import NOEGLER, Noegle

pytestmark = pytest.mark.django_db


def ret(aftale: Rammeaftale, udgave: Klausuludgave, tekst: str, **andet: Any) -> Klausuludgave:
    """Save another text on top of a saving."""
    indhold = Klausulindhold(udgave.nummer, udgave.overskrift, tekst)
    felter = {"aktoer": fabrik.sekretariat(), "laest": udgave.udgave, "indhold": indhold, **andet}
    return ret_klausul(aftale_id=aftale.id, klausul_id=udgave.klausul_id, **felter)


def version(aftale: Rammeaftale) -> Version:
    fundet = seneste_version(aftale)
    assert fundet is not None
    return fundet


def test_document_shows_parts_and_clauses_in_their_order() -> None:
    aftale = tom_kladde()
    opret_del(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, art=Delart.HOVEDDOKUMENT, titel="Hoveddokument")
    for nummer in ("3.10", "3.9", "2"):
        klausul(aftale, nummer)
    (hoved, styring) = dokument(version(aftale))
    assert (hoved.dokumentdel.titel, hoved.klausuler) == ("Hoveddokument", [])
    assert [k.udgave.nummer for k in styring.klausuler] == ["2", "3.9", "3.10"]


def test_second_to_save_is_told_and_nothing_of_either_is_lost() -> None:
    aftale = tom_kladde()
    begges = klausul(aftale)
    ret(aftale, begges, "Den førstes tekst")
    with pytest.raises(Konflikt) as fejl:
        ret(aftale, begges, "Den andens tekst")
    assert fejl.value.kode == "rettet_af_anden"
    assert [k.udgave.tekst for k in klausuler(version(aftale))] == ["Den førstes tekst"]
    ret(aftale, begges, "Den andens tekst", laest=2)
    assert list(Klausuludgave.objects.order_by("udgave").values_list("tekst", flat=True)) == [
        "Parterne følger vilkårene.", "Den førstes tekst", "Den andens tekst",
    ]  # fmt: skip


@pytest.mark.kaploeb
@pytest.mark.django_db(transaction=True)
def test_of_many_who_save_at_once_one_is_first_and_the_others_are_told() -> None:
    aftale = tom_kladde()
    begges, aktoer = klausul(aftale), fabrik.sekretariat()

    def gem(nr: int) -> None:
        ret(aftale, begges, f"Tekst {nr}", aktoer=aktoer)

    udfald = loeb(gem, 4)
    assert sorted(str(en.fejl) for en in udfald) == ["None", *["rettet_af_anden"] * 3]
    assert Klausuludgave.objects.count() == 2


def test_database_itself_lets_only_one_saving_have_a_number_and_none_be_changed() -> None:
    aftale = tom_kladde()
    udgave = klausul(aftale)
    kopi = Klausuludgave.objects.get(pk=udgave.pk)
    kopi.pk = uuid4()
    with pytest.raises(IntegrityError, match="klausuludgave_en_ad_gangen"), transaction.atomic():
        kopi.save(force_insert=True)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Klausuludgave.objects.update(tekst="Rettet bagfra")


def test_text_is_written_only_while_it_is_a_draft() -> None:
    aftale = kladde()
    udgave = klausuler(version(aftale))[0].udgave
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    udgave = ret(aftale, udgave, "Efter udvalgets ønske")
    tag(aftale, Aftaletilstand.KKR_ANBEFALET)
    with pytest.raises(Konflikt, match="kun skrives"):
        ret(aftale, udgave, "Efter KKR")


def test_database_itself_keeps_a_version_that_has_been_sent() -> None:
    aftale = sendt()
    udgave = klausuler(version(aftale))[0].udgave
    kopi = Klausuludgave.objects.get(pk=udgave.pk)
    kopi.pk, kopi.udgave = uuid4(), 9
    with pytest.raises(IntegrityError, match="rettes ikke"), transaction.atomic():
        kopi.save(force_insert=True)


def test_municipality_writes_nothing_and_another_secretariat_finds_nothing() -> None:
    aftale = tom_kladde()
    udgave = klausul(aftale)
    for aktoer, fejl in ((fabrik.sagsbehandler(), IngenAdgang), (fabrik.sekretariat("KKR Syddanmark"), IkkeFundet)):
        with pytest.raises(fejl):
            ret(aftale, udgave, "Vores", aktoer=aktoer)


def test_all_faults_of_a_clause_are_told_at_once() -> None:
    aftale = tom_kladde()
    foerste = klausul(aftale, "1")
    anden = klausul(aftale, "2")
    with pytest.raises(UgyldigtInput) as fejl:
        ret(aftale, anden, "", indhold=Klausulindhold("", " ", "010203-1234"))
    assert set(fejl.value.felter) == {"nummer", "overskrift", "tekst"}
    with pytest.raises(UgyldigtInput, match="rettet") as fejl:
        ret(aftale, anden, "", indhold=Klausulindhold("1", "Det samme", ""))
    assert "bruges af 1 Takster" in fejl.value.felter["nummer"][0]
    assert foerste.nummer == "1"
    with pytest.raises(IkkeFundet):
        opret_klausul(
            aktoer=fabrik.sekretariat(), aftale_id=aftale.id, del_id=uuid4(), indhold=Klausulindhold("9", "x", "")
        )


def test_term_stands_in_one_clause_and_within_its_bounds() -> None:
    aftale = tom_kladde()
    foerste, anden = klausul(aftale, "1"), klausul(aftale, "2")
    saet(aftale, foerste, {Noegle.FORESPOERGSEL_SVARFRIST: "14"})
    with pytest.raises(UgyldigtInput) as fejl:
        saet(
            aftale,
            anden,
            {Noegle.FORESPOERGSEL_SVARFRIST: "10", Noegle.AFRUNDING: "hundrede", Noegle.TAKST_FRIST: "31.2"},
        )
    assert set(fejl.value.felter) == {Noegle.FORESPOERGSEL_SVARFRIST, Noegle.AFRUNDING, Noegle.TAKST_FRIST}
    assert "fastsat i 1 Takster" in fejl.value.felter[Noegle.FORESPOERGSEL_SVARFRIST][0]


@pytest.mark.parametrize(
    ("noegle", "andet", "kilde"),
    [
        (Noegle.FRIT_VALG_GRAENSE_PROCENT, "12", "serviceloven § 108, stk. 2"),
        (Noegle.AKUT_UGER, "4", "tilbud uden godkendelse"),
        (Noegle.AKUT_FORLAENGELSE_UGER, "2", "tilbud uden godkendelse"),
    ],
)
def test_clause_cannot_say_otherwise_than_the_law(noegle: Noegle, andet: str, kilde: str) -> None:
    aftale = tom_kladde()
    udgave = klausul(aftale)
    with pytest.raises(UgyldigtInput) as fejl:
        saet(aftale, udgave, {noegle: andet})
    (besked,) = fejl.value.felter[noegle]
    assert kilde in besked
    assert "kan ikke aftale andet" in besked
    saet(aftale, udgave, {noegle: f"0{NOEGLER[noegle].lovens}"})
    assert klausuler(version(aftale))[0].vilkaar == {noegle: f"0{NOEGLER[noegle].lovens}"}


def test_version_written_under_an_older_law_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    aftale = kladde()
    anbefal(aftale)
    noegle = Noegle.FRIT_VALG_GRAENSE_PROCENT
    monkeypatch.setitem(NOEGLER, noegle, replace(NOEGLER[noegle], lovens="15"))
    with pytest.raises(UgyldigtInput) as fejl:
        send(aftale)
    (besked,) = fejl.value.felter["version"]
    assert "er 15 procent efter serviceloven § 108, stk. 2" in besked


def test_who_may_change_a_term_is_said_of_each_and_what_only_the_law_may_is_held_against_the_law() -> None:
    af = {hvem: {noegle for noegle, hvad in NOEGLER.items() if hvad.aendres_af is hvem} for hvem in Aendrer}
    assert af[Aendrer.LOVEN] == {Noegle.FRIT_VALG_GRAENSE_PROCENT, Noegle.AKUT_UGER, Noegle.AKUT_FORLAENGELSE_UGER}
    assert af[Aendrer.LOVEN] == {noegle for noegle, hvad in NOEGLER.items() if hvad.lovens}
    assert af[Aendrer.INDEN_FOR_LOVEN] == {Noegle.OPBEVARING_KRAV_MAANEDER, Noegle.GODKENDELSE_KRAEVES}
    aftale = kladde("Rødovre")
    for noegle, hvad in NOEGLER.items():
        hvad.kraev(noegle, fabrik.VAERDIER[noegle], kendte_koder())
    html = sekretariat().get(reverse("rammeaftale:vilkaar", args=[aftale.slug])).content.decode()
    for hvem in Aendrer:
        assert f"<td>{hvem.navn}</td>" in html
    assert "10 procent, som loven siger." in html


def test_code_that_does_not_exist_is_refused_and_the_near_one_named() -> None:
    aftale = tom_kladde("Rødovre")
    udgave, noegle = klausul(aftale), Noegle.OPSIGELSE_VARSEL_KOMMUNE
    with pytest.raises(UgyldigtInput) as fejl:
        saet(aftale, udgave, {noegle: "SEL108=3m; *=14d"})
    assert "Mente du SEL-108?" in fejl.value.felter[noegle][0]
    saet(aftale, udgave, {noegle: "SEL-108=3m; *=14d"})


def test_clause_taken_out_frees_its_number_and_its_terms() -> None:
    aftale = tom_kladde()
    udgave = saet(aftale, klausul(aftale, "1"), {Noegle.FORESPOERGSEL_SVARFRIST: "14"})
    lad_udgaa(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, klausul_id=udgave.klausul_id, laest=udgave.udgave)
    assert klausuler(version(aftale)) == []
    saet(aftale, klausul(aftale, "1"), {Noegle.FORESPOERGSEL_SVARFRIST: "10"})
    assert [k.vilkaar for k in klausuler(version(aftale))] == [{"forespoergsel_svarfrist": "10"}]


def test_difference_of_two_versions_names_new_changed_and_dropped_clauses_with_their_terms() -> None:
    aftale = kladde()
    klausul(aftale, "4", "Udgår senere")
    klausul(aftale, "5", "Bliver som den er")
    anbefal(aftale)
    godkendt = version(aftale)
    send(aftale)
    ny(aftale)
    efter = version(aftale)
    tre, fire, *_ = (k.udgave for k in klausuler(efter))
    saet(aftale, tre, {**fabrik.VAERDIER, Noegle.FORESPOERGSEL_SVARFRIST: "20"})
    lad_udgaa(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, klausul_id=fire.klausul_id, laest=fire.udgave)
    klausul(aftale, "6", "Er ny")
    forskelle = {f.navn.split()[0]: f for f in sammenlign(godkendt, efter)}
    assert {nummer: f.art for nummer, f in forskelle.items()} == {"3.1": "Ændret", "4": "Udgået", "6": "Ny"}
    assert [(v.noegle, v.foer, v.efter) for v in forskelle["3.1"].vilkaar] == [("forespoergsel_svarfrist", "10", "20")]
    assert sammenlign(efter, efter) == []


def test_comments_of_earlier_versions_stay_with_the_clause_and_with_the_savings_of_theirs() -> None:
    aftale = kladde()
    id_ = klausuler(version(aftale))[0].id
    visitator = fabrik.aktoer(Rolle.VISITATOR, fabrik.kommune("Herlev").organisation)

    def sig(tekst: str) -> None:
        kommenter(aktoer=visitator, aftale_id=aftale.id, klausul_id=id_, tekst=tekst)

    klausulen = reverse("rammeaftale:klausul", args=[aftale.slug, id_])
    assert "Ingen har kommenteret klausulen." in sekretariat().get(klausulen).content.decode()
    sig("Gælder det dagtilbud?")
    anbefal(aftale)
    send(aftale)
    ny(aftale)
    html = sekretariat().get(klausulen).content.decode()
    assert "Gælder det dagtilbud?" in html
    assert "<h3>Version 2</h3>" not in html
    sig("Nu er det klart.")
    html = sekretariat().get(klausulen).content.decode()
    steder = [
        html.index(ord_)
        for ord_ in (
            "<h3>Version 1</h3>",
            "Gælder det dagtilbud?",
            "<h3>Version 2</h3>",
            "Nu er det klart.",
            "Gem kommentar",
        )
    ]
    assert steder == sorted(steder)
    foerste = Klausuludgave.objects.filter(klausul=id_).earliest("udgave")
    html = sekretariat().get(reverse("rammeaftale:klausuludgave", args=[aftale.slug, id_, foerste.pk])).content.decode()
    assert "Gælder det dagtilbud?" in html
    assert "Nu er det klart." not in html


def test_parties_comment_a_draft_and_all_of_them_see_it() -> None:
    aftale = kladde()
    id_ = klausuler(version(aftale))[0].id
    visitator = fabrik.aktoer(Rolle.VISITATOR, fabrik.kommune("Herlev").organisation)
    kommenter(aktoer=visitator, aftale_id=aftale.id, klausul_id=id_, tekst="Gælder det dagtilbud?")
    (kommentar,) = kommentarer(aftale, id_)
    assert (str(kommentar.organisation), kommentar.rolle_navn) == ("Herlev Kommune", "Visitator")
    fremmed = fabrik.aktoer(Rolle.VISITATOR, fabrik.kommune("Odense", i="KKR Syddanmark").organisation)
    with pytest.raises(IkkeFundet):
        kommenter(aktoer=fremmed, aftale_id=aftale.id, klausul_id=id_, tekst="Fremmed")
    with pytest.raises(IngenAdgang):
        kommenter(
            aktoer=fabrik.aktoer(Rolle.LAESER, fabrik.kommune("Herlev").organisation),
            aftale_id=aftale.id, klausul_id=id_, tekst="x",
        )  # fmt: skip
    with pytest.raises(UgyldigtInput):
        kommenter(aktoer=visitator, aftale_id=aftale.id, klausul_id=id_, tekst="CPR 010203-1234")
    anbefal(aftale)
    with pytest.raises(Konflikt):
        kommenter(aktoer=visitator, aftale_id=aftale.id, klausul_id=id_, tekst="For sent")


def test_next_period_begins_from_the_last_with_everything_to_look_through() -> None:
    gammel = sendt()
    godkend(gammel)
    naeste = opret_aftale(
        aktoer=fabrik.sekretariat(), titel="Næste", fra=date(2029, 1, 1), til=date(2031, 1, 1), forrige_id=gammel.id
    )
    tekst, udvikling_ = klausuler(version(naeste))
    foer, _ = klausuler(version(gammel))
    assert (tekst.udgave.gennemgaa, tekst.vilkaar, tekst.udgave.tekst) == (True, foer.vilkaar, foer.udgave.tekst)
    assert tekst.udgave.klausul.forgaenger_id == foer.id
    assert sammenlign(version(gammel), version(naeste)) == []
    anbefal(naeste)
    with pytest.raises(UgyldigtInput) as fejl:
        send(naeste)
    assert fejl.value.felter == {
        "version": ["3.1 Takster og frister er ikke gennemgået.", "U Udvikling er ikke gennemgået."]
    }
    tag(naeste, Aftaletilstand.KLADDE)
    for en in (tekst, udvikling_):
        ret(naeste, en.udgave, en.udgave.tekst)
    anbefal(naeste)
    send(naeste)


def test_version_with_terms_that_contradict_each_other_is_not_sent() -> None:
    aftale = tom_kladde()
    saet(aftale, klausul(aftale), {**fabrik.VAERDIER, Noegle.BELAEGNING_MIN: "99"})
    udvikling(aftale)
    anbefal(aftale)
    with pytest.raises(UgyldigtInput) as fejl:
        send(aftale)
    (besked,) = fejl.value.felter["version"]
    assert "belaegning_min) er 99 procent efter Styringsdel 3.1 Takster og frister; det skal være højst" in besked
