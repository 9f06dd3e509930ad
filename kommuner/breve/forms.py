"""The form of the mails one can choose."""

from collections.abc import Mapping, Sequence

from django import forms

from faelles.brevslags import MAADE_NAVN, Brevslags, Maade
from faelles.formularer import Formular


class BrevvalgForm(Formular):
    """A choice for each kind, as it is now."""

    def __init__(
        self, *args: object, slags: Sequence[Brevslags], valgte: Mapping[str, Maade], **kwargs: object
    ) -> None:
        """Make the fields."""
        super().__init__(*args, **kwargs)
        for en in slags:
            self.fields[en.kode] = forms.TypedChoiceField(
                label=en.navn,
                coerce=Maade,
                choices=[(maade.value, MAADE_NAVN[maade]) for maade in Maade if maade in en.maader],
                widget=forms.RadioSelect,
                initial=valgte.get(en.kode, en.maader[0]).value,
            )
