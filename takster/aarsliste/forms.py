"""What narrows the takst list of a year."""

from typing import Any, cast

from django import forms

from faelles.formularer import Formular
from kommuner.models import Kkr
from takster.aarsliste.queries import hjemler_med_takst


class ListeForm(Formular):
    """KKR, legal basis and words; all of them may be left open."""

    tekst = forms.CharField(label="Tilbuddets navn", required=False, max_length=80)
    kkr = forms.ChoiceField(label="KKR", required=False)
    hjemmel = forms.ChoiceField(label="Hjemmel", required=False)

    def __init__(self, *args: Any, aar: int, **kwargs: Any) -> None:
        """Fill in the KKRs, and the legal bases of the year."""
        super().__init__(*args, **kwargs)
        alle_kkr = [(kkr.slug, kkr.navn) for kkr in Kkr.objects.all()]
        cast(forms.ChoiceField, self.fields["kkr"]).choices = [("", "Hele landet"), *alle_kkr]
        hjemler = [(hjemmel.pk, str(hjemmel)) for hjemmel in hjemler_med_takst(aar)]
        cast(forms.ChoiceField, self.fields["hjemmel"]).choices = [("", "Alle hjemler"), *hjemler]
