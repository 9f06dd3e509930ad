"""Unmet needs over REST: log one, withdraw one, read one's own, and the secretariat's counts."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Funktion, Rettighed
from faelles.openapi import KONFLIKT, SIDER, en, liste
from faelles.sider import liste_side, side
from faelles.tid import rfc3339
from kommuner.api_base import Ressource
from kommuner.models import Kkr
from reservationer.soegning.api import KRITERIER
from reservationer.soegning.apiprofil import ProfilInd
from reservationer.soegning.behov import queries
from reservationer.soegning.behov.actions import log_behov, traek_behov
from reservationer.soegning.behov.forms import HOEJST
from reservationer.soegning.behov.optaelling import Behovsopgoerelse
from reservationer.soegning.models import Aldersgruppe
from tilbud.models import Adfaerd, FysiskTraek, Pladsart
from vilkaar.api import EfterVilkaarUd, efter
from vilkaar.noegler import Noegle

FELTER = (
    "id", "dato", "maalgruppe_id", "andre_maalgrupper", "hjemmel_id", "aldersgruppe", "adfaerd", "fysiske_traek",
    "niveauer", "arter", "ugedage", "begynder", "nummer", "hindringer", "trukket",
)  # fmt: skip


class UdaekketBehovInd(ProfilInd):
    """A search that found nothing free, and which of the citizens with the same need it is."""

    nummer = serializers.IntegerField(
        default=1,
        min_value=1,
        max_value=HOEJST,
        help_text="2 for den anden borger med samme behov i kvartalet, og så videre. Samme nummer igen er samme behov.",
    )


class UdaekketBehovUd(serializers.Serializer[Any]):
    """A need nobody could meet, in the codes it was logged by."""

    id = serializers.UUIDField()
    dato = serializers.DateField()
    maalgruppe = serializers.UUIDField(allow_null=True)
    andreMaalgrupper = serializers.ListField(child=serializers.UUIDField())
    hjemmel = serializers.CharField(allow_null=True)
    aldersgruppe = serializers.ChoiceField(choices=Aldersgruppe.values, allow_null=True)
    adfaerd = serializers.ListField(child=serializers.ChoiceField(choices=Adfaerd.values))
    fysiskeTraek = serializers.ListField(child=serializers.ChoiceField(choices=FysiskTraek.values))
    niveauer = serializers.ListField(child=serializers.IntegerField())
    arter = serializers.ListField(child=serializers.ChoiceField(choices=Pladsart.values))
    ugedage = serializers.ListField(child=serializers.IntegerField(), help_text="1 er mandag.")
    nummer = serializers.IntegerField(help_text="Hvilken af kommunens borgere med samme behov i kvartalet, fra 1.")
    begynder = serializers.DateField(help_text="Den første i den måned, pladsen var ønsket fra.")
    hindringer = serializers.ListField(child=serializers.ChoiceField(choices=KRITERIER))
    trukket = serializers.DateTimeField(allow_null=True, help_text="Hvornår det blev trukket tilbage; tælles så ikke.")


class BehovsraekkeUd(serializers.Serializer[Any]):
    """The needs of a target group; null is a count that may not be shown."""

    maalgruppe = serializers.CharField()
    antal = serializers.ListField(child=serializers.IntegerField(allow_null=True), help_text="Et tal pr. kvartal.")
    iAlt = serializers.IntegerField(allow_null=True, help_text="De viste tal lagt sammen; null, når ingen er vist.")


class KvartalUd(serializers.Serializer[Any]):
    """A finished quarter, half-open."""

    fra = serializers.DateField()
    til = serializers.DateField()


class BehovsopgoerelseUd(serializers.Serializer[Any]):
    """Counts of unmet needs in a KKR, by target group and finished quarter."""

    kkr = serializers.SlugField()
    graense = serializers.IntegerField(help_text="Mindre tal end dette vises ikke (vilkåret diskretion_graense).")
    kvartaler = KvartalUd(many=True)
    raekker = BehovsraekkeUd(many=True)
    summer = serializers.ListField(
        child=serializers.IntegerField(allow_null=True), help_text="Alle behov i hvert kvartal."
    )
    iAlt = serializers.IntegerField(allow_null=True, help_text="De viste summer lagt sammen; null, når ingen er vist.")
    efterVilkaar = EfterVilkaarUd(many=True, help_text="Vilkåret, grænsen er fra.")


def _vis(r: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(r["id"]),
        "dato": r["dato"].isoformat(),
        "maalgruppe": r["maalgruppe_id"] and str(r["maalgruppe_id"]),
        "andreMaalgrupper": [str(kode) for kode in r["andre_maalgrupper"]],
        "hjemmel": r["hjemmel_id"],
        "aldersgruppe": r["aldersgruppe"] or None,
        "adfaerd": r["adfaerd"],
        "fysiskeTraek": r["fysiske_traek"],
        "niveauer": r["niveauer"],
        "arter": r["arter"],
        "ugedage": r["ugedage"],
        "nummer": r["nummer"],
        "begynder": r["begynder"].isoformat(),
        "hindringer": r["hindringer"],
        "trukket": rfc3339(r["trukket"]) if r["trukket"] else None,
    }


def _vis_opgoerelse(kkr: Kkr, opgjort: Behovsopgoerelse) -> dict[str, Any]:
    return {
        "kkr": kkr.slug,
        "graense": opgjort.graense,
        "kvartaler": [{"fra": k.fra.isoformat(), "til": k.til and k.til.isoformat()} for k in opgjort.kvartaler],
        "raekker": [{"maalgruppe": r.maalgruppe, "antal": list(r.antal), "iAlt": r.i_alt} for r in opgjort.raekker],
        "summer": list(opgjort.summer),
        "iAlt": opgjort.i_alt,
        "efterVilkaar": efter("graense", Noegle.DISKRETION_GRAENSE, opgjort.kilde),
    }


class _Behov(Ressource):
    """What the resources share: no copy is kept."""

    gemmes = "private, no-store"

    def _vis(self, behov_id: UUID) -> dict[str, Any]:
        return _vis(queries.egne(self.aktoer).filter(pk=behov_id).values(*FELTER).get())


class UdaekkedeBehov(_Behov):
    """The municipality's own unmet needs."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES, "POST": Rettighed.RESERVATIONER_SKRIV}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Egne udækkede behov", responses=liste(UdaekketBehovUd))
    def get(self, request: Request) -> Response:
        """What the client's own municipality has logged, the latest first. Nobody else sees them."""
        self.aktoer.kraev(Rettighed.TILBUD_LAES, Funktion.MYNDIGHED)
        return side(request, queries.egne(self.aktoer).values(*FELTER), ["-dato", "-id"], _vis)

    @extend_schema(
        summary="Log et udækket behov", request=UdaekketBehovInd, responses=en(UdaekketBehovUd, KONFLIKT, status=201)
    )
    def post(self, request: Request) -> Response:
        """Log what a search asked for when it finds no free place. Only codes are kept.

        The same need in the same quarter is one, and is what is counted; another citizen's has the next `nummer`.
        """
        ind = UdaekketBehovInd(data=request.data)
        ind.is_valid(raise_exception=True)
        behov = log_behov(aktoer=self.aktoer, profil=ind.profil, nummer=ind.validated_data["nummer"])
        return Response(self._vis(behov.pk), status=201)


