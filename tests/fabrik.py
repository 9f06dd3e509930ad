"""Situations, not columns: each function makes what its name says, and leaves everything else at its simplest."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from faelles.aktoer import Aktoer
from faelles.fejl import Konflikt
from faelles.scope import saet_database_aktoer, som_systemet
from faelles.tid import KOEBENHAVN, Periode, idag, nu
from kommuner.models import (
    ROLLE_ARTER,
    Administratorforslag,
    Bruger,
    Invitation,
    Kkr,
    KkrMedlemskab,
    Kommune,
    Organisation,
    Organisationsart,
    Region,
    RegionMedlemskab,
    Rolle,
    Tilknytning,
)
from kommuner.personer.actions.invitationer import send_ny
from kommuner.queries import aktoer_for_tilknytning
from rammeaftale.livscyklus import Aftaletilstand, Partsstatus
from rammeaftale.models import Godkendelse, Part, Rammeaftale, Version
from reservationer.sag.actions import beslut, reserver
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.forespoergsler.actions import send_forespoergsel
from reservationer.sag.forespoergsler.behov import Behov
from reservationer.sag.forespoergsler.pladstilbud import giv_pladstilbud
from reservationer.sag.models import Forespoergsel, Henvendelse, Indgang, Ophold, Pladstilbud, Reservation
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.ophold.indskrivning import indskriv, indskriv_uden_reservation
from reservationer.sag.overgange import Data, Grund, Udfald
from reservationer.sag.priser import Prisaftale
from reservationer.soegning.behov.actions import log_behov
from reservationer.soegning.gemte.actions import gem
from reservationer.soegning.models import GemtSoegning, UdaekketBehov
from reservationer.soegning.profil import Behovsprofil
from takster.models import Takst
from takster.models.takst import Takstenhed
from tilbud.belaegning.models import Lukningsgrund, Optagelse, Optagelsesart, Pladslukning
from tilbud.fejlmeldinger.actions import meld, meld_andet
from tilbud.fejlmeldinger.andre import Emneslags
from tilbud.lukninger.actions import luk
from tilbud.models import (
    Afdeling,
    Bekraeftelse,
    Faktum,
    Fejlmelding,
    Hjemmel,
    Klynge,
    KlyngeMedlemskab,
    Maalgruppe,
    Merpladstilladelse,
    Niveau,
    OffentligtTilbud,
    Plads,
    Tilbud,
    Tilsynsgodkendelse,
    Tilsynsrapport,
    Ydelse,
    Ydelsestype,
)
from vilkaar.actions import udsend_saet
from vilkaar.models import Saetstatus, Vilkaarssaet
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende

ADGANGSKODE = "et-langt-kodeord-til-test"
FOR_LAENGE_SIDEN = date(2007, 1, 1)
FIRKANT = {"type": "Polygon", "coordinates": [[[12.0, 55.0], [12.1, 55.0], [12.1, 55.1], [12.0, 55.1], [12.0, 55.0]]]}

# Terms of the tests' own agreements, made up like every figure here.
VAERDIER = {
    Noegle.RESERVATION_VARIGHED: "14",
    Noegle.FORESPOERGSEL_SVARFRIST: "10",
    Noegle.PLADSTILBUD_GYLDIGHED: "7",
    Noegle.RESERVATION_FORLAENGELSER: "1",
    Noegle.VENTELISTE_ESKALERING_DAGE: "30",
    Noegle.FOERSTE_BETALINGSDAG: "aftalt",
    Noegle.OPSIGELSE_VARSEL_KOMMUNE: "SEL-110=1d; *=1m",
    Noegle.OPSIGELSE_VARSEL_TILBUD: "SEL-110=1d; *=3m",
    Noegle.GENBELAEGNING_STOPPER: "ja",
    Noegle.DOED_BETALES_DAGE: "14",
    Noegle.FRAVAER_PROCENT: "faengsel=0; *=100",
    Noegle.GODKENDELSE_KRAEVES: "SEL-107=ja; SEL-108=ja; SEL-109=ja; SEL-110=ja; *=nej",
    Noegle.AKUT_UGER: "3",
    Noegle.AKUT_FORLAENGELSE_UGER: "3",
    Noegle.BEKRAEFTELSE_FORFALD_DAGE: "7",
    Noegle.BEKRAEFTELSE_FORAELDET_DAGE: "30",
    Noegle.BEKRAEFTELSE_PAAMINDELSE_DAGE: "2",
    Noegle.FEJLMELDING_FRIST_DAGE: "14",
    Noegle.LUKNING_ALENE_DAGE: "90",
    Noegle.BELAEGNING_METODE: "regnskab",
    Noegle.BELAEGNING_MIN: "95",
    Noegle.BELAEGNING_MIN_KORT: "90",
    Noegle.BELAEGNING_MAKS: "98",
    Noegle.OVERHEAD_METODE: "procent",
    Noegle.OVERHEAD_PROCENT: "6",
    Noegle.DAGSBASIS: "kalender",
    Noegle.DAGSBASIS_DAGTILBUD: "365",
    Noegle.EFTERREGULERING_METODE: "overskydende",
    Noegle.EFTERREGULERING_GRUNDLAG: "budget",
    Noegle.EFTERREGULERING_TAERSKEL_PROCENT: "5",
    Noegle.EFTERREGULERING_AARSFORSKYDNING: "2",
    Noegle.HENSAETTELSE_AAR: "5",
    Noegle.UNDERSKUD_REGEL: "indregnes",
    Noegle.AFRUNDING: "krone",
    Noegle.DELTIDSFAKTORER: "1=60; 3=85; 4=100",
    Noegle.MIDTAARSAENDRING: "ja",
    Noegle.FOERSTE_DAG_TAELLER: "ja",
    Noegle.SIDSTE_DAG_TAELLER: "nej",
    Noegle.VAEKSTLOFT: "2015=1.3; 2016=1.6; 2017=1.7; 2018=1.8",
    Noegle.VAEKSTLOFT_BASISAAR: "2014",
    Noegle.VAEKSTLOFT_FRADRAG_PROCENT: "2",
    Noegle.VAEKSTLOFT_METODE: "multiplikativ",
    Noegle.DISKRETION_GRAENSE: "5",
    Noegle.FRIT_VALG_GRAENSE_PROCENT: "10",
    Noegle.OPBEVARING_REGNSKAB_MAANEDER: "60",
    Noegle.OPBEVARING_KRAV_MAANEDER: "12",
    Noegle.OPBEVARING_FORESPOERGSEL_MAANEDER: "36",
    Noegle.TAKST_FRIST: "10.12",
    Noegle.RESERVATION_BETALES: "nej",
    Noegle.LUKNING_NOEGLE: "forbrug",
    Noegle.LUKNING_AAR: "3",
    Noegle.LUKNING_VARSEL: "6",
    Noegle.GARANTI_ANDEL_PROCENT: "50",
    Noegle.GARANTI_MAKS_AAR: "3",
    Noegle.GARANTI_NOEGLE: "folketal",
    Noegle.INDSIGELSE_FRIST: "30",
    Noegle.KRAV_FRIST_PRIVATE: "12",
}

_nummer = count(1)


def kkr(navn: str = "KKR Hovedstaden") -> Kkr:
    """A KKR with a secretariat and final terms from long ago with no end."""
    fundet = Kkr.objects.filter(navn=navn).first()
    if fundet:
        return fundet
    sekretariat = Organisation.objects.create(art="sekretariat", navn=f"Sekretariatet for {navn}")
    ny = Kkr.objects.create(navn=navn, slug=navn.lower().replace(" ", "-"), sekretariat=sekretariat)
    vilkaar(ny)
    return ny


def flyt_til_kkr(navn: str, *kommuner: str, fra: date) -> Kkr:
    """The KKR to which these municipalities belong from the day, and to no other."""
    sekretariat = Organisation.objects.create(art="sekretariat", navn=f"Sekretariatet for {navn}")
    nyt = Kkr.objects.create(navn=navn, slug=navn.lower().replace(" ", "-").replace("ø", "oe"), sekretariat=sekretariat)
    for medlemskab in KkrMedlemskab.objects.paa(fra).filter(kommune__kortnavn__in=kommuner):
        medlemskab.periode = Periode(medlemskab.periode.lower, fra).som_range
        medlemskab.save()
        KkrMedlemskab.objects.create(kkr=nyt, kommune=medlemskab.kommune, periode=Periode(fra).som_range)
    return nyt


def vilkaar(
    hvem: Kkr,
    *,
    fra: date = FOR_LAENGE_SIDEN,
    til: date | None = None,
    uden: Noegle | None = None,
    andre: Mapping[Noegle, str] | None = None,
    status: Saetstatus = Saetstatus.ENDELIG,
) -> Vilkaarssaet:
    """A set of terms; `uden` leaves one key out, `andre` changes some."""
    vaerdier = {noegle: vaerdi for noegle, vaerdi in {**VAERDIER, **(andre or {})}.items() if noegle is not uden}
    return udsend_saet(
        kkr=hvem, periode=Periode(fra, til), status=status, aftale="Testaftale", vaerdier=vaerdier, demo=True
    )


def region(navn: str = "Region Hovedstaden", *, til: date | None = None) -> Region:
    """A region, existing since long ago."""
    organisation, _ = Organisation.objects.get_or_create(navn=navn, defaults={"art": "region"})
    fundet, _ = Region.objects.get_or_create(
        organisation=organisation, defaults={"periode": Periode(FOR_LAENGE_SIDEN, til).som_range}
    )
    return fundet


def kommune(navn: str = "Rødovre", *, i: str = "KKR Hovedstaden") -> Kommune:
    """A municipality of a KKR and of Region Hovedstaden."""
    fundet = Kommune.objects.filter(kortnavn=navn).select_related("organisation").first()
    if fundet:
        return fundet
    organisation = Organisation.objects.create(art="kommune", navn=f"{navn} Kommune", ean="5798000000000")
    ny = Kommune.objects.create(
        organisation=organisation,
        kommunekode=f"{next(_nummer) % 10000:04}",
        kortnavn=navn,
        areal_km2=Decimal("12.1"),
        laengdegrad=Decimal("12.45000"),
        breddegrad=Decimal("55.68000"),
        graense=FIRKANT,
    )
    periode = Periode(FOR_LAENGE_SIDEN).som_range
    KkrMedlemskab.objects.create(kkr=kkr(i), kommune=ny, periode=periode)
    RegionMedlemskab.objects.create(region=region(), kommune=ny, periode=periode)
    return ny


def bruger(rolle: Rolle, organisation: Organisation, *, email: str = "") -> Bruger:
    """A person with one role in an organisation and the password ADGANGSKODE."""
    ny = Bruger.objects.create_user(email or f"bruger{next(_nummer)}@example.dk", ADGANGSKODE)
    Tilknytning.objects.create(
        bruger=ny, organisation=organisation, rolle=rolle, periode=Periode(FOR_LAENGE_SIDEN).som_range
    )
    return ny


def hjemsted(rolle: Rolle) -> Organisation:
    """An organisation of a kind that has the role: Rødovre when municipalities do, else the secretariat."""
    if Organisationsart.KOMMUNE in ROLLE_ARTER[rolle]:
        return kommune().organisation
    sekretariatet = kkr().sekretariat
    assert sekretariatet is not None
    return sekretariatet


def tilknyt(
    hvem: Bruger, rolle: Rolle, organisation: Organisation, *, kun: tuple[Tilbud, ...] = (), **felter: Any
) -> Tilknytning:
    """One more role for a person, for these offers only if any are given."""
    felter.setdefault("periode", Periode(FOR_LAENGE_SIDEN).som_range)
    kun_tilbud = sorted(t.pk for t in kun)
    return Tilknytning.objects.create(
        bruger=hvem, organisation=organisation, rolle=rolle, kun_tilbud=kun_tilbud, **felter
    )


def aktoer(rolle: Rolle, organisation: Organisation, *, hvem: Bruger | None = None) -> Aktoer:
    """The actor of a person with the role, a new one unless she is given."""
    hvem = hvem or bruger(rolle, organisation)
    roller = Tilknytning.objects.select_related("organisation")
    return aktoer_for_tilknytning(roller.get(bruger=hvem, organisation=organisation, rolle=rolle))


def sagsbehandler(navn: str = "Rødovre") -> Aktoer:
    """A case worker of the municipality."""
    return aktoer(Rolle.SAGSBEHANDLER, kommune(navn).organisation)


def tilbudsleder(navn: str = "Gladsaxe") -> Aktoer:
    """A leader of the municipality's own offers."""
    return aktoer(Rolle.TILBUDSLEDER, kommune(navn).organisation)


