"""Documents about takster."""

from takster.dokumenter.actions import bestil_dokumentation
from takster.models import Takst, Takstdokument, Takstdokumentfil
from tests import fabrik


def med_fil(takst: Takst, *, i: str = "Gladsaxe") -> Takstdokument:
    """An evidence pack that is made, for its page; what is in it is other tests' business."""
    dokument = bestil_dokumentation(aktoer=fabrik.sagsbehandler(i), takst_id=takst.pk)
    Takstdokumentfil.objects.create(dokument=dokument, pdf=b"%PDF-1.7", sha256="0" * 64)
    return dokument
