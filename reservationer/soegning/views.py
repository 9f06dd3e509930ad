"""Find an offer: the page a case worker's day begins with."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet
from faelles.graenser import Graense
from faelles.tid import idag, nu
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from reservationer.soegning import kort
from reservationer.soegning.forms import VAEGTFELTER, SoegeForm
from reservationer.soegning.kriterier import BESKRIVELSER, Kriterium
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.queries import (
    Soegesvar,
    fundne,
    offentliggjorte,
    offentliggjorte_priser,
    soeg,
    udeladte,
)
from reservationer.soegning.rangering import Resultat
from reservationer.soegning.viste import suppleret

PR_SIDE = 25
UDEN_FOR = "uden_for_kkr"  # in the address of what was left out: that outside the KKR searched in as well
OFFENTLIGGJORTE = 10  # of each kind, until somebody asks for all: they are beside the point of most searches
# Which fields of the form a criterion comes from; the free place and the offer's closing come from the period, which must stay.
LEMPES_MED: Mapping[Kriterium, tuple[str, ...]] = {
    Kriterium.MAALGRUPPE: tuple(VAEGTFELTER),
    Kriterium.HJEMMEL: ("hjemmel",),
    Kriterium.ALDER: ("alder",),
    Kriterium.ADFAERD: ("adfaerd",),
    Kriterium.FYSISK: ("fysiske_traek",),
    Kriterium.KOMMUNE: ("kommuner",),
    Kriterium.AFSTAND: ("hoejst_km",),
    Kriterium.ART: ("arter",),
    Kriterium.UGEDAGE: ("ugedage",),
    Kriterium.DRIFTSHERREART: ("driftsherrearter",),
    Kriterium.NIVEAU: ("niveauer",),
    Kriterium.TAKST: ("hoejeste_takst",),
    Kriterium.TEKST: ("tekst",),
}
# What one can do about the others: no field of the form asks for them.
EN_ANDEN_PERIODE = "Prøv {ogsaa}en anden periode."
RAAD: Mapping[Kriterium, str] = {
    Kriterium.LEDIG: EN_ANDEN_PERIODE,
    Kriterium.AABENT: EN_ANDEN_PERIODE,
    Kriterium.FORBEHOLDT: "Spørg {ogsaa}driftsherren, om borgeren alligevel kan få pladsen.",
    Kriterium.GODKENDT: "Spørg {ogsaa}driftsherren, om tilbuddet bliver godkendt til perioden.",
    Kriterium.IKKE_GODKENDT: "Prøv {ogsaa}en anden periode, eller spørg driftsherren, om flere pladser bliver godkendt.",
}


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.SOEG)
def soeg_side(request: AktoerRequest) -> HttpResponse:
    """The form, and what it finds once it has been sent; the address holds the whole search and can be shared."""
    form = soegeform(request)
    form.opdater_straks(reverse("soegning:soeg"))
    context: dict[str, object] = {"form": form, "valgte": form.valgte()}
    if form.is_valid():
        profil = form.profil
        svar = soeg(request.aktoer, profil, nu=nu())
        form.vis_antal(svar.facetter)
        viste = Paginator(svar.resultater, PR_SIDE).get_page(request.GET.get("side"))
        viste.object_list = suppleret(profil, viste.object_list, nu())
        context |= {
            "profil": profil,
            "idag": idag(),
            "side": viste,
            "raekker": _med_maalgrupper(viste, form.maalgruppenavne),
            "ledige": svar.ledige,
            "uden_pladser": svar.uden_pladser,
            "ukendte": len(svar.resultater) - svar.ledige - svar.uden_pladser,
            "offentliggjort": _offentliggjort(profil, alle="alle" in request.GET),
            "reserver_hale": _reserver_hale(request, profil, form.cleaned_data["fortsaetter"]),
            "kan_reservere": _kan_reservere(request.aktoer),
            "kan_melde": request.aktoer.maa(Rettighed.FEJLMELDINGER_SKRIV),
            "udeladte_url": med_soegning(request, "soegning:udeladte"),
            "tom": None if svar.resultater else _tom(request, svar),
            "landet_url": _uden(request, ["kkr"]) if profil.kkr and not svar.resultater else "",
            "log_url": _log_url(request, svar),
            "kort": _kort(request, svar) if svar.resultater else None,
            "soegefelter": soegefelter(request.GET, form),
            "gem_url": med_soegning(request, "soegning:gem") if request.aktoer.maa(Rettighed.SOEGNINGER_SKRIV) else "",
        }
    return render(request, "soegning/soeg.html", context)


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.SOEG)
def udeladte_side(request: AktoerRequest) -> HttpResponse:
    """Everything a search left out, and why; those that nearly fit come first. What lies outside its KKR is a step of its own."""
    form = soegeform(request)
    tilbage = med_soegning(request, "soegning:soeg")
    if not form.is_valid():
        return redirect(tilbage)
    profil, uden_for = form.profil, UDEN_FOR in request.GET
    ude = udeladte(request.aktoer, profil, nu=nu(), uden_for_kkr=uden_for)
    context = {
        "side": Paginator(ude, PR_SIDE).get_page(request.GET.get("side")),
        "kun_kkr": profil.kkr is not None and not uden_for,
        "kan_reservere": _kan_reservere(request.aktoer),
        "sti": [{"navn": "Find tilbud", "url": tilbage}, {"navn": "Udeladte tilbud"}],
        "tilbage": tilbage,
    }
    return render(request, "soegning/udeladte.html", context)


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.SOEG)
def kort_side(request: AktoerRequest) -> HttpResponse:
    """The map of a search as a picture."""
    form = soegeform(request)
    if not form.is_valid():
        raise IkkeFundet("side_ikke_fundet", "Siden findes ikke.")
    profil = form.profil
    svg = kort.tegn(profil, fundne(request.aktoer, profil, nu=nu()))
    return HttpResponse(svg, content_type="image/svg+xml", headers={"Cache-Control": "private, no-store"})


def _kort(request: HttpRequest, svar: Soegesvar) -> dict[str, object]:
    """Where the map is, and what it shows in words."""
    tal = kort.kommunetal(svar.resultater)
    alt = kort.alt_tekst(tal, len(kort.prikker(svar.resultater)))
    return {"url": med_soegning(request, "soegning:kort"), "tal": tal, "alt": alt}


def _med_maalgrupper(
    viste: Iterable[Resultat], navne: Mapping[UUID, str]
) -> list[tuple[Resultat, list[tuple[str, bool]]]]:
    """Each hit with the names of the target groups asked for, and whether it is for them."""
    return [(r, [(navne[kode], opfyldt) for kode, opfyldt in r.maalgrupper]) for r in viste]


def _offentliggjort(profil: Behovsprofil, *, alle: bool) -> dict[str, object]:
    """What others have published that fits: the first of each kind, or all, and whether there are more."""
    tilbud, priser = offentliggjorte(profil), offentliggjorte_priser(profil)
    if alle:
        return {"tilbud": tilbud, "priser": priser}
    foerste, foerste_priser = list(tilbud[: OFFENTLIGGJORTE + 1]), list(priser[: OFFENTLIGGJORTE + 1])
    return {
        "tilbud": foerste[:OFFENTLIGGJORTE],
        "priser": foerste_priser[:OFFENTLIGGJORTE],
        "flere": max(len(foerste), len(foerste_priser)) > OFFENTLIGGJORTE,
    }


def soegefelter(query: QueryDict, form: SoegeForm) -> list[tuple[str, str]]:
    """The search as hidden fields of what comes after it, with today's code for an old hjemmel."""
    dagens = {"hjemmel": [form["hjemmel"].value()]} if "hjemmel" in query else {}
    felter = {**dict(query.lists()), **dagens}
    return [(navn, vaerdi) for navn, vaerdier in felter.items() if navn != "side" for vaerdi in vaerdier]


