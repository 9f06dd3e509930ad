"""Pages of the hearings: what the parties see, and what the secretariat does."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faelles.aktoer import Funktion, Rettighed
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from rammeaftale.handling import data, udfoer
from rammeaftale.hoering import actions, notater, queries, tabeller
from rammeaftale.hoering.filadgang import egen_fil, synlig_fil
from rammeaftale.hoering.forms import (
    BehandlingForm,
    BekraeftForm,
    FilvurderingForm,
    HoeringForm,
    ModtagereForm,
    NyHoeringForm,
    PostkasseForm,
    SendForm,
    afsendelsens,
    behandlingens,
    filvurderingens,
    hoeringens,
)
from rammeaftale.hoering.regler import Hoeringsstand
from rammeaftale.hoering.udlevering import udlever
from rammeaftale.livscyklus import SKRIVES, Aftaletilstand
from rammeaftale.models import Hoering, Hoeringsmodtager, Rammeaftale
from rammeaftale.visning import egen_aftale, synlig_aftale
from rammeaftale.visning import sti as aftalens_sti

_SKRIVER = side(Rettighed.HOERINGER_SKRIV, Funktion.SEKRETARIAT)
FORESLAAET_FRIST = timedelta(weeks=4)  # what the form begins with; no source sets a time for hearings
FORESLAAET_PAAMINDELSE = 7  # days before


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def liste(request: AktoerRequest, slug: str) -> HttpResponse:
    """The hearings about an agreement, latest first."""
    aftale = synlig_aftale(request.aktoer, slug)
    kontekst = {
        "aftale": aftale,
        "linjer": queries.linjer(Hoering.objects.synlige_for(request.aktoer).filter(version__aftale=aftale), idag()),
        "kan_oprette": _kan_oprette(request, aftale),
        "sti": [*aftalens_sti(aftale), {"navn": "Høringer"}],
    }
    return render(request, "rammeaftale/hoering/liste.html", kontekst)


def _kan_oprette(request: AktoerRequest, aftale: Rammeaftale) -> bool:
    egen = aftale.kkr.sekretariat_id == request.aktoer.organisation_id
    return egen and request.aktoer.maa(Rettighed.HOERINGER_SKRIV) and Aftaletilstand(aftale.tilstand) in SKRIVES


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, graense=Graense.HENT)
def eksport_liste(request: AktoerRequest, slug: str, form: str) -> HttpResponseBase:
    """The list."""
    aftale = synlig_aftale(request.aktoer, slug)
    fundne = Hoering.objects.synlige_for(request.aktoer).filter(version__aftale=aftale)
    return tabel(
        form, "hoeringer", tabeller.HOERINGSHOVED, list(tabeller.hoeringsraekker(queries.linjer(fundne, idag())))
    )


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def detalje(request: AktoerRequest, hoering_id: UUID) -> HttpResponse:
    """A hearing: who has answered, and what was said about each clause. htmx asks for how far its note is only."""
    hoering = queries.synlig_hoering(request.aktoer, hoering_id)
    visning = queries.vis(hoering)
    notat = {
        "v": visning,
        "notat": notater.seneste_notat(hoering),
        "kan_skrive": queries.maa_skrive(request.aktoer, hoering),
    }
    if "HX-Request" in request.headers:
        return render(request, "rammeaftale/hoering/_notat.html", notat)
    kontekst = {
        **notat,
        "kladde": visning.stand is Hoeringsstand.KLADDE,
        "ude": visning.stand is Hoeringsstand.SENDT,
        "overskredet": visning.stand is Hoeringsstand.SENDT and idag() > hoering.frist,
        "sti": [*_sti(hoering)[:-1], {"navn": hoering.titel}],
    }
    return render(request, "rammeaftale/hoering/detalje.html", kontekst)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, graense=Graense.HENT)
def eksport(request: AktoerRequest, hoering_id: UUID, form: str) -> HttpResponseBase:
    """The answers that count."""
    visning = queries.vis(queries.synlig_hoering(request.aktoer, hoering_id))
    return tabel(form, "hoeringssvar", tabeller.SVARHOVED, list(tabeller.svarraekker(visning)))


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, graense=Graense.HENT)
def fil(request: AktoerRequest, fil_id: UUID) -> HttpResponse:
    """A file of an answer, to be kept."""
    return udlever(synlig_fil(request.aktoer, fil_id))


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, graense=Graense.HENT)
def notat(request: AktoerRequest, notat_id: UUID) -> HttpResponse:
    """The note, opened in the browser; for this actor alone: no shared cache may keep it."""
    pdf = notater.synligt_notat(request.aktoer, notat_id)
    hoveder = {"Content-Disposition": "inline; filename=hoeringsnotat.pdf", "Cache-Control": "private, no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=hoveder)


@require_POST
@_SKRIVER
def bestil_notat(request: AktoerRequest, hoering_id: UUID) -> HttpResponse:
    """Order the note."""
    actions.bestil_notat(aktoer=request.aktoer, hoering_id=hoering_id)
    messages.success(request, "Høringsnotatet er bestilt.")
    return redirect("rammeaftale:hoering", hoering_id)


@require_http_methods(["GET", "POST"])
@_SKRIVER
def ny(request: AktoerRequest, slug: str) -> HttpResponse:
    """A hearing about the agreement's draft."""
    aftale = egen_aftale(request.aktoer, slug)
    begynd = {"frist": idag() + FORESLAAET_FRIST, "paamind_dage": FORESLAAET_PAAMINDELSE}
    forrige = queries.forrige_hoering(request.aktoer, aftale)
    form = NyHoeringForm(data(request), forrige=forrige, initial=begynd)

    def opret() -> str:
        som_i = forrige.pk if forrige and form.cleaned_data.get("tag_med") else None
        hoering = actions.opret_hoering(aktoer=request.aktoer, aftale_id=aftale.pk, indhold=form.indhold, som_i=som_i)
        return reverse(f"rammeaftale:{'hoering' if som_i else 'nye_hoeringsparter'}", args=[hoering.pk])

    ord_ = (
        "Ny høring",
        "Høringen handler om den version, der skrives på. Høringsparter kan også tilføjes bagefter.",
        "Opret",
    )
    return udfoer(
        request, form, opret, "Høringen er oprettet. Tilføj dem, der mangler, før den sendes.", ord_, _listesti(aftale)
    )


