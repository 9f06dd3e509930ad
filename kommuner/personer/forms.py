"""Forms about people and roles. What is right is decided by the actions; the forms only ask."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django import forms

from faelles.formularer import DatoFelt, Formular
from faelles.tid import Periode, idag
from kommuner.models import Rolle

EMAIL = "Skriv en e-mailadresse, f.eks. navn@kommune.dk"


def _valg(form: forms.Form, felt: str, valg: Sequence[tuple[str, str]]) -> None:
    cast(forms.ChoiceField, form.fields[felt]).choices = valg


def _emailfelt(hjaelp: str) -> forms.EmailField:
    return forms.EmailField(
        label="E-mail",
        max_length=254,
        help_text=hjaelp,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": EMAIL, "invalid": EMAIL},
    )


class _MedTilbud(Formular):
    """The offers a leader of offers can be limited to; the field is there only when the organisation has any."""

    kun_tilbud = forms.TypedMultipleChoiceField(
        label="Kun disse tilbud",
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kun for en tilbudsleder. Vælger du ingen, gælder rollen alle organisationens tilbud.",
        error_messages={"invalid_choice": "Vælg kun tilbud, som organisationen selv driver."},
    )

    def __init__(self, *args: Any, tilbud: Mapping[UUID, str], **kwargs: Any) -> None:
        """Offer the organisation's own."""
        super().__init__(*args, **kwargs)
        _valg(self, "kun_tilbud", [(str(ide), navn) for ide, navn in tilbud.items()])
        if not tilbud:
            del self.fields["kun_tilbud"]

    @property
    def valgte_tilbud(self) -> list[UUID]:
        """The offers of a valid form."""
        return list(self.cleaned_data.get("kun_tilbud", []))


class InvitationForm(_MedTilbud):
    """Whom to invite, and to what."""

    email = _emailfelt("Personens egen arbejdsmail. Den logger personen også på med.")
    roller = forms.MultipleChoiceField(
        label="Roller",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Vælg mindst en rolle"},
        help_text="En administrator foreslås for sig, for det kræver to personer.",
    )
    field_order = ("email", "roller", "kun_tilbud")

    def __init__(self, *args: Any, roller: Sequence[Rolle], **kwargs: Any) -> None:
        """Offer the roles of the kind of organisation."""
        super().__init__(*args, **kwargs)
        _valg(self, "roller", [(rolle.value, rolle.label) for rolle in roller])


class RolleForm(_MedTilbud):
    """A role with its first and perhaps its last day."""

    rolle = forms.ChoiceField(label="Rolle", error_messages={"required": "Vælg en rolle"})
    fra = DatoFelt(label="Første dag", initial=idag)
    til = DatoFelt(label="Sidste dag", required=False, help_text="Lad stå tomt, hvis rollen gælder indtil videre")
    field_order = ("rolle", "fra", "til", "kun_tilbud")

    def __init__(self, *args: Any, roller: Sequence[Rolle], **kwargs: Any) -> None:
        """Offer the roles of the kind of organisation."""
        super().__init__(*args, **kwargs)
        _valg(self, "rolle", [("", "Vælg rolle"), *((rolle.value, str(rolle.label)) for rolle in roller)])

    def clean(self) -> dict[str, Any]:
        """The last day may not lie before the first."""
        data = super().clean() or {}
        if data.get("fra") and data.get("til") and data["til"] < data["fra"]:
            self.add_error("til", "Sidste dag skal ligge efter første dag")
        return data

    @property
    def periode(self) -> Periode:
        """The period of a valid form."""
        til = self.cleaned_data["til"]
        return Periode(self.cleaned_data["fra"], til + timedelta(days=1) if til else None)


class AfslutForm(Formular):
    """When a role ends."""

    STRAKS, EFTER = "straks", "efter"

    hvornaar = forms.ChoiceField(
        label="Hvornår",
        widget=forms.RadioSelect,
        choices=[(STRAKS, "Med det samme"), (EFTER, "Efter en bestemt dag")],
        initial=STRAKS,
        error_messages={"required": "Vælg, hvornår rollen slutter"},
    )
    sidste_dag = DatoFelt(label="Sidste dag", required=False, help_text="Kun, når du har valgt »Efter en bestemt dag«")

    def clean(self) -> dict[str, Any]:
        """A day is needed exactly when one was promised."""
        data = super().clean() or {}
        if data.get("hvornaar") == self.EFTER and not data.get("sidste_dag") and "sidste_dag" not in self.errors:
            self.add_error("sidste_dag", "Skriv rollens sidste dag")
        return data


class ForslagForm(Formular):
    """Whom to propose as administrator."""

    email = _emailfelt(
        "Personens egen arbejdsmail. En, der ikke er bruger endnu, bliver inviteret, når forslaget er godkendt."
    )


class AdgangskodeForm(Formular):
    """A new person's password, twice; whether it is good enough is the action's to say."""

    adgangskode = forms.CharField(
        label="Vælg adgangskode",
        strip=False,
        max_length=256,
        help_text="Mindst 12 tegn. Brug gerne en sætning, som kun du kender.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Skriv en adgangskode"},
    )
    gentag = forms.CharField(
        label="Gentag adgangskoden",
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Skriv adgangskoden igen"},
    )

    def clean(self) -> dict[str, Any]:
        """Twice the same."""
        data = super().clean() or {}
        if data.get("adgangskode") and data.get("gentag") and data["adgangskode"] != data["gentag"]:
            self.add_error("gentag", "De to adgangskoder er ikke ens")
        return data


class FilterForm(Formular):
    """Which people the list shows."""

    AFSLUTTEDE = "afsluttede"

    tekst = forms.CharField(label="E-mail", required=False, max_length=80)
    rolle = forms.ChoiceField(label="Rolle", required=False, choices=[("", "Alle"), *Rolle.choices])
    stand = forms.ChoiceField(
        label="Vis", required=False, choices=[("", "Personer med en rolle"), (AFSLUTTEDE, "Tidligere personer")]
    )
