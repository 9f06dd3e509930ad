"""The figures behind a report, and how they differ from another's, over REST."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.openapi import KONFLIKT, SIDER, liste
from faelles.sider import liste_side
from kommuner.api_base import Ressource
from rammeaftale.rapporter.apiformer import ForskelUd, RapporttalUd
from rammeaftale.rapporter.forskelle import Enlig, Postforskel
from rammeaftale.rapporter.poster import Post, Vaerdi, vis
from rammeaftale.rapporter.queries import forskelle_mellem, poster, synlig


class Rapporttal(Ressource):
    """Where each figure of a report comes from."""

    kraever: ClassVar = {"GET": Rettighed.RAPPORTER_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Tallene bag en rapport", responses=liste(RapporttalUd) | KONFLIKT)
    def get(self, request: Request, rapport_id: UUID) -> Response:
        """The rows of every table and drawing there is something in, in the order of the report."""
        return liste_side(request, vis(poster(synlig(self.aktoer, rapport_id))), lambda post: post.id, _vis_post)


class Forskelle(Ressource):
    """What is different in a report from another of its type."""

    kraever: ClassVar = {"GET": Rettighed.RAPPORTER_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Forskelle mellem to rapporter", responses=liste(ForskelUd) | KONFLIKT)
    def get(self, request: Request, rapport_id: UUID, foer_id: UUID) -> Response:
        """The tables and drawings that are not the same, in the order of the report."""
        alle = forskelle_mellem(synlig(self.aktoer, foer_id), synlig(self.aktoer, rapport_id))
        andre = [forskel for forskel in alle if not forskel.er_ens]
        return liste_side(request, andre, lambda forskel: forskel.post.id, _vis)


def _vis_post(post: Post) -> dict[str, Any]:
    return {
        "kode": post.id,
        "titel": post.titel,
        "kilde": post.kilde,
        "kolonner": list(post.kolonner),
        "raekker": [[_tekst(vaerdi) for vaerdi in raekke] for raekke in post.raekker],
    }


def _vis(forskel: Postforskel) -> dict[str, Any]:
    return {
        "kode": forskel.post.id,
        "titel": forskel.post.titel,
        "kilde": forskel.post.kilde,
        "nye": _enlige(forskel.nye),
        "udgaaede": _enlige(forskel.udgaaede),
        "aendringer": [
            {
                "raekke": aendring.raekke,
                "kolonne": aendring.kolonne,
                "foer": _tekst(aendring.foer),
                "efter": _tekst(aendring.efter),
                "forskel": _tekst(aendring.forskel),
            }
            for aendring in forskel.aendringer
        ],
        "kunFoer": list(forskel.kun_foer),
        "kunEfter": list(forskel.kun_efter),
    }


def _enlige(raekker: Sequence[Enlig]) -> list[dict[str, Any]]:
    return [
        {
            "raekke": enlig.raekke,
            "vaerdier": [{"kolonne": kolonne, "vaerdi": _tekst(vaerdi)} for kolonne, vaerdi in enlig.vaerdier],
        }
        for enlig in raekker
    ]


def _tekst(vaerdi: Vaerdi) -> str | None:
    if isinstance(vaerdi, Decimal):
        return format(vaerdi, "f")
    if isinstance(vaerdi, date):
        return vaerdi.isoformat()
    return None if vaerdi is None else str(vaerdi)
