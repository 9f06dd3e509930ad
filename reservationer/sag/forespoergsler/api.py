"""Enquiries over REST: for the two parties only; everybody else is told that they do not exist."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.etag import med_etag
from faelles.idempotens import gentagelig
from faelles.ids import REFERENCE
from faelles.krop import Krop, laes
from faelles.openapi import GENTAGELSE, IKKE_AENDRET, KONFLIKT, SIDER, ProblemUd, en, liste, soegeord
from faelles.problem import MEDIETYPE
from faelles.sider import side
from faelles.tid import rfc3339
from kommuner.adgang import log_laesning
from kommuner.api_base import Ressource
from reservationer.sag import deling
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.forespoergsler import actions, queries
from reservationer.sag.forespoergsler.behov import Behov
from reservationer.sag.models import Aldersgruppe, Forespoergsel, Henvendelse
from reservationer.sag.models.besked import LAENGST
from reservationer.sag.overgange import Data, Emne, Grund, Udfald, grunde_for, tilstande, udfald_for
from tilbud.api import PeriodeInd
from tilbud.models import Adfaerd, FysiskTraek
from vilkaar.api import EfterVilkaarUd, Foelger, med_vilkaar
from vilkaar.noegler import Noegle

TILSTANDE = [tilstand.value for tilstand in tilstande(Emne.HENVENDELSE)]
SVAR = [udfald.value for udfald in udfald_for(Emne.HENVENDELSE)]
GRUNDE = [grund.value for grund in grunde_for(Emne.HENVENDELSE)]
AFSLAG = {**KONFLIKT, (422, MEDIETYPE): ProblemUd}


class HenvendelseUd(serializers.Serializer[Any]):
    """The enquiry at one offer."""

    id = serializers.UUIDField()
    tilbudId = serializers.UUIDField()
    tilbud = serializers.CharField()
    driftsherreId = serializers.UUIDField()
    driftsherre = serializers.CharField()
    tilstand = serializers.ChoiceField(choices=TILSTANDE)
    svarfrist = serializers.DateTimeField()
    kanFra = serializers.DateField(allow_null=True)
    sendt = serializers.DateTimeField()
    besvaret = serializers.DateTimeField(allow_null=True)
    paamindet = serializers.DateTimeField(allow_null=True)
    eskaleret = serializers.DateTimeField(allow_null=True)
    efterVilkaar = EfterVilkaarUd(many=True, help_text="Vilkåret, svarfristen er fastsat efter.")


class ForespoergselUd(serializers.Serializer[Any]):
    """A need and the offers that are asked: all of them for the buyer, its own for an operator."""

    id = serializers.UUIDField()
    reference = serializers.RegexField(REFERENCE, help_text="Tilfældig; den eneste reference, tilbuddene ser.")
    sagsreference = serializers.CharField(allow_null=True, help_text="Kun for kommunen selv; ellers null.")
    handlekommuneId = serializers.UUIDField()
    handlekommune = serializers.CharField()
    hjemmel = serializers.CharField()
    maalgruppe = serializers.UUIDField(allow_null=True)
    aldersgruppe = serializers.CharField(allow_blank=True)
    fra = serializers.DateField()
    til = serializers.DateField(allow_null=True)
    ugedage = serializers.ListField(child=serializers.IntegerField())
    adfaerd = serializers.ListField(child=serializers.CharField())
    fysiskeTraek = serializers.ListField(child=serializers.CharField())
    bemaerkning = serializers.CharField(allow_blank=True)
    oprettet = serializers.DateTimeField()
    henvendelser = HenvendelseUd(many=True)


class ForespoergselInd(PeriodeInd):
    """A need and the offers to ask. The buyer is the client's own organisation, never a parameter."""

    tilbudIder = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=actions.HOEJST)
    hjemmel = serializers.CharField(max_length=12, help_text=deling.SES_AF_SPURGTE)
    fra = serializers.DateField(help_text=deling.SES_AF_SPURGTE)
    til = serializers.DateField(required=False, allow_null=True)
    sagsreference = serializers.CharField(max_length=60, help_text=deling.SAGSREFERENCE_EGEN)
    maalgruppe = serializers.UUIDField(required=False, allow_null=True, help_text=deling.MAALGRUPPE_SPURGTE)
    aldersgruppe = serializers.CharField(
        max_length=8,
        required=False,
        allow_blank=True,
        default="",
        help_text=f"En af: {', '.join(Aldersgruppe.values)}.",
    )
    ugedage = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=7), required=False, default=list, max_length=7
    )
    adfaerd = serializers.ListField(
        child=serializers.ChoiceField(choices=Adfaerd.values), required=False, default=list, max_length=20
    )
    fysiskeTraek = serializers.ListField(
        child=serializers.ChoiceField(choices=FysiskTraek.values), required=False, default=list, max_length=20
    )
    bemaerkning = serializers.CharField(
        max_length=500, required=False, allow_blank=True, default="", help_text=deling.BEMAERKNING_SPURGTE
    )

    @property
    def behov(self) -> Behov:
        """The need of a valid body."""
        data = self.validated_data
        return Behov(
            hjemmel=data["hjemmel"],
            periode=self.periode,
            maalgruppe=data.get("maalgruppe"),
            aldersgruppe=data["aldersgruppe"],
            ugedage=frozenset(data["ugedage"]),
            adfaerd=frozenset(map(Adfaerd, data["adfaerd"])),
            fysiske_traek=frozenset(map(FysiskTraek, data["fysiskeTraek"])),
        )


