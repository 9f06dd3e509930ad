"""Pages of an agreement's parties and their days, and the secretariat's changes of them."""

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.dokument.tal import kort_dato
from faelles.fejl import IkkeFundet
from faelles.tid import Periode
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from rammeaftale import actions
from rammeaftale.forms import AfslutPartForm, NyPartForm, PartsgrundForm
from rammeaftale.handling import data, udfoer
from rammeaftale.livscyklus import PARTSSTATUS_NAVN, Aftaletilstand
from rammeaftale.models import Part, Rammeaftale
from rammeaftale.partsregler import KOMMER_OG_GAAR, har_veto, kan_fjernes
from rammeaftale.queries import (
    alle_stande,
    beslutter,
    i_kkr,
    mulige_parter,
    ophoer_i_registret,
    seneste_sendte,
    seneste_version,
)
from rammeaftale.visning import egen_aftale, skriver, sti, synlig_aftale

_SKRIVER = side(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES)
def liste(request: AktoerRequest, slug: str) -> HttpResponse:
    """Every party the agreement has had or will have, with its days and where it stands."""
    aftale = synlig_aftale(request.aktoer, slug)
    version = seneste_version(aftale)
    skriver_ = skriver(request.aktoer, aftale) and aftale.hovedaftale is None
    tilstand, sendt = Aftaletilstand(aftale.tilstand), seneste_sendte(aftale) is not None
    kontekst = {
        "aftale": aftale,
        "parter": [
            (
                stand.part,
                Periode.af_range(stand.part.periode),
                PARTSSTATUS_NAVN[stand.status],
                beslutter(stand.part, aftale),
            )
            for stand in (alle_stande(version) if version else ())
        ],
        "kan_aendre": skriver_ and tilstand in KOMMER_OG_GAAR,
        "kan_fjerne": skriver_ and kan_fjernes(tilstand, sendt=sendt),
        "sti": [*sti(aftale), {"navn": "Parter"}],
    }
    return render(request, "rammeaftale/parter.html", kontekst)


@require_http_methods(["GET", "POST"])
@_SKRIVER
def ny(request: AktoerRequest, slug: str) -> HttpResponse:
    """Let somebody become a party."""
    aftale = egen_aftale(request.aktoer, slug)
    begynd = {"fra": aftale.aftaleperiode.fra}
    form = NyPartForm(data(request), organisationer=mulige_parter(), kkrets=_kkrets(aftale), initial=begynd)

    def tilfoej() -> str:
        actions.tilfoej_part(aktoer=request.aktoer, aftale_id=aftale.pk, **form.cleaned_data)
        return _listen(aftale)

    manchet = (
        "Den nye part skal godkende aftalen som de andre: er den ikke vedtaget endnu, bliver den det først, når også den nye part "
        "har godkendt. Aftalens allonger får den samme part. Når aftalen er sendt til godkendelse, kan en part ikke fjernes igen."
    )
    return udfoer(request, form, tilfoej, "Parten er tilføjet.", ("Ny part", manchet, "Tilføj"), _sti(aftale))


@require_http_methods(["GET", "POST"])
@_SKRIVER
def afslut(request: AktoerRequest, slug: str, part_id: UUID) -> HttpResponse:
    """Give a party its last day, and perhaps a successor."""
    aftale, part = _egen_part(request.aktoer, slug, part_id)
    andre = mulige_parter().exclude(pk=part.organisation_id)
    sidste_dag, manchet = _hvad_ophoer_betyder(aftale, part)
    begynd = {"sidste_dag": sidste_dag}
    form = AfslutPartForm(data(request), organisationer=andre, kkrets=_kkrets(aftale), initial=begynd)

    def luk() -> str:
        actions.afslut_part(aktoer=request.aktoer, aftale_id=aftale.pk, part_id=part_id, **form.cleaned_data)
        return _listen(aftale)

    ord_ = (f"{part.organisation} holder op som part", manchet, "Gem")
    return udfoer(request, form, luk, "Partens sidste dag er gemt.", ord_, _sti(aftale))


def _hvad_ophoer_betyder(aftale: Rammeaftale, part: Part) -> tuple[date | None, str]:
    """The last day there is to choose, when there is but one, and what follows of ending the party."""
    if not har_veto(Aftaletilstand(aftale.tilstand), sendt=seneste_sendte(aftale) is not None):
        return None, (
            "Fra dagen efter er organisationen ikke part og skal ikke længere godkende. Det, den har besluttet, bliver stående. Det samme "
            "sker i aftalens allonger. Er den i KKR'et efter dagen, skal det bekræftes, når aftalen sendes."
        )
    veto = "Aftalen har været sendt til godkendelse og er ikke vedtaget, så parten har veto og holder kun op, når registret siger det."
    til = ophoer_i_registret(part)
    if til is None:
        return None, f"{veto} Efter registret er organisationen fortsat i KKR'et."
    sidste = til - timedelta(days=1)
    return sidste, (
        f"{veto} Efter registret er dens sidste dag den {kort_dato(sidste)}. Fra dagen efter skal den ikke godkende: har alle andre "
        "parter godkendt, er aftalen vedtaget. Det samme sker i aftalens allonger."
    )


@require_http_methods(["GET", "POST"])
@_SKRIVER
def fjern(request: AktoerRequest, slug: str, part_id: UUID) -> HttpResponse:
    """Take out a party that should not have been one, after asking."""
    aftale, part = _egen_part(request.aktoer, slug, part_id)
    form = PartsgrundForm(data(request))

    def slet() -> str:
        actions.fjern_part(aktoer=request.aktoer, aftale_id=aftale.pk, part_id=part_id, **form.cleaned_data)
        return _listen(aftale)

    manchet = (
        "Organisationen har så aldrig været part i aftalen. Er der registreret noget om den, kan den ikke fjernes. Er den i KKR'et, skal "
        "det bekræftes, når aftalen sendes."
    )
    ord_ = (f"Fjern {part.organisation}?", manchet, "Fjern")
    return udfoer(request, form, slet, "Parten er fjernet.", ord_, _sti(aftale))


def _egen_part(aktoer: Aktoer, slug: str, part_id: UUID) -> tuple[Rammeaftale, Part]:
    aftale = egen_aftale(aktoer, slug)
    part = aftale.parter.select_related("organisation").filter(pk=part_id).first()
    if part is None:
        raise IkkeFundet("part_ikke_fundet", "Parten findes ikke i aftalen.")
    part.aftale = aftale
    return aftale, part


def _kkrets(aftale: Rammeaftale) -> set[UUID]:
    return set(i_kkr(aftale).values_list("pk", flat=True))


def _listen(aftale: Rammeaftale) -> str:
    return reverse("rammeaftale:parter", args=[aftale.slug])


def _sti(aftale: Rammeaftale) -> list[dict[str, str]]:
    return [*sti(aftale), {"navn": "Parter", "url": _listen(aftale)}]
