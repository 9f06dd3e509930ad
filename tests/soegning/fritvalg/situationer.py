"""Checks of free choice, made the way people make them."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from faelles.aktoer import Aktoer
from faelles.models import Job, JobStatus
from faelles.scope import saet_database_aktoer
from faelles.tid import nu
from reservationer.soegning.fritvalg.actions import proev
from reservationer.soegning.models import Fritvalgsnotat, Fritvalgsproeve
from tests import fabrik
from tilbud.models import Tilbud


def botilbud(navn: str, *, i: str = "Gladsaxe") -> Tilbud:
    """An offer under § 108."""
    return fabrik.tilbud(navn, i=i, hjemler=("SEL-108",))


def proeve(
    af: Aktoer | None = None, *, pris: str = "2200.00", udgift: str = "2000.00", **andet: Any
) -> Fritvalgsproeve:
    """A case worker of Rødovre's check of Bakken in Herlev against Kernen in Gladsaxe."""
    felter: dict[str, Any] = {
        "visiteret_id": botilbud("Kernen").pk,
        "oensket_id": botilbud("Bakken", i="Herlev").pk,
        "dato": fabrik.om(0),
    }
    return proev(
        aktoer=af or fabrik.sagsbehandler(),
        visiteret_udgift=Decimal(udgift),
        forhandlet_pris=Decimal(pris),
        **felter | andet,
    )


def med_notat(hvad: Fritvalgsproeve) -> Fritvalgsproeve:
    """The check with a note; what is in it is other tests' business."""
    with transaction.atomic():
        saet_database_aktoer(None)
        Fritvalgsnotat.objects.create(proeve=hvad, pdf=b"%PDF-1.7", sha256="0" * 64)
        Job.objects.filter(pk=hvad.job_id).update(status=JobStatus.FAERDIG, afsluttet=nu())
    return hvad