def tilbudsleder_for(*kun: Tilbud) -> Aktoer:
    """A leader who works with these offers of their operator's only."""
    driftsherre = kun[0].driftsherre
    hvem = Bruger.objects.create_user(f"bruger{next(_nummer)}@example.dk", ADGANGSKODE)
    tilknyt(hvem, Rolle.TILBUDSLEDER, driftsherre, kun=kun)
    return aktoer(Rolle.TILBUDSLEDER, driftsherre, hvem=hvem)


def administrator(navn: str = "Rødovre") -> Aktoer:
    """An administrator of the municipality; a new one each time."""
    return aktoer(Rolle.ADMINISTRATOR, kommune(navn).organisation)


def invitation(
    email: str, *, organisation: Organisation, roller: tuple[Rolle, ...] = (Rolle.LAESER,)
) -> tuple[Invitation, str]:
    """An open invitation by somebody of the organisation, and the key in its link."""
    with transaction.atomic():
        saet_database_aktoer(None)
        ny, link = send_ny(organisation, email, roller, af="bruger:en-anden", for_id=organisation.pk)
    return ny, link.rsplit("/", 1)[1]


def forslag(email: str, *, organisation: Organisation) -> Administratorforslag:
    """An open proposal by somebody of the organisation who is none of the others here."""
    with transaction.atomic():
        saet_database_aktoer(None)
        return Administratorforslag.objects.create(
            organisation=organisation, email=email, foreslaaet_af="bruger:en-anden", foreslaaet_for=organisation
        )


