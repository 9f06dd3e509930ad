"""Pages of the text: the document, a clause with its comments and savings, writing it, and the difference of two versions."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import DomaeneFejl, IkkeFundet, Konflikt, UgyldigtInput
from faelles.formularer import tilfoej_fejl
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from rammeaftale.handling import data
from rammeaftale.livscyklus import SKRIVES, Aftaletilstand
from rammeaftale.models import Rammeaftale, Version
from rammeaftale.queries import seneste_sendte
from rammeaftale.tekst import actions, queries, sammenligning
from rammeaftale.tekst.forms import IndledningForm, KlausulForm, KommentarForm, UdgaaForm, VilkaarForm
from rammeaftale.tekst.formularside import formularside, tekststi
from rammeaftale.tekst.gaeldende import bortfalder, ophaevet, vedtagne_allonger
from rammeaftale.tekst.indledning import laest
from rammeaftale.tekst.indledning import ret_indledning as gem_indledning
from rammeaftale.tekst.samtidig import om_indledningen, om_teksten, om_udgaaet, om_vilkaarene
from rammeaftale.tekst.udsendelse import indledning_skal_gennemgaas
from rammeaftale.visning import egen_aftale, skriver, synlig_aftale
from reservationer.soegning.behov.figurer import behovsfigur
from reservationer.soegning.behov.optaelling import kvartal_navn
from reservationer.soegning.behov.queries import opgoerelse
from vilkaar.noegler import NOEGLER, Noegle

_SKRIVER = (Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def dokument(request: AktoerRequest, slug: str) -> HttpResponse:
    """The text of a version, part by part; the latest unless `version` says another."""
    aftale = synlig_aftale(request.aktoer, slug)
    version = queries.version_af(aftale, _nummer(request.GET.get("version")))
    kontekst = {
        "aftale": aftale,
        "version": version,
        "versioner": aftale.versioner.order_by("-nummer"),
        "dele": queries.dokument(version),
        "skriver": _kan_skrive(request.aktoer, aftale, version),
        "gennemgaa_indledning": indledning_skal_gennemgaas(version),
        "noegler": NOEGLER,
        "sti": tekststi(aftale),
        **_behov(aftale),
    }
    return render(request, "rammeaftale/tekst/dokument.html", kontekst)


def _behov(aftale: Rammeaftale) -> dict[str, Any]:
    """What the development part stands on; nothing while the KKR has not said how small a count may be shown."""
    try:
        fundet = opgoerelse(aftale.kkr_id)
    except Konflikt:
        return {}
    return {"behov": fundet, "kvartaler": list(map(kvartal_navn, fundet.kvartaler)), "behovsfigur": behovsfigur(fundet)}


@require_http_methods(["GET", "POST"])
@side(Rettighed.RAMMEAFTALER_LAES)
def klausul(request: AktoerRequest, slug: str, klausul_id: UUID) -> HttpResponse:
    """A clause as it stands in the latest version, what the parties say about it, and every saving of it; a comment is sent here.

    One the latest version is without is read as it stood last: what was sent leads here.
    """
    aftale = synlig_aftale(request.aktoer, slug)
    seneste = queries.version_af(aftale, None)
    fundet = queries.sidst(aftale, klausul_id)
    version = fundet.udgave.version
    skrives = version == seneste and Aftaletilstand(aftale.tilstand) in SKRIVES
    kan_kommentere = request.aktoer.maa(Rettighed.KOMMENTARER_SKRIV) and skrives
    form = KommentarForm(data(request)) if kan_kommentere or request.method == "POST" else None
    if request.method == "POST":
        request.aktoer.kraev(Rettighed.KOMMENTARER_SKRIV)
    if form is not None and form.is_valid():
        try:
            actions.kommenter(aktoer=request.aktoer, aftale_id=aftale.id, klausul_id=klausul_id, **form.cleaned_data)
        except DomaeneFejl as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, "Kommentaren er gemt.")
            return redirect("rammeaftale:klausul", slug, klausul_id)
    kontekst = {
        "aftale": aftale,
        "version": version,
        "seneste": seneste,
        "klausul": fundet,
        "kommentarer": queries.kommentarer(aftale, klausul_id),
        "udgaver": queries.udgaver(aftale, klausul_id),
        "skriver": skrives and _kan_skrive(request.aktoer, aftale, version),
        **_ophaevelse(version, fundet),
        "form": form,
        "noegler": NOEGLER,
        "sti": [*tekststi(aftale, version), {"navn": fundet.navn}],
    }
    return render(request, "rammeaftale/tekst/klausul.html", kontekst, status=422 if form and form.errors else 200)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def udgave(request: AktoerRequest, slug: str, klausul_id: UUID, udgave_id: UUID) -> HttpResponse:
    """A clause as it was saved once, and what differs from another saving of it: the one chosen, else the one before."""
    aftale = synlig_aftale(request.aktoer, slug)
    gemt = queries.som_gemt(aftale, klausul_id, pk=udgave_id)
    if gemt is None:
        raise IkkeFundet("klausul_ikke_fundet", "Klausulens udgave findes ikke.")
    version = gemt.udgave.version
    mod = _mod(aftale, gemt, _nummer(request.GET.get("mod")))
    foer, efter = sorted((mod, gemt), key=lambda en: en.udgave.udgave) if mod else (None, gemt)
    navn = f"Udgave {gemt.udgave.udgave}"
    kontekst = {
        "aftale": aftale,
        "version": version,
        "klausul": gemt,
        "andre": queries.udgaver(aftale, klausul_id).exclude(pk=udgave_id),
        "mod": mod,
        "foer": foer,
        "efter": efter,
        "forskel": sammenligning.klausulforskel(foer, efter, foer.vilkaar) if foer else None,
        "kommentarer": queries.kommentarer(aftale, klausul_id).filter(version=version),
        "sti": [
            *tekststi(aftale, version),
            {"navn": gemt.navn, "url": _til_klausul(aftale, klausul_id)},
            {"navn": navn},
        ],
    }
    return render(request, "rammeaftale/tekst/udgave.html", kontekst)


def _mod(aftale: Rammeaftale, gemt: queries.Klausultekst, valgt: int | None) -> queries.Klausultekst | None:
    """The saving another is held against; none beside the first when none is chosen. Raises IkkeFundet."""
    fundet = queries.som_gemt(aftale, gemt.id, udgave=gemt.udgave.udgave - 1 if valgt is None else valgt)
    if fundet is None and valgt is not None:
        raise IkkeFundet("klausul_ikke_fundet", "Klausulens udgave findes ikke.")
    return fundet


@require_http_methods(["GET", "POST"])
@side(*_SKRIVER)
def ret_indledning(request: AktoerRequest, slug: str) -> HttpResponse:
    """Write the introduction. When somebody has saved meanwhile, the writer keeps her text and sees how the other's differs."""
    aftale = egen_aftale(request.aktoer, slug)
    nu = queries.version_af(aftale, None)
    form = IndledningForm(data(request), initial={"tekst": nu.indledning, "udgave": laest(nu)})
    andens = None
    if form.is_valid():
        try:
            gem_indledning(aktoer=request.aktoer, aftale_id=aftale.id, **form.cleaned_data)
        except DomaeneFejl as fejl:
            if fejl.kode == "rettet_af_anden":
                form, andens = om_indledningen(form, queries.version_af(aftale, None))
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, "Indledningen er gemt.")
            return redirect("rammeaftale:tekst", slug)
    return formularside(request, aftale, form, "Ret indledningen", "", {"andens": andens})


