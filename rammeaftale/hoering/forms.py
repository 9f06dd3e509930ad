"""Forms of the hearings: the secretariat's, and the one behind a link."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils.timezone import localtime

from faelles.cpr import ligner_cpr
from faelles.dokument.tal import dato
from faelles.formularer import DatoFelt, Formular, vogt
from rammeaftale.hoering.actions import Besvarelse, Hoeringsindhold, Modtagerindhold
from rammeaftale.hoering.actions.filer import LAENGSTE_FILBEGRUNDELSE
from rammeaftale.hoering.actions.forberedelse import LAENGSTE_FOELGEBREV, LAENGSTE_PAAMINDELSE
from rammeaftale.hoering.actions.svar import FLEST_FILER, LAENGSTE_BEMAERKNING, Afgivet, feltnavn
from rammeaftale.hoering.regler import (
    BEHANDLING_NAVN,
    FILUDFALD_NAVN,
    MODTAGERART_NAVN,
    Behandlingsudfald,
    Filudfald,
    Modtagerart,
)
from rammeaftale.models import Hoering, Hoeringsbehandling, Hoeringsfil, Version
from rammeaftale.samtidig import Retteform
from rammeaftale.tekst.queries import Klausultekst

SES_AF = "Ses af aftalens parter og trykkes i høringsnotatet."
HELE = "hele"


class HoeringForm(Retteform):
    """A hearing: what it is called, its deadline, its letter and its reminder."""

    titel = forms.CharField(
        label="Hvad hedder høringen?",
        max_length=160,
        help_text=SES_AF,
        error_messages={"required": "Skriv, hvad høringen hedder"},
    )
    frist = DatoFelt(label="Frist", help_text="Den sidste dag, der kan svares. Kan forlænges, når høringen er sendt.")
    foelgebrev = forms.CharField(
        label="Følgebrev",
        max_length=LAENGSTE_FOELGEBREV,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Står i brevet til høringsparterne og på siden, hvor de svarer.",
    )
    paamind_dage = forms.IntegerField(
        label="Påmind, antal dage før fristen",
        required=False,
        min_value=0,
        max_value=LAENGSTE_PAAMINDELSE,
        help_text="De, der ikke har svaret, får et nyt link, hvis deres seneste er fra før den dag. Tomt: ingen påmindelse.",
    )

    def __init__(self, *args: Any, sendt: bool = False, **kwargs: Any) -> None:
        """What a hearing that is `sendt` is called and its letter are shown as they stand; written before it was, they are refused."""
        super().__init__(*args, **kwargs)
        for navn in ("titel", "foelgebrev"):
            self.fields[navn].disabled = sendt and navn not in self.data

    @property
    def indhold(self) -> Hoeringsindhold:
        """What a valid form says."""
        return Hoeringsindhold(**{navn: self.cleaned_data[navn] for navn in HoeringForm.base_fields})


class NyHoeringForm(HoeringForm):
    """A new hearing, perhaps to those who were asked the last time."""

    tag_med = forms.BooleanField(
        required=False,
        help_text="Med navne og postkasser, som de står der. De kan rettes og fjernes, og flere tilføjes, før høringen sendes.",
    )

    def __init__(self, *args: Any, forrige: Hoering | None, **kwargs: Any) -> None:
        """`forrige` is the hearing whose recipients can be taken over, if any."""
        super().__init__(*args, **kwargs)
        if forrige is None or forrige.sendt is None:
            del self.fields["tag_med"]
        else:
            antal = forrige.modtagere.count()
            hvem = "den høringspart" if antal == 1 else f"de {antal} høringsparter"
            self.fields[
                "tag_med"
            ].label = f"Tag {hvem} med fra »{forrige}«, sendt den {dato(localtime(forrige.sendt).date())}"


def hoeringens(hoering: Hoering) -> dict[str, object]:
    """A hearing as the form's first values."""
    return {navn: getattr(hoering, navn) for navn in HoeringForm.base_fields}


class ModtagereForm(Formular):
    """Recipients of one kind, one on each line."""

    art = forms.TypedChoiceField(
        label="Hvad er de?",
        coerce=Modtagerart,
        choices=[(a.value, MODTAGERART_NAVN[a]) for a in Modtagerart],
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg, hvad de er"},
    )
    modtagere = forms.CharField(
        label="Høringsparter",
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Én på hver linje: navn; e-mail. Skriv organisationen eller funktionen og dens fælles postkasse, aldrig en person. "
        "F.eks. Handicaprådet i Herlev; handicapraad@herlev.example",
        error_messages={"required": "Skriv mindst én høringspart"},
    )

    @property
    def indhold(self) -> list[Modtagerindhold]:
        """What a valid form says; a line without an e-mail address is for the action to refuse."""
        linjer = (linje.rpartition(";") for linje in self.cleaned_data["modtagere"].splitlines() if linje.strip())
        return [
            Modtagerindhold(self.cleaned_data["art"], navn or email, email if navn else "") for navn, _, email in linjer
        ]


