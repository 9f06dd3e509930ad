"""The job that computes a year's takster again. It reads in batches and stores once: one that is killed or cancelled leaves nothing behind."""

from typing import Any

from faelles.job import Fremdrift, jobtype
from faelles.tid import Periode
from takster.kontrol.regler import forskel
from takster.models import Takst, Takstkontrol

KONTROL = "takstkontrol"
PORTION = 500  # takster read at a time, and between two signs of progress
TRIN = "Regner efter"


@jobtype(KONTROL, koe="standard")
def kontroller(fremdrift: Fremdrift, parametre: dict[str, Any]) -> None:
    """Go through the takster of the year that are or have been published. A takst never changes, so each is as it was when the job began."""
    aar = int(parametre["aar"])
    takster = Takst.objects.filter(periode__overlap=Periode.aar(aar).som_range).order_by("pk")
    alle = list(takster.values_list("pk", flat=True))
    uden, forskelle = 0, []
    for fra in range(0, len(alle), PORTION):
        fremdrift.meld(TRIN, fra, len(alle))
        portion = Takst.objects.filter(pk__in=alle[fra : fra + PORTION]).order_by("pk")
        for pk, beloeb, beregning in portion.values_list("pk", "beloeb", "beregning"):
            if not beregning:
                uden += 1
            elif fundet := forskel(beregning, beloeb):
                forskelle.append({"takst": str(pk), "forskel": fundet})
    with fremdrift.afslutning():
        Takstkontrol.objects.create(aar=aar, job_id=fremdrift.job_id, antal=len(alle), uden=uden, forskelle=forskelle)