@require_http_methods(["GET", "POST"])
@_SKRIVER
def ret(request: AktoerRequest, hoering_id: UUID) -> HttpResponse:
    """Change a hearing, or extend its deadline."""
    hoering = queries.egen_hoering(request.aktoer, hoering_id)
    form = HoeringForm(data(request), initial=hoeringens(hoering), sendt=hoering.sendt is not None)

    def gem() -> str:
        actions.ret_hoering(
            aktoer=request.aktoer,
            hoering_id=hoering.pk,
            indhold=form.indhold,
            kraev_set=lambda: form.kraev_set(hoeringens(queries.egen_hoering(request.aktoer, hoering_id))),
        )
        return _adresse(hoering)

    ord_ = (
        "Ret høringen",
        "Når høringen er sendt, kan kun fristen forlænges og påmindelsen ændres. De, der ikke har svaret, får brev om en ny frist.",
        "Gem",
    )
    return udfoer(request, form, gem, "Høringen er rettet.", ord_, _sti(hoering))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def fjern(request: AktoerRequest, hoering_id: UUID) -> HttpResponse:
    """Discard a draft, after asking."""
    hoering = queries.egen_hoering(request.aktoer, hoering_id)
    aftale = hoering.version.aftale
    form = SendForm(data(request), initial=afsendelsens(hoering))

    def slet() -> str:
        actions.fjern_hoering(
            aktoer=request.aktoer,
            hoering_id=hoering_id,
            kraev_set=lambda: form.kraev_set(afsendelsens(queries.egen_hoering(request.aktoer, hoering_id))),
        )
        return reverse("rammeaftale:hoeringer", args=[aftale.slug])

    manchet = "Kladden fjernes med de høringsparter, der er tilføjet. Ingen af dem har hørt om den. En høring, der er sendt, bliver stående."
    ord_ = (f"Fjern {hoering}?", manchet, "Fjern")
    return udfoer(request, form, slet, "Kladden er fjernet.", ord_, _sti(hoering))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def nye_parter(request: AktoerRequest, hoering_id: UUID) -> HttpResponse:
    """Add recipients."""
    hoering = queries.egen_hoering(request.aktoer, hoering_id)
    form = ModtagereForm(data(request))

    def tilfoej() -> str:
        actions.tilfoej_modtagere(aktoer=request.aktoer, hoering_id=hoering.pk, modtagere=form.indhold)
        return _adresse(hoering)

    manchet = "Tilføj dem, der er af samme slags, på én gang; gentag for de andre."
    if hoering.sendt:
        manchet += " Høringen er sendt, så de får et brev med et link med det samme."
    ord_ = ("Tilføj høringsparter", manchet, "Tilføj")
    return udfoer(request, form, tilfoej, "Høringsparterne er tilføjet.", ord_, _sti(hoering))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def fjern_part(request: AktoerRequest, modtager_id: UUID) -> HttpResponse:
    """Take a recipient out of a draft."""
    modtager = queries.egen_modtager(request.aktoer, modtager_id)
    form = BekraeftForm(data(request))

    def fjern() -> str:
        actions.fjern_modtager(aktoer=request.aktoer, modtager_id=modtager.pk)
        return _adresse(modtager.hoering)

    ord_ = ("Fjern høringsparten", f"{modtager} bliver ikke hørt.", "Fjern")
    return udfoer(request, form, fjern, f"{modtager} er fjernet.", ord_, _sti(modtager.hoering))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def ret_postkasse(request: AktoerRequest, modtager_id: UUID) -> HttpResponse:
    """Give a recipient another mailbox."""
    modtager = queries.egen_modtager(request.aktoer, modtager_id)
    form = PostkasseForm(data(request), initial={"email": modtager.email})

    def gem() -> str:
        actions.ret_postkasse(
            aktoer=request.aktoer,
            modtager_id=modtager.pk,
            email=form.cleaned_data["email"],
            kraev_set=lambda: form.kraev_set({"email": queries.egen_modtager(request.aktoer, modtager_id).email}),
        )
        return _adresse(modtager.hoering)

    manchet = f"{modtager} hører fra os på den nye postkasse."
    if modtager.hoering.sendt:
        manchet = f"{modtager} får et nyt link på den nye postkasse; de gamle gælder ikke længere. Har de svaret, kan de svare igen."
    return udfoer(
        request, form, gem, "Postkassen er rettet.", ("Ret postkasse", manchet, "Gem"), _sti(modtager.hoering)
    )


