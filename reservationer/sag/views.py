"""Pages of a case: reserve a place, follow it, decide."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.graenser import Graense
from faelles.regneark.svar import i_stykker, tabel
from faelles.tid import Periode, idag, nu
from kommuner.adgang import log_laesning, side
from kommuner.middleware import AktoerRequest
from reservationer.sag import actions, deling, foran, queries
from reservationer.sag.aftaler.grundlag import Sag
from reservationer.sag.aftaler.queries import aftaler_i_sagen
from reservationer.sag.forms import BeslutningForm, FilterForm, ReservationForm
from reservationer.sag.models import Ophold
from reservationer.sag.offentliggjorte import vis_offentliggjorte
from reservationer.sag.ophold.forms import beslutningsvalg
from reservationer.sag.ophold.indskrivning import indskriv
from reservationer.sag.ophold.pris import offentliggjort_pris
from reservationer.sag.ophold.queries import find as find_ophold
from reservationer.sag.ophold.queries import laeste as laeste_ophold
from reservationer.sag.overgange import (
    TILSTAND_NAVN,
    UDFALD_NAVN,
    UDFALD_SKETE,
    Emne,
    Overgang,
    Tilstand,
    Udfald,
    mulige,
    tilstande,
    udfald_for,
)
from reservationer.sag.overgange import find as find_overgang
from reservationer.sag.reservering import Grundlag, grundlag
from reservationer.sag.tabeller import SAGSHOVED, sagsraekker
from reservationer.sag.trin import NUMMER_TJEK, trin
from tilbud.models import Maalgruppe
from vilkaar.kilde import alle_i_ord

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    from reservationer.sag.models import Reservation

PR_SIDE = 25
SORTERINGER = {
    "oprettet": "oprettet",
    "udloeber": "optagelse__udloeber",
    "tilbud": "tilbud__navn_sortering",
    "fra": "optagelse__periode__startswith",
}


@require_GET
@side(Rettighed.RESERVATIONER_LAES)
def liste(request: AktoerRequest) -> HttpResponse:
    """The actor's own reservations, as buyer or as seller."""
    form = FilterForm(request.GET)
    side_ = Paginator(_valgte(request, form), PR_SIDE).get_page(request.GET.get("side"))
    log_laesning(request.aktoer, "reservation", queries.laeste(side_))
    context = {
        "form": form,
        "side": side_,
        "sortering": request.GET.get("sorter", "-oprettet"),
        "frister_efter": alle_i_ord(queries.term(r) for r in side_ if vars(r)["aktuel_tilstand"] == Tilstand.AFVENTER),
        "tilstande": {tilstand: TILSTAND_NAVN[tilstand] for tilstand in tilstande(Emne.RESERVATION)},
    }
    return render(request, "sag/liste.html", context)


def _valgte(request: AktoerRequest, form: FilterForm) -> queries.Aktuelle:
    """The reservations the page's filters leave, in its order."""
    valgt = form.cleaned_data if form.is_valid() else {}
    sorter = request.GET.get("sorter", "-oprettet")
    felt = SORTERINGER.get(sorter.removeprefix("-"), "oprettet")
    fundne = queries.reservationer(request.aktoer, nu()).order_by(
        f"{'-' if sorter.startswith('-') else ''}{felt}", "pk"
    )
    if tilstand := valgt.get("tilstand"):
        fundne = fundne.filter(aktuel_tilstand=tilstand)
    if tekst := valgt.get("tekst"):
        fundne = queries.med_reference(fundne, tekst)
    return fundne


