"""The form of a need that is logged: the search says what it is."""

from django import forms

from faelles.formularer import Formular

HOEJST = 99  # the same need of so many citizens in a quarter


class LogForm(Formular):
    """Which of the citizens with the same need it is, as the page offered."""

    nummer = forms.IntegerField(min_value=1, max_value=HOEJST, widget=forms.HiddenInput)
