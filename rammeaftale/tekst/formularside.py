"""What the pages that write the text have in common: the form on its page, and the way to it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from faelles.formularer import Formular
from kommuner.middleware import AktoerRequest
from rammeaftale.models import Rammeaftale, Version
from rammeaftale.visning import sti


def tekststi(aftale: Rammeaftale, version: Version | None = None) -> list[dict[str, str]]:
    """The breadcrumbs down to the agreement's text."""
    url = reverse("rammeaftale:tekst", args=[aftale.slug])
    return [*sti(aftale), {"navn": f"Version {version.nummer}" if version else "Tekst", "url": url}]


def formularside(
    request: AktoerRequest,
    aftale: Rammeaftale,
    form: Formular,
    overskrift: str,
    manchet: str,
    mere: dict[str, Any] | None = None,
    tilbage: str = "",
) -> HttpResponse:
    """A form of the text; 422 when it has faults."""
    kontekst = {
        "overskrift": overskrift,
        "manchet": manchet,
        "knap": "Gem",
        "form": form,
        "tilbage": tilbage or reverse("rammeaftale:tekst", args=[aftale.slug]),
        "sti": [*tekststi(aftale), {"navn": overskrift}],
        **(mere or {}),
    }
    return render(request, "rammeaftale/tekst/skriv.html", kontekst, status=422 if form.errors else 200)
