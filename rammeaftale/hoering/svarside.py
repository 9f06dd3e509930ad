"""The page behind a hearing's link: the one page of agreements that is open to whoever has the key.

No session and no account: the key is all there is. It stands in the query, never in the path, because the web server's log has
paths and no queries (drift/gunicorn_conf.py), and it is sent to nobody as a referrer. A key nobody has, one that was never
right and one that is cut short get the same page after the same look-up; pages of links that are over name no hearing.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from faelles.fejl import IngenAdgang, Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.graenser import aaben
from faelles.tid import idag
from rammeaftale.hoering.actions import afgiv_svar, svarets_fejl
from rammeaftale.hoering.forms import SvarForm, skrevne
from rammeaftale.hoering.queries import find_link, ikke_gennemsoegte, kvittering, linkets_stand, udkast
from rammeaftale.hoering.regler import Linkstand
from rammeaftale.models import Hoeringslink
from rammeaftale.tekst.gaeldende import afloeses

UKENDT = "ukendt"
STATUS = {UKENDT: 404, Linkstand.TRUKKET: 410, Linkstand.UDLOEBET: 410}


def diskret(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Say nothing of the page to anybody: no referrer, no index, no copy."""

    @wraps(view)
    def indpakket(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        svar = view(request, *args, **kwargs)
        svar["Referrer-Policy"] = "no-referrer"
        svar["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return svar

    return indpakket


@csrf_exempt
@sensitive_post_parameters()
@never_cache
@diskret
@require_http_methods(["GET", "POST"])
@aaben
def svar(request: HttpRequest) -> HttpResponse:
    """Read the draft and answer it; afterwards, what was answered.

    Exempt from Django's CSRF check: without a referrer a browser sends `Origin: null` with a form, which it refuses. Nothing is lost:
    no cookie opens this page, so another site could only send what it has the key to itself; and one that tries is told off.
    """
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise IngenAdgang("fremmed_side", "Svaret kom fra en anden side. Åbn linket fra brevet, og svar dér.")
    noegle = request.GET.get("noegle", "")
    link, hvor = _slaa_op(noegle)
    if link is not None and hvor is Linkstand.AABENT:
        try:
            return _besvar(request, link, noegle)
        except Konflikt:  # somebody else has answered by the same link, or it has just been closed
            link, hvor = _slaa_op(noegle)
    tabt = skrevne(request.POST) if link is not None else []
    if link is not None and hvor is Linkstand.BESVARET:
        return _kvittering(request, link, tabt)
    kontekst = {"stand": hvor, "tabt": tabt}
    return render(request, "rammeaftale/hoering/lukket.html", kontekst, status=STATUS[hvor])


def _slaa_op(noegle: str) -> tuple[Hoeringslink | None, str]:
    link = find_link(noegle)
    return link, linkets_stand(link, idag()) if link else UKENDT


def _kvittering(request: HttpRequest, link: Hoeringslink, tabt: Sequence[str]) -> HttpResponse:
    """What was answered; `tabt`: what somebody else wrote meanwhile, which is not received."""
    givet = kvittering(link)
    kontekst = {
        "link": link,
        "svar": givet,
        "ulaeste": bool(givet and ikke_gennemsoegte(givet.bemaerkninger.all())),
        "tabt": tabt,
    }
    return render(request, "rammeaftale/hoering/kvittering.html", kontekst, status=409 if tabt else 200)


def _besvar(request: HttpRequest, link: Hoeringslink, noegle: str) -> HttpResponse:
    """The draft with the form, or the way to the receipt. Raises Konflikt when it can no longer be answered."""
    hoering = link.modtager.hoering
    klausuler = udkast(hoering)
    form = SvarForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        klausuler=klausuler,
        nu_gaelder=afloeses(hoering.version, klausuler, hoering.sendt),
    )
    igen = f"{reverse('hoeringssvar')}?{urlencode({'noegle': noegle})}"
    if form.is_valid():
        try:
            afgiv_svar(noegle=noegle, besvarelse=form.besvarelse)
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        else:
            return redirect(igen)
    elif form.is_bound:
        form.tilfoej(svarets_fejl(hoering, form.besvarelse))
    form.bed_om_filerne_igen()
    kontekst = {"link": link, "hoering": hoering, "form": form, "foer": kvittering(link)}
    return render(request, "rammeaftale/hoering/svar.html", kontekst, status=422 if form.errors else 200)
