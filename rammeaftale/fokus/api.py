"""The focus areas over REST: how they stand, set by the secretariat's own systems, and reported of by those who have a milestone."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.etag import kraev_set, med_etag, rettet
from faelles.idempotens import gentagelig
from faelles.krop import laes
from faelles.openapi import GENTAGELSE, IF_MATCH, IKKE_AENDRET, KONFLIKT, KUN_SET, PROBLEM, SIDER, en, liste
from faelles.sider import side
from faelles.tid import idag
from kommuner.api_base import Ressource
from rammeaftale.fokus import actions
from rammeaftale.fokus.apiformer import (
    MELDINGSFELTER,
    EtFokusomraadeUd,
    FokusomraadeInd,
    FokusomraadeUd,
    GennemsynInd,
    IndsatsInd,
    IndsatsUd,
    MilepaelInd,
    MilepaelsmeldingInd,
    MilepaelsmeldingUd,
    MilepaelUd,
    OvertagelseInd,
    OvertagelseUd,
    vis_et_omraade,
    vis_indsats,
    vis_melding,
    vis_milepael,
    vis_omraade,
)
from rammeaftale.fokus.queries import med_indhold, synlig_indsats, synlig_milepael, synlige, vis
from rammeaftale.fokus.queries import vis_milepael as milepaelen_paa
from rammeaftale.fokus.regler import Melding, Milepaelsstand, Ophav
from rammeaftale.models import Fokusomraade, Milepaelsmelding, Rammeaftale

_RETTES: Mapping[str, Rettighed] = {
    "GET": Rettighed.RAMMEAFTALER_LAES,
    "PUT": Rettighed.FOKUS_SKRIV,
    "DELETE": Rettighed.FOKUS_SKRIV,
}
_FJERNET: dict[Any, Any] = {204: None, **PROBLEM, **KONFLIKT}


class _Fokus(Ressource):
    """What resources of the focus areas share: what is not visible does not exist."""

    def _omraade(self, omraade_id: UUID) -> dict[str, Any]:
        fundne = vis(med_indhold(synlige(self.aktoer).filter(pk=omraade_id)), idag())
        if not fundne:
            raise Http404
        return vis_et_omraade(fundne[0])

    def _indsats(self, indsats_id: UUID) -> dict[str, Any]:
        fundet = synlig_indsats(self.aktoer, indsats_id, idag())
        if fundet is None:
            raise Http404
        return vis_indsats(fundet)

    def _milepael(self, milepael_id: UUID) -> dict[str, Any]:
        fundet = synlig_milepael(self.aktoer, milepael_id)
        if fundet is None:
            raise Http404
        return vis_milepael(milepaelen_paa(fundet, idag()))


def _oprettet(krop: Mapping[str, Any], sti: str) -> Response:
    return Response(krop, status=201, headers={"Location": f"/api/v1/{sti}/{krop['id']}"})


class Fokusomraader(_Fokus):
    """The focus areas of one agreement."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES, "POST": Rettighed.FOKUS_SKRIV}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="En rammeaftales fokusområder", responses=liste(FokusomraadeUd))
    def get(self, request: Request, aftale_id: UUID) -> Response:
        """By number."""
        if not Rammeaftale.objects.synlige_for(self.aktoer).filter(pk=aftale_id).exists():
            raise Http404
        raekker = Fokusomraade.objects.filter(aftale=aftale_id).values("id", "nummer")
        svar = side(request, raekker, ["nummer", "id"], dict)
        fundne = med_indhold(Fokusomraade.objects.filter(pk__in=[r["id"] for r in svar.data["resultater"]]))
        svar.data["resultater"] = [vis_omraade(v) for v in vis(fundne, idag())]
        return svar

    @extend_schema(
        summary="Tilføj et fokusområde",
        request=FokusomraadeInd,
        parameters=[GENTAGELSE],
        responses=en(EtFokusomraadeUd, KONFLIKT, status=201),
    )
    def post(self, request: Request, aftale_id: UUID) -> Response:
        """As the last one, without any work yet."""
        data = laes(FokusomraadeInd, request)

        def opret() -> Response:
            nyt = actions.opret_omraade(aktoer=self.aktoer, aftale_id=aftale_id, indhold=_indhold(data))
            return _oprettet(self._omraade(nyt.pk), "fokusomraader")

        return gentagelig(request, self.aktoer.identitet, opret)


def _indhold(data: Mapping[str, Any]) -> actions.Omraadeindhold:
    return actions.Omraadeindhold(data["navn"], data["beskrivelse"], Ophav(data["ophav"]), data["klausulId"])


