"""Waiting lists over REST: the rule for everybody, those who wait for the parties only."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Funktion, Rettighed
from faelles.etag import med_etag
from faelles.idempotens import gentagelig
from faelles.krop import laes
from faelles.openapi import GENTAGELSE, IKKE_AENDRET, KONFLIKT, SIDER, ProblemUd, en, liste
from faelles.problem import MEDIETYPE
from faelles.sider import side
from kommuner.adgang import log_laesning
from kommuner.api_base import Ressource
from reservationer.sag.apiformer import sagte_grunde
from reservationer.sag.forespoergsler import queries as forespoergsler
from reservationer.sag.priser import Prisaftale
from reservationer.venteliste import actions, queries
from reservationer.venteliste.apiformer import (
    AfmeldingInd,
    AlternativInd,
    OpskrivningInd,
    TildelingInd,
    VentelisteInd,
    VentelistepostUd,
    VentelisteUd,
    vis_liste,
    vis_poster,
)
from reservationer.venteliste.begreber import Afslutning, Alternativsvar, Regel
from reservationer.venteliste.models import Venteliste
from reservationer.venteliste.tildeling import Plads, giv_til_ingen, tilbyd
from tilbud import filtre

AFSLAG = {**KONFLIKT, (422, MEDIETYPE): ProblemUd}


class _Venteliste(Ressource):
    """What these resources share: entries are read for somebody, and the reading is logged; no copy is kept."""

    gemmes = "private, no-store"

    def _listen(self, venteliste_id: UUID) -> Venteliste:
        fundet = queries.lister().filter(pk=venteliste_id).first()
        if fundet is None:
            raise Http404
        return fundet

    def _poster(self, ider: list[UUID]) -> list[dict[str, Any]]:
        fundne = list(queries.poster(self.aktoer).filter(pk__in=ider).order_by("skrevet_op", "pk"))
        log_laesning(self.aktoer, "ventelistepost", queries.laeste(fundne))
        return vis_poster(self.aktoer, fundne)

    def _kraev_paa(self, venteliste_id: UUID, post_id: UUID) -> None:
        """The entry is one of the municipality's own on this very list."""
        self.aktoer.kraev(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
        if not queries.poster(self.aktoer).filter(pk=post_id, venteliste=venteliste_id).exists():
            raise Http404


class Ventelister(_Venteliste):
    """Lists, each with its rule."""

    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES, "POST": Rettighed.RESERVATIONER_SKRIV}
    soegeord: ClassVar = (filtre.TILBUD, *SIDER)

    @extend_schema(summary="Ventelister og deres regler", responses=liste(VentelisteUd))
    def get(self, request: Request) -> Response:
        """By which rule each offer gives its places to those who wait. A list is no fulfilment of the duty to have places (`ansvar`)."""
        fundne = queries.lister().filter(**filtre.valgte(request, tilbud__in=filtre.tilbud))
        svar = side(request, fundne.values("id", "fastsat"), ["-fastsat", "-id"], dict)
        ider = [raekke["id"] for raekke in svar.data["resultater"]]
        paa_siden = queries.lister().filter(pk__in=ider).order_by("-fastsat", "-id")
        svar.data["resultater"] = [vis_liste(en_liste) for en_liste in paa_siden]
        return svar

    @extend_schema(
        summary="Fastsæt tilbuddets regel",
        parameters=[GENTAGELSE],
        request=VentelisteInd,
        responses=en(VentelisteUd, AFSLAG, status=201),
    )
    def post(self, request: Request) -> Response:
        """By the operator; before that nobody can wait for the offer. A new rule replaces the one before, and the log keeps it."""
        return gentagelig(request, self.aktoer.identitet, lambda: self._fastsaet(request))

    def _fastsaet(self, request: Request) -> Response:
        ind = laes(VentelisteInd, request)
        ny = actions.fastsaet_regel(aktoer=self.aktoer, tilbud_id=ind["tilbudId"], regel=Regel(ind["regel"]))
        hoveder = {"Location": f"/api/v1/ventelister/{ny.pk}"}
        return Response(vis_liste(self._listen(ny.pk)), status=201, headers=hoveder)


class EnVenteliste(_Venteliste):
    """One list."""

    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES}

    @extend_schema(summary="En venteliste", responses=en(VentelisteUd, IKKE_AENDRET))
    def get(self, request: Request, venteliste_id: UUID) -> Response:
        """The rule, and how often a place has been given."""
        return med_etag(request, vis_liste(self._listen(venteliste_id)))


