"""Hearings over REST: read by the parties, held by the secretariat's own systems."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.etag import kraev_set, med_etag, rettet
from faelles.idempotens import gentagelig
from faelles.krop import laes
from faelles.openapi import (
    GENTAGELSE,
    IF_MATCH,
    IKKE_AENDRET,
    KONFLIKT,
    KUN_SET,
    PROBLEM,
    SIDER,
    en,
    if_match,
    liste,
)
from faelles.sider import liste_side, side
from faelles.tid import rfc3339
from kommuner.api_base import Ressource
from rammeaftale.hoering import actions, filtre, queries
from rammeaftale.hoering.apiformer import (
    EnHoeringUd,
    HoeringInd,
    HoeringRettesInd,
    HoeringsskridtInd,
    HoeringssvarUd,
    HoeringUd,
    ModtagereInd,
    ModtagerskridtInd,
    PostkasseInd,
)
from rammeaftale.hoering.queries import Bemaerkningsvisning, Modtagervisning
from rammeaftale.hoering.regler import Hoeringsudfald, Modtagerart, Modtagerudfald, stand
from rammeaftale.models import Hoering, Hoeringsbehandling, Hoeringsfil, Hoeringsfilvurdering

_HOERINGENS = if_match("høringen")
FELTER = (
    "id",
    "version__aftale_id",
    "version__nummer",
    "titel",
    "frist",
    "paamind_dage",
    "sendt",
    "afsluttet",
    "oprettet",
)


def _vis(r: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(r["id"]),
        "rammeaftaleId": str(r["version__aftale_id"]),
        "version": r["version__nummer"],
        "titel": r["titel"],
        "stand": stand(r["sendt"], r["afsluttet"]).value,
        "frist": r["frist"].isoformat(),
        "paamindDage": r["paamind_dage"],
        "sendt": rfc3339(r["sendt"]) if r["sendt"] else None,
        "afsluttet": rfc3339(r["afsluttet"]) if r["afsluttet"] else None,
    }


def _vis_modtager(m: Modtagervisning, *, skriver: bool) -> dict[str, Any]:
    return {
        "id": str(m.modtager.pk),
        "art": m.modtager.art,
        "navn": m.modtager.navn,
        "email": m.modtager.email if skriver else None,
        "svaret": rfc3339(m.svar.afgivet) if m.svar else None,
        "harLink": m.link is not None,
        "linkSendt": rfc3339(m.link.sendt) if m.link and m.link.sendt else None,
        "fejledeForsoeg": m.fejlede,
    }


def vis_behandling(b: Hoeringsbehandling) -> dict[str, Any]:
    """What was done with a remark, over REST."""
    return {
        "udfald": b.udfald,
        "version": b.version.nummer if b.version else None,
        "begrundelse": b.begrundelse,
        "registreret": rfc3339(b.registreret),
        "registreretAf": b.registreret_af.navn,
    }


def _vis_bemaerkning(b: Bemaerkningsvisning) -> dict[str, Any]:
    udgave = b.bemaerkning.udgave
    return {
        "id": str(b.bemaerkning.pk),
        "klausulId": str(udgave.klausul_id) if udgave else None,
        "klausul": str(udgave) if udgave else "",
        "tekst": b.bemaerkning.tekst,
        "filer": [_vis_fil(fil) for fil in b.bemaerkning.filer.all()],
        "behandling": vis_behandling(b.behandling) if b.behandling else None,
    }


def _vis_fil(fil: Hoeringsfil) -> dict[str, Any]:
    return {
        "id": str(fil.pk),
        "navn": fil.navn,
        "art": fil.art,
        "stoerrelse": fil.stoerrelse,
        "gennemsoegt": fil.gennemsoegt,
        "adgang": fil.adgang.value,
        "vurdering": vis_filvurdering(fil.vurdering) if fil.vurdering else None,
    }


def vis_filvurdering(v: Hoeringsfilvurdering) -> dict[str, Any]:
    """What was decided about a file, over REST."""
    return {
        "udfald": v.udfald,
        "begrundelse": v.begrundelse,
        "registreret": rfc3339(v.registreret),
        "registreretAf": v.registreret_af.navn,
    }


class Hoeringsressource(Ressource):
    """What resources of a hearing share; no copy is kept."""

    gemmes = "private, no-store"

    def _en(self, hoering_id: UUID) -> dict[str, Any]:
        visning = queries.vis(queries.synlig_hoering(self.aktoer, hoering_id))
        raekke = Hoering.objects.filter(pk=hoering_id).values(*FELTER).get()
        hoering, skriver = visning.hoering, queries.maa_skrive(self.aktoer, visning.hoering)
        modtagere = [_vis_modtager(m, skriver=skriver) for m in visning.modtagere]
        breve = {"foelgebrev": hoering.foelgebrev, "indledning": hoering.indledning}
        return {**_vis(raekke), **breve, "modtagere": modtagere}


class Hoeringer(Hoeringsressource):
    """The hearings about the agreements of the actor's organisation."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES, "POST": Rettighed.HOERINGER_SKRIV}
    soegeord: ClassVar = (*filtre.SOEGEORD, *SIDER)

    @extend_schema(summary="Høringer", responses=liste(HoeringUd))
    def get(self, request: Request) -> Response:
        """Latest first; the parties see those that have been sent."""
        return side(request, filtre.valgte(request, self.aktoer).values(*FELTER), ["-oprettet", "-id"], _vis)

    @extend_schema(
        summary="Opret en høring",
        request=HoeringInd,
        parameters=[GENTAGELSE],
        responses=en(EnHoeringUd, KONFLIKT, status=201),
    )
    def post(self, request: Request) -> Response:
        """A draft: nobody is written to before it is sent."""
        ind = laes(HoeringInd, request)

        def opret() -> Response:
            ny = actions.opret_hoering(
                aktoer=self.aktoer,
                aftale_id=ind["rammeaftaleId"],
                indhold=_indhold(ind),
                modtagere=_modtagere(ind),
            )
            return Response(self._en(ny.pk), status=201, headers={"Location": f"/api/v1/hoeringer/{ny.pk}"})

        return gentagelig(request, self.aktoer.identitet, opret)


