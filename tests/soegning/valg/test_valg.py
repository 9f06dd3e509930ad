"""Choose among the compared and say why: what is kept, what is refused, who sees it, the note, and the pages."""

from importlib import import_module
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.test import Client
from django.urls import reverse

from faelles.aktoer import Aktoer
from faelles.dokument.tjek import tjek_pdf
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.ids import uuid7
from faelles.job import koer
from faelles.models import JobStatus
from faelles.scope import saet_database_aktoer
from kommuner.models import Organisation, Rolle
from reservationer.soegning.models import Tilbudsvalg
from reservationer.soegning.sammenlign.indhold import Sammenligning
from reservationer.soegning.valg import notat, queries
from reservationer.soegning.valg.actions import vaelg
from tests import fabrik
from tests.api import klienter
from tests.soegning.valg.situationer import med_notat, sammenlignet, valg
from tilbud.models import Afdeling, Tilbud

pytestmark = pytest.mark.django_db


def to() -> list[Afdeling]:
    """Two departments with a takst and an address, under another hjemmel than § 108."""
    fundne = [fabrik.afdeling(fabrik.tilbud(navn, adresse=f"{navn}vej 4")) for navn in ("Kernen", "Bakken")]
    fabrik.takst(fundne[0], "2687.00")
    return fundne


def test_vaelg_keeps_what_stood_side_by_side_whatever_the_register_says_later() -> None:
    af, (kernen, bakken) = fabrik.sagsbehandler(), to()
    ny = queries.find(af, valg(af, [kernen, bakken], begrundelse="  Kender metoden ").pk)
    Tilbud.objects.filter(pk=kernen.tilbud_id).update(navn="Et andet navn")
    gemt = Sammenligning.af_json(queries.find(af, ny.pk).sammenligning)
    assert (ny.navn, ny.antal, ny.dato, ny.begrundelse) == (
        f"Kernen, {kernen.navn}",
        2,
        fabrik.om(10),
        "Kender metoden",
    )
    assert ny.rolle_navn == af.rolle_navn
    assert [kolonne.tilbud for kolonne in gemt.kolonner] == ["Kernen", "Bakken"]
    raekker = {raekke.navn: raekke for afsnit in gemt.afsnit for raekke in afsnit.raekker}
    assert raekker["Takst"].celler == (("2.687,00 kr./døgn", "SEL-107"), ("Ikke kendt",))
    assert raekker["Takst"].forskellig


def test_vaelg_keeps_no_address_which_may_be_protected_one_day() -> None:
    gemt = valg(afdelinger=to()).sammenligning
    assert "Kernenvej" not in str(gemt)
    assert "Adresse" not in str(gemt)


@pytest.mark.parametrize("antal", [1, 5])
def test_vaelg_refuses_fewer_than_two_and_more_than_four(antal: int) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        valg(afdelinger=[fabrik.afdeling(navn=f"Hus {nr}") for nr in range(antal)])
    assert set(fejl.value.felter) == {"afdeling"}


def test_vaelg_refuses_what_was_not_compared_and_no_reason_all_at_once() -> None:
    vist = sammenlignet(af := fabrik.sagsbehandler(), to())
    with pytest.raises(UgyldigtInput) as fejl:
        vaelg(aktoer=af, sammenligning=vist, tryk=vist.tryk, afdeling_id=fabrik.afdeling().pk, begrundelse=" \n")
    assert set(fejl.value.felter) == {"afdeling", "begrundelse"}


def test_vaelg_keeps_nothing_but_what_was_shown() -> None:
    af, afdelinger = fabrik.sagsbehandler(), to()
    vist = sammenlignet(af, afdelinger)
    fabrik.takst(afdelinger[1], "2500.00")
    with pytest.raises(Konflikt) as fejl:
        vaelg(
            aktoer=af,
            sammenligning=sammenlignet(af, afdelinger),
            tryk=vist.tryk,
            afdeling_id=afdelinger[0].pk,
            begrundelse="Kender metoden",
        )
    assert fejl.value.kode == "aendret_siden_vist"
    assert not queries.valgene(af)


def test_vaelg_stores_no_cpr_number() -> None:
    with pytest.raises(UgyldigtInput):
        valg(begrundelse="Borger 010190-1234")


@pytest.mark.parametrize("rolle", [Rolle.LAESER, Rolle.OEKONOMI, Rolle.TILBUDSLEDER])
def test_vaelg_takes_somebody_who_may_reserve(rolle: Rolle) -> None:
    with pytest.raises(IngenAdgang):
        valg(fabrik.aktoer(rolle, fabrik.kommune().organisation))


