"""The operator confirms that places are right: what she was shown, all of it or nothing, and only as it was shown."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.tid import idag, nu
from tilbud.bekraeftelser.queries import egne_afdelinger, vises
from tilbud.models import Afdeling, Bekraeftelse, Plads, Tilbud

FLEST_NAEVNTE = 3  # departments named in a refusal; the rest is a number


def bekraeft_viste(*, aktoer: Aktoer, viste: Mapping[UUID, str]) -> list[Bekraeftelse]:
    """Confirm departments as they were shown: all of them or none. `viste` maps each to its fingerprint (`tryk`).

    Raises UgyldigtInput when there are none, IkkeFundet when one is not the actor's own or its offer has closed, and Konflikt `aendret_siden_vist` naming those
    whose places, claims, approvals or permissions are not as they were shown.
    """
    aktoer.kraev(Rettighed.PLADSER_BEKRAEFT, Funktion.DRIFTSHERRE)
    if not viste:
        raise UgyldigtInput("intet_at_bekraefte", "Der er ingen afdelinger at bekræfte.")
    with transaction.atomic():
        afdelinger = list(
            egne_afdelinger(aktoer, idag())
            .filter(pk__in=viste)
            .select_related("tilbud")
            .order_by("navn_sortering", "pk")
        )
        if len(afdelinger) != len(viste):
            raise ikke_fundet()
        laas_pladser(afdelinger)
        nu_ = vises({a.pk: a.tilbud_id for a in afdelinger}, nu())
        if aendrede := [a for a in afdelinger if nu_[a.pk].tryk != viste[a.pk]]:
            raise _aendret(aendrede)
        return gem(aktoer, afdelinger)


def laas_pladser(afdelinger: list[Afdeling]) -> None:
    """The locks of every new claim and every change of approvals: neither happens between the comparison and the confirmation."""
    tilbud = Tilbud.objects.select_for_update(no_key=True).filter(pk__in={a.tilbud_id for a in afdelinger})
    list(tilbud.order_by("pk").values_list("pk", flat=True))
    laaste = Plads.objects.select_for_update(no_key=True).filter(afdeling__in=afdelinger).order_by("pk")
    list(laaste.values_list("pk", flat=True))


def _aendret(afdelinger: list[Afdeling]) -> Konflikt:
    navne = [f"{a.tilbud}, {a}" for a in afdelinger[:FLEST_NAEVNTE]]
    rest = len(afdelinger) - len(navne)
    mere = f" og {rest} til" if rest else ""
    return Konflikt(
        "aendret_siden_vist",
        f"Pladserne er ændret, siden de blev vist: {'; '.join(navne)}{mere}. Intet er bekræftet. Se dem igennem, og bekræft igen.",
    )


def gem(aktoer: Aktoer, afdelinger: list[Afdeling]) -> list[Bekraeftelse]:
    """Write a confirmation of each, and the events; in the caller's transaction, with its checks made."""
    nye = Bekraeftelse.objects.bulk_create(
        Bekraeftelse(afdeling=a, organisation_id=aktoer.organisation_id, rolle_navn=aktoer.rolle_navn)
        for a in afdelinger
    )
    for afdeling in afdelinger:
        publicer("plads.bekraeftet", "afdeling", afdeling.id)
    return nye


def ikke_fundet() -> IkkeFundet:
    """The one answer for a department that is somebody else's and for one that is not there."""
    return IkkeFundet("afdeling_ikke_fundet", "Afdelingen findes ikke blandt jeres egne.")
