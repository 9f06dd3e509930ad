"""What may be ordered, and of what: the form offers it, and the action takes it."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IngenAdgang, Konflikt
from kommuner.models import Kommune
from rammeaftale.models import Part, Rammeaftale, Version
from rammeaftale.querysets import har_ikke_forladt
from rammeaftale.rapporter.register import RAPPORTTYPER, Rapporttype


def kommuner_i_aftalen(*aftaler: Rammeaftale) -> QuerySet[Kommune]:
    """The municipalities that are, or are to be, party to the agreements, in Danish order."""
    parter = Part.objects.filter(har_ikke_forladt(), aftale__in=aftaler)
    return Kommune.objects.filter(organisation__in=parter.values("organisation")).defer("graense")


def bestillelige(aktoer: Aktoer) -> QuerySet[Rammeaftale]:
    """The agreements whose reports are the actor's to order: those its secretariat keeps, or its municipality is, or is to be, party to."""
    if aktoer.funktion is Funktion.SEKRETARIAT:
        return Rammeaftale.objects.filter(kkr__sekretariat=aktoer.organisation_id)
    if aktoer.funktion is Funktion.MYNDIGHED:
        parter = Part.objects.filter(har_ikke_forladt(), aftale=OuterRef("pk"), organisation=aktoer.organisation_id)
        return Rammeaftale.objects.filter(Exists(parter))
    return Rammeaftale.objects.none()


def som_sekretariat(aftale: Rammeaftale, identitet: str) -> Aktoer:
    """The agreement's secretariat, as the platform orders for it; `identitet` is who is told. Raises Konflikt when it has none."""
    sekretariat = aftale.kkr.sekretariat
    if sekretariat is None:
        raise Konflikt("intet_sekretariat", f"{aftale.kkr} har intet sekretariat, der kan bestille rapporten.")
    return Aktoer(
        organisation_id=sekretariat.id,
        organisation_navn=sekretariat.navn,
        funktion=Funktion.SEKRETARIAT,
        rettigheder=frozenset({Rettighed.RAPPORTER_BESTIL}),
        identitet=identitet,
        rolle_navn="System",
    )


def kraev_maa_bestille(aktoer: Aktoer, type_: Rapporttype) -> None:
    """A municipality orders only what is about itself, and only who may see its stays: nothing is hidden in that."""
    if not type_.om_kommune or aktoer.funktion is not Funktion.MYNDIGHED:
        aktoer.kraev(Rettighed.RAPPORTER_BESTIL, Funktion.SEKRETARIAT)
        return
    aktoer.kraev(Rettighed.RAPPORTER_BESTIL)
    aktoer.kraev(Rettighed.RESERVATIONER_LAES)


def bestilling(aktoer: Aktoer) -> dict[str, Any]:
    """What the order forms offer: agreements with a version, the types about a whole one, those about a municipality, and which ones."""
    typer = [type_ for type_ in RAPPORTTYPER.values() if _maa_bestille(aktoer, type_)]
    versioner = Version.objects.filter(aftale=OuterRef("pk"))
    aftaler = list(bestillelige(aktoer).filter(Exists(versioner))) if typer else []
    om_sig_selv = aktoer.funktion is Funktion.MYNDIGHED
    kommuner = [] if om_sig_selv or not aftaler else list(kommuner_i_aftalen(*aftaler))
    return {
        "aftaler": aftaler,
        "typer": [type_ for type_ in typer if not type_.om_kommune],
        "kommunetyper": [type_ for type_ in typer if type_.om_kommune and (om_sig_selv or kommuner)],
        "kommuner": kommuner,
    }


def _maa_bestille(aktoer: Aktoer, type_: Rapporttype) -> bool:
    try:
        kraev_maa_bestille(aktoer, type_)
    except IngenAdgang:
        return False
    return True
