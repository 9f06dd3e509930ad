"""Takster, and the calculations behind them, over REST."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.dateparse import parse_datetime
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.fejl import Konflikt, UgyldigtInput
from faelles.openapi import KONFLIKT, SIDER, BeloebUd, en, liste, soegeord
from faelles.sider import side
from faelles.tid import Periode, rfc3339
from kommuner.api import GYLDIG_PAA, laes_dag
from kommuner.api_base import Ressource
from takster.dokumenter.actions import bestil_dokumentation
from takster.dokumenter.api import TakstdokumentUd, bestilt
from takster.fastsaettelse import queries
from takster.fastsaettelse.dokumentation import dokumentation
from takster.models import Beregningstilstand, Takst, Takstberegning
from tilbud import filtre
from vilkaar.api import EfterVilkaarUd, med_vilkaar, takstens
from vilkaar.models import Saetstatus

REGISTRERET_FOER = soegeord(
    "registreretFoer",
    "Hvad platformen sagde lige før tidspunktet (RFC 3339). En takst, der siden er erstattet, er da med.",
    OpenApiTypes.DATETIME,
)
AAR = soegeord("aar", "Det år, beregningen er for.", OpenApiTypes.INT)
EFTER_VILKAAR = "De vilkår i sættet, der siger, hvordan det beregnes."
TILSTAND = soegeord("tilstand", "Beregningens tilstand.", flere=True, ord_=Beregningstilstand.values)


class EgenbetalingUd(serializers.Serializer[Any]):
    """What the resident pays herself for something, per month."""

    navn = serializers.CharField()
    pris = BeloebUd()


class TakstUd(serializers.Serializer[Any]):
    """A takst with the number of the set of terms it was computed under; `foreloebig` until a final set has confirmed it: `bekraeftetAf`, its number.

    `erstattet` is when it stopped being what the platform says; `takstberegningId` is empty for one that was loaded from elsewhere.
    """

    id = serializers.UUIDField()
    afdelingId = serializers.UUIDField()
    tilbudId = serializers.UUIDField()
    hjemmel = serializers.CharField()
    pris = BeloebUd()
    enhed = serializers.ChoiceField(choices=["doegn", "dag"])
    gyldigFra = serializers.DateField()
    gyldigTil = serializers.DateField(allow_null=True)
    belaegningsprocent = serializers.CharField()
    vilkaarssaet = serializers.IntegerField()
    foreloebig = serializers.BooleanField()
    bekraeftetAf = serializers.IntegerField(allow_null=True)
    efterVilkaar = EfterVilkaarUd(many=True, help_text=EFTER_VILKAAR)
    registreret = serializers.DateTimeField()
    erstattet = serializers.DateTimeField(allow_null=True)
    takstberegningId = serializers.UUIDField(allow_null=True)
    egenbetaling = EgenbetalingUd(
        many=True, help_text="Det, beboeren selv betaler pr. måned, fx husleje og kost. Uden for taksten."
    )


def _vis(r: Mapping[str, Any]) -> dict[str, Any]:
    periode = Periode.af_range(r["periode"])
    return {
        "id": str(r["id"]),
        "afdelingId": str(r["afdeling_id"]),
        "tilbudId": str(r["afdeling__tilbud_id"]),
        "hjemmel": r["hjemmel_id"],
        "pris": {"beloeb": str(r["beloeb"]), "valuta": "DKK"},
        "enhed": r["enhed"],
        "gyldigFra": periode.fra.isoformat(),
        "gyldigTil": periode.til.isoformat() if periode.til else None,
        "belaegningsprocent": str(r["belaegningsprocent"]),
        "vilkaarssaet": r["vilkaarssaet__nummer"],
        "foreloebig": r["vilkaarssaet__status"] == Saetstatus.FORELOEBIG and r["bekraeftet__nummer"] is None,
        "bekraeftetAf": r["bekraeftet__nummer"],
        "efterVilkaar": takstens("pris", r["vilkaarssaet_id"]),
        "registreret": rfc3339(r["oprettet"]),
        "erstattet": _tid(r["ophoert"]),
        "takstberegningId": str(r["takstberegning_id"]) if r["takstberegning_id"] else None,
        "egenbetaling": [
            {"navn": post["art"], "pris": {"beloeb": post["beloeb"], "valuta": "DKK"}}
            for post in r["takstberegning__egenbetaling"] or ()
        ],
    }


def _tid(tidspunkt: datetime | None) -> str | None:
    return None if tidspunkt is None else rfc3339(tidspunkt)


class Takster(Ressource):
    """The takster that hold on a day, as the platform says now or said at an earlier time."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}

    soegeord: ClassVar = (GYLDIG_PAA, REGISTRERET_FOER, filtre.TILBUD, filtre.AFDELING, filtre.HJEMMEL, *SIDER)

    @extend_schema(summary="Takster", responses=liste(TakstUd))
    def get(self, request: Request) -> Response:
        """On `gyldigPaa`, else today."""
        dag, foer = laes_dag(request), laes_registreret_foer(request)
        takster = Takst.objects.kendt(foer).filter(periode__contains=dag) if foer else Takst.objects.paa(dag)
        valgte = filtre.valgte(
            request,
            afdeling__tilbud__in=filtre.tilbud,
            afdeling__in=filtre.afdelinger,
            hjemmel__in=filtre.hjemler,
        )
        raekker = takster.filter(**valgte).values(
            "id", "afdeling_id", "afdeling__tilbud_id", "hjemmel_id", "beloeb", "enhed", "periode", "belaegningsprocent",
            "vilkaarssaet__nummer", "vilkaarssaet__status", "bekraeftet__nummer", "oprettet", "ophoert", "takstberegning_id",
            "vilkaarssaet_id", "takstberegning__egenbetaling",
        )  # fmt: skip
        return _med_vilkaar(side(request, raekker, ["id"], _vis))


