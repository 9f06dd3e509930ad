"""Forms of the agreement's pages."""

from collections.abc import Container, Iterable, Sequence
from itertools import groupby
from typing import Any, cast
from uuid import UUID

from django import forms

from faelles.dokument.tal import dato
from faelles.formularer import DatoFelt, Formular
from faelles.tid import idag
from kommuner.models import Organisation
from rammeaftale.aarshjul.regler import LAENGSTE_PAAMINDELSE
from rammeaftale.hoering.regler import Hoeringsrest
from rammeaftale.livscyklus import (
    AENDRINGER_VED,
    AENDRINGSART_NAVN,
    OMFANG_BETYDER,
    PARTSSTATUS_NAVN,
    REFERATET,
    REGISTRERES,
    SES_AF,
    Aendringsart,
    Aftaletilstand,
    Omfang,
)
from rammeaftale.models import Part, Rammeaftale, Version
from rammeaftale.samtidig import Retteform
from vilkaar.models import Vilkaarssaet

SES_AF_PARTERNE = "Ses af alle aftalens parter."
FORESLAAET_PAAMINDELSE = 14  # days before


def paamindelsesfelt(hvem: str) -> forms.IntegerField:
    """How many days ahead those who owe something are mailed; `hvem` they are, in words."""
    return forms.IntegerField(
        label="Påmind så mange dage før",
        required=False,
        min_value=0,
        max_value=LAENGSTE_PAAMINDELSE,
        help_text=f"{hvem} får en mail da og igen, hvis fristen overskrides. Tomt felt: ingen mails.",
    )


