"""The difference of two texts: what it says can be put together to each of them again, and it finds the word that was changed."""

from hypothesis import given
from hypothesis import strategies as st

from rammeaftale.tekst.forskel import Art, Stykke, forskel, vilkaarsforskelle

tekster = st.text(alphabet="ab æ\n", max_size=60)


@given(tekster, tekster)
def test_pieces_make_both_texts(gammel: str, ny: str) -> None:
    stykker = forskel(gammel, ny)
    assert "".join(s.tekst for s in stykker if s.art is not Art.TILFOEJET) == gammel
    assert "".join(s.tekst for s in stykker if s.art is not Art.FJERNET) == ny


@given(tekster)
def test_a_text_does_not_differ_from_itself(tekst: str) -> None:
    assert all(s.art is Art.ENS for s in forskel(tekst, tekst))


def test_changed_word_alone_is_marked() -> None:
    assert forskel("Varslet er 30 dage.\nSlut", "Varslet er 45 dage.\nSlut") == [
        Stykke(Art.ENS, "Varslet er "),
        Stykke(Art.FJERNET, "30"),
        Stykke(Art.TILFOEJET, "45"),
        Stykke(Art.ENS, " dage.\nSlut"),
    ]


def test_terms_that_are_set_dropped_and_changed_are_told_and_others_not() -> None:
    forskelle = vilkaarsforskelle({"a": "1", "b": "2", "c": "3"}, {"b": "2", "c": "4", "d": "5"})
    assert [(f.noegle, f.foer, f.efter) for f in forskelle] == [("a", "1", None), ("c", "3", "4"), ("d", None, "5")]
