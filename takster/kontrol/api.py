"""The control of a year over REST: ordered (202), followed, and what differs."""

from collections.abc import Mapping
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
from faelles.models import JobStatus
from faelles.openapi import IKKE_AENDRET, SIDER, en, liste
from faelles.sider import liste_side, side
from faelles.tid import rfc3339
from kommuner.api_base import Ressource
from takster.api import AAR, laes_aar
from takster.kontrol import actions, queries
from takster.models import Takstkontrol
from takster.models.budget import FOERSTE_AAR, SIDSTE_AAR


class TakstkontrolInd(Krop):
    """What is ordered."""

    aar = serializers.IntegerField(min_value=FOERSTE_AAR, max_value=SIDSTE_AAR)


class KontrolresultatUd(serializers.Serializer[Any]):
    """How many published takster of the year there were, and what came of computing them again."""

    antal = serializers.IntegerField()
    ens = serializers.IntegerField()
    udenBeregning = serializers.IntegerField(help_text="Indlæst uden beregning, så der er intet at regne efter.")
    forskellige = serializers.IntegerField(help_text="De nævnes under `/forskelle`.")


class TakstkontrolUd(serializers.Serializer[Any]):
    """An order and how far it is. `resultat` is null until it is done."""

    id = serializers.UUIDField()
    aar = serializers.IntegerField()
    status = serializers.ChoiceField(choices=JobStatus.values)
    trin = serializers.CharField(allow_blank=True)
    naaet = serializers.IntegerField()
    iAlt = serializers.IntegerField()
    fejl = serializers.CharField(allow_blank=True)
    bestilt = serializers.DateTimeField()
    resultat = KontrolresultatUd(allow_null=True)


class KontrolforskelUd(serializers.Serializer[Any]):
    """A published takst that its stored inputs do not give again, and what differs."""

    takstId = serializers.UUIDField()
    forskel = serializers.CharField()


_RESULTAT = ("antal", "uden", "forskelle")
FELTER = (
    "id",
    "parametre",
    "status",
    "trin",
    "naaet",
    "i_alt",
    "fejl",
    "oprettet",
    *(f"takstkontrol__{navn}" for navn in _RESULTAT),
)


def _vis(r: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(r["id"]),
        "aar": r["parametre"]["aar"],
        "status": r["status"],
        "trin": r["trin"],
        "naaet": r["naaet"],
        "iAlt": r["i_alt"],
        "fejl": r["fejl"],
        "bestilt": rfc3339(r["oprettet"]),
        "resultat": _resultat(*(r[f"takstkontrol__{navn}"] for navn in _RESULTAT)),
    }


def _resultat(antal: int | None, uden: int, forskelle: list[dict[str, str]]) -> dict[str, int] | None:
    if antal is None:
        return None
    ens = Takstkontrol(antal=antal, uden=uden, forskelle=forskelle).ens
    return {"antal": antal, "ens": ens, "udenBeregning": uden, "forskellige": len(forskelle)}


class _Takstkontrol(Ressource):
    """What resources of a control share: another organisation's order does not exist."""

    def _felter(self, kontrol_id: UUID, *felter: str) -> dict[str, Any]:
        raekke: dict[str, Any] | None = queries.bestilte(self.aktoer).filter(pk=kontrol_id).values(*felter).first()
        if raekke is None:
            raise Http404
        return raekke


class Takstkontroller(_Takstkontrol):
    """The organisation's own orders, and new ones."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES, "POST": Rettighed.TILBUD_LAES}
    soegeord: ClassVar = (AAR, *SIDER)

    @extend_schema(summary="Kontrolregninger af årets takster", responses=liste(TakstkontrolUd))
    def get(self, request: Request) -> Response:
        """Newest first."""
        aar = request.query_params.get("aar")
        egne = queries.bestilte(self.aktoer, None if aar is None else laes_aar(aar))
        return side(request, egne.order_by().values(*FELTER), ["-oprettet", "-id"], _vis)

    @extend_schema(
        summary="Bestil en kontrolregning af årets takster",
        request=TakstkontrolInd,
        responses=en(TakstkontrolUd, status=202),
    )
    def post(self, request: Request) -> Response:
        """Done by a worker; follow `Location`. One of the year that is on its way is answered with instead of a second."""
        nyt = actions.bestil(aktoer=self.aktoer, aar=laes(TakstkontrolInd, request)["aar"])
        adresse = f"/api/v1/takstkontroller/{nyt.pk}"
        return Response(_vis(self._felter(nyt.pk, *FELTER)), status=202, headers={"Location": adresse})


class EnTakstkontrol(_Takstkontrol):
    """One order."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}

    @extend_schema(summary="En kontrolregning", responses=en(TakstkontrolUd, IKKE_AENDRET))
    def get(self, request: Request, kontrol_id: UUID) -> Response:
        """Stage and progress while it is done, then the result."""
        return med_etag(request, _vis(self._felter(kontrol_id, *FELTER)))


class Kontrolforskelle(_Takstkontrol):
    """What differs."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Takster, kontrolregningen giver anderledes", responses=liste(KontrolforskelUd))
    def get(self, request: Request, kontrol_id: UUID) -> Response:
        """None when all is well, or it is not done yet."""
        forskelle = self._felter(kontrol_id, "takstkontrol__forskelle")["takstkontrol__forskelle"] or []
        return liste_side(request, forskelle, _takst, lambda et: {"takstId": et["takst"], "forskel": et["forskel"]})


def _takst(forskel: Mapping[str, str]) -> str:
    return forskel["takst"]
