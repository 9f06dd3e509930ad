"""What the secretariat does with the remarks of a hearing over REST: read by the parties, registered by its own systems."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.etag import kraev_set, liste_med_etag
from faelles.idempotens import gentagelig
from faelles.krop import laes
from faelles.openapi import GENTAGELSE, IF_MATCH, IKKE_AENDRET, KONFLIKT, KUN_SET, SIDER, en, liste
from rammeaftale.hoering import actions, queries
from rammeaftale.hoering.api import Hoeringsressource, vis_behandling
from rammeaftale.hoering.apiformer import BehandlingInd, BehandlingUd
from rammeaftale.hoering.regler import Behandlingsudfald
from rammeaftale.models import Hoeringsbehandling


class Behandlinger(Hoeringsressource):
    """What the secretariat does with remarks."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES, "POST": Rettighed.HOERINGER_SKRIV}
    soegeord: ClassVar = SIDER

    def _alle(self, hoering_id: UUID, bemaerkning_id: UUID) -> list[Hoeringsbehandling]:
        bemaerkning = queries.synlig_bemaerkning(self.aktoer, bemaerkning_id, hoering_id)
        alle = bemaerkning.behandlinger.select_related("version", "registreret_af")
        return list(alle.order_by("-registreret", "-id"))

    @extend_schema(summary="Behandlingerne af en bemærkning", responses=liste(BehandlingUd) | IKKE_AENDRET)
    def get(self, request: Request, hoering_id: UUID, bemaerkning_id: UUID) -> Response:
        """Everything that has been done with it, and when; the first, which was registered last, counts."""
        return liste_med_etag(request, self._alle(hoering_id, bemaerkning_id), lambda b: str(b.pk), vis_behandling)

    @extend_schema(
        summary="Behandl en bemærkning",
        request=BehandlingInd,
        parameters=[GENTAGELSE, IF_MATCH],
        responses=en(BehandlingUd, KONFLIKT, KUN_SET, status=201),
    )
    def post(self, request: Request, hoering_id: UUID, bemaerkning_id: UUID) -> Response:
        """The one registered last counts."""
        ind = laes(BehandlingInd, request)

        def behandl() -> Response:
            ny = actions.behandl(
                aktoer=self.aktoer,
                bemaerkning_id=bemaerkning_id,
                hoering_id=hoering_id,
                udfald=Behandlingsudfald(ind["udfald"]),
                version=ind["version"],
                begrundelse=ind["begrundelse"],
                kraev_set=lambda: kraev_set(request, list(map(vis_behandling, self._alle(hoering_id, bemaerkning_id)))),
            )
            return Response(vis_behandling(ny), status=201)

        return gentagelig(request, self.aktoer.identitet, behandl)
