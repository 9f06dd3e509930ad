"""Pages of the wheel: a year of it with its list and who is behind, and the secretariat's changes."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import DomaeneFejl, IkkeFundet
from faelles.formularer import Formular, tilfoej_fejl
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from rammeaftale.aarshjul import actions, queries, tabeller
from rammeaftale.aarshjul.forms import TrinForm, UdfoertForm, i_ord, nuvaerende
from rammeaftale.aarshjul.kalender import alle_dage
from rammeaftale.aarshjul.tegning import tegn
from rammeaftale.aarshjul.visning import tavle, vis
from rammeaftale.forms import BekraeftForm, FjernForm
from rammeaftale.models import Aarshjulstrin, Aarshjulsudfoerelse, Rammeaftale
from rammeaftale.visning import egen_aftale, skriver, sti, synlig_aftale

_SKRIVER = side(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def hjul(request: AktoerRequest, slug: str) -> HttpResponse:
    """A year of the wheel, the list of its steps, and who is behind."""
    aftale = synlig_aftale(request.aktoer, slug)
    dag = idag()
    hele = queries.hjul(aftale, dag)
    dage = alle_dage(hele, aftale, request.aktoer, dag)
    aarene = sorted({et.frist.year for et in dage})
    aar = _valgt_aar(request.GET.get("aar", ""), aarene)
    aarets = list(enumerate((et for et in dage if et.frist.year == aar), 1))
    kontekst = {
        "aftale": aftale,
        "aar": aar,
        "aarene": aarene,
        "punkter": [vis(nr, et, request.aktoer.organisation_id) for nr, et in aarets],
        "spec": tegn(aarets, aar, dag),
        "tavle": tavle(queries.stillinger(hele)),
        "sekretariat": skriver(request.aktoer, aftale),
        "kan_hente": bool(aftale.forrige_id) and not any(p.trin for p in hele.punkter),
        "sti": [*sti(aftale), {"navn": "Årshjul"}],
    }
    return render(request, "rammeaftale/aarshjul/hjul.html", kontekst)


def _valgt_aar(oensket: str, aarene: list[int]) -> int:
    """The year asked for if there is anything in it, else this year or the nearest one there is something in."""
    iaar = idag().year
    if oensket in {str(aar) for aar in aarene}:
        return int(oensket)
    return min(aarene, key=lambda aar: (abs(aar - iaar), aar)) if aarene else iaar


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, graense=Graense.HENT)
def eksport(request: AktoerRequest, slug: str, form: str) -> HttpResponseBase:
    """Every step and everybody who owes it, among the meetings and hearings, as a table."""
    aftale, dag = synlig_aftale(request.aktoer, slug), idag()
    dage = alle_dage(queries.hjul(aftale, dag), aftale, request.aktoer, dag)
    return tabel(form, "aarshjul", tabeller.HOVED, list(tabeller.raekker(dage)))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def nyt(request: AktoerRequest, slug: str) -> HttpResponse:
    """Add a step."""
    aftale = egen_aftale(request.aktoer, slug)
    form = TrinForm(_data(request))

    def gem() -> None:
        actions.opret_trin(aktoer=request.aktoer, aftale_id=aftale.id, indhold=form.indhold)

    kontekst = _kontekst(aftale, "Nyt trin", "Trinnet står i årshjulet for alle aftalens parter.", "Tilføj")
    return _udfoer(request, form, gem, "Trinnet er tilføjet.", kontekst)


@require_http_methods(["GET", "POST"])
@_SKRIVER
def ret(request: AktoerRequest, slug: str, trin_id: UUID) -> HttpResponse:
    """Change a step."""
    aftale = egen_aftale(request.aktoer, slug)
    trin = _trin(aftale, trin_id)
    form = TrinForm(_data(request), initial=nuvaerende(trin))

    def gem() -> None:
        actions.ret_trin(
            aktoer=request.aktoer,
            aftale_id=aftale.id,
            trin_id=trin.id,
            indhold=form.indhold,
            kraev_set=lambda: form.kraev_set(nuvaerende(_trin(aftale, trin_id))),
        )

    manchet = "Flyttes fristen, bliver de ansvarlige påmindet om den nye."
    return _udfoer(request, form, gem, "Trinnet er rettet.", _kontekst(aftale, f"Ret {trin.opgave}", manchet, "Gem"))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def slet(request: AktoerRequest, slug: str, trin_id: UUID) -> HttpResponse:
    """Take a step out, after asking."""
    aftale = egen_aftale(request.aktoer, slug)
    trin = _trin(aftale, trin_id)
    form = FjernForm(_data(request), initial=i_ord(trin))

    def fjern() -> None:
        actions.slet_trin(
            aktoer=request.aktoer,
            aftale_id=aftale.id,
            trin_id=trin.id,
            kraev_set=lambda: form.kraev_set(i_ord(_trin(aftale, trin_id))),
        )

    manchet = "Trinnet forsvinder fra årshjulet, og ingen påmindes om det. Et trin, nogen har udført, kan ikke fjernes."
    return _udfoer(
        request, form, fjern, "Trinnet er fjernet.", _kontekst(aftale, f"Fjern {trin.opgave}?", manchet, "Fjern")
    )


@require_http_methods(["GET", "POST"])
@_SKRIVER
def udfoert(request: AktoerRequest, slug: str, trin_id: UUID) -> HttpResponse:
    """Register who has done a step."""
    aftale = egen_aftale(request.aktoer, slug)
    trin = _trin(aftale, trin_id)
    punkt = next(p for p in queries.hjul(aftale, idag()).punkter if p.trin and p.trin.id == trin.id)
    form = UdfoertForm(_data(request), mangler=punkt.mangler)

    def registrer() -> None:
        actions.udfoer(aktoer=request.aktoer, aftale_id=aftale.id, trin_id=trin.id, **form.cleaned_data)

    manchet = "Vælg dem, der har gjort det. De øvrige mangler stadig."
    kontekst = _kontekst(aftale, f"Udført: {trin.opgave}", manchet, "Registrér")
    return _udfoer(request, form, registrer, "Opgaven er registreret som udført.", kontekst)


@require_http_methods(["GET", "POST"])
@_SKRIVER
def fortryd(request: AktoerRequest, slug: str, udfoerelse_id: UUID) -> HttpResponse:
    """Take back that somebody has done a step, after asking."""
    aftale = egen_aftale(request.aktoer, slug)
    fundet = Aarshjulsudfoerelse.objects.filter(pk=udfoerelse_id, trin__aftale=aftale).select_related("organisation")
    udfoerelse = fundet.select_related("trin", "organisation").first()
    if udfoerelse is None:
        raise IkkeFundet("udfoerelse_ikke_fundet", "Opgaven er ikke registreret som udført.")
    form = BekraeftForm(_data(request))

    def traek() -> None:
        actions.fortryd(aktoer=request.aktoer, aftale_id=aftale.id, udfoerelse_id=udfoerelse_id)

    manchet = f"{udfoerelse.organisation.navn} mangler så igen at udføre »{udfoerelse.trin.opgave}«."
    kontekst = _kontekst(aftale, "Fortryd registreringen?", manchet, "Fortryd registreringen")
    return _udfoer(request, form, traek, "Registreringen er fortrudt.", kontekst)


@require_http_methods(["GET", "POST"])
@_SKRIVER
def hent(request: AktoerRequest, slug: str) -> HttpResponse:
    """Begin from the previous agreement's wheel, after asking."""
    aftale = egen_aftale(request.aktoer, slug)
    form = BekraeftForm(_data(request))

    def kopier() -> None:
        actions.hent_fra_forrige(aktoer=request.aktoer, aftale_id=aftale.id)

    manchet = "Den forrige aftales trin hentes med datoer i den nye periode. Hvert trin mærkes, så det kan gennemgås."
    kontekst = _kontekst(aftale, "Hent den forrige aftales årshjul", manchet, "Hent")
    return _udfoer(request, form, kopier, "Årshjulet er hentet. Gennemgå hvert trin.", kontekst)


