"""The agreement's versions, clauses and terms over REST, and which terms govern an offer on a day: read only."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.openapi import SIDER, en, liste
from faelles.sider import liste_side, side
from faelles.tid import rfc3339
from kommuner.api import GYLDIG_PAA, laes_dag
from kommuner.api_base import Ressource
from rammeaftale.models import Delart, Klausulkommentar, Rammeaftale, Version
from rammeaftale.tekst.apiformer import TilbudsvilkaarUd, VilkaarssaetUd, vis_dagen, vis_udsendt
from rammeaftale.tekst.queries import Del, Klausultekst, dokument, klausuler, kommentarer_i, version_af
from rammeaftale.tekst.vilkaarsvisning import Noeglevisning, dagsvilkaar, grupper, udsendte, udspring
from tilbud.models import Tilbud
from vilkaar.beskrivelse import Aendrer, Noegletype

DELARTER = Delart.values
AENDRERE = [hvem.value for hvem in Aendrer]
AENDRES_AF = " ".join(f"`{hvem.value}`: {hvem.navn}." for hvem in Aendrer)
NOEGLETYPER = [type_.value for type_ in Noegletype]


class VersionUd(serializers.Serializer[Any]):
    """A version of the agreement's text. `aendring`: what it changed since the one before; `indledning` is Markdown."""

    id = serializers.UUIDField()
    nummer = serializers.IntegerField()
    sendt = serializers.DateField(allow_null=True)
    indledning = serializers.CharField(allow_blank=True)
    aendring = serializers.CharField(allow_blank=True)
    begrundelse = serializers.CharField(allow_blank=True)


class DelUd(serializers.Serializer[Any]):
    """A part of the agreement as it stands in a version."""

    id = serializers.UUIDField()
    art = serializers.ChoiceField(choices=DELARTER)
    titel = serializers.CharField()
    nummer = serializers.IntegerField(help_text="Rækkefølgen.")
    klausuler = serializers.IntegerField(help_text="Så mange klausuler er der i delen.")


class KommentarUd(serializers.Serializer[Any]):
    """What a party has said about a clause while the version was a draft."""

    organisation = serializers.CharField()
    rolle = serializers.CharField(help_text="Den rolle, kommentaren er skrevet i.")
    tidspunkt = serializers.DateTimeField()
    tekst = serializers.CharField()


class KlausulUd(serializers.Serializer[Any]):
    """A clause in a version. `id` is the clause's own and the same in every version; `tekst` is Markdown."""

    id = serializers.UUIDField()
    dokumentdel = serializers.CharField()
    dokumentdelId = serializers.UUIDField()
    nummer = serializers.CharField()
    overskrift = serializers.CharField()
    tekst = serializers.CharField(allow_blank=True)
    udgave = serializers.IntegerField(help_text="Fortsætter fra version til version.")
    byggerPaaId = serializers.UUIDField(
        allow_null=True,
        help_text="Den klausul i den forrige aftale, den er begyndt fra; i en allonge den, den ændrer eller ophæver.",
    )
    ophaever = serializers.BooleanField(
        help_text="Om klausulen i en allonge tager den, den bygger på, ud af aftalen med de vilkår, den fastsætter."
    )
    vilkaar = serializers.DictField(child=serializers.CharField(), help_text="Nøgle og værdi.")
    kommentarer = KommentarUd(many=True, help_text="Dem, parterne har skrevet i netop denne version, ældste først.")


class TabelraekkerUd(serializers.Serializer[Any]):
    """The whole numbers a table may have rows for."""

    fra = serializers.IntegerField()
    til = serializers.IntegerField()


