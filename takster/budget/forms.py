"""The budget as a form: what it is of, its figures, and a field for every line of the schema."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django import forms

from faelles.formularer import Formular
from takster.budget.indhold import Budgetindhold
from takster.budget.skemaform import Skemaform, TalFelt, beloeb
from takster.models import Budget, Takstenhed
from takster.models.budget import FOERSTE_AAR, SIDSTE_AAR
from tilbud.models import Tilbud


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

    def delen(self) -> tuple[UUID | None, str | None]:
        """The department's id and the legal basis' code, each None where all are meant, once it is valid."""
        afdeling, hjemmel = self.cleaned_data["afdeling"], self.cleaned_data["hjemmel"]
        return UUID(afdeling) if afdeling else None, hjemmel or None


class BudgetForm(Skemaform):
    """The whole content."""

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
    koncernnote = forms.CharField(
        label="Koncernnote",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Private driftsherrer: handler med koncernen, der indgår i budgettet. Ses kun af jer, til taksten er offentliggjort. Aldrig personnavne.",
    )

    @classmethod
    def initial_af(cls, budget: Budget, indhold: Budgetindhold, ejendomme: tuple[str, ...]) -> dict[str, Any]:
        """What stands in the form when it is opened."""
        felter = {navn: getattr(indhold, navn) for navn in cls.base_fields if hasattr(indhold, navn)}
        return {"enhed": budget.enhed, **felter, **cls.initial_linjer(indhold.linjer, ejendomme)}

    def indhold(self) -> Budgetindhold:
        """What was typed, once it is valid."""
        felter = {
            navn: self.cleaned_data[navn] for navn in self.base_fields if navn in Budgetindhold.__dataclass_fields__
        }
        return Budgetindhold(**felter, linjer=self.linjer())