@pytest.mark.parametrize(
    ("felter", "regel"),
    [({"begrundelse": ""}, "tilbudsvalg_har_begrundelse"), ({"antal": 5}, "tilbudsvalg_mellem_to_til_fire")],
)
def test_database_refuses_what_the_action_does(felter: dict[str, Any], regel: str) -> None:
    gammelt = valg()
    ens = {felt.attname: getattr(gammelt, felt.attname) for felt in Tilbudsvalg._meta.concrete_fields}
    nyt = {**ens, "id": uuid7(), **felter}
    with pytest.raises(IntegrityError, match=regel):
        Tilbudsvalg.objects.create(**nyt)


def test_choice_is_never_changed_and_seen_by_its_municipality_alone_in_the_database_too() -> None:
    af: Aktoer = fabrik.sagsbehandler()
    ny = med_notat(valg(af))
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Tilbudsvalg.objects.synlige_for(af).filter(pk=ny.pk).update(begrundelse="En anden")
    with pytest.raises(IkkeFundet):
        queries.notat(fabrik.sagsbehandler("Herlev"), ny.pk)
    for aktoer, ser in ((af, 1), (fabrik.sagsbehandler("Herlev"), 0), (fabrik.tilbudsleder("Rødovre"), 0)):
        saet_database_aktoer(aktoer)
        with connection.cursor() as cursor:
            for tabel in ("soegning_tilbudsvalg", "soegning_valgnotat"):
                cursor.execute(f"select count(*) from {tabel}")
                assert cursor.fetchone() == (ser,)


def test_note_is_accessible_says_what_was_chosen_among_what_and_comes_out_the_same() -> None:
    af = fabrik.sagsbehandler()
    ny = queries.find(af, valg(af, to(), begrundelse="Tæt på skolen").pk)
    Organisation.objects.filter(pk=af.organisation_id).update(navn="Et andet navn")
    html = notat.dokument(ny).html
    for tekst in ("Kernen", "Bakken", "2.687,00", "Tæt på skolen", "Rødovre Kommune", "(valgt)", "Takst (forskel)"):
        assert tekst in html
    pdf = notat.saet(ny)
    assert tjek_pdf(pdf) == ()
    assert notat.saet(ny) == pdf


@pytest.mark.django_db(transaction=True)
def test_job_stores_the_note_once() -> None:
    import_module("reservationer.soegning.tasks")  # as the worker does: it says how notes are made
    with transaction.atomic():
        af = fabrik.sagsbehandler()
        ny = valg(af)
        assert queries.notat(af, ny.pk) is None
    koer(ny.job_id)
    koer(ny.job_id)
    with transaction.atomic():
        assert queries.find(af, ny.pk).job.status == JobStatus.FAERDIG
        pdf = queries.notat(af, ny.pk)
        assert pdf is not None
        assert pdf.startswith(b"%PDF")


def klient(navn: str = "Rødovre") -> Client:
    """A case worker's browser."""
    client = Client()
    client.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune(navn).organisation))
    return client


def adresse(afdelinger: list[Afdeling], valgt: Afdeling) -> str:
    """Where the second of the buttons »Vælg og begrund« leads."""
    dele = "&".join(f"afdeling={afdeling.pk}" for afdeling in afdelinger)
    return f"{reverse('soegning:nyt_valg')}?{dele}&fra={fabrik.om(10)}&valgt={valgt.pk}"


def test_page_chooses_keeps_and_lists_for_the_municipality_alone() -> None:
    afdelinger, client = to(), klient()
    her = adresse(afdelinger, afdelinger[1])
    sammenligning = client.get(her.replace("/valg/nyt", "/sammenlign")).content.decode()
    assert sammenligning.count("Vælg og begrund<span") == 2
    assert "Prøv frit valg" not in sammenligning
    side = client.get(her)
    assert f'value="{afdelinger[1].pk}" ' in side.content.decode()
    set_ = {"tryk": side.context["sammenligning"].tryk}
    assert set_["tryk"] in side.content.decode()
    skrevet = {"afdeling": str(afdelinger[1].pk), "begrundelse": "Kan rumme uro"}
    fabrik.takst(afdelinger[1], "2500.00")
    assert client.post(her, skrevet).status_code == 400, "what was seen is not said"
    igen = client.post(her, {**skrevet, **set_})
    assert igen.status_code == 400
    assert "Sammenligningen er ændret" in igen.content.decode()
    nyt = igen.context["form"]["tryk"].value()
    assert (nyt, igen.context["form"]["begrundelse"].value()) == (igen.context["sammenligning"].tryk, "Kan rumme uro")
    svar = client.post(her, {**skrevet, "tryk": nyt})
    html = client.get(svar["Location"]).content.decode()
    for tekst in ("Kan rumme uro", "Bakken", "2.687,00", "Sammenlignet med"):
        assert tekst in html
    assert "Kan rumme uro" in client.get(reverse("soegning:valgene")).content.decode()
    fremmed = klient("Herlev")
    assert "Ingen valg endnu" in fremmed.get(reverse("soegning:valgene")).content.decode()
    assert fremmed.get(svar["Location"]).status_code == 404
    assert fremmed.get(f"{svar['Location']}/notat").status_code == 404


