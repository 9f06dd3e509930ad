"""The budget as a form: what it is of, its figures, and a field for every line of the schema."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from faelles.dokument import tal as dansk
from faelles.formularer import Formular, vogt
from faelles.regneark.kolonner import Ulaeselig, decimaltal
from takster.beregning.tal import HOEJSTE_BELOEB
from takster.budget.indhold import Budgetindhold, Linje
from takster.budget.poster import GRUPPENAVN, POSTER, PR_EJENDOM, Gruppe, i_gruppe
from takster.models import Budget, Takstenhed
from takster.models.budget import FOERSTE_AAR, SIDSTE_AAR
from tilbud.models import Tilbud

FLEST_EJENDOMME = 20


class TalFelt(forms.Field):
    """A number typed the Danish way, `1.234,50`; its own reading says exactly what it may be."""

    def __init__(
        self,
        *,
        label: str,
        mindst: str = "0",
        hoejst: str,
        decimaler: int,
        help_text: str = "",
        required: bool = False,
    ) -> None:
        """Bounds and decimals. `required` is only how it is shown: a budget may be saved half done (see `validate`)."""
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "talfelt", "autocomplete": "off"})
        super().__init__(label=label, required=required, help_text=help_text, widget=widget)
        self._laes = decimaltal(Decimal(mindst), Decimal(hoejst), decimaler)
        self._krav = f"Skriv et tal fra {dansk.tal(Decimal(mindst))} til {dansk.tal(Decimal(hoejst))} med højst {decimaler} decimaler, fx 1.234,50"

    def to_python(self, value: object) -> Decimal | None:
        """The number, or None where nothing is typed."""
        tekst = str(value or "").strip()
        if not tekst:
            return None
        try:
            fundet: Decimal = self._laes(tekst)
        except Ulaeselig:
            raise ValidationError(self._krav, code="invalid") from None
        return fundet

    def validate(self, value: object) -> None:
        """Nothing is missing yet: what is, is told where the takst is computed."""

    def prepare_value(self, value: object) -> object:
        """As it is typed: only the decimals it has, and no dots, so that it is easy to change."""
        if isinstance(value, Decimal):
            kort = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
            return f"{kort:f}".replace(".", ",")
        return value


def beloeb(label: str, help_text: str = "", *, required: bool = False) -> TalFelt:
    """A field of kr."""
    return TalFelt(label=label, hoejst=str(HOEJSTE_BELOEB), decimaler=2, help_text=help_text, required=required)


class NytBudgetForm(Formular):
    """Which offer and year, and of which part of it."""

    tilbud = forms.TypedChoiceField(
        label="Tilbud", coerce=UUID, empty_value=None, error_messages={"required": "Vælg et tilbud"}
    )
    aar = forms.IntegerField(
        label="År",
        min_value=FOERSTE_AAR,
        max_value=SIDSTE_AAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
        error_messages={"required": "Skriv et år", "invalid": "Skriv et år, fx 2027"},
    )

    def __init__(self, *args: Any, tilbud: Mapping[str, str], **kwargs: Any) -> None:
        """`tilbud`: id → name of those the actor runs."""
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["tilbud"]).choices = [("", "Vælg"), *tilbud.items()]


class DelForm(Formular):
    """The part of the offer a budget is of, when its takst differs from the rest's."""

    afdeling = forms.ChoiceField(label="Afdeling", required=False)
    hjemmel = forms.ChoiceField(label="Hjemmel", required=False)

    def __init__(self, *args: Any, tilbud: Tilbud, **kwargs: Any) -> None:
        """Offer the parts there are; nothing chosen is the whole offer."""
        super().__init__(*args, **kwargs)
        for navn, alle, valg in (
            ("afdeling", "Alle afdelinger", [(str(a.pk), a.navn) for a in tilbud.afdelinger.all()]),
            ("hjemmel", "Alle hjemler", [(h.pk, str(h)) for h in tilbud.hjemler.all()]),
        ):
            cast(forms.ChoiceField, self.fields[navn]).choices = [("", alle), *valg]


