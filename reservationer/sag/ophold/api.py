"""Stays over REST: for the parties only; everybody else is told that they do not exist."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.etag import med_etag
from faelles.fejl import UgyldigtInput
from faelles.idempotens import gentagelig
from faelles.ids import REFERENCE
from faelles.openapi import GENTAGELSE, IKKE_AENDRET, KONFLIKT, SIDER, BeloebUd, ProblemUd, en, liste, soegeord
from faelles.problem import MEDIETYPE
from faelles.sider import side
from faelles.tid import Periode, idag, rfc3339
from kommuner.adgang import log_laesning
from kommuner.api_base import Ressource
from reservationer.sag import deling
from reservationer.sag.apiformer import forbigaaede_ind, sagte_grunde
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Akutforloeb, Beslutning, Indgang, Ophold
from reservationer.sag.ophold import queries
from reservationer.sag.ophold.apiformer import OpholdsskridtInd, OpholdsskridtUd
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.ophold.indskrivning import indskriv, indskriv_uden_reservation
from reservationer.sag.ophold.pris import laes_pris, med_vejledende_takst
from reservationer.sag.overgange import Data, Emne, Udfald, tilstande
from reservationer.sag.prisform import PrisInd
from vilkaar.api import EfterVilkaarUd, Foelger, med_vilkaar

TILSTANDE = [tilstand.value for tilstand in tilstande(Emne.OPHOLD)]
AFSLAG = {**KONFLIKT, (422, MEDIETYPE): ProblemUd}


class EfterAftaleUd(serializers.Serializer[Any]):
    """The version of the placement agreement a notice was agreed in."""

    placeringsaftaleId = serializers.UUIDField()
    version = serializers.IntegerField(allow_null=True, help_text="Kun for aftalens parter.")


class AkutforloebUd(serializers.Serializer[Any]):
    """A time without the approval the law asks for, that is over; all days included."""

    fra = serializers.DateField()
    til = serializers.DateField()
    frist = serializers.DateField(help_text="Den sidste lovlige dag.")
    overskredetFra = serializers.DateField(
        allow_null=True, help_text="Den første dag efter fristen; null, når den blev holdt."
    )
    forlaenget = serializers.BooleanField()


class OpholdUd(serializers.Serializer[Any]):
    """A stay as its parties see it, with what holds today. `fra` and `sidsteDag` are days there, both included."""

    id = serializers.UUIDField()
    reference = serializers.RegexField(REFERENCE)
    tilstand = serializers.ChoiceField(choices=TILSTANDE)
    indgang = serializers.ChoiceField(choices=Indgang.values)
    reservationId = serializers.UUIDField(allow_null=True)
    fortsaetterOpholdId = serializers.UUIDField(
        allow_null=True, help_text="Opholdet, borgeren er overflyttet fra; kun for den, der er part i begge."
    )
    fortsaettesIOpholdId = serializers.UUIDField(
        allow_null=True, help_text="Opholdet, borgeren er overflyttet til; kun for den, der er part i begge."
    )
    tilbudId = serializers.UUIDField()
    tilbud = serializers.CharField()
    pladsId = serializers.UUIDField(allow_null=True)
    driftsherreId = serializers.UUIDField()
    driftsherre = serializers.CharField()
    handlekommuneId = serializers.UUIDField(allow_null=True)
    handlekommune = serializers.CharField(allow_null=True)
    betalingskommuneId = serializers.UUIDField(allow_null=True)
    betalingskommune = serializers.CharField(allow_null=True)
    hjemmel = serializers.CharField(allow_null=True)
    maalgruppe = serializers.UUIDField(allow_null=True)
    sagsreference = serializers.CharField()
    foersteDag = serializers.DateField()
    sidsteDag = serializers.DateField(allow_null=True)
    betalesFra = serializers.DateField()
    betalesTil = serializers.DateField(allow_null=True)
    opsagtTil = serializers.DateField(allow_null=True)
    opsagtEfterAftale = EfterAftaleUd(
        allow_null=True, help_text="Hvor varslet er aftalt uden for rammeaftalen; ellers står vilkåret i efterVilkaar."
    )
    akutFra = serializers.DateField(
        allow_null=True, help_text="Den første dag uden den godkendelse, hjemlen kræver; null, når der er en."
    )
    akutfrist = serializers.DateField(allow_null=True, help_text="Den sidste lovlige dag uden godkendelse.")
    akutforloeb = AkutforloebUd(many=True, help_text="De gange, opholdet har været uden godkendelse, som er slut.")
    pris = BeloebUd(allow_null=True, help_text="Den aftalte pris: hovedtakst og tillæg. Den følger ikke taksten.")
    prisEnhed = serializers.CharField(allow_null=True, help_text="doegn eller dag.")
    prisFra = serializers.DateField(allow_null=True)
    prisTil = serializers.DateField(allow_null=True)
    vejledendeTakst = BeloebUd(
        allow_null=True,
        help_text="Den offentliggjorte takst i dag for pladsens afdeling og hjemlen; et andet tal end prisen.",
    )
    efterVilkaar = EfterVilkaarUd(many=True, help_text="De vilkår, dagene er fastsat efter.")


class IndskrivningInd(PrisInd):
    """The first day of a reserved stay; the price only where no offer of a place says it, or it is another than the published takst."""

    dato = serializers.DateField(help_text="Den første dag.")

    @property
    def indhold(self) -> Indhold:
        """What the decision to begin says."""
        return Indhold(data={Data.DATO: self.validated_data["dato"], **self.prisdata})


class OpholdInd(IndskrivningInd):
    """A stay nobody has reserved (§§ 109–110, emergency)."""

    tilbudId = serializers.UUIDField()
    pladsId = serializers.UUIDField(required=False, allow_null=True, help_text="Udelades i et tilbud uden pladser.")
    indgang = serializers.ChoiceField(choices=[Indgang.SELVHENVENDELSE.value, Indgang.AKUT.value])
    handlekommune = serializers.CharField(max_length=4, help_text="Kommunekode.")
    hjemmel = serializers.CharField(max_length=12)
    sagsreference = serializers.CharField(max_length=60, help_text=deling.SAGSREFERENCE)
    forbigaaede = forbigaaede_ind()


def _vis(o: Any, akut: Sequence[Akutforloeb]) -> dict[str, Any]:
    """`o`: a stay with the annotations of `queries.ophold`; `akut`: its times without approval that are over."""
    return {
        "id": str(o.pk),
        "reference": o.reference,
        "tilstand": o.tilstand,
        "indgang": o.indgang,
        "reservationId": _tekst(o.reservation_id),
        "fortsaetterOpholdId": _tekst(o.fortsaetter_fra_id),
        "fortsaettesIOpholdId": _tekst(o.fortsaettes_i_id),
        "tilbudId": str(o.tilbud_id),
        "tilbud": o.tilbud.navn,
        "pladsId": _tekst(o.plads_id),
        "driftsherreId": str(o.driftsherre_id),
        "driftsherre": o.driftsherre.navn,
        "handlekommuneId": _tekst(o.handlekommune_id),
        "handlekommune": o.handlekommune_navn,
        "betalingskommuneId": _tekst(o.betalingskommune_id),
        "betalingskommune": o.betalingskommune_navn,
        "hjemmel": o.hjemmel_kode,
        "maalgruppe": _tekst(o.maalgruppe_id),
        "sagsreference": o.sagsreference,
        "foersteDag": o.foerste_dag.isoformat(),
        "sidsteDag": o.sidste_dag and o.sidste_dag.isoformat(),
        "betalesFra": o.betales_fra.isoformat(),
        "betalesTil": o.betales_til and o.betales_til.isoformat(),
        "opsagtTil": o.opsagt_til and o.opsagt_til.isoformat(),
        "opsagtEfterAftale": o.opsagt_aftale_id
        and {"placeringsaftaleId": str(o.opsagt_aftale_id), "version": o.opsagt_aftale_nummer},
        "akutFra": o.akut_fra and o.akut_fra.isoformat(),
        "akutfrist": o.akutfrist and o.akutfrist.isoformat(),
        "akutforloeb": [_vis_akut(et) for et in akut],
        "pris": None if o.pris_nu is None else {"beloeb": f"{o.pris_nu:.2f}", "valuta": "DKK"},
        "prisEnhed": o.pris_enhed,
        "prisFra": o.pris_periode and o.pris_periode.lower.isoformat(),
        "prisTil": o.pris_periode and o.pris_periode.upper and o.pris_periode.upper.isoformat(),
        "vejledendeTakst": None
        if o.vejledende_takst is None
        else {"beloeb": f"{o.vejledende_takst:.2f}", "valuta": "DKK"},
        "efterVilkaar": [
            *(Foelger(f"akutforloeb/{nr}/frist", *queries.akutterm(et)) for nr, et in enumerate(akut)),
            *(Foelger(felt, *term) for felt, term in queries.foelger(o)),
        ],
    }


def _vis_akut(et: Akutforloeb) -> dict[str, Any]:
    periode = Periode.af_range(et.periode)
    return {
        "fra": periode.fra.isoformat(),
        "til": periode.sidste_dag and periode.sidste_dag.isoformat(),
        "frist": et.frist.isoformat(),
        "overskredetFra": et.overskredet and Periode.af_range(et.overskredet).fra.isoformat(),
        "forlaenget": et.forlaenget,
    }


def _tekst(vaerdi: UUID | None) -> str | None:
    return None if vaerdi is None else str(vaerdi)


class _Sag(Ressource):
    """What these resources share: they are read for somebody, and the reading is logged; no copy is kept."""

    gemmes = "private, no-store"

    def _vis_alle(self, fundne: Iterable[Ophold]) -> list[dict[str, Any]]:
        alle = queries.som_set(fundne, idag())
        log_laesning(self.aktoer, "ophold", queries.laeste(alle))
        akut = queries.akutforloeb(self.aktoer, alle, idag())
        return med_vilkaar(_vis(et, akut.get(et.pk, [])) for et in alle)

    def _ophold(self, ophold_id: UUID) -> dict[str, Any]:
        fundet = med_vejledende_takst(queries.ophold(self.aktoer, idag()), idag()).filter(pk=ophold_id).first()
        if fundet is None:
            raise Http404
        return self._vis_alle([fundet])[0]


class AlleOphold(_Sag):
    """The actor's stays, and new ones."""

    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES, "POST": Rettighed.RESERVATIONER_SKRIV}
    soegeord: ClassVar = (
        soegeord("tilstand", "Flere betyder en af dem.", flere=True, ord_=TILSTANDE),
        soegeord("udenGodkendelse", "Kun dem, hvis akutte frist er eller har været overskredet.", ord_=["overskredet"]),
        *SIDER,
    )

    @extend_schema(summary="Egne ophold", responses=liste(OpholdUd))
    def get(self, request: Request) -> Response:
        """As handlekommune or betalingskommune for an authority's client, as seller for an operator's; newest first."""
        fundne = queries.ophold(self.aktoer, idag())
        if valgte := request.query_params.getlist("tilstand"):
            fundne = fundne.filter(vist_tilstand__in=valgte)
        if request.query_params.get("udenGodkendelse"):
            fundne = queries.overskredne(self.aktoer, idag())
        svar = side(request, fundne.values("id", "oprettet"), ["-oprettet", "-id"], dict)
        ider = [raekke["id"] for raekke in svar.data["resultater"]]
        paa_siden = (
            med_vejledende_takst(queries.ophold(self.aktoer, idag()), idag())
            .filter(pk__in=ider)
            .order_by("-oprettet", "-id")
        )
        svar.data["resultater"] = self._vis_alle(paa_siden)
        return svar

    @extend_schema(
        summary="Indskriv uden reservation",
        parameters=[GENTAGELSE],
        request=OpholdInd,
        responses=en(OpholdUd, AFSLAG, status=201),
    )
    def post(self, request: Request) -> Response:
        """The citizen came by herself (§§ 109–110), or it is an emergency."""
        return gentagelig(request, self.aktoer.identitet, lambda: self._indskriv(request))

    def _indskriv(self, request: Request) -> Response:
        ind = OpholdInd(data=request.data)
        ind.is_valid(raise_exception=True)
        sagt = ind.validated_data
        pris, felter = laes_pris(ind.indhold)
        if felter:
            raise UgyldigtInput(
                "ugyldig_indskrivning", "Indskrivningen kan ikke gemmes, før felterne er rettet.", felter
            )
        with sagte_grunde(sagt["forbigaaede"]) as forbi:
            nyt = indskriv_uden_reservation(
                aktoer=self.aktoer,
                tilbud_id=sagt["tilbudId"],
                indgang=Indgang(sagt["indgang"]),
                handlekommune=sagt["handlekommune"],
                hjemmel=sagt["hjemmel"],
                sagsreference=sagt["sagsreference"],
                fra=sagt["dato"],
                plads_id=sagt.get("pladsId"),
                pris=pris,
                forbi=forbi,
            )
        return Response(self._ophold(nyt.pk), status=201, headers={"Location": f"/api/v1/ophold/{nyt.pk}"})


