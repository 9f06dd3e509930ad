"""The register over REST: classifications, offers, departments, places and confirmations. Nothing here is about a citizen."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.krop import Krop, laes
from faelles.openapi import KONFLIKT, SIDER, en, liste, soegeord
from faelles.sider import side
from faelles.tid import Periode, idag, nu, rfc3339
from faelles.tryk import LAENGDE
from kommuner.api_base import Ressource
from tilbud import filtre
from tilbud.bekraeftelser.actions import bekraeft_viste
from tilbud.bekraeftelser.queries import egne_afdelinger, vises
from tilbud.belaegning.models import Optagelse
from tilbud.belaegning.querysets import er_ledig
from tilbud.friskhed import Friskhed
from tilbud.models import Afdeling, Maalgruppe, Merpladstilladelse, Plads, Tilbud
from tilbud.oplysninger.api import HjemmelUd, MaalgruppeUd
from tilbud.oplysninger.queries import hjemler, hjemmel, maalgruppe
from tilbud.queries import Stand, stande
from tilbud.querysets import i_aabent_tilbud
from vilkaar.api import KildeUd, vis_kilde


class SenesteBekraeftelseUd(serializers.Serializer[Any]):
    """When a department's places were last confirmed, and by which organisation in which function."""

    tidspunkt = serializers.DateTimeField()
    organisation = serializers.CharField()
    funktion = serializers.CharField()


class MerpladstilladelseUd(serializers.Serializer[Any]):
    """A permission to exceed the approved number by so many places, from `fra` up to but not including `til`."""

    fra = serializers.DateField()
    til = serializers.DateField(allow_null=True)
    pladser = serializers.IntegerField()
    grund = serializers.CharField()


class AfdelingUd(serializers.Serializer[Any]):
    """A department of an offer."""

    id = serializers.UUIDField()
    navn = serializers.CharField()
    tilbudId = serializers.UUIDField()
    friskhed = serializers.ChoiceField(choices=[f.value for f in Friskhed])
    vilkaar = KildeUd(allow_null=True, help_text="Klausul og sæt, der siger, hvor længe en bekræftelse gælder.")
    vilkaarMangler = serializers.CharField(
        allow_blank=True, help_text="Hvorfor intet vilkår siger det, når vilkaar er null; ellers tom."
    )
    bekraeftelse = SenesteBekraeftelseUd(allow_null=True, help_text="Den seneste.")
    merpladstilladelser = MerpladstilladelseUd(many=True, help_text="Alle, også de udløbne og de kommende.")
    fingeraftryk = serializers.CharField(
        allow_null=True,
        help_text="Af pladserne og det, der er taget fra i dag: det, driftsherren bekræfter. Null for alle andre.",
    )


class PladslukningUd(serializers.Serializer[Any]):
    """Days a place is closed for a time, and why, in the codes of /lukninger."""

    fra = serializers.DateField()
    til = serializers.DateField()
    grund = serializers.CharField()


class PladsUd(serializers.Serializer[Any]):
    """A place. `optaget` answers for the period asked for, and is null when none is; never by whom it is taken.

    False is what the ledger says, not a promise: whether somebody vouches for the place stands in /ledige-pladser.
    """

    id = serializers.UUIDField()
    betegnelse = serializers.CharField()
    art = serializers.CharField()
    ugedage = serializers.ListField(child=serializers.IntegerField())
    afdelingId = serializers.UUIDField()
    tilbudId = serializers.UUIDField()
    aabenFra = serializers.DateField()
    aabenTil = serializers.DateField(allow_null=True)
    merplads = serializers.BooleanField(help_text="Under afdelingens tilladelse til flere pladser end godkendt.")
    forbeholdtEgne = serializers.BooleanField(help_text="Kun for driftsherrens egne borgere.")
    forbeholdtBeboere = serializers.BooleanField(help_text="En dagplads kun for beboerne i botilbuddet.")
    selvhenvendelse = serializers.BooleanField(help_text="Borgeren kan henvende sig selv.")
    lukninger = PladslukningUd(many=True, help_text="Dem, der lukker pladsen i dag eller senere.")
    optaget = serializers.BooleanField(allow_null=True)


