"""What the operator is asked on a page when it gives a place past those who wait: a reason for each."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django import forms

from faelles.formularer import Formular, vogt
from reservationer.sag import deling
from reservationer.sag.begreber import SPRINGGRUND_NAVN, Springgrund
from reservationer.sag.foran import Spring


def bemaerkningsfelt(navn: str, hjaelp: str) -> forms.CharField:
    """A remark one need not make."""
    return forms.CharField(
        label=navn, required=False, max_length=500, help_text=hjaelp, widget=forms.Textarea(attrs={"rows": 2})
    )


class Springgrunde(Formular):
    """A reason for each who may be passed over: fields `grund_` and `bemaerkning_` and the entry."""

    poster: Sequence[UUID] = ()

    def spoerg(self, navne: Mapping[UUID, str], hjaelp: str = "") -> None:
        """Ask about these entries, each by what it is called on the page."""
        self.poster = list(navne)
        for post, navn in navne.items():
            self.fields[f"grund_{post}"] = forms.ChoiceField(
                label=f"Hvorfor får {navn} ikke pladsen?",
                required=False,
                help_text=hjaelp,
                choices=[("", "Vælg grund"), *((grund.value, ord_) for grund, ord_ in SPRINGGRUND_NAVN.items())],
            )
            self.fields[f"bemaerkning_{post}"] = bemaerkningsfelt(f"Bemærkning om {navn}", deling.BEMAERKNING)
            for felt in (f"grund_{post}", f"bemaerkning_{post}"):
                vogt(self.fields[felt])

    def grunde(self, kun: Collection[UUID]) -> Mapping[UUID, Spring]:
        """What was said of these entries."""
        sagt = self.cleaned_data
        return {
            post: Spring(Springgrund(sagt[f"grund_{post}"]), sagt[f"bemaerkning_{post}"])
            for post in self.poster
            if post in kun and sagt.get(f"grund_{post}")
        }