class Indskrivning(_Sag):
    """The stay of a confirmed reservation."""

    kraever: ClassVar = {"POST": Rettighed.RESERVATIONER_SKRIV}

    @extend_schema(
        summary="Indskriv efter en bekræftet reservation",
        parameters=[GENTAGELSE],
        request=IndskrivningInd,
        responses=en(OpholdUd, AFSLAG, status=201),
    )
    def post(self, request: Request, bekraeftet_reservation_id: UUID) -> Response:
        """On the agreed first day or later."""
        return gentagelig(request, self.aktoer.identitet, lambda: self._indskriv(request, bekraeftet_reservation_id))

    def _indskriv(self, request: Request, reservation_id: UUID) -> Response:
        ind = IndskrivningInd(data=request.data)
        ind.is_valid(raise_exception=True)
        nyt = indskriv(aktoer=self.aktoer, reservation_id=reservation_id, indhold=ind.indhold)
        return Response(self._ophold(nyt.pk), status=201, headers={"Location": f"/api/v1/ophold/{nyt.pk}"})


class EtOphold(_Sag):
    """One stay."""

    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES}

    @extend_schema(summary="Et ophold", responses=en(OpholdUd, IKKE_AENDRET))
    def get(self, request: Request, ophold_id: UUID) -> Response:
        """For its parties; others get 404."""
        return med_etag(request, self._ophold(ophold_id))


