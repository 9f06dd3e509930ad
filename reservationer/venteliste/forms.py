"""Forms of the waiting list pages. What is right is decided by the actions; the forms only ask."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, Value
from django.db.models.functions import Concat

from faelles.formularer import DatoFelt, Formular
from faelles.tid import idag
from reservationer.sag import deling
from reservationer.sag.foranform import Springgrunde, bemaerkningsfelt
from reservationer.sag.forespoergsler.forms import ForespoergselForm, PladstilbudForm
from reservationer.sag.models import Henvendelse
from reservationer.venteliste.begreber import (
    AFMELDINGSGRUNDE,
    AFSLUTNING_NAVN,
    ALTERNATIVSVAR_NAVN,
    REGEL_NAVN,
    Afslutning,
    Alternativsvar,
    Regel,
)
from reservationer.venteliste.tildeling import Plads
from tilbud.models import Tilbud


class RegelForm(Formular):
    """The rule of an offer."""

    regel = forms.TypedChoiceField(
        label="Regel",
        coerce=Regel,
        choices=[(regel.value, navn) for regel, navn in REGEL_NAVN.items()],
        widget=forms.RadioSelect,
        help_text="Alle, der kan se tilbuddet, ser reglen",
        error_messages={"required": "Vælg en regel"},
    )


def _afdeling() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="Afdeling", required=False, coerce=UUID, empty_value=None, help_text=deling.PARTERNE
    )


def _afdelinger(tilbud: Tilbud) -> list[tuple[str, str]]:
    """The offer's departments to choose among, or any."""
    return [("", "En hvilken som helst"), *((str(et.pk), str(et)) for et in tilbud.afdelinger.all())]


class OpskrivningForm(Formular):
    """For which department the need waits."""

    afdeling = _afdeling()

    def __init__(self, *args: Any, tilbud: Tilbud, **kwargs: Any) -> None:
        """Offer the departments of the offer."""
        super().__init__(*args, **kwargs)
        self.fields["afdeling"].choices = _afdelinger(tilbud)  # type: ignore[attr-defined]  # a ChoiceField


class NytBehovForm(ForespoergselForm):
    """A need, and for which department of the one offer it is to wait."""

    afdeling = _afdeling()
    field_order = ("afdeling",)

    def __init__(self, *args: Any, tilbud: Tilbud, **kwargs: Any) -> None:
        """Offer the departments of the offer."""
        super().__init__(*args, spurgte=[tilbud], **kwargs)
        del self.fields["tilbud"]
        self._valg("afdeling").choices = _afdelinger(tilbud)


class AfmeldingForm(Formular):
    """Why the need waits no longer."""

    grund = forms.TypedChoiceField(
        label="Hvorfor venter behovet ikke længere?",
        coerce=Afslutning,
        choices=[("", "Vælg grund"), *((grund.value, AFSLUTNING_NAVN[grund]) for grund in AFMELDINGSGRUNDE)],
        error_messages={"required": "Vælg en af grundene"},
    )
    bemaerkning = bemaerkningsfelt("Bemærkning", deling.BEMAERKNING)


class AlternativForm(Formular):
    """Another offer the citizen was offered."""

    tilbud = forms.CharField(
        label="Tilbud",
        max_length=250,
        help_text="Navnet, som det står i listen over tilbud. Hedder flere det samme, så skriv kommunen efter et komma.",
        error_messages={"required": "Skriv tilbuddets navn"},
    )
    dato = DatoFelt(label="Tilbudt borgeren den", initial=idag)
    svar = forms.TypedChoiceField(
        label="Borgerens svar",
        coerce=Alternativsvar,
        choices=[("", "Vælg svar"), *((svar.value, navn) for svar, navn in ALTERNATIVSVAR_NAVN.items())],
        error_messages={"required": "Vælg borgerens svar"},
    )
    bemaerkning = bemaerkningsfelt("Bemærkning", f"Ses kun i jeres egen kommune. {deling.UDEN_NAVNE}")

    def clean_tilbud(self) -> UUID:
        """The one offer of the name."""
        navn = self.cleaned_data["tilbud"].strip()
        med_kommune = Concat("navn", Value(", "), "beliggenhedskommune__kortnavn")
        fundne = Tilbud.objects.annotate(fuldt=med_kommune).filter(Q(navn__iexact=navn) | Q(fuldt__iexact=navn))[:2]
        if not fundne:
            raise forms.ValidationError("Intet tilbud hedder sådan")
        if len(fundne) > 1:
            raise forms.ValidationError("Flere tilbud hedder sådan; skriv kommunen efter et komma")
        return fundne[0].pk


class Grunde(Springgrunde):
    """A reason for each who may be passed over, and the list as it was seen."""

    tildelinger = forms.IntegerField(widget=forms.HiddenInput)


class TilbydForm(PladstilbudForm, Grunde):
    """The place that is offered, and why those before do not get it."""

    field_order = ("tildelinger",)

    def __init__(self, *args: Any, henvendelse: Henvendelse, navne: Mapping[UUID, str], **kwargs: Any) -> None:
        """`navne`: those who may be passed over."""
        super().__init__(*args, henvendelse=henvendelse, **kwargs)
        self.spoerg(navne, "Kun for dem, der venter på en plads i den afdeling, du vælger")

    @property
    def plads(self) -> Plads:
        """The place of a valid form."""
        return Plads(self.afdeling_id, self.periode, self.pris, self.plads_id)


class IngenForm(Grunde):
    """In which department nobody got a free place, and why none of those who wait did."""

    afdeling = forms.TypedChoiceField(
        label="Afdeling", coerce=UUID, error_messages={"required": "Vælg den afdeling, pladsen er i"}
    )

    def __init__(self, *args: Any, tilbud: Tilbud, navne: Mapping[UUID, str], **kwargs: Any) -> None:
        """Offer the departments of the offer; `navne`: those who wait."""
        super().__init__(*args, **kwargs)
        afdelinger = [(str(afdeling.pk), str(afdeling)) for afdeling in tilbud.afdelinger.all()]
        self.fields["afdeling"].choices = [("", "Vælg afdeling"), *afdelinger]  # type: ignore[attr-defined]  # a ChoiceField
        self.spoerg(navne, "Kun for dem, der venter på en plads i afdelingen")
