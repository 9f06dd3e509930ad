"""The files of a hearing's answers over REST: handed out, and decided about by the secretariat's own systems."""

from typing import ClassVar
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.etag import kraev_set, liste_med_etag
from faelles.graenser import Graense
from faelles.idempotens import gentagelig
from faelles.krop import laes
from faelles.openapi import GENTAGELSE, IF_MATCH, IKKE_AENDRET, KONFLIKT, KUN_SET, PROBLEM, SIDER, en, liste
from rammeaftale.hoering import actions
from rammeaftale.hoering.api import Hoeringsressource, vis_filvurdering
from rammeaftale.hoering.apiformer import FilvurderingInd, FilvurderingUd
from rammeaftale.hoering.filadgang import egen_fil, synlig_fil
from rammeaftale.hoering.filer import INDHOLDSTYPE
from rammeaftale.hoering.regler import Filudfald
from rammeaftale.hoering.udlevering import Filformat, udlever
from rammeaftale.models import Hoeringsfilvurdering


class Fil(Hoeringsressource):
    """A file of an answer."""

    renderer_classes = [Filformat]
    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}
    graense = Graense.API_HENT

    @extend_schema(
        summary="En fil i et høringssvar",
        responses={(200, type_): OpenApiTypes.BINARY for type_ in INDHOLDSTYPE.values()} | PROBLEM,
    )
    def get(self, _request: Request, hoering_id: UUID, fil_id: UUID) -> HttpResponse:
        """A stranger's, as it came: see `gennemsoegt`, and never open it where it could do something. One whose `adgang` is `venter` is the secretariat's alone, and one that is `lukket` nobody's."""
        return udlever(synlig_fil(self.aktoer, fil_id, hoering_id))


class Filvurderinger(Hoeringsressource):
    """What the secretariat decides about a file."""

    kraever: ClassVar = {"GET": Rettighed.HOERINGER_SKRIV, "POST": Rettighed.HOERINGER_SKRIV}
    soegeord: ClassVar = SIDER

    def _alle(self, hoering_id: UUID, fil_id: UUID) -> list[Hoeringsfilvurdering]:
        vurderinger = egen_fil(self.aktoer, fil_id, hoering_id).vurderinger.select_related("registreret_af")
        return list(vurderinger.order_by("-registreret", "-id"))

    @extend_schema(summary="Vurderingerne af en fil i et høringssvar", responses=liste(FilvurderingUd) | IKKE_AENDRET)
    def get(self, request: Request, hoering_id: UUID, fil_id: UUID) -> Response:
        """Everything that has been decided about it, for the secretariat that holds the hearing; the first, which was registered last, counts."""
        return liste_med_etag(request, self._alle(hoering_id, fil_id), lambda v: str(v.pk), vis_filvurdering)

    @extend_schema(
        summary="Frigiv eller luk en fil i et høringssvar",
        request=FilvurderingInd,
        parameters=[GENTAGELSE, IF_MATCH],
        responses=en(FilvurderingUd, KONFLIKT, KUN_SET, status=201),
    )
    def post(self, request: Request, hoering_id: UUID, fil_id: UUID) -> Response:
        """The one registered last counts. Nobody is handed the content of a file that is closed."""
        ind = laes(FilvurderingInd, request)

        def vurder() -> Response:
            ny = actions.vurder_fil(
                aktoer=self.aktoer,
                fil_id=fil_id,
                hoering_id=hoering_id,
                udfald=Filudfald(ind["udfald"]),
                begrundelse=ind["begrundelse"],
                kraev_set=lambda: kraev_set(request, list(map(vis_filvurdering, self._alle(hoering_id, fil_id)))),
            )
            return Response(vis_filvurdering(ny), status=201)

        return gentagelig(request, self.aktoer.identitet, vurder)
