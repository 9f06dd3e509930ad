"""Forms of the meetings' pages."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django import forms

from faelles.dokument.tal import dage_i_ord, dato, tidspunkt
from faelles.formularer import DatoFelt
from faelles.tid import idag
from rammeaftale.forms import SES_AF_PARTERNE
from rammeaftale.models import Moede, Organ, Organbeslutning, Organsag, Rammeaftale, Version
from rammeaftale.moeder.actions import Sagsvalg
from rammeaftale.moeder.queries import gaeldende, om_version
from rammeaftale.moeder.regler import UDFALD_NAVN, Organudfald
from rammeaftale.samtidig import Retteform

NY_SAG = "ny"


class MoedeForm(Retteform):
    """When a body meets, and where its minutes are."""

    dato = DatoFelt(label="Dato", initial=idag)
    referat_url = forms.CharField(
        label="Link til referat",
        max_length=500,
        required=False,
        help_text=f"Begynder med https://. Kan skrives, når referatet foreligger. {SES_AF_PARTERNE}",
    )


def nuvaerende(moede: Moede) -> dict[str, object]:
    """A meeting as the form's first values."""
    return {felt: getattr(moede, felt) for felt in MoedeForm.base_fields}


def i_ord(moede: Moede) -> dict[str, object]:
    """A meeting by what its fields are called."""
    return {str(felt.label): getattr(moede, navn) for navn, felt in MoedeForm.base_fields.items()}


def moedets(moede: Moede) -> dict[str, object]:
    """What a meeting has decided already, and where its minutes are. Needs its decisions loaded."""
    besluttet = [f"{b.sag}: {_registreret(b)}" for b in gaeldende(moede.beslutninger.all())]
    return {"referat_url": moede.referat_url, "Mødets beslutninger": besluttet}


def versionens(version: Version | None) -> dict[str, object]:
    """What the bodies have decided already about a version."""
    alle = om_version(version) if version else []
    return {"Organernes beslutninger": [f"{b.moede.organ.navn} {dato(b.moede.dato)}: {_registreret(b)}" for b in alle]}


def _registreret(b: Organbeslutning) -> str:
    return f"{b.get_udfald_display()}, registreret {tidspunkt(b.registreret)}"


class _BeslutningForm(Retteform):
    """What was decided."""

    udfald = forms.TypedChoiceField(
        label="Beslutning",
        coerce=Organudfald,
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg, hvad der blev besluttet"},
    )
    tekst = forms.CharField(
        label="Hvad blev der besluttet?",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"Kræves, når sagen blev afvist. {SES_AF_PARTERNE} Skriv kun det, der står i det offentlige referat.",
    )

    retter = forms.BooleanField(
        label="Gælder i stedet for det, mødet allerede er registreret med i sagen",
        required=False,
        help_text=f"Den forrige beslutning bevares i sporet. {SES_AF_PARTERNE}",
    )

    def _udfald(self, mulige: Iterable[Organudfald]) -> None:
        cast(forms.ChoiceField, self.fields["udfald"]).choices = [(u.value, UDFALD_NAVN[u]) for u in mulige]


class MoedebeslutningForm(_BeslutningForm):
    """A decision of a meeting: the case is chosen, or new."""

    field_order = ["sag", "titel", "udfald", "tekst", "referat_url"]
    sag = forms.ChoiceField(label="Sag", error_messages={"required": "Vælg en sag"})
    titel = forms.CharField(
        label="Den nye sags navn",
        max_length=180,
        required=False,
        help_text=f"Når sagen ikke står på listen. {SES_AF_PARTERNE}",
    )
    referat_url = forms.CharField(
        label="Link til referat",
        max_length=500,
        required=False,
        help_text=f"Kræves, når sagen er en rammeaftale. {SES_AF_PARTERNE}",
    )

    def __init__(
        self,
        *args: Any,
        aftaler: Iterable[Rammeaftale],
        sager: Iterable[Organsag],
        mulige: Iterable[Organudfald],
        **kwargs: Any,
    ) -> None:
        """`aftaler` lie before the body, `sager` are the other cases it can take up, `mulige` what it can decide."""
        super().__init__(*args, **kwargs)
        self._udfald(mulige)
        cast(forms.ChoiceField, self.fields["sag"]).choices = [
            ("", "Vælg"),
            *((f"aftale:{aftale.pk}", f"{aftale.titel} ({dage_i_ord(aftale.aftaleperiode)})") for aftale in aftaler),
            *((f"sag:{sag.pk}", sag.titel) for sag in sager),
            (NY_SAG, "En ny sag"),
        ]

    @property
    def sagen(self) -> Sagsvalg:
        """What a valid form is about."""
        slags, _, id_ = self.cleaned_data["sag"].partition(":")
        if slags == NY_SAG:
            return Sagsvalg(titel=self.cleaned_data["titel"])
        return Sagsvalg(aftale_id=UUID(id_)) if slags == "aftale" else Sagsvalg(sag_id=UUID(id_))


class AftalebeslutningForm(_BeslutningForm):
    """A body's decision about one agreement."""

    field_order = ["organ_id", "dato", "referat_url", "udfald", "tekst"]
    organ_id = forms.TypedChoiceField(
        label="Hvem besluttede?", coerce=UUID, widget=forms.RadioSelect, error_messages={"required": "Vælg et organ"}
    )
    dato = DatoFelt(label="Mødets dato", initial=idag)
    referat_url = forms.CharField(
        label="Link til referat",
        max_length=500,
        help_text=f"Begynder med https://. {SES_AF_PARTERNE}",
        error_messages={"required": "Skriv, hvor referatet kan læses"},
    )

    def __init__(self, *args: Any, organer: Iterable[Organ], **kwargs: Any) -> None:
        """`organer` are those whose decision is a step of the agreement; which of them can decide what, the action says."""
        super().__init__(*args, **kwargs)
        self._udfald(Organudfald)
        cast(forms.ChoiceField, self.fields["organ_id"]).choices = [(str(o.pk), o.navn) for o in organer]
