"""Pages of the focus areas: how far they have come, a milestone with its reports, and the secretariat's changes."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.dokument.diagram import Del, stablet
from faelles.dokument.spec import Spec
from faelles.fejl import IkkeFundet
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from rammeaftale.fokus import actions, queries
from rammeaftale.fokus.forms import (
    GennemsynForm,
    IndsatsForm,
    MilepaelForm,
    MilepaelsmeldingForm,
    OmraadeForm,
    OvertagForm,
    gennemsynets,
    indsatsens,
    milepaelens,
    omraadets,
)
from rammeaftale.fokus.overtagelse import kan_overtages
from rammeaftale.fokus.queries import Omraadevisning
from rammeaftale.fokus.regler import MILEPAELSSTAND_NAVN, Milepaelsstand
from rammeaftale.forms import FORESLAAET_PAAMINDELSE, BekraeftForm
from rammeaftale.handling import data, udfoer
from rammeaftale.models import Fokusomraade, Indsats, Milepael, Rammeaftale
from rammeaftale.visning import egen_aftale, skriver, sti, synlig_aftale

_SKRIVER = side(Rettighed.FOKUS_SKRIV, Funktion.SEKRETARIAT)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def liste(request: AktoerRequest, slug: str) -> HttpResponse:
    """The agreement's focus areas, how far each has come, and who is late."""
    aftale = synlig_aftale(request.aktoer, slug)
    visninger = _visninger(aftale)
    navne = _klausulnavne(aftale) if any(v.omraade.klausul_id for v in visninger) else {}
    kontekst = {
        "aftale": aftale,
        "omraader": [(v, navne.get(v.omraade.klausul_id)) for v in visninger],
        "spec": _figur(visninger),
        "tavle": _tavle(visninger),
        "sekretariat": (sekretariat := skriver(request.aktoer, aftale)),
        "kan_overtages": sekretariat and len(kan_overtages(aftale, idag())),
        "egen": request.aktoer.organisation_id,
        "sti": [*sti(aftale), {"navn": "Fokusområder"}],
    }
    return render(request, "rammeaftale/fokus/liste.html", kontekst)


def _visninger(aftale: Rammeaftale) -> list[Omraadevisning]:
    return queries.vis(queries.med_indhold(aftale.fokusomraader.all()), idag())


def _klausulnavne(aftale: Rammeaftale) -> dict[UUID | None, str]:
    return {k.id: k.navn for k in queries.mulige_klausuler(aftale)}


def _figur(visninger: Sequence[Omraadevisning]) -> Spec | None:
    """How far each area has come, in milestones; None when there are none."""
    if not any(v.milepaele for v in visninger):
        return None
    dele = [
        Del(f"{v.omraade.nummer}. {v.omraade.navn}", MILEPAELSSTAND_NAVN[stand], Decimal(v.fremdrift.antal[stand]))
        for v in visninger
        for stand in Milepaelsstand
    ]
    tekst = "; ".join(f"{v.omraade.navn}: {v.fremdrift.tekst.lower()}" for v in visninger)
    return stablet(dele, akse="Antal milepæle", beskrivelse=f"Fokusområdernes milepæle. {tekst}.", bredde="container")


def _tavle(visninger: Sequence[Omraadevisning]) -> list[dict[str, str]]:
    """The cells of `komponenter/partstavle.html` for those who are late."""
    return [
        {
            "navn": f.organisation.navn,
            "status": "forfalden",
            "tekst": "1 overskredet" if len(f.milepaele) == 1 else f"{len(f.milepaele)} overskredne",
            "detalje": "; ".join(m.milepael.navn for m in f.milepaele),
        }
        for f in queries.forsinkede(visninger)
    ]


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, graense=Graense.HENT)
def eksport(request: AktoerRequest, slug: str, form: str) -> HttpResponseBase:
    """Every milestone as a table."""
    visninger = _visninger(synlig_aftale(request.aktoer, slug))
    return tabel(form, "fokusomraader", queries.HOVED, list(queries.raekker_ud(visninger)))


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def milepael(request: AktoerRequest, milepael_id: UUID) -> HttpResponse:
    """A milestone and everything that was reported of it."""
    fundet = _milepael(request.aktoer, milepael_id)
    aftale = fundet.indsats.fokusomraade.aftale
    kontekst = {
        "v": queries.vis_milepael(fundet, idag()),
        "meldinger": list(reversed(fundet.meldinger.all())),
        "kan_melde": actions.maa_melde(request.aktoer, fundet),
        "kan_skrive": skriver(request.aktoer, aftale),
        "aftale": aftale,
        "sti": [*_sti(aftale), {"navn": fundet.navn}],
    }
    return render(request, "rammeaftale/fokus/milepael.html", kontekst)


