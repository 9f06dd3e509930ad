"""Pages of stays: the list, the whole story of one, what can be decided, and the stays without approval."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.graenser import Graense
from faelles.regneark.svar import i_stykker, tabel
from faelles.tid import idag
from kommuner.adgang import log_laesning, side
from kommuner.middleware import AktoerRequest
from reservationer.sag import foran
from reservationer.sag.aftaler.grundlag import Sag
from reservationer.sag.aftaler.queries import aftaler_i_sagen
from reservationer.sag.forms import BeslutningForm
from reservationer.sag.models import Indgang, Ophold
from reservationer.sag.offentliggjorte import vis_offentliggjorte
from reservationer.sag.ophold import queries
from reservationer.sag.ophold.ansvar import dagens_parter
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.ophold.forms import IndskrivningForm, OpholdsfilterForm, beslutningsvalg
from reservationer.sag.ophold.indskrivning import indskriv_uden_reservation, modtager_af
from reservationer.sag.ophold.opgaver import ventende
from reservationer.sag.ophold.overflytning import forbindelser
from reservationer.sag.ophold.overtagelse import Sagen, frister, kontakter
from reservationer.sag.ophold.pris import vejledende
from reservationer.sag.ophold.tabeller import AKUTHOVED, HOVED, akutraekker, raekker
from reservationer.sag.ophold.varsel import aftale_om_varsel
from reservationer.sag.overgange import UDFALD_NAVN, UDFALD_SKETE, Emne, Tilstand, Udfald, find, mulige, udfald_for
from reservationer.sag.priser import Prisaftale
from tilbud.models import Pladsart, Tilbud
from tilbud.models.register import alle_ugedage
from vilkaar.kilde import alle_i_ord

PR_SIDE = 25
SORTERINGER = {"fra": "foerste_dag", "tilbud": "tilbud__navn_sortering", "til": "vist_sidste_dag"}
KUN_AKUT = {Udfald.ORIENTER_TILSYN, Udfald.FORLAENG_AKUT}
KUN_FORSLAG = {Udfald.ACCEPTER_PRIS, Udfald.AFSLAA_PRIS}
KUN_FRAVAER = {Udfald.RET_FRAVAER, Udfald.ANNULLER_FRAVAER}


@require_GET
@side(Rettighed.RESERVATIONER_LAES)
def liste(request: AktoerRequest) -> HttpResponse:
    """The actor's stays, the latest first."""
    form = OpholdsfilterForm(request.GET)
    side_ = Paginator(_valgte(request, form), PR_SIDE).get_page(request.GET.get("side"))
    log_laesning(request.aktoer, "ophold", queries.laeste(queries.som_set(side_, idag())))
    context = {
        "form": form,
        "side": side_,
        "sortering": request.GET.get("sorter", "-fra"),
        "indskriver": _tilbud(request),
        "frister_efter": alle_i_ord(term for o in side_ for felt, term in queries.foelger(o) if felt == "opsagtTil"),
    }
    return render(request, "ophold/liste.html", context)


def _valgte(request: AktoerRequest, form: OpholdsfilterForm) -> queries.Sete:
    """The stays the page's filters leave, in its order."""
    valgt = form.cleaned_data if form.is_valid() else {}
    sorter = request.GET.get("sorter", "-fra")
    felt = SORTERINGER.get(sorter.removeprefix("-"), "foerste_dag")
    fundne = queries.ophold(request.aktoer, idag()).order_by(f"{'-' if sorter.startswith('-') else ''}{felt}", "pk")
    if tilstand := valgt.get("tilstand"):
        fundne = fundne.filter(vist_tilstand=tilstand)
    if venter := valgt.get("venter"):
        fundne = fundne.filter(pk__in=ventende(request.aktoer, idag()).exclude(**{venter: None}).values("pk"))
    if tekst := valgt.get("tekst"):
        fundne = queries.med_reference(fundne, tekst)
    return fundne


