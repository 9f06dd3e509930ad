"""Forms of the pages about knowledge that is passed on."""

from collections.abc import Collection, Iterable
from typing import Any, cast
from uuid import UUID

from django import forms

from faelles.formularer import DatoFelt, Formular
from faelles.tid import idag
from kommuner.models import Organisation
from rammeaftale.forms import SES_AF_PARTERNE
from rammeaftale.videndeling.actions import Videnindhold
from rammeaftale.videndeling.queries import SKYLDENDE
from rammeaftale.videndeling.regler import VIDENFORM_NAVN, Videnform
from tilbud.models import Niveau


class NiveauvalgForm(Formular):
    """Which level is shown."""

    niveau = forms.TypedChoiceField(
        label="Niveau",
        coerce=int,
        choices=[(tal, navn) for tal, navn in Niveau.NAVNE if tal in SKYLDENDE],
    )


class VidenForm(Formular):
    """What an offer passed on."""

    emne = forms.CharField(
        label="Hvad handlede det om?",
        max_length=160,
        help_text=f"F.eks. Kommunikation uden ord. {SES_AF_PARTERNE} Skriv aldrig navne eller CPR-numre.",
        error_messages={"required": "Skriv, hvad det handlede om"},
    )
    form = forms.TypedChoiceField(
        label="Hvordan?",
        coerce=Videnform,
        choices=[(f.value, VIDENFORM_NAVN[f]) for f in Videnform],
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg, hvordan viden blev givet videre"},
    )
    dato = DatoFelt(label="Dato", initial=idag)
    modtagere = forms.TypedMultipleChoiceField(
        label="Hvem fik den?",
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Vælg mindst én"},
    )
    url = forms.CharField(
        label="Link",
        max_length=500,
        required=False,
        help_text=f"F.eks. til materialet. Begynder med https://. {SES_AF_PARTERNE}",
    )

    def __init__(self, *args: Any, modtagere: Iterable[Organisation], skyldes: Collection[UUID], **kwargs: Any) -> None:
        """`modtagere` can be chosen; `skyldes` are those the offer owes knowledge, who are marked."""
        super().__init__(*args, **kwargs)
        valg = [(str(o.pk), f"{o.navn}{'' if o.pk in skyldes else ' (ingen pligt)'}") for o in modtagere]
        cast(forms.ChoiceField, self.fields["modtagere"]).choices = valg

    @property
    def indhold(self) -> Videnindhold:
        """What was written, once the form is valid."""
        return Videnindhold(**self.cleaned_data)
