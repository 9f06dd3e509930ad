"""Pages of unmet needs: log one, withdraw one, one's own, and the secretariat's counts."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Funktion, Rettighed
from faelles.dokument.tal import ugedage
from faelles.fejl import Konflikt
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import KOEBENHAVN, idag, nu
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from kommuner.models import Kkr
from reservationer.soegning.behov import queries
from reservationer.soegning.behov.actions import hindringer, log_behov, traek_behov
from reservationer.soegning.behov.forms import LogForm
from reservationer.soegning.behov.kodning import KodetBehov, kod
from reservationer.soegning.behov.optaelling import kan_traekkes, kvartal_navn
from reservationer.soegning.kriterier import BESKRIVELSER, Kriterium
from reservationer.soegning.models import Aldersgruppe
from reservationer.soegning.queries import soeg
from reservationer.soegning.views import med_soegning, soegeform
from tilbud.models import Adfaerd, FysiskTraek, Hjemmel, Maalgruppe, Niveau, Pladsart
from vilkaar.kilde import KILDEHOVED, kildeceller

PR_SIDE = 25


@require_GET
@side(Rettighed.TILBUD_LAES, Funktion.MYNDIGHED)
def liste(request: AktoerRequest) -> HttpResponse:
    """The needs the municipality has logged, the latest first."""
    fundne = Paginator(queries.egne(request.aktoer), PR_SIDE).get_page(request.GET.get("side"))
    maa = request.aktoer.maa(Rettighed.RESERVATIONER_SKRIV)
    raekker = [
        (behov, _kriterier(behov.hindringer), maa and not behov.trukket and kan_traekkes(behov.dato, idag()))
        for behov in fundne
    ]
    return render(request, "soegning/behov/liste.html", {"side": fundne, "raekker": raekker})


HOVED = (
    *("Målgruppe", "Hjemmel", "Alder", "Pladsens art", "Ugedage", "Ønsket fra", "Nummer blandt ens behov i kvartalet"),
    *("Det, der stod i vejen", "Logget", "Trukket tilbage"),
)


@require_GET
@side(Rettighed.TILBUD_LAES, Funktion.MYNDIGHED, graense=Graense.HENT)
def eksport(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The list as a table."""
    raekker = [
        (
            str(b.maalgruppe or ""),
            b.hjemmel_id,
            b.get_aldersgruppe_display(),
            _arter(b.arter),
            ugedage(b.ugedage),
            f"{b.begynder:%m.%Y}",
            b.nummer,
            ", ".join(_kriterier(b.hindringer)),
            b.dato,
            b.trukket and b.trukket.astimezone(KOEBENHAVN).date(),
        )
        for b in queries.egne(request.aktoer)
    ]
    return tabel(form, "udaekkede-behov", HOVED, raekker)