@require_GET
@side(Rettighed.RESERVATIONER_LAES, graense=Graense.HENT)
def eksport(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The list as a table, with the page's filters and order. Every stay in it counts as read."""
    return _tabel(request, form, "ophold", HOVED, _valgte(request, OpholdsfilterForm(request.GET)), raekker)


def _tabel(
    request: AktoerRequest,
    form: str,
    navn: str,
    hoved: Sequence[str],
    valgte: QuerySet[Ophold],
    hent: Callable[[Aktoer, Sequence[UUID], date], Iterable[Sequence[Any]]],
) -> HttpResponseBase:
    aktoer, dag = request.aktoer, idag()
    fundne = dict(valgte.values_list("pk", "driftsherre"))
    log_laesning(aktoer, "ophold", dagens_parter(fundne))
    return tabel(form, navn, hoved, i_stykker(aktoer, list(fundne), lambda n: hent(aktoer, n, dag)))


def _tilbud(request: AktoerRequest) -> list[Tilbud]:
    """The offers the actor may begin a stay at without a reservation."""
    if request.aktoer.funktion is not Funktion.DRIFTSHERRE or not request.aktoer.maa(Rettighed.RESERVATIONER_SKRIV):
        return []
    return list(Tilbud.objects.drevet_af(request.aktoer).order_by("navn_sortering", "pk"))


@require_GET
@side(Rettighed.RESERVATIONER_LAES)
def akutte(request: AktoerRequest) -> HttpResponse:
    """Stays in offers without approval: the clock of each, those that have run out first."""
    fundne = list(queries.akutte(request.aktoer, idag()))
    tidligere = queries.akutforloeb(request.aktoer, fundne, idag())
    log_laesning(request.aktoer, "ophold", queries.laeste(fundne))
    context = {
        "ophold": [(et, tidligere.get(et.pk, [])) for et in fundne],
        "idag": idag(),
        "frister_efter": alle_i_ord(queries.akuttermer(fundne, tidligere)),
        "sti": [_LISTEN, {"navn": "Uden godkendelse"}],
    }
    return render(request, "ophold/akutte.html", context)


@require_GET
@side(Rettighed.RESERVATIONER_LAES, graense=Graense.HENT)
def eksport_akutte(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The stays without approval as a table. Every one of them counts as read."""
    valgte = queries.akutte(request.aktoer, idag())
    return _tabel(request, form, "ophold uden godkendelse", AKUTHOVED, valgte, akutraekker)


_LISTEN = {"navn": "Ophold", "url": reverse_lazy("ophold:liste")}


@require_http_methods(["GET", "POST"])
@side(Rettighed.RESERVATIONER_SKRIV, Funktion.DRIFTSHERRE)
def ny(request: AktoerRequest) -> HttpResponse:
    """Begin a stay nobody has reserved at one of the actor's offers; a link may carry the place and the day."""
    tilbud = _et_tilbud(request)
    valgt = {navn: request.GET.get(navn, "") for navn in ("plads", "fra")}
    venter = foran.alle(request.aktoer, tilbud.pk)
    data = request.POST if request.method == "POST" else None
    form = IndskrivningForm(data, initial=valgt, tilbud=tilbud, venter=venter)
    if form.is_valid():
        sagt = form.cleaned_data
        modtager = modtager_af(form.plads_id, sagt["handlekommune"], sagt["sagsreference"])
        try:
            ophold = indskriv_uden_reservation(
                aktoer=request.aktoer,
                tilbud_id=tilbud.pk,
                indgang=Indgang(sagt["indgang"]),
                handlekommune=sagt["handlekommune"],
                hjemmel=sagt["hjemmel"],
                sagsreference=sagt["sagsreference"],
                fra=sagt["fra"],
                plads_id=form.plads_id,
                pris=Prisaftale(sagt["takst"]) if sagt["takst"] else None,
                forbi=form.grunde(foran.foran(modtager) if modtager else ()),
            )
        except (UgyldigtInput, Konflikt) as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, "Opholdet er begyndt.")
            return redirect("ophold:detalje", ophold.pk)
    context = {"form": form, "tilbud": tilbud, "sti": [_LISTEN, {"navn": "Indskriv uden reservation"}]}
    return render(request, "ophold/ny.html", context, status=400 if form.errors else 200)


def _et_tilbud(request: AktoerRequest) -> Tilbud:
    try:
        fundet = Tilbud.objects.drevet_af(request.aktoer).filter(pk=UUID(request.GET.get("tilbud", ""))).first()
    except ValueError:
        fundet = None
    if fundet is None:
        raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet er ikke blandt jeres.")
    return fundet


def _hent(request: AktoerRequest, ophold_id: UUID) -> Ophold:
    """The stay, with the reading logged. Raises IkkeFundet when the actor is no party."""
    fundet = queries.find(request.aktoer, ophold_id, idag())
    if fundet is None:
        raise IkkeFundet("ophold_ikke_fundet", "Opholdet findes ikke.")
    log_laesning(request.aktoer, "ophold", queries.laeste([fundet]))
    return fundet


@require_GET
@side(Rettighed.RESERVATIONER_LAES)
def detalje(request: AktoerRequest, ophold_id: UUID) -> HttpResponse:
    """The whole story on one page: who, where, what is agreed and paid, what is due, what was decided, and what can be."""
    fundet = _hent(request, ophold_id)
    historie = queries.historie(request.aktoer, fundet)
    muligheder, andre = _muligheder(request, fundet, historie), forbindelser(request.aktoer, fundet)
    log_laesning(request.aktoer, "ophold", queries.laeste(et for et in (andre.fra, andre.til) if et))
    aftalerne = aftaler_i_sagen(request.aktoer, Sag(fundet))
    sagen = Sagen(fundet, historie, aftalerne["aftaler"], andre)
    context = {
        **aftalerne,
        "ophold": fundet,
        "historie": historie,
        "forbindelser": andre,
        "priser": vejledende(historie.priser, historie.pladser, historie.hjemler),
        "frister": frister(sagen, muligheder, request.aktoer.funktion, idag()),
        "kontakter": kontakter(sagen, idag()),
        "kilder": queries.kilder(fundet, historie),
        "idag": idag(),
        "handlinger": [
            {
                "navn": UDFALD_NAVN[udfald],
                "url": reverse("ophold:beslut", args=[fundet.pk, udfald.value]),
                "primaer": udfald is Udfald.ACCEPTER_PRIS,
            }
            for udfald in muligheder
        ]
        + (_overflyt(request.aktoer, fundet) if muligheder else []),
        "sti": [_LISTEN, {"navn": fundet.reference}],
    }
    return render(request, "ophold/detalje.html", context)


def _overflyt(aktoer: Aktoer, fundet: Any) -> list[dict[str, Any]]:
    """The handlekommune's way to a place in another offer: a search that knows which stay is to go on there."""
    if aktoer.funktion is not Funktion.MYNDIGHED:
        return []
    valg = {"fortsaetter": fundet.pk, "hjemmel": fundet.hjemmel_kode, "maalgruppe": fundet.maalgruppe_id or ""}
    return [{"navn": "Overflyt til et andet tilbud", "url": f"{reverse('soegning:soeg')}?{urlencode(valg)}"}]


def _muligheder(request: AktoerRequest, fundet: Ophold, historie: queries.Historie) -> list[Udfald]:
    """What the table allows and there is something to do about; nothing for readers and for those who only pay."""
    aktoer: Any = request.aktoer
    er_kommune = aktoer.funktion is Funktion.MYNDIGHED
    if not aktoer.maa(Rettighed.RESERVATIONER_SKRIV) or (
        er_kommune and fundet.handlekommune_id != aktoer.organisation_id  # type: ignore[attr-defined]  # annotated
    ):
        return []
    andres = any(o.trukket is None and o.funktion != aktoer.funktion for o in historie.opsigelser)
    uden = (
        (KUN_AKUT if fundet.akutfrist is None else set())
        | (KUN_FORSLAG if historie.prisforslag is None else set())
        | (set() if any(et.rettet is None for et in historie.fravaer) else KUN_FRAVAER)
        | ({Udfald.FORTRYD_OPSIGELSE} if andres else set())
        | ({Udfald.SKIFT_UGEDAGE} if _er_der_altid(historie) else set())
    )
    alle = mulige(Emne.OPHOLD, Tilstand(fundet.tilstand), aktoer.funktion)
    return [overgang.udfald for overgang in alle if overgang.udfald not in uden]


def _er_der_altid(historie: queries.Historie) -> bool:
    """Whether there are no weekdays to change: it has no place, or a døgnplads every day of the week."""
    if not historie.pladser:
        return True
    sidste = historie.pladser[-1].optagelse
    return bool(sidste.plads.art == Pladsart.DOEGN and sidste.ugedage == alle_ugedage())


@require_http_methods(["GET", "POST"])
@side(Rettighed.RESERVATIONER_SKRIV)
def beslut(request: AktoerRequest, ophold_id: UUID, skridt: str) -> HttpResponse:
    """A step of its own: what happens, what has to be said, and the button."""
    if skridt not in udfald_for(Emne.OPHOLD):
        raise IkkeFundet("side_ikke_fundet", "Siden findes ikke.")
    fundet, udfald = _hent(request, ophold_id), Udfald(skridt)
    tilbage = reverse("ophold:detalje", args=[fundet.pk])
    try:
        overgang = find(Emne.OPHOLD, Tilstand(fundet.tilstand), udfald, request.aktoer.funktion)
        data = request.POST if request.method == "POST" else None
        historie = queries.historie(request.aktoer, fundet)
        valg = beslutningsvalg(fundet.tilbud, historie.fravaer)
        form = BeslutningForm(data, overgang=overgang, valg=valg)
        vis_offentliggjorte(form, request.aktoer, fundet.tilbud_id)
        if form.is_valid() and _besluttet(request, fundet.pk, udfald, form):
            messages.success(request, f"{UDFALD_SKETE[udfald]}.")
            return redirect(tilbage)
    except (Konflikt, IngenAdgang) as fejl:
        messages.error(request, fejl.besked)
        return redirect(tilbage)
    navn, aktoer = UDFALD_NAVN[udfald], request.aktoer
    aftale = aftale_om_varsel(aktoer, fundet, idag()) if udfald is Udfald.OPSIG else None
    context = {
        "form": form,
        "ophold": fundet,
        "udfald": udfald,
        "udfald_navn": navn,
        "tilbage": tilbage,
        "prisforslag": historie.prisforslag,
        "aftale": aftale,
        "kilde": None if aftale else queries.skridtets_kilde(fundet, udfald, aktoer.funktion, idag()),
        "idag": idag(),
        "sti": [_LISTEN, {"navn": fundet.reference, "url": tilbage}, {"navn": navn}],
    }
    return render(request, "ophold/beslut.html", context, status=400 if form.errors else 200)


def _besluttet(request: AktoerRequest, ophold_id: UUID, udfald: Udfald, form: BeslutningForm) -> bool:
    """Whether the decision was taken; a refusal of the input is put into the form."""
    try:
        afgoer_ophold(aktoer=request.aktoer, ophold_id=ophold_id, udfald=udfald, indhold=form.indhold)
    except UgyldigtInput as fejl:
        tilfoej_fejl(form, fejl)
        return False
    return True
