"""The worked models: computed with the set's own terms, never typed (worked example of rules-takst § 4)."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from uuid import UUID

import pytest

from rammeaftale.rapporter.eksempler.data import Eksempel
from rammeaftale.rapporter.eksempler.poster import eksempelposter
from rammeaftale.rapporter.eksempler.regning import INTET_SAET, eksempler
from rammeaftale.rapporter.eksempler.saetninger import konklusion
from tests.fabrik import VAERDIER
from vilkaar.noegler import NOEGLER, Noegle
from vilkaar.queries import GaeldendeVilkaar


def vilkaar(andre: Mapping[Noegle, str] | None = None, uden: Noegle | None = None) -> GaeldendeVilkaar:
    vaerdier = {n: NOEGLER[n].laes(v) for n, v in {**VAERDIER, **(andre or {})}.items() if n is not uden}
    return GaeldendeVilkaar(
        UUID(int=1), 7, "Testaftale", True, True, MappingProxyType(vaerdier), {n: NOEGLER[n].klausul for n in vaerdier}
    )


def begge(
    andre: Mapping[Noegle, str] | None = None, uden: Noegle | None = None, aar: int = 2026
) -> tuple[Eksempel, Eksempel]:
    over, takst = eksempler(vilkaar(andre, uden), aar)
    return over, takst


def resultater(eksempel: Eksempel) -> list[Decimal]:
    return [stykke.resultat.vaerdi for stykke in eksempel.regnestykker]


def test_example_of_the_domain_text() -> None:
    over, takst = begge()
    assert resultater(takst) == [Decimal(2687), Decimal(2652)]
    assert resultater(over) == [Decimal("96.4"), Decimal(0), Decimal(-302_560), Decimal(407_440)]
    assert konklusion(takst) == (
        "Enhedstaksten er 2.687\N{NO-BREAK SPACE}kr. pr. døgn uden efterregulering og 2.652\N{NO-BREAK SPACE}kr. pr. døgn, "
        "når årets efterregulering er regnet med."
    )
    assert "Regnskab 1: overskud på 922.560\N{NO-BREAK SPACE}kr.; intet indgår i taksten." in konklusion(over)
    assert "Regnskab 3: underskud på 1.427.440\N{NO-BREAK SPACE}kr.; 407.440\N{NO-BREAK SPACE}kr. indgår" in konklusion(
        over
    )


@pytest.mark.parametrize(
    ("andre", "ventet"),
    [
        ({Noegle.EFTERREGULERING_METODE: "alt"}, [0, -1_322_560, 1_427_440]),
        ({Noegle.EFTERREGULERING_TAERSKEL_PROCENT: "4"}, [-106_560, -506_560, 611_440]),
        ({Noegle.UNDERSKUD_REGEL: "baeres"}, [0, -302_560, 0]),
        ({Noegle.EFTERREGULERING_METODE: "hensaettelse"}, [0, -302_560, 407_440]),
        # 5 percent of the unit takst's own base, 22,694,814.12 kr.
        ({Noegle.EFTERREGULERING_GRUNDLAG: "takstgrundlag"}, [0, Decimal("-187819.29"), Decimal("292699.29")]),
    ],
)  # fmt: skip
def test_terms_decide_what_enters(andre: Mapping[Noegle, str], ventet: list[int]) -> None:
    assert [round(tal, 2) for tal in resultater(begge(andre)[0])[1:]] == ventet


@pytest.mark.parametrize(
    ("andre", "aar", "takst"),
    [
        ({Noegle.OVERHEAD_PROCENT: "0"}, 2026, Decimal(2535)),
        ({Noegle.OVERHEAD_METODE: "konkret"}, 2026, Decimal(2687)),
        ({Noegle.BELAEGNING_MAKS: "96"}, 2026, Decimal(2699)),
        ({Noegle.BELAEGNING_METODE: "aftale"}, 2026, Decimal(2699)),
        ({}, 2028, Decimal(2680)),
        ({Noegle.DAGSBASIS: "365"}, 2028, Decimal(2687)),
        ({Noegle.AFRUNDING: "oere"}, 2026, Decimal("2687.48")),
    ],
)
def test_terms_decide_the_unit_takst(andre: Mapping[Noegle, str], aar: int, takst: Decimal) -> None:
    assert resultater(begge(andre, aar=aar)[1])[0] == takst


def test_source_names_the_clauses_and_the_set() -> None:
    assert [eksempel.kilde for eksempel in begge()] == ["Takstberegning, sæt 7 i Testaftale"] * 2


def test_missing_term_is_named_and_the_other_example_still_computed() -> None:
    over, takst = begge(uden=Noegle.AFRUNDING)
    assert over.regnestykker
    assert not takst.regnestykker
    assert "»Taksten afrundes til« (afrunding, klausulen Takstberegning) mangler" in konklusion(takst)
    assert "»Underskud over tærsklen« (underskud_regel" in konklusion(begge(uden=Noegle.UNDERSKUD_REGEL)[0])


def test_without_a_set_both_say_so() -> None:
    assert [eksempel.hvorfor_ikke for eksempel in eksempler(None, 2026)] == [INTET_SAET] * 2


def test_rows_are_those_of_the_steps() -> None:
    over, takst = begge()
    poster = [*eksempelposter("R2", over), *eksempelposter("R2", takst)]
    assert [post.id for post in poster] == ["R2-O0", "R2-O1", "R2-O2", "R2-O3", "R2-O4", "R2-E0", "R2-E1", "R2-E2"]
    assert poster[-1].raekker[-1] == ("Takst", "F1", "afrundet til hele kroner, halve op", Decimal(2652), "kr.")
