"""The page where an error in a cluster, or in an offer known only from a published list, is reported."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from faelles.aktoer import Rettighed
from faelles.fejl import Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from kommuner.models import Kkr
from tilbud.fejlmeldinger.actions import meld_andet
from tilbud.fejlmeldinger.andre import INGEN_SVARER, Andet, Emneslags, ansvarligt_kkr, fakta_om, hent, vist_om
from tilbud.fejlmeldinger.forms import MeldForm
from tilbud.models import Faktum, Klynge

skriver = side(Rettighed.FEJLMELDINGER_SKRIV)


@require_http_methods(["GET", "POST"])
@skriver
def meld_i_klynge(request: AktoerRequest, klynge_id: UUID) -> HttpResponse:
    """Report an error in a cluster."""
    return _meld(request, Emneslags.KLYNGE, klynge_id)


@require_http_methods(["GET", "POST"])
@skriver
def meld_i_offentligt(request: AktoerRequest, offentligt_id: UUID) -> HttpResponse:
    """Report an error in a published offer."""
    return _meld(request, Emneslags.OFFENTLIGT, offentligt_id)


def _meld(request: AktoerRequest, slags: Emneslags, emne_id: UUID) -> HttpResponse:
    emne, dag = hent(slags, emne_id), idag()
    kkr = ansvarligt_kkr(emne, dag)
    if kkr is None:
        raise Konflikt("fejl_uden_modtager", INGEN_SVARER)
    viste = {faktum: vist_om(emne, faktum, dag) for faktum in fakta_om(slags)}
    form = MeldForm(request.POST if request.method == "POST" else None, afdelinger=(), viste=viste)
    if form.is_valid():
        try:
            ny = meld_andet(
                aktoer=request.aktoer,
                slags=slags,
                emne_id=emne_id,
                faktum=Faktum(form.cleaned_data["faktum"]),
                besked=form.cleaned_data["besked"],
            )
        except (UgyldigtInput, Konflikt) as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, f"Fejlen er meldt. {ny.sag.modtager} har frist til {ny.frist:%d.%m.%Y}.")
            return redirect("tilbud:fejlmelding", ny.pk)
    status = 422 if form.errors else 200
    return render(request, "tilbud/fejlmeldinger/meld.html", _kontekst(emne, kkr, form), status=status)


def _kontekst(emne: Andet, kkr: Kkr, form: MeldForm) -> dict[str, object]:
    er_klynge = isinstance(emne, Klynge)
    liste = {"navn": "Offentliggjorte tilbud og priser", "url": reverse("tilbud:offentliggjorte")}
    klyngen = {"navn": str(emne), "url": reverse("tilbud:klynge", args=[emne.pk])}
    tilbage = klyngen if er_klynge else liste
    return {
        "form": form,
        "om": emne,
        "modtager": kkr.sekretariat,
        "tilbage": {"navn": "Tilbage til klyngen" if er_klynge else "Tilbage til listen", "url": tilbage["url"]},
        "sti": [{"navn": "Tilbud", "url": reverse("tilbud:liste")}, tilbage, {"navn": "Meld fejl"}],
    }
