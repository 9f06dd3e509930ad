"""Compare offers side by side (screen 4)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import IkkeFundet
from faelles.graenser import Graense
from faelles.tid import Periode, idag, nu
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.sammenlign.queries import sammenlignede
from reservationer.soegning.sammenlign.tabel import sammenlign
from reservationer.soegning.views import soegeform
from tilbud.models import Maalgruppe

HOEJST = 4


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.SOEG)
def sammenlign_side(request: AktoerRequest) -> HttpResponse:
    """The chosen departments, held against the search they were chosen from."""
    tilbage = soegningen(request.GET)
    valgte = valgte_afdelinger(request.GET)
    if not 1 <= len(valgte) <= HOEJST:
        messages.error(request, f"Vælg 2–{HOEJST} afdelinger, før du sammenligner. Du har valgt {len(valgte)}.")
        return redirect(tilbage)
    form = soegeform(request)
    profil = form.profil if form.is_valid() else Behovsprofil(Periode(idag()))
    fundne = sammenlignede(request.aktoer, profil, valgte, nu=nu())
    grupper = dict(Maalgruppe.objects.filter(pk__in=profil.vaegte).values_list("pk", "term"))
    kan_proeve = request.aktoer.funktion is Funktion.MYNDIGHED and request.aktoer.maa(Rettighed.RESERVATIONER_SKRIV)
    context = {
        "valgte": fundne,
        "afsnit": sammenlign(fundne, grupper),
        "kan_proeve": kan_proeve and len(fundne) > 1,
        "proeve_query": "&".join(f"afdeling={afdeling}" for afdeling in valgte),
        "tilbage": tilbage,
        "sti": [{"navn": "Find tilbud", "url": tilbage}, {"navn": "Sammenlign"}],
    }
    return render(request, "soegning/sammenlign.html", context)


def valgte_afdelinger(query: QueryDict) -> list[UUID]:
    """The departments an address names, each once. Raises IkkeFundet for what is no id."""
    try:
        return list(dict.fromkeys(UUID(tekst) for tekst in query.getlist("afdeling")))
    except ValueError:
        raise IkkeFundet("afdeling_ikke_fundet", "En af afdelingerne findes ikke.") from None


def soegningen(query: QueryDict) -> str:
    """The search the departments were chosen from."""
    resten = query.copy()
    for navn in ("afdeling", "tilbud"):
        resten.pop(navn, None)
    return f"{reverse('soegning:soeg')}?{resten.urlencode()}"
