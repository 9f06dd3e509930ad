"""The start page of those who manage people: proposals that wait for a second person."""

from faelles.aktoer import Aktoer, Rettighed
from faelles.startside import Panel, panel
from faelles.tid import idag, nu
from kommuner.models import Organisation
from kommuner.personer.maal import Maal, hjaelpes_af
from kommuner.personer.queries import aabne_forslag, aabne_invitationer


@panel(10)
def egne_personer(aktoer: Aktoer) -> Panel | None:
    """An administrator's way to her people, and what waits there."""
    if not aktoer.maa(Rettighed.PERSONER_STYR):
        return None
    organisation = Organisation.objects.get(pk=aktoer.organisation_id)
    data = {
        "organisation": organisation,
        "forslag": list(aabne_forslag(aktoer, [organisation.pk])),
        "invitationer": aabne_invitationer(aktoer, Maal(organisation, hjaelp=False), nu()),
    }
    return Panel("personer/_panel_egne.html", data)


@panel(40)
def hjaelp_til_andre(aktoer: Aktoer) -> Panel | None:
    """What waits for the secretariat in the organisations it helps; nothing waits, nothing is shown."""
    if not aktoer.maa(Rettighed.PERSONER_HJAELP):
        return None
    organisationer = list(hjaelpes_af(aktoer.organisation_id, idag()).values_list("pk", flat=True))
    forslag = list(aabne_forslag(aktoer, organisationer))
    return Panel("personer/_panel_hjaelp.html", {"forslag": forslag}) if forslag else None
