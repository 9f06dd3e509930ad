"""Calls and what happens with them are the secretariat's, answers each municipality's own, and small counts are nobody else's."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from freezegun import freeze_time

from faelles.aktoer import Aktoer, Funktion
from faelles.fejl import DomaeneFejl, IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.tid import idag
from kommuner.models import Kkr, Rolle
from rammeaftale.aarshjul.queries import hjul
from rammeaftale.aarshjul.regler import Trinstand
from rammeaftale.models import (
    Rammeaftale,
    Udmelding,
    Udmeldingsannullering,
    Udmeldingsfaktum,
    Udmeldingssvar,
)
from rammeaftale.udmeldinger import actions
from rammeaftale.udmeldinger.actions import Faktumindhold
from rammeaftale.udmeldinger.queries import vis
from rammeaftale.udmeldinger.regler import Udmeldingsart, Udmeldingsstand
from rammeaftale.udmeldinger.svarene import svaroversigt
from tests import fabrik
from tests.rammeaftale.udmeldinger.situationer import indhold, med_rapport, part, sket, svaret, svarindhold, udmelding
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db


def embedsmand(navn: str) -> Aktoer:
    return fabrik.aktoer(Rolle.VISITATOR, fabrik.kommune(navn).organisation)


def stand(hvad: Udmelding) -> tuple[Udmeldingsstand, int]:
    (visning,) = vis(hvad.aftale, Udmelding.objects.filter(pk=hvad.pk), idag())
    return visning.stand, visning.svaret


def test_call_is_answered_reported_taken_up_again_and_reported_again(aftale: Rammeaftale) -> None:
    hvad = udmelding(aftale)
    assert stand(hvad) == (Udmeldingsstand.BESVARES, 0)
    svaret(hvad, "Herlev", 4, af=embedsmand("Herlev"))
    svaret(hvad, "Herlev", 5)
    svaret(hvad, "Gladsaxe")
    assert stand(hvad) == (Udmeldingsstand.BESVARES, 2)
    sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    with pytest.raises(Konflikt, match="rapport er sendt"):
        svaret(hvad, "Rødovre")
    assert stand(hvad) == (Udmeldingsstand.AFSENDT, 2)
    sket(hvad, Udmeldingsart.FORNYET_BEHANDLING)
    svaret(hvad, "Rødovre")
    assert stand(hvad) == (Udmeldingsstand.FORNYET, 3)
    sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    assert stand(hvad)[0] is Udmeldingsstand.AFSENDT


def test_municipalitys_providers_do_not_answer_for_it(aftale: Rammeaftale) -> None:
    hvad = udmelding(aftale)
    udbyder = replace(embedsmand("Herlev"), funktion=Funktion.DRIFTSHERRE)
    with pytest.raises(IkkeFundet):
        svaret(hvad, "Herlev", af=udbyder)
    assert not Udmeldingssvar.objects.exists()
    svaret(hvad, "Herlev", af=embedsmand("Herlev"))


def test_renewed_treatment_is_answered_again_by_its_own_deadline(aftale: Rammeaftale) -> None:
    with freeze_time(fabrik.samme_tid(-20)):
        hvad = udmelding(aftale, svarfrist=fabrik.om(5))
        for navn in ("Herlev", "Gladsaxe"):
            svaret(hvad, navn, 5)
        sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    with pytest.raises(UgyldigtInput) as fejl:
        sket(hvad, Udmeldingsart.FORNYET_BEHANDLING, dato=fabrik.om(-2), svarfrist=fabrik.om(-3))
    assert set(fejl.value.felter) == {"svarfrist"}
    sket(hvad, Udmeldingsart.FORNYET_BEHANDLING, dato=fabrik.om(-2), svarfrist=fabrik.om(1))
    assert stand(hvad) == (Udmeldingsstand.FORNYET, 0), "the first deadline has passed, and measures no more"
    svaret(hvad, "Herlev", 6)
    assert stand(hvad) == (Udmeldingsstand.FORNYET, 1)
    (punkt,) = (p for p in hjul(aftale, idag()).punkter if p.emne_id == hvad.pk)
    assert (punkt.frist, {s.organisation.navn for s in punkt.udfoerte}) == (fabrik.om(1), {"Herlev Kommune"})
    with freeze_time(fabrik.samme_tid(2)):
        assert stand(hvad) == (Udmeldingsstand.FORSINKET, 1)
        (punkt,) = (p for p in hjul(aftale, idag()).punkter if p.emne_id == hvad.pk)
        assert {s.organisation.navn for s in punkt.mangler} == {"Gladsaxe Kommune", "Rødovre Kommune"}
        assert punkt.stand is Trinstand.OVERSKREDET
        sket(hvad, Udmeldingsart.RAPPORT_SENDT)
        assert stand(hvad)[0] is Udmeldingsstand.AFSENDT


def test_renewal_registered_after_a_later_report_does_not_open_the_call_again(aftale: Rammeaftale) -> None:
    hvad = udmelding(aftale)
    sket(hvad, Udmeldingsart.RAPPORT_SENDT, dato=fabrik.om(-5))
    sket(hvad, Udmeldingsart.FORNYET_BEHANDLING, dato=fabrik.om(-4))
    sket(hvad, Udmeldingsart.RAPPORT_SENDT, dato=fabrik.om(-1))
    sket(hvad, Udmeldingsart.FORNYET_BEHANDLING, dato=fabrik.om(-3))
    assert stand(hvad)[0] is Udmeldingsstand.AFSENDT
    with pytest.raises(Konflikt, match="rapport er sendt"):
        svaret(hvad, "Rødovre")
    with pytest.raises(UgyldigtInput) as fejl:
        sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    assert set(fejl.value.felter) == {"art"}


def test_order_about_an_offer_holds_until_its_last_day(aftale: Rammeaftale) -> None:
    hvad, tilbud = udmelding(aftale), fabrik.tilbud()
    sket(hvad, Udmeldingsart.MIDLERTIDIGT_PAALAEG, dato=fabrik.om(-5), tilbud=tilbud, sidste_dag=fabrik.om(-1))
    sket(hvad, Udmeldingsart.MIDLERTIDIGT_PAALAEG, tilbud=tilbud)
    (visning,) = vis(aftale, Udmelding.objects.all(), idag())
    assert ([f.sidste_dag for f in visning.paalaeg], len(visning.fakta)) == ([None], 2)


@pytest.mark.parametrize(
    ("hvem", "fejl"),
    [
        (lambda: embedsmand("Gladsaxe"), IkkeFundet),
        (lambda: fabrik.sekretariat("KKR Syddanmark"), IkkeFundet),
        (lambda: fabrik.sagsbehandler("Herlev"), IngenAdgang),
    ],
)
def test_nobody_answers_for_another_municipality(
    aftale: Rammeaftale, hvem: Callable[[], Any], fejl: type[Exception]
) -> None:
    hvad = udmelding(aftale)
    with pytest.raises(fejl):
        svaret(hvad, "Herlev", 5, af=hvem())
    assert not Udmeldingssvar.objects.exists()


def test_region_is_asked_nothing(aftale: Rammeaftale) -> None:
    region = fabrik.region().organisation
    regionen = aftale.parter.create(organisation=region, periode=aftale.periode)
    hvad = udmelding(aftale)
    with pytest.raises(IkkeFundet):
        actions.svar(aktoer=fabrik.sekretariat(), udmelding_id=hvad.pk, part_id=regionen.pk, indhold=svarindhold(1))
    (visning,) = vis(aftale, Udmelding.objects.all(), idag())
    assert visning.parter == 3


def test_only_the_agreements_own_secretariat_registers(aftale: Rammeaftale) -> None:
    hvad = udmelding(aftale)
    faktum = Faktumindhold(Udmeldingsart.RAPPORT_SENDT, idag(), None, None, "", "")
    for aktoer, fejl in ((embedsmand("Herlev"), IngenAdgang), (fabrik.sekretariat("KKR Syddanmark"), IkkeFundet)):
        for gerning in (
            lambda a: actions.opret(aktoer=a, aftale_id=aftale.pk, indhold=indhold("Ny")),
            lambda a: actions.ret(aktoer=a, udmelding_id=hvad.pk, indhold=indhold("Ny")),
            lambda a: actions.registrer_faktum(aktoer=a, udmelding_id=hvad.pk, indhold=faktum),
        ):
            with pytest.raises(fejl):
                gerning(aktoer)
    assert (Udmelding.objects.get().titel, Udmeldingsfaktum.objects.exists()) == (hvad.titel, False)


def test_all_faults_are_told_at_once_and_nothing_is_kept(aftale: Rammeaftale) -> None:
    hvad, af = udmelding(aftale), fabrik.sekretariat()
    forkert = replace(
        indhold(hvad.titel, modtaget=fabrik.om(1), svarfrist=idag(), url="link"),
        beskrivelse="Om 010190-1234",
        maalgruppe_id=uuid4(),
    )
    with pytest.raises(UgyldigtInput) as fejl:
        actions.opret(aktoer=af, aftale_id=aftale.pk, indhold=forkert)
    assert set(fejl.value.felter) == {
        "titel", "beskrivelse", "modtaget", "svarfrist", "maalgruppe_id", "kilde_url"
    }  # fmt: skip
    with pytest.raises(UgyldigtInput) as fejl:
        actions.registrer_faktum(
            aktoer=af,
            udmelding_id=hvad.pk,
            indhold=Faktumindhold(Udmeldingsart.MIDLERTIDIGT_PAALAEG, idag(), None, fabrik.om(-1), "", "link"),
        )
    assert set(fejl.value.felter) == {"tilbud_id", "sidste_dag", "url"}
    for svar in (svarindhold(None, plan=" "), svarindhold(-1), svarindhold(100_001)):
        with pytest.raises(UgyldigtInput) as fejl:
            actions.svar(aktoer=af, udmelding_id=hvad.pk, part_id=part(hvad, "Herlev").pk, indhold=svar)
        assert set(fejl.value.felter) == {"antal_borgere"}
    assert (Udmelding.objects.count(), Udmeldingsfaktum.objects.count(), Udmeldingssvar.objects.count()) == (1, 0, 0)


def test_report_is_not_sent_before_the_day_it_was_ordered(aftale: Rammeaftale) -> None:
    hvad = udmelding(aftale)
    with freeze_time(fabrik.samme_tid(-3)):
        med_rapport(hvad)
    with pytest.raises(UgyldigtInput) as fejl:
        sket(hvad, Udmeldingsart.RAPPORT_SENDT, dato=fabrik.om(-4))
    assert fejl.value.felter == {
        "dato": [f"Den seneste færdige rapport er bestilt den {fabrik.om(-3):%d.%m.%Y}. Vælg den dag eller en senere."]
    }
    assert not Udmeldingsfaktum.objects.exists()
    assert sket(hvad, Udmeldingsart.RAPPORT_SENDT, dato=fabrik.om(-3)).dato == fabrik.om(-3)


def test_call_is_not_received_after_something_happened_with_it(aftale: Rammeaftale) -> None:
    hvad = udmelding(aftale)
    sket(hvad, Udmeldingsart.RAPPORT_SENDT, dato=fabrik.om(-5))
    with pytest.raises(UgyldigtInput) as fejl:
        actions.ret(aktoer=fabrik.sekretariat(), udmelding_id=hvad.pk, indhold=indhold(modtaget=fabrik.om(-4)))
    assert set(fejl.value.felter) == {"modtaget"}
    rettet = actions.ret(
        aktoer=fabrik.sekretariat(), udmelding_id=hvad.pk, indhold=indhold("Nyt", modtaget=fabrik.om(-5))
    )
    assert rettet.titel == "Nyt"


def antal(aktoer: Aktoer, hvad: Udmelding) -> tuple[list[str], str]:
    oversigt = svaroversigt(aktoer, hvad, idag())
    return [v.antal for v in oversigt.svar], oversigt.i_alt


def test_small_counts_are_the_municipalitys_own_and_the_secretariats(aftale: Rammeaftale) -> None:
    hvad = udmelding(aftale)
    for navn, tal in (("Gladsaxe", 2), ("Herlev", 3), ("Rødovre", 40)):
        svaret(hvad, navn, tal)
    sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    assert antal(fabrik.sekretariat(), hvad) == (["2", "3", "40"], "45")
    assert antal(embedsmand("Herlev"), hvad) == (["Skjult", "3", "Skjult"], "45"), "else she computes Gladsaxe's"
    assert antal(embedsmand("Rødovre"), hvad) == (["Skjult", "Skjult", "40"], "45")


@pytest.mark.parametrize(
    ("tal", "ventet"),
    [
        ((20, 3, 40), (["Skjult", "Skjult", "40"], "63")),  # 20 would tell that Herlev's is 3
        ((20, 30, 40), (["20", "30", "40"], "90")),
    ],
)
def test_count_is_shown_to_others_when_it_tells_no_small_one(
    aftale: Rammeaftale, tal: tuple[int, ...], ventet: tuple[list[str], str]
) -> None:
    hvad = udmelding(aftale)
    for navn, antallet in zip(("Gladsaxe", "Herlev", "Rødovre"), tal, strict=True):
        svaret(hvad, navn, antallet)
    sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    assert antal(embedsmand("Rødovre"), hvad) == ventet


def test_no_total_tells_an_answer_that_came_since_the_last_reading(aftale: Rammeaftale) -> None:
    hvad = udmelding(aftale)
    for navn in ("Gladsaxe", "Rødovre"):
        svaret(hvad, navn, 40)
    foer = antal(embedsmand("Rødovre"), hvad)
    svaret(hvad, "Herlev", 3)
    assert foer == (["Skjult", "", "40"], "Skjult")
    assert antal(embedsmand("Rødovre"), hvad) == (["Skjult", "Skjult", "40"], "Skjult")
    sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    assert antal(embedsmand("Rødovre"), hvad) == (["Skjult", "Skjult", "40"], "83")
    sket(hvad, Udmeldingsart.FORNYET_BEHANDLING)
    assert antal(embedsmand("Rødovre"), hvad) == (["Skjult", "Skjult", "40"], "Skjult"), "answers can change again"


def test_one_small_count_alone_takes_another_with_it_so_that_nobody_computes_it(aftale: Rammeaftale) -> None:
    hvad = udmelding(aftale)
    for navn, tal in (("Gladsaxe", 2), ("Herlev", 30), ("Rødovre", 40)):
        svaret(hvad, navn, tal)
    sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    skjulte, _ = antal(fabrik.aktoer(Rolle.LAESER, fabrik.kommune("Rødovre").organisation), hvad)
    assert skjulte == ["Skjult", "Skjult", "40"]


def test_without_the_term_no_count_is_shown_to_others(aftale: Rammeaftale) -> None:
    hvad = udmelding(aftale)
    svaret(hvad, "Herlev", 400)
    svaret(hvad, "Gladsaxe")
    uden = Kkr.objects.create(navn="KKR Uden", slug="kkr-uden")
    fabrik.vilkaar(uden, uden=Noegle.DISKRETION_GRAENSE)
    Rammeaftale.objects.update(kkr=uden)
    hvad = Udmelding.objects.get()
    assert antal(embedsmand("Rødovre"), hvad) == (["Ikke opgjort", "Skjult", ""], "Skjult")
    assert antal(embedsmand("Herlev"), hvad)[0][1] == "400"


@pytest.mark.django_db(transaction=True)
def test_answer_and_report_at_once_leave_no_answer_after_the_report(aftale: Rammeaftale) -> None:
    """Whoever comes last sees the other, and is refused: the report that is made has not the answer."""
    hvad = udmelding(aftale)
    med_rapport(hvad)
    herlev, af = embedsmand("Herlev"), fabrik.sekretariat()
    sendt = Faktumindhold(Udmeldingsart.RAPPORT_SENDT, idag(), None, None, "", "")

    def i_egen_forbindelse(gerning: Callable[[], Any]) -> bool:
        try:
            gerning()
        except DomaeneFejl:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as traade:
        rapport = traade.submit(
            i_egen_forbindelse, lambda: actions.registrer_faktum(aktoer=af, udmelding_id=hvad.pk, indhold=sendt)
        )
        svar = traade.submit(i_egen_forbindelse, lambda: svaret(hvad, "Herlev", 5, af=herlev))
        assert rapport.result() != svar.result()
    assert Udmeldingssvar.objects.exists() == svar.result()
    assert Udmeldingsfaktum.objects.exists() == rapport.result()


def annuller(
    faktum: Udmeldingsfaktum, begrundelse: str = "Det var en anden udmelding", *, af: Aktoer | None = None
) -> None:
    actions.annuller_faktum(aktoer=af or fabrik.sekretariat(), faktum_id=faktum.pk, begrundelse=begrundelse)


def test_annulled_fact_is_kept_with_why_and_counts_no_more() -> None:
    hvad = udmelding(fabrik.aftale())
    faktum = sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    with pytest.raises(Konflikt, match="kan ikke svares mere"):
        svaret(hvad, "Herlev", 7)
    annuller(faktum)
    svaret(hvad, "Herlev", 7)
    (vist,) = vis(hvad.aftale, Udmelding.objects.all(), idag())
    assert (vist.stand, list(vist.gaeldende), list(vist.fakta)) == (Udmeldingsstand.BESVARES, [], [faktum])
    assert Udmeldingsannullering.objects.get().begrundelse == "Det var en anden udmelding"
    with pytest.raises(Konflikt, match="allerede annulleret"):
        annuller(faktum)


def test_order_that_is_annulled_holds_no_more() -> None:
    hvad = udmelding(fabrik.aftale())
    faktum = sket(hvad, Udmeldingsart.MIDLERTIDIGT_PAALAEG, tilbud=fabrik.tilbud(i="Gladsaxe"))
    annuller(faktum)
    (vist,) = vis(hvad.aftale, Udmelding.objects.all(), idag())
    assert not vist.paalaeg


def test_report_another_fact_rests_on_is_annulled_after_it() -> None:
    hvad = udmelding(fabrik.aftale())
    sendt = sket(hvad, Udmeldingsart.RAPPORT_SENDT)
    fornyet = sket(hvad, Udmeldingsart.FORNYET_BEHANDLING)
    with pytest.raises(Konflikt, match="Annullér først"):
        annuller(sendt)
    annuller(fornyet)
    annuller(sendt)
    (vist,) = vis(hvad.aftale, Udmelding.objects.all(), idag())
    assert vist.stand is Udmeldingsstand.BESVARES


def test_annulling_says_why_and_is_the_own_secretariats() -> None:
    faktum = sket(udmelding(fabrik.aftale()), Udmeldingsart.RAPPORT_SENDT)
    with pytest.raises(UgyldigtInput) as fejl:
        annuller(faktum, " ")
    assert set(fejl.value.felter) == {"begrundelse"}
    with pytest.raises(IkkeFundet):
        annuller(faktum, af=fabrik.sekretariat("KKR Syddanmark"))
    with pytest.raises(IngenAdgang):
        annuller(faktum, af=fabrik.sagsbehandler())
    with pytest.raises(IntegrityError, match="udmeldingsannullering_har_begrundelse"), transaction.atomic():
        Udmeldingsannullering.objects.create(
            faktum=faktum, begrundelse="", registreret_af=fabrik.kommune().organisation, identitet="test"
        )


def test_order_is_about_an_offer_that_was_open_in_the_agreements_municipalities_on_its_day() -> None:
    hvad = udmelding(fabrik.aftale(fra=fabrik.om(-400), til=fabrik.om(400)))
    tilbud = fabrik.tilbud(i="Gladsaxe")
    tilbud.lukket_fra = fabrik.om(-2)
    tilbud.save()
    sket(hvad, Udmeldingsart.MIDLERTIDIGT_PAALAEG, dato=fabrik.om(-3), tilbud=tilbud)
    with pytest.raises(UgyldigtInput) as fejl:
        sket(hvad, Udmeldingsart.MIDLERTIDIGT_PAALAEG, dato=fabrik.om(-2), tilbud=tilbud)
    assert set(fejl.value.felter) == {"tilbud_id"}


def test_order_is_registered_when_the_kkr_has_become_a_part_of_another() -> None:
    hvad = udmelding(fabrik.aftale(fra=fabrik.om(-400), til=fabrik.om(400)))
    tilbud = fabrik.tilbud(i="Gladsaxe")
    fabrik.flyt_til_kkr("KKR Østdanmark", "Gladsaxe", "Herlev", "Rødovre", fra=fabrik.om(-4))
    for dato in (fabrik.om(-5), idag()):
        sket(hvad, Udmeldingsart.MIDLERTIDIGT_PAALAEG, dato=dato, tilbud=tilbud)
    (visning,) = vis(hvad.aftale, Udmelding.objects.all(), idag())
    assert len(visning.paalaeg) == 2
