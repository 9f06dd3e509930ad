"""The tests' reading of a page's form is what a browser would send."""

from django.http import HttpResponse

from tests.formular import sendt

SIDE = """
<form><input name="q" value="andet"></form>
<form><input type="hidden" name="nyt_id" value="x"><input name="navn" value="Å &amp; B"><input name="vaek" value="1" disabled>
<input type="checkbox" name="flere" value="a" checked><input type="checkbox" name="flere" value="b">
<input type="checkbox" name="flere" value="c" checked><input type="radio" name="en" value="1"><input type="checkbox" name="ja" checked>
<select name="valgt"><option value="">Vælg</option><option value="2" selected>To</option></select>
<select name="foerste"><option value="1">Et</option><option value="2">To</option></select>
<select name="ingen" multiple><option value="1">Et</option></select>
<textarea name="tekst">
Linje</textarea><button name="gem" value="ja">Gem</button></form>
"""


def test_form_sends_what_stands_in_it_and_no_button() -> None:
    assert sendt(HttpResponse(SIDE)) == {
        "nyt_id": ["x"], "navn": ["Å & B"], "flere": ["a", "c"], "ja": ["on"], "valgt": ["2"], "foerste": ["1"], "tekst": ["Linje"],
    }  # fmt: skip