def soegeform(request: AktoerRequest) -> SoegeForm:
    """The form with what the address holds; a link may fill in a part, which does not yet send it."""
    sendt = not SoegeForm.base_fields["fra"].widget.value_omitted_from_data(request.GET, {}, "fra")
    return SoegeForm(
        request.GET if sendt else None, initial=request.GET.dict(), organisation=request.aktoer.organisation_id
    )


def _kan_reservere(aktoer: Aktoer) -> bool:
    return aktoer.funktion is Funktion.MYNDIGHED and aktoer.maa(Rettighed.RESERVATIONER_SKRIV)


def med_soegning(request: HttpRequest, rute: str) -> str:
    """Another page of the same search."""
    valg: QueryDict = request.GET.copy()
    for navn in ("side", UDEN_FOR):
        valg.pop(navn, None)
    return f"{reverse(rute)}?{valg.urlencode()}"


def _tom(request: HttpRequest, svar: Soegesvar) -> dict[str, str]:
    """Why nothing was found, and the one next step."""
    fundet = svar.lempelse
    if fundet is None:
        return {
            "grund": "Der, hvor der er søgt, er ingen afdelinger, som er åbne, da perioden begynder.",
            "handling_tekst": "Begynd forfra",
            "handling_url": reverse("soegning:soeg"),
        }
    afdelinger = "afdeling" if fundet.antal == 1 else "afdelinger"
    flere = len(fundet.kriterier) > 1
    grund = (
        f"Intet enkelt krav er skyld i det. Uden »{fundet.navn}« er der {fundet.antal} {afdelinger} at vælge imellem."
        if flere
        else f"Kravet »{fundet.navn}« er det, der alene sorterer flest fra. Uden det er der {fundet.antal} {afdelinger} at vælge imellem."
    )
    lempes = [kriterium for kriterium in fundet.kriterier if kriterium in LEMPES_MED]
    felter = [felt for kriterium in lempes for felt in LEMPES_MED[kriterium]]
    raad = dict.fromkeys(RAAD[kriterium] for kriterium in fundet.kriterier if kriterium in RAAD)
    return {
        "grund": " ".join([grund, *(et.format(ogsaa="også " if felter else "") for et in raad)]),
        "handling_tekst": _lemp_tekst(lempes),
        "handling_url": _uden(request, felter) if felter else "",
    }


