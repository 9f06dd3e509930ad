"""Forms of the report pages."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.text import Truncator

from faelles.formularer import Formular
from tilbud.fejlmeldinger.afsnit import AFSNIT_NAVN, afsnit_for, er_om_afdeling
from tilbud.fejlmeldinger.overgange import Overgang, Skridt
from tilbud.models import AFDELINGENS, Afdeling, Faktum

SES_AF = "Ses af jer og af den, der skal svare. Skriv aldrig navne eller CPR-numre."
VIST_LAENGDE = 60  # letters of what is shown, enough to know the fact by
_SVAR = {Skridt.RET: "Fejlen er rettet", Skridt.AFVIS: "Det er ikke en fejl"}


class MeldForm(Formular):
    """What is wrong, and with which fact."""

    faktum = forms.ChoiceField(
        label="Hvilken oplysning er forkert?",
        error_messages={"required": "Vælg den oplysning, der er forkert"},
    )
    afdeling = forms.TypedChoiceField(
        label="Afdeling",
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text=f"Kun når det handler om {' eller '.join(sorted(f.label.lower() for f in AFDELINGENS))}",
    )
    besked = forms.CharField(
        label="Hvad er forkert?",
        max_length=1000,
        help_text=f"Skriv også det rigtige, hvis du ved det. {SES_AF}",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Skriv, hvad der er forkert"},
    )

    def __init__(self, *args: Any, afdelinger: Iterable[Afdeling], viste: Mapping[Faktum, str], **kwargs: Any) -> None:
        """The departments of the offer to choose among, and the facts with what is shown of each."""
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["faktum"]).choices = [("", "Vælg"), *_faktumvalg(viste)]
        if er_om_afdeling(list(viste)):
            valg = [("", "Hele tilbuddet"), *((str(a.pk), a.navn) for a in afdelinger)]
            cast(forms.ChoiceField, self.fields["afdeling"]).choices = valg
        else:
            del self.fields["afdeling"]


def _faktumvalg(viste: Mapping[Faktum, str]) -> Iterator[tuple[str, Any]]:
    """Each fact with what is shown of it; facts of several sections under the names of these."""
    afsnittene = dict.fromkeys(map(afsnit_for, viste))
    for afsnit in afsnittene:
        valg = [(f.value, _kort(f, viste[f])) for f in viste if afsnit_for(f) is afsnit]
        if len(afsnittene) > 1:
            yield AFSNIT_NAVN[afsnit], valg
        else:
            yield from valg


def _kort(faktum: Faktum, vist: str) -> str:
    return f"{faktum.label}: {Truncator(vist).chars(VIST_LAENGDE)}" if vist else faktum.label


class SvarForm(Formular):
    """The answer."""

    skridt = forms.ChoiceField(
        label="Svar", widget=forms.RadioSelect, error_messages={"required": "Vælg, om fejlen er rettet"}
    )
    svar = forms.CharField(
        label="Begrundelse",
        max_length=1000,
        help_text="Ses af den, der meldte fejlen, og af jer. Skriv aldrig navne eller CPR-numre.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv et svar til den, der har meldt fejlen"},
    )

    def __init__(self, *args: Any, skridt: Iterable[Overgang], **kwargs: Any) -> None:
        """The answers the state allows."""
        super().__init__(*args, **kwargs)
        valg = [(o.skridt.value, _SVAR[o.skridt]) for o in skridt if o.med_svar]
        cast(forms.ChoiceField, self.fields["skridt"]).choices = valg
