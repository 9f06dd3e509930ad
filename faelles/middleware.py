"""Turns domain errors that no view handled into pages people can act on, after the transaction has been rolled back."""

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from faelles.fejl import DomaeneFejl, IkkeFundet, IngenAdgang, som_konflikt

_SKABELONER = {IkkeFundet.status: "404.html", IngenAdgang.status: "403.html"}


class DomaeneFejlMiddleware:
    """`process_exception` runs outside ATOMIC_REQUESTS' transaction, so nothing half-written is kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """As Django asks."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer with the page of the error's status, or let Django handle what is not ours."""
        fejl = som_konflikt(exception) if isinstance(exception, DatabaseError) else exception
        if not isinstance(fejl, DomaeneFejl):
            return None
        skabelon = _SKABELONER.get(fejl.status, "fejl.html")
        return render(request, skabelon, {"fejl": fejl}, status=fejl.status)
