"""The form of a check."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from faelles.formularer import DatoFelt, Formular
from faelles.tid import idag
from tilbud.models import Tilbud


def _pris(navn: str, hjaelp: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=navn,
        min_value=Decimal("0.01"),
        max_digits=9,
        decimal_places=2,
        localize=True,
        help_text=hjaelp,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"required": "Skriv prisen i kroner pr. døgn"},
    )


class ProeveForm(Formular):
    """Which offer was visited, which one the citizen wants, and what they cost."""

    visiteret = forms.TypedChoiceField(
        label="Det visiterede tilbud", coerce=UUID, error_messages={"required": "Vælg det visiterede tilbud"}
    )
    visiteret_udgift = _pris(
        "Udgift til det visiterede tilbud i kr. pr. døgn", "Den forhandlede pris. For et privat tilbud uden moms."
    )
    oensket = forms.TypedChoiceField(
        label="Det tilbud, borgeren ønsker", coerce=UUID, error_messages={"required": "Vælg det ønskede tilbud"}
    )
    forhandlet_pris = _pris("Forhandlet pris for det ønskede tilbud i kr. pr. døgn", "For et privat tilbud uden moms.")
    dato = DatoFelt(label="Priserne gælder den", initial=idag)
    begrundelse = forms.CharField(
        label="Begrundelse",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Trykkes i notatet. Ses kun af jeres kommune. Skriv aldrig CPR-nummer eller navn.",
    )

    def __init__(self, *args: Any, tilbud: Iterable[Tilbud], **kwargs: Any) -> None:
        """Choose among the offers that were compared."""
        super().__init__(*args, **kwargs)
        valg = [("", "Vælg tilbud"), *((str(et.pk), f"{et} ({et.driftsherre})") for et in tilbud)]
        for navn in ("visiteret", "oensket"):
            self.fields[navn].choices = valg  # type: ignore[attr-defined]  # a ChoiceField
