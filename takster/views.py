"""Pages that show prices: an offer with its places and takster, and what others have published."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from faelles.aktoer import Funktion, Rettighed
from faelles.dokument.tal import tal
from faelles.fejl import IkkeFundet
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import Periode, idag, nu
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from takster.fastsaettelse.figurer import udvikling
from takster.finansiering import queries as finansiering
from takster.models import OffentliggjortPris, Takst
from takster.prisblade import queries as prisblade
from takster.queries import loese_priser, offentlige_tilbud, takster_for_tilbud
from tilbud.bekraeftelser.queries import vises
from tilbud.belaegning.loft import loft
from tilbud.belaegning.queries import kalendere
from tilbud.fejlmeldinger.queries import aabne_fejl
from tilbud.fejlmeldinger.tillid import Fejltal, tillid
from tilbud.friskhed import Friskhed
from tilbud.klynger.queries import klynger_om
from tilbud.lukninger.queries import kommende
from tilbud.models import Tilbud
from tilbud.queries import bloklister, stande
from vilkaar.kilde import klausuler_i_ord


@require_GET
@side(Rettighed.TILBUD_LAES)
def detalje(request: AktoerRequest, tilbud_id: UUID) -> HttpResponse:
    """An offer: facts, departments with confirmation and place calendar, takster."""
    tilbud = _tilbuddet(tilbud_id)
    nu_ = nu()
    afdelinger = list(tilbud.afdelinger.all())
    stand = stande({a.pk: tilbud.beliggenhedskommune_id for a in afdelinger}, nu_, idag())
    kendte, taget = {pk: s.friskhed is not Friskhed.UKENDT for pk, s in stand.items()}, loft(tilbud.pk, nu_)
    kalender = kalendere(tilbud.pk, kendte, nu_, taget)
    blokke = bloklister(tilbud.pk, idag())
    for en in kalender.values():
        en["udloebne"] = blokke.udloebne
    aabent = tilbud.lukket_fra is None or tilbud.lukket_fra > idag()
    driver = request.aktoer.driver(tilbud.driftsherre_id, tilbud.pk)
    egen = aabent and driver and request.aktoer.maa(Rettighed.PLADSER_BEKRAEFT)
    fejl = list(aabne_fejl(tilbud.pk))
    tal = Fejltal(len(fejl), sum(f.frist < idag() for f in fejl))
    viste = vises(dict.fromkeys(stand, tilbud.pk), nu_, {tilbud.pk: taget}) if egen else {}
    kan_rette = driver and request.aktoer.maa(Rettighed.TILBUD_SKRIV)
    for raekke in (raekke for en in kalender.values() for raekke in en["raekker"] if kan_rette):
        raekke["url"] = reverse("tilbud:ret_plads", args=[raekke["id"]])
    takster = list(takster_for_tilbud(tilbud.pk))
    context = {
        "kan_rette": kan_rette,
        "tilbud": tilbud,
        "klynger": klynger_om(tilbud.pk, tilbud.beliggenhedskommune_id, idag()),
        "lukninger": kommende(tilbud.pk, idag()),
        "bloklister": blokke,
        "afdelinger": [
            (a, stand[a.pk], kalender[a.pk], viste[a.pk].tryk if egen else "", tillid(stand[a.pk].friskhed, tal))
            for a in afdelinger
        ],
        "fejl": fejl,
        "fejltal": tal,
        "kan_melde": request.aktoer.maa(Rettighed.FEJLMELDINGER_SKRIV),
        "idag": idag(),
        "ukendte": [a for a in afdelinger if stand[a.pk].friskhed is Friskhed.UKENDT and not tilbud.uden_pladser],
        "takster": takster,
        "prisblade": prisblade.fra(request.aktoer, tilbud.pk, idag()),
        "finansieringer": finansiering.for_tilbud(request.aktoer, tilbud.pk).filter(aar__gte=idag().year),
        "takstfigur": udvikling(_serier(takster)),
        "kan_spoerge": request.aktoer.funktion is Funktion.MYNDIGHED
        and request.aktoer.maa(Rettighed.RESERVATIONER_SKRIV)
        and aabent,
        "kan_bekraefte": egen,
        "sti": [{"navn": "Tilbud", "url": reverse("tilbud:liste")}, {"navn": tilbud.navn}],
    }
    return render(request, "tilbud/detalje.html", context)


def _tilbuddet(tilbud_id: UUID) -> Tilbud:
    """The offer with what its page shows of it. Raises IkkeFundet."""
    tilbud = (
        Tilbud.objects.select_related("driftsherre", "beliggenhedskommune")
        .defer("beliggenhedskommune__graense")
        .prefetch_related("hjemler__erstattes_af", "maalgrupper", "afdelinger")
        .filter(pk=tilbud_id)
        .first()
    )
    if tilbud is None:
        raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke.")
    return tilbud


def _serier(takster: Iterable[Takst]) -> Mapping[str, Sequence[Takst]]:
    """The takster of each department and legal basis, in the order given."""
    serier: dict[str, list[Takst]] = {}
    for takst in takster:
        serier.setdefault(f"{takst.afdeling}, {takst.hjemmel}", []).append(takst)
    return serier


TAKSTHOVED = (
    "Afdeling", "Hjemmel", "Takst", "Enhed", "Gælder fra", "Sidste dag", "Vilkår", "Vilkårssættets status", "Klausuler",
    "Beboerens egen betaling pr. måned",
)  # fmt: skip


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.HENT)
def eksport_takster(request: AktoerRequest, tilbud_id: UUID, form: str) -> HttpResponseBase:  # noqa: ARG001 - a view's signature
    """An offer's takster as a table."""
    if not Tilbud.objects.filter(pk=tilbud_id).exists():
        raise IkkeFundet("tilbud_ikke_fundet", "Tilbuddet findes ikke.")
    return tabel(form, "takster", TAKSTHOVED, (_taksttabel(takst) for takst in takster_for_tilbud(tilbud_id)))