def sekretariat(navn: str = "KKR Hovedstaden") -> Aktoer:
    """An employee of the KKR's secretariat."""
    hvem = kkr(navn).sekretariat
    assert hvem is not None
    return aktoer(Rolle.SEKRETARIAT, hvem)


def hjemmel(kode: str = "SEL-107") -> Hjemmel:
    """A legal basis."""
    paragraf = f"§ {kode.split('-')[1]}"
    fundet, _ = Hjemmel.objects.get_or_create(
        kode=kode, defaults={"navn": "Midlertidigt botilbud", "lov": "Serviceloven", "paragraf": paragraf}
    )
    return fundet


def maalgruppe(term: str = "Autismespektrum") -> Maalgruppe:
    """A target group one can choose."""
    fundet = Maalgruppe.objects.filter(term=term).first()
    return fundet or Maalgruppe.objects.create(kode=uuid4(), term=term, gren="Målgruppe", valgbar=True)


def tilbud(
    navn: str = "",
    *,
    i: str = "Gladsaxe",
    driftsherre: Organisation | None = None,
    hjemler: tuple[str, ...] = ("SEL-107",),
    maalgrupper: tuple[str, ...] = ("Autismespektrum",),
    **felter: Any,
) -> Tilbud:
    """An open offer in a municipality, run by it unless another operator is given."""
    beliggenhed = kommune(i)
    ny = Tilbud.objects.create(
        navn=navn or f"Tilbud {next(_nummer)}",
        driftsherre=driftsherre or beliggenhed.organisation,
        beliggenhedskommune=beliggenhed,
        **felter,
    )
    ny.hjemler.set([hjemmel(kode) for kode in hjemler])
    ny.maalgrupper.set([maalgruppe(term) for term in maalgrupper])
    return ny


