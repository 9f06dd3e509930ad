"""The agreements' tables as files: the same agreements and parties the pages show the actor."""

from django.http import HttpResponseBase
from django.views.decorators.http import require_GET

from faelles.aktoer import Rettighed
from faelles.fejl import IkkeFundet
from faelles.graenser import Graense
from faelles.regneark.svar import tabel
from faelles.tid import idag
from kommuner.adgang import side
from kommuner.middleware import AktoerRequest
from rammeaftale.models import Rammeaftale
from rammeaftale.tabeller import (
    AFTALEHOVED,
    PARTSHOVED,
    VILKAARSHOVED,
    aftaleraekker,
    partsraekker,
    vilkaarsraekker,
)
from rammeaftale.tavle import vis_alle
from rammeaftale.tekst.queries import version_af
from rammeaftale.tekst.vilkaarsvisning import grupper
from rammeaftale.visning import synlig_aftale


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, graense=Graense.HENT)
def aftaler(request: AktoerRequest, form: str) -> HttpResponseBase:
    """The list of agreements."""
    fundne = list(Rammeaftale.objects.synlige_for(request.aktoer).select_related("kkr"))
    return tabel(form, "rammeaftaler", AFTALEHOVED, aftaleraekker(vis_alle(fundne, idag())))


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, graense=Graense.HENT)
def parter(request: AktoerRequest, slug: str, form: str) -> HttpResponseBase:
    """The board of an agreement's parties."""
    aftale = Rammeaftale.objects.synlige_for(request.aktoer).select_related("kkr").filter(slug=slug).first()
    if aftale is None:
        raise IkkeFundet("aftale_ikke_fundet", "Rammeaftalen findes ikke.")
    return tabel(form, "parter", PARTSHOVED, list(partsraekker(vis_alle([aftale], idag())[0])))


@require_GET
@side(Rettighed.RAMMEAFTALER_LAES, graense=Graense.HENT)
def vilkaar(request: AktoerRequest, slug: str, form: str) -> HttpResponseBase:
    """Every term of the agreement's latest version, and those it lacks."""
    version = version_af(synlig_aftale(request.aktoer, slug), None)
    return tabel(form, "vilkaar", VILKAARSHOVED, vilkaarsraekker(grupper(version)))