def _med_vilkaar(svar: Response) -> Response:
    svar.data["resultater"] = med_vilkaar(svar.data["resultater"])
    return svar


def laes_registreret_foer(request: Request) -> datetime | None:
    tekst = request.query_params.get("registreretFoer")
    if tekst is None:
        return None
    try:
        fundet = parse_datetime(tekst)
    except ValueError:
        fundet = None
    if fundet is None or fundet.tzinfo is None:
        besked = "Skriv et tidspunkt med tidszone, fx 2027-03-01T12:00:00Z."
        raise UgyldigtInput("ugyldigt_input", besked, {"registreretFoer": [besked]})
    return fundet


class TakstberegningUd(serializers.Serializer[Any]):
    """A calculation: the client's own in every state, everybody's once published. No person is named."""

    id = serializers.UUIDField()
    tilbudId = serializers.UUIDField()
    afdelingId = serializers.UUIDField(allow_null=True)
    hjemmel = serializers.CharField(allow_null=True)
    aar = serializers.IntegerField()
    nummer = serializers.IntegerField()
    tilstand = serializers.ChoiceField(choices=Beregningstilstand.values)
    pris = BeloebUd()
    enhed = serializers.ChoiceField(choices=["doegn", "dag"])
    gyldigFra = serializers.DateField()
    gyldigTil = serializers.DateField(allow_null=True)
    belaegningsprocent = serializers.CharField()
    vilkaarssaet = serializers.IntegerField()
    foreloebig = serializers.BooleanField()
    efterVilkaar = EfterVilkaarUd(many=True, help_text=EFTER_VILKAAR)
    begrundelse = serializers.CharField()
    beregnet = serializers.DateTimeField()
    indsendt = serializers.DateTimeField(allow_null=True)
    afgjort = serializers.DateTimeField(allow_null=True)
    offentliggjort = serializers.DateTimeField(allow_null=True)


class EnTakstberegningUd(TakstberegningUd):
    """With what it was computed from and how: `beregning` has the inputs, every step and the unrounded result."""

    beregning = serializers.DictField()


