"""Choices, made the way people make them."""

from collections.abc import Sequence

from django.db import transaction

from faelles.aktoer import Aktoer
from faelles.models import Job, JobStatus
from faelles.scope import saet_database_aktoer
from faelles.tid import Periode, nu
from reservationer.soegning.models import Tilbudsvalg, Valgnotat
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.sammenlign.indhold import Sammenligning
from reservationer.soegning.sammenlign.queries import sammenligning
from reservationer.soegning.valg.actions import vaelg
from tests import fabrik
from tilbud.models import Afdeling


def sammenlignet(af: Aktoer, afdelinger: Sequence[Afdeling]) -> Sammenligning:
    """The departments side by side for a need that begins in ten days."""
    profil = Behovsprofil(Periode(fabrik.om(10), fabrik.om(40)))
    return sammenligning(af, profil, [afdeling.pk for afdeling in afdelinger], {}, nu=nu())


def valg(
    af: Aktoer | None = None, afdelinger: Sequence[Afdeling] = (), *, begrundelse: str = "Kender metoden"
) -> Tilbudsvalg:
    """A case worker of Rødovre's choice of the first of these, or of two."""
    af = af or fabrik.sagsbehandler()
    blandt = afdelinger or [fabrik.afdeling(navn=f"Hus {nr}") for nr in range(2)]
    vist = sammenlignet(af, blandt)
    return vaelg(aktoer=af, sammenligning=vist, tryk=vist.tryk, afdeling_id=blandt[0].pk, begrundelse=begrundelse)


def med_notat(hvad: Tilbudsvalg) -> Tilbudsvalg:
    """The choice with a note; what is in it is other tests' business."""
    with transaction.atomic():
        saet_database_aktoer(None)
        Valgnotat.objects.create(valget=hvad, pdf=b"%PDF-1.7", sha256="0" * 64)
        Job.objects.filter(pk=hvad.job_id).update(status=JobStatus.FAERDIG, afsluttet=nu())
    return hvad
