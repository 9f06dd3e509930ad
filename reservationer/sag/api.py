"""Reservations over REST: for the two parties only; everybody else is told that they do not exist."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.etag import med_etag
from faelles.idempotens import gentagelig
from faelles.ids import REFERENCE
from faelles.krop import Krop, laes
from faelles.openapi import GENTAGELSE, IKKE_AENDRET, KONFLIKT, SIDER, ProblemUd, en, liste, soegeord
from faelles.problem import MEDIETYPE
from faelles.sider import side
from faelles.tid import Periode, nu, rfc3339
from kommuner.adgang import log_laesning
from kommuner.api_base import Ressource
from reservationer.sag import deling, queries
from reservationer.sag.actions import beslut, reserver
from reservationer.sag.apiformer import forbigaaede_ind, sagte_grunde
from reservationer.sag.overgange import Emne, Grund, Udfald, grunde_for, tilstande, udfald_for
from tilbud.api import PeriodeInd
from vilkaar.api import EfterVilkaarUd, efter
from vilkaar.kilde import fra_felt, kildefelt
from vilkaar.noegler import Noegle

TILSTANDE = [tilstand.value for tilstand in tilstande(Emne.RESERVATION)]
# A stay is begun with POST /ophold.
UDFALD = [udfald.value for udfald in udfald_for(Emne.RESERVATION) if udfald is not Udfald.INDSKRIV]
GRUNDE = [grund.value for grund in grunde_for(Emne.RESERVATION)]
OPTAGET = {**KONFLIKT, (422, MEDIETYPE): ProblemUd}


class ReservationUd(serializers.Serializer[Any]):
    """A reservation as its parties see it."""

    id = serializers.UUIDField()
    reference = serializers.RegexField(
        REFERENCE, help_text="Tilfældig reference, som begge parter kan bruge i breve og telefonsamtaler."
    )
    tilstand = serializers.ChoiceField(choices=TILSTANDE)
    pladsId = serializers.UUIDField()
    afdelingId = serializers.UUIDField()
    tilbudId = serializers.UUIDField()
    tilbud = serializers.CharField()
    fra = serializers.DateField()
    til = serializers.DateField(allow_null=True)
    ugedage = serializers.ListField(child=serializers.IntegerField())
    udloeber = serializers.DateTimeField(allow_null=True)
    handlekommuneId = serializers.UUIDField()
    handlekommune = serializers.CharField()
    driftsherreId = serializers.UUIDField()
    driftsherre = serializers.CharField()
    hjemmel = serializers.CharField()
    maalgruppe = serializers.UUIDField(allow_null=True)
    sagsreference = serializers.CharField()
    oprettet = serializers.DateTimeField()
    efterVilkaar = EfterVilkaarUd(many=True, help_text="Vilkåret, der siger, hvor længe pladsen holdes.")


class ReservationInd(PeriodeInd):
    """What a municipality asks for. The buyer is the client's own organisation, never a parameter."""

    pladsId = serializers.UUIDField(required=False, allow_null=True)
    afdelingId = serializers.UUIDField(required=False, allow_null=True, help_text=deling.AFDELING)
    fortsaetterOpholdId = serializers.UUIDField(required=False, allow_null=True, help_text=deling.FORTSAETTER)
    fra = serializers.DateField(help_text=deling.PERIODE)
    til = serializers.DateField(required=False, allow_null=True, help_text=deling.TIL)
    ugedage = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=7), required=False, max_length=7, help_text=deling.UGEDAGE
    )
    hjemmel = serializers.CharField(max_length=12, help_text=deling.HJEMMEL)
    sagsreference = serializers.CharField(max_length=60, help_text=deling.SAGSREFERENCE)
    maalgruppe = serializers.UUIDField(required=False, allow_null=True, help_text=deling.MAALGRUPPE)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A place or a department, not both and not neither."""
        if (attrs.get("pladsId") is None) == (attrs.get("afdelingId") is None):
            raise serializers.ValidationError(
                {"pladsId": ["Send enten pladsId eller afdelingId."]}, code="plads_eller_afdeling"
            )
        return super().validate(attrs)


class BeslutningUd(serializers.Serializer[Any]):
    """A decision about a reservation."""

    id = serializers.UUIDField()
    udfald = serializers.ChoiceField(choices=UDFALD)
    grund = serializers.CharField(allow_blank=True)
    bemaerkning = serializers.CharField(allow_blank=True)
    organisation = serializers.CharField()
    tidspunkt = serializers.DateTimeField()


class BeslutningInd(Krop):
    """Confirm, decline or cancel."""

    udfald = serializers.ChoiceField(choices=UDFALD)
    grund = serializers.ChoiceField(choices=GRUNDE, required=False, allow_null=True, help_text=deling.GRUND)
    bemaerkning = serializers.CharField(
        max_length=500, required=False, allow_blank=True, default="", help_text=deling.BEMAERKNING
    )
    forbigaaede = forbigaaede_ind()


def _vis(r: dict[str, Any]) -> dict[str, Any]:
    periode = Periode.af_range(r["vist_periode"])
    return {
        "id": str(r["id"]),
        "reference": r["reference"],
        "tilstand": r["aktuel_tilstand"],
        "pladsId": str(r["optagelse__plads_id"]),
        "afdelingId": str(r["optagelse__plads__afdeling_id"]),
        "tilbudId": str(r["tilbud_id"]),
        "tilbud": r["tilbud__navn"],
        "fra": periode.fra.isoformat(),
        "til": periode.til.isoformat() if periode.til else None,
        "ugedage": r["optagelse__ugedage"],
        "udloeber": r["optagelse__udloeber"] and rfc3339(r["optagelse__udloeber"]),
        "handlekommuneId": str(r["handlekommune_id"]),
        "handlekommune": r["handlekommune__navn"],
        "driftsherreId": str(r["driftsherre_id"]),
        "driftsherre": r["driftsherre__navn"],
        "hjemmel": r["hjemmel_id"],
        "maalgruppe": str(r["maalgruppe_id"]) if r["maalgruppe_id"] else None,
        "sagsreference": r["sagsreference"],
        "oprettet": rfc3339(r["oprettet"]),
        "efterVilkaar": efter("udloeber", Noegle.RESERVATION_VARIGHED, fra_felt(r["kilde"])),
    }


FELTER = (
    "id", "reference", "aktuel_tilstand", "optagelse__plads_id", "optagelse__plads__afdeling_id", "vist_periode", "optagelse__ugedage",
    "optagelse__udloeber",
    "tilbud_id", "tilbud__navn", "handlekommune_id", "handlekommune__navn", "driftsherre_id", "driftsherre__navn", "hjemmel_id",
    "maalgruppe_id", "sagsreference", "oprettet", "kilde",
)  # fmt: skip


class _Sag(Ressource):
    """What all resources of a case share: it is read for somebody, and the reading is logged; no copy is kept."""

    gemmes = "private, no-store"

    def _raekker(self) -> queries.Aktuelle:
        efter_ = kildefelt(Noegle.RESERVATION_VARIGHED)
        return queries.reservationer(self.aktoer, nu()).annotate(kilde=efter_)

    def _vist(self, reservation_id: UUID) -> dict[str, Any]:
        raekke = self._raekker().filter(pk=reservation_id).values(*FELTER).first()
        if raekke is None:
            raise Http404
        return _vis(raekke)

    def _reservation(self, reservation_id: UUID) -> dict[str, Any]:
        vist = self._vist(reservation_id)
        self._log([vist])
        return vist

    def _log(self, viste: Iterable[Mapping[str, Any]]) -> None:
        laeste = {UUID(v["id"]): (UUID(v["handlekommuneId"]), UUID(v["driftsherreId"])) for v in viste}
        log_laesning(self.aktoer, "reservation", laeste)


class Reservationer(_Sag):
    """The actor's reservations, and new ones."""

    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES, "POST": Rettighed.RESERVATIONER_SKRIV}
    soegeord: ClassVar = (
        soegeord("tilstand", "Flere betyder en af dem.", flere=True, ord_=TILSTANDE),
        soegeord("reference", "Reservationens reference, eller en del af kommunens egen sagsreference."),
        *SIDER,
    )

    @extend_schema(summary="Egne reservationer", responses=liste(ReservationUd))
    def get(self, request: Request) -> Response:
        """As buyer for an authority's client, as seller for an operator's; newest first."""
        raekker = self._raekker()
        if tilstande := request.query_params.getlist("tilstand"):
            raekker = raekker.filter(aktuel_tilstand__in=tilstande)
        if reference := request.query_params.get("reference", "").replace("\0", ""):
            raekker = queries.med_reference(raekker, reference)
        svar = side(request, raekker.values(*FELTER), ["-oprettet", "-id"], _vis)
        self._log(svar.data["resultater"])
        return svar

    @extend_schema(
        summary="Reservér en plads",
        parameters=[GENTAGELSE],
        request=ReservationInd,
        responses=en(ReservationUd, OPTAGET, status=201),
    )
    def post(self, request: Request) -> Response:
        """A hold in the ledger until the operator answers or it runs out. Exactly one of several for the same place wins."""
        return gentagelig(request, self.aktoer.identitet, lambda: self._reserver(request))

    def _reserver(self, request: Request) -> Response:
        ind = ReservationInd(data=request.data)
        ind.is_valid(raise_exception=True)
        ny = reserver(
            aktoer=self.aktoer,
            plads_id=ind.validated_data.get("pladsId"),
            afdeling_id=ind.validated_data.get("afdelingId"),
            fortsaetter=ind.validated_data.get("fortsaetterOpholdId"),
            periode=ind.periode,
            hjemmel=ind.validated_data["hjemmel"],
            sagsreference=ind.validated_data["sagsreference"],
            maalgruppe=ind.validated_data.get("maalgruppe"),
            ugedage=ind.validated_data.get("ugedage", ()),
        )
        # not logged as read: the trail of what the actor just made says that she knows it
        return Response(self._vist(ny.id), status=201, headers={"Location": f"/api/v1/reservationer/{ny.id}"})