class AftalevilkaarUd(serializers.Serializer[Any]):
    """A term of the agreement's latest version, and what it must be. `vaerdi` and `klausul` are null when it is missing.

    `mindst` and `hoejst` bound numbers, in a table those of its rows; `valg` are the words there are; `moenster` is the regular
    expression the values of a table by code match; `krav` says the same to people.
    """

    noegle = serializers.CharField()
    navn = serializers.CharField()
    type = serializers.ChoiceField(choices=NOEGLETYPER)
    enhed = serializers.CharField(allow_blank=True)
    mindst = serializers.CharField(allow_null=True)
    hoejst = serializers.CharField(allow_null=True)
    valg = serializers.ListField(child=serializers.CharField())
    raekker = TabelraekkerUd(allow_null=True)
    moenster = serializers.CharField(allow_null=True)
    krav = serializers.CharField()
    kilde = serializers.CharField()
    hoererTil = serializers.CharField(help_text="Den slags klausul, vilkåret hører til.")
    aendresAf = serializers.ChoiceField(choices=AENDRERE, help_text=AENDRES_AF)
    lovensVaerdi = serializers.CharField(
        allow_null=True, help_text="Det, loven selv siger; en klausul kan ikke sige andet."
    )
    versionId = serializers.UUIDField()
    version = serializers.IntegerField()
    vaerdi = serializers.CharField(allow_null=True)
    klausul = serializers.CharField(allow_null=True)
    klausulId = serializers.UUIDField(allow_null=True, help_text="Null, når en allonge lader hovedaftalens vilkår stå.")


def _vis_version(r: Mapping[str, Any]) -> dict[str, Any]:
    return {**r, "id": str(r["id"]), "sendt": r["sendt"].isoformat() if r["sendt"] else None}


def _vis_kommentar(kommentar: Klausulkommentar) -> dict[str, str]:
    return {
        "organisation": kommentar.organisation.navn,
        "rolle": kommentar.rolle_navn,
        "tidspunkt": rfc3339(kommentar.tidspunkt),
        "tekst": kommentar.tekst,
    }


def _vis_del(en: Del) -> dict[str, Any]:
    del_ = en.dokumentdel
    return {
        "id": str(del_.pk),
        "art": del_.art,
        "titel": del_.titel,
        "nummer": del_.nummer,
        "klausuler": len(en.klausuler),
    }


def _vis_klausul(tekst: Klausultekst, kommentarer: Iterable[Klausulkommentar]) -> dict[str, Any]:
    udgave = tekst.udgave
    return {
        "id": str(tekst.id),
        "dokumentdel": str(udgave.klausul.dokumentdel),
        "dokumentdelId": str(udgave.klausul.dokumentdel_id),
        "nummer": udgave.nummer,
        "overskrift": udgave.overskrift,
        "tekst": udgave.tekst,
        "udgave": udgave.udgave,
        "byggerPaaId": str(udgave.klausul.forgaenger_id) if udgave.klausul.forgaenger_id else None,
        "ophaever": udgave.ophaever,
        "vilkaar": dict(tekst.vilkaar),
        "kommentarer": [_vis_kommentar(en) for en in kommentarer],
    }


def _vis_noegle(en: Noeglevisning, version: Version) -> dict[str, Any]:
    hvad, sat = en.beskrivelse, en.sat
    return {
        "noegle": en.noegle.value,
        "navn": hvad.navn,
        "type": hvad.type.value,
        "enhed": hvad.enhed,
        "mindst": None if hvad.mindst is None else str(hvad.mindst),
        "hoejst": None if hvad.hoejst is None else str(hvad.hoejst),
        "valg": list(hvad.valg),
        "raekker": hvad.raekker and dict(zip(("fra", "til"), hvad.raekker, strict=True)),
        "moenster": hvad.koder or None,
        "krav": hvad.krav,
        "kilde": hvad.kilde,
        "hoererTil": hvad.klausul,
        "aendresAf": hvad.aendres_af.value,
        "lovensVaerdi": hvad.lovens or None,
        "versionId": str(version.id),
        "version": version.nummer,
        "vaerdi": sat and sat.vaerdi,
        "klausul": sat and sat.klausul,
        "klausulId": str(sat.klausul_id) if sat and sat.klausul_id else None,
    }


