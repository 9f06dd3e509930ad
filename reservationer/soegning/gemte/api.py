"""Saved searches over REST: for the municipality as authority, its people's and its systems' alike."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Funktion, Rettighed
from faelles.etag import med_etag
from faelles.idempotens import gentagelig
from faelles.openapi import GENTAGELSE, IKKE_AENDRET, KONFLIKT, PROBLEM, SIDER, ProblemUd, en, liste
from faelles.problem import MEDIETYPE
from faelles.sider import side
from faelles.tid import rfc3339
from kommuner.api_base import Ressource
from kommuner.models import Kkr
from reservationer.soegning.apiprofil import MaalgruppevaegtInd, ProfilInd, StedInd
from reservationer.soegning.forms import DRIFTSHERREARTER
from reservationer.soegning.gemte import actions, queries
from reservationer.soegning.gemte.koder import kan_laeses
from reservationer.soegning.models import Soegefund
from tilbud.models import Adfaerd, FysiskTraek, Pladsart

FELTER = ("id", "navn", "profil", "oprettet", "bruger_id", "klient_id", "antal_fund", "seneste_fund")


class GemtProfilUd(serializers.Serializer[Any]):
    """The need, in the shape POST /soegninger takes; what was not asked for is left out."""

    fra = serializers.DateField()
    til = serializers.DateField(required=False)
    hjemmel = serializers.CharField(required=False)
    maalgrupper = MaalgruppevaegtInd(many=True, required=False)
    alder = serializers.IntegerField(required=False)
    ugedage = serializers.ListField(child=serializers.IntegerField(), required=False)
    arter = serializers.ListField(child=serializers.ChoiceField(choices=Pladsart.values), required=False)
    adfaerd = serializers.ListField(child=serializers.ChoiceField(choices=Adfaerd.values), required=False)
    fysiskeTraek = serializers.ListField(child=serializers.ChoiceField(choices=FysiskTraek.values), required=False)
    kkr = serializers.SlugField(required=False)
    kommuner = serializers.ListField(child=serializers.CharField(), required=False)
    naer = StedInd(required=False)
    hoejstKm = serializers.IntegerField(required=False)
    driftsherrearter = serializers.ListField(
        child=serializers.ChoiceField(choices=[art for art, _ in DRIFTSHERREARTER]), required=False
    )
    maksTakst = serializers.CharField(required=False)
    niveauer = serializers.ListField(child=serializers.IntegerField(), required=False)


class GemtSoegningUd(serializers.Serializer[Any]):
    """A saved search and how much fits it now."""

    id = serializers.UUIDField()
    navn = serializers.CharField()
    oprettet = serializers.DateTimeField()
    egen = serializers.BooleanField(help_text="Om klienten selv har gemt den; ellers en kollega eller et andet system.")
    kanLaeses = serializers.BooleanField(
        help_text="Falsk, når søgningens koder er udgået: den prøves ikke. Slet den, og gem den igen."
    )
    profil = GemtProfilUd(allow_null=True, help_text="Null, når søgningen ikke kan læses.")
    antalFund = serializers.IntegerField(help_text="Afdelinger, der passer nu.")
    senesteFund = serializers.DateTimeField(
        allow_null=True, help_text="Hvornår den sidste af dem begyndte at passe; spørg efter den for at se nyt."
    )


class SoegefundUd(serializers.Serializer[Any]):
    """A department that fits now. `meldt` is null when it fitted already as the search was saved."""

    afdelingId = serializers.UUIDField()
    afdeling = serializers.CharField()
    tilbudId = serializers.UUIDField()
    tilbud = serializers.CharField()
    fundet = serializers.DateTimeField()
    meldt = serializers.DateTimeField(allow_null=True)


class EnGemtSoegningUd(GemtSoegningUd):
    """A saved search with what fits it, the latest first."""

    fund = SoegefundUd(
        many=True,
        help_text=f"De seneste, højst {queries.FUND_OVER_REST}; er `antalFund` større, giver POST /soegninger med `profil` dem alle.",
    )


def _profil(gemt: Mapping[str, Any], kkrer: Mapping[str, str]) -> dict[str, Any]:
    """The stored need (`gemte.koder`) in the API's own names. `kkrer` are slugs by id."""
    naer = gemt["naer"]
    profil = {
        "fra": gemt["fra"],
        "til": gemt["til"],
        "hjemmel": gemt["hjemmel"],
        "maalgrupper": [{"kode": kode, "vaegt": vaegt} for kode, vaegt in gemt["maalgrupper"]],
        "alder": gemt["alder"],
        "ugedage": gemt["ugedage"],
        "arter": gemt.get("arter", []),
        "adfaerd": gemt["adfaerd"],
        "fysiskeTraek": gemt["fysiske_traek"],
        "kkr": gemt["kkr"] and kkrer.get(gemt["kkr"]),
        "kommuner": gemt["kommuner"],
        "naer": naer and {"laengde": naer[0], "bredde": naer[1]},
        "hoejstKm": gemt["hoejst_km"],
        "driftsherrearter": gemt["driftsherrearter"],
        "maksTakst": gemt["hoejeste_takst"],
        "niveauer": gemt["niveauer"],
    }
    return {navn: vaerdi for navn, vaerdi in profil.items() if vaerdi not in (None, "", [])}


