"""Forms of the comparison's pages."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from faelles.formularer import Formular, vogt
from tilbud.models import Portalafvigelse, Portalbeslutning

FORNAVN = "beslutning_"


class BeslutningerForm(Formular):
    """A choice beside each difference nobody has decided about, and one remark for those chosen."""

    grund = forms.CharField(
        label="Bemærkning til de valgte",
        max_length=300,
        required=False,
        help_text="Ses af dem hos jer, der arbejder med tilbud. Skriv aldrig navne eller CPR-numre.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, afvigelser: Sequence[Portalafvigelse], **kwargs: Any) -> None:
        """Make a field for each."""
        super().__init__(*args, **kwargs)
        valg = [("", "Afgør senere"), *(v for v in Portalbeslutning.choices if v[0] != Portalbeslutning.AFVENTER)]
        for afvigelse in afvigelser:
            felt = forms.ChoiceField(label="Beslutning", choices=valg, required=False)
            felt.widget.attrs["aria-labelledby"] = f"felt-{afvigelse.pk}"
            vogt(felt)
            self.fields[f"{FORNAVN}{afvigelse.pk}"] = felt

    @property
    def valgte(self) -> dict[UUID, Portalbeslutning]:
        """What has been chosen; valid forms only."""
        return {
            UUID(navn.removeprefix(FORNAVN)): Portalbeslutning(vaerdi)
            for navn, vaerdi in self.cleaned_data.items()
            if navn.startswith(FORNAVN) and vaerdi
        }
