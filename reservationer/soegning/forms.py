"""The search form: what people type, and the shareable address it becomes."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django import forms

from faelles.formularer import DatoFelt
from faelles.tid import Periode, idag
from reservationer.soegning.sammenfatning import Soegekriterier
from tilbud.models import Hjemmel, Maalgruppe
from tilbud.queries import kommuner_med_tilbud

Valg = list[tuple[str, Any]]


def hjemmelvalg(hjemler: Iterable[Hjemmel]) -> Valg:
    """Choices grouped by law; codes of old laws are found through today's."""
    grupper: dict[str, list[tuple[str, str]]] = {}
    for hjemmel in hjemler:
        grupper.setdefault(hjemmel.lov, []).append((hjemmel.kode, str(hjemmel)))
    return list(grupper.items())


class SoegeForm(forms.Form):
    """`til` is the last day, as people name it; the criteria's period is half-open."""

    maalgruppe = forms.TypedChoiceField(
        label="Målgruppe", required=False, coerce=UUID, empty_value=None, help_text="Fælles Faglige Begreber (FFB)"
    )
    hjemmel = forms.TypedChoiceField(label="Hjemmel", required=False, empty_value=None)
    fra = DatoFelt(label="Fra")
    til = DatoFelt(label="Til og med", required=False, help_text="Lad stå tomt, hvis slutdatoen ikke kendes")
    hoejeste_takst = forms.DecimalField(
        label="Højeste takst i kr. pr. døgn",
        required=False,
        min_value=Decimal(1),
        max_digits=9,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    tekst = forms.CharField(label="Tilbuddets navn", required=False, max_length=80)
    kommuner = forms.MultipleChoiceField(
        label="Kommuner, hvor tilbuddet ligger", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Fill in the choices of today."""
        super().__init__(*args, **kwargs)
        self.fields["fra"].initial = idag
        self.fields["maalgruppe"].widget.attrs |= {"data-genvej": "/", "data-genvej-navn": "Gå til søgefelterne"}
        grupper = Maalgruppe.objects.filter(valgbar=True).values_list("kode", "term")
        self._valg("maalgruppe").choices = [("", "Alle målgrupper"), *((str(kode), term) for kode, term in grupper)]
        hjemler = hjemmelvalg(Hjemmel.objects.filter(erstattes_af=None))
        self._valg("hjemmel").choices = [("", "Alle hjemler"), *hjemler]
        self._valg("kommuner").choices = kommuner_med_tilbud()

    def _valg(self, navn: str) -> forms.ChoiceField:
        return cast(forms.ChoiceField, self.fields[navn])

    def clean(self) -> dict[str, Any]:
        """The last day may not lie before the first, and nobody can be placed yesterday."""
        data = super().clean() or {}
        fra, til = data.get("fra"), data.get("til")
        if fra and fra < idag():
            self.add_error("fra", "Perioden kan tidligst begynde i dag")
        if fra and til and til < fra:
            self.add_error("til", "Sidste dag skal ligge efter første dag")
        return data

    @property
    def kriterier(self) -> Soegekriterier:
        """What a valid form asks for."""
        data = self.cleaned_data
        til = data["til"]
        return Soegekriterier(
            periode=Periode(data["fra"], til + timedelta(days=1) if til else None),
            maalgruppe=data["maalgruppe"],
            hjemmel=data["hjemmel"],
            kommuner=tuple(data["kommuner"]),
            hoejeste_takst=data["hoejeste_takst"],
            tekst=data["tekst"],
        )
