"""What a value may be when it is written, that what was once written can always be read, and how people write and read numbers."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from faelles.fejl import UgyldigtInput
from kommuner.models import Kkr
from rammeaftale.tekst.queries import klausuler
from reservationer.sag.models import Fravaersart
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.aftaler import klausul, saet, tom_kladde
from tests.rammeaftale.test_sider import sekretariat
from tests.rammeaftale.test_trin import nyeste
from vilkaar.beskrivelse import Kodeliste
from vilkaar.models import Vilkaar
from vilkaar.noegler import NOEGLER, Noegle
from vilkaar.queries import gaeldende
from vilkaar.sammenhaeng import uenigheder

KENDTE = {Kodeliste.HJEMLER: {"SEL-107", "SEL-108"}, Kodeliste.FRAVAERSARTER: Fravaersart.values}
pytestmark = pytest.mark.django_db
DAG = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("noegle", "gemt", "laest"),
    [
        (Noegle.RESERVATION_VARIGHED, "14.0", Decimal(14)),
        (Noegle.RESERVATION_VARIGHED, "1E1", Decimal(10)),
        (Noegle.OVERHEAD_PROCENT, "6.12345678", Decimal("6.12345678")),
        (Noegle.BELAEGNING_MIN, "9_5", Decimal(95)),
        (Noegle.OVERHEAD_PROCENT, "120", Decimal(120)),
        (Noegle.OPBEVARING_KRAV_MAANEDER, "6", Decimal(6)),
        (Noegle.AFRUNDING, "tikrone", "tikrone"),
    ],
)
def test_what_was_once_written_is_read_for_ever_but_not_written_again(
    noegle: Noegle, gemt: str, laest: Decimal | str
) -> None:
    kkr = Kkr.objects.create(navn="KKR Prøve", slug="kkr-proeve")
    Vilkaar.objects.create(saet=fabrik.vilkaar(kkr, uden=noegle), noegle=noegle, vaerdi=gemt, klausul="Gammel")
    assert gaeldende(kkr.pk, DAG).vaerdier[noegle] == laest
    with pytest.raises(UgyldigtInput, match=noegle):
        fabrik.vilkaar(kkr, fra=DAG, andre={noegle: gemt})


def test_table_that_was_once_written_is_read_for_ever() -> None:
    kkr = Kkr.objects.create(navn="KKR Prøve", slug="kkr-proeve")
    saet = fabrik.vilkaar(kkr, uden=Noegle.DELTIDSFAKTORER)
    Vilkaar.objects.create(saet=saet, noegle=Noegle.DELTIDSFAKTORER, vaerdi="3 = 85; 9= 1E2", klausul="Gammel")
    assert gaeldende(kkr.pk, DAG).tabel(Noegle.DELTIDSFAKTORER) == {3: Decimal(85), 9: Decimal(100)}


@pytest.mark.parametrize(
    ("noegle", "skrevet", "gemt", "i_ord"),
    [
        (Noegle.OVERHEAD_PROCENT, "6,5", "6.5", "6,5 procent"),
        (Noegle.OVERHEAD_PROCENT, "6.5", "6.5", "6,5 procent"),
        (Noegle.OVERHEAD_PROCENT, "6", "6", "6 procent"),
        (Noegle.VAEKSTLOFT_BASISAAR, "2014", "2014", "2014"),
        (Noegle.DISKRETION_GRAENSE, "5", "5", "5"),
        (Noegle.VAEKSTLOFT, "2015=1,3; 2016=-0,6", "2015=1.3; 2016=-0.6", "2015: 1,3; 2016: -0,6 (procent)"),
        (Noegle.VAEKSTLOFT, "2015=1.3;2016=1,6", "2015=1.3;2016=1.6", "2015: 1,3;2016: 1,6 (procent)"),
        (Noegle.TAKST_FRIST, "10.12", "10.12", "10.12"),
        (Noegle.FRAVAER_PROCENT, "faengsel=0; *=100", "faengsel=0; *=100", "faengsel=0; *=100"),
        (Noegle.AFRUNDING, "krone", "krone", "krone"),
    ],
)
def test_numbers_are_written_with_comma_or_point_stored_with_point_and_shown_with_comma(
    noegle: Noegle, skrevet: str, gemt: str, i_ord: str
) -> None:
    hvad = NOEGLER[noegle]
    assert hvad.som_gemt(skrevet) == gemt
    hvad.kraev(noegle, gemt, KENDTE)
    assert hvad.i_ord(gemt) == hvad.i_ord(hvad.laes(gemt)) == i_ord
    assert hvad.som_gemt(hvad.som_skrevet(gemt)) == gemt


@pytest.mark.parametrize(
    ("noegle", "skrevet", "siger"),
    [
        (Noegle.OVERHEAD_PROCENT, "1.006,5", "»1.006,5«. Skriv kun cifre, uden punktum mellem tusinder, og decimaler efter"),
        (Noegle.OVERHEAD_PROCENT, "6,5 %", "»6,5 %«"),
        (Noegle.OVERHEAD_PROCENT, "100,5", "skal ligge fra 0 til 100 procent; ikke »100,5«."),
        (Noegle.RESERVATION_VARIGHED, "14,5", "skal være et helt tal; ikke »14,5«. Skriv det uden decimaler."),
        (Noegle.RESERVATION_VARIGHED, "to uger", "Skriv kun cifre, uden punktum mellem tusinder."),
        (Noegle.VAEKSTLOFT, "2015=1,3,4", "»1,3,4«"),
        (Noegle.DELTIDSFAKTORER, "9=85,5", "Fejlen er ved »9=85,5«."),
        (Noegle.OPSIGELSE_VARSEL_KOMMUNE, "SEL108=3m; *=14d", "»SEL108« findes ikke blandt hjemler. Mente du SEL-108?"),
        (Noegle.OPSIGELSE_VARSEL_TILBUD, "sel-107=3m; *=14d", "Mente du SEL-107?"),
        (Noegle.FRAVAER_PROCENT, "ferrie=50; *=100", "»ferrie« findes ikke blandt slags fravær. Mente du ferie?"),
        (Noegle.FRAVAER_PROCENT, "x=50; *=100", "De mulige er andet, faengsel, ferie, hospital."),
    ],
)  # fmt: skip
def test_refusal_shows_what_was_written_and_says_what_to_write(noegle: Noegle, skrevet: str, siger: str) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        NOEGLER[noegle].kraev(noegle, NOEGLER[noegle].som_gemt(skrevet), KENDTE)
    assert siger in fejl.value.besked
    assert noegle in fejl.value.besked


def test_terms_that_contradict_each_other_are_told_in_danish_numbers() -> None:
    (besked,) = uenigheder({**fabrik.VAERDIER, Noegle.BELAEGNING_MIN: "98.5"}, dict.fromkeys(Noegle, "klausulen"))
    assert "er 98,5 procent efter klausulen" in besked
    assert "som er 98 procent efter" in besked


def test_page_takes_a_comma_shows_it_again_and_rest_has_the_point() -> None:
    aftale = tom_kladde()
    udgave = saet(aftale, klausul(aftale), {Noegle.OVERHEAD_PROCENT: "6", Noegle.VAEKSTLOFT: "2015=1.3"})
    klient, url = sekretariat(), reverse("rammeaftale:klausulvilkaar", args=[aftale.slug, udgave.klausul_id])
    assert 'value="2015=1,3"' in klient.get(url).content.decode()
    felter = {
        "udgave": str(udgave.udgave), "overhead_procent": "6,25", "vaekstloft": "2015=1,3; 2016=1,6",
        "ny_noegle": "belaegning_min", "ny_vaerdi": "95,5",
    }  # fmt: skip
    afvist = klient.post(url, {**felter, "overhead_procent": "100,5"})
    assert (afvist.status_code, 'value="100,5"' in afvist.content.decode()) == (422, True)
    assert klient.post(url, felter).status_code == 302
    (tekst,) = klausuler(nyeste(aftale))
    assert tekst.vilkaar == {
        "overhead_procent": "6.25", "vaekstloft": "2015=1.3; 2016=1.6", "belaegning_min": "95.5",
    }  # fmt: skip
    for rute, id_ in (("vilkaar", []), ("klausul", [udgave.klausul_id])):
        side = klient.get(reverse(f"rammeaftale:{rute}", args=[aftale.slug, *id_])).content.decode()
        for i_ord in ("6,25 procent", "95,5 procent", "2015: 1,3; 2016: 1,6 (procent)"):
            assert i_ord in side
    svar = klienter.myndighed().get(f"/api/v1/rammeaftaler/{aftale.pk}/vilkaar", {"limit": "1000"}).json()["resultater"]
    assert {en["noegle"]: en["vaerdi"] for en in svar}["overhead_procent"] == "6.25"


@pytest.mark.parametrize(
    ("tekst", "siger"),
    [
        ("ferie/SEL-1O8=0; *=100", "»SEL-1O8« findes ikke blandt hjemler"),
        ("ferrie/SEL-108=0; *=100", "Mente du ferie"),
        ("*/SEL-105=0; *=100", "»SEL-105« findes ikke"),
    ],
)
def test_row_for_one_hjemmel_names_codes_of_both_lists(tekst: str, siger: str) -> None:
    fravaer = NOEGLER[Noegle.FRAVAER_PROCENT]
    fravaer.kraev(Noegle.FRAVAER_PROCENT, "ferie/SEL-108=0; */SEL-107=50; *=100", KENDTE)
    with pytest.raises(UgyldigtInput, match=siger):
        fravaer.kraev(Noegle.FRAVAER_PROCENT, tekst, KENDTE)