def afdeling(hvor: Tilbud | None = None, *, navn: str = "Hovedhuset") -> Afdeling:
    """A department, of a new offer unless one is given."""
    return Afdeling.objects.create(tilbud=hvor or tilbud(), navn=navn)


def ledig_plads(
    hvor: Afdeling | None = None, *, fra: date = FOR_LAENGE_SIDEN, til: date | None = None, **felter: Any
) -> Plads:
    """A døgnplads nobody has claimed."""
    return Plads.objects.create(
        afdeling=hvor or afdeling(),
        betegnelse=felter.pop("betegnelse", f"Plads {next(_nummer)}"),
        periode=Periode(fra, til).som_range,
        **felter,
    )


def optag(
    plads: Plads,
    periode: Periode,
    *,
    art: Optagelsesart = Optagelsesart.OPHOLD,
    udloeber: datetime | None = None,
    ugedage: list[int] | None = None,
) -> Optagelse:
    """A claim straight in the ledger, without a case."""
    return Optagelse.objects.create(
        plads=plads, periode=periode.som_range, art=art, udloeber=udloeber, ugedage=ugedage or list(plads.ugedage)
    )


def lukning(
    hvor: Afdeling, plads: Plads | None = None, *, fra: int = 400, til: int = 430, grund: str = "renovering"
) -> Pladslukning:
    """A place, or the department, closed by its operator from so many days ahead until others; far ahead unless said."""
    svar = luk(
        aktoer=aktoer(Rolle.TILBUDSLEDER, hvor.tilbud.driftsherre),
        afdeling_id=hvor.pk,
        plads_id=plads.pk if plads else None,
        fra=om(fra),
        til=om(til),
        grund=Lukningsgrund(grund),
    )
    assert svar.straks
    assert not svar.venter
    return svar.straks