class BekraeftelseUd(serializers.Serializer[Any]):
    """Who confirmed a department's places, and when."""

    id = serializers.UUIDField()
    afdelingId = serializers.UUIDField()
    tidspunkt = serializers.DateTimeField()
    organisation = serializers.CharField()


class BekraeftelseInd(Krop):
    """What the confirmation is about: the places as the client has seen them."""

    fingeraftryk = serializers.CharField(
        max_length=LAENGDE, help_text="Afdelingens fra /tilbud/{tilbud_id}/afdelinger, læst før pladserne."
    )


class PeriodeInd(Krop):
    """Days from `fra` up to but not including `til`; `til` may be left open."""

    fra = serializers.DateField()
    til = serializers.DateField(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A period holds at least one day."""
        if attrs.get("til") is not None and attrs["til"] <= attrs["fra"]:
            raise serializers.ValidationError(
                {"til": ["til skal ligge efter fra; perioden er [fra, til)."]}, code="tom_periode"
            )
        return attrs

    @property
    def periode(self) -> Periode:
        """The validated period."""
        return Periode(self.validated_data["fra"], self.validated_data.get("til"))


class Maalgrupper(Ressource):
    """Target groups one can choose."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Målgrupper (FFB)", responses=liste(MaalgruppeUd))
    def get(self, request: Request) -> Response:
        """In Danish order."""
        raekker = Maalgruppe.objects.filter(valgbar=True).values("kode", "term", "term_sortering", "overordnet_id")
        return side(request, raekker, ["term_sortering", "kode"], maalgruppe)


class Hjemler(Ressource):
    """Legal bases."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Hjemler", responses=liste(HjemmelUd))
    def get(self, request: Request) -> Response:
        """In the order of the list."""
        return side(request, hjemler(), ["raekkefoelge", "kode"], hjemmel)


class Afdelinger(Ressource):
    """The departments of an offer."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Et tilbuds afdelinger", responses=liste(AfdelingUd))
    def get(self, request: Request, tilbud_id: UUID) -> Response:
        """In Danish order, with the latest confirmation of the places and how fresh it is."""
        hvor = dict(Afdeling.objects.filter(tilbud=tilbud_id).values_list("pk", "tilbud__beliggenhedskommune"))
        if not hvor and not Tilbud.objects.filter(pk=tilbud_id).exists():
            raise Http404
        stand = stande(hvor, nu(), idag())
        raekker = Afdeling.objects.filter(tilbud=tilbud_id).values("id", "navn", "navn_sortering", "tilbud_id")
        tilladelser = Merpladstilladelse.objects.filter(afdeling=OuterRef("pk")).order_by("periode")
        raekker = raekker.annotate(
            tilladelser=ArraySubquery(
                tilladelser.values(
                    t=JSONObject(fra="periode__startswith", til="periode__endswith", pladser="pladser", grund="grund")
                )
            )
        )
        aftryk = self._aftryk(tilbud_id)
        return side(
            request,
            raekker,
            ["navn_sortering", "id"],
            lambda r: _vis_afdeling(r, stand[r["id"]], aftryk.get(r["id"])),
        )

    def _aftryk(self, tilbud_id: UUID) -> Mapping[UUID, str]:
        """The fingerprints of the departments the client can confirm. Six statements, or none."""
        if not self.aktoer.maa(Rettighed.PLADSER_BEKRAEFT):
            return {}
        egne = list(egne_afdelinger(self.aktoer, idag()).filter(tilbud=tilbud_id).values_list("pk", flat=True))
        return {pk: vist.tryk for pk, vist in vises(dict.fromkeys(egne, tilbud_id), nu()).items()}


def _vis_afdeling(r: Mapping[str, Any], stand: Stand, fingeraftryk: str | None) -> dict[str, Any]:
    bekraeftet = stand.tidspunkt and {
        "tidspunkt": rfc3339(stand.tidspunkt),
        "organisation": stand.organisation,
        "funktion": stand.funktion,
    }
    return {
        "id": str(r["id"]),
        "navn": r["navn"],
        "tilbudId": str(r["tilbud_id"]),
        "friskhed": stand.friskhed.value,
        "vilkaar": vis_kilde(stand.kilde),
        "vilkaarMangler": stand.mangler,
        "bekraeftelse": bekraeftet,
        "merpladstilladelser": r["tilladelser"],
        "fingeraftryk": fingeraftryk,
    }


