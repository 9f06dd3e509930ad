"""Pages of an organisation's people, for its own administrators and for a secretariat that helps."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from faelles.aktoer import Aktoer, Rettighed
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag, nu
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from kommuner.models import Administratorforslag, Bruger, Forslagsudfald, Organisationsart, Rolle, Tilknytning
from kommuner.personer import actions, queries
from kommuner.personer.actions.forslag import Stilling, find_stilling
from kommuner.personer.forms import AfslutForm, FilterForm, ForslagForm, InvitationForm, RolleForm
from kommuner.personer.maal import Maal, find_maal, hjaelpes_af
from kommuner.personer.queries import Personvisning, Rollevisning
from kommuner.personer.regler import kan_begraenses, mulige_roller
from kommuner.personer.tabeller import PERSONHOVED, rolleraekker
from kommuner.tilbudsregister import tilbud_hos

PR_SIDE = 25
styrer = side(Rettighed.PERSONER_STYR, eller=Rettighed.PERSONER_HJAELP)


@require_GET
@styrer
def start(request: AktoerRequest) -> HttpResponse:
    """An administrator's own people; for a secretariat the organisations it helps."""
    if request.aktoer.maa(Rettighed.PERSONER_STYR):
        return redirect("personer:liste", request.aktoer.organisation_id)
    organisationer = hjaelpes_af(request.aktoer.organisation_id, idag()).order_by("art", "navn_sortering", "pk")
    return render(request, "personer/organisationer.html", {"organisationer": organisationer})


@require_GET
@styrer
def liste(request: AktoerRequest, organisation_id: UUID) -> HttpResponse:
    """The people with a role, and everything that waits."""
    maal = find_maal(request.aktoer, organisation_id)
    stilling = find_stilling(request.aktoer, maal)
    form = FilterForm(request.GET)
    sider = Paginator(_valgte(request, organisation_id, form), PR_SIDE).get_page(request.GET.get("side"))
    kontekst = {
        "maal": maal,
        "form": form,
        "side": sider,
        "personer": queries.vis(list(sider), organisation_id, idag()),
        "sortering": request.GET.get("sorter", "email"),
        "forslag": _forslag(request.aktoer, maal, stilling),
        "invitationer": queries.aabne_invitationer(request.aktoer, maal, nu()),
        "hjaelp": queries.seneste_hjaelp(request.aktoer, maal),
        "antal_administratorer": stilling.administratorer,
        "sti": [*_sti(maal)[:-1], {"navn": _navn(maal)}],
    }
    return render(request, "personer/liste.html", kontekst)


def _valgte(request: AktoerRequest, organisation_id: UUID, form: FilterForm) -> QuerySet[Bruger]:
    """The people the page's filters leave, in its order."""
    valgt = form.cleaned_data if form.is_valid() else {}
    return queries.personer(
        organisation_id,
        idag(),
        tekst=valgt.get("tekst", ""),
        rolle=valgt.get("rolle", ""),
        afsluttede=valgt.get("stand") == FilterForm.AFSLUTTEDE,
        sorter=request.GET.get("sorter", "email"),
    )


@require_GET
@side(Rettighed.PERSONER_STYR, eller=Rettighed.PERSONER_HJAELP, graense=Graense.HENT)
def eksport(request: AktoerRequest, organisation_id: UUID, form: str) -> HttpResponseBase:
    """The people with their roles as a table, with the page's filters and order."""
    find_maal(request.aktoer, organisation_id)
    fundne = list(_valgte(request, organisation_id, FilterForm(request.GET)))
    return tabel(form, "personer", PERSONHOVED, rolleraekker(queries.vis(fundne, organisation_id, idag())))


def _forslag(aktoer: Aktoer, maal: Maal, stilling: Stilling) -> list[dict[str, Any]]:
    """The open proposals, each with what the actor may do about it and, when she may not, why."""
    return [
        {
            "forslag": forslag,
            "eget": forslag.foreslaaet_af == aktoer.identitet,
            "hindring": stilling.hindring(forslag, Forslagsudfald.GODKENDT),
        }
        for forslag in queries.aabne_forslag(aktoer, [maal.organisation.pk])
    ]


@require_GET
@styrer
def person(request: AktoerRequest, organisation_id: UUID, bruger_id: UUID) -> HttpResponse:
    """One person: her roles in the organisation, now and before."""
    maal = find_maal(request.aktoer, organisation_id)
    visning = _person(maal, bruger_id)
    kontekst = {
        "maal": maal,
        "person": visning,
        "er_administrator": any(r.tilknytning.rolle == Rolle.ADMINISTRATOR for r in visning.aktuelle),
        "sti": [*_sti(maal), {"navn": visning.bruger.email}],
    }
    return render(request, "personer/person.html", kontekst)