class BudgetForm(Formular):
    """The whole content. `ejendomme` are the columns of the property lines; the only one may be without a name."""

    enhed = forms.ChoiceField(label="Taksten gælder pr.", choices=Takstenhed.choices)
    pladser = TalFelt(
        label="Pladser",
        hoejst="100000",
        decimaler=2,
        help_text="Det antal pladser, budgettet er lagt for.",
        required=True,
    )
    kort = forms.BooleanField(
        label="Akutte eller korte ophold",
        required=False,
        help_text="Aftalen har en lavere grænse for belægningen af dem.",
    )
    belaegning_foer = TalFelt(label="Faktisk belægning tre år før, procent", hoejst="200", decimaler=6)
    belaegning_sidst = TalFelt(label="Faktisk belægning to år før, procent", hoejst="200", decimaler=6)
    aftalt_belaegning = TalFelt(
        label="Godkendt afvigende belægning, procent",
        hoejst="100",
        decimaler=6,
        help_text="Kun når aftalens styregruppe har godkendt den.",
    )
    aftalt_grund = forms.CharField(
        label="Hvem har godkendt den",
        required=False,
        max_length=200,
        help_text="Organ og dato. Aldrig et personnavn. Vises med den offentliggjorte takst.",
    )
    overhead = beloeb("Konkret beregnet overhead, kr.", "Kun når aftalen siger, at overhead beregnes konkret.")
    provenu = beloeb("Provenu, kr.", "Belagte døgn gange takst i regnskabsåret.")
    regnskab = beloeb("Omkostningsbaseret regnskab, kr.")
    regnskab_grundlag = beloeb(
        "Det, tærsklen er en procent af, kr.",
        "Årets omkostningsbaserede budget eller takstberegningsgrundlag, som aftalt.",
    )
    overfoert = beloeb("Overført eller hensat, kr.", "Tom betyder alt, hvad aftalen tillader.")
    koncernnote = forms.CharField(
        label="Koncernnote",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Private driftsherrer: handler med koncernen, der indgår i budgettet. Ses kun af jer, til taksten er offentliggjort. Aldrig personnavne.",
    )

    def __init__(self, *args: Any, ejendomme: tuple[str, ...], **kwargs: Any) -> None:
        """Add the lines' fields."""
        super().__init__(*args, **kwargs)
        self.antal_ejendomme = max(1, len(ejendomme))
        for nummer in range(self.antal_ejendomme):
            self.fields[f"ejendom_{nummer}"] = forms.CharField(
                label=f"Ejendom {nummer + 1}", required=False, max_length=60, initial=(*ejendomme, "")[nummer]
            )
            vogt(self.fields[f"ejendom_{nummer}"])
        for post in POSTER.values():
            for nummer in range(self.antal_ejendomme if post.pr_ejendom else 1):
                self.fields[_felt(post.kode, nummer)] = beloeb(post.navn, post.hjaelp, required=post.obligatorisk)

    @classmethod
    def initial_af(cls, budget: Budget, indhold: Budgetindhold, ejendomme: tuple[str, ...]) -> dict[str, Any]:
        """What stands in the form when it is opened."""
        felter = {navn: getattr(indhold, navn) for navn in cls.base_fields if hasattr(indhold, navn)}
        linjer = {
            _felt(linje.post, ejendomme.index(linje.ejendom) if linje.ejendom in ejendomme else 0): vaerdi
            for linje, vaerdi in indhold.linjer.items()
        }
        return {"enhed": budget.enhed, **felter, **linjer}

    def clean(self) -> dict[str, Any]:
        """Properties with amounts have names of their own when there are several."""
        data = super().clean() or {}
        navne = [str(data.get(f"ejendom_{nummer}") or "").strip() for nummer in range(self.antal_ejendomme)]
        for nummer, navn in enumerate(navne):
            brugt = any(data.get(_felt(post, nummer)) is not None for post in PR_EJENDOM)
            if brugt and not navn and self.antal_ejendomme > 1:
                self.add_error(f"ejendom_{nummer}", "Skriv ejendommens navn, når der er flere")
            elif navn and navn in navne[:nummer]:
                self.add_error(f"ejendom_{nummer}", "Navnet står der to gange")
        return data

    @property
    def grupper(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The groups but that of the properties: name, and their fields."""
        return [
            (GRUPPENAVN[gruppe], [self[_felt(post.kode, 0)] for post in i_gruppe(gruppe)])
            for gruppe in Gruppe
            if gruppe is not Gruppe.EJENDOM
        ]

    @property
    def ejendomsfelter(self) -> list[tuple[forms.BoundField, list[forms.BoundField]]]:
        """Each property: its name, and its lines."""
        return [
            (self[f"ejendom_{nummer}"], [self[_felt(post, nummer)] for post in PR_EJENDOM])
            for nummer in range(self.antal_ejendomme)
        ]

    def indhold(self) -> Budgetindhold:
        """What was typed, once it is valid."""
        data = self.cleaned_data
        felter = {navn: data[navn] for navn in self.base_fields if navn in Budgetindhold.__dataclass_fields__}
        linjer = {
            Linje(post.kode, str(data[f"ejendom_{nummer}"]).strip() if post.pr_ejendom else ""): data[
                _felt(post.kode, nummer)
            ]
            for post in POSTER.values()
            for nummer in range(self.antal_ejendomme if post.pr_ejendom else 1)
            if data[_felt(post.kode, nummer)] is not None
        }
        return Budgetindhold(**felter, linjer=linjer)


def _felt(kode: str, nummer: int) -> str:
    """The field of a line: `linje_loen`, and of a further property `linje_husleje_1`."""
    return f"linje_{kode}_{nummer}" if nummer else f"linje_{kode}"
