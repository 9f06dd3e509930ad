"""Placeholders: known ones become their values as text, and nothing else gets by."""

from hypothesis import given
from hypothesis import strategies as st

from rammeaftale.rapporter.flettefelter import fejl, flet
from rammeaftale.tekst.markdown import som_html

KENDTE = ("tilbud", "pladser", "belaegning_sidste_aar")
ord_ = st.text(st.characters(exclude_characters="{}\n\r\x00", exclude_categories=["Cs"]), max_size=20)


def fundne(tekst: str) -> list[str]:
    return fejl(tekst, som_html(tekst), KENDTE)


def test_unknown_placeholder_is_named_with_the_nearest() -> None:
    assert fundne("Der er {{ tilbut }} og {{pladser}}.") == ["Flettefeltet »tilbut« findes ikke. Mente du »tilbud«?"]
    assert fundne("{{ noget helt andet }} {{ x }} {{ x }}") == [
        "Flettefeltet »noget helt andet« findes ikke. Felterne står ved siden af teksten.",
        "Flettefeltet »x« findes ikke. Felterne står ved siden af teksten.",
    ]


def test_half_a_placeholder_and_one_in_an_address_are_refused() -> None:
    for halv in ("{{ tilbud", "tilbud }}", "{{ til\nbud }}", "{{ {{ tilbud }}"):
        assert fundne(halv) == ["Et flettefelt skal begynde med {{ og slutte med }} på samme linje."]
    assert fundne("[her](https://www.example.dk/{{tilbud}})") == ["Et flettefelt kan ikke stå i en adresse."]
    assert fundne("Et {krøllet} ord og {{ tilbud }}, også i `{{ pladser }}`.") == []


def test_values_stand_where_they_belong_also_in_a_table() -> None:
    html = som_html("**{{ tilbud }}** i alt\n\n| A | B |\n|---|---|\n| {{pladser}} | {{ tilbud }} |\n")
    flettet = flet(html, {"tilbud": "1.234", "pladser": "5"})
    assert "<strong>1.234</strong>" in flettet
    assert "<td>5</td>" in flettet
    assert "{{" not in flettet


@given(vaerdi=st.text(max_size=40))
def test_value_is_never_markup(vaerdi: str) -> None:
    flettet = flet(som_html("Der er {{ tilbud }}."), {"tilbud": vaerdi})
    inde = flettet.removeprefix("<p>Der er ").removesuffix(".</p>\n")
    assert not {"<", ">", '"'} & set(inde)


@given(foer=ord_, navn=ord_, efter=ord_)
def test_a_text_without_faults_has_no_braces_left(foer: str, navn: str, efter: str) -> None:
    tekst = f"{foer}{{{{ {navn} }}}}{efter}{{{{tilbud}}}}"
    if not fundne(tekst):
        assert "{{" not in flet(som_html(tekst), dict.fromkeys(KENDTE, "7"))
    else:
        assert navn.strip() not in KENDTE or "](" in tekst or "<" in tekst
