"""The registry of terms: each key with its type, unit, bounds, the clause that sets it, its source and who may change it. No key has a default.

A value that is missing is an error that names key and clause, never a guess (rules-takst § 8).
"""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from vilkaar.beskrivelse import Aendrer, Kodeliste, Noeglebeskrivelse

_TAKSTBEREGNING, _BETALING, _LOFT = "Takstberegning", "Betaling", "Udgiftsudvikling"
_LUKNING, _GARANTI = "Lukning af tilbud", "Underskudsgaranti"
_VARSEL, _JA_NEJ, _PROCENT = r"[0-9]{1,3}[md]", "ja|nej", "100|[0-9]{1,2}"
_OPHOLD = "Ophold og opsigelse"
# The clauses whose terms say what a takst is, how it is paid, and how much it may grow.
TAKSTENS_KLAUSULER = frozenset({_TAKSTBEREGNING, _BETALING, _LOFT})

# Where such a rule has been read in public. Most of them have not, and none is a default.
_LOKALT = "Ingen offentlig kilde; aftales lokalt"
_BELAEGNING = "Styringsaftale, klausulen »Anvendt belægningsprocent i takstberegningen« (lawinsider.com)"
_OVERHEAD = "Rammeaftale i hovedstadsregionen 2023-24, klausulen »Indirekte omkostninger« (lawinsider.com)"
_DAGTILBUD = "Roskilde Kommune, ITC Roskilde: »Særligt til sagsbehandlere« (handicap.roskilde.dk)"
_OVERSKUD = "»Model for indregning af overskud eller underskud i taksterne«, bilag 4 (docplayer.dk)"
_HENSAETTELSE = "Socialaftale, klausulen »Håndtering af overskud« (lawinsider.com)"
_PRISUDVIKLING = "KKR Hovedstaden: »Analyse af prisudvikling i takstbelagte tilbud«, april 2018 (docplayer.dk)"
_OEKONOMIMODEL = "DK Nyt, 4. februar 2021, om KKR Hovedstadens økonomimodel (dknyt.dk)"
_VARSLER = "Rammeaftale 2021-2022 i Syddanmark, bilaget om opsigelsesvarsler (socialsekretariatet.dk); varslerne aftales lokalt"


