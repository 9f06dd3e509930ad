"""Hearings over REST: read by the parties, held by the secretariat's own systems."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.etag import etag, kraev_set, med_etag
from faelles.graenser import Graense
from faelles.idempotens import gentagelig
from faelles.krop import Krop
from faelles.openapi import GENTAGELSE, IF_MATCH, IKKE_AENDRET, KONFLIKT, KUN_SET, PROBLEM, SIDER, en, liste
from faelles.sider import liste_side, side
from faelles.tid import rfc3339
from kommuner.api_base import Ressource
from rammeaftale.hoering import actions, queries
from rammeaftale.hoering.actions.behandling import LAENGSTE_BEGRUNDELSE
from rammeaftale.hoering.actions.forberedelse import LAENGSTE_FOELGEBREV, LAENGSTE_PAAMINDELSE
from rammeaftale.hoering.filer import INDHOLDSTYPE, Filart
from rammeaftale.hoering.queries import Bemaerkningsvisning, Modtagervisning
from rammeaftale.hoering.regler import Behandlingsudfald, Hoeringsstand, Hoeringsudfald, Modtagerart, stand
from rammeaftale.hoering.soegning import Gennemsoegning
from rammeaftale.hoering.udlevering import Filformat, udlever
from rammeaftale.models import Hoering, Hoeringsbehandling, Hoeringsfil

SES_AF = "Ses af aftalens parter og trykkes i høringsnotatet. Aldrig navne på personer eller CPR-numre."
MODTAGERARTER = [art.value for art in Modtagerart]


class HoeringUd(serializers.Serializer[Any]):
    """A hearing. `frist` is the last day that can be answered."""

    id = serializers.UUIDField()
    rammeaftaleId = serializers.UUIDField()
    version = serializers.IntegerField()
    titel = serializers.CharField()
    stand = serializers.ChoiceField(choices=[s.value for s in Hoeringsstand])
    frist = serializers.DateField()
    paamindDage = serializers.IntegerField(allow_null=True)
    sendt = serializers.DateTimeField(allow_null=True)
    afsluttet = serializers.DateTimeField(allow_null=True)


class ModtagerUd(serializers.Serializer[Any]):
    """Who is asked, and when it answered."""

    id = serializers.UUIDField()
    art = serializers.ChoiceField(choices=MODTAGERARTER)
    navn = serializers.CharField()
    svaret = serializers.DateTimeField(allow_null=True)


class EnHoeringUd(HoeringUd):
    """A hearing with its letter and those who are asked."""

    foelgebrev = serializers.CharField(allow_blank=True)
    modtagere = ModtagerUd(many=True)


class FilUd(serializers.Serializer[Any]):
    """A file that goes with a remark."""

    id = serializers.UUIDField()
    navn = serializers.CharField()
    art = serializers.ChoiceField(choices=[art.value for art in Filart])
    stoerrelse = serializers.IntegerField(help_text="Bytes.")
    gennemsoegt = serializers.ChoiceField(
        choices=[g.value for g in Gennemsoegning],
        help_text="Hvor meget af filens tekst der er gennemsøgt for CPR-numre. Billeder gennemsøges ikke.",
    )


class BehandlingUd(serializers.Serializer[Any]):
    """What the secretariat has done with a remark."""

    udfald = serializers.ChoiceField(choices=[u.value for u in Behandlingsudfald])
    version = serializers.IntegerField(allow_null=True)
    begrundelse = serializers.CharField(allow_blank=True)
    registreret = serializers.DateTimeField()


class BemaerkningUd(serializers.Serializer[Any]):
    """A remark to a clause or, without one, to the draft as a whole. `tekst` is plain text, never Markdown or HTML."""

    id = serializers.UUIDField()
    klausulId = serializers.UUIDField(allow_null=True)
    klausul = serializers.CharField(allow_blank=True)
    tekst = serializers.CharField(allow_blank=True)
    filer = FilUd(many=True)
    behandling = BehandlingUd(allow_null=True)


class HoeringssvarUd(serializers.Serializer[Any]):
    """The answer of a recipient that counts."""

    modtagerId = serializers.UUIDField()
    navn = serializers.CharField()
    afgivet = serializers.DateTimeField()
    ingenBemaerkninger = serializers.BooleanField()
    bemaerkninger = BemaerkningUd(many=True)


class HoeringRettesInd(Krop):
    """A hearing as it is to be: the whole of it. Once it is sent, only a later deadline and the reminder."""

    titel = serializers.CharField(max_length=160, help_text=SES_AF)
    frist = serializers.DateField()
    foelgebrev = serializers.CharField(
        max_length=LAENGSTE_FOELGEBREV, required=False, allow_blank=True, default="", help_text="Står i brevet."
    )
    paamindDage = serializers.IntegerField(
        min_value=0, max_value=LAENGSTE_PAAMINDELSE, required=False, allow_null=True, default=None
    )


class ModtagerInd(Krop):
    """An organisation or a function in one, and its shared mailbox; never a person."""

    art = serializers.ChoiceField(choices=MODTAGERARTER)
    navn = serializers.CharField(max_length=160, help_text=SES_AF)
    email = serializers.EmailField(help_text="Den fælles postkasse. Ses af sekretariatet.")


class HoeringInd(HoeringRettesInd):
    """A hearing about the draft that is being written."""

    rammeaftaleId = serializers.UUIDField()
    modtagere = ModtagerInd(many=True)


class HoeringsskridtInd(Krop):
    """Send a draft hearing, or close one that is out."""

    udfald = serializers.ChoiceField(choices=[u.value for u in Hoeringsudfald])


class BehandlingInd(Krop):
    """What is done with a remark; `version` with indarbejdet, `begrundelse` with ikke_imoedekommet."""

    udfald = serializers.ChoiceField(choices=[u.value for u in Behandlingsudfald])
    version = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=32_767,
        help_text="Den, der var i høring, eller en senere.",
    )
    begrundelse = serializers.CharField(
        max_length=LAENGSTE_BEGRUNDELSE, required=False, allow_blank=True, default="", help_text=SES_AF
    )


FELTER = (
    "id",
    "version__aftale_id",
    "version__nummer",
    "titel",
    "frist",
    "paamind_dage",
    "sendt",
    "afsluttet",
    "oprettet",
)


def _vis(r: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(r["id"]),
        "rammeaftaleId": str(r["version__aftale_id"]),
        "version": r["version__nummer"],
        "titel": r["titel"],
        "stand": stand(r["sendt"], r["afsluttet"]).value,
        "frist": r["frist"].isoformat(),
        "paamindDage": r["paamind_dage"],
        "sendt": rfc3339(r["sendt"]) if r["sendt"] else None,
        "afsluttet": rfc3339(r["afsluttet"]) if r["afsluttet"] else None,
    }


def _vis_modtager(m: Modtagervisning) -> dict[str, Any]:
    return {
        "id": str(m.modtager.pk),
        "art": m.modtager.art,
        "navn": m.modtager.navn,
        "svaret": rfc3339(m.svar.afgivet) if m.svar else None,
    }


def _vis_behandling(b: Hoeringsbehandling) -> dict[str, Any]:
    return {
        "udfald": b.udfald,
        "version": b.version.nummer if b.version else None,
        "begrundelse": b.begrundelse,
        "registreret": rfc3339(b.registreret),
    }


def _vis_bemaerkning(b: Bemaerkningsvisning) -> dict[str, Any]:
    udgave = b.bemaerkning.udgave
    return {
        "id": str(b.bemaerkning.pk),
        "klausulId": str(udgave.klausul_id) if udgave else None,
        "klausul": str(udgave) if udgave else "",
        "tekst": b.bemaerkning.tekst,
        "filer": [_vis_fil(fil) for fil in b.bemaerkning.filer.all()],
        "behandling": _vis_behandling(b.behandling) if b.behandling else None,
    }


def _vis_fil(fil: Hoeringsfil) -> dict[str, Any]:
    return {
        "id": str(fil.pk),
        "navn": fil.navn,
        "art": fil.art,
        "stoerrelse": fil.stoerrelse,
        "gennemsoegt": fil.gennemsoegt,
    }


class _Hoering(Ressource):
    """What resources of a hearing share; no copy is kept."""

    gemmes = "private, no-store"

    def _en(self, hoering_id: UUID) -> dict[str, Any]:
        visning = queries.vis(queries.synlig_hoering(self.aktoer, hoering_id))
        raekke = Hoering.objects.filter(pk=hoering_id).values(*FELTER).get()
        modtagere = [_vis_modtager(m) for m in visning.modtagere]
        return {**_vis(raekke), "foelgebrev": visning.hoering.foelgebrev, "modtagere": modtagere}


class Hoeringer(_Hoering):
    """The hearings about the agreements of the actor's organisation."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES, "POST": Rettighed.HOERINGER_SKRIV}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Høringer", responses=liste(HoeringUd))
    def get(self, request: Request) -> Response:
        """Latest first; the parties see those that have been sent."""
        synlige = Hoering.objects.synlige_for(self.aktoer).order_by().values("pk")
        return side(request, Hoering.objects.filter(pk__in=synlige).values(*FELTER), ["-oprettet", "-id"], _vis)

    @extend_schema(
        summary="Opret en høring",
        request=HoeringInd,
        parameters=[GENTAGELSE],
        responses=en(EnHoeringUd, KONFLIKT, status=201),
    )
    def post(self, request: Request) -> Response:
        """A draft: nobody is written to before it is sent."""
        ind = HoeringInd(data=request.data)
        ind.is_valid(raise_exception=True)

        def opret() -> Response:
            ny = actions.opret_hoering(
                aktoer=self.aktoer,
                aftale_id=ind.validated_data["rammeaftaleId"],
                indhold=_indhold(ind.validated_data),
                modtagere=[
                    actions.Modtagerindhold(Modtagerart(m["art"]), m["navn"], m["email"])
                    for m in ind.validated_data["modtagere"]
                ],
            )
            return Response(self._en(ny.pk), status=201, headers={"Location": f"/api/v1/hoeringer/{ny.pk}"})

        return gentagelig(request, self.aktoer.identitet, opret)


