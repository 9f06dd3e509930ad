"""How allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class KontoAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Administrators create the users: nobody can sign up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Never."""
        return False
