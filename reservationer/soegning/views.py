"""Find an offer: the page a case worker's day begins with."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from faelles.aktoer import Funktion, Rettighed
from faelles.tid import nu
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from reservationer.soegning.forms import SoegeForm
from reservationer.soegning.queries import lempelse, offentliggjorte, soeg
from reservationer.soegning.sammenfatning import Soegekriterier

PR_SIDE = 25


@require_GET
@side(Rettighed.TILBUD_LAES)
def soeg_side(request: AktoerRequest) -> HttpResponse:
    """The form, and what it finds once it has been sent; the address holds the whole search and can be shared."""
    sendt = not SoegeForm.base_fields["fra"].widget.value_omitted_from_data(request.GET, {}, "fra")
    form = SoegeForm(request.GET if sendt else None, initial=request.GET.dict())  # a link may fill in a part
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        kriterier = form.kriterier
        fundne = soeg(request.aktoer, kriterier, nu=nu())
        context |= {
            "kriterier": kriterier,
            "side": Paginator(fundne, PR_SIDE).get_page(request.GET.get("side")),
            "ledige": sum(fundet.er_ledig for fundet in fundne),
            "ukendte": sum(not fundet.er_ledig for fundet in fundne),
            "offentliggjorte": offentliggjorte(kriterier),
            "reserver_hale": _reserver_hale(request, kriterier),
            "kan_reservere": request.aktoer.funktion is Funktion.MYNDIGHED
            and request.aktoer.maa(Rettighed.RESERVATIONER_SKRIV),
            "valgte_kommuner": len(kriterier.kommuner),
            "tom": None if fundne else _tom(request, kriterier),
        }
    return render(request, "soegning/soeg.html", context)


def _tom(request: HttpRequest, kriterier: Soegekriterier) -> dict[str, str]:
    """Why nothing was found, and the one next step."""
    fundet = lempelse(kriterier, nu=nu())
    if fundet is None:
        return {
            "grund": "Intet enkelt krav er skyld i det: der skal lempes mere end ét, eller perioden skal ændres.",
            "handling_tekst": "Begynd forfra",
            "handling_url": reverse("soegning:soeg"),
        }
    afdelinger = "afdeling" if fundet.antal == 1 else "afdelinger"
    return {
        "grund": f"Kravet »{fundet.navn}« sorterer mest fra. Uden det er der {fundet.antal} {afdelinger} at vælge imellem.",
        "handling_tekst": f"Søg uden »{fundet.navn}«",
        "handling_url": _uden(request, fundet.felt),
    }


def _uden(request: HttpRequest, felt: str) -> str:
    """The same search without one field."""
    valg: QueryDict = request.GET.copy()
    for navn in (felt, "side"):
        valg.pop(navn, None)
    return f"{reverse('soegning:soeg')}?{valg.urlencode()}"


def _reserver_hale(request: HttpRequest, kriterier: Soegekriterier) -> str:
    """The part of a reservation link's query that is the same for every hit, with the way back to this search."""
    dele = {
        "fra": kriterier.periode.fra.isoformat(),
        "til": kriterier.periode.sidste_dag.isoformat() if kriterier.periode.sidste_dag else "",
        "hjemmel": kriterier.hjemmel or "",
        "maalgruppe": str(kriterier.maalgruppe or ""),
        "tilbage": request.GET.urlencode(),
    }
    return urlencode({navn: vaerdi for navn, vaerdi in dele.items() if vaerdi})
