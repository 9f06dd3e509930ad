"""A placement agreement: drafted from its case, put forward without gaps, accepted by both, and written anew on a change."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Haendelse, Job
from faelles.scope import som_systemet
from faelles.tid import Periode
from reservationer.sag.aftaler.actions import opret, skriv
from reservationer.sag.aftaler.dokument import dokument
from reservationer.sag.aftaler.queries import aendret_siden, aftaler, grundlaget
from reservationer.sag.aftaler.regler import Grundlag, Part, Prislinje, aendret, mangler
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Ophold, Placeringsaftale
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.overgange import Data, Tilstand, Udfald
from tests import fabrik
from tests.sag.aftaler.situationer import aftalt, goer, indhold, kladde, med_cvr

pytestmark = pytest.mark.django_db


@pytest.fixture
def koeber() -> Aktoer:
    return fabrik.sagsbehandler()


@pytest.fixture
def leder() -> Aktoer:
    return fabrik.tilbudsleder()


def ret_uden_om(aftale: Placeringsaftale, **felter: Any) -> None:
    """Write past the action, as an import or a slip would."""
    with som_systemet("test"), transaction.atomic():
        Placeringsaftale.objects.for_systemet("test").filter(pk=aftale.pk).update(**felter)


def grundlag(**andet: Any) -> Grundlag:
    """What a case says, complete."""
    rk, gl = Part("Rødovre Kommune", "12345678"), Part("Gladsaxe Kommune", "87654321")
    linje = Prislinje(date(2027, 1, 1), None, Decimal(2687), "kr./døgn", 2, (), Decimal(2687))
    hvad: dict[str, Any] = {
        "reference": "K7QF-X0M2-P9RT",
        "sagsreference": "RK-1",
        "handlekommune": rk,
        "betalingskommune": rk,
        "driftsherre": gl,
        "tilbud": "Kernen",
        "p_nummer": "1003312345",
        "tilbudsportal_id": "17",
        "afdeling": "Hovedhuset",
        "pladsart": "Døgnplads",
        "hjemmel": "SEL-107",
        "begynder": date(2027, 1, 1),
        "priser": (linje,),
        "varsel_kommune": None,
        "varsel_tilbud": None,
    }
    return Grundlag(**{**hvad, **andet})


def test_every_gap_is_named_at_once() -> None:
    tom: dict[str, Any] = dict.fromkeys(indhold(), "") | {
        "slut": None,
        "opfoelgning": None,
        "betalingsdage": None,
        "ydelser": [],
    }
    huller = mangler(tom, grundlag(priser=(), handlekommune=Part("Rødovre Kommune", "")))
    assert {"variant", "maal", "ean", "rytme", "opfoelgning", "betalingsdage", "ydelser", "pris", "handlekommune", "betaler_kontakt"} <= set(huller)  # fmt: skip
    fuld = indhold(variant="uden", varsel_kommune="3m", varsel_tilbud="14d")
    assert mangler(fuld, grundlag()) == {}
    assert set(mangler({**fuld, "varsel_tilbud": ""}, grundlag())) == {"varsel_tilbud"}
    assert set(mangler({**fuld, "varighed": "midlertidig"}, grundlag())) == {"slut"}
    assert set(mangler(fuld, grundlag(betalingskommune=Part("Herlev Kommune", "")))) == {"betaler_kontakt"}
    assert set(mangler({**fuld, "variant": "inden"}, grundlag())) == {"varsel_kommune", "varsel_tilbud"}


def test_stored_basis_is_read_back_as_it_was_and_a_change_is_said_in_words() -> None:
    foer = grundlag()
    assert Grundlag.af_json(foer.som_json()) == foer
    dyrere = Prislinje(date(2027, 1, 1), None, Decimal(2700), "kr./døgn", 2, (("Vågen nattevagt", Decimal(13)),), Decimal(2713))  # fmt: skip
    assert aendret(foer, grundlag(priser=(dyrere,), afdeling="Sidehuset")) == ["afdelingen", "prisen"]


def test_draft_says_what_its_case_says_and_is_frozen_when_put_forward(koeber: Aktoer, leder: Aktoer) -> None:
    aftale = kladde()
    g = grundlaget(koeber, aftale)
    assert (g.handlekommune.navn, g.driftsherre.navn, g.priser[0].samlet) == ("Rødovre Kommune", "Gladsaxe Kommune", Decimal("2687.00"))  # fmt: skip
    assert g.varsel_kommune is not None
    assert (g.varsel_kommune.ord, bool(g.varsel_kommune.klausul)) == ("løbende måned + 1 måned", True)
    assert aftale.grundlag is None
    fremsat = goer(koeber, aftale, Udfald.FREMSAET)
    assert (fremsat.tilstand, Grundlag.af_json(fremsat.grundlag)) == (Tilstand.HOS_TILBUDDET, g)
    with pytest.raises(Konflikt) as afvist:
        goer(koeber, fremsat, Udfald.GODKEND)
    assert afvist.value.kode == "overgang_ikke_mulig", "one cannot accept for the other"
    med_begge = goer(leder, fremsat, Udfald.GODKEND)
    assert (med_begge.tilstand, med_begge.kommune_rolle, med_begge.driftsherre_rolle) == ("aftalt", koeber.rolle_navn, leder.rolle_navn)  # fmt: skip
    assert Job.objects.filter(type="placeringsaftale", parametre={"aftale_id": str(aftale.pk)}).exists()
    typer = set(Haendelse.objects.filter(entitet="placeringsaftale").values_list("type", flat=True))
    assert {"placeringsaftale.oprettet", "placeringsaftale.fremsat", "placeringsaftale.godkendt"} <= typer


def test_unfinished_agreement_is_not_put_forward(koeber: Aktoer) -> None:
    aftale = kladde(maal="", ean="")
    with pytest.raises(UgyldigtInput) as afvist:
        goer(koeber, aftale, Udfald.FREMSAET)
    assert (afvist.value.kode, set(afvist.value.felter)) == ("aftale_har_huller", {"maal", "ean"})
    with pytest.raises(IntegrityError, match="aftale_fremsat_uden_huller"):
        ret_uden_om(aftale, tilstand="hos_tilbuddet", kommune_accepteret=aftale.oprettet, grundlag={})


def test_accepted_version_never_changes_and_a_state_has_its_accepts(koeber: Aktoer) -> None:
    aftale = aftalt()
    with pytest.raises(Konflikt):
        skriv(aktoer=koeber, aftale_id=aftale.pk, sagt=indhold(maal="Andet"))
    with pytest.raises(ProgrammingError, match="aftale_aftalt_aendres_ikke"):
        ret_uden_om(aftale, maal="Andet")
    ny = opret(aktoer=koeber, reservation_id=aftale.reservation_id)
    with pytest.raises(IntegrityError, match="aftale_accepter_efter_tilstanden"):
        ret_uden_om(ny, tilstand="aftalt")


def test_refused_version_is_a_draft_again_and_the_other_party_can_put_it_forward(koeber: Aktoer, leder: Aktoer) -> None:
    fremsat = goer(koeber, kladde(), Udfald.FREMSAET)
    with pytest.raises(UgyldigtInput):
        goer(leder, fremsat, Udfald.AFVIS)
    tilbage = goer(leder, fremsat, Udfald.AFVIS, "Opfølgningen er for sen")
    assert (tilbage.tilstand, tilbage.grundlag, tilbage.kommune_accepteret, tilbage.kommune_rolle) == ("kladde", None, None, "")  # fmt: skip
    skriv(aktoer=leder, aftale_id=fremsat.pk, sagt=indhold(opfoelgning=fabrik.om(60)))
    assert goer(leder, fremsat, Udfald.FREMSAET).tilstand == Tilstand.HOS_KOMMUNEN
    assert goer(koeber, fremsat, Udfald.GODKEND).tilstand == Tilstand.AFTALT


def ny_pris(ophold: Ophold, koeber: Aktoer, leder: Aktoer) -> None:
    """A dearer price from in ten days, accepted."""
    data = {Data.DATO: fabrik.om(10), Data.TAKST: Decimal(3000), Data.TILLAEG: {"nattevagt": "250.00"}}
    afgoer_ophold(aktoer=leder, ophold_id=ophold.pk, udfald=Udfald.FORESLAA_PRIS, indhold=Indhold(data=data))
    afgoer_ophold(aktoer=koeber, ophold_id=ophold.pk, udfald=Udfald.ACCEPTER_PRIS, indhold=Indhold())


def versioner(hvem: Aktoer, ophold: Ophold) -> list[tuple[int, str, date]]:
    """Number, state and first day of each."""
    fundne = aftaler(hvem).filter(reservation=ophold.reservation_id).order_by("nummer")
    return list(fundne.values_list("nummer", "tilstand", "gaelder_fra"))


def test_new_price_makes_a_new_version_and_the_old_one_stays(koeber: Aktoer, leder: Aktoer) -> None:
    ophold = fabrik.ophold(periode=Periode(fabrik.om(0)))
    foerste = aftalt(ophold, gaelder_fra=fabrik.om(0))
    ny_pris(ophold, koeber, leder)
    assert versioner(koeber, ophold) == [(1, "aftalt", fabrik.om(0)), (2, "kladde", fabrik.om(10))]
    assert aendret_siden(koeber, foerste) == ["prisen"]
    ny = aftaler(koeber).get(nummer=2)
    priser = grundlaget(koeber, ny).priser
    assert [(p.til, p.samlet) for p in priser] == [(fabrik.om(9), Decimal("2687.00")), (None, Decimal("3250.00"))]
    assert priser[1].tillaeg == (("Vågen nattevagt", Decimal("250.00")),)
    assert ny.maal == "Indsatsplan 12", "what the parties wrote goes on"


def test_version_that_was_put_forward_comes_back_when_the_price_changes(koeber: Aktoer, leder: Aktoer) -> None:
    ophold = fabrik.ophold(periode=Periode(fabrik.om(0)))
    goer(koeber, kladde(ophold, gaelder_fra=fabrik.om(0)), Udfald.FREMSAET)
    ny_pris(ophold, koeber, leder)
    assert versioner(koeber, ophold) == [(1, "kladde", fabrik.om(0))]
    ophold_uden = fabrik.ophold(periode=Periode(fabrik.om(0)), reference="RK-9")
    ny_pris(ophold_uden, koeber, leder)
    assert versioner(koeber, ophold_uden) == [], "a stay without an agreement gets none by itself"


def test_what_was_put_forward_is_not_accepted_after_the_case_has_changed(koeber: Aktoer, leder: Aktoer) -> None:
    fremsat = goer(koeber, kladde(), Udfald.FREMSAET)
    tilbud = fremsat.tilbud
    tilbud.navn = "Et andet navn"
    tilbud.save()
    with pytest.raises(Konflikt, match="tilbuddets navn") as afvist:
        goer(leder, fremsat, Udfald.GODKEND)
    assert afvist.value.kode == "aftale_foraeldet"


def test_only_the_two_parties_of_a_version_see_it(koeber: Aktoer, leder: Aktoer) -> None:
    ophold = fabrik.ophold(periode=Periode(fabrik.om(0)))
    foerste = aftalt(ophold, gaelder_fra=fabrik.om(0))
    herlev = fabrik.sagsbehandler("Herlev")
    med_cvr(fabrik.kommune("Herlev").organisation)
    with pytest.raises(IkkeFundet):
        goer(herlev, foerste, Udfald.TRAEK)
    fabrik.skift_kommune(ophold, handle="Rødovre", betaler="Herlev", fra=fabrik.om(0))
    assert not aftaler(herlev).exists(), "who only pays is no party of the agreement"
    with pytest.raises(IngenAdgang):
        opret(aktoer=herlev, ophold_id=ophold.pk)
    fabrik.skift_kommune(ophold, handle="Herlev", betaler="Herlev", fra=fabrik.om(0))
    assert [(a.nummer, a.tilstand) for a in aftaler(herlev)] == [(3, "kladde")]
    assert [(a.nummer, a.tilstand) for a in aftaler(koeber).order_by("nummer")] == [(1, "aftalt"), (2, "bortfaldet")]
    assert aftaler(leder).count() == 3


def test_agreement_is_about_a_case_that_goes_on_and_one_at_a_time(koeber: Aktoer) -> None:
    with pytest.raises(Konflikt) as afvist:
        opret(aktoer=koeber, reservation_id=fabrik.reservation().pk)
    assert afvist.value.kode == "sag_ikke_i_gang"
    aftale = kladde()
    with pytest.raises(Konflikt) as afvist:
        opret(aktoer=koeber, reservation_id=aftale.reservation_id)
    assert afvist.value.kode == "aftale_i_gang"
    assert goer(koeber, aftale, Udfald.BORTFALD).tilstand == Tilstand.BORTFALDET
    assert opret(aktoer=koeber, reservation_id=aftale.reservation_id).nummer == 2
    ny = aftaler(koeber).get(nummer=2)
    with pytest.raises(UgyldigtInput) as ugyldig:
        skriv(aktoer=koeber, aftale_id=ny.pk, sagt=indhold(maal="Borger 010203-1234", slut=fabrik.om(0)))
    assert set(ugyldig.value.felter) == {"maal", "slut"}


def test_stay_nobody_reserved_has_its_agreement_too(leder: Aktoer) -> None:
    ophold = fabrik.ophold_uden_reservation()
    aftale = aftalt(ophold, gaelder_fra=fabrik.om(0))
    assert (aftale.ophold_id, aftale.reservation_id, aftale.tilstand) == (ophold.pk, None, "aftalt")
    assert aftaler(leder).get().pk == aftale.pk


def test_document_says_terms_with_clause_and_set_price_and_accepts() -> None:
    html = dokument(aftalt()).html
    for ventet in ("Rødovre Kommune, CVR", "løbende måned + 1 måned", "sæt ", "2.687,00", "Godkendelser", "Tilbudsleder", "Version"):  # fmt: skip
        assert ventet in html
    assert "Ikke skrevet endnu" not in html
