"""Forms of the text's pages."""

from collections.abc import Iterable, Mapping
from typing import Any, cast
from uuid import UUID

from django import forms

from faelles.formularer import Formular, vogt
from rammeaftale.models import Delart, Dokumentdel, Klausuludgave
from rammeaftale.samtidig import Retteform
from rammeaftale.tekst.actions import LAENGSTE_TEKST, Klausulindhold
from rammeaftale.tekst.samlet import Samlet
from vilkaar.noegler import NOEGLER, Noegle

SES_AF = "Ses af alle aftalens parter."


class DelForm(Formular):
    """A part of the agreement."""

    art = forms.ChoiceField(label="Slags", choices=Delart.choices)
    titel = forms.CharField(label="Titel", max_length=160, help_text="F.eks. Bilag 3: Takster")


class RetDelForm(Retteform, DelForm):
    """A part of the agreement, and where it stands among the others."""

    efter = forms.TypedChoiceField(label="Plads", required=False, coerce=UUID, empty_value=None)

    def __init__(self, *args: Any, andre: Iterable[Dokumentdel], **kwargs: Any) -> None:
        """`andre`: the other parts in their order."""
        super().__init__(*args, **kwargs)
        valg = [(en.pk, f"Efter {en}") for en in andre]
        cast(forms.ChoiceField, self.fields["efter"]).choices = [("", "Først"), *valg]


class IndledningForm(Formular):
    """What stands before the parts of the text. `udgave` is the saving the writer began from."""

    tekst = forms.CharField(
        label="Indledning",
        required=False,
        max_length=LAENGSTE_TEKST,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=f"Skriv **fed**, *kursiv*, lister med - og tabeller med | (Markdown). {SES_AF}",
    )
    udgave = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)


class KlausulForm(Formular):
    """What a clause says. `udgave` is the saving the writer began from."""

    nummer = forms.CharField(label="Nummer", max_length=20, help_text="F.eks. 3.2")
    overskrift = forms.CharField(label="Overskrift", max_length=160)
    tekst = forms.CharField(
        label="Tekst",
        required=False,
        max_length=LAENGSTE_TEKST,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=f"Skriv **fed**, *kursiv*, lister med - og tabeller med | (Markdown). {SES_AF}",
    )
    udgave = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def indhold(self) -> Klausulindhold:
        """What was written."""
        felter = self.cleaned_data
        return Klausulindhold(felter["nummer"], felter["overskrift"], felter["tekst"])

    @staticmethod
    def af(udgave: Klausuludgave) -> dict[str, Any]:
        """The form's start: what the clause says now."""
        felter = ("nummer", "overskrift", "tekst", "udgave")
        return {felt: getattr(udgave, felt) for felt in felter}


class NyKlausulForm(KlausulForm):
    """A new clause; in an allonge it may amend one of the agreement's."""

    aendrer = forms.TypedChoiceField(
        label="Ændrer klausulen",
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text="I den aftale, allongen ændrer.",
    )

    def __init__(self, *args: Any, aendrede: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        valg = list(aendrede)
        if valg:
            cast(forms.ChoiceField, self.fields["aendrer"]).choices = [("", "Ingen; den er ny"), *valg]
        else:
            del self.fields["aendrer"]


class OphaevForm(Formular):
    """Taking a clause out of the agreement an allonge amends."""

    ophaeves = forms.TypedChoiceField(label="Klausul, der ophæves", coerce=UUID)
    bekraeft = forms.BooleanField(
        label="Klausulen og de vilkår, den fastsætter, skal ikke længere være en del af aftalen",
        error_messages={"required": "Bekræft, at klausulen og dens vilkår skal ud af aftalen"},
    )

    def __init__(self, *args: Any, klausuler: Iterable[Samlet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        valg = [(en.klausul.pk, f"{en.tekst.navn} ({_antal_vilkaar(en)})") for en in klausuler]
        cast(forms.ChoiceField, self.fields["ophaeves"]).choices = [("", "Vælg"), *valg]


def _antal_vilkaar(en: Samlet) -> str:
    return f"fastsætter {len(en.tekst.vilkaar) or 'ingen'} vilkår"


class VilkaarForm(Formular):
    """The terms a clause sets: a field for each it sets now, and one more to choose."""

    udgave = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, saettes: Iterable[Noegle], ledige: Iterable[Noegle], **kwargs: Any) -> None:
        """`saettes`: keys the clause sets; `ledige`: those no clause sets."""
        super().__init__(*args, **kwargs)
        self.saettes = list(saettes)
        for noegle in self.saettes:
            self.fields[noegle.value] = _felt(noegle)
        self.fields["ny_noegle"] = forms.ChoiceField(
            label="Tilføj et vilkår",
            required=False,
            choices=[("", "Intet"), *((n.value, f"{NOEGLER[n].navn} ({n.value})") for n in ledige)],
        )
        self.fields["ny_vaerdi"] = forms.CharField(label="Værdi af det nye vilkår", required=False, max_length=200)
        for felt in self.fields.values():
            vogt(felt)

    def vilkaar(self) -> dict[Noegle, str]:
        """Every term the clause shall set; an emptied field is a term it no longer sets."""
        felter = self.cleaned_data
        valgt = {noegle: felter[noegle.value] for noegle in self.saettes if felter[noegle.value]}
        if felter["ny_noegle"]:
            valgt[Noegle(felter["ny_noegle"])] = felter["ny_vaerdi"]
        return {noegle: NOEGLER[noegle].som_gemt(vaerdi) for noegle, vaerdi in valgt.items()}

    @staticmethod
    def af(vilkaar: Mapping[str, str]) -> dict[str, str]:
        """The form's start: the values a clause sets, as people write them."""
        return {noegle: NOEGLER[Noegle(noegle)].som_skrevet(vaerdi) for noegle, vaerdi in vilkaar.items()}


class UdgaaForm(Formular):
    """Taking a clause out. `udgave` is the saving that was shown."""

    udgave = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


def _felt(noegle: Noegle) -> forms.Field:
    beskrivelse = NOEGLER[noegle]
    hjaelp = f"{beskrivelse.krav} Tøm feltet, hvis klausulen ikke længere fastsætter vilkåret."
    if beskrivelse.valg:
        valg = [("", "Fastsættes ikke her"), *((v, v) for v in beskrivelse.valg)]
        return forms.ChoiceField(label=beskrivelse.navn, required=False, choices=valg)
    return forms.CharField(label=beskrivelse.navn, required=False, max_length=200, help_text=hjaelp)


class KommentarForm(Formular):
    """What a party says about a clause."""

    tekst = forms.CharField(
        label="Kommentar",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"{SES_AF} Skriv aldrig navne eller CPR-numre.",
    )
