"""Two people at one clause, by the forms they fill in: the second sees what the other saved, and nothing of either is lost."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kommuner.models import Rolle
from rammeaftale.models import Klausuludgave, Rammeaftale
from rammeaftale.tekst.actions import Klausulindhold, lad_udgaa, ret_klausul
from rammeaftale.tekst.forskel import Art, Stykke
from rammeaftale.tekst.queries import klausuler
from tests import fabrik
from tests.rammeaftale.aftaler import anbefal, kladde, klausul, saet, send, tom_kladde
from tests.rammeaftale.test_sider import klient, sekretariat
from tests.rammeaftale.test_trin import ny, nyeste
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db
FRIST, SVARFRIST, AFRUNDING = Noegle.INDSIGELSE_FRIST, Noegle.FORESPOERGSEL_SVARFRIST, Noegle.AFRUNDING


@pytest.fixture
def aftale() -> Rammeaftale:
    """A draft with one clause that sets two terms: its saving is number 2."""
    aftale = tom_kladde("Rødovre")
    saet(aftale, klausul(aftale), {FRIST: "30", SVARFRIST: "10"})
    return aftale


def udgave(aftale: Rammeaftale) -> Klausuludgave:
    """The clause as last saved."""
    return klausuler(nyeste(aftale), med_udgaaede=True)[0].udgave


def saettes(aftale: Rammeaftale) -> dict[str, str]:
    return dict(klausuler(nyeste(aftale), med_udgaaede=True)[0].vilkaar)


def adresse(aftale: Rammeaftale, rute: str) -> str:
    return reverse(f"rammeaftale:{rute}", args=[aftale.slug, udgave(aftale).klausul_id])


def skriv(aftale: Rammeaftale, nummer: str, overskrift: str, tekst: str) -> None:
    """Another person's saving."""
    nu = udgave(aftale)
    ret_klausul(
        aktoer=fabrik.sekretariat(),
        aftale_id=aftale.id,
        klausul_id=nu.klausul_id,
        laest=nu.udgave,
        indhold=Klausulindhold(nummer, overskrift, tekst),
    )


def lad_udgaa_nu(aftale: Rammeaftale) -> None:
    """Another person lets the clause go."""
    nu = udgave(aftale)
    lad_udgaa(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, klausul_id=nu.klausul_id, laest=nu.udgave)


def felter(svar: Any) -> dict[str, Any]:
    """What stands in the form that came back, hidden fields and all."""
    return {felt.html_name: felt.value() or "" for felt in svar.context["form"]}


def igen(client: Client, sti: str, svar: Any) -> Any:
    """Send it."""
    return client.post(sti, felter(svar), follow=True)


def tilfoejet(stykker: Iterable[Stykke]) -> str:
    """The words that only the new text has."""
    return " ".join(stykke.tekst for stykke in stykker if stykke.art is Art.TILFOEJET)


def test_second_to_save_terms_sees_what_the_other_changed_keeps_her_own_and_can_save(aftale: Rammeaftale) -> None:
    client, sti = sekretariat(), adresse(aftale, "klausulvilkaar")
    saet(aftale, udgave(aftale), {FRIST: "45", AFRUNDING: "krone"})  # changes one, removes one, adds one
    svar = client.post(sti, {"udgave": "2", FRIST: "60", SVARFRIST: "7", "ny_noegle": "", "ny_vaerdi": ""})
    assert svar.status_code == 422
    andens = svar.context["andens"]
    assert [(v.noegle, v.foer, v.efter) for v in andens.vilkaar] == [
        ("afrunding", None, "krone"), ("forespoergsel_svarfrist", "10", None), ("indsigelse_frist", "30", "45"),
    ]  # fmt: skip
    html = svar.content.decode()
    assert "30 dage → 45 dage" in html
    assert "Fastsættes ikke længere (var 10 dage)" in html
    assert saettes(aftale) == {FRIST: "45", AFRUNDING: "krone"}, "nothing is saved yet"
    assert "Vilkårene er gemt." in igen(client, sti, svar).content.decode()
    assert saettes(aftale) == {FRIST: "60", SVARFRIST: "7", AFRUNDING: "krone"}


