"""The form of a choice."""

from typing import Any
from uuid import UUID

from django import forms

from faelles.formularer import Formular
from reservationer.soegning.models import Tilbudsvalg
from reservationer.soegning.sammenlign.indhold import Sammenligning


class ValgForm(Formular):
    """Which of the compared was chosen, and why."""

    afdeling = forms.TypedChoiceField(
        label="Det valgte tilbud",
        coerce=UUID,
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg et af tilbuddene"},
    )
    begrundelse = forms.CharField(
        label="Begrundelse",
        max_length=Tilbudsvalg._meta.get_field("begrundelse").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=(
            "Hvorfor passer tilbuddet bedst? Trykkes i notatet. Ses kun af jeres kommune. Skriv aldrig CPR-nummer eller navn,"
            " og intet om, hvem borgeren er."
        ),
        error_messages={"required": "Skriv, hvorfor I vælger tilbuddet"},
    )

    tryk = forms.RegexField(r"^[0-9a-f]{32}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sammenligning: Sammenligning, **kwargs: Any) -> None:
        """Choose among the departments that were compared; the page carries the fingerprint of the comparison it shows."""
        super().__init__(*args, **kwargs)
        self.fields["tryk"].initial = sammenligning.tryk
        valg = [(str(kolonne.afdeling_id), str(kolonne)) for kolonne in sammenligning.kolonner]
        self.fields["afdeling"].choices = valg  # type: ignore[attr-defined]  # a ChoiceField

    def vis_igen(self, sammenligning: Sammenligning, besked: str) -> "ValgForm":
        """What was typed, beside the comparison as it is now."""
        form = ValgForm(dict(self.data.items()) | {"tryk": sammenligning.tryk}, sammenligning=sammenligning)
        form.add_error(None, besked)
        return form
