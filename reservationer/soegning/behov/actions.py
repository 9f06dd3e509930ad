"""Logging a need nobody could meet, and withdrawing one that was logged by mistake."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet, Konflikt
from faelles.scope import saet_database_aktoer
from faelles.tid import idag, nu
from kommuner.models import Kommune
from kommuner.queries import kkr_for_kommune
from reservationer.soegning.behov.kodning import KodetBehov, kod
from reservationer.soegning.behov.optaelling import kan_traekkes
from reservationer.soegning.behov.queries import samme_i_kvartalet
from reservationer.soegning.kendte import kraev_kendte
from reservationer.soegning.kriterier import Kriterium
from reservationer.soegning.models import UdaekketBehov
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.queries import Soegesvar, soeg


def log_behov(*, aktoer: Aktoer, profil: Behovsprofil, nummer: int = 1) -> UdaekketBehov:
    """Log what the profile asks for as an unmet need of the actor's municipality, and give the one that stands.

    The same need in the same quarter is one, whoever logs it again; `nummer` 2 is another citizen's, and so on. No event is published: its time would tell what the suppressed counts do not. Raises Konflikt when the search finds a
    place that may be called free, and for somebody who acts for no municipality; UgyldigtInput for codes that do not exist.
    """
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
    kraev_kendte(profil, "Behovet kan ikke logges, før felterne er rettet.")
    with transaction.atomic():
        kommune = Kommune.objects.filter(organisation=aktoer.organisation_id).first()
        if kommune is None:
            raise Konflikt("kun_kommuner", "Kun en kommune kan logge et udækket behov.")
        dag = idag()
        kkr = kkr_for_kommune(kommune.pk, dag)
        kodet = kod(profil, hindringer(soeg(aktoer, profil, nu=nu())))
        saet_database_aktoer(aktoer)
        nyt = UdaekketBehov(
            organisation_id=aktoer.organisation_id,
            kkr=kkr,
            dato=dag,
            fingeraftryk=kodet.fingeraftryk,
            nummer=nummer,
            **_kolonner(kodet),
        )
        UdaekketBehov.objects.bulk_create([nyt], ignore_conflicts=True)
        return samme_i_kvartalet(aktoer, kodet, dag).get(nummer=nummer)


def traek_behov(*, aktoer: Aktoer, behov_id: UUID) -> UdaekketBehov:
    """Withdraw a need the actor's municipality logged by mistake; it is kept, but not counted.

    Raises IkkeFundet when it is another municipality's, and Konflikt: `behov_trukket` when it is withdrawn already,
    `behov_optalt` when its quarter is over.
    """
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
    with transaction.atomic():
        egne = UdaekketBehov.objects.synlige_for(aktoer)
        behov = egne.select_for_update(no_key=True).filter(pk=behov_id).first()
        if behov is None:
            raise IkkeFundet("behov_ikke_fundet", "Det udækkede behov findes ikke.")
        if behov.trukket is not None:
            raise Konflikt("behov_trukket", "Behovet er allerede trukket tilbage.")
        if not kan_traekkes(behov.dato, idag()):
            raise Konflikt("behov_optalt", "Behovets kvartal er slut og talt op, så det kan ikke trækkes tilbage.")
        behov.trukket = nu()
        behov.save(update_fields=["trukket"])
        return behov


def hindringer(svar: Soegesvar) -> tuple[Kriterium, ...]:
    """What stood in the way. Raises Konflikt when nothing did.

    Places nobody vouches for may not be called free: then it is the free place that was missing.
    """
    if svar.ledige:
        raise Konflikt(
            "soegning_har_fund",
            f"Søgningen finder {svar.ledige} {'afdeling' if svar.ledige == 1 else 'afdelinger'} med ledig plads, så behovet "
            "er ikke udækket. Skærp kravene, hvis ingen af dem kan bruges.",
        )
    if svar.resultater:
        return (Kriterium.LEDIG,)
    return svar.lempelse.kriterier if svar.lempelse else ()


def _kolonner(kodet: KodetBehov) -> dict[str, Any]:
    return {navn: list(vaerdi) if isinstance(vaerdi, tuple) else vaerdi for navn, vaerdi in asdict(kodet).items()}
