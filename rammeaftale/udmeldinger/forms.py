"""Forms of the central calls' pages."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.db.models import QuerySet

from faelles.formularer import DatoFelt, Formular
from faelles.tid import idag
from rammeaftale.forms import SES_AF_PARTERNE, paamindelsesfelt
from rammeaftale.models import Udmelding, Udmeldingssvar
from rammeaftale.samtidig import Retteform
from rammeaftale.udmeldinger.actions import FLEST_BORGERE, Faktumindhold, Svarindhold, Udmeldingsindhold
from rammeaftale.udmeldinger.regler import FAKTUM_NAVN, Udmeldingsart
from tilbud.models import Maalgruppe, Tilbud

_UDEN = "Skriv ingen navne, CPR-numre eller andet, nogen kan kendes på."


def _langt(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=f"{SES_AF_PARTERNE} {_UDEN}",
    )


class UdmeldingForm(Retteform):
    """A call."""

    titel = forms.CharField(
        label="Titel",
        max_length=160,
        help_text=f"F.eks. Udviklingshæmmede med dom. {SES_AF_PARTERNE}",
        error_messages={"required": "Skriv, hvad udmeldingen hedder"},
    )
    beskrivelse = forms.CharField(
        label="Hvad spørges der om?",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=SES_AF_PARTERNE,
    )
    maalgruppe_id = forms.TypedChoiceField(label="Målgruppe", required=False, coerce=UUID, empty_value=None)
    modtaget = DatoFelt(label="Modtaget den", initial=idag)
    svarfrist = DatoFelt(label="Svarfrist")
    paamind_dage = paamindelsesfelt("De kommuner, der ikke har svaret,")
    kilde_url = forms.CharField(
        label="Link til udmeldingen",
        max_length=500,
        required=False,
        help_text=f"Begynder med https://. {SES_AF_PARTERNE}",
    )

    def __init__(self, *args: Any, maalgrupper: Iterable[Maalgruppe], **kwargs: Any) -> None:
        """`maalgrupper` are those that can be chosen."""
        super().__init__(*args, **kwargs)
        valg = [("", "Ingen bestemt"), *((str(m.pk), m.term) for m in maalgrupper)]
        cast(forms.ChoiceField, self.fields["maalgruppe_id"]).choices = valg

    @property
    def indhold(self) -> Udmeldingsindhold:
        """What was written, once the form is valid."""
        return Udmeldingsindhold(**self.cleaned_data)


class SvarForm(Retteform):
    """A municipality's answer."""

    antal_borgere = forms.IntegerField(
        label="Hvor mange borgere i kommunen er i målgruppen?",
        required=False,
        min_value=0,
        max_value=FLEST_BORGERE,
        help_text="Tomt felt: ikke opgjort. Andre kommuner ser kun tallet, når det er så stort, at ingen kan kendes på det.",
    )
    tilbud = _langt("Hvilke tilbud bruges?")
    viden = _langt("Hvilken viden og hvilke erfaringer har kommunen?")
    mangler = _langt("Hvad mangler?")
    plan = _langt("Hvad vil kommunen gøre?")

    @property
    def indhold(self) -> Svarindhold:
        """What was written, once the form is valid."""
        return Svarindhold(**self.cleaned_data)


class FaktumForm(Formular):
    """Something that happened with a call."""

    art = forms.TypedChoiceField(
        label="Hvad skete der?",
        coerce=Udmeldingsart,
        choices=[(a.value, FAKTUM_NAVN[a]) for a in Udmeldingsart],
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg, hvad der skete"},
    )
    dato = DatoFelt(label="Dato", initial=idag)
    tilbud_id = forms.CharField(
        label="Tilbud",
        max_length=200,
        required=False,
        help_text="Kun ved et pålæg: tilbuddets navn, præcis som det står i registret.",
    )
    sidste_dag = DatoFelt(
        label="Pålægget gælder til og med", required=False, help_text="Kun ved et pålæg. Tomt felt: indtil videre."
    )
    svarfrist = DatoFelt(
        label="Ny svarfrist",
        required=False,
        help_text="Kun ved fornyet behandling: hvornår kommunerne skal have svaret igen.",
    )
    tekst = forms.CharField(
        label="Bemærkning",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"{SES_AF_PARTERNE} {_UDEN}",
    )
    url = forms.CharField(
        label="Link",
        max_length=500,
        required=False,
        help_text=f"F.eks. til rapporten. Begynder med https://. {SES_AF_PARTERNE}",
    )

    def __init__(self, *args: Any, blandt: Callable[[date], QuerySet[Tilbud]], **kwargs: Any) -> None:
        """`blandt` are the offers an order of the day can be about."""
        super().__init__(*args, **kwargs)
        self.blandt = blandt

    def clean_tilbud_id(self) -> UUID | None:
        """The offer called so; two of the same name are told apart by their municipality, `Navn, Kommune`."""
        navn = self.cleaned_data["tilbud_id"].strip()
        if not navn:
            return None
        mulige = self.blandt(self.cleaned_data.get("dato") or idag())
        fundne = list(mulige.filter(navn__iexact=navn)[:2])
        if not fundne and ", " in navn:
            hoved, _, kommune = navn.rpartition(", ")
            fundne = list(mulige.filter(navn__iexact=hoved, beliggenhedskommune__kortnavn__iexact=kommune)[:2])
        if not fundne:
            raise forms.ValidationError("Intet tilbud i aftalens kommuner hed det den dag.")
        if len(fundne) > 1:
            raise forms.ValidationError(
                "Flere tilbud hedder det. Skriv kommunen efter navnet, f.eks. Kærgården, Herlev."
            )
        return fundne[0].pk

    @property
    def indhold(self) -> Faktumindhold:
        """What was written, once the form is valid."""
        return Faktumindhold(**self.cleaned_data)


class AnnullerForm(Formular):
    """Why something that was registered is taken back."""

    begrundelse = forms.CharField(
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"{SES_AF_PARTERNE} {_UDEN}",
    )

    def __init__(self, *args: Any, hvad: str, **kwargs: Any) -> None:
        """`hvad` is what is taken back, in the definite form."""
        super().__init__(*args, **kwargs)
        felt = self.fields["begrundelse"]
        felt.label, felt.error_messages["required"] = f"Hvorfor annulleres {hvad}?", f"Skriv, hvorfor {hvad} annulleres"


_RETTES = ("titel", "beskrivelse", "modtaget", "svarfrist", "paamind_dage", "kilde_url")


def udmeldingens(udmelding: Udmelding) -> dict[str, object]:
    """What the form begins with."""
    fast = {navn: getattr(udmelding, navn) for navn in _RETTES}
    return {**fast, "maalgruppe_id": str(udmelding.maalgruppe_id or "")}


def svarets(svar: Udmeldingssvar | None, antal: int | None) -> dict[str, object]:
    """As above, with the count in it; nothing for the first answer."""
    tekster = ("tilbud", "viden", "mangler", "plan")
    return {"antal_borgere": antal, **{navn: getattr(svar, navn) for navn in tekster}} if svar else {}