def _trin(aftale: Rammeaftale, trin_id: UUID) -> Aarshjulstrin:
    trin = aftale.aarshjul.filter(pk=trin_id).first()
    if trin is None:
        raise IkkeFundet("trin_ikke_fundet", "Trinnet findes ikke i aftalens årshjul.")
    return trin


def _data(request: AktoerRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _kontekst(aftale: Rammeaftale, overskrift: str, manchet: str, knap: str) -> Mapping[str, Any]:
    hjulet = reverse("rammeaftale:aarshjul", args=[aftale.slug])
    return {
        "overskrift": overskrift,
        "manchet": manchet,
        "knap": knap,
        "sti": [*sti(aftale), {"navn": "Årshjul", "url": hjulet}, {"navn": overskrift}],
        "tilbage": hjulet,
    }


def _udfoer(
    request: AktoerRequest,
    form: Formular,
    gerning: Callable[[], None],
    kvittering: str,
    kontekst: Mapping[str, Any],
) -> HttpResponse:
    """Show the form, or do it and go to the wheel; what the action refuses stands at its fields or above them."""
    if form.is_valid():
        try:
            gerning()
        except IkkeFundet:
            raise
        except DomaeneFejl as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, kvittering)
            return redirect(kontekst["tilbage"])
    return render(request, "rammeaftale/handling.html", {**kontekst, "form": form}, status=422 if form.errors else 200)