class DokumentationUd(serializers.Serializer[Any]):
    """Everything it takes to compute a published takst again, and who decided it when."""

    skemaVersion = serializers.IntegerField()
    takst = serializers.DictField()
    gaelderFor = serializers.ListField(child=serializers.DictField())
    beregning = serializers.DictField()
    genberegnet = serializers.BooleanField(allow_null=True, help_text="Om de gemte inddata giver det samme igen.")
    vilkaar = serializers.DictField(help_text="Takstens eget vilkårssæt med klausulerne.")
    bekraeftetAf = serializers.DictField(
        allow_null=True, help_text="Det endelige sæt, der har bekræftet en takst, som er beregnet efter et foreløbigt."
    )
    efterreguleringensVilkaar = serializers.DictField(
        allow_null=True, help_text="Sættet, regnskabet er efterreguleret efter: det, der gjaldt i regnskabsåret."
    )
    egenbetaling = serializers.ListField(child=serializers.DictField())
    begrundelse = serializers.CharField()
    forloeb = serializers.ListField(child=serializers.DictField())
    sammenligning = serializers.DictField(allow_null=True)
    vaekstloft = serializers.DictField(allow_null=True)


_FELTER = (
    "id", "tilbud_id", "afdeling_id", "hjemmel_id", "aar", "nummer", "tilstand", "beloeb", "enhed", "periode", "belaegningsprocent",
    "vilkaarssaet__nummer", "vilkaarssaet__status", "begrundelse", "beregnet", "indsendt", "afgjort", "offentliggjort",
    "vilkaarssaet_id",
)  # fmt: skip


# Whether a final set has confirmed the takst it gave.
_BEKRAEFTET = Exists(Takst.objects.filter(takstberegning=OuterRef("pk"), bekraeftet__isnull=False))


def _vis_beregning(r: Mapping[str, Any]) -> dict[str, Any]:
    periode = Periode.af_range(r["periode"])
    return {
        "id": str(r["id"]),
        "tilbudId": str(r["tilbud_id"]),
        "afdelingId": str(r["afdeling_id"]) if r["afdeling_id"] else None,
        "hjemmel": r["hjemmel_id"],
        "aar": r["aar"],
        "nummer": r["nummer"],
        "tilstand": r["tilstand"],
        "pris": {"beloeb": str(r["beloeb"]), "valuta": "DKK"},
        "enhed": r["enhed"],
        "gyldigFra": periode.fra.isoformat(),
        "gyldigTil": periode.til.isoformat() if periode.til else None,
        "belaegningsprocent": str(r["belaegningsprocent"]),
        "vilkaarssaet": r["vilkaarssaet__nummer"],
        "foreloebig": r["vilkaarssaet__status"] == Saetstatus.FORELOEBIG and not r["bekraeftet"],
        "efterVilkaar": takstens("pris", r["vilkaarssaet_id"]),
        "begrundelse": r["begrundelse"],
        **{navn: _tid(r[navn]) for navn in ("beregnet", "indsendt", "afgjort", "offentliggjort")},
    }


