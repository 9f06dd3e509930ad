"""Reports of errors over REST: for the organisation that reported and for the one that answers; others get 404."""

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
from faelles.fejl import UgyldigtInput
from faelles.krop import Krop, laes
from faelles.openapi import IKKE_AENDRET, KONFLIKT, SIDER, en, liste, soegeord
from faelles.sider import side
from faelles.tid import rfc3339
from kommuner.api_base import Ressource
from tilbud.fejlmeldinger import actions
from tilbud.fejlmeldinger.andre import Emneslags
from tilbud.fejlmeldinger.overgange import Fejltilstand, Skridt
from tilbud.models import Faktum, Fejlmelding, Fejlsag
from vilkaar.api import EfterVilkaarUd, Foelger, med_vilkaar
from vilkaar.noegler import Noegle

TILSTANDE = [tilstand.value for tilstand in Fejltilstand]
SES_AF = "Ses af den organisation, der melder, og af den, der skal svare. Aldrig navne eller CPR-numre."


class FejlmeldingUd(serializers.Serializer[Any]):
    """A report as its two parties see it. `vist` is what stood there when it was made."""

    id = serializers.UUIDField()
    tilbudId = serializers.UUIDField(allow_null=True, help_text="Null, når den er om andet end et tilbud i registret.")
    offentligtTilbudId = serializers.UUIDField(allow_null=True, help_text="Det offentliggjorte tilbud, den er om.")
    klyngeId = serializers.UUIDField(allow_null=True, help_text="Den klynge, den er om.")
    afdelingId = serializers.UUIDField(allow_null=True)
    faktum = serializers.ChoiceField(choices=Faktum.values)
    tilstand = serializers.ChoiceField(choices=TILSTANDE)
    meldt = serializers.DateTimeField()
    frist = serializers.DateField()
    afsluttet = serializers.DateTimeField(allow_null=True)
    melderId = serializers.UUIDField()
    driftsherreId = serializers.UUIDField(
        allow_null=True, help_text="Tilbuddets driftsherre, når den er om et tilbud i registret."
    )
    sekretariatId = serializers.UUIDField(
        allow_null=True, help_text="KKR'ets sekretariat, når det er det, der skal svare; ellers skal driftsherren."
    )
    vist = serializers.CharField(allow_blank=True)
    besked = serializers.CharField()
    svar = serializers.CharField(allow_blank=True)
    efterVilkaar = EfterVilkaarUd(many=True, help_text="Vilkåret, fristen er fastsat efter.")


class FejlmeldingInd(Krop):
    """What is wrong. The organisation that reports is the client's own, never a parameter."""

    tilbudId = serializers.UUIDField(
        required=False, allow_null=True, help_text="Tilbuddet i registret. Alle ser, at der er meldt en fejl."
    )
    offentligtTilbudId = serializers.UUIDField(
        required=False, allow_null=True, help_text="I stedet for tilbudId: et offentliggjort tilbud. Alle ser det."
    )
    klyngeId = serializers.UUIDField(
        required=False, allow_null=True, help_text="I stedet for tilbudId: en klynge. Alle ser det."
    )
    afdelingId = serializers.UUIDField(
        required=False, allow_null=True, help_text="Ved pladser og takst: afdelingen. Alle ser den."
    )
    faktum = serializers.ChoiceField(choices=Faktum.values, help_text="Oplysningen. Alle ser den.")
    besked = serializers.CharField(max_length=1000, help_text=f"Hvad der er forkert, og det rigtige. {SES_AF}")


class FejlsvarInd(Krop):
    """What is done about a report; `svar` is needed with ret and afvis."""

    skridt = serializers.ChoiceField(choices=[skridt.value for skridt in Skridt])
    svar = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="", help_text=SES_AF)


OM = ("tilbudId", "offentligtTilbudId", "klyngeId")
FELTER = (
    "fejlmelding_id", "tilbud_id", "fejlmelding__offentligt_id", "fejlmelding__klynge_id", "organisation_id", "driftsherre_id", "sekretariat_id", "vist", "besked", "svar", "fejlmelding__afdeling_id",
    "fejlmelding__faktum", "fejlmelding__tilstand", "fejlmelding__meldt", "fejlmelding__frist", "fejlmelding__afsluttet", "fejlmelding__vilkaarssaet_id",
)  # fmt: skip


def _id(vaerdi: UUID | None) -> str | None:
    return None if vaerdi is None else str(vaerdi)