class Opholdsskridt(_Sag):
    """The decisions about a stay."""

    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES, "POST": Rettighed.RESERVATIONER_SKRIV}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Et opholds beslutninger", responses=liste(OpholdsskridtUd))
    def get(self, request: Request, ophold_id: UUID) -> Response:
        """In the order they were taken."""
        self._ophold(ophold_id)
        raekker = Beslutning.objects.synlige_for(self.aktoer).filter(ophold=ophold_id)
        felter = ("id", "udfald", "grund", "bemaerkning", "dokument", "organisation__navn", "tidspunkt")
        return side(request, raekker.values(*felter), ["tidspunkt", "id"], _vis_skridt)

    @extend_schema(
        summary="Flyt, opsig, udskriv og alt det andet, tabellen tillader",
        parameters=[GENTAGELSE],
        request=OpholdsskridtInd,
        responses=en(OpholdUd, AFSLAG, status=201),
    )
    def post(self, request: Request, ophold_id: UUID) -> Response:
        """By the table of transitions; answers with the stay as it is afterwards."""
        return gentagelig(request, self.aktoer.identitet, lambda: self._beslut(request, ophold_id))

    def _beslut(self, request: Request, ophold_id: UUID) -> Response:
        ind = OpholdsskridtInd(data=request.data)
        ind.is_valid(raise_exception=True)
        udfald = Udfald(ind.validated_data["udfald"])
        afgoer_ophold(aktoer=self.aktoer, ophold_id=ophold_id, udfald=udfald, indhold=ind.indhold)
        return Response(self._ophold(ophold_id), status=201)


def _vis_skridt(r: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(r["id"]),
        "udfald": r["udfald"],
        "grund": r["grund"],
        "bemaerkning": r["bemaerkning"],
        "dokument": r["dokument"],
        "organisation": r["organisation__navn"],
        "tidspunkt": rfc3339(r["tidspunkt"]),
    }