@require_http_methods(["GET", "POST"])
@side(Rettighed.FOKUS_SKRIV)
def meld(request: AktoerRequest, milepael_id: UUID) -> HttpResponse:
    """Report how far a milestone has come."""
    fundet = _milepael(request.aktoer, milepael_id)
    if not actions.maa_melde(request.aktoer, fundet):
        raise IkkeFundet("milepael_ikke_fundet", "Milepælen findes ikke.")
    form = MilepaelsmeldingForm(data(request))

    def gem() -> str:
        actions.meld(aktoer=request.aktoer, milepael_id=milepael_id, melding=form.melding)
        return _adresse(fundet)

    manchet = "En melding slettes ikke; er den forkert, meldes der igen, og den seneste gælder."
    ord_ = (f"Meld om »{fundet.navn}«", manchet, "Meld")
    return udfoer(request, form, gem, "Meldingen er gemt.", ord_, _milepaelssti(fundet))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def nyt_omraade(request: AktoerRequest, slug: str) -> HttpResponse:
    """Add a focus area."""
    aftale = egen_aftale(request.aktoer, slug)
    form = OmraadeForm(data(request), klausuler=queries.mulige_klausuler(aftale))

    def opret() -> str:
        actions.opret_omraade(aktoer=request.aktoer, aftale_id=aftale.pk, indhold=form.indhold)
        return _listen(aftale)

    ord_ = ("Nyt fokusområde", "Fokusområdet ses af alle aftalens parter.", "Tilføj")
    return udfoer(request, form, opret, "Fokusområdet er tilføjet. Tilføj dets indsatser.", ord_, _sti(aftale))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def overtag(request: AktoerRequest, slug: str) -> HttpResponse:
    """Carry areas on from the previous agreement."""
    aftale = egen_aftale(request.aktoer, slug)
    mulige = kan_overtages(aftale, idag())
    form = OvertagForm(data(request), mulige=mulige, initial={"omraader": [v.omraade.pk for v in mulige]})

    def gem() -> str:
        actions.overtag(aktoer=request.aktoer, aftale_id=aftale.pk, omraade_ider=form.cleaned_data["omraader"])
        return _listen(aftale)

    manchet = (
        "De valgte fokusområder tages med til gennemsyn med de indsatser og milepæle, der ikke er nået eller opgivet. Milepælene begynder "
        "forfra, og fristerne flyttes så mange år, som aftalens periode er flyttet."
        if mulige
        else "Den forrige aftale har ingen fokusområder med åbne indsatser, som ikke er taget med allerede."
    )
    ord_ = ("Fortsæt fokusområder", manchet, "Tag med")
    return udfoer(
        request, form, gem, "Fokusområderne er taget med. Se dem igennem, så der kan mindes om dem.", ord_, _sti(aftale)
    )


