"""The page behind an invitation's link: the one page of people that is open to everybody."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from faelles.fejl import IkkeFundet, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.tid import nu
from kommuner.models import Bruger, Invitation
from kommuner.personer.actions import tag_imod
from kommuner.personer.forms import AdgangskodeForm
from kommuner.personer.queries import find_invitation


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, noegle: str) -> HttpResponse:
    """Take the invitation: a new person chooses a password, somebody with a log-in accepts when she has logged in."""
    fundet = find_invitation(noegle)
    if fundet is None:
        raise IkkeFundet("invitation_ikke_fundet", "Invitationen findes ikke.")
    bruger = request.user if isinstance(request.user, Bruger) else None
    kontekst: dict[str, Any] = {"invitation": fundet, "logget_paa_som": bruger}
    if not fundet.kan_bruges(nu()):
        return render(request, "personer/invitation_lukket.html", kontekst, status=410)
    if bruger is None and Bruger.objects.filter(email=fundet.email, is_active=True).exists():
        return redirect_to_login(request.path) if request.method == "POST" else _vis(request, kontekst)
    if bruger is not None:
        return _som_kendt(request, fundet, noegle, bruger, kontekst)
    form = AdgangskodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            tag_imod(noegle=noegle, bruger=None, adgangskode=form.cleaned_data["adgangskode"])
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, "Din adgangskode er gemt. Log på med den for at begynde.")
            return redirect("account_login")
    return _vis(request, {**kontekst, "form": form}, status=400 if form.errors else 200)


def _som_kendt(
    request: HttpRequest, fundet: Invitation, noegle: str, bruger: Bruger, kontekst: dict[str, Any]
) -> HttpResponse:
    """For somebody who has logged in: accept, or be told that the invitation is another's."""
    if request.method == "GET" or bruger.email != fundet.email:
        return _vis(request, {**kontekst, "til_en_anden": bruger.email != fundet.email})
    tag_imod(noegle=noegle, bruger=bruger)
    messages.success(request, f"Du er nu {fundet.rollenavne.lower()} for {fundet.organisation}.")
    return redirect("start")


def _vis(request: HttpRequest, kontekst: dict[str, Any], status: int = 200) -> HttpResponse:
    log_paa = f"{reverse('account_login')}?next={request.path}"
    return render(request, "personer/invitation.html", {**kontekst, "log_paa": log_paa}, status=status)