class PostkasseForm(Retteform):
    """A recipient's mailbox."""

    email = forms.EmailField(
        label="Fælles postkasse",
        help_text="Organisationens eller funktionens postkasse, aldrig en persons.",
        error_messages={"required": "Skriv postkassens e-mailadresse"},
    )


class SendForm(Retteform):
    """Nothing to fill in but that what is sent, closed or discarded is what was shown."""


def afsendelsens(hoering: Hoering) -> dict[str, object]:
    """What is about to be sent, closed or discarded, and those who are asked."""
    om_den: dict[str, object] = {
        str(felt.label): getattr(hoering, navn) for navn, felt in HoeringForm.base_fields.items()
    }
    return om_den | {"Høringsparter": [f"{m.navn}; {m.email}" for m in hoering.modtagere.all()]}


class BekraeftForm(Formular):
    """Nothing to fill in: the button is the answer."""


class BehandlingForm(Retteform):
    """What is done with a remark."""

    udfald = forms.TypedChoiceField(
        label="Behandling",
        coerce=Behandlingsudfald,
        choices=[(u.value, BEHANDLING_NAVN[u]) for u in Behandlingsudfald],
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg, hvad der er gjort"},
    )
    version = forms.TypedChoiceField(
        label="Indarbejdet i version", coerce=int, empty_value=None, required=False, help_text="Når den er indarbejdet."
    )
    begrundelse = forms.CharField(
        label="Begrundelse",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"Kræves, når bemærkningen ikke er imødekommet. {SES_AF}",
    )

    def __init__(self, *args: Any, versioner: Iterable[Version], **kwargs: Any) -> None:
        """`versioner` are those it can be worked into."""
        super().__init__(*args, **kwargs)
        valg = [("", "Ingen"), *((str(v.nummer), f"Version {v.nummer}") for v in versioner)]
        cast(forms.ChoiceField, self.fields["version"]).choices = valg


def behandlingens(behandling: Hoeringsbehandling | None) -> dict[str, object]:
    """What was last done with a remark as the form's first values; of one nobody has handled, nothing."""
    nummer = behandling.version.nummer if behandling and behandling.version else None
    felter = ("udfald", "begrundelse")
    return {navn: getattr(behandling, navn, None) for navn in felter} | {"version": nummer}


class FilvurderingForm(Retteform):
    """What is decided about a file."""

    udfald = forms.TypedChoiceField(
        label="Vurdering",
        coerce=Filudfald,
        choices=[(u.value, FILUDFALD_NAVN[u]) for u in Filudfald],
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg, om filen frigives eller lukkes"},
    )
    begrundelse = forms.CharField(
        label="Begrundelse",
        max_length=LAENGSTE_FILBEGRUNDELSE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kræves, når filen lukkes. Ses af aftalens parter. Gentag ikke, hvad der står i filen.",
    )


def filvurderingens(fil: Hoeringsfil) -> dict[str, object]:
    """What was last decided about a file as the form's first values."""
    return {navn: getattr(fil.vurdering, navn, None) for navn in FilvurderingForm.base_fields}