@require_http_methods(["GET", "POST"])
@_SKRIVER
def ret_omraade(request: AktoerRequest, omraade_id: UUID) -> HttpResponse:
    """Change a focus area."""
    omraade = _omraade(request.aktoer, omraade_id)
    mulige = queries.mulige_klausuler(omraade.aftale, omraade.klausul_id)
    form = OmraadeForm(data(request), klausuler=mulige, initial=omraadets(omraade))

    def gem() -> str:
        actions.ret_omraade(
            aktoer=request.aktoer,
            omraade_id=omraade_id,
            indhold=form.indhold,
            kraev_set=lambda: form.kraev_set(omraadets(_omraade(request.aktoer, omraade_id))),
        )
        return _listen(omraade.aftale)

    ord_ = (f"Ret {omraade}", "", "Gem")
    return udfoer(request, form, gem, "Fokusområdet er rettet.", ord_, _sti(omraade.aftale))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def gennemse(request: AktoerRequest, omraade_id: UUID) -> HttpResponse:
    """Look through what was carried over: each deadline as it is to be, before anybody is reminded of it."""
    omraade = _omraade(request.aktoer, omraade_id)
    milepaele = queries.milepaele_i(omraade)
    form = GennemsynForm(data(request), milepaele=milepaele, initial=gennemsynets(milepaele))

    def gem() -> str:
        actions.gennemse(
            aktoer=request.aktoer,
            omraade_id=omraade_id,
            frister=form.frister,
            kraev_set=lambda: form.kraev_set(gennemsynets(queries.milepaele_i(omraade))),
        )
        return _listen(omraade.aftale)

    manchet = (
        "Fristerne er flyttet med aftalens periode, og ingen mindes om dem, før du har set dem igennem. Navne og ansvarlige rettes "
        "på fokusområdet og dets milepæle."
        if form.milepaele
        else "Fokusområdet har ingen milepæle, så der er ingen frister at se igennem."
    )
    ord_ = (f"Se {omraade} igennem", manchet, "Godkend")
    return udfoer(request, form, gem, "Fokusområdet er set igennem.", ord_, _sti(omraade.aftale))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def slet_omraade(request: AktoerRequest, omraade_id: UUID) -> HttpResponse:
    """Take a focus area away, after asking."""
    omraade = _omraade(request.aktoer, omraade_id)

    def fjern() -> str:
        actions.slet_omraade(aktoer=request.aktoer, omraade_id=omraade_id)
        return _listen(omraade.aftale)

    return _fjern(request, omraade.aftale, f"Fjern {omraade}?", "Et fokusområde med indsatser kan ikke fjernes.", fjern)


@require_http_methods(["GET", "POST"])
@_SKRIVER
def ny_indsats(request: AktoerRequest, omraade_id: UUID) -> HttpResponse:
    """Add work on a focus area."""
    omraade = _omraade(request.aktoer, omraade_id)
    form = IndsatsForm(data(request))

    def opret() -> str:
        actions.opret_indsats(aktoer=request.aktoer, omraade_id=omraade_id, **form.cleaned_data)
        return _listen(omraade.aftale)

    ord_ = (f"Ny indsats i {omraade}", "", "Tilføj")
    return udfoer(request, form, opret, "Indsatsen er tilføjet. Tilføj dens milepæle.", ord_, _sti(omraade.aftale))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def ret_indsats(request: AktoerRequest, indsats_id: UUID) -> HttpResponse:
    """Change work on a focus area."""
    indsats = _indsats(request.aktoer, indsats_id)
    aftale = indsats.fokusomraade.aftale
    form = IndsatsForm(data(request), initial=indsatsens(indsats))

    def gem() -> str:
        actions.ret_indsats(
            aktoer=request.aktoer,
            indsats_id=indsats_id,
            **form.cleaned_data,
            kraev_set=lambda: form.kraev_set(indsatsens(_indsats(request.aktoer, indsats_id))),
        )
        return _listen(aftale)

    return udfoer(request, form, gem, "Indsatsen er rettet.", (f"Ret {indsats}", "", "Gem"), _sti(aftale))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def slet_indsats(request: AktoerRequest, indsats_id: UUID) -> HttpResponse:
    """Take work away, after asking."""
    indsats = _indsats(request.aktoer, indsats_id)
    aftale = indsats.fokusomraade.aftale

    def fjern() -> str:
        actions.slet_indsats(aktoer=request.aktoer, indsats_id=indsats_id)
        return _listen(aftale)

    return _fjern(request, aftale, f"Fjern {indsats}?", "En indsats med milepæle kan ikke fjernes.", fjern)


