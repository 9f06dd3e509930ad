"""The monthly extract for supervision as pages and tables: the municipality's own, and the secretariat's with small counts left out."""

from collections.abc import Iterator, Sequence

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from faelles.aktoer import Funktion, Rettighed
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from kommuner.models import Kkr
from reservationer.soegning.behov.optaelling import OEVRIGE, Behovsopgoerelse
from reservationer.venteliste import optaelling
from reservationer.venteliste.begreber import ANSVAR
from reservationer.venteliste.opgoerelse import INDDELING_NAVN, sidste_dag
from reservationer.venteliste.optaelling import Opgoerelser
from vilkaar.kilde import KILDEHOVED, Kilde, kildeceller

HOVED = ("Kommune eller KKR", "Opgjort efter", "Gruppe", "Sidste dag i måneden", "Borgere, der ventede")
TALHOVED = (*HOVED, *KILDEHOVED)


@require_GET
@side(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED)
def opgoerelse(request: AktoerRequest) -> HttpResponse:
    """How many of the municipality's citizens waited at the end of each month, and for how long."""
    return _side(
        request, [(request.aktoer.organisation_navn, optaelling.egen(request.aktoer))], "venteliste:eksport_opgoerelse"
    )


@require_GET
@side(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED, graense=Graense.HENT)
def eksport_opgoerelse(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The same as a table, for the report to the supervision."""
    egne = (request.aktoer.organisation_navn, optaelling.egen(request.aktoer))
    return tabel(form, "venteliste-opgoerelse", HOVED, (raekke for raekke, _ in _raekker([egne])))


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, Funktion.SEKRETARIAT)
def tal(request: AktoerRequest) -> HttpResponse:
    """How many citizens of the secretariat's KKR waited at the end of each month; small counts are left out."""
    return _side(request, _kkrer(request), "venteliste:eksport_tal")


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, Funktion.SEKRETARIAT, graense=Graense.HENT)
def eksport_tal(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The same as a table, suppressed as on the page, with what it is suppressed after."""
    raekker = ((*raekke, *kildeceller(kilde)) for raekke, kilde in _raekker(_kkrer(request)))
    return tabel(form, "venteliste-tal", TALHOVED, raekker)


def _kkrer(request: AktoerRequest) -> list[tuple[str, Opgoerelser]]:
    kkrer = Kkr.objects.filter(sekretariat=request.aktoer.organisation_id).order_by("navn")
    return [(kkr.navn, optaelling.i_kkr(kkr.pk)) for kkr in kkrer]


def _side(request: AktoerRequest, hvis: Sequence[tuple[str, Opgoerelser]], eksporten: str) -> HttpResponse:
    context = {
        "opgoerelser": [
            (navn, [(INDDELING_NAVN[inddeling], opgjort) for inddeling, opgjort in sine.items() if _viser(opgjort)])
            for navn, sine in hvis
        ],
        "eksport": eksporten,
        "ansvar": ANSVAR,
        "oevrige": OEVRIGE,
        "sti": [{"navn": "Min side", "url": reverse("start")}, {"navn": "Ventelister: opgørelse til tilsynet"}],
    }
    return render(request, "venteliste/opgoerelse.html", context)


def _viser(opgjort: Behovsopgoerelse) -> bool:
    return opgjort.viser_noget and bool(opgjort.raekker)


def _raekker(hvis: Sequence[tuple[str, Opgoerelser]]) -> Iterator[tuple[Sequence[object], Kilde | None]]:
    """Each row as `HOVED`, and what small counts in it are left out after."""
    for navn, sine in hvis:
        for inddeling, opgjort in sine.items():
            for raekke in opgjort.raekker if _viser(opgjort) else ():
                gruppe = optaelling.gruppenavn(raekke)
                for maaned, antal in zip(opgjort.kvartaler, raekke.antal, strict=True):
                    vist = "skjult" if antal is None else antal
                    yield (navn, INDDELING_NAVN[inddeling], gruppe, sidste_dag(maaned), vist), opgjort.kilde