def test_term_another_has_added_is_not_taken_out_by_a_form_that_came_back_for_its_faults(aftale: Rammeaftale) -> None:
    client, sti = sekretariat(), adresse(aftale, "klausulvilkaar")
    saet(aftale, udgave(aftale), {FRIST: "30", SVARFRIST: "10", AFRUNDING: "krone"})
    fejl = client.post(sti, {"udgave": "2", FRIST: "60", SVARFRIST: "7", "ny_noegle": "", "ny_vaerdi": "010203-1234"})
    assert (fejl.status_code, fejl.context["andens"]) == (422, None)
    svar = client.post(sti, {**felter(fejl), "ny_vaerdi": ""})
    assert [(v.noegle, v.foer, v.efter) for v in svar.context["andens"].vilkaar] == [("afrunding", None, "krone")]
    igen(client, sti, svar)
    assert saettes(aftale) == {FRIST: "60", SVARFRIST: "7", AFRUNDING: "krone"}


def test_term_both_add_is_a_difference_and_not_an_unknown_choice(aftale: Rammeaftale) -> None:
    client, sti = sekretariat(), adresse(aftale, "klausulvilkaar")
    saet(aftale, udgave(aftale), {FRIST: "30", SVARFRIST: "10", AFRUNDING: "krone"})
    svar = client.post(
        sti, {"udgave": "2", FRIST: "30", SVARFRIST: "10", "ny_noegle": AFRUNDING.value, "ny_vaerdi": "oere"}
    )
    assert [(v.noegle, v.foer, v.efter) for v in svar.context["andens"].vilkaar] == [("afrunding", None, "krone")]


def test_clause_is_not_dropped_on_top_of_a_text_nobody_has_shown(aftale: Rammeaftale) -> None:
    client, sti = sekretariat(), adresse(aftale, "udgaa_klausul")
    assert client.get(sti).context["form"]["udgave"].value() == 2
    skriv(aftale, "3.1", "Takster og frister", "Parterne betaler forud.")
    svar = client.post(sti, {"udgave": "2"})
    assert svar.status_code == 422
    assert tilfoejet(svar.context["andens"].tekst) == "betaler forud."
    assert not udgave(aftale).udgaar
    igen(client, sti, svar)
    assert udgave(aftale).udgaar


def test_text_saved_on_top_of_a_dropped_clause_shows_its_terms_and_brings_them_back(aftale: Rammeaftale) -> None:
    client, sti = sekretariat(), adresse(aftale, "ret_klausul")
    lad_udgaa_nu(aftale)
    svar = client.post(sti, {"udgave": "2", "nummer": "3.1", "overskrift": "Takster og frister", "tekst": "Min tekst."})
    assert svar.status_code == 422
    assert [(v.noegle, v.foer, v.efter) for v in svar.context["andens"].vilkaar] == [
        ("forespoergsel_svarfrist", "10", None), ("indsigelse_frist", "30", None),
    ]  # fmt: skip
    saet(aftale, klausul(aftale, "3.2"), {SVARFRIST: "5"})  # another clause takes one of them meanwhile
    html = igen(client, sti, svar).content.decode()
    assert "Klausulen er gemt. Vilkår, den ikke længere fastsætter, fordi en anden klausul gør det" in html
    assert "(3.2 Takster og frister)" in html
    tekster = {t.nummer: dict(t.vilkaar) for t in klausuler(nyeste(aftale))}
    assert tekster == {"3.1": {FRIST: "30"}, "3.2": {SVARFRIST: "5"}}


def test_terms_of_a_clause_that_stands_are_not_taken_up_again_with_its_text(aftale: Rammeaftale) -> None:
    saet(aftale, udgave(aftale), {})
    skriv(aftale, "3.1", "Takster og frister", "Parterne betaler forud.")
    assert saettes(aftale) == {}


def test_others_number_and_heading_are_shown_as_well_as_her_text(aftale: Rammeaftale) -> None:
    client, sti = sekretariat(), adresse(aftale, "ret_klausul")
    skriv(aftale, "4.7", "Betaling", "Parterne følger vilkårene.")
    egen = {"udgave": "2", "nummer": "3.1", "overskrift": "Takster og frister", "tekst": "Parterne følger vilkårene."}
    svar = client.post(sti, egen)
    assert svar.status_code == 422
    fjernet = "".join(s.tekst for s in svar.context["andens"].tekst if str(s.art) == "fjernet")
    assert "4.7" in fjernet
    assert "Betaling" in fjernet
    igen(client, sti, svar)
    assert str(udgave(aftale)) == "3.1 Takster og frister"