class Takstberegninger(Ressource):
    """Calculations of takster."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}
    soegeord: ClassVar = (filtre.TILBUD, AAR, TILSTAND, *SIDER)

    @extend_schema(summary="Takstberegninger", responses=liste(TakstberegningUd))
    def get(self, request: Request) -> Response:
        """The newest last, so that what comes while one reads is read too."""
        beregninger = Takstberegning.objects.synlige_for(self.aktoer)
        if tilbud := filtre.tilbud(request):
            beregninger = beregninger.filter(tilbud__in=tilbud)
        if tilstande := request.query_params.getlist("tilstand"):
            beregninger = beregninger.filter(tilstand__in=_kendte(tilstande))
        if (aar := request.query_params.get("aar")) is not None:
            beregninger = beregninger.filter(aar=laes_aar(aar))
        return _med_vilkaar(side(request, beregninger.values(*_FELTER, bekraeftet=_BEKRAEFTET), ["id"], _vis_beregning))


def _kendte(tilstande: list[str]) -> list[str]:
    if set(tilstande) - set(Beregningstilstand.values):
        besked = f"Tilstanden skal være en af: {', '.join(Beregningstilstand.values)}."
        raise UgyldigtInput("ugyldigt_soegeord", besked, {"tilstand": [besked]})
    return tilstande


def laes_aar(tekst: str) -> int:
    """A year asked for. Raises UgyldigtInput."""
    if not (tekst.isascii() and tekst.isdigit() and len(tekst) == 4):  # noqa: PLR2004 - a year
        besked = "Skriv et årstal med fire cifre."
        raise UgyldigtInput("ugyldigt_soegeord", besked, {"aar": [besked]})
    return int(tekst)


class EnTakstberegning(Ressource):
    """One calculation."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}

    @extend_schema(summary="En takstberegning", responses=en(EnTakstberegningUd))
    def get(self, request: Request, beregning_id: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """With inputs and steps."""
        queries.beregning(self.aktoer, beregning_id)
        raekke = (
            Takstberegning.objects.synlige_for(self.aktoer)
            .values(*_FELTER, "beregning", bekraeftet=_BEKRAEFTET)
            .get(pk=beregning_id)
        )
        (vist,) = med_vilkaar([_vis_beregning(raekke)])
        return Response({**vist, "beregning": raekke["beregning"]})


class _Dokumentation(Ressource):
    """The evidence pack of a published takst, which everybody may see and order as PDF."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES, "POST": Rettighed.TILBUD_LAES}

    def _bestil(self, takst_id: UUID) -> Response:
        nyt = bestil_dokumentation(aktoer=self.aktoer, takst_id=takst_id)
        adresse = f"/api/v1/takstdokumenter/{nyt.pk}"
        return Response(bestilt(self, nyt.pk), status=202, headers={"Location": adresse})


class Takstdokumentation(_Dokumentation):
    """The evidence pack of any published takst, also one that was loaded, or has been replaced since."""

    @extend_schema(summary="Dokumentation af en takst", responses=en(DokumentationUd))
    def get(self, request: Request, takst_id: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """Inputs, steps, terms, who and when; `genberegnet` is null where no inputs are stored."""
        return Response(dokumentation(queries.takst(takst_id)))

    @extend_schema(
        summary="Bestil dokumentation af en takst som PDF", request=None, responses=en(TakstdokumentUd, status=202)
    )
    def post(self, request: Request, takst_id: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """The PDF is made by a worker; follow `Location`. One that is being made already is answered with instead of a second."""
        return self._bestil(takst_id)


class Dokumentation(_Dokumentation):
    """The evidence pack of a published calculation."""

    @extend_schema(summary="Takstens dokumentation", responses=en(DokumentationUd, KONFLIKT))
    def get(self, request: Request, beregning_id: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """409 until the calculation is published."""
        return Response(dokumentation(queries.takst(self._takst_id(beregning_id))))

    @extend_schema(
        summary="Bestil takstens dokumentation som PDF",
        request=None,
        responses=en(TakstdokumentUd, KONFLIKT, status=202),
    )
    def post(self, request: Request, beregning_id: UUID) -> Response:  # noqa: ARG002 - DRF's signature
        """The PDF is made by a worker; follow `Location`. One that is being made already is answered with instead of a second."""
        return self._bestil(self._takst_id(beregning_id))

    def _takst_id(self, beregning_id: UUID) -> UUID:
        """The first takst published of it: the pack names the others. Raises IkkeFundet, Konflikt."""
        foerste = queries.foerste_takst(queries.beregning(self.aktoer, beregning_id))
        if foerste is None:
            raise Konflikt(
                "takst_ikke_offentliggjort", "Beregningen er ikke offentliggjort, så der er ingen takst at dokumentere."
            )
        return foerste