@require_http_methods(["GET", "POST"])
@_SKRIVER
def send(request: AktoerRequest, hoering_id: UUID) -> HttpResponse:
    """Send a hearing."""
    hoering = queries.egen_hoering(request.aktoer, hoering_id)
    form = SendForm(data(request), initial=afsendelsens(hoering))

    def afsend() -> str:
        actions.send_hoering(
            aktoer=request.aktoer,
            hoering_id=hoering.pk,
            kraev_set=lambda: form.kraev_set(afsendelsens(queries.egen_hoering(request.aktoer, hoering_id))),
        )
        return _adresse(hoering)

    antal = hoering.modtagere.count()
    manchet = (
        f"{antal} høringspart{'' if antal == 1 else 'er'} får et brev med et link, og aftalens parter kan se høringen. "
        "Udkastet er i høring, som det er nu; I kan skrive videre på det imens."
    )
    ord_ = ("Send i høring", manchet, "Send")
    return udfoer(
        request, form, afsend, "Høringen er sendt. Brevene går af sted inden for få minutter.", ord_, _sti(hoering)
    )


@require_http_methods(["GET", "POST"])
@_SKRIVER
def afslut(request: AktoerRequest, hoering_id: UUID) -> HttpResponse:
    """Close a hearing."""
    hoering = queries.egen_hoering(request.aktoer, hoering_id)
    form = SendForm(data(request), initial=afsendelsens(hoering))

    def luk() -> str:
        actions.afslut(
            aktoer=request.aktoer,
            hoering_id=hoering.pk,
            kraev_set=lambda: form.kraev_set(afsendelsens(queries.egen_hoering(request.aktoer, hoering_id))),
        )
        return _adresse(hoering)

    ord_ = ("Afslut høringen", "Ingen kan svare længere, og linkene viser intet. Det kan ikke fortrydes.", "Afslut")
    return udfoer(request, form, luk, "Høringen er afsluttet.", ord_, _sti(hoering))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def nyt_link(request: AktoerRequest, modtager_id: UUID) -> HttpResponse:
    """Mail a recipient a new link."""
    modtager = queries.egen_modtager(request.aktoer, modtager_id)
    form = BekraeftForm(data(request))

    def bestil() -> str:
        actions.nyt_link(aktoer=request.aktoer, modtager_id=modtager.pk)
        return _adresse(modtager.hoering)

    manchet = f"{modtager} får et nyt link på {modtager.email}; det gamle gælder ikke længere. Har de svaret, kan de svare igen."
    return udfoer(
        request, form, bestil, "Det nye link er på vej.", ("Send nyt link", manchet, "Send"), _sti(modtager.hoering)
    )


