"""Permission classes. This module must not import DRF's views: DRF imports it while they are being made."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from faelles.aktoer import Aktoer, Rettighed


class Lukket(BasePermission):
    """Nobody: what a view gets when it says nothing."""

    def has_permission(self, request: Request, view: Any) -> bool:  # noqa: ARG002 - DRF's signature
        """Never."""
        return False


class KraeverRettighed(BasePermission):
    """The client holds the right the view names for the method in `kraever`; a method it does not name is closed."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the actor of the token may."""
        aktoer: Aktoer | None = getattr(request.user, "aktoer", None)
        metode = "GET" if request.method in {"HEAD", "OPTIONS"} else request.method
        if aktoer is not None and metode not in view.allowed_methods:
            return True  # there is nothing to protect: the view answers 405 and names the methods it has
        kraevet: Rettighed | None = view.kraever.get(metode)
        return aktoer is not None and kraevet is not None and aktoer.maa(kraevet)
