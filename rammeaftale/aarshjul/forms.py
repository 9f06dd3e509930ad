"""Forms of the wheel's pages."""

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from django import forms

from faelles.formularer import DatoFelt, Formular
from faelles.tid import idag
from rammeaftale.aarshjul.actions import Trinindhold
from rammeaftale.aarshjul.queries import Skyldig
from rammeaftale.aarshjul.regler import ANSVAR_NAVN, GRUNDLAG_NAVN, Ansvar, Grundlag
from rammeaftale.forms import SES_AF_PARTERNE, paamindelsesfelt
from rammeaftale.models import Aarshjulstrin
from rammeaftale.samtidig import Retteform


class TrinForm(Retteform):
    """A step of the wheel."""

    opgave = forms.CharField(
        label="Hvad skal gøres?",
        max_length=160,
        help_text=f"F.eks. Dialogmøde med brugerorganisationer. {SES_AF_PARTERNE}",
        error_messages={"required": "Skriv hvad der skal gøres"},
    )
    frist = DatoFelt(label="Senest den", help_text="F.eks. 15 10 2027")
    ansvar = forms.ChoiceField(
        label="Hvem skal gøre det?",
        choices=[(a.value, ANSVAR_NAVN[a]) for a in Ansvar],
        widget=forms.RadioSelect,
        help_text="»Hver part« er alle aftalens kommuner og regionen, hver for sig.",
        error_messages={"required": "Vælg hvem der skal gøre det"},
    )
    grundlag = forms.ChoiceField(
        label="Hvem har fastsat datoen?",
        choices=[(g.value, GRUNDLAG_NAVN[g]) for g in Grundlag],
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg hvem der har fastsat datoen"},
    )
    kilde = forms.CharField(
        label="Hvor står det?",
        max_length=200,
        help_text=f"F.eks. paragraffen, KKR's mødeplan eller referatet. {SES_AF_PARTERNE}",
        error_messages={"required": "Skriv hvor datoen kommer fra"},
    )
    paamind_dage = paamindelsesfelt("Den, der skal gøre det,")

    @property
    def indhold(self) -> Trinindhold:
        """What was written, once the form is valid."""
        felter = self.cleaned_data
        return Trinindhold(
            opgave=felter["opgave"],
            frist=felter["frist"],
            ansvar=Ansvar(felter["ansvar"]),
            grundlag=Grundlag(felter["grundlag"]),
            kilde=felter["kilde"],
            paamind_dage=felter["paamind_dage"],
        )


def nuvaerende(trin: Aarshjulstrin) -> dict[str, object]:
    """A step as the form's first values."""
    return {felt: getattr(trin, felt) for felt in TrinForm.base_fields}


def i_ord(trin: Aarshjulstrin) -> dict[str, object]:
    """A step as people read it, by what its fields are called."""
    valgte = {"ansvar": ANSVAR_NAVN[Ansvar(trin.ansvar)], "grundlag": GRUNDLAG_NAVN[Grundlag(trin.grundlag)]}
    return {str(felt.label): {**nuvaerende(trin), **valgte}[navn] for navn, felt in TrinForm.base_fields.items()}


class UdfoertForm(Formular):
    """Who has done a step, and when."""

    organisationer = forms.TypedMultipleChoiceField(
        label="Hvem har gjort det?",
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Vælg mindst én"},
    )
    dato = DatoFelt(label="Udført den", initial=idag)

    def __init__(self, *args: object, mangler: Iterable[Skyldig], **kwargs: object) -> None:
        """`mangler` are those who can be chosen; one alone is chosen already."""
        super().__init__(*args, **kwargs)
        valg = [(s.organisation.id, s.organisation.navn) for s in mangler]
        felt = cast(forms.ChoiceField, self.fields["organisationer"])
        felt.choices = valg
        if len(valg) == 1:
            felt.initial = [valg[0][0]]