def godkendelse(
    hvor: Tilbud, pladser: int, *, kode: str = "SEL-107", fra: date = FOR_LAENGE_SIDEN, til: date | None = None
) -> Tilsynsgodkendelse:
    """Socialtilsyn's approval of so many places under a legal basis, since long ago unless said."""
    return Tilsynsgodkendelse.objects.create(
        tilbud=hvor,
        hjemmel=hjemmel(kode),
        pladser=pladser,
        periode=Periode(fra, til).som_range,
        socialtilsyn="Socialtilsyn Øst",
    )


def merpladstilladelse(
    hvor: Afdeling, pladser: int = 1, *, fra: date = FOR_LAENGE_SIDEN, til: date | None = None
) -> Merpladstilladelse:
    """A permission for so many merpladser in a department."""
    return Merpladstilladelse.objects.create(
        afdeling=hvor, pladser=pladser, periode=Periode(fra, til).som_range, grund="Midlertidigt pres"
    )


def tilsynsrapport(hvor: Tilbud, *, dage_siden: int = 30, vurdering: str = "godkendt") -> Tilsynsrapport:
    """A supervision report so many days ago."""
    return Tilsynsrapport.objects.create(
        tilbud=hvor, dato=om(-dage_siden), vurdering=vurdering, rapport_url="https://tilsyn.example.dk/rapport"
    )


def ydelsestype(term: str = "Ophold") -> Ydelsestype:
    """A kind of service."""
    fundet = Ydelsestype.objects.filter(term=term).first()
    return fundet or Ydelsestype.objects.create(kode=uuid4(), term=term)


def ydelse(hvor: Tilbud, term: str = "Ophold", *, form: str = "matrikelbundet") -> Ydelse:
    """A service delivered since long ago."""
    periode = Periode(FOR_LAENGE_SIDEN).som_range
    return Ydelse.objects.create(tilbud=hvor, type=ydelsestype(term), leveringsform=form, periode=periode)


def bekraeftet(hvor: Afdeling, *, dage_siden: int = 0) -> Bekraeftelse:
    """The operator's confirmation so many days ago, at this hour in Denmark: summer time moves no confirmation to another day."""
    return Bekraeftelse.objects.create(
        afdeling=hvor,
        organisation=hvor.tilbud.driftsherre,
        rolle_navn="Tilbudsleder",
        tidspunkt=nu().astimezone(KOEBENHAVN) - timedelta(days=dage_siden),
    )


def niveau(hvor: Tilbud, tal: int, *, fra: date = FOR_LAENGE_SIDEN, til: date | None = None) -> Niveau:
    """A level of specialisation."""
    return Niveau.objects.create(tilbud=hvor, niveau=tal, periode=Periode(fra, til).som_range, grund="Test")


def klynge(
    navn: str = "Hjerneskade",
    *,
    medlemmer: tuple[str, ...] = (),
    maalgrupper: tuple[str, ...] = (),
    i: str = "KKR Hovedstaden",
) -> Klynge:
    """A cluster whose members belong to it since long ago."""
    ny = Klynge.objects.create(kkr=kkr(i), navn=navn)
    ny.maalgrupper.set([maalgruppe(term) for term in maalgrupper])
    for medlem in medlemmer:
        KlyngeMedlemskab.objects.create(
            klynge=ny, kommune=kommune(medlem, i=i), periode=Periode(FOR_LAENGE_SIDEN).som_range
        )
    return ny


