"""Central calls over REST: registered by the secretariat's own systems, answered by the municipalities', read by all parties."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.etag import kraev_set, med_etag, rettet
from faelles.idempotens import gentagelig
from faelles.krop import laes
from faelles.openapi import GENTAGELSE, IF_MATCH, IKKE_AENDRET, KONFLIKT, KUN_SET, PROBLEM, SIDER, en, liste
from faelles.sider import liste_side
from faelles.tid import idag
from kommuner.api_base import Ressource
from rammeaftale.models import Rammeaftale, Udmelding, Udmeldingsfaktum
from rammeaftale.udmeldinger import actions
from rammeaftale.udmeldinger.apiformer import (
    AnnulleringInd,
    EnUdmeldingUd,
    HaendelseInd,
    UdmeldingInd,
    UdmeldingssvarInd,
    UdmeldingssvarUd,
    UdmeldingUd,
    vis_en_udmelding,
    vis_svar,
    vis_udmelding,
)
from rammeaftale.udmeldinger.queries import synlige, vis
from rammeaftale.udmeldinger.regler import Udmeldingsart
from rammeaftale.udmeldinger.svarene import Svaroversigt, svaroversigt


class _Udmelding(Ressource):
    """What resources of a call share: what is not visible does not exist, and no copy of the municipalities' counts is kept."""

    gemmes = "private, no-store"

    def _synlig(self, udmelding_id: UUID) -> Udmelding:
        fundet = synlige(self.aktoer).select_related("aftale__kkr").filter(pk=udmelding_id).first()
        if fundet is None:
            raise Http404
        return fundet

    def _en(self, udmelding_id: UUID) -> dict[str, Any]:
        aftale = self._synlig(udmelding_id).aftale
        (visning,) = vis(aftale, Udmelding.objects.filter(pk=udmelding_id), idag())
        return vis_en_udmelding(visning)

    def _oversigt(self, udmelding_id: UUID) -> Svaroversigt:
        return svaroversigt(self.aktoer, self._synlig(udmelding_id), idag())

    def _svar(self, udmelding_id: UUID, part_id: UUID) -> dict[str, Any]:
        oversigt = self._oversigt(udmelding_id)
        for svar in oversigt.svar:
            if svar.part.pk == part_id:
                return vis_svar(svar, oversigt.kilde)
        raise Http404


class Udmeldinger(_Udmelding):
    """The central calls of one agreement."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES, "POST": Rettighed.UDMELDINGER_SKRIV}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="En rammeaftales centrale udmeldinger", responses=liste(UdmeldingUd))
    def get(self, request: Request, aftale_id: UUID) -> Response:
        """Where each stands today."""
        aftale = Rammeaftale.objects.synlige_for(self.aktoer).filter(pk=aftale_id).first()
        if aftale is None:
            raise Http404
        visninger = vis(aftale, aftale.udmeldinger.all(), idag())
        return liste_side(request, visninger, lambda v: str(v.udmelding.pk), vis_udmelding)

    @extend_schema(
        summary="Registrér en central udmelding",
        request=UdmeldingInd,
        parameters=[GENTAGELSE],
        responses=en(EnUdmeldingUd, KONFLIKT, status=201),
    )
    def post(self, request: Request, aftale_id: UUID) -> Response:
        """All the agreement's municipalities can answer from now on."""
        indhold = _indhold(laes(UdmeldingInd, request))

        def opret() -> Response:
            ny = actions.opret(aktoer=self.aktoer, aftale_id=aftale_id, indhold=indhold)
            return Response(self._en(ny.pk), status=201, headers={"Location": f"/api/v1/udmeldinger/{ny.pk}"})

        return gentagelig(request, self.aktoer.identitet, opret)


def _indhold(data: Mapping[str, Any]) -> actions.Udmeldingsindhold:
    return actions.Udmeldingsindhold(
        titel=data["titel"],
        beskrivelse=data["beskrivelse"],
        maalgruppe_id=data["maalgruppeId"],
        modtaget=data["modtaget"],
        svarfrist=data["svarfrist"],
        kilde_url=data["kildeUrl"],
        paamind_dage=data["paamindDage"],
    )


class EnUdmelding(_Udmelding):
    """One central call."""

    kraever: ClassVar = {
        "GET": Rettighed.RAMMEAFTALER_LAES,
        "PUT": Rettighed.UDMELDINGER_SKRIV,
        "DELETE": Rettighed.UDMELDINGER_SKRIV,
    }

    @extend_schema(summary="En central udmelding", responses=en(EnUdmeldingUd, IKKE_AENDRET))
    def get(self, request: Request, udmelding_id: UUID) -> Response:
        """With what happened with it, in the order it was registered."""
        return med_etag(request, self._en(udmelding_id))

    @extend_schema(
        summary="Ret en central udmelding",
        request=UdmeldingInd,
        parameters=[IF_MATCH],
        responses=en(EnUdmeldingUd, KONFLIKT, KUN_SET),
    )
    def put(self, request: Request, udmelding_id: UUID) -> Response:
        """What it says; what happened with it is registered for itself."""
        actions.ret(
            aktoer=self.aktoer,
            udmelding_id=udmelding_id,
            indhold=_indhold(laes(UdmeldingInd, request)),
            kraev_set=lambda: kraev_set(request, self._en(udmelding_id)),
        )
        return rettet(self._en(udmelding_id))

    @extend_schema(summary="Fjern en central udmelding", responses={204: None, **PROBLEM, **KONFLIKT})
    def delete(self, _request: Request, udmelding_id: UUID) -> Response:
        """While nobody has answered it and nothing has happened with it; else it is annulled."""
        actions.slet(aktoer=self.aktoer, udmelding_id=udmelding_id)
        return Response(status=204)


