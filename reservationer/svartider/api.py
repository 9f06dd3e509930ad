"""How long the steps took over REST: a party's own cases, and a secretariat's KKRs with small counts left out."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Funktion, Rettighed
from faelles.openapi import SIDER, liste
from faelles.sider import liste_side
from faelles.tid import Periode
from kommuner.api_base import Ressource
from kommuner.models import Kkr
from reservationer.svartider import queries
from reservationer.svartider.queries import Svartider
from reservationer.svartider.regler import Inddeling, Raekke, Tal, Trin
from vilkaar.api import EfterVilkaarUd, efter
from vilkaar.noegler import Noegle


class SvartidstalUd(serializers.Serializer[Any]):
    """The cases that reached a step; null is what may not be shown, or the days of no cases."""

    trin = serializers.ChoiceField(choices=[trin.value for trin in Trin])
    sager = serializers.IntegerField(allow_null=True)
    halvdelen = serializers.IntegerField(allow_null=True, help_text="Dage, inden for hvilke halvdelen var nået.")
    niAfTi = serializers.IntegerField(allow_null=True, help_text="Dage, inden for hvilke 9 ud af 10 var nået.")


class SvartidsraekkeUd(serializers.Serializer[Any]):
    """The steps of a group."""

    gruppe = serializers.CharField()
    tal = SvartidstalUd(many=True)


class SvartidsdelUd(serializers.Serializer[Any]):
    """The cases told apart by one thing."""

    inddeling = serializers.ChoiceField(choices=[en.value for en in Inddeling])
    raekker = SvartidsraekkeUd(many=True)


class SvartiderUd(serializers.Serializer[Any]):
    """How long the steps took that were noted in a half-year, half-open."""

    fra = serializers.DateField()
    til = serializers.DateField()
    alle = SvartidstalUd(many=True, help_text="Alle sager.")
    dele = SvartidsdelUd(many=True, help_text="De samme sager, opdelt.")


class SvartidsopgoerelseUd(serializers.Serializer[Any]):
    """How long the steps took in a KKR, half-year by half-year."""

    kkr = serializers.SlugField()
    graense = serializers.IntegerField(help_text="Tal om færre borgere end dette vises ikke (diskretion_graense).")
    halvaar = SvartiderUd(many=True)
    efterVilkaar = EfterVilkaarUd(many=True, help_text="Vilkåret, grænsen er fra.")


def _tal(raekke: Raekke) -> list[dict[str, Any]]:
    return [{"trin": trin.value, **_dage(vist)} for trin, vist in raekke.tal.items()]


def _dage(vist: Tal | None) -> dict[str, int | None]:
    if vist is None:
        return {"sager": None, "halvdelen": None, "niAfTi": None}
    return {"sager": vist.sager, "halvdelen": vist.halvdelen, "niAfTi": vist.ni_af_ti}


def _vis(svartider: Svartider, halvaar: Periode) -> dict[str, Any]:
    return {
        "fra": halvaar.fra.isoformat(),
        "til": halvaar.til and halvaar.til.isoformat(),
        "alle": _tal(svartider.samlet(halvaar)),
        "dele": [
            {
                "inddeling": inddeling.value,
                "raekker": [{"gruppe": r.gruppe, "tal": _tal(r)} for r in svartider.opdelt(halvaar, inddeling)],
            }
            for inddeling in svartider.inddelinger
        ],
    }


def _vis_kkr(kkr: Kkr) -> dict[str, Any]:
    svartider = queries.i_kkr(kkr)
    return {
        "kkr": kkr.slug,
        "graense": svartider.graense,
        "halvaar": [_vis(svartider, halvaar) for halvaar in svartider.halvaar],
        "efterVilkaar": efter("graense", Noegle.DISKRETION_GRAENSE, svartider.kilde),
    }


class EgneSvartider(Ressource):
    """The organisation's own cases."""

    gemmes = "private, no-store"
    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Egne svar- og ventetider", responses=liste(SvartiderUd))
    def get(self, request: Request) -> Response:
        """Of the last four finished half-years and the present one: how long it took to an answer, an offer of a place, a
        reservation, moving in, and how long was waited on lists. A municipality's own cases by hjemmel and operator, an
        operator's by offer, hjemmel and municipality.
        """
        self.aktoer.kraev(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED, Funktion.DRIFTSHERRE)
        svartider = queries.egne(self.aktoer)
        return liste_side(
            request,
            svartider.halvaar,
            lambda halvaar: halvaar.fra.isoformat(),
            lambda halvaar: _vis(svartider, halvaar),
        )


class Svartidsopgoerelser(Ressource):
    """The cases of KKRs."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Svar- og ventetider i tal", responses=liste(SvartidsopgoerelseUd))
    def get(self, request: Request) -> Response:
        """In each KKR of the client's secretariat, of the last four finished half-years, by hjemmel, operator and municipality;
        figures of few citizens are left out. What is shown of a half-year changes only when the limit (`graense`) does.
        """
        self.aktoer.kraev(Rettighed.RAMMEAFTALER_LAES, Funktion.SEKRETARIAT)
        kkrer = list(Kkr.objects.filter(sekretariat=self.aktoer.organisation_id).order_by("slug"))
        return liste_side(request, kkrer, lambda kkr: kkr.slug, _vis_kkr)
