"""The texts of an agreement's reports over REST: read and written by the secretariat's system."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Funktion, Rettighed
from faelles.etag import kraev_set, med_etag, rettet
from faelles.krop import Krop, laes
from faelles.openapi import IF_MATCH, IKKE_AENDRET, KUN_SET, SIDER, en, liste
from faelles.sider import liste_side
from faelles.tid import rfc3339
from kommuner.api_base import Ressource
from rammeaftale.models import Rammeaftale
from rammeaftale.rapporter.models import Rapporttekst
from rammeaftale.rapporter.register import RAPPORTTYPER, Rapporttype
from rammeaftale.rapporter.tekster import skrevne, skriv_tekst
from rammeaftale.tekst.actions import LAENGSTE_TEKST


class RapporttekstUd(serializers.Serializer[Any]):
    """The text of a chapter in the agreement's reports of a type. `udgave` is 0 and `gemt` null until it is written."""

    type = serializers.CharField()
    kapitel = serializers.CharField()
    titel = serializers.CharField()
    udgave = serializers.IntegerField(help_text="Stiger, hver gang teksten gemmes.")
    tekst = serializers.CharField(allow_blank=True, help_text="Markdown med flettefelter som {{ tilbud }}.")
    gemt = serializers.DateTimeField(allow_null=True)
    flettefelter = serializers.ListField(child=serializers.CharField(), help_text="Dem, teksten kan rumme.")


class RapporttekstInd(Krop):
    """What the chapter says."""

    tekst = serializers.CharField(
        max_length=LAENGSTE_TEKST,
        allow_blank=True,
        help_text="Markdown. Ses af alle, der læser rapporten; tom er ingen tekst.",
    )


class _Tekst(Ressource):
    """What is written is the secretariat's own until it stands in a report."""

    def _aftale(self, aftale_id: UUID) -> Rammeaftale:
        aftale = Rammeaftale.objects.filter(pk=aftale_id, kkr__sekretariat=self.aktoer.organisation_id).first()
        if aftale is None or self.aktoer.funktion is not Funktion.SEKRETARIAT:
            raise Http404
        return aftale

    def _en(self, aftale_id: UUID, type_: str, kapitel: str) -> dict[str, Any]:
        hvilken = RAPPORTTYPER.get(type_)
        aftale = self._aftale(aftale_id)
        if hvilken is None or kapitel not in hvilken.kapitler:
            raise Http404
        return _vis(hvilken, kapitel, skrevne(aftale.pk, type_).get(kapitel))


class Rapporttekster(_Tekst):
    """The chapters of every type of report, with what is written in them."""

    kraever: ClassVar = {"GET": Rettighed.RAPPORTER_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Rapporternes tekster", responses=liste(RapporttekstUd))
    def get(self, request: Request, aftale_id: UUID) -> Response:
        """In the order of the reports."""
        aftale = self._aftale(aftale_id)
        alle = []
        for hvilken in RAPPORTTYPER.values():
            gemte = skrevne(aftale.pk, hvilken.noegle)
            alle += [_vis(hvilken, kapitel, gemte.get(kapitel)) for kapitel in hvilken.kapitler]
        return liste_side(request, alle, lambda r: f"{r['type']}/{r['kapitel']}", lambda r: r)


class EnRapporttekst(_Tekst):
    """The text of one chapter."""

    kraever: ClassVar = {"GET": Rettighed.RAPPORTER_LAES, "PUT": Rettighed.RAPPORTER_BESTIL}

    @extend_schema(summary="Teksten i et kapitel", responses=en(RapporttekstUd, IKKE_AENDRET))
    def get(self, request: Request, aftale_id: UUID, type: str, kapitel: str) -> Response:  # noqa: A002 - its name in the address
        """As it is saved now."""
        return med_etag(request, self._en(aftale_id, type, kapitel))

    @extend_schema(
        summary="Skriv teksten i et kapitel",
        request=RapporttekstInd,
        parameters=[IF_MATCH],
        responses=en(RapporttekstUd, KUN_SET),
    )
    def put(self, request: Request, aftale_id: UUID, type: str, kapitel: str) -> Response:  # noqa: A002 - as above
        """The reports ordered from now on have it. An unknown placeholder is refused, with the nearest there is."""
        skriv_tekst(
            aktoer=self.aktoer,
            aftale_id=aftale_id,
            type_=type,
            kapitel=kapitel,
            tekst=laes(RapporttekstInd, request)["tekst"],
            kraev_set=lambda: kraev_set(request, self._en(aftale_id, type, kapitel)),
        )
        return rettet(self._en(aftale_id, type, kapitel))


def _vis(type_: Rapporttype, kapitel: str, gemt: Rapporttekst | None) -> dict[str, Any]:
    return {
        "type": type_.noegle,
        "kapitel": kapitel,
        "titel": type_.kapitler[kapitel],
        "udgave": gemt.udgave if gemt else 0,
        "tekst": gemt.tekst if gemt else "",
        "gemt": rfc3339(gemt.gemt) if gemt else None,
        "flettefelter": [felt.noegle for felt in type_.flettefelter],
    }
