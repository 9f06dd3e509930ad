"""The page of the mails one can choose."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kommuner.adgang import egen_side
from kommuner.breve.actions import vaelg
from kommuner.breve.forms import BrevvalgForm
from kommuner.breve.queries import faste_for, slags_for, valgte
from kommuner.middleware import PersonRequest
from kommuner.queries import aktoer_for_tilknytning


@require_http_methods(["GET", "POST"])
@egen_side
def breve(request: PersonRequest) -> HttpResponse:
    """How the person wants to be told, of what is of use in any of her roles; and what comes anyhow."""
    aktoerer = [aktoer_for_tilknytning(en) for en in request.tilknytninger]
    slags, data = slags_for(aktoerer), request.POST if request.method == "POST" else None
    form = BrevvalgForm(data, slags=slags, valgte=valgte(request.user))
    if form.is_valid():
        vaelg(bruger=request.user, valg=form.cleaned_data)
        messages.success(request, "Dit valg af mails er gemt.")
        return redirect("breve")
    kontekst = {
        "form": form,
        "slags": slags,
        "faste": sorted({et.navn for et in faste_for(aktoerer)}),
        "sti": [{"navn": "Min profil", "url": reverse("profil")}, {"navn": "Mails"}],
    }
    return render(request, "kommuner/breve/valg.html", kontekst, status=422 if form.errors else 200)
