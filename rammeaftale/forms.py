"""Forms of the agreement's pages."""

from collections.abc import Mapping, Sequence

from django import forms

from faelles.formularer import DatoFelt, Formular
from rammeaftale.livscyklus import PARTSSTATUS_NAVN, REFERATET, SES_AF, Partsstatus


class BeslutningForm(Formular):
    """A party's step. What a decision must hold is the action's rule; here is only what can be read at all."""

    status = forms.ChoiceField(
        label="Partens beslutning",
        choices=[(s.value, PARTSSTATUS_NAVN[s]) for s in Partsstatus if s is not Partsstatus.AFVENTER],
        help_text=SES_AF,
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg den beslutning, parten har truffet"},
    )
    dato = DatoFelt(label="Dato for beslutningen", help_text=f"F.eks. 12 11 2026. {SES_AF}")
    organ = forms.CharField(
        label="Besluttet af",
        max_length=120,
        help_text=f"F.eks. kommunalbestyrelsen, regionsrådet eller socialudvalget. {SES_AF}",
        error_messages={"required": "Skriv hvem der besluttede"},
    )
    referat_url = forms.CharField(
        label="Link til referat",
        max_length=500,
        required=False,
        help_text=f"Kræves, når parten har godkendt eller afvist. Begynder med https://. {SES_AF}",
    )
    bemaerkning = forms.CharField(
        label="Bemærkning",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"Partens egen bemærkning. {REFERATET} {SES_AF} Skriv aldrig navne eller CPR-numre.",
    )

    def vis_fejl(self, felter: Mapping[str, Sequence[str]]) -> None:
        """Put the action's messages at their fields."""
        for felt, beskeder in felter.items():
            self.add_error(felt, list(beskeder))