@require_http_methods(["GET", "POST"])
@side(*_SKRIVER)
def ret(request: AktoerRequest, slug: str, klausul_id: UUID) -> HttpResponse:
    """Write a clause. When somebody has saved meanwhile, the writer keeps her text and sees how the other's differs."""
    aftale = egen_aftale(request.aktoer, slug)
    version = queries.version_af(aftale, None)
    nu = queries.klausul(version, klausul_id)
    form = KlausulForm(data(request), initial=KlausulForm.af(nu.udgave))
    andens = None
    if form.is_valid():
        try:
            actions.ret_klausul(
                aktoer=request.aktoer,
                aftale_id=aftale.id,
                klausul_id=klausul_id,
                laest=form.cleaned_data["udgave"] or 0,
                indhold=form.indhold(),
            )
        except Konflikt as fejl:
            if fejl.kode == "rettet_af_anden":
                form, andens = om_teksten(form, queries.klausul(version, klausul_id), aftale)
            tilfoej_fejl(form, fejl)
        except UgyldigtInput as fejl:
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, "Klausulen er gemt." + _ikke_genoptaget(version, nu))
            return redirect("rammeaftale:klausul", slug, klausul_id)
    return formularside(
        request, aftale, form, f"Ret {nu.navn}", "", {"andens": andens}, tilbage=_til_klausul(aftale, klausul_id)
    )


