"""Two who have the same form open: what another saved is seen, what one wrote oneself stands, and nothing is overwritten unseen."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from faelles.fejl import Konflikt
from faelles.formularer import DatoFelt
from rammeaftale.samtidig import Retteform
from rammeaftale.tekst.forskel import Art

SAGT = "Kære alle\nSvar venligst."
GEMT: dict[str, object] = {
    "titel": "Udkast",
    "frist": date(2027, 3, 1),
    "brev": SAGT,
    "art": "a",
    "hvem": [1, 2],
    "med": True,
}


class Form(Retteform):
    """One field of each kind."""

    titel = forms.CharField(label="Titel")
    frist = DatoFelt(label="Frist")
    brev = forms.CharField(label="Brev", required=False)
    art = forms.ChoiceField(label="Art", choices=[("a", "Den ene"), ("b", "Den anden")])
    hvem = forms.TypedMultipleChoiceField(
        label="Hvem", coerce=int, required=False, choices=[(1, "Herlev"), (2, "Rødovre")]
    )
    med = forms.BooleanField(label="Med", required=False)


def sendt(**rettet: Any) -> Form:
    """The form as a browser sends it, opened of what is saved, with these of its fields changed."""
    data = QueryDict(mutable=True)
    felter = {
        "titel": "Udkast",
        "frist_dag": "1",
        "frist_maaned": "3",
        "frist_aar": "2027",
        "brev": SAGT.replace("\n", "\r\n"),
    }
    data.update({**felter, "art": "a", "aabnet": Form(initial=GEMT).aabnet, "med": "on", **rettet})
    data.setlist("hvem", ["2", "1"])
    form = Form(data, initial=GEMT)
    assert form.is_valid(), form.errors
    return form


def afvist(form: Form, **andens: object) -> dict[str, tuple[str, list[tuple[Art, str]]]]:
    with pytest.raises(Konflikt) as fejl:
        form.kraev_set({**GEMT, **andens})
    assert fejl.value.kode == "rettet_af_anden"
    return {a.navn: (a.nu, [(s.art, s.tekst) for s in a.forskel]) for a in form.andens}


def test_form_nobody_else_has_touched_is_let_through_whatever_is_written_in_it() -> None:
    for form in (sendt(), sendt(titel="Nyt", art="b", frist_dag="9", brev="")):
        form.kraev_set(GEMT)
        assert form.andens == ()


def test_field_both_have_changed_keeps_the_writers_own_beside_the_difference() -> None:
    form = sendt(titel="Mit udkast", frist_dag="9")
    ens, fjernet, tilfoejet = Art.ENS, Art.FJERNET, Art.TILFOEJET
    assert afvist(form, titel="Deres udkast", frist=date(2027, 3, 8)) == {
        "Titel": ("Deres udkast", [(fjernet, "Deres"), (tilfoejet, "Mit"), (ens, " udkast")]),
        "Frist": ("8.\xa0marts 2027", [(fjernet, "8."), (tilfoejet, "9."), (ens, "\xa0marts 2027")]),
    }
    assert (form.cleaned_data["titel"], form.cleaned_data["frist"]) == ("Mit udkast", date(2027, 3, 9))


def test_field_only_the_other_has_changed_follows_the_other() -> None:
    form = sendt(titel="Mit udkast")
    sagt = afvist(form, art="b", hvem=[2], med=False, brev="")
    assert sagt == {"Art": ("Den anden", []), "Hvem": ("Rødovre", []), "Med": ("", []), "Brev": ("", [])}
    assert form.cleaned_data == {**GEMT, "titel": "Mit udkast", "art": "b", "hvem": [2], "med": False, "brev": ""}


def test_form_shown_again_is_saved_on_top_of_what_it_showed_and_of_nothing_newer() -> None:
    form = sendt(titel="Mit udkast")
    afvist(form, titel="Deres")
    igen = sendt(titel="Mit udkast", aabnet=form.aabnet)
    igen.kraev_set({**GEMT, "titel": "Deres"})
    assert afvist(sendt(titel="Mit udkast", aabnet=form.aabnet), titel="Deres igen")["Titel"][0] == "Deres igen"


def test_two_who_wrote_the_same_are_not_kept_from_it() -> None:
    form = sendt(titel="Det samme")
    form.kraev_set({**GEMT, "titel": "Det samme"})
    assert form.andens == ()


@pytest.mark.parametrize("maerker", ["", "titel", "titel=x&frist=", "%00&&&=="])
def test_form_that_does_not_say_what_it_was_opened_with_overwrites_nothing(maerker: str) -> None:
    assert "Titel" in afvist(sendt(titel="Mit", aabnet=maerker))


def test_value_the_page_only_shows_is_told_of_by_its_name() -> None:
    class Send(Retteform):
        pass

    initial: dict[str, object] = {"Frist": date(2027, 3, 1), "Parter": ["a", "b"]}
    form = Send({"aabnet": Send(initial=initial).aabnet})
    assert form.is_valid()
    form.kraev_set({**initial, "Parter": ["b", "a"]})
    with pytest.raises(Konflikt):
        form.kraev_set({"Frist": date(2027, 3, 2), "Parter": []})
    assert [(a.navn, a.nu) for a in form.andens] == [("Frist", "2.\xa0marts 2027"), ("Parter", "")]
