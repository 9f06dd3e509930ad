"""Terms and agreements of the demo data. Every value is a demo value; none is the terms of a real agreement."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from random import Random

from faelles.tid import KOEBENHAVN, Periode
from kommuner.models import Kkr, Kommune, Organisation, Region
from rammeaftale.demo.takster import FOERSTE_AAR
from rammeaftale.demo.tekst import skriv
from rammeaftale.livscyklus import Aftaletilstand, Partsstatus
from rammeaftale.models import Godkendelse, Part, Rammeaftale, Version
from rammeaftale.tekst.udsendelse import udsend
from vilkaar.actions import udsend_saet
from vilkaar.models import Saetstatus
from vilkaar.noegler import Noegle

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
    Noegle.LUKNING_ALENE_DAGE: "90",
    Noegle.FEJLMELDING_FRIST_DAGE: "14",
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
    Noegle.FOERSTE_DAG_TAELLER: "ja",
    Noegle.SIDSTE_DAG_TAELLER: "nej",
    Noegle.VAEKSTLOFT: "2023=2.8; 2024=3.6; 2025=3.1; 2026=2.9; 2027=3; 2028=3",
    Noegle.VAEKSTLOFT_BASISAAR: str(FOERSTE_AAR),  # the first year there are demo takster of
    Noegle.VAEKSTLOFT_FRADRAG_PROCENT: "1",
    Noegle.VAEKSTLOFT_METODE: "multiplikativ",
    Noegle.DISKRETION_GRAENSE: "5",
    Noegle.FRIT_VALG_GRAENSE_PROCENT: "10",
    Noegle.OPBEVARING_REGNSKAB_MAANEDER: "60",
    Noegle.OPBEVARING_KRAV_MAANEDER: "12",
    Noegle.OPBEVARING_FORESPOERGSEL_MAANEDER: "36",
    Noegle.TAKST_FRIST: "10.12",
    Noegle.MIDTAARSAENDRING: "nej",
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
PERIODER = (
    (2023, 2025, Saetstatus.ENDELIG),
    (2025, 2027, Saetstatus.ENDELIG),
    (2027, 2029, Saetstatus.FORELOEBIG),
)
FORBEHOLD = (
    "Demoaftale. Det vides ikke, hvordan KKR og rammeaftaler skæres efter 1. januar 2027; kun at Region Østdanmark den dag "
    "afløser Region Hovedstaden og Region Sjælland."
)
INDLEDNING = (
    "Kommunerne og regionen samarbejder om tilbud til borgere med sjældne og komplekse behov. Aftalen fastlægger, hvordan "
    "tilbuddene udvikles, styres og deles."
)
OPDIGTET = "Demoaftale med opdigtede beslutninger og vilkår."
PAAMIND_DAGE = 14


def vilkaar(kkr: Kkr) -> None:
    """Three sets of a KKR that has no agreements here: two final and one preliminary."""
    for fra, til, status in PERIODER:
        navn = f"Rammeaftale {fra}–{til - 1}, {kkr.navn}"
        periode = Periode(date(fra, 1, 1), date(til, 1, 1))
        udsend_saet(kkr=kkr, periode=periode, status=status, aftale=navn, vaerdier=VAERDIER, demo=True)


def sekretariat(kkr: Kkr) -> Organisation:
    """The KKR's secretariat, an organisation of its own."""
    if kkr.sekretariat is None:
        kkr.sekretariat = Organisation.objects.create(
            art="sekretariat", navn=f"Rammeaftalesekretariatet, {kkr.navn}", demo=True
        )
        kkr.save(update_fields=["sekretariat"])
    return kkr.sekretariat


def aftaler(kkr: Kkr, rng: Random) -> None:
    """The agreement that has run out, the one in force and the one sent for approval, each with the region of its time and its terms."""
    hovedstaden = Region.objects.select_related("organisation", "afloeses_af__organisation").get(
        organisation__navn="Region Hovedstaden"
    )
    efterfoelger = hovedstaden.afloeses_af
    if efterfoelger is None:
        raise LookupError("Region Hovedstaden har ingen efterfølger i referencedata")
    kommuner = kommuner_i(kkr)
    vedtaget(aftale(kkr, 2023, OPDIGTET), [*kommuner, hovedstaden.organisation], Random(0))  # noqa: S311 - repeatable, not secret
    gammel = vedtaget(aftale(kkr, 2025, OPDIGTET), [*kommuner, hovedstaden.organisation], rng)
    Part.objects.filter(aftale=gammel, organisation=hovedstaden.organisation).update(
        efterfoelger=efterfoelger.organisation
    )
    ny = aftale(kkr, 2027, FORBEHOLD)
    dele = _parter(ny, [*kommuner, efterfoelger.organisation])
    udsend(ny.versioner.get(), Saetstatus.FORELOEBIG)
    _godkend(ny, _uden_dem_der_mangler(dele), rng)


