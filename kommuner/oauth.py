"""Systems: which scopes a client may have, and which actor a token is."""

from dataclasses import dataclass
from typing import Any

from oauth2_provider.contrib.rest_framework import OAuth2Authentication
from oauth2_provider.models import Application
from oauth2_provider.scopes import SettingsScopes
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from faelles.aktoer import Aktoer
from kommuner.models import ApiKlient
from kommuner.queries import aktoer_for_klient


@dataclass(frozen=True, slots=True)
class Klientbruger:
    """What `request.user` is in the API: a system, never a person."""

    aktoer: Aktoer
    is_authenticated: bool = True


class KlientScopes(SettingsScopes):  # type: ignore[misc]  # the library ships no types
    """A client may ask for its own scopes only, and gets all of them when it names none."""

    def get_available_scopes(self, application: Application | None = None, *_args: Any, **_kwargs: Any) -> list[str]:
        """The scopes of the client's registration."""
        klient = ApiKlient.objects.filter(application=application).first() if application else None
        return sorted(rettighed.value for rettighed in klient.rettigheder) if klient else []

    def get_default_scopes(self, application: Application | None = None, *args: Any, **kwargs: Any) -> list[str]:
        """As the available ones."""
        return self.get_available_scopes(application, *args, **kwargs)


class KlientAuthentication(OAuth2Authentication):  # type: ignore[misc]  # the library ships no types
    """The actor comes from the client's registration, never from a parameter. A token without a registered client is none."""

    def authenticate(self, request: Request) -> tuple[Klientbruger, Any] | None:
        """The system behind the bearer token; None without one. Raises AuthenticationFailed for a token that is no good."""
        # The plain request: DRF's own would read the body as JSON, and answer 400 to somebody who should get 401.
        fundet = super().authenticate(request._request)  # noqa: SLF001 - DRF's documented way to the plain request
        if fundet is None:
            return None
        _, token = fundet
        klient = (
            ApiKlient.objects.filter(application=token.application_id)
            .select_related("organisation", "application")
            .first()
        )
        if klient is None:
            raise AuthenticationFailed
        return Klientbruger(aktoer_for_klient(klient, token.scope.split())), token
