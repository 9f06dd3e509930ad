"""Offers over REST: what a list says of each, and what the single one says besides. Nothing here is about a citizen."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.etag import med_etag
from faelles.openapi import IKKE_AENDRET, SIDER, en, liste, soegeord
from faelles.sider import side
from faelles.sprog import soegefold
from faelles.tid import idag
from kommuner.api_base import Ressource
from tilbud import filtre
from tilbud.models import FysiskTraek, Leveringsform, Tilbud, Tilsynsvurdering
from tilbud.oplysninger.queries import et_tilbud, tilbudsraekker, vis


class PunktUd(serializers.Serializer[Any]):
    """A point in degrees (WGS84)."""

    laengde = serializers.FloatField()
    bredde = serializers.FloatField()


class TilsynsrapportUd(serializers.Serializer[Any]):
    """A supervision report: when, the verdict, and where it can be read."""

    dato = serializers.DateField()
    vurdering = serializers.ChoiceField(choices=Tilsynsvurdering.values)
    rapportUrl = serializers.URLField()


class TilbudUd(serializers.Serializer[Any]):
    """An offer. Of a protected one the address, the point and the numbers that lead to them are empty."""

    id = serializers.UUIDField()
    navn = serializers.CharField()
    driftsherreId = serializers.UUIDField()
    driftsherre = serializers.CharField()
    driftsherreart = serializers.CharField(help_text="kommune, region, privat eller selvejende.")
    kommunekode = serializers.CharField()
    kommune = serializers.CharField()
    adresse = serializers.CharField(allow_blank=True)
    punkt = PunktUd(allow_null=True)
    beskyttetAdresse = serializers.BooleanField(
        help_text="Så er adresse, punkt, CVR-nummer, P-nummer og id på Tilbudsportalen tomme."
    )
    cvr = serializers.CharField(allow_blank=True)
    pNummer = serializers.CharField(allow_blank=True)
    tilbudsportalId = serializers.CharField(allow_blank=True)
    alderFra = serializers.IntegerField()
    alderTil = serializers.IntegerField(allow_null=True)
    lukketFra = serializers.DateField(allow_null=True)
    udenPladser = serializers.BooleanField()
    selvhenvendelse = serializers.BooleanField(help_text="Borgeren kan henvende sig selv.")
    hjemler = serializers.ListField(child=serializers.CharField())
    maalgrupper = serializers.ListField(child=serializers.UUIDField())
    metoder = serializers.ListField(child=serializers.CharField())
    fysiskeTraek = serializers.ListField(child=serializers.ChoiceField(choices=FysiskTraek.values))
    rummer = serializers.ListField(child=serializers.CharField(), help_text="Koder for adfærd, tilbuddet kan rumme.")
    rummerIkke = serializers.ListField(
        child=serializers.CharField(), help_text="Koder for adfærd, tilbuddet ikke kan rumme."
    )
    gruppeHoejst = serializers.IntegerField(allow_null=True, help_text="Borgere i en gruppe, højst.")
    normering = serializers.RegexField(
        r"^\d+\.\d{2}$", allow_null=True, help_text="Fuldtidsstillinger pr. plads, med to decimaler."
    )
    hjemmeside = serializers.URLField(allow_blank=True)
    kontaktFunktion = serializers.CharField(allow_blank=True, help_text="En funktion, aldrig et navn.")
    kontaktEmail = serializers.EmailField(allow_blank=True)
    kontaktTelefon = serializers.CharField(allow_blank=True)
    niveau = serializers.IntegerField(allow_null=True, help_text="Specialiseringen i dag, 1 til 3.")
    godkendtePladser = serializers.IntegerField(
        allow_null=True, help_text="Godkendt af socialtilsynet i dag; null, når ingen godkendelse gælder."
    )
    tilsynsrapport = TilsynsrapportUd(allow_null=True, help_text="Den seneste.")
    aabneFejlmeldinger = serializers.IntegerField(help_text="Fejlmeldinger, der ikke er besvaret.")
    demo = serializers.BooleanField()
    aendret = serializers.DateTimeField()


class DateretUd(serializers.Serializer[Any]):
    """What holds from `fra` up to but not including `til`; null: no end is known."""

    fra = serializers.DateField()
    til = serializers.DateField(allow_null=True)


class GodkendelseFraTilsynUd(DateretUd):
    """Socialtilsyn's approval of so many places under a legal basis; 0: within the places of another."""

    hjemmel = serializers.CharField()
    pladser = serializers.IntegerField()
    socialtilsyn = serializers.CharField()


