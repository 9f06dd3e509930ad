"""Forms of the import pages."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from faelles.formularer import Formular

# Megabytes; below what may be sent at once (UPLOAD_MAKS), so that the form can say it beside its field.
STOERSTE_MB = 9


class FilForm(Formular):
    """The file. What it is called and says it is counts for nothing; what is in it is read by `faelles.regneark.fil`."""

    fil = forms.FileField(
        label="Fil",
        help_text=f"Excel (.xlsx) eller CSV i UTF-8, højst {STOERSTE_MB} MB og 20.000 rækker i hvert ark",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv", "class": "form-input"}),
        error_messages={"required": "Vælg en fil", "empty": "Filen er tom"},
    )

    def clean_fil(self) -> Any:
        """Refuse what is too large before reading it."""
        fundet: UploadedFile[bytes] = self.cleaned_data["fil"]
        if (fundet.size or 0) > STOERSTE_MB * 2**20:
            raise forms.ValidationError(f"Filen er større end {STOERSTE_MB} MB. Del den i flere.")
        return fundet


class AfvisForm(Formular):
    """Why an import is declined."""

    grund = forms.CharField(
        label="Begrundelse",
        max_length=300,
        help_text="Ses af dem hos jer, der arbejder med tilbud. Skriv aldrig navne eller CPR-numre.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv, hvorfor importen afvises"},
    )
