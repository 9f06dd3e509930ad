"""The second factor: whose log-in needs one, whether she has one, and how its secrets are kept."""

import hashlib
import logging
from base64 import urlsafe_b64encode

from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from faelles.aktoer import Rettighed
from kommuner.middleware import AktoerRequest
from kommuner.models import Bruger, Rolle, Tilknytning
from kommuner.roller import ROLLEINDHOLD

logger = logging.getLogger(__name__)

# Who administers others, reads what they did, or reads cases.
KRAEVER_TOTRIN = frozenset(
    {
        Rettighed.PERSONER_STYR,
        Rettighed.PERSONER_HJAELP,
        Rettighed.KLIENTER_STYR,
        Rettighed.LOG_LAES,
        Rettighed.RESERVATIONER_LAES,
    }
)
FAKTORER = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def har_totrin(bruger: Bruger) -> bool:
    """Whether the person has a code app or a passkey; recovery codes alone are not a second factor."""
    return bool(get_adapter().is_mfa_enabled(bruger, FAKTORER))


def skal_have_totrin(tilknytninger: list[Tilknytning]) -> bool:
    """Whether one of the memberships gives rights that ask for a second factor."""
    return any(ROLLEINDHOLD[Rolle(t.rolle)].rettigheder & KRAEVER_TOTRIN for t in tilknytninger)


def mangler_totrin(request: AktoerRequest) -> bool:
    """Whether the person should set up a second factor: her roles ask for it, and neither she nor her provider has seen to it."""
    if not skal_have_totrin(request.tilknytninger):
        return False
    if any(udbyder.totrin for udbyder in settings.OIDC_UDBYDERE if udbyder.id in request.udbydere):
        return False
    return not har_totrin(request.user)


def fjern_totrin(bruger: Bruger) -> bool:
    """Remove every second factor, log the person off everywhere and tell her; False when she has none."""
    with transaction.atomic():
        fjernet, _ = Authenticator.objects.filter(user=bruger).delete()
        if not fjernet:
            return False
        for session in UserSession.objects.filter(user=bruger):
            session.end()
    logger.warning("totrinslogin fjernet fra bruger:%s", bruger.pk)
    emne, brev = (render_to_string(f"mfa/email/fjernet_{del_}.txt") for del_ in ("subject", "message"))
    send_mail(emne.strip(), brev, None, [bruger.email])
    return True


class TotrinAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Secrets of code apps and recovery codes are encrypted with SECRET_KEY: a copy of the database is not enough."""

    def encrypt(self, text: str) -> str:
        """With the key of today."""
        return _laas().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """With the key of today or one of SECRET_KEY_FALLBACKS."""
        return _laas().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Bruger, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's signature
        """A name to begin with; the person may change it."""
        antal: int = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Adgangsnøgle {antal + 1}"


def _laas() -> MultiFernet:
    hemmeligheder = [str(noegle).encode() for noegle in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(Fernet(urlsafe_b64encode(hashlib.sha256(b"totrin:" + h).digest())) for h in hemmeligheder)
