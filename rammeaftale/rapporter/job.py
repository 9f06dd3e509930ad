"""The job that makes a report: data, drawings, pages, check. Restarted, it goes on from the snapshot it has frozen already."""

from typing import Any

from django.db import connection, transaction

from faelles.fejl import Konflikt
from faelles.haendelser import publicer
from faelles.job import Fremdrift, jobtype
from faelles.tid import nu
from rammeaftale.models import Version
from rammeaftale.rapporter.kanonisk import kontrolsum, til_json
from rammeaftale.rapporter.models import Oejebliksbillede, Rapport, Rapportfil
from rammeaftale.rapporter.register import fremstiller, rapporttype

JOBTYPE = "rapport"
TRIN = ("Samler data", "Tegner figurer", "Sætter sider", "Kontrollerer PDF")


@jobtype(JOBTYPE, koe="rapport")
def lav_rapport(fremdrift: Fremdrift, parametre: dict[str, Any]) -> None:
    """Make the PDF of an ordered report and store it. Raises Konflikt with the list when the PDF is not accessible."""
    rapport = Rapport.objects.select_related("oejebliksbillede").get(pk=parametre["rapport_id"])
    vaerktoej = fremstiller(rapport.type)
    _meld(fremdrift, 0)
    billede = rapport.oejebliksbillede or frys(rapport)
    _meld(fremdrift, 1)
    billeder = vaerktoej.tegn(billede.data)
    _meld(fremdrift, 2)
    pdf = vaerktoej.saet(billede.data, billeder)
    _meld(fremdrift, 3)
    if problemer := vaerktoej.kontroller(pdf):
        raise Konflikt(
            "rapport_ikke_tilgaengelig", f"PDF-filen bestod ikke kontrollen og er ikke gemt: {' '.join(problemer)}"
        )
    with fremdrift.afslutning():
        rapport.oejebliksbillede = billede
        rapport.skabelon_version = rapporttype(rapport.type).skabelon_version
        rapport.biblioteker = vaerktoej.biblioteker()
        rapport.sider = vaerktoej.antal_sider(pdf)
        rapport.sha256 = kontrolsum(pdf)
        rapport.save(update_fields=["oejebliksbillede", "skabelon_version", "biblioteker", "sider", "sha256"])
        Rapportfil.objects.create(rapport=rapport, pdf=pdf)
        publicer("rapport.faerdig", "rapport", rapport.id)


def frys(rapport: Rapport) -> Oejebliksbillede:
    """Collect the data in one repeatable-read transaction, so that every figure is of the same instant, and keep it.

    When another attempt has frozen the report's data meanwhile, that snapshot is the one that counts.
    """
    type_, oejeblik = rapporttype(rapport.type), nu()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        version = Version.objects.select_related("aftale__kkr").get(pk=rapport.version_id)
        data = til_json(type_.saml(version, oejeblik))
    with transaction.atomic():
        raekke = (
            Rapport.objects.select_for_update(no_key=True, of=("self",))
            .select_related("oejebliksbillede")
            .get(pk=rapport.pk)
        )
        if raekke.oejebliksbillede is None:
            raekke.oejebliksbillede = Oejebliksbillede.objects.create(
                type=type_.noegle,
                skema_version=type_.skema_version,
                data=data,
                sha256=kontrolsum(data.encode()),
                datatidspunkt=oejeblik,
            )
            raekke.save(update_fields=["oejebliksbillede"])
        return raekke.oejebliksbillede


def _meld(fremdrift: Fremdrift, naaet: int) -> None:
    fremdrift.meld(TRIN[naaet], naaet, len(TRIN))
