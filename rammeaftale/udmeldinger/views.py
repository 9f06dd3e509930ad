"""Pages of the central calls: the list, one call with the joint report's figures, answering, and the secretariat's registering."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from rammeaftale.forms import FORESLAAET_PAAMINDELSE, BekraeftForm
from rammeaftale.handling import data, udfoer
from rammeaftale.models import Rammeaftale, Udmelding, Udmeldingsfaktum
from rammeaftale.udmeldinger import actions, queries, rapporter, svarene
from rammeaftale.udmeldinger.forms import AnnullerForm, FaktumForm, SvarForm, UdmeldingForm, svarets, udmeldingens
from rammeaftale.udmeldinger.regler import Udmeldingsstand
from rammeaftale.videndeling.queries import pligtdag, tilbud_i
from rammeaftale.visning import egen_aftale, skriver, sti, synlig_aftale
from tilbud.models import Maalgruppe

_SKRIVER = side(Rettighed.UDMELDINGER_SKRIV, Funktion.SEKRETARIAT)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def liste(request: AktoerRequest, slug: str) -> HttpResponse:
    """The agreement's calls and where each stands."""
    aftale = synlig_aftale(request.aktoer, slug)
    kontekst = {
        "aftale": aftale,
        "udmeldinger": queries.vis(aftale, aftale.udmeldinger.all(), idag()),
        "sekretariat": skriver(request.aktoer, aftale),
        "sti": [*sti(aftale), {"navn": "Centrale udmeldinger"}],
    }
    return render(request, "rammeaftale/udmeldinger/liste.html", kontekst)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, graense=Graense.HENT)
def eksport(request: AktoerRequest, slug: str, form: str) -> HttpResponseBase:
    """The agreement's calls as a table."""
    aftale = synlig_aftale(request.aktoer, slug)
    visninger = queries.vis(aftale, aftale.udmeldinger.all(), idag())
    return tabel(form, "udmeldinger", queries.HOVED, list(queries.raekker_ud(visninger)))


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def detalje(request: AktoerRequest, udmelding_id: UUID) -> HttpResponse:
    """A call: what happened, and every municipality's answer, which together are the joint report.

    htmx asks for how far the report is only.
    """
    udmelding = _udmelding(request.aktoer, udmelding_id)
    aftale, aktoer = udmelding.aftale, request.aktoer
    (visning,) = queries.vis(aftale, Udmelding.objects.filter(pk=udmelding_id), idag())
    afsendt = visning.stand is Udmeldingsstand.AFSENDT
    lukket = afsendt or udmelding.annulleret is not None
    sekretariat = skriver(aktoer, aftale)
    maa_se = afsendt or queries.er_sekretariat(aktoer, aftale)
    rapporten = {
        "v": visning,
        "rapport": rapporter.seneste_rapport(aktoer, udmelding, idag()),
        "sekretariat": sekretariat and not udmelding.annulleret,
    }
    if "HX-Request" in request.headers:
        return render(request, "rammeaftale/udmeldinger/_rapport.html", rapporten)
    oversigt = svarene.svaroversigt(aktoer, udmelding, idag())
    kontekst = {
        **rapporten,
        "aftale": aftale,
        "oversigt": oversigt,
        "svar": [(s, not lukket and queries.maa_svare(aktoer, aftale, s.part)) for s in oversigt.svar],
        "egen": next(
            (s for s in oversigt.svar if not lukket and s.part.organisation_id == aktoer.organisation_id), None
        ),
        "kan_svare": aktoer.maa(Rettighed.UDMELDINGER_SKRIV),
        "antal_senere": not maa_se,
        "kan_fjernes": sekretariat and not queries.i_brug(udmelding),
        "sti": [*_sti(aftale), {"navn": udmelding.titel}],
    }
    return render(request, "rammeaftale/udmeldinger/detalje.html", kontekst)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, graense=Graense.HENT)
