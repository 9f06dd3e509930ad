"""The answer to somebody who has tried too often: when to try again, for people and (Retry-After) for programs."""

from collections.abc import Iterator
from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import get_pending_stage
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string

from faelles.tid import nu

MINDST = 1  # seconds; a limit may run out while the answer is made
UKENDT = 60  # seconds, when no limit of allauth's explains the refusal
_APPS = ("allauth.account", "allauth.mfa")


def for_mange(request: HttpRequest) -> HttpResponse:
    """The page with Retry-After; allauth calls it as the project's handler429."""
    sekunder = ventetid(request)
    svar = render(request, "account/for_mange.html", {"igen": nu() + timedelta(seconds=sekunder)}, status=429)
    svar["Retry-After"] = str(sekunder)
    return svar


def ventetid(request: HttpRequest) -> int:
    """Seconds until every limit this caller has used up lets one more try through.

    Refused tries are not counted, so waiting is enough: the oldest counted try leaves its period.
    """
    graenser = dict(_graenser(request))
    vent = 0.0
    for noegle, forsoeg in cache.get_many(graenser).items():
        rate = graenser[noegle]
        if len(forsoeg) >= rate.amount:  # the newest first
            vent = max(vent, forsoeg[rate.amount - 1] + rate.duration - nu().timestamp())
    return max(MINDST, int(vent) + 1) if vent > 0 else UKENDT


def _graenser(request: HttpRequest) -> Iterator[tuple[str, ratelimit.Rate]]:
    """Every limit that may count this caller, with its key in the cache (the keys are allauth's own)."""
    noegler = _noegler(request)
    for app in _APPS:
        for handling in import_string(f"{app}.app_settings.RATE_LIMITS"):
            for rate in ratelimit.get_rates(app=app, action=handling):
                if rate.per == "user" and not request.user.is_authenticated:
                    continue
                for noegle in noegler if rate.per == "key" else [None]:
                    yield ratelimit.get_cache_key(request, app=app, action=handling, rate=rate, key=noegle), rate


def _noegler(request: HttpRequest) -> list[str]:
    """What allauth counts tries for beside the address they come from: an e-mail address, or a person's codes."""
    noegler = []
    skrevet = request.POST.get("login") or request.POST.get("email") or getattr(request.user, "email", "")
    email = str(skrevet).strip()
    if email:
        noegler += [email.lower(), get_adapter().login_noegle(email)]
    trin = get_pending_stage(request)
    hvem = request.user if request.user.is_authenticated else trin and trin.login.user
    if hvem:
        noegler.append(f"mfa-auth-user-{hvem.pk}")
    return noegler
