"""Taking out a body or a membership that was entered by mistake, while nothing builds on it; the trail keeps it, with why it went."""

from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from rammeaftale.models import Organ, Organbeslutning, Organmedlem
from rammeaftale.organer.actions import kraev, laas_medlem, laas_organ


def fjern_organ(*, aktoer: Aktoer, organ_id: UUID, begrundelse: str) -> None:
    """With its memberships. Raises IkkeFundet, UgyldigtInput without a reason, or Konflikt when it has meetings."""
    kraev(aktoer)
    with transaction.atomic():
        organ = laas_organ(aktoer, organ_id)
        hvorfor = _begrundelsen(begrundelse)
        if organ.moeder.exists():
            besked = f"{organ} har møder og kan ikke fjernes. Findes det ikke længere, så nedlæg det med en sidste dag."
            raise Konflikt("organ_har_moeder", besked)
        for medlem in organ.medlemmer.all():
            _fjern(medlem, hvorfor)
        _fjern(organ, hvorfor)


def fjern_medlem(*, aktoer: Aktoer, organ_id: UUID, organmedlem_id: UUID, begrundelse: str) -> None:
    """Raises IkkeFundet, UgyldigtInput without a reason, or Konflikt when the body has decided something in the member's days."""
    kraev(aktoer)
    with transaction.atomic():
        medlem = laas_medlem(aktoer, organmedlem_id)
        if medlem.organ_id != organ_id:
            raise IkkeFundet("organmedlem_ikke_fundet", "Medlemskabet findes ikke.")
        hvorfor = _begrundelsen(begrundelse)
        beslutninger = Organbeslutning.objects.filter(moede__organ=organ_id, moede__dato__contained_by=medlem.periode)
        if foerste := beslutninger.select_related("moede").order_by("moede__dato").first():
            besked = (
                f"Organet traf beslutninger den {foerste.moede.dato:%d.%m.%Y}, mens {medlem.organisation} stod som medlem, så "
                "medlemskabet kan ikke fjernes. Afslut det i stedet med den rigtige sidste dag."
            )
            raise Konflikt("organmedlem_var_med", besked)
        _fjern(medlem, hvorfor)


def _begrundelsen(begrundelse: str) -> str:
    felter = {} if begrundelse.strip() else {"begrundelse": ["Skriv hvorfor."]}
    if felter := felter | cpr_fejl(begrundelse=begrundelse):
        raise UgyldigtInput("ugyldig_fjernelse", "Det kan ikke fjernes, før felterne er rettet.", felter)
    return begrundelse.strip()


def _fjern(hvad: Organ | Organmedlem, begrundelse: str) -> None:
    hvad.begrundelse = begrundelse  # the trail keeps what the row said when it went
    hvad.save(update_fields=["begrundelse"])
    hvad.delete()