@require_http_methods(["GET", "POST"])
@side(*_SKRIVER)
def vilkaar(request: AktoerRequest, slug: str, klausul_id: UUID) -> HttpResponse:
    """Say which terms a clause sets, and to what."""
    aftale = egen_aftale(request.aktoer, slug)
    version = queries.version_af(aftale, None)
    nu = queries.klausul(version, klausul_id)
    brugt = {noegle for tekst in queries.klausuler(version) for noegle in tekst.vilkaar}
    # What was sent counts too: another may have taken the term, or let go of it, since the form was opened.
    ledige = [noegle for noegle in Noegle if noegle not in brugt or noegle == request.POST.get("ny_noegle")]
    # The fields are those the form was opened with: an empty one for a term another has added since would take it out again.
    saettes = [noegle for noegle in Noegle if noegle in (request.POST if request.method == "POST" else nu.vilkaar)]
    form = VilkaarForm(
        data(request),
        saettes=saettes,
        ledige=ledige,
        initial={"udgave": nu.udgave.udgave, **VilkaarForm.af(nu.vilkaar)},
    )
    andens = None
    if form.is_valid():
        try:
            actions.saet_vilkaar(
                aktoer=request.aktoer,
                aftale_id=aftale.id,
                klausul_id=klausul_id,
                laest=form.cleaned_data["udgave"],
                vilkaar=form.vilkaar(),
            )
        except DomaeneFejl as fejl:
            if fejl.kode == "rettet_af_anden":
                form, andens = om_vilkaarene(form, queries.klausul(version, klausul_id), aftale, ledige)
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, "Vilkårene er gemt.")
            return redirect("rammeaftale:klausul", slug, klausul_id)
    manchet = "Et vilkår står i netop én klausul. Takster, frister og grænser på platformen læses herfra, når versionen er udsendt."
    return formularside(
        request,
        aftale,
        form,
        f"Vilkår i {nu.navn}",
        manchet,
        {"andens": andens},
        tilbage=_til_klausul(aftale, klausul_id),
    )


@require_http_methods(["GET", "POST"])
@side(*_SKRIVER)
def udgaa(request: AktoerRequest, slug: str, klausul_id: UUID) -> HttpResponse:
    """Take a clause out of the version, or undo a repeal."""
    aftale = egen_aftale(request.aktoer, slug)
    version = queries.version_af(aftale, None)
    nu = queries.klausul(version, klausul_id)
    ord_ = _udgaar_i_ord(nu)
    form = UdgaaForm(data(request), initial={"udgave": nu.udgave.udgave})
    andens = None
    if form.is_valid():
        laest = form.cleaned_data["udgave"]
        try:
            actions.lad_udgaa(aktoer=request.aktoer, aftale_id=aftale.id, klausul_id=klausul_id, laest=laest)
        except Konflikt as fejl:
            if fejl.kode == "rettet_af_anden":
                form, andens = om_udgaaet(form, queries.klausul(version, klausul_id), aftale)
            tilfoej_fejl(form, fejl)
        else:
            messages.success(request, ord_.gjort)
            return redirect("rammeaftale:tekst", slug)
    return formularside(
        request,
        aftale,
        form,
        ord_.overskrift,
        ord_.manchet,
        {"knap": ord_.knap, "andens": andens},
        tilbage=_til_klausul(aftale, klausul_id),
    )


class _Udgaaord(NamedTuple):
    """What the page of a clause that shall go says."""

    overskrift: str
    manchet: str
    knap: str
    gjort: str


