"""How allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from kommuner.graense import for_mange

# Codes allauth uses when a limit is used up inside a form; elsewhere it asks for the 429 page itself.
_FOR_MANGE = frozenset({"too_many_login_attempts", "rate_limited"})


class KontoAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Administrators create the users: nobody can sign up. A used-up limit is the 429 page, in forms too."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Never."""
        return False

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """As allauth's, but leave the form when nothing typed in it would help."""
        if code in _FOR_MANGE:
            raise ImmediateHttpResponse(for_mange(self.request))
        fejl: ValidationError = super().validation_error(code, *args)
        return fejl

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - allauth's signature
        """Back to where the person came from."""
        return reverse("profil")

    def login_noegle(self, email: str) -> str:
        """What failed log-ins with this address are counted under."""
        noegle: str = self._get_login_attempts_cache_key(self.request, email=email)
        return noegle
