"""A page that is a form which does one thing: shown, done, or shown again with what is refused at its fields."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from faelles.fejl import DomaeneFejl, IkkeFundet
from faelles.formularer import Formular, tilfoej_fejl
from kommuner.middleware import AktoerRequest


def data(request: AktoerRequest) -> QueryDict | None:
    """What the form is made of: what was sent, or nothing when it is only shown."""
    return request.POST if request.method == "POST" else None


def udfoer(
    request: AktoerRequest,
    form: Formular,
    gerning: Callable[[], str],
    kvittering: str,
    ord_: tuple[str, str, str],
    sti: list[dict[str, str]],
) -> HttpResponse:
    """`gerning` does it and gives the address it leads to. `ord_`: heading, what it does, button; `sti`: the pages above."""
    overskrift, manchet, knap = ord_
    if form.is_valid():
        try:
            videre = gerning()
        except IkkeFundet:
            raise
        except DomaeneFejl as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, kvittering)
            return redirect(videre)
    kontekst: dict[str, Any] = {
        "overskrift": overskrift,
        "manchet": manchet,
        "knap": knap,
        "sti": [*sti, {"navn": overskrift}],
        "tilbage": sti[-1]["url"],
        "form": form,
    }
    return render(request, "rammeaftale/handling.html", kontekst, status=422 if form.errors else 200)