class EnReservation(_Sag):
    """One reservation."""

    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES}

    @extend_schema(summary="En reservation", responses=en(ReservationUd, IKKE_AENDRET))
    def get(self, request: Request, reservation_id: UUID) -> Response:
        """For its two parties; others get 404."""
        return med_etag(request, self._reservation(reservation_id))


class Beslutninger(_Sag):
    """The decisions about a reservation."""

    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES, "POST": Rettighed.RESERVATIONER_SKRIV}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="En reservations beslutninger", responses=liste(BeslutningUd))
    def get(self, request: Request, reservation_id: UUID) -> Response:
        """In the order they were taken."""
        self._reservation(reservation_id)
        raekker = queries.beslutninger(self.aktoer, reservation_id).values(
            "id", "udfald", "grund", "bemaerkning", "organisation__navn", "tidspunkt"
        )
        return side(
            request,
            raekker,
            ["tidspunkt", "id"],
            lambda r: {
                "id": str(r["id"]),
                "udfald": r["udfald"],
                "grund": r["grund"],
                "bemaerkning": r["bemaerkning"],
                "organisation": r["organisation__navn"],
                "tidspunkt": rfc3339(r["tidspunkt"]),
            },
        )

    @extend_schema(
        summary="Bekræft, afvis, annullér eller forlæng",
        parameters=[GENTAGELSE],
        request=BeslutningInd,
        responses=en(ReservationUd, OPTAGET, status=201),
    )
    def post(self, request: Request, reservation_id: UUID) -> Response:
        """By the table of transitions; answers with the reservation as it is afterwards. `bekraeft` needs a reason for each who waits before."""
        return gentagelig(request, self.aktoer.identitet, lambda: self._beslut(request, reservation_id))

    def _beslut(self, request: Request, reservation_id: UUID) -> Response:
        ind = laes(BeslutningInd, request)
        grund = ind.get("grund")
        with sagte_grunde(ind["forbigaaede"]) as forbi:
            beslut(
                aktoer=self.aktoer,
                reservation_id=reservation_id,
                udfald=Udfald(ind["udfald"]),
                grund=Grund(grund) if grund else None,
                bemaerkning=ind["bemaerkning"],
                forbi=forbi,
            )
        return Response(self._reservation(reservation_id), status=201)