class SvarUd(serializers.Serializer[Any]):
    """A decision about the enquiry at one offer; the clock's own have no organisation."""

    id = serializers.UUIDField()
    henvendelseId = serializers.UUIDField()
    udfald = serializers.ChoiceField(choices=SVAR)
    grund = serializers.CharField(allow_blank=True)
    bemaerkning = serializers.CharField(allow_blank=True)
    organisation = serializers.CharField(allow_null=True)
    tidspunkt = serializers.DateTimeField()


class SvarInd(Krop):
    """The offer's answer, or the buyer's next step. Which of them is possible follows from the state."""

    henvendelseId = serializers.UUIDField()
    udfald = serializers.ChoiceField(choices=SVAR)
    grund = serializers.ChoiceField(choices=GRUNDE, required=False, allow_null=True, help_text=deling.GRUND)
    kanFra = serializers.DateField(required=False, allow_null=True, help_text=deling.KAN_FRA)
    bemaerkning = serializers.CharField(
        max_length=500, required=False, allow_blank=True, default="", help_text=deling.BEMAERKNING
    )


class BeskedUd(serializers.Serializer[Any]):
    """A message, and when the other party first opened it."""

    id = serializers.UUIDField()
    henvendelseId = serializers.UUIDField()
    organisation = serializers.CharField()
    tekst = serializers.CharField()
    sendt = serializers.DateTimeField()
    laest = serializers.DateTimeField(allow_null=True)


class BeskedInd(Krop):
    """A message to the other party."""

    henvendelseId = serializers.UUIDField()
    tekst = serializers.CharField(max_length=LAENGST, help_text=deling.BESKED)


def _vis_henvendelse(h: Henvendelse) -> dict[str, Any]:
    return {
        "id": str(h.pk),
        "tilbudId": str(h.tilbud_id),
        "tilbud": h.tilbud.navn,
        "driftsherreId": str(h.driftsherre_id),
        "driftsherre": h.driftsherre.navn,
        "tilstand": h.tilstand,
        "svarfrist": rfc3339(h.svarfrist),
        "kanFra": h.kan_fra and h.kan_fra.isoformat(),
        "sendt": rfc3339(h.sendt),
        "besvaret": h.besvaret and rfc3339(h.besvaret),
        "paamindet": h.paamindet and rfc3339(h.paamindet),
        "eskaleret": h.eskaleret and rfc3339(h.eskaleret),
        "efterVilkaar": [Foelger("svarfrist", h.vilkaarssaet_id, Noegle.FORESPOERGSEL_SVARFRIST)],
    }


def _vis(f: Forespoergsel, aktoer: Aktoer, henvendelser: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "id": str(f.pk),
        "reference": f.reference,
        "sagsreference": f.sagsreference if aktoer.funktion is Funktion.MYNDIGHED else None,
        "handlekommuneId": str(f.handlekommune_id),
        "handlekommune": f.handlekommune.navn,
        "hjemmel": f.hjemmel_id,
        "maalgruppe": f.maalgruppe_id and str(f.maalgruppe_id),
        "aldersgruppe": f.aldersgruppe,
        "fra": f.fra.isoformat(),
        "til": f.til and f.til.isoformat(),
        "ugedage": f.ugedage,
        "adfaerd": f.adfaerd,
        "fysiskeTraek": f.fysiske_traek,
        "bemaerkning": f.bemaerkning,
        "oprettet": rfc3339(f.oprettet),
        "henvendelser": henvendelser,
    }