def test_every_earlier_saving_can_be_read_with_what_it_changed(aftale: Rammeaftale) -> None:
    skriv(aftale, "3.1", "Takster og frister", "Parterne betaler forud.")
    saet(aftale, udgave(aftale), {FRIST: "45", SVARFRIST: "10"})
    laeser = klient(fabrik.Rolle.LAESER, fabrik.kommune("Rødovre").organisation)
    html = laeser.get(adresse(aftale, "klausul")).content.decode()
    gemte = list(Klausuludgave.objects.order_by("udgave"))
    stier = [reverse("rammeaftale:klausuludgave", args=[aftale.slug, en.klausul_id, en.pk]) for en in gemte]
    assert [sti in html for sti in stier] == [True] * 4
    sider = [laeser.get(sti) for sti in stier]
    assert "Parterne følger vilkårene." in sider[1].content.decode()
    assert sider[0].context["forskel"] is None
    assert tilfoejet(sider[2].context["forskel"].tekst) == "betaler forud."
    assert [(v.noegle, v.foer, v.efter) for v in sider[3].context["forskel"].vilkaar] == [(FRIST, "30", "45")]


def test_savings_of_a_version_that_was_called_back_are_read_on() -> None:
    aftale = kladde("Rødovre")
    anbefal(aftale)
    send(aftale)
    ny(aftale)
    svar = sekretariat().get(adresse(aftale, "klausul"))
    assert [(en.version.nummer, en.udgave) for en in svar.context["udgaver"]] == [(2, 3), (1, 2), (1, 1)]


def test_comment_sent_when_the_draft_has_become_a_recommendation_is_given_back_with_why() -> None:
    aftale = kladde("Rødovre")
    rodovre, sti = klient(Rolle.VISITATOR, fabrik.kommune("Rødovre").organisation), adresse(aftale, "klausul")
    anbefal(aftale)
    send(aftale)
    svar = rodovre.post(sti, {"tekst": "Gælder fristen også dagtilbud?"})
    assert svar.status_code == 422
    assert svar.context["form"]["tekst"].value() == "Gælder fristen også dagtilbud?"
    assert svar.context["form"].non_field_errors(), "it says why"


def test_form_opened_on_an_earlier_version_does_not_overwrite_what_the_next_one_began_with() -> None:
    aftale = kladde("Rødovre")
    laest = udgave(aftale).udgave
    skriv(aftale, "3.1", "Takster og frister", "Den andens tekst.")
    anbefal(aftale)
    send(aftale)
    ny(aftale)
    svar = sekretariat().post(
        adresse(aftale, "ret_klausul"),
        {"udgave": laest, "nummer": "3.1", "overskrift": "Takster og frister", "tekst": "Min tekst."},
    )
    assert svar.status_code == 422
    assert "Den andens tekst og din" in svar.content.decode()
    assert udgave(aftale).tekst == "Den andens tekst."


def test_introduction_opened_on_an_earlier_version_does_not_overwrite_what_another_wrote_meanwhile() -> None:
    aftale = kladde("Rødovre")
    client, sti = sekretariat(), reverse("rammeaftale:ret_indledning", args=[aftale.slug])
    laest = client.get(sti).context["form"]["udgave"].value()
    assert client.post(sti, {"udgave": laest, "tekst": "Den andens tekst."}).status_code == 302
    anbefal(aftale)
    send(aftale)
    ny(aftale)
    svar = client.post(sti, {"udgave": laest, "tekst": "Min tekst."})
    assert svar.status_code == 422
    assert nyeste(aftale).indledning == "Den andens tekst."


def test_savings_are_numbered_on_from_version_to_version_and_each_tells_what_it_changed() -> None:
    aftale = kladde("Rødovre")
    anbefal(aftale)
    send(aftale)
    ny(aftale)
    skriv(aftale, "3.1", "Takster og frister", "Ny tekst.")
    gemte = Klausuludgave.objects.filter(klausul=udgave(aftale).klausul_id).order_by("udgave")
    assert list(gemte.values_list("udgave", "version__nummer")) == [(1, 1), (2, 1), (3, 2), (4, 2)]
    foerste_i_ny = gemte[2]
    html = sekretariat().get(
        reverse("rammeaftale:klausuludgave", args=[aftale.slug, foerste_i_ny.klausul_id, foerste_i_ny.pk])
    )
    assert "Ændret siden udgave 2" in html.content.decode()