@pytest.mark.parametrize(
    ("rettet", "felt"),
    [({"begrundelse": ""}, "begrundelse"), ({"begrundelse": "010190-1234"}, "begrundelse"), ({"afdeling": ""}, "afdeling")],
)  # fmt: skip
def test_page_shows_a_fault_at_its_field_and_keeps_nothing(rettet: dict[str, str], felt: str) -> None:
    afdelinger, client = to(), klient()
    data = {"afdeling": str(afdelinger[0].pk), "begrundelse": "Kender metoden", **rettet}
    svar = client.post(adresse(afdelinger, afdelinger[0]), data)
    assert (svar.status_code, list(svar.context["form"].errors)) == (400, [felt])
    assert "Ingen valg endnu" in client.get(reverse("soegning:valgene")).content.decode()


def test_page_of_one_leads_back() -> None:
    (en, _) = to()
    assert "/soeg/sammenlign" in klient().get(adresse([en], en))["Location"]


STI = "/api/v1/tilbudsvalg"


def send(client: Client, krop: dict[str, Any], nr: int = 1) -> Any:
    """Choose over REST."""
    return client.post(STI, krop, content_type="application/json", headers={"idempotency-key": f"n-{nr}"})


def test_system_chooses_what_it_has_seen_lists_it_and_fetches_the_note() -> None:
    system, afdelinger = klienter.myndighed(), to()
    behov = {"fra": fabrik.om(10).isoformat(), "afdelinger": [str(en.pk) for en in afdelinger]}

    def tryk() -> str:
        return str(
            system.post("/api/v1/sammenligninger", behov, content_type="application/json").json()["fingeraftryk"]
        )

    krop = {**behov, "fingeraftryk": tryk(), "valgtAfdelingId": str(afdelinger[1].pk), "begrundelse": "Kan rumme uro"}
    fabrik.takst(afdelinger[1], "2500.00")
    aendret = send(system, krop)
    assert (aendret.status_code, aendret.json()["code"]) == (409, "aendret_siden_vist")
    svar = send(system, krop | {"fingeraftryk": tryk()}, 2)
    assert svar.status_code == 201, svar.content
    fundet = svar.json()
    assert send(system, krop | {"fingeraftryk": fundet["sammenligning"]["fingeraftryk"]}, 2).json() == fundet, (
        "the same key"
    )
    assert (fundet["navn"], fundet["antal"], fundet["notat"]) == (f"Bakken, {afdelinger[1].navn}", 2, None)
    assert "Adresse" not in str(fundet["sammenligning"])
    assert system.get(f"{svar['Location']}/notat").status_code == 409
    med_notat(queries.find(fabrik.sagsbehandler(), fundet["id"]))
    (raekke,) = system.get(STI).json()["resultater"]
    assert {**raekke, "notat": None} == {navn: vaerdi for navn, vaerdi in fundet.items() if navn != "sammenligning"}
    assert system.get(raekke["notat"])["Content-Type"] == "application/pdf"
    fremmed = klienter.myndighed("Herlev")
    assert fremmed.get(STI).json()["resultater"] == []
    assert fremmed.get(svar["Location"]).status_code == fremmed.get(raekke["notat"]).status_code == 404


def test_system_is_told_all_faults_of_a_choice_at_its_fields() -> None:
    behov = {"fra": fabrik.om(10).isoformat(), "afdelinger": [str(en.pk) for en in to()]}
    svar = send(klienter.myndighed(), {**behov, "fingeraftryk": "x", "begrundelse": ""})
    assert svar.status_code == 400
    assert {fejl["pointer"] for fejl in svar.json()["errors"]} == {"/fingeraftryk", "/begrundelse", "/valgtAfdelingId"}


def test_list_asks_as_much_for_1_as_for_20(django_assert_max_num_queries: Any) -> None:
    af, afdelinger = fabrik.sagsbehandler(), to()
    valg(af, afdelinger)
    with django_assert_max_num_queries(5) as en:
        list(queries.valgene(af))
    for _ in range(19):
        valg(af, afdelinger)
    with django_assert_max_num_queries(len(en)):
        assert len(queries.valgene(af)) == 20
