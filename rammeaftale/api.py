"""Agreements, parties and their approvals over REST."""

from collections import defaultdict
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.etag import kraev_set, liste_med_etag, med_etag, rettet
from faelles.krop import laes
from faelles.openapi import IF_MATCH, IKKE_AENDRET, KONFLIKT, KUN_SET, PROBLEM, SIDER, en, liste
from faelles.sider import liste_side, side
from kommuner.api_base import Ressource
from rammeaftale import actions
from rammeaftale.apiformer import (
    FELTER,
    AftaletrinUd,
    EnRammeaftaleUd,
    GodkendelseInd,
    GodkendelseUd,
    PartInd,
    PartsafslutningInd,
    PartsgrundInd,
    PartUd,
    RammeaftaleInd,
    RammeaftaleUd,
    vis_aftale,
    vis_godkendelse,
    vis_part,
    vis_trin,
)
from rammeaftale.livscyklus import Aftaletilstand, Partsstatus, optael
from rammeaftale.models import Genstart, Godkendelse, Part, Rammeaftale, Version
from rammeaftale.queries import (
    Partsstand,
    alle_stande,
    gaeldende_version,
    genstarter,
    genstarter_i,
    offentliggoerelser,
    partsstande,
    seneste_trin,
)
from rammeaftale.tekst.udsendelse import modstrid
from rammeaftale.vejen import Vejskridt, vejen


class Aftaleressource(Ressource):
    """What resources of one agreement share: an agreement that is not visible does not exist."""

    def kraev_synlig(self, aftale_id: UUID) -> None:
        if not Rammeaftale.objects.synlige_for(self.aktoer).filter(pk=aftale_id).exists():
            raise Http404

    def _version(self, aftale_id: UUID) -> Version | None:
        self.kraev_synlig(aftale_id)
        return gaeldende_version(aftale_id)


class Rammeaftaler(Aftaleressource):
    """The agreements the actor's organisation is party to, or whose secretariat it is."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Rammeaftaler", responses=liste(RammeaftaleUd))
    def get(self, request: Request) -> Response:
        """By name of period."""
        synlige = Rammeaftale.objects.synlige_for(self.aktoer).order_by().values("pk")
        return side(request, Rammeaftale.objects.filter(pk__in=synlige).values(*FELTER), ["slug"], vis_aftale)


class EnRammeaftale(Aftaleressource):
    """One agreement."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES, "PUT": Rettighed.AFTALER_SKRIV}

    @extend_schema(summary="En rammeaftale", responses=en(EnRammeaftaleUd, IKKE_AENDRET))
    def get(self, request: Request, aftale_id: UUID) -> Response:
        """With the count of its parties."""
        return med_etag(request, self._en(aftale_id))

    @extend_schema(
        summary="Ret en kladdes titel og periode",
        request=RammeaftaleInd,
        parameters=[IF_MATCH],
        responses=en(EnRammeaftaleUd, KONFLIKT, KUN_SET),
    )
    def put(self, request: Request, aftale_id: UUID) -> Response:
        """The period stands once a version has been sent. With another, the parties the secretariat has not set follow the register."""
        ind = laes(RammeaftaleInd, request)
        actions.ret_aftale(
            aktoer=self.aktoer,
            aftale_id=aftale_id,
            kraev_set=lambda: kraev_set(request, self._en(aftale_id)),
            **ind,
        )
        return rettet(self._en(aftale_id))

    def _en(self, aftale_id: UUID) -> dict[str, Any]:
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
        return {**vis_aftale(raekke), "optaelling": optaelling, "modstrid": i_vejen}


