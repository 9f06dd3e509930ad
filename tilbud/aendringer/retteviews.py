"""What every page that corrects a row of the register does: fill in, see before and after, save."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet, Konflikt
from faelles.regneark.indlaesning import Raekke
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from tilbud.aendringer.actions import Plan, planlaeg, ret
from tilbud.aendringer.forms import Arkform
from tilbud.models import Afdeling, Tilbud
from tilbud.registerimport import queries
from tilbud.registerimport.skema import Skema

NYT_ID = re.compile(r"side-[0-9a-f]{12}")
NUMMER = 1  # of the one row a page sends
retter = side(Rettighed.TILBUD_SKRIV, Funktion.DRIFTSHERRE)


@dataclass(frozen=True, slots=True)
class Maal:
    """The row a page is about: its sheet, the offer it belongs to (None: it is a new one), its registered values (None: new),
    and where it stands.
    """

    ark: str
    tilbud: Tilbud | None
    titel: str
    sted: dict[str, str]
    vaerdier: Mapping[str, Any] | None


def eget_tilbud(aktoer: Aktoer, tilbud_id: UUID) -> Tilbud:
    """One of the offers the actor runs. Raises IkkeFundet."""
    tilbud = Tilbud.objects.drevet_af(aktoer).prefetch_related("hjemler", "maalgrupper").filter(pk=tilbud_id).first()
    if tilbud is None:
        raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke blandt jeres egne.")
    return tilbud


def egen_afdeling(aktoer: Aktoer, afdeling_id: UUID) -> Afdeling:
    """A department of one of them. Raises IkkeFundet."""
    egne = Tilbud.objects.drevet_af(aktoer).order_by()
    afdeling = Afdeling.objects.select_related("tilbud").filter(pk=afdeling_id, tilbud__in=egne).first()
    if afdeling is None:
        raise IkkeFundet("afdeling_ikke_fundet", "Afdelingen findes ikke blandt jeres egne.")
    return afdeling


def nyt_id(request: AktoerRequest) -> str:
    """What the new row is known by from its preview on: a form sent twice makes one row, and a file can name it later."""
    sendt = request.POST.get("nyt_id", "")
    return sendt if NYT_ID.fullmatch(sendt) else f"side-{uuid4().hex[:12]}"


def ret_side(request: AktoerRequest, maal: Maal) -> HttpResponse:
    """The form; its preview as before and after; and saving."""
    skema = queries.skema_paa(idag())
    data = request.POST if request.method == "POST" else None
    form = Arkform(data, skema=skema, ark=skema.ark_med(maal.ark), vaerdier=maal.vaerdier)
    sti = _over(maal.tilbud)
    tilbage = sti[-1]["url"]
    sti = [*sti, {"navn": maal.titel}]
    kontekst: dict[str, Any] = {"form": form, "maal": maal, "tilbage": tilbage, "sti": sti}
    if form.is_valid():
        raekker = {maal.ark: [Raekke(NUMMER, {**maal.sted, **form.felter})]}
        if "gem" in request.POST:
            try:
                plan, venter = ret(aktoer=request.aktoer, raekker=raekker)
            except Konflikt as fejl:
                form.add_error(None, fejl.besked)
                plan, venter = Plan(), None
            if not form.errors and not plan.fejl:
                _sig(request, plan)
                return redirect("tilbud:import", venter.pk) if venter else redirect(tilbage)
        else:
            plan = planlaeg(request.aktoer, raekker)
        form.tilfoej(plan.fejl)
        if not form.errors:
            return render(request, "tilbud/aendringer/vis.html", {**kontekst, **_foer_efter(skema, plan)})
    return render(request, "tilbud/aendringer/ret.html", kontekst, status=422 if form.errors else 200)


def _over(tilbud: Tilbud | None) -> list[dict[str, str]]:
    """The pages above the form, outermost first; the last of them is the one to go back to."""
    alle = {"navn": "Tilbud", "url": reverse("tilbud:liste")}
    return (
        [alle] if tilbud is None else [alle, {"navn": tilbud.navn, "url": reverse("tilbud:detalje", args=[tilbud.pk])}]
    )


def _sig(request: AktoerRequest, plan: Plan) -> None:
    if plan.straks:
        messages.success(request, "Ændringen er gemt og gælder fra nu.")
    if plan.venter:
        messages.info(request, "Ændringen er sendt. Den gælder, når en anden hos jer har godkendt den.")
    if not plan.straks and not plan.venter:
        messages.info(request, "Der var intet at ændre.")


def _foer_efter(skema: Skema, plan: Plan) -> dict[str, Any]:
    """The changes in the words of the sheet, those that take effect at once and those that wait."""
    return {
        navn: [felt for aendring in fundne for felt in queries.foer_efter(skema, aendring)]
        for navn, fundne in (("straks", plan.straks), ("venter", plan.venter))
    }