class EnHoering(_Hoering):
    """One hearing."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES, "PUT": Rettighed.HOERINGER_SKRIV}

    @extend_schema(summary="En høring", responses=en(EnHoeringUd, IKKE_AENDRET))
    def get(self, request: Request, hoering_id: UUID) -> Response:
        """With those who are asked, and when each answered."""
        return med_etag(request, self._en(hoering_id))

    @extend_schema(
        summary="Ret en høring",
        request=HoeringRettesInd,
        parameters=[IF_MATCH],
        responses=en(EnHoeringUd, KONFLIKT, KUN_SET),
    )
    def put(self, request: Request, hoering_id: UUID) -> Response:
        """The whole of it, but the recipients. Once it is sent, the deadline can only be extended."""
        ind = HoeringRettesInd(data=request.data)
        ind.is_valid(raise_exception=True)
        actions.ret_hoering(
            aktoer=self.aktoer,
            hoering_id=hoering_id,
            indhold=_indhold(ind.validated_data),
            kraev_set=lambda: kraev_set(request, self._en(hoering_id)),
        )
        krop = self._en(hoering_id)
        return Response(krop, headers={"ETag": etag(krop)})


def _indhold(data: Mapping[str, Any]) -> actions.Hoeringsindhold:
    return actions.Hoeringsindhold(data["titel"], data["foelgebrev"], data["frist"], data["paamindDage"])


class Hoeringsskridt(_Hoering):
    """What is done with a hearing."""

    kraever: ClassVar = {"POST": Rettighed.HOERINGER_SKRIV}

    @extend_schema(
        summary="Send eller afslut en høring",
        request=HoeringsskridtInd,
        parameters=[GENTAGELSE],
        responses=en(EnHoeringUd, KONFLIKT, status=201),
    )
    def post(self, request: Request, hoering_id: UUID) -> Response:
        """Sending mails each recipient a link of its own; closing ends them all."""
        ind = HoeringsskridtInd(data=request.data)
        ind.is_valid(raise_exception=True)
        gerning: Callable[..., Hoering] = {
            Hoeringsudfald.SEND: actions.send_hoering,
            Hoeringsudfald.AFSLUT: actions.afslut,
        }[Hoeringsudfald(ind.validated_data["udfald"])]

        def goer() -> Response:
            gerning(aktoer=self.aktoer, hoering_id=hoering_id)
            return Response(self._en(hoering_id), status=201)

        return gentagelig(request, self.aktoer.identitet, goer)


class Svar(_Hoering):
    """The answers that count."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Svarene på en høring", responses=liste(HoeringssvarUd))
    def get(self, request: Request, hoering_id: UUID) -> Response:
        """In the order of their recipients' names."""
        visning = queries.vis(queries.synlig_hoering(self.aktoer, hoering_id))
        deres: dict[UUID, list[Bemaerkningsvisning]] = {}
        for afsnit in visning.afsnit:
            for b in afsnit.bemaerkninger:
                deres.setdefault(b.modtager.pk, []).append(b)

        raekker = [
            {
                "modtagerId": str(m.modtager.pk),
                "navn": m.modtager.navn,
                "afgivet": rfc3339(m.svar.afgivet),
                "ingenBemaerkninger": m.svar.ingen_bemaerkninger,
                "bemaerkninger": [_vis_bemaerkning(b) for b in deres.get(m.modtager.pk, [])],
            }
            for m in visning.modtagere
            if m.svar
        ]
        return liste_side(request, raekker, lambda r: str(r["modtagerId"]), lambda r: r)