class Parter(Aftaleressource):
    """The parties of an agreement."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES, "POST": Rettighed.AFTALER_SKRIV}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="En rammeaftales parter", responses=liste(PartUd))
    def get(self, request: Request, aftale_id: UUID) -> Response:
        """Everybody who is one on any day of it, in Danish order, with where each stands and why it must decide again."""
        version = self._version(aftale_id)
        if version is None:
            return liste_side(request, [], str, dict)
        grunde = dict(genstarter(version).values_list("part", "grund"))
        skete = offentliggoerelser(version.aftale)
        return liste_side(
            request,
            alle_stande(version),
            lambda s: str(s.part.id),
            lambda s: vis_part(s, version.aftale, grunde.get(s.part.id), skete.get(s.part.id)),
        )

    @extend_schema(summary="Tilføj en part", request=PartInd, responses=en(PartUd, KONFLIKT, status=201))
    def post(self, request: Request, aftale_id: UUID) -> Response:
        """It is a party from the day to the end of the agreement and of its allonger, and must approve as the others."""
        data = laes(PartInd, request)
        ny = actions.tilfoej_part(
            aktoer=self.aktoer,
            aftale_id=aftale_id,
            organisation_id=data["organisationId"],
            fra=data["fra"],
            begrundelse=data["begrundelse"],
        )
        return Response(_parten(ny.pk), status=201)


class Partsafslutninger(Aftaleressource):
    """The last day of a party."""

    kraever: ClassVar = {"POST": Rettighed.AFTALER_SKRIV}

    @extend_schema(
        summary="Lad en part holde op", request=PartsafslutningInd, responses=en(PartUd, KONFLIKT, status=201)
    )
    def post(self, request: Request, aftale_id: UUID, part_id: UUID) -> Response:
        """With a successor, that one is a party from the day after. While it has a veto, a party ends on the day the register says."""
        data = laes(PartsafslutningInd, request)
        actions.afslut_part(
            aktoer=self.aktoer,
            aftale_id=aftale_id,
            part_id=part_id,
            sidste_dag=data["sidsteDag"],
            begrundelse=data["begrundelse"],
            efterfoelger_id=data["efterfoelgerId"],
        )
        return Response(_parten(part_id), status=201)


class Partsfjernelser(Aftaleressource):
    """Taking out a party that should not have been one."""

    kraever: ClassVar = {"POST": Rettighed.AFTALER_SKRIV}

    @extend_schema(
        summary="Fjern en part fra et udkast", request=PartsgrundInd, responses={204: None, **PROBLEM, **KONFLIKT}
    )
    def post(self, request: Request, udkast_id: UUID, udkastpart_id: UUID) -> Response:
        """Before the agreement is first sent, and while nothing is registered about the party."""
        ind = laes(PartsgrundInd, request)
        actions.fjern_part(aktoer=self.aktoer, aftale_id=udkast_id, part_id=udkastpart_id, **ind)
        return Response(status=204)


def _parten(part_id: UUID) -> dict[str, Any]:
    part = Part.objects.select_related("aftale", "organisation", "efterfoelger").get(pk=part_id)
    version = gaeldende_version(part.aftale_id)
    sidste = seneste_trin(version, part) if version else None
    genstart = genstarter(version).filter(part=part).values_list("grund", flat=True).first() if version else None
    return vis_part(Partsstand(part, sidste), part.aftale, genstart, offentliggoerelser(part.aftale).get(part.pk))


class Godkendelser(Aftaleressource):
    """The steps of a party."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES, "POST": Rettighed.GODKENDELSER_SKRIV}
    soegeord: ClassVar = SIDER

    def _trin(self, aftale_id: UUID, part_id: UUID) -> list[dict[str, Any]]:
        self.kraev_synlig(aftale_id)
        if not Part.objects.filter(pk=part_id, aftale=aftale_id).exists():
            raise Http404
        trin = Godkendelse.objects.filter(part=part_id).values(
            "id", "version__nummer", "status", "dato", "organ", "referat_url", "bemaerkning", "retter", "registreret",
            "registreret_af__navn", "viderefoert_fra_id",
        )  # fmt: skip
        return [vis_godkendelse(et) for et in trin.order_by("registreret", "id")]

    @extend_schema(summary="En parts godkendelser", responses=liste(GodkendelseUd) | IKKE_AENDRET)
    def get(self, request: Request, aftale_id: UUID, part_id: UUID) -> Response:
        """In the order they were registered; the last one counts."""
        return liste_med_etag(request, self._trin(aftale_id, part_id), lambda et: str(et["id"]), dict)

    @extend_schema(
        summary="Registrér en parts beslutning",
        request=GodkendelseInd,
        parameters=[IF_MATCH],
        responses=en(GodkendelseUd, KONFLIKT, KUN_SET, status=201),
    )
    def post(self, request: Request, aftale_id: UUID, part_id: UUID) -> Response:
        """When every party has approved, the agreement is adopted, unless `modstrid` of the agreement says why it cannot be."""
        data = laes(GodkendelseInd, request)
        ny = actions.registrer_godkendelse(
            aktoer=self.aktoer,
            aftale_id=aftale_id,
            part_id=part_id,
            status=Partsstatus(data["status"]),
            dato=data["dato"],
            organ=data["organ"],
            referat_url=data["referatUrl"],
            bemaerkning=data["bemaerkning"],
            retter=data["retter"],
            version_nummer=data["version"],
            kraev_set=lambda: kraev_set(request, self._trin(aftale_id, part_id)),
        )
        nyt = next(et for et in self._trin(aftale_id, part_id) if et["id"] == str(ny.pk))
        return Response(nyt, status=201)


class Trin(Aftaleressource):
    """The steps of an agreement's life."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="En rammeaftales trin", responses=liste(AftaletrinUd))
    def get(self, request: Request, aftale_id: UUID) -> Response:
        """In the order they were registered. What a party decides before the adoption stands under the party."""
        self.kraev_synlig(aftale_id)
        genstartede: defaultdict[int | None, list[Genstart]] = defaultdict(list)
        for genstart in genstarter_i(aftale_id):
            genstartede[genstart.version.nummer].append(genstart)

        def vis(skridt: Vejskridt) -> dict[str, Any]:
            return vis_trin(skridt, genstartede[skridt.version] if skridt.art == Aftaletilstand.SENDT else [])

        return liste_side(request, vejen(Rammeaftale.objects.get(pk=aftale_id)), lambda skridt: str(skridt.id), vis)