class EnHoering(Hoeringsressource):
    """One hearing."""

    kraever: ClassVar = {
        "GET": Rettighed.RAMMEAFTALER_LAES,
        "PUT": Rettighed.HOERINGER_SKRIV,
        "DELETE": Rettighed.HOERINGER_SKRIV,
    }

    @extend_schema(summary="En høring", responses=en(EnHoeringUd, IKKE_AENDRET))
    def get(self, request: Request, hoering_id: UUID) -> Response:
        """With those who are asked, and when each answered."""
        return med_etag(request, self._en(hoering_id))

    @extend_schema(
        summary="Ret en høring",
        request=HoeringRettesInd,
        parameters=[IF_MATCH],
        responses=en(EnHoeringUd, KONFLIKT, KUN_SET),
    )
    def put(self, request: Request, hoering_id: UUID) -> Response:
        """The whole of it, but the recipients. Once it is sent, the deadline can only be extended."""
        ind = laes(HoeringRettesInd, request)
        actions.ret_hoering(
            aktoer=self.aktoer,
            hoering_id=hoering_id,
            indhold=_indhold(ind),
            kraev_set=lambda: kraev_set(request, self._en(hoering_id)),
        )
        return rettet(self._en(hoering_id))

    @extend_schema(
        summary="Fjern en kladde til en høring",
        parameters=[IF_MATCH],
        responses={204: None, **PROBLEM, **KONFLIKT, **KUN_SET},
    )
    def delete(self, request: Request, hoering_id: UUID) -> Response:
        """With its recipients. One that is sent stays."""
        actions.fjern_hoering(
            aktoer=self.aktoer,
            hoering_id=hoering_id,
            kraev_set=lambda: kraev_set(request, self._en(hoering_id)),
        )
        return Response(status=204)


def _indhold(data: Mapping[str, Any]) -> actions.Hoeringsindhold:
    return actions.Hoeringsindhold(data["titel"], data["foelgebrev"], data["frist"], data["paamindDage"])


def _modtagere(data: Mapping[str, Any]) -> list[actions.Modtagerindhold]:
    return [actions.Modtagerindhold(Modtagerart(m["art"]), m["navn"], m["email"]) for m in data["modtagere"]]


class Hoeringsskridt(Hoeringsressource):
    """What is done with a hearing."""

    kraever: ClassVar = {"POST": Rettighed.HOERINGER_SKRIV}

    @extend_schema(
        summary="Send eller afslut en høring",
        request=HoeringsskridtInd,
        parameters=[GENTAGELSE, _HOERINGENS],
        responses=en(EnHoeringUd, KONFLIKT, KUN_SET, status=201),
    )
    def post(self, request: Request, hoering_id: UUID) -> Response:
        """Sending mails each recipient a link of its own; closing ends them all."""
        ind = laes(HoeringsskridtInd, request)
        gerning: Callable[..., Hoering] = {
            Hoeringsudfald.SEND: actions.send_hoering,
            Hoeringsudfald.AFSLUT: actions.afslut,
        }[Hoeringsudfald(ind["udfald"])]

        def goer() -> Response:
            gerning(
                aktoer=self.aktoer,
                hoering_id=hoering_id,
                kraev_set=lambda: kraev_set(request, self._en(hoering_id)),
            )
            return Response(self._en(hoering_id), status=201)

        return gentagelig(request, self.aktoer.identitet, goer)