class Bekraeftelser(Ressource):
    """Confirmations of a department's places."""

    kraever: ClassVar = {"POST": Rettighed.PLADSER_BEKRAEFT}

    @extend_schema(
        summary="Bekræft en afdelings pladser",
        request=BekraeftelseInd,
        responses=en(BekraeftelseUd, KONFLIKT, status=201),
    )
    def post(self, request: Request, afdeling_id: UUID) -> Response:
        """The places of the department are right as they were seen; have they changed since, 409 `aendret_siden_vist`: look again."""
        ind = laes(BekraeftelseInd, request)
        viste = {afdeling_id: ind["fingeraftryk"]}
        (ny,) = bekraeft_viste(aktoer=self.aktoer, viste=viste)
        krop = {
            "id": str(ny.id),
            "afdelingId": str(ny.afdeling_id),
            "tidspunkt": rfc3339(ny.tidspunkt),
            "organisation": self.aktoer.organisation_navn,
        }
        return Response(krop, status=201)


PLADS_PERIODE = [
    soegeord("fra", "Første dag, der spørges om.", {"type": "string", "format": "date"}),
    soegeord("til", "Dagen efter den sidste; kan udelades.", {"type": "string", "format": "date"}),
]


def pladser(request: Request) -> "QuerySet[Plads, Any]":
    """The values of places, `optaget` for the period the query names."""
    alle = Plads.objects.all()
    if request.query_params.get("fra") or request.query_params.get("til"):
        ind = PeriodeInd(data=request.query_params)
        ind.is_valid(raise_exception=True)
        aaben = Q(periode__contains=ind.periode.som_range)
        ledig = Q(er_ledig(Optagelse.objects.all(), ind.periode, nu())) & aaben & i_aabent_tilbud(ind.periode)
        svar = alle.annotate(optaget=~ledig)
    else:
        svar = alle.annotate(optaget=Value(None, output_field=BooleanField(null=True)))
    lukket = Optagelse.objects.filter(
        plads=OuterRef("pk"), lukning__isnull=False, aktiv=True, periode__endswith__gt=idag()
    )
    return svar.annotate(
        lukkede_dage=ArraySubquery(
            lukket.order_by("periode").values(
                l=JSONObject(fra="periode__startswith", til="periode__endswith", grund="lukning__grund")
            )
        )
    ).values(
        "id", "betegnelse", "betegnelse_sortering", "art", "ugedage", "periode", "merplads", "forbeholdt_egne", "forbeholdt_beboere", "afdeling_id",
        "afdeling__tilbud_id", "afdeling__tilbud__selvhenvendelse", "lukkede_dage", "optaget",
    )  # fmt: skip


def vis_plads(r: Mapping[str, Any]) -> dict[str, Any]:
    """A place as PladsUd."""
    periode = Periode.af_range(r["periode"])
    return {
        "id": str(r["id"]),
        "betegnelse": r["betegnelse"],
        "art": r["art"],
        "ugedage": r["ugedage"],
        "afdelingId": str(r["afdeling_id"]),
        "tilbudId": str(r["afdeling__tilbud_id"]),
        "aabenFra": periode.fra.isoformat(),
        "aabenTil": periode.til.isoformat() if periode.til else None,
        "merplads": r["merplads"],
        "forbeholdtEgne": r["forbeholdt_egne"],
        "forbeholdtBeboere": r["forbeholdt_beboere"],
        "selvhenvendelse": r["afdeling__tilbud__selvhenvendelse"],
        "lukninger": r["lukkede_dage"],
        "optaget": r["optaget"],
    }


class Pladser(Ressource):
    """Places, and whether they are free in a period."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}

    soegeord: ClassVar = (filtre.TILBUD, filtre.AFDELING, *PLADS_PERIODE, *SIDER)

    @extend_schema(summary="Pladser", responses=liste(PladsUd))
    def get(self, request: Request) -> Response:
        """`optaget` is what the ledger says: a claim on some day of the period, or the place not open on all of them."""
        valgte = filtre.valgte(request, afdeling__tilbud__in=filtre.tilbud, afdeling__in=filtre.afdelinger)
        raekker = pladser(request).filter(**valgte)
        return side(request, raekker, ["id"], vis_plads)
