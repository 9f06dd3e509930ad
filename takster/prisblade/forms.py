"""Forms of prices beside the takst."""

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from django import forms

from faelles.dokument.tal import dage_i_ord, tal
from faelles.formularer import DatoFelt, Formular
from faelles.tid import Periode
from takster.beregning.niveauer import FLEST_NIVEAUER, Takstniveau
from takster.beregning.tal import uden_nuller
from takster.budget.skemaform import TalFelt, beloeb
from takster.models import Takst
from takster.prisblade.actions import Hvor
from takster.prisblade.inddata import Tillaegsbudget
from takster.topersonssider import HOEJST_GRUND


def _valg(takster: Iterable[Takst]) -> list[tuple[str, str]]:
    """Each takst by its id: of what, how much, and when."""
    return [
        (
            str(t.pk),
            f"{t.afdeling}, {t.hjemmel_id}: {tal(t.beloeb, 2)} {t.get_enhed_display()}, {dage_i_ord(Periode.af_range(t.periode))}",
        )
        for t in takster
    ]


class _VedTakst(Formular):
    """Beside which takst, from which day, and why."""

    takst = forms.TypedChoiceField(
        label="Takst", coerce=UUID, empty_value=None, error_messages={"required": "Vælg en takst"},
        help_text="Priserne gælder samme afdeling og hjemmel og til takstens sidste dag.",
    )  # fmt: skip
    fra = DatoFelt(label="Gælder fra", help_text="Den første dag. Den skal ligge i takstens periode.")
    begrundelse = forms.CharField(
        label="Begrundelse",
        max_length=HOEJST_GRUND,
        required=False,
        help_text="Kun når priserne afløser nogle, der er offentliggjort. Ses af alle, der har adgang til tilbuddet. Aldrig navne eller CPR-numre.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, takster: Iterable[Takst], **kwargs: Any) -> None:
        """Offer the takster prices can stand beside."""
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["takst"]).choices = [("", "Vælg"), *_valg(takster)]

    def hvor(self, tilbud_id: UUID) -> Hvor:
        """What was chosen, once it is valid."""
        data = self.cleaned_data
        return Hvor(tilbud_id, data["takst"], data["fra"], data["begrundelse"])


class NiveauerForm(_VedTakst):
    """The levels: those without figures are none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Two fields for every level."""
        super().__init__(*args, **kwargs)
        for nummer in range(1, FLEST_NIVEAUER + 1):
            self.fields[f"pladser_{nummer}"] = TalFelt(
                label=f"Niveau {nummer}, pladser", mindst="0.01", hoejst="100000", decimaler=2
            )
            self.fields[f"vaegt_{nummer}"] = TalFelt(
                label=f"Niveau {nummer}, vægt", mindst="0.01", hoejst="1000", decimaler=2
            )

    @property
    def niveaufelter(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        """Each level and its two fields."""
        return [(n, self[f"pladser_{n}"], self[f"vaegt_{n}"]) for n in range(1, FLEST_NIVEAUER + 1)]

    def clean(self) -> dict[str, Any]:
        """Both figures or none, and two levels at least."""
        data = super().clean() or {}
        for nummer in range(1, FLEST_NIVEAUER + 1):
            felter = (f"pladser_{nummer}", f"vaegt_{nummer}")
            tomme = [felt for felt in felter if data.get(felt) is None and felt not in self.errors]
            if len(tomme) == 1:
                self.add_error(tomme[0], "Skriv både pladser og vægt, eller ingen af dem")
        if not self.errors and len(self.niveauer()) < 2:  # noqa: PLR2004 - one level is the takst itself
            self.add_error("pladser_1", "Skriv mindst to niveauer")
        return data

    def niveauer(self) -> list[Takstniveau]:
        """Those that were typed."""
        data = self.cleaned_data
        return [
            Takstniveau(niveau=n, pladser=uden_nuller(data[f"pladser_{n}"]), vaegt=uden_nuller(data[f"vaegt_{n}"]))
            for n in range(1, FLEST_NIVEAUER + 1)
            if data.get(f"pladser_{n}") is not None and data.get(f"vaegt_{n}") is not None
        ]


class TillaegForm(_VedTakst):
    """A supplement and its budget."""

    navn = forms.CharField(
        label="Tillæggets navn",
        max_length=60,
        help_text="Hvad der leveres ud over taksten, fx »Vågen nattevagt«. Aldrig noget om en bestemt borger.",
        error_messages={"required": "Skriv, hvad tillægget er for"},
    )
    omkostning = beloeb("Direkte omkostninger i året, kr.", required=True)
    pladser = TalFelt(
        label="Pladser med tillægget",
        mindst="0.01",
        hoejst="100000",
        decimaler=2,
        help_text="Hvor mange hele pladser i året omkostningerne er lagt for.",
        required=True,
    )
    overhead = beloeb("Konkret beregnet overhead, kr.", "Kun når aftalen siger, at overhead beregnes konkret.")

    def clean(self) -> dict[str, Any]:
        """What a supplement is computed of must be there."""
        data = super().clean() or {}
        for felt, besked in (("omkostning", "Skriv omkostningerne"), ("pladser", "Skriv antallet af pladser")):
            if data.get(felt) is None and felt not in self.errors:
                self.add_error(felt, besked)
        return data

    def budget(self) -> Tillaegsbudget:
        """What was typed, once it is valid."""
        data = self.cleaned_data
        overhead = data["overhead"]
        return Tillaegsbudget(
            navn=data["navn"].strip(),
            omkostning=uden_nuller(data["omkostning"], 2),
            pladser=uden_nuller(data["pladser"]),
            overhead=None if overhead is None else uden_nuller(overhead, 2),
        )


class PakkeForm(_VedTakst):
    """A package: the takst, and those sold with it."""

    navn = forms.CharField(
        label="Pakkens navn",
        max_length=60,
        help_text="Fx »Botilbud og beskæftigelse«. Aldrig noget om en bestemt borger.",
        error_messages={"required": "Skriv, hvad pakken hedder"},
    )
    andre = forms.TypedMultipleChoiceField(
        label="Takster, der er med",
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text="Af samme afdeling, hver efter sin hjemmel. Regningen deles efter dem.",
        error_messages={"required": "Vælg mindst én takst mere"},
    )

    field_order = ("navn", "takst", "andre", "fra", "begrundelse")

    def __init__(self, *args: Any, takster: Iterable[Takst], **kwargs: Any) -> None:
        """Offer the same takster."""
        super().__init__(*args, takster=takster, **kwargs)
        cast(forms.ChoiceField, self.fields["andre"]).choices = _valg(takster)