def _lemp_tekst(lempes: Sequence[Kriterium]) -> str:
    """What one does by leaving the criteria out; nothing when there are none to leave out."""
    navne = " og ".join(BESKRIVELSER[kriterium].navn for kriterium in lempes)
    return f"Søg uden »{navne}«" if navne else ""


def _log_url(request: AktoerRequest, svar: Soegesvar) -> str:
    """Where the need can be logged as unmet: offered when nothing may be called free, to those who may."""
    maa = request.aktoer.funktion is Funktion.MYNDIGHED and request.aktoer.maa(Rettighed.RESERVATIONER_SKRIV)
    return med_soegning(request, "soegning:log_behov") if maa and not svar.ledige else ""


def _uden(request: HttpRequest, felter: Iterable[str]) -> str:
    """The same search without some fields."""
    valg: QueryDict = request.GET.copy()
    for navn in (*felter, "side"):
        valg.pop(navn, None)
    return f"{reverse('soegning:soeg')}?{valg.urlencode()}"


def _reserver_hale(request: HttpRequest, profil: Behovsprofil, fortsaetter: UUID | None) -> str:
    """The part of a reservation link's query that is the same for every hit, with the way back to this search.

    `fortsaetter` is the stay that is to go on at the place.
    """
    dele: dict[str, Any] = {
        "fra": profil.periode.fra.isoformat(),
        "til": profil.periode.sidste_dag.isoformat() if profil.periode.sidste_dag else "",
        "hjemmel": profil.hjemmel or "",
        "maalgruppe": str(profil.maalgrupper[0][0]) if profil.maalgrupper else "",
        "ugedage": sorted(profil.ugedage),
        "fortsaetter": fortsaetter or "",
        "tilbage": request.GET.urlencode(),
    }
    return urlencode({navn: vaerdi for navn, vaerdi in dele.items() if vaerdi}, doseq=True)
