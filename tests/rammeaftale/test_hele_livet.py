"""The whole life of an agreement with 30 parties, beside another's: a veto, a revised version, a late approval, a region that becomes
another, an allonge, and the merger with both sets of terms side by side. Municipalities and regions are those of the reference data; that
the two KKRs become one in 2028 is made up.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from faelles.fejl import Konflikt, UgyldigtInput
from faelles.tid import Periode, idag
from kommuner.models import Kkr, KkrMedlemskab, Kommune, Organisation
from rammeaftale.actions import opret_allonge, registrer_faktum, registrer_offentliggoerelse
from rammeaftale.actions.trin import Faktum
from rammeaftale.livscyklus import Aendringsart, Aftaletilstand, Partsstatus, stand
from rammeaftale.models import Genstart, Godkendelse, Organ, Part, Rammeaftale
from rammeaftale.moeder.regler import Organudfald
from rammeaftale.organer.actions import opret_organ, optag_medlem
from rammeaftale.organer.regler import Hverv, Organart
from rammeaftale.queries import partsstande
from rammeaftale.tavle import publiceringer, vis_alle
from rammeaftale.tekst.queries import klausuler
from takster.beregning.modeller import beregn as genberegn
from takster.models import Takstberegning
from takster.regnskab.actions import afslut
from tests import fabrik
from tests.api import klienter
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, klausul, saet, send, tag
from tests.rammeaftale.moeder.situationer import besluttet
from tests.rammeaftale.rapporter.situationer import beslut
from tests.rammeaftale.test_sider import klient
from tests.rammeaftale.test_trin import efterproev, nyeste
from tests.rammeaftale.test_trin import ny as aabn_ny_version
from tests.rammeaftale.ur import Ur, stillet
from tests.takster.budget.situationer import budget, oekonom
from tests.takster.fastsaettelse.situationer import offentliggjort
from tests.takster.regnskab.situationer import kladde as regnskab
from tilbud.models import Tilbud
from vilkaar.models import Saetstatus, Vilkaarssaet
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar, gaeldende_i_kommune, gaeldende_pr_kommune

pytestmark = pytest.mark.django_db
HOVEDSTADEN, SJAELLAND, OEST = "KKR Hovedstaden", "KKR Sjælland", "KKR Østdanmark (demo)"
FRA, REGIONEN, ALLONGE, SAMMEN, TIL = (
    date(aar, m, 1) for aar, m in ((2026, 1), (2027, 1), (2027, 7), (2028, 1), (2030, 1))
)
FRIST, TAERSKEL = Noegle.INDSIGELSE_FRIST, Noegle.EFTERREGULERING_TAERSKEL_PROCENT
SJAELLANDS = {FRIST: "20", TAERSKEL: "10"}
FAELLES = {FRIST: "90", TAERSKEL: "2"}
SIDE_OM_SIDE = {  # what differs from set to set, in their order
    HOVEDSTADEN: {FRIST: ["45 dage", "60 dage", "90 dage"], TAERSKEL: ["5 procent", "5 procent", "2 procent"]},
    SJAELLAND: {FRIST: ["20 dage", "90 dage"], TAERSKEL: ["10 procent", "2 procent"]},
}


@pytest.fixture
def ur() -> Iterator[Ur]:
    """The clock, which begins in the autumn before the agreements."""
    with stillet(date(2025, 10, 1)) as uret:
        yield uret


def test_life_of_an_agreement_with_thirty_parties_and_the_merger_it_ends_in(ur: Ur) -> None:
    _landet()
    sjaellands = _vedtaget(SJAELLAND, SJAELLANDS)
    _udvalget()
    hovedstadens = _veto_ny_version_og_sen_godkendelse(ur)
    _offentliggjort(hovedstadens, ur, date(2026, 2, 20))
    assert _frister(FRA, REGIONEN) == {"Rødovre": [45, 45], "Roskilde": [20, 20]}, "different terms side by side"
    for aftale in (hovedstadens, sjaellands):
        _regionen_er_en_anden(aftale)
    priser = {navn: _pris(navn, 2026) for navn in ("Rødovre", "Roskilde")}
    allonge = _allonge_undervejs(hovedstadens, ur)
    for pris in priser.values():
        _regnskab(pris, ur)
    _sammen(ur)
    efter = {navn: _taksten_for_2028(pris) for navn, pris in priser.items()}
    # Rødovre's surplus is beyond the threshold it was made under (5 percent), Roskilde's within (10); by the terms of 2028 (2 percent) more
    # would be given back by both.
    assert {navn: en.beregning["efterregulering"] for navn, en in efter.items()} == {
        "Rødovre": "-187819.294",
        "Roskilde": "0.00",
    }
    for aftale, dage, stande in (
        (hovedstadens, (date(2025, 12, 31), FRA, SAMMEN), ["Vedtaget", "I kraft", "Udløbet"]),
        (allonge, (REGIONEN, ALLONGE, SAMMEN), ["Vedtaget", "I kraft", "Udløbet"]),
    ):
        aftale.refresh_from_db()
        assert [stand(Aftaletilstand(aftale.tilstand), aftale.aftaleperiode, dag) for dag in dage] == stande
    efterproev()


def _landet() -> None:
    """The register as it is known, and the two KKRs' secretariats."""
    call_command("indlaes_reference", verbosity=0)
    for navn in (HOVEDSTADEN, SJAELLAND):
        _sekretariat(Kkr.objects.get(navn=navn))


