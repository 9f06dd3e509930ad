"""Checks of free choice over REST."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Funktion, Rettighed
from faelles.etag import med_etag
from faelles.fejl import Konflikt
from faelles.graenser import Graense
from faelles.krop import Krop, laes
from faelles.models import JobStatus
from faelles.openapi import IKKE_AENDRET, KONFLIKT, PROBLEM, SIDER, BeloebUd, en, liste
from faelles.pdfformat import PdfFormat
from faelles.sider import side
from faelles.tid import rfc3339
from kommuner.api_base import Ressource
from reservationer.soegning.fritvalg import queries
from reservationer.soegning.fritvalg.actions import proev
from takster.beregning.sammenligning import i_hele_oere
from vilkaar.api import EfterVilkaarUd, Foelger, med_vilkaar
from vilkaar.noegler import Noegle

FELTER = (
    "id", "dato", "visiteret_id", "oensket_id", "visiteret_navn", "oensket_navn", "visiteret_udgift", "forhandlet_pris", "tilladt", "begrundelse",
    "beregning", "oprettet", "job__status",
)  # fmt: skip


class FritvalgsproeveUd(serializers.Serializer[Any]):
    """A check and what it was made of. `notat` is null until the PDF has been made."""

    id = serializers.UUIDField()
    dato = serializers.DateField()
    visiteretId = serializers.UUIDField()
    oensketId = serializers.UUIDField()
    visiteretNavn = serializers.CharField(help_text="Tilbud og driftsherre, som de hed, da prøven blev lavet.")
    oensketNavn = serializers.CharField()
    visiteretUdgift = BeloebUd()
    forhandletPris = BeloebUd()
    hoejestePris = BeloebUd(help_text="I hele øre; en grænse mellem to øre er den under.")
    graenseProcent = serializers.CharField()
    forskelProcent = serializers.CharField(help_text="Uden afrunding op; afgørelsen er truffet på de nøjagtige tal.")
    tilladt = serializers.BooleanField()
    foreloebig = serializers.BooleanField(help_text="Om grænsen kommer fra et foreløbigt vilkårssæt.")
    begrundelse = serializers.CharField(allow_blank=True)
    oprettet = serializers.DateTimeField()
    notat = serializers.CharField(allow_null=True)
    efterVilkaar = EfterVilkaarUd(many=True, help_text="Vilkåret, grænsen er fra.")


class FritvalgsproeveInd(Krop):
    """What is held against what, in kr. pr. døgn as negotiated; for a private offer without VAT."""

    visiteretId = serializers.UUIDField()
    oensketId = serializers.UUIDField()
    visiteretUdgift = serializers.DecimalField(max_digits=9, decimal_places=2, min_value=0)
    forhandletPris = serializers.DecimalField(max_digits=9, decimal_places=2, min_value=0)
    dato = serializers.DateField()
    begrundelse = serializers.CharField(
        max_length=1000,
        required=False,
        allow_blank=True,
        default="",
        help_text="Trykkes i notatet. Ses kun af jeres kommune. Skriv aldrig CPR-nummer eller navn.",
    )


def _kr(beloeb: Any) -> dict[str, str]:
    return {"beloeb": f"{beloeb:.2f}", "valuta": "DKK"}


def _vis(r: Mapping[str, Any]) -> dict[str, Any]:
    beregning = r["beregning"]
    saet = beregning["inddata"]["vilkaarssaet"]
    return {
        "id": str(r["id"]),
        "dato": r["dato"].isoformat(),
        "visiteretId": str(r["visiteret_id"]),
        "oensketId": str(r["oensket_id"]),
        "visiteretNavn": r["visiteret_navn"],
        "oensketNavn": r["oensket_navn"],
        "visiteretUdgift": _kr(r["visiteret_udgift"]),
        "forhandletPris": _kr(r["forhandlet_pris"]),
        "hoejestePris": _kr(i_hele_oere(Decimal(beregning["hoejestePris"]))),
        "graenseProcent": beregning["inddata"]["graenseProcent"],
        "forskelProcent": beregning["forskelProcent"],
        "tilladt": r["tilladt"],
        "foreloebig": not saet["endelig"],
        "begrundelse": r["begrundelse"],
        "oprettet": rfc3339(r["oprettet"]),
        "notat": f"/api/v1/fritvalgsproever/{r['id']}/notat" if r["job__status"] == JobStatus.FAERDIG else None,
        "efterVilkaar": [Foelger("graenseProcent", UUID(saet["saet"]), Noegle.FRIT_VALG_GRAENSE_PROCENT)],
    }


class _Proeve(Ressource):
    """What the resources share: for a municipality as authority, and its own only."""

    gemmes = "private, no-store"

    def _raekke(self, proeve_id: UUID) -> dict[str, Any]:
        self.aktoer.kraev(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED)
        raekke = queries.proever(self.aktoer).filter(pk=proeve_id).values(*FELTER).first()
        if raekke is None:
            raise Http404
        (vist,) = med_vilkaar([_vis(raekke)])
        return vist


class Fritvalgsproever(_Proeve):
    """The municipality's checks, and new ones."""

    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES, "POST": Rettighed.RESERVATIONER_SKRIV}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Prøver af frit valg", responses=liste(FritvalgsproeveUd))
    def get(self, request: Request) -> Response:
        """Newest first."""
        self.aktoer.kraev(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED)
        svar = side(request, queries.proever(self.aktoer).values(*FELTER), ["-oprettet", "-id"], _vis)
        svar.data["resultater"] = med_vilkaar(svar.data["resultater"])
        return svar

    @extend_schema(
        summary="Prøv frit valg", request=FritvalgsproeveInd, responses=en(FritvalgsproeveUd, KONFLIKT, status=201)
    )
    def post(self, request: Request) -> Response:
        """Serviceloven § 108 stk. 2: is the negotiated price within the limit? Exactly on it is. Kept, and a note is made."""
        data = laes(FritvalgsproeveInd, request)
        ny = proev(
            aktoer=self.aktoer,
            visiteret_id=data["visiteretId"],
            oensket_id=data["oensketId"],
            visiteret_udgift=data["visiteretUdgift"],
            forhandlet_pris=data["forhandletPris"],
            dato=data["dato"],
            begrundelse=data["begrundelse"],
        )
        hoveder = {"Location": f"/api/v1/fritvalgsproever/{ny.pk}"}
        return Response(self._raekke(ny.pk), status=201, headers=hoveder)


class EnFritvalgsproeve(_Proeve):
    """One check."""

    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES}

    @extend_schema(summary="En prøve af frit valg", responses=en(FritvalgsproeveUd, IKKE_AENDRET))
    def get(self, request: Request, proeve_id: UUID) -> Response:
        """For the municipality itself; others get 404."""
        return med_etag(request, self._raekke(proeve_id))


class Notat(_Proeve):
    """The note of a check."""

    renderer_classes = [PdfFormat]
    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES}
    graense = Graense.API_HENT

    @extend_schema(
        summary="Notatet som PDF", responses={(200, "application/pdf"): OpenApiTypes.BINARY, **PROBLEM, **KONFLIKT}
    )
    def get(self, _request: Request, proeve_id: UUID) -> HttpResponse:
        """Tagged PDF (PDF/UA); 409 until it is made."""
        self._raekke(proeve_id)
        pdf = queries.notat(self.aktoer, proeve_id)
        if pdf is None:
            raise Konflikt("notat_ikke_faerdigt", "Notatet er ikke færdigt endnu. Prøv igen om lidt.")
        svar = HttpResponse(pdf, content_type="application/pdf")
        svar["Content-Disposition"] = 'inline; filename="frit-valg.pdf"'
        return svar