class Fil(_Hoering):
    """A file of an answer."""

    renderer_classes = [Filformat]
    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}
    graense = Graense.API_HENT

    @extend_schema(
        summary="En fil i et høringssvar",
        responses={(200, type_): OpenApiTypes.BINARY for type_ in INDHOLDSTYPE.values()} | PROBLEM,
    )
    def get(self, _request: Request, hoering_id: UUID, fil_id: UUID) -> HttpResponse:
        """A stranger's, as it came: see `gennemsoegt`, and never open it where it could do something."""
        return udlever(queries.synlig_fil(self.aktoer, fil_id, hoering_id))


class Behandlinger(_Hoering):
    """What the secretariat does with remarks."""

    kraever: ClassVar = {"POST": Rettighed.HOERINGER_SKRIV}

    @extend_schema(
        summary="Behandl en bemærkning", request=BehandlingInd, responses=en(BehandlingUd, KONFLIKT, status=201)
    )
    def post(self, request: Request, hoering_id: UUID, bemaerkning_id: UUID) -> Response:
        """The one registered last counts."""
        ind = BehandlingInd(data=request.data)
        ind.is_valid(raise_exception=True)
        ny = actions.behandl(
            aktoer=self.aktoer,
            bemaerkning_id=bemaerkning_id,
            hoering_id=hoering_id,
            udfald=Behandlingsudfald(ind.validated_data["udfald"]),
            version=ind.validated_data["version"],
            begrundelse=ind.validated_data["begrundelse"],
        )
        return Response(_vis_behandling(ny), status=201)
