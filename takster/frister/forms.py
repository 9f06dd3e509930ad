"""The form of reminders."""

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from django import forms

from faelles.formularer import Formular
from takster.frister.queries import Driftsherrestade


class PaamindForm(Formular):
    """Who is to be reminded."""

    driftsherrer = forms.TypedMultipleChoiceField(
        label="Hvem skal påmindes?",
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Vælg mindst én"},
    )

    def __init__(self, *args: object, kan: Iterable[Driftsherrestade], valgt: str = "", **kwargs: object) -> None:
        """`kan` are those who can be reminded; all are chosen already, or the one that is `valgt` when it is among them."""
        super().__init__(*args, **kwargs)
        valg = [(str(d.id), f"{d.navn}: {_mangler(len(d.mangler))}") for d in kan]
        felt = cast(forms.ChoiceField, self.fields["driftsherrer"])
        felt.choices = valg
        felt.initial = [pk for pk, _ in valg if pk == valgt] or [pk for pk, _ in valg]


def _mangler(antal: int) -> str:
    return "mangler 1 tilbud" if antal == 1 else f"mangler {antal} tilbud"
