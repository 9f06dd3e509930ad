"""Handing a stranger's file out to be kept: no browser is to open it here or believe that it is anything else."""

from django.http import HttpResponse

from faelles.pdfformat import PdfFormat
from faelles.regneark.svar import fil as som_fil
from rammeaftale.hoering.filer import INDHOLDSTYPE, Filart
from rammeaftale.models import Hoeringsfil


class Filformat(PdfFormat):
    """Lets a client of the API ask for a file of any kind an answer may hold."""

    media_type = "*/*"
    format = "fil"


def udlever(fil: Hoeringsfil) -> HttpResponse:
    """The file as it came, under a name of ours; read with its bytes by one who may see it."""
    art = Filart(fil.art)
    svar = som_fil(bytes(fil.indhold.indhold), f"hoeringssvar-{fil.pk}.{art.value}", INDHOLDSTYPE[art])
    svar["Content-Security-Policy"] = "default-src 'none'; sandbox"
    svar["X-Content-Type-Options"] = "nosniff"
    return svar