class _Sag(Ressource):
    """What these resources share: they are read for somebody, and the reading is logged; no copy is kept."""

    gemmes = "private, no-store"

    def _med_henvendelser(self, fundne: Sequence[Forespoergsel]) -> list[dict[str, Any]]:
        """Each enquiry with the offers the actor may see; two statements however many."""
        pr_forespoergsel: dict[UUID, list[dict[str, Any]]] = {f.pk: [] for f in fundne}
        synlige = queries.henvendelser(self.aktoer).filter(forespoergsel__in=list(pr_forespoergsel))
        alle = list(synlige.order_by("tilbud__navn_sortering", "pk"))
        for henvendelse, vist in zip(alle, med_vilkaar(map(_vis_henvendelse, alle)), strict=True):
            pr_forespoergsel[henvendelse.forespoergsel_id].append(vist)
        log_laesning(self.aktoer, "henvendelse", queries.laeste(alle))
        return [_vis(f, self.aktoer, pr_forespoergsel[f.pk]) for f in fundne]

    def _forespoergsel(self, forespoergsel_id: UUID) -> dict[str, Any]:
        fundet = queries.forespoergsler(self.aktoer).filter(pk=forespoergsel_id).first()
        if fundet is None:
            raise Http404
        return self._med_henvendelser([fundet])[0]

    def _kraev_i(self, forespoergsel_id: UUID, henvendelse_id: UUID) -> None:
        """The offer is one of those the actor may see in this very enquiry."""
        vist = self._forespoergsel(forespoergsel_id)
        if str(henvendelse_id) not in {h["id"] for h in vist["henvendelser"]}:
            raise Http404


class Forespoergsler(_Sag):
    """The actor's enquiries, and new ones."""

    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES, "POST": Rettighed.RESERVATIONER_SKRIV}
    soegeord: ClassVar = (
        soegeord("tilstand", "Forespørgsler, hvor et tilbud står sådan; flere betyder en af dem.", flere=True, ord_=TILSTANDE),
        *SIDER,
    )  # fmt: skip

    @extend_schema(summary="Egne forespørgsler", responses=liste(ForespoergselUd))
    def get(self, request: Request) -> Response:
        """As buyer for an authority's client, as one who is asked for an operator's; newest first."""
        fundne = queries.forespoergsler(self.aktoer)
        if valgte := request.query_params.getlist("tilstand"):
            i_tilstand = queries.henvendelser(self.aktoer).filter(tilstand__in=valgte)
            fundne = fundne.filter(pk__in=i_tilstand.values("forespoergsel"))
        svar = side(request, fundne.values("id", "oprettet"), ["-oprettet", "-id"], dict)
        ider = [raekke["id"] for raekke in svar.data["resultater"]]
        paa_siden = queries.forespoergsler(self.aktoer).filter(pk__in=ider).order_by("-oprettet", "-id")
        svar.data["resultater"] = self._med_henvendelser(list(paa_siden))
        return svar

    @extend_schema(
        summary="Send en forespørgsel til et eller flere tilbud",
        parameters=[GENTAGELSE],
        request=ForespoergselInd,
        responses=en(ForespoergselUd, AFSLAG, status=201),
    )
    def post(self, request: Request) -> Response:
        """Each offer gets its own deadline by the terms of the KKR it lies in."""
        return gentagelig(request, self.aktoer.identitet, lambda: self._send(request))

    def _send(self, request: Request) -> Response:
        ind = ForespoergselInd(data=request.data)
        ind.is_valid(raise_exception=True)
        ny = actions.send_forespoergsel(
            aktoer=self.aktoer,
            behov=ind.behov,
            tilbud=ind.validated_data["tilbudIder"],
            sagsreference=ind.validated_data["sagsreference"],
            bemaerkning=ind.validated_data["bemaerkning"],
        )
        hoveder = {"Location": f"/api/v1/forespoergsler/{ny.pk}"}
        return Response(self._forespoergsel(ny.pk), status=201, headers=hoveder)


class EnForespoergsel(_Sag):
    """One enquiry."""

    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES}

    @extend_schema(summary="En forespørgsel", responses=en(ForespoergselUd, IKKE_AENDRET))
    def get(self, request: Request, forespoergsel_id: UUID) -> Response:
        """For the buyer and the operators that are asked; others get 404."""
        return med_etag(request, self._forespoergsel(forespoergsel_id))


