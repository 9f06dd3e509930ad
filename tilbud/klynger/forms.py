"""Forms of the clusters' pages."""

from typing import Any, cast
from uuid import UUID

from django import forms

from faelles.formularer import DatoFelt, Formular
from faelles.tid import idag
from kommuner.models import Kkr
from tilbud.models import Maalgruppe
from tilbud.niveauer.queries import kommuner_i


class KlyngeForm(Formular):
    """A cluster's name, purpose and target groups."""

    navn = forms.CharField(label="Navn", max_length=120, error_messages={"required": "Skriv klyngens navn"})
    formaal = forms.CharField(
        label="Formål",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Hvad kommunerne deles om og udvikler sammen.",
    )
    maalgrupper = forms.TypedMultipleChoiceField(
        label="Målgrupper", required=False, coerce=UUID, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill in the target groups."""
        super().__init__(*args, **kwargs)
        grupper = Maalgruppe.objects.filter(valgbar=True).values_list("pk", "term")
        cast(forms.ChoiceField, self.fields["maalgrupper"]).choices = [(str(pk), term) for pk, term in grupper]


class MedlemForm(Formular):
    """A municipality that becomes a member."""

    kommune = forms.ChoiceField(label="Kommune", error_messages={"required": "Vælg en kommune"})
    fra = DatoFelt(label="Medlem fra", initial=idag)

    def __init__(self, *args: Any, kkr: Kkr, **kwargs: Any) -> None:
        """Fill in the municipalities of the KKR today."""
        super().__init__(*args, **kwargs)
        kommuner = [("", "Vælg kommune"), *kommuner_i(kkr, idag()).values_list("pk", "kortnavn")]
        cast(forms.ChoiceField, self.fields["kommune"]).choices = kommuner


class AfslutForm(Formular):
    """The last day of a membership."""

    sidste_dag = DatoFelt(label="Sidste dag som medlem", initial=idag)


class AfslutKlyngeForm(Formular):
    """The last day of a cluster."""

    sidste_dag = DatoFelt(
        label="Klyngens sidste dag",
        initial=idag,
        help_text="De kommuner, der er medlem da, er det til og med den dag. Klyngen kan ikke åbnes igen.",
    )
