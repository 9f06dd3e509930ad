"""The start page's list of changed takster: seen."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import UgyldigtInput
from faelles.formularer import Formular
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from reservationer.sag.takstbeskeder import actions


class TaksterSetForm(Formular):
    """The latest the page showed: what came after it has not been seen."""

    senest = forms.DateTimeField(widget=forms.HiddenInput)


@require_POST
@side(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED)
def kvitter(request: AktoerRequest) -> HttpResponse:
    """Note for the whole municipality that what the page showed has been seen."""
    form = TaksterSetForm(request.POST)
    if not form.is_valid():
        raise UgyldigtInput("ugyldigt_input", "Listen er ikke sendt med. Åbn Min side igen, og markér.", {})
    actions.kvitter(aktoer=request.aktoer, senest=form.cleaned_data["senest"])
    return redirect("start")
