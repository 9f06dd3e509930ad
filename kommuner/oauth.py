"""Systems: when a credential counts, which scopes a client may have, and which actor a token is."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q
from oauth2_provider.contrib.rest_framework import OAuth2Authentication
from oauth2_provider.models import AccessToken, Application
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.scopes import SettingsScopes
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from faelles.aktoer import Aktoer
from faelles.scope import saet_database_aktoer
from faelles.tid import nu
from kommuner.models import ApiNoegle
from kommuner.queries import aktoer_for_klient

UGYLDIGT_TOKEN = {"error": "invalid_token", "error_description": "The access token is invalid."}
BRUGT_HOEJST_HVERT = timedelta(
    minutes=1
)  # "last used" is not written more often, so that busy systems do not queue for it


@dataclass(frozen=True, slots=True)
class Klientbruger:
    """What `request.user` is in the API: a system, never a person."""

    aktoer: Aktoer
    is_authenticated: bool = True


def noegle_for(application: Application | None) -> ApiNoegle | None:
    """The application's credential with its client, or None when it has none that counts. Asked for unless it came with the token."""
    if application is None:
        return None
    relation = Application._meta.get_field("apinoegle")
    if not relation.is_cached(application):
        noegler = ApiNoegle.objects.for_systemet("it is the credential that says for whom")
        fundet = noegler.filter(application=application).select_related("klient__organisation").first()
        relation.set_cached_value(application, fundet)
    noegle: ApiNoegle | None = relation.get_cached_value(application)
    return noegle if noegle is not None and noegle.gyldig else None


class Klientvalidator(OAuth2Validator):  # type: ignore[misc]  # the library ships no types
    """A credential counts only until it is revoked or its client is closed. It is asked for with every token, so both hold at once."""

    def authenticate_client(self, request: Any, *args: Any, **kwargs: Any) -> bool:
        """Whether the secret is right and the credential counts; else the answer is invalid_client."""
        saet_database_aktoer(None)  # it is the credential that says for whom
        return super().authenticate_client(request, *args, **kwargs) and noegle_for(request.client) is not None

    def validate_bearer_token(self, token: str, scopes: list[str], request: Any) -> bool:
        """Whether the token is valid and its credential counts."""
        gyldigt: bool = super().validate_bearer_token(token, scopes, request)
        if gyldigt and noegle_for(request.client) is None:
            request.oauth2_error = UGYLDIGT_TOKEN
            return False
        return gyldigt

    def _load_access_token(self, token: str) -> AccessToken | None:
        """As the library's, with all that says for whom the token acts, so that a request asks once."""
        saet_database_aktoer(None)  # it is the credential that says for whom
        return (
            AccessToken.objects.select_related("application__apinoegle__klient__organisation")
            .filter(token_checksum=hashlib.sha256(token.encode()).hexdigest())
            .first()
        )

    def _save_bearer_token(self, token: dict[str, Any], request: Any, *args: Any, **kwargs: Any) -> None:
        """As the library's, and the credential has been used."""
        super()._save_bearer_token(token, request, *args, **kwargs)
        nyligt = Q(sidst_brugt__gt=nu() - BRUGT_HOEJST_HVERT)
        noegler = ApiNoegle.objects.for_systemet("the token address notes the use of a credential")
        noegler.filter(application=request.client).exclude(nyligt).update(sidst_brugt=nu())


class KlientScopes(SettingsScopes):  # type: ignore[misc]  # the library ships no types
    """A client may ask for its own scopes only, and gets all of them when it names none."""

    def get_available_scopes(self, application: Application | None = None, *_args: Any, **_kwargs: Any) -> list[str]:
        """The scopes of the client's registration."""
        noegle = noegle_for(application)
        return sorted(rettighed.value for rettighed in noegle.klient.rettigheder) if noegle else []

    def get_default_scopes(self, application: Application | None = None, *args: Any, **kwargs: Any) -> list[str]:
        """As the available ones."""
        return self.get_available_scopes(application, *args, **kwargs)


class KlientAuthentication(OAuth2Authentication):  # type: ignore[misc]  # the library ships no types
    """The actor comes from the client's registration, never from a parameter. A token without a registered client is none."""

    def authenticate(self, request: Request) -> tuple[Klientbruger, Any] | None:
        """The system behind the bearer token; None without one. Raises AuthenticationFailed for a token that is no good."""
        # The plain request: DRF's own would read the body as JSON, and answer 400 to somebody who should get 401.
        almindelig = request._request  # noqa: SLF001 - DRF's documented way to the plain request
        fundet = super().authenticate(almindelig)
        if fundet is None:
            if almindelig.oauth2_error:  # type: ignore[attr-defined]  # the library says here what was wrong with a token
                raise AuthenticationFailed
            return None
        _, token = fundet
        return Klientbruger(aktoer_for_klient(token.application.apinoegle.klient, token.scope.split())), token