def _sekretariat(kkr: Kkr) -> None:
    kkr.sekretariat = Organisation.objects.create(art="sekretariat", navn=f"Sekretariatet for {kkr.navn}")
    kkr.save()


def _udvalget() -> None:
    """Hovedstaden's committee: seven municipalities and the region."""
    kommuner = ("Gladsaxe", "Herlev", "Rødovre", "Ballerup", "Egedal", "Hillerød", "Tårnby")
    af = fabrik.sekretariat()
    udvalg = opret_organ(aktoer=af, art=Organart.EMBEDSMANDSUDVALG, navn="Embedsmandsudvalget", opgave="", fra=idag())
    medlemmer = [
        *(_kommune(navn).organisation for navn in kommuner),
        Organisation.objects.get(navn="Region Hovedstaden"),
    ]
    for nr, medlem in enumerate(medlemmer):
        hverv = Hverv.MEDLEM if nr else Hverv.FORMAND
        optag_medlem(aktoer=af, organ_id=udvalg.pk, organisation_id=medlem.pk, hverv=hverv, fra=idag())


def _forelagt(aftale: Rammeaftale) -> None:
    """KKR recommends what the committee, where there is one, has acceded to, and nothing else."""
    udvalg = Organ.objects.filter(kkr=aftale.kkr_id, art=Organart.EMBEDSMANDSUDVALG).first()
    if udvalg is None:
        anbefal(aftale)
        return
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    with pytest.raises(UgyldigtInput) as fejl:
        tag(aftale, Aftaletilstand.KKR_ANBEFALET)
    assert "Embedsmandsudvalget har ikke tiltrådt" in fejl.value.felter["udfald"][0]
    besluttet(aftale, Organudfald.TILTRAADT, af=udvalg)
    tag(aftale, Aftaletilstand.KKR_ANBEFALET)


def _offentliggjort(aftale: Rammeaftale, ur: Ur, dag: date) -> None:
    """The agreement, or the allonge, by its secretariat, and by a municipality."""
    ur.move_to(dag)
    om: dict[str, Any] = {"aktoer": fabrik.sekretariat(), "aftale_id": aftale.pk, "dato": idag()}
    for faktum in Faktum:
        registrer_faktum(faktum=faktum, **om)
    aftale.refresh_from_db()
    assert (aftale.offentliggjort, aftale.sendt_til_styrelsen) == (idag(), idag())
    part = _part(aftale, "Herlev Kommune")
    registrer_offentliggoerelse(part_id=part.pk, url="https://www.example.dk/aftale", **om)
    tilbage = [p for p in publiceringer(vis_alle([aftale], idag())[0], idag()) if not p.sket]
    assert len(tilbage) == 28, "each of 29 municipalities must, the region need not"


