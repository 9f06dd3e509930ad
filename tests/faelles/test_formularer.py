from datetime import date

import pytest
from django import forms
from django.http import QueryDict

from faelles.formularer import DatoFelt


class Proeveform(forms.Form):
    maalgruppe = forms.ChoiceField(label="Målgruppe", choices=[("", "Vælg"), ("1", "Autisme")], help_text="Efter FFB")
    hjemmel = forms.ChoiceField(label="Hjemmel", widget=forms.RadioSelect, choices=[("107", "§ 107"), ("108", "§ 108")])
    fra = DatoFelt(label="Fra og med")
    note = forms.CharField(label="Note", required=False, widget=forms.TextInput(attrs={"placeholder": "Skriv her"}))
    aftalt = forms.BooleanField(label="Aftalt med borgeren", required=False)


def fra(query: str) -> forms.BoundField:
    return Proeveform(QueryDict(query))["fra"]


@pytest.mark.parametrize(
    "query",
    ["fra_dag=1&fra_maaned=3&fra_aar=2026", "fra=1.3.2026", "fra=01-03-2026", "fra=1/3/2026", "fra=2026-03-01"],
)
def test_datofelt_reads_typed_parts_and_links_alike(query: str) -> None:
    form = Proeveform(QueryDict(query))
    form.is_valid()
    assert form.cleaned_data["fra"] == date(2026, 3, 1)
    assert [
        del_["vaerdi"].lstrip("0")
        for del_ in form.fields["fra"].widget.get_context("fra", form["fra"].value(), None)["dele"]
    ] == ["1", "3", "2026"]


@pytest.mark.parametrize(
    ("query", "besked"),
    [
        ("", "Skriv en dato"),
        ("fra_dag=1&fra_maaned=3", "Datoen mangler år"),
        ("fra_aar=2026", "Datoen mangler dag og måned"),
        ("fra_dag=30&fra_maaned=2&fra_aar=2026", "Skriv en dato, der findes, f.eks. 1 3 2026"),
        ("fra=snart", "Skriv en dato, der findes, f.eks. 1 3 2026"),
    ],
)
def test_datofelt_says_what_is_wrong(query: str, besked: str) -> None:
    assert fra(query).errors == [besked]


def test_datofelt_keeps_what_was_typed_when_it_is_wrong() -> None:
    html = str(fra("fra_dag=30&fra_maaned=2&fra_aar=2026"))
    assert 'value="30"' in html
    assert 'value="2026"' in html


def test_form_renders_dkfds_markup_with_hint_and_error_referenced() -> None:
    html = str(Proeveform(QueryDict("maalgruppe=")))
    assert 'class="form-select"' in html
    assert 'aria-describedby="id_maalgruppe_helptext id_maalgruppe_error"' in html
    assert 'id="id_maalgruppe_helptext"' in html
    assert 'id="id_maalgruppe_error"' in html
    assert 'aria-invalid="true"' in html
    assert html.count("<legend") == 2
    assert html.count('class="form-radio"') == 2
    assert html.count('class="form-checkbox"') == 1


def test_form_marks_optional_fields_and_drops_placeholders() -> None:
    html = str(Proeveform())
    assert html.count("(frivilligt)") == 1
    assert "placeholder" not in html
    assert "form-error" not in html