@require_http_methods(["GET", "POST"])
@side(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
def log(request: AktoerRequest) -> HttpResponse:
    """What would be logged of the search in the address, and the button that logs it; as another citizen's when it is there."""
    form = soegeform(request)
    tilbage = med_soegning(request, "soegning:soeg")
    if not form.is_valid():
        return redirect(tilbage)
    try:
        if (logform := LogForm(request.POST or None)).is_valid():
            log_behov(aktoer=request.aktoer, profil=form.profil, nummer=logform.cleaned_data["nummer"])
            messages.success(request, "Behovet er logget.")
            return redirect("soegning:behov")
        kodet = kod(form.profil, hindringer(soeg(request.aktoer, form.profil, nu=nu())))
    except Konflikt as fejl:
        messages.error(request, fejl.besked)
        return redirect(tilbage)
    ens = queries.samme_i_kvartalet(request.aktoer, kodet, idag()).first()
    context = {
        "linjer": _linjer(kodet),
        "ens": ens,
        "nummer": ens.nummer + 1 if ens else 1,
        "tilbage": tilbage,
        "sti": [{"navn": "Find tilbud", "url": tilbage}, {"navn": "Log udækket behov"}],
    }
    return render(request, "soegning/behov/log.html", context)


@require_http_methods(["GET", "POST"])
@side(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
def traek(request: AktoerRequest, behov_id: UUID) -> HttpResponse:
    """The need that was logged by mistake, and the button that withdraws it."""
    if request.method == "POST":
        try:
            traek_behov(aktoer=request.aktoer, behov_id=behov_id)
        except Konflikt as fejl:
            messages.error(request, fejl.besked)
        else:
            messages.success(request, "Behovet er trukket tilbage og tælles ikke med.")
        return redirect("soegning:behov")
    behov = get_object_or_404(queries.egne(request.aktoer), pk=behov_id)
    context = {
        "behov": behov,
        "hindringer": _kriterier(behov.hindringer),
        "sti": [{"navn": "Udækkede behov", "url": reverse("soegning:behov")}, {"navn": "Træk tilbage"}],
    }
    return render(request, "soegning/behov/traek.html", context)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, Funktion.SEKRETARIAT)
def tal(request: AktoerRequest) -> HttpResponse:
    """How many needs each target group lacked an offer for, quarter by quarter, in the secretariat's KKR."""
    kkrer = Kkr.objects.filter(sekretariat=request.aktoer.organisation_id).order_by("navn")
    opgoerelser = [
        (kkr, opgjort := queries.opgoerelse(kkr.pk), list(map(kvartal_navn, opgjort.kvartaler))) for kkr in kkrer
    ]
    return render(
        request,
        "soegning/behov/tal.html",
        {
            "opgoerelser": opgoerelser,
            "sti": [{"navn": "Min side", "url": reverse("start")}, {"navn": "Udækkede behov"}],
        },
    )


TALHOVED = ("KKR", "Målgruppe", "Kvartal", "Udækkede behov", *KILDEHOVED)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, Funktion.SEKRETARIAT, graense=Graense.HENT)
def eksport_tal(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The counts as a table, suppressed as on the page, with what they are suppressed after."""
    raekker = [
        (
            *(kkr.navn, r.maalgruppe, kvartal_navn(kvartal), "skjult" if antal is None else antal),
            *kildeceller(opgjort.kilde),
        )
        for kkr in Kkr.objects.filter(sekretariat=request.aktoer.organisation_id).order_by("navn")
        for opgjort in [queries.opgoerelse(kkr.pk)]
        for r in (opgjort.raekker if opgjort.viser_noget else ())
        for kvartal, antal in zip(opgjort.kvartaler, r.antal, strict=True)
    ]
    return tabel(form, "udaekkede-behov", TALHOVED, raekker)


def _kriterier(koder: list[str]) -> list[str]:
    return [BESKRIVELSER[Kriterium(kode)].navn for kode in koder]


def _arter(koder: Iterable[str]) -> str:
    return ", ".join(Pladsart(kode).label for kode in koder)


def _linjer(kodet: KodetBehov) -> list[tuple[str, str]]:
    """What is logged, heading and words, in the order of the columns; what was not asked for is left out."""
    grupper = dict(
        Maalgruppe.objects.filter(pk__in=[kodet.maalgruppe_id, *kodet.andre_maalgrupper]).values_list("pk", "term")
    )
    hjemmel = Hjemmel.objects.filter(pk=kodet.hjemmel_id).first()
    linjer = [
        ("Målgruppe", grupper[kodet.maalgruppe_id] if kodet.maalgruppe_id else ""),
        ("Andre målgrupper", ", ".join(grupper[kode] for kode in kodet.andre_maalgrupper)),
        ("Hjemmel", f"{hjemmel.lov} {hjemmel}" if hjemmel else ""),
        ("Alder", Aldersgruppe(kodet.aldersgruppe).label if kodet.aldersgruppe else ""),
        ("Adfærd", ", ".join(Adfaerd(kode).label for kode in kodet.adfaerd)),
        ("Fysiske behov", ", ".join(FysiskTraek(kode).label for kode in kodet.fysiske_traek)),
        ("Specialisering", ", ".join(dict(Niveau.NAVNE)[niveau] for niveau in kodet.niveauer)),
        ("Pladsens art", _arter(kodet.arter)),
        ("Ugedage", ugedage(kodet.ugedage)),
        ("Ønsket fra", f"{kodet.begynder:%m.%Y}"),
        ("Det, der stod i vejen", ", ".join(_kriterier(list(kodet.hindringer)))),
    ]
    return [(overskrift, tekst) for overskrift, tekst in linjer if tekst]