class Svar(_Sag):
    """The answers to an enquiry, and the buyer's steps."""

    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES, "POST": Rettighed.RESERVATIONER_SKRIV}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Svar på en forespørgsel", responses=liste(SvarUd))
    def get(self, request: Request, forespoergsel_id: UUID) -> Response:
        """In the order they were given."""
        vist = self._forespoergsel(forespoergsel_id)
        raekker = queries.beslutninger(self.aktoer, [UUID(h["id"]) for h in vist["henvendelser"]]).values(
            "id", "henvendelse_id", "udfald", "grund", "bemaerkning", "organisation__navn", "tidspunkt"
        )
        return side(request, raekker, ["tidspunkt", "id"], _vis_svar)

    @extend_schema(
        summary="Svar, bed om mere, uddyb, påmind, eskalér eller træk tilbage",
        parameters=[GENTAGELSE],
        request=SvarInd,
        responses=en(ForespoergselUd, AFSLAG, status=201),
    )
    def post(self, request: Request, forespoergsel_id: UUID) -> Response:
        """By the table of transitions; answers with the enquiry as it is afterwards."""
        return gentagelig(request, self.aktoer.identitet, lambda: self._besvar(request, forespoergsel_id))

    def _besvar(self, request: Request, forespoergsel_id: UUID) -> Response:
        sagt = laes(SvarInd, request)
        self._kraev_i(forespoergsel_id, sagt["henvendelseId"])
        grund = sagt.get("grund")
        actions.besvar(
            aktoer=self.aktoer,
            henvendelse_id=sagt["henvendelseId"],
            udfald=Udfald(sagt["udfald"]),
            indhold=Indhold(
                grund=Grund(grund) if grund else None,
                bemaerkning=sagt["bemaerkning"],
                data={Data.KAN_FRA: sagt.get("kanFra")},
            ),
        )
        return Response(self._forespoergsel(forespoergsel_id), status=201)


class Beskeder(_Sag):
    """The messages about an enquiry."""

    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES, "POST": Rettighed.RESERVATIONER_SKRIV}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Beskeder om en forespørgsel", responses=liste(BeskedUd))
    def get(self, request: Request, forespoergsel_id: UUID) -> Response:
        """In the order they were sent. Reading them here marks nothing as read: a system is no reader."""
        vist = self._forespoergsel(forespoergsel_id)
        raekker = queries.beskeder(self.aktoer, [UUID(h["id"]) for h in vist["henvendelser"]]).values(*BESKEDFELTER)
        return side(request, raekker, ["sendt", "id"], _vis_besked)

    @extend_schema(
        summary="Skriv en besked",
        parameters=[GENTAGELSE],
        request=BeskedInd,
        responses=en(BeskedUd, AFSLAG, status=201),
    )
    def post(self, request: Request, forespoergsel_id: UUID) -> Response:
        """To the other party of one offer."""
        return gentagelig(request, self.aktoer.identitet, lambda: self._skriv(request, forespoergsel_id))

    def _skriv(self, request: Request, forespoergsel_id: UUID) -> Response:
        ind = laes(BeskedInd, request)
        henvendelse_id = ind["henvendelseId"]
        self._kraev_i(forespoergsel_id, henvendelse_id)
        ny = actions.skriv_besked(aktoer=self.aktoer, henvendelse_id=henvendelse_id, tekst=ind["tekst"])
        raekke = queries.beskeder(self.aktoer, [henvendelse_id]).filter(pk=ny.pk).values(*BESKEDFELTER).get()
        return Response(_vis_besked(raekke), status=201)


BESKEDFELTER = ("id", "henvendelse_id", "organisation__navn", "tekst", "sendt", "laest")


def _vis_svar(r: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(r["id"]),
        "henvendelseId": str(r["henvendelse_id"]),
        "udfald": r["udfald"],
        "grund": r["grund"],
        "bemaerkning": r["bemaerkning"],
        "organisation": r["organisation__navn"],
        "tidspunkt": rfc3339(r["tidspunkt"]),
    }


def _vis_besked(r: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(r["id"]),
        "henvendelseId": str(r["henvendelse_id"]),
        "organisation": r["organisation__navn"],
        "tekst": r["tekst"],
        "sendt": rfc3339(r["sendt"]),
        "laest": r["laest"] and rfc3339(r["laest"]),
    }