class EtFokusomraade(_Fokus):
    """One focus area."""

    kraever: ClassVar = _RETTES

    @extend_schema(summary="Et fokusområde med indsatser og milepæle", responses=en(EtFokusomraadeUd, IKKE_AENDRET))
    def get(self, request: Request, fokusomraade_id: UUID) -> Response:
        """Work in the order it was added, milestones by date."""
        return med_etag(request, self._omraade(fokusomraade_id))

    @extend_schema(
        summary="Ret et fokusområde",
        request=FokusomraadeInd,
        parameters=[IF_MATCH],
        responses=en(EtFokusomraadeUd, KONFLIKT, KUN_SET),
    )
    def put(self, request: Request, fokusomraade_id: UUID) -> Response:
        """What it says, but the work on it."""
        actions.ret_omraade(
            aktoer=self.aktoer,
            omraade_id=fokusomraade_id,
            indhold=_indhold(laes(FokusomraadeInd, request)),
            kraev_set=lambda: kraev_set(request, self._omraade(fokusomraade_id)),
        )
        return rettet(self._omraade(fokusomraade_id))

    @extend_schema(summary="Fjern et fokusområde", responses=_FJERNET)
    def delete(self, _request: Request, fokusomraade_id: UUID) -> Response:
        """While it has no work, and no agreement carries it on."""
        actions.slet_omraade(aktoer=self.aktoer, omraade_id=fokusomraade_id)
        return Response(status=204)


class Overtagelser(_Fokus):
    """Carrying areas on from the previous agreement."""

    kraever: ClassVar = {"POST": Rettighed.FOKUS_SKRIV}

    @extend_schema(
        summary="Fortsæt fokusområder fra den forrige aftale",
        request=OvertagelseInd,
        parameters=[GENTAGELSE],
        responses=en(OvertagelseUd, KONFLIKT, status=201),
    )
    def post(self, request: Request, aftale_id: UUID) -> Response:
        """With the work still open, its milestones begun anew and their deadlines moved. They are to be looked through."""
        omraader = laes(OvertagelseInd, request)["omraader"]

        def overtag() -> Response:
            nye = actions.overtag(aktoer=self.aktoer, aftale_id=aftale_id, omraade_ider=omraader)
            vist = vis(med_indhold(Fokusomraade.objects.filter(pk__in=[nyt.pk for nyt in nye])), idag())
            return Response({"fokusomraader": [vis_et_omraade(v) for v in vist]}, status=201)

        return gentagelig(request, self.aktoer.identitet, overtag)


class Gennemsyn(_Fokus):
    """Looking through an area that was carried over from the previous agreement."""

    kraever: ClassVar = {"POST": Rettighed.FOKUS_SKRIV}

    @extend_schema(
        summary="Se et fokusområde igennem",
        request=GennemsynInd,
        parameters=[GENTAGELSE],
        responses=en(EtFokusomraadeUd, KONFLIKT, status=201),
    )
    def post(self, request: Request, overtaget_id: UUID) -> Response:
        """With the day each milestone is due. Nobody is reminded of one before."""
        frister = {f["milepaelId"]: f["frist"] for f in laes(GennemsynInd, request)["frister"]}

        def gennemse() -> Response:
            actions.gennemse(aktoer=self.aktoer, omraade_id=overtaget_id, frister=frister)
            return Response(self._omraade(overtaget_id), status=201)

        return gentagelig(request, self.aktoer.identitet, gennemse)


class Indsatser(_Fokus):
    """The work on a focus area."""

    kraever: ClassVar = {"POST": Rettighed.FOKUS_SKRIV}

    @extend_schema(
        summary="Tilføj en indsats",
        request=IndsatsInd,
        parameters=[GENTAGELSE],
        responses=en(IndsatsUd, KONFLIKT, status=201),
    )
    def post(self, request: Request, fokusomraade_id: UUID) -> Response:
        """Without milestones yet."""
        data = laes(IndsatsInd, request)

        def opret() -> Response:
            ny = actions.opret_indsats(aktoer=self.aktoer, omraade_id=fokusomraade_id, **data)
            return _oprettet(self._indsats(ny.pk), "indsatser")

        return gentagelig(request, self.aktoer.identitet, opret)


