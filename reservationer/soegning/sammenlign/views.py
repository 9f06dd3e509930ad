"""Compare offers side by side (screen 4)."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import IkkeFundet
from faelles.graenser import Graense
from faelles.tid import Periode, idag, nu
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from reservationer.soegning.kendte import med_dagens_koder
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.sammenlign.indhold import FLEST, Sammenligning
from reservationer.soegning.sammenlign.queries import sammenligning as hold_op_imod
from reservationer.soegning.views import soegeform

VALGENE = ("afdeling", "tilbud", "valgt")  # what an address says beside the search


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.SOEG)
def sammenlign_side(request: AktoerRequest) -> HttpResponse:
    """The chosen departments, held against the search they were chosen from."""
    tilbage = soegningen(request.GET)
    valgte = valgte_afdelinger(request.GET)
    if not 1 <= len(valgte) <= FLEST:
        messages.error(request, f"Vælg 2–{FLEST} afdelinger, før du sammenligner. Du har valgt {len(valgte)}.")
        return redirect(tilbage)
    maa_skrive = request.aktoer.funktion is Funktion.MYNDIGHED and request.aktoer.maa(Rettighed.RESERVATIONER_SKRIV)
    sammenligning = sammenligningen(request)
    if sammenligning is None:
        return ret_soegningen(request)
    context = {
        "sammenligning": sammenligning,
        "kan_melde": request.aktoer.maa(Rettighed.FEJLMELDINGER_SKRIV),
        "kan_vaelge": maa_skrive and len(valgte) > 1,
        "maa_se_valg": request.aktoer.funktion is Funktion.MYNDIGHED
        and request.aktoer.maa(Rettighed.RESERVATIONER_LAES),
        "valg_query": _med_valgte(request.GET, valgte),
        "tilbage": tilbage,
        "sti": [{"navn": "Find tilbud", "url": tilbage}, {"navn": "Sammenlign"}],
    }
    return render(request, "soegning/sammenlign.html", context)


def sammenligningen(request: AktoerRequest) -> Sammenligning | None:
    """The departments an address names, held against its search; without one, against today and nothing else. Raises IkkeFundet.

    None when its search cannot be made any more (`ret_soegningen`): a comparison without the need would pass for one with it.
    An old code of a legal basis in an address somebody kept is read as today's.
    """
    form = soegeform(request)
    form.tro_paa_stederne()
    if form.is_bound and not form.is_valid():
        return None
    profil = med_dagens_koder(form.profil) if form.is_bound else Behovsprofil(Periode(idag()))
    grupper = form.maalgruppenavne if profil.maalgrupper else {}
    return hold_op_imod(request.aktoer, profil, valgte_afdelinger(request.GET), grupper, nu=nu())


def ret_soegningen(request: AktoerRequest) -> HttpResponseRedirect:
    """Back to the search, which says at its fields what is wrong with it."""
    messages.error(request, "Søgningen skal rettes, før afdelingerne kan holdes op imod den. Vælg dem så igen.")
    return redirect(soegningen(request.GET))


def valgte_afdelinger(query: QueryDict) -> list[UUID]:
    """The departments an address names, each once. Raises IkkeFundet for what is no id."""
    try:
        return list(dict.fromkeys(UUID(tekst) for tekst in query.getlist("afdeling")))
    except ValueError:
        raise IkkeFundet("afdeling_ikke_fundet", "En af afdelingerne findes ikke.") from None


def soegningen(query: QueryDict) -> str:
    """The search the departments were chosen from."""
    return f"{reverse('soegning:soeg')}?{_uden_valgte(query).urlencode()}"


def tilbage_til_sammenligning(query: QueryDict) -> str:
    """The comparison a choice or a check began from."""
    return f"{reverse('soegning:sammenlign')}?{_med_valgte(query, valgte_afdelinger(query))}"


def _med_valgte(query: QueryDict, valgte: list[UUID]) -> str:
    return "&".join(filter(None, [urlencode({"afdeling": valgte}, doseq=True), _uden_valgte(query).urlencode()]))


def _uden_valgte(query: QueryDict) -> QueryDict:
    resten = query.copy()
    for navn in VALGENE:
        resten.pop(navn, None)
    return resten