def _vis(r: dict[str, Any]) -> dict[str, Any]:
    afsluttet = r["fejlmelding__afsluttet"]
    return {
        "id": str(r["fejlmelding_id"]),
        "tilbudId": _id(r["tilbud_id"]),
        "offentligtTilbudId": _id(r["fejlmelding__offentligt_id"]),
        "klyngeId": _id(r["fejlmelding__klynge_id"]),
        "afdelingId": _id(r["fejlmelding__afdeling_id"]),
        "faktum": r["fejlmelding__faktum"],
        "tilstand": r["fejlmelding__tilstand"],
        "meldt": rfc3339(r["fejlmelding__meldt"]),
        "frist": r["fejlmelding__frist"].isoformat(),
        "afsluttet": rfc3339(afsluttet) if afsluttet else None,
        "melderId": str(r["organisation_id"]),
        "driftsherreId": _id(r["driftsherre_id"]),
        "sekretariatId": _id(r["sekretariat_id"]),
        "vist": r["vist"],
        "besked": r["besked"],
        "svar": r["svar"],
        "efterVilkaar": [Foelger("frist", r["fejlmelding__vilkaarssaet_id"], Noegle.FEJLMELDING_FRIST_DAGE)],
    }


class _Fejl(Ressource):
    """What all resources of a report share; no copy is kept."""

    gemmes = "private, no-store"

    def _fejlmelding(self, fejlmelding_id: UUID) -> dict[str, Any]:
        raekke = Fejlsag.objects.synlige_for(self.aktoer).filter(pk=fejlmelding_id).values(*FELTER).first()
        if raekke is None:
            raise Http404
        (vist,) = med_vilkaar([_vis(raekke)])
        return vist


class Fejlmeldinger(_Fejl):
    """The reports the client's organisation has sent or received."""

    kraever: ClassVar = {"GET": Rettighed.FEJLMELDINGER_LAES, "POST": Rettighed.FEJLMELDINGER_SKRIV}
    soegeord: ClassVar = (soegeord("tilstand", "Flere betyder en af dem.", flere=True, ord_=TILSTANDE), *SIDER)

    @extend_schema(summary="Egne og modtagne fejlmeldinger", responses=liste(FejlmeldingUd))
    def get(self, request: Request) -> Response:
        """Newest first."""
        raekker = Fejlsag.objects.synlige_for(self.aktoer)
        if tilstande := request.query_params.getlist("tilstand"):
            raekker = raekker.filter(fejlmelding__tilstand__in=tilstande)
        svar = side(request, raekker.values(*FELTER), ["-fejlmelding__meldt", "-fejlmelding_id"], _vis)
        svar.data["resultater"] = med_vilkaar(svar.data["resultater"])
        return svar

    @extend_schema(summary="Meld en fejl", request=FejlmeldingInd, responses=en(FejlmeldingUd, KONFLIKT, status=201))
    def post(self, request: Request) -> Response:
        """The one who owns the fact gets a deadline; everybody sees that an error is reported, not by whom. The same again while it is open: 409."""
        ind = laes(FejlmeldingInd, request)
        ny = self._meld(ind)
        krop = self._fejlmelding(ny.id)
        return Response(krop, status=201, headers={"Location": f"/api/v1/fejlmeldinger/{ny.id}"})

    def _meld(self, ind: Mapping[str, Any]) -> Fejlmelding:
        naevnt = [felt for felt in OM if ind.get(felt) is not None]
        if len(naevnt) != 1:
            besked = f"Nævn netop en af {', '.join(OM)}."
            raise UgyldigtInput("ugyldig_fejlmelding", besked, {felt: [besked] for felt in naevnt or OM})
        (felt,) = naevnt
        faelles = {"aktoer": self.aktoer, "faktum": Faktum(ind["faktum"]), "besked": ind["besked"]}
        if felt == "tilbudId":
            return actions.meld(tilbud_id=ind[felt], afdeling_id=ind.get("afdelingId"), **faelles)
        if ind.get("afdelingId") is not None:
            besked = "En afdeling hører til et tilbud i registret."
            raise UgyldigtInput("ugyldig_fejlmelding", besked, {"afdelingId": [besked]})
        slags = Emneslags.KLYNGE if felt == "klyngeId" else Emneslags.OFFENTLIGT
        return actions.meld_andet(slags=slags, emne_id=ind[felt], **faelles)


class EnFejlmelding(_Fejl):
    """One report."""

    kraever: ClassVar = {"GET": Rettighed.FEJLMELDINGER_LAES}

    @extend_schema(summary="En fejlmelding", responses=en(FejlmeldingUd, IKKE_AENDRET))
    def get(self, request: Request, fejlmelding_id: UUID) -> Response:
        """For its two parties; others get 404."""
        return med_etag(request, self._fejlmelding(fejlmelding_id))


class Fejlsvar(_Fejl):
    """What is done about a report."""

    kraever: ClassVar = {"POST": Rettighed.FEJLMELDINGER_SKRIV}

    @extend_schema(
        summary="Undersøg, besvar eller træk tilbage",
        request=FejlsvarInd,
        responses=en(FejlmeldingUd, KONFLIKT, status=201),
    )
    def post(self, request: Request, fejlmelding_id: UUID) -> Response:
        """By the table of transitions; answers with the report as it is afterwards."""
        ind = laes(FejlsvarInd, request)
        skridt = Skridt(ind["skridt"])
        actions.behandl(aktoer=self.aktoer, fejlmelding_id=fejlmelding_id, skridt=skridt, svar=ind["svar"])
        return Response(self._fejlmelding(fejlmelding_id), status=201)