@require_http_methods(["GET", "POST"])
@styrer
def inviter(request: AktoerRequest, organisation_id: UUID) -> HttpResponse:
    """Invite an address to one or more roles."""
    maal = find_maal(request.aktoer, organisation_id)
    form = InvitationForm(_data(request), **_valgmuligheder(maal))
    if form.is_valid():
        try:
            invitation = actions.inviter(
                aktoer=request.aktoer,
                organisation_id=organisation_id,
                email=form.cleaned_data["email"],
                roller=form.cleaned_data["roller"],
                kun_tilbud=form.valgte_tilbud,
            )
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, f"Invitationen er sendt til {invitation.email}.")
            return redirect("personer:liste", organisation_id)
    return _formular(request, maal, "personer/inviter.html", form, "Invitér en person")


@require_http_methods(["GET", "POST"])
@styrer
def giv_rolle(request: AktoerRequest, organisation_id: UUID, bruger_id: UUID) -> HttpResponse:
    """Give a person one more role."""
    maal = find_maal(request.aktoer, organisation_id)
    visning = _person(maal, bruger_id)
    form = RolleForm(_data(request), **_valgmuligheder(maal))
    if form.is_valid():
        try:
            ny = actions.giv_rolle(
                aktoer=request.aktoer,
                organisation_id=organisation_id,
                bruger_id=bruger_id,
                rolle=form.cleaned_data["rolle"],
                periode=form.periode,
                kun_tilbud=form.valgte_tilbud,
            )
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, f"{visning.bruger.email} har fået rollen {ny.get_rolle_display().lower()}.")
            return redirect("personer:person", organisation_id, bruger_id)
    return _formular(request, maal, "personer/giv_rolle.html", form, "Giv en rolle", visning)


@require_http_methods(["GET", "POST"])
@styrer
def afslut(request: AktoerRequest, organisation_id: UUID, tilknytning_id: UUID) -> HttpResponse:
    """End a role: at once, or after a day."""
    maal = find_maal(request.aktoer, organisation_id)
    visning, rolle = _rolle(maal, tilknytning_id)
    form = AfslutForm(_data(request))
    if form.is_valid():
        straks = form.cleaned_data["hvornaar"] == AfslutForm.STRAKS
        sidste_dag = None if straks else form.cleaned_data["sidste_dag"]
        try:
            actions.afslut_rolle(
                aktoer=request.aktoer,
                organisation_id=organisation_id,
                tilknytning_id=tilknytning_id,
                sidste_dag=sidste_dag,
            )
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        except Konflikt as fejl:
            messages.error(request, fejl.besked)
            return redirect("personer:person", organisation_id, visning.bruger.pk)
        else:
            hvornaar = "er afsluttet" if straks else f"slutter efter den {sidste_dag:%d.%m.%Y}"
            messages.success(request, f"Rollen {rolle.tilknytning.get_rolle_display().lower()} {hvornaar}.")
            return redirect("personer:person", organisation_id, visning.bruger.pk)
    return _formular(request, maal, "personer/afslut.html", form, "Afslut rolle", visning, rollevisning=rolle)


@require_http_methods(["GET", "POST"])
@styrer
def fjern(request: AktoerRequest, organisation_id: UUID, bruger_id: UUID) -> HttpResponse:
    """End all of a person's roles at once; a step of its own, because it stops her work in the middle."""
    maal = find_maal(request.aktoer, organisation_id)
    visning = _person(maal, bruger_id)
    if request.method == "POST":
        try:
            actions.fjern_person(aktoer=request.aktoer, organisation_id=organisation_id, bruger_id=bruger_id)
        except Konflikt as fejl:
            messages.error(request, fejl.besked)
            return redirect("personer:person", organisation_id, bruger_id)
        messages.success(request, f"{visning.bruger.email} har ikke længere nogen rolle i {maal.organisation}.")
        return redirect("personer:liste", organisation_id)
    kontekst = {
        "maal": maal,
        "person": visning,
        "sti": [*_sti(maal), _personkrumme(maal, visning), {"navn": "Fjern"}],
    }
    return render(request, "personer/fjern.html", kontekst)


@require_http_methods(["GET", "POST"])
@styrer
def foreslaa(request: AktoerRequest, organisation_id: UUID) -> HttpResponse:
    """Propose an administrator."""
    maal = find_maal(request.aktoer, organisation_id)
    form = ForslagForm(_data(request), initial={"email": request.GET.get("email", "")})
    if form.is_valid():
        try:
            forslag = actions.foreslaa_administrator(
                aktoer=request.aktoer, organisation_id=organisation_id, email=form.cleaned_data["email"]
            )
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, f"{forslag.email} er foreslået. En anden skal godkende forslaget.")
            return redirect("personer:liste", organisation_id)
    return _formular(request, maal, "personer/foreslaa.html", form, "Foreslå administrator")