class Tilbagetraekninger(_Behov):
    """The withdrawal of a need that was logged by mistake."""

    kraever: ClassVar = {"POST": Rettighed.RESERVATIONER_SKRIV}

    @extend_schema(
        summary="Træk et udækket behov tilbage", request=None, responses=en(UdaekketBehovUd, KONFLIKT, status=201)
    )
    def post(self, _request: Request, behov_id: UUID) -> Response:
        """It stays in the list, but is not counted. Until its quarter is over; by the municipality that logged it, others get 404."""
        behov = traek_behov(aktoer=self.aktoer, behov_id=behov_id)
        return Response(self._vis(behov.pk), status=201)


class Behovsopgoerelser(Ressource):
    """Counts of unmet needs."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Udækkede behov i tal", responses=liste(BehovsopgoerelseUd))
    def get(self, request: Request) -> Response:
        """By target group and finished quarter, in each KKR of the client's secretariat; small counts are left out.

        What is shown of a quarter changes only when the limit (`graense`) does. Totals across quarters are of what is shown.
        """
        self.aktoer.kraev(Rettighed.RAMMEAFTALER_LAES, Funktion.SEKRETARIAT)
        kkrer = list(Kkr.objects.filter(sekretariat=self.aktoer.organisation_id).order_by("slug"))
        return liste_side(
            request, kkrer, lambda kkr: kkr.slug, lambda kkr: _vis_opgoerelse(kkr, queries.opgoerelse(kkr.pk))
        )
