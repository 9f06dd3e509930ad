"""The keys there are figures for: how many live in each municipality, of all ages or some."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count

from faelles.fejl import UgyldigtInput
from kommuner.models import Folketal
from takster.finansiering.inddata import Fordelingsnoegle
from takster.finansiering.queries import kommunenavne

FOLKETAL = {
    "antal": "Indbyggere",
    "alder_0_17": "Indbyggere på 0-17 år",
    "alder_18_66": "Indbyggere på 18-66 år",
    "alder_67_plus": "Indbyggere på 67 år og derover",
}


def folketalsnoegler() -> list[tuple[str, str]]:
    """The years and ages there are figures for, as choices, the newest first: `2026:alder_0_17`."""
    aarene: Iterable[Any] = (
        Folketal.objects.values("aar")
        .annotate(**{f"n_{kolonne}": Count(kolonne) for kolonne in FOLKETAL})
        .order_by("-aar")
    )
    return [
        (f"{et['aar']}:{kolonne}", f"{navn}, 1. januar {et['aar']}")
        for et in aarene
        for kolonne, navn in FOLKETAL.items()
        if et[f"n_{kolonne}"]
    ]


def folketalsnoegle(valg: str, kommuner: Collection[str]) -> Fordelingsnoegle:
    """The figures of a choice for the municipalities. Raises UgyldigtInput naming those that have none."""
    aar, _, kolonne = valg.partition(":")
    tal = Folketal.objects.filter(aar=int(aar), kommune__in=kommuner, **{f"{kolonne}__gt": 0})
    raekker = list(tal.values_list("kommune_id", kolonne, "kilde"))
    uden = [navn for kode, navn in kommunenavne().items() if kode in {*kommuner} - {et[0] for et in raekker}]
    if uden:
        besked = f"Der er intet tal for {', '.join(uden)} {aar}. Vælg en anden nøgle, eller skriv jeres egne tal."
        raise UgyldigtInput("ugyldig_finansiering", besked, {"noegle": [besked]})
    maerker = ", ".join(sorted({et[2] for et in raekker}))
    return Fordelingsnoegle(
        navn=FOLKETAL[kolonne],
        dag=date(int(aar), 1, 1),
        kilde=f"Danmarks Statistik, FOLK1A ({maerker})",
        vaegte={kode: Decimal(antal) for kode, antal, _ in raekker},
    )
