"""What a body decides is a step of the agreement, and of nothing else than what the body can decide."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from freezegun import freeze_time

from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.spor import historik
from faelles.tid import Periode, idag
from rammeaftale.actions import flyt, opret_aftale
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Aftaletrin, Moede, Organ, Organbeslutning, Organsag, Rammeaftale
from rammeaftale.moeder.actions import Sagsvalg, fjern_moede, opret_moede, registrer_beslutning, ret_moede
from rammeaftale.moeder.regler import Organudfald
from rammeaftale.organer.regler import Organart
from rammeaftale.queries import seneste_version
from rammeaftale.tekst.actions import Klausulindhold, ret_klausul
from rammeaftale.tekst.queries import klausuler
from rammeaftale.vejen import UDEN_UDVALG, vejen
from tests import fabrik
from tests.rammeaftale.aftaler import kladde, tag
from tests.rammeaftale.moeder.situationer import FRA, REFERAT, besluttet, organ_i

pytestmark = pytest.mark.django_db


@pytest.fixture
def aftale() -> Rammeaftale:
    """One that lies before the embedsmandsudvalg."""
    fundet = kladde()
    tag(fundet, Aftaletilstand.EMBEDSMANDSUDVALG)
    return fundet


def tilstand(aftale: Rammeaftale) -> str:
    aftale.refresh_from_db()
    return aftale.tilstand


def registrer(organ: Organ, udfald: Organudfald = Organudfald.TIL_EFTERRETNING, **mere: Any) -> Organbeslutning:
    felter = {"sag": Sagsvalg(titel="Analyse af befordring"), "dato": idag(), "aktoer": fabrik.sekretariat(), **mere}
    return registrer_beslutning(organ_id=organ.pk, udfald=udfald, **felter)


def test_kkr_recommends_and_the_step_is_kkrs_decision(aftale: Rammeaftale) -> None:
    kkr = organ_i(aftale, Organart.KKR)
    beslutning = besluttet(aftale, Organudfald.ANBEFALET, af=kkr)
    assert tilstand(aftale) == Aftaletilstand.KKR_ANBEFALET
    trin = Aftaletrin.objects.get(til=Aftaletilstand.KKR_ANBEFALET)
    assert (trin.beslutning, trin.organ, trin.referat_url, trin.dato) == (beslutning, kkr.navn, REFERAT, idag())
    assert beslutning.sag.version == seneste_version(aftale)


def test_what_a_meeting_has_decided_in_a_case_is_replaced_only_by_what_says_so(aftale: Rammeaftale) -> None:
    udvalg = organ_i(aftale, Organart.EMBEDSMANDSUDVALG)
    foerste = registrer(udvalg, Organudfald.UDSAT, retter=True)
    assert not foerste.retter, "there was nothing to replace"
    samme_sag = Sagsvalg(sag_id=foerste.sag_id)
    with pytest.raises(UgyldigtInput) as fejl:
        registrer(udvalg, sag=samme_sag)
    assert fejl.value.felter == {
        "retter": [
            "Mødet har besluttet »Udsat« i sagen. Sæt kryds, hvis denne beslutning skal gælde i stedet; den forrige bevares."
        ]
    }
    assert list(Organbeslutning.objects.all()) == [foerste]
    assert registrer(udvalg, sag=samme_sag, retter=True).retter
    andet_moede = registrer(udvalg, sag=samme_sag, dato=fabrik.om(-1))
    assert (andet_moede.retter, Organbeslutning.objects.count()) == (False, 3)
    with pytest.raises(IntegrityError, match="retter den"), transaction.atomic():
        Organbeslutning.objects.create(
            moede=foerste.moede, sag=foerste.sag, udfald=Organudfald.UDSAT, registreret_af=foerste.registreret_af
        )


def test_decision_about_an_agreement_is_replaced_only_by_what_says_so(aftale: Rammeaftale) -> None:
    udvalg = organ_i(aftale, Organart.EMBEDSMANDSUDVALG)
    besluttet(aftale, Organudfald.UDSAT, af=udvalg, retter=False)
    with pytest.raises(UgyldigtInput) as fejl:
        besluttet(aftale, Organudfald.TILTRAADT, af=udvalg, retter=False)
    assert set(fejl.value.felter) == {"retter"}
    assert besluttet(aftale, Organudfald.TILTRAADT, af=udvalg).retter


def test_kkr_waits_for_the_committee_when_there_is_one(aftale: Rammeaftale) -> None:
    udvalg, kkr = organ_i(aftale, Organart.EMBEDSMANDSUDVALG), organ_i(aftale, Organart.KKR)
    besluttet(aftale, Organudfald.UDSAT, af=udvalg)
    with pytest.raises(UgyldigtInput) as fejl:
        besluttet(aftale, Organudfald.ANBEFALET, af=kkr)
    assert "ikke tiltrådt" in fejl.value.felter["udfald"][0]
    assert (tilstand(aftale), Moede.objects.filter(organ=kkr).exists()) == (Aftaletilstand.EMBEDSMANDSUDVALG, False)
    besluttet(aftale, Organudfald.TILTRAADT, af=udvalg)
    assert tilstand(aftale) == Aftaletilstand.EMBEDSMANDSUDVALG, "to accede is not to recommend"
    besluttet(aftale, Organudfald.ANBEFALET, af=kkr)
    assert tilstand(aftale) == Aftaletilstand.KKR_ANBEFALET


def forelaeg(aftale: Rammeaftale, hvorfor: str) -> None:
    flyt(
        aktoer=fabrik.sekretariat(),
        aftale_id=aftale.pk,
        til=Aftaletilstand.EMBEDSMANDSUDVALG,
        dato=idag(),
        begrundelse=hvorfor,
    )


def test_agreement_passes_a_committee_there_is_not_only_with_a_reason_that_is_kept() -> None:
    aftale = kladde()
    with pytest.raises(UgyldigtInput) as fejl:
        forelaeg(aftale, " ")
    assert "intet embedsmandsudvalg den dag. Opret det under Organer" in fejl.value.felter["begrundelse"][0]
    assert (tilstand(aftale), Aftaletrin.objects.exists()) == (Aftaletilstand.KLADDE, False)
    forelaeg(aftale, "Udvalget er ikke nedsat endnu")
    assert Aftaletrin.objects.get().begrundelse == "Udvalget er ikke nedsat endnu"
    tag(aftale, Aftaletilstand.KLADDE)
    organ_i(aftale, Organart.EMBEDSMANDSUDVALG)
    forelaeg(aftale, "")
    assert tilstand(aftale) == Aftaletilstand.EMBEDSMANDSUDVALG


def test_committee_the_agreement_was_laid_before_is_not_passed_over_by_being_closed() -> None:
    aftale = kladde()
    udvalg, kkr = organ_i(aftale, Organart.EMBEDSMANDSUDVALG), organ_i(aftale, Organart.KKR)
    with freeze_time(fabrik.samme_tid(1)):
        tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    with freeze_time(fabrik.samme_tid(3)):
        Organ.objects.filter(pk=udvalg.pk).update(periode=Periode(FRA, idag()).som_range)
        with pytest.raises(UgyldigtInput) as fejl:
            besluttet(aftale, Organudfald.ANBEFALET, af=kkr)
        assert "Findes udvalget ikke længere" in fejl.value.felter["udfald"][0]
        tag(aftale, Aftaletilstand.KLADDE)
        forelaeg(aftale, "Udvalget er nedlagt")
        besluttet(aftale, Organudfald.ANBEFALET, af=kkr)
    assert tilstand(aftale) == Aftaletilstand.KKR_ANBEFALET


def skriv_om(aftale: Rammeaftale) -> None:
    """Another wording of the first clause, of the same version."""
    version = seneste_version(aftale)
    assert version is not None
    nu = klausuler(version)[0].udgave
    ret_klausul(
        aktoer=fabrik.sekretariat(),
        aftale_id=aftale.pk,
        klausul_id=nu.klausul_id,
        laest=nu.udgave,
        indhold=Klausulindhold(nu.nummer, nu.overskrift, f"{nu.tekst} Også de nye."),
    )


def test_committee_decides_again_when_kkr_has_refused_and_the_text_is_written_anew(aftale: Rammeaftale) -> None:
    udvalg, kkr = organ_i(aftale, Organart.EMBEDSMANDSUDVALG), organ_i(aftale, Organart.KKR)
    besluttet(aftale, Organudfald.TILTRAADT, af=udvalg)
    besluttet(aftale, Organudfald.AFVIST, af=kkr, tekst="Kapitel 3 mangler")
    skriv_om(aftale)
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    with pytest.raises(UgyldigtInput) as fejl:
        besluttet(aftale, Organudfald.ANBEFALET, af=kkr)
    assert "ikke tiltrådt" in fejl.value.felter["udfald"][0]
    besluttet(aftale, Organudfald.TILTRAADT, af=udvalg)
    besluttet(aftale, Organudfald.ANBEFALET, af=kkr)
    assert tilstand(aftale) == Aftaletilstand.KKR_ANBEFALET


def test_accession_from_before_the_draft_was_laid_before_the_committee_again_does_not_count(
    aftale: Rammeaftale,
) -> None:
    udvalg, kkr = organ_i(aftale, Organart.EMBEDSMANDSUDVALG), organ_i(aftale, Organart.KKR)
    besluttet(aftale, Organudfald.TILTRAADT, af=udvalg)
    tag(aftale, Aftaletilstand.KLADDE)
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    with pytest.raises(UgyldigtInput):
        besluttet(aftale, Organudfald.ANBEFALET, af=kkr)
    assert tilstand(aftale) == Aftaletilstand.EMBEDSMANDSUDVALG


def test_clause_saved_after_the_accession_voids_it(aftale: Rammeaftale) -> None:
    udvalg, kkr = organ_i(aftale, Organart.EMBEDSMANDSUDVALG), organ_i(aftale, Organart.KKR)
    besluttet(aftale, Organudfald.TILTRAADT, af=udvalg)
    skriv_om(aftale)
    with pytest.raises(UgyldigtInput):
        besluttet(aftale, Organudfald.ANBEFALET, af=kkr)
    besluttet(aftale, Organudfald.TILTRAADT, af=udvalg)
    besluttet(aftale, Organudfald.ANBEFALET, af=kkr)
    assert tilstand(aftale) == Aftaletilstand.KKR_ANBEFALET


@pytest.fixture
def rettet() -> Rammeaftale:
    """One laid before the embedsmandsudvalg five days ago, whose text was written anew three days ago."""
    with freeze_time(fabrik.samme_tid(-5)):
        fundet = kladde()
        tag(fundet, Aftaletilstand.EMBEDSMANDSUDVALG)
    with freeze_time(fabrik.samme_tid(-3)):
        skriv_om(fundet)
    return fundet


def test_accession_of_a_meeting_before_the_text_was_written_anew_does_not_count_however_late_it_is_registered(
    rettet: Rammeaftale,
) -> None:
    udvalg, kkr = organ_i(rettet, Organart.EMBEDSMANDSUDVALG), organ_i(rettet, Organart.KKR)
    besluttet(rettet, Organudfald.TILTRAADT, af=udvalg, dato=fabrik.om(-4))
    with pytest.raises(UgyldigtInput) as fejl:
        besluttet(rettet, Organudfald.ANBEFALET, af=kkr)
    assert "ikke tiltrådt" in fejl.value.felter["udfald"][0]
    besluttet(rettet, Organudfald.TILTRAADT, af=udvalg, dato=fabrik.om(-2))
    besluttet(rettet, Organudfald.ANBEFALET, af=kkr)
    assert tilstand(rettet) == Aftaletilstand.KKR_ANBEFALET


def test_accession_is_registered_on_its_own_day_after_the_draft_was_laid_before_it_again(rettet: Rammeaftale) -> None:
    udvalg, kkr = organ_i(rettet, Organart.EMBEDSMANDSUDVALG), organ_i(rettet, Organart.KKR)
    for til, siden in ((Aftaletilstand.KLADDE, 2), (Aftaletilstand.EMBEDSMANDSUDVALG, 1)):
        with freeze_time(fabrik.samme_tid(-siden)):
            tag(rettet, til)
    with pytest.raises(UgyldigtInput) as fejl:
        besluttet(rettet, Organudfald.TILTRAADT, af=udvalg, dato=fabrik.om(-6))
    assert "først forelagt" in fejl.value.felter["dato"][0]
    besluttet(rettet, Organudfald.TILTRAADT, af=udvalg, dato=fabrik.om(-4))
    with pytest.raises(UgyldigtInput) as fejl:
        besluttet(rettet, Organudfald.ANBEFALET, af=kkr)
    assert "før teksten sidst blev rettet" in fejl.value.felter["udfald"][0]
    besluttet(rettet, Organudfald.TILTRAADT, af=udvalg, dato=fabrik.om(-2))
    besluttet(rettet, Organudfald.ANBEFALET, af=kkr)
    assert tilstand(rettet) == Aftaletilstand.KKR_ANBEFALET


def test_accession_keeps_its_day_when_a_wrong_recommendation_is_undone(rettet: Rammeaftale) -> None:
    udvalg, kkr = organ_i(rettet, Organart.EMBEDSMANDSUDVALG), organ_i(rettet, Organart.KKR)
    besluttet(rettet, Organudfald.TILTRAADT, af=udvalg, dato=fabrik.om(-3))
    besluttet(rettet, Organudfald.ANBEFALET, af=kkr, dato=fabrik.om(-1))
    for til in (Aftaletilstand.KLADDE, Aftaletilstand.EMBEDSMANDSUDVALG):
        tag(rettet, til)
    with pytest.raises(UgyldigtInput) as fejl:
        besluttet(rettet, Organudfald.ANBEFALET, af=kkr)
    assert f"Det tiltrådte den den {fabrik.om(-3):%d.%m.%Y}. Er det registreret, før" in fejl.value.felter["udfald"][0]
    besluttet(rettet, Organudfald.TILTRAADT, af=udvalg, dato=fabrik.om(-3))
    besluttet(rettet, Organudfald.ANBEFALET, af=kkr)
    assert tilstand(rettet) == Aftaletilstand.KKR_ANBEFALET
    (tiltraadt,) = [skridt for skridt in vejen(rettet) if skridt.art == "udvalget_tiltraadte"]
    assert (tiltraadt.dato, tiltraadt.retter) == (fabrik.om(-3), False)


def test_recommendation_has_its_own_day_when_a_wrong_one_is_undone(rettet: Rammeaftale) -> None:
    udvalg, kkr = organ_i(rettet, Organart.EMBEDSMANDSUDVALG), organ_i(rettet, Organart.KKR)
    besluttet(rettet, Organudfald.TILTRAADT, af=udvalg, dato=fabrik.om(-3))
    besluttet(rettet, Organudfald.ANBEFALET, af=kkr)
    for til in (Aftaletilstand.KLADDE, Aftaletilstand.EMBEDSMANDSUDVALG):
        tag(rettet, til)
    besluttet(rettet, Organudfald.TILTRAADT, af=udvalg, dato=fabrik.om(-2))
    for om, felt, besked in (
        (-4, "dato", "Teksten er rettet"),
        (-3, "udfald", "ikke tiltrådt"),
    ):
        with pytest.raises(UgyldigtInput) as fejl:
            besluttet(rettet, Organudfald.ANBEFALET, af=kkr, dato=fabrik.om(om))
        assert besked in fejl.value.felter[felt][0]
    besluttet(rettet, Organudfald.ANBEFALET, af=kkr, dato=fabrik.om(-1))
    assert tilstand(rettet) == Aftaletilstand.KKR_ANBEFALET
    anbefalet = Aftaletrin.objects.filter(til=Aftaletilstand.KKR_ANBEFALET).order_by("registreret")
    assert [trin.dato for trin in anbefalet] == [idag(), fabrik.om(-1)]


def test_recommendation_is_no_older_than_the_day_the_version_was_first_laid_before_the_bodies() -> None:
    with freeze_time(fabrik.samme_tid(-9)):
        aftale = kladde()
    for til, siden in (
        (Aftaletilstand.EMBEDSMANDSUDVALG, 5),
        (Aftaletilstand.KLADDE, 1),
        (Aftaletilstand.EMBEDSMANDSUDVALG, 1),
    ):
        with freeze_time(fabrik.samme_tid(-siden)):
            tag(aftale, til)
    kkr = organ_i(aftale, Organart.KKR)
    with pytest.raises(UgyldigtInput) as fejl:
        besluttet(aftale, Organudfald.ANBEFALET, af=kkr, dato=fabrik.om(-6))
    assert "først forelagt" in fejl.value.felter["dato"][0]
    besluttet(aftale, Organudfald.ANBEFALET, af=kkr, dato=fabrik.om(-5))
    assert tilstand(aftale) == Aftaletilstand.KKR_ANBEFALET


def test_recommendation_of_a_text_written_anew_since_has_no_older_day(rettet: Rammeaftale) -> None:
    kkr = organ_i(rettet, Organart.KKR)
    besluttet(rettet, Organudfald.ANBEFALET, af=kkr, dato=fabrik.om(-2))
    tag(rettet, Aftaletilstand.KLADDE)
    skriv_om(rettet)
    tag(rettet, Aftaletilstand.EMBEDSMANDSUDVALG)
    with pytest.raises(UgyldigtInput) as fejl:
        besluttet(rettet, Organudfald.ANBEFALET, af=kkr, dato=fabrik.om(-2))
    assert "KKR har ikke taget stilling til den" in fejl.value.felter["dato"][0]
    besluttet(rettet, Organudfald.ANBEFALET, af=kkr)
    assert tilstand(rettet) == Aftaletilstand.KKR_ANBEFALET


def test_refusal_takes_the_draft_back_and_so_is_no_older_than_the_last_step(rettet: Rammeaftale) -> None:
    udvalg, kkr = organ_i(rettet, Organart.EMBEDSMANDSUDVALG), organ_i(rettet, Organart.KKR)
    besluttet(rettet, Organudfald.TILTRAADT, af=udvalg, dato=fabrik.om(-3))
    for til in (Aftaletilstand.KLADDE, Aftaletilstand.EMBEDSMANDSUDVALG):
        tag(rettet, til)
    besluttet(rettet, Organudfald.TILTRAADT, af=udvalg, dato=fabrik.om(-3))
    for organ in (udvalg, kkr):
        with pytest.raises(UgyldigtInput) as fejl:
            besluttet(rettet, Organudfald.AFVIST, af=organ, dato=fabrik.om(-2))
        assert "før det forrige trin" in fejl.value.felter["dato"][0]


def test_recommendation_tells_of_its_day_and_of_the_missing_accession_at_once(rettet: Rammeaftale) -> None:
    udvalg, kkr = organ_i(rettet, Organart.EMBEDSMANDSUDVALG), organ_i(rettet, Organart.KKR)
    for dato in (fabrik.om(-6), fabrik.om(-4)):
        with pytest.raises(UgyldigtInput) as fejl:
            besluttet(rettet, Organudfald.ANBEFALET, af=kkr, dato=dato)
        assert set(fejl.value.felter) == {"dato", "udfald"}
    besluttet(rettet, Organudfald.TILTRAADT, af=udvalg, dato=fabrik.om(-2))
    with pytest.raises(UgyldigtInput) as fejl:
        besluttet(rettet, Organudfald.ANBEFALET, af=kkr, dato=fabrik.om(-6))
    assert set(fejl.value.felter) == {"dato"}


def test_kkr_recommends_no_text_written_after_its_meeting(rettet: Rammeaftale) -> None:
    kkr = organ_i(rettet, Organart.KKR)
    with pytest.raises(UgyldigtInput) as fejl:
        besluttet(rettet, Organudfald.ANBEFALET, af=kkr, dato=fabrik.om(-4))
    assert "efter mødet" in fejl.value.felter["dato"][0]
    assert tilstand(rettet) == Aftaletilstand.EMBEDSMANDSUDVALG
    besluttet(rettet, Organudfald.ANBEFALET, af=kkr, dato=fabrik.om(-3))
    assert tilstand(rettet) == Aftaletilstand.KKR_ANBEFALET


def test_way_tells_of_the_accession_and_of_a_committee_there_is_not(aftale: Rammeaftale) -> None:
    kkr = organ_i(aftale, Organart.KKR)
    besluttet(aftale, Organudfald.ANBEFALET, af=kkr)
    assert [skridt.naermere for skridt in vejen(aftale)] == [f"{UDEN_UDVALG} Aftalt på mødet", "Som indstillet."]
    tag(aftale, Aftaletilstand.KLADDE)
    udvalg = organ_i(aftale, Organart.EMBEDSMANDSUDVALG)
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    besluttet(aftale, Organudfald.TILTRAADT, af=udvalg)
    besluttet(aftale, Organudfald.ANBEFALET, af=kkr)
    (*_, tiltraadt, anbefalet) = vejen(aftale)
    assert (tiltraadt.navn, tiltraadt.organ, tiltraadt.referat_url, tiltraadt.version) == (
        "Tiltrådt af embedsmandsudvalget", udvalg.navn, REFERAT, 1,
    )  # fmt: skip
    assert anbefalet.naermere == "Som indstillet."


@pytest.mark.parametrize("art", [Organart.EMBEDSMANDSUDVALG, Organart.KKR])
def test_refused_agreement_is_a_draft_again_and_says_why(aftale: Rammeaftale, art: Organart) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        besluttet(aftale, Organudfald.AFVIST, af=organ_i(aftale, art), tekst=" ")
    assert set(fejl.value.felter) == {"tekst"}
    besluttet(aftale, Organudfald.AFVIST, af=organ_i(aftale, art), tekst="Kapitel 3 mangler")
    assert tilstand(aftale) == Aftaletilstand.KLADDE
    assert Aftaletrin.objects.latest("registreret").begrundelse == "Kapitel 3 mangler"


def test_agreement_that_does_not_lie_before_the_bodies_is_not_decided_about() -> None:
    aftale = kladde()
    with pytest.raises(Konflikt, match="ikke forelagt"):
        besluttet(aftale, Organudfald.ANBEFALET, af=organ_i(aftale, Organart.KKR))
    assert not Organbeslutning.objects.exists()


def test_decision_tells_everything_that_is_wrong_at_once(aftale: Rammeaftale) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        registrer(organ_i(aftale, Organart.EMBEDSMANDSUDVALG), Organudfald.ANBEFALET, dato=fabrik.om(1), sag=Sagsvalg(), referat_url="referat")  # fmt: skip
    assert set(fejl.value.felter) == {"dato", "udfald", "titel", "referat_url"}
    with pytest.raises(UgyldigtInput) as fejl:
        registrer(organ_i(aftale, Organart.KKR), sag=Sagsvalg(aftale_id=aftale.pk), dato=FRA.replace(year=2019))
    assert set(fejl.value.felter) == {"dato", "referat_url"}
    assert not Moede.objects.exists()


def test_case_is_taken_up_again_by_another_body_under_its_name(aftale: Rammeaftale) -> None:
    udvalg, kkr = organ_i(aftale, Organart.EMBEDSMANDSUDVALG), organ_i(aftale, Organart.KKR)
    foerste = registrer(udvalg)
    with pytest.raises(UgyldigtInput, match="kan ikke gemmes"):
        registrer(kkr)
    anden = registrer(kkr, sag=Sagsvalg(sag_id=foerste.sag_id))
    assert (anden.sag, Organsag.objects.count()) == (foerste.sag, 1)


def test_agreements_of_one_title_are_cases_each_and_leave_the_title_to_a_case_on_the_list(aftale: Rammeaftale) -> None:
    kkr = organ_i(aftale, Organart.KKR)
    anden = opret_aftale(aktoer=fabrik.sekretariat(), titel=aftale.titel, fra=date(2029, 1, 1), til=date(2031, 1, 1))
    tag(anden, Aftaletilstand.EMBEDSMANDSUDVALG)
    for en in (aftale, anden):
        besluttet(en, Organudfald.ANBEFALET, af=kkr)
    navn = f"{aftale.titel}, version 1"
    registrer(kkr, sag=Sagsvalg(titel=navn))
    with pytest.raises(UgyldigtInput) as fejl:
        registrer(kkr, sag=Sagsvalg(titel=navn))
    assert set(fejl.value.felter) == {"titel"}
    versioner = [seneste_version(aftale), seneste_version(anden), None]
    assert [(sag.titel, sag.version) for sag in Organsag.objects.order_by("id")] == [(navn, v) for v in versioner]
    with pytest.raises(IntegrityError, match="organsag_titel_unik_blandt_andre_sager"), transaction.atomic():
        Organsag.objects.create(kkr=kkr.kkr, titel=navn)


def test_meeting_keeps_its_day_once_it_has_decided_something(aftale: Rammeaftale) -> None:
    udvalg, af = organ_i(aftale, Organart.EMBEDSMANDSUDVALG), fabrik.sekretariat()
    moede = opret_moede(aktoer=af, organ_id=udvalg.pk, dato=fabrik.om(30))
    with pytest.raises(UgyldigtInput, match="kan ikke gemmes"):
        opret_moede(aktoer=af, organ_id=udvalg.pk, dato=fabrik.om(30))
    ret_moede(aktoer=af, moede_id=moede.pk, dato=idag(), referat_url="")
    assert registrer(udvalg).moede == moede
    with pytest.raises(UgyldigtInput) as fejl:
        ret_moede(aktoer=af, moede_id=moede.pk, dato=fabrik.om(-1), referat_url=REFERAT)
    assert set(fejl.value.felter) == {"dato"}
    assert ret_moede(aktoer=af, moede_id=moede.pk, dato=idag(), referat_url=REFERAT).referat_url == REFERAT


def test_meeting_is_taken_out_until_it_has_decided_something_and_the_trail_keeps_it(aftale: Rammeaftale) -> None:
    udvalg, af = organ_i(aftale, Organart.EMBEDSMANDSUDVALG), fabrik.sekretariat()
    aflyst = opret_moede(aktoer=af, organ_id=udvalg.pk, dato=fabrik.om(30)).pk
    fjern_moede(aktoer=af, moede_id=aflyst)
    with pytest.raises(IkkeFundet):
        fjern_moede(aktoer=af, moede_id=aflyst)
    spor = historik(Moede).objects.for_systemet("test").filter(id=aflyst)
    assert set(spor.values_list("pgh_label", flat=True)) == {"insert", "delete"}
    holdt = registrer(udvalg).moede
    with pytest.raises(Konflikt, match="truffet beslutninger"):
        fjern_moede(aktoer=af, moede_id=holdt.pk)
    assert list(udvalg.moeder.all()) == [holdt]


def test_only_the_kkrs_own_secretariat_registers(aftale: Rammeaftale) -> None:
    udvalg = organ_i(aftale, Organart.EMBEDSMANDSUDVALG)
    for aktoer, fejl in ((fabrik.sagsbehandler(), IngenAdgang), (fabrik.sekretariat("KKR Syddanmark"), IkkeFundet)):
        with pytest.raises(fejl):
            registrer(udvalg, aktoer=aktoer)
        with pytest.raises(fejl):
            opret_moede(aktoer=aktoer, organ_id=udvalg.pk, dato=idag())
    assert not Moede.objects.exists()
    moede = opret_moede(aktoer=fabrik.sekretariat(), organ_id=udvalg.pk, dato=idag())
    for aktoer, fejl in ((fabrik.sagsbehandler(), IngenAdgang), (fabrik.sekretariat("KKR Syddanmark"), IkkeFundet)):
        with pytest.raises(fejl):
            fjern_moede(aktoer=aktoer, moede_id=moede.pk)
    assert Moede.objects.exists()


def test_database_moves_no_agreement_to_recommended_without_its_own_kkr(aftale: Rammeaftale) -> None:
    beslutning = besluttet(aftale, Organudfald.UDSAT, af=organ_i(aftale, Organart.KKR))
    trin = {"aftale": aftale, "version": seneste_version(aftale), "fra": "embedsmandsudvalg", "til": "kkr_anbefalet", "dato": idag(), "registreret_af_id": fabrik.sekretariat().organisation_id, "identitet": "x"}  # fmt: skip
    for b in (None, beslutning):
        with pytest.raises(DatabaseError, match="aftaletrin_anbefales_af_kkr"), transaction.atomic():
            Aftaletrin.objects.create(beslutning=b, **trin)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Organbeslutning.objects.update(udfald="anbefalet")