def takst(
    hvor: Afdeling,
    beloeb: str = "2687.00",
    *,
    kode: str = "SEL-107",
    fra: date = date(2026, 1, 1),
    til: date | None = date(2028, 1, 1),
    beregning: dict[str, Any] | None = None,
    vilkaarssaet: Vilkaarssaet | None = None,
    enhed: Takstenhed = Takstenhed.DOEGN,
) -> Takst:
    """A takst under the terms of the offer's KKR, or under those given."""
    try:
        saet = vilkaarssaet.id if vilkaarssaet else gaeldende(kkr().id, fra).saet_id
    except Konflikt:
        saet = vilkaar(kkr()).id
    return Takst.objects.create(
        afdeling=hvor,
        hjemmel=hjemmel(kode),
        beloeb=Decimal(beloeb),
        enhed=enhed,
        periode=Periode(fra, til).som_range,
        belaegningsprocent=Decimal("96.4"),
        beregning=beregning or {},
        vilkaarssaet_id=saet,
    )


def om(dage: int) -> date:
    """The date so many days from today."""
    return idag() + timedelta(days=dage)


def samme_tid(dage: int) -> datetime:
    """This time of the day so many days from today by the clock in Denmark: summer time may begin or end in between."""
    return nu().astimezone(KOEBENHAVN) + timedelta(days=dage)


def reservation(
    plads: Plads | None = None,
    *,
    af: Aktoer | None = None,
    periode: Periode | None = None,
    reference: str = "RK-2026-1",
    gruppe: UUID | None = None,
) -> Reservation:
    """A pending reservation by a case worker of Rødovre, made the way people make it."""
    return reserver(
        aktoer=af or sagsbehandler(),
        plads_id=(plads or ledig_plads()).id,
        periode=periode or Periode(om(7), om(97)),
        hjemmel="SEL-107",
        sagsreference=reference,
        maalgruppe=gruppe,
    )


def gemt_soegning(af: Aktoer | None = None, **kriterier: Any) -> GemtSoegning:
    """A search saved by a case worker of Rødovre, made the way people make it."""
    return gem(aktoer=af or sagsbehandler(), profil=Behovsprofil(**{"periode": Periode(om(10), om(40))} | kriterier))


def oedelagt(soegning_id: UUID | str) -> None:
    """The saved search asks for a code that is no more."""
    with som_systemet("tests"):
        gemte = GemtSoegning.objects.for_systemet("tests").filter(pk=soegning_id)
        gemte.update(profil={**gemte.get().profil, "adfaerd": ["udgaaet"]})


def udaekket_behov(af: Aktoer | None = None) -> UdaekketBehov:
    """A need logged today by a case worker of Rødovre, made the way people make it: nothing is called that."""
    return log_behov(aktoer=af or sagsbehandler(), profil=Behovsprofil(Periode(om(10), om(40)), tekst="intetsteds"))


def loggede_behov(
    antal: int,
    *,
    fra: date = date(2025, 2, 3),
    term: str = "Autismespektrum",
    navn: str = "Rødovre",
    hvor: Kkr | None = None,
) -> None:
    """So many unmet needs of a municipality, logged one a day from this one on."""
    organisation = kommune(navn).organisation
    with transaction.atomic():
        saet_database_aktoer(None)
        UdaekketBehov.objects.bulk_create(
            UdaekketBehov(
                organisation=organisation,
                kkr=hvor or kkr(),
                dato=fra + timedelta(days=nummer),
                maalgruppe=maalgruppe(term) if term else None,
                begynder=fra.replace(day=1),
                fingeraftryk=f"{next(_nummer)}",
            )
            for nummer in range(antal)
        )


def fejlmelding(
    hvor: Tilbud | None = None,
    *,
    af: Aktoer | None = None,
    faktum: Faktum = Faktum.ADRESSE,
    besked: str = "Huset er nr. 5",
) -> Fejlmelding:
    """An open report by a case worker of Rødovre, made the way people make it."""
    hvor = hvor or tilbud()
    return meld(aktoer=af or sagsbehandler(), tilbud_id=hvor.pk, faktum=faktum, besked=besked)


