"""Agreements, parties and their approvals over REST."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.etag import med_etag
from faelles.krop import Krop
from faelles.openapi import IKKE_AENDRET, KONFLIKT, SIDER, en, liste
from faelles.sider import liste_side, side
from faelles.tid import Periode, idag, rfc3339
from kommuner.api_base import Ressource
from rammeaftale.actions import registrer_godkendelse
from rammeaftale.livscyklus import REFERATET, SES_AF, Aftaletilstand, Genstartsgrund, Partsstatus, optael, stand
from rammeaftale.models import Godkendelse, Part, Rammeaftale, Version
from rammeaftale.queries import Partsstand, alle_stande, beslutter, gaeldende_version, genstarter, partsstande
from rammeaftale.tekst.udsendelse import modstrid

STATUSSER = [status.value for status in Partsstatus]


class RammeaftaleUd(serializers.Serializer[Any]):
    """An agreement. `stand` is the Danish word for where it is today; `tilstand` the state that is stored."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    titel = serializers.CharField()
    kkr = serializers.CharField()
    fra = serializers.DateField()
    til = serializers.DateField(allow_null=True)
    tilstand = serializers.ChoiceField(choices=[tilstand.value for tilstand in Aftaletilstand])
    stand = serializers.CharField()
    godkendelsesfrist = serializers.DateField(allow_null=True)
    paamindDage = serializers.IntegerField(
        allow_null=True, help_text="Så mange dage før fristen påmindes de parter, der ikke har besluttet sig."
    )
    vedtaget = serializers.DateField(allow_null=True)
    offentliggjort = serializers.DateField(allow_null=True)
    sendtTilStyrelsen = serializers.DateField(allow_null=True)
    hovedaftaleId = serializers.UUIDField(allow_null=True, help_text="Den aftale, en allonge ændrer.")
    demo = serializers.BooleanField()
    forbehold = serializers.CharField(allow_blank=True)


class OptaellingUd(serializers.Serializer[Any]):
    """How many of the parties have approved."""

    parter = serializers.IntegerField()
    godkendt = serializers.IntegerField()
    afvist = serializers.IntegerField()
    tekst = serializers.CharField()


class EnRammeaftaleUd(RammeaftaleUd):
    """An agreement with the count of its parties, and what keeps it from being adopted."""

    optaelling = OptaellingUd()
    modstrid = serializers.ListField(
        child=serializers.CharField(),
        help_text="Hvorfor den version, der er sendt, ikke kan vedtages, heller ikke når alle har godkendt: vilkår, der er i modstrid. "
        "Sekretariatet skal åbne en ny version.",
    )


class PartUd(serializers.Serializer[Any]):
    """A party and where it stands on the version sent for approval."""

    beslutter = serializers.BooleanField(
        help_text="Om parten er part den dag, aftalen afgøres, så dens godkendelse er nødvendig; ellers tiltræder den."
    )

    id = serializers.UUIDField()
    organisationId = serializers.UUIDField()
    organisation = serializers.CharField()
    fra = serializers.DateField()
    til = serializers.DateField(allow_null=True)
    efterfoelger = serializers.CharField(allow_null=True)
    begrundelse = serializers.CharField(
        allow_blank=True, help_text="Hvorfor parten eller dens dage er ændret efter registret."
    )
    status = serializers.ChoiceField(choices=STATUSSER)
    dato = serializers.DateField(allow_null=True)
    organ = serializers.CharField(allow_blank=True)
    referatUrl = serializers.CharField(allow_blank=True)
    registreretAf = serializers.CharField(allow_null=True, help_text="Den organisation, der registrerede trinnet.")
    genstart = serializers.ChoiceField(
        choices=[grund.value for grund in Genstartsgrund],
        allow_null=True,
        help_text="Hvorfor parten skal tage stilling igen til denne version.",
    )


