"""From what the operator writes and the terms in force to the engine's inputs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from takster import vilkaarsinddata
from takster.beregning.finansiering import Noegletal, ObjektivFinansiering, objektiv_fordeling
from takster.beregning.tal import uden_nuller
from vilkaar.queries import GaeldendeVilkaar


@dataclass(frozen=True, slots=True)
class Fordelingsnoegle:
    """What is counted, on which day and by whom, and each municipality's figure by its kommunekode."""

    navn: str
    dag: date
    kilde: str
    vaegte: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Udkast:
    """A year's cost (kr.) and the key it is shared by; `andre` are further offers of the operator's it pays for."""

    tilbud_id: UUID
    art: str
    navn: str
    aar: int
    beloeb: Decimal
    noegle: Fordelingsnoegle
    andre: Collection[UUID] = ()
    begrundelse: str = ""


def finansiering(udkast: Udkast, vilkaar: GaeldendeVilkaar) -> ObjektivFinansiering:
    """The amount, the key and the agreement's rounding. Raises UgyldigtInput by the engine's fields."""
    return ObjektivFinansiering(
        beloeb=udkast.beloeb,
        noegler=tuple(
            Noegletal(part=kode, vaegt=uden_nuller(vaegt)) for kode, vaegt in sorted(udkast.noegle.vaegte.items())
        ),
        afrunding=vilkaarsinddata.afrunding(vilkaar),
        vilkaarssaet=vilkaarsinddata.reference(vilkaar),
    )


def genberegn(beregning: Mapping[str, Any]) -> Mapping[str, Any]:
    """A stored calculation computed again from its inputs. Raises UgyldigtInput when they can no longer be read."""
    return objektiv_fordeling(ObjektivFinansiering.af_json(beregning["inddata"])).som_json()