class Annulleringer(_Udmelding):
    """Taking back a call that was registered by mistake."""

    kraever: ClassVar = {"POST": Rettighed.UDMELDINGER_SKRIV}

    @extend_schema(
        summary="Annullér en central udmelding",
        request=AnnulleringInd,
        parameters=[GENTAGELSE],
        responses=en(EnUdmeldingUd, KONFLIKT, status=201),
    )
    def post(self, request: Request, udmelding_id: UUID) -> Response:
        """It stands with the reason and the answers, and nobody owes it anything."""
        begrundelse = laes(AnnulleringInd, request)["begrundelse"]

        def annuller() -> Response:
            actions.annuller(aktoer=self.aktoer, udmelding_id=udmelding_id, begrundelse=begrundelse)
            return Response(self._en(udmelding_id), status=201)

        return gentagelig(request, self.aktoer.identitet, annuller)


class Svarene(_Udmelding):
    """The municipalities' answers."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Kommunernes svar på en udmelding", responses=liste(UdmeldingssvarUd))
    def get(self, request: Request, udmelding_id: UUID) -> Response:
        """Every municipality in Danish order, also those that have not answered; counts are hidden as on the page."""
        oversigt = self._oversigt(udmelding_id)
        return liste_side(request, oversigt.svar, lambda s: str(s.part.pk), lambda s: vis_svar(s, oversigt.kilde))


class EtSvar(_Udmelding):
    """The answer of one municipality."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES, "PUT": Rettighed.UDMELDINGER_SKRIV}

    @extend_schema(summary="En kommunes svar på en udmelding", responses=en(UdmeldingssvarUd, IKKE_AENDRET))
    def get(self, request: Request, udmelding_id: UUID, part_id: UUID) -> Response:
        """The last one, or that there is none."""
        return med_etag(request, self._svar(udmelding_id, part_id))

    @extend_schema(
        summary="Svar på en udmelding",
        request=UdmeldingssvarInd,
        parameters=[IF_MATCH],
        responses=en(UdmeldingssvarUd, KONFLIKT, KUN_SET),
    )
    def put(self, request: Request, udmelding_id: UUID, part_id: UUID) -> Response:
        """For the client's own municipality, or as the agreement's secretariat, until the joint report is sent."""
        data = laes(UdmeldingssvarInd, request)
        actions.svar(
            aktoer=self.aktoer,
            udmelding_id=udmelding_id,
            part_id=part_id,
            indhold=actions.Svarindhold(
                data["antalBorgere"], data["tilbud"], data["viden"], data["mangler"], data["plan"]
            ),
            kraev_set=lambda: kraev_set(request, self._svar(udmelding_id, part_id)),
        )
        return rettet(self._svar(udmelding_id, part_id))


class Haendelser(_Udmelding):
    """What happens with a call."""

    kraever: ClassVar = {"POST": Rettighed.UDMELDINGER_SKRIV}

    @extend_schema(
        summary="Registrér, hvad der er sket med en udmelding",
        request=HaendelseInd,
        parameters=[GENTAGELSE],
        responses=en(EnUdmeldingUd, KONFLIKT, status=201),
    )
    def post(self, request: Request, udmelding_id: UUID) -> Response:
        """That the joint report is sent, that renewed treatment is asked for, or an order to keep an offer open."""
        data = laes(HaendelseInd, request)
        indhold = actions.Faktumindhold(
            art=Udmeldingsart(data["art"]),
            dato=data["dato"],
            tilbud_id=data["tilbudId"],
            sidste_dag=data["sidsteDag"],
            tekst=data["tekst"],
            url=data["url"],
            svarfrist=data["svarfrist"],
        )

        def registrer() -> Response:
            actions.registrer_faktum(aktoer=self.aktoer, udmelding_id=udmelding_id, indhold=indhold)
            return Response(self._en(udmelding_id), status=201)

        return gentagelig(request, self.aktoer.identitet, registrer)


class Haendelsesannulleringer(_Udmelding):
    """Taking back what was registered by mistake."""

    kraever: ClassVar = {"POST": Rettighed.UDMELDINGER_SKRIV}

    @extend_schema(
        summary="Annullér en hændelse i en udmelding",
        request=AnnulleringInd,
        parameters=[GENTAGELSE],
        responses=en(EnUdmeldingUd, KONFLIKT, status=201),
    )
    def post(self, request: Request, faktum_id: UUID) -> Response:
        """It is kept with the reason, and counts no more."""
        begrundelse = laes(AnnulleringInd, request)["begrundelse"]

        def annuller() -> Response:
            actions.annuller_faktum(aktoer=self.aktoer, faktum_id=faktum_id, begrundelse=begrundelse)
            return Response(self._en(Udmeldingsfaktum.objects.get(pk=faktum_id).udmelding_id), status=201)

        return gentagelig(request, self.aktoer.identitet, annuller)
