"""Forms of the register's pages."""

from typing import Any, cast

from django import forms

from faelles.formularer import Formular
from tilbud.queries import kommuner_med_tilbud


class FilterForm(Formular):
    """What narrows the list of offers."""

    tekst = forms.CharField(label="Navn", required=False, max_length=80)
    kommune = forms.ChoiceField(label="Kommune", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill in the municipalities of today."""
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["kommune"]).choices = [("", "Alle kommuner"), *kommuner_med_tilbud()]
