"""An extract is compared, the owner decides, and what is taken over waits for a second person."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Haendelse
from tests import fabrik
from tests.tilbud.portal.situationer import NOEGLE, sammenligning, tilbud, udtraek
from tilbud.models import Importtilstand, Portalafvigelse, Portalbeslutning, Portalsammenligning
from tilbud.portal.actions import afgoer, sammenlign_udtraek
from tilbud.portal.queries import sammenligninger
from tilbud.registerimport.actions import afvis, godkend, traek

pytestmark = pytest.mark.django_db
OVERTAG, BEHOLD, FEJL = Portalbeslutning.OVERTAG, Portalbeslutning.BEHOLD, Portalbeslutning.FEJL


def afvigelser(fundet: Portalsammenligning, aktoer: Aktoer) -> dict[str, Portalafvigelse]:
    return {a.felt: a for a in Portalafvigelse.objects.synlige_for(aktoer).filter(sammenligning=fundet)}


def test_differences_are_kept_with_both_values_and_nothing_in_the_register_changes() -> None:
    t, leder = tilbud(alder_til=65), fabrik.tilbudsleder()
    fundet = sammenligning(
        {NOEGLE: "4711", "Navn": "Kærgaarden", "Alder til": "70", "Adresse": ""}, {NOEGLE: "1"}, af=leder
    )
    assert (fundet.raekker, fundet.ukendte, fundet.tilbud) == (2, 1, [t.pk])
    assert {f: (a.vores, a.portalens) for f, a in afvigelser(fundet, leder).items()} == {
        "navn": ("Kærgården", "Kærgaarden"),
        "alder_til": (65, 70),
    }
    t.refresh_from_db()
    assert t.navn == "Kærgården"
    assert Haendelse.objects.filter(type="tilbud.afvigelse", entitet_id=t.pk).count() == 1


def test_taking_over_is_an_import_that_a_second_person_approves() -> None:
    t, leder = tilbud(), fabrik.tilbudsleder()
    fundet = sammenligning({NOEGLE: "4711", "Navn": "Kærgaarden", "Hjemmeside": "https://example.dk"}, af=leder)
    egne = afvigelser(fundet, leder)
    registerimport = afgoer(
        aktoer=leder,
        sammenligning_id=fundet.pk,
        beslutninger={egne["navn"].pk: OVERTAG, egne["hjemmeside"].pk: BEHOLD},
        grund="Stavet rigtigt dér",
    )
    assert registerimport is not None
    assert registerimport.tilstand == Importtilstand.AFVENTER
    t.refresh_from_db()
    assert t.navn == "Kærgården"
    with pytest.raises(Konflikt, match="En anden"):
        godkend(aktoer=leder, import_id=registerimport.pk)
    godkend(aktoer=fabrik.tilbudsleder(), import_id=registerimport.pk)
    t.refresh_from_db()
    assert (t.navn, t.hjemmeside) == ("Kærgaarden", "")
    efter = afvigelser(fundet, leder)
    assert (efter["navn"].beslutning, efter["navn"].registerimport_id, efter["navn"].grund) == (
        OVERTAG,
        registerimport.pk,
        "Stavet rigtigt dér",
    )
    assert (efter["hjemmeside"].beslutning, efter["hjemmeside"].registerimport_id) == (BEHOLD, None)


@pytest.mark.parametrize("falder", ["afvist", "trukket"])
def test_difference_whose_takeover_came_to_nothing_is_to_be_decided_again(falder: str) -> None:
    tilbud()
    leder = fabrik.tilbudsleder()
    fundet = sammenligning(af=leder)
    (en,) = afvigelser(fundet, leder).values()
    foerste = afgoer(aktoer=leder, sammenligning_id=fundet.pk, beslutninger={en.pk: OVERTAG})
    assert foerste is not None
    with pytest.raises(Konflikt, match="allerede afgjort"):
        afgoer(aktoer=leder, sammenligning_id=fundet.pk, beslutninger={en.pk: BEHOLD})
    assert [s.uafgjorte for s in sammenligninger(leder)] == [0]  # type: ignore[attr-defined]  # annotated
    if falder == "afvist":
        afvis(aktoer=fabrik.tilbudsleder(), import_id=foerste.pk, grund="Vi hedder det andet")
    else:
        traek(aktoer=leder, import_id=foerste.pk)
    assert [s.uafgjorte for s in sammenligninger(leder)] == [1]  # type: ignore[attr-defined]  # annotated
    afgoer(aktoer=leder, sammenligning_id=fundet.pk, beslutninger={en.pk: BEHOLD})
    (en,) = afvigelser(fundet, leder).values()
    assert (en.beslutning, en.registerimport_id) == (BEHOLD, None)
    assert [s.uafgjorte for s in sammenligninger(leder)] == [0]  # type: ignore[attr-defined]  # annotated


def test_what_is_kept_or_wrong_on_the_portal_is_recorded_and_changes_nothing() -> None:
    tilbud()
    leder = fabrik.tilbudsleder()
    fundet = sammenligning(af=leder)
    (afvigelse,) = afvigelser(fundet, leder).values()
    assert afgoer(aktoer=leder, sammenligning_id=fundet.pk, beslutninger={afvigelse.pk: FEJL}) is None
    with pytest.raises(Konflikt, match="allerede afgjort"):
        afgoer(aktoer=leder, sammenligning_id=fundet.pk, beslutninger={afvigelse.pk: BEHOLD})


def test_value_that_breaks_a_rule_is_refused_and_nothing_is_decided() -> None:
    tilbud(alder_fra=30)
    leder = fabrik.tilbudsleder()
    fundet = sammenligning({NOEGLE: "4711", "Alder til": "20"}, af=leder)
    (afvigelse,) = afvigelser(fundet, leder).values()
    with pytest.raises(UgyldigtInput) as fejl:
        afgoer(aktoer=leder, sammenligning_id=fundet.pk, beslutninger={afvigelse.pk: OVERTAG})
    assert "Alder til er større end alder fra." in fejl.value.felter["beslutninger"][0]
    (uroert,) = afvigelser(fundet, leder).values()
    assert uroert.beslutning == Portalbeslutning.AFVENTER


def test_value_that_is_here_by_now_is_no_change() -> None:
    t, leder = tilbud(), fabrik.tilbudsleder()
    fundet = sammenligning(af=leder)
    (afvigelse,) = afvigelser(fundet, leder).values()
    t.navn = "Kærgaarden"
    t.save()
    with pytest.raises(Konflikt, match="allerede de værdier"):
        afgoer(aktoer=leder, sammenligning_id=fundet.pk, beslutninger={afvigelse.pk: OVERTAG})


def test_all_faults_of_a_decision_are_told_at_once() -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        afgoer(aktoer=fabrik.tilbudsleder(), sammenligning_id=uuid4(), beslutninger={}, grund="010203-1234")
    assert set(fejl.value.felter) == {"beslutninger", "grund"}


@pytest.mark.parametrize(
    ("fil", "besked"),
    [
        (udtraek({NOEGLE: "1", "Kommune": "Atlantis"}), "Række 2, Kommune"),
        (udtraek({"Navn": "x"}), "Kolonnen mangler"),
        (udtraek({NOEGLE: "1"}, {NOEGLE: "1"}), "Står allerede i række 2"),
        (f"{NOEGLE};Navn\n".encode(), "ingen rækker"),
        ("Id på Tilbudsportalen\n1".encode("latin-1"), "UTF-8"),
        (udtraek({NOEGLE: "1", "Beskrivelse": "010203-1234"}), "CPR-nummer"),
    ],
    ids=["unknown code", "no key", "the same twice", "nothing in it", "not UTF-8", "a CPR number"],
)
def test_file_with_faults_is_refused_and_nothing_is_kept(fil: bytes, besked: str) -> None:
    tilbud()
    leder = fabrik.tilbudsleder()
    with pytest.raises(UgyldigtInput) as fejl:
        sammenlign_udtraek(aktoer=leder, fil=fil, filnavn="x.csv")
    assert besked in " ".join(fejl.value.felter["fil"])
    assert "010203" not in str(fejl.value.felter)
    assert not Portalsammenligning.objects.synlige_for(leder).exists()


def test_nobody_else_sees_or_decides_a_comparison() -> None:
    t, leder = tilbud(), fabrik.tilbudsleder()
    fundet = sammenligning(af=leder)
    (afvigelse,) = afvigelser(fundet, leder).values()
    fremmed = fabrik.tilbudsleder("Herlev")
    with pytest.raises(IkkeFundet):
        afgoer(aktoer=fremmed, sammenligning_id=fundet.pk, beslutninger={afvigelse.pk: BEHOLD})
    with pytest.raises(IngenAdgang):
        afgoer(aktoer=fabrik.sagsbehandler(), sammenligning_id=fundet.pk, beslutninger={afvigelse.pk: BEHOLD})
    begraenset, anden = fabrik.tilbudsleder_for(fabrik.tilbud(i="Gladsaxe")), fabrik.tilbudsleder_for(t)
    assert not Portalsammenligning.objects.synlige_for(begraenset).exists()
    assert Portalafvigelse.objects.synlige_for(anden).exists()


def test_database_wants_a_decision_whole_and_a_takeover_through_an_import() -> None:
    tilbud()
    leder = fabrik.tilbudsleder()
    fundet = sammenligning(af=leder)
    egne = Portalafvigelse.objects.synlige_for(leder).filter(sammenligning=fundet)
    with pytest.raises(IntegrityError, match="portalafvigelse_afgjort_helt_eller_slet_ikke"), transaction.atomic():
        egne.update(beslutning=BEHOLD)
    with pytest.raises(IntegrityError, match="portalafvigelse_overtages_gennem_en_import"), transaction.atomic():
        egne.update(beslutning=OVERTAG, afgjort=fabrik.nu(), afgjort_af="bruger:x")