def offentligt_tilbud(navn: str = "Kilden", *, i: str | None = "Gladsaxe", **felter: Any) -> OffentligtTilbud:
    """An offer known only from a published list, in the municipality; None: it is not said where."""
    faste = {"driftsherre": "Fonden Kilden", "kilde_url": "https://example.dk/liste", "raekke": 1000 + next(_nummer)}
    return OffentligtTilbud.objects.create(navn=navn, kommune=kommune(i) if i else None, **(faste | felter))


def fejl_i_andet(
    emne: Klynge | OffentligtTilbud,
    *,
    af: Aktoer | None = None,
    faktum: Faktum = Faktum.NAVN,
    besked: str = "Det hedder noget andet",
) -> Fejlmelding:
    """An open report about a cluster or a published offer by a case worker of Rødovre, made the way people make it."""
    slags = Emneslags.KLYNGE if isinstance(emne, Klynge) else Emneslags.OFFENTLIGT
    return meld_andet(aktoer=af or sagsbehandler(), slags=slags, emne_id=emne.pk, faktum=faktum, besked=besked)


def plads_med_takst(
    *, i: str = "Gladsaxe", kode: str = "SEL-107", selvhenvendelse: bool = False, **felter: Any
) -> Plads:
    """A free place in a new offer of the municipality's own, with a published takst of 2687.00 under the hjemmel."""
    hvor = afdeling(tilbud(i=i, hjemler=(kode,), selvhenvendelse=selvhenvendelse))
    takst(hvor, kode=kode, fra=FOR_LAENGE_SIDEN, til=None)
    return ledig_plads(hvor, **felter)


def bekraeftet_reservation(plads: Plads | None = None, *, hjemmel: str = "SEL-107", **felter: Any) -> Reservation:
    """A reservation from Rødovre that the offer has confirmed."""
    plads = plads or plads_med_takst()
    felter.setdefault("periode", Periode(om(7)))
    ny = reserver(
        aktoer=felter.pop("af", None) or sagsbehandler(),
        plads_id=plads.id,
        hjemmel=hjemmel,
        sagsreference=felter.pop("reference", "RK-2026-1"),
        **felter,
    )
    leder = tilbudsleder(plads.afdeling.tilbud.beliggenhedskommune.kortnavn)
    return beslut(aktoer=leder, reservation_id=ny.pk, udfald=Udfald.BEKRAEFT)


def ophold(plads: Plads | None = None, **felter: Any) -> Ophold:
    """A stay of Rødovre's that begins on the first day of its reservation, at the published takst."""
    with transaction.atomic():
        reservation = bekraeftet_reservation(plads, **felter)
        leder = aktoer(Rolle.TILBUDSLEDER, reservation.driftsherre)
        fra = Periode.af_range(reservation.optagelse.periode).fra
        return indskriv(aktoer=leder, reservation_id=reservation.pk, indhold=Indhold(data={Data.DATO: fra}))


def ophold_uden_reservation(
    plads: Plads | None = None,
    *,
    reference: str = "FH-1",
    fra: date | None = None,
    handle: str = "Rødovre",
    **andet: Any,
) -> Ophold:
    """A stay under § 110 that the citizen began herself yesterday, at the published takst."""
    hvor = plads or plads_med_takst(selvhenvendelse=True, kode="SEL-110")
    hvad = {
        "aktoer": tilbudsleder(),
        "tilbud_id": hvor.afdeling.tilbud_id,
        "plads_id": hvor.pk,
        "indgang": Indgang.SELVHENVENDELSE,
        "handlekommune": kommune(handle).kommunekode,
        "hjemmel": "SEL-110",
        "sagsreference": reference,
        "fra": fra or om(-1),
    }
    return indskriv_uden_reservation(**{**hvad, **andet})


def pris(hvis: Ophold) -> Decimal:
    """The latest accepted total price of a stay."""
    priser = hvis.priser.for_systemet("test").exclude(accepteret=None)
    return priser.order_by("-periode").values_list("samlet", flat=True)[0]


def skift_kommune(
    hvis: Ophold, *, handle: str, betaler: str, fra: date, af: Aktoer | None = None, dokument: str = "AST 2026-17"
) -> Ophold:
    """Another municipality responsible for a stay, or paying for it, by a decision."""
    return afgoer_ophold(
        aktoer=af or sagsbehandler(),
        ophold_id=hvis.pk,
        udfald=Udfald.SKIFT_KOMMUNE,
        indhold=Indhold(
            Grund.AFGOERELSE,
            data={
                Data.DATO: fra,
                Data.HANDLEKOMMUNE: kommune(handle).kommunekode,
                Data.BETALINGSKOMMUNE: kommune(betaler).kommunekode,
                Data.DOKUMENT: dokument,
            },
        ),
    )