def kommuner_i(kkr: Kkr) -> list[Organisation]:
    """The municipalities of the KKR, in Danish order."""
    kommuner = Kommune.objects.filter(kkr_medlemskaber__kkr=kkr).select_related("organisation")
    return [kommune.organisation for kommune in kommuner.order_by("kortnavn_sortering")]


def aftale(
    kkr: Kkr, fra: int, forbehold: str, vaerdier: Mapping[Noegle, str] = VAERDIER, *, aar: int | None = None
) -> Rammeaftale:
    """An agreement of two years, written in `aar`, the year before unless another is given, and sent on 9 September; nobody is party to it yet."""
    aar = aar or fra - 1
    ny = Rammeaftale.objects.create(
        slug=f"{kkr.slug}-{fra}-{fra + 1}",
        titel=f"Rammeaftale {fra}–{fra + 1}, {kkr.navn}",
        kkr=kkr,
        periode=Periode(date(fra, 1, 1), date(fra + 2, 1, 1)).som_range,
        tilstand=Aftaletilstand.SENDT,
        godkendelsesfrist=date(fra - 1, 12, 15),
        paamind_dage=PAAMIND_DAGE,
        demo=True,
        demo_forbehold=forbehold,
    )
    version = Version.objects.create(aftale=ny, nummer=1, indledning=INDLEDNING)
    skriv(version, sekretariat(kkr), vaerdier, aar)
    version.sendt = date(aar, 9, 9)
    version.save(update_fields=["sendt"])
    return ny


def vedtaget(aftale: Rammeaftale, parter: list[Organisation], rng: Random) -> Rammeaftale:
    """Approved by all in the weeks after it was sent; its terms are final."""
    _godkend(aftale, _parter(aftale, parter), rng)
    _vedtag(aftale)
    udsend(aftale.versioner.get(), Saetstatus.ENDELIG)
    return aftale


def _vedtag(aftale: Rammeaftale) -> None:
    """On the day of the last approval."""
    aftale.tilstand = Aftaletilstand.VEDTAGET
    aftale.vedtaget = max(aftale.versioner.get().godkendelser.values_list("dato", flat=True))
    aftale.save(update_fields=["tilstand", "vedtaget"])


def _parter(aftale: Rammeaftale, organisationer: list[Organisation]) -> list[Part]:
    return Part.objects.bulk_create(
        Part(aftale=aftale, organisation=organisation, periode=aftale.periode) for organisation in organisationer
    )


def _uden_dem_der_mangler(parter: list[Part]) -> list[Part]:
    """All but four: three have not answered, one has it in committee; the demonstration registers the next."""
    venter = {"Gladsaxe Kommune", "Rødovre Kommune", "Herlev Kommune"}
    resten = [part for part in parter if part.organisation.navn not in venter]
    i_udvalg = next(part for part in resten if part.organisation.navn == "Københavns Kommune")
    Godkendelse.objects.create(
        version=i_udvalg.aftale.versioner.get(),
        part=i_udvalg,
        status=Partsstatus.UDVALG,
        dato=date(2026, 11, 11),
        organ="Socialudvalget",
        registreret=registreret(date(2026, 11, 11)),
        registreret_af=_sekretariat(i_udvalg),
        identitet="demo",
    )
    return [part for part in resten if part is not i_udvalg]


def _sekretariat(part: Part) -> Organisation:
    sekretariat = part.aftale.kkr.sekretariat
    if sekretariat is None:
        raise LookupError("KKR har intet sekretariat")
    return sekretariat


def registreret(dato: date) -> datetime:
    """The secretariat registers a decision the day after the meeting."""
    return datetime.combine(dato + timedelta(days=1), time(9), KOEBENHAVN)


def _godkend(aftale: Rammeaftale, parter: list[Part], rng: Random) -> None:
    """Approvals on the first days of eight weeks from the second Monday after it was sent; one party adds a remark."""
    version = aftale.versioner.get()
    sendt = version.sendt or aftale.aftaleperiode.fra
    foerste = sendt + timedelta(days=14 - sendt.weekday())
    raekker = []
    for nummer, part in enumerate(parter):
        dato = foerste + timedelta(weeks=rng.randint(0, 7), days=rng.randint(0, 3))
        med_bemaerkning = nummer == 7  # noqa: PLR2004 - one of them, always the same
        raekker.append(
            Godkendelse(
                version=version,
                part=part,
                status=Partsstatus.GODKENDT_MED_BEMAERKNING if med_bemaerkning else Partsstatus.GODKENDT,
                dato=dato,
                organ="Regionsrådet" if part.organisation.art == "region" else "Kommunalbestyrelsen",
                referat_url=f"https://referater.example.dk/{aftale.slug}/{nummer + 1}",
                bemaerkning="Opfordrer til flere pladser til unge med autisme." if med_bemaerkning else "",
                registreret=registreret(dato),
                registreret_af=_sekretariat(part),
                identitet="demo",
            )
        )
    Godkendelse.objects.bulk_create(raekker)