def _vedtaget(i: str, andre: dict[Noegle, str], *undtagen: str, fra: date = FRA, til: date = SAMMEN) -> Rammeaftale:
    """Sent today, and approved by all but those named."""
    aftale = kladde(fra=fra, til=til, i=i, andre=andre)
    _forelagt(aftale)
    send(aftale)
    godkend(aftale, *undtagen)
    return aftale


def _arter(aftale: Rammeaftale) -> Mapping[str, int]:
    """How many parties of each kind decide on what is out, or is to be sent."""
    return Counter(en.part.organisation.art for en in partsstande(nyeste(aftale)))


def _udsendt(aftale: Rammeaftale) -> list[str]:
    """The status of each set of terms published of it."""
    saet = Vilkaarssaet.objects.filter(version_id__in=aftale.versioner.values("pk"))
    return list(saet.order_by("nummer").values_list("status", flat=True))


def _part(aftale: Rammeaftale, navn: str) -> Part:
    return aftale.parter.get(organisation__navn=navn)


def _veto_ny_version_og_sen_godkendelse(ur: Ur) -> Rammeaftale:
    nej, sen = "Gentofte Kommune", "Bornholms Regionskommune"
    aftale = _vedtaget(HOVEDSTADEN, {}, nej, sen)
    alle = {str(en.part) for en in partsstande(nyeste(aftale))}
    assert (len(alle), _arter(aftale)) == (30, {"kommune": 29, "region": 1})
    beslut(aftale, _part(aftale, nej), Partsstatus.AFVIST, dato=idag())
    beslut(aftale, _part(aftale, sen), dato=idag())
    aftale.refresh_from_db()
    assert (aftale.tilstand, _udsendt(aftale)) == (Aftaletilstand.SENDT, []), "one of thirty is enough"
    ur.move_to(date(2025, 12, 1))
    aabn_ny_version(aftale)
    tekst, *_ = klausuler(nyeste(aftale))
    saet(aftale, tekst.udgave, {**fabrik.VAERDIER, FRIST: "45"})
    _forelagt(aftale)
    for aendring in (Aendringsart.REDAKTIONEL, Aendringsart.NOGLE_PARTER):
        with pytest.raises(UgyldigtInput) as fejl:
            send(aftale, aendring, {_part(aftale, sen).pk}, kun_sprog=True)
        assert "de binder alle parter" in fejl.value.felter["aendring"][0]
    send(aftale, Aendringsart.ALLE_PARTER)
    grunde = {str(en.part): en.grund for en in Genstart.objects.all()}
    assert grunde == {navn: "afvist" if navn == nej else "beroert" for navn in alle}
    assert {en.status for en in partsstande(nyeste(aftale))} == {Partsstatus.AFVENTER}
    godkend(aftale, sen)
    ur.move_to(date(2026, 2, 10))
    aftale.refresh_from_db()
    assert (aftale.tilstand, _udsendt(aftale)) == (Aftaletilstand.SENDT, [])
    assert _kode("Rødovre") not in gaeldende_pr_kommune([_kode("Rødovre")], idag()), "it is the first, and not adopted"
    beslut(aftale, _part(aftale, sen), dato=idag())  # late: the period has begun
    aftale.refresh_from_db()
    assert (aftale.tilstand, aftale.vedtaget) == (Aftaletilstand.VEDTAGET, date(2026, 2, 10))
    assert _udsendt(aftale) == [Saetstatus.ENDELIG]
    assert {(en.status, en.version.nummer) for en in Godkendelse.objects.filter(part=_part(aftale, nej))} == {
        ("afvist", 1),
        ("godkendt", 2),
    }
    vilkaar = gaeldende_i_kommune(_kode("Rødovre"), FRA)
    assert (vilkaar.endelig, vilkaar.klausuler[FRIST]) == (True, "Styringsdel 3.1 Takster og frister")
    assert "version 2" in vilkaar.aftale
    return aftale