class BeslutningForm(Retteform):
    """A party's step. What a decision must hold is the action's rule; here is only what can be read at all."""

    version = forms.TypedChoiceField(
        label="Hvilken version handler beslutningen om?",
        coerce=int,
        help_text=(
            "Er den truffet om en tidligere version, før den næste blev sendt, tæller den for den næste, som hvis den havde været kendt "
            f"dengang. {SES_AF}"
        ),
    )
    status = forms.ChoiceField(
        label="Partens beslutning",
        choices=[(s.value, PARTSSTATUS_NAVN[s]) for s in REGISTRERES],
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
    retter = forms.BooleanField(
        label="Retter partens forrige trin, som er registreret forkert",
        required=False,
        help_text="Så gælder dette trin, også når det er ældre. Det forrige bevares. Ses af alle aftalens parter.",
    )

    def __init__(self, *args: object, versioner: Sequence[Version], **kwargs: object) -> None:
        """`versioner` are those the step can be about, the one sent last first; with only that, there is nothing to choose."""
        super().__init__(*args, **kwargs)
        if not versioner[1:]:
            del self.fields["version"]
            return
        felt = cast(forms.ChoiceField, self.fields["version"])
        felt.choices = [(en.nummer, f"{en}, sendt {dato(en.sendt)}") for en in versioner if en.sendt]
        felt.initial = versioner[0].nummer


class AftaleForm(Formular):
    """A new agreement. Who its parties are follows from the register."""

    titel = forms.CharField(label="Titel", max_length=160, help_text="F.eks. Rammeaftale 2029–2030")
    fra = DatoFelt(label="Første dag", help_text="F.eks. 1 1 2029")
    sidste_dag = DatoFelt(label="Sidste dag", help_text="F.eks. 31 12 2030")
    forrige = forms.TypedChoiceField(
        label="Begynd fra",
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text="Dens klausuler og vilkår, som vedtagne allonger har ændret dem, hentes med og mærkes, så de kan gennemgås.",
    )

    def __init__(self, *args: object, aftaler: Iterable[Rammeaftale], **kwargs: object) -> None:
        """`aftaler` are those one can begin from."""
        super().__init__(*args, **kwargs)
        valg = [("", "Ingen; begynd forfra"), *((aftale.id, f"{aftale.titel} ({aftale.kkr})") for aftale in aftaler)]
        cast(forms.ChoiceField, self.fields["forrige"]).choices = valg


def _valg(organisationer: Iterable[Organisation], kkrets: Container[UUID], ingen: str) -> list[tuple[str, Any]]:
    """Those of the agreement's KKR (`kkrets`) before all the others."""
    grupper: dict[str, list[tuple[str, str]]] = {"I aftalens KKR": [], "Uden for KKR": []}
    for o in organisationer:
        grupper["I aftalens KKR" if o.pk in kkrets else "Uden for KKR"].append((str(o.pk), o.navn))
    return [("", ingen), *((navn, valg) for navn, valg in grupper.items() if valg)]


class PartsgrundForm(Formular):
    """Why a party is changed."""

    begrundelse = forms.CharField(
        label="Hvorfor?",
        max_length=300,
        help_text="Bevares i sporet og ses af alle aftalens parter. Skriv aldrig navne eller CPR-numre.",
        error_messages={"required": "Skriv hvorfor"},
    )


class NyPartForm(PartsgrundForm):
    """Who becomes a party, from when, and of one outside the KKR why."""

    organisation_id = forms.TypedChoiceField(
        label="Kommune eller region", coerce=UUID, error_messages={"required": "Vælg en kommune eller region"}
    )
    fra = DatoFelt(label="Part fra", help_text="Parten er med til og med aftalens sidste dag.")

    def __init__(
        self, *args: object, organisationer: Iterable[Organisation], kkrets: Container[UUID], **kwargs: object
    ) -> None:
        """`organisationer` are those that can become parties; `kkrets` those of the agreement's KKR."""
        super().__init__(*args, **kwargs)
        self.order_fields(["organisation_id", "fra", "begrundelse"])
        self.fields["begrundelse"].required = False
        self.fields["begrundelse"].label = "Hvorfor, når parten er uden for KKR?"
        cast(forms.ChoiceField, self.fields["organisation_id"]).choices = _valg(organisationer, kkrets, "Vælg")


class AfslutPartForm(PartsgrundForm):
    """A party's last day, and who follows it."""

    sidste_dag = DatoFelt(label="Sidste dag som part")
    efterfoelger_id = forms.TypedChoiceField(
        label="Efterfølges af",
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text="Efterfølgeren er part fra dagen efter.",
    )

    def __init__(
        self, *args: object, organisationer: Iterable[Organisation], kkrets: Container[UUID], **kwargs: object
    ) -> None:
        """`organisationer` are those that can follow it; `kkrets` those of the agreement's KKR."""
        super().__init__(*args, **kwargs)
        self.order_fields(["sidste_dag", "efterfoelger_id", "begrundelse"])
        cast(forms.ChoiceField, self.fields["efterfoelger_id"]).choices = _valg(organisationer, kkrets, "Ingen")


class AllongeForm(Formular):
    """An amendment of the agreement in force."""

    titel = forms.CharField(label="Titel", max_length=160, help_text="F.eks. Allonge 1 til Rammeaftale 2027–2028")
    fra = DatoFelt(label="Ændringen gælder fra", help_text="Allongen gælder til og med aftalens sidste dag.")


class RetAftaleForm(Retteform):
    """What a draft was begun with. An allonge ends with the agreement it amends."""

    titel = forms.CharField(label="Titel", max_length=160)
    fra = DatoFelt(label="Første dag")
    sidste_dag = DatoFelt(label="Sidste dag")

    def __init__(self, *args: object, allonge: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if allonge:
            del self.fields["sidste_dag"]


class TrinForm(Formular):
    """A step of the agreement's life. To lay it before the embedsmandsudvalg needs no reason; to pass it by does."""

    dato = DatoFelt(label="Dato", initial=idag)
    begrundelse = forms.CharField(
        label="Begrundelse",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"{SES_AF_PARTERNE} Skriv aldrig navne eller CPR-numre.",
    )

    def __init__(self, *args: object, til: Aftaletilstand, uden_udvalg: bool = False, **kwargs: object) -> None:
        """`uden_udvalg`: there is no embedsmandsudvalg today."""
        super().__init__(*args, **kwargs)
        if uden_udvalg:
            hvorfor = self.fields["begrundelse"]
            hvorfor.label = "Hvorfor tager KKR stilling uden et embedsmandsudvalg?"
            hvorfor.error_messages["required"] = "Skriv hvorfor, eller opret udvalget under Organer"
        elif til is Aftaletilstand.EMBEDSMANDSUDVALG:
            del self.fields["begrundelse"]


class NyVersionForm(Formular):
    """Why what has been sent is called back."""

    dato = DatoFelt(label="Dato", initial=idag)
    begrundelse = forms.CharField(
        label="Hvorfor kommer der en ny version?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"{SES_AF_PARTERNE} Skriv aldrig navne eller CPR-numre.",
    )


class SendForm(Formular):
    """Sending a version; from the second on also what has changed and for whom."""

    dato = DatoFelt(label="Sendes den", initial=idag)
    frist = DatoFelt(label="Frist for parternes beslutning")
    paamind_dage = paamindelsesfelt("De parter, der ikke har besluttet sig,")
    aendring = forms.ChoiceField(
        label="Hvad er ændret siden den forrige version?",
        widget=forms.RadioSelect,
        help_text="Det afgør, hvem der skal godkende igen. De, der har afvist eller ikke svaret, skal altid.",
        error_messages={"required": "Vælg hvad der er ændret"},
    )
    beroerte = forms.TypedMultipleChoiceField(
        label="Parter, ændringen berører",
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        help_text="Udfyldes, når indholdet kun er ændret for nogle parter.",
    )

    kun_sprog = forms.BooleanField(
        label="Jeg har læst forskellene. De ændrer ikke, hvad parterne har godkendt.",
        required=False,
        help_text="Kræves til »Kun sproglige rettelser«.",
    )
    trods_hoering = forms.BooleanField(
        label="Versionen skal sendes alligevel.",
        required=False,
        help_text="Høringerne fortsætter, og bemærkningerne kan stadig behandles, men den sendte version ændres ikke.",
    )
    uden_parter = forms.BooleanField(
        label="Aftalen skal sendes uden dem.",
        required=False,
        help_text="Den, der ikke er part, skal ikke godkende, men aftalens vilkår gælder også for dens tilbud.",
    )

    def __init__(
        self,
        *args: object,
        parter: Iterable[Part],
        hvor_langt: Omfang | None,
        hoeringer: Hoeringsrest,
        mangler: str,
        **kwargs: object,
    ) -> None:
        """`parter` are those that were asked before, and `hvor_langt` how far the text is from what they were asked about; None for the first version, which asks all. `hoeringer` is what is left of the hearings, `mangler` who is in the KKR but no party."""
        super().__init__(*args, **kwargs)
        if hoeringer.tekst:
            self.fields["trods_hoering"].label = f"{hoeringer.tekst}. Versionen skal sendes alligevel."
        else:
            del self.fields["trods_hoering"]
        if mangler:
            self.fields["uden_parter"].label = f"I KKR'et, men ikke part: {mangler}. Aftalen skal sendes uden dem."
        else:
            del self.fields["uden_parter"]
        if hvor_langt is None:
            del self.fields["aendring"], self.fields["beroerte"], self.fields["kun_sprog"]
            return
        mulige = AENDRINGER_VED[hvor_langt]
        felt = cast(forms.ChoiceField, self.fields["aendring"])
        felt.choices = [(a.value, AENDRINGSART_NAVN[a]) for a in mulige]
        felt.help_text = f"{OMFANG_BETYDER[hvor_langt]} {felt.help_text}"
        if hvor_langt is not Omfang.ORDLYD:
            del self.fields["kun_sprog"]
        if Aendringsart.NOGLE_PARTER in mulige:
            valg = [(part.id, part.organisation.navn) for part in parter]
            cast(forms.ChoiceField, self.fields["beroerte"]).choices = valg
        else:
            del self.fields["beroerte"]


class AfsendelseForm(Retteform):
    """The day a version was sent, when it was registered with a later one."""

    dato = DatoFelt(label="Versionen blev sendt den")
    begrundelse = forms.CharField(
        label="Hvordan blev dagen forkert?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"{SES_AF_PARTERNE} Skriv aldrig navne eller CPR-numre.",
        error_messages={"required": "Skriv, hvordan dagen blev forkert"},
    )


class FristForm(Retteform):
    """Another deadline for what has been sent."""

    frist = DatoFelt(label="Frist for parternes beslutning")
    paamind_dage = paamindelsesfelt("De parter, der ikke har besluttet sig,")


class DatoForm(Retteform):
    """The day something was done."""

    dato = DatoFelt(label="Dato", initial=idag)


class DagForm(Formular):
    """The day that is asked about."""

    dag = DatoFelt(label="Dag")


class VilkaarsvalgForm(Formular):
    """Which terms are shown: those that govern a KKR on a day, or a set; and the set they are compared with."""

    kkr = forms.ChoiceField(label="KKR")
    dag = DatoFelt(label="Dag")
    saet = forms.TypedChoiceField(
        label="Sæt",
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text="Vælg et bestemt sæt, hvis det ikke er det, der gælder dagen.",
    )
    mod = forms.TypedChoiceField(label="Sammenlign med", required=False, coerce=UUID, empty_value=None)

    def __init__(
        self, *args: Any, kkrer: Iterable[tuple[str, str]], saet: Iterable[Vilkaarssaet], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        alle = [
            (navn, [(str(et.pk), f"Sæt {et.nummer} ({et.get_status_display().lower()}), {et.aftale}") for et in sine])
            for navn, sine in groupby(saet, key=lambda et: str(et.kkr))
        ]
        for felt, intet in (("saet", "Det, der gælder dagen"), ("mod", "Intet")):
            cast(forms.ChoiceField, self.fields[felt]).choices = [("", intet), *alle]
        cast(forms.ChoiceField, self.fields["kkr"]).choices = list(kkrer)


class OffentliggoerelseForm(Retteform):
    """Where a municipality has published the agreement."""

    dato = DatoFelt(label="Offentliggjort den")
    url = forms.CharField(label="Webadresse", max_length=500, help_text=f"Begynder med https://. {SES_AF_PARTERNE}")


class BekraeftForm(Formular):
    """Nothing to fill in: the page says what happens, and the button does it."""


class FjernForm(Retteform):
    """Nothing to fill in but that what is removed is what was shown."""