class Noegle(StrEnum):
    """The keys of rules-takst § 8, three under names that say more, and those of rules that have come since."""

    RESERVATION_VARIGHED = "reservation_varighed"
    FORESPOERGSEL_SVARFRIST = "forespoergsel_svarfrist"
    PLADSTILBUD_GYLDIGHED = "pladstilbud_gyldighed"
    RESERVATION_FORLAENGELSER = "reservation_forlaengelser"
    VENTELISTE_ESKALERING_DAGE = "venteliste_eskalering_dage"
    FOERSTE_BETALINGSDAG = "foerste_betalingsdag"
    OPSIGELSE_VARSEL_KOMMUNE = "opsigelse_varsel_kommune"
    OPSIGELSE_VARSEL_TILBUD = "opsigelse_varsel_tilbud"
    GENBELAEGNING_STOPPER = "genbelaegning_stopper"
    DOED_BETALES_DAGE = "doed_betales_dage"
    FRAVAER_PROCENT = "fravaer_procent"
    GODKENDELSE_KRAEVES = "godkendelse_kraeves"
    AKUT_UGER = "akut_uger"
    AKUT_FORLAENGELSE_UGER = "akut_forlaengelse_uger"
    BEKRAEFTELSE_FORFALD_DAGE = "bekraeftelse_forfald_dage"
    BEKRAEFTELSE_FORAELDET_DAGE = "bekraeftelse_foraeldet_dage"
    BEKRAEFTELSE_PAAMINDELSE_DAGE = "bekraeftelse_paamindelse_dage"
    FEJLMELDING_FRIST_DAGE = "fejlmelding_frist_dage"
    LUKNING_ALENE_DAGE = "lukning_alene_dage"
    BELAEGNING_METODE = "belaegning_metode"
    BELAEGNING_MIN = "belaegning_min"
    BELAEGNING_MIN_KORT = "belaegning_min_kort"
    BELAEGNING_MAKS = "belaegning_maks"
    OVERHEAD_METODE = "overhead_metode"
    OVERHEAD_PROCENT = "overhead_procent"
    DAGSBASIS = "dagsbasis"
    DAGSBASIS_DAGTILBUD = "dagsbasis_dagtilbud"
    EFTERREGULERING_METODE = "efterregulering_metode"
    EFTERREGULERING_GRUNDLAG = "efterregulering_grundlag"
    EFTERREGULERING_TAERSKEL_PROCENT = "efterregulering_taerskel_procent"
    EFTERREGULERING_AARSFORSKYDNING = "efterregulering_aarsforskydning"
    HENSAETTELSE_AAR = "hensaettelse_aar"
    UNDERSKUD_REGEL = "underskud_regel"
    AFRUNDING = "afrunding"
    DELTIDSFAKTORER = "deltidsfaktorer"
    FOERSTE_DAG_TAELLER = "foerste_dag_taeller"
    SIDSTE_DAG_TAELLER = "sidste_dag_taeller"
    VAEKSTLOFT = "vaekstloft"
    VAEKSTLOFT_BASISAAR = "vaekstloft_basisaar"
    VAEKSTLOFT_FRADRAG_PROCENT = "vaekstloft_fradrag_procent"
    VAEKSTLOFT_METODE = "vaekstloft_metode"
    DISKRETION_GRAENSE = "diskretion_graense"
    FRIT_VALG_GRAENSE_PROCENT = "frit_valg_graense_procent"
    OPBEVARING_REGNSKAB_MAANEDER = "opbevaring_regnskab_maaneder"
    OPBEVARING_KRAV_MAANEDER = "opbevaring_krav_maaneder"
    OPBEVARING_FORESPOERGSEL_MAANEDER = "opbevaring_forespoergsel_maaneder"
    TAKST_FRIST = "takst_frist"
    MIDTAARSAENDRING = "midtaarsaendring"
    RESERVATION_BETALES = "reservation_betales"
    LUKNING_NOEGLE = "lukning_noegle"
    LUKNING_AAR = "lukning_aar"
    LUKNING_VARSEL = "lukning_varsel"
    GARANTI_ANDEL_PROCENT = "garanti_andel_procent"
    GARANTI_MAKS_AAR = "garanti_maks_aar"
    GARANTI_NOEGLE = "garanti_noegle"
    INDSIGELSE_FRIST = "indsigelse_frist"
    KRAV_FRIST_PRIVATE = "krav_frist_private"


def _procent(navn: str, kilde: str) -> Noeglebeskrivelse:
    return Noeglebeskrivelse(navn, "procent", _TAKSTBEREGNING, kilde, Decimal(0), Decimal(100))


def _ord(navn: str, kilde: str, *valg: str, klausul: str = _TAKSTBEREGNING) -> Noeglebeskrivelse:
    return Noeglebeskrivelse(navn, "", klausul, kilde, valg=valg)


def _aar(navn: str, kilde: str, mindst: int, hoejst: int, klausul: str = _TAKSTBEREGNING) -> Noeglebeskrivelse:
    return Noeglebeskrivelse(navn, "år", klausul, kilde, Decimal(mindst), Decimal(hoejst))


def _dage(navn: str, kilde: str, mindst: int, hoejst: int, klausul: str) -> Noeglebeskrivelse:
    return Noeglebeskrivelse(navn, "dage", klausul, kilde, Decimal(mindst), Decimal(hoejst))


def _antal(navn: str, enhed: str, mindst: int, hoejst: int, klausul: str = _OPHOLD) -> Noeglebeskrivelse:
    return Noeglebeskrivelse(navn, enhed, klausul, _LOKALT, Decimal(mindst), Decimal(hoejst))


def _koder(
    navn: str, enhed: str, kilde: str, moenster: str, kodeliste: Kodeliste, efter: Kodeliste | None = None
) -> Noeglebeskrivelse:
    return Noeglebeskrivelse(navn, enhed, _OPHOLD, kilde, koder=moenster, kodeliste=kodeliste, efter=efter)


def _uger_efter_loven(navn: str, lovens: str) -> Noeglebeskrivelse:
    return Noeglebeskrivelse(
        navn,
        "uger",
        _OPHOLD,
        "reglerne om tilbud uden godkendelse, som ministeriet gengiver dem 23.04.2025 (Folketinget, SOU 2024-25, alm. del, bilag 302)",
        Decimal(0),
        Decimal(26),
        aendres_af=Aendrer.LOVEN,
        lovens=lovens,
    )


