"""Costs shared by a key, taken on their way as people do it."""

from datetime import date
from decimal import Decimal
from typing import Any

from faelles.aktoer import Aktoer
from kommuner.models import Folketal
from takster.finansiering import actions
from takster.finansiering.inddata import Fordelingsnoegle, Udkast
from takster.models import Finansiering, Finansieringsart
from tests import fabrik
from tests.takster.budget.situationer import oekonom
from tilbud.models import Tilbud

AAR = 2026


def noegle(**vaegte: str) -> Fordelingsnoegle:
    """Figures of municipalities by name; of three if none are given."""
    vaegte = vaegte or {"Gladsaxe": "15000", "Herlev": "6000", "Rødovre": "9000"}
    return Fordelingsnoegle(
        navn="Indbyggere på 0-17 år",
        dag=date(AAR - 1, 1, 1),
        kilde="Opdigtet til testen",
        vaegte={fabrik.kommune(navn).kommunekode: Decimal(tal) for navn, tal in vaegte.items()},
    )


def udkast(tilbud: Tilbud | None = None, **andet: Any) -> Udkast:
    """A million shared between three municipalities, for an offer of Gladsaxe's."""
    felter: dict[str, Any] = {
        "tilbud_id": (tilbud or fabrik.tilbud(i="Gladsaxe")).pk,
        "art": Finansieringsart.LOV,
        "navn": "Rådgivning om hjerneskade",
        "aar": AAR,
        "beloeb": Decimal("1000000.00"),
    }
    felter |= andet
    felter.setdefault("noegle", noegle())
    return Udkast(**felter)


def indsendt(tilbud: Tilbud | None = None, *, af: Aktoer | None = None, **andet: Any) -> Finansiering:
    """One that waits."""
    return actions.foreslaa(aktoer=af or oekonom(), udkast=udkast(tilbud, **andet))


def anden(en: Finansiering) -> Aktoer:
    """The second person: a leader of the operator's."""
    return fabrik.aktoer(fabrik.Rolle.TILBUDSLEDER, fabrik.Organisation.objects.get(pk=en.driftsherre_id))


def udgivet(en: Finansiering) -> Finansiering:
    """Published by the second person."""
    return actions.godkend(aktoer=anden(en), finansiering_id=en.pk)


def offentliggjort(tilbud: Tilbud | None = None, **andet: Any) -> Finansiering:
    """A published one."""
    return udgivet(indsendt(tilbud, **andet))


def folketal(navn: str, antal: int, boern: int | None = None, aar: int = AAR) -> Folketal:
    """The inhabitants of a municipality on 1 January."""
    return Folketal.objects.create(kommune=fabrik.kommune(navn), aar=aar, antal=antal, alder_0_17=boern, kilde="S1")