class YdelseUd(DateretUd):
    """A service (FFB) in one form."""

    kode = serializers.UUIDField()
    term = serializers.CharField()
    leveringsform = serializers.ChoiceField(choices=Leveringsform.values)


class NiveauUd(DateretUd):
    """A level of specialisation, why, and what it obliges to."""

    niveau = serializers.IntegerField(help_text="1 til 3.")
    grund = serializers.CharField()
    pligt = serializers.CharField()


class MaalgruppeUd(serializers.Serializer[Any]):
    """A target group (FFB)."""

    kode = serializers.UUIDField()
    term = serializers.CharField()
    overordnet = serializers.UUIDField(allow_null=True)


class HjemmelUd(serializers.Serializer[Any]):
    """A legal basis; `erstattesAf` maps the code of an old law to today's, `erstatter` back. Valid from `fra` up to `til`, where these are known."""

    kode = serializers.CharField()
    navn = serializers.CharField()
    lov = serializers.CharField()
    lovudgave = serializers.CharField(
        allow_blank=True, help_text="Den udgave af loven, paragraffen er læst i; tom, hvor ingen kilde siger det."
    )
    paragraf = serializers.CharField(allow_blank=True)
    fra = serializers.DateField(allow_null=True)
    til = serializers.DateField(allow_null=True)
    erstattesAf = serializers.CharField(allow_null=True)
    erstatter = serializers.ListField(
        child=serializers.CharField(), help_text="De gamle koder, den trådte i stedet for."
    )


class KlyngenavnUd(serializers.Serializer[Any]):
    """A cluster by name."""

    id = serializers.UUIDField()
    navn = serializers.CharField()


class EtTilbudUd(TilbudUd):
    """An offer with everything the register holds of it but its departments and places, which are resources of their own."""

    beskrivelse = serializers.CharField(allow_blank=True)
    hjemmeldetaljer = HjemmelUd(many=True)
    maalgruppedetaljer = MaalgruppeUd(many=True)
    godkendelser = GodkendelseFraTilsynUd(many=True, help_text="Alle, også de udløbne og de kommende.")
    ydelser = YdelseUd(many=True, help_text="Alle, også de ophørte og de kommende.")
    niveauer = NiveauUd(many=True, help_text="Specialiseringen over tid.")
    klynger = KlyngenavnUd(many=True, help_text="De klynger, der deles om tilbuddet i dag; mere om dem i /klynger.")


class TilbudListe(Ressource):
    """Offers."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}

    soegeord: ClassVar = (
        filtre.MAALGRUPPE,
        filtre.HJEMMEL,
        filtre.KOMMUNE,
        filtre.DRIFTSHERRE,
        soegeord("q", "Del af navnet."),
        *SIDER,
    )

    @extend_schema(summary="Tilbud", responses=liste(TilbudUd))
    def get(self, request: Request) -> Response:
        """Open offers in Danish order; filters are added to each other. What there is much of stands on the single offer."""
        valgte = filtre.valgte(
            request,
            maalgrupper__in=filtre.maalgrupper,
            hjemler__in=filtre.hjemler,
            beliggenhedskommune__in=filtre.kommuner,
            driftsherre__in=filtre.driftsherrer,
        )
        aabne = Tilbud.objects.aabne(idag()).filter(**valgte)
        if tekst := request.query_params.get("q", ""):
            aabne = aabne.filter(navn_soegning__contains=soegefold(tekst.replace("\0", "")))
        raekker = tilbudsraekker(idag()).filter(pk__in=aabne.order_by().values("pk"))
        return side(request, raekker, ["navn_sortering", "id"], vis)


class EtTilbud(Ressource):
    """One offer."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}

    @extend_schema(summary="Et tilbud", responses=en(EtTilbudUd, IKKE_AENDRET))
    def get(self, request: Request, tilbud_id: UUID) -> Response:
        """Also a closed one."""
        fundet = et_tilbud(tilbud_id, idag())
        if fundet is None:
            raise Http404
        return med_etag(request, fundet)
