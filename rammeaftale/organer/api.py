"""The bodies and their members over REST."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.etag import med_etag
from faelles.krop import Krop, laes
from faelles.openapi import IKKE_AENDRET, KONFLIKT, PROBLEM, SIDER, en, liste
from faelles.sider import liste_side
from faelles.tid import Periode
from kommuner.api_base import Ressource
from rammeaftale.models import Organ, Organmedlem
from rammeaftale.organer import fjernelse
from rammeaftale.organer.queries import i_orden, med_medlemmer
from rammeaftale.organer.regler import Hverv, Organart


class OrganUd(serializers.Serializer[Any]):
    """A body of a KKR in the period it exists."""

    id = serializers.UUIDField()
    art = serializers.ChoiceField(choices=[art.value for art in Organart])
    navn = serializers.CharField()
    opgave = serializers.CharField(allow_blank=True)
    kkr = serializers.CharField()
    fra = serializers.DateField()
    til = serializers.DateField(allow_null=True)
    demo = serializers.BooleanField()


class OrganmedlemUd(serializers.Serializer[Any]):
    """What an organisation is in a body in a period; persons are not registered."""

    id = serializers.UUIDField()
    organisationId = serializers.UUIDField()
    organisation = serializers.CharField()
    hverv = serializers.ChoiceField(choices=[hverv.value for hverv in Hverv])
    fra = serializers.DateField()
    til = serializers.DateField(allow_null=True)


class EtOrganUd(OrganUd):
    """A body with every membership, earlier and coming ones too."""

    medlemmer = OrganmedlemUd(many=True)


class FjernelseInd(Krop):
    """Why a body or a membership is taken out."""

    begrundelse = serializers.CharField(
        max_length=300, help_text="Bevares i sporet. Skriv aldrig navne eller CPR-numre."
    )


def _dage(raekke: Any) -> dict[str, str | None]:
    periode = Periode.af_range(raekke)
    return {"fra": periode.fra.isoformat(), "til": periode.til.isoformat() if periode.til else None}


def _vis(organ: Organ) -> dict[str, Any]:
    fast = {felt: getattr(organ, felt) for felt in ("art", "navn", "opgave", "demo")}
    return {"id": str(organ.id), **fast, "kkr": organ.kkr.navn, **_dage(organ.periode)}


def _vis_medlem(medlem: Organmedlem) -> dict[str, Any]:
    return {
        "id": str(medlem.id),
        "organisationId": str(medlem.organisation_id),
        "organisation": medlem.organisation.navn,
        "hverv": medlem.hverv,
        **_dage(medlem.periode),
    }


class Organer(Ressource):
    """The bodies of the KKR whose agreements the actor's organisation is party to or keeps, and those it is a member of."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Organer", responses=liste(OrganUd))
    def get(self, request: Request) -> Response:
        """By name."""
        organer = Organ.objects.synlige_for(self.aktoer).select_related("kkr")
        return liste_side(request, i_orden(organer), lambda organ: str(organ.id), _vis)


class EtOrgan(Ressource):
    """One body."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}

    @extend_schema(summary="Et organ med dets medlemmer", responses=en(EtOrganUd, IKKE_AENDRET))
    def get(self, request: Request, organ_id: UUID) -> Response:
        """Members in Danish order."""
        organ = med_medlemmer(Organ.objects.synlige_for(self.aktoer)).filter(pk=organ_id).first()
        if organ is None:
            raise Http404
        return med_etag(request, {**_vis(organ), "medlemmer": [_vis_medlem(m) for m in organ.medlemmer.all()]})


class _Fjernelser(Ressource):
    """Taking out what was entered by mistake."""

    kraever: ClassVar = {"POST": Rettighed.AFTALER_SKRIV}

    def _begrundelse(self, request: Request) -> str:
        ind = laes(FjernelseInd, request)
        return str(ind["begrundelse"])


class Organfjernelser(_Fjernelser):
    """Taking out a body."""

    @extend_schema(summary="Fjern et organ", request=FjernelseInd, responses={204: None, **PROBLEM, **KONFLIKT})
    def post(self, request: Request, organ_id: UUID) -> Response:
        """With its memberships, while it has no meetings."""
        fjernelse.fjern_organ(aktoer=self.aktoer, organ_id=organ_id, begrundelse=self._begrundelse(request))
        return Response(status=204)


class Medlemsfjernelser(_Fjernelser):
    """Taking out a membership."""

    @extend_schema(
        summary="Fjern et medlemskab af et organ", request=FjernelseInd, responses={204: None, **PROBLEM, **KONFLIKT}
    )
    def post(self, request: Request, organ_id: UUID, organmedlem_id: UUID) -> Response:
        """While the body has decided nothing in its days."""
        begrundelse = self._begrundelse(request)
        fjernelse.fjern_medlem(
            aktoer=self.aktoer, organ_id=organ_id, organmedlem_id=organmedlem_id, begrundelse=begrundelse
        )
        return Response(status=204)
