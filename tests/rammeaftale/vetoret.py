"""A machine that takes steps at random with an agreement and its allonger, with who is party to them and with the calendar, and keeps its own count."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from faelles.fejl import DomaeneFejl
from faelles.tid import Periode, idag
from kommuner.models import KkrMedlemskab, Organisation, RegionMedlemskab
from rammeaftale.actions import (
    afslut_part,
    fjern_part,
    ny_version,
    opret_allonge,
    tilfoej_part,
    traek_vilkaar,
    udsend_foreloebigt,
    vedtag_enstemmige,
)
from rammeaftale.livscyklus import OVERGANGE, Aendringsart, Aftaletilstand, Partsstatus
from rammeaftale.models import Aftaletrin, Part, Rammeaftale
from rammeaftale.tekst.queries import klausuler
from tests import fabrik
from tests.rammeaftale.aftaler import kladde, klausul, saet, send, tag
from tests.rammeaftale.rapporter.situationer import beslut
from tests.rammeaftale.test_trin import nyeste
from tests.rammeaftale.ur import Ur
from tests.takster.genberegning.situationer import indtil_aaret
from vilkaar.kalender import vilkaarskalender
from vilkaar.models import Saetstatus, Vilkaarssaet
from vilkaar.noegler import Noegle
from vilkaar.queries import styrende_saet

BEGYNDER = date(2026, 11, 2)  # the clock, each time a machine begins
NR, HVILKEN = st.integers(0, 5), st.integers(0, 2)
FRIST = st.sampled_from(["30", "45", "60"])
SVAR = st.sampled_from([s for s in Partsstatus if s is not Partsstatus.AFVENTER])
UNDERVEJS = {Aftaletilstand.KLADDE, Aftaletilstand.EMBEDSMANDSUDVALG, Aftaletilstand.KKR_ANBEFALET}
FLEST = 3  # the agreement and two allonger
AARENE = Periode(date(2027, 1, 1), date(2029, 1, 1))
DAGE = [date(aar, maaned, 1) for aar in (2027, 2028) for maaned in (1, 4, 7, 10)] + [date(2028, 12, 31)]
SKIFT = st.sampled_from([date(2026, 12, 1), *DAGE])
HOVEDSTADEN, OESTDANMARK = "Region Hovedstaden", "Region Østdanmark"
FORLADER = ("Gladsaxe Kommune", "Herlev Kommune", HOVEDSTADEN)  # Rødovre stays, and its terms are asked for


@dataclass
class Fulgt:
    """An agreement or an allonge. `ja`: who has, by what the machine saw, said yes to the text that is out, to which deadline in it (the
    term is what the machine writes) and when. `spurgte`: every organisation asked about any version, and to when it was a party then.
    """

    aftale: Rammeaftale
    frist: str
    sendt_frist: str = ""
    parter: dict[UUID, Part] = field(init=False)
    ja: dict[UUID, tuple[str, date]] = field(default_factory=dict)
    spurgte: dict[UUID, date] = field(default_factory=dict)
    gange: int = 0

    def __post_init__(self) -> None:
        self.genlaes()

    def genlaes(self) -> None:
        """As it stands now."""
        self.aftale = Rammeaftale.objects.get(pk=self.aftale.pk)
        self.parter = {part.pk: part for part in self.aftale.parter.select_related("organisation").order_by("id")}

    def proev(self, gerning: Callable[[], object]) -> bool:
        """Whether it could be done."""
        try:
            with transaction.atomic():
                gerning()
        except DomaeneFejl:
            return False
        finally:
            self.genlaes()
        return True

    def part(self, nr: int) -> Part | None:
        """One of them, if there are any."""
        alle = list(self.parter.values())
        return alle[nr % len(alle)] if alle else None

    def afgoeres(self, dag: date) -> date:
        """The day whose parties decide, when it is decided on the day: one of the agreement's own."""
        periode = self.aftale.aftaleperiode
        assert periode.til
        return min(max(dag, periode.fra), periode.til - timedelta(days=1))

    def alle(self, dag: date) -> set[UUID]:
        """Those who decide on the day: on an allonge that is not adopted, all those the agreement itself has that day."""
        afgoeres, hoved = self.afgoeres(dag), None if self.aftale.vedtaget else self.aftale.hovedaftale
        egne = {part.organisation_id: pk for pk, part in self.parter.items() if afgoeres in part.periode}
        skal = hoved.parter.filter(periode__contains=afgoeres).values_list("organisation", flat=True) if hoved else egne
        return {egne[organisation] for organisation in skal}


