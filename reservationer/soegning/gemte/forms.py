"""The forms of saved searches."""

from django import forms

from faelles.formularer import Formular


class KvitterForm(Formular):
    """The latest find the page showed: what came after it has not been seen."""

    senest = forms.DateTimeField(widget=forms.HiddenInput)