@require_http_methods(["GET", "POST"])
@styrer
def afgoer(request: AktoerRequest, organisation_id: UUID, forslag_id: UUID, afgoerelse: str) -> HttpResponse:
    """Decide about a proposal; a step of its own, because a decision stands."""
    maal = find_maal(request.aktoer, organisation_id)
    forslag = Administratorforslag.objects.synlige_for(request.aktoer).filter(
        pk=forslag_id, organisation=organisation_id
    )
    fundet = forslag.select_related("foreslaaet_for").first()
    if fundet is None or afgoerelse not in Forslagsudfald.values:
        raise IkkeFundet("forslag_ikke_fundet", "Forslaget findes ikke.")
    valgt = Forslagsudfald(afgoerelse)
    if request.method == "GET":
        hindring = (
            "Forslaget er afgjort." if fundet.udfald else find_stilling(request.aktoer, maal).hindring(fundet, valgt)
        )
        if not hindring:
            kontekst = {"maal": maal, "forslag": fundet, "udfald": valgt, "sti": [*_sti(maal), {"navn": "Forslag"}]}
            return render(request, "personer/afgoer.html", kontekst)
        messages.error(request, hindring)
        return redirect("personer:liste", organisation_id)
    try:
        actions.afgoer_forslag(
            aktoer=request.aktoer, organisation_id=organisation_id, forslag_id=forslag_id, udfald=valgt
        )
    except Konflikt as fejl:
        messages.error(request, fejl.besked)
    else:
        messages.success(request, f"Forslaget om {fundet.email} er {valgt.label.lower()}.")
    return redirect("personer:liste", organisation_id)


@require_POST
@styrer
def send_igen(request: AktoerRequest, organisation_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Mail a new link."""
    invitation = actions.send_igen(aktoer=request.aktoer, organisation_id=organisation_id, invitation_id=invitation_id)
    messages.success(request, f"En ny invitation er sendt til {invitation.email}. Det gamle link virker ikke længere.")
    return redirect("personer:liste", organisation_id)


@require_POST
@styrer
def traek_tilbage(request: AktoerRequest, organisation_id: UUID, invitation_id: UUID) -> HttpResponse:
    """Make the link worthless; one can always invite again."""
    invitation = actions.traek_tilbage(
        aktoer=request.aktoer, organisation_id=organisation_id, invitation_id=invitation_id
    )
    messages.success(request, f"Invitationen til {invitation.email} er trukket tilbage.")
    return redirect("personer:liste", organisation_id)


def _data(request: AktoerRequest) -> Any:
    """What a form is bound to; a page that is only opened has nothing."""
    return request.POST if request.method == "POST" else None


def _navn(maal: Maal) -> str:
    return f"Personer i {maal.organisation}"


def _sti(maal: Maal) -> list[dict[str, str]]:
    """The way to the organisation's people."""
    her = {"navn": _navn(maal), "url": reverse("personer:liste", args=[maal.organisation.pk])}
    return [{"navn": "Hjælp til personer", "url": reverse("personer:start")}, her] if maal.hjaelp else [her]


def _personkrumme(maal: Maal, visning: Personvisning) -> dict[str, str]:
    url = reverse("personer:person", args=[maal.organisation.pk, visning.bruger.pk])
    return {"navn": visning.bruger.email, "url": url}


def _valgmuligheder(maal: Maal) -> dict[str, Any]:
    """What the forms offer in this organisation."""
    art = Organisationsart(maal.organisation.art)
    return {"roller": mulige_roller(art), "tilbud": tilbud_hos(maal.organisation.pk) if kan_begraenses(art) else {}}


def _person(maal: Maal, bruger_id: UUID) -> Personvisning:
    visning = queries.person(maal.organisation.pk, bruger_id, idag())
    if visning is None:
        raise IkkeFundet("person_ikke_fundet", "Personen findes ikke i organisationen.")
    return visning


def _rolle(maal: Maal, tilknytning_id: UUID) -> tuple[Personvisning, Rollevisning]:
    """A role of the organisation and whose it is. Raises IkkeFundet."""
    bruger_id = (
        Tilknytning.objects.filter(pk=tilknytning_id, organisation=maal.organisation)
        .values_list("bruger_id", flat=True)
        .first()
    )
    if bruger_id is None:
        raise IkkeFundet("rolle_ikke_fundet", "Rollen findes ikke i organisationen.")
    visning = _person(maal, bruger_id)
    return visning, next(rolle for rolle in visning.roller if rolle.tilknytning.pk == tilknytning_id)


def _formular(
    request: AktoerRequest,
    maal: Maal,
    skabelon: str,
    form: forms.Form,
    navn: str,
    visning: Personvisning | None = None,
    **mere: Any,
) -> HttpResponse:
    """A page with one form, on its way from the organisation's people, or from the person it is about."""
    vej = [*_sti(maal), *([_personkrumme(maal, visning)] if visning else []), {"navn": navn}]
    kontekst = {"maal": maal, "form": form, "person": visning, "sti": vej, **mere}
    return render(request, skabelon, kontekst, status=400 if form.errors else 200)
