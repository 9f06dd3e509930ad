"""Pages of the open balance: an operator's own offers, and a secretariat's KKR."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from faelles.aktoer import Funktion, Rettighed
from faelles.dokument import diagram
from faelles.dokument.diagram import Punkt
from faelles.dokument.spec import Spec
from faelles.dokument.tal import kr
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from takster.budget.views import budgetterer, sti
from takster.frister.queries import eget_kkr
from takster.regnskab import oversigt
from takster.regnskab.oversigt import Gruppe, Raekke
from takster.regnskab.saldo import Aarssaldo
from vilkaar.kilde import KILDEHOVED, kildeceller

HOVED = (
    "Driftsherre", "Tilbud", "Del", "År", "Belagte døgn", "Provenu", "Regnskab", "Resultat", "Indgår ikke i en takst",
    "Anvendes senest", "Efterreguleres", "Indgår i", "Stand", "Åben saldo", *KILDEHOVED,
)  # fmt: skip


@require_GET
@budgetterer
def saldo(request: AktoerRequest) -> HttpResponse:
    """The operator's own."""
    raekker = oversigt.afsluttede(request.aktoer)
    led = sti({"navn": "Regnskaber", "url": reverse("takster:regnskaber")}, {"navn": "Åben saldo"})
    return _vis(request, raekker, titel="Åben saldo", udtraek="takster:eksport_saldo", led=led)


@require_GET
@side(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
def omraade(request: AktoerRequest) -> HttpResponse:
    """That of the KKR's municipalities and regions, operator by operator."""
    kkr, raekker = eget_kkr(request.aktoer), oversigt.afsluttede(request.aktoer)
    return _vis(
        request,
        raekker,
        titel=f"Regnskaber og åben saldo i {kkr}",
        udtraek="takster:eksport_omraadets_saldo",
        led=[{"navn": "Regnskaber"}],
        driftsherrer=oversigt.pr_driftsherre(raekker),
    )


def _vis(
    request: AktoerRequest,
    raekker: Sequence[Raekke],
    *,
    titel: str,
    udtraek: str,
    led: list[dict[str, str]],
    driftsherrer: Sequence[Gruppe] = (),
) -> HttpResponse:
    i_aar, alle = idag().year, Gruppe("Alle", raekker)
    saldi = oversigt.saldi(raekker, i_aar)
    kontekst: dict[str, Any] = {
        "titel": titel,
        "udtraek": udtraek,
        "alle": alle,
        "forsinket": alle.forsinket(i_aar),
        "driftsherrer": [(gruppe, gruppe.forsinket(i_aar)) for gruppe in driftsherrer],
        "raekker": [(raekke.regnskab, raekke.stand(i_aar), raekke.tilgode.aaben, raekke.kilde) for raekke in raekker],
        "saldi": saldi,
        "spec": _figur(saldi),
        "sti": led,
    }
    return render(request, "takster/regnskab/saldo.html", kontekst)


def _figur(saldi: Sequence[Aarssaldo]) -> Spec | None:
    """The balance at the end of each year."""
    if not saldi:
        return None
    sidste = saldi[-1]
    return diagram.linje(
        [Punkt("Åben saldo", str(et.aar), et.saldo) for et in saldi],
        akse="kr. ved årets slutning",
        beskrivelse=f"Kurve over den åbne saldo fra {saldi[0].aar} til {sidste.aar}. Den er {kr(sidste.saldo)} ved udgangen af {sidste.aar}.",
        bredde="container",
    )


@require_GET
@side(Rettighed.TAKSTER_SKRIV, Funktion.DRIFTSHERRE, graense=Graense.HENT)
def eksport(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The operator's own, as a table."""
    return tabel(form, "aaben-saldo", HOVED, _raekker(request))


@require_GET
@side(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT, graense=Graense.HENT)
def eksport_omraade(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The KKR's, as a table."""
    return tabel(form, "regnskaber-og-saldo", HOVED, _raekker(request))


def _raekker(request: AktoerRequest) -> Iterator[Sequence[Any]]:
    """Read now, since the rows are sent when the request's transaction is over."""
    return _linjer(oversigt.afsluttede(request.aktoer), idag().year)


def _linjer(raekker: Sequence[Raekke], i_aar: int) -> Iterator[Sequence[Any]]:
    for raekke in raekker:
        et = raekke.regnskab
        yield (
            str(et.tilbud.driftsherre), str(et.tilbud), et.delen, et.aar, et.belagte_doegn, et.provenu, et.omkostninger, et.resultat,
            et.beholdt, et.anvendes_senest, et.efterregulering, et.indgaar_aar, raekke.stand(i_aar), raekke.tilgode.aaben, *kildeceller(raekke.kilde),
        )  # fmt: skip
