"""What narrows a log."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, cast

from django import forms

from faelles.formularer import DatoFelt, Formular
from faelles.tid import idag
from kommuner.spor.udvalg import ANDRE, EGNE, Udvalg

DAGE = timedelta(days=30)  # what is shown before one has chosen


class UdvalgForm(Formular):
    """Period, who, kind and thing. An empty form asks for the last thirty days."""

    fra = DatoFelt(label="Fra")
    til = DatoFelt(label="Til og med")
    hvem = forms.ChoiceField(label="Hvem", required=False)
    slags = forms.ChoiceField(label="Slags", required=False)
    objekt = forms.CharField(
        label="Reference eller id",
        required=False,
        max_length=100,
        help_text="Fx en sagsreference, et tilbuds navn eller et id. Skriv aldrig CPR-nummer eller navn.",
    )

    def __init__(self, data: Any, *, personer: Iterable[tuple[str, str]], slags: Iterable[tuple[str, str]]) -> None:
        """Offer the organisation's own people and systems, and the kinds of thing in the log."""
        dag = idag()
        super().__init__(
            data if _har_periode(data) else {**data.dict(), "fra": dag - DAGE, "til": dag},
        )
        cast(forms.ChoiceField, self.fields["hvem"]).choices = [
            ("", "Alle"),
            (EGNE, "Alle hos os"),
            (ANDRE, "Alle andre"),
            ("Hos os", list(personer)),
        ]
        cast(forms.ChoiceField, self.fields["slags"]).choices = [("", "Alt"), *slags]

    def clean(self) -> dict[str, Any]:
        """The last day may not lie before the first."""
        data = super().clean() or {}
        if data.get("fra") and data.get("til") and data["til"] < data["fra"]:
            self.add_error("til", "Sidste dag skal ligge efter første dag")
        return data

    @property
    def udvalg(self) -> Udvalg:
        """The question of a valid form."""
        data = self.cleaned_data
        return Udvalg(data["fra"], data["til"], data["hvem"], data["slags"], data["objekt"].strip())


def _har_periode(data: Any) -> bool:
    return any(navn.startswith(("fra", "til")) for navn in data)
