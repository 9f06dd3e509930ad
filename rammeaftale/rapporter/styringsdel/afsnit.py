"""Which section each term and clause stands in. The chapters are those of a styringsaftale (report-contents § R2).

The one table below is all there is to read or change: every key of the registry stands in exactly one section.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rammeaftale.rapporter.aftaleteksten.data import Klausul
from rammeaftale.rapporter.eksempler.regning import ENHEDSTAKST, OVERSKUD
from vilkaar.noegler import Noegle


@dataclass(frozen=True, slots=True)
class Afsnitsplan:
    """A section: its title (empty: the chapter's own), the terms it prints and the worked example it ends with."""

    titel: str
    noegler: tuple[Noegle, ...] = ()
    eksempel: str = ""


@dataclass(frozen=True, slots=True)
class Kapitelplan:
    """A chapter with its sections."""

    titel: str
    afsnit: tuple[Afsnitsplan, ...] = (Afsnitsplan(""),)


N = Noegle
KAPITLER = (
    Kapitelplan("Indledning"),
    Kapitelplan(
        "Definitioner og principper",
        (
            Afsnitsplan("Definitioner"),
            Afsnitsplan(
                "Principper for et effektivt udbud af tilbud",
                (
                    N.BEKRAEFTELSE_FORFALD_DAGE, N.BEKRAEFTELSE_FORAELDET_DAGE, N.BEKRAEFTELSE_PAAMINDELSE_DAGE,
                    N.FEJLMELDING_FRIST_DAGE, N.LUKNING_ALENE_DAGE,
                ),
            ),
        ),
    ),
    Kapitelplan(
        "Omfattede tilbud",
        (
            Afsnitsplan(
                "Sociale tilbud",
                (N.GODKENDELSE_KRAEVES, N.AKUT_UGER, N.AKUT_FORLAENGELSE_UGER, N.FRIT_VALG_GRAENSE_PROCENT),
            ),
            Afsnitsplan("Specialundervisning"),
            Afsnitsplan("Ydelser, der ikke er omfattet"),
        ),
    ),
    Kapitelplan(
        "Aftale om udgiftsudvikling",
        (
            Afsnitsplan(
                "", (N.VAEKSTLOFT, N.VAEKSTLOFT_BASISAAR, N.VAEKSTLOFT_FRADRAG_PROCENT, N.VAEKSTLOFT_METODE)
            ),
            Afsnitsplan("Opfølgning", (N.DISKRETION_GRAENSE,)),
        ),
    ),
    Kapitelplan(
        "Finansieringsformer",
        (
            Afsnitsplan("Takstfinansiering"),
            Afsnitsplan("Objektiv finansiering efter loven"),
            Afsnitsplan("Objektiv finansiering efter aftale (trækningsret)"),
        ),
    ),
    Kapitelplan(
        "Takstberegning",
        (
            Afsnitsplan("Omkostningsbaserede takster", (N.DAGSBASIS, N.DAGSBASIS_DAGTILBUD, N.AFRUNDING), ENHEDSTAKST),
            Afsnitsplan(
                "Budgetteret belægning",
                (N.BELAEGNING_METODE, N.BELAEGNING_MIN, N.BELAEGNING_MIN_KORT, N.BELAEGNING_MAKS),
            ),
            Afsnitsplan(
                "Overskud og underskud",
                (
                    N.EFTERREGULERING_METODE, N.EFTERREGULERING_GRUNDLAG, N.EFTERREGULERING_TAERSKEL_PROCENT,
                    N.EFTERREGULERING_AARSFORSKYDNING, N.HENSAETTELSE_AAR, N.UNDERSKUD_REGEL,
                ),
                OVERSKUD,
            ),
            Afsnitsplan("Hovedydelse"),
            Afsnitsplan("Tillægsydelser og aftalte ændringer"),
            Afsnitsplan("Differentierede ydelser", (N.DELTIDSFAKTORER,)),
            Afsnitsplan("Omkostningsarter"),
            Afsnitsplan("Værdiansættelse og afskrivning"),
            Afsnitsplan("Tjenestemandspensioner"),
            Afsnitsplan("Fordeling af central ledelse og administration", (N.OVERHEAD_METODE, N.OVERHEAD_PROCENT)),
            Afsnitsplan("Regnskab og revision", (N.OPBEVARING_REGNSKAB_MAANEDER,)),
            Afsnitsplan("Ændringer i året", (N.TAKST_FRIST, N.MIDTAARSAENDRING)),
        ),
    ),
    Kapitelplan(
        "Oprettelse og lukning af tilbud og pladser",
        (
            Afsnitsplan(
                "Nye tilbud og pladser", (N.GARANTI_ANDEL_PROCENT, N.GARANTI_MAKS_AAR, N.GARANTI_NOEGLE)
            ),
            Afsnitsplan("Lukning", (N.LUKNING_NOEGLE, N.LUKNING_AAR, N.LUKNING_VARSEL)),
            Afsnitsplan("Overbelægning"),
            Afsnitsplan("Varige ændringer"),
        ),
    ),
    Kapitelplan(
        "Afregning og betaling",
        (
            Afsnitsplan(
                "",
                (
                    N.FOERSTE_DAG_TAELLER, N.SIDSTE_DAG_TAELLER, N.RESERVATION_BETALES, N.INDSIGELSE_FRIST,
                    N.KRAV_FRIST_PRIVATE, N.OPBEVARING_KRAV_MAANEDER,
                ),
            ),
            Afsnitsplan(
                "Særlige vilkår",
                (
                    N.FORESPOERGSEL_SVARFRIST, N.OPBEVARING_FORESPOERGSEL_MAANEDER, N.PLADSTILBUD_GYLDIGHED, N.RESERVATION_VARIGHED,
                    N.RESERVATION_FORLAENGELSER, N.VENTELISTE_ESKALERING_DAGE, N.FOERSTE_BETALINGSDAG,
                    N.OPSIGELSE_VARSEL_KOMMUNE, N.OPSIGELSE_VARSEL_TILBUD, N.GENBELAEGNING_STOPPER,
                    N.DOED_BETALES_DAGE, N.FRAVAER_PROCENT,
                ),
            ),
        ),
    ),
)  # fmt: skip
Sted = tuple[int, int]  # chapter and section, from 0


def steder() -> Iterator[tuple[Sted, Kapitelplan, Afsnitsplan]]:
    """Every section in order."""
    for nr, kapitel in enumerate(KAPITLER):
        for under, afsnit in enumerate(kapitel.afsnit):
            yield (nr, under), kapitel, afsnit


def nummer(sted: Sted) -> str:
    """`6.3`, as it is printed; a chapter's own text has the chapter's number."""
    nr, under = sted
    afsnit = KAPITLER[nr].afsnit
    egne = sum(not en.titel for en in afsnit)
    return f"{nr + 1}.{under + 1 - egne}" if afsnit[under].titel else f"{nr + 1}"


STED_FOR_NOEGLE = {noegle.value: sted for sted, _, afsnit in steder() for noegle in afsnit.noegler}
STED_FOR_TITEL = {kapitel.titel.casefold(): (nr, 0) for nr, kapitel in enumerate(KAPITLER)} | {
    afsnit.titel.casefold(): sted for sted, _, afsnit in steder() if afsnit.titel
}


def fordel(klausuler: Iterable[Klausul]) -> dict[Sted, tuple[Klausul, ...]]:
    """Each clause in one section: the one with its heading; else the one that prints most of its terms, the first of equals; else with the clause before it."""
    fordelt: dict[Sted, list[Klausul]] = {}
    sted = (0, 0)
    for klausul in klausuler:
        saetter = Counter(STED_FOR_NOEGLE[noegle] for noegle in klausul.noegler)
        flest = min(saetter, key=lambda et: (-saetter[et], et), default=sted)
        sted = STED_FOR_TITEL.get(klausul.overskrift.strip().casefold(), flest)
        fordelt.setdefault(sted, []).append(klausul)
    return {sted: tuple(sine) for sted, sine in fordelt.items()}
