"""The agreement's versions, clauses and terms over REST: read only."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.openapi import SIDER, liste
from faelles.sider import liste_side, side
from kommuner.api_base import Ressource
from rammeaftale.models import Rammeaftale, Version
from rammeaftale.queries import seneste_version
from rammeaftale.tekst.queries import Klausultekst, klausuler
from rammeaftale.tekst.vilkaarsvisning import Noeglevisning, grupper


class VersionUd(serializers.Serializer[Any]):
    """A version of the agreement's text. `aendring`: what it changed since the one before."""

    id = serializers.UUIDField()
    nummer = serializers.IntegerField()
    sendt = serializers.DateField(allow_null=True)
    aendring = serializers.CharField(allow_blank=True)
    begrundelse = serializers.CharField(allow_blank=True)


class KlausulUd(serializers.Serializer[Any]):
    """A clause in a version. `id` is the clause's own and the same in every version; `tekst` is Markdown."""

    id = serializers.UUIDField()
    dokumentdel = serializers.CharField()
    nummer = serializers.CharField()
    overskrift = serializers.CharField()
    tekst = serializers.CharField(allow_blank=True)
    udgave = serializers.IntegerField()
    vilkaar = serializers.DictField(child=serializers.CharField(), help_text="Nøgle og værdi.")


class AftalevilkaarUd(serializers.Serializer[Any]):
    """A term of the agreement's latest version; `vaerdi` is null when it is missing."""

    noegle = serializers.CharField()
    navn = serializers.CharField()
    enhed = serializers.CharField(allow_blank=True)
    vaerdi = serializers.CharField(allow_null=True)
    klausul = serializers.CharField(allow_null=True)


def _vis_version(r: Mapping[str, Any]) -> dict[str, Any]:
    return {**r, "id": str(r["id"]), "sendt": r["sendt"].isoformat() if r["sendt"] else None}


def _vis_klausul(tekst: Klausultekst) -> dict[str, Any]:
    udgave = tekst.udgave
    return {
        "id": str(tekst.id),
        "dokumentdel": str(udgave.klausul.dokumentdel),
        "nummer": udgave.nummer,
        "overskrift": udgave.overskrift,
        "tekst": udgave.tekst,
        "udgave": udgave.udgave,
        "vilkaar": dict(tekst.vilkaar),
    }


def _vis_vilkaar(en: Noeglevisning) -> dict[str, Any]:
    return {
        "noegle": en.noegle.value,
        "navn": en.beskrivelse.navn,
        "enhed": en.beskrivelse.enhed,
        "vaerdi": en.sat.vaerdi if en.sat else None,
        "klausul": en.sat.klausul if en.sat else None,
    }


class _Tekst(Ressource):
    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}
    soegeord: ClassVar = SIDER

    def _aftale(self, aftale_id: UUID) -> Rammeaftale:
        """An agreement that is not visible does not exist."""
        aftale = Rammeaftale.objects.synlige_for(self.aktoer).filter(pk=aftale_id).first()
        if aftale is None:
            raise Http404
        return aftale


class Versioner(_Tekst):
    """The versions of an agreement."""

    @extend_schema(summary="En rammeaftales versioner", responses=liste(VersionUd))
    def get(self, request: Request, aftale_id: UUID) -> Response:
        """By number."""
        raekker = Version.objects.filter(aftale=self._aftale(aftale_id))
        return side(
            request, raekker.values("id", "nummer", "sendt", "aendring", "begrundelse"), ["nummer"], _vis_version
        )


class Klausuler(_Tekst):
    """The clauses of a version."""

    @extend_schema(summary="En versions klausuler", responses=liste(KlausulUd))
    def get(self, request: Request, aftale_id: UUID, version_id: UUID) -> Response:
        """In the order they stand, as last saved, each with the terms it sets."""
        version = Version.objects.filter(pk=version_id, aftale=self._aftale(aftale_id)).first()
        if version is None:
            raise Http404
        return liste_side(request, klausuler(version), lambda tekst: str(tekst.id), _vis_klausul)


class Vilkaar(_Tekst):
    """The terms of an agreement."""

    @extend_schema(summary="En rammeaftales vilkår", responses=liste(AftalevilkaarUd))
    def get(self, request: Request, aftale_id: UUID) -> Response:
        """Every key, as the latest version sets it, by the kind of clause it belongs in."""
        version = seneste_version(self._aftale(aftale_id))
        alle = [en for gruppe in grupper(version) for en in gruppe.noegler] if version else []
        return liste_side(request, alle, lambda en: en.noegle.value, _vis_vilkaar)