def godkendt(hvor: Tilbud, kode: str = "SEL-107") -> Tilsynsgodkendelse:
    """Socialtilsyn's approval since long ago."""
    return Tilsynsgodkendelse.objects.create(
        tilbud=hvor, hjemmel=hjemmel(kode), pladser=10, periode=Periode(FOR_LAENGE_SIDEN).som_range, socialtilsyn="Test"
    )


def forespoergsel(
    *spurgte: Tilbud,
    af: Aktoer | None = None,
    periode: Periode | None = None,
    reference: str = "RK-2026-1",
    bemaerkning: str = "",
) -> Forespoergsel:
    """An enquiry by a case worker of Rødovre to these offers."""
    return send_forespoergsel(
        aktoer=af or sagsbehandler(),
        behov=Behov("SEL-107", periode or Periode(om(7), om(97))),
        tilbud=[et.pk for et in spurgte],
        sagsreference=reference,
        bemaerkning=bemaerkning,
    )


def henvendelse(spurgt: Tilbud | None = None, **felter: Any) -> Henvendelse:
    """An enquiry at one offer, as its buyer sees it."""
    af = felter.setdefault("af", sagsbehandler())
    with transaction.atomic():
        ny = forespoergsel(spurgt or tilbud(), **felter)
        alle = Henvendelse.objects.synlige_for(af).select_related("forespoergsel", "tilbud", "driftsherre")
        return alle.get(forespoergsel=ny)


def pladstilbud(hos: Henvendelse) -> Pladstilbud:
    """Any place of a department of the offer that is asked, at 2500.00, by its operator."""
    with transaction.atomic():
        return giv_pladstilbud(
            aktoer=aktoer(Rolle.TILBUDSLEDER, hos.driftsherre),
            henvendelse_id=hos.pk,
            afdeling_id=(hos.tilbud.afdelinger.first() or afdeling(hos.tilbud)).pk,
            periode=Periode(om(7)),
            pris=Prisaftale(Decimal("2500.00")),
        )


GODKENDT = date(2026, 9, 21)  # when every party approved what the factory adopts


@transaction.atomic  # the database asks at the commit whether every party has approved
def aftale(
    *,
    parter: tuple[str, ...] = ("Rødovre", "Gladsaxe", "Herlev"),
    tilstand: Aftaletilstand = Aftaletilstand.SENDT,
    fra: date = date(2027, 1, 1),
    til: date = date(2029, 1, 1),
    slug: str = "hovedstaden-2027-2028",
    i: str = "KKR Hovedstaden",
) -> Rammeaftale:
    """An agreement of the KKR with these municipalities as parties and version 1 sent for approval, by all of them approved when it is adopted."""
    periode = Periode(fra, til)
    ny = Rammeaftale.objects.create(
        slug=slug,
        titel=f"Rammeaftale {fra.year}–{til.year - 1}",
        kkr=kkr(i),
        periode=periode.som_range,
        tilstand=tilstand,
        vedtaget=GODKENDT if tilstand is Aftaletilstand.VEDTAGET else None,
    )
    Version.objects.create(aftale=ny, nummer=1, sendt=date(2026, 9, 7))
    for navn in parter:
        Part.objects.create(aftale=ny, organisation=kommune(navn).organisation, periode=periode.som_range)
    if tilstand is Aftaletilstand.VEDTAGET:
        godkendt_af_alle(ny)
    return ny


def godkendt_af_alle(hvad: Rammeaftale) -> None:
    """Every party's approval of the agreement's version, straight in the table: the database adopts nothing without them."""
    sekretariatet = hvad.kkr.sekretariat
    assert sekretariatet is not None
    for part in hvad.parter.all():
        Godkendelse.objects.create(
            version=hvad.versioner.get(),
            part=part,
            status=Partsstatus.GODKENDT,
            dato=GODKENDT,
            organ="Kommunalbestyrelsen",
            referat_url="https://www.example.dk/referat",
            registreret_af=sekretariatet,
            identitet="test",
        )


PERIODE_FREMME = Periode(om(40), om(50))
