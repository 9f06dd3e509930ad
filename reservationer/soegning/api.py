"""The search over REST: free places in the ledger, ranked and explained."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.openapi import SIDER, BeloebUd, liste, soegeord
from faelles.sider import liste_side
from faelles.tid import KOEBENHAVN, idag, nu, rfc3339
from kommuner.api_base import Ressource
from reservationer.soegning.profil import Behovsprofil, Vaegt
from reservationer.soegning.queries import soeg
from reservationer.soegning.rangering import Resultat
from tilbud.api import PeriodeInd


class KravUd(serializers.Serializer[Any]):
    """A requirement of the search and how the hit stands to it."""

    navn = serializers.CharField()
    udfald = serializers.ChoiceField(choices=["opfyldt", "ukendt"])


class BekraeftetUd(serializers.Serializer[Any]):
    """The latest confirmation of the places: when, by whom, and how many whole days ago."""

    tidspunkt = serializers.DateTimeField()
    organisation = serializers.CharField()
    funktion = serializers.CharField()
    alderDage = serializers.IntegerField()


class SoegetakstUd(serializers.Serializer[Any]):
    """The takst of the period's first day."""

    pris = BeloebUd()
    enhed = serializers.ChoiceField(choices=["doegn", "dag"])
    hjemmel = serializers.CharField()
    foreloebig = serializers.BooleanField()


class LedigUd(serializers.Serializer[Any]):
    """A department with unclaimed places. `ledig` is false when nobody has vouched for them recently enough to say so."""

    afdelingId = serializers.UUIDField()
    afdeling = serializers.CharField()
    tilbudId = serializers.UUIDField()
    tilbud = serializers.CharField()
    driftsherreId = serializers.UUIDField()
    driftsherre = serializers.CharField()
    kommunekode = serializers.CharField()
    kommune = serializers.CharField()
    ledig = serializers.BooleanField()
    antal = serializers.IntegerField()
    pladser = serializers.ListField(child=serializers.UUIDField(), help_text="De første; resten findes med /pladser.")
    friskhed = serializers.ChoiceField(choices=["frisk", "forfalden", "ukendt"])
    bekraeftet = BekraeftetUd(allow_null=True)
    takst = SoegetakstUd(allow_null=True)
    niveau = serializers.IntegerField(allow_null=True)
    krav = KravUd(many=True)


class KriterierInd(PeriodeInd):
    """What is looked for."""

    maalgruppe = serializers.UUIDField(required=False)
    hjemmel = serializers.CharField(required=False, max_length=12)
    kommune = serializers.ListField(child=serializers.RegexField(r"^\d{4}$"), required=False)
    maksTakst = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=0, required=False)

    @property
    def profil(self) -> Behovsprofil:
        """The validated criteria."""
        data = self.validated_data
        return Behovsprofil(
            periode=self.periode,
            maalgrupper=((data["maalgruppe"], Vaegt.AFGOERENDE),) if data.get("maalgruppe") else (),
            hjemmel=data.get("hjemmel"),
            kommuner=tuple(data.get("kommune", ())),
            hoejeste_takst=data.get("maksTakst"),
        )


def _vis(r: Resultat) -> dict[str, Any]:
    return {
        "afdelingId": str(r.fakta.afdeling_id),
        "afdeling": r.fakta.afdeling,
        "tilbudId": str(r.fakta.tilbud_id),
        "tilbud": r.fakta.tilbud,
        "driftsherreId": str(r.fakta.driftsherre_id),
        "driftsherre": r.fakta.driftsherre,
        "kommunekode": r.fakta.kommunekode,
        "kommune": r.fakta.kommune,
        "ledig": r.er_ledig,
        "antal": r.plads.antal,
        "pladser": [str(plads) for plads in r.plads.foerste],
        "friskhed": r.stand.friskhed.value,
        "bekraeftet": _bekraeftet(r),
        "takst": r.plads.takst
        and {
            "pris": {"beloeb": str(r.plads.takst.beloeb), "valuta": "DKK"},
            "enhed": r.plads.takst.enhed,
            "hjemmel": r.plads.takst.hjemmel,
            "foreloebig": r.plads.takst.foreloebig,
        },
        "niveau": r.fakta.niveau,
        "krav": [{"navn": krav.navn, "udfald": krav.udfald.value} for krav in r.krav],
    }


def _bekraeftet(r: Resultat) -> dict[str, Any] | None:
    if r.stand.tidspunkt is None:
        return None
    return {
        "tidspunkt": rfc3339(r.stand.tidspunkt),
        "organisation": r.stand.organisation,
        "funktion": r.stand.funktion,
        "alderDage": (idag() - r.stand.tidspunkt.astimezone(KOEBENHAVN).date()).days,
    }


class LedigePladser(Ressource):
    """Free places."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}

    @extend_schema(
        summary="Ledige pladser",
        parameters=[
            soegeord("fra", "Første dag.", {"type": "string", "format": "date"}, kraevet=True),
            soegeord("til", "Dagen efter den sidste; kan udelades.", {"type": "string", "format": "date"}),
            soegeord("maalgruppe", "Målgruppens kode (FFB).", {"type": "string", "format": "uuid"}),
            soegeord("hjemmel", "Hjemlens kode, fx SEL-107."),
            soegeord("kommune", "Kommunekode for beliggenheden; flere betyder en af dem.", flere=True),
            soegeord("maksTakst", "Højeste takst i kroner.", {"type": "string"}),
            *SIDER,
        ],
        responses=liste(LedigUd),
    )
    def get(self, request: Request) -> Response:
        """Departments with places no claim covers on any day of the period: best fit first, confirmed before stale, price last."""
        ind = KriterierInd(data=request.query_params)
        ind.is_valid(raise_exception=True)
        svar = soeg(self.aktoer, ind.profil, nu=nu())
        return liste_side(request, svar.resultater, lambda r: str(r.fakta.afdeling_id), _vis)
