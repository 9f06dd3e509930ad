from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from faelles.regneark.indlaesning import Raekke
from tilbud.portal.afvigelser import Afvigelse, sammenlign
from tilbud.portal.skema import SAMMENLIGNES
from tilbud.registerimport.sammenligning import Post
from tilbud.registerimport.skema import Kodelister, byg_skema

SKEMA = byg_skema(Kodelister((), (("SEL-107", "SEL-107"), ("BL-43", "BL-43")), (), afloeste={"SEL-66": "BL-43"}))

VORES: Mapping[str, Any] = {
    **dict.fromkeys(SAMMENLIGNES, ""),
    "tilbudsportal_id": "1", "navn": "Her", "hjemler": ["SEL-107"], "maalgrupper": [], "alder_fra": 18, "alder_til": None,
    "lukket_fra": None, "beskyttet_adresse": False,
}  # fmt: skip


def post(id_: str = "a", **felter: Any) -> Post:
    return Post(id_, "", {**VORES, **felter})


def raekke(**felter: Any) -> Raekke:
    return Raekke(2, felter)


def test_only_what_the_extract_says_is_compared_in_canonical_form() -> None:
    fund = sammenlign(
        [raekke(tilbudsportal_id="1", navn="Der", alder_fra=None, hjemler=["SEL-108", "SEL-107"])], [post()], SKEMA
    )
    assert fund.afvigelser == [
        Afvigelse("a", "navn", "Her", "Der"),
        Afvigelse("a", "hjemler", ["SEL-107"], ["SEL-107", "SEL-108"]),
    ]
    lukket = sammenlign([raekke(tilbudsportal_id="1", lukket_fra=date(2027, 1, 1))], [post()], SKEMA)
    assert lukket.afvigelser == [Afvigelse("a", "lukket_fra", None, "2027-01-01")]


def test_row_without_an_own_offer_is_counted_and_an_offer_not_in_it_is_missing() -> None:
    fund = sammenlign([raekke(tilbudsportal_id="9", navn="Andres")], [post(), post("b", tilbudsportal_id="")], SKEMA)
    assert (fund.ukendte, fund.afvigelser, fund.mangler) == (1, [], ["a"])
    assert sammenlign([], [post(lukket_fra="2026-01-01")], SKEMA).mangler == []


def test_offer_without_id_is_known_by_a_p_number_nobody_else_has() -> None:
    uden = post("b", tilbudsportal_id="", p_nummer="1012345678")
    fund = sammenlign([raekke(tilbudsportal_id="7", p_nummer="1012345678")], [uden], SKEMA)
    assert fund.afvigelser == [Afvigelse("b", "tilbudsportal_id", "", "7")]
    to = sammenlign(
        [raekke(tilbudsportal_id="7", p_nummer="1012345678")],
        [uden, post("c", tilbudsportal_id="", p_nummer="1012345678")],
        SKEMA,
    )
    assert (to.ukendte, to.afvigelser) == (1, [])


def test_old_code_of_the_portals_is_no_difference_from_itself_nor_from_what_took_its_place() -> None:
    def fundet(vores: str) -> list[Afvigelse]:
        return sammenlign([raekke(tilbudsportal_id="1", hjemler=["SEL-66"])], [post(hjemler=[vores])], SKEMA).afvigelser

    assert fundet("SEL-66") == fundet("BL-43") == []
    assert fundet("SEL-107") == [Afvigelse("a", "hjemler", ["SEL-107"], ["BL-43"])]


def test_protected_address_is_never_compared() -> None:
    skjult = post(beskyttet_adresse=True)
    assert sammenlign([raekke(tilbudsportal_id="1", adresse="Hemmelig Gade 7")], [skjult], SKEMA).afvigelser == []


@given(st.lists(st.sampled_from("abcde"), max_size=6), st.sets(st.sampled_from("abcde"), max_size=5))
def test_every_row_is_an_offer_once_or_somebody_elses(raekker: list[str], egne: set[str]) -> None:
    poster = [post(f"id-{nr}", tilbudsportal_id=nr) for nr in sorted(egne)]
    fund = sammenlign([raekke(tilbudsportal_id=nr, navn="Her") for nr in raekker], poster, SKEMA)
    assert len(fund.tilbud) + fund.ukendte == len(raekker)
    assert {f"id-{nr}" for nr in egne} == {*fund.tilbud, *fund.mangler}
    assert fund.afvigelser == []