class Modtagere(Hoeringsressource):
    """Those who are asked."""

    kraever: ClassVar = {"POST": Rettighed.HOERINGER_SKRIV}

    @extend_schema(
        summary="Tilføj høringsparter",
        request=ModtagereInd,
        parameters=[GENTAGELSE],
        responses=en(EnHoeringUd, KONFLIKT, status=201),
    )
    def post(self, request: Request, hoering_id: UUID) -> Response:
        """Also once the hearing is sent and its deadline ahead: each is then mailed a link of its own."""
        ind = laes(ModtagereInd, request)

        def tilfoej() -> Response:
            actions.tilfoej_modtagere(aktoer=self.aktoer, hoering_id=hoering_id, modtagere=_modtagere(ind))
            return Response(self._en(hoering_id), status=201)

        return gentagelig(request, self.aktoer.identitet, tilfoej)


class Postkasse(Hoeringsressource):
    """The mailbox of one of them."""

    kraever: ClassVar = {"POST": Rettighed.HOERINGER_SKRIV}

    @extend_schema(
        summary="Ret en høringsparts postkasse",
        request=PostkasseInd,
        parameters=[GENTAGELSE, _HOERINGENS],
        responses=en(EnHoeringUd, KONFLIKT, KUN_SET, status=201),
    )
    def post(self, request: Request, hoering_id: UUID, modtager_id: UUID) -> Response:
        """Once the hearing is sent, the links mailed to the old one are worth nothing, and the new one is mailed another."""
        ind = laes(PostkasseInd, request)

        def ret() -> Response:
            actions.ret_postkasse(
                aktoer=self.aktoer,
                modtager_id=modtager_id,
                email=ind["email"],
                hoering_id=hoering_id,
                kraev_set=lambda: kraev_set(request, self._en(hoering_id)),
            )
            return Response(self._en(hoering_id), status=201)

        return gentagelig(request, self.aktoer.identitet, ret)


class Modtagerskridt(Hoeringsressource):
    """What is done with one of them."""

    kraever: ClassVar = {"POST": Rettighed.HOERINGER_SKRIV}

    @extend_schema(
        summary="Send eller træk en høringsparts link, eller fjern høringsparten",
        request=ModtagerskridtInd,
        parameters=[GENTAGELSE],
        responses=en(EnHoeringUd, KONFLIKT, status=201),
    )
    def post(self, request: Request, hoering_id: UUID, modtager_id: UUID) -> Response:
        """A new link is mailed and never shown; those before it are worth nothing once it is. Only a draft loses a recipient."""
        ind = laes(ModtagerskridtInd, request)
        gerning: Callable[..., object] = {
            Modtagerudfald.NYT_LINK: actions.nyt_link,
            Modtagerudfald.TRAEK_LINK: actions.traek_link,
            Modtagerudfald.FJERN: actions.fjern_modtager,
        }[Modtagerudfald(ind["udfald"])]

        def goer() -> Response:
            gerning(aktoer=self.aktoer, modtager_id=modtager_id, hoering_id=hoering_id)
            return Response(self._en(hoering_id), status=201)

        return gentagelig(request, self.aktoer.identitet, goer)


class Svar(Hoeringsressource):
    """The answers that count."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Svarene på en høring", responses=liste(HoeringssvarUd))
    def get(self, request: Request, hoering_id: UUID) -> Response:
        """In the order of their recipients' names."""
        visning = queries.vis(queries.synlig_hoering(self.aktoer, hoering_id))
        deres: dict[UUID, list[Bemaerkningsvisning]] = {}
        for afsnit in visning.afsnit:
            for b in afsnit.bemaerkninger:
                deres.setdefault(b.modtager.pk, []).append(b)

        raekker = [
            {
                "modtagerId": str(m.modtager.pk),
                "navn": m.modtager.navn,
                "afgivet": rfc3339(m.svar.afgivet),
                "ingenBemaerkninger": m.svar.ingen_bemaerkninger,
                "bemaerkninger": [_vis_bemaerkning(b) for b in deres.get(m.modtager.pk, [])],
            }
            for m in visning.modtagere
            if m.svar
        ]
        return liste_side(request, raekker, lambda r: str(r["modtagerId"]), lambda r: r)