class Poster(_Venteliste):
    """Those who wait on a list."""

    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES, "POST": Rettighed.RESERVATIONER_SKRIV}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Poster på en venteliste", responses=liste(VentelistepostUd))
    def get(self, request: Request, venteliste_id: UUID) -> Response:
        """The municipality's own, or all for the operator; those that have ended too, who has waited longest first."""
        liste_ = self._listen(venteliste_id)
        egne = queries.poster(self.aktoer).filter(venteliste=liste_.pk)
        svar = side(request, egne.values("id", "skrevet_op"), ["skrevet_op", "id"], dict)
        svar.data["resultater"] = self._poster([raekke["id"] for raekke in svar.data["resultater"]])
        return svar

    @extend_schema(
        summary="Skriv et behov op",
        parameters=[GENTAGELSE],
        request=OpskrivningInd,
        responses=en(VentelistepostUd, AFSLAG, status=201),
    )
    def post(self, request: Request, venteliste_id: UUID) -> Response:
        """The need of an enquiry that awaits an answer, or was declined for lack of a place."""
        return gentagelig(request, self.aktoer.identitet, lambda: self._skriv_op(request, venteliste_id))

    def _skriv_op(self, request: Request, venteliste_id: UUID) -> Response:
        self.aktoer.kraev(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
        ind = laes(OpskrivningInd, request)
        henvendelse_id = ind["henvendelseId"]
        tilbud = self._listen(venteliste_id).tilbud_id
        if not forespoergsler.henvendelser(self.aktoer).filter(pk=henvendelse_id, tilbud=tilbud).exists():
            raise Http404
        post = actions.skriv_op(aktoer=self.aktoer, henvendelse_id=henvendelse_id, afdeling_id=ind.get("afdelingId"))
        return Response(self._poster([post.pk])[0], status=201)


class Tildelinger(_Venteliste):
    """Giving a place from a list."""

    kraever: ClassVar = {"POST": Rettighed.RESERVATIONER_SKRIV}

    @extend_schema(
        summary="Giv en plads fra ventelisten, eller til ingen",
        parameters=[GENTAGELSE],
        request=TildelingInd,
        responses=en(VentelisteUd, AFSLAG, status=201),
    )
    def post(self, request: Request, venteliste_id: UUID) -> Response:
        """The need is offered the place; each who would come before has a reason, and so has everybody when nobody gets it.

        Nothing is reserved: the municipality takes the offer, or lets it be. 409 `venteliste_aendret` when another place has been given meanwhile.
        """
        return gentagelig(request, self.aktoer.identitet, lambda: self._giv(request, venteliste_id))

    def _giv(self, request: Request, venteliste_id: UUID) -> Response:
        self.aktoer.kraev(Rettighed.RESERVATIONER_SKRIV, Funktion.DRIFTSHERRE)
        ind = TildelingInd(data=request.data)
        ind.is_valid(raise_exception=True)
        sagt = ind.validated_data
        listen: dict[str, Any] = {
            "aktoer": self.aktoer, "venteliste_id": venteliste_id, "set_": sagt["tildelinger"]
        }  # fmt: skip
        with sagte_grunde(sagt["forbigaaede"]) as grunde:
            if sagt.get("henvendelseId") is None:
                giv_til_ingen(**listen, afdeling_id=sagt["afdelingId"], grunde=grunde)
            else:
                plads = Plads(sagt["afdelingId"], ind.periode, Prisaftale(sagt["takst"]), sagt.get("pladsId"))
                tilbyd(**listen, henvendelse_id=sagt["henvendelseId"], plads=plads, grunde=grunde)
        return Response(vis_liste(self._listen(venteliste_id)), status=201)


class Afmeldinger(_Venteliste):
    """Waiting no longer."""

    kraever: ClassVar = {"POST": Rettighed.RESERVATIONER_SKRIV}

    @extend_schema(
        summary="Afmeld et behov",
        parameters=[GENTAGELSE],
        request=AfmeldingInd,
        responses=en(VentelistepostUd, AFSLAG, status=201),
    )
    def post(self, request: Request, venteliste_id: UUID) -> Response:
        """With a reason; the enquiry itself stays as it is."""
        return gentagelig(request, self.aktoer.identitet, lambda: self._afmeld(request, venteliste_id))

    def _afmeld(self, request: Request, venteliste_id: UUID) -> Response:
        sagt = laes(AfmeldingInd, request)
        self._kraev_paa(venteliste_id, sagt["postId"])
        actions.afmeld(
            aktoer=self.aktoer,
            post_id=sagt["postId"],
            grund=Afslutning(sagt["grund"]),
            bemaerkning=sagt["bemaerkning"],
        )
        return Response(self._poster([sagt["postId"]])[0], status=201)


class Alternativer(_Venteliste):
    """What else a citizen was offered."""

    kraever: ClassVar = {"POST": Rettighed.RESERVATIONER_SKRIV}

    @extend_schema(
        summary="Notér et alternativ",
        parameters=[GENTAGELSE],
        request=AlternativInd,
        responses=en(VentelistepostUd, AFSLAG, status=201),
    )
    def post(self, request: Request, venteliste_id: UUID) -> Response:
        """Another offer, the day and the answer; a later answer is noted on its own. Never shown to the offer that is waited for."""
        return gentagelig(request, self.aktoer.identitet, lambda: self._noter(request, venteliste_id))

    def _noter(self, request: Request, venteliste_id: UUID) -> Response:
        sagt = laes(AlternativInd, request)
        self._kraev_paa(venteliste_id, sagt["postId"])
        actions.noter_alternativ(
            aktoer=self.aktoer,
            post_id=sagt["postId"],
            tilbud_id=sagt["tilbudId"],
            dato=sagt["dato"],
            svar=Alternativsvar(sagt["svar"]),
            bemaerkning=sagt["bemaerkning"],
        )
        return Response(self._poster([sagt["postId"]])[0], status=201)
