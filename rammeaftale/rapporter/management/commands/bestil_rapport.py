"""`manage.py bestil_rapport TYPE --aftale SLUG [--kommune KODE] [--vent] [--ud FIL]`: a report through the queue, as the secretariat orders it."""

import time
from argparse import ArgumentParser
from itertools import chain
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from faelles.fejl import DomaeneFejl
from faelles.models import Job, JobStatus
from rammeaftale.models import Rammeaftale
from rammeaftale.rapporter import filer
from rammeaftale.rapporter.actions import bestil_rapport
from rammeaftale.rapporter.bestilling import som_sekretariat
from rammeaftale.rapporter.models import Rapport, Rapportfil
from rammeaftale.rapporter.register import RAPPORTTYPER

MELLEM_KIG = 0.5  # seconds


class Command(BaseCommand):
    """Orders a report and, if asked, waits for it. Exit code 0 only when what was asked for is there."""

    help = "Bestil en rapport om en rammeaftale."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """As the module's first line says."""
        parser.add_argument("type", help=f"rapporttype: {', '.join(RAPPORTTYPER)}")
        parser.add_argument("--aftale", required=True, help="aftalens slug, fx hovedstaden-2025-2026")
        parser.add_argument("--kommune", default="", help="kommunekoden, når typen er om én kommune, fx 0175")
        parser.add_argument("--vent", action="store_true", help="vent, til rapporten er færdig")
        parser.add_argument("--ud", type=Path, help="skriv PDF-filen her (venter også)")
        parser.add_argument("--frist", type=int, default=600, help="vent højst så mange sekunder (600)")

    def handle(self, *_args: object, **valg: object) -> None:
        """Order, wait, write."""
        self.stderr.style_func = None  # progress is not an error, so not red
        try:
            rapport = _bestil(str(valg["type"]), str(valg["aftale"]), str(valg["kommune"]))
        except DomaeneFejl as fejl:
            raise CommandError(" ".join([fejl.besked, *chain.from_iterable(fejl.felter.values())])) from fejl
        self.stderr.write(f"Rapport {rapport.id} er bestilt.")
        ud = valg["ud"]
        if valg["vent"] or ud:
            self._vent(rapport, int(str(valg["frist"])))
        if isinstance(ud, Path):
            self._skriv(rapport, ud)

    def _vent(self, rapport: Rapport, frist: int) -> None:
        """Say each new stage. Raises CommandError when the report fails, is cancelled or takes too long."""
        sidst, slut = "", time.monotonic() + frist
        while True:
            job = Job.objects.get(pk=rapport.job_id)
            stand = _stand(job)
            if stand != sidst:
                self.stderr.write(f"  {stand}")
                sidst = stand
            if job.status == JobStatus.FAERDIG:
                return
            if job.er_slut:
                raise CommandError(job.fejl or f"Rapporten blev ikke lavet: {job.get_status_display().lower()}.")
            if time.monotonic() > slut:
                raise CommandError(
                    f"Rapporten er ikke færdig efter {frist} sekunder. Kører der en worker på køen »rapport«?"
                )
            time.sleep(MELLEM_KIG)

    def _skriv(self, rapport: Rapport, ud: Path) -> None:
        try:
            ud.parent.mkdir(parents=True, exist_ok=True)
            ud.write_bytes(filer.laes(Rapportfil.objects.select_related("rapport").get(rapport=rapport)))
        except OSError as fejl:
            raise CommandError(f"Kan ikke skrive {ud}: {fejl.strerror}.") from fejl
        self.stderr.write(f"PDF: {ud}")


def _bestil(type_: str, slug: str, kommunekode: str) -> Rapport:
    aftale = Rammeaftale.objects.filter(slug=slug).select_related("kkr__sekretariat").first()
    if aftale is None:
        kendte = ", ".join(Rammeaftale.objects.order_by("slug").values_list("slug", flat=True)) or "ingen"
        raise CommandError(f"Rammeaftalen »{slug}« findes ikke. Kendte aftaler: {kendte}.")
    aktoer = som_sekretariat(aftale, "system:bestil_rapport")
    return bestil_rapport(aktoer=aktoer, aftale_id=aftale.id, type_=type_, kommunekode=kommunekode)


def _stand(job: Job) -> str:
    if job.status != JobStatus.I_GANG or not job.trin:
        return job.get_status_display()
    return f"{job.trin} ({job.naaet} af {job.i_alt})" if job.i_alt else job.trin