def _regionen_er_en_anden(aftale: Rammeaftale) -> None:
    """From 1 January 2027, by the register, in both agreements; what was agreed stands."""
    regioner = aftale.parter.filter(organisation__art="region").order_by("periode")
    gammel, ny = regioner
    assert ny.organisation.navn == "Region Østdanmark" == str(gammel.efterfoelger)
    assert [Periode.af_range(part.periode) for part in regioner] == [Periode(FRA, REGIONEN), Periode(REGIONEN, SAMMEN)]


def _allonge_undervejs(aftale: Rammeaftale, ur: Ur) -> Rammeaftale:
    ur.move_to(date(2027, 2, 1))
    allonge = opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=aftale.pk, titel="Allonge 1", fra=ALLONGE)
    assert _arter(allonge) == {"kommune": 29, "region": 1}
    saet(allonge, klausul(allonge, "9"), {FRIST: "60"})
    _forelagt(allonge)
    send(allonge)
    godkend(allonge, "Region Østdanmark")
    assert _frister(ALLONGE)["Rødovre"] == [45], "an allonge has the same vetoes"
    assert _udsendt(allonge) == []
    with pytest.raises(Konflikt, match="er ikke vedtaget endnu"):
        _offentliggjort(allonge, ur, idag())
    godkend(allonge)
    assert _udsendt(allonge) == [Saetstatus.ENDELIG]
    _offentliggjort(allonge, ur, date(2027, 2, 15))
    aftale.refresh_from_db()
    assert aftale.offentliggjort == date(2026, 2, 20), "the day of the agreement itself stands"
    assert _frister(FRA, ALLONGE, date(2027, 12, 31)) == {"Rødovre": [45, 60, 60], "Roskilde": [20, 20, 20]}
    efter = gaeldende_i_kommune(_kode("Rødovre"), ALLONGE)
    assert efter.ord(Noegle.AFRUNDING) == "krone", "what the allonge does not mention stands"
    assert efter.klausuler[FRIST].startswith("Styringsdel 9")
    assert "Allonge 1" in efter.aftale
    return allonge


def _sammen(ur: Ur) -> None:
    """The two KKRs become one; its agreement is adopted late by all 46 municipalities and the region, and the old terms go on till then."""
    gamle = list(KkrMedlemskab.objects.filter(kkr__navn__in=(HOVEDSTADEN, SJAELLAND)))
    ny = Kkr.objects.create(navn=OEST, slug="oestdanmark-demo")
    _sekretariat(ny)
    for medlemskab in gamle:
        medlemskab.periode = Periode(Periode.af_range(medlemskab.periode).fra, SAMMEN).som_range
        medlemskab.save()
        KkrMedlemskab.objects.create(kkr=ny, kommune_id=medlemskab.kommune_id, periode=Periode(SAMMEN).som_range)
    ur.move_to(date(2027, 10, 1))
    aftale = _vedtaget(OEST, FAELLES, "Region Østdanmark", fra=SAMMEN, til=TIL)
    assert aftale.parter.count() == 29 + 17 + 1
    foer, dagen = date(2027, 12, 31), SAMMEN
    ur.move_to(date(2028, 2, 1))
    assert _frister(FRA, foer, dagen) == {"Rødovre": [45, 60, 60], "Roskilde": [20, 20, 20]}
    assert "tidligere KKR" in _rest("Roskilde", dagen)["grund"]
    beslut(aftale, _part(aftale, "Region Østdanmark"), dato=idag())
    aftale.refresh_from_db()
    assert (aftale.tilstand, aftale.vedtaget) == (Aftaletilstand.VEDTAGET, date(2028, 2, 1))
    assert _frister(FRA, foer, dagen) == {"Rødovre": [45, 60, 90], "Roskilde": [20, 20, 90]}
    for navn, kkr in (("Rødovre", HOVEDSTADEN), ("Roskilde", SJAELLAND)):
        assert [_rest(navn, dag)["saet"]["kkr"] for dag in (foer, dagen)] == [kkr, OEST]
        _side_om_side(navn, kkr, foer, dagen)


