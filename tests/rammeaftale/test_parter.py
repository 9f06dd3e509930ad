"""Parties as dated relations: who may come and go when, that each must say yes, and a region that succeeds another."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from freezegun import freeze_time

from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.spor import historik
from faelles.tid import Periode, idag, midnat_efter
from kommuner.models import KkrMedlemskab, Organisation, RegionMedlemskab, Rolle
from rammeaftale.actions import (
    afslut_part,
    fjern_part,
    opret_allonge,
    ret_aftale,
    tilfoej_part,
    vedtag_enstemmige,
)
from rammeaftale.livscyklus import Aendringsart, Aftaletilstand, Partsstatus
from rammeaftale.models import Part, Rammeaftale
from rammeaftale.queries import genstarter, i_kkr, mulige_parter
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, send, sendt
from tests.rammeaftale.rapporter.situationer import beslut
from tests.rammeaftale.test_sider import klient, sekretariat
from tests.rammeaftale.test_trin import efterproev
from tests.rammeaftale.test_trin import ny as aabn_ny_version
from tests.rammeaftale.test_trin_sider import dag

pytestmark = pytest.mark.django_db
FRA, TIL = date(2027, 1, 1), date(2029, 1, 1)
MIDT = date(2028, 1, 1)


def dage(aftale: Rammeaftale) -> dict[str, tuple[date, date | None]]:
    return {
        str(part): (Periode.af_range(part.periode).fra, Periode.af_range(part.periode).til)
        for part in aftale.parter.all()
    }


def part(aftale: Rammeaftale, navn: str) -> Part:
    return aftale.parter.get(organisation__navn=navn)


def ny(aftale: Rammeaftale, navn: str = "Ishøj", fra: date = FRA) -> Part:
    organisation = fabrik.kommune(navn).organisation
    return tilfoej_part(aktoer=fabrik.sekretariat(), aftale_id=aftale.pk, organisation_id=organisation.pk, fra=fra)


def afslut(aftale: Rammeaftale, navn: str, sidste_dag: date, efter: Organisation | None = None) -> Part:
    return afslut_part(
        aktoer=fabrik.sekretariat(),
        aftale_id=aftale.pk,
        part_id=part(aftale, navn).pk,
        sidste_dag=sidste_dag,
        begrundelse="Efter registret",
        efterfoelger_id=efter.pk if efter else None,
    )


def fjern(aftale: Rammeaftale, navn: str, begrundelse: str = "Var aldrig part") -> None:
    fjern_part(aktoer=fabrik.sekretariat(), aftale_id=aftale.pk, part_id=part(aftale, navn).pk, begrundelse=begrundelse)


def forlader_kkr(navn: str, til: date) -> None:
    """By the register the municipality is in no KKR from the day."""
    medlemskab = KkrMedlemskab.objects.get(kommune__kortnavn=navn)
    medlemskab.periode = Periode(Periode.af_range(medlemskab.periode).fra, til).som_range
    medlemskab.save()


def region(navn: str = "Region Østdanmark (demo)") -> Organisation:
    return Organisation.objects.create(art="region", navn=navn)


def vedtaget(*kommuner: str) -> Rammeaftale:
    aftale = sendt(*kommuner)
    godkend(aftale)
    assert aftale.tilstand == Aftaletilstand.VEDTAGET
    return aftale


def test_party_of_a_draft_comes_and_goes_on_its_days() -> None:
    aftale = kladde("Rødovre", "Herlev")
    ny(aftale, fra=MIDT)
    afslut(aftale, "Herlev Kommune", date(2027, 12, 31))
    assert dage(aftale) == {
        "Herlev Kommune": (FRA, MIDT),
        "Ishøj Kommune": (MIDT, TIL),
        "Region Hovedstaden": (FRA, TIL),
        "Rødovre Kommune": (FRA, TIL),
    }


def test_region_that_succeeds_another_is_a_party_from_the_day_after_and_points_back() -> None:
    aftale, oest = kladde("Rødovre"), region()
    gammel = afslut(aftale, "Region Hovedstaden", date(2027, 6, 30), oest)
    skift = date(2027, 7, 1)
    assert gammel.efterfoelger == oest
    assert dage(aftale)["Region Hovedstaden"] == (FRA, skift)
    assert dage(aftale)["Region Østdanmark (demo)"] == (skift, TIL)
    for dato in (skift - timedelta(days=1), skift):
        regioner = aftale.parter.filter(organisation__art="region", periode__contains=dato)
        assert regioner.count() == 1, "never two, and never none"


def test_new_party_of_what_is_sent_must_approve_before_it_is_adopted() -> None:
    aftale = sendt("Rødovre")
    godkend(aftale, "Rødovre Kommune")
    ny(aftale)
    beslut(aftale, part(aftale, "Rødovre Kommune"), dato=idag())
    aftale.refresh_from_db()
    assert aftale.tilstand == Aftaletilstand.SENDT, "the new one has not said yes"
    beslut(aftale, part(aftale, "Ishøj Kommune"), dato=idag())
    aftale.refresh_from_db()
    assert aftale.tilstand == Aftaletilstand.VEDTAGET


def test_party_that_is_not_one_on_the_deciding_day_does_not_hold_the_adoption_up() -> None:
    aftale = sendt("Rødovre")
    ny(aftale, fra=MIDT)
    godkend(aftale)
    assert aftale.tilstand == Aftaletilstand.VEDTAGET


def test_yes_of_one_that_becomes_a_party_later_counts_for_a_version_that_needs_it_no_more() -> None:
    aftale = sendt("Rødovre", "Herlev")
    for navn in ("Ishøj", "Albertslund", "Tårnby"):
        ny(aftale, navn, fra=MIDT)
    beslut(aftale, part(aftale, "Ishøj Kommune"), dato=idag())
    beslut(aftale, part(aftale, "Albertslund Kommune"), Partsstatus.AFVIST, dato=idag())
    godkend(aftale, "Herlev Kommune")
    aabn_ny_version(aftale)
    anbefal(aftale)
    version = send(aftale, Aendringsart.REDAKTIONEL)
    viderefoert = version.godkendelser.values_list("part__organisation__navn", flat=True)
    assert set(viderefoert) == {"Ishøj Kommune", "Region Hovedstaden", "Rødovre Kommune"}
    grunde = {str(en.part): en.grund for en in genstarter(version)}
    assert grunde == {"Albertslund Kommune": "afvist", "Herlev Kommune": "ikke_godkendt"}, "Tårnby was never to decide"


def test_veto_cannot_be_taken_away_from_the_first_version_is_sent_until_the_agreement_is_adopted() -> None:
    aftale = sendt("Rødovre", "Herlev")
    ny(aftale, "Ishøj")
    godkend(aftale, "Herlev Kommune", "Ishøj Kommune")
    herlev = part(aftale, "Herlev Kommune")
    beslut(aftale, herlev, Partsstatus.AFVIST, dato=idag())
    for goer in (None, aabn_ny_version, anbefal):
        if goer:
            goer(aftale)
        for navn in ("Herlev Kommune", "Ishøj Kommune"):  # the one has said no, the other nothing
            with pytest.raises(UgyldigtInput) as fejl:
                afslut(aftale, navn, FRA)
            assert "efter registret holder den ikke op" in fejl.value.felter["sidste_dag"][0]
            with pytest.raises(Konflikt, match="siden har den veto"):
                fjern(aftale, navn)
            with pytest.raises(IntegrityError, match="part_staar_fast"), transaction.atomic():
                Part.objects.filter(pk=part(aftale, navn).pk).fjern()
        for dage_ in (Periode(MIDT, TIL), Periode(FRA, FRA + timedelta(days=1))):
            with pytest.raises(IntegrityError, match="part_staar_fast"), transaction.atomic():
                Part.objects.filter(pk=herlev.pk).update(periode=dage_.som_range)
        aftale.refresh_from_db()
    send(aftale, Aendringsart.REDAKTIONEL)
    aftale.refresh_from_db()
    assert aftale.tilstand == Aftaletilstand.SENDT, "two have not said yes"


@pytest.mark.parametrize("til", [FRA, MIDT])
def test_party_with_a_veto_ends_on_the_day_the_register_says_and_on_no_other(til: date) -> None:
    aftale = sendt("Rødovre", "Herlev")
    godkend(aftale, "Herlev Kommune")
    beslut(aftale, part(aftale, "Herlev Kommune"), Partsstatus.AFVIST, dato=idag())
    forlader_kkr("Herlev", til)
    with pytest.raises(UgyldigtInput) as fejl:
        afslut(aftale, "Herlev Kommune", date(2028, 3, 31))
    assert f"{til - timedelta(days=1):%d.%m.%Y}" in fejl.value.felter["sidste_dag"][0]
    afslut(aftale, "Herlev Kommune", til - timedelta(days=1))
    efterproev()
    aftale.refresh_from_db()
    staar = Aftaletilstand.VEDTAGET if til == FRA else Aftaletilstand.SENDT
    assert aftale.tilstand == staar, "one that is no party of the first day has no say"
    assert part(aftale, "Herlev Kommune").godkendelser.exists(), "what it said is kept"


def test_region_with_a_veto_ends_when_no_municipality_of_the_kkr_lies_in_it() -> None:
    aftale = sendt("Rødovre", "Herlev")
    medlemskaber = list(RegionMedlemskab.objects.all())
    for medlemskab, til in zip(medlemskaber, (date(2027, 3, 1), MIDT), strict=True):
        medlemskab.periode = Periode(Periode.af_range(medlemskab.periode).fra, til).som_range
        medlemskab.save()
    with pytest.raises(UgyldigtInput):
        afslut(aftale, "Region Hovedstaden", date(2027, 2, 28))
    afslut(aftale, "Region Hovedstaden", MIDT - timedelta(days=1), region())
    efterproev()
    assert dage(aftale)["Region Østdanmark (demo)"] == (MIDT, TIL)


def test_party_of_a_recalled_allonge_keeps_its_row_and_its_steps_when_it_leaves() -> None:
    aftale = vedtaget("Rødovre", "Herlev")
    allonge = opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=aftale.pk, titel="Allonge 1", fra=date(2028, 7, 1))
    allonge.versioner.update(sendt=idag())
    Rammeaftale.objects.filter(pk=allonge.pk).update(tilstand="sendt")
    beslut(allonge, part(allonge, "Herlev Kommune"), dato=idag())
    aabn_ny_version(allonge)
    with pytest.raises(Konflikt, match="Allonge 1: Parten har veto"):
        afslut(aftale, "Herlev Kommune", date(2027, 12, 31))
    forlader_kkr("Herlev", MIDT)
    afslut(aftale, "Herlev Kommune", date(2027, 12, 31))
    assert dage(allonge)["Herlev Kommune"] == (date(2027, 12, 31), MIDT), "no day of the allonge"
    assert part(allonge, "Herlev Kommune").godkendelser.count() == 1


def test_agreement_is_adopted_by_the_calendar_when_the_one_that_has_not_approved_is_a_party_no_more() -> None:
    """As 1 January 2027: the old region has said nothing, its successor has said yes."""
    skift, (fra, til) = fabrik.om(10), (fabrik.om(-30), fabrik.om(700))
    aftale = kladde("Rødovre", fra=fra, til=til)
    afslut(aftale, "Region Hovedstaden", skift - timedelta(days=1), region())
    anbefal(aftale)
    send(aftale)
    godkend(aftale, "Region Hovedstaden")
    beslut(aftale, part(aftale, "Region Østdanmark (demo)"), dato=idag())
    assert vedtag_enstemmige() == 0, "the old region's veto holds to its last day"
    with freeze_time(midnat_efter(skift)):  # the run of the day itself is lost
        assert [vedtag_enstemmige(), vedtag_enstemmige()] == [1, 0]
    aftale.refresh_from_db()
    assert (aftale.tilstand, aftale.vedtaget) == (Aftaletilstand.VEDTAGET, skift)
    trin = aftale.trin.get(til="vedtaget")
    assert (trin.identitet, trin.registreret_af_id) == ("system:vedtag_enstemmige", aftale.kkr.sekretariat_id)
    efterproev()


def test_change_of_a_party_says_why_and_the_trail_keeps_it() -> None:
    aftale = kladde("Rødovre", "Herlev")
    for begrundelse in (" ", "CPR 010190-1234"):
        with pytest.raises(UgyldigtInput) as fejl:
            fjern(aftale, "Herlev Kommune", begrundelse)
        assert set(fejl.value.felter) == {"begrundelse"}
    fjern(aftale, "Herlev Kommune", "Flyttet til KKR Sjælland")
    afslut(aftale, "Rødovre Kommune", date(2027, 12, 31))
    spor = historik(Part).objects.for_systemet("test")
    assert spor.get(pgh_label="delete").begrundelse == "Flyttet til KKR Sjælland"
    assert part(aftale, "Rødovre Kommune").begrundelse == "Efter registret"


@pytest.mark.parametrize("fra", [date(2026, 12, 31), TIL])
def test_party_begins_in_the_agreements_period(fra: date) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        ny(kladde("Rødovre"), fra=fra)
    assert set(fejl.value.felter) == {"fra"}


def test_organisation_is_a_party_once_a_day_and_only_a_municipality_or_a_region_is() -> None:
    aftale = kladde("Rødovre")
    with pytest.raises(Konflikt, match="allerede part"):
        ny(aftale, "Rødovre", MIDT)
    privat = Organisation.objects.create(art="privat", navn="Fonden")
    with pytest.raises(UgyldigtInput) as fejl:
        tilfoej_part(aktoer=fabrik.sekretariat(), aftale_id=aftale.pk, organisation_id=privat.pk, fra=FRA)
    assert set(fejl.value.felter) == {"organisation_id"}
    with pytest.raises(UgyldigtInput) as fejl:
        afslut(aftale, "Rødovre Kommune", date(2026, 12, 31), fabrik.kommune("Rødovre").organisation)
    assert set(fejl.value.felter) == {"sidste_dag", "efterfoelger_id"}


def test_organisation_outside_the_kkr_becomes_a_party_with_a_reason_only() -> None:
    aftale = kladde("Rødovre")
    odense = fabrik.kommune("Odense", i="KKR Syddanmark").organisation

    def tilfoej(begrundelse: str, organisation: Organisation = odense) -> Part:
        return tilfoej_part(
            aktoer=fabrik.sekretariat(), aftale_id=aftale.pk, organisation_id=organisation.pk, fra=FRA,
            begrundelse=begrundelse,
        )  # fmt: skip

    for tom_eller_farlig in (" ", "CPR 010190-1234"):
        with pytest.raises(UgyldigtInput) as fejl:
            tilfoej(tom_eller_farlig)
        assert set(fejl.value.felter) == {"begrundelse"}
    assert tilfoej(" Driver tilbud sammen med Rødovre ").begrundelse == "Driver tilbud sammen med Rødovre"
    fjern(aftale, "Region Hovedstaden")
    assert tilfoej("", fabrik.region().organisation).begrundelse == "", (
        "a region its municipalities lie in is the KKR's"
    )


def test_reason_for_a_party_outside_the_kkr_stands_in_the_allonger_too_and_over_rest() -> None:
    aftale = vedtaget("Rødovre")
    allonge = opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=aftale.pk, titel="Allonge 1", fra=MIDT)
    odense = fabrik.kommune("Odense", i="KKR Syddanmark").organisation
    tilfoej_part(
        aktoer=fabrik.sekretariat(),
        aftale_id=aftale.pk,
        organisation_id=odense.pk,
        fra=MIDT,
        begrundelse="Fælles drift",
    )
    senere = opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=aftale.pk, titel="Allonge 2", fra=MIDT)
    ret_aftale(aktoer=fabrik.sekretariat(), aftale_id=allonge.pk, titel="Allonge 1", fra=date(2028, 7, 1), til=None)
    alle = (aftale, allonge, senere)
    assert [part(en, "Odense Kommune").begrundelse for en in alle] == ["Fælles drift"] * 3
    svar = klienter.myndighed().get(f"/api/v1/rammeaftaler/{senere.pk}/parter").json()["resultater"]
    assert {p["organisation"]: p["begrundelse"] for p in svar} == {
        "Odense Kommune": "Fælles drift", "Region Hovedstaden": "", "Rødovre Kommune": "",
    }  # fmt: skip


def test_municipality_that_is_to_leave_the_kkr_in_the_period_is_chosen_among_its_own() -> None:
    aftale = kladde("Rødovre")
    fabrik.kommune("Ishøj")
    fabrik.kommune("Odense", i="KKR Syddanmark")
    fabrik.flyt_til_kkr("KKR Østdanmark", "Ishøj", fra=MIDT)
    egne, andre = (
        list(map(str, organisationer))
        for organisationer in (i_kkr(aftale), mulige_parter().exclude(pk__in=i_kkr(aftale).values("pk")))
    )
    assert (egne, andre) == (["Ishøj Kommune", "Region Hovedstaden", "Rødovre Kommune"], ["Odense Kommune"])
    forms = [
        sekretariat().get(reverse(f"rammeaftale:{rute}", args=[aftale.slug, *args])).content.decode()
        for rute, args in (("ny_part", []), ("afslut_part", [part(aftale, "Region Hovedstaden").pk]))
    ]
    for html in forms:
        steder = [
            html.index(ord_)
            for ord_ in ('label="I aftalens KKR"', ">Rødovre Kommune", 'label="Uden for KKR"', ">Odense Kommune")
        ]
        assert steder == sorted(steder)


def test_only_the_agreements_own_secretariat_changes_its_parties() -> None:
    aftale, hvem = kladde("Rødovre"), fabrik.kommune("Ishøj").organisation
    for aktoer, fejl in ((fabrik.sekretariat("KKR Syddanmark"), IkkeFundet), (fabrik.sagsbehandler(), IngenAdgang)):
        with pytest.raises(fejl):
            tilfoej_part(aktoer=aktoer, aftale_id=aftale.pk, organisation_id=hvem.pk, fra=FRA)


def test_pages_change_the_parties_and_show_their_days() -> None:
    aftale, client, oest = kladde("Rødovre", "Herlev"), sekretariat(), region()
    ishoej = fabrik.kommune("Ishøj").organisation

    def send_form(rute: str, felter: dict[str, object], *args: object) -> str:
        svar = client.post(reverse(f"rammeaftale:{rute}", args=[aftale.slug, *args]), felter, follow=True)
        assert svar.redirect_chain, svar.content.decode()
        return svar.content.decode()

    assert "Parten er tilføjet." in send_form("ny_part", {"organisation_id": str(ishoej.pk), **dag("fra", MIDT)})
    sidste = {
        **dag("sidste_dag", date(2027, 6, 30)),
        "efterfoelger_id": str(oest.pk),
        "begrundelse": "Regionen afløses",
    }
    html = send_form("afslut_part", sidste, part(aftale, "Region Hovedstaden").pk)
    assert "<td>30.06.2027</td><td>Region Østdanmark (demo)</td>" in html
    assert "Regionen afløses" in html
    assert "Ikke part den dag, aftalen afgøres" in html
    assert "Parten er fjernet." in send_form(
        "fjern_part", {"begrundelse": "Var aldrig part"}, part(aftale, "Herlev Kommune").pk
    )
    assert "Herlev Kommune" not in dage(aftale)
    laeser = klient(Rolle.LAESER, fabrik.kommune("Rødovre").organisation)
    html = laeser.get(reverse("rammeaftale:parter", args=[aftale.slug])).content.decode()
    assert "01.01.2028" in html
    assert "Afslut" not in html
    assert (
        laeser.get(reverse("rammeaftale:part", args=[aftale.slug, part(aftale, "Ishøj Kommune").pk])).status_code == 200
    )
    anbefal(aftale)
    send(aftale)
    url = reverse("rammeaftale:afslut_part", args=[aftale.slug, part(aftale, "Rødovre Kommune").pk])
    assert "fortsat i KKR" in client.get(url).content.decode()
    forlader_kkr("Rødovre", MIDT)
    assert "dens sidste dag den 31.12.2027" in client.get(url).content.decode()
    svar = client.post(url, sidste)
    assert svar.status_code == 422
    assert "Vælg den." in svar.content.decode()
    assert "Fjern<" not in client.get(reverse("rammeaftale:parter", args=[aftale.slug])).content.decode()
