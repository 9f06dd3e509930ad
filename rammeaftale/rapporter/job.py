"""The job that makes a report: data, drawings, chapters, merge, check, store.

Restarted, it goes on from the snapshot it has frozen and the chapters that are finished already.
"""

from functools import partial
from typing import Any

from django.db import connection, transaction

from faelles.fejl import DomaeneFejl, Konflikt
from faelles.haendelser import publicer
from faelles.job import MASKINRUM, Fremdrift, jobtype
from faelles.scope import som_systemet
from faelles.tid import nu
from rammeaftale.rapporter import breve, filer, kapitler, tekster
from rammeaftale.rapporter.kanonisk import kontrolsum, til_json
from rammeaftale.rapporter.models import Oejebliksbillede, Rapport, Rapportfil, Udgivelse
from rammeaftale.rapporter.register import fremstiller, rapporttype

JOBTYPE = "rapport"
FOER, EFTER = 2, 3  # steps before the chapters and after them


@jobtype(JOBTYPE, koe="rapport")
def lav_rapport(fremdrift: Fremdrift, parametre: dict[str, Any]) -> None:
    """Make the PDF of an ordered report and store it; a final is published by the same transaction.

    Raises DomaeneFejl, and tells the one who ordered, when chapters cannot be set, the PDF is not accessible or cannot be stored.
    """
    with som_systemet(MASKINRUM):
        rapport = Rapport.objects.select_related("oejebliksbillede", "job", "version__aftale", "kommune").get(
            pk=parametre["rapport_id"]
        )
    try:
        billede, pdf, filnavn = _lav(fremdrift, rapport)
    except DomaeneFejl as fejl:
        breve.fejlet(rapport, fejl.besked)
        raise
    vaerktoej = fremstiller(rapport.type)
    with fremdrift.afslutning(), som_systemet(MASKINRUM):
        rapport.oejebliksbillede = billede
        rapport.skabelon_version = rapporttype(rapport.type).skabelon_version
        rapport.biblioteker = vaerktoej.biblioteker()
        rapport.sider = vaerktoej.antal_sider(pdf)
        rapport.sha256 = kontrolsum(pdf)
        rapport.save(update_fields=["oejebliksbillede", "skabelon_version", "biblioteker", "sider", "sha256"])
        Rapportfil.objects.create(rapport=rapport, navn=filnavn)
        rapport.kapitler.all().delete()
        if rapport.nummer is not None:
            Udgivelse.objects.create(
                rapport=rapport, aftale=rapport.version.aftale, type=rapport.type, nummer=rapport.nummer
            )
            publicer("rapport.udgivet", "rapport", rapport.id)
        publicer("rapport.faerdig", "rapport", rapport.id)
        transaction.on_commit(partial(breve.faerdig, rapport), robust=True)


def _lav(fremdrift: Fremdrift, rapport: Rapport) -> tuple[Oejebliksbillede, bytes, str]:
    """Data, drawings, chapters, merge, check, store; gives the name of the stored PDF too. The database is touched between the long steps only, so that they can be stopped."""
    vaerktoej = fremstiller(rapport.type)
    fremdrift.meld("Samler data", 0, 0)  # how many chapters there are is not known yet
    billede = rapport.oejebliksbillede or frys(rapport)
    manuskript = tekster.manuskript(rapporttype(rapport.type), billede, rapport.nummer)
    fremdrift.meld("Tegner figurer", 0, 0)
    with fremdrift.langt_trin():
        udkast = vaerktoej.opdel(billede.data, vaerktoej.tegn(billede.data), manuskript)
        i_alt = FOER + len(udkast.kapitler) + EFTER
    kapitler.skriv(rapport, udkast.kapitler)
    dele = kapitler.saet_alle(
        fremdrift, rapport, lambda faerdige: fremdrift.meld("Sætter kapitler", FOER + faerdige, i_alt)
    )
    fremdrift.meld("Fletter kapitler", i_alt - 3, i_alt)
    with fremdrift.langt_trin():
        pdf = udkast.flet(dele)
    fremdrift.meld("Kontrollerer PDF", i_alt - 2, i_alt)
    with fremdrift.langt_trin():
        problemer = vaerktoej.kontroller(pdf)
    if problemer:
        raise Konflikt(
            "rapport_ikke_tilgaengelig", f"PDF-filen bestod ikke kontrollen og er ikke gemt: {' '.join(problemer)}"
        )
    fremdrift.meld("Gemmer PDF", i_alt - 1, i_alt)
    with fremdrift.langt_trin():
        return billede, pdf, filer.gem(pdf)


def frys(rapport: Rapport) -> Oejebliksbillede:
    """Collect the data and the chapters' texts in one repeatable-read transaction, so that every figure is of the same instant, and keep it.

    When another attempt has frozen the report's data meanwhile, that snapshot is the one that counts.
    """
    type_, oejeblik = rapporttype(rapport.type), nu()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        emne = Rapport.objects.select_related("version__aftale__kkr", "kommune__organisation").get(pk=rapport.pk).emne
        data = til_json(type_.saml(emne, oejeblik))
        skrevet = tekster.skrevne(emne.version.aftale_id, type_.noegle)
    with som_systemet(MASKINRUM):
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
                tekster=til_json({kapitel: en.tekst for kapitel, en in skrevet.items() if en.tekst}),
                sha256=kontrolsum(data.encode()),
                datatidspunkt=oejeblik,
                ejer=raekke.ejer,
            )
            raekke.save(update_fields=["oejebliksbillede"])
        return raekke.oejebliksbillede