def _side_om_side(navn: str, kkr: str, foer: date, dagen: date) -> None:
    """As a reader of the municipality sees it on the offer's page, on either day."""
    laeser = klient(fabrik.Rolle.LAESER, _kommune(navn).organisation)
    for dag, styrer in ((foer, kkr), (dagen, OEST)):
        valgt = {"dag_dag": dag.day, "dag_maaned": dag.month, "dag_aar": dag.year}
        svar = laeser.get(reverse("rammeaftale:tilbudsvilkaar", args=[_tilbud(navn).pk]), valgt)
        assert str(svar.context["fundet"].saet.kkr) == styrer
        begge = svar.context["side_om_side"]
        vaerdier = {en.noegle: list(map(str, en.vaerdier)) for en in begge.forskelle}
        assert vaerdier == SIDE_OM_SIDE[kkr]
        html = svar.content.decode()
        assert all(f"<td>{vaerdi}</td>" in html for ens in vaerdier.values() for vaerdi in ens)


def _kommune(navn: str) -> Kommune:
    return Kommune.objects.select_related("organisation").get(kortnavn=navn)


def _kode(navn: str) -> str:
    return _kommune(navn).kommunekode


def _tilbud(navn: str) -> Tilbud:
    return Tilbud.objects.get(beliggenhedskommune=_kode(navn))


def _frister(*dage: date) -> dict[str, list[int]]:
    """The deadline on each of the days on either side: the same in all 29 municipalities, and in all 17."""
    fundne = {}
    for navn, kkr, antal in (("Rødovre", HOVEDSTADEN, 29), ("Roskilde", SJAELLAND, 17)):
        koder = list(KkrMedlemskab.objects.filter(kkr__navn=kkr).values_list("kommune", flat=True))
        assert len(koder) == antal
        fundne[navn] = [_ens(gaeldende_pr_kommune(koder, dag), antal) for dag in dage]
    return fundne


def _ens(vilkaar: Mapping[str, GaeldendeVilkaar], antal: int) -> int:
    assert len(vilkaar) == antal
    (frist,) = {en.heltal(FRIST) for en in vilkaar.values()}
    return frist


def _rest(navn: str, dag: date) -> Any:
    """As a municipality's system is told."""
    svar = klienter.myndighed(navn).get(f"/api/v1/tilbud/{_tilbud(navn).pk}/vilkaar?gyldigPaa={dag}")
    assert svar.status_code == 200, svar.content
    return svar.json()


def _pris(navn: str, aar: int) -> Takstberegning:
    """Published, of a new offer there."""
    tilbud, af = fabrik.afdeling(fabrik.tilbud(i=navn)).tilbud, oekonom(navn)
    return offentliggjort(budget(tilbud, af=af, aar=aar), af=af)


def _regnskab(pris: Takstberegning, ur: Ur) -> None:
    """The year's accounts, closed after it: a surplus of 1,322,560 kr."""
    ur.move_to(date(2027, 3, 1))
    af = oekonom(str(pris.tilbud.beliggenhedskommune))
    et = regnskab(
        pris.tilbud,
        af=af,
        aar=pris.aar,
        oevrigt_provenu=Decimal(21_072_560),
        oevrigt_grund="Solgt før platformen",
        grundlag=None,
    )
    afslut(aktoer=af, regnskab_id=et.pk)


def _taksten_for_2028(pris: Takstberegning) -> Takstberegning:
    """Made under the merged terms, and adjusted for the accounts of 2026 under those its price of 2026 was made under."""
    af = oekonom(str(pris.tilbud.beliggenhedskommune))
    senere = offentliggjort(budget(pris.tilbud, af=af, aar=2028), af=af)
    assert senere.vilkaarssaet_id != pris.vilkaarssaet_id
    assert senere.vilkaarssaet.kkr.navn == OEST
    efter = senere.beregning["inddata"]["efterregulering"]
    assert (efter["regnskabsaar"], efter["vilkaarssaet"]["saet"]) == (2026, str(pris.vilkaarssaet_id))
    assert genberegn(senere.beregning["inddata"]).som_json() == senere.beregning, "it can be computed again"
    return senere
