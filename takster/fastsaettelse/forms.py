"""Forms of the calculation's pages."""

from typing import Any

from django import forms

from faelles.formularer import DatoFelt, Formular
from takster.beregning.takst import Takstinddata
from takster.budget.skemaform import TalFelt, beloeb
from takster.fastsaettelse.hvad_nu_hvis import Aendringer
from takster.topersonssider import HOEJST_GRUND


class AendringForm(Formular):
    """A change of what is published: from which day, and why."""

    fra = DatoFelt(
        label="Gælder fra", help_text="Den første dag med den nye takst. Den gamle gælder til og med dagen før."
    )
    begrundelse = forms.CharField(
        label="Begrundelse",
        max_length=HOEJST_GRUND,
        help_text="Ses af alle, der har adgang til tilbuddet, sammen med taksten. Aldrig navne eller CPR-numre.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv, hvorfor taksten ændres"},
    )


class HvadNuHvisForm(Formular):
    """Other figures than the calculation's; what is left as it is changes nothing."""

    pladser = TalFelt(label="Pladser", mindst="0.01", hoejst="100000", decimaler=2)
    belaegning = TalFelt(label="Belægning, procent", mindst="0.01", hoejst="100", decimaler=6)
    pl = TalFelt(label="Pris- og lønstigning på alle linjer, procent", mindst="-50", hoejst="100", decimaler=2)
    navn = forms.CharField(
        label="Navn på scenariet",
        max_length=80,
        required=False,
        help_text="Kun når det skal gemmes. Aldrig personnavne.",
    )

    def __init__(self, *args: Any, inddata: Takstinddata, belaegning: Any, **kwargs: Any) -> None:
        """A field for every cost line; the calculation's own figures stand there from the beginning."""
        super().__init__(*args, **kwargs)
        self.initial = {"pladser": inddata.pladser, "belaegning": belaegning, **self.initial}
        self._foer = {"pladser": inddata.pladser, "belaegning": belaegning}
        self._poster = {
            f"post_{nummer}": post for nummer, post in enumerate((*inddata.direkte_omkostninger, *inddata.indtaegter))
        }
        for navn, post in self._poster.items():
            self.fields[navn] = beloeb(post.art)
            self.initial.setdefault(navn, post.beloeb)

    @property
    def linjefelter(self) -> list[forms.BoundField]:
        """The cost lines' fields."""
        return [self[navn] for navn in self._poster]

    def aendringer(self) -> Aendringer:
        """What differs from the calculation."""
        data = self.cleaned_data
        linjer = {
            post.art: data[navn]
            for navn, post in self._poster.items()
            if data[navn] is not None and data[navn] != post.beloeb
        }
        return Aendringer(
            **{navn: data[navn] for navn, foer in self._foer.items() if data[navn] not in {None, foer}},
            pl=data["pl"] or None,
            linjer=linjer or None,
        )
