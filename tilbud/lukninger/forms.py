"""Forms of the closure pages."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django import forms

from faelles.formularer import DatoFelt, Formular
from tilbud.belaegning.models import Lukningsgrund
from tilbud.models import Plads


class LukForm(Formular):
    """What is closed, on which days, and why."""

    plads = forms.TypedChoiceField(label="Hvad lukker?", required=False, coerce=UUID, empty_value=None)
    fra = DatoFelt(label="Lukket fra")
    til = DatoFelt(label="Åbner igen", help_text="Den første dag, pladsen kan bruges igen")
    grund = forms.ChoiceField(
        label="Grund",
        choices=[("", "Vælg"), *Lukningsgrund.choices],
        error_messages={"required": "Vælg, hvorfor der lukkes"},
    )
    bemaerkning = forms.CharField(
        label="Bemærkning",
        required=False,
        max_length=200,
        help_text="Ses af alle, der kan se tilbuddet. Skriv aldrig om borgere, og aldrig navne eller CPR-numre.",
    )

    def __init__(self, *args: Any, pladser: Iterable[Plads], **kwargs: Any) -> None:
        """The places of the department to choose among."""
        super().__init__(*args, **kwargs)
        valg = [("", "Hele afdelingen"), *((str(plads.pk), plads.betegnelse) for plads in pladser)]
        cast(forms.ChoiceField, self.fields["plads"]).choices = valg


class AabnForm(Formular):
    """When it opens again."""

    fra = DatoFelt(label="Åbner igen", help_text="Den første dag, pladsen kan bruges igen")
