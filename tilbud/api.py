"""The register over REST: classifications, offers, departments, places and confirmations. Nothing here is about a citizen."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.etag import med_etag
from faelles.openapi import IKKE_AENDRET, SIDER, en, liste, soegeord
from faelles.sider import side
from faelles.sprog import soegefold
from faelles.tid import Periode, idag, nu, rfc3339
from kommuner.api_base import Ressource
from tilbud import filtre
from tilbud.bekraeftelser.actions import bekraeft
from tilbud.belaegning.models import Optagelse
from tilbud.belaegning.querysets import er_ledig
from tilbud.models import Afdeling, Fejlmelding, Hjemmel, Maalgruppe, Plads, Tilbud
from tilbud.querysets import i_aabent_tilbud


class MaalgruppeUd(serializers.Serializer[Any]):
    """A target group (FFB)."""

    kode = serializers.UUIDField()
    term = serializers.CharField()
    overordnet = serializers.UUIDField(allow_null=True)


class HjemmelUd(serializers.Serializer[Any]):
    """A legal basis; `erstattesAf` maps the code of an old law to today's."""

    kode = serializers.CharField()
    navn = serializers.CharField()
    lov = serializers.CharField()
    paragraf = serializers.CharField(allow_blank=True)
    erstattesAf = serializers.CharField(allow_null=True)


class TilbudUd(serializers.Serializer[Any]):
    """An offer. A protected address is empty."""

    id = serializers.UUIDField()
    navn = serializers.CharField()
    driftsherreId = serializers.UUIDField()
    driftsherre = serializers.CharField()
    kommunekode = serializers.CharField()
    kommune = serializers.CharField()
    adresse = serializers.CharField(allow_blank=True)
    beskyttetAdresse = serializers.BooleanField()
    alderFra = serializers.IntegerField()
    alderTil = serializers.IntegerField(allow_null=True)
    lukketFra = serializers.DateField(allow_null=True)
    hjemler = serializers.ListField(child=serializers.CharField())
    maalgrupper = serializers.ListField(child=serializers.UUIDField())
    aabneFejlmeldinger = serializers.IntegerField(help_text="Fejlmeldinger, driftsherren ikke har besvaret.")
    demo = serializers.BooleanField()


class AfdelingUd(serializers.Serializer[Any]):
    """A department of an offer."""

    id = serializers.UUIDField()
    navn = serializers.CharField()
    tilbudId = serializers.UUIDField()


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
    merplads = serializers.BooleanField()
    optaget = serializers.BooleanField(allow_null=True)


class BekraeftelseUd(serializers.Serializer[Any]):
    """Who confirmed a department's places, and when."""

    id = serializers.UUIDField()
    afdelingId = serializers.UUIDField()
    tidspunkt = serializers.DateTimeField()
    organisation = serializers.CharField()


class PeriodeInd(serializers.Serializer[Any]):
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
        return side(
            request,
            raekker,
            ["term_sortering", "kode"],
            lambda r: {"kode": str(r["kode"]), "term": r["term"], "overordnet": _tekst(r["overordnet_id"])},
        )


class Hjemler(Ressource):
    """Legal bases."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Hjemler", responses=liste(HjemmelUd))
    def get(self, request: Request) -> Response:
        """In the order of the list."""
        raekker = Hjemmel.objects.values(
            "kode", "navn", "lov", "paragraf", "raekkefoelge", erstattesAf=F("erstattes_af_id")
        )
        return side(
            request, raekker, ["raekkefoelge", "kode"], lambda r: {k: v for k, v in r.items() if k != "raekkefoelge"}
        )


def _tekst(vaerdi: UUID | None) -> str | None:
    return None if vaerdi is None else str(vaerdi)


_AABNE_FEJL = (
    Fejlmelding.objects.aabne()
    .filter(tilbud=OuterRef("pk"))
    .order_by()
    .values("tilbud")
    .annotate(antal=Count("pk"))
    .values("antal")
)


def _tilbud() -> "QuerySet[Tilbud, Any]":
    return Tilbud.objects.values(
        "id", "navn", "navn_sortering", "driftsherre_id", "driftsherre__navn", "beliggenhedskommune_id",
        "beliggenhedskommune__kortnavn", "adresse", "beskyttet_adresse", "alder_fra", "alder_til", "lukket_fra", "demo",
    ).annotate(
        # subqueries, so that only the rows of the page are asked about
        hjemmelkoder=ArraySubquery(
            Tilbud.hjemler.through.objects.filter(tilbud=OuterRef("pk")).order_by("hjemmel_id").values("hjemmel_id")
        ),
        gruppekoder=ArraySubquery(
            Tilbud.maalgrupper.through.objects.filter(tilbud=OuterRef("pk")).order_by("maalgruppe_id").values("maalgruppe_id")
        ),
        aabne_fejl=Coalesce(Subquery(_AABNE_FEJL), 0),
    )  # fmt: skip


def _vis_tilbud(r: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(r["id"]),
        "navn": r["navn"],
        "driftsherreId": str(r["driftsherre_id"]),
        "driftsherre": r["driftsherre__navn"],
        "kommunekode": r["beliggenhedskommune_id"],
        "kommune": r["beliggenhedskommune__kortnavn"],
        "adresse": r["adresse"],
        "beskyttetAdresse": r["beskyttet_adresse"],
        "alderFra": r["alder_fra"],
        "alderTil": r["alder_til"],
        "lukketFra": r["lukket_fra"].isoformat() if r["lukket_fra"] else None,
        "hjemler": r["hjemmelkoder"],
        "maalgrupper": [str(kode) for kode in r["gruppekoder"]],
        "aabneFejlmeldinger": r["aabne_fejl"],
        "demo": r["demo"],
    }


class TilbudListe(Ressource):
    """Offers."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}

    soegeord: ClassVar = (
        filtre.MAALGRUPPE,
        filtre.HJEMMEL,
        filtre.KOMMUNE,
        filtre.DRIFTSHERRE,
        soegeord("q", "Del af navnet."),
        *SIDER,
    )

    @extend_schema(summary="Tilbud", responses=liste(TilbudUd))
    def get(self, request: Request) -> Response:
        """Open offers in Danish order; filters are added to each other."""
        aabne = Tilbud.objects.aabne(idag())
        if grupper := filtre.maalgrupper(request):
            aabne = aabne.filter(maalgrupper__in=grupper)
        if hjemler := filtre.hjemler(request):
            aabne = aabne.filter(hjemler__in=hjemler)
        if kommuner := filtre.kommuner(request):
            aabne = aabne.filter(beliggenhedskommune__in=kommuner)
        if driftsherrer := filtre.driftsherrer(request):
            aabne = aabne.filter(driftsherre__in=driftsherrer)
        if tekst := request.query_params.get("q", ""):
            aabne = aabne.filter(navn_soegning__contains=soegefold(tekst.replace("\0", "")))
        return side(
            request, _tilbud().filter(pk__in=aabne.order_by().values("pk")), ["navn_sortering", "id"], _vis_tilbud
        )


