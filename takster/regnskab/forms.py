"""The accounts as a form: the schema's lines but the resident's own payment, and what belongs to the year's result."""

from typing import Any

from django import forms

from takster.budget.poster import REGNSKABSPOSTER
from takster.budget.skemaform import Skemaform, beloeb
from takster.regnskab.indhold import Regnskabsindhold


class RegnskabForm(Skemaform):
    """The whole content."""

    poster = REGNSKABSPOSTER.values()
    overhead = beloeb(
        "Indirekte omkostninger, kr.",
        "Tilbuddets andel af ledelse, administration og andet fælles i året.",
        required=True,
    )
    oevrigt_provenu = beloeb("Øvrigt provenu, kr.", "Det, der er solgt ud over de døgn, platformen kender taksten for.")
    oevrigt_grund = forms.CharField(
        label="Hvad er øvrigt provenu",
        required=False,
        max_length=200,
        help_text="Fx døgn fra før platformen, eller hjælp uden pladser. Aldrig personnavne. Ses af sekretariatet, når regnskabet er afsluttet.",
    )
    grundlag = beloeb(
        "Det, tærsklen er en procent af, kr.",
        "Årets omkostningsbaserede budget eller takstberegningsgrundlag, som aftalt. Kun når årets takst ikke er beregnet her.",
    )
    overfoert = beloeb("Overført eller hensat, kr.", "Tom betyder alt, hvad aftalen tillader.")

    @classmethod
    def initial_af(cls, indhold: Regnskabsindhold, ejendomme: tuple[str, ...]) -> dict[str, Any]:
        """What stands in the form when it is opened."""
        felter = {navn: getattr(indhold, navn) for navn in cls.base_fields}
        return {**felter, **cls.initial_linjer(indhold.linjer, ejendomme)}

    def indhold(self) -> Regnskabsindhold:
        """What was typed, once it is valid."""
        return Regnskabsindhold(**{navn: self.cleaned_data[navn] for navn in self.base_fields}, linjer=self.linjer())