@require_http_methods(["GET", "POST"])
@_SKRIVER
def ny_milepael(request: AktoerRequest, indsats_id: UUID) -> HttpResponse:
    """Add a milestone."""
    indsats = _indsats(request.aktoer, indsats_id)
    aftale = indsats.fokusomraade.aftale
    begynd = {"paamind_dage": FORESLAAET_PAAMINDELSE}
    form = MilepaelForm(data(request), ansvarlige=queries.mulige_ansvarlige(aftale), initial=begynd)

    def opret() -> str:
        actions.opret_milepael(aktoer=request.aktoer, indsats_id=indsats_id, indhold=form.indhold)
        return _listen(aftale)

    ord_ = (f"Ny milepæl i {indsats}", "Den ansvarlige melder selv, hvor langt den er.", "Tilføj")
    return udfoer(request, form, opret, "Milepælen er tilføjet.", ord_, _sti(aftale))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def ret_milepael(request: AktoerRequest, milepael_id: UUID) -> HttpResponse:
    """Change a milestone."""
    fundet = _egen_milepael(request.aktoer, milepael_id)
    aftale = fundet.indsats.fokusomraade.aftale
    form = MilepaelForm(data(request), ansvarlige=queries.mulige_ansvarlige(aftale), initial=milepaelens(fundet))

    def gem() -> str:
        actions.ret_milepael(
            aktoer=request.aktoer,
            milepael_id=milepael_id,
            indhold=form.indhold,
            kraev_set=lambda: form.kraev_set(milepaelens(_egen_milepael(request.aktoer, milepael_id))),
        )
        return _adresse(fundet)

    ord_ = (f"Ret {fundet}", "Når der er meldt om milepælen, ligger den ansvarlige fast.", "Gem")
    return udfoer(request, form, gem, "Milepælen er rettet.", ord_, _milepaelssti(fundet))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def slet_milepael(request: AktoerRequest, milepael_id: UUID) -> HttpResponse:
    """Take a milestone away, after asking."""
    fundet = _egen_milepael(request.aktoer, milepael_id)
    aftale = fundet.indsats.fokusomraade.aftale

    def fjern() -> str:
        actions.slet_milepael(aktoer=request.aktoer, milepael_id=milepael_id)
        return _listen(aftale)

    manchet = "En milepæl, nogen har meldt om, kan ikke fjernes; meld den opgivet i stedet."
    return _fjern(request, aftale, f"Fjern {fundet}?", manchet, fjern)


def _fjern(
    request: AktoerRequest, aftale: Rammeaftale, overskrift: str, manchet: str, fjern: Callable[[], str]
) -> HttpResponse:
    """Ask, and then take something away."""
    return udfoer(
        request, BekraeftForm(data(request)), fjern, "Det er fjernet.", (overskrift, manchet, "Fjern"), _sti(aftale)
    )


def _omraade(aktoer: Aktoer, omraade_id: UUID) -> Fokusomraade:
    omraade = Fokusomraade.objects.select_related("aftale__kkr").filter(pk=omraade_id).first()
    if omraade is None or not skriver(aktoer, omraade.aftale):
        raise IkkeFundet("fokusomraade_ikke_fundet", "Fokusområdet findes ikke.")
    return omraade


def _indsats(aktoer: Aktoer, indsats_id: UUID) -> Indsats:
    indsats = Indsats.objects.select_related("fokusomraade__aftale__kkr").filter(pk=indsats_id).first()
    if indsats is None or not skriver(aktoer, indsats.fokusomraade.aftale):
        raise IkkeFundet("indsats_ikke_fundet", "Indsatsen findes ikke.")
    return indsats


def _milepael(aktoer: Aktoer, milepael_id: UUID) -> Milepael:
    fundet = queries.synlig_milepael(aktoer, milepael_id)
    if fundet is None:
        raise IkkeFundet("milepael_ikke_fundet", "Milepælen findes ikke.")
    return fundet


def _egen_milepael(aktoer: Aktoer, milepael_id: UUID) -> Milepael:
    fundet = _milepael(aktoer, milepael_id)
    if not skriver(aktoer, fundet.indsats.fokusomraade.aftale):
        raise IkkeFundet("milepael_ikke_fundet", "Milepælen findes ikke.")
    return fundet


def _listen(aftale: Rammeaftale) -> str:
    return reverse("rammeaftale:fokus", args=[aftale.slug])


def _adresse(fundet: Milepael) -> str:
    return reverse("rammeaftale:milepael", args=[fundet.pk])


def _sti(aftale: Rammeaftale) -> list[dict[str, str]]:
    return [*sti(aftale), {"navn": "Fokusområder", "url": _listen(aftale)}]


def _milepaelssti(fundet: Milepael) -> list[dict[str, str]]:
    return [*_sti(fundet.indsats.fokusomraade.aftale), {"navn": fundet.navn, "url": _adresse(fundet)}]