def _taksttabel(takst: Takst) -> list[Any]:
    periode = Periode.af_range(takst.periode)
    saet = takst.vilkaarssaet
    return [
        takst.afdeling.navn,
        takst.hjemmel_id,
        takst.beloeb,
        takst.get_enhed_display(),
        periode.fra,
        periode.sidste_dag,
        f"{saet.aftale}, sæt {saet.nummer}",
        takst.vilkaarsstatus,
        klausuler_i_ord(vars(takst)["klausuler"]),
        "; ".join(f"{post.art}: {tal(post.beloeb, 2)} kr." for post in takst.takstberegning.egenbetalinger)
        if takst.takstberegning
        else "",
    ]


OFFENTLIGTHOVED = (
    "Række", "Tilbud", "Driftsherre", "Kommune", "Adresse", "Målgruppe, som skrevet", "Hjemmel, som skrevet", "Pladser", "Kilde", "Note",
    "Kunne ikke placeres fordi", "Platformens id",
)  # fmt: skip
PRISHOVED = (
    "Række", "Tilbud", "Driftsherre", "Ydelse", "Hjemmel, som skrevet", "Pris i kr.", "Enhed", "År", "Moms", "Kilde", "Note",
    "Kunne ikke placeres fordi",
)  # fmt: skip


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.HENT)
def eksport_offentliggjorte(request: AktoerRequest, form: str) -> HttpResponseBase:  # noqa: ARG001 - a view's signature
    """Published offers as a table, those that could not be placed too."""
    raekker = (
        (
            t.raekke,
            t.navn,
            t.driftsherre,
            t.kommune.kortnavn if t.kommune else "",
            "Beskyttet" if t.beskyttet_adresse else t.adresse,
            t.maalgruppe,
            t.hjemmel_tekst,
            t.pladser,
            t.kilde_url,
            t.note,
            "; ".join(t.mangler),
            str(t.pk),
        )
        for t in offentlige_tilbud()
    )
    return tabel(form, "offentliggjorte-tilbud", OFFENTLIGTHOVED, raekker)


@require_GET
@side(Rettighed.TILBUD_LAES, graense=Graense.HENT)
def eksport_priser(request: AktoerRequest, form: str) -> HttpResponseBase:  # noqa: ARG001 - a view's signature
    """Published prices as a table, those of placed offers too; never converted."""
    raekker = (
        (
            p.raekke,
            p.tilbud_navn,
            p.driftsherre,
            p.ydelse,
            p.hjemmel_tekst,
            p.beloeb,
            p.enhed,
            p.aar,
            p.moms,
            p.kilde_url,
            p.note,
            "; ".join(p.mangler),
        )
        for p in OffentliggjortPris.objects.all()
    )
    return tabel(form, "offentliggjorte-priser", PRISHOVED, raekker)


@require_GET
@side(Rettighed.TILBUD_LAES)
def offentliggjorte(request: AktoerRequest) -> HttpResponse:
    """Offers and prices that others have published, and those that could not be placed, each with its reason."""
    tilbud = list(offentlige_tilbud())
    priser = list(loese_priser())
    context = {
        "tilbud": [t for t in tilbud if not t.mangler],
        "uplacerede": [t for t in tilbud if t.mangler],
        "priser": [p for p in priser if not p.mangler],
        "uplacerede_priser": [p for p in priser if p.mangler],
        "kan_melde": request.aktoer.maa(Rettighed.FEJLMELDINGER_SKRIV),
        "sti": [{"navn": "Tilbud", "url": reverse("tilbud:liste")}, {"navn": "Offentliggjorte tilbud og priser"}],
    }
    return render(request, "tilbud/offentliggjorte.html", context)