@require_http_methods(["GET", "POST"])
@_SKRIVER
def traek_link(request: AktoerRequest, modtager_id: UUID) -> HttpResponse:
    """Make a recipient's links worthless."""
    modtager = queries.egen_modtager(request.aktoer, modtager_id)
    form = BekraeftForm(data(request))

    def traek() -> str:
        actions.traek_link(aktoer=request.aktoer, modtager_id=modtager.pk)
        return _adresse(modtager.hoering)

    manchet = f"{modtager} kan ikke svare, før I sender et nyt link. Et svar, de har givet, bliver."
    ord_ = ("Træk link tilbage", manchet, "Træk tilbage")
    return udfoer(request, form, traek, "Linket er trukket tilbage.", ord_, _sti(modtager.hoering))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def behandl(request: AktoerRequest, bemaerkning_id: UUID) -> HttpResponse:
    """Register what was done with a remark."""
    bemaerkning = queries.egen_bemaerkning(request.aktoer, bemaerkning_id)
    modtager: Hoeringsmodtager = bemaerkning.svar.link.modtager
    form = BehandlingForm(
        data(request),
        initial=behandlingens(queries.seneste_behandling(bemaerkning)),
        versioner=queries.mulige_versioner(modtager.hoering),
    )

    def gem() -> str:
        actions.behandl(
            aktoer=request.aktoer,
            bemaerkning_id=bemaerkning.pk,
            **form.cleaned_data,
            kraev_set=lambda: form.kraev_set(behandlingens(queries.seneste_behandling(bemaerkning))),
        )
        return _adresse(modtager.hoering)

    om = bemaerkning.udgave or "udkastet som helhed"
    ord_ = ("Behandl bemærkning", f"{modtager} om {om}. Den seneste behandling gælder.", "Gem")
    return udfoer(request, form, gem, "Behandlingen er gemt.", ord_, _sti(modtager.hoering))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def vurder_fil(request: AktoerRequest, fil_id: UUID) -> HttpResponse:
    """Release a file to the parties, or close it."""
    fil = egen_fil(request.aktoer, fil_id)
    hoering = fil.bemaerkning.svar.link.modtager.hoering
    form = FilvurderingForm(data(request), initial=filvurderingens(fil))

    def gem() -> str:
        actions.vurder_fil(
            aktoer=request.aktoer,
            fil_id=fil.pk,
            **form.cleaned_data,
            kraev_set=lambda: form.kraev_set(filvurderingens(egen_fil(request.aktoer, fil_id))),
        )
        return _adresse(hoering)

    manchet = (
        f"{fil} fra {fil.bemaerkning.svar.link.modtager}. En fil, der ikke er helt gennemsøgt for CPR-numre, får aftalens parter først, "
        "når I har set den igennem og frigiver den. Lukker I filen, kan ingen hente den, heller ikke I. Den seneste vurdering gælder."
    )
    return udfoer(request, form, gem, "Vurderingen er gemt.", ("Frigiv eller luk filen", manchet, "Gem"), _sti(hoering))


def _adresse(hoering: Hoering) -> str:
    return reverse("rammeaftale:hoering", args=[hoering.pk])


def _listesti(aftale: Rammeaftale) -> list[dict[str, str]]:
    return [*aftalens_sti(aftale), {"navn": "Høringer", "url": reverse("rammeaftale:hoeringer", args=[aftale.slug])}]


def _sti(hoering: Hoering) -> list[dict[str, str]]:
    return [*_listesti(hoering.version.aftale), {"navn": hoering.titel, "url": _adresse(hoering)}]