def eksport_svar(request: AktoerRequest, udmelding_id: UUID, form: str) -> HttpResponseBase:
    """The municipalities' answers as a table, with what is hidden on the page hidden there too."""
    udmelding = _udmelding(request.aktoer, udmelding_id)
    oversigt = svarene.svaroversigt(request.aktoer, udmelding, idag())
    return tabel(form, "udmeldingssvar", svarene.SVARHOVED, list(svarene.svarraekker_ud(oversigt)))


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, graense=Graense.HENT)
def rapport(request: AktoerRequest, udmeldingsrapport_id: UUID) -> HttpResponse:
    """The joint report, opened in the browser; for this actor alone: no shared cache may keep it."""
    pdf = rapporter.synlig_rapport(request.aktoer, udmeldingsrapport_id, idag())
    if pdf is None:
        raise IkkeFundet("udmeldingsrapport_ikke_fundet", "Rapporten findes ikke, eller den er ikke færdig.")
    hoveder = {"Content-Disposition": "inline; filename=faelles-rapport.pdf", "Cache-Control": "private, no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=hoveder)


@require_POST
@_SKRIVER
def bestil_rapport(request: AktoerRequest, udmelding_id: UUID) -> HttpResponse:
    """Order the joint report."""
    actions.bestil_rapport(aktoer=request.aktoer, udmelding_id=udmelding_id)
    messages.success(request, "Den fælles rapport er bestilt.")
    return redirect("rammeaftale:udmelding", udmelding_id)


@require_http_methods(["GET", "POST"])
@_SKRIVER
def ny(request: AktoerRequest, slug: str) -> HttpResponse:
    """Register a call."""
    aftale = egen_aftale(request.aktoer, slug)
    form = UdmeldingForm(data(request), maalgrupper=_maalgrupper(), initial={"paamind_dage": FORESLAAET_PAAMINDELSE})

    def opret() -> str:
        return _adresse(actions.opret(aktoer=request.aktoer, aftale_id=aftale.pk, indhold=form.indhold))

    ord_ = ("Ny central udmelding", "Alle aftalens kommuner kan svare, når den er registreret.", "Registrér")
    return udfoer(request, form, opret, "Udmeldingen er registreret.", ord_, _sti(aftale))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def ret(request: AktoerRequest, udmelding_id: UUID) -> HttpResponse:
    """Change what a call says."""
    udmelding = _egen(request.aktoer, udmelding_id)
    form = UdmeldingForm(data(request), maalgrupper=_maalgrupper(), initial=udmeldingens(udmelding))

    def gem() -> str:
        rettet = actions.ret(
            aktoer=request.aktoer,
            udmelding_id=udmelding_id,
            indhold=form.indhold,
            kraev_set=lambda: form.kraev_set(udmeldingens(_egen(request.aktoer, udmelding_id))),
        )
        return _adresse(rettet)

    return udfoer(
        request, form, gem, "Udmeldingen er rettet.", (f"Ret {udmelding}", "", "Gem"), _udmeldingssti(udmelding)
    )


@require_http_methods(["GET", "POST"])
@_SKRIVER
def fjern(request: AktoerRequest, udmelding_id: UUID) -> HttpResponse:
    """Take away a call nobody has answered, after asking."""
    udmelding = _egen(request.aktoer, udmelding_id)

    def slet() -> str:
        actions.slet(aktoer=request.aktoer, udmelding_id=udmelding_id)
        return reverse("rammeaftale:udmeldinger", args=[udmelding.aftale.slug])

    manchet = "En udmelding, nogen har svaret på, eller noget er sket med, kan ikke fjernes; annullér den i stedet."
    ord_ = (f"Fjern {udmelding}?", manchet, "Fjern")
    form = BekraeftForm(data(request))
    return udfoer(request, form, slet, "Udmeldingen er fjernet.", ord_, _udmeldingssti(udmelding))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def annuller_udmelding(request: AktoerRequest, udmelding_id: UUID) -> HttpResponse:
    """Take back a call that was registered by mistake, with why."""
    udmelding = _egen(request.aktoer, udmelding_id)
    form = AnnullerForm(data(request), hvad="udmeldingen")

    def traek() -> str:
        return _adresse(actions.annuller(aktoer=request.aktoer, udmelding_id=udmelding_id, **form.cleaned_data))

    manchet = "Udmeldingen bliver stående med begrundelsen og det, der er svaret, men ingen skylder den noget, og der kan ikke svares mere. Det kan ikke fortrydes."
    ord_ = (f"Annullér »{udmelding}«", manchet, "Annullér")
    return udfoer(request, form, traek, "Udmeldingen er annulleret.", ord_, _udmeldingssti(udmelding))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def faktum(request: AktoerRequest, udmelding_id: UUID) -> HttpResponse:
    """Register something that happened with a call."""
    udmelding = _egen(request.aktoer, udmelding_id)
    aftale = udmelding.aftale
    form = FaktumForm(data(request), blandt=lambda dag: tilbud_i(aftale, pligtdag(aftale, dag)))

    def gem() -> str:
        actions.registrer_faktum(aktoer=request.aktoer, udmelding_id=udmelding_id, indhold=form.indhold)
        return _adresse(udmelding)

    manchet = "Når den fælles rapport er sendt, kan kommunerne ikke svare mere. Er fornyet behandling ønsket, svarer de igen inden den nye frist. En hændelse, der er registreret ved en fejl, kan annulleres."
    ord_ = ("Registrér, hvad der er sket", manchet, "Registrér")
    return udfoer(request, form, gem, "Hændelsen er registreret.", ord_, _udmeldingssti(udmelding))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def annuller(request: AktoerRequest, faktum_id: UUID) -> HttpResponse:
    """Take back something that was registered by mistake, with why."""
    fakta = Udmeldingsfaktum.objects.filter(udmelding__in=queries.synlige(request.aktoer).order_by().values("pk"))
    faktum = (
        fakta.select_related("udmelding__aftale__kkr", "udmelding__aftale__hovedaftale").filter(pk=faktum_id).first()
    )
    if faktum is None or not skriver(request.aktoer, faktum.udmelding.aftale):
        raise IkkeFundet("udmeldingsfaktum_ikke_fundet", "Hændelsen findes ikke.")
    form = AnnullerForm(data(request), hvad="hændelsen")

    def traek() -> str:
        actions.annuller_faktum(aktoer=request.aktoer, faktum_id=faktum_id, **form.cleaned_data)
        return _adresse(faktum.udmelding)

    manchet = "Hændelsen bliver stående med begrundelsen, men tæller ikke længere."
    ord_ = (f"Annullér »{faktum.get_art_display()}«", manchet, "Annullér")
    return udfoer(request, form, traek, "Hændelsen er annulleret.", ord_, _udmeldingssti(faktum.udmelding))


@require_http_methods(["GET", "POST"])
@side(Rettighed.UDMELDINGER_SKRIV)
def svar(request: AktoerRequest, udmelding_id: UUID, part_id: UUID) -> HttpResponse:
    """Answer a call for a municipality, or answer again."""
    udmelding = _udmelding(request.aktoer, udmelding_id)
    part = queries.kommune_i(udmelding.aftale, part_id, idag())
    if part is None or not queries.maa_svare(request.aktoer, udmelding.aftale, part):
        raise IkkeFundet("part_ikke_fundet", "Kommunen findes ikke blandt dem, I kan svare for.")

    def givet() -> dict[str, object]:
        sidste = svarene.seneste_svar(udmelding).get(part_id)
        return svarets(sidste, svarene.eget_antal(request.aktoer, sidste))

    form = SvarForm(data(request), initial=givet())

    def gem() -> str:
        actions.svar(
            aktoer=request.aktoer,
            udmelding_id=udmelding_id,
            part_id=part_id,
            indhold=form.indhold,
            kraev_set=lambda: form.kraev_set(givet()),
        )
        return _adresse(udmelding)

    manchet = "Svaret kan gives igen, til den fælles rapport er sendt; det seneste gælder."
    ord_ = (f"Svar for {part.organisation}", manchet, "Send svaret")
    return udfoer(request, form, gem, "Svaret er gemt.", ord_, _udmeldingssti(udmelding))


def _maalgrupper() -> list[Maalgruppe]:
    return list(Maalgruppe.objects.filter(valgbar=True).order_by("term_sortering"))


def _udmelding(aktoer: Aktoer, udmelding_id: UUID) -> Udmelding:
    fundet = queries.synlige(aktoer).select_related("aftale__kkr").filter(pk=udmelding_id).first()
    if fundet is None:
        raise IkkeFundet("udmelding_ikke_fundet", "Udmeldingen findes ikke.")
    return fundet


def _egen(aktoer: Aktoer, udmelding_id: UUID) -> Udmelding:
    fundet = _udmelding(aktoer, udmelding_id)
    if not skriver(aktoer, fundet.aftale):
        raise IkkeFundet("udmelding_ikke_fundet", "Udmeldingen findes ikke.")
    return fundet


def _adresse(udmelding: Udmelding) -> str:
    return reverse("rammeaftale:udmelding", args=[udmelding.pk])


def _sti(aftale: Rammeaftale) -> list[dict[str, str]]:
    return [
        *sti(aftale),
        {"navn": "Centrale udmeldinger", "url": reverse("rammeaftale:udmeldinger", args=[aftale.slug])},
    ]


def _udmeldingssti(udmelding: Udmelding) -> list[dict[str, str]]:
    return [*_sti(udmelding.aftale), {"navn": udmelding.titel, "url": _adresse(udmelding)}]
