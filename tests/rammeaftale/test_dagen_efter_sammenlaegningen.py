"""The day after two KKRs have become one that has no terms yet: everything people do goes on by the terms where the offer lies."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from freezegun import freeze_time

from faelles.fejl import Konflikt
from faelles.tid import Periode, idag, midnat_efter, nu
from kommuner.models import Kkr, KkrMedlemskab, Organisation
from rammeaftale.rapporter.omraadetal import omraadetal
from reservationer.sag.anonymisering import anonymiser_ophold
from reservationer.soegning.behov.queries import opgoerelse
from takster.beregning.sammenligning import Fritvalgsresultat
from takster.frister.queries import egne_frister, frist
from tests import fabrik
from tests.soegning.fritvalg.situationer import proeve
from tests.takster.budget.situationer import oekonom
from tilbud.bekraeftelser.paamindelse import send_paamindelser
from tilbud.friskhed import Friskhed
from tilbud.lukninger.queries import graense_alene
from tilbud.models import OffentligtTilbud
from tilbud.queries import stande
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende, gaeldende_for

pytestmark = pytest.mark.django_db
HOVEDSTADEN, SJAELLAND = "KKR Hovedstaden", "KKR Sjælland"
EGNE: dict[Noegle, str] = {  # Sjælland's; Hovedstaden has the usual
    Noegle.RESERVATION_VARIGHED: "21",
    Noegle.FORESPOERGSEL_SVARFRIST: "5",
    Noegle.PLADSTILBUD_GYLDIGHED: "4",
    Noegle.BEKRAEFTELSE_FORFALD_DAGE: "14",
    Noegle.FEJLMELDING_FRIST_DAGE: "30",
    Noegle.LUKNING_ALENE_DAGE: "60",
    Noegle.FRIT_VALG_GRAENSE_PROCENT: "5",
    Noegle.TAKST_FRIST: "01.11",
    Noegle.AKUT_UGER: "6",
    Noegle.DISKRETION_GRAENSE: "6",
}


def sammenlaeg(*, ens: bool = False) -> Kkr:
    """Rødovre, Gladsaxe and Herlev of Hovedstaden and Roskilde of Sjælland are in one KKR from today; `ens`: both had the same terms."""
    for navn in ("Rødovre", "Gladsaxe", "Herlev"):
        fabrik.kommune(navn, i=HOVEDSTADEN)
    if not ens:
        sjaelland = Kkr.objects.create(navn=SJAELLAND, slug="kkr-sjaelland")
        fabrik.vilkaar(sjaelland, andre=EGNE)
        fabrik.kommune("Roskilde", i=SJAELLAND)
    sekretariat = Organisation.objects.create(art="sekretariat", navn="Sekretariatet for KKR Østdanmark")
    ny = Kkr.objects.create(navn="KKR Østdanmark (demo)", slug="kkr-oestdanmark-demo", sekretariat=sekretariat)
    for medlemskab in KkrMedlemskab.objects.select_related("kommune"):
        medlemskab.periode = Periode(date(2007, 1, 1), idag()).som_range
        medlemskab.save()
        KkrMedlemskab.objects.create(kkr=ny, kommune=medlemskab.kommune, periode=Periode(idag()).som_range)
    return ny


def sidste(dage: int) -> Any:
    return midnat_efter(idag() + timedelta(days=dage))


def hold(i: str) -> Any:
    afdeling = fabrik.afdeling(fabrik.tilbud(i=i))
    udloeber: Any = fabrik.reservation(fabrik.ledig_plads(afdeling)).optagelse.udloeber
    return round((udloeber - nu()) / timedelta(days=1))


def pladstilbud(i: str) -> Any:
    return fabrik.pladstilbud(fabrik.henvendelse(fabrik.tilbud(i=i))).gyldig_til


def akutfrist(i: str) -> Any:
    return fabrik.ophold(fabrik.plads_med_takst(i=i), periode=Periode(idag())).akutfrist


def fritvalg(i: str) -> Any:
    visiteret = fabrik.tilbud("Kernen", i=i, hjemler=("SEL-108",))
    return Fritvalgsresultat.af_json(proeve(visiteret_id=visiteret.pk).beregning).inddata.graense_procent


def friskhed(i: str) -> Any:
    """Of a department confirmed ten days ago."""
    afdeling = fabrik.afdeling(fabrik.tilbud(i=i))
    fabrik.bekraeftet(afdeling, dage_siden=10)
    kode = afdeling.tilbud.beliggenhedskommune_id
    return stande({afdeling.pk: kode}, nu(), idag())[afdeling.pk].friskhed


def offentligt(i: str) -> Any:
    emne: OffentligtTilbud = fabrik.offentligt_tilbud(i=i)
    return fabrik.fejl_i_andet(emne).frist


@pytest.mark.parametrize(
    ("goer", "i_hovedstaden", "paa_sjaelland"),
    [
        (hold, lambda: 14, lambda: 21),
        (lambda i: fabrik.henvendelse(fabrik.tilbud(i=i)).svarfrist, lambda: sidste(10), lambda: sidste(5)),
        (pladstilbud, lambda: sidste(7), lambda: sidste(4)),
        (akutfrist, lambda: fabrik.om(20), lambda: fabrik.om(41)),
        (fritvalg, lambda: 10, lambda: 5),
        (friskhed, lambda: Friskhed.FORFALDEN, lambda: Friskhed.FRISK),
        (lambda i: graense_alene(fabrik.afdeling(fabrik.tilbud(i=i)), idag())[0], lambda: 90, lambda: 60),
        (lambda i: fabrik.fejlmelding(fabrik.tilbud(i=i)).frist, lambda: fabrik.om(14), lambda: fabrik.om(30)),
        (offentligt, lambda: fabrik.om(14), lambda: fabrik.om(30)),
    ],
    ids=[
        "reservation", "forespoergsel", "pladstilbud", "ophold", "fritvalg", "bekraeftelse", "lukning", "fejlmelding",
        "fejl_i_offentligt",
    ],
)  # fmt: skip
def test_what_people_do_goes_on_by_the_terms_the_municipality_had(
    goer: Callable[[str], Any], i_hovedstaden: Callable[[], Any], paa_sjaelland: Callable[[], Any]
) -> None:
    sammenlaeg()
    assert (goer("Gladsaxe"), goer("Roskilde")) == (i_hovedstaden(), paa_sjaelland())


def test_reminders_and_retention_go_on() -> None:
    sammenlaeg()
    fabrik.bruger(fabrik.Rolle.TILBUDSLEDER, fabrik.kommune("Gladsaxe").organisation)
    fabrik.bekraeftet(fabrik.ledig_plads().afdeling, dage_siden=6)
    assert send_paamindelser() == 1
    fabrik.bekraeftet_reservation(periode=Periode(fabrik.om(1), fabrik.om(31)))
    with freeze_time(fabrik.samme_tid(31 + 366 * 5)):
        assert anonymiser_ophold() == 1


def test_kkr_of_one_predecessor_has_its_terms() -> None:
    ny = sammenlaeg(ens=True)
    assert gaeldende(ny.pk, idag()) == gaeldende(fabrik.kkr().pk, idag())
    assert gaeldende_for([ny.pk], idag()).keys() == {ny.pk}
    fundet = frist(ny.pk, idag().year + 1)
    assert fundet.dag == date(idag().year, 12, 10)
    assert opgoerelse(ny.pk).graense == 5
    i_aar, naeste = (omraadetal(ny, dag).vaekst.hvorfor_ikke for dag in (idag(), date(idag().year + 1, 2, 1)))
    assert "havde ingen kommuner den 1. januar" in i_aar, "a year is that of the KKR of its first day"
    assert "ingen vilkår" not in naeste


def test_unmet_needs_of_before_are_counted_in_what_the_kkrs_have_become_under_the_highest_limit() -> None:
    ny = sammenlaeg()
    fabrik.loggede_behov(6)
    fabrik.loggede_behov(9, navn="Roskilde", hvor=Kkr.objects.get(navn=SJAELLAND))
    kvartal = [Periode(date(2025, 1, 1), date(2025, 4, 1))]
    opgjort = opgoerelse(ny.pk, kvartal)
    assert (opgjort.graense, [(r.maalgruppe, r.i_alt) for r in opgjort.raekker]) == (6, [("Autismespektrum", 15)])
    (gammelt,) = opgoerelse(fabrik.kkr().pk, kvartal).raekker
    assert gammelt.i_alt == 6, "the old ones' own reports still say what they said"


def test_kkr_of_predecessors_with_different_terms_has_none_until_the_secretariat_publishes_a_set() -> None:
    ny = sammenlaeg()
    with pytest.raises(Konflikt, match="forskellige") as fejl:
        gaeldende(ny.pk, idag())
    assert "Sekretariatet skal udsende et sæt for hele KKR'et" in fejl.value.besked
    assert not gaeldende_for([ny.pk], idag())
    assert "i hele KKR'et" in frist(ny.pk, idag().year + 1).hvorfor_ikke
    fabrik.tilbud(i="Roskilde")
    assert [fundet.dag for _, fundet in egne_frister(oekonom("Roskilde"), idag().year + 1)] == [None]
    saet = fabrik.vilkaar(ny, fra=idag())
    assert gaeldende(ny.pk, idag()).saet_id == saet.pk


def test_kkr_with_a_member_that_has_no_terms_has_none() -> None:
    ny = sammenlaeg(ens=True)
    Kkr.objects.create(navn="KKR Uden", slug="kkr-uden")
    KkrMedlemskab.objects.filter(kommune=fabrik.kommune("Ishøj", i="KKR Uden")).update(kkr=ny)
    with pytest.raises(Konflikt, match="forskellige"):
        gaeldende(ny.pk, idag())
