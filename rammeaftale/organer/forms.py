"""Forms of the bodies' pages."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django import forms

from faelles.formularer import DatoFelt, Formular
from faelles.tid import idag
from kommuner.models import Organisation
from rammeaftale.forms import SES_AF_PARTERNE
from rammeaftale.organer.regler import HVERV_NAVN, ORGANART_NAVN, Hverv, Organart
from rammeaftale.samtidig import Retteform


class _Organfelter(Formular):
    """What a body is called and does."""

    navn = forms.CharField(
        label="Navn", max_length=120, help_text=SES_AF_PARTERNE, error_messages={"required": "Skriv organets navn"}
    )
    opgave = forms.CharField(
        label="Opgave",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"Hvad organet forbereder eller beslutter. {SES_AF_PARTERNE}",
    )


class RetOrganForm(Retteform, _Organfelter):
    """A body there is."""


class OrganForm(_Organfelter):
    """A new body."""

    field_order = ["art", "navn", "opgave", "fra"]
    art = forms.TypedChoiceField(
        label="Hvad er det?",
        coerce=Organart,
        choices=[(a.value, ORGANART_NAVN[a]) for a in Organart],
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg hvad det er"},
    )
    fra = DatoFelt(label="Oprettet den", initial=idag)


class MedlemForm(Formular):
    """An organisation that becomes a member."""

    organisation_id = forms.TypedChoiceField(
        label="Organisation", coerce=UUID, error_messages={"required": "Vælg en organisation"}
    )
    hverv = forms.TypedChoiceField(
        label="Hverv",
        coerce=Hverv,
        choices=[(h.value, HVERV_NAVN[h]) for h in Hverv],
        initial=Hverv.MEDLEM,
        widget=forms.RadioSelect,
        help_text="Hvad organisationen er i organet. Hvem der sidder der, skrives ikke.",
        error_messages={"required": "Vælg et hverv"},
    )
    fra = DatoFelt(label="Medlem fra", initial=idag)

    def __init__(self, *args: Any, organisationer: Iterable[Organisation], **kwargs: Any) -> None:
        """`organisationer` are those that can become members."""
        super().__init__(*args, **kwargs)
        valg = [("", "Vælg organisation"), *((str(o.pk), o.navn) for o in organisationer)]
        cast(forms.ChoiceField, self.fields["organisation_id"]).choices = valg


class FjernForm(Formular):
    """Why a body or a membership is taken out."""

    begrundelse = forms.CharField(
        label="Hvorfor?",
        max_length=300,
        help_text="Bevares i sporet. Skriv aldrig navne eller CPR-numre.",
        error_messages={"required": "Skriv hvorfor"},
    )


class SidsteDagForm(Formular):
    """The last day of a body or a membership."""

    sidste_dag = DatoFelt(label="Sidste dag", initial=idag)
