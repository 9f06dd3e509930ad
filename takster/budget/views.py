"""Pages of budgets: a new one, the form, and last year's as a beginning."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from takster.budget import actions, queries
from takster.budget.forms import BudgetForm, DelForm, NytBudgetForm
from takster.budget.indhold import Budgetindhold
from takster.budget.skemaform import sendte_ejendomme, viste_ejendomme
from takster.models import Budget, Takstenhed
from takster.regnskab.til_takst import indgaar_i
from tilbud.models import Tilbud

budgetterer = side(Rettighed.TAKSTER_SKRIV, Funktion.DRIFTSHERRE)


def sti(*led: dict[str, str]) -> list[dict[str, str]]:
    """The way to a page under Takster."""
    return [{"navn": "Takster", "url": reverse("takster:liste")}, *led]


def valgt_aar(request: AktoerRequest, *, ellers: int) -> int:
    """The year asked for."""
    valgt = request.GET.get("aar", "")
    return int(valgt) if valgt.isascii() and valgt.isdigit() and len(valgt) == 4 else ellers  # noqa: PLR2004 - a year


@require_http_methods(["GET", "POST"])
@budgetterer
def nyt(request: AktoerRequest) -> HttpResponse:
    """Begin a budget: choose offer and year; then, when it has parts, which of them."""
    tilbud = {str(pk): navn for pk, navn in Tilbud.objects.drevet_af(request.aktoer).values_list("pk", "navn")}
    form = NytBudgetForm(
        request.POST if request.method == "POST" else None,
        tilbud=tilbud,
        initial={"aar": valgt_aar(request, ellers=idag().year + 1), **request.GET.dict()},
    )
    if form.is_valid():
        return _opret(request, form)
    kontekst = {"form": form, "sti": sti({"navn": "Nyt budget"})}
    return render(request, "takster/nyt_budget.html", kontekst, status=422 if form.errors else 200)


def _opret(request: AktoerRequest, form: NytBudgetForm) -> HttpResponse:
    try:
        budget = actions.opret(
            aktoer=request.aktoer, tilbud_id=form.cleaned_data["tilbud"], aar=form.cleaned_data["aar"]
        )
    except (Konflikt, UgyldigtInput) as fejl:
        tilfoej_fejl(form, fejl)
        kontekst = {"form": form, "sti": sti({"navn": "Nyt budget"})}
        return render(request, "takster/nyt_budget.html", kontekst, status=422)
    return redirect("takster:budget", budget.pk)


@require_http_methods(["GET", "POST"])
@budgetterer
def del_af(request: AktoerRequest, tilbud_id: UUID, aar: int) -> HttpResponse:
    """Begin the budget of one department or legal basis, whose takst differs from the rest's."""
    tilbud = queries.eget_tilbud(request.aktoer, tilbud_id)
    form = DelForm(request.POST if request.method == "POST" else None, tilbud=tilbud)
    if form.is_valid():
        afdeling_id, hjemmel = form.delen()
        try:
            budget = actions.opret(
                aktoer=request.aktoer, tilbud_id=tilbud_id, aar=aar, afdeling_id=afdeling_id, hjemmel=hjemmel
            )
        except (Konflikt, UgyldigtInput) as fejl:
            tilfoej_fejl(form, fejl)
        else:
            return redirect("takster:budget", budget.pk)
    kontekst = {"form": form, "tilbud": tilbud, "aar": aar, "sti": sti({"navn": "Budget for en del af tilbuddet"})}
    return render(request, "takster/del_budget.html", kontekst, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@budgetterer
def budget(request: AktoerRequest, budget_id: UUID) -> HttpResponse:
    """The form; saving may leave mandatory lines for later, computing may not."""
    et = queries.budget(request.aktoer, budget_id)
    indhold = queries.indhold(request.aktoer, et)
    if request.method != "POST":
        kolonner = viste_ejendomme(indhold.ejendomme, en_til="ejendom" in request.GET)
        form = BudgetForm(ejendomme=kolonner, initial=BudgetForm.initial_af(et, indhold, kolonner))
        return _vis(request, et, indhold, form)
    form = BudgetForm(request.POST, ejendomme=sendte_ejendomme(request.POST))
    if form.is_valid():
        try:
            actions.gem(
                aktoer=request.aktoer,
                budget_id=budget_id,
                enhed=Takstenhed(form.cleaned_data["enhed"]),
                indhold=form.indhold(),
            )
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        else:
            return _gemt(request, et)
    return _vis(request, et, indhold, form)


def _gemt(request: AktoerRequest, et: Budget) -> HttpResponse:
    messages.success(request, "Budgettet er gemt.")
    url = reverse("takster:budget", args=[et.pk])
    return redirect(f"{url}?ejendom" if "tilfoej" in request.POST else url)


def _vis(request: AktoerRequest, et: Budget, indhold: Budgetindhold, form: BudgetForm) -> HttpResponse:
    kontekst: dict[str, Any] = {
        "budget": et,
        "form": form,
        "mangler": indhold.mangler(),
        "omkostninger": sum(post.beloeb for post in indhold.omkostninger()),
        "indtaegter": sum(post.beloeb for post in indhold.indtaegter()),
        "regnskaber": indgaar_i(request.aktoer, et),
        "sti": sti({"navn": f"{et.tilbud}, {et.aar}"}),
    }
    return render(request, "takster/budget.html", kontekst, status=422 if form.errors else 200)


@require_POST
@budgetterer
def kopier(request: AktoerRequest, budget_id: UUID) -> HttpResponse:
    """Begin next year's from this one."""
    fra = queries.budget(request.aktoer, budget_id)
    try:
        ny = actions.kopier(aktoer=request.aktoer, budget_id=budget_id, aar=fra.aar + 1)
    except Konflikt as fejl:
        messages.error(request, fejl.besked)
        return redirect("takster:budget", budget_id)
    messages.success(request, f"Budgettet er kopieret til {ny.aar} med aftalt PL. Gennemgå hver linje.")
    return redirect("takster:budget", ny.pk)


@require_http_methods(["GET", "POST"])
@budgetterer
def slet(request: AktoerRequest, budget_id: UUID) -> HttpResponse:
    """Throw a budget away, after a step of its own."""
    et = queries.budget(request.aktoer, budget_id)
    if request.method == "POST":
        try:
            actions.slet(aktoer=request.aktoer, budget_id=budget_id)
        except Konflikt as fejl:
            messages.error(request, fejl.besked)
            return redirect("takster:budget", budget_id)
        messages.success(request, f"Budgettet for {et.tilbud} i {et.aar} er slettet.")
        return redirect("takster:liste")
    her = {"navn": f"{et.tilbud}, {et.aar}", "url": reverse("takster:budget", args=[et.pk])}
    return render(request, "takster/slet_budget.html", {"budget": et, "sti": sti(her, {"navn": "Slet"})})
