"""The agreement's versions, clauses and terms over REST, and which terms govern an offer on a day: read only."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.openapi import SIDER, en, liste
from faelles.sider import liste_side, side
from faelles.tid import Periode, rfc3339
from kommuner.api import GYLDIG_PAA, laes_dag
from kommuner.api_base import Ressource
from rammeaftale.models import Delart, Klausulkommentar, Rammeaftale, Version
from rammeaftale.tekst.queries import Del, Klausultekst, dokument, klausuler, kommentarer_i, version_af
from rammeaftale.tekst.vilkaarsvisning import (
    Noeglevisning,
    Vilkaarsraekke,
    dagsvilkaar,
    grupper,
    raekker,
    udsendte,
)
from tilbud.models import Tilbud
from vilkaar.beskrivelse import Aendrer, Noegletype
from vilkaar.models import Saetstatus, Vilkaarssaet

DELARTER = Delart.values
SAETSTATUSSER = Saetstatus.values
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


class SatVilkaarUd(serializers.Serializer[Any]):
    """A term of a set, with the clause it stands in."""

    noegle = serializers.CharField()
    navn = serializers.CharField()
    enhed = serializers.CharField(allow_blank=True)
    vaerdi = serializers.CharField()
    klausul = serializers.CharField()


class SaetperiodeUd(serializers.Serializer[Any]):
    """Days from `fra` until, not including, `til` (null: until another set takes over)."""

    fra = serializers.DateField()
    til = serializers.DateField(allow_null=True)


class SaetUd(serializers.Serializer[Any]):
    """A numbered set of terms. `gaelder`: the days no later set has taken; null when all are taken."""

    id = serializers.UUIDField()
    nummer = serializers.IntegerField()
    kkr = serializers.CharField()
    aftale = serializers.CharField()
    status = serializers.ChoiceField(choices=SAETSTATUSSER)
    demo = serializers.BooleanField()
    udsendt = serializers.DateTimeField()
    udsendtFor = SaetperiodeUd()
    gaelder = SaetperiodeUd(allow_null=True)


class VilkaarssaetUd(SaetUd):
    """A set as it was published from a version of the agreement."""

    versionId = serializers.UUIDField()
    version = serializers.IntegerField()
    vilkaar = SatVilkaarUd(many=True)


class AndetSaetUd(SaetUd):
    """A set that does not govern the day, and why."""

    grund = serializers.CharField()


class TilbudsvilkaarUd(serializers.Serializer[Any]):
    """Which terms govern an offer on a day, and why; `saet` is null when no set has begun where the offer lies."""

    tilbudId = serializers.UUIDField()
    kommunekode = serializers.CharField(help_text="Vilkårene følger den kommune, tilbuddet ligger i.")
    dag = serializers.DateField()
    saet = SaetUd(allow_null=True)
    grund = serializers.CharField()
    vilkaar = SatVilkaarUd(many=True)
    andreSaet = AndetSaetUd(many=True)


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


def _vis_vilkaar(raekke: Vilkaarsraekke) -> dict[str, str]:
    hvad = raekke.beskrivelse
    return {
        "noegle": raekke.noegle,
        "navn": hvad.navn,
        "enhed": hvad.enhed,
        "vaerdi": raekke.vaerdi,
        "klausul": raekke.klausul,
    }


def _vis_periode(dage: DateRange) -> dict[str, str | None] | None:
    if dage.isempty:
        return None
    periode = Periode.af_range(dage)
    return {"fra": periode.fra.isoformat(), "til": periode.til.isoformat() if periode.til else None}


def _vis_saet(saet: Vilkaarssaet) -> dict[str, Any]:
    return {
        "id": str(saet.id),
        "nummer": saet.nummer,
        "kkr": saet.kkr.navn,
        "aftale": saet.aftale,
        "status": saet.status,
        "demo": saet.demo,
        "udsendt": rfc3339(saet.oprettet),
        "udsendtFor": _vis_periode(saet.udsendt_periode),
        "gaelder": _vis_periode(saet.periode),
    }


def _vis_udsendt(saet: Vilkaarssaet, versionsnumre: Mapping[UUID, int]) -> dict[str, Any]:
    return {
        **_vis_saet(saet),
        "versionId": str(saet.version_id),
        "version": saet.version_id and versionsnumre[saet.version_id],
        "vilkaar": [_vis_vilkaar(raekke) for raekke in raekker(saet)],
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
        numre = dict(aftale.versioner.values_list("id", "nummer"))
        alle = list(udsendte(aftale).select_related("kkr").prefetch_related("vilkaar"))
        return liste_side(request, alle, lambda saet: str(saet.id), lambda saet: _vis_udsendt(saet, numre))


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
        fundet = dagsvilkaar(kode, dag)
        return Response(
            {
                "tilbudId": str(tilbud_id),
                "kommunekode": kode,
                "dag": dag.isoformat(),
                "saet": _vis_saet(fundet.saet) if fundet.saet else None,
                "grund": fundet.grund,
                "vilkaar": [_vis_vilkaar(raekke) for raekke in fundet.vilkaar],
                "andreSaet": [{**_vis_saet(et.saet), "grund": et.grund} for et in fundet.andre],
            }
        )
