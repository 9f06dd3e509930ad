"""What the pages of a step by a second person have in common: take it, or decline with a reason, and come back with a word about how it went."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from faelles.fejl import Konflikt, UgyldigtInput
from faelles.formularer import Formular, tilfoej_fejl

HOEJST_GRUND = 300


class AfvisForm(Formular):
    """Why something is declined."""

    grund = forms.CharField(
        label="Begrundelse",
        max_length=HOEJST_GRUND,
        help_text="Ses af dem hos jer, der arbejder med takster. Skriv aldrig navne eller CPR-numre.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Skriv, hvorfor det afvises"},
    )


def gjort(request: HttpRequest, handling: Callable[[], object], besked: str, rute: str, en: UUID) -> HttpResponse:
    """Do it and go to the page of it; what stands in the way is said there."""
    try:
        handling()
    except Konflikt as fejl:
        messages.error(request, fejl.besked)
    else:
        messages.success(request, besked)
    return redirect(rute, en)


def afvist(
    request: HttpRequest, form: AfvisForm, handling: Callable[[str], object], besked: str, rute: str, en: UUID
) -> HttpResponse | None:
    """Decline with the form's reason and go to the page of it; None when the form is to be shown, with what is wrong."""
    if not form.is_valid():
        return None
    try:
        handling(form.cleaned_data["grund"])
    except (Konflikt, UgyldigtInput) as fejl:
        tilfoej_fejl(form, fejl)
        return None
    messages.success(request, besked)
    return redirect(rute, en)
