"""The job that makes the note on a hearing."""

import hashlib
from typing import Any

from django.db import connection, transaction

from faelles.job import Fremdrift, jobtype
from rammeaftale.hoering.queries import Hoeringsvisning, vis
from rammeaftale.models import Hoeringsnotat, Hoeringsnotatfil
from reservationer.soegning import notatjob

JOBTYPE = "hoeringsnotat"


@jobtype(JOBTYPE, koe="rapport")
def lav_notat(fremdrift: Fremdrift, parametre: dict[str, Any]) -> None:
    """Make the PDF of what is known now and store it. Raises Konflikt as `notatjob.lav`."""
    notat = Hoeringsnotat.objects.get(pk=parametre["notat_id"])
    pdf = notatjob.lav(fremdrift, JOBTYPE, (notat, _laes(notat)))
    with fremdrift.afslutning():
        Hoeringsnotatfil.objects.create(notat=notat, pdf=pdf, sha256=hashlib.sha256(pdf).hexdigest())


def _laes(notat: Hoeringsnotat) -> Hoeringsvisning:
    """Everything the note says, of one instant."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        fundet = Hoeringsnotat.objects.select_related("hoering__version__aftale__kkr__sekretariat").get(pk=notat.pk)
        return vis(fundet.hoering)