def _vis_fund(fund: Soegefund) -> dict[str, Any]:
    return {
        "afdelingId": str(fund.afdeling_id),
        "afdeling": fund.afdeling.navn,
        "tilbudId": str(fund.afdeling.tilbud_id),
        "tilbud": fund.afdeling.tilbud.navn,
        "fundet": rfc3339(fund.fundet),
        "meldt": rfc3339(fund.meldt) if fund.meldt else None,
    }


class _Gemt(Ressource):
    """What the resources share: for a municipality as authority, and its own only. No copy is kept."""

    gemmes = "private, no-store"

    def _vis(self, r: Mapping[str, Any], kkrer: Mapping[str, str]) -> dict[str, Any]:
        ejer = f"bruger:{r['bruger_id']}" if r["bruger_id"] else f"klient:{r['klient_id']}"
        return {
            "id": str(r["id"]),
            "navn": r["navn"],
            "oprettet": rfc3339(r["oprettet"]),
            "egen": ejer == self.aktoer.identitet,
            "kanLaeses": (laesbar := kan_laeses(r["profil"])),
            "profil": _profil(r["profil"], kkrer) if laesbar else None,
            "antalFund": r["antal_fund"],
            "senesteFund": rfc3339(r["seneste_fund"]) if r["seneste_fund"] else None,
        }

    def _en(self, soegning_id: UUID) -> dict[str, Any]:
        raekke = queries.med_antal(self.aktoer).filter(pk=soegning_id).values(*FELTER).first()
        if raekke is None:
            raise Http404
        fund = [_vis_fund(et) for et in queries.fund_til(self.aktoer, soegning_id)]
        return {**self._vis(raekke, _kkrer()), "fund": fund}


def _kkrer() -> dict[str, str]:
    return {str(pk): slug for pk, slug in Kkr.objects.values_list("pk", "slug")}


class GemteSoegninger(_Gemt):
    """The municipality's saved searches, and new ones."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES, "POST": Rettighed.SOEGNINGER_SKRIV}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Gemte søgninger", responses=liste(GemtSoegningUd))
    def get(self, request: Request) -> Response:
        """Newest first, those of people and those of systems."""
        self.aktoer.kraev(Rettighed.TILBUD_LAES, Funktion.MYNDIGHED)
        kkrer = _kkrer()
        raekker = queries.med_antal(self.aktoer).values(*FELTER)
        return side(request, raekker, ["-oprettet", "-id"], lambda r: self._vis(r, kkrer))

    @extend_schema(
        summary="Gem en søgning",
        parameters=[GENTAGELSE],
        request=ProfilInd,
        responses=en(EnGemtSoegningUd, KONFLIKT, {(422, MEDIETYPE): ProblemUd}, status=201),
    )
    def post(self, request: Request) -> Response:
        """Tried again and again until its period is over; ask for it to see what fits. `limit` and `medUdeladte` mean nothing here; words (`tekst`) are refused."""
        ind = ProfilInd(data=request.data)
        ind.is_valid(raise_exception=True)

        def gem() -> Response:
            ny = actions.gem(aktoer=self.aktoer, profil=ind.profil)
            return Response(self._en(ny.pk), status=201, headers={"Location": f"/api/v1/gemte-soegninger/{ny.pk}"})

        return gentagelig(request, self.aktoer.identitet, gem)


class EnGemtSoegning(_Gemt):
    """One saved search."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES, "DELETE": Rettighed.SOEGNINGER_SKRIV}

    @extend_schema(summary="En gemt søgning", responses=en(EnGemtSoegningUd, IKKE_AENDRET))
    def get(self, request: Request, soegning_id: UUID) -> Response:
        """With what fits now; for the municipality itself, others get 404."""
        self.aktoer.kraev(Rettighed.TILBUD_LAES, Funktion.MYNDIGHED)
        return med_etag(request, self._en(soegning_id))

    @extend_schema(summary="Slet en gemt søgning", responses={204: None, **PROBLEM})
    def delete(self, _request: Request, soegning_id: UUID) -> Response:
        """Any of the municipality's own, whoever saved it; it is gone at once, and the same again is 404."""
        actions.slet(aktoer=self.aktoer, soegning_id=soegning_id)
        return Response(status=204)