class GodkendelseUd(serializers.Serializer[Any]):
    """A step a party has taken."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    status = serializers.ChoiceField(choices=STATUSSER[1:])
    dato = serializers.DateField()
    organ = serializers.CharField()
    referatUrl = serializers.CharField(allow_blank=True)
    bemaerkning = serializers.CharField(allow_blank=True)
    registreret = serializers.DateTimeField()
    registreretAf = serializers.CharField(help_text="Den organisation, der registrerede trinnet.")
    retter = serializers.BooleanField(help_text="Om trinnet retter partens forrige, som var registreret forkert.")
    viderefoertFra = serializers.UUIDField(
        allow_null=True, help_text="Det trin om en tidligere version, som også gælder denne."
    )


class GodkendelseInd(Krop):
    """A council's decision. Date, body and a link to the minutes are always known of a decision."""

    status = serializers.ChoiceField(choices=STATUSSER[1:], help_text=SES_AF)
    dato = serializers.DateField(help_text=SES_AF)
    organ = serializers.CharField(max_length=120, help_text=SES_AF)
    referatUrl = serializers.URLField(
        max_length=500, required=False, allow_blank=True, default="", help_text=f"Link til referatet. {SES_AF}"
    )
    bemaerkning = serializers.CharField(
        max_length=1000, required=False, allow_blank=True, default="", help_text=f"{REFERATET} {SES_AF}"
    )
    retter = serializers.BooleanField(
        required=False,
        default=False,
        help_text=(
            "Sæt den, når trinnet retter partens forrige, som er registreret forkert; så gælder det, også når det er ældre."
            " Ses af alle aftalens parter."
        ),
    )


FELTER = (
    "id",
    "slug",
    "titel",
    "kkr__navn",
    "periode",
    "tilstand",
    "godkendelsesfrist",
    "paamind_dage",
    "vedtaget",
    "offentliggjort",
    "sendt_til_styrelsen",
    "hovedaftale_id",
    "demo",
    "demo_forbehold",
)


def _dag(dag: date | None) -> str | None:
    return dag.isoformat() if dag else None


def _vis(r: Mapping[str, Any]) -> dict[str, Any]:
    periode = Periode.af_range(r["periode"])
    return {
        "id": str(r["id"]),
        "slug": r["slug"],
        "titel": r["titel"],
        "kkr": r["kkr__navn"],
        "fra": periode.fra.isoformat(),
        "til": periode.til.isoformat() if periode.til else None,
        "tilstand": r["tilstand"],
        "stand": stand(Aftaletilstand(r["tilstand"]), periode, idag()),
        "godkendelsesfrist": _dag(r["godkendelsesfrist"]),
        "paamindDage": r["paamind_dage"],
        "vedtaget": _dag(r["vedtaget"]),
        "offentliggjort": _dag(r["offentliggjort"]),
        "sendtTilStyrelsen": _dag(r["sendt_til_styrelsen"]),
        "hovedaftaleId": str(r["hovedaftale_id"]) if r["hovedaftale_id"] else None,
        "demo": r["demo"],
        "forbehold": r["demo_forbehold"],
    }


def _vis_part(s: Partsstand, aftale: Rammeaftale, genstart: str | None) -> dict[str, Any]:
    periode = Periode.af_range(s.part.periode)
    return {
        "id": str(s.part.id),
        "beslutter": beslutter(s.part, aftale),
        "organisationId": str(s.part.organisation_id),
        "organisation": s.part.organisation.navn,
        "fra": periode.fra.isoformat(),
        "til": periode.til.isoformat() if periode.til else None,
        "efterfoelger": s.part.efterfoelger.navn if s.part.efterfoelger else None,
        "begrundelse": s.part.begrundelse,
        "status": s.status.value,
        "dato": s.seneste.dato.isoformat() if s.seneste else None,
        "organ": s.seneste.organ if s.seneste else "",
        "referatUrl": s.seneste.referat_url if s.seneste else "",
        "registreretAf": s.seneste.registreret_af.navn if s.seneste else None,
        "genstart": genstart,
    }


def _vis_godkendelse(r: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(r["id"]),
        "version": r["version__nummer"],
        "status": r["status"],
        "dato": r["dato"].isoformat(),
        "organ": r["organ"],
        "referatUrl": r["referat_url"],
        "bemaerkning": r["bemaerkning"],
        "retter": r["retter"],
        "registreret": rfc3339(r["registreret"]),
        "registreretAf": r["registreret_af__navn"],
        "viderefoertFra": str(r["viderefoert_fra_id"]) if r["viderefoert_fra_id"] else None,
    }


