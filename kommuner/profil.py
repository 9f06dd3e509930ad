"""Min profil: what the platform knows about the person herself, and how her log-in is protected."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from faelles.fejl import IkkeFundet
from kommuner.adgang import egen_side
from kommuner.middleware import PersonRequest
from kommuner.queries import alle_tilknytninger


@require_GET
@egen_side
def profil(request: PersonRequest) -> HttpResponse:
    """The person's address, roles, second factors and log-ins."""
    faktorer = list(Authenticator.objects.filter(user=request.user))
    udbydere = {udbyder.id: udbyder.navn for udbyder in settings.OIDC_UDBYDERE}
    koder = next((f.wrap() for f in faktorer if f.type == Authenticator.Type.RECOVERY_CODES), None)
    return render(
        request,
        "kommuner/profil.html",
        {
            "roller": [(t, udbydere.get(t.kilde, t.kilde)) for t in alle_tilknytninger(request.user)],
            "kodeapp": any(f.type == Authenticator.Type.TOTP for f in faktorer),
            "noegler": [f.wrap().name for f in faktorer if f.type == Authenticator.Type.WEBAUTHN],
            "koder": len(koder.get_unused_codes()) if koder else None,
            "sessioner": len(UserSession.objects.purge_and_list(request.user)),
        },
    )


@require_POST
@egen_side
def afslut_session(request: PersonRequest, session_id: int) -> HttpResponse:
    """Log off somewhere else, or here."""
    session = UserSession.objects.filter(user=request.user, pk=session_id).first()
    if session is None:
        raise IkkeFundet("session_ikke_fundet", "Du er ikke længere logget på dér.")
    her = session.is_current()
    end_sessions(request, [session])
    if her:
        return redirect("account_login")
    messages.success(request, "Du er logget af dér.")
    return redirect("usersessions_list")