class EtTilbud(Ressource):
    """One offer."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}

    @extend_schema(summary="Et tilbud", responses=en(TilbudUd, IKKE_AENDRET))
    def get(self, request: Request, tilbud_id: UUID) -> Response:
        """Also a closed one."""
        raekke = _tilbud().filter(pk=tilbud_id).first()
        if raekke is None:
            raise Http404
        return med_etag(request, _vis_tilbud(raekke))


class Afdelinger(Ressource):
    """The departments of an offer."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Et tilbuds afdelinger", responses=liste(AfdelingUd))
    def get(self, request: Request, tilbud_id: UUID) -> Response:
        """In Danish order."""
        if not Tilbud.objects.filter(pk=tilbud_id).exists():
            raise Http404
        raekker = Afdeling.objects.filter(tilbud=tilbud_id).values("id", "navn", "navn_sortering", "tilbud_id")
        return side(
            request,
            raekker,
            ["navn_sortering", "id"],
            lambda r: {"id": str(r["id"]), "navn": r["navn"], "tilbudId": str(r["tilbud_id"])},
        )


class Bekraeftelser(Ressource):
    """Confirmations of a department's places."""

    kraever: ClassVar = {"POST": Rettighed.PLADSER_BEKRAEFT}

    @extend_schema(summary="Bekræft en afdelings pladser", request=None, responses=en(BekraeftelseUd, status=201))
    def post(self, _request: Request, afdeling_id: UUID) -> Response:
        """The places of the department are right at this moment."""
        ny = bekraeft(aktoer=self.aktoer, afdeling_id=afdeling_id)
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


def _pladser(request: Request) -> "QuerySet[Plads, Any]":
    pladser = Plads.objects.all()
    if request.query_params.get("fra") or request.query_params.get("til"):
        ind = PeriodeInd(data=request.query_params)
        ind.is_valid(raise_exception=True)
        aaben = Q(periode__contains=ind.periode.som_range)
        ledig = Q(er_ledig(Optagelse.objects.all(), ind.periode, nu())) & aaben & i_aabent_tilbud(ind.periode)
        svar = pladser.annotate(optaget=~ledig)
    else:
        svar = pladser.annotate(optaget=Value(None, output_field=BooleanField(null=True)))
    return svar.values(
        "id", "betegnelse", "betegnelse_sortering", "art", "ugedage", "periode", "merplads", "afdeling_id", "optaget",
        "afdeling__tilbud_id",
    )  # fmt: skip


def _vis_plads(r: Mapping[str, Any]) -> dict[str, Any]:
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
        "optaget": r["optaget"],
    }


class Pladser(Ressource):
    """Places, and whether they are free in a period."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}

    soegeord: ClassVar = (filtre.TILBUD, filtre.AFDELING, *PLADS_PERIODE, *SIDER)

    @extend_schema(summary="Pladser", responses=liste(PladsUd))
    def get(self, request: Request) -> Response:
        """`optaget` is what the ledger says: a claim on some day of the period, or the place not open on all of them."""
        raekker = _pladser(request)
        if tilbud := filtre.tilbud(request):
            raekker = raekker.filter(afdeling__tilbud__in=tilbud)
        if afdelinger := filtre.afdelinger(request):
            raekker = raekker.filter(afdeling__in=afdelinger)
        return side(request, raekker, ["id"], _vis_plads)


class EnPlads(Ressource):
    """One place."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}

    soegeord: ClassVar = PLADS_PERIODE

    @extend_schema(summary="En plads", responses=en(PladsUd, IKKE_AENDRET))
    def get(self, request: Request, plads_id: UUID) -> Response:
        """Taken or free, never by whom."""
        raekke = _pladser(request).filter(pk=plads_id).first()
        if raekke is None:
            raise Http404
        return med_etag(request, _vis_plads(raekke))
