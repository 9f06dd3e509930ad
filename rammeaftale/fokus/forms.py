"""Forms of the focus areas' pages."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms

from faelles.formularer import DatoFelt, Formular
from faelles.tid import idag
from kommuner.models import Organisation
from rammeaftale.fokus.actions import Milepaelsindhold, Omraadeindhold
from rammeaftale.fokus.queries import Omraadevisning
from rammeaftale.fokus.regler import MELDBARE, MILEPAELSSTAND_NAVN, OPHAV_NAVN, Melding, Milepaelsstand, Ophav
from rammeaftale.forms import SES_AF_PARTERNE, paamindelsesfelt
from rammeaftale.models import Fokusomraade, Indsats, Milepael
from rammeaftale.samtidig import Retteform
from rammeaftale.tekst.queries import Klausultekst

_UDEN_NAVNE = "Skriv aldrig navne eller CPR-numre."


def _beskrivelse(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"{SES_AF_PARTERNE} {_UDEN_NAVNE}",
    )


class OmraadeForm(Retteform):
    """A focus area."""

    navn = forms.CharField(
        label="Fokusområde",
        max_length=120,
        help_text=f"F.eks. Overgangen fra ung til voksen. {SES_AF_PARTERNE}",
        error_messages={"required": "Skriv fokusområdets navn"},
    )
    beskrivelse = _beskrivelse("Hvad skal der opnås?")
    ophav = forms.ChoiceField(
        label="Hvem har sat det?",
        choices=[(o.value, OPHAV_NAVN[o]) for o in Ophav],
        initial=Ophav.AFTALEN.value,
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg hvem der har sat fokusområdet"},
    )
    klausul_id = forms.TypedChoiceField(
        label="Står i aftalens klausul",
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text="Når aftalen selv siger det.",
    )

    def __init__(self, *args: Any, klausuler: Iterable[Klausultekst], **kwargs: Any) -> None:
        """`klausuler` are those it can stand in."""
        super().__init__(*args, **kwargs)
        valg = [("", "Ingen"), *((str(k.id), k.navn) for k in klausuler)]
        cast(forms.ChoiceField, self.fields["klausul_id"]).choices = valg

    @property
    def indhold(self) -> Omraadeindhold:
        """What was written, once the form is valid."""
        felter = self.cleaned_data
        return Omraadeindhold(felter["navn"], felter["beskrivelse"], Ophav(felter["ophav"]), felter["klausul_id"])


class OvertagForm(Formular):
    """Which areas of the previous agreement are carried on."""

    omraader = forms.TypedMultipleChoiceField(
        label="Fokusområder",
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Vælg mindst ét fokusområde"},
    )

    def __init__(self, *args: Any, mulige: Iterable[Omraadevisning], **kwargs: Any) -> None:
        """`mulige` are those of the previous agreement that can be."""
        super().__init__(*args, **kwargs)
        valg = [(str(v.omraade.pk), f"{v.omraade} ({v.fremdrift.tekst.lower()})") for v in mulige]
        cast(forms.ChoiceField, self.fields["omraader"]).choices = valg


class GennemsynForm(Retteform):
    """The deadlines of an area that was carried over, each to be seen: as they came, until they are changed here."""

    def __init__(self, *args: Any, milepaele: Iterable[Milepael], **kwargs: Any) -> None:
        """`milepaele` are all of the area."""
        super().__init__(*args, **kwargs)
        self.milepaele = list(milepaele)
        for m in self.milepaele:
            self.fields[_fristfelt(m)] = DatoFelt(
                label=f"{m}: senest den", help_text=f"{m.indsats}. {m.ansvarlig} er ansvarlig."
            )
        if self.milepaele:
            self.fields["set_igennem"] = forms.BooleanField(
                label="Jeg har set hver frist igennem",
                error_messages={"required": "Se fristerne igennem, og sæt kryds"},
            )

    @property
    def frister(self) -> dict[UUID, date]:
        """The day each is due, once the form is valid."""
        return {m.pk: self.cleaned_data[_fristfelt(m)] for m in self.milepaele}


class IndsatsForm(Retteform):
    """Work on a focus area."""

    navn = forms.CharField(
        label="Indsats",
        max_length=160,
        help_text=f"F.eks. Fælles overdragelsesmøder et år før. {SES_AF_PARTERNE}",
        error_messages={"required": "Skriv hvad der gøres"},
    )
    beskrivelse = _beskrivelse("Nærmere")


class MilepaelForm(Retteform):
    """A milestone."""

    navn = forms.CharField(
        label="Hvad skal være nået?",
        max_length=160,
        help_text=f"F.eks. Skabelonen er afprøvet i tre kommuner. {SES_AF_PARTERNE}",
        error_messages={"required": "Skriv hvad der skal være nået"},
    )
    frist = DatoFelt(label="Senest den", help_text="F.eks. 1 6 2027")
    ansvarlig_id = forms.TypedChoiceField(
        label="Ansvarlig",
        coerce=UUID,
        help_text="Kan selv melde, hvor langt den er.",
        error_messages={"required": "Vælg hvem der er ansvarlig"},
    )

    def __init__(self, *args: Any, ansvarlige: Iterable[Organisation], **kwargs: Any) -> None:
        """`ansvarlige` are those who can have a milestone."""
        super().__init__(*args, **kwargs)
        valg = [("", "Vælg"), *((str(o.pk), o.navn) for o in ansvarlige)]
        cast(forms.ChoiceField, self.fields["ansvarlig_id"]).choices = valg

    paamind_dage = paamindelsesfelt("Den ansvarlige")

    @property
    def indhold(self) -> Milepaelsindhold:
        """What was written, once the form is valid."""
        return Milepaelsindhold(**self.cleaned_data)


class MilepaelsmeldingForm(Formular):
    """A report of a milestone."""

    stand = forms.TypedChoiceField(
        label="Hvor langt er den?",
        coerce=Milepaelsstand,
        choices=[(s.value, MILEPAELSSTAND_NAVN[s]) for s in MELDBARE],
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg, hvor langt den er"},
    )
    dato = DatoFelt(label="Dato", initial=idag)
    bemaerkning = forms.CharField(
        label="Bemærkning",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"Kræves, når milepælen er opgivet, og når den er nået uden et link. {SES_AF_PARTERNE} {_UDEN_NAVNE}",
    )
    dokumentation_url = forms.CharField(
        label="Link til dokumentation",
        max_length=500,
        required=False,
        help_text=f"Begynder med https://. {SES_AF_PARTERNE}",
    )

    @property
    def melding(self) -> Melding:
        """What was written, once the form is valid."""
        return Melding(**self.cleaned_data)


def omraadets(omraade: Fokusomraade) -> dict[str, object]:
    """What the form begins with."""
    fast = {navn: getattr(omraade, navn) for navn in ("navn", "beskrivelse", "ophav")}
    return {**fast, "klausul_id": str(omraade.klausul_id or "")}


def gennemsynets(milepaele: Iterable[Milepael]) -> dict[str, object]:
    """As above: the days as they came."""
    return {_fristfelt(m): m.frist for m in milepaele}


def _fristfelt(milepael: Milepael) -> str:
    return f"frist_{milepael.pk.hex}"


def indsatsens(indsats: Indsats) -> dict[str, object]:
    """As above."""
    return {"navn": indsats.navn, "beskrivelse": indsats.beskrivelse}


def milepaelens(milepael: Milepael) -> dict[str, object]:
    """As above."""
    return {
        "navn": milepael.navn,
        "frist": milepael.frist,
        "ansvarlig_id": str(milepael.ansvarlig_id),
        "paamind_dage": milepael.paamind_dage,
    }