class Vetoret(RuleBasedStateMachine):
    """An agreement of three municipalities and a region, and its allonger. `vedtagne`: the days and the deadline of what was adopted,
    in that order; `foreloebig`: the deadline of the preliminary terms; `forladt`: who has left the KKR by the register, from when.
    """

    def __init__(self, ur: Ur) -> None:
        super().__init__()
        self.ur = ur
        ur.move_to(BEGYNDER)
        self.punkt = transaction.atomic()
        self.punkt.__enter__()
        hoved = kladde()
        indtil_aaret()
        self.fulgte = [Fulgt(hoved, fabrik.VAERDIER[Noegle.INDSIGELSE_FRIST])]
        self.mulige = [fabrik.region(OESTDANMARK).organisation, fabrik.kommune("Ishøj").organisation]
        self.mulige += [fabrik.kommune("Herlev").organisation]
        self.forladt: dict[UUID, date] = {}
        self.vedtagne: list[tuple[Fulgt, Periode, str]] = []
        self.foreloebig = ""
        self.kode = fabrik.kommune("Rødovre").kommunekode

    def teardown(self) -> None:
        """Forget it all."""
        transaction.set_rollback(True)
        self.punkt.__exit__(None, None, None)

    def _hvilken(self, nr: int) -> Fulgt:
        return self.fulgte[nr % len(self.fulgte)]

    @rule(hvilken=HVILKEN, til=st.sampled_from([t for t in Aftaletilstand if t is not Aftaletilstand.BORTFALDET]))
    def tag_et_trin(self, hvilken: int, til: Aftaletilstand) -> None:
        en = self._hvilken(hvilken)
        en.proev(lambda: tag(en.aftale, til))

    @rule(hvilken=HVILKEN, alvor=st.integers(0, 1))
    def bortfald(self, hvilken: int, alvor: int) -> None:
        """An allonge, or more seldom the agreement and its preliminary terms with it."""
        en = self._hvilken(hvilken)
        if (en is not self.fulgte[0] or not alvor) and en.proev(lambda: tag(en.aftale, Aftaletilstand.BORTFALDET)):
            self.foreloebig = "" if en is self.fulgte[0] else self.foreloebig

    @rule(hvilken=HVILKEN)
    def gaa_frem(self, hvilken: int) -> None:
        self._frem(self._hvilken(hvilken))  # so that the machine gets far enough to find something

    def _frem(self, en: Fulgt) -> None:
        naeste = {"kladde": Aftaletilstand.EMBEDSMANDSUDVALG, "embedsmandsudvalg": Aftaletilstand.KKR_ANBEFALET}
        if til := naeste.get(en.aftale.tilstand):
            en.proev(lambda: tag(en.aftale, til))
        elif en.aftale.tilstand == Aftaletilstand.KKR_ANBEFALET:
            self._send(en, Aendringsart.ALLE_PARTER, 0)

    @rule(hvilken=HVILKEN, aendring=st.sampled_from(Aendringsart), nr=NR)
    def send_versionen(self, hvilken: int, aendring: Aendringsart, nr: int) -> None:
        self._send(self._hvilken(hvilken), aendring, nr)

    def _send(self, en: Fulgt, aendring: Aendringsart, nr: int) -> None:
        foerste, hvem = not en.gange, en.part(nr)
        beroerte = {hvem.pk} if hvem and aendring is Aendringsart.NOGLE_PARTER else set()
        if en.proev(lambda: send(en.aftale, None if foerste else aendring, beroerte)):
            en.gange, en.sendt_frist = en.gange + 1, en.frist
            for pk in en.alle(idag()):
                en.spurgte.setdefault(en.parter[pk].organisation_id, en.parter[pk].periode.upper)
            if aendring is Aendringsart.ALLE_PARTER:
                en.ja = {}
            elif beroerte and hvem and not foerste:
                en.ja.pop(hvem.pk, None)

    @rule(hvilken=HVILKEN, frist=FRIST)
    def skriv_vilkaaret(self, hvilken: int, frist: str) -> None:
        self._skriv(self._hvilken(hvilken), frist)

    def _skriv(self, en: Fulgt, frist: str) -> None:
        tekst, *_ = klausuler(nyeste(en.aftale))
        andre = {} if en.aftale.hovedaftale_id else fabrik.VAERDIER
        if en.proev(lambda: saet(en.aftale, tekst.udgave, {**andre, Noegle.INDSIGELSE_FRIST: frist})):
            en.frist = frist

    @rule(hvilken=HVILKEN)
    def aabn_ny_version(self, hvilken: int) -> None:
        self._aabn(self._hvilken(hvilken))

    def _aabn(self, en: Fulgt) -> None:
        kald: dict[str, Any] = {"aktoer": fabrik.sekretariat(), "aftale_id": en.aftale.id, "dato": idag()}
        en.proev(lambda: ny_version(**kald, begrundelse="Rettet"))

    @rule(hvilken=HVILKEN, nr=NR, frist=FRIST, aendring=st.sampled_from(Aendringsart))
    def send_en_rettet_version_efter_et_ja(self, hvilken: int, nr: int, frist: str, aendring: Aendringsart) -> None:
        """Many steps as one, so that the machine gets to call a changed term what it is not, while somebody has said yes."""
        en = self._hvilken(hvilken)
        while en.aftale.tilstand in UNDERVEJS:
            self._frem(en)
        self._svar(en, en.part(nr), Partsstatus.GODKENDT)
        if en.aftale.tilstand != Aftaletilstand.SENDT:
            return
        self._aabn(en)
        self._skriv(en, frist)
        self._frem(en)
        self._frem(en)
        self._send(en, aendring, nr)

    @rule(hvilken=HVILKEN, nr=NR, svar=SVAR)
    def part_svarer(self, hvilken: int, nr: int, svar: Partsstatus) -> None:
        en = self._hvilken(hvilken)
        self._svar(en, en.part(nr), svar)

    def _svar(self, en: Fulgt, part: Part | None, svar: Partsstatus) -> None:
        if part and en.proev(lambda: beslut(en.aftale, part, svar, dato=idag(), bemaerkning="Som drøftet")):
            en.ja.pop(part.pk, None)
            if svar.value.startswith("godkendt"):
                en.ja[part.pk] = (en.sendt_frist, idag())

    @rule(hvilken=HVILKEN)
    def resten_siger_ja(self, hvilken: int) -> None:
        self._resten(self._hvilken(hvilken))

    def _resten(self, en: Fulgt) -> None:
        for pk in sorted(en.alle(idag()) - set(en.ja)):
            self._svar(en, en.parter[pk], Partsstatus.GODKENDT)

    @rule(frist=FRIST, fra=st.sampled_from(DAGE))
    def begynd_en_allonge(self, frist: str, fra: date) -> None:
        """To the agreement, which is taken all the way to its adoption first."""
        hoved = self.fulgte[0]
        while hoved.aftale.tilstand in UNDERVEJS:
            self._frem(hoved)
        self._resten(hoved)
        self.et_ja_fra_alle_vedtager_og_intet_andet()
        if hoved.aftale.tilstand == Aftaletilstand.VEDTAGET and len(self.fulgte) < FLEST:
            titel = f"Allonge {len(self.fulgte)}"
            ny = opret_allonge(aktoer=fabrik.sekretariat(), aftale_id=hoved.aftale.id, titel=titel, fra=fra)
            saet(ny, klausul(ny, f"9.{len(self.fulgte)}"), {Noegle.INDSIGELSE_FRIST: frist})
            self.fulgte.append(Fulgt(ny, frist))

    @rule(hvilken=HVILKEN)
    def udsend_foreloebigt(self, hvilken: int) -> None:
        """What is on its way to KKR gets there first."""
        en = self._hvilken(hvilken)
        while en.aftale.tilstand in UNDERVEJS - {Aftaletilstand.KKR_ANBEFALET}:
            self._frem(en)
        kald: dict[str, Any] = {"aktoer": fabrik.sekretariat(), "aftale_id": en.aftale.id}
        if en.proev(lambda: udsend_foreloebigt(**kald)):
            assert en is self.fulgte[0]
            self.foreloebig = en.frist

    @rule()
    def traek_foreloebige(self) -> None:
        hoved = self.fulgte[0]
        if hoved.proev(lambda: traek_vilkaar(aktoer=fabrik.sekretariat(), aftale_id=hoved.aftale.id)):
            assert self.foreloebig
            self.foreloebig = ""

    @rule(dage=st.sampled_from([1, 30, 90, 400]))
    def dage_gaar(self, dage: int) -> None:
        """The calendar alone may change who the parties are; what is done each night is done on the last of them."""
        self.ur.tick(timedelta(days=dage))
        vedtag_enstemmige()
        self._genlaes()

    def _genlaes(self) -> None:
        for en in self.fulgte:
            en.genlaes()

    @rule(nr=st.integers(0, 2), dag=SKIFT)
    def registret_siger_at_en_forlader_kkr(self, nr: int, dag: date) -> None:
        """A municipality, or the region when it becomes another; it changes no agreement by itself."""
        hvem = Organisation.objects.get(navn=FORLADER[nr])
        if hvem.pk in self.forladt:
            return
        self.forladt[hvem.pk] = dag
        if hvem.navn == HOVEDSTADEN:
            for i_regionen in RegionMedlemskab.objects.filter(region=hvem.pk, periode__endswith=None):
                _slutter(i_regionen, dag)
                ny = fabrik.region(OESTDANMARK)
                RegionMedlemskab.objects.create(region=ny, kommune=i_regionen.kommune, periode=Periode(dag).som_range)
        else:
            _slutter(KkrMedlemskab.objects.get(kommune__organisation=hvem, periode__endswith=None), dag)

    @rule(dag=SKIFT)
    def regionen_afloeses_og_de_blivende_siger_ja(self, dag: date) -> None:
        """Many steps as one, so that the machine gets to adopt by the calendar alone: the old region says nothing."""
        en = self.fulgte[0]
        self.registret_siger_at_en_forlader_kkr(2, dag)
        for part in [part for part in en.parter.values() if part.organisation.navn == HOVEDSTADEN]:
            self._afslut(en, part, dag, self.mulige[0])
        while en.aftale.tilstand in UNDERVEJS:
            self._frem(en)
        for part in list(en.parter.values()):
            if part.pk not in en.ja and part.periode.upper == en.aftale.periode.upper:
                self._svar(en, part, Partsstatus.GODKENDT)

    @rule(hvilken=HVILKEN, nr=NR, dag=SKIFT, efter=st.none() | st.integers(0, 2))
    def afslut_en_part(self, hvilken: int, nr: int, dag: date, efter: int | None) -> None:
        en = self._hvilken(hvilken)
        if part := en.part(nr):
            self._afslut(en, part, dag, None if efter is None else self.mulige[efter])

    def _afslut(self, en: Fulgt, part: Part, dag: date, efter: Organisation | None) -> None:
        """From the day, or from the one the register says when it says one."""
        kald: dict[str, Any] = {"aktoer": fabrik.sekretariat(), "aftale_id": en.aftale.pk, "part_id": part.pk}
        sidste = self.forladt.get(part.organisation_id, dag) - timedelta(days=1)
        efter_id = efter.pk if efter else None
        self._skift(
            en, lambda: afslut_part(**kald, sidste_dag=sidste, begrundelse="Som registret", efterfoelger_id=efter_id)
        )

    @rule(hvilken=HVILKEN, nr=NR, dag=SKIFT)
    def afslut_en_part_uden_at_spoerge_registret(self, hvilken: int, nr: int, dag: date) -> None:
        en = self._hvilken(hvilken)
        if part := en.part(nr):
            kald: dict[str, Any] = {"aktoer": fabrik.sekretariat(), "aftale_id": en.aftale.pk, "part_id": part.pk}
            self._skift(en, lambda: afslut_part(**kald, sidste_dag=dag, begrundelse="Stemmer imod"))

    @rule(hvilken=HVILKEN, nr=NR)
    def fjern_en_part(self, hvilken: int, nr: int) -> None:
        en = self._hvilken(hvilken)
        if part := en.part(nr):
            kald: dict[str, Any] = {"aktoer": fabrik.sekretariat(), "aftale_id": en.aftale.pk, "part_id": part.pk}
            self._skift(en, lambda: fjern_part(**kald, begrundelse="Stemmer imod"))

    @rule(hvilken=HVILKEN, nr=st.integers(0, 2), dag=SKIFT)
    def tilfoej_en_part(self, hvilken: int, nr: int, dag: date) -> None:
        en, hvem = self._hvilken(hvilken), self.mulige[nr].pk
        kald: dict[str, Any] = {"aktoer": fabrik.sekretariat(), "aftale_id": en.aftale.pk, "organisation_id": hvem}
        self._skift(en, lambda: tilfoej_part(**kald, fra=dag, begrundelse="Fælles drift"))

    def _skift(self, en: Fulgt, gerning: Callable[[], object]) -> None:
        """What is done with an agreement's parties is done with its allonger's."""
        assert not (en.proev(gerning) and en.aftale.hovedaftale_id), "and is done in no other way"
        self._genlaes()

    @invariant()
    def et_ja_fra_alle_vedtager_og_intet_andet(self) -> None:
        for en in self.fulgte:
            if en.aftale.tilstand == Aftaletilstand.VEDTAGET:
                assert en.aftale.vedtaget
                alle = en.alle(en.aftale.vedtaget)
                assert alle
                assert alle <= set(en.ja)
                assert {en.ja[pk][0] for pk in alle} == {en.frist}, "everyone has said yes to the term itself"
                assert max(en.ja[pk][1] for pk in alle) <= en.aftale.vedtaget
                if not any(kendt is en for kendt, _, _ in self.vedtagne):
                    self.vedtagne.append((en, en.aftale.aftaleperiode, en.frist))
            if en.aftale.tilstand == Aftaletilstand.SENDT:
                alle = en.alle(idag())
                assert not alle or not alle <= set(en.ja)

    @invariant()
    def ingen_spurgt_mister_sit_veto_uden_at_registret_siger_det(self) -> None:
        """Whatever the rows of the parties say by now."""
        for en in self.fulgte:
            if en.aftale.vedtaget:
                dag = en.afgoeres(en.aftale.vedtaget)
                endnu = {pk for pk, til in en.spurgte.items() if dag < min(til, self.forladt.get(pk, date.max))}
                assert endnu <= {en.parter[pk].organisation_id for pk in en.ja}

    @invariant()
    def et_saet_styrer_hver_dag_og_det_er_det_sidst_vedtagne(self) -> None:
        """As the agreements' own way of writing the sets makes it, whoever asks."""
        self.et_ja_fra_alle_vedtager_og_intet_andet()
        kalender = vilkaarskalender(AARENE)
        for dag in DAGE:
            fundet = styrende_saet(self.kode, dag)
            assert fundet is not None
            vedtaget = next((frist for _, dage, frist in reversed(self.vedtagne) if dage.indeholder(dag)), None)
            venter = vedtaget or self.foreloebig or fabrik.VAERDIER[Noegle.INDSIGELSE_FRIST]
            satte = dict(fundet[0].vilkaar.values_list("noegle", "vaerdi"))
            assert satte == {**fabrik.VAERDIER, Noegle.INDSIGELSE_FRIST: venter}
            foreloebigt = self.foreloebig and not vedtaget
            assert fundet[0].status == (Saetstatus.FORELOEBIG if foreloebigt else Saetstatus.ENDELIG)
            assert kalender.paa(self.kode, dag).saet_id == fundet[0].pk
        for status in Saetstatus:
            perioder = Vilkaarssaet.objects.filter(status=status, kkr=fabrik.kkr(), periode__isempty=False)
            alle = [dag for dage in perioder.values_list("periode", flat=True) for dag in DAGE if dag in dage]
            assert len(alle) == len(set(alle))

    @invariant()
    def databasen_er_enig_og_trinene_foelger_tabellen(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for en in self.fulgte:
            her = Aftaletilstand.KLADDE
            for trin in Aftaletrin.objects.filter(aftale=en.aftale).order_by("registreret", "id"):
                assert trin.fra == her
                assert trin.til in OVERGANGE[her]
                her = Aftaletilstand(trin.til)
            assert en.aftale.tilstand == her


def _slutter(medlemskab: KkrMedlemskab | RegionMedlemskab, dag: date) -> None:
    medlemskab.periode = Periode(Periode.af_range(medlemskab.periode).fra, dag).som_range
    medlemskab.save()
