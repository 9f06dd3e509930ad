"""Forms made from the columns of the register's sheets, so that a page and a file know the same words and the same rules."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from faelles.formularer import DatoFelt, Formular, vogt
from faelles.regneark import kolonner
from faelles.regneark.indlaesning import Raekkefejl
from faelles.regneark.kolonner import Ark, Kolonne, Ulaeselig
from tilbud.registerimport.blokark import MERPLADSER
from tilbud.registerimport.queries import vis
from tilbud.registerimport.sammenligning import kanonisk
from tilbud.registerimport.skema import PLADSER, Skema

# Say which row it is, and are given by the page.
STED = frozenset({"id", "tilbud"})
I_AFDELING = frozenset({PLADSER, MERPLADSER})
LANGE = frozenset({"beskrivelse"})
TYPEDE = frozenset({"p_nummer", "cvr"})  # digits with a reader of their own, which may look like a CPR number
SKILLE = "; "


class Arkform(Formular):
    """One row of a sheet. Only columns that somebody has changed are sent on: what a list no longer knows is not lost by a page."""

    def __init__(self, *args: Any, skema: Skema, ark: Ark, vaerdier: Mapping[str, Any] | None, **kwargs: Any) -> None:
        """`vaerdier` are the registered values in canonical form; None for a new row, whose every column is sent."""
        self.ny, self.skema = vaerdier is None, skema
        sted = STED | ({"afdeling"} if ark.navn in I_AFDELING else frozenset())
        self.kolonner = [kolonne for kolonne in ark.kolonner if kolonne.felt not in sted]
        foer = vaerdier if vaerdier is not None else {k.felt: kanonisk(k.felt, k.tom) for k in self.kolonner}
        initial = {k.felt: self._initial(k, foer[k.felt]) for k in self.kolonner}
        super().__init__(*args, initial=initial, **kwargs)
        for kolonne in self.kolonner:
            felt = _felt(kolonne, ny=self.ny, har=initial[kolonne.felt])
            vogt(felt)
            self.fields[kolonne.felt] = felt

    def _initial(self, kolonne: Kolonne, vaerdi: Any) -> Any:
        if kolonne.laes is kolonner.ja_nej:
            return bool(vaerdi)
        if kolonne.laes is kolonner.dato:
            return date.fromisoformat(vaerdi) if vaerdi else None
        ord_ = vis(self.skema, kolonne.felt, vaerdi)
        if kolonne.flere and kolonne.valg:
            return ord_.split(SKILLE) if ord_ else []
        return ord_

    def clean(self) -> dict[str, Any]:
        """Read what was written as a cell of the column would be read."""
        for kolonne in self.kolonner:
            if kolonne.felt in self.cleaned_data:
                try:
                    self.cleaned_data[kolonne.felt] = _laes(kolonne, self.cleaned_data[kolonne.felt])
                except Ulaeselig as fejl:
                    self.add_error(kolonne.felt, ValidationError(f"{fejl.regel} {fejl.rettelse}"))
        return self.cleaned_data

    @property
    def felter(self) -> dict[str, Any]:
        """The columns of a valid form that are to be compared with the register."""
        return {navn: v for navn, v in self.cleaned_data.items() if self.ny or navn in self.changed_data}

    def tilfoej(self, fejl: Iterable[Raekkefejl]) -> None:
        """Put the faults of a comparison at their columns, or above them all."""
        felter = {kolonne.navn: kolonne.felt for kolonne in self.kolonner}
        for en in fejl:
            self.add_error(felter.get(en.kolonne), ValidationError(f"{en.regel} {en.rettelse}"))


def _felt(kolonne: Kolonne, *, ny: bool, har: Any) -> forms.Field:
    """A list of a new row stands on nothing, so that nobody sends the first of its words unseen. What the row has (`har`) can be
    chosen too when the list no longer knows it: else whoever corrects something else would send another word unseen.
    """
    grund: dict[str, Any] = {"label": kolonne.navn, "help_text": kolonne.hjaelp, "required": kolonne.paakraevet}
    if kolonne.laes is kolonner.ja_nej:
        return forms.BooleanField(**{**grund, "required": False})
    if kolonne.laes is kolonner.dato:
        return DatoFelt(**grund)
    ord_ = [(et, et) for et in kolonne.valg]
    if kolonne.valg:
        ord_ += [(et, f"{et} (ikke på listen længere)") for et in _liste(har) if et not in kolonne.valg]
    if kolonne.flere and kolonne.valg:
        return forms.MultipleChoiceField(**grund, choices=ord_, widget=forms.CheckboxSelectMultiple)
    if kolonne.valg:
        return forms.ChoiceField(**grund, choices=[("", "Vælg"), *ord_] if ny or not kolonne.paakraevet else ord_)
    if kolonne.felt in TYPEDE:
        return forms.RegexField(r"^[0-9 ]*$", **grund, error_messages={"invalid": kolonne.hjaelp})
    widget = forms.Textarea(attrs={"rows": 4}) if kolonne.felt in LANGE else forms.TextInput()
    return forms.CharField(**grund, widget=widget)


def _liste(har: Any) -> Sequence[str]:
    return har if isinstance(har, list) else [har] if har else []


def _laes(kolonne: Kolonne, vaerdi: Any) -> Any:
    if isinstance(vaerdi, bool | date):
        return vaerdi
    celle = SKILLE.join(vaerdi) if isinstance(vaerdi, Sequence) and not isinstance(vaerdi, str) else vaerdi
    return kolonne.tom if celle in {None, ""} else kolonne.laes(celle)
