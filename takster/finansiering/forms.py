"""Forms of costs shared by a key."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from faelles.formularer import DatoFelt, Formular
from faelles.regneark.kolonner import Ulaeselig, decimaltal
from takster.beregning.tal import uden_nuller
from takster.budget.skemaform import beloeb
from takster.finansiering.folketal import folketalsnoegle
from takster.finansiering.inddata import Fordelingsnoegle, Udkast
from takster.models import Finansieringsart
from takster.models.budget import FOERSTE_AAR, SIDSTE_AAR
from takster.topersonssider import HOEJST_GRUND
from tilbud.models import Tilbud

EGNE = "egne"
_LINJE = re.compile(r"(?P<navn>.*[^\s\d.,;:])[\s;:]+(?P<tal>[\d.,]+)")
_laes_tal = decimaltal(Decimal("0.000001"), Decimal(1_000_000_000), 6)


class FinansieringForm(Formular):
    """The amount, and the key: inhabitants of some municipalities, or figures of one's own."""

    navn = forms.CharField(
        label="Navn", max_length=80, help_text="Hvad der betales for, fx »Rådgivning om hjerneskade«.",
        error_messages={"required": "Skriv, hvad der betales for"},
    )  # fmt: skip
    art = forms.ChoiceField(label="Art", choices=[("", "Vælg"), *Finansieringsart.choices], error_messages={"required": "Vælg en art"})  # fmt: skip
    aar = forms.IntegerField(label="År", min_value=FOERSTE_AAR, max_value=SIDSTE_AAR, error_messages={"required": "Skriv et år"})  # fmt: skip
    beloeb = beloeb("Beløb for hele året, kr.", "Det, kommunerne skal dele.", required=True)
    andre = forms.TypedMultipleChoiceField(
        label="Andre af jeres tilbud, beløbet også dækker", coerce=UUID, required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    noegle = forms.ChoiceField(
        label="Nøgle", help_text="Folketallene er Danmarks Statistiks. Står den rigtige nøgle her ikke, så skriv jeres egne tal nedenfor.",
        error_messages={"required": "Vælg en nøgle"},
    )  # fmt: skip
    kommuner = forms.MultipleChoiceField(
        label="Kommuner, der deler beløbet", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Bruges med folketal. Er nøglen jeres egne tal, deler de kommuner, I skriver tal for.",
    )  # fmt: skip
    noegle_navn = forms.CharField(
        label="Hvad jeres egne tal tæller", max_length=80, required=False,
        help_text="Fx »Aftalte timer i 2025«. Tallene offentliggøres med andelene: en nøgle må ikke tælle borgere, når en kommunes tal "
        "er under rammeaftalens grænse for, hvor få borgere et tal må vise.",
    )  # fmt: skip
    noegle_dag = DatoFelt(label="Dagen, de er opgjort", required=False)
    noegle_kilde = forms.CharField(label="Hvor de er fra", max_length=200, required=False)
    noegletal = forms.CharField(
        label="Tallene", required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Én kommune pr. linje med sit tal, fx »Greve 11.166«. To kolonner fra et regneark kan sættes ind.",
    )  # fmt: skip
    begrundelse = forms.CharField(
        label="Begrundelse", max_length=HOEJST_GRUND, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kun når den afløser en, der er offentliggjort. Ses af alle, der har adgang til tilbuddet. Aldrig navne eller CPR-numre.",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        andre: Iterable[Tilbud],
        folketal: Iterable[tuple[str, str]],
        kommuner: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        """Offer the operator's other offers, the figures there are, and the municipalities (kommunekode → name)."""
        super().__init__(*args, **kwargs)
        self._koder = {navn.casefold(): kode for kode, navn in kommuner.items()}
        cast(forms.ChoiceField, self.fields["kommuner"]).choices = list(kommuner.items())
        cast(forms.ChoiceField, self.fields["noegle"]).choices = [("", "Vælg"), *folketal, (EGNE, "Egne tal")]
        cast(forms.ChoiceField, self.fields["andre"]).choices = [(str(et.pk), et.navn) for et in andre]
        if not self.fields["andre"].choices:  # type: ignore[attr-defined]  # a choice field
            del self.fields["andre"]

    def clean_noegletal(self) -> dict[str, Decimal]:
        """A figure for each municipality, by its kommunekode; every line that cannot be read is told of."""
        vaegte: dict[str, Decimal] = {}
        fejl = []
        for nummer, linje in enumerate(self.cleaned_data["noegletal"].splitlines(), 1):
            if not linje.strip():
                continue
            delt = _LINJE.fullmatch(linje.strip())
            kode = self._koder.get(delt["navn"].strip().casefold()) if delt else None
            try:
                tal = _laes_tal(delt["tal"]) if delt else None
            except Ulaeselig:
                tal = None
            if kode is None:
                fejl.append(f"Linje {nummer}: skriv kommunens navn og derefter tallet")
            elif tal is None:
                fejl.append(f"Linje {nummer}: skriv tallet over nul med højst seks decimaler, fx 11.166 eller 12,5")
            elif kode in vaegte:
                fejl.append(f"Linje {nummer}: kommunen står der allerede")
            else:
                vaegte[kode] = tal
        if fejl:
            raise ValidationError(fejl)
        return vaegte

    def clean(self) -> dict[str, Any]:
        """The parts of the key that was chosen."""
        data = super().clean() or {}
        if data.get("beloeb") is None and "beloeb" not in self.errors:
            self.add_error("beloeb", "Skriv beløbet")
        kraevet = {
            "noegle_navn": "Skriv, hvad tallene tæller",
            "noegle_dag": "Skriv dagen, tallene er opgjort",
            "noegle_kilde": "Skriv, hvor tallene er fra",
            "noegletal": "Skriv kommunernes tal",
        }
        if data.get("noegle") and data["noegle"] != EGNE:
            kraevet = {"kommuner": "Vælg mindst én kommune"}
        for felt, besked in kraevet.items() if data.get("noegle") else ():
            if not data.get(felt) and felt not in self.errors:
                self.add_error(felt, besked)
        return data

    def udkast(self, tilbud_id: UUID) -> Udkast:
        """What was typed, once it is valid. Raises UgyldigtInput when there are no figures for some of the municipalities."""
        data = self.cleaned_data
        if data["noegle"] == EGNE:
            noegle = Fordelingsnoegle(
                data["noegle_navn"].strip(), data["noegle_dag"], data["noegle_kilde"].strip(), data["noegletal"]
            )
        else:
            noegle = folketalsnoegle(data["noegle"], data["kommuner"])
        return Udkast(
            tilbud_id=tilbud_id,
            art=data["art"],
            navn=data["navn"].strip(),
            aar=data["aar"],
            beloeb=uden_nuller(data["beloeb"], 2),
            noegle=noegle,
            andre=data.get("andre", ()),
            begrundelse=data["begrundelse"],
        )


class KommuneForm(Formular):
    """Whose shares are shown; all may be."""

    kommune = forms.ChoiceField(label="Kommune", required=False)

    def __init__(self, *args: Any, kommuner: Mapping[str, str], **kwargs: Any) -> None:
        """Offer the municipalities."""
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["kommune"]).choices = [("", "Alle kommuner"), *kommuner.items()]