class _Tekst(Ressource):
    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}
    soegeord: ClassVar = SIDER

    def _aftale(self, aftale_id: UUID) -> Rammeaftale:
        """An agreement that is not visible does not exist."""
        aftale = Rammeaftale.objects.synlige_for(self.aktoer).filter(pk=aftale_id).first()
        if aftale is None:
            raise Http404
        return aftale

    def _version(self, aftale_id: UUID, version_id: UUID) -> Version:
        version = Version.objects.filter(pk=version_id, aftale=self._aftale(aftale_id)).first()
        if version is None:
            raise Http404
        return version


class Versioner(_Tekst):
    """The versions of an agreement."""

    @extend_schema(summary="En rammeaftales versioner", responses=liste(VersionUd))
    def get(self, request: Request, aftale_id: UUID) -> Response:
        """By number."""
        raekker = Version.objects.filter(aftale=self._aftale(aftale_id))
        return side(
            request,
            raekker.values("id", "nummer", "sendt", "indledning", "aendring", "begrundelse"),
            ["nummer"],
            _vis_version,
        )


class Dele(_Tekst):
    """The parts of a version."""

    @extend_schema(summary="En versions dele", responses=liste(DelUd))
    def get(self, request: Request, aftale_id: UUID, version_id: UUID) -> Response:
        """In the order they stand; of a version that is sent, those that have clauses."""
        version = self._version(aftale_id, version_id)
        return liste_side(request, dokument(version), lambda en: str(en.dokumentdel.pk), _vis_del)


class Klausuler(_Tekst):
    """The clauses of a version."""

    @extend_schema(summary="En versions klausuler", responses=liste(KlausulUd))
    def get(self, request: Request, aftale_id: UUID, version_id: UUID) -> Response:
        """In the order they stand, as last saved, each with the terms it sets and what the parties have said about it."""
        version = self._version(aftale_id, version_id)
        sagt = kommentarer_i(version)
        return liste_side(
            request,
            klausuler(version),
            lambda tekst: str(tekst.id),
            lambda tekst: _vis_klausul(tekst, sagt.get(tekst.id, ())),
        )


class Vilkaarene(_Tekst):
    """The terms of an agreement."""

    @extend_schema(summary="En rammeaftales vilkår", responses=liste(AftalevilkaarUd))
    def get(self, request: Request, aftale_id: UUID) -> Response:
        """Every key, as the latest version sets it, by the kind of clause it belongs in."""
        version = version_af(self._aftale(aftale_id), None)
        alle = [en for gruppe in grupper(version) for en in gruppe.noegler]
        return liste_side(request, alle, lambda en: en.noegle.value, lambda en: _vis_noegle(en, version))


class Saettene(_Tekst):
    """The sets of terms published from an agreement."""

    @extend_schema(summary="En rammeaftales udsendte vilkårssæt", responses=liste(VilkaarssaetUd))
    def get(self, request: Request, aftale_id: UUID) -> Response:
        """By number, each with its terms: those that govern, those that other sets have taken over from, and the preliminary ones."""
        aftale = self._aftale(aftale_id)
        alle = list(udsendte(aftale).select_related("kkr").prefetch_related("vilkaar"))
        fra = udspring(alle)
        return liste_side(
            request, alle, lambda saet: str(saet.id), lambda saet: vis_udsendt(saet, fra.get(saet.version_id))
        )


class Tilbudsvilkaar(Ressource):
    """Which terms govern an offer on a day."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}
    soegeord: ClassVar = (GYLDIG_PAA,)

    @extend_schema(summary="De vilkår, der gælder for et tilbud", responses=en(TilbudsvilkaarUd))
    def get(self, request: Request, tilbud_id: UUID) -> Response:
        """On `gyldigPaa`, else today: the set, why that one, its terms, and the sets that do not govern the day."""
        kode = Tilbud.objects.filter(pk=tilbud_id).values_list("beliggenhedskommune", flat=True).first()
        if kode is None:
            raise Http404
        dag = laes_dag(request)
        vist = vis_dagen(dagsvilkaar(kode, dag))
        return Response({"tilbudId": str(tilbud_id), "kommunekode": kode, "dag": dag.isoformat(), **vist})
