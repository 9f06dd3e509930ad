"""The form of a planned report."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from faelles.formularer import DatoFelt, Formular
from rammeaftale.models import Rammeaftale
from rammeaftale.rapporter.planer.regler import Hver
from rammeaftale.rapporter.register import RAPPORTTYPER


class Planform(Formular):
    """Which report, of which agreement, and how often."""

    type = forms.ChoiceField(
        label="Rapport",
        choices=[(type_.noegle, type_.navn) for type_ in RAPPORTTYPER.values() if not type_.om_kommune],
    )
    aftale = forms.ChoiceField(label="Om aftalen")
    hver = forms.ChoiceField(label="Hvor tit?", choices=Hver.choices)
    foerste = DatoFelt(
        label="Første gang",
        help_text="Rapporten laves om morgenen den dag, og igen på den samme dag i måneden. Du får en mail, når den er færdig.",
    )

    def __init__(self, *args: Any, aftaler: Iterable[Rammeaftale], **kwargs: Any) -> None:
        """`aftaler`: those the actor may order reports of."""
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["aftale"]).choices = [(aftale.slug, aftale.titel) for aftale in aftaler]
