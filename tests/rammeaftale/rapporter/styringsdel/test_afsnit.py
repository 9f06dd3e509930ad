"""Which section terms and clauses stand in: pure."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from rammeaftale.rapporter.aftaleteksten.data import Klausul
from rammeaftale.rapporter.styringsdel.afsnit import KAPITLER, STED_FOR_TITEL, fordel, nummer, steder
from vilkaar.noegler import Noegle

# The chapters and sections of the best complete table of contents known (report-contents § R2).
INDHOLD = """
1 Indledning
2 Definitioner og principper
2.1 Definitioner
2.2 Principper for et effektivt udbud af tilbud
3 Omfattede tilbud
3.1 Sociale tilbud
3.2 Specialundervisning
3.3 Ydelser, der ikke er omfattet
4 Aftale om udgiftsudvikling
4.1 Opfølgning
5 Finansieringsformer
5.1 Takstfinansiering
5.2 Objektiv finansiering efter loven
5.3 Objektiv finansiering efter aftale (trækningsret)
6 Takstberegning
6.1 Omkostningsbaserede takster
6.2 Budgetteret belægning
6.3 Overskud og underskud
6.4 Hovedydelse
6.5 Tillægsydelser og aftalte ændringer
6.6 Differentierede ydelser
6.7 Omkostningsarter
6.8 Værdiansættelse og afskrivning
6.9 Tjenestemandspensioner
6.10 Fordeling af central ledelse og administration
6.11 Regnskab og revision
6.12 Ændringer i året
7 Oprettelse og lukning af tilbud og pladser
7.1 Nye tilbud og pladser
7.2 Lukning
7.3 Overbelægning
7.4 Varige ændringer
8 Afregning og betaling
8.1 Særlige vilkår
"""


def klausul(overskrift: str, *noegler: Noegle, nummer: str = "1") -> Klausul:
    return Klausul(nummer, overskrift, "Tekst.", tuple(noegle.value for noegle in noegler), "")


def test_chapters_and_sections_stand_in_the_order_of_a_styringsaftale() -> None:
    linjer = []
    for nr, kapitel in enumerate(KAPITLER):
        linjer.append(f"{nr + 1} {kapitel.titel}")
        linjer += [f"{nummer((nr, under))} {en.titel}" for under, en in enumerate(kapitel.afsnit) if en.titel]
    assert linjer == INDHOLD.split("\n")[1:-1]


def test_every_term_stands_in_exactly_one_section() -> None:
    antal = Counter(noegle for _, _, afsnit in steder() for noegle in afsnit.noegler)
    assert antal == Counter(Noegle)


def test_clause_goes_where_its_heading_is() -> None:
    assert fordel([klausul(" overbelægning ", Noegle.TAKST_FRIST)]) == {
        STED_FOR_TITEL["overbelægning"]: (klausul(" overbelægning ", Noegle.TAKST_FRIST),)
    }


def test_clause_goes_where_most_of_its_terms_are_and_the_first_of_equals() -> None:
    flest = klausul("Blandet", Noegle.TAKST_FRIST, Noegle.LUKNING_AAR, Noegle.LUKNING_VARSEL)
    lige = klausul("Lige", Noegle.LUKNING_AAR, Noegle.TAKST_FRIST)
    assert {nummer(sted): sine for sted, sine in fordel([flest, lige]).items()} == {"7.2": (flest,), "6.12": (lige,)}


def test_clause_without_terms_follows_the_one_before_it_and_the_first_ones_introduce() -> None:
    foerst, lukning, efter = klausul("Formål"), klausul("X", Noegle.LUKNING_AAR), klausul("Y")
    assert {nummer(sted): sine for sted, sine in fordel([foerst, lukning, efter]).items()} == {
        "1": (foerst,),
        "7.2": (lukning, efter),
    }


OVERSKRIFTER = st.sampled_from(["Formål", "Lukning", "Takstberegning", "Noget andet"])
KLAUSULER = st.lists(st.builds(klausul, OVERSKRIFTER, st.sampled_from(Noegle), nummer=st.uuids().map(str)), max_size=8)


@given(KLAUSULER)
def test_every_clause_is_printed_once_and_in_the_agreements_order(alle: list[Klausul]) -> None:
    fordelt = fordel(alle)
    assert Counter(en for sine in fordelt.values() for en in sine) == Counter(alle)
    assert all(list(sine) == [en for en in alle if en in sine] for sine in fordelt.values())
    assert set(fordelt) <= {sted for sted, _, _ in steder()}