@require_GET
@side(Rettighed.RESERVATIONER_LAES, graense=Graense.HENT)
def eksport(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The list as a table, with the page's filters and order. Every case in it counts as read."""
    aktoer, oejeblik = request.aktoer, nu()
    fundne = list(_valgte(request, FilterForm(request.GET)).values_list("pk", "handlekommune", "driftsherre"))
    log_laesning(aktoer, "reservation", {pk: parter for pk, *parter in fundne})
    raekker = i_stykker(aktoer, [pk for pk, *_ in fundne], lambda noegler: sagsraekker(aktoer, noegler, oejeblik))
    return tabel(form, "reservationer", SAGSHOVED, raekker)


@require_http_methods(["GET", "POST"])
@side(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
def ny(request: AktoerRequest) -> HttpResponse:
    """Check the answers, then reserve. A conflict leads back to the very search it came from."""
    data = request.POST if request.method == "POST" else request.GET
    fundet, overflyttes = grundlag(data.get("plads", "")), _overflyttes(request, data.get("fortsaetter", ""))
    hjemler = fundet.hjemler
    if request.method == "GET":
        initial: dict[str, Any] = {navn: request.GET.get(navn) for navn in ReservationForm.base_fields}
        initial["ugedage"] = request.GET.getlist("ugedage")
        initial["sagsreference"] = overflyttes.sagsreference if overflyttes else initial["sagsreference"]
        form = ReservationForm(initial=initial, hjemler=hjemler, ugedage=fundet.plads.ugedage)
        return _tjek(request, form, fundet, overflyttes)
    form = ReservationForm(request.POST, hjemler=hjemler, ugedage=fundet.plads.ugedage)
    if form.is_valid():
        try:
            reservation_id = _reserver(request.aktoer, form)
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        except Konflikt as fejl:
            context = {"fejl": fejl, "tilbud": fundet.tilbud, "soegning": _soegning(form.cleaned_data["tilbage"])}
            return render(request, "sag/konflikt.html", context, status=fejl.status)
        else:
            return redirect("sag:kvittering", reservation_id)
    return _tjek(request, form, fundet, overflyttes)


def _overflyttes(request: AktoerRequest, ophold_id: str) -> Ophold | None:
    """The stay that is to go on at the place, with the reading logged; None when it is for no stay. Raises IkkeFundet for another's."""
    if not ophold_id:
        return None
    try:
        fundet = find_ophold(request.aktoer, UUID(ophold_id), idag())
    except ValueError:
        fundet = None
    if fundet is None:
        raise IkkeFundet("ophold_ikke_fundet", "Opholdet, der skal flyttes, findes ikke.")
    log_laesning(request.aktoer, "ophold", laeste_ophold([fundet]))
    return fundet


def _reserver(aktoer: Aktoer, form: ReservationForm) -> UUID:
    """Reserve what the form asks for; the same form sent again finds its first reservation."""
    data = form.cleaned_data
    try:
        return actions.reserver(
            aktoer=aktoer,
            plads_id=data["plads"],
            periode=form.periode,
            hjemmel=data["hjemmel"],
            sagsreference=data["sagsreference"],
            maalgruppe=form.maalgruppe_id,
            ugedage=data["ugedage"],
            fortsaetter=data["fortsaetter"],
        ).pk
    except Konflikt:
        foerste = queries.allerede(
            aktoer, plads_id=data["plads"], periode=form.periode, sagsreference=data["sagsreference"], nu=nu()
        )
        if foerste is None:
            raise
        sagens_id: UUID = foerste.pk
        return sagens_id


def _tjek(request: AktoerRequest, form: ReservationForm, fundet: Grundlag, overflyttes: Ophold | None) -> HttpResponse:
    soegning = _soegning(str(form["tilbage"].value() or ""))
    context = {
        "form": form,
        "maalgruppe": _maalgruppe(form),
        "maalgruppe_ses_af": deling.MAALGRUPPE,
        "grundlag": fundet,
        "overflyttes": overflyttes,
        "trin": trin(soegning),
        "trin_nu": NUMMER_TJEK,
        "soegning": soegning,
        "sti": [{"navn": "Find tilbud", "url": soegning}, {"navn": "Tjek dine svar"}],
    }
    return render(request, "sag/ny.html", context, status=400 if form.errors else 200)


def _maalgruppe(form: ReservationForm) -> Maalgruppe | None:
    """The target group that follows from the search, to be shown before it is shared."""
    try:
        return Maalgruppe.objects.filter(pk=UUID(str(form["maalgruppe"].value())), valgbar=True).first()
    except ValueError:
        return None


def _soegning(query: str) -> str:
    """The search somebody came from."""
    return reverse("soegning:soeg") + (f"?{query}" if query else "")


def _hent(request: AktoerRequest, reservation_id: UUID) -> "WithAnnotations[Reservation, queries.Aktuel]":
    """The case, with the reading logged. Raises IkkeFundet when the actor is no party."""
    reservation = queries.find(request.aktoer, reservation_id, nu())
    if reservation is None:
        raise IkkeFundet("reservation_ikke_fundet", "Reservationen findes ikke.")
    log_laesning(request.aktoer, "reservation", queries.laeste([reservation]))
    return reservation


@require_GET
@side(Rettighed.RESERVATIONER_LAES)
def paa_plads(request: AktoerRequest, plads_id: UUID, dag: str) -> HttpResponse:
    """On to the stay or the reservation that has a place on a day (`2027-03-31`); for its parties only."""
    try:
        fundet = queries.paa_plads(request.aktoer, plads_id, date.fromisoformat(dag), nu())
    except ValueError:
        fundet = None
    if fundet is None:
        raise IkkeFundet("sag_ikke_fundet", "I har intet ophold og ingen reservation på pladsen den dag.")
    return redirect("ophold:detalje" if isinstance(fundet, Ophold) else "sag:detalje", fundet.pk)


@require_GET
@side(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED)
def kvittering(request: AktoerRequest, reservation_id: UUID) -> HttpResponse:
    """Who has reserved what, until when, and what happens next; once somebody has decided or extended it, the case tells it."""
    reservation = _hent(request, reservation_id)
    if reservation.aktuel_tilstand != Tilstand.AFVENTER or reservation.forlaengelser:
        return redirect("sag:detalje", reservation.pk)
    plads, periode = reservation.optagelse.plads, Periode.af_range(reservation.optagelse.periode)
    forlaengelser, forlaenges_efter = queries.forlaengelser(reservation, idag())
    context = {
        "reservation": reservation,
        "kilde": queries.kilde(reservation),
        "betales_efter": queries.betales_efter(reservation),
        "pris": offentliggjort_pris(plads.afdeling_id, reservation.hjemmel_id, periode.fra),
        "forlaengelser": forlaengelser,
        "forlaenges_efter": forlaenges_efter,
        "idag": idag(),
        "sti": [{"navn": "Reservationer", "url": reverse("sag:liste")}, {"navn": "Kvittering"}],
    }
    return render(request, "sag/kvittering.html", context)


@require_GET
@side(Rettighed.RESERVATIONER_LAES)
def detalje(request: AktoerRequest, reservation_id: UUID) -> HttpResponse:
    """One case: what is reserved, what has happened, what the actor may decide."""
    reservation = _hent(request, reservation_id)
    tilstand = Tilstand(reservation.aktuel_tilstand)
    kan_skrive = request.aktoer.maa(Rettighed.RESERVATIONER_SKRIV)
    overgange = mulige(Emne.RESERVATION, tilstand, request.aktoer.funktion) if kan_skrive else ()
    context = {
        **aftaler_i_sagen(request.aktoer, Sag(reservation)),
        "reservation": reservation,
        "tilstand": tilstand,
        "tilstand_navn": TILSTAND_NAVN[tilstand],
        "kilde": queries.kilde(reservation),
        "beslutninger": queries.beslutninger(request.aktoer, reservation.pk),
        "ophold_id": queries.ophold_af(request.aktoer, reservation.pk),
        "handlinger": [
            {
                "navn": UDFALD_NAVN[overgang.udfald],
                "url": reverse("sag:beslut", args=[reservation.pk, overgang.udfald.value]),
                "primaer": overgang.udfald in {Udfald.BEKRAEFT, Udfald.INDSKRIV},
            }
            for overgang in overgange
            if overgang.udfald is not Udfald.MELD_UDEBLEVET or actions.ventes_nu(reservation)
        ],
        "sti": [{"navn": "Reservationer", "url": reverse("sag:liste")}, {"navn": reservation.sagsreference}],
    }
    return render(request, "sag/detalje.html", context)


@require_http_methods(["GET", "POST"])
@side(Rettighed.RESERVATIONER_SKRIV)
def beslut(request: AktoerRequest, reservation_id: UUID, udfald: str) -> HttpResponse:
    """A step of its own for what cannot be undone: what happens, the reason, and the button."""
    if udfald not in udfald_for(Emne.RESERVATION):
        raise IkkeFundet("side_ikke_fundet", "Siden findes ikke.")
    reservation = _hent(request, reservation_id)
    tilbage = reverse("sag:detalje", args=[reservation.pk])
    try:
        overgang = find_overgang(
            Emne.RESERVATION, Tilstand(reservation.aktuel_tilstand), Udfald(udfald), request.aktoer.funktion
        )
        valg = beslutningsvalg(reservation.tilbud) if overgang.udfald is Udfald.INDSKRIV else {}
        form = BeslutningForm(request.POST if request.method == "POST" else None, overgang=overgang, valg=valg)
        vis_offentliggjorte(form, request.aktoer, reservation.tilbud_id)
        if overgang.udfald is Udfald.BEKRAEFT:
            _spoerg_om_forbigaaede(request.aktoer, reservation, form)
        if form.is_valid() and _besluttet(request.aktoer, reservation.pk, overgang, form):
            messages.success(request, f"Reservationen er nu {UDFALD_SKETE[overgang.udfald].lower()}.")
            return redirect(_efter(request.aktoer, reservation.pk, tilbage))
    except Konflikt as fejl:
        messages.error(request, fejl.besked)
        return redirect(tilbage)
    navn = UDFALD_NAVN[overgang.udfald]
    context = {
        "form": form,
        "reservation": reservation,
        "udfald": overgang.udfald,
        "udfald_navn": navn,
        "kilde": queries.forlaengelsens_kilde(reservation, idag()) if overgang.udfald is Udfald.FORLAENG else None,
        "idag": idag(),
        "tilbage": tilbage,
        "sti": [
            {"navn": "Reservationer", "url": reverse("sag:liste")},
            {"navn": reservation.sagsreference, "url": tilbage},
            {"navn": navn},
        ],
    }
    return render(request, "sag/beslut.html", context, status=400 if form.errors else 200)


def _spoerg_om_forbigaaede(aktoer: Aktoer, reservation: "Reservation", form: BeslutningForm) -> None:
    """Ask why each who waits before does not get the place."""
    modtager = foran.reservationens(reservation)
    forbi = foran.foran(modtager) if modtager else []
    form.spoerg(foran.kaldt(aktoer, forbi) if forbi else {})


def _efter(aktoer: Aktoer, reservation_id: UUID, tilbage: str) -> str:
    """To the stay when one has begun, else back to the reservation."""
    ophold = queries.ophold_af(aktoer, reservation_id)
    return tilbage if ophold is None else reverse("ophold:detalje", args=[ophold])


def _besluttet(aktoer: Aktoer, reservation_id: UUID, overgang: Overgang, form: BeslutningForm) -> bool:
    """Whether the decision was taken; a refusal of the input is put into the form."""
    try:
        if overgang.udfald is Udfald.INDSKRIV:
            indskriv(aktoer=aktoer, reservation_id=reservation_id, indhold=form.indhold)
        else:
            actions.beslut(
                aktoer=aktoer,
                reservation_id=reservation_id,
                udfald=overgang.udfald,
                grund=form.indhold.grund,
                bemaerkning=form.indhold.bemaerkning,
                forbi=form.grunde(form.poster),
            )
    except UgyldigtInput as fejl:
        tilfoej_fejl(form, fejl)
        return False
    return True