class SvarForm(Formular):
    """An answer: a remark to each clause and to the draft as a whole, files, or that there is nothing to remark."""

    def __init__(
        self, *args: Any, klausuler: Sequence[Klausultekst], nu_gaelder: Mapping[UUID, Klausultekst], **kwargs: Any
    ) -> None:
        """`klausuler` are those of the draft, `nu_gaelder` those of the agreement that some of them amend or repeal, by their ids."""
        super().__init__(*args, **kwargs)
        self._klausuler, self._nu_gaelder = klausuler, nu_gaelder
        self.mangler: dict[int, str] = {}  # names of files that were chosen and are not received, by their number
        self.fields[feltnavn(None)] = _bemaerkning("Bemærkninger til udkastet som helhed", raekker=6)
        for tekst in klausuler:
            self.fields[feltnavn(tekst.udgave.pk)] = _bemaerkning(f"Bemærkninger til {tekst.navn}", raekker=4)
        om = [(HELE, "Udkastet som helhed"), *((tekst.udgave.pk.hex, tekst.navn) for tekst in klausuler)]
        for nummer in range(1, FLEST_FILER + 1):
            self.fields[f"fil_{nummer}"] = _fil(nummer)
            self.fields[f"fil_{nummer}_om"] = forms.ChoiceField(
                label=f"Fil {nummer} handler om", choices=om, required=False, initial=HELE
            )
        self.fields["uden_filer"] = forms.BooleanField(label="Send svaret uden de filer, der mangler", required=False)
        self.fields["ingen_bemaerkninger"] = forms.BooleanField(
            label="Vi har ingen bemærkninger til udkastet", required=False
        )
        for felt in self.fields.values():
            vogt(felt)

    @property
    def afsnit(self) -> list[tuple[Klausultekst, Klausultekst | None, BoundField]]:
        """Each clause, the one it amends or repeals, and its field."""
        return [(k, self._nu_gaelder.get(k.id), self[feltnavn(k.udgave.pk)]) for k in self._klausuler]

    @property
    def filfelter(self) -> list[tuple[BoundField, BoundField]]:
        """Each file with what it is about."""
        return [(self[f"fil_{nummer}"], self[f"fil_{nummer}_om"]) for nummer in range(1, FLEST_FILER + 1)]

    def clean(self) -> dict[str, Any]:
        """Files that were chosen before, when the form was refused, are chosen again or said to be left out: the answer is final."""
        if len(self._valgt()) < len(self._valgt_foer()) and not self.cleaned_data["uden_filer"]:
            self.add_error("uden_filer", "Vælg filerne igen, eller sæt kryds ved, at svaret sendes uden dem")
        return self.cleaned_data

    def bed_om_filerne_igen(self) -> None:
        """Say at its field that a file is not received: a browser keeps none when the form is shown again.

        A tick at sending without those from before was not about those that are chosen now.
        """
        valgt, foer = self._valgt(), self._valgt_foer() if self.has_error("uden_filer") else {}
        self.mangler = {nummer: "filen" if ligner_cpr(navn) else navn for nummer, navn in (foer | valgt).items()}
        for nummer, navn in self.mangler.items():
            if not self.has_error(f"fil_{nummer}"):
                self.add_error(f"fil_{nummer}", f"»{navn}« er ikke sendt; vælg den igen")
        if valgt:
            self.data = {navn: self.data[navn] for navn in self.data if navn != "uden_filer"}

    def _valgt(self) -> dict[int, str]:
        filer = ((nummer, self.files.get(f"fil_{nummer}")) for nummer in range(1, FLEST_FILER + 1))
        return {nummer: fil.name or "" for nummer, fil in filer if fil is not None}

    def _valgt_foer(self) -> dict[int, str]:
        navne = ((nummer, self.data.get(f"fil_{nummer}_foer")) for nummer in range(1, FLEST_FILER + 1))
        return {nummer: navn for nummer, navn in navne if navn}

    @property
    def besvarelse(self) -> Besvarelse:
        """What the form says; of one that is not valid, as it was written."""
        data = self.cleaned_data
        om_dem: list[UUID | None] = [None, *(tekst.udgave.pk for tekst in self._klausuler)]
        filer = []
        for nummer in range(1, FLEST_FILER + 1):
            sendt: UploadedFile[bytes] | None = data.get(f"fil_{nummer}")
            if sendt is not None:
                om = data.get(f"fil_{nummer}_om", HELE)
                filer.append(Afgivet(None if om in {"", HELE} else UUID(om), sendt.name or "", _indhold(sendt)))
        tekster = {om: data.get(feltnavn(om)) or self.data.get(feltnavn(om)) or "" for om in om_dem}
        return Besvarelse(tekster, filer, data["ingen_bemaerkninger"])

    def tilfoej(self, fejl: Mapping[str, Sequence[str]]) -> None:
        """Say what else is wrong, at the fields of which nothing is said yet."""
        for felt, beskeder in fejl.items():
            if not self.has_error(felt):
                self.add_error(felt, list(beskeder))


def skrevne(data: Mapping[str, str]) -> list[str]:
    """The remarks of a form that can be sent no longer, in its order: they are given back to whoever wrote them."""
    om = (navn for navn in data if navn == feltnavn(None) or navn.startswith("k_"))
    return [data[navn] for navn in om if data[navn].strip()]


def _bemaerkning(label: str, *, raekker: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LAENGSTE_BEMAERKNING,
        required=False,
        widget=forms.Textarea(attrs={"rows": raekker}),
    )


def _fil(nummer: int) -> forms.FileField:
    """`allow_empty_file`: what an empty file is, the action says with everything else."""
    return forms.FileField(
        label=f"Fil {nummer}",
        required=False,
        allow_empty_file=True,
        help_text=f"PDF, Word (.docx), OpenDocument (.odt) eller ren tekst, højst {settings.HOERINGSFIL_MAKS // 1_000_000} MB",
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt,.txt", "class": "form-input"}),
    )


def _indhold(sendt: "UploadedFile[bytes]") -> bytes:
    """No more than tells that it is too large."""
    hoejst: int = settings.HOERINGSFIL_MAKS
    return bytes(sendt.read(hoejst + 1))
