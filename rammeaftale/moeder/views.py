"""Pages of the meetings, and the secretariat's registering of what a body decided."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.templatetags.dansk import dato as dansk_dato
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from rammeaftale.forms import FjernForm
from rammeaftale.handling import data, udfoer
from rammeaftale.models import Moede
from rammeaftale.moeder import actions, queries
from rammeaftale.moeder.actions import Sagsvalg
from rammeaftale.moeder.forms import (
    AftalebeslutningForm,
    MoedebeslutningForm,
    MoedeForm,
    i_ord,
    moedets,
    nuvaerende,
    versionens,
)
from rammeaftale.moeder.regler import mulige_udfald
from rammeaftale.organer.queries import maa_skrive
from rammeaftale.organer.regler import Organart
from rammeaftale.organer.views import eget_organ, organ_sti, synligt_organ
from rammeaftale.queries import seneste_version
from rammeaftale.visning import egen_aftale
from rammeaftale.visning import sti as aftalens_sti

_SKRIVER = side(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def detalje(request: AktoerRequest, moede_id: UUID) -> HttpResponse:
    """A meeting and what it decided; until its day is over also the cases that lie before the body."""
    moede = _moede(request.aktoer, moede_id)
    (visning,) = queries.vis([moede], idag())
    kontekst = {
        "v": visning,
        "ventende": queries.ventende(request.aktoer, moede.organ) if moede.dato >= idag() else None,
        "kan_skrive": maa_skrive(request.aktoer, moede.organ),
        "sti": [*organ_sti(moede.organ), {"navn": _navn(moede)}],
    }
    return render(request, "rammeaftale/moeder/detalje.html", kontekst)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, graense=Graense.HENT)
def eksport(request: AktoerRequest, organ_id: UUID, form: str) -> HttpResponseBase:
    """The meetings of a body with what they decided."""
    organ = synligt_organ(request.aktoer, organ_id)
    moeder = queries.med_beslutninger(queries.synlige(request.aktoer).filter(organ=organ))
    return tabel(form, "moeder", queries.HOVED, list(queries.raekker_ud(moeder)))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def nyt(request: AktoerRequest, organ_id: UUID) -> HttpResponse:
    """A meeting, held or to come."""
    organ = eget_organ(request.aktoer, organ_id)
    form = MoedeForm(data(request))

    def opret() -> str:
        moede = actions.opret_moede(aktoer=request.aktoer, organ_id=organ.pk, **form.cleaned_data)
        return reverse("rammeaftale:moede", args=[moede.pk])

    ord_ = ("Nyt møde", "Et kommende møde kan også registreres; beslutningerne følger, når de er truffet.", "Opret")
    return udfoer(request, form, opret, "Mødet er oprettet.", ord_, organ_sti(organ))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def ret(request: AktoerRequest, moede_id: UUID) -> HttpResponse:
    """Another day, or where the minutes are."""
    moede = _egent(request.aktoer, moede_id)
    form = MoedeForm(data(request), initial=nuvaerende(moede))

    def gem() -> str:
        actions.ret_moede(
            aktoer=request.aktoer,
            moede_id=moede.pk,
            **form.cleaned_data,
            kraev_set=lambda: form.kraev_set(nuvaerende(_egent(request.aktoer, moede_id))),
        )
        return reverse("rammeaftale:moede", args=[moede.pk])

    ord_ = ("Ret mødet", "Når mødet har besluttet noget, ligger dagen fast.", "Gem")
    return udfoer(request, form, gem, "Mødet er rettet.", ord_, _moedesti(moede))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def fjern(request: AktoerRequest, moede_id: UUID) -> HttpResponse:
    """Take out a meeting that has decided nothing, after asking."""
    moede = _egent(request.aktoer, moede_id)
    form = FjernForm(data(request), initial=i_ord(moede))

    def slet() -> str:
        actions.fjern_moede(
            aktoer=request.aktoer,
            moede_id=moede.pk,
            kraev_set=lambda: form.kraev_set(i_ord(_egent(request.aktoer, moede_id))),
        )
        return reverse("rammeaftale:organ", args=[moede.organ_id])

    manchet = "Mødet står så ikke længere hos organet; sporet bevarer det. Har det truffet beslutninger, kan det ikke fjernes."
    ord_ = (f"Fjern mødet {dansk_dato(moede.dato)}?", manchet, "Fjern")
    return udfoer(request, form, slet, "Mødet er fjernet.", ord_, _moedesti(moede))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def beslutning(request: AktoerRequest, moede_id: UUID) -> HttpResponse:
    """What a meeting decided in a case."""
    moede = _egent(request.aktoer, moede_id)
    organ = moede.organ
    form = MoedebeslutningForm(
        data(request),
        aftaler=queries.forelagte(organ),
        sager=queries.sager(organ),
        mulige=mulige_udfald(Organart(organ.art)),
        initial=moedets(moede),
    )

    def registrer() -> str:
        felter = form.cleaned_data
        actions.registrer_beslutning(
            aktoer=request.aktoer,
            organ_id=organ.pk,
            dato=moede.dato,
            sag=form.sagen,
            udfald=felter["udfald"],
            tekst=felter["tekst"],
            referat_url=felter["referat_url"],
            retter=felter["retter"],
            kraev_set=lambda: form.kraev_set(moedets(_egent(request.aktoer, moede_id))),
        )
        return reverse("rammeaftale:moede", args=[moede.pk])

    ord_ = ("Registrér beslutning", _BESLUTNING, "Registrér")
    return udfoer(request, form, registrer, "Beslutningen er registreret.", ord_, _moedesti(moede))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def aftalens(request: AktoerRequest, slug: str) -> HttpResponse:
    """What a body decided about an agreement; the meeting is registered with it."""
    aftale = egen_aftale(request.aktoer, slug)

    def besluttet() -> dict[str, object]:
        return versionens(seneste_version(aftale))

    form = AftalebeslutningForm(data(request), organer=queries.besluttende(aftale, idag()), initial=besluttet())

    def registrer() -> str:
        actions.registrer_beslutning(
            aktoer=request.aktoer,
            sag=Sagsvalg(aftale_id=aftale.pk),
            **form.cleaned_data,
            kraev_set=lambda: form.kraev_set(besluttet()),
        )
        return reverse("rammeaftale:detalje", args=[aftale.slug])

    ord_ = ("Registrér et organs beslutning", _BESLUTNING, "Registrér")
    return udfoer(request, form, registrer, "Beslutningen er registreret.", ord_, aftalens_sti(aftale))


_BESLUTNING = (
    "Anbefaler KKR en rammeaftale, kan den sendes til parterne. Afviser embedsmandsudvalget eller KKR den, er den kladde igen. "
    "En beslutning slettes ikke; er den registreret forkert, registreres den igen med kryds ved, at den gælder i stedet. Har den flyttet aftalen, "
    "skal aftalen først ligge hos embedsmandsudvalget igen: efter en forkert anbefaling med »Tag tilbage til kladde« og så »Forelæg«, "
    "efter en forkert afvisning med »Forelæg«, dateret den dag, den forkerte beslutning har. Embedsmandsudvalgets tiltrædelse og KKR's "
    "anbefaling registreres da igen: med mødets egen dag, når teksten er den samme, og ellers når de har taget stilling til den på ny."
)


def _moede(aktoer: Aktoer, moede_id: UUID) -> Moede:
    moede = queries.med_beslutninger(queries.synlige(aktoer)).filter(pk=moede_id).first()
    if moede is None:
        raise IkkeFundet("moede_ikke_fundet", "Mødet findes ikke.")
    return moede


def _egent(aktoer: Aktoer, moede_id: UUID) -> Moede:
    moede = _moede(aktoer, moede_id)
    if not maa_skrive(aktoer, moede.organ):
        raise IkkeFundet("moede_ikke_fundet", "Mødet findes ikke.")
    return moede


def _navn(moede: Moede) -> str:
    return f"Møde {dansk_dato(moede.dato)}"


def _moedesti(moede: Moede) -> list[dict[str, str]]:
    return [*organ_sti(moede.organ), {"navn": _navn(moede), "url": reverse("rammeaftale:moede", args=[moede.pk])}]