def _udgaar_i_ord(nu: queries.Klausultekst) -> _Udgaaord:
    if nu.udgave.ophaever:
        manchet = "Klausulen og dens vilkår bliver stående i aftalen. Kommentarerne bevares."
        return _Udgaaord(
            f"Fortryd ophævelsen af {nu.navn}", manchet, "Fortryd ophævelsen", f"Ophævelsen af {nu.navn} er fortrudt."
        )
    manchet = "Klausulen og de vilkår, den fastsætter, tages ud af versionen. Det, den sagde, bevares."
    return _Udgaaord(f"Lad {nu.navn} udgå", manchet, "Lad udgå", f"{nu.navn} er taget ud af versionen.")


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def sammenlign(request: AktoerRequest, slug: str) -> HttpResponse:
    """What differs between a version of the agreement and another, also of the agreement it amends or was begun from; from nothing chosen, the two latest."""
    aftale = synlig_aftale(request.aktoer, slug)
    efter = queries.version_af(aftale, _nummer(request.GET.get("efter")))
    mulige = {_valg(aftale, version): version for version in queries.sammenlignelige(aftale, request.aktoer)}
    foer = _foer(aftale, efter, mulige, request.GET.get("foer"))
    kontekst = {
        "aftale": aftale,
        "mulige": mulige,
        "foer": foer,
        "efter": efter,
        "forskelle": sammenligning.sammenlign(foer, efter) if foer else (),
        "indledning": sammenligning.indledningsforskel(foer, efter) if foer else (),
        "tidligere_allonger": _tidligere_allonger(foer, efter),
        "noegler": NOEGLER,
        "sti": [*tekststi(aftale, efter), {"navn": "Sammenlign"}],
    }
    return render(request, "rammeaftale/tekst/sammenlign.html", kontekst)


def _valg(aftale: Rammeaftale, version: Version) -> str:
    """How a version is named in the address: by its number, of another agreement with that one's name before it."""
    return str(version.nummer) if version.aftale_id == aftale.pk else f"{version.aftale.slug}:{version.nummer}"


def _foer(aftale: Rammeaftale, efter: Version, mulige: Mapping[str, Version], valgt: str | None) -> Version | None:
    """The older text: the version chosen, else the one before, else what was sent last of the agreement this one amends or was begun from."""
    if valgt:
        if valgt not in mulige:
            raise IkkeFundet("version_ikke_fundet", "Versionen findes ikke.")
        return mulige[valgt]
    egne = [version for version in mulige.values() if version.aftale_id == aftale.pk and version.nummer < efter.nummer]
    andre = [version for version in mulige.values() if version.aftale_id != aftale.pk and version.sendt]
    return next(iter([*reversed(egne), *reversed(andre)]), None)


def _nummer(tekst: str | None) -> int | None:
    """A version's number out of a query. Raises Http404 for what is none."""
    if not tekst:
        return None
    if not (tekst.isascii() and tekst.isdecimal() and len(tekst) < 5):  # noqa: PLR2004 - a small positive integer of the database
        raise Http404
    return int(tekst)


def _tidligere_allonger(foer: Version | None, efter: Version) -> list[str]:
    """The titles of the allonger that had changed what this one is held against."""
    if foer is None or foer != seneste_sendte(foer.aftale) or efter.aftale.hovedaftale_id != foer.aftale_id:
        return []
    return [version.aftale.titel for version in vedtagne_allonger(foer.aftale, efter.aftale)]


def _ophaevelse(version: Version, en: queries.Klausultekst) -> dict[str, Any]:
    """Of a repeal: what is repealed, and the terms no clause sets when it is."""
    if not en.udgave.ophaever:
        return {}
    return {
        "ophaeves": ophaevet(version, en.udgave.klausul),
        "bortfalder": sorted(bortfalder(version, version.aftale.aftaleperiode.fra)),
    }


def _ikke_genoptaget(version: Version, foer: queries.Klausultekst) -> str:
    """Which terms did not come back with a clause that was let go, and who sets them now; nothing for any other."""
    andres = queries.genoptages(version, foer).andres if foer.udgave.udgaar else {}
    if not andres:
        return ""
    navne = "; ".join(f"{NOEGLER[Noegle(noegle)].navn} ({klausulen})" for noegle, klausulen in andres.items())
    return f" Vilkår, den ikke længere fastsætter, fordi en anden klausul gør det: {navne}."


def _kan_skrive(aktoer: Aktoer, aftale: Rammeaftale, version: Version) -> bool:
    return skriver(aktoer, aftale) and version.sendt is None and Aftaletilstand(aftale.tilstand) in SKRIVES


def _til_klausul(aftale: Rammeaftale, klausul_id: UUID) -> str:
    return reverse("rammeaftale:klausul", args=[aftale.slug, klausul_id])