class _Aftale(Ressource):
    """What resources of one agreement share: an agreement that is not visible does not exist."""

    def _kraev_synlig(self, aftale_id: UUID) -> None:
        if not Rammeaftale.objects.synlige_for(self.aktoer).filter(pk=aftale_id).exists():
            raise Http404

    def _version(self, aftale_id: UUID) -> Version | None:
        self._kraev_synlig(aftale_id)
        return gaeldende_version(aftale_id)


class Rammeaftaler(_Aftale):
    """The agreements the actor's organisation is party to, or whose secretariat it is."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Rammeaftaler", responses=liste(RammeaftaleUd))
    def get(self, request: Request) -> Response:
        """By name of period."""
        synlige = Rammeaftale.objects.synlige_for(self.aktoer).order_by().values("pk")
        return side(request, Rammeaftale.objects.filter(pk__in=synlige).values(*FELTER), ["slug"], _vis)


class EnRammeaftale(_Aftale):
    """One agreement."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}

    @extend_schema(summary="En rammeaftale", responses=en(EnRammeaftaleUd, IKKE_AENDRET))
    def get(self, request: Request, aftale_id: UUID) -> Response:
        """With the count of its parties."""
        version = self._version(aftale_id)
        taelling = optael(s.status for s in (partsstande(version) if version else ()))
        raekke = Rammeaftale.objects.filter(pk=aftale_id).values(*FELTER).get()
        optaelling = {
            "parter": taelling.i_alt,
            "godkendt": taelling.godkendt,
            "afvist": taelling.afvist,
            "tekst": taelling.tekst,
        }
        sendt = raekke["tilstand"] == Aftaletilstand.SENDT
        i_vejen = modstrid(version) if sendt and version else []
        return med_etag(request, {**_vis(raekke), "optaelling": optaelling, "modstrid": i_vejen})


class Parter(_Aftale):
    """The parties of an agreement."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="En rammeaftales parter", responses=liste(PartUd))
    def get(self, request: Request, aftale_id: UUID) -> Response:
        """Everybody who is one on any day of it, in Danish order, with where each stands and why it must decide again."""
        version = self._version(aftale_id)
        if version is None:
            return liste_side(request, [], str, dict)
        grunde = dict(genstarter(version).values_list("part", "grund"))
        return liste_side(
            request,
            alle_stande(version),
            lambda s: str(s.part.id),
            lambda s: _vis_part(s, version.aftale, grunde.get(s.part.id)),
        )


class Godkendelser(_Aftale):
    """The steps of a party."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES, "POST": Rettighed.GODKENDELSER_SKRIV}
    soegeord: ClassVar = SIDER

    def _trin(self, aftale_id: UUID, part_id: UUID) -> Any:
        self._kraev_synlig(aftale_id)
        if not Part.objects.filter(pk=part_id, aftale=aftale_id).exists():
            raise Http404
        return Godkendelse.objects.filter(part=part_id).values(
            "id", "version__nummer", "status", "dato", "organ", "referat_url", "bemaerkning", "retter", "registreret",
            "registreret_af__navn", "viderefoert_fra_id",
        )  # fmt: skip

    @extend_schema(summary="En parts godkendelser", responses=liste(GodkendelseUd))
    def get(self, request: Request, aftale_id: UUID, part_id: UUID) -> Response:
        """In the order they were registered; the last one counts."""
        return side(request, self._trin(aftale_id, part_id), ["registreret", "id"], _vis_godkendelse)

    @extend_schema(
        summary="Registrér en parts beslutning",
        request=GodkendelseInd,
        responses=en(GodkendelseUd, KONFLIKT, status=201),
    )
    def post(self, request: Request, aftale_id: UUID, part_id: UUID) -> Response:
        """When every party has approved, the agreement is adopted, unless `modstrid` of the agreement says why it cannot be."""
        ind = GodkendelseInd(data=request.data)
        ind.is_valid(raise_exception=True)
        data = ind.validated_data
        ny = registrer_godkendelse(
            aktoer=self.aktoer,
            aftale_id=aftale_id,
            part_id=part_id,
            status=Partsstatus(data["status"]),
            dato=data["dato"],
            organ=data["organ"],
            referat_url=data["referatUrl"],
            bemaerkning=data["bemaerkning"],
            retter=data["retter"],
        )
        return Response(_vis_godkendelse(self._trin(aftale_id, part_id).get(pk=ny.pk)), status=201)
