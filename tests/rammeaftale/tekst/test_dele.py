"""The parts of the text: changed while it is a draft, standing once they are sent, and two of them never missing."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Delart, Dokumentdel, Rammeaftale
from rammeaftale.moeder.regler import Organudfald
from rammeaftale.organer.regler import Organart
from rammeaftale.tekst.actions import lad_udgaa
from rammeaftale.tekst.dele import fjern_del, opret_del, ret_del
from rammeaftale.tekst.queries import dokument, klausuler
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.aftaler import anbefal, kladde, klausul, saet, send, sendt, tag, tom_kladde, udvikling
from tests.rammeaftale.moeder.situationer import besluttet, organ_i
from tests.rammeaftale.test_sider import sekretariat
from tests.rammeaftale.test_trin import ny, nyeste
from tests.samtidig import aabnet

pytestmark = pytest.mark.django_db


def af(aftale: Rammeaftale) -> dict[str, Any]:
    return {"aktoer": fabrik.sekretariat(), "aftale_id": aftale.pk}


def bilag(aftale: Rammeaftale, titel: str = "Bilag 1") -> Dokumentdel:
    return opret_del(art=Delart.BILAG, titel=titel, **af(aftale))


def ret(aftale: Rammeaftale, del_: Dokumentdel, **felter: Any) -> Dokumentdel:
    """Change the part, which stands first unless `efter` says otherwise."""
    nu = {"art": Delart(del_.art), "titel": del_.titel, "efter": None}
    return ret_del(del_id=del_.pk, **{**af(aftale), **nu, **felter})


def titler(aftale: Rammeaftale) -> list[str]:
    return [en.dokumentdel.titel for en in dokument(nyeste(aftale))]


def test_part_gets_another_kind_title_and_place() -> None:
    aftale = kladde()
    foerste, _ = bilag(aftale), bilag(aftale, "Bilag 2")
    ret(aftale, foerste, art=Delart.HOVEDDOKUMENT, titel=" Rammeaftale ")
    assert titler(aftale) == ["Rammeaftale", "Styringsdel", "Udviklingsdel", "Bilag 2"]
    ret(aftale, foerste, titel="Aftalen", efter=aftale.dele.get(art=Delart.STYRINGSDEL).pk)
    assert titler(aftale) == ["Styringsdel", "Aftalen", "Udviklingsdel", "Bilag 2"]
    assert list(aftale.dele.values_list("nummer", flat=True)) == [1, 2, 3, 4]
    assert [t.nummer for t in klausuler(nyeste(aftale))] == ["3.1", "U"]


@pytest.mark.parametrize(
    ("felter", "fejl"),
    [
        ({"titel": " "}, {"titel"}),
        ({"titel": "CPR 010190-1234"}, {"titel"}),
        ({"art": Delart.STYRINGSDEL}, {"art"}),
        ({"efter": "den selv"}, {"efter"}),
    ],
)
def test_faults_are_told_at_their_fields(felter: dict[str, Any], fejl: set[str]) -> None:
    aftale = kladde()
    del_ = bilag(aftale)
    with pytest.raises(UgyldigtInput) as ugyldig:
        ret(aftale, del_, **{**felter, **({"efter": del_.pk} if "efter" in felter else {})})
    assert set(ugyldig.value.felter) == fejl
    assert titler(aftale)[-1] == "Bilag 1"


def test_empty_part_is_taken_away_and_one_that_has_had_a_clause_is_not() -> None:
    aftale = tom_kladde()
    del_, brugt = bilag(aftale), klausul(aftale)
    lad_udgaa(klausul_id=brugt.klausul_id, laest=1, **af(aftale))
    with pytest.raises(Konflikt) as konflikt:
        fjern_del(del_id=brugt.klausul.dokumentdel_id, **af(aftale))
    assert konflikt.value.kode == "del_har_klausuler"
    fjern_del(del_id=del_.pk, **af(aftale))
    assert titler(aftale) == ["Styringsdel"]


def test_parts_are_changed_only_in_a_draft_and_only_by_its_own_secretariat() -> None:
    aftale = kladde()
    del_ = bilag(aftale)
    for aktoer, fejl in ((fabrik.sagsbehandler(), IngenAdgang), (fabrik.sekretariat("KKR Syddanmark"), IkkeFundet)):
        with pytest.raises(fejl):
            ret(aftale, del_, aktoer=aktoer)
        with pytest.raises(fejl):
            fjern_del(**{**af(aftale), "aktoer": aktoer, "del_id": del_.pk})
    anbefal(aftale)
    for gerning in (lambda: ret(aftale, del_), lambda: fjern_del(del_id=del_.pk, **af(aftale))):
        with pytest.raises(Konflikt, match="kun skrives"):
            gerning()


@pytest.mark.parametrize(
    "skriv",
    [
        lambda aftale, _: bilag(aftale, "Endnu et"),
        lambda aftale, del_: fjern_del(del_id=del_.pk, **af(aftale)),
        lambda aftale, del_: ret(aftale, del_, titel="Noget andet"),
        lambda aftale, del_: ret(aftale, del_, efter=aftale.dele.get(art=Delart.STYRINGSDEL).pk),
        lambda aftale, del_: ret(aftale, aftale.dele.get(art=Delart.UDVIKLINGSDEL), efter=del_.pk),
    ],
    ids=["ny", "fjernet", "navn", "plads", "plads med klausul"],
)
def test_part_that_is_changed_after_the_accession_voids_it_as_a_clause_does(
    skriv: Callable[[Rammeaftale, Dokumentdel], object],
) -> None:
    aftale = kladde()
    del_ = bilag(aftale)
    udvalg, kkr = organ_i(aftale, Organart.EMBEDSMANDSUDVALG), organ_i(aftale, Organart.KKR)
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    besluttet(aftale, Organudfald.TILTRAADT, af=udvalg)
    skriv(aftale, del_)
    with pytest.raises(UgyldigtInput) as fejl:
        besluttet(aftale, Organudfald.ANBEFALET, af=kkr)
    assert "før teksten sidst blev rettet" in fejl.value.felter["udfald"][0]
    besluttet(aftale, Organudfald.TILTRAADT, af=udvalg)
    besluttet(aftale, Organudfald.ANBEFALET, af=kkr)


def test_part_that_is_saved_as_it_was_voids_no_accession() -> None:
    aftale = kladde()
    del_ = bilag(aftale)
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    besluttet(aftale, Organudfald.TILTRAADT, af=organ_i(aftale, Organart.EMBEDSMANDSUDVALG))
    uroert = ret(aftale, del_, titel=f" {del_.titel} ", efter=aftale.dele.get(art=Delart.UDVIKLINGSDEL).pk)
    assert (uroert.pk, uroert.titel, uroert.nummer) == (del_.pk, "Bilag 1", 3)
    besluttet(aftale, Organudfald.ANBEFALET, af=organ_i(aftale, Organart.KKR))


def test_page_offers_to_change_a_part_that_lies_before_the_committee() -> None:
    aftale, client = kladde(), sekretariat()
    retter = f'href="{reverse("rammeaftale:ret_del", args=[aftale.slug, bilag(aftale).pk])}"'
    siden = reverse("rammeaftale:tekst", args=[aftale.slug])
    for til, tilbudt in ((Aftaletilstand.EMBEDSMANDSUDVALG, True), (Aftaletilstand.KKR_ANBEFALET, False)):
        tag(aftale, til)
        assert (retter in client.get(siden).content.decode()) == tilbudt


def test_parts_the_parties_have_been_sent_stand_and_a_new_one_finds_its_place_among_them() -> None:
    aftale = sendt()
    ny(aftale)
    styring, udviklingsdel = aftale.dele.order_by("nummer")
    nyt = bilag(aftale)
    for felter in ({"titel": "Et andet navn"}, {"art": Delart.BILAG}):
        with pytest.raises(UgyldigtInput) as fejl:
            ret(aftale, styring, **felter)
        assert set(fejl.value.felter) == {"titel"}
    with pytest.raises(UgyldigtInput) as fejl:
        ret(aftale, udviklingsdel)
    assert set(fejl.value.felter) == {"efter"}
    ret(aftale, nyt, titel="Indledende bilag", efter=styring.pk)
    assert titler(aftale) == ["Styringsdel", "Indledende bilag", "Udviklingsdel"]
    assert [en.dokumentdel.titel for en in dokument(aftale.versioner.get(nummer=1))] == ["Styringsdel", "Udviklingsdel"]


def test_database_itself_keeps_the_parts_of_a_version_that_has_been_sent() -> None:
    aftale = sendt()
    styring, udviklingsdel = aftale.dele.order_by("nummer")
    for felter in ({"titel": "Et andet navn"}, {"nummer": 9}):
        with pytest.raises(IntegrityError, match="ligger fast"), transaction.atomic():
            Dokumentdel.objects.filter(pk=styring.pk).update(**felter)
    Dokumentdel.objects.filter(pk=udviklingsdel.pk).update(nummer=9)
    assert titler(aftale) == ["Styringsdel", "Udviklingsdel"]


def test_agreement_without_a_clause_in_both_its_parts_is_not_sent() -> None:
    aftale = tom_kladde("Rødovre")
    saet(aftale, klausul(aftale), fabrik.VAERDIER)
    anbefal(aftale)
    with pytest.raises(UgyldigtInput) as fejl:
        send(aftale)
    assert fejl.value.felter == {"version": ["Aftalen skal have en udviklingsdel med mindst én klausul."]}
    tag(aftale, Aftaletilstand.KLADDE)
    udvikling(aftale)
    anbefal(aftale)
    send(aftale)


def test_page_changes_and_takes_away_a_part() -> None:
    aftale, client = kladde(), sekretariat()
    del_ = bilag(aftale)
    siden = reverse("rammeaftale:tekst", args=[aftale.slug])
    retter, fjerner = (reverse(f"rammeaftale:{rute}", args=[aftale.slug, del_.pk]) for rute in ("ret_del", "fjern_del"))
    html = client.get(siden).content.decode()
    assert (f'href="{retter}"' in html, html.count("Fjern delen")) == (True, 1)
    styring = aftale.dele.get(art=Delart.STYRINGSDEL)
    assert f'<option value="{styring.pk}">Efter Styringsdel</option>' in client.get(retter).content.decode()
    felter = {"art": "bilag", "titel": "Takster", "efter": str(styring.pk), **aabnet(client, retter)}
    assert client.post(retter, {**felter, "titel": ""}).status_code == 422
    assert "Delen er gemt." in client.post(retter, felter, follow=True).content.decode()
    assert titler(aftale) == ["Styringsdel", "Takster", "Udviklingsdel"]
    brugt = reverse("rammeaftale:fjern_del", args=[aftale.slug, styring.pk])
    assert (client.post(brugt).status_code, client.get(brugt).status_code) == (422, 200)
    assert "Takster er fjernet." in client.post(fjerner, follow=True).content.decode()
    assert titler(aftale) == ["Styringsdel", "Udviklingsdel"]


def test_part_another_has_moved_or_named_since_is_not_saved_over_unseen() -> None:
    aftale, client = kladde(), sekretariat()
    del_ = bilag(aftale)
    retter = reverse("rammeaftale:ret_del", args=[aftale.slug, del_.pk])
    mit = {"art": "bilag", "titel": "Mit navn", "efter": str(aftale.dele.get(nummer=2).pk), **aabnet(client, retter)}
    ret(aftale, del_, titel="Deres navn")
    svar = client.post(retter, mit)
    html = svar.content.decode()
    assert (svar.status_code, "En anden har rettet det" in html, 'value="Mit navn"' in html) == (422, True, True)
    assert titler(aftale)[0] == "Deres navn"
    (maerke,) = re.findall(r'name="aabnet" value="([^"]*)"', html)
    assert client.post(retter, {**mit, "efter": "", "aabnet": unescape(maerke)}).status_code == 302
    assert titler(aftale)[0] == "Mit navn"


def test_rest_gives_the_parts_of_a_version_and_each_clause_its_own() -> None:
    aftale = kladde("Rødovre")
    bilag(aftale)
    sti = f"/api/v1/rammeaftaler/{aftale.pk}/versioner/{nyeste(aftale).pk}"
    hent = klienter.myndighed().get
    dele = hent(f"{sti}/dele").json()["resultater"]
    assert [(d["nummer"], d["art"], d["titel"], d["klausuler"]) for d in dele] == [
        (1, "styringsdel", "Styringsdel", 1), (2, "udviklingsdel", "Udviklingsdel", 1), (3, "bilag", "Bilag 1", 0),
    ]  # fmt: skip
    klausulerne = hent(f"{sti}/klausuler").json()["resultater"]
    assert [k["dokumentdelId"] for k in klausulerne] == [dele[0]["id"], dele[1]["id"]]