NOEGLER: Mapping[Noegle, Noeglebeskrivelse] = {
    Noegle.RESERVATION_VARIGHED: Noeglebeskrivelse(
        "Reservationens længste varighed", "dage", "Reservation", _LOKALT, Decimal(1), Decimal(90)
    ),
    Noegle.FORESPOERGSEL_SVARFRIST: Noeglebeskrivelse(
        "Tilbuddets frist for at svare på en forespørgsel",
        "dage",
        "Forespørgsel",
        _LOKALT,
        Decimal(1),
        Decimal(90),
    ),
    Noegle.PLADSTILBUD_GYLDIGHED: _antal("Et tilbud om plads gælder", "dage", 1, 90, "Forespørgsel"),
    Noegle.RESERVATION_FORLAENGELSER: _antal("En reservation kan forlænges", "gange", 0, 10, "Reservation"),
    Noegle.VENTELISTE_ESKALERING_DAGE: _antal(
        "Kommunen får besked, når en borger har stået på venteliste i", "dage", 1, 365, "Venteliste"
    ),
    Noegle.FOERSTE_BETALINGSDAG: _ord("Der betales fra", _LOKALT, "aftalt", "indskrivning", klausul=_OPHOLD),
    Noegle.OPSIGELSE_VARSEL_KOMMUNE: _koder(
        "Kommunens opsigelsesvarsel", "3m eller 14d", _VARSLER, _VARSEL, Kodeliste.HJEMLER
    ),
    Noegle.OPSIGELSE_VARSEL_TILBUD: _koder(
        "Tilbuddets opsigelsesvarsel", "3m eller 14d", _VARSLER, _VARSEL, Kodeliste.HJEMLER
    ),
    Noegle.GENBELAEGNING_STOPPER: _ord(
        "Betalingen stopper, når pladsen bliver taget af en anden",
        _LOKALT,
        "ja",
        "nej",
        klausul=_OPHOLD,
    ),
    Noegle.DOED_BETALES_DAGE: _antal("Efter et dødsfald betales", "dage", 0, 365),
    Noegle.FRAVAER_PROCENT: _koder(
        "Under fravær betales", "procent", _LOKALT, _PROCENT, Kodeliste.FRAVAERSARTER, Kodeliste.HJEMLER
    ),
    # Of which paragraphs the law demands it is not sourced; each agreement says so itself, within the law.
    Noegle.GODKENDELSE_KRAEVES: Noeglebeskrivelse(
        "Socialtilsynets godkendelse kræves",
        "ja eller nej",
        _OPHOLD,
        "serviceloven § 14, stk. 2-3",
        koder=_JA_NEJ,
        kodeliste=Kodeliste.HJEMLER,
        aendres_af=Aendrer.INDEN_FOR_LOVEN,
    ),
    Noegle.AKUT_UGER: _uger_efter_loven("Ophold i et tilbud uden godkendelse, højst", "3"),
    Noegle.AKUT_FORLAENGELSE_UGER: _uger_efter_loven("Forlængelse med socialtilsynets tilladelse, højst", "3"),
    Noegle.BEKRAEFTELSE_FORFALD_DAGE: Noeglebeskrivelse(
        "Bekræftelse forfalder efter", "dage", "Ledige pladser", _LOKALT, Decimal(1), Decimal(365)
    ),
    Noegle.BEKRAEFTELSE_FORAELDET_DAGE: Noeglebeskrivelse(
        "Bekræftelse er forældet efter", "dage", "Ledige pladser", _LOKALT, Decimal(1), Decimal(365)
    ),
    Noegle.BEKRAEFTELSE_PAAMINDELSE_DAGE: Noeglebeskrivelse(
        "Påmindelse om bekræftelse sendes før forfald",
        "dage",
        "Ledige pladser",
        _LOKALT,
        Decimal(0),
        Decimal(365),
    ),
    Noegle.FEJLMELDING_FRIST_DAGE: Noeglebeskrivelse(
        "Frist for at svare på en fejlmelding",
        "dage",
        "Ledige pladser",
        _LOKALT,
        Decimal(1),
        Decimal(365),
    ),
    Noegle.LUKNING_ALENE_DAGE: Noeglebeskrivelse(
        "En plads kan lukkes midlertidigt uden en anden persons godkendelse i højst",
        "dage",
        "Ledige pladser",
        _LOKALT,
        Decimal(0),
        Decimal(365),
    ),
    Noegle.BELAEGNING_METODE: _ord("Budgetteret belægning fastsættes efter", _BELAEGNING, "regnskab", "aftale"),
    Noegle.BELAEGNING_MIN: _procent("Budgetteret belægning, mindst", _BELAEGNING),
    Noegle.BELAEGNING_MIN_KORT: _procent("Budgetteret belægning af akutte og korte ophold, mindst", _BELAEGNING),
    Noegle.BELAEGNING_MAKS: _procent("Budgetteret belægning, højst", _BELAEGNING),
    Noegle.OVERHEAD_METODE: _ord("Overhead beregnes", _OVERHEAD, "procent", "konkret"),
    Noegle.OVERHEAD_PROCENT: _procent("Overhead", _OVERHEAD),
    Noegle.DAGSBASIS: _ord("Dage i prisgrundlaget", _LOKALT, "kalender", "365"),
    Noegle.DAGSBASIS_DAGTILBUD: _ord("Dage i prisgrundlaget for dagtilbud", _DAGTILBUD, "kalender", "365"),
    Noegle.EFTERREGULERING_METODE: _ord(
        "Over tærsklen indgår i taksten", f"{_OVERSKUD}; {_HENSAETTELSE}", "overskydende", "alt", "hensaettelse"
    ),
    Noegle.EFTERREGULERING_GRUNDLAG: _ord(
        "Tærsklen er en del af", f"{_OVERSKUD}; {_HENSAETTELSE}", "budget", "takstgrundlag"
    ),
    Noegle.EFTERREGULERING_TAERSKEL_PROCENT: _procent("Tærskel for efterregulering", _OVERSKUD),
    Noegle.EFTERREGULERING_AARSFORSKYDNING: _aar("Regnskabet indgår i taksten efter", _OVERSKUD, 1, 5),
    Noegle.HENSAETTELSE_AAR: _aar("Hensættelse skal være brugt inden", _HENSAETTELSE, 1, 10),
    Noegle.UNDERSKUD_REGEL: _ord("Underskud over tærsklen", _LOKALT, "indregnes", "baeres"),
    Noegle.AFRUNDING: _ord(
        "Taksten afrundes til",
        "Offentliggjorte takster: Geelsgaardskolen 2021 (densocialevirksomhed.dk) og ITC Roskilde (handicap.roskilde.dk)",
        "krone",
        "oere",
    ),
    Noegle.DELTIDSFAKTORER: Noeglebeskrivelse(
        "Deltidspris efter mindste antal dage om ugen",
        "procent",
        _TAKSTBEREGNING,
        _DAGTILBUD,
        Decimal(1),
        Decimal(100),
        raekker=(1, 7),
    ),
    Noegle.FOERSTE_DAG_TAELLER: _ord("Første dag betales", _LOKALT, "ja", "nej", klausul=_BETALING),
    Noegle.SIDSTE_DAG_TAELLER: _ord("Sidste dag betales", _LOKALT, "ja", "nej", klausul=_BETALING),
    Noegle.VAEKSTLOFT: Noeglebeskrivelse(
        "Aftalt PL pr. år", "procent", _LOFT, _PRISUDVIKLING, Decimal(-100), Decimal(100), raekker=(2000, 2100)
    ),
    Noegle.VAEKSTLOFT_BASISAAR: Noeglebeskrivelse(
        "Vækstloftets basisår", "", _LOFT, _PRISUDVIKLING, Decimal(2000), Decimal(2100)
    ),
    Noegle.VAEKSTLOFT_FRADRAG_PROCENT: Noeglebeskrivelse(
        "Vækstloftets fradrag i PL", "procent", _LOFT, _PRISUDVIKLING, Decimal(0), Decimal(100)
    ),
    Noegle.VAEKSTLOFT_METODE: _ord("Vækstloftets fradrag regnes", _LOKALT, "multiplikativ", "additiv", klausul=_LOFT),
    Noegle.DISKRETION_GRAENSE: Noeglebeskrivelse(
        "Mindste antal der offentliggøres",
        "antal",
        "Data og rapporter",
        _LOKALT,
        Decimal(1),
        Decimal(100),
    ),
    Noegle.FRIT_VALG_GRAENSE_PROCENT: Noeglebeskrivelse(
        "Så meget dyrere må et frit valgt tilbud højst være",
        "procent",
        "Serviceloven § 108, stk. 2",
        "serviceloven § 108, stk. 2 (lov nr. 747 af 20. juni 2025)",
        Decimal(0),
        Decimal(100),
        aendres_af=Aendrer.LOVEN,
        lovens="10",
    ),
    Noegle.OPBEVARING_REGNSKAB_MAANEDER: Noeglebeskrivelse(
        "Ophold bevares af hensyn til regnskabet",
        "måneder",
        "Data og rapporter",
        _LOKALT,
        Decimal(1),
        Decimal(240),
    ),
    # Never under the twelve months in which a claim can be made (serviceloven § 174, stk. 2).
    Noegle.OPBEVARING_KRAV_MAANEDER: Noeglebeskrivelse(
        "Ophold bevares af hensyn til krav",
        "måneder",
        "Data og rapporter",
        "serviceloven § 174, stk. 2",
        Decimal(12),
        Decimal(240),
        aendres_af=Aendrer.INDEN_FOR_LOVEN,
    ),
    # Never under the twelve finished months that are counted for supervision, which would change under those who read them.
    Noegle.OPBEVARING_FORESPOERGSEL_MAANEDER: Noeglebeskrivelse(
        "Forespørgsler bevares, efter at der sidst skete noget",
        "måneder",
        "Data og rapporter",
        _LOKALT,
        Decimal(13),
        Decimal(240),
    ),
    Noegle.TAKST_FRIST: Noeglebeskrivelse(
        "Frist for at indsende takster",
        "",
        _TAKSTBEREGNING,
        "Rammeaftalen for hovedstadsregionen: takster (rammeaftale-h.dk)",
        aarsdag=True,
    ),
    Noegle.MIDTAARSAENDRING: _ord(
        "Taksten må ændres midt i året",
        "Styringsaftale 2018-2019, KKR Nordjylland: indholdsfortegnelsen (lawinsider.com); aftales lokalt",
        "ja",
        "nej",
    ),
    Noegle.RESERVATION_BETALES: _ord("Reserveret plads betales", _LOKALT, "ja", "nej", klausul=_BETALING),
    Noegle.LUKNING_NOEGLE: _ord(
        "Nedlukningsomkostninger deles efter", _LOKALT, "folketal", "forbrug", klausul=_LUKNING
    ),
    Noegle.LUKNING_AAR: _aar("Forbrug tælles over", _LOKALT, 1, 10, _LUKNING),
    Noegle.LUKNING_VARSEL: Noeglebeskrivelse(
        "Varsel før lukning", "måneder", _LUKNING, _LOKALT, Decimal(0), Decimal(36)
    ),
    Noegle.GARANTI_ANDEL_PROCENT: Noeglebeskrivelse(
        "Underskudsgarantiens andel af taksten", "procent", _GARANTI, _OEKONOMIMODEL, Decimal(0), Decimal(100)
    ),
    Noegle.GARANTI_MAKS_AAR: _aar("Underskudsgaranti højst", _OEKONOMIMODEL, 1, 10, _GARANTI),
    Noegle.GARANTI_NOEGLE: _ord("Underskudsgaranti deles efter", _LOKALT, "folketal", "forbrug", klausul=_GARANTI),
    Noegle.INDSIGELSE_FRIST: _dage("Frist for indsigelse mod et krav", _LOKALT, 1, 365, _BETALING),
    Noegle.KRAV_FRIST_PRIVATE: Noeglebeskrivelse(
        "Frist for krav fra private tilbud", "måneder", _BETALING, _LOKALT, Decimal(1), Decimal(60)
    ),
}


def navngivet(noegle: Noegle) -> str:
    """As an error names a term that is missing: by its name, its key, and the clause it belongs in."""
    return f"Vilkåret »{NOEGLER[noegle].navn}« ({noegle}, klausulen {NOEGLER[noegle].klausul})"