class EnIndsats(_Fokus):
    """Work on a focus area."""

    kraever: ClassVar = _RETTES

    @extend_schema(summary="En indsats med milepæle", responses=en(IndsatsUd, IKKE_AENDRET))
    def get(self, request: Request, indsats_id: UUID) -> Response:
        """Milestones by date."""
        return med_etag(request, self._indsats(indsats_id))

    @extend_schema(
        summary="Ret en indsats",
        request=IndsatsInd,
        parameters=[IF_MATCH],
        responses=en(IndsatsUd, KONFLIKT, KUN_SET),
    )
    def put(self, request: Request, indsats_id: UUID) -> Response:
        """What it says, but its milestones."""
        actions.ret_indsats(
            aktoer=self.aktoer,
            indsats_id=indsats_id,
            kraev_set=lambda: kraev_set(request, self._indsats(indsats_id)),
            **laes(IndsatsInd, request),
        )
        return rettet(self._indsats(indsats_id))

    @extend_schema(summary="Fjern en indsats", responses=_FJERNET)
    def delete(self, _request: Request, indsats_id: UUID) -> Response:
        """While it has no milestones."""
        actions.slet_indsats(aktoer=self.aktoer, indsats_id=indsats_id)
        return Response(status=204)


class Milepaele(_Fokus):
    """The milestones of some work."""

    kraever: ClassVar = {"POST": Rettighed.FOKUS_SKRIV}

    @extend_schema(
        summary="Tilføj en milepæl",
        request=MilepaelInd,
        parameters=[GENTAGELSE],
        responses=en(MilepaelUd, KONFLIKT, status=201),
    )
    def post(self, request: Request, indsats_id: UUID) -> Response:
        """With who has it, who can report of it."""
        data = laes(MilepaelInd, request)

        def opret() -> Response:
            ny = actions.opret_milepael(aktoer=self.aktoer, indsats_id=indsats_id, indhold=_milepaelsindhold(data))
            return _oprettet(self._milepael(ny.pk), "milepaele")

        return gentagelig(request, self.aktoer.identitet, opret)


def _milepaelsindhold(data: Mapping[str, Any]) -> actions.Milepaelsindhold:
    return actions.Milepaelsindhold(data["navn"], data["frist"], data["ansvarligId"], data["paamindDage"])


class EnMilepael(_Fokus):
    """One milestone."""

    kraever: ClassVar = _RETTES

    @extend_schema(summary="En milepæl", responses=en(MilepaelUd, IKKE_AENDRET))
    def get(self, request: Request, milepael_id: UUID) -> Response:
        """As it stands today."""
        return med_etag(request, self._milepael(milepael_id))

    @extend_schema(
        summary="Ret en milepæl",
        request=MilepaelInd,
        parameters=[IF_MATCH],
        responses=en(MilepaelUd, KONFLIKT, KUN_SET),
    )
    def put(self, request: Request, milepael_id: UUID) -> Response:
        """The whole of it; once it is reported of, it stays with the one who has it."""
        actions.ret_milepael(
            aktoer=self.aktoer,
            milepael_id=milepael_id,
            indhold=_milepaelsindhold(laes(MilepaelInd, request)),
            kraev_set=lambda: kraev_set(request, self._milepael(milepael_id)),
        )
        return rettet(self._milepael(milepael_id))

    @extend_schema(summary="Fjern en milepæl", responses=_FJERNET)
    def delete(self, _request: Request, milepael_id: UUID) -> Response:
        """While nobody has reported of it."""
        actions.slet_milepael(aktoer=self.aktoer, milepael_id=milepael_id)
        return Response(status=204)


class Meldinger(_Fokus):
    """What is reported of a milestone."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES, "POST": Rettighed.FOKUS_SKRIV}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Meldinger om en milepæl", responses=liste(MilepaelsmeldingUd))
    def get(self, request: Request, milepael_id: UUID) -> Response:
        """In the order they were registered; the last one counts."""
        self._milepael(milepael_id)
        raekker = Milepaelsmelding.objects.filter(milepael=milepael_id).values(*MELDINGSFELTER)
        return side(request, raekker, ["registreret", "id"], vis_melding)

    @extend_schema(
        summary="Meld om en milepæl",
        request=MilepaelsmeldingInd,
        parameters=[GENTAGELSE],
        responses=en(MilepaelsmeldingUd, KONFLIKT, status=201),
    )
    def post(self, request: Request, milepael_id: UUID) -> Response:
        """For the one who has it, or the agreement's secretariat. A report is not taken back: report again."""
        data = laes(MilepaelsmeldingInd, request)
        melding = Melding(Milepaelsstand(data["stand"]), data["dato"], data["bemaerkning"], data["dokumentationUrl"])

        def meld() -> Response:
            ny = actions.meld(aktoer=self.aktoer, milepael_id=milepael_id, melding=melding)
            return Response(vis_melding(Milepaelsmelding.objects.values(*MELDINGSFELTER).get(pk=ny.pk)), status=201)

        return gentagelig(request, self.aktoer.identitet, meld)
