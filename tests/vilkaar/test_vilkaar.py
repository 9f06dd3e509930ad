"""Terms in force: no default, one set a day, the right set for a date."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from faelles.fejl import Konflikt, UgyldigtInput
from faelles.tid import Periode
from kommuner.models import Kkr, KkrMedlemskab
from tests import fabrik
from vilkaar.actions import udsend_saet
from vilkaar.models import Saetstatus, Vilkaar
from vilkaar.noegler import NOEGLER, Noegle
from vilkaar.queries import gaeldende, gaeldende_pr_kommune, siger_alle, styrende_saet
from vilkaar.sammenhaeng import uenigheder

pytestmark = pytest.mark.django_db


@pytest.fixture
def tom_kkr() -> Kkr:
    """A KKR without terms."""
    return Kkr.objects.create(navn="KKR Prøve", slug="kkr-proeve")


def test_gaeldende_reads_typed_values_with_set_and_clause(tom_kkr: Kkr) -> None:
    saet = fabrik.vilkaar(tom_kkr, fra=date(2025, 1, 1), til=date(2027, 1, 1))
    vilkaar = gaeldende(tom_kkr.id, date(2026, 5, 1))
    assert (vilkaar.saet_id, vilkaar.nummer, vilkaar.endelig) == (saet.id, 1, True)
    assert vilkaar.heltal(Noegle.RESERVATION_VARIGHED) == 14
    assert vilkaar.tal(Noegle.OVERHEAD_PROCENT) == Decimal(6)
    assert vilkaar.ord(Noegle.AFRUNDING) == "krone"
    assert vilkaar.klausuler[Noegle.AFRUNDING] == "Takstberegning"


def test_gaeldende_reads_a_table_by_its_whole_numbers(tom_kkr: Kkr) -> None:
    fabrik.vilkaar(tom_kkr)
    vilkaar = gaeldende(tom_kkr.id, date(2026, 1, 1))
    assert vilkaar.tabel(Noegle.DELTIDSFAKTORER) == {1: Decimal(60), 3: Decimal(85), 4: Decimal(100)}
    assert vilkaar.tabel(Noegle.VAEKSTLOFT)[2018] == Decimal("1.8")


def test_codes_are_those_every_set_that_holds_for_some_day_says_the_same_of(tom_kkr: Kkr) -> None:
    koder = ("SEL-103", "SEL-104", "SEL-107")

    def efter(aar: int, vaerdier: dict[Noegle, str]) -> list[str]:
        fra = Periode(date(aar, 1, 1))
        udsend_saet(
            kkr=tom_kkr,
            periode=fra,
            status=Saetstatus.ENDELIG,
            aftale="Test",
            vaerdier=vaerdier,
            demo=True,
            afloeser=True,
        )
        return siger_alle(Noegle.GODKENDELSE_KRAEVES, "nej", koder)

    assert efter(2025, {Noegle.GODKENDELSE_KRAEVES: "SEL-107=ja; *=nej"}) == ["SEL-103", "SEL-104"]
    assert efter(2026, {Noegle.GODKENDELSE_KRAEVES: "SEL-103=ja; SEL-104=nej; SEL-107=nej"}) == ["SEL-104"]
    assert efter(2026, {Noegle.GODKENDELSE_KRAEVES: "*=nej"}) == ["SEL-103", "SEL-104"], "one set holds for no day now"
    assert efter(2027, {}) == [], "what is not said may be asked for"


def test_row_for_one_hjemmel_goes_before_one_for_all(tom_kkr: Kkr) -> None:
    tabel = "ferie/SEL-104=0; */SEL-108=40; ferie=50; *=100"
    fabrik.vilkaar(tom_kkr, andre={Noegle.FRAVAER_PROCENT: tabel})
    vilkaar = gaeldende(tom_kkr.pk, date(2026, 1, 1))
    siges = {
        (art, hjemmel): vilkaar.kode(Noegle.FRAVAER_PROCENT, art, hjemmel)
        for art in ("ferie", "hospital")
        for hjemmel in ("SEL-104", "SEL-108", "SEL-107")
    }
    assert siges == {
        ("ferie", "SEL-104"): "0", ("ferie", "SEL-108"): "40", ("ferie", "SEL-107"): "50",
        ("hospital", "SEL-104"): "100", ("hospital", "SEL-108"): "40", ("hospital", "SEL-107"): "100",
    }  # fmt: skip
    assert vilkaar.kode(Noegle.FRAVAER_PROCENT, "ferie") == "50"


def test_gaeldende_boundary_day_belongs_to_the_next_set(tom_kkr: Kkr) -> None:
    fabrik.vilkaar(tom_kkr, fra=date(2025, 1, 1), til=date(2027, 1, 1))
    fabrik.vilkaar(tom_kkr, fra=date(2027, 1, 1), til=date(2029, 1, 1))
    assert [gaeldende(tom_kkr.id, dag).nummer for dag in (date(2026, 12, 31), date(2027, 1, 1))] == [1, 2]


def test_gaeldende_without_a_final_set_takes_the_preliminary_and_says_so(tom_kkr: Kkr) -> None:
    fabrik.vilkaar(tom_kkr, fra=date(2025, 1, 1), til=date(2027, 1, 1))
    fabrik.vilkaar(tom_kkr, fra=date(2027, 1, 1), til=date(2029, 1, 1), status=Saetstatus.FORELOEBIG)
    vilkaar = gaeldende(tom_kkr.id, date(2027, 3, 1))
    assert (vilkaar.nummer, vilkaar.endelig) == (2, False)


def test_gaeldende_without_any_set_for_the_day_lets_the_previous_go_on(tom_kkr: Kkr) -> None:
    fabrik.vilkaar(tom_kkr, fra=date(2023, 1, 1), til=date(2025, 1, 1))
    fabrik.vilkaar(tom_kkr, fra=date(2025, 1, 1), til=date(2027, 1, 1))
    assert gaeldende(tom_kkr.id, date(2031, 1, 1)).nummer == 2


def test_gaeldende_before_the_first_set_is_an_error(tom_kkr: Kkr) -> None:
    fabrik.vilkaar(tom_kkr, fra=date(2025, 1, 1))
    with pytest.raises(Konflikt, match="ingen vilkår"):
        gaeldende(tom_kkr.id, date(2024, 12, 31))


@pytest.mark.parametrize("noegle", list(Noegle))
def test_gaeldende_missing_key_names_key_clause_and_agreement(tom_kkr: Kkr, noegle: Noegle) -> None:
    fabrik.vilkaar(tom_kkr, uden=noegle)
    with pytest.raises(Konflikt) as fejl:
        gaeldende(tom_kkr.id, date(2026, 1, 1)).ord(noegle)
    assert fejl.value.kode == "vilkaar_mangler"
    for ord_ in (noegle.value, NOEGLER[noegle].klausul, "Testaftale"):
        assert ord_ in fejl.value.besked


def test_udsend_saet_two_of_a_kind_on_one_day_are_refused(tom_kkr: Kkr) -> None:
    fabrik.vilkaar(tom_kkr, fra=date(2025, 1, 1), til=date(2027, 1, 1))
    with pytest.raises(IntegrityError, match="vilkaarssaet_et_ad_gangen"), transaction.atomic():
        fabrik.vilkaar(tom_kkr, fra=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("noegle", "vaerdi"),
    [
        (Noegle.OVERHEAD_PROCENT, "100.1"),
        (Noegle.OVERHEAD_PROCENT, "-1"),
        (Noegle.RESERVATION_VARIGHED, "to uger"),
        (Noegle.AFRUNDING, "hundrede"),
        (Noegle.BELAEGNING_MIN, "NaN"),
        (Noegle.BELAEGNING_MIN, "9_5"),
        (Noegle.BELAEGNING_MIN, "9E1"),
        (Noegle.AKUT_UGER, "2.5"),
        (Noegle.RESERVATION_VARIGHED, "14.9"),
        (Noegle.RESERVATION_VARIGHED, "14.0"),
        (Noegle.RESERVATION_VARIGHED, " 3_0 "),
        (Noegle.RESERVATION_VARIGHED, "\u0661\u0664"),
        (Noegle.VAEKSTLOFT_BASISAAR, "2014.5"),
        (Noegle.UNDERSKUD_REGEL, "måske"),
        (Noegle.VAEKSTLOFT_BASISAAR, "1999"),
        (Noegle.DELTIDSFAKTORER, ""),
        (Noegle.DELTIDSFAKTORER, "3"),
        (Noegle.DELTIDSFAKTORER, "3=85; 3=90"),
        (Noegle.DELTIDSFAKTORER, "8=85"),
        (Noegle.DELTIDSFAKTORER, "3=101"),
        (Noegle.VAEKSTLOFT, "2026=to procent"),
        (Noegle.OPSIGELSE_VARSEL_KOMMUNE, "SEL-107=3"),
        (Noegle.OPSIGELSE_VARSEL_KOMMUNE, "SEL-107=3m; SEL-107=1m"),
        (Noegle.GODKENDELSE_KRAEVES, "*=måske"),
        (Noegle.OPSIGELSE_VARSEL_KOMMUNE, "SEL-104/ferie=3m; *=14d"),
        (Noegle.FRAVAER_PROCENT, "ferie/=0; *=100"),
        (Noegle.FRAVAER_PROCENT, "ferie/*=0; *=100"),
        (Noegle.FRAVAER_PROCENT, "ferie/SEL-104=0; ferie/SEL-104=50; *=100"),
    ],
)
def test_udsend_saet_value_outside_its_bounds_is_refused(tom_kkr: Kkr, noegle: Noegle, vaerdi: str) -> None:
    with pytest.raises(UgyldigtInput, match=noegle.value):
        udsend_saet(
            kkr=tom_kkr,
            periode=Periode(date(2025, 1, 1)),
            status=Saetstatus.ENDELIG,
            aftale="Test",
            vaerdier={noegle: vaerdi},
            demo=True,
        )


def test_only_what_is_counted_in_whole_units_is_asked_for_as_such(tom_kkr: Kkr) -> None:
    fabrik.vilkaar(tom_kkr, andre={Noegle.OVERHEAD_PROCENT: "6.5"})
    vilkaar = gaeldende(tom_kkr.id, date(2026, 5, 1))
    assert vilkaar.heltal(Noegle.RESERVATION_VARIGHED) == 14
    with pytest.raises(TypeError, match="hele enheder"):
        vilkaar.heltal(Noegle.OVERHEAD_PROCENT)
    assert vilkaar.tal(Noegle.OVERHEAD_PROCENT) == Decimal("6.5")


@pytest.mark.parametrize(
    ("andre", "foerste"),
    [
        ({}, ""),
        ({Noegle.BELAEGNING_MAKS: "95"}, ""),
        ({Noegle.BELAEGNING_MIN: "98.5"}, "belaegning_min"),
        ({Noegle.BELAEGNING_MIN_KORT: "99"}, "belaegning_min_kort"),
        ({Noegle.BEKRAEFTELSE_PAAMINDELSE_DAGE: "7"}, "bekraeftelse_paamindelse_dage"),
        ({Noegle.BEKRAEFTELSE_FORFALD_DAGE: "30"}, "bekraeftelse_forfald_dage"),
    ],
)
def test_terms_that_contradict_each_other_are_named(andre: dict[Noegle, str], foerste: str) -> None:
    fundne = uenigheder({**fabrik.VAERDIER, **andre}, {noegle: f"klausul {noegle}" for noegle in Noegle})
    assert len(fundne) == bool(foerste)
    assert (
        not foerste
        or f"({foerste}) er {NOEGLER[Noegle(foerste)].i_ord(next(iter(andre.values())))} efter klausul {foerste};"
        in fundne[0]
    )


def test_vilkaar_can_never_be_changed_or_deleted(tom_kkr: Kkr) -> None:
    fabrik.vilkaar(tom_kkr)
    for aendring in (lambda: Vilkaar.objects.update(vaerdi="1"), lambda: Vilkaar.objects.all().delete()):
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            aendring()


def alene(kode: str, dag: date) -> UUID | None:
    """The set, asked for one municipality with why it is that one."""
    fundet = styrende_saet(kode, dag)
    return fundet[0].pk if fundet else None


def stykker(rng: Random) -> Sequence[tuple[date, date]]:
    """Some stretches of 2026, not all of it, that do not overlap."""
    dage = sorted(rng.sample(range(365), rng.randint(2, 6)))
    alle = [
        (date(2026, 1, 1) + timedelta(days=fra), date(2026, 1, 1) + timedelta(days=til)) for fra, til in pairwise(dage)
    ]
    return [et for et in alle if rng.random() < 0.7]


@pytest.mark.parametrize("seed", range(12))
def test_municipalities_asked_together_get_the_answer_each_gets_alone(
    seed: int, django_assert_num_queries: object
) -> None:
    rng = Random(seed)  # noqa: S311 - the same cases every time
    kkr = [Kkr.objects.create(navn=f"KKR {nr}", slug=f"kkr-{nr}") for nr in range(4)]
    for et in kkr[:3]:
        for status in Saetstatus:
            for fra, til in stykker(rng):
                udsend_saet(
                    kkr=et, periode=Periode(fra, til), status=status, aftale=str(et), demo=True,
                    vaerdier={Noegle.TAKST_FRIST: "10.12"},
                )  # fmt: skip
    koder = [fabrik.kommune(navn).kommunekode for navn in ("Rødovre", "Gladsaxe", "Herlev", "Ishøj", "Greve")]
    KkrMedlemskab.objects.all().delete()
    for kode in koder:
        for fra, til in stykker(rng):
            KkrMedlemskab.objects.create(kkr=rng.choice(kkr), kommune_id=kode, periode=Periode(fra, til).som_range)
    for nr in range(0, 380, 19):
        dag = date(2026, 1, 1) + timedelta(days=nr)
        with django_assert_num_queries(1):  # type: ignore[operator]  # pytest-django's fixture
            sammen = gaeldende_pr_kommune([*koder, *koder, "9999"], dag)
        enkeltvis = {kode: saet for kode in koder if (saet := alene(kode, dag))}
        assert {kode: vilkaar.saet_id for kode, vilkaar in sammen.items()} == enkeltvis
